// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the people found in both waves say, and who is missing from the second?

use super::gap::PMethod;
use super::withheld::Given;

/// The same people twice: those with a valid score in both waves, of the groups that enter the change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Panel {
    /// Mean of their differences, later less earlier, in points.
    pub mean: Given<f64>,
    /// Two-sided p of flipping the signs of their differences.
    pub p: Given<f64>,
    /// How `p` was found.
    pub p_method: Option<PMethod>,
    /// Matched rank-biserial correlation, with the sign of the number.
    pub rank_biserial: Given<f64>,
    /// How many moved which way.
    pub counts: Given<PanelCounts>,
    /// Change of the project less that of the same people: what comes from different people.
    pub different_people: Given<f64>,
}

/// How many of the same people moved which way, following the indicator's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PanelCounts {
    /// Better than before.
    pub improved: u32,
    /// As before.
    pub same: u32,
    /// Worse than before.
    pub worsened: u32,
}

/// Who left between two waves, compared in the earlier one with who stayed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attrition {
    /// Earlier mean of those who answered again.
    pub stayed: Given<f64>,
    /// How many they are.
    pub stayed_n: Given<u32>,
    /// Earlier mean of those who did not.
    pub left: Given<f64>,
    /// How many they are.
    pub left_n: Given<u32>,
    /// `left − stayed`, in points.
    pub difference: Given<f64>,
    /// Cliff's delta of those who left against those who stayed.
    pub cliffs_delta: Given<f64>,
}

/// How many people changed by more than the instrument's noise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReliableChange {
    /// The smallest difference beyond noise, in points.
    pub critical: Given<f64>,
    /// How many changed which way beyond it; `same` is within.
    pub counts: Given<PanelCounts>,
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What should be worked on first, among the indicators of a wave?

use super::framework::Pillar;

/// How many places count as first priorities.
pub const FIRST_PLACES: usize = 3;

/// How urgent one indicator is among those of its wave.
#[derive(Clone, Debug, PartialEq)]
pub struct Priority {
    /// Code of the indicator.
    pub indicator: String,
    /// Its pillar.
    pub pillar: Pillar,
    /// How much it matters: its share of the composite where weights were agreed, else the same for all; they sum to one.
    pub weight: f64,
    /// The score it rests on, 0 to 100, as it was released.
    pub score: f64,
    /// Weight times the share of the way still to go.
    pub value: f64,
    /// Place among all, from 1 for the most urgent; equal ones share the best of their places.
    pub place: usize,
}

impl Priority {
    /// Whether it is one of the first.
    #[must_use]
    pub const fn is_first(&self) -> bool {
        self.place <= FIRST_PLACES
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far do those who answered an indicator agree?

use serde::{Serialize, Serializer};

use super::withheld::Given;

/// Agreement of a group, or of everybody, on the items of one indicator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// Mean over the items of `a_wg`: 1 full agreement, 0 as scattered as chance, down to −1.
    pub a_wg: Given<f64>,
    /// `r_wg(j)`, for comparison with other instruments only: it flatters.
    pub r_wg_j: Given<f64>,
    /// People behind the least answered item.
    pub raters: Given<u32>,
    /// The agreement in words.
    pub view: Given<SharedView>,
    /// Whether three in ten or more sit in the two lowest points and as many in the two highest.
    pub polarised: Given<bool>,
}

/// Agreement in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SharedView {
    /// `a_wg` from 0.70.
    Shared,
    /// From the profile's `agree_min` to 0.70.
    FairlyShared,
    /// Below `agree_min`: the mean is nobody's answer.
    Different,
}

impl SharedView {
    /// The code of documents. It never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shared => "shared_view",
            Self::FairlyShared => "fairly_shared",
            Self::Different => "different_views",
        }
    }
}

impl Serialize for SharedView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

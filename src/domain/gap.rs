// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far apart are two stakeholder groups on an indicator?

use serde::{Serialize, Serializer};

use super::score::Interval;
use super::withheld::Given;

/// Two groups on one indicator: process target, no finite population correction.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// Code of the first group, in framework order.
    pub a: String,
    /// Code of the second group.
    pub b: String,
    /// Mean of `a` less mean of `b`, in points.
    pub difference: Given<f64>,
    /// Cliff's delta: share of pairs in which `a` is higher less share in which `b` is.
    pub cliffs_delta: Given<f64>,
    /// 95 % interval of delta; not clamped to −1 and 1.
    pub delta_interval: Given<Interval>,
    /// Brunner–Munzel statistic; negative where `a` is higher.
    pub brunner_munzel: Given<f64>,
    /// Two-sided p of its studentised permutation.
    pub p: Given<f64>,
    /// How `p` was found.
    pub p_method: Option<PMethod>,
    /// `p` after Holm over the pairs of this indicator in this wave.
    pub p_holm: Given<f64>,
    /// The gap in words.
    pub reading: Given<GapReading>,
}

/// A gap in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GapReading {
    /// Large, and beyond chance.
    Confirmed,
    /// Large, to be discussed.
    Indicative,
    /// Smaller than half a step of the scale, or mostly overlapping.
    NoGap,
}

impl GapReading {
    /// The code of documents. It never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Indicative => "indicative",
            Self::NoGap => "no_gap",
        }
    }
}

impl Serialize for GapReading {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// How a p-value was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PMethod {
    /// From every arrangement.
    Exact,
    /// From random arrangements.
    MonteCarlo,
    /// From the limit for many observations.
    Asymptotic,
}

impl PMethod {
    /// The code of documents. It never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::MonteCarlo => "monte_carlo",
            Self::Asymptotic => "asymptotic",
        }
    }
}

impl Serialize for PMethod {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

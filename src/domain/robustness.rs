// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Would the composite look the same under other rules that are as sensible?

use serde::{Serialize, Serializer};

use super::framework::Pillar;
use super::profile::Voice;
use super::score::Interval;
use super::withheld::Given;

/// The composite under other weights, voices, forms and sets of indicators.
#[derive(Clone, Debug, PartialEq)]
pub struct Robustness {
    /// 90 % interval over pillar weights near the profile's, and over who answered.
    pub near_weights: Given<Interval>,
    /// 90 % interval over any pillar weights, and over who answered.
    pub any_weights: Given<Interval>,
    /// How often each pillar is the lowest, obstacles inverted; shares of the draws over who answered.
    pub lowest: Vec<(Pillar, f64)>,
    /// The composite in each voice.
    pub voices: Vec<(Voice, Given<f64>)>,
    /// Lowest and highest composite with one indicator left out, with that indicator.
    pub without_one: Option<[(String, f64); 2]>,
    /// Whether it may be published.
    pub gate: Gate,
}

/// Whether a composite says enough to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gate {
    /// It may.
    Publish,
    /// Its 90 % interval over weights and answers is wider than 20 points.
    TooWide,
    /// That interval reaches over all three bands.
    SpansBands,
}

impl Gate {
    /// The code of documents. It never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::TooWide => "too_wide",
            Self::SpansBands => "spans_bands",
        }
    }
}

impl Serialize for Gate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

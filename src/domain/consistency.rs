// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do the items of an indicator hang together?

use super::flag::Flag;
use super::score::Interval;
use super::withheld::Given;

/// Internal consistency of an indicator, over everybody who answered all of its items.
#[derive(Clone, Debug, PartialEq)]
pub struct Consistency {
    /// Cronbach's alpha; may be negative.
    pub alpha: Given<f64>,
    /// 95 % interval of alpha.
    pub interval: Given<Interval>,
    /// People who answered every item.
    pub n: Given<u32>,
    /// Omega after `McDonald`.
    pub omega: Given<f64>,
    /// What to know beside it.
    pub flags: Vec<Flag>,
}

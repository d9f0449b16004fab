// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which number follows from these numbers, or why is there none? Knows no indicator, wave or person.
//!
//! Nothing here returns `NaN` or an infinity: what has no value is [`Undefined`].

pub mod bootstrap;
pub mod composite;
pub mod count;
pub mod describe;
pub mod distribution;
pub mod interval;
pub mod linear;
pub mod overlap;
pub mod quantile;

/// Why a number has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Undefined {
    /// No observation at all.
    #[error("there is no observation")]
    Empty,
    /// Fewer observations than the formula needs.
    #[error("there are too few observations")]
    TooFew,
    /// All observations are equal.
    #[error("all observations are equal")]
    NoVariability,
    /// The whole population was observed: nothing is left to chance.
    #[error("the whole population was observed")]
    Census,
    /// An argument outside the range in which the result can be trusted.
    #[error("an argument is out of range")]
    OutOfRange,
}

/// The number, unless the arithmetic left the finite numbers.
pub(crate) fn finite(number: f64) -> Result<f64, Undefined> {
    if number.is_finite() { Ok(number) } else { Err(Undefined::OutOfRange) }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which number follows from these numbers, or why is there none? Knows no indicator, wave or person.
//!
//! Nothing here returns `NaN` or an infinity: what has no value is [`Undefined`].

pub mod adjust;
pub mod agreement;
pub mod analysis_of_variance;
pub mod beta;
pub mod bootstrap;
pub mod brunner_munzel;
pub mod cliff;
pub mod composite;
pub mod concordance;
pub mod count;
pub mod describe;
pub mod distribution;
pub mod eigen;
pub mod factor;
pub mod friedman;
pub mod goalposts;
pub mod heterogeneity;
pub mod interval;
pub mod intraclass;
pub mod kruskal;
pub mod linear;
pub mod matrix;
pub mod noncentral;
pub mod overlap;
pub mod paired;
pub mod pairwise;
pub mod permutation;
pub mod priority;
pub mod quantile;
pub mod rank_sum;
pub mod ranks;
pub mod rating;
pub mod reliability;
pub mod reliable_change;
pub mod resample;
pub mod sensitivity;
pub mod share;
pub mod shrinkage;
pub mod sign_flip;
pub mod signed_rank;
pub mod standing;
pub mod tally;
pub mod two_sample;
pub mod weight_change;
pub mod weight_draws;
pub mod weights;

mod variate;

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
    /// All of one sample lies below all of the other: the statistic has no end.
    #[error("one sample lies wholly below the other")]
    Separated,
    /// The solution exists only outside the range it must lie in.
    #[error("the solution is not a proper one")]
    Improper,
    /// The method did not settle on a solution.
    #[error("the method did not converge")]
    NotConverged,
    /// An argument outside the range in which the result can be trusted.
    #[error("an argument is out of range")]
    OutOfRange,
}

/// The number, unless the arithmetic left the finite numbers.
pub(crate) fn finite(number: f64) -> Result<f64, Undefined> {
    if number.is_finite() { Ok(number) } else { Err(Undefined::OutOfRange) }
}

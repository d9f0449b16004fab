// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do the values of one sample tend to be larger than those of another, whatever their spreads?

use super::Undefined;
use super::count::real;
use super::distribution::t_two_sided;
use super::interval::{Part, satterthwaite};
use super::tally::{Dominance, Tally, wide};

/// The test of Brunner and Munzel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BrunnerMunzel {
    /// Estimate over standard error; negative if the first sample tends to be larger.
    pub statistic: f64,
    /// Degrees of freedom of the approximation by t.
    pub df: f64,
    /// Two-sided p-value of that approximation; not to be relied on below 15 in a sample.
    pub p: f64,
}

/// The test of two samples without the assumption of equal spreads or shapes; ties are allowed.
///
/// # Errors
/// [`Undefined::Empty`] if a sample is empty, [`Undefined::TooFew`] below two observations on a side,
/// [`Undefined::NoVariability`] if all observations are equal, [`Undefined::Separated`] if nothing overlaps.
///
/// # Source
/// Brunner & Munzel 2000. Checked against `SciPy` 1.17.1 `brunnermunzel` and statsmodels 0.15.0 `rank_compare_2indep`.
///
/// # Example
/// ```
/// use insieme::stats::{brunner_munzel::brunner_munzel, tally::Tally};
/// // Dataset G1, indicator F1, wave 1: PUB and CIV counted over eight distinct scores.
/// let tally = Tally::of_counts(&[0, 1, 1, 0, 0, 2, 1, 1], &[4, 0, 1, 1, 1, 1, 0, 0]).unwrap();
/// assert!((brunner_munzel(&tally).unwrap().statistic + 2.7517).abs() < 5e-5);
/// ```
pub fn brunner_munzel(tally: &Tally) -> Result<BrunnerMunzel, Undefined> {
    let sums = tally.dominance()?;
    let part = delta_variance(&sums)?;
    let statistic = -wide(sums.difference) / wide(sums.pairs()) / part.variance.sqrt();
    Ok(BrunnerMunzel { statistic, df: part.df, p: t_two_sided(statistic, part.df)? })
}

/// Variance of Cliff's delta from the placements of each sample in the other, with its degrees of freedom.
///
/// # Errors
/// As [`brunner_munzel`].
pub(super) fn delta_variance(sums: &Dominance) -> Result<Part, Undefined> {
    if sums.n_a < 2 || sums.n_b < 2 {
        return Err(Undefined::TooFew);
    }
    let (of_a, of_b) = (sums.spread_of_a(), sums.spread_of_b());
    if of_a == 0 && of_b == 0 {
        return Err(if sums.difference == 0 { Undefined::NoVariability } else { Undefined::Separated });
    }
    let pairs = wide(sums.pairs());
    let part = |spread: i128, n: i128| {
        let df = wide(n) - 1.0;
        Part { variance: wide(spread) / df / pairs / pairs, df }
    };
    satterthwaite(&[part(of_a, sums.n_a), part(of_b, sums.n_b)])
}

/// How far from zero the statistic of an arrangement of the same values must be, without a division or a root.
///
/// With `D`, `U` and `W` the difference and the sums of squares of [`Dominance`] and
/// `G = (n_b − 1) n_a U + (n_a − 1) n_b W`, the statistic squared is
/// `(n_a − 1)(n_b − 1) D² / (G − (n_a + n_b − 2) D²)`. It is at least `t²`, or endless, where
/// `D² (n_a + n_b − 2 + (n_a − 1)(n_b − 1)/t²) ≥ G`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Threshold {
    factor: f64,
    weight_of_a: f64,
    weight_of_b: f64,
}

impl Threshold {
    /// What rounding can do to the comparison of two equal statistics, as a share.
    const ROUNDING: f64 = 1e-14;

    /// For samples of two or more each and `t` above 0.
    pub fn new(n_a: u64, n_b: u64, t: f64) -> Self {
        let (n_a, n_b) = (real(n_a), real(n_b));
        let factor = n_a + n_b - 2.0 + (n_a - 1.0) * (n_b - 1.0) / t / t;
        Self { factor: factor * (1.0 + Self::ROUNDING), weight_of_a: (n_b - 1.0) * n_a, weight_of_b: (n_a - 1.0) * n_b }
    }

    /// The two sums of squares as one.
    pub fn weigh(&self, squares_of_a: f64, squares_of_b: f64) -> f64 {
        self.weight_of_a * squares_of_a + self.weight_of_b * squares_of_b
    }

    /// Whether the statistic of these sums is as far from zero as it must be.
    pub fn is_reached(&self, difference: f64, squares: f64) -> bool {
        difference * difference * self.factor >= squares
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(a: &[u64], b: &[u64]) -> Result<BrunnerMunzel, Undefined> {
        brunner_munzel(&Tally::of_counts(a, b).unwrap())
    }

    #[test]
    fn none_and_one_on_a_side_cannot_be_tested() {
        assert_eq!(of(&[], &[]), Err(Undefined::Empty));
        assert_eq!(of(&[3, 1], &[0, 0]), Err(Undefined::Empty));
        assert_eq!(of(&[1, 0], &[2, 3]), Err(Undefined::TooFew));
        assert_eq!(of(&[2, 3], &[0, 1]), Err(Undefined::TooFew));
    }

    #[test]
    fn equal_values_and_separated_samples_have_no_statistic() {
        assert_eq!(of(&[3], &[2]), Err(Undefined::NoVariability));
        assert_eq!(of(&[3, 2, 0], &[0, 0, 4]), Err(Undefined::Separated));
    }

    #[test]
    fn one_shared_value_is_enough_for_a_statistic() {
        let found = of(&[3, 1, 0], &[0, 1, 3]).unwrap();
        assert!(found.statistic > 5.0 && found.p > 0.0 && found.p < 0.01);
    }

    #[test]
    fn samples_alike_give_no_statistic_to_speak_of() {
        let found = of(&[2, 4, 2], &[1, 2, 1]).unwrap();
        assert!(found.statistic.abs() < 1e-300 && (found.p - 1.0).abs() < 1e-12);
    }

    #[test]
    fn exchanged_samples_turn_the_sign_only() {
        let (one, other) = (of(&[1, 4, 2, 0], &[0, 2, 2, 5]).unwrap(), of(&[0, 2, 2, 5], &[1, 4, 2, 0]).unwrap());
        assert!(one.statistic > 0.0);
        assert_eq!(one, BrunnerMunzel { statistic: -other.statistic, ..other });
    }

    #[test]
    fn the_six_pairs_of_the_worked_indicator() {
        // Dataset G1, F1, wave 1, over the distinct scores of both; -2.7517 is printed in docs/methods.md, the other
        // statistics are those of an independent computation with fractions.
        let pairs: [(&[u64], &[u64], f64); 6] = [
            (&[1, 1, 0, 0, 2, 1, 1], &[1, 2, 1, 3, 1, 0, 0], -1.110_262_548_602_477_3),
            (&[1, 1, 0, 0, 0, 2, 1, 1], &[0, 1, 1, 2, 1, 0, 0, 0], -0.910_366_477_462_604_7),
            (&[0, 1, 1, 0, 0, 2, 1, 1], &[4, 0, 1, 1, 1, 1, 0, 0], -2.751_733_930_050_648_3),
            (&[1, 2, 0, 1, 3, 1], &[0, 1, 1, 2, 1, 0], -0.374_090_927_972_122_1),
            (&[0, 1, 2, 1, 3, 1], &[4, 0, 1, 1, 1, 1], -1.499_339_061_435_196),
            (&[0, 1, 1, 2, 1, 0], &[4, 1, 0, 1, 1, 1], -1.094_647_557_485_591),
        ];
        for (a, b, statistic) in pairs {
            assert!((of(a, b).unwrap().statistic - statistic).abs() < 1e-12);
        }
    }

    #[test]
    fn a_million_answers_stay_finite() {
        let found = of(&[700_000, 200_000, 100_000], &[100_000, 200_000, 700_000]).unwrap();
        assert!(found.statistic > 1000.0 && found.df > 1e6 && found.p >= 0.0);
    }
}

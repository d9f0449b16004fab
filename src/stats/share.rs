// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Between which limits does a share surely lie?

use super::Undefined;
use super::count::real;
use super::distribution::beta_quantile;
use super::interval::Limits;

/// Clopper–Pearson interval of a share at the two-sided `level`, e.g. 0.95; limits from 0 to 1.
/// It covers the share at least as often as it says, and is mostly wider than [`super::interval::wilson`].
///
/// # Errors
/// [`Undefined::Empty`] for n = 0, [`Undefined::OutOfRange`] for more successes than observations or a level not
/// between 0 and 1.
///
/// # Source
/// Clopper & Pearson 1934. Checked against R 4.2.2 `binom.test` and `statsmodels` 0.15.0.
///
/// # Example
/// ```
/// let (low, high) = insieme::stats::share::clopper_pearson(6, 8, 0.95).unwrap();
/// assert!((low - 0.349_144_2).abs() < 5e-8 && (high - 0.968_146_0).abs() < 5e-8);
/// ```
pub fn clopper_pearson(successes: u64, n: u64, level: f64) -> Result<Limits, Undefined> {
    if n == 0 {
        return Err(Undefined::Empty);
    }
    if successes > n || !(0.0 < level && level < 1.0) {
        return Err(Undefined::OutOfRange);
    }
    let (yes, no, tail) = (real(successes), real(n - successes), (1.0 - level) / 2.0);
    let low = if successes == 0 { 0.0 } else { beta_quantile(tail, yes, no + 1.0)? };
    let high = if successes == n { 1.0 } else { 1.0 - beta_quantile(tail, no, yes + 1.0)? };
    Ok((low, high))
}

#[cfg(test)]
mod tests {
    use super::super::interval::wilson;
    use super::*;

    #[test]
    fn of_nobody_there_is_no_share() {
        assert_eq!(clopper_pearson(0, 0, 0.95), Err(Undefined::Empty));
    }

    #[test]
    fn more_successes_than_observations_and_senseless_levels_are_refused() {
        assert_eq!(clopper_pearson(3, 2, 0.95), Err(Undefined::OutOfRange));
        for level in [0.0, 1.0, -0.5, 2.0, f64::NAN] {
            assert_eq!(clopper_pearson(1, 2, level), Err(Undefined::OutOfRange));
        }
    }

    #[test]
    fn one_observation_says_little() {
        let (low, high) = clopper_pearson(1, 1, 0.95).unwrap();
        assert!((low - 0.025).abs() < 1e-12 && (high - 1.0).abs() < 1e-15);
        let (low, high) = clopper_pearson(0, 1, 0.95).unwrap();
        assert!(low.abs() < 1e-15 && (high - 0.975).abs() < 1e-12);
    }

    #[test]
    fn none_and_all_have_a_limit_in_closed_form() {
        let (low, high) = clopper_pearson(0, 20, 0.95).unwrap();
        assert!(low.abs() < 1e-15 && (high - (1.0 - 0.025_f64.powf(1.0 / 20.0))).abs() < 1e-12);
        let (low, high) = clopper_pearson(20, 20, 0.95).unwrap();
        assert!((low - 0.025_f64.powf(1.0 / 20.0)).abs() < 1e-12 && (high - 1.0).abs() < 1e-15);
    }

    #[test]
    fn yes_and_no_mirror_each_other() {
        for (successes, n) in [(1, 7), (6, 9), (400, 1000)] {
            let (low, high) = clopper_pearson(successes, n, 0.9).unwrap();
            let (mirrored_low, mirrored_high) = clopper_pearson(n - successes, n, 0.9).unwrap();
            assert!((low + mirrored_high - 1.0).abs() < 1e-12 && (high + mirrored_low - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_million_observations_are_as_wilson_says() {
        let (low, high) = clopper_pearson(300_000, 1_000_000, 0.95).unwrap();
        let (wilson_low, wilson_high) = wilson(300_000, 1_000_000, None, 0.95).unwrap();
        assert!((low - wilson_low).abs() < 2e-6 && (high - wilson_high).abs() < 2e-6);
        assert!(low < wilson_low && high > wilson_high);
    }
}

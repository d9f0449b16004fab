// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How did the same people change, next to what chance would do and next to the spread of their values?

use super::count::real;
use super::describe::{Sum, Summary, summary};
use super::interval::{Limits, Part};
use super::noncentral::noncentrality_interval;
use super::overlap::Pair;
use super::two_sample::{TTest, small_sample_factor};
use super::{Undefined, finite};

/// Values closer than this are meant to be equal.
const EQUAL: f64 = 1e-9;

/// Values of the same people before and after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// Pairs.
    pub n: u64,
    /// Values before.
    pub before: Summary,
    /// Values after.
    pub after: Summary,
    /// After minus before; without any spread if no two changes differ by more than 1e-9.
    pub change: Summary,
    correlation: Result<f64, Undefined>,
}

/// The pairs before and after, each with how often it occurs, in any unit.
///
/// # Errors
/// [`Undefined::Empty`] without pairs, [`Undefined::OutOfRange`] if a value is not finite or there are too many pairs
/// to count.
///
/// # Source
/// Lakens 2013 for the standardised changes. Checked against R 4.2.2 `t.test`, `effectsize` 0.8.3, `SciPy` 1.17.1 and
/// `pingouin` 0.7.0.
///
/// # Example
/// ```
/// // Ten people about two films (Lakens 2013): d_z 1.5.
/// let pairs = [(9.0, 9.0, 2), (6.0, 7.0, 1), (7.0, 8.0, 2), (8.0, 9.0, 3), (8.0, 10.0, 1), (7.0, 9.0, 1)];
/// let paired = insieme::stats::paired::paired(&pairs).unwrap();
/// assert!((paired.d_z().unwrap() - 1.5).abs() < 1e-12 && (paired.t_test().unwrap().p - 0.001).abs() < 1e-4);
/// ```
pub fn paired(pairs: &[Pair]) -> Result<Paired, Undefined> {
    let pairs = sorted(pairs);
    let side = |value: fn(&Pair) -> f64| summary(pairs.iter().map(|pair| (value(pair), pair.2)));
    let mut change = side(|pair| pair.1 - pair.0)?;
    let changes = pairs.iter().map(|pair| pair.1 - pair.0);
    let (low, high) = changes.fold((f64::MAX, f64::MIN), |(low, high), one| (one.min(low), one.max(high)));
    if high - low <= EQUAL {
        change.squares = 0.0;
    }
    let (before, after) = (side(|pair| pair.0)?, side(|pair| pair.1)?);
    Ok(Paired { n: change.n, before, after, change, correlation: of_sorted(&pairs) })
}

impl Paired {
    /// Student's t-test of the mean change.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] for a single pair, [`Undefined::NoVariability`] if everyone changed by the same.
    pub fn t_test(&self) -> Result<TTest, Undefined> {
        TTest::new(self.change.mean, Part { variance: self.change.variance()? / real(self.n), df: real(self.n - 1) })
    }

    /// Correlation of before and after, from −1 to 1.
    ///
    /// # Errors
    /// As [`correlation`].
    pub const fn correlation(&self) -> Result<f64, Undefined> {
        self.correlation
    }

    /// `d_z`: the mean change in standard deviations of the changes.
    ///
    /// # Errors
    /// As [`Paired::t_test`].
    pub fn d_z(&self) -> Result<f64, Undefined> {
        in_units(self.change.mean, self.change.sd()?)
    }

    /// Interval of `d_z` at the two-sided `level`, by the noncentral t distribution.
    ///
    /// # Errors
    /// As [`Paired::t_test`] and [`noncentrality_interval`].
    ///
    /// # Source
    /// Steiger 2004. Checked against R `effectsize` 0.8.3, whose own search stops at three digits.
    pub fn d_z_interval(&self, level: f64) -> Result<Limits, Undefined> {
        let test = self.t_test()?;
        let (low, high) = noncentrality_interval(test.t, test.df, level)?;
        Ok((finite(low / real(self.n).sqrt())?, finite(high / real(self.n).sqrt())?))
    }

    /// `g_z`: `d_z` without its bias in small samples, by the exact factor.
    ///
    /// # Errors
    /// As [`Paired::t_test`]; [`Undefined::TooFew`] below three pairs.
    pub fn g_z(&self) -> Result<f64, Undefined> {
        Ok(self.d_z()? * small_sample_factor(real(self.n - 1))?)
    }

    /// `d_av`: the mean change in the mean of both standard deviations (Lakens 2013, eq. 10).
    ///
    /// # Errors
    /// [`Undefined::TooFew`] for a single pair, [`Undefined::NoVariability`] if values differ neither before nor after.
    pub fn d_av(&self) -> Result<f64, Undefined> {
        in_units(self.change.mean, f64::midpoint(self.before.sd()?, self.after.sd()?))
    }

    /// `d_av` with the root of the mean variance in place of the mean of both standard deviations.
    ///
    /// # Errors
    /// As [`Paired::d_av`].
    pub fn d_av_rms(&self) -> Result<f64, Undefined> {
        in_units(self.change.mean, f64::midpoint(self.before.variance()?, self.after.variance()?).sqrt())
    }

    /// `d_rm`: `d_z` brought to the unit of single values by the correlation, `d_z √(2 (1 − r))` (Lakens 2013, eq. 9).
    ///
    /// # Errors
    /// As [`Paired::t_test`] and [`correlation`].
    pub fn d_rm(&self) -> Result<f64, Undefined> {
        Ok(self.d_z()? * (2.0 * (1.0 - self.correlation?)).sqrt())
    }
}

/// Pearson's correlation of pairs, from −1 to 1.
///
/// # Errors
/// [`Undefined::Empty`] without pairs, [`Undefined::TooFew`] for a single one, [`Undefined::NoVariability`] if one side
/// does not vary, [`Undefined::OutOfRange`] if a value is not finite or there are too many pairs to count.
///
/// # Source
/// Pearson 1896. Checked against R 4.2.2 `cor` and `SciPy` 1.17.1.
///
/// # Example
/// ```
/// let r = insieme::stats::paired::correlation(&[(1.0, 2.0, 1), (2.0, 1.0, 1), (3.0, 3.0, 1)]).unwrap();
/// assert!((r - 0.5).abs() < 1e-12);
/// ```
pub fn correlation(pairs: &[Pair]) -> Result<f64, Undefined> {
    of_sorted(&sorted(pairs))
}

/// The pairs that occur, in an order of their own, so that sums do not depend on the order of people.
fn sorted(pairs: &[Pair]) -> Vec<Pair> {
    let mut kept: Vec<Pair> = pairs.iter().copied().filter(|pair| pair.2 > 0).collect();
    kept.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    kept
}

fn of_sorted(pairs: &[Pair]) -> Result<f64, Undefined> {
    let before = summary(pairs.iter().map(|pair| (pair.0, pair.2)))?;
    let after = summary(pairs.iter().map(|pair| (pair.1, pair.2)))?;
    let least = EQUAL * EQUAL * real(before.n);
    if before.n < 2 {
        return Err(Undefined::TooFew);
    }
    if before.squares <= least || after.squares <= least {
        return Err(Undefined::NoVariability);
    }
    let mut both = Sum::default();
    for (before_value, after_value, times) in pairs {
        both.add((before_value - before.mean) * (after_value - after.mean) * real(*times));
    }
    finite(both.total() / (before.squares.sqrt() * after.squares.sqrt())).map(|r| r.clamp(-1.0, 1.0))
}

fn in_units(change: f64, unit: f64) -> Result<f64, Undefined> {
    if unit <= EQUAL { Err(Undefined::NoVariability) } else { finite(change / unit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(before: &[f64], after: &[f64]) -> Paired {
        let pairs: Vec<Pair> = before.iter().zip(after).map(|(before, after)| (*before, *after, 1)).collect();
        paired(&pairs).unwrap()
    }

    #[test]
    fn without_pairs_there_is_no_change() {
        assert_eq!(paired(&[]), Err(Undefined::Empty));
        assert_eq!(paired(&[(1.0, 2.0, 0)]), Err(Undefined::Empty));
        assert_eq!(correlation(&[]), Err(Undefined::Empty));
    }

    #[test]
    fn one_pair_has_a_change_and_nothing_else() {
        let one = of(&[2.0], &[3.0]);
        assert!((one.change.mean - 1.0).abs() < 1e-15);
        assert_eq!(one.t_test(), Err(Undefined::TooFew));
        for found in [one.d_z(), one.g_z(), one.d_av(), one.d_av_rms(), one.d_rm(), one.correlation()] {
            assert_eq!(found, Err(Undefined::TooFew));
        }
        assert_eq!(one.d_z_interval(0.95), Err(Undefined::TooFew));
    }

    #[test]
    fn everyone_changing_by_the_same_has_no_test() {
        let same = of(&[1.0, 2.0, 3.0], &[2.0, 3.0, 4.0]);
        assert!((same.change.mean - 1.0).abs() < 1e-15);
        assert_eq!(same.t_test(), Err(Undefined::NoVariability));
        assert_eq!(same.d_z(), Err(Undefined::NoVariability));
        assert_eq!(same.d_z_interval(0.95), Err(Undefined::NoVariability));
        assert!((same.d_av().unwrap() - 1.0).abs() < 1e-12);
        assert!((same.correlation().unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_third_that_rounds_two_ways_is_the_same_change() {
        let thirds = of(&[7.0 / 3.0, 8.0 / 3.0, 1.0], &[8.0 / 3.0, 3.0, 4.0 / 3.0]);
        assert_eq!(thirds.t_test(), Err(Undefined::NoVariability));
    }

    #[test]
    fn the_same_value_before_and_after_for_all_has_no_correlation() {
        let flat = of(&[3.0, 3.0, 3.0], &[3.0, 3.0, 3.0]);
        assert_eq!(flat.correlation(), Err(Undefined::NoVariability));
        assert_eq!(flat.d_av(), Err(Undefined::NoVariability));
        assert_eq!(of(&[3.0, 3.0], &[1.0, 2.0]).correlation(), Err(Undefined::NoVariability));
    }

    #[test]
    fn two_pairs_have_a_test_and_no_unbiased_change() {
        let two = of(&[1.0, 2.0], &[2.0, 5.0]);
        assert!((two.t_test().unwrap().t - 2.0).abs() < 1e-12);
        assert_eq!(two.g_z(), Err(Undefined::TooFew));
        assert!((two.correlation().unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_finite_is_refused() {
        assert_eq!(paired(&[(1.0, f64::NAN, 1), (2.0, 3.0, 1)]), Err(Undefined::OutOfRange));
        assert_eq!(paired(&[(-1e308, 1e308, 1), (2.0, 3.0, 1)]), Err(Undefined::OutOfRange));
        assert_eq!(paired(&[(1.0, 2.0, u64::MAX), (2.0, 3.0, 1)]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn counts_are_repetitions_and_order_does_not_matter() {
        let counted = paired(&[(1.1, 2.0, 2), (3.0, 2.7, 1), (2.0, 2.0, 1)]).unwrap();
        let listed = paired(&[(2.0, 2.0, 1), (1.1, 2.0, 1), (3.0, 2.7, 1), (1.1, 2.0, 1)]).unwrap();
        let turned = paired(&[(1.1, 2.0, 1), (3.0, 2.7, 1), (1.1, 2.0, 1), (2.0, 2.0, 1)]).unwrap();
        assert_eq!(listed, turned);
        assert!((counted.d_z().unwrap() - listed.d_z().unwrap()).abs() < 1e-12);
        assert!((counted.d_rm().unwrap() - listed.d_rm().unwrap()).abs() < 1e-12);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far apart are two means, next to what chance would do and next to the spread of the values?

use super::count::real;
use super::describe::Summary;
use super::distribution::t_two_sided;
use super::interval::{Limits, Part, t_interval, welch_df};
use super::noncentral::noncentrality_interval;
use super::{Undefined, finite};

/// Values whose standard deviation is not larger than this differ by rounding only.
const NO_SPREAD: f64 = 1e-9;

/// A t-test of a difference or of a mean change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TTest {
    /// The difference, in the unit of the values.
    pub difference: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The difference in standard errors.
    pub t: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// Two-sided p-value.
    pub p: f64,
}

impl TTest {
    /// The test of a difference with this variance.
    pub(super) fn new(difference: f64, part: Part) -> Result<Self, Undefined> {
        let standard_error = finite(part.variance.sqrt())?;
        if standard_error <= 0.0 {
            return Err(Undefined::NoVariability);
        }
        let t = finite(difference / standard_error)?;
        Ok(Self { difference, standard_error, t, df: part.df, p: t_two_sided(t, part.df)? })
    }

    /// Interval of the difference at the two-sided `level`, e.g. 0.95.
    ///
    /// # Errors
    /// As [`t_interval`].
    pub fn interval(&self, level: f64) -> Result<Limits, Undefined> {
        t_interval(self.difference, Part { variance: self.standard_error * self.standard_error, df: self.df }, level)
    }
}

/// Student's t-test of the mean of `a` less that of `b`, as if both had the same variance.
///
/// # Errors
/// [`Undefined::Empty`] if a sample is empty, [`Undefined::TooFew`] below three observations in all,
/// [`Undefined::NoVariability`] if nobody differs from the mean of their sample.
///
/// # Source
/// Student 1908; Fisher 1925. Checked against R 4.2.2 `t.test` and `SciPy` 1.17.1.
pub fn student(a: &Summary, b: &Summary) -> Result<TTest, Undefined> {
    let pooled = pooled(a, b)?;
    TTest::new(a.mean - b.mean, Part { variance: pooled.variance * inverse_sizes(a, b), df: pooled.df })
}

/// Welch's t-test of the mean of `a` less that of `b`, each with its own variance.
///
/// # Errors
/// [`Undefined::Empty`] if a sample is empty, [`Undefined::TooFew`] below two observations on a side,
/// [`Undefined::NoVariability`] if nobody differs from the mean of their sample.
///
/// # Source
/// Welch 1938, 1947. Checked against R 4.2.2 `t.test` and `SciPy` 1.17.1.
///
/// # Example
/// ```
/// use insieme::stats::{describe::of_values, two_sample::welch};
/// let (a, b) = (of_values(&[1.0, 2.0, 3.0]).unwrap(), of_values(&[2.0, 4.0, 6.0]).unwrap());
/// let test = welch(&a, &b).unwrap();
/// assert!((test.t + 2.0 / (5.0_f64 / 3.0).sqrt()).abs() < 1e-12 && (test.df - 50.0 / 17.0).abs() < 1e-12);
/// ```
pub fn welch(a: &Summary, b: &Summary) -> Result<TTest, Undefined> {
    pooled(a, b)?;
    let of_mean = |sample: &Summary| {
        Ok(Part { variance: sample.variance()? / real(sample.n), df: real(sample.n.saturating_sub(1)) })
    };
    let (one, other) = (of_mean(a)?, of_mean(b)?);
    TTest::new(a.mean - b.mean, Part { variance: one.variance + other.variance, df: welch_df(one, other)? })
}

/// Cohen's d: the difference of two means in pooled standard deviations, any number.
///
/// # Errors
/// As [`student`].
///
/// # Source
/// Cohen 1988. Checked against R `effectsize` 0.8.3 and `pingouin` 0.7.0.
///
/// # Example
/// ```
/// use insieme::stats::{describe::of_values, two_sample::cohen_d};
/// let (a, b) = (of_values(&[1.0, 2.0, 3.0]).unwrap(), of_values(&[2.0, 3.0, 4.0]).unwrap());
/// assert!((cohen_d(&a, &b).unwrap() + 1.0).abs() < 1e-12);
/// ```
pub fn cohen_d(a: &Summary, b: &Summary) -> Result<f64, Undefined> {
    finite((a.mean - b.mean) / pooled(a, b)?.variance.sqrt())
}

/// Interval of Cohen's d at the two-sided `level`, by the noncentral t distribution.
///
/// # Errors
/// As [`student`] and [`noncentrality_interval`].
///
/// # Source
/// Steiger 2004. Checked against R `effectsize` 0.8.3, whose own search stops at three digits.
pub fn cohen_d_interval(a: &Summary, b: &Summary, level: f64) -> Result<Limits, Undefined> {
    let test = student(a, b)?;
    let (low, high) = noncentrality_interval(test.t, test.df, level)?;
    let unit = inverse_sizes(a, b).sqrt();
    Ok((finite(low * unit)?, finite(high * unit)?))
}

/// Hedges' g: Cohen's d without its bias in small samples, by the exact factor.
///
/// # Errors
/// As [`student`]; [`Undefined::TooFew`] below four observations in all.
///
/// # Source
/// Hedges 1981. Checked against R `effectsize` 0.8.3.
pub fn hedges_g(a: &Summary, b: &Summary) -> Result<f64, Undefined> {
    Ok(cohen_d(a, b)? * small_sample_factor(pooled(a, b)?.df)?)
}

/// Hedges' g with the factor `1 − 3/(4 df − 1)` that some programs use for the exact one.
///
/// # Errors
/// As [`student`].
///
/// # Source
/// Hedges 1981. Checked against `pingouin` 0.7.0.
pub fn hedges_g_approximate(a: &Summary, b: &Summary) -> Result<f64, Undefined> {
    Ok(cohen_d(a, b)? * (1.0 - 3.0 / (4.0 * pooled(a, b)?.df - 1.0)))
}

/// What a standardised difference on `df` degrees of freedom is multiplied by to lose its bias, from 0.56 up to 1:
/// `Γ(df/2) / (√(df/2) Γ((df − 1)/2))`.
///
/// # Errors
/// [`Undefined::TooFew`] below two degrees of freedom, [`Undefined::OutOfRange`] if they are not finite.
///
/// # Source
/// Hedges 1981; the ratio of gamma functions by recursion and the series of Tricomi & Erdélyi 1951.
///
/// # Example
/// ```
/// let factor = insieme::stats::two_sample::small_sample_factor(2.0).unwrap();
/// assert!((factor - 1.0 / std::f64::consts::PI.sqrt()).abs() < 1e-13);
/// ```
pub fn small_sample_factor(df: f64) -> Result<f64, Undefined> {
    if finite(df)? < 2.0 {
        return Err(Undefined::TooFew);
    }
    let mut x = f64::midpoint(df, -1.0);
    let mut below = 1.0;
    while x < 30.0 {
        below *= (x + 0.5) / x;
        x += 1.0;
    }
    // Γ(x + ½)/Γ(x) in powers of 1/x, with √x taken out.
    let terms = [-0.125, 1.0 / 128.0, 5.0 / 1024.0, -21.0 / 32_768.0, -399.0 / 262_144.0, 869.0 / 4_194_304.0];
    let series = terms.iter().rev().fold(0.0, |sum, term| (sum + term) / x);
    finite((1.0 + series) / below * (x / (df / 2.0)).sqrt())
}

/// Variance within both samples, and its degrees of freedom.
fn pooled(a: &Summary, b: &Summary) -> Result<Part, Undefined> {
    if a.n == 0 || b.n == 0 {
        return Err(Undefined::Empty);
    }
    let df = real(a.n - 1) + real(b.n - 1);
    if df < 1.0 {
        return Err(Undefined::TooFew);
    }
    let variance = finite((a.squares + b.squares) / df)?;
    if variance <= NO_SPREAD * NO_SPREAD { Err(Undefined::NoVariability) } else { Ok(Part { variance, df }) }
}

fn inverse_sizes(a: &Summary, b: &Summary) -> f64 {
    1.0 / real(a.n) + 1.0 / real(b.n)
}

#[cfg(test)]
mod tests {
    use super::super::describe::of_values;
    use super::*;

    fn of(values: &[f64]) -> Summary {
        of_values(values).unwrap()
    }

    #[test]
    fn one_against_one_is_too_few() {
        let (a, b) = (of(&[1.0]), of(&[2.0]));
        assert_eq!(student(&a, &b), Err(Undefined::TooFew));
        assert_eq!(welch(&a, &b), Err(Undefined::TooFew));
        assert_eq!(cohen_d(&a, &b), Err(Undefined::TooFew));
        let nobody = Summary { n: 0, mean: 0.0, squares: 0.0 };
        assert_eq!(student(&nobody, &b), Err(Undefined::Empty));
    }

    #[test]
    fn one_against_several_borrows_their_variance_or_has_none() {
        let (a, b) = (of(&[4.0]), of(&[1.0, 2.0, 3.0]));
        assert!((student(&a, &b).unwrap().t - 2.0 / (4.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert_eq!(welch(&a, &b), Err(Undefined::TooFew));
    }

    #[test]
    fn equal_answers_have_no_test() {
        let (a, b) = (of(&[3.0; 3]), of(&[2.0; 2]));
        assert_eq!(student(&a, &b), Err(Undefined::NoVariability));
        assert_eq!(welch(&a, &b), Err(Undefined::NoVariability));
        assert_eq!(cohen_d_interval(&a, &b, 0.95), Err(Undefined::NoVariability));
        let rounding = of(&[3.0, 3.0 + 1e-15, 3.0]);
        assert_eq!(hedges_g(&rounding, &b), Err(Undefined::NoVariability));
    }

    #[test]
    fn one_side_without_spread_is_enough_spread() {
        let test = welch(&of(&[1.0, 2.0, 3.0]), &of(&[5.0; 4])).unwrap();
        assert!((test.df - 2.0).abs() < 1e-12);
    }

    #[test]
    fn numbers_that_leave_the_floats_are_refused() {
        let huge = Summary { n: 3, mean: 1e308, squares: 1.0 };
        let other = Summary { n: 3, mean: -1e308, squares: 1.0 };
        assert_eq!(student(&huge, &other), Err(Undefined::OutOfRange));
        assert_eq!(student(&huge, &Summary { squares: f64::NAN, ..huge }), Err(Undefined::OutOfRange));
        let many = Summary { n: u64::MAX, mean: 1.0, squares: 1e18 };
        assert!(student(&many, &many).is_ok());
    }

    #[test]
    fn both_tests_agree_on_samples_of_the_same_size_and_spread() {
        let (a, b) = (of(&[1.0, 2.0, 3.0, 4.0]), of(&[3.0, 4.0, 5.0, 6.0]));
        let (one, other) = (student(&a, &b).unwrap(), welch(&a, &b).unwrap());
        assert!((one.t - other.t).abs() < 1e-12 && (one.df - other.df).abs() < 1e-9);
        let (low, high) = one.interval(0.95).unwrap();
        assert!((low + high + 4.0).abs() < 1e-12 && low < high);
    }

    #[test]
    fn the_other_way_round_only_the_sign_turns() {
        let (a, b) = (of(&[1.0, 2.0, 2.0, 4.0]), of(&[3.0, 4.0, 7.0]));
        assert!((cohen_d(&a, &b).unwrap() + cohen_d(&b, &a).unwrap()).abs() < 1e-15);
        let (one, other) = (cohen_d_interval(&a, &b, 0.9).unwrap(), cohen_d_interval(&b, &a, 0.9).unwrap());
        assert!((one.0 + other.1).abs() < 1e-9 && (one.1 + other.0).abs() < 1e-9);
    }

    #[test]
    fn the_factor_is_the_ratio_of_gamma_functions() {
        // Γ(df/2)/(√(df/2) Γ((df − 1)/2)) with mpmath 1.4.1.
        let known = [
            (2.0, 0.564_189_583_547_756_3),
            (3.0, 0.723_601_254_558_267_6),
            (4.5, 0.821_854_199_774_621_9),
            (9.0, 0.913_874_891_792_552_3),
            (13.0, 0.940_982_467_471_148_2),
            (64.0, 0.988_227_577_788_864),
            (408.0, 0.998_160_449_573_717_9),
            (1e4, 0.999_924_997_812_429_7),
            (1e7, 0.999_999_924_999_997_8),
        ];
        for (df, expected) in known {
            let found = small_sample_factor(df).unwrap();
            assert!((found - expected).abs() < 2e-13, "{df}: {found}");
        }
        assert_eq!(small_sample_factor(1.0), Err(Undefined::TooFew));
        assert_eq!(small_sample_factor(f64::INFINITY), Err(Undefined::OutOfRange));
    }
}

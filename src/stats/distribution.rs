// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far out in the tail is a value, and where does a tail begin? The only place that asks a library.

use statrs::distribution::{ContinuousCDF, Normal};

use super::beta::{self, Tails};
use super::{Undefined, finite};

/// Above these degrees of freedom a series gives the quantile of t to 3e-11, unless it lies far out.
const SERIES_FROM: f64 = 1000.0;
/// A normal quantile beyond which the series is not used.
const FAR_OUT: f64 = 5.0;
/// Above these degrees of freedom t is normal to nine digits.
const NORMAL_FROM: f64 = 1e10;
/// A probability has to be at least this.
const SMALLEST: f64 = 1e-300;

/// Upper tail of the standard normal distribution, taken directly so that it does not round to 0.
///
/// # Errors
/// [`Undefined::OutOfRange`] if `z` is not finite.
pub fn normal_upper_tail(z: f64) -> Result<f64, Undefined> {
    let z = finite(z)?;
    normal().map(|normal| normal.sf(z))
}

/// Quantile of the standard normal distribution.
///
/// # Errors
/// [`Undefined::OutOfRange`] unless `1e-300 ≤ p < 1`.
pub fn normal_quantile(p: f64) -> Result<f64, Undefined> {
    let p = probability(p)?;
    normal().and_then(|normal| finite(normal.inverse_cdf(p)))
}

/// Upper tail of Student's t with `df` degrees of freedom.
///
/// # Errors
/// [`Undefined::OutOfRange`] if `t` or its square is not finite, or `df` is not a finite number from 0.1.
///
/// # Source
/// Half a tail of F for the square of `t`. Checked against `SciPy` 1.17.1 and R 4.2.2.
pub fn t_upper_tail(t: f64, df: f64) -> Result<f64, Undefined> {
    let (t, df) = (finite(t)?, degrees(df)?);
    if df > NORMAL_FROM {
        return normal_upper_tail(t);
    }
    let beyond = beta::beta(0.5, df / 2.0, t * (t / df))?.upper / 2.0;
    Ok(if t > 0.0 { beyond } else { 1.0 - beyond })
}

/// Two-sided p-value of a t statistic. Never negative, never above 1, and 0 only where floats end.
///
/// # Errors
/// As [`t_upper_tail`].
pub fn t_two_sided(t: f64, df: f64) -> Result<f64, Undefined> {
    t_upper_tail(t.abs(), df).map(|tail| (2.0 * tail).min(1.0))
}

/// Lower tail of Student's t with `df` degrees of freedom.
///
/// # Errors
/// As [`t_upper_tail`].
pub fn t_lower_tail(t: f64, df: f64) -> Result<f64, Undefined> {
    t_upper_tail(-t, df)
}

/// Quantile of Student's t with `df` degrees of freedom.
///
/// # Errors
/// [`Undefined::OutOfRange`] unless `1e-300 ≤ p < 1` and `df` is a finite number from 0.1.
///
/// # Source
/// Above 1000 degrees of freedom the Cornish–Fisher series to four terms (Abramowitz & Stegun 26.7.5).
/// Checked against `SciPy` 1.17.1 and R 4.2.2.
///
/// # Example
/// ```
/// let t = insieme::stats::distribution::t_quantile(0.975, 17.0).unwrap();
/// assert!((t - 2.109_815_577_833_180_7).abs() < 1e-9);
/// ```
pub fn t_quantile(p: f64, df: f64) -> Result<f64, Undefined> {
    let (p, df) = (probability(p)?, degrees(df)?);
    if df > SERIES_FROM {
        let z = normal_quantile(p)?;
        if z.abs() < FAR_OUT || df > NORMAL_FROM {
            return Ok(series(z, df));
        }
    }
    let outside = 2.0 * p.min(1.0 - p);
    if outside >= 1.0 {
        return Ok(0.0);
    }
    let odds = beta::beta_odds(0.5, df / 2.0, Tails::of_upper(outside))?;
    finite((odds * df).sqrt().copysign(p - 0.5))
}

/// Upper tail of F with `df1` and `df2` degrees of freedom.
///
/// # Errors
/// [`Undefined::OutOfRange`] if `f` is not finite or degrees of freedom are not from 0.1 to 10¹⁰.
///
/// # Source
/// Incomplete beta function. Checked against `SciPy` 1.17.1, and R 4.2.2 where R does not replace F by chi-square.
///
/// # Example
/// ```
/// let p = insieme::stats::distribution::f_upper_tail(2.0, 3.0, 20.0).unwrap();
/// assert!((p - 0.146_438_803_086_621_47).abs() < 1e-12);
/// ```
pub fn f_upper_tail(f: f64, df1: f64, df2: f64) -> Result<f64, Undefined> {
    f_tails(f, df1, df2).map(|tails| tails.upper)
}

/// Lower tail of F with `df1` and `df2` degrees of freedom.
///
/// # Errors
/// As [`f_upper_tail`].
pub fn f_lower_tail(f: f64, df1: f64, df2: f64) -> Result<f64, Undefined> {
    f_tails(f, df1, df2).map(|tails| tails.lower)
}

/// Quantile of F with `df1` and `df2` degrees of freedom.
///
/// # Errors
/// [`Undefined::OutOfRange`] unless `1e-300 ≤ p < 1`, degrees of freedom are from 0.1 to 10¹⁰, and the quantile is
/// a float.
///
/// # Source
/// As [`f_upper_tail`].
///
/// # Example
/// ```
/// let f = insieme::stats::distribution::f_quantile(0.975, 872.0, 872.0 * 19.0).unwrap();
/// assert!((1.0 - (1.0 - 0.913) * f - 0.904_402_4).abs() < 5e-8);
/// ```
pub fn f_quantile(p: f64, df1: f64, df2: f64) -> Result<f64, Undefined> {
    let (p, df1, df2) = (probability(p)?, degrees(df1)?, degrees(df2)?);
    let odds = beta::beta_odds(df1 / 2.0, df2 / 2.0, Tails::of_lower(p))?;
    finite(odds * (df2 / df1))
}

/// Upper tail of chi-square with `df` degrees of freedom.
///
/// # Errors
/// [`Undefined::OutOfRange`] if `x` is not finite or `df` is not from 0.1 to 10¹⁰.
///
/// # Source
/// Incomplete gamma function. Checked against `SciPy` 1.17.1 and R 4.2.2.
///
/// # Example
/// ```
/// let p = insieme::stats::distribution::chi_square_upper_tail(6.0, 2.0).unwrap();
/// assert!((p - (-3.0_f64).exp()).abs() < 1e-15);
/// ```
pub fn chi_square_upper_tail(x: f64, df: f64) -> Result<f64, Undefined> {
    let (x, df) = (finite(x)?, degrees(df)?);
    beta::gamma(df / 2.0, x.max(0.0) / 2.0).map(|tails| tails.upper)
}

/// Quantile of chi-square with `df` degrees of freedom.
///
/// # Errors
/// [`Undefined::OutOfRange`] unless `1e-300 ≤ p < 1`, `df` is from 0.1 to 10¹⁰, and the quantile is a float.
///
/// # Source
/// As [`chi_square_upper_tail`].
///
/// # Example
/// ```
/// let x = insieme::stats::distribution::chi_square_quantile(0.95, 2.0).unwrap();
/// assert!((x + 2.0 * 0.05_f64.ln()).abs() < 1e-12);
/// ```
pub fn chi_square_quantile(p: f64, df: f64) -> Result<f64, Undefined> {
    let (p, df) = (probability(p)?, degrees(df)?);
    beta::gamma_value(df / 2.0, Tails::of_lower(p)).and_then(|half| finite(2.0 * half))
}

/// Quantile, between 0 and 1, of the beta distribution with parameters `a` and `b`.
///
/// # Errors
/// [`Undefined::OutOfRange`] unless `1e-300 ≤ p < 1` and the parameters are from 0.05 to 5·10⁹.
///
/// # Source
/// Incomplete beta function. Checked against `SciPy` 1.17.1.
///
/// # Example
/// ```
/// let x = insieme::stats::distribution::beta_quantile(0.25, 2.0, 1.0).unwrap();
/// assert!((x - 0.5).abs() < 1e-15);
/// ```
pub fn beta_quantile(p: f64, a: f64, b: f64) -> Result<f64, Undefined> {
    let odds = beta::beta_odds(a, b, Tails::of_lower(probability(p)?))?;
    Ok(odds / (1.0 + odds))
}

fn f_tails(f: f64, df1: f64, df2: f64) -> Result<Tails, Undefined> {
    let (f, df1, df2) = (finite(f)?, degrees(df1)?, degrees(df2)?);
    beta::beta(df1 / 2.0, df2 / 2.0, f.max(0.0) * (df1 / df2))
}

fn series(z: f64, df: f64) -> f64 {
    let square = z * z;
    let first = (square + 1.0) / 4.0;
    let second = ((5.0 * square + 16.0) * square + 3.0) / 96.0;
    let third = (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0;
    let fourth = ((((79.0 * square + 776.0) * square + 1482.0) * square - 1920.0) * square - 945.0) / 92_160.0;
    z + z * (first + (second + (third + fourth / df) / df) / df) / df
}

fn probability(p: f64) -> Result<f64, Undefined> {
    if (SMALLEST..1.0).contains(&p) { Ok(p) } else { Err(Undefined::OutOfRange) }
}

fn degrees(df: f64) -> Result<f64, Undefined> {
    if df.is_finite() && df >= 0.1 { Ok(df) } else { Err(Undefined::OutOfRange) }
}

fn normal() -> Result<Normal, Undefined> {
    Normal::new(0.0, 1.0).map_err(|_| Undefined::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endless_and_senseless_arguments_are_refused() {
        for df in [f64::INFINITY, f64::NAN, 0.0, -1.0] {
            assert_eq!(t_quantile(0.975, df), Err(Undefined::OutOfRange));
            assert_eq!(t_upper_tail(1.0, df), Err(Undefined::OutOfRange));
            assert_eq!(f_quantile(0.975, df, 3.0), Err(Undefined::OutOfRange));
            assert_eq!(f_upper_tail(1.0, 3.0, df), Err(Undefined::OutOfRange));
            assert_eq!(chi_square_quantile(0.975, df), Err(Undefined::OutOfRange));
            assert_eq!(chi_square_upper_tail(1.0, df), Err(Undefined::OutOfRange));
            assert_eq!(beta_quantile(0.5, df, 1.0), Err(Undefined::OutOfRange));
        }
        for p in [0.0, 1.0, -0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert_eq!(t_quantile(p, 5.0), Err(Undefined::OutOfRange));
            assert_eq!(normal_quantile(p), Err(Undefined::OutOfRange));
            assert_eq!(f_quantile(p, 2.0, 3.0), Err(Undefined::OutOfRange));
            assert_eq!(chi_square_quantile(p, 2.0), Err(Undefined::OutOfRange));
            assert_eq!(beta_quantile(p, 2.0, 3.0), Err(Undefined::OutOfRange));
        }
        assert_eq!(normal_upper_tail(f64::NAN), Err(Undefined::OutOfRange));
        assert_eq!(t_upper_tail(f64::INFINITY, 5.0), Err(Undefined::OutOfRange));
        assert_eq!(f_upper_tail(f64::NAN, 5.0, 5.0), Err(Undefined::OutOfRange));
    }

    #[test]
    fn the_tail_far_out_is_small_and_not_zero() {
        assert!(normal_upper_tail(9.2).unwrap() > 1e-21);
        assert!(t_two_sided(40.0, 500.0).unwrap() > 0.0);
        assert!((t_two_sided(0.0, 3.0).unwrap() - 1.0).abs() < 1e-12);
        assert!(f_upper_tail(1e6, 10.0, 100.0).unwrap() > 0.0);
        assert!(chi_square_upper_tail(1400.0, 5.0).unwrap() > 0.0);
    }

    #[test]
    fn nothing_jumps_where_the_method_changes() {
        let below = t_quantile(0.975, 1000.0).unwrap();
        assert!((below - t_quantile(0.975, 1000.0 + 1e-9).unwrap()).abs() < 1e-10);
        let near = t_quantile(0.999_999_713, 1e4).unwrap();
        assert!((near - t_quantile(0.999_999_714, 1e4).unwrap()).abs() < 1e-3);
        let tail = t_upper_tail(2.0, 1e10).unwrap();
        assert!((tail - t_upper_tail(2.0, 1.000_001e10).unwrap()).abs() < 1e-10);
    }

    #[test]
    fn lower_and_upper_tail_make_one() {
        let both = t_lower_tail(1.3, 7.5).unwrap() + t_upper_tail(1.3, 7.5).unwrap();
        assert!((both - 1.0).abs() < 1e-12);
        let both = f_lower_tail(1.3, 7.5, 30.0).unwrap() + f_upper_tail(1.3, 7.5, 30.0).unwrap();
        assert!((both - 1.0).abs() < 1e-12);
        assert!((t_quantile(0.2, 4.0).unwrap() + t_quantile(0.8, 4.0).unwrap()).abs() < 1e-12);
    }

    #[test]
    fn the_middle_of_t_is_exactly_nothing() {
        for df in [0.1, 1.0, 30.0, 1000.0] {
            assert_eq!(t_quantile(0.5, df), Ok(0.0));
        }
        assert!(t_quantile(0.5 + 1e-12, 7.0).unwrap() > 0.0 && t_quantile(0.5 - 1e-12, 7.0).unwrap() < 0.0);
    }

    #[test]
    fn a_negative_statistic_of_squares_leaves_all_above_it() {
        assert_eq!(f_upper_tail(-1e-9, 2.0, 9.0), Ok(1.0));
        assert_eq!(f_lower_tail(-1e-9, 2.0, 9.0), Ok(0.0));
        assert_eq!(chi_square_upper_tail(-1e-9, 2.0), Ok(1.0));
    }

    #[test]
    fn a_quantile_is_where_the_tail_begins() {
        for df in [1.0, 4.0, 250.0, 1e4, 1e6, 1e7] {
            for p in [1e-12, 0.001, 0.025, 0.3] {
                let relative = |tail: Result<f64, Undefined>| (tail.unwrap() / p - 1.0).abs();
                assert!(relative(t_lower_tail(t_quantile(p, df).unwrap(), df)) < 1e-9, "t {df} {p}");
                assert!(
                    relative(f_lower_tail(f_quantile(p, df, 7.0 * df).unwrap(), df, 7.0 * df)) < 1e-9,
                    "F {df} {p}"
                );
                let x = chi_square_quantile(1.0 - p, df).unwrap();
                assert!(p < 1e-3 || relative(chi_square_upper_tail(x, df)) < 1e-9, "chi-square {df} {p}");
            }
        }
    }

    #[test]
    fn the_relatives_agree_with_each_other() {
        let (t, df) = (2.3_f64, 14.0);
        assert!((t_two_sided(t, df).unwrap() - f_upper_tail(t * t, 1.0, df).unwrap()).abs() < 1e-15);
        let two_sided = 2.0 * normal_upper_tail(t).unwrap();
        assert!((chi_square_upper_tail(t * t, 1.0).unwrap() - two_sided).abs() < 1e-10);
        let endless = f_upper_tail(2.0, 5.0, 1e10).unwrap();
        assert!((endless - chi_square_upper_tail(10.0, 5.0).unwrap()).abs() < 1e-9);
    }
}

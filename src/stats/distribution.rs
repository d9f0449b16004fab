// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far out in the tail is a value, and where does a tail begin? The only place that asks a library.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use super::{Undefined, finite};

/// Above these degrees of freedom the library's quantile of t loses digits, and a series is exact to 3e-11.
const SERIES_FROM: f64 = 1000.0;
/// Above these degrees of freedom the library's tail of t loses digits, and t is all but normal.
const NORMAL_FROM: f64 = 1e6;
/// Probabilities closer to 0 or 1 than this are not trusted.
const SMALLEST: f64 = 1e-6;

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
/// [`Undefined::OutOfRange`] unless `1e-6 ≤ p ≤ 1 − 1e-6`.
pub fn normal_quantile(p: f64) -> Result<f64, Undefined> {
    let p = probability(p)?;
    normal().and_then(|normal| finite(normal.inverse_cdf(p)))
}

/// Upper tail of Student's t with `df` degrees of freedom.
///
/// # Errors
/// [`Undefined::OutOfRange`] if `t` is not finite or `df` is not a finite number from 0.1.
///
/// # Source
/// Above a million degrees of freedom: normal tail of `t (1 − 1/4ν) / √(1 + t²/2ν)` (Abramowitz & Stegun 26.7.8).
pub fn t_upper_tail(t: f64, df: f64) -> Result<f64, Undefined> {
    let (t, df) = (finite(t)?, degrees(df)?);
    if df > NORMAL_FROM {
        return normal_upper_tail(t * (1.0 - 0.25 / df) / (1.0 + t * t / (2.0 * df)).sqrt());
    }
    student(df).and_then(|student| finite(student.sf(t)))
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
/// [`Undefined::OutOfRange`] unless `1e-6 ≤ p ≤ 1 − 1e-6` and `df` is a finite number from 0.1.
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
        return normal_quantile(p).map(|z| series(z, df));
    }
    if p < 0.5 {
        return t_quantile(1.0 - p, df).map(|t| -t);
    }
    student(df).and_then(|student| finite(student.inverse_cdf(p)))
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
    if (SMALLEST..=1.0 - SMALLEST).contains(&p) { Ok(p) } else { Err(Undefined::OutOfRange) }
}

fn degrees(df: f64) -> Result<f64, Undefined> {
    if df.is_finite() && df >= 0.1 { Ok(df) } else { Err(Undefined::OutOfRange) }
}

fn normal() -> Result<Normal, Undefined> {
    Normal::new(0.0, 1.0).map_err(|_| Undefined::OutOfRange)
}

fn student(df: f64) -> Result<StudentsT, Undefined> {
    StudentsT::new(0.0, 1.0, df).map_err(|_| Undefined::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endless_and_senseless_arguments_are_refused() {
        for df in [f64::INFINITY, f64::NAN, 0.0, -1.0] {
            assert_eq!(t_quantile(0.975, df), Err(Undefined::OutOfRange));
            assert_eq!(t_upper_tail(1.0, df), Err(Undefined::OutOfRange));
        }
        for p in [0.0, 1.0, 1e-10, f64::NAN] {
            assert_eq!(t_quantile(p, 5.0), Err(Undefined::OutOfRange));
            assert_eq!(normal_quantile(p), Err(Undefined::OutOfRange));
        }
        assert_eq!(normal_upper_tail(f64::NAN), Err(Undefined::OutOfRange));
    }

    #[test]
    fn the_tail_far_out_is_small_and_not_zero() {
        assert!(normal_upper_tail(9.2).unwrap() > 1e-21);
        assert!(t_two_sided(40.0, 500.0).unwrap() > 0.0);
        assert!((t_two_sided(0.0, 3.0).unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_jumps_where_the_method_changes() {
        let below = t_quantile(0.975, 999.999).unwrap();
        assert!((below - t_quantile(0.975, 1000.001).unwrap()).abs() < 1e-8);
        let tail = t_upper_tail(2.0, 999_999.0).unwrap();
        assert!((tail - t_upper_tail(2.0, 1_000_001.0).unwrap()).abs() < 1e-10);
    }

    #[test]
    fn lower_and_upper_tail_make_one() {
        let both = t_lower_tail(1.3, 7.5).unwrap() + t_upper_tail(1.3, 7.5).unwrap();
        assert!((both - 1.0).abs() < 1e-12);
        assert!((t_quantile(0.2, 4.0).unwrap() + t_quantile(0.8, 4.0).unwrap()).abs() < 1e-12);
    }
}

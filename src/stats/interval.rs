// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far could an estimate be off?

use super::count::real;
use super::distribution::{normal_quantile, t_quantile};
use super::{Undefined, finite};

/// Lower and upper limit.
pub type Limits = (f64, f64);

/// One independent contribution to a variance, with the degrees of freedom it was estimated on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The contribution.
    pub variance: f64,
    /// Its degrees of freedom.
    pub df: f64,
}

/// Variance of a sum of independent parts, and the degrees of freedom of its estimate.
///
/// # Errors
/// [`Undefined::Empty`] without parts, [`Undefined::NoVariability`] if all are zero.
///
/// # Source
/// Satterthwaite 1946. Checked against R 4.2.2 `survey::svymean`.
pub fn satterthwaite(parts: &[Part]) -> Result<Part, Undefined> {
    if parts.is_empty() {
        return Err(Undefined::Empty);
    }
    let variance: f64 = parts.iter().map(|part| part.variance).sum();
    if variance <= 0.0 {
        return Err(Undefined::NoVariability);
    }
    let used = parts.iter().filter(|part| part.variance > 0.0);
    let below: f64 = used.map(|part| (part.variance / variance).powi(2) / part.df).sum();
    Ok(Part { variance: finite(variance)?, df: finite(1.0 / below)? })
}

/// Interval `centre ± t·√variance` at the two-sided `level`, e.g. 0.95. Not clipped to any range.
///
/// # Errors
/// [`Undefined::NoVariability`] for a variance of zero, else as [`t_quantile`].
pub fn t_interval(centre: f64, part: Part, level: f64) -> Result<Limits, Undefined> {
    if part.variance <= 0.0 {
        return Err(Undefined::NoVariability);
    }
    let half = t_quantile(f64::midpoint(1.0, level), part.df)? * part.variance.sqrt();
    Ok((finite(centre - half)?, finite(centre + half)?))
}

/// Share of a listed population of `listed` that `n` observations leave to chance: `1 − n/N`.
/// An unknown population counts as endless.
#[must_use]
pub fn left_to_chance(n: f64, listed: Option<f64>) -> f64 {
    listed.map_or(1.0, |listed| if listed > 0.0 { (1.0 - n / listed).max(0.0) } else { 0.0 })
}

/// Welch's degrees of freedom of a difference of two means, from the variances of the two means.
///
/// # Errors
/// As [`satterthwaite`].
///
/// # Source
/// Welch 1938, 1947.
pub fn welch_df(one: Part, other: Part) -> Result<f64, Undefined> {
    satterthwaite(&[one, other]).map(|part| part.df)
}

/// Wilson interval of a share, with the effective size `n (N − 1)/(N − n)` where N is known.
///
/// # Errors
/// [`Undefined::Empty`] for n = 0, [`Undefined::Census`] if n = N, [`Undefined::OutOfRange`] if counts contradict
/// each other.
///
/// # Source
/// Wilson 1927; effective size after Cochran 1977.
///
/// # Example
/// ```
/// let (low, high) = insieme::stats::interval::wilson(6, 9, Some(14), 0.95).unwrap();
/// assert!((low - 0.465).abs() < 5e-4 && (high - 0.822).abs() < 5e-4);
/// ```
pub fn wilson(successes: u64, n: u64, listed: Option<u64>, level: f64) -> Result<Limits, Undefined> {
    if n == 0 {
        return Err(Undefined::Empty);
    }
    if successes > n || listed.is_some_and(|listed| listed < n) {
        return Err(Undefined::OutOfRange);
    }
    let size = match listed {
        Some(listed) if listed == n => return Err(Undefined::Census),
        Some(listed) => real(n) * real(listed - 1) / real(listed - n),
        None => real(n),
    };
    let share = real(successes) / real(n);
    let z = normal_quantile(f64::midpoint(1.0, level))?;
    let shrink = 1.0 + z * z / size;
    let centre = (share + z * z / (2.0 * size)) / shrink;
    let half = z * (share * (1.0 - share) / size + z * z / (4.0 * size * size)).sqrt() / shrink;
    Ok(((centre - half).max(0.0), (centre + half).min(1.0)))
}

/// The mean that those who did not answer would need for the whole group to stand exactly at `limit`:
/// `(T − f m)/(1 − f)`. Outside 0–100 no answer of the others could carry the group across.
///
/// # Errors
/// [`Undefined::Census`] if everyone answered, [`Undefined::OutOfRange`] if `share` is not between 0 and 1.
///
/// # Example
/// ```
/// let needed = insieme::stats::interval::tipping_point(72.0, 0.6, 60.0).unwrap();
/// assert!((needed - 42.0).abs() < 1e-12);
/// ```
pub fn tipping_point(mean: f64, share: f64, limit: f64) -> Result<f64, Undefined> {
    if !(0.0..=1.0).contains(&share) {
        return Err(Undefined::OutOfRange);
    }
    if share >= 1.0 {
        return Err(Undefined::Census);
    }
    finite((limit - share * mean) / (1.0 - share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(variance: f64, df: f64) -> Part {
        Part { variance, df }
    }

    #[test]
    fn without_parts_or_spread_there_is_no_interval() {
        assert_eq!(satterthwaite(&[]), Err(Undefined::Empty));
        assert_eq!(satterthwaite(&[part(0.0, 3.0)]), Err(Undefined::NoVariability));
        assert_eq!(t_interval(50.0, part(0.0, 3.0), 0.95), Err(Undefined::NoVariability));
    }

    #[test]
    fn one_part_keeps_its_degrees_of_freedom() {
        assert_eq!(satterthwaite(&[part(4.0, 7.0)]), Ok(part(4.0, 7.0)));
        assert_eq!(satterthwaite(&[part(4.0, 7.0), part(0.0, 0.0)]), Ok(part(4.0, 7.0)));
    }

    #[test]
    fn two_equal_parts_add_their_degrees_of_freedom() {
        let both = satterthwaite(&[part(2.0, 5.0), part(2.0, 5.0)]).unwrap();
        assert!((both.df - 10.0).abs() < 1e-12);
        assert!((welch_df(part(2.0, 5.0), part(2.0, 5.0)).unwrap() - 10.0).abs() < 1e-12);
    }

    #[test]
    fn the_worked_project_score() {
        // docs/methods.md, "Interval of a project score": SE 1.499789, df 20.606, interval 59.030 to 65.275.
        let parts = [part(5.787_037, 5.0), part(6.889_330, 8.0), part(9.920_635, 4.0), part(13.392_857, 7.0)];
        let parts = parts.map(|one| part(one.variance / 16.0, one.df));
        let total = satterthwaite(&parts).unwrap();
        assert!((total.variance.sqrt() - 1.499_789).abs() < 5e-7);
        assert!((total.df - 20.606).abs() < 5e-4);
        let (low, high) = t_interval(62.1528, total, 0.95).unwrap();
        assert!((low - 59.030).abs() < 5e-4 && (high - 65.275).abs() < 5e-4);
    }

    #[test]
    fn wilson_knows_how_many_are_listed() {
        let (low, high) = wilson(6, 9, None, 0.95).unwrap();
        assert!((low - 0.354).abs() < 5e-4 && (high - 0.879).abs() < 5e-4);
        assert_eq!(wilson(0, 0, None, 0.95), Err(Undefined::Empty));
        assert_eq!(wilson(9, 9, Some(9), 0.95), Err(Undefined::Census));
        assert_eq!(wilson(9, 9, Some(8), 0.95), Err(Undefined::OutOfRange));
        let (low, high) = wilson(9, 9, None, 0.95).unwrap();
        assert!(low > 0.6 && (high - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_tipping_points_of_the_worked_group() {
        let points = [(64.583_333, 6.0 / 8.0, 6.25), (46.296_296, 9.0 / 14.0, 56.67)];
        for (mean, share, needed) in points {
            assert!((tipping_point(mean, share, 50.0).unwrap() - needed).abs() < 5e-3);
        }
        assert_eq!(tipping_point(50.0, 1.0, 50.0), Err(Undefined::Census));
        assert_eq!(tipping_point(50.0, 1.2, 50.0), Err(Undefined::OutOfRange));
    }

    #[test]
    fn everyone_observed_leaves_nothing_to_chance() {
        let near = |one: f64, other: f64| (one - other).abs() < 1e-15;
        assert!(near(left_to_chance(6.0, Some(6.0)), 0.0));
        assert!(near(left_to_chance(6.0, Some(8.0)), 0.25));
        assert!(near(left_to_chance(6.0, None), 1.0));
    }
}

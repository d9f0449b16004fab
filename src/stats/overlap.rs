// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How did a mean change when some people answered twice and others once?

use super::count::real;
use super::describe::{Sum, Summary};
use super::interval::{Part, welch_df};
use super::{Undefined, finite};

/// Fewer pairs than this do not give a correlation worth using.
pub const LEAST_PAIRS: u64 = 5;

/// Variance and degrees of freedom of a difference of two means of partly the same people.
///
/// `pairs` people are in both samples; `correlation` is that of their two values.
/// Nobody in both: Welch. Everybody in both: the paired variance.
///
/// # Errors
/// [`Undefined::TooFew`] below two observations on a side, [`Undefined::OutOfRange`] for more pairs than people,
/// [`Undefined::NoVariability`] if nobody differs.
///
/// # Source
/// Partially overlapping samples t-test, Derrick, Russ, Toher & White 2017.
pub fn difference_of_means(before: &Summary, after: &Summary, pairs: u64, correlation: f64) -> Result<Part, Undefined> {
    if pairs > before.n.min(after.n) {
        return Err(Undefined::OutOfRange);
    }
    let one = Part { variance: before.variance()? / real(before.n), df: real(before.n - 1) };
    let other = Part { variance: after.variance()? / real(after.n), df: real(after.n - 1) };
    let shared = 2.0 * correlation * before.sd()? * after.sd()? * real(pairs) / (real(before.n) * real(after.n));
    let welch = welch_df(one, other)?;
    let alone = real(before.n - pairs) + real(after.n - pairs);
    let df = if pairs == 0 {
        welch
    } else {
        let pairs = real(pairs);
        (pairs - 1.0) + (welch - pairs + 1.0) / (alone + 2.0 * pairs) * alone
    };
    let variance = one.variance + other.variance - shared;
    if variance <= 1e-12 * (one.variance + other.variance) || df <= 0.0 {
        return Err(Undefined::NoVariability);
    }
    Ok(Part { variance: finite(variance)?, df: finite(df)? })
}

/// A pair of values with how often it occurs.
pub type Pair = (f64, f64, u64);

/// Correlation of pairs after centring each group's pairs on their own means.
///
/// # Errors
/// [`Undefined::TooFew`] below [`LEAST_PAIRS`] pairs in all, [`Undefined::NoVariability`] if one side does not vary.
pub fn pooled_correlation<'a>(groups: impl Iterator<Item = &'a [Pair]> + Clone) -> Result<f64, Undefined> {
    let count = |pairs: &[Pair]| pairs.iter().map(|(_, _, count)| count).sum::<u64>();
    if groups.clone().map(count).sum::<u64>() < LEAST_PAIRS {
        return Err(Undefined::TooFew);
    }
    let (mut before, mut after, mut both) = (Sum::default(), Sum::default(), Sum::default());
    for pairs in groups.filter(|pairs| count(pairs) > 0) {
        let mean = |side: fn(&Pair) -> f64| {
            super::describe::sum(pairs.iter().map(|pair| side(pair) * real(pair.2))) / real(count(pairs))
        };
        let (first, second) = (mean(|pair| pair.0), mean(|pair| pair.1));
        for (x, y, times) in pairs {
            before.add((x - first).powi(2) * real(*times));
            after.add((y - second).powi(2) * real(*times));
            both.add((x - first) * (y - second) * real(*times));
        }
    }
    if before.total() < 1e-18 || after.total() < 1e-18 {
        return Err(Undefined::NoVariability);
    }
    finite(both.total() / (before.total() * after.total()).sqrt()).map(|r| r.clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::super::describe::of_values;
    use super::super::distribution::t_two_sided;
    use super::super::interval::t_interval;
    use super::*;

    const A: [f64; 16] =
        [20.0, 21.0, 16.0, 18.0, 14.0, 12.0, 14.0, 17.0, 14.0, 15.0, 18.0, 20.0, 11.0, 19.0, 14.0, 15.0];
    const B: [f64; 16] =
        [10.0, 16.0, 18.0, 16.0, 15.0, 14.0, 13.0, 10.0, 15.0, 10.0, 15.0, 17.0, 13.0, 19.0, 12.0, 13.0];

    fn correlation(groups: &[Vec<Pair>]) -> Result<f64, Undefined> {
        pooled_correlation(groups.iter().map(Vec::as_slice))
    }

    #[test]
    fn counts_are_repetitions() {
        let counted = [vec![(1.0, 2.0, 2), (3.0, 5.0, 1)], vec![(4.0, 1.0, 1), (2.0, 2.0, 2)]];
        let listed =
            [vec![(1.0, 2.0, 1), (3.0, 5.0, 1), (1.0, 2.0, 1)], vec![(2.0, 2.0, 1), (4.0, 1.0, 1), (2.0, 2.0, 1)]];
        assert!((correlation(&counted).unwrap() - correlation(&listed).unwrap()).abs() < 1e-12);
    }

    #[test]
    fn the_example_of_the_authors() {
        // Derrick and others 2017: the last eight of each are the same people.
        let pairs: Vec<_> = A.into_iter().zip(B).skip(8).map(|(a, b)| (a, b, 1)).collect();
        let r = correlation(&[pairs]).unwrap();
        let (a, b) = (of_values(&A).unwrap(), of_values(&B).unwrap());
        let part = difference_of_means(&a, &b, 8, r).unwrap();
        let t = (a.mean - b.mean) / part.variance.sqrt();
        assert!((t - 2.41910).abs() < 5e-6, "t {t}");
        assert!((part.df - 18.4223).abs() < 5e-5, "df {}", part.df);
        assert!((t_two_sided(t, part.df).unwrap() - 0.026_104).abs() < 5e-7);
        let (low, high) = t_interval(a.mean - b.mean, part, 0.95).unwrap();
        assert!((low - 0.26590).abs() < 5e-6 && (high - 3.73410).abs() < 5e-6);
    }

    #[test]
    fn nobody_in_both_is_welch_and_everybody_is_paired() {
        let (a, b) = (of_values(&A).unwrap(), of_values(&B).unwrap());
        let apart = difference_of_means(&a, &b, 0, 0.9).unwrap();
        assert!((apart.variance - (a.variance().unwrap() + b.variance().unwrap()) / 16.0).abs() < 1e-12);
        let pairs: Vec<_> = A.into_iter().zip(B).collect();
        let differences: Vec<_> = pairs.iter().map(|(x, y)| y - x).collect();
        let r = correlation(&[pairs.into_iter().map(|(x, y)| (x, y, 1)).collect()]).unwrap();
        let together = difference_of_means(&a, &b, 16, r).unwrap();
        let paired = of_values(&differences).unwrap().variance().unwrap() / 16.0;
        assert!((together.variance - paired).abs() < 1e-12);
        assert!((together.df - 15.0).abs() < 1e-12);
    }

    #[test]
    fn too_few_and_equal_values_have_no_correlation() {
        assert_eq!(correlation(&[]), Err(Undefined::TooFew));
        assert_eq!(correlation(&[vec![(1.0, 2.0, 1); 4]]), Err(Undefined::TooFew));
        assert_eq!(correlation(&[vec![(1.0, 2.0, 6)]]), Err(Undefined::NoVariability));
    }

    #[test]
    fn the_same_answers_twice_have_no_interval() {
        let a = of_values(&A).unwrap();
        assert_eq!(difference_of_means(&a, &a, 16, 1.0), Err(Undefined::NoVariability));
        assert_eq!(difference_of_means(&a, &a, 17, 1.0), Err(Undefined::OutOfRange));
    }
}

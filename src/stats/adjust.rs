// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What becomes of a p-value when it is one of several?

use super::Undefined;
use super::count::length;
use super::describe::sum;

/// A family of p-values, of which some may be missing.
type Family = Vec<Option<f64>>;

/// Holm's adjustment: no more than one family in twenty has a false finding at .05, whatever depends on what.
///
/// Values come back in their order, between 0 and 1. What is missing stays missing and does not count.
///
/// # Errors
/// [`Undefined::OutOfRange`] if a p-value is not between 0 and 1.
///
/// # Source
/// Holm 1979. Checked against R 4.2.2 `p.adjust` and statsmodels 0.15.0 `multipletests`, as all of this file.
///
/// # Example
/// ```
/// let found = insieme::stats::adjust::holm(&[Some(0.01), None, Some(0.04), Some(0.03), Some(0.005)]).unwrap();
/// assert_eq!(found, [Some(0.03), None, Some(0.06), Some(0.06), Some(0.02)]);
/// ```
pub fn holm(p: &[Option<f64>]) -> Result<Family, Undefined> {
    adjusted(p, |sorted| {
        let factors = (1..=sorted.len()).rev().map(length);
        running(sorted.iter().zip(factors).map(|(p, factor)| p * factor), f64::max)
    })
}

/// The adjustment of Benjamini and Hochberg: at .05, no more than one finding in twenty is false on average, if the
/// tests do not depend on each other.
///
/// Values come back in their order, between 0 and 1. What is missing stays missing and does not count.
///
/// # Errors
/// As [`holm`].
///
/// # Source
/// Benjamini & Hochberg 1995.
///
/// # Example
/// ```
/// let found = insieme::stats::adjust::benjamini_hochberg(&[Some(0.01), Some(0.04), Some(0.03), Some(0.005)]).unwrap();
/// let printed = [0.02, 0.04, 0.04, 0.02];
/// assert!(found.iter().zip(printed).all(|(p, printed)| (p.unwrap() - printed).abs() < 1e-12));
/// ```
pub fn benjamini_hochberg(p: &[Option<f64>]) -> Result<Family, Undefined> {
    adjusted(p, |sorted| stepping_up(sorted, |place| length(sorted.len()) / length(place)))
}

/// As [`benjamini_hochberg`], whatever depends on what.
///
/// # Errors
/// As [`holm`].
///
/// # Source
/// Benjamini & Yekutieli 2001.
///
/// # Example
/// ```
/// let found = insieme::stats::adjust::benjamini_yekutieli(&[Some(0.01), Some(0.25)]).unwrap();
/// assert_eq!(found, [Some(0.03), Some(0.375)]);
/// ```
pub fn benjamini_yekutieli(p: &[Option<f64>]) -> Result<Family, Undefined> {
    adjusted(p, |sorted| {
        let harmonic = sum((1..=sorted.len()).map(|place| 1.0 / length(place)));
        stepping_up(sorted, |place| harmonic * length(sorted.len()) / length(place))
    })
}

/// Bonferroni's adjustment: each p-value times their number. Holm's does the same and finds more.
///
/// # Errors
/// As [`holm`].
///
/// # Source
/// Dunn 1961.
///
/// # Example
/// ```
/// let found = insieme::stats::adjust::bonferroni(&[Some(0.25), None, Some(0.75)]).unwrap();
/// assert_eq!(found, [Some(0.5), None, Some(1.0)]);
/// ```
pub fn bonferroni(p: &[Option<f64>]) -> Result<Family, Undefined> {
    adjusted(p, |sorted| sorted.iter().map(|p| p * length(sorted.len())).collect())
}

/// Hochberg's adjustment: as Holm's, from the largest down, if the tests do not depend on each other.
///
/// # Errors
/// As [`holm`].
///
/// # Source
/// Hochberg 1988.
///
/// # Example
/// ```
/// let found = insieme::stats::adjust::hochberg(&[Some(0.04), Some(0.03)]).unwrap();
/// assert_eq!(found, [Some(0.04), Some(0.04)]);
/// ```
pub fn hochberg(p: &[Option<f64>]) -> Result<Family, Undefined> {
    adjusted(p, |sorted| stepping_up(sorted, |place| length(sorted.len() + 1 - place)))
}

/// Hommel's adjustment: the closed test of Simes, which finds a little more than Hochberg's on the same terms.
///
/// # Errors
/// As [`holm`].
///
/// # Source
/// Hommel 1988.
///
/// # Example
/// ```
/// let found = insieme::stats::adjust::hommel(&[Some(0.04), Some(0.03)]).unwrap();
/// assert_eq!(found, [Some(0.04), Some(0.04)]);
/// ```
pub fn hommel(p: &[Option<f64>]) -> Result<Family, Undefined> {
    adjusted(p, |sorted| {
        let mut largest = vec![0.0; sorted.len()];
        for size in 1..=sorted.len() {
            // The hardest set of this size to be in: the largest p-values, with one's own as the smallest.
            let others = sorted.iter().skip(sorted.len() - size).enumerate().skip(1);
            let others = others.map(|(place, p)| p * length(size) / length(place + 1)).fold(1.0, f64::min);
            let own = sorted.iter().enumerate().map(|(place, p)| match sorted.get(sorted.len() - size) {
                Some(first) if place > sorted.len() - size => first,
                _ => p,
            });
            for (largest, own) in largest.iter_mut().zip(own) {
                *largest = others.min(own * length(size)).max(*largest);
            }
        }
        largest
    })
}

/// Adjusts those that are there, in ascending order, and puts them back.
fn adjusted(p: &[Option<f64>], adjust: impl Fn(&[f64]) -> Vec<f64>) -> Result<Family, Undefined> {
    if p.iter().flatten().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(Undefined::OutOfRange);
    }
    let mut sorted: Vec<(usize, f64)> = p.iter().enumerate().filter_map(|(place, p)| Some((place, (*p)?))).collect();
    sorted.sort_by(|one, other| one.1.total_cmp(&other.1));
    let values: Vec<f64> = sorted.iter().map(|(_, p)| *p).collect();
    let mut family = vec![None; p.len()];
    for ((place, _), p) in sorted.into_iter().zip(adjust(&values)) {
        if let Some(member) = family.get_mut(place) {
            *member = Some(p.min(1.0));
        }
    }
    Ok(family)
}

/// Each p-value times the factor of its place from 1; none above one that comes after it.
fn stepping_up(sorted: &[f64], factor: impl Fn(usize) -> f64) -> Vec<f64> {
    let products = sorted.iter().enumerate().rev().map(|(place, p)| p * factor(place + 1));
    let mut adjusted = running(products, f64::min);
    adjusted.reverse();
    adjusted
}

/// The largest, or smallest, so far.
fn running(values: impl Iterator<Item = f64>, choose: fn(f64, f64) -> f64) -> Vec<f64> {
    let chosen = values.scan(None, |so_far, value| {
        *so_far = Some(so_far.map_or(value, |so_far| choose(so_far, value)));
        *so_far
    });
    chosen.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Adjust = fn(&[Option<f64>]) -> Result<Family, Undefined>;

    const ALL: [Adjust; 6] = [holm, benjamini_hochberg, benjamini_yekutieli, bonferroni, hochberg, hommel];

    fn near(found: &[Option<f64>], expected: &[f64]) -> bool {
        found.len() == expected.len()
            && found.iter().zip(expected).all(|(one, other)| (one.unwrap() - other).abs() < 1e-12)
    }

    #[test]
    fn no_p_values_stay_none() {
        for adjust in ALL {
            assert_eq!(adjust(&[]), Ok(vec![]));
            assert_eq!(adjust(&[None, None]), Ok(vec![None, None]));
        }
    }

    #[test]
    fn one_p_value_stays_what_it_is() {
        for adjust in ALL {
            for p in [0.0, 1e-300, 0.04, 1.0] {
                assert_eq!(adjust(&[None, Some(p)]), Ok(vec![None, Some(p)]));
            }
        }
    }

    #[test]
    fn the_worked_family() {
        let p = [0.01, 0.04, 0.03, 0.005].map(Some);
        assert!(near(&holm(&p).unwrap(), &[0.03, 0.06, 0.06, 0.02]));
        assert!(near(&benjamini_hochberg(&p).unwrap(), &[0.02, 0.04, 0.04, 0.02]));
    }

    #[test]
    fn the_gaps_of_the_worked_indicator() {
        // Six exact p-values of dataset G1, F1, wave 1; Holm's smallest is printed as .1958.
        let p = [98.0 / 3003.0, 817.0 / 3003.0, 166.0 / 462.0, 940.0 / 1287.0, 2014.0 / 12_870.0, 361.0 / 1287.0];
        assert!((holm(&p.map(Some)).unwrap()[0].unwrap() - 0.1958).abs() < 5e-5);
        // Two groups of four, and of five, against six pairs: the smallest p-values that there are.
        for (smallest, printed) in [(2.0 / 70.0, 0.171), (2.0 / 252.0, 0.0476)] {
            let p = [smallest, 1.0, 1.0, 1.0, 1.0, 1.0].map(Some);
            assert!((holm(&p).unwrap()[0].unwrap() - printed).abs() < 5e-4);
        }
    }

    #[test]
    fn equal_p_values_stay_equal_and_none_exceeds_one() {
        for adjust in ALL {
            let found = adjust(&[0.03, 0.6, 0.03, 0.9, 0.03].map(Some)).unwrap();
            assert!(found[0] == found[2] && found[2] == found[4]);
            assert!(found.iter().all(|p| p.unwrap() <= 1.0));
        }
        assert!(near(&hommel(&[0.5; 3].map(Some)).unwrap(), &[0.5; 3]));
    }

    #[test]
    fn the_order_of_the_family_does_not_matter() {
        let p = [0.2, 0.001, 0.04, 0.04, 0.013, 0.7];
        for adjust in ALL {
            let there = adjust(&p.map(Some)).unwrap();
            let mut back = p.map(Some);
            back.reverse();
            assert!(there.iter().eq(adjust(&back).unwrap().iter().rev()));
        }
    }

    #[test]
    fn stricter_adjustments_are_never_smaller() {
        let p = [0.001, 0.008, 0.012, 0.02, 0.03, 0.041, 0.3].map(Some);
        let strictness = [bonferroni, holm, hochberg, hommel, benjamini_hochberg].map(|adjust| adjust(&p).unwrap());
        for pair in strictness.windows(2) {
            assert!(pair[0].iter().zip(&pair[1]).all(|(one, other)| one.unwrap() >= other.unwrap() - 1e-15));
        }
    }

    #[test]
    fn what_is_no_probability_is_refused() {
        for p in [f64::NAN, -0.1, 1.1, f64::INFINITY] {
            for adjust in ALL {
                assert_eq!(adjust(&[Some(0.5), Some(p)]), Err(Undefined::OutOfRange));
            }
        }
    }
}

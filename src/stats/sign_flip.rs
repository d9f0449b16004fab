// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How often would changes of the same people be as large as these, if each could as well have gone the other way?

use std::collections::BTreeMap;

use super::Undefined;
use super::count::{length, real, whole};
use super::describe::sum;
use super::distribution::normal_upper_tail;
use super::permutation::{Method, PermutationP};
use super::ranks::{doubled, rounded};
use super::tally::{MOST, place, size};

/// Products up to which a distribution is computed, and sums up to which it is kept.
const EXACT_PRODUCTS: u128 = 20_000_000;
const EXACT_SUMS: u128 = 1_000_000;
/// Up to so many changes, sums without a common unit are listed.
const LISTED_UP_TO: u64 = 20;
/// Parts of the smallest change that are tried as a common unit.
const PARTS: u16 = 5_040;
/// Means that differ by less are meant to be equal.
const EQUAL: f64 = 1e-9;
/// What rounding can do to a sum, as a share of its terms.
const ROUNDING: f64 = 1e-13;

/// Two-sided permutation test of the mean of paired differences, given in whole units with how often each occurs.
///
/// The share of all ways to choose the signs whose sum is at least as far from zero. Exact while the number of pairs
/// times the range of their sum is moderate; else from the normal distribution with the same variance.
/// Differences of zero do not matter.
///
/// # Errors
/// [`Undefined::Empty`] without pairs, [`Undefined::NoVariability`] if all differences are zero,
/// [`Undefined::OutOfRange`] for more than [`MOST`] pairs.
///
/// # Source
/// Fisher 1935. Checked against an enumeration of all signs.
///
/// # Example
/// ```
/// // Changes of two, two, one, one, minus one and three steps; two people did not change.
/// let found = insieme::stats::sign_flip::sign_flip(&[(0, 2), (1, 2), (-1, 1), (2, 2), (3, 1)]).unwrap();
/// assert!((found.p - 0.125).abs() < 1e-12);
/// ```
pub fn sign_flip(differences: &[(i64, u64)]) -> Result<PermutationP, Undefined> {
    let changes = of_units(differences)?;
    let units: Vec<u64> = changes.iter().map(|change| change.size).collect();
    let floats: Vec<Change<f64>> = changes.iter().map(|change| change.of_size(real(change.size))).collect();
    p(&floats, Some(&units))
}

/// As [`sign_flip`], of single differences on any scale; equal are those that agree after rounding to 1e-9.
///
/// Exact if they are multiples of a common unit, or if no more than 20 are not zero.
///
/// # Errors
/// As [`sign_flip`], and [`Undefined::OutOfRange`] if a difference is not finite.
///
/// # Example
/// ```
/// let third = 50.0 / 3.0;
/// let differences = [third, 0.0, third, third / 2.0, 0.0, third / 2.0, -third / 2.0, 25.0];
/// assert!((insieme::stats::sign_flip::of_values(&differences).unwrap().p - 0.125).abs() < 1e-12);
/// ```
pub fn of_values(differences: &[f64]) -> Result<PermutationP, Undefined> {
    let changes = of_floats(differences)?;
    p(&changes, in_units(&changes).as_deref())
}

/// Matched rank-biserial correlation from −1 to 1: ranks of the rises less ranks of the falls, over all ranks.
/// Ranks are those of the sizes; differences of zero have none.
///
/// # Errors
/// As [`sign_flip`].
///
/// # Source
/// Kerby 2014. Checked against the ranks of `SciPy` 1.17.1 `rankdata` of rounded sizes.
///
/// # Example
/// ```
/// let found = insieme::stats::sign_flip::rank_biserial(&[(0, 2), (1, 2), (-1, 1), (2, 2), (3, 1)]).unwrap();
/// assert!((found - 17.0 / 21.0).abs() < 1e-12);
/// ```
pub fn rank_biserial(differences: &[(i64, u64)]) -> Result<f64, Undefined> {
    of_units(differences).map(|changes| biserial(&changes))
}

/// As [`rank_biserial`], of single differences; equal are sizes that agree after rounding to 1e-9.
///
/// # Errors
/// As [`of_values`].
pub fn rank_biserial_of_values(differences: &[f64]) -> Result<f64, Undefined> {
    of_floats(differences).map(|changes| biserial(&changes))
}

/// Changes of one size, in ascending order of sizes above zero.
#[derive(Clone, Copy)]
struct Change<Size> {
    size: Size,
    rises: u64,
    falls: u64,
}

impl<Size> Change<Size> {
    fn of_size<Other>(&self, size: Other) -> Change<Other> {
        Change { size, rises: self.rises, falls: self.falls }
    }

    const fn count(&self) -> u64 {
        self.rises + self.falls
    }
}

fn of_units(differences: &[(i64, u64)]) -> Result<Vec<Change<u64>>, Undefined> {
    let all = differences.iter().try_fold(0_u64, |all, (_, count)| all.checked_add(*count));
    let all = all.ok_or(Undefined::OutOfRange)?;
    let mut sizes: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
    for (difference, count) in differences.iter().filter(|(difference, count)| *difference != 0 && *count > 0) {
        let (rises, falls) = sizes.entry(difference.unsigned_abs()).or_default();
        *(if *difference > 0 { rises } else { falls }) += count;
    }
    some(all, sizes.into_iter().map(|(size, (rises, falls))| Change { size, rises, falls }).collect())
}

fn of_floats(differences: &[f64]) -> Result<Vec<Change<f64>>, Undefined> {
    let mut all = differences.iter().map(|one| rounded(*one)).collect::<Result<Vec<f64>, _>>()?;
    all.sort_unstable_by(|one, other| one.abs().total_cmp(&other.abs()));
    let equal = all.chunk_by(|one, other| one.abs().total_cmp(&other.abs()).is_eq());
    let changes = equal.filter_map(|equal| {
        let size_of_all = equal.first()?.abs();
        let rises = size(equal.iter().filter(|one| **one > 0.0).count());
        (size_of_all > 0.0).then(|| Change { size: size_of_all, rises, falls: size(equal.len()) - rises })
    });
    some(size(all.len()), changes.collect())
}

fn some<Size>(all: u64, changes: Vec<Change<Size>>) -> Result<Vec<Change<Size>>, Undefined> {
    if all == 0 {
        Err(Undefined::Empty)
    } else if all > MOST {
        Err(Undefined::OutOfRange)
    } else if changes.is_empty() {
        Err(Undefined::NoVariability)
    } else {
        Ok(changes)
    }
}

fn biserial<Size>(changes: &[Change<Size>]) -> f64 {
    let (mut before, mut rises, mut falls) = (0, 0_u128, 0_u128);
    for change in changes {
        let rank = u128::from(doubled(before, change.count()));
        rises += rank * u128::from(change.rises);
        falls += rank * u128::from(change.falls);
        before += change.count();
    }
    let ranks = |sum: u128| real(u64::try_from(sum).unwrap_or(u64::MAX));
    (ranks(rises) - ranks(falls)) / ranks(rises + falls)
}

fn p(changes: &[Change<f64>], units: Option<&[u64]>) -> Result<PermutationP, Undefined> {
    let exact = units.and_then(|units| {
        let changes: Vec<_> = changes.iter().zip(units).map(|(change, unit)| change.of_size(*unit)).collect();
        computed(&changes)
    });
    match exact.or_else(|| listed(changes)) {
        Some(p) => Ok(PermutationP::new(p, Method::Exact)),
        None => approximated(changes).map(|p| PermutationP::new(p, Method::Asymptotic)),
    }
}

/// How many of a common unit each size has, if there is one.
fn in_units(changes: &[Change<f64>]) -> Option<Vec<u64>> {
    let (smallest, largest) = (changes.first()?.size, changes.last()?.size);
    if largest / smallest > real(1 << 20) {
        return None;
    }
    let units = |parts: u16| {
        let unit = smallest / f64::from(parts);
        let number = |change: &Change<f64>| {
            let number = (change.size / unit).round();
            let near = (number * unit - change.size).abs() <= EQUAL * (1.0 + change.size / smallest);
            near.then(|| size(whole(number)))
        };
        changes.iter().map(number).collect::<Option<Vec<u64>>>()
    };
    (1..=PARTS).find_map(units)
}

/// From the distribution of the sum of the rises, where that is not too long.
fn computed(changes: &[Change<u64>]) -> Option<f64> {
    let unit = changes.iter().fold(0, |unit, change| common(unit, change.size)).max(1);
    let changes: Vec<_> = changes.iter().map(|change| change.of_size(change.size / unit)).collect();
    let sum_of = |count: fn(&Change<u64>) -> u64| {
        let terms = changes.iter().map(|change| u128::from(change.size) * u128::from(count(change)));
        terms.sum::<u128>()
    };
    let (most, rises) = (sum_of(Change::count), sum_of(|change| change.rises));
    let factors: u128 = changes.iter().map(|change| u128::from(change.count()) + 1).sum();
    if most >= EXACT_SUMS || (most + 1) * factors > EXACT_PRODUCTS {
        return None;
    }
    let far = rises.max(most - rises);
    if 2 * far == most {
        return Some(1.0);
    }
    let sums = changes.iter().fold(vec![1.0], |sums, change| after(&sums, place(change.size), change.count()));
    Some(2.0 * sum(sums.into_iter().skip(usize::try_from(far).unwrap_or(usize::MAX))))
}

const fn common(one: u64, other: u64) -> u64 {
    if one == 0 { other } else { common(other % one, one) }
}

/// Chances of each sum after `count` more changes of one size, each counted if it rises.
fn after(chances: &[f64], step: usize, count: u64) -> Vec<f64> {
    let mut longer = vec![0.0; chances.len() + step * place(count)];
    for (rises, share) in halves(count).into_iter().enumerate() {
        let places = longer.iter_mut().skip(rises * step);
        places.zip(chances).for_each(|(place, chance)| *place += share * chance);
    }
    longer
}

/// Chances that so many of `count` rise, outwards from the likeliest so that none is lost.
fn halves(count: u64) -> Vec<f64> {
    let ratio = |rises: u64| real(count - rises) / real(rises + 1);
    let up = (count / 2..count).scan(1.0, |chance, rises| {
        *chance *= ratio(rises);
        Some(*chance)
    });
    let upper: Vec<f64> = std::iter::once(1.0).chain(up).collect();
    let chances: Vec<f64> = upper.iter().rev().take(place(count / 2)).chain(&upper).copied().collect();
    let all = sum(chances.iter().copied());
    chances.into_iter().map(|chance| chance / all).collect()
}

/// From every choice of signs but the first, where they are few.
fn listed(changes: &[Change<f64>]) -> Option<f64> {
    let pairs = changes.iter().map(Change::count).sum();
    if pairs > LISTED_UP_TO {
        return None;
    }
    let (changes, scale) = relative(changes);
    let sizes = changes.iter().flat_map(|change| std::iter::repeat_n(change.size, place(change.count())));
    let sizes: Vec<f64> = sizes.collect();
    let tolerance = EQUAL * real(pairs) / scale + ROUNDING * sum(sizes.iter().copied());
    let far = observed(&changes) - tolerance;
    let (first, rest) = sizes.split_first()?;
    let sums =
        rest.iter().fold(vec![*first], |sums, size| sums.iter().flat_map(|sum| [sum + size, sum - size]).collect());
    Some(length(sums.iter().filter(|sum| sum.abs() >= far).count()) / length(sums.len()))
}

/// From the normal distribution with the variance of the sum.
fn approximated(changes: &[Change<f64>]) -> Result<f64, Undefined> {
    let (changes, _) = relative(changes);
    let variance = sum(changes.iter().map(|change| change.size * change.size * real(change.count())));
    normal_upper_tail(observed(&changes) / variance.sqrt()).map(|tail| 2.0 * tail)
}

/// Sizes as shares of the largest, so that no sum or square of them is endless, and the largest.
fn relative(changes: &[Change<f64>]) -> (Vec<Change<f64>>, f64) {
    let largest = changes.last().map_or(1.0, |change| change.size);
    (changes.iter().map(|change| change.of_size(change.size / largest)).collect(), largest)
}

/// The sum of all differences, without its sign.
fn observed(changes: &[Change<f64>]) -> f64 {
    sum(changes.iter().map(|change| change.size * (real(change.rises) - real(change.falls)))).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By definition: the share of all choices of signs whose sum is as far from zero.
    fn naive(differences: &[i64]) -> f64 {
        let far = differences.iter().sum::<i64>().abs();
        let signs = 0..1_u32 << differences.len();
        let sums = signs.map(|bits| {
            let signed =
                differences.iter().enumerate().map(|(one, size)| if bits >> one & 1 == 1 { -size } else { *size });
            signed.sum::<i64>().abs()
        });
        let sums: Vec<i64> = sums.collect();
        length(sums.iter().filter(|sum| **sum >= far).count()) / length(sums.len())
    }

    fn singly(differences: &[i64]) -> Vec<(i64, u64)> {
        differences.iter().map(|one| (*one, 1)).collect()
    }

    /// The same differences on another scale, of which the binary digits do not end.
    fn floats(differences: &[i64], unit: f64) -> Vec<f64> {
        let float = |one: &i64| real(one.unsigned_abs()) * unit;
        differences.iter().map(|one| if *one < 0 { -float(one) } else { float(one) }).collect()
    }

    fn numbers(seed: u64) -> impl FnMut(u64) -> i64 {
        let mut state = seed;
        move |limit| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            i64::try_from(state % limit).unwrap()
        }
    }

    #[test]
    fn no_pairs_and_no_changes_have_no_p() {
        assert_eq!(sign_flip(&[]), Err(Undefined::Empty));
        assert_eq!(sign_flip(&[(3, 0)]), Err(Undefined::Empty));
        assert_eq!(of_values(&[]), Err(Undefined::Empty));
        assert_eq!(sign_flip(&[(0, 3)]), Err(Undefined::NoVariability));
        assert_eq!(of_values(&[0.0, -0.0, 1e-12]), Err(Undefined::NoVariability));
        assert_eq!(rank_biserial(&[(0, 3)]), Err(Undefined::NoVariability));
        assert_eq!(rank_biserial_of_values(&[]), Err(Undefined::Empty));
    }

    #[test]
    fn what_cannot_be_counted_is_refused() {
        assert_eq!(sign_flip(&[(1, u64::MAX), (2, 1)]), Err(Undefined::OutOfRange));
        assert_eq!(sign_flip(&[(1, MOST), (2, 1)]), Err(Undefined::OutOfRange));
        assert_eq!(of_values(&[1.0, f64::NAN]), Err(Undefined::OutOfRange));
        assert_eq!(rank_biserial_of_values(&[f64::INFINITY]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn one_change_says_nothing() {
        assert_eq!(sign_flip(&[(-7, 1), (0, 4)]), Ok(PermutationP { p: 1.0, method: Method::Exact }));
        assert_eq!(of_values(&[0.3]), Ok(PermutationP { p: 1.0, method: Method::Exact }));
        assert_eq!(rank_biserial(&[(-7, 1), (0, 4)]), Ok(-1.0));
    }

    #[test]
    fn equal_changes_have_the_smallest_p_that_so_few_can_give() {
        assert_eq!(sign_flip(&[(4, 5)]), Ok(PermutationP { p: 0.0625, method: Method::Exact }));
        assert_eq!(sign_flip(&[(-4, 6)]).unwrap().p.to_bits(), 0.03125_f64.to_bits());
        assert!((of_values(&[0.1; 6]).unwrap().p - 0.03125).abs() < 1e-15);
    }

    #[test]
    fn rises_and_falls_that_cancel_have_a_p_of_one() {
        assert_eq!(sign_flip(&[(3, 2), (-2, 3)]).unwrap().p.to_bits(), 1.0_f64.to_bits());
        assert_eq!(of_values(&[0.3, 0.3, -0.2, -0.2, -0.2]).unwrap().p.to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn the_worked_changes() {
        let (step, twice) = (25.0 / 3.0, 50.0 / 3.0);
        let differences = [twice, 0.0, twice, step, 0.0, step, -step, 25.0];
        assert!((super::super::describe::of_values(&differences).unwrap().mean - 8.333).abs() < 5e-4);
        assert!((of_values(&differences).unwrap().p - 0.125).abs() < 1e-12);
        // Printed .7143, because the fall of 25/3 was ranked above the two rises of 25/3 for its binary digits.
        assert!((rank_biserial_of_values(&differences).unwrap() - 17.0 / 21.0).abs() < 1e-12);
    }

    /// Dataset G1: differences of those matched, in twelfths of 25 points, from the answers in methods 3.24.
    const F1: [i64; 19] = [-8, 0, 0, 4, -16, 4, 8, -4, 4, 12, 8, 4, 12, 0, 4, 0, 8, 12, -4];
    const F2: [i64; 20] = [0, -6, -6, 12, 12, 6, -6, 0, 0, -6, 6, -6, 0, 0, 18, 0, 12, -6, -6, 0];
    const O1: [i64; 20] = [12, -4, 0, 4, 8, 0, -8, -8, 4, 0, -8, -4, 0, -12, -8, -8, -4, -10, -4, 0];
    const R1: [i64; 20] = [-4, 2, -16, 0, 20, 4, 12, 8, 0, 4, 4, 16, 0, 0, 0, 12, -8, 16, 4, 8];

    #[test]
    fn the_panels_of_the_worked_dataset() {
        // Mean and p as printed. Of the correlations only that of F2 is the printed one: .4917, -.5083 and .6167 come
        // from ranks of binary noise, where differences that are equal got different ranks.
        let panels: [(&[i64], f64, f64, f64); 4] = [
            (&F1, 5.2632, 0.180_847, 11.0 / 24.0),
            (&F2, 2.5, 0.596_924, 3.0 / 13.0),
            (&O1, -5.2083, 0.112_610, -29.0 / 60.0),
            (&R1, 8.5417, 0.052_795, 7.0 / 12.0),
        ];
        let counts = [[11, 4, 4], [6, 7, 7], [4, 5, 11], [12, 5, 3]];
        for ((differences, mean, p, correlation), counts) in panels.into_iter().zip(counts) {
            let of_sign = |sign| differences.iter().filter(|one| one.signum() == sign).count();
            assert_eq!([1, 0, -1].map(of_sign), counts);
            let values = floats(differences, 25.0 / 12.0);
            assert!((sum(values.iter().copied()) / length(values.len()) - mean).abs() < 5.1e-5);
            for found in [sign_flip(&singly(differences)), of_values(&values)] {
                let found = found.unwrap();
                assert!(found.method == Method::Exact && (found.p - p).abs() < 5.1e-7, "{} {p}", found.p);
                assert!((found.p - naive(differences)).abs() < 1e-12);
            }
            for found in [rank_biserial(&singly(differences)), rank_biserial_of_values(&values)] {
                assert!((found.unwrap() - correlation).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn the_distribution_agrees_with_all_signs() {
        let mut number = numbers(42);
        for _ in 0..300 {
            let n = 1 + number(10);
            let mut differences: Vec<i64> = (0..n).map(|_| number(15) - 7).collect();
            differences.push(1 + number(9));
            let by_definition = naive(&differences);
            assert!((sign_flip(&singly(&differences)).unwrap().p - by_definition).abs() < 1e-12);
            for unit in [1.0, 100.0 / 24.0, 100.0 / 7.0, 0.1] {
                assert!((of_values(&floats(&differences, unit)).unwrap().p - by_definition).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn sums_without_a_common_unit_are_listed() {
        let (one, two) = (2.0_f64.sqrt(), 3.0_f64.sqrt());
        let changes = of_floats(&[one, two, -one, two, std::f64::consts::PI]).unwrap();
        assert_eq!(in_units(&changes), None);
        // 2√3 + π: the four ways to sign two √2 do not come as far as that except as they are, or twice as far.
        assert!((listed(&changes).unwrap() - 6.0 / 32.0).abs() < 1e-15);
        let same: Vec<f64> = [3, -1, 4, 1, -5, 9, 2, 6].iter().map(|one| f64::from(*one)).collect();
        let same = of_floats(&same).unwrap();
        assert!((listed(&same).unwrap() - naive(&[3, -1, 4, 1, -5, 9, 2, 6])).abs() < 1e-15);
    }

    #[test]
    fn changes_of_any_size_have_a_p() {
        let huge = of_values(&[1e308, 1.5e308, 1.7e308, -1e308, 1e308, 1e308]).unwrap();
        assert!(huge.p > 0.1 && huge.p < 0.5);
        let units = sign_flip(&[(i64::MIN, 3), (i64::MAX, 1), (1, 1)]).unwrap();
        assert!(units.method == Method::Exact && units.p > 0.3 && units.p < 1.0);
        let many: Vec<f64> = (1..=40).map(|one: i32| f64::from(one).sqrt()).collect();
        let many = of_values(&many).unwrap();
        assert!(many.method == Method::Asymptotic && many.p > 0.0 && many.p < 1e-8);
        let endless = sign_flip(&[(1, MOST)]).unwrap();
        assert_eq!(endless, PermutationP { p: f64::MIN_POSITIVE, method: Method::Asymptotic });
    }

    #[test]
    fn the_methods_meet() {
        let differences = [(1, 300), (-1, 250), (2, 120), (-2, 101), (5, 40), (-3, 20), (-6, 9)];
        let exact = sign_flip(&differences).unwrap();
        assert_eq!(exact.method, Method::Exact);
        let changes = of_units(&differences).unwrap();
        let floats: Vec<_> = changes.iter().map(|change| change.of_size(real(change.size))).collect();
        // The approximation leaves out half a step of the sum: z/sd = 3.2/54 of the tail.
        assert!((exact.p / approximated(&floats).unwrap() - 1.0).abs() < 0.08);
    }

    #[test]
    fn the_order_and_a_common_factor_do_not_matter() {
        let one = sign_flip(&[(2, 3), (-1, 4), (5, 1), (1, 1)]).unwrap();
        assert_eq!(sign_flip(&[(70, 1), (14, 1), (-56, 1), (28, 3), (42, 1), (-14, 4)]).unwrap().method, Method::Exact);
        assert_eq!(sign_flip(&[(7, 1), (35, 1), (-7, 4), (14, 2), (14, 1)]), Ok(one));
        assert_eq!(sign_flip(&[(-2, 3), (1, 4), (-5, 1), (-1, 1)]), Ok(one));
    }

    #[test]
    fn a_tail_far_out_is_not_zero() {
        let p = sign_flip(&[(1, 900)]).unwrap().p;
        assert!((p / 2.0_f64.powi(-899) - 1.0).abs() < 1e-9);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far do several people rank, sort or rate the same things alike?

use super::analysis_of_variance::sorted_sum;
use super::count::{length, real};
use super::describe::{sum, summary};
use super::ranks::mid_ranks;
use super::{Undefined, finite};

/// With more different values than this, comparing each with each takes too long.
const MOST_VALUES: usize = 20_000;

/// What the values of a rating mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measurement {
    /// Names without order.
    Nominal,
    /// An order without distances.
    Ordinal,
    /// Equal distances.
    Interval,
    /// Equal distances from a zero that is none; values from 0 up.
    Ratio,
}

/// Kendall's W: agreement of rankings of the same objects, from 0 (none) to 1 (all alike), with ties.
///
/// One row per judge, with a rank or score for each object in the same order; equal ones, as in [`mid_ranks`], are ties.
///
/// # Errors
/// [`Undefined::Empty`] without rankings, [`Undefined::TooFew`] below two judges or objects,
/// [`Undefined::NoVariability`] if every judge ties all objects, [`Undefined::OutOfRange`] if rows differ in length or a
/// rank is not finite.
///
/// # Source
/// Kendall & Babington Smith 1939, ties as in Kendall 1948.
///
/// # Example
/// ```
/// let rankings = [vec![1.0, 2.0, 3.0, 4.0], vec![1.0, 3.0, 2.0, 4.0], vec![2.0, 1.0, 3.0, 4.0]];
/// let w = insieme::stats::concordance::kendall_w(&rankings).unwrap();
/// assert!((w - 0.7778).abs() < 5e-5);
/// ```
pub fn kendall_w(rankings: &[Vec<f64>]) -> Result<f64, Undefined> {
    let objects = rankings.first().ok_or(Undefined::Empty)?.len();
    if rankings.iter().any(|ranking| ranking.len() != objects) {
        return Err(Undefined::OutOfRange);
    }
    if rankings.len() < 2 || objects < 2 {
        return Err(Undefined::TooFew);
    }
    // Twice the rank, less twice the middle rank: whole numbers, whose sums are exact.
    let middle = length(objects) + 1.0;
    let mut totals = vec![0.0; objects];
    let mut each = Vec::new();
    for ranking in rankings {
        let ranks: Vec<f64> = mid_ranks(ranking)?.into_iter().map(|rank| 2.0 * rank - middle).collect();
        each.push(sorted_sum(ranks.iter().map(|rank| rank * rank)));
        totals.iter_mut().zip(ranks).for_each(|(total, rank)| *total += rank);
    }
    let (together, apart) = (sorted_sum(totals.iter().map(|total| total * total)), sorted_sum(each.into_iter()));
    if apart <= 0.0 {
        return Err(Undefined::NoVariability);
    }
    finite(together / (length(rankings.len()) * apart))
}

/// Fleiss' kappa: agreement of equally many judges who sort subjects into categories, above that of chance. Up to 1.
///
/// One row per subject: how many judges chose each category.
///
/// # Errors
/// [`Undefined::Empty`] without subjects, [`Undefined::TooFew`] below two judges, [`Undefined::NoVariability`] if all
/// judgements fall into one category, [`Undefined::OutOfRange`] if subjects differ in their number of judges or of
/// categories.
///
/// # Source
/// Fleiss 1971. Checked against `statsmodels` 0.15.0 `fleiss_kappa`.
///
/// # Example
/// ```
/// let kappa = insieme::stats::concordance::fleiss_kappa(&[[3, 0], [2, 1], [0, 3]]).unwrap();
/// assert!((kappa - 0.55).abs() < 1e-12);
/// ```
pub fn fleiss_kappa(subjects: &[impl AsRef<[u64]>]) -> Result<f64, Undefined> {
    let first = subjects.first().ok_or(Undefined::Empty)?.as_ref();
    let judges = total(first)?;
    let mut columns = vec![0_u64; first.len()];
    let mut apart = Vec::new();
    for subject in subjects.iter().map(AsRef::as_ref) {
        if subject.len() != columns.len() || total(subject)? != judges {
            return Err(Undefined::OutOfRange);
        }
        apart.push(differing(subject));
        for (column, count) in columns.iter_mut().zip(subject) {
            *column = column.checked_add(*count).ok_or(Undefined::OutOfRange)?;
        }
    }
    if judges < 2 {
        return Err(Undefined::TooFew);
    }
    let all = real(total(&columns)?);
    let by_chance = differing(&columns) / (all * all);
    if by_chance <= 0.0 {
        return Err(Undefined::NoVariability);
    }
    finite(1.0 - sorted_sum(apart.into_iter()) / (all * (real(judges) - 1.0)) / by_chance)
}

/// Krippendorff's alpha: agreement of ratings of the same units, above that of chance. Up to 1.
///
/// One row per unit: the ratings it was given, in any order and number. Units with fewer than two do not count.
/// At the ratio level, time grows with the square of the number of different ratings.
///
/// # Errors
/// [`Undefined::Empty`] without ratings, [`Undefined::TooFew`] if no unit has two, [`Undefined::NoVariability`] if all
/// are equal, [`Undefined::OutOfRange`] if a rating is not finite, or at the ratio level if one is below 0 or there are
/// more than 20,000 different ones.
///
/// # Source
/// Krippendorff 2011. Checked against its example C, and `krippendorff` 0.9.0 and `nltk` 3.10.4.
///
/// # Example
/// ```
/// use insieme::stats::concordance::{Measurement, krippendorff_alpha};
/// let units = [vec![1.0, 1.0], vec![2.0, 2.0, 3.0], vec![3.0, 3.0], vec![1.0]];
/// let alpha = krippendorff_alpha(&units, Measurement::Interval).unwrap();
/// assert!((alpha - 14.0 / 17.0).abs() < 1e-12);
/// ```
pub fn krippendorff_alpha(units: &[Vec<f64>], measurement: Measurement) -> Result<f64, Undefined> {
    if units.iter().all(Vec::is_empty) {
        return Err(Undefined::Empty);
    }
    let units: Vec<&Vec<f64>> = units.iter().filter(|unit| unit.len() >= 2).collect();
    let ratings: Vec<f64> = units.iter().copied().flatten().copied().collect();
    let all = counted(&ratings)?;
    if all.is_empty() {
        return Err(Undefined::TooFew);
    }
    let negative = all.iter().any(|(value, _)| *value < 0.0);
    if measurement == Measurement::Ratio && (negative || all.len() > MOST_VALUES) {
        return Err(Undefined::OutOfRange);
    }
    let ranks = ranks(&all);
    let disagreement = |values: &[(f64, u64)]| match measurement {
        Measurement::Nominal => Ok(differing(&values.iter().map(|(_, count)| *count).collect::<Vec<_>>())),
        Measurement::Ordinal => distances(values.iter().map(|(value, count)| (rank_of(&ranks, *value), *count))),
        Measurement::Interval => distances(values.iter().copied()),
        Measurement::Ratio => Ok(proportions(values)),
    };
    let within = |unit: &Vec<f64>| Ok(disagreement(&counted(unit)?)? / (length(unit.len()) - 1.0));
    let observed = sorted_sum(units.into_iter().map(within).collect::<Result<Vec<_>, _>>()?.into_iter());
    let expected = disagreement(&all)?;
    if expected <= 0.0 {
        return Err(Undefined::NoVariability);
    }
    finite(1.0 - (length(ratings.len()) - 1.0) * (observed / expected))
}

/// Consensus on a scale of equally spaced options, from 0 (half at each end) to 1 (all alike).
///
/// `counts` has how many chose each option, from the lowest to the highest, also those nobody chose.
///
/// # Errors
/// [`Undefined::Empty`] without answers, [`Undefined::TooFew`] for a single one, [`Undefined::OutOfRange`] below two
/// options.
///
/// # Source
/// Tastle & Wierman 2007. Checked against the manual of R `agrmt`.
///
/// # Example
/// ```
/// let found = insieme::stats::concordance::consensus(&[30, 40, 210, 130, 530, 50, 10]).unwrap();
/// assert!((found - 0.725_687_6).abs() < 5e-8);
/// ```
pub fn consensus(counts: &[u64]) -> Result<f64, Undefined> {
    if counts.len() < 2 {
        return Err(Undefined::OutOfRange);
    }
    if total(counts)? == 1 {
        return Err(Undefined::TooFew);
    }
    let places = counts.iter().enumerate().map(|(place, count)| (length(place), *count));
    let of_all = summary(places.clone())?;
    let width = length(counts.len()) - 1.0;
    let term = |(place, count): (f64, u64)| real(count) * (1.0 - (place - of_all.mean).abs() / width).log2();
    let information = sum(places.filter(|(_, count)| *count > 0).map(term));
    finite(1.0 + information / real(of_all.n)).map(|consensus| consensus.clamp(0.0, 1.0))
}

fn total(counts: &[u64]) -> Result<u64, Undefined> {
    counts.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count)).ok_or(Undefined::OutOfRange)
}

/// Different values in ascending order, with how often each occurs.
fn counted(values: &[f64]) -> Result<Vec<(f64, u64)>, Undefined> {
    // Adding zero makes both zeros one.
    let mut values = values.iter().map(|value| finite(value + 0.0)).collect::<Result<Vec<_>, _>>()?;
    values.sort_by(f64::total_cmp);
    let runs = values.chunk_by(|one, other| one.total_cmp(other).is_eq());
    Ok(runs.filter_map(|run| Some((*run.first()?, u64::try_from(run.len()).ok()?))).collect())
}

/// Each value with its rank: the mean of the places its ties hold together.
fn ranks(values: &[(f64, u64)]) -> Vec<(f64, f64)> {
    let mut before = 0;
    let rank = |(value, count): &(f64, u64)| {
        let rank = real(before) + f64::midpoint(real(*count), 1.0);
        before += count;
        (*value, rank)
    };
    values.iter().map(rank).collect()
}

fn rank_of(ranks: &[(f64, f64)], value: f64) -> f64 {
    let place = ranks.binary_search_by(|(other, _)| other.total_cmp(&(value + 0.0)));
    place.ok().and_then(|place| ranks.get(place)).map_or(0.0, |(_, rank)| *rank)
}

/// Ordered pairs of different ones.
fn differing(counts: &[u64]) -> f64 {
    let all = counts.iter().fold(0_u64, |all, count| all.saturating_add(*count));
    sum(counts.iter().map(|count| real(*count) * real(all - count)))
}

/// Sum of squared distances over all ordered pairs.
fn distances(values: impl Iterator<Item = (f64, u64)> + Clone) -> Result<f64, Undefined> {
    summary(values).and_then(|all| finite(2.0 * real(all.n) * all.squares))
}

/// Sum of squared distances in proportion to the pair's sum, over all ordered pairs.
fn proportions(values: &[(f64, u64)]) -> f64 {
    // Halves, so that the sum of two large values does not leave the floats.
    let square = |one: f64, other: f64| ((one / 2.0 - other / 2.0) / (one / 2.0 + other / 2.0)).powi(2);
    let of_one = |(place, (one, count)): (usize, &(f64, u64))| {
        let before = values.iter().take(place);
        real(*count) * sum(before.map(|(other, often)| real(*often) * square(*one, *other)))
    };
    2.0 * sum(values.iter().enumerate().map(of_one))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MEASUREMENTS: [Measurement; 4] =
        [Measurement::Nominal, Measurement::Ordinal, Measurement::Interval, Measurement::Ratio];

    fn near(found: Result<f64, Undefined>, expected: f64, digits: f64) {
        let found = found.unwrap();
        assert!((found - expected).abs() < digits, "found {found}, expected {expected}");
    }

    fn rankings(digits: &[&str]) -> Vec<Vec<f64>> {
        digits.iter().map(|row| row.bytes().map(|digit| f64::from(digit - b'0')).collect()).collect()
    }

    #[test]
    fn without_rankings_or_a_second_of_each_there_is_no_concordance() {
        assert_eq!(kendall_w(&[]), Err(Undefined::Empty));
        assert_eq!(kendall_w(&rankings(&["1234"])), Err(Undefined::TooFew));
        assert_eq!(kendall_w(&rankings(&["1", "1"])), Err(Undefined::TooFew));
        assert_eq!(kendall_w(&[vec![], vec![]]), Err(Undefined::TooFew));
        assert_eq!(kendall_w(&rankings(&["123", "12"])), Err(Undefined::OutOfRange));
        assert_eq!(kendall_w(&[vec![1.0, f64::NAN], vec![1.0, 2.0]]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn the_worked_rankings() {
        near(kendall_w(&rankings(&["1234", "1324", "2134"])), 0.7778, 5e-5);
    }

    #[test]
    fn rankings_all_alike_agree_fully_also_with_ties() {
        assert_eq!(kendall_w(&rankings(&["1234", "1234", "1234"])), Ok(1.0));
        assert_eq!(kendall_w(&rankings(&["1224", "2559", "1339"])), Ok(1.0));
        assert_eq!(kendall_w(&rankings(&["12", "21"])), Ok(0.0));
    }

    #[test]
    fn ties_are_ranked_in_the_middle() {
        // By the textbook: sums of ranks 4, 3.5 and 4.5 about 4, so S = 0.5; W = 12·0.5 / (2²·24 − 2·6).
        near(kendall_w(&rankings(&["123", "211"])), 6.0 / 84.0, 1e-15);
        assert_eq!(kendall_w(&rankings(&["333", "111"])), Err(Undefined::NoVariability));
        // A judge who ties all agrees with nobody.
        near(kendall_w(&rankings(&["123", "111"])), 0.5, 1e-15);
    }

    #[test]
    fn kappa_needs_two_judges_and_as_many_for_each_subject() {
        assert_eq!(fleiss_kappa(&[[0_u64; 2]; 0]), Err(Undefined::Empty));
        assert_eq!(fleiss_kappa(&[[1, 0], [0, 1]]), Err(Undefined::TooFew));
        assert_eq!(fleiss_kappa(&[[0, 0], [0, 0]]), Err(Undefined::TooFew));
        assert_eq!(fleiss_kappa(&[[2, 0], [2, 1]]), Err(Undefined::OutOfRange));
        assert_eq!(fleiss_kappa(&[vec![2, 0], vec![2]]), Err(Undefined::OutOfRange));
        assert_eq!(fleiss_kappa(&[[u64::MAX, 1], [2, 1]]), Err(Undefined::OutOfRange));
        assert_eq!(fleiss_kappa(&[[u64::MAX, 0], [u64::MAX, 0]]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn kappa_is_one_for_full_agreement_and_nothing_for_one_category() {
        assert_eq!(fleiss_kappa(&[[3, 0], [0, 3]]), Ok(1.0));
        assert_eq!(fleiss_kappa(&[[3, 0], [3, 0]]), Err(Undefined::NoVariability));
        near(fleiss_kappa(&[[1, 1], [1, 1]]), -1.0, 1e-15);
        near(fleiss_kappa(&[[3, 0], [2, 1], [0, 3]]), 0.55, 1e-15);
    }

    #[test]
    fn alpha_needs_a_unit_with_two_ratings() {
        for measurement in MEASUREMENTS {
            assert_eq!(krippendorff_alpha(&[], measurement), Err(Undefined::Empty));
            assert_eq!(krippendorff_alpha(&[vec![], vec![]], measurement), Err(Undefined::Empty));
            assert_eq!(krippendorff_alpha(&[vec![1.0], vec![2.0]], measurement), Err(Undefined::TooFew));
        }
    }

    #[test]
    fn alpha_of_equal_ratings_has_no_value_and_of_full_agreement_is_one() {
        for measurement in MEASUREMENTS {
            assert_eq!(
                krippendorff_alpha(&[vec![0.0, -0.0], vec![0.0; 3]], measurement),
                Err(Undefined::NoVariability)
            );
            assert_eq!(krippendorff_alpha(&[vec![0.1; 2], vec![0.7; 3]], measurement), Ok(1.0));
            assert!(krippendorff_alpha(&[vec![1.0, 2.0], vec![2.0, 1.0]], measurement).unwrap() < 0.0);
        }
    }

    #[test]
    fn alpha_by_all_pairs_is_alpha_by_sums() {
        let units = [vec![1.0, 2.0, 2.0], vec![4.0, 4.0], vec![3.0, 5.0, 3.0, 1.0], vec![2.0]];
        let all: Vec<f64> = units.iter().take(3).flatten().copied().collect();
        let pairs = |values: &[f64]| -> f64 {
            values.iter().flat_map(|one| values.iter().map(move |other| (one - other).powi(2))).sum()
        };
        let observed: f64 = units.iter().take(3).map(|unit| pairs(unit) / (length(unit.len()) - 1.0)).sum();
        let expected = 1.0 - 8.0 * observed / pairs(&all);
        near(krippendorff_alpha(&units, Measurement::Interval), expected, 1e-14);
    }

    #[test]
    fn the_order_of_units_and_ratings_makes_no_difference() {
        let units = [vec![0.1, 0.2, 0.2], vec![0.4, 0.4], vec![0.3, 0.5, 0.3, 0.1]];
        let turned: Vec<Vec<f64>> = units.iter().rev().map(|unit| unit.iter().rev().copied().collect()).collect();
        for measurement in MEASUREMENTS {
            assert_eq!(krippendorff_alpha(&units, measurement), krippendorff_alpha(&turned, measurement));
        }
    }

    #[test]
    fn ratings_without_meaning_are_refused() {
        assert_eq!(krippendorff_alpha(&[vec![-1.0, 1.0]], Measurement::Ratio), Err(Undefined::OutOfRange));
        for measurement in MEASUREMENTS {
            assert_eq!(krippendorff_alpha(&[vec![f64::NAN, 1.0]], measurement), Err(Undefined::OutOfRange));
        }
        let many: Vec<f64> = (0..=20_000).map(f64::from).collect();
        assert_eq!(krippendorff_alpha(std::slice::from_ref(&many), Measurement::Ratio), Err(Undefined::OutOfRange));
        assert!(krippendorff_alpha(&[many], Measurement::Ordinal).is_ok());
        let huge = [vec![f64::MAX, f64::MAX / 3.0], vec![0.0, 0.0]];
        assert_eq!(krippendorff_alpha(&huge, Measurement::Interval), Err(Undefined::OutOfRange));
        assert!(krippendorff_alpha(&huge, Measurement::Ratio).is_ok());
    }

    #[test]
    fn a_hundred_thousand_ratings_take_no_time() {
        let units: Vec<Vec<f64>> = (0..50_000).map(|unit| vec![f64::from(unit), f64::from(unit + 1)]).collect();
        for measurement in [Measurement::Nominal, Measurement::Ordinal, Measurement::Interval] {
            assert!(krippendorff_alpha(&units, measurement).unwrap() < 1.0);
        }
    }

    #[test]
    fn consensus_of_none_one_two_and_many() {
        assert_eq!(consensus(&[0; 5]), Err(Undefined::Empty));
        assert_eq!(consensus(&[0, 1, 0]), Err(Undefined::TooFew));
        assert_eq!(consensus(&[7]), Err(Undefined::OutOfRange));
        assert_eq!(consensus(&[0, 2, 0]), Ok(1.0));
        assert_eq!(consensus(&[1, 0, 1]), Ok(0.0));
        assert_eq!(consensus(&[500_000, 0, 0, 0, 500_000]), Ok(0.0));
        assert_eq!(consensus(&[u64::MAX, 1]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn ends_that_nobody_chose_count_for_consensus() {
        assert!(consensus(&[0, 3, 1, 3, 0]).unwrap() > consensus(&[3, 1, 3]).unwrap() + 0.2);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn concordance_follows_its_printed_formula(
            scores in prop::collection::vec(prop::collection::vec(0_u8..4, 5), 2..6)
        ) {
            let rows: Vec<Vec<f64>> =
                scores.iter().map(|row| row.iter().map(|score| f64::from(*score)).collect()).collect();
            let (m, n) = (length(rows.len()), 5.0);
            let below = |row: &[f64], one: f64| length(row.iter().filter(|other| **other < one).count());
            let equal = |row: &[f64], one: f64| length(row.iter().filter(|other| (**other - one).abs() < 0.5).count());
            let totals = (0..5).map(|object| {
                rows.iter().map(|row| below(row, row[object]) + f64::midpoint(equal(row, row[object]), 1.0)).sum::<f64>()
            });
            let squares: f64 = totals.map(|total| (total - m * (n + 1.0) / 2.0).powi(2)).sum();
            // Each of t tied values adds t² − 1, all of them t³ − t.
            let ties: f64 = rows.iter().flat_map(|row| row.iter().map(|one| equal(row, *one).powi(2) - 1.0)).sum();
            let largest = m * m * (n.powi(3) - n) - m * ties;
            match kendall_w(&rows) {
                Ok(found) => prop_assert!((found - 12.0 * squares / largest).abs() < 1e-12 && found <= 1.0),
                Err(undefined) => prop_assert!(undefined == Undefined::NoVariability && largest.abs() < 1e-9),
            }
        }

        #[test]
        fn consensus_lies_between_none_and_all(counts in prop::collection::vec(0_u64..9, 2..9)) {
            prop_assert!((0.0..=1.0).contains(&consensus(&counts).unwrap_or(1.0)));
        }

        #[test]
        fn nothing_that_is_no_number_comes_out(
            units in prop::collection::vec(prop::collection::vec(prop::num::f64::ANY, 0..4), 0..4)
        ) {
            for measurement in MEASUREMENTS {
                prop_assert!(krippendorff_alpha(&units, measurement).unwrap_or(0.0) <= 1.0);
            }
            prop_assert!((0.0..=1.0).contains(&kendall_w(&units).unwrap_or(0.0)));
        }
    }
}

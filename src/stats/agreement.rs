// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far do people who judged the same thing with the same answer scale agree?
//!
//! Answers come as counts: how many chose each option, from the lowest to the highest. Options are equally spaced.

use super::analysis_of_variance::sorted_sum;
use super::count::{length, real, whole};
use super::describe::{Summary, sum, summary};
use super::{Undefined, finite};

/// Variance of a five-point scale on which answers lean slightly to one side (`LeBreton` & Senter 2008, table 2).
pub const SLIGHT_SKEW_OF_FIVE: f64 = 1.34;

/// More options than any answer scale has.
const MOST_OPTIONS: usize = 1000;
/// A scale is polarised if at least this many percent of the answers lie at each end.
const POLARISED_PERCENT: u128 = 30;

/// An answer scale of equally spaced options.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Value of the lowest option.
    pub low: f64,
    /// Value of the highest option.
    pub high: f64,
    /// Number of options, 2 to 1000.
    pub options: usize,
}

impl Scale {
    /// How many values lie on each option, from the lowest to the highest.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] if a value lies between options or beyond the ends, or if the scale has none.
    pub fn counts(&self, values: &[f64]) -> Result<Vec<u64>, Undefined> {
        let mut counts = self.none()?;
        values.iter().try_for_each(|value| self.note(&mut counts, *value))?;
        Ok(counts)
    }

    /// Counts of each item, over the rows in which every item is answered. Items in the order of the columns.
    ///
    /// # Errors
    /// As [`Scale::counts`], and [`Undefined::OutOfRange`] if rows differ in length.
    pub fn complete_counts(&self, rows: &[Vec<Option<f64>>]) -> Result<Vec<Vec<u64>>, Undefined> {
        let items = rows.first().map_or(0, Vec::len);
        let mut counts = vec![self.none()?; items];
        for row in rows {
            if row.len() != items {
                return Err(Undefined::OutOfRange);
            }
            let Some(answers) = row.iter().copied().collect::<Option<Vec<f64>>>() else { continue };
            counts.iter_mut().zip(answers).try_for_each(|(counts, answer)| self.note(counts, answer))?;
        }
        Ok(counts)
    }

    fn none(&self) -> Result<Vec<u64>, Undefined> {
        let width = self.high - self.low;
        let proper = (2..=MOST_OPTIONS).contains(&self.options) && width > 0.0 && width.is_finite();
        if proper { Ok(vec![0; self.options]) } else { Err(Undefined::OutOfRange) }
    }

    fn note(&self, counts: &mut [u64], value: f64) -> Result<(), Undefined> {
        let place = (value - self.low) / (self.high - self.low) * (length(self.options) - 1.0);
        // A share of percent, such as 33.3, is near its option and seldom on it.
        let on_option = place > -0.5 && (place - place.round()).abs() < 1e-6;
        let count = counts.get_mut(whole(place.round())).filter(|_| on_option).ok_or(Undefined::OutOfRange)?;
        *count += 1;
        Ok(())
    }
}

/// Variance of answers that fall on every one of `options` options equally often, in squared steps: `(A² − 1)/12`.
///
/// # Errors
/// [`Undefined::OutOfRange`] below two options.
///
/// # Example
/// ```
/// assert_eq!(insieme::stats::agreement::uniform_variance(5), Ok(2.0));
/// ```
pub fn uniform_variance(options: usize) -> Result<f64, Undefined> {
    if options < 2 {
        return Err(Undefined::OutOfRange);
    }
    Ok((length(options) * length(options) - 1.0) / 12.0)
}

/// Agreement on one item, 0 to 1: one less the variance as a share of `null_variance`, that of answers by chance in
/// squared steps ([`uniform_variance`] if nothing better is known). More variance than by chance counts as 0.
///
/// # Errors
/// [`Undefined::Empty`] without answers, [`Undefined::TooFew`] for a single one, [`Undefined::OutOfRange`] below two
/// options or if `null_variance` is not above 0.
///
/// # Source
/// James, Demaree & Wolf 1984. Checked against R 4.2.2 `multilevel` 2.7 `rwg`.
///
/// # Example
/// ```
/// let agreement = insieme::stats::agreement::r_wg(&[0, 0, 1, 3, 1], 2.0).unwrap();
/// assert!((agreement - 0.75).abs() < 1e-12);
/// ```
pub fn r_wg(counts: &[u64], null_variance: f64) -> Result<f64, Undefined> {
    relative_variance(&[counts], null_variance).map(|variance| 1.0 - variance.min(1.0))
}

/// Agreement on several items, 0 to 1. Grows with the number of items even if people agree no better on each.
///
/// `items` are the counts of the people who answered every item ([`Scale::complete_counts`]).
///
/// # Errors
/// As [`r_wg`], and [`Undefined::Empty`] without items.
///
/// # Source
/// James, Demaree & Wolf 1984. Checked against R 4.2.2 `multilevel` 2.7 `rwg.j`.
///
/// # Example
/// ```
/// let items = [[0, 0, 1, 3, 1], [0, 0, 1, 4, 0], [0, 0, 0, 4, 1]];
/// let agreement = insieme::stats::agreement::r_wg_items(&items, 2.0).unwrap();
/// assert!((agreement - 0.9444).abs() < 5e-5);
/// ```
pub fn r_wg_items(items: &[impl AsRef<[u64]>], null_variance: f64) -> Result<f64, Undefined> {
    let share = 1.0 - relative_variance(items, null_variance)?.min(1.0);
    let parallel = length(items.len()) * share;
    Ok(parallel / (parallel + (1.0 - share)))
}

/// Agreement on several items that does not grow with their number, up to 1; below 0 if answers vary more than by chance.
///
/// `items` as for [`r_wg_items`].
///
/// # Errors
/// As [`r_wg_items`].
///
/// # Source
/// Lindell, Brandt & Whitney 1999. Checked against R 4.2.2 `multilevel` 2.7 `rwg.j.lindell`.
///
/// # Example
/// ```
/// let items = [[0, 0, 1, 3, 1], [0, 0, 1, 4, 0], [0, 0, 0, 4, 1]];
/// let agreement = insieme::stats::agreement::r_star_wg_items(&items, 2.0).unwrap();
/// assert!((agreement - 0.85).abs() < 1e-12);
/// ```
pub fn r_star_wg_items(items: &[impl AsRef<[u64]>], null_variance: f64) -> Result<f64, Undefined> {
    finite(1.0 - relative_variance(items, null_variance)?)
}

/// Agreement on one item, −1 to 1, measured against the largest variance that answers with this mean can have.
///
/// Computed from two answers on; whether they are enough to be shown is for [`enough_raters`] to say.
///
/// # Errors
/// [`Undefined::Empty`] without answers, [`Undefined::TooFew`] for a single one, [`Undefined::OutOfRange`] below two
/// options, or if the mean lies so near an end of the scale that so few people could not disagree as far as it assumes.
///
/// # Source
/// Brown & Hauenstein 2005. Checked against R 4.2.2 `multilevel` 2.7 `awg`.
///
/// # Example
/// ```
/// let agreement = insieme::stats::agreement::a_wg(&[0, 0, 1, 3, 1]).unwrap();
/// assert!((agreement - 0.7333).abs() < 5e-5);
/// ```
pub fn a_wg(counts: &[u64]) -> Result<f64, Undefined> {
    let spread = spread(counts)?;
    // Steps of all answers above the lowest and below the highest option. The published limits of the mean,
    // (L(K−1)+H)/K and (H(K−1)+L)/K, say that each is at least as long as the scale.
    let above = steps(counts.iter())?;
    let below = steps(counts.iter().rev())?;
    if above == 0 || below == 0 {
        return Ok(1.0);
    }
    if length(counts.len()) - 1.0 > real(above.min(below)) {
        return Err(Undefined::OutOfRange);
    }
    let largest = real(above) * real(below) / real(spread.n);
    finite(1.0 - 2.0 * spread.squares / largest).map(|agreement| agreement.max(-1.0))
}

/// Agreement on several items, −1 to 1: the mean of [`a_wg`] over the items where it is defined.
///
/// `items` as for [`r_wg_items`].
///
/// # Errors
/// [`Undefined::Empty`] without items; where no item has a value, the reason of the first.
///
/// # Source
/// Brown & Hauenstein 2005. Checked against R 4.2.2 `multilevel` 2.7 `awg`.
///
/// # Example
/// ```
/// let items = [[0, 0, 1, 3, 1], [0, 0, 1, 4, 0], [0, 0, 0, 4, 1]];
/// let agreement = insieme::stats::agreement::a_wg_items(&items).unwrap();
/// assert!((agreement - 0.8377).abs() < 5e-5);
/// ```
pub fn a_wg_items(items: &[impl AsRef<[u64]>]) -> Result<f64, Undefined> {
    let each: Vec<_> = items.iter().map(|counts| a_wg(counts.as_ref())).collect();
    let defined: Vec<f64> = each.iter().copied().flatten().collect();
    if defined.is_empty() {
        return each.first().copied().unwrap_or(Err(Undefined::Empty));
    }
    Ok(sorted_sum(defined.iter().copied()) / length(defined.len()))
}

/// Whether so many people are enough for [`a_wg`] to be shown: one fewer than the scale has options.
///
/// From there on, people who all chose the same option agree, whichever it is.
///
/// # Source
/// Brown & Hauenstein 2005.
///
/// # Example
/// ```
/// use insieme::stats::agreement::enough_raters;
/// assert!(enough_raters(4, 5) && !enough_raters(3, 5));
/// ```
#[must_use]
pub fn enough_raters(raters: u64, options: usize) -> bool {
    real(raters) + 1.0 >= length(options)
}

/// Mean distance of the answers from their mean, in steps of the scale, from 0 up.
///
/// # Errors
/// [`Undefined::Empty`] without answers, [`Undefined::TooFew`] for a single one, [`Undefined::OutOfRange`] below two
/// options.
///
/// # Source
/// Burke, Finkelstein & Dusig 1999. Checked against R 4.2.2 `multilevel` 2.7 `ad.m`.
///
/// # Example
/// ```
/// let distance = insieme::stats::agreement::mean_absolute_deviation(&[0, 0, 1, 3, 1]).unwrap();
/// assert!((distance - 0.4).abs() < 1e-12);
/// ```
pub fn mean_absolute_deviation(counts: &[u64]) -> Result<f64, Undefined> {
    let spread = spread(counts)?;
    Ok(sum(places(counts).map(|(place, count)| (place - spread.mean).abs() * real(count))) / real(spread.n))
}

/// Whether the answers fall apart: at least 30 % on the two lowest options and at least 30 % on the two highest.
/// On a scale of two or three options, on the lowest and on the highest.
///
/// # Errors
/// [`Undefined::Empty`] without answers, [`Undefined::OutOfRange`] below two options.
///
/// # Example
/// ```
/// assert_eq!(insieme::stats::agreement::polarised(&[2, 0, 1, 0, 2]), Ok(true));
/// ```
pub fn polarised(counts: &[u64]) -> Result<bool, Undefined> {
    let n = answers(counts)?;
    let width = if counts.len() < 4 { 1 } else { 2 };
    let many = |end: u128| end * 100 >= u128::from(n) * POLARISED_PERCENT;
    let lowest = counts.iter().take(width).copied().map(u128::from).sum();
    let highest = counts.iter().rev().take(width).copied().map(u128::from).sum();
    Ok(many(lowest) && many(highest))
}

/// Mean variance of the items, as a share of the variance by chance.
fn relative_variance(items: &[impl AsRef<[u64]>], null_variance: f64) -> Result<f64, Undefined> {
    if items.is_empty() {
        return Err(Undefined::Empty);
    }
    if null_variance.is_nan() || null_variance <= 0.0 {
        return Err(Undefined::OutOfRange);
    }
    let variance = |counts: &[u64]| spread(counts).and_then(|spread| spread.variance());
    let variances = items.iter().map(|counts| variance(counts.as_ref())).collect::<Result<Vec<_>, _>>()?;
    finite(sorted_sum(variances.into_iter()) / length(items.len()) / finite(null_variance)?)
}

/// Number, mean and spread in steps from the lowest option; two answers or more.
fn spread(counts: &[u64]) -> Result<Summary, Undefined> {
    if answers(counts)? < 2 {
        return Err(Undefined::TooFew);
    }
    summary(places(counts))
}

fn answers(counts: &[u64]) -> Result<u64, Undefined> {
    if counts.len() < 2 {
        return Err(Undefined::OutOfRange);
    }
    let n = counts.iter().try_fold(0_u64, |n, count| n.checked_add(*count)).ok_or(Undefined::OutOfRange)?;
    if n == 0 { Err(Undefined::Empty) } else { Ok(n) }
}

fn places(counts: &[u64]) -> impl Iterator<Item = (f64, u64)> + Clone {
    counts.iter().enumerate().map(|(place, count)| (length(place), *count))
}

/// Steps of all answers together from the option that comes first.
fn steps<'a>(counts: impl Iterator<Item = &'a u64>) -> Result<u64, Undefined> {
    let mut steps = 0_u64;
    for (place, count) in (0_u64..).zip(counts) {
        let more = place.checked_mul(*count).ok_or(Undefined::OutOfRange)?;
        steps = steps.checked_add(more).ok_or(Undefined::OutOfRange)?;
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FIVE: Scale = Scale { low: 1.0, high: 5.0, options: 5 };

    fn near(found: Result<f64, Undefined>, expected: f64, digits: f64) {
        let found = found.unwrap();
        assert!((found - expected).abs() < digits, "found {found}, expected {expected}");
    }

    fn of(values: &[f64]) -> Vec<u64> {
        FIVE.counts(values).unwrap()
    }

    /// Ratings of five people on three items: docs/methods.md, "Agreement".
    fn three_items() -> Vec<Vec<u64>> {
        let rows = [[4.0, 4.0, 5.0], [4.0, 3.0, 4.0], [5.0, 4.0, 4.0], [3.0, 4.0, 4.0], [4.0, 4.0, 4.0]];
        let rows: Vec<_> = rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
        FIVE.complete_counts(&rows).unwrap()
    }

    #[test]
    fn nobody_agrees_with_nobody() {
        let nobody = [0; 5];
        assert_eq!(r_wg(&nobody, 2.0), Err(Undefined::Empty));
        assert_eq!(a_wg(&nobody), Err(Undefined::Empty));
        assert_eq!(mean_absolute_deviation(&nobody), Err(Undefined::Empty));
        assert_eq!(polarised(&nobody), Err(Undefined::Empty));
        assert_eq!(r_wg_items(&[nobody; 0], 2.0), Err(Undefined::Empty));
        assert_eq!(r_star_wg_items(&[nobody; 0], 2.0), Err(Undefined::Empty));
        assert_eq!(a_wg_items(&[nobody; 0]), Err(Undefined::Empty));
    }

    #[test]
    fn one_rater_agrees_with_nobody() {
        let one = of(&[4.0]);
        assert_eq!(r_wg(&one, 2.0), Err(Undefined::TooFew));
        assert_eq!(a_wg(&one), Err(Undefined::TooFew));
        assert_eq!(mean_absolute_deviation(&one), Err(Undefined::TooFew));
        assert_eq!(r_wg_items(&[&one, &one], 2.0), Err(Undefined::TooFew));
        assert_eq!(a_wg_items(&[&one, &one]), Err(Undefined::TooFew));
        assert_eq!(polarised(&one), Ok(false));
    }

    #[test]
    fn two_raters_are_computed_and_not_enough() {
        near(a_wg(&of(&[3.0, 3.0])), 1.0, 1e-15);
        near(a_wg(&of(&[1.0, 5.0])), -1.0, 1e-15);
        assert_eq!(a_wg(&of(&[2.0, 3.0])), Err(Undefined::OutOfRange));
        assert!(!enough_raters(2, 5) && enough_raters(1, 2) && enough_raters(u64::MAX, 7));
    }

    #[test]
    fn equal_ratings_are_full_agreement() {
        for option in [1.0, 2.0, 4.0, 5.0] {
            let equal = of(&[option; 4]);
            near(r_wg(&equal, 2.0), 1.0, 1e-15);
            near(a_wg(&equal), 1.0, 1e-15);
            assert_eq!(mean_absolute_deviation(&equal), Ok(0.0));
        }
    }

    #[test]
    fn enough_raters_who_are_unanimous_always_agree_and_fewer_may_not() {
        assert!(enough_raters(4, 5) && !enough_raters(3, 5));
        near(a_wg(&of(&[2.0; 4])), 1.0, 1e-15);
        assert_eq!(a_wg(&of(&[2.0; 3])), Err(Undefined::OutOfRange));
        near(a_wg(&of(&[1.0; 3])), 1.0, 1e-15);
    }

    #[test]
    fn two_camps_are_less_than_chance() {
        let camps = of(&[1.0, 1.0, 5.0, 5.0]);
        assert_eq!(r_wg(&camps, 2.0), Ok(0.0));
        near(a_wg(&camps), -1.0, 1e-15);
        near(r_star_wg_items(&[&camps], 2.0), -5.0 / 3.0, 1e-12);
        assert_eq!(polarised(&camps), Ok(true));
    }

    #[test]
    fn the_worked_ratings() {
        let ratings = of(&[4.0, 4.0, 5.0, 3.0, 4.0]);
        near(spread(&ratings).unwrap().variance(), 0.5, 1e-15);
        near(r_wg(&ratings, 2.0), 0.75, 1e-15);
        near(a_wg(&ratings), 0.7333, 5e-5);
        near(a_wg(&of(&[1.0, 1.0, 5.0, 5.0, 3.0])), -0.60, 1e-15);
    }

    #[test]
    fn the_worked_items() {
        let items = three_items();
        near(r_wg_items(&items, 2.0), 0.9444, 5e-5);
        near(r_star_wg_items(&items, 2.0), 0.85, 1e-12);
        near(a_wg_items(&items), 0.8377, 5e-5);
    }

    #[test]
    fn more_items_look_like_more_agreement_only_to_one_index() {
        let items = three_items();
        let twice: Vec<_> = items.iter().chain(&items).cloned().collect();
        assert!(r_wg_items(&twice, 2.0).unwrap() > r_wg_items(&items, 2.0).unwrap() + 0.02);
        near(a_wg_items(&twice), a_wg_items(&items).unwrap(), 1e-15);
    }

    #[test]
    fn near_an_end_one_index_has_no_value_and_on_it_it_has() {
        assert_eq!(a_wg(&of(&[1.0, 1.0, 2.0, 1.0, 1.0])), Err(Undefined::OutOfRange));
        assert_eq!(a_wg(&of(&[5.0, 5.0, 4.0])), Err(Undefined::OutOfRange));
        // The limit itself counts: five people, and four steps in all.
        near(a_wg(&of(&[1.0, 1.0, 1.0, 1.0, 5.0])), -1.0, 1e-15);
        let items = [of(&[1.0, 1.0, 2.0, 1.0, 1.0]), of(&[1.0; 5])];
        near(a_wg_items(&items), 1.0, 1e-15);
    }

    #[test]
    fn a_direction_of_the_scale_makes_no_difference() {
        let counts = [3, 9, 4, 11, 2];
        let mut turned = counts;
        turned.reverse();
        near(a_wg(&turned), a_wg(&counts).unwrap(), 1e-15);
        near(r_wg(&turned, 2.0), r_wg(&counts, 2.0).unwrap(), 1e-15);
        near(mean_absolute_deviation(&turned), mean_absolute_deviation(&counts).unwrap(), 1e-15);
    }

    #[test]
    fn thirty_percent_at_each_end_is_polarised_and_less_is_not() {
        assert_eq!(polarised(&[1, 2, 4, 3, 0]), Ok(true));
        assert_eq!(polarised(&[29, 0, 41, 0, 30]), Ok(false));
        assert_eq!(polarised(&[0, 30, 40, 30, 0]), Ok(true));
        assert_eq!(polarised(&[2, 6, 2]), Ok(false));
        assert_eq!(polarised(&[3, 4, 3]), Ok(true));
        assert_eq!(polarised(&[5, 5]), Ok(true));
    }

    #[test]
    fn a_million_answers_have_the_agreement_of_their_pattern() {
        let million = [0, 0, 200_000, 600_000, 200_000];
        near(r_wg(&million, 2.0), 1.0 - 0.4 * 1e6 / (1e6 - 1.0) / 2.0, 1e-14);
        near(a_wg(&million), a_wg(&[0, 0, 1, 3, 1]).unwrap(), 1e-15);
        assert_eq!(polarised(&million), Ok(false));
    }

    #[test]
    fn counts_beyond_reckoning_are_refused() {
        let endless = [u64::MAX, 1, 0, 0, 0];
        assert_eq!(a_wg(&endless), Err(Undefined::OutOfRange));
        assert_eq!(r_wg(&endless, 2.0), Err(Undefined::OutOfRange));
        assert_eq!(polarised(&endless), Err(Undefined::OutOfRange));
        assert_eq!(a_wg(&[0, 0, 0, u64::MAX / 2, 0]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn a_scale_without_choice_has_no_agreement() {
        assert_eq!(uniform_variance(1), Err(Undefined::OutOfRange));
        assert_eq!(uniform_variance(7), Ok(4.0));
        for counts in [&[][..], &[7][..]] {
            assert_eq!(a_wg(counts), Err(Undefined::OutOfRange));
            assert_eq!(polarised(counts), Err(Undefined::OutOfRange));
        }
        for variance in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(r_wg(&[1, 2, 3], variance), Err(Undefined::OutOfRange));
        }
    }

    #[test]
    fn values_are_counted_on_their_options_or_refused() {
        let percent = Scale { low: 0.0, high: 100.0, options: 4 };
        assert_eq!(percent.counts(&[0.0, 100.0 / 3.0, 200.0 / 3.0, 100.0, 100.0]), Ok(vec![1, 1, 1, 2]));
        for wrong in [50.0, -100.0 / 3.0, 400.0 / 3.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
            assert_eq!(percent.counts(&[0.0, wrong]), Err(Undefined::OutOfRange));
        }
        for (low, high, options) in [(1.0, 1.0, 5), (1.0, f64::INFINITY, 5), (1.0, 5.0, usize::MAX), (f64::NAN, 5.0, 5)]
        {
            assert_eq!(Scale { low, high, options }.counts(&[]), Err(Undefined::OutOfRange));
        }
    }

    #[test]
    fn a_row_with_a_gap_counts_for_no_item() {
        let rows = [vec![Some(4.0), Some(5.0)], vec![Some(4.0), None], vec![Some(3.0), Some(5.0)]];
        assert_eq!(FIVE.complete_counts(&rows), Ok(vec![vec![0, 0, 1, 1, 0], vec![0, 0, 0, 0, 2]]));
        assert_eq!(FIVE.complete_counts(&[]), Ok(vec![]));
        assert_eq!(FIVE.complete_counts(&[vec![None], vec![]]), Err(Undefined::OutOfRange));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn both_indices_follow_their_printed_formula(counts in prop::collection::vec(0_u64..50, 2..9)) {
            let values: Vec<f64> = places(&counts)
                .flat_map(|(place, count)| std::iter::repeat_n(place + 1.0, usize::try_from(count).unwrap()))
                .collect();
            let (k, high) = (length(values.len()), length(counts.len()));
            if k < 2.0 {
                prop_assert!(a_wg(&counts).is_err() && r_wg(&counts, 2.0).is_err());
                return Ok(());
            }
            let mean = values.iter().sum::<f64>() / k;
            let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (k - 1.0);
            let uniform = uniform_variance(counts.len()).unwrap();
            near(r_wg(&counts, uniform), (1.0 - variance / uniform).max(0.0), 1e-12);
            let (lowest, highest) = (((k - 1.0) + high) / k, (high * (k - 1.0) + 1.0) / k);
            match a_wg(&counts) {
                Ok(found) if variance > 0.0 => {
                    let largest = ((high + 1.0) * mean - mean * mean - high) * k / (k - 1.0);
                    prop_assert!((-1.0..=1.0).contains(&found));
                    prop_assert!((found - (1.0 - 2.0 * variance / largest)).abs() < 1e-10);
                }
                Ok(found) => prop_assert!((found - 1.0).abs() < 1e-15),
                Err(_) => prop_assert!(mean < lowest + 1e-12 || mean > highest - 1e-12),
            }
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which weights do people give together, and do they agree on them?

use super::count::length;
use super::describe::sum;
use super::{Undefined, finite};

/// Below this agreement, of [`Together::agreement`] or of Kendall's W, weights are not those of all: use equal ones.
pub const LEAST_AGREEMENT: f64 = 0.5;

/// Weights of several people in groups, and how far the people agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Together {
    /// One weight per thing weighed; they sum to 1.
    pub weights: Vec<f64>,
    /// One less the mean over people of the share of weight by which they differ from all, 0 to 1.
    pub agreement: f64,
}

/// The weights to reckon with, and why these.
#[derive(Clone, Debug, PartialEq)]
pub enum Settled {
    /// What people gave, since they agree enough.
    Elicited(Vec<f64>),
    /// Equal weights, since they do not.
    Equal(Vec<f64>),
}

/// Points of one person as shares of their sum: of a budget that was given out, or of swings rated against the
/// largest, which has 100. Points are 0 or more; the shares sum to 1.
///
/// # Errors
/// [`Undefined::Empty`] without points, [`Undefined::NoVariability`] if all are 0, [`Undefined::OutOfRange`] if one is
/// negative or not finite.
///
/// # Source
/// Swing weights of von Winterfeldt & Edwards 1986.
///
/// # Example
/// ```
/// let weights = insieme::stats::weights::shares(&[100.0, 80.0, 40.0, 20.0]).unwrap();
/// assert!((weights[0] - 0.4167).abs() < 5e-5 && (weights[3] - 0.0833).abs() < 5e-5);
/// ```
pub fn shares(points: &[f64]) -> Result<Vec<f64>, Undefined> {
    if points.is_empty() {
        return Err(Undefined::Empty);
    }
    if points.iter().any(|point| !point.is_finite() || *point < 0.0) {
        return Err(Undefined::OutOfRange);
    }
    let total = finite(sum(points.iter().copied()))?;
    if total <= 0.0 {
        return Err(Undefined::NoVariability);
    }
    Ok(points.iter().map(|point| point / total).collect())
}

/// Equal weights for `n` things; they sum to 1.
///
/// # Errors
/// [`Undefined::Empty`] for n = 0.
pub fn equal(n: usize) -> Result<Vec<f64>, Undefined> {
    if n == 0 { Err(Undefined::Empty) } else { Ok(vec![1.0 / length(n); n]) }
}

/// Weights of `n` things in the order of their importance, the first the heaviest; they sum to 1.
///
/// The middle of all weights that respect the order.
///
/// # Errors
/// [`Undefined::Empty`] for n = 0.
///
/// # Source
/// Rank-order centroid, Barron & Barrett 1996.
///
/// # Example
/// ```
/// let weights = insieme::stats::weights::rank_order_centroid(4).unwrap();
/// assert!((weights[0] - 0.5208).abs() < 5e-5 && (weights[3] - 0.0625).abs() < 5e-5);
/// ```
pub fn rank_order_centroid(n: usize) -> Result<Vec<f64>, Undefined> {
    if n == 0 {
        return Err(Undefined::Empty);
    }
    // The smallest terms first, so that little is lost.
    let mut tail = 0.0;
    let place = |k: usize| {
        tail += 1.0 / length(k);
        tail / length(n)
    };
    let mut weights: Vec<f64> = (1..=n).rev().map(place).collect();
    weights.reverse();
    Ok(weights)
}

/// Weights of one person's ranking: a rank for each thing, the smallest the most important. Things of equal rank have
/// the mean of the weights of the places they share.
///
/// # Errors
/// [`Undefined::Empty`] without ranks, [`Undefined::OutOfRange`] if one is not finite.
///
/// # Source
/// As [`rank_order_centroid`].
pub fn of_ranks(ranks: &[f64]) -> Result<Vec<f64>, Undefined> {
    if ranks.iter().any(|rank| !rank.is_finite()) {
        return Err(Undefined::OutOfRange);
    }
    let centroid = rank_order_centroid(ranks.len())?;
    let shared = |rank: &f64| {
        let above = ranks.iter().filter(|other| *other < rank).count();
        let level = ranks.iter().filter(|other| *other <= rank).count() - above;
        sum(centroid.iter().skip(above).take(level).copied()) / length(level)
    };
    Ok(ranks.iter().map(shared).collect())
}

/// Weights of people, group by group, brought together: the mean inside each group, then the mean of the groups, so
/// that each has one voice. Every person's weights, 0 or more, count as shares of their sum; a group without people
/// does not count. Agreement is that of all people with the result.
///
/// # Errors
/// [`Undefined::Empty`] without people, [`Undefined::OutOfRange`] if they weigh different numbers of things, else as
/// [`shares`].
///
/// # Example
/// ```
/// let people = vec![vec![40.0, 30.0, 20.0, 10.0], vec![25.0; 4], vec![10.0, 20.0, 30.0, 40.0]];
/// let found = insieme::stats::weights::together(&[people]).unwrap();
/// assert!((found.weights[0] - 0.25).abs() < 1e-12 && (found.agreement - 0.867).abs() < 5e-4);
/// ```
pub fn together(groups: &[Vec<Vec<f64>>]) -> Result<Together, Undefined> {
    let mut people = Vec::new();
    let mut of_groups = Vec::new();
    for group in groups.iter().filter(|group| !group.is_empty()) {
        let weights: Result<Vec<_>, _> = group.iter().map(|person| shares(person)).collect();
        let weights = weights?;
        of_groups.push(mean(&weights)?);
        people.extend(weights);
    }
    let weights = mean(&of_groups)?;
    let half_distance =
        |person: &Vec<f64>| 0.5 * sum(person.iter().zip(&weights).map(|(own, of_all)| (own - of_all).abs()));
    let apart = sorted_mean(people.iter().map(half_distance).collect());
    Ok(Together { agreement: (1.0 - apart).clamp(0.0, 1.0), weights })
}

/// Elicited weights where people agree at least [`LEAST_AGREEMENT`], equal ones where not. Agreement that is no number
/// is none.
///
/// # Errors
/// [`Undefined::Empty`] without weights.
pub fn settled(elicited: Vec<f64>, agreement: f64) -> Result<Settled, Undefined> {
    let equal = equal(elicited.len())?;
    Ok(if agreement >= LEAST_AGREEMENT { Settled::Elicited(elicited) } else { Settled::Equal(equal) })
}

/// Mean of rows, place by place.
fn mean(rows: &[Vec<f64>]) -> Result<Vec<f64>, Undefined> {
    let size = rows.first().ok_or(Undefined::Empty)?.len();
    if rows.iter().any(|row| row.len() != size) {
        return Err(Undefined::OutOfRange);
    }
    let of_place = |place: usize| sorted_mean(rows.iter().filter_map(|row| row.get(place).copied()).collect());
    Ok((0..size).map(of_place).collect())
}

/// Mean of one value or more in ascending order, so that rounding does not depend on the order in which they came.
fn sorted_mean(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    sum(values.iter().copied()) / length(values.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_near(found: &[f64], expected: &[f64], tolerance: f64) {
        assert_eq!(found.len(), expected.len());
        assert!(
            found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= tolerance),
            "{found:?}, expected {expected:?}"
        );
    }

    #[test]
    fn nobody_gives_no_weights() {
        assert_eq!(shares(&[]), Err(Undefined::Empty));
        assert_eq!(equal(0), Err(Undefined::Empty));
        assert_eq!(rank_order_centroid(0), Err(Undefined::Empty));
        assert_eq!(of_ranks(&[]), Err(Undefined::Empty));
        assert_eq!(together(&[]), Err(Undefined::Empty));
        assert_eq!(together(&[vec![], vec![]]), Err(Undefined::Empty));
        assert_eq!(settled(vec![], 1.0), Err(Undefined::Empty));
    }

    #[test]
    fn one_thing_has_all_the_weight() {
        for weights in [shares(&[3.0]), equal(1), rank_order_centroid(1), of_ranks(&[7.0])] {
            all_near(&weights.unwrap(), &[1.0], 1e-15);
        }
    }

    #[test]
    fn points_that_are_none_are_refused() {
        assert_eq!(shares(&[0.0, 0.0]), Err(Undefined::NoVariability));
        for wrong in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(shares(&[50.0, wrong]), Err(Undefined::OutOfRange));
            assert_eq!(together(&[vec![vec![50.0, wrong]]]), Err(Undefined::OutOfRange));
        }
        assert_eq!(shares(&[f64::MAX, f64::MAX]), Err(Undefined::OutOfRange));
        assert_eq!(of_ranks(&[1.0, f64::NAN]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn the_worked_budget() {
        let people = vec![vec![40.0, 30.0, 20.0, 10.0], vec![25.0; 4], vec![10.0, 20.0, 30.0, 40.0]];
        let found = together(&[people]).unwrap();
        all_near(&found.weights, &[0.25; 4], 1e-15);
        assert!((found.agreement - (1.0 - 0.4 / 3.0)).abs() < 1e-12);
    }

    #[test]
    fn the_worked_swings() {
        all_near(&shares(&[100.0, 80.0, 40.0, 20.0]).unwrap(), &[0.4167, 0.3333, 0.1667, 0.0833], 5e-5);
    }

    #[test]
    fn the_worked_ranking() {
        let expected = [25.0 / 48.0, 13.0 / 48.0, 7.0 / 48.0, 3.0 / 48.0];
        all_near(&rank_order_centroid(4).unwrap(), &expected, 1e-15);
        all_near(&expected, &[0.5208, 0.2708, 0.1458, 0.0625], 5e-5);
        let [first, second, third, fourth] = expected;
        all_near(&of_ranks(&[2.0, 4.0, 1.0, 3.0]).unwrap(), &[second, fourth, first, third], 1e-15);
    }

    #[test]
    fn things_of_equal_rank_share_their_weights() {
        let [first, second, third, fourth] = [25.0 / 48.0, 13.0 / 48.0, 7.0 / 48.0, 3.0 / 48.0];
        let middle = f64::midpoint(second, third);
        // Whether a tie is written 2, 2 or 2.5, 2.5 does not matter.
        all_near(&of_ranks(&[1.0, 2.0, 2.0, 4.0]).unwrap(), &[first, middle, middle, fourth], 1e-15);
        all_near(&of_ranks(&[1.0, 2.5, 2.5, 4.0]).unwrap(), &[first, middle, middle, fourth], 1e-15);
        all_near(&of_ranks(&[3.0; 4]).unwrap(), &equal(4).unwrap(), 1e-15);
    }

    #[test]
    fn centroid_weights_sum_to_one_and_fall() {
        for n in [2, 3, 10, 1000] {
            let weights = rank_order_centroid(n).unwrap();
            assert!((sum(weights.iter().copied()) - 1.0).abs() < 1e-12);
            assert!(weights.windows(2).all(|pair| pair[0] > pair[1]));
        }
    }

    #[test]
    fn a_group_of_one_has_as_much_voice_as_a_group_of_many() {
        let found = together(&[vec![vec![100.0, 0.0]], vec![vec![0.0, 100.0]; 9], vec![]]).unwrap();
        all_near(&found.weights, &[0.5, 0.5], 1e-15);
        assert!((found.agreement - 0.5).abs() < 1e-12);
    }

    #[test]
    fn people_who_weigh_different_numbers_of_things_are_refused() {
        assert_eq!(together(&[vec![vec![1.0, 2.0], vec![1.0]]]), Err(Undefined::OutOfRange));
        assert_eq!(together(&[vec![vec![1.0, 2.0]], vec![vec![1.0]]]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn people_who_agree_keep_their_weights_and_others_get_equal_ones() {
        let own = vec![0.7, 0.3];
        assert_eq!(settled(own.clone(), 0.5), Ok(Settled::Elicited(own.clone())));
        assert_eq!(settled(own.clone(), 0.49), Ok(Settled::Equal(vec![0.5, 0.5])));
        assert_eq!(settled(own, f64::NAN), Ok(Settled::Equal(vec![0.5, 0.5])));
    }

    #[test]
    fn the_order_of_people_and_groups_changes_no_digit() {
        let one =
            [vec![vec![40.0, 31.0, 29.0], vec![10.0, 33.0, 57.0], vec![3.0, 7.0, 90.0]], vec![vec![1.0, 1.0, 5.0]]];
        let other =
            [vec![vec![1.0, 1.0, 5.0]], vec![vec![3.0, 7.0, 90.0], vec![40.0, 31.0, 29.0], vec![10.0, 33.0, 57.0]]];
        assert_eq!(together(&one), together(&other));
    }
}

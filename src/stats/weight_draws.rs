// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which other weights could have been chosen instead?

use std::cmp::Ordering;

use rand_chacha::ChaCha20Rng;

use super::Undefined;
use super::bootstrap::{below, stream};
use super::count::length;
use super::describe::sum;
use super::variate::{exponential, log_gamma};
use super::weights::shares;

/// Parameters of a Dirichlet distribution outside these are not drawn from.
const SMALLEST_SHAPE: f64 = 1e-6;
const LARGEST_SHAPE: f64 = 1e9;

/// Where other weights are drawn from. Each draw is a set of weights that sum to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightSource {
    parts: usize,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// The same weights in every draw.
    Fixed(Vec<f64>),
    /// Weights of people, group by group.
    Elicited(Vec<Vec<Vec<f64>>>),
    /// Shapes of a Dirichlet distribution; none where the weight stays 0.
    Dirichlet(Vec<Option<f64>>),
}

impl WeightSource {
    /// Always the same weights, in any unit from 0 up: for when something else varies.
    ///
    /// # Errors
    /// As [`shares`].
    pub fn fixed(weights: &[f64]) -> Result<Self, Undefined> {
        shares(weights).map(|weights| Self { parts: weights.len(), kind: Kind::Fixed(weights) })
    }

    /// The weights people gave, group by group, in any unit from 0 up: as if other people of the same groups had been
    /// asked. Each group has one voice, however many it has. A group of one is the same in every draw; one without
    /// people does not count.
    ///
    /// # Errors
    /// [`Undefined::Empty`] without people, [`Undefined::OutOfRange`] if they weigh different numbers of things, else
    /// as [`shares`].
    ///
    /// # Source
    /// Stratified bootstrap with n − 1 drawn of n (Rao & Wu 1988).
    pub fn elicited(groups: &[Vec<Vec<f64>>]) -> Result<Self, Undefined> {
        let mut sorted = Vec::new();
        for group in groups.iter().filter(|group| !group.is_empty()) {
            let people: Result<Vec<_>, _> = group.iter().map(|person| shares(person)).collect();
            let mut people = people?;
            // Neither the order of people nor that of groups decides which of them a draw takes.
            people.sort_by(|one, other| compare(one, other));
            sorted.push(people);
        }
        sorted.sort_by(|one, other| {
            let pairs = one.iter().zip(other).map(|(a, b)| compare(a, b));
            pairs.fold(one.len().cmp(&other.len()), Ordering::then)
        });
        let parts = sorted.iter().flatten().next().ok_or(Undefined::Empty)?.len();
        if sorted.iter().flatten().any(|person| person.len() != parts) {
            return Err(Undefined::OutOfRange);
        }
        Ok(Self { parts, kind: Kind::Elicited(sorted) })
    }

    /// Weights near those given: Dirichlet with `concentration` times their shares, 20 in the usual case. A weight of
    /// 0 stays 0.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] if a share times the concentration is not 0 and not from 10⁻⁶ to 10⁹, else as
    /// [`shares`].
    pub fn concentrated(weights: &[f64], concentration: f64) -> Result<Self, Undefined> {
        let shape = |share: f64| match share * concentration {
            _ if share <= 0.0 => Ok(None),
            shape if (SMALLEST_SHAPE..=LARGEST_SHAPE).contains(&shape) => Ok(Some(shape)),
            _ => Err(Undefined::OutOfRange),
        };
        let shapes: Result<Vec<_>, _> = shares(weights)?.into_iter().map(shape).collect();
        Ok(Self { parts: weights.len(), kind: Kind::Dirichlet(shapes?) })
    }

    /// Any weights, all equally likely: Dirichlet(1, …, 1). For when nothing is known of them.
    ///
    /// # Errors
    /// [`Undefined::Empty`] for no parts.
    pub fn flat(parts: usize) -> Result<Self, Undefined> {
        if parts == 0 {
            return Err(Undefined::Empty);
        }
        Ok(Self { parts, kind: Kind::Dirichlet(vec![Some(1.0); parts]) })
    }

    /// Number of weights in a draw.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.parts
    }

    /// One draw: as many weights as there are parts, which sum to 1. The same seed and draw give the same digits
    /// everywhere.
    ///
    /// # Example
    /// ```
    /// let source = insieme::stats::weight_draws::WeightSource::flat(3).unwrap();
    /// let weights = source.draw(2026, 0);
    /// assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-15);
    /// assert_eq!(weights, source.draw(2026, 0));
    /// ```
    #[must_use]
    pub fn draw(&self, seed: u64, draw: u32) -> Vec<f64> {
        self.next(&mut stream(seed, draw))
    }

    /// The next draw from a stream.
    pub(super) fn next(&self, random: &mut ChaCha20Rng) -> Vec<f64> {
        match &self.kind {
            Kind::Fixed(weights) => weights.clone(),
            Kind::Elicited(groups) => redrawn(groups, self.parts, random),
            Kind::Dirichlet(shapes) => dirichlet(shapes, random),
        }
    }
}

fn compare(one: &[f64], other: &[f64]) -> Ordering {
    one.iter().zip(other).map(|(a, b)| a.total_cmp(b)).fold(one.len().cmp(&other.len()), Ordering::then)
}

/// Mean over groups of the mean of n − 1 people drawn from the n of each.
fn redrawn(groups: &[Vec<Vec<f64>>], parts: usize, random: &mut ChaCha20Rng) -> Vec<f64> {
    let mut weights = vec![0.0; parts];
    for group in groups {
        let drawn = group.len().saturating_sub(1).max(1);
        let share = 1.0 / (length(drawn) * length(groups.len()));
        for _ in 0..drawn {
            let person = group.get(below(group.len(), random));
            weights.iter_mut().zip(person.into_iter().flatten()).for_each(|(weight, own)| *weight += share * own);
        }
    }
    weights
}

/// Gamma numbers as shares of their sum. Their logarithms are less the largest, so that the sum is 1 or more.
fn dirichlet(shapes: &[Option<f64>], random: &mut ChaCha20Rng) -> Vec<f64> {
    let logarithms: Vec<Option<f64>> = shapes.iter().map(|shape| shape.map(|shape| log_gamma(shape, random))).collect();
    let largest = logarithms.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
    let parts: Vec<f64> = logarithms.iter().map(|one| one.map_or(0.0, |one| exponential(one - largest))).collect();
    let total = sum(parts.iter().copied());
    parts.into_iter().map(|part| part / total).collect()
}

#[cfg(test)]
mod tests {
    use super::super::describe::of_values;
    use super::*;

    fn near(found: f64, expected: f64, tolerance: f64) -> bool {
        (found - expected).abs() <= tolerance
    }

    /// Mean and variance of each weight over many draws.
    fn moments(source: &WeightSource, draws: u32) -> Vec<(f64, f64)> {
        let all: Vec<Vec<f64>> = (0..draws).map(|draw| source.draw(5, draw)).collect();
        let of_part = |part: usize| {
            let found = of_values(&all.iter().map(|weights| weights[part]).collect::<Vec<_>>()).unwrap();
            (found.mean, found.variance().unwrap())
        };
        (0..source.parts()).map(of_part).collect()
    }

    #[test]
    fn none_has_no_weights() {
        assert_eq!(WeightSource::flat(0), Err(Undefined::Empty));
        assert_eq!(WeightSource::fixed(&[]), Err(Undefined::Empty));
        assert_eq!(WeightSource::concentrated(&[], 20.0), Err(Undefined::Empty));
        assert_eq!(WeightSource::elicited(&[]), Err(Undefined::Empty));
        assert_eq!(WeightSource::elicited(&[vec![], vec![]]), Err(Undefined::Empty));
    }

    #[test]
    fn one_part_has_all_the_weight() {
        assert!(near(WeightSource::flat(1).unwrap().draw(1, 1)[0], 1.0, 1e-15));
        assert!(near(WeightSource::concentrated(&[7.0], 1e-3).unwrap().draw(1, 1)[0], 1.0, 1e-15));
    }

    #[test]
    fn flat_weights_have_the_moments_of_the_flat_dirichlet() {
        // Mean 1/k, variance (k − 1)/(k² (k + 1)).
        for (mean, variance) in moments(&WeightSource::flat(3).unwrap(), 20_000) {
            assert!(near(mean, 1.0 / 3.0, 4.0 * (1.0_f64 / 18.0 / 20_000.0).sqrt()), "mean {mean}");
            assert!(near(variance, 1.0 / 18.0, 0.0015), "variance {variance}");
        }
    }

    #[test]
    fn concentrated_weights_lie_round_those_given() {
        let shares = [0.5, 0.3, 0.17, 0.03];
        let source = WeightSource::concentrated(&shares.map(|share| 100.0 * share), 20.0).unwrap();
        for ((mean, variance), share) in moments(&source, 20_000).into_iter().zip(shares) {
            let expected = share * (1.0 - share) / 21.0;
            assert!(near(mean, share, 4.0 * (expected / 20_000.0).sqrt()), "mean {mean}");
            assert!(near(variance / expected, 1.0, 0.1), "variance {variance}, expected {expected}");
        }
    }

    #[test]
    fn tiny_shapes_put_all_weight_on_one_part_and_stay_numbers() {
        let source = WeightSource::concentrated(&[0.2, 0.3, 0.5], 1e-5).unwrap();
        let mut hits = [0_u32; 3];
        for draw in 0..2000 {
            let weights = source.draw(1, draw);
            assert!(near(weights.iter().sum(), 1.0, 1e-12));
            weights.iter().zip(&mut hits).for_each(|(weight, hits)| *hits += u32::from(*weight > 0.999));
        }
        // One part has nearly all, as often as its share says.
        assert!(hits.iter().sum::<u32>() > 1990);
        assert!(near(f64::from(hits[2]) / 2000.0, 0.5, 0.05));
    }

    #[test]
    fn a_weight_of_zero_stays_zero() {
        let source = WeightSource::concentrated(&[0.0, 1.0, 1.0], 20.0).unwrap();
        assert!((0..100).all(|draw| source.draw(1, draw)[0].abs() < 1e-300));
    }

    #[test]
    fn what_cannot_be_drawn_from_is_refused() {
        for concentration in [0.0, -1.0, 1e-7, 1e10, f64::NAN, f64::INFINITY] {
            assert_eq!(WeightSource::concentrated(&[1.0, 1.0], concentration), Err(Undefined::OutOfRange));
        }
        assert_eq!(WeightSource::concentrated(&[1.0, -1.0], 20.0), Err(Undefined::OutOfRange));
        let uneven = [vec![vec![1.0, 2.0]], vec![vec![1.0, 2.0, 3.0]]];
        assert_eq!(WeightSource::elicited(&uneven), Err(Undefined::OutOfRange));
    }

    #[test]
    fn redrawn_people_have_the_mean_and_the_error_of_their_groups() {
        let groups = [vec![vec![1.0, 0.0], vec![0.0, 1.0], vec![0.5, 0.5]], vec![vec![0.8, 0.2], vec![0.6, 0.4]]];
        let (mean, variance) = moments(&WeightSource::elicited(&groups).unwrap(), 20_000)[0];
        // Variances .25/3 and .02/2 of the group means, each group half.
        let expected: f64 = (0.25 / 3.0 + 0.02 / 2.0) / 4.0;
        assert!(near(mean, 0.6, 4.0 * (expected / 20_000.0).sqrt()), "mean {mean}");
        assert!(near(variance / expected, 1.0, 0.05), "variance {variance}, expected {expected}");
    }

    #[test]
    fn the_only_one_of_a_group_is_in_every_draw() {
        let source = WeightSource::elicited(&[vec![vec![80.0, 20.0]], vec![], vec![vec![40.0, 60.0]]]).unwrap();
        assert!((0..20).all(|draw| near(source.draw(3, draw)[0], 0.6, 1e-12)));
    }

    #[test]
    fn the_order_of_people_and_groups_changes_no_draw() {
        let groups = [vec![vec![1.0, 0.0], vec![0.2, 0.8], vec![0.5, 0.5]], vec![vec![0.8, 0.2], vec![0.6, 0.4]]];
        let turned = [vec![vec![0.6, 0.4], vec![0.8, 0.2]], vec![vec![0.5, 0.5], vec![1.0, 0.0], vec![0.2, 0.8]]];
        let (one, other) = (WeightSource::elicited(&groups).unwrap(), WeightSource::elicited(&turned).unwrap());
        assert!((0..50).all(|draw| one.draw(1, draw) == other.draw(1, draw)));
    }
}

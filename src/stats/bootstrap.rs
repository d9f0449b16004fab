// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far could a statistic without a formula be off?

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::count::{length, real};
use super::distribution::{normal_upper_tail, t_quantile};
use super::interval::Limits;
use super::quantile::quantile;
use super::{Undefined, finite};

/// One stratum: so many units, drawn from a population of which so much is left to chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stratum {
    /// Units observed, two or more.
    pub units: usize,
    /// `1 − n/N` for the listed population, 1 for the process.
    pub left_to_chance: f64,
}

/// Replicates of a statistic under the stratified rescaled bootstrap, in ascending order.
///
/// `statistic` is given one weight per unit and stratum; weights of a stratum sum to its number of units.
/// Each replicate has a random stream of its own, so results do not depend on the order of computing.
/// Replicates where the statistic is undefined are left out.
///
/// # Errors
/// [`Undefined::Empty`] without strata or replicates, [`Undefined::TooFew`] if a stratum has fewer than two units.
///
/// # Source
/// Rao & Wu 1988; Rao, Wu & Yue 1992.
pub fn rescaled(
    strata: &[Stratum],
    draws: u32,
    seed: u64,
    statistic: impl Fn(&[Vec<f64>]) -> Result<f64, Undefined>,
) -> Result<Vec<f64>, Undefined> {
    if strata.is_empty() {
        return Err(Undefined::Empty);
    }
    if strata.iter().any(|stratum| stratum.units < 2) {
        return Err(Undefined::TooFew);
    }
    let mut weights: Vec<Vec<f64>> = strata.iter().map(|stratum| vec![0.0; stratum.units]).collect();
    let mut replicates = Vec::new();
    for draw in 0..draws {
        let mut random = stream(seed, draw);
        for (stratum, weights) in strata.iter().zip(&mut weights) {
            reweigh(stratum, weights, &mut random);
        }
        replicates.extend(statistic(&weights).and_then(finite));
    }
    replicates.sort_by(f64::total_cmp);
    if replicates.is_empty() { Err(Undefined::Empty) } else { Ok(replicates) }
}

/// Standard error: the standard deviation of the replicates.
///
/// # Errors
/// [`Undefined::TooFew`] for fewer than two replicates.
pub fn standard_error(replicates: &[f64]) -> Result<f64, Undefined> {
    super::describe::of_values(replicates).and_then(|summary| summary.sd())
}

/// Share of replicates cut off at each end so that the interval is as wide as one of t with `df` would be.
///
/// # Errors
/// As [`t_quantile`].
///
/// # Source
/// Expanded percentile interval, Hesterberg 2015.
pub fn expanded_tail(level: f64, df: f64) -> Result<f64, Undefined> {
    t_quantile(f64::midpoint(1.0, level), df).and_then(normal_upper_tail)
}

/// Expanded percentile interval from replicates in ascending order.
///
/// # Errors
/// [`Undefined::Empty`] without replicates, else as [`expanded_tail`].
pub fn expanded_percentile(sorted: &[f64], level: f64, df: f64) -> Result<Limits, Undefined> {
    let tail = expanded_tail(level, df)?;
    Ok((quantile(sorted, tail)?, quantile(sorted, 1.0 - tail)?))
}

/// The random stream of one draw.
pub(super) fn stream(seed: u64, draw: u32) -> ChaCha20Rng {
    let mut key = [0; 32];
    for (place, byte) in key.iter_mut().zip(seed.to_le_bytes()) {
        *place = byte;
    }
    let mut random = ChaCha20Rng::from_seed(key);
    random.set_stream(u64::from(draw));
    random
}

/// Draws n − 1 of n units with replacement and turns how often each came out into weights that sum to n.
fn reweigh(stratum: &Stratum, weights: &mut [f64], random: &mut ChaCha20Rng) {
    let n = length(stratum.units);
    let keep = stratum.left_to_chance.clamp(0.0, 1.0).sqrt();
    weights.fill(1.0 - keep);
    for _ in 1..stratum.units {
        let drawn = below(stratum.units, random);
        if let Some(weight) = weights.get_mut(drawn) {
            *weight += keep * n / (n - 1.0);
        }
    }
}

/// A whole number below `limit`, every one equally likely (multiplication with rejection, Lemire 2019).
/// `limit` is below 2³²: a sample is never larger.
pub(super) fn below(limit: usize, random: &mut ChaCha20Rng) -> usize {
    let limit = u32::try_from(limit).unwrap_or(u32::MAX);
    let refused = u64::from(limit.wrapping_neg() % limit.max(1));
    loop {
        let product = u64::from(random.next_u32()) * u64::from(limit);
        if product & u64::from(u32::MAX) >= refused {
            return usize::try_from(product >> 32).unwrap_or(0);
        }
    }
}

/// Weighted mean of a stratum's values; weights sum to the number of values.
///
/// # Errors
/// [`Undefined::Empty`] without values.
pub fn weighted_mean(values: &[f64], weights: &[f64]) -> Result<f64, Undefined> {
    if values.is_empty() {
        return Err(Undefined::Empty);
    }
    let sum: f64 = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    finite(sum / real(u64::try_from(values.len()).unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean_of(values: &[f64], draws: u32, seed: u64) -> Result<Vec<f64>, Undefined> {
        let stratum = Stratum { units: values.len(), left_to_chance: 1.0 };
        rescaled(&[stratum], draws, seed, |weights| weighted_mean(values, &weights[0]))
    }

    #[test]
    fn none_and_one_unit_cannot_be_drawn_from() {
        assert_eq!(rescaled(&[], 10, 0, |_| Ok(1.0)), Err(Undefined::Empty));
        assert_eq!(mean_of(&[50.0], 10, 0), Err(Undefined::TooFew));
        assert_eq!(mean_of(&[50.0, 60.0], 0, 0), Err(Undefined::Empty));
    }

    #[test]
    fn the_same_seed_gives_the_same_replicates() {
        let values = [10.0, 40.0, 55.0, 80.0];
        assert_eq!(mean_of(&values, 50, 7), mean_of(&values, 50, 7));
        assert_ne!(mean_of(&values, 50, 7), mean_of(&values, 50, 8));
    }

    #[test]
    fn weights_sum_to_the_number_of_units_and_are_never_negative() {
        let strata = [Stratum { units: 6, left_to_chance: 0.25 }, Stratum { units: 3, left_to_chance: 1.0 }];
        rescaled(&strata, 100, 3, |weights| {
            for (stratum, weights) in strata.iter().zip(weights) {
                assert!((weights.iter().sum::<f64>() - length(stratum.units)).abs() < 1e-9);
                assert!(weights.iter().all(|weight| *weight >= 0.0));
            }
            Ok(0.0)
        })
        .unwrap();
    }

    #[test]
    fn a_census_does_not_vary() {
        let stratum = Stratum { units: 4, left_to_chance: 0.0 };
        let values = [10.0, 20.0, 30.0, 60.0];
        let replicates = rescaled(&[stratum], 20, 1, |weights| weighted_mean(&values, &weights[0])).unwrap();
        assert!(standard_error(&replicates).unwrap() < 1e-12);
    }

    #[test]
    fn the_error_of_a_mean_is_the_one_of_the_formula() {
        let values = [75.0, 50.0, 66.0, 91.0, 33.0, 58.0, 41.0, 83.0];
        let formula = super::super::describe::of_values(&values).unwrap().sd().unwrap() / 8.0_f64.sqrt();
        let replicates = mean_of(&values, 20_000, 11).unwrap();
        assert!((standard_error(&replicates).unwrap() / formula - 1.0).abs() < 0.02);
    }

    #[test]
    fn the_expanded_tail_of_the_worked_example() {
        assert!((expanded_tail(0.95, 20.606).unwrap() - 0.01867).abs() < 5e-6);
    }
}

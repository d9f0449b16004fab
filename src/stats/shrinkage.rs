// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What should be believed of one estimate among several, and which place does it have among them?

use super::bootstrap::stream;
use super::distribution::normal_upper_tail;
use super::heterogeneity::Estimate;
use super::interval::{Limits, Part};
use super::standing::Standings;
use super::variate::normal;
use super::{Undefined, finite};

/// Standard errors from the mean to the inner limits of a funnel: about one in twenty lies outside by chance.
pub const INNER_LIMITS: f64 = 1.96;
/// Standard errors from the mean to the outer limits of a funnel: about one in five hundred lies outside by chance.
pub const OUTER_LIMITS: f64 = 3.09;
/// A group with fewer than this many has its variance moderated.
pub const MODERATED_BELOW: u64 = 5;
/// Degrees of freedom that the variance known elsewhere then counts as.
pub const MODERATING_DF: f64 = 4.0;

/// An estimate drawn towards the mean of all by as much as it is uncertain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shrunken {
    /// B: share of the common mean in the shrunken estimate, 0 to 1.
    pub pull: f64,
    /// θ: the shrunken estimate.
    pub value: f64,
    /// Standard error of the shrunken estimate.
    pub standard_error: f64,
    /// Distance of the estimate itself from the mean, in standard deviations of such estimates.
    pub z: f64,
}

impl Shrunken {
    /// Two-sided p-value of the distance from the mean, 0 to 1.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] if `z` is not finite.
    pub fn p(&self) -> Result<f64, Undefined> {
        normal_upper_tail(self.z.abs()).map(|tail| (2.0 * tail).min(1.0))
    }
}

/// Draws an estimate towards the `mean` of all, whose true values have the variance `between`, 0 or more.
///
/// # Errors
/// [`Undefined::NoVariability`] if neither variance is above zero, [`Undefined::OutOfRange`] for a negative variance
/// and for what is not finite.
///
/// # Source
/// Normal model with known variances, as in Efron & Morris 1975; standardised contrast of Spiegelhalter 2005.
///
/// # Example
/// ```
/// use insieme::stats::{heterogeneity::Estimate, shrinkage::shrunken};
/// let first = shrunken(Estimate { value: 71.2, variance: 3.1 * 3.1 }, 63.1671, 42.2349).unwrap();
/// assert!((first.pull - 0.1854).abs() < 5e-5 && (first.value - 69.711).abs() < 5e-4);
/// assert!((first.z - 1.116).abs() < 5e-4);
/// ```
pub fn shrunken(estimate: Estimate, mean: f64, between: f64) -> Result<Shrunken, Undefined> {
    let total = spread(estimate.variance, between)?;
    let pull = estimate.variance / (estimate.variance + between);
    let keep = between / (estimate.variance + between);
    let value = finite(pull * mean + keep * estimate.value)?;
    let standard_error = finite((keep * estimate.variance).sqrt())?;
    Ok(Shrunken { pull, value, standard_error, z: finite((estimate.value - mean) / total)? })
}

/// Limits of a funnel round `mean` for an estimate of this variance: `mean ± z √(variance + between)`.
///
/// `z` is [`INNER_LIMITS`] or [`OUTER_LIMITS`].
///
/// # Errors
/// As [`shrunken`].
///
/// # Source
/// Spiegelhalter 2005.
pub fn funnel(mean: f64, variance: f64, between: f64, z: f64) -> Result<Limits, Undefined> {
    let half = z * spread(variance, between)?;
    Ok((finite(mean - half)?, finite(mean + half)?))
}

/// Variance of a small group, moderated by a variance known `elsewhere` that counts as so many degrees of freedom,
/// [`MODERATING_DF`] in the usual case.
///
/// A group without degrees of freedom takes the variance known elsewhere.
///
/// # Errors
/// [`Undefined::Empty`] if neither has degrees of freedom, [`Undefined::OutOfRange`] for negative numbers and for what
/// is not finite.
///
/// # Source
/// Form of Smyth 2004.
///
/// # Example
/// ```
/// use insieme::stats::{interval::Part, shrinkage::{MODERATING_DF, moderated}};
/// let found = moderated(Part { variance: 4.0, df: 2.0 }, Part { variance: 400.0, df: MODERATING_DF }).unwrap();
/// assert!((found - 268.0).abs() < 1e-12);
/// ```
pub fn moderated(own: Part, elsewhere: Part) -> Result<f64, Undefined> {
    let sound = |number: f64| number.is_finite() && number >= 0.0;
    if ![own, elsewhere].iter().all(|part| sound(part.df) && (part.df <= 0.0 || sound(part.variance))) {
        return Err(Undefined::OutOfRange);
    }
    let df = finite(own.df + elsewhere.df)?;
    if df <= 0.0 {
        return Err(Undefined::Empty);
    }
    let share = |part: Part| if part.df > 0.0 { part.df / df * part.variance } else { 0.0 };
    finite(share(own) + share(elsewhere))
}

/// Places of estimates, the highest value first, over random draws of each from its normal distribution.
///
/// The draws take the estimates as independent, though they share the error of the mean. The 5 % and 95 % places of
/// [`Standings::standing`] say what of their order is known. The same seed gives the same digits everywhere.
///
/// # Errors
/// [`Undefined::TooFew`] below two estimates, [`Undefined::Empty`] without draws, [`Undefined::OutOfRange`] for what is
/// not finite.
pub fn places(estimates: &[Shrunken], draws: u32, seed: u64) -> Result<Standings, Undefined> {
    if estimates.iter().any(|one| !one.standard_error.is_finite()) {
        return Err(Undefined::OutOfRange);
    }
    let mut values: Vec<f64> = estimates.iter().map(|one| one.value).collect();
    let mut standings = Standings::new(&values)?;
    // The random numbers are handed out by value, so that the order in which estimates came does not matter.
    let mut order: Vec<(usize, &Shrunken)> = estimates.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| a.value.total_cmp(&b.value).then(a.standard_error.total_cmp(&b.standard_error)));
    for draw in 0..draws {
        let mut random = stream(seed, draw);
        for (place, one) in &order {
            if let Some(value) = values.get_mut(*place) {
                *value = one.value + one.standard_error * normal(&mut random);
            }
        }
        standings.add(&values)?;
    }
    if draws == 0 { Err(Undefined::Empty) } else { Ok(standings) }
}

/// Standard deviation of such an estimate round the mean of all.
fn spread(variance: f64, between: f64) -> Result<f64, Undefined> {
    let total = finite(variance + between)?;
    if variance < 0.0 || between < 0.0 {
        return Err(Undefined::OutOfRange);
    }
    if total <= 0.0 { Err(Undefined::NoVariability) } else { Ok(total.sqrt()) }
}

#[cfg(test)]
mod tests {
    use super::super::heterogeneity::{paule_mandel, pooled};
    use super::*;

    const EDITION: [(f64, f64); 8] =
        [(71.2, 3.1), (58.4, 5.8), (66.0, 2.4), (49.5, 6.9), (62.3, 4.0), (77.8, 8.2), (55.1, 3.5), (64.7, 2.9)];

    fn edition() -> Vec<Shrunken> {
        let estimates = EDITION.map(|(value, error)| Estimate { value, variance: error * error });
        let between = paule_mandel(&estimates).unwrap();
        let mean = pooled(&estimates, between).unwrap().mean;
        estimates.iter().map(|one| shrunken(*one, mean, between).unwrap()).collect()
    }

    fn one(value: f64, variance: f64) -> Estimate {
        Estimate { value, variance }
    }

    #[test]
    fn the_worked_edition() {
        let expected = [
            (0.1854, 69.711, 1.116),
            (0.4434, 60.514, -0.547),
            (0.1200, 65.660, 0.409),
            (0.5299, 56.742, -1.442),
            (0.2747, 62.538, -0.114),
            (0.6142, 68.812, 1.399),
            (0.2248, 56.914, -1.093),
            (0.1661, 64.445, 0.215),
        ];
        for (found, (pull, value, z)) in edition().iter().zip(expected) {
            assert!((found.pull - pull).abs() < 5.1e-5, "{found:?}");
            assert!((found.value - value).abs() < 5.1e-4, "{found:?}");
            assert!((found.z - z).abs() < 5.1e-4, "{found:?}");
        }
        // Computed with thirty digits.
        assert!((edition()[5].value - 68.812_403_969_2).abs() < 1e-9);
        assert!((edition()[5].standard_error - 5.093_218_801_59).abs() < 1e-9);
        assert!((edition()[0].standard_error - 2.797_978_775_97).abs() < 1e-9);
    }

    #[test]
    fn first_by_its_own_score_is_second_after_shrinkage_and_nobody_is_an_outlier() {
        let edition = edition();
        assert!(EDITION.iter().all(|(value, _)| *value <= EDITION[5].0));
        assert!(edition[0].value > edition[5].value);
        assert!(edition.iter().all(|one| one.z.abs() < INNER_LIMITS && one.p().unwrap() > 0.05));
    }

    #[test]
    fn the_places_of_the_worked_edition() {
        let standings = places(&edition(), 40_000, 1).unwrap();
        for (project, low, high) in [(0, 1.0, 4.0), (2, 2.0, 5.0), (5, 1.0, 6.0), (3, 4.0, 8.0)] {
            let standing = standings.standing(project).unwrap();
            assert_eq!((standing.low, standing.high), (low, high), "P{}", project + 1);
        }
    }

    #[test]
    fn the_order_of_estimates_does_not_change_their_places() {
        let edition = edition();
        let mut turned = edition.clone();
        turned.rotate_left(3);
        let (one, other) = (places(&edition, 500, 9).unwrap(), places(&turned, 500, 9).unwrap());
        for place in 0..8 {
            assert_eq!(one.standing(place), other.standing((place + 5) % 8));
        }
    }

    #[test]
    fn without_a_variance_between_all_are_the_mean_and_every_place_is_open() {
        let all: Vec<Shrunken> = [50.0, 60.0, 70.0].map(|value| shrunken(one(value, 9.0), 60.0, 0.0).unwrap()).into();
        assert!(all.iter().all(|one| (one.value - 60.0).abs() < 1e-12 && one.standard_error.abs() < 1e-12));
        let standing = places(&all, 100, 1).unwrap().standing(0).unwrap();
        assert_eq!((standing.low, standing.high), (1.0, 3.0));
    }

    #[test]
    fn an_estimate_without_error_stays_where_it_is() {
        let exact = shrunken(one(71.0, 0.0), 60.0, 4.0).unwrap();
        assert!((exact.value - 71.0).abs() < 1e-12 && exact.standard_error.abs() < 1e-12);
        assert!((exact.z - 5.5).abs() < 1e-12);
    }

    #[test]
    fn what_has_no_spread_or_is_no_number_is_refused() {
        assert_eq!(shrunken(one(71.0, 0.0), 60.0, 0.0), Err(Undefined::NoVariability));
        assert_eq!(shrunken(one(71.0, -1.0), 60.0, 4.0), Err(Undefined::OutOfRange));
        assert_eq!(shrunken(one(f64::NAN, 1.0), 60.0, 4.0), Err(Undefined::OutOfRange));
        assert_eq!(shrunken(one(1.0, f64::MAX), 60.0, f64::MAX), Err(Undefined::OutOfRange));
        assert_eq!(funnel(60.0, 1.0, -2.0, INNER_LIMITS), Err(Undefined::OutOfRange));
        assert_eq!(funnel(60.0, 1.0, 1.0, f64::NAN), Err(Undefined::OutOfRange));
    }

    #[test]
    fn a_funnel_is_as_wide_as_both_variances_together() {
        let (low, high) = funnel(60.0, 9.0, 16.0, INNER_LIMITS).unwrap();
        assert!((low - 50.2).abs() < 1e-12 && (high - 69.8).abs() < 1e-12);
        let (low, high) = funnel(60.0, 9.0, 16.0, OUTER_LIMITS).unwrap();
        assert!((low - 44.55).abs() < 1e-12 && (high - 75.45).abs() < 1e-12);
    }

    #[test]
    fn a_small_group_borrows_the_variance_of_all() {
        let part = |variance, df| Part { variance, df };
        assert!((moderated(part(4.0, 2.0), part(400.0, 4.0)).unwrap() - 268.0).abs() < 1e-12);
        assert!((moderated(part(f64::NAN, 0.0), part(400.0, 4.0)).unwrap() - 400.0).abs() < 1e-12);
        assert!((moderated(part(4.0, 2.0), part(0.0, 0.0)).unwrap() - 4.0).abs() < 1e-12);
        assert_eq!(moderated(part(4.0, 0.0), part(4.0, 0.0)), Err(Undefined::Empty));
        assert_eq!(moderated(part(-4.0, 2.0), part(4.0, 4.0)), Err(Undefined::OutOfRange));
        assert_eq!(moderated(part(4.0, f64::NAN), part(4.0, 4.0)), Err(Undefined::OutOfRange));
    }

    #[test]
    fn none_and_one_have_no_places() {
        assert_eq!(places(&[], 10, 1).err(), Some(Undefined::TooFew));
        assert_eq!(places(&edition()[..1], 10, 1).err(), Some(Undefined::TooFew));
        assert_eq!(places(&edition(), 0, 1).err(), Some(Undefined::Empty));
    }
}

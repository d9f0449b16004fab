// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which places do several take when their values could have come out otherwise, and who is above whom?

use std::cmp::Ordering;

use super::count::{length, real, whole};
use super::{Undefined, finite};

/// Share of the draws below the low end of an interval of places, and above its high end.
const TAIL: f64 = 0.05;

/// The places of several over draws of their values; the highest value has place 1.
///
/// Equal values share their places: the best of them counts towards the low end of an interval, the worst towards the
/// high end, so that a tie never looks like knowledge. Time grows with the square of how many they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Standings {
    size: usize,
    draws: u64,
    /// Twice the middle place in the values of reference.
    reference: Vec<u64>,
    /// How often each had each place, row after row: the best it shared, and the worst.
    best: Vec<u64>,
    worst: Vec<u64>,
    /// Twice how often one was above another, and once for a tie, row after row.
    above: Vec<u64>,
    /// Twice the sum of all shifts from the places of reference.
    shift: u64,
}

/// What the draws say of the places of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Median place, from 1.
    pub median: f64,
    /// Place that 5 % of the draws do not pass, from 1.
    pub low: f64,
    /// Place within which 95 % of the draws stay.
    pub high: f64,
    /// Share of the draws in which none is above, 0 to 1.
    pub first: f64,
    /// Share of the draws in which fewer are above than a third of all, rounded up; 0 to 1.
    pub top_third: f64,
}

impl Standings {
    /// Before any draw, with the values of `reference` whose places shifts are counted from.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] below two values, [`Undefined::OutOfRange`] if one is not finite.
    pub fn new(reference: &[f64]) -> Result<Self, Undefined> {
        let size = reference.len();
        if size < 2 {
            return Err(Undefined::TooFew);
        }
        let cells = size.checked_mul(size).ok_or(Undefined::OutOfRange)?;
        let mut standings = Self {
            size,
            draws: 0,
            reference: vec![0; size],
            best: vec![0; cells],
            worst: vec![0; cells],
            above: vec![0; cells],
            shift: 0,
        };
        standings.reference = standings.compared(reference)?.into_iter().map(Place::doubled).collect();
        standings.above.fill(0);
        Ok(standings)
    }

    /// Counts one draw.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] for another number of values and if one is not finite; the draw does not count then.
    ///
    /// # Example
    /// ```
    /// let mut standings = insieme::stats::standing::Standings::new(&[60.0, 50.0]).unwrap();
    /// standings.add(&[61.0, 50.0]).unwrap();
    /// standings.add(&[57.0, 58.0]).unwrap();
    /// assert_eq!(standings.dominance(0, 1), Ok(0.5));
    /// assert_eq!(standings.mean_shift(), Ok(0.5));
    /// ```
    pub fn add(&mut self, values: &[f64]) -> Result<(), Undefined> {
        let places = self.compared(values)?;
        self.draws += 1;
        let rows = self.best.chunks_exact_mut(self.size).zip(self.worst.chunks_exact_mut(self.size));
        for ((place, (best, worst)), reference) in places.into_iter().zip(rows).zip(&self.reference) {
            best.iter_mut().skip(place.above).take(1).for_each(|count| *count += 1);
            worst.iter_mut().skip(place.above + place.beside).take(1).for_each(|count| *count += 1);
            self.shift += place.doubled().abs_diff(*reference);
        }
        Ok(())
    }

    /// How many they are.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// Number of draws counted.
    #[must_use]
    pub fn draws(&self) -> u64 {
        self.draws
    }

    /// What the draws say of the places of the one at position `one`, from 0.
    ///
    /// # Errors
    /// [`Undefined::Empty`] without draws, [`Undefined::OutOfRange`] for a position that none has.
    pub fn standing(&self, one: usize) -> Result<Standing, Undefined> {
        if self.draws == 0 {
            return Err(Undefined::Empty);
        }
        let row = |counts: &'_ [u64]| counts.chunks_exact(self.size).nth(one).map(<[u64]>::to_vec);
        let (best, worst) = row(&self.best).zip(row(&self.worst)).ok_or(Undefined::OutOfRange)?;
        let within = |places: usize| real(best.iter().take(places).sum()) / real(self.draws);
        Ok(Standing {
            median: f64::midpoint(quantile(&best, self.draws, 0.5), quantile(&worst, self.draws, 0.5)),
            low: quantile(&best, self.draws, TAIL),
            high: quantile(&worst, self.draws, 1.0 - TAIL),
            first: within(1),
            top_third: within(self.size.div_ceil(3)),
        })
    }

    /// Share of the draws in which `one` was above `other`, both positions from 0; a tie counts half.
    ///
    /// # Errors
    /// As [`Standings::standing`].
    pub fn dominance(&self, one: usize, other: usize) -> Result<f64, Undefined> {
        if self.draws == 0 {
            return Err(Undefined::Empty);
        }
        if one == other && one < self.size {
            return Ok(0.5);
        }
        let row = self.above.chunks_exact(self.size).nth(one).ok_or(Undefined::OutOfRange)?;
        let doubled = row.get(other).ok_or(Undefined::OutOfRange)?;
        finite(real(*doubled) / (2.0 * real(self.draws)))
    }

    /// Mean of how many places one moved from its place of reference, over all and all draws.
    ///
    /// # Errors
    /// [`Undefined::Empty`] without draws.
    pub fn mean_shift(&self) -> Result<f64, Undefined> {
        if self.draws == 0 {
            return Err(Undefined::Empty);
        }
        finite(real(self.shift) / (2.0 * real(self.draws) * length(self.size)))
    }

    /// The place of each value; notes who is above whom.
    fn compared(&mut self, values: &[f64]) -> Result<Vec<Place>, Undefined> {
        if values.len() != self.size || values.iter().any(|value| !value.is_finite()) {
            return Err(Undefined::OutOfRange);
        }
        let mut places = Vec::with_capacity(self.size);
        for (one, (value, row)) in values.iter().zip(self.above.chunks_exact_mut(self.size)).enumerate() {
            let mut place = Place { above: 0, beside: 0 };
            for (position, (other, won)) in values.iter().zip(row).enumerate() {
                match value.partial_cmp(other) {
                    Some(Ordering::Greater) => *won += 2,
                    Some(Ordering::Less) => place.above += 1,
                    Some(Ordering::Equal) if position != one => {
                        *won += 1;
                        place.beside += 1;
                    }
                    Some(Ordering::Equal) | None => {}
                }
            }
            places.push(place);
        }
        Ok(places)
    }
}

/// How many are above, and how many others are equal.
#[derive(Clone, Copy)]
struct Place {
    above: usize,
    beside: usize,
}

impl Place {
    /// Twice the middle of the places it shares.
    fn doubled(self) -> u64 {
        u64::try_from(2 * self.above + self.beside + 2).unwrap_or(u64::MAX)
    }
}

/// Quantile of type 7 of places from 1, given how often each occurs.
fn quantile(counts: &[u64], draws: u64, share: f64) -> f64 {
    let position = share * real(draws.saturating_sub(1));
    let below = whole(position);
    let at = |index: usize| {
        let mut seen = 0;
        let reached = |count: &u64| {
            seen += count;
            u64::try_from(index).is_ok_and(|index| seen > index)
        };
        length(counts.iter().position(reached).unwrap_or(counts.len().saturating_sub(1)) + 1)
    };
    let low = at(below);
    low + (position - length(below)) * (at(below + 1) - low)
}

#[cfg(test)]
mod tests {
    use super::super::quantile::quantile as of_sorted;
    use super::*;

    fn near(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-12
    }

    #[test]
    fn none_and_one_have_no_places() {
        assert_eq!(Standings::new(&[]), Err(Undefined::TooFew));
        assert_eq!(Standings::new(&[60.0]), Err(Undefined::TooFew));
        assert_eq!(Standings::new(&[60.0, f64::NAN]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn without_draws_nothing_is_known() {
        let standings = Standings::new(&[60.0, 50.0]).unwrap();
        assert_eq!(standings.standing(0), Err(Undefined::Empty));
        assert_eq!(standings.dominance(0, 1), Err(Undefined::Empty));
        assert_eq!(standings.mean_shift(), Err(Undefined::Empty));
    }

    #[test]
    fn one_draw_is_its_order() {
        let mut standings = Standings::new(&[1.0, 2.0, 3.0]).unwrap();
        standings.add(&[30.0, 20.0, 10.0]).unwrap();
        let first = standings.standing(0).unwrap();
        assert_eq!((first.median, first.low, first.high, first.first, first.top_third), (1.0, 1.0, 1.0, 1.0, 1.0));
        assert!(near(standings.standing(2).unwrap().median, 3.0));
        assert_eq!((standings.dominance(0, 2), standings.dominance(2, 0)), (Ok(1.0), Ok(0.0)));
        assert!(near(standings.mean_shift().unwrap(), 4.0 / 3.0));
    }

    #[test]
    fn equal_values_leave_every_place_open() {
        let mut standings = Standings::new(&[5.0; 4]).unwrap();
        standings.add(&[7.0; 4]).unwrap();
        let one = standings.standing(1).unwrap();
        assert_eq!((one.low, one.median, one.high), (1.0, 2.5, 4.0));
        assert_eq!(standings.dominance(0, 3), Ok(0.5));
        assert_eq!(standings.dominance(2, 2), Ok(0.5));
        assert_eq!(standings.mean_shift(), Ok(0.0));
    }

    #[test]
    fn a_draw_of_another_length_or_without_a_number_does_not_count() {
        let mut standings = Standings::new(&[60.0, 50.0]).unwrap();
        for wrong in [&[1.0][..], &[1.0, f64::NAN], &[1.0, f64::INFINITY], &[1.0, 2.0, 3.0]] {
            assert_eq!(standings.add(wrong), Err(Undefined::OutOfRange));
        }
        assert_eq!(standings.draws(), 0);
        standings.add(&[1.0, 2.0]).unwrap();
        assert_eq!(standings.standing(2), Err(Undefined::OutOfRange));
        assert_eq!(standings.dominance(0, 2), Err(Undefined::OutOfRange));
        assert_eq!(standings.dominance(2, 2), Err(Undefined::OutOfRange));
    }

    #[test]
    fn the_top_third_of_five_is_two_places() {
        let mut standings = Standings::new(&[5.0, 4.0, 3.0, 2.0, 1.0]).unwrap();
        standings.add(&[5.0, 4.0, 3.0, 2.0, 1.0]).unwrap();
        let shares: Vec<f64> = (0..5).map(|one| standings.standing(one).unwrap().top_third).collect();
        assert_eq!(shares, [1.0, 1.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn counted_quantiles_are_those_of_the_list() {
        let counts = [3, 0, 5, 1, 2];
        let list = [1.0, 1.0, 1.0, 3.0, 3.0, 3.0, 3.0, 3.0, 4.0, 5.0, 5.0];
        for share in [0.0, 0.05, 0.25, 0.5, 0.77, 0.95, 1.0] {
            assert!(near(quantile(&counts, 11, share), of_sorted(&list, share).unwrap()), "share {share}");
        }
    }

    #[test]
    fn one_above_another_and_the_other_above_it_make_one() {
        let mut standings = Standings::new(&[1.0, 2.0, 3.0]).unwrap();
        for draw in [[1.0, 2.0, 2.0], [5.0, 4.0, 4.0], [3.0, 3.0, 1.0]] {
            standings.add(&draw).unwrap();
        }
        for (one, other) in [(0, 1), (0, 2), (1, 2)] {
            assert!(near(standings.dominance(one, other).unwrap() + standings.dominance(other, one).unwrap(), 1.0));
        }
        // Below both, above both, level with the second and above the third.
        let first = standings.standing(0).unwrap();
        assert!(near(first.first, 2.0 / 3.0));
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Where do ratings on a short scale stand: in the middle, how far apart, and how many at the top?

use super::Undefined;
use super::quantile::quantile;

/// What some ratings amount to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatingSummary {
    /// How many there are; at least one.
    pub n: usize,
    /// The median: of an even number, halfway between the two in the middle.
    pub median: f64,
    /// Upper less lower quartile, both of type 7.
    pub interquartile_range: f64,
    /// How many lie in the two highest points of the scale.
    pub top: usize,
}

/// The summary of ratings on a scale that ends at `highest`.
///
/// # Errors
/// [`Undefined::Empty`] without ratings, [`Undefined::OutOfRange`] where one is above the scale.
///
/// # Source
/// Quartiles of type 7 (Hyndman & Fan 1996); checked against `statistics.quantiles(…, method="inclusive")` of Python 3.11.
///
/// # Example
/// ```
/// let summary = insieme::stats::rating::of_ratings(&[5, 5, 4, 4, 4, 3, 5, 2], 5).unwrap();
/// assert_eq!((summary.median, summary.interquartile_range, summary.top), (4.0, 1.25, 6));
/// ```
pub fn of_ratings(ratings: &[u8], highest: u8) -> Result<RatingSummary, Undefined> {
    if ratings.iter().any(|rating| *rating > highest) {
        return Err(Undefined::OutOfRange);
    }
    let mut sorted: Vec<f64> = ratings.iter().map(|rating| f64::from(*rating)).collect();
    sorted.sort_by(f64::total_cmp);
    let (lower, upper) = (quantile(&sorted, 0.25)?, quantile(&sorted, 0.75)?);
    Ok(RatingSummary {
        n: ratings.len(),
        median: quantile(&sorted, 0.5)?,
        interquartile_range: upper - lower,
        top: ratings.iter().filter(|rating| highest - **rating < 2).count(),
    })
}

/// Whether `part` of `all` is at least so many percent, in whole numbers: a third of three is not 34 percent.
#[must_use]
pub const fn reaches(part: usize, all: usize, percent: usize) -> bool {
    part * 100 >= all * percent
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Median, interquartile range, ratings of four and five.
    fn summed(ratings: &[u8]) -> (f64, f64, usize) {
        let one = of_ratings(ratings, 5).unwrap();
        (one.median, one.interquartile_range, one.top)
    }

    #[test]
    fn none_one_two_and_all_equal() {
        assert_eq!(of_ratings(&[], 5), Err(Undefined::Empty));
        assert_eq!(of_ratings(&[6], 5), Err(Undefined::OutOfRange));
        assert_eq!(summed(&[3]), (3.0, 0.0, 0));
        // Quartiles a quarter and three quarters of the way from 2 to 5.
        assert_eq!(summed(&[5, 2]), (3.5, 1.5, 1));
        assert_eq!(summed(&[4, 4, 4, 4]), (4.0, 0.0, 4));
    }

    #[test]
    fn quartiles_are_those_of_another_program() {
        // Python 3.11: statistics.quantiles([…], n=4, method="inclusive").
        assert_eq!(summed(&[5, 5, 4, 4, 4, 3, 5, 2]), (4.0, 1.25, 6));
        assert_eq!(summed(&[5, 5, 4, 4, 5, 4, 4, 3]), (4.0, 1.0, 7));
        assert_eq!(summed(&[1, 2, 3, 4, 5, 5, 5]), (4.0, 2.5, 4));
    }

    #[test]
    fn a_share_is_compared_in_whole_numbers() {
        assert!(reaches(3, 4, 75) && reaches(6, 8, 75) && reaches(3, 5, 60));
        assert!(!reaches(74, 99, 75) && !reaches(2, 3, 75));
    }
}

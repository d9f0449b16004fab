// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Where between two agreed goalposts does a measured value lie?

use super::{Undefined, finite};

/// Score from 0 (at `low` or before it) to 100 (at `high` or beyond it). Where lower values are better, `low` is the
/// larger of the two.
///
/// The goalposts are agreed beforehand, never the smallest and the largest value that were seen: one more value would
/// then move every other's score.
///
/// # Errors
/// [`Undefined::OutOfRange`] if the goalposts are equal, and for what is not finite.
///
/// # Example
/// ```
/// use insieme::stats::goalposts::goalpost;
/// // People reached, more is better; days until the agreement was signed, fewer are better.
/// assert_eq!(goalpost(150.0, 100.0, 300.0), Ok(25.0));
/// assert_eq!(goalpost(45.0, 90.0, 30.0), Ok(75.0));
/// ```
pub fn goalpost(value: f64, low: f64, high: f64) -> Result<f64, Undefined> {
    let (value, distance) = (finite(value)?, finite(high - low)?);
    if distance == 0.0 {
        return Err(Undefined::OutOfRange);
    }
    // What is so far out that its distance is no float is clamped like anything beyond a goalpost.
    Ok(100.0 * ((value - low) / distance).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: Result<f64, Undefined>, expected: f64) {
        assert!((found.unwrap() - expected).abs() < 1e-12, "{found:?}, expected {expected}");
    }

    #[test]
    fn the_goalposts_themselves_are_the_ends() {
        near(goalpost(10.0, 10.0, 60.0), 0.0);
        near(goalpost(60.0, 10.0, 60.0), 100.0);
        near(goalpost(90.0, 90.0, 30.0), 0.0);
        near(goalpost(30.0, 90.0, 30.0), 100.0);
    }

    #[test]
    fn beyond_a_goalpost_nothing_more_is_gained_or_lost() {
        near(goalpost(-5.0, 10.0, 60.0), 0.0);
        near(goalpost(61.0, 10.0, 60.0), 100.0);
        near(goalpost(120.0, 90.0, 30.0), 0.0);
        near(goalpost(0.0, 90.0, 30.0), 100.0);
    }

    #[test]
    fn levels_of_a_rubric_are_quarters() {
        for (level, score) in [(0.0, 0.0), (1.0, 25.0), (2.0, 50.0), (3.0, 75.0), (4.0, 100.0)] {
            near(goalpost(level, 0.0, 4.0), score);
        }
    }

    #[test]
    fn goalposts_turned_round_turn_the_score_round() {
        for value in [-3.0, 12.0, 25.5, 40.0, 70.0] {
            near(goalpost(value, 60.0, 10.0), 100.0 - goalpost(value, 10.0, 60.0).unwrap());
        }
    }

    #[test]
    fn goalposts_in_one_place_are_none() {
        assert_eq!(goalpost(5.0, 5.0, 5.0), Err(Undefined::OutOfRange));
        assert_eq!(goalpost(7.0, 5.0, 5.0), Err(Undefined::OutOfRange));
    }

    #[test]
    fn what_is_no_number_is_refused_and_what_is_far_out_is_an_end() {
        for (value, low, high) in [(f64::NAN, 0.0, 1.0), (1.0, f64::NAN, 1.0), (1.0, 0.0, f64::INFINITY)] {
            assert_eq!(goalpost(value, low, high), Err(Undefined::OutOfRange));
        }
        assert_eq!(goalpost(1.0, -f64::MAX, f64::MAX), Err(Undefined::OutOfRange));
        near(goalpost(f64::MAX, -1e308, -1e307), 100.0);
        near(goalpost(-f64::MAX, 1e308, 1e307), 100.0);
        near(goalpost(f64::MAX, 0.0, 5e-324), 100.0);
        near(goalpost(-f64::MAX, 0.0, 5e-324), 0.0);
    }
}

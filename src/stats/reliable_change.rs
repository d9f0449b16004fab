// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Did a person change by more than an imprecise measure would make it seem?

use super::{Undefined, finite};

/// Beyond this many standard errors of a difference a change is reliable.
const RELIABLE_FROM: f64 = 1.96;
/// Below this many pairs reliable changes are not counted.
pub const LEAST_PAIRS: u64 = 10;
/// Below this reliability of the measure reliable changes are not counted.
pub const LEAST_RELIABILITY: f64 = 0.70;

/// How exactly a measure tells a person's change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// Standard error of the difference of two values of one person, in points, above 0.
    pub standard_error: f64,
}

/// What a person's change says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Upwards, by more than the measure's error.
    Up,
    /// Downwards, by more than the measure's error.
    Down,
    /// Not beyond the measure's error.
    Within,
}

/// How many people changed in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Reliably up.
    pub up: u64,
    /// Reliably down.
    pub down: u64,
    /// Within the measure's error.
    pub within: u64,
}

/// Precision of a measure with this standard deviation before and this reliability, up to 1.
///
/// # Errors
/// [`Undefined::NoVariability`] for a standard deviation of 0 or a reliability of 1, [`Undefined::OutOfRange`] for a
/// negative one, a reliability above 1, and for what is not finite.
///
/// # Source
/// Jacobson & Truax 1991, with the √2 of Christensen & Mendoza 1986.
///
/// # Example
/// ```
/// let precision = insieme::stats::reliable_change::precision(7.5, 0.80).unwrap();
/// assert!((precision.standard_error - 4.743).abs() < 5e-4);
/// assert!((precision.index(47.5 - 32.5).unwrap() - 3.16).abs() < 5e-3);
/// ```
pub fn precision(sd: f64, reliability: f64) -> Result<Precision, Undefined> {
    let (sd, reliability) = (finite(sd)?, finite(reliability)?);
    if sd < 0.0 || reliability > 1.0 {
        return Err(Undefined::OutOfRange);
    }
    let standard_error = finite(sd * (2.0 * (1.0 - reliability)).sqrt())?;
    if standard_error <= 0.0 { Err(Undefined::NoVariability) } else { Ok(Precision { standard_error }) }
}

/// Whether reliable changes may be counted: [`LEAST_PAIRS`] pairs, [`LEAST_RELIABILITY`].
#[must_use]
pub fn countable(pairs: u64, reliability: f64) -> bool {
    pairs >= LEAST_PAIRS && reliability >= LEAST_RELIABILITY
}

impl Precision {
    /// RC: a change in standard errors of a difference.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] if the change is not finite.
    pub fn index(&self, change: f64) -> Result<f64, Undefined> {
        finite(change / self.standard_error)
    }

    /// Change in points beyond which one is reliable.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] if it is larger than any float.
    pub fn critical(&self) -> Result<f64, Undefined> {
        finite(RELIABLE_FROM * self.standard_error)
    }

    /// What a change in points says.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] if the change is not finite, else as [`Precision::critical`].
    pub fn change(&self, change: f64) -> Result<Change, Undefined> {
        let (change, critical) = (finite(change)?, self.critical()?);
        Ok(if change > critical {
            Change::Up
        } else if change < -critical {
            Change::Down
        } else {
            Change::Within
        })
    }

    /// How many of the changes in points, each with how often it occurs, go beyond the measure's error.
    ///
    /// # Errors
    /// [`Undefined::Empty`] without changes, else as [`Precision::change`].
    pub fn count(&self, changes: impl Iterator<Item = (f64, u64)>) -> Result<Changes, Undefined> {
        let mut found = Changes::default();
        for (change, count) in changes {
            let place = match self.change(change)? {
                Change::Up => &mut found.up,
                Change::Down => &mut found.down,
                Change::Within => &mut found.within,
            };
            *place = place.saturating_add(count);
        }
        if found == Changes::default() { Err(Undefined::Empty) } else { Ok(found) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::describe::of_values;
    use super::*;

    /// R1 before and after of the twenty people of data set G1 who answered twice, in steps of 25/3 points.
    const PAIRS: [(f64, f64); 20] = [
        (9.0, 8.0),
        (4.5, 5.0),
        (10.0, 6.0),
        (4.0, 4.0),
        (4.0, 9.0),
        (6.0, 7.0),
        (3.0, 6.0),
        (8.0, 10.0),
        (2.0, 2.0),
        (5.0, 6.0),
        (5.0, 6.0),
        (3.0, 7.0),
        (9.0, 9.0),
        (7.0, 7.0),
        (4.0, 4.0),
        (3.0, 6.0),
        (9.0, 7.0),
        (6.0, 10.0),
        (4.0, 5.0),
        (0.0, 2.0),
    ];
    /// R1 before of those who answered only then.
    const OTHERS: [f64; 8] = [10.0, 9.0, 10.0, 7.0, 6.0, 3.0, 5.0, 1.0];

    #[test]
    fn the_example_of_1991() {
        let precision = precision(7.5, 0.80).unwrap();
        assert!((precision.standard_error - 4.743_416_490_252_569).abs() < 1e-12);
        assert!((precision.index(15.0).unwrap() - 3.162_277_660_168_38).abs() < 1e-12);
        assert_eq!(precision.change(15.0), Ok(Change::Up));
    }

    #[test]
    fn the_reliable_changes_of_the_worked_result() {
        let before: Vec<f64> =
            PAIRS.iter().map(|(before, _)| *before).chain(OTHERS).map(|steps| steps * 25.0 / 3.0).collect();
        let sd = of_values(&before).unwrap().sd().unwrap();
        assert!((sd - 23.762).abs() < 5e-4);
        // Alpha of the 26 complete rows, .8259 to four digits.
        let precision = precision(sd, 0.825_933_609_958_506).unwrap();
        assert!((precision.standard_error - 14.020_163_886_518).abs() < 1e-9);
        assert!((precision.critical().unwrap() - 27.48).abs() < 5e-3);
        let changes = PAIRS.iter().map(|(before, after)| ((after - before) * 25.0 / 3.0, 1));
        assert_eq!(precision.count(changes), Ok(Changes { up: 3, down: 1, within: 16 }));
    }

    #[test]
    fn without_error_or_spread_there_is_no_measure_of_change() {
        assert_eq!(precision(0.0, 0.8), Err(Undefined::NoVariability));
        assert_eq!(precision(7.5, 1.0), Err(Undefined::NoVariability));
    }

    #[test]
    fn what_is_no_spread_or_no_reliability_is_refused() {
        for (sd, reliability) in [(-1.0, 0.8), (7.5, 1.1), (f64::NAN, 0.8), (7.5, f64::NAN), (f64::INFINITY, 0.8)] {
            assert_eq!(precision(sd, reliability), Err(Undefined::OutOfRange));
        }
        assert_eq!(precision(f64::MAX, -1.0), Err(Undefined::OutOfRange));
        let precision = precision(7.5, 0.8).unwrap();
        assert_eq!(precision.index(f64::NAN), Err(Undefined::OutOfRange));
        assert_eq!(precision.change(f64::INFINITY), Err(Undefined::OutOfRange));
    }

    #[test]
    fn a_negative_reliability_makes_the_error_larger() {
        assert!(precision(7.5, -0.2).unwrap().standard_error > precision(7.5, 0.0).unwrap().standard_error);
    }

    #[test]
    fn nobody_is_not_counted() {
        assert_eq!(precision(7.5, 0.8).unwrap().count(std::iter::empty()), Err(Undefined::Empty));
        assert_eq!(precision(7.5, 0.8).unwrap().count([(3.0, 0)].into_iter()), Err(Undefined::Empty));
    }

    #[test]
    fn ten_pairs_and_a_reliable_measure_may_be_counted() {
        assert!(countable(10, 0.70));
        assert!(!countable(9, 0.90) && !countable(50, 0.69) && !countable(50, f64::NAN));
    }

    #[test]
    fn the_changes_go_both_ways_and_the_limit_itself_is_within() {
        let precision = precision(10.0, 0.5).unwrap();
        let changes = precision.count([(19.7, 2), (-19.7, 1), (19.5, 4), (0.0, 3)].into_iter()).unwrap();
        assert_eq!(changes, Changes { up: 2, down: 1, within: 7 });
        assert_eq!(precision.change(precision.critical().unwrap()), Ok(Change::Within));
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which numbers may be drawn, and what stands in the place of one that may not?

use std::error::Error;
use std::fmt;

/// Why the input of a chart cannot be drawn. Nothing of it is guessed or filled in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refused {
    /// The value is not a finite number from 0 to 100.
    NotAScore(f64),
    /// The two ends are not finite numbers in ascending order.
    NotAnInterval(f64, f64),
    /// A row does not have one reading per group or wave.
    Ragged {
        /// Position of the row, from 0.
        row: usize,
        /// How many readings it should have.
        expected: usize,
        /// How many it has.
        found: usize,
    },
    /// Change is drawn over 2 to 12 waves.
    WaveCount(usize),
    /// The position of this wave is not finite, or not after the one before.
    WavePosition(usize),
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAScore(value) => write!(out, "{value} is not a score from 0 to 100"),
            Self::NotAnInterval(low, high) => write!(out, "{low} to {high} is not an interval"),
            Self::Ragged { row, expected, found } => {
                write!(out, "row {row} has {found} readings, {expected} are needed")
            }
            Self::WaveCount(count) => write!(out, "{count} waves: change is drawn over 2 to 12"),
            Self::WavePosition(wave) => write!(out, "wave {wave} does not come after the one before it"),
        }
    }
}

impl Error for Refused {}

/// A score on 0-100 and how the page writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    value: f64,
    shown: String,
}

impl Point {
    /// A score from 0 to 100, with the number as it is written in the page's language.
    ///
    /// # Errors
    /// [`Refused::NotAScore`] if it is not finite or lies outside 0-100.
    pub fn new(value: f64, shown: impl Into<String>) -> Result<Self, Refused> {
        if (0.0..=100.0).contains(&value) {
            Ok(Self { value, shown: shown.into() })
        } else {
            Err(Refused::NotAScore(value))
        }
    }

    /// The score, 0 to 100.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.value
    }

    /// The score as the page writes it.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }
}

/// The interval around a score. It may pass 0 or 100: what lies beyond is drawn as an open end.
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    low: f64,
    high: f64,
    shown: String,
}

impl Interval {
    /// Both ends on the score scale, with the interval as the page writes it, without brackets.
    ///
    /// # Errors
    /// [`Refused::NotAnInterval`] if an end is not finite or the ends are in the wrong order.
    pub fn new(low: f64, high: f64, shown: impl Into<String>) -> Result<Self, Refused> {
        ordered(low, high)?;
        Ok(Self { low, high, shown: shown.into() })
    }

    /// Lower end, as given.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.low
    }

    /// Upper end, as given.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.high
    }

    /// The interval as the page writes it.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }
}

/// A stretch of the scale to shade, such as the middle half of a programme's projects, with its words for the legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) label: String,
}

impl Range {
    /// Both ends on the score scale.
    ///
    /// # Errors
    /// [`Refused::NotAScore`] for an end outside 0-100, [`Refused::NotAnInterval`] for ends in the wrong order.
    pub fn new(low: f64, high: f64, label: impl Into<String>) -> Result<Self, Refused> {
        for end in [low, high] {
            if !(0.0..=100.0).contains(&end) {
                return Err(Refused::NotAScore(end));
            }
        }
        ordered(low, high)?;
        Ok(Self { low, high, label: label.into() })
    }
}

/// What there is to draw at one place: a point, a point with its interval, or the reason there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A score, with its interval if it has one.
    Shown(Point, Option<Interval>),
    /// No score; the reason is a finished phrase in the page's language.
    Withheld(String),
    /// Nothing was asked here: nothing is drawn or said, and the table shows a dash.
    Absent,
}

impl Reading {
    /// The point, if one is shown.
    #[must_use]
    pub fn point(&self) -> Option<&Point> {
        match self {
            Self::Shown(point, _) => Some(point),
            Self::Withheld(_) | Self::Absent => None,
        }
    }

    /// The interval, if there is one.
    #[must_use]
    pub fn interval(&self) -> Option<&Interval> {
        match self {
            Self::Shown(_, interval) => interval.as_ref(),
            Self::Withheld(_) | Self::Absent => None,
        }
    }

    /// The reason, if the score is withheld.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Shown(..) | Self::Absent => None,
            Self::Withheld(reason) => Some(reason),
        }
    }
}

fn ordered(low: f64, high: f64) -> Result<(), Refused> {
    if low.is_finite() && high.is_finite() && low <= high { Ok(()) } else { Err(Refused::NotAnInterval(low, high)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_a_finite_number_from_0_to_100() {
        for good in [0.0, 0.1, 50.0, 100.0] {
            assert!(Point::new(good, "x").is_ok());
        }
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.01, 100.01] {
            assert!(Point::new(bad, "x").is_err());
        }
    }

    #[test]
    fn an_interval_may_pass_the_scale_but_not_be_upside_down_or_endless() {
        assert!(Interval::new(-4.0, 108.0, "x").is_ok());
        assert!(Interval::new(5.0, 5.0, "x").is_ok());
        assert!(Interval::new(6.0, 5.0, "x").is_err());
        assert!(Interval::new(f64::NAN, 5.0, "x").is_err());
        assert!(Interval::new(5.0, f64::INFINITY, "x").is_err());
        assert!(Range::new(-1.0, 5.0, "x").is_err());
        assert!(Range::new(40.0, 30.0, "x").is_err());
    }

    #[test]
    fn a_refusal_reads_as_a_sentence() {
        assert_eq!(Refused::NotAScore(120.0).to_string(), "120 is not a score from 0 to 100");
        let ragged = Refused::Ragged { row: 2, expected: 3, found: 1 };
        assert_eq!(ragged.to_string(), "row 2 has 1 readings, 3 are needed");
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Between which two agreed values does a reported number get points, and why has it none?

use serde::{Deserialize, Serialize, Serializer};

use super::measure::{Figure, NotCompared, Reached, against};

/// Beyond this no number can be reported.
const LARGEST: f64 = 1e12;

/// The value of a measure that is worth 0 points and the one that is worth 100, as its framework version says. Where
/// fewer is better, the best is the smaller of the two.
///
/// They are agreed beforehand, never the smallest and the largest value seen. Always finite and different, with two
/// decimals at most, as reported numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct Goalposts {
    worst: f64,
    best: f64,
}

/// Its values are finite.
impl Eq for Goalposts {}

/// Goalposts as they are kept.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    #[serde(serialize_with = "shortest")]
    worst: f64,
    #[serde(serialize_with = "shortest")]
    best: f64,
}

/// What a reported number is worth between its goalposts. Never an opinion, never part of a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Points {
    /// 0 to 100, not rounded.
    pub value: f64,
    /// Between which values.
    pub goalposts: Goalposts,
    /// Which goalpost the number lies beyond, if it does.
    pub beyond: Option<Goalpost>,
    /// Whether the number has another definition than its measure in the framework version.
    pub own_definition: bool,
}

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goalpost {
    /// Worth 0 points.
    Worst,
    /// Worth 100 points.
    Best,
}

/// Why a reported number has no points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPoints {
    /// Its measure has no goalposts in the framework version, or is one of the project's own.
    NoGoalposts,
    /// Whoever reported it took it back.
    Withdrawn,
    /// It is not known.
    NotKnown,
    /// It is counted in another unit than the framework's, which is this.
    OtherUnit(String),
}

/// A reported number with its points.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportedFigure {
    /// The number, with what it said before.
    pub figure: Figure,
    /// Its points.
    pub points: Result<Points, NoPoints>,
    /// Those of the revisions before, the latest first: as many as the figure has.
    pub earlier: Vec<Result<Points, NoPoints>>,
}

/// How an actual number stands to its target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AgainstTarget {
    /// As a share of it.
    Share(Reached),
    /// By the points of both, because fewer is better and a share would say the contrary.
    Points {
        /// Those of the actual number.
        actual: Points,
        /// Those of the target.
        target: Points,
    },
}

/// How far a target was reached: as [`against`], but in points where the goalposts say that fewer is better.
///
/// # Errors
/// Every reason why the two are not put side by side.
pub fn against_target(actual: &ReportedFigure, target: &ReportedFigure) -> Result<AgainstTarget, Vec<NotCompared>> {
    let reached = against(&actual.figure.current, &target.figure.current).map(AgainstTarget::Share);
    match (&actual.points, &target.points) {
        (Ok(actual), Ok(target)) if actual.goalposts.is_fewer_better() => {
            let points = AgainstTarget::Points { actual: *actual, target: *target };
            reached.map(|_| points)
        }
        _ => reached,
    }
}

impl Goalposts {
    /// Goalposts at these values; nothing where both are the same, or one is none ([`Self::can_be`]).
    #[must_use]
    pub fn new(worst: f64, best: f64) -> Option<Self> {
        // Zero has one sign.
        let (worst, best) = (worst + 0.0, best + 0.0);
        let sound = Self::can_be(worst) && Self::can_be(best) && worst.total_cmp(&best).is_ne();
        sound.then_some(Self { worst, best })
    }

    /// Whether a value can be a goalpost: a number with two decimals and twelve digits before them at most.
    #[must_use]
    pub fn can_be(value: f64) -> bool {
        value.abs() < LARGEST && ((value * 100.0).round() / 100.0).total_cmp(&value).is_eq()
    }

    /// The value worth 0 points.
    #[must_use]
    pub const fn worst(self) -> f64 {
        self.worst
    }

    /// The value worth 100 points.
    #[must_use]
    pub const fn best(self) -> f64 {
        self.best
    }

    /// Whether smaller values are better.
    #[must_use]
    pub const fn is_fewer_better(self) -> bool {
        self.best < self.worst
    }

    /// The goalpost that a value lies beyond.
    #[must_use]
    pub fn beyond(self, value: f64) -> Option<Goalpost> {
        let (above, below) =
            if self.is_fewer_better() { (Goalpost::Worst, Goalpost::Best) } else { (Goalpost::Best, Goalpost::Worst) };
        let over = value > self.best.max(self.worst);
        let under = value < self.best.min(self.worst);
        over.then_some(above).or(under.then_some(below))
    }
}

impl Goalpost {
    /// The word in keys of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Worst => "worst",
            Self::Best => "best",
        }
    }
}

impl From<Goalposts> for Ends {
    fn from(Goalposts { worst, best }: Goalposts) -> Self {
        Self { worst, best }
    }
}

impl TryFrom<Ends> for Goalposts {
    type Error = &'static str;

    fn try_from(Ends { worst, best }: Ends) -> Result<Self, Self::Error> {
        Self::new(worst, best).ok_or("goalposts are two different numbers with two decimals at most")
    }
}

/// A whole number without decimals, so that 90 and 90.0 are kept alike.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn shortest<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    match value.to_string().parse::<i64>() {
        Ok(whole) => serializer.serialize_i64(whole),
        Err(_) => serializer.serialize_f64(*value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goalposts_are_two_different_numbers_as_they_can_be_reported() {
        for (worst, best) in [(90.0, 30.0), (0.0, 4.0), (0.1, 0.29), (-10.0, 10.0), (0.0, 999_999_999_999.0)] {
            let found = Goalposts::new(worst, best).unwrap();
            assert_eq!((found.worst().to_bits(), found.best().to_bits()), (worst.to_bits(), best.to_bits()));
        }
        let none = [(5.0, 5.0), (0.0, -0.0), (f64::NAN, 1.0), (0.0, f64::INFINITY), (0.125, 1.0), (0.0, 1e12)];
        for (worst, best) in none {
            assert_eq!(Goalposts::new(worst, best), None, "{worst} {best}");
        }
    }

    #[test]
    fn they_are_kept_with_the_fewest_digits_and_read_again_as_they_were() {
        let kept = |worst, best| serde_json::to_string(&Goalposts::new(worst, best).unwrap()).unwrap();
        assert_eq!(kept(90.0, 30.0), r#"{"worst":90,"best":30}"#);
        assert_eq!(kept(-0.0, 0.29), r#"{"worst":0,"best":0.29}"#);
        assert_eq!(kept(12.5, 999_999_999_999.0), r#"{"worst":12.5,"best":999999999999}"#);
        for text in [kept(90.0, 30.0), kept(0.07, 123_456_789.01), kept(0.0, 999_999_999_998.99)] {
            let read: Goalposts = serde_json::from_str(&text).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), text);
        }
        for text in [r#"{"worst":3,"best":3}"#, r#"{"worst":3}"#, r#"{"worst":0,"best":1,"unit":"euro"}"#] {
            assert!(serde_json::from_str::<Goalposts>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_value_lies_beyond_the_goalpost_on_its_side() {
        let (fewer, more) = (Goalposts::new(90.0, 30.0).unwrap(), Goalposts::new(0.0, 4.0).unwrap());
        let beyond = [fewer.beyond(20.0), fewer.beyond(90.01), more.beyond(5.0), more.beyond(-1.0)];
        assert_eq!(beyond, [Goalpost::Best, Goalpost::Worst, Goalpost::Best, Goalpost::Worst].map(Some));
        assert_eq!([fewer.beyond(30.0), fewer.beyond(90.0), more.beyond(2.0), more.beyond(4.0)], [None; 4]);
    }
}

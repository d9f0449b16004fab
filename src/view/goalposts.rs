// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is said of the points of a reported number, or of why it has none?

use super::measures::{counted, quantity, unit_words};
use super::words::{Value, words};
use crate::domain::framework::Framework;
use crate::domain::goalposts::{Goalposts, NoPoints, Points};
use crate::domain::measure::MeasureValue;
use crate::domain::text::Language;

/// The points of a number with where they come from, or why it has none; nothing where its measure has no goalposts.
#[must_use]
pub fn points_words(points: &Result<Points, NoPoints>, figure: &MeasureValue, language: Language) -> Option<String> {
    let words = words(language);
    let points = match points {
        Ok(points) => points,
        Err(why) => return no_points(why, figure, language),
    };
    let ends = ends_words(points.goalposts, &figure.unit, language);
    let values = [("points", of_100(points, language)), ("ends", ends)];
    let mut said = vec![words.say_with("points-placed", values.map(|(name, value)| (name, Value::from(value))))];
    said.extend(points.beyond.map(|end| words.say(&format!("points-beyond-{}", end.code()))));
    said.extend(points.own_definition.then(|| words.say("points-own-definition")));
    Some(said.join(" "))
}

/// The points of what a number said before, in short.
#[must_use]
pub fn earlier_points(points: &Result<Points, NoPoints>, figure: &MeasureValue, language: Language) -> Option<String> {
    match points {
        Ok(points) => Some(of_100(points, language)),
        Err(why) => no_points(why, figure, language),
    }
}

/// Which value is worth nothing and which everything, e.g. `90 giorni valgono 0, 30 giorni valgono 100`.
#[must_use]
pub fn ends_words(goalposts: Goalposts, unit: &str, language: Language) -> String {
    let end = |value| Value::from(counted(value, unit, language));
    words(language).say_with("goalposts-ends", [("worst", end(goalposts.worst())), ("best", end(goalposts.best()))])
}

/// What points are, and which framework version says what numbers are worth.
#[must_use]
pub fn points_from(framework: &Framework, language: Language) -> String {
    let values = [("title", framework.title.get(language)), ("version", framework.version.as_str())];
    words(language).say_with("points-from", values.map(|(name, value)| (name, Value::from(value))))
}

/// Points in short, e.g. `75 punti su 100`.
#[must_use]
pub fn of_100(points: &Points, language: Language) -> String {
    let shown = to_tenth(points.value);
    let count = Value::from(if shown.total_cmp(&1.0).is_eq() { 1_usize } else { 2 });
    words(language).say_with("points-of-100", [("count", count), ("points", quantity(shown, language).into())])
}

/// To the tenth; what lies between the goalposts is not rounded to one of them.
fn to_tenth(points: f64) -> f64 {
    if points > 0.0 && points < 100.0 { ((points * 10.0).round() / 10.0).clamp(0.1, 99.9) } else { points }
}

fn no_points(why: &NoPoints, figure: &MeasureValue, language: Language) -> Option<String> {
    match why {
        NoPoints::NoGoalposts | NoPoints::Withdrawn => None,
        NoPoints::NotKnown => Some(words(language).say("no-points-not-known")),
        NoPoints::OtherUnit(expected) => {
            let unit = |unit: &str| Value::from(unit_words(unit, language));
            let values = [("unit", unit(&figure.unit)), ("expected", unit(expected))];
            Some(words(language).say_with("no-points-other-unit", values))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_written_to_the_tenth_and_no_number_between_the_goalposts_is_at_one() {
        let goalposts = Goalposts::new(90.0, 30.0).unwrap();
        let said = |value| of_100(&Points { value, goalposts, beyond: None, own_definition: false }, Language::It);
        let told = [(75.0, "75"), (100.0 / 3.0, "33,3"), (0.01, "0,1"), (99.99, "99,9"), (0.0, "0"), (100.0, "100")];
        for (value, written) in told {
            assert_eq!(said(value), format!("{written} punti su 100"));
        }
        assert_eq!(said(1.0), "1 punto su 100");
        assert_eq!(ends_words(goalposts, "days", Language::En), "90 days are worth 0, 30 days are worth 100");
    }
}

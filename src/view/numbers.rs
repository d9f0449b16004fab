// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is a number or a day written? Decimal comma and dotted thousands in Italian, half away from zero.

use icu_datetime::fieldsets::YMD;
use icu_datetime::input::Date as IcuDate;
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::{Locale, locale};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::score::Interval;
use crate::domain::text::Language;
use crate::domain::translation::Tongue;

/// How precisely scores are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Integers, as the public reads them.
    Whole,
    /// One decimal, as evaluators read them.
    Tenths,
}

impl Precision {
    /// How many steps there are in a point.
    #[must_use]
    pub const fn steps(self) -> f64 {
        match self {
            Self::Whole => 1.0,
            Self::Tenths => 10.0,
        }
    }

    const fn decimals(self) -> usize {
        match self {
            Self::Whole => 0,
            Self::Tenths => 1,
        }
    }
}

/// A score.
#[must_use]
pub fn score(value: f64, precision: Precision, language: Language) -> String {
    decimal(value, precision.decimals(), language)
}

/// A coefficient such as an effect size or a p-value: two decimals, three where it is small.
#[must_use]
pub fn coefficient(value: f64, language: Language) -> String {
    let decimals = if value.abs() < 0.1 { 3 } else { 2 };
    let written = decimal(value.abs(), decimals, language);
    if value < 0.0 { format!("−{written}") } else { written }
}

/// A difference, with its sign always written: `+5`, `−3`, `0`.
#[must_use]
pub fn difference(value: f64, precision: Precision, language: Language) -> String {
    let written = decimal(value.abs(), precision.decimals(), language);
    let nothing = written.chars().all(|digit| matches!(digit, '0' | ',' | '.'));
    match (nothing, value < 0.0) {
        (true, _) => written,
        (false, true) => format!("−{written}"),
        (false, false) => format!("+{written}"),
    }
}

/// An interval of scores, clipped to 0 and 100 as pages show it.
#[must_use]
pub fn interval(interval: Interval, precision: Precision, language: Language) -> String {
    let end = |value: f64| score(value.clamp(0.0, 100.0), precision, language);
    format!("{}–{}", end(interval.low), end(interval.high))
}

/// An interval of differences, from low to high.
#[must_use]
pub fn difference_interval(interval: Interval, precision: Precision, language: Language) -> String {
    let word = match language {
        Language::It => "a",
        Language::En => "to",
    };
    let end = |value: f64| difference(value, precision, language);
    format!("{} {word} {}", end(interval.low), end(interval.high))
}

/// A reported quantity: without decimals where it is whole.
#[must_use]
pub fn quantity(value: f64, language: Language) -> String {
    let decimals = usize::from(value.fract().abs() >= 1e-9);
    decimal(value, decimals, language)
}

/// A moment in Italy: the day and the minute.
#[must_use]
pub fn moment(at: Timestamp, language: Language) -> String {
    let zone = TimeZone::get("Europe/Rome").unwrap_or(TimeZone::UTC);
    let local = at.to_zoned_datetime(zone);
    format!("{}, {:02}:{:02}", day(local.date(), language), local.hour(), local.minute())
}

/// A day, e.g. `31 marzo 2026`.
#[must_use]
pub fn day(date: Date, language: Language) -> String {
    day_of(date, &locale_of(language))
}

/// A day as the language of a questionnaire writes it.
#[must_use]
pub fn day_for(date: Date, tongue: &Tongue) -> String {
    match tongue.other().and_then(|(language, _)| Locale::try_from_str(language.code()).ok()) {
        Some(locale) => day_of(date, &locale),
        None => day(date, tongue.base()),
    }
}

fn day_of(date: Date, locale: &Locale) -> String {
    let preferences = DateTimeFormatterPreferences::from(locale);
    let year_month_day =
        IcuDate::try_new_iso(date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs());
    match (DateTimeFormatter::try_new(preferences, YMD::long()), year_month_day) {
        (Ok(formatter), Ok(iso)) => formatter.format(&iso).to_string(),
        _ => date.to_string(),
    }
}

fn decimal(value: f64, decimals: usize, language: Language) -> String {
    let power = [1.0, 10.0, 100.0, 1000.0].get(decimals).copied().unwrap_or(1.0);
    let rounded = (value * power).round() / power;
    let plain = format!("{rounded:.decimals$}");
    let formatter = DecimalFormatter::try_new(
        DecimalFormatterPreferences::from(&locale_of(language)),
        DecimalFormatterOptions::default(),
    );
    match (formatter, plain.parse::<Decimal>()) {
        (Ok(formatter), Ok(number)) => formatter.format(&number).to_string(),
        _ => plain,
    }
}

const fn locale_of(language: Language) -> Locale {
    match language {
        Language::It => locale!("it"),
        Language::En => locale!("en-GB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(score(62.45, Precision::Tenths, Language::It), "62,5");
        assert_eq!(score(62.5, Precision::Whole, Language::En), "63");
        assert_eq!(quantity(1_300_000.0, Language::It), "1.300.000");
        assert_eq!(quantity(1_300_000.0, Language::En), "1,300,000");
        assert_eq!(interval(Interval { low: -3.0, high: 104.0 }, Precision::Whole, Language::It), "0–100");
    }

    #[test]
    fn a_difference_shows_its_sign_unless_it_rounds_to_nothing() {
        assert_eq!(difference(5.04, Precision::Tenths, Language::It), "+5,0");
        assert_eq!(difference(-5.96, Precision::Whole, Language::It), "−6");
        assert_eq!(difference(-0.3, Precision::Whole, Language::It), "0");
    }

    #[test]
    fn days_are_written_out() {
        assert_eq!(day(date(2026, 3, 31), Language::It), "31 marzo 2026");
        assert_eq!(day(date(2026, 3, 31), Language::En), "31 March 2026");
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The numbers a project reports: each with its definition and points, beside its target where both say the same, and
//! with its past.

use serde::Serialize;

use super::goalposts::{earlier_points, of_100, points_from, points_words};
use super::numbers;
use super::questionnaire::Worded;
use super::words::{Value, Words, words};
use crate::domain::framework::Framework;
use crate::domain::goalposts::{AgainstTarget, ReportedFigure, against_target};
use crate::domain::measure::{
    Breakdown, FigureId, FigureState, MeasureValue, NotAddable, NotCompared, Period, Reached, Standing,
};
use crate::domain::text::Language;

/// What a project reports.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MeasuresSection {
    /// What stands.
    pub rows: Vec<MeasureRow>,
    /// What was taken back.
    pub withdrawn: Vec<WithdrawnRow>,
    /// What the points of the numbers are and where they come from; nothing where none could have any.
    pub points_from: Option<String>,
}

/// A reported number with everything that makes it readable.
#[derive(Clone, Debug, Serialize)]
pub struct MeasureRow {
    /// What was counted.
    pub label: Worded,
    /// Code and name of the measure in the framework; empty for one of the project's own.
    pub measure: String,
    /// Key of whether it was counted or is aimed at.
    pub standing_key: String,
    /// The number with its unit; nothing where it is not known.
    pub value: Option<String>,
    /// Its points with where they come from, or why it has none; nothing where its measure has no goalposts.
    pub points: Option<String>,
    /// Its parts; none where it is not split.
    pub parts: Vec<PartRow>,
    /// What is said of its targets.
    pub targets: Vec<String>,
    /// What counts and what does not.
    pub definition: Worded,
    /// Which period it covers.
    pub period: Worded,
    /// When it was published.
    pub as_of: Option<String>,
    /// Where it was published.
    pub source: String,
    /// What was said before, the latest first.
    pub history: Vec<HistoryRow>,
}

/// A part of a number.
#[derive(Clone, Debug, Serialize)]
pub struct PartRow {
    /// Its name.
    pub label: Worded,
    /// How much.
    pub value: String,
}

/// A figure that was taken back.
#[derive(Clone, Debug, Serialize)]
pub struct WithdrawnRow {
    /// What was counted.
    pub label: Worded,
    /// What was said, the latest first.
    pub history: Vec<HistoryRow>,
}

/// What a figure said before it was corrected.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryRow {
    /// Until when, and why no longer.
    pub why: String,
    /// The number, whether it was counted, its period, its source and its points.
    pub said: String,
    /// What counted and what did not.
    pub definition: Worded,
}

/// The numbers of one measure in an edition, with their sum where there is one.
#[derive(Clone, Debug, Serialize)]
pub struct TotalRow {
    /// Code and name of the measure.
    pub measure: String,
    /// What each project reports: project, what was counted, number, period.
    pub reported: Vec<String>,
    /// The sum; nothing where there is none.
    pub total: Option<String>,
    /// Why there is no sum; empty where there is one.
    pub why: String,
}

impl MeasuresSection {
    /// What a project reports.
    #[must_use]
    pub fn new(figures: &[ReportedFigure], framework: Option<&Framework>, language: Language) -> Self {
        let (standing, withdrawn): (Vec<&ReportedFigure>, Vec<&ReportedFigure>) =
            figures.iter().partition(|one| one.figure.current.state == FigureState::Reported);
        let row = |reported: &&ReportedFigure| MeasureRow {
            measure: measure_name(framework, &reported.figure.current.measure, language),
            targets: targets(reported, &standing, language),
            ..MeasureRow::new(reported, language)
        };
        let taken_back = |reported: &&ReportedFigure| WithdrawnRow {
            label: Worded::new(reported.figure.current.label.shown(language), language),
            history: history(reported, language),
        };
        let rows: Vec<MeasureRow> = standing.iter().map(row).collect();
        let some_have = rows.iter().any(|row| row.points.is_some());
        Self {
            points_from: framework.filter(|_| some_have).map(|version| points_from(version, language)),
            withdrawn: withdrawn.iter().map(taken_back).collect(),
            rows,
        }
    }

    /// Pages that between them show every branch.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let worded = |text: &str| Worded { text: text.to_owned(), lang: None };
        let past = HistoryRow {
            why: "Fino al 4 febbraio 2024".to_owned(),
            said: "90 persone".to_owned(),
            definition: worded("Nel 2023."),
        };
        let row = MeasureRow {
            label: worded("Donne al lavoro"),
            measure: "N04 Persone con l'esito atteso".to_owned(),
            standing_key: "figure-standing-actual".to_owned(),
            value: Some("26 persone".to_owned()),
            points: Some("75 punti su 100.".to_owned()),
            parts: vec![PartRow { label: worded("a tempo indeterminato"), value: "3".to_owned() }],
            targets: vec!["Obiettivo: 30 persone.".to_owned()],
            definition: worded("Nel 2023."),
            period: worded("2023"),
            as_of: Some("4 febbraio 2024".to_owned()),
            source: "torinoggi.it".to_owned(),
            history: vec![past.clone()],
        };
        let bare = MeasureRow {
            measure: String::new(),
            value: None,
            points: None,
            parts: Vec::new(),
            targets: Vec::new(),
            as_of: None,
            history: Vec::new(),
            ..row.clone()
        };
        let withdrawn = vec![WithdrawnRow { label: worded("Incontri"), history: vec![past] }];
        let points_from = Some("I punti vengono dalla versione 1.0.0.".to_owned());
        vec![Self::default(), Self { rows: vec![row, bare], withdrawn, points_from }]
    }
}

impl MeasureRow {
    fn new(reported: &ReportedFigure, language: Language) -> Self {
        let one = &reported.figure.current;
        Self {
            label: Worded::new(one.label.shown(language), language),
            measure: String::new(),
            standing_key: format!("figure-standing-{}", one.standing.code()),
            value: value_words(one, language),
            points: points_words(&reported.points, one, language),
            parts: one.parts.as_ref().map(|parts| part_rows(parts, language)).unwrap_or_default(),
            targets: Vec::new(),
            definition: Worded::new(one.definition.shown(language), language),
            period: period_words(&one.period, language),
            as_of: one.as_of.map(|date| numbers::day(date, language)),
            source: one.source.clone(),
            history: history(reported, language),
        }
    }
}

impl TotalRow {
    /// The numbers of a measure, each with its project, and their sum.
    #[must_use]
    pub fn new(
        measure: String,
        reported: &[(String, MeasureValue)],
        total: &Result<f64, NotAddable>,
        language: Language,
    ) -> Self {
        let told = |(project, one): &(String, MeasureValue)| {
            let label = one.label.get(language);
            format!("{project}: {label}: {} ({})", number(one, language), period_words(&one.period, language).text)
        };
        let unit = reported.first().map_or("", |(_, one)| one.unit.as_str());
        Self {
            measure,
            reported: reported.iter().map(told).collect(),
            total: total.as_ref().ok().map(|sum| counted(*sum, unit, language)),
            why: total.as_ref().err().map(|why| not_added(why, reported, language)).unwrap_or_default(),
        }
    }

    /// One of each kind.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let row = |total: Option<&str>, why: &str| Self {
            measure: "N01 Persone prese in carico".to_owned(),
            reported: vec!["TILDE: Donne: 95 persone (2023)".to_owned()],
            total: total.map(str::to_owned),
            why: why.to_owned(),
        };
        vec![row(Some("233 persone"), ""), row(None, "Non si sommano.")]
    }
}

/// Code and name of a measure of the framework.
#[must_use]
pub fn measure_name(framework: Option<&Framework>, code: &str, language: Language) -> String {
    let known = framework.and_then(|framework| framework.measures.iter().find(|one| one.code == code));
    format!("{code} {}", known.map_or("", |one| one.name.get(language))).trim().to_owned()
}

/// A number with its unit; nothing where it is not known.
#[must_use]
pub fn value_words(figure: &MeasureValue, language: Language) -> Option<String> {
    figure.value.map(|value| counted(value, &figure.unit, language))
}

/// A unit in words: those of the frameworks have theirs, a project's own is its own words.
#[must_use]
pub fn unit_words(unit: &str, language: Language) -> String {
    words(language).find(&format!("unit-{unit}")).unwrap_or_else(|| unit.to_owned())
}

/// A period in words: its days, else the words of the source.
#[must_use]
pub fn period_words(period: &Period, language: Language) -> Worded {
    let Some((first, last)) = period.days else { return Worded::new(period.words.shown(language), language) };
    let day = |date| Value::from(numbers::day(date, language));
    let text = words(language).say_with("dates-from-to", [("from", day(first)), ("to", day(last))]);
    Worded { text, lang: None }
}

/// A number with its unit, or that it is not known.
fn number(figure: &MeasureValue, language: Language) -> String {
    value_words(figure, language).unwrap_or_else(|| words(language).say("not-known"))
}

pub(super) fn counted(value: f64, unit: &str, language: Language) -> String {
    format!("{} {}", quantity(value, language), unit_words(unit, language))
}

/// A reported quantity with every decimal it was reported with, two at most.
pub(super) fn quantity(value: f64, language: Language) -> String {
    if value < 0.0 {
        return format!("−{}", quantity(-value, language));
    }
    let written = format!("{value:.2}");
    let decimals = written.split_once('.').map_or("", |(_, decimals)| decimals.trim_end_matches('0'));
    let point = match language {
        Language::It => ",",
        Language::En => ".",
    };
    let whole = numbers::quantity(written.parse::<f64>().unwrap_or(value).trunc(), language);
    if decimals.is_empty() { whole } else { format!("{whole}{point}{decimals}") }
}

fn part_rows(parts: &Breakdown, language: Language) -> Vec<PartRow> {
    let row = |label, value| PartRow { label, value: quantity(value, language) };
    let named = parts.named.iter().map(|part| row(Worded::new(part.label.shown(language), language), part.value));
    let rest = [("part-other", parts.other), ("part-not-known", parts.not_known)];
    let rest = rest.map(|(key, value)| row(Worded { text: words(language).say(key), lang: None }, value));
    named.chain(rest).collect()
}

/// What is said of the targets of a number: those it can be compared with; where there is none, why not with the others.
fn targets(actual: &ReportedFigure, all: &[&ReportedFigure], language: Language) -> Vec<String> {
    let counted = &actual.figure.current;
    if counted.standing == Standing::Target {
        return Vec::new();
    }
    let is_target = |one: &MeasureValue| one.standing == Standing::Target && one.is_of_measure_of(counted);
    let own = all.iter().filter(|one| is_target(&one.figure.current));
    let compared: Vec<_> = own.map(|target| (&target.figure.current, against_target(actual, target))).collect();
    let reached = compared.iter().filter_map(|(target, found)| Some((*target, found.as_ref().ok()?)));
    let reached: Vec<String> = reached.map(|(target, found)| told(target, *found, language)).collect();
    if !reached.is_empty() {
        return reached;
    }
    let refused = compared.iter().filter_map(|(target, found)| Some((*target, found.as_ref().err()?)));
    refused.map(|(target, reasons)| not_compared(target, reasons, language)).collect()
}

fn told(target: &MeasureValue, found: AgainstTarget, language: Language) -> String {
    match found {
        AgainstTarget::Share(reached) => share(target, reached, language),
        AgainstTarget::Points { actual, target: aimed } => {
            let points = [("actual", of_100(&actual, language)), ("aimed", of_100(&aimed, language))];
            let values = [("target", number(target, language))].into_iter().chain(points);
            words(language).say_all("target-in-points", values.map(|(name, value)| (name, Value::from(value))))
        }
    }
}

fn share(target: &MeasureValue, reached: Reached, language: Language) -> String {
    let key = if reached.missing > 0.0 { "target-reached-partly" } else { "target-reached" };
    let share = quantity(reached.share_percent, language);
    let missing = counted(reached.missing, &target.unit, language);
    let values = [("target", number(target, language)), ("share", share), ("missing", missing)];
    words(language).say_with(key, values.map(|(name, value)| (name, Value::from(value))))
}

fn not_compared(target: &MeasureValue, reasons: &[NotCompared], language: Language) -> String {
    let words = words(language);
    let reasons: Vec<String> = reasons.iter().map(|one| words.say(&format!("not-compared-{}", one.code()))).collect();
    let label = target.label.get(language).to_owned();
    let values = [("target", number(target, language)), ("label", label), ("reasons", reasons.join("; "))];
    words.say_with("target-not-compared", values.map(|(name, value)| (name, Value::from(value))))
}

fn history(reported: &ReportedFigure, language: Language) -> Vec<HistoryRow> {
    let figure = &reported.figure;
    let later = std::iter::once(&figure.current).chain(&figure.earlier);
    let row = |((after, before), points)| {
        let mut row = past(before, after, language);
        let points: Option<String> = earlier_points(points, before, language);
        row.said.extend(points.into_iter().flat_map(|said| [" · ".to_owned(), said]));
        row
    };
    later.zip(&figure.earlier).zip(&reported.earlier).map(row).collect()
}

/// What a revision said, until another one took its place.
fn past(before: &MeasureValue, after: &MeasureValue, language: Language) -> HistoryRow {
    let words = words(language);
    let until = after.reported_at.map_or_else(|| words.say("figure-no-date"), |at| numbers::moment(at, language));
    let key = match after.state {
        FigureState::Reported => "figure-corrected",
        FigureState::Withdrawn => "figure-withdrawn",
    };
    let said = match before.state {
        FigureState::Withdrawn => words.say("figure-state-withdrawn"),
        FigureState::Reported => summary(before, language),
    };
    HistoryRow {
        why: words.say_with(key, [("until", Value::from(until)), ("reason", Value::from(after.reason.as_str()))]),
        said,
        definition: Worded::new(before.definition.shown(language), language),
    }
}

/// A figure in one line: number, parts, standing, period and source.
#[must_use]
pub fn summary(figure: &MeasureValue, language: Language) -> String {
    let standing = words(language).say(&format!("figure-standing-{}", figure.standing.code()));
    let period = period_words(&figure.period, language).text;
    let mut number = number(figure, language);
    if let Some(parts) = &figure.parts {
        let parts = part_rows(parts, language).into_iter().map(|part| format!("{} {}", part.label.text, part.value));
        number = format!("{number} ({})", parts.collect::<Vec<_>>().join(", "));
    }
    format!("{number} · {standing} · {period} · {}", figure.source)
}

fn not_added(why: &NotAddable, reported: &[(String, MeasureValue)], language: Language) -> String {
    let words: &Words = words(language);
    let name = |id: &FigureId| {
        let found = reported.iter().find(|(_, one)| one.id == *id);
        found.map(|(project, one)| format!("{project} ({})", one.label.get(language))).unwrap_or_default()
    };
    let pair = |key: &str, [one, other]: &[FigureId; 2]| {
        words.say_with(key, [("one", Value::from(name(one))), ("other", Value::from(name(other)))])
    };
    match why {
        NotAddable::Nothing => words.say("not-added-nothing"),
        NotAddable::MoreThanTheWhole => words.say("not-added-more"),
        NotAddable::Twice(which) => pair("not-added-twice", which),
        NotAddable::Differ(what, which) => pair(&format!("not-added-{}", what.code()), which),
        NotAddable::NotKnown(which) => {
            let names: Vec<String> = which.iter().map(name).collect();
            words.say_with("not-added-not-known", [("which", Value::from(names.join("; ")))])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reported_quantity_keeps_its_decimals_and_gets_dotted_thousands() {
        let told = [(95.0, "95"), (12.55, "12,55"), (12.5, "12,5"), (1_300_000.0, "1.300.000"), (0.05, "0,05")];
        for (value, written) in told {
            assert_eq!(quantity(value, Language::It), written);
        }
        assert_eq!(quantity(1_300.05, Language::En), "1,300.05");
        assert_eq!(quantity(-0.5, Language::It), "−0,5");
    }

    #[test]
    fn a_unit_nobody_translated_is_said_as_it_was_written() {
        assert_eq!(unit_words("persons", Language::It), "persone");
        assert_eq!(unit_words("ore di volontariato", Language::En), "ore di volontariato");
    }
}

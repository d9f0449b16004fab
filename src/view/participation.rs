// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is it told how participatory a wave was: who took part in what, and what the groups say of it?

use serde::Serialize;

use super::numbers::{self, Precision};
use super::render::Page;
use super::telling::{Telling, value};
use crate::domain::framework::Framework;
use crate::domain::participation::{ActivityRates, Dimension, GroupRate, NoParity, SheetMeans};
use crate::domain::text::Language;

/// How participatory a wave was, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParticipationSection {
    /// Names of the activities: heads of the columns.
    pub activities: Vec<String>,
    /// Group by group.
    pub groups: Vec<RateRow>,
    /// The parity of each activity, in a sentence.
    pub parities: Vec<String>,
    /// What the sheets come to, or why that is not told.
    pub sheets_lead: String,
    /// Names of the three dimensions with both ends.
    pub dimensions: Vec<String>,
    /// What each group says.
    pub sheets: Vec<SheetRow>,
}

/// How many of a group took part in what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RateRow {
    /// Name of the group.
    pub group: String,
    /// A cell an activity.
    pub cells: Vec<RateCell>,
}

/// How many of a group took part in something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RateCell {
    /// Name of the activity.
    pub activity: String,
    /// How many of how many, with the share where the group is large.
    pub told: String,
}

/// What a group says of a wave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SheetRow {
    /// Name of the group.
    pub group: String,
    /// How many filled a sheet.
    pub people: String,
    /// The mean of each dimension, or why it is not told.
    pub marks: Vec<RateCell>,
}

/// The page of it.
#[derive(Clone, Debug, Serialize)]
pub struct ParticipationPage {
    /// Name of the project.
    pub project: String,
    /// Where the project is.
    pub project_href: String,
    /// Code and name of the wave.
    pub wave: String,
    /// Where its results are.
    pub results_href: String,
    /// What there is to say.
    pub section: ParticipationSection,
}

/// What the sheets of a wave come to.
#[derive(Clone, Copy, Debug)]
pub struct Sheets<'a> {
    /// The means, once they may be told.
    pub means: &'a [SheetMeans],
    /// How many filled a sheet.
    pub filled: u32,
    /// Whether sheets can no longer be filled.
    pub is_over: bool,
    /// How many a mean needs.
    pub least: u32,
}

impl ParticipationSection {
    /// What there is to say of a wave.
    #[must_use]
    pub fn new(telling: Telling, framework: &Framework, rates: &[ActivityRates], sheets: Sheets<'_>) -> Self {
        let words = telling.words();
        let name = |rates: &ActivityRates| words.say(&format!("activity-{}", rates.activity.code()));
        let mut codes: Vec<&str> = Vec::new();
        for group in rates.iter().flat_map(|one| &one.groups) {
            if !codes.contains(&group.group.as_str()) {
                codes.push(&group.group);
            }
        }
        codes.sort_by_key(|code| framework.groups.iter().position(|group| group.code == *code));
        let cell = |one: &ActivityRates, code: &str| {
            let found = one.groups.iter().find(|group| group.group == code);
            RateCell { activity: name(one), told: found.map_or_else(String::new, |group| told(telling, group)) }
        };
        let row = |code: &&str| RateRow {
            group: telling.group(framework, code),
            cells: rates.iter().map(|one| cell(one, code)).collect(),
        };
        let parity = |one: &ActivityRates| format!("{}: {}", name(one), parity_words(telling, one));
        Self {
            activities: rates.iter().map(name).collect(),
            groups: codes.iter().map(row).collect(),
            parities: rates.iter().map(parity).collect(),
            sheets_lead: sheets_lead(telling, sheets),
            dimensions: Dimension::ALL.map(|one| words.say(&format!("sheet-{}-ends", one.code()))).into(),
            sheets: sheets.means.iter().map(|one| sheet_row(telling, framework, one)).collect(),
        }
    }

    /// With and without sheets.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let cell = || RateCell { activity: "Pesi".to_owned(), told: "7 di 9".to_owned() };
        let section = |sheets| Self {
            activities: vec!["Pesi".to_owned()],
            groups: vec![RateRow { group: "Ente pubblico".to_owned(), cells: vec![cell()] }],
            parities: vec!["Pesi: 0,50".to_owned()],
            sheets_lead: "Le schede compilate sono 12.".to_owned(),
            dimensions: vec!["Chi ha deciso: 1 chi valuta, 5 chi partecipa".to_owned()],
            sheets,
        };
        let row = SheetRow { group: "Ente pubblico".to_owned(), people: "7".to_owned(), marks: vec![cell()] };
        vec![section(vec![row]), section(Vec::new())]
    }
}

/// Counts, with the share where the group is large enough for one.
fn told(telling: Telling, group: &GroupRate) -> String {
    let counts = telling.n_of_n(group.people, group.listed);
    match group.rate().filter(|_| group.tells_share()) {
        Some(rate) => {
            let share = numbers::score(rate * 100.0, Precision::Whole, telling.language);
            format!("{counts} ({share}%)")
        }
        None => counts,
    }
}

fn parity_words(telling: Telling, rates: &ActivityRates) -> String {
    let words = telling.words();
    match rates.parity() {
        Ok(parity) => words.say_with("parity-is", [("parity", value(decimals(parity, 2, telling.language)))]),
        Err(NoParity::Nobody) => words.say("parity-nobody"),
        Err(NoParity::TooFewGroups) => words.say("parity-too-few"),
        Err(NoParity::NotCounted(groups)) => words.say_with("parity-not-counted", [("groups", groups.into())]),
    }
}

fn sheets_lead(telling: Telling, sheets: Sheets<'_>) -> String {
    let key = match (sheets.filled, sheets.is_over) {
        (0, _) => "sheets-none",
        (_, true) => "sheets-filled",
        (_, false) => "sheets-not-over",
    };
    telling.words().say_with(key, [("count", sheets.filled.into()), ("least", sheets.least.into())])
}

fn sheet_row(telling: Telling, framework: &Framework, one: &SheetMeans) -> SheetRow {
    let mark = |(dimension, mean): (Dimension, &Result<f64, _>)| RateCell {
        activity: telling.words().say(&format!("sheet-{}-short", dimension.code())),
        told: match mean {
            Ok(mean) => decimals(*mean, 1, telling.language),
            Err(reason) => telling.reason(*reason),
        },
    };
    SheetRow {
        group: telling.group(framework, &one.group),
        people: one.people.to_string(),
        marks: Dimension::ALL.into_iter().zip(&one.means).map(mark).collect(),
    }
}

fn decimals(number: f64, places: usize, language: Language) -> String {
    let text = format!("{number:.places$}");
    match language {
        Language::It => text.replace('.', ","),
        Language::En => text,
    }
}

impl Page for ParticipationPage {
    const TEMPLATE: &'static str = "waves/participation";

    fn samples() -> Vec<Self> {
        let page = |section| Self {
            project: "Orto".to_owned(),
            project_href: "/it/projects/1".to_owned(),
            wave: "T0 · Ex ante".to_owned(),
            results_href: "/it/waves/1".to_owned(),
            section,
        };
        ParticipationSection::samples().into_iter().map(page).collect()
    }
}

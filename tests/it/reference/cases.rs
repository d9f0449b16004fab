// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Cases with known answers from other programs: each value is compared, or left out for a reason that is written down.
//!
//! `tests/fixtures/reference/cases/TOPIC.json` has the values with their tolerances and the programs behind them,
//! `tests/fixtures/reference/data/` what they were computed from.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a fixture that cannot be read is a failed test")]
#![allow(dead_code, reason = "each topic uses what it needs")]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use insieme::stats::Undefined;
use serde_json::Value;

/// All cases of one topic, and which of their values were looked at.
pub struct Topic {
    name: &'static str,
    cases: Value,
    seen: RefCell<BTreeSet<(String, String)>>,
}

impl Topic {
    /// The cases of `cases/NAME.json`.
    pub fn open(name: &'static str) -> Self {
        let text = std::fs::read_to_string(folder().join("cases").join(format!("{name}.json"))).unwrap();
        let mut whole: Value = serde_json::from_str(&text).unwrap();
        Self { name, cases: whole["cases"].take(), seen: RefCell::default() }
    }

    /// The cases in the order of their names.
    pub fn cases(&self) -> impl Iterator<Item = Case<'_>> {
        self.cases.as_object().unwrap().iter().map(|(id, given)| Case { topic: self, id, given })
    }

    /// Ends a test: every value of every case was compared or left out.
    pub fn finish(self) {
        let seen = self.seen.borrow();
        let all = self.cases().flat_map(|case| case.keys().into_iter().map(move |key| (case.id.to_owned(), key)));
        let forgotten: Vec<_> = all.filter(|one| !seen.contains(one)).collect();
        assert!(forgotten.is_empty(), "{}: {} values not looked at: {forgotten:?}", self.name, forgotten.len());
        assert!(!seen.is_empty(), "{}: nothing was compared", self.name);
    }
}

/// One case.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    topic: &'a Topic,
    /// Its name.
    pub id: &'a str,
    given: &'a Value,
}

impl Case<'_> {
    /// What it was computed from: `file`, `select`, and more.
    pub fn input(&self) -> &Value {
        &self.given["input"]
    }

    /// A text in what it was selected by, such as `scale`, `group`, `x`.
    pub fn selected(&self, key: &str) -> &str {
        self.input()["select"][key].as_str().unwrap_or_else(|| panic!("{}: no {key}", self.id))
    }

    /// Whether it was selected by something of this name.
    pub fn selects(&self, key: &str) -> bool {
        self.input()["select"].get(key).is_some()
    }

    /// The names of its values.
    pub fn keys(&self) -> Vec<String> {
        self.given["expected"].as_object().unwrap().keys().cloned().collect()
    }

    /// Whether it has a value of this name.
    pub fn has(&self, key: &str) -> bool {
        self.given["expected"].get(key).is_some()
    }

    /// The value of this name, to compute on with.
    pub fn expected(&self, key: &str) -> f64 {
        self.given["expected"][key]["value"].as_f64().unwrap_or_else(|| panic!("{} {key}: no number", self.id))
    }

    /// Compares what was found with the value of this name; a value that is undefined must be found so.
    #[track_caller]
    pub fn check(&self, key: &str, found: Result<f64, Undefined>) {
        let expected = &self.given["expected"][key];
        assert!(!expected.is_null(), "{} has no value {key}", self.id);
        self.note(key);
        let Some(value) = expected["value"].as_f64() else {
            assert!(found.is_err(), "{} {key}: found {found:?}, should be undefined", self.id);
            return;
        };
        let found = found.unwrap_or_else(|undefined| panic!("{} {key}: {undefined}, expected {value}", self.id));
        let (absolute, relative) = (expected["abs_tol"].as_f64(), expected["rel_tol"].as_f64());
        let tolerance = absolute.unwrap_or(0.0).max(relative.unwrap_or(0.0) * value.abs());
        assert!((found - value).abs() <= tolerance, "{} {key}: found {found}, expected {value} ± {tolerance}", self.id);
    }

    /// Leaves a value out, because this program does something else on purpose.
    pub fn leave_out(&self, key: &str, reason: &str) {
        assert!(self.has(key) && !reason.is_empty(), "{} has no value {key}", self.id);
        self.note(key);
    }

    fn note(&self, key: &str) {
        self.topic.seen.borrow_mut().insert((self.id.to_owned(), key.to_owned()));
    }
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reference")
}

/// A table of texts: header and rows.
pub struct Table {
    /// Names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads `data/…`, as named by a case's input.
    pub fn read(file: &str) -> Self {
        let text = std::fs::read_to_string(folder().join(file)).unwrap();
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        Self { header: lines.next().unwrap(), rows: lines.collect() }
    }

    /// The texts of a column.
    pub fn texts(&self, column: &str) -> Vec<&str> {
        let place = self.header.iter().position(|name| name == column);
        let place = place.unwrap_or_else(|| panic!("no column {column}"));
        self.rows.iter().map(|row| row[place].as_str()).collect()
    }

    /// The numbers of a column; an empty cell is missing.
    pub fn numbers(&self, column: &str) -> Vec<Option<f64>> {
        self.texts(column).into_iter().map(|text| text.trim().parse().ok()).collect()
    }

    /// The numbers of `value` in rows whose `by` is `name`.
    pub fn numbers_where(&self, value: &str, by: &str, name: &str) -> Vec<f64> {
        let named = self.texts(by).into_iter().zip(self.numbers(value));
        named.filter(|(text, _)| *text == name).filter_map(|(_, number)| number).collect()
    }
}

/// One row of the survey: who, and the answers after recoding.
pub struct Respondent {
    /// Name, the same in both waves.
    pub name: String,
    /// Group.
    pub group: String,
    /// Wave.
    pub wave: String,
    /// Answers to the scale's items, reversed items turned round.
    pub answers: Vec<Option<f64>>,
}

impl Respondent {
    /// Mean of the answered items, if at least three of the four are answered. One to five.
    pub fn score(&self) -> Option<f64> {
        let given: Vec<f64> = self.answers.iter().copied().flatten().collect();
        let n = u32::try_from(given.len()).unwrap();
        (n >= 3).then(|| given.iter().sum::<f64>() / f64::from(n))
    }
}

/// The survey's rows with the answers to some of its items, in the order of the file.
pub fn survey(items: &[&str]) -> Vec<Respondent> {
    const REVERSED: [&str; 3] = ["trust3", "voice2", "benefit4"];
    let table = Table::read("data/survey.csv");
    let columns: Vec<Vec<Option<f64>>> = items
        .iter()
        .map(|item| {
            let turned = |answer: f64| if REVERSED.contains(item) { 6.0 - answer } else { answer };
            table.numbers(item).into_iter().map(|answer| answer.map(turned)).collect()
        })
        .collect();
    let (names, groups, waves) = (table.texts("respondent"), table.texts("group"), table.texts("wave"));
    (0..table.rows.len())
        .map(|row| Respondent {
            name: names[row].to_owned(),
            group: groups[row].to_owned(),
            wave: waves[row].to_owned(),
            answers: columns.iter().map(|column| column[row]).collect(),
        })
        .collect()
}

/// The four items of one of the survey's scales.
pub fn scale_items(scale: &str) -> Vec<String> {
    (1..=4).map(|number| format!("{scale}{number}")).collect()
}

/// The survey's rows on one scale in one wave.
pub fn survey_scale(scale: &str, wave: &str) -> Vec<Respondent> {
    let items = scale_items(scale);
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    survey(&items).into_iter().filter(|one| one.wave == wave).collect()
}

/// The valid scores of one group on one scale in one wave.
pub fn survey_scores(scale: &str, wave: &str, group: &str) -> Vec<f64> {
    survey_scale(scale, wave).iter().filter(|one| one.group == group).filter_map(Respondent::score).collect()
}

/// Scores on one scale of those who have one in both waves: before and after, of one group or of all.
pub fn survey_pairs(scale: &str, group: Option<&str>) -> Vec<(f64, f64)> {
    let (before, after) = (survey_scale(scale, "1"), survey_scale(scale, "2"));
    let chosen = before.iter().filter(|one| group.is_none_or(|group| one.group == group));
    chosen
        .filter_map(|one| {
            let same = after.iter().find(|other| other.name == one.name)?;
            Some((one.score()?, same.score()?))
        })
        .collect()
}

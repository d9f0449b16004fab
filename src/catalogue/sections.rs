// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which tables do the files hold, of which kind, and in which order?

use std::collections::BTreeMap;

use super::document::{Document, Record, Value};
use super::nearest::suggestion;
use super::problem::{Place, ProblemCode, Report};

/// A kind of table at the top of a framework file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Framework,
    Group,
    WaveType,
    Scale,
    Family,
    Indicator,
    Measure,
    Context,
    OpenQuestion,
}

impl Section {
    pub const ALL: [Self; 9] = [
        Self::Framework,
        Self::Group,
        Self::WaveType,
        Self::Scale,
        Self::Family,
        Self::Indicator,
        Self::Measure,
        Self::Context,
        Self::OpenQuestion,
    ];

    /// Kinds of which a framework has at least one.
    const REQUIRED: [Self; 4] = [Self::Group, Self::Scale, Self::Family, Self::Indicator];

    /// The key in the files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Framework => "framework",
            Self::Group => "group",
            Self::WaveType => "wave_type",
            Self::Scale => "scale",
            Self::Family => "family",
            Self::Indicator => "indicator",
            Self::Measure => "measure",
            Self::Context => "context",
            Self::OpenQuestion => "open_question",
        }
    }

    /// The words of a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Framework => "framework",
            Self::Group => "group",
            Self::WaveType => "wave type",
            Self::Scale => "scale",
            Self::Family => "family",
            Self::Indicator => "indicator",
            Self::Measure => "measure",
            Self::Context => "context variable",
            Self::OpenQuestion => "open question",
        }
    }
}

/// The tables of all the files by kind, in the order of the files.
pub(super) struct Sections<'a>(BTreeMap<Section, Vec<Record<'a>>>);

impl<'a> Sections<'a> {
    /// Sorts the tables of the documents by kind.
    pub fn gather(documents: &'a [Document<'a>], report: &mut Report) -> Self {
        let mut sections = Self(BTreeMap::new());
        for (key, place, value) in documents.iter().flat_map(|document| document.root().entries()) {
            if let Some(section) = Section::ALL.into_iter().find(|section| section.key() == key) {
                sections.0.entry(section).or_default().extend(records(section, value, report));
            } else {
                let remedy = suggestion(key, Section::ALL.map(Section::key));
                report.add(ProblemCode::UnknownKey, place, format!("unknown key “{key}” in the file"), remedy);
            }
        }
        if let Some(first) = documents.first() {
            sections.require(Place { file: first.name(), line: 1 }, report);
        }
        sections
    }

    /// The tables of one kind.
    pub fn of(&self, section: Section) -> &[Record<'a>] {
        self.0.get(&section).map_or(&[], Vec::as_slice)
    }

    fn require(&self, start: Place<'_>, report: &mut Report) {
        match self.of(Section::Framework) {
            [] => {
                let remedy = "add a [framework] table with id, version, title, languages and license";
                report.add(ProblemCode::NoFramework, start, "there is no [framework] table", remedy);
            }
            [first, others @ ..] => {
                for other in others {
                    let what = format!("a second [framework] table, after the one at {}", first.place);
                    report.add(ProblemCode::TwoFrameworks, other.place, what, "keep one of them");
                }
            }
        }
        for section in Section::REQUIRED.into_iter().filter(|section| self.of(*section).is_empty()) {
            let what = format!("the framework has no {}", section.words());
            report.add(ProblemCode::NothingOfAKind, start, what, format!("add at least one [[{}]]", section.key()));
        }
    }
}

/// The tables of one value. `[group]` written for `[[group]]`, or the reverse, is reported and read all the same.
fn records<'a>(section: Section, value: Value<'a>, report: &mut Report) -> Vec<Record<'a>> {
    let (key, kind) = (section.key(), section.words());
    let (single, list) = (value.record(kind), value.list());
    let form = if section == Section::Framework { format!("[{key}]") } else { format!("[[{key}]]") };
    if (section == Section::Framework) != single.is_some() || (single.is_none() && list.is_none()) {
        wrong_type(value, &format!("“{key}”"), &form, report);
    }
    single.map_or_else(|| list_of_records(&list.unwrap_or_default(), kind, report), |record| vec![record])
}

/// The tables of a list; anything else in it is reported.
pub(super) fn list_of_records<'a>(list: &[Value<'a>], kind: &'static str, report: &mut Report) -> Vec<Record<'a>> {
    let mut records = Vec::new();
    for value in list {
        match value.record(kind) {
            Some(record) => records.push(record),
            None => wrong_type(*value, &format!("an entry for {kind}"), "a table", report),
        }
    }
    records
}

fn wrong_type(value: Value<'_>, name: &str, form: &str, report: &mut Report) {
    let what = format!("{name} is {}", value.type_name());
    report.add(ProblemCode::WrongType, value.place(), what, format!("write it as {form}"));
}

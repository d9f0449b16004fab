// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which codes do the files declare, where, and is any declared twice?

use std::collections::BTreeMap;

use super::document::{Document, Record};
use super::problem::{Place, ProblemCode, Report};
use super::sections::{Section, Sections};

/// The codes declared, by kind.
pub(super) struct Codes<'a> {
    by_section: BTreeMap<Section, BTreeMap<&'a str, Place<'a>>>,
    documents: &'a [Document<'a>],
    unsure: bool,
}

impl<'a> Codes<'a> {
    /// The codes of every table; `unsure` where a file could not be read, so that what it declares is not known.
    pub fn gather(documents: &'a [Document<'a>], sections: &Sections<'a>, unsure: bool, report: &mut Report) -> Self {
        let of = |section: Section| sections.of(section).iter().copied();
        let by_section = Section::ALL.map(|section| (section, unique(of(section), report))).into();
        unique(of(Section::Indicator).flat_map(items), report);
        for context in of(Section::Context) {
            unique(tables(context, "options", "option"), report);
        }
        Self { by_section, documents, unsure }
    }

    /// Where a code is declared.
    pub fn place(&self, section: Section, code: &str) -> Option<Place<'a>> {
        self.by_section.get(&section)?.get(code).copied()
    }

    /// Every code of a kind, in alphabetical order.
    pub fn of(&self, section: Section) -> impl Iterator<Item = &'a str> + Clone {
        self.by_section.get(&section).into_iter().flat_map(|codes| codes.keys().copied())
    }

    /// Whether a reference to this code is surely wrong: nothing declares it, nor a line that could not be understood.
    pub fn lacks(&self, section: Section, code: &str) -> bool {
        self.place(section, code).is_none()
            && !self.unsure
            && !self.documents.iter().any(|document| document.may_declare(code))
    }
}

/// The items of an indicator, in either spelling.
pub(super) fn items(indicator: Record<'_>) -> impl Iterator<Item = Record<'_>> {
    tables(indicator, "item", "item")
}

fn tables<'a>(record: Record<'a>, key: &str, kind: &'static str) -> impl Iterator<Item = Record<'a>> {
    let list = record.get(key).and_then(super::document::Value::list).unwrap_or_default();
    list.into_iter().filter_map(move |value| value.record(kind))
}

/// The codes of some tables with their places; the second use of one is reported.
fn unique<'a>(records: impl Iterator<Item = Record<'a>>, report: &mut Report) -> BTreeMap<&'a str, Place<'a>> {
    let mut places = BTreeMap::new();
    for record in records {
        let Some(value) = record.get("code") else { continue };
        let Some(code) = value.str() else { continue };
        if let Some(first) = places.get(code) {
            let what = format!("the {} code “{code}” is already used at {first}", record.kind);
            report.add(ProblemCode::Duplicate, value.place(), what, "give one of the two another code");
        } else {
            places.insert(code, value.place());
        }
    }
    places
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does an indicator, with its items, become a value of the framework?

use super::document::Record;
use super::problem::ProblemCode;
use super::reader::Reader;
use super::sections::{Section, list_of_records};
use super::spelling;
use crate::domain::framework::{Family, Indicator, Item, Level, Model, Pillar, Relation, Replaces};

const MODELS: [(&str, Model); 2] = [("reflective", Model::Reflective), ("formative", Model::Formative)];

const LEVELS: [(&str, Level); 2] = [("core", Level::Core), ("extended", Level::Extended)];

const RELATIONS: [(&str, Relation); 3] =
    [("same", Relation::Same), ("comparable", Relation::Comparable), ("replaced", Relation::Replaced)];

const INDICATOR_KEYS: [&str; 11] = [
    "code",
    "family",
    "name",
    "definition",
    "model",
    "waves",
    "trace",
    "evidence",
    "replaces",
    "reversed_on_purpose",
    "item",
];

impl<'a> Reader<'a> {
    /// An `[[indicator]]` with its items, in either spelling; it takes its pillar from its family.
    pub fn indicator(&mut self, record: Record<'a>, families: &[Family]) -> Indicator {
        self.only(record, &INDICATOR_KEYS);
        let family = self.reference(record, "family", Section::Family);
        let pillar = families.iter().find(|known| known.code == family).map(|family| family.pillar);
        let indicator = Indicator {
            code: self.code(record),
            family,
            pillar: pillar.unwrap_or(Pillar::Facilitators),
            name: self.text(record, "name"),
            definition: self.text(record, "definition"),
            model: self.word(record, "model", &MODELS, Model::default()),
            waves: self.references(record, "waves", Section::WaveType),
            trace: self.optional_string(record, "trace"),
            evidence: self.optional_string(record, "evidence"),
            replaces: self.replaces(record),
            items: self.items(record),
        };
        self.check_items(record, &indicator);
        indicator
    }

    fn items(&mut self, record: Record<'a>) -> Vec<Item> {
        let list = self.list(record, "item");
        let items = list_of_records(&list, "item", &mut self.report);
        items.into_iter().map(|item| self.item(item)).collect()
    }

    fn item(&mut self, record: Record<'a>) -> Item {
        self.only(record, &["code", "scale", "audience", "level", "reverse", "text"]);
        let code = self.code(record);
        if let Some(value) = record.get("code").filter(|_| spelling::ANSWER_COLUMNS.contains(&code.as_str())) {
            let what = format!("“{code}” is the name of a column of answer files");
            self.report.add(ProblemCode::BadCode, value.place(), what, "give the item another code");
        }
        Item {
            code,
            scale: self.reference(record, "scale", Section::Scale),
            audience: self.references(record, "audience", Section::Group),
            level: self.word(record, "level", &LEVELS, Level::default()),
            reverse: self.flag(record, "reverse"),
            text: self.text(record, "text"),
        }
    }

    fn replaces(&mut self, record: Record<'a>) -> Vec<Replaces> {
        let list = self.list(record, "replaces");
        let entries = list_of_records(&list, "replaced indicator", &mut self.report);
        entries.into_iter().map(|entry| self.replaced(entry)).collect()
    }

    fn replaced(&mut self, record: Record<'a>) -> Replaces {
        self.only(record, &["framework", "code", "relation"]);
        Replaces {
            framework: self.version(record, "framework"),
            code: self.code(record),
            relation: self.required_word(record, "relation", &RELATIONS, Relation::Replaced),
        }
    }

    fn check_items(&mut self, record: Record<'a>, indicator: &Indicator) {
        let label = record.label();
        let confirmed = self.flag(record, "reversed_on_purpose");
        let all_reversed = !indicator.items.is_empty() && indicator.items.iter().all(|item| item.reverse);
        if indicator.items.is_empty() {
            let what = format!("{label} has no item");
            self.report.add(ProblemCode::NoItems, record.place, what, "add at least one [[indicator.item]]");
        }
        if indicator.pillar == Pillar::Obstacles && all_reversed && !confirmed {
            let what =
                format!("every item of the obstacle {label} is reversed, which mostly means it was turned twice");
            let remedy = "set reverse = false where a high answer means more of the obstacle, or confirm with \
                          reversed_on_purpose = true in the indicator";
            self.report.add(ProblemCode::AllReversed, record.place, what, remedy);
        }
        let mut scales: Vec<&str> = indicator.items.iter().map(|item| item.scale.as_str()).collect();
        scales.sort_unstable();
        scales.dedup();
        if scales.len() > 1 {
            let what = format!("{label} is asked on the scales {}", scales.join(" and "));
            let remedy = "use one scale, or be aware that their points share a range but not a meaning";
            self.report.add(ProblemCode::MixedScales, record.place, what, remedy);
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How are texts by language and lists of labels read?

use std::collections::BTreeMap;

use super::document::{Record, Value};
use super::nearest::nearest;
use super::problem::{Place, ProblemCode};
use super::reader::Reader;
use super::spelling::is_language;
use crate::domain::text::Text;

const MAIN_LANGUAGES: [&str; 2] = ["it", "en"];

impl<'a> Reader<'a> {
    /// A text by language that has to be there.
    pub fn text(&mut self, record: Record<'a>, key: &str) -> Text {
        self.required(record, key).map(|value| self.translations(record, key, value)).unwrap_or_default()
    }

    /// A text by language that may be absent.
    pub fn optional_text(&mut self, record: Record<'a>, key: &str) -> Option<Text> {
        record.get(key).map(|value| self.translations(record, key, value))
    }

    /// The labels of a scale: for each point, its label by language.
    pub fn labels(&mut self, record: Record<'a>, points: usize) -> Vec<Text> {
        let key = "labels";
        let mut by_point = vec![BTreeMap::new(); points];
        for (language, value) in self.by_language(record, key) {
            let Some(list) = value.list() else {
                self.wrong_type(value, key, "a list of texts for each language");
                continue;
            };
            if list.len() != points && points > 0 {
                let what = format!("labels of {} in “{language}”, {} for {points} points", record.label(), list.len());
                self.report.add(ProblemCode::LabelCount, value.place(), what, "write one label for each point");
            }
            let labels: Vec<String> = list.into_iter().filter_map(|label| self.filled(label, key)).collect();
            for (label, texts) in labels.into_iter().zip(&mut by_point) {
                texts.insert(language.to_owned(), label);
            }
        }
        by_point.into_iter().map(Text::new).collect()
    }

    fn translations(&mut self, record: Record<'a>, key: &str, value: Value<'a>) -> Text {
        let mut texts = BTreeMap::new();
        for (language, words) in self.languages_of(record, key, value) {
            if let Some(words) = self.filled(words, key) {
                texts.insert(language.to_owned(), words);
            }
        }
        Text::new(texts)
    }

    fn by_language(&mut self, record: Record<'a>, key: &str) -> Vec<(&'a str, Value<'a>)> {
        self.required(record, key).map(|value| self.languages_of(record, key, value)).unwrap_or_default()
    }

    /// The values of a table by language, once its languages are checked.
    fn languages_of(&mut self, record: Record<'a>, key: &str, value: Value<'a>) -> Vec<(&'a str, Value<'a>)> {
        let Some(table) = value.record("text") else {
            self.wrong_type(value, key, "a table by language, such as { it = …, en = … }");
            return Vec::new();
        };
        let entries: Vec<_> = table.entries().collect();
        let has = |language: &str| entries.iter().any(|(known, _, _)| *known == language);
        let missing: Vec<String> = self
            .languages
            .iter()
            .filter(|language| is_language(language) && !has(language))
            .map(|language| format!("“{language}”"))
            .collect();
        if !MAIN_LANGUAGES.into_iter().any(has) {
            let what = format!("“{key}” of {} is in neither Italian nor English", record.label());
            self.report.add(ProblemCode::NoMainLanguage, value.place(), what, "add it = … or en = …");
        } else if !missing.is_empty() {
            let what = format!("“{key}” of {} has no text in {}", record.label(), missing.join(", "));
            self.report.add(
                ProblemCode::MissingLanguage,
                value.place(),
                what,
                "add it, or readers see another language",
            );
        }
        for (language, place, _) in &entries {
            self.check_listed(language, *place, key);
        }
        entries.into_iter().map(|(language, _, value)| (language, value)).collect()
    }

    fn check_listed(&mut self, language: &str, place: Place<'a>, key: &str) {
        if self.languages.is_empty() || self.languages.iter().any(|listed| listed == language) {
            return;
        }
        let near = nearest(language, self.languages.iter().map(String::as_str));
        let near = near.map(|near| format!("did you mean “{near}”? ")).unwrap_or_default();
        let what = format!("“{key}” has the language “{language}”, which “languages” does not list");
        let remedy = format!("{near}correct it or add it to the languages of [framework]");
        self.report.add(ProblemCode::UnknownReference, place, what, remedy);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is one key of a table read, and what is said where it cannot be?

use std::collections::BTreeSet;

use super::codes::Codes;
use super::document::{Record, Value};
use super::nearest::{nearest, suggestion};
use super::problem::{ProblemCode, Report};
use super::sections::Section;
use super::spelling;

/// Reads tables into domain values. What is missing or wrong is reported and gets a stand-in, so that reading goes on;
/// a framework with problems is never handed out.
pub(super) struct Reader<'a> {
    /// What the files declare.
    pub codes: Codes<'a>,
    /// The framework's languages; none until they are read.
    pub languages: Vec<String>,
    /// The problems so far.
    pub report: Report,
}

impl<'a> Reader<'a> {
    /// Reports every key the table should not have.
    pub fn only(&mut self, record: Record<'a>, keys: &[&str]) {
        for (key, place, _) in record.entries().filter(|(key, _, _)| !keys.contains(key)) {
            let what = format!("unknown key “{key}” in {}", record.label());
            self.report.add(ProblemCode::UnknownKey, place, what, suggestion(key, keys.iter().copied()));
        }
    }

    /// The value of a key that has to be there.
    pub fn required(&mut self, record: Record<'a>, key: &str) -> Option<Value<'a>> {
        let value = record.get(key);
        if value.is_none() {
            let what = format!("{} has no “{key}”", record.label());
            self.report.add(ProblemCode::MissingKey, record.place, what, format!("add {key} = …"));
        }
        value
    }

    /// A string that has to be there and to say something.
    pub fn string(&mut self, record: Record<'a>, key: &str) -> String {
        self.required(record, key).and_then(|value| self.filled(value, key)).unwrap_or_default()
    }

    /// A string that may be absent.
    pub fn optional_string(&mut self, record: Record<'a>, key: &str) -> Option<String> {
        record.get(key).and_then(|value| self.filled(value, key))
    }

    /// True or false; false if absent.
    pub fn flag(&mut self, record: Record<'a>, key: &str) -> bool {
        let Some(value) = record.get(key) else { return false };
        value.bool().unwrap_or_else(|| {
            self.wrong_type(value, key, "true or false, without quotes");
            false
        })
    }

    /// One of the `words`, or `otherwise` where the key is absent.
    pub fn word<T: Copy>(&mut self, record: Record<'a>, key: &str, words: &[(&str, T)], otherwise: T) -> T {
        let Some(value) = record.get(key) else { return otherwise };
        let Some(word) = self.filled(value, key) else { return otherwise };
        if let Some((_, meaning)) = words.iter().find(|(known, _)| *known == word) {
            return *meaning;
        }
        let all: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
        let mut remedy = format!("use one of {}", all.join(", "));
        if let Some(candidate) = nearest(&word, all) {
            remedy = format!("did you mean “{candidate}”? {remedy}");
        }
        self.report.add(ProblemCode::UnknownWord, value.place(), format!("“{word}” is not a {key}"), remedy);
        otherwise
    }

    /// One of the `words`; the key has to be there.
    pub fn required_word<T: Copy>(&mut self, record: Record<'a>, key: &str, words: &[(&str, T)], stand_in: T) -> T {
        self.required(record, key);
        self.word(record, key, words, stand_in)
    }

    /// The `code` of a table.
    pub fn code(&mut self, record: Record<'a>) -> String {
        let code = self.string(record, "code");
        if let Some(value) = record.get("code").filter(|_| !code.is_empty() && !spelling::is_code(&code)) {
            let what = format!("the {} code “{code}” is not one a code can be", record.kind);
            let remedy =
                "use up to 40 letters without accents, digits, hyphens and underscores, a letter or digit first";
            self.report.add(ProblemCode::BadCode, value.place(), what, remedy);
        }
        code
    }

    /// A reference to something declared; the key has to be there.
    pub fn reference(&mut self, record: Record<'a>, key: &str, section: Section) -> String {
        self.required(record, key).and_then(|value| self.known(value, key, section)).unwrap_or_default()
    }

    /// A reference that may be absent.
    pub fn optional_reference(&mut self, record: Record<'a>, key: &str, section: Section) -> Option<String> {
        record.get(key).and_then(|value| self.known(value, key, section))
    }

    /// A list of references, each once; none if absent.
    pub fn references(&mut self, record: Record<'a>, key: &str, section: Section) -> Vec<String> {
        let values = self.list(record, key);
        let codes = values.iter().filter_map(|value| self.known(*value, key, section)).collect();
        self.no_repetition(&values, key);
        codes
    }

    /// A list; empty if absent.
    pub fn list(&mut self, record: Record<'a>, key: &str) -> Vec<Value<'a>> {
        let Some(value) = record.get(key) else { return Vec::new() };
        value.list().unwrap_or_else(|| {
            self.wrong_type(value, key, "a list in square brackets");
            Vec::new()
        })
    }

    /// Reports every string that stands twice in a list.
    pub fn no_repetition(&mut self, values: &[Value<'a>], key: &str) {
        let mut seen = BTreeSet::new();
        for (value, word) in values.iter().filter_map(|value| value.str().map(|word| (value, word))) {
            if !seen.insert(word) {
                let what = format!("“{word}” stands twice in “{key}”");
                self.report.add(ProblemCode::Duplicate, value.place(), what, "list it once");
            }
        }
    }

    /// A string with words in it.
    pub fn filled(&mut self, value: Value<'a>, key: &str) -> Option<String> {
        let Some(string) = value.str() else {
            self.wrong_type(value, key, "a text in double quotes");
            return None;
        };
        if string.trim().is_empty() {
            self.report.add(
                ProblemCode::EmptyText,
                value.place(),
                format!("“{key}” is empty"),
                "write it or remove the key",
            );
            return None;
        }
        Some(string.to_owned())
    }

    /// Reports a value of the wrong type.
    pub fn wrong_type(&mut self, value: Value<'a>, key: &str, form: &str) {
        let what = format!("“{key}” is {}", value.type_name());
        self.report.add(ProblemCode::WrongType, value.place(), what, format!("write {form}"));
    }

    fn known(&mut self, value: Value<'a>, key: &str, section: Section) -> Option<String> {
        let code = self.filled(value, key)?;
        if self.codes.lacks(section, &code) {
            let what = format!("“{code}” in “{key}” is no {} of this framework", section.words());
            let near = nearest(&code, self.codes.of(section)).map(|near| format!("did you mean “{near}”? "));
            let remedy = format!("{}correct it or add a [[{}]]", near.unwrap_or_default(), section.key());
            self.report.add(ProblemCode::UnknownReference, value.place(), what, remedy);
        }
        Some(code)
    }
}

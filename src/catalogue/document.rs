// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does one file say, line by line, even where it is not quite TOML?

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::problem::{Place, ProblemCode, Report};
use super::source::SourceFile;

/// One parsed file. What could be understood of a file with faults is kept.
pub(super) struct Document<'a> {
    name: &'a str,
    text: &'a str,
    line_ends: Vec<usize>,
    root: DeTable<'a>,
    faulty_lines: BTreeSet<usize>,
    headers: Vec<usize>,
    seeming_codes: BTreeSet<&'a str>,
}

impl<'a> Document<'a> {
    /// Parses a file; every fault goes into the report.
    pub fn parse(file: &'a SourceFile, report: &mut Report) -> Self {
        let (root, errors) = DeTable::parse_recoverable(&file.text);
        let mut document = Self {
            name: &file.name,
            text: &file.text,
            line_ends: file.text.match_indices('\n').map(|(offset, _)| offset).collect(),
            root: root.into_inner(),
            faulty_lines: BTreeSet::new(),
            headers: headers(&file.text),
            seeming_codes: if errors.is_empty() { BTreeSet::new() } else { seeming_codes(&file.text) },
        };
        for error in &errors {
            document.note(error, report);
        }
        document
    }

    /// One fault per line: what follows a fault on its line is mostly its echo.
    fn note(&mut self, error: &Error, report: &mut Report) {
        let end = self.text.trim_end().len();
        let line = self.line(error.span().map_or(end, |span| span.start.min(end)));
        if self.faulty_lines.insert(line) {
            let message = error.message().replace(": ", " ");
            let remedy = match error.message() {
                "duplicate key" => "give each key and each [table] once",
                _ => "write it as TOML, with texts in double quotes and lists in square brackets",
            };
            report.add(ProblemCode::Syntax, self.place(line), format!("not valid TOML, {message}"), remedy);
        }
    }

    /// The file as one table.
    pub fn root(&'a self) -> Record<'a> {
        Record { document: self, table: &self.root, place: self.place(1), kind: "file" }
    }

    /// Name of the file.
    pub const fn name(&self) -> &'a str {
        self.name
    }

    /// Lines that are not TOML.
    pub const fn faulty_lines(&self) -> &BTreeSet<usize> {
        &self.faulty_lines
    }

    /// Whether a line that is not TOML stands in the table around this line, from its header to the next one.
    pub fn has_fault_in_table_around(&self, line: usize) -> bool {
        let next = self.headers.partition_point(|header| *header <= line);
        let start = next.checked_sub(1).and_then(|index| self.headers.get(index));
        let end = self.headers.get(next);
        let table = start.copied().unwrap_or(1)..end.copied().unwrap_or(usize::MAX);
        self.faulty_lines.range(table).next().is_some()
    }

    /// Whether a line of a file with faults seems to declare this code, understood or not.
    pub fn may_declare(&self, code: &str) -> bool {
        self.seeming_codes.contains(code)
    }

    const fn place(&self, line: usize) -> Place<'a> {
        Place { file: self.name, line }
    }

    fn line(&self, offset: usize) -> usize {
        self.line_ends.partition_point(|end| *end < offset) + 1
    }
}

/// What stands after the word `code`, wherever that is: read without TOML, for where TOML cannot be read.
fn seeming_codes(text: &str) -> BTreeSet<&str> {
    text.split("code").skip(1).map(first_word).collect()
}

fn first_word(rest: &str) -> &str {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    let word = rest.trim_start_matches([' ', '=', '"', '\'']);
    word.split(|letter| !is_part(letter)).next().unwrap_or_default()
}

fn headers(text: &str) -> Vec<usize> {
    let is_header = |line: &str| line.trim_start().starts_with('[');
    text.lines().zip(1..).filter(|(line, _)| is_header(line)).map(|(_, number)| number).collect()
}

/// A table of a file.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    document: &'a Document<'a>,
    table: &'a DeTable<'a>,
    /// Its first line.
    pub place: Place<'a>,
    /// What it describes, e.g. `indicator`.
    pub kind: &'static str,
}

impl<'a> Record<'a> {
    /// Every key with its line and value, in alphabetical order.
    pub fn entries(self) -> impl Iterator<Item = (&'a str, Place<'a>, Value<'a>)> {
        self.table.iter().map(move |(key, spanned)| {
            let place = self.document.place(self.document.line(key.span().start));
            (key.get_ref().as_ref(), place, Value { document: self.document, spanned })
        })
    }

    /// The value of a key.
    pub fn get(self, key: &str) -> Option<Value<'a>> {
        self.table.get(key).map(|spanned| Value { document: self.document, spanned })
    }

    /// The value of a key, if it is a string.
    pub fn str(self, key: &str) -> Option<&'a str> {
        self.get(key).and_then(Value::str)
    }

    /// How problems call the table: its kind, and its code where it has one.
    pub fn label(self) -> String {
        self.str("code").map_or_else(|| self.kind.to_owned(), |code| format!("{} “{code}”", self.kind))
    }
}

/// A value of a file.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    document: &'a Document<'a>,
    spanned: &'a Spanned<DeValue<'a>>,
}

impl<'a> Value<'a> {
    /// Its first line.
    pub fn place(self) -> Place<'a> {
        self.document.place(self.document.line(self.spanned.span().start))
    }

    /// What it is, in a word.
    pub fn type_name(self) -> &'static str {
        match self.spanned.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        }
    }

    /// As a string.
    pub fn str(self) -> Option<&'a str> {
        self.spanned.get_ref().as_str()
    }

    /// As an integer.
    pub fn integer(self) -> Option<i64> {
        let integer = self.spanned.get_ref().as_integer()?;
        i64::from_str_radix(integer.as_str(), integer.radix()).ok()
    }

    /// As a number, whole or with decimals; `inf` and `nan` are among them.
    pub fn number(self) -> Option<f64> {
        let whole = self.integer().map(|integer| integer.to_string());
        let written = whole.or_else(|| Some(self.spanned.get_ref().as_float()?.as_str().to_owned()))?;
        written.parse().ok()
    }

    /// As true or false.
    pub fn bool(self) -> Option<bool> {
        self.spanned.get_ref().as_bool()
    }

    /// As a list.
    pub fn list(self) -> Option<Vec<Self>> {
        let array = self.spanned.get_ref().as_array()?;
        Some(array.iter().map(|spanned| Self { spanned, ..self }).collect())
    }

    /// As a table describing a `kind`.
    pub fn record(self, kind: &'static str) -> Option<Record<'a>> {
        let table = self.spanned.get_ref().as_table()?;
        Some(Record { document: self.document, table, place: self.place(), kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, check: impl FnOnce(Document<'_>, Report)) {
        let file = SourceFile { name: "a.toml".to_owned(), text: text.to_owned() };
        let mut report = Report::default();
        let document = Document::parse(&file, &mut report);
        check(document, report);
    }

    fn lines(text: &str) -> Vec<usize> {
        let mut lines = Vec::new();
        parse(text, |_, report| lines = report.problems.iter().map(|problem| problem.line).collect());
        lines.sort_unstable();
        lines
    }

    #[test]
    fn every_faulty_line_is_found_once() {
        assert!(lines("").is_empty());
        assert!(lines("\u{feff}a = 1\r\nb = [\r\n  2,\r\n]\r\n").is_empty());
        assert_eq!(lines("a = 1\nb = \nc = 3\nd = ] ] ]\n"), [2, 4]);
        assert_eq!(lines("a = 1\r\na = 2\r\n"), [2]);
    }

    #[test]
    fn a_text_left_open_is_faulty_where_the_file_has_a_line() {
        assert!(lines("a = \"\"\"\nnever closed\n\n\n").iter().all(|line| *line <= 2));
        assert_eq!(lines("a = \"never closed").len(), 1);
    }

    #[test]
    fn keys_and_values_know_their_lines() {
        parse("# comment\n[t]\nx = 1\ny = [\n  2,\n]\n", |document, _| {
            let table = document.root().get("t").and_then(|value| value.record("t")).expect("a table");
            assert_eq!(table.place.line, 2);
            let places: Vec<_> = table.entries().map(|(key, place, _)| (key, place.line)).collect();
            assert_eq!(places, [("x", 3), ("y", 4)]);
            let inner = table.get("y").and_then(Value::list).expect("a list");
            assert_eq!(inner.first().map(|value| value.place().line), Some(5));
        });
    }

    #[test]
    fn a_fault_belongs_to_the_table_around_it() {
        parse("[[g]]\ncode = \"A\n[[g]]\ncode = \"B\"\nx = 1\n", |document, _| {
            let around: Vec<bool> = (1..=5).map(|line| document.has_fault_in_table_around(line)).collect();
            assert_eq!(around, [true, true, false, false, false]);
            assert!(document.may_declare("A") && !document.may_declare("C"));
        });
    }
}

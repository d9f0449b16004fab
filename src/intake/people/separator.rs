// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What stands between the cells of a list, and which rows does it have?

use std::io::Cursor;

use csv::{Position, StringRecord};

use crate::intake::table;

/// Added behind a list: it is a row of its own unless a quotation mark is still open.
const END: &str = "\n\u{1}end";

/// What stands between the cells of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `;`.
    Semicolon,
    /// `,`.
    Comma,
    /// A tab.
    Tab,
    /// Nothing: a line is one cell.
    None,
}

impl Separator {
    /// The stable code, by which pages find their words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Semicolon => "semicolon",
            Self::Comma => "comma",
            Self::Tab => "tab",
            Self::None => "none",
        }
    }

    /// Its byte; for none one that stands in no UTF-8 text.
    const fn byte(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Comma => b',',
            Self::Tab => b'\t',
            Self::None => 0xFF,
        }
    }
}

/// A row with something in it.
#[derive(Clone, Debug)]
pub struct Row {
    /// Line on which it starts, counted from 1.
    pub line: u64,
    /// Its cells, without empty ones at the end.
    pub cells: Vec<String>,
}

/// The rows of a list that have something in them.
#[derive(Debug)]
pub struct Rows {
    /// The rows, as many as were asked for.
    pub rows: Vec<Row>,
    /// Line on which a cell starts whose quotation mark is never closed.
    pub open_quote: Option<u64>,
}

impl Rows {
    /// Reads the first rows of a list, `most` at most.
    pub fn read(text: &str, separator: Separator, most: usize) -> Self {
        let text = text.trim_end_matches('\n');
        let bytes = [text, END].concat().into_bytes();
        let mut reader = table::reader(Cursor::new(bytes.as_slice()), separator.byte());
        let (mut rows, mut record) = (Vec::new(), StringRecord::new());
        let mut open_quote = None;
        // Memory is always readable, and the text is UTF-8.
        while rows.len() < most && reader.read_record(&mut record).unwrap_or(false) {
            let Some(position) = record.position().filter(|position| starts_in(text, position)) else {
                return Self { rows, open_quote: None };
            };
            let line = table::line(&bytes, position);
            open_quote = Some(line);
            rows.extend(Row::new(line, &record));
        }
        if rows.len() == most {
            return Self { rows, open_quote: None };
        }
        // The last row went on behind the end of the list.
        rows.pop_if(|row| Some(row.line) == open_quote);
        Self { rows, open_quote }
    }
}

/// Whether there is anything but spaces and what separates cells.
fn says_something(cell: &str) -> bool {
    cell.chars().any(|letter| !letter.is_whitespace() && !matches!(letter, ';' | ','))
}

fn starts_in(text: &str, position: &Position) -> bool {
    usize::try_from(position.byte()).is_ok_and(|place| place < text.len())
}

impl Row {
    fn new(line: u64, record: &StringRecord) -> Option<Self> {
        let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
        while cells.pop_if(|cell| cell.trim().is_empty()).is_some() {}
        cells.iter().any(|cell| says_something(cell)).then_some(Self { line, cells })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, separator: Separator) -> (Vec<(u64, Vec<String>)>, Option<u64>) {
        let read = Rows::read(text, separator, 10);
        (read.rows.into_iter().map(|row| (row.line, row.cells)).collect(), read.open_quote)
    }

    fn of(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn rows_know_their_lines_and_empty_ones_are_passed_over() {
        let text = "a;b;;\n\n;;\n \n\"c\nd\";e\nf";
        let expected = vec![(1, of(&["a", "b"])), (5, of(&["c\nd", "e"])), (7, of(&["f"]))];
        assert_eq!(rows(text, Separator::Semicolon), (expected, None));
        assert_eq!(rows("", Separator::Comma), (Vec::new(), None));
        assert_eq!(rows("a,b;c", Separator::None), (vec![(1, of(&["a,b;c"]))], None));
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_noticed() {
        assert_eq!(rows("a\n\"b\nc\n", Separator::Comma), (vec![(1, of(&["a"]))], Some(2)));
        assert_eq!(rows("a \"b\nc\"", Separator::Comma).1, None);
        assert_eq!(rows("\"", Separator::None), (Vec::new(), Some(1)));
    }

    #[test]
    fn no_more_rows_are_read_than_asked_for() {
        assert_eq!(Rows::read("a\nb\nc", Separator::None, 2).rows.len(), 2);
    }
}

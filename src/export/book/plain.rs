// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A table as text: UTF-8 with a mark at its start, semicolons, decimal comma, lines that end as on Windows.

use std::io::{self, Write};

use super::{Book, Cell, Table};
use crate::domain::answer::{Answer, NoAnswer};
use crate::export::cell;

/// A file with one table.
pub struct Csv<W> {
    out: W,
    line: String,
}

impl<W: Write> Csv<W> {
    /// An empty file.
    pub const fn new(out: W) -> Self {
        Self { out, line: String::new() }
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.line.push_str("\r\n");
        self.out.write_all(self.line.as_bytes())?;
        self.line.clear();
        Ok(())
    }
}

impl<W: Write> Book for Csv<W> {
    fn table(&mut self, table: &Table) -> io::Result<()> {
        let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        self.line.push('\u{feff}');
        self.line.push_str(&names.join(";"));
        self.end_line()
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for (place, one) in cells.iter().enumerate() {
            if place > 0 {
                self.line.push(';');
            }
            push(&mut self.line, *one);
        }
        self.end_line()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

fn push(line: &mut String, one: Cell<'_>) {
    use std::fmt::Write;
    let start = line.len();
    let _ = match one {
        Cell::Nothing | Cell::Answer(Answer::None(NoAnswer::Skipped)) => Ok(()),
        Cell::Text(text) => write!(line, "{}", cell(text)),
        Cell::Whole(number) => write!(line, "{number}"),
        Cell::Decimal(number) => write!(line, "{number}"),
        Cell::Day(day) => write!(line, "{day}"),
        Cell::Answer(Answer::Point(point)) => write!(line, "{point}"),
        Cell::Answer(Answer::None(reason)) => write!(line, "{}", reason.code()),
    };
    if let (Cell::Decimal(_), Some(point)) = (one, line.get(start..).and_then(|digits| digits.find('.'))) {
        line.replace_range(start + point..=start + point, ",");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::book::{Column, Kind};

    #[test]
    fn cells_are_typed_and_no_text_begins_a_formula() {
        let columns = vec![Column::text("a", ""), Column::new("b", "", Kind::Decimal)];
        let mut file = Vec::new();
        let mut book = Csv::new(&mut file);
        book.table(&Table { name: "x", columns }).unwrap();
        book.row(&[Cell::Text("=1+1;\"è\"\n"), Cell::Decimal(-62.5)]).unwrap();
        book.row(&[Cell::Nothing, Cell::Answer(Answer::None(NoAnswer::Skipped))]).unwrap();
        book.row(&[Cell::Answer(Answer::None(NoAnswer::DontKnow)), Cell::Answer(Answer::Point(10))]).unwrap();
        Box::new(book).finish().unwrap();
        let expected = "\u{feff}a;b\r\n\"'=1+1;\"\"è\"\"\n\";-62,5\r\n;\r\nDK;10\r\n";
        assert_eq!(String::from_utf8(file).unwrap(), expected);
    }
}

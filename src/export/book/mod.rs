// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is a table written, whatever the format? Row after row, as they come: nothing waits in memory.

mod names;
mod ods;
mod plain;
mod sav;
mod xlsx;

use std::io::{self, Seek, Write};

use jiff::civil::Date;

use crate::domain::answer::Answer;
use crate::domain::data_file::{FileFormat, FileNotes};

pub use ods::Ods;
pub use plain::Csv;
pub use sav::Sav;
pub use xlsx::Xlsx;

/// A table: its name and its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Name, also of its sheet.
    pub name: &'static str,
    /// Columns, in their order.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Name in the head. It never changes.
    pub name: String,
    /// What it holds, for whoever reads a codebook.
    pub label: String,
    /// What its cells are.
    pub kind: Kind,
}

/// What the cells of a column are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words or codes of at most so many bytes.
    Text {
        /// Bytes of the longest.
        longest: usize,
    },
    /// Whole numbers, none below this.
    Whole {
        /// The least that is ever written.
        least: u32,
    },
    /// Numbers with all their digits.
    Decimal,
    /// Days.
    Day,
    /// Points of a scale with their labels, or reasons why there is none.
    Answer {
        /// Points with their labels.
        points: Vec<(u8, String)>,
    },
}

/// What stands in one place of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing: never a zero.
    Nothing,
    /// Words or a code: never a formula.
    Text(&'a str),
    /// A whole number.
    Whole(u64),
    /// A number.
    Decimal(f64),
    /// A day.
    Day(Date),
    /// An answer.
    Answer(Answer),
}

/// A file that takes tables row by row.
pub trait Book {
    /// Begins a table; the one before is complete.
    ///
    /// # Errors
    /// If it cannot be written.
    fn table(&mut self, table: &Table) -> io::Result<()>;

    /// Adds a row with a cell for every column.
    ///
    /// # Errors
    /// If it cannot be written.
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()>;

    /// Ends the file.
    ///
    /// # Errors
    /// If it cannot be written.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// A table with all of its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled<'a> {
    /// The table.
    pub table: Table,
    /// Its rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell<'a>>>,
}

impl<'a> Filled<'a> {
    /// A table whose columns of text are as wide as their longest text.
    #[must_use]
    pub fn new(mut table: Table, rows: Vec<Vec<Cell<'a>>>) -> Self {
        for (place, column) in table.columns.iter_mut().enumerate() {
            if let Kind::Text { longest } = &mut column.kind {
                let bytes = |row: &Vec<Cell<'_>>| match row.get(place) {
                    Some(Cell::Text(text)) => text.len(),
                    _ => 0,
                };
                *longest = rows.iter().map(bytes).max().unwrap_or(0);
            }
        }
        Self { table, rows }
    }

    /// Writes it into a file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, book: &mut dyn Book) -> io::Result<()> {
        book.table(&self.table)?;
        self.rows.iter().try_for_each(|row| book.row(row))
    }
}

impl Column {
    /// A column of words or codes.
    #[must_use]
    pub fn text(name: &str, label: &str) -> Self {
        Self::new(name, label, Kind::Text { longest: 0 })
    }

    /// A column of some kind.
    #[must_use]
    pub fn new(name: &str, label: &str, kind: Kind) -> Self {
        Self { name: name.to_owned(), label: label.to_owned(), kind }
    }
}

impl<'a> Cell<'a> {
    /// The text, or nothing where it is empty.
    #[must_use]
    pub const fn of(text: &'a str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }

    /// The text, or nothing where there is none.
    #[must_use]
    pub fn maybe(text: Option<&'a str>) -> Self {
        text.map_or(Self::Nothing, Self::of)
    }
}

/// An empty file of tables.
///
/// # Errors
/// If its beginning cannot be written.
pub fn book<'a, W: Write + Seek + Send + 'a>(
    format: FileFormat,
    notes: &FileNotes,
    out: W,
) -> io::Result<Box<dyn Book + 'a>> {
    Ok(match format {
        FileFormat::Csv => Box::new(Csv::new(out)),
        FileFormat::Xlsx => Box::new(Xlsx::new(notes, out)?),
        FileFormat::Ods => Box::new(Ods::new(notes, out)?),
        FileFormat::Sav => Box::new(Sav::new(notes, out)),
        FileFormat::Json => return Err(io::Error::new(io::ErrorKind::Unsupported, "JSON holds no tables")),
    })
}

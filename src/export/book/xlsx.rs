// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Tables as sheets of Excel: typed cells, a sheet to be read first, heads that stay in sight, nothing merged.

use std::io::{self, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Book, Cell, Column, Kind, Table};
use crate::domain::answer::{Answer, NoAnswer};
use crate::domain::data_file::FileNotes;

/// Characters that a cell holds.
const LONGEST: usize = 32_767;

/// A workbook. Rows lie in a file of their own until the end, not in memory.
pub struct Xlsx<W> {
    workbook: Workbook,
    out: W,
    sheets: usize,
    row: u32,
    formats: Formats,
}

struct Formats {
    head: Format,
    day: Format,
    decimal: Format,
}

impl<W: Write + Send> Xlsx<W> {
    /// A workbook with its first sheet: what to know before using it.
    ///
    /// # Errors
    /// If no file can be made for its rows.
    pub fn new(notes: &FileNotes, out: W) -> io::Result<Self> {
        let formats = Formats {
            head: Format::new().set_bold(),
            day: Format::new().set_num_format("dd/mm/yyyy"),
            decimal: Format::new().set_num_format("0.0"),
        };
        let mut book = Self { workbook: Workbook::new(), out, sheets: 0, row: 0, formats };
        book.read_first(notes).map_err(io::Error::other)?;
        Ok(book)
    }

    fn read_first(&mut self, notes: &FileNotes) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name("Leggimi")?.set_column_width(0, 28)?.set_column_width(1, 110)?;
        sheet.write_string_with_format(0, 0, cut(&notes.title), &self.formats.head)?;
        for ([name, said], row) in notes.lines.iter().zip(1..) {
            sheet.write_string(row, 0, cut(name))?.write_string(row, 1, cut(said))?;
        }
        self.sheets = 1;
        Ok(())
    }

    fn begin(&mut self, table: &Table) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(table.name)?.set_freeze_panes(1, 0)?;
        for (column, place) in table.columns.iter().zip(0..) {
            sheet.set_column_width(place, width(column))?;
        }
        for (column, place) in table.columns.iter().zip(0..) {
            sheet.write_string_with_format(0, place, cut(&column.name), &self.formats.head)?;
        }
        self.sheets += 1;
        self.row = 0;
        Ok(())
    }

    fn add(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        self.row += 1;
        let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
        for (cell, column) in cells.iter().zip(0..) {
            write(sheet, (self.row, column), *cell, &self.formats)?;
        }
        Ok(())
    }
}

impl<W: Write + Send> Book for Xlsx<W> {
    fn table(&mut self, table: &Table) -> io::Result<()> {
        self.begin(table).map_err(io::Error::other)
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        self.add(cells).map_err(io::Error::other)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.workbook.save_to_writer(&mut self.out).map_err(io::Error::other)?;
        self.out.flush()
    }
}

fn write(sheet: &mut Worksheet, (row, column): (u32, u16), cell: Cell<'_>, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        Cell::Nothing | Cell::Answer(Answer::None(NoAnswer::Skipped)) => return Ok(()),
        Cell::Text(text) => sheet.write_string(row, column, cut(text))?,
        Cell::Whole(number) => sheet.write_number(row, column, real(number))?,
        Cell::Decimal(number) => sheet.write_number_with_format(row, column, number, &formats.decimal)?,
        Cell::Answer(Answer::Point(point)) => sheet.write_number(row, column, point)?,
        Cell::Answer(Answer::None(reason)) => sheet.write_string(row, column, reason.code())?,
        Cell::Day(day) => {
            let (year, month, of_month) = (day.year(), day.month(), day.day());
            let part = |number: i8| u8::try_from(number).unwrap_or(1);
            let day = ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), part(month), part(of_month))?;
            sheet.write_datetime_with_format(row, column, &day, &formats.day)?
        }
    };
    Ok(())
}

/// A count as a number of a spreadsheet, which has no others.
#[expect(clippy::cast_precision_loss, reason = "counts of people and answers stay far below 2^52")]
pub(super) const fn real(number: u64) -> f64 {
    number as f64
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

const fn width(column: &Column) -> u32 {
    match column.kind {
        Kind::Text { longest } if longest > 20 => 40,
        Kind::Text { .. } | Kind::Day => 16,
        Kind::Whole { .. } | Kind::Decimal => 12,
        Kind::Answer { .. } => 8,
    }
}

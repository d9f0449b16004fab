// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A table as a system file of SPSS: labels of variables and values, missing codes, UTF-8, one byte for most numbers.
//!
//! Answers are numbers: the point of the scale, or −1 to −5 for the reasons why there is none, in the order of
//! [`NoAnswer::ALL`], which are declared missing. Texts hold 255 bytes at most; longer ones are cut.
//!
//! # Source
//! GNU PSPP, Developer's Guide, "System File Format"; read back with `ReadStat` (pyreadstat 1.3).

use std::io::{self, Write};

use jiff::civil::Date;

use super::names::distinct;
use super::xlsx::real;
use super::{Book, Cell, Column, Kind, Table};
use crate::domain::answer::{Answer, NoAnswer};
use crate::domain::data_file::FileNotes;
use crate::domain::text::Language;

/// Bytes of the longest text that one variable holds.
const LONGEST: usize = 255;
/// Bytes of the longest label of a value.
const LONGEST_LABEL: usize = 120;
/// What is added to a small number to make its byte.
const BIAS: f64 = 100.0;
/// Formats of what is printed: text, number, day as year/month/day.
const TEXT: i32 = 1;
const NUMBER: i32 = 5;
const DAY: i32 = 39;
/// Days from the first day of the Gregorian calendar, from which SPSS counts seconds, to 1970.
const FIRST_DAY: Date = Date::constant(1582, 10, 14);

/// A system file with one table.
pub struct Sav<W> {
    out: W,
    title: String,
    reasons: [String; 5],
    /// Bytes of every column of text; none for numbers.
    widths: Vec<Option<usize>>,
    packed: Packed,
}

/// The points of a scale with their labels, and the places of the variables on it.
type Scale<'a> = (&'a [(u8, String)], Vec<i32>);

/// Eight values behind the eight bytes that say how each is written.
#[derive(Default)]
struct Packed {
    codes: Vec<u8>,
    values: Vec<u8>,
}

impl<W: Write> Sav<W> {
    /// An empty file.
    pub fn new(notes: &FileNotes, out: W) -> Self {
        let reasons = notes.reasons.each_ref().map(|reason| reason.get(Language::It).to_owned());
        Self { out, title: notes.title.clone(), reasons, widths: Vec::new(), packed: Packed::default() }
    }

    fn head(&mut self, elements: usize) -> io::Result<()> {
        let product = concat!("@(#) SPSS DATA FILE insieme ", env!("CARGO_PKG_VERSION"));
        self.out.write_all(b"$FL2")?;
        self.out.write_all(&filled(product, 60))?;
        let elements = i32::try_from(elements).map_err(io::Error::other)?;
        // Layout, values in a row, packed, no weight, number of rows not known.
        self.integers(&[2, elements, 1, 0, -1])?;
        self.out.write_all(&BIAS.to_le_bytes())?;
        self.out.write_all(b"01 Jan 0000:00:00")?;
        self.out.write_all(&filled(&self.title, 64))?;
        self.out.write_all(&[0; 3])
    }

    fn integers(&mut self, numbers: &[i32]) -> io::Result<()> {
        numbers.iter().try_for_each(|number| self.out.write_all(&number.to_le_bytes()))
    }

    /// One variable: where it is a text, a record for every eight bytes.
    fn variable(&mut self, (number, column): (usize, &Column), width: Option<usize>) -> io::Result<()> {
        let missing = matches!(column.kind, Kind::Answer { .. });
        let bytes = width.map_or(Ok(0), i32::try_from).map_err(io::Error::other)?;
        let format = format_of(&column.kind, bytes);
        self.integers(&[2, bytes, 1, if missing { -2 } else { 0 }, format, format])?;
        self.out.write_all(&filled(&short_name(number), 8))?;
        let label = cut(&column.label, LONGEST);
        self.integers(&[i32::try_from(label.len()).map_err(io::Error::other)?])?;
        self.out.write_all(&filled(label, label.len().next_multiple_of(4)))?;
        if missing {
            self.out.write_all(&(-5.0_f64).to_le_bytes())?;
            self.out.write_all(&(-1.0_f64).to_le_bytes())?;
        }
        for _ in 1..width.map_or(1, eights) {
            self.integers(&[2, -1, 0, 0, 0, 0])?;
            self.out.write_all(&[b' '; 8])?;
        }
        Ok(())
    }

    /// What the values of answers mean, once for all variables on the same scale.
    fn labels(&mut self, table: &Table) -> io::Result<()> {
        let mut scales: Vec<Scale<'_>> = Vec::new();
        let mut place = 1;
        for (column, width) in table.columns.iter().zip(&self.widths) {
            if let Kind::Answer { points } = &column.kind {
                match scales.iter_mut().find(|(known, _)| *known == points.as_slice()) {
                    Some((_, places)) => places.push(place),
                    None => scales.push((points, vec![place])),
                }
            }
            place += width.map_or(Ok(1), |width| i32::try_from(eights(width))).map_err(io::Error::other)?;
        }
        for (points, places) in scales {
            self.scale(points, &places)?;
        }
        Ok(())
    }

    fn scale(&mut self, points: &[(u8, String)], places: &[i32]) -> io::Result<()> {
        let points = points.iter().map(|(point, label)| (f64::from(*point), label.clone()));
        let reasons = NoAnswer::ALL.into_iter().zip(self.reasons.clone());
        let reasons = reasons.map(|(reason, label)| (code(reason), format!("{}: {label}", reason.code())));
        let labels: Vec<(f64, String)> = points.chain(reasons).collect();
        self.integers(&[3, i32::try_from(labels.len()).map_err(io::Error::other)?])?;
        for (value, label) in &labels {
            let label = cut(label, LONGEST_LABEL);
            self.out.write_all(&value.to_le_bytes())?;
            self.out.write_all(&[u8::try_from(label.len()).unwrap_or(0)])?;
            self.out.write_all(&filled(label, (label.len() + 1).next_multiple_of(8) - 1))?;
        }
        self.integers(&[4, i32::try_from(places.len()).map_err(io::Error::other)?])?;
        self.integers(places)
    }

    /// What machine wrote it, the whole names of the variables, and the encoding of every text.
    fn extensions(&mut self, table: &Table) -> io::Result<()> {
        self.integers(&[7, 3, 4, 8, 20, 0, 0, -1, 1, 1, 2, 65001])?;
        self.integers(&[7, 4, 8, 3])?;
        for limit in [-f64::MAX, f64::MAX, (-f64::MAX).next_up()] {
            self.out.write_all(&limit.to_le_bytes())?;
        }
        let names = distinct(table.columns.iter().map(|column| column.name.as_str()));
        let pairs: Vec<String> = names.iter().zip(1..).map(|(name, at)| format!("{}={name}", short_name(at))).collect();
        self.extension(13, &pairs.join("\t"))?;
        self.extension(20, "UTF-8")
    }

    fn extension(&mut self, kind: i32, text: &str) -> io::Result<()> {
        self.integers(&[7, kind, 1, i32::try_from(text.len()).map_err(io::Error::other)?])?;
        self.out.write_all(text.as_bytes())
    }

    fn number(&mut self, number: Option<f64>) -> io::Result<()> {
        match number {
            None => self.packed.add(255, &[], &mut self.out),
            Some(number) => match small(number) {
                Some(byte) => self.packed.add(byte, &[], &mut self.out),
                None => self.packed.add(253, &number.to_le_bytes(), &mut self.out),
            },
        }
    }

    fn text(&mut self, text: &str, width: usize) -> io::Result<()> {
        for eight in filled(cut(text, width), eights(width) * 8).chunks(8) {
            let blank = eight.iter().all(|byte| *byte == b' ');
            self.packed.add(if blank { 254 } else { 253 }, if blank { &[] } else { eight }, &mut self.out)?;
        }
        Ok(())
    }
}

impl<W: Write> Book for Sav<W> {
    fn table(&mut self, table: &Table) -> io::Result<()> {
        self.widths = table.columns.iter().map(width).collect();
        self.head(self.widths.iter().map(|width| width.map_or(1, eights)).sum())?;
        for (place, column) in table.columns.iter().enumerate() {
            let width = self.widths.get(place).copied().flatten();
            self.variable((place + 1, column), width)?;
        }
        self.labels(table)?;
        self.extensions(table)?;
        self.integers(&[999, 0])
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for (place, cell) in cells.iter().enumerate() {
            match (self.widths.get(place).copied().flatten(), *cell) {
                (Some(width), Cell::Text(text)) => self.text(text, width)?,
                (Some(width), _) => self.text("", width)?,
                (None, cell) => self.number(value(cell))?,
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.packed.flush(&mut self.out)?;
        self.out.flush()
    }
}

impl Packed {
    fn add(&mut self, code: u8, value: &[u8], out: &mut impl Write) -> io::Result<()> {
        self.codes.push(code);
        self.values.extend_from_slice(value);
        if self.codes.len() == 8 { self.flush(out) } else { Ok(()) }
    }

    fn flush(&mut self, out: &mut impl Write) -> io::Result<()> {
        if self.codes.is_empty() {
            return Ok(());
        }
        // Nothing follows behind the last value.
        self.codes.resize(8, 0);
        out.write_all(&self.codes)?;
        out.write_all(&self.values)?;
        self.codes.clear();
        self.values.clear();
        Ok(())
    }
}

/// The number of a reason for no answer.
fn code(reason: NoAnswer) -> f64 {
    match reason {
        NoAnswer::DontKnow => -1.0,
        NoAnswer::NotApplicable => -2.0,
        NoAnswer::Refused => -3.0,
        NoAnswer::Skipped => -4.0,
        NoAnswer::NotShown => -5.0,
    }
}

fn value(cell: Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Nothing | Cell::Text(_) => None,
        Cell::Whole(number) => Some(real(number)),
        Cell::Decimal(number) => Some(number),
        Cell::Day(day) => {
            let days = day.duration_since(FIRST_DAY).as_hours() / 24;
            i32::try_from(days).ok().map(|days| f64::from(days) * 86_400.0)
        }
        Cell::Answer(Answer::Point(point)) => Some(f64::from(point)),
        Cell::Answer(Answer::None(reason)) => Some(code(reason)),
    }
}

/// The byte of a whole number that fits into one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to 251, without decimals")]
fn small(number: f64) -> Option<u8> {
    let biased = number + BIAS;
    let fits = (1.0..=251.0).contains(&biased) && biased.fract() == 0.0 && number.to_bits() != (-0.0_f64).to_bits();
    fits.then_some(biased as u8)
}

/// How a value is printed: what it is, how wide, how many decimals.
const fn format_of(kind: &Kind, bytes: i32) -> i32 {
    let (kind, width, decimals) = match kind {
        Kind::Text { .. } => (TEXT, bytes, 0),
        Kind::Whole { .. } => (NUMBER, 9, 0),
        Kind::Answer { .. } => (NUMBER, 2, 0),
        Kind::Decimal => (NUMBER, 8, 1),
        Kind::Day => (DAY, 10, 0),
    };
    kind << 16 | width << 8 | decimals
}

fn width(column: &Column) -> Option<usize> {
    match column.kind {
        Kind::Text { longest } => Some(longest.clamp(1, LONGEST)),
        Kind::Whole { .. } | Kind::Decimal | Kind::Day | Kind::Answer { .. } => None,
    }
}

/// How often eight bytes are needed.
const fn eights(bytes: usize) -> usize {
    bytes.div_ceil(8)
}

fn short_name(number: usize) -> String {
    format!("V{number}")
}

/// The text with spaces behind it, or as much of it as there is room for.
fn filled(text: &str, bytes: usize) -> Vec<u8> {
    let mut all = cut(text, bytes).as_bytes().to_vec();
    all.resize(bytes, b' ');
    all
}

/// As many whole characters as there is room for.
fn cut(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_whole_numbers_take_one_byte_and_others_eight() {
        assert_eq!([-99.0, -1.0, 0.0, 151.0].map(small), [Some(1), Some(99), Some(100), Some(251)]);
        assert_eq!([-100.0, 152.0, 0.5, -0.0, f64::NAN].map(small), [None; 5]);
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!((cut("perché", 6), cut("perché", 7), cut("a", 9)), ("perch", "perché", "a"));
        assert_eq!(filled("è", 4), [0xc3, 0xa8, b' ', b' ']);
    }

    #[test]
    fn days_are_seconds_since_the_calendar_began() {
        assert_eq!(value(Cell::Day(Date::constant(1970, 1, 1))), Some(12_219_379_200.0));
    }
}

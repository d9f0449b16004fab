// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is a CSV file opened: which separator, which columns, which bytes were read?

use std::fmt::Write as _;
use std::io::{self, Cursor, Read};

use csv::Position;
use memchr::memchr;
use sha2::{Digest, Sha256};

use super::problem::{Problem, ProblemCode};

/// Bytes that are read at a time.
pub const BATCH: usize = 1 << 23;

/// A small CSV file: its header is known, its rows are still to come.
pub struct Table {
    /// Names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: csv::Reader<Cursor<Vec<u8>>>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Opens a CSV file, with or without byte order mark, separated by commas or semicolons.
///
/// # Errors
/// If it cannot be read, is not UTF-8 or has no header row.
pub fn open(source: impl Read, file: &str) -> Result<Table, Problem> {
    let mut source = Source::new(source);
    let mut text = Vec::new();
    let head = Head::read(&mut source, &mut text, file)?;
    while !source.ended() {
        source.fill(&mut text, BATCH);
    }
    if let Some(error) = source.failure() {
        return Err(unreadable(file, error));
    }
    text.drain(..head.start);
    let mut rows = reader(Cursor::new(text), head.separator);
    let _ = rows.read_byte_record(&mut csv::ByteRecord::new());
    Ok(Table { header: head.names, rows, sha256: source.sha256() })
}

impl Table {
    /// Line of the file on which the row at this position starts, counted from 1.
    pub fn line(&self, position: Option<&Position>) -> u64 {
        position.map_or(1, |position| line(self.rows.get_ref().get_ref(), position))
    }
}

/// A file that is read once, and the SHA-256 of what was read.
pub struct Source<R> {
    reader: R,
    hash: Sha256,
    ended: bool,
    failure: Option<io::Error>,
}

impl<R: Read> Source<R> {
    /// Nothing read yet.
    pub fn new(reader: R) -> Self {
        Self { reader, hash: Sha256::new(), ended: false, failure: None }
    }

    /// Adds so many bytes to `text`, fewer only at the end.
    pub fn fill(&mut self, text: &mut Vec<u8>, bytes: usize) {
        let before = text.len();
        let limit = u64::try_from(bytes).unwrap_or(u64::MAX);
        text.reserve(bytes);
        let read = self.reader.by_ref().take(limit).read_to_end(text);
        self.hash.update(text.get(before..).unwrap_or_default());
        self.ended = !read.as_ref().is_ok_and(|read| *read == bytes);
        self.failure = read.err();
    }

    /// Whether there is nothing more to read.
    pub const fn ended(&self) -> bool {
        self.ended
    }

    /// Why the rest could not be read.
    pub const fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    /// SHA-256 of everything read so far, in hexadecimal.
    pub fn sha256(self) -> String {
        self.hash.finalize().iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

/// The header row of a file.
#[derive(Debug)]
pub struct Head {
    /// Names of the columns.
    pub names: Vec<String>,
    /// Separator of cells.
    pub separator: u8,
    /// Where the header starts, behind the byte order mark.
    pub start: usize,
    /// Where the header ends and the rows begin.
    pub end: usize,
}

impl Head {
    /// Reads the header; `text` receives the beginning of the file.
    ///
    /// # Errors
    /// If it cannot be read, is not UTF-8 or is empty.
    pub fn read<R: Read>(source: &mut Source<R>, text: &mut Vec<u8>, file: &str) -> Result<Self, Problem> {
        while !source.ended() && memchr(b'\n', text).is_none() {
            source.fill(text, BATCH.max(text.len()));
        }
        let first = memchr(b'\n', text).map_or(text.len(), |end| end + 1);
        if let (Some(error), None) = (source.failure(), memchr(b'\n', text)) {
            return Err(unreadable(file, error));
        }
        let line = text.get(..first).unwrap_or_default();
        let start = if line.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let separator = separator(header_text(line.get(start..).unwrap_or_default(), file)?);
        loop {
            let (names, length) = first_record(text.get(start..).unwrap_or_default(), separator);
            let ends = start + length <= text.len();
            if let Some(error) = source.failure().filter(|_| !ends) {
                return Err(problem(file, (ProblemCode::BrokenLine, error.to_string(), "correct the header")));
            }
            if ends || source.ended() {
                return Ok(Self { names, separator, start, end: (start + length).min(text.len()) });
            }
            source.fill(text, BATCH.max(text.len()));
        }
    }
}

/// The cells of the first row and the bytes it takes: more than there are if it may go on behind the end of `text`.
fn first_record(text: &[u8], separator: u8) -> (Vec<String>, usize) {
    let mut rows = reader(text.chain(&b"\n"[..]), separator);
    let mut record = csv::ByteRecord::new();
    // Memory is always readable; where there is no row, the record stays empty.
    let _ = rows.read_byte_record(&mut record);
    let names = record.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
    (names, usize::try_from(rows.position().byte()).unwrap_or(usize::MAX))
}

/// A reader of rows that may have any number of cells.
pub fn reader<R: Read>(text: R, separator: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text)
}

/// Line of `text` on which a row starts, counted from 1: ends of lines that the reader skips come before it.
pub fn line(text: &[u8], position: &Position) -> u64 {
    let place = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let skipped = text.get(place..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    skipped.filter(|byte| **byte == b'\n').fold(position.line(), |line, _| line + 1)
}

fn header_text<'t>(line: &'t [u8], file: &str) -> Result<&'t str, Problem> {
    let text = std::str::from_utf8(line).map_err(|_| {
        let what = "the header is not UTF-8 text".to_owned();
        problem(file, (ProblemCode::NotUtf8, what, "save the file as CSV UTF-8"))
    })?;
    if text.trim().is_empty() {
        let what = "the file is empty".to_owned();
        return Err(problem(file, (ProblemCode::NoRows, what, "give a header row and a row for each answer")));
    }
    Ok(text)
}

/// The separator there is more of outside quotes.
fn separator(header: &str) -> u8 {
    let mut quoted = false;
    let (mut commas, mut semicolons) = (0, 0);
    for letter in header.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => commas += 1,
            ';' if !quoted => semicolons += 1,
            _ => {}
        }
    }
    if semicolons > commas { b';' } else { b',' }
}

fn unreadable(file: &str, error: &io::Error) -> Problem {
    problem(file, (ProblemCode::Unreadable, error.to_string(), "check the file and its permissions"))
}

fn problem(file: &str, (code, what, remedy): (ProblemCode, String, &'static str)) -> Problem {
    Problem { code, file: file.to_owned(), line: Some(1), column: None, what, remedy }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8]) -> (Vec<String>, Vec<Vec<String>>, String) {
        let mut table = open(text, "a.csv").unwrap();
        let rows = table.rows.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        (table.header, rows, table.sha256)
    }

    fn lines(text: &[u8]) -> Vec<u64> {
        let mut table = open(text, "a.csv").unwrap();
        let mut record = csv::ByteRecord::new();
        let mut lines = Vec::new();
        while table.rows.read_byte_record(&mut record).unwrap() {
            lines.push(table.line(record.position()));
        }
        lines
    }

    fn head(text: &[u8]) -> Head {
        let mut read = Vec::new();
        Head::read(&mut Source::new(text), &mut read, "a.csv").unwrap()
    }

    #[test]
    fn commas_and_semicolons_with_or_without_mark_read_alike() {
        let plain = rows(b"wave,group\n1,PA\n");
        assert_eq!(plain.0, ["wave", "group"]);
        assert_eq!(plain.1, [["1", "PA"]]);
        let other = rows(b"\xEF\xBB\xBFwave;group\r\n1;PA\r\n");
        assert_eq!((plain.0, plain.1), (other.0, other.1));
    }

    #[test]
    fn the_hash_is_that_of_the_file() {
        // printf 'a,b\n1,2\n3,4' | sha256sum
        let expected = "0c7519a734cd41ac2c8fcc599c713091d0dddb2ccd90ecad7f30e4d9575aed40";
        assert_eq!(rows(b"a,b\n1,2\n3,4").2, expected);
    }

    #[test]
    fn lines_are_counted_as_in_the_file() {
        assert_eq!(lines(b"a,b\n1,2\n3,4\n"), [2, 3]);
        assert_eq!(lines(b"a,b\r\n1,2\r\n3,4\r\n"), [2, 3]);
        assert_eq!(lines(b"a,b\n\n\r\n1,\"2\n\"\n3,4\n"), [4, 6]);
    }

    #[test]
    fn a_header_ends_where_its_row_ends() {
        let ends = |text: &[u8]| (head(text).names.len(), head(text).end);
        assert_eq!(ends(b"a,b"), (2, 3));
        assert_eq!(ends(b"a,b\n1,2\n"), (2, 4));
        assert_eq!(ends(b"a,b\r1,2\n"), (2, 4));
        assert_eq!(ends(b"\xEF\xBB\xBFa,\"b\nc\",d\n1,2,3\n"), (3, 13));
        assert_eq!(ends(b"a,\"b\n1,2"), (2, 8));
    }

    #[test]
    fn an_empty_file_and_foreign_letters_are_refused() {
        assert_eq!(open(&b""[..], "a.csv").err().unwrap().code, ProblemCode::NoRows);
        assert_eq!(open(&b"w\xE8ve,group\n"[..], "a.csv").err().unwrap().code, ProblemCode::NotUtf8);
    }
}

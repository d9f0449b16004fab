// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is a CSV file opened: which separator, which columns, which bytes were read?

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use sha2::{Digest, Sha256};

use super::problem::{Problem, ProblemCode};

/// A CSV file, opened: its header is known, its rows are still to come.
pub struct Table<R: Read> {
    /// Names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: csv::Reader<Chain<Cursor<Vec<u8>>, Hashing<R>>>,
}

/// A reader that remembers the SHA-256 of what went through it.
pub struct Hashing<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Hashing<R> {
    const fn new(inner: R, hash: Sha256) -> Self {
        Self { inner, hash }
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Opens a CSV file, with or without byte order mark, separated by commas or semicolons.
///
/// # Errors
/// If it cannot be read, is not UTF-8 or has no header row.
pub fn open<R: Read>(source: R, file: &str) -> Result<Table<BufReader<R>>, Problem> {
    let problem =
        |code, what: String, remedy| Problem { code, file: file.to_owned(), line: Some(1), column: None, what, remedy };
    let unreadable =
        |error: io::Error| problem(ProblemCode::Unreadable, error.to_string(), "check the file and its permissions");
    let mut source = BufReader::with_capacity(1 << 16, source);
    let mut first = Vec::new();
    source.read_until(b'\n', &mut first).map_err(unreadable)?;
    let hash = Sha256::new_with_prefix(&first);
    let line = first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&first);
    let text = std::str::from_utf8(line).map_err(|_| {
        problem(ProblemCode::NotUtf8, "the header is not UTF-8 text".to_owned(), "save the file as CSV UTF-8")
    })?;
    if text.trim().is_empty() {
        return Err(problem(
            ProblemCode::NoRows,
            "the file is empty".to_owned(),
            "give a header row and a row for each answer",
        ));
    }
    let separator = separator(text);
    let body = Cursor::new(line.to_vec()).chain(Hashing::new(source, hash));
    let mut rows = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(body);
    let mut names = csv::ByteRecord::new();
    rows.read_byte_record(&mut names)
        .map_err(|error| problem(ProblemCode::BrokenLine, error.to_string(), "correct the header"))?;
    let header = names.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
    Ok(Table { header, rows })
}

/// SHA-256, in hexadecimal, of everything read so far: of the whole file once every row was read.
pub fn sha256<R: Read>(table: Table<R>) -> String {
    let (_, hashing) = table.rows.into_inner().into_inner();
    hashing.hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8]) -> (Vec<String>, Vec<Vec<String>>, String) {
        let mut table = open(text, "a.csv").unwrap();
        let rows = table.rows.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        (table.header.clone(), rows, sha256(table))
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
        let mut table = open(&b"a,b\n1,2\n3,4\n"[..], "a.csv").unwrap();
        let mut record = csv::ByteRecord::new();
        table.rows.read_byte_record(&mut record).unwrap();
        assert_eq!(record.position().unwrap().line(), 2);
    }

    #[test]
    fn an_empty_file_and_foreign_letters_are_refused() {
        assert_eq!(open(&b""[..], "a.csv").err().unwrap().code, ProblemCode::NoRows);
        assert_eq!(open(&b"w\xE8ve,group\n"[..], "a.csv").err().unwrap().code, ProblemCode::NotUtf8);
    }
}

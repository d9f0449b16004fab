// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is a file of any size read in pieces, side by side and in little memory?
//!
//! While the pieces of one batch are read, the next batch is fetched and hashed, and what the batch before said is put
//! together. Pieces are cut at ends of lines. A piece with a quote may end inside a quoted cell; then what follows was
//! cut wrongly, and the rest of the batch is read again in one piece.

use std::io::Read;
use std::ops::Range;

use csv::{ByteRecord, Position};
use memchr::{memchr, memchr_iter, memrchr};
use rayon::prelude::*;

use super::gather::Gathering;
use super::part::{At, Part};
use super::sheet::Sheet;
use super::table::{BATCH, Source, line, reader};

/// A row before and after a piece, by which its beginning and its end are told from what is inside.
const FRAME: &[u8] = b".\n";

/// How much is read at a time.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Bytes of a batch.
    pub batch: usize,
    /// Bytes of a piece, about.
    pub piece: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { batch: BATCH, piece: 1 << 18 }
    }
}

/// Reads all rows: `text` is what was read already, from the place `start` on; the rest comes from `source`.
pub fn read_rows<'a, R: Read + Send>(
    source: &mut Source<R>,
    (mut text, mut start): (Vec<u8>, usize),
    sheet: &'a Sheet<'a>,
    gathering: &mut Gathering<'a>,
    sizes: Sizes,
) {
    let mut next = Vec::new();
    let mut read: Vec<Part<'a>> = Vec::new();
    let mut ended = false;
    while !ended {
        ended = source.ended();
        let whole = ended && source.failure().is_none();
        let pieces = pieces(&text, start, (sizes.piece, whole));
        let end = pieces.last().map_or(start, |piece| piece.end);
        let before = std::mem::take(&mut read);
        let fetch = || {
            for part in before {
                gathering.append(part);
            }
            next.clear();
            next.extend_from_slice(text.get(end..).unwrap_or_default());
            if !ended && next.len() < sizes.batch.max(text.len()) {
                source.fill(&mut next, sizes.batch.max(text.len()));
            }
        };
        let part = |piece: Range<usize>| {
            let last = whole && piece.end == text.len();
            read_piece(text.get(piece).unwrap_or_default(), last, sheet)
        };
        ((), read) = rayon::join(fetch, || pieces.par_iter().cloned().map(part).collect());
        if let Some(left) = read_again(&mut read, &pieces, part) {
            next.splice(0..0, text.get(left..end).unwrap_or_default().iter().copied());
        }
        std::mem::swap(&mut text, &mut next);
        start = 0;
    }
    for part in read {
        gathering.append(part);
    }
}

/// Reads what lies behind the first piece that ends inside a quoted cell again, from the row on that was not over.
///
/// Gives back where the last row starts if it is not over at the end of the last piece.
fn read_again<'a>(
    read: &mut Vec<Part<'a>>,
    pieces: &[Range<usize>],
    part: impl Fn(Range<usize>) -> Part<'a>,
) -> Option<usize> {
    let open = read.iter().position(|part| part.open.is_some())?;
    read.truncate(open + 1);
    let from = |part: &Part<'_>, start: usize| part.open.map(|below| start + below);
    let left = from(read.last()?, pieces.get(open)?.start)?;
    let end = pieces.last()?.end;
    if open + 1 == pieces.len() {
        return Some(left);
    }
    read.push(part(left..end));
    from(read.last()?, left)
}

/// The pieces of a text from `start` on. What is left is no whole line, unless the text is `whole`: then the end of the
/// file ends its last line.
fn pieces(text: &[u8], mut start: usize, (size, whole): (usize, bool)) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    while start < text.len() {
        let end = match memchr(b'\n', text.get(start + size..).unwrap_or_default()) {
            Some(end) => start + size + end + 1,
            None if whole => text.len(),
            None => match memrchr(b'\n', text) {
                Some(end) if end >= start => end + 1,
                _ => break,
            },
        };
        pieces.push(start..end);
        start = end;
    }
    pieces
}

/// What the rows of a piece say. The last piece of a file may end as it likes.
fn read_piece<'a>(text: &[u8], last: bool, sheet: &'a Sheet<'a>) -> Part<'a> {
    let mut part = Part::new(sheet);
    let returns = || memchr_iter(b'\r', text).all(|place| text.get(place + 1) == Some(&b'\n'));
    if memchr(b'"', text).is_none() && returns() {
        read_plain(text, &mut part);
    } else {
        read_quoted(text, last, &mut part);
    }
    part
}

/// Every line is a row, and every separator ends a cell.
fn read_plain(text: &[u8], part: &mut Part<'_>) {
    let letters = std::str::from_utf8(text).ok();
    let mut from = 0;
    let mut at = At::default();
    let mut cells = Vec::new();
    let sheet = part.sheet();
    while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        let end = memchr(b'\n', rest).unwrap_or(rest.len());
        let row = rest.get(..end).unwrap_or_default();
        let row = row.strip_suffix(b"\r").unwrap_or(row);
        let sound = letters.and_then(|text| text.get(from..from + row.len()));
        if let Some(known) = sound.and_then(|row| sheet.layout.read(row, &sheet.items, &mut part.letters)) {
            part.sound_row(known, at);
        } else if !row.is_empty() {
            cells.clear();
            cells.extend(row.split(|byte| *byte == sheet.separator));
            part.row(cells.as_slice(), at);
        }
        from += end + 1;
        at = At { line: at.line + 1, row: at.row.saturating_add(1) };
    }
    part.length = at.line;
}

/// Rows as the `csv` crate finds them.
fn read_quoted(text: &[u8], last: bool, part: &mut Part<'_>) {
    let end: &[u8] = if last { &[] } else { FRAME };
    let mut rows = reader(FRAME.chain(text).chain(end), part.sheet().separator);
    let mut record = ByteRecord::new();
    let mut at = At::default();
    let before = u64::try_from(FRAME.len()).unwrap_or(0);
    let behind = before + u64::try_from(text.len()).unwrap_or(u64::MAX);
    // Memory is always readable. The first row is the frame.
    let _ = rows.read_byte_record(&mut record);
    while rows.read_byte_record(&mut record).unwrap_or(false) {
        let mut position = Position::new();
        if let Some(found) = record.position() {
            position.set_byte(found.byte() - before).set_line(found.line() - 1);
        }
        if !last && rows.position().byte() > behind {
            let framed = record.len() == 1 && record.get(0) == Some(&b"."[..]);
            part.open = usize::try_from(position.byte()).ok().filter(|_| !framed);
            break;
        }
        at.line = line(text, &position) - 1;
        part.lines.push(u32::try_from(at.line).unwrap_or(u32::MAX));
        part.row(&record, at);
        at.row = at.row.saturating_add(1);
    }
    let read = text.get(..part.open.unwrap_or(text.len())).unwrap_or_default();
    part.length = u64::try_from(memchr_iter(b'\n', read).count()).unwrap_or(u64::MAX);
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which tables are in a file of results? The same ones in every format.

use std::io::{self, Seek, Write};

use super::book::{Book, Csv, Filled, book};
use super::codebook::{Lists, codebook};
use super::decisions::decisions_table;
use super::results::{WaveOf, Words};
use super::{csvw, score_document};
use crate::domain::data_file::{FileFormat, FileNotes, ResultFile};

/// Writes a file about a closed wave.
///
/// # Errors
/// If it cannot be written.
pub fn write<W: Write + Seek + Send>(
    file: ResultFile,
    wave: &WaveOf<'_>,
    notes: &FileNotes,
    mut out: W,
) -> io::Result<()> {
    let (words, lists) = (Words::of(wave), Lists::of(wave.framework));
    let (scores, items) = (|| wave.scores_table(&words), || wave.items_table(&words));
    let decisions = || decisions_table(wave, wave.decisions);
    let codes = || codebook(wave.framework, &lists, &notes.reasons);
    let replies = || wave.replies_table();
    let described = |table: &Filled<'_>, of: ResultFile, out| csvw::write(&table.table, (of.name(), &notes.title), out);
    match file {
        ResultFile::Scores(FileFormat::Json) => score_document::write_wave(wave, &mut out),
        ResultFile::Scores(format @ (FileFormat::Csv | FileFormat::Sav)) => one(book(format, notes, out)?, &scores()),
        ResultFile::Scores(format @ (FileFormat::Xlsx | FileFormat::Ods)) => {
            let mut book = book(format, notes, out)?;
            scores().write(book.as_mut())?;
            if ResultFile::Items.is_for(wave.scores.view) {
                items().write(book.as_mut())?;
            }
            decisions().write(book.as_mut())?;
            replies().write(book.as_mut())?;
            codes().write(book.as_mut())?;
            book.finish()
        }
        ResultFile::Items => one(Box::new(Csv::new(out)), &items()),
        ResultFile::Decisions => one(Box::new(Csv::new(out)), &decisions()),
        ResultFile::Replies => one(Box::new(Csv::new(out)), &replies()),
        ResultFile::Codebook => one(Box::new(Csv::new(out)), &codes()),
        ResultFile::ScoresMetadata => described(&scores(), ResultFile::Scores(FileFormat::Csv), out),
        ResultFile::ItemsMetadata => described(&items(), ResultFile::Items, out),
        ResultFile::DecisionsMetadata => described(&decisions(), ResultFile::Decisions, out),
        ResultFile::RepliesMetadata => described(&replies(), ResultFile::Replies, out),
        ResultFile::CodebookMetadata => described(&codes(), ResultFile::Codebook, out),
    }
}

fn one(mut book: Box<dyn Book + '_>, table: &Filled<'_>) -> io::Result<()> {
    table.write(book.as_mut())?;
    book.finish()
}

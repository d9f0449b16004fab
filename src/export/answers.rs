// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Single answers as a table: one row a response, columns that the framework version fixes, cells that `insieme score`
//! reads back.

use std::io;

use super::book::{Book, Cell, Column, Kind, Table};
use crate::domain::answer::Answer;
use crate::domain::framework::{Framework, Item};
use crate::domain::text::Language;
use crate::domain::wave::Collection;

/// Bytes of the longest name of a respondent or organisation that SPSS is told of: the most that one variable holds.
const LONGEST_NAME: usize = 255;

/// One response, as it stands in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerRow<'a> {
    /// Code of the wave.
    pub wave: &'a str,
    /// Code of the group.
    pub group: &'a str,
    /// How it reached us; nothing where that would single somebody out.
    pub mode: Option<&'static str>,
    /// Pseudonym.
    pub respondent: Option<&'a str>,
    /// Organisation.
    pub organisation: Option<&'a str>,
    /// One letter per item, in framework order.
    pub answers: &'a str,
}

/// The table of a wave's single answers: who answered is in it only as far as the collection promised.
#[must_use]
pub fn table(framework: &Framework, collection: Collection) -> Table {
    let code = |name, label, longest| Column::new(name, label, Kind::Text { longest });
    let groups = framework.groups.iter().map(|group| group.code.len()).max().unwrap_or(1);
    let mut columns = vec![
        code("wave", "Rilevazione · Wave", LONGEST_NAME),
        code("group", "Gruppo di attori · Stakeholder group", groups),
        code("mode", "Come è arrivata: online, paper, assisted · How it reached us", 8),
    ];
    if collection != Collection::Anonymous {
        columns.push(code("respondent", "Pseudonimo · Pseudonym", LONGEST_NAME));
    }
    if collection == Collection::Named {
        columns.push(code("organisation", "Organizzazione · Organisation", LONGEST_NAME));
    }
    columns.extend(framework.items().map(|(_, item)| item_column(framework, item)));
    Table { name: "Risposte", columns }
}

fn item_column(framework: &Framework, item: &Item) -> Column {
    let scale = framework.scale(&item.scale);
    let labels = scale.into_iter().flat_map(|scale| scale.points.iter().copied().zip(&scale.labels));
    let points = labels.map(|(point, label)| (point, label.get(Language::It).to_owned())).collect();
    let label = format!("{}: {}", item.code, item.text.get(Language::It));
    Column::new(&item.code, &label, Kind::Answer { points })
}

/// Adds one response.
///
/// # Errors
/// If it cannot be written, or a letter of it means nothing.
pub fn write(book: &mut dyn Book, collection: Collection, row: AnswerRow<'_>) -> io::Result<()> {
    let mut cells = Vec::with_capacity(row.answers.len() + 5);
    cells.extend([Cell::of(row.wave), Cell::of(row.group), Cell::maybe(row.mode)]);
    if collection != Collection::Anonymous {
        cells.push(Cell::maybe(row.respondent));
    }
    if collection == Collection::Named {
        cells.push(Cell::maybe(row.organisation));
    }
    for letter in row.answers.bytes() {
        let answer = Answer::from_letter(letter);
        let answer = answer.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a letter that is no answer"))?;
        cells.push(Cell::Answer(answer));
    }
    book.row(&cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::data_file::{FileFormat, FileNotes};
    use crate::export::book::book;

    fn written(collection: Collection, answers: &str) -> io::Result<String> {
        let mut file = io::Cursor::new(Vec::new());
        let mut book = book(FileFormat::Csv, &FileNotes::default(), &mut file)?;
        book.table(&table(&Framework::default(), collection))?;
        let (respondent, organisation) = (Some("p1"), Some("Orto"));
        let row = AnswerRow { wave: "T0", group: "PA", mode: None, respondent, organisation, answers };
        write(book.as_mut(), collection, row)?;
        book.finish()?;
        Ok(String::from_utf8(file.into_inner()).unwrap())
    }

    #[test]
    fn who_answered_is_told_only_as_far_as_the_collection_promised() {
        let told = [
            (Collection::Anonymous, "\u{feff}wave;group;mode\r\n\"T0\";\"PA\";\r\n"),
            (Collection::Confidential, "\u{feff}wave;group;mode;respondent\r\n\"T0\";\"PA\";;\"p1\"\r\n"),
            (
                Collection::Named,
                "\u{feff}wave;group;mode;respondent;organisation\r\n\"T0\";\"PA\";;\"p1\";\"Orto\"\r\n",
            ),
        ];
        for (collection, expected) in told {
            assert_eq!(written(collection, "").unwrap(), expected);
        }
    }

    #[test]
    fn reasons_for_no_answer_keep_their_codes_and_what_is_no_answer_is_not_written() {
        let file = written(Collection::Anonymous, "5aDNR-.").unwrap();
        assert!(file.ends_with("\"T0\";\"PA\";;5;10;DK;NA;RF;;NS\r\n"), "{file}");
        assert!(written(Collection::Anonymous, "x").is_err());
    }
}

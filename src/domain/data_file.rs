// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which files can be taken from a closed wave, and how are they called?

use super::profile::ScoreView;
use super::text::Text;

/// How a file holds its tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileFormat {
    /// Text with semicolons.
    Csv,
    /// Excel.
    Xlsx,
    /// `OpenDocument` spreadsheet.
    Ods,
    /// SPSS.
    Sav,
    /// The document of `insieme score`.
    Json,
}

impl FileFormat {
    /// The formats in which single answers are given.
    pub const OF_ANSWERS: [Self; 4] = [Self::Csv, Self::Xlsx, Self::Ods, Self::Sav];

    /// The ending of a file's name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
            Self::Sav => "sav",
            Self::Json => "json",
        }
    }

    /// The format of answers with this ending.
    #[must_use]
    pub fn of_answers(code: &str) -> Option<Self> {
        Self::OF_ANSWERS.into_iter().find(|format| format.code() == code)
    }

    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Sav => "application/x-spss-sav",
            Self::Json => "application/json",
        }
    }

    /// Most rows that a table of this format holds below its head; `None`: any number.
    #[must_use]
    pub const fn most_rows(self) -> Option<u64> {
        match self {
            Self::Xlsx | Self::Ods => Some(1_048_575),
            Self::Csv | Self::Sav | Self::Json => None,
        }
    }
}

/// A file about a closed wave that holds no single answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResultFile {
    /// Scores, one row per indicator and group.
    Scores(FileFormat),
    /// What the columns of the scores are.
    ScoresMetadata,
    /// Both ends of every item's scale.
    Items,
    /// What the columns of the items are.
    ItemsMetadata,
    /// What was decided and done.
    Decisions,
    /// What the columns of the decisions are.
    DecisionsMetadata,
    /// The summary with what each group says of it, and the replies of groups.
    Replies,
    /// What the columns of the replies are.
    RepliesMetadata,
    /// Every question with its possible answers.
    Codebook,
    /// What the columns of the codebook are.
    CodebookMetadata,
}

impl ResultFile {
    /// Every file.
    pub const ALL: [Self; 14] = [
        Self::Scores(FileFormat::Csv),
        Self::ScoresMetadata,
        Self::Scores(FileFormat::Xlsx),
        Self::Scores(FileFormat::Ods),
        Self::Scores(FileFormat::Sav),
        Self::Scores(FileFormat::Json),
        Self::Items,
        Self::ItemsMetadata,
        Self::Decisions,
        Self::DecisionsMetadata,
        Self::Replies,
        Self::RepliesMetadata,
        Self::Codebook,
        Self::CodebookMetadata,
    ];

    /// The name of the file. It never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scores(FileFormat::Csv) => "risultati.csv",
            Self::Scores(FileFormat::Xlsx) => "risultati.xlsx",
            Self::Scores(FileFormat::Ods) => "risultati.ods",
            Self::Scores(FileFormat::Sav) => "risultati.sav",
            Self::Scores(FileFormat::Json) => "risultati.json",
            Self::ScoresMetadata => "risultati.csv-metadata.json",
            Self::Items => "domande.csv",
            Self::ItemsMetadata => "domande.csv-metadata.json",
            Self::Decisions => "decisioni.csv",
            Self::DecisionsMetadata => "decisioni.csv-metadata.json",
            Self::Replies => "repliche.csv",
            Self::RepliesMetadata => "repliche.csv-metadata.json",
            Self::Codebook => "codici.csv",
            Self::CodebookMetadata => "codici.csv-metadata.json",
        }
    }

    /// The file with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.name() == name)
    }

    /// Whether there is anything in it in this view: answers at the ends of a scale are not for everybody.
    #[must_use]
    pub fn is_for(self, view: ScoreView) -> bool {
        !matches!(self, Self::Items | Self::ItemsMetadata) || view != ScoreView::Public
    }

    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Scores(format) => format.media_type(),
            Self::Items | Self::Decisions | Self::Replies | Self::Codebook => FileFormat::Csv.media_type(),
            Self::ScoresMetadata
            | Self::ItemsMetadata
            | Self::DecisionsMetadata
            | Self::RepliesMetadata
            | Self::CodebookMetadata => "application/csvm+json",
        }
    }
}

/// What is said in a file beside its tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileNotes {
    /// What the file is.
    pub title: String,
    /// What to know before using it: each with its name.
    pub lines: Vec<[String; 2]>,
    /// What each reason for no answer means, in the order of [`super::answer::NoAnswer::ALL`].
    pub reasons: [Text; 5],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_known_by_its_name() {
        for file in ResultFile::ALL {
            assert_eq!(ResultFile::from_name(file.name()), Some(file));
        }
        assert_eq!(ResultFile::from_name("risposte.csv"), None);
    }

    #[test]
    fn single_answers_are_given_as_tables() {
        for format in FileFormat::OF_ANSWERS {
            assert_eq!(FileFormat::of_answers(format.code()), Some(format));
        }
        assert_eq!(FileFormat::of_answers("json"), None);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is wrong with a line of a list of people, and what to do about it?

use std::fmt;

use crate::domain::email::EmailError;

use super::{MAX_LETTERS, MAX_PEOPLE};

/// One thing wrong in a list of people. It never repeats the tax code of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonProblem {
    /// Line of the list, counted from 1.
    pub line: u64,
    /// The column's name in the list, or its number where it has none; `None` where the whole line is at fault.
    pub column: Option<String>,
    /// What is wrong.
    pub what: PersonFault,
}

/// The kinds of problem in a list of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonFault {
    /// Not a list in text: a workbook.
    NotText,
    /// More people than a list may have. Nobody was read.
    TooManyPeople,
    /// Two columns of one kind. Nobody was read.
    ColumnTwice,
    /// A quotation mark is opened and never closed: what follows was not read.
    OpenQuote,
    /// More cells than columns.
    TooManyCells {
        /// Columns there are.
        columns: usize,
        /// Cells of the line.
        cells: usize,
    },
    /// The tax code of a person in a cell.
    PersonalTaxCode,
    /// A character that cannot be seen or printed.
    ControlCharacter,
    /// A cell that is too long.
    TooLong {
        /// Letters of the cell.
        letters: usize,
    },
    /// No name.
    MissingName,
    /// No group, and none that all belong to.
    MissingGroup,
    /// A group that is not known.
    UnknownGroup {
        /// What stands there.
        given: String,
        /// Code of the group that was probably meant.
        nearest: Option<String>,
    },
    /// Not an e-mail address.
    Email(EmailError),
    /// Two different e-mail addresses in one line.
    SeveralEmails,
    /// The same person stands in the list before.
    TwiceInList {
        /// The line before.
        first: u64,
    },
    /// The same person is enrolled already.
    AlreadyEnrolled {
        /// Place among those enrolled, counted from 0.
        place: usize,
    },
}

impl PersonFault {
    /// The stable code, by which pages find their words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotText => "not-text",
            Self::TooManyPeople => "too-many-people",
            Self::ColumnTwice => "column-twice",
            Self::OpenQuote => "open-quote",
            Self::TooManyCells { .. } => "too-many-cells",
            Self::PersonalTaxCode => "personal-tax-code",
            Self::ControlCharacter => "control-character",
            Self::TooLong { .. } => "too-long",
            Self::MissingName => "missing-name",
            Self::MissingGroup => "missing-group",
            Self::UnknownGroup { .. } => "unknown-group",
            Self::Email(_) => "email",
            Self::SeveralEmails => "several-emails",
            Self::TwiceInList { .. } => "twice-in-list",
            Self::AlreadyEnrolled { .. } => "already-enrolled",
        }
    }
}

impl fmt::Display for PersonFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText => f.write_str("this is a workbook: save the sheet as CSV, or copy its cells"),
            Self::TooManyPeople => write!(f, "more than {MAX_PEOPLE} people: divide the list"),
            Self::ColumnTwice => f.write_str("two columns of this kind: keep one of them"),
            Self::OpenQuote => f.write_str("a quotation mark is never closed, and what follows is not read: close it"),
            Self::TooManyCells { columns, cells } => {
                write!(f, "{cells} cells for {columns} columns: put a cell with a separator in it in quotation marks")
            }
            Self::PersonalTaxCode => f.write_str("the tax code of a person stands here: remove it, it is not needed"),
            Self::ControlCharacter => f.write_str("a character that cannot be seen stands here: type the cell again"),
            Self::TooLong { letters } => write!(f, "{letters} letters: use {MAX_LETTERS} at most"),
            Self::MissingName => f.write_str("no name: give one, or remove the line"),
            Self::MissingGroup => f.write_str("no group: give one, or choose one for all"),
            Self::UnknownGroup { given, nearest: None } => write!(f, "there is no group “{given}”: use a known one"),
            Self::UnknownGroup { given, nearest: Some(code) } => {
                write!(f, "there is no group “{given}”: did you mean “{code}”?")
            }
            Self::Email(error) => write!(f, "{error}: correct it, or leave it out"),
            Self::SeveralEmails => f.write_str("two e-mail addresses: keep one, and one person to a line"),
            Self::TwiceInList { first } => write!(f, "the same person as in line {first}: keep one of the lines"),
            Self::AlreadyEnrolled { .. } => f.write_str("this person is enrolled already: remove the line"),
        }
    }
}

impl fmt::Display for PersonProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", column “{column}”")?;
        }
        write!(f, ": {}", self.what)
    }
}

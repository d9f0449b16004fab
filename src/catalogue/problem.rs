// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What can be wrong with a framework file, and how is it said?

use std::fmt;

/// Something wrong in a framework file: what, where, and what to do about it.
///
/// Displayed as `file:line: CODE what: remedy`, the form of `insieme check`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Kind of problem.
    pub code: ProblemCode,
    /// File, as it was named to the program.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, file, line, what, remedy } = self;
        write!(f, "{file}:{line}: {code} {what}: {remedy}")
    }
}

/// The kinds of problem. Their codes (`F…` refuse the framework, `W…` warn) never change meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemCode {
    /// `F001`: a file or folder does not exist or cannot be read.
    Unreadable,
    /// `F002`: a folder holds no `.toml` file.
    NoFiles,
    /// `F003`: a file is not UTF-8 text.
    NotUtf8,
    /// `F004`: a file is larger than 4 MiB.
    TooLarge,
    /// `F005`: a line is not TOML.
    Syntax,
    /// `F101`: a key the format does not have.
    UnknownKey,
    /// `F102`: a key that has to be there is not.
    MissingKey,
    /// `F103`: a value of the wrong type.
    WrongType,
    /// `F104`: a word that is not one of those the key allows.
    UnknownWord,
    /// `F105`: a text without words.
    EmptyText,
    /// `F106`: a text in neither Italian nor English.
    NoMainLanguage,
    /// `F107`: a framework `id` that is not lower-case letters, digits and hyphens.
    BadId,
    /// `F108`: a version that is not like `1.0.0`.
    BadVersion,
    /// `F109`: a code with characters a code cannot have, or one kept for the columns of answer files.
    BadCode,
    /// `F110`: a language that is not a code like `it`.
    BadLanguage,
    /// `F201`: no `[framework]` table.
    NoFramework,
    /// `F202`: more than one `[framework]` table.
    TwoFrameworks,
    /// `F203`: no group, no scale, no family or no indicator at all.
    NothingOfAKind,
    /// `F204`: a code used twice.
    Duplicate,
    /// `F205`: a code that nothing declares.
    UnknownReference,
    /// `F206`: measures that are parts of each other in a circle.
    Cycle,
    /// `F207`: an indicator without items.
    NoItems,
    /// `F208`: points that are not 2 to 11 ascending integers from 0 to 10.
    ScalePoints,
    /// `F209`: not one label for each point.
    LabelCount,
    /// `F210`: an obstacle whose items are all reversed, which nobody has confirmed.
    AllReversed,
    /// `F211`: goalposts that are the same, or not numbers as they can be reported.
    Goalposts,
    /// `W301`: one indicator asked on different scales.
    MixedScales,
    /// `W302`: a text lacks one of the framework's languages.
    MissingLanguage,
    /// `W303`: a family without indicators.
    EmptyFamily,
    /// `W304`: a group no item is addressed to.
    GroupNotAsked,
    /// `W305`: the folder is named after another id or version.
    FolderName,
}

impl ProblemCode {
    /// Every kind, in the order of the codes.
    pub const ALL: [Self; 31] = [
        Self::Unreadable,
        Self::NoFiles,
        Self::NotUtf8,
        Self::TooLarge,
        Self::Syntax,
        Self::UnknownKey,
        Self::MissingKey,
        Self::WrongType,
        Self::UnknownWord,
        Self::EmptyText,
        Self::NoMainLanguage,
        Self::BadId,
        Self::BadVersion,
        Self::BadCode,
        Self::BadLanguage,
        Self::NoFramework,
        Self::TwoFrameworks,
        Self::NothingOfAKind,
        Self::Duplicate,
        Self::UnknownReference,
        Self::Cycle,
        Self::NoItems,
        Self::ScalePoints,
        Self::LabelCount,
        Self::AllReversed,
        Self::Goalposts,
        Self::MixedScales,
        Self::MissingLanguage,
        Self::EmptyFamily,
        Self::GroupNotAsked,
        Self::FolderName,
    ];

    /// The code as printed, e.g. `F101`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "F001",
            Self::NoFiles => "F002",
            Self::NotUtf8 => "F003",
            Self::TooLarge => "F004",
            Self::Syntax => "F005",
            Self::UnknownKey => "F101",
            Self::MissingKey => "F102",
            Self::WrongType => "F103",
            Self::UnknownWord => "F104",
            Self::EmptyText => "F105",
            Self::NoMainLanguage => "F106",
            Self::BadId => "F107",
            Self::BadVersion => "F108",
            Self::BadCode => "F109",
            Self::BadLanguage => "F110",
            Self::NoFramework => "F201",
            Self::TwoFrameworks => "F202",
            Self::NothingOfAKind => "F203",
            Self::Duplicate => "F204",
            Self::UnknownReference => "F205",
            Self::Cycle => "F206",
            Self::NoItems => "F207",
            Self::ScalePoints => "F208",
            Self::LabelCount => "F209",
            Self::AllReversed => "F210",
            Self::Goalposts => "F211",
            Self::MixedScales => "W301",
            Self::MissingLanguage => "W302",
            Self::EmptyFamily => "W303",
            Self::GroupNotAsked => "W304",
            Self::FolderName => "W305",
        }
    }

    /// Whether the framework can be used in spite of it.
    #[must_use]
    pub fn is_warning(self) -> bool {
        self.code().starts_with('W')
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A line of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// Name of the file.
    pub file: &'a str,
    /// Line, counted from 1.
    pub line: usize,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// Longest `what` or `remedy`, in letters.
const MAX_LETTERS: usize = 400;

/// The problems found so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// In the order found.
    pub problems: Vec<Problem>,
}

impl Report {
    /// Notes one problem more, on one line of reasonable length whatever the files hold.
    pub fn add(&mut self, code: ProblemCode, place: Place<'_>, what: impl Into<String>, remedy: impl Into<String>) {
        self.problems.push(Problem {
            code,
            file: place.file.to_owned(),
            line: place.line,
            what: one_line(&what.into()),
            remedy: one_line(&remedy.into()),
        });
    }
}

fn one_line(words: &str) -> String {
    let mut line: String = words.chars().take(MAX_LETTERS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if words.chars().nth(MAX_LETTERS).is_some() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_one_line_with_file_line_code_what_and_remedy() {
        let mut report = Report::default();
        report.add(ProblemCode::UnknownKey, Place { file: "a.toml", line: 3 }, "unknown key", "remove it");
        let lines: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["a.toml:3: F101 unknown key: remove it"]);
    }

    #[test]
    fn a_problem_stays_on_one_line_whatever_the_file_holds() {
        assert_eq!(one_line("a\nb\u{1b}c"), "a b c");
        assert_eq!(one_line(&"x".repeat(1000)).chars().count(), MAX_LETTERS + 1);
    }

    #[test]
    fn codes_ascend_and_none_is_used_twice() {
        let codes: Vec<&str> = ProblemCode::ALL.into_iter().map(ProblemCode::code).collect();
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
    }
}

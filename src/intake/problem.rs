// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is wrong with a file handed in, where, and what to do about it?

use std::collections::BTreeMap;
use std::fmt;

/// Problems of one kind kept one by one; the rest is counted.
pub const CAP: usize = 50;

/// One thing wrong in a file of answers, a roster, a profile, a list of places or a translation sheet.
///
/// Displayed as `file:line: CODE what: remedy`, like the problems of framework files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Kind of problem.
    pub code: ProblemCode,
    /// File, as it was named to the program.
    pub file: String,
    /// Line of the file, counted from 1, where one line is at fault.
    pub line: Option<u64>,
    /// Column or key, where one is at fault.
    pub column: Option<String>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: &'static str,
}

/// Whether a problem stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Nothing is computed.
    Error,
    /// Said, and worked around.
    Warning,
}

/// The kinds of problem. Their codes never change meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemCode {
    /// `A001`: the file cannot be read.
    Unreadable,
    /// `A002`: not UTF-8 text.
    NotUtf8,
    /// `A003`: a line that is not CSV, or has more or fewer cells than the header.
    BrokenLine,
    /// `A004`: no header row, or a header without rows.
    NoRows,
    /// `A101`: a column that has to be there is not.
    MissingColumn,
    /// `A102`: a column twice.
    DuplicateColumn,
    /// `A103`: a column that is neither an item of the framework nor one of the known ones.
    UnknownColumn,
    /// `A104`: items of the framework without a column.
    ItemsAbsent,
    /// `A201`: an empty cell where a name is needed.
    EmptyCell,
    /// `A202`: a group the framework does not have.
    UnknownGroup,
    /// `A203`: a cell that is neither a point nor a code.
    UnknownCode,
    /// `A204`: a point the item's scale does not have.
    NotOnScale,
    /// `A205`: a mode that is not known.
    UnknownMode,
    /// `A206`: not a number, or a number that makes no sense here.
    NotANumber,
    /// `A207`: the same respondent twice in a group of a wave of a project.
    DuplicateRespondent,
    /// `A208`: an answer to an item that is not addressed to the group or not asked in the wave.
    NotAddressed,
    /// `A209`: weights are given, which no statistic uses.
    WeightsNotUsed,
    /// `A301`: the same group of a wave listed twice.
    ListedTwice,
    /// `A302`: more answers than people listed.
    MoreThanListed,
    /// `A303`: a roster line for a wave or project without answers.
    NobodyAnswered,
    /// `A304`: a group that answered but is not in the roster.
    NotListed,
    /// `A401`: not TOML.
    NotToml,
    /// `A402`: a key that profiles do not have.
    UnknownKey,
    /// `A403`: a value of the wrong type.
    WrongType,
    /// `A404`: a value out of range, or a code the framework does not have.
    BadValue,
    /// `A501`: a cell that is no ISTAT code, or no letters of a province.
    NotAPlace,
    /// `A502`: the same municipality listed twice.
    PlaceTwice,
    /// `A503`: one region under two names.
    RegionNamedTwice,
    /// `A601`: a key of a text that does not exist.
    UnknownText,
    /// `A602`: the same key twice.
    KeyTwice,
    /// `A603`: a sentence that cannot be said.
    BrokenSentence,
    /// `A604`: a translation of a text that has changed since.
    SourceChanged,
}

impl ProblemCode {
    /// The code as printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "A001",
            Self::NotUtf8 => "A002",
            Self::BrokenLine => "A003",
            Self::NoRows => "A004",
            Self::MissingColumn => "A101",
            Self::DuplicateColumn => "A102",
            Self::UnknownColumn => "A103",
            Self::ItemsAbsent => "A104",
            Self::EmptyCell => "A201",
            Self::UnknownGroup => "A202",
            Self::UnknownCode => "A203",
            Self::NotOnScale => "A204",
            Self::UnknownMode => "A205",
            Self::NotANumber => "A206",
            Self::DuplicateRespondent => "A207",
            Self::NotAddressed => "A208",
            Self::WeightsNotUsed => "A209",
            Self::ListedTwice => "A301",
            Self::MoreThanListed => "A302",
            Self::NobodyAnswered => "A303",
            Self::NotListed => "A304",
            Self::NotToml => "A401",
            Self::UnknownKey => "A402",
            Self::WrongType => "A403",
            Self::BadValue => "A404",
            Self::NotAPlace => "A501",
            Self::PlaceTwice => "A502",
            Self::RegionNamedTwice => "A503",
            Self::UnknownText => "A601",
            Self::KeyTwice => "A602",
            Self::BrokenSentence => "A603",
            Self::SourceChanged => "A604",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.code.code())?;
        if let Some(column) = &self.column {
            write!(f, " column “{column}”:")?;
        }
        write!(f, " {}: {}", self.what, self.remedy)
    }
}

/// Everything found wrong in a file: the first fifty errors and warnings, and how many more there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// What stops the work.
    pub errors: Vec<Problem>,
    /// Errors beyond those kept.
    pub more_errors: u64,
    /// What does not.
    pub warnings: Vec<Problem>,
    /// Warnings beyond those kept.
    pub more_warnings: u64,
    /// What the rows of some problems are called, by line: spreadsheets count lines otherwise than files.
    pub rows: BTreeMap<u64, String>,
}

impl Problems {
    /// Adds a problem.
    pub fn add(&mut self, severity: Severity, problem: Problem) {
        self.add_with(severity, || problem);
    }

    /// Adds a problem, which is only made up if it is kept. Says whether it is.
    pub fn add_with(&mut self, severity: Severity, problem: impl FnOnce() -> Problem) -> bool {
        let (kept, more) = match severity {
            Severity::Error => (&mut self.errors, &mut self.more_errors),
            Severity::Warning => (&mut self.warnings, &mut self.more_warnings),
        };
        let keeps = kept.len() < CAP;
        if keeps {
            kept.push(problem());
        } else {
            *more += 1;
        }
        keeps
    }

    /// Adds an error.
    pub fn error(&mut self, problem: Problem) {
        self.add(Severity::Error, problem);
    }

    /// Adds everything found elsewhere.
    pub fn extend(&mut self, other: Self) {
        other.errors.into_iter().for_each(|problem| self.add(Severity::Error, problem));
        other.warnings.into_iter().for_each(|problem| self.add(Severity::Warning, problem));
        self.more_errors += other.more_errors;
        self.more_warnings += other.more_warnings;
        self.rows.extend(other.rows);
    }

    /// What the row of a problem is called, where rows have names.
    #[must_use]
    pub fn row(&self, problem: &Problem) -> Option<&str> {
        problem.line.and_then(|line| self.rows.get(&line)).map(String::as_str)
    }

    /// Whether the work is stopped.
    #[must_use]
    pub const fn stops(&self) -> bool {
        !self.errors.is_empty()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, problem) in self.errors.iter().enumerate() {
            let before = if place == 0 { "" } else { "\n" };
            write!(f, "{before}{problem}")?;
            if let Some(row) = self.row(problem) {
                write!(f, " (row “{row}”)")?;
            }
        }
        if self.more_errors > 0 {
            write!(f, "\n… and {} more problems of this file", self.more_errors)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem() -> Problem {
        Problem {
            code: ProblemCode::NotOnScale,
            file: "answers.csv".to_owned(),
            line: Some(12),
            column: Some("F1a".to_owned()),
            what: "“7” is not a point of the scale".to_owned(),
            remedy: "use 1, 2, 3, 4 or 5",
        }
    }

    #[test]
    fn a_problem_is_one_sentence_with_its_place() {
        let said = problem().to_string();
        assert_eq!(said, "answers.csv:12: A204 column “F1a”: “7” is not a point of the scale: use 1, 2, 3, 4 or 5");
    }

    #[test]
    fn beyond_the_cap_problems_are_counted() {
        let mut problems = Problems::default();
        assert!(!problems.stops());
        (0..60).for_each(|_| problems.error(problem()));
        assert_eq!((problems.errors.len(), problems.more_errors), (50, 10));
        assert!(problems.to_string().ends_with("… and 10 more problems of this file"));
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What did the respondents of an answer file say, project by project and wave by wave?

use std::io::Read;

use memchr::memchr_iter;

use crate::domain::framework::Framework;
use crate::domain::response::Responses;

use super::gather::Gathering;
use super::header::Columns;
use super::pieces::{Sizes, read_rows};
use super::problem::{Problems, Severity};
use super::sheet::Sheet;
use super::table::{Head, Source};

/// What to do with columns and codes nobody knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    /// They are errors.
    #[default]
    Refuse,
    /// They are warnings: the column is left out, the cell counts as skipped, the row of an unknown group is left out.
    Ignore,
}

impl Unknown {
    /// How bad something unknown is.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::Refuse => Severity::Error,
            Self::Ignore => Severity::Warning,
        }
    }
}

/// A file of answers, read.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerFile {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Projects in order of first appearance.
    pub projects: Vec<ProjectAnswers>,
    /// What was worked around.
    pub warnings: Problems,
}

/// The answers of one project.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectAnswers {
    /// Programme, empty where there is none.
    pub programme: String,
    /// Edition, empty where there is none.
    pub edition: String,
    /// Project, empty where there is only one.
    pub project: String,
    /// Waves in order of first appearance.
    pub waves: Vec<Responses>,
}

/// Reads a file of answers on `framework`. `file` is its name for messages.
///
/// # Errors
/// Every problem found, up to a cap.
pub fn read_answers(
    source: impl Read + Send,
    file: &str,
    framework: &Framework,
    unknown: Unknown,
) -> Result<AnswerFile, Problems> {
    read_in(source, (file, unknown), framework, Sizes::default())
}

/// Reads a file of answers in batches and pieces of these sizes, on which nothing depends.
fn read_in(
    source: impl Read + Send,
    (file, unknown): (&str, Unknown),
    framework: &Framework,
    sizes: Sizes,
) -> Result<AnswerFile, Problems> {
    let mut source = Source::new(source);
    let mut text = Vec::new();
    let head = Head::read(&mut source, &mut text, file)
        .map_err(|problem| Problems { errors: vec![problem], ..Problems::default() })?;
    let (columns, problems) = Columns::find(&head.names, framework, file, unknown);
    if problems.stops() {
        return Err(problems);
    }
    let start = head.end;
    let above = memchr_iter(b'\n', text.get(..start).unwrap_or_default()).count();
    let sheet = Sheet::new(framework, (file, unknown), head, columns);
    let mut gathering = Gathering::new(&sheet, problems, u64::try_from(above + 1).unwrap_or(u64::MAX));
    read_rows(&mut source, (text, start), &sheet, &mut gathering, sizes);
    if let Some(error) = source.failure() {
        gathering.unreadable(error.to_string());
    }
    gathering.finish(source.sha256())
}

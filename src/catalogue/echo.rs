// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which problems only repeat that a line could not be understood?

use std::collections::BTreeMap;

use super::document::Document;
use super::problem::{Problem, ProblemCode};

/// Removes the problems that may vanish once the lines that are not TOML are corrected, or once a file that could not
/// be read (`unsure`) is there. What is wrong in any case stays.
pub(super) fn remove_echoes(problems: &mut Vec<Problem>, documents: &[Document<'_>], unsure: bool) {
    let unsure = unsure || documents.iter().any(|document| !document.faulty_lines().is_empty());
    let documents: BTreeMap<&str, &Document<'_>> =
        documents.iter().map(|document| (document.name(), document)).collect();
    problems.retain(|problem| match (cause(problem.code), documents.get(problem.file.as_str())) {
        (Cause::Anywhere, _) => !unsure,
        (Cause::Table, Some(document)) => !document.has_fault_in_table_around(problem.line),
        (Cause::Line, Some(document)) => !document.faulty_lines().contains(&problem.line),
        (Cause::Itself, _) | (Cause::Table | Cause::Line, None) => true,
    });
}

/// Where a fault would have to be for a problem to be its echo.
enum Cause {
    Itself,
    Line,
    Table,
    Anywhere,
}

const fn cause(code: ProblemCode) -> Cause {
    use ProblemCode as P;
    match code {
        P::Unreadable | P::NoFiles | P::NotUtf8 | P::TooLarge | P::Syntax | P::TwoFrameworks | P::FolderName => {
            Cause::Itself
        }
        P::UnknownKey
        | P::WrongType
        | P::UnknownWord
        | P::EmptyText
        | P::BadId
        | P::BadVersion
        | P::BadCode
        | P::BadLanguage
        | P::Duplicate
        | P::UnknownReference
        | P::Cycle
        | P::ScalePoints
        | P::Goalposts => Cause::Line,
        P::MissingKey | P::NoMainLanguage | P::LabelCount | P::MissingLanguage => Cause::Table,
        P::NoFramework
        | P::NothingOfAKind
        | P::NoItems
        | P::AllReversed
        | P::MixedScales
        | P::EmptyFamily
        | P::GroupNotAsked => Cause::Anywhere,
    }
}

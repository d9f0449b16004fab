// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which column of an answer file holds what?

use std::collections::{HashMap, HashSet};

use crate::domain::framework::Framework;

use super::answers::Unknown;
use super::problem::{Problem, ProblemCode, Problems, Severity};

/// Where everything is in a row.
#[derive(Debug, Default)]
pub struct Columns {
    /// Number of columns of the header.
    pub width: usize,
    /// Column of each of [`KNOWN`], in that order.
    pub known: [Option<usize>; 9],
    /// Column of each item of the framework, in its order.
    pub items: Vec<Option<usize>>,
}

/// The columns that are not items.
pub const KNOWN: [&str; 9] =
    ["wave", "group", "respondent", "organisation", "programme", "edition", "project", "mode", "weight"];

impl Columns {
    /// Finds every column, or says what is missing, twice or unknown.
    pub fn find(header: &[String], framework: &Framework, file: &str, unknown: Unknown) -> (Self, Problems) {
        let mut problems = Problems::default();
        let at = |code, column: &str, what: String, remedy| Problem {
            code,
            file: file.to_owned(),
            line: Some(1),
            column: Some(column.to_owned()),
            what,
            remedy,
        };
        let mut places: HashMap<&str, usize> = HashMap::new();
        let items: HashSet<&str> = framework.items().map(|(_, item)| item.code.as_str()).collect();
        for (place, name) in header.iter().enumerate() {
            if places.insert(name, place).is_some() {
                let what = "the header has this column twice".to_owned();
                problems.error(at(ProblemCode::DuplicateColumn, name, what, "keep one of them"));
            }
            if !KNOWN.contains(&name.as_str()) && !items.contains(name.as_str()) {
                let what = "is no item of the framework and no column of answer files".to_owned();
                let remedy = "correct its name, remove it, or ask to ignore unknown columns";
                problems.add(unknown.severity(), at(ProblemCode::UnknownColumn, name, what, remedy));
            }
        }
        let of = |name: &str| places.get(name).copied();
        for name in ["wave", "group"].into_iter().filter(|name| of(name).is_none()) {
            let what = "the header does not have this column".to_owned();
            problems.error(at(ProblemCode::MissingColumn, name, what, "add it"));
        }
        let items: Vec<_> = framework.items().map(|(_, item)| of(&item.code)).collect();
        absent(framework, &items, file, &mut problems);
        let columns = Self { width: header.len(), known: KNOWN.map(of), items };
        (columns, problems)
    }
}

/// Items without a column count as not shown to anybody; a file without any item is refused.
fn absent(framework: &Framework, items: &[Option<usize>], file: &str, problems: &mut Problems) {
    let missing: Vec<_> = framework
        .items()
        .zip(items)
        .filter(|(_, place)| place.is_none())
        .map(|((_, item), _)| item.code.as_str())
        .collect();
    if missing.is_empty() {
        return;
    }
    let none = missing.len() == items.len();
    let some: Vec<_> = missing.iter().copied().take(10).collect();
    let more =
        if missing.len() > some.len() { format!(" and {} more", missing.len() - some.len()) } else { String::new() };
    let problem = Problem {
        code: ProblemCode::ItemsAbsent,
        file: file.to_owned(),
        line: Some(1),
        column: None,
        what: format!("no column for {}{more}", some.join(", ")),
        remedy: if none { "name the columns by the codes of the items" } else { "they count as not shown to anybody" },
    };
    problems.add(if none { Severity::Error } else { Severity::Warning }, problem);
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does each column of a list of people hold, whether the list says so or not?

use crate::domain::folding::folded;

use super::cell;
use super::groups::Groups;
use super::problem::{PersonFault, PersonProblem};
use super::separator::{Row, Rows, Separator};

/// Rows that are looked at to find out what stands between cells.
const LOOKED_AT: usize = 50;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A name, an e-mail address, or both.
    Name,
    /// A surname beside the name.
    Surname,
    /// A group, by its code or name.
    Group,
    /// An e-mail address.
    Email,
    /// An organisation.
    Organisation,
    /// Something that is not kept: a role, a telephone number.
    LeftOut,
}

/// Names of columns, folded.
const NAMES: [(Kind, &[&str]); 6] = [
    (
        Kind::Name,
        &[
            "nome",
            "name",
            "nominativo",
            "nome e cognome",
            "cognome e nome",
            "nome completo",
            "full name",
            "first name",
            "given name",
            "denominazione",
            "persona",
            "person",
        ],
    ),
    (Kind::Surname, &["cognome", "surname", "last name", "family name"]),
    (Kind::Group, &["gruppo", "group", "stakeholder group", "codice gruppo", "group code"]),
    (
        Kind::Email,
        &[
            "e mail",
            "email",
            "mail",
            "posta",
            "posta elettronica",
            "pec",
            "indirizzo e mail",
            "indirizzo email",
            "email address",
            "e mail address",
        ],
    ),
    (
        Kind::Organisation,
        &["ente", "organizzazione", "organisation", "organization", "ente di appartenenza", "associazione"],
    ),
    (Kind::LeftOut, &["ruolo", "role"]),
];

/// What the columns hold, and what they are called.
#[derive(Debug)]
pub struct Layout {
    /// What stands between the cells.
    pub separator: Separator,
    /// Whether the first row says what the columns hold.
    pub has_header: bool,
    kinds: Vec<Kind>,
    names: Vec<String>,
}

impl Layout {
    /// Finds out what stands between the cells, and what the columns hold.
    ///
    /// Where no row says so, the first column is the name, another one with an @ in it the e-mail address, and the others
    /// are group and organisation, in this order.
    pub fn find(text: &str, groups: &Groups<'_>) -> Self {
        let looked_at = |separator| (separator, Rows::read(text, separator, LOOKED_AT).rows);
        let [tab, semicolon, comma] = [Separator::Tab, Separator::Semicolon, Separator::Comma].map(looked_at);
        for (separator, rows) in [&tab, &semicolon, &comma] {
            if let Some(first) = rows.first().filter(|row| row.cells.len() > 1 && is_header(&row.cells)) {
                return Self::of_header(*separator, &first.cells);
            }
        }
        let (_, lines) = looked_at(Separator::None);
        if let Some(first) = lines.first().filter(|row| is_header(&row.cells)) {
            return Self::of_header(Separator::None, &first.cells);
        }
        let usual = [tab, semicolon].into_iter().find(|(_, rows)| mostly(rows, |row| row.cells.len() > 1));
        // A comma also stands between surname and name: it separates cells if what follows is no part of a name.
        let is_other = |cell: &String| cell.contains('@') || groups.find(cell).is_some();
        let with_commas = Some(comma).filter(|(_, rows)| mostly(rows, |row| row.cells.iter().skip(1).any(is_other)));
        usual.or(with_commas).map_or_else(
            || Self::without_header(Separator::None, &lines),
            |(separator, rows)| Self::without_header(separator, &rows),
        )
    }

    fn of_header(separator: Separator, cells: &[String]) -> Self {
        let kinds = cells.iter().map(|cell| kind(cell).unwrap_or(Kind::LeftOut)).collect();
        let names = cells.iter().zip(1..).map(|(cell, number)| name(cell, number)).collect();
        Self { separator, has_header: true, kinds, names }
    }

    fn without_header(separator: Separator, rows: &[Row]) -> Self {
        let width = if separator == Separator::None { 1 } else { 4 };
        let emails =
            |place: usize| rows.iter().filter(|row| row.cells.get(place).is_some_and(|c| c.contains('@'))).count();
        let email = (1..width).rev().max_by_key(|place| emails(*place)).filter(|place| emails(*place) > 0);
        let mut others = [Kind::Group, Kind::Organisation].into_iter();
        let mut kinds = vec![Kind::Name];
        for place in 1..width {
            kinds.extend(if Some(place) == email { Some(Kind::Email) } else { others.next() });
        }
        let names = (1..=kinds.len()).map(|number| number.to_string()).collect();
        Self { separator, has_header: false, kinds, names }
    }

    /// Number of columns.
    pub const fn width(&self) -> usize {
        self.kinds.len()
    }

    /// What the column at this place holds.
    pub fn kind(&self, place: usize) -> Kind {
        self.kinds.get(place).copied().unwrap_or(Kind::LeftOut)
    }

    /// Whether there is a column of this kind.
    pub fn has(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// What the column at this place is called.
    pub fn name(&self, place: usize) -> String {
        self.names.get(place).cloned().unwrap_or_else(|| (place + 1).to_string())
    }

    /// What the first column of this kind is called.
    pub fn name_of(&self, kind: Kind) -> Option<String> {
        self.kinds.iter().position(|known| *known == kind).map(|place| self.name(place))
    }

    /// The names of the columns that are not kept.
    pub fn left_out(&self) -> Vec<String> {
        let kinds = self.kinds.iter().zip(&self.names);
        kinds.filter(|(kind, _)| **kind == Kind::LeftOut).map(|(_, name)| name.clone()).collect()
    }

    /// What is wrong with the header: columns of one kind.
    pub fn problems(&self, header: &Row) -> Vec<PersonProblem> {
        let is_twice = |(place, kind): (usize, &Kind)| {
            let before = self.kinds.iter().take(place).any(|known| known == kind);
            (before && *kind != Kind::LeftOut).then(|| self.name(place))
        };
        let twice = self.kinds.iter().enumerate().filter_map(is_twice);
        let problem = |name| PersonProblem { line: header.line, column: Some(name), what: PersonFault::ColumnTwice };
        twice.map(problem).collect()
    }
}

/// Whether a row says what the columns hold: it names a name or an e-mail address, or nothing but known columns.
fn is_header(cells: &[String]) -> bool {
    let mut kinds = cells.iter().filter(|cell| !cell.trim().is_empty()).map(|cell| kind(cell));
    let tells = |found: Option<Kind>| matches!(found, Some(Kind::Name | Kind::Surname | Kind::Email));
    !cells.iter().any(|cell| cell.contains('@')) && (kinds.clone().any(tells) || kinds.all(|found| found.is_some()))
}

fn kind(cell: &str) -> Option<Kind> {
    let cell = folded(cell);
    NAMES.iter().find(|(_, names)| names.contains(&cell.as_str())).map(|(kind, _)| *kind)
}

/// A column's name as it is shown, or its number where that is better not repeated.
fn name(cell: &str, number: usize) -> String {
    cell::clean(cell).ok().filter(|name| !name.is_empty()).unwrap_or_else(|| number.to_string())
}

fn mostly(rows: &[Row], is_so: impl Fn(&Row) -> bool) -> bool {
    let so = rows.iter().filter(|row| is_so(row)).count();
    so > 0 && so * 2 >= rows.len()
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Whom does a row of a list name?

use crate::domain::email::EmailAddress;

use super::cell::{clean, name_and_email};
use super::columns::{Kind, Layout};
use super::groups::Groups;
use super::problem::{PersonFault, PersonProblem};
use super::separator::Row;
use super::{Expected, Listed};

/// A row being read.
pub struct Reading<'a> {
    row: &'a Row,
    layout: &'a Layout,
    /// Cells that are kept and not empty.
    cells: Vec<(Kind, String)>,
    /// Kinds of the cells that could not be read: nothing more is said of them.
    unread: Vec<Kind>,
    problems: Vec<PersonProblem>,
}

impl<'a> Reading<'a> {
    /// Looks at each cell by itself.
    pub fn new(row: &'a Row, layout: &'a Layout) -> Self {
        let mut reading = Self { row, layout, cells: Vec::new(), unread: Vec::new(), problems: Vec::new() };
        for (place, cell) in row.cells.iter().enumerate() {
            reading.look_at(place, cell);
        }
        if row.cells.len() > layout.width() {
            let what = PersonFault::TooManyCells { columns: layout.width(), cells: row.cells.len() };
            reading.say(None, what);
        }
        reading
    }

    /// The person named.
    ///
    /// # Errors
    /// Everything that is wrong with the row.
    pub fn person(mut self, groups: &Groups<'_>, expected: &Expected<'_>) -> Result<Listed, Vec<PersonProblem>> {
        let (name, email) = self.name_and_email();
        let group = self.group(groups, expected.default_group);
        let organisation = self.cell(Kind::Organisation).map(str::to_owned);
        match (name, group) {
            (Some(name), Some(group)) if self.problems.is_empty() => {
                Ok(Listed { line: self.row.line, name, email, group, organisation })
            }
            (Some(_) | None, Some(_) | None) => Err(self.problems),
        }
    }

    fn look_at(&mut self, place: usize, cell: &str) {
        let kind = self.layout.kind(place);
        match clean(cell) {
            Ok(text) if text.is_empty() || kind == Kind::LeftOut => {}
            Ok(text) => self.cells.push((kind, text)),
            // What is not kept may be long or odd, but it may not be a tax code.
            Err(what) if kind != Kind::LeftOut || what == PersonFault::PersonalTaxCode => {
                self.unread.push(kind);
                self.say(Some(self.layout.name(place)), what);
            }
            Err(_) => {}
        }
    }

    fn cell(&self, kind: Kind) -> Option<&str> {
        self.cells.iter().find(|(known, _)| *known == kind).map(|(_, text)| text.as_str())
    }

    fn say(&mut self, column: Option<String>, what: PersonFault) {
        self.problems.push(PersonProblem { line: self.row.line, column, what });
    }

    fn say_of(&mut self, kind: Kind, what: PersonFault) {
        self.say(self.layout.name_of(kind), what);
    }

    /// The name, which may be that of an organisation or an address where the list has no names, and the address.
    fn name_and_email(&mut self) -> (Option<String>, Option<EmailAddress>) {
        let of = |kind| self.cell(kind).map(name_and_email).unwrap_or_default();
        let (given, in_name) = of(Kind::Name);
        let (beside, mut in_email) = of(Kind::Email);
        if in_email.is_empty() {
            // No @ in the cell of the address: it is no address, and no name either.
            in_email.clone_from(&beside);
        }
        let email = self.email((Kind::Email, &in_email), (Kind::Name, &in_name));
        let surname = self.cell(Kind::Surname).unwrap_or_default();
        let name = [given.as_str(), surname].join(" ").trim().to_owned();
        let has_names = self.layout.has(Kind::Name) || self.layout.has(Kind::Surname);
        let address = if has_names { &in_name } else { &in_email };
        let organisation = self.cell(Kind::Organisation).filter(|_| !has_names).unwrap_or_default();
        let beside = if beside == in_email { "" } else { beside.as_str() };
        let name = [name.as_str(), beside, organisation, address].into_iter().find(|name| !name.is_empty());
        let name = name.map(str::to_owned);
        let is_unread = [Kind::Name, Kind::Surname, Kind::Email].iter().any(|kind| self.unread.contains(kind));
        if name.is_none() && !is_unread {
            self.say_of(Kind::Name, PersonFault::MissingName);
        }
        (name, email)
    }

    /// The address of one cell or the other.
    fn email(&mut self, one: (Kind, &str), other: (Kind, &str)) -> Option<EmailAddress> {
        let mut found: Option<EmailAddress> = None;
        for (kind, text) in [one, other].into_iter().filter(|(_, text)| !text.is_empty()) {
            match EmailAddress::parse(text) {
                Err(error) => self.say_of(kind, PersonFault::Email(error)),
                Ok(email) if found.as_ref().is_some_and(|before| *before != email) => {
                    self.say_of(kind, PersonFault::SeveralEmails);
                }
                Ok(email) => found = Some(email),
            }
        }
        found
    }

    fn group(&mut self, groups: &Groups<'_>, default: Option<&str>) -> Option<String> {
        let Some(given) = self.cell(Kind::Group) else {
            if default.is_none() && !self.unread.contains(&Kind::Group) {
                self.say_of(Kind::Group, PersonFault::MissingGroup);
            }
            return default.map(str::to_owned);
        };
        let found = groups.find(given).map(str::to_owned);
        if found.is_none() {
            let (given, nearest) = (given.to_owned(), groups.nearest(given).map(str::to_owned));
            self.say_of(Kind::Group, PersonFault::UnknownGroup { given, nearest });
        }
        found
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who stands in a list of people that was typed, pasted or handed in as a file?
//!
//! One person or organisation to a line. A line becomes a person or a problem, never half a person.

use crate::domain::email::EmailAddress;
use crate::domain::framework::StakeholderGroup;

use super::encoding::{Encoding, decode};

mod cell;
mod columns;
mod doubles;
mod groups;
mod problem;
mod row;
mod separator;

use columns::Layout;
use doubles::Met;
use groups::Groups;
pub use problem::{PersonFault, PersonProblem};
use row::Reading;
use separator::Rows;
pub use separator::Separator;

/// People of one list.
pub const MAX_PEOPLE: usize = 20_000;
/// Letters of one cell.
pub const MAX_LETTERS: usize = 200;
/// How workbooks begin, which are handed in for lists.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0"];

/// What is known before a list is read.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The groups that a cell may name, by code or by name.
    pub groups: &'a [StakeholderGroup],
    /// Code of the group of those whose line names none.
    pub default_group: Option<&'a str>,
    /// Those who are enrolled already.
    pub enrolled: &'a [Enrolled<'a>],
}

/// Somebody who is enrolled already.
#[derive(Clone, Copy, Debug)]
pub struct Enrolled<'a> {
    /// Name.
    pub name: &'a str,
    /// E-mail address.
    pub email: Option<&'a str>,
    /// Code of the group.
    pub group: &'a str,
    /// Organisation.
    pub organisation: Option<&'a str>,
}

/// Somebody who stands in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Line, counted from 1.
    pub line: u64,
    /// Name of the person or organisation; the e-mail address where the list gives nothing else.
    pub name: String,
    /// E-mail address.
    pub email: Option<EmailAddress>,
    /// Code of the group.
    pub group: String,
    /// Organisation.
    pub organisation: Option<String>,
}

/// A list, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleRead {
    /// Those who can be enrolled, in the order of the list.
    pub people: Vec<Listed>,
    /// What is wrong with the other lines.
    pub problems: Vec<PersonProblem>,
    /// How the letters were read.
    pub encoding: Encoding,
    /// What stands between the cells.
    pub separator: Separator,
    /// Columns that are not kept, by the names the list gives them.
    pub left_out: Vec<String>,
}

/// Reads a list of people: one to a line, with a header or without, separated by semicolons, commas, tabs or not at all.
///
/// A list without header has the name first; a column with an @ in it is the e-mail address, and of the others the first
/// is the group and the second the organisation.
#[must_use]
pub fn read_people(bytes: &[u8], expected: &Expected<'_>) -> PeopleRead {
    let (text, encoding) = decode(bytes);
    let refused = |separator, problems| PeopleRead { people: vec![], problems, encoding, separator, left_out: vec![] };
    let whole = |what| vec![PersonProblem { line: 1, column: None, what }];
    if WORKBOOKS.iter().any(|beginning| bytes.starts_with(beginning)) {
        return refused(Separator::None, whole(PersonFault::NotText));
    }
    let groups = Groups::new(expected.groups);
    let layout = Layout::find(&text, &groups);
    let mut list = Rows::read(&text, layout.separator, MAX_PEOPLE + 2);
    let header = if layout.has_header { list.rows.drain(..list.rows.len().min(1)).next() } else { None };
    let problems = header.map(|header| layout.problems(&header)).unwrap_or_default();
    if !problems.is_empty() {
        return refused(layout.separator, problems);
    }
    if list.rows.len() > MAX_PEOPLE {
        return refused(layout.separator, whole(PersonFault::TooManyPeople));
    }
    let (people, problems) = each(&list, &layout, (&groups, expected));
    PeopleRead { people, problems, encoding, separator: layout.separator, left_out: layout.left_out() }
}

/// Each row, read.
fn each(
    list: &Rows,
    layout: &Layout,
    (groups, expected): (&Groups<'_>, &Expected<'_>),
) -> (Vec<Listed>, Vec<PersonProblem>) {
    let (mut people, mut problems) = (Vec::new(), Vec::new());
    let mut met = Met::new(expected.enrolled);
    for row in &list.rows {
        let person = Reading::new(row, layout).person(groups, expected).and_then(|person| match met.add(&person) {
            Ok(()) => Ok(person),
            Err(what) => Err(vec![PersonProblem { line: row.line, column: None, what }]),
        });
        match person {
            Ok(person) => people.push(person),
            Err(found) => problems.extend(found),
        }
    }
    let open = list.open_quote.map(|line| PersonProblem { line, column: None, what: PersonFault::OpenQuote });
    problems.extend(open);
    (people, problems)
}

#[cfg(test)]
mod tests;

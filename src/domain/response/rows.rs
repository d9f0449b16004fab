// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the columns of a wave hold, row by row?

use super::names::Names;
use super::sparse::Sparse;
use super::texts::Texts;
use super::{Mode, Response};

/// Responses as columns: one byte per answer and a few beside it; a column that says nothing takes no space.
///
/// Nothing is checked here: who adds rows knows that every answer is on its item's scale, and that the group exists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    pub(super) groups: Vec<u16>,
    pub(super) letters: Vec<u8>,
    pub(super) respondents: Texts,
    pub(super) organisations: Sparse<Option<u32>>,
    pub(super) names: Names,
    pub(super) weights: Sparse<Option<f64>>,
    pub(super) modes: Sparse<Mode>,
}

impl Rows {
    /// Number of rows.
    pub(crate) const fn len(&self) -> usize {
        self.groups.len()
    }

    /// Adds a row, with its group as it is kept.
    pub(crate) fn push(&mut self, response: &Response<'_>, group: u16) {
        let row = self.groups.len();
        self.groups.push(group);
        self.letters.extend_from_slice(response.answers);
        self.respondents.put(row, response.respondent);
        let organisation = response.organisation.map(|name| self.names.number(name));
        self.organisations.put(row, organisation);
        self.weights.put(row, response.weight);
        self.modes.put(row, response.mode);
    }

    /// Adds the rows of another store.
    pub(super) fn append(&mut self, other: &Self) {
        let row = self.groups.len();
        self.groups.extend_from_slice(&other.groups);
        self.letters.extend_from_slice(&other.letters);
        self.respondents.append(row, &other.respondents);
        let numbers: Vec<u32> = other.names.iter().map(|name| self.names.number(name)).collect();
        let own = |number: u32| usize::try_from(number).ok().and_then(|number| numbers.get(number)).copied();
        self.organisations.append(row, &other.organisations, |number| number.and_then(own));
        self.weights.append(row, &other.weights, |weight| weight);
        self.modes.append(row, &other.modes, |mode| mode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [Response<'_>; 4] = [
        Response {
            group: 0,
            answers: b"12",
            respondent: Some("a"),
            organisation: Some("X"),
            weight: None,
            mode: Mode::Paper,
        },
        Response {
            group: 1,
            answers: b"D-",
            respondent: None,
            organisation: None,
            weight: Some(2.0),
            mode: Mode::Online,
        },
        Response {
            group: 0,
            answers: b"45",
            respondent: Some("b"),
            organisation: Some("Y"),
            weight: None,
            mode: Mode::Online,
        },
        Response {
            group: 1,
            answers: b"..",
            respondent: None,
            organisation: Some("X"),
            weight: None,
            mode: Mode::Online,
        },
    ];

    fn of(responses: &[Response<'_>]) -> Rows {
        let mut rows = Rows::default();
        for response in responses {
            rows.push(response, u16::try_from(response.group).unwrap());
        }
        rows
    }

    #[test]
    fn wherever_rows_are_cut_they_make_the_same_whole() {
        for cut in 0..=ROWS.len() {
            let (first, second) = ROWS.split_at(cut);
            let mut rows = of(first);
            rows.append(&of(second));
            assert_eq!(rows, of(&ROWS));
        }
        assert_eq!(of(&ROWS).names.iter().collect::<Vec<_>>(), ["X", "Y"]);
        assert_eq!(of(&ROWS).organisations.iter(4).collect::<Vec<_>>(), [Some(0), None, Some(1), Some(0)]);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who answered what in one wave of one project, and how many were listed?

use super::answer::Answer;
use super::framework::Framework;

mod names;
mod people;
mod rows;
mod sparse;
mod texts;

pub use names::Names;
pub(crate) use rows::Rows;

/// How a response reached us.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Filled in by the respondent on a screen.
    #[default]
    Online,
    /// Filled in on paper, entered afterwards.
    Paper,
    /// Entered by somebody who asked the questions.
    Assisted,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 3] = [Self::Online, Self::Paper, Self::Assisted];

    /// The word of answer files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Paper => "paper",
            Self::Assisted => "assisted",
        }
    }

    /// The mode written so in an answer file.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

/// One response on its way into [`Responses`]: all answers of one respondent in one wave.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Response<'a> {
    /// Position of the stakeholder group in `framework.groups`.
    pub group: usize,
    /// One [`Answer::letter`] per item, in framework order.
    pub answers: &'a [u8],
    /// Pseudonym; the same one in two waves is the same person.
    pub respondent: Option<&'a str>,
    /// Organisation the respondent belongs to.
    pub organisation: Option<&'a str>,
    /// Weight of the response, kept for export; no statistic of this version uses it.
    pub weight: Option<f64>,
    /// How it reached us.
    pub mode: Mode,
}

/// All responses of one wave of one project.
///
/// Answers lie row after row, one byte per item, so that a million responses of forty items take forty megabytes
/// and are read in one sweep; pseudonyms lie in one text. Organisations are stored once each.
#[derive(Clone, Debug, PartialEq)]
pub struct Responses {
    wave: String,
    wave_type: Option<String>,
    points: Vec<u16>,
    group_count: usize,
    rows: Rows,
}

/// Why a response does not fit the framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResponseError {
    /// The framework has no group at this position.
    #[error("the framework has no stakeholder group number {0}")]
    UnknownGroup(usize),
    /// Not one answer per item.
    #[error("{found} answers for {expected} items")]
    AnswerCount {
        /// Items of the framework.
        expected: usize,
        /// Answers given.
        found: usize,
    },
    /// A byte that is no answer, or a point that the item's scale does not have.
    #[error("item number {item} does not have the answer {letter:?}")]
    NotOnScale {
        /// Position of the item.
        item: usize,
        /// The byte found.
        letter: u8,
    },
}

impl Responses {
    /// No responses yet, for the wave `wave` answered on `framework`.
    ///
    /// Where `wave` is the code of one of the framework's wave types, it is taken to be of that type;
    /// [`Responses::of_type`] says otherwise.
    #[must_use]
    pub fn new(framework: &Framework, wave: &str) -> Self {
        let points = framework.items().map(|(_, item)| framework.scale(&item.scale).map_or(0, point_mask));
        Self {
            wave: wave.to_owned(),
            wave_type: framework.wave_type(wave).map(|kind| kind.code.clone()),
            points: points.collect(),
            group_count: framework.groups.len(),
            rows: Rows::default(),
        }
    }

    /// The same responses in a wave of this type; `None`: of no particular type, every indicator is asked.
    #[must_use]
    pub fn of_type(mut self, wave_type: Option<&str>) -> Self {
        self.wave_type = wave_type.map(str::to_owned);
        self
    }

    /// Adds one response.
    ///
    /// # Errors
    /// If the group does not exist, an answer is missing, or a point is not on the item's scale.
    pub fn push(&mut self, response: Response<'_>) -> Result<(), ResponseError> {
        let group = u16::try_from(response.group).ok().filter(|_| response.group < self.group_count);
        let group = group.ok_or(ResponseError::UnknownGroup(response.group))?;
        self.check_answers(response.answers)?;
        self.rows.push(&response, group);
        Ok(())
    }

    /// Adds responses whose groups and answers were read as the framework has them.
    pub(crate) fn append(&mut self, rows: &Rows) {
        self.rows.append(rows);
    }

    /// Name of the wave.
    #[must_use]
    pub fn wave(&self) -> &str {
        &self.wave
    }

    /// Code of the wave type, where the wave has one.
    #[must_use]
    pub fn wave_type(&self) -> Option<&str> {
        self.wave_type.as_deref()
    }

    /// Number of responses.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nobody answered.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.len() == 0
    }

    /// Number of items of the framework.
    #[must_use]
    pub const fn items(&self) -> usize {
        self.points.len()
    }

    /// Every response with its group's position and its answers, in the order they were added.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &[u8])> {
        let width = self.points.len().max(1);
        let empty: &[u8] = &[];
        let rows = self.rows.letters.chunks_exact(width).chain(std::iter::repeat(empty));
        self.rows.groups.iter().map(|group| usize::from(*group)).zip(rows)
    }

    /// The answers of all responses, one [`Answer::letter`] per item, row after row.
    #[must_use]
    pub fn letters(&self) -> &[u8] {
        &self.rows.letters
    }

    /// Position of each response's group.
    #[must_use]
    pub fn groups(&self) -> &[u16] {
        &self.rows.groups
    }

    /// Pseudonym of the respondent of a row.
    #[must_use]
    pub fn respondent(&self, row: usize) -> Option<&str> {
        self.rows.respondents.get(row)
    }

    /// Rows whose respondent answered in the same group in an earlier row already, ascending.
    #[must_use]
    pub fn repeated(&self) -> Vec<usize> {
        people::repeated(&self.rows)
    }

    /// Rows of the same person, who has the same group and pseudonym in this wave and in a later one.
    ///
    /// Each pair is the row here and the row there, ascending by the row there. Where a person has several rows here, it
    /// is the last of them.
    #[must_use]
    pub fn same_people(&self, later: &Self) -> Vec<(u32, u32)> {
        people::same(&self.rows, &later.rows)
    }

    /// Organisation of each respondent, as a number in [`Responses::organisation_names`].
    pub fn organisations(&self) -> impl Iterator<Item = Option<u32>> {
        self.rows.organisations.iter(self.rows.len())
    }

    /// Names of the organisations, in order of first appearance.
    #[must_use]
    pub const fn organisation_names(&self) -> &Names {
        &self.rows.names
    }

    /// Weight of the response of a row.
    #[must_use]
    pub fn weight(&self, row: usize) -> Option<f64> {
        self.rows.weights.get(row)
    }

    /// How the response of a row reached us.
    #[must_use]
    pub fn mode(&self, row: usize) -> Mode {
        self.rows.modes.get(row)
    }

    fn check_answers(&self, answers: &[u8]) -> Result<(), ResponseError> {
        if answers.len() != self.points.len() {
            return Err(ResponseError::AnswerCount { expected: self.points.len(), found: answers.len() });
        }
        let wrong = answers.iter().zip(&self.points).position(|(letter, mask)| !fits(*letter, *mask));
        wrong.map_or(Ok(()), |item| {
            Err(ResponseError::NotOnScale { item, letter: answers.get(item).copied().unwrap_or_default() })
        })
    }
}

/// How many are listed in each group at one wave: the N of every statement.
///
/// Positions are those of `framework.groups`. `None`: not known, so no finite population correction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster(Vec<Option<u32>>);

impl Roster {
    /// Nothing is known about who is listed.
    #[must_use]
    pub const fn unknown() -> Self {
        Self(Vec::new())
    }

    /// A roster from the number listed in each group, in framework order.
    #[must_use]
    pub const fn new(listed: Vec<Option<u32>>) -> Self {
        Self(listed)
    }

    /// The number listed in the group at this position.
    #[must_use]
    pub fn listed(&self, group: usize) -> Option<u32> {
        self.0.get(group).copied().flatten()
    }

    /// Whether the number listed is known for any group.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.0.iter().any(Option::is_some)
    }
}

fn point_mask(scale: &super::framework::Scale) -> u16 {
    scale.points.iter().filter(|point| **point <= 10).fold(0, |mask, point| mask | (1 << point))
}

fn fits(letter: u8, mask: u16) -> bool {
    match Answer::from_letter(letter) {
        Some(Answer::Point(point)) => mask & (1 << point) != 0,
        Some(Answer::None(_)) => true,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::framework::{Indicator, Item, Level, Model, Pillar, Scale, StakeholderGroup};
    use super::super::text::Text;
    use super::*;

    fn framework() -> Framework {
        let item = |code: &str| Item {
            code: code.to_owned(),
            scale: "S5".to_owned(),
            audience: Vec::new(),
            level: Level::Core,
            reverse: false,
            text: Text::default(),
        };
        Framework {
            groups: vec![StakeholderGroup { code: "PA".to_owned(), name: Text::default() }],
            scales: vec![Scale { code: "S5".to_owned(), points: (1..=5).collect(), prompt: None, labels: Vec::new() }],
            indicators: vec![Indicator {
                code: "F1".to_owned(),
                family: "F".to_owned(),
                pillar: Pillar::Facilitators,
                name: Text::default(),
                definition: Text::default(),
                model: Model::Reflective,
                waves: Vec::new(),
                trace: None,
                evidence: None,
                replaces: Vec::new(),
                items: vec![item("F1a"), item("F1b")],
            }],
            ..Framework::default()
        }
    }

    #[test]
    fn nobody_has_answered_yet() {
        let responses = Responses::new(&framework(), "1");
        assert!(responses.is_empty());
        assert_eq!(responses.rows().count(), 0);
    }

    #[test]
    fn a_response_is_kept_as_given() {
        let mut responses = Responses::new(&framework(), "1");
        let response = Response { answers: b"4D", organisation: Some("COM"), ..Response::default() };
        responses.push(response).unwrap();
        responses.push(Response { respondent: Some("U2"), ..response }).unwrap();
        assert_eq!(responses.rows().collect::<Vec<_>>(), vec![(0, &b"4D"[..]), (0, &b"4D"[..])]);
        assert_eq!(responses.organisations().collect::<Vec<_>>(), [Some(0), Some(0)]);
        assert_eq!(responses.organisation_names().iter().collect::<Vec<_>>(), ["COM"]);
        assert_eq!((responses.respondent(0), responses.respondent(1)), (None, Some("U2")));
    }

    #[test]
    fn what_does_not_fit_the_framework_is_refused() {
        let mut responses = Responses::new(&framework(), "1");
        let refused = |answers, group| Response { group, answers, ..Response::default() };
        assert_eq!(responses.push(refused(b"44", 1)), Err(ResponseError::UnknownGroup(1)));
        assert_eq!(responses.push(refused(b"4", 0)), Err(ResponseError::AnswerCount { expected: 2, found: 1 }));
        assert_eq!(responses.push(refused(b"47", 0)), Err(ResponseError::NotOnScale { item: 1, letter: b'7' }));
        assert!(responses.is_empty());
    }

    #[test]
    fn an_unknown_roster_lists_nobody() {
        assert_eq!(Roster::unknown().listed(0), None);
        assert_eq!(Roster::new(vec![Some(8), None]).listed(0), Some(8));
        assert!(!Roster::new(vec![None]).is_known());
    }
}

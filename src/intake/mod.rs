// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the files handed in say, and what is wrong with them?
//!
//! Answers, rosters, profiles, lists of people and of places, translation sheets. Every reader collects all problems it finds, up to a cap, and counts the rest.

mod answers;
mod cells;
mod encoding;
mod gather;
mod header;
mod layout;
mod part;
mod people;
mod pieces;
mod places;
mod problem;
mod profile;
mod roster;
mod sheet;
mod table;
mod translation;

pub use answers::{AnswerFile, ProjectAnswers, Unknown, read_answers};
pub use encoding::{Encoding, decode};
pub use people::{
    Enrolled, Expected, Listed, MAX_LETTERS, MAX_PEOPLE, PeopleRead, PersonFault, PersonProblem, Separator, read_people,
};
pub use places::{PlaceImport, read_places};
pub use problem::{Problem, ProblemCode, Problems, Severity};
pub use profile::read_profile;
pub use roster::{RosterFile, read_roster};
pub use translation::{Sheet, read_translation};

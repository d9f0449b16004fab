// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the files handed in say, and what is wrong with them?
//!
//! Answers, rosters and profiles. Every reader collects all problems it finds, up to a cap, and counts the rest.

mod answers;
mod cells;
mod gather;
mod header;
mod layout;
mod part;
mod pieces;
mod problem;
mod profile;
mod roster;
mod sheet;
mod table;

pub use answers::{AnswerFile, ProjectAnswers, Unknown, read_answers};
pub use problem::{Problem, ProblemCode, Problems, Severity};
pub use profile::read_profile;
pub use roster::{RosterFile, read_roster};

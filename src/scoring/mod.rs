// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the answers of a wave say, and what of it may be shown?
//!
//! Item → score of a respondent → unit → group → overall (four voices) → pillar → composite; then change between
//! waves and projects side by side. Every number leaves through [`disclosure`], which decides what a view may show.
//! `docs/methods.md` has the question, formula, assumptions and source of each.

use crate::domain::framework::Framework;
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::response::{Responses, Roster};

mod cell;
mod change;
pub mod disclosure;
mod error;
mod group;
mod measure;
mod overall;
mod pillar;
mod plan;
pub mod seed;
mod side_by_side;
mod units;
mod verdict;
mod voice;
mod wave;

pub use change::change;
pub use side_by_side::{Compared, side_by_side};
pub use verdict::{Evidence, verdict};
pub use wave::{ProjectScores, score_project, score_wave};

/// The answers of one wave of one project, with who was listed.
#[derive(Clone, Copy, Debug)]
pub struct WaveAnswers<'a> {
    /// The answers.
    pub responses: &'a Responses,
    /// N of each group.
    pub roster: &'a Roster,
}

/// What everything is scored by.
#[derive(Clone, Copy, Debug)]
struct Rules<'a> {
    framework: &'a Framework,
    profile: &'a Profile,
    view: ScoreView,
}

impl Rules<'_> {
    /// Groups a total needs: two, unless the framework has only one.
    fn groups_needed(&self) -> usize {
        self.framework.groups.len().min(2)
    }
}

#[cfg(test)]
pub(crate) mod samples;

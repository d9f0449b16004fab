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

mod agreement;
mod band;
mod cell;
mod change;
mod clusters;
mod complete;
mod consistency;
mod delphi;
pub mod disclosure;
mod drift;
mod edition;
mod edition_change;
mod error;
mod gap;
mod goalposts;
mod group;
mod items;
mod measure;
mod overall;
mod pairs;
mod panel;
mod participation;
mod pillar;
mod plan;
mod priority;
mod projects;
mod reading;
mod robustness;
mod scores;
pub mod seed;
mod side_by_side;
mod units;
mod verdict;
mod versions;
mod voice;
mod wave;
mod weighted;
mod weights;

pub use change::change;
pub use delphi::{Round, delphi_round};
pub use goalposts::with_points;
pub use participation::sheet_means;
pub use priority::priorities;
pub use projects::{EditionScores, ProjectAnswers, compare_editions, compare_projects, score_projects};
pub use side_by_side::{Compared, side_by_side};
pub use verdict::{Evidence, verdict};
pub use versions::{VersionedWave, change_between_versions};
pub use wave::{ProjectScores, score_project, score_wave};
pub use weighted::{Elicited, score_weighted};
pub use weights::{Judged, judged, settle, spread};

/// The answers of one wave of one project, with who was listed.
#[derive(Clone, Copy, Debug)]
pub struct WaveAnswers<'a> {
    /// The answers.
    pub responses: &'a Responses,
    /// N of each group.
    pub roster: &'a Roster,
}

/// Where the seeds of random statistics come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chance<'a> {
    /// Name of the project.
    pub project: &'a str,
    /// A seed chosen to see whether a result hangs on it; 0 for none.
    pub chosen: u64,
}

/// What everything is scored by.
#[derive(Clone, Copy, Debug)]
struct Rules<'a> {
    framework: &'a Framework,
    profile: &'a Profile,
    view: ScoreView,
    chance: Chance<'a>,
}

impl<'a> Rules<'a> {
    /// The rules of one framework, profile and view.
    fn of(framework: &'a Framework, profile: &'a Profile, view: ScoreView) -> Self {
        Self { framework, profile, view, chance: Chance::default() }
    }

    /// Groups a total needs: two, unless the framework has only one.
    fn groups_needed(&self) -> usize {
        self.framework.groups.len().min(2)
    }

    /// The seed of a statistic over some waves.
    fn seed(&self, waves: &str, statistic: &str) -> u64 {
        let profile_sha256 = &self.profile.sha256();
        seed::Drawn { project: self.chance.project, waves, statistic, profile_sha256 }.seed(self.chance.chosen)
    }
}

#[cfg(test)]
pub(crate) mod samples;

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do all projects of a file amount to, one by one and beside each other?

use rayon::prelude::*;

use crate::domain::edition_comparison::{EditionChange, EditionComparison};
use crate::domain::framework::Framework;
use crate::domain::profile::{Profile, ScoreView};

use super::edition::{changes, comparisons};
use super::wave::{ProjectScores, score_project};
use super::{Chance, Rules, WaveAnswers};

/// One project with its waves, earliest first.
#[derive(Clone, Debug)]
pub struct ProjectAnswers<'a> {
    /// Programme, empty where there is none.
    pub programme: &'a str,
    /// Edition, empty where there is none.
    pub edition: &'a str,
    /// Project.
    pub project: &'a str,
    /// Its waves.
    pub waves: Vec<WaveAnswers<'a>>,
}

/// Projects beside each other, and editions one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EditionScores {
    /// One per edition with two projects or more, wave and indicator.
    pub comparisons: Vec<EditionComparison>,
    /// One per two following editions of a programme, wave and indicator.
    pub changes: Vec<EditionChange>,
}

/// Scores every project, and puts the projects of each edition and the editions of each programme beside each other.
///
/// `chosen` is the seed chosen, 0 for none. All projects are of the same framework version.
#[must_use]
pub fn score_projects(
    framework: &Framework,
    projects: &[ProjectAnswers<'_>],
    profile: &Profile,
    view: ScoreView,
    chosen: u64,
) -> (Vec<ProjectScores>, EditionScores) {
    let score = |one: &ProjectAnswers<'_>| {
        score_project(framework, &one.waves, profile, view, Chance { project: one.project, chosen })
    };
    let rules = Rules { chance: Chance { project: "", chosen }, ..Rules::of(framework, profile, view) };
    let scores = projects.par_iter().map(score).collect();
    (scores, EditionScores { comparisons: comparisons(projects, rules), changes: changes(projects, rules) })
}

/// Every edition of a programme against the one before, wave by wave and indicator by indicator: the same projects each
/// with itself, where there are any in both; else the editions' means. All projects are of the same framework version.
#[must_use]
pub fn compare_editions(
    framework: &Framework,
    projects: &[ProjectAnswers<'_>],
    profile: &Profile,
    view: ScoreView,
) -> Vec<EditionChange> {
    changes(projects, Rules::of(framework, profile, view))
}

/// The projects of each edition beside each other, wave by wave and indicator by indicator. All projects are of the same
/// framework version.
#[must_use]
pub fn compare_projects(
    framework: &Framework,
    projects: &[ProjectAnswers<'_>],
    profile: &Profile,
    view: ScoreView,
) -> Vec<EditionComparison> {
    comparisons(projects, Rules::of(framework, profile, view))
}

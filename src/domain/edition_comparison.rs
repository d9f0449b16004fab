// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do the projects of an edition compare, small and large ones alike, and one edition with another?

use super::comparison::Verdict;
use super::framework::Pillar;
use super::score::Interval;
use super::withheld::{Given, Withheld};

/// One indicator in one wave over the projects of an edition: shrunken, never ranked.
#[derive(Clone, Debug, PartialEq)]
pub struct EditionComparison {
    /// Programme, empty where there is none.
    pub programme: String,
    /// Edition, empty where there is none.
    pub edition: String,
    /// Code of the indicator.
    pub indicator: String,
    /// Its pillar.
    pub pillar: Pillar,
    /// Name of the wave.
    pub wave: String,
    /// Codes of the groups every project's value is made of.
    pub groups_used: Vec<String>,
    /// Variance between projects beyond chance.
    pub tau2: Given<f64>,
    /// Share of the variation that is between projects.
    pub i2: Given<f64>,
    /// Mean of the projects.
    pub mean: Given<f64>,
    /// Its standard error.
    pub mean_se: Given<f64>,
    /// Its 95 % interval.
    pub mean_interval: Given<Interval>,
    /// Share of the variation of single answers that is between projects.
    pub icc1: Given<f64>,
    /// Reliability of the projects' means: decides what may be said.
    pub icc2: Given<f64>,
    /// Each project, in the order given.
    pub projects: Vec<ComparedProject>,
}

impl EditionComparison {
    /// Whether no project was asked about it in this wave.
    #[must_use]
    pub fn is_not_asked(&self) -> bool {
        self.projects.iter().all(|one| matches!(one.value, Err(Withheld::NotAsked | Withheld::NoCommonItem)))
    }
}

/// One project in the comparison of an edition.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedProject {
    /// Its name.
    pub project: String,
    /// Value over the common groups and items.
    pub value: Given<f64>,
    /// Standard error of the process.
    pub se: Given<f64>,
    /// The value drawn towards the mean by as much as it is uncertain.
    pub shrunken: Given<f64>,
    /// Standard error of `shrunken`.
    pub shrunken_se: Given<f64>,
    /// Distance from the mean in units of what chance and other projects make usual.
    pub z: Given<f64>,
    /// Two-sided p of `z`, after Benjamini–Hochberg over the projects.
    pub p_adjusted: Given<f64>,
    /// From which to which place it could be, 5 to 95 %.
    pub places: Given<[f64; 2]>,
}

/// One edition against another on one indicator in waves of one name.
#[derive(Clone, Debug, PartialEq)]
pub struct EditionChange {
    /// Programme.
    pub programme: String,
    /// The earlier edition.
    pub from: String,
    /// The later edition.
    pub to: String,
    /// Code of the indicator.
    pub indicator: String,
    /// Its pillar: for an obstacle, less is improved.
    pub pillar: Pillar,
    /// Name of the wave.
    pub wave: String,
    /// How many projects have the wave in the earlier and in the later edition; where the same ones are compared, how many
    /// of those.
    pub projects: [usize; 2],
    /// Whether the same projects are in both.
    pub same_projects: bool,
    /// Later less earlier.
    pub difference: Given<f64>,
    /// Its standard error.
    pub se: Given<f64>,
    /// Its 95 % interval.
    pub interval: Given<Interval>,
    /// The difference in words.
    pub verdict: Given<Verdict>,
}

impl EditionChange {
    /// Whether it was asked in neither edition.
    #[must_use]
    pub const fn is_not_asked(&self) -> bool {
        matches!(self.difference, Err(Withheld::NotAsked | Withheld::NoCommonItem))
    }
}

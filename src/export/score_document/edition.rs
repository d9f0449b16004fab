// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The projects of an edition, and one edition against another.

use serde::Serialize;

use crate::domain::edition_comparison::{ComparedProject, EditionChange, EditionComparison};
use crate::domain::score::{Interval, Withheld};

use super::{first_reason, value};

#[derive(Serialize)]
pub struct EditionComparisonEntry<'a> {
    programme: &'a str,
    edition: &'a str,
    indicator: &'a str,
    pillar: &'static str,
    wave: &'a str,
    groups_used: &'a [String],
    tau2: Option<f64>,
    i2: Option<f64>,
    mean: Option<f64>,
    mean_se: Option<f64>,
    mean_interval: Option<Interval>,
    icc1: Option<f64>,
    icc2: Option<f64>,
    reason: Option<Withheld>,
    icc_reason: Option<Withheld>,
    projects: Vec<ProjectEntry<'a>>,
}

#[derive(Serialize)]
struct ProjectEntry<'a> {
    project: &'a str,
    value: Option<f64>,
    se: Option<f64>,
    shrunken: Option<f64>,
    shrunken_se: Option<f64>,
    z: Option<f64>,
    p_adjusted: Option<f64>,
    places: Option<[f64; 2]>,
    reason: Option<Withheld>,
}

#[derive(Serialize)]
pub struct EditionChangeEntry<'a> {
    programme: &'a str,
    from: &'a str,
    to: &'a str,
    indicator: &'a str,
    wave: &'a str,
    same_projects: bool,
    difference: Option<f64>,
    se: Option<f64>,
    interval: Option<Interval>,
    reason: Option<Withheld>,
}

impl<'a> EditionComparisonEntry<'a> {
    pub fn new(comparison: &'a EditionComparison) -> Self {
        Self {
            programme: &comparison.programme,
            edition: &comparison.edition,
            indicator: &comparison.indicator,
            pillar: comparison.pillar.code(),
            wave: &comparison.wave,
            groups_used: &comparison.groups_used,
            tau2: value(comparison.tau2),
            i2: value(comparison.i2),
            mean: value(comparison.mean),
            mean_se: value(comparison.mean_se),
            mean_interval: value(comparison.mean_interval),
            icc1: value(comparison.icc1),
            icc2: value(comparison.icc2),
            reason: first_reason(&[comparison.tau2.err(), comparison.mean.err(), comparison.mean_interval.err()]),
            icc_reason: first_reason(&[comparison.icc2.err(), comparison.icc1.err()]),
            projects: comparison.projects.iter().map(ProjectEntry::new).collect(),
        }
    }
}

impl<'a> ProjectEntry<'a> {
    fn new(project: &'a ComparedProject) -> Self {
        Self {
            project: &project.project,
            value: value(project.value),
            se: value(project.se),
            shrunken: value(project.shrunken),
            shrunken_se: value(project.shrunken_se),
            z: value(project.z),
            p_adjusted: value(project.p_adjusted),
            places: value(project.places),
            reason: first_reason(&[project.value.err(), project.se.err(), project.shrunken.err(), project.z.err()]),
        }
    }
}

impl<'a> EditionChangeEntry<'a> {
    pub fn new(change: &'a EditionChange) -> Self {
        Self {
            programme: &change.programme,
            from: &change.from,
            to: &change.to,
            indicator: &change.indicator,
            wave: &change.wave,
            same_projects: change.same_projects,
            difference: value(change.difference),
            se: value(change.se),
            interval: value(change.interval),
            reason: first_reason(&[change.difference.err(), change.se.err(), change.interval.err()]),
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the answers of one wave amount to, indicator by indicator and group by group?

use rayon::prelude::*;

use crate::domain::framework::{Indicator, StakeholderGroup};

use super::cell::{Cell, Cells};
use super::complete::{Complete, Letters};
use super::disclosure::Release;
use super::plan::{IndicatorPlan, Plan};
use super::reading::{Reading, read};
use super::scores::Scores;
use super::units::{Units, gathered};
use super::{Rules, WaveAnswers};

/// One wave, measured: all figures, and what of them may leave.
#[derive(Debug)]
pub struct Measured<'a> {
    /// The answers it was made from.
    pub answers: WaveAnswers<'a>,
    /// Units and their scores.
    pub units: Units<'a>,
    /// How items are read.
    pub plan: Plan,
    /// Letters by item and group.
    pub letters: Letters,
    /// One per indicator, in framework order.
    pub indicators: Vec<MeasuredIndicator<'a>>,
}

/// One indicator of a measured wave.
#[derive(Debug)]
pub struct MeasuredIndicator<'a> {
    /// Which.
    pub indicator: &'a Indicator,
    /// Its position.
    pub place: usize,
    /// Whether anybody was asked.
    pub asked: bool,
    /// One per group, in framework order.
    pub cells: Vec<Cell<'a>>,
    /// How often each score occurs.
    pub scores: Scores,
    /// Those who answered every item.
    pub complete: Complete,
    /// What may leave.
    pub release: Release,
}

impl<'a> Measured<'a> {
    /// Measures a wave; items whose position is marked in `left_out` do not count.
    pub fn new(answers: WaveAnswers<'a>, rules: Rules<'a>, left_out: &[bool]) -> Self {
        let WaveAnswers { responses, .. } = answers;
        let plan = Plan::new(rules.framework, rules.profile, responses.wave_type(), left_out);
        let Reading { people, letters, complete } = read(responses, &plan, rules.framework.groups.len());
        let present = present(&people, rules);
        let units = gathered(people, responses, &plan, rules.profile.unit);
        let wave = Wave { answers, rules, units: &units, letters: &letters, present: &present };
        let parts: Vec<_> = rules.framework.indicators.iter().zip(&plan.indicators).zip(complete).enumerate().collect();
        let measured = |(place, ((indicator, plan), complete))| wave.indicator(place, indicator, plan, complete);
        let indicators = parts.into_par_iter().map(measured).collect();
        Self { answers, units, plan, letters, indicators }
    }
}

/// What every indicator of a wave is measured from.
struct Wave<'w, 'a> {
    answers: WaveAnswers<'a>,
    rules: Rules<'a>,
    units: &'w Units<'a>,
    letters: &'w Letters,
    present: &'w [bool],
}

impl<'a> Wave<'_, 'a> {
    fn indicator(
        &self,
        place: usize,
        indicator: &'a Indicator,
        plan: &IndicatorPlan,
        complete: Complete,
    ) -> MeasuredIndicator<'a> {
        let groups = self.rules.framework.groups.len();
        let scores = self.units.columns.get(place).map(|column| Scores::new(column, &self.units.groups, groups));
        let scores = scores.unwrap_or_default();
        let cells: Vec<_> = self
            .rules
            .framework
            .groups
            .iter()
            .enumerate()
            .map(|(group, stakeholder)| self.cell(group, stakeholder, plan, &scores))
            .collect();
        let asked = self.answers.responses.is_empty() || cells.iter().any(|cell| cell.cells.shown() > 0);
        let release = Release::decide(&cells, self.rules.profile, self.rules.view);
        MeasuredIndicator { indicator, place, asked: asked && plan.asked, cells, scores, complete, release }
    }

    /// A group is expected if it is listed or answered; where nothing is known of who is listed, every group is.
    fn cell(&self, group: usize, stakeholder: &'a StakeholderGroup, plan: &IndicatorPlan, scores: &Scores) -> Cell<'a> {
        let roster = self.answers.roster;
        let listed = roster.listed(group);
        let addressed = plan.addresses(group);
        let present = self.present.get(group).copied().unwrap_or(false);
        Cell {
            code: &stakeholder.code,
            group,
            addressed,
            expected: addressed && (listed.map_or(!roster.is_known(), |listed| listed > 0) || present),
            listed,
            summary: scores.summary(group),
            cells: Cells::new(plan, self.letters, group),
        }
    }
}

fn present(people: &Units<'_>, rules: Rules<'_>) -> Vec<bool> {
    let mut present = vec![false; rules.framework.groups.len()];
    for group in &people.groups {
        if let Some(seen) = present.get_mut(usize::from(*group)) {
            *seen = true;
        }
    }
    present
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the answers of one wave amount to, indicator by indicator and group by group?

use crate::domain::framework::Indicator;
use crate::stats::describe::summary;

use super::cell::{Cell, Cells};
use super::disclosure::Release;
use super::plan::{IndicatorPlan, Plan};
use super::units::{Letters, Units, gathered, read};
use super::{Rules, WaveAnswers};

/// One wave, measured: all figures, and what of them may leave.
#[derive(Debug)]
pub struct Measured<'a> {
    /// The answers it was made from.
    pub answers: WaveAnswers<'a>,
    /// Units and their scores.
    pub units: Units<'a>,
    /// One per indicator, in framework order.
    pub indicators: Vec<MeasuredIndicator<'a>>,
}

/// One indicator of a measured wave.
#[derive(Debug)]
pub struct MeasuredIndicator<'a> {
    /// Which.
    pub indicator: &'a Indicator,
    /// Whether anybody was asked.
    pub asked: bool,
    /// One per group, in framework order.
    pub cells: Vec<Cell<'a>>,
    /// What may leave.
    pub release: Release,
}

impl<'a> Measured<'a> {
    /// Measures a wave; items whose position is marked in `left_out` do not count.
    pub fn new(answers: WaveAnswers<'a>, rules: Rules<'a>, left_out: &[bool]) -> Self {
        let WaveAnswers { responses, .. } = answers;
        let plan = Plan::new(rules.framework, rules.profile, responses.wave_type(), left_out);
        let (people, letters) = read(responses, &plan, rules.framework.groups.len());
        let present = present(&people, rules);
        let units = gathered(people, responses, &plan, rules.profile.unit);
        let mut indicators = Vec::new();
        for (position, (indicator, plan)) in rules.framework.indicators.iter().zip(&plan.indicators).enumerate() {
            let mut cells = cells(answers, rules, plan, &letters);
            summarise(&mut cells, &units, position);
            expect(&mut cells, &present, answers);
            let asked = responses.is_empty() || cells.iter().any(|cell| cell.cells.shown() > 0);
            let release = Release::decide(&cells, rules.profile, rules.view);
            indicators.push(MeasuredIndicator { indicator, asked: asked && plan.asked, cells, release });
        }
        Self { answers, units, indicators }
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

fn cells<'a>(answers: WaveAnswers<'_>, rules: Rules<'a>, plan: &IndicatorPlan, letters: &Letters) -> Vec<Cell<'a>> {
    let cell = |(group, stakeholder): (usize, &'a crate::domain::framework::StakeholderGroup)| Cell {
        code: &stakeholder.code,
        group,
        addressed: plan.addresses(group),
        expected: false,
        listed: answers.roster.listed(group),
        summary: None,
        cells: Cells::new(plan, letters, group),
    };
    rules.framework.groups.iter().enumerate().map(cell).collect()
}

fn summarise(cells: &mut [Cell<'_>], units: &Units<'_>, indicator: usize) {
    let Some(column) = units.columns.get(indicator) else { return };
    let counts = column.counts(&units.groups, cells.len());
    for (cell, counts) in cells.iter_mut().zip(&counts) {
        cell.summary = summary(column.values().iter().copied().zip(counts.iter().copied())).ok();
    }
}

/// A group is expected if it is listed or answered; where nothing is known of who is listed, every group is.
fn expect(cells: &mut [Cell<'_>], present: &[bool], answers: WaveAnswers<'_>) {
    for (cell, present) in cells.iter_mut().zip(present) {
        let listed = cell.listed.map_or(!answers.roster.is_known(), |listed| listed > 0);
        cell.expected = cell.addressed && (listed || *present);
    }
}

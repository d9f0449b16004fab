// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is shown of one indicator in one group?

use crate::domain::agreement::SharedView;
use crate::domain::profile::{ScoreView, Unit};
use crate::domain::score::{Flag, Given, GroupScore, Interval, Withheld};
use crate::stats::count::real;
use crate::stats::interval::tipping_point;

use super::Rules;
use super::agreement;
use super::band::band;
use super::cell::Cell;
use super::clusters::{Clusters, Draw, WIDER};
use super::consistency::alpha_of;
use super::disclosure::spread_of_group;
use super::error::{Errors, Stratum, reason};
use super::measure::{Measured, MeasuredIndicator};

/// Where a larger share of the listed answered, the error of the instrument is what remains.
const NEARLY_ALL: f64 = 0.9;
/// Half of a 95 % band, in standard errors.
const NORMAL_95: f64 = 1.96;

/// The groups of one indicator.
pub struct Groups<'g> {
    /// The wave.
    pub measured: &'g Measured<'g>,
    /// The indicator.
    pub one: &'g MeasuredIndicator<'g>,
    /// Who is whose colleague.
    pub clusters: &'g Clusters,
    /// The rules.
    pub rules: Rules<'g>,
}

impl Groups<'_> {
    /// The scores of every group, in framework order.
    pub fn scores(&self) -> Vec<GroupScore> {
        self.one.cells.iter().map(|cell| self.score(cell)).collect()
    }

    fn score(&self, cell: &Cell<'_>) -> GroupScore {
        let rules = self.rules;
        let shown = if self.one.asked { self.one.release.shows(cell.group) } else { Err(Withheld::NotAsked) };
        let spread = shown.and_then(|()| spread_of_group(cell, rules.profile, rules.view));
        let summary = shown.and_then(|()| cell.summary.ok_or(Withheld::NoValidAnswers));
        let mean = summary.map(|summary| summary.mean);
        let errors = spread.map_or_else(Errors::withheld, |()| errors(cell));
        let clustered = spread.and_then(|()| self.clustered(cell));
        let agreement = agreement::of_group(self.measured, self.one, cell.group, rules);
        let mut flags = if shown.is_ok() { cell.flags() } else { Vec::new() };
        flags.extend(self.more_flags(cell, shown, (&agreement, clustered, errors.interval)));
        GroupScore {
            group: cell.code.to_owned(),
            listed: cell.listed,
            valid: cell.valid(),
            mean,
            sd: spread.and(summary).and_then(|summary| summary.sd().map_err(reason)),
            se: errors.se,
            interval: errors.interval,
            mean_of_items: mean_of_items(cell, shown, spread, rules.view),
            codes: if rules.view.protects() { Err(Withheld::Complementary) } else { Ok(cell.cells.codes) },
            agreement,
            clustered_interval: clustered,
            measurement_interval: spread.and_then(|()| self.measurement(cell)),
            tipping_points: mean.and_then(|mean| tipping_points(mean, cell, rules)),
            band: band(self.one.indicator.pillar, mean, errors.interval, rules.profile),
            flags,
        }
    }

    fn more_flags(
        &self,
        cell: &Cell<'_>,
        shown: Given<()>,
        (agreement, clustered, plain): (&crate::domain::agreement::Agreement, Given<Interval>, Given<Interval>),
    ) -> Vec<Flag> {
        let wider = matches!((clustered, plain), (Ok(clustered), Ok(plain))
            if clustered.high - clustered.low > WIDER * (plain.high - plain.low));
        let evaluator = matches!(self.rules.view, ScoreView::Full | ScoreView::Evaluator);
        let person = self.rules.profile.unit == Unit::Respondent;
        let suggested = evaluator && person && shown.is_ok() && self.clusters.suggests_organisation(cell.group);
        let found = [
            (agreement.view == Ok(SharedView::Different), Flag::DifferentViews),
            (agreement.polarised == Ok(true), Flag::Polarised),
            (wider, Flag::Clustered),
            (suggested, Flag::OrganisationSuggested),
        ];
        found.into_iter().filter_map(|(holds, flag)| holds.then_some(flag)).collect()
    }

    /// The interval that draws organisations; for the evaluator, where people are the units.
    fn clustered(&self, cell: &Cell<'_>) -> Given<Interval> {
        let rules = self.rules;
        match (rules.view, rules.profile.unit) {
            (ScoreView::Participants | ScoreView::Public, _) => return Err(Withheld::NotForThisView),
            (_, Unit::Organisation) => return Err(Withheld::NotNeeded),
            (ScoreView::Full | ScoreView::Evaluator, Unit::Respondent) => {}
        }
        let column = self.measured.units.columns.get(self.one.place).ok_or(Withheld::NoValidAnswers)?;
        let statistic = || format!("organisations {} {}", self.one.indicator.code, cell.code);
        let wave = self.measured.answers.responses.wave();
        self.clusters.interval(cell, column, || Draw {
            draws: rules.profile.bootstrap_draws,
            seed: rules.seed(wave, &statistic()),
        })
    }

    /// `mean ± 1.96 s √((1 − α)/n)`, where more than nine in ten of the listed answered.
    fn measurement(&self, cell: &Cell<'_>) -> Given<Interval> {
        let summary = cell.summary.ok_or(Withheld::NoValidAnswers)?;
        if cell.coverage().is_none_or(|coverage| coverage <= NEARLY_ALL) {
            return Err(Withheld::NotNeeded);
        }
        let all: Vec<usize> = (0..self.one.cells.len()).collect();
        let alpha = alpha_of(self.one, &all)?;
        let half = NORMAL_95 * summary.sd().map_err(reason)? * ((1.0 - alpha).max(0.0) / real(summary.n)).sqrt();
        if half > 0.0 {
            Ok(Interval { low: summary.mean - half, high: summary.mean + half })
        } else {
            Err(Withheld::NoVariability)
        }
    }
}

/// Error of the group's mean: descriptive, on n − 1 degrees of freedom.
fn errors(cell: &Cell<'_>) -> Errors {
    let Some(summary) = cell.summary else { return Errors::withheld(Withheld::NoValidAnswers) };
    Errors::of(summary.mean, &[stratum(cell, 1.0)])
}

/// The group as a part of a total.
pub fn stratum(cell: &Cell<'_>, weight: f64) -> Stratum {
    let variance = cell.summary.and_then(|summary| summary.variance().ok());
    Stratum { weight, n: cell.n(), variance, left: cell.left() }
}

/// For each limit between bands, what those who did not answer would have to say.
fn tipping_points(mean: f64, cell: &Cell<'_>, rules: Rules<'_>) -> Given<[f64; 2]> {
    let coverage = cell.coverage().ok_or(Withheld::RosterUnknown)?;
    let [low, high] = rules.profile.bands;
    let at = |limit| tipping_point(mean, coverage, limit).map_err(reason);
    Ok([at(low)?, at(high)?])
}

/// The second mean of the proration check is for the evaluator only, and never for a small group.
fn mean_of_items(cell: &Cell<'_>, shown: Given<()>, spread: Given<()>, view: ScoreView) -> Given<f64> {
    shown?;
    match view {
        ScoreView::Full => {}
        ScoreView::Evaluator => spread?,
        ScoreView::Participants | ScoreView::Public => return Err(Withheld::Complementary),
    }
    cell.cells.mean_of_items.ok_or(Withheld::NoValidAnswers)
}

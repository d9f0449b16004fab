// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is shown of one indicator in one group?

use crate::domain::profile::ScoreView;
use crate::domain::score::{Given, GroupScore, Withheld};

use super::Rules;
use super::cell::Cell;
use super::disclosure::spread_of_group;
use super::error::{Errors, Stratum, reason};
use super::measure::MeasuredIndicator;

/// The scores of every group, in framework order.
pub fn group_scores(measured: &MeasuredIndicator<'_>, rules: Rules<'_>) -> Vec<GroupScore> {
    let shown =
        |cell: &Cell<'_>| if measured.asked { measured.release.shows(cell.group) } else { Err(Withheld::NotAsked) };
    measured.cells.iter().map(|cell| group_score(cell, shown(cell), rules)).collect()
}

fn group_score(cell: &Cell<'_>, shown: Given<()>, rules: Rules<'_>) -> GroupScore {
    let spread = shown.and_then(|()| spread_of_group(cell, rules.profile, rules.view));
    let summary = shown.and_then(|()| cell.summary.ok_or(Withheld::NoValidAnswers));
    let errors = spread.map_or_else(Errors::withheld, |()| errors(cell));
    GroupScore {
        group: cell.code.to_owned(),
        listed: cell.listed,
        valid: cell.valid(),
        mean: summary.map(|summary| summary.mean),
        sd: spread.and(summary).and_then(|summary| summary.sd().map_err(reason)),
        se: errors.se,
        interval: errors.interval,
        mean_of_items: mean_of_items(cell, shown, spread, rules.view),
        codes: if rules.view.protects() { Err(Withheld::Complementary) } else { Ok(cell.cells.codes) },
        flags: if shown.is_ok() { cell.flags() } else { Vec::new() },
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

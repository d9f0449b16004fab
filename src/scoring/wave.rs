// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Every score of one wave, and of all waves of a project.

use crate::domain::comparison::Change;
use crate::domain::framework::Framework;
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::response::{Responses, Roster};
use crate::domain::score::{CodeCounts, Given, IndicatorScore, WaveScores, Withheld};

use super::change::between;
use super::group::group_scores;
use super::measure::{Measured, MeasuredIndicator};
use super::overall::{Total, total};
use super::pillar::pillars;
use super::{Rules, WaveAnswers};

/// Everything scored in one project.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectScores {
    /// One per wave, in the order given.
    pub waves: Vec<WaveScores>,
    /// One per indicator and pair of waves, earlier wave first.
    pub changes: Vec<Change>,
}

/// Scores one wave of one project.
///
/// The profile must have passed its checks. Rows of the wave may come in any order.
#[must_use]
pub fn score_wave(
    framework: &Framework,
    responses: &Responses,
    roster: &Roster,
    profile: &Profile,
    view: ScoreView,
) -> WaveScores {
    let rules = Rules { framework, profile, view };
    scores(&Measured::new(WaveAnswers { responses, roster }, rules, &[]), rules)
}

/// Scores all waves of one project, and the change between every two of them.
#[must_use]
pub fn score_project(
    framework: &Framework,
    waves: &[WaveAnswers<'_>],
    profile: &Profile,
    view: ScoreView,
) -> ProjectScores {
    let rules = Rules { framework, profile, view };
    let measured: Vec<_> = waves.iter().map(|wave| Measured::new(*wave, rules, &[])).collect();
    let mut changes = Vec::new();
    for (earlier, from) in measured.iter().enumerate() {
        for to in measured.iter().skip(earlier + 1) {
            changes.extend(between(from, to, rules));
        }
    }
    ProjectScores { waves: measured.iter().map(|wave| scores(wave, rules)).collect(), changes }
}

fn scores(measured: &Measured<'_>, rules: Rules<'_>) -> WaveScores {
    let totals: Vec<_> = measured.indicators.iter().map(|one| total(one, rules)).collect();
    let (pillars, composite) = pillars(measured, &totals, rules);
    let responses = measured.answers.responses;
    let indicator = |(one, total): (&MeasuredIndicator<'_>, Total)| IndicatorScore {
        indicator: one.indicator.code.clone(),
        pillar: one.indicator.pillar,
        family: one.indicator.family.clone(),
        codes: codes(one, measured, rules),
        groups: group_scores(one, rules),
        overall: total.overall,
    };
    WaveScores {
        wave: responses.wave().to_owned(),
        view: rules.view,
        respondents: u32::try_from(responses.len()).unwrap_or(u32::MAX),
        indicators: measured.indicators.iter().zip(totals).map(indicator).collect(),
        pillars,
        composite,
    }
}

/// Reasons for no answer over all groups; withheld where too few people were asked.
fn codes(one: &MeasuredIndicator<'_>, measured: &Measured<'_>, rules: Rules<'_>) -> Given<CodeCounts> {
    if !one.asked {
        return Err(Withheld::NotAsked);
    }
    let addressed = |group: &u16| one.cells.get(usize::from(*group)).is_some_and(|cell| cell.addressed);
    let people = measured.answers.responses.groups().iter().filter(|group| addressed(group)).count();
    let least = usize::try_from(rules.profile.k_show).unwrap_or(usize::MAX);
    if rules.view.protects() && people > 0 && people < least {
        return Err(Withheld::FewerThanMinimum);
    }
    let mut counts = CodeCounts::default();
    one.cells.iter().for_each(|cell| counts.include(&cell.cells.codes));
    Ok(counts)
}

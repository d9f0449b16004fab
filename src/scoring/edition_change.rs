// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What changed from one edition of a programme to the next?
//!
//! Where the same projects are in both, each is compared with itself; else the editions' means are, and the result says
//! that they are different projects.

use crate::domain::comparison::Change;
use crate::domain::edition_comparison::EditionChange;
use crate::domain::score::{Given, Withheld};
use crate::stats::heterogeneity::{Estimate, LEAST_ESTIMATES, difference};
use crate::stats::interval::Part;

use super::Rules;
use super::change::between as change_between;
use super::edition::{Members, Model, entries, model_of, name, of_name, waves};
use super::error::{interval, reason};
use super::measure::Measured;
use super::side_by_side::{Beside, beside};
use super::verdict::{Evidence, verdict};

/// Every indicator in every wave that both editions have.
pub fn between(earlier: &Members<'_>, later: &Members<'_>, rules: Rules<'_>) -> Vec<EditionChange> {
    let later_waves = waves(later);
    let common = waves(earlier).into_iter().filter(|wave| later_waves.contains(wave));
    common.flat_map(|wave| in_wave(earlier, later, wave, rules)).collect()
}

fn in_wave(earlier: &Members<'_>, later: &Members<'_>, wave: &str, rules: Rules<'_>) -> Vec<EditionChange> {
    let same = same_projects(earlier, later, wave, rules);
    let pooled = same.len() >= LEAST_ESTIMATES;
    let sides = [earlier, later].map(|members| beside(&entries(members, wave), rules));
    let [before, after] = &sides;
    let counts = [earlier, later].map(|members| entries(members, wave).len());
    let indicators = rules.framework.indicators.iter().enumerate();
    indicators
        .map(|(place, indicator)| {
            let found = if pooled { of_same(&same, place) } else { of_different(before.get(place), after.get(place)) };
            let limits = |level| found.and_then(|(difference, part)| interval(difference, part, level));
            let evidence =
                found.map(|(difference, _)| Evidence { difference, interval: limits(0.95), interval_90: limits(0.90) });
            EditionChange {
                programme: name(earlier).0.to_owned(),
                from: name(earlier).1.to_owned(),
                to: name(later).1.to_owned(),
                indicator: indicator.code.clone(),
                pillar: indicator.pillar,
                wave: wave.to_owned(),
                projects: if pooled { [same.len(); 2] } else { counts },
                same_projects: pooled,
                difference: found.map(|found| found.0),
                se: found.map(|found| found.1.variance.sqrt()),
                interval: limits(0.95),
                verdict: evidence.map(|evidence| verdict(indicator.pillar, &evidence, rules.profile.mid).0),
            }
        })
        .collect()
}

/// The changes of the projects that have the wave in both editions.
fn same_projects(earlier: &Members<'_>, later: &Members<'_>, wave: &str, rules: Rules<'_>) -> Vec<Vec<Change>> {
    let pair = |project: &&super::projects::ProjectAnswers<'_>| {
        let other = later.iter().find(|other| other.project == project.project)?;
        let (from, to) = (of_name(project, wave)?, of_name(other, wave)?);
        Some(change_between(&Measured::new(from, rules, &[]), &Measured::new(to, rules, &[]), rules))
    };
    earlier.iter().filter_map(pair).collect()
}

/// The projects' own changes, pooled; t with one degree of freedom fewer than projects.
fn of_same(changes: &[Vec<Change>], place: usize) -> Given<(f64, Part)> {
    let estimates = changes.iter().filter_map(|project| project.get(place)?.estimate.as_ref().ok());
    let studies: Vec<Estimate> = estimates
        .filter_map(|one| one.se.ok().filter(|se| *se > 0.0).map(|se| (one.difference, se)))
        .map(|(value, se)| Estimate { value, variance: se * se })
        .collect();
    if studies.len() < LEAST_ESTIMATES {
        return Err(Withheld::TooFewProjects);
    }
    let model = Model::new(&studies).map_err(reason)?;
    Ok((model.pooled.mean, model.pooled.part().map_err(reason)?))
}

/// The later mean of projects less the earlier one.
fn of_different(before: Option<&Beside>, after: Option<&Beside>) -> Given<(f64, Part)> {
    let model = |side: Option<&Beside>| side.ok_or(Withheld::TooFewProjects).and_then(model_of);
    let (before, after) = (model(before)?, model(after)?);
    difference(&before.pooled, &after.pooled).map_err(reason)
}

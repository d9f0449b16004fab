// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Every score of one wave, and of all waves of a project.

use rayon::prelude::*;

use crate::domain::comparison::Change;
use crate::domain::framework::Framework;
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::response::{Responses, Roster};
use crate::domain::score::{CodeCounts, Given, IndicatorScore, WaveScores, Withheld};
use crate::stats::permutation::Permutations;

use super::agreement::of_all;
use super::change::between;
use super::clusters::Clusters;
use super::consistency::consistency;
use super::gap::gaps;
use super::group::Groups;
use super::items::shares;
use super::measure::{Measured, MeasuredIndicator};
use super::overall::{Total, total};
use super::pillar::pillars;
use super::{Chance, Rules, WaveAnswers};

/// Where there are at most so many times as many arrangements as would be drawn, all of them are looked at.
const EXACT_TIMES: u64 = 10;

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
    let rules = Rules::of(framework, profile, view);
    let measured = Measured::new(WaveAnswers { responses, roster }, rules, &[]);
    scores(&measured, rules, &permutations(std::slice::from_ref(&measured), rules))
}

/// Scores all waves of one project, and the change between every two of them.
#[must_use]
pub fn score_project(
    framework: &Framework,
    waves: &[WaveAnswers<'_>],
    profile: &Profile,
    view: ScoreView,
    chance: Chance<'_>,
) -> ProjectScores {
    let rules = Rules { chance, ..Rules::of(framework, profile, view) };
    let measured: Vec<_> = waves.iter().map(|wave| Measured::new(*wave, rules, &[])).collect();
    let mut changes = Vec::new();
    for (earlier, from) in measured.iter().enumerate() {
        for to in measured.iter().skip(earlier + 1) {
            changes.extend(between(from, to, rules));
        }
    }
    let permutations = permutations(&measured, rules);
    ProjectScores { waves: measured.iter().map(|wave| scores(wave, rules, &permutations)).collect(), changes }
}

/// The permutations that all gaps of a project share.
fn permutations(waves: &[Measured<'_>], rules: Rules<'_>) -> Permutations {
    let names: Vec<_> = waves.iter().map(|wave| wave.answers.responses.wave()).collect();
    let drawn = rules.profile.permutations;
    Permutations::new(rules.seed(&names.join(","), "gaps"), drawn, EXACT_TIMES * u64::from(drawn))
}

fn scores(measured: &Measured<'_>, rules: Rules<'_>, permutations: &Permutations) -> WaveScores {
    let totals: Vec<_> = measured.indicators.par_iter().map(|one| total(one, rules)).collect();
    let (pillars, composite) = pillars(measured, &totals, rules);
    let responses = measured.answers.responses;
    let clusters = Clusters::new(responses, rules.framework.groups.len());
    let indicator = |(one, total): (&MeasuredIndicator<'_>, Total)| IndicatorScore {
        indicator: one.indicator.code.clone(),
        pillar: one.indicator.pillar,
        family: one.indicator.family.clone(),
        codes: codes(one, measured, rules),
        groups: Groups { measured, one, clusters: &clusters, rules }.scores(),
        overall: total.overall,
        consistency: consistency(one, rules),
        agreement: of_all(measured, one, rules),
        gaps: gaps(one, rules, permutations),
        items: shares(measured, one, rules),
    };
    WaveScores {
        wave: responses.wave().to_owned(),
        view: rules.view,
        respondents: u32::try_from(responses.len()).unwrap_or(u32::MAX),
        indicators: measured.indicators.par_iter().zip(totals).map(indicator).collect(),
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

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::domain::framework::Pillar;
    use crate::domain::score::Flag;

    const PILLARS: [samples::Sketch<'static>; 4] =
        [("F1", &[("F1a", false)]), ("F2", &[("F2a", false)]), ("O1", &[("O1a", false)]), ("R1", &[("R1a", false)])];

    fn scored(framework: &Framework, rows: &[(usize, &str)], profile: &Profile) -> WaveScores {
        let wave = samples::wave(framework, "1", rows);
        score_wave(framework, &wave, &Roster::unknown(), profile, ScoreView::Full)
    }

    const ROWS: [(usize, &str); 6] = [(0, "4224"), (0, "5315"), (0, "3423"), (1, "2545"), (1, "3354"), (1, "4433")];

    #[test]
    fn an_empty_wave_has_reasons_and_no_numbers() {
        let empty = scored(&samples::framework(&[1, 2, 3, 4, 5], &PILLARS), &[], &Profile::default());
        assert_eq!(empty.respondents, 0);
        assert!(empty.indicators.iter().all(|one| one.overall.equal == Err(Withheld::TooFewGroups)));
        assert!(empty.pillars.iter().all(|one| one.value == Err(Withheld::PillarIncomplete)));
        assert_eq!(empty.composite.linear, Err(Withheld::PillarIncomplete));
    }

    #[test]
    fn obstacles_keep_their_sign_and_are_turned_in_the_composite() {
        let wave = scored(&samples::framework(&[1, 2, 3, 4, 5], &PILLARS), &ROWS, &Profile::default());
        let value = |pillar: Pillar| wave.pillars.iter().find(|one| one.pillar == pillar).unwrap().value.unwrap();
        let obstacles = wave.indicators[2].overall.equal.unwrap();
        assert!((value(Pillar::Obstacles) - obstacles).abs() < 1e-12);
        let linear = (value(Pillar::Facilitators) + 100.0 - value(Pillar::Obstacles) + value(Pillar::Results)) / 3.0;
        assert!((wave.composite.linear.unwrap() - linear).abs() < 1e-9);
    }

    #[test]
    fn a_pillar_needs_half_of_its_weight() {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &PILLARS);
        let rows = ROWS.map(|(group, answers)| (group, format!("N{}", &answers[1..])));
        let rows: Vec<_> = rows.iter().map(|(group, answers)| (*group, answers.as_str())).collect();
        let half = scored(&framework, &rows, &Profile::default());
        assert_eq!(half.pillars[0].indicators_used, ["F2"]);
        assert_eq!(half.pillars[0].flags, [Flag::Partial]);
        let mut profile = Profile::default();
        profile.indicator_weights.insert("F1".to_owned(), 3.0);
        assert_eq!(scored(&framework, &rows, &profile).pillars[0].value, Err(Withheld::PillarIncomplete));
    }

    #[test]
    fn an_indicator_of_another_wave_type_is_not_asked_and_not_missed() {
        let mut framework = samples::framework(&[1, 2, 3, 4, 5], &PILLARS);
        framework.wave_types.push(crate::domain::framework::WaveType {
            code: "1".to_owned(),
            name: crate::domain::text::Text::default(),
        });
        framework.indicators[0].waves = vec!["2".to_owned()];
        let wave = scored(&framework, &ROWS, &Profile::default());
        assert_eq!(wave.indicators[0].overall.equal, Err(Withheld::NotAsked));
        assert_eq!(wave.indicators[0].codes, Err(Withheld::NotAsked));
        assert_eq!(wave.indicators[0].groups[0].mean, Err(Withheld::NotAsked));
        assert_eq!(wave.pillars[0].indicators_used, ["F2"]);
        assert_eq!(wave.pillars[0].flags, [Flag::Partial], "groups without a roster are missed");
    }

    #[test]
    fn the_order_of_rows_does_not_matter() {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &PILLARS);
        let mut turned = ROWS;
        turned.reverse();
        let profile = Profile::default();
        let bits = |wave: &WaveScores| {
            wave.indicators.iter().map(|one| one.overall.equal.unwrap().to_bits()).collect::<Vec<_>>()
        };
        assert_eq!(bits(&scored(&framework, &ROWS, &profile)), bits(&scored(&framework, &turned, &profile)));
    }

    #[test]
    fn everyone_who_is_listed_answered() {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &PILLARS);
        let wave = samples::wave(&framework, "1", &ROWS);
        let roster = Roster::new(vec![Some(3), Some(3), Some(0), Some(0)]);
        let census = score_wave(&framework, &wave, &roster, &Profile::default(), ScoreView::Full);
        let overall = &census.indicators[0].overall;
        assert_eq!((overall.se, overall.interval), (Ok(0.0), Err(Withheld::EveryoneAnswered)));
        assert!(overall.process_interval.is_ok());
        assert_eq!(overall.flags, []);
    }
}

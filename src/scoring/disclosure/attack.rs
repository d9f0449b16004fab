// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! An intruder's work: from everything a view releases, can any withheld mean be solved for?
//!
//! The intruder knows the rules, the profile, every n and N, and solves all released totals, pillars, composites and
//! changes of two waves together as linear equations over the means that were withheld.

use proptest::prelude::*;

use crate::domain::framework::{Framework, Pillar};
use crate::domain::profile::{Profile, ScoreView, Voice};
use crate::domain::response::Roster;
use crate::domain::score::{IndicatorScore, WaveScores, Withheld};
use crate::scoring::{Chance, ProjectScores, WaveAnswers, samples, score_project};

pub const INDICATORS: [samples::Sketch<'static>; 4] = [
    ("F1", &[("F1a", false), ("F1b", false), ("F1c", true)]),
    ("F2", &[("F2a", false)]),
    ("O1", &[("O1a", false), ("O1b", false)]),
    ("R1", &[("R1a", false), ("R1b", false), ("R1c", false)]),
];
const ITEMS: usize = 9;
pub const GROUPS: usize = 4;

/// One wave: for each group how many are listed beyond those who answered, and their answers.
pub type Rows = Vec<(u32, Vec<String>)>;

fn cell() -> impl Strategy<Value = char> {
    prop_oneof![12 => prop::sample::select(vec!['1', '2', '3', '4', '5']), 1 => Just('D'), 1 => Just('-'), 1 => Just('N')]
}

fn answers() -> impl Strategy<Value = String> {
    let varied = prop::collection::vec(cell(), ITEMS).prop_map(|cells| cells.into_iter().collect());
    prop_oneof![5 => varied, 1 => Just("444444444".to_owned())]
}

pub fn wave() -> impl Strategy<Value = Rows> {
    prop::collection::vec((0_u32..9, prop::collection::vec(answers(), 0..13)), GROUPS)
}

pub fn profile() -> impl Strategy<Value = Profile> {
    let voice = prop::sample::select(Voice::ALL.to_vec());
    (voice, prop::collection::vec(0_u32..40, GROUPS), 3_u32..7, 1_u32..5).prop_map(
        |(voice, weights, k_show, k_calc)| {
            let framework = framework();
            // Tests and intervals tell the intruder nothing here, so few draws do.
            let few = Profile { bootstrap_draws: 20, permutations: 20, ..Profile::default() };
            let mut profile = Profile { k_show, k_calc, voice, ..few };
            for (group, weight) in framework.groups.iter().zip(weights) {
                profile.group_weights.insert(group.code.clone(), f64::from(weight) / 100.0 + 0.01);
            }
            profile
        },
    )
}

pub fn framework() -> Framework {
    samples::framework(&[1, 2, 3, 4, 5], &INDICATORS)
}

pub fn scored(waves: &[Rows], profile: &Profile, view: ScoreView) -> ProjectScores {
    let framework = framework();
    let responses: Vec<_> = waves
        .iter()
        .map(|wave| {
            let of_group = |(group, (_, answers)): (usize, &(u32, Vec<String>))| -> Vec<_> {
                answers.iter().map(|one| (group, one.clone())).collect()
            };
            let rows: Vec<_> = wave.iter().enumerate().flat_map(of_group).collect();
            let rows: Vec<_> = rows.iter().map(|(group, answers)| (*group, answers.as_str())).collect();
            samples::wave(&framework, "w", &rows)
        })
        .collect();
    let listed = |(more, answers): &(u32, Vec<String>)| Some(more + u32::try_from(answers.len()).unwrap());
    let rosters: Vec<_> = waves.iter().map(|wave| Roster::new(wave.iter().map(listed).collect())).collect();
    let waves: Vec<_> =
        responses.iter().zip(&rosters).map(|(responses, roster)| WaveAnswers { responses, roster }).collect();
    score_project(&framework, &waves, profile, view, Chance::default())
}

/// What the intruder does not know: the mean of a group on an indicator in a wave.
fn unknown(wave: usize, indicator: usize, group: usize) -> usize {
    (wave * INDICATORS.len() + indicator) * GROUPS + group
}

const UNKNOWNS: usize = 2 * INDICATORS.len() * GROUPS;

/// The weights of a total, from what is printed beside it.
fn weights(score: &IndicatorScore, voice: Voice, profile: &Profile) -> Vec<f64> {
    let raw = |group: &crate::domain::score::GroupScore| {
        if !score.overall.groups_used.contains(&group.group) {
            return 0.0;
        }
        match voice {
            Voice::Equal => 1.0,
            Voice::Head => f64::from(group.valid),
            Voice::Population => f64::from(group.listed.unwrap()),
            Voice::Participatory => profile.group_weight(&group.group),
        }
    };
    let raw: Vec<_> = score.groups.iter().map(raw).collect();
    let total: f64 = raw.iter().sum();
    raw.into_iter().map(|one| if total > 0.0 { one / total } else { 0.0 }).collect()
}

/// One equation per released number.
fn equations(released: &ProjectScores, profile: &Profile) -> Vec<(Vec<f64>, f64)> {
    let mut equations = Vec::new();
    for (place, wave) in released.waves.iter().enumerate() {
        for (indicator, score) in wave.indicators.iter().enumerate() {
            for (group, one) in score.groups.iter().enumerate() {
                equations.extend(one.mean.ok().map(|mean| (unit(unknown(place, indicator, group)), mean)));
            }
            for voice in Voice::ALL {
                let row = total_row(place, indicator, &weights(score, voice, profile));
                equations.extend(score.overall.voice_value(voice).ok().map(|value| (row, value)));
            }
        }
        equations.extend(of_pillars(place, wave, profile));
    }
    for change in &released.changes {
        let indicator = INDICATORS.iter().position(|(code, _)| *code == change.indicator).unwrap();
        for one in &change.groups {
            let group = framework().groups.iter().position(|group| group.code == one.group).unwrap();
            let mut row = unit(unknown(1, indicator, group));
            row[unknown(0, indicator, group)] = -1.0;
            equations.push((row, one.difference));
        }
    }
    equations
}

fn of_pillars(place: usize, wave: &WaveScores, profile: &Profile) -> Vec<(Vec<f64>, f64)> {
    let mut equations = Vec::new();
    let mut composite = (vec![0.0; UNKNOWNS], 0.0);
    for score in &wave.pillars {
        let used: Vec<_> = (0..INDICATORS.len())
            .filter(|one| score.indicators_used.iter().any(|code| code == INDICATORS[*one].0))
            .collect();
        let mut row = vec![0.0; UNKNOWNS];
        for indicator in &used {
            let of_total = total_row(place, *indicator, &weights(&wave.indicators[*indicator], profile.voice, profile));
            row.iter_mut()
                .zip(of_total)
                .for_each(|(sum, one)| *sum += one / f64::from(u32::try_from(used.len()).unwrap()));
        }
        let sign = if score.pillar == Pillar::Obstacles { -1.0 } else { 1.0 };
        composite.0.iter_mut().zip(&row).for_each(|(sum, one)| *sum += sign * one / 3.0);
        equations.extend(score.value.ok().map(|value| (row, value)));
    }
    equations.extend(wave.composite.linear.ok().map(|linear| (composite.0, linear - 100.0 / 3.0)));
    equations
}

fn unit(place: usize) -> Vec<f64> {
    let mut row = vec![0.0; UNKNOWNS];
    row[place] = 1.0;
    row
}

fn total_row(wave: usize, indicator: usize, weights: &[f64]) -> Vec<f64> {
    let mut row = vec![0.0; UNKNOWNS];
    weights.iter().enumerate().for_each(|(group, weight)| row[unknown(wave, indicator, group)] = *weight);
    row
}

/// An orthonormal basis of the equations' rows: another way than the one the program itself takes.
pub fn basis(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for row in rows {
        let rest = remainder(row, &basis);
        let norm = norm(&rest);
        if norm > 1e-7 {
            basis.push(rest.iter().map(|one| one / norm).collect());
        }
    }
    basis
}

pub fn remainder(row: &[f64], basis: &[Vec<f64>]) -> Vec<f64> {
    let mut rest = row.to_vec();
    for _ in 0..2 {
        for one in basis {
            let along: f64 = one.iter().zip(&rest).map(|(a, b)| a * b).sum();
            rest.iter_mut().zip(one).for_each(|(rest, one)| *rest -= along * one);
        }
    }
    rest
}

pub fn norm(row: &[f64]) -> f64 {
    row.iter().map(|one| one * one).sum::<f64>().sqrt()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_withheld_mean_can_be_solved_for(first in wave(), second in wave(), profile in profile()) {
        let waves = [first, second];
        let released = scored(&waves, &profile, ScoreView::Public);
        let truth = scored(&waves, &profile, ScoreView::Full);
        let equations = equations(&released, &profile);
        let mean = |wave: usize, indicator: usize, group: usize| {
            truth.waves[wave].indicators[indicator].groups[group].mean.unwrap_or(0.0)
        };
        let means: Vec<f64> = (0..UNKNOWNS)
            .map(|place| mean(place / (INDICATORS.len() * GROUPS), place / GROUPS % INDICATORS.len(), place % GROUPS))
            .collect();
        for (row, value) in &equations {
            let sum: f64 = row.iter().zip(&means).map(|(one, mean)| one * mean).sum();
            prop_assert!((sum - value).abs() < 1e-6, "the intruder's equations are those of the program");
        }
        let rows: Vec<_> = equations.into_iter().map(|(row, _)| row).collect();
        let basis = basis(&rows);
        for (place, wave) in released.waves.iter().enumerate() {
            for (indicator, score) in wave.indicators.iter().enumerate() {
                for (group, one) in score.groups.iter().enumerate().filter(|(_, one)| one.mean.is_err() && one.valid > 0) {
                    let left = norm(&remainder(&unit(unknown(place, indicator, group)), &basis));
                    prop_assert!(left > 1e-6, "{} {} can be worked out", score.indicator, one.group);
                }
            }
        }
    }

    #[test]
    fn hidden_groups_are_many_or_outside(first in wave(), profile in profile()) {
        let released = scored(&[first], &profile, ScoreView::Public);
        for score in &released.waves[0].indicators {
            let used = |code: &String| score.overall.groups_used.contains(code);
            let hidden: Vec<_> = score.groups.iter().filter(|one| one.mean.is_err() && used(&one.group)).collect();
            let units: u32 = hidden.iter().map(|one| one.valid).sum();
            prop_assert!(hidden.is_empty() || (hidden.len() > 1 && units >= profile.k_show));
            if !hidden.is_empty() {
                let overall = &score.overall;
                prop_assert!(overall.se.is_err() && overall.df.is_err() && overall.process_se.is_err());
                prop_assert!(overall.process_df.is_err() && overall.process_interval.is_err());
                let given = Voice::ALL.into_iter().filter(|voice| overall.voice_value(*voice).is_ok()).count();
                prop_assert!(given <= 1);
            }
            for one in &score.groups {
                prop_assert!(one.mean.is_err() || one.valid >= profile.k_show);
                prop_assert!(one.sd.is_err() || one.valid >= profile.k_dist);
                prop_assert!(one.se.is_err() || one.valid >= profile.k_dist);
                prop_assert!(one.interval.is_err() || one.valid >= profile.k_dist);
            }
            let small = score.groups.iter().filter(|one| used(&one.group) && one.valid < profile.k_dist).count();
            prop_assert!(small == 0 || score.overall.se.is_err());
            prop_assert!(small != 1 || score.overall.interval.is_err());
        }
    }

    #[test]
    fn every_protected_view_withholds_the_same(first in wave(), profile in profile()) {
        let of = |view| scored(std::slice::from_ref(&first), &profile, view).waves[0].indicators.iter().map(|one| {
            (one.overall.clone(), one.groups.iter().map(|one| (one.mean, one.sd, one.interval)).collect::<Vec<_>>())
        }).collect::<Vec<_>>();
        prop_assert_eq!(of(ScoreView::Public), of(ScoreView::Participants));
        prop_assert_eq!(of(ScoreView::Public), of(ScoreView::Evaluator));
    }
}

fn group(size: usize, answers: &[&str]) -> (u32, Vec<String>) {
    (5, (0..size).map(|one| answers[one % answers.len()].to_owned()).collect())
}

fn public(groups: [(u32, Vec<String>); GROUPS]) -> WaveScores {
    scored(&[groups.into()], &Profile::default(), ScoreView::Public).waves.remove(0)
}

const MIXED: [&str; 4] = ["244135244", "355224533", "422513324", "133442255"];

#[test]
fn one_hidden_group_is_taken_out_of_the_total() {
    let wave = public([group(6, &MIXED), group(7, &MIXED), group(8, &MIXED), group(4, &MIXED)]);
    let overall = &wave.indicators[0].overall;
    assert_eq!(overall.groups_used, ["PUB", "TS", "PRIV"]);
    assert_eq!(overall.groups_missing, ["CIV"]);
    assert!(overall.equal.is_ok() && overall.head.is_ok());
    assert_eq!(wave.indicators[0].groups[3].mean, Err(Withheld::FewerThanMinimum));
}

#[test]
fn two_hidden_groups_enter_with_one_voice_and_no_spread() {
    let wave = public([group(6, &MIXED), group(7, &MIXED), group(3, &MIXED), group(4, &MIXED)]);
    let overall = &wave.indicators[0].overall;
    assert_eq!(overall.groups_used.len(), 4);
    assert_eq!(overall.head, Err(Withheld::Complementary));
    assert_eq!(overall.se, Err(Withheld::HiddenGroupEnters));
    assert!(overall.equal.is_ok() && overall.interval.is_ok());
}

#[test]
fn two_hidden_groups_at_the_end_of_the_scale_are_taken_out() {
    let top = ["551115555", "551115555"];
    let wave = public([group(6, &MIXED), group(7, &MIXED), group(3, &top), group(4, &top)]);
    assert_eq!(wave.indicators[0].overall.groups_used, ["PUB", "TS"]);
}

#[test]
fn a_small_group_that_agrees_completely_is_not_shown() {
    let wave = public([group(6, &MIXED), group(7, &MIXED), group(8, &MIXED), group(6, &MIXED[..1])]);
    assert_eq!(wave.indicators[0].groups[3].mean, Err(Withheld::Unanimous));
    assert_eq!(wave.indicators[0].overall.groups_used, ["PUB", "TS", "PRIV"]);
}

#[test]
fn a_group_that_mostly_cannot_judge_is_not_shown() {
    let unsure = ["2D4DDDDDD", "3D5DDDDDD", "42DDDDDDD", "1D3DDDDDD"];
    let wave = public([
        group(6, &MIXED),
        group(7, &MIXED),
        group(8, &MIXED),
        group(8, &["4DDDDD2D4", "2DDDD2DD5", "DDD3D33DD"]),
    ]);
    assert!(wave.indicators.iter().any(|one| one.groups[3].mean.is_err()));
    let open = public([group(6, &MIXED), group(7, &MIXED), group(8, &MIXED), group(8, &unsure)]);
    assert_eq!(open.indicators[1].groups[3].mean, Err(Withheld::NoValidAnswers));
}

#[test]
fn a_total_of_very_few_is_not_shown() {
    let wave = public([group(3, &MIXED), group(4, &MIXED), group(0, &MIXED), group(0, &MIXED)]);
    assert!(wave.indicators.iter().all(|one| one.overall.equal.is_err()));
    assert!(wave.pillars.iter().all(|one| one.value.is_err()));
    assert!(wave.composite.linear.is_err());
}

#[test]
fn exactly_one_small_group_in_the_total_withholds_its_interval() {
    let wave = public([group(12, &MIXED), group(11, &MIXED), group(10, &MIXED), group(6, &MIXED)]);
    let overall = &wave.indicators[0].overall;
    assert_eq!((overall.se, overall.interval), (Err(Withheld::Complementary), Err(Withheld::Complementary)));
    assert!(overall.equal.is_ok());
}

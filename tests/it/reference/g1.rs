// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Dataset G1: every figure against `tests/reference/g1.py`, and against the figures printed in `docs/methods.md`.

use insieme::domain::comparison::{ChangeEstimate, Verdict};
use insieme::domain::framework::{Framework, Pillar};
use insieme::domain::profile::{Profile, ScoreView, Unit, Voice};
use insieme::domain::score::{Flag, Withheld};
use insieme::scoring::ProjectScores;
use serde_json::Value;

use super::{CLOSED, QUANTILE, answers, fixture, framework, group, indicator, interval, json, near, near_interval};
use super::{number, profile, roster, scores};

fn g1_framework() -> Framework {
    framework(&fixture("g1/framework.toml"))
}

fn g1(profile: &Profile, view: ScoreView) -> ProjectScores {
    let framework = g1_framework();
    let answers = answers(&fixture("g1/responses.csv"), &framework);
    let roster = roster(&fixture("g1/roster.csv"), &framework);
    scores(&framework, &answers[0], &roster, profile, view)
}

fn participatory() -> Profile {
    profile(&fixture("g1/profile-participatory.toml"), &g1_framework())
}

const INDICATORS: [&str; 4] = ["F1", "F2", "O1", "R1"];
const GROUPS: [&str; 4] = ["PUB", "TS", "PRIV", "CIV"];

#[test]
fn groups_agree_with_the_independent_computation() {
    let found = g1(&Profile::default(), ScoreView::Full);
    let expected = json("g1/expected.json");
    for wave in &found.waves {
        let of_wave = &expected["waves"][&wave.wave];
        assert_eq!(u64::from(wave.respondents), of_wave["respondents"].as_u64().unwrap());
        for code in INDICATORS {
            assert_eq!(
                serde_json::to_value(indicator(wave, code).codes.unwrap()).unwrap(),
                of_wave["indicators"][code]["codes"]
            );
            for name in GROUPS {
                let expected = &of_wave["indicators"][code]["groups"][name];
                let found = group(wave, code, name);
                let what = format!("wave {} {code} {name}", wave.wave);
                assert_eq!(u64::from(found.valid), expected["valid"].as_u64().unwrap(), "{what}");
                near(found.mean.unwrap(), number(&expected["mean"]), CLOSED, &what);
                near(found.sd.unwrap(), number(&expected["sd"]), CLOSED, &what);
                near(found.se.unwrap(), number(&expected["se"]), CLOSED, &what);
                near(found.mean_of_items.unwrap(), number(&expected["mean_of_items"]), CLOSED, &what);
                near_interval(found.interval.unwrap(), interval(&expected["interval"]), QUANTILE, &what);
            }
        }
    }
}

#[test]
fn totals_agree_with_the_independent_computation() {
    for (profile, key) in [(Profile::default(), "overall"), (participatory(), "overall_participatory")] {
        let found = g1(&profile, ScoreView::Full);
        let expected = json("g1/expected.json");
        for wave in &found.waves {
            for code in INDICATORS {
                let of_indicator = &expected["waves"][&wave.wave]["indicators"][code];
                let found = &indicator(wave, code).overall;
                let what = format!("wave {} {code} {key}", wave.wave);
                for voice in Voice::ALL.into_iter().filter(|voice| *voice != Voice::Participatory || key != "overall") {
                    near(
                        found.voice_value(voice).unwrap(),
                        number(&of_indicator["voices"][voice.code()]),
                        CLOSED,
                        &what,
                    );
                }
                let errors = &of_indicator[key];
                near(found.se.unwrap(), number(&errors["se"]), CLOSED, &what);
                near(found.df.unwrap(), number(&errors["df"]), CLOSED, &what);
                near_interval(found.interval.unwrap(), interval(&errors["interval"]), QUANTILE, &what);
                near(found.process_se.unwrap(), number(&errors["process_se"]), CLOSED, &what);
                near(found.process_df.unwrap(), number(&errors["process_df"]), CLOSED, &what);
                near_interval(found.process_interval.unwrap(), interval(&errors["process_interval"]), QUANTILE, &what);
            }
        }
    }
}

#[test]
fn pillars_and_composite_agree_with_the_independent_computation() {
    let found = g1(&Profile::default(), ScoreView::Full);
    let expected = json("g1/expected.json");
    for wave in &found.waves {
        let of_wave = &expected["waves"][&wave.wave];
        for pillar in &wave.pillars {
            let expected = &of_wave["pillars"][pillar.pillar.code()];
            near(pillar.value.unwrap(), number(&expected["value"]), CLOSED, "pillar");
            near(pillar.se.unwrap(), number(&expected["se"]), CLOSED, "pillar se");
            near(pillar.df.unwrap(), number(&expected["df"]), CLOSED, "pillar df");
            near_interval(pillar.interval.unwrap(), interval(&expected["interval"]), QUANTILE, "pillar interval");
        }
        let (found, expected) = (&wave.composite, &of_wave["composite"]);
        near(found.linear.unwrap(), number(&expected["linear"]), CLOSED, "linear");
        near(found.geometric.unwrap(), number(&expected["geometric"]), CLOSED, "geometric");
        near(found.imbalance.unwrap(), number(&expected["imbalance"]), CLOSED, "imbalance");
        near(found.se.unwrap(), number(&expected["se"]), CLOSED, "composite se");
        near(found.df.unwrap(), number(&expected["df"]), CLOSED, "composite df");
        near_interval(found.interval.unwrap(), interval(&expected["interval"]), QUANTILE, "composite interval");
    }
}

fn estimate<'a>(scores: &'a ProjectScores, code: &str) -> &'a ChangeEstimate {
    scores.changes.iter().find(|change| change.indicator == code).unwrap().estimate.as_ref().unwrap()
}

#[test]
fn changes_agree_with_the_independent_computation() {
    let found = g1(&Profile::default(), ScoreView::Full);
    let expected: Value = json("g1/expected.json");
    assert_eq!(found.changes.len(), 4);
    for code in INDICATORS {
        let (found, expected) = (estimate(&found, code), &expected["changes"][code]);
        assert_eq!(u64::from(found.pairs.unwrap()), expected["pairs"].as_u64().unwrap());
        near(found.difference, number(&expected["difference"]), CLOSED, code);
        near(found.correlation.unwrap(), number(&expected["correlation"]), CLOSED, code);
        near(found.se.unwrap(), number(&expected["se"]), CLOSED, code);
        near(found.df.unwrap(), number(&expected["df"]), CLOSED, code);
        near(found.p.unwrap(), number(&expected["p"]), QUANTILE, code);
        near_interval(found.interval.unwrap(), interval(&expected["interval"]), QUANTILE, code);
        near_interval(found.interval_90.unwrap(), interval(&expected["interval_90"]), QUANTILE, code);
    }
}

#[test]
fn the_printed_group_means_and_deviations() {
    let printed = [
        ("1", "F1", [(6, 75.0, 23.5702), (8, 64.5833, 15.2688), (5, 63.3333, 9.5015), (8, 46.8750, 25.1730)]),
        ("1", "F2", [(6, 75.0, 22.3607), (9, 66.6667, 19.7642), (5, 67.5, 14.2522), (8, 45.3125, 23.0851)]),
        ("1", "O1", [(6, 33.3333, 19.0029), (9, 43.5185, 18.0556), (5, 35.0, 13.6931), (7, 65.4762, 21.2070)]),
        ("1", "R1", [(6, 64.5833, 22.9356), (9, 46.2963, 20.8796), (5, 48.3333, 19.8956), (8, 32.2917, 23.7537)]),
        ("2", "F1", [(5, 73.3333, 23.1241), (10, 65.0, 16.5738), (5, 76.6667, 9.1287), (6, 54.1667, 31.0689)]),
        ("2", "F2", [(5, 77.5, 29.8433), (10, 65.0, 18.4466), (5, 75.0, 12.5), (7, 48.2143, 23.3057)]),
        ("2", "O1", [(5, 33.3333, 15.5902), (10, 40.0, 19.9536), (5, 28.3333, 12.6381), (7, 51.7857, 24.9835)]),
        ("2", "R1", [(5, 56.6667, 23.1241), (10, 59.1667, 24.0402), (5, 56.6667, 14.9071), (7, 51.1905, 21.2070)]),
    ];
    let found = g1(&Profile::default(), ScoreView::Full);
    for (wave, code, groups) in printed {
        let wave = found.waves.iter().find(|one| one.wave == wave).unwrap();
        for (name, (valid, mean, sd)) in GROUPS.into_iter().zip(groups) {
            let found = group(wave, code, name);
            assert_eq!(found.valid, valid, "{code} {name}");
            near(found.mean.unwrap(), mean, 5e-5, name);
            near(found.sd.unwrap(), sd, 5e-5, name);
        }
    }
}

/// Wave, indicator, the four voices, se, df, interval, process se, process interval.
type Printed = (&'static str, &'static str, [f64; 4], [f64; 4], [f64; 3]);

const TOTALS: [Printed; 8] = [
    ("1", "F1", [62.4479, 61.4198, 58.8776, 60.2812], [2.3495, 17.003, 57.491, 67.405], [3.6997, 54.644, 70.252]),
    ("1", "F2", [63.6198, 62.5000, 59.4303, 60.9844], [2.3440, 20.405, 58.736, 68.503], [3.8241, 55.655, 71.584]),
    ("1", "O1", [44.3320, 45.3704, 49.6010, 47.8889], [2.2425, 16.790, 39.596, 49.068], [3.5192, 37.000, 51.664]),
    ("1", "R1", [47.8762, 46.5774, 43.8568, 45.3576], [2.5514, 20.974, 42.570, 53.183], [4.2265, 39.057, 56.696]),
    ("2", "F1", [67.2917, 66.3462, 63.6054, 64.6250], [3.2145, 9.262, 60.051, 74.532], [4.4156, 57.660, 76.923]),
    ("2", "F2", [66.4286, 64.8148, 61.6181, 63.1250], [2.9142, 11.762, 60.065, 72.792], [4.4791, 56.578, 76.279]),
    ("2", "O1", [38.3631, 39.6605, 42.0554, 41.0417], [2.4583, 13.786, 33.083, 43.643], [3.6189, 30.781, 45.946]),
    ("2", "R1", [55.9226, 56.1728, 55.1458, 55.5000], [2.6348, 16.163, 50.342, 61.504], [4.1339, 47.199, 64.647]),
];

#[test]
fn the_printed_totals() {
    let equal = g1(&Profile::default(), ScoreView::Full);
    let agreed = g1(&participatory(), ScoreView::Full);
    for (wave, code, voices, descriptive, process) in TOTALS {
        let of = |scores: &ProjectScores| {
            let wave = scores.waves.iter().find(|one| one.wave == wave).unwrap();
            indicator(wave, code).overall.clone()
        };
        let (found, weighed) = (of(&equal), of(&agreed));
        for (voice, printed) in Voice::ALL.into_iter().zip(voices) {
            near(weighed.voice_value(voice).unwrap(), printed, 5.1e-5, voice.code());
        }
        near(found.se.unwrap(), descriptive[0], 5e-5, "se");
        near(found.df.unwrap(), descriptive[1], 5e-4, "df");
        near(found.interval.unwrap().low, descriptive[2], 5e-4, "low");
        near(found.interval.unwrap().high, descriptive[3], 5e-4, "high");
        near(found.process_se.unwrap(), process[0], 5e-5, "process se");
        near(found.process_interval.unwrap().low, process[1], 5e-4, "process low");
        near(found.process_interval.unwrap().high, process[2], 5e-4, "process high");
        assert_eq!(found.participatory, Err(Withheld::NoAgreedWeights));
    }
}

#[test]
fn the_printed_code_counts() {
    let found = g1(&Profile::default(), ScoreView::Full);
    for (wave, printed) in found.waves.iter().zip([[3, 4, 0, 2], [3, 1, 0, 0]]) {
        let mut sum = [0; 4];
        for indicator in &wave.indicators {
            let codes = indicator.codes.unwrap();
            let found = [codes.dont_know, codes.not_applicable, codes.refused, codes.skipped];
            sum.iter_mut().zip(found).for_each(|(sum, one)| *sum += one);
        }
        assert_eq!(sum, printed);
    }
}

#[test]
fn the_printed_pillars_and_composites() {
    let found = g1(&Profile::default(), ScoreView::Full);
    let printed = [
        ([63.0339, 100.0 - 55.6680, 47.8762], [55.5260, 55.1780, 55.3036], [2.2039, 19.654, 50.924, 60.128]),
        ([66.8601, 100.0 - 61.6369, 55.9226], [61.4732, 61.3101, 61.3612], [2.5144, 13.089, 56.045, 66.901]),
    ];
    for (wave, (pillars, forms, errors)) in found.waves.iter().zip(printed) {
        for (score, value) in wave.pillars.iter().zip(pillars) {
            near(score.value.unwrap(), value, 5.1e-5, score.pillar.code());
        }
        let composite = &wave.composite;
        near(composite.linear.unwrap(), forms[0], 5e-5, "linear");
        near(composite.geometric.unwrap(), forms[1], 5e-5, "geometric");
        near(composite.imbalance.unwrap(), forms[2], 5e-5, "imbalance");
        near(composite.se.unwrap(), errors[0], 5e-5, "se");
        near(composite.df.unwrap(), errors[1], 5e-4, "df");
        near(composite.interval.unwrap().low, errors[2], 5e-4, "low");
        near(composite.interval.unwrap().high, errors[3], 5e-4, "high");
    }
}

#[test]
fn the_printed_changes() {
    let found = g1(&Profile::default(), ScoreView::Full);
    let printed = [
        ("F1", 19, [0.7197, 4.8437, 4.0449, 14.155, -3.823, 13.510, 0.25079]),
        ("F2", 20, [0.6961, 2.8088, 4.2208, 13.966, -6.246, 11.864, 0.51660]),
        ("O1", 20, [0.7698, -5.9689, 3.3343, 19.859, -12.927, 0.990, 0.08869]),
        ("R1", 20, [0.7148, 8.0465, 4.1094, 19.587, -0.537, 16.630, 0.06462]),
    ];
    for (code, pairs, [r, difference, se, df, low, high, p]) in printed {
        let found = estimate(&found, code);
        assert_eq!(found.pairs, Ok(pairs));
        near(found.correlation.unwrap(), r, 5e-5, code);
        near(found.difference, difference, 5.1e-5, code);
        near(found.se.unwrap(), se, 5e-5, code);
        near(found.df.unwrap(), df, 5e-4, code);
        near(found.interval.unwrap().low, low, 5e-4, code);
        near(found.interval.unwrap().high, high, 5.1e-4, code);
        near(found.p.unwrap(), p, 5e-6, code);
    }
    let results = estimate(&found, "R1");
    assert_eq!(results.verdict, Verdict::NotEnoughEvidence);
    near(results.interval_90.unwrap().low, 0.95, 5e-3, "90 % interval");
    near(results.interval_90.unwrap().high, 15.14, 5e-3, "90 % interval");
}

#[test]
fn the_third_sector_is_flagged_by_the_proration_check() {
    let found = g1(&Profile::default(), ScoreView::Full);
    let third_sector = group(&found.waves[0], "F1", "TS");
    near(third_sector.mean.unwrap(), 64.5833, 5e-5, "mean of persons");
    near(third_sector.mean_of_items.unwrap(), 62.5, CLOSED, "mean of items");
    assert!(third_sector.flags.contains(&Flag::ProrationSensitive));
    assert!(!group(&found.waves[0], "F1", "PUB").flags.contains(&Flag::ProrationSensitive));
}

#[test]
fn organisations_count_once_each_where_the_profile_says_so() {
    let profile = Profile { unit: Unit::Organisation, ..Profile::default() };
    let found = g1(&profile, ScoreView::Full);
    let third_sector = group(&found.waves[0], "F1", "TS");
    assert_eq!(third_sector.valid, 4);
    near(third_sector.mean.unwrap(), 62.8472, 5e-5, "mean of organisations");
    near(third_sector.mean.unwrap(), number(&json("g1/expected.json")["organisations"]["mean"]), CLOSED, "same");
    assert_eq!(group(&found.waves[0], "F1", "CIV").valid, 8, "who has no organisation counts alone");
}

#[test]
fn all_of_g1_is_complete() {
    let found = g1(&Profile::default(), ScoreView::Full);
    for wave in &found.waves {
        assert_eq!(wave.pillars.iter().map(|score| score.pillar).collect::<Vec<_>>(), Pillar::ALL);
        assert!(wave.indicators.iter().all(|one| one.overall.groups_missing.is_empty()));
    }
}

#[test]
fn a_protected_view_keeps_values_and_withholds_the_spread_of_small_groups() {
    let full = g1(&Profile::default(), ScoreView::Full);
    let public = g1(&Profile::default(), ScoreView::Public);
    for (open, shown) in full.waves.iter().zip(&public.waves) {
        for (open, shown) in open.indicators.iter().zip(&shown.indicators) {
            assert_eq!(open.overall.equal, shown.overall.equal);
            assert_eq!(shown.overall.se, Err(Withheld::BelowDistributionMinimum));
            assert_eq!(open.overall.interval, shown.overall.interval);
            for (open, shown) in open.groups.iter().zip(&shown.groups) {
                assert_eq!(open.mean, shown.mean, "every group of G1 has five valid answers or more");
                assert_eq!(shown.sd.is_ok(), shown.valid >= 10);
                assert_eq!(shown.interval.is_ok(), shown.valid >= 10);
            }
        }
    }
}

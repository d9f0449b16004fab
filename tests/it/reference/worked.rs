// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Consistency, agreement, gaps, panels and composite of dataset G1, with the digits that were printed for it.
//!
//! They were found with R (`psych`, `multilevel`, `effsize`), `SciPy` and `pingouin`; more digits are tested with the
//! statistics themselves, in `src/stats`.

use insieme::domain::comparison::{ChangeEstimate, Verdict};
use insieme::domain::gap::{Gap, GapReading, PMethod};
use insieme::domain::profile::{Profile, ScoreView};
use insieme::domain::score::{Interval, Withheld};
use insieme::scoring::ProjectScores;

use super::{answers, fixture, framework, group, indicator, near, roster, scores};

fn g1() -> ProjectScores {
    let framework = framework(&fixture("g1/framework.toml"));
    let answers = answers(&fixture("g1/responses.csv"), &framework);
    let roster = roster(&fixture("g1/roster.csv"), &framework);
    scores(&framework, &answers[0], &roster, &Profile::default(), ScoreView::Full)
}

fn change<'a>(scores: &'a ProjectScores, code: &str) -> &'a ChangeEstimate {
    scores.changes.iter().find(|change| change.indicator == code).unwrap().estimate.as_ref().unwrap()
}

#[track_caller]
fn limits(found: Interval, low: f64, high: f64, tolerance: f64) {
    near(found.low, low, tolerance, "lower limit");
    near(found.high, high, tolerance, "upper limit");
}

#[test]
fn consistency_with_its_interval_and_an_omega_that_may_refuse() {
    let wave = &g1().waves[0];
    for (code, n, alpha, low, high) in
        [("F1", 26, 0.7547, 0.5294, 0.8820), ("O1", 27, 0.7602, 0.5455, 0.8828), ("R1", 26, 0.8259, 0.6660, 0.9163)]
    {
        let found = &indicator(wave, code).consistency;
        assert_eq!(found.n, Ok(n), "{code}");
        near(found.alpha.unwrap(), alpha, 5e-5, code);
        limits(found.interval.unwrap(), low, high, 5e-5);
    }
    assert_eq!(indicator(wave, "F1").consistency.omega, Err(Withheld::ImproperSolution));
    near(indicator(wave, "O1").consistency.omega.unwrap(), 0.7645, 5e-5, "omega O1");
    near(indicator(wave, "R1").consistency.omega.unwrap(), 0.8551, 5e-5, "omega R1");
    let two_items = &indicator(wave, "F2").consistency;
    assert!(two_items.alpha.is_ok(), "the full view computes what can be computed");
    assert_eq!(two_items.omega, Err(Withheld::TooFewItems));
}

#[test]
fn agreement_of_every_group_and_of_all() {
    let wave = &g1().waves[0];
    for (name, r_wg_j, a_wg) in
        [("PUB", 0.6118, 0.2943), ("TS", 0.8903, 0.7333), ("PRIV", 0.8182, 0.6506), ("CIV", 0.5345, 0.3655)]
    {
        let found = &group(wave, "F1", name).agreement;
        near(found.r_wg_j.unwrap(), r_wg_j, 5e-5, name);
        near(found.a_wg.unwrap(), a_wg, 5e-5, name);
    }
    let all = &indicator(wave, "F1").agreement;
    near(all.r_wg_j.unwrap(), 0.6951, 5e-5, "all");
    near(all.a_wg.unwrap(), 0.4184, 5e-5, "all");
    assert_eq!(all.raters, Ok(26));
}

fn gap<'a>(gaps: &'a [Gap], a: &str, b: &str) -> &'a Gap {
    gaps.iter().find(|gap| gap.a == a && gap.b == b).unwrap()
}

#[test]
fn gaps_between_every_two_groups() {
    let scores = g1();
    let gaps = &indicator(&scores.waves[0], "F1").gaps;
    assert_eq!(gaps.len(), 6);
    for (a, b, difference, delta, p) in [
        ("PUB", "TS", 10.417, 0.3958, 0.272_061),
        ("PUB", "PRIV", 11.667, 0.3667, 0.359_307),
        ("PUB", "CIV", 28.125, 0.6458, 0.032_634),
        ("TS", "PRIV", 1.250, 0.125, 0.730_381),
        ("TS", "CIV", 17.708, 0.4219, 0.156_488),
        ("PRIV", "CIV", 16.458, 0.35, 0.280_497),
    ] {
        let found = gap(gaps, a, b);
        near(found.difference.unwrap(), difference, 5e-4, a);
        near(found.cliffs_delta.unwrap(), delta, 5e-5, b);
        near(found.p.unwrap(), p, 5e-7, "p");
        assert_eq!(found.p_method, Some(PMethod::Exact));
    }
    let widest = gap(gaps, "PUB", "CIV");
    limits(widest.delta_interval.unwrap(), 0.0126, 0.9093, 5e-5);
    near(widest.brunner_munzel.unwrap(), -2.7517, 5e-5, "statistic");
    near(widest.p_holm.unwrap(), 0.1958, 5e-5, "Holm");
    assert_eq!(widest.reading, Ok(GapReading::Indicative));
    assert_eq!(gap(gaps, "TS", "PRIV").reading, Ok(GapReading::NoGap));
}

// The rank-biserial correlations were printed as .4917, −.5083 and .6167 for F1, O1 and R1: ranks of differences in
// binary floats, where equal differences do not tie. These are on exact differences.
#[test]
fn the_same_people_twice() {
    let scores = g1();
    for (code, mean, p, rank, counts) in [
        ("F1", 5.2632, 0.180_847, 0.4583, (11, 4, 4)),
        ("F2", 2.5000, 0.596_924, 0.2308, (6, 7, 7)),
        ("O1", -5.2083, 0.112_610, -0.4833, (11, 5, 4)),
        ("R1", 8.5417, 0.052_795, 0.5833, (12, 5, 3)),
    ] {
        let panel = change(&scores, code).panel;
        near(panel.mean.unwrap(), mean, 5e-5, code);
        near(panel.p.unwrap(), p, 5e-7, code);
        near(panel.rank_biserial.unwrap(), rank, 5e-5, code);
        let found = panel.counts.unwrap();
        assert_eq!((found.improved, found.same, found.worsened), counts, "{code}: fewer obstacles are better");
    }
}

#[test]
fn those_who_left_were_the_more_satisfied() {
    let scores = g1();
    let estimate = change(&scores, "R1");
    let left = estimate.attrition;
    near(left.stayed.unwrap(), 43.958, 5e-4, "stayed");
    near(left.left.unwrap(), 53.125, 5e-4, "left");
    assert_eq!((left.stayed_n, left.left_n), (Ok(20), Ok(8)));
    near(estimate.panel.different_people.unwrap(), 8.0465 - 8.5417, 1e-4, "different people");
    assert_eq!(estimate.verdict, Verdict::NotEnoughEvidence);
    limits(estimate.interval_90.unwrap(), 0.95, 15.14, 5e-3);
}

#[test]
fn few_changed_beyond_the_noise_of_the_instrument() {
    let scores = g1();
    let reliable = change(&scores, "R1").reliable;
    near(reliable.critical.unwrap(), 27.48, 5e-3, "critical difference");
    let counts = reliable.counts.unwrap();
    assert_eq!((counts.improved, counts.same, counts.worsened), (3, 16, 1));
}

#[test]
fn changes_are_adjusted_within_their_pillar() {
    let scores = g1();
    let (f1, f2, r1) = (change(&scores, "F1"), change(&scores, "F2"), change(&scores, "R1"));
    near(f1.p_holm.unwrap(), 2.0 * f1.p.unwrap(), 1e-12, "the smaller of two");
    near(f2.p_holm.unwrap(), f2.p.unwrap(), 1e-12, "the larger of two");
    near(r1.p_holm.unwrap(), r1.p.unwrap(), 1e-12, "alone in its pillar");
}

#[test]
fn what_the_others_would_have_to_say() {
    let wave = &g1().waves[0];
    for (name, needed) in [("PUB", 6.25), ("TS", 56.67), ("PRIV", 54.17), ("CIV", 61.81)] {
        near(group(wave, "R1", name).tipping_points.unwrap()[0], needed, 5e-3, name);
    }
}

#[test]
fn answers_at_both_ends_of_the_scale() {
    let wave = &g1().waves[0];
    let item = |indicator_code: &str, code: &str| {
        indicator(wave, indicator_code).items.iter().find(|one| one.item == code).unwrap().clone()
    };
    for (of, code, top, bottom) in [("F1", "F1a", 14, 4), ("F1", "F1c", 12, 8), ("O1", "O1a", 8, 12)] {
        let found = item(of, code);
        assert_eq!((found.answers, found.top, found.bottom), (Ok(27), Ok(top), Ok(bottom)), "{code}");
    }
}

#[test]
fn the_composite_by_formula_and_by_drawing() {
    let scores = g1();
    for (wave, linear, geometric, imbalance, se, drawn_se) in
        [(0, 55.5260, 55.1780, 55.3036, 2.2039, 2.13), (1, 61.4732, 61.3101, 61.3612, 2.5144, 2.46)]
    {
        let composite = &scores.waves[wave].composite;
        near(composite.linear.unwrap(), linear, 5e-5, "linear");
        near(composite.geometric.unwrap(), geometric, 5e-5, "geometric");
        near(composite.imbalance.unwrap(), imbalance, 5e-5, "imbalance");
        near(composite.se.unwrap(), se, 5e-5, "standard error");
        // The interval of the geometric form is drawn: about as wide as two drawn standard errors on either side.
        let drawn = composite.geometric_interval.unwrap();
        let half = (drawn.high - drawn.low) / 2.0;
        assert!((1.8 * drawn_se..2.7 * drawn_se).contains(&half), "half {half}");
        assert!(drawn.low < geometric && geometric < drawn.high);
    }
}

#[test]
fn the_same_seed_gives_the_same_composite_and_another_one_a_different_interval() {
    let framework = framework(&fixture("g1/framework.toml"));
    let answers = answers(&fixture("g1/responses.csv"), &framework);
    let roster = roster(&fixture("g1/roster.csv"), &framework);
    let rosters: Vec<_> = answers[0].waves.iter().map(|wave| roster.of("", wave.wave())).collect();
    let waves: Vec<_> = answers[0]
        .waves
        .iter()
        .zip(&rosters)
        .map(|(responses, roster)| insieme::scoring::WaveAnswers { responses, roster })
        .collect();
    let drawn = |chosen: u64| {
        let chance = insieme::scoring::Chance { project: "", chosen };
        let found = insieme::scoring::score_project(&framework, &waves, &Profile::default(), ScoreView::Full, chance);
        found.waves[0].composite.imbalance_interval.unwrap()
    };
    assert_eq!(drawn(0), drawn(0));
    assert_ne!(drawn(0), drawn(1));
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A larger survey against R `survey`, `psych` and `SciPy`.

use insieme::domain::profile::{Profile, ScoreView, Voice};
use insieme::domain::score::WaveScores;
use insieme::stats::quantile::quantile;
use serde_json::Value;

use super::{
    CLOSED, QUANTILE, answers, fixture, framework, group, indicator, json, near, number, profile, roster, scores,
};

fn waves(voice: Voice) -> Vec<WaveScores> {
    let framework = framework(&fixture("reference/survey_framework.toml"));
    let answers = answers(&fixture("reference/survey.csv"), &framework);
    let roster = roster(&fixture("reference/survey_roster.csv"), &framework);
    let profile = Profile { voice, ..profile(&fixture("reference/survey_profile.toml"), &framework) };
    scores(&framework, &answers[0], &roster, &profile, ScoreView::Full).waves
}

/// A mean of five-point answers in percent of the maximum.
fn percent(points: &Value) -> f64 {
    (number(points) - 1.0) * 25.0
}

#[test]
fn groups_and_totals_agree_with_the_survey_package() {
    let (agreed, population) = (waves(Voice::Participatory), waves(Voice::Population));
    let reference = json("reference/expected.json");
    for code in ["trust", "voice", "benefit"] {
        for (place, wave) in ["w1", "w2"].into_iter().enumerate() {
            let expected = &reference["cases"][format!("survey.fpc.{code}.{wave}")];
            for name in ["staff", "managers", "clients", "partners"] {
                let found = group(&agreed[place], code, name);
                let what = format!("{code} {wave} {name}");
                assert_eq!(u64::from(found.valid), expected[format!("n.{name}")].as_u64().unwrap(), "{what}");
                near(found.mean.unwrap(), percent(&expected[format!("mean.{name}")]), CLOSED, &what);
                near(found.se.unwrap(), 25.0 * number(&expected[format!("se_fpc.{name}")]), CLOSED, &what);
                let limits = found.interval.unwrap();
                near(limits.low, percent(&expected[format!("ci95_low_fpc_t.{name}")]), QUANTILE, &what);
                near(limits.high, percent(&expected[format!("ci95_high_fpc_t.{name}")]), QUANTILE, &what);
            }
            let of_agreed = &indicator(&agreed[place], code).overall;
            near(of_agreed.participatory.unwrap(), percent(&expected["composite"]), CLOSED, "agreed weights");
            near(of_agreed.se.unwrap(), 25.0 * number(&expected["composite_se_fpc"]), CLOSED, "agreed weights");
            let of_population = &indicator(&population[place], code).overall;
            near(of_population.population.unwrap(), percent(&expected["population_mean"]), CLOSED, "population");
            near(of_population.se.unwrap(), 25.0 * number(&expected["population_mean_se_fpc"]), CLOSED, "population");
        }
    }
}

#[test]
fn one_group_is_described_as_other_programs_do() {
    let reference = json("reference/expected.json");
    let expected = &reference["cases"]["survey.describe.trust_staff_w1"];
    let waves = waves(Voice::Equal);
    let found = group(&waves[0], "trust", "staff");
    near(found.mean.unwrap(), percent(&expected["mean"]), CLOSED, "mean");
    near(found.sd.unwrap(), 25.0 * number(&expected["sd"]), CLOSED, "sd");
}

#[test]
fn quartiles_are_those_of_type_seven() {
    let reference = json("reference/expected.json");
    let mut scores: Vec<f64> = reference["likert20"].as_array().unwrap().iter().map(number).collect();
    scores.sort_by(f64::total_cmp);
    // Type 7 of the twenty answers, from R and NumPy: 10 % 2, 25 % 3, 75 % 5.
    for (share, expected) in [(0.10, 2.0), (0.25, 3.0), (0.75, 5.0)] {
        near(quantile(&scores, share).unwrap(), expected, CLOSED, "quantile");
    }
}

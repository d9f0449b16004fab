// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Cliff's delta, three of its intervals and the test of Brunner and Munzel against R and statsmodels.

#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read is a failed test")]

use insieme::stats::brunner_munzel::brunner_munzel;
use insieme::stats::cliff::{Distribution, delta, fisher_interval, placement_interval};
use insieme::stats::tally::Tally;

use super::cases::{Case, Table, Topic, survey_scores};

const LEVEL: f64 = 0.95;

#[test]
fn every_value_agrees_with_other_programs() {
    let topic = Topic::open("cliffs_delta");
    for case in topic.cases() {
        compare(&case, &samples(&case));
    }
    topic.finish();
}

fn samples(case: &Case<'_>) -> Tally {
    let sample = |name: &str| {
        if case.selects("scale") {
            survey_scores(case.selected("scale"), "1", case.selected(name))
        } else {
            Table::read(case.input()["file"].as_str().unwrap()).numbers_where("score", "group", case.selected(name))
        }
    };
    Tally::of_values(&sample("x"), &sample("y")).unwrap()
}

fn compare(case: &Case<'_>, tally: &Tally) {
    case.check("cliffs_delta", delta(tally));
    let fisher = fisher_interval(tally, LEVEL);
    case.check("ci95_low_fisher_z", fisher.map(|limits| limits.0));
    case.check("ci95_high_fisher_z", fisher.map(|limits| limits.1));
    let test = brunner_munzel(tally);
    // The statistic is −delta over this standard error.
    case.check("se_brunner_munzel", test.and_then(|test| delta(tally).map(|delta| -delta / test.statistic)));
    case.check("brunner_munzel_df", test.map(|test| test.df));
    case.check("brunner_munzel_p_t", test.map(|test| test.p));
    for (name, distribution) in [("t", Distribution::Student), ("z", Distribution::Normal)] {
        let limits = placement_interval(tally, LEVEL, distribution);
        case.check(&format!("ci95_low_brunner_munzel_{name}"), limits.map(|limits| limits.0));
        case.check(&format!("ci95_high_brunner_munzel_{name}"), limits.map(|limits| limits.1));
    }
}

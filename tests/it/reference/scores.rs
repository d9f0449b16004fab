// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Scores of one group on one scale, and the interval of their mean, against R and pandas.

use insieme::stats::count::real;
use insieme::stats::describe::of_values;
use insieme::stats::interval::{Part, t_interval};

use super::cases::{Topic, survey_scores};

#[test]
fn scores_agree_with_other_programs() {
    let topic = Topic::open("scores");
    for case in topic.cases() {
        let wave = case.input()["select"]["wave"].to_string();
        let scores = survey_scores(case.selected("scale"), &wave, case.selected("group"));
        let summary = of_values(&scores);
        case.check("n", summary.map(|summary| real(summary.n)));
        case.check("mean", summary.map(|summary| summary.mean));
        case.check("sd", summary.and_then(|summary| summary.sd()));
        let percent: Vec<f64> = scores.iter().map(|score| 100.0 * (score - 1.0) / 4.0).collect();
        case.check("mean_pomp", of_values(&percent).map(|summary| summary.mean));
        let limits = summary.and_then(|summary| {
            let n = real(summary.n);
            t_interval(summary.mean, Part { variance: summary.variance()? / n, df: n - 1.0 }, 0.95)
        });
        case.check("t_ci95_low", limits.map(|limits| limits.0));
        case.check("t_ci95_high", limits.map(|limits| limits.1));
    }
    topic.finish();
}

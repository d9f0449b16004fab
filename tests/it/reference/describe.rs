// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Mean, spread, quartiles and interval of a sample against R, `NumPy` and `SciPy`.

use insieme::stats::count::real;
use insieme::stats::describe::of_values;
use insieme::stats::interval::{Part, t_interval};
use insieme::stats::quantile::quantile;

use super::cases::{Case, Table, Topic, survey_scores};

const OTHER_QUARTILES: &str = "one definition of a quantile is offered, type 7: two would only invite to choose";
const SKEWNESS: &str = "no skewness is offered: a distribution is shown, not summed up in its third moment";

#[test]
fn descriptions_agree_with_other_programs() {
    let topic = Topic::open("describe");
    for case in topic.cases() {
        let mut values = sample(&case);
        let summary = of_values(&values);
        case.check("n", summary.map(|summary| real(summary.n)));
        case.check("mean", summary.map(|summary| summary.mean));
        case.check("sd", summary.and_then(|summary| summary.sd()));
        case.check("variance", summary.and_then(|summary| summary.variance()));
        let limits = summary.and_then(|summary| {
            let n = real(summary.n);
            t_interval(summary.mean, Part { variance: summary.variance()? / n, df: n - 1.0 }, 0.95)
        });
        case.check("t_ci95_low", limits.map(|limits| limits.0));
        case.check("t_ci95_high", limits.map(|limits| limits.1));
        values.sort_by(f64::total_cmp);
        case.check("median", quantile(&values, 0.5));
        for (percent, share) in [("10", 0.1), ("25", 0.25), ("75", 0.75), ("90", 0.9)] {
            case.check(&format!("q{percent}_type7"), quantile(&values, share));
            case.leave_out(&format!("q{percent}_type6"), OTHER_QUARTILES);
            case.leave_out(&format!("q{percent}_type8"), OTHER_QUARTILES);
        }
        case.leave_out("skewness_g1", SKEWNESS);
        case.leave_out("skewness_G1", SKEWNESS);
    }
    topic.finish();
}

fn sample(case: &Case<'_>) -> Vec<f64> {
    if case.selects("scale") {
        let wave = case.input()["select"]["wave"].to_string();
        return survey_scores(case.selected("scale"), &wave, case.selected("group"));
    }
    let table = Table::read(case.input()["file"].as_str().unwrap());
    table.numbers("score").into_iter().flatten().collect()
}

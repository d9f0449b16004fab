// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Tests and sizes of a difference of two means against R (`t.test`, `effectsize`), `SciPy` and `pingouin`.

use insieme::stats::describe::of_values;
use insieme::stats::two_sample::{cohen_d, cohen_d_interval, hedges_g, hedges_g_approximate, student, welch};

use super::cases::Topic;
use super::mann_whitney::two_samples;

#[test]
fn differences_of_means_agree_with_other_programs() {
    let topic = Topic::open("two_sample");
    for case in topic.cases() {
        let [x, y] = two_samples(&case).map(|sample| of_values(&sample).unwrap());
        for (name, test) in [("student", student(&x, &y).unwrap()), ("welch", welch(&x, &y).unwrap())] {
            case.check(&format!("{name}_t"), Ok(test.t));
            case.check(&format!("{name}_df"), Ok(test.df));
            case.check(&format!("{name}_p"), Ok(test.p));
        }
        let limits = welch(&x, &y).unwrap().interval(0.95);
        case.check("welch_low95", limits.map(|(low, _)| low));
        case.check("welch_high95", limits.map(|(_, high)| high));
        case.check("d_s", cohen_d(&x, &y));
        let limits = cohen_d_interval(&x, &y, 0.95);
        case.check("d_s_low95", limits.map(|(low, _)| low));
        case.check("d_s_high95", limits.map(|(_, high)| high));
        case.check("g_s", hedges_g(&x, &y));
        case.check("g_s_approx", hedges_g_approximate(&x, &y));
    }
    topic.finish();
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The rank test of several things placed by the same people against R `friedman.test` and `SciPy`.

use insieme::stats::count::real;
use insieme::stats::friedman::friedman;

use super::cases::{Case, Respondent, Table, Topic, survey_scale};

/// The rows of a case: all columns of a file but the first, or the survey's three scales.
fn rows(case: &Case) -> Vec<Vec<Option<f64>>> {
    if case.input()["select"].is_null() {
        let table = Table::read(case.input()["file"].as_str().unwrap());
        return table.rows.iter().map(|row| row[1..].iter().map(|text| text.parse().ok()).collect()).collect();
    }
    let scales = ["trust", "voice", "benefit"].map(|scale| survey_scale(scale, "1"));
    (0..scales[0].len()).map(|row| scales.iter().map(|scale| Respondent::score(&scale[row])).collect()).collect()
}

#[test]
fn the_test_of_several_things_agrees_with_other_programs() {
    let topic = Topic::open("friedman");
    for case in topic.cases() {
        let test = friedman(&rows(&case)).unwrap();
        case.check("n_blocks", Ok(real(test.n)));
        case.check("k", Ok(real(test.things)));
        case.check("Q", Ok(test.q));
        case.check("df", Ok(real(test.df)));
        case.check("p", Ok(test.p));
        case.check("kendalls_w", Ok(test.w));
        case.check("kendalls_w_from_Q", Ok(test.w));
    }
    topic.finish();
}

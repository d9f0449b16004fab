// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Answers to reversed items, turned round, against R and pandas.

use insieme::stats::count::real;
use insieme::stats::describe::{of_values, sum};

use super::cases::{Topic, scale_items, survey};

#[test]
fn turned_answers_add_up_as_in_other_programs() {
    let topic = Topic::open("recode");
    for case in topic.cases() {
        for item in ["trust", "voice", "benefit"].into_iter().flat_map(scale_items) {
            let answers: Vec<f64> = survey(&[&item]).into_iter().filter_map(|one| one.answers[0]).collect();
            let n = of_values(&answers).map(|summary| real(summary.n));
            case.check(&format!("sum.{item}"), Ok(sum(answers.into_iter())));
            case.check(&format!("n.{item}"), n);
        }
    }
    topic.finish();
}

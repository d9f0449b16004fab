// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Weights from pairwise judgements and their consistency against R and two Python programs.

use insieme::stats::pairwise::Judgements;

use super::cases::{Table, Topic};

/// A judgement as it is written: a number, or a fraction.
fn judgement(text: &str) -> f64 {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    above.trim().parse::<f64>().unwrap() / below.trim().parse::<f64>().unwrap()
}

#[test]
fn weights_from_judgements_agree_with_other_programs() {
    let topic = Topic::open("ahp");
    for case in topic.cases() {
        let table = Table::read(case.input()["file"].as_str().unwrap());
        let row = |row: &Vec<String>| row[1..].iter().map(|text| judgement(text)).collect();
        let judgements = Judgements::of_rows(&table.rows.iter().map(row).collect::<Vec<Vec<f64>>>()).unwrap();
        let found = judgements.priorities().unwrap();
        let means = judgements.geometric_means().unwrap();
        case.check("lambda_max", Ok(found.eigenvalue));
        case.check("ci", found.consistency_index());
        case.check("cr_saaty", found.consistency_ratio());
        for ((name, weight), mean) in table.header[1..].iter().zip(found.weights).zip(means) {
            case.check(&format!("weight.{name}"), Ok(weight));
            case.check(&format!("weight_geomean.{name}"), Ok(mean));
        }
    }
    topic.finish();
}

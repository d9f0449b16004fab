// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Fleiss' kappa against a published example and `statsmodels`.

use insieme::stats::concordance::fleiss_kappa;

use super::cases::{Table, Topic};

#[test]
fn kappa_agrees_with_the_published_example() {
    let topic = Topic::open("fleiss");
    for case in topic.cases() {
        let table = Table::read(case.input()["file"].as_str().unwrap());
        let subject = |row: &Vec<String>| row[1..].iter().map(|count| count.parse().unwrap()).collect();
        let subjects: Vec<Vec<u64>> = table.rows.iter().map(subject).collect();
        case.check("kappa", fleiss_kappa(&subjects));
    }
    topic.finish();
}

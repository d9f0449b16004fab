// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Means, spreads and analyses of variance against the certified values of NIST.

use std::collections::BTreeMap;

use insieme::stats::analysis_of_variance::of_values;
use insieme::stats::describe::{self, sum};

use super::cases::{Case, Table, Topic};

fn check_groups(case: &Case, table: &Table) {
    let mut groups: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (group, value) in table.texts(&table.header[0]).into_iter().zip(table.numbers(&table.header[1])) {
        groups.entry(group).or_default().extend(value);
    }
    let found = of_values(&groups.into_values().collect::<Vec<_>>()).unwrap();
    case.check("ss_between", Ok(found.between));
    case.check("ss_within", Ok(found.within));
    case.check("F", found.f());
}

fn check_values(case: &Case, table: &Table) {
    let values: Vec<f64> = table.numbers(&table.header[0]).into_iter().flatten().collect();
    let found = describe::of_values(&values).unwrap();
    case.check("mean", Ok(found.mean));
    case.check("sd", found.sd());
    // Answers have no order and no page shows how one resembles the next: here it tests the mean and the squares.
    let next = values.windows(2).map(|pair| (pair[0] - found.mean) * (pair[1] - found.mean));
    case.check("lag1_autocorrelation", Ok(sum(next) / found.squares));
}

#[test]
fn certified_values_are_met() {
    let topic = Topic::open("nist");
    for case in topic.cases() {
        let table = Table::read(case.input()["file"].as_str().unwrap());
        if case.has("F") { check_groups(&case, &table) } else { check_values(&case, &table) }
    }
    topic.finish();
}

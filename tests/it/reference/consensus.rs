// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Consensus on an ordered scale against the manual of R `agrmt` and plain arithmetic.

use insieme::stats::concordance::consensus;

use super::cases::{Table, Topic};

#[test]
fn consensus_agrees_with_the_printed_example() {
    let topic = Topic::open("consensus");
    for case in topic.cases() {
        let table = Table::read(case.input()["file"].as_str().unwrap());
        for row in &table.rows {
            let counts: Vec<u64> = row[1..].iter().map(|count| count.parse().unwrap()).collect();
            case.check(&format!("cns.{}", row[0]), consensus(&counts));
        }
    }
    topic.finish();
}

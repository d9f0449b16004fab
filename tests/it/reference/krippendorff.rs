// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Krippendorff's alpha with gaps against published examples and two programs.

use insieme::stats::concordance::{Measurement, krippendorff_alpha};

use super::cases::{Table, Topic};

#[test]
fn alpha_with_gaps_agrees_with_other_programs() {
    let topic = Topic::open("krippendorff");
    for case in topic.cases() {
        let table = Table::read(case.input()["file"].as_str().unwrap());
        let unit = |name: &String| table.numbers(name).into_iter().flatten().collect();
        let units: Vec<Vec<f64>> = table.header[1..].iter().map(unit).collect();
        let levels = [
            ("nominal", Measurement::Nominal),
            ("ordinal", Measurement::Ordinal),
            ("interval", Measurement::Interval),
            ("ratio", Measurement::Ratio),
        ];
        for (name, measurement) in levels {
            case.check(&format!("alpha_{name}"), krippendorff_alpha(&units, measurement));
        }
    }
    topic.finish();
}

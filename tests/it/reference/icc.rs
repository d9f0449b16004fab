// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Intraclass correlations of the same judges against R `psych` and the published table.

use insieme::stats::intraclass::{Basis, Judges, ratings};

use super::cases::{Table, Topic};

#[test]
fn intraclass_correlations_agree_with_r() {
    let topic = Topic::open("icc");
    for case in topic.cases() {
        let table = Table::read(case.input()["file"].as_str().unwrap());
        let rows: Vec<Vec<f64>> =
            table.rows.iter().map(|row| row[1..].iter().map(|rating| rating.parse().unwrap()).collect()).collect();
        let found = ratings(&rows).unwrap();
        let judges = [("1", Judges::Others), ("2", Judges::Drawn), ("3", Judges::These)];
        for (number, judges) in judges {
            for (name, basis) in [("1", Basis::OneJudge), ("k", Basis::MeanOfJudges)] {
                let key = |value: &str| format!("icc_{number}_{name}{value}");
                let interval = found.interval(judges, basis, 0.95);
                case.check(&key(""), found.correlation(judges, basis));
                case.check(&key("_low95"), interval.map(|(low, _)| low));
                case.check(&key("_high95"), interval.map(|(_, high)| high));
                case.check(&key("_F"), found.f(judges));
                case.check(&key("_p"), found.p(judges));
            }
        }
    }
    topic.finish();
}

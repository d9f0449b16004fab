// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Adjusted p-values of families against R and statsmodels.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a fixture that cannot be read is a failed test")]

use insieme::stats::Undefined;
use insieme::stats::adjust::{benjamini_hochberg, benjamini_yekutieli, bonferroni, hochberg, holm, hommel};
use insieme::stats::cliff::delta;
use insieme::stats::count::real;
use insieme::stats::distribution::normal_upper_tail;
use insieme::stats::tally::Tally;

use super::cases::{Case, Table, Topic, survey_scores};

type Family = Vec<Option<f64>>;
type Adjust = fn(&[Option<f64>]) -> Result<Family, Undefined>;

#[test]
fn every_value_agrees_with_other_programs() {
    let topic = Topic::open("adjust");
    for case in topic.cases() {
        let (names, p) = family(&case);
        compare(&case, &names, &p);
    }
    topic.finish();
}

fn family(case: &Case<'_>) -> (Vec<String>, Family) {
    if case.selects("scale") {
        return gaps(case);
    }
    let table = Table::read(case.input()["file"].as_str().unwrap());
    let names = table.texts(&table.header[0]).into_iter().map(str::to_owned).collect();
    (names, table.numbers("p"))
}

/// The six pairs of groups of the survey's first wave.
fn gaps(case: &Case<'_>) -> (Vec<String>, Family) {
    const GROUPS: [&str; 4] = ["staff", "managers", "partners", "clients"];
    let scores = GROUPS.map(|group| survey_scores(case.selected("scale"), "1", group));
    let pairs = (0..4).flat_map(|one| (one + 1..4).map(move |other| (one, other)));
    let gap = |(one, other): (usize, usize)| {
        let name = format!("{}_vs_{}", GROUPS[one], GROUPS[other]);
        (name, Some(mann_whitney_p(&Tally::of_values(&scores[one], &scores[other]).unwrap())))
    };
    pairs.map(gap).unzip()
}

/// Two-sided p-value of Mann and Whitney from the normal distribution, with continuity and tie correction.
fn mann_whitney_p(tally: &Tally) -> f64 {
    let (n_a, n_b) = tally.sizes();
    let (pairs, n) = (real(n_a * n_b), real(n_a + n_b));
    let ties: f64 = tally.pooled().map(|count| real(count * count * count - count)).sum();
    let variance = pairs / 12.0 * (n + 1.0 - ties / (n * (n - 1.0)));
    let off = delta(tally).unwrap().abs() * pairs / 2.0;
    2.0 * normal_upper_tail((off - 0.5).max(0.0) / variance.sqrt()).unwrap()
}

fn compare(case: &Case<'_>, names: &[String], p: &[Option<f64>]) {
    let methods: [(&str, Adjust); 6] = [
        ("bonferroni", bonferroni),
        ("holm", holm),
        ("hochberg", hochberg),
        ("hommel", hommel),
        ("BH", benjamini_hochberg),
        ("BY", benjamini_yekutieli),
    ];
    for (method, adjust) in methods {
        for (name, found) in names.iter().zip(adjust(p).unwrap()) {
            case.check(&format!("{method}.{name}"), found.ok_or(Undefined::Empty));
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Agreement inside groups against R `multilevel`.

use insieme::stats::Undefined;
use insieme::stats::agreement::{
    SLIGHT_SKEW_OF_FIVE, Scale, a_wg, a_wg_items, mean_absolute_deviation, r_star_wg_items, r_wg, r_wg_items,
    uniform_variance,
};
use insieme::stats::count::real;

use super::cases::{Case, Table, Topic, scale_items, survey_scale};

const FIVE: Scale = Scale { low: 1.0, high: 5.0, options: 5 };

/// Answers of one group: one row per person.
type Rows = Vec<Vec<Option<f64>>>;

/// Names of the items, and the rows of one group.
fn group(case: &Case, name: &str) -> (Vec<String>, Rows) {
    if case.selects("scale") {
        let scale = case.selected("scale");
        let people = survey_scale(scale, "1").into_iter().filter(|one| one.group == name);
        return (scale_items(scale), people.map(|one| one.answers).collect());
    }
    let table = Table::read(case.input()["file"].as_str().unwrap());
    let items: Vec<String> = table.header[1..].to_vec();
    let columns: Vec<_> = items.iter().map(|item| table.numbers_where(item, "group", name)).collect();
    let rows = (0..columns[0].len()).map(|row| columns.iter().map(|column| Some(column[row])).collect());
    (items, rows.collect())
}

fn of_items(index: &str, items: &[Vec<u64>]) -> Result<f64, Undefined> {
    let uniform = uniform_variance(5).unwrap();
    match index {
        "rwgj" => r_wg_items(items, uniform),
        "rwgj_lindell" => r_star_wg_items(items, uniform),
        "rwgj_slightskew" => r_wg_items(items, SLIGHT_SKEW_OF_FIVE),
        "awgj" => a_wg_items(items),
        "n_complete" => Ok(real(items[0].iter().sum())),
        unknown => panic!("no index {unknown}"),
    }
}

fn of_item(index: &str, counts: &[u64]) -> Result<f64, Undefined> {
    match index {
        "rwg" => r_wg(counts, uniform_variance(5).unwrap()),
        "awg" => a_wg(counts),
        "ad_mean" => mean_absolute_deviation(counts),
        "n" => Ok(real(counts.iter().sum())),
        unknown => panic!("no index {unknown}"),
    }
}

#[test]
fn agreement_agrees_with_r() {
    let topic = Topic::open("agreement");
    for case in topic.cases() {
        for key in case.keys() {
            let parts: Vec<&str> = key.split('.').collect();
            let (items, rows) = group(&case, parts[parts.len() - 1]);
            if let [index, _] = parts[..] {
                case.check(&key, of_items(index, &FIVE.complete_counts(&rows).unwrap()));
                continue;
            }
            // One item is judged by all who answered it, several by those who answered every one.
            let place = items.iter().position(|item| item == parts[1]).unwrap();
            let answers: Vec<f64> = rows.iter().filter_map(|row| row[place]).collect();
            case.check(&key, of_item(parts[0], &FIVE.counts(&answers).unwrap()));
        }
    }
    topic.finish();
}

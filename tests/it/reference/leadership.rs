// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Real answers of 5,400 people in 99 units, where they are at hand: totals are plain arithmetic.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use insieme::domain::profile::{Profile, ScoreView};
use insieme::domain::response::Roster;
use insieme::scoring::score_wave;
use insieme::stats::analysis_of_variance::{GroupSize, of_values};
use insieme::stats::matrix::Covariance;
use insieme::stats::reliability::alpha;

use super::{CLOSED, answers, framework, indicator, near};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real/leadership");
    folder.is_dir().then_some(folder)
}

/// Mean of the persons' means of some columns, by project, in percent of the maximum.
fn plain(file: &Path, prefix: &[&str]) -> BTreeMap<String, f64> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let columns: Vec<usize> = reader
        .headers()
        .unwrap()
        .iter()
        .enumerate()
        .filter(|(_, name)| prefix.contains(name))
        .map(|(place, _)| place)
        .collect();
    let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for row in reader.records() {
        let row = row.unwrap();
        let points: Vec<f64> = columns.iter().map(|place| row[*place].parse().unwrap()).collect();
        let items = f64::from(u32::try_from(points.len()).unwrap());
        let sum = sums.entry(row[1].to_owned()).or_default();
        sum.0 += (points.iter().sum::<f64>() / items - 1.0) * 25.0;
        sum.1 += 1.0;
    }
    sums.into_iter().map(|(project, (sum, people))| (project, sum / people)).collect()
}

#[test]
fn the_totals_of_99_units_are_plain_arithmetic() {
    let Some(folder) = folder() else { return };
    let framework = framework(&folder.join("framework.toml"));
    let file = folder.join("responses.csv");
    let projects = answers(&file, &framework);
    assert_eq!(projects.len(), 99);
    assert_eq!(projects.iter().map(|project| project.waves[0].len()).sum::<usize>(), 5400);
    for one in &framework.indicators {
        let items: Vec<_> = one.items.iter().map(|item| item.code.as_str()).collect();
        let expected = plain(&file, &items);
        for project in &projects {
            let scores =
                score_wave(&framework, &project.waves[0], &Roster::unknown(), &Profile::default(), ScoreView::Full);
            let found = indicator(&scores, &one.code).overall.equal.unwrap();
            near(found, expected[&project.project], CLOSED, &project.project);
        }
    }
}

/// Every answer of some columns, row by row.
fn rows(file: &Path, items: &[String]) -> Vec<Vec<f64>> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let header = reader.headers().unwrap().clone();
    let places: Vec<usize> = items.iter().map(|item| header.iter().position(|name| name == item).unwrap()).collect();
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        let row = row.unwrap();
        places.iter().map(|place| row[*place].parse().unwrap()).collect()
    };
    reader.records().map(row).collect()
}

#[test]
fn consistency_and_differences_between_units_agree_with_r() {
    let Some(folder) = folder() else { return };
    let framework = framework(&folder.join("framework.toml"));
    let file = folder.join("responses.csv");
    let items = |code: Option<&str>| -> Vec<String> {
        let of = framework.items().filter(|(indicator, _)| code.is_none_or(|code| indicator.code == code));
        of.map(|(_, item)| item.code.clone()).collect()
    };
    // R 4.2, packages multilevel and base.
    for (code, expected) in
        [(None, 0.891_343_3), (Some("COOP"), 0.743_549_5), (Some("LEAD"), 0.752_977_9), (Some("CARE"), 0.857_168_7)]
    {
        let found = alpha(&Covariance::of_rows(&rows(&file, &items(code))).unwrap()).unwrap();
        near(found, expected, 5e-8, code.unwrap_or("all items"));
    }
    let all = items(None);
    let scores = rows(&file, &all).into_iter().map(|row| row.iter().sum::<f64>() / 11.0);
    let mut units: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(&file).unwrap();
    let names = reader.records().map(|row| row.unwrap()[1].to_owned());
    names.zip(scores).for_each(|(name, score)| units.entry(name).or_default().push(score));
    let table = of_values(&units.into_values().collect::<Vec<_>>()).unwrap();
    near(table.between_mean_square(), 4.9404, 5e-5, "between");
    near(table.within_mean_square(), 0.5166, 5e-5, "within");
    near(table.icc1(GroupSize::Mean).unwrap(), 0.135_699_2, 5e-8, "ICC(1)");
    near(table.icc2().unwrap(), 0.895_44, 5e-6, "ICC(2)");
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Real answers of 5,400 people in 99 units, where they are at hand: totals are plain arithmetic.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use insieme::domain::profile::{Profile, ScoreView};
use insieme::domain::response::Roster;
use insieme::scoring::score_wave;

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

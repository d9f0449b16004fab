// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Is what is published as open data what others' programs expect: the catalogue, and the tables beside it?

use std::path::Path;
use std::process::Command;

use crate::files::{hostile, published};
use crate::service::Service;

/// Runs a check of others' programs on a file; nothing where there is no Python for it.
fn check(kind: &str, file: &Path) -> Option<Result<String, String>> {
    let python = std::env::var("TEST_PYTHON").ok()?;
    let run = Command::new(python).args(["tests/opendata/check.py", kind]).arg(file).output().unwrap();
    let said = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Some(if run.status.success() { Ok(said(run.stdout)) } else { Err(said(run.stderr)) })
}

#[test]
fn the_catalogue_has_what_the_national_profile_asks_for_whatever_names_say() {
    let service = Service::start();
    let (_, wave) = published(&service);
    let folder = tempfile::tempdir().unwrap();
    let count = service.waves().iter().flat_map(|(_, waves)| waves).filter(|one| one.published_on.is_some()).count();
    for name in ["catalog.ttl", "catalog.jsonld"] {
        let catalogue = service.visitor().get(&format!("/opendata/{name}"));
        assert_eq!(catalogue.status, 200);
        assert!(catalogue.body.contains(&wave.id.simple().to_string()));
        let file = folder.path().join(name);
        std::fs::write(&file, &catalogue.bytes).unwrap();
        let Some(checked) = check("catalogue", &file) else {
            eprintln!("left out: the shapes of the catalogue, because TEST_PYTHON is not set");
            continue;
        };
        let found: serde_json::Value = serde_json::from_str(&checked.unwrap()).unwrap();
        assert_eq!(found["datasets"], count);
        let titles = found["titles"].to_string();
        let told = serde_json::to_string(&hostile()).unwrap();
        assert!(titles.contains(told.trim_matches('"')), "{titles}");
        let text = catalogue.body.replace("/file-type/", "/elsewhere/");
        std::fs::write(&file, text).unwrap();
        assert!(check("catalogue", &file).unwrap().is_err(), "a fault is found");
    }
}

#[test]
fn every_published_table_is_as_its_description_says() {
    let service = Service::start();
    let (_, wave) = published(&service);
    let folder = tempfile::tempdir().unwrap();
    for name in ["risultati.csv", "codici.csv"] {
        let place = format!("/opendata/{}/1/{name}", wave.id.simple());
        let (table, described) =
            (service.visitor().get(&place), service.visitor().get(&format!("{place}-metadata.json")));
        assert_eq!((table.status, described.status), (200, 200));
        let file = folder.path().join(name);
        std::fs::write(folder.path().join(format!("{name}-metadata.json")), &described.bytes).unwrap();
        std::fs::write(&file, &table.bytes).unwrap();
        let Some(checked) = check("csvw", &file) else {
            eprintln!("left out: the descriptions of tables, because TEST_PYTHON is not set");
            continue;
        };
        checked.unwrap();
    }
    let description = service.visitor().get(&format!("/opendata/{}/1/risultati.csv-metadata.json", wave.id.simple()));
    let description: serde_json::Value = serde_json::from_str(&description.body).unwrap();
    let columns = description["tableSchema"]["columns"].as_array().unwrap();
    let valid = columns.iter().find(|column| column["name"] == "risposte_valide").unwrap();
    assert_eq!(valid["datatype"]["minimum"], 5, "a count that may not be shown fails its own description");
}

#[test]
fn what_everybody_may_take_away_is_in_whole_points() {
    let service = Service::start();
    let mut waves = service.waves().into_iter().flat_map(|(_, waves)| waves);
    let wave = waves.rfind(|wave| wave.published_on.is_some()).unwrap();
    let place = format!("/opendata/{}/1", wave.id.simple());
    let csv = service.visitor().get(&format!("{place}/risultati.csv")).body;
    let mut lines = csv.lines().map(|line| line.split(';').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let column = |name: &str| head.iter().position(|cell| cell.trim_matches('"') == name).unwrap();
    let numbers = ["media", "intervallo_inferiore", "intervallo_superiore"].map(column);
    let cells: Vec<String> = lines.flat_map(|row| numbers.map(|place| row[place].to_owned())).collect();
    assert!(cells.iter().filter(|cell| !cell.is_empty()).count() > 100);
    assert!(cells.iter().all(|cell| !cell.contains(',')), "{cells:?}");
    let json: serde_json::Value =
        serde_json::from_str(&service.visitor().get(&format!("{place}/risultati.json")).body).unwrap();
    let mut means = Vec::new();
    gather(&json, &mut means);
    assert!(means.len() > 100 && means.iter().all(|mean| (mean - mean.round()).abs() < 1e-9), "{means:?}");
}

/// Every mean of a group in a document.
fn gather(value: &serde_json::Value, means: &mut Vec<f64>) {
    match value {
        serde_json::Value::Object(fields) => {
            means.extend(fields.get("mean").and_then(serde_json::Value::as_f64));
            fields.values().for_each(|inner| gather(inner, means));
        }
        serde_json::Value::Array(all) => all.iter().for_each(|inner| gather(inner, means)),
        _ => {}
    }
}

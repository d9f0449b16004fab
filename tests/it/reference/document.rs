// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The document of `insieme score`: fixed keys, no number without a reason for its absence.

use std::path::PathBuf;

use insieme::cli::score::{ScoreFailure, ScoreFormat, ScoreOptions, run};
use insieme::domain::profile::{ScoreView, Voice};
use insieme::intake::Problems;
use serde_json::Value;

use super::{fixture, framework};

fn options() -> ScoreOptions {
    ScoreOptions {
        responses: fixture("g1/responses.csv"),
        roster: Some(fixture("g1/roster.csv")),
        ..ScoreOptions::default()
    }
}

fn written(options: &ScoreOptions) -> String {
    let framework = framework(&fixture("g1/framework.toml"));
    let mut out = Vec::new();
    assert_eq!(run(options, &framework, "00", &mut out).unwrap(), Problems::default());
    String::from_utf8(out).unwrap()
}

fn document(options: &ScoreOptions) -> Value {
    serde_json::from_str(&written(options)).unwrap()
}

fn has(value: &Value, keys: &[&str]) {
    for key in keys {
        assert!(value.get(key).is_some(), "no {key} in {value}");
    }
}

#[test]
fn every_fixed_key_is_there() {
    let document = document(&options());
    has(&document, &["engine", "framework", "profile", "input_sha256", "seed", "projects", "edition_comparison"]);
    assert_eq!(document["framework"]["sha256"], "00");
    assert_eq!(document["input_sha256"].as_str().unwrap().len(), 64);
    has(&document["profile"], &["sha256", "min_answered_share", "k_show", "k_calc", "k_dist", "voice", "unit", "mid"]);
    let project = &document["projects"][0];
    has(project, &["project", "edition", "programme", "waves", "changes"]);
    let wave = &project["waves"][0];
    has(wave, &["wave", "respondents", "indicators", "pillars", "composite"]);
    let indicator = &wave["indicators"][0];
    has(
        indicator,
        &["indicator", "pillar", "family", "codes", "groups", "overall", "consistency", "agreement", "gaps"],
    );
    has(&indicator["groups"][0], &["group", "listed", "valid", "mean", "sd", "se", "interval", "reason", "agreement"]);
    has(&indicator["overall"], &["equal", "head", "population", "participatory", "se", "df", "interval"]);
    has(&indicator["overall"], &["process_se", "process_df", "process_interval", "flags"]);
    has(&indicator["consistency"], &["alpha", "interval", "n", "omega", "omega_reason"]);
    has(&wave["pillars"][0], &["pillar", "value", "reason"]);
    has(&wave["composite"], &["linear", "geometric", "imbalance", "se", "df", "interval"]);
    let change = &project["changes"][0];
    has(
        change,
        &["indicator", "from", "to", "difference", "se", "df", "interval", "p", "pairs", "correlation", "panel"],
    );
    assert_eq!(project["changes"][3]["verdict"], "not_enough_evidence");
}

/// Every `null` has a reason beside it, in words of the document.
fn reasons(value: &Value, path: &str) {
    match value {
        Value::Object(object) => {
            let absent: Vec<_> = object
                .iter()
                .filter(|(key, one)| one.is_null() && !key.ends_with("reason") && *key != "listed")
                .collect();
            let said = object.iter().any(|(key, one)| key.ends_with("reason") && one.is_string());
            assert!(absent.is_empty() || said, "{path}: {absent:?} without a reason");
            object.iter().for_each(|(key, one)| reasons(one, &format!("{path}/{key}")));
        }
        Value::Array(array) => array.iter().for_each(|one| reasons(one, path)),
        _ => {}
    }
}

#[test]
fn no_number_is_absent_without_a_reason() {
    for view in ScoreView::ALL {
        reasons(&document(&ScoreOptions { view, ..options() }), "");
        reasons(&document(&ScoreOptions { view, roster: None, ..options() }), "");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(written(&options()), written(&options()));
}

#[test]
fn numbers_keep_all_their_digits() {
    let document = document(&options());
    let equal = &document["projects"][0]["waves"][0]["indicators"][0]["overall"]["equal"];
    assert_eq!(equal.as_f64().map(f64::to_bits), Some(62.447_916_666_666_664_f64.to_bits()));
}

#[test]
fn a_voice_without_weights_is_refused_and_one_with_weights_is_not() {
    let framework = framework(&fixture("g1/framework.toml"));
    let loud = ScoreOptions { voice: Some(Voice::Participatory), ..options() };
    assert!(matches!(run(&loud, &framework, "00", &mut Vec::new()), Err(ScoreFailure::Input(_))));
    let agreed = ScoreOptions { profile: Some(fixture("g1/profile-participatory.toml")), ..loud };
    assert_eq!(document(&agreed)["projects"][0]["waves"][0]["indicators"][0]["overall"]["voice"], "participatory");
}

#[test]
fn the_table_can_be_read() {
    let table = written(&ScoreOptions { format: ScoreFormat::Table, ..options() });
    assert!(table.contains("Wave 1: 28 responses, view full"));
    assert!(table.lines().any(|line| line.starts_with("F1") && line.contains("all (equal)") && line.contains("62.4")));
    assert!(table.contains("not_enough_evidence"));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let framework = framework(&fixture("g1/framework.toml"));
    let gone = ScoreOptions { responses: PathBuf::from("nowhere.csv"), ..ScoreOptions::default() };
    let said = run(&gone, &framework, "00", &mut Vec::new()).unwrap_err().to_string();
    assert!(said.starts_with("nowhere.csv: A001 "), "{said}");
}

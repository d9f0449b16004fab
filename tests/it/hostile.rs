// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does every input, however strange, give numbers with reasons, and never a panic or a number that is none?

#![expect(clippy::indexing_slicing, reason = "a document without the key is a failed test")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use insieme::domain::framework::Framework;
use insieme::domain::profile::{Profile, ScoreView};
use insieme::domain::response::Roster;
use insieme::export::score_document::{self, Provenance, ScoredProject};
use insieme::intake::{ProjectAnswers as Read, Unknown, read_answers, read_profile};
use insieme::scoring::{ProjectAnswers, WaveAnswers, score_projects};
use proptest::prelude::*;
use serde_json::Value;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/g1").join(name)
}

fn framework() -> Framework {
    insieme::catalogue::load(&fixture("framework.toml")).unwrap().framework
}

/// Few draws: what is proved here does not hang on how many.
fn profile() -> Profile {
    Profile { bootstrap_draws: 100, permutations: 1000, ..Profile::default() }
}

const HEADER: &str = "project,wave,group,respondent,F1a,F1b,F1c,F2a,F2b,O1a,O1b,O1c,R1a,R1b,R1c";

/// An answer file from rows of project, wave, group, respondent and eleven letters, `-` for a skipped answer.
fn file(rows: &[(&str, &str, &str, &str, &str)]) -> String {
    let mut text = format!("{HEADER}\n");
    for (project, wave, group, who, letters) in rows {
        let cells: Vec<String> = letters
            .chars()
            .map(|letter| match letter {
                '-' => String::new(),
                'D' => "DK".to_owned(),
                'N' => "NA".to_owned(),
                'R' => "RF".to_owned(),
                '.' => "NS".to_owned(),
                point => point.to_string(),
            })
            .collect();
        let _written = writeln!(text, "{project},{wave},{group},{who},{}", cells.join(","));
    }
    text
}

/// The document of an answer file in one view; none if the file is refused.
fn document(text: &[u8], profile: &Profile, view: ScoreView) -> Option<Value> {
    let framework = framework();
    let projects: Vec<Read> = read_answers(text, "a.csv", &framework, Unknown::Ignore).ok()?.projects;
    let roster = Roster::unknown();
    let answers: Vec<ProjectAnswers<'_>> = projects
        .iter()
        .map(|project| ProjectAnswers {
            programme: &project.programme,
            edition: &project.edition,
            project: &project.project,
            waves: project.waves.iter().map(|responses| WaveAnswers { responses, roster: &roster }).collect(),
        })
        .collect();
    let (scores, editions) = score_projects(&framework, &answers, profile, view, 0);
    let named = projects.iter().zip(scores).map(|(project, scores)| ScoredProject {
        programme: project.programme.clone(),
        edition: project.edition.clone(),
        project: project.project.clone(),
        scores,
    });
    let named: Vec<_> = named.collect();
    let provenance = Provenance { framework: &framework, framework_sha256: "", profile, input_sha256: "", seed: 0 };
    let mut out = Vec::new();
    score_document::write(provenance, &named, &editions, &mut out).unwrap();
    Some(serde_json::from_slice(&out).unwrap())
}

/// Every `null` of a document has a reason beside it. Not a number and infinity cannot be written as JSON at all.
fn sound(value: &Value, path: &str) {
    match value {
        Value::Object(object) => {
            let absent = object.iter().any(|(key, one)| one.is_null() && !key.ends_with("reason") && *key != "listed");
            let said = object.iter().any(|(key, one)| key.ends_with("reason") && one.is_string());
            assert!(!absent || said, "{path} has a null without a reason");
            object.iter().for_each(|(key, one)| sound(one, &format!("{path}/{key}")));
        }
        Value::Array(array) => array.iter().for_each(|one| sound(one, path)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn all_views(text: &str) -> Value {
    for view in ScoreView::ALL {
        sound(&document(text.as_bytes(), &profile(), view).unwrap(), view.code());
    }
    document(text.as_bytes(), &profile(), ScoreView::Full).unwrap()
}

fn first<'a>(document: &'a Value, keys: &[&str]) -> &'a Value {
    let wave = &document["projects"][0]["waves"][0]["indicators"][0];
    keys.iter().fold(wave, |value, key| &value[*key])
}

#[test]
fn all_non_answers_one_respondent_and_one_group_have_reasons() {
    let silent: Vec<_> = ["a", "b", "c"].map(|who| ("", "1", "PUB", who, "DDNRR--DDD-")).into();
    let document = all_views(&file(&silent));
    assert_eq!(document["projects"][0]["waves"][0]["indicators"][0]["groups"][0]["reason"], "no_valid_answers");
    assert_eq!(*first(&document, &["overall", "equal_reason"]), "too_few_groups");
    let alone = all_views(&file(&[("", "1", "TS", "a", "44233223223")]));
    assert_eq!(alone["projects"][0]["waves"][0]["indicators"][0]["groups"][1]["reason"], "too_few_units");
    assert_eq!(*first(&alone, &["consistency", "reason"]), "too_few_complete_answers");
    let together: Vec<_> = ["a", "b", "c", "d"].map(|who| ("", "1", "TS", who, "44233223223")).into();
    assert_eq!(*first(&all_views(&file(&together)), &["overall", "equal_reason"]), "too_few_groups");
}

#[test]
fn constant_answers_and_perfect_panels_have_reasons() {
    let mut rows = Vec::new();
    for wave in ["1", "2"] {
        for group in ["PUB", "TS", "CIV"] {
            rows.extend(["a", "b", "c", "d", "e", "f"].map(|who| ("", wave, group, who, "33333333333")));
        }
    }
    let document = all_views(&file(&rows));
    assert_eq!(*first(&document, &["overall", "interval_reason"]), "no_variability");
    assert_eq!(*first(&document, &["consistency", "reason"]), "no_variability");
    let change = &document["projects"][0]["changes"][0];
    assert_eq!((change["pairs"].as_u64(), change["panel"]["same"].as_u64()), (Some(18), Some(18)));
    assert_eq!(change["verdict"], "not_enough_evidence");
    assert_eq!(change["reason"], "no_variability");
}

#[test]
fn projects_without_a_common_group_and_few_projects_are_not_compared() {
    let groups = ["PUB", "TS", "PRIV", "CIV", "PUB", "TS"];
    let names = ["P1", "P2", "P3", "P4", "P5", "P6"];
    let mut rows = Vec::new();
    for (place, name) in names.into_iter().enumerate() {
        rows.extend(
            ["12345123451", "34512345123", "23451234512", "51234512345"]
                .into_iter()
                .zip(["a", "b", "c", "d"])
                .map(|(letters, who)| (name, "1", groups[place], who, letters)),
        );
    }
    let document = all_views(&file(&rows));
    let comparison = &document["edition_comparison"][0];
    assert_eq!(comparison["reason"], "too_few_projects");
    let project = &comparison["projects"][0];
    assert!(project["value"].is_null() && project["reason"].is_string());
}

#[test]
fn a_profile_out_of_range_names_its_key_and_weights_need_not_add_up() {
    let framework = framework();
    let refused = read_profile("k_show = 1\nmid = 0\nbootstrap_draws = 5\n", "p.toml", &framework).unwrap_err();
    let said = refused.to_string();
    assert!(["k_show", "mid", "bootstrap_draws"].iter().all(|key| said.contains(key)), "{said}");
    let some = read_profile("[group_weights]\nPUB = 20\nTS = 30\nPRIV = 15\nCIV = 35\n", "p.toml", &framework).unwrap();
    let all =
        read_profile("[group_weights]\nPUB = 0.2\nTS = 0.3\nPRIV = 0.15\nCIV = 0.35\n", "p.toml", &framework).unwrap();
    let text = std::fs::read_to_string(fixture("responses.csv")).unwrap();
    let value = |profile: Profile| {
        let profile = Profile { bootstrap_draws: 100, permutations: 1000, ..profile };
        let document = document(text.as_bytes(), &profile, ScoreView::Full).unwrap();
        first(&document, &["overall", "participatory"]).as_f64().unwrap()
    };
    assert!((value(some) - value(all)).abs() < 1e-9);
}

#[test]
fn neither_the_order_of_rows_nor_the_number_of_threads_changes_a_byte() {
    let text = std::fs::read_to_string(fixture("responses.csv")).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    let on = |threads: usize, text: &str| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| document(text.as_bytes(), &profile(), ScoreView::Full)).unwrap().to_string()
    };
    let one = on(1, &text);
    assert_eq!(one, on(3, &text));
    // Within a wave: the order of waves is that of their first rows.
    let second = lines.iter().position(|line| line.starts_with('2')).unwrap();
    lines[1..second].reverse();
    lines[second..].reverse();
    assert_eq!(one, on(2, &lines.join("\n")));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_is_refused_or_scored_and_never_a_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        view in prop::sample::select(ScoreView::ALL.to_vec()),
    ) {
        let mut bytes = std::fs::read(fixture("responses.csv")).unwrap();
        for (place, byte) in edits {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Some(document) = document(&bytes, &profile(), view) {
            sound(&document, "");
        }
    }

    #[test]
    fn any_table_of_answers_has_a_sound_document(
        rows in prop::collection::vec((0..3_usize, 0..3_usize, 0..4_usize, 0..9_usize, "[1-5DNR.-]{11}"), 0..60),
        view in prop::sample::select(ScoreView::ALL.to_vec()),
    ) {
        let named: Vec<_> = rows
            .iter()
            .map(|(project, wave, group, who, letters)| (
                ["P1", "P2", "P3"][*project],
                ["1", "2", "3"][*wave],
                ["PUB", "TS", "PRIV", "CIV"][*group],
                ["a", "b", "c", "d", "e", "f", "g", "h", "i"][*who],
                letters.as_str(),
            ))
            .collect();
        if let Some(document) = document(file(&named).as_bytes(), &profile(), view) {
            sound(&document, "");
        }
    }

    #[test]
    fn any_text_is_a_profile_or_is_refused(text in "[a-z_]{0,12} ?= ?[-0-9.einfa\"\\[\\]]{0,12}\n?") {
        let framework = framework();
        let _read = read_profile(&text, "p.toml", &framework);
    }
}

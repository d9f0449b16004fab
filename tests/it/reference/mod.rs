// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do the numbers agree with those of other programs, and with what was printed?

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a fixture that cannot be read is a failed test")]

use std::fs::File;
use std::path::{Path, PathBuf};

use insieme::domain::framework::Framework;
use insieme::domain::profile::{Profile, ScoreView};
use insieme::domain::response::Roster;
use insieme::domain::score::{GroupScore, IndicatorScore, Interval, WaveScores};
use insieme::intake::{ProjectAnswers, RosterFile, Unknown, read_answers, read_profile, read_roster};
use insieme::scoring::{Chance, ProjectScores, WaveAnswers, score_project};
use serde_json::Value;

mod adjust;
mod agreement;
mod ahp;
mod alpha;
mod bootstrap;
mod cases;
mod cliffs_delta;
mod consensus;
mod describe;
mod distributions;
mod document;
mod fleiss;
mod fpc;
mod friedman;
mod g1;
mod icc;
mod icc_groups;
mod krippendorff;
mod kruskal_wallis;
mod leadership;
mod mann_whitney;
mod nist;
mod paired;
mod recode;
mod scores;
mod share;
mod survey;
mod two_sample;
mod wilcoxon;
mod worked;

/// A file of the fixtures.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn framework(path: &Path) -> Framework {
    insieme::catalogue::load(path).unwrap().framework
}

fn answers(path: &Path, framework: &Framework) -> Vec<ProjectAnswers> {
    read_answers(File::open(path).unwrap(), "responses.csv", framework, Unknown::Refuse).unwrap().projects
}

fn roster(path: &Path, framework: &Framework) -> RosterFile {
    read_roster(File::open(path).unwrap(), "roster.csv", framework).unwrap()
}

fn profile(path: &Path, framework: &Framework) -> Profile {
    read_profile(&std::fs::read_to_string(path).unwrap(), "profile.toml", framework).unwrap()
}

fn json(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(fixture(name)).unwrap()).unwrap()
}

/// Scores the only project of a file.
fn scores(
    framework: &Framework,
    project: &ProjectAnswers,
    roster: &RosterFile,
    profile: &Profile,
    view: ScoreView,
) -> ProjectScores {
    let rosters: Vec<Roster> = project.waves.iter().map(|wave| roster.of("", wave.wave())).collect();
    let waves: Vec<_> =
        project.waves.iter().zip(&rosters).map(|(responses, roster)| WaveAnswers { responses, roster }).collect();
    score_project(framework, &waves, profile, view, Chance::default())
}

fn indicator<'a>(wave: &'a WaveScores, code: &str) -> &'a IndicatorScore {
    wave.indicators.iter().find(|indicator| indicator.indicator == code).unwrap()
}

fn group<'a>(wave: &'a WaveScores, code: &str, group: &str) -> &'a GroupScore {
    indicator(wave, code).groups.iter().find(|score| score.group == group).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("no number: {value}"))
}

fn interval(value: &Value) -> Interval {
    Interval { low: number(&value[0]), high: number(&value[1]) }
}

/// Closed forms agree to nine digits after the point.
const CLOSED: f64 = 1e-9;
/// What goes through a quantile agrees to six.
const QUANTILE: f64 = 1e-6;

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((found - expected).abs() <= tolerance, "{what}: found {found}, expected {expected}");
}

#[track_caller]
fn near_interval(found: Interval, expected: Interval, tolerance: f64, what: &str) {
    near(found.low, expected.low, tolerance, what);
    near(found.high, expected.high, tolerance, what);
}

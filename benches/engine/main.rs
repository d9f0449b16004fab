// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How long does the engine take when the answers are in memory: a usual project with all tests, its report on paper,
//! and drawing again?
//!
//! `cargo bench --bench engine` prints seconds, the least of several runs; `tests/load/bootstrap.py` puts the second one
//! beside `NumPy` in the same run.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on has nothing to say")]

mod report;

use std::path::Path;
use std::time::Instant;

use insieme::catalogue;
use insieme::domain::framework::Framework;
use insieme::domain::profile::{Profile, ScoreView};
use insieme::domain::response::{Response, Responses, Roster};
use insieme::scoring::{Chance, WaveAnswers, score_project};
use insieme::stats::resample::{Block, replicate};

const RUNS: usize = 5;

fn main() {
    let wanted = std::env::args().nth(1).filter(|argument| !argument.starts_with('-'));
    let is = |name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
    if is("project") {
        for groups in [8, 4] {
            println!("usual_project_{groups}_groups {:.4}", usual_project(groups));
        }
    }
    if is("report") {
        let framework = shipped();
        report::run(&framework, &answers(&framework, "T1", (1, 4)), &answers(&framework, "T2", (2, 4)));
    }
    if is("bootstrap") {
        println!("bootstrap {:.4}", bootstrap());
    }
}

/// The least of several runs, in seconds.
fn least(mut work: impl FnMut()) -> f64 {
    let run = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    (0..RUNS).map(run).fold(f64::INFINITY, f64::min)
}

/// 120 respondents, 75 items, 3 waves, every statistic of the document.
fn usual_project(groups: usize) -> f64 {
    let framework = shipped();
    let waves: Vec<Responses> =
        ["T0", "T1", "T2"].into_iter().zip(0..).map(|(wave, turn)| answers(&framework, wave, (turn, groups))).collect();
    let roster = Roster::new(vec![Some(40); framework.groups.len()]);
    let waves: Vec<_> = waves.iter().map(|responses| WaveAnswers { responses, roster: &roster }).collect();
    least(|| {
        let scores = score_project(&framework, &waves, &Profile::default(), ScoreView::Full, Chance::default());
        assert!(scores.waves.len() == 3 && !scores.changes.is_empty());
    })
}

fn shipped() -> Framework {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators/pratiche-collaborative/1.0.0");
    catalogue::load(&folder).expect("the shipped indicators").framework
}

fn answers(framework: &Framework, wave: &str, (turn, groups): (usize, usize)) -> Responses {
    let mut responses = Responses::new(framework, wave);
    for person in 0..120 {
        let group = person % groups;
        let code = framework.groups.get(group).map_or("", |group| group.code.as_str());
        let letter = |(place, (_, item)): (usize, (_, &insieme::domain::framework::Item))| {
            let points = framework.scale(&item.scale).map_or(&[][..], |scale| &scale.points);
            let drawn = (person * 31 + place * 17 + turn * 7 + person * place) % 103;
            match (item.addresses(code), drawn) {
                (false, _) => b'.',
                (true, 0..=2) => b'D',
                (true, drawn) => points
                    .get((drawn + person % 3) % points.len().max(1))
                    .map_or(b'-', |point| insieme::domain::answer::Answer::Point(*point).letter()),
            }
        };
        let letters: Vec<u8> = framework.items().enumerate().map(letter).collect();
        let name = person.to_string();
        let response = Response { group, answers: &letters, respondent: Some(&name), ..Response::default() };
        responses.push(response).expect("an answer that fits");
    }
    responses
}

/// 2,000 replicates of the means of 40 indicators in 4 groups of 2,500 respondents.
fn bootstrap() -> f64 {
    let score = |row: u32, column: u32| f64::from((row * 31 + column * 17 + row * column) % 13) * 100.0 / 12.0;
    let rows = |group: u32| -> Vec<Vec<Option<f64>>> {
        (0..2_500).map(|row| (0..40).map(|column| Some(score(group * 2_500 + row, column))).collect()).collect()
    };
    let blocks: Vec<Block> = (0..4).map(|group| Block::new(&rows(group), 1.0).expect("a block")).collect();
    least(|| {
        let first = |one: &insieme::stats::resample::Replicate| {
            one.means.first().and_then(|means| means.first().copied().flatten())
        };
        let means = replicate(&blocks, 2_000, 7, first).expect("replicates");
        assert_eq!(means.len(), 2_000);
    })
}

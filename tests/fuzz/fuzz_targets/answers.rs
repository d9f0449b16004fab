// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Whatever bytes an answer file holds, it is refused or scored in every view.

#![no_main]

use insieme::domain::profile::{Profile, ScoreView};
use insieme::domain::response::Roster;
use insieme::intake::{Unknown, read_answers};
use insieme::scoring::{ProjectAnswers, WaveAnswers, score_projects};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/g1/framework.toml");
    let Ok(catalogue) = insieme::catalogue::load(&path) else { return };
    let Ok(file) = read_answers(bytes, "a.csv", &catalogue.framework, Unknown::Ignore) else { return };
    let profile = Profile { bootstrap_draws: 100, permutations: 1000, ..Profile::default() };
    let roster = Roster::unknown();
    let projects: Vec<ProjectAnswers<'_>> = file
        .projects
        .iter()
        .map(|project| ProjectAnswers {
            programme: &project.programme,
            edition: &project.edition,
            project: &project.project,
            waves: project.waves.iter().map(|responses| WaveAnswers { responses, roster: &roster }).collect(),
        })
        .collect();
    for view in ScoreView::ALL {
        let _scores = score_projects(&catalogue.framework, &projects, &profile, view, 0);
    }
});

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Many responses to a closed wave of the demonstration, and how much memory a process took.

use std::fs;

use insieme::app::App;
use insieme::domain::answer::Answer;
use insieme::domain::framework::Framework;
use insieme::domain::invitation::StoredResponse;
use insieme::domain::response::Mode;
use insieme::domain::wave::{Wave, WaveState};
use insieme::store;
use uuid::Uuid;

/// Responses added at once.
const AT_ONCE: usize = 20_000;

/// The first closed wave of the demonstration.
pub fn closed(app: &App) -> Wave {
    let found = app.store.read_now(|db| {
        for body in store::organisations::all(db)? {
            for project in store::projects::of_organisation(db, body.id)? {
                let waves = store::waves::of_project(db, &project)?;
                if let Some(wave) = waves.into_iter().find(|wave| wave.state == WaveState::Closed) {
                    return Ok::<_, store::StoreError>(Some(wave));
                }
            }
        }
        Ok(None)
    });
    found.expect("a database").expect("the demonstration has a closed wave")
}

/// Adds so many responses of two groups, a few of whose answers are "don't know" or left out.
pub fn add(app: &App, wave: &Wave, framework: &Framework, count: usize) {
    let points: Vec<Vec<u8>> = framework
        .items()
        .map(|(_, item)| framework.scale(&item.scale).map_or_else(Vec::new, |scale| scale.points.clone()))
        .collect();
    for start in (0..count).step_by(AT_ONCE) {
        let some = start..count.min(start + AT_ONCE);
        let new: Vec<StoredResponse> = some.map(|row| response(wave, &points, row)).collect();
        app.store.write_now(move |db| store::responses::insert_all(db, &new)).expect("they are added");
    }
}

fn response(wave: &Wave, points: &[Vec<u8>], row: usize) -> StoredResponse {
    let letter = |(item, points): (usize, &Vec<u8>)| match (row * 31 + item * 17 + row * item) % 103 {
        0..=2 => 'D',
        3 => 'N',
        4 => '-',
        drawn => points.get(drawn % points.len().max(1)).map_or('-', |point| Answer::Point(*point).letter().into()),
    };
    let id = Uuid::new_v4();
    StoredResponse {
        organisation_id: wave.organisation_id,
        id,
        wave_id: wave.id,
        group: if row.is_multiple_of(2) { "ETS" } else { "PA" }.to_owned(),
        respondent: None,
        organisation: None,
        mode: Mode::Online,
        answers: points.iter().enumerate().map(letter).collect(),
        receipt_hash: id.simple().to_string(),
        submitted_on: wave.closes_on,
        revision: 1,
    }
}

/// The most memory this process had, in MiB; on Linux.
pub fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
}

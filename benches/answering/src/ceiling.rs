// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What could the database keep if there were no service in front of it?
//!
//! The same rows with the same statements and the same durability: for each step of as many respondents as answer at a
//! time, one transaction on SQLite, and one on each of four connections on PostgreSQL, that waits for the disk.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use insieme::app::secrets;
use insieme::domain::invitation::{Draft, Entry, Setting, Standing, StoredResponse};
use insieme::domain::response::Mode;
use insieme::store::{self, Db, Engine, StoreError};
use jiff::civil::Date;
use uuid::Uuid;

use crate::load::RESPONDENTS;
use crate::place::Place;

/// Connections of the service that write to PostgreSQL.
const POSTGRES_WRITERS: usize = 4;

static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// One respondent's rows, made beforehand.
#[derive(Clone)]
struct Rows {
    draft: Draft,
    token: String,
    receipt: String,
    response: StoredResponse,
}

/// A step that ends in a commit.
#[derive(Clone, Copy)]
enum Step {
    Start,
    Page(u32),
    Submission,
}

/// How many responses were written here since somebody last asked.
pub fn written() -> u64 {
    WRITTEN.swap(0, Ordering::Relaxed)
}

/// Full submissions a second.
pub fn submissions_a_second(place: &Place, duration: Duration) -> f64 {
    let writers = match place.engine {
        Engine::Sqlite => 1,
        Engine::Postgres => POSTGRES_WRITERS,
    };
    let (start, before) = (Instant::now(), WRITTEN.load(Ordering::Relaxed));
    thread::scope(|scope| {
        for _ in 0..writers {
            scope.spawn(|| {
                while start.elapsed() < duration {
                    submit(place, RESPONDENTS / writers);
                }
            });
        }
    });
    (WRITTEN.load(Ordering::Relaxed) - before) as f64 / start.elapsed().as_secs_f64()
}

/// As many respondents, step by step, each step of all of them in one commit.
fn submit(place: &Place, respondents: usize) {
    let today = place.app.clock.today();
    let answers = crate::journey::whole(&place.questionnaire);
    let rows: Vec<Rows> = (0..respondents).map(|_| rows(place, &answers, today)).collect();
    let pages = (1..=place.questionnaire.pages.len()).filter_map(|page| u32::try_from(page).ok());
    let steps = std::iter::once(Step::Start).chain(pages.map(Step::Page)).chain(std::iter::once(Step::Submission));
    for step in steps {
        let rows = rows.clone();
        let kept = place.app.store.write_now(move |db| rows.iter().try_for_each(|one| write(db, one, step)));
        kept.expect("the rows are kept");
    }
    WRITTEN.fetch_add(respondents as u64, Ordering::Relaxed);
}

fn write(db: &mut Db, rows: &Rows, step: Step) -> Result<(), StoreError> {
    match step {
        Step::Start => {
            store::drafts::insert(db, &rows.draft, &rows.receipt)?;
            store::drafts::open_session(db, &rows.draft, &rows.token)
        }
        Step::Page(page) => store::drafts::save(db, &rows.draft, &rows.response.answers, page).map(|_| ()),
        Step::Submission => {
            store::drafts::submit(db, &rows.draft, &rows.receipt)?;
            store::responses::insert(db, &rows.response)
        }
    }
}

fn rows(place: &Place, answers: &str, today: Date) -> Rows {
    let draft = Draft {
        organisation_id: place.wave.organisation_id,
        id: Uuid::new_v4(),
        wave_id: place.wave.id,
        group: crate::place::GROUP.to_owned(),
        invitation_id: None,
        respondent: None,
        answers: answers.to_owned(),
        receipt: None,
        setting: Setting::Own,
        organisation: None,
        entry: Entry::Open,
        reached: 0,
        standing: Standing::Open,
    };
    let response = StoredResponse {
        organisation_id: draft.organisation_id,
        id: Uuid::new_v4(),
        wave_id: draft.wave_id,
        group: draft.group.clone(),
        respondent: None,
        organisation: None,
        mode: Mode::Online,
        answers: answers.to_owned(),
        receipt_hash: secrets::hash(&secrets::token()),
        submitted_on: today,
        revision: 1,
    };
    Rows { draft, token: secrets::hash(&secrets::token()), receipt: secrets::hash(&secrets::token()), response }
}

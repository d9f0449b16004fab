// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What has been kept long enough: each statement takes one kind of thing away and says how much there was.

use diesel::prelude::*;
use jiff::Timestamp;
use jiff::civil::Date;

use super::schema::{
    action_sightings, batches, begun_sign_ins, committee_votes, decision_actions, decisions, drafts, frozen_weights,
    invitations, kept_forms, late_words, listed_people, measure_values, notices, outbox, paper_forms,
    participation_sheets, participations, project_groups, projects, renunciations, responses, roster_entries,
    sign_in_failures, staff_invitations, staff_links, staff_sessions, stakeholders, superseded_responses, wave_acts,
    waves, weighings, weight_votes, written_answers,
};
use super::schema::{contributions, guesses, reply_supports, wave_summaries};
use super::types::{Id, Instant};
use super::{Db, StoreError};
use crate::domain::phase::Phase;

/// The rows of a table of a wave or project that belong to it.
macro_rules! delete_inside {
    ($db:expr, $table:ident, $column:ident, $key:expr) => {
        diesel::delete($table::table.filter($table::organisation_id.eq($key.0)).filter($table::$column.eq($key.1)))
            .execute($db)?
    };
}

/// Links, sessions, forms and sign-ins of staff that ended before `now`, and failures that ended before `old`.
///
/// # Errors
/// If the database fails.
pub fn delete_ended_sign_ins(db: &mut Db, now: Timestamp, old: Timestamp) -> Result<usize, StoreError> {
    let now = Instant(now);
    let links = diesel::delete(staff_links::table.filter(staff_links::expires_at.lt(now))).execute(db)?;
    let sessions = diesel::delete(staff_sessions::table.filter(staff_sessions::expires_at.lt(now))).execute(db)?;
    let forms = diesel::delete(kept_forms::table.filter(kept_forms::expires_at.lt(now))).execute(db)?;
    let begun = diesel::delete(begun_sign_ins::table.filter(begun_sign_ins::expires_at.lt(now))).execute(db)?;
    let failures = sign_in_failures::table.filter(sign_in_failures::failed_at.lt(Instant(old)));
    Ok(links + sessions + forms + begun + diesel::delete(failures).execute(db)?)
}

/// Invitations of staff that ended before `old`, taken up or not.
///
/// # Errors
/// If the database fails.
pub fn delete_staff_invitations(db: &mut Db, old: Timestamp) -> Result<usize, StoreError> {
    let ended = staff_invitations::table.filter(staff_invitations::expires_at.lt(Instant(old)));
    Ok(diesel::delete(ended).execute(db)?)
}

/// Messages written before `old` that will not leave any more.
///
/// # Errors
/// If the database fails.
pub fn delete_messages(db: &mut Db, old: Timestamp, done: &[&str]) -> Result<usize, StoreError> {
    let over = outbox::table.filter(outbox::created_at.lt(Instant(old))).filter(outbox::state.eq_any(done));
    Ok(diesel::delete(over).execute(db)?)
}

/// The phases in which no answers are taken any more.
const AFTER_CLOSING: [Phase; 4] = [Phase::Closed, Phase::Restitution, Phase::Decisions, Phase::Concluded];

/// Codes and slips of waves that took their last answer before `old` and are concluded, or took it before `oldest`: until
/// a wave is concluded its codes open the space of those who take part.
///
/// # Errors
/// If the database fails.
pub fn delete_codes(db: &mut Db, old: Date, oldest: Date) -> Result<usize, StoreError> {
    let concluded = waves::state.eq(Phase::Concluded.code()).and(waves::closes_on.lt(old.to_string()));
    let closed: Vec<(Id, Id)> = waves::table
        .filter(waves::state.eq_any(AFTER_CLOSING.map(Phase::code)))
        .filter(concluded.or(waves::closes_on.lt(oldest.to_string())))
        .select((waves::organisation_id, waves::id))
        .load(db)?;
    let mut gone = 0;
    for (organisation, wave) in closed {
        let of_wave = invitations::table
            .filter(invitations::organisation_id.eq(organisation))
            .filter(invitations::wave_id.eq(wave));
        gone += diesel::delete(of_wave).execute(db)?;
    }
    Ok(gone)
}

/// The pseudonyms of people listed in projects whose waves were all closed and took their last answer before `old`.
///
/// # Errors
/// If the database fails.
pub fn forget_pseudonyms(db: &mut Db, old: Date) -> Result<usize, StoreError> {
    let joined: Vec<(Id, Id)> = listed_people::table
        .filter(listed_people::respondent.is_not_null())
        .select((listed_people::organisation_id, listed_people::project_id))
        .distinct()
        .load(db)?;
    let mut gone = 0;
    for (organisation, project) in joined {
        let going_on = waves::table
            .filter(waves::organisation_id.eq(organisation))
            .filter(waves::project_id.eq(project))
            .filter(waves::removed_at.is_null())
            .filter(waves::state.ne_all(AFTER_CLOSING.map(Phase::code)).or(waves::closes_on.ge(old.to_string())));
        if going_on.count().get_result::<i64>(db)? > 0 {
            continue;
        }
        let of_project = listed_people::table
            .filter(listed_people::organisation_id.eq(organisation))
            .filter(listed_people::project_id.eq(project))
            .filter(listed_people::respondent.is_not_null());
        gone += diesel::update(of_project).set(listed_people::respondent.eq(None::<String>)).execute(db)?;
    }
    Ok(gone)
}

/// What was written in people's own words in waves that were published before `old`.
///
/// # Errors
/// If the database fails.
pub fn delete_written(db: &mut Db, old: Date) -> Result<usize, StoreError> {
    let published: Vec<(Id, Id)> = waves::table
        .filter(waves::published_on.lt(old.to_string()))
        .select((waves::organisation_id, waves::id))
        .load(db)?;
    let mut gone = 0;
    for key in published {
        gone += delete_inside!(db, written_answers, wave_id, key);
    }
    Ok(gone)
}

/// People who were taken off a roster before `old`.
///
/// # Errors
/// If the database fails.
pub fn delete_unlisted(db: &mut Db, old: Timestamp) -> Result<usize, StoreError> {
    let unlisted = listed_people::table.filter(listed_people::removed_at.lt(Instant(old)));
    Ok(diesel::delete(unlisted).execute(db)?)
}

/// Waves and projects that were taken away before `old`, with everything in them.
///
/// # Errors
/// If the database fails.
pub fn empty_bin(db: &mut Db, old: Timestamp) -> Result<usize, StoreError> {
    let gone: Vec<(Id, Id)> = projects::table
        .filter(projects::removed_at.lt(Instant(old)))
        .select((projects::organisation_id, projects::id))
        .load(db)?;
    let mut of_waves: Vec<(Id, Id)> =
        waves::table.filter(waves::removed_at.lt(Instant(old))).select((waves::organisation_id, waves::id)).load(db)?;
    for (organisation, project) in &gone {
        let inside: Vec<(Id, Id)> = waves::table
            .filter(waves::organisation_id.eq(*organisation))
            .filter(waves::project_id.eq(*project))
            .select((waves::organisation_id, waves::id))
            .load(db)?;
        of_waves.extend(inside.into_iter().filter(|wave| !of_waves.contains(wave)).collect::<Vec<_>>());
    }
    let mut count = 0;
    for wave in of_waves {
        count += delete_wave(db, wave)?;
    }
    for project in gone {
        count += delete_project(db, project)?;
    }
    Ok(count)
}

fn delete_wave(db: &mut Db, key: (Id, Id)) -> Result<usize, StoreError> {
    delete_inside!(db, drafts, wave_id, key);
    delete_inside!(db, superseded_responses, wave_id, key);
    delete_inside!(db, written_answers, wave_id, key);
    delete_inside!(db, reply_supports, wave_id, key);
    delete_inside!(db, contributions, wave_id, key);
    delete_inside!(db, wave_summaries, wave_id, key);
    delete_inside!(db, guesses, wave_id, key);
    delete_inside!(db, weight_votes, wave_id, key);
    delete_inside!(db, frozen_weights, wave_id, key);
    delete_inside!(db, weighings, wave_id, key);
    delete_inside!(db, participation_sheets, wave_id, key);
    delete_inside!(db, responses, wave_id, key);
    delete_inside!(db, paper_forms, wave_id, key);
    delete_inside!(db, batches, wave_id, key);
    delete_inside!(db, notices, wave_id, key);
    delete_inside!(db, invitations, wave_id, key);
    delete_inside!(db, roster_entries, wave_id, key);
    delete_inside!(db, wave_acts, wave_id, key);
    delete_inside!(db, action_sightings, wave_id, key);
    delete_inside!(db, decision_actions, wave_id, key);
    delete_inside!(db, decisions, wave_id, key);
    delete_inside!(db, participations, wave_id, key);
    delete_inside!(db, late_words, wave_id, key);
    delete_inside!(db, committee_votes, wave_id, key);
    delete_inside!(db, renunciations, wave_id, key);
    Ok(delete_inside!(db, waves, id, key))
}

fn delete_project(db: &mut Db, key: (Id, Id)) -> Result<usize, StoreError> {
    delete_inside!(db, measure_values, project_id, key);
    delete_inside!(db, project_groups, project_id, key);
    delete_inside!(db, stakeholders, project_id, key);
    delete_inside!(db, listed_people, project_id, key);
    Ok(delete_inside!(db, projects, id, key))
}

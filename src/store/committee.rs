// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Votes of the committee's seats, and groups that give up proposing.

use diesel::prelude::*;
use jiff::Timestamp;

use super::engine::each_engine;
use super::schema::{committee_votes, renunciations};
use super::types::{Id, Instant};
use super::{Db, StoreError};
use crate::domain::committee::{Choice, Renunciation, Vote};
use crate::domain::wave::Wave;

/// Writes down what the seat of a group says to a question, in the place of what it said before.
///
/// # Errors
/// If the database fails.
pub fn cast(db: &mut Db, wave: &Wave, question: &str, vote: &Vote) -> Result<(), StoreError> {
    use committee_votes::dsl;
    let said = (
        dsl::choice.eq(vote.choice.code()),
        dsl::words.eq(&vote.words),
        dsl::actor.eq(&vote.actor),
        dsl::cast_at.eq(Instant(vote.cast_at)),
    );
    let row = (
        dsl::organisation_id.eq(Id(wave.organisation_id)),
        dsl::wave_id.eq(Id(wave.id)),
        dsl::question.eq(question),
        dsl::group_code.eq(&vote.group),
        said,
    );
    let same = (dsl::organisation_id, dsl::wave_id, dsl::question, dsl::group_code);
    each_engine!(db, c => diesel::insert_into(dsl::committee_votes)
        .values(row)
        .on_conflict(same)
        .do_update()
        .set(said)
        .execute(c))?;
    Ok(())
}

/// What the seats said to a question of a wave, by group.
///
/// # Errors
/// If the database fails.
pub fn votes(db: &mut Db, wave: &Wave, question: &str) -> Result<Vec<Vote>, StoreError> {
    let rows: Vec<(String, String, String, String, Instant)> = committee_votes::table
        .filter(committee_votes::organisation_id.eq(Id(wave.organisation_id)))
        .filter(committee_votes::wave_id.eq(Id(wave.id)))
        .filter(committee_votes::question.eq(question))
        .select((
            committee_votes::group_code,
            committee_votes::choice,
            committee_votes::words,
            committee_votes::actor,
            committee_votes::cast_at,
        ))
        .order(committee_votes::group_code)
        .load(db)?;
    rows.into_iter()
        .map(|(group, choice, words, actor, cast_at)| {
            let corrupt = StoreError::Corrupt { table: "committee_votes", column: "choice" };
            Ok(Vote { group, choice: Choice::from_code(&choice).ok_or(corrupt)?, words, actor, cast_at: cast_at.0 })
        })
        .collect()
}

/// Writes down that a group gives up proposing, with why.
///
/// # Errors
/// If the database fails.
pub fn renounce(db: &mut Db, wave: &Wave, renunciation: &Renunciation) -> Result<(), StoreError> {
    use renunciations::dsl;
    let row = (
        dsl::organisation_id.eq(Id(wave.organisation_id)),
        dsl::wave_id.eq(Id(wave.id)),
        dsl::group_code.eq(&renunciation.group),
        dsl::reason.eq(&renunciation.reason),
        dsl::actor.eq(&renunciation.actor),
        dsl::done_at.eq(Instant(renunciation.done_at)),
    );
    each_engine!(db, c => diesel::insert_into(dsl::renunciations).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// The groups that gave up proposing in a wave.
///
/// # Errors
/// If the database fails.
pub fn renounced(db: &mut Db, wave: &Wave) -> Result<Vec<Renunciation>, StoreError> {
    let rows: Vec<(String, String, String, Instant)> = renunciations::table
        .filter(renunciations::organisation_id.eq(Id(wave.organisation_id)))
        .filter(renunciations::wave_id.eq(Id(wave.id)))
        .select((renunciations::group_code, renunciations::reason, renunciations::actor, renunciations::done_at))
        .order(renunciations::group_code)
        .load(db)?;
    let renunciation = |(group, reason, actor, at): (String, String, String, Instant)| {
        let done_at: Timestamp = at.0;
        Renunciation { group, reason, actor, done_at }
    };
    Ok(rows.into_iter().map(renunciation).collect())
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who took part in what, each voice once; and words that came too late.

use diesel::prelude::*;
use uuid::Uuid;

use super::engine::each_engine;
use super::schema::{late_words, participations};
use super::types::{Id, day};
use super::{Db, StoreError};
use crate::domain::participant::{Activity, LateWords, Participant};
use crate::domain::wave::Wave;

/// Notes that a voice took part in something; again, nothing changes.
///
/// # Errors
/// If the database fails.
pub fn took_part(db: &mut Db, participant: &Participant, activity: Activity) -> Result<(), StoreError> {
    use participations::dsl;
    let row = (
        dsl::organisation_id.eq(Id(participant.organisation_id)),
        dsl::wave_id.eq(Id(participant.wave_id)),
        dsl::activity.eq(activity.code()),
        dsl::participant_key.eq(&participant.key),
        dsl::group_code.eq(&participant.group),
    );
    each_engine!(db, c => diesel::insert_into(dsl::participations).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// What a voice took part in.
///
/// # Errors
/// If the database fails.
pub fn activities_of(db: &mut Db, participant: &Participant) -> Result<Vec<Activity>, StoreError> {
    let found: Vec<String> = participations::table
        .filter(participations::organisation_id.eq(Id(participant.organisation_id)))
        .filter(participations::wave_id.eq(Id(participant.wave_id)))
        .filter(participations::participant_key.eq(&participant.key))
        .select(participations::activity)
        .load(db)?;
    Ok(found.iter().filter_map(|code| Activity::from_code(code)).collect())
}

/// How many voices of each group took part in each activity of a wave.
///
/// # Errors
/// If the database fails.
pub fn counts(db: &mut Db, wave: &Wave) -> Result<Vec<(Activity, String, u32)>, StoreError> {
    let rows: Vec<(String, String, i64)> = participations::table
        .filter(participations::organisation_id.eq(Id(wave.organisation_id)))
        .filter(participations::wave_id.eq(Id(wave.id)))
        .group_by((participations::activity, participations::group_code))
        .select((participations::activity, participations::group_code, diesel::dsl::count_star()))
        .order((participations::activity, participations::group_code))
        .load(db)?;
    rows.into_iter()
        .map(|(activity, group, count)| {
            let corrupt = StoreError::Corrupt { table: "participations", column: "activity" };
            let activity = Activity::from_code(&activity).ok_or(corrupt)?;
            Ok((activity, group, u32::try_from(count).unwrap_or(u32::MAX)))
        })
        .collect()
}

/// Keeps words that came too late.
///
/// # Errors
/// If the database fails.
pub fn keep_late(db: &mut Db, participant: &Participant, id: Uuid, words: &LateWords) -> Result<(), StoreError> {
    use late_words::dsl;
    diesel::insert_into(dsl::late_words)
        .values((
            dsl::organisation_id.eq(Id(participant.organisation_id)),
            dsl::id.eq(Id(id)),
            dsl::wave_id.eq(Id(participant.wave_id)),
            dsl::activity.eq(words.activity.code()),
            dsl::group_code.eq(&words.group),
            dsl::said.eq(&words.said),
            dsl::came_on.eq(words.came_on.to_string()),
        ))
        .execute(db)?;
    Ok(())
}

/// The words of a wave that came too late, by day.
///
/// # Errors
/// If the database fails.
pub fn late(db: &mut Db, wave: &Wave) -> Result<Vec<LateWords>, StoreError> {
    let rows: Vec<(String, String, String, String)> = late_words::table
        .filter(late_words::organisation_id.eq(Id(wave.organisation_id)))
        .filter(late_words::wave_id.eq(Id(wave.id)))
        .select((late_words::activity, late_words::group_code, late_words::said, late_words::came_on))
        .order((late_words::came_on, late_words::id))
        .load(db)?;
    rows.into_iter()
        .map(|(activity, group, said, came_on)| {
            let corrupt = StoreError::Corrupt { table: "late_words", column: "activity" };
            let activity = Activity::from_code(&activity).ok_or(corrupt)?;
            Ok(LateWords { activity, group, said, came_on: day(&came_on, "late_words", "came_on")? })
        })
        .collect()
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Waves and who is listed in each.

use diesel::prelude::*;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::engine::each_engine;
use super::schema::{roster_entries, waves};
use super::types::{Id, Instant, Json, day, document, from_document};
use super::{Db, Saved, StoreError};
use crate::domain::phase::Phase;
use crate::domain::programme::Project;
use crate::domain::wave::{Asking, Collection, RosterEntry, Wave};

const TABLE: &str = "waves";

type Row = (
    Id,
    Id,
    Id,
    String,
    String,
    String,
    String,
    String,
    String,
    Json,
    String,
    String,
    Option<String>,
    i32,
    Option<Instant>,
    Option<String>,
    String,
);

/// Adds a wave with its roster.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, wave: &Wave, roster: &[RosterEntry]) -> Result<(), StoreError> {
    use waves::dsl;
    diesel::insert_into(dsl::waves)
        .values((
            dsl::organisation_id.eq(Id(wave.organisation_id)),
            dsl::id.eq(Id(wave.id)),
            dsl::project_id.eq(Id(wave.project_id)),
            dsl::code.eq(&wave.code),
            dsl::wave_type.eq(&wave.wave_type),
            dsl::state.eq(wave.phase.code()),
            dsl::framework_sha256.eq(&wave.framework_sha256),
            dsl::level.eq(document(&wave.level).0.as_str().unwrap_or_default()),
            dsl::collection.eq(wave.collection.code()),
            dsl::purpose.eq(document(&wave.purpose)),
            dsl::opens_on.eq(wave.opens_on.to_string()),
            dsl::closes_on.eq(wave.closes_on.to_string()),
            dsl::published_on.eq(wave.published_on.map(|date| date.to_string())),
            dsl::embargo_until.eq(wave.embargo_until.map(|date| date.to_string())),
            dsl::refusal.eq(&wave.refusal),
            dsl::revision.eq(wave.revision),
        ))
        .execute(db)?;
    for entry in roster {
        insert_roster_entry(db, wave, entry)?;
    }
    Ok(())
}

fn insert_roster_entry(db: &mut Db, wave: &Wave, entry: &RosterEntry) -> Result<(), StoreError> {
    use roster_entries::dsl;
    diesel::insert_into(dsl::roster_entries)
        .values((
            dsl::organisation_id.eq(Id(wave.organisation_id)),
            dsl::wave_id.eq(Id(wave.id)),
            dsl::group_code.eq(&entry.group),
            dsl::listed.eq(entry.listed.and_then(|listed| i32::try_from(listed).ok())),
        ))
        .execute(db)?;
    Ok(())
}

/// A wave of a body.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<Option<Wave>, StoreError> {
    let query = waves::table.find((Id(organisation), Id(id))).filter(waves::removed_at.is_null());
    let row: Option<Row> = each_engine!(db, c => query.get_result(c).optional())?;
    row.map(wave).transpose()
}

/// The waves of a project, by first day.
///
/// # Errors
/// If the database fails.
pub fn of_project(db: &mut Db, project: &Project) -> Result<Vec<Wave>, StoreError> {
    let rows: Vec<Row> = waves::table
        .filter(waves::organisation_id.eq(Id(project.organisation_id)))
        .filter(waves::project_id.eq(Id(project.id)))
        .filter(waves::removed_at.is_null())
        .order((waves::opens_on, waves::code))
        .load(db)?;
    rows.into_iter().map(wave).collect()
}

/// Who is listed at a wave.
///
/// # Errors
/// If the database fails.
pub fn roster(db: &mut Db, wave: &Wave) -> Result<Vec<RosterEntry>, StoreError> {
    let rows: Vec<(String, Option<i32>)> = roster_entries::table
        .filter(roster_entries::organisation_id.eq(Id(wave.organisation_id)))
        .filter(roster_entries::wave_id.eq(Id(wave.id)))
        .select((roster_entries::group_code, roster_entries::listed))
        .order(roster_entries::group_code)
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|(group, listed)| RosterEntry { group, listed: listed.and_then(|listed| u32::try_from(listed).ok()) })
        .collect())
}

/// Moves a wave from one phase to another. `false` if it was not in the phase it should leave.
///
/// # Errors
/// If the database fails.
pub fn advance(db: &mut Db, wave: &Wave, from: Phase, to: Phase) -> Result<bool, StoreError> {
    let this = waves::table.find((Id(wave.organisation_id), Id(wave.id))).filter(waves::state.eq(from.code()));
    Ok(diesel::update(this).set(waves::state.eq(to.code())).execute(db)? == 1)
}

/// Gives the results of a closed wave back to those who took part. `false` if that was done before.
///
/// # Errors
/// If the database fails.
pub fn give_back(db: &mut Db, wave: &Wave, embargo_until: Date) -> Result<bool, StoreError> {
    let closed =
        waves::table.find((Id(wave.organisation_id), Id(wave.id))).filter(waves::state.eq(Phase::Closed.code()));
    let given = (waves::state.eq(Phase::Restitution.code()), waves::embargo_until.eq(embargo_until.to_string()));
    Ok(diesel::update(closed).set(given).execute(db)? == 1)
}

/// Publishes the results of a wave that were given back. `false` if they were not, or were published before.
///
/// # Errors
/// If the database fails.
pub fn publish(db: &mut Db, wave: &Wave, today: Date) -> Result<bool, StoreError> {
    let given_back = waves::table
        .find((Id(wave.organisation_id), Id(wave.id)))
        .filter(waves::state.eq(Phase::Restitution.code()))
        .filter(waves::published_on.is_null());
    let published = (waves::state.eq(Phase::Decisions.code()), waves::published_on.eq(today.to_string()));
    Ok(diesel::update(given_back).set(published).execute(db)? == 1)
}

/// Writes down why the results of a wave are not given back in public. `false` if they were not given back to those who
/// took part, or it was decided before.
///
/// # Errors
/// If the database fails.
pub fn refuse(db: &mut Db, wave: &Wave, reason: &str) -> Result<bool, StoreError> {
    let given_back = waves::table
        .find((Id(wave.organisation_id), Id(wave.id)))
        .filter(waves::state.eq(Phase::Restitution.code()))
        .filter(waves::published_on.is_null());
    let refused = (waves::state.eq(Phase::Decisions.code()), waves::refusal.eq(reason));
    Ok(diesel::update(given_back).set(refused).execute(db)? == 1)
}

/// Waves of any body whose embargo was over before a day, and whose results are still only for those who took part.
///
/// # Errors
/// If the database fails.
pub fn under_embargo_before(db: &mut Db, day: Date) -> Result<Vec<Wave>, StoreError> {
    let rows: Vec<Row> = waves::table
        .filter(waves::state.eq(Phase::Restitution.code()))
        .filter(waves::embargo_until.lt(day.to_string()))
        .filter(waves::removed_at.is_null())
        .load(db)?;
    rows.into_iter().map(wave).collect()
}

/// Changes the plan of a drafted wave, unless somebody else did since its revision was read, or it was opened.
///
/// # Errors
/// If the database fails.
pub fn update(db: &mut Db, wave: &Wave) -> Result<Saved, StoreError> {
    use waves::dsl;
    let unchanged = dsl::waves
        .find((Id(wave.organisation_id), Id(wave.id)))
        .filter(dsl::revision.eq(wave.revision))
        .filter(dsl::state.eq_any(Phase::ALL.into_iter().filter(|phase| phase.is_preparing()).map(Phase::code)))
        .filter(dsl::removed_at.is_null());
    let saved = diesel::update(unchanged)
        .set((
            dsl::code.eq(&wave.code),
            dsl::wave_type.eq(&wave.wave_type),
            dsl::framework_sha256.eq(&wave.framework_sha256),
            dsl::level.eq(document(&wave.level).0.as_str().unwrap_or_default()),
            dsl::collection.eq(wave.collection.code()),
            dsl::purpose.eq(document(&wave.purpose)),
            dsl::opens_on.eq(wave.opens_on.to_string()),
            dsl::closes_on.eq(wave.closes_on.to_string()),
            dsl::revision.eq(wave.revision + 1),
        ))
        .execute(db)?;
    Ok(Saved::of(saved))
}

/// Has a wave ask another framework version, while its indicators are being defined. `false` if they are not.
///
/// # Errors
/// If the database fails.
pub fn set_framework(db: &mut Db, wave: &Wave, sha256: &str) -> Result<bool, StoreError> {
    use waves::dsl;
    let defining = dsl::waves
        .find((Id(wave.organisation_id), Id(wave.id)))
        .filter(dsl::state.eq(Phase::Definition.code()))
        .filter(dsl::revision.eq(wave.revision));
    let changed = diesel::update(defining)
        .set((dsl::framework_sha256.eq(sha256), dsl::revision.eq(wave.revision + 1)))
        .execute(db)?;
    Ok(changed == 1)
}

/// Writes down who is listed as a wave opens: from now on this is its N.
///
/// # Errors
/// If the database fails.
pub fn set_roster(db: &mut Db, wave: &Wave, roster: &[RosterEntry]) -> Result<(), StoreError> {
    let of_wave = roster_entries::table
        .filter(roster_entries::organisation_id.eq(Id(wave.organisation_id)))
        .filter(roster_entries::wave_id.eq(Id(wave.id)));
    diesel::delete(of_wave).execute(db)?;
    roster.iter().try_for_each(|entry| insert_roster_entry(db, wave, entry))
}

/// Takes a wave away, or with `None` brings it back.
///
/// # Errors
/// If the database fails.
pub fn set_removed(db: &mut Db, organisation: Uuid, id: Uuid, at: Option<Timestamp>) -> Result<Saved, StoreError> {
    let this = waves::table.find((Id(organisation), Id(id)));
    Ok(Saved::of(diesel::update(this).set(waves::removed_at.eq(at.map(Instant))).execute(db)?))
}

/// Waves that were taken away and can be brought back, with when.
///
/// # Errors
/// If the database fails.
pub fn removed(db: &mut Db, organisation: Uuid) -> Result<Vec<(Wave, Timestamp)>, StoreError> {
    let rows: Vec<Row> = waves::table
        .filter(waves::organisation_id.eq(Id(organisation)))
        .filter(waves::removed_at.is_not_null())
        .order(waves::id)
        .load(db)?;
    rows.into_iter()
        .filter_map(|row| row.14.map(|at| (row, at.0)))
        .map(|(row, at)| wave(row).map(|wave| (wave, at)))
        .collect()
}

/// What is read of a wave beside an answer in the making.
pub(super) type AskingRow = (String, String, String, String, String, String);

/// The columns of [`AskingRow`].
macro_rules! asking_columns {
    () => {
        (waves::framework_sha256, waves::wave_type, waves::level, waves::state, waves::opens_on, waves::closes_on)
    };
}
pub(super) use asking_columns;

pub(super) fn asking(row: AskingRow) -> Result<Asking, StoreError> {
    let (framework_sha256, wave_type, level, state, opens_on, closes_on) = row;
    Ok(Asking {
        framework_sha256,
        wave_type,
        level: from_document(Json(level.into()), TABLE, "level")?,
        state: phase(&state)?.state(),
        opens_on: day(&opens_on, TABLE, "opens_on")?,
        closes_on: day(&closes_on, TABLE, "closes_on")?,
    })
}

fn phase(code: &str) -> Result<Phase, StoreError> {
    Phase::from_code(code).ok_or(StoreError::Corrupt { table: TABLE, column: "state" })
}

fn wave(row: Row) -> Result<Wave, StoreError> {
    let (
        organisation_id,
        id,
        project_id,
        code,
        wave_type,
        state,
        framework_sha256,
        level,
        collection,
        purpose,
        opens_on,
        closes_on,
        published_on,
        revision,
        _,
        embargo_until,
        refusal,
    ) = row;
    let phase = phase(&state)?;
    Ok(Wave {
        organisation_id: organisation_id.0,
        id: id.0,
        project_id: project_id.0,
        code,
        wave_type,
        state: phase.state(),
        phase,
        framework_sha256,
        level: from_document(Json(level.into()), TABLE, "level")?,
        collection: Collection::from_code(&collection)
            .ok_or(StoreError::Corrupt { table: TABLE, column: "collection" })?,
        purpose: from_document(purpose, TABLE, "purpose")?,
        opens_on: day(&opens_on, TABLE, "opens_on")?,
        closes_on: day(&closes_on, TABLE, "closes_on")?,
        published_on: published_on.map(|text| day(&text, TABLE, "published_on")).transpose()?,
        embargo_until: embargo_until.map(|text| day(&text, TABLE, "embargo_until")).transpose()?,
        refusal,
        revision,
    })
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Responses: what counts of each, and what it said before it was corrected.

use diesel::prelude::*;
use jiff::civil::Date;
use uuid::Uuid;

use super::engine::each_engine;
use super::schema::{responses, superseded_responses};
use super::types::{Id, Key, day};
use super::{Db, Saved, StoreError};
use crate::domain::invitation::StoredResponse;
use crate::domain::response::Mode;
use crate::domain::wave::Wave;

type Row = (Id, Id, Id, String, Option<String>, Option<String>, String, String, String, String, i32);

/// Rows in one statement: eleven parameters each stay well below what either engine takes.
const CHUNK: usize = 500;
/// Responses read at once: what reading any number of them needs of memory.
const AT_ONCE: i64 = 5_000;

/// A response on its way into the table.
#[derive(Insertable)]
#[diesel(table_name = responses)]
struct New<'a> {
    organisation_id: Id,
    id: Id,
    wave_id: Id,
    group_code: &'a str,
    respondent: Option<&'a str>,
    respondent_organisation: Option<&'a str>,
    mode: &'a str,
    answers: &'a str,
    receipt_hash: &'a str,
    submitted_on: String,
    revision: i32,
}

/// Adds one response: the statement is prepared once, which one with any number of rows cannot be.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, new: &StoredResponse) -> Result<(), StoreError> {
    each_engine!(db, c => diesel::insert_into(responses::table).values(New::of(new)).execute(c))?;
    Ok(())
}

/// Adds many responses.
///
/// # Errors
/// If the database fails.
pub fn insert_all(db: &mut Db, new: &[StoredResponse]) -> Result<(), StoreError> {
    for chunk in new.chunks(CHUNK) {
        let rows: Vec<New<'_>> = chunk.iter().map(New::of).collect();
        each_engine!(db, c => diesel::insert_into(responses::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Every response of a wave at once, group by group, in an order that says nothing about when they came.
///
/// # Errors
/// If the database fails.
pub fn of_wave(db: &mut Db, wave: &Wave) -> Result<Vec<StoredResponse>, StoreError> {
    let rows: Vec<Row> = responses::table
        .filter(responses::organisation_id.eq(Id(wave.organisation_id)))
        .filter(responses::wave_id.eq(Id(wave.id)))
        // The order of an index: by identity alone, SQLite reads all waves of the body to save itself the sorting.
        .order((responses::group_code, responses::id))
        .load(db)?;
    rows.into_iter().map(response).collect()
}

/// Hands on every response of a group in a wave, a stretch at a time, so that any number of them needs little memory; in
/// an order that says nothing about when they came.
///
/// # Errors
/// If the database fails, or what takes them does.
pub fn each_of_group<E: From<StoreError>>(
    db: &mut Db,
    (wave, group): (&Wave, &str),
    mut each: impl FnMut(StoredResponse) -> Result<(), E>,
) -> Result<(), E> {
    let mut last = None;
    loop {
        let some = after(db, (wave, group), last)?;
        let Some(end) = some.last() else { return Ok(()) };
        last = Some(end.id);
        some.into_iter().try_for_each(&mut each)?;
    }
}

/// The next responses of a group in a wave: those behind one, or the first.
fn after(db: &mut Db, (wave, group): (&Wave, &str), one: Option<Uuid>) -> Result<Vec<StoredResponse>, StoreError> {
    let rows: Vec<Row> = responses::table
        .filter(responses::organisation_id.eq(Id(wave.organisation_id)))
        .filter(responses::wave_id.eq(Id(wave.id)))
        .filter(responses::group_code.eq(group))
        .filter(responses::id.gt(Id(one.unwrap_or_default())))
        .order(responses::id)
        .limit(AT_ONCE)
        .load(db)?;
    rows.into_iter().map(response).collect()
}

/// The response of a wave whose receipt code has this hash.
///
/// # Errors
/// If the database fails.
pub fn by_receipt(
    db: &mut Db,
    (organisation, wave): (Uuid, Uuid),
    receipt_hash: &str,
) -> Result<Option<StoredResponse>, StoreError> {
    let row: Option<Row> = responses::table
        .filter(responses::organisation_id.eq(Id(organisation)))
        .filter(responses::wave_id.eq(Id(wave)))
        .filter(responses::receipt_hash.eq(receipt_hash))
        .get_result(db)
        .optional()?;
    row.map(response).transpose()
}

/// Puts other answers in the place of a response's, and keeps the earlier ones as what they were. Outdated if it was
/// corrected or erased in the meantime.
///
/// # Errors
/// If the database fails.
pub fn revise(db: &mut Db, response: &StoredResponse, answers: &str) -> Result<Saved, StoreError> {
    use superseded_responses::dsl;
    let unrevised = responses::table
        .find((Id(response.organisation_id), Id(response.id)))
        .filter(responses::revision.eq(response.revision));
    let revised = (responses::answers.eq(answers), responses::revision.eq(response.revision + 1));
    let saved = Saved::of(diesel::update(unrevised).set(revised).execute(db)?);
    if saved == Saved::Yes {
        diesel::insert_into(dsl::superseded_responses)
            .values((
                dsl::organisation_id.eq(Id(response.organisation_id)),
                dsl::wave_id.eq(Id(response.wave_id)),
                dsl::receipt_hash.eq(&response.receipt_hash),
                dsl::revision.eq(response.revision),
                dsl::answers.eq(&response.answers),
            ))
            .execute(db)?;
    }
    Ok(saved)
}

/// Forgets in which order the responses of a wave, and what was written with them, came: the database keeps rows in the
/// order in which they were added, and from now on in one that says nothing.
///
/// # Errors
/// If the database fails.
pub fn forget_order(db: &mut Db, wave: &Wave) -> Result<usize, StoreError> {
    let (organisation, id) = (Id(wave.organisation_id), Id(wave.id));
    let mut moved = 0;
    for table in ["responses", "written_answers"] {
        moved += match db {
            Db::Sqlite(connection) => {
                let query = format!("UPDATE {table} SET rowid = random() WHERE organisation_id = ? AND wave_id = ?");
                let query = diesel::sql_query(query).bind::<Key, _>(organisation).bind::<Key, _>(id);
                query.execute(connection)?
            }
            Db::Postgres(connection) => {
                let query = format!(
                    "WITH taken AS (DELETE FROM {table} WHERE organisation_id = $1 AND wave_id = $2 RETURNING *) \
                     INSERT INTO {table} SELECT * FROM taken ORDER BY id"
                );
                let query = diesel::sql_query(query).bind::<Key, _>(organisation).bind::<Key, _>(id);
                query.execute(connection)?
            }
        };
    }
    Ok(moved)
}

/// Deletes a response with everything it said before. Outdated if it is gone already.
///
/// # Errors
/// If the database fails.
pub fn erase(db: &mut Db, response: &StoredResponse) -> Result<Saved, StoreError> {
    use superseded_responses::dsl;
    let earlier = dsl::superseded_responses
        .filter(dsl::organisation_id.eq(Id(response.organisation_id)))
        .filter(dsl::wave_id.eq(Id(response.wave_id)))
        .filter(dsl::receipt_hash.eq(&response.receipt_hash));
    diesel::delete(earlier).execute(db)?;
    let this = responses::table.find((Id(response.organisation_id), Id(response.id)));
    Ok(Saved::of(diesel::delete(this).execute(db)?))
}

/// How many responses of a wave came from each group in each way on each day, as (group, mode, day, how many).
///
/// # Errors
/// If the database fails.
pub fn count_by_day(db: &mut Db, wave: &Wave) -> Result<Vec<(String, Mode, Date, u32)>, StoreError> {
    let rows: Vec<(String, String, String, i64)> = responses::table
        .filter(responses::organisation_id.eq(Id(wave.organisation_id)))
        .filter(responses::wave_id.eq(Id(wave.id)))
        .group_by((responses::group_code, responses::mode, responses::submitted_on))
        .select((responses::group_code, responses::mode, responses::submitted_on, diesel::dsl::count_star()))
        .load(db)?;
    let read = |(group, mode, on, count): (String, String, String, i64)| {
        let corrupt = StoreError::Corrupt { table: "responses", column: "mode" };
        let mode = Mode::from_code(&mode).ok_or(corrupt)?;
        let on = day(&on, "responses", "submitted_on")?;
        Ok((group, mode, on, u32::try_from(count).unwrap_or(u32::MAX)))
    };
    rows.into_iter().map(read).collect()
}

/// How many responses of a group in a wave came in one way.
///
/// # Errors
/// If the database fails.
pub fn count_by_mode(db: &mut Db, (wave, group): (&Wave, &str), mode: Mode) -> Result<u32, StoreError> {
    let counted: i64 = responses::table
        .filter(responses::organisation_id.eq(Id(wave.organisation_id)))
        .filter(responses::wave_id.eq(Id(wave.id)))
        .filter(responses::group_code.eq(group))
        .filter(responses::mode.eq(mode.code()))
        .count()
        .get_result(db)?;
    Ok(u32::try_from(counted).unwrap_or(u32::MAX))
}

/// How many responses of a wave came from each group, as (group, how many).
///
/// # Errors
/// If the database fails.
pub fn count_by_group(db: &mut Db, wave: &Wave) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(responses::table
        .filter(responses::organisation_id.eq(Id(wave.organisation_id)))
        .filter(responses::wave_id.eq(Id(wave.id)))
        .group_by(responses::group_code)
        .select((responses::group_code, diesel::dsl::count_star()))
        .load(db)?)
}

impl<'a> New<'a> {
    fn of(response: &'a StoredResponse) -> Self {
        Self {
            organisation_id: Id(response.organisation_id),
            id: Id(response.id),
            wave_id: Id(response.wave_id),
            group_code: &response.group,
            respondent: response.respondent.as_deref(),
            respondent_organisation: response.organisation.as_deref(),
            mode: response.mode.code(),
            answers: &response.answers,
            receipt_hash: &response.receipt_hash,
            submitted_on: response.submitted_on.to_string(),
            revision: response.revision,
        }
    }
}

fn response(row: Row) -> Result<StoredResponse, StoreError> {
    const TABLE: &str = "responses";
    let (
        organisation_id,
        id,
        wave_id,
        group,
        respondent,
        organisation,
        mode,
        answers,
        receipt_hash,
        submitted_on,
        revision,
    ) = row;
    Ok(StoredResponse {
        organisation_id: organisation_id.0,
        id: id.0,
        wave_id: wave_id.0,
        group,
        respondent,
        organisation,
        mode: Mode::from_code(&mode).ok_or(StoreError::Corrupt { table: TABLE, column: "mode" })?,
        answers,
        receipt_hash,
        submitted_on: day(&submitted_on, TABLE, "submitted_on")?,
        revision,
    })
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Responses: added once, never changed.

use diesel::prelude::*;

use super::engine::each_engine;
use super::schema::responses;
use super::types::{Id, day};
use super::{Db, StoreError};
use crate::domain::invitation::StoredResponse;
use crate::domain::response::Mode;
use crate::domain::wave::Wave;

type Row = (Id, Id, Id, String, Option<String>, Option<String>, String, String, String, String, i32);

/// Rows in one statement: eleven parameters each stay well below what either engine takes.
const CHUNK: usize = 500;

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
    diesel::insert_into(responses::table).values(New::of(new)).execute(db)?;
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

/// Every response of a wave, in an order that says nothing about when they came.
///
/// # Errors
/// If the database fails.
pub fn of_wave(db: &mut Db, wave: &Wave) -> Result<Vec<StoredResponse>, StoreError> {
    let rows: Vec<Row> = responses::table
        .filter(responses::organisation_id.eq(Id(wave.organisation_id)))
        .filter(responses::wave_id.eq(Id(wave.id)))
        .order(responses::id)
        .load(db)?;
    rows.into_iter().map(response).collect()
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
            revision: 1,
        }
    }
}

fn response(row: Row) -> Result<StoredResponse, StoreError> {
    const TABLE: &str = "responses";
    let (organisation_id, id, wave_id, group, respondent, organisation, mode, answers, receipt_hash, submitted_on, _) =
        row;
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
    })
}

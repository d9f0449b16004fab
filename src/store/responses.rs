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

/// Adds responses.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, new: &[StoredResponse]) -> Result<(), StoreError> {
    use responses::dsl;
    for chunk in new.chunks(CHUNK) {
        let rows: Vec<_> = chunk
            .iter()
            .map(|response| {
                (
                    dsl::organisation_id.eq(Id(response.organisation_id)),
                    dsl::id.eq(Id(response.id)),
                    dsl::wave_id.eq(Id(response.wave_id)),
                    dsl::group_code.eq(&response.group),
                    dsl::respondent.eq(response.respondent.as_deref()),
                    dsl::respondent_organisation.eq(response.organisation.as_deref()),
                    dsl::mode.eq(response.mode.code()),
                    dsl::answers.eq(&response.answers),
                    dsl::receipt_hash.eq(&response.receipt_hash),
                    dsl::submitted_on.eq(response.submitted_on.to_string()),
                    dsl::revision.eq(1),
                )
            })
            .collect();
        each_engine!(db, c => diesel::insert_into(dsl::responses).values(&rows).execute(c))?;
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

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Framework versions that a body has beside those of the program.

use diesel::prelude::*;
use uuid::Uuid;

use super::engine::each_engine;
use super::schema::own_frameworks;
use super::types::{Id, Json, day, document, from_document};
use super::{Db, Saved, StoreError};
use crate::domain::local_indicator::OwnFramework;

const TABLE: &str = "own_frameworks";

type Row = (Id, String, Option<String>, Option<String>, Option<Id>, Json, String, String);

/// Adds a version to those of a body; outdated if the body has it already.
///
/// # Errors
/// If the database fails, or the version itself is not kept.
pub fn insert(db: &mut Db, own: &OwnFramework) -> Result<Saved, StoreError> {
    use own_frameworks::dsl;
    let row = (
        dsl::organisation_id.eq(Id(own.organisation_id)),
        dsl::sha256.eq(&own.sha256),
        dsl::core_sha256.eq(&own.core_sha256),
        dsl::base_sha256.eq(&own.base_sha256),
        dsl::wave_id.eq(own.wave_id.map(Id)),
        dsl::outside.eq(document(&own.outside)),
        dsl::added_by.eq(&own.added_by),
        dsl::added_on.eq(own.added_on.to_string()),
    );
    let added = each_engine!(db, c => diesel::insert_into(dsl::own_frameworks).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(Saved::of(added))
}

/// The versions of a body, by the day they were added.
///
/// # Errors
/// If the database fails.
pub fn of_organisation(db: &mut Db, organisation: Uuid) -> Result<Vec<OwnFramework>, StoreError> {
    let rows: Vec<Row> = own_frameworks::table
        .filter(own_frameworks::organisation_id.eq(Id(organisation)))
        .order((own_frameworks::added_on, own_frameworks::sha256))
        .load(db)?;
    rows.into_iter().map(own).collect()
}

/// A version of a body.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, organisation: Uuid, sha256: &str) -> Result<Option<OwnFramework>, StoreError> {
    let row: Option<Row> = own_frameworks::table.find((Id(organisation), sha256)).get_result(db).optional()?;
    row.map(own).transpose()
}

fn own(row: Row) -> Result<OwnFramework, StoreError> {
    let (organisation_id, sha256, core_sha256, base_sha256, wave_id, outside, added_by, added_on) = row;
    Ok(OwnFramework {
        organisation_id: organisation_id.0,
        sha256,
        core_sha256,
        base_sha256,
        wave_id: wave_id.map(|id| id.0),
        outside: from_document(outside, TABLE, "outside")?,
        added_by,
        added_on: day(&added_on, TABLE, "added_on")?,
    })
}

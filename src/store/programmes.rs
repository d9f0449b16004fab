// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Programmes and their editions.

use diesel::prelude::*;
use uuid::Uuid;

use super::schema::{editions, programmes};
use super::types::{Id, Json, document, from_document};
use super::{Db, StoreError};
use crate::domain::programme::{Edition, Programme};

type ProgrammeRow = (Id, Id, String, Json, String);
type EditionRow = (Id, Id, Id, Json, String, String, Json);

/// Adds a programme.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, programme: &Programme) -> Result<(), StoreError> {
    use programmes::dsl;
    diesel::insert_into(dsl::programmes)
        .values((
            dsl::organisation_id.eq(Id(programme.organisation_id)),
            dsl::id.eq(Id(programme.id)),
            dsl::name.eq(&programme.name),
            dsl::summary.eq(document(&programme.summary)),
            dsl::source.eq(&programme.source),
        ))
        .execute(db)?;
    Ok(())
}

/// A programme of a body.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<Option<Programme>, StoreError> {
    let row: Option<ProgrammeRow> = programmes::table.find((Id(organisation), Id(id))).first(db).optional()?;
    row.map(programme).transpose()
}

/// The programmes of a body, oldest first.
///
/// # Errors
/// If the database fails.
pub fn of_organisation(db: &mut Db, organisation: Uuid) -> Result<Vec<Programme>, StoreError> {
    let rows: Vec<ProgrammeRow> =
        programmes::table.filter(programmes::organisation_id.eq(Id(organisation))).order(programmes::id).load(db)?;
    rows.into_iter().map(programme).collect()
}

/// Adds an edition.
///
/// # Errors
/// If the database fails.
pub fn insert_edition(db: &mut Db, edition: &Edition) -> Result<(), StoreError> {
    use editions::dsl;
    diesel::insert_into(dsl::editions)
        .values((
            dsl::organisation_id.eq(Id(edition.organisation_id)),
            dsl::id.eq(Id(edition.id)),
            dsl::programme_id.eq(Id(edition.programme_id)),
            dsl::name.eq(document(&edition.name)),
            dsl::years.eq(&edition.years),
            dsl::origin.eq(document(&edition.origin).0.as_str().unwrap_or_default()),
            dsl::profile.eq(document(&edition.profile)),
        ))
        .execute(db)?;
    Ok(())
}

/// An edition of a body.
///
/// # Errors
/// If the database fails.
pub fn find_edition(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<Option<Edition>, StoreError> {
    let row: Option<EditionRow> = editions::table.find((Id(organisation), Id(id))).first(db).optional()?;
    row.map(edition).transpose()
}

/// The editions of a programme, oldest first.
///
/// # Errors
/// If the database fails.
pub fn editions_of(db: &mut Db, programme: &Programme) -> Result<Vec<Edition>, StoreError> {
    let rows: Vec<EditionRow> = editions::table
        .filter(editions::organisation_id.eq(Id(programme.organisation_id)))
        .filter(editions::programme_id.eq(Id(programme.id)))
        .order(editions::id)
        .load(db)?;
    rows.into_iter().map(edition).collect()
}

fn programme((organisation_id, id, name, summary, source): ProgrammeRow) -> Result<Programme, StoreError> {
    Ok(Programme {
        organisation_id: organisation_id.0,
        id: id.0,
        name,
        summary: from_document(summary, "programmes", "summary")?,
        source,
    })
}

fn edition(row: EditionRow) -> Result<Edition, StoreError> {
    let (organisation_id, id, programme_id, name, years, origin, profile) = row;
    Ok(Edition {
        organisation_id: organisation_id.0,
        id: id.0,
        programme_id: programme_id.0,
        name: from_document(name, "editions", "name")?,
        years,
        origin: from_document(Json(origin.into()), "editions", "origin")?,
        profile: from_document(profile, "editions", "profile")?,
    })
}

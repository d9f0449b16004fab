// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Programmes and their editions.

use diesel::prelude::*;
use uuid::Uuid;

use super::schema::{editions, programmes};
use super::types::{Id, Instant, Json, document, from_document};
use super::{Db, Saved, StoreError};
use crate::domain::programme::{Edition, Programme, Visibility};

type ProgrammeRow = (Id, Id, String, Json, String, String, i32, Option<Instant>);
type EditionRow = (Id, Id, Id, Json, String, String, Json, i32, Option<Instant>);

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
            dsl::visibility.eq(programme.visibility.code()),
            dsl::revision.eq(programme.revision),
        ))
        .execute(db)?;
    Ok(())
}

/// A programme of a body.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<Option<Programme>, StoreError> {
    let row: Option<ProgrammeRow> = programmes::table
        .find((Id(organisation), Id(id)))
        .filter(programmes::removed_at.is_null())
        .get_result(db)
        .optional()?;
    row.map(programme).transpose()
}

/// The programmes of a body, oldest first.
///
/// # Errors
/// If the database fails.
pub fn of_organisation(db: &mut Db, organisation: Uuid) -> Result<Vec<Programme>, StoreError> {
    let rows: Vec<ProgrammeRow> = programmes::table
        .filter(programmes::organisation_id.eq(Id(organisation)))
        .filter(programmes::removed_at.is_null())
        .order(programmes::id)
        .load(db)?;
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
            dsl::revision.eq(edition.revision),
        ))
        .execute(db)?;
    Ok(())
}

/// An edition of a body.
///
/// # Errors
/// If the database fails.
pub fn find_edition(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<Option<Edition>, StoreError> {
    let row: Option<EditionRow> = editions::table
        .find((Id(organisation), Id(id)))
        .filter(editions::removed_at.is_null())
        .get_result(db)
        .optional()?;
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
        .filter(editions::removed_at.is_null())
        .order(editions::id)
        .load(db)?;
    rows.into_iter().map(edition).collect()
}

/// Changes a programme, unless somebody else did since its revision was read.
///
/// # Errors
/// If the database fails.
pub fn update(db: &mut Db, programme: &Programme) -> Result<Saved, StoreError> {
    use programmes::dsl;
    let unchanged = dsl::programmes
        .find((Id(programme.organisation_id), Id(programme.id)))
        .filter(dsl::revision.eq(programme.revision))
        .filter(dsl::removed_at.is_null());
    let saved = diesel::update(unchanged)
        .set((
            dsl::name.eq(&programme.name),
            dsl::summary.eq(document(&programme.summary)),
            dsl::source.eq(&programme.source),
            dsl::visibility.eq(programme.visibility.code()),
            dsl::revision.eq(programme.revision + 1),
        ))
        .execute(db)?;
    Ok(Saved::of(saved))
}

/// Changes an edition, unless somebody else did since its revision was read.
///
/// # Errors
/// If the database fails.
pub fn update_edition(db: &mut Db, edition: &Edition) -> Result<Saved, StoreError> {
    use editions::dsl;
    let unchanged = dsl::editions
        .find((Id(edition.organisation_id), Id(edition.id)))
        .filter(dsl::revision.eq(edition.revision))
        .filter(dsl::removed_at.is_null());
    let saved = diesel::update(unchanged)
        .set((
            dsl::name.eq(document(&edition.name)),
            dsl::years.eq(&edition.years),
            dsl::profile.eq(document(&edition.profile)),
            dsl::revision.eq(edition.revision + 1),
        ))
        .execute(db)?;
    Ok(Saved::of(saved))
}

/// Lets everybody find a programme.
///
/// # Errors
/// If the database fails.
pub fn show(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<(), StoreError> {
    let this = programmes::table.find((Id(organisation), Id(id)));
    diesel::update(this).set(programmes::visibility.eq(Visibility::Public.code())).execute(db)?;
    Ok(())
}

fn programme(row: ProgrammeRow) -> Result<Programme, StoreError> {
    let (organisation_id, id, name, summary, source, visibility, revision, _) = row;
    let corrupt = StoreError::Corrupt { table: "programmes", column: "visibility" };
    Ok(Programme {
        organisation_id: organisation_id.0,
        id: id.0,
        name,
        summary: from_document(summary, "programmes", "summary")?,
        source,
        visibility: Visibility::from_code(&visibility).ok_or(corrupt)?,
        revision,
    })
}

fn edition(row: EditionRow) -> Result<Edition, StoreError> {
    let (organisation_id, id, programme_id, name, years, origin, profile, revision, _) = row;
    Ok(Edition {
        organisation_id: organisation_id.0,
        id: id.0,
        programme_id: programme_id.0,
        name: from_document(name, "editions", "name")?,
        years,
        origin: from_document(Json(origin.into()), "editions", "origin")?,
        profile: from_document(profile, "editions", "profile")?,
        revision,
    })
}

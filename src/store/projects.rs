// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Projects.

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::engine::each_engine;
use super::schema::projects;
use super::types::{Id, Instant, Json, document, from_document};
use super::{Db, Saved, StoreError};
use crate::domain::programme::{Edition, Project, Visibility};

type Row = (Id, Id, Option<Id>, String, String, String, Json, String, String, Json, Json, String, i32, Option<Instant>);

/// Adds a project.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, project: &Project) -> Result<(), StoreError> {
    use projects::dsl;
    diesel::insert_into(dsl::projects)
        .values((
            dsl::organisation_id.eq(Id(project.organisation_id)),
            dsl::id.eq(Id(project.id)),
            dsl::edition_id.eq(project.edition_id.map(Id)),
            dsl::name.eq(&project.name),
            dsl::territory.eq(&project.territory),
            dsl::lead.eq(&project.lead),
            dsl::summary.eq(document(&project.summary)),
            dsl::source.eq(&project.source),
            dsl::origin.eq(document(&project.origin).0.as_str().unwrap_or_default()),
            dsl::profile.eq(document(&project.profile)),
            dsl::details.eq(document(&project.details)),
            dsl::visibility.eq(project.visibility.code()),
            dsl::revision.eq(project.revision),
        ))
        .execute(db)?;
    Ok(())
}

/// A project of a body.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<Option<Project>, StoreError> {
    let query = projects::table.find((Id(organisation), Id(id))).filter(projects::removed_at.is_null());
    let row: Option<Row> = each_engine!(db, c => query.get_result(c).optional())?;
    row.map(project).transpose()
}

/// The projects of an edition, oldest first.
///
/// # Errors
/// If the database fails.
pub fn of_edition(db: &mut Db, edition: &Edition) -> Result<Vec<Project>, StoreError> {
    let rows: Vec<Row> = projects::table
        .filter(projects::organisation_id.eq(Id(edition.organisation_id)))
        .filter(projects::edition_id.eq(Id(edition.id)))
        .filter(projects::removed_at.is_null())
        .order(projects::id)
        .load(db)?;
    rows.into_iter().map(project).collect()
}

/// The projects of a body, oldest first.
///
/// # Errors
/// If the database fails.
pub fn of_organisation(db: &mut Db, organisation: Uuid) -> Result<Vec<Project>, StoreError> {
    let rows: Vec<Row> = projects::table
        .filter(projects::organisation_id.eq(Id(organisation)))
        .filter(projects::removed_at.is_null())
        .order(projects::id)
        .load(db)?;
    rows.into_iter().map(project).collect()
}

/// Changes a project, unless somebody else did since its revision was read.
///
/// # Errors
/// If the database fails.
pub fn update(db: &mut Db, project: &Project) -> Result<Saved, StoreError> {
    use projects::dsl;
    let unchanged = dsl::projects
        .find((Id(project.organisation_id), Id(project.id)))
        .filter(dsl::revision.eq(project.revision))
        .filter(dsl::removed_at.is_null());
    let saved = diesel::update(unchanged)
        .set((
            dsl::edition_id.eq(project.edition_id.map(Id)),
            dsl::name.eq(&project.name),
            dsl::territory.eq(&project.territory),
            dsl::lead.eq(&project.lead),
            dsl::summary.eq(document(&project.summary)),
            dsl::source.eq(&project.source),
            dsl::profile.eq(document(&project.profile)),
            dsl::details.eq(document(&project.details)),
            dsl::visibility.eq(project.visibility.code()),
            dsl::revision.eq(project.revision + 1),
        ))
        .execute(db)?;
    Ok(Saved::of(saved))
}

/// Lets everybody find a project.
///
/// # Errors
/// If the database fails.
pub fn show(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<(), StoreError> {
    let this = projects::table.find((Id(organisation), Id(id)));
    diesel::update(this).set(projects::visibility.eq(Visibility::Public.code())).execute(db)?;
    Ok(())
}

/// Takes a project away, or with `None` brings it back.
///
/// # Errors
/// If the database fails.
pub fn set_removed(db: &mut Db, organisation: Uuid, id: Uuid, at: Option<Timestamp>) -> Result<Saved, StoreError> {
    let this = projects::table.find((Id(organisation), Id(id)));
    Ok(Saved::of(diesel::update(this).set(projects::removed_at.eq(at.map(Instant))).execute(db)?))
}

/// Projects that were taken away and can be brought back, with when.
///
/// # Errors
/// If the database fails.
pub fn removed(db: &mut Db, organisation: Uuid) -> Result<Vec<(Project, Timestamp)>, StoreError> {
    let rows: Vec<Row> = projects::table
        .filter(projects::organisation_id.eq(Id(organisation)))
        .filter(projects::removed_at.is_not_null())
        .order(projects::id)
        .load(db)?;
    rows.into_iter()
        .filter_map(|row| row.13.map(|at| (row, at.0)))
        .map(|(row, at)| project(row).map(|project| (project, at)))
        .collect()
}

fn project(row: Row) -> Result<Project, StoreError> {
    const TABLE: &str = "projects";
    let (
        organisation_id,
        id,
        edition_id,
        name,
        territory,
        lead,
        summary,
        source,
        origin,
        profile,
        details,
        visibility,
        revision,
        _,
    ) = row;
    let corrupt = |column| StoreError::Corrupt { table: TABLE, column };
    Ok(Project {
        organisation_id: organisation_id.0,
        id: id.0,
        edition_id: edition_id.map(|id| id.0),
        name,
        territory,
        lead,
        summary: from_document(summary, TABLE, "summary")?,
        source,
        origin: from_document(Json(origin.into()), TABLE, "origin")?,
        profile: from_document(profile, TABLE, "profile")?,
        details: from_document(details, TABLE, "details")?,
        visibility: Visibility::from_code(&visibility).ok_or_else(|| corrupt("visibility"))?,
        revision,
    })
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Projects.

use diesel::prelude::*;
use uuid::Uuid;

use super::schema::projects;
use super::types::{Id, Json, document, from_document};
use super::{Db, StoreError};
use crate::domain::programme::{Edition, Project};

type Row = (Id, Id, Option<Id>, String, String, String, Json, String, String, Json);

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
        ))
        .execute(db)?;
    Ok(())
}

/// A project of a body.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<Option<Project>, StoreError> {
    let row: Option<Row> = projects::table.find((Id(organisation), Id(id))).first(db).optional()?;
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
        .order(projects::id)
        .load(db)?;
    rows.into_iter().map(project).collect()
}

/// The projects of a body, oldest first.
///
/// # Errors
/// If the database fails.
pub fn of_organisation(db: &mut Db, organisation: Uuid) -> Result<Vec<Project>, StoreError> {
    let rows: Vec<Row> =
        projects::table.filter(projects::organisation_id.eq(Id(organisation))).order(projects::id).load(db)?;
    rows.into_iter().map(project).collect()
}

fn project(row: Row) -> Result<Project, StoreError> {
    let (organisation_id, id, edition_id, name, territory, lead, summary, source, origin, profile) = row;
    Ok(Project {
        organisation_id: organisation_id.0,
        id: id.0,
        edition_id: edition_id.map(|id| id.0),
        name,
        territory,
        lead,
        summary: from_document(summary, "projects", "summary")?,
        source,
        origin: from_document(Json(origin.into()), "projects", "origin")?,
        profile: from_document(profile, "projects", "profile")?,
    })
}

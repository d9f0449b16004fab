// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who has a stake in a project, and which groups take part?

use diesel::prelude::*;
use uuid::Uuid;

use super::schema::{project_groups, stakeholders};
use super::types::Id;
use super::{Db, Saved, StoreError};
use crate::domain::programme::Project;
use crate::domain::stakeholder::{Degree, Presence, ProjectGroup, Stakeholder};

type Row = (Id, Id, Id, String, String, String, String, String, String);

/// Adds somebody to the map.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, stakeholder: &Stakeholder) -> Result<(), StoreError> {
    use stakeholders::dsl;
    diesel::insert_into(dsl::stakeholders)
        .values((
            dsl::organisation_id.eq(Id(stakeholder.organisation_id)),
            dsl::id.eq(Id(stakeholder.id)),
            dsl::project_id.eq(Id(stakeholder.project_id)),
            dsl::group_code.eq(&stakeholder.group),
            dsl::name.eq(&stakeholder.name),
            dsl::presence.eq(stakeholder.presence.code()),
            dsl::interest.eq(stakeholder.interest.code()),
            dsl::influence.eq(stakeholder.influence.code()),
            dsl::reached_by.eq(&stakeholder.reached_by),
        ))
        .execute(db)?;
    Ok(())
}

/// The map of a project, in the order in which it was drawn.
///
/// # Errors
/// If the database fails.
pub fn of_project(db: &mut Db, project: &Project) -> Result<Vec<Stakeholder>, StoreError> {
    let rows: Vec<Row> = stakeholders::table
        .filter(stakeholders::organisation_id.eq(Id(project.organisation_id)))
        .filter(stakeholders::project_id.eq(Id(project.id)))
        .order(stakeholders::id)
        .load(db)?;
    rows.into_iter().map(stakeholder).collect()
}

/// Takes somebody off the map.
///
/// # Errors
/// If the database fails.
pub fn delete(db: &mut Db, project: &Project, id: Uuid) -> Result<Saved, StoreError> {
    let this = stakeholders::table
        .find((Id(project.organisation_id), Id(id)))
        .filter(stakeholders::project_id.eq(Id(project.id)));
    Ok(Saved::of(diesel::delete(this).execute(db)?))
}

/// The groups that take part in a project, by code.
///
/// # Errors
/// If the database fails.
pub fn groups(db: &mut Db, project: &Project) -> Result<Vec<ProjectGroup>, StoreError> {
    let rows: Vec<(String, Option<i32>, String)> = project_groups::table
        .filter(project_groups::organisation_id.eq(Id(project.organisation_id)))
        .filter(project_groups::project_id.eq(Id(project.id)))
        .select((project_groups::group_code, project_groups::listed, project_groups::reached_by))
        .order(project_groups::group_code)
        .load(db)?;
    let group = |(group, listed, reached_by): (String, Option<i32>, String)| ProjectGroup {
        group,
        listed: listed.and_then(|listed| u32::try_from(listed).ok()),
        reached_by,
    };
    Ok(rows.into_iter().map(group).collect())
}

/// Replaces the groups that take part in a project.
///
/// # Errors
/// If the database fails.
pub fn set_groups(db: &mut Db, project: &Project, groups: &[ProjectGroup]) -> Result<(), StoreError> {
    use project_groups::dsl;
    let of_project = dsl::project_groups
        .filter(dsl::organisation_id.eq(Id(project.organisation_id)))
        .filter(dsl::project_id.eq(Id(project.id)));
    diesel::delete(of_project).execute(db)?;
    for group in groups {
        diesel::insert_into(dsl::project_groups)
            .values((
                dsl::organisation_id.eq(Id(project.organisation_id)),
                dsl::project_id.eq(Id(project.id)),
                dsl::group_code.eq(&group.group),
                dsl::listed.eq(group.listed.and_then(|listed| i32::try_from(listed).ok())),
                dsl::reached_by.eq(&group.reached_by),
            ))
            .execute(db)?;
    }
    Ok(())
}

fn stakeholder(row: Row) -> Result<Stakeholder, StoreError> {
    let (organisation_id, id, project_id, group, name, presence, interest, influence, reached_by) = row;
    let corrupt = |column| StoreError::Corrupt { table: "stakeholders", column };
    Ok(Stakeholder {
        organisation_id: organisation_id.0,
        id: id.0,
        project_id: project_id.0,
        group,
        name,
        presence: Presence::from_code(&presence).ok_or_else(|| corrupt("presence"))?,
        interest: Degree::from_code(&interest).ok_or_else(|| corrupt("interest"))?,
        influence: Degree::from_code(&influence).ok_or_else(|| corrupt("influence"))?,
        reached_by,
    })
}

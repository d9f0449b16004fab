// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The bodies that use this installation.

use diesel::prelude::*;
use uuid::Uuid;

use super::engine::each_engine;
use super::schema::organisations;
use super::types::{Id, Json, document, from_document};
use super::{Db, Saved, StoreError};
use crate::domain::programme::Organisation;

type Row = (Id, String, String, String, Json, i32);

/// Adds a body.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, organisation: &Organisation) -> Result<(), StoreError> {
    use organisations::dsl;
    diesel::insert_into(dsl::organisations)
        .values((
            dsl::id.eq(Id(organisation.id)),
            dsl::name.eq(&organisation.name),
            dsl::contact.eq(&organisation.contact),
            dsl::data.eq(document(&organisation.data).0.as_str().unwrap_or_default()),
            dsl::details.eq(document(&organisation.details)),
            dsl::revision.eq(organisation.revision),
        ))
        .execute(db)?;
    Ok(())
}

/// The body with this id.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, id: Uuid) -> Result<Option<Organisation>, StoreError> {
    let row: Option<Row> = each_engine!(db, c => organisations::table.find(Id(id)).get_result(c).optional())?;
    row.map(organisation).transpose()
}

/// Every body, oldest first.
///
/// # Errors
/// If the database fails.
pub fn all(db: &mut Db) -> Result<Vec<Organisation>, StoreError> {
    let rows: Vec<Row> = organisations::table.order(organisations::id).load(db)?;
    rows.into_iter().map(organisation).collect()
}

/// Changes a body's particulars, unless somebody else did since its revision was read.
///
/// # Errors
/// If the database fails.
pub fn update(db: &mut Db, organisation: &Organisation) -> Result<Saved, StoreError> {
    use organisations::dsl;
    let unchanged = dsl::organisations.find(Id(organisation.id)).filter(dsl::revision.eq(organisation.revision));
    let saved = diesel::update(unchanged)
        .set((
            dsl::name.eq(&organisation.name),
            dsl::contact.eq(&organisation.contact),
            dsl::details.eq(document(&organisation.details)),
            dsl::revision.eq(organisation.revision + 1),
        ))
        .execute(db)?;
    Ok(Saved::of(saved))
}

fn organisation((id, name, contact, data, details, revision): Row) -> Result<Organisation, StoreError> {
    const TABLE: &str = "organisations";
    let data = from_document(Json(data.into()), TABLE, "data")?;
    let details = from_document(details, TABLE, "details")?;
    Ok(Organisation { id: id.0, name, contact, data, details, revision })
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Framework versions in use: kept whole, found by hash, never changed.

use diesel::prelude::*;

use super::schema::{framework_versions, responses, waves};
use super::types::{Json, document, from_document};
use super::{Db, StoreError};
use crate::domain::framework::Framework;

/// Keeps a framework version, once.
///
/// # Errors
/// If the database fails, or another content is kept under the same name and version.
pub fn keep(db: &mut Db, framework: &Framework, sha256: &str) -> Result<(), StoreError> {
    use framework_versions::dsl;
    let known: i64 = dsl::framework_versions.filter(dsl::sha256.eq(sha256)).count().get_result(db)?;
    if known == 0 {
        diesel::insert_into(dsl::framework_versions)
            .values((
                dsl::sha256.eq(sha256),
                dsl::framework.eq(&framework.id),
                dsl::version.eq(&framework.version),
                dsl::definition.eq(document(framework)),
            ))
            .execute(db)?;
    }
    Ok(())
}

/// The framework version with this hash.
///
/// # Errors
/// If the database fails or the row cannot be read.
pub fn find(db: &mut Db, sha256: &str) -> Result<Option<Framework>, StoreError> {
    let row: Option<Json> =
        framework_versions::table.find(sha256).select(framework_versions::definition).get_result(db).optional()?;
    row.map(|json| from_document(json, "framework_versions", "definition")).transpose()
}

/// The hash kept for a name and version, with whether answers were given on it.
///
/// # Errors
/// If the database fails.
pub fn kept_as(db: &mut Db, framework: &str, version: &str) -> Result<Option<(String, bool)>, StoreError> {
    let kept: Option<String> = framework_versions::table
        .filter(framework_versions::framework.eq(framework).and(framework_versions::version.eq(version)))
        .select(framework_versions::sha256)
        .get_result(db)
        .optional()?;
    let Some(sha256) = kept else { return Ok(None) };
    let answered: i64 = responses::table
        .inner_join(waves::table.on(waves::id.eq(responses::wave_id)))
        .filter(waves::framework_sha256.eq(&sha256))
        .count()
        .get_result(db)?;
    Ok(Some((sha256, answered > 0)))
}

/// Forgets a version nobody answered on, so that its draft can be replaced.
///
/// # Errors
/// If the database fails, or a wave refers to it.
pub fn forget(db: &mut Db, sha256: &str) -> Result<(), StoreError> {
    diesel::delete(framework_versions::table.find(sha256)).execute(db)?;
    Ok(())
}

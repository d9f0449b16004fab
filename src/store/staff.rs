// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who of the staff is signed in, and which links still sign somebody in.

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::schema::{sign_in_links, staff_sessions};
use super::types::{Id, Instant};
use super::{Db, StoreError};

/// Adds a link that signs in once, until it expires.
///
/// # Errors
/// If the database fails.
pub fn insert_link(db: &mut Db, organisation: Uuid, token_hash: &str, expires_at: Timestamp) -> Result<(), StoreError> {
    use sign_in_links::dsl;
    diesel::insert_into(dsl::sign_in_links)
        .values((
            dsl::token_hash.eq(token_hash),
            dsl::organisation_id.eq(Id(organisation)),
            dsl::expires_at.eq(Instant(expires_at)),
        ))
        .execute(db)?;
    Ok(())
}

/// Whether a link would still sign somebody in.
///
/// # Errors
/// If the database fails.
pub fn is_usable(db: &mut Db, token_hash: &str, now: Timestamp) -> Result<bool, StoreError> {
    let usable: i64 = sign_in_links::table
        .find(token_hash)
        .filter(sign_in_links::used_at.is_null())
        .filter(sign_in_links::expires_at.gt(Instant(now)))
        .count()
        .get_result(db)?;
    Ok(usable == 1)
}

/// Uses a link up. The body it signs in to, unless it was used before or has expired.
///
/// # Errors
/// If the database fails.
pub fn use_link(db: &mut Db, token_hash: &str, now: Timestamp) -> Result<Option<Uuid>, StoreError> {
    let usable = sign_in_links::table
        .find(token_hash)
        .filter(sign_in_links::used_at.is_null())
        .filter(sign_in_links::expires_at.gt(Instant(now)));
    let used = diesel::update(usable).set(sign_in_links::used_at.eq(Some(Instant(now)))).execute(db)?;
    if used == 0 {
        return Ok(None);
    }
    let organisation: Id = sign_in_links::table.find(token_hash).select(sign_in_links::organisation_id).first(db)?;
    Ok(Some(organisation.0))
}

/// Opens a session.
///
/// # Errors
/// If the database fails.
pub fn insert_session(
    db: &mut Db,
    organisation: Uuid,
    token_hash: &str,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    use staff_sessions::dsl;
    diesel::insert_into(dsl::staff_sessions)
        .values((
            dsl::token_hash.eq(token_hash),
            dsl::organisation_id.eq(Id(organisation)),
            dsl::expires_at.eq(Instant(expires_at)),
        ))
        .execute(db)?;
    Ok(())
}

/// The body whose staff holds the token with this hash, while the session lasts.
///
/// # Errors
/// If the database fails.
pub fn organisation_of_session(db: &mut Db, token_hash: &str, now: Timestamp) -> Result<Option<Uuid>, StoreError> {
    let organisation: Option<Id> = staff_sessions::table
        .find(token_hash)
        .filter(staff_sessions::expires_at.gt(Instant(now)))
        .select(staff_sessions::organisation_id)
        .first(db)
        .optional()?;
    Ok(organisation.map(|id| id.0))
}

/// Ends a session.
///
/// # Errors
/// If the database fails.
pub fn delete_session(db: &mut Db, token_hash: &str) -> Result<(), StoreError> {
    diesel::delete(staff_sessions::table.find(token_hash)).execute(db)?;
    Ok(())
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Links of staff that work once: for the first set-up, for signing in, and for a new password.

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::schema::staff_links;
use super::types::{Id, Instant};
use super::{Db, StoreError};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Making the first administrator.
    SetUp,
    /// Signing in.
    SignIn,
    /// Setting a new password.
    Reset,
}

impl LinkPurpose {
    const fn code(self) -> &'static str {
        match self {
            Self::SetUp => "set_up",
            Self::SignIn => "sign_in",
            Self::Reset => "reset",
        }
    }
}

/// A link to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewLink {
    /// What it is for.
    pub purpose: LinkPurpose,
    /// For whom; nobody yet for the first set-up.
    pub account: Option<Uuid>,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// Adds a link.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, token_hash: &str, link: NewLink) -> Result<(), StoreError> {
    use staff_links::dsl;
    diesel::insert_into(dsl::staff_links)
        .values((
            dsl::token_hash.eq(token_hash),
            dsl::purpose.eq(link.purpose.code()),
            dsl::account_id.eq(link.account.map(Id)),
            dsl::expires_at.eq(Instant(link.expires_at)),
        ))
        .execute(db)?;
    Ok(())
}

/// Whether a link still works, and for whom.
///
/// # Errors
/// If the database fails.
pub fn find(
    db: &mut Db,
    token_hash: &str,
    purpose: LinkPurpose,
    now: Timestamp,
) -> Result<Option<Option<Uuid>>, StoreError> {
    let account: Option<Option<Id>> = staff_links::table
        .find(token_hash)
        .filter(staff_links::purpose.eq(purpose.code()))
        .filter(staff_links::used_at.is_null())
        .filter(staff_links::expires_at.gt(Instant(now)))
        .select(staff_links::account_id)
        .get_result(db)
        .optional()?;
    Ok(account.map(|account| account.map(|id| id.0)))
}

/// Uses a link up. For whom it was, unless it was used before or has expired.
///
/// # Errors
/// If the database fails.
pub fn use_up(
    db: &mut Db,
    token_hash: &str,
    purpose: LinkPurpose,
    now: Timestamp,
) -> Result<Option<Option<Uuid>>, StoreError> {
    let Some(account) = find(db, token_hash, purpose, now)? else { return Ok(None) };
    let unused = staff_links::table.find(token_hash).filter(staff_links::used_at.is_null());
    let used = diesel::update(unused).set(staff_links::used_at.eq(Some(Instant(now)))).execute(db)?;
    Ok((used == 1).then_some(account))
}

/// Takes every unused link of a purpose away.
///
/// # Errors
/// If the database fails.
pub fn withdraw(db: &mut Db, purpose: LinkPurpose) -> Result<(), StoreError> {
    let unused =
        staff_links::table.filter(staff_links::purpose.eq(purpose.code())).filter(staff_links::used_at.is_null());
    diesel::delete(unused).execute(db)?;
    Ok(())
}

/// Takes every unused link of a purpose and an account away.
///
/// # Errors
/// If the database fails.
pub fn withdraw_of(db: &mut Db, purpose: LinkPurpose, account: Uuid) -> Result<(), StoreError> {
    let unused = staff_links::table
        .filter(staff_links::purpose.eq(purpose.code()))
        .filter(staff_links::account_id.eq(Some(Id(account))))
        .filter(staff_links::used_at.is_null());
    diesel::delete(unused).execute(db)?;
    Ok(())
}

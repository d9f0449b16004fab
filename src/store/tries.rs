// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Failed sign-ins: how often did one account or address fail of late?

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::schema::sign_in_failures;
use super::types::{Id, Instant};
use super::{Db, StoreError};

/// Counts a failure.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, id: Uuid, subject: &str, now: Timestamp) -> Result<(), StoreError> {
    use sign_in_failures::dsl;
    diesel::insert_into(dsl::sign_in_failures)
        .values((dsl::id.eq(Id(id)), dsl::subject.eq(subject), dsl::failed_at.eq(Instant(now))))
        .execute(db)?;
    Ok(())
}

/// Failures since a moment.
///
/// # Errors
/// If the database fails.
pub fn count_since(db: &mut Db, subject: &str, since: Timestamp) -> Result<i64, StoreError> {
    let of_late = sign_in_failures::table
        .filter(sign_in_failures::subject.eq(subject))
        .filter(sign_in_failures::failed_at.gt(Instant(since)));
    Ok(of_late.count().get_result(db)?)
}

/// Forgets the failures of somebody who has signed in, and whatever is older than a moment.
///
/// # Errors
/// If the database fails.
pub fn forget(db: &mut Db, subject: &str, before: Timestamp) -> Result<(), StoreError> {
    let done = sign_in_failures::subject.eq(subject).or(sign_in_failures::failed_at.le(Instant(before)));
    diesel::delete(sign_in_failures::table.filter(done)).execute(db)?;
    Ok(())
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which bodies let their people in through a sign-in service only?

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::schema::local_sign_in_off;
use super::types::{Id, Instant};
use super::{Db, StoreError};

/// Whether passwords and passkeys of this installation let a body's people in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalSignIn {
    /// They do.
    On,
    /// Only a sign-in service does.
    Off,
}

/// How a body has it.
///
/// # Errors
/// If the database fails.
pub fn of_organisation(db: &mut Db, organisation: Uuid) -> Result<LocalSignIn, StoreError> {
    let off: i64 = local_sign_in_off::table.find(Id(organisation)).count().get_result(db)?;
    Ok(if off == 0 { LocalSignIn::On } else { LocalSignIn::Off })
}

/// Sets how a body has it.
///
/// # Errors
/// If the database fails.
pub fn set(db: &mut Db, organisation: Uuid, wanted: LocalSignIn, now: Timestamp) -> Result<(), StoreError> {
    use local_sign_in_off::dsl;
    diesel::delete(dsl::local_sign_in_off.find(Id(organisation))).execute(db)?;
    if wanted == LocalSignIn::Off {
        diesel::insert_into(dsl::local_sign_in_off)
            .values((dsl::organisation_id.eq(Id(organisation)), dsl::since.eq(Instant(now))))
            .execute(db)?;
    }
    Ok(())
}

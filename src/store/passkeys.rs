// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The public keys of the devices of staff.

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::schema::passkeys;
use super::types::{Id, Instant};
use super::{Db, Saved, StoreError};

/// A passkey of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPasskey {
    /// Identity of the row.
    pub id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// The device's name for the key, in base64url.
    pub credential_id: String,
    /// The public key, in base64url.
    pub public_key: String,
    /// How often the device says it has signed.
    pub counter: u32,
    /// The device's name for the account, in base64url.
    pub handle: String,
    /// Since when.
    pub made_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

type Row = (Id, Id, String, String, String, i64, String, Instant, Option<Instant>);

/// Adds a passkey.
///
/// # Errors
/// If the database fails, or the key is known already.
pub fn insert(db: &mut Db, passkey: &KeptPasskey) -> Result<(), StoreError> {
    use passkeys::dsl;
    diesel::insert_into(dsl::passkeys)
        .values((
            dsl::id.eq(Id(passkey.id)),
            dsl::account_id.eq(Id(passkey.account_id)),
            dsl::name.eq(&passkey.name),
            dsl::credential_id.eq(&passkey.credential_id),
            dsl::public_key.eq(&passkey.public_key),
            dsl::counter.eq(i64::from(passkey.counter)),
            dsl::handle.eq(&passkey.handle),
            dsl::made_at.eq(Instant(passkey.made_at)),
        ))
        .execute(db)?;
    Ok(())
}

/// The passkeys of an account, the oldest first.
///
/// # Errors
/// If the database fails.
pub fn of_account(db: &mut Db, account: Uuid) -> Result<Vec<KeptPasskey>, StoreError> {
    let rows: Vec<Row> = passkeys::table.filter(passkeys::account_id.eq(Id(account))).order(passkeys::id).load(db)?;
    rows.into_iter().map(kept).collect()
}

/// The passkey that a device calls by this name.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, credential_id: &str) -> Result<Option<KeptPasskey>, StoreError> {
    let row: Option<Row> =
        passkeys::table.filter(passkeys::credential_id.eq(credential_id)).get_result(db).optional()?;
    row.map(kept).transpose()
}

/// Notes that a passkey was used, with its new counter, unless it was used in the meantime.
///
/// # Errors
/// If the database fails.
pub fn used(db: &mut Db, passkey: &KeptPasskey, counter: u32, now: Timestamp) -> Result<Saved, StoreError> {
    use passkeys::dsl;
    let unchanged = dsl::passkeys.find(Id(passkey.id)).filter(dsl::counter.eq(i64::from(passkey.counter)));
    let noted = (dsl::counter.eq(i64::from(counter)), dsl::used_at.eq(Some(Instant(now))));
    Ok(Saved::of(diesel::update(unchanged).set(noted).execute(db)?))
}

/// Takes a passkey of an account away.
///
/// # Errors
/// If the database fails.
pub fn delete(db: &mut Db, account: Uuid, id: Uuid) -> Result<Saved, StoreError> {
    let this = passkeys::table.find(Id(id)).filter(passkeys::account_id.eq(Id(account)));
    Ok(Saved::of(diesel::delete(this).execute(db)?))
}

/// Takes every passkey of an account away.
///
/// # Errors
/// If the database fails.
pub fn delete_all(db: &mut Db, account: Uuid) -> Result<(), StoreError> {
    diesel::delete(passkeys::table.filter(passkeys::account_id.eq(Id(account)))).execute(db)?;
    Ok(())
}

fn kept(row: Row) -> Result<KeptPasskey, StoreError> {
    let (id, account_id, name, credential_id, public_key, counter, handle, made_at, used_at) = row;
    let corrupt = StoreError::Corrupt { table: "passkeys", column: "counter" };
    Ok(KeptPasskey {
        id: id.0,
        account_id: account_id.0,
        name,
        credential_id,
        public_key,
        counter: u32::try_from(counter).map_err(|_| corrupt)?,
        handle,
        made_at: made_at.0,
        used_at: used_at.map(|at| at.0),
    })
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Passkeys: which devices prove who an account is?

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::schema::passkeys;
use super::types::{Id, Instant};
use super::{Db, StoreError};

/// A passkey as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPasskey {
    /// Whose it is.
    pub account_id: Uuid,
    /// Identity of the credential, as text.
    pub credential_id: String,
    /// The credential itself, as text.
    pub credential: String,
    /// What its owner calls it.
    pub label: String,
    /// When it was added.
    pub added_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

type Row = (Id, String, String, String, Instant, Option<Instant>);

/// Adds a passkey.
///
/// # Errors
/// If the database fails, or the credential is known already.
pub fn insert(db: &mut Db, passkey: &StoredPasskey) -> Result<(), StoreError> {
    use passkeys::dsl;
    diesel::insert_into(dsl::passkeys)
        .values((
            dsl::account_id.eq(Id(passkey.account_id)),
            dsl::credential_id.eq(&passkey.credential_id),
            dsl::credential.eq(&passkey.credential),
            dsl::label.eq(&passkey.label),
            dsl::added_at.eq(Instant(passkey.added_at)),
        ))
        .execute(db)?;
    Ok(())
}

/// The passkeys of an account, oldest first.
///
/// # Errors
/// If the database fails.
pub fn of_account(db: &mut Db, account: Uuid) -> Result<Vec<StoredPasskey>, StoreError> {
    let rows: Vec<Row> =
        passkeys::table.filter(passkeys::account_id.eq(Id(account))).order(passkeys::added_at).load(db)?;
    Ok(rows.into_iter().map(passkey).collect())
}

/// Keeps what a passkey's use changed in it.
///
/// # Errors
/// If the database fails.
pub fn used(db: &mut Db, passkey: &StoredPasskey, now: Timestamp) -> Result<(), StoreError> {
    let this = passkeys::table.find((Id(passkey.account_id), &passkey.credential_id));
    diesel::update(this)
        .set((passkeys::credential.eq(&passkey.credential), passkeys::used_at.eq(Some(Instant(now)))))
        .execute(db)?;
    Ok(())
}

/// Takes a passkey away.
///
/// # Errors
/// If the database fails.
pub fn delete(db: &mut Db, account: Uuid, credential_id: &str) -> Result<(), StoreError> {
    diesel::delete(passkeys::table.find((Id(account), credential_id))).execute(db)?;
    Ok(())
}

fn passkey((account_id, credential_id, credential, label, added_at, used_at): Row) -> StoredPasskey {
    StoredPasskey {
        account_id: account_id.0,
        credential_id,
        credential,
        label,
        added_at: added_at.0,
        used_at: used_at.map(|at| at.0),
    }
}

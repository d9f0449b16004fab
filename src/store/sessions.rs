// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who of the staff is signed in, on which device, since when; and what is kept while somebody signs in.

use std::collections::BTreeMap;

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::schema::{kept_forms, staff_sessions};
use super::types::{Id, Instant, Json, document, from_document};
use super::{Db, StoreError};

/// A session of staff. Its token is known as a hash only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffSession {
    /// Identity, which opens nothing.
    pub id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    /// What was proved.
    pub proof: Proof,
    /// The device, in a few words.
    pub device: String,
    /// Since when.
    pub started_at: Timestamp,
    /// Last request, to the minute.
    pub seen_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
    /// Something begun and not finished: the secret of one-time codes to be, a passkey's challenge.
    pub waiting: Option<String>,
}

/// What a session has proved so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The password; the second factor is still asked for.
    Password,
    /// Everything that the account asks for.
    Complete,
}

impl Proof {
    const fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Complete => "complete",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Password, Self::Complete].into_iter().find(|proof| proof.code() == code)
    }
}

type Row = (Id, String, Id, String, String, Instant, Instant, Instant, Option<String>);

/// Opens a session.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, session: &StaffSession, token_hash: &str) -> Result<(), StoreError> {
    use staff_sessions::dsl;
    diesel::insert_into(dsl::staff_sessions)
        .values((
            dsl::id.eq(Id(session.id)),
            dsl::token_hash.eq(token_hash),
            dsl::account_id.eq(Id(session.account_id)),
            dsl::proof.eq(session.proof.code()),
            dsl::device.eq(&session.device),
            dsl::started_at.eq(Instant(session.started_at)),
            dsl::seen_at.eq(Instant(session.seen_at)),
            dsl::expires_at.eq(Instant(session.expires_at)),
            dsl::waiting.eq(&session.waiting),
        ))
        .execute(db)?;
    Ok(())
}

/// The session of the token with this hash, while it lasts and is in use.
///
/// # Errors
/// If the database fails.
pub fn find(
    db: &mut Db,
    token_hash: &str,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Option<StaffSession>, StoreError> {
    let row: Option<Row> = staff_sessions::table
        .filter(staff_sessions::token_hash.eq(token_hash))
        .filter(staff_sessions::expires_at.gt(Instant(now)))
        .filter(staff_sessions::seen_at.gt(Instant(idle_since)))
        .get_result(db)
        .optional()?;
    row.map(session).transpose()
}

/// The sessions of an account that last, the newest first.
///
/// # Errors
/// If the database fails.
pub fn of_account(db: &mut Db, account: Uuid, now: Timestamp) -> Result<Vec<StaffSession>, StoreError> {
    let rows: Vec<Row> = staff_sessions::table
        .filter(staff_sessions::account_id.eq(Id(account)))
        .filter(staff_sessions::expires_at.gt(Instant(now)))
        .order(staff_sessions::started_at.desc())
        .load(db)?;
    rows.into_iter().map(session).collect()
}

/// Notes that a session is in use.
///
/// # Errors
/// If the database fails.
pub fn seen(db: &mut Db, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    diesel::update(staff_sessions::table.find(Id(id))).set(staff_sessions::seen_at.eq(Instant(now))).execute(db)?;
    Ok(())
}

/// Gives a session a new token, and what it has proved now.
///
/// # Errors
/// If the database fails.
pub fn rotate(db: &mut Db, id: Uuid, token_hash: &str, proof: Proof) -> Result<(), StoreError> {
    diesel::update(staff_sessions::table.find(Id(id)))
        .set((
            staff_sessions::token_hash.eq(token_hash),
            staff_sessions::proof.eq(proof.code()),
            staff_sessions::waiting.eq(None::<String>),
        ))
        .execute(db)?;
    Ok(())
}

/// Keeps what was begun in a session.
///
/// # Errors
/// If the database fails.
pub fn set_waiting(db: &mut Db, id: Uuid, waiting: Option<&str>) -> Result<(), StoreError> {
    diesel::update(staff_sessions::table.find(Id(id))).set(staff_sessions::waiting.eq(waiting)).execute(db)?;
    Ok(())
}

/// Ends the session of the token with this hash.
///
/// # Errors
/// If the database fails.
pub fn delete(db: &mut Db, token_hash: &str) -> Result<(), StoreError> {
    diesel::delete(staff_sessions::table.filter(staff_sessions::token_hash.eq(token_hash))).execute(db)?;
    Ok(())
}

/// Ends one session of an account.
///
/// # Errors
/// If the database fails.
pub fn delete_of_account(db: &mut Db, account: Uuid, id: Uuid) -> Result<(), StoreError> {
    let this = staff_sessions::table.find(Id(id)).filter(staff_sessions::account_id.eq(Id(account)));
    diesel::delete(this).execute(db)?;
    Ok(())
}

/// Ends every session of an account but one.
///
/// # Errors
/// If the database fails.
pub fn delete_others(db: &mut Db, account: Uuid, kept: Option<Uuid>) -> Result<(), StoreError> {
    let others = staff_sessions::table
        .filter(staff_sessions::account_id.eq(Id(account)))
        .filter(staff_sessions::id.ne(Id(kept.unwrap_or_default())));
    diesel::delete(others).execute(db)?;
    Ok(())
}

/// Forgets what has expired.
///
/// # Errors
/// If the database fails.
pub fn forget_expired(db: &mut Db, now: Timestamp) -> Result<(), StoreError> {
    diesel::delete(staff_sessions::table.filter(staff_sessions::expires_at.le(Instant(now)))).execute(db)?;
    diesel::delete(kept_forms::table.filter(kept_forms::expires_at.le(Instant(now)))).execute(db)?;
    Ok(())
}

/// A form handed back after signing in again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptForm {
    /// Where it was sent to.
    pub address: String,
    /// What was sent.
    pub fields: Vec<(String, String)>,
}

/// Keeps a form.
///
/// # Errors
/// If the database fails.
pub fn keep_form(db: &mut Db, token_hash: &str, form: &KeptForm, expires_at: Timestamp) -> Result<(), StoreError> {
    use kept_forms::dsl;
    diesel::insert_into(dsl::kept_forms)
        .values((
            dsl::token_hash.eq(token_hash),
            dsl::address.eq(&form.address),
            dsl::fields.eq(document(&BTreeMap::from([("fields", &form.fields)]))),
            dsl::expires_at.eq(Instant(expires_at)),
        ))
        .execute(db)?;
    Ok(())
}

/// A kept form.
///
/// # Errors
/// If the database fails.
pub fn find_form(db: &mut Db, token_hash: &str, now: Timestamp) -> Result<Option<KeptForm>, StoreError> {
    let this = kept_forms::table.find(token_hash).filter(kept_forms::expires_at.gt(Instant(now)));
    let row: Option<(String, Json)> =
        this.select((kept_forms::address, kept_forms::fields)).get_result(db).optional()?;
    let Some((address, fields)) = row else { return Ok(None) };
    let mut fields: BTreeMap<String, Vec<(String, String)>> = from_document(fields, "kept_forms", "fields")?;
    Ok(Some(KeptForm { address, fields: fields.remove("fields").unwrap_or_default() }))
}

fn session(row: Row) -> Result<StaffSession, StoreError> {
    let (id, _, account_id, proof, device, started_at, seen_at, expires_at, waiting) = row;
    let corrupt = StoreError::Corrupt { table: "staff_sessions", column: "proof" };
    Ok(StaffSession {
        id: id.0,
        account_id: account_id.0,
        proof: Proof::from_code(&proof).ok_or(corrupt)?,
        device,
        started_at: started_at.0,
        seen_at: seen_at.0,
        expires_at: expires_at.0,
        waiting,
    })
}

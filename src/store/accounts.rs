// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Accounts of staff: who they are, and what proves it.

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::schema::{accounts, recovery_codes};
use super::types::{Id, Instant};
use super::{Db, Saved, StoreError};
use crate::domain::account::{Account, AccountState, Operator};
use crate::domain::text::Language;

type Row = (Id, String, String, String, String, String);

/// What is kept to prove who somebody is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proofs {
    /// The password's hash with its parameters, if there is a password.
    pub password_hash: Option<String>,
    /// The secret of one-time codes, if they are in use.
    pub totp_secret: Option<String>,
    /// Time step of the last one-time code taken.
    pub totp_step: Option<u64>,
}

/// Adds an account.
///
/// # Errors
/// If the database fails, or another account has the same e-mail address.
pub fn insert(db: &mut Db, account: &Account, folded: &str, now: Timestamp) -> Result<(), StoreError> {
    use accounts::dsl;
    diesel::insert_into(dsl::accounts)
        .values((
            dsl::id.eq(Id(account.id)),
            dsl::email.eq(&account.email),
            dsl::email_folded.eq(folded),
            dsl::name.eq(&account.name),
            dsl::language.eq(account.language.code()),
            dsl::state.eq(account.state.code()),
            dsl::operator.eq(account.operator.code()),
            dsl::created_at.eq(Instant(now)),
        ))
        .execute(db)?;
    Ok(())
}

/// How many accounts there are.
///
/// # Errors
/// If the database fails.
pub fn count(db: &mut Db) -> Result<i64, StoreError> {
    Ok(accounts::table.count().get_result(db)?)
}

/// An account.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, id: Uuid) -> Result<Option<Account>, StoreError> {
    let row: Option<Row> = accounts::table.find(Id(id)).select(columns()).get_result(db).optional()?;
    row.map(account).transpose()
}

/// The account with this folded e-mail address.
///
/// # Errors
/// If the database fails.
pub fn find_by_email(db: &mut Db, folded: &str) -> Result<Option<Account>, StoreError> {
    let row: Option<Row> =
        accounts::table.filter(accounts::email_folded.eq(folded)).select(columns()).get_result(db).optional()?;
    row.map(account).transpose()
}

/// Every account, by e-mail address.
///
/// # Errors
/// If the database fails.
pub fn all(db: &mut Db) -> Result<Vec<Account>, StoreError> {
    let rows: Vec<Row> = accounts::table.select(columns()).order(accounts::email_folded).load(db)?;
    rows.into_iter().map(account).collect()
}

/// What proves who an account is.
///
/// # Errors
/// If the database fails.
pub fn proofs(db: &mut Db, id: Uuid) -> Result<Proofs, StoreError> {
    let row: Option<(Option<String>, Option<String>, Option<i64>)> = accounts::table
        .find(Id(id))
        .select((accounts::password_hash, accounts::totp_secret, accounts::totp_step))
        .get_result(db)
        .optional()?;
    let (password_hash, totp_secret, step) = row.unwrap_or_default();
    Ok(Proofs { password_hash, totp_secret, totp_step: step.and_then(|step| u64::try_from(step).ok()) })
}

/// Sets an account's password.
///
/// # Errors
/// If the database fails.
pub fn set_password(db: &mut Db, id: Uuid, hash: &str) -> Result<(), StoreError> {
    diesel::update(accounts::table.find(Id(id))).set(accounts::password_hash.eq(Some(hash))).execute(db)?;
    Ok(())
}

/// Sets or takes away the secret of an account's one-time codes.
///
/// # Errors
/// If the database fails.
pub fn set_totp(db: &mut Db, id: Uuid, secret: Option<&str>) -> Result<(), StoreError> {
    diesel::update(accounts::table.find(Id(id)))
        .set((accounts::totp_secret.eq(secret), accounts::totp_step.eq(None::<i64>)))
        .execute(db)?;
    Ok(())
}

/// Notes the time step of a one-time code, unless this step or a later one was taken before.
///
/// # Errors
/// If the database fails.
pub fn use_totp_step(db: &mut Db, id: Uuid, step: u64) -> Result<Saved, StoreError> {
    let step = i64::try_from(step).unwrap_or(i64::MAX);
    let unused = accounts::table.find(Id(id)).filter(accounts::totp_step.is_null().or(accounts::totp_step.lt(step)));
    Ok(Saved::of(diesel::update(unused).set(accounts::totp_step.eq(Some(step))).execute(db)?))
}

/// Replaces an account's recovery codes.
///
/// # Errors
/// If the database fails.
pub fn set_recovery_codes(db: &mut Db, id: Uuid, hashes: &[String]) -> Result<(), StoreError> {
    use recovery_codes::dsl;
    diesel::delete(dsl::recovery_codes.filter(dsl::account_id.eq(Id(id)))).execute(db)?;
    for hash in hashes {
        diesel::insert_into(dsl::recovery_codes)
            .values((dsl::account_id.eq(Id(id)), dsl::code_hash.eq(hash)))
            .execute(db)?;
    }
    Ok(())
}

/// How many recovery codes an account has left.
///
/// # Errors
/// If the database fails.
pub fn recovery_codes_left(db: &mut Db, id: Uuid) -> Result<i64, StoreError> {
    use recovery_codes::dsl;
    let unused = dsl::recovery_codes.filter(dsl::account_id.eq(Id(id))).filter(dsl::used_at.is_null());
    Ok(unused.count().get_result(db)?)
}

/// Uses a recovery code up.
///
/// # Errors
/// If the database fails.
pub fn use_recovery_code(db: &mut Db, id: Uuid, hash: &str, now: Timestamp) -> Result<Saved, StoreError> {
    use recovery_codes::dsl;
    let unused = dsl::recovery_codes.find((Id(id), hash)).filter(dsl::used_at.is_null());
    Ok(Saved::of(diesel::update(unused).set(dsl::used_at.eq(Some(Instant(now)))).execute(db)?))
}

type Columns = (accounts::id, accounts::email, accounts::name, accounts::language, accounts::state, accounts::operator);

const fn columns() -> Columns {
    (accounts::id, accounts::email, accounts::name, accounts::language, accounts::state, accounts::operator)
}

fn account((id, email, name, language, state, operator): Row) -> Result<Account, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "accounts", column };
    Ok(Account {
        id: id.0,
        email,
        name,
        language: Language::from_code(&language).ok_or_else(|| corrupt("language"))?,
        state: AccountState::from_code(&state).ok_or_else(|| corrupt("state"))?,
        operator: Operator::from_code(&operator).ok_or_else(|| corrupt("operator"))?,
    })
}

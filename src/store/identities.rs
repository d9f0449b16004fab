// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which account is it here, whom a sign-in service of another body calls by a name?

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::schema::identities;
use super::types::{Id, Instant};
use super::{Db, Saved, StoreError};

/// Somebody a service of another body knows, tied to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TiedIdentity {
    /// Identity of the tie.
    pub id: Uuid,
    /// The account.
    pub account_id: Uuid,
    /// The service.
    pub issuer: String,
    /// The service's name for the person.
    pub subject: String,
    /// How the person recognises it: the address or the name that the service told.
    pub called: String,
    /// Since when.
    pub tied_at: Timestamp,
    /// When somebody last came in by it.
    pub used_at: Option<Timestamp>,
}

type Row = (Id, Id, String, String, String, Instant, Option<Instant>);

/// Ties an identity to an account.
///
/// # Errors
/// If the database fails, or the identity is tied already.
pub fn insert(db: &mut Db, tied: &TiedIdentity) -> Result<(), StoreError> {
    use identities::dsl;
    diesel::insert_into(dsl::identities)
        .values((
            dsl::id.eq(Id(tied.id)),
            dsl::account_id.eq(Id(tied.account_id)),
            dsl::issuer.eq(&tied.issuer),
            dsl::subject.eq(&tied.subject),
            dsl::called.eq(&tied.called),
            dsl::tied_at.eq(Instant(tied.tied_at)),
        ))
        .execute(db)?;
    Ok(())
}

/// The tie of an identity, if there is one.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, issuer: &str, subject: &str) -> Result<Option<TiedIdentity>, StoreError> {
    let this = identities::table.filter(identities::issuer.eq(issuer)).filter(identities::subject.eq(subject));
    let row: Option<Row> = this.get_result(db).optional()?;
    Ok(row.map(tied))
}

/// Everything that is tied to an account.
///
/// # Errors
/// If the database fails.
pub fn of_account(db: &mut Db, account: Uuid) -> Result<Vec<TiedIdentity>, StoreError> {
    let rows: Vec<Row> =
        identities::table.filter(identities::account_id.eq(Id(account))).order(identities::id).load(db)?;
    Ok(rows.into_iter().map(tied).collect())
}

/// Notes that somebody came in by an identity.
///
/// # Errors
/// If the database fails.
pub fn used(db: &mut Db, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    diesel::update(identities::table.find(Id(id))).set(identities::used_at.eq(Some(Instant(now)))).execute(db)?;
    Ok(())
}

/// Unties an identity from its account.
///
/// # Errors
/// If the database fails.
pub fn delete(db: &mut Db, account: Uuid, id: Uuid) -> Result<Saved, StoreError> {
    let this = identities::table.find(Id(id)).filter(identities::account_id.eq(Id(account)));
    Ok(Saved::of(diesel::delete(this).execute(db)?))
}

fn tied((id, account_id, issuer, subject, called, tied_at, used_at): Row) -> TiedIdentity {
    let used_at = used_at.map(|at| at.0);
    TiedIdentity { id: id.0, account_id: account_id.0, issuer, subject, called, tied_at: tied_at.0, used_at }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is kept between the beginning of a sign-in and its answer? Once, for some minutes, for one browser.

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::schema::begun_sign_ins;
use super::types::{Id, Instant};
use super::{Db, StoreError};
use crate::domain::text::Language;

/// What was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BegunPurpose {
    /// Signing in through a service of another body.
    SignIn,
    /// Tying an identity of such a service to the account that is signed in.
    Tie,
    /// Taking an invitation up through such a service.
    Invitation,
    /// Making a passkey.
    PasskeyMaking,
    /// Signing in with a passkey alone.
    PasskeySignIn,
    /// A passkey after the password.
    PasskeyProof,
}

impl BegunPurpose {
    const ALL: [Self; 6] =
        [Self::SignIn, Self::Tie, Self::Invitation, Self::PasskeyMaking, Self::PasskeySignIn, Self::PasskeyProof];

    const fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Tie => "tie",
            Self::Invitation => "invitation",
            Self::PasskeyMaking => "passkey_making",
            Self::PasskeySignIn => "passkey_sign_in",
            Self::PasskeyProof => "passkey_proof",
        }
    }
}

/// A sign-in that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BegunSignIn {
    /// For what.
    pub purpose: BegunPurpose,
    /// Id of the service; empty for passkeys.
    pub provider: String,
    /// Whose it is, where somebody is signed in.
    pub account_id: Option<Uuid>,
    /// In which session, where somebody is signed in.
    pub session_id: Option<Uuid>,
    /// Hash of the invitation's token, where one is taken up.
    pub invitation_hash: Option<String>,
    /// Language of the page it was begun on.
    pub language: Language,
    /// What has to be known when the answer comes: for whoever wrote it.
    pub kept: String,
    /// Until when an answer is taken.
    pub expires_at: Timestamp,
}

type Row = (String, String, String, Option<Id>, Option<Id>, Option<String>, String, String, Instant);

/// Keeps what was begun, and forgets what nobody has answered in time.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, token_hash: &str, begun: &BegunSignIn, now: Timestamp) -> Result<(), StoreError> {
    use begun_sign_ins::dsl;
    diesel::delete(dsl::begun_sign_ins.filter(dsl::expires_at.le(Instant(now)))).execute(db)?;
    diesel::insert_into(dsl::begun_sign_ins)
        .values((
            dsl::token_hash.eq(token_hash),
            dsl::purpose.eq(begun.purpose.code()),
            dsl::provider.eq(&begun.provider),
            dsl::account_id.eq(begun.account_id.map(Id)),
            dsl::session_id.eq(begun.session_id.map(Id)),
            dsl::invitation_hash.eq(&begun.invitation_hash),
            dsl::language.eq(begun.language.code()),
            dsl::kept.eq(&begun.kept),
            dsl::expires_at.eq(Instant(begun.expires_at)),
        ))
        .execute(db)?;
    Ok(())
}

/// What was begun, while an answer is taken. Uses nothing up.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, token_hash: &str, now: Timestamp) -> Result<Option<BegunSignIn>, StoreError> {
    let this = begun_sign_ins::table.find(token_hash).filter(begun_sign_ins::expires_at.gt(Instant(now)));
    let row: Option<Row> = this.get_result(db).optional()?;
    row.map(begun).transpose()
}

/// What was begun, and takes no further answer. Nothing if another answer was quicker.
///
/// # Errors
/// If the database fails.
pub fn take(db: &mut Db, token_hash: &str, now: Timestamp) -> Result<Option<BegunSignIn>, StoreError> {
    let Some(found) = find(db, token_hash, now)? else { return Ok(None) };
    let taken = diesel::delete(begun_sign_ins::table.find(token_hash)).execute(db)?;
    Ok((taken == 1).then_some(found))
}

fn begun(row: Row) -> Result<BegunSignIn, StoreError> {
    let (_, purpose, provider, account_id, session_id, invitation_hash, language, kept, expires_at) = row;
    let corrupt = |column| StoreError::Corrupt { table: "begun_sign_ins", column };
    let purpose = BegunPurpose::ALL.into_iter().find(|one| one.code() == purpose);
    Ok(BegunSignIn {
        purpose: purpose.ok_or_else(|| corrupt("purpose"))?,
        provider,
        account_id: account_id.map(|id| id.0),
        session_id: session_id.map(|id| id.0),
        invitation_hash,
        language: Language::from_code(&language).ok_or_else(|| corrupt("language"))?,
        kept,
        expires_at: expires_at.0,
    })
}

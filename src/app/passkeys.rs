// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does staff come in with a passkey: alone, or after the password?
//!
//! The device always verifies the person (PIN, finger, face), so a passkey alone is as much as a password with a code. What
//! is asked of a device is kept on this side, tied to a browser by a cookie, and takes one answer.

use jiff::ToSpan;
use uuid::Uuid;

use super::accounts::LONGEST_NAME;
use super::local_sign_in::is_local_open;
use super::sessions::{FAILURE_MINUTES, SignedIn, failure_subject, of_account};
use super::staff::Staff;
use super::{App, Refusal, secrets};
use crate::domain::account::{Account, AccountState};
use crate::domain::field::{FieldProblem, Typed, line};
use crate::domain::text::Language;
pub use crate::identity::passkey::PasskeyError;
use crate::identity::passkey::{Begun, Holder, Passkey, claimed_credential_id};
use crate::store::begun_sign_ins::{self, BegunPurpose, BegunSignIn};
pub use crate::store::passkeys::KeptPasskey;
use crate::store::sessions::Proof;
use crate::store::{self, Db, Saved};

/// How long a question to a device waits for its answer.
const ASKED_MINUTES: i64 = 5;

/// A question to a device.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Options for the browser, as JSON.
    pub options: String,
    /// The token that ties the question to the browser.
    pub token: String,
}

/// What a session that waits for its second factor can be completed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factors {
    /// Codes of an app.
    pub codes: bool,
    /// A passkey.
    pub passkeys: bool,
}

impl App {
    /// Asks a device for a passkey for one's own account.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where this address takes no passkeys, or a failure of the database.
    pub fn ask_for_new_passkey(&self, db: &mut Db, staff: &Staff, language: Language) -> Result<Asked, Refusal> {
        let account = &staff.account;
        let handle = account.id.as_bytes();
        let holder = Holder { handle, name: &account.email, display_name: &account.name };
        let known = passkeys(db, account.id)?;
        let begun = self.relying_party()?.start_registration(holder, &known, self.clock.now());
        let whose = (Some(account.id), Some(staff.session));
        self.keep_question(db, begun.map_err(Refusal::Passkey)?, (BegunPurpose::PasskeyMaking, whose), language)
    }

    /// Adds the passkey that a device has made; returns recovery codes, shown this once, if it is the first second factor.
    /// Every other session ends and this one gets the token returned.
    ///
    /// # Errors
    /// [`Refusal::Passkey`], [`Refusal::Invalid`], or a failure of the database.
    pub async fn add_passkey(
        &self,
        staff: Staff,
        question: String,
        typed: Typed,
    ) -> Result<(Vec<String>, String), Refusal> {
        let name = line("passkey_name", typed.get("passkey_name"), LONGEST_NAME)?;
        let begun = self.take_question(question, BegunPurpose::PasskeyMaking).await?;
        if (begun.account_id, begun.session_id) != (Some(staff.account.id), Some(staff.session)) {
            return Err(Refusal::Passkey(PasskeyError::State));
        }
        let now = self.clock.now();
        let made = self.relying_party()?.finish_registration(&begun.kept, typed.get("response"), now);
        let made = made.map_err(Refusal::Passkey)?;
        let app = self.clone();
        self.store.write(move |db| app.keep_passkey(db, &staff, name, made)).await
    }

    fn keep_passkey(
        &self,
        db: &mut Db,
        staff: &Staff,
        name: String,
        made: Passkey,
    ) -> Result<(Vec<String>, String), Refusal> {
        if store::passkeys::find(db, &made.credential_id)?.is_some() {
            return Err(Refusal::Passkey(PasskeyError::Unknown));
        }
        let account_id = staff.account.id;
        let kept = KeptPasskey {
            id: Uuid::now_v7(),
            account_id,
            name,
            credential_id: made.credential_id,
            public_key: made.public_key,
            counter: made.counter,
            handle: made.handle,
            made_at: self.clock.now(),
            used_at: None,
        };
        let is_first = !Self::factors_of(db, account_id)?.any();
        store::passkeys::insert(db, &kept)?;
        self.record(db, of_account(&staff.account, "account.passkey"))?;
        let codes = if is_first { Self::fresh_recovery_codes(db, account_id)? } else { Vec::new() };
        Ok((codes, Self::renew(db, staff)?))
    }

    /// The passkeys of one's own account.
    ///
    /// # Errors
    /// If the database fails.
    pub fn own_passkeys(db: &mut Db, staff: &Staff) -> Result<Vec<KeptPasskey>, Refusal> {
        Ok(store::passkeys::of_account(db, staff.account.id)?)
    }

    /// Whether a passkey is the only second factor of one's own account.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if it is no passkey of that account.
    pub fn is_last_factor(db: &mut Db, staff: &Staff, id: Uuid) -> Result<bool, Refusal> {
        let all = store::passkeys::of_account(db, staff.account.id)?;
        if !all.iter().any(|one| one.id == id) {
            return Err(Refusal::NotFound);
        }
        Ok(all.len() == 1 && store::accounts::proofs(db, staff.account.id)?.totp_secret.is_none())
    }

    /// Takes a passkey of one's own account away; the password is asked for if nothing else is left after it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Invalid`] if the password does not fit, or as [`App::untie`].
    pub fn remove_passkey(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        if Self::is_last_factor(db, staff, id)? {
            Self::ask_password(db, staff, typed)?;
            store::accounts::set_recovery_codes(db, staff.account.id, &[])?;
        }
        if store::passkeys::delete(db, staff.account.id, id)? == Saved::Outdated {
            return Err(Refusal::NotFound);
        }
        self.keep_ways_in(db, &staff.account)?;
        self.record(db, of_account(&staff.account, "account.passkey-off"))
    }

    /// Asks a device for whatever passkey it holds for this address.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where this address takes no passkeys, or a failure of the database.
    pub fn ask_for_any_passkey(&self, db: &mut Db, language: Language) -> Result<Asked, Refusal> {
        let begun = self.relying_party()?.start_authentication(&[], self.clock.now()).map_err(Refusal::Passkey)?;
        self.keep_question(db, begun, (BegunPurpose::PasskeySignIn, (None, None)), language)
    }

    /// Signs in with a passkey alone.
    ///
    /// # Errors
    /// [`Refusal::Passkey`], [`Refusal::TooManyFailures`], [`Refusal::LocalSignInOff`], or a failure of the database.
    pub async fn sign_in_by_passkey(
        &self,
        question: String,
        response: String,
        device: String,
    ) -> Result<SignedIn, Refusal> {
        let begun = self.take_question(question, BegunPurpose::PasskeySignIn).await?;
        let app = self.clone();
        let done = self.store.write(move |db| {
            let unknown = || Refusal::Passkey(PasskeyError::Unknown);
            let id = claimed_credential_id(&response).ok_or_else(unknown)?;
            let kept = store::passkeys::find(db, &id)?.ok_or_else(unknown)?;
            let account = store::accounts::find(db, kept.account_id)?;
            let account = account.filter(|one| one.state == AccountState::Active).ok_or_else(unknown)?;
            match app.check_passkey(db, &account, (&begun, &response))? {
                Err(problem) => Ok(Err(problem)),
                Ok(()) if !is_local_open(db, account.id)? => Err(Refusal::LocalSignInOff),
                Ok(()) => Ok(Ok(app.open_proven_session(db, &account, &device)?)),
            }
        });
        done.await?.map_err(Refusal::Passkey)
    }

    /// What completes a session that waits for its second factor.
    ///
    /// # Errors
    /// [`Refusal::SignInFirst`] if none waits.
    pub fn factors(&self, db: &mut Db, token: &str) -> Result<Factors, Refusal> {
        let session = self.session(db, token)?;
        Self::factors_of(db, session.account_id)
    }

    pub(super) fn factors_of(db: &mut Db, account: Uuid) -> Result<Factors, Refusal> {
        let codes = store::accounts::proofs(db, account)?.totp_secret.is_some();
        Ok(Factors { codes, passkeys: !store::passkeys::of_account(db, account)?.is_empty() })
    }

    /// Asks a device for a passkey of the account whose password was right.
    ///
    /// # Errors
    /// [`Refusal::SignInFirst`], [`Refusal::NotFound`] if it has none, or a failure of the database.
    pub fn ask_for_own_passkey(&self, db: &mut Db, token: &str, language: Language) -> Result<Asked, Refusal> {
        let session = self.session(db, token)?;
        let known = passkeys(db, session.account_id)?;
        if known.is_empty() {
            return Err(Refusal::NotFound);
        }
        let begun = self.relying_party()?.start_authentication(&known, self.clock.now()).map_err(Refusal::Passkey)?;
        let whose = (Some(session.account_id), Some(session.id));
        self.keep_question(db, begun, (BegunPurpose::PasskeyProof, whose), language)
    }

    /// Takes a passkey as the second factor, and gives the session a new token.
    ///
    /// # Errors
    /// [`Refusal::Passkey`], [`Refusal::SignInFirst`], [`Refusal::TooManyFailures`], or a failure of the database.
    pub async fn prove_by_passkey(
        &self,
        token: String,
        question: String,
        response: String,
    ) -> Result<SignedIn, Refusal> {
        let begun = self.take_question(question, BegunPurpose::PasskeyProof).await?;
        let app = self.clone();
        let done = self.store.write::<_, Refusal>(move |db| {
            let session = app.session(db, &token)?;
            if (begun.account_id, begun.session_id) != (Some(session.account_id), Some(session.id)) {
                return Ok(Err(PasskeyError::State));
            }
            let account = store::accounts::find(db, session.account_id)?.ok_or(Refusal::SignInFirst)?;
            if let Err(problem) = app.check_passkey(db, &account, (&begun, &response))? {
                return Ok(Err(problem));
            }
            store::sessions::delete(db, &secrets::hash(&token))?;
            Ok(Ok(app.start_session(db, &account, &session.device, Proof::Complete)?))
        });
        done.await?.map_err(Refusal::Passkey)
    }

    /// Whether a device has signed with a passkey of this account. A failure is counted, and is no refusal, so that the
    /// count is kept.
    fn check_passkey(
        &self,
        db: &mut Db,
        account: &Account,
        (begun, response): (&BegunSignIn, &str),
    ) -> Result<Result<(), PasskeyError>, Refusal> {
        let (subject, now) = (failure_subject(&account.email), self.clock.now());
        self.check_failures(db, &subject)?;
        let kept = store::passkeys::of_account(db, account.id)?;
        let known: Vec<Passkey> = kept.iter().map(as_registered).collect();
        let proved = self.relying_party()?.finish_authentication(&begun.kept, response, &known, now);
        let used = proved.and_then(|used| {
            let row = kept.iter().find(|one| one.credential_id == used.credential_id);
            row.map(|row| (row, used.counter)).ok_or(PasskeyError::Unknown)
        });
        match used {
            Ok((row, counter)) if store::passkeys::used(db, row, counter, now)? == Saved::Yes => {
                store::tries::forget(db, &subject, now - FAILURE_MINUTES.minutes())?;
                Ok(Ok(()))
            }
            Ok(_) => Ok(Err(PasskeyError::Cloned)),
            Err(problem) => {
                store::tries::insert(db, Uuid::now_v7(), &subject, now)?;
                Ok(Err(problem))
            }
        }
    }

    fn keep_question(
        &self,
        db: &mut Db,
        begun: Begun,
        (purpose, (account_id, session_id)): (BegunPurpose, (Option<Uuid>, Option<Uuid>)),
        language: Language,
    ) -> Result<Asked, Refusal> {
        let now = self.clock.now();
        let question = BegunSignIn {
            purpose,
            provider: String::new(),
            account_id,
            session_id,
            invitation_hash: None,
            language,
            kept: begun.state,
            expires_at: now + ASKED_MINUTES.minutes(),
        };
        let token = secrets::token();
        begun_sign_ins::insert(db, &secrets::hash(&token), &question, now)?;
        Ok(Asked { options: begun.options, token })
    }

    /// The question that this browser was asked; it takes no further answer, whatever becomes of this one.
    async fn take_question(&self, token: String, purpose: BegunPurpose) -> Result<BegunSignIn, Refusal> {
        let now = self.clock.now();
        let begun = self.store.write(move |db| begun_sign_ins::take(db, &secrets::hash(&token), now)).await;
        let begun = begun.map_err(Refusal::Store)?.filter(|begun| begun.purpose == purpose);
        begun.ok_or(Refusal::Passkey(PasskeyError::State))
    }

    /// Nothing, where the password of one's own account was typed, or it has none.
    pub(super) fn ask_password(db: &mut Db, staff: &Staff, typed: &Typed) -> Result<(), Refusal> {
        use crate::identity::password;
        let kept = store::accounts::proofs(db, staff.account.id)?.password_hash;
        if kept.is_some() && !password::verify(typed.get("old_password"), kept.as_deref()) {
            return Err(FieldProblem::new("old_password", "wrong-password").into());
        }
        Ok(())
    }
}

impl Factors {
    /// Whether anything is asked for after the password.
    #[must_use]
    pub const fn any(self) -> bool {
        self.codes || self.passkeys
    }
}

fn passkeys(db: &mut Db, account: Uuid) -> Result<Vec<Passkey>, Refusal> {
    Ok(store::passkeys::of_account(db, account)?.iter().map(as_registered).collect())
}

fn as_registered(kept: &KeptPasskey) -> Passkey {
    Passkey {
        credential_id: kept.credential_id.clone(),
        public_key: kept.public_key.clone(),
        counter: kept.counter,
        handle: kept.handle.clone(),
    }
}

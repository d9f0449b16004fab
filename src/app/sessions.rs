// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does staff sign in and out, and with which proofs?

use jiff::ToSpan;
use uuid::Uuid;

use super::local_sign_in::is_local_open;
use super::staff::Staff;
use super::{App, Refusal, secrets};
use crate::domain::account::{Account, AccountState};
use crate::domain::audit::AuditNote;
use crate::domain::email::EmailAddress;
use crate::domain::field::Typed;
use crate::identity::{password, totp};
use crate::store::sessions::{KeptForm, Proof, StaffSession};
use crate::store::staff_links::{LinkPurpose, NewLink};
use crate::store::{self, Db, Saved};

/// How long a sign-in link works.
const LINK_HOURS: i64 = 24;
/// How long staff stay signed in at most.
const SESSION_HOURS: i64 = 12;
/// How long a session may lie idle.
const IDLE_HOURS: i64 = 2;
/// How often the use of a session is noted.
const NOTED_SECONDS: i64 = 60;
/// How long somebody may take over the second factor.
const SECOND_FACTOR_MINUTES: i64 = 10;
/// Failures after which an account waits.
const FAILURES: i64 = 10;
/// How long failures count.
pub(super) const FAILURE_MINUTES: i64 = 15;

/// Somebody tries to sign in.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// E-mail address as typed.
    pub email: String,
    /// Password as typed.
    pub password: String,
    /// The device, in a few words.
    pub device: String,
}

/// A session that was opened.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The session's token, for the cookie.
    pub token: String,
    /// Whether a second factor is still asked for.
    pub proof: Proof,
}

/// A session as its owner sees it in a list.
#[derive(Clone, Debug)]
pub struct OwnSession {
    /// The session.
    pub session: StaffSession,
    /// Whether it is the one that asks.
    pub current: bool,
}

impl App {
    /// A fresh link that signs an account in once.
    ///
    /// # Errors
    /// If the database fails.
    pub fn issue_sign_in(&self, db: &mut Db, account: Uuid) -> Result<String, Refusal> {
        self.issue_link(db, LinkPurpose::SignIn, Some(account))
    }

    pub(super) fn issue_link(
        &self,
        db: &mut Db,
        purpose: LinkPurpose,
        account: Option<Uuid>,
    ) -> Result<String, Refusal> {
        let token = secrets::token();
        let expires_at = self.clock.now() + LINK_HOURS.hours();
        store::staff_links::insert(db, &secrets::hash(&token), NewLink { purpose, account, expires_at })?;
        Ok(token)
    }

    /// Whether a link would still sign somebody in. Uses nothing up.
    ///
    /// # Errors
    /// [`Refusal::UsedLink`], or a failure of the database.
    pub fn check_sign_in(&self, db: &mut Db, token: &str) -> Result<(), Refusal> {
        let found = store::staff_links::find(db, &secrets::hash(token), LinkPurpose::SignIn, self.clock.now())?;
        found.map(|_| ()).ok_or(Refusal::UsedLink)
    }

    /// Uses a link up and opens a session.
    ///
    /// # Errors
    /// [`Refusal::UsedLink`], or a failure of the database.
    pub fn sign_in_by_link(&self, db: &mut Db, token: &str, device: &str) -> Result<SignedIn, Refusal> {
        let account = store::staff_links::use_up(db, &secrets::hash(token), LinkPurpose::SignIn, self.clock.now())?
            .flatten()
            .ok_or(Refusal::UsedLink)?;
        let account = store::accounts::find(db, account)?.ok_or(Refusal::UsedLink)?;
        self.open_session(db, &account, device)
    }

    /// Signs in with e-mail address and password. Failures are counted even though the answer is a refusal.
    ///
    /// # Errors
    /// [`Refusal::SignInFailed`], [`Refusal::TooManyFailures`], or a failure of the database.
    pub async fn sign_in(&self, attempt: Attempt) -> Result<SignedIn, Refusal> {
        let app = self.clone();
        let subject = failure_subject(&attempt.email);
        let (device, counted) = (attempt.device.clone(), subject.clone());
        let fits = self.store.read(move |db| app.check_password(db, &attempt, &counted)).await?;
        let app = self.clone();
        let signed_in = self.store.write(move |db| app.finish_sign_in(db, fits.as_ref(), &subject, &device)).await?;
        signed_in.ok_or(Refusal::SignInFailed)
    }

    /// The account whose password fits. Takes as long for an address that is no account.
    fn check_password(&self, db: &mut Db, attempt: &Attempt, subject: &str) -> Result<Option<Account>, Refusal> {
        self.check_failures(db, subject)?;
        let email = EmailAddress::parse(&attempt.email).map(|email| email.folded()).unwrap_or_default();
        let account = store::accounts::find_by_email(db, &email)?;
        let kept = match &account {
            Some(account) => store::accounts::proofs(db, account.id)?.password_hash,
            None => None,
        };
        let fits = password::verify(&attempt.password, kept.as_deref());
        let account = account.filter(|account| fits && account.state == AccountState::Active);
        // Only whoever knows the password learns that it is not enough.
        match &account {
            Some(account) if !is_local_open(db, account.id)? => Err(Refusal::LocalSignInOff),
            _ => Ok(account),
        }
    }

    pub(super) fn check_failures(&self, db: &mut Db, subject: &str) -> Result<(), Refusal> {
        let since = self.clock.now() - FAILURE_MINUTES.minutes();
        let failures = store::tries::count_since(db, subject, since)?;
        if failures < FAILURES { Ok(()) } else { Err(Refusal::TooManyFailures) }
    }

    fn finish_sign_in(
        &self,
        db: &mut Db,
        account: Option<&Account>,
        subject: &str,
        device: &str,
    ) -> Result<Option<SignedIn>, Refusal> {
        let now = self.clock.now();
        let Some(account) = account else {
            store::tries::insert(db, Uuid::now_v7(), subject, now)?;
            return Ok(None);
        };
        let signed_in = self.open_session(db, account, device)?;
        if signed_in.proof == Proof::Complete {
            store::tries::forget(db, subject, now - FAILURE_MINUTES.minutes())?;
        }
        Ok(Some(signed_in))
    }

    /// Opens a session for an account whose first proof was good.
    pub(super) fn open_session(&self, db: &mut Db, account: &Account, device: &str) -> Result<SignedIn, Refusal> {
        store::sessions::forget_expired(db, self.clock.now())?;
        let asks_more = Self::factors_of(db, account.id)?.any();
        self.start_session(db, account, device, if asks_more { Proof::Password } else { Proof::Complete })
    }

    /// Opens a session for an account of which everything was proved elsewhere.
    pub(super) fn open_proven_session(
        &self,
        db: &mut Db,
        account: &Account,
        device: &str,
    ) -> Result<SignedIn, Refusal> {
        store::sessions::forget_expired(db, self.clock.now())?;
        self.start_session(db, account, device, Proof::Complete)
    }

    pub(super) fn start_session(
        &self,
        db: &mut Db,
        account: &Account,
        device: &str,
        proof: Proof,
    ) -> Result<SignedIn, Refusal> {
        let (token, now) = (secrets::token(), self.clock.now());
        let lasts = match proof {
            Proof::Password => SECOND_FACTOR_MINUTES.minutes(),
            Proof::Complete => SESSION_HOURS.hours(),
        };
        let session = StaffSession {
            id: Uuid::now_v7(),
            account_id: account.id,
            proof,
            device: device.chars().take(80).collect(),
            started_at: now,
            seen_at: now,
            expires_at: now + lasts,
            waiting: None,
        };
        store::sessions::insert(db, &session, &secrets::hash(&token))?;
        if proof == Proof::Complete {
            self.record(db, of_account(account, "session.opening"))?;
        }
        Ok(SignedIn { token, proof })
    }

    /// Takes the second factor, a one-time code or a recovery code, and gives the session a new token. `None` if it does
    /// not fit; the failure is counted.
    ///
    /// # Errors
    /// [`Refusal::SignInFirst`], [`Refusal::TooManyFailures`], or a failure of the database.
    pub fn second_factor(&self, db: &mut Db, token: &str, code: &str) -> Result<Option<SignedIn>, Refusal> {
        let session = self.session(db, token)?;
        let account = store::accounts::find(db, session.account_id)?.ok_or(Refusal::SignInFirst)?;
        let subject = failure_subject(&account.email);
        self.check_failures(db, &subject)?;
        if !self.takes(db, &account, code)? {
            store::tries::insert(db, Uuid::now_v7(), &subject, self.clock.now())?;
            return Ok(None);
        }
        let device = session.device.clone();
        store::sessions::delete(db, &secrets::hash(token))?;
        store::tries::forget(db, &subject, self.clock.now() - FAILURE_MINUTES.minutes())?;
        self.start_session(db, &account, &device, Proof::Complete).map(Some)
    }

    fn takes(&self, db: &mut Db, account: &Account, code: &str) -> Result<bool, Refusal> {
        let proofs = store::accounts::proofs(db, account.id)?;
        let now = self.clock.now();
        let second = u64::try_from(now.as_second()).unwrap_or(0);
        let step = match &proofs.totp_secret {
            Some(secret) => totp::step(secret, code, second, proofs.totp_step)?,
            None => None,
        };
        if let Some(step) = step {
            return Ok(store::accounts::use_totp_step(db, account.id, step)? == Saved::Yes);
        }
        let hash = secrets::hash(&recovery_form(code));
        Ok(store::accounts::use_recovery_code(db, account.id, &hash, now)? == Saved::Yes)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// If the database fails.
    pub fn sign_out(db: &mut Db, token: &str) -> Result<(), Refusal> {
        Ok(store::sessions::delete(db, &secrets::hash(token))?)
    }

    /// Who holds a session's token.
    ///
    /// # Errors
    /// [`Refusal::SignInFirst`], [`Refusal::SecondFactorFirst`], or a failure of the database.
    pub fn staff(&self, db: &mut Db, token: Option<&str>) -> Result<Staff, Refusal> {
        let session = self.session(db, token.ok_or(Refusal::SignInFirst)?)?;
        if session.proof != Proof::Complete {
            return Err(Refusal::SecondFactorFirst);
        }
        let account = store::accounts::find(db, session.account_id)?
            .filter(|account| account.state == AccountState::Active)
            .ok_or(Refusal::SignInFirst)?;
        let grants = store::grants::of_account(db, account.id)?;
        Ok(Staff { account, session: session.id, seen_at: session.seen_at, grants })
    }

    pub(super) fn session(&self, db: &mut Db, token: &str) -> Result<StaffSession, Refusal> {
        let now = self.clock.now();
        let found = store::sessions::find(db, &secrets::hash(token), now, now - IDLE_HOURS.hours())?;
        found.ok_or(Refusal::SignInFirst)
    }

    /// Notes that a session is in use.
    ///
    /// # Errors
    /// If the database fails.
    pub fn touch(&self, db: &mut Db, staff: &Staff) -> Result<(), Refusal> {
        Ok(store::sessions::seen(db, staff.session, self.clock.now())?)
    }

    /// Keeps a form that was sent after its session had ended; returns the token that hands it back.
    ///
    /// # Errors
    /// If the database fails.
    pub fn keep_form(&self, db: &mut Db, address: String, typed: Typed) -> Result<String, Refusal> {
        let token = secrets::token();
        let form = KeptForm { address, fields: typed.0 };
        let until = self.clock.now() + IDLE_HOURS.hours();
        store::sessions::keep_form(db, &secrets::hash(&token), &form, until)?;
        Ok(token)
    }

    /// A form that was kept.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if there is none, or no more.
    pub fn kept_form(&self, db: &mut Db, token: &str) -> Result<KeptForm, Refusal> {
        store::sessions::find_form(db, &secrets::hash(token), self.clock.now())?.ok_or(Refusal::NotFound)
    }

    /// Whether a session was last noted more than a minute ago: noting it at every request would make each a write.
    #[must_use]
    pub fn is_to_be_noted(&self, staff: &Staff) -> bool {
        self.clock.now().as_second() - staff.seen_at.as_second() > NOTED_SECONDS
    }

    /// The sessions of an account that last.
    ///
    /// # Errors
    /// If the database fails.
    pub fn own_sessions(&self, db: &mut Db, staff: &Staff) -> Result<Vec<OwnSession>, Refusal> {
        let sessions = store::sessions::of_account(db, staff.account.id, self.clock.now())?;
        let own = |session: StaffSession| OwnSession { current: session.id == staff.session, session };
        Ok(sessions.into_iter().map(own).collect())
    }

    /// Ends one of an account's own sessions.
    ///
    /// # Errors
    /// If the database fails.
    pub fn end_session(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<(), Refusal> {
        store::sessions::delete_of_account(db, staff.account.id, id)?;
        self.record(db, of_account(&staff.account, "session.ending"))
    }
}

/// A note for the audit about an account's own deed.
pub(super) fn of_account(account: &Account, act: &'static str) -> AuditNote {
    let actor = format!("{} <{}>", account.name, account.email);
    AuditNote { actor, act, subject: account.id.simple().to_string(), ..AuditNote::default() }
}

/// Whose failures are counted: a hash, so that an address that is no account leaves no trace that can be read.
pub(super) fn failure_subject(email: &str) -> String {
    secrets::hash(&format!("sign-in:{}", email.trim().to_lowercase()))
}

/// A recovery code as it is hashed: without hyphens and blanks, in capitals.
pub(super) fn recovery_form(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does staff come in through the sign-in service of another body?
//!
//! The service proves who somebody is, and nothing else: what they may do is granted here. An identity, which is issuer and
//! subject, is tied to an account by taking an invitation up through it, or by the account's owner. An e-mail address that
//! is the same ties nothing, unless the settings of that service say so and the service has verified it.

use jiff::ToSpan;
use uuid::Uuid;

use super::accounts::{LONGEST_NAME, folded};
use super::people::Offer;
use super::sessions::{SignedIn, of_account};
use super::staff::Staff;
use super::{App, Conflict, Refusal, secrets};
use crate::domain::account::{Account, AccountState, Operator};
use crate::domain::audit::AuditNote;
use crate::domain::text::Language;
pub use crate::identity::oidc::{Callback, OidcError};
use crate::identity::oidc::{Identity, Kept, ProviderSettings, SecondFactor, Start};
pub use crate::store::begun_sign_ins::BegunSignIn;
use crate::store::begun_sign_ins::{self, BegunPurpose};
use crate::store::identities;
pub use crate::store::identities::TiedIdentity;
use crate::store::{self, Db, Saved};

/// How long somebody may stay at the other body's service.
pub(super) const BEGUN_MINUTES: i64 = 10;
/// Most characters kept of the name or address by which an identity is recognised.
const LONGEST_CALLED: usize = 200;

/// For what somebody goes to another body's service.
#[derive(Clone, Debug)]
pub enum Aim {
    /// To sign in.
    SignIn,
    /// To tie their identity there to the account that is signed in.
    Tie(Box<Staff>),
    /// To take up the invitation with this token.
    Invitation(String),
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum CameIn {
    /// A session was opened.
    SignedIn(SignedIn),
    /// The identity is tied to the account that is signed in.
    Tied,
    /// No account is tied to the identity; the failure is counted.
    NotTied,
}

impl App {
    /// Asks a service for the address that a browser is sent to. Blocks.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an unknown service, [`Refusal::Elsewhere`] if it does not answer.
    pub fn start_elsewhere(&self, provider: &str) -> Result<Start, Refusal> {
        Ok(self.provider(provider)?.start())
    }

    /// Keeps what a sign-in elsewhere needs when its answer comes; returns the token that ties it to the browser.
    ///
    /// # Errors
    /// [`Refusal::UsedLink`] for an invitation that is none, or a failure of the database.
    pub fn begin_elsewhere(
        &self,
        db: &mut Db,
        (provider, language): (&str, Language),
        aim: &Aim,
        start: &Start,
    ) -> Result<String, Refusal> {
        let (purpose, staff, invitation_hash) = match aim {
            Aim::SignIn => (BegunPurpose::SignIn, None, None),
            Aim::Tie(staff) => (BegunPurpose::Tie, Some(staff), None),
            Aim::Invitation(token) => {
                self.offer(db, token)?;
                (BegunPurpose::Invitation, None, Some(secrets::hash(token)))
            }
        };
        let now = self.clock.now();
        let begun = BegunSignIn {
            purpose,
            provider: provider.to_owned(),
            account_id: staff.map(|staff| staff.account.id),
            session_id: staff.map(|staff| staff.session),
            invitation_hash,
            language,
            kept: start.kept.to_text(),
            expires_at: now + BEGUN_MINUTES.minutes(),
        };
        let token = secrets::token();
        begun_sign_ins::insert(db, &secrets::hash(&token), &begun, now)?;
        Ok(token)
    }

    /// What a browser that comes back had begun; it cannot be answered again. An answer with another state is not one, and
    /// uses nothing up.
    ///
    /// # Errors
    /// [`Refusal::Elsewhere`] if this browser had begun nothing, or something else, or too long ago.
    pub fn answered_elsewhere(
        &self,
        db: &mut Db,
        provider: &str,
        token: &str,
        callback: &Callback,
    ) -> Result<BegunSignIn, Refusal> {
        self.provider_settings(provider)?;
        let (hash, now) = (secrets::hash(token), self.clock.now());
        let strange = || Refusal::Elsewhere(OidcError::State);
        let begun = begun_sign_ins::find(db, &hash, now)?.filter(|begun| begun.provider == provider);
        let kept = Kept::from_text(&begun.ok_or_else(strange)?.kept).ok_or_else(strange)?;
        if !kept.is_answered_by(callback) {
            return Err(strange());
        }
        begun_sign_ins::take(db, &hash, now)?.ok_or_else(strange)
    }

    /// Who the service says that somebody is. Blocks.
    ///
    /// # Errors
    /// [`Refusal::Elsewhere`] if it does not say it, or not in a way that proves it; [`Refusal::NotVerified`] where a
    /// verified address is required.
    pub fn who_elsewhere(&self, begun: &BegunSignIn, callback: &Callback) -> Result<Identity, Refusal> {
        let kept = Kept::from_text(&begun.kept).ok_or(Refusal::Elsewhere(OidcError::State))?;
        let provider = self.provider(&begun.provider)?;
        let identity = provider.finish(callback, &kept, self.clock.now()).map_err(Refusal::Elsewhere)?;
        if provider.settings().requires_verified_email && !(identity.email.is_some() && identity.email_verified) {
            return Err(Refusal::NotVerified);
        }
        Ok(identity)
    }

    /// Lets somebody in whom a service has named, or ties the name to the account that is signed in.
    ///
    /// # Errors
    /// [`Refusal::TooManyFailures`], [`Refusal::SignInFirst`], [`Conflict::IdentityTaken`], or as for an invitation.
    pub fn come_in(
        &self,
        db: &mut Db,
        begun: &BegunSignIn,
        identity: &Identity,
        (session, device): (Option<&str>, &str),
    ) -> Result<CameIn, Refusal> {
        let settings = self.provider_settings(&begun.provider)?;
        let subject = secrets::hash(&format!("identity:{} {}", identity.issuer, identity.subject));
        self.check_failures(db, &subject)?;
        let account = match begun.purpose {
            BegunPurpose::SignIn => self.account_of(db, settings, identity)?,
            BegunPurpose::Invitation => self.invited(db, begun, settings, identity)?,
            BegunPurpose::Tie => return self.tie_own(db, begun, identity, session),
            BegunPurpose::PasskeyMaking | BegunPurpose::PasskeySignIn | BegunPurpose::PasskeyProof => {
                return Err(Refusal::Elsewhere(OidcError::State));
            }
        };
        let Some(account) = account else {
            store::tries::insert(db, Uuid::now_v7(), &subject, self.clock.now())?;
            return Ok(CameIn::NotTied);
        };
        let signed_in = match settings.second_factor {
            SecondFactor::Provider => self.open_proven_session(db, &account, device)?,
            SecondFactor::Here => self.open_session(db, &account, device)?,
        };
        Ok(CameIn::SignedIn(signed_in))
    }

    /// The account of an identity, if one is tied to it, or may be by its address.
    fn account_of(
        &self,
        db: &mut Db,
        settings: &ProviderSettings,
        identity: &Identity,
    ) -> Result<Option<Account>, Refusal> {
        if let Some(tied) = identities::find(db, &identity.issuer, &identity.subject)? {
            identities::used(db, tied.id, self.clock.now())?;
            let account = store::accounts::find(db, tied.account_id)?;
            return Ok(account.filter(|account| account.state == AccountState::Active));
        }
        let email = identity.email.as_deref().filter(|_| settings.ties_by_email && identity.email_verified);
        let Some(email) = email else { return Ok(None) };
        let found = store::accounts::find_by_email(db, &folded(email))?;
        let found = found.filter(|account| account.state == AccountState::Active);
        if let Some(account) = &found {
            self.tie(db, account, identity)?;
        }
        Ok(found)
    }

    /// The account that an invitation is taken up with: the identity's, or a new one with the address invited.
    fn invited(
        &self,
        db: &mut Db,
        begun: &BegunSignIn,
        settings: &ProviderSettings,
        identity: &Identity,
    ) -> Result<Option<Account>, Refusal> {
        let offer = self.offer_of(db, begun.invitation_hash.as_deref().unwrap_or_default())?;
        let account = match self.account_of(db, settings, identity)? {
            Some(account) if folded(&account.email) != folded(&offer.invitation.email) => {
                return Err(Refusal::Forbidden);
            }
            Some(account) => account,
            // Whoever has that account ties it themselves.
            None if offer.known => return Ok(None),
            None => self.new_from(db, &offer, identity, begun.language)?,
        };
        self.accept(db, &offer, &account)?;
        Ok(Some(account))
    }

    fn new_from(
        &self,
        db: &mut Db,
        offer: &Offer,
        identity: &Identity,
        language: Language,
    ) -> Result<Account, Refusal> {
        let name = identity.name.as_ref().map(|name| plain(name, LONGEST_NAME)).filter(|name| !name.is_empty());
        let account = Account {
            id: Uuid::now_v7(),
            email: offer.invitation.email.clone(),
            name: name.unwrap_or_else(|| offer.invitation.name.clone()),
            language,
            state: AccountState::Active,
            operator: Operator::No,
        };
        store::accounts::insert(db, &account, &folded(&account.email), self.clock.now())?;
        self.tie(db, &account, identity)?;
        Ok(account)
    }

    /// Ties an identity to the account that began it and is still signed in, in the same session.
    fn tie_own(
        &self,
        db: &mut Db,
        begun: &BegunSignIn,
        identity: &Identity,
        session: Option<&str>,
    ) -> Result<CameIn, Refusal> {
        let staff = self.staff(db, session)?;
        if (Some(staff.account.id), Some(staff.session)) != (begun.account_id, begun.session_id) {
            return Err(Refusal::SignInFirst);
        }
        match identities::find(db, &identity.issuer, &identity.subject)? {
            None => self.tie(db, &staff.account, identity)?,
            Some(tied) if tied.account_id == staff.account.id => {}
            Some(_) => return Err(Conflict::IdentityTaken.into()),
        }
        Ok(CameIn::Tied)
    }

    fn tie(&self, db: &mut Db, account: &Account, identity: &Identity) -> Result<(), Refusal> {
        let called = identity.email.as_ref().or(identity.name.as_ref()).unwrap_or(&identity.subject);
        let tied = TiedIdentity {
            id: Uuid::now_v7(),
            account_id: account.id,
            issuer: identity.issuer.clone(),
            subject: identity.subject.clone(),
            called: plain(called, LONGEST_CALLED),
            tied_at: self.clock.now(),
            used_at: None,
        };
        identities::insert(db, &tied)?;
        self.record(db, AuditNote { note: identity.issuer.clone(), ..of_account(account, "account.identity") })
    }

    /// The identities tied to one's own account.
    ///
    /// # Errors
    /// If the database fails.
    pub fn own_identities(db: &mut Db, staff: &Staff) -> Result<Vec<TiedIdentity>, Refusal> {
        Ok(identities::of_account(db, staff.account.id)?)
    }

    /// Unties an identity from one's own account.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Conflict::LastWayIn`] if nothing else would let the account in.
    pub fn untie(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<(), Refusal> {
        let account = &staff.account;
        if identities::delete(db, account.id, id)? == Saved::Outdated {
            return Err(Refusal::NotFound);
        }
        self.keep_ways_in(db, account)?;
        self.record(db, of_account(account, "account.identity-off"))
    }
}

/// A text of one line as another body wrote it, without what cannot be seen.
fn plain(text: &str, longest: usize) -> String {
    let seen: String = text.chars().filter(|c| !c.is_control()).take(longest).collect();
    seen.trim().to_owned()
}

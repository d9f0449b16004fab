// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! May a body's people come in by password, or through a sign-in service only?
//!
//! A body can switch passwords and passkeys off for its people once a service is set up. Whoever also works for a body that
//! has not done so keeps them. Whoever runs the installation can always hand out a link from the shell.

use uuid::Uuid;

use super::staff::{Staff, note, organisation, subject};
use super::{App, Conflict, Refusal};
use crate::domain::account::{Account, AccountState, Scope};
use crate::domain::role::{Action, Role};
pub use crate::store::local_sign_in::LocalSignIn;
use crate::store::{self, Db};

impl App {
    /// Whether a body lets its people in by password.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn local_sign_in(db: &mut Db, staff: &Staff, body: Uuid) -> Result<LocalSignIn, Refusal> {
        organisation(db, staff, body, Action::ManagePeople)?;
        Ok(store::local_sign_in::of_organisation(db, body)?)
    }

    /// Sets whether a body lets its people in by password.
    ///
    /// # Errors
    /// [`Conflict::NoProvider`]; [`Conflict::NobodyTied`] if none of its administrators could come in any more; or as
    /// [`Staff::require`].
    pub fn set_local_sign_in(
        &self,
        db: &mut Db,
        staff: &Staff,
        body: Uuid,
        wanted: LocalSignIn,
    ) -> Result<(), Refusal> {
        let organisation = organisation(db, staff, body, Action::ManagePeople)?;
        store::local_sign_in::set(db, body, wanted, self.clock.now())?;
        let act = match wanted {
            LocalSignIn::On => "organisation.local-sign-in",
            LocalSignIn::Off => "organisation.local-sign-in-off",
        };
        if wanted == LocalSignIn::Off && !self.has_providers() {
            return Err(Conflict::NoProvider { body: organisation.name }.into());
        }
        self.keep_an_administrator_tied(db, body)?;
        self.record(db, note(staff, body, act, subject(&organisation.name, body)))
    }

    /// Refuses to leave a body that switched passwords off without an administrator who comes in otherwise.
    pub(super) fn keep_an_administrator_tied(&self, db: &mut Db, body: Uuid) -> Result<(), Refusal> {
        if store::local_sign_in::of_organisation(db, body)? == LocalSignIn::On {
            return Ok(());
        }
        for grant in store::grants::of_organisation(db, body)? {
            if (grant.role, grant.scope) != (Role::Administrator, Scope::Organisation) {
                continue;
            }
            let account = store::accounts::find(db, grant.account_id)?;
            if account.is_some_and(|account| account.state == AccountState::Active)
                && self.is_tied(db, grant.account_id)?
            {
                return Ok(());
            }
        }
        let body = store::organisations::find(db, body)?.map(|body| body.name).unwrap_or_default();
        Err(Conflict::NobodyTied { body }.into())
    }

    /// Refuses to leave an account without a way in that works.
    pub(super) fn keep_ways_in(&self, db: &mut Db, account: &Account) -> Result<(), Refusal> {
        let is_local = has_local_way(db, account.id)? && is_local_open(db, account.id)?;
        if !is_local && !self.is_tied(db, account.id)? {
            return Err(Conflict::LastWayIn.into());
        }
        for grant in store::grants::of_account(db, account.id)? {
            self.keep_an_administrator_tied(db, grant.organisation_id)?;
        }
        Ok(())
    }

    /// Whether an account is tied to a service that is set up.
    fn is_tied(&self, db: &mut Db, account: Uuid) -> Result<bool, Refusal> {
        let tied = store::identities::of_account(db, account)?;
        Ok(tied.iter().any(|one| self.is_provider(&one.issuer)))
    }
}

/// Whether passwords and passkeys let an account in: they do unless all its bodies have switched them off.
pub(super) fn is_local_open(db: &mut Db, account: Uuid) -> Result<bool, Refusal> {
    let grants = store::grants::of_account(db, account)?;
    for grant in &grants {
        if store::local_sign_in::of_organisation(db, grant.organisation_id)? == LocalSignIn::On {
            return Ok(true);
        }
    }
    Ok(grants.is_empty())
}

fn has_local_way(db: &mut Db, account: Uuid) -> Result<bool, Refusal> {
    let has_password = store::accounts::proofs(db, account)?.password_hash.is_some();
    Ok(has_password || !store::passkeys::of_account(db, account)?.is_empty())
}

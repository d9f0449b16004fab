// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does somebody who forgot their password get a new one? By a link that works once, handed over in person.

use uuid::Uuid;

use super::accounts::{check_password, folded};
use super::sessions::of_account;
use super::staff::{Staff, note, of_body, organisation, subject};
use super::{App, Conflict, Refusal, secrets};
use crate::domain::account::{Account, AccountState, Operator};
use crate::domain::audit::AuditNote;
use crate::domain::field::{Problems, Typed};
use crate::domain::role::Action;
use crate::identity::password;
use crate::store::staff_links::LinkPurpose;
use crate::store::{self, Db};

/// What becomes of the second factor when a link is issued from the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactorThen {
    /// It is still asked for.
    Kept,
    /// Codes, passkeys and recovery codes are taken away.
    Removed,
}

impl App {
    /// A fresh link by which the holder of a grant sets a new password; links given to them before stop working.
    ///
    /// Only where the administrator could change all that the account may do: whoever also works for another body, or looks
    /// after the installation, would be taken over there too.
    ///
    /// # Errors
    /// [`Conflict::WorksElsewhere`], or as [`Staff::require`].
    pub fn issue_reset(&self, db: &mut Db, staff: &Staff, body: Uuid, grant: Uuid) -> Result<String, Refusal> {
        organisation(db, staff, body, Action::ManagePeople)?;
        let grant = store::grants::of_organisation(db, body)?.into_iter().find(|one| one.id == grant);
        let grant = grant.ok_or(Refusal::NotFound)?;
        let account = store::accounts::find(db, grant.account_id)?.ok_or(Refusal::NotFound)?;
        let held = store::grants::of_account(db, account.id)?;
        let is_within = held.iter().all(|one| staff.may(Action::ManagePeople, of_body(one.organisation_id)));
        if !is_within || (account.operator == Operator::Yes && staff.account.operator == Operator::No) {
            return Err(Conflict::WorksElsewhere { name: account.name }.into());
        }
        let token = self.reset_link(db, &account)?;
        self.record(db, note(staff, body, "people.reset", subject(&account.name, account.id)))?;
        Ok(token)
    }

    /// A fresh link of the same kind from the shell, for any account.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or a failure of the database.
    pub fn issue_reset_for(&self, db: &mut Db, email: &str, then: SecondFactorThen) -> Result<String, Refusal> {
        let account = store::accounts::find_by_email(db, &folded(email))?.ok_or(Refusal::NotFound)?;
        if then == SecondFactorThen::Removed {
            store::accounts::set_totp(db, account.id, None)?;
            store::accounts::set_recovery_codes(db, account.id, &[])?;
            store::passkeys::delete_all(db, account.id)?;
            self.record(db, from_shell(&account, "account.second-factor-off"))?;
        }
        self.record(db, from_shell(&account, "account.reset-link"))?;
        self.reset_link(db, &account)
    }

    /// A fresh link that signs an account in once, from the shell: the way in that is always left.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or a failure of the database.
    pub fn issue_sign_in_for(&self, db: &mut Db, email: &str) -> Result<String, Refusal> {
        let account = store::accounts::find_by_email(db, &folded(email))?.ok_or(Refusal::NotFound)?;
        self.record(db, from_shell(&account, "account.sign-in-link"))?;
        self.issue_sign_in(db, account.id)
    }

    fn reset_link(&self, db: &mut Db, account: &Account) -> Result<String, Refusal> {
        store::staff_links::withdraw_of(db, LinkPurpose::Reset, account.id)?;
        self.issue_link(db, LinkPurpose::Reset, Some(account.id))
    }

    /// For whom a reset link still works. Uses nothing up.
    ///
    /// # Errors
    /// [`Refusal::UsedLink`], or a failure of the database.
    pub fn check_reset(&self, db: &mut Db, token: &str) -> Result<Account, Refusal> {
        let found = store::staff_links::find(db, &secrets::hash(token), LinkPurpose::Reset, self.clock.now())?;
        let account = found.flatten().ok_or(Refusal::UsedLink)?;
        let account = store::accounts::find(db, account)?.filter(|account| account.state == AccountState::Active);
        account.ok_or(Refusal::UsedLink)
    }

    /// Uses a reset link up: sets the new password and ends every session. The second factor stays as it is.
    ///
    /// # Errors
    /// [`Refusal::UsedLink`], [`Refusal::Invalid`], or a failure of the database.
    pub fn reset_password(&self, db: &mut Db, token: &str, typed: &Typed) -> Result<(), Refusal> {
        let account = self.check_reset(db, token)?;
        let mut problems = Problems::default();
        check_password(typed, &account.name, &account.email, &mut problems);
        problems.none()?;
        store::staff_links::use_up(db, &secrets::hash(token), LinkPurpose::Reset, self.clock.now())?
            .ok_or(Refusal::UsedLink)?;
        store::accounts::set_password(db, account.id, &password::hash(typed.get("password"))?)?;
        store::sessions::delete_others(db, account.id, None)?;
        self.record(db, of_account(&account, "account.reset"))
    }
}

/// A note for the audit about what was done to an account from the shell.
fn from_shell(account: &Account, act: &'static str) -> AuditNote {
    let subject = subject(&format!("{} <{}>", account.name, account.email), account.id);
    AuditNote { actor: "shell".to_owned(), subject, ..of_account(account, act) }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does an account come to be, and what does its owner change about it?

use uuid::Uuid;

use super::passkeys::Factors;
use super::sessions::{SignedIn, of_account, recovery_form};
use super::staff::Staff;
use super::{App, Conflict, Refusal, secrets};
use crate::domain::account::{Account, AccountState, Grant, Operator, Scope};
use crate::domain::audit::AuditNote;
use crate::domain::email::EmailAddress;
use crate::domain::field::{FieldProblem, Problems, Typed, line};
use crate::domain::programme::{BodyDetails, BodyKind, Organisation, Origin};
use crate::domain::role::Role;
use crate::domain::text::Language;
use crate::identity::password::{self, PasswordProblem};
use crate::identity::totp::{self, Picture};
use crate::store::staff_links::LinkPurpose;
use crate::store::{self, Db};

/// How many recovery codes an account gets.
const RECOVERY_CODES: usize = 10;
/// Longest name.
pub(super) const LONGEST_NAME: usize = 120;

/// A second factor that is being set up: nothing is asked for until a first code was right.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// The secret, to be typed where there is no camera.
    pub secret: String,
    /// The secret as a picture.
    pub picture: Picture,
}

impl App {
    /// A fresh link for the first set-up, if there is no account yet; links given before stop working.
    ///
    /// # Errors
    /// If the database fails.
    pub fn issue_set_up(&self, db: &mut Db) -> Result<Option<String>, Refusal> {
        if store::accounts::count(db)? > 0 {
            return Ok(None);
        }
        store::staff_links::withdraw(db, LinkPurpose::SetUp)?;
        self.issue_link(db, LinkPurpose::SetUp, None).map(Some)
    }

    /// Whether the set-up link still works.
    ///
    /// # Errors
    /// [`Refusal::UsedLink`], or a failure of the database.
    pub fn check_set_up(&self, db: &mut Db, token: &str) -> Result<(), Refusal> {
        let found = store::staff_links::find(db, &secrets::hash(token), LinkPurpose::SetUp, self.clock.now())?;
        found.map(|_| ()).ok_or(Refusal::UsedLink)
    }

    /// Makes the first administrator and their body, and signs them in.
    ///
    /// # Errors
    /// [`Refusal::UsedLink`], [`Refusal::Invalid`], or a failure of the database.
    pub fn set_up(&self, db: &mut Db, token: &str, typed: &Typed, language: Language) -> Result<SignedIn, Refusal> {
        let mut problems = Problems::default();
        let body = problems.note(line("body_name", typed.get("body_name"), LONGEST_NAME));
        let contact = problems.note(line("contact", typed.get("contact"), LONGEST_NAME));
        let account = new_account(typed, language, Operator::Yes, &mut problems);
        problems.none()?;
        let account = account.ok_or(Refusal::UsedLink)?;
        let hash = secrets::hash(token);
        store::staff_links::use_up(db, &hash, LinkPurpose::SetUp, self.clock.now())?.ok_or(Refusal::UsedLink)?;
        self.insert_account(db, &account, typed.get("password"))?;
        let organisation = Organisation {
            id: Uuid::now_v7(),
            name: body,
            contact,
            data: Origin::Real,
            details: BodyDetails { kind: kind(typed), ..BodyDetails::default() },
            revision: 1,
        };
        store::organisations::insert(db, &organisation)?;
        for body in store::organisations::all(db)? {
            self.grant_all(db, &account, body.id, &Role::FOUNDING)?;
        }
        let added = AuditNote { subject: organisation.name, ..of_account(&account, "installation.set-up") };
        self.record(db, added)?;
        self.open_session(db, &account, typed.get("device"))
    }

    /// Adds an account from the shell. Its owner signs in with the password typed there.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], or a failure of the database.
    pub fn add_account(
        &self,
        db: &mut Db,
        typed: &Typed,
        operator: Operator,
        administers: Option<&str>,
    ) -> Result<Account, Refusal> {
        let mut problems = Problems::default();
        let language = Language::from_code(typed.get("language")).unwrap_or_default();
        let account = new_account(typed, language, operator, &mut problems);
        problems.none()?;
        let account = account.ok_or(Refusal::NotFound)?;
        self.insert_account(db, &account, typed.get("password"))?;
        if let Some(name) = administers {
            let body = body_named(db, name)?;
            self.grant_all(db, &account, body, &Role::FOUNDING)?;
        }
        let added = of_account(&account, "account.adding");
        self.record(db, AuditNote { actor: "shell".to_owned(), ..added })?;
        Ok(account)
    }

    pub(super) fn insert_account(&self, db: &mut Db, account: &Account, password: &str) -> Result<(), Refusal> {
        let folded = folded(&account.email);
        if store::accounts::find_by_email(db, &folded)?.is_some() {
            return Err(FieldProblem::new("email", "account-known").into());
        }
        store::accounts::insert(db, account, &folded, self.clock.now())?;
        store::accounts::set_password(db, account.id, &password::hash(password)?)?;
        Ok(())
    }

    pub(super) fn grant_all(&self, db: &mut Db, account: &Account, body: Uuid, roles: &[Role]) -> Result<(), Refusal> {
        for role in roles {
            let grant = Grant {
                organisation_id: body,
                id: Uuid::now_v7(),
                account_id: account.id,
                role: *role,
                scope: Scope::Organisation,
                group: String::new(),
                body: String::new(),
            };
            store::grants::insert(db, &grant, self.clock.now())?;
        }
        Ok(())
    }

    /// Changes a password, given the old one; every other session ends and this one gets a new token.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], or a failure of the database.
    pub fn change_password(&self, db: &mut Db, staff: &Staff, typed: &Typed) -> Result<String, Refusal> {
        let kept = store::accounts::proofs(db, staff.account.id)?.password_hash;
        let mut problems = Problems::default();
        if !password::verify(typed.get("old_password"), kept.as_deref()) {
            problems.add(FieldProblem::new("old_password", "wrong-password"));
        }
        check_password(typed, &staff.account.name, &staff.account.email, &mut problems);
        problems.none()?;
        store::accounts::set_password(db, staff.account.id, &password::hash(typed.get("password"))?)?;
        self.record(db, of_account(&staff.account, "account.password"))?;
        Self::renew(db, staff)
    }

    /// Ends every other session of an account and gives this one a new token.
    pub(super) fn renew(db: &mut Db, staff: &Staff) -> Result<String, Refusal> {
        store::sessions::delete_others(db, staff.account.id, Some(staff.session))?;
        let token = secrets::token();
        store::sessions::rotate(db, staff.session, &secrets::hash(&token), store::sessions::Proof::Complete)?;
        Ok(token)
    }

    /// Whether an account has a password that its owner could change.
    ///
    /// # Errors
    /// If the database fails.
    pub fn has_password(db: &mut Db, staff: &Staff) -> Result<bool, Refusal> {
        Ok(store::accounts::proofs(db, staff.account.id)?.password_hash.is_some())
    }

    /// What an account asks for after the password, and how many recovery codes it has left.
    ///
    /// # Errors
    /// If the database fails.
    pub fn second_factor_of(db: &mut Db, staff: &Staff) -> Result<(Factors, i64), Refusal> {
        let left = store::accounts::recovery_codes_left(db, staff.account.id)?;
        Ok((Self::factors_of(db, staff.account.id)?, left))
    }

    /// The secret that waits to be confirmed by a first code; a fresh one if none waits.
    ///
    /// # Errors
    /// If the database fails.
    pub fn begin_second_factor(&self, db: &mut Db, staff: &Staff, token: &str) -> Result<Enrolment, Refusal> {
        let waiting = self.session(db, token)?.waiting;
        let secret = waiting.unwrap_or_else(|| totp::secret(secrets::totp_bytes()));
        store::sessions::set_waiting(db, staff.session, Some(&secret))?;
        let picture = totp::picture(&totp::address(&secret, &staff.account.email)?)?;
        Ok(Enrolment { secret, picture })
    }

    /// Turns one-time codes on, given a first code; returns the recovery codes, shown this once, and the session's new
    /// token.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] if the code does not fit.
    pub fn confirm_second_factor(
        &self,
        db: &mut Db,
        staff: &Staff,
        token: &str,
        code: &str,
    ) -> Result<(Vec<String>, String), Refusal> {
        let secret = self.session(db, token)?.waiting.ok_or(Refusal::NotFound)?;
        let second = u64::try_from(self.clock.now().as_second()).unwrap_or(0);
        let step = totp::step(&secret, code, second, None)?.ok_or(FieldProblem::new("code", "wrong-code"))?;
        store::accounts::set_totp(db, staff.account.id, Some(&secret))?;
        let _first_use = store::accounts::use_totp_step(db, staff.account.id, step)?;
        let codes = Self::fresh_recovery_codes(db, staff.account.id)?;
        self.record(db, of_account(&staff.account, "account.second-factor"))?;
        Ok((codes, Self::renew(db, staff)?))
    }

    /// New recovery codes in the place of those there were.
    pub(super) fn fresh_recovery_codes(db: &mut Db, account: Uuid) -> Result<Vec<String>, Refusal> {
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| secrets::code().to_string()).collect();
        let hashes: Vec<String> = codes.iter().map(|code| secrets::hash(&recovery_form(code))).collect();
        store::accounts::set_recovery_codes(db, account, &hashes)?;
        Ok(codes)
    }

    /// Turns one-time codes off, given the password.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] if the password does not fit.
    pub fn drop_second_factor(&self, db: &mut Db, staff: &Staff, typed: &Typed) -> Result<(), Refusal> {
        Self::ask_password(db, staff, typed)?;
        store::accounts::set_totp(db, staff.account.id, None)?;
        // A passkey that is still asked for may get lost too.
        if !Self::factors_of(db, staff.account.id)?.any() {
            store::accounts::set_recovery_codes(db, staff.account.id, &[])?;
        }
        self.record(db, of_account(&staff.account, "account.second-factor-off"))
    }
}

/// The body of this name; a new one if there is none.
fn body_named(db: &mut Db, name: &str) -> Result<Uuid, Refusal> {
    let name = line("body_name", name, LONGEST_NAME)?;
    if let Some(known) = store::organisations::all(db)?.into_iter().find(|body| body.name == name) {
        return Ok(known.id);
    }
    let details = BodyDetails::default();
    let id = Uuid::now_v7();
    let body = Organisation { id, name, contact: String::new(), data: Origin::Real, details, revision: 1 };
    store::organisations::insert(db, &body)?;
    Ok(id)
}

/// An account from what was typed: `name`, `email`, `password`.
pub(super) fn new_account(
    typed: &Typed,
    language: Language,
    operator: Operator,
    problems: &mut Problems,
) -> Option<Account> {
    let name = problems.take(line("name", typed.get("name"), LONGEST_NAME));
    let email = problems.take(email(typed));
    check_password(typed, typed.get("name"), typed.get("email"), problems);
    let (name, email) = name.zip(email)?;
    Some(Account { id: Uuid::now_v7(), email, name, language, state: AccountState::Active, operator })
}

/// The e-mail address in the field `email`.
pub(super) fn email(typed: &Typed) -> Result<String, FieldProblem> {
    if !typed.has("email") {
        return Err(FieldProblem::new("email", "missing"));
    }
    let parsed = EmailAddress::parse(typed.get("email"));
    parsed.map(|email| email.as_str().to_owned()).map_err(|_| FieldProblem::new("email", "not-an-address"))
}

/// An address as accounts are told apart by it.
pub(super) fn folded(email: &str) -> String {
    EmailAddress::parse(email).map_or_else(|_| email.trim().to_lowercase(), |email| email.folded())
}

pub(super) fn check_password(typed: &Typed, name: &str, email: &str, problems: &mut Problems) {
    let about = [name, email, typed.get("body_name")];
    match password::check(typed.get("password"), &about) {
        Ok(()) => {}
        Err(PasswordProblem::TooShort(count)) => {
            problems.add(FieldProblem::new("password", "password-short").with("count", count));
        }
        Err(PasswordProblem::TooLong(_)) => problems.add(FieldProblem::new("password", "password-long")),
        Err(PasswordProblem::Guessable) => problems.add(FieldProblem::new("password", "password-guessable")),
    }
}

pub(super) fn kind(typed: &Typed) -> BodyKind {
    BodyKind::from_code(typed.get("kind")).unwrap_or_default()
}

/// Refuses to leave a body without an administrator.
pub(super) fn keep_an_administrator(db: &mut Db, organisation: &Organisation, leaving: &Grant) -> Result<(), Refusal> {
    let others = store::grants::of_organisation(db, organisation.id)?;
    let stays = |grant: &Grant| {
        grant.role == Role::Administrator && grant.scope == Scope::Organisation && grant.id != leaving.id
    };
    if leaving.role != Role::Administrator || others.iter().any(stays) {
        Ok(())
    } else {
        Err(Conflict::LastAdministrator { body: organisation.name.clone() }.into())
    }
}

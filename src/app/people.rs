// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who works for a body, in which role, and who was asked to?

use jiff::ToSpan;
use uuid::Uuid;

use super::accounts::{LONGEST_NAME, email, folded, keep_an_administrator, new_account};
use super::local_sign_in::LocalSignIn;
use super::outbox::Posting;
use super::sessions::SignedIn;
use super::staff::{Staff, note, of_body, of_project, organisation, subject};
use super::{App, Conflict, Refusal, secrets};
use crate::domain::account::{Account, Grant, Operator, Scope};
use crate::domain::audit::AuditNote;
use crate::domain::email::EmailAddress;
use crate::domain::field::{FieldProblem, Problems, Typed, line, optional_line};
use crate::domain::message::{Letter, MessageId, MessagePurpose};
use crate::domain::programme::{Organisation, Programme, Project};
use crate::domain::role::{Action, Role};
use crate::domain::text::Language;
use crate::store::grants::StaffInvitation;
use crate::store::outbox::OutboxEntry;
use crate::store::{self, Db, Saved};

/// How long an invitation can be taken up.
const INVITATION_DAYS: i64 = 14;

/// Everybody who works for a body.
#[derive(Clone, Debug)]
pub struct People {
    /// The body.
    pub organisation: Organisation,
    /// Grants with their accounts.
    pub granted: Vec<(Account, Grant)>,
    /// Invitations nobody has taken up yet, each with its message if one was written.
    pub invited: Vec<(StaffInvitation, Option<OutboxEntry>)>,
    /// What a role can be granted over, besides the whole body.
    pub programmes: Vec<Programme>,
    /// What a role can be granted over, besides the whole body.
    pub projects: Vec<Project>,
}

/// An invitation as the person invited sees it.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The body that invites.
    pub organisation: Organisation,
    /// What is offered.
    pub invitation: StaffInvitation,
    /// Whether the address has an account already.
    pub known: bool,
    /// Whether that body lets its people in by password.
    pub local: LocalSignIn,
}

/// Words of an invitation: of which body, to which role, with which token.
pub type StaffWording<'a> = dyn Fn(&str, Role, &str) -> Letter + 'a;

impl App {
    /// Everybody who works for a body.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn people(db: &mut Db, staff: &Staff, id: Uuid) -> Result<People, Refusal> {
        let organisation = organisation(db, staff, id, Action::ManagePeople)?;
        let mut granted = Vec::new();
        for grant in store::grants::of_organisation(db, id)? {
            if let Some(account) = store::accounts::find(db, grant.account_id)? {
                granted.push((account, grant));
            }
        }
        let mut invited = Vec::new();
        for one in store::grants::open_invitations(db, id)? {
            let mut messages = store::outbox::newest(db, id, one.grant.id, (0, 1))?;
            invited.push((one, messages.pop()));
        }
        let programmes = store::programmes::of_organisation(db, id)?;
        let projects = store::projects::of_organisation(db, id)?;
        Ok(People { organisation, granted, invited, programmes, projects })
    }

    /// Invites somebody to a role, by mail where there is a wording; returns the token of the link, to be handed on.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Conflict::RolesApart`], or as [`Staff::require`].
    pub fn invite_staff(
        &self,
        db: &mut Db,
        staff: &Staff,
        (body, typed): (Uuid, &Typed),
        wording: Option<&StaffWording<'_>>,
    ) -> Result<String, Refusal> {
        let organisation = organisation(db, staff, body, Action::ManagePeople)?;
        let mut problems = Problems::default();
        let name = problems.note(line("name", typed.get("name"), LONGEST_NAME));
        let email = problems.note(email(typed));
        let role = problems.take(role(typed));
        let scope = problems.take(scope(db, body, typed)?);
        let group = problems.note(group(typed));
        let of = problems.note(optional_line("works_for", typed.get("works_for"), LONGEST_NAME));
        problems.none()?;
        let (role, scope) = role.zip(scope).ok_or(Refusal::NotFound)?;
        let grant =
            Grant { organisation_id: body, id: Uuid::now_v7(), account_id: Uuid::nil(), role, scope, group, body: of };
        if let Some(known) = store::accounts::find_by_email(db, &folded(&email))? {
            keep_roles_apart(db, &known, &grant)?;
        }
        let token = secrets::token();
        let expires_at = self.clock.now() + (INVITATION_DAYS * 24).hours();
        let invitation = StaffInvitation { grant, email, name, expires_at, answered_at: None };
        store::grants::invite(db, &invitation, &secrets::hash(&token))?;
        if let Some(wording) = wording {
            self.post(db, posting(&invitation)?, wording(&organisation.name, role, &token))?;
        }
        let what = note(staff, organisation.id, "people.invitation", invitation.email.clone());
        self.record(db, AuditNote { note: role.code().to_owned(), ..what })?;
        Ok(token)
    }

    /// What an invitation offers.
    ///
    /// # Errors
    /// [`Refusal::UsedLink`], or a failure of the database.
    pub fn offer(&self, db: &mut Db, token: &str) -> Result<Offer, Refusal> {
        self.offer_of(db, &secrets::hash(token))
    }

    pub(super) fn offer_of(&self, db: &mut Db, token_hash: &str) -> Result<Offer, Refusal> {
        let invitation = store::grants::find_invitation(db, token_hash, self.clock.now())?;
        let invitation = invitation.ok_or(Refusal::UsedLink)?;
        let organisation =
            store::organisations::find(db, invitation.grant.organisation_id)?.ok_or(Refusal::UsedLink)?;
        let known = store::accounts::find_by_email(db, &folded(&invitation.email))?.is_some();
        let local = store::local_sign_in::of_organisation(db, organisation.id)?;
        Ok(Offer { organisation, invitation, known, local })
    }

    /// Takes an invitation up with a new account, and signs in.
    ///
    /// # Errors
    /// [`Refusal::UsedLink`], [`Refusal::Invalid`], or a failure of the database.
    pub fn take_up(&self, db: &mut Db, token: &str, typed: &Typed, language: Language) -> Result<SignedIn, Refusal> {
        let offer = self.offer(db, token)?;
        if offer.local == LocalSignIn::Off {
            return Err(Refusal::LocalSignInOff);
        }
        // The address is the one that was invited, whatever was sent.
        let mut fields = typed.0.clone();
        fields.retain(|(name, _)| name != "email");
        let typed = Typed(fields).with("email", &offer.invitation.email).with("body_name", &offer.organisation.name);
        let mut problems = Problems::default();
        let account = new_account(&typed, language, Operator::No, &mut problems);
        problems.none()?;
        let account = account.ok_or(Refusal::UsedLink)?;
        self.insert_account(db, &account, typed.get("password"))?;
        self.accept(db, &offer, &account)?;
        self.open_session(db, &account, typed.get("device"))
    }

    /// Takes an invitation up with the account that is signed in; its address must be the one invited.
    ///
    /// # Errors
    /// [`Refusal::UsedLink`], [`Refusal::Forbidden`] for another address, [`Conflict::RolesApart`].
    pub fn take_up_as(&self, db: &mut Db, staff: &Staff, token: &str) -> Result<(), Refusal> {
        let offer = self.offer(db, token)?;
        if folded(&offer.invitation.email) != folded(&staff.account.email) {
            return Err(Refusal::Forbidden);
        }
        self.accept(db, &offer, &staff.account)
    }

    pub(super) fn accept(&self, db: &mut Db, offer: &Offer, account: &Account) -> Result<(), Refusal> {
        let asked = &offer.invitation.grant;
        let now = self.clock.now();
        let answered = store::grants::answer_invitation(db, asked.organisation_id, asked.id, now)?;
        if answered == Saved::Outdated {
            return Err(Refusal::UsedLink);
        }
        let grant = Grant { account_id: account.id, ..asked.clone() };
        keep_roles_apart(db, account, &grant)?;
        let same = |one: &Grant| (one.role, one.scope, &one.group) == (grant.role, grant.scope, &grant.group);
        let held = store::grants::of_account(db, account.id)?;
        if !held.iter().any(|one| one.organisation_id == grant.organisation_id && same(one)) {
            store::grants::insert(db, &grant, now)?;
        }
        let organisation = asked.organisation_id.simple().to_string();
        let actor = format!("{} <{}>", account.name, account.email);
        let note = grant.role.code().to_owned();
        let subject = subject(&account.name, account.id);
        self.record(db, AuditNote { organisation, actor, act: "people.acceptance", subject, note })
    }

    /// Withdraws a role, or an invitation that nobody has taken up.
    ///
    /// # Errors
    /// [`Conflict::LastAdministrator`], or as [`Staff::require`].
    pub fn withdraw_grant(&self, db: &mut Db, staff: &Staff, body: Uuid, id: Uuid) -> Result<(), Refusal> {
        let organisation = organisation(db, staff, body, Action::ManagePeople)?;
        let grant = store::grants::of_organisation(db, body)?.into_iter().find(|grant| grant.id == id);
        let done = match &grant {
            Some(grant) => {
                keep_an_administrator(db, &organisation, grant)?;
                let done = store::grants::delete(db, body, id)?;
                self.keep_an_administrator_tied(db, body)?;
                done
            }
            None => store::grants::answer_invitation(db, body, id, self.clock.now())?,
        };
        if done == Saved::Outdated {
            return Err(Refusal::NotFound);
        }
        let what = note(staff, body, "people.withdrawal", id.simple().to_string());
        self.record(db, AuditNote { note: grant.map(|one| one.role.code().to_owned()).unwrap_or_default(), ..what })
    }

    /// The audit of a body, the newest first: entries and how many there are.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn audit_of(
        db: &mut Db,
        staff: &Staff,
        body: Uuid,
        skip: i64,
    ) -> Result<(Organisation, Vec<crate::domain::audit::AuditEntry>, i64), Refusal> {
        staff.require(Action::ReadAudit, of_body(body))?;
        let organisation = organisation(db, staff, body, Action::ReadAudit)?;
        let key = body.simple().to_string();
        let entries = store::audit::of_organisation(db, &key, skip, super::audit::PAGE)?;
        Ok((organisation, entries, store::audit::count_of_organisation(db, &key)?))
    }
}

fn posting(invitation: &StaffInvitation) -> Result<Posting, Refusal> {
    let (organisation_id, about) = (invitation.grant.organisation_id, invitation.grant.id);
    let not_an_address = |_| FieldProblem::new("email", "not-an-address");
    let message_id = MessageId::parse(&format!("staff.{}", about.simple()));
    Ok(Posting {
        organisation_id,
        about,
        purpose: MessagePurpose::SignIn,
        recipient: EmailAddress::parse(&invitation.email).map_err(not_an_address)?,
        message_id: message_id.map_err(|_| Refusal::NotFound)?,
    })
}

/// Refuses a grant that would let one person read single answers and invite or ask, over the same things.
fn keep_roles_apart(db: &mut Db, account: &Account, grant: &Grant) -> Result<(), Refusal> {
    let held = store::grants::of_account(db, account.id)?;
    for one in held.iter().filter(|one| one.organisation_id == grant.organisation_id && !one.role.goes_with(grant.role))
    {
        if overlap(db, one, grant)? {
            return Err(Conflict::RolesApart { name: account.name.clone() }.into());
        }
    }
    Ok(())
}

fn overlap(db: &mut Db, one: &Grant, other: &Grant) -> Result<bool, Refusal> {
    match (one.scope, other.scope) {
        (Scope::Project(id), Scope::Programme(_)) => reaches_project(db, other, id),
        (Scope::Programme(_), Scope::Project(id)) => reaches_project(db, one, id),
        (a, b) => Ok(a.meets(b)),
    }
}

fn reaches_project(db: &mut Db, grant: &Grant, id: Uuid) -> Result<bool, Refusal> {
    let Some(project) = store::projects::find(db, grant.organisation_id, id)? else { return Ok(true) };
    let thing = of_project(db, &project)?;
    Ok(grant.scope.covers(thing))
}

fn role(typed: &Typed) -> Result<Role, FieldProblem> {
    Role::from_code(typed.get("role")).ok_or(FieldProblem::new("role", "choose"))
}

fn group(typed: &Typed) -> Result<String, FieldProblem> {
    let group = optional_line("group", typed.get("group"), 20)?;
    if group.is_empty() && typed.get("role") == Role::Committee.code() {
        return Err(FieldProblem::new("group", "committee-group"));
    }
    Ok(group)
}

/// The reach in the field `scope`: `organisation`, `programme:ID` or `project:ID`, of this body only.
fn scope(db: &mut Db, body: Uuid, typed: &Typed) -> Result<Result<Scope, FieldProblem>, Refusal> {
    let (code, id) = typed.get("scope").split_once(':').unwrap_or((typed.get("scope"), ""));
    let id = Uuid::parse_str(id).unwrap_or_default();
    let found = match Scope::from_parts(code, id) {
        Some(Scope::Organisation) => Some(Scope::Organisation),
        Some(Scope::Programme(id)) => store::programmes::find(db, body, id)?.map(|one| Scope::Programme(one.id)),
        Some(Scope::Project(id)) => store::projects::find(db, body, id)?.map(|one| Scope::Project(one.id)),
        None => None,
    };
    Ok(found.ok_or(FieldProblem::new("scope", "choose")))
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who of the staff asks, and may they? Denied by default: what is out of reach does not exist for them.

use jiff::Timestamp;
use uuid::Uuid;

use super::{App, Refusal};
use crate::domain::account::{Account, Grant, Operator, Thing};
use crate::domain::audit::AuditNote;
use crate::domain::programme::{Organisation, Programme, Project};
use crate::domain::role::Action;
use crate::domain::wave::Wave;
use crate::store::{self, Db};

/// A signed-in member of staff, with everything granted to them.
#[derive(Clone, Debug)]
pub struct Staff {
    /// Who it is.
    pub account: Account,
    /// The session they ask in.
    pub session: Uuid,
    /// When the session was last noted to be in use.
    pub seen_at: Timestamp,
    /// What they were granted, by any body.
    pub grants: Vec<Grant>,
}

impl Staff {
    /// Name and address, as acts are signed and the audit has them.
    #[must_use]
    pub fn signature(&self) -> String {
        format!("{} <{}>", self.account.name, self.account.email)
    }

    /// Whether an action on a thing is allowed.
    #[must_use]
    pub fn may(&self, action: Action, thing: Thing) -> bool {
        self.grants.iter().any(|grant| grant.allows(action, thing))
    }

    /// Whether anything about a thing is in reach.
    #[must_use]
    pub fn reaches(&self, thing: Thing) -> bool {
        self.grants.iter().any(|grant| grant.reaches(thing))
    }

    /// Bodies that granted anything, each once.
    #[must_use]
    pub fn organisations(&self) -> Vec<Uuid> {
        let mut found: Vec<Uuid> = Vec::new();
        for grant in &self.grants {
            if !found.contains(&grant.organisation_id) {
                found.push(grant.organisation_id);
            }
        }
        found
    }

    /// Nothing, for whoever looks after the installation.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] for anybody else.
    pub fn require_operator(&self) -> Result<(), Refusal> {
        match self.account.operator {
            Operator::Yes => Ok(()),
            Operator::No => Err(Refusal::Forbidden),
        }
    }

    /// Nothing, where an action on a thing is allowed.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the thing is out of reach, [`Refusal::Forbidden`] where only the action is.
    pub fn require(&self, action: Action, thing: Thing) -> Result<(), Refusal> {
        if self.may(action, thing) {
            Ok(())
        } else if self.reaches(thing) {
            Err(Refusal::Forbidden)
        } else {
            Err(Refusal::NotFound)
        }
    }
}

/// Where a body stands.
#[must_use]
pub const fn of_body(organisation: Uuid) -> Thing {
    Thing { organisation, programme: None, project: None }
}

/// Where a programme stands.
#[must_use]
pub const fn of_programme(programme: &Programme) -> Thing {
    Thing { organisation: programme.organisation_id, programme: Some(programme.id), project: None }
}

/// Where a project stands.
///
/// # Errors
/// If the database fails.
pub fn of_project(db: &mut Db, project: &Project) -> Result<Thing, Refusal> {
    let edition = super::planning::edition_of(db, project)?;
    Ok(Thing {
        organisation: project.organisation_id,
        programme: edition.map(|(_, programme)| programme.id),
        project: Some(project.id),
    })
}

/// A body on which staff may act.
///
/// # Errors
/// As [`Staff::require`].
pub fn organisation(db: &mut Db, staff: &Staff, id: Uuid, action: Action) -> Result<Organisation, Refusal> {
    staff.require(action, of_body(id))?;
    store::organisations::find(db, id)?.ok_or(Refusal::NotFound)
}

/// A programme on which staff may act.
///
/// # Errors
/// As [`Staff::require`].
pub fn programme(db: &mut Db, staff: &Staff, id: Uuid, action: Action) -> Result<Programme, Refusal> {
    for organisation in staff.organisations() {
        if let Some(programme) = store::programmes::find(db, organisation, id)? {
            staff.require(action, of_programme(&programme))?;
            return Ok(programme);
        }
    }
    Err(Refusal::NotFound)
}

/// A project on which staff may act.
///
/// # Errors
/// As [`Staff::require`].
pub fn project(db: &mut Db, staff: &Staff, id: Uuid, action: Action) -> Result<Project, Refusal> {
    for organisation in staff.organisations() {
        if let Some(project) = store::projects::find(db, organisation, id)? {
            let thing = of_project(db, &project)?;
            staff.require(action, thing)?;
            return Ok(project);
        }
    }
    Err(Refusal::NotFound)
}

/// A wave on which staff may act, with its project.
///
/// # Errors
/// As [`Staff::require`].
pub fn wave(db: &mut Db, staff: &Staff, id: Uuid, action: Action) -> Result<(Project, Wave), Refusal> {
    for organisation in staff.organisations() {
        if let Some(wave) = store::waves::find(db, organisation, id)? {
            return Ok((project(db, staff, wave.project_id, action)?, wave));
        }
    }
    Err(Refusal::NotFound)
}

impl App {
    /// Writes down what somebody did; part of the same transaction as the deed.
    ///
    /// # Errors
    /// If the database fails.
    pub fn record(&self, db: &mut Db, note: AuditNote) -> Result<(), Refusal> {
        Ok(store::audit::append(db, note, self.clock.now())?)
    }
}

/// A note for the audit about something a body has.
pub(super) fn note(staff: &Staff, organisation: Uuid, act: &'static str, subject: String) -> AuditNote {
    let organisation = organisation.simple().to_string();
    AuditNote { organisation, actor: staff.signature(), act, subject, note: String::new() }
}

/// How a thing is called in the audit: its name and its id.
pub(super) fn subject(name: &str, id: Uuid) -> String {
    format!("{name} ({})", id.simple())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::{AccountState, Scope};
    use crate::domain::role::Role;
    use crate::domain::text::Language;

    #[test]
    fn what_is_out_of_reach_is_not_there_and_what_is_in_reach_may_be_forbidden() {
        let id = Uuid::from_u128;
        let account = Account {
            id: id(3),
            email: "ada@comune.esempio.it".to_owned(),
            name: "Ada".to_owned(),
            language: Language::It,
            state: AccountState::Active,
            operator: Operator::No,
        };
        let grant = Grant {
            organisation_id: id(1),
            id: id(2),
            account_id: id(3),
            role: Role::Collector,
            scope: Scope::Organisation,
            group: String::new(),
            body: String::new(),
        };
        let staff = Staff { account, session: id(4), seen_at: Timestamp::UNIX_EPOCH, grants: vec![grant] };
        assert!(staff.require(Action::Invite, of_body(id(1))).is_ok());
        assert!(matches!(staff.require(Action::EditProject, of_body(id(1))), Err(Refusal::Forbidden)));
        assert!(matches!(staff.require(Action::Invite, of_body(id(9))), Err(Refusal::NotFound)));
        assert_eq!((staff.organisations(), staff.signature()), (vec![id(1)], "Ada <ada@comune.esempio.it>".to_owned()));
    }
}

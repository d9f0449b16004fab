// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who of the staff is who, and what was granted to them over what?

use uuid::Uuid;

use super::role::{Action, Role};
use super::text::Language;

/// A member of staff. Respondents have no account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Identity.
    pub id: Uuid,
    /// Where messages go, as typed.
    pub email: String,
    /// Name as shown to colleagues and in the audit.
    pub name: String,
    /// Language of messages and of the first page after signing in.
    pub language: Language,
    /// Whether it can sign in.
    pub state: AccountState,
    /// Whether it may add organisations and import place names.
    pub operator: Operator,
}

/// Whether an account can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountState {
    /// It can.
    Active,
    /// It cannot, until somebody gives it back.
    Suspended,
}

impl AccountState {
    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }

    /// The state stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Active, Self::Suspended].into_iter().find(|state| state.code() == code)
    }
}

/// Whether an account looks after the installation itself. It opens no body's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// It does.
    Yes,
    /// It does not.
    No,
}

impl Operator {
    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }

    /// The value stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Yes, Self::No].into_iter().find(|operator| operator.code() == code)
    }
}

/// What a grant reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everything a body has.
    Organisation,
    /// One programme with its editions and projects.
    Programme(Uuid),
    /// One project.
    Project(Uuid),
}

impl Scope {
    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Programme(_) => "programme",
            Self::Project(_) => "project",
        }
    }

    /// The id stored beside the word; a body's own id where everything is in reach.
    #[must_use]
    pub const fn id(self, organisation: Uuid) -> Uuid {
        match self {
            Self::Organisation => organisation,
            Self::Programme(id) | Self::Project(id) => id,
        }
    }

    /// The scope stored as this word and id.
    #[must_use]
    pub fn from_parts(code: &str, id: Uuid) -> Option<Self> {
        match code {
            "organisation" => Some(Self::Organisation),
            "programme" => Some(Self::Programme(id)),
            "project" => Some(Self::Project(id)),
            _ => None,
        }
    }

    /// Whether this reach covers a thing.
    #[must_use]
    pub fn covers(self, thing: Thing) -> bool {
        match self {
            Self::Organisation => true,
            Self::Programme(id) => thing.programme == Some(id),
            Self::Project(id) => thing.project == Some(id),
        }
    }

    /// Whether two reaches have anything in common, as far as can be told without looking at what belongs to what.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Project(a), Self::Project(b)) | (Self::Programme(a), Self::Programme(b)) => a == b,
            _ => true,
        }
    }
}

/// Where a thing stands: what a grant has to cover.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thing {
    /// The body that owns it.
    pub organisation: Uuid,
    /// Its programme, if any.
    pub programme: Option<Uuid>,
    /// Its project, if it is one or belongs to one.
    pub project: Option<Uuid>,
}

/// A role over a reach, for one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The body that granted it, and whose things it reaches.
    pub organisation_id: Uuid,
    /// Identity.
    pub id: Uuid,
    /// Whose it is.
    pub account_id: Uuid,
    /// The role.
    pub role: Role,
    /// What it reaches.
    pub scope: Scope,
    /// The stakeholder group a seat in the committee stands for; empty elsewhere.
    pub group: String,
    /// The body the person works for; empty where it is the granting one.
    pub body: String,
}

impl Grant {
    /// Whether this grant allows an action on a thing.
    #[must_use]
    pub fn allows(&self, action: Action, thing: Thing) -> bool {
        self.reaches(thing) && self.role.may(action)
    }

    /// Whether this grant reaches a thing at all.
    #[must_use]
    pub fn reaches(&self, thing: Thing) -> bool {
        self.organisation_id == thing.organisation && self.scope.covers(thing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(role: Role, scope: Scope) -> Grant {
        let id = Uuid::from_u128;
        Grant {
            organisation_id: id(1),
            id: id(2),
            account_id: id(3),
            role,
            scope,
            group: String::new(),
            body: String::new(),
        }
    }

    #[test]
    fn a_grant_reaches_what_is_inside_its_scope_and_nothing_of_another_body() {
        let id = Uuid::from_u128;
        let project = Thing { organisation: id(1), programme: Some(id(10)), project: Some(id(100)) };
        let programme = Thing { project: None, ..project };
        let body = Thing { organisation: id(1), programme: None, project: None };
        let scopes = [Scope::Organisation, Scope::Programme(id(10)), Scope::Project(id(100))];
        let reached = |thing| scopes.map(|scope| grant(Role::Coordinator, scope).reaches(thing));
        assert_eq!(reached(project), [true, true, true]);
        assert_eq!(reached(programme), [true, true, false]);
        assert_eq!(reached(body), [true, false, false]);
        assert_eq!(reached(Thing { organisation: id(9), ..project }), [false, false, false]);
        assert_eq!(reached(Thing { programme: Some(id(11)), project: Some(id(101)), ..project }), [true, false, false]);
    }

    #[test]
    fn a_grant_allows_what_its_role_may() {
        let thing = Thing { organisation: Uuid::from_u128(1), programme: None, project: None };
        assert!(grant(Role::Coordinator, Scope::Organisation).allows(Action::EditProject, thing));
        assert!(!grant(Role::Evaluator, Scope::Organisation).allows(Action::EditProject, thing));
        assert!(!grant(Role::Coordinator, Scope::Project(Uuid::nil())).allows(Action::EditProject, thing));
    }

    #[test]
    fn scopes_are_read_as_they_are_stored() {
        let id = Uuid::from_u128(7);
        for scope in [Scope::Organisation, Scope::Programme(id), Scope::Project(id)] {
            assert_eq!(Scope::from_parts(scope.code(), scope.id(id)), Some(scope));
        }
        assert!(!Scope::Project(id).meets(Scope::Project(Uuid::nil())));
        assert!(Scope::Project(id).meets(Scope::Programme(Uuid::nil())));
    }
}

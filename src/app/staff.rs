// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does staff sign in, and for whom do they act?

use jiff::ToSpan;
use uuid::Uuid;

use super::{App, Refusal, secrets};
use crate::domain::programme::{Organisation, Project};
use crate::domain::wave::Wave;
use crate::store::{self, Db};

/// How long a sign-in link works.
const LINK_HOURS: i64 = 24;
/// How long staff stay signed in.
const SESSION_HOURS: i64 = 12;

/// A signed-in member of staff.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The body they act for.
    pub organisation: Organisation,
}

impl App {
    /// A fresh link token that signs in once.
    ///
    /// # Errors
    /// If the database fails.
    pub fn issue_sign_in(&self, db: &mut Db, organisation: Uuid) -> Result<String, Refusal> {
        let token = secrets::token();
        let expires_at = self.clock.now() + LINK_HOURS.hours();
        store::staff::insert_link(db, organisation, &secrets::hash(&token), expires_at)?;
        Ok(token)
    }

    /// Whether a link would still sign somebody in. Uses nothing up.
    ///
    /// # Errors
    /// [`Refusal::UsedLink`], or a failure of the database.
    pub fn check_sign_in(&self, db: &mut Db, token: &str) -> Result<(), Refusal> {
        let usable = store::staff::is_usable(db, &secrets::hash(token), self.clock.now())?;
        if usable { Ok(()) } else { Err(Refusal::UsedLink) }
    }

    /// Uses a link up and opens a session; returns the session's token.
    ///
    /// # Errors
    /// [`Refusal::UsedLink`], or a failure of the database.
    pub fn sign_in(&self, db: &mut Db, token: &str) -> Result<String, Refusal> {
        let now = self.clock.now();
        let organisation = store::staff::use_link(db, &secrets::hash(token), now)?.ok_or(Refusal::UsedLink)?;
        let session = secrets::token();
        store::staff::insert_session(db, organisation, &secrets::hash(&session), now + SESSION_HOURS.hours())?;
        Ok(session)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// If the database fails.
    pub fn sign_out(db: &mut Db, session: &str) -> Result<(), Refusal> {
        Ok(store::staff::delete_session(db, &secrets::hash(session))?)
    }

    /// Who holds a session's token.
    ///
    /// # Errors
    /// [`Refusal::SignInFirst`], or a failure of the database.
    pub fn staff(&self, db: &mut Db, session: Option<&str>) -> Result<Staff, Refusal> {
        let session = session.ok_or(Refusal::SignInFirst)?;
        let organisation = store::staff::organisation_of_session(db, &secrets::hash(session), self.clock.now())?
            .ok_or(Refusal::SignInFirst)?;
        let organisation = store::organisations::find(db, organisation)?.ok_or(Refusal::SignInFirst)?;
        Ok(Staff { organisation })
    }

    /// The projects staff work on, with their waves.
    ///
    /// # Errors
    /// If the database fails.
    pub fn workspace(db: &mut Db, staff: &Staff) -> Result<Vec<(Project, Vec<Wave>)>, Refusal> {
        let projects = store::projects::of_organisation(db, staff.organisation.id)?;
        let mut workspace = Vec::new();
        for project in projects {
            let waves = store::waves::of_project(db, &project)?;
            workspace.push((project, waves));
        }
        Ok(workspace)
    }
}

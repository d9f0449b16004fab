// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Everybody listed gets a code of their own: printed, or by mail, with reminders for who has not answered.
//!
//! Which kind of invitation a code opens follows from the wave's mode of collection, so nobody can choose it person by
//! person. Who has answered is never shown: reminders go out by themselves, and a reminder that is due after its
//! recipient has answered is not sent.

use std::collections::HashMap;

use uuid::Uuid;

use super::outbox::{Outbox, Posting, Wording};
use super::staff::{self, Staff, note, subject};
use super::waves::{Asked, asked};
use super::{App, Conflict, Refusal, secrets};
use crate::domain::access_code::AccessCode;
use crate::domain::audit::AuditNote;
use crate::domain::email::EmailAddress;
use crate::domain::invitation::{Invitation, InvitationKind, Setting, Used};
use crate::domain::message::{MessageId, MessagePurpose};
use crate::domain::programme::Project;
use crate::domain::role::Action;
use crate::domain::stakeholder::ListedPerson;
use crate::domain::wave::{Collection, Wave, WaveState};
use crate::store::{self, Db, StoreError};

/// A fresh code for somebody listed; shown once and kept as a hash only.
#[derive(Clone, Debug)]
pub struct PersonalCode {
    /// For whom.
    pub person: ListedPerson,
    /// The code.
    pub code: AccessCode,
}

/// For whom codes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// Everybody listed.
    Everybody,
    /// Those of whom no e-mail address is known.
    WithoutMail,
}

/// A wave that people are invited to, and who is listed for it.
struct Inviting {
    project: Project,
    wave: Wave,
    people: Vec<ListedPerson>,
    invited: HashMap<Uuid, (Uuid, Used)>,
}

impl App {
    /// Makes a code for everybody listed, or for those without e-mail, to be printed. Codes handed out before go on
    /// working; one that was used says so when it is tried again.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] if the wave is closed, [`Conflict::NobodyListed`]; or as [`Staff::require`].
    pub fn print_codes(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        printed: Printed,
    ) -> Result<Vec<PersonalCode>, Refusal> {
        let inviting = self.inviting(db, staff, id)?;
        let wanted = |person: &&ListedPerson| printed == Printed::Everybody || person.email.is_none();
        let mut codes = Vec::new();
        for person in inviting.people.iter().filter(wanted) {
            codes.push(PersonalCode { code: code_for(db, &inviting, person)?.1, person: person.clone() });
        }
        if codes.is_empty() {
            return Err(Conflict::NobodyListed { wave: inviting.wave.code }.into());
        }
        self.note_invitations(db, staff, &inviting.wave, ("wave.codes", codes.len()))?;
        Ok(codes)
    }

    /// Invites by mail everybody listed with an e-mail address who was not invited so before; says how many.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] if the wave is not open, [`Conflict::NobodyListed`]; or as [`Staff::require`].
    pub fn mail_invitations(&self, db: &mut Db, staff: &Staff, id: Uuid, wording: &Wording) -> Result<usize, Refusal> {
        let inviting = self.inviting(db, staff, id)?;
        only_open(&inviting.wave)?;
        let mut sent = 0;
        for (person, address) in with_address(&inviting.people) {
            let message_id = message_id(&format!("invitation.{}.{}", inviting.wave.id.simple(), person.id.simple()))?;
            if store::outbox::is_known(db, inviting.wave.organisation_id, &message_id)? {
                continue;
            }
            let (_, code) = code_for(db, &inviting, person)?;
            let posting = posting(&inviting.wave, MessagePurpose::Invitation, address, message_id);
            sent += usize::from(self.post(db, posting, wording(&code.compact()))?);
        }
        if sent == 0 {
            return Err(Conflict::NobodyListed { wave: inviting.wave.code }.into());
        }
        self.note_invitations(db, staff, &inviting.wave, ("wave.mail", sent))?;
        Ok(sent)
    }

    /// Reminds by mail whoever was invited so and has not answered. Nobody is told who that is, or how many.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] if the wave is not open; or as [`Staff::require`].
    pub fn mail_reminders(&self, db: &mut Db, staff: &Staff, id: Uuid, wording: &Wording) -> Result<(), Refusal> {
        let inviting = self.inviting(db, staff, id)?;
        only_open(&inviting.wave)?;
        let acts = store::rosters::acts_of(db, &inviting.wave)?;
        let round = acts.iter().filter(|act| act.act == "reminder").count() + 1;
        for (person, address) in with_address(&inviting.people) {
            let Some((invitation, Used::No)) = inviting.invited.get(&person.id).copied() else { continue };
            let message_id = message_id(&format!("reminder.{}.{round}", invitation.simple()))?;
            let (_, code) = code_for(db, &inviting, person)?;
            let posting = posting(&inviting.wave, MessagePurpose::Reminder, address, message_id);
            self.post(db, posting, wording(&code.compact()))?;
        }
        self.sign(db, staff, &inviting.wave, ("reminder", ""))
    }

    /// Messages about a wave: how many there are in each state, and which invitations did not arrive. Nothing is said
    /// about single reminders, which would tell who has not answered.
    ///
    /// # Errors
    /// If the database fails.
    pub fn failed_invitations(db: &mut Db, organisation: Uuid, wave: Uuid, most: i64) -> Result<Outbox, StoreError> {
        let counts = store::outbox::count_by_state(db, organisation, wave)?;
        let entries = store::outbox::failed(db, (organisation, wave), MessagePurpose::Invitation, most)?;
        Ok(Outbox { counts, entries })
    }

    /// Tries an invitation again that did not arrive.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if there is none; or as [`Staff::require`].
    pub fn retry_invitation(&self, db: &mut Db, staff: &Staff, id: Uuid, message: Uuid) -> Result<(), Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::Invite)?;
        self.retry_message(db, wave.organisation_id, wave.id, message)
    }

    fn inviting(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<Inviting, Refusal> {
        let (project, wave) = staff::wave(db, staff, id, Action::Invite)?;
        if wave.state == WaveState::Closed {
            return Err(Conflict::WaveState { wave: wave.code, state: wave.state }.into());
        }
        let framework = self.framework(db, &wave.framework_sha256)?;
        let mut people = store::rosters::of_project(db, &project)?;
        people.retain(|person| asked(&framework, &wave, &person.group) == Asked::Something);
        let invited = store::invitations::people(db, &wave)?;
        let invited = invited.into_iter().map(|one| (one.person_id, (one.invitation_id, one.answered))).collect();
        Ok(Inviting { project, wave, people, invited })
    }

    fn note_invitations(
        &self,
        db: &mut Db,
        staff: &Staff,
        wave: &Wave,
        (act, count): (&'static str, usize),
    ) -> Result<(), Refusal> {
        let what = note(staff, wave.organisation_id, act, subject(&wave.code, wave.id));
        self.record(db, AuditNote { note: count.to_string(), ..what })
    }
}

fn only_open(wave: &Wave) -> Result<(), Refusal> {
    match wave.state {
        WaveState::Open => Ok(()),
        state @ (WaveState::Draft | WaveState::Closed) => {
            Err(Conflict::WaveState { wave: wave.code.clone(), state }.into())
        }
    }
}

fn with_address(people: &[ListedPerson]) -> impl Iterator<Item = (&ListedPerson, EmailAddress)> {
    people.iter().filter_map(|person| Some((person, EmailAddress::parse(person.email.as_deref()?).ok()?)))
}

fn message_id(text: &str) -> Result<MessageId, Refusal> {
    MessageId::parse(text).map_err(|_| StoreError::Corrupt { table: "outbox", column: "message_id" }.into())
}

fn posting(wave: &Wave, purpose: MessagePurpose, recipient: EmailAddress, message_id: MessageId) -> Posting {
    Posting { organisation_id: wave.organisation_id, about: wave.id, purpose, recipient, message_id }
}

/// A fresh code of somebody's invitation, which is made with the first; with the id of the invitation.
fn code_for(db: &mut Db, inviting: &Inviting, person: &ListedPerson) -> Result<(Uuid, AccessCode), Refusal> {
    let code = secrets::code();
    let hash = secrets::hash(&code.compact());
    if let Some((invitation, _)) = inviting.invited.get(&person.id) {
        store::invitations::add_code(db, inviting.wave.organisation_id, *invitation, &hash)?;
        return Ok((*invitation, code));
    }
    let invitation = Invitation {
        organisation_id: inviting.wave.organisation_id,
        id: Uuid::new_v4(),
        wave_id: inviting.wave.id,
        group: person.group.clone(),
        kind: kind_for(db, inviting, person)?,
        setting: Setting::Own,
    };
    store::invitations::insert(db, &invitation, Some(person.id), &hash)?;
    Ok((invitation.id, code))
}

fn kind_for(db: &mut Db, inviting: &Inviting, person: &ListedPerson) -> Result<InvitationKind, Refusal> {
    if inviting.wave.collection == Collection::Anonymous {
        return Ok(InvitationKind::Slip(Used::No));
    }
    let drawn = Uuid::new_v4().simple().to_string();
    let respondent = store::rosters::respondent_of(db, &inviting.project, person.id, &drawn)?;
    let organisation = match inviting.wave.collection {
        Collection::Named => Some(person.body.clone().unwrap_or_else(|| person.name.clone())),
        Collection::Anonymous | Collection::Confidential => None,
    };
    Ok(InvitationKind::Personal { respondent: Some(respondent), organisation })
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The participants' space: who comes in with an access code, and what is theirs in the present phase?

use uuid::Uuid;

use super::responses::Place;
use super::{App, Refusal, secrets};
use crate::domain::access_code::AccessCode;
use crate::domain::invitation::{Invitation, InvitationKind};
use crate::domain::moderation::{self, Remark};
use crate::domain::participant::{Activity, LateWords, Participant};
use crate::domain::phase::Phase;
use crate::domain::programme::Project;
use crate::domain::wave::Wave;
use crate::store::{self, Db};

/// What a device brings into the space.
#[derive(Clone)]
pub struct Entrance {
    /// The access code it came with.
    pub code: AccessCode,
    /// Its own secret: where one link is for a whole group, it tells one voice from another.
    pub device: String,
}

/// The space of one voice in a wave.
#[derive(Clone, Debug)]
pub struct Space {
    /// The wave, with everything around it and the voice's group.
    pub place: Place,
    /// The voice.
    pub participant: Participant,
    /// What it took part in.
    pub done: Vec<Activity>,
    /// Whether it said how participatory the wave was.
    pub has_sheet: bool,
}

impl App {
    /// The space that an access code opens. Reads only.
    ///
    /// # Errors
    /// [`Refusal::UnknownCode`] for a code that invites to nothing, or a failure of the database.
    pub fn space(&self, db: &mut Db, entrance: &Entrance) -> Result<Space, Refusal> {
        let hash = secrets::hash(&entrance.code.compact());
        let invitation = store::invitations::by_code(db, &hash)?.ok_or(Refusal::UnknownCode)?;
        let wave = store::waves::find(db, invitation.organisation_id, invitation.wave_id)?.ok_or(Refusal::NotFound)?;
        let participant = participant(&invitation, entrance);
        let done = store::participants::activities_of(db, &participant)?;
        let has_sheet = store::participation::of_voice(db, &participant)?.is_some();
        Ok(Space { place: self.place(db, wave, invitation.group)?, participant, done, has_sheet })
    }

    /// What speaks against showing at once what somebody wrote about a project: whoever is listed there is named, or
    /// anything of [`moderation::remarks`].
    ///
    /// # Errors
    /// If the database fails.
    pub fn remarks_on(&self, db: &mut Db, project: &Project, text: &str) -> Result<Vec<Remark>, Refusal> {
        let mut names: Vec<String> =
            store::rosters::of_project(db, project)?.into_iter().map(|person| person.name).collect();
        for grant in store::grants::of_organisation(db, project.organisation_id)? {
            names.extend(store::accounts::find(db, grant.account_id)?.map(|account| account.name));
        }
        names.sort();
        names.dedup();
        Ok(moderation::remarks(text, &names))
    }

    /// Keeps what somebody wrote for a phase that was over when it came, for whoever facilitates.
    ///
    /// # Errors
    /// If the database fails.
    pub fn keep_late(
        &self,
        db: &mut Db,
        participant: &Participant,
        activity: Activity,
        said: &str,
    ) -> Result<(), Refusal> {
        let words = LateWords {
            activity,
            group: participant.group.clone(),
            said: said.to_owned(),
            came_on: self.clock.today(),
        };
        Ok(store::participants::keep_late(db, participant, Uuid::new_v4(), &words)?)
    }
}

/// Whether anything in the space of a wave is for those who come in with a code.
#[must_use]
pub const fn is_inhabited(wave: &Wave) -> bool {
    match wave.phase {
        Phase::Draft | Phase::Map | Phase::Closed => false,
        Phase::Definition
        | Phase::Weights
        | Phase::Frozen
        | Phase::Open
        | Phase::Restitution
        | Phase::Decisions
        | Phase::Concluded => true,
    }
}

/// The voice of whoever comes in: of the code where it was made for one person, else of the device.
fn participant(invitation: &Invitation, entrance: &Entrance) -> Participant {
    let secret = match invitation.kind {
        InvitationKind::Personal { .. } | InvitationKind::Slip(_) => entrance.code.compact(),
        InvitationKind::Group => entrance.device.clone(),
    };
    Participant {
        organisation_id: invitation.organisation_id,
        wave_id: invitation.wave_id,
        group: invitation.group.clone(),
        key: secrets::hash(&format!("participant:{}:{secret}", invitation.wave_id.simple())),
    }
}

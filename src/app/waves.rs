// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What staff do with a wave: look at its coverage, hand out links, open, close, publish.

use uuid::Uuid;

use super::staff::Staff;
use super::{App, Conflict, Refusal, secrets};
use crate::domain::access_code::AccessCode;
use crate::domain::framework::Framework;
use crate::domain::invitation::{Invitation, InvitationKind};
use crate::domain::programme::Project;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::wave::{Wave, WaveState};
use crate::store::{self, Db};

/// One group's coverage: counts only, never results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Code of the group.
    pub group: String,
    /// How many are listed, where known.
    pub listed: Option<u32>,
    /// How many began and have not submitted yet.
    pub begun: u32,
    /// How many submitted.
    pub submitted: u32,
}

/// A wave as staff see it.
#[derive(Clone, Debug)]
pub struct WaveFile {
    /// Its project.
    pub project: Project,
    /// The wave.
    pub wave: Wave,
    /// The framework version it asks.
    pub framework: std::sync::Arc<Framework>,
    /// Coverage by group, in framework order.
    pub coverage: Vec<Coverage>,
}

/// A fresh link for one group; its code is shown once and kept as a hash only.
#[derive(Clone, Debug)]
pub struct GroupLink {
    /// Code of the group.
    pub group: String,
    /// The code of the link.
    pub code: AccessCode,
}

impl App {
    /// A wave of the staff's body, with its coverage.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or a failure of the database.
    pub fn wave_file(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<WaveFile, Refusal> {
        let wave = own_wave(db, staff, id)?;
        let project = store::projects::find(db, wave.organisation_id, wave.project_id)?.ok_or(Refusal::NotFound)?;
        let framework = self.framework(db, &wave.framework_sha256)?;
        let coverage = coverage(db, &wave, &framework)?;
        Ok(WaveFile { project, wave, framework, coverage })
    }

    /// Opens a drafted wave: from now on answers are taken.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] if it is not a draft, [`Conflict::NoRoster`] if nobody is listed.
    pub fn open_wave(db: &mut Db, staff: &Staff, id: Uuid) -> Result<(), Refusal> {
        let wave = own_wave(db, staff, id)?;
        if store::waves::roster(db, &wave)?.is_empty() {
            return Err(Conflict::NoRoster { wave: wave.code }.into());
        }
        advance(db, &wave, WaveState::Draft, WaveState::Open)
    }

    /// Closes an open wave: no more answers; drafts, and with them every tie from a code to an answer, are deleted.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] if it is not open.
    pub fn close_wave(db: &mut Db, staff: &Staff, id: Uuid) -> Result<(), Refusal> {
        let wave = own_wave(db, staff, id)?;
        advance(db, &wave, WaveState::Open, WaveState::Closed)?;
        store::drafts::delete_of_wave(db, &wave)?;
        store::invitations::forget_respondents(db, &wave)?;
        Ok(())
    }

    /// Publishes the results of a closed wave.
    ///
    /// # Errors
    /// [`Conflict::NotPublishable`] if it is not closed or was published before.
    pub fn publish_wave(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<(), Refusal> {
        let wave = own_wave(db, staff, id)?;
        if store::waves::publish(db, &wave, self.clock.today())? {
            Ok(())
        } else {
            Err(Conflict::NotPublishable { wave: wave.code }.into())
        }
    }

    /// Makes a fresh link for every listed group that is asked anything. Links handed out before go on working.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] if the wave is closed.
    pub fn issue_group_links(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<Vec<GroupLink>, Refusal> {
        let wave = own_wave(db, staff, id)?;
        if wave.state == WaveState::Closed {
            return Err(Conflict::WaveState { wave: wave.code, state: wave.state }.into());
        }
        let framework = self.framework(db, &wave.framework_sha256)?;
        let mut links = Vec::new();
        for entry in store::waves::roster(db, &wave)? {
            let asked = Questionnaire::for_group(&framework, &wave.wave_type, wave.level, &entry.group);
            if !asked.pages.is_empty() {
                links.push(issue_group_link(db, &wave, &entry.group)?);
            }
        }
        Ok(links)
    }
}

/// Makes a fresh link for one group of a wave.
///
/// # Errors
/// If the database fails.
pub(super) fn issue_group_link(db: &mut Db, wave: &Wave, group: &str) -> Result<GroupLink, Refusal> {
    let code = secrets::code();
    let invitation = Invitation {
        organisation_id: wave.organisation_id,
        id: Uuid::now_v7(),
        wave_id: wave.id,
        group: group.to_owned(),
        kind: InvitationKind::Group,
    };
    store::invitations::insert(db, &invitation, &secrets::hash(&code.compact()))?;
    Ok(GroupLink { group: invitation.group, code })
}

fn own_wave(db: &mut Db, staff: &Staff, id: Uuid) -> Result<Wave, Refusal> {
    store::waves::find(db, staff.organisation.id, id)?.ok_or(Refusal::NotFound)
}

fn advance(db: &mut Db, wave: &Wave, from: WaveState, to: WaveState) -> Result<(), Refusal> {
    if store::waves::advance(db, wave, from, to)? {
        Ok(())
    } else {
        Err(Conflict::WaveState { wave: wave.code.clone(), state: wave.state }.into())
    }
}

pub(super) fn coverage(db: &mut Db, wave: &Wave, framework: &Framework) -> Result<Vec<Coverage>, Refusal> {
    let roster = store::waves::roster(db, wave)?;
    let submitted = store::responses::count_by_group(db, wave)?;
    let begun = store::drafts::count_unsubmitted(db, wave)?;
    let count = |counts: &[(String, i64)], group: &str| {
        let found = counts.iter().find(|(code, _)| code == group).map_or(0, |(_, count)| *count);
        u32::try_from(found).unwrap_or(u32::MAX)
    };
    Ok(framework
        .groups
        .iter()
        .filter_map(|group| {
            let entry = roster.iter().find(|entry| entry.group == group.code);
            let submitted = count(&submitted, &group.code);
            (entry.is_some() || submitted > 0).then(|| Coverage {
                group: group.code.clone(),
                listed: entry.and_then(|entry| entry.listed),
                begun: count(&begun, &group.code),
                submitted,
            })
        })
        .collect())
}

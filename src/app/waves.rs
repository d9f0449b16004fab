// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What staff do with a wave: look at its coverage, hand out links, open, close, publish.

use uuid::Uuid;

use super::phases::step;
use super::rosters::counted;
use super::staff::{self, Staff, note, subject};
use super::{App, Conflict, Refusal, secrets};
use crate::domain::access_code::AccessCode;
use crate::domain::audit::AuditNote;
use crate::domain::field::FieldProblem;
use crate::domain::framework::{Context, ContextLevel, Framework};
use crate::domain::invitation::{Invitation, InvitationKind, Setting};
use crate::domain::phase::Phase;
use crate::domain::programme::{Organisation, Project};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::role::Action;
use crate::domain::wave::{RosterEntry, Wave, WaveAct, WaveState};
use crate::store::{self, Db};

/// Longest note on a signed act.
const LONGEST_NOTE: usize = 500;

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
    /// Whether this wave asks the group anything.
    pub asked: Asked,
}

/// Whether a wave asks a group anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It does.
    Something,
    /// None of its items is for the group.
    Nothing,
}

/// A wave as staff see it.
#[derive(Clone, Debug)]
pub struct WaveFile {
    /// The body that asks.
    pub organisation: Organisation,
    /// Its project.
    pub project: Project,
    /// The wave.
    pub wave: Wave,
    /// The framework version it asks.
    pub framework: std::sync::Arc<Framework>,
    /// Coverage by group, in framework order.
    pub coverage: Vec<Coverage>,
    /// Signed acts that brought it here, the first first.
    pub acts: Vec<WaveAct>,
    /// What whoever asks may do with it.
    pub allowed: Vec<Action>,
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
    /// A wave as staff see it in the workspace, for an action on it, with its coverage and its acts.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn wave_file(&self, db: &mut Db, staff: &Staff, id: Uuid, action: Action) -> Result<WaveFile, Refusal> {
        let (project, wave) = staff::wave(db, staff, id, action)?;
        let thing = staff::of_project(db, &project)?;
        let framework = self.framework(db, &wave.framework_sha256)?;
        let coverage = match wave.state {
            WaveState::Draft => planned_coverage(db, &project, &wave, &framework)?,
            WaveState::Open | WaveState::Closed => coverage(db, &wave, &framework)?,
        };
        let acts = store::rosters::acts_of(db, &wave)?;
        let allowed = Action::ALL.into_iter().filter(|action| staff.may(*action, thing)).collect();
        let organisation = store::organisations::find(db, wave.organisation_id)?.ok_or(Refusal::NotFound)?;
        Ok(WaveFile { organisation, project, wave, framework, coverage, acts, allowed })
    }

    /// Opens a drafted wave: from now on answers are taken, and its N is what is listed now.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] if it is not a draft, [`Conflict::NoRoster`] if nobody is listed,
    /// [`Conflict::NoContext`] if the project's context is not described, [`Conflict::WeightsOpen`] while it is weighed; or
    /// as [`Staff::require`].
    pub fn open_wave(&self, db: &mut Db, staff: &Staff, id: Uuid, note: &str) -> Result<(), Refusal> {
        let (project, wave) = staff::wave(db, staff, id, Action::MoveWave)?;
        let listed = counted(db, &project)?;
        if !listed.is_empty() {
            self.check_context(db, &project, &wave)?;
            store::waves::set_roster(db, &wave, &listed)?;
        } else if store::waves::roster(db, &wave)?.is_empty() {
            return Err(Conflict::NoRoster { wave: wave.code }.into());
        }
        self.freeze_and_open(db, staff, (&project, &wave), note)
    }

    /// What was not frozen yet is frozen now, under the same conditions.
    fn freeze_and_open(
        &self,
        db: &mut Db,
        staff: &Staff,
        (project, wave): (&Project, &Wave),
        note: &str,
    ) -> Result<(), Refusal> {
        if wave.state != WaveState::Draft {
            return Err(Conflict::WaveState { wave: wave.code.clone(), state: wave.state }.into());
        }
        super::weighing::check_weights(db, wave)?;
        if wave.phase.is_preparing() {
            self.check_heard(db, project, wave)?;
            self.sign(db, staff, wave, (Phase::Frozen.act(), ""))?;
        }
        step(db, wave, wave.phase, Phase::Open)?;
        store::weights::forget_voices(db, wave)?;
        self.sign(db, staff, wave, (Phase::Open.act(), note))
    }

    fn check_context(&self, db: &mut Db, project: &Project, wave: &Wave) -> Result<(), Refusal> {
        let asked = self.framework_of_project(db, project)?.framework;
        let described = |one: &Context| project.details.context.contains_key(&one.code);
        if asked.contexts.iter().filter(|one| one.level == ContextLevel::Project).all(described) {
            Ok(())
        } else {
            Err(Conflict::NoContext { wave: wave.code.clone() }.into())
        }
    }

    /// Closes an open wave: no more answers; drafts, and with them every tie from a code to an answer, are deleted.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] if it is not open, [`Conflict::PaperWaiting`] while forms on paper are half entered; or
    /// as [`Staff::require`].
    pub fn close_wave(&self, db: &mut Db, staff: &Staff, id: Uuid, note: &str) -> Result<(), Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::MoveWave)?;
        let count = store::paper::count_waiting(db, &wave)?;
        if count > 0 {
            let count = usize::try_from(count).unwrap_or_default();
            return Err(Conflict::PaperWaiting { wave: wave.code, count }.into());
        }
        step(db, &wave, Phase::Open, Phase::Closed)?;
        store::paper::delete_of_wave(db, &wave)?;
        store::responses::forget_order(db, &wave)?;
        store::written::forget_whose(db, &wave)?;
        store::drafts::delete_of_wave(db, &wave)?;
        store::invitations::forget_people(db, &wave)?;
        self.sign(db, staff, &wave, ("closing", note))
    }

    /// Makes a fresh link for every listed group that is asked anything. Links handed out before go on working.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] if the wave is closed; or as [`Staff::require`].
    pub fn issue_group_links(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        setting: Setting,
    ) -> Result<Vec<GroupLink>, Refusal> {
        let (project, wave) = staff::wave(db, staff, id, Action::Invite)?;
        if wave.state == WaveState::Closed {
            return Err(Conflict::WaveState { wave: wave.code, state: wave.state }.into());
        }
        let framework = self.framework(db, &wave.framework_sha256)?;
        let mut roster = store::waves::roster(db, &wave)?;
        if roster.is_empty() {
            roster = counted(db, &project)?;
        }
        let mut links = Vec::new();
        for entry in roster {
            if asked(&framework, &wave, &entry.group) == Asked::Something {
                links.push(issue_group_link(db, &wave, &entry.group, setting)?);
            }
        }
        let what = note(staff, wave.organisation_id, "wave.links", subject(&wave.code, wave.id));
        self.record(db, AuditNote { note: links.len().to_string(), ..what })?;
        Ok(links)
    }

    /// Makes a fresh link for one group that is asked something.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] if the wave is closed, [`Refusal::Invalid`] for a group that is asked nothing; or as
    /// [`Staff::require`].
    pub fn issue_group_link_for(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        (group, setting): (&str, Setting),
    ) -> Result<GroupLink, Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::Invite)?;
        if wave.state == WaveState::Closed {
            return Err(Conflict::WaveState { wave: wave.code, state: wave.state }.into());
        }
        let framework = self.framework(db, &wave.framework_sha256)?;
        if framework.group(group).is_none() || asked(&framework, &wave, group) == Asked::Nothing {
            return Err(FieldProblem::new("asked_group", "choose").into());
        }
        let what = note(staff, wave.organisation_id, "wave.links", subject(&wave.code, wave.id));
        self.record(db, AuditNote { note: format!("1 {}", setting.code()), ..what })?;
        issue_group_link(db, &wave, group, setting)
    }

    /// Writes a signed act of a wave down, for the wave's page and for the audit.
    pub(super) fn sign(
        &self,
        db: &mut Db,
        staff: &Staff,
        wave: &Wave,
        act: (&'static str, &str),
    ) -> Result<(), Refusal> {
        let (what, why) = act;
        let why: String = why.trim().chars().filter(|one| !one.is_control()).take(LONGEST_NOTE).collect();
        let act = WaveAct {
            act: what.to_owned(),
            actor: staff.account.name.clone(),
            note: why.clone(),
            done_at: self.clock.now(),
        };
        store::rosters::insert_act(db, wave, Uuid::now_v7(), &act)?;
        let recorded = match what {
            "opening" => "wave.opening",
            "closing" => "wave.closing",
            "publication" => "wave.publication",
            "reminder" => "wave.reminder",
            "map" | "definition" | "weights" => "wave.phase",
            "freezing" => "wave.freezing",
            "renunciation" => "wave.renunciation",
            "restitution" => "wave.restitution",
            "refusal" => "wave.refusal",
            "conclusion" => "wave.conclusion",
            "note" => "wave.note",
            "first_round" | "second_round" | "weights_frozen" | "weights_reopened" => "wave.weights",
            _ => "wave.plan",
        };
        let audit = note(staff, wave.organisation_id, recorded, subject(&wave.code, wave.id));
        self.record(db, AuditNote { note: why, ..audit })
    }
}

/// What a wave would count if it opened now.
fn planned_coverage(
    db: &mut Db,
    project: &Project,
    wave: &Wave,
    framework: &Framework,
) -> Result<Vec<Coverage>, Refusal> {
    let mut roster = counted(db, project)?;
    if roster.is_empty() {
        roster = store::waves::roster(db, wave)?;
    }
    let row = |entry: RosterEntry| {
        let asked = asked(framework, wave, &entry.group);
        Coverage { group: entry.group, listed: entry.listed, begun: 0, submitted: 0, asked }
    };
    Ok(roster.into_iter().map(row).collect())
}

/// Makes a fresh link for one group of a wave.
///
/// # Errors
/// If the database fails.
pub(super) fn issue_group_link(db: &mut Db, wave: &Wave, group: &str, setting: Setting) -> Result<GroupLink, Refusal> {
    let code = secrets::code();
    let invitation = Invitation {
        organisation_id: wave.organisation_id,
        id: Uuid::now_v7(),
        wave_id: wave.id,
        group: group.to_owned(),
        kind: InvitationKind::Group,
        setting,
    };
    store::invitations::insert(db, &invitation, None, &secrets::hash(&code.compact()))?;
    Ok(GroupLink { group: invitation.group, code })
}

/// Whether a wave asks a group anything.
pub(super) fn asked(framework: &Framework, wave: &Wave, group: &str) -> Asked {
    let pages = Questionnaire::for_group(framework, &wave.wave_type, wave.level, group).pages;
    if pages.is_empty() { Asked::Nothing } else { Asked::Something }
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
                asked: asked(framework, wave, &group.code),
            })
        })
        .collect())
}

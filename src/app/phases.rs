// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The circle of a wave: how it moves on by signed acts, and what keeps participation from being decoration.

use std::collections::BTreeSet;

use jiff::ToSpan;
use uuid::Uuid;

use super::committee::{PUBLICATION, seats};
use super::staff::{self, Staff, of_project};
use super::waves::WaveFile;
use super::{App, Conflict, Refusal};
use crate::domain::audit::AuditNote;
use crate::domain::committee::{Outcome, Renunciation, Vote};
use crate::domain::field::{FieldProblem, Typed, lines, number};
use crate::domain::participant::LateWords;
use crate::domain::phase::Phase;
use crate::domain::programme::Project;
use crate::domain::role::Action;
use crate::domain::wave::{Wave, WaveAct};
use crate::store::{self, Db};

/// How long only those who took part see the results, where nobody says otherwise, in days.
pub const EMBARGO_DAYS: u32 = 14;
/// The longest that can be said, in days.
pub const LONGEST_EMBARGO_DAYS: u32 = 90;
/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;
/// Shortest reason for not doing what everybody expects, in characters.
const SHORTEST_REASON: usize = 10;

/// Who signs what happens by itself.
const BY_ITSELF: &str = "Insieme";

/// A wave with everything that says how far it is in the circle.
#[derive(Clone, Debug)]
pub struct Circle {
    /// The wave.
    pub file: WaveFile,
    /// Groups with a seat in the committee.
    pub seats: BTreeSet<String>,
    /// What the seats said on publication.
    pub votes: Vec<Vote>,
    /// What that came to.
    pub outcome: Outcome,
    /// Groups that gave up proposing.
    pub renounced: Vec<Renunciation>,
    /// Essential groups that neither had a proposal adopted nor gave up.
    pub unheard: Vec<String>,
    /// Words that came after their phase was over.
    pub late: Vec<LateWords>,
}

impl App {
    /// How far a wave is in the circle.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn circle(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<Circle, Refusal> {
        let file = self.wave_file(db, staff, id, Action::SeeWork)?;
        let wave = &file.wave;
        Ok(Circle {
            seats: seats(db, &file.project)?,
            votes: store::committee::votes(db, wave, PUBLICATION)?,
            outcome: self.committee_outcome(db, wave, PUBLICATION)?,
            renounced: store::committee::renounced(db, wave)?,
            unheard: self.unheard(db, &file.project, wave)?,
            late: store::participants::late(db, wave)?,
            file,
        })
    }

    /// Moves a wave on in its preparation. What is passed over needs a reason, which everybody can read afterwards.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] where that is not ahead, [`Refusal::Invalid`] without a reason, and for freezing
    /// [`Conflict::Unheard`] and [`Conflict::WeightsOpen`]; or as [`Staff::require`].
    pub fn move_phase(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let (project, wave) = staff::wave(db, staff, id, Action::MoveWave)?;
        let to = Phase::from_code(typed.get("phase")).filter(|to| *to > wave.phase && *to <= Phase::Frozen);
        let to = to.ok_or_else(|| Conflict::WaveState { wave: wave.code.clone(), state: wave.state })?;
        let note = lines("note", typed.get("note"), LONGEST_REASON)?;
        if !wave.phase.passed_over(to).is_empty() && note.chars().count() < SHORTEST_REASON {
            return Err(FieldProblem::new("note", "passed-over").into());
        }
        if to == Phase::Frozen {
            super::weighing::check_weights(db, &wave)?;
            self.check_heard(db, &project, &wave)?;
        }
        step(db, &wave, wave.phase, to)?;
        self.sign(db, staff, &wave, (to.act(), &note))
    }

    /// Writes down that an essential group gives up proposing, with its reason.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] without a reason or for a group that is not listed, [`Conflict::WaveState`] once frozen; or
    /// as [`Staff::require`].
    pub fn renounce(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::MoveWave)?;
        if !wave.phase.is_preparing() {
            return Err(Conflict::WaveState { wave: wave.code.clone(), state: wave.state }.into());
        }
        let framework = self.framework(db, &wave.framework_sha256)?;
        let group = framework.group(typed.get("group")).ok_or_else(|| FieldProblem::new("group", "choose"))?;
        let reason = reason("reason", typed.get("reason"))?;
        let (actor, done_at) = (staff.account.name.clone(), self.clock.now());
        let renunciation = Renunciation { group: group.code.clone(), reason, actor, done_at };
        store::committee::renounce(db, &wave, &renunciation)?;
        let said = format!("{}: {}", renunciation.group, renunciation.reason);
        self.sign(db, staff, &wave, ("renunciation", &said))
    }

    /// Gives the results of a closed wave back to those who took part, before anybody else.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] if it is not closed, or they were given back before; [`Refusal::Invalid`]; or as
    /// [`Staff::require`].
    pub fn give_back(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::Publish)?;
        let days = number("days", typed.get("days"), (1, LONGEST_EMBARGO_DAYS))?;
        let until = self.clock.today().saturating_add(i64::from(days.unwrap_or(EMBARGO_DAYS)).days());
        if !store::waves::give_back(db, &wave, until)? {
            return Err(Conflict::WaveState { wave: wave.code, state: wave.state }.into());
        }
        self.sign(db, staff, &wave, (Phase::Restitution.act(), typed.get("note")))
    }

    /// Publishes the results of a wave; its project can be found by everybody from now on. Before the embargo is over it
    /// takes the committee: its seats, or where it meets without accounts the note of where it decided.
    ///
    /// # Errors
    /// [`Conflict::NotPublishable`] if they were not given back to those who took part, or were published before;
    /// [`Conflict::Embargo`], [`Refusal::Invalid`] without that note; or as [`Staff::require`].
    pub fn publish_wave(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::Publish)?;
        let note = lines("note", typed.get("note"), LONGEST_REASON)?;
        if wave.phase == Phase::Restitution && wave.embargo_until.is_some_and(|day| self.clock.today() <= day) {
            self.check_committee(db, &wave, &note)?;
        }
        self.open_to_all(db, &wave)?;
        self.sign(db, staff, &wave, (Phase::Decisions.act(), &note))
    }

    fn check_committee(&self, db: &mut Db, wave: &Wave, note: &str) -> Result<(), Refusal> {
        match self.committee_outcome(db, wave, PUBLICATION)? {
            Outcome::Agreed { .. } => Ok(()),
            Outcome::NotSeated if note.chars().count() >= SHORTEST_REASON => Ok(()),
            Outcome::NotSeated => Err(FieldProblem::new("note", "committee-act").into()),
            Outcome::NoQuorum { missing } => {
                Err(Conflict::NoQuorum { wave: wave.code.clone(), missing: missing.join(", ") }.into())
            }
            Outcome::Refused { .. } => Err(Conflict::Embargo { wave: wave.code.clone() }.into()),
        }
    }

    fn open_to_all(&self, db: &mut Db, wave: &Wave) -> Result<(), Refusal> {
        if !store::waves::publish(db, wave, self.clock.today())? {
            return Err(Conflict::NotPublishable { wave: wave.code.clone() }.into());
        }
        let project = store::projects::find(db, wave.organisation_id, wave.project_id)?.ok_or(Refusal::NotFound)?;
        store::projects::show(db, project.organisation_id, project.id)?;
        if let Some(programme) = of_project(db, &project)?.programme {
            store::programmes::show(db, project.organisation_id, programme)?;
        }
        Ok(())
    }

    /// Writes down why the results of a wave are not given back in public. Those who took part go on seeing them, and
    /// everybody can read the reason.
    ///
    /// # Errors
    /// [`Conflict::NotPublishable`], [`Refusal::Invalid`] without a reason; or as [`Staff::require`].
    pub fn refuse_publication(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::Publish)?;
        let reason = reason("reason", typed.get("reason"))?;
        if !store::waves::refuse(db, &wave, &reason)? {
            return Err(Conflict::NotPublishable { wave: wave.code }.into());
        }
        self.sign(db, staff, &wave, ("refusal", &reason))
    }

    /// Concludes a wave whose results were given back in public, or for which it was said why not.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] before that; or as [`Staff::require`].
    pub fn conclude_wave(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::MoveWave)?;
        step(db, &wave, Phase::Decisions, Phase::Concluded)?;
        self.sign(db, staff, &wave, (Phase::Concluded.act(), typed.get("note")))
    }

    /// Adds a note to a wave. After freezing this is all that can be done with what was fixed.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for one too short to say anything; or as [`Staff::require`].
    pub fn add_note(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::MoveWave)?;
        let note = reason("reason", typed.get("reason"))?;
        self.sign(db, staff, &wave, ("note", &note))
    }

    /// Publishes what was under embargo longer than was said. Nobody can keep results back by doing nothing.
    ///
    /// # Errors
    /// If the database fails.
    pub fn end_embargoes(&self) -> Result<usize, Refusal> {
        let app = self.clone();
        self.store.write_now(move |db| {
            let over = store::waves::under_embargo_before(db, app.clock.today())?;
            for wave in &over {
                app.open_to_all(db, wave)?;
                let act = WaveAct {
                    act: Phase::Decisions.act().to_owned(),
                    actor: BY_ITSELF.to_owned(),
                    note: String::new(),
                    done_at: app.clock.now(),
                };
                store::rosters::insert_act(db, wave, Uuid::now_v7(), &act)?;
                app.record(
                    db,
                    AuditNote {
                        organisation: wave.organisation_id.to_string(),
                        actor: BY_ITSELF.to_owned(),
                        act: "wave.publication",
                        subject: staff::subject(&wave.code, wave.id),
                        note: String::new(),
                    },
                )?;
            }
            Ok(over.len())
        })
    }

    /// Nothing, where every essential group has a proposal that was adopted, or gave up proposing.
    pub(super) fn check_heard(&self, db: &mut Db, project: &Project, wave: &Wave) -> Result<(), Refusal> {
        let unheard = self.unheard(db, project, wave)?;
        if unheard.is_empty() {
            Ok(())
        } else {
            Err(Conflict::Unheard { wave: wave.code.clone(), groups: unheard.join(", ") }.into())
        }
    }

    fn unheard(&self, db: &mut Db, project: &Project, wave: &Wave) -> Result<Vec<String>, Refusal> {
        let edition = super::planning::edition_of(db, project)?;
        let profile = edition.map_or_else(|| project.profile.clone(), |(edition, _)| edition.profile);
        let renounced = store::committee::renounced(db, wave)?;
        let adopted = self.adopted_by_group(db, wave)?;
        let is_heard = |group: &String| adopted.contains_key(group) || renounced.iter().any(|one| one.group == *group);
        Ok(profile.essential_groups.into_iter().filter(|group| !is_heard(group)).collect())
    }
}

/// Moves a wave from one phase to another.
pub(super) fn step(db: &mut Db, wave: &Wave, from: Phase, to: Phase) -> Result<(), Refusal> {
    if wave.phase == from && store::waves::advance(db, wave, from, to)? {
        Ok(())
    } else {
        Err(Conflict::WaveState { wave: wave.code.clone(), state: wave.state }.into())
    }
}

/// A reason somebody else can do something with.
fn reason(field: &str, typed: &str) -> Result<String, FieldProblem> {
    let text = lines(field, typed, LONGEST_REASON)?;
    match text.chars().count() {
        0 => Err(FieldProblem::new(field, "missing")),
        count if count < SHORTEST_REASON => Err(FieldProblem::new(field, "short-reason")),
        _ => Ok(text),
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is a decision about a wave written down, corrected, followed by actions, and shown to whoever may see it?

mod actions;
mod log;
mod since;

use std::sync::Arc;

use jiff::civil::Date;
use uuid::Uuid;

use super::measures::translated;
use super::planning::saved;
use super::projects::{Audience, ProjectFile};
use super::staff::{self, Staff, note, subject};
use super::waves::{Coverage, coverage};
use super::{App, Conflict, Refusal, projects};
use crate::domain::audit::AuditNote;
use crate::domain::decision::{Decision, Finding, Outcome};
use crate::domain::decision_log::{DecisionLog, DecisionsState, LogAction, LogEntry};
use crate::domain::field::{FieldProblem, Problems, Typed, line, lines};
use crate::domain::framework::Framework;
use crate::domain::role::Action;
use crate::domain::text::Text;
use crate::domain::wave::{Wave, WaveState};
use crate::store::{self, Db};

pub use actions::{MOST_EFFECTS, waves_ahead};
pub use since::Answered;

/// Longest title, owner and reason of a correction.
const LONGEST_LINE: usize = 300;
/// Longest finding, reason and evidence.
const LONGEST_TEXT: usize = 2000;

/// What was decided about a wave, with everything around it.
#[derive(Clone, Debug)]
pub struct DecisionsFile {
    /// The project.
    pub file: ProjectFile,
    /// The wave.
    pub wave: Wave,
    /// Its framework version.
    pub framework: Arc<Framework>,
    /// What was decided and done.
    pub log: DecisionLog,
    /// How many answered the wave, group by group.
    pub coverage: Vec<Coverage>,
    /// Whether whoever asks may write in it.
    pub writing: MayWrite,
}

/// Whether somebody may write decisions down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MayWrite {
    /// They may.
    Yes,
    /// They may only read.
    No,
}

impl DecisionsFile {
    /// One of the decisions.
    #[must_use]
    pub fn decision(&self, id: Uuid) -> Option<&LogEntry> {
        self.log.entries.iter().find(|entry| entry.decision.current.id == id)
    }

    /// One of the actions.
    #[must_use]
    pub fn action(&self, id: Uuid) -> Option<&LogAction> {
        self.log.entries.iter().flat_map(|entry| &entry.actions).find(|action| action.action.current.id == id)
    }
}

impl App {
    /// What was decided about a wave, for whoever may see its results.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] also where the audience may not see them.
    pub fn decisions(&self, db: &mut Db, id: Uuid, audience: &Audience) -> Result<DecisionsFile, Refusal> {
        for organisation in store::organisations::all(db)? {
            let Some(wave) = store::waves::find(db, organisation.id, id)? else { continue };
            let file = projects::project(db, wave.project_id, audience)?;
            if !audience.sees_results_of(&wave, file.thing()) {
                return Err(Refusal::NotFound);
            }
            return self.decisions_in(db, (file, wave), audience, MayWrite::No);
        }
        Err(Refusal::NotFound)
    }

    /// What was decided about a wave, as its staff and its committee see it.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] before the wave is closed, or as [`Staff::require`].
    pub fn decisions_file(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<DecisionsFile, Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::SeeResults)?;
        let file = projects::of_wave(db, &wave)?;
        if wave.state != WaveState::Closed {
            return Err(Conflict::WaveState { wave: wave.code, state: wave.state }.into());
        }
        let writing = if staff.may(Action::EditProject, file.thing()) { MayWrite::Yes } else { MayWrite::No };
        self.decisions_in(db, (file, wave), &Audience::Staff(staff.grants.clone().into()), writing)
    }

    fn decisions_in(
        &self,
        db: &mut Db,
        (file, wave): (ProjectFile, Wave),
        audience: &Audience,
        writing: MayWrite,
    ) -> Result<DecisionsFile, Refusal> {
        let framework = self.framework(db, &wave.framework_sha256)?;
        let log = self.decision_log(db, &file, &wave, audience)?;
        let coverage = coverage(db, &wave, &framework)?;
        Ok(DecisionsFile { file, wave, framework, log, coverage, writing })
    }

    /// How far the decisions about a closed wave are.
    ///
    /// # Errors
    /// If the database fails.
    pub fn decisions_state(&self, db: &mut Db, wave: &Wave) -> Result<DecisionsState, Refusal> {
        if wave.state != WaveState::Closed {
            return Ok(DecisionsState::default());
        }
        let file = projects::of_wave(db, wave)?;
        let closed = file.waves.iter().filter(|one| one.state == WaveState::Closed).cloned().collect();
        Ok(self.log_among(db, &file, wave, closed)?.state())
    }

    /// A wave whose decisions somebody may write down.
    fn deciding(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<DecisionsFile, Refusal> {
        staff::wave(db, staff, id, Action::EditProject)?;
        self.decisions_file(db, staff, id)
    }

    /// Writes a decision down.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Conflict::WaveState`], or as [`Staff::require`].
    pub fn take_decision(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let file = self.deciding(db, staff, id)?;
        let decision = read_decision(self.blank(&file, staff), &file.framework, typed)?;
        self.add_decision(db, staff, &file, decision)
    }

    /// Corrects a decision: a further revision, with its reason.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Invalid`], [`Refusal::Outdated`], or as [`Staff::require`].
    pub fn revise_decision(
        &self,
        db: &mut Db,
        staff: &Staff,
        (id, decision): (Uuid, Uuid),
        typed: &Typed,
    ) -> Result<(), Refusal> {
        let file = self.deciding(db, staff, id)?;
        let entry = file.decision(decision).ok_or(Refusal::NotFound)?;
        let known = entry.decision.current.clone();
        let mut read = read_decision(known.clone(), &file.framework, typed);
        let given_up = read.as_ref().is_ok_and(|revised| revised.outcome == Outcome::NotTaken);
        if given_up && entry.actions.iter().any(|action| action.action.current.state.is_pending()) {
            read = Err(vec![FieldProblem::new("decision_outcome", "actions-pending")]);
        }
        let (revised, correction) = corrected(read, typed)?;
        if typed.revision() != known.revision {
            return Err(Refusal::Outdated);
        }
        let revised = Decision { revision: known.revision + 1, correction, ..self.signed(staff, revised) };
        self.add_decision(db, staff, &file, revised)
    }

    fn add_decision(
        &self,
        db: &mut Db,
        staff: &Staff,
        file: &DecisionsFile,
        decision: Decision,
    ) -> Result<(), Refusal> {
        saved(store::decisions::insert(db, &decision)?)?;
        let act = if decision.revision == 1 { "decision.taking" } else { "decision.revision" };
        let what = subject(&format!("{} {}", file.file.project.name, file.wave.code), decision.id);
        let note = note(staff, decision.organisation_id, act, what);
        self.record(db, AuditNote { note: decision.correction, ..note })
    }

    fn blank(&self, file: &DecisionsFile, staff: &Staff) -> Decision {
        Decision {
            organisation_id: file.wave.organisation_id,
            id: Uuid::now_v7(),
            revision: 1,
            wave_id: file.wave.id,
            finding: Finding { indicator: String::new(), words: Text::default() },
            outcome: Outcome::Taken,
            reason: Text::default(),
            correction: String::new(),
            actor: staff.signature(),
            at: self.clock.now(),
        }
    }

    fn signed(&self, staff: &Staff, decision: Decision) -> Decision {
        Decision { actor: staff.signature(), at: self.clock.now(), ..decision }
    }

    fn today(&self) -> Date {
        self.clock.today()
    }
}

/// What was read, and why it takes the place of what was there; all problems of both together.
fn corrected<T>(read: Result<T, Vec<FieldProblem>>, typed: &Typed) -> Result<(T, String), Vec<FieldProblem>> {
    let reason = line("correction_reason", typed.get("correction_reason"), LONGEST_LINE);
    match (read, reason) {
        (Ok(read), Ok(reason)) => Ok((read, reason)),
        (read, reason) => Err(read.err().into_iter().flatten().chain(reason.err()).collect()),
    }
}

/// The decision as typed. What is unchanged from `known` keeps its translations.
fn read_decision(known: Decision, framework: &Framework, typed: &Typed) -> Result<Decision, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let indicator = typed.get("finding_indicator").to_owned();
    if !indicator.is_empty() && framework.indicator(&indicator).is_none() {
        problems.add(FieldProblem::new("finding_indicator", "choose"));
    }
    let words = problems.note(lines("finding_words", typed.get("finding_words"), LONGEST_TEXT));
    if indicator.is_empty() && !typed.has("finding_words") {
        problems.add(FieldProblem::new("finding_words", "finding-empty"));
    }
    let chosen = Outcome::from_code(typed.get("decision_outcome"));
    let outcome = problems.take(chosen.ok_or_else(|| FieldProblem::new("decision_outcome", "choose")));
    let reason = problems.note(said("decision_reason", typed));
    problems.none()?;
    let finding = Finding { indicator, words: translated(words, [Some(&known.finding.words), None]) };
    let reason = translated(reason, [Some(&known.reason), None]);
    Ok(Decision { finding, outcome: outcome.unwrap_or(known.outcome), reason, ..known })
}

/// Several lines that say something.
fn said(field: &str, typed: &Typed) -> Result<String, FieldProblem> {
    let text = lines(field, typed.get(field), LONGEST_TEXT)?;
    if text.is_empty() { Err(FieldProblem::new(field, "missing")) } else { Ok(text) }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is an action that follows from a decision planned, corrected, and moved from planned to done or given up?

use uuid::Uuid;

use super::{DecisionsFile, LONGEST_LINE, LONGEST_TEXT, corrected};
use crate::app::measures::translated;
use crate::app::planning::saved;
use crate::app::staff::{Staff, note, subject};
use crate::app::{App, Refusal};
use crate::domain::audit::AuditNote;
use crate::domain::decision::{ActionState, DecidedAction, Decision, Expected, Outcome, StandingProblem, is_safe_link};
use crate::domain::field::{FieldProblem, Problems, Typed, amount, day, line, lines, optional_line};
use crate::domain::framework::{Framework, WaveType};
use crate::domain::text::Text;
use crate::domain::wave::Wave;
use crate::store::{self, Db};

/// How many effects of one action can be said.
pub const MOST_EFFECTS: usize = 3;

/// The types of wave by which something can be expected: those from the wave's own on.
#[must_use]
pub fn waves_ahead<'a>(framework: &'a Framework, wave: &Wave) -> &'a [WaveType] {
    let own = framework.wave_types.iter().position(|kind| kind.code == wave.wave_type).unwrap_or(0);
    framework.wave_types.get(own..).unwrap_or_default()
}

impl App {
    /// Plans an action that follows from a decision to act.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] also where it was decided not to act; [`Refusal::Invalid`], or as [`Staff::require`].
    pub fn add_action(
        &self,
        db: &mut Db,
        staff: &Staff,
        (id, decision): (Uuid, Uuid),
        typed: &Typed,
    ) -> Result<(), Refusal> {
        let file = self.deciding(db, staff, id)?;
        let decision = file.decision(decision).map(|entry| &entry.decision.current).ok_or(Refusal::NotFound)?;
        if decision.outcome == Outcome::NotTaken {
            return Err(Refusal::NotFound);
        }
        let action = read_action(None, (&file, decision), typed)?;
        self.write_action(db, staff, &file, action)
    }

    /// Corrects what is to be done: a further revision, with its reason.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Invalid`], [`Refusal::Outdated`], or as [`Staff::require`].
    pub fn revise_action(
        &self,
        db: &mut Db,
        staff: &Staff,
        (id, action): (Uuid, Uuid),
        typed: &Typed,
    ) -> Result<(), Refusal> {
        let file = self.deciding(db, staff, id)?;
        let known = file.action(action).ok_or(Refusal::NotFound)?.action.current.clone();
        let decision =
            file.decision(known.decision_id).map(|entry| &entry.decision.current).ok_or(Refusal::NotFound)?;
        let revision = known.revision;
        let (revised, correction) = corrected(read_action(Some(known), (&file, decision), typed), typed)?;
        if typed.revision() != revision {
            return Err(Refusal::Outdated);
        }
        let revised = DecidedAction { revision: revision + 1, correction, ..revised };
        self.write_action(db, staff, &file, revised)
    }

    /// Says how an action stands.
    ///
    /// # Errors
    /// As [`App::revise_action`].
    pub fn move_action(
        &self,
        db: &mut Db,
        staff: &Staff,
        (id, action): (Uuid, Uuid),
        typed: &Typed,
    ) -> Result<(), Refusal> {
        let file = self.deciding(db, staff, id)?;
        let known = file.action(action).ok_or(Refusal::NotFound)?.action.current.clone();
        let revision = known.revision;
        let moved = read_standing(known, typed)?;
        if typed.revision() != revision {
            return Err(Refusal::Outdated);
        }
        let moved = DecidedAction { revision: revision + 1, correction: String::new(), ..moved };
        self.write_action(db, staff, &file, moved)
    }

    fn write_action(
        &self,
        db: &mut Db,
        staff: &Staff,
        file: &DecisionsFile,
        action: DecidedAction,
    ) -> Result<(), Refusal> {
        let action = DecidedAction { actor: staff.signature(), at: self.clock.now(), ..action };
        saved(store::decisions::insert_action(db, &action)?)?;
        let act = match (action.revision, action.correction.is_empty()) {
            (1, _) => "action.planning",
            (_, true) => "action.state",
            (_, false) => "action.revision",
        };
        let what = subject(&format!("{} {}", file.file.project.name, file.wave.code), action.id);
        let said = if action.correction.is_empty() { action.state.code().to_owned() } else { action.correction };
        self.record(db, AuditNote { note: said, ..note(staff, action.organisation_id, act, what) })
    }
}

/// The action as typed. What is unchanged keeps its translations; how it stands is not asked here.
fn read_action(
    known: Option<DecidedAction>,
    (file, decision): (&DecisionsFile, &Decision),
    typed: &Typed,
) -> Result<DecidedAction, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let title = problems.note(line("action_title", typed.get("action_title"), LONGEST_LINE));
    let owner = problems.note(line("action_owner", typed.get("action_owner"), LONGEST_LINE));
    let group = typed.get("action_group").to_owned();
    if !group.is_empty() && file.framework.group(&group).is_none() {
        problems.add(FieldProblem::new("action_group", "choose"));
    }
    let due = day("action_due", typed.get("action_due"));
    let due = problems.take(due.and_then(|day| day.ok_or_else(|| FieldProblem::new("action_due", "missing"))));
    let resources = problems.note(lines("action_resources", typed.get("action_resources"), LONGEST_TEXT));
    let mut expected = Vec::new();
    for place in 1..=MOST_EFFECTS {
        match read_effect(place, file, typed) {
            Ok(effect) => expected.extend(effect),
            Err(found) => found.into_iter().for_each(|problem| problems.add(problem)),
        }
    }
    problems.none()?;
    let blank = blank(decision);
    let known = known.unwrap_or(DecidedAction { due_on: due.unwrap_or(blank.due_on), ..blank });
    Ok(DecidedAction {
        title: translated(title, [Some(&known.title), None]),
        owner,
        group,
        due_on: due.unwrap_or(known.due_on),
        resources: translated(resources, [Some(&known.resources), None]),
        expected,
        ..known
    })
}

fn blank(decision: &Decision) -> DecidedAction {
    DecidedAction {
        organisation_id: decision.organisation_id,
        id: Uuid::now_v7(),
        revision: 1,
        decision_id: decision.id,
        wave_id: decision.wave_id,
        title: Text::default(),
        owner: String::new(),
        group: String::new(),
        due_on: jiff::civil::Date::ZERO,
        resources: Text::default(),
        expected: Vec::new(),
        state: ActionState::Planned,
        state_note: Text::default(),
        evidence: Text::default(),
        link: String::new(),
        correction: String::new(),
        actor: String::new(),
        at: jiff::Timestamp::UNIX_EPOCH,
    }
}

/// One expected effect: all of it, or nothing.
fn read_effect(place: usize, file: &DecisionsFile, typed: &Typed) -> Result<Option<Expected>, Vec<FieldProblem>> {
    let [on_indicator, on_points, on_wave] =
        ["indicator", "points", "wave"].map(|part| format!("effect_{part}_{place}"));
    let indicator = typed.get(&on_indicator).to_owned();
    if indicator.is_empty() && !typed.has(&on_points) {
        return Ok(None);
    }
    let mut problems = Problems::default();
    if file.framework.indicator(&indicator).is_none() {
        problems.add(FieldProblem::new(&on_indicator, "choose"));
    }
    let points = amount(&on_points, typed.get(&on_points)).ok().flatten().filter(|one| *one > 0.0 && *one <= 100.0);
    let points = problems.note(points.ok_or_else(|| FieldProblem::new(&on_points, "effect-points")));
    let wave_type = typed.get(&on_wave).to_owned();
    if !waves_ahead(&file.framework, &file.wave).iter().any(|kind| kind.code == wave_type) {
        problems.add(FieldProblem::new(&on_wave, "choose"));
    }
    problems.none()?;
    Ok(Some(Expected { indicator, points, wave_type }))
}

/// How the action stands, as typed.
fn read_standing(known: DecidedAction, typed: &Typed) -> Result<DecidedAction, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let chosen = ActionState::from_code(typed.get("action_state"));
    let state = problems.take(chosen.ok_or_else(|| FieldProblem::new("action_state", "choose")));
    let state_note = problems.note(lines("state_note", typed.get("state_note"), LONGEST_TEXT));
    let evidence = problems.note(lines("action_evidence", typed.get("action_evidence"), LONGEST_TEXT));
    let link = problems.note(optional_line("action_link", typed.get("action_link"), LONGEST_LINE));
    if !link.is_empty() && !is_safe_link(&link) {
        problems.add(FieldProblem::new("action_link", "https-link"));
    }
    let state = state.unwrap_or(known.state);
    let state_note = translated(state_note, [Some(&known.state_note), None]);
    let evidence = translated(evidence, [Some(&known.evidence), None]);
    let moved = DecidedAction { state, state_note, evidence, link, ..known };
    match moved.check_standing() {
        Ok(()) => {}
        Err(StandingProblem::NoReason) => problems.add(FieldProblem::new("state_note", "abandoned-why")),
        Err(StandingProblem::NoEvidence) => problems.add(FieldProblem::new("action_evidence", "done-what-shows")),
    }
    problems.none()?;
    Ok(moved)
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was decided about a wave, what follows from it with every revision, and who saw it.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use uuid::Uuid;

use super::schema::{action_sightings, decision_actions, decisions};
use super::types::{Id, Instant, Json, day, document, from_document};
use super::{Db, Saved, StoreError};
use crate::domain::decision::{ActionState, DecidedAction, Decision, Expectations, Finding, Outcome, Revised, Seen};
use crate::domain::wave::Wave;

const DECISIONS: &str = "decisions";
const ACTIONS: &str = "decision_actions";

#[derive(Queryable)]
struct DecisionRow {
    organisation_id: Id,
    id: Id,
    revision: i32,
    wave_id: Id,
    indicator: String,
    finding: Json,
    outcome: String,
    reason: Json,
    correction: String,
    actor: String,
    decided_at: Instant,
}

#[derive(Queryable)]
struct ActionRow {
    organisation_id: Id,
    id: Id,
    revision: i32,
    decision_id: Id,
    wave_id: Id,
    title: Json,
    owner: String,
    group_code: String,
    due_on: String,
    resources: Json,
    expected: Json,
    state: String,
    state_note: Json,
    evidence: Json,
    link: String,
    correction: String,
    actor: String,
    written_at: Instant,
}

/// Somebody's voice on an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice<'a> {
    /// The action.
    pub action_id: Uuid,
    /// Who says it, as the space knows them.
    pub key: &'a str,
    /// Their group.
    pub group: &'a str,
    /// What they say.
    pub seen: Seen,
}

/// How many of a group said the same of an action in the space of one wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceCount {
    /// The wave in whose space they said it.
    pub wave_id: Uuid,
    /// Code of the group.
    pub group: String,
    /// What they said.
    pub seen: Seen,
    /// How many.
    pub count: u32,
}

/// Adds a revision of a decision; the first one is the decision itself. [`Saved::Outdated`] if this revision was written
/// already.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, decision: &Decision) -> Result<Saved, StoreError> {
    use decisions::dsl;
    let done = diesel::insert_into(dsl::decisions)
        .values((
            dsl::organisation_id.eq(Id(decision.organisation_id)),
            dsl::id.eq(Id(decision.id)),
            dsl::revision.eq(decision.revision),
            dsl::wave_id.eq(Id(decision.wave_id)),
            dsl::indicator.eq(&decision.finding.indicator),
            dsl::finding.eq(document(&decision.finding.words)),
            dsl::outcome.eq(decision.outcome.code()),
            dsl::reason.eq(document(&decision.reason)),
            dsl::correction.eq(&decision.correction),
            dsl::actor.eq(&decision.actor),
            dsl::decided_at.eq(Instant(decision.at)),
        ))
        .execute(db);
    once(done)
}

/// Adds a revision of an action, as [`insert`] does of a decision.
///
/// # Errors
/// If the database fails.
pub fn insert_action(db: &mut Db, action: &DecidedAction) -> Result<Saved, StoreError> {
    use decision_actions::dsl;
    let done = diesel::insert_into(dsl::decision_actions)
        .values((
            dsl::organisation_id.eq(Id(action.organisation_id)),
            dsl::id.eq(Id(action.id)),
            dsl::revision.eq(action.revision),
            dsl::decision_id.eq(Id(action.decision_id)),
            dsl::wave_id.eq(Id(action.wave_id)),
            dsl::title.eq(document(&action.title)),
            dsl::owner.eq(&action.owner),
            dsl::group_code.eq(&action.group),
            dsl::due_on.eq(action.due_on.to_string()),
            dsl::resources.eq(document(&action.resources)),
            dsl::expected.eq(document(&Expectations { effects: action.expected.clone() })),
            dsl::state.eq(action.state.code()),
            dsl::state_note.eq(document(&action.state_note)),
            dsl::evidence.eq(document(&action.evidence)),
            dsl::link.eq(&action.link),
            dsl::correction.eq(&action.correction),
            dsl::actor.eq(&action.actor),
            dsl::written_at.eq(Instant(action.at)),
        ))
        .execute(db);
    once(done)
}

fn once(done: QueryResult<usize>) -> Result<Saved, StoreError> {
    match done {
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Ok(Saved::Outdated),
        done => Ok(Saved::of(done?)),
    }
}

/// What was decided about a wave, in the order it was entered, with what was said before.
///
/// # Errors
/// If the database fails.
pub fn of_wave(db: &mut Db, wave: &Wave) -> Result<Vec<Revised<Decision>>, StoreError> {
    let rows: Vec<DecisionRow> = decisions::table
        .filter(decisions::organisation_id.eq(Id(wave.organisation_id)))
        .filter(decisions::wave_id.eq(Id(wave.id)))
        .order((decisions::id, decisions::revision))
        .load(db)?;
    let rows: Vec<Decision> = rows.into_iter().map(Decision::try_from).collect::<Result<_, _>>()?;
    Ok(Revised::gathered(rows, |one, other| one.id == other.id))
}

/// Whether anything was decided about a wave.
///
/// # Errors
/// If the database fails.
pub fn is_any(db: &mut Db, wave: &Wave) -> Result<bool, StoreError> {
    let decided = decisions::table
        .filter(decisions::organisation_id.eq(Id(wave.organisation_id)))
        .filter(decisions::wave_id.eq(Id(wave.id)));
    Ok(decided.count().get_result::<i64>(db)? > 0)
}

/// The actions that follow from the decisions about a wave, in the order they were entered.
///
/// # Errors
/// If the database fails.
pub fn actions_of_wave(db: &mut Db, wave: &Wave) -> Result<Vec<Revised<DecidedAction>>, StoreError> {
    let rows: Vec<ActionRow> = decision_actions::table
        .filter(decision_actions::organisation_id.eq(Id(wave.organisation_id)))
        .filter(decision_actions::wave_id.eq(Id(wave.id)))
        .order((decision_actions::id, decision_actions::revision))
        .load(db)?;
    let rows: Vec<DecidedAction> = rows.into_iter().map(DecidedAction::try_from).collect::<Result<_, _>>()?;
    Ok(Revised::gathered(rows, |one, other| one.id == other.id))
}

/// Keeps a voice on an action in the space of a wave; a second one of the same key takes the place of the first, and is
/// returned as such.
///
/// # Errors
/// If the database fails.
pub fn say_seen(db: &mut Db, wave: &Wave, voice: &Voice<'_>) -> Result<Option<Seen>, StoreError> {
    use action_sightings::dsl;
    let own = || {
        dsl::action_sightings
            .filter(dsl::organisation_id.eq(Id(wave.organisation_id)))
            .filter(dsl::action_id.eq(Id(voice.action_id)))
            .filter(dsl::wave_id.eq(Id(wave.id)))
            .filter(dsl::participant_key.eq(voice.key))
    };
    let before: Option<String> = own().select(dsl::seen).get_result(db).optional()?;
    if let Some(before) = before {
        diesel::update(own()).set(dsl::seen.eq(voice.seen.code())).execute(db)?;
        return Ok(Some(seen(&before)?));
    }
    diesel::insert_into(dsl::action_sightings)
        .values((
            dsl::organisation_id.eq(Id(wave.organisation_id)),
            dsl::action_id.eq(Id(voice.action_id)),
            dsl::wave_id.eq(Id(wave.id)),
            dsl::participant_key.eq(voice.key),
            dsl::group_code.eq(voice.group),
            dsl::seen.eq(voice.seen.code()),
        ))
        .execute(db)?;
    Ok(None)
}

/// What one key said in the space of a wave, by action.
///
/// # Errors
/// If the database fails.
pub fn said_by(db: &mut Db, wave: &Wave, key: &str) -> Result<Vec<(Uuid, Seen)>, StoreError> {
    use action_sightings::dsl;
    let rows: Vec<(Id, String)> = dsl::action_sightings
        .filter(dsl::organisation_id.eq(Id(wave.organisation_id)))
        .filter(dsl::wave_id.eq(Id(wave.id)))
        .filter(dsl::participant_key.eq(key))
        .select((dsl::action_id, dsl::seen))
        .load(db)?;
    rows.into_iter().map(|(action, said)| Ok((action.0, seen(&said)?))).collect()
}

/// How many said what of an action, by wave and group.
///
/// # Errors
/// If the database fails.
pub fn voices_on(db: &mut Db, action: &DecidedAction) -> Result<Vec<VoiceCount>, StoreError> {
    use action_sightings::dsl;
    let rows: Vec<(Id, String, String, i64)> = dsl::action_sightings
        .filter(dsl::organisation_id.eq(Id(action.organisation_id)))
        .filter(dsl::action_id.eq(Id(action.id)))
        .group_by((dsl::wave_id, dsl::group_code, dsl::seen))
        .select((dsl::wave_id, dsl::group_code, dsl::seen, diesel::dsl::count_star()))
        .order((dsl::wave_id, dsl::group_code, dsl::seen))
        .load(db)?;
    let count = |(wave, group, said, count): (Id, String, String, i64)| {
        Ok(VoiceCount { wave_id: wave.0, group, seen: seen(&said)?, count: u32::try_from(count).unwrap_or(u32::MAX) })
    };
    rows.into_iter().map(count).collect()
}

fn seen(code: &str) -> Result<Seen, StoreError> {
    Seen::from_code(code).ok_or(StoreError::Corrupt { table: "action_sightings", column: "seen" })
}

impl TryFrom<DecisionRow> for Decision {
    type Error = StoreError;

    fn try_from(row: DecisionRow) -> Result<Self, StoreError> {
        let corrupt = |column| StoreError::Corrupt { table: DECISIONS, column };
        let words = from_document(row.finding, DECISIONS, "finding")?;
        Ok(Self {
            organisation_id: row.organisation_id.0,
            id: row.id.0,
            revision: row.revision,
            wave_id: row.wave_id.0,
            finding: Finding { indicator: row.indicator, words },
            outcome: Outcome::from_code(&row.outcome).ok_or_else(|| corrupt("outcome"))?,
            reason: from_document(row.reason, DECISIONS, "reason")?,
            correction: row.correction,
            actor: row.actor,
            at: row.decided_at.0,
        })
    }
}

impl TryFrom<ActionRow> for DecidedAction {
    type Error = StoreError;

    fn try_from(row: ActionRow) -> Result<Self, StoreError> {
        let corrupt = |column| StoreError::Corrupt { table: ACTIONS, column };
        let expected: Expectations = from_document(row.expected, ACTIONS, "expected")?;
        Ok(Self {
            organisation_id: row.organisation_id.0,
            id: row.id.0,
            revision: row.revision,
            decision_id: row.decision_id.0,
            wave_id: row.wave_id.0,
            title: from_document(row.title, ACTIONS, "title")?,
            owner: row.owner,
            group: row.group_code,
            due_on: day(&row.due_on, ACTIONS, "due_on")?,
            resources: from_document(row.resources, ACTIONS, "resources")?,
            expected: expected.effects,
            state: ActionState::from_code(&row.state).ok_or_else(|| corrupt("state"))?,
            state_note: from_document(row.state_note, ACTIONS, "state_note")?,
            evidence: from_document(row.evidence, ACTIONS, "evidence")?,
            link: row.link,
            correction: row.correction,
            actor: row.actor,
            at: row.written_at.0,
        })
    }
}

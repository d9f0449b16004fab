// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was decided about a wave and done since, with the numbers it rests on.

use serde::Serialize;

use crate::domain::comparison::{ChangeFlag, Verdict};
use crate::domain::decision_log::{DecisionLog, Effect, LogAction, LogEntry, Number, Observed, SeenCount, Unanswered};
use crate::domain::score::{Interval, Withheld};
use crate::domain::text::Text;

use super::super::decisions::day_of;
use super::value;

#[derive(Serialize)]
pub struct DecisionsEntry<'a> {
    decided: Vec<DecisionEntry<'a>>,
    unanswered: Vec<UnansweredEntry<'a>>,
}

#[derive(Serialize)]
struct DecisionEntry<'a> {
    indicator: &'a str,
    finding: &'a Text,
    number: Option<NumberEntry>,
    outcome: &'static str,
    reason: &'a Text,
    written_on: String,
    revision: i32,
    actions: Vec<ActionEntry<'a>>,
}

#[derive(Serialize)]
struct NumberEntry {
    score: Option<f64>,
    interval: Option<Interval>,
    reason: Option<Withheld>,
}

#[derive(Serialize)]
struct ActionEntry<'a> {
    title: &'a Text,
    owner: &'a str,
    group: &'a str,
    due_on: String,
    resources: &'a Text,
    state: &'static str,
    overdue: bool,
    state_note: &'a Text,
    evidence: &'a Text,
    link: &'a str,
    returned: bool,
    revision: i32,
    effects: Vec<EffectEntry<'a>>,
    seen: Vec<SeenEntry<'a>>,
}

#[derive(Serialize)]
struct EffectEntry<'a> {
    indicator: &'a str,
    expected: f64,
    by_wave_type: &'a str,
    observed_in: Option<&'a str>,
    difference: Option<f64>,
    interval: Option<Interval>,
    verdict: Option<Verdict>,
    flags: &'a [ChangeFlag],
    reason: Option<Withheld>,
}

#[derive(Serialize)]
struct SeenEntry<'a> {
    wave: &'a str,
    group: &'a str,
    yes: Option<u32>,
    no: Option<u32>,
    dont_know: Option<u32>,
    reason: Option<Withheld>,
}

#[derive(Serialize)]
struct UnansweredEntry<'a> {
    indicator: &'a str,
    pillar: &'static str,
    place: usize,
    number: NumberEntry,
}

impl<'a> DecisionsEntry<'a> {
    pub fn new(log: &'a DecisionLog) -> Self {
        Self {
            decided: log.entries.iter().map(DecisionEntry::new).collect(),
            unanswered: log.unanswered.iter().map(UnansweredEntry::new).collect(),
        }
    }
}

impl<'a> DecisionEntry<'a> {
    fn new(entry: &'a LogEntry) -> Self {
        let decision = &entry.decision.current;
        Self {
            indicator: &decision.finding.indicator,
            finding: &decision.finding.words,
            number: entry.number.as_ref().map(NumberEntry::new),
            outcome: decision.outcome.code(),
            reason: &decision.reason,
            written_on: day_of(decision.at).to_string(),
            revision: decision.revision,
            actions: entry.actions.iter().map(ActionEntry::new).collect(),
        }
    }
}

impl NumberEntry {
    fn new(number: &Number) -> Self {
        Self {
            score: value(number.value),
            interval: value(number.value.and(number.interval)),
            reason: number.value.err(),
        }
    }
}

impl<'a> ActionEntry<'a> {
    fn new(action: &'a LogAction) -> Self {
        let current = &action.action.current;
        Self {
            title: &current.title,
            owner: &current.owner,
            group: &current.group,
            due_on: current.due_on.to_string(),
            resources: &current.resources,
            state: current.state.code(),
            overdue: action.overdue,
            state_note: &current.state_note,
            evidence: &current.evidence,
            link: &current.link,
            returned: action.returns(),
            revision: current.revision,
            effects: action.effects.iter().map(EffectEntry::new).collect(),
            seen: action.seen.iter().map(SeenEntry::new).collect(),
        }
    }
}

impl<'a> EffectEntry<'a> {
    fn new(effect: &'a Effect) -> Self {
        let (wave, change) = match &effect.observed {
            Observed::NotYet => (None, None),
            Observed::Change { wave, change } => (Some(wave.as_str()), Some(change.as_ref())),
        };
        let found = change.and_then(Result::ok);
        Self {
            indicator: &effect.expected.indicator,
            expected: effect.expected_difference(),
            by_wave_type: &effect.expected.wave_type,
            observed_in: wave,
            difference: found.map(|change| change.difference),
            interval: found.and_then(|change| value(change.interval)),
            verdict: found.map(|change| change.verdict),
            flags: found.map_or(&[], |change| &change.flags),
            reason: change.and_then(Result::err).copied(),
        }
    }
}

impl<'a> SeenEntry<'a> {
    fn new(seen: &'a SeenCount) -> Self {
        let [yes, no, dont_know] = seen.counts.map_or([None; 3], |counts| counts.map(Some));
        Self { wave: &seen.wave, group: &seen.group, yes, no, dont_know, reason: seen.counts.err() }
    }
}

impl<'a> UnansweredEntry<'a> {
    fn new(one: &'a Unanswered) -> Self {
        Self {
            indicator: &one.priority.indicator,
            pillar: one.priority.pillar.code(),
            place: one.priority.place,
            number: NumberEntry::new(&one.number),
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was decided about a wave of one invented project, from `decisions.toml`: invented, too.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use uuid::Uuid;

use super::content::ContentError;
use crate::app::Refusal;
use crate::app::planning::saved;
use crate::domain::decision::{ActionState, DecidedAction, Decision, Expected, Finding, Outcome, Seen};
use crate::domain::programme::Project;
use crate::domain::text::Text;
use crate::domain::wave::Wave;
use crate::store::decisions::Voice;
use crate::store::{self, Db};

/// What was decided about one wave.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionsContent {
    project: String,
    wave: String,
    actor: String,
    #[serde(rename = "decision")]
    decisions: Vec<DecisionContent>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionContent {
    indicator: String,
    #[serde(default)]
    words: Text,
    outcome: String,
    reason: Text,
    on: Date,
    #[serde(rename = "action", default)]
    actions: Vec<ActionContent>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionContent {
    title: Text,
    owner: String,
    #[serde(default)]
    group: String,
    due_on: Date,
    #[serde(default)]
    resources: Text,
    expected: Vec<Expected>,
    state: String,
    #[serde(default)]
    state_note: Text,
    #[serde(default)]
    evidence: Text,
    #[serde(default)]
    link: String,
    on: Date,
    /// How many of each group of the next wave saw it: yes, no, don't know.
    #[serde(default)]
    seen: BTreeMap<String, [u32; 3]>,
}

impl DecisionsContent {
    pub(super) fn read() -> Result<Self, ContentError> {
        Ok(toml::from_str(include_str!("decisions.toml"))?)
    }

    /// Writes down what was decided, if it is this project that it was decided in.
    pub(super) fn load(&self, db: &mut Db, project: &Project) -> Result<(), Refusal> {
        if project.name != self.project {
            return Ok(());
        }
        let waves = store::waves::of_project(db, project)?;
        let place = waves.iter().position(|wave| wave.code == self.wave).ok_or(Refusal::NotFound)?;
        let (wave, next) = (waves.get(place).ok_or(Refusal::NotFound)?, waves.get(place + 1));
        for content in &self.decisions {
            let decision = self.decision(wave, content)?;
            saved(store::decisions::insert(db, &decision)?)?;
            for action in &content.actions {
                let decided = self.action(&decision, action)?;
                saved(store::decisions::insert_action(db, &decided)?)?;
                next.map_or(Ok(()), |next| action.voices(db, next, decided.id))?;
            }
        }
        Ok(())
    }

    fn decision(&self, wave: &Wave, content: &DecisionContent) -> Result<Decision, Refusal> {
        Ok(Decision {
            organisation_id: wave.organisation_id,
            id: Uuid::now_v7(),
            revision: 1,
            wave_id: wave.id,
            finding: Finding { indicator: content.indicator.clone(), words: content.words.clone() },
            outcome: Outcome::from_code(&content.outcome).ok_or(Refusal::NotFound)?,
            reason: content.reason.clone(),
            correction: String::new(),
            actor: self.actor.clone(),
            at: noon(content.on),
        })
    }

    fn action(&self, decision: &Decision, content: &ActionContent) -> Result<DecidedAction, Refusal> {
        Ok(DecidedAction {
            organisation_id: decision.organisation_id,
            id: Uuid::now_v7(),
            revision: 1,
            decision_id: decision.id,
            wave_id: decision.wave_id,
            title: content.title.clone(),
            owner: content.owner.clone(),
            group: content.group.clone(),
            due_on: content.due_on,
            resources: content.resources.clone(),
            expected: content.expected.clone(),
            state: ActionState::from_code(&content.state).ok_or(Refusal::NotFound)?,
            state_note: content.state_note.clone(),
            evidence: content.evidence.clone(),
            link: content.link.clone(),
            correction: String::new(),
            actor: self.actor.clone(),
            at: noon(content.on),
        })
    }
}

impl ActionContent {
    /// The voices of the participants of the next wave on it.
    fn voices(&self, db: &mut Db, wave: &Wave, action_id: Uuid) -> Result<(), Refusal> {
        for (group, counts) in &self.seen {
            for (seen, count) in Seen::ALL.into_iter().zip(counts) {
                for number in 0..*count {
                    let key = format!("demonstration {group} {} {number}", seen.code());
                    store::decisions::say_seen(db, wave, &Voice { action_id, key: &key, group, seen })?;
                }
            }
        }
        Ok(())
    }
}

/// Noon of a day, in UTC.
fn noon(day: Date) -> jiff::Timestamp {
    TimeZone::UTC.to_timestamp(day.at(12, 0, 0, 0)).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::programme::Origin;

    #[test]
    fn every_state_is_shown_each_says_what_it_must_and_only_in_an_invented_project() {
        let content = DecisionsContent::read().unwrap();
        assert!(content.project.contains("inventato"));
        let editions = super::super::content::Content::read().unwrap().editions;
        let mut projects = editions.iter().flat_map(|one| &one.projects);
        assert!(projects.any(|one| one.name == content.project && one.origin == Origin::Fictional));
        let (organisation_id, id, wave_id) = (Uuid::nil(), Uuid::nil(), Uuid::nil());
        let mut states = Vec::new();
        for one in &content.decisions {
            let finding = Finding { indicator: one.indicator.clone(), words: one.words.clone() };
            let outcome = Outcome::from_code(&one.outcome).unwrap();
            let (reason, correction, actor, at) = (Text::default(), String::new(), String::new(), noon(one.on));
            let decision =
                Decision { organisation_id, id, revision: 1, wave_id, finding, outcome, reason, correction, actor, at };
            for action in &one.actions {
                let action = content.action(&decision, action).unwrap();
                assert_eq!(action.check_standing(), Ok(()));
                states.push(action.state);
            }
        }
        assert!(ActionState::ALL.into_iter().all(|state| states.contains(&state)));
        assert!(content.decisions.iter().any(|one| one.outcome == "not_taken"));
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One round of collection: what state is it in, who may answer, and until when?

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::framework::Level;
use super::phase::Phase;
use super::text::Text;

/// One round of collection in a project, on one framework version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity.
    pub id: Uuid,
    /// Its project.
    pub project_id: Uuid,
    /// Code, unique in the project, e.g. `T2`.
    pub code: String,
    /// Code of its wave type in the framework.
    pub wave_type: String,
    /// Whether answers are taken: told by the phase.
    pub state: WaveState,
    /// How far it is in the circle.
    pub phase: Phase,
    /// SHA-256 of the framework version it asks and is scored with.
    pub framework_sha256: String,
    /// Core items only, or the extended ones too.
    pub level: Level,
    /// How answers and persons are kept apart.
    pub collection: Collection,
    /// Why people are asked, in a sentence or two.
    pub purpose: Text,
    /// First day.
    pub opens_on: Date,
    /// Last day on which answers are taken.
    pub closes_on: Date,
    /// Day on which the body published its results; nobody outside the staff sees them before.
    pub published_on: Option<Date>,
    /// Last day on which only those who took part see the results, once they are given back.
    pub embargo_until: Option<Date>,
    /// Why the results are not given back in public; empty: they are, or nobody has decided yet.
    pub refusal: String,
    /// How often its plan was changed.
    pub revision: i32,
}

/// Where a wave stands. It only ever moves forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WaveState {
    /// Being set up; nobody can answer.
    Draft,
    /// Answers are taken; no results.
    Open,
    /// No more answers; results exist.
    Closed,
}

impl WaveState {
    /// The word stored and shown in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// The state stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Draft, Self::Open, Self::Closed].into_iter().find(|state| state.code() == code)
    }
}

/// How answers and persons are kept apart; fixed before a wave opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Collection {
    /// A link for everybody in a group; nothing ties an answer to a person.
    Anonymous,
    /// A code each; codes and answers are kept apart and the tie is destroyed at closing.
    Confidential,
    /// Organisations answer as such, under their own name.
    Named,
}

impl Collection {
    /// Every mode, the most protective first.
    pub const ALL: [Self; 3] = [Self::Anonymous, Self::Confidential, Self::Named];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Confidential => "confidential",
            Self::Named => "named",
        }
    }

    /// The mode stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

/// Why a wave takes no answers today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAnswerable {
    /// Opens later.
    NotYetOpen {
        /// First day.
        opens_on: Date,
    },
    /// Closed, or past its last day.
    Over {
        /// Last day on which answers were taken.
        closed_on: Date,
    },
}

/// What a wave asks, and when: as much of it as saving an answer needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// SHA-256 of the framework version it asks.
    pub framework_sha256: String,
    /// Code of its wave type in the framework.
    pub wave_type: String,
    /// Core items only, or the extended ones too.
    pub level: Level,
    /// Where it stands.
    pub state: WaveState,
    /// First day.
    pub opens_on: Date,
    /// Last day on which answers are taken.
    pub closes_on: Date,
}

impl Wave {
    /// Whether answers are taken on this day.
    ///
    /// # Errors
    /// Why not, with the day from which or until which they were.
    pub fn answerable_on(&self, today: Date) -> Result<(), NotAnswerable> {
        self.asking().answerable_on(today)
    }

    /// What it asks, and when.
    #[must_use]
    pub fn asking(&self) -> Asking {
        Asking {
            framework_sha256: self.framework_sha256.clone(),
            wave_type: self.wave_type.clone(),
            level: self.level,
            state: self.state,
            opens_on: self.opens_on,
            closes_on: self.closes_on,
        }
    }
}

impl Asking {
    /// Whether answers are taken on this day.
    ///
    /// # Errors
    /// Why not, with the day from which or until which they were.
    pub fn answerable_on(&self, today: Date) -> Result<(), NotAnswerable> {
        match self.state {
            WaveState::Draft => Err(NotAnswerable::NotYetOpen { opens_on: self.opens_on }),
            WaveState::Open if today <= self.closes_on => Ok(()),
            WaveState::Open | WaveState::Closed => Err(NotAnswerable::Over { closed_on: self.closes_on }),
        }
    }
}

/// A signed act that moved a wave on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaveAct {
    /// What was done: that of [`Phase::act`], or `refusal`, `renunciation`, `reminder`.
    pub act: String,
    /// Who did it, by name.
    pub actor: String,
    /// Why, in their words.
    pub note: String,
    /// When.
    pub done_at: jiff::Timestamp,
}

/// Who is listed in one group at a wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterEntry {
    /// Code of the stakeholder group.
    pub group: String,
    /// How many are listed; unknown if nobody counted.
    pub listed: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn wave(state: WaveState) -> Wave {
        Wave {
            organisation_id: Uuid::nil(),
            id: Uuid::nil(),
            project_id: Uuid::nil(),
            code: "T1".to_owned(),
            wave_type: "T1".to_owned(),
            state,
            phase: Phase::Draft,
            framework_sha256: String::new(),
            level: Level::Core,
            collection: Collection::Anonymous,
            purpose: Text::default(),
            opens_on: date(2026, 3, 1),
            closes_on: date(2026, 3, 31),
            published_on: None,
            embargo_until: None,
            refusal: String::new(),
            revision: 1,
        }
    }

    #[test]
    fn answers_are_taken_while_open_and_on_the_last_day() {
        assert_eq!(wave(WaveState::Open).answerable_on(date(2026, 3, 31)), Ok(()));
        assert!(matches!(wave(WaveState::Open).answerable_on(date(2026, 4, 1)), Err(NotAnswerable::Over { .. })));
        assert!(matches!(wave(WaveState::Closed).answerable_on(date(2026, 3, 2)), Err(NotAnswerable::Over { .. })));
        assert!(matches!(
            wave(WaveState::Draft).answerable_on(date(2026, 3, 2)),
            Err(NotAnswerable::NotYetOpen { .. })
        ));
    }
}

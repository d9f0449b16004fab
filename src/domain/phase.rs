// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far is a wave in the circle: prepared together, answered, given back, acted upon?

use serde::{Deserialize, Serialize};

use super::wave::WaveState;

/// How far a wave is. It only ever moves forward, by signed acts.
///
/// # Source
/// `docs/participation.md`, "The phases".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Being planned.
    Draft,
    /// Who is touched, and who is missing, is being written down.
    Map,
    /// Stakeholders propose and choose what is asked.
    Definition,
    /// Stakeholders say how much it counts.
    Weights,
    /// What is asked and how much it counts is fixed; nobody can answer yet.
    Frozen,
    /// Answers are taken; no results.
    Open,
    /// No more answers; results exist, for those who evaluate.
    Closed,
    /// Those who took part see the results first, and discuss them.
    Restitution,
    /// Results were given back in public, or it was said why not: what follows is being decided.
    Decisions,
    /// Done: the next wave begins where this one ended.
    Concluded,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 10] = [
        Self::Draft,
        Self::Map,
        Self::Definition,
        Self::Weights,
        Self::Frozen,
        Self::Open,
        Self::Closed,
        Self::Restitution,
        Self::Decisions,
        Self::Concluded,
    ];

    /// The word stored, and the end of the keys of its words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Map => "map",
            Self::Definition => "definition",
            Self::Weights => "weights",
            Self::Frozen => "frozen",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Restitution => "restitution",
            Self::Decisions => "decisions",
            Self::Concluded => "concluded",
        }
    }

    /// The phase stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.code() == code)
    }

    /// Whether answers are not yet, now or no longer taken.
    #[must_use]
    pub const fn state(self) -> WaveState {
        match self {
            Self::Draft | Self::Map | Self::Definition | Self::Weights | Self::Frozen => WaveState::Draft,
            Self::Open => WaveState::Open,
            Self::Closed | Self::Restitution | Self::Decisions | Self::Concluded => WaveState::Closed,
        }
    }

    /// Whether the plan of the wave can still be changed.
    #[must_use]
    pub const fn is_preparing(self) -> bool {
        matches!(self, Self::Draft | Self::Map | Self::Definition | Self::Weights)
    }

    /// Whether those who took part see the results.
    #[must_use]
    pub const fn is_given_back(self) -> bool {
        matches!(self, Self::Restitution | Self::Decisions | Self::Concluded)
    }

    /// The act that brings a wave here.
    #[must_use]
    pub const fn act(self) -> &'static str {
        match self {
            Self::Draft => "plan",
            Self::Map => "map",
            Self::Definition => "definition",
            Self::Weights => "weights",
            Self::Frozen => "freezing",
            Self::Open => "opening",
            Self::Closed => "closing",
            Self::Restitution => "restitution",
            Self::Decisions => "publication",
            Self::Concluded => "conclusion",
        }
    }

    /// Phases of participation that are passed over on the way from here to a later phase.
    #[must_use]
    pub fn passed_over(self, to: Self) -> Vec<Self> {
        let between = |phase: &Self| *phase > self && *phase < to;
        [Self::Map, Self::Definition, Self::Weights].into_iter().filter(between).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_are_ordered_and_known_by_their_words() {
        assert!(Phase::ALL.is_sorted());
        assert!(Phase::ALL.into_iter().all(|phase| Phase::from_code(phase.code()) == Some(phase)));
        assert_eq!(Phase::from_code("done"), None);
        let states: Vec<WaveState> = Phase::ALL.into_iter().map(Phase::state).collect();
        assert!(states.is_sorted_by_key(|state| *state as u8));
    }

    #[test]
    fn what_is_frozen_is_not_prepared_any_more_though_nobody_can_answer() {
        assert!(Phase::Weights.is_preparing() && !Phase::Frozen.is_preparing());
        assert_eq!(Phase::Frozen.state(), WaveState::Draft);
        assert!(!Phase::Closed.is_given_back() && Phase::Restitution.is_given_back());
    }

    #[test]
    fn what_is_passed_over_is_told() {
        assert_eq!(Phase::Draft.passed_over(Phase::Frozen), [Phase::Map, Phase::Definition, Phase::Weights]);
        assert_eq!(Phase::Definition.passed_over(Phase::Weights), []);
        assert_eq!(Phase::Map.passed_over(Phase::Open), [Phase::Definition, Phase::Weights]);
    }
}

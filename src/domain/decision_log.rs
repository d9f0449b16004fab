// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What became of the results of a wave: what was decided and done, what moved since, and what is still without an answer?

use super::comparison::{ChangeFlag, Verdict};
use super::decision::{ActionState, DecidedAction, Decision, Expected, Revised};
use super::framework::Pillar;
use super::priority::Priority;
use super::score::{Given, Interval, Overall};

/// Everything that was decided about a wave, with the numbers it rests on as everybody may see them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DecisionLog {
    /// What was decided: first what comes back to the committee, then in the order it was entered.
    pub entries: Vec<LogEntry>,
    /// The first priorities about which nothing was decided, the most urgent first.
    pub unanswered: Vec<Unanswered>,
}

/// A decision with its number and its actions.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// The decision.
    pub decision: Revised<Decision>,
    /// The number of its indicator; none where it is about none, or the wave did not ask it.
    pub number: Option<Number>,
    /// What follows from it.
    pub actions: Vec<LogAction>,
}

/// A score as it was released.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// The score, or why it is not given.
    pub value: Given<f64>,
    /// Its 95 % interval.
    pub interval: Given<Interval>,
    /// n: valid answers it is made of.
    pub valid: u32,
    /// N, where known.
    pub listed: Option<u32>,
}

/// An action with what was expected of it and what came.
#[derive(Clone, Debug, PartialEq)]
pub struct LogAction {
    /// The action.
    pub action: Revised<DecidedAction>,
    /// Whether its day has passed and it is neither done nor given up.
    pub overdue: bool,
    /// What was expected, each beside what was observed.
    pub effects: Vec<Effect>,
    /// Who of the participants of later waves saw it.
    pub seen: Vec<SeenCount>,
}

/// What was expected of an indicator, and what was observed.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// What was expected.
    pub expected: Expected,
    /// The pillar of the indicator: for an obstacle, less is better.
    pub pillar: Pillar,
    /// What was observed.
    pub observed: Observed,
}

/// What was observed of an expected effect.
#[derive(Clone, Debug, PartialEq)]
pub enum Observed {
    /// The wave by which it is expected has no results yet.
    NotYet,
    /// The indicator between the two waves. What changed it, nobody can tell from this.
    Change {
        /// Code of the later wave.
        wave: String,
        /// The change, or why it is not given.
        change: Given<ObservedChange>,
    },
}

/// How an indicator changed.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservedChange {
    /// Later less earlier, in points; keeps the sign of the number.
    pub difference: f64,
    /// 95 % interval.
    pub interval: Given<Interval>,
    /// In words.
    pub verdict: Verdict,
    /// What to know beside the words.
    pub flags: Vec<ChangeFlag>,
}

/// How many of a group saw an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenCount {
    /// Code of the wave in whose space they said it.
    pub wave: String,
    /// Code of the group.
    pub group: String,
    /// Yes, no and don't know; withheld where fewer than `k_show` said anything.
    pub counts: Given<[u32; 3]>,
}

/// A first priority about which nothing was decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Unanswered {
    /// How urgent it is.
    pub priority: Priority,
    /// Its number.
    pub number: Number,
}

/// How far the decisions about a wave are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecisionsState {
    /// What was found: decided or not.
    pub findings: usize,
    /// What was decided, to act or not to.
    pub decided: usize,
    /// First priorities about which nothing was decided.
    pub unanswered: usize,
    /// Actions.
    pub actions: usize,
    /// Actions declared done that come back, because the indicator expected to improve worsened.
    pub returned: usize,
}

impl From<&Overall> for Number {
    fn from(overall: &Overall) -> Self {
        let (value, interval) = (overall.value(), overall.interval);
        Self { value, interval, valid: overall.valid, listed: overall.listed }
    }
}

impl Effect {
    /// Whether the indicator worsened: beyond doubt, and by at least the agreed difference.
    #[must_use]
    pub fn is_worsened(&self) -> bool {
        match &self.observed {
            Observed::NotYet => false,
            Observed::Change { change, .. } => change.as_ref().is_ok_and(|change| change.verdict == Verdict::Worsened),
        }
    }

    /// What was expected as a change of the number: for an obstacle a fall.
    #[must_use]
    pub fn expected_difference(&self) -> f64 {
        match self.pillar {
            Pillar::Facilitators | Pillar::Results => self.expected.points,
            Pillar::Obstacles => -self.expected.points,
        }
    }
}

impl LogAction {
    /// Whether it goes back to the committee: declared done, and an indicator that it should have moved worsened.
    #[must_use]
    pub fn returns(&self) -> bool {
        self.action.current.state == ActionState::Done && self.effects.iter().any(Effect::is_worsened)
    }
}

impl LogEntry {
    /// Whether one of its actions goes back to the committee.
    #[must_use]
    pub fn returns(&self) -> bool {
        self.actions.iter().any(LogAction::returns)
    }
}

impl DecisionLog {
    /// A log in its order: what comes back first, the rest as it was entered.
    #[must_use]
    pub fn new(mut entries: Vec<LogEntry>, unanswered: Vec<Unanswered>) -> Self {
        entries.sort_by_key(|entry| !entry.returns());
        Self { entries, unanswered }
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> DecisionsState {
        let actions = || self.entries.iter().flat_map(|entry| &entry.actions);
        let (decided, unanswered) = (self.entries.len(), self.unanswered.len());
        DecisionsState {
            findings: decided + unanswered,
            decided,
            unanswered,
            actions: actions().count(),
            returned: actions().filter(|action| action.returns()).count(),
        }
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.unanswered.is_empty()
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use super::super::decision::Outcome;
    use super::super::decision::samples::{action, decision};
    use super::super::score::Withheld;
    use super::super::text::Text;
    use super::*;

    /// An expected effect of eight points on an indicator, and what was observed.
    pub(crate) fn effect(pillar: Pillar, verdict: Option<Verdict>) -> Effect {
        let change = |verdict| ObservedChange {
            difference: -12.0,
            interval: Ok(Interval { low: -19.0, high: -5.0 }),
            verdict,
            flags: Vec::new(),
        };
        let change = |verdict| Observed::Change { wave: "T2".to_owned(), change: Ok(change(verdict)) };
        let expected = Expected { indicator: "R1".to_owned(), points: 8.0, wave_type: "T2".to_owned() };
        Effect { expected, pillar, observed: verdict.map_or(Observed::NotYet, change) }
    }

    /// A decision about an indicator with one action in a state.
    pub(crate) fn entry(indicator: &str, state: ActionState, effects: Vec<Effect>) -> LogEntry {
        let value = Ok(43.0);
        let interval = Ok(Interval { low: 38.0, high: 48.0 });
        let action = DecidedAction {
            evidence: Text::both("Verbale.", "Minutes."),
            state_note: Text::both("Mancano i fondi.", "No funds."),
            expected: effects.iter().map(|effect| effect.expected.clone()).collect(),
            ..action(state)
        };
        let seen = vec![
            SeenCount { wave: "T2".to_owned(), group: "PA".to_owned(), counts: Ok([4, 1, 2]) },
            SeenCount { wave: "T2".to_owned(), group: "TS".to_owned(), counts: Err(Withheld::FewerThanMinimum) },
        ];
        LogEntry {
            decision: Revised { current: decision(indicator, Outcome::Taken), earlier: Vec::new() },
            number: Some(Number { value, interval, valid: 23, listed: Some(30) }),
            actions: vec![LogAction {
                action: Revised { current: action, earlier: Vec::new() },
                overdue: false,
                effects,
                seen,
            }],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::samples::{effect, entry};
    use super::*;

    #[test]
    fn nothing_decided_is_an_empty_log() {
        let log = DecisionLog::new(Vec::new(), Vec::new());
        assert!(log.is_empty());
        assert_eq!(log.state(), DecisionsState::default());
    }

    #[test]
    fn only_what_is_done_and_worsened_comes_back_and_it_comes_first() {
        let worse = || vec![effect(Pillar::Results, Some(Verdict::Worsened))];
        let slightly = vec![effect(Pillar::Results, Some(Verdict::SlightlyWorsened))];
        let waiting = vec![effect(Pillar::Results, None)];
        let log = DecisionLog::new(
            vec![
                entry("R1", ActionState::UnderWay, worse()),
                entry("R2", ActionState::Done, slightly),
                entry("R3", ActionState::Done, waiting),
                entry("R4", ActionState::Done, worse()),
                entry("R5", ActionState::Abandoned, worse()),
            ],
            Vec::new(),
        );
        let order: Vec<&str> = log.entries.iter().map(|one| one.decision.current.finding.indicator.as_str()).collect();
        assert_eq!(order, ["R4", "R1", "R2", "R3", "R5"]);
        assert_eq!((log.state().returned, log.state().decided, log.state().findings), (1, 5, 5));
    }

    #[test]
    fn an_obstacle_is_expected_to_fall() {
        assert!((effect(Pillar::Obstacles, None).expected_difference() + 8.0).abs() < f64::EPSILON);
        assert!((effect(Pillar::Results, None).expected_difference() - 8.0).abs() < f64::EPSILON);
    }
}

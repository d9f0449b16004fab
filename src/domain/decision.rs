// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was found, what was decided about it, and what is done because of it: what must each of them say?

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::text::Text;

/// One revision of what was decided about a finding of a wave. Never changed: a correction is a further revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity of the decision, the same in all its revisions.
    pub id: Uuid,
    /// Which revision, from 1.
    pub revision: i32,
    /// The wave whose results it answers.
    pub wave_id: Uuid,
    /// What was found.
    pub finding: Finding,
    /// Whether something is done about it.
    pub outcome: Outcome,
    /// Why.
    pub reason: Text,
    /// Why this revision took the place of the one before; empty for the first.
    pub correction: String,
    /// Who wrote it, as acts are signed.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

/// What was found: an indicator, words, or both. The number is not written here: it is that of the results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Code of the indicator; empty where it is about none.
    pub indicator: String,
    /// In words; empty where the indicator says it.
    pub words: Text,
}

/// Whether something is done about a finding. Both are answers, and both have a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was decided to act.
    Taken,
    /// It was decided not to.
    NotTaken,
}

/// One revision of an action that follows from a decision.
#[derive(Clone, Debug, PartialEq)]
pub struct DecidedAction {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity of the action, the same in all its revisions.
    pub id: Uuid,
    /// Which revision, from 1.
    pub revision: i32,
    /// The decision it follows from.
    pub decision_id: Uuid,
    /// The wave of that decision.
    pub wave_id: Uuid,
    /// What is done.
    pub title: Text,
    /// Who answers for it.
    pub owner: String,
    /// Code of the stakeholder group that does it; empty where none does.
    pub group: String,
    /// By when.
    pub due_on: Date,
    /// With what; empty where nothing was said.
    pub resources: Text,
    /// What is expected of it.
    pub expected: Vec<Expected>,
    /// How it stands.
    pub state: ActionState,
    /// Why it stands so; never empty where it was abandoned.
    pub state_note: Text,
    /// What shows that it was done; never empty where it was.
    pub evidence: Text,
    /// Where that can be read: empty, or an https address.
    pub link: String,
    /// Why this revision took the place of the one before; empty for the first and where only its state moved.
    pub correction: String,
    /// Who wrote it, as acts are signed.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

/// What is expected of an action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Code of the indicator that should move.
    pub indicator: String,
    /// By how many points towards better, above 0 to 100: for an obstacle that means fewer.
    pub points: f64,
    /// By the wave of which type.
    pub wave_type: String,
}

/// What is expected of an action, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectations {
    /// One for each indicator.
    pub effects: Vec<Expected>,
}

/// How an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionState {
    /// Not begun.
    Planned,
    /// Begun.
    UnderWay,
    /// Declared done.
    Done,
    /// Given up, with a reason.
    Abandoned,
}

/// Something with what it said before.
#[derive(Clone, Debug, PartialEq)]
pub struct Revised<T> {
    /// The last revision.
    pub current: T,
    /// The revisions before, the latest first.
    pub earlier: Vec<T>,
}

/// Whether somebody saw what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Seen {
    /// They did.
    Yes,
    /// They did not.
    No,
    /// They cannot say.
    DontKnow,
}

/// Why an action does not stand so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandingProblem {
    /// Abandoned without a reason.
    NoReason,
    /// Done, and nothing shows it.
    NoEvidence,
}

impl Outcome {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Taken, Self::NotTaken];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::NotTaken => "not_taken",
        }
    }

    /// The outcome stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

impl ActionState {
    /// Every state, in the order of an action's life.
    pub const ALL: [Self; 4] = [Self::Planned, Self::UnderWay, Self::Done, Self::Abandoned];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::UnderWay => "under_way",
            Self::Done => "done",
            Self::Abandoned => "abandoned",
        }
    }

    /// The state stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Whether something is still to be done.
    #[must_use]
    pub const fn is_pending(self) -> bool {
        match self {
            Self::Planned | Self::UnderWay => true,
            Self::Done | Self::Abandoned => false,
        }
    }
}

impl Seen {
    /// Every voice.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::DontKnow];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::DontKnow => "dont_know",
        }
    }

    /// The voice stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

impl DecidedAction {
    /// Whether its day has passed and it is neither done nor given up.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.state.is_pending() && self.due_on < today
    }

    /// Nothing, if it says what its state asks for.
    ///
    /// # Errors
    /// [`StandingProblem`].
    pub fn check_standing(&self) -> Result<(), StandingProblem> {
        let says = |text: &Text| text.iter().any(|(_, words)| !words.trim().is_empty());
        match self.state {
            ActionState::Abandoned if !says(&self.state_note) => Err(StandingProblem::NoReason),
            ActionState::Done if !says(&self.evidence) => Err(StandingProblem::NoEvidence),
            ActionState::Planned | ActionState::UnderWay | ActionState::Done | ActionState::Abandoned => Ok(()),
        }
    }
}

impl<T> Revised<T> {
    /// Rows by thing and revision as things, each with its past. `same`: whether two are revisions of one thing.
    #[must_use]
    pub fn gathered(rows: impl IntoIterator<Item = T>, same: impl Fn(&T, &T) -> bool) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for current in rows {
            match all.last_mut() {
                Some(known) if same(&known.current, &current) => {
                    let before = std::mem::replace(&mut known.current, current);
                    known.earlier.insert(0, before);
                }
                _ => all.push(Self { current, earlier: Vec::new() }),
            }
        }
        all
    }
}

/// Whether words can be followed as an address: https, a host, nothing that is not seen.
#[must_use]
pub fn is_safe_link(link: &str) -> bool {
    let host = link.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    let plain = |one: char| !one.is_whitespace() && !one.is_control() && !matches!(one, '"' | '<' | '>' | '\\');
    host.is_some_and(|host| !host.is_empty() && !host.contains('@')) && link.chars().all(plain)
}

#[cfg(test)]
pub(crate) mod samples {
    use super::*;
    use jiff::civil::date;

    /// What was decided about an indicator.
    pub(crate) fn decision(indicator: &str, outcome: Outcome) -> Decision {
        Decision {
            organisation_id: Uuid::nil(),
            id: Uuid::from_u128(1),
            revision: 1,
            wave_id: Uuid::from_u128(9),
            finding: Finding { indicator: indicator.to_owned(), words: Text::default() },
            outcome,
            reason: Text::both("Conta per tutti.", "It matters to all."),
            correction: String::new(),
            actor: "Ada <ada@example.org>".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    /// An action in a state, due on the last day of March 2026.
    pub(crate) fn action(state: ActionState) -> DecidedAction {
        DecidedAction {
            organisation_id: Uuid::nil(),
            id: Uuid::from_u128(2),
            revision: 1,
            decision_id: Uuid::from_u128(1),
            wave_id: Uuid::from_u128(9),
            title: Text::both("Un calendario comune", "One calendar"),
            owner: "Ufficio di piano".to_owned(),
            group: "PA".to_owned(),
            due_on: date(2026, 3, 31),
            resources: Text::default(),
            expected: Vec::new(),
            state,
            state_note: Text::default(),
            evidence: Text::default(),
            link: String::new(),
            correction: String::new(),
            actor: "Ada <ada@example.org>".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::samples::action;
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_word_is_known_again() {
        assert!(Outcome::ALL.into_iter().all(|one| Outcome::from_code(one.code()) == Some(one)));
        assert!(ActionState::ALL.into_iter().all(|one| ActionState::from_code(one.code()) == Some(one)));
        assert!(Seen::ALL.into_iter().all(|one| Seen::from_code(one.code()) == Some(one)));
        assert_eq!(
            (Outcome::from_code("maybe"), ActionState::from_code(""), Seen::from_code("si")),
            (None, None, None)
        );
    }

    #[test]
    fn only_what_is_still_to_be_done_is_late_and_not_on_its_last_day() {
        let (last, after) = (date(2026, 3, 31), date(2026, 4, 1));
        let late = |day| ActionState::ALL.map(|state| action(state).is_overdue(day));
        assert_eq!(late(last), [false; 4]);
        assert_eq!(late(after), [true, true, false, false]);
    }

    #[test]
    fn what_was_abandoned_says_why_and_what_was_done_says_what_shows_it() {
        let silent = ActionState::ALL.map(|state| action(state).check_standing());
        let (reason, evidence) = (Err(StandingProblem::NoReason), Err(StandingProblem::NoEvidence));
        assert_eq!(silent, [Ok(()), Ok(()), evidence, reason]);
        let words = || Text::both("Il bando è andato deserto.", "Nobody applied.");
        let abandoned = DecidedAction { state_note: words(), ..action(ActionState::Abandoned) };
        let done = DecidedAction { evidence: words(), ..action(ActionState::Done) };
        assert_eq!((abandoned.check_standing(), done.check_standing()), (Ok(()), Ok(())));
        let blank = DecidedAction { state_note: Text::both(" ", " "), ..action(ActionState::Abandoned) };
        assert_eq!(blank.check_standing(), reason);
    }

    #[test]
    fn revisions_are_gathered_with_the_latest_first() {
        let rows = [(1, 'a'), (1, 'b'), (1, 'c'), (2, 'd')];
        let all = Revised::gathered(rows, |one, other| one.0 == other.0);
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].current, all[0].earlier.as_slice()), ((1, 'c'), [(1, 'b'), (1, 'a')].as_slice()));
        assert!(all[1].earlier.is_empty());
    }

    #[test]
    fn a_link_is_https_and_nothing_else() {
        for good in ["https://comune.example.it", "https://comune.example.it/atti?n=12#a"] {
            assert!(is_safe_link(good), "{good}");
        }
        for bad in [
            "",
            "http://comune.example.it",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "https://a@b.it",
            "https://a.it/\"><script>",
            "https://a.it/ x",
            "HTTPS://a.it",
        ] {
            assert!(!is_safe_link(bad), "{bad}");
        }
    }
}

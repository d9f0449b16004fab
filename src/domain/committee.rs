// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What did the committee decide: one seat for each group, and nothing without enough of them?

use std::collections::BTreeSet;

use jiff::Timestamp;

/// What a seat says to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Yes.
    Agree,
    /// No; it travels with what is decided.
    Dissent,
    /// Neither, but it was there.
    Abstain,
}

impl Choice {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Agree, Self::Dissent, Self::Abstain];

    /// The word stored, and the end of the keys of its words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Dissent => "dissent",
            Self::Abstain => "abstain",
        }
    }

    /// The choice stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.code() == code)
    }
}

/// What the seat of one group said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Code of the group.
    pub group: String,
    /// What it said.
    pub choice: Choice,
    /// Why, in its words; needed for a dissent.
    pub words: String,
    /// Who sat there.
    pub actor: String,
    /// When.
    pub cast_at: Timestamp,
}

/// A group that gives up proposing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renunciation {
    /// Code of the group.
    pub group: String,
    /// Why, in its words.
    pub reason: String,
    /// Who wrote it down.
    pub actor: String,
    /// When.
    pub done_at: Timestamp,
}

/// What a question came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody sits in the committee.
    NotSeated,
    /// Too few groups have spoken.
    NoQuorum {
        /// Codes of the groups that have not.
        missing: Vec<String>,
    },
    /// More groups agreed than dissented.
    Agreed {
        /// The dissents.
        dissents: Vec<Vote>,
    },
    /// As many groups dissented as agreed, or more.
    Refused {
        /// The dissents.
        dissents: Vec<Vote>,
    },
}

/// What comes of the votes on a question: a decision needs more than half of the groups that have a seat.
///
/// # Source
/// `docs/participation.md`, "The committee".
#[must_use]
pub fn outcome(seats: &BTreeSet<String>, votes: &[Vote]) -> Outcome {
    if seats.is_empty() {
        return Outcome::NotSeated;
    }
    let cast: Vec<&Vote> = votes.iter().filter(|vote| seats.contains(&vote.group)).collect();
    if cast.len() * 2 <= seats.len() {
        let silent = |group: &&String| cast.iter().all(|vote| vote.group != **group);
        return Outcome::NoQuorum { missing: seats.iter().filter(silent).cloned().collect() };
    }
    let count = |choice| cast.iter().filter(|vote| vote.choice == choice).count();
    let dissents = cast.iter().filter(|vote| vote.choice == Choice::Dissent).map(|vote| (*vote).clone()).collect();
    if count(Choice::Agree) > count(Choice::Dissent) {
        Outcome::Agreed { dissents }
    } else {
        Outcome::Refused { dissents }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vote(group: &str, choice: Choice) -> Vote {
        let (group, words, actor) = (group.to_owned(), String::new(), String::new());
        Vote { group, choice, words, actor, cast_at: Timestamp::UNIX_EPOCH }
    }

    fn seats(groups: &[&str]) -> BTreeSet<String> {
        groups.iter().map(|group| (*group).to_owned()).collect()
    }

    #[test]
    fn nothing_is_decided_without_more_than_half_of_the_seats() {
        assert_eq!(outcome(&seats(&[]), &[vote("PA", Choice::Agree)]), Outcome::NotSeated);
        let four = seats(&["BEN", "CSA", "ETS", "PA"]);
        let two = [vote("PA", Choice::Agree), vote("ETS", Choice::Agree)];
        let missing = vec!["BEN".to_owned(), "CSA".to_owned()];
        assert_eq!(outcome(&four, &two), Outcome::NoQuorum { missing });
        let three = [two.to_vec(), vec![vote("BEN", Choice::Abstain)]].concat();
        assert_eq!(outcome(&four, &three), Outcome::Agreed { dissents: Vec::new() });
    }

    #[test]
    fn a_tie_is_a_refusal_and_dissent_travels_with_what_was_decided() {
        let three = seats(&["BEN", "ETS", "PA"]);
        let no = vote("BEN", Choice::Dissent);
        let split = [vote("PA", Choice::Agree), no.clone()];
        assert_eq!(outcome(&three, &split), Outcome::Refused { dissents: vec![no.clone()] });
        let most = [split.to_vec(), vec![vote("ETS", Choice::Agree)]].concat();
        assert_eq!(outcome(&three, &most), Outcome::Agreed { dissents: vec![no] });
    }

    #[test]
    fn whoever_has_no_seat_has_no_vote() {
        let votes = [vote("FON", Choice::Agree), vote("PA", Choice::Dissent)];
        assert!(matches!(outcome(&seats(&["PA"]), &votes), Outcome::Refused { .. }));
    }
}

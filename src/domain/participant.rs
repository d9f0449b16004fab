// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who takes part without an account, and in what?

use uuid::Uuid;

/// Somebody in the participants' space of a wave: a voice of one group, and no more is known of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The body that owns the wave.
    pub organisation_id: Uuid,
    /// The wave.
    pub wave_id: Uuid,
    /// Code of their stakeholder group.
    pub group: String,
    /// What tells one voice from another: a hash of the access code, or of the device where one link is for a whole
    /// group. It ties to no invitation, person or answer.
    pub key: String,
}

/// What participants do in a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Activity {
    /// Propose, and speak about what others proposed.
    Proposals,
    /// Rate what was proposed.
    Ratings,
    /// Say how much things count.
    Weights,
    /// Answer the questionnaire.
    Answers,
    /// Guess, discuss, reply, tell a story.
    Restitution,
}

impl Activity {
    /// Every activity, in the order of the phases.
    pub const ALL: [Self; 5] = [Self::Proposals, Self::Ratings, Self::Weights, Self::Answers, Self::Restitution];

    /// The word stored, and the end of the keys of its words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposals => "proposals",
            Self::Ratings => "ratings",
            Self::Weights => "weights",
            Self::Answers => "answers",
            Self::Restitution => "restitution",
        }
    }

    /// The activity stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|activity| activity.code() == code)
    }
}

/// Words that came after their phase was over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateWords {
    /// What they were meant for.
    pub activity: Activity,
    /// Code of the group they came from.
    pub group: String,
    /// The words.
    pub said: String,
    /// The day they came.
    pub came_on: jiff::civil::Date,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_activity_is_known_by_its_word() {
        assert!(Activity::ALL.into_iter().all(|one| Activity::from_code(one.code()) == Some(one)));
        assert_eq!(Activity::from_code("votes"), None);
    }
}

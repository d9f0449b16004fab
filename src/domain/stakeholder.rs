// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who has a stake in a project, how much, and who is missing?

use uuid::Uuid;

/// Somebody on the stakeholder map: an organisation or people of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stakeholder {
    /// The body that owns the project.
    pub organisation_id: Uuid,
    /// Identity.
    pub id: Uuid,
    /// The project.
    pub project_id: Uuid,
    /// Code of the stakeholder group.
    pub group: String,
    /// Name.
    pub name: String,
    /// Involved, or missing.
    pub presence: Presence,
    /// How much it matters to them.
    pub interest: Degree,
    /// How much they can change.
    pub influence: Degree,
    /// How they are reached.
    pub reached_by: String,
}

/// Whether a stakeholder takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Takes part.
    Involved,
    /// Should take part and does not: a voice that is missing.
    Missing,
}

impl Presence {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Involved, Self::Missing];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Involved => "involved",
            Self::Missing => "missing",
        }
    }

    /// The value stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// How much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degree {
    /// A little.
    Low,
    /// Somewhat.
    Medium,
    /// A lot.
    High,
}

impl Degree {
    /// All, the least first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// The degree stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A stakeholder group that takes part in a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectGroup {
    /// Code of the group.
    pub group: String,
    /// How many there are, where nobody keeps a list of names.
    pub listed: Option<u32>,
    /// How they are reached.
    pub reached_by: String,
}

/// Somebody on a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPerson {
    /// The body that owns the project.
    pub organisation_id: Uuid,
    /// Identity.
    pub id: Uuid,
    /// The project.
    pub project_id: Uuid,
    /// Code of the stakeholder group.
    pub group: String,
    /// Name of the person or body listed.
    pub name: String,
    /// Where an invitation goes, if anywhere.
    pub email: Option<String>,
    /// The organisation they belong to.
    pub body: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_they_are_stored() {
        assert!(Presence::ALL.into_iter().all(|one| Presence::from_code(one.code()) == Some(one)));
        assert!(Degree::ALL.into_iter().all(|one| Degree::from_code(one.code()) == Some(one)));
        assert_eq!((Presence::from_code("?"), Degree::from_code("?")), (None, None));
    }
}

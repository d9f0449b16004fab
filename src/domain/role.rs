// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which role may do what? One table, denied by default.

/// What a member of staff is for a body, a programme or a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Looks after the body: its people and its particulars.
    Administrator,
    /// Sets up programmes, projects and waves.
    Coordinator,
    /// Invites and enters paper.
    Collector,
    /// Sees results, checks disclosure, reads raw answers.
    Evaluator,
    /// Sits in the committee for one stakeholder group.
    Committee,
    /// Sees what was published of the projects in reach.
    Reader,
}

/// Something a member of staff does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Change a body's particulars.
    EditOrganisation,
    /// Invite colleagues, grant and withdraw roles.
    ManagePeople,
    /// Read and export the audit of a body.
    ReadAudit,
    /// Add and change programmes and editions.
    EditProgramme,
    /// Add and change projects: their facts, map, framework, calendar and scoring profile.
    EditProject,
    /// Change who is listed.
    EditRoster,
    /// Remove and bring back.
    Remove,
    /// Open and close a wave.
    MoveWave,
    /// Hand out links and codes.
    Invite,
    /// Enter answers given on paper or aloud.
    EnterPaper,
    /// See a project in the workspace: its facts, its calendar, its counts of answers.
    SeeWork,
    /// See results before they are published, as the participants will.
    SeeResults,
    /// See results with everything an evaluator needs.
    SeeEvaluation,
    /// Publish results.
    Publish,
    /// Read single answers.
    ReadAnswers,
    /// Decide whether what participants wrote may be shown.
    Moderate,
    /// Speak for a group in the committee.
    CastVote,
}

impl Role {
    /// Every role, the widest first.
    pub const ALL: [Self; 6] =
        [Self::Administrator, Self::Coordinator, Self::Collector, Self::Evaluator, Self::Committee, Self::Reader];

    /// What whoever brings a body in is for it: in a small one, the same person sets up, invites and enters paper.
    pub const FOUNDING: [Self; 3] = [Self::Administrator, Self::Coordinator, Self::Collector];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Coordinator => "coordinator",
            Self::Collector => "collector",
            Self::Evaluator => "evaluator",
            Self::Committee => "committee",
            Self::Reader => "reader",
        }
    }

    /// The role stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Everything this role may do in its reach.
    #[must_use]
    pub const fn actions(self) -> &'static [Action] {
        use Action as A;
        match self {
            Self::Administrator => &[A::EditOrganisation, A::ManagePeople, A::ReadAudit, A::SeeWork],
            Self::Coordinator => &[
                A::EditProgramme,
                A::EditProject,
                A::EditRoster,
                A::Remove,
                A::MoveWave,
                A::Invite,
                A::SeeWork,
                A::SeeResults,
                A::Publish,
                A::Moderate,
            ],
            Self::Collector => &[A::EditRoster, A::Invite, A::EnterPaper, A::SeeWork],
            Self::Evaluator => &[A::SeeWork, A::SeeResults, A::SeeEvaluation, A::Publish, A::ReadAnswers, A::Moderate],
            Self::Committee => &[A::SeeWork, A::SeeResults, A::CastVote],
            Self::Reader => &[],
        }
    }

    /// Whether this role may do it.
    #[must_use]
    pub fn may(self, action: Action) -> bool {
        self.actions().contains(&action)
    }

    /// Whether one person may hold both roles over the same things: whoever reads single answers neither invites those
    /// who give them nor edits what they are asked.
    ///
    /// # Source
    /// The separations of participatory evaluation: evaluator apart from client and evaluated.
    #[must_use]
    pub fn goes_with(self, other: Self) -> bool {
        let apart = |action| self.may(Action::ReadAnswers) && other.may(action);
        let apart_too = |action| other.may(Action::ReadAnswers) && self.may(action);
        ![Action::Invite, Action::EditProject, Action::EnterPaper].into_iter().any(|one| apart(one) || apart_too(one))
    }
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 17] = [
        Self::EditOrganisation,
        Self::ManagePeople,
        Self::ReadAudit,
        Self::EditProgramme,
        Self::EditProject,
        Self::EditRoster,
        Self::Remove,
        Self::MoveWave,
        Self::Invite,
        Self::EnterPaper,
        Self::SeeWork,
        Self::SeeResults,
        Self::SeeEvaluation,
        Self::Publish,
        Self::ReadAnswers,
        Self::Moderate,
        Self::CastVote,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows: actions; columns: administrator, coordinator, collector, evaluator, committee, reader.
    const TABLE: [(Action, [u8; 6]); 17] = [
        (Action::EditOrganisation, [1, 0, 0, 0, 0, 0]),
        (Action::ManagePeople, [1, 0, 0, 0, 0, 0]),
        (Action::ReadAudit, [1, 0, 0, 0, 0, 0]),
        (Action::EditProgramme, [0, 1, 0, 0, 0, 0]),
        (Action::EditProject, [0, 1, 0, 0, 0, 0]),
        (Action::EditRoster, [0, 1, 1, 0, 0, 0]),
        (Action::Remove, [0, 1, 0, 0, 0, 0]),
        (Action::MoveWave, [0, 1, 0, 0, 0, 0]),
        (Action::Invite, [0, 1, 1, 0, 0, 0]),
        (Action::EnterPaper, [0, 0, 1, 0, 0, 0]),
        (Action::SeeWork, [1, 1, 1, 1, 1, 0]),
        (Action::SeeResults, [0, 1, 0, 1, 1, 0]),
        (Action::SeeEvaluation, [0, 0, 0, 1, 0, 0]),
        (Action::Publish, [0, 1, 0, 1, 0, 0]),
        (Action::ReadAnswers, [0, 0, 0, 1, 0, 0]),
        (Action::Moderate, [0, 1, 0, 1, 0, 0]),
        (Action::CastVote, [0, 0, 0, 0, 1, 0]),
    ];

    #[test]
    fn every_role_may_do_what_the_table_says_and_nothing_else() {
        for (action, row) in TABLE {
            for (role, may) in Role::ALL.into_iter().zip(row) {
                assert_eq!(role.may(action), may == 1, "{role:?} {action:?}");
            }
        }
        assert_eq!(TABLE.map(|(action, _)| action), Action::ALL);
    }

    #[test]
    fn whoever_reads_single_answers_does_not_invite_nor_edit_what_is_asked() {
        for role in Role::ALL {
            assert!(!role.may(Action::ReadAnswers) || !role.may(Action::Invite) && !role.may(Action::EditProject));
            let apart = matches!(role, Role::Coordinator | Role::Collector);
            assert_eq!(!role.goes_with(Role::Evaluator), apart, "{role:?}");
            assert_eq!(role.goes_with(Role::Evaluator), Role::Evaluator.goes_with(role));
        }
    }

    #[test]
    fn a_role_is_known_by_its_word() {
        assert!(Role::ALL.into_iter().all(|role| Role::from_code(role.code()) == Some(role)));
        assert_eq!(Role::from_code("owner"), None);
    }
}

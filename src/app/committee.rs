// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The committee of a project: who sits there, what they said, and what it came to.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::staff::{self, Staff, note, of_project, subject};
use super::{App, Conflict, Refusal};
use crate::domain::audit::AuditNote;
use crate::domain::committee::{self, Choice, Outcome, Vote};
use crate::domain::field::{FieldProblem, Problems, Typed, lines};
use crate::domain::programme::Project;
use crate::domain::role::{Action, Role};
use crate::domain::wave::Wave;
use crate::store::{self, Db};

/// The question whether results may be published before the embargo is over.
pub const PUBLICATION: &str = "publication";

/// Longest words of a vote, in characters.
const LONGEST: usize = 600;

impl App {
    /// Speaks for the caller's group on a question of a wave; again, it takes the place of what was said before.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for a dissent without a reason, [`Conflict::NoSeat`] for whoever has none; or as
    /// [`Staff::require`].
    pub fn cast_vote(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        (question, typed): (&str, &Typed),
    ) -> Result<(), Refusal> {
        let (project, wave) = staff::wave(db, staff, id, Action::CastVote)?;
        let thing = of_project(db, &project)?;
        let seat = staff.grants.iter().find(|grant| grant.allows(Action::CastVote, thing) && !grant.group.is_empty());
        let group = seat.map(|seat| seat.group.clone()).ok_or(Conflict::NoSeat { wave: wave.code.clone() })?;
        let mut problems = Problems::default();
        let choice = Choice::from_code(typed.get("choice")).ok_or_else(|| FieldProblem::new("choice", "choose"));
        let choice = problems.take(choice);
        let words = problems.note(lines("words", typed.get("words"), LONGEST));
        if choice == Some(Choice::Dissent) && words.is_empty() {
            problems.add(FieldProblem::new("words", "missing"));
        }
        problems.none()?;
        let choice = choice.unwrap_or(Choice::Abstain);
        let vote = Vote { group, choice, words, actor: staff.account.name.clone(), cast_at: self.clock.now() };
        store::committee::cast(db, &wave, question, &vote)?;
        let what = note(staff, wave.organisation_id, "wave.vote", subject(&wave.code, wave.id));
        self.record(db, AuditNote { note: format!("{question}: {} {}", vote.group, vote.choice.code()), ..what })
    }

    /// What a question of a wave came to.
    ///
    /// # Errors
    /// If the database fails.
    pub fn committee_outcome(&self, db: &mut Db, wave: &Wave, question: &str) -> Result<Outcome, Refusal> {
        let project = store::projects::find(db, wave.organisation_id, wave.project_id)?.ok_or(Refusal::NotFound)?;
        Ok(committee::outcome(&seats(db, &project)?, &store::committee::votes(db, wave, question)?))
    }
}

/// Codes of the groups that have a seat in the committee of a project.
pub(super) fn seats(db: &mut Db, project: &Project) -> Result<BTreeSet<String>, Refusal> {
    let thing = of_project(db, project)?;
    let grants = store::grants::of_organisation(db, project.organisation_id)?;
    let seated = grants.into_iter().filter(|grant| grant.role == Role::Committee && grant.reaches(thing));
    Ok(seated.map(|grant| grant.group).filter(|group| !group.is_empty()).collect())
}

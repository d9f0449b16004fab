// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is the summary of a wave written, and what does each group say of it?

use uuid::Uuid;

use super::committee::seats;
use super::staff::{self, Staff, note, subject};
use super::waves::{Asked, Coverage};
use super::{App, Conflict, Refusal};
use crate::domain::audit::AuditNote;
use crate::domain::committee::Choice;
use crate::domain::discussion::{GroupPosition, LONGEST_SUMMARY, Position, Summary, SummaryFile, summary_question};
use crate::domain::field::{FieldProblem, Typed, lines};
use crate::domain::phase::Phase;
use crate::domain::role::Action;
use crate::domain::wave::Wave;
use crate::store::{self, Db};

impl App {
    /// Writes a further revision of the summary of a wave. Positions on the revision before do not hold for it.
    ///
    /// # Errors
    /// [`Conflict::OtherPhase`] outside restitution, [`Refusal::Invalid`], [`Refusal::Outdated`]; or as
    /// [`Staff::require`].
    pub fn write_summary(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::Moderate)?;
        in_time(&wave)?;
        let text = lines("summary_text", typed.get("summary_text"), LONGEST_SUMMARY)?;
        if text.is_empty() {
            return Err(FieldProblem::new("summary_text", "missing").into());
        }
        let last = store::summaries::of_wave(db, &wave)?.into_iter().next();
        let revision = last.as_ref().map_or(0, |one| one.revision);
        if typed.revision() != revision {
            return Err(Refusal::Outdated);
        }
        if last.is_some_and(|one| one.text == text) {
            return Ok(());
        }
        let summary = Summary {
            organisation_id: wave.organisation_id,
            id: Uuid::now_v7(),
            wave_id: wave.id,
            revision: revision + 1,
            text,
            author: staff.account.name.clone(),
            written_on: self.clock.today(),
        };
        store::summaries::insert(db, &summary)?;
        let what = note(staff, wave.organisation_id, "wave.summary", subject(&wave.code, wave.id));
        self.record(db, AuditNote { note: summary.revision.to_string(), ..what })
    }

    /// Takes what the group of whoever asks says of the revision of the summary that they read.
    ///
    /// # Errors
    /// [`Conflict::OtherPhase`] outside restitution, [`Refusal::Outdated`] where there is a further revision; or as
    /// [`App::cast_vote`].
    pub fn take_position(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::CastVote)?;
        in_time(&wave)?;
        let last = store::summaries::of_wave(db, &wave)?.into_iter().next().ok_or(Refusal::NotFound)?;
        if typed.revision() != last.revision {
            return Err(Refusal::Outdated);
        }
        self.cast_vote(db, staff, id, (&summary_question(last.id), typed))
    }
}

/// The last revision of the summary of a wave, with what each group that was asked says of it.
pub(super) fn summary_file(db: &mut Db, wave: &Wave, coverage: &[Coverage]) -> Result<Option<SummaryFile>, Refusal> {
    let Some(summary) = store::summaries::of_wave(db, wave)?.into_iter().next() else { return Ok(None) };
    let project = store::projects::find(db, wave.organisation_id, wave.project_id)?.ok_or(Refusal::NotFound)?;
    let seated = seats(db, &project)?;
    let votes = store::committee::votes(db, wave, &summary_question(summary.id))?;
    let position = |group: &str| {
        let vote = votes.iter().find(|vote| vote.group == group);
        let position = match vote.map(|vote| vote.choice) {
            Some(Choice::Agree) => Position::Approved,
            Some(Choice::Dissent) => Position::Dissents,
            Some(Choice::Abstain) => Position::Abstains,
            None if seated.contains(group) => Position::Silent,
            None => Position::NotAsked,
        };
        let words = vote.map(|vote| vote.words.clone()).unwrap_or_default();
        GroupPosition { group: group.to_owned(), position, words }
    };
    let groups = coverage.iter().filter(|row| row.asked == Asked::Something).map(|row| row.group.as_str());
    let positions = groups.map(position).collect();
    Ok(Some(SummaryFile { summary, positions }))
}

/// Nothing, while the summary can be written and groups can take their position.
fn in_time(wave: &Wave) -> Result<(), Refusal> {
    if matches!(wave.phase, Phase::Closed | Phase::Restitution) {
        Ok(())
    } else {
        Err(Conflict::OtherPhase { wave: wave.code.clone() }.into())
    }
}

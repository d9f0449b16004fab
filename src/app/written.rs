// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Answers in people's own words: saved with the questionnaire, submitted with it, and shown only after somebody has
//! looked at them.

use uuid::Uuid;

use super::planning::saved;
use super::responses::OpenQuestionnaire;
use super::staff::{self, Staff, note, subject};
use super::waves::WaveFile;
use super::{App, Conflict, Refusal};
use crate::domain::audit::AuditNote;
use crate::domain::field::Typed;
use crate::domain::invitation::{Draft, Standing};
use crate::domain::moderation::Moderation;
use crate::domain::role::Action;
use crate::domain::wave::{Collection, WaveState};
use crate::domain::written::{WrittenAnswer, written};
use crate::store::{self, Db};

/// What was written in a wave.
#[derive(Clone, Debug)]
pub struct WrittenFile {
    /// The wave.
    pub file: WaveFile,
    /// Every text, question by question.
    pub texts: Vec<WrittenAnswer>,
}

impl App {
    /// A questionnaire open on a device with what is written in it, as (question, words).
    ///
    /// # Errors
    /// As [`App::open_questionnaire`].
    pub fn open_texts(&self, db: &mut Db, token: &str) -> Result<(OpenQuestionnaire, Vec<(String, String)>), Refusal> {
        let open = self.open_questionnaire(db, token)?;
        let texts = store::written::of_draft(db, &open.draft)?;
        Ok((open, texts))
    }

    /// Saves what is written in a questionnaire.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every text that is too long, [`Refusal::AlreadySubmitted`],
    /// [`Refusal::NotAnswerable`]; or as [`App::open_questionnaire`]. Nothing is then saved.
    pub fn save_texts(&self, db: &mut Db, token: &str, typed: &Typed) -> Result<(), Refusal> {
        let open = self.open_questionnaire(db, token)?;
        open.place.wave.answerable_on(self.clock.today()).map_err(Refusal::NotAnswerable)?;
        if !open.draft.standing.is_fillable() {
            return Err(Refusal::AlreadySubmitted);
        }
        let texts = written(&open.place.framework, &open.draft.group, typed)?;
        Ok(store::written::set_of_draft(db, &open.draft, &texts)?)
    }

    /// Moves what is written in a draft to what was submitted, in the place of what was submitted before.
    pub(super) fn submit_texts(db: &mut Db, draft: &Draft, receipt_hash: &str) -> Result<(), Refusal> {
        let texts = store::written::of_draft(db, draft)?;
        if texts.is_empty() && draft.standing == Standing::Open {
            return Ok(());
        }
        let text = |(question, said): (String, String)| WrittenAnswer {
            organisation_id: draft.organisation_id,
            id: Uuid::new_v4(),
            wave_id: draft.wave_id,
            group: draft.group.clone(),
            question,
            said,
            state: Moderation::Waiting,
        };
        let submitted: Vec<WrittenAnswer> = texts.into_iter().map(text).collect();
        let wave = store::waves::find(db, draft.organisation_id, draft.wave_id)?.ok_or(Refusal::NotFound)?;
        if wave.collection == Collection::Anonymous {
            // Nothing says whose they are, here or in the draft.
            store::written::set_of_draft(db, draft, &[])?;
            return Ok(store::written::insert(db, &submitted, None)?);
        }
        store::written::erase(db, (draft.organisation_id, draft.wave_id), receipt_hash)?;
        Ok(store::written::insert(db, &submitted, Some(receipt_hash))?)
    }

    /// What was written in a closed wave, to be looked at.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] before the wave is closed; or as [`Staff::require`].
    pub fn written_file(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<WrittenFile, Refusal> {
        let file = self.wave_file(db, staff, id, Action::ReadAnswers)?;
        if file.wave.state != WaveState::Closed {
            return Err(Conflict::WaveState { wave: file.wave.code, state: file.wave.state }.into());
        }
        let texts = store::written::of_wave(db, &file.wave)?;
        Ok(WrittenFile { file, texts })
    }

    /// Decides whether a text may be shown.
    ///
    /// # Errors
    /// [`Refusal::Outdated`] if it is gone; or as [`Staff::require`].
    pub fn moderate(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        (text, state): (Uuid, Moderation),
    ) -> Result<(), Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::ReadAnswers)?;
        saved(store::written::moderate(db, &wave, text, state)?)?;
        let what = note(staff, wave.organisation_id, "wave.moderation", subject(&wave.code, wave.id));
        self.record(db, AuditNote { note: state.code().to_owned(), ..what })
    }
}

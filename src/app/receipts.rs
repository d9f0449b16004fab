// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What a respondent may do with answers that were submitted: read them, correct them, have them erased.
//!
//! Whoever holds the receipt code, or the code that was used, may; until the wave closes, and not in anonymous waves,
//! where nobody can tell whose answers are whose.

use uuid::Uuid;

use super::outbox::{Posting, Wording};
use super::planning::saved;
use super::responses::OpenQuestionnaire;
use super::staff::subject;
use super::{App, Conflict, Refusal, secrets};
use crate::domain::access_code::AccessCode;
use crate::domain::audit::AuditNote;
use crate::domain::email::EmailAddress;
use crate::domain::invitation::{Draft, Standing, StoredResponse};
use crate::domain::message::{MessageId, MessagePurpose};
use crate::domain::questionnaire::Answers;
use crate::domain::wave::Collection;
use crate::store::{self, Db, StoreError};

impl App {
    /// The answers that count of a questionnaire that was submitted on this device.
    ///
    /// # Errors
    /// [`Refusal::NoDraft`], [`Conflict::NotYours`] in an anonymous wave or after erasure, [`Refusal::NotAnswerable`]
    /// once the wave is over; or a failure of the database.
    pub fn submitted_answers(&self, db: &mut Db, token: &str) -> Result<(OpenQuestionnaire, Answers), Refusal> {
        let open = self.open_questionnaire(db, token)?;
        let response = self.own_response(db, &open)?;
        let corrupt = StoreError::Corrupt { table: "responses", column: "answers" };
        let answers = open.questionnaire.read(&response.answers).ok_or(corrupt)?;
        Ok((open, answers))
    }

    /// Opens a submitted questionnaire again. What was submitted counts until the correction is submitted too.
    ///
    /// # Errors
    /// As [`App::submitted_answers`].
    pub fn begin_correction(&self, db: &mut Db, token: &str) -> Result<(), Refusal> {
        let open = self.open_questionnaire(db, token)?;
        self.own_response(db, &open)?;
        match open.draft.standing {
            Standing::Correcting => Ok(()),
            Standing::Open => Err(Refusal::NoDraft),
            Standing::Submitted | Standing::Erased => {
                saved(store::drafts::stand(db, &open.draft, Standing::Correcting)?)
            }
        }
    }

    /// Puts corrected answers in the place of what was submitted, which is kept as an earlier revision.
    pub(super) fn submit_correction(&self, db: &mut Db, open: &OpenQuestionnaire) -> Result<(), Refusal> {
        let response = self.own_response(db, open)?;
        saved(store::drafts::stand(db, &open.draft, Standing::Submitted)?)?;
        Self::submit_texts(db, &open.draft, &response.receipt_hash)?;
        if response.answers == open.draft.answers {
            return Ok(());
        }
        saved(store::responses::revise(db, &response, &open.draft.answers)?)
    }

    /// Erases a response and everything it said before. The code that was used stays used.
    ///
    /// # Errors
    /// As [`App::submitted_answers`].
    pub fn erase_response(&self, db: &mut Db, token: &str) -> Result<(), Refusal> {
        let open = self.open_questionnaire(db, token)?;
        let response = self.own_response(db, &open)?;
        saved(store::responses::erase(db, &response)?)?;
        store::written::erase(db, (response.organisation_id, response.wave_id), &response.receipt_hash)?;
        store::written::set_of_draft(db, &open.draft, &[])?;
        saved(store::drafts::erase(db, &open.draft, &open.questionnaire.blank().stored())?)?;
        let wave = &open.place.wave;
        self.record(
            db,
            AuditNote {
                organisation: wave.organisation_id.simple().to_string(),
                actor: "respondent".to_owned(),
                act: "response.erasure",
                subject: subject(&wave.code, wave.id),
                ..AuditNote::default()
            },
        )
    }

    /// Whether a submitted questionnaire can be read, corrected and erased by its respondent; its receipt code if so.
    ///
    /// # Errors
    /// As [`App::submitted_answers`].
    pub fn check_rights<'a>(&self, open: &'a OpenQuestionnaire) -> Result<&'a str, Refusal> {
        let (wave, draft) = (&open.place.wave, &open.draft);
        wave.answerable_on(self.clock.today()).map_err(Refusal::NotAnswerable)?;
        let receipt = draft.receipt.as_deref().ok_or(Refusal::NoDraft)?;
        if wave.collection == Collection::Anonymous || draft.standing == Standing::Erased {
            return Err(not_yours(open));
        }
        Ok(receipt)
    }

    fn own_response(&self, db: &mut Db, open: &OpenQuestionnaire) -> Result<StoredResponse, Refusal> {
        let receipt = self.check_rights(open)?;
        let key = (open.draft.organisation_id, open.draft.wave_id);
        store::responses::by_receipt(db, key, &secrets::hash(receipt))?.ok_or_else(|| not_yours(open))
    }

    /// Sends the receipt to whoever was invited by name with a known e-mail address. In anonymous waves nobody gets
    /// one: it would tell who answered what.
    ///
    /// # Errors
    /// If the database fails.
    pub fn mail_receipt(
        &self,
        db: &mut Db,
        token: &str,
        (receipt, wording): (&AccessCode, &Wording),
    ) -> Result<(), Refusal> {
        let Some(draft) = store::drafts::by_session(db, &secrets::hash(token))? else { return Ok(()) };
        let Some(recipient) = address_of(db, &draft)? else { return Ok(()) };
        let message_id = MessageId::parse(&format!("receipt.{}", draft.id.simple()));
        let Ok(message_id) = message_id else { return Ok(()) };
        let posting = Posting {
            organisation_id: draft.organisation_id,
            about: draft.wave_id,
            purpose: MessagePurpose::Receipt,
            recipient,
            message_id,
        };
        self.post(db, posting, wording(&receipt.to_string()))?;
        Ok(())
    }
}

fn not_yours(open: &OpenQuestionnaire) -> Refusal {
    Conflict::NotYours { wave: open.place.wave.code.clone() }.into()
}

/// Where whoever holds a personal invitation gets mail; nothing for a slip, which leads to nobody.
fn address_of(db: &mut Db, draft: &Draft) -> Result<Option<EmailAddress>, Refusal> {
    let Some(invitation) = draft.invitation_id else { return Ok(None) };
    let person: Option<Uuid> = store::invitations::person_of(db, draft.organisation_id, invitation)?;
    let Some(person) = person else { return Ok(None) };
    let email = store::rosters::email_of(db, draft.organisation_id, person)?;
    Ok(email.and_then(|email| EmailAddress::parse(&email).ok()))
}

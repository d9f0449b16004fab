// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A person answers: from an access code to a receipt, step by step, nothing lost.

use std::sync::Arc;

use uuid::Uuid;

use super::{App, Refusal, secrets};
use crate::domain::access_code::AccessCode;
use crate::domain::framework::Framework;
use crate::domain::invitation::{Draft, Entry, Invitation, InvitationKind, Setting, Standing, StoredResponse, Used};
use crate::domain::notice::Notice;
use crate::domain::programme::{Organisation, Programme, Project};
use crate::domain::questionnaire::{Answers, Questionnaire};
use crate::domain::translation::Tongue;
use crate::domain::wave::{Asking, Wave};
use crate::store::{self, Db, StoreError};

/// What is behind an access code: shown on the landing page before anything is written.
#[derive(Clone, Debug)]
pub struct Landing {
    /// Where the questionnaire belongs.
    pub place: Place,
    /// The programme the project is part of, if any.
    pub programme: Option<Programme>,
    /// The questionnaire this code opens.
    pub questionnaire: Arc<Questionnaire>,
    /// Whether answers were saved with this code before.
    pub begun: Begun,
    /// How it is entered.
    pub entry: Entry,
    /// What is told about the data.
    pub notice: Notice,
    /// Whether the code invites, and so opens the space of those who take part.
    pub invited: bool,
}

/// Whether a code was used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Not yet.
    No,
    /// Answers are waiting.
    Saved,
    /// The questionnaire was submitted.
    Submitted,
    /// It was submitted and is being corrected.
    Correcting,
}

/// Where a questionnaire belongs: wave, project and body, with the respondent's group.
#[derive(Clone, Debug)]
pub struct Place {
    /// The body that asks.
    pub organisation: Organisation,
    /// The project.
    pub project: Project,
    /// The wave.
    pub wave: Wave,
    /// The framework version of the wave.
    pub framework: Arc<Framework>,
    /// Code of the respondent's stakeholder group.
    pub group: String,
    /// In which language it is shown.
    pub tongue: Tongue,
}

/// A questionnaire open on a device.
#[derive(Clone, Debug)]
pub struct OpenQuestionnaire {
    /// Where it belongs.
    pub place: Place,
    /// Its pages.
    pub questionnaire: Arc<Questionnaire>,
    /// The draft as saved.
    pub draft: Draft,
    /// Its answers.
    pub answers: Answers,
}

/// What a device keeps after *Inizia*.
#[derive(Clone, Debug)]
pub struct Session {
    /// Token of the device.
    pub token: String,
    /// The code that opens the same answers on another device.
    pub resume_code: AccessCode,
    /// Whether the device keeps the code it came with too.
    pub kept: KeptCode,
    /// Whether answers were there before.
    pub begun: Begun,
}

/// Whether a device keeps the code it came with: a slip until it is used, or the link of a device that goes round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptCode {
    /// It does.
    Yes,
    /// The questionnaire needs it no more.
    No,
}

/// Whether a page stays open after it was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// It does: nobody is done with it yet.
    Stays,
    /// Its respondent goes on, back, or away.
    Leaves,
}

/// Either kind of code finds either of these.
enum Key {
    Invitation(Invitation),
    Draft(Draft),
}

impl App {
    /// What a code opens. Reads only: link previews and mail scanners change nothing.
    ///
    /// # Errors
    /// [`Refusal::UnknownCode`], [`Refusal::UsedCode`], [`Refusal::NotAnswerable`], or a failure of the database.
    pub fn landing(&self, db: &mut Db, code: &AccessCode) -> Result<Landing, Refusal> {
        let key = find_key(db, code)?;
        let invited = matches!(key, Key::Invitation(_));
        let (wave, group, draft, entry) = match key {
            Key::Draft(draft) => {
                (wave_of(db, draft.organisation_id, draft.wave_id)?, draft.group.clone(), Some(draft), Entry::Open)
            }
            Key::Invitation(invitation) => {
                let draft = draft_of(db, &invitation)?;
                let wave = wave_of(db, invitation.organisation_id, invitation.wave_id)?;
                let entry = match invitation.kind {
                    InvitationKind::Slip(Used::Yes) => return Err(Refusal::UsedCode),
                    InvitationKind::Slip(Used::No) => Entry::Slip,
                    InvitationKind::Group | InvitationKind::Personal { .. } => Entry::Open,
                };
                (wave, invitation.group, draft, entry)
            }
        };
        wave.answerable_on(self.clock.today()).map_err(Refusal::NotAnswerable)?;
        let questionnaire = self.questionnaire(db, &wave.asking(), &group)?;
        let place = self.place(db, wave, group)?;
        let begun = draft.map_or(Begun::No, |draft| begun(draft.standing));
        let programme = super::projects::of_wave(db, &place.wave)?.edition.map(|(_, programme)| programme);
        let notice = self.notice(db, &place.organisation, &place.wave)?;
        Ok(Landing { place, programme, questionnaire, begun, entry, notice, invited })
    }

    /// Opens the questionnaire of a code on this device, where it was left.
    ///
    /// # Errors
    /// As [`App::landing`].
    pub fn start(&self, db: &mut Db, code: &AccessCode) -> Result<Session, Refusal> {
        let mut begun = Begun::Saved;
        let key = find_key(db, code)?;
        let (organisation, wave) = match &key {
            Key::Draft(draft) => (draft.organisation_id, draft.wave_id),
            Key::Invitation(invitation) => (invitation.organisation_id, invitation.wave_id),
        };
        let wave = wave_of(db, organisation, wave)?;
        wave.answerable_on(self.clock.today()).map_err(Refusal::NotAnswerable)?;
        let (draft, resume_code, kept) = match key {
            Key::Draft(draft) => (draft, code.clone(), KeptCode::No),
            Key::Invitation(invitation) => {
                if let Some(draft) = draft_of(db, &invitation)? {
                    (draft, code.clone(), KeptCode::No)
                } else {
                    let (draft, resume_code) = self.begin(db, &invitation, &wave.asking(), code)?;
                    begun = Begun::No;
                    let elsewhere = draft.entry == Entry::Slip || draft.setting != Setting::Own;
                    (draft, resume_code, if elsewhere { KeptCode::Yes } else { KeptCode::No })
                }
            }
        };
        let token = secrets::token();
        store::drafts::open_session(db, &draft, &secrets::hash(&token))?;
        Ok(Session { token, resume_code, kept, begun })
    }

    fn begin(
        &self,
        db: &mut Db,
        invitation: &Invitation,
        asking: &Asking,
        code: &AccessCode,
    ) -> Result<(Draft, AccessCode), Refusal> {
        let questionnaire = self.questionnaire(db, asking, &invitation.group)?;
        let blank = Draft {
            organisation_id: invitation.organisation_id,
            id: Uuid::new_v4(),
            wave_id: invitation.wave_id,
            group: invitation.group.clone(),
            invitation_id: None,
            respondent: None,
            answers: questionnaire.blank().stored(),
            receipt: None,
            setting: invitation.setting,
            organisation: None,
            entry: Entry::Open,
            reached: 0,
            standing: Standing::Open,
        };
        let (draft, resume_code) = match &invitation.kind {
            InvitationKind::Group => (blank, secrets::code()),
            InvitationKind::Slip(Used::Yes) => return Err(Refusal::UsedCode),
            // The draft holds nothing of the slip: whoever holds the device holds its code.
            InvitationKind::Slip(Used::No) => (Draft { entry: Entry::Slip, ..blank }, secrets::code()),
            InvitationKind::Personal { respondent, organisation } => {
                let (respondent, organisation) = (respondent.clone(), organisation.clone());
                (Draft { invitation_id: Some(invitation.id), respondent, organisation, ..blank }, code.clone())
            }
        };
        store::drafts::insert(db, &draft, &secrets::hash(&resume_code.compact()))?;
        Ok((draft, resume_code))
    }

    /// The questionnaire open on the device that holds this token.
    ///
    /// # Errors
    /// [`Refusal::NoDraft`], or a failure of the database.
    pub fn open_questionnaire(&self, db: &mut Db, token: &str) -> Result<OpenQuestionnaire, Refusal> {
        let draft = store::drafts::by_session(db, &secrets::hash(token))?.ok_or(Refusal::NoDraft)?;
        let wave = wave_of(db, draft.organisation_id, draft.wave_id)?;
        let questionnaire = self.questionnaire(db, &wave.asking(), &draft.group)?;
        let place = self.place(db, wave, draft.group.clone())?;
        let answers = answers_of(&draft, &questionnaire)?;
        Ok(OpenQuestionnaire { place, questionnaire, draft, answers })
    }

    /// Saves one page, and returns how many there are. Items of the page that were not sent are stored as skipped; other
    /// pages stay as they are.
    ///
    /// # Errors
    /// [`Refusal::InvalidAnswers`] with everything that is wrong, [`Refusal::AlreadySubmitted`],
    /// [`Refusal::NotAnswerable`], [`Refusal::NotFound`] for a page that does not exist. Nothing is then saved.
    pub fn save_page(
        &self,
        db: &mut Db,
        token: &str,
        (page, leaving): (usize, Leaving),
        sent: &[(String, String)],
    ) -> Result<usize, Refusal> {
        let (draft, asking) = store::drafts::with_asking(db, &secrets::hash(token))?.ok_or(Refusal::NoDraft)?;
        asking.answerable_on(self.clock.today()).map_err(Refusal::NotAnswerable)?;
        let questionnaire = self.questionnaire(db, &asking, &draft.group)?;
        let found = page.checked_sub(1).and_then(|index| questionnaire.pages.get(index));
        let (answers, asked) = (answers_of(&draft, &questionnaire)?, found.ok_or(Refusal::NotFound)?);
        let answers = asked.fill(&answers, sent).map_err(Refusal::InvalidAnswers)?;
        let reached = match leaving {
            Leaving::Stays => draft.reached,
            Leaving::Leaves => draft.reached.max(u32::try_from(page).unwrap_or(u32::MAX)),
        };
        let saved = store::drafts::save(db, &draft, &answers.stored(), reached)?;
        if saved { Ok(questionnaire.pages.len()) } else { Err(Refusal::AlreadySubmitted) }
    }

    /// Submits the questionnaire, or its correction, and returns its receipt code. Submitting again returns the same
    /// receipt and stores nothing. `slip` is the code of one that was opened with a slip; nothing keeps it.
    ///
    /// # Errors
    /// [`Refusal::NoDraft`], [`Refusal::NotAnswerable`], [`Refusal::CodeNeeded`], [`Refusal::UsedCode`], or a failure of
    /// the database.
    pub fn submit(&self, db: &mut Db, token: &str, slip: Option<&AccessCode>) -> Result<AccessCode, Refusal> {
        let (draft, asking) = store::drafts::with_asking(db, &secrets::hash(token))?.ok_or(Refusal::NoDraft)?;
        if let Some(receipt) = &draft.receipt {
            if draft.standing == Standing::Correcting {
                let open = self.open_questionnaire(db, token)?;
                self.submit_correction(db, &open)?;
            }
            return receipt_code(receipt);
        }
        let today = self.clock.today();
        asking.answerable_on(today).map_err(Refusal::NotAnswerable)?;
        let _whole = answers_of(&draft, &*self.questionnaire(db, &asking, &draft.group)?)?;
        let receipt = secrets::code();
        if !store::drafts::submit(db, &draft, &receipt.compact())? {
            let now = store::drafts::find(db, draft.organisation_id, draft.id)?.ok_or(Refusal::NoDraft)?;
            return receipt_code(&now.receipt.unwrap_or_default());
        }
        if draft.entry == Entry::Slip {
            use_slip(db, &draft, slip.ok_or(Refusal::CodeNeeded)?)?;
        }
        let response = StoredResponse {
            organisation_id: draft.organisation_id,
            id: Uuid::new_v4(),
            wave_id: draft.wave_id,
            group: draft.group.clone(),
            respondent: draft.respondent.clone(),
            organisation: draft.organisation.clone(),
            mode: draft.setting.mode(),
            answers: draft.answers.clone(),
            receipt_hash: secrets::hash(&receipt.compact()),
            submitted_on: today,
            revision: 1,
        };
        Self::submit_texts(db, &draft, &response.receipt_hash)?;
        store::responses::insert(db, &response)?;
        Ok(receipt)
    }

    pub(super) fn place(&self, db: &mut Db, wave: Wave, group: String) -> Result<Place, Refusal> {
        let framework = self.framework(db, &wave.framework_sha256)?;
        let organisation = store::organisations::find(db, wave.organisation_id)?.ok_or(Refusal::NotFound)?;
        let project = store::projects::find(db, wave.organisation_id, wave.project_id)?.ok_or(Refusal::NotFound)?;
        Ok(Place { organisation, project, wave, framework, group, tongue: Tongue::default() })
    }
}

const fn begun(standing: Standing) -> Begun {
    match standing {
        Standing::Open => Begun::Saved,
        Standing::Submitted | Standing::Erased => Begun::Submitted,
        Standing::Correcting => Begun::Correcting,
    }
}

fn find_key(db: &mut Db, code: &AccessCode) -> Result<Key, Refusal> {
    let hash = secrets::hash(&code.compact());
    if let Some(invitation) = store::invitations::by_code(db, &hash)? {
        return Ok(Key::Invitation(invitation));
    }
    if let Some(draft) = store::drafts::by_resume_code(db, &hash)? {
        return Ok(Key::Draft(draft));
    }
    store::drafts::by_receipt(db, &code.compact())?.map(Key::Draft).ok_or(Refusal::UnknownCode)
}

fn draft_of(db: &mut Db, invitation: &Invitation) -> Result<Option<Draft>, Refusal> {
    match invitation.kind {
        InvitationKind::Group | InvitationKind::Slip(_) => Ok(None),
        InvitationKind::Personal { .. } => {
            Ok(store::drafts::by_invitation(db, invitation.organisation_id, invitation.id)?)
        }
    }
}

/// Uses the slip with this code up, which must be of the draft's wave and group.
fn use_slip(db: &mut Db, draft: &Draft, code: &AccessCode) -> Result<(), Refusal> {
    let slip = store::invitations::by_code(db, &secrets::hash(&code.compact()))?.ok_or(Refusal::UnknownCode)?;
    let fits =
        (slip.organisation_id, slip.wave_id, &slip.group) == (draft.organisation_id, draft.wave_id, &draft.group);
    match slip.kind {
        InvitationKind::Slip(Used::No) if fits && store::invitations::use_slip(db, &slip)? => Ok(()),
        InvitationKind::Slip(_) if fits => Err(Refusal::UsedCode),
        InvitationKind::Slip(_) | InvitationKind::Group | InvitationKind::Personal { .. } => Err(Refusal::UnknownCode),
    }
}

fn answers_of(draft: &Draft, questionnaire: &Questionnaire) -> Result<Answers, Refusal> {
    let corrupt = StoreError::Corrupt { table: "drafts", column: "answers" };
    Ok(questionnaire.read(&draft.answers).ok_or(corrupt)?)
}

fn wave_of(db: &mut Db, organisation: Uuid, wave: Uuid) -> Result<Wave, Refusal> {
    store::waves::find(db, organisation, wave)?.ok_or(Refusal::NotFound)
}

fn receipt_code(stored: &str) -> Result<AccessCode, Refusal> {
    let corrupt = StoreError::Corrupt { table: "drafts", column: "receipt" };
    AccessCode::parse(stored).map_err(|_| corrupt.into())
}

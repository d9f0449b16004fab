// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Questionnaires on paper are keyed in twice; where the two entries differ, whoever holds the paper decides.

use uuid::Uuid;

use super::planning::saved;
use super::staff::{Staff, note, subject};
use super::waves::{Asked, WaveFile};
use super::{App, Conflict, Refusal, secrets};
use crate::domain::access_code::AccessCode;
use crate::domain::audit::AuditNote;
use crate::domain::field::{FieldProblem, Problems, Typed, optional_line};
use crate::domain::invitation::{Draft, Entry, Invitation, InvitationKind, Setting, Standing, StoredResponse, Used};
use crate::domain::moderation::Moderation;
use crate::domain::paper::{PaperForm, PaperStage, disagreements, form_number, keyed, settled};
use crate::domain::questionnaire::{Answers, Questionnaire};
use crate::domain::response::Mode;
use crate::domain::role::Action;
use crate::domain::wave::{Collection, Wave, WaveState};
use crate::domain::written::{WrittenAnswer, asked, written};
use crate::store::{self, Db, StoreError};

/// Longest name of an organisation that answers.
const LONGEST_NAME: usize = 200;

/// The forms of a wave.
#[derive(Clone, Debug)]
pub struct PaperFile {
    /// The wave.
    pub file: WaveFile,
    /// Every form with a number, group by group.
    pub forms: Vec<PaperForm>,
}

/// One form that is being keyed in.
#[derive(Clone, Debug)]
pub struct PaperEntry {
    /// The wave.
    pub file: WaveFile,
    /// What the form asks.
    pub questionnaire: Questionnaire,
    /// The group it is from.
    pub group: String,
    /// Its number.
    pub number: String,
    /// How far it is; nothing before it was keyed in.
    pub form: Option<PaperForm>,
    /// What was keyed in, where the two entries differ.
    pub differing: Option<(Answers, Answers)>,
}

/// What became of a form that was keyed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entered {
    /// It waits for the second entry.
    Once,
    /// The second entry differs in so many answers.
    Differing(usize),
    /// It is stored, and has no words to be keyed in.
    Stored,
    /// It is stored; what is written on it in words comes next.
    WordsNext,
}

impl App {
    /// The forms of a wave that were keyed in.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn paper_file(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<PaperFile, Refusal> {
        let file = self.wave_file(db, staff, id, Action::EnterPaper)?;
        let forms = store::paper::of_wave(db, &file.wave)?;
        Ok(PaperFile { file, forms })
    }

    /// A form of an open wave, to be keyed in the first or the second time, or to be decided.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for a group that is asked nothing or a number that is none, [`Conflict::WaveState`],
    /// [`Conflict::FormStored`]; or as [`Staff::require`].
    pub fn paper_entry(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        (group, number): (&str, &str),
    ) -> Result<PaperEntry, Refusal> {
        let file = self.wave_file(db, staff, id, Action::EnterPaper)?;
        only_open(&file.wave)?;
        let number = form_number("form_number", number)?;
        if !file.coverage.iter().any(|row| row.group == group && row.asked == Asked::Something) {
            return Err(FieldProblem::new("asked_group", "choose").into());
        }
        let wave = &file.wave;
        let questionnaire = Questionnaire::for_group(&file.framework, &wave.wave_type, wave.level, group);
        let form = store::paper::find(db, wave, group, &number)?;
        let differing = match form.as_ref().map(|form| &form.stage) {
            Some(PaperStage::Stored { .. } | PaperStage::Complete) => {
                return Err(Conflict::FormStored { number }.into());
            }
            Some(PaperStage::Differing { first, second }) => {
                Some((read(&questionnaire, first)?, read(&questionnaire, second)?))
            }
            Some(PaperStage::Once(_)) | None => None,
        };
        Ok(PaperEntry { questionnaire, group: group.to_owned(), number, form, differing, file })
    }

    /// Takes what was keyed in: the first time it waits, the second time it is compared, and what differs is decided
    /// the third time. A form that is the same twice, or decided, becomes a response.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with everything that is no answer, [`Refusal::Outdated`] if somebody else entered the same
    /// form meanwhile; or as [`App::paper_entry`]. Nothing is then kept.
    pub fn enter_paper(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        (group, number, typed): (&str, &str, &Typed),
    ) -> Result<Entered, Refusal> {
        let entry = self.paper_entry(db, staff, id, (group, number))?;
        match (&entry.form, &entry.differing) {
            (None, _) => first_entry(db, staff, &entry, typed),
            (Some(form), Some((first, second))) => {
                let answers = settled(&entry.questionnaire, (first, second), typed)?;
                self.store_form(db, &entry, (form, &answers))
            }
            (Some(form), None) => self.second_entry(db, &entry, form, typed),
        }
    }

    fn second_entry(
        &self,
        db: &mut Db,
        entry: &PaperEntry,
        form: &PaperForm,
        typed: &Typed,
    ) -> Result<Entered, Refusal> {
        let PaperStage::Once(kept) = &form.stage else { return Err(Refusal::Outdated) };
        let (first, second) = (read(&entry.questionnaire, kept)?, keyed(&entry.questionnaire, typed)?);
        let count = disagreements(&entry.questionnaire, &first, &second).count();
        if count == 0 {
            return self.store_form(db, entry, (form, &second));
        }
        let differing = PaperStage::Differing { first: kept.clone(), second: second.stored() };
        saved(store::paper::advance(db, form, &differing)?)?;
        Ok(Entered::Differing(count))
    }

    fn store_form(
        &self,
        db: &mut Db,
        entry: &PaperEntry,
        (form, answers): (&PaperForm, &Answers),
    ) -> Result<Entered, Refusal> {
        let receipt = secrets::code();
        let receipt_hash = secrets::hash(&receipt.compact());
        let (stage, entered) = if asked(&entry.file.framework, &form.group).next().is_some() {
            let whose = form.invitation_id.map(|_| receipt_hash.clone());
            (PaperStage::Stored { receipt_hash: whose }, Entered::WordsNext)
        } else {
            (PaperStage::Complete, Entered::Stored)
        };
        saved(store::paper::advance(db, form, &stage)?)?;
        let (respondent, organisation) = match form.invitation_id {
            Some(invitation) => answer_invitation(db, form, (invitation, answers), &receipt)?,
            None => (None, form.organisation.clone()),
        };
        let response = StoredResponse {
            organisation_id: form.organisation_id,
            id: Uuid::new_v4(),
            wave_id: form.wave_id,
            group: form.group.clone(),
            respondent,
            organisation,
            mode: Mode::Paper,
            answers: answers.stored(),
            receipt_hash,
            submitted_on: self.clock.today(),
            revision: 1,
        };
        store::responses::insert(db, &response)?;
        Ok(entered)
    }

    /// A stored form of an open wave on which people may have answered in their own words.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if there is none, or its words were keyed in; or as [`App::paper_entry`].
    pub fn paper_words(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        (group, number): (&str, &str),
    ) -> Result<(WaveFile, PaperForm), Refusal> {
        let file = self.wave_file(db, staff, id, Action::EnterPaper)?;
        only_open(&file.wave)?;
        let number = form_number("form_number", number)?;
        let form = store::paper::find(db, &file.wave, group, &number)?;
        let stored = form.filter(|form| matches!(form.stage, PaperStage::Stored { .. }));
        Ok((file, stored.ok_or(Refusal::NotFound)?))
    }

    /// Takes what is written on a stored form; nothing where nothing is.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every text that is too long; or as [`App::paper_words`].
    pub fn enter_words(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        (group, number, typed): (&str, &str, &Typed),
    ) -> Result<(), Refusal> {
        let (file, form) = self.paper_words(db, staff, id, (group, number))?;
        let texts = written(&file.framework, group, typed)?;
        let PaperStage::Stored { receipt_hash } = &form.stage else { return Err(Refusal::NotFound) };
        let text = |(question, said): (String, String)| WrittenAnswer {
            organisation_id: form.organisation_id,
            id: Uuid::new_v4(),
            wave_id: form.wave_id,
            group: form.group.clone(),
            question,
            said,
            state: Moderation::Waiting,
        };
        let texts: Vec<WrittenAnswer> = texts.into_iter().filter(|(_, said)| !said.is_empty()).map(text).collect();
        store::written::insert(db, &texts, receipt_hash.as_deref())?;
        saved(store::paper::advance(db, &form, &PaperStage::Complete)?)
    }

    /// Throws away what was keyed in for a form that is not stored yet, as if it had never been entered.
    ///
    /// # Errors
    /// As [`App::paper_entry`]; [`Refusal::NotFound`] if nothing was keyed in.
    pub fn discard_paper(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        (group, number): (&str, &str),
    ) -> Result<(), Refusal> {
        let entry = self.paper_entry(db, staff, id, (group, number))?;
        let form = entry.form.ok_or(Refusal::NotFound)?;
        saved(store::paper::delete(db, &form)?)?;
        let wave = &entry.file.wave;
        let what = note(staff, wave.organisation_id, "wave.paper", subject(&wave.code, wave.id));
        self.record(db, AuditNote { note: format!("{} {}", form.group, form.number), ..what })
    }
}

fn first_entry(db: &mut Db, staff: &Staff, entry: &PaperEntry, typed: &Typed) -> Result<Entered, Refusal> {
    let mut problems = Problems::default();
    let answers = match keyed(&entry.questionnaire, typed) {
        Ok(answers) => Some(answers),
        Err(wrong) => {
            for one in wrong {
                problems.add(one);
            }
            None
        }
    };
    let named = entry.file.wave.collection == Collection::Named;
    let name = problems.note(optional_line("answering_body", typed.get("answering_body"), LONGEST_NAME));
    let invitation = problems.note(invitation_of(db, entry, typed.get("paper_code"))?);
    problems.none()?;
    let answers = answers.unwrap_or_else(|| entry.questionnaire.blank());
    let invitation_id = match invitation {
        Some(Invitation { kind: InvitationKind::Personal { .. }, id, .. }) => Some(id),
        // A slip is used up at once, so that the form is not tied to it while it waits.
        Some(slip) => {
            if !store::invitations::use_slip(db, &slip)? {
                return Err(FieldProblem::new("paper_code", "code-used").into());
            }
            None
        }
        None => None,
    };
    let form = PaperForm {
        organisation_id: entry.file.wave.organisation_id,
        wave_id: entry.file.wave.id,
        group: entry.group.clone(),
        number: entry.number.clone(),
        stage: PaperStage::Once(answers.stored()),
        entered_by: staff.account.name.clone(),
        invitation_id,
        organisation: (named && !name.is_empty()).then_some(name),
    };
    saved(store::paper::insert(db, &form)?)?;
    Ok(Entered::Once)
}

/// The personal invitation or slip of which the code is written on a form; nothing where none is.
fn invitation_of(
    db: &mut Db,
    entry: &PaperEntry,
    typed: &str,
) -> Result<Result<Option<Invitation>, FieldProblem>, Refusal> {
    let wrong = |key| Ok(Err(FieldProblem::new("paper_code", key)));
    if typed.trim().is_empty() {
        return Ok(Ok(None));
    }
    let Ok(code) = AccessCode::parse(typed) else { return wrong("code-unknown") };
    let wave = &entry.file.wave;
    let fits = |one: &Invitation| {
        (one.organisation_id, one.wave_id, one.group.as_str()) == (wave.organisation_id, wave.id, entry.group.as_str())
    };
    let found = store::invitations::by_code(db, &secrets::hash(&code.compact()))?.filter(fits);
    match found {
        None => wrong("code-unknown"),
        Some(one) if matches!(one.kind, InvitationKind::Group) => wrong("code-of-group"),
        Some(one) if store::invitations::is_answered(db, one.organisation_id, one.id)? => wrong("code-used"),
        Some(one) => Ok(Ok(Some(one))),
    }
}

/// Marks a personal invitation as answered with what stands on a form; says whose answers they are.
fn answer_invitation(
    db: &mut Db,
    form: &PaperForm,
    (id, answers): (Uuid, &Answers),
    receipt: &AccessCode,
) -> Result<(Option<String>, Option<String>), Refusal> {
    let used = || Refusal::from(FieldProblem::new("paper_code", "code-used"));
    let invitation = store::invitations::find(db, form.organisation_id, id)?.ok_or_else(used)?;
    let (respondent, organisation) = match invitation.kind {
        InvitationKind::Personal { respondent, organisation } => (respondent, organisation),
        InvitationKind::Slip(Used::Yes | Used::No) | InvitationKind::Group => return Err(used()),
    };
    let begun = store::drafts::by_invitation(db, form.organisation_id, id)?;
    if let Some(begun) = begun {
        // Begun on a screen and finished on paper: what stands on paper counts.
        let kept = store::drafts::save(db, &begun, &answers.stored(), begun.reached)?;
        if !kept || !store::drafts::submit(db, &begun, &receipt.compact())? {
            return Err(used());
        }
    } else {
        let draft = Draft {
            organisation_id: form.organisation_id,
            id: Uuid::new_v4(),
            wave_id: form.wave_id,
            group: form.group.clone(),
            invitation_id: Some(id),
            respondent: respondent.clone(),
            answers: answers.stored(),
            receipt: Some(receipt.compact()),
            setting: Setting::Own,
            organisation: organisation.clone(),
            entry: Entry::Open,
            reached: 0,
            standing: Standing::Submitted,
        };
        store::drafts::insert(db, &draft, &secrets::hash(&secrets::code().compact()))?;
    }
    Ok((respondent, organisation))
}

fn read(questionnaire: &Questionnaire, stored: &str) -> Result<Answers, Refusal> {
    let corrupt = StoreError::Corrupt { table: "paper_forms", column: "first_keyed" };
    questionnaire.read(stored).ok_or_else(|| corrupt.into())
}

fn only_open(wave: &Wave) -> Result<(), Refusal> {
    match wave.state {
        WaveState::Open => Ok(()),
        state @ (WaveState::Draft | WaveState::Closed) => {
            Err(Conflict::WaveState { wave: wave.code.clone(), state }.into())
        }
    }
}

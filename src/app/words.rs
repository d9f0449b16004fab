// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do staff do with what was said of results: show what waits, hold back what names people, confirm replies?

use uuid::Uuid;

use super::discussion::{needed, read_story, settle, unsigned};
use super::projects::Audience;
use super::results::{ProjectResults, WaveResult};
use super::staff::{self, Staff, note, subject};
use super::summaries::summary_file;
use super::{App, Refusal};
use crate::domain::audit::AuditNote;
use crate::domain::discussion::{Confirmation, Contribution, ContributionKind, Standing, SummaryFile};
use crate::domain::field::{FieldProblem, Problems, Typed, line, optional_line};
use crate::domain::guess::Nearness;
use crate::domain::moderation::Moderation;
use crate::domain::role::{Action, Role};
use crate::domain::wave::Wave;
use crate::store::{self, Db};

/// Longest reason or note.
const LONGEST_REASON: usize = 300;

/// Why a reply has to be reworded: there is no other reason.
pub const GROUNDS: [&str; 2] = ["person", "insult"];

/// What was said of a wave, as staff see it.
#[derive(Clone, Debug)]
pub struct WordsFile {
    /// The results, as whoever asks sees them.
    pub results: ProjectResults,
    /// Which of its waves it is about.
    pub place: usize,
    /// Everything that stands, by its turn; replies with how many support them and how many are needed.
    pub said: Vec<(Contribution, Option<(usize, u32)>)>,
    /// The summary, once there is one.
    pub summary: Option<SummaryFile>,
    /// How near the guesses of groups are, where enough guessed.
    pub nearness: Vec<Nearness>,
    /// What whoever asks may do here.
    pub allowed: Vec<Action>,
    /// Codes of the groups for which they sit in the committee.
    pub seats: Vec<String>,
}

impl WordsFile {
    /// The wave.
    #[must_use]
    pub fn found(&self) -> Option<&WaveResult> {
        self.results.waves.get(self.place)
    }

    /// One of the texts.
    #[must_use]
    pub fn one(&self, id: Uuid) -> Option<&Contribution> {
        self.said.iter().map(|(one, _)| one).find(|one| one.id == id)
    }

    /// Whether whoever asks may show or hold back a text: stories are an evaluator's.
    #[must_use]
    pub fn moderates(&self, one: &Contribution) -> bool {
        let action = moderator_of(one.kind);
        self.allowed.contains(&Action::Moderate) && self.allowed.contains(&action)
    }

    /// Whether whoever asks may say that a text is its group's reply.
    #[must_use]
    pub fn confirms(&self, one: &Contribution) -> bool {
        let open = one.kind == ContributionKind::Reply && one.confirmation.is_none();
        open && (self.seats.contains(&one.group) || self.allowed.contains(&Action::Moderate))
    }
}

impl App {
    /// What was said of a wave, as staff who see its results see it.
    ///
    /// # Errors
    /// As [`Staff::require`] or [`App::wave_results`].
    pub fn words_file(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<WordsFile, Refusal> {
        let (project, wave) = staff::wave(db, staff, id, Action::SeeResults)?;
        let thing = staff::of_project(db, &project)?;
        let audience = Audience::Staff(staff.grants.clone().into());
        let (results, place) = self.wave_results(db, id, &audience)?;
        let found = results.waves.get(place).ok_or(Refusal::NotFound)?;
        let k_show = results.file.profile().k_show;
        let mut said = Vec::new();
        for one in store::discussion::of_wave(db, &wave)?.into_iter().filter(|one| one.standing == Standing::Current) {
            let support = match one.kind {
                ContributionKind::Reply if one.confirmation.is_none() => {
                    Some((store::discussion::supporters(db, &one)?.len(), needed(found, &one.group, k_show)))
                }
                ContributionKind::Reply | ContributionKind::Thread | ContributionKind::Story => None,
            };
            said.push((one, support));
        }
        let allowed = Action::ALL.into_iter().filter(|action| staff.may(*action, thing)).collect();
        let sits = staff.grants.iter().filter(|grant| grant.role == Role::Committee && grant.reaches(thing));
        let seats = sits.map(|grant| grant.group.clone()).collect();
        let (summary, nearness) =
            (summary_file(db, &found.wave, &found.coverage)?, self.nearness(db, &results.file, &wave)?);
        Ok(WordsFile { results, place, said, summary, nearness, allowed, seats })
    }

    /// Shows what waited or was held back.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`] for a story where whoever asks is no evaluator; or as
    /// [`Staff::require`].
    pub fn show_words(&self, db: &mut Db, staff: &Staff, which: (Uuid, Uuid)) -> Result<(), Refusal> {
        let (wave, one) = moderated(db, staff, which)?;
        let _ = store::discussion::moderate(db, &wave, one.id, (Moderation::Kept, ""))?;
        self.note_words(db, staff, (&wave, &one), "shown")
    }

    /// Holds back a text, with the reason. A reply can only be held back for naming a person or for an insult, with the
    /// words in question; its group is asked to word it anew, and everybody sees that there is one.
    ///
    /// # Errors
    /// [`Refusal::Invalid`]; as [`App::show_words`].
    pub fn hide_words(&self, db: &mut Db, staff: &Staff, which: (Uuid, Uuid), typed: &Typed) -> Result<(), Refusal> {
        let (wave, one) = moderated(db, staff, which)?;
        let reason = match one.kind {
            ContributionKind::Reply => read_ground(&one, typed)?,
            ContributionKind::Thread | ContributionKind::Story => {
                line("hide_reason", typed.get("hide_reason"), LONGEST_REASON)?
            }
        };
        let _ = store::discussion::moderate(db, &wave, one.id, (Moderation::Hidden, &reason))?;
        self.note_words(db, staff, (&wave, &one), &reason)
    }

    /// Says that a text is its group's reply: whoever sits in the committee for the group, else staff on its behalf, who
    /// write down how they know.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] without a note, [`Refusal::Forbidden`], [`Refusal::NotFound`] for anything but a reply that is
    /// not confirmed; or as [`Staff::require`].
    pub fn confirm_reply(&self, db: &mut Db, staff: &Staff, which: (Uuid, Uuid), typed: &Typed) -> Result<(), Refusal> {
        let file = self.words_file(db, staff, which.0)?;
        let (found, one) = file.found().zip(file.one(which.1)).ok_or(Refusal::NotFound)?;
        if one.kind != ContributionKind::Reply || one.confirmation.is_some() {
            return Err(Refusal::NotFound);
        }
        let typed_note = typed.get("note");
        let (how, said) = if file.seats.contains(&one.group) {
            (Confirmation::Seat, optional_line("note", typed_note, LONGEST_REASON)?)
        } else if file.confirms(one) {
            (Confirmation::Staff, line("note", typed_note, LONGEST_REASON)?)
        } else {
            return Err(Refusal::Forbidden);
        };
        settle(db, &found.wave, one, (how, &said))?;
        self.note_words(db, staff, (&found.wave, one), &format!("{}: {said}", how.code()))
    }

    /// Adds a story that was told to staff; it waits like every other.
    ///
    /// # Errors
    /// [`Refusal::Invalid`]; or as [`Staff::require`].
    pub fn add_story(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let file = self.words_file(db, staff, id)?;
        if !file.allowed.contains(&Action::Moderate) {
            return Err(Refusal::Forbidden);
        }
        let found = file.found().ok_or(Refusal::NotFound)?;
        let (text, story) = read_story(found, typed)?;
        let wave = &found.wave;
        let begun = unsigned((wave.organisation_id, wave.id), ContributionKind::Story, text);
        let said = Contribution { author: staff.account.name.clone(), story: Some(story), ..begun };
        store::discussion::insert(db, wave, &said)?;
        self.note_words(db, staff, (wave, &said), "added")
    }

    fn note_words(
        &self,
        db: &mut Db,
        staff: &Staff,
        (wave, one): (&Wave, &Contribution),
        why: &str,
    ) -> Result<(), Refusal> {
        let what = note(staff, wave.organisation_id, "wave.words", subject(&wave.code, wave.id));
        let why = format!("{} {}: {why}", one.kind.code(), one.id.simple());
        self.record(db, AuditNote { note: why, ..what })
    }
}

/// What has to be allowed, besides moderating, to show or hold back a contribution of a kind.
const fn moderator_of(kind: ContributionKind) -> Action {
    match kind {
        ContributionKind::Thread | ContributionKind::Reply => Action::Moderate,
        ContributionKind::Story => Action::SeeEvaluation,
    }
}

fn moderated(db: &mut Db, staff: &Staff, (wave, id): (Uuid, Uuid)) -> Result<(Wave, Contribution), Refusal> {
    let (project, wave) = staff::wave(db, staff, wave, Action::Moderate)?;
    let one = store::discussion::find(db, &wave, id)?.filter(|one| one.standing == Standing::Current);
    let one = one.ok_or(Refusal::NotFound)?;
    staff.require(moderator_of(one.kind), staff::of_project(db, &project)?)?;
    Ok((wave, one))
}

/// Why a reply has to be reworded, with the words in question: they have to be in it.
fn read_ground(reply: &Contribution, typed: &Typed) -> Result<String, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let chosen = GROUNDS.into_iter().find(|one| *one == typed.get("reword_ground"));
    let ground = problems.note(chosen.ok_or_else(|| FieldProblem::new("reword_ground", "choose")));
    let quote = problems.note(line("reword_quote", typed.get("reword_quote"), LONGEST_REASON));
    if !quote.is_empty() && !reply.text.contains(&quote) {
        problems.add(FieldProblem::new("reword_quote", "not-in-reply"));
    }
    problems.none()?;
    Ok(format!("{ground}: {quote}"))
}

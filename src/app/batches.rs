// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Answers that were collected elsewhere arrive in a file: tried first, then taken whole or not at all.

use std::collections::HashSet;

use uuid::Uuid;

use super::planning::saved;
use super::staff::{Staff, note, subject};
use super::waves::{Asked, WaveFile};
use super::{App, Conflict, Refusal, secrets};
use crate::domain::answer::NoAnswer;
use crate::domain::audit::AuditNote;
use crate::domain::field::FieldProblem;
use crate::domain::invitation::StoredResponse;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::response::{Mode, Responses};
use crate::domain::role::Action;
use crate::domain::wave::{Collection, WaveState};
use crate::intake::{Problem, Unknown, read_answers};
use crate::store::{self, Db};

/// Longest name of a respondent's organisation or pseudonym.
const LONGEST_NAME: usize = 200;

/// A file of answers that was read and not taken yet.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The wave it is for.
    pub file: WaveFile,
    /// How many responses each group gets, in framework order; only groups that get some.
    pub groups: Vec<(String, usize)>,
    /// How many responses came in each mode; only modes that occur.
    pub modes: Vec<(Mode, usize)>,
    /// What is wrong; nothing is taken then.
    pub faults: Vec<BatchFault>,
    /// What is left out, and why.
    pub warnings: Vec<Problem>,
    responses: Vec<StoredResponse>,
    sha256: String,
}

/// Why a file of answers cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchFault {
    /// Something in a line or a column.
    Read(Problem),
    /// Rows of another wave.
    OtherWave(String),
    /// Rows of several projects.
    SeveralProjects,
    /// Answers of a group that this wave asks nothing, by its code.
    NotAsked(String),
    /// Names or pseudonyms of respondents in an anonymous wave.
    Respondents,
    /// Organisations where none answers under its name.
    Organisations,
    /// A respondent who has answered already.
    Answered(String),
    /// Names that are too long.
    LongNames,
    /// After closing, a group may only get several answers at once: how many it would get, and how many it has to.
    TooFew {
        /// Code of the group.
        group: String,
        /// How many it would get.
        count: usize,
        /// How many it has to get at least.
        least: usize,
    },
}

impl App {
    /// Reads a file of answers without taking it: how many there are, and what is wrong. `otherwise` is how the answers
    /// were given where the file has no column for it.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] before the wave is open or after its results were published; or as [`Staff::require`].
    pub fn try_batch(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        (text, otherwise): (&str, Mode),
    ) -> Result<Batch, Refusal> {
        let file = self.wave_file(db, staff, id, Action::EnterPaper)?;
        let wave = &file.wave;
        if wave.state == WaveState::Draft || wave.published_on.is_some() {
            return Err(Conflict::WaveState { wave: wave.code.clone(), state: wave.state }.into());
        }
        let text = plain(text);
        let mut batch = Batch {
            sha256: secrets::hash(&text),
            groups: Vec::new(),
            modes: Vec::new(),
            faults: Vec::new(),
            warnings: Vec::new(),
            responses: Vec::new(),
            file,
        };
        match read_answers(text.as_bytes(), "", &batch.file.framework, Unknown::Refuse) {
            Err(problems) => batch.faults.extend(problems.errors.into_iter().map(BatchFault::Read)),
            Ok(read) => {
                batch.warnings = read.warnings.warnings;
                match read.projects.as_slice() {
                    [only] => only.waves.iter().for_each(|rows| self.take_rows(&mut batch, rows)),
                    _ => batch.faults.push(BatchFault::SeveralProjects),
                }
            }
        }
        if !has_column(&text, "mode") {
            batch.responses.iter_mut().for_each(|one| one.mode = otherwise);
        }
        check_people(db, &mut batch)?;
        Self::count(db, &mut batch)?;
        Ok(batch)
    }

    /// Takes a file of answers, all of it or nothing; says how many responses it had.
    ///
    /// # Errors
    /// [`Conflict::BatchLoaded`] if this file was taken before, [`Refusal::Invalid`] if anything is wrong with it; or as
    /// [`App::try_batch`].
    pub fn load_batch(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        (text, otherwise): (&str, Mode),
    ) -> Result<usize, Refusal> {
        let batch = self.try_batch(db, staff, id, (text, otherwise))?;
        let wave = &batch.file.wave;
        if !batch.faults.is_empty() || batch.responses.is_empty() {
            return Err(FieldProblem::new("answers", "batch-problems").with("count", batch.faults.len()).into());
        }
        if let Some(day) = store::paper::batch_day(db, wave, &batch.sha256)? {
            return Err(Conflict::BatchLoaded { day }.into());
        }
        let count = batch.responses.len();
        let rows = i32::try_from(count).unwrap_or(i32::MAX);
        saved(store::paper::insert_batch(db, wave, (&batch.sha256, rows), self.clock.today())?)?;
        store::responses::insert_all(db, &batch.responses)?;
        let what = note(staff, wave.organisation_id, "wave.batch", subject(&wave.code, wave.id));
        self.record(db, AuditNote { note: format!("{count} {}", &batch.sha256), ..what })?;
        Ok(count)
    }

    fn take_rows(&self, batch: &mut Batch, rows: &Responses) {
        let wave = &batch.file.wave;
        if rows.wave() != wave.code {
            return batch.faults.push(BatchFault::OtherWave(rows.wave().to_owned()));
        }
        let framework = &batch.file.framework;
        let asked = framework
            .groups
            .iter()
            .map(|group| Questionnaire::for_group(framework, &wave.wave_type, wave.level, &group.code));
        let asked: Vec<Questionnaire> = asked.collect();
        let names: Vec<&str> = rows.organisation_names().iter().collect();
        for (row, ((group, letters), body)) in rows.rows().zip(rows.organisations()).enumerate() {
            let (Some(questionnaire), Some(code)) = (asked.get(group), framework.groups.get(group)) else { continue };
            let body = body.and_then(|number| names.get(usize::try_from(number).ok()?)).map(|name| (*name).to_owned());
            batch.responses.push(StoredResponse {
                organisation_id: wave.organisation_id,
                id: Uuid::new_v4(),
                wave_id: wave.id,
                group: code.code.clone(),
                respondent: rows.respondent(row).map(str::to_owned),
                organisation: body,
                mode: rows.mode(row),
                answers: fitted(questionnaire, letters),
                receipt_hash: secrets::hash(&secrets::token()),
                submitted_on: self.clock.today(),
                revision: 1,
            });
        }
    }

    fn count(db: &mut Db, batch: &mut Batch) -> Result<(), Refusal> {
        let count = |code: &str| batch.responses.iter().filter(|one| one.group == code).count();
        let codes = batch.file.framework.groups.iter().map(|group| group.code.as_str());
        batch.groups = codes.map(|code| (code.to_owned(), count(code))).filter(|(_, count)| *count > 0).collect();
        let modes = Mode::ALL.map(|mode| (mode, batch.responses.iter().filter(|one| one.mode == mode).count()));
        batch.modes = modes.into_iter().filter(|(_, count)| *count > 0).collect();
        for (group, _) in &batch.groups {
            if super::waves::asked(&batch.file.framework, &batch.file.wave, group) == Asked::Nothing {
                batch.faults.push(BatchFault::NotAsked(group.clone()));
            }
        }
        if batch.file.wave.state == WaveState::Closed {
            // Whoever saw the results before could read a single late answer out of the difference.
            let k_show = super::projects::of_wave(db, &batch.file.wave)?.profile().k_show;
            let least = usize::try_from(k_show).unwrap_or(usize::MAX);
            let few = batch.groups.iter().filter(|(_, count)| *count < least);
            let fault =
                |(group, count): &(String, usize)| BatchFault::TooFew { group: group.clone(), count: *count, least };
            let faults: Vec<BatchFault> = few.map(fault).collect();
            batch.faults.extend(faults);
        }
        Ok(())
    }
}

fn check_people(db: &mut Db, batch: &mut Batch) -> Result<(), Refusal> {
    let wave = &batch.file.wave;
    let known: HashSet<String> = match wave.collection {
        Collection::Anonymous => HashSet::new(),
        Collection::Confidential | Collection::Named => {
            let all = store::responses::of_wave(db, wave)?;
            all.into_iter().filter_map(|one| one.respondent).collect()
        }
    };
    let has = |what: fn(&StoredResponse) -> &Option<String>| batch.responses.iter().any(|one| what(one).is_some());
    let mut faults = Vec::new();
    if wave.collection == Collection::Anonymous && has(|one| &one.respondent) {
        faults.push(BatchFault::Respondents);
    }
    if wave.collection != Collection::Named && has(|one| &one.organisation) {
        faults.push(BatchFault::Organisations);
    }
    let respondents = || batch.responses.iter().filter_map(|one| one.respondent.as_ref());
    let bodies = batch.responses.iter().filter_map(|one| one.organisation.as_ref());
    if respondents().chain(bodies).any(|name| name.chars().count() > LONGEST_NAME) {
        faults.push(BatchFault::LongNames);
    }
    faults.extend(respondents().filter(|one| known.contains(*one)).map(|one| BatchFault::Answered(one.clone())));
    batch.faults.extend(faults);
    Ok(())
}

/// The answers as this questionnaire stores them: what it does not ask is not shown, what it asks and the file does not
/// have was skipped.
fn fitted(questionnaire: &Questionnaire, letters: &[u8]) -> String {
    let mut stored: Vec<u8> = questionnaire.blank().letters().to_vec();
    for question in questionnaire.questions() {
        let given = letters.get(question.position).copied().filter(|letter| *letter != NoAnswer::NotShown.letter());
        if let (Some(place), Some(letter)) = (stored.get_mut(question.position), given) {
            *place = letter;
        }
    }
    stored.into_iter().map(char::from).collect()
}

/// The same file whichever way it came: without a mark at its start, and with plain line ends.
fn plain(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

fn has_column(text: &str, name: &str) -> bool {
    let head = text.lines().next().unwrap_or_default();
    head.split([',', ';']).any(|cell| cell.trim().trim_matches('"') == name)
}

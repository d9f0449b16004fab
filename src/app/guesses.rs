// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does somebody believe that another group said, before looking, and how near was it?

use std::collections::BTreeSet;

use super::discussion::{Discussion, in_restitution};
use super::projects::ProjectFile;
use super::{App, Refusal};
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::guess::{Extremes, GUESSED, Guess, Nearness, Right, extremes, known, nearness};
use crate::domain::participant::{Activity, Participant};
use crate::domain::profile::ScoreView;
use crate::domain::wave::{Wave, WaveState};
use crate::store::{self, Db};

/// What a participant guessed and can guess.
#[derive(Clone, Debug)]
pub struct Guessing {
    /// The results with everything around them.
    pub talk: Discussion,
    /// Each other group about which there is something to guess.
    pub groups: Vec<GuessedGroup>,
    /// How near groups are on average, where enough of them guessed.
    pub nearness: Vec<Nearness>,
}

/// A group about which there is something to guess.
#[derive(Clone, Debug)]
pub struct GuessedGroup {
    /// Its code.
    pub group: String,
    /// Codes of its indicators that may be shown, in framework order.
    pub indicators: Vec<String>,
    /// What was guessed, how much of it is right, and what the group said: only once it was guessed.
    pub made: Option<(Guess, Right, Extremes)>,
}

impl App {
    /// What a participant guessed and can guess.
    ///
    /// # Errors
    /// As [`App::discussion`].
    pub fn guessing(&self, db: &mut Db, participant: &Participant) -> Result<Guessing, Refusal> {
        let talk = self.discussion(db, participant)?;
        let found = talk.found().ok_or(Refusal::NotFound)?;
        let guesses = store::guesses::of_wave(db, &found.wave)?;
        let others = found.coverage.iter().map(|row| &row.group).filter(|group| **group != participant.group);
        let group = |group: &String| {
            let scores = known(&found.scores, group);
            let extremes = extremes(&scores)?;
            let own = guesses.iter().find(|one| one.key == participant.key && one.about == *group);
            Some(GuessedGroup {
                group: group.clone(),
                indicators: scores.into_iter().map(|(code, _)| code).collect(),
                made: own.map(|guess| (guess.clone(), guess.right(&extremes), extremes)),
            })
        };
        let groups = others.filter_map(group).collect();
        let nearness = nearness(&guesses, &found.scores, talk.results.file.profile().k_show);
        Ok(Guessing { talk, groups, nearness })
    }

    /// Takes a guess about another group. The first one stays: after looking it would be no guess.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`super::Conflict::OtherPhase`], [`Refusal::NotFound`] for a group about which there is nothing to
    /// guess.
    pub fn guess(&self, db: &mut Db, participant: &Participant, (about, typed): (&str, &Typed)) -> Result<(), Refusal> {
        let guessing = self.guessing(db, participant)?;
        let found = guessing.talk.found().ok_or(Refusal::NotFound)?;
        let group = guessing.groups.iter().find(|one| one.group == about).ok_or(Refusal::NotFound)?;
        in_restitution(&found.wave)?;
        if group.made.is_some() {
            return Ok(());
        }
        let [high, low] = chosen(group, typed)?;
        let guess = Guess {
            organisation_id: participant.organisation_id,
            wave_id: participant.wave_id,
            group: participant.group.clone(),
            key: participant.key.clone(),
            about: about.to_owned(),
            high,
            low,
        };
        store::guesses::insert(db, &guess)?;
        Ok(store::participants::took_part(db, participant, Activity::Restitution)?)
    }

    /// How near the guesses of groups in a wave are, by what participants see of its scores.
    pub(super) fn nearness(&self, db: &mut Db, file: &ProjectFile, wave: &Wave) -> Result<Vec<Nearness>, Refusal> {
        let guesses = store::guesses::of_wave(db, wave)?;
        if guesses.is_empty() {
            return Ok(Vec::new());
        }
        // With all that participants see, as what is shown of one wave may depend on what is shown of another.
        let closed = file.waves.iter().filter(|one| one.state == WaveState::Closed).cloned().collect();
        let seen = self.results_in(db, file.clone(), (ScoreView::Participants, closed))?;
        let found = seen.waves.iter().find(|one| one.wave.id == wave.id).ok_or(Refusal::NotFound)?;
        Ok(nearness(&guesses, &found.scores, file.profile().k_show))
    }
}

/// The name of a field of the form: `high1` to `high3`, `low1` to `low3`.
#[must_use]
pub fn field(side: &str, place: usize) -> String {
    format!("{side}{place}")
}

/// Three highest and three lowest, all of them different.
fn chosen(group: &GuessedGroup, typed: &Typed) -> Result<[Vec<String>; 2], Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut sides = ["high", "low"].map(|side| (1..=GUESSED).map(|place| field(side, place)).collect::<Vec<_>>());
    for name in sides.iter_mut().flatten() {
        let code = typed.get(name);
        if !group.indicators.iter().any(|known| known == code) {
            problems.push(FieldProblem::new(name, "choose"));
        } else if !seen.insert(code) {
            problems.push(FieldProblem::new(name, "guess-twice"));
        }
        code.clone_into(name);
    }
    if problems.is_empty() { Ok(sides) } else { Err(problems) }
}

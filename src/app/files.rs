// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What leaves a closed wave as a file: its results for whoever may see them, its single answers for an evaluator who
//! says why, and the list of what has been published.

use std::sync::Arc;

use uuid::Uuid;

use super::projects::{Audience, ProjectFile};
use super::restitution::ToldResults;
use super::results::WaveResult;
use super::staff::{self, Staff, note, subject};
use super::{App, Conflict, Refusal, projects};
use crate::domain::audit::AuditNote;
use crate::domain::data_file::FileFormat;
use crate::domain::decision_log::DecisionLog;
use crate::domain::discussion::Restitution;
use crate::domain::field::{FieldProblem, line};
use crate::domain::framework::Framework;
use crate::domain::invitation::StoredResponse;
use crate::domain::place::{Municipality, Region};
use crate::domain::profile::ScoreView;
use crate::domain::released::Released;
use crate::domain::response::Mode;
use crate::domain::role::Action;
use crate::domain::wave::{Wave, WaveState};
use crate::store::{self, Db};

/// Characters of the longest reason for taking answers.
const LONGEST_PURPOSE: usize = 300;

/// The results of a wave, to be written into a file.
#[derive(Clone, Debug)]
pub struct WaveFiles {
    /// The project with everything around it.
    pub file: ProjectFile,
    /// The wave with its scores.
    pub result: WaveResult,
    /// What is said of them.
    pub restitution: Restitution,
    /// Where the project works, where that is known.
    pub place: Option<(Municipality, Region)>,
    /// What was decided about it.
    pub decisions: DecisionLog,
    /// Whether whoever asks may take single answers.
    pub answers: MayTake,
}

/// Whether single answers may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MayTake {
    /// They may.
    Yes,
    /// They may not.
    No,
}

/// Single answers that were asked for, allowed and written down in the audit. Only [`App::take_answers`] makes one.
#[derive(Clone, Debug)]
pub struct TakenAnswers {
    wave: Wave,
    framework: Arc<Framework>,
    groups: Vec<GivenGroup>,
    left_out: Vec<String>,
    count: u64,
}

/// A group whose answers are in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct GivenGroup {
    code: String,
    /// Whether it is said how each of them came.
    modes: Modes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Modes {
    Said,
    Unsaid,
}

/// How many of a group answered in one way.
type Count = (String, Mode, u32);

impl TakenAnswers {
    /// The wave.
    #[must_use]
    pub const fn wave(&self) -> &Wave {
        &self.wave
    }

    /// Its framework version.
    #[must_use]
    pub fn framework(&self) -> &Framework {
        &self.framework
    }

    /// Codes of the groups whose answers are not in the file, because so few of them answered.
    #[must_use]
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// How many responses there are.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }
}

impl App {
    /// The results of a wave as this audience may have them in a file: in whole points, but for evaluators.
    ///
    /// # Errors
    /// As [`App::wave_results`].
    pub fn wave_files(&self, db: &mut Db, id: Uuid, audience: &Audience) -> Result<WaveFiles, Refusal> {
        let ToldResults { mut results, place, restitution } = self.told_results(db, id, audience)?;
        let mut result = results.waves.swap_remove(place);
        if matches!(result.scores.view, ScoreView::Participants | ScoreView::Public) {
            result.scores.coarsen();
        }
        let decisions = self.decision_log(db, &results.file, &result.wave, audience)?;
        let municipality = results.file.project.details.municipality.as_deref();
        let place = municipality.map(|code| store::places::find(db, code)).transpose()?.flatten();
        let may = audience.may(Action::ReadAnswers, results.file.thing());
        let answers = if may { MayTake::Yes } else { MayTake::No };
        Ok(WaveFiles { file: results.file, result, restitution, place, decisions, answers })
    }

    /// Every published wave that everybody may find, with its project, the last published first.
    ///
    /// # Errors
    /// If the database fails.
    pub fn published(&self, db: &mut Db) -> Result<Vec<(ProjectFile, Wave)>, Refusal> {
        let mut published = Vec::new();
        for organisation in store::organisations::all(db)? {
            for project in store::projects::of_organisation(db, organisation.id)? {
                match projects::project(db, project.id, &Audience::Public) {
                    Ok(file) => {
                        let seen = |wave: &&Wave| Audience::Public.sees_results_of(wave, file.thing());
                        published.extend(file.waves.iter().filter(seen).map(|wave| (file.clone(), wave.clone())));
                    }
                    Err(Refusal::NotFound) => {}
                    Err(refusal) => return Err(refusal),
                }
            }
        }
        published.sort_by_key(|(_, wave)| std::cmp::Reverse((wave.published_on, wave.id)));
        Ok(published)
    }

    /// Lets a member of staff take the single answers of a closed wave, and writes down that they did, as what and why.
    ///
    /// Groups in which fewer than `k_show` people answered are left out; where those left out are fewer than that
    /// together, the next smallest group is left out too, so that nothing of them shows in the difference to a total.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] without a reason or with more rows than the format holds, [`Conflict::WaveState`] before
    /// the wave is closed, [`Conflict::TooFewToGive`] if no group is left; or as [`Staff::require`].
    pub fn take_answers(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        (format, purpose): (FileFormat, &str),
    ) -> Result<TakenAnswers, Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::ReadAnswers)?;
        if wave.state != WaveState::Closed {
            return Err(Conflict::WaveState { wave: wave.code, state: wave.state }.into());
        }
        let purpose = line("taking_reason", purpose, LONGEST_PURPOSE)?;
        let framework = self.framework(db, &wave.framework_sha256)?;
        let least = projects::of_wave(db, &wave)?.profile().k_show;
        let counts = counts(db, &wave, &framework)?;
        let (groups, left_out) = given(&counts, least);
        let kept = |group: &str| groups.iter().any(|one| one.code == group);
        let count = counts.iter().filter(|(group, ..)| kept(group)).map(|(.., count)| u64::from(*count)).sum();
        if groups.is_empty() {
            return Err(Conflict::TooFewToGive { wave: wave.code }.into());
        }
        if format.most_rows().is_some_and(|most| count > most) {
            return Err(FieldProblem::new("file_format", "rows").into());
        }
        let what = note(staff, wave.organisation_id, "wave.answers", subject(&wave.code, wave.id));
        let note = format!("risposte.{}, {count}: {purpose}", format.code());
        self.record(db, AuditNote { note, ..what })?;
        Ok(TakenAnswers { wave, framework, groups, left_out, count })
    }

    /// Hands on every response that was taken: group after group, in an order that says nothing, a few at a time.
    ///
    /// # Errors
    /// If the database fails, or what hands them on does.
    pub fn each_answer<E: From<store::StoreError>>(
        db: &mut Db,
        taken: &TakenAnswers,
        mut each: impl FnMut(&StoredResponse, Option<Mode>) -> Result<(), E>,
    ) -> Result<(), E> {
        for group in &taken.groups {
            store::responses::each_of_group(db, (&taken.wave, &group.code), |response| {
                each(&response, (group.modes == Modes::Said).then_some(response.mode))
            })?;
        }
        Ok(())
    }
}

/// How many answered in each group and way, in framework order. Counted one by one: sorting a million responses by both
/// would take memory.
fn counts(db: &mut Db, wave: &Wave, framework: &Framework) -> Result<Vec<Count>, Refusal> {
    let mut counts: Vec<Count> = Vec::new();
    for group in &framework.groups {
        for mode in Mode::ALL {
            let count = store::responses::count_by_mode(db, (wave, &group.code), mode)?;
            if count > 0 {
                counts.push((group.code.clone(), mode, count));
            }
        }
    }
    Ok(counts)
}

/// Which groups are given, and the codes of those that are left out.
fn given(counts: &[Count], least: u32) -> (Vec<GivenGroup>, Vec<String>) {
    let mut sizes: Vec<(u32, &str)> = Vec::new();
    for (group, _, count) in counts {
        match sizes.iter_mut().find(|(_, known)| known == group) {
            Some((size, _)) => *size += count,
            None => sizes.push((*count, group)),
        }
    }
    let mut by_size = sizes.clone();
    by_size.sort_unstable();
    let (mut left_out, mut hidden) = (Vec::new(), 0);
    for (size, group) in by_size {
        let small = size < least || hidden > 0 && hidden < least;
        if small {
            hidden += size;
            left_out.push(group.to_owned());
        }
    }
    let kept = sizes.iter().filter(|(_, group)| !left_out.iter().any(|out| out == group));
    let groups = kept.map(|(_, group)| GivenGroup { code: (*group).to_owned(), modes: modes(counts, group, least) });
    (groups.collect(), left_out)
}

/// Whether it can be said how a group's answers came: not where fewer than `least` came in one way.
fn modes(counts: &[Count], group: &str, least: u32) -> Modes {
    let few = counts.iter().any(|(known, _, count)| known == group && *count < least);
    if few { Modes::Unsaid } else { Modes::Said }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(groups: &[(&str, u32, u32)]) -> Vec<Count> {
        let of = |(group, online, paper): &(&str, u32, u32)| {
            let counts =
                [(Mode::Online, *online), (Mode::Paper, *paper)].map(|(mode, n)| ((*group).to_owned(), mode, n));
            counts.into_iter().filter(|(.., count)| *count > 0)
        };
        groups.iter().flat_map(of).collect()
    }

    fn kept(groups: &[(&str, u32, u32)]) -> (Vec<String>, Vec<String>) {
        let (given, left_out) = given(&counts(groups), 5);
        (given.into_iter().map(|group| group.code).collect(), left_out)
    }

    #[test]
    fn large_groups_are_given_and_small_ones_are_left_out() {
        assert_eq!(kept(&[("A", 5, 0), ("B", 9, 9)]), (vec!["A".to_owned(), "B".to_owned()], vec![]));
        assert_eq!(kept(&[]), (vec![], vec![]));
        let (given, left_out) = kept(&[("A", 9, 0), ("B", 4, 0), ("C", 3, 0)]);
        assert_eq!((given, left_out), (vec!["A".to_owned()], vec!["C".to_owned(), "B".to_owned()]));
    }

    #[test]
    fn a_small_group_is_never_the_only_one_left_out() {
        let (given, left_out) = kept(&[("A", 9, 0), ("B", 4, 0), ("C", 6, 0)]);
        assert_eq!((given, left_out), (vec!["A".to_owned()], vec!["B".to_owned(), "C".to_owned()]));
        assert_eq!(kept(&[("A", 9, 0), ("B", 1, 0)]).0, Vec::<String>::new());
    }

    #[test]
    fn a_way_that_few_took_is_not_said() {
        let all = counts(&[("A", 9, 1), ("B", 9, 5)]);
        assert_eq!((modes(&all, "A", 5), modes(&all, "B", 5)), (Modes::Unsaid, Modes::Said));
    }
}

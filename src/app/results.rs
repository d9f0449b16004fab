// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What came of closed waves: scores, change, projects and editions side by side. Computed once, then remembered:
//! a closed wave never changes.

use std::sync::Arc;

use uuid::Uuid;

use super::answered::Answers;
use super::memo::Memo;
use super::own_frameworks::core_sha256;
use super::projects::{Audience, ProgrammeTree, ProjectFile};
use super::staff::{self, Staff, of_programme};
use super::waves::Coverage;
use super::{App, Refusal, projects};
use crate::domain::comparison::{Change, SideBySide};
use crate::domain::edition_comparison::{EditionChange, EditionComparison};
use crate::domain::framework::Framework;
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::programme::{Edition, Project};
use crate::domain::role::Action;
use crate::domain::score::WaveScores;
use crate::domain::settled_weights::WeightedScores;
use crate::domain::wave::{Wave, WaveState};
use crate::scoring::{self, Chance, Compared, WaveAnswers};
use crate::store::{self, Db};

/// Scores of one wave, with what they were made with.
#[derive(Clone, Debug)]
pub struct WaveResult {
    /// The wave.
    pub wave: Wave,
    /// Its framework version.
    pub framework: Arc<Framework>,
    /// Its scores.
    pub scores: WaveScores,
    /// How many answered, group by group.
    pub coverage: Vec<Coverage>,
}

/// Everything scored in one project, for one audience.
#[derive(Clone, Debug)]
pub struct ProjectResults {
    /// The project with everything around it.
    pub file: ProjectFile,
    /// Its waves that the audience may see, by first day.
    pub waves: Vec<WaveResult>,
    /// Change between every two waves, earlier first; across framework versions on what they have in common.
    pub changes: Vec<Change>,
}

impl ProjectResults {
    /// Change between two waves, an indicator each; nothing where they cannot be compared at all.
    pub fn between<'a>(&'a self, from: &WaveResult, to: &WaveResult) -> impl Iterator<Item = &'a Change> + use<'a> {
        let (from, to) = (from.wave.code.clone(), to.wave.code.clone());
        self.changes.iter().filter(move |one| one.from == from && one.to == to)
    }

    /// Every two waves with a change between them, by first day.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&WaveResult, &WaveResult)> {
        let later = |place: usize| self.waves.iter().skip(place + 1);
        let all = self.waves.iter().enumerate().flat_map(|(place, from)| later(place).map(move |to| (from, to)));
        all.filter(|(from, to)| self.between(from, to).next().is_some()).collect()
    }

    /// The last two waves with a change between them, on one framework version where there are such.
    #[must_use]
    pub fn last_pair(&self) -> Option<(&WaveResult, &WaveResult)> {
        let pairs = self.pairs();
        let alike = pairs.iter().rfind(|(from, to)| from.is_alike(to));
        alike.or(pairs.last()).copied()
    }
}

impl WaveResult {
    /// Whether another wave asked the same framework version.
    #[must_use]
    pub fn is_alike(&self, other: &Self) -> bool {
        self.wave.framework_sha256 == other.wave.framework_sha256
    }
}

/// Projects, or projects of several editions, side by side in waves of one type.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The framework version compared on.
    pub framework: Arc<Framework>,
    /// Code of the wave type.
    pub wave_type: String,
    /// The edition, project and label of each entry, in the order they were entered.
    pub entries: Vec<(Edition, Project, String)>,
    /// One comparison per indicator.
    pub indicators: Vec<SideBySide>,
    /// How many answered, entry by entry and group by group.
    pub coverage: Vec<Vec<Coverage>>,
}

/// What to put side by side.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Only the projects of this edition; else those of all editions.
    pub edition: Option<Uuid>,
    /// In waves of this type; else of the last type that can be compared.
    pub wave_type: Option<&'a str>,
}

/// A comparison, with the wave types it could be made for.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Codes of the wave types in which at least two projects can be seen.
    pub wave_types: Vec<String>,
    /// The comparison; none if no two projects can be seen in the same type of wave.
    pub beside: Option<Beside>,
}

/// What was already computed, by everything it depends on.
#[derive(Default)]
pub(super) struct Computed {
    projects: Memo<scoring::ProjectScores>,
    pub(super) coverage: Memo<Vec<Coverage>>,
    beside: Memo<Vec<SideBySide>>,
    pub(super) weighted: Memo<WeightedScores>,
    pub(super) editions: Memo<Vec<EditionComparison>>,
    pub(super) edition_changes: Memo<Vec<EditionChange>>,
}

impl App {
    /// The results of a project.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or a failure of the database.
    pub fn project_results(&self, db: &mut Db, id: Uuid, audience: &Audience) -> Result<ProjectResults, Refusal> {
        let file = projects::project(db, id, audience)?;
        self.results_of(db, file, audience)
    }

    /// The results of the project a wave belongs to.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] also where the audience may not see the wave's results.
    pub fn wave_results(&self, db: &mut Db, id: Uuid, audience: &Audience) -> Result<(ProjectResults, usize), Refusal> {
        for organisation in store::organisations::all(db)? {
            let Some(wave) = store::waves::find(db, organisation.id, id)? else { continue };
            let file = projects::project(db, wave.project_id, audience)?;
            let results = self.results_of(db, file, audience)?;
            let place = results.waves.iter().position(|result| result.wave.id == id).ok_or(Refusal::NotFound)?;
            return Ok((results, place));
        }
        Err(Refusal::NotFound)
    }

    /// Computes what everybody will ask for of the project of a wave that was just closed or published.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn prepare_results(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<(), Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::SeeWork)?;
        let file = projects::of_wave(db, &wave)?;
        for view in [ScoreView::Evaluator, ScoreView::Participants, ScoreView::Public] {
            let seen = |wave: &&Wave| {
                wave.state == WaveState::Closed && (view != ScoreView::Public || wave.published_on.is_some())
            };
            let visible = file.waves.iter().filter(seen).cloned().collect();
            self.results_in(db, file.clone(), (view, visible))?;
        }
        Ok(())
    }

    fn results_of(&self, db: &mut Db, file: ProjectFile, audience: &Audience) -> Result<ProjectResults, Refusal> {
        let (thing, view) = (file.thing(), audience.view_of(file.thing()));
        let visible: Vec<Wave> =
            file.waves.iter().filter(|wave| audience.sees_results_of(wave, thing)).cloned().collect();
        self.results_in(db, file, (view, visible))
    }

    pub(super) fn results_in(
        &self,
        db: &mut Db,
        file: ProjectFile,
        (view, visible): (ScoreView, Vec<Wave>),
    ) -> Result<ProjectResults, Refusal> {
        let mut results = Vec::new();
        let mut changes = Vec::new();
        for version in versions(&visible) {
            let waves: Vec<&Wave> = visible.iter().filter(|wave| wave.framework_sha256 == version).collect();
            let framework = self.framework(db, &version)?;
            let scores = self.scores(db, &waves, &file, view)?;
            for (wave, scores) in waves.iter().zip(&scores.waves) {
                let coverage = self.counted(db, wave, (view, file.profile()))?.as_ref().clone();
                let framework = Arc::clone(&framework);
                results.push(WaveResult { wave: (*wave).clone(), framework, scores: scores.clone(), coverage });
            }
            changes.extend(scores.changes.iter().cloned());
        }
        changes.extend(self.across_versions(db, &visible, &file, view)?);
        results.sort_by_key(|result| result.wave.opens_on);
        Ok(ProjectResults { file, waves: results, changes })
    }

    /// Change between waves on different framework versions, on what both have in common.
    fn across_versions(
        &self,
        db: &mut Db,
        visible: &[Wave],
        file: &ProjectFile,
        view: ScoreView,
    ) -> Result<Vec<Change>, Refusal> {
        let mut changes = Vec::new();
        for (place, from) in visible.iter().enumerate() {
            let later = visible.iter().skip(place + 1);
            for to in later.filter(|to| to.framework_sha256 != from.framework_sha256) {
                let key = key(db, (view, file.profile()), [from, to])?;
                let found = self.results.projects.of(key, || {
                    let (before, after) = (self.answers(db, from)?, self.answers(db, to)?);
                    let (before, after) = (before.as_versioned(), after.as_versioned());
                    let changes = scoring::change_between_versions(before, after, file.profile(), view);
                    Ok(scoring::ProjectScores { waves: Vec::new(), changes })
                })?;
                changes.extend(found.changes.iter().cloned());
            }
        }
        Ok(changes)
    }

    fn scores(
        &self,
        db: &mut Db,
        waves: &[&Wave],
        file: &ProjectFile,
        view: ScoreView,
    ) -> Result<Arc<scoring::ProjectScores>, Refusal> {
        let profile = file.profile();
        let key = key(db, (view, profile), waves.iter().copied())?;
        self.results.projects.of(key, || {
            let answers: Vec<Answers> = waves.iter().map(|wave| self.answers(db, wave)).collect::<Result<_, _>>()?;
            let framework = answers.first().map(|wave| Arc::clone(&wave.framework)).ok_or(Refusal::NotFound)?;
            let compared: Vec<WaveAnswers<'_>> = answers.iter().map(Answers::as_compared).collect();
            let chance = Chance { project: &file.project.name, chosen: 0 };
            Ok(scoring::score_project(&framework, &compared, profile, view, chance))
        })
    }

    /// Projects side by side in waves of one type: those of one edition, or of all editions of a programme.
    ///
    /// # Errors
    /// If the database fails.
    pub fn compare(
        &self,
        db: &mut Db,
        tree: &ProgrammeTree,
        wanted: Wanted<'_>,
        audience: &Audience,
    ) -> Result<Comparison, Refusal> {
        let Wanted { edition, wave_type } = wanted;
        let view = audience.view_of(of_programme(&tree.programme));
        let mut candidates = candidates(db, tree, edition, audience)?;
        let wave_types = shared_types(&candidates, edition.is_none());
        let chosen = wave_types.iter().find(|kind| Some(kind.as_str()) == wave_type).or(wave_types.last()).cloned();
        let Some(chosen) = chosen else { return Ok(Comparison { wave_types, beside: None }) };
        candidates.retain(|(_, _, wave)| wave.wave_type == chosen);
        let beside = self.beside(db, &candidates, &chosen, view)?;
        Ok(Comparison { wave_types, beside })
    }

    fn beside(
        &self,
        db: &mut Db,
        candidates: &[Candidate],
        wave_type: &str,
        view: ScoreView,
    ) -> Result<Option<Beside>, Refusal> {
        let Some((edition, _, first)) = candidates.first() else { return Ok(None) };
        let first = core_sha256(db, first)?;
        let (labels, framework) = (labels(candidates), self.framework(db, &first)?);
        let key = key(db, (view, &edition.profile), candidates.iter().map(|one| &one.2))?;
        let key = format!("{key} {}", labels.join("\n"));
        let indicators = self.results.beside.of(key, || {
            let mut answers = Vec::new();
            for (_, _, wave) in candidates {
                answers.push((core_sha256(db, wave)?, self.answers_to_core(db, wave, &wave.code)?));
            }
            let compared = answers.iter().zip(&labels);
            let compared: Vec<Compared<'_>> = compared
                .map(|((core, answers), label)| Compared {
                    label,
                    framework_sha256: core,
                    answers: answers.as_compared(),
                })
                .collect();
            Ok(scoring::side_by_side(&framework, &compared, &edition.profile, view))
        })?;
        let entries = candidates.iter().zip(labels);
        let entries = entries.map(|((edition, project, _), label)| (edition.clone(), project.clone(), label)).collect();
        let indicators = indicators.as_ref().clone();
        let coverage = self.coverages(db, candidates, (view, &edition.profile))?;
        Ok(Some(Beside { framework, wave_type: wave_type.to_owned(), entries, indicators, coverage }))
    }
}

/// A wave that can be compared, with its project and edition.
pub(super) type Candidate = (Edition, Project, Wave);

/// The waves of a programme, or of one of its editions, whose results an audience sees.
pub(super) fn candidates(
    db: &mut Db,
    tree: &ProgrammeTree,
    edition: Option<Uuid>,
    audience: &Audience,
) -> Result<Vec<Candidate>, Refusal> {
    let within = of_programme(&tree.programme);
    let mut found = Vec::new();
    let asked = |one: &&(Edition, Vec<Project>)| edition.is_none_or(|id| one.0.id == id);
    for (edition, projects) in tree.editions.iter().filter(asked) {
        for project in projects {
            let waves = store::waves::of_project(db, project)?;
            let visible = waves.into_iter().filter(|wave| audience.sees_results_of(wave, within));
            found.extend(visible.map(|wave| (edition.clone(), project.clone(), wave)));
        }
    }
    Ok(found)
}

/// Everything that results of waves depend on. A closed wave can still take late answers, in files, until it is published;
/// then nothing in it changes any more.
pub(super) fn key<'a>(
    db: &mut Db,
    (view, profile): (ScoreView, &Profile),
    waves: impl IntoIterator<Item = &'a Wave>,
) -> Result<String, Refusal> {
    let mut key = format!("{} {}", view.code(), profile.sha256());
    for wave in waves {
        key.extend([" ", &wave.id.simple().to_string()]);
        if wave.published_on.is_none() {
            key.extend([".", &store::paper::count_batches(db, wave)?.to_string()]);
        }
    }
    Ok(key)
}

fn versions(waves: &[Wave]) -> Vec<String> {
    let mut versions: Vec<String> = Vec::new();
    for wave in waves {
        if !versions.contains(&wave.framework_sha256) {
            versions.push(wave.framework_sha256.clone());
        }
    }
    versions
}

/// A name for each entry that no other has: the project's, with edition and wave where they are needed.
pub(super) fn labels(candidates: &[Candidate]) -> Vec<String> {
    let namesakes = |name: &str| candidates.iter().filter(|(_, project, _)| project.name == name).count();
    let label = |(edition, project, wave): &Candidate| {
        if namesakes(&project.name) == 1 {
            project.name.clone()
        } else {
            format!("{} ({}, {})", project.name, edition.years, wave.code)
        }
    };
    candidates.iter().map(label).collect()
}

/// Wave types seen in at least two projects; across editions, in at least two editions.
pub(super) fn shared_types(candidates: &[Candidate], across_editions: bool) -> Vec<String> {
    let mut types: Vec<String> = candidates.iter().map(|(_, _, wave)| wave.wave_type.clone()).collect();
    types.sort();
    types.dedup();
    types.retain(|kind| {
        let of_type = || candidates.iter().filter(|(_, _, wave)| wave.wave_type == *kind);
        let mut places: Vec<Uuid> =
            of_type().map(|(edition, project, _)| if across_editions { edition.id } else { project.id }).collect();
        places.sort();
        places.dedup();
        places.len() >= 2
    });
    types
}

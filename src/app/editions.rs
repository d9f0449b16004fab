// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far do the projects of an edition differ beyond chance, and one edition from the one before? Projects are drawn towards
//! their mean by as much as each is uncertain.

use std::sync::Arc;

use uuid::Uuid;

use super::answered::Answers;
use super::own_frameworks::core_sha256;
use super::projects::{Audience, ProgrammeTree};
use super::results::{Candidate, Comparison, candidates, key, labels, shared_types};
use super::staff::of_programme;
use super::waves::Coverage;
use super::{App, Refusal};
use crate::domain::edition_comparison::{EditionChange, EditionComparison};
use crate::domain::framework::Framework;
use crate::domain::profile::Profile;
use crate::domain::programme::Edition;
use crate::scoring::{self, ProjectAnswers};
use crate::store::Db;

/// The projects of an edition in waves of one type.
#[derive(Clone, Debug)]
pub struct Spread {
    /// The framework version they were asked on.
    pub framework: Arc<Framework>,
    /// Code of the wave type.
    pub wave_type: String,
    /// One comparison per indicator, its projects in the order they were entered.
    pub comparisons: Arc<Vec<EditionComparison>>,
    /// How many answered, project by project and group by group.
    pub coverage: Vec<(String, Vec<Coverage>)>,
}

/// Every edition of a programme against the one before, in waves of one type.
#[derive(Clone, Debug)]
pub struct EditionChanges {
    /// The framework version they were asked on.
    pub framework: Arc<Framework>,
    /// The rules they were scored by: those of the first edition.
    pub profile: Profile,
    /// The editions compared, in their order.
    pub editions: Vec<Edition>,
    /// One change per two following editions and indicator; editions by their id.
    pub changes: Arc<Vec<EditionChange>>,
}

impl App {
    /// Every edition of a programme against the one before, in waves of the type that a comparison is about; nothing
    /// where there are no two. Of a project with several waves of the type the last one counts; those on another core than
    /// the last stay out.
    ///
    /// # Errors
    /// If the database fails.
    pub fn edition_changes(
        &self,
        db: &mut Db,
        tree: &ProgrammeTree,
        comparison: &Comparison,
        audience: &Audience,
    ) -> Result<Option<EditionChanges>, Refusal> {
        let Some(wave_type) = comparison.beside.as_ref().map(|found| found.wave_type.as_str()) else { return Ok(None) };
        let mut found = candidates(db, tree, None, audience)?;
        found.retain(|(_, _, wave)| wave.wave_type == wave_type);
        let found = alike(db, found)?;
        let mut editions: Vec<Edition> = Vec::new();
        for (edition, ..) in &found {
            if !editions.iter().any(|known| known.id == edition.id) {
                editions.push(edition.clone());
            }
        }
        let (Some((first, _, wave)), true) = (found.first(), editions.len() > 1) else { return Ok(None) };
        let core = core_sha256(db, wave)?;
        let (framework, profile) = (self.framework(db, &core)?, first.profile.clone());
        let view = audience.view_of(of_programme(&tree.programme));
        let key = key(db, (view, &profile), found.iter().map(|one| &one.2))?;
        let changes = self.results.edition_changes.of(key, || {
            let names: Vec<String> = found.iter().map(|(edition, ..)| edition.id.simple().to_string()).collect();
            let answers: Vec<Answers> =
                found.iter().map(|(_, _, wave)| self.answers_to_core(db, wave, wave_type)).collect::<Result<_, _>>()?;
            let compared = found.iter().zip(&names).zip(&answers);
            let compared: Vec<ProjectAnswers<'_>> = compared
                .map(|(((_, project, _), edition), answers)| ProjectAnswers {
                    programme: &tree.programme.name,
                    edition,
                    project: &project.name,
                    waves: vec![answers.as_compared()],
                })
                .collect();
            Ok(scoring::compare_editions(&framework, &compared, &profile, view))
        })?;
        Ok(Some(EditionChanges { framework, profile, editions, changes }))
    }

    /// The projects of an edition with their mean, in waves of one type; nothing where no two can be compared. Of a project
    /// with several waves of the type the last one counts; those on another framework version than the last stay out.
    ///
    /// # Errors
    /// If the database fails.
    pub fn edition_spread(
        &self,
        db: &mut Db,
        (tree, edition): (&ProgrammeTree, Uuid),
        wave_type: Option<&str>,
        audience: &Audience,
    ) -> Result<Option<Spread>, Refusal> {
        let mut found = candidates(db, tree, Some(edition), audience)?;
        let types = shared_types(&found, false);
        let chosen = types.iter().find(|kind| Some(kind.as_str()) == wave_type).or(types.last()).cloned();
        let Some(wave_type) = chosen else { return Ok(None) };
        found.retain(|(_, _, wave)| wave.wave_type == wave_type);
        let found = alike(db, found)?;
        let Some((edition, _, first)) = found.first() else { return Ok(None) };
        let core = core_sha256(db, first)?;
        let (framework, projects) = (self.framework(db, &core)?, labels(&found));
        let view = audience.view_of(of_programme(&tree.programme));
        let key = key(db, (view, &edition.profile), found.iter().map(|one| &one.2))?;
        let key = format!("{key} {}", projects.join("\n"));
        let comparisons = self.results.editions.of(key, || {
            let answers: Vec<Answers> = found
                .iter()
                .map(|(_, _, wave)| self.answers_to_core(db, wave, &wave_type))
                .collect::<Result<_, _>>()?;
            let compared: Vec<ProjectAnswers<'_>> = answers
                .iter()
                .zip(&projects)
                .map(|(answers, project)| ProjectAnswers {
                    programme: "",
                    edition: "",
                    project,
                    waves: vec![answers.as_compared()],
                })
                .collect();
            Ok(scoring::compare_projects(&framework, &compared, &edition.profile, view))
        })?;
        let counted = self.coverages(db, &found, (view, &edition.profile))?;
        let coverage = projects.into_iter().zip(counted).collect();
        Ok(Some(Spread { framework, wave_type, comparisons, coverage }))
    }
}

/// The last wave of each project, of those on the framework version of the last, or with the same core.
fn alike(db: &mut Db, found: Vec<Candidate>) -> Result<Vec<Candidate>, Refusal> {
    let cores: Vec<String> = found.iter().map(|(_, _, wave)| core_sha256(db, wave)).collect::<Result<_, _>>()?;
    let version = cores.last().cloned();
    let mut kept: Vec<Candidate> = Vec::new();
    for (one, _) in found.into_iter().zip(cores).filter(|(_, core)| Some(core) == version.as_ref()) {
        match kept.iter_mut().find(|known| known.1.id == one.1.id) {
            Some(known) => *known = one,
            None => kept.push(one),
        }
    }
    Ok(kept)
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Programmes, editions and projects: what belongs to what, and what may the public see?

use std::sync::Arc;

use uuid::Uuid;

use super::planning::edition_of;
use super::staff::of_programme;
use super::{Purpose, Refusal};
use crate::domain::account::{Grant, Thing};
use crate::domain::measure::Figure;
use crate::domain::profile::ScoreView;
use crate::domain::programme::{Edition, Organisation, Origin, Programme, Project, Visibility};
use crate::domain::role::Action;
use crate::domain::wave::{Wave, WaveState};
use crate::store::{self, Db, StoreError};

/// A programme with its editions and their projects.
#[derive(Clone, Debug)]
pub struct ProgrammeTree {
    /// The body that owns it.
    pub organisation: Organisation,
    /// The programme.
    pub programme: Programme,
    /// Its editions, each with its projects.
    pub editions: Vec<(Edition, Vec<Project>)>,
}

/// A project with what it belongs to, its waves and what it reported.
#[derive(Clone, Debug)]
pub struct ProjectFile {
    /// The body that owns it.
    pub organisation: Organisation,
    /// The project.
    pub project: Project,
    /// Its edition and programme, if any.
    pub edition: Option<(Edition, Programme)>,
    /// Its waves, by first day.
    pub waves: Vec<Wave>,
    /// Numbers it reported, with what was said before.
    pub measures: Vec<Figure>,
}

/// Who asks: what is shown depends on it.
#[derive(Clone, Debug)]
pub enum Audience {
    /// Anybody.
    Public,
    /// Somebody in the participants' space of a wave of this project.
    Participant {
        /// The body that owns the project.
        organisation: Uuid,
        /// The project.
        project: Uuid,
    },
    /// Staff with these grants.
    Staff(Arc<[Grant]>),
}

impl Audience {
    /// How much of the results of a thing this audience sees, once there are any.
    #[must_use]
    pub fn view_of(&self, thing: Thing) -> ScoreView {
        if self.may(Action::SeeEvaluation, thing) {
            ScoreView::Evaluator
        } else if self.may(Action::SeeResults, thing) || self.takes_part_in(thing) {
            ScoreView::Participants
        } else {
            ScoreView::Public
        }
    }

    /// Whether this audience may see the results of a wave of a thing: published ones; those given back, for whoever
    /// takes part; with a role closed ones too.
    #[must_use]
    pub fn sees_results_of(&self, wave: &Wave, thing: Thing) -> bool {
        let given_back = wave.phase.is_given_back() && self.takes_part_in(thing);
        let seen = wave.published_on.is_some() || given_back || self.may(Action::SeeResults, thing);
        wave.state == WaveState::Closed && seen
    }

    fn takes_part_in(&self, thing: Thing) -> bool {
        match self {
            Self::Participant { organisation, project } => {
                *organisation == thing.organisation && thing.project == Some(*project)
            }
            Self::Public | Self::Staff(_) => false,
        }
    }

    /// Whether this audience may find a thing at all.
    #[must_use]
    pub fn finds(&self, visibility: Visibility, thing: Thing) -> bool {
        visibility == Visibility::Public || self.may(Action::SeeWork, thing) || self.takes_part_in(thing)
    }

    pub(super) fn may(&self, action: Action, thing: Thing) -> bool {
        match self {
            Self::Public | Self::Participant { .. } => false,
            Self::Staff(grants) => grants.iter().any(|grant| grant.allows(action, thing)),
        }
    }
}

/// Whether every body of this installation holds invented data only.
pub(super) fn purpose_of(db: &mut Db) -> Result<Purpose, StoreError> {
    let organisations = store::organisations::all(db)?;
    let invented = !organisations.is_empty() && organisations.iter().all(|body| body.data == Origin::Fictional);
    Ok(if invented { Purpose::Demonstration } else { Purpose::Service })
}

/// Every programme that an audience finds, with its editions and projects.
///
/// # Errors
/// If the database fails.
pub fn programmes(db: &mut Db, audience: &Audience) -> Result<Vec<ProgrammeTree>, Refusal> {
    let mut trees = Vec::new();
    for organisation in store::organisations::all(db)? {
        for programme in store::programmes::of_organisation(db, organisation.id)? {
            if audience.finds(programme.visibility, of_programme(&programme)) {
                trees.push(tree(db, organisation.clone(), programme, audience)?);
            }
        }
    }
    Ok(trees)
}

/// A programme with its editions and projects.
///
/// # Errors
/// [`Refusal::NotFound`], or a failure of the database.
pub fn programme(db: &mut Db, id: Uuid, audience: &Audience) -> Result<ProgrammeTree, Refusal> {
    for organisation in store::organisations::all(db)? {
        let found = store::programmes::find(db, organisation.id, id)?;
        if let Some(programme) = found.filter(|one| audience.finds(one.visibility, of_programme(one))) {
            return tree(db, organisation, programme, audience);
        }
    }
    Err(Refusal::NotFound)
}

/// The programme of an edition, and the edition.
///
/// # Errors
/// [`Refusal::NotFound`], or a failure of the database.
pub fn edition(db: &mut Db, id: Uuid, audience: &Audience) -> Result<(ProgrammeTree, Edition), Refusal> {
    for organisation in store::organisations::all(db)? {
        if let Some(edition) = store::programmes::find_edition(db, organisation.id, id)? {
            return Ok((programme(db, edition.programme_id, audience)?, edition));
        }
    }
    Err(Refusal::NotFound)
}

/// A project with everything around it.
///
/// # Errors
/// [`Refusal::NotFound`], or a failure of the database.
pub fn project(db: &mut Db, id: Uuid, audience: &Audience) -> Result<ProjectFile, Refusal> {
    for organisation in store::organisations::all(db)? {
        if let Some(project) = store::projects::find(db, organisation.id, id)? {
            let mut file = file(db, organisation, project)?;
            if !audience.finds(file.project.visibility, file.thing()) {
                return Err(Refusal::NotFound);
            }
            let sees_plans = audience.may(Action::SeeWork, file.thing());
            file.waves.retain(|wave| sees_plans || wave.state != WaveState::Draft);
            return Ok(file);
        }
    }
    Err(Refusal::NotFound)
}

fn tree(
    db: &mut Db,
    organisation: Organisation,
    programme: Programme,
    audience: &Audience,
) -> Result<ProgrammeTree, Refusal> {
    let mut editions = Vec::new();
    let within = of_programme(&programme);
    for edition in store::programmes::editions_of(db, &programme)? {
        let mut projects = store::projects::of_edition(db, &edition)?;
        projects.retain(|one| audience.finds(one.visibility, Thing { project: Some(one.id), ..within }));
        editions.push((edition, projects));
    }
    Ok(ProgrammeTree { organisation, programme, editions })
}

fn file(db: &mut Db, organisation: Organisation, mut project: Project) -> Result<ProjectFile, Refusal> {
    let mut edition = edition_of(db, &project)?;
    let waves = store::waves::of_project(db, &project)?;
    let profile = edition.as_mut().map_or(&mut project.profile, |(edition, _)| &mut edition.profile);
    // What was adopted without consensus is asked and shown, and stays out of the composite.
    profile.indicator_weights.extend(outside_composite(db, &waves)?.into_iter().map(|code| (code, 0.0)));
    let measures = store::measures::of_project(db, &project)?;
    Ok(ProjectFile { organisation, project, edition, waves, measures })
}

/// Codes of the indicators of waves that stay out of the composite.
fn outside_composite(db: &mut Db, waves: &[Wave]) -> Result<Vec<String>, Refusal> {
    let mut codes = Vec::new();
    for wave in waves {
        let own = store::own_frameworks::find(db, wave.organisation_id, &wave.framework_sha256)?;
        codes.extend(own.into_iter().flat_map(|own| own.outside));
    }
    Ok(codes)
}

impl ProjectFile {
    /// Where the project stands.
    #[must_use]
    pub fn thing(&self) -> Thing {
        Thing {
            organisation: self.organisation.id,
            programme: self.edition.as_ref().map(|(_, programme)| programme.id),
            project: Some(self.project.id),
        }
    }

    /// The scoring rules in force: the edition's, else the project's own.
    #[must_use]
    pub fn profile(&self) -> &crate::domain::profile::Profile {
        self.edition.as_ref().map_or(&self.project.profile, |(edition, _)| &edition.profile)
    }
}

/// The project a wave belongs to, with everything around it, whoever asks.
pub(super) fn of_wave(db: &mut Db, wave: &Wave) -> Result<ProjectFile, Refusal> {
    let organisation = store::organisations::find(db, wave.organisation_id)?.ok_or(Refusal::NotFound)?;
    let project = store::projects::find(db, wave.organisation_id, wave.project_id)?.ok_or(Refusal::NotFound)?;
    file(db, organisation, project)
}

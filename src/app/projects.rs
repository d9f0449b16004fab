// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Programmes, editions and projects: what belongs to what, and what may the public see?

use uuid::Uuid;

use super::{App, Purpose, Refusal};
use crate::domain::measure::MeasureValue;
use crate::domain::programme::{Edition, Organisation, Origin, Programme, Project};
use crate::domain::wave::Wave;
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
    /// Numbers it reported.
    pub measures: Vec<MeasureValue>,
}

/// Who asks: what is shown depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anybody.
    Public,
    /// The staff of the body with this id.
    Staff(Uuid),
}

impl Audience {
    /// Whether this audience may see the results of a wave.
    #[must_use]
    pub fn sees_results_of(self, wave: &Wave) -> bool {
        use crate::domain::wave::WaveState::Closed;
        match self {
            Self::Public => wave.state == Closed && wave.published_on.is_some(),
            Self::Staff(organisation) => wave.state == Closed && wave.organisation_id == organisation,
        }
    }
}

/// Whether every body of this installation holds invented data only.
pub(super) fn purpose_of(db: &mut Db) -> Result<Purpose, StoreError> {
    let organisations = store::organisations::all(db)?;
    let invented = !organisations.is_empty() && organisations.iter().all(|body| body.data == Origin::Fictional);
    Ok(if invented { Purpose::Demonstration } else { Purpose::Service })
}

/// Every programme with its editions and projects.
///
/// # Errors
/// If the database fails.
pub fn programmes(db: &mut Db) -> Result<Vec<ProgrammeTree>, Refusal> {
    let mut trees = Vec::new();
    for organisation in store::organisations::all(db)? {
        for programme in store::programmes::of_organisation(db, organisation.id)? {
            trees.push(tree(db, organisation.clone(), programme)?);
        }
    }
    Ok(trees)
}

/// A programme with its editions and projects.
///
/// # Errors
/// [`Refusal::NotFound`], or a failure of the database.
pub fn programme(db: &mut Db, id: Uuid) -> Result<ProgrammeTree, Refusal> {
    for organisation in store::organisations::all(db)? {
        if let Some(programme) = store::programmes::find(db, organisation.id, id)? {
            return tree(db, organisation, programme);
        }
    }
    Err(Refusal::NotFound)
}

/// The programme of an edition, and the edition.
///
/// # Errors
/// [`Refusal::NotFound`], or a failure of the database.
pub fn edition(db: &mut Db, id: Uuid) -> Result<(ProgrammeTree, Edition), Refusal> {
    for organisation in store::organisations::all(db)? {
        if let Some(edition) = store::programmes::find_edition(db, organisation.id, id)? {
            return Ok((programme(db, edition.programme_id)?, edition));
        }
    }
    Err(Refusal::NotFound)
}

/// A project with everything around it.
///
/// # Errors
/// [`Refusal::NotFound`], or a failure of the database.
pub fn project(db: &mut Db, id: Uuid) -> Result<ProjectFile, Refusal> {
    for organisation in store::organisations::all(db)? {
        if let Some(project) = store::projects::find(db, organisation.id, id)? {
            return file(db, organisation, project);
        }
    }
    Err(Refusal::NotFound)
}

fn tree(db: &mut Db, organisation: Organisation, programme: Programme) -> Result<ProgrammeTree, Refusal> {
    let mut editions = Vec::new();
    for edition in store::programmes::editions_of(db, &programme)? {
        let projects = store::projects::of_edition(db, &edition)?;
        editions.push((edition, projects));
    }
    Ok(ProgrammeTree { organisation, programme, editions })
}

fn file(db: &mut Db, organisation: Organisation, project: Project) -> Result<ProjectFile, Refusal> {
    let edition = match project.edition_id {
        None => None,
        Some(id) => match store::programmes::find_edition(db, organisation.id, id)? {
            None => None,
            Some(edition) => store::programmes::find(db, organisation.id, edition.programme_id)?
                .map(|programme| (edition, programme)),
        },
    };
    let waves = store::waves::of_project(db, &project)?;
    let measures = store::measures::of_project(db, &project)?;
    Ok(ProjectFile { organisation, project, edition, waves, measures })
}

impl ProjectFile {
    /// The scoring rules in force: the edition's, else the project's own.
    #[must_use]
    pub fn profile(&self) -> &crate::domain::profile::Profile {
        self.edition.as_ref().map_or(&self.project.profile, |(edition, _)| &edition.profile)
    }
}

impl App {
    /// The project a wave belongs to, with everything around it.
    pub(super) fn project_of(db: &mut Db, wave: &Wave) -> Result<ProjectFile, Refusal> {
        let organisation = store::organisations::find(db, wave.organisation_id)?.ok_or(Refusal::NotFound)?;
        let project = store::projects::find(db, wave.organisation_id, wave.project_id)?.ok_or(Refusal::NotFound)?;
        file(db, organisation, project)
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a member of staff find in the workspace, and how far is each project?

use uuid::Uuid;

use super::frameworks::FrameworkVersion;
use super::planning::{edition_of, is_frozen};
use super::rosters::counted;
use super::staff::{self, Staff, of_project};
use super::{App, Refusal};
use crate::domain::folding::folded;
use crate::domain::framework::ContextLevel;
use crate::domain::profile::Profile;
use crate::domain::programme::{Edition, Organisation, Programme, Project};
use crate::domain::role::Action;
use crate::domain::wave::{RosterEntry, Wave, WaveState};
use crate::store::{self, Db};

/// Projects on one page of the list.
pub const PAGE: usize = 20;

/// Which projects are looked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Words in the name, the place or the lead.
    pub words: String,
    /// Where a project has to be: with a wave that is `open`, `draft`, `closed`; or anything.
    pub state: String,
    /// Page of the list, from 1.
    pub page: usize,
}

/// A project in the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The project.
    pub project: Project,
    /// The body that owns it.
    pub body: String,
    /// Its waves.
    pub waves: Vec<Wave>,
    /// Whether it opens in the workspace, or only its published results can be seen.
    pub work: bool,
}

/// One page of the list.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The projects of the page.
    pub projects: Vec<Listed>,
    /// How many were found.
    pub found: usize,
    /// Programmes in reach.
    pub programmes: Vec<Programme>,
    /// The bodies that granted anything.
    pub organisations: Vec<Organisation>,
    /// Bodies to which whoever asks may add a project.
    pub may_add: Vec<Organisation>,
}

/// A project with how far its set-up is.
#[derive(Clone, Debug)]
pub struct ProjectWork {
    /// The body that owns it.
    pub organisation: Organisation,
    /// The project.
    pub project: Project,
    /// Its edition and programme, if any.
    pub edition: Option<(Edition, Programme)>,
    /// The framework version its new waves ask, once chosen.
    pub framework: Option<FrameworkVersion>,
    /// How many are listed, group by group.
    pub listed: Vec<RosterEntry>,
    /// How many stand on the stakeholder map, and how many of them are missing voices.
    pub on_map: (usize, usize),
    /// How many numbers it reports.
    pub figures: usize,
    /// Its waves.
    pub waves: Vec<Wave>,
    /// Whether its scoring profile is frozen.
    pub frozen: bool,
    /// What whoever asks may do with it.
    pub allowed: Vec<Action>,
}

impl ProjectWork {
    /// The scoring profile in force, with how often what holds it was changed: the edition's, else the project's own.
    #[must_use]
    pub fn profile(&self) -> (&Profile, i32) {
        let own = (&self.project.profile, self.project.revision);
        self.edition.as_ref().map_or(own, |(edition, _)| (&edition.profile, edition.revision))
    }

    /// Whether every context variable of level project has an answer.
    #[must_use]
    pub fn context_described(&self) -> bool {
        let Some(version) = &self.framework else { return false };
        let asked = version.framework.contexts.iter().filter(|one| one.level == ContextLevel::Project);
        asked.into_iter().all(|one| self.project.details.context.contains_key(&one.code))
    }
}

impl App {
    /// The projects that staff work on or read.
    ///
    /// # Errors
    /// If the database fails.
    pub fn workspace(db: &mut Db, staff: &Staff, wanted: &Wanted) -> Result<Workspace, Refusal> {
        let organisations = Self::own_organisations(db, staff)?;
        let (mut found, mut programmes, mut may_add) = (Vec::new(), Vec::new(), Vec::new());
        for organisation in &organisations {
            for project in store::projects::of_organisation(db, organisation.id)? {
                found.extend(listed(db, staff, organisation, project)?.filter(|one| fits(one, wanted)));
            }
            let own = store::programmes::of_organisation(db, organisation.id)?;
            programmes.extend(own.into_iter().filter(|one| staff.reaches(staff::of_programme(one))));
            if staff.may(Action::EditProject, staff::of_body(organisation.id)) {
                may_add.push(organisation.clone());
            }
        }
        let count = found.len();
        let first = wanted.page.saturating_sub(1) * PAGE;
        let projects = found.into_iter().skip(first).take(PAGE).collect();
        Ok(Workspace { projects, found: count, programmes, organisations, may_add })
    }

    /// A project as staff see it in the workspace, for an action on it.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn project_work(&self, db: &mut Db, staff: &Staff, id: Uuid, action: Action) -> Result<ProjectWork, Refusal> {
        let project = staff::project(db, staff, id, action)?;
        let thing = of_project(db, &project)?;
        let organisation = store::organisations::find(db, project.organisation_id)?.ok_or(Refusal::NotFound)?;
        let edition = edition_of(db, &project)?;
        let map = store::stakeholders::of_project(db, &project)?;
        let missing = map.iter().filter(|one| one.presence == crate::domain::stakeholder::Presence::Missing).count();
        Ok(ProjectWork {
            organisation,
            framework: self.framework_of_project(db, &project).ok(),
            listed: counted(db, &project)?,
            on_map: (map.len(), missing),
            figures: store::measures::of_project(db, &project)?.len(),
            waves: store::waves::of_project(db, &project)?,
            frozen: is_frozen(db, &project)?,
            allowed: Action::ALL.into_iter().filter(|action| staff.may(*action, thing)).collect(),
            edition,
            project,
        })
    }
}

fn listed(db: &mut Db, staff: &Staff, body: &Organisation, project: Project) -> Result<Option<Listed>, Refusal> {
    let thing = of_project(db, &project)?;
    if !staff.reaches(thing) {
        return Ok(None);
    }
    let work = staff.may(Action::SeeWork, thing);
    let mut waves = store::waves::of_project(db, &project)?;
    if !work {
        waves.retain(|wave| wave.published_on.is_some());
    }
    let shown = work || !waves.is_empty();
    Ok(shown.then(|| Listed { project, body: body.name.clone(), waves, work }))
}

fn fits(listed: &Listed, wanted: &Wanted) -> bool {
    let project = &listed.project;
    let text = folded(&format!("{} {} {} {}", project.name, project.territory, project.lead, listed.body));
    let has_words = folded(&wanted.words).split_whitespace().all(|word| text.contains(word));
    has_words
        && WaveState::from_code(&wanted.state).is_none_or(|state| listed.waves.iter().any(|one| one.state == state))
}

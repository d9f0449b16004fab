// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is a programme, an edition or a project set up, changed, taken away and brought back?

use std::sync::LazyLock;

use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::accounts::LONGEST_NAME;
use super::frameworks::{FrameworkVersion, shipped};
use super::places::municipality;
use super::staff::{self, Staff, note, of_body, subject};
use super::{App, Conflict, Refusal};
use crate::domain::account::Thing;
use crate::domain::audit::AuditNote;
use crate::domain::field::{FieldProblem, Problems, Typed, day, line, lines, number, optional_line};
use crate::domain::framework::{Context, ContextLevel, Level};
use crate::domain::profile::{Profile, Voice};
use crate::domain::programme::{Edition, Origin, Programme, Project, ProjectDetails, Visibility};
use crate::domain::role::Action;
use crate::domain::text::Text;
use crate::store::{self, Db, Saved};

/// How long something taken away can be brought back.
pub const UNDO_DAYS: i64 = 30;
/// Longest description.
const LONGEST_TEXT: usize = 2000;

/// Something that was taken away and can be brought back.
#[derive(Clone, Debug)]
pub struct Removed {
    /// Its identity.
    pub id: Uuid,
    /// What it is: `programme`, `project` or `wave`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// When it was taken away.
    pub at: Timestamp,
}

impl App {
    /// A programme that staff see in the workspace, with its editions.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn own_programme(db: &mut Db, staff: &Staff, id: Uuid) -> Result<(Programme, Vec<Edition>), Refusal> {
        let programme = staff::programme(db, staff, id, Action::SeeWork)?;
        let editions = store::programmes::editions_of(db, &programme)?;
        Ok((programme, editions))
    }

    /// Adds a programme to a body.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], or as [`Staff::require`].
    pub fn add_programme(&self, db: &mut Db, staff: &Staff, body: Uuid, typed: &Typed) -> Result<Uuid, Refusal> {
        staff.require(Action::EditProgramme, of_body(body))?;
        let blank = Programme {
            organisation_id: body,
            id: Uuid::now_v7(),
            name: String::new(),
            summary: Text::default(),
            source: String::new(),
            visibility: Visibility::Private,
            revision: 1,
        };
        let programme = read_programme(db, blank, typed)?;
        store::programmes::insert(db, &programme)?;
        self.record(db, note(staff, body, "programme.adding", subject(&programme.name, programme.id)))?;
        Ok(programme.id)
    }

    /// Changes a programme.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::Outdated`], or as [`Staff::require`].
    pub fn change_programme(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let known = staff::programme(db, staff, id, Action::EditProgramme)?;
        let changed = read_programme(db, Programme { revision: typed.revision(), ..known }, typed)?;
        saved(store::programmes::update(db, &changed)?)?;
        self.record(db, note(staff, changed.organisation_id, "programme.change", subject(&changed.name, id)))
    }

    /// Adds an edition to a programme.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], or as [`Staff::require`].
    pub fn add_edition(&self, db: &mut Db, staff: &Staff, programme: Uuid, typed: &Typed) -> Result<Uuid, Refusal> {
        let programme = staff::programme(db, staff, programme, Action::EditProgramme)?;
        let mut problems = Problems::default();
        let name = problems.note(line("edition_name", typed.get("edition_name"), LONGEST_NAME));
        let years = problems.note(line("years", typed.get("years"), 40));
        let same = |one: &Edition| one.name.iter().any(|(_, known)| known.to_lowercase() == name.to_lowercase());
        if store::programmes::editions_of(db, &programme)?.iter().any(same) {
            problems.add(FieldProblem::new("edition_name", "name-taken"));
        }
        problems.none()?;
        let edition = Edition {
            organisation_id: programme.organisation_id,
            id: Uuid::now_v7(),
            programme_id: programme.id,
            name: Text::new([("it".to_owned(), name.clone())].into()),
            years,
            origin: Origin::Real,
            profile: Profile::default(),
            revision: 1,
        };
        store::programmes::insert_edition(db, &edition)?;
        self.record(db, note(staff, edition.organisation_id, "edition.adding", subject(&name, edition.id)))?;
        Ok(edition.id)
    }

    /// The editions of a body's programmes, which a new project may belong to.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn editions_of_body(db: &mut Db, staff: &Staff, body: Uuid) -> Result<Vec<(Programme, Edition)>, Refusal> {
        staff.require(Action::SeeWork, of_body(body))?;
        let mut found = Vec::new();
        for programme in store::programmes::of_organisation(db, body)? {
            let editions = store::programmes::editions_of(db, &programme)?;
            found.extend(editions.into_iter().map(|edition| (programme.clone(), edition)));
        }
        Ok(found)
    }

    /// Framework versions that come with the program: read once. A body may have more, see [`App::choosable_by`].
    #[must_use]
    pub fn choosable_frameworks() -> Vec<FrameworkVersion> {
        static CHOOSABLE: LazyLock<Vec<FrameworkVersion>> = LazyLock::new(|| shipped().unwrap_or_default());
        CHOOSABLE.clone()
    }

    /// Adds a project to a body.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], or as [`Staff::require`].
    pub fn add_project(&self, db: &mut Db, staff: &Staff, body: Uuid, typed: &Typed) -> Result<Uuid, Refusal> {
        let edition = read_edition(db, body, typed)?;
        let programme = edition.as_ref().map(|edition| edition.programme_id);
        staff.require(Action::EditProject, Thing { organisation: body, programme, project: None })?;
        let blank = Project {
            organisation_id: body,
            id: Uuid::now_v7(),
            edition_id: edition.map(|edition| edition.id),
            name: String::new(),
            territory: String::new(),
            lead: String::new(),
            summary: Text::default(),
            source: String::new(),
            origin: Origin::Real,
            profile: Profile::default(),
            details: ProjectDetails::default(),
            visibility: Visibility::Private,
            revision: 1,
        };
        let versions = self.choosable_by(db, body)?;
        let project = read_project(db, blank, (typed, &versions))?;
        store::projects::insert(db, &project)?;
        self.record(db, note(staff, body, "project.adding", subject(&project.name, project.id)))?;
        Ok(project.id)
    }

    /// Changes a project's facts.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::Outdated`], or as [`Staff::require`].
    pub fn change_project(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let known = staff::project(db, staff, id, Action::EditProject)?;
        let versions = self.choosable_by(db, known.organisation_id)?;
        let changed = read_project(db, Project { revision: typed.revision(), ..known }, (typed, &versions))?;
        saved(store::projects::update(db, &changed)?)?;
        self.record(db, note(staff, changed.organisation_id, "project.change", subject(&changed.name, id)))
    }

    /// Describes a project's context: every context variable of its framework has an answer.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::Outdated`], or as [`Staff::require`].
    pub fn describe_context(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let mut project = staff::project(db, staff, id, Action::EditProject)?;
        let framework = self.framework_of_project(db, &project)?;
        let mut problems = Problems::default();
        for context in framework.framework.contexts.iter().filter(|one| one.level == ContextLevel::Project) {
            if let Some(said) = problems.take(read_context(context, typed)) {
                project.details.context.insert(context.code.clone(), said);
            }
        }
        problems.none()?;
        let project = Project { revision: typed.revision(), ..project };
        saved(store::projects::update(db, &project)?)?;
        self.record(db, note(staff, project.organisation_id, "project.context", subject(&project.name, id)))
    }

    /// Changes the scoring profile that a project is scored with, until the first wave opens that it holds for: the
    /// edition's where it belongs to one, which takes a role over the programme; else its own.
    ///
    /// # Errors
    /// [`Conflict::ProfileFrozen`], [`Refusal::Invalid`], [`Refusal::Outdated`], or as [`Staff::require`].
    pub fn change_profile(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let project = staff::project(db, staff, id, Action::EditProject)?;
        if is_frozen(db, &project)? {
            return Err(Conflict::ProfileFrozen { project: project.name }.into());
        }
        let body = project.organisation_id;
        let (profile, what, done) = match edition_of(db, &project)? {
            None => {
                let profile = read_profile(project.profile.clone(), typed)?;
                let changed = Project { profile, revision: typed.revision(), ..project };
                (changed.profile.sha256(), subject(&changed.name, id), store::projects::update(db, &changed)?)
            }
            Some((edition, programme)) => {
                staff.require(Action::EditProgramme, staff::of_programme(&programme))?;
                let profile = read_profile(edition.profile.clone(), typed)?;
                let changed = Edition { profile, revision: typed.revision(), ..edition };
                let what = subject(&format!("{} {}", programme.name, changed.years), changed.id);
                (changed.profile.sha256(), what, store::programmes::update_edition(db, &changed)?)
            }
        };
        saved(done)?;
        self.record(db, AuditNote { note: profile, ..note(staff, body, "project.profile", what) })
    }

    /// Takes a project away; its name has to be typed.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] if another name was typed, or as [`Staff::require`].
    pub fn remove_project(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<Uuid, Refusal> {
        let project = staff::project(db, staff, id, Action::Remove)?;
        named(typed, &project.name)?;
        saved(store::projects::set_removed(db, project.organisation_id, id, Some(self.clock.now()))?)?;
        self.record(db, note(staff, project.organisation_id, "project.removal", subject(&project.name, id)))?;
        Ok(project.organisation_id)
    }

    /// What was taken away in a body and can be brought back.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn removed(&self, db: &mut Db, staff: &Staff, body: Uuid) -> Result<Vec<Removed>, Refusal> {
        staff.require(Action::Remove, of_body(body))?;
        let oldest = self.clock.now() - (UNDO_DAYS * 24).hours();
        let mut found = Vec::new();
        for (one, at) in store::projects::removed(db, body)? {
            found.push(Removed { id: one.id, kind: "project", name: one.name, at });
        }
        for (one, at) in store::waves::removed(db, body)? {
            found.push(Removed { id: one.id, kind: "wave", name: one.code, at });
        }
        found.retain(|one| one.at >= oldest);
        Ok(found)
    }

    /// Brings something back.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if it was not taken away, or too long ago; or as [`Staff::require`].
    pub fn restore(&self, db: &mut Db, staff: &Staff, body: Uuid, id: Uuid) -> Result<(), Refusal> {
        let found = self.removed(db, staff, body)?.into_iter().find(|one| one.id == id).ok_or(Refusal::NotFound)?;
        let done = match found.kind {
            "project" => store::projects::set_removed(db, body, id, None)?,
            _ => store::waves::set_removed(db, body, id, None)?,
        };
        saved(done)?;
        self.record(db, note(staff, body, "restoring", subject(&found.name, id)))
    }
}

/// Whether the scoring profile of a project is frozen: a wave that it holds for is frozen or has opened, in the project
/// or, where the profile is the edition's, in any project of the edition.
pub(super) fn is_frozen(db: &mut Db, project: &Project) -> Result<bool, Refusal> {
    let projects = match edition_of(db, project)? {
        None => vec![project.clone()],
        Some((edition, _)) => store::projects::of_edition(db, &edition)?,
    };
    for one in &projects {
        if store::waves::of_project(db, one)?.iter().any(|wave| !wave.phase.is_preparing()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The edition a project belongs to, with its programme.
pub(super) fn edition_of(db: &mut Db, project: &Project) -> Result<Option<(Edition, Programme)>, Refusal> {
    let Some(id) = project.edition_id else { return Ok(None) };
    let Some(edition) = store::programmes::find_edition(db, project.organisation_id, id)? else { return Ok(None) };
    let programme = store::programmes::find(db, project.organisation_id, edition.programme_id)?;
    Ok(programme.map(|programme| (edition, programme)))
}

pub(super) fn saved(saved: Saved) -> Result<(), Refusal> {
    match saved {
        Saved::Yes => Ok(()),
        Saved::Outdated => Err(Refusal::Outdated),
    }
}

/// Nothing, if the name of what is to be taken away was typed.
pub(super) fn named(typed: &Typed, name: &str) -> Result<(), FieldProblem> {
    let same = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if same(typed.get("typed_name")) == same(name) {
        Ok(())
    } else {
        Err(FieldProblem::new("typed_name", "other-name").with("name", name))
    }
}

fn read_programme(db: &mut Db, known: Programme, typed: &Typed) -> Result<Programme, Refusal> {
    let mut problems = Problems::default();
    let name = problems.note(line("programme_name", typed.get("programme_name"), LONGEST_NAME));
    let summary = problems.note(lines("summary", typed.get("summary"), LONGEST_TEXT));
    let same = |one: &Programme| one.id != known.id && one.name.to_lowercase() == name.to_lowercase();
    if store::programmes::of_organisation(db, known.organisation_id)?.iter().any(same) {
        problems.add(FieldProblem::new("programme_name", "name-taken"));
    }
    problems.none()?;
    Ok(Programme { name, summary: italian(summary), ..known })
}

fn read_edition(db: &mut Db, body: Uuid, typed: &Typed) -> Result<Option<Edition>, Refusal> {
    let Ok(id) = Uuid::parse_str(typed.get("edition")) else { return Ok(None) };
    store::programmes::find_edition(db, body, id)?.map(Some).ok_or(Refusal::NotFound)
}

fn read_project(
    db: &mut Db,
    known: Project,
    (typed, versions): (&Typed, &[FrameworkVersion]),
) -> Result<Project, Refusal> {
    let mut problems = Problems::default();
    let name = problems.note(line("project_name", typed.get("project_name"), 300));
    let territory = problems.note(optional_line("territory", typed.get("territory"), LONGEST_NAME));
    let lead = problems.note(optional_line("lead", typed.get("lead"), LONGEST_NAME));
    let summary = problems.note(lines("summary", typed.get("summary"), LONGEST_TEXT));
    let mut details = ProjectDetails {
        municipality: problems.note(municipality(db, typed)?),
        starts_on: problems.note(day("starts_on", typed.get("starts_on"))),
        ends_on: problems.note(day("ends_on", typed.get("ends_on"))),
        ..known.details.clone()
    };
    if details.starts_on.zip(details.ends_on).is_some_and(|(first, last)| last < first) {
        problems.add(FieldProblem::new("ends_on", "ends-before"));
    }
    match versions.iter().find(|one| one.sha256 == typed.get("framework")) {
        Some(version) => details.framework_sha256 = Some(version.sha256.clone()),
        None => problems.add(FieldProblem::new("framework", "choose")),
    }
    details.level = if typed.get("level") == "extended" { Level::Extended } else { Level::Core };
    let same = |one: &Project| one.id != known.id && one.name.to_lowercase() == name.to_lowercase();
    if store::projects::of_organisation(db, known.organisation_id)?.iter().any(same) {
        problems.add(FieldProblem::new("project_name", "name-taken"));
    }
    problems.none()?;
    Ok(Project { name, territory, lead, summary: italian(summary), details, ..known })
}

fn read_profile(known: Profile, typed: &Typed) -> Result<Profile, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let mut whole = |field: &str, least: u32, kept: u32| {
        problems.note(number(field, typed.get(field), (least, 100))).unwrap_or(kept)
    };
    let (k_show, k_dist) = (whole("k_show", 3, known.k_show), whole("k_dist", 3, known.k_dist));
    let mid = problems.note(number("mid", typed.get("mid"), (1, 100))).map_or(known.mid, f64::from);
    let voice = Voice::from_code(typed.get("voice")).unwrap_or(known.voice);
    problems.none()?;
    let essential_groups = typed.all("essential").map(str::to_owned).collect();
    Ok(Profile { k_show, k_dist, voice, mid, essential_groups, ..known })
}

/// The answer to a context variable: one of its options, or words where it has none.
fn read_context(context: &Context, typed: &Typed) -> Result<String, FieldProblem> {
    let field = format!("context-{}", context.code);
    let said = typed.get(&field);
    if context.options.is_empty() {
        return line(&field, said, LONGEST_NAME);
    }
    let known = context.options.iter().find(|option| option.code == said);
    known.map(|option| option.code.clone()).ok_or_else(|| FieldProblem::new(&field, "choose"))
}

pub(super) fn italian(text: String) -> Text {
    if text.is_empty() { Text::default() } else { Text::new([("it".to_owned(), text)].into()) }
}

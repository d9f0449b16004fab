// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who has a stake in a project, which groups take part, and who is listed?

use uuid::Uuid;

use super::accounts::LONGEST_NAME;
use super::planning::saved;
use super::staff::{self, Staff, note, subject};
use super::{App, Refusal};
use crate::domain::audit::AuditNote;
use crate::domain::field::{FieldProblem, Problems, Typed, line, number, optional_line};
use crate::domain::folding::folded;
use crate::domain::framework::Framework;
use crate::domain::programme::Project;
use crate::domain::role::Action;
use crate::domain::stakeholder::{Degree, ListedPerson, Presence, ProjectGroup, Stakeholder};
use crate::domain::wave::RosterEntry;
use crate::intake::{Enrolled, Expected, PeopleRead, read_people};
use crate::store::{self, Db};

/// Who takes part in a project and who is listed.
#[derive(Clone, Debug)]
pub struct RosterFile {
    /// The project.
    pub project: Project,
    /// The framework version whose groups it uses.
    pub framework: std::sync::Arc<Framework>,
    /// The groups that take part.
    pub groups: Vec<ProjectGroup>,
    /// The stakeholder map.
    pub stakeholders: Vec<Stakeholder>,
    /// Everybody listed by name.
    pub people: Vec<ListedPerson>,
}

impl RosterFile {
    /// How many are listed in a group: the names, or the number that was typed where there are none.
    #[must_use]
    pub fn listed(&self, group: &ProjectGroup) -> Option<u32> {
        let names = self.people.iter().filter(|person| person.group == group.group).count();
        if names > 0 { u32::try_from(names).ok() } else { group.listed }
    }
}

impl App {
    /// Who takes part in a project and who is listed.
    ///
    /// # Errors
    /// As [`Staff::require`]; [`Refusal::NotFound`] before a framework is chosen.
    pub fn roster_file(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<RosterFile, Refusal> {
        let project = staff::project(db, staff, id, Action::EditRoster)?;
        let framework = self.framework_of_project(db, &project)?.framework;
        let groups = store::stakeholders::groups(db, &project)?;
        let stakeholders = store::stakeholders::of_project(db, &project)?;
        let people = store::rosters::of_project(db, &project)?;
        Ok(RosterFile { project, framework, groups, stakeholders, people })
    }

    /// Chooses the groups that take part, with how many there are where no names are kept.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], or as [`Staff::require`].
    pub fn choose_groups(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let project = staff::project(db, staff, id, Action::EditProject)?;
        let framework = self.framework_of_project(db, &project)?.framework;
        let mut problems = Problems::default();
        let mut groups = Vec::new();
        for group in framework.groups.iter().filter(|group| typed.all("group").any(|code| code == group.code)) {
            let field = format!("listed-{}", group.code);
            let listed = problems.note(number(&field, typed.get(&field), (1, 1_000_000)));
            groups.push(ProjectGroup { group: group.code.clone(), listed, reached_by: String::new() });
        }
        if groups.is_empty() {
            problems.add(FieldProblem::new("group", "no-group"));
        }
        problems.none()?;
        store::stakeholders::set_groups(db, &project, &groups)?;
        let codes: Vec<&str> = groups.iter().map(|group| group.group.as_str()).collect();
        let what = note(staff, project.organisation_id, "project.groups", subject(&project.name, id));
        self.record(db, AuditNote { note: codes.join(" "), ..what })
    }

    /// Puts somebody on the stakeholder map.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], or as [`Staff::require`].
    pub fn add_stakeholder(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let project = staff::project(db, staff, id, Action::EditProject)?;
        let framework = self.framework_of_project(db, &project)?.framework;
        let mut problems = Problems::default();
        let name = problems.note(line("stakeholder_name", typed.get("stakeholder_name"), LONGEST_NAME));
        let reached_by = problems.note(optional_line("reached_by", typed.get("reached_by"), 200));
        let group = typed.get("group").to_owned();
        if !framework.groups.iter().any(|one| one.code == group) {
            problems.add(FieldProblem::new("group", "choose"));
        }
        problems.none()?;
        let stakeholder = Stakeholder {
            organisation_id: project.organisation_id,
            id: Uuid::now_v7(),
            project_id: project.id,
            group,
            name,
            presence: Presence::from_code(typed.get("presence")).unwrap_or(Presence::Involved),
            interest: Degree::from_code(typed.get("interest")).unwrap_or(Degree::Medium),
            influence: Degree::from_code(typed.get("influence")).unwrap_or(Degree::Medium),
            reached_by,
        };
        store::stakeholders::insert(db, &stakeholder)?;
        self.record(db, note(staff, project.organisation_id, "project.map", subject(&project.name, id)))
    }

    /// Takes somebody off the stakeholder map.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn remove_stakeholder(&self, db: &mut Db, staff: &Staff, id: Uuid, which: Uuid) -> Result<(), Refusal> {
        let project = staff::project(db, staff, id, Action::EditProject)?;
        saved(store::stakeholders::delete(db, &project, which)?)?;
        self.record(db, note(staff, project.organisation_id, "project.map", subject(&project.name, id)))
    }

    /// Reads a list of people without keeping it: who would be listed, and what is wrong.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn try_people(
        &self,
        db: &mut Db,
        staff: &Staff,
        id: Uuid,
        list: (&[u8], &str),
    ) -> Result<(RosterFile, PeopleRead), Refusal> {
        let (bytes, group) = list;
        let file = self.roster_file(db, staff, id)?;
        let enrolled: Vec<Enrolled<'_>> = file
            .people
            .iter()
            .map(|person| Enrolled {
                name: &person.name,
                email: person.email.as_deref(),
                group: &person.group,
                organisation: person.body.as_deref(),
            })
            .collect();
        let default_group = (!group.is_empty()).then_some(group);
        let expected = Expected { groups: &file.framework.groups, default_group, enrolled: &enrolled };
        let read = read_people(bytes, &expected);
        Ok((file, read))
    }

    /// Lists people, all or none: a list with any problem is not taken.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] if anything is wrong with the list, or as [`Staff::require`].
    pub fn list_people(&self, db: &mut Db, staff: &Staff, id: Uuid, list: (&[u8], &str)) -> Result<usize, Refusal> {
        let (file, read) = self.try_people(db, staff, id, list)?;
        if !read.problems.is_empty() || read.people.is_empty() {
            return Err(FieldProblem::new("people", "people-problems").with("count", read.problems.len()).into());
        }
        let person = |one: crate::intake::Listed| {
            let sort_key = folded(&one.name);
            let person = ListedPerson {
                organisation_id: file.project.organisation_id,
                id: Uuid::now_v7(),
                project_id: file.project.id,
                group: one.group,
                name: one.name,
                email: one.email.map(|email| email.as_str().to_owned()),
                body: one.organisation,
            };
            (person, sort_key)
        };
        let people: Vec<_> = read.people.into_iter().map(person).collect();
        store::rosters::insert(db, &people, self.clock.now())?;
        Self::join_groups(db, &file, &people)?;
        let what = note(staff, file.project.organisation_id, "roster.adding", subject(&file.project.name, id));
        self.record(db, AuditNote { note: people.len().to_string(), ..what })?;
        Ok(people.len())
    }

    /// A group with people in it takes part.
    fn join_groups(db: &mut Db, file: &RosterFile, people: &[(ListedPerson, String)]) -> Result<(), Refusal> {
        let mut groups = file.groups.clone();
        for (person, _) in people {
            if !groups.iter().any(|group| group.group == person.group) {
                groups.push(ProjectGroup { group: person.group.clone(), listed: None, reached_by: String::new() });
            }
        }
        Ok(store::stakeholders::set_groups(db, &file.project, &groups)?)
    }

    /// Takes somebody off a roster.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn unlist_person(&self, db: &mut Db, staff: &Staff, id: Uuid, person: Uuid) -> Result<(), Refusal> {
        let project = staff::project(db, staff, id, Action::EditRoster)?;
        saved(store::rosters::set_removed(db, &project, person, Some(self.clock.now()))?)?;
        self.record(db, note(staff, project.organisation_id, "roster.removal", subject(&project.name, id)))
    }
}

/// The N of every group of a project, as a wave writes it down when it opens.
pub(super) fn counted(db: &mut Db, project: &Project) -> Result<Vec<RosterEntry>, Refusal> {
    let names = store::rosters::count_by_group(db, project)?;
    let groups = store::stakeholders::groups(db, project)?;
    let listed = |group: &ProjectGroup| {
        let counted =
            names.iter().find(|(code, _)| *code == group.group).and_then(|(_, count)| u32::try_from(*count).ok());
        counted.or(group.listed)
    };
    Ok(groups.iter().map(|group| RosterEntry { group: group.group.clone(), listed: listed(group) }).collect())
}

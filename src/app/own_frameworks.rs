// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Framework versions that a body has beside those of the program: frozen with local indicators, or brought in from a file.

use std::sync::Arc;

use uuid::Uuid;

use super::frameworks::{FrameworkVersion, find_shipped};
use super::planning::saved;
use super::projects::Audience;
use super::proposals::defining;
use super::staff::{self, Staff, note, of_body, subject};
use super::{App, Refusal};
use crate::catalogue::{self, Problem, SourceFile};
use crate::domain::audit::AuditNote;
use crate::domain::field::FieldProblem;
use crate::domain::framework::Framework;
use crate::domain::local_indicator::{
    InComposite, LocalIndicator, OwnFramework, core_version, holds_core, local_version, with_local,
};
use crate::domain::programme::{Edition, Programme, Project, ProjectDetails};
use crate::domain::role::Action;
use crate::domain::translation::Whose;
use crate::domain::wave::Wave;
use crate::store::{self, Db};

/// What a new project chooses from: editions with their programmes, and framework versions.
pub type Choices = (Vec<(Programme, Edition)>, Vec<FrameworkVersion>);

/// Problems of a file that are told one by one.
const TOLD: usize = 30;

impl App {
    /// Framework versions that projects of a body can choose from: those of the program, then the body's own.
    ///
    /// # Errors
    /// If the database fails.
    pub fn choosable_by(&self, db: &mut Db, organisation: Uuid) -> Result<Vec<FrameworkVersion>, Refusal> {
        let mut versions = Self::choosable_frameworks();
        versions.extend(self.own_versions(db, organisation)?.into_iter().map(|(_, version)| version));
        Ok(versions)
    }

    /// What a new project of a body chooses from: editions, and framework versions.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn choices_of_body(&self, db: &mut Db, staff: &Staff, body: Uuid) -> Result<Choices, Refusal> {
        Ok((Self::editions_of_body(db, staff, body)?, self.choosable_by(db, body)?))
    }

    /// The framework versions that a body has beside those of the program.
    ///
    /// # Errors
    /// If the database fails.
    pub fn own_versions(
        &self,
        db: &mut Db,
        organisation: Uuid,
    ) -> Result<Vec<(OwnFramework, FrameworkVersion)>, Refusal> {
        let own = store::own_frameworks::of_organisation(db, organisation)?;
        let version = |db: &mut Db, own: OwnFramework| {
            let version = FrameworkVersion { framework: self.framework(db, &own.sha256)?, sha256: own.sha256.clone() };
            Ok((own, version))
        };
        own.into_iter().map(|own| version(db, own)).collect()
    }

    /// The framework version that a project's new waves ask.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where it has chosen none, or one that neither comes with this program nor is the body's own.
    pub fn framework_of_project(&self, db: &mut Db, project: &Project) -> Result<FrameworkVersion, Refusal> {
        let chosen = project.details.framework_sha256.as_deref().ok_or(Refusal::NotFound)?;
        self.version_of_body(db, project.organisation_id, chosen)
    }

    /// The framework version with this hash, where a body may use it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where it neither comes with this program nor is the body's own.
    pub(super) fn version_of_body(
        &self,
        db: &mut Db,
        organisation: Uuid,
        sha256: &str,
    ) -> Result<FrameworkVersion, Refusal> {
        if let Some(shipped) = Self::choosable_frameworks().into_iter().find(|one| one.sha256 == sha256) {
            return Ok(shipped);
        }
        store::own_frameworks::find(db, organisation, sha256)?.ok_or(Refusal::NotFound)?;
        Ok(FrameworkVersion { framework: self.framework(db, sha256)?, sha256: sha256.to_owned() })
    }

    /// Freezes what a wave asks: the core as it is, and after it the local indicators. From now on the wave and the new
    /// waves of the project ask this version; what was frozen before stays.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] without a local indicator, [`super::Conflict::OtherPhase`]; or as [`Staff::require`].
    pub fn freeze_framework(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<String, Refusal> {
        staff::wave(db, staff, id, Action::EditProject)?;
        let file = self.local_file(db, staff, id)?;
        defining(&file.wave)?;
        if file.locals.is_empty() {
            return Err(FieldProblem::new("framework", "no-local").into());
        }
        let base = base_of(&file.wave, file.frozen.as_ref()).to_owned();
        let framework = unused_version(db, &file.core, (&file.locals, file.project.id))?;
        let sha256 = sound(&framework)?;
        store::frameworks::keep(db, &framework, &sha256)?;
        let core = store::own_frameworks::find(db, file.wave.organisation_id, &base)?.and_then(|own| own.core_sha256);
        let outside = file.locals.iter().filter(|local| local.composite == InComposite::No);
        let own = OwnFramework {
            organisation_id: file.wave.organisation_id,
            sha256: sha256.clone(),
            core_sha256: core.or_else(|| Some(base.clone())),
            wave_id: Some(file.wave.id),
            outside: outside_of(db, &file.wave, &base)?
                .into_iter()
                .chain(outside.map(|one| one.code.clone()))
                .collect(),
            added_by: staff.account.name.clone(),
            added_on: self.clock.today(),
            base_sha256: Some(base.clone()),
        };
        saved(store::own_frameworks::insert(db, &own)?)?;
        for (whose, translation) in store::translations::of_framework(db, &base, Whose::Body(own.organisation_id))? {
            store::translations::replace(db, (&sha256, whose), &translation, self.clock.now())?;
        }
        if !store::waves::set_framework(db, &file.wave, &sha256)? {
            return Err(Refusal::Outdated);
        }
        let details = ProjectDetails { framework_sha256: Some(sha256.clone()), ..file.project.details.clone() };
        saved(store::projects::update(db, &Project { details, ..file.project })?)?;
        let what = subject(&format!("{} {}", framework.id, framework.version), file.wave.id);
        let audit = note(staff, file.wave.organisation_id, "framework.freezing", what);
        self.record(db, AuditNote { note: sha256.clone(), ..audit })?;
        Ok(sha256)
    }

    /// A framework version of a body as a file, with the name it should have.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the body has no such version; or as [`Staff::require`].
    pub fn framework_file(
        &self,
        db: &mut Db,
        staff: &Staff,
        (organisation, sha256): (Uuid, &str),
    ) -> Result<(String, String), Refusal> {
        if !staff.organisations().contains(&organisation) {
            return Err(Refusal::NotFound);
        }
        let versions = self.choosable_by(db, organisation)?;
        let version = versions.into_iter().find(|one| one.sha256 == sha256).ok_or(Refusal::NotFound)?;
        let name = format!("{}-{}.toml", version.framework.id, version.framework.version);
        Ok((name, catalogue::toml(&version.framework)))
    }

    /// The versions of a body, for whoever may bring in more.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn frameworks_of_body(
        &self,
        db: &mut Db,
        staff: &Staff,
        organisation: Uuid,
    ) -> Result<Vec<(OwnFramework, FrameworkVersion)>, Refusal> {
        staff.require(Action::EditProject, of_body(organisation))?;
        self.own_versions(db, organisation)
    }

    /// Brings in a framework version from a file, for the projects of a body to choose. A version that is known already is
    /// the same one; another content under its name and number is refused.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every problem of the file; or as [`Staff::require`].
    pub fn import_framework(
        &self,
        db: &mut Db,
        staff: &Staff,
        organisation: Uuid,
        text: &str,
    ) -> Result<FrameworkVersion, Refusal> {
        staff.require(Action::EditProject, of_body(organisation))?;
        let source = SourceFile { name: "framework.toml".to_owned(), text: text.to_owned() };
        let framework = catalogue::read(&[source]).map_err(|problems| told(&problems))?.framework;
        let sha256 = catalogue::sha256(&framework);
        check_name(db, &framework, &sha256)?;
        let core = core_of(&framework);
        if let Some(core) = &core {
            store::frameworks::keep(db, &core.framework, &core.sha256)?;
        }
        store::frameworks::keep(db, &framework, &sha256)?;
        let own = OwnFramework {
            organisation_id: organisation,
            sha256: sha256.clone(),
            core_sha256: core.map(|core| core.sha256),
            base_sha256: None,
            wave_id: None,
            outside: Vec::new(),
            added_by: staff.account.name.clone(),
            added_on: self.clock.today(),
        };
        if find_shipped(&framework.id, &framework.version).is_err() {
            // Known already: it is the same one.
            let _known = store::own_frameworks::insert(db, &own)?;
        }
        let what = format!("{} {}", framework.id, framework.version);
        let audit = note(staff, organisation, "framework.import", what);
        self.record(db, AuditNote { note: sha256.clone(), ..audit })?;
        Ok(FrameworkVersion { framework: Arc::new(framework), sha256 })
    }

    /// A framework version as its public page shows it: one of the program, or a body's own once results of a wave that
    /// asked it are public. Staff of the body see it before.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or a failure of the database.
    pub fn framework_seen(
        &self,
        db: &mut Db,
        (id, version): (&str, &str),
        audience: &Audience,
    ) -> Result<FrameworkVersion, Refusal> {
        let found = self.framework_version(db, id, version)?;
        if find_shipped(id, version).is_ok() {
            return Ok(found);
        }
        for body in store::organisations::all(db)? {
            if store::own_frameworks::find(db, body.id, &found.sha256)?.is_none() {
                continue;
            }
            let works_there =
                matches!(audience, Audience::Staff(grants) if grants.iter().any(|one| one.organisation_id == body.id));
            if works_there || is_published(db, body.id, &found.sha256)? {
                return Ok(found);
            }
        }
        Err(Refusal::NotFound)
    }
}

/// The hash of the version that a wave has in common with others: the core of one with local indicators.
pub(super) fn core_sha256(db: &mut Db, wave: &Wave) -> Result<String, Refusal> {
    let own = store::own_frameworks::find(db, wave.organisation_id, &wave.framework_sha256)?;
    Ok(own.and_then(|own| own.core_sha256).unwrap_or_else(|| wave.framework_sha256.clone()))
}

/// The hash of a version that was read again from its own file without a fault.
fn sound(framework: &Framework) -> Result<String, Refusal> {
    let text = catalogue::toml(framework);
    let read = catalogue::read(&[SourceFile { name: "local.toml".to_owned(), text }]);
    let sha256 = catalogue::sha256(framework);
    match read {
        Ok(read) if catalogue::sha256(&read.framework) == sha256 => Ok(sha256),
        Ok(_) => Err(FieldProblem::new("framework", "not-the-same").into()),
        Err(problems) => Err(told(&problems)),
    }
}

/// Codes that stay out of the composite in a version.
fn outside_of(db: &mut Db, wave: &Wave, sha256: &str) -> Result<Vec<String>, Refusal> {
    let own = store::own_frameworks::find(db, wave.organisation_id, sha256)?;
    Ok(own.map(|own| own.outside).unwrap_or_default())
}

/// Whether the results of a wave of a body that asked this version are public.
fn is_published(db: &mut Db, organisation: Uuid, sha256: &str) -> Result<bool, Refusal> {
    for project in store::projects::of_organisation(db, organisation)? {
        let waves = store::waves::of_project(db, &project)?;
        if waves.iter().any(|wave| wave.framework_sha256 == sha256 && wave.published_on.is_some()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The hash of what a wave asks without its local indicators.
pub(super) fn base_of<'a>(wave: &'a Wave, frozen: Option<&'a OwnFramework>) -> &'a str {
    frozen.and_then(|own| own.base_sha256.as_deref()).unwrap_or(&wave.framework_sha256)
}

/// The core with the local indicators, under the first number that no other content has.
fn unused_version(
    db: &mut Db,
    core: &Framework,
    (locals, project): (&[LocalIndicator], Uuid),
) -> Result<Framework, Refusal> {
    let mut number = 1;
    loop {
        let framework = with_local(core, locals, &local_version(&core.version, project, number));
        let kept = store::frameworks::kept_as(db, &framework.id, &framework.version)?;
        if kept.is_none() {
            return Ok(framework);
        }
        number += 1;
    }
}

/// Refuses a version whose name belongs to the program or to another content.
fn check_name(db: &mut Db, framework: &Framework, sha256: &str) -> Result<(), Refusal> {
    let shipped = App::choosable_frameworks();
    let is_named_alike = |one: &&FrameworkVersion| one.framework.id == framework.id;
    let is_local = core_version(&framework.version).is_some();
    if shipped.iter().any(|one| one.sha256 == sha256) {
        return Ok(());
    }
    if !is_local && shipped.iter().find(is_named_alike).is_some() {
        return Err(FieldProblem::new("framework_file", "id-taken").with("id", &framework.id).into());
    }
    match store::frameworks::kept_as(db, &framework.id, &framework.version)? {
        Some((kept, _)) if kept != sha256 => {
            let name = format!("{} {}", framework.id, framework.version);
            Err(FieldProblem::new("framework_file", "version-taken").with("version", name).into())
        }
        Some(_) | None => Ok(()),
    }
}

/// The version of the program that a version holds unchanged.
fn core_of(framework: &Framework) -> Option<FrameworkVersion> {
    let core = find_shipped(&framework.id, core_version(&framework.version)?).ok()?;
    holds_core(&core.framework, framework).then_some(core)
}

/// The problems of a file as those of its field, the first ones.
fn told(problems: &[Problem]) -> Refusal {
    let problem = |one: &Problem| {
        let told = FieldProblem::new("framework_file", "file-line").with("line", one.line);
        told.with("what", &one.what).with("remedy", &one.remedy)
    };
    let serious = problems.iter().filter(|one| !one.code.is_warning());
    Refusal::Invalid(serious.take(TOLD).map(problem).collect())
}

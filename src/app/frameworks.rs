// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which framework versions can be used, and which does a wave refer to?

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rust_embed::RustEmbed;

use super::{App, Conflict, Refusal};
use crate::catalogue::{self, Problem, SourceFile};
use crate::domain::framework::{Framework, Level};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::wave::{Asking, Wave};
use crate::store::{self, Db, StoreError};

/// The framework files that come with the program.
#[derive(RustEmbed)]
#[folder = "indicators/"]
#[include = "*.toml"]
struct Shipped;

/// A framework version with its identity.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameworkVersion {
    /// The version itself.
    pub framework: Arc<Framework>,
    /// SHA-256 of its canonical form.
    pub sha256: String,
}

/// Framework versions already read from the database, by hash, and what each asks whom. They never change.
#[derive(Default)]
pub(super) struct Loaded {
    versions: Mutex<HashMap<String, Arc<Framework>>>,
    questionnaires: Mutex<HashMap<Asked, Arc<Questionnaire>>>,
}

/// Hash of a framework version, wave type, level and group: together they decide a questionnaire.
type Asked = (String, String, Level, String);

/// Every framework version that comes with the program, by id and version.
///
/// # Errors
/// Every problem of every file.
pub fn shipped() -> Result<Vec<FrameworkVersion>, Vec<Problem>> {
    let mut folders: Vec<(String, Vec<SourceFile>)> = Vec::new();
    for path in Shipped::iter() {
        let Some(file) = Shipped::get(&path) else { continue };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let source = SourceFile { name: path.to_string(), text: String::from_utf8_lossy(&file.data).into_owned() };
        match folders.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, files)) => files.push(source),
            None => folders.push((folder, vec![source])),
        }
    }
    for (_, files) in &mut folders {
        files.sort_by(|a, b| a.name.cmp(&b.name));
    }
    folders.iter().map(|(_, files)| catalogue::read(files).map(|loaded| version(loaded.framework))).collect()
}

/// The shipped framework version with this id and version.
///
/// # Errors
/// [`Refusal::NotFound`].
pub fn find_shipped(id: &str, version: &str) -> Result<FrameworkVersion, Refusal> {
    shipped()
        .unwrap_or_default()
        .into_iter()
        .find(|known| known.framework.id == id && known.framework.version == version)
        .ok_or(Refusal::NotFound)
}

/// Refuses to go on if a shipped file was changed under a version people answered on.
///
/// # Errors
/// [`Conflict::ChangedFramework`], or a failure of the database.
pub fn check_unchanged(db: &mut Db, versions: &[FrameworkVersion]) -> Result<(), Refusal> {
    for FrameworkVersion { framework, sha256 } in versions {
        let kept = store::frameworks::kept_as(db, &framework.id, &framework.version)?;
        if kept.is_some_and(|(kept, answered)| answered && kept != *sha256) {
            let (framework, version) = (framework.id.clone(), framework.version.clone());
            return Err(Conflict::ChangedFramework { framework, version }.into());
        }
    }
    Ok(())
}

fn version(framework: Framework) -> FrameworkVersion {
    let sha256 = catalogue::sha256(&framework);
    FrameworkVersion { framework: Arc::new(framework), sha256 }
}

impl App {
    /// The framework version a wave asks.
    ///
    /// # Errors
    /// If the database fails or does not have it.
    pub fn framework_of(&self, db: &mut Db, wave: &Wave) -> Result<Arc<Framework>, Refusal> {
        self.framework(db, &wave.framework_sha256)
    }

    /// The framework version with this hash, as kept with the waves that use it.
    ///
    /// # Errors
    /// If the database fails or does not have it.
    pub(super) fn framework(&self, db: &mut Db, sha256: &str) -> Result<Arc<Framework>, Refusal> {
        let known = self.frameworks.versions.lock().unwrap_or_else(PoisonError::into_inner).get(sha256).cloned();
        if let Some(framework) = known {
            return Ok(framework);
        }
        let missing = StoreError::Corrupt { table: "waves", column: "framework_sha256" };
        let framework = Arc::new(store::frameworks::find(db, sha256)?.ok_or(missing)?);
        if catalogue::sha256(&framework) != sha256 {
            return Err(StoreError::Corrupt { table: "framework_versions", column: "definition" }.into());
        }
        let mut loaded = self.frameworks.versions.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.insert(sha256.to_owned(), Arc::clone(&framework));
        Ok(framework)
    }

    /// What a wave asks a group. Made once: every page of every respondent needs it.
    pub(super) fn questionnaire(
        &self,
        db: &mut Db,
        asking: &Asking,
        group: &str,
    ) -> Result<Arc<Questionnaire>, Refusal> {
        let asked = (asking.framework_sha256.clone(), asking.wave_type.clone(), asking.level, group.to_owned());
        let kept = || self.frameworks.questionnaires.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(questionnaire) = kept().get(&asked) {
            return Ok(Arc::clone(questionnaire));
        }
        let framework = self.framework(db, &asking.framework_sha256)?;
        let questionnaire = Arc::new(Questionnaire::for_group(&framework, &asking.wave_type, asking.level, group));
        kept().insert(asked, Arc::clone(&questionnaire));
        Ok(questionnaire)
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The document of `insieme score`: every number with its reason, in the keys that other programs rely on.
//!
//! Numbers have all their digits. A number that does not exist is `null`, and a key `reason`, or `<key>_reason`
//! where an object has several, says why in a code of [`Withheld`].

use std::io::{self, Write};

use serde::Serialize;

use crate::domain::framework::Framework;
use crate::domain::profile::Profile;
use crate::domain::score::{Given, Withheld};
use crate::scoring::{EditionScores, ProjectScores};

mod change;
mod composite;
mod decision;
mod edition;
mod group;
mod indicator;
mod profile;
mod wave;
mod words;

use change::ChangeEntry;
use decision::DecisionsEntry;
use edition::{EditionChangeEntry, EditionComparisonEntry};
use profile::ProfileEntry;
use wave::WaveEntry;
use words::WordsEntry;

use super::results::WaveOf;

/// What a document is about, beside the scores.
#[derive(Clone, Copy, Debug)]
pub struct Provenance<'a> {
    /// The framework.
    pub framework: &'a Framework,
    /// SHA-256 of its canonical form.
    pub framework_sha256: &'a str,
    /// The profile in force.
    pub profile: &'a Profile,
    /// SHA-256 of the file of answers.
    pub input_sha256: &'a str,
    /// The seed chosen, 0 for none.
    pub seed: u64,
}

/// The scores of one project with its names.
#[derive(Clone, Debug)]
pub struct ScoredProject {
    /// Programme.
    pub programme: String,
    /// Edition.
    pub edition: String,
    /// Project.
    pub project: String,
    /// Its scores.
    pub scores: ProjectScores,
}

/// Writes the document as JSON.
///
/// # Errors
/// If it cannot be written.
pub fn write(
    provenance: Provenance<'_>,
    projects: &[ScoredProject],
    editions: &EditionScores,
    out: &mut impl Write,
) -> io::Result<()> {
    put(&Document::new(provenance, projects, editions), out)
}

fn put(document: &Document<'_>, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document).map_err(io::Error::from)?;
    writeln!(out)
}

/// Writes the document of one wave as JSON, in the view its scores are for, with what was decided about it and what groups say
/// of it. There is no file of answers and no change in it.
///
/// # Errors
/// If it cannot be written.
pub fn write_wave(wave: &WaveOf<'_>, out: &mut impl Write) -> io::Result<()> {
    let provenance = Provenance {
        framework: wave.framework,
        framework_sha256: &wave.wave.framework_sha256,
        profile: wave.profile,
        input_sha256: "",
        seed: 0,
    };
    let (edition, programme) = wave.edition.map(|(edition, programme)| (edition, programme)).unzip();
    let project = ScoredProject {
        programme: programme.map_or_else(String::new, |one| one.name.clone()),
        edition: edition.map_or_else(String::new, |one| one.years.clone()),
        project: wave.project.name.clone(),
        scores: ProjectScores { waves: vec![wave.scores.clone()], changes: Vec::new() },
    };
    let (projects, editions) = ([project], EditionScores::default());
    let document = Document::new(provenance, &projects, &editions);
    let (decisions, words) = (Some(DecisionsEntry::new(wave.decisions)), WordsEntry::new(wave.restitution));
    put(&Document { words, decisions, ..document }, out)
}

#[derive(Serialize)]
struct Document<'a> {
    engine: Engine,
    framework: FrameworkEntry<'a>,
    profile: ProfileEntry<'a>,
    input_sha256: &'a str,
    seed: u64,
    projects: Vec<ProjectEntry<'a>>,
    #[serde(flatten)]
    words: WordsEntry<'a>,
    edition_comparison: Vec<EditionComparisonEntry<'a>>,
    edition_changes: Vec<EditionChangeEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decisions: Option<DecisionsEntry<'a>>,
}

#[derive(Serialize)]
struct Engine {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct FrameworkEntry<'a> {
    id: &'a str,
    version: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct ProjectEntry<'a> {
    project: &'a str,
    edition: &'a str,
    programme: &'a str,
    waves: Vec<WaveEntry<'a>>,
    changes: Vec<ChangeEntry<'a>>,
}

impl<'a> Document<'a> {
    fn new(provenance: Provenance<'a>, projects: &'a [ScoredProject], editions: &'a EditionScores) -> Self {
        let Provenance { framework, framework_sha256, profile, input_sha256, seed } = provenance;
        Self {
            engine: Engine { name: "insieme", version: env!("CARGO_PKG_VERSION") },
            framework: FrameworkEntry { id: &framework.id, version: &framework.version, sha256: framework_sha256 },
            profile: ProfileEntry::new(profile),
            input_sha256,
            seed,
            projects: projects.iter().map(ProjectEntry::new).collect(),
            words: WordsEntry::default(),
            edition_comparison: editions.comparisons.iter().map(EditionComparisonEntry::new).collect(),
            edition_changes: editions.changes.iter().map(EditionChangeEntry::new).collect(),
            decisions: None,
        }
    }
}

impl<'a> ProjectEntry<'a> {
    fn new(scored: &'a ScoredProject) -> Self {
        Self {
            project: &scored.project,
            edition: &scored.edition,
            programme: &scored.programme,
            waves: scored.scores.waves.iter().map(WaveEntry::new).collect(),
            changes: scored.scores.changes.iter().map(ChangeEntry::new).collect(),
        }
    }
}

/// The number, or `null`.
fn value<T: Copy>(given: Given<T>) -> Option<T> {
    given.ok()
}

/// The first reason among some numbers.
fn first_reason(reasons: &[Option<Withheld>]) -> Option<Withheld> {
    reasons.iter().copied().flatten().next()
}

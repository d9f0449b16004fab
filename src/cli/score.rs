// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme score`: a file of answers in, scores and changes out, without a database.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::domain::framework::Framework;
use crate::domain::profile::{Profile, ScoreView, Voice};
use crate::domain::response::Roster;
use crate::export::score_document::{self, Provenance, ScoredProject};
use crate::export::score_table;
use crate::intake::{AnswerFile, Problem, ProblemCode, Problems, RosterFile, Unknown};
use crate::intake::{read_answers, read_profile, read_roster};
use crate::scoring::{ProjectAnswers, WaveAnswers, score_projects};

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScoreOptions {
    /// File of answers.
    pub responses: PathBuf,
    /// Roster file; without it N is not known.
    pub roster: Option<PathBuf>,
    /// Profile file; without it the defaults.
    pub profile: Option<PathBuf>,
    /// Voice instead of the profile's.
    pub voice: Option<Voice>,
    /// For whose eyes.
    pub view: ScoreView,
    /// Seed instead of the derived ones.
    pub seed: Option<u64>,
    /// Document or table.
    pub format: ScoreFormat,
    /// What to do with unknown columns and codes.
    pub unknown: Unknown,
}

/// How the scores are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScoreFormat {
    /// The JSON document.
    #[default]
    Json,
    /// A table to be read.
    Table,
}

impl ScoreFormat {
    /// The format with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "json" => Some(Self::Json),
            "table" => Some(Self::Table),
            _ => None,
        }
    }
}

/// Why nothing was scored.
#[derive(Debug, thiserror::Error)]
pub enum ScoreFailure {
    /// The files handed in are wrong.
    #[error("{0}")]
    Input(Problems),
    /// The result could not be written.
    #[error("the result cannot be written: {0}")]
    Output(#[from] io::Error),
}

/// Scores a file of answers and writes the result to `out`.
///
/// Gives back the warnings: what was worked around, to be said beside the result.
///
/// # Errors
/// If a file is wrong or the result cannot be written.
pub fn run(
    options: &ScoreOptions,
    framework: &Framework,
    framework_sha256: &str,
    out: &mut impl Write,
) -> Result<Problems, ScoreFailure> {
    let profile = profile(options, framework)?;
    let file = options.responses.display().to_string();
    let answers =
        read_answers(opened(&options.responses)?, &file, framework, options.unknown).map_err(ScoreFailure::Input)?;
    let mut warnings = answers.warnings.clone();
    let roster = roster(options, &answers, (framework, &profile), &mut warnings)?;
    let seed = options.seed.unwrap_or(0);
    let rosters = rosters(&answers, roster.as_ref());
    let waiting = to_score(&answers, &rosters);
    let (scores, editions) = score_projects(framework, &waiting, &profile, options.view, seed);
    let named = answers.projects.iter().zip(scores).map(|(project, scores)| ScoredProject {
        programme: project.programme.clone(),
        edition: project.edition.clone(),
        project: project.project.clone(),
        scores,
    });
    let projects: Vec<_> = named.collect();
    let provenance = Provenance { framework, framework_sha256, profile: &profile, input_sha256: &answers.sha256, seed };
    match options.format {
        ScoreFormat::Json => score_document::write(provenance, &projects, &editions, out)?,
        ScoreFormat::Table => score_table::write(&projects, out)?,
    }
    Ok(warnings)
}

fn profile(options: &ScoreOptions, framework: &Framework) -> Result<Profile, ScoreFailure> {
    let mut profile = match &options.profile {
        Some(path) => {
            let text = io::read_to_string(opened(path)?).map_err(|error| unreadable(path, &error))?;
            read_profile(&text, &path.display().to_string(), framework).map_err(ScoreFailure::Input)?
        }
        None => Profile::default(),
    };
    profile.voice = options.voice.unwrap_or(profile.voice);
    profile.check().map(|()| profile).map_err(|errors| {
        let problem = |error: &crate::domain::profile::ProfileError| Problem {
            code: ProblemCode::BadValue,
            file: options.profile.as_deref().map_or_else(|| "--voice".to_owned(), |path| path.display().to_string()),
            line: None,
            column: Some(error.key().to_owned()),
            what: error.to_string(),
            remedy: "agree on the weights in a profile, or choose another voice",
        };
        ScoreFailure::Input(Problems { errors: errors.iter().map(problem).collect(), ..Problems::default() })
    })
}

fn roster(
    options: &ScoreOptions,
    answers: &AnswerFile,
    (framework, profile): (&Framework, &Profile),
    warnings: &mut Problems,
) -> Result<Option<RosterFile>, ScoreFailure> {
    let Some(path) = &options.roster else { return Ok(None) };
    let roster = read_roster(opened(path)?, &path.display().to_string(), framework).map_err(ScoreFailure::Input)?;
    let problems = roster.check(&answers.projects, framework, profile.unit);
    if problems.stops() {
        return Err(ScoreFailure::Input(problems));
    }
    warnings.extend(problems);
    Ok(Some(roster))
}

/// Who was listed in every wave of every project.
fn rosters(answers: &AnswerFile, roster: Option<&RosterFile>) -> Vec<Vec<Roster>> {
    let listed = |project: &str, wave: &str| roster.map_or_else(Roster::unknown, |roster| roster.of(project, wave));
    let of_project = |project: &crate::intake::ProjectAnswers| {
        project.waves.iter().map(|wave| listed(&project.project, wave.wave())).collect()
    };
    answers.projects.iter().map(of_project).collect()
}

fn to_score<'a>(answers: &'a AnswerFile, rosters: &'a [Vec<Roster>]) -> Vec<ProjectAnswers<'a>> {
    let waves = |responses: &'a [crate::domain::response::Responses], rosters: &'a [Roster]| {
        responses.iter().zip(rosters).map(|(responses, roster)| WaveAnswers { responses, roster }).collect()
    };
    let projects = answers.projects.iter().zip(rosters);
    projects
        .map(|(project, rosters)| ProjectAnswers {
            programme: &project.programme,
            edition: &project.edition,
            project: &project.project,
            waves: waves(&project.waves, rosters),
        })
        .collect()
}

fn opened(path: &Path) -> Result<File, ScoreFailure> {
    File::open(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &io::Error) -> ScoreFailure {
    let problem = Problem {
        code: ProblemCode::Unreadable,
        file: path.display().to_string(),
        line: None,
        column: None,
        what: error.to_string(),
        remedy: "check the file and its permissions",
    };
    ScoreFailure::Input(Problems { errors: vec![problem], ..Problems::default() })
}

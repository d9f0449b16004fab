// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the files under `indicators/` say, and is it sound?
//!
//! [`load`] reads one framework from a file or folder, [`read`] from texts in memory. Both find every problem of every
//! file before they give up, each with its line and a remedy. The steps: `source` opens the files, `document`
//! parses them, `sections` sorts their tables, `codes` notes what they declare, `reader` with `texts`, `entities` and
//! `indicators` turns tables into domain values, `coherence` looks at the whole, `echo` drops what only repeats a fault
//! of syntax, `identity` gives the version its hash, `writing` writes it as a file again.

use std::path::Path;

mod codes;
mod coherence;
mod document;
mod echo;
mod entities;
mod identity;
mod indicators;
mod nearest;
mod problem;
mod reader;
mod sections;
mod source;
mod spelling;
mod texts;
mod writing;

pub use identity::{canonical, sha256};
pub use problem::{Problem, ProblemCode};
pub use source::{MAX_BYTES, SourceFile, find};
pub use writing::toml;

use crate::domain::framework::Framework;
use codes::Codes;
use document::Document;
use problem::{Place, Report};
use reader::Reader;
use sections::{Section, Sections};

/// A framework that can be used, and what its authors should look at all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The framework.
    pub framework: Framework,
    /// Warnings, in the order of files and lines.
    pub warnings: Vec<Problem>,
}

/// Reads the framework at `path`: a `.toml` file, or a folder whose `*.toml` files, in the order of their names, are
/// read as one.
///
/// # Errors
/// Every problem of every file, warnings among them, in the order of files and lines.
pub fn load(path: &Path) -> Result<Loaded, Vec<Problem>> {
    let mut report = Report::default();
    let files = source::open(path, &mut report);
    let mut loaded = read_with(&files, report)?;
    loaded.warnings.extend(folder_warnings(path, &loaded.framework));
    Ok(loaded)
}

/// Reads a framework from texts in memory, in the order given.
///
/// # Errors
/// As for [`load`].
pub fn read(files: &[SourceFile]) -> Result<Loaded, Vec<Problem>> {
    let mut report = Report::default();
    if files.is_empty() {
        let what = "there is no framework file";
        report.add(ProblemCode::NoFiles, Place { file: "framework", line: 1 }, what, "give at least one");
    }
    read_with(files, report)
}

/// Reads the files that could be opened; `report` holds what is wrong with the others.
fn read_with(files: &[SourceFile], mut report: Report) -> Result<Loaded, Vec<Problem>> {
    if files.is_empty() {
        return Err(report.problems);
    }
    let unsure = !report.problems.is_empty();
    let documents: Vec<Document<'_>> = files.iter().map(|file| Document::parse(file, &mut report)).collect();
    let sections = Sections::gather(&documents, &mut report);
    let codes = Codes::gather(&documents, &sections, unsure, &mut report);
    let mut reader = Reader { codes, languages: Vec::new(), report };
    let framework = assemble(&sections, &mut reader);
    reader.check_whole(&framework);

    let mut problems = reader.report.problems;
    echo::remove_echoes(&mut problems, &documents, unsure);
    sort(&mut problems, files);
    problems.dedup();
    if problems.iter().all(|problem| problem.code.is_warning()) {
        Ok(Loaded { framework, warnings: problems })
    } else {
        Err(problems)
    }
}

fn assemble<'a>(sections: &Sections<'a>, reader: &mut Reader<'a>) -> Framework {
    let tables = |section: Section| sections.of(section).iter().copied();
    let headers: Vec<Framework> = tables(Section::Framework).map(|record| reader.header(record)).collect();
    let header = headers.into_iter().next().unwrap_or_default();
    let groups = tables(Section::Group).map(|record| reader.group(record)).collect();
    let wave_types = tables(Section::WaveType).map(|record| reader.wave_type(record)).collect();
    let scales = tables(Section::Scale).map(|record| reader.scale(record)).collect();
    let families: Vec<_> = tables(Section::Family).map(|record| reader.family(record)).collect();
    let indicators = tables(Section::Indicator).map(|record| reader.indicator(record, &families)).collect();
    let measures = tables(Section::Measure).map(|record| reader.measure(record)).collect();
    let contexts = tables(Section::Context).map(|record| reader.context(record)).collect();
    let open_questions = tables(Section::OpenQuestion).map(|record| reader.open_question(record)).collect();
    Framework { groups, wave_types, scales, families, indicators, measures, contexts, open_questions, ..header }
}

/// Files that could not be opened first, then the files in the order read, each by line and code.
fn sort(problems: &mut [Problem], files: &[SourceFile]) {
    let rank = |problem: &Problem| files.iter().position(|file| file.name == problem.file);
    problems.sort_by_cached_key(|problem| (rank(problem), problem.line, problem.code));
}

/// A version folder `<id>/<version>` should say what the framework in it says: a copy made for the next version is
/// easily left with the old number.
fn folder_warnings(path: &Path, framework: &Framework) -> Vec<Problem> {
    let name = |path: Option<&Path>| {
        path.and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default().to_owned()
    };
    let (id, version) = (name(path.parent()), name(Some(path)));
    let mut report = Report::default();
    if path.is_dir() && spelling::is_version(&version) && (version != framework.version || id != framework.id) {
        let file = path.display().to_string();
        let what = format!("the folder is {id}/{version}, the framework in it {} {}", framework.id, framework.version);
        let remedy = "rename the folder, or correct id and version";
        report.add(ProblemCode::FolderName, Place { file: &file, line: 1 }, what, remedy);
    }
    report.problems
}

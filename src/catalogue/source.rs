// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which files make up a framework, and can they be read at all?

use std::fs;
use std::path::{Path, PathBuf};

use super::problem::{Place, ProblemCode, Report};

/// Largest file accepted, in bytes.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// Folders inside a folder are looked into this deep.
const MAX_DEPTH: usize = 4;

/// One framework file in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Name shown in problems.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The frameworks at or under `path`, in alphabetical order: a `.toml` file is one, a folder with `.toml` files is one,
/// and any other folder is searched. Where there is none, `path` itself, so that reading it says what is wrong.
#[must_use]
pub fn find(path: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(path, MAX_DEPTH, &mut found);
    if found.is_empty() {
        found.push(path.to_owned());
    }
    found
}

fn collect(path: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    if !path.is_dir() || !toml_files(path).is_empty() {
        if path.is_dir() || is_toml(path) {
            found.push(path.to_owned());
        }
        return;
    }
    if depth > 0 {
        for entry in entries(path) {
            collect(&entry, depth - 1, found);
        }
    }
}

/// Reads the file, or the `.toml` files of the folder, at `path`; what cannot be read goes into the report.
pub(super) fn open(path: &Path, report: &mut Report) -> Vec<SourceFile> {
    if !path.is_dir() {
        return open_file(path, report).into_iter().collect();
    }
    let files = toml_files(path);
    if files.is_empty() {
        let name = path.display().to_string();
        let remedy = "name a .toml file, or the folder that holds the .toml files of one version";
        report.add(ProblemCode::NoFiles, Place { file: &name, line: 1 }, "the folder holds no .toml file", remedy);
    }
    files.iter().filter_map(|file| open_file(file, report)).collect()
}

fn open_file(path: &Path, report: &mut Report) -> Option<SourceFile> {
    let name = path.display().to_string();
    let place = Place { file: &name, line: 1 };
    let bytes = match fs::metadata(path) {
        Ok(data) if data.len() > MAX_BYTES => {
            let what = format!("the file has {} bytes, more than the {MAX_BYTES} accepted", data.len());
            report.add(ProblemCode::TooLarge, place, what, "split it into several files of one folder");
            return None;
        }
        Ok(_) => fs::read(path),
        Err(error) => Err(error),
    };
    let bytes = bytes
        .map_err(|error| {
            let what = format!("the file cannot be read ({error})");
            report.add(ProblemCode::Unreadable, place, what, "check its name and who may read it");
        })
        .ok()?;
    let text = String::from_utf8(bytes)
        .map_err(|error| {
            let line = line_of_first_fault(error.as_bytes(), error.utf8_error().valid_up_to());
            let remedy = "save the file with the encoding UTF-8";
            report.add(ProblemCode::NotUtf8, Place { line, ..place }, "the text is not UTF-8", remedy);
        })
        .ok()?;
    Some(SourceFile { name, text })
}

fn line_of_first_fault(bytes: &[u8], valid_up_to: usize) -> usize {
    bytes.iter().take(valid_up_to).filter(|byte| **byte == b'\n').count() + 1
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|path| is_toml(path) && !path.is_dir()).collect()
}

/// What the folder holds, hidden entries left out, by name. A folder that cannot be listed holds nothing.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

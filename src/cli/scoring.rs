// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme score`: from arguments to a scored document, in a file or on standard output.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::commands::ScoreArguments;
use super::failure::Failure;
use super::score::{self, ScoreOptions};
use crate::catalogue;
use crate::intake::Unknown;

pub(super) fn run(arguments: &ScoreArguments) -> Result<(), Failure> {
    let framework = catalogue::load(&arguments.framework).map_err(Failure::Framework)?.framework;
    let options = ScoreOptions {
        responses: arguments.responses.clone(),
        roster: arguments.roster.clone(),
        profile: arguments.profile.clone(),
        voice: arguments.voice,
        view: arguments.view,
        seed: arguments.seed,
        format: arguments.format,
        unknown: if arguments.ignore_unknown { Unknown::Ignore } else { Unknown::Refuse },
    };
    let mut document = Vec::new();
    let warnings = score::run(&options, &framework, &catalogue::sha256(&framework), &mut document)?;
    write(arguments.output.as_deref(), &document)?;
    if !warnings.warnings.is_empty() {
        writeln!(std::io::stderr(), "{warnings}")?;
    }
    Ok(())
}

/// Writes the whole document or nothing: beside the file first, then in its place.
fn write(output: Option<&Path>, document: &[u8]) -> Result<(), Failure> {
    let Some(path) = output else {
        return Ok(std::io::stdout().lock().write_all(document)?);
    };
    let unwritable = |source| Failure::Unwritable { path: path.display().to_string(), source };
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    fs::write(&beside, document).and_then(|()| fs::rename(&beside, path)).map_err(unwritable)
}

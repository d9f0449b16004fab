// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme retention`: what has been kept long enough?

use std::io::Write;

use super::commands::RetentionOptions;
use super::failure::Failure;
use crate::app::{App, Trial};
use crate::clock::Clock;

/// Takes it away, or says what it would be.
pub(super) fn run(options: &RetentionOptions) -> Result<(), Failure> {
    let trial = if options.dry_run { Trial::Yes } else { Trial::No };
    let location = options.on.location()?;
    let ended = App::open(&location, Clock::System)?.retain(trial)?;
    let mut out = std::io::stdout().lock();
    for one in &ended {
        writeln!(out, "{}: {}", one.what, one.count)?;
    }
    match (trial, ended.is_empty()) {
        (_, true) => writeln!(out, "Nothing has been kept long enough.")?,
        (Trial::Yes, false) => writeln!(out, "Tried only: nothing was taken away.")?,
        (Trial::No, false) => writeln!(out, "Taken away.")?,
    }
    Ok(())
}

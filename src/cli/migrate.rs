// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme migrate`: the schema of a database, up to date.

use std::io::Write;

use super::commands::DatabaseOptions;
use super::failure::Failure;
use crate::store::Store;

pub(super) fn run(options: &DatabaseOptions) -> Result<(), Failure> {
    let location = options.location()?;
    let report = Store::migrate(&location)?;
    let mut out = std::io::stdout();
    if let Some(backup) = &report.backup {
        writeln!(out, "A copy of the database as it was is in {}", backup.display())?;
    }
    match report.applied.as_slice() {
        [] => writeln!(out, "The schema is up to date")?,
        applied => writeln!(out, "Applied: {}", applied.join(", "))?,
    }
    Ok(())
}

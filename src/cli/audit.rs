// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme audit`: does the chain hold, and what stands in it?

use std::io::Write;

use super::commands::DatabaseOptions;
use super::failure::Failure;
use crate::app::App;
use crate::app::audit::AuditError;
use crate::domain::audit::AuditEntry;
use crate::export::audit::{head, row};
use crate::store::Store;

/// Walks the chain and says whether it holds.
pub(super) fn verify(options: &DatabaseOptions) -> Result<(), Failure> {
    let (count, hash) = walk(options, |_| Ok(()))?;
    let mut out = std::io::stdout();
    match count {
        0 => writeln!(out, "The audit is empty")?,
        _ => writeln!(out, "The chain holds: {count} entries, the last has the hash {hash}")?,
    }
    Ok(())
}

/// Writes every entry as CSV, checking the chain on the way.
pub(super) fn export(options: &DatabaseOptions) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(head().as_bytes())?;
    walk(options, |entry| {
        let mut line = String::new();
        row(entry, &mut line).map_err(std::io::Error::other)?;
        out.write_all(line.as_bytes())
    })?;
    Ok(())
}

fn walk(
    options: &DatabaseOptions,
    each: impl FnMut(&AuditEntry) -> std::io::Result<()>,
) -> Result<(i64, String), Failure> {
    let location = options.location()?;
    let store = Store::open(&location)?;
    Ok(store.read_now(|db| App::walk_audit(db, each)).map_err(|error: AuditError| error)?)
}

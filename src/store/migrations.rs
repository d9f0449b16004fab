// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Is the schema of a database up to date, and how does it get there without losing anything?

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::engine::{Use, each_engine};
use super::{Db, Location, StoreError};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
/// Nodes that start together race for the first migration; whoever loses finds nothing left to do.
const ATTEMPTS: u32 = 5;

/// What bringing a schema up to date did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MigrationReport {
    /// Names of the migrations that were applied now.
    pub applied: Vec<String>,
    /// The copy that was made before, if there was something to lose.
    pub backup: Option<PathBuf>,
}

pub(super) fn run(location: &Location) -> Result<MigrationReport, StoreError> {
    let mut attempt = 0;
    loop {
        attempt += 1;
        match run_once(location) {
            Err(StoreError::Migration(_)) if attempt < ATTEMPTS => {
                thread::sleep(Duration::from_millis(u64::from(attempt * 100 + std::process::id() % 97)));
            }
            done => return done,
        }
    }
}

fn run_once(location: &Location) -> Result<MigrationReport, StoreError> {
    let mut db = location.connect(Use::Writing)?;
    let pending = pending(&mut db)?;
    if pending.is_empty() {
        return Ok(MigrationReport::default());
    }
    let backup = back_up(&mut db, location)?;
    each_engine!(&mut db, c => c.run_pending_migrations(MIGRATIONS).map(|_| ())).map_err(failed)?;
    Ok(MigrationReport { applied: pending, backup })
}

/// Whether the schema is the one this program expects.
///
/// # Errors
/// If the database fails.
pub fn is_current(db: &mut Db) -> Result<bool, StoreError> {
    each_engine!(db, c => c.has_pending_migration(MIGRATIONS)).map(|pending| !pending).map_err(failed)
}

/// Copies a SQLite file that already has a schema; a new file has nothing to lose, and a PostgreSQL
/// server's administrator has better means.
fn back_up(db: &mut Db, location: &Location) -> Result<Option<PathBuf>, StoreError> {
    let Location::Sqlite(file) = location else { return Ok(None) };
    let applied = names(&each_engine!(db, c => c.applied_migrations()).map_err(failed)?);
    let Some(last) = applied.first() else { return Ok(None) };
    let copy = copy_path(file, last);
    if copy.exists() {
        return Ok(Some(copy));
    }
    let target = copy.to_string_lossy().replace('\'', "''");
    each_engine!(db, c => c.batch_execute(&format!("VACUUM INTO '{target}'")))?;
    Ok(Some(copy))
}

fn copy_path(file: &Path, version: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".before-update-{version}"));
    PathBuf::from(name)
}

fn pending(db: &mut Db) -> Result<Vec<String>, StoreError> {
    each_engine!(db, c => c
        .pending_migrations(MIGRATIONS)
        .map(|found| found.iter().map(|migration| migration.name().version().to_string()).collect()))
    .map_err(failed)
}

fn names<T: ToString>(versions: &[T]) -> Vec<String> {
    versions.iter().map(ToString::to_string).collect()
}

#[expect(clippy::needless_pass_by_value, reason = "shape of map_err")]
fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    StoreError::Migration(error.to_string())
}

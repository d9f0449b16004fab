// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The database: how is everything kept, the same on SQLite and on PostgreSQL?
//!
//! The only module that names diesel. Free functions, `&mut Db` first; private row structs become values
//! of the domain by `TryFrom`; what is not found is `Ok(None)`. What a key finds once is read with `get_result`: the limit
//! that `first` adds is a parameter, and SQLite prepares a statement anew whenever such a parameter is given.

pub mod accounts;
pub mod audit;
pub mod begun_sign_ins;
pub mod committee;
pub mod decisions;
pub mod discussion;
mod draft_changes;
pub mod drafts;
pub mod durations;
mod engine;
mod error;
pub mod frameworks;
pub mod grants;
pub mod guesses;
pub mod identities;
pub mod invitations;
pub mod local_indicators;
pub mod local_sign_in;
pub mod measures;
mod migrations;
pub mod notices;
pub mod organisations;
pub mod outbox;
pub mod own_frameworks;
pub mod paper;
pub mod participants;
pub mod participation;
pub mod passkeys;
pub mod places;
mod pool;
pub mod programmes;
pub mod projects;
pub mod proposals;
pub mod ratings;

pub mod responses;
pub mod retention;
pub mod rosters;
mod schema;
pub mod sessions;
pub mod staff_links;
pub mod stakeholders;
pub mod summaries;
pub mod translations;
pub mod tries;
mod types;
pub mod waves;
pub mod weights;
mod writer;
pub mod written;

pub use engine::{Db, Engine, Location, LocationError};
pub use error::StoreError;
pub use migrations::MigrationReport;

pub use migrations::is_current;

/// Whether a change was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Saved {
    /// It was.
    Yes,
    /// Somebody else changed the row, or its state, in the meantime.
    Outdated,
}

impl Saved {
    const fn of(rows: usize) -> Self {
        if rows == 1 { Self::Yes } else { Self::Outdated }
    }
}

use pool::Readers;
use writer::Writer;

/// An open database: many readers, writers that share their commits.
#[derive(Clone)]
pub struct Store {
    readers: Readers,
    writer: Writer,
}

impl Store {
    /// Opens a database, creates or updates its schema, and starts the writers.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if it cannot be reached, [`StoreError::Migration`] if the schema cannot
    /// be brought up to date.
    pub fn open(location: &Location) -> Result<Self, StoreError> {
        migrations::run(location)?;
        Ok(Self { readers: Readers::open(location)?, writer: Writer::start(location) })
    }

    /// Brings the schema up to date and says what was done.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn migrate(location: &Location) -> Result<MigrationReport, StoreError> {
        migrations::run(location)
    }

    /// Runs a reading closure on a thread that may block.
    ///
    /// # Errors
    /// Whatever the closure returns, or that the database is not available.
    pub async fn read<T, E>(&self, work: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let readers = self.readers.clone();
        tokio::task::spawn_blocking(move || readers.with(work))
            .await
            .unwrap_or_else(|_| Err(StoreError::Interrupted.into()))
    }

    /// Runs a reading closure on this thread.
    ///
    /// # Errors
    /// Whatever the closure returns, or that the database is not available.
    pub fn read_now<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E> {
        self.readers.with(work)
    }

    /// Runs a writing closure in a transaction; returns after the commit. An error undoes what it wrote.
    ///
    /// # Errors
    /// Whatever the closure returns, or that the database is not available.
    pub async fn write<T, E>(&self, work: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.submit(work).await.unwrap_or_else(|_| Err(StoreError::Interrupted.into()))
    }

    /// [`Store::write`] for code that is not asynchronous.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_now<T, E>(&self, work: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.submit(work).blocking_recv().unwrap_or_else(|_| Err(StoreError::Interrupted.into()))
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Connections for reading: taken when needed, given back, replaced when broken.

use std::sync::Arc;
use std::time::Duration;

use diesel::r2d2::{ManageConnection, Pool, R2D2Connection};

use super::engine::Use;
use super::{Db, Engine, Location, StoreError};

/// How long a reader waits for a connection before the service says that it is overloaded.
const PATIENCE: Duration = Duration::from_secs(3);
const READERS: u32 = 8;

/// A pool of reading connections.
#[derive(Clone)]
pub(super) struct Readers(Pool<Manager>);

struct Manager {
    location: Arc<Location>,
}

impl ManageConnection for Manager {
    type Connection = Db;
    type Error = StoreError;

    fn connect(&self) -> Result<Db, StoreError> {
        self.location.connect(Use::Reading)
    }

    /// A server may have gone away since the connection was given back; a file has not.
    fn is_valid(&self, db: &mut Db) -> Result<(), StoreError> {
        match self.location.engine() {
            Engine::Postgres => Ok(db.ping()?),
            Engine::Sqlite => Ok(()),
        }
    }

    fn has_broken(&self, db: &mut Db) -> bool {
        db.is_broken()
    }
}

/// Keeps the pool from writing to standard error by itself: whoever asked for a connection is told.
#[derive(Debug)]
struct Quiet;

impl diesel::r2d2::HandleError<StoreError> for Quiet {
    fn handle_error(&self, error: StoreError) {
        tracing::warn!(%error, "a reading connection could not be made");
    }
}

impl Readers {
    pub(super) fn open(location: &Location) -> Result<Self, StoreError> {
        Pool::builder()
            .max_size(READERS)
            .min_idle(Some(1))
            .connection_timeout(PATIENCE)
            .error_handler(Box::new(Quiet))
            .build(Manager { location: Arc::new(location.clone()) })
            .map(Self)
            .map_err(|error| StoreError::Unavailable(error.to_string()))
    }

    pub(super) fn with<T, E: From<StoreError>>(&self, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E> {
        let mut db = self.0.get().map_err(|error| StoreError::Unavailable(error.to_string()))?;
        work(&mut db)
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which database is behind an address, and how is a connection to it made ready?

use std::path::PathBuf;
use std::str::FromStr;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};

use super::StoreError;

/// A connection to either engine.
#[derive(diesel::MultiConnection)]
pub enum Db {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

/// Runs one body against the engine's own connection: for the few statements the enum leaves out, and for those that
/// every answer needs. Through the enum the text of a statement is put together each time it is run; here it is known by
/// its type.
macro_rules! each_engine {
    ($db:expr, $connection:ident => $body:expr) => {
        match $db {
            $crate::store::Db::Postgres($connection) => $body,
            $crate::store::Db::Sqlite($connection) => $body,
        }
    };
}
pub(super) use each_engine;

/// The two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// PostgreSQL.
    Postgres,
    /// SQLite.
    Sqlite,
}

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A PostgreSQL server's address, as given.
    Postgres(String),
    /// A SQLite file.
    Sqlite(PathBuf),
}

/// Why an address of a database cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocationError {
    /// Neither `sqlite:` nor `postgres://`.
    #[error("“{0}” is not an address of a database: use sqlite:FILE or postgres://USER@HOST/NAME")]
    UnknownScheme(String),
    /// `sqlite:` without a file.
    #[error("sqlite: needs a file name, e.g. sqlite:insieme.db")]
    NoFile,
}

impl FromStr for Location {
    type Err = LocationError;

    fn from_str(address: &str) -> Result<Self, LocationError> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            return Ok(Self::Postgres(address.to_owned()));
        }
        let Some(file) = address.strip_prefix("sqlite:") else {
            return Err(LocationError::UnknownScheme(address.to_owned()));
        };
        let file = file.strip_prefix("//").unwrap_or(file);
        if file.is_empty() { Err(LocationError::NoFile) } else { Ok(Self::Sqlite(PathBuf::from(file))) }
    }
}

impl Location {
    /// The engine behind it.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Postgres(_) => Engine::Postgres,
            Self::Sqlite(_) => Engine::Sqlite,
        }
    }

    /// A SQLite file that was removed under our feet: an open handle would go on writing where nobody finds it.
    pub(super) fn check_present(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(file) if !file.exists() => {
                Err(StoreError::Unavailable(format!("the file {} is gone", file.display())))
            }
            Self::Sqlite(_) | Self::Postgres(_) => Ok(()),
        }
    }

    /// Opens a connection with the settings of its use.
    pub(super) fn connect(&self, purpose: Use) -> Result<Db, StoreError> {
        let unavailable = |error: &dyn std::fmt::Display| StoreError::Unavailable(error.to_string());
        match self {
            Self::Postgres(address) => {
                let mut connection = PgConnection::establish(address).map_err(|error| unavailable(&error))?;
                connection.batch_execute("SET TIME ZONE 'UTC'")?;
                Ok(Db::Postgres(connection))
            }
            Self::Sqlite(file) => {
                let mut connection =
                    SqliteConnection::establish(&file.to_string_lossy()).map_err(|error| unavailable(&error))?;
                connection.batch_execute(SQLITE_SETTINGS)?;
                connection.batch_execute(purpose.sqlite_settings())?;
                Ok(Db::Sqlite(connection))
            }
        }
    }
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Looking things up, one of several.
    Reading,
    /// Every change, alone.
    Writing,
}

impl Use {
    /// Each of the readers may hold 2 MiB: the system keeps the file in memory anyway. The writer needs room for a whole
    /// shared commit, and copies the journal back every 32 MiB instead of every 4: one page of the file takes many
    /// answers by then.
    const fn sqlite_settings(self) -> &'static str {
        match self {
            Self::Reading => "PRAGMA cache_size=-2048;",
            Self::Writing => "PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=8000;",
        }
    }
}

/// `busy_timeout` first, so that switching to WAL waits for its turn too. `synchronous=FULL`: what was
/// acknowledged survives a power cut; shared commits make it cheap.
const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; \
     PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;";

impl Db {
    /// The engine of this connection.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Postgres(_) => Engine::Postgres,
            Self::Sqlite(_) => Engine::Sqlite,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_engine_and_a_typo_creates_no_file() {
        assert_eq!("sqlite:a.db".parse(), Ok(Location::Sqlite("a.db".into())));
        assert_eq!("sqlite:///var/a.db".parse(), Ok(Location::Sqlite("/var/a.db".into())));
        assert_eq!("postgres://h/d".parse::<Location>().map(|l| l.engine()), Ok(Engine::Postgres));
        assert_eq!("sqlit:a.db".parse::<Location>(), Err(LocationError::UnknownScheme("sqlit:a.db".to_owned())));
        assert_eq!("sqlite:".parse::<Location>(), Err(LocationError::NoFile));
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What can go wrong with a database?

/// A failure of the database, never of what a person asked for.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be reached or is too busy; trying again later may work.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// A stored row means nothing to this version of the program.
    #[error("the table {table} holds a row that cannot be read: column {column}")]
    Corrupt {
        /// Table.
        table: &'static str,
        /// Column.
        column: &'static str,
    },
    /// A statement failed.
    #[error("the database refused a statement: {0}")]
    Query(diesel::result::Error),
    /// The schema could not be brought up to date.
    #[error("the schema of the database could not be brought up to date: {0}")]
    Migration(String),
    /// The thread that did the work ended.
    #[error("the work on the database was interrupted")]
    Interrupted,
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind, Error};
        match &error {
            Error::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                info,
            ) => Self::Unavailable(info.message().to_owned()),
            Error::DatabaseError(_, info) if is_outage(info.message()) => Self::Unavailable(info.message().to_owned()),
            Error::BrokenTransactionManager => Self::Unavailable(error.to_string()),
            _ => Self::Query(error),
        }
    }
}

/// Engines report a lost disk, a lock that does not end or a server that goes away as ordinary errors.
fn is_outage(message: &str) -> bool {
    const SIGNS: [&str; 14] = [
        "no such table",
        "attempt to write a readonly database",
        "database is locked",
        "disk I/O error",
        "unable to open database",
        "database or disk is full",
        "No space left on device",
        "Disk quota exceeded",
        "readonly database",
        "file is not a database",
        "terminating connection",
        "server closed the connection",
        "because of crash of another server process",
        "the database system is",
    ];
    SIGNS.iter().any(|sign| message.contains(sign))
}

/// A file that is made from the database fails as the database does.
impl From<StoreError> for std::io::Error {
    fn from(error: StoreError) -> Self {
        Self::other(error)
    }
}

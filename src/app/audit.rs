// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does the chain of the audit hold, and what stands in it?

use super::{App, Refusal};
use crate::domain::audit::{AuditEntry, BrokenChain};
use crate::store::{self, Db};

/// Entries on a page, and entries read at once.
pub const PAGE: i64 = 50;
const AT_ONCE: i64 = 1000;

/// Why an audit could not be walked.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// It does not hold.
    #[error(transparent)]
    Broken(#[from] BrokenChain),
    /// The last entry is not the one that the head names: entries were cut off at the end.
    #[error("the chain ends at entry {found}, but {expected} were written: the last entries are missing")]
    Short {
        /// The number the head has.
        expected: i64,
        /// The number of the last entry.
        found: i64,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// What was read could not be handed on.
    #[error("the audit could not be written: {0}")]
    Output(#[from] std::io::Error),
}

impl App {
    /// Walks the whole chain, checks every link and hands each entry on; returns how many there are and the last hash.
    ///
    /// # Errors
    /// Where the chain is broken, or that the database failed.
    pub fn walk_audit(
        db: &mut Db,
        mut each: impl FnMut(&AuditEntry) -> std::io::Result<()>,
    ) -> Result<(i64, String), AuditError> {
        let mut before: Option<AuditEntry> = None;
        loop {
            let from = before.as_ref().map_or(0, |entry| entry.number);
            let some = store::audit::after(db, from, AT_ONCE)?;
            if some.is_empty() {
                break;
            }
            for entry in some {
                entry.check_after(before.as_ref())?;
                each(&entry)?;
                before = Some(entry);
            }
        }
        let (expected, hash) = store::audit::head(db)?;
        let (found, last) = before.map_or((0, String::new()), |entry| (entry.number, entry.hash));
        if expected != found || hash != last {
            return Err(AuditError::Short { expected, found });
        }
        Ok((found, last))
    }
}

impl From<AuditError> for Refusal {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::Store(error) => Self::Store(error),
            AuditError::Broken(_) | AuditError::Short { .. } | AuditError::Output(_) => {
                Self::Store(store::StoreError::Corrupt { table: "audit_entries", column: "hash" })
            }
        }
    }
}

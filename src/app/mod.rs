// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What a user can do, once, for pages and command line: find, decide, save, in one transaction.

mod accounts;
mod answered;
pub mod audit;
pub mod batches;
mod calendar;
pub mod committee;
pub mod coverage;
pub mod decisions;
pub mod demo;
pub mod discussion;
pub mod editions;
pub mod files;
pub mod frameworks;
pub mod guesses;
pub mod identities;
pub mod invitations;
pub mod local_indicators;
pub mod local_sign_in;
pub mod measures;
mod memo;
pub mod notices;
mod organisations;
pub mod outbox;
pub mod own_frameworks;
pub mod own_translations;
pub mod paper;
pub mod participation;
pub mod passkeys;
pub mod people;
pub mod phases;
pub mod places;
pub mod planning;
pub mod projects;
pub mod proposal_acts;
pub mod proposals;
pub mod proposing;
mod providers;
pub mod receipts;
mod refusal;
mod resets;
pub mod responses;
pub mod restitution;
pub mod results;
pub mod retention;
pub mod rosters;
pub mod secrets;
pub mod sessions;
pub mod space;
pub mod staff;
mod summaries;
pub mod translations;
pub mod waves;
pub mod weighing;
pub mod weighted;
pub mod weights;
pub mod words;
pub mod workspace;
pub mod written;

use std::sync::Arc;

pub use accounts::Enrolment;
pub use refusal::{Conflict, Refusal};
pub use resets::SecondFactorThen;

use crate::clock::Clock;
use crate::store::{Location, Store, StoreError};

/// Whether something is only tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// Nothing of it is kept.
    Yes,
    /// It is kept.
    No,
}

/// Whose data an installation holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Real answers.
    Service,
    /// Invented answers; every page says so.
    Demonstration,
}

/// A running installation: its database, its clock, and what it remembers to be quick.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Real or invented data.
    pub purpose: Purpose,
    frameworks: Arc<frameworks::Loaded>,
    results: Arc<results::Computed>,
    ways: Arc<providers::Ways>,
}

impl App {
    /// Opens the database of an installation.
    ///
    /// # Errors
    /// If the database cannot be opened or updated.
    pub fn open(location: &Location, clock: Clock) -> Result<Self, StoreError> {
        let store = Store::open(location)?;
        let purpose = store.read_now(projects::purpose_of)?;
        let (frameworks, results, ways) = (Arc::default(), Arc::default(), Arc::default());
        Ok(Self { store, clock, purpose, frameworks, results, ways })
    }

    /// Whether the database answers and its schema is the expected one.
    ///
    /// # Errors
    /// Why it does not.
    pub async fn ready(&self) -> Result<bool, StoreError> {
        self.store.read(crate::store::is_current).await
    }
}

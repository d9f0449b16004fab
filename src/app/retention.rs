// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is not kept for ever: taken away once a day, or only counted.

use jiff::ToSpan;

use super::{App, Trial};
use crate::domain::audit::AuditNote;
use crate::domain::message::MessageState;
use crate::store::{self, Db, StoreError};

/// How long what was taken away can be brought back, and how long codes and pseudonyms outlive their last wave, in days.
pub const SHORT_DAYS: i64 = 30;
/// How long is remembered what became of a message, in days.
pub const LONG_DAYS: i64 = 90;
/// States of messages that will not leave any more.
const OVER: [MessageState; 4] =
    [MessageState::Sent, MessageState::Failed, MessageState::GivenUp, MessageState::Withdrawn];

/// How much of one kind was, or would be, taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// What: a word of the log, and of the command.
    pub what: &'static str,
    /// How many rows.
    pub count: usize,
}

/// How a round ends: a trial ends as a failure, so that nothing of it is kept.
enum Round {
    Tried(Vec<Ended>),
    Failed(StoreError),
}

impl From<StoreError> for Round {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl App {
    /// Takes away whatever has been kept long enough, or says what that would be. Waits for the database: not for a
    /// thread that answers requests.
    ///
    /// # Errors
    /// If the database fails; nothing is then taken away.
    pub fn retain(&self, trial: Trial) -> Result<Vec<Ended>, StoreError> {
        let app = self.clone();
        let round = self.store.write_now(move |db| {
            let ended = app.take_away(db)?;
            match trial {
                Trial::Yes => Err(Round::Tried(ended)),
                Trial::No => Ok(ended),
            }
        });
        match round {
            Ok(ended) | Err(Round::Tried(ended)) => Ok(ended),
            Err(Round::Failed(error)) => Err(error),
        }
    }

    fn take_away(&self, db: &mut Db) -> Result<Vec<Ended>, StoreError> {
        let (now, today) = (self.clock.now(), self.clock.today());
        let short = now - (SHORT_DAYS * 24).hours();
        let long = now - (LONG_DAYS * 24).hours();
        let last_day = today.saturating_sub(SHORT_DAYS.days());
        let over = OVER.map(MessageState::code);
        let all = [
            ("removed waves and projects", store::retention::empty_bin(db, short)?),
            ("people taken off a roster", store::retention::delete_unlisted(db, short)?),
            ("codes of closed waves", store::retention::delete_codes(db, last_day, today.saturating_sub(1.year()))?),
            ("pseudonyms of ended projects", store::retention::forget_pseudonyms(db, last_day)?),
            ("answers in people's own words", store::retention::delete_written(db, today.saturating_sub(1.year()))?),
            ("messages", store::retention::delete_messages(db, long, &over)?),
            ("invitations of staff", store::retention::delete_staff_invitations(db, short)?),
            ("ended links and sessions of staff", store::retention::delete_ended_sign_ins(db, now, now - 24.hours())?),
        ];
        let ended: Vec<Ended> =
            all.into_iter().filter(|(_, count)| *count > 0).map(|(what, count)| Ended { what, count }).collect();
        if !ended.is_empty() {
            let told: Vec<String> = ended.iter().map(|one| format!("{}: {}", one.what, one.count)).collect();
            let note = AuditNote {
                actor: "retention".to_owned(),
                act: "retention",
                note: told.join("; "),
                ..AuditNote::default()
            };
            store::audit::append(db, note, now)?;
        }
        Ok(ended)
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does a message leave: written down with what it tells about, sent at most once, and what became of it?
//!
//! A message goes into the outbox in the transaction of the change it tells about: both are kept, or neither. Later
//! it is claimed in one transaction, sent outside any, and settled in another. Between claim and settlement nobody
//! can know whether the mail server took it, so a claim that is never settled (the process died, the machine lost
//! power) ends as *failed, outcome unknown* and waits for a person. The same if the connection breaks after the text
//! began to leave. Only what was surely not taken is tried again by itself.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{App, Refusal};
use crate::domain::email::EmailAddress;
use crate::domain::message::{Fate, Letter, Message, MessageId, MessagePurpose, MessageState, Undelivered, fate};
use crate::store::outbox::{Claim, OutboxEntry};
use crate::store::{self, Db, StoreError};

/// Longer than any attempt takes: a mail server may think for ten minutes about a text, and some seconds about each
/// of the few commands before.
const LEASE: SignedDuration = SignedDuration::from_mins(30);
/// One at a time: what a process was about to send when it died is then never more than one message.
const AT_A_TIME: i64 = 1;

/// Who takes messages to their recipients.
pub trait Post {
    /// Takes a message now. `now` is the date it bears.
    ///
    /// # Errors
    /// Why it was not taken, as far as is known.
    fn send(&self, message: &Message, now: Timestamp) -> Result<(), Undelivered>;

    /// Whether it takes one more. `false` ends a delivery in order.
    fn is_open(&self) -> bool {
        true
    }
}

/// What a message is about and where it goes; what it says comes apart.
#[derive(Clone, Debug)]
pub struct Posting {
    /// The body in whose name it is sent.
    pub organisation_id: Uuid,
    /// Id of the thing it is about.
    pub about: Uuid,
    /// What it is for.
    pub purpose: MessagePurpose,
    /// To whom.
    pub recipient: EmailAddress,
    /// The same again is the same message, and is not sent twice.
    pub message_id: MessageId,
}

/// Words of a message around a secret that it hands over, such as a link's token.
pub type Wording = Arc<dyn Fn(&str) -> Letter + Send + Sync>;

/// What a delivery did, in messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Taken by the mail server.
    pub sent: u32,
    /// Tried in vain, to be tried again.
    pub deferred: u32,
    /// Refused, outcome unknown, or tried in vain for the last time.
    pub failed: u32,
}

/// Messages about one thing as staff sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbox {
    /// How many messages are in each state; a state without any is left out.
    pub counts: Vec<(MessageState, i64)>,
    /// Some of them, newest first.
    pub entries: Vec<OutboxEntry>,
}

impl App {
    /// Writes a message down, to be sent once the transaction of `db` is kept. `false` if the body wrote one with
    /// this message id before: then nothing is added.
    ///
    /// # Errors
    /// If the database fails.
    pub fn enqueue(&self, db: &mut Db, message: &Message) -> Result<bool, StoreError> {
        store::outbox::insert(db, message, self.clock.now())
    }

    /// Writes a message down, as [`App::enqueue`].
    ///
    /// # Errors
    /// If the database fails.
    pub fn post(&self, db: &mut Db, posting: Posting, letter: Letter) -> Result<bool, StoreError> {
        let Posting { organisation_id, about, purpose, recipient, message_id } = posting;
        let Letter { subject, text } = letter;
        let id = Uuid::now_v7();
        let message = Message { organisation_id, id, purpose, about, recipient, subject, body: text, message_id };
        self.enqueue(db, &message)
    }

    /// Sends every message that is due, each at most once, until none is left or the post closes. Waits for the
    /// database and the post: not for a thread that answers requests.
    ///
    /// # Errors
    /// If the database fails. What was being sent then counts as abandoned.
    pub fn deliver_due(&self, post: &impl Post) -> Result<Delivery, StoreError> {
        let now = self.clock.now();
        let abandoned = Undelivered::Unknown("the program ended while it was sending".to_owned()).in_short();
        self.store.write_now(move |db| store::outbox::fail_abandoned(db, now, &abandoned))?;
        let mut delivery = Delivery::default();
        while post.is_open() {
            let claims = self.claim()?;
            if claims.is_empty() {
                break;
            }
            for claim in claims {
                if self.is_needless(&claim.message)? {
                    self.store.write_now(move |db| store::outbox::settle_withdrawn(db, &claim))?;
                    continue;
                }
                let outcome = post.send(&claim.message, self.clock.now());
                delivery.count(self.settle(claim, outcome)?);
            }
        }
        Ok(delivery)
    }

    /// Whether a message has become needless since it was written: a reminder to somebody who has answered.
    fn is_needless(&self, message: &Message) -> Result<bool, StoreError> {
        let organisation = message.organisation_id;
        match (message.purpose, message.message_id.as_str().split('.').nth(1).map(Uuid::parse_str)) {
            (MessagePurpose::Reminder, Some(Ok(invitation))) => {
                self.store.read_now(move |db| store::invitations::is_answered(db, organisation, invitation))
            }
            _ => Ok(false),
        }
    }

    fn claim(&self) -> Result<Vec<Claim>, StoreError> {
        let now = self.clock.now();
        self.store.write_now(move |db| store::outbox::claim(db, now, now + LEASE, AT_A_TIME))
    }

    fn settle(&self, claim: Claim, outcome: Result<(), Undelivered>) -> Result<Fate, StoreError> {
        let now = self.clock.now();
        let fate = fate(claim.attempts, &outcome, now);
        let problem = outcome.err().map(|undelivered| undelivered.in_short()).unwrap_or_default();
        self.store.write_now(move |db| {
            // A claim that was lost meanwhile was settled as abandoned; there is nothing to add to that.
            match fate {
                Fate::Sent => store::outbox::settle_sent(db, &claim, now),
                Fate::Again(then) => store::outbox::settle_deferred(db, &claim, then, &problem),
                Fate::Failed => store::outbox::settle_failed(db, &claim, &problem),
                Fate::GivenUp => store::outbox::settle_given_up(db, &claim, &problem),
            }
        })?;
        Ok(fate)
    }

    /// The messages of a body about one thing: counts, and `limit` of them after the `offset` newest.
    ///
    /// # Errors
    /// If the database fails.
    pub fn outbox(
        db: &mut Db,
        organisation: Uuid,
        about: Uuid,
        (offset, limit): (i64, i64),
    ) -> Result<Outbox, StoreError> {
        let counts = store::outbox::count_by_state(db, organisation, about)?;
        let entries = store::outbox::newest(db, organisation, about, (offset, limit))?;
        Ok(Outbox { counts, entries })
    }

    /// Lets a failed message be tried again. If its outcome is unknown, the recipient may get it twice: that is for
    /// the person to decide.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if the body has no failed message with this id about this thing.
    pub fn retry_message(&self, db: &mut Db, organisation: Uuid, about: Uuid, id: Uuid) -> Result<(), Refusal> {
        let changed = store::outbox::retry(db, (organisation, about), id, self.clock.now())?;
        if changed { Ok(()) } else { Err(Refusal::NotFound) }
    }
}

impl Delivery {
    fn count(&mut self, fate: Fate) {
        match fate {
            Fate::Sent => self.sent += 1,
            Fate::Again(_) => self.deferred += 1,
            Fate::Failed | Fate::GivenUp => self.failed += 1,
        }
    }
}

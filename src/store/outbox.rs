// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Messages on their way: who may send which now, and what became of it?
//!
//! Whoever claims a message holds a lease on it; the end of the lease tells one claim from another.

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::engine::each_engine;
use super::schema::outbox;
use super::types::{Id, Instant};
use super::{Db, StoreError};
use crate::domain::email::EmailAddress;
use crate::domain::message::{Message, MessageId, MessagePurpose, MessageState, Subject};

const TABLE: &str = "outbox";

type Row = (Id, Id, String, Id, String, String, String, String, i32);
type EntryRow = (Id, String, String, String, String, i32, Instant, Option<String>, Instant, Option<Instant>);

/// What is read of a message for staff.
macro_rules! entry_columns {
    () => {
        (
            outbox::id,
            outbox::purpose,
            outbox::recipient,
            outbox::subject,
            outbox::state,
            outbox::attempts,
            outbox::next_attempt_at,
            outbox::last_problem,
            outbox::created_at,
            outbox::sent_at,
        )
    };
}

/// A message that is being sent by whoever holds this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The message.
    pub message: Message,
    /// Which attempt this is, from 1.
    pub attempts: u32,
    /// Until when nobody else touches it.
    pub lease_until: Timestamp,
}

/// A message as staff sees it: without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxEntry {
    /// Identity.
    pub id: Uuid,
    /// What it is for.
    pub purpose: MessagePurpose,
    /// To whom.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// Where it is.
    pub state: MessageState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, while it waits.
    pub next_attempt_at: Timestamp,
    /// What went wrong last.
    pub last_problem: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When the mail server took it.
    pub sent_at: Option<Timestamp>,
}

/// Adds a message that is due at once. `false` if the body has one with this message id already; nothing is added then.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, message: &Message, now: Timestamp) -> Result<bool, StoreError> {
    use outbox::dsl;
    let row = (
        dsl::organisation_id.eq(Id(message.organisation_id)),
        dsl::id.eq(Id(message.id)),
        dsl::purpose.eq(message.purpose.code()),
        dsl::about.eq(Id(message.about)),
        dsl::recipient.eq(message.recipient.as_str()),
        dsl::subject.eq(message.subject.as_str()),
        dsl::body.eq(message.body.as_str()),
        dsl::message_id.eq(message.message_id.as_str()),
        dsl::state.eq(MessageState::Waiting.code()),
        dsl::attempts.eq(0),
        dsl::next_attempt_at.eq(Instant(now)),
        dsl::created_at.eq(Instant(now)),
    );
    let same = (dsl::organisation_id, dsl::message_id);
    let added =
        each_engine!(db, c => diesel::insert_into(dsl::outbox).values(row).on_conflict(same).do_nothing().execute(c))?;
    Ok(added == 1)
}

/// Whether a body wrote a message with this id before.
///
/// # Errors
/// If the database fails.
pub fn is_known(db: &mut Db, organisation: Uuid, message_id: &MessageId) -> Result<bool, StoreError> {
    let known = outbox::table
        .filter(outbox::organisation_id.eq(Id(organisation)))
        .filter(outbox::message_id.eq(message_id.as_str()));
    Ok(known.count().get_result::<i64>(db)? > 0)
}

/// Takes up to `limit` messages that are due, of every body, longest due first. On PostgreSQL several may take at the
/// same time and get different ones.
///
/// # Errors
/// If the database fails.
pub fn claim(db: &mut Db, now: Timestamp, lease_until: Timestamp, limit: i64) -> Result<Vec<Claim>, StoreError> {
    let due = outbox::table
        .filter(outbox::state.eq(MessageState::Waiting.code()))
        .filter(outbox::next_attempt_at.le(Instant(now)))
        .order((outbox::next_attempt_at, outbox::id))
        .limit(limit)
        .select((outbox::organisation_id, outbox::id));
    let keys: Vec<(Id, Id)> = match db {
        Db::Postgres(connection) => due.for_update().skip_locked().load(connection)?,
        Db::Sqlite(connection) => due.load(connection)?,
    };
    keys.into_iter().map(|key| take(db, key, lease_until)).collect()
}

fn take(db: &mut Db, key: (Id, Id), lease_until: Timestamp) -> Result<Claim, StoreError> {
    use outbox::dsl;
    let row: Row = diesel::update(outbox::table.find(key))
        .set((
            dsl::state.eq(MessageState::Sending.code()),
            dsl::attempts.eq(dsl::attempts + 1),
            dsl::lease_until.eq(Some(Instant(lease_until))),
        ))
        .returning((
            dsl::organisation_id,
            dsl::id,
            dsl::purpose,
            dsl::about,
            dsl::recipient,
            dsl::subject,
            dsl::body,
            dsl::message_id,
            dsl::attempts,
        ))
        .get_result(db)?;
    claim_of(row, lease_until)
}

/// The message was taken by the mail server: its text is emptied. Also true of one whose lease ran out before its
/// sender could tell. `false` if the message is no longer this claim's.
///
/// # Errors
/// If the database fails.
pub fn settle_sent(db: &mut Db, claim: &Claim, now: Timestamp) -> Result<bool, StoreError> {
    use outbox::dsl;
    let held = outbox::table.find(key(claim)).filter(dsl::lease_until.eq(Instant(claim.lease_until)));
    let settled = diesel::update(held)
        .set((
            dsl::state.eq(MessageState::Sent.code()),
            dsl::sent_at.eq(Some(Instant(now))),
            dsl::body.eq(""),
            dsl::recipient.eq(kept_recipient(&claim.message)),
            dsl::lease_until.eq(None::<Instant>),
            dsl::last_problem.eq(None::<String>),
        ))
        .execute(db)?;
    Ok(settled == 1)
}

/// The message is not needed any more: it is taken away. `false` if it is no longer this claim's.
///
/// # Errors
/// If the database fails.
pub fn settle_withdrawn(db: &mut Db, claim: &Claim) -> Result<bool, StoreError> {
    let held = outbox::table.find(key(claim)).filter(outbox::lease_until.eq(Instant(claim.lease_until)));
    let settled = diesel::update(held)
        .set((
            outbox::state.eq(MessageState::Withdrawn.code()),
            outbox::body.eq(""),
            outbox::recipient.eq(kept_recipient(&claim.message)),
            outbox::lease_until.eq(None::<Instant>),
        ))
        .execute(db)?;
    Ok(settled == 1)
}

/// The recipient as it is kept once a message has left: none of a reminder, which would tell who had not answered.
fn kept_recipient(message: &Message) -> &str {
    match message.purpose {
        MessagePurpose::Reminder | MessagePurpose::Receipt => "",
        MessagePurpose::Invitation | MessagePurpose::SignIn | MessagePurpose::Notice => message.recipient.as_str(),
    }
}

/// The message is tried again at a later time. `false` if it is no longer this claim's.
///
/// # Errors
/// If the database fails.
pub fn settle_deferred(db: &mut Db, claim: &Claim, then: Timestamp, problem: &str) -> Result<bool, StoreError> {
    let settled = settle(db, claim, MessageState::Waiting, problem)?;
    if settled {
        diesel::update(outbox::table.find(key(claim))).set(outbox::next_attempt_at.eq(Instant(then))).execute(db)?;
    }
    Ok(settled)
}

/// The message failed; a person may try again. `false` if it is no longer this claim's.
///
/// # Errors
/// If the database fails.
pub fn settle_failed(db: &mut Db, claim: &Claim, problem: &str) -> Result<bool, StoreError> {
    settle(db, claim, MessageState::Failed, problem)
}

/// The message was tried often enough: its text is emptied. `false` if it is no longer this claim's.
///
/// # Errors
/// If the database fails.
pub fn settle_given_up(db: &mut Db, claim: &Claim, problem: &str) -> Result<bool, StoreError> {
    let settled = settle(db, claim, MessageState::GivenUp, problem)?;
    if settled {
        diesel::update(outbox::table.find(key(claim))).set(outbox::body.eq("")).execute(db)?;
    }
    Ok(settled)
}

fn settle(db: &mut Db, claim: &Claim, state: MessageState, problem: &str) -> Result<bool, StoreError> {
    use outbox::dsl;
    let held = outbox::table
        .find(key(claim))
        .filter(dsl::lease_until.eq(Instant(claim.lease_until)))
        .filter(dsl::state.eq(MessageState::Sending.code()));
    let settled = diesel::update(held)
        .set((dsl::state.eq(state.code()), dsl::lease_until.eq(None::<Instant>), dsl::last_problem.eq(Some(problem))))
        .execute(db)?;
    Ok(settled == 1)
}

fn key(claim: &Claim) -> (Id, Id) {
    (Id(claim.message.organisation_id), Id(claim.message.id))
}

/// Marks as failed what somebody began to send and never told the outcome of: the lease ran out, and the mail server
/// may have the message. The lease stays in the row for [`settle_sent`]. Says how many.
///
/// # Errors
/// If the database fails.
pub fn fail_abandoned(db: &mut Db, now: Timestamp, problem: &str) -> Result<usize, StoreError> {
    use outbox::dsl;
    let abandoned =
        outbox::table.filter(dsl::state.eq(MessageState::Sending.code())).filter(dsl::lease_until.lt(Instant(now)));
    Ok(diesel::update(abandoned)
        .set((dsl::state.eq(MessageState::Failed.code()), dsl::last_problem.eq(Some(problem))))
        .execute(db)?)
}

/// Lets a failed message be tried again, as if for the first time. `false` if it is not failed.
///
/// # Errors
/// If the database fails.
pub fn retry(db: &mut Db, (organisation, about): (Uuid, Uuid), id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    use outbox::dsl;
    let failed = outbox::table
        .find((Id(organisation), Id(id)))
        .filter(dsl::about.eq(Id(about)))
        .filter(dsl::state.eq(MessageState::Failed.code()));
    let changed = diesel::update(failed)
        .set((
            dsl::state.eq(MessageState::Waiting.code()),
            dsl::attempts.eq(0),
            dsl::next_attempt_at.eq(Instant(now)),
            dsl::lease_until.eq(None::<Instant>),
        ))
        .execute(db)?;
    Ok(changed == 1)
}

/// How many messages of a body about one thing are in each state, as (state, how many); a state without any is left out.
///
/// # Errors
/// If the database fails.
pub fn count_by_state(db: &mut Db, organisation: Uuid, about: Uuid) -> Result<Vec<(MessageState, i64)>, StoreError> {
    let counts: Vec<(String, i64)> = outbox::table
        .filter(outbox::organisation_id.eq(Id(organisation)))
        .filter(outbox::about.eq(Id(about)))
        .group_by(outbox::state)
        .select((outbox::state, diesel::dsl::count_star()))
        .load(db)?;
    counts.into_iter().map(|(word, count)| Ok((state(&word)?, count))).collect()
}

/// Messages of one purpose about one thing that did not arrive, newest first, at most `most`.
///
/// # Errors
/// If the database fails.
pub fn failed(
    db: &mut Db,
    (organisation, about): (Uuid, Uuid),
    purpose: MessagePurpose,
    most: i64,
) -> Result<Vec<OutboxEntry>, StoreError> {
    let states = [MessageState::Failed.code(), MessageState::GivenUp.code()];
    let rows: Vec<EntryRow> = outbox::table
        .filter(outbox::organisation_id.eq(Id(organisation)))
        .filter(outbox::about.eq(Id(about)))
        .filter(outbox::purpose.eq(purpose.code()))
        .filter(outbox::state.eq_any(states))
        .order((outbox::created_at.desc(), outbox::id.desc()))
        .limit(most)
        .select(entry_columns!())
        .load(db)?;
    rows.into_iter().map(entry).collect()
}

/// The messages of a body about one thing, newest first, after `offset` that are left out.
///
/// # Errors
/// If the database fails.
pub fn newest(
    db: &mut Db,
    organisation: Uuid,
    about: Uuid,
    (offset, limit): (i64, i64),
) -> Result<Vec<OutboxEntry>, StoreError> {
    let rows: Vec<EntryRow> = outbox::table
        .filter(outbox::organisation_id.eq(Id(organisation)))
        .filter(outbox::about.eq(Id(about)))
        .order((outbox::created_at.desc(), outbox::id.desc()))
        .offset(offset)
        .limit(limit)
        .select(entry_columns!())
        .load(db)?;
    rows.into_iter().map(entry).collect()
}

fn claim_of(row: Row, lease_until: Timestamp) -> Result<Claim, StoreError> {
    let (organisation_id, id, purpose, about, recipient, subject, body, message_id, attempts) = row;
    let corrupt = |column| StoreError::Corrupt { table: TABLE, column };
    let message = Message {
        organisation_id: organisation_id.0,
        id: id.0,
        purpose: MessagePurpose::from_code(&purpose).ok_or(corrupt("purpose"))?,
        about: about.0,
        recipient: EmailAddress::parse(&recipient).map_err(|_| corrupt("recipient"))?,
        subject: Subject::parse(&subject).map_err(|_| corrupt("subject"))?,
        body,
        message_id: MessageId::parse(&message_id).map_err(|_| corrupt("message_id"))?,
    };
    Ok(Claim { message, attempts: number(attempts)?, lease_until })
}

fn entry(row: EntryRow) -> Result<OutboxEntry, StoreError> {
    let (id, purpose, recipient, subject, word, attempts, next_attempt_at, last_problem, created_at, sent_at) = row;
    Ok(OutboxEntry {
        id: id.0,
        purpose: MessagePurpose::from_code(&purpose).ok_or(StoreError::Corrupt { table: TABLE, column: "purpose" })?,
        recipient,
        subject,
        state: state(&word)?,
        attempts: number(attempts)?,
        next_attempt_at: next_attempt_at.0,
        last_problem,
        created_at: created_at.0,
        sent_at: sent_at.map(|at| at.0),
    })
}

fn state(word: &str) -> Result<MessageState, StoreError> {
    MessageState::from_code(word).ok_or(StoreError::Corrupt { table: TABLE, column: "state" })
}

fn number(attempts: i32) -> Result<u32, StoreError> {
    u32::try_from(attempts).map_err(|_| StoreError::Corrupt { table: TABLE, column: "attempts" })
}

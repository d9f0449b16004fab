// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The audit: entries are added at the end and read, never changed.

use diesel::prelude::*;
use jiff::Timestamp;

use super::schema::{audit_entries, audit_head};
use super::types::Instant;
use super::{Db, StoreError};
use crate::domain::audit::{AuditEntry, AuditNote};

type Row = (i64, Instant, String, String, String, String, String, String, String);

/// The only row of the head.
const HEAD: i32 = 1;

/// Adds an entry at the end of the chain. Writers that come together queue at the head.
///
/// # Errors
/// If the database fails.
pub fn append(db: &mut Db, note: AuditNote, now: Timestamp) -> Result<(), StoreError> {
    let head = audit_head::table.find(HEAD);
    let (number, previous): (i64, String) = diesel::update(head)
        .set(audit_head::number.eq(audit_head::number + 1))
        .returning((audit_head::number, audit_head::hash))
        .get_result(db)?;
    let entry = AuditEntry::following(number, previous, now, note);
    diesel::update(head).set(audit_head::hash.eq(&entry.hash)).execute(db)?;
    insert(db, &entry)
}

fn insert(db: &mut Db, entry: &AuditEntry) -> Result<(), StoreError> {
    use audit_entries::dsl;
    diesel::insert_into(dsl::audit_entries)
        .values((
            dsl::number.eq(entry.number),
            dsl::recorded_at.eq(Instant(entry.recorded_at)),
            dsl::organisation.eq(&entry.organisation),
            dsl::actor.eq(&entry.actor),
            dsl::act.eq(&entry.act),
            dsl::subject.eq(&entry.subject),
            dsl::note.eq(&entry.note),
            dsl::previous_hash.eq(&entry.previous_hash),
            dsl::hash.eq(&entry.hash),
        ))
        .execute(db)?;
    Ok(())
}

/// Entries after a number, in order, at most `limit`.
///
/// # Errors
/// If the database fails.
pub fn after(db: &mut Db, number: i64, limit: i64) -> Result<Vec<AuditEntry>, StoreError> {
    let rows: Vec<Row> = audit_entries::table
        .filter(audit_entries::number.gt(number))
        .order(audit_entries::number)
        .limit(limit)
        .load(db)?;
    Ok(rows.into_iter().map(entry).collect())
}

/// Number and hash of the last entry, as the head has them.
///
/// # Errors
/// If the database fails.
pub fn head(db: &mut Db) -> Result<(i64, String), StoreError> {
    Ok(audit_head::table.find(HEAD).select((audit_head::number, audit_head::hash)).get_result(db)?)
}

/// The newest entries that concern a body, the newest first.
///
/// # Errors
/// If the database fails.
pub fn of_organisation(db: &mut Db, organisation: &str, skip: i64, limit: i64) -> Result<Vec<AuditEntry>, StoreError> {
    let rows: Vec<Row> = audit_entries::table
        .filter(audit_entries::organisation.eq(organisation))
        .order(audit_entries::number.desc())
        .offset(skip)
        .limit(limit)
        .load(db)?;
    Ok(rows.into_iter().map(entry).collect())
}

/// How many entries concern a body.
///
/// # Errors
/// If the database fails.
pub fn count_of_organisation(db: &mut Db, organisation: &str) -> Result<i64, StoreError> {
    Ok(audit_entries::table.filter(audit_entries::organisation.eq(organisation)).count().get_result(db)?)
}

fn entry(row: Row) -> AuditEntry {
    let (number, recorded_at, organisation, actor, act, subject, note, previous_hash, hash) = row;
    AuditEntry { number, recorded_at: recorded_at.0, organisation, actor, act, subject, note, previous_hash, hash }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Summaries of waves in plain words: every revision, none of them ever changed.

use diesel::prelude::*;

use super::schema::wave_summaries;
use super::types::{Id, day};
use super::{Db, StoreError};
use crate::domain::discussion::Summary;
use crate::domain::wave::Wave;

type Row = (Id, Id, i32, Id, String, String, String);

/// Adds a revision of the summary of a wave.
///
/// # Errors
/// If the database fails; also where somebody else added this revision in the meantime.
pub fn insert(db: &mut Db, summary: &Summary) -> Result<(), StoreError> {
    use wave_summaries::dsl;
    diesel::insert_into(dsl::wave_summaries)
        .values((
            dsl::organisation_id.eq(Id(summary.organisation_id)),
            dsl::wave_id.eq(Id(summary.wave_id)),
            dsl::revision.eq(summary.revision),
            dsl::id.eq(Id(summary.id)),
            dsl::said.eq(&summary.text),
            dsl::author.eq(&summary.author),
            dsl::written_on.eq(summary.written_on.to_string()),
        ))
        .execute(db)?;
    Ok(())
}

/// Every revision of the summary of a wave, the last first.
///
/// # Errors
/// If the database fails.
pub fn of_wave(db: &mut Db, wave: &Wave) -> Result<Vec<Summary>, StoreError> {
    let rows: Vec<Row> = wave_summaries::table
        .filter(wave_summaries::organisation_id.eq(Id(wave.organisation_id)))
        .filter(wave_summaries::wave_id.eq(Id(wave.id)))
        .order(wave_summaries::revision.desc())
        .load(db)?;
    rows.into_iter().map(summary).collect()
}

fn summary((organisation, wave, revision, id, text, author, written_on): Row) -> Result<Summary, StoreError> {
    Ok(Summary {
        organisation_id: organisation.0,
        id: id.0,
        wave_id: wave.0,
        revision,
        text,
        author,
        written_on: day(&written_on, "wave_summaries", "written_on")?,
    })
}

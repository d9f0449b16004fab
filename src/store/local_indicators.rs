// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Indicators of a project's own, with what people said when they were tried.

use diesel::prelude::*;
use uuid::Uuid;

use super::schema::{local_indicators, pretest_notes};
use super::types::{Id, Json, day, document, from_document};
use super::{Db, Saved, StoreError};
use crate::domain::local_indicator::{InComposite, LocalIndicator, PretestNote};
use crate::domain::wave::Wave;

const TABLE: &str = "local_indicators";

type Row = (Id, Id, Id, Option<Id>, String, Json, String, i32);
type NoteRow = (String, String, String, String, String);

/// Adds a local indicator.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, local: &LocalIndicator) -> Result<(), StoreError> {
    use local_indicators::dsl;
    diesel::insert_into(dsl::local_indicators)
        .values((
            dsl::organisation_id.eq(Id(local.organisation_id)),
            dsl::id.eq(Id(local.id)),
            dsl::wave_id.eq(Id(local.wave_id)),
            dsl::proposal_id.eq(local.proposal_id.map(Id)),
            dsl::code.eq(&local.code),
            dsl::sheet.eq(document(&local.sheet)),
            dsl::composite.eq(local.composite.code()),
            dsl::revision.eq(local.revision),
        ))
        .execute(db)?;
    Ok(())
}

/// Changes the sheet of a local indicator, unless somebody else did since its revision was read.
///
/// # Errors
/// If the database fails.
pub fn update(db: &mut Db, local: &LocalIndicator) -> Result<Saved, StoreError> {
    use local_indicators::dsl;
    let unchanged =
        dsl::local_indicators.find((Id(local.organisation_id), Id(local.id))).filter(dsl::revision.eq(local.revision));
    let saved = diesel::update(unchanged)
        .set((dsl::sheet.eq(document(&local.sheet)), dsl::revision.eq(local.revision + 1)))
        .execute(db)?;
    Ok(Saved::of(saved))
}

/// Takes a local indicator away that was never frozen.
///
/// # Errors
/// If the database fails.
pub fn delete(db: &mut Db, local: &LocalIndicator) -> Result<Saved, StoreError> {
    let this = local_indicators::table.find((Id(local.organisation_id), Id(local.id)));
    Ok(Saved::of(diesel::delete(this).execute(db)?))
}

/// The local indicators of a wave, by code.
///
/// # Errors
/// If the database fails.
pub fn of_wave(db: &mut Db, wave: &Wave) -> Result<Vec<LocalIndicator>, StoreError> {
    let rows: Vec<Row> = local_indicators::table
        .filter(local_indicators::organisation_id.eq(Id(wave.organisation_id)))
        .filter(local_indicators::wave_id.eq(Id(wave.id)))
        .order((local_indicators::code, local_indicators::id))
        .load(db)?;
    rows.into_iter().map(local).collect()
}

/// One local indicator of a wave.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, wave: &Wave, id: Uuid) -> Result<Option<LocalIndicator>, StoreError> {
    let row: Option<Row> = local_indicators::table
        .find((Id(wave.organisation_id), Id(id)))
        .filter(local_indicators::wave_id.eq(Id(wave.id)))
        .get_result(db)
        .optional()?;
    row.map(local).transpose()
}

/// Adds what somebody said about an item on trial.
///
/// # Errors
/// If the database fails.
pub fn insert_note(db: &mut Db, local: &LocalIndicator, id: Uuid, note: &PretestNote) -> Result<(), StoreError> {
    use pretest_notes::dsl;
    diesel::insert_into(dsl::pretest_notes)
        .values((
            dsl::organisation_id.eq(Id(local.organisation_id)),
            dsl::id.eq(Id(id)),
            dsl::indicator_id.eq(Id(local.id)),
            dsl::item_code.eq(&note.item),
            dsl::group_code.eq(&note.group),
            dsl::note.eq(&note.note),
            dsl::noted_by.eq(&note.noted_by),
            dsl::noted_on.eq(note.noted_on.to_string()),
        ))
        .execute(db)?;
    Ok(())
}

/// What was said about the items of a local indicator on trial, item by item.
///
/// # Errors
/// If the database fails.
pub fn notes(db: &mut Db, local: &LocalIndicator) -> Result<Vec<PretestNote>, StoreError> {
    let rows: Vec<NoteRow> = pretest_notes::table
        .filter(pretest_notes::organisation_id.eq(Id(local.organisation_id)))
        .filter(pretest_notes::indicator_id.eq(Id(local.id)))
        .order((pretest_notes::item_code, pretest_notes::noted_on, pretest_notes::id))
        .select((
            pretest_notes::item_code,
            pretest_notes::group_code,
            pretest_notes::note,
            pretest_notes::noted_by,
            pretest_notes::noted_on,
        ))
        .load(db)?;
    let note = |(item, group, note, noted_by, noted_on): NoteRow| {
        let noted_on = day(&noted_on, "pretest_notes", "noted_on")?;
        Ok(PretestNote { item, group, note, noted_by, noted_on })
    };
    rows.into_iter().map(note).collect()
}

fn local(row: Row) -> Result<LocalIndicator, StoreError> {
    let (organisation_id, id, wave_id, proposal_id, code, sheet, composite, revision) = row;
    let corrupt = StoreError::Corrupt { table: TABLE, column: "composite" };
    Ok(LocalIndicator {
        organisation_id: organisation_id.0,
        id: id.0,
        wave_id: wave_id.0,
        proposal_id: proposal_id.map(|id| id.0),
        code,
        sheet: from_document(sheet, TABLE, "sheet")?,
        composite: InComposite::from_code(&composite).ok_or(corrupt)?,
        revision,
    })
}

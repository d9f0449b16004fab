// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Questionnaires on paper while they are keyed in, and files of answers that were taken whole.

use diesel::prelude::*;
use jiff::civil::Date;

use super::engine::each_engine;
use super::schema::{batches, paper_forms};
use super::types::{Id, day};
use super::{Db, Saved, StoreError};
use crate::domain::paper::{PaperForm, PaperStage};
use crate::domain::wave::Wave;

type Row = (Id, Id, String, String, String, String, String, String, Option<Id>, Option<String>, Option<String>);

/// Stages of a form that is not stored yet.
const WAITING: [&str; 2] = ["once", "differing"];

/// The forms of a wave.
macro_rules! of_wave {
    ($wave:expr) => {
        paper_forms::table
            .filter(paper_forms::organisation_id.eq(Id($wave.organisation_id)))
            .filter(paper_forms::wave_id.eq(Id($wave.id)))
    };
}

/// The row of one form.
macro_rules! row_of {
    ($form:expr) => {
        paper_forms::table.find((Id($form.organisation_id), Id($form.wave_id), &$form.group, &$form.number))
    };
}

/// Every form of a wave, group by group, by number.
///
/// # Errors
/// If the database fails.
pub fn of_wave(db: &mut Db, wave: &Wave) -> Result<Vec<PaperForm>, StoreError> {
    let rows: Vec<Row> = of_wave!(wave).order((paper_forms::group_code, paper_forms::number)).load(db)?;
    rows.into_iter().map(form).collect()
}

/// The form of a group with this number.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, wave: &Wave, group: &str, number: &str) -> Result<Option<PaperForm>, StoreError> {
    let key = (Id(wave.organisation_id), Id(wave.id), group, number);
    let row: Option<Row> = paper_forms::table.find(key).get_result(db).optional()?;
    row.map(form).transpose()
}

/// Adds a form that was keyed in once. Outdated if there is one with its number.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, form: &PaperForm) -> Result<Saved, StoreError> {
    use paper_forms::dsl;
    let (first, second) = keyed(&form.stage);
    let row = (
        dsl::organisation_id.eq(Id(form.organisation_id)),
        dsl::wave_id.eq(Id(form.wave_id)),
        dsl::group_code.eq(&form.group),
        dsl::number.eq(&form.number),
        dsl::stage.eq(form.stage.code()),
        dsl::first_keyed.eq(first),
        dsl::second_keyed.eq(second),
        dsl::entered_by.eq(&form.entered_by),
        dsl::invitation_id.eq(form.invitation_id.map(Id)),
        dsl::respondent_organisation.eq(&form.organisation),
    );
    let added =
        each_engine!(db, c => diesel::insert_into(dsl::paper_forms).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(Saved::of(added))
}

/// Moves a form on. Outdated if somebody else did in the meantime.
///
/// # Errors
/// If the database fails.
pub fn advance(db: &mut Db, form: &PaperForm, to: &PaperStage) -> Result<Saved, StoreError> {
    use paper_forms::dsl;
    let (first, second) = keyed(to);
    let (tie, receipt_hash) = match to {
        PaperStage::Once(_) | PaperStage::Differing { .. } => (form.invitation_id.map(Id), None),
        PaperStage::Stored { receipt_hash } => (None, receipt_hash.as_deref()),
        PaperStage::Complete => (None, None),
    };
    let unmoved = row_of!(form).filter(dsl::stage.eq(form.stage.code()));
    let columns = (
        dsl::stage.eq(to.code()),
        dsl::first_keyed.eq(first),
        dsl::second_keyed.eq(second),
        dsl::invitation_id.eq(tie),
        dsl::receipt_hash.eq(receipt_hash),
    );
    Ok(Saved::of(diesel::update(unmoved).set(columns).execute(db)?))
}

/// Throws a form away that is not stored yet. Outdated if there is none.
///
/// # Errors
/// If the database fails.
pub fn delete(db: &mut Db, form: &PaperForm) -> Result<Saved, StoreError> {
    Ok(Saved::of(diesel::delete(row_of!(form).filter(paper_forms::stage.eq_any(WAITING))).execute(db)?))
}

/// Forgets the numbers of a wave's forms.
///
/// # Errors
/// If the database fails.
pub fn delete_of_wave(db: &mut Db, wave: &Wave) -> Result<usize, StoreError> {
    Ok(diesel::delete(of_wave!(wave)).execute(db)?)
}

/// How many forms of a wave are keyed in and not stored yet.
///
/// # Errors
/// If the database fails.
pub fn count_waiting(db: &mut Db, wave: &Wave) -> Result<i64, StoreError> {
    Ok(of_wave!(wave).filter(paper_forms::stage.eq_any(WAITING)).count().get_result(db)?)
}

/// Writes down that a file of answers was taken. Outdated if it was before.
///
/// # Errors
/// If the database fails.
pub fn insert_batch(
    db: &mut Db,
    wave: &Wave,
    (sha256, responses): (&str, i32),
    loaded_on: Date,
) -> Result<Saved, StoreError> {
    use batches::dsl;
    let row = (
        dsl::organisation_id.eq(Id(wave.organisation_id)),
        dsl::wave_id.eq(Id(wave.id)),
        dsl::sha256.eq(sha256),
        dsl::responses.eq(responses),
        dsl::loaded_on.eq(loaded_on.to_string()),
    );
    let added =
        each_engine!(db, c => diesel::insert_into(dsl::batches).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(Saved::of(added))
}

/// The day on which a file of answers was taken, if it was.
///
/// # Errors
/// If the database fails.
pub fn batch_day(db: &mut Db, wave: &Wave, sha256: &str) -> Result<Option<Date>, StoreError> {
    let key = (Id(wave.organisation_id), Id(wave.id), sha256);
    let found: Option<String> = batches::table.find(key).select(batches::loaded_on).get_result(db).optional()?;
    found.map(|text| day(&text, "batches", "loaded_on")).transpose()
}

/// How many files of answers a wave has taken in.
///
/// # Errors
/// If the database fails.
pub fn count_batches(db: &mut Db, wave: &Wave) -> Result<i64, StoreError> {
    let taken = batches::table
        .filter(batches::organisation_id.eq(Id(wave.organisation_id)))
        .filter(batches::wave_id.eq(Id(wave.id)));
    Ok(taken.count().get_result(db)?)
}

fn keyed(stage: &PaperStage) -> (&str, &str) {
    match stage {
        PaperStage::Once(first) => (first, ""),
        PaperStage::Differing { first, second } => (first, second),
        PaperStage::Stored { .. } | PaperStage::Complete => ("", ""),
    }
}

fn form(row: Row) -> Result<PaperForm, StoreError> {
    let (
        organisation_id,
        wave_id,
        group,
        number,
        stage,
        first,
        second,
        entered_by,
        invitation,
        organisation,
        receipt_hash,
    ) = row;
    let stage = match stage.as_str() {
        "once" => PaperStage::Once(first),
        "differing" => PaperStage::Differing { first, second },
        "stored" => PaperStage::Stored { receipt_hash },
        "complete" => PaperStage::Complete,
        _ => return Err(StoreError::Corrupt { table: "paper_forms", column: "stage" }),
    };
    Ok(PaperForm {
        organisation_id: organisation_id.0,
        wave_id: wave_id.0,
        group,
        number,
        stage,
        entered_by,
        invitation_id: invitation.map(|id| id.0),
        organisation,
    })
}

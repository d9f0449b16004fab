// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What people write in their own words: in drafts, and once submitted.

use diesel::prelude::*;
use uuid::Uuid;

use super::engine::each_engine;
use super::schema::{draft_texts, written_answers};
use super::types::Id;
use super::{Db, Saved, StoreError};
use crate::domain::invitation::Draft;
use crate::domain::moderation::Moderation;
use crate::domain::wave::Wave;
use crate::domain::written::WrittenAnswer;

type Row = (Id, Id, Id, String, String, String, String);

/// What is read of a submitted text.
macro_rules! columns {
    () => {
        (
            written_answers::organisation_id,
            written_answers::id,
            written_answers::wave_id,
            written_answers::group_code,
            written_answers::question,
            written_answers::said,
            written_answers::state,
        )
    };
}

/// The texts of a wave.
macro_rules! of_wave {
    ($wave:expr) => {
        written_answers::table
            .filter(written_answers::organisation_id.eq(Id($wave.organisation_id)))
            .filter(written_answers::wave_id.eq(Id($wave.id)))
    };
}

/// What is written in a draft, as (question, words).
///
/// # Errors
/// If the database fails.
pub fn of_draft(db: &mut Db, draft: &Draft) -> Result<Vec<(String, String)>, StoreError> {
    let query = draft_texts::table
        .filter(draft_texts::organisation_id.eq(Id(draft.organisation_id)))
        .filter(draft_texts::draft_id.eq(Id(draft.id)))
        .order(draft_texts::question)
        .select((draft_texts::question, draft_texts::said));
    Ok(each_engine!(db, c => query.load(c))?)
}

/// Puts other texts in the place of a draft's. Empty ones are none.
///
/// # Errors
/// If the database fails.
pub fn set_of_draft(db: &mut Db, draft: &Draft, texts: &[(String, String)]) -> Result<(), StoreError> {
    use draft_texts::dsl;
    let of_draft = dsl::draft_texts
        .filter(dsl::organisation_id.eq(Id(draft.organisation_id)))
        .filter(dsl::draft_id.eq(Id(draft.id)));
    diesel::delete(of_draft).execute(db)?;
    for (question, said) in texts.iter().filter(|(_, said)| !said.is_empty()) {
        diesel::insert_into(dsl::draft_texts)
            .values((
                dsl::organisation_id.eq(Id(draft.organisation_id)),
                dsl::draft_id.eq(Id(draft.id)),
                dsl::question.eq(question),
                dsl::said.eq(said),
            ))
            .execute(db)?;
    }
    Ok(())
}

/// Adds texts that were submitted. `receipt_hash` says whose they are, where they can be corrected.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, texts: &[WrittenAnswer], receipt_hash: Option<&str>) -> Result<(), StoreError> {
    use written_answers::dsl;
    for text in texts {
        diesel::insert_into(dsl::written_answers)
            .values((
                dsl::organisation_id.eq(Id(text.organisation_id)),
                dsl::id.eq(Id(text.id)),
                dsl::wave_id.eq(Id(text.wave_id)),
                dsl::group_code.eq(&text.group),
                dsl::question.eq(&text.question),
                dsl::said.eq(&text.said),
                dsl::state.eq(text.state.code()),
                dsl::receipt_hash.eq(receipt_hash),
            ))
            .execute(db)?;
    }
    Ok(())
}

/// Every text of a wave, in an order that says nothing about when they came.
///
/// # Errors
/// If the database fails.
pub fn of_wave(db: &mut Db, wave: &Wave) -> Result<Vec<WrittenAnswer>, StoreError> {
    let rows: Vec<Row> =
        of_wave!(wave).order((written_answers::question, written_answers::id)).select(columns!()).load(db)?;
    rows.into_iter().map(text).collect()
}

/// Decides about a text. Outdated if it is gone.
///
/// # Errors
/// If the database fails.
pub fn moderate(db: &mut Db, wave: &Wave, id: Uuid, state: Moderation) -> Result<Saved, StoreError> {
    let this = of_wave!(wave).filter(written_answers::id.eq(Id(id)));
    Ok(Saved::of(diesel::update(this).set(written_answers::state.eq(state.code())).execute(db)?))
}

/// Deletes the texts of a response.
///
/// # Errors
/// If the database fails.
pub fn erase(db: &mut Db, (organisation, wave): (Uuid, Uuid), receipt_hash: &str) -> Result<usize, StoreError> {
    let of_response = written_answers::table
        .filter(written_answers::organisation_id.eq(Id(organisation)))
        .filter(written_answers::wave_id.eq(Id(wave)))
        .filter(written_answers::receipt_hash.eq(receipt_hash));
    Ok(diesel::delete(of_response).execute(db)?)
}

/// Forgets whose texts a wave's are.
///
/// # Errors
/// If the database fails.
pub fn forget_whose(db: &mut Db, wave: &Wave) -> Result<usize, StoreError> {
    Ok(diesel::update(of_wave!(wave)).set(written_answers::receipt_hash.eq(None::<String>)).execute(db)?)
}

fn text((organisation, id, wave, group, question, said, state): Row) -> Result<WrittenAnswer, StoreError> {
    let corrupt = StoreError::Corrupt { table: "written_answers", column: "state" };
    Ok(WrittenAnswer {
        organisation_id: organisation.0,
        id: id.0,
        wave_id: wave.0,
        group,
        question,
        said,
        state: Moderation::from_code(&state).ok_or(corrupt)?,
    })
}

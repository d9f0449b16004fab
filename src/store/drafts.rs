// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Answers in the making, and the devices on which they are open.

use diesel::prelude::*;
use uuid::Uuid;

use super::draft_changes::{Saving, Submitting};
use super::engine::each_engine;
use super::schema::{draft_sessions, drafts, waves};
use super::types::Id;
use super::waves::{AskingRow, asking, asking_columns};
use super::{Db, Saved, StoreError};
use crate::domain::invitation::{Draft, Entry, Setting, Standing};
use crate::domain::wave::{Asking, Wave};

type Row = (
    Id,
    Id,
    Id,
    String,
    Option<Id>,
    Option<String>,
    String,
    String,
    Option<String>,
    String,
    Option<String>,
    String,
    i32,
    String,
);

/// The row of a draft.
macro_rules! row_of {
    ($draft:expr) => {
        drafts::table.find((Id($draft.organisation_id), Id($draft.id)))
    };
}

/// Adds a draft with the hash of its resume code.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, draft: &Draft, resume_hash: &str) -> Result<(), StoreError> {
    use drafts::dsl;
    let new = (
        dsl::organisation_id.eq(Id(draft.organisation_id)),
        dsl::id.eq(Id(draft.id)),
        dsl::wave_id.eq(Id(draft.wave_id)),
        dsl::group_code.eq(&draft.group),
        dsl::invitation_id.eq(draft.invitation_id.map(Id)),
        dsl::respondent.eq(&draft.respondent),
        dsl::resume_hash.eq(resume_hash),
        dsl::answers.eq(&draft.answers),
        dsl::receipt.eq(&draft.receipt),
        dsl::setting.eq(draft.setting.code()),
        dsl::respondent_organisation.eq(&draft.organisation),
        dsl::entry.eq(draft.entry.code()),
        dsl::standing.eq(draft.standing.code()),
    );
    each_engine!(db, c => diesel::insert_into(dsl::drafts).values(new).execute(c))?;
    Ok(())
}

/// The draft whose resume code has this hash.
///
/// # Errors
/// If the database fails.
pub fn by_resume_code(db: &mut Db, resume_hash: &str) -> Result<Option<Draft>, StoreError> {
    let row: Option<Row> = drafts::table.filter(drafts::resume_hash.eq(resume_hash)).get_result(db).optional()?;
    row.map(draft).transpose()
}

/// The draft opened with a personal invitation.
///
/// # Errors
/// If the database fails.
pub fn by_invitation(db: &mut Db, organisation: Uuid, invitation: Uuid) -> Result<Option<Draft>, StoreError> {
    let row: Option<Row> = drafts::table
        .filter(drafts::organisation_id.eq(Id(organisation)))
        .filter(drafts::invitation_id.eq(Id(invitation)))
        .get_result(db)
        .optional()?;
    row.map(draft).transpose()
}

/// The draft open on the device that holds the token with this hash.
///
/// # Errors
/// If the database fails.
pub fn by_session(db: &mut Db, token_hash: &str) -> Result<Option<Draft>, StoreError> {
    let query = drafts::table
        .inner_join(draft_sessions::table.on(
            draft_sessions::draft_id.eq(drafts::id).and(draft_sessions::organisation_id.eq(drafts::organisation_id)),
        ))
        .filter(draft_sessions::token_hash.eq(token_hash))
        .select(drafts::all_columns);
    let row: Option<Row> = each_engine!(db, c => query.get_result(c).optional())?;
    row.map(draft).transpose()
}

/// The draft open on the device that holds the token with this hash, and what its wave asks: all that saving an answer
/// has to know, in one statement.
///
/// # Errors
/// If the database fails.
pub fn with_asking(db: &mut Db, token_hash: &str) -> Result<Option<(Draft, Asking)>, StoreError> {
    let query = draft_sessions::table
        .inner_join(drafts::table.on(
            drafts::id.eq(draft_sessions::draft_id).and(drafts::organisation_id.eq(draft_sessions::organisation_id)),
        ))
        .inner_join(
            waves::table.on(waves::id.eq(drafts::wave_id).and(waves::organisation_id.eq(drafts::organisation_id))),
        )
        .filter(draft_sessions::token_hash.eq(token_hash))
        .filter(waves::removed_at.is_null())
        .select((drafts::all_columns, asking_columns!()));
    let found: Option<(Row, AskingRow)> = each_engine!(db, c => query.get_result(c).optional())?;
    found.map(|(row, asked)| Ok((draft(row)?, asking(asked)?))).transpose()
}

/// Opens a draft on one more device.
///
/// # Errors
/// If the database fails.
pub fn open_session(db: &mut Db, draft: &Draft, token_hash: &str) -> Result<(), StoreError> {
    use draft_sessions::dsl;
    let new = (
        dsl::token_hash.eq(token_hash),
        dsl::organisation_id.eq(Id(draft.organisation_id)),
        dsl::draft_id.eq(Id(draft.id)),
    );
    each_engine!(db, c => diesel::insert_into(dsl::draft_sessions).values(new).execute(c))?;
    Ok(())
}

/// Saves the answers of a draft that is not submitted yet, or is being corrected. `false` if it is neither.
///
/// # Errors
/// If the database fails.
pub fn save(db: &mut Db, draft: &Draft, answers: &str, reached: u32) -> Result<bool, StoreError> {
    let saving = Saving {
        draft: (Id(draft.organisation_id), Id(draft.id)),
        answers,
        reached: i32::try_from(reached).unwrap_or(i32::MAX),
        fillable: [Standing::Open.code(), Standing::Correcting.code()],
    };
    Ok(each_engine!(db, c => saving.execute(c))? == 1)
}

/// Gives a draft its receipt, once. `false` if it has one already.
///
/// # Errors
/// If the database fails.
pub fn submit(db: &mut Db, draft: &Draft, receipt: &str) -> Result<bool, StoreError> {
    let draft = (Id(draft.organisation_id), Id(draft.id));
    let submitting = Submitting { draft, receipt, standing: Standing::Submitted.code() };
    Ok(each_engine!(db, c => submitting.execute(c))? == 1)
}

/// Moves a submitted draft on. Outdated if it stands elsewhere by now.
///
/// # Errors
/// If the database fails.
pub fn stand(db: &mut Db, draft: &Draft, to: Standing) -> Result<Saved, StoreError> {
    let unmoved = row_of!(draft).filter(drafts::standing.eq(draft.standing.code()));
    Ok(Saved::of(diesel::update(unmoved).set(drafts::standing.eq(to.code())).execute(db)?))
}

/// Empties a submitted draft, which remembers only that it was submitted and erased. Outdated if it stands elsewhere by
/// now.
///
/// # Errors
/// If the database fails.
pub fn erase(db: &mut Db, draft: &Draft, blank: &str) -> Result<Saved, StoreError> {
    let unmoved = row_of!(draft).filter(drafts::standing.eq(draft.standing.code()));
    let erased = (drafts::standing.eq(Standing::Erased.code()), drafts::answers.eq(blank));
    Ok(Saved::of(diesel::update(unmoved).set(erased).execute(db)?))
}

/// The draft with this receipt code. The code is the credential: it is looked up across bodies.
///
/// # Errors
/// If the database fails.
pub fn by_receipt(db: &mut Db, receipt: &str) -> Result<Option<Draft>, StoreError> {
    let row: Option<Row> = drafts::table.filter(drafts::receipt.eq(receipt)).get_result(db).optional()?;
    row.map(draft).transpose()
}

/// The draft with this id.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<Option<Draft>, StoreError> {
    let row: Option<Row> = drafts::table.find((Id(organisation), Id(id))).get_result(db).optional()?;
    row.map(draft).transpose()
}

/// How many drafts of a wave are not submitted yet, as (group, how many).
///
/// # Errors
/// If the database fails.
pub fn count_unsubmitted(db: &mut Db, wave: &Wave) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(drafts::table
        .filter(drafts::organisation_id.eq(Id(wave.organisation_id)))
        .filter(drafts::wave_id.eq(Id(wave.id)))
        .filter(drafts::receipt.is_null())
        .group_by(drafts::group_code)
        .select((drafts::group_code, diesel::dsl::count_star()))
        .load(db)?)
}

/// How far drafts of a wave are that are not submitted yet, as (group, last page saved, how many).
///
/// # Errors
/// If the database fails.
pub fn stops(db: &mut Db, wave: &Wave) -> Result<Vec<(String, u32, u32)>, StoreError> {
    let rows: Vec<(String, i32, i64)> = drafts::table
        .filter(drafts::organisation_id.eq(Id(wave.organisation_id)))
        .filter(drafts::wave_id.eq(Id(wave.id)))
        .filter(drafts::receipt.is_null())
        .group_by((drafts::group_code, drafts::reached))
        .select((drafts::group_code, drafts::reached, diesel::dsl::count_star()))
        .load(db)?;
    let number = |of: i64| u32::try_from(of).unwrap_or_default();
    Ok(rows.into_iter().map(|(group, reached, count)| (group, number(reached.into()), number(count))).collect())
}

/// Deletes every draft of a wave, and with them what ties a code to an answer.
///
/// # Errors
/// If the database fails.
pub fn delete_of_wave(db: &mut Db, wave: &Wave) -> Result<usize, StoreError> {
    let of_wave = drafts::table
        .filter(drafts::organisation_id.eq(Id(wave.organisation_id)))
        .filter(drafts::wave_id.eq(Id(wave.id)));
    Ok(diesel::delete(of_wave).execute(db)?)
}

fn draft(row: Row) -> Result<Draft, StoreError> {
    let (
        organisation_id,
        id,
        wave_id,
        group,
        invitation_id,
        respondent,
        _,
        answers,
        receipt,
        setting,
        body,
        entry,
        page,
        standing,
    ) = row;
    let corrupt = |column| StoreError::Corrupt { table: "drafts", column };
    Ok(Draft {
        organisation_id: organisation_id.0,
        id: id.0,
        wave_id: wave_id.0,
        group,
        invitation_id: invitation_id.map(|id| id.0),
        respondent,
        answers,
        receipt,
        setting: Setting::from_code(&setting).ok_or(corrupt("setting"))?,
        organisation: body,
        entry: Entry::from_code(&entry).ok_or(corrupt("entry"))?,
        reached: u32::try_from(page).map_err(|_| corrupt("reached"))?,
        standing: Standing::from_code(&standing).ok_or(corrupt("standing"))?,
    })
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was said of the results of waves, and who supports it: what was replaced stays, superseded.

use diesel::prelude::*;
use uuid::Uuid;

use super::schema::{contributions, reply_supports};
use super::types::{Id, Json, document, from_document};
use super::{Db, Saved, StoreError};
use crate::domain::discussion::{Confirmation, Contribution, ContributionKind, Prompt, Standing};
use crate::domain::moderation::Moderation;
use crate::domain::wave::Wave;

const TABLE: &str = "contributions";

#[derive(Queryable)]
struct Row {
    organisation_id: Id,
    id: Id,
    wave_id: Id,
    kind: String,
    indicator: String,
    prompt: String,
    group_code: String,
    author_key: String,
    author: String,
    said: String,
    story: Option<Json>,
    state: String,
    reason: String,
    confirmation: String,
    note: String,
    standing: String,
    place: i32,
}

/// The contributions to a wave.
macro_rules! of_wave {
    ($wave:expr) => {
        contributions::table
            .filter(contributions::organisation_id.eq(Id($wave.organisation_id)))
            .filter(contributions::wave_id.eq(Id($wave.id)))
    };
}

/// Adds a contribution, as the last of its wave.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, wave: &Wave, one: &Contribution) -> Result<(), StoreError> {
    use contributions::dsl;
    let last: Option<i32> = of_wave!(wave).select(diesel::dsl::max(contributions::place)).get_result(db)?;
    diesel::insert_into(dsl::contributions)
        .values((
            dsl::organisation_id.eq(Id(one.organisation_id)),
            dsl::id.eq(Id(one.id)),
            dsl::wave_id.eq(Id(one.wave_id)),
            dsl::kind.eq(one.kind.code()),
            dsl::indicator.eq(&one.indicator),
            dsl::prompt.eq(one.prompt.map_or("", Prompt::code)),
            dsl::group_code.eq(&one.group),
            dsl::author_key.eq(&one.key),
            dsl::author.eq(&one.author),
            dsl::said.eq(&one.text),
            dsl::story.eq(one.story.as_ref().map(document)),
            dsl::state.eq(one.moderation.code()),
            dsl::reason.eq(&one.reason),
            dsl::confirmation.eq(one.confirmation.map_or("", Confirmation::code)),
            dsl::note.eq(&one.note),
            dsl::standing.eq(one.standing.code()),
            dsl::place.eq(last.unwrap_or(0) + 1),
        ))
        .execute(db)?;
    Ok(())
}

/// Everything that was said of a wave, by its turn; what was superseded too.
///
/// # Errors
/// If the database fails.
pub fn of_wave(db: &mut Db, wave: &Wave) -> Result<Vec<Contribution>, StoreError> {
    let rows: Vec<Row> = of_wave!(wave).order((contributions::place, contributions::id)).load(db)?;
    rows.into_iter().map(Contribution::try_from).collect()
}

/// One contribution to a wave.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, wave: &Wave, id: Uuid) -> Result<Option<Contribution>, StoreError> {
    let row: Option<Row> = of_wave!(wave).filter(contributions::id.eq(Id(id))).get_result(db).optional()?;
    row.map(Contribution::try_from).transpose()
}

/// Says that a later text took the place of this one.
///
/// # Errors
/// If the database fails.
pub fn supersede(db: &mut Db, wave: &Wave, id: Uuid) -> Result<Saved, StoreError> {
    let this = of_wave!(wave).filter(contributions::id.eq(Id(id)));
    let superseded = contributions::standing.eq(Standing::Superseded.code());
    Ok(Saved::of(diesel::update(this).set(superseded).execute(db)?))
}

/// Shows or hides a contribution, with the reason.
///
/// # Errors
/// If the database fails.
pub fn moderate(db: &mut Db, wave: &Wave, id: Uuid, (state, reason): (Moderation, &str)) -> Result<Saved, StoreError> {
    let this = of_wave!(wave).filter(contributions::id.eq(Id(id)));
    let decided = (contributions::state.eq(state.code()), contributions::reason.eq(reason));
    Ok(Saved::of(diesel::update(this).set(decided).execute(db)?))
}

/// Says that a text is its group's reply. Outdated where somebody said so before.
///
/// # Errors
/// If the database fails.
pub fn confirm(db: &mut Db, wave: &Wave, id: Uuid, (how, note): (Confirmation, &str)) -> Result<Saved, StoreError> {
    let this = of_wave!(wave).filter(contributions::id.eq(Id(id))).filter(contributions::confirmation.eq(""));
    let confirmed = (contributions::confirmation.eq(how.code()), contributions::note.eq(note));
    Ok(Saved::of(diesel::update(this).set(confirmed).execute(db)?))
}

/// Who supports a reply, by key.
///
/// # Errors
/// If the database fails.
pub fn supporters(db: &mut Db, reply: &Contribution) -> Result<Vec<String>, StoreError> {
    Ok(reply_supports::table
        .filter(reply_supports::organisation_id.eq(Id(reply.organisation_id)))
        .filter(reply_supports::contribution_id.eq(Id(reply.id)))
        .order(reply_supports::author_key)
        .select(reply_supports::author_key)
        .load(db)?)
}

/// Adds a supporter of a reply who does not support it yet.
///
/// # Errors
/// If the database fails.
pub fn support(db: &mut Db, reply: &Contribution, key: &str) -> Result<(), StoreError> {
    use reply_supports::dsl;
    if supporters(db, reply)?.iter().any(|known| known == key) {
        return Ok(());
    }
    diesel::insert_into(dsl::reply_supports)
        .values((
            dsl::organisation_id.eq(Id(reply.organisation_id)),
            dsl::wave_id.eq(Id(reply.wave_id)),
            dsl::contribution_id.eq(Id(reply.id)),
            dsl::author_key.eq(key),
        ))
        .execute(db)?;
    Ok(())
}

impl TryFrom<Row> for Contribution {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = |column| StoreError::Corrupt { table: TABLE, column };
        let prompt = match row.prompt.as_str() {
            "" => None,
            code => Some(Prompt::from_code(code).ok_or_else(|| corrupt("prompt"))?),
        };
        let confirmation = match row.confirmation.as_str() {
            "" => None,
            code => Some(Confirmation::from_code(code).ok_or_else(|| corrupt("confirmation"))?),
        };
        Ok(Self {
            organisation_id: row.organisation_id.0,
            id: row.id.0,
            wave_id: row.wave_id.0,
            kind: ContributionKind::from_code(&row.kind).ok_or_else(|| corrupt("kind"))?,
            indicator: row.indicator,
            prompt,
            group: row.group_code,
            key: row.author_key,
            author: row.author,
            text: row.said,
            story: row.story.map(|story| from_document(story, TABLE, "story")).transpose()?,
            moderation: Moderation::from_code(&row.state).ok_or_else(|| corrupt("state"))?,
            reason: row.reason,
            confirmation,
            note: row.note,
            standing: Standing::from_code(&row.standing).ok_or_else(|| corrupt("standing"))?,
            place: row.place,
        })
    }
}

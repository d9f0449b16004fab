// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How participatory each voice found a wave.

use diesel::prelude::*;

use super::schema::participation_sheets;
use super::types::Id;
use super::{Db, StoreError};
use crate::domain::participant::Participant;
use crate::domain::participation::{Dimension, Sheet};
use crate::domain::wave::Wave;

type Row = (String, Option<i32>, Option<i32>, Option<i32>);

/// Keeps the sheet of a voice. `true` where it takes the place of what it said before.
///
/// # Errors
/// If the database fails.
pub fn keep(db: &mut Db, participant: &Participant, sheet: &Sheet) -> Result<bool, StoreError> {
    use participation_sheets::dsl;
    let mark = |dimension| sheet.mark(dimension).map(i32::from);
    let said = (
        dsl::group_code.eq(&participant.group),
        dsl::control_mark.eq(mark(Dimension::Control)),
        dsl::range_mark.eq(mark(Dimension::Range)),
        dsl::depth_mark.eq(mark(Dimension::Depth)),
    );
    let same = dsl::participation_sheets.find((
        Id(participant.organisation_id),
        Id(participant.wave_id),
        participant.key.clone(),
    ));
    if diesel::update(same).set(said).execute(db)? > 0 {
        return Ok(true);
    }
    diesel::insert_into(dsl::participation_sheets)
        .values((
            dsl::organisation_id.eq(Id(participant.organisation_id)),
            dsl::wave_id.eq(Id(participant.wave_id)),
            dsl::voice_key.eq(&participant.key),
            said,
        ))
        .execute(db)?;
    Ok(false)
}

/// The sheet of a voice, if it filled one.
///
/// # Errors
/// If the database fails.
pub fn of_voice(db: &mut Db, participant: &Participant) -> Result<Option<Sheet>, StoreError> {
    let row: Option<Row> = participation_sheets::table
        .find((Id(participant.organisation_id), Id(participant.wave_id), participant.key.clone()))
        .select((
            participation_sheets::group_code,
            participation_sheets::control_mark,
            participation_sheets::range_mark,
            participation_sheets::depth_mark,
        ))
        .get_result(db)
        .optional()?;
    Ok(row.map(sheet))
}

/// The sheets of a wave, in no order that says when.
///
/// # Errors
/// If the database fails.
pub fn of_wave(db: &mut Db, wave: &Wave) -> Result<Vec<Sheet>, StoreError> {
    let rows: Vec<Row> = participation_sheets::table
        .filter(participation_sheets::organisation_id.eq(Id(wave.organisation_id)))
        .filter(participation_sheets::wave_id.eq(Id(wave.id)))
        .order(participation_sheets::voice_key)
        .select((
            participation_sheets::group_code,
            participation_sheets::control_mark,
            participation_sheets::range_mark,
            participation_sheets::depth_mark,
        ))
        .load(db)?;
    Ok(rows.into_iter().map(sheet).collect())
}

fn sheet((group, control, range, depth): Row) -> Sheet {
    let mark = |stored: Option<i32>| stored.and_then(|mark| u8::try_from(mark).ok());
    Sheet { group, marks: [mark(control), mark(range), mark(depth)] }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How many minutes questionnaires with the same items took: counts over all waves and bodies, with nothing that leads
//! back to one.

use diesel::prelude::*;

use super::engine::each_engine;
use super::schema::questionnaire_minutes;
use super::{Db, StoreError};
use crate::domain::wave::Wave;

/// Counts one more questionnaire that took so many minutes.
///
/// # Errors
/// If the database fails.
pub fn count(db: &mut Db, wave: &Wave, group: &str, minutes: u32) -> Result<(), StoreError> {
    use questionnaire_minutes::dsl;
    let row = (
        dsl::framework_sha256.eq(&wave.framework_sha256),
        dsl::wave_type.eq(&wave.wave_type),
        dsl::level.eq(wave.level.code()),
        dsl::group_code.eq(group),
        dsl::minutes.eq(i32::try_from(minutes).unwrap_or(i32::MAX)),
        dsl::responses.eq(1),
    );
    let same = (dsl::framework_sha256, dsl::wave_type, dsl::level, dsl::group_code, dsl::minutes);
    each_engine!(db, c => diesel::insert_into(dsl::questionnaire_minutes)
        .values(row)
        .on_conflict(same)
        .do_update()
        .set(dsl::responses.eq(dsl::responses + 1))
        .execute(c))?;
    Ok(())
}

/// Minutes with how many questionnaires of this wave's kind and group took them.
///
/// # Errors
/// If the database fails.
pub fn counts(db: &mut Db, wave: &Wave, group: &str) -> Result<Vec<(u32, u32)>, StoreError> {
    use questionnaire_minutes::dsl;
    let rows: Vec<(i32, i32)> = dsl::questionnaire_minutes
        .filter(dsl::framework_sha256.eq(&wave.framework_sha256))
        .filter(dsl::wave_type.eq(&wave.wave_type))
        .filter(dsl::level.eq(wave.level.code()))
        .filter(dsl::group_code.eq(group))
        .select((dsl::minutes, dsl::responses))
        .load(db)?;
    let corrupt = |column| StoreError::Corrupt { table: "questionnaire_minutes", column };
    let read = |(minutes, responses)| {
        let minutes = u32::try_from(minutes).map_err(|_| corrupt("minutes"))?;
        Ok((minutes, u32::try_from(responses).map_err(|_| corrupt("responses"))?))
    };
    rows.into_iter().map(read).collect()
}

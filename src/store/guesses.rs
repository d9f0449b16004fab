// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What participants believe that other groups said.

use diesel::prelude::*;

use super::schema::guesses;
use super::types::Id;
use super::{Db, StoreError};
use crate::domain::guess::Guess;
use crate::domain::wave::Wave;

type Row = (Id, Id, String, String, String, String, String);

/// Adds a guess.
///
/// # Errors
/// If the database fails; also where there is one of the same participant about the same group.
pub fn insert(db: &mut Db, guess: &Guess) -> Result<(), StoreError> {
    use guesses::dsl;
    diesel::insert_into(dsl::guesses)
        .values((
            dsl::organisation_id.eq(Id(guess.organisation_id)),
            dsl::wave_id.eq(Id(guess.wave_id)),
            dsl::about.eq(&guess.about),
            dsl::author_key.eq(&guess.key),
            dsl::group_code.eq(&guess.group),
            dsl::high.eq(guess.high.join(" ")),
            dsl::low.eq(guess.low.join(" ")),
        ))
        .execute(db)?;
    Ok(())
}

/// Every guess in a wave, in an order that says nothing of when they were made.
///
/// # Errors
/// If the database fails.
pub fn of_wave(db: &mut Db, wave: &Wave) -> Result<Vec<Guess>, StoreError> {
    let rows: Vec<Row> = guesses::table
        .filter(guesses::organisation_id.eq(Id(wave.organisation_id)))
        .filter(guesses::wave_id.eq(Id(wave.id)))
        .order((guesses::about, guesses::author_key))
        .load(db)?;
    Ok(rows.into_iter().map(guess).collect())
}

fn guess((organisation, wave, about, key, group, high, low): Row) -> Guess {
    let codes = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    Guess { organisation_id: organisation.0, wave_id: wave.0, high: codes(&high), low: codes(&low), group, key, about }
}

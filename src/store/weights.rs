// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How waves are weighed, what each voice said, and the weights that were frozen.

use std::collections::BTreeMap;

use diesel::prelude::*;
use jiff::Timestamp;

use super::schema::{frozen_weights, weighings, weight_votes};
use super::types::{Id, Instant, Json, document, from_document};
use super::{Db, Saved, StoreError};
use crate::domain::settled_weights::FrozenWeights;
use crate::domain::wave::Wave;
use crate::domain::weights::{Method, Stage, Weighing, WeightSet, WeightVote};

type VoteRow = (String, i32, String, String, String, Json);
type FrozenRow = (i32, Json, String, String, Instant);

/// The rows of a table that belong to a wave.
macro_rules! of_wave {
    ($table:ident, $wave:expr) => {
        $table::table
            .filter($table::organisation_id.eq(Id($wave.organisation_id)))
            .filter($table::wave_id.eq(Id($wave.id)))
    };
}

/// How a wave is weighed; nothing where weighing has not begun.
///
/// # Errors
/// If the database fails.
pub fn weighing(db: &mut Db, wave: &Wave) -> Result<Option<Weighing>, StoreError> {
    let row: Option<(String, Json, Json)> = of_wave!(weighings, wave)
        .select((weighings::stage, weighings::sets, weighings::methods))
        .get_result(db)
        .optional()?;
    let Some((stage, sets, methods)) = row else { return Ok(None) };
    let corrupt = |column| StoreError::Corrupt { table: "weighings", column };
    let codes: Vec<String> = from_document(sets, "weighings", "sets")?;
    let sets: Option<Vec<WeightSet>> = codes.iter().map(|code| WeightSet::from_code(code)).collect();
    let methods: BTreeMap<String, Method> = from_document(methods, "weighings", "methods")?;
    Ok(Some(Weighing {
        organisation_id: wave.organisation_id,
        wave_id: wave.id,
        stage: Stage::from_code(&stage).ok_or_else(|| corrupt("stage"))?,
        sets: sets.ok_or_else(|| corrupt("sets"))?,
        methods,
    }))
}

/// Begins to weigh a wave.
///
/// # Errors
/// If the database fails, or weighing has begun.
pub fn begin(db: &mut Db, weighing: &Weighing) -> Result<(), StoreError> {
    use weighings::dsl;
    let sets: Vec<&str> = weighing.sets.iter().map(|set| set.code()).collect();
    diesel::insert_into(dsl::weighings)
        .values((
            dsl::organisation_id.eq(Id(weighing.organisation_id)),
            dsl::wave_id.eq(Id(weighing.wave_id)),
            dsl::stage.eq(weighing.stage.code()),
            dsl::sets.eq(document(&sets)),
            dsl::methods.eq(document(&weighing.methods)),
        ))
        .execute(db)?;
    Ok(())
}

/// Moves weighing from one stage to another. [`Saved::Outdated`] if it was not in the stage it should leave.
///
/// # Errors
/// If the database fails.
pub fn advance(db: &mut Db, wave: &Wave, from: Stage, to: Stage) -> Result<Saved, StoreError> {
    let in_stage = of_wave!(weighings, wave).filter(weighings::stage.eq(from.code()));
    Ok(Saved::of(diesel::update(in_stage).set(weighings::stage.eq(to.code())).execute(db)?))
}

/// Keeps what a voice said about a set in a round. `true` where it takes the place of what was said before.
///
/// # Errors
/// If the database fails.
pub fn keep(db: &mut Db, wave: &Wave, vote: &WeightVote) -> Result<bool, StoreError> {
    use weight_votes::dsl;
    let same = of_wave!(weight_votes, wave)
        .filter(dsl::set_code.eq(vote.set.code()))
        .filter(dsl::round.eq(vote.round))
        .filter(dsl::voice_key.eq(&vote.key));
    let said =
        (dsl::group_code.eq(&vote.group), dsl::method.eq(vote.method.code()), dsl::weighed.eq(document(&vote.values)));
    if diesel::update(same).set(said.clone()).execute(db)? > 0 {
        return Ok(true);
    }
    diesel::insert_into(dsl::weight_votes)
        .values((
            dsl::organisation_id.eq(Id(wave.organisation_id)),
            dsl::wave_id.eq(Id(wave.id)),
            dsl::set_code.eq(vote.set.code()),
            dsl::round.eq(vote.round),
            dsl::voice_key.eq(&vote.key),
            said,
        ))
        .execute(db)?;
    Ok(false)
}

/// Everything that was said, in no order that says when.
///
/// # Errors
/// If the database fails.
pub fn votes(db: &mut Db, wave: &Wave) -> Result<Vec<WeightVote>, StoreError> {
    let rows: Vec<VoteRow> = of_wave!(weight_votes, wave)
        .order((weight_votes::voice_key, weight_votes::set_code, weight_votes::round))
        .select((
            weight_votes::set_code,
            weight_votes::round,
            weight_votes::voice_key,
            weight_votes::group_code,
            weight_votes::method,
            weight_votes::weighed,
        ))
        .load(db)?;
    rows.into_iter().map(vote).collect()
}

fn vote((set, round, key, group, method, weighed): VoteRow) -> Result<WeightVote, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "weight_votes", column };
    Ok(WeightVote {
        set: WeightSet::from_code(&set).ok_or_else(|| corrupt("set_code"))?,
        round,
        key,
        group,
        method: Method::from_code(&method).ok_or_else(|| corrupt("method"))?,
        values: from_document(weighed, "weight_votes", "weighed")?,
    })
}

/// Takes away what each voice said: what was frozen stays, and from now on nothing ties it to a voice.
///
/// # Errors
/// If the database fails.
pub fn forget_voices(db: &mut Db, wave: &Wave) -> Result<usize, StoreError> {
    Ok(diesel::delete(of_wave!(weight_votes, wave)).execute(db)?)
}

/// Keeps weights that are frozen; nothing changes them afterwards.
///
/// # Errors
/// If the database fails, or the version is there already.
pub fn freeze(db: &mut Db, frozen: &FrozenWeights) -> Result<(), StoreError> {
    use frozen_weights::dsl;
    diesel::insert_into(dsl::frozen_weights)
        .values((
            dsl::organisation_id.eq(Id(frozen.organisation_id)),
            dsl::wave_id.eq(Id(frozen.wave_id)),
            dsl::version.eq(frozen.version),
            dsl::content.eq(document(&frozen.content)),
            dsl::actor.eq(&frozen.actor),
            dsl::note.eq(&frozen.note),
            dsl::frozen_at.eq(Instant(frozen.frozen_at)),
        ))
        .execute(db)?;
    Ok(())
}

/// Every version of the frozen weights of a wave, the first first: the last one counts.
///
/// # Errors
/// If the database fails.
pub fn frozen(db: &mut Db, wave: &Wave) -> Result<Vec<FrozenWeights>, StoreError> {
    let rows: Vec<FrozenRow> = of_wave!(frozen_weights, wave)
        .order(frozen_weights::version)
        .select((
            frozen_weights::version,
            frozen_weights::content,
            frozen_weights::actor,
            frozen_weights::note,
            frozen_weights::frozen_at,
        ))
        .load(db)?;
    let read = |(version, content, actor, note, Instant(frozen_at)): FrozenRow| {
        let content = from_document(content, "frozen_weights", "content")?;
        let (organisation_id, wave_id) = (wave.organisation_id, wave.id);
        let frozen_at: Timestamp = frozen_at;
        Ok(FrozenWeights { organisation_id, wave_id, version, content, actor, note, frozen_at })
    };
    rows.into_iter().map(read).collect()
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Ratings of proposals: one a round and participant.

use diesel::prelude::*;

use super::schema::proposal_ratings;
use super::types::Id;
use super::{Db, StoreError};
use crate::domain::delphi::Rating;
use crate::domain::proposal::Proposal;

/// What is read of a rating: group, relevance, clarity.
type Row = (String, Option<i32>, Option<i32>);

/// Whether a rating is a participant's first in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is.
    First,
    /// It took the place of another one.
    Instead,
}

/// The ratings of a round of a proposal.
macro_rules! of_round {
    ($proposal:expr, $round:expr) => {
        proposal_ratings::table
            .filter(proposal_ratings::organisation_id.eq(Id($proposal.organisation_id)))
            .filter(proposal_ratings::proposal_id.eq(Id($proposal.id)))
            .filter(proposal_ratings::round.eq(i32::try_from($round).unwrap_or(i32::MAX)))
    };
}

/// Puts down what a participant, known by `key`, says in the round that a proposal is in; what they said before in the
/// same round is replaced.
///
/// # Errors
/// If the database fails.
pub fn put(db: &mut Db, proposal: &Proposal, key: &str, rating: &Rating) -> Result<Put, StoreError> {
    use proposal_ratings::dsl;
    let own = of_round!(proposal, proposal.round).filter(dsl::participant_key.eq(key));
    let replaced = diesel::delete(own).execute(db)?;
    diesel::insert_into(dsl::proposal_ratings)
        .values((
            dsl::organisation_id.eq(Id(proposal.organisation_id)),
            dsl::proposal_id.eq(Id(proposal.id)),
            dsl::round.eq(i32::try_from(proposal.round).unwrap_or(i32::MAX)),
            dsl::participant_key.eq(key),
            dsl::group_code.eq(&rating.group),
            dsl::relevance.eq(rating.relevance.map(i32::from)),
            dsl::clarity.eq(rating.clarity.map(i32::from)),
        ))
        .execute(db)?;
    Ok(if replaced > 0 { Put::Instead } else { Put::First })
}

/// What a participant said in a round.
///
/// # Errors
/// If the database fails.
pub fn of_participant(db: &mut Db, proposal: &Proposal, round: u32, key: &str) -> Result<Option<Rating>, StoreError> {
    let row: Option<Row> = of_round!(proposal, round)
        .filter(proposal_ratings::participant_key.eq(key))
        .select((proposal_ratings::group_code, proposal_ratings::relevance, proposal_ratings::clarity))
        .get_result(db)
        .optional()?;
    row.map(rating).transpose()
}

/// Everything said in a round, in an order that says nothing about who said it.
///
/// # Errors
/// If the database fails.
pub fn of_round(db: &mut Db, proposal: &Proposal, round: u32) -> Result<Vec<Rating>, StoreError> {
    let rows: Vec<Row> = of_round!(proposal, round)
        .select((proposal_ratings::group_code, proposal_ratings::relevance, proposal_ratings::clarity))
        .order((proposal_ratings::group_code, proposal_ratings::relevance, proposal_ratings::clarity))
        .load(db)?;
    rows.into_iter().map(rating).collect()
}

fn rating((group, relevance, clarity): Row) -> Result<Rating, StoreError> {
    let point = |stored: Option<i32>, column| {
        let read = |point| u8::try_from(point).map_err(|_| StoreError::Corrupt { table: "proposal_ratings", column });
        stored.map(read).transpose()
    };
    Ok(Rating { group, relevance: point(relevance, "relevance")?, clarity: point(clarity, "clarity")? })
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Proposals with everything done with them and said about them: nothing of it is taken away.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use uuid::Uuid;

use super::schema::{proposal_acts, proposal_contributions, proposals};
use super::types::{Id, Json, day, document, from_document};
use super::{Db, Saved, StoreError};
use crate::domain::framework::Pillar;
use crate::domain::moderation::Moderation;
use crate::domain::proposal::{Consensus, Contribution, Deed, Proposal, ProposalAct, ProposalState, Said};
use crate::domain::wave::Wave;

const TABLE: &str = "proposals";

#[derive(Queryable)]
struct Row {
    organisation_id: Id,
    id: Id,
    wave_id: Id,
    title: String,
    question: String,
    why: String,
    wording: String,
    pillar: String,
    origin_groups: Json,
    author_key: Option<String>,
    parents: Json,
    state: String,
    consensus: Option<String>,
    round: i32,
    moderation: String,
    hidden_why: String,
    proposed_on: String,
    revision: i32,
}

type ActRow = (Id, Id, i32, String, String, String, String, String);
type ContributionRow = (Id, Id, Id, String, Option<String>, String, String, String, String);

/// Adds a proposal.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, proposal: &Proposal) -> Result<(), StoreError> {
    use proposals::dsl;
    diesel::insert_into(dsl::proposals)
        .values((
            dsl::organisation_id.eq(Id(proposal.organisation_id)),
            dsl::id.eq(Id(proposal.id)),
            dsl::wave_id.eq(Id(proposal.wave_id)),
            dsl::title.eq(&proposal.said.title),
            dsl::question.eq(&proposal.said.question),
            dsl::why.eq(&proposal.said.why),
            dsl::wording.eq(&proposal.said.wording),
            dsl::pillar.eq(proposal.said.pillar.code()),
            dsl::origin_groups.eq(document(&proposal.groups)),
            dsl::author_key.eq(&proposal.author),
            dsl::parents.eq(document(&proposal.parents)),
            dsl::state.eq(proposal.state.code()),
            dsl::consensus.eq(proposal.consensus.map(Consensus::code)),
            dsl::round.eq(stored_round(proposal.round)),
            dsl::moderation.eq(proposal.moderation.code()),
            dsl::hidden_why.eq(&proposal.hidden_why),
            dsl::proposed_on.eq(proposal.proposed_on.to_string()),
            dsl::revision.eq(proposal.revision),
        ))
        .execute(db)?;
    Ok(())
}

/// Changes where a proposal stands, unless somebody else did since its revision was read.
///
/// # Errors
/// If the database fails.
pub fn update(db: &mut Db, proposal: &Proposal) -> Result<Saved, StoreError> {
    use proposals::dsl;
    let unchanged = dsl::proposals
        .find((Id(proposal.organisation_id), Id(proposal.id)))
        .filter(dsl::revision.eq(proposal.revision));
    let saved = diesel::update(unchanged)
        .set((
            dsl::state.eq(proposal.state.code()),
            dsl::consensus.eq(proposal.consensus.map(Consensus::code)),
            dsl::round.eq(stored_round(proposal.round)),
            dsl::moderation.eq(proposal.moderation.code()),
            dsl::hidden_why.eq(&proposal.hidden_why),
            dsl::revision.eq(proposal.revision + 1),
        ))
        .execute(db)?;
    Ok(Saved::of(saved))
}

/// The proposals of a wave, in the order they were made.
///
/// # Errors
/// If the database fails.
pub fn of_wave(db: &mut Db, wave: &Wave) -> Result<Vec<Proposal>, StoreError> {
    let rows: Vec<Row> = proposals::table
        .filter(proposals::organisation_id.eq(Id(wave.organisation_id)))
        .filter(proposals::wave_id.eq(Id(wave.id)))
        .order((proposals::proposed_on, proposals::id))
        .load(db)?;
    rows.into_iter().map(Proposal::try_from).collect()
}

/// One proposal of a wave.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, wave: &Wave, id: Uuid) -> Result<Option<Proposal>, StoreError> {
    let row: Option<Row> = proposals::table
        .find((Id(wave.organisation_id), Id(id)))
        .filter(proposals::wave_id.eq(Id(wave.id)))
        .get_result(db)
        .optional()?;
    row.map(Proposal::try_from).transpose()
}

/// Writes down what was done with a proposal. [`Saved::Outdated`] if something else was done at the same time.
///
/// # Errors
/// If the database fails.
pub fn insert_act(db: &mut Db, organisation: Uuid, act: &ProposalAct) -> Result<Saved, StoreError> {
    use proposal_acts::dsl;
    let done = diesel::insert_into(dsl::proposal_acts)
        .values((
            dsl::organisation_id.eq(Id(organisation)),
            dsl::proposal_id.eq(Id(act.proposal_id)),
            dsl::number.eq(act.number),
            dsl::deed.eq(act.deed.code()),
            dsl::actor.eq(&act.actor),
            dsl::group_code.eq(&act.group),
            dsl::note.eq(&act.note),
            dsl::done_on.eq(act.done_on.to_string()),
        ))
        .execute(db);
    match done {
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Ok(Saved::Outdated),
        done => Ok(Saved::of(done?)),
    }
}

/// What was done with a proposal, the first first.
///
/// # Errors
/// If the database fails.
pub fn acts(db: &mut Db, proposal: &Proposal) -> Result<Vec<ProposalAct>, StoreError> {
    let rows: Vec<ActRow> = proposal_acts::table
        .filter(proposal_acts::organisation_id.eq(Id(proposal.organisation_id)))
        .filter(proposal_acts::proposal_id.eq(Id(proposal.id)))
        .order(proposal_acts::number)
        .load(db)?;
    rows.into_iter().map(act).collect()
}

/// Adds what somebody said about a proposal.
///
/// # Errors
/// If the database fails.
pub fn insert_contribution(db: &mut Db, organisation: Uuid, said: &Contribution) -> Result<(), StoreError> {
    use proposal_contributions::dsl;
    diesel::insert_into(dsl::proposal_contributions)
        .values((
            dsl::organisation_id.eq(Id(organisation)),
            dsl::id.eq(Id(said.id)),
            dsl::proposal_id.eq(Id(said.proposal_id)),
            dsl::group_code.eq(&said.group),
            dsl::author_key.eq(&said.author),
            dsl::words.eq(&said.words),
            dsl::moderation.eq(said.moderation.code()),
            dsl::hidden_why.eq(&said.hidden_why),
            dsl::said_on.eq(said.said_on.to_string()),
        ))
        .execute(db)?;
    Ok(())
}

/// What was said about a proposal, the first first.
///
/// # Errors
/// If the database fails.
pub fn contributions(db: &mut Db, proposal: &Proposal) -> Result<Vec<Contribution>, StoreError> {
    let rows: Vec<ContributionRow> = proposal_contributions::table
        .filter(proposal_contributions::organisation_id.eq(Id(proposal.organisation_id)))
        .filter(proposal_contributions::proposal_id.eq(Id(proposal.id)))
        .order((proposal_contributions::said_on, proposal_contributions::id))
        .load(db)?;
    rows.into_iter().map(contribution).collect()
}

/// Shows or hides what was said about a proposal; with why, where it is hidden. Outdated if there is no such thing.
///
/// # Errors
/// If the database fails.
pub fn moderate_contribution(
    db: &mut Db,
    proposal: &Proposal,
    id: Uuid,
    (moderation, why): (Moderation, &str),
) -> Result<Saved, StoreError> {
    use proposal_contributions::dsl;
    let this = dsl::proposal_contributions
        .find((Id(proposal.organisation_id), Id(id)))
        .filter(dsl::proposal_id.eq(Id(proposal.id)));
    let changed =
        diesel::update(this).set((dsl::moderation.eq(moderation.code()), dsl::hidden_why.eq(why))).execute(db)?;
    Ok(Saved::of(changed))
}

fn stored_round(round: u32) -> i32 {
    i32::try_from(round).unwrap_or(i32::MAX)
}

fn act(row: ActRow) -> Result<ProposalAct, StoreError> {
    const TABLE: &str = "proposal_acts";
    let (_, proposal_id, number, deed, actor, group, note, done_on) = row;
    Ok(ProposalAct {
        proposal_id: proposal_id.0,
        number,
        deed: Deed::from_code(&deed).ok_or(StoreError::Corrupt { table: TABLE, column: "deed" })?,
        actor,
        group,
        note,
        done_on: day(&done_on, TABLE, "done_on")?,
    })
}

fn contribution(row: ContributionRow) -> Result<Contribution, StoreError> {
    const TABLE: &str = "proposal_contributions";
    let (_, id, proposal_id, group, author, words, moderation, hidden_why, said_on) = row;
    let corrupt = StoreError::Corrupt { table: TABLE, column: "moderation" };
    Ok(Contribution {
        id: id.0,
        proposal_id: proposal_id.0,
        group,
        author,
        words,
        moderation: Moderation::from_code(&moderation).ok_or(corrupt)?,
        hidden_why,
        said_on: day(&said_on, TABLE, "said_on")?,
    })
}

impl TryFrom<Row> for Proposal {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = |column| StoreError::Corrupt { table: TABLE, column };
        let pillar = Pillar::ALL.into_iter().find(|pillar| pillar.code() == row.pillar);
        let consensus = row.consensus.map(|code| Consensus::from_code(&code).ok_or_else(|| corrupt("consensus")));
        Ok(Self {
            organisation_id: row.organisation_id.0,
            id: row.id.0,
            wave_id: row.wave_id.0,
            said: Said {
                title: row.title,
                question: row.question,
                why: row.why,
                wording: row.wording,
                pillar: pillar.ok_or_else(|| corrupt("pillar"))?,
            },
            groups: from_document(row.origin_groups, TABLE, "origin_groups")?,
            author: row.author_key,
            parents: from_document(row.parents, TABLE, "parents")?,
            state: ProposalState::from_code(&row.state).ok_or_else(|| corrupt("state"))?,
            consensus: consensus.transpose()?,
            round: u32::try_from(row.round).map_err(|_| corrupt("round"))?,
            moderation: Moderation::from_code(&row.moderation).ok_or_else(|| corrupt("moderation"))?,
            hidden_why: row.hidden_why,
            proposed_on: day(&row.proposed_on, TABLE, "proposed_on")?,
            revision: row.revision,
        })
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What participants do with proposals: make them, speak about them, rate them. A group speaks, never a person.

use uuid::Uuid;

use super::proposal_acts::read_words;
use super::proposals::{read_said, whole};
use super::space::Space;
use super::{App, Refusal};
use crate::domain::delphi::{HIGHEST, Rating, RoundOutcome};
use crate::domain::field::{FieldProblem, Problems, Typed};
use crate::domain::moderation::{Moderation, Remark};
use crate::domain::participant::Activity;
use crate::domain::phase::Phase;
use crate::domain::proposal::{Contribution, Proposal, ProposalState};
use crate::store::ratings::Put;
use crate::store::{self, Db};

/// What is chosen by whoever does not know.
pub const NOT_KNOWN: &str = "not_known";

/// What became of something that a participant sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is there for all.
    Shown,
    /// It is kept until somebody has read it: why.
    Waits(Vec<Remark>),
    /// The phase was over when it came; the words are kept for whoever facilitates.
    Late,
}

/// What became of a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rated {
    /// It counts.
    First,
    /// It took the place of the same voice's earlier one: one voice, one rating.
    Instead,
    /// The round was over when it came; it does not count.
    Late,
}

/// The proposals of a wave, as a participant sees them.
#[derive(Clone, Debug)]
pub struct Proposing {
    /// Those shown to all, and the participant's own; in the order they were made.
    pub proposals: Vec<Proposal>,
    /// Ids of those the participant rated in the round they are in.
    pub rated: Vec<Uuid>,
}

/// A proposal, as a participant sees it.
#[derive(Clone, Debug)]
pub struct ProposalSeen {
    /// It.
    pub proposal: Proposal,
    /// What it was merged or split from, and into.
    pub kin: Vec<Proposal>,
    /// What was said about it: what is shown to all, and the participant's own.
    pub contributions: Vec<Contribution>,
    /// What its rounds came to, those that are over.
    pub rounds: Vec<RoundOutcome>,
    /// What was done with it last, with why: the reason of a rejection is for all.
    pub last_note: String,
    /// What the participant said in the round that is open.
    pub own: Option<Rating>,
}

impl App {
    /// The proposals that a participant sees.
    ///
    /// # Errors
    /// If the database fails.
    pub fn proposing(&self, db: &mut Db, space: &Space) -> Result<Proposing, Refusal> {
        let key = &space.participant.key;
        let mut proposals = store::proposals::of_wave(db, &space.place.wave)?;
        proposals.retain(|one| is_seen(one.moderation, one.author.as_deref(), key));
        let mut rated = Vec::new();
        for one in proposals.iter().filter(|one| one.state == ProposalState::Rating) {
            if store::ratings::of_participant(db, one, one.round, key)?.is_some() {
                rated.push(one.id);
            }
        }
        Ok(Proposing { proposals, rated })
    }

    /// A proposal that a participant sees, with what was said about it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or a failure of the database.
    pub fn proposal_seen(&self, db: &mut Db, space: &Space, id: Uuid) -> Result<ProposalSeen, Refusal> {
        let all = self.proposing(db, space)?.proposals;
        let proposal = all.iter().find(|one| one.id == id).cloned().ok_or(Refusal::NotFound)?;
        let is_kin = |one: &Proposal| proposal.parents.contains(&one.id) || one.parents.contains(&proposal.id);
        let kin = all.into_iter().filter(is_kin).collect();
        let file = self.around_proposal(db, &space.place.wave, &space.place.framework, proposal)?;
        let key = &space.participant.key;
        let mut contributions = file.contributions;
        contributions.retain(|one| is_seen(one.moderation, one.author.as_deref(), key));
        let own = store::ratings::of_participant(db, &file.proposal, file.proposal.round, key)?;
        let own = own.filter(|_| file.proposal.state == ProposalState::Rating);
        let last_note = file.acts.last().map(|act| act.note.clone()).unwrap_or_default();
        Ok(ProposalSeen { proposal: file.proposal, kin, contributions, rounds: file.rounds, last_note, own })
    }

    /// Makes a proposal. With a name or a slur in it, it waits until somebody has read it; after the phase its words are
    /// kept for whoever facilitates.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], or a failure of the database.
    pub fn propose(&self, db: &mut Db, space: &Space, typed: &Typed) -> Result<Sent, Refusal> {
        let said = read_said(typed)?;
        if let Some(late) = self.came_late(db, space, &whole(&said))? {
            return Ok(late);
        }
        let remarks = self.remarks_on(db, &space.place.project, &whole(&said))?;
        let proposal = Proposal {
            groups: vec![space.participant.group.clone()],
            author: Some(space.participant.key.clone()),
            moderation: Moderation::after(&remarks),
            ..self.new_proposal(&space.place.wave, said)
        };
        self.insert_proposal(db, &proposal, ("", &space.participant.group, ""))?;
        store::participants::took_part(db, &space.participant, Activity::Proposals)?;
        Ok(sent(remarks))
    }

    /// Says something about a proposal that is still open; otherwise as [`App::propose`].
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::NotFound`], or a failure of the database.
    pub fn contribute(&self, db: &mut Db, space: &Space, id: Uuid, typed: &Typed) -> Result<Sent, Refusal> {
        let words = read_words(typed)?;
        let proposal = self.proposal_seen(db, space, id)?.proposal;
        if let Some(late) = self.came_late(db, space, &format!("{}: {words}", proposal.said.title))? {
            return Ok(late);
        }
        if !proposal.state.is_open() {
            let said = format!("{}: {words}", proposal.said.title);
            self.keep_late(db, &space.participant, Activity::Proposals, &said)?;
            return Ok(Sent::Late);
        }
        let remarks = self.remarks_on(db, &space.place.project, &words)?;
        let said = Contribution {
            id: Uuid::now_v7(),
            proposal_id: proposal.id,
            group: space.participant.group.clone(),
            author: Some(space.participant.key.clone()),
            words,
            moderation: Moderation::after(&remarks),
            hidden_why: String::new(),
            said_on: self.clock.today(),
        };
        store::proposals::insert_contribution(db, proposal.organisation_id, &said)?;
        store::participants::took_part(db, &space.participant, Activity::Proposals)?;
        Ok(sent(remarks))
    }

    /// Rates a proposal in the round it is in. One voice has one rating: a second one takes the place of the first.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::NotFound`], or a failure of the database.
    pub fn rate(&self, db: &mut Db, space: &Space, id: Uuid, typed: &Typed) -> Result<Rated, Refusal> {
        let mut problems = Problems::default();
        let relevance = problems.take(read_point("relevance", typed));
        let clarity = problems.take(read_point("clarity", typed));
        problems.none()?;
        let proposal = self.proposal_seen(db, space, id)?.proposal;
        let is_same_round = typed.get("round").parse() == Ok(proposal.round);
        if space.place.wave.phase != Phase::Definition || proposal.state != ProposalState::Rating || !is_same_round {
            return Ok(Rated::Late);
        }
        let (relevance, clarity) = (relevance.flatten(), clarity.flatten());
        let rating = Rating { group: space.participant.group.clone(), relevance, clarity };
        let put = store::ratings::put(db, &proposal, &space.participant.key, &rating)?;
        store::participants::took_part(db, &space.participant, Activity::Ratings)?;
        Ok(match put {
            Put::First => Rated::First,
            Put::Instead => Rated::Instead,
        })
    }

    /// Keeps words that came when nothing can be proposed any more.
    fn came_late(&self, db: &mut Db, space: &Space, said: &str) -> Result<Option<Sent>, Refusal> {
        if space.place.wave.phase == Phase::Definition {
            return Ok(None);
        }
        self.keep_late(db, &space.participant, Activity::Proposals, said)?;
        Ok(Some(Sent::Late))
    }
}

/// Whether a participant sees words: those shown to all, and their own.
fn is_seen(moderation: Moderation, author: Option<&str>, key: &str) -> bool {
    moderation == Moderation::Kept || author == Some(key)
}

fn sent(remarks: Vec<Remark>) -> Sent {
    if remarks.is_empty() { Sent::Shown } else { Sent::Waits(remarks) }
}

/// A point of the scale of ratings, or nothing where somebody does not know.
fn read_point(field: &str, typed: &Typed) -> Result<Option<u8>, FieldProblem> {
    match typed.get(field) {
        NOT_KNOWN => Ok(None),
        point => {
            let point = point.parse().ok().filter(|point| (1..=HIGHEST).contains(point));
            point.map(Some).ok_or_else(|| FieldProblem::new(field, "choose"))
        }
    }
}

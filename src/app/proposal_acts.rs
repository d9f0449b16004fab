// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What staff do with a proposal: take it up, have it rated, adopt it, refuse it with a reason, merge and split.

use uuid::Uuid;

use super::planning::saved;
use super::proposals::{ProposalFile, ProposalsFile, defining};
use super::staff::{self, Staff, note, subject};
use super::{App, Conflict, Refusal};
use crate::domain::audit::AuditNote;
use crate::domain::committee::Outcome;
use crate::domain::delphi::Verdict;
use crate::domain::field::{FieldProblem, Problems, Typed, line, lines};
use crate::domain::framework::Framework;
use crate::domain::moderation::Moderation;
use crate::domain::proposal::{
    Consensus, Contribution, Deed, LONGEST_TEXT, LONGEST_TITLE, MOST_PARTS, Proposal, ProposalState, Said, groups_of,
};
use crate::domain::role::Action;
use crate::domain::text::Language;
use crate::store::{self, Db};

impl App {
    /// Does something with a proposal that concerns it alone: opens its discussion, opens or closes a round of ratings,
    /// adopts or rejects it.
    ///
    /// # Errors
    /// [`Conflict::OtherPhase`], [`Conflict::ProposalStands`], [`Conflict::ProposalQuorum`], [`Conflict::ProposalRefused`],
    /// [`Refusal::Invalid`] without a reason where one is needed, [`Refusal::Outdated`]; or as [`Staff::require`].
    pub fn act_on_proposal(
        &self,
        db: &mut Db,
        staff: &Staff,
        which: (Uuid, Uuid),
        (deed, typed): (Deed, &Typed),
    ) -> Result<(), Refusal> {
        let (file, one) = self.editable_proposal(db, staff, which)?;
        let state = stands_after(&one.proposal, deed)?;
        let why = read_why(typed, deed.needs_reason())?;
        let consensus = match deed {
            Deed::Adoption => Some(consensus((&file.framework, staff.account.language), &one, &why)?),
            _ => one.proposal.consensus,
        };
        if typed.revision() != one.proposal.revision {
            return Err(Refusal::Outdated);
        }
        let round = one.proposal.round + u32::from(deed == Deed::Round);
        let changed = Proposal { state, consensus, round, ..one.proposal };
        self.do_with_proposal(db, staff, &changed, (deed, &why))
    }

    /// Makes one proposal of several: they stay, and it has the groups of all of them.
    ///
    /// # Errors
    /// As [`App::act_on_proposal`]; [`Refusal::Invalid`] also where no other one is chosen.
    pub fn merge_proposals(
        &self,
        db: &mut Db,
        staff: &Staff,
        which: (Uuid, Uuid),
        typed: &Typed,
    ) -> Result<Uuid, Refusal> {
        let (file, one) = self.editable_proposal(db, staff, which)?;
        let mut problems = Problems::default();
        let said = problems.take_all(super::proposals::read_said(typed));
        let why = problems.note(read_why(typed, false));
        let chosen = typed.all("with").filter_map(|id| Uuid::parse_str(id).ok()).filter(|id| *id != one.proposal.id);
        let others: Vec<&Proposal> = chosen.filter_map(|id| file.proposal(id)).collect();
        if others.is_empty() {
            problems.add(FieldProblem::new("with", "choose"));
        }
        problems.none()?;
        let said = said.ok_or(Refusal::Outdated)?;
        let merged: Vec<&Proposal> = std::iter::once(&one.proposal).chain(others).collect();
        for proposal in &merged {
            let state = stands_after(proposal, Deed::Merge)?;
            self.do_with_proposal(db, staff, &Proposal { state, ..(*proposal).clone() }, (Deed::Merge, &why))?;
        }
        let whole = Proposal {
            groups: groups_of(merged.iter().copied()),
            parents: merged.iter().map(|one| one.id).collect(),
            state: ProposalState::Discussion,
            ..self.new_proposal(&file.wave, said)
        };
        self.insert_proposal(db, &whole, (&staff.account.name, "", &why))?;
        Ok(whole.id)
    }

    /// Makes several proposals of one: it stays, and each of them has its groups.
    ///
    /// # Errors
    /// As [`App::act_on_proposal`]; [`Refusal::Invalid`] also where fewer than two parts are named.
    pub fn split_proposal(
        &self,
        db: &mut Db,
        staff: &Staff,
        which: (Uuid, Uuid),
        typed: &Typed,
    ) -> Result<Vec<Uuid>, Refusal> {
        let (file, one) = self.editable_proposal(db, staff, which)?;
        let state = stands_after(&one.proposal, Deed::Split)?;
        let mut problems = Problems::default();
        let why = problems.note(read_why(typed, false));
        let parts = read_parts(&one.proposal, typed, &mut problems);
        problems.none()?;
        let whole = Proposal { state, ..one.proposal };
        self.do_with_proposal(db, staff, &whole, (Deed::Split, &why))?;
        let mut made = Vec::new();
        for said in parts {
            let part = Proposal {
                groups: whole.groups.clone(),
                parents: vec![whole.id],
                state: ProposalState::Discussion,
                ..self.new_proposal(&file.wave, said)
            };
            self.insert_proposal(db, &part, (&staff.account.name, "", &why))?;
            made.push(part.id);
        }
        Ok(made)
    }

    /// Says something about a proposal as staff.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Conflict::OtherPhase`]; or as [`Staff::require`].
    pub fn contribute_as_staff(
        &self,
        db: &mut Db,
        staff: &Staff,
        which: (Uuid, Uuid),
        typed: &Typed,
    ) -> Result<(), Refusal> {
        let (_, one) = self.editable_proposal(db, staff, which)?;
        let words = read_words(typed)?;
        let said = Contribution {
            id: Uuid::now_v7(),
            proposal_id: one.proposal.id,
            group: String::new(),
            author: None,
            words,
            moderation: Moderation::Kept,
            hidden_why: String::new(),
            said_on: self.clock.today(),
        };
        Ok(store::proposals::insert_contribution(db, one.proposal.organisation_id, &said)?)
    }

    /// Shows or hides a proposal, or with `contribution` something said about it. Hiding needs a reason, which its
    /// author is told.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] without a reason, [`Refusal::NotFound`]; or as [`Staff::require`].
    pub fn moderate_proposal(
        &self,
        db: &mut Db,
        staff: &Staff,
        (wave, proposal, contribution): (Uuid, Uuid, Option<Uuid>),
        (moderation, typed): (Moderation, &Typed),
    ) -> Result<(), Refusal> {
        let (_, wave) = staff::wave(db, staff, wave, Action::Moderate)?;
        let proposal = store::proposals::find(db, &wave, proposal)?.ok_or(Refusal::NotFound)?;
        let deed = if moderation == Moderation::Kept { Deed::Showing } else { Deed::Hiding };
        let why = read_why(typed, deed.needs_reason())?;
        let Some(contribution) = contribution else {
            let hidden_why = if moderation == Moderation::Hidden { why.clone() } else { String::new() };
            let changed = Proposal { moderation, hidden_why, ..proposal };
            return self.do_with_proposal(db, staff, &changed, (deed, &why));
        };
        saved(store::proposals::moderate_contribution(db, &proposal, contribution, (moderation, &why))?)?;
        let what =
            note(staff, wave.organisation_id, "proposal.moderation", subject(&proposal.said.title, contribution));
        self.record(db, AuditNote { note: format!("{} {why}", moderation.code()), ..what })
    }

    /// A proposal that staff may change now.
    fn editable_proposal(
        &self,
        db: &mut Db,
        staff: &Staff,
        (wave, proposal): (Uuid, Uuid),
    ) -> Result<(ProposalsFile, ProposalFile), Refusal> {
        staff::wave(db, staff, wave, Action::EditProject)?;
        let (file, one) = self.proposal_file(db, staff, (wave, proposal))?;
        defining(&file.wave)?;
        Ok((file, one))
    }
}

/// Where a proposal stands after a deed.
fn stands_after(proposal: &Proposal, deed: Deed) -> Result<ProposalState, Refusal> {
    let title = proposal.said.title.clone();
    proposal.after(deed).ok_or_else(|| Conflict::ProposalStands { title }.into())
}

/// How a proposal is adopted: by the rule of the rounds, else by the committee; where none sits, by the coordinator, who
/// has to say why.
fn consensus(
    (framework, language): (&Framework, Language),
    one: &ProposalFile,
    why: &str,
) -> Result<Consensus, Refusal> {
    if one.rounds.last().is_some_and(|round| round.verdict == Verdict::Consensus) {
        return Ok(Consensus::Reached);
    }
    let title = || one.proposal.said.title.clone();
    match &one.committee {
        Outcome::NotSeated if why.is_empty() => Err(FieldProblem::new("proposal_note", "missing").into()),
        Outcome::NotSeated | Outcome::Agreed { .. } => Ok(Consensus::Missing),
        Outcome::NoQuorum { missing } => {
            let name = |code: &String| {
                framework.group(code).map_or(code.as_str(), |group| group.name.get(language)).to_owned()
            };
            let missing: Vec<String> = missing.iter().map(name).collect();
            Err(Conflict::ProposalQuorum { title: title(), missing: missing.join(", ") }.into())
        }
        Outcome::Refused { .. } => Err(Conflict::ProposalRefused { title: title() }.into()),
    }
}

fn read_why(typed: &Typed, needed: bool) -> Result<String, FieldProblem> {
    let why = lines("proposal_note", typed.get("proposal_note"), LONGEST_TEXT)?;
    if needed && why.is_empty() { Err(FieldProblem::new("proposal_note", "missing")) } else { Ok(why) }
}

/// What somebody says about a proposal.
pub(super) fn read_words(typed: &Typed) -> Result<String, FieldProblem> {
    let words = lines("contribution", typed.get("contribution"), LONGEST_TEXT)?;
    if words.is_empty() { Err(FieldProblem::new("contribution", "missing")) } else { Ok(words) }
}

/// The parts a proposal is split into: each with its title and question, and with the rest of the whole.
fn read_parts(whole: &Proposal, typed: &Typed, problems: &mut Problems) -> Vec<Said> {
    let mut parts = Vec::new();
    for number in 1..=MOST_PARTS {
        let (title, question) = (format!("part_title_{number}"), format!("part_question_{number}"));
        if number > 2 && !typed.has(&title) && !typed.has(&question) {
            continue;
        }
        let title = problems.note(line(&title, typed.get(&title), LONGEST_TITLE));
        let question = problems.note(line(&question, typed.get(&question), LONGEST_TEXT));
        parts.push(Said { title, question, wording: String::new(), ..whole.said.clone() });
    }
    parts
}

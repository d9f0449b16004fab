// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was proposed for a wave, by whom, and what became of it?

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::planning::saved;
use super::staff::{self, Staff, note, subject};
use super::{App, Conflict, Refusal, projects};
use crate::domain::audit::AuditNote;
use crate::domain::committee::Outcome;
use crate::domain::delphi::RoundOutcome;
use crate::domain::field::{FieldProblem, Problems, Typed, line, lines, optional_line};
use crate::domain::framework::{Framework, Pillar};
use crate::domain::moderation::Moderation;
use crate::domain::phase::Phase;
use crate::domain::profile::Profile;
use crate::domain::programme::Project;
use crate::domain::proposal::{
    Contribution, Deed, GroupShare, LONGEST_TEXT, LONGEST_TITLE, Proposal, ProposalAct, ProposalState, Said, share_of,
};
use crate::domain::role::Action;
use crate::domain::wave::Wave;
use crate::scoring::{Round, delphi_round};
use crate::store::{self, Db};

/// Longest question and wording.
const LONGEST_LINE: usize = 300;

/// The proposals of a wave.
#[derive(Clone, Debug)]
pub struct ProposalsFile {
    /// The project.
    pub project: Project,
    /// The wave.
    pub wave: Wave,
    /// The framework version it asks now.
    pub framework: Arc<Framework>,
    /// Every proposal, in the order they were made.
    pub proposals: Vec<Proposal>,
    /// What whoever asks may do with the project.
    pub allowed: Vec<Action>,
}

/// One proposal with everything around it.
#[derive(Clone, Debug)]
pub struct ProposalFile {
    /// It.
    pub proposal: Proposal,
    /// What was done with it.
    pub acts: Vec<ProposalAct>,
    /// What was said about it.
    pub contributions: Vec<Contribution>,
    /// What its rounds came to, those that are over.
    pub rounds: Vec<RoundOutcome>,
    /// How many rated so far in the round that is open; nothing where none is.
    pub rated_now: Option<usize>,
    /// What the committee says.
    pub committee: Outcome,
}

impl ProposalsFile {
    /// One of the proposals.
    #[must_use]
    pub fn proposal(&self, id: Uuid) -> Option<&Proposal> {
        self.proposals.iter().find(|one| one.id == id)
    }

    /// What a proposal was merged or split from.
    #[must_use]
    pub fn parents(&self, proposal: &Proposal) -> Vec<&Proposal> {
        proposal.parents.iter().filter_map(|id| self.proposal(*id)).collect()
    }

    /// What a proposal was merged or split into.
    #[must_use]
    pub fn children(&self, proposal: &Proposal) -> Vec<&Proposal> {
        self.proposals.iter().filter(|one| one.parents.contains(&proposal.id)).collect()
    }

    /// Whether indicators are being defined.
    #[must_use]
    pub fn is_defining(&self) -> bool {
        self.wave.phase == Phase::Definition
    }
}

impl App {
    /// The proposals of a wave, as staff see them: what waits to be read, or was hidden, only where they decide about it.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn proposals_file(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<ProposalsFile, Refusal> {
        let (project, wave) = staff::wave(db, staff, id, Action::SeeWork)?;
        let thing = staff::of_project(db, &project)?;
        let framework = self.framework_of(db, &wave)?;
        let mut proposals = store::proposals::of_wave(db, &wave)?;
        proposals.retain(|one| one.moderation == Moderation::Kept || staff.may(Action::Moderate, thing));
        let allowed = Action::ALL.into_iter().filter(|action| staff.may(*action, thing)).collect();
        Ok(ProposalsFile { project, wave, framework, proposals, allowed })
    }

    /// A proposal of a wave, as staff see it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or as [`Staff::require`].
    pub fn proposal_file(
        &self,
        db: &mut Db,
        staff: &Staff,
        (id, proposal): (Uuid, Uuid),
    ) -> Result<(ProposalsFile, ProposalFile), Refusal> {
        let file = self.proposals_file(db, staff, id)?;
        let proposal = file.proposal(proposal).cloned().ok_or(Refusal::NotFound)?;
        let mut one = self.around_proposal(db, &file.wave, &file.framework, proposal)?;
        let moderates = file.allowed.contains(&Action::Moderate);
        one.contributions.retain(|said| said.moderation == Moderation::Kept || moderates);
        Ok((file, one))
    }

    /// A proposal with everything around it.
    pub(super) fn around_proposal(
        &self,
        db: &mut Db,
        wave: &Wave,
        framework: &Framework,
        proposal: Proposal,
    ) -> Result<ProposalFile, Refusal> {
        let profile = projects::of_wave(db, wave)?.profile().clone();
        let rated_now = match proposal.state {
            ProposalState::Rating => Some(store::ratings::of_round(db, &proposal, proposal.round)?.len()),
            _ => None,
        };
        Ok(ProposalFile {
            acts: store::proposals::acts(db, &proposal)?,
            contributions: store::proposals::contributions(db, &proposal)?,
            rounds: rounds(db, &proposal, framework, &profile)?,
            rated_now,
            committee: self.committee_outcome(db, wave, &question(&proposal))?,
            proposal,
        })
    }

    /// Makes a proposal as staff: for groups that said it elsewhere, or for nobody in particular.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Conflict::OtherPhase`]; or as [`Staff::require`].
    pub fn propose_as_staff(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<Uuid, Refusal> {
        let (_, wave) = staff::wave(db, staff, id, Action::EditProject)?;
        defining(&wave)?;
        let framework = self.framework_of(db, &wave)?;
        let said = read_said(typed)?;
        let groups: Vec<String> = framework.groups.iter().map(|group| group.code.clone()).collect();
        let groups: Vec<String> =
            groups.into_iter().filter(|code| typed.all("origin").any(|one| one == code)).collect();
        let proposal = Proposal { groups, ..self.new_proposal(&wave, said) };
        self.insert_proposal(db, &proposal, (&staff.account.name, "", ""))?;
        let what = note(staff, wave.organisation_id, "proposal.proposal", subject(&proposal.said.title, proposal.id));
        self.record(db, what)?;
        Ok(proposal.id)
    }

    /// A proposal that was just made, of nobody yet.
    pub(super) fn new_proposal(&self, wave: &Wave, said: Said) -> Proposal {
        Proposal {
            organisation_id: wave.organisation_id,
            id: Uuid::now_v7(),
            wave_id: wave.id,
            said,
            groups: Vec::new(),
            author: None,
            parents: Vec::new(),
            state: ProposalState::Proposed,
            consensus: None,
            round: 0,
            moderation: Moderation::Kept,
            hidden_why: String::new(),
            proposed_on: self.clock.today(),
            revision: 1,
        }
    }

    /// Keeps a new proposal with its first act: by a name of staff, or by a group; and why.
    pub(super) fn insert_proposal(
        &self,
        db: &mut Db,
        proposal: &Proposal,
        (actor, group, why): (&str, &str, &str),
    ) -> Result<(), Refusal> {
        store::proposals::insert(db, proposal)?;
        let act = ProposalAct {
            proposal_id: proposal.id,
            number: 1,
            deed: Deed::Proposal,
            actor: actor.to_owned(),
            group: group.to_owned(),
            note: why.to_owned(),
            done_on: self.clock.today(),
        };
        saved(store::proposals::insert_act(db, proposal.organisation_id, &act)?)
    }

    /// Writes down what staff did with a proposal, which then stands as `changed` says.
    pub(super) fn do_with_proposal(
        &self,
        db: &mut Db,
        staff: &Staff,
        changed: &Proposal,
        (deed, why): (Deed, &str),
    ) -> Result<(), Refusal> {
        saved(store::proposals::update(db, changed)?)?;
        let act = ProposalAct {
            proposal_id: changed.id,
            number: changed.revision + 1,
            deed,
            actor: staff.account.name.clone(),
            group: String::new(),
            note: why.to_owned(),
            done_on: self.clock.today(),
        };
        saved(store::proposals::insert_act(db, changed.organisation_id, &act)?)?;
        let what = subject(&changed.said.title, changed.id);
        let audit = note(staff, changed.organisation_id, recorded(deed), what);
        self.record(db, AuditNote { note: why.to_owned(), ..audit })
    }

    /// How many adopted proposals each group had a part in; groups without one are absent.
    ///
    /// # Errors
    /// If the database fails.
    pub fn adopted_by_group(&self, db: &mut Db, wave: &Wave) -> Result<BTreeMap<String, u32>, Refusal> {
        let shares = self.proposals_by_group(db, wave)?;
        Ok(shares
            .into_iter()
            .map(|(group, share)| (group, share.adopted))
            .filter(|(_, adopted)| *adopted > 0)
            .collect())
    }

    /// What became of the proposals of each group, in the order of the framework.
    ///
    /// # Errors
    /// If the database fails.
    pub fn proposals_by_group(&self, db: &mut Db, wave: &Wave) -> Result<Vec<(String, GroupShare)>, Refusal> {
        let framework = self.framework_of(db, wave)?;
        let all = store::proposals::of_wave(db, wave)?;
        Ok(framework.groups.iter().map(|group| (group.code.clone(), share_of(&all, &group.code))).collect())
    }
}

/// How the committee is asked about a proposal.
#[must_use]
pub fn question(proposal: &Proposal) -> String {
    format!("proposal:{}", proposal.id.simple())
}

/// What the rounds of a proposal came to that are over.
fn rounds(
    db: &mut Db,
    proposal: &Proposal,
    framework: &Framework,
    profile: &Profile,
) -> Result<Vec<RoundOutcome>, Refusal> {
    let over = if proposal.state == ProposalState::Rating { proposal.round.saturating_sub(1) } else { proposal.round };
    let groups: Vec<&str> = framework.groups.iter().map(|group| group.code.as_str()).collect();
    let all: Vec<_> =
        (1..=over).map(|number| store::ratings::of_round(db, proposal, number)).collect::<Result<_, _>>()?;
    let before = std::iter::once(None).chain(all.iter().map(|ratings| Some(ratings.as_slice())));
    let numbered = (1..).zip(&all).zip(before);
    Ok(numbered
        .map(|((number, ratings), before)| delphi_round(Round { number, ratings, before }, &groups, profile))
        .collect())
}

/// Nothing, while the indicators of a wave are being defined.
pub(super) fn defining(wave: &Wave) -> Result<(), Refusal> {
    if wave.phase == Phase::Definition { Ok(()) } else { Err(Conflict::OtherPhase { wave: wave.code.clone() }.into()) }
}

/// What a proposal says, as typed.
pub(super) fn read_said(typed: &Typed) -> Result<Said, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let pillar = Pillar::ALL.into_iter().find(|pillar| pillar.code() == typed.get("proposal_pillar"));
    let pillar = problems.take(pillar.ok_or_else(|| FieldProblem::new("proposal_pillar", "choose")));
    let title = problems.note(line("proposal_title", typed.get("proposal_title"), LONGEST_TITLE));
    let question = problems.note(line("proposal_question", typed.get("proposal_question"), LONGEST_LINE));
    let why = problems.note(lines("proposal_why", typed.get("proposal_why"), LONGEST_TEXT));
    if !typed.has("proposal_why") {
        problems.add(FieldProblem::new("proposal_why", "missing"));
    }
    let wording = problems.note(optional_line("proposal_wording", typed.get("proposal_wording"), LONGEST_LINE));
    problems.none()?;
    let pillar = pillar.unwrap_or(Pillar::Facilitators);
    Ok(Said { title, question, why, wording, pillar })
}

/// Everything that a proposal says, to be looked at for names.
pub(super) fn whole(said: &Said) -> String {
    [&said.title, &said.question, &said.why, &said.wording].map(String::as_str).join("\n")
}

const fn recorded(deed: Deed) -> &'static str {
    match deed {
        Deed::Proposal => "proposal.proposal",
        Deed::Discussion => "proposal.discussion",
        Deed::Round => "proposal.round",
        Deed::RoundEnd => "proposal.round-end",
        Deed::Adoption => "proposal.adoption",
        Deed::Rejection => "proposal.rejection",
        Deed::Merge => "proposal.merge",
        Deed::Split => "proposal.split",
        Deed::Showing => "proposal.showing",
        Deed::Hiding => "proposal.hiding",
    }
}

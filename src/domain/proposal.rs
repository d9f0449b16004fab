// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! An indicator that somebody proposes, or an obstacle somebody lived: whose is it, what was done with it, and why?

use jiff::civil::Date;
use uuid::Uuid;

use super::delphi::MOST_ROUNDS;
use super::framework::Pillar;
use super::moderation::Moderation;

/// Longest title of a proposal.
pub const LONGEST_TITLE: usize = 120;
/// Longest of the texts of a proposal, of a contribution, and of a reason.
pub const LONGEST_TEXT: usize = 1000;
/// Most proposals that one is split into.
pub const MOST_PARTS: usize = 4;

/// A proposal. It is never deleted: merged and split ones stay, and what came of them names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity.
    pub id: Uuid,
    /// The wave it is made for.
    pub wave_id: Uuid,
    /// What it says.
    pub said: Said,
    /// Codes of the groups it comes from, each once, in order; none where staff made it for nobody.
    pub groups: Vec<String>,
    /// The participant who wrote it, as the key of the space; nothing where staff did.
    pub author: Option<String>,
    /// The proposals it was merged from, or the one it was split from.
    pub parents: Vec<Uuid>,
    /// Where it stands.
    pub state: ProposalState,
    /// How it was adopted; nothing before.
    pub consensus: Option<Consensus>,
    /// The round of ratings it is in, or was in last; 0 before the first.
    pub round: u32,
    /// Whether its text may be shown.
    pub moderation: Moderation,
    /// Why it was hidden; empty where it was not.
    pub hidden_why: String,
    /// The day it was made.
    pub proposed_on: Date,
    /// How often it was changed: also the number of its last act.
    pub revision: i32,
}

/// What a proposal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Its title.
    pub title: String,
    /// The question it answers, in plain words.
    pub question: String,
    /// Why it matters: which need is behind it.
    pub why: String,
    /// How it could be asked; empty where nobody said.
    pub wording: String,
    /// The pillar it belongs to: an obstacle somebody lived, else what helps or what comes of it.
    pub pillar: Pillar,
}

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProposalState {
    /// Made, and nobody has taken it up yet.
    Proposed,
    /// Being discussed.
    Discussion,
    /// Being rated.
    Rating,
    /// Rated; the round is over.
    Rated,
    /// To become an indicator.
    Adopted,
    /// Not taken, with a reason.
    Rejected,
    /// Went into another one with others.
    Merged,
    /// Became several.
    Split,
}

/// How a proposal was adopted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consensus {
    /// By the rule of the rounds: everybody agrees enough.
    Reached,
    /// By the committee, or by the coordinator where there is none: it may be asked, and stays out of the composite.
    Missing,
}

/// What is done with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It is made.
    Proposal,
    /// Its discussion is opened.
    Discussion,
    /// A round of ratings is opened.
    Round,
    /// A round of ratings is closed.
    RoundEnd,
    /// It is adopted.
    Adoption,
    /// It is not taken.
    Rejection,
    /// It goes into another one.
    Merge,
    /// It becomes several.
    Split,
    /// Its text is shown.
    Showing,
    /// Its text is hidden.
    Hiding,
}

/// Something that was done with a proposal. Acts are only added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalAct {
    /// The proposal.
    pub proposal_id: Uuid,
    /// Its place among the acts of the proposal, from 1.
    pub number: i32,
    /// What was done.
    pub deed: Deed,
    /// Who did it: a name of staff; empty for a participant.
    pub actor: String,
    /// Code of the group of a participant who did it; empty for staff.
    pub group: String,
    /// Why, in their words.
    pub note: String,
    /// The day.
    pub done_on: Date,
}

/// Something said about a proposal, by a group and never by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Identity.
    pub id: Uuid,
    /// The proposal.
    pub proposal_id: Uuid,
    /// Code of the group; empty where staff said it.
    pub group: String,
    /// The participant who wrote it; nothing for staff.
    pub author: Option<String>,
    /// The words.
    pub words: String,
    /// Whether it may be shown.
    pub moderation: Moderation,
    /// Why it was hidden; empty where it was not.
    pub hidden_why: String,
    /// The day.
    pub said_on: Date,
}

impl ProposalState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Proposed,
        Self::Discussion,
        Self::Rating,
        Self::Rated,
        Self::Adopted,
        Self::Rejected,
        Self::Merged,
        Self::Split,
    ];

    /// The word stored, in addresses and in keys of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Discussion => "discussion",
            Self::Rating => "rating",
            Self::Rated => "rated",
            Self::Adopted => "adopted",
            Self::Rejected => "rejected",
            Self::Merged => "merged",
            Self::Split => "split",
        }
    }

    /// The state stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether something is still to be done with it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Proposed | Self::Discussion | Self::Rating | Self::Rated => true,
            Self::Adopted | Self::Rejected | Self::Merged | Self::Split => false,
        }
    }
}

impl Consensus {
    /// The word stored and in keys of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Missing => "missing",
        }
    }

    /// The word's meaning.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Reached, Self::Missing].into_iter().find(|one| one.code() == code)
    }
}

impl Deed {
    /// Every deed.
    pub const ALL: [Self; 10] = [
        Self::Proposal,
        Self::Discussion,
        Self::Round,
        Self::RoundEnd,
        Self::Adoption,
        Self::Rejection,
        Self::Merge,
        Self::Split,
        Self::Showing,
        Self::Hiding,
    ];

    /// The word stored, in addresses and in keys of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposal => "proposal",
            Self::Discussion => "discussion",
            Self::Round => "round",
            Self::RoundEnd => "round-end",
            Self::Adoption => "adoption",
            Self::Rejection => "rejection",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Showing => "showing",
            Self::Hiding => "hiding",
        }
    }

    /// The deed of this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.code() == code)
    }

    /// Whether it cannot be done without a reason.
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Rejection | Self::Hiding)
    }
}

impl Proposal {
    /// Whether a deed can be done with it now, and where it then stands. What waits to be looked at can only be shown,
    /// hidden or rejected.
    #[must_use]
    pub fn after(&self, deed: Deed) -> Option<ProposalState> {
        use ProposalState as S;
        let shown = self.moderation == Moderation::Kept;
        let before_rating = matches!(self.state, S::Proposed | S::Discussion);
        match deed {
            Deed::Showing | Deed::Hiding => Some(self.state),
            Deed::Rejection => (self.state.is_open() && self.state != S::Rating).then_some(S::Rejected),
            Deed::Proposal => None,
            Deed::Discussion => (shown && self.state == S::Proposed).then_some(S::Discussion),
            Deed::Round => {
                (shown && (before_rating || self.state == S::Rated) && self.round < MOST_ROUNDS).then_some(S::Rating)
            }
            Deed::RoundEnd => (self.state == S::Rating).then_some(S::Rated),
            Deed::Adoption => (shown && (before_rating || self.state == S::Rated)).then_some(S::Adopted),
            Deed::Merge => (shown && before_rating).then_some(S::Merged),
            Deed::Split => (shown && before_rating).then_some(S::Split),
        }
    }

    /// What staff can do with it now.
    #[must_use]
    pub fn deeds(&self) -> Vec<Deed> {
        let act = |deed: &Deed| !matches!(deed, Deed::Showing | Deed::Hiding) && self.after(*deed).is_some();
        Deed::ALL.into_iter().filter(act).collect()
    }
}

/// The groups that several proposals come from, each once, in order.
#[must_use]
pub fn groups_of<'a>(proposals: impl IntoIterator<Item = &'a Proposal>) -> Vec<String> {
    let mut groups: Vec<String> = proposals.into_iter().flat_map(|one| one.groups.iter().cloned()).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// How many proposals a group had a part in, and how many of them were adopted: also those that were merged or split
/// into adopted ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GroupShare {
    /// Made by the group, alone or with others, before any merging and splitting.
    pub made: u32,
    /// Adopted ones whose authorship includes the group.
    pub adopted: u32,
}

/// What became of the proposals of a group. Of those made, what came of merging or splitting is not counted again.
#[must_use]
pub fn share_of(proposals: &[Proposal], group: &str) -> GroupShare {
    let own = || proposals.iter().filter(|one| one.groups.iter().any(|code| code == group));
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    GroupShare {
        made: count(own().filter(|one| one.parents.is_empty()).count()),
        adopted: count(own().filter(|one| one.state == ProposalState::Adopted).count()),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub fn proposal(state: ProposalState, groups: &[&str]) -> Proposal {
        Proposal {
            organisation_id: Uuid::nil(),
            id: Uuid::now_v7(),
            wave_id: Uuid::nil(),
            said: Said {
                title: "Orari".to_owned(),
                question: "Gli orari vanno bene a chi lavora?".to_owned(),
                why: "Chi lavora resta fuori.".to_owned(),
                wording: String::new(),
                pillar: Pillar::Obstacles,
            },
            groups: groups.iter().map(|group| (*group).to_owned()).collect(),
            author: None,
            parents: Vec::new(),
            state,
            consensus: None,
            round: 0,
            moderation: Moderation::Kept,
            hidden_why: String::new(),
            proposed_on: jiff::civil::date(2026, 11, 24),
            revision: 1,
        }
    }

    #[test]
    fn what_can_be_done_depends_on_where_it_stands() {
        use Deed as D;
        let deeds = |state| proposal(state, &["PA"]).deeds();
        let begun = vec![D::Round, D::Adoption, D::Rejection, D::Merge, D::Split];
        assert_eq!(deeds(ProposalState::Proposed), [vec![D::Discussion], begun.clone()].concat());
        assert_eq!(deeds(ProposalState::Discussion), begun);
        assert_eq!(deeds(ProposalState::Rating), [D::RoundEnd]);
        assert_eq!(deeds(ProposalState::Rated), [D::Round, D::Adoption, D::Rejection]);
        for ended in ProposalState::ALL.into_iter().filter(|state| !state.is_open()) {
            assert_eq!(deeds(ended), [], "{ended:?}");
        }
        let third = Proposal { round: MOST_ROUNDS, ..proposal(ProposalState::Rated, &[]) };
        assert_eq!(third.deeds(), [D::Adoption, D::Rejection]);
    }

    #[test]
    fn what_waits_to_be_looked_at_can_only_be_rejected() {
        let waiting = Proposal { moderation: Moderation::Waiting, ..proposal(ProposalState::Proposed, &["PA"]) };
        assert_eq!(waiting.deeds(), [Deed::Rejection]);
        assert_eq!(waiting.after(Deed::Showing), Some(ProposalState::Proposed));
    }

    #[test]
    fn merging_keeps_every_group_and_counts_what_was_made_once() {
        let one = proposal(ProposalState::Merged, &["ETS", "BEN"]);
        let two = proposal(ProposalState::Merged, &["PA", "BEN"]);
        let groups = groups_of([&one, &two]);
        assert_eq!(groups, ["BEN", "ETS", "PA"]);
        let both = Proposal { parents: vec![one.id, two.id], groups, ..proposal(ProposalState::Adopted, &[]) };
        let all = [one, two, both];
        assert_eq!(share_of(&all, "BEN"), GroupShare { made: 2, adopted: 1 });
        assert_eq!(share_of(&all, "PA"), GroupShare { made: 1, adopted: 1 });
        assert_eq!(share_of(&all, "FON"), GroupShare::default());
    }

    #[test]
    fn every_word_is_read_again() {
        assert!(ProposalState::ALL.into_iter().all(|one| ProposalState::from_code(one.code()) == Some(one)));
        assert!(Deed::ALL.into_iter().all(|one| Deed::from_code(one.code()) == Some(one)));
        assert_eq!((Consensus::from_code("reached"), Consensus::from_code("x")), (Some(Consensus::Reached), None));
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Is a proposed indicator relevant and clear, to everybody and in every group? Rated in rounds, until that is settled.

use super::withheld::Given;

/// Most rounds of ratings of one proposal.
pub const MOST_ROUNDS: u32 = 3;
/// Highest point of the scale of ratings; the lowest is 1.
pub const HIGHEST: u8 = 5;
/// Share of all ratings in the two highest points that consensus needs, in percent.
pub const SHARE_OVERALL_PERCENT: usize = 75;
/// The same share in every group.
pub const SHARE_IN_GROUP_PERCENT: usize = 60;
/// Ratings of a group from which its share counts.
pub const GROUP_COUNTS_FROM: usize = 3;
/// Greatest distance between the quartiles at which there is consensus.
pub const WIDEST_SPREAD: f64 = 1.0;
/// Where no median moves by more than this from one round to the next, another round would change little.
pub const SETTLED_WITHIN: f64 = 0.5;

/// What somebody says of a proposal in one round; nothing where they do not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Code of their group.
    pub group: String,
    /// Whether it matters, from 1 to [`HIGHEST`].
    pub relevance: Option<u8>,
    /// Whether it can be understood, from 1 to [`HIGHEST`].
    pub clarity: Option<u8>,
}

/// What is rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// Whether it matters.
    Relevance,
    /// Whether it can be understood.
    Clarity,
}

/// What one round came to, with what may be shown of it. Nobody can be told from it.
#[derive(Clone, Debug, PartialEq)]
pub struct RoundOutcome {
    /// Which round, from 1.
    pub number: u32,
    /// How many rated.
    pub rated: u32,
    /// What all of them said of relevance.
    pub relevance: CriterionOutcome,
    /// What all of them said of clarity.
    pub clarity: CriterionOutcome,
    /// Group by group, in framework order; only groups that rated.
    pub groups: Vec<GroupOutcome>,
    /// What follows.
    pub verdict: Verdict,
}

/// What all who rated said of one criterion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CriterionOutcome {
    /// How many gave a point.
    pub given: u32,
    /// How many do not know.
    pub not_known: u32,
    /// Their median.
    pub median: Given<f64>,
    /// Upper less lower quartile.
    pub spread: Given<f64>,
    /// Share in the two highest points, from 0 to 1.
    pub top: Given<f64>,
}

/// What one group said.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupOutcome {
    /// Code of the group.
    pub group: String,
    /// How many rated.
    pub rated: u32,
    /// Median of relevance.
    pub relevance: Given<f64>,
    /// Median of clarity.
    pub clarity: Given<f64>,
}

/// What follows from a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// So few rated that nothing follows.
    TooFew,
    /// Everybody agrees enough: it can be adopted.
    Consensus,
    /// Another round may bring agreement; what is lacking.
    Again(Vec<Lack>),
    /// Another round would change little, or there were three: the committee decides; what is lacking.
    Settled(Vec<Lack>),
}

/// What is lacking to consensus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// In which criterion.
    pub criterion: Criterion,
    /// Where.
    pub place: LackPlace,
}

/// Where consensus is lacking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LackPlace {
    /// Too few of all gave one of the two highest points.
    Overall,
    /// Too few of this group did.
    Group(String),
    /// Too few did in a group so small that it is not named.
    SmallGroup,
    /// The ratings lie too far apart.
    Spread,
}

impl Criterion {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Relevance, Self::Clarity];

    /// The word in fields and keys of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Clarity => "clarity",
        }
    }

    /// What a rating says of it.
    #[must_use]
    pub const fn of(self, rating: &Rating) -> Option<u8> {
        match self {
            Self::Relevance => rating.relevance,
            Self::Clarity => rating.clarity,
        }
    }
}

impl LackPlace {
    /// The end of the key of its words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Overall => "overall",
            Self::Group(_) => "group",
            Self::SmallGroup => "small-group",
            Self::Spread => "spread",
        }
    }
}

impl Verdict {
    /// The end of the key of its words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooFew => "too-few",
            Self::Consensus => "consensus",
            Self::Again(_) => "again",
            Self::Settled(_) => "settled",
        }
    }

    /// What is lacking.
    #[must_use]
    pub fn lacks(&self) -> &[Lack] {
        match self {
            Self::TooFew | Self::Consensus => &[],
            Self::Again(lacks) | Self::Settled(lacks) => lacks,
        }
    }
}

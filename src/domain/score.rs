// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What comes out of scoring one wave?

use serde::{Serialize, Serializer};

use super::agreement::Agreement;
use super::answer::NoAnswer;
use super::consistency::Consistency;
use super::framework::Pillar;
use super::gap::Gap;
use super::profile::{ScoreView, Voice};
use super::robustness::Robustness;

pub use super::flag::Flag;
pub use super::withheld::{Given, Withheld};

/// Two limits in score points, not clipped to 0 and 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.low, self.high].serialize(serializer)
    }
}

/// How many cells hold each reason for no answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CodeCounts {
    /// Don't know.
    #[serde(rename = "DK")]
    pub dont_know: u64,
    /// Does not apply.
    #[serde(rename = "NA")]
    pub not_applicable: u64,
    /// Prefers not to answer.
    #[serde(rename = "RF")]
    pub refused: u64,
    /// Seen and left empty.
    #[serde(rename = "SK")]
    pub skipped: u64,
    /// Not shown.
    #[serde(rename = "NS")]
    pub not_shown: u64,
}

impl CodeCounts {
    /// Adds `cells` cells with this reason.
    pub const fn add(&mut self, reason: NoAnswer, cells: u64) {
        match reason {
            NoAnswer::DontKnow => self.dont_know += cells,
            NoAnswer::NotApplicable => self.not_applicable += cells,
            NoAnswer::Refused => self.refused += cells,
            NoAnswer::Skipped => self.skipped += cells,
            NoAnswer::NotShown => self.not_shown += cells,
        }
    }

    /// Adds the counts of other cells.
    pub const fn include(&mut self, other: &Self) {
        self.dont_know += other.dont_know;
        self.not_applicable += other.not_applicable;
        self.refused += other.refused;
        self.skipped += other.skipped;
        self.not_shown += other.not_shown;
    }
}

/// One indicator in one group: score with its n, N and interval (descriptive: finite population).
#[derive(Clone, Debug, PartialEq)]
pub struct GroupScore {
    /// Code of the group.
    pub group: String,
    /// N: how many are listed, where known.
    pub listed: Option<u32>,
    /// n: units with a valid score.
    pub valid: u32,
    /// Mean of the units' scores, 0 to 100.
    pub mean: Given<f64>,
    /// Standard deviation, divisor n − 1.
    pub sd: Given<f64>,
    /// Standard error of the mean.
    pub se: Given<f64>,
    /// 95 % interval of the mean.
    pub interval: Given<Interval>,
    /// Mean of the item means, the companion of the proration check.
    pub mean_of_items: Given<f64>,
    /// Reasons for no answer in the group's cells; only in the full view.
    pub codes: Given<CodeCounts>,
    /// How far its members agree.
    pub agreement: Agreement,
    /// 95 % interval from drawing organisations instead of people, where there are enough of them.
    pub clustered_interval: Given<Interval>,
    /// Where nearly everyone listed answered: the error of the instrument itself.
    pub measurement_interval: Given<Interval>,
    /// The mean that those who did not answer would need for the group to stand at each limit between bands.
    pub tipping_points: Given<[f64; 2]>,
    /// In which band the group surely is.
    pub band: Given<Band>,
    /// What to know beside it.
    pub flags: Vec<Flag>,
}

/// Where a score surely is, given its interval. A convention, not a norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Band {
    /// Surely in the best band.
    Strength,
    /// Neither surely good nor surely poor.
    ToDiscuss,
    /// Surely in the poorest band.
    Concern,
}

impl Band {
    /// The code of documents. It never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Strength => "strength",
            Self::ToDiscuss => "to_discuss",
            Self::Concern => "concern",
        }
    }
}

impl Serialize for Band {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// One indicator over all groups: the four voices and the two intervals of the profile's voice.
#[derive(Clone, Debug, PartialEq)]
pub struct Overall {
    /// The voice of the profile, to which errors and intervals belong.
    pub voice: Voice,
    /// Each group one voice.
    pub equal: Given<f64>,
    /// Each answer one voice.
    pub head: Given<f64>,
    /// Each listed person one voice.
    pub population: Given<f64>,
    /// Agreed weights.
    pub participatory: Given<f64>,
    /// Standard error, finite population.
    pub se: Given<f64>,
    /// Satterthwaite degrees of freedom of `se`.
    pub df: Given<f64>,
    /// 95 % interval, finite population: what the listed stakeholders think.
    pub interval: Given<Interval>,
    /// Standard error of the process.
    pub process_se: Given<f64>,
    /// Satterthwaite degrees of freedom of `process_se`.
    pub process_df: Given<f64>,
    /// 95 % interval of the process: for comparing with another wave or project.
    pub process_interval: Given<Interval>,
    /// n: valid units of the groups in the total.
    pub valid: u32,
    /// N of the groups in the total, where all are known.
    pub listed: Option<u32>,
    /// Codes of the groups in the total.
    pub groups_used: Vec<String>,
    /// Codes of the groups that should be in the total and are not.
    pub groups_missing: Vec<String>,
    /// In which band the total surely is.
    pub band: Given<Band>,
    /// What to know beside it.
    pub flags: Vec<Flag>,
}

impl Overall {
    /// The value under one voice.
    ///
    /// # Errors
    /// The reason it is not given.
    pub const fn voice_value(&self, voice: Voice) -> Given<f64> {
        match voice {
            Voice::Equal => self.equal,
            Voice::Head => self.head,
            Voice::Population => self.population,
            Voice::Participatory => self.participatory,
        }
    }

    /// The value under the profile's voice: the headline.
    ///
    /// # Errors
    /// The reason it is not given.
    pub const fn value(&self) -> Given<f64> {
        self.voice_value(self.voice)
    }
}

/// One indicator in one wave.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorScore {
    /// Code of the indicator.
    pub indicator: String,
    /// Its pillar.
    pub pillar: Pillar,
    /// Code of its family.
    pub family: String,
    /// Reasons for no answer, over the items addressed to the respondent's group.
    pub codes: Given<CodeCounts>,
    /// Each group, in framework order.
    pub groups: Vec<GroupScore>,
    /// All groups together.
    pub overall: Overall,
    /// Whether its items hang together.
    pub consistency: Consistency,
    /// How far everybody agrees.
    pub agreement: Agreement,
    /// Every pair of groups, in framework order.
    pub gaps: Vec<Gap>,
    /// Each item, everybody together.
    pub items: Vec<ItemShares>,
}

/// Answers at both ends of one item's scale, reversed items turned round, everybody together.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemShares {
    /// Code of the item.
    pub item: String,
    /// Answers on the scale.
    pub answers: Given<u64>,
    /// Of them, in the two highest points.
    pub top: Given<u64>,
    /// Of them, in the two lowest points.
    pub bottom: Given<u64>,
    /// Cells that say "don't know".
    pub dont_know: Given<u64>,
}

/// One pillar in one wave. Obstacles keep their sign: high is many obstacles.
#[derive(Clone, Debug, PartialEq)]
pub struct PillarScore {
    /// Which pillar.
    pub pillar: Pillar,
    /// Weighted mean of the indicators' values.
    pub value: Given<f64>,
    /// Standard error, finite population.
    pub se: Given<f64>,
    /// Degrees of freedom of `se`.
    pub df: Given<f64>,
    /// 95 % interval, finite population.
    pub interval: Given<Interval>,
    /// Codes of the indicators that entered.
    pub indicators_used: Vec<String>,
    /// What to know beside it.
    pub flags: Vec<Flag>,
}

/// The three pillars in one number, obstacles inverted. Never shown without the pillars.
#[derive(Clone, Debug, PartialEq)]
pub struct Composite {
    /// Weighted arithmetic mean.
    pub linear: Given<f64>,
    /// Weighted geometric mean.
    pub geometric: Given<f64>,
    /// Mazziotta–Pareto form: the mean less a penalty for imbalance.
    pub imbalance: Given<f64>,
    /// Standard error of `linear`.
    pub se: Given<f64>,
    /// Degrees of freedom of `se`.
    pub df: Given<f64>,
    /// 95 % interval of `linear`.
    pub interval: Given<Interval>,
    /// 95 % interval of `geometric`.
    pub geometric_interval: Given<Interval>,
    /// 95 % interval of `imbalance`.
    pub imbalance_interval: Given<Interval>,
    /// How it would look with other sensible rules.
    pub robustness: Given<Robustness>,
}

/// Everything scored in one wave of one project.
#[derive(Clone, Debug, PartialEq)]
pub struct WaveScores {
    /// Name of the wave.
    pub wave: String,
    /// For whose eyes these numbers are.
    pub view: ScoreView,
    /// Rows of the wave.
    pub respondents: u32,
    /// Each indicator, in framework order.
    pub indicators: Vec<IndicatorScore>,
    /// The three pillars.
    pub pillars: Vec<PillarScore>,
    /// The composite.
    pub composite: Composite,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_for_no_answer_has_its_count() {
        let mut counts = CodeCounts::default();
        NoAnswer::ALL.into_iter().zip(1..).for_each(|(reason, cells)| counts.add(reason, cells));
        let json = serde_json::to_string(&counts).unwrap();
        assert_eq!(json, r#"{"DK":1,"NA":2,"RF":3,"SK":4,"NS":5}"#);
    }
}

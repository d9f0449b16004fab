// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What comes out of scoring one wave, and why a number is not there?

use serde::{Serialize, Serializer};

use super::answer::NoAnswer;
use super::framework::Pillar;
use super::profile::{ScoreView, Voice};

/// A number, or the reason it is not given. Never a `NaN`, never a zero in place of nothing.
pub type Given<T> = Result<T, Withheld>;

/// Why a number is not given. Every reason is an answer a page explains in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Withheld {
    /// The group has fewer valid answers than may be shown (`k_show`).
    FewerThanMinimum,
    /// Given together with what is shown, it would let a withheld number be worked out.
    Complementary,
    /// Everybody in a small group answered the same: the value would be everybody's answer.
    Unanimous,
    /// More than half of the answers are "don't know": only that share is telling.
    MostlyDontKnow,
    /// Spread is not shown below the size at which mean and spread together give the answers away (`k_dist`).
    BelowDistributionMinimum,
    /// A group that is not shown enters the total: its spread would show through.
    HiddenGroupEnters,
    /// Nobody gave a valid answer.
    NoValidAnswers,
    /// No item of the indicator is addressed to the group.
    NotAddressed,
    /// The indicator is not asked in waves of this type.
    NotAsked,
    /// One value has no spread.
    TooFewUnits,
    /// All values are equal: there is nothing an interval could be made from.
    NoVariability,
    /// Everyone listed answered: there is no sampling uncertainty.
    EveryoneAnswered,
    /// Fewer than two groups have enough valid answers for a total.
    TooFewGroups,
    /// A group marked essential has too few valid answers.
    EssentialGroupMissing,
    /// The total would rest on fewer than eight answers.
    TooFewAnswers,
    /// No agreed group weights: the participatory voice does not exist.
    NoAgreedWeights,
    /// The number listed is not known for every group: the population voice does not exist.
    RosterUnknown,
    /// Valid indicators hold less than half of the pillar's weight.
    PillarIncomplete,
    /// Fewer than five pairs: the correlation is taken as zero.
    TooFewPairs,
    /// No group can be compared on both sides.
    NoCommonGroup,
    /// No item was asked on both sides.
    NoCommonItem,
    /// Of a different framework version than the others.
    VersionDiffers,
    /// Of a different wave type than the others.
    WaveTypeDiffers,
    /// Defined, but not computed by this version of the program.
    NotComputed,
}

impl Withheld {
    /// Every reason.
    pub const ALL: [Self; 24] = [
        Self::FewerThanMinimum,
        Self::Complementary,
        Self::Unanimous,
        Self::MostlyDontKnow,
        Self::BelowDistributionMinimum,
        Self::HiddenGroupEnters,
        Self::NoValidAnswers,
        Self::NotAddressed,
        Self::NotAsked,
        Self::TooFewUnits,
        Self::NoVariability,
        Self::EveryoneAnswered,
        Self::TooFewGroups,
        Self::EssentialGroupMissing,
        Self::TooFewAnswers,
        Self::NoAgreedWeights,
        Self::RosterUnknown,
        Self::PillarIncomplete,
        Self::TooFewPairs,
        Self::NoCommonGroup,
        Self::NoCommonItem,
        Self::VersionDiffers,
        Self::WaveTypeDiffers,
        Self::NotComputed,
    ];

    /// The code of documents and addresses. It never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::FewerThanMinimum => "fewer_than_minimum",
            Self::Complementary => "complementary",
            Self::Unanimous => "unanimous",
            Self::MostlyDontKnow => "mostly_dont_know",
            Self::BelowDistributionMinimum => "below_distribution_minimum",
            Self::HiddenGroupEnters => "hidden_group_enters",
            Self::NoValidAnswers => "no_valid_answers",
            Self::NotAddressed => "not_addressed",
            Self::NotAsked => "not_asked",
            Self::TooFewUnits => "too_few_units",
            Self::NoVariability => "no_variability",
            Self::EveryoneAnswered => "everyone_answered",
            Self::TooFewGroups => "too_few_groups",
            Self::EssentialGroupMissing => "essential_group_missing",
            Self::TooFewAnswers => "too_few_answers",
            Self::NoAgreedWeights => "no_agreed_weights",
            Self::RosterUnknown => "roster_unknown",
            Self::PillarIncomplete => "pillar_incomplete",
            Self::TooFewPairs => "too_few_pairs",
            Self::NoCommonGroup => "no_common_group",
            Self::NoCommonItem => "no_common_item",
            Self::VersionDiffers => "version_differs",
            Self::WaveTypeDiffers => "wave_type_differs",
            Self::NotComputed => "not_computed_in_this_version",
        }
    }
}

impl Serialize for Withheld {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Something to know beside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flag {
    /// A group is missing from the total, or less than 30 % of a group answered.
    Partial,
    /// Less than half of a listed group answered.
    CoverageAmber,
    /// Less than 30 % of a listed group answered.
    CoverageRed,
    /// A group with valid answers has no agreed weight, so the participatory voice leaves it out.
    GroupWithoutAgreedWeight,
    /// More than 20 % "don't know" on an item: a finding in itself.
    InformationGap,
    /// More than 30 % "does not apply" on an item: perhaps not for this group.
    NotForThisGroup,
    /// More than 10 % skipped or refused on an item: wording, or fear.
    SkippedOrRefused,
    /// Mean of persons and mean of items differ by more than two points.
    ProrationSensitive,
    /// The four voices do not fall in the same band.
    VoiceSensitive,
}

impl Flag {
    /// The code of documents. It never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Partial => "partial",
            Self::CoverageAmber => "coverage_amber",
            Self::CoverageRed => "coverage_red",
            Self::GroupWithoutAgreedWeight => "group_without_agreed_weight",
            Self::InformationGap => "information_gap",
            Self::NotForThisGroup => "not_for_this_group",
            Self::SkippedOrRefused => "skipped_or_refused",
            Self::ProrationSensitive => "proration_sensitive",
            Self::VoiceSensitive => "voice_sensitive",
        }
    }
}

impl Serialize for Flag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

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
    /// What to know beside it.
    pub flags: Vec<Flag>,
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
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_reasons_share_a_code() {
        let codes: BTreeSet<_> = Withheld::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), Withheld::ALL.len());
    }

    #[test]
    fn every_reason_for_no_answer_has_its_count() {
        let mut counts = CodeCounts::default();
        NoAnswer::ALL.into_iter().zip(1..).for_each(|(reason, cells)| counts.add(reason, cells));
        let json = serde_json::to_string(&counts).unwrap();
        assert_eq!(json, r#"{"DK":1,"NA":2,"RF":3,"SK":4,"NS":5}"#);
    }
}

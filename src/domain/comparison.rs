// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is put side by side: two waves of one project, or several projects, always like with like.

use serde::{Serialize, Serializer};

use super::framework::Pillar;
use super::panel::{Attrition, Panel, ReliableChange};
use super::profile::Voice;
use super::score::{Given, Interval, Withheld};

/// The change of one indicator between two waves, over the groups that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Code of the indicator.
    pub indicator: String,
    /// Its pillar: for an obstacle, less is improved.
    pub pillar: Pillar,
    /// Name of the earlier wave.
    pub from: String,
    /// Name of the later wave.
    pub to: String,
    /// Codes of the groups counted.
    pub groups_used: Vec<String>,
    /// Groups left out, and why.
    pub groups_left_out: Vec<GroupLeftOut>,
    /// The change of each group that can be compared.
    pub groups: Vec<GroupChange>,
    /// The change of the project.
    pub estimate: Given<ChangeEstimate>,
}

/// A group that takes no part in a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupLeftOut {
    /// Code of the group.
    pub group: String,
    /// Why.
    pub reason: Withheld,
}

/// The change of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupChange {
    /// Code of the group.
    pub group: String,
    /// n in the earlier wave.
    pub valid_from: u32,
    /// n in the later wave.
    pub valid_to: u32,
    /// Later mean less earlier mean, in points.
    pub difference: f64,
    /// Standard error of the difference.
    pub se: Given<f64>,
    /// Degrees of freedom.
    pub df: Given<f64>,
    /// 95 % interval.
    pub interval: Given<Interval>,
}

/// The change of a project in one indicator: process target, no finite population correction.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeEstimate {
    /// Later less earlier, in points; keeps the sign of the number.
    pub difference: f64,
    /// Standard error.
    pub se: Given<f64>,
    /// Degrees of freedom.
    pub df: Given<f64>,
    /// 95 % interval.
    pub interval: Given<Interval>,
    /// 90 % interval, the one that decides on stability.
    pub interval_90: Given<Interval>,
    /// Two-sided p-value.
    pub p: Given<f64>,
    /// `p` after Holm over the indicators of the same pillar.
    pub p_holm: Given<f64>,
    /// Units with a valid score in both waves.
    pub pairs: Given<u32>,
    /// Correlation of the pairs, pooled within groups.
    pub correlation: Given<f64>,
    /// The people found in both waves.
    pub panel: Panel,
    /// Who left in between.
    pub attrition: Attrition,
    /// How many changed beyond the noise of the instrument.
    pub reliable: ReliableChange,
    /// The change in words.
    pub verdict: Verdict,
    /// What to know beside the verdict.
    pub flags: Vec<ChangeFlag>,
}

/// The change in words, following the indicator's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Better beyond doubt, and by at least the agreed difference.
    Improved,
    /// Better beyond doubt, by less than the agreed difference.
    SlightlyImproved,
    /// Any change is smaller than the agreed difference.
    Stable,
    /// Worse beyond doubt, by less than the agreed difference.
    SlightlyWorsened,
    /// Worse beyond doubt, and by at least the agreed difference.
    Worsened,
    /// The answers do not say.
    NotEnoughEvidence,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 6] = [
        Self::Improved,
        Self::SlightlyImproved,
        Self::Stable,
        Self::SlightlyWorsened,
        Self::Worsened,
        Self::NotEnoughEvidence,
    ];

    /// The code of documents.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::SlightlyImproved => "slightly_improved",
            Self::Stable => "stable",
            Self::SlightlyWorsened => "slightly_worsened",
            Self::Worsened => "worsened",
            Self::NotEnoughEvidence => "not_enough_evidence",
        }
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// Something to know beside a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeFlag {
    /// Detectable, but below the threshold the partners agreed on.
    BelowAgreedThreshold,
    /// A group of one of the waves takes no part.
    Partial,
    /// The waves were answered on different versions: compared are the items both have.
    CommonCore,
    /// More than 30 % of the answers came in another way: screen, paper, with help.
    OtherMode,
    /// An item moved against the others of its indicator by more than half a standard deviation.
    ItemDrift,
}

impl ChangeFlag {
    /// The code of documents.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::BelowAgreedThreshold => "below_agreed_threshold",
            Self::Partial => "partial",
            Self::CommonCore => "common_core",
            Self::OtherMode => "other_mode",
            Self::ItemDrift => "item_drift",
        }
    }
}

impl Serialize for ChangeFlag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// One indicator in several projects of an edition, or several editions of a programme. Never a ranking:
/// entries keep the order they were given in.
#[derive(Clone, Debug, PartialEq)]
pub struct SideBySide {
    /// Code of the indicator.
    pub indicator: String,
    /// Its pillar.
    pub pillar: Pillar,
    /// The voice of every value.
    pub voice: Voice,
    /// Wave type of every value, where waves have one.
    pub wave_type: Option<String>,
    /// Hash of the framework version of every value.
    pub framework_sha256: String,
    /// Codes of the groups that every value is made of.
    pub groups_used: Vec<String>,
    /// Codes of the items that every value is made of.
    pub items_used: Vec<String>,
    /// What was left out so that like is compared with like.
    pub left_out: Vec<LeftOut>,
    /// One entry per project or edition compared, in the order given.
    pub entries: Vec<SideBySideEntry>,
}

/// One project or edition in a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct SideBySideEntry {
    /// Its name.
    pub label: String,
    /// Name of the wave.
    pub wave: String,
    /// Value over the common groups and items.
    pub value: Given<f64>,
    /// Standard error of the process.
    pub process_se: Given<f64>,
    /// 95 % interval of the process.
    pub process_interval: Given<Interval>,
    /// n: valid units in the common groups.
    pub valid: u32,
    /// N of the common groups, where known.
    pub listed: Option<u32>,
}

/// Something left out of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum LeftOut {
    /// A project or edition.
    Entry {
        /// Its name.
        label: String,
        /// Why.
        reason: Withheld,
    },
    /// A group, because this entry cannot show it.
    Group {
        /// Code of the group.
        group: String,
        /// Name of the entry.
        label: String,
        /// Why.
        reason: Withheld,
    },
    /// An item, because this entry did not ask it.
    Item {
        /// Code of the item.
        item: String,
        /// Name of the entry.
        label: String,
    },
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_verdicts_share_a_code() {
        let codes: BTreeSet<_> = Verdict::ALL.iter().map(|verdict| verdict.code()).collect();
        assert_eq!(codes.len(), Verdict::ALL.len());
    }
}

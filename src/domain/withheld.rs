// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Why is a number not given?

use serde::{Serialize, Serializer};

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
    /// Fewer than three items: nothing to be consistent about.
    TooFewItems,
    /// The items make up the indicator instead of mirroring it: consistency is not asked of them.
    Formative,
    /// Too few people answered every item of the indicator.
    TooFewComplete,
    /// The items do not measure one thing only.
    NotOneFactor,
    /// The factor solution is not a proper one: an item would be explained by more than all of itself.
    ImproperSolution,
    /// The method did not settle on a number.
    NotConverged,
    /// The answers lie so near the end of the scale that agreement cannot be told from the end itself.
    AtScaleEnd,
    /// The items are asked on different scales, whose points do not mean the same.
    MixedScales,
    /// Fewer people than the scale has points less one.
    TooFewRaters,
    /// All of one group lies below all of the other: the statistic has no end.
    Separated,
    /// Tests and distributions are for those who need them, not for this view.
    NotForThisView,
    /// Everybody of the earlier wave answered again.
    NobodyLeft,
    /// The items are not consistent enough to tell one person's change from noise.
    ConsistencyTooLow,
    /// Fewer than five projects: they stand side by side with their intervals.
    TooFewProjects,
    /// The answers differ as much inside projects as between them.
    NotToldApart,
    /// A project has no error of its own to be weighed by.
    NoVariance,
    /// Other sensible weights would give quite another number.
    NotRobust,
    /// Fewer than five organisations to draw from.
    TooFewOrganisations,
    /// Not called for here: most of those listed did not answer.
    NotNeeded,
}

impl Withheld {
    /// Every reason.
    pub const ALL: [Self; 42] = [
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
        Self::TooFewItems,
        Self::Formative,
        Self::TooFewComplete,
        Self::NotOneFactor,
        Self::ImproperSolution,
        Self::NotConverged,
        Self::AtScaleEnd,
        Self::MixedScales,
        Self::TooFewRaters,
        Self::Separated,
        Self::NotForThisView,
        Self::NobodyLeft,
        Self::ConsistencyTooLow,
        Self::TooFewProjects,
        Self::NotToldApart,
        Self::NoVariance,
        Self::NotRobust,
        Self::TooFewOrganisations,
        Self::NotNeeded,
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
            Self::TooFewItems => "too_few_items",
            Self::Formative => "formative_model",
            Self::TooFewComplete => "too_few_complete_answers",
            Self::NotOneFactor => "more_than_one_factor",
            Self::ImproperSolution => "improper_solution",
            Self::NotConverged => "not_converged",
            Self::AtScaleEnd => "at_scale_end",
            Self::MixedScales => "mixed_scales",
            Self::TooFewRaters => "too_few_raters",
            Self::Separated => "separated",
            Self::NotForThisView => "not_for_this_view",
            Self::NobodyLeft => "nobody_left",
            Self::ConsistencyTooLow => "consistency_too_low",
            Self::TooFewProjects => "too_few_projects",
            Self::NotToldApart => "projects_not_told_apart",
            Self::NoVariance => "error_unknown",
            Self::NotRobust => "not_robust",
            Self::TooFewOrganisations => "too_few_organisations",
            Self::NotNeeded => "not_needed",
        }
    }
}

impl Serialize for Withheld {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
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
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What should be known beside a number?

use serde::{Serialize, Serializer};

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
    /// Members of the group hold different views: the mean is nobody's answer.
    DifferentViews,
    /// Many sit at both ends of the scale.
    Polarised,
    /// Colleagues answer alike: the interval that draws organisations is wider by a quarter or more.
    Clustered,
    /// One organisation of many holds much of the group's answers: the organisation may be the better unit.
    OrganisationSuggested,
    /// On 20 to 29 people: take it as a hint.
    Indicative,
    /// The items do not hang together: read them one by one.
    ItemByItem,
    /// The items say nearly the same: fewer would do.
    FewerItemsWouldDo,
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
            Self::DifferentViews => "different_views",
            Self::Polarised => "polarised",
            Self::Clustered => "clustered",
            Self::OrganisationSuggested => "organisation_suggested",
            Self::Indicative => "indicative",
            Self::ItemByItem => "item_by_item",
            Self::FewerItemsWouldDo => "fewer_items_would_do",
        }
    }
}

impl Serialize for Flag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

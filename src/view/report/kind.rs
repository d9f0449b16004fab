// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which report for whom?

/// A kind of report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReportKind {
    /// Everything.
    #[default]
    Full,
    /// One sheet.
    Summary,
    /// For the social report of a Third Sector organisation.
    SocialReport,
    /// The annex to an assessment of social impact.
    ImpactAnnex,
    /// The seven steps of participatory evaluation in public bodies.
    SevenSteps,
    /// The minutes of the decisions.
    Minutes,
}

impl ReportKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Full, Self::Summary, Self::SocialReport, Self::ImpactAnnex, Self::SevenSteps, Self::Minutes];

    /// The code of addresses and texts. It never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Summary => "summary",
            Self::SocialReport => "bilancio-sociale",
            Self::ImpactAnnex => "vis",
            Self::SevenSteps => "valutazione-partecipativa",
            Self::Minutes => "verbale",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_code_and_no_other() {
        assert!(ReportKind::ALL.into_iter().all(|kind| ReportKind::from_code(kind.code()) == Some(kind)));
        assert_eq!(ReportKind::from_code("all"), None);
    }
}

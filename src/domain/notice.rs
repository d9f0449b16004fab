// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What are people told about their data before they answer (art. 13 of Regulation (EU) 2016/679)?

use jiff::civil::Date;

use super::programme::BodyKind;

/// One version of a wave's notice. What is the same for every wave stands in the template, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// Counted from 1 within a wave; 0 for what is told before anybody wrote anything.
    pub version: i32,
    /// The template it follows.
    pub template: NoticeTemplate,
    /// How to reach the data protection officer; empty where there is none.
    pub officer: String,
    /// Who else gets the data, besides the body and whoever runs the service for it; empty: nobody.
    pub recipients: String,
    /// What else people have to know; empty: nothing.
    pub further: String,
    /// The day from which it is shown; nothing before anybody wrote anything.
    pub since: Option<Date>,
}

/// The kinds of body whose reasons to ask differ in law.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeTemplate {
    /// A task in the public interest.
    #[default]
    PublicBody,
    /// The legitimate interest of an organisation of the Third Sector in evaluating its work.
    ThirdSector,
    /// The legitimate interest of a foundation in evaluating what it supports.
    Foundation,
}

impl NoticeTemplate {
    /// Every template.
    pub const ALL: [Self; 3] = [Self::PublicBody, Self::ThirdSector, Self::Foundation];

    /// The word stored, and the end of the keys of its words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PublicBody => "public_body",
            Self::ThirdSector => "third_sector",
            Self::Foundation => "foundation",
        }
    }

    /// The template stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The template that fits a kind of body.
    #[must_use]
    pub const fn of(kind: BodyKind) -> Self {
        match kind {
            BodyKind::PublicBody => Self::PublicBody,
            BodyKind::Foundation => Self::Foundation,
            BodyKind::ThirdSector | BodyKind::Other => Self::ThirdSector,
        }
    }
}

impl Notice {
    /// What is told where nobody wrote anything: the template that fits the body.
    #[must_use]
    pub fn unwritten(kind: BodyKind) -> Self {
        Self { template: NoticeTemplate::of(kind), ..Self::default() }
    }

    /// Whether something is missing that the law asks for: a public body has a data protection officer.
    #[must_use]
    pub fn lacks_officer(&self) -> bool {
        self.template == NoticeTemplate::PublicBody && self.officer.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_body_has_a_template_and_only_a_public_one_needs_an_officer() {
        for kind in BodyKind::ALL {
            let notice = Notice::unwritten(kind);
            assert_eq!(NoticeTemplate::from_code(notice.template.code()), Some(notice.template));
            assert_eq!(notice.lacks_officer(), kind == BodyKind::PublicBody);
        }
        let told = Notice { officer: "dpo@example.org".to_owned(), ..Notice::default() };
        assert!(!told.lacks_officer());
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What stands around every page: title, language links, notice, breadcrumb, footer.

use std::collections::BTreeMap;

use serde::Serialize;

use super::sentences;
use crate::domain::language_tag::Direction;
use crate::domain::programme::Organisation;
use crate::domain::text::Language;
use crate::domain::translation::Tongue;

/// Where a page is, without its language: `/programmes/…`, or nothing for the home page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Address(String);

impl Address {
    /// An address below the language, e.g. `/frameworks`.
    #[must_use]
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// The whole path in a language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        format!("/{}{}", language.code(), self.0)
    }
}

/// What stands around a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// Code of the language of the interface, in which everything is said that has no other words.
    pub language: &'static str,
    /// Code of the page's language: that of the interface, or of a questionnaire.
    pub lang: String,
    /// Whether the page is written from right to left.
    pub right_to_left: bool,
    /// Sentences in the page's language, where it is not one of the interface.
    pub sentences: BTreeMap<String, String>,
    /// Title, most specific words first.
    pub title: String,
    /// The same page in the languages of the interface.
    pub languages: Vec<LanguageLink>,
    /// Way back up.
    pub crumbs: Vec<Crumb>,
    /// Whether every page says that the data are invented.
    pub demonstration: bool,
    /// The body whose pages these are; none where they are nobody's.
    pub owner: Option<Owner>,
    /// The body's own page on privacy; empty if it has none.
    pub privacy_page: String,
    /// The body's accessibility declaration; empty if it has none.
    pub accessibility_page: String,
    /// Folder of the style sheet and its like, with the hash of its content.
    pub assets: String,
    /// Version of the program.
    pub version: &'static str,
    /// Where the source of the running version is, if configured.
    pub source: Option<String>,
    /// Path of the home page in the page's language.
    pub home: String,
    /// Whether navigation is shown; a respondent's pages keep to the questionnaire.
    pub navigation: bool,
    /// What a link preview says.
    pub description: String,
    /// How many answered, group by group, in each wave that the page's numbers come from.
    pub coverage: Vec<CoverageLine>,
}

/// How many answered in one wave, group by group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CoverageLine {
    /// The wave or project.
    pub name: String,
    /// The groups, each with how many of how many.
    pub groups: String,
}

/// The body whose pages these are, as it stands around them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Owner {
    /// Its name.
    pub name: String,
    /// What it is part of; empty if nothing.
    pub part_of: String,
    /// Address of its logo, if there is one.
    pub logo: Option<String>,
    /// Its site; empty if none.
    pub website: String,
    /// How it is reached, a line each.
    pub contacts: Vec<String>,
    /// Its registered e-mail; empty if none.
    pub registered_email: String,
}

impl Owner {
    fn new(body: &Organisation, logo: Option<String>) -> Self {
        let details = &body.details;
        let contacts = [&body.contact, &details.address, &details.telephone];
        Self {
            name: body.name.clone(),
            part_of: details.part_of.clone(),
            logo,
            website: details.website.clone(),
            contacts: contacts.into_iter().filter(|line| !line.is_empty()).cloned().collect(),
            registered_email: details.registered_email.clone(),
        }
    }
}

/// The same page in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LanguageLink {
    /// Language code.
    pub code: String,
    /// Name of the language in itself.
    pub name: String,
    /// Where it is.
    pub href: String,
    /// Whether it is the language of this page.
    pub current: bool,
}

/// A step of the way back up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Crumb {
    /// Words.
    pub text: String,
    /// Where it leads; the page itself has none.
    pub href: Option<String>,
}

impl Frame {
    /// This frame around a page of a body.
    #[must_use]
    pub fn of(self, body: &Organisation, logo: Option<String>) -> Self {
        Self {
            owner: Some(Owner::new(body, logo)),
            privacy_page: body.details.privacy_page.clone(),
            accessibility_page: body.details.accessibility_page.clone(),
            ..self
        }
    }

    /// This frame around a page of a questionnaire, in its language. The interface's own languages stay at hand; choosing
    /// one of them leaves the other language.
    #[must_use]
    pub fn speaking(mut self, tongue: &Tongue) -> Self {
        let Some((language, _)) = tongue.other() else { return self };
        for link in &mut self.languages {
            link.current = false;
            link.href = format!("{}?language={}", link.href, link.code);
        }
        let (code, name) = (language.code().to_owned(), language.own_name().to_owned());
        self.languages.push(LanguageLink { code: code.clone(), name, href: String::new(), current: true });
        self.lang = code;
        self.right_to_left = tongue.direction() == Direction::RightToLeft;
        self.sentences = sentences::of(tongue);
        self
    }

    /// A frame with the links of its address.
    #[must_use]
    pub fn new(language: Language, address: &Address, title: impl Into<String>) -> Self {
        let link = |other: Language| LanguageLink {
            code: other.code().to_owned(),
            name: match other {
                Language::It => "Italiano".to_owned(),
                Language::En => "English".to_owned(),
            },
            href: address.in_language(other),
            current: other == language,
        };
        Self {
            language: language.code(),
            lang: language.code().to_owned(),
            right_to_left: false,
            sentences: BTreeMap::new(),
            title: title.into(),
            languages: Language::ALL.map(link).to_vec(),
            crumbs: Vec::new(),
            demonstration: false,
            owner: None,
            privacy_page: String::new(),
            accessibility_page: String::new(),
            assets: "/assets".to_owned(),
            version: env!("CARGO_PKG_VERSION"),
            source: None,
            home: Address::default().in_language(language),
            navigation: true,
            description: String::new(),
            coverage: Vec::new(),
        }
    }
}

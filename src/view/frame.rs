// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What stands around every page: title, language links, notice, breadcrumb, footer.

use serde::Serialize;

use crate::domain::programme::Organisation;
use crate::domain::text::Language;

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
    /// Code of the page's language.
    pub language: &'static str,
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
    pub code: &'static str,
    /// Name of the language in itself.
    pub name: &'static str,
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

    /// A frame with the links of its address.
    #[must_use]
    pub fn new(language: Language, address: &Address, title: impl Into<String>) -> Self {
        let link = |other: Language| LanguageLink {
            code: other.code(),
            name: match other {
                Language::It => "Italiano",
                Language::En => "English",
            },
            href: address.in_language(other),
            current: other == language,
        };
        Self {
            language: language.code(),
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
        }
    }
}

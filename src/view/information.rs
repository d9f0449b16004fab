// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Standing information: privacy, accessibility, how the demonstration was made.

use serde::Serialize;

use super::render::Page;

/// A page of standing sentences.
#[derive(Clone, Debug, Serialize)]
pub struct InformationPage {
    /// Heading.
    pub title: String,
    /// Sections, each with its paragraphs.
    pub sections: Vec<Section>,
}

/// A heading with its paragraphs.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Heading.
    pub heading: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}

/// The pages that exist, by the last part of their address.
pub const TOPICS: [&str; 4] = ["privacy", "accessibility", "demonstration", "method"];

impl InformationPage {
    /// The page about one of [`TOPICS`].
    #[must_use]
    pub fn new(topic: &str, language: crate::domain::text::Language) -> Option<Self> {
        let words = super::words::words(language);
        let topic = TOPICS.into_iter().find(|known| *known == topic)?;
        let keys = super::words::Words::keys(language);
        let headings = (1..100).map(|n| format!("info-{topic}-{n}")).take_while(|key| keys.contains(key));
        let sections = headings.map(|key| Section {
            heading: words.say(&key),
            paragraphs: (1..100)
                .map(|n| format!("{key}-{n}"))
                .take_while(|key| keys.contains(key))
                .map(|key| words.say(&key))
                .collect(),
        });
        Some(Self { title: words.say(&format!("info-{topic}")), sections: sections.collect() })
    }
}

impl Page for InformationPage {
    const TEMPLATE: &'static str = "information";

    fn samples() -> Vec<Self> {
        use crate::domain::text::Language::It;
        TOPICS.iter().filter_map(|topic| Self::new(topic, It)).collect()
    }
}

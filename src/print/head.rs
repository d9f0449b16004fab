// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does every document say of itself, and in which language is a text of it?

use jiff::civil::Date;
use serde::Serialize;

use crate::domain::text::{Language, Shown};

/// What a document is called, in which language it is, and of which day: its metadata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    /// Title, as readers show it in the window.
    pub title: String,
    /// Language of everything that does not say another.
    pub language: Language,
    /// Day on which it was made, given by the caller: nothing here looks at a clock.
    pub day: Date,
}

/// A text with its language, where it is not the document's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Two or three letters, e.g. `ar`; nothing where it is the document's language.
    pub lang: Option<String>,
}

/// A short text with the words before it, e.g. “Fino a quando” and “31 marzo 2026”.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// What it says.
    pub text: String,
}

impl Said {
    /// A text as shown in a document of this language.
    #[must_use]
    pub fn new(shown: Shown<'_>, document: Language) -> Self {
        Self { text: shown.text.to_owned(), lang: primary(shown.language).filter(|code| code != document.code()) }
    }
}

/// A text in the document's language.
impl From<String> for Said {
    fn from(text: String) -> Self {
        Self { text, lang: None }
    }
}

impl From<&str> for Said {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl Line {
    /// A line from its two parts.
    #[must_use]
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into() }
    }
}

/// The part of a language tag that the templates understand: `de` of `de-x-facile`.
fn primary(tag: &str) -> Option<String> {
    let code = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    ((2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_says_its_language_only_where_it_is_another_and_is_one() {
        let lang = |language| Said::new(Shown { text: "a", language }, Language::It).lang;
        assert_eq!(lang("it"), None);
        assert_eq!(lang("it-x-facile"), None);
        assert_eq!(lang("en").as_deref(), Some("en"));
        assert_eq!(lang("zh-Hans").as_deref(), Some("zh"));
        assert_eq!(lang("\" + evil"), None);
        assert_eq!(lang(""), None);
    }
}

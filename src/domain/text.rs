// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! In which language is a text shown, and what happens where a translation is missing?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A language of the interface. Italian is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Italian.
    #[default]
    It,
    /// English.
    En,
}

impl Language {
    /// Every language of the interface, the default first.
    pub const ALL: [Self; 2] = [Self::It, Self::En];

    /// The two-letter code, as in the path of a page and in `lang`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::It => "it",
            Self::En => "en",
        }
    }

    /// The language with this code, if the interface speaks it.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

/// A text by language code; holds at least one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(BTreeMap<String, String>);

/// A text as shown: with its language where it is not the one asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The words.
    pub text: &'a str,
    /// The code of the language they are in.
    pub language: &'a str,
}

impl Text {
    /// A text from its translations.
    #[must_use]
    pub const fn new(by_language: BTreeMap<String, String>) -> Self {
        Self(by_language)
    }

    /// A text in the two languages of the interface.
    #[must_use]
    pub fn both(it: &str, en: &str) -> Self {
        Self([("it".to_owned(), it.to_owned()), ("en".to_owned(), en.to_owned())].into())
    }

    /// The text in `language`, or in the first of Italian, English and any other that exists.
    #[must_use]
    pub fn shown(&self, language: Language) -> Shown<'_> {
        [language.code(), "it", "en"]
            .into_iter()
            .find_map(|code| self.0.get_key_value(code))
            .or_else(|| self.0.iter().next())
            .map_or(Shown { text: "", language: "it" }, |(code, text)| Shown { text, language: code })
    }

    /// The text in the first of these languages that it has, or as [`Text::shown`] in Italian.
    #[must_use]
    pub fn shown_in<'a>(&'a self, wanted: &[&str]) -> Shown<'a> {
        let found = wanted.iter().find_map(|code| self.0.get_key_value(*code));
        found.map_or_else(|| self.shown(Language::It), |(code, text)| Shown { text, language: code })
    }

    /// The words in a language, where there are any.
    #[must_use]
    pub fn words_in(&self, language: &str) -> Option<&str> {
        self.0.get(language).map(String::as_str)
    }

    /// Puts the words of a language in the place of those it had.
    pub fn put(&mut self, language: &str, words: &str) {
        self.0.insert(language.to_owned(), words.to_owned());
    }

    /// The words of [`Text::shown`].
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        self.shown(language).text
    }

    /// The translations, by language code in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(code, text)| (code.as_str(), text.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_translation_falls_back_and_says_its_language() {
        let only_english = Text::new([("en".to_owned(), "Trust".to_owned())].into());
        assert_eq!(only_english.shown(Language::It), Shown { text: "Trust", language: "en" });
        assert_eq!(Text::both("Fiducia", "Trust").get(Language::It), "Fiducia");
        assert_eq!(Text::default().get(Language::En), "");
    }
}

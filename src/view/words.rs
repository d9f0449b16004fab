// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is something said in Italian and in English? Sentences live in `templates/texts/`, one folder a language.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use rust_embed::RustEmbed;

use crate::domain::text::Language;

#[derive(RustEmbed)]
#[folder = "templates/texts/"]
#[include = "*.ftl"]
struct Texts;

/// The sentences of one language.
pub struct Words(FluentBundle<FluentResource>);

static ITALIAN: LazyLock<Words> = LazyLock::new(|| Words::read(Language::It));
static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::read(Language::En));

/// The sentences of a language.
#[must_use]
pub fn words(language: Language) -> &'static Words {
    match language {
        Language::It => &ITALIAN,
        Language::En => &ENGLISH,
    }
}

impl Words {
    /// The sentence with this key. A key that does not exist is shown as itself; a test finds it first.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.tell(key, &FluentArgs::new())
    }

    /// The sentence with this key and these values.
    #[must_use]
    pub fn say_with<'a, const N: usize>(&self, key: &str, values: [(&'a str, Value<'a>); N]) -> String {
        let mut arguments = FluentArgs::with_capacity(N);
        for (name, value) in values {
            arguments.set(name, value.0);
        }
        self.tell(key, &arguments)
    }

    /// The sentence with this key and any number of values.
    #[must_use]
    pub fn say_all<'a>(&self, key: &str, values: impl IntoIterator<Item = (&'a str, Value<'a>)>) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(name, value.0);
        }
        self.tell(key, &arguments)
    }

    /// The sentence with this key, where there is one.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<String> {
        self.0.get_message(key).map(|_| self.say(key))
    }

    pub(super) fn tell(&self, key: &str, arguments: &FluentArgs<'_>) -> String {
        let Some(pattern) = self.0.get_message(key).and_then(|message| message.value()) else {
            return format!("⟦{key}⟧");
        };
        let mut problems = Vec::new();
        self.0.format_pattern(pattern, Some(arguments), &mut problems).into_owned()
    }

    /// Every key of a language, sorted: a test compares the two languages.
    #[must_use]
    pub fn keys(language: Language) -> Vec<String> {
        let mut keys: Vec<String> = sources(language)
            .iter()
            .flat_map(|text| text.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned()))
            .filter(|key| !key.starts_with([' ', '#', '-', '[', '*']))
            .collect();
        keys.sort();
        keys
    }

    fn read(language: Language) -> Self {
        let identifier = match language {
            Language::It => unic_langid::langid!("it"),
            Language::En => unic_langid::langid!("en"),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        bundle.set_use_isolating(false);
        for text in sources(language) {
            let resource = FluentResource::try_new(text).unwrap_or_else(|(readable, _)| readable);
            bundle.add_resource_overriding(resource);
        }
        Self(bundle)
    }
}

/// A value inside a sentence: text, or a number that decides between singular and plural.
#[derive(Clone)]
pub struct Value<'a>(fluent_bundle::FluentValue<'a>);

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self(fluent_bundle::FluentValue::String(Cow::Borrowed(text)))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self(fluent_bundle::FluentValue::String(Cow::Owned(text)))
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self(fluent_bundle::FluentValue::from(number))
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self(fluent_bundle::FluentValue::from(number))
    }
}

impl<'a> Value<'a> {
    pub(super) fn into_fluent(self) -> fluent_bundle::FluentValue<'a> {
        self.0
    }
}

/// Every file of sentences with its path below `templates/texts/`.
pub(super) fn files() -> Vec<(String, String)> {
    Texts::iter()
        .filter_map(|path| Some((path.to_string(), Texts::get(&path)?)))
        .map(|(path, file)| (path, String::from_utf8_lossy(&file.data).into_owned()))
        .collect()
}

fn sources(language: Language) -> Vec<String> {
    let folder = format!("{}/", language.code());
    files().into_iter().filter(|(path, _)| path.starts_with(&folder)).map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(Words::keys(Language::It), Words::keys(Language::En));
        assert!(Words::keys(Language::It).len() > 100);
    }

    #[test]
    fn every_text_file_is_well_formed_and_no_key_is_there_twice() {
        for language in Language::ALL {
            for text in sources(language) {
                assert!(FluentResource::try_new(text.clone()).is_ok(), "{language:?}: {text:.200}");
            }
            let keys = Words::keys(language);
            assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "a key stands twice in {language:?}");
        }
    }

    #[test]
    fn a_number_decides_between_singular_and_plural() {
        let italian = words(Language::It);
        assert_ne!(
            italian.say_with("responses-count", [("count", Value::from(1_usize))]),
            italian.say_with("responses-count", [("count", Value::from(2_usize))]).replace('2', "1"),
        );
        assert_eq!(italian.say("no-such-key"), "⟦no-such-key⟧");
    }
}

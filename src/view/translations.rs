// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! In which further languages is a framework version, how do its items read, and how long do its questionnaires take?

use serde::Serialize;

use super::forms::FormLink;
use super::questionnaire::minutes;
use super::words::{Value, Words, words};
use crate::domain::framework::{Framework, Level};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::readability::{HARD_BELOW, ItemReading, WordingWarning, of_framework};
use crate::domain::text::Language;
use crate::domain::translation::{Completeness, Translatable, Translation, Whose};

/// A further language at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct TranslationRow {
    /// Its tag.
    pub code: String,
    /// Its name in itself.
    pub name: String,
    /// Key of who has looked at it.
    pub state_key: String,
    /// Texts of the framework that are in it.
    pub texts: usize,
    /// Texts of the framework.
    pub of: usize,
    /// The same in percent, rounded down.
    pub percent: usize,
}

impl TranslationRow {
    /// The row of a translation of these texts.
    #[must_use]
    pub fn new(translation: &Translation, texts: &[Translatable]) -> Self {
        let completeness = translation.completeness(texts);
        Self {
            code: translation.language.code().to_owned(),
            name: translation.language.own_name().to_owned(),
            state_key: format!("translation-{}", translation.state.code()),
            texts: completeness.translated,
            of: completeness.of,
            percent: completeness.percent(),
        }
    }
}

/// What staff look at before a version is used.
#[derive(Clone, Debug, Serialize)]
pub struct WordingView {
    /// How long the questionnaire of each group takes.
    pub lengths: Vec<LengthRow>,
    /// How each item reads in Italian.
    pub items: Vec<ReadingRow>,
    /// How many of them read hard.
    pub hard: usize,
    /// Where translation sheets are.
    pub sheets: String,
    /// Where sheets are handed in: one place for each body.
    pub own: Vec<FormLink>,
}

/// How long the questionnaire of a group takes at the most, over all kinds of wave.
#[derive(Clone, Debug, Serialize)]
pub struct LengthRow {
    /// Code of the group.
    pub group: String,
    /// Questions that are always asked, with minutes.
    pub core: String,
    /// Questions with the optional ones, with minutes.
    pub extended: String,
}

/// How an item reads.
#[derive(Clone, Debug, Serialize)]
pub struct ReadingRow {
    /// Code of the item.
    pub code: String,
    /// The wording: `it` or a variant of it.
    pub language: String,
    /// Its words.
    pub text: String,
    /// Gulpease index, rounded down so that 59.6 is not 60; nothing where there are no words.
    pub index: String,
    /// What is worth a second look, in words.
    pub warnings: Vec<String>,
}

impl WordingView {
    /// What there is to look at in a version, with its further languages laid over it.
    #[must_use]
    pub fn new(framework: &Framework, language: Language) -> Self {
        let readings = of_framework(framework);
        let hard = |one: &&ItemReading<'_>| one.index.is_some_and(|index| index < HARD_BELOW);
        Self {
            lengths: framework.groups.iter().map(|group| length(framework, &group.code, language)).collect(),
            hard: readings.iter().filter(hard).count(),
            items: readings.iter().map(|reading| row(reading, words(language))).collect(),
            sheets: format!("/{}/staff/frameworks/{}/{}/sheet", language.code(), framework.id, framework.version),
            own: Vec::new(),
        }
    }
}

/// What a language is called: in itself, and by its tag.
#[must_use]
pub fn named(translation: &Translation) -> String {
    let (name, tag) = (translation.language.own_name(), translation.language.code());
    if name == tag { tag.to_owned() } else { format!("{name} ({tag})") }
}

/// How much of a translation there is, in words: of the texts of a framework version, and of the sentences of the pages.
#[must_use]
pub fn shares(translation: &Translation, texts: &[Translatable], language: Language) -> [String; 2] {
    let told = |done: Completeness| {
        let of = [("texts", done.translated), ("of", done.of), ("percent", done.percent())];
        words(language).say_with("translations-share", of.map(|(name, count)| (name, Value::from(count))))
    };
    let some = |of_page| texts.iter().filter(move |one| one.is_of_page() == of_page);
    [false, true].map(|of_page| told(translation.completeness(some(of_page))))
}

/// Key of whose a translation is; nobody's where the framework version says it itself.
#[must_use]
pub const fn whose_key(whose: Option<Whose>) -> &'static str {
    match whose {
        Some(Whose::Body(_)) => "translations-of-body",
        Some(Whose::Installation) => "translations-of-installation",
        None => "translations-of-version",
    }
}

fn length(framework: &Framework, group: &str, language: Language) -> LengthRow {
    let asked = |level| {
        let kinds = framework.wave_types.iter().map(|kind| kind.code.as_str()).chain([""]);
        let counts = kinds.map(|kind| Questionnaire::for_group(framework, kind, level, group).questions().count());
        let questions = counts.max().unwrap_or_default();
        let values = [("minutes", Value::from(minutes(questions))), ("questions", Value::from(questions))];
        words(language).say_with("landing-minutes", values)
    };
    LengthRow { group: group.to_owned(), core: asked(Level::Core), extended: asked(Level::Extended) }
}

fn row(reading: &ItemReading<'_>, words: &Words) -> ReadingRow {
    ReadingRow {
        code: reading.code.to_owned(),
        language: reading.language.to_owned(),
        text: reading.text.to_owned(),
        index: reading.index.map(|index| format!("{:.0}", index.floor())).unwrap_or_default(),
        warnings: reading.warnings.iter().map(|warning| told(warning, words)).collect(),
    }
}

/// What is worth a second look in the wording of an item, in words.
#[must_use]
pub fn told(warning: &WordingWarning, words: &Words) -> String {
    let word = |key: &str, word: &str| words.say_with(key, [("word", Value::from(word))]);
    match warning {
        WordingWarning::Hard(_) => words.say("wording-hard"),
        WordingWarning::Negation(found) => word("wording-negation", found),
        WordingWarning::Absolute(found) => word("wording-absolute", found),
        WordingWarning::TwoIdeas(found) => word("wording-two-ideas", found),
        WordingWarning::Long(count) => words.say_with("wording-long", [("count", Value::from(*count))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language_tag::LanguageTag;
    use crate::domain::text::Text;
    use crate::view::printing::samples;

    #[test]
    fn every_group_has_its_minutes_and_every_item_its_index() {
        let framework = samples::framework();
        let view = WordingView::new(&framework, Language::It);
        assert_eq!(view.lengths.len(), framework.groups.len());
        assert!(view.lengths.iter().all(|row| row.core.starts_with("Circa ") && row.extended.contains("domande")));
        assert_eq!(view.items.len(), framework.items().count());
        let hard = view.items.iter().filter(|row| row.warnings.contains(&words(Language::It).say("wording-hard")));
        assert_eq!(hard.count(), view.hard);
        assert!(view.hard > 0);
    }

    #[test]
    fn a_language_has_its_names_and_its_shares_are_told_apart() {
        let mut romanian = Translation::new(LanguageTag::parse("ro").unwrap());
        romanian.texts.insert("item.Fa".to_owned(), "Am încredere.".to_owned());
        let text = |key: &str| Translatable { key: key.to_owned(), context: String::new(), text: Text::both("a", "b") };
        let texts = [text("item.Fa"), text("item.Fb"), Translatable::of_page("x", "", Text::both("a", "b"))];
        assert_eq!(named(&romanian), "Română (ro)");
        assert_eq!(named(&Translation::new(LanguageTag::parse("xx").unwrap())), "xx");
        assert_eq!(shares(&romanian, &texts, Language::En), ["1 of 2 (50%)", "0 of 1 (0%)"]);
        for whose in [Some(Whose::Body(uuid::Uuid::nil())), Some(Whose::Installation), None] {
            assert!(!words(Language::It).say(whose_key(whose)).contains('⟦'));
        }
    }

    #[test]
    fn every_warning_has_words_in_both_languages() {
        let warnings = [
            WordingWarning::Hard(50.0),
            WordingWarning::Negation("non".to_owned()),
            WordingWarning::Absolute("mai".to_owned()),
            WordingWarning::TwoIdeas("e".to_owned()),
            WordingWarning::Long(20),
        ];
        for language in Language::ALL {
            for warning in &warnings {
                assert!(!told(warning, words(language)).contains('⟦'));
            }
        }
    }
}

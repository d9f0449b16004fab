// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the pages of a questionnaire say themselves, in languages beyond those of the interface?
//!
//! A sentence comes from the translation of the framework version, else from `templates/texts/TAG/`, else from the
//! interface; what comes from there is marked with its language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

use super::questionnaire::Worded;
use super::words::{Value, files, words};
use crate::domain::language_tag::{Direction, LanguageTag};
use crate::domain::text::{Language, Text};
use crate::domain::translation::{Tongue, Translatable};

/// The files whose sentences stand on the pages of a questionnaire.
const FILES: [&str; 2] = ["questionnaire.ftl", "frame.ftl"];
/// Beginnings of the names of sentences that only other pages say.
const ELSEWHERE: [&str; 3] = ["nav-", "main-navigation", "breadcrumb-"];

/// Every sentence of the pages of a questionnaire, in the order of the files.
#[must_use]
pub fn translatables() -> Vec<Translatable> {
    let english = of_files("en");
    let text = |(name, italian): &(String, String)| {
        let english = english.iter().find(|(known, _)| known == name).map_or(italian, |(_, words)| words);
        Translatable::of_page(name, "", Text::both(italian, english))
    };
    of_files("it").iter().map(text).collect()
}

/// The sentences a language brings: those of its translation, and below them those that come with the program.
#[must_use]
pub fn of(tongue: &Tongue) -> BTreeMap<String, String> {
    let Some((language, _)) = tongue.other() else { return BTreeMap::new() };
    let mut sentences: BTreeMap<String, String> = of_files(language.code()).iter().cloned().collect();
    sentences.extend(tongue.sentences().into_iter().flatten().map(|(name, words)| (name.clone(), words.clone())));
    sentences
}

/// The languages whose sentences come with the program.
#[must_use]
pub fn shipped() -> Vec<LanguageTag> {
    let beyond = SENTENCES.keys().filter(|folder| Language::from_code(folder).is_none());
    beyond.filter_map(|folder| LanguageTag::parse(folder).ok()).collect()
}

/// A sentence of a questionnaire's page, marked where it is not in the page's language.
#[must_use]
pub fn say<'a>(tongue: &Tongue, key: &str, values: impl IntoIterator<Item = (&'a str, Value<'a>)>) -> Worded {
    let mut arguments = FluentArgs::new();
    for (name, value) in values {
        arguments.set(name, value.into_fluent());
    }
    let Some((language, _)) = tongue.other() else {
        return Worded { text: words(tongue.base()).tell(key, &arguments), lang: None };
    };
    let shipped = || of_files(language.code()).iter().find(|(name, _)| name == key).map(|(_, words)| words);
    let sentence = tongue.sentences().and_then(|own| own.get(key)).or_else(shipped);
    match sentence.and_then(|sentence| tell(language.code(), sentence, &arguments)) {
        Some(text) => Worded { text, lang: None },
        None => {
            Worded { text: words(tongue.base()).tell(key, &arguments), lang: Some(tongue.base().code().to_owned()) }
        }
    }
}

/// Whether a sentence can be read: its braces close, and its choices have a default.
#[must_use]
pub fn is_well_formed(sentence: &str) -> bool {
    resource(sentence).is_some()
}

/// A sentence with its values; nothing if it asks for one that is not there.
pub(super) fn tell(language: &str, sentence: &str, arguments: &FluentArgs<'_>) -> Option<String> {
    if !sentence.contains('{') {
        return Some(sentence.to_owned());
    }
    let tag = LanguageTag::parse(language).ok()?;
    // The private part of a tag has no rules of its own for plurals.
    let mut bundle = FluentBundle::new(vec![tag.main().parse().ok()?]);
    // Names in other letters would else turn the words around them.
    bundle.set_use_isolating(tag.direction() == Direction::RightToLeft);
    bundle.add_resource_overriding(resource(sentence)?);
    let mut problems = Vec::new();
    let pattern = bundle.get_message("it")?.value()?;
    let said = bundle.format_pattern(pattern, Some(arguments), &mut problems).into_owned();
    problems.is_empty().then_some(said)
}

fn resource(sentence: &str) -> Option<FluentResource> {
    let resource = FluentResource::try_new(format!("it = {}\n", sentence.trim().replace('\n', "\n    "))).ok()?;
    (resource.entries().count() == 1).then_some(resource)
}

/// Sentences by name, as they are written in the files, for each language that has any.
static SENTENCES: LazyLock<BTreeMap<String, Vec<(String, String)>>> = LazyLock::new(|| {
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (path, text) in files() {
        if let Some((language, _)) = path.split_once('/').filter(|(_, file)| FILES.contains(file)) {
            found.entry(language.to_owned()).or_default().extend(read(&text));
        }
    }
    found
});

/// The sentences of a language in its files, by name.
fn of_files(language: &str) -> &'static [(String, String)] {
    SENTENCES.get(language).map_or(&[], Vec::as_slice)
}

fn read(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        match (line.starts_with(' '), line.split_once(" = "), found.last_mut()) {
            (false, Some((name, words)), _) => found.push((name.to_owned(), words.to_owned())),
            (_, _, Some((_, words))) => {
                words.push('\n');
                words.push_str(line.trim());
            }
            (_, _, None) => {}
        }
    }
    found.retain(|(name, _)| !ELSEWHERE.iter().any(|beginning| name.starts_with(beginning)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::translation::Translation;

    fn tongue(code: &str, sentences: &[(&str, &str)]) -> Tongue {
        let mut translation = Translation::new(LanguageTag::parse(code).unwrap());
        for (name, words) in sentences {
            translation.texts.insert(format!("page.{name}"), (*words).to_owned());
        }
        Tongue::translated(Language::It, &translation)
    }

    #[test]
    fn every_sentence_can_be_taken_out_and_read_in_again() {
        let all = translatables();
        assert!(all.len() > 80, "{}", all.len());
        for one in &all {
            assert!(one.is_of_page());
            for (language, words) in one.text.iter() {
                assert!(is_well_formed(words), "{language} {}: {words}", one.key);
            }
        }
        assert!(all.iter().any(|one| one.key == "page.page-minutes" && one.source().contains('\n')));
        assert!(!all.iter().any(|one| one.key.contains("nav-")));
    }

    #[test]
    fn a_sentence_is_said_in_the_language_or_marked() {
        let welsh = tongue("cy", &[("page-next", "Nesaf"), ("page-step", "Cam { $step } o { $steps }")]);
        let none: [(&str, Value<'_>); 0] = [];
        assert_eq!(say(&welsh, "page-next", none.clone()), Worded { text: "Nesaf".to_owned(), lang: None });
        let step = [("step", Value::from(2_usize)), ("steps", Value::from(3_usize))];
        assert_eq!(say(&welsh, "page-step", step).text, "Cam 2 o 3");
        assert_eq!(say(&welsh, "page-back", none.clone()).lang.as_deref(), Some("it"));
        assert_eq!(say(&Tongue::from(Language::En), "page-back", none).lang, None);
    }

    #[test]
    fn a_language_chooses_among_its_own_plurals() {
        let sentence = "{ $count ->\n[one] un\n[few] puţine\n*[other] multe\n}";
        assert!(is_well_formed(sentence));
        for (count, said) in [(1_usize, "un"), (3, "puţine"), (40, "multe")] {
            assert_eq!(say(&tongue("ro", &[("x", sentence)]), "x", [("count", Value::from(count))]).text, said);
        }
    }

    #[test]
    fn a_sentence_that_asks_for_a_value_that_is_not_there_is_not_said() {
        let wrong = tongue("cy", &[("page-next", "Nesaf { $nobody }")]);
        let none: [(&str, Value<'_>); 0] = [];
        assert_eq!(say(&wrong, "page-next", none).lang.as_deref(), Some("it"));
        for broken in ["{ $count", "a }", "{ $n -> [one] x }"] {
            assert!(!is_well_formed(broken), "{broken}");
        }
    }

    #[test]
    fn names_in_other_letters_do_not_turn_a_sentence_round() {
        let arabic = tongue("ar", &[("landing-title", "استبيان { $project }")]);
        let said = say(&arabic, "landing-title", [("project", Value::from("Orto"))]);
        assert_eq!(said.text, "استبيان \u{2068}Orto\u{2069}");
    }

    #[test]
    fn what_comes_with_the_program_says_only_what_the_pages_ask_for_and_can_be_read() {
        let known: Vec<&String> = of_files("it").iter().map(|(name, _)| name).collect();
        for language in shipped() {
            for (name, words) in of_files(language.code()) {
                assert!(known.contains(&name), "{language} {name}");
                assert!(is_well_formed(words), "{language} {name}: {words}");
            }
        }
    }
}

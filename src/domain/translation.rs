// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does a questionnaire speak one more language without its framework version changing?
//!
//! A translation stands beside a framework version, with a key for every text. It is laid over a copy of the version
//! when a questionnaire is shown; the version itself, and so its identity, never changes.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::framework::{Framework, Indicator, Scale};
use super::language_tag::{Direction, LanguageTag};
use super::questionnaire::{Question, Questionnaire};
use super::text::{Language, Shown, Text};

/// What the keys of sentences that the pages say themselves begin with.
const PAGE: &str = "page.";

/// The texts of one language for one framework version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// The language.
    pub language: LanguageTag,
    /// Who has looked at it.
    pub state: TranslationState,
    /// Words by key.
    pub texts: BTreeMap<String, String>,
}

/// Whose a translation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The installation's: it counts for every body that has none of its own.
    Installation,
    /// A body's: for its own questionnaires, it counts in the place of the installation's.
    Body(Uuid),
}

/// What counts in each language, by language: a body's own translation replaces the installation's as a whole, so that no
/// questionnaire mixes the words of two translators.
#[must_use]
pub fn counting(all: impl IntoIterator<Item = (Whose, Translation)>) -> Vec<(Whose, Translation)> {
    let mut found: BTreeMap<LanguageTag, (Whose, Translation)> = BTreeMap::new();
    for (whose, translation) in all {
        let known = found.get(&translation.language);
        if known.is_none_or(|(known, _)| *known == Whose::Installation) {
            found.insert(translation.language.clone(), (whose, translation));
        }
    }
    found.into_values().collect()
}

/// Who has looked at a translation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum TranslationState {
    /// Nobody but its author.
    #[default]
    Draft,
    /// Somebody whose language it is.
    Revised,
    /// Readers it is meant for, who tried it.
    Tested,
}

impl TranslationState {
    /// Every state, the least first.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Revised, Self::Tested];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Revised => "revised",
            Self::Tested => "tested",
        }
    }

    /// The state stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// One text that can be translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translatable {
    /// Its key, e.g. `item.FP1a`.
    pub key: String,
    /// What it belongs to, for whoever translates.
    pub context: String,
    /// The text in the languages it has.
    pub text: Text,
}

impl Translatable {
    /// A sentence that the pages of a questionnaire say themselves, by the name it has there.
    #[must_use]
    pub fn of_page(sentence: &str, context: &str, text: Text) -> Self {
        Self { key: format!("{PAGE}{sentence}"), context: context.to_owned(), text }
    }

    /// Whether it belongs to the pages, and so is the same for every framework version.
    #[must_use]
    pub fn is_of_page(&self) -> bool {
        self.key.starts_with(PAGE)
    }

    /// What a translator starts from: Italian, or else whatever there is.
    #[must_use]
    pub fn source(&self) -> &str {
        self.text.get(Language::It)
    }
}

/// How much of something is translated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Texts that are.
    pub translated: usize,
    /// All texts.
    pub of: usize,
}

impl Completeness {
    /// Of these, how many `is` says yes to.
    fn count<'a>(texts: impl IntoIterator<Item = &'a Translatable>, is: impl Fn(&'a Translatable) -> bool) -> Self {
        texts.into_iter().fold(Self::default(), |sum, one| Self {
            translated: sum.translated + usize::from(is(one)),
            of: sum.of + 1,
        })
    }

    /// Percent, rounded down, so that 100 means all.
    #[must_use]
    pub fn percent(self) -> usize {
        (self.translated * 100).checked_div(self.of).unwrap_or(100)
    }
}

impl Translation {
    /// A translation without a word.
    #[must_use]
    pub const fn new(language: LanguageTag) -> Self {
        Self { language, state: TranslationState::Draft, texts: BTreeMap::new() }
    }

    /// A copy of a framework version that says its texts in this language too.
    #[must_use]
    pub fn laid_over(&self, framework: &Framework) -> Framework {
        let mut copy = framework.clone();
        for (key, _, text) in texts(&mut copy) {
            if let Some(words) = self.texts.get(&key) {
                text.put(self.language.code(), words);
            }
        }
        copy
    }

    /// What it has of these texts; those of a framework may bring the language themselves.
    #[must_use]
    pub fn completeness<'a>(&self, texts: impl IntoIterator<Item = &'a Translatable>) -> Completeness {
        Completeness::count(texts, |one| self.words(one).is_some())
    }

    /// Its words for a text.
    #[must_use]
    pub fn words<'a>(&'a self, one: &'a Translatable) -> Option<&'a str> {
        self.texts.get(&one.key).map(String::as_str).or_else(|| one.text.words_in(self.language.code()))
    }

    /// The texts that it has no words for.
    pub fn missing<'a>(&'a self, texts: &'a [Translatable]) -> impl Iterator<Item = &'a Translatable> {
        texts.iter().filter(|one| self.words(one).is_none())
    }

    /// Whether a questionnaire can be offered in the language: all that is asked and answered is in it, whatever else
    /// falls back.
    #[must_use]
    pub fn speaks(&self, questionnaire: &Questionnaire) -> bool {
        let has =
            |key: &str, text: &Text| self.texts.contains_key(key) || text.words_in(self.language.code()).is_some();
        let labels = |scale: &Scale| {
            let mut labels = scale.points.iter().zip(&scale.labels);
            labels.all(|(point, label)| has(&label_key(&scale.code, *point), label))
        };
        questionnaire.questions().count() > 0
            && questionnaire
                .questions()
                .all(|Question { item, scale, .. }| has(&item_key(&item.code), &item.text) && labels(scale))
    }

    /// The sentences of pages, by the names they have there.
    #[must_use]
    pub fn sentences(&self) -> BTreeMap<String, String> {
        let named = |(key, words): (&String, &String)| Some((key.strip_prefix(PAGE)?.to_owned(), words.clone()));
        self.texts.iter().filter_map(named).collect()
    }
}

/// Everything of a framework version that a respondent reads, in its order.
#[must_use]
pub fn translatables(framework: &Framework) -> Vec<Translatable> {
    let mut copy = framework.clone();
    texts(&mut copy)
        .into_iter()
        .map(|(key, context, text)| Translatable { key, context, text: std::mem::take(text) })
        .collect()
}

/// The languages in which the items of a framework version are written, beyond those of the interface.
#[must_use]
pub fn languages_of(framework: &Framework) -> BTreeSet<LanguageTag> {
    let codes = framework.items().flat_map(|(_, item)| item.text.iter().map(|(code, _)| code));
    codes.filter(|code| Language::from_code(code).is_none()).filter_map(|code| LanguageTag::parse(code).ok()).collect()
}

/// Every text a respondent reads: its key, what it belongs to, and where it is.
fn texts(framework: &mut Framework) -> Vec<(String, String, &mut Text)> {
    let mut found = Vec::new();
    for group in &mut framework.groups {
        found.push((format!("group.{}", group.code), String::new(), &mut group.name));
    }
    for kind in &mut framework.wave_types {
        found.push((format!("wave-type.{}", kind.code), String::new(), &mut kind.name));
    }
    for scale in &mut framework.scales {
        texts_of_scale(scale, &mut found);
    }
    for family in &mut framework.families {
        found.push((format!("family.{}", family.code), String::new(), &mut family.name));
    }
    for indicator in &mut framework.indicators {
        texts_of_indicator(indicator, &mut found);
    }
    for question in &mut framework.open_questions {
        found.push((format!("open-question.{}", question.code), String::new(), &mut question.text));
    }
    found
}

fn texts_of_scale<'a>(scale: &'a mut Scale, found: &mut Vec<(String, String, &'a mut Text)>) {
    let Scale { code, points, prompt, labels } = scale;
    let asked = prompt.as_ref().map(|prompt| prompt.get(Language::It).to_owned()).unwrap_or_default();
    if let Some(prompt) = prompt {
        found.push((format!("scale.{code}"), String::new(), prompt));
    }
    for (point, label) in points.iter().zip(labels) {
        found.push((label_key(code, *point), asked.clone(), label));
    }
}

fn texts_of_indicator<'a>(indicator: &'a mut Indicator, found: &mut Vec<(String, String, &'a mut Text)>) {
    let Indicator { name, definition, items, .. } = indicator;
    let context = format!("{}: {}", name.get(Language::It), definition.get(Language::It));
    for item in items {
        found.push((item_key(&item.code), context.clone(), &mut item.text));
    }
}

fn item_key(code: &str) -> String {
    format!("item.{code}")
}

fn label_key(scale: &str, point: u8) -> String {
    format!("scale.{scale}.{point}")
}

/// In which language a questionnaire is shown: one of the interface, or another one over it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tongue {
    base: Language,
    other: Option<Other>,
}

/// A language beyond those of the interface.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Other {
    language: LanguageTag,
    state: TranslationState,
    sentences: BTreeMap<String, String>,
}

impl From<Language> for Tongue {
    fn from(base: Language) -> Self {
        Self { base, other: None }
    }
}

impl Tongue {
    /// A translation over a language of the interface, in which everything is said that it lacks.
    #[must_use]
    pub fn translated(base: Language, translation: &Translation) -> Self {
        let (language, state) = (translation.language.clone(), translation.state);
        Self { base, other: Some(Other { language, state, sentences: translation.sentences() }) }
    }

    /// The language of the interface below.
    #[must_use]
    pub const fn base(&self) -> Language {
        self.base
    }

    /// The language beyond those of the interface, with who has looked at the translation.
    #[must_use]
    pub fn other(&self) -> Option<(&LanguageTag, TranslationState)> {
        self.other.as_ref().map(|other| (&other.language, other.state))
    }

    /// The code of the page's language.
    #[must_use]
    pub fn code(&self) -> &str {
        self.other.as_ref().map_or(self.base.code(), |other| other.language.code())
    }

    /// To which side the page is written.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.other.as_ref().map_or(Direction::LeftToRight, |other| other.language.direction())
    }

    /// A text in this language, or else as the interface shows it.
    #[must_use]
    pub fn shown<'a>(&self, text: &'a Text) -> Shown<'a> {
        text.shown_in(&[self.code(), self.base.code(), "it", "en"])
    }

    /// The sentences that its translation has for the pages.
    #[must_use]
    pub fn sentences(&self) -> Option<&BTreeMap<String, String>> {
        self.other.as_ref().map(|other| &other.sentences)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::framework::Level;

    fn framework() -> Framework {
        let mut framework = crate::scoring::samples::framework(&[1, 2, 3], &[("F", &[("Fa", false), ("Fb", false)])]);
        framework.scales[0].labels = vec![Text::default(); 3];
        for (_, _, text) in texts(&mut framework) {
            text.put("it", "parole");
        }
        framework
    }

    fn tag(code: &str) -> LanguageTag {
        LanguageTag::parse(code).unwrap()
    }

    /// A translation of everything whose key begins so.
    fn translation(framework: &Framework, beginning: &str) -> Translation {
        let texts = translatables(framework).into_iter().filter(|one| one.key.starts_with(beginning));
        Translation { texts: texts.map(|one| (one.key, "cuvinte".to_owned())).collect(), ..Translation::new(tag("ro")) }
    }

    #[test]
    fn a_bodys_own_translation_replaces_the_installations_as_a_whole() {
        let framework = framework();
        let (whole, part) = (translation(&framework, ""), translation(&framework, "item.Fa"));
        let arabic = Translation::new(tag("ar"));
        let body = Whose::Body(Uuid::from_u128(1));
        let rows = [(Whose::Installation, whole), (Whose::Installation, arabic.clone()), (body, part.clone())];
        let expected = [(Whose::Installation, arabic), (body, part)];
        assert_eq!(counting(rows.clone()), expected, "what it lacks is not taken from the other");
        assert_eq!(counting(rows.into_iter().rev()), expected, "in whatever order they come");
        assert!(counting([]).is_empty());
    }

    #[test]
    fn every_text_has_its_own_key() {
        let framework = framework();
        let all = translatables(&framework);
        let keys: BTreeSet<&str> = all.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys.len(), all.len());
        assert!(keys.contains("item.Fa") && keys.contains("scale.S.1"));
        assert!(all.iter().all(|one| one.source() == "parole" && !one.is_of_page()));
    }

    #[test]
    fn a_translation_is_laid_over_a_copy_and_the_version_stays_what_it_was() {
        let framework = framework();
        let before = framework.clone();
        let shown = translation(&framework, "item.Fa").laid_over(&framework);
        assert_eq!(framework, before);
        let words: Vec<_> = shown.items().map(|(_, item)| item.text.words_in("ro")).collect();
        assert_eq!(words, [Some("cuvinte"), None]);
        assert_eq!(shown.items().next().unwrap().1.text.words_in("it"), Some("parole"));
    }

    #[test]
    fn completeness_counts_what_the_framework_brings_itself_and_never_rounds_up() {
        let mut framework = framework();
        let none = Translation::new(tag("ro"));
        let all = translatables(&framework).len();
        assert_eq!(none.completeness(&translatables(&framework)), Completeness { translated: 0, of: all });
        framework.groups[0].name.put("ro", "cuvinte");
        assert_eq!(none.completeness(&translatables(&framework)).translated, 1);
        assert_eq!(none.missing(&translatables(&framework)).count(), all - 1);
        assert_eq!(translation(&framework, "").completeness(&translatables(&framework)).percent(), 100);
        assert_eq!(Completeness { translated: 199, of: 200 }.percent(), 99);
        assert_eq!(Completeness::default().percent(), 100);
    }

    #[test]
    fn a_questionnaire_is_offered_when_all_that_is_asked_and_answered_is_translated() {
        let framework = framework();
        let group = framework.groups[0].code.clone();
        let offered = |translation: &Translation| {
            translation.speaks(&Questionnaire::for_group(&framework, "T0", Level::Core, &group))
        };
        let mut whole = translation(&framework, "item.");
        assert!(!offered(&whole), "answers in another language than the questions are none");
        whole.texts.extend(translation(&framework, "scale.").texts);
        assert!(offered(&whole), "names of families and groups may fall back");
        whole.texts.remove("item.Fb");
        assert!(!offered(&whole));
    }

    #[test]
    fn what_a_translation_lacks_is_said_in_the_language_below_and_says_so() {
        let mut words = translation(&framework(), "item.Fa");
        words.texts.insert("page.page-next".to_owned(), "Înainte".to_owned());
        let tongue = Tongue::translated(Language::It, &words);
        let mut text = Text::both("parole", "words");
        assert_eq!(tongue.shown(&text), Shown { text: "parole", language: "it" });
        text.put("ro", "cuvinte");
        assert_eq!(tongue.shown(&text), Shown { text: "cuvinte", language: "ro" });
        assert_eq!((tongue.code(), tongue.base()), ("ro", Language::It));
        assert_eq!(tongue.sentences().unwrap().get("page-next").map(String::as_str), Some("Înainte"));
        assert_eq!(Tongue::from(Language::En).shown(&text).text, "words");
    }

    #[test]
    fn languages_of_the_files_count_too() {
        let mut framework = framework();
        framework.indicators[0].items[0].text.put("sl", "besede");
        assert_eq!(languages_of(&framework).into_iter().collect::<Vec<_>>(), [tag("sl")]);
    }

    #[test]
    fn every_state_survives_its_word() {
        for state in TranslationState::ALL {
            assert_eq!(TranslationState::from_code(state.code()), Some(state));
        }
        assert_eq!(TranslationState::from_code("x"), None);
    }
}

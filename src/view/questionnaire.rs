// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a respondent see, from the landing page to the last item?

use serde::Serialize;

use super::notice::NoticeView;
use super::render::Page;
use super::sentences;
use crate::domain::answer::{Answer, NoAnswer};
use crate::domain::invitation::Entry;
use crate::domain::language_tag::LanguageTag;
use crate::domain::questionnaire::{Answers, Question, Questionnaire};
use crate::domain::text::{Language, Shown, Text};
use crate::domain::translation::{Tongue, TranslationState};
use crate::domain::wave::Collection;

/// A text with its language, where it is not the page's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Worded {
    /// The words.
    pub text: String,
    /// Language code, where it differs from the page's.
    pub lang: Option<String>,
}

impl Worded {
    /// A text as shown on a page in this language.
    #[must_use]
    pub fn new(shown: Shown<'_>, page: Language) -> Self {
        let lang = (shown.language != page.code()).then(|| shown.language.to_owned());
        Self { text: shown.text.to_owned(), lang }
    }

    /// A text on a page of a questionnaire.
    #[must_use]
    pub fn of(text: &Text, tongue: &Tongue) -> Self {
        let shown = tongue.shown(text);
        let lang = (shown.language != tongue.code()).then(|| shown.language.to_owned());
        Self { text: shown.text.to_owned(), lang }
    }
}

/// A language in which the questionnaire can be answered, beyond those of the interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LanguageChoice {
    /// Its code.
    pub code: String,
    /// Its name in itself.
    pub name: String,
    /// The landing page in it.
    pub href: String,
}

/// Key of what to know of a translation; nothing where it was tried or revised.
#[must_use]
pub fn translation_note(language: &LanguageTag, state: TranslationState) -> Option<&'static str> {
    match (language.is_easy(), state) {
        (_, TranslationState::Tested) | (false, TranslationState::Revised) => None,
        (true, TranslationState::Draft | TranslationState::Revised) => Some("landing-not-tested"),
        (false, TranslationState::Draft) => Some("landing-not-revised"),
    }
}

/// Who asks, why, how long, until when: before anything is written.
#[derive(Clone, Debug, Serialize)]
pub struct LandingPage {
    /// The body that asks.
    pub organisation: String,
    /// Whom to call or write to.
    pub contact: String,
    /// The programme, if any.
    pub programme: Option<String>,
    /// The project.
    pub project: String,
    /// Code of the wave and name of its type.
    pub wave: Worded,
    /// Why.
    pub purpose: Worded,
    /// Name of the respondent's group.
    pub group: Worded,
    /// How many questions.
    pub questions: usize,
    /// About how many minutes.
    pub minutes: usize,
    /// Key of how many minutes it takes: as estimated, or as measured.
    pub minutes_key: &'static str,
    /// Last day, written out.
    pub until: String,
    /// Key of the words that say how answers and persons are kept apart.
    pub collection_title: &'static str,
    /// Key of the explanation below.
    pub collection_text: &'static str,
    /// Key of what to know where the code was used before.
    pub begun_key: Option<&'static str>,
    /// Key of the words on the button.
    pub start_key: &'static str,
    /// Where *Inizia* posts to; holds the code, and no later address does.
    pub action: String,
    /// What is told about the data.
    pub notice: NoticeView,
    /// Languages in which it can be answered too.
    pub languages: Vec<LanguageChoice>,
    /// Key of what to know of the translation shown.
    pub translation_key: Option<&'static str>,
    /// Where the space of those who take part is entered, where the code opens it.
    pub space: Option<String>,
}

/// About how long a questionnaire takes: a quarter of a minute an item, at least two minutes.
#[must_use]
pub fn minutes(questions: usize) -> usize {
    questions.div_ceil(4).max(2)
}

/// Keys of what a collection mode promises to whoever enters so: title and explanation.
#[must_use]
pub const fn collection_keys(mode: Collection, entry: Entry) -> (&'static str, &'static str) {
    match (mode, entry) {
        (Collection::Anonymous, Entry::Slip) => ("collection-anonymous", "collection-slip-text"),
        (Collection::Anonymous, Entry::Open) => ("collection-anonymous", "collection-anonymous-text"),
        (Collection::Confidential, Entry::Slip | Entry::Open) => {
            ("collection-confidential", "collection-confidential-text")
        }
        (Collection::Named, Entry::Slip | Entry::Open) => ("collection-named", "collection-named-text"),
    }
}

impl Page for LandingPage {
    const TEMPLATE: &'static str = "questionnaire/landing";

    fn samples() -> Vec<Self> {
        let choice = |code: &str| LanguageChoice {
            code: code.to_owned(),
            name: code.to_owned(),
            href: format!("/it/q/ABC?language={code}"),
        };
        let page = |mode, begun_key, programme: Option<&str>| Self {
            organisation: "Comune di Esempio".to_owned(),
            contact: "011 000000".to_owned(),
            programme: programme.map(str::to_owned),
            project: "Orto di quartiere".to_owned(),
            wave: Worded { text: "Ex ante".to_owned(), lang: None },
            purpose: Worded { text: "Perché".to_owned(), lang: Some("en".to_owned()) },
            group: Worded { text: "Ente del Terzo settore".to_owned(), lang: None },
            questions: 9,
            minutes: 3,
            minutes_key: if programme.is_some() { "landing-minutes" } else { "landing-minutes-measured" },
            until: "31 marzo 2026".to_owned(),
            collection_title: collection_keys(mode, Entry::Open).0,
            collection_text: collection_keys(mode, Entry::Open).1,
            begun_key,
            start_key: "landing-start",
            action: "/it/q/ABC".to_owned(),
            notice: NoticeView::sample(begun_key.map_or("", |_| "Versione 2")),
            languages: begun_key.map(|_| choice("ro")).into_iter().collect(),
            translation_key: begun_key.map(|_| "landing-not-revised"),
            space: begun_key.map(|_| "/it/q/ABC/space".to_owned()),
        };
        vec![
            page(Collection::Anonymous, None, None),
            page(Collection::Confidential, Some("landing-saved"), Some("Equilibri")),
            page(Collection::Anonymous, Some("landing-submitted"), None),
        ]
    }
}

/// One page of the questionnaire: the items of one family.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionPage {
    /// Project and wave.
    pub kicker: String,
    /// Name of the family.
    pub family: Worded,
    /// Which of the pages this is, from 1.
    pub step: usize,
    /// How many pages there are.
    pub steps: usize,
    /// About how many minutes are left.
    pub minutes: usize,
    /// Sentence above the items, where all share a scale.
    pub prompt: Option<Worded>,
    /// The items.
    pub questions: Vec<QuestionView>,
    /// What was wrong with what was sent.
    pub errors: Vec<ErrorView>,
    /// Proves that the form came from this page.
    pub form_token: String,
    /// Where the form posts to.
    pub action: String,
    /// Whether the answers can be taken up later, elsewhere.
    pub pausable: bool,
}

/// One item with its answers to choose from.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionView {
    /// Place among the items shown.
    pub number: usize,
    /// Item code: name of the form field.
    pub code: String,
    /// The statement.
    pub text: Worded,
    /// Sentence of the scale, where it differs from the page's.
    pub prompt: Option<Worded>,
    /// What was wrong with what was sent for it.
    pub error: Option<String>,
    /// Identity of its first button, where links to the question lead.
    pub first: String,
    /// Points of the scale, ascending.
    pub points: Vec<Choice>,
    /// Reasons for no answer.
    pub reasons: Vec<Choice>,
}

/// Something wrong with what was sent.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorView {
    /// What is wrong.
    pub text: String,
    /// The first button of the question it is about; nothing where it is about none.
    pub first: Option<String>,
}

/// One radio button.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// Identity of the button on the page.
    pub id: String,
    /// Value sent.
    pub value: String,
    /// Words beside it.
    pub label: Worded,
    /// Whether it is chosen.
    pub checked: bool,
}

impl QuestionPage {
    /// The page number `step` of a questionnaire with these answers; `None` beyond the last.
    #[must_use]
    pub fn new(questionnaire: &Questionnaire, step: usize, answers: &Answers, tongue: &Tongue) -> Option<Self> {
        let page = questionnaire.pages.get(step.checked_sub(1)?)?;
        let left = questionnaire.pages.iter().skip(step - 1).map(|page| page.questions.len()).sum();
        let prompt = page.questions.first().and_then(|question| prompt(question, tongue));
        let questions = page
            .questions
            .iter()
            .map(|question| question_view(question, answers.get(question.position), prompt.as_ref(), tongue))
            .collect();
        Some(Self {
            kicker: String::new(),
            family: Worded::of(&page.name, tongue),
            step,
            steps: questionnaire.pages.len(),
            minutes: minutes(left).min(left),
            prompt,
            questions,
            errors: Vec::new(),
            form_token: String::new(),
            action: String::new(),
            pausable: true,
        })
    }
}

impl QuestionPage {
    /// Says at its question, and at the top, what is wrong; each problem with the code of its item.
    pub fn tell_errors(&mut self, problems: Vec<(String, String)>) {
        for (code, text) in problems {
            let question = self.questions.iter_mut().find(|question| question.code == code);
            let first = question.map(|question| {
                question.error = Some(text.clone());
                question.first.clone()
            });
            self.errors.push(ErrorView { text, first });
        }
    }
}

fn prompt(question: &Question, tongue: &Tongue) -> Option<Worded> {
    question.scale.prompt.as_ref().map(|text| Worded::of(text, tongue))
}

fn question_view(question: &Question, answer: Answer, page_prompt: Option<&Worded>, tongue: &Tongue) -> QuestionView {
    let code = &question.item.code;
    let points = question.scale.points.iter().zip(&question.scale.labels).map(|(point, label)| Choice {
        id: format!("{code}-{point}"),
        value: point.to_string(),
        label: Worded::of(label, tongue),
        checked: answer == Answer::Point(*point),
    });
    let reasons = NoAnswer::CHOICES.into_iter().map(|reason| Choice {
        id: format!("{code}-{}", reason.code()),
        value: reason.code().to_owned(),
        label: sentences::say(tongue, &reason_key(reason), []),
        checked: answer == Answer::None(reason),
    });
    QuestionView {
        number: question.number,
        code: question.item.code.clone(),
        text: Worded::of(&question.item.text, tongue),
        prompt: prompt(question, tongue).filter(|own| Some(own) != page_prompt),
        error: None,
        first: format!("{code}-{}", question.scale.ends().0),
        points: points.collect(),
        reasons: reasons.collect(),
    }
}

pub(super) fn reason_key(reason: NoAnswer) -> String {
    format!("reason-{}", reason.code())
}

impl Page for QuestionPage {
    const TEMPLATE: &'static str = "questionnaire/page";

    fn samples() -> Vec<Self> {
        let choice = |value: &str, checked| Choice {
            id: format!("FC1a-{value}"),
            value: value.to_owned(),
            label: Worded { text: "Poco vera".to_owned(), lang: None },
            checked,
        };
        let question = |prompt: Option<Worded>, error: Option<&str>| QuestionView {
            number: 1,
            code: "FC1a".to_owned(),
            text: Worded { text: "Una frase.".to_owned(), lang: Some("it".to_owned()) },
            prompt,
            error: error.map(str::to_owned),
            first: "FC1a-1".to_owned(),
            points: vec![choice("1", false), choice("2", true)],
            reasons: vec![choice("DK", false)],
        };
        let error = |first: Option<&str>| ErrorView { text: "sbagliata".to_owned(), first: first.map(str::to_owned) };
        let prompt = || Some(Worded { text: "Quanto è vera?".to_owned(), lang: None });
        let page = |step, errors: Vec<ErrorView>, top: Option<Worded>, own: Option<Worded>| Self {
            kicker: "Orto di quartiere, T1".to_owned(),
            family: Worded { text: "Contesto".to_owned(), lang: None },
            step,
            steps: 3,
            minutes: 2,
            prompt: top,
            questions: vec![question(own, (!errors.is_empty()).then_some("sbagliata"))],
            errors,
            form_token: "f".to_owned(),
            action: "/it/questionnaire/1".to_owned(),
            pausable: step > 1,
        };
        vec![
            page(1, Vec::new(), prompt(), None),
            page(2, vec![error(Some("FC1a-1")), error(None)], None, prompt()),
            page(3, Vec::new(), prompt(), None),
        ]
    }
}

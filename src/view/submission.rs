// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a respondent see when pausing, reviewing, and at the end?

use serde::Serialize;

use super::questionnaire::{Worded, reason_key};
use super::render::Page;
use super::sentences;
use super::written::WrittenQuestion;
use crate::domain::answer::{Answer, NoAnswer};
use crate::domain::questionnaire::{self, Answers, Question, Questionnaire};
use crate::domain::translation::Tongue;

/// The code with which answers are resumed.
#[derive(Clone, Debug, Serialize)]
pub struct PausePage {
    /// Four characters each, as read aloud.
    pub code: Vec<String>,
    /// Last day, written out.
    pub until: String,
    /// The address that opens the same answers.
    pub link: String,
    /// Back to the questionnaire.
    pub back: String,
}

impl Page for PausePage {
    const TEMPLATE: &'static str = "questionnaire/pause";

    fn samples() -> Vec<Self> {
        vec![Self {
            code: ["ABCD", "EFGH", "JKMN"].map(str::to_owned).to_vec(),
            until: "31 marzo 2026".to_owned(),
            link: "http://localhost/q/ABCDEFGHJKMN".to_owned(),
            back: "/it/questionnaire/1".to_owned(),
        }]
    }
}

/// All answers at a glance, before submitting.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewPage {
    /// Project and wave.
    pub kicker: String,
    /// The families with their items.
    pub sections: Vec<ReviewSection>,
    /// How many items have no answer at all.
    pub unanswered: usize,
    /// Proves that the form came from this page.
    pub form_token: String,
    /// Where the form posts to.
    pub action: String,
    /// The last page of items.
    pub back: String,
    /// What was written in one's own words, question by question; none where nothing is asked so.
    pub texts: Vec<WrittenQuestion>,
    /// Whether the access code has to be typed again: it is kept nowhere but on the device that came with it.
    pub code_needed: bool,
}

/// The answers of one family.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewSection {
    /// Name of the family.
    pub family: Worded,
    /// Where they can be changed.
    pub href: String,
    /// Items with their answers.
    pub answers: Vec<ReviewAnswer>,
}

/// One answer in words.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewAnswer {
    /// Place among the items shown.
    pub number: usize,
    /// Item code.
    pub code: String,
    /// The statement.
    pub text: Worded,
    /// The answer in words; nothing where the item was left empty.
    pub answer: Option<Worded>,
    /// Where it can be changed.
    pub href: String,
}

impl ReviewPage {
    /// The answers of a questionnaire in words.
    #[must_use]
    pub fn new(questionnaire: &Questionnaire, answers: &Answers, tongue: &Tongue) -> Self {
        let sections = review_sections(questionnaire, answers, tongue);
        let unanswered =
            sections.iter().flat_map(|section| &section.answers).filter(|one| one.answer.is_none()).count();
        let last = sections.last().map(|section| section.href.clone()).unwrap_or_default();
        Self {
            kicker: String::new(),
            sections,
            unanswered,
            form_token: String::new(),
            action: String::new(),
            back: last,
            code_needed: false,
            texts: Vec::new(),
        }
    }
}

pub(super) fn review_sections(questionnaire: &Questionnaire, answers: &Answers, tongue: &Tongue) -> Vec<ReviewSection> {
    (1..)
        .zip(&questionnaire.pages)
        .map(|(step, page)| {
            review_section(page, &format!("/{}/questionnaire/{step}", tongue.base().code()), answers, tongue)
        })
        .collect()
}

fn review_section(page: &questionnaire::Page, href: &str, answers: &Answers, tongue: &Tongue) -> ReviewSection {
    let answers = page.questions.iter().map(|question| ReviewAnswer {
        number: question.number,
        code: question.item.code.clone(),
        text: Worded::of(&question.item.text, tongue),
        answer: in_words(question, answers.get(question.position), tongue),
        href: format!("{href}#{}", question.item.code),
    });
    ReviewSection { family: Worded::of(&page.name, tongue), href: href.to_owned(), answers: answers.collect() }
}

fn in_words(question: &Question, answer: Answer, tongue: &Tongue) -> Option<Worded> {
    match answer {
        Answer::Point(point) => {
            let place = question.scale.points.iter().position(|known| *known == point)?;
            question.scale.labels.get(place).map(|label| Worded::of(label, tongue))
        }
        Answer::None(NoAnswer::Skipped | NoAnswer::NotShown) => None,
        Answer::None(reason) => Some(sentences::say(tongue, &reason_key(reason), [])),
    }
}

impl Page for ReviewPage {
    const TEMPLATE: &'static str = "questionnaire/review";

    fn samples() -> Vec<Self> {
        let answer = |answer: Option<&str>| ReviewAnswer {
            number: 1,
            code: "FC1a".to_owned(),
            text: Worded { text: "Una frase.".to_owned(), lang: None },
            answer: answer.map(|text| Worded { text: text.to_owned(), lang: None }),
            href: "/it/questionnaire/1#FC1a".to_owned(),
        };
        let page = |unanswered, answers| Self {
            kicker: "Orto".to_owned(),
            sections: vec![ReviewSection {
                family: Worded { text: "Contesto".to_owned(), lang: None },
                href: "/it/questionnaire/1".to_owned(),
                answers,
            }],
            unanswered,
            form_token: "f".to_owned(),
            action: "/it/questionnaire/submission".to_owned(),
            back: "/it/questionnaire/1".to_owned(),
            code_needed: unanswered > 0,
            texts: super::written::WrittenPage::samples().into_iter().flat_map(|page| page.questions).collect(),
        };
        vec![page(0, vec![answer(Some("Poco vera"))]), page(1, vec![answer(None), answer(Some("Non so"))])]
    }
}

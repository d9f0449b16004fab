// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Where do people answer in their own words?

use serde::Serialize;

use super::questionnaire::Worded;
use super::render::Page;
use super::words::Words;
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::framework::{Framework, OpenQuestion};
use crate::domain::translation::Tongue;
use crate::domain::written::asked;

/// The page of open questions: the last, and all optional.
#[derive(Clone, Debug, Serialize)]
pub struct WrittenPage {
    /// Project and wave.
    pub kicker: String,
    /// The questions with what was written.
    pub questions: Vec<WrittenQuestion>,
    /// Where the form posts to.
    pub action: String,
    /// Proves that the form came from this page.
    pub form_token: String,
    /// Whether something is wrong.
    pub wrong: bool,
}

/// An open question with what was written.
#[derive(Clone, Debug, Serialize)]
pub struct WrittenQuestion {
    /// Its code: name of the field.
    pub code: String,
    /// The question.
    pub text: Worded,
    /// What was written; empty: nothing.
    pub said: String,
    /// What is wrong with it; empty: nothing.
    pub error: String,
}

/// The open questions of a group with what was written, and what is wrong with it.
#[must_use]
pub fn questions(
    (framework, group): (&Framework, &str),
    tongue: &Tongue,
    typed: &Typed,
    (words, problems): (&Words, &[FieldProblem]),
) -> Vec<WrittenQuestion> {
    let question = |one: &OpenQuestion| {
        let problem = problems.iter().find(|problem| problem.field == one.code);
        WrittenQuestion {
            code: one.code.clone(),
            text: Worded::of(&one.text, tongue),
            said: typed.get(&one.code).to_owned(),
            error: problem.map(|problem| super::forms::told(words, problem)).unwrap_or_default(),
        }
    };
    asked(framework, group).map(question).collect()
}

impl Page for WrittenPage {
    const TEMPLATE: &'static str = "questionnaire/written";

    fn samples() -> Vec<Self> {
        let question = |error: &str| WrittenQuestion {
            code: "Q1".to_owned(),
            text: Worded { text: "Che cosa ha aiutato?".to_owned(), lang: Some("it".to_owned()) },
            said: "Le riunioni.".to_owned(),
            error: error.to_owned(),
        };
        let page = |error: &str| Self {
            kicker: "Orto".to_owned(),
            questions: vec![question(error)],
            action: "/it/questionnaire/written".to_owned(),
            form_token: "f".to_owned(),
            wrong: !error.is_empty(),
        };
        vec![page(""), page("Al massimo 2000 caratteri.")]
    }
}

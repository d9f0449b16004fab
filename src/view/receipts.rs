// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a respondent see after submitting: the receipt, the answers that count, and before they are erased?

use serde::Serialize;

use super::render::Page;
use super::submission::{ReviewSection, review_sections};
use crate::domain::questionnaire::{Answers, Questionnaire};
use crate::domain::translation::Tongue;
use crate::domain::wave::Collection;

/// Thanks, and proof that the answers are stored.
#[derive(Clone, Debug, Serialize)]
pub struct ReceiptPage {
    /// Receipt code, four characters each.
    pub code: Vec<String>,
    /// The project.
    pub project: String,
    /// Day after which results can exist, written out.
    pub closes_on: String,
    /// Where results will be found.
    pub results: String,
    /// Key of what the receipt is good for.
    pub collection_key: &'static str,
    /// Where a device that goes round is handed on; nothing on a device of one's own.
    pub next_person: Option<String>,
    /// Proves that the form came from this page.
    pub form_token: String,
    /// Whether the answers were erased at the respondent's request.
    pub erased: bool,
    /// What can be done with the answers; nothing where nobody can tell whose they are.
    pub rights: Option<Rights>,
}

/// What a respondent can do with answers that were submitted.
#[derive(Clone, Debug, Serialize)]
pub struct Rights {
    /// Where the answers are read.
    pub answers: String,
    /// Where correcting them begins.
    pub correction: String,
    /// Where they are erased, after a question.
    pub erasure: String,
    /// Whether a correction was begun and not submitted.
    pub correcting: bool,
    /// Last day, written out.
    pub until: String,
}

/// Key of what a receipt is good for.
#[must_use]
pub const fn receipt_key(mode: Collection) -> &'static str {
    match mode {
        Collection::Anonymous => "receipt-anonymous",
        Collection::Confidential => "receipt-confidential",
        Collection::Named => "receipt-named",
    }
}

impl Page for ReceiptPage {
    const TEMPLATE: &'static str = "questionnaire/receipt";

    fn samples() -> Vec<Self> {
        let page = |mode| Self {
            code: ["ABCD", "EFGH", "JKMN"].map(str::to_owned).to_vec(),
            project: "Orto di quartiere".to_owned(),
            closes_on: "31 marzo 2026".to_owned(),
            results: "/it/projects/1".to_owned(),
            collection_key: receipt_key(mode),
            next_person: (mode == Collection::Named).then(|| "/it/questionnaire/next-person".to_owned()),
            form_token: "f".to_owned(),
            erased: false,
            rights: (mode != Collection::Anonymous).then(|| Rights {
                answers: "/it/questionnaire/answers".to_owned(),
                correction: "/it/questionnaire/correction".to_owned(),
                erasure: "/it/questionnaire/erasure".to_owned(),
                correcting: mode == Collection::Named,
                until: "31 marzo 2026".to_owned(),
            }),
        };
        let erased = Self { erased: true, rights: None, ..page(Collection::Confidential) };
        Collection::ALL.map(page).into_iter().chain([erased]).collect()
    }
}

/// The answers that count.
#[derive(Clone, Debug, Serialize)]
pub struct AnswersPage {
    /// Project and wave.
    pub kicker: String,
    /// The families with their items.
    pub sections: Vec<ReviewSection>,
    /// Back to the receipt.
    pub back: String,
}

impl AnswersPage {
    /// The answers of a questionnaire.
    #[must_use]
    pub fn new(questionnaire: &Questionnaire, answers: &Answers, tongue: &Tongue) -> Self {
        Self {
            kicker: String::new(),
            sections: review_sections(questionnaire, answers, tongue),
            back: format!("/{}/questionnaire/receipt", tongue.base().code()),
        }
    }
}

impl Page for AnswersPage {
    const TEMPLATE: &'static str = "questionnaire/answers";

    fn samples() -> Vec<Self> {
        let sections = super::submission::ReviewPage::samples().into_iter().flat_map(|page| page.sections).collect();
        vec![Self { kicker: "Orto".to_owned(), sections, back: "/it/questionnaire/receipt".to_owned() }]
    }
}

/// Asks once more before answers are erased.
#[derive(Clone, Debug, Serialize)]
pub struct ErasurePage {
    /// Project and wave.
    pub kicker: String,
    /// Where the form posts to.
    pub action: String,
    /// Back to the receipt.
    pub back: String,
    /// Proves that the form came from this page.
    pub form_token: String,
}

impl Page for ErasurePage {
    const TEMPLATE: &'static str = "questionnaire/erasure";

    fn samples() -> Vec<Self> {
        vec![Self {
            kicker: "Orto".to_owned(),
            action: "/it/questionnaire/erasure".to_owned(),
            back: "/it/questionnaire/receipt".to_owned(),
            form_token: "f".to_owned(),
        }]
    }
}

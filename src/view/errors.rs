// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a person see when something cannot be done? What happened, what was kept, what to do.

use serde::Serialize;

use super::render::Page;

/// Something could not be done.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorPage {
    /// Key of the texts: `error-KEY-title`, `-what`, `-do`.
    pub key: String,
    /// Heading.
    pub title: String,
    /// What happened, in one sentence.
    pub what: String,
    /// What to do now.
    pub remedy: String,
    /// What was typed into the code field, to be mended there.
    pub typed_code: Option<String>,
    /// Number that the log knows too.
    pub reference: Option<String>,
    /// Where to go on.
    pub home: String,
    /// Where a code is sent.
    pub access: String,
    /// Where signing in begins again, if that is what can be done.
    pub again: Option<String>,
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "errors/error";

    fn samples() -> Vec<Self> {
        let page = |typed: Option<&str>, reference: Option<&str>| Self {
            key: "not-found".to_owned(),
            title: "Pagina non trovata".to_owned(),
            what: "Che cosa è successo.".to_owned(),
            remedy: "Che cosa fare.".to_owned(),
            typed_code: typed.map(str::to_owned),
            reference: reference.map(str::to_owned),
            home: "/it".to_owned(),
            access: "/it/access".to_owned(),
            again: reference.map(|_| "/it/staff/sign-in".to_owned()),
        };
        vec![page(None, None), page(Some("ABCD"), None), page(None, Some("a1b2c3"))]
    }
}

/// What was sent could not be stored just now: it is all here, and can be sent again.
#[derive(Clone, Debug, Serialize)]
pub struct RetryPage {
    /// Where it is sent again.
    pub action: String,
    /// Everything that was sent.
    pub fields: Vec<Field>,
}

/// A field of a form as it was sent.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
}

impl Page for RetryPage {
    const TEMPLATE: &'static str = "errors/retry";

    fn samples() -> Vec<Self> {
        let field = Field { name: "FC1a".to_owned(), value: "4".to_owned() };
        vec![Self { action: "/it/questionnaire/1".to_owned(), fields: vec![field] }]
    }
}

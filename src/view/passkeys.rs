// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A question to a device: the one page that needs a script, and says so where there is none.

use serde::Serialize;

use super::errors::Field;
use super::render::Page;

/// A passkey is to be made, or used.
#[derive(Clone, Debug, Serialize)]
pub struct PasskeyPage {
    /// Heading.
    pub title: String,
    /// What it is for.
    pub lead: String,
    /// `create` or `get`.
    pub act: &'static str,
    /// Options for the browser, as JSON.
    pub options: String,
    /// Where the answer is sent.
    pub action: String,
    /// Words on the button.
    pub button: String,
    /// What can be done without a script.
    pub without: String,
    /// What the passkey may be called, where one is made.
    pub name: Option<Field>,
    /// What was wrong with the name; empty: nothing.
    pub error: String,
    /// Proves that the form came from this page; empty where nobody is signed in.
    pub form_token: String,
    /// Where to go instead.
    pub cancel: String,
}

impl Page for PasskeyPage {
    const TEMPLATE: &'static str = "staff/passkey";

    fn samples() -> Vec<Self> {
        let field = Field { name: "passkey_name".to_owned(), value: "Telefono".to_owned() };
        let page = |act, name: Option<Field>, error: &str, form_token: &str| Self {
            title: "Passkey".to_owned(),
            lead: "A che cosa serve.".to_owned(),
            act,
            options: "{}".to_owned(),
            action: "/it/staff/sign-in/passkey".to_owned(),
            button: "Continua".to_owned(),
            without: "Usi la password.".to_owned(),
            name,
            error: error.to_owned(),
            form_token: form_token.to_owned(),
            cancel: "/it/staff".to_owned(),
        };
        vec![
            page("create", Some(field.clone()), "Manca il nome.", "f"),
            page("create", Some(field), "", "f"),
            page("get", None, "", ""),
        ]
    }
}

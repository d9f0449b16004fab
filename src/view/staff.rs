// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The workspace of staff: projects, waves, coverage, links, and the acts that move a wave on.

use serde::Serialize;

use super::forms::FormLink;
use super::render::Page;
use super::waves::CoverageRow;

/// A link that signs in once: nothing happens before the button is pressed.
#[derive(Clone, Debug, Serialize)]
pub struct SignInPage {
    /// Where the button posts to.
    pub action: String,
}

/// The secret of one-time codes, to be taken over by an app, and a first code that proves that it was.
#[derive(Clone, Debug, Serialize)]
pub struct EnrolmentPage {
    /// Where the code is sent.
    pub action: String,
    /// Side of the picture, in its own squares.
    pub size: usize,
    /// Path of its dark squares.
    pub path: String,
    /// The secret, to be typed where there is no camera.
    pub secret: String,
    /// What was wrong with the code; empty: nothing.
    pub error: String,
    /// Proves that the form came from this page.
    pub form_token: String,
    /// Where to go instead.
    pub cancel: String,
}

/// One wave: who answered, and what can be done now.
#[derive(Clone, Debug, Serialize)]
pub struct StaffWavePage {
    /// Name of the project.
    pub project: String,
    /// Code and name of the wave.
    pub wave: String,
    /// Key of its state.
    pub state_key: String,
    /// When answers are taken.
    pub dates: String,
    /// Key of how answers and persons are kept apart.
    pub collection_key: &'static str,
    /// Who answered, group by group: counts, never results.
    pub coverage: Vec<CoverageRow>,
    /// Fresh links, shown this once.
    pub links: Vec<FreshLink>,
    /// What can be done in this state.
    pub acts: Vec<Act>,
    /// Signed acts that brought it here.
    pub done: Vec<ActLine>,
    /// Where its plan is changed, while it is one.
    pub plan: Vec<FormLink>,
    /// Where the results are, once the wave is closed.
    pub results: Option<String>,
    /// Proves that the form came from this page.
    pub form_token: String,
}

/// A fresh link for one group.
#[derive(Clone, Debug, Serialize)]
pub struct FreshLink {
    /// Name of the group.
    pub group: String,
    /// The address to hand out.
    pub url: String,
    /// The same code to be typed.
    pub code: String,
}

/// Something that can be done with a wave.
#[derive(Clone, Debug, Serialize)]
pub struct Act {
    /// Where its button posts to.
    pub action: String,
    /// Key of the words on the button.
    pub label_key: &'static str,
    /// Key of what it does.
    pub what_key: &'static str,
    /// Whether a note can be added.
    pub note: bool,
}

/// A signed act.
#[derive(Clone, Debug, Serialize)]
pub struct ActLine {
    /// What was done.
    pub what: String,
    /// By whom.
    pub who: String,
    /// When.
    pub when: String,
    /// Why; empty: nothing was said.
    pub note: String,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "staff/sign-in";

    fn samples() -> Vec<Self> {
        vec![Self { action: "/it/staff/sign-in/t".to_owned() }]
    }
}

impl Page for EnrolmentPage {
    const TEMPLATE: &'static str = "staff/enrolment";

    fn samples() -> Vec<Self> {
        let page = |error: &str| Self {
            action: "/it/staff/account/second-factor".to_owned(),
            size: 45,
            path: "M4 4h1v1h-1z".to_owned(),
            secret: "ABCD EFGH".to_owned(),
            error: error.to_owned(),
            form_token: "f".to_owned(),
            cancel: "/it/staff/account".to_owned(),
        };
        vec![page(""), page("Il codice non va.")]
    }
}

impl Page for StaffWavePage {
    const TEMPLATE: &'static str = "staff/wave";

    fn samples() -> Vec<Self> {
        let coverage = CoverageRow {
            group: "Ente pubblico".to_owned(),
            n_of_n: "3 di 9".to_owned(),
            share: Some("33%".to_owned()),
            flag: Some("meno di metà".to_owned()),
        };
        let link = FreshLink {
            group: "Ente pubblico".to_owned(),
            url: "http://localhost/q/ABC".to_owned(),
            code: "ABCD-EFGH-JKMN".to_owned(),
        };
        let act = Act {
            action: "/it/staff/waves/1/closing".to_owned(),
            label_key: "act-close",
            what_key: "act-close-what",
            note: true,
        };
        let page = |links, acts, results: Option<&str>, coverage| Self {
            project: "Orto".to_owned(),
            wave: "T0".to_owned(),
            state_key: "state-open".to_owned(),
            dates: "dal 1 al 31 marzo".to_owned(),
            collection_key: "collection-anonymous",
            coverage,
            links,
            acts,
            done: vec![ActLine {
                what: "Aperta".to_owned(),
                who: "Ada".to_owned(),
                when: "oggi".to_owned(),
                note: results.map(str::to_owned).unwrap_or_default(),
            }],
            plan: vec![FormLink { text: "Cambia".to_owned(), href: "/it".to_owned() }],
            results: results.map(str::to_owned),
            form_token: "f".to_owned(),
        };
        vec![
            page(vec![link], vec![act], None, vec![coverage]),
            page(Vec::new(), Vec::new(), Some("/it/waves/1"), Vec::new()),
        ]
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The workspace of staff: projects, waves, coverage, links, and the acts that move a wave on.

use serde::Serialize;

use super::render::Page;
use super::waves::CoverageRow;

/// A link that signs in once: nothing happens before the button is pressed.
#[derive(Clone, Debug, Serialize)]
pub struct SignInPage {
    /// Where the button posts to.
    pub action: String,
}

/// The projects staff work on.
#[derive(Clone, Debug, Serialize)]
pub struct WorkspacePage {
    /// The body they act for.
    pub organisation: String,
    /// Its projects.
    pub projects: Vec<WorkspaceProject>,
    /// Where signing out posts to.
    pub sign_out: String,
    /// Proves that the form came from this page.
    pub form_token: String,
}

/// A project with its waves.
#[derive(Clone, Debug, Serialize)]
pub struct WorkspaceProject {
    /// Name.
    pub name: String,
    /// Where its page is.
    pub href: String,
    /// Its waves.
    pub waves: Vec<WorkspaceWave>,
}

/// A wave in a list.
#[derive(Clone, Debug, Serialize)]
pub struct WorkspaceWave {
    /// Its code.
    pub wave: String,
    /// Key of its state.
    pub state_key: String,
    /// Where its page is.
    pub href: String,
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
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "staff/sign-in";

    fn samples() -> Vec<Self> {
        vec![Self { action: "/it/staff/sign-in/t".to_owned() }]
    }
}

impl Page for WorkspacePage {
    const TEMPLATE: &'static str = "staff/workspace";

    fn samples() -> Vec<Self> {
        let wave = WorkspaceWave {
            wave: "T0".to_owned(),
            state_key: "state-open".to_owned(),
            href: "/it/staff/waves/1".to_owned(),
        };
        let project = |waves| WorkspaceProject { name: "Orto".to_owned(), href: "/it/projects/1".to_owned(), waves };
        let page = |projects| Self {
            organisation: "Comune".to_owned(),
            projects,
            sign_out: "/it/staff/sign-out".to_owned(),
            form_token: "f".to_owned(),
        };
        vec![page(Vec::new()), page(vec![project(Vec::new()), project(vec![wave])])]
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
        let act =
            Act { action: "/it/staff/waves/1/closing".to_owned(), label_key: "act-close", what_key: "act-close-what" };
        let page = |links, acts, results: Option<&str>, coverage| Self {
            project: "Orto".to_owned(),
            wave: "T0".to_owned(),
            state_key: "state-open".to_owned(),
            dates: "dal 1 al 31 marzo".to_owned(),
            collection_key: "collection-anonymous",
            coverage,
            links,
            acts,
            results: results.map(str::to_owned),
            form_token: "f".to_owned(),
        };
        vec![
            page(vec![link], vec![act], None, vec![coverage]),
            page(Vec::new(), Vec::new(), Some("/it/waves/1"), Vec::new()),
        ]
    }
}

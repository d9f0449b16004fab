// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a newcomer see first?

use serde::Serialize;

use super::render::Page;

/// The first page: what this is, a place to type a code, and what has been evaluated.
#[derive(Clone, Debug, Serialize)]
pub struct HomePage {
    /// Where a code is sent.
    pub access: String,
    /// Where the indicator sets are.
    pub frameworks: String,
    /// The programmes.
    pub programmes: Vec<ProgrammeCard>,
}

/// A place to type a code, and nothing else.
#[derive(Clone, Debug, Serialize)]
pub struct AccessPage {
    /// Where a code is sent.
    pub access: String,
}

impl Page for AccessPage {
    const TEMPLATE: &'static str = "access";

    fn samples() -> Vec<Self> {
        vec![Self { access: "/it/access".to_owned() }]
    }
}

/// A programme at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct ProgrammeCard {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub href: String,
    /// How many editions.
    pub editions: usize,
    /// How many projects.
    pub projects: usize,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "home";

    fn samples() -> Vec<Self> {
        let card = ProgrammeCard {
            name: "Equilibri".to_owned(),
            href: "/it/programmes/1".to_owned(),
            editions: 2,
            projects: 6,
        };
        let page =
            |programmes| Self { access: "/it/access".to_owned(), frameworks: "/it/frameworks".to_owned(), programmes };
        vec![page(Vec::new()), page(vec![card])]
    }
}

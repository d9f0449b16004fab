// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A programme and its editions, with their projects side by side.

use serde::Serialize;

use super::beside::BesideSection;
use super::edition_change::EditionPair;
use super::home::ProgrammeCard;
use super::measures::TotalRow;
use super::projects::{Link, ProjectCard};
use super::questionnaire::Worded;
use super::render::Page;

/// Every programme.
#[derive(Clone, Debug, Serialize)]
pub struct ProgrammesPage {
    /// One each.
    pub programmes: Vec<ProgrammeCard>,
}

/// One programme: its editions, and their projects side by side.
#[derive(Clone, Debug, Serialize)]
pub struct ProgrammePage {
    /// Name.
    pub name: String,
    /// What it is for.
    pub summary: Worded,
    /// Where these facts come from.
    pub source: String,
    /// Its editions.
    pub editions: Vec<EditionCard>,
    /// Projects of its editions side by side; nothing with a single edition.
    pub beside: Option<BesideSection>,
    /// Each edition against the one before.
    pub apart: Vec<EditionPair>,
}

/// An edition with its projects.
#[derive(Clone, Debug, Serialize)]
pub struct EditionCard {
    /// Name.
    pub name: Worded,
    /// Where its page is.
    pub href: String,
    /// Years it covers.
    pub years: String,
    /// Whether it is invented.
    pub fictional: bool,
    /// Its projects.
    pub projects: Vec<ProjectCard>,
}

/// One edition: its projects side by side.
#[derive(Clone, Debug, Serialize)]
pub struct EditionPage {
    /// The edition.
    pub card: EditionCard,
    /// Its programme.
    pub programme: Link,
    /// Numbers that two or more of its projects report.
    pub totals: Vec<TotalRow>,
    /// Its projects side by side; nothing where no two can be compared.
    pub beside: Option<BesideSection>,
}

impl Page for ProgrammesPage {
    const TEMPLATE: &'static str = "programmes/index";

    fn samples() -> Vec<Self> {
        let card = ProgrammeCard {
            name: "Equilibri".to_owned(),
            href: "/it/programmes/1".to_owned(),
            editions: 2,
            projects: 6,
        };
        vec![Self { programmes: Vec::new() }, Self { programmes: vec![card] }]
    }
}

fn sample_edition(fictional: bool) -> EditionCard {
    EditionCard {
        name: Worded { text: "Prima edizione".to_owned(), lang: None },
        href: "/it/editions/1".to_owned(),
        years: "2023-2025".to_owned(),
        fictional,
        projects: vec![ProjectCard {
            name: "TILDE".to_owned(),
            href: "/it/projects/1".to_owned(),
            territory: "Unione NET".to_owned(),
            lead: "Comune di Settimo".to_owned(),
            fictional,
        }],
    }
}

impl Page for ProgrammePage {
    const TEMPLATE: &'static str = "programmes/programme";

    fn samples() -> Vec<Self> {
        let page = |beside: Option<BesideSection>, editions| Self {
            name: "Equilibri".to_owned(),
            summary: Worded { text: "Che cos'è.".to_owned(), lang: None },
            source: "fonte".to_owned(),
            editions,
            apart: if beside.is_some() { EditionPair::samples() } else { Vec::new() },
            beside,
        };
        let both = vec![sample_edition(false), sample_edition(true)];
        vec![page(None, Vec::new()), page(BesideSection::samples().into_iter().next(), both)]
    }
}

impl Page for EditionPage {
    const TEMPLATE: &'static str = "programmes/edition";

    fn samples() -> Vec<Self> {
        let page = |beside, fictional| Self {
            card: sample_edition(fictional),
            totals: if fictional { TotalRow::samples() } else { Vec::new() },
            programme: Link { text: "Equilibri".to_owned(), href: "/it/programmes/1".to_owned() },
            beside,
        };
        vec![page(None, false), page(BesideSection::samples().into_iter().next(), true)]
    }
}

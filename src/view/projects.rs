// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A project: what it is, what it reported, and its waves.

use serde::Serialize;

use super::glance::Glance;
use super::measures::MeasuresSection;
use super::questionnaire::Worded;
use super::render::Page;
use crate::domain::programme::{Origin, Project};
use crate::domain::text::Language;

/// One project.
#[derive(Clone, Debug, Serialize)]
pub struct ProjectPage {
    /// The project.
    pub card: ProjectCard,
    /// What it is.
    pub summary: Worded,
    /// The edition it is part of, with its programme.
    pub edition: Option<Link>,
    /// Where these facts come from.
    pub source: String,
    /// What its last wave with results says.
    pub glance: Option<Glance>,
    /// Its waves.
    pub waves: Vec<WaveCard>,
    /// Where change over time is.
    pub change_href: Option<String>,
    /// Numbers it reported.
    pub measures: MeasuresSection,
}

/// Words that lead somewhere.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// The words.
    pub text: String,
    /// Where they lead.
    pub href: String,
}

/// A project at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct ProjectCard {
    /// Name.
    pub name: String,
    /// Where its page is.
    pub href: String,
    /// Place it works in.
    pub territory: String,
    /// Who leads it.
    pub lead: String,
    /// Whether it is invented.
    pub fictional: bool,
}

impl ProjectCard {
    /// The card of a project.
    #[must_use]
    pub fn new(project: &Project, language: Language) -> Self {
        Self {
            name: project.name.clone(),
            href: format!("/{}/projects/{}", language.code(), project.id.simple()),
            territory: project.territory.clone(),
            lead: project.lead.clone(),
            fictional: project.origin == Origin::Fictional,
        }
    }
}

/// A wave at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct WaveCard {
    /// Code and name.
    pub wave: String,
    /// Key of its state.
    pub state_key: String,
    /// When answers are taken.
    pub dates: String,
    /// Where its results are, once they may be seen.
    pub href: Option<String>,
    /// Why its results were not given back in public; empty: they were, or may be.
    pub refusal: String,
}

impl Page for ProjectPage {
    const TEMPLATE: &'static str = "projects/project";

    fn samples() -> Vec<Self> {
        let worded = |text: &str| Worded { text: text.to_owned(), lang: None };
        let card = |fictional| ProjectCard {
            name: "TILDE".to_owned(),
            href: "/it/projects/1".to_owned(),
            territory: "Unione NET".to_owned(),
            lead: "Comune di Settimo".to_owned(),
            fictional,
        };
        let wave = |href: Option<&str>| WaveCard {
            wave: "T0 · Ex ante".to_owned(),
            state_key: "state-closed".to_owned(),
            dates: "dal 1 al 31 marzo".to_owned(),
            href: href.map(str::to_owned),
            refusal: if href.is_some() { String::new() } else { "Troppo pochi.".to_owned() },
        };
        let mut reported = MeasuresSection::samples().into_iter();
        let mut measures = || reported.next().unwrap_or_default();
        let page = |fictional, edition, change: Option<&str>, measures, glance| Self {
            card: card(fictional),
            summary: worded("Che cos'è."),
            edition,
            source: "fonte".to_owned(),
            glance,
            waves: vec![wave(None), wave(Some("/it/waves/1"))],
            change_href: change.map(str::to_owned),
            measures,
        };
        let edition = Link { text: "Equilibri".to_owned(), href: "/it/editions/1".to_owned() };
        let mut glances = Glance::samples().into_iter();
        vec![
            page(true, None, None, measures(), None),
            page(true, None, None, MeasuresSection::default(), glances.next()),
            page(false, Some(edition), Some("/it/projects/1/change"), measures(), glances.next()),
        ]
    }
}

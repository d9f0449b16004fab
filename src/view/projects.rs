// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A project: what it is, what it reported, and its waves.

use serde::Serialize;

use super::glance::Glance;
use super::numbers;
use super::questionnaire::Worded;
use super::render::Page;
use super::words::words;
use crate::domain::framework::Framework;
use crate::domain::measure::MeasureValue;
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
    pub measures: Vec<MeasureRow>,
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
}

/// A reported number with everything that makes it readable.
#[derive(Clone, Debug, Serialize)]
pub struct MeasureRow {
    /// What was counted.
    pub label: Worded,
    /// The number with its unit; nothing where it is not known.
    pub value: Option<String>,
    /// What counts and what does not.
    pub definition: Worded,
    /// Which period it covers.
    pub period: Worded,
    /// When it was published.
    pub as_of: Option<String>,
    /// Where it was published.
    pub source: String,
    /// Code and name of the measure in the framework.
    pub measure: String,
}

impl MeasureRow {
    /// The row of a reported number.
    #[must_use]
    pub fn new(reported: &MeasureValue, framework: Option<&Framework>, language: Language) -> Self {
        let unit = words(language).say(&format!("unit-{}", reported.unit));
        let measure = framework.and_then(|known| known.measures.iter().find(|one| one.code == reported.measure));
        let name = measure.map_or("", |one| one.name.get(language));
        Self {
            label: Worded::new(reported.label.shown(language), language),
            value: reported.value.map(|number| format!("{} {unit}", numbers::quantity(number, language))),
            definition: Worded::new(reported.definition.shown(language), language),
            period: Worded::new(reported.period.shown(language), language),
            as_of: reported.as_of.map(|date| numbers::day(date, language)),
            source: reported.source.clone(),
            measure: format!("{} {name}", reported.measure).trim().to_owned(),
        }
    }
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
        };
        let measure = |value: Option<&str>, as_of: Option<&str>| MeasureRow {
            label: worded("Donne prese in carico"),
            value: value.map(str::to_owned),
            definition: worded("Nel 2023."),
            period: worded("2023"),
            as_of: as_of.map(str::to_owned),
            source: "torinoggi.it".to_owned(),
            measure: "N01 Persone prese in carico".to_owned(),
        };
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
            page(true, None, None, Vec::new(), None),
            page(true, None, None, Vec::new(), glances.next()),
            page(
                false,
                Some(edition),
                Some("/it/projects/1/change"),
                vec![measure(None, None), measure(Some("95 persone"), Some("4 febbraio 2024"))],
                glances.next(),
            ),
        ]
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a project's last wave say at a glance: three pillars, what stands out, where groups part?

use serde::Serialize;

use super::projects::Link;
use super::render::Page;
use super::telling::{ScoreCell, Telling, tone, value};
use super::wave_telling::WaveTelling;
use crate::chart::{Anchor, DotHeadings, DotInterval, DotRow, Figure};
use crate::domain::score::PillarScore;

/// The last wave with results, at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct Glance {
    /// The wave, with its results.
    pub wave: Link,
    /// Where the gaps between groups are.
    pub gaps_href: String,
    /// How many answered.
    pub lead: String,
    /// The three pillars.
    pub figure: Option<Figure>,
    /// The same in a line each, for pillars that have no score.
    pub pillars: Vec<GlancePillar>,
    /// What stands out, in sentences.
    pub sentences: Vec<String>,
}

/// A glance inside another site.
#[derive(Clone, Debug, Serialize)]
pub struct EmbedPage {
    /// Name of the project.
    pub project: String,
    /// The wave.
    pub glance: Glance,
}

/// One pillar at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct GlancePillar {
    /// Its name.
    pub name: String,
    /// Its score.
    pub score: ScoreCell,
}

impl Glance {
    /// The glance of a wave, with the sentence that says how many answered.
    #[must_use]
    pub fn new(told: &WaveTelling<'_>, name: String, lead: String) -> Self {
        let telling = told.telling;
        let withheld = told.scores.pillars.iter().filter(|one| one.value.is_err()).map(|one| GlancePillar {
            name: telling.pillar(one.pillar),
            score: telling.cell(one.value, one.interval, String::new()),
        });
        Self {
            gaps_href: format!("{}/gaps", told.href),
            wave: Link { text: name, href: told.href.to_owned() },
            lead,
            figure: figure(telling, &told.scores.pillars),
            pillars: withheld.collect(),
            sentences: told.outstanding(),
        }
    }

    /// With a figure and sentences, and with a pillar that has no score.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let glance = |shown| Self {
            wave: Link { text: "T1 · In itinere".to_owned(), href: "/it/waves/1".to_owned() },
            gaps_href: "/it/waves/1/gaps".to_owned(),
            lead: "Hanno risposto 40 persone su 60 in elenco.".to_owned(),
            figure: DotInterval::samples().into_iter().next().filter(|_| shown),
            pillars: vec![GlancePillar { name: "Ostacoli".to_owned(), score: ScoreCell::sample(false) }],
            sentences: if shown { vec!["Ciò che aiuta di più è la fiducia.".to_owned()] } else { Vec::new() },
        };
        vec![glance(true), glance(false)]
    }
}

impl Page for EmbedPage {
    const TEMPLATE: &'static str = "waves/embed";

    fn samples() -> Vec<Self> {
        Glance::samples().into_iter().map(|glance| Self { project: "Orto".to_owned(), glance }).collect()
    }
}

/// The pillars that have a score.
fn figure(telling: Telling, pillars: &[PillarScore]) -> Option<Figure> {
    let words = telling.words();
    let shown: Vec<&PillarScore> = pillars.iter().filter(|one| one.value.is_ok()).collect();
    let row = |one: &&PillarScore| DotRow {
        label: telling.pillar(one.pillar),
        sublabel: Some(words.say(&format!("pillar-{}-short", one.pillar))),
        tone: tone(one.pillar),
        reading: telling.reading(one.value, one.interval),
    };
    let chart = DotInterval {
        rows: shown.iter().map(row).collect(),
        axis: Some(words.say("chart-axis")),
        band: None,
        keys: Vec::new(),
        headings: DotHeadings {
            row: words.say("column-pillar"),
            sublabel: words.say("column-direction"),
            value: words.say("column-score"),
            interval: words.say("column-interval"),
        },
    };
    let said = |one: &&PillarScore| Some(format!("{} {}", telling.pillar(one.pillar), telling.score(one.value.ok()?)));
    let scores: Vec<String> = shown.iter().filter_map(said).collect();
    let sentence = words.say_with("glance-sentence", [("scores", value(scores.join(", ")))]);
    let caption = telling.caption(words.say("glance-figure"), sentence);
    (!shown.is_empty()).then(|| chart.figure(&Anchor::new("glance"), &caption))
}

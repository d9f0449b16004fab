// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Projects, or projects of several editions, beside each other: like with like, without ranking.

use serde::Serialize;

use super::telling::{ScoreCell, Telling, extremes, value};
use crate::chart::{Anchor, Figure, GapGroup, GapHeadings, GapRow, GroupGaps, Reading, Series, Tone};
use crate::domain::comparison::{LeftOut, SideBySide, SideBySideEntry};
use crate::domain::framework::{Framework, Pillar};
use crate::domain::score::{Given, Withheld};

/// A comparison on a page.
#[derive(Clone, Debug, Serialize)]
pub struct BesideSection {
    /// The wave types to choose from.
    pub wave_types: Vec<TypeLink>,
    /// Code and name of the wave type compared.
    pub wave_type: String,
    /// The projects: heads of the columns, in the order they were entered.
    pub entries: Vec<EntryHead>,
    /// The three pillars.
    pub pillars: Vec<BesidePillar>,
}

/// A wave type to look at.
#[derive(Clone, Debug, Serialize)]
pub struct TypeLink {
    /// Code and name.
    pub text: String,
    /// Where it is.
    pub href: String,
    /// Whether it is this one.
    pub current: bool,
}

/// A project at the head of a column.
#[derive(Clone, Debug, Serialize)]
pub struct EntryHead {
    /// Name of the project.
    pub project: String,
    /// Name of its edition.
    pub edition: String,
}

/// One pillar of a comparison.
#[derive(Clone, Debug, Serialize)]
pub struct BesidePillar {
    /// `facilitators`, `obstacles`, `results`.
    pub code: &'static str,
    /// Its name.
    pub name: String,
    /// What it means.
    pub what: String,
    /// The projects on one line per indicator.
    pub figure: Option<Figure>,
    /// One row an indicator.
    pub rows: Vec<BesideRow>,
}

/// One indicator of a comparison.
#[derive(Clone, Debug, Serialize)]
pub struct BesideRow {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Where the projects are told apart on it; nothing where editions are compared.
    pub href: Option<String>,
    /// One cell a project, with its name.
    pub cells: Vec<BesideCell>,
    /// On which groups it rests.
    pub groups: String,
    /// What was left out to compare like with like.
    pub left_out: Vec<String>,
}

/// A project's cell.
#[derive(Clone, Debug, Serialize)]
pub struct BesideCell {
    /// Name of the project.
    pub project: String,
    /// Its score.
    #[serde(flatten)]
    pub cell: ScoreCell,
}

/// Tells a comparison.
pub struct BesideTelling<'a> {
    /// How numbers are written.
    pub telling: Telling,
    /// The framework version compared on.
    pub framework: &'a Framework,
    /// One comparison per indicator.
    pub indicators: &'a [SideBySide],
    /// The entries, in the order of the columns.
    pub labels: &'a [&'a str],
    /// Where the edition is; nothing where editions are compared.
    pub edition: Option<&'a str>,
    /// Code of the wave type compared.
    pub wave_type: &'a str,
}

/// Where the projects of an edition are told apart on an indicator.
#[must_use]
pub fn spread_href(edition: &str, indicator: &str, wave_type: &str) -> String {
    format!("{edition}/indicators/{indicator}?wave_type={wave_type}")
}

impl BesideTelling<'_> {
    /// The three pillars.
    #[must_use]
    pub fn pillars(&self) -> Vec<BesidePillar> {
        Pillar::ALL.into_iter().map(|pillar| self.pillar(pillar)).collect()
    }

    fn pillar(&self, pillar: Pillar) -> BesidePillar {
        let asked = |one: &&SideBySide| one.pillar == pillar && !one.items_used.is_empty();
        let indicators: Vec<&SideBySide> = self.indicators.iter().filter(asked).collect();
        BesidePillar {
            code: pillar.code(),
            name: self.telling.pillar(pillar),
            what: self.telling.words().say(&format!("pillar-{pillar}-what")),
            figure: self.figure(pillar, &indicators),
            rows: indicators.iter().map(|one| self.row(one)).collect(),
        }
    }

    fn figure(&self, pillar: Pillar, indicators: &[&SideBySide]) -> Option<Figure> {
        let words = self.telling.words();
        if indicators.is_empty() {
            return None;
        }
        let columns = self
            .labels
            .iter()
            .enumerate()
            .map(|(place, label)| GapGroup { label: (*label).to_owned(), tone: Tone::Series(Series::at(place)) });
        let rows = indicators.iter().map(|one| GapRow {
            label: self.telling.indicator(self.framework, &one.indicator),
            sublabel: None,
            readings: self.labels.iter().map(|label| self.reading(one, label)).collect(),
            gap: None,
        });
        let headings = GapHeadings {
            row: words.say("column-indicator"),
            gap: words.say("column-gap"),
            axis: Some(words.say("chart-axis")),
        };
        let chart = GroupGaps::new(columns.collect(), rows.collect(), headings).ok()?;
        let title = words.say_with("figure-beside", [("pillar", value(self.telling.pillar(pillar)))]);
        let caption = self.telling.caption(title, self.sentence(indicators));
        Some(chart.figure(&Anchor::new(&format!("{pillar}-beside")), &caption))
    }

    fn reading(&self, one: &SideBySide, label: &str) -> Reading {
        match entry(one, label) {
            Ok(found) => self.telling.reading(found.value, found.process_interval),
            Err(reason) => self.telling.reading(Err(reason), Err(reason)),
        }
    }

    fn sentence(&self, indicators: &[&SideBySide]) -> String {
        let words = self.telling.words();
        let spread = |one: &SideBySide| {
            let shown: Vec<(String, f64)> =
                one.entries.iter().filter_map(|entry| entry.value.ok().map(|v| (entry.label.clone(), v))).collect();
            extremes(&shown).map(|(low, high)| (high.1 - low.1, low.1, high.1))
        };
        let widest = indicators
            .iter()
            .filter_map(|one| spread(one).map(|found| (one.indicator.as_str(), found)))
            .max_by(|a, b| a.1.0.total_cmp(&b.1.0));
        let Some((indicator, (_, low, high))) = widest else { return words.say("sentence-nothing-beside") };
        words.say_with(
            "sentence-beside",
            [
                ("indicator", value(self.telling.indicator(self.framework, indicator))),
                ("low", value(self.telling.score(low))),
                ("high", value(self.telling.score(high))),
            ],
        )
    }

    fn row(&self, one: &SideBySide) -> BesideRow {
        let cells = self.labels.iter().map(|label| BesideCell {
            project: (*label).to_owned(),
            cell: match entry(one, label) {
                Ok(found) => {
                    let n_of_n = self.telling.n_of_n(found.valid, found.listed);
                    let cell = self.telling.cell(found.value, found.process_interval, n_of_n);
                    cell.with_card(format!("#alike-{}", one.indicator))
                }
                Err(reason) => self.telling.cell(Err(reason), Err(reason), String::new()),
            },
        });
        BesideRow {
            code: one.indicator.clone(),
            name: self.telling.indicator(self.framework, &one.indicator),
            href: self.edition.map(|edition| spread_href(edition, &one.indicator, self.wave_type)),
            cells: cells.collect(),
            groups: self.telling.groups(self.framework, &one.groups_used),
            left_out: self.left_out(&one.left_out),
        }
    }

    /// What was left out, a line for each thing with the projects in which it could not be used.
    fn left_out(&self, left_out: &[LeftOut]) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for one in left_out {
            let line = match one {
                LeftOut::Entry { label, reason } => self.telling.words().say_with(
                    "left-out-entry",
                    [("project", value(label.clone())), ("reason", value(self.telling.reason(*reason)))],
                ),
                LeftOut::Group { group, label, reason } => self.telling.words().say_with(
                    "left-out-group",
                    [
                        ("group", value(self.telling.group(self.framework, group))),
                        ("project", value(label.clone())),
                        ("reason", value(self.telling.reason(*reason))),
                    ],
                ),
                LeftOut::Item { item, label } => self
                    .telling
                    .words()
                    .say_with("left-out-item", [("item", value(item.clone())), ("project", value(label.clone()))]),
            };
            lines.push(line);
        }
        lines.dedup();
        lines
    }
}

/// What was compared of an entry, or why it was left out.
fn entry<'a>(one: &'a SideBySide, label: &str) -> Given<&'a SideBySideEntry> {
    let reason = one.left_out.iter().find_map(|left_out| match left_out {
        LeftOut::Entry { label: known, reason } if known == label => Some(*reason),
        LeftOut::Entry { .. } | LeftOut::Group { .. } | LeftOut::Item { .. } => None,
    });
    one.entries.iter().find(|entry| entry.label == label).ok_or(reason.unwrap_or(Withheld::NoCommonGroup))
}

impl BesideSection {
    /// Sections that between them show every branch.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let cell = |score: Option<&str>| BesideCell {
            project: "TILDE".to_owned(),
            cell: ScoreCell {
                score: score.map(str::to_owned),
                interval: score.map(|_| "50–60".to_owned()),
                interval_reason: None,
                n_of_n: "7 di 9".to_owned(),
                reason: score.is_none().then(|| "nessun gruppo in comune".to_owned()),
                card: score.map(|_| "#alike-FC1".to_owned()),
            },
        };
        let row = |left_out: Vec<String>| BesideRow {
            code: "FC1".to_owned(),
            name: "Storia".to_owned(),
            href: left_out.is_empty().then(|| spread_href("/it/editions/1", "FC1", "T2")),
            cells: vec![cell(Some("55")), cell(None)],
            groups: "Ente pubblico".to_owned(),
            left_out,
        };
        let pillar = |rows, figure| BesidePillar {
            code: "obstacles",
            name: "Ostacoli".to_owned(),
            what: "Ciò che ostacola.".to_owned(),
            figure,
            rows,
        };
        let link = |current| TypeLink { text: "T2".to_owned(), href: "?wave_type=T2".to_owned(), current };
        let head = || EntryHead { project: "TILDE".to_owned(), edition: "Prima edizione".to_owned() };
        vec![Self {
            wave_types: vec![link(true), link(false)],
            wave_type: "T2 · In itinere".to_owned(),
            entries: vec![head(), head()],
            pillars: vec![
                pillar(
                    vec![row(Vec::new()), row(vec!["Imprese: meno di 5 risposte in TILDE".to_owned()])],
                    GroupGaps::samples().into_iter().next(),
                ),
                pillar(Vec::new(), None),
            ],
        }]
    }
}

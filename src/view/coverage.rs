// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does the collection go? Counts by group, way, day and page: never results.

use serde::Serialize;

use super::questionnaire::Worded;
use super::render::Page;
use super::waves::CoverageRow;

/// How the collection of a wave goes.
#[derive(Clone, Debug, Serialize)]
pub struct CoveragePage {
    /// Project and wave.
    pub kicker: String,
    /// Who answered, group by group.
    pub groups: Vec<CoverageRow>,
    /// How many began and have not submitted yet.
    pub begun: u32,
    /// Groups that are too small for the counts below, by name; empty: none.
    pub left_out: String,
    /// From how many people on a group is counted below.
    pub least: u32,
    /// How people answered.
    pub modes: Vec<CountRow>,
    /// On which days.
    pub days: Vec<CountRow>,
    /// After which page unfinished questionnaires were left.
    pub stops: Vec<CountRow>,
}

/// A count with a bar as long as its share of the largest.
#[derive(Clone, Debug, Serialize)]
pub struct CountRow {
    /// What is counted.
    pub name: Worded,
    /// How many.
    pub count: u32,
    /// The largest count beside it.
    pub most: u32,
}

impl CountRow {
    /// Rows that are drawn beside each other.
    #[must_use]
    pub fn beside(rows: Vec<(Worded, u32)>) -> Vec<Self> {
        let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(1);
        rows.into_iter().map(|(name, count)| Self { name, count, most }).collect()
    }
}

impl Page for CoveragePage {
    const TEMPLATE: &'static str = "staff/coverage";

    fn samples() -> Vec<Self> {
        let row = |flag: Option<&str>| CoverageRow {
            group: "Cittadini".to_owned(),
            n_of_n: "12 di 30".to_owned(),
            share: flag.is_none().then(|| "40 %".to_owned()),
            flag: flag.map(str::to_owned),
        };
        let named = |text: &str| Worded { text: text.to_owned(), lang: None };
        let counts = |all: &[(&str, u32)]| CountRow::beside(all.iter().map(|(text, n)| (named(text), *n)).collect());
        let page = |left_out: &str, groups, modes, days, stops| Self {
            kicker: "Orto · T1".to_owned(),
            groups,
            begun: 3,
            left_out: left_out.to_owned(),
            least: 10,
            modes,
            days,
            stops,
        };
        vec![
            page("", Vec::new(), Vec::new(), Vec::new(), Vec::new()),
            page(
                "Ente pubblico",
                vec![row(None), row(Some("pochi"))],
                counts(&[("Su carta", 2), ("Su uno schermo", 10)]),
                counts(&[("21 novembre", 12)]),
                counts(&[("Contesto", 3)]),
            ),
        ]
    }
}

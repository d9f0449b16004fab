// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a page receive to show one chart: two drawings, a table with the same numbers, a sentence?

use std::fmt::Write as _;

use serde::Serialize;

use super::drawing::{Drawing, Size};
use super::reading::Reading;

/// The name of a figure inside its page, from which all its ids are made. Two figures of a page need two names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Anchor(String);

impl Anchor {
    /// Any name; what may not stand in an id is replaced by its code, so that different names stay different.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let mut id = "chart-".to_owned();
        for c in name.chars() {
            if c.is_ascii_alphanumeric() || c == '-' {
                id.push(c);
            } else {
                let _ = write!(id, "_{:x}_", u32::from(c));
            }
        }
        Self(id)
    }
}

/// The words around a chart, in the page's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// What the figure is about.
    pub title: String,
    /// What there is to see in it, as a sentence.
    pub sentence: String,
    /// How it is drawn, for who cannot see it.
    pub description: String,
    /// Invitation to open the table.
    pub table_summary: String,
    /// Caption of the table.
    pub table_caption: String,
}

/// A chart as a page shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Start of every id in the figure.
    pub id: Anchor,
    /// What the figure is about.
    pub title: String,
    /// What there is to see in it.
    pub sentence: String,
    /// The wide and the narrow drawing; none if there is nothing to draw.
    pub pictures: Vec<Picture>,
    /// Invitation to open the table.
    pub table_summary: String,
    /// The same numbers; none if there are none.
    pub table: Option<Table>,
}

/// A drawing with its name and description.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Picture {
    /// Start of its ids.
    pub id: String,
    /// Its name.
    pub title: String,
    /// How it is drawn.
    pub description: String,
    /// What is drawn.
    #[serde(flatten)]
    pub drawing: Drawing,
}

/// The numbers of a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What the table holds.
    pub caption: String,
    /// Heads of the columns, that of the row names first.
    pub columns: Vec<String>,
    /// One row per row of the chart.
    pub rows: Vec<TableRow>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// Name of the row.
    pub header: String,
    /// One cell per further column.
    pub cells: Vec<Cell>,
}

/// One cell: a text, or the reason why the number is not given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// What stands in the cell.
    pub text: String,
    /// Why there is no number.
    pub withheld: Option<String>,
}

impl Cell {
    /// A cell with a text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), withheld: None }
    }

    /// The score of a reading, or the reason there is none.
    #[must_use]
    pub fn score(reading: &Reading) -> Self {
        Self {
            text: match reading {
                Reading::Shown(point, _) => point.shown().to_owned(),
                Reading::Withheld(_) => String::new(),
                Reading::Absent => "–".to_owned(),
            },
            withheld: reading.reason().map(ToOwned::to_owned),
        }
    }

    /// The interval of a reading; empty if it has none, for the reason stands beside the score.
    #[must_use]
    pub fn interval(reading: &Reading) -> Self {
        Self::text(reading.interval().map_or("", |interval| interval.shown()))
    }
}

impl Figure {
    /// Puts together what a chart draws, its table and its words.
    pub(super) fn new(anchor: &Anchor, caption: &Caption, mut table: Table, draw: impl Fn(Size) -> Drawing) -> Self {
        table.caption.clone_from(&caption.table_caption);
        let empty = table.rows.is_empty();
        let picture = |size| Picture {
            id: format!("{}-{}", anchor.0, if size == Size::Wide { "wide" } else { "narrow" }),
            title: caption.title.clone(),
            description: caption.description.clone(),
            drawing: if size == Size::Wide { draw(size) } else { draw(size).not_pointed_at() },
        };
        let sizes: &[Size] = if empty { &[] } else { &[Size::Wide, Size::Narrow] };
        Self {
            id: anchor.clone(),
            title: caption.title.clone(),
            sentence: caption.sentence.clone(),
            pictures: sizes.iter().copied().map(picture).collect(),
            table_summary: caption.table_summary.clone(),
            table: (!empty).then_some(table),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_names_stay_different_and_fit_an_id() {
        let names = ["PA.1", "PA_1", "PA-1", "PA 1", "è", ""];
        let mut ids: Vec<String> = names.iter().map(|name| Anchor::new(name).0).collect();
        assert!(ids.iter().all(|id| id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))));
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), names.len());
    }

    #[test]
    fn a_withheld_cell_has_its_reason_and_no_number() {
        let cell = Cell::score(&Reading::Withheld("meno di 5 risposte".to_owned()));
        assert_eq!(cell.text, "");
        assert_eq!(cell.withheld.as_deref(), Some("meno di 5 risposte"));
    }
}

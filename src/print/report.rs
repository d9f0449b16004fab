// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Of which few parts is every report put together, on a page and on paper?

use serde::{Serialize, Serializer};

use super::Document;
use super::error::PrintError;
use super::head::{Head, Line, Said};

/// A report in finished words. `F` is how a figure is given: for a page, or for paper.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report<F = Drawn> {
    /// Title, language, day.
    pub head: Head,
    /// Who publishes it: the body, and the programme if any.
    pub kicker: String,
    /// What is reported on.
    pub title: String,
    /// Which wave, and when.
    pub subtitle: String,
    /// Which report it is.
    pub kind: String,
    /// At the head of every sheet.
    pub running: String,
    /// At the foot of every sheet, with `{page}` and `{pages}`.
    pub page: String,
    /// Whether it is to fit on one sheet, in smaller letters.
    pub one_sheet: bool,
    /// What to know before anything else, e.g. that nothing of it is published.
    pub notices: Vec<String>,
    /// At a glance: project, body, dates.
    pub facts: Vec<Line>,
    /// What is said, in order.
    pub sections: Vec<Section<F>>,
}

/// A part of a report with its heading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section<F = Drawn> {
    /// Its name in addresses; unlike that of every other.
    pub anchor: String,
    /// Its heading.
    pub title: String,
    /// What stands in it, in order.
    pub blocks: Vec<Block<F>>,
}

/// One thing that stands in a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Block<F = Drawn> {
    /// A heading below the section's.
    Heading(String),
    /// A paragraph.
    Text(Said),
    /// A list.
    Points(Vec<Said>),
    /// What it is, what it says.
    Facts(Vec<Line>),
    /// A table.
    Table(Table),
    /// A chart.
    Figure(F),
    /// What whoever files the report has to add, as this service does not know it.
    ToAdd(String),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it holds.
    pub caption: String,
    /// Heads of the columns, that of the row names first.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// What the cells refer to, numbered.
    pub notes: Vec<String>,
}

/// The head of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Column {
    /// What is below.
    pub text: String,
    /// Whether numbers are below.
    pub number: bool,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it is about.
    pub head: Said,
    /// One cell a further column.
    pub cells: Vec<Cell>,
}

/// A cell: a number or words, with what belongs to them below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The head of its column, which narrow screens show beside it.
    pub label: String,
    /// Whether it stands in a column of numbers.
    pub number: bool,
    /// What it says; where a number is withheld, the reason.
    pub main: Said,
    /// Interval, n of N, band in words.
    pub more: Vec<String>,
    /// Whether a number is missing, and `main` says why.
    pub withheld: bool,
}

/// A chart on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Drawn {
    /// The drawing.
    pub svg: String,
    /// The text that stands in its place.
    pub alt: String,
    /// Its caption.
    pub caption: String,
}

/// A block as templates read it: one name is filled.
#[derive(Serialize)]
struct Filled<'a, F> {
    heading: Option<&'a str>,
    text: Option<&'a Said>,
    points: Option<&'a [Said]>,
    facts: Option<&'a [Line]>,
    table: Option<&'a Table>,
    figure: Option<&'a F>,
    to_add: Option<&'a str>,
}

impl<F: Serialize> Serialize for Block<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut filled = Filled {
            heading: None,
            text: None,
            points: None,
            facts: None,
            table: None,
            figure: None::<&F>,
            to_add: None,
        };
        match self {
            Self::Heading(words) => filled.heading = Some(words),
            Self::Text(words) => filled.text = Some(words),
            Self::Points(points) => filled.points = Some(points),
            Self::Facts(lines) => filled.facts = Some(lines),
            Self::Table(table) => filled.table = Some(table),
            Self::Figure(figure) => filled.figure = Some(figure),
            Self::ToAdd(words) => filled.to_add = Some(words),
        }
        filled.serialize(serializer)
    }
}

impl<F> Block<F> {
    /// A paragraph in the report's language.
    #[must_use]
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(Said::from(words.into()))
    }

    /// A list in the report's language.
    #[must_use]
    pub fn points(points: impl IntoIterator<Item = String>) -> Self {
        Self::Points(points.into_iter().map(Said::from).collect())
    }

    fn redrawn<G>(self, draw: &mut impl FnMut(F) -> Option<G>) -> Option<Block<G>> {
        Some(match self {
            Self::Heading(words) => Block::Heading(words),
            Self::Text(words) => Block::Text(words),
            Self::Points(points) => Block::Points(points),
            Self::Facts(lines) => Block::Facts(lines),
            Self::Table(table) => Block::Table(table),
            Self::Figure(figure) => Block::Figure(draw(figure)?),
            Self::ToAdd(words) => Block::ToAdd(words),
        })
    }
}

impl Cell {
    /// A cell with words only.
    #[must_use]
    pub fn new(main: impl Into<Said>) -> Self {
        Self { label: String::new(), number: false, main: main.into(), more: Vec::new(), withheld: false }
    }

    /// A cell that says why there is no number.
    #[must_use]
    pub fn withheld(reason: impl Into<Said>) -> Self {
        Self { withheld: true, ..Self::new(reason) }
    }

    /// The same with something below.
    #[must_use]
    pub fn with(self, more: Vec<String>) -> Self {
        Self { more, ..self }
    }
}

impl Table {
    /// A table whose cells know the heads of their columns. The first head is that of the row names.
    #[must_use]
    pub fn new(caption: String, columns: Vec<Column>, mut rows: Vec<Row>) -> Self {
        for row in &mut rows {
            for (cell, column) in row.cells.iter_mut().zip(columns.iter().skip(1)) {
                cell.label.clone_from(&column.text);
                cell.number = column.number;
            }
        }
        Self { caption, columns, rows, notes: Vec::new() }
    }
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), number: false }
    }

    /// A column of numbers.
    #[must_use]
    pub fn numbers(text: impl Into<String>) -> Self {
        Self { text: text.into(), number: true }
    }
}

impl<F> Report<F> {
    /// The same report with its figures given in another way; those for which there is none are left out.
    pub fn redrawn<G>(self, mut draw: impl FnMut(F) -> Option<G>) -> Report<G> {
        let section = |section: Section<F>| Section {
            anchor: section.anchor,
            title: section.title,
            blocks: section.blocks.into_iter().filter_map(|block| block.redrawn(&mut draw)).collect(),
        };
        Report {
            sections: self.sections.into_iter().map(section).collect(),
            head: self.head,
            kicker: self.kicker,
            title: self.title,
            subtitle: self.subtitle,
            kind: self.kind,
            running: self.running,
            page: self.page,
            one_sheet: self.one_sheet,
            notices: self.notices,
            facts: self.facts,
        }
    }

    /// Every table, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Heading(_)
            | Block::Text(_)
            | Block::Points(_)
            | Block::Facts(_)
            | Block::Figure(_)
            | Block::ToAdd(_) => None,
        })
    }
}

impl Document for Report {
    const TEMPLATE: &'static str = "report";

    fn head(&self) -> &Head {
        &self.head
    }

    fn samples() -> Result<Vec<Self>, PrintError> {
        Ok(super::report_samples::reports())
    }
}

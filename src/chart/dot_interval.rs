// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How high is each score, and how sure is it? One dot with its interval per row.

use super::drawing::{Drawing, RADIUS, Scale, Size, hint};
use super::figure::{Anchor, Caption, Cell, Figure, Table, TableRow};
use super::legend::{self, Key, Symbol};
use super::reading::{Range, Reading};
use super::row::{self, Place, Row};
use super::series::Tone;

/// Height of the marks of a row above and below their line, in drawing units.
const REACH: f64 = 11.0;

/// Dots with their intervals on the score scale, in the order given.
#[derive(Clone, Debug, PartialEq)]
pub struct DotInterval {
    /// From top to bottom.
    pub rows: Vec<DotRow>,
    /// Name of the scale.
    pub axis: Option<String>,
    /// A stretch of the scale to shade.
    pub band: Option<Range>,
    /// What the marks stand for; the shaded stretch is added by itself.
    pub keys: Vec<Key>,
    /// Heads of the table's columns.
    pub headings: DotHeadings,
}

/// One row of a [`DotInterval`].
#[derive(Clone, Debug, PartialEq)]
pub struct DotRow {
    /// Name of what is scored.
    pub label: String,
    /// A remark under the name, such as how many answered.
    pub sublabel: Option<String>,
    /// Pillar or series.
    pub tone: Tone,
    /// The score, or why there is none.
    pub reading: Reading,
}

/// Heads of the table's columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DotHeadings {
    /// Above the names of the rows.
    pub row: String,
    /// Above the remarks; the column is left out if there are none.
    pub sublabel: String,
    /// Above the scores.
    pub value: String,
    /// Above the intervals; the column is left out if there are none.
    pub interval: String,
}

impl DotInterval {
    /// The chart as a page shows it.
    #[must_use]
    pub fn figure(&self, anchor: &Anchor, caption: &Caption) -> Figure {
        Figure::new(anchor, caption, self.table(), |size| self.draw(size))
    }

    fn draw(&self, size: Size) -> Drawing {
        let mut drawing = Drawing::new(size);
        let scale = match size {
            Size::Wide => Scale { left: 228.0, right: 664.0 },
            Size::Narrow => Scale { left: 14.0, right: 304.0 },
        };
        let below_keys = legend::draw(&mut drawing, &self.keys());
        let top = drawing.scale_head(scale, below_keys, self.axis.as_deref(), "");
        let mut y = top;
        for row in &self.rows {
            let place = place_row(&mut drawing, scale, row, y);
            if row.reading.point().is_some() {
                if let Some(band) = &self.band {
                    drawing.shade(scale, band, place.grid_top, place.grid_bottom);
                }
                draw_marks(&mut drawing, scale, row, place);
            }
            y = place.bottom;
        }
        drawing.height = row::close(&mut drawing, scale, self.rows.len(), y);
        drawing
    }

    fn keys(&self) -> Vec<Key> {
        let band = self.band.iter().map(|band| Key { symbol: Symbol::Band, label: band.label.clone() });
        self.keys.iter().cloned().chain(band).collect()
    }

    /// The numbers of the chart; columns nobody fills are left out.
    fn table(&self) -> Table {
        let sublabels = self.rows.iter().any(|row| row.sublabel.is_some());
        let intervals = self.rows.iter().any(|row| row.reading.interval().is_some());
        let chosen = |cells: [Option<Cell>; 3]| cells.into_iter().flatten().collect();
        let headings = &self.headings;
        let mut columns = vec![headings.row.clone()];
        columns.extend(sublabels.then(|| headings.sublabel.clone()));
        columns.push(headings.value.clone());
        columns.extend(intervals.then(|| headings.interval.clone()));
        let row = |row: &DotRow| TableRow {
            header: row.label.clone(),
            cells: chosen([
                sublabels.then(|| Cell::text(row.sublabel.clone().unwrap_or_default())),
                Some(Cell::score(&row.reading)),
                intervals.then(|| Cell::interval(&row.reading)),
            ]),
        };
        Table { columns, rows: self.rows.iter().map(row).collect(), ..Table::default() }
    }
}

fn place_row(drawing: &mut Drawing, scale: Scale, row: &DotRow, top: f64) -> Place {
    let words = Row {
        label: &row.label,
        sublabel: row.sublabel.as_deref(),
        value: row.reading.point().map_or("", |point| point.shown()),
        reach: if row.reading.point().is_some() { (REACH, REACH) } else { (0.0, 0.0) },
        remark: row.reading.reason().unwrap_or_default(),
    };
    row::place(drawing, scale, &words, top)
}

fn draw_marks(drawing: &mut Drawing, scale: Scale, row: &DotRow, place: Place) {
    drawing.scale_lines(scale, place.grid_top, place.grid_bottom);
    if let Some(interval) = row.reading.interval() {
        drawing.interval(&row.tone.interval_class(), scale, place.line, interval);
    }
    if let Some(point) = row.reading.point() {
        let title = Some(hint(&row.label, point.shown(), row.reading.interval()));
        drawing.dot(row.tone, (scale.x(point.value()), place.line), RADIUS, title);
    }
}

#[cfg(test)]
mod tests {
    use super::super::reading::{Interval, Point, Refused};
    use super::*;

    fn chart(readings: Vec<Reading>) -> DotInterval {
        let row = |reading| DotRow { label: "Fiducia".into(), sublabel: None, tone: Tone::Results, reading };
        let text = || "x".to_owned();
        DotInterval {
            rows: readings.into_iter().map(row).collect(),
            axis: None,
            band: None,
            keys: Vec::new(),
            headings: DotHeadings { row: text(), sublabel: text(), value: text(), interval: text() },
        }
    }

    #[test]
    fn one_row_has_one_dot_and_a_withheld_row_has_words_in_its_place() -> Result<(), Refused> {
        let shown = chart(vec![Reading::Shown(Point::new(0.0, "0")?, None)]).draw(Size::Wide);
        assert_eq!(shown.marks.len(), 1);
        let withheld = chart(vec![Reading::Withheld("meno di 5 risposte".into())]).draw(Size::Wide);
        assert!(withheld.marks.is_empty() && withheld.strokes.is_empty());
        let reasons = withheld.texts.iter().flat_map(|text| &text.lines);
        assert!(reasons.map(|line| &line.words).any(|words| words == "meno di 5 risposte"));
        Ok(())
    }

    #[test]
    fn sixty_rows_make_a_long_chart_whose_scale_is_repeated_below() -> Result<(), Refused> {
        let reading = Reading::Shown(Point::new(50.0, "50")?, None);
        let numbers = |rows| {
            let drawing = chart(vec![reading.clone(); rows]).draw(Size::Narrow);
            let lines = drawing.texts.iter().flat_map(|text| &text.lines);
            lines.filter(|line| line.words == "100").count()
        };
        assert_eq!((numbers(12), numbers(60)), (1, 2));
        Ok(())
    }

    #[test]
    fn the_table_leaves_out_what_nobody_has() -> Result<(), Refused> {
        let bare = chart(vec![Reading::Shown(Point::new(1.0, "1")?, None)]).table();
        assert_eq!(bare.columns.len(), 2);
        let interval = Some(Interval::new(0.0, 2.0, "0–2")?);
        let full = chart(vec![Reading::Shown(Point::new(1.0, "1")?, interval)]).table();
        assert_eq!(full.columns.len(), 3);
        assert!(full.rows.iter().all(|row| row.cells.len() == 2));
        Ok(())
    }
}

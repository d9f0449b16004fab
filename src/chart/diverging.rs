// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do the answers to a question lie: at the low end, in the middle, at the high end of its scale?

use super::drawing::{Drawing, Scale, Size, Voice, hint};
use super::figure::{Anchor, Caption, Cell, Figure, Table, TableRow};
use super::legend::{self, Key, Symbol};
use super::row::{self, Place, Row};
use super::series::Part;

/// Half the height of a bar, in drawing units.
const HALF: f64 = 11.0;
/// Between a bar and the number at its end, in drawing units.
const SPACE: f64 = 6.0;

/// One bar per question, the middle of its answers on one line, low answers to the left and high ones to the right.
#[derive(Clone, Debug, PartialEq)]
pub struct DivergingBars {
    /// From top to bottom.
    pub rows: Vec<BarRow>,
    /// The words around the bars.
    pub words: BarWords,
}

/// One row of [`DivergingBars`].
#[derive(Clone, Debug, PartialEq)]
pub struct BarRow {
    /// The question.
    pub label: String,
    /// A remark under it, such as how many answered.
    pub sublabel: String,
    /// How its answers lie, or why that is not shown.
    pub answers: Result<Shares, String>,
}

/// Shares of the answers at the low end, in the middle and at the high end, as the page writes them beside.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    parts: [f64; 3],
    shown: [String; 3],
}

/// The words around the bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarWords {
    /// Above the questions in the table.
    pub row: String,
    /// Above the remarks in the table.
    pub sublabel: String,
    /// Low end, middle, high end.
    pub parts: [String; 3],
}

impl Shares {
    /// Shares of counts at the low end, in the middle and at the high end; nothing where nobody answered.
    #[must_use]
    pub fn new(counts: [u64; 3], shown: [String; 3]) -> Option<Self> {
        let whole: u64 = counts.iter().sum();
        #[expect(clippy::cast_precision_loss, reason = "counts of answers are far below 2^52")]
        let parts = counts.map(|count| count as f64 / whole as f64);
        (whole > 0).then_some(Self { parts, shown })
    }
}

impl DivergingBars {
    /// The chart as a page shows it.
    #[must_use]
    pub fn figure(&self, anchor: &Anchor, caption: &Caption) -> Figure {
        Figure::new(anchor, caption, self.table(), |size| self.draw(size))
    }

    fn draw(&self, size: Size) -> Drawing {
        let mut drawing = Drawing::new(size);
        let scale = match size {
            Size::Wide => Scale { left: 268.0, right: 668.0 },
            Size::Narrow => Scale { left: 44.0, right: 276.0 },
        };
        let parts = Part::ALL.into_iter().zip(&self.words.parts);
        let keys: Vec<Key> =
            parts.map(|(part, label)| Key { symbol: Symbol::Part(part), label: label.clone() }).collect();
        let mut y = legend::draw(&mut drawing, &keys);
        for row in &self.rows {
            let place = place_row(&mut drawing, scale, row, y);
            if let Ok(shares) = &row.answers {
                draw_bar(&mut drawing, scale, (&row.label, shares), place);
            }
            y = place.bottom;
        }
        drawing.height = y;
        drawing
    }

    fn table(&self) -> Table {
        let mut columns = vec![self.words.row.clone(), self.words.sublabel.clone()];
        columns.extend(self.words.parts.iter().cloned());
        let row = |row: &BarRow| {
            let mut cells = vec![Cell::text(row.sublabel.clone())];
            match &row.answers {
                Ok(shares) => cells.extend(shares.shown.iter().cloned().map(Cell::text)),
                Err(reason) => {
                    cells.extend([0; 3].map(|_| Cell { text: String::new(), withheld: Some(reason.clone()) }));
                }
            }
            TableRow { header: row.label.clone(), cells }
        };
        Table { columns, rows: self.rows.iter().map(row).collect(), ..Table::default() }
    }
}

fn place_row(drawing: &mut Drawing, scale: Scale, row: &BarRow, top: f64) -> Place {
    let words = Row {
        label: &row.label,
        sublabel: Some(&row.sublabel),
        value: "",
        reach: if row.answers.is_ok() { (HALF, HALF) } else { (0.0, 0.0) },
        remark: row.answers.as_ref().err().map_or("", String::as_str),
    };
    row::place(drawing, scale, &words, top)
}

/// The three parts around the line in the middle, with the numbers of the two ends.
fn draw_bar(drawing: &mut Drawing, scale: Scale, (label, shares): (&str, &Shares), place: Place) {
    let [low, middle, _] = shares.parts;
    let half = scale.width() / 2.0;
    let mut x = scale.left + half * (1.0 - low - middle / 2.0);
    let start = x;
    for ((part, share), shown) in Part::ALL.into_iter().zip(shares.parts).zip(&shares.shown) {
        let end = x + half * share;
        if share > 0.0 {
            drawing.bar(part, (x, end), (place.line, HALF), Some(hint(label, shown, None)));
        }
        x = end;
    }
    let centre = scale.left + half;
    drawing.line("chart-axis", (centre, place.grid_top), (centre, place.grid_bottom), 1.0);
    let [low, _, high] = &shares.shown;
    drawing.words(Voice::Value, "end", (start - SPACE, place.line), low);
    drawing.words(Voice::Value, "start", (x + SPACE, place.line), high);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> [String; 3] {
        ["12%", "50%", "38%"].map(str::to_owned)
    }

    #[test]
    fn nobody_has_no_shares() {
        assert_eq!(Shares::new([0, 0, 0], words()), None);
    }

    #[test]
    fn a_share_of_nothing_is_not_drawn_and_the_middle_stays_in_the_middle() {
        let chart = |counts| DivergingBars {
            rows: vec![BarRow {
                label: "a".into(),
                sublabel: String::new(),
                answers: Ok(Shares::new(counts, words()).unwrap()),
            }],
            words: BarWords { row: String::new(), sublabel: String::new(), parts: words() },
        };
        // Three marks are those of the legend.
        let drawn = |counts| chart(counts).draw(Size::Wide).marks.len() - 3;
        assert_eq!([drawn([1, 2, 3]), drawn([0, 0, 5]), drawn([0, 7, 0])], [3, 1, 1]);
        let middle = chart([0, 7, 0]).draw(Size::Wide).marks.pop().unwrap().path;
        assert!(middle.starts_with("M368.0 ") && middle.contains("L568.0 "), "{middle}");
    }

    #[test]
    fn what_is_withheld_has_words_and_no_bar() {
        let row = BarRow { label: "a".into(), sublabel: String::new(), answers: Err("meno di dieci risposte".into()) };
        let words = BarWords { row: String::new(), sublabel: String::new(), parts: words() };
        let chart = DivergingBars { rows: vec![row], words };
        assert_eq!(chart.draw(Size::Narrow).marks.len(), 3);
        assert!(chart.table().rows[0].cells[1].withheld.is_some());
    }
}

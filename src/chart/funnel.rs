// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which projects lie further from the mean than chance and the usual differences allow?
//!
//! After Spiegelhalter (2005): scores against their standard error, with the limits within which 95 % and 99.8 % of
//! projects like these would lie. Left the uncertain ones, right the precise ones.

use super::drawing::{Drawing, RADIUS, Size, Stroke, TICKS, Voice, hint};
use super::figure::{Anchor, Caption, Cell, Figure, Table, TableRow};
use super::legend::{self, Key, Symbol};
use super::lettering::LINE_HEIGHT;
use super::reading::Point;
use super::series::{Series, Tone};

/// Of how many pieces a curved limit is drawn.
const PIECES: u32 = 24;
/// The two pairs of limits, in standard errors, with their dash.
const LIMITS: [(f64, &str); 2] = [(1.96, "8 4"), (3.09, "2 4")];

/// Projects around their mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    /// The projects, in the order given.
    pub points: Vec<FunnelPoint>,
    /// Their mean, 0 to 100.
    pub mean: f64,
    /// Standard deviation of the projects beyond chance, in points.
    pub spread: f64,
    /// The words around it.
    pub words: FunnelWords,
}

/// One project.
#[derive(Clone, Debug, PartialEq)]
pub struct FunnelPoint {
    /// Its name.
    pub label: String,
    /// Its score.
    pub point: Point,
    /// Its standard error, in points, above 0, and as the page writes it.
    pub error: (f64, String),
}

/// The words around a funnel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunnelWords {
    /// Name of the upright scale.
    pub axis: String,
    /// Name of the lying scale.
    pub error: String,
    /// Above the names in the table.
    pub row: String,
    /// Above the scores in the table.
    pub value: String,
    /// What the lines are.
    pub lines: [String; 3],
}

/// Where scores and errors lie.
struct Plot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// The error at the left end.
    widest: f64,
}

impl Plot {
    fn at(&self, error: f64, score: f64) -> (f64, f64) {
        let x = self.right - (self.right - self.left) * (error / self.widest).clamp(0.0, 1.0);
        (x, self.bottom - (self.bottom - self.top) * score.clamp(0.0, 100.0) / 100.0)
    }
}

impl Funnel {
    /// The chart as a page shows it.
    #[must_use]
    pub fn figure(&self, anchor: &Anchor, caption: &Caption) -> Figure {
        Figure::new(anchor, caption, self.table(), |size| self.draw(size))
    }

    fn draw(&self, size: Size) -> Drawing {
        let mut drawing = Drawing::new(size);
        let top = legend::draw(&mut drawing, &self.keys());
        let name = size.wrap(&self.words.axis, size.width(), 2);
        drawing.lines(Voice::Muted, "start", (0.0, top + LINE_HEIGHT / 2.0), &name);
        let top = top + name.height() + 12.0;
        let widest = self.points.iter().map(|one| one.error.0).fold(1.0, f64::max) * 1.1;
        let plot = Plot { left: 40.0, right: size.width() - 20.0, top, bottom: top + 300.0, widest };
        draw_scale(&mut drawing, &plot);
        self.draw_limits(&mut drawing, &plot);
        for (place, one) in self.points.iter().enumerate() {
            let title = Some(hint(&one.label, one.point.shown(), None));
            let tone = Tone::Series(Series::at(place));
            drawing.dot(tone, plot.at(one.error.0, one.point.value()), RADIUS, title);
        }
        let error = size.wrap(&self.words.error, size.width(), 3);
        drawing.lines(Voice::Muted, "start", (plot.left, plot.bottom + LINE_HEIGHT), &error);
        drawing.height = plot.bottom + LINE_HEIGHT / 2.0 + error.height() + 6.0;
        drawing
    }

    fn keys(&self) -> Vec<Key> {
        let project = |(place, one): (usize, &FunnelPoint)| Key {
            symbol: Symbol::Dot(Tone::Series(Series::at(place))),
            label: one.label.clone(),
        };
        let dashes = [None, Some(LIMITS[0].1), Some(LIMITS[1].1)];
        let lines = dashes.into_iter().zip(&self.words.lines);
        let lines = lines.map(|(dash, label)| Key { symbol: Symbol::Limit(dash), label: label.clone() });
        self.points.iter().enumerate().map(project).chain(lines).collect()
    }

    /// The mean, and how far from it a project of each standard error may lie.
    fn draw_limits(&self, drawing: &mut Drawing, plot: &Plot) {
        drawing.line("chart-limit", plot.at(plot.widest, self.mean), plot.at(0.0, self.mean), 2.0);
        for (errors, dash) in LIMITS {
            for side in [-errors, errors] {
                let at = |piece: u32| {
                    let error = plot.widest * f64::from(piece) / f64::from(PIECES);
                    plot.at(error, self.mean + side * error.hypot(self.spread))
                };
                for piece in 0..PIECES {
                    let ((x1, y1), (x2, y2)) = (at(piece), at(piece + 1));
                    let class = "chart-limit".to_owned();
                    drawing.strokes.push(Stroke { class, x1, y1, x2, y2, thickness: 1.5, dash: Some(dash) });
                }
            }
        }
    }

    fn table(&self) -> Table {
        let words = &self.words;
        let row = |one: &FunnelPoint| TableRow {
            header: one.label.clone(),
            cells: vec![Cell::text(one.point.shown()), Cell::text(one.error.1.clone())],
        };
        Table {
            columns: vec![words.row.clone(), words.value.clone(), words.error.clone()],
            rows: self.points.iter().map(row).collect(),
            ..Table::default()
        }
    }
}

/// The lines and numbers of the upright scale.
fn draw_scale(drawing: &mut Drawing, plot: &Plot) {
    for (value, shown) in TICKS {
        let (x, y) = plot.at(plot.widest, value);
        let class = if value > 0.0 { "chart-grid" } else { "chart-axis" };
        drawing.line(class, (x, y), (plot.right, y), 1.0);
        drawing.words(Voice::Muted, "end", (plot.left - 8.0, y), shown);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn funnel(points: &[(f64, f64)]) -> Funnel {
        let point = |(score, error): &(f64, f64)| FunnelPoint {
            label: "P".into(),
            point: Point::new(*score, "x").unwrap(),
            error: (*error, "y".into()),
        };
        let text = || "x".to_owned();
        Funnel {
            points: points.iter().map(point).collect(),
            mean: 63.167,
            spread: 42.235_f64.sqrt(),
            words: FunnelWords {
                axis: text(),
                error: text(),
                row: text(),
                value: text(),
                lines: [(); 3].map(|()| text()),
            },
        }
    }

    #[test]
    fn precise_projects_stand_right_of_uncertain_ones() {
        let drawing = funnel(&[(50.0, 8.0), (50.0, 2.0)]).draw(Size::Wide);
        let x = |mark: usize| drawing.marks[mark].path[1..].split(' ').next().unwrap().parse::<f64>().unwrap();
        // The first two marks are those of the legend.
        assert!(x(2) < x(3));
    }

    #[test]
    fn limits_narrow_to_the_differences_beyond_chance() {
        let funnel = funnel(&[(71.2, 3.1), (77.8, 8.2)]);
        let drawing = funnel.draw(Size::Wide);
        let limits: Vec<&Stroke> = drawing.strokes.iter().filter(|one| one.dash == Some("8 4")).collect();
        let right = limits.iter().filter(|one| (one.x1 - 700.0).abs() < 0.1).map(|one| one.y1).collect::<Vec<_>>();
        let reach = (right[0] - right[1]).abs() / 3.0;
        assert!((reach - 2.0 * 1.96 * 42.235_f64.sqrt()).abs() < 0.1, "{reach}");
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the marks of a drawing stand for?

use super::drawing::{Band, Drawing, RADIUS, Stroke, Voice};
use super::lettering::LINE_HEIGHT;
use super::series::{Part, Series, Tone, Verdict};

/// From the start of a symbol to its words, in drawing units.
const SYMBOL: f64 = 22.0;
/// The same for symbols that are lines.
const LONG_SYMBOL: f64 = 40.0;
/// Between one entry and the next, in drawing units.
const SPACE: f64 = 22.0;

/// One entry of the legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// What is drawn.
    pub symbol: Symbol,
    /// What it stands for, in the page's language.
    pub label: String,
}

/// What a legend entry shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// A dot of a pillar or series.
    Dot(Tone),
    /// The bar of an interval.
    Interval,
    /// A shaded stretch of the scale.
    Band,
    /// The line of a change.
    Line(Verdict),
    /// The sign for a score that is not shown.
    Absent,
    /// A part of a bar.
    Part(Part),
    /// A mean, or a limit with its dash.
    Limit(Option<&'static str>),
}

impl Symbol {
    fn room(self) -> f64 {
        match self {
            Self::Dot(_) | Self::Band | Self::Absent | Self::Part(_) => SYMBOL,
            Self::Interval | Self::Line(_) | Self::Limit(_) => LONG_SYMBOL,
        }
    }
}

/// Sets the entries from left to right, in as many lines as needed; gives the y below them.
pub(super) fn draw(drawing: &mut Drawing, keys: &[Key]) -> f64 {
    let (mut x, mut y, mut depth) = (0.0_f64, 0.0_f64, 0.0_f64);
    for key in keys {
        let room = key.symbol.room();
        let wrapped = drawing.size.wrap(&key.label, drawing.width - room, 3);
        let width = wrapped.width(drawing.font_size);
        if x > 0.0 && x + room + width > drawing.width {
            (x, y, depth) = (0.0, y + depth + 4.0, 0.0);
        }
        let middle = y + LINE_HEIGHT / 2.0;
        symbol(drawing, key.symbol, x, middle);
        drawing.lines(Voice::Label, "start", (x + room, middle), &wrapped);
        x += room + width + SPACE;
        depth = depth.max(wrapped.height());
    }
    if keys.is_empty() { 0.0 } else { y + depth + 14.0 }
}

fn symbol(drawing: &mut Drawing, symbol: Symbol, x: f64, y: f64) {
    match symbol {
        Symbol::Dot(tone) => drawing.dot(tone, (x + 8.0, y), RADIUS, None),
        Symbol::Interval => drawing.line("chart-interval", (x + 1.0, y), (x + 31.0, y), 3.0),
        Symbol::Band => drawing.bands.push(Band { x, y: y - 7.0, width: 16.0, height: 14.0 }),
        Symbol::Line(verdict) => {
            line(drawing, format!("chart-slope {}", verdict.class()), (x, y), (2.5, verdict.dash()));
        }
        Symbol::Limit(dash) => line(drawing, "chart-limit".to_owned(), (x, y), (1.5, dash)),
        Symbol::Part(part) => drawing.bar(part, (x, x + 16.0), (y, 7.0), None),
        Symbol::Absent => drawing.absent(Tone::Series(Series::at(0)), (x + 8.0, y), None),
    }
}

fn line(drawing: &mut Drawing, class: String, (x, y): (f64, f64), (thickness, dash): (f64, Option<&'static str>)) {
    drawing.strokes.push(Stroke { class, x1: x + 1.0, y1: y, x2: x + 33.0, y2: y, thickness, dash });
}

#[cfg(test)]
mod tests {
    use super::super::drawing::Size;
    use super::*;

    fn key(label: &str) -> Key {
        Key { symbol: Symbol::Interval, label: label.to_owned() }
    }

    #[test]
    fn no_entries_take_no_room() {
        let mut drawing = Drawing::new(Size::Wide);
        assert!(draw(&mut drawing, &[]).abs() < f64::EPSILON);
    }

    #[test]
    fn entries_that_do_not_fit_go_on_the_next_line() {
        let keys = [key("Intervallo al 95%"), key("Intervallo al 80%"), key("Intervallo al 50%")];
        let wide = draw(&mut Drawing::new(Size::Wide), &keys);
        let narrow = draw(&mut Drawing::new(Size::Narrow), &keys);
        assert!(narrow > wide);
    }
}

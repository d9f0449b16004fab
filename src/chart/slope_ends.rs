// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which line is which? Names and last scores at the right end, kept clear of each other.

use super::drawing::{Drawing, RADIUS, Size, Voice};
use super::lettering::{LINE_HEIGHT, Wrapped};
use super::slope::SlopeLine;
use super::slope_labels::{Wish, spread};
use super::slope_plot::{Plot, Track};

/// Between one name and the next, in drawing units.
const SPACE: f64 = 5.0;
/// From a name's mark to its words, in drawing units.
const SYMBOL: f64 = 12.0;

/// The name of a line, with its last score if the last wave is shown.
struct End {
    value: String,
    name: Wrapped,
}

impl End {
    fn length(&self) -> f64 {
        self.name.height().max(LINE_HEIGHT) + SPACE
    }
}

/// Height that the names of all lines need, one below the other, in drawing units.
pub(super) fn height(size: Size, lines: &[SlopeLine], room: f64) -> f64 {
    ends(size, lines, room).iter().map(End::length).sum()
}

/// Adds the names, each as near its line's last score as the others allow. A narrow drawing has room for marks and
/// scores only, its names are in the legend; and a single line has all its scores in the field.
pub(super) fn draw(drawing: &mut Drawing, plot: &Plot, lines: &[SlopeLine], tracks: &[Track]) {
    if drawing.size == Size::Narrow && lines.len() == 1 {
        return;
    }
    let ends = ends(drawing.size, lines, drawing.width - plot.names);
    let last = |track: &Track| track.iter().rev().flatten().next().copied();
    let places: Vec<Option<(f64, f64)>> = tracks.iter().map(last).collect();
    let wish = |(end, place): (&End, &Option<(f64, f64)>)| Wish {
        start: place.map_or(plot.bottom, |(_, y)| y) - LINE_HEIGHT / 2.0,
        length: end.length(),
    };
    let wishes: Vec<Wish> = ends.iter().zip(&places).map(wish).collect();
    let starts = spread(&wishes, plot.top - LINE_HEIGHT / 2.0, plot.bottom + LINE_HEIGHT / 2.0 + SPACE);
    let indent = indent(drawing.size, &ends);
    for ((end, line), (start, place)) in ends.iter().zip(lines).zip(starts.iter().zip(places)) {
        let y = start + LINE_HEIGHT / 2.0;
        match place {
            Some(from) => lead(drawing, plot, from, y),
            None if drawing.size == Size::Narrow => continue,
            None => {}
        }
        write(drawing, end, line, (plot.names, y, indent));
    }
}

fn ends(size: Size, lines: &[SlopeLine], room: f64) -> Vec<End> {
    let value = |line: &SlopeLine| {
        let point = line.readings.last().and_then(|reading| reading.point()).filter(|_| lines.len() > 1);
        point.map_or_else(String::new, |point| point.shown().to_owned())
    };
    let unnamed = |line| End { value: value(line), name: Wrapped { lines: Vec::new(), full: None } };
    let mut ends: Vec<End> = lines.iter().map(unnamed).collect();
    let room = room - indent(size, &ends);
    for (end, line) in ends.iter_mut().zip(lines) {
        end.name = size.wrap(if size == Size::Wide { &line.label } else { "" }, room, 3);
    }
    ends
}

/// Names begin at one place, after the mark and the longest score.
fn indent(size: Size, ends: &[End]) -> f64 {
    let widest = ends.iter().map(|end| size.measure(&end.value)).fold(0.0, f64::max);
    SYMBOL + if widest > 0.0 { widest + 7.0 } else { 0.0 }
}

/// A thin line from the last score to its name, where they do not stand side by side.
fn lead(drawing: &mut Drawing, plot: &Plot, from: (f64, f64), y: f64) {
    let edge = plot.right - 4.0;
    let start = from.0 + RADIUS + 3.0;
    if start < edge {
        drawing.line("chart-grid", (start, from.1), (edge, from.1), 1.0);
    }
    drawing.line("chart-grid", (start.max(edge), from.1), (plot.names - 4.0, y), 1.0);
}

fn write(drawing: &mut Drawing, end: &End, line: &SlopeLine, at: (f64, f64, f64)) {
    let (x, y, indent) = at;
    drawing.dot(line.tone, (x + 3.0, y), RADIUS - 2.0, None);
    drawing.words(Voice::Value, "end", (x + indent - 7.0, y), &end.value);
    let shown = line.readings.last().is_some_and(|reading| reading.point().is_some());
    let voice = if shown { Voice::Label } else { Voice::Muted };
    drawing.lines(voice, "start", (x + indent, y), &end.name);
}

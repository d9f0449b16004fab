// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which wave is which, and who is not shown at it?

use super::drawing::{Drawing, Voice, number};
use super::lettering::{LINE_HEIGHT, Wrapped, clean};
use super::slope::{SlopeLine, Wave};
use super::slope_labels::levels;
use super::slope_plot::Plot;

/// From one sign to the next, in drawing units.
const SIGN: f64 = 13.0;
/// Signs stand in at most so many lines; where there are more, their number stands instead.
const MOST_LINES: usize = 3;

/// Adds the signs of what is not shown and the names of the waves below the field; gives the y below them.
pub(super) fn draw(drawing: &mut Drawing, plot: &Plot, waves: &[Wave], lines: &[SlopeLine]) -> f64 {
    let mut below = plot.bottom + 8.0 + plot.margin / 2.0;
    for (wave, x) in plot.waves.iter().enumerate() {
        below = below.max(draw_absent(drawing, plot, lines, (wave, *x)));
    }
    let size = drawing.size;
    let words = waves.iter().flat_map(|wave| wave.label.split_whitespace());
    let longest = words.map(|word| size.measure(word)).fold(0.0, f64::max);
    let edge = plot.waves.iter().map(|x| 2.0 * x.min(drawing.width - x)).fold(f64::MAX, f64::min);
    let room = (plot.step - 6.0).min(edge).max(longest).clamp(40.0, 110.0);
    let names: Vec<Wrapped> = waves.iter().map(|wave| size.wrap(&wave.label, room, 3)).collect();
    draw_names(drawing, plot, &names, below)
}

fn draw_absent(drawing: &mut Drawing, plot: &Plot, lines: &[SlopeLine], at: (usize, f64)) -> f64 {
    let (wave, x) = at;
    let reason = |line: &SlopeLine| {
        Some((line.tone, line.readings.get(wave)?.reason().map(|reason| clean(&format!("{}: {reason}", line.label)))?))
    };
    let absent: Vec<_> = lines.iter().filter_map(reason).collect();
    let per_line = (1..=4).rev().find(|count| number(*count) * SIGN <= plot.step).unwrap_or(1);
    let middle = plot.bottom + 17.0;
    if absent.len() > per_line * MOST_LINES {
        return draw_count(drawing, (x, middle), absent.len());
    }
    for (row, signs) in absent.chunks(per_line).enumerate() {
        let first = x - number(signs.len() - 1) * SIGN / 2.0;
        for (column, (tone, title)) in signs.iter().enumerate() {
            let centre = (first + number(column) * SIGN, middle + number(row) * SIGN);
            drawing.absent(*tone, centre, Some(title.clone()));
        }
    }
    let rows = absent.len().div_ceil(per_line);
    plot.bottom + 8.0 + number(rows) * SIGN + if rows > 0 { 4.0 } else { 0.0 }
}

fn draw_count(drawing: &mut Drawing, centre: (f64, f64), count: usize) -> f64 {
    let (x, middle) = centre;
    drawing.absent(super::Tone::Facilitators, (x, middle), None);
    drawing.words(Voice::Muted, "middle", (x, middle + LINE_HEIGHT), &count.to_string());
    middle + LINE_HEIGHT * 1.5 + 4.0
}

/// Names that do not fit side by side go on a lower level, with a thin line down to them.
fn draw_names(drawing: &mut Drawing, plot: &Plot, names: &[Wrapped], top: f64) -> f64 {
    let width = |name: &Wrapped| name.width(drawing.font_size);
    let held = |(name, x): (&Wrapped, &f64)| {
        let half = width(name) / 2.0;
        (x.max(half).min(drawing.width - half), width(name))
    };
    let boxes: Vec<(f64, f64)> = names.iter().zip(&plot.waves).map(held).collect();
    let levels = levels(&boxes, 6.0);
    let depth = names.iter().map(Wrapped::height).fold(0.0, f64::max) + 6.0;
    for ((name, (x, _)), (level, tick)) in names.iter().zip(boxes).zip(levels.iter().zip(&plot.waves)) {
        let y = top + number(*level) * depth;
        if *level > 0 {
            drawing.line("chart-grid", (*tick, top), (*tick, y - 2.0), 1.0);
        }
        drawing.lines(Voice::Label, "middle", (x, y + LINE_HEIGHT / 2.0), name);
    }
    top + number(levels.iter().max().map_or(0, |deepest| deepest + 1)) * depth
}

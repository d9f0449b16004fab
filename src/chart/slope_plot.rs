// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Where do the waves, the scores and the lines between them lie?

use super::drawing::{BEYOND, Drawing, RADIUS, Size, Stroke, TICKS, Voice, hint, number};
use super::lettering::{LINE_HEIGHT, Wrapped};
use super::reading::{Interval, Reading};
use super::slope::{SlopeLine, Wave};
use super::{slope_ends, slope_waves};

/// Scores nearer than this would hide each other's dots; they step aside, in drawing units.
const TOUCHING: f64 = 10.0;
/// How far they step aside, in drawing units.
const STEP_ASIDE: f64 = 9.0;

/// The field of the lines.
pub(super) struct Plot {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Room above and below for the open ends of intervals.
    pub(super) margin: f64,
    /// Where the names at the right end begin.
    pub(super) names: f64,
    /// One per wave.
    pub(super) waves: Vec<f64>,
    /// Least distance of two waves.
    pub(super) step: f64,
    name_top: f64,
    scale_name: Wrapped,
}

/// Where the scores of one line lie, one per wave.
pub(super) type Track = Vec<Option<(f64, f64)>>;

impl Plot {
    /// A field below the legend, high enough for the names of all lines.
    pub(super) fn new(size: Size, waves: &[Wave], lines: &[SlopeLine], top: f64, scale: Option<&str>) -> Self {
        let single = lines.len() == 1;
        let (right, names, inset, height) = match size {
            Size::Wide => (476.0, 500.0, 28.0, 320.0),
            Size::Narrow if single => (316.0, 318.0, 36.0, 260.0),
            Size::Narrow => (254.0, 274.0, 20.0, 280.0),
        };
        let left = 36.0;
        let scale_name = size.wrap(scale.unwrap_or_default(), size.width(), 2);
        let name_top = top;
        let margin = if single { 16.0 } else { 0.0 };
        let top = top + scale_name.height() + 18.0 + margin;
        let waves = positions(waves, left + inset, right - inset);
        let distances = waves.iter().zip(waves.iter().skip(1)).map(|(a, b)| b - a);
        let step = distances.fold(f64::MAX, f64::min);
        let needed = slope_ends::height(size, lines, size.width() - names);
        let bottom = top + f64::max(height, needed - LINE_HEIGHT);
        Self { left, right, top, bottom, margin, names, waves, step, name_top, scale_name }
    }

    /// Height of a score; beyond the scale it is held at its end.
    fn y(&self, score: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * score.clamp(0.0, 100.0) / 100.0
    }

    /// Where the scores of every line lie. Scores of one wave that would hide each other stand side by side.
    fn tracks(&self, lines: &[SlopeLine]) -> Vec<Track> {
        let mut tracks: Vec<Track> = vec![Vec::new(); lines.len()];
        for (wave, x) in self.waves.iter().enumerate() {
            let score = |line: &SlopeLine| Some(self.y(line.readings.get(wave)?.point()?.value()));
            let heights: Vec<Option<f64>> = lines.iter().map(score).collect();
            for (track, (height, shift)) in tracks.iter_mut().zip(heights.iter().zip(self.shifts(&heights))) {
                track.push(height.map(|y| (x + shift, y)));
            }
        }
        tracks
    }

    /// How far each score of one wave steps aside.
    fn shifts(&self, heights: &[Option<f64>]) -> Vec<f64> {
        let mut order: Vec<(usize, f64)> =
            heights.iter().enumerate().filter_map(|(line, height)| Some((line, (*height)?))).collect();
        order.sort_by(|a, b| a.1.total_cmp(&b.1));
        let mut shifts = vec![0.0; heights.len()];
        for bunch in order.chunk_by(|a, b| b.1 - a.1 < TOUCHING) {
            let mut members: Vec<usize> = bunch.iter().map(|(line, _)| *line).collect();
            members.sort_unstable();
            let last = number(members.len() - 1);
            let reach = f64::min(last * STEP_ASIDE / 2.0, f64::min(self.step / 2.0, 28.0) - RADIUS);
            for (place, line) in members.into_iter().enumerate() {
                if let Some(shift) = shifts.get_mut(line) {
                    *shift = reach * (2.0 * number(place) / last.max(1.0) - 1.0);
                }
            }
        }
        shifts
    }
}

/// Draws the whole chart below the legend.
pub(super) fn draw(drawing: &mut Drawing, plot: &Plot, waves: &[Wave], lines: &[SlopeLine]) {
    draw_scale(drawing, plot);
    let tracks = plot.tracks(lines);
    for (line, track) in lines.iter().zip(&tracks) {
        draw_line(drawing, line, track);
    }
    if let ([line], [track]) = (lines, tracks.as_slice()) {
        draw_intervals(drawing, plot, line, track);
    }
    for (line, track) in lines.iter().zip(&tracks) {
        draw_dots(drawing, line, track);
    }
    slope_ends::draw(drawing, plot, lines, &tracks);
    drawing.height = slope_waves::draw(drawing, plot, waves, lines);
}

/// Equal steps, or distances as in time.
fn positions(waves: &[Wave], left: f64, right: f64) -> Vec<f64> {
    let given: Option<Vec<f64>> = waves.iter().map(|wave| wave.position).collect();
    let places = given.unwrap_or_else(|| (0..waves.len()).map(number).collect());
    let first = places.first().copied().unwrap_or_default();
    let span = places.last().copied().unwrap_or_default() - first;
    places.iter().map(|place| left + (right - left) * (place - first) / span.max(f64::MIN_POSITIVE)).collect()
}

fn draw_scale(drawing: &mut Drawing, plot: &Plot) {
    drawing.lines(Voice::Muted, "start", (0.0, plot.name_top + LINE_HEIGHT / 2.0), &plot.scale_name);
    for (score, shown) in TICKS {
        let y = plot.y(score);
        let class = if score > 0.0 { "chart-grid" } else { "chart-axis" };
        drawing.line(class, (plot.left, y), (plot.right, y), 1.0);
        drawing.words(Voice::Muted, "end", (plot.left - 7.0, y), shown);
    }
    for x in &plot.waves {
        drawing.line("chart-axis", (*x, plot.bottom), (*x, plot.bottom + 5.0), 1.0);
    }
}

/// A verdict sets the look of the line; without one it has that of its series.
fn draw_line(drawing: &mut Drawing, line: &SlopeLine, track: &Track) {
    let look = line.verdict.map_or_else(|| line.tone.line_class(), |verdict| verdict.class().to_owned());
    for (from, to) in track.iter().zip(track.iter().skip(1)) {
        if let (Some((x1, y1)), Some((x2, y2))) = (*from, *to) {
            let class = format!("chart-slope {look}");
            let dash = line.verdict.and_then(super::Verdict::dash);
            drawing.strokes.push(Stroke { class, x1, y1, x2, y2, thickness: 2.5, dash });
        }
    }
}

fn draw_dots(drawing: &mut Drawing, line: &SlopeLine, track: &Track) {
    for (reading, place) in line.readings.iter().zip(track) {
        if let (Reading::Shown(point, interval), Some(centre)) = (reading, place) {
            let title = Some(hint(&line.label, point.shown(), interval.as_ref()));
            drawing.dot(line.tone, *centre, RADIUS, title);
        }
    }
}

/// Upright intervals, and the scores above them where there is room.
fn draw_intervals(drawing: &mut Drawing, plot: &Plot, line: &SlopeLine, track: &Track) {
    for (reading, place) in line.readings.iter().zip(track) {
        let (Reading::Shown(point, interval), Some((x, y))) = (reading, *place) else { continue };
        let above = interval.as_ref().map_or(y, |interval| draw_interval(drawing, plot, line, (x, interval)));
        if drawing.size.measure(point.shown()) + 4.0 < plot.step {
            drawing.words(Voice::Value, "middle", (x, above.min(y - RADIUS) - 10.0), point.shown());
        }
    }
}

/// What passes the scale ends in an arrow head beyond it. Gives the upper end.
fn draw_interval(drawing: &mut Drawing, plot: &Plot, line: &SlopeLine, placed: (f64, &Interval)) -> f64 {
    let (x, interval) = placed;
    let class = line.tone.interval_class();
    let (mut low, mut high) = (plot.y(interval.low()), plot.y(interval.high()));
    if interval.low() < 0.0 {
        low += BEYOND;
        drawing.arrow_head(&class, (x, low), (0.0, -6.0));
    }
    if interval.high() > 100.0 {
        high -= BEYOND;
        drawing.arrow_head(&class, (x, high), (0.0, 6.0));
    }
    drawing.line(&class, (x, low), (x, high), 3.0);
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(position: Option<f64>) -> Wave {
        Wave { label: "T0".into(), position }
    }

    #[test]
    fn waves_stand_at_equal_steps_or_as_in_time() {
        let at = |given: [Option<f64>; 3]| positions(&given.map(wave), 0.0, 100.0);
        assert_eq!(at([None, None, None]), [0.0, 50.0, 100.0]);
        assert_eq!(at([Some(10.0), Some(11.0), Some(20.0)]), [0.0, 10.0, 100.0]);
        assert_eq!(at([Some(10.0), None, Some(20.0)]), [0.0, 50.0, 100.0]);
    }

    #[test]
    fn equal_scores_step_aside_and_others_do_not() {
        let plot = Plot::new(Size::Wide, &[wave(None), wave(None)], &[], 0.0, None);
        assert_eq!(plot.shifts(&[]), Vec::<f64>::new());
        assert_eq!(plot.shifts(&[Some(10.0), None, Some(90.0)]), [0.0, 0.0, 0.0]);
        assert_eq!(plot.shifts(&[Some(50.0), Some(90.0), Some(50.0)]), [-4.5, 0.0, 4.5]);
    }
}

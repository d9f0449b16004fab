// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Of which few parts is every chart put together?

use serde::{Serialize, Serializer};

use super::lettering::{self, BASELINE, LINE_HEIGHT, Wrapped, clean};
use super::reading::{Interval, Range};
use super::series::{Part, Tone};

/// Radius of a mark, in drawing units.
pub(super) const RADIUS: f64 = 6.0;
/// How far beyond the scale an open end reaches, so that a dot at 0 or 100 does not hide it, in drawing units.
pub(super) const BEYOND: f64 = 13.0;
/// The values with a line and a number on the score scale.
pub(super) const TICKS: [(f64, &str); 5] = [(0.0, "0"), (25.0, "25"), (50.0, "50"), (75.0, "75"), (100.0, "100")];

/// The two widths in which every chart is drawn; the style sheet shows one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// 720 units, for screens from about 700 px and for paper.
    Wide,
    /// 320 units, for telephones: labels stand above the marks.
    Narrow,
}

impl Size {
    /// Width of the drawing, in drawing units.
    #[must_use]
    pub fn width(self) -> f64 {
        match self {
            Self::Wide => 720.0,
            Self::Narrow => 320.0,
        }
    }

    /// Size of the lettering, in drawing units: over 12 px on every screen from 320 px.
    #[must_use]
    pub fn font_size(self) -> f64 {
        match self {
            Self::Wide => 14.0,
            Self::Narrow => 15.0,
        }
    }

    /// Estimated width of a text, in drawing units.
    pub(super) fn measure(self, text: &str) -> f64 {
        lettering::width(text, self.font_size())
    }

    /// Breaks a text into at most `most` lines of a width in drawing units.
    pub(super) fn wrap(self, text: &str, room: f64, most: usize) -> Wrapped {
        lettering::wrap(text, room / self.font_size(), most)
    }
}

/// Everything drawn, back to front. Coordinates are in drawing units, origin at the top left.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drawing {
    /// Which of the two widths.
    pub size: Size,
    /// Width of the view box.
    pub width: f64,
    /// Height of the view box.
    #[serde(serialize_with = "tenths")]
    pub height: f64,
    /// Size of all lettering.
    pub font_size: f64,
    /// Shaded stretches.
    pub bands: Vec<Band>,
    /// Grid, axis, intervals and lines of change.
    pub strokes: Vec<Stroke>,
    /// Dots.
    pub marks: Vec<Mark>,
    /// Lettering.
    pub texts: Vec<Text>,
}

/// A shaded rectangle.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Band {
    /// Left edge.
    #[serde(serialize_with = "tenths")]
    pub x: f64,
    /// Upper edge.
    #[serde(serialize_with = "tenths")]
    pub y: f64,
    /// Width.
    #[serde(serialize_with = "tenths")]
    pub width: f64,
    /// Height.
    #[serde(serialize_with = "tenths")]
    pub height: f64,
}

/// A straight line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stroke {
    /// Classes.
    pub class: String,
    /// Start.
    #[serde(serialize_with = "tenths")]
    pub x1: f64,
    /// Start.
    #[serde(serialize_with = "tenths")]
    pub y1: f64,
    /// End.
    #[serde(serialize_with = "tenths")]
    pub x2: f64,
    /// End.
    #[serde(serialize_with = "tenths")]
    pub y2: f64,
    /// Thickness.
    pub thickness: f64,
    /// Dash pattern, if the line is broken.
    pub dash: Option<&'static str>,
}

/// A dot: a closed path, with the words shown when it is pointed at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mark {
    /// Classes.
    pub class: String,
    /// Path data.
    pub path: String,
    /// Words shown when it is pointed at.
    pub title: Option<String>,
}

/// A text of one or more lines.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Text {
    /// Classes.
    pub class: &'static str,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// The whole text, where the lines are cut short.
    pub full: Option<String>,
    /// The lines.
    pub lines: Vec<TextLine>,
}

/// One line of a text, on its baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TextLine {
    /// Where the line is anchored.
    #[serde(serialize_with = "tenths")]
    pub x: f64,
    /// Baseline.
    #[serde(serialize_with = "tenths")]
    pub y: f64,
    /// The words.
    pub words: String,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// A name.
    Label,
    /// A number to read.
    Value,
    /// An aside: a scale, a count, a reason.
    Muted,
}

/// The horizontal score scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub(super) left: f64,
    pub(super) right: f64,
}

impl Scale {
    /// Where a score lies; beyond the scale it is held at its end.
    pub(super) fn x(self, score: f64) -> f64 {
        self.left + (self.right - self.left) * score.clamp(0.0, 100.0) / 100.0
    }

    /// Width of the scale.
    pub(super) fn width(self) -> f64 {
        self.right - self.left
    }
}

impl Drawing {
    /// An empty drawing of a size; its height is set when it is finished.
    pub(super) fn new(size: Size) -> Self {
        Self {
            size,
            width: size.width(),
            height: 0.0,
            font_size: size.font_size(),
            bands: Vec::new(),
            strokes: Vec::new(),
            marks: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// Adds a line.
    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64), thickness: f64) {
        let ((x1, y1), (x2, y2)) = (from, to);
        let class = class.to_owned();
        self.strokes.push(Stroke { class, x1, y1, x2, y2, thickness, dash: None });
    }

    /// The same without words on its marks: nobody points at a telephone without touching it, and the table has them.
    pub(super) fn not_pointed_at(mut self) -> Self {
        self.marks.iter_mut().for_each(|mark| mark.title = None);
        self
    }

    /// Adds a dot.
    pub(super) fn dot(&mut self, tone: Tone, centre: (f64, f64), radius: f64, title: Option<String>) {
        let path = tone.path(centre.0, centre.1, radius);
        self.marks.push(Mark { class: tone.class(), path, title });
    }

    /// Adds a part of a lying bar from `left` to `right`, as high above as below its `middle`.
    pub(super) fn bar(&mut self, part: Part, ends: (f64, f64), (middle, half): (f64, f64), title: Option<String>) {
        let ((left, right), top, bottom) = (ends, middle - half, middle + half);
        let path = format!("M{left:.1} {top:.1} L{right:.1} {top:.1} L{right:.1} {bottom:.1} L{left:.1} {bottom:.1} Z");
        self.marks.push(Mark { class: part.class(), path, title });
    }

    /// Adds wrapped lines, the first one centred on `middle`.
    pub(super) fn lines(&mut self, voice: Voice, anchor: &'static str, at: (f64, f64), wrapped: &Wrapped) {
        let (x, middle) = at;
        let line = |(index, words): (usize, &String)| TextLine {
            x,
            y: middle + BASELINE + number(index) * LINE_HEIGHT,
            words: words.clone(),
        };
        let lines: Vec<TextLine> = wrapped.lines.iter().enumerate().map(line).collect();
        if !lines.is_empty() {
            let class = voice.class();
            self.texts.push(Text { class, anchor, full: wrapped.full.clone(), lines });
        }
    }

    /// Adds one line of text that is short by nature.
    pub(super) fn words(&mut self, voice: Voice, anchor: &'static str, at: (f64, f64), words: &str) {
        self.lines(voice, anchor, at, &self.size.wrap(words, self.width, 1));
    }

    /// Adds the name of the scale, the head of the numbers at the right, and the numbers of the scale; gives the y
    /// below them.
    pub(super) fn scale_head(&mut self, scale: Scale, top: f64, name: Option<&str>, head: &str) -> f64 {
        let left = if self.size == Size::Wide { scale.left } else { 0.0 };
        let head = self.size.wrap(head, self.width / 4.0, 1);
        let name = self.size.wrap(name.unwrap_or_default(), self.width - left - head.width(self.font_size) - 14.0, 2);
        self.lines(Voice::Muted, "start", (left, top + LINE_HEIGHT / 2.0), &name);
        self.lines(Voice::Muted, "end", (self.width, top + LINE_HEIGHT / 2.0), &head);
        self.scale_numbers(scale, top + name.height().max(head.height()))
    }

    /// Adds the numbers of the scale; gives the y below them.
    pub(super) fn scale_numbers(&mut self, scale: Scale, top: f64) -> f64 {
        for (value, shown) in TICKS {
            self.words(Voice::Muted, "middle", (scale.x(value), top + LINE_HEIGHT / 2.0), shown);
        }
        top + LINE_HEIGHT + 2.0
    }

    /// Adds the upright lines of the score scale between two heights; lines that end at the upper one are lengthened.
    pub(super) fn scale_lines(&mut self, scale: Scale, top: f64, bottom: f64) {
        for (value, _) in TICKS {
            let class = if value > 0.0 { "chart-grid" } else { "chart-axis" };
            let x = scale.x(value);
            let meets = |line: &&mut Stroke| line.class == class && same(line.x1, x) && same(line.y2, top);
            match self.strokes.iter_mut().rev().find(meets) {
                Some(line) => line.y2 = bottom,
                None => self.line(class, (x, top), (x, bottom), 1.0),
            }
        }
    }

    /// Shades a stretch of the score scale between two heights; a band that ends at the upper one is lengthened.
    pub(super) fn shade(&mut self, scale: Scale, range: &Range, top: f64, bottom: f64) {
        let (x, right) = (scale.x(range.low), scale.x(range.high));
        match self.bands.last_mut() {
            Some(band) if same(band.x, x) && same(band.y + band.height, top) => band.height = bottom - band.y,
            _ => self.bands.push(Band { x, y: top, width: (right - x).max(1.0), height: bottom - top }),
        }
    }

    /// Adds a lying interval; what passes the scale ends in an arrow head beyond it.
    pub(super) fn interval(&mut self, class: &str, scale: Scale, y: f64, interval: &Interval) {
        let (mut low, mut high) = (scale.x(interval.low()), scale.x(interval.high()));
        if interval.low() < 0.0 {
            low -= BEYOND;
            self.arrow_head(class, (low, y), (6.0, 0.0));
        }
        if interval.high() > 100.0 {
            high += BEYOND;
            self.arrow_head(class, (high, y), (-6.0, 0.0));
        }
        self.line(class, (low, y), (high, y), 3.0);
    }

    /// Adds the two strokes of an arrow head; `back` leads from the tip along the shaft.
    pub(super) fn arrow_head(&mut self, class: &str, tip: (f64, f64), back: (f64, f64)) {
        let (x, y) = (tip.0 + back.0, tip.1 + back.1);
        let (aside, down) = (back.1 * 0.8, back.0 * 0.8);
        self.line(class, tip, (x + aside, y + down), 2.0);
        self.line(class, tip, (x - aside, y - down), 2.0);
    }

    /// Adds the sign for a score that is not shown: the hollow shape of the one it belongs to.
    pub(super) fn absent(&mut self, tone: Tone, centre: (f64, f64), title: Option<String>) {
        let path = tone.path(centre.0, centre.1, RADIUS - 1.5);
        self.marks.push(Mark { class: format!("{} chart-muted", tone.class()), path, title });
    }
}

impl Voice {
    fn class(self) -> &'static str {
        match self {
            Self::Label => "chart-label",
            Self::Value => "chart-label chart-value",
            Self::Muted => "chart-label chart-label--muted",
        }
    }
}

/// What is shown when a mark is pointed at: the name, the score and its interval.
pub(super) fn hint(name: &str, score: &str, interval: Option<&Interval>) -> String {
    let interval = interval.map_or_else(String::new, |interval| format!(" ({})", interval.shown()));
    clean(&format!("{name}: {score}{interval}"))
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.01
}

/// A count as a factor of lengths.
pub(super) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn tenths<S: Serializer>(length: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((length * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { left: 100.0, right: 300.0 };

    #[test]
    fn the_scale_runs_from_0_to_100_and_holds_what_lies_beyond() {
        let x: Vec<f64> = [-20.0, 0.0, 50.0, 100.0, 130.0].map(|score| SCALE.x(score)).into();
        assert_eq!(x, [100.0, 100.0, 200.0, 300.0, 300.0]);
    }

    #[test]
    fn an_interval_beyond_the_scale_ends_in_an_arrow_head() -> Result<(), super::super::Refused> {
        let strokes = |low, high| {
            let mut drawing = Drawing::new(Size::Wide);
            drawing.interval("chart-interval", SCALE, 20.0, &Interval::new(low, high, "")?);
            Ok(drawing.strokes.len())
        };
        assert_eq!(strokes(0.0, 100.0)?, 1);
        assert_eq!(strokes(-1.0, 60.0)?, 3);
        assert_eq!(strokes(-1.0, 101.0)?, 5);
        Ok(())
    }

    #[test]
    fn lengths_are_written_with_one_decimal() -> Result<(), serde_json::Error> {
        let line = TextLine { x: 1.0 / 3.0, y: 2.0, words: String::new() };
        assert_eq!(serde_json::to_string(&line)?, r#"{"x":0.3,"y":2.0,"words":""}"#);
        Ok(())
    }
}

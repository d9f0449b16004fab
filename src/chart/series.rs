// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a mark look like, so that shape and dash tell it apart when colour cannot?

use std::fmt::Write as _;

/// How many series have a colour and a shape of their own.
const SERIES_COUNT: usize = 8;
/// The last series: a ring.
const RING: usize = 7;

/// One of eight looks (colour class and shape). A ninth series begins again at the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series(usize);

impl Series {
    /// The look of the series at a position, from 0.
    #[must_use]
    pub fn at(position: usize) -> Self {
        Self(position % SERIES_COUNT)
    }

    /// `series-1` to `series-8`.
    #[must_use]
    pub fn class(self) -> String {
        format!("series-{}", self.0 + 1)
    }

    /// The ring is a circle filled with the paper, so that no line is seen through it.
    fn is_hollow(self) -> bool {
        self.0 == RING
    }
}

/// Whose mark it is: a pillar's or a series'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Facilitating factors: circle.
    Facilitators,
    /// Obstacles: diamond.
    Obstacles,
    /// Results: square.
    Results,
    /// One of the eight series.
    Series(Series),
}

impl Tone {
    /// Classes of the mark.
    pub(super) fn class(self) -> String {
        match self {
            Self::Facilitators => "chart-dot chart-dot--facilitators".to_owned(),
            Self::Obstacles => "chart-dot chart-dot--obstacles".to_owned(),
            Self::Results => "chart-dot chart-dot--results".to_owned(),
            Self::Series(series) if series.is_hollow() => format!("chart-dot chart-dot--hollow {}", series.class()),
            Self::Series(series) => format!("chart-dot {}", series.class()),
        }
    }

    /// Classes of the interval of the mark.
    pub(super) fn interval_class(self) -> String {
        format!("chart-interval {}", self.line_class())
    }

    /// Class of a line in the tone's colour.
    pub(super) fn line_class(self) -> String {
        match self {
            Self::Facilitators => "chart-interval--facilitators".to_owned(),
            Self::Obstacles => "chart-interval--obstacles".to_owned(),
            Self::Results => "chart-interval--results".to_owned(),
            Self::Series(series) => series.class(),
        }
    }

    /// Path of the mark around a centre; `radius` is that of the circle of equal weight.
    pub(super) fn path(self, x: f64, y: f64, radius: f64) -> String {
        let shape = match self {
            Self::Facilitators => 0,
            Self::Results => 1,
            Self::Obstacles => 2,
            Self::Series(series) => series.0,
        };
        match shape {
            0 => circle(x, y, radius),
            RING => circle(x, y, radius - 1.0),
            other => polygon(x, y, radius, corners(other)),
        }
    }
}

/// A part of the answers to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// At the low end of the scale.
    Low,
    /// Between the ends.
    Middle,
    /// At the high end of the scale.
    High,
}

impl Part {
    /// From the low end to the high end.
    pub(super) const ALL: [Self; 3] = [Self::Low, Self::Middle, Self::High];

    /// Classes of the part of a bar.
    pub(super) fn class(self) -> String {
        let name = match self {
            Self::Low => "low",
            Self::Middle => "middle",
            Self::High => "high",
        };
        format!("chart-bar chart-bar--{name}")
    }
}

/// What can be said of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// For the better, beyond chance: unbroken line.
    Improved,
    /// For the worse, beyond chance: long dashes.
    Worsened,
    /// Chance alone could explain it: dots.
    Uncertain,
}

impl Verdict {
    /// Class of the line.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Improved => "chart-slope--improved",
            Self::Worsened => "chart-slope--worsened",
            Self::Uncertain => "chart-slope--uncertain",
        }
    }

    /// Dash pattern of the line, in drawing units.
    pub(super) fn dash(self) -> Option<&'static str> {
        match self {
            Self::Improved => None,
            Self::Worsened => Some("10 4"),
            Self::Uncertain => Some("2 4"),
        }
    }
}

/// Square, diamond, triangle up, triangle down, cross, plus: corners around the centre for a radius of 1.
fn corners(shape: usize) -> &'static [(f64, f64)] {
    match shape {
        1 => &[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
        2 => &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
        3 => &[(0.0, -1.15), (1.2, 0.95), (-1.2, 0.95)],
        4 => &[(0.0, 1.15), (1.2, -0.95), (-1.2, -0.95)],
        5 => &[
            (-1.1, -0.65),
            (-0.65, -1.1),
            (0.0, -0.45),
            (0.65, -1.1),
            (1.1, -0.65),
            (0.45, 0.0),
            (1.1, 0.65),
            (0.65, 1.1),
            (0.0, 0.45),
            (-0.65, 1.1),
            (-1.1, 0.65),
            (-0.45, 0.0),
        ],
        _ => &[
            (-0.35, -1.2),
            (0.35, -1.2),
            (0.35, -0.35),
            (1.2, -0.35),
            (1.2, 0.35),
            (0.35, 0.35),
            (0.35, 1.2),
            (-0.35, 1.2),
            (-0.35, 0.35),
            (-1.2, 0.35),
            (-1.2, -0.35),
            (-0.35, -0.35),
        ],
    }
}

fn polygon(x: f64, y: f64, radius: f64, corners: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (index, (dx, dy)) in corners.iter().enumerate() {
        let command = if index == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{command}{:.1} {:.1} ", x + dx * radius, y + dy * radius);
    }
    path.push('Z');
    path
}

/// Two half circles.
fn circle(x: f64, y: f64, radius: f64) -> String {
    let (left, right) = (x - radius, x + radius);
    format!(
        "M{left:.1} {y:.1} A{radius:.1} {radius:.1} 0 0 1 {right:.1} {y:.1} A{radius:.1} {radius:.1} 0 0 1 {left:.1} {y:.1} Z"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_series_have_eight_shapes_and_the_ninth_begins_again() {
        let look = |tone: Tone| (tone.class().contains("hollow"), tone.path(50.0, 50.0, 6.0));
        let path = |position| look(Tone::Series(Series::at(position)));
        let mut shapes: Vec<_> = (0..8).map(path).collect();
        shapes.sort();
        shapes.dedup();
        assert_eq!(shapes.len(), 8);
        assert_eq!(Series::at(8), Series::at(0));
        assert_eq!(Series::at(7).class(), "series-8");
    }

    #[test]
    fn pillars_have_three_shapes_and_verdicts_three_dashes() {
        let path = |tone: Tone| tone.path(50.0, 50.0, 6.0);
        assert_ne!(path(Tone::Facilitators), path(Tone::Obstacles));
        assert_ne!(path(Tone::Obstacles), path(Tone::Results));
        assert_ne!(Verdict::Improved.dash(), Verdict::Worsened.dash());
        assert_ne!(Verdict::Worsened.dash(), Verdict::Uncertain.dash());
    }
}

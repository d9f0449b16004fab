// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What changed from wave to wave, and can chance be ruled out? One line per indicator, group or project.

use super::drawing::{Drawing, Size};
use super::figure::{Anchor, Caption, Cell, Figure, Table, TableRow};
use super::legend::{self, Key, Symbol};
use super::reading::{Reading, Refused};
use super::series::{Tone, Verdict};
use super::slope_plot::{self, Plot};

/// Lines over 2 to 12 waves on the whole score scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    waves: Vec<Wave>,
    lines: Vec<SlopeLine>,
    words: SlopeWords,
}

/// A wave, from left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct Wave {
    /// Its name.
    pub label: String,
    /// When it was, in any unit. If one wave has none, all stand at equal steps.
    pub position: Option<f64>,
}

/// One line of a [`Slope`].
#[derive(Clone, Debug, PartialEq)]
pub struct SlopeLine {
    /// Its name.
    pub label: String,
    /// Its look.
    pub tone: Tone,
    /// One reading per wave.
    pub readings: Vec<Reading>,
    /// What can be said of the change; none where nothing was compared.
    pub verdict: Option<Verdict>,
}

/// The words of the chart, in the page's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlopeWords {
    /// Name of the scale.
    pub axis: Option<String>,
    /// Above the names of the lines, in the table.
    pub row: String,
    /// Above the verdicts, in the table; the column is left out if there are none.
    pub verdict: String,
    /// For the better, beyond chance.
    pub improved: String,
    /// For the worse, beyond chance.
    pub worsened: String,
    /// Chance alone could explain it.
    pub uncertain: String,
    /// A score is not shown at this wave; the table has the reason.
    pub absent: String,
}

impl Slope {
    /// Lines with one reading per wave.
    ///
    /// # Errors
    /// [`Refused::WaveCount`] unless there are 2 to 12 waves, [`Refused::WavePosition`] if a position is not finite or
    /// not after the one before, [`Refused::Ragged`] if a line has more or fewer readings than there are waves.
    pub fn new(waves: Vec<Wave>, lines: Vec<SlopeLine>, words: SlopeWords) -> Result<Self, Refused> {
        let expected = waves.len();
        if !(2..=12).contains(&expected) {
            return Err(Refused::WaveCount(expected));
        }
        check_positions(&waves)?;
        for (row, found) in lines.iter().map(|line| line.readings.len()).enumerate() {
            if found != expected {
                return Err(Refused::Ragged { row, expected, found });
            }
        }
        Ok(Self { waves, lines, words })
    }

    /// The chart as a page shows it. If there is only one line, its intervals are drawn.
    #[must_use]
    pub fn figure(&self, anchor: &Anchor, caption: &Caption) -> Figure {
        Figure::new(anchor, caption, self.table(), |size| self.draw(size))
    }

    fn draw(&self, size: Size) -> Drawing {
        let mut drawing = Drawing::new(size);
        let below_keys = legend::draw(&mut drawing, &self.keys(size));
        let plot = Plot::new(size, &self.waves, &self.lines, below_keys, self.words.axis.as_deref());
        slope_plot::draw(&mut drawing, &plot, &self.waves, &self.lines);
        drawing
    }

    /// Only what is drawn is explained; the names of the lines where they do not fit beside them.
    fn keys(&self, size: Size) -> Vec<Key> {
        let verdicts = [Verdict::Improved, Verdict::Worsened, Verdict::Uncertain];
        let drawn = |verdict: &Verdict| self.lines.iter().any(|line| line.verdict == Some(*verdict));
        let key = |verdict| Key { symbol: Symbol::Line(verdict), label: self.verdict(verdict).to_owned() };
        let name = |line: &SlopeLine| Key { symbol: Symbol::Dot(line.tone), label: line.label.clone() };
        let named = if size == Size::Narrow { self.lines.as_slice() } else { &[] };
        let mut keys: Vec<Key> = named.iter().map(name).collect();
        keys.extend(verdicts.into_iter().filter(drawn).map(key));
        let mut readings = self.lines.iter().flat_map(|line| &line.readings);
        if readings.any(|reading| reading.reason().is_some()) {
            keys.push(Key { symbol: Symbol::Absent, label: self.words.absent.clone() });
        }
        keys
    }

    fn verdict(&self, verdict: Verdict) -> &str {
        match verdict {
            Verdict::Improved => &self.words.improved,
            Verdict::Worsened => &self.words.worsened,
            Verdict::Uncertain => &self.words.uncertain,
        }
    }

    /// The numbers of the chart, with the intervals where they are drawn.
    fn table(&self) -> Table {
        let verdicts = self.lines.iter().any(|line| line.verdict.is_some());
        let mut columns = vec![self.words.row.clone()];
        columns.extend(self.waves.iter().map(|wave| wave.label.clone()));
        columns.extend(verdicts.then(|| self.words.verdict.clone()));
        let row = |line: &SlopeLine| {
            let mut cells: Vec<Cell> = line.readings.iter().map(|reading| self.cell(reading)).collect();
            let verdict = line.verdict.map_or("", |verdict| self.verdict(verdict));
            cells.extend(verdicts.then(|| Cell::text(verdict)));
            TableRow { header: line.label.clone(), cells }
        };
        Table { columns, rows: self.lines.iter().map(row).collect(), ..Table::default() }
    }

    fn cell(&self, reading: &Reading) -> Cell {
        let mut cell = Cell::score(reading);
        if let (1, Some(interval)) = (self.lines.len(), reading.interval()) {
            cell.text = format!("{} ({})", cell.text, interval.shown());
        }
        cell
    }
}

fn check_positions(waves: &[Wave]) -> Result<(), Refused> {
    let mut before = f64::NEG_INFINITY;
    for (index, wave) in waves.iter().enumerate() {
        let Some(position) = wave.position else { continue };
        if !position.is_finite() || position <= before {
            return Err(Refused::WavePosition(index));
        }
        before = position;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::reading::{Interval, Point};
    use super::super::series::Series;
    use super::*;

    fn waves(positions: &[Option<f64>]) -> Vec<Wave> {
        positions.iter().map(|position| Wave { label: "T".into(), position: *position }).collect()
    }

    fn words() -> SlopeWords {
        let text = || "x".to_owned();
        SlopeWords {
            axis: None,
            row: text(),
            verdict: text(),
            improved: text(),
            worsened: text(),
            uncertain: text(),
            absent: text(),
        }
    }

    fn line(values: &[Option<f64>]) -> Result<SlopeLine, Refused> {
        let reading = |value: &Option<f64>| match value {
            Some(value) => {
                let interval = Interval::new(value - 5.0, value + 5.0, "±5")?;
                Ok(Reading::Shown(Point::new(*value, value.to_string())?, Some(interval)))
            }
            None => Ok(Reading::Withheld("poche risposte".into())),
        };
        let readings = values.iter().map(reading).collect::<Result<Vec<_>, Refused>>()?;
        let tone = Tone::Series(Series::at(0));
        Ok(SlopeLine { label: "Fiducia".into(), tone, readings, verdict: Some(Verdict::Improved) })
    }

    #[test]
    fn one_wave_is_no_change_and_time_runs_forward() {
        let refused = |positions: &[Option<f64>]| Slope::new(waves(positions), Vec::new(), words()).err();
        assert_eq!(refused(&[None]), Some(Refused::WaveCount(1)));
        assert_eq!(refused(&[None; 13]), Some(Refused::WaveCount(13)));
        assert_eq!(refused(&[Some(2.0), Some(2.0)]), Some(Refused::WavePosition(1)));
        assert_eq!(refused(&[Some(f64::NAN), Some(2.0)]), Some(Refused::WavePosition(0)));
        assert_eq!(refused(&[Some(1.0), Some(2.0)]), None);
    }

    #[test]
    fn a_withheld_wave_breaks_the_line_and_leaves_its_sign() -> Result<(), Refused> {
        let slopes = |values: &[Option<f64>]| {
            let lines = vec![line(values)?, line(values)?];
            let drawing = Slope::new(waves(&[None; 4]), lines, words())?.draw(Size::Wide);
            let drawn = |stroke: &&super::super::Stroke| stroke.class.starts_with("chart-slope");
            Ok((drawing.strokes.iter().filter(drawn).count(), drawing.marks.len()))
        };
        // Beside those in the field, one line and one sign are the legend's, two marks stand by the names.
        assert_eq!(slopes(&[Some(1.0), Some(2.0), Some(3.0), Some(4.0)])?, (6 + 1, 8 + 2));
        assert_eq!(slopes(&[Some(1.0), None, Some(3.0), Some(4.0)])?, (2 + 1, 6 + 2 + 2 + 1));
        Ok(())
    }

    #[test]
    fn intervals_are_drawn_and_tabled_for_a_single_line_only() -> Result<(), Refused> {
        let values = [Some(40.0), Some(60.0)];
        let one = Slope::new(waves(&[None; 2]), vec![line(&values)?], words())?;
        let two = Slope::new(waves(&[None; 2]), vec![line(&values)?, line(&values)?], words())?;
        let bars = |slope: &Slope| {
            let strokes = slope.draw(Size::Wide).strokes;
            strokes.iter().filter(|stroke| stroke.class.starts_with("chart-interval")).count()
        };
        assert_eq!((bars(&one), bars(&two)), (2, 0));
        let first = |slope: &Slope| slope.table().rows.first().and_then(|row| row.cells.first().cloned());
        assert_eq!(first(&one), Some(Cell::text("40 (±5)")));
        assert_eq!(first(&two), Some(Cell::text("40")));
        Ok(())
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Where do the groups see the same thing differently? All groups of an indicator on one line.

use super::drawing::{Drawing, RADIUS, Scale, Size, Voice, hint, number};
use super::figure::{Anchor, Caption, Cell, Figure, Table, TableRow};
use super::legend::{self, Key, Symbol};
use super::reading::{Point, Reading, Refused};
use super::row::{self, Place, Row};
use super::series::Tone;

/// Height of the marks above and below their line in a row in which no dots touch, in drawing units.
const REACH: f64 = 12.0;
/// From one level of dots to the next, and the least distance of two dots on one level, in drawing units.
const LEVEL: f64 = 14.0;

/// Per indicator, the scores of several groups, joined from the lowest to the highest.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupGaps {
    groups: Vec<GapGroup>,
    rows: Vec<GapRow>,
    headings: GapHeadings,
}

/// A group of a [`GroupGaps`].
#[derive(Clone, Debug, PartialEq)]
pub struct GapGroup {
    /// Its name.
    pub label: String,
    /// Its look.
    pub tone: Tone,
}

/// One row of a [`GroupGaps`].
#[derive(Clone, Debug, PartialEq)]
pub struct GapRow {
    /// Name of what is scored.
    pub label: String,
    /// A remark under the name.
    pub sublabel: Option<String>,
    /// One reading per group, in the order of the groups.
    pub readings: Vec<Reading>,
    /// The gap as the page writes it, if it may be shown.
    pub gap: Option<String>,
}

/// Heads of the table's columns, and the name of the scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapHeadings {
    /// Above the names of the rows.
    pub row: String,
    /// Above the gaps; the column is left out if there are none.
    pub gap: String,
    /// Name of the scale.
    pub axis: Option<String>,
}

/// Dots of one row, from the lowest score, each with its level above or below the line.
type Dots<'a> = Vec<(&'a GapGroup, &'a Point, f64)>;

impl GroupGaps {
    /// Rows with one reading per group.
    ///
    /// # Errors
    /// [`Refused::Ragged`] if a row has more or fewer readings than there are groups.
    pub fn new(groups: Vec<GapGroup>, rows: Vec<GapRow>, headings: GapHeadings) -> Result<Self, Refused> {
        let expected = groups.len();
        for (row, found) in rows.iter().map(|row| row.readings.len()).enumerate() {
            if found != expected {
                return Err(Refused::Ragged { row, expected, found });
            }
        }
        Ok(Self { groups, rows, headings })
    }

    /// The chart as a page shows it.
    #[must_use]
    pub fn figure(&self, anchor: &Anchor, caption: &Caption) -> Figure {
        Figure::new(anchor, caption, self.table(), |size| self.draw(size))
    }

    fn draw(&self, size: Size) -> Drawing {
        let mut drawing = Drawing::new(size);
        let scale = match size {
            Size::Wide => Scale { left: 252.0, right: 628.0 },
            Size::Narrow => Scale { left: 34.0, right: 272.0 },
        };
        let key = |group: &GapGroup| Key { symbol: Symbol::Dot(group.tone), label: group.label.clone() };
        let keys: Vec<Key> = self.groups.iter().map(key).collect();
        let below_keys = legend::draw(&mut drawing, &keys);
        let head = if self.has_gaps() { self.headings.gap.as_str() } else { "" };
        let mut y = drawing.scale_head(scale, below_keys, self.headings.axis.as_deref(), head);
        for row in &self.rows {
            y = self.draw_row(&mut drawing, scale, row, y);
        }
        drawing.height = row::close(&mut drawing, scale, self.rows.len(), y);
        drawing
    }

    fn draw_row(&self, drawing: &mut Drawing, scale: Scale, row: &GapRow, top: f64) -> f64 {
        let dots = self.dots(scale, row);
        let above = dots.iter().map(|dot| -dot.2).fold(0.0, f64::max);
        let below = dots.iter().map(|dot| dot.2).fold(0.0, f64::max);
        let words = Row {
            label: &row.label,
            sublabel: row.sublabel.as_deref(),
            value: row.gap.as_deref().unwrap_or_default(),
            reach: if dots.is_empty() { (0.0, 0.0) } else { (REACH + above * LEVEL, REACH + below * LEVEL) },
            remark: &self.remark(row),
        };
        let place = row::place(drawing, scale, &words, top);
        if !dots.is_empty() {
            draw_dots(drawing, scale, (&row.label, &dots), place);
        }
        place.bottom
    }

    /// The two ends first, then the others from the lowest: each on the first level where it touches none before it.
    fn dots<'a>(&'a self, scale: Scale, row: &'a GapRow) -> Dots<'a> {
        let pairs = self.groups.iter().zip(&row.readings);
        let mut shown: Vec<(&GapGroup, &Point)> =
            pairs.filter_map(|(group, reading)| Some((group, reading.point()?))).collect();
        shown.sort_by(|a, b| a.1.value().total_cmp(&b.1.value()));
        if let Some(highest) = shown.pop() {
            shown.insert(shown.len().min(1), highest);
        }
        let mut levels: Vec<Vec<f64>> = Vec::new();
        let mut dots: Dots = Vec::new();
        for (group, point) in shown {
            dots.push((group, point, level(&mut levels, scale.x(point.value()))));
        }
        dots.sort_by(|a, b| a.1.value().total_cmp(&b.1.value()));
        dots
    }

    /// Why which groups are not shown, those with one reason together; no names if it is all of them.
    fn remark(&self, row: &GapRow) -> String {
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        for (group, reading) in self.groups.iter().zip(&row.readings) {
            let Some(reason) = reading.reason() else { continue };
            match reasons.iter_mut().find(|known| known.0 == reason) {
                Some(known) => known.1.push(&group.label),
                None => reasons.push((reason, vec![&group.label])),
            }
        }
        match reasons.as_slice() {
            [(reason, groups)] if groups.len() == self.groups.len() => (*reason).to_owned(),
            _ => reasons
                .iter()
                .map(|(reason, groups)| format!("{reason}: {}", groups.join(", ")))
                .collect::<Vec<_>>()
                .join("; "),
        }
    }

    fn has_gaps(&self) -> bool {
        self.rows.iter().any(|row| row.gap.is_some())
    }

    fn table(&self) -> Table {
        let gaps = self.has_gaps();
        let mut columns = vec![self.headings.row.clone()];
        columns.extend(self.groups.iter().map(|group| group.label.clone()));
        columns.extend(gaps.then(|| self.headings.gap.clone()));
        let row = |row: &GapRow| {
            let mut cells: Vec<Cell> = row.readings.iter().map(Cell::score).collect();
            cells.extend(gaps.then(|| Cell::text(row.gap.clone().unwrap_or_default())));
            TableRow { header: row.label.clone(), cells }
        };
        Table { columns, rows: self.rows.iter().map(row).collect(), ..Table::default() }
    }
}

/// Levels go 0, 1 below, 1 above, 2 below …
fn level(levels: &mut Vec<Vec<f64>>, x: f64) -> f64 {
    let free = |taken: &Vec<f64>| taken.iter().all(|other| (other - x).abs() >= LEVEL);
    let index = levels.iter().position(free).unwrap_or(levels.len());
    match levels.get_mut(index) {
        Some(taken) => taken.push(x),
        None => levels.push(vec![x]),
    }
    let distance = number(index.div_ceil(2));
    if index.is_multiple_of(2) { 0.0 - distance } else { distance }
}

/// The line from the lowest to the highest, their two numbers, and the dots.
fn draw_dots(drawing: &mut Drawing, scale: Scale, named: (&str, &Dots), place: Place) {
    let (label, dots) = named;
    let y = place.line;
    drawing.scale_lines(scale, place.grid_top, place.grid_bottom);
    let (Some((_, low, _)), Some((_, high, level))) = (dots.first(), dots.last()) else { return };
    let (left, right) = (scale.x(low.value()), scale.x(high.value()));
    let reach = RADIUS + 5.0;
    let level = if right > left { *level } else { 0.0 };
    drawing.words(Voice::Value, "start", (right + reach, y + level * LEVEL), high.shown());
    if right > left {
        drawing.words(Voice::Value, "end", (left - reach, y), low.shown());
    }
    if right >= left + LEVEL {
        drawing.line("chart-gap", (left, y), (right, y), 2.0);
    }
    for (group, point, level) in dots {
        let centre = (scale.x(point.value()), y + level * LEVEL);
        let title = Some(hint(&format!("{label}, {}", group.label), point.shown(), None));
        drawing.dot(group.tone, centre, RADIUS, title);
    }
}

#[cfg(test)]
mod tests {
    use super::super::series::Series;
    use super::*;

    const SCALE: Scale = Scale { left: 0.0, right: 300.0 };

    fn chart(values: &[Option<f64>]) -> Result<GroupGaps, Refused> {
        let group = |position| GapGroup { label: format!("G{position}"), tone: Tone::Series(Series::at(position)) };
        let reading = |value: &Option<f64>| match value {
            Some(value) => Ok(Reading::Shown(Point::new(*value, value.to_string())?, None)),
            None => Ok(Reading::Withheld("poche risposte".into())),
        };
        let readings = values.iter().map(reading).collect::<Result<Vec<_>, Refused>>()?;
        let row = GapRow { label: "Fiducia".into(), sublabel: None, readings, gap: None };
        let headings = GapHeadings { row: "x".into(), gap: "x".into(), axis: None };
        GroupGaps::new((0..values.len()).map(group).collect(), vec![row], headings)
    }

    fn levels(values: &[Option<f64>]) -> Result<Vec<f64>, Refused> {
        let chart = chart(values)?;
        let dots = chart.rows.iter().flat_map(|row| chart.dots(SCALE, row));
        Ok(dots.map(|dot| dot.2).collect())
    }

    #[test]
    fn dots_apart_stay_on_the_line_and_dots_that_touch_leave_it() -> Result<(), Refused> {
        assert_eq!(levels(&[Some(10.0), Some(50.0), Some(90.0)])?, [0.0, 0.0, 0.0]);
        assert_eq!(levels(&[Some(50.0), Some(51.0), Some(52.0)])?, [0.0, -1.0, 1.0]);
        Ok(())
    }

    #[test]
    fn eight_equal_values_are_all_seen() -> Result<(), Refused> {
        let mut found = levels(&[Some(50.0); 8])?;
        found.sort_by(f64::total_cmp);
        found.dedup();
        assert_eq!(found.len(), 8);
        Ok(())
    }

    #[test]
    fn withheld_groups_are_named_after_their_reason_unless_it_is_all_of_them() -> Result<(), Refused> {
        let remarks = |values: &[Option<f64>]| {
            let chart = chart(values)?;
            Ok(chart.rows.iter().map(|row| chart.remark(row)).collect::<String>())
        };
        assert_eq!(remarks(&[Some(3.0), Some(4.0)])?, "");
        assert_eq!(remarks(&[None, Some(4.0), None])?, "poche risposte: G0, G2");
        assert_eq!(remarks(&[None, None])?, "poche risposte");
        Ok(())
    }

    #[test]
    fn a_row_needs_one_reading_per_group() -> Result<(), Refused> {
        let mut chart = chart(&[Some(1.0), Some(2.0)])?;
        chart.groups.pop();
        let refused = GroupGaps::new(chart.groups, chart.rows, chart.headings);
        assert_eq!(refused, Err(Refused::Ragged { row: 0, expected: 1, found: 2 }));
        Ok(())
    }
}

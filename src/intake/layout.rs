// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the cells of a row without quotes say, in one go from left to right?

use std::ops::Range;

use memchr::memchr;

use crate::domain::answer::NoAnswer;

use super::cells::ItemCells;
use super::header::Columns;

/// The way through a row: what each column is.
pub struct Layout {
    separator: u8,
    steps: Vec<Step>,
    /// The last column, which no separator follows.
    last: Step,
}

/// One column, or several columns of items that follow each other in the framework too.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// Of [`super::header::KNOWN`], by position.
    Known(usize),
    /// Items with the same points.
    Items(Range<usize>, Option<Four>),
    Ignored,
}

impl Layout {
    /// The way through rows with these columns.
    pub fn new(columns: &Columns, separator: u8, items: &[ItemCells]) -> Self {
        let mut steps = vec![Step::Ignored; columns.width];
        let known = columns.known.iter().enumerate().map(|(place, column)| (*column, Step::Known(place)));
        let four = items.iter().map(|item| item.digits().map(|digits| Four::new(digits, separator)));
        let items = columns.items.iter().zip(four).enumerate();
        let items = items.map(|(item, (column, four))| (*column, Step::Items(item..item + 1, four)));
        for (column, step) in known.chain(items) {
            if let Some(place) = column.and_then(|column| steps.get_mut(column)) {
                *place = step;
            }
        }
        let last = steps.pop().unwrap_or(Step::Ignored);
        Self { separator, steps: joined(steps), last }
    }

    /// The cells of a row that are no items, trimmed; `letters` receives one letter for each item that has a column.
    ///
    /// `None` if the row is not as it should be: then `letters` may hold anything.
    pub fn read<'t>(&self, row: &'t str, items: &[ItemCells], letters: &mut [u8]) -> Option<[&'t str; 9]> {
        let mut known = [""; 9];
        let mut from = 0;
        for step in &self.steps {
            let rest = row.as_bytes().get(from..)?;
            match step {
                Step::Known(place) => {
                    let end = from + memchr(self.separator, rest)?;
                    *known.get_mut(*place)? = row.get(from..end)?.trim_ascii();
                    from = end + 1;
                }
                Step::Items(range, four) => {
                    let (items, letters) = (items.get(range.clone())?, letters.get_mut(range.clone())?);
                    from = row.len() - self.items(rest, (items, *four), letters)?.len();
                }
                Step::Ignored => from += memchr(self.separator, rest)? + 1,
            }
        }
        let cell = row.get(from..).filter(|cell| memchr(self.separator, cell.as_bytes()).is_none())?;
        match &self.last {
            Step::Known(place) => *known.get_mut(*place)? = cell.trim_ascii(),
            Step::Items(range, _) => {
                *letters.get_mut(range.start)? = items.get(range.start)?.letter(cell.as_bytes()).ok()?;
            }
            Step::Ignored => {}
        }
        Some(known)
    }

    /// Reads cells of items, four at a time as far as they are points; gives back what follows.
    fn items<'t>(
        &self,
        mut rest: &'t [u8],
        (items, four): (&[ItemCells], Option<Four>),
        letters: &mut [u8],
    ) -> Option<&'t [u8]> {
        let mut done = 0;
        while let Some(letters) = letters.get_mut(done..).filter(|letters| !letters.is_empty()) {
            let together = letters.first_chunk_mut().zip(rest.first_chunk()).zip(four);
            let points = together.map_or(0, |((letters, bytes), four)| {
                let (digits, points) = four.points(*bytes);
                *letters = digits;
                points
            });
            (done, rest) = (done + points, rest.get(2 * points..)?);
            if points < 4 {
                let (letter, item) = letters.get_mut(points).zip(items.get(done))?;
                (*letter, rest) = self.item(rest, item)?;
                done += 1;
            }
        }
        Some(rest)
    }

    /// The letter of the first cell, and what follows behind its separator.
    fn item<'t>(&self, rest: &'t [u8], item: &ItemCells) -> Option<(u8, &'t [u8])> {
        match rest {
            [digit, end, after @ ..] if *end == self.separator && item.has_point(*digit) => Some((*digit, after)),
            [end, after @ ..] if *end == self.separator => Some((NoAnswer::Skipped.letter(), after)),
            _ => {
                let (cell, after) = rest.split_at_checked(memchr(self.separator, rest)?)?;
                Some((item.letter(cell).ok()?, after.get(1..)?))
            }
        }
    }
}

/// How four cells of one digit each are read at once, with their separators: as one number of eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Four {
    separators: u64,
    /// Added to a digit, the highest bit of its byte says that it is not too low.
    least: u64,
    /// Added to a digit, the highest bit of its byte says that it is too high.
    most: u64,
}

impl Four {
    const DIGITS: u64 = 0x00FF_00FF_00FF_00FF;
    const HIGHEST: u64 = 0x0080_0080_0080_0080;
    const EACH: u64 = 0x0001_0001_0001_0001;

    fn new((least, most): (u8, u8), separator: u8) -> Self {
        Self {
            separators: (Self::EACH * u64::from(separator)) << 8,
            least: Self::EACH * u64::from(0x80 - least),
            most: Self::EACH * u64::from(0x7F - most),
        }
    }

    /// What stands where four digits may be, and how many of the first cells are digits between the least and the most,
    /// each with its separator.
    fn points(self, bytes: [u8; 8]) -> ([u8; 4], usize) {
        let [one, _, two, _, three, _, four, _] = bytes;
        let number = u64::from_le_bytes(bytes);
        let digits = number & Self::DIGITS;
        let without = !((digits + self.least) & !(digits + self.most)) & Self::HIGHEST;
        let other = (number ^ self.separators) & !Self::DIGITS;
        let points = (without | other).trailing_zeros() / 16;
        ([one, two, three, four], usize::try_from(points).unwrap_or(0))
    }
}

/// The same steps, with neighbouring items in one.
fn joined(steps: Vec<Step>) -> Vec<Step> {
    let mut joined: Vec<Step> = Vec::new();
    for step in steps {
        match (joined.last_mut(), &step) {
            (Some(Step::Items(before, four)), Step::Items(item, same)) if before.end == item.start && four == same => {
                before.end = item.end;
            }
            _ => joined.push(step),
        }
    }
    joined
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a cell of an answer file say, and does the item allow it?

use crate::domain::answer::{Answer, NoAnswer};
use crate::domain::framework::Framework;

/// What an item's cells may say.
#[derive(Debug)]
pub struct ItemCells {
    /// Code of the item.
    pub code: String,
    /// Whether each group is asked, by position.
    pub audience: Vec<bool>,
    /// Codes of the wave types the indicator is asked in; empty: all.
    pub waves: Vec<String>,
    /// Whether a cell of this one byte is a point of the scale.
    points: [bool; 256],
    /// Whether 10 is a point of the scale.
    ten: bool,
}

/// A cell that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadCell {
    /// Neither a number nor a code.
    Unknown,
    /// A number that is no point of the item's scale.
    NotOnScale,
}

impl ItemCells {
    /// One for each item, in framework order.
    pub fn of(framework: &Framework) -> Vec<Self> {
        let points = |code: &str| framework.scale(code).map_or(&[][..], |scale| &scale.points);
        framework
            .items()
            .map(|(indicator, item)| Self {
                code: item.code.clone(),
                audience: framework.groups.iter().map(|group| item.addresses(&group.code)).collect(),
                waves: indicator.waves.clone(),
                points: digits(points(&item.scale)),
                ten: points(&item.scale).contains(&10),
            })
            .collect()
    }

    /// The letter of a cell.
    ///
    /// # Errors
    /// If the cell is no answer, or no answer to this item.
    pub fn letter(&self, cell: &[u8]) -> Result<u8, BadCell> {
        match cell {
            [digit] if self.has_point(*digit) => Ok(*digit),
            [b'0'..=b'9'] => Err(BadCell::NotOnScale),
            [] => Ok(NoAnswer::Skipped.letter()),
            other => reason(other).map_or_else(|| self.long(other), |reason| Ok(reason.letter())),
        }
    }

    /// Whether the group is asked the item in a wave of this type.
    pub fn asks(&self, group: usize, wave_type: Option<&str>) -> bool {
        let in_wave = wave_type.is_none_or(|code| self.waves.is_empty() || self.waves.iter().any(|one| one == code));
        in_wave && self.audience.get(group).copied().unwrap_or(false)
    }

    /// Whether a cell of this one byte is a point of the item's scale; the byte is its letter then.
    pub fn has_point(&self, digit: u8) -> bool {
        self.points.get(usize::from(digit)).copied().unwrap_or(false)
    }

    /// The least and the most of the points that are one digit, if all digits between them are points too.
    pub fn digits(&self) -> Option<(u8, u8)> {
        let mut digits = (b'0'..=b'9').filter(|digit| self.has_point(*digit));
        let least = digits.next()?;
        let most = digits.next_back().unwrap_or(least);
        (least..=most).all(|digit| self.has_point(digit)).then_some((least, most))
    }

    fn point(&self, point: u8) -> Option<u8> {
        let letter = Answer::Point(point).letter();
        (if point == 10 { self.ten } else { self.has_point(letter) }).then_some(letter)
    }

    /// Codes, numbers of two digits, and whatever else stands there.
    fn long(&self, cell: &[u8]) -> Result<u8, BadCell> {
        let text = std::str::from_utf8(cell).map_err(|_| BadCell::Unknown)?.trim();
        match Answer::from_cell(text) {
            Some(Answer::Point(point)) => self.point(point).ok_or(BadCell::NotOnScale),
            Some(Answer::None(reason)) => Ok(reason.letter()),
            None if text.parse::<f64>().is_ok() => Err(BadCell::NotOnScale),
            None => Err(BadCell::Unknown),
        }
    }
}

/// The reason a code stands for.
fn reason(cell: &[u8]) -> Option<NoAnswer> {
    NoAnswer::ALL.into_iter().find(|reason| reason.code().as_bytes() == cell)
}

fn digits(points: &[u8]) -> [bool; 256] {
    let mut digits = [false; 256];
    for letter in points.iter().filter(|point| **point <= 9).map(|point| Answer::Point(*point).letter()) {
        if let Some(place) = digits.get_mut(usize::from(letter)) {
            *place = true;
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(points: &[u8]) -> ItemCells {
        let framework = crate::scoring::samples::framework(points, &[("F", &[("Fa", false)])]);
        ItemCells::of(&framework).remove(0)
    }

    #[test]
    fn points_codes_and_nothing_are_read() {
        let five = cells(&[1, 2, 3, 4, 5]);
        assert_eq!(five.letter(b"4"), Ok(b'4'));
        assert_eq!(five.letter(b" 4 "), Ok(b'4'));
        assert_eq!(five.letter(b""), Ok(b'-'));
        assert_eq!(five.letter(b"NS"), Ok(b'.'));
        assert_eq!(cells(&[0, 10]).letter(b"10"), Ok(b'a'));
    }

    #[test]
    fn what_the_item_does_not_allow_is_refused() {
        let five = cells(&[1, 2, 3, 4, 5]);
        assert_eq!(five.letter(b"6"), Err(BadCell::NotOnScale));
        assert_eq!(five.letter(b"3.5"), Err(BadCell::NotOnScale));
        assert_eq!(five.letter(b"dk"), Err(BadCell::Unknown));
        assert_eq!(five.letter(b"\xFF"), Err(BadCell::Unknown));
    }
}

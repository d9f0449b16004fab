// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What can be said to one item: a point of its scale, or the reason there is none.

use serde::{Deserialize, Serialize};

/// Why an item has no answer. None of these is ever a number.
///
/// # Source
/// `docs/methods.md`, "Answers that are not answers".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NoAnswer {
    /// `DK`: the person cannot judge.
    #[serde(rename = "DK")]
    DontKnow,
    /// `NA`: the item does not apply to the person.
    #[serde(rename = "NA")]
    NotApplicable,
    /// `RF`: the person prefers not to answer.
    #[serde(rename = "RF")]
    Refused,
    /// `SK`: seen and left empty.
    #[serde(rename = "SK")]
    Skipped,
    /// `NS`: not shown to this person.
    #[serde(rename = "NS")]
    NotShown,
}

impl NoAnswer {
    /// Every reason, in the order of the published counts.
    pub const ALL: [Self; 5] = [Self::DontKnow, Self::NotApplicable, Self::Refused, Self::Skipped, Self::NotShown];

    /// The reasons a respondent can choose on the page, in the order shown.
    pub const CHOICES: [Self; 3] = [Self::DontKnow, Self::NotApplicable, Self::Refused];

    /// The two-letter code of answer files and forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::DontKnow => "DK",
            Self::NotApplicable => "NA",
            Self::Refused => "RF",
            Self::Skipped => "SK",
            Self::NotShown => "NS",
        }
    }

    /// The one-letter form in which answers are stored.
    #[must_use]
    pub const fn letter(self) -> u8 {
        match self {
            Self::DontKnow => b'D',
            Self::NotApplicable => b'N',
            Self::Refused => b'R',
            Self::Skipped => b'-',
            Self::NotShown => b'.',
        }
    }

    /// Whether an item without an answer for this reason still counts among the items that applied.
    #[must_use]
    pub const fn applies(self) -> bool {
        match self {
            Self::DontKnow | Self::Refused | Self::Skipped => true,
            Self::NotApplicable | Self::NotShown => false,
        }
    }
}

/// The answer to one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// A point of the item's scale, 0 to 10.
    Point(u8),
    /// No answer, and why.
    None(NoAnswer),
}

impl Answer {
    /// One byte: `1`–`9`, `a` for 10, `0`, or the letter of the reason.
    #[must_use]
    pub const fn letter(self) -> u8 {
        match self {
            Self::Point(point @ 0..=9) => b'0' + point,
            Self::Point(_) => b'a',
            Self::None(reason) => reason.letter(),
        }
    }

    /// The answer stored as this byte, if it means one.
    #[must_use]
    pub const fn from_letter(letter: u8) -> Option<Self> {
        Some(match letter {
            b'0'..=b'9' => Self::Point(letter - b'0'),
            b'a' => Self::Point(10),
            b'D' => Self::None(NoAnswer::DontKnow),
            b'N' => Self::None(NoAnswer::NotApplicable),
            b'R' => Self::None(NoAnswer::Refused),
            b'-' => Self::None(NoAnswer::Skipped),
            b'.' => Self::None(NoAnswer::NotShown),
            _ => return None,
        })
    }

    /// The answer written as in answer files: a point, `DK`, `NA`, `RF`, `NS`, or empty for skipped.
    #[must_use]
    pub fn from_cell(cell: &str) -> Option<Self> {
        Some(match cell {
            "" | "SK" => Self::None(NoAnswer::Skipped),
            "DK" => Self::None(NoAnswer::DontKnow),
            "NA" => Self::None(NoAnswer::NotApplicable),
            "RF" => Self::None(NoAnswer::Refused),
            "NS" => Self::None(NoAnswer::NotShown),
            number => Self::Point(number.parse().ok().filter(|point| *point <= 10)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_survives_its_letter() {
        let reasons = NoAnswer::ALL.into_iter().map(Answer::None);
        for answer in (0..=10).map(Answer::Point).chain(reasons) {
            assert_eq!(Answer::from_letter(answer.letter()), Some(answer));
        }
        assert_eq!(Answer::from_letter(b'x'), None);
    }

    #[test]
    fn cells_are_points_codes_or_empty() {
        assert_eq!(Answer::from_cell("5"), Some(Answer::Point(5)));
        assert_eq!(Answer::from_cell(""), Some(Answer::None(NoAnswer::Skipped)));
        assert_eq!(Answer::from_cell("11"), None);
        assert_eq!(Answer::from_cell("dk"), None);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How participatory was a wave: by how many took part, and by what they say of it?

use super::field::{FieldProblem, Problems, Typed};
use super::participant::Activity;
use super::withheld::Given;

/// Groups of fewer people than this are told as counts only.
pub const SMALL_GROUP: u32 = 10;
/// The marks of a sheet: 1 for the first end of a dimension, 5 for the other.
pub const MARKS: [&str; 5] = ["1", "2", "3", "4", "5"];
/// The answer of whoever does not know.
pub const DONT_KNOW: &str = "dont_know";

/// What a sheet is about.
///
/// # Source
/// Cousins & Whitmore 1998: control of the evaluation, selection of stakeholders, depth of participation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Who decided how things were done: whoever evaluates, or those who take part.
    Control,
    /// Who could take part: a few, or everybody who is touched.
    Range,
    /// How deeply: asked once, or from beginning to end.
    Depth,
}

impl Dimension {
    /// All three, in order.
    pub const ALL: [Self; 3] = [Self::Control, Self::Range, Self::Depth];

    /// The word of fields and texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Control => "control",
            Self::Range => "range",
            Self::Depth => "depth",
        }
    }
}

/// The field in which a dimension is marked.
#[must_use]
pub fn field_of(dimension: Dimension) -> String {
    format!("sheet_{}", dimension.code())
}

/// What one voice says of a wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Code of its group.
    pub group: String,
    /// A mark from 1 to 5 for each dimension, in their order; none for "I do not know".
    pub marks: [Option<u8>; 3],
}

impl Sheet {
    /// The mark of a dimension.
    #[must_use]
    pub fn mark(&self, dimension: Dimension) -> Option<u8> {
        Dimension::ALL.into_iter().zip(self.marks).find(|(known, _)| *known == dimension).and_then(|(_, mark)| mark)
    }

    /// A sheet as it was typed.
    ///
    /// # Errors
    /// The dimensions that nothing was chosen for.
    pub fn read(group: &str, typed: &Typed) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Problems::default();
        let marks = Dimension::ALL.map(|dimension| {
            let field = field_of(dimension);
            let mark = match typed.get(&field) {
                DONT_KNOW => Ok(None),
                mark if MARKS.contains(&mark) => Ok(mark.parse().ok()),
                _ => Err(FieldProblem::new(&field, "choose")),
            };
            problems.note(mark)
        });
        problems.none()?;
        Ok(Self { group: group.to_owned(), marks })
    }
}

/// How many of a group took part in something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRate {
    /// Code of the group.
    pub group: String,
    /// How many took part.
    pub people: u32,
    /// How many are listed, where known.
    pub listed: Option<u32>,
}

impl GroupRate {
    /// Share of those listed who took part, 0 to 1; more than are listed count as all. None where nobody counted them, or
    /// nobody is listed.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        let listed = self.listed.filter(|listed| *listed > 0)?;
        Some((f64::from(self.people) / f64::from(listed)).min(1.0))
    }

    /// Whether a share in percent may be told: of a small group only the counts are.
    #[must_use]
    pub fn tells_share(&self) -> bool {
        self.listed.is_some_and(|listed| listed >= SMALL_GROUP)
    }
}

/// Why there is no parity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoParity {
    /// Nobody took part.
    Nobody,
    /// Fewer than two groups are counted.
    TooFewGroups,
    /// Of these many groups nobody knows how many they are.
    NotCounted(u32),
}

/// How many took part in something, group by group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRates {
    /// What they took part in.
    pub activity: Activity,
    /// Group by group, in framework order.
    pub groups: Vec<GroupRate>,
}

impl ActivityRates {
    /// The smallest rate of a group over the largest: 1 where all take part alike, 0 where some group is absent.
    ///
    /// # Errors
    /// Why there is none.
    pub fn parity(&self) -> Result<f64, NoParity> {
        if self.groups.iter().all(|group| group.people == 0) {
            return Err(NoParity::Nobody);
        }
        let unknown = self.groups.iter().filter(|group| group.listed.is_none()).count();
        if unknown > 0 {
            return Err(NoParity::NotCounted(u32::try_from(unknown).unwrap_or(u32::MAX)));
        }
        let rates: Vec<f64> = self.groups.iter().filter_map(GroupRate::rate).collect();
        let (low, high) = rates.iter().fold((1.0_f64, 0.0_f64), |(low, high), rate| (low.min(*rate), high.max(*rate)));
        match rates.len() {
            0 | 1 => Err(NoParity::TooFewGroups),
            _ if high <= 0.0 => Err(NoParity::Nobody),
            _ => Ok(low / high),
        }
    }
}

/// What the groups say of a wave, as far as that may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetMeans {
    /// Code of the group.
    pub group: String,
    /// How many filled a sheet.
    pub people: u32,
    /// The mean mark of each dimension, 1 to 5.
    pub means: [Given<f64>; 3],
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(groups: &[(u32, Option<u32>)]) -> ActivityRates {
        let group = |(people, listed): &(u32, Option<u32>)| GroupRate {
            group: "G".to_owned(),
            people: *people,
            listed: *listed,
        };
        ActivityRates { activity: Activity::Weights, groups: groups.iter().map(group).collect() }
    }

    #[test]
    fn parity_is_the_smallest_rate_over_the_largest() {
        assert_eq!(rates(&[(5, Some(10)), (10, Some(40))]).parity(), Ok(0.5));
        assert_eq!(rates(&[(5, Some(10)), (0, Some(40))]).parity(), Ok(0.0));
        assert_eq!(rates(&[(12, Some(10)), (20, Some(20))]).parity(), Ok(1.0), "more than are listed are all");
    }

    #[test]
    fn there_is_no_parity_of_nobody_of_one_or_of_who_was_not_counted() {
        assert_eq!(rates(&[]).parity(), Err(NoParity::Nobody));
        assert_eq!(rates(&[(0, Some(3)), (0, None)]).parity(), Err(NoParity::Nobody));
        assert_eq!(rates(&[(1, Some(3))]).parity(), Err(NoParity::TooFewGroups));
        assert_eq!(rates(&[(1, Some(3)), (2, None)]).parity(), Err(NoParity::NotCounted(1)));
        assert_eq!(rates(&[(1, Some(3)), (0, Some(0))]).parity(), Err(NoParity::TooFewGroups));
    }

    #[test]
    fn of_a_small_group_only_counts_are_told() {
        let found = rates(&[(5, Some(9)), (5, Some(10)), (5, None)]);
        assert_eq!(found.groups.iter().map(GroupRate::tells_share).collect::<Vec<_>>(), [false, true, false]);
    }

    #[test]
    fn a_sheet_needs_an_answer_to_everything_and_not_knowing_is_one() {
        let typed = Typed::default().with("sheet_control", "4").with("sheet_range", DONT_KNOW).with("sheet_depth", "1");
        let sheet = Sheet::read("PA", &typed).unwrap();
        assert_eq!(Dimension::ALL.map(|dimension| sheet.mark(dimension)), [Some(4), None, Some(1)]);
        let typed = Typed::default().with("sheet_control", "6").with("sheet_range", "");
        assert_eq!(Sheet::read("PA", &typed).unwrap_err().len(), 3);
    }
}

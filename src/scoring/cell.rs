// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is known about one indicator in one group before anybody asks what may be shown?

use crate::domain::answer::NoAnswer;
use crate::domain::profile::Profile;
use crate::domain::score::{CodeCounts, Flag};
use crate::stats::count::{length, real};
use crate::stats::describe::Summary;
use crate::stats::interval::left_to_chance;

use super::complete::Letters;
use super::plan::IndicatorPlan;

/// Person means and item means may differ by this much.
const PRORATION_POINTS: f64 = 2.0;

/// One indicator in one group: every figure, shown or not.
#[derive(Clone, Debug)]
pub struct Cell<'a> {
    /// Code of the group.
    pub code: &'a str,
    /// Position of the group.
    pub group: usize,
    /// Whether an item is addressed to the group.
    pub addressed: bool,
    /// Whether a total without the group is partial.
    pub expected: bool,
    /// N, where known.
    pub listed: Option<u32>,
    /// Units with a valid score.
    pub summary: Option<Summary>,
    /// What the cells of the group's items hold.
    pub cells: Cells,
}

/// What the cells of an indicator's items hold in one group.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    /// Answers on the scale.
    pub answers: u64,
    /// Reasons for no answer.
    pub codes: CodeCounts,
    /// Mean of the item means, 0 to 100.
    pub mean_of_items: Option<f64>,
    /// Items with many of one reason.
    pub flags: Vec<Flag>,
    /// Steps of a full answer: how finely a respondent's score can vary.
    pub steps: u64,
}

impl Cell<'_> {
    /// n.
    pub fn n(&self) -> u64 {
        self.summary.map_or(0, |summary| summary.n)
    }

    /// Whether at least `least` units are valid, and at least one.
    pub fn has(&self, least: u32) -> bool {
        self.n() >= u64::from(least.max(1))
    }

    /// n as a field of a result.
    pub fn valid(&self) -> u32 {
        u32::try_from(self.n()).unwrap_or(u32::MAX)
    }

    /// Share of the listed that is left to chance.
    pub fn left(&self) -> f64 {
        left_to_chance(real(self.n()), self.listed.map(f64::from))
    }

    /// Share of the listed with a valid score, where N is known.
    pub fn coverage(&self) -> Option<f64> {
        self.listed.map(|_| 1.0 - self.left())
    }

    /// Whether more than half of the cells shown hold "don't know".
    pub fn mostly_dont_know(&self) -> bool {
        2 * self.cells.codes.dont_know > self.cells.shown()
    }

    /// Everything to know beside the group's score.
    pub fn flags(&self) -> Vec<Flag> {
        let mut flags = self.cells.flags.clone();
        let means = self.summary.map(|summary| summary.mean).zip(self.cells.mean_of_items);
        if means.is_some_and(|(persons, items)| (persons - items).abs() > PRORATION_POINTS) {
            flags.push(Flag::ProrationSensitive);
        }
        flags
    }
}

impl Cells {
    /// Reads the letters of an indicator's items in one group.
    pub fn new(plan: &IndicatorPlan, letters: &Letters, group: usize) -> Self {
        let mut cells = Self::default();
        let mut means = Vec::new();
        for item in plan.items.iter().filter(|item| plan.asked && item.asks(group)) {
            let mut of_item = Self::default();
            let mut sum = 0;
            for (letter, count) in letters.of(item.column, group).iter().enumerate() {
                if let Some(reason) = reason(letter) {
                    of_item.codes.add(reason, *count);
                } else {
                    of_item.answers += count;
                    sum += count * u64::from(item.steps(point_letter(letter)));
                }
            }
            if of_item.answers > 0 {
                means.push(100.0 * real(sum) / real(of_item.answers * u64::from(plan.range)));
            }
            of_item.flag();
            cells.add(of_item);
            cells.steps += u64::from(plan.range);
        }
        cells.mean_of_items = (!means.is_empty()).then(|| means.iter().sum::<f64>() / length(means.len()));
        cells
    }

    /// Cells that somebody saw.
    pub fn shown(&self) -> u64 {
        let codes = &self.codes;
        self.answers + codes.dont_know + codes.not_applicable + codes.refused + codes.skipped
    }

    fn add(&mut self, other: Self) {
        self.answers += other.answers;
        self.codes.include(&other.codes);
        let new: Vec<_> = other.flags.into_iter().filter(|flag| !self.flags.contains(flag)).collect();
        self.flags.extend(new);
    }

    fn flag(&mut self) {
        let shown = real(self.shown());
        let codes = self.codes;
        let above = |count: u64, share: f64| real(count) > share * shown;
        let found = [
            (above(codes.dont_know, 0.20), Flag::InformationGap),
            (above(codes.not_applicable, 0.30), Flag::NotForThisGroup),
            (above(codes.skipped + codes.refused, 0.10), Flag::SkippedOrRefused),
        ];
        self.flags.extend(found.into_iter().filter_map(|(holds, flag)| holds.then_some(flag)));
    }
}

/// Whether everybody in a small group has the same score.
pub fn unanimous(cell: &Cell<'_>, profile: &Profile) -> bool {
    !cell.has(profile.k_dist) && cell.summary.is_some_and(|summary| summary.squares <= 0.0)
}

fn reason(letter: usize) -> Option<NoAnswer> {
    letter.checked_sub(11).and_then(|reason| NoAnswer::ALL.get(reason)).copied()
}

fn point_letter(point: usize) -> u8 {
    u8::try_from(point).map_or(b'.', |point| crate::domain::answer::Answer::Point(point).letter())
}

#[cfg(test)]
mod tests {
    use super::super::plan::Plan;
    use super::super::reading::read;
    use super::super::samples;
    use super::*;

    fn cells(answers: &[&str]) -> Cells {
        let items: &[(&str, bool)] = &[("Fa", false), ("Fb", true)];
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", items)]);
        let rows: Vec<_> = answers.iter().map(|one| (1, *one)).collect();
        let wave = samples::wave(&framework, "1", &rows);
        let plan = Plan::new(&framework, &Profile::default(), None, &[]);
        let letters = read(&wave, &plan, 4).letters;
        Cells::new(&plan.indicators[0], &letters, 1)
    }

    #[test]
    fn nobody_is_no_mean_and_no_flag() {
        let none = cells(&[]);
        assert_eq!((none.answers, none.mean_of_items, none.flags.len()), (0, None, 0));
    }

    #[test]
    fn item_means_count_each_item_once() {
        let some = cells(&["5D", "55", "51"]);
        assert_eq!(some.answers, 5);
        assert!((some.mean_of_items.unwrap() - 75.0).abs() < 1e-12);
        assert_eq!(some.flags, [Flag::InformationGap]);
    }

    #[test]
    fn each_reason_has_its_flag() {
        assert_eq!(cells(&["N5", "N5", "35"]).flags, [Flag::NotForThisGroup]);
        assert_eq!(cells(&["R5", "-5", "35"]).flags, [Flag::SkippedOrRefused]);
        assert_eq!(cells(&[".5", ".5"]).flags, []);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is counted in the one sweep over all answers of a wave?
//!
//! The sweep is cut into pieces that are counted side by side. Everything counted is a whole number, so the sums do not
//! depend on how it is cut. Where an indicator has few possible patterns of answers, people who answered all of its
//! items are counted by pattern, one step a person, and the patterns are taken apart at the end.

use rayon::prelude::*;

use crate::domain::response::Responses;

use super::complete::{Complete, Letters, Patterns};
use super::plan::{IndicatorPlan, ItemPlan, NOT_APPLICABLE, Plan, UNANSWERED};
use super::units::{Column, Units};

/// Rows counted in one piece.
const PIECE: usize = 1 << 15;

/// A letter that is no point, in a table of steps.
const NO_POINT: u8 = u8::MAX;

/// Everything that one sweep counts.
#[derive(Debug)]
pub struct Reading<'a> {
    /// Every respondent with a score on every indicator.
    pub people: Units<'a>,
    /// Letters by item and group.
    pub letters: Letters,
    /// One per indicator: those who answered every item.
    pub complete: Vec<Complete>,
}

/// Reads every response once.
pub fn read<'a>(responses: &'a Responses, plan: &Plan, group_count: usize) -> Reading<'a> {
    let sweep = Sweep::new(plan, responses.items(), group_count);
    let width = responses.items().max(1);
    let answers = responses.letters().par_chunks(PIECE * width);
    let groups = responses.groups().par_chunks(PIECE);
    let pieces: Vec<Piece> = groups.zip(answers).map(|(groups, letters)| sweep.piece(groups, letters)).collect();
    let mut columns: Vec<Column> =
        plan.indicators.iter().map(|indicator| Column::of_plan(indicator, responses.len())).collect();
    let mut whole = sweep.nothing();
    for piece in pieces {
        whole.add(&piece);
        columns.iter_mut().zip(piece.codes).for_each(|(column, codes)| column.extend(codes));
    }
    sweep.take_apart(&mut whole);
    let people = Units { groups: responses.groups().to_vec(), keys: Vec::new(), columns };
    Reading { people, letters: whole.letters, complete: whole.complete }
}

/// What the sweep knows before it starts.
struct Sweep<'a> {
    indicators: Vec<Asked<'a>>,
    /// Items that belong to no indicator's plan: left out, but their letters are counted.
    others: Vec<usize>,
    items: usize,
    group_count: usize,
    places: [u8; 256],
}

/// One indicator, as the sweep reads it.
struct Asked<'a> {
    plan: &'a IndicatorPlan,
    /// Items that each group is asked.
    by_group: Vec<Vec<&'a ItemPlan>>,
    patterns: Option<Patterns>,
    /// For each item: its column, and the steps of each letter, or [`NO_POINT`].
    tables: Vec<(usize, [u8; 256])>,
}

/// What was counted in one piece.
struct Piece {
    codes: Vec<Vec<u32>>,
    letters: Letters,
    complete: Vec<Complete>,
    /// For each indicator with patterns, how many people of each group answered each.
    patterns: Vec<Vec<u32>>,
}

impl Piece {
    fn add(&mut self, other: &Self) {
        self.letters.add(&other.letters);
        self.complete.iter_mut().zip(&other.complete).for_each(|(sum, one)| sum.add(one));
        for (sums, counts) in self.patterns.iter_mut().zip(&other.patterns) {
            sums.iter_mut().zip(counts).for_each(|(sum, one)| *sum += one);
        }
    }
}

impl<'a> Asked<'a> {
    fn new(plan: &'a IndicatorPlan, group_count: usize) -> Self {
        let of_group = |group| plan.items.iter().filter(|item| plan.asked && item.asks(group)).collect();
        let table = |item: &ItemPlan| {
            let mut table = [NO_POINT; 256];
            for (letter, steps) in table.iter_mut().enumerate() {
                let worth = u8::try_from(letter).map_or(UNANSWERED, |letter| item.steps(letter));
                *steps = u8::try_from(worth).unwrap_or(NO_POINT);
            }
            (item.column, table)
        };
        Self {
            plan,
            by_group: (0..group_count).map(of_group).collect(),
            patterns: Patterns::of(plan),
            tables: plan.items.iter().map(table).collect(),
        }
    }

    /// Counts somebody who was asked and answered every item by the pattern of answers.
    fn whole(&self, (group, row): (usize, &[u8]), counts: Option<&mut Vec<u32>>) -> Option<u32> {
        let patterns = self.patterns.as_ref()?;
        if self.by_group.get(group)?.len() != self.plan.items.len() {
            return None;
        }
        let answered = u32::try_from(self.plan.items.len()).ok()?;
        self.plan.required(group, self.plan.items.len()).filter(|required| answered >= *required)?;
        let (pattern, sum) = self.pattern(patterns, row)?;
        *counts?.get_mut(group * patterns.size + pattern)? += 1;
        Some(1 + answered * self.plan.width() + sum)
    }

    /// Pattern and sum of steps of somebody who answered every item; none if not.
    fn pattern(&self, patterns: &Patterns, row: &[u8]) -> Option<(usize, u32)> {
        let (mut pattern, mut sum) = (0, 0);
        for (column, table) in &self.tables {
            let steps = row.get(*column).and_then(|letter| table.get(usize::from(*letter))).copied()?;
            if steps == NO_POINT {
                return None;
            }
            pattern = pattern * patterns.base + usize::from(steps);
            sum += u32::from(steps);
        }
        Some((pattern, sum))
    }
}

impl<'a> Sweep<'a> {
    fn new(plan: &'a Plan, items: usize, group_count: usize) -> Self {
        let indicators: Vec<_> = plan.indicators.iter().map(|one| Asked::new(one, group_count)).collect();
        let planned = |item: &usize| plan.indicators.iter().flat_map(|one| &one.items).any(|one| one.column == *item);
        let mut places = [15; 256];
        for (letter, place) in places.iter_mut().enumerate() {
            *place = u8::try_from(letter).map_or(15, place_of);
        }
        Self { indicators, others: (0..items).filter(|item| !planned(item)).collect(), items, group_count, places }
    }

    fn nothing(&self) -> Piece {
        let size = |one: &Asked<'_>| one.patterns.as_ref().map_or(0, |patterns| patterns.size) * self.group_count;
        Piece {
            codes: Vec::new(),
            letters: Letters::new(self.items, self.group_count),
            complete: self.indicators.iter().map(|one| Complete::new(one.plan.items.len(), self.group_count)).collect(),
            patterns: self.indicators.iter().map(|one| vec![0; size(one)]).collect(),
        }
    }

    fn piece(&self, groups: &[u16], letters: &[u8]) -> Piece {
        let mut piece = self.nothing();
        piece.codes = vec![Vec::with_capacity(groups.len()); self.indicators.len()];
        let mut steps = Vec::new();
        for (group, row) in groups.iter().zip(letters.chunks_exact(self.items.max(1))) {
            let group = usize::from(*group);
            for (place, asked) in self.indicators.iter().enumerate() {
                let code = match asked.whole((group, row), piece.patterns.get_mut(place)) {
                    Some(code) => code,
                    None => self.partly(asked, place, (group, row), (&mut piece, &mut steps)),
                };
                if let Some(codes) = piece.codes.get_mut(place) {
                    codes.push(code);
                }
            }
            for item in &self.others {
                self.letter(&mut piece.letters, *item, group, row);
            }
        }
        piece
    }

    /// Counts anybody else letter by letter.
    fn partly(
        &self,
        asked: &Asked<'_>,
        place: usize,
        (group, row): (usize, &[u8]),
        (piece, steps): (&mut Piece, &mut Vec<u16>),
    ) -> u32 {
        let of_group = asked.by_group.get(group).map_or(&[][..], Vec::as_slice);
        let code = code(asked.plan, of_group, (group, row), steps);
        for item in &asked.plan.items {
            self.letter(&mut piece.letters, item.column, group, row);
        }
        let everything = steps.len() == asked.plan.items.len() && !steps.is_empty();
        if let Some(complete) = piece.complete.get_mut(place).filter(|_| everything) {
            complete.count(group, steps, 1);
            for (number, item) in asked.plan.items.iter().enumerate() {
                complete.count_letter(number, group, (self.place(item.column, row), 1));
            }
        }
        code
    }

    fn letter(&self, letters: &mut Letters, item: usize, group: usize, row: &[u8]) {
        letters.count(item, group, (self.place(item, row), 1));
    }

    fn place(&self, item: usize, row: &[u8]) -> u8 {
        row.get(item).and_then(|letter| self.places.get(usize::from(*letter))).copied().unwrap_or(15)
    }

    /// Turns patterns into moments and letters.
    fn take_apart(&self, whole: &mut Piece) {
        for ((asked, counts), complete) in self.indicators.iter().zip(&whole.patterns).zip(&mut whole.complete) {
            let Some(patterns) = &asked.patterns else { continue };
            let places: Vec<Vec<u8>> = asked.plan.items.iter().map(places_of_steps).collect();
            for (place, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let (group, times) = (place / patterns.size, u64::from(*count));
                let steps = patterns.steps(place % patterns.size, asked.plan.items.len());
                complete.count(group, &steps, times);
                for (number, (item, step)) in asked.plan.items.iter().zip(&steps).enumerate() {
                    let letter = places.get(number).and_then(|of| of.get(usize::from(*step))).copied().unwrap_or(15);
                    complete.count_letter(number, group, (letter, times));
                    whole.letters.count(item.column, group, (letter, times));
                }
            }
        }
    }
}

/// For each number of steps, the place of the letter that is worth so many.
fn places_of_steps(item: &ItemPlan) -> Vec<u8> {
    let mut places = vec![15; usize::from(u8::MAX)];
    for letter in (b'0'..=b'9').chain([b'a']) {
        if let Some(place) = places.get_mut(usize::from(item.steps(letter))) {
            *place = place_of(letter);
        }
    }
    places
}

/// The position of a respondent's score, 0 for too few answers; `steps` receives what was answered.
fn code(plan: &IndicatorPlan, asked: &[&ItemPlan], (group, row): (usize, &[u8]), steps: &mut Vec<u16>) -> u32 {
    steps.clear();
    let mut applicable = 0;
    for item in asked {
        let worth = row.get(item.column).map_or(NOT_APPLICABLE, |letter| item.steps(*letter));
        applicable += usize::from(worth != NOT_APPLICABLE);
        if worth != NOT_APPLICABLE && worth != UNANSWERED {
            steps.push(worth);
        }
    }
    let answered = u32::try_from(steps.len()).unwrap_or(0);
    let enough = answered > 0 && plan.required(group, applicable).is_some_and(|required| answered >= required);
    let sum: u32 = steps.iter().map(|one| u32::from(*one)).sum();
    if enough { 1 + answered * plan.width() + sum } else { 0 }
}

const fn place_of(letter: u8) -> u8 {
    match letter {
        b'0'..=b'9' => letter - b'0',
        b'a' => 10,
        b'D' => 11,
        b'N' => 12,
        b'R' => 13,
        b'-' => 14,
        _ => 15,
    }
}

#[cfg(test)]
mod tests {
    use super::super::complete::Moments;
    use super::super::samples;
    use super::*;
    use crate::domain::profile::Profile;

    const THREE: &[(&str, bool)] = &[("F1a", false), ("F1b", false), ("F1c", true)];
    const TWO: &[(&str, bool)] = &[("F2a", false), ("F2b", false)];

    fn score(items: &[(&str, bool)], answers: &str) -> Option<f64> {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", items)]);
        let wave = samples::wave(&framework, "1", &[(0, answers)]);
        let plan = Plan::new(&framework, &Profile::default(), None, &[]);
        read(&wave, &plan, 4).people.columns[0].score(0)
    }

    #[test]
    fn the_worked_respondents() {
        assert_eq!(score(THREE, "4D2"), Some(75.0), "T04");
        assert_eq!(score(THREE, "-2D"), None, "T06: one answer of three applicable, two required");
        assert_eq!(score(TWO, "3N"), Some(50.0), "C03: one applicable, one answered");
        assert_eq!(score(THREE, "NNN"), None, "C05: nothing applies");
    }

    #[test]
    fn two_of_three_answers_weigh_as_three() {
        assert_eq!(score(THREE, "4R2"), Some(75.0));
        assert_eq!(score(THREE, "44."), Some(75.0));
        assert_eq!(score(THREE, "44N"), Some(75.0));
        assert_eq!(score(THREE, "4NN"), None, "two answers are required of an indicator of three items");
    }

    #[test]
    fn letters_are_counted_by_item_and_group() {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", TWO)]);
        let wave = samples::wave(&framework, "1", &[(0, "5D"), (0, "5-"), (2, "N.")]);
        let plan = Plan::new(&framework, &Profile::default(), None, &[]);
        let letters = read(&wave, &plan, 4).letters;
        assert_eq!(letters.of(0, 0)[5], 2);
        assert_eq!((letters.of(1, 0)[11], letters.of(1, 0)[14]), (1, 1));
        assert_eq!((letters.of(0, 2)[12], letters.of(1, 2)[15]), (1, 1));
    }

    #[test]
    fn complete_rows_have_whole_moments() {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", THREE)]);
        let wave = samples::wave(&framework, "1", &[(0, "551"), (0, "4-3"), (1, "214"), (1, "333")]);
        let plan = Plan::new(&framework, &Profile::default(), None, &[]);
        let complete = &read(&wave, &plan, 4).complete[0];
        assert_eq!(complete.together(0..1), Moments { n: 1, sums: vec![4, 4, 4], products: vec![16; 6] });
        let all = complete.together(0..4);
        assert_eq!((all.n, all.sums), (3, vec![7, 6, 7]));
        assert_eq!(all.products, [16 + 1 + 4, 16 + 4, 16 + 1 + 4, 16 + 4, 16 + 4, 16 + 1 + 4]);
    }

    #[test]
    fn counting_by_pattern_and_by_letter_is_the_same() {
        let items: Vec<(String, bool)> = (0..7).map(|item| (format!("F{item}"), item % 2 == 1)).collect();
        let named: Vec<(&str, bool)> = items.iter().map(|(code, reverse)| (code.as_str(), *reverse)).collect();
        let long = samples::framework(&[1, 2, 3, 4, 5], &[("F", &named)]);
        let short = samples::framework(&[1, 2, 3, 4, 5], &[("F", &named[..3])]);
        let answers = ["5123451", "4D23451", "3345124", "5123451", "1111111"];
        let cut: Vec<_> = answers.iter().map(|one| (1, &one[..3])).collect();
        let whole: Vec<_> = answers.iter().map(|one| (1, *one)).collect();
        let plan = |framework| Plan::new(framework, &Profile::default(), None, &[]);
        assert!(Patterns::of(&plan(&long).indicators[0]).is_none(), "too many patterns");
        let (by_letter, by_pattern) = (samples::wave(&long, "1", &whole), samples::wave(&short, "1", &cut));
        let (one, other) = (read(&by_letter, &plan(&long), 4), read(&by_pattern, &plan(&short), 4));
        for item in 0..3 {
            assert_eq!(one.letters.of(item, 1), other.letters.of(item, 1));
            assert_eq!(one.complete[0].letters(item, &[1]), other.complete[0].letters(item, &[1]));
        }
        let (one, other) = (one.complete[0].together(1..2), other.complete[0].together(1..2));
        assert_eq!((one.n, &one.sums[..3], &one.products[..3]), (other.n, &other.sums[..], &other.products[..3]));
    }

    #[test]
    fn cutting_the_sweep_changes_nothing() {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F1", THREE), ("F2", TWO)]);
        let letter = |row: usize, item: usize| char::from(b"12345D-N."[(row * 7 + item * 5 + row * item) % 9]);
        let answers: Vec<String> =
            (0..PIECE * 2 + 17).map(|row| (0..5).map(|item| letter(row, item)).collect()).collect();
        let rows: Vec<_> = answers.iter().enumerate().map(|(row, one)| (row % 4, one.as_str())).collect();
        let plan = Plan::new(&framework, &Profile::default(), None, &[]);
        let wave = samples::wave(&framework, "1", &rows);
        let reading = read(&wave, &plan, 4);
        for (row, (group, answers)) in rows.iter().enumerate().step_by(997) {
            let alone = samples::wave(&framework, "1", &[(*group, answers)]);
            let one = read(&alone, &plan, 4);
            assert_eq!(reading.people.columns[0].score(row), one.people.columns[0].score(0));
            assert_eq!(reading.people.columns[1].score(row), one.people.columns[1].score(0));
        }
        let counted: u64 = (0..4).map(|group| reading.letters.of(2, group).iter().sum::<u64>()).sum();
        assert_eq!(counted, u64::try_from(rows.len()).unwrap());
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do those who answered every item of an indicator say, and how often does each letter occur?

use super::plan::IndicatorPlan;

/// Letters that are counted apart: eleven points and five reasons.
pub const LETTERS: usize = 16;

/// How many cells of each item hold each letter, by group.
#[derive(Clone, Debug)]
pub struct Letters {
    counts: Vec<u64>,
    groups: usize,
}

impl Letters {
    /// Nothing counted yet.
    pub fn new(items: usize, groups: usize) -> Self {
        Self { counts: vec![0; items * groups * LETTERS], groups }
    }

    /// Counts of one item in one group: points 0 to 10, then the five reasons in the order of `NoAnswer::ALL`.
    pub fn of(&self, item: usize, group: usize) -> &[u64] {
        let from = (item * self.groups + group) * LETTERS;
        self.counts.get(from..from + LETTERS).unwrap_or_default()
    }

    /// Counts a letter of one item in one group so many times.
    pub fn count(&mut self, item: usize, group: usize, (place, times): (u8, u64)) {
        let place = (item * self.groups + group) * LETTERS + usize::from(place);
        if let Some(count) = self.counts.get_mut(place) {
            *count += times;
        }
    }

    /// Adds the counts of another piece.
    pub fn add(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(sum, one)| *sum += one);
    }
}

/// Of those who answered every item of an indicator, by group: how many, the sums and products of their steps, and how
/// often each letter occurs in each item.
#[derive(Clone, Debug)]
pub struct Complete {
    items: usize,
    /// For each group: n, then a sum for each item, then a product for each pair of items (j ≤ k, row by row).
    counts: Vec<u64>,
    letters: Letters,
}

/// Whole-number moments of complete rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moments {
    /// Rows.
    pub n: u64,
    /// Sum of steps of each item.
    pub sums: Vec<u64>,
    /// Sum of products of each pair of items, j ≤ k, row by row.
    pub products: Vec<u64>,
}

impl Complete {
    /// Nobody counted yet.
    pub fn new(items: usize, groups: usize) -> Self {
        Self { items, counts: vec![0; groups * Self::width(items)], letters: Letters::new(items, groups) }
    }

    const fn width(items: usize) -> usize {
        1 + items + items * (items + 1) / 2
    }

    /// Adds the people of another piece.
    pub fn add(&mut self, other: &Self) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(sum, one)| *sum += one);
        self.letters.add(&other.letters);
    }

    /// How often each letter occurs in one item, over some groups together.
    pub fn letters(&self, item: usize, groups: &[usize]) -> [u64; LETTERS] {
        let mut sums = [0; LETTERS];
        for group in groups {
            sums.iter_mut().zip(self.letters.of(item, *group)).for_each(|(sum, count)| *sum += count);
        }
        sums
    }

    /// Counts so many people of a group who answered the same: the steps of each item.
    pub fn count(&mut self, group: usize, steps: &[u16], times: u64) {
        let width = Self::width(self.items);
        let place = group * width..(group + 1) * width;
        let Some((n, rest)) = self.counts.get_mut(place).and_then(<[u64]>::split_first_mut) else { return };
        *n += times;
        let (sums, products) = rest.split_at_mut(steps.len().min(rest.len()));
        let mut products = products.iter_mut();
        for (place, (sum, one)) in sums.iter_mut().zip(steps).enumerate() {
            *sum += times * u64::from(*one);
            for (other, product) in steps.iter().skip(place).zip(products.by_ref()) {
                *product += times * u64::from(*one) * u64::from(*other);
            }
        }
    }

    /// Counts a letter of one item among those people.
    pub fn count_letter(&mut self, item: usize, group: usize, counted: (u8, u64)) {
        self.letters.count(item, group, counted);
    }

    /// The moments of some groups together.
    pub fn together(&self, groups: impl Iterator<Item = usize>) -> Moments {
        let width = Self::width(self.items);
        let mut all = vec![0; width];
        for group in groups {
            let counts = self.counts.get(group * width..(group + 1) * width).unwrap_or_default();
            all.iter_mut().zip(counts).for_each(|(sum, one)| *sum += one);
        }
        self.moments(&all)
    }

    fn moments(&self, counts: &[u64]) -> Moments {
        let (n, rest) = counts.split_first().map_or((0, &[][..]), |(n, rest)| (*n, rest));
        let (sums, products) = rest.split_at(self.items.min(rest.len()));
        Moments { n, sums: sums.to_vec(), products: products.to_vec() }
    }
}

/// Patterns of an indicator are counted whole if there are at most so many.
const MOST_PATTERNS: usize = 4096;

/// How the answers to all items of an indicator become one number: a digit for each item.
#[derive(Clone, Debug)]
pub struct Patterns {
    /// Values of a digit: steps from 0 to the range.
    pub base: usize,
    /// How many patterns there are.
    pub size: usize,
}

impl Patterns {
    /// The patterns of an indicator, unless there are too many.
    pub fn of(plan: &IndicatorPlan) -> Option<Self> {
        let base = usize::try_from(plan.range).ok()? + 1;
        let digits = u32::try_from(plan.items.len()).ok()?;
        let size = base.checked_pow(digits).filter(|size| digits > 0 && *size <= MOST_PATTERNS)?;
        u8::try_from(base).ok().map(|_| Self { base, size })
    }

    /// The steps of each item in a pattern, whose first digit is the highest.
    pub fn steps(&self, mut pattern: usize, items: usize) -> Vec<u16> {
        let mut steps = vec![0; items];
        for step in steps.iter_mut().rev() {
            *step = u16::try_from(pattern % self.base).unwrap_or(0);
            pattern /= self.base;
        }
        steps
    }
}

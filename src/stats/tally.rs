// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How often does each value occur in one sample, and how often in the other?

use super::Undefined;
use super::count::{length, real};
use super::ranks::rounded;

/// Up to so many observations (67 million) every sum of a [`Tally`] is a whole number below 2¹²⁷.
pub const MOST: u64 = 1 << 26;

/// Two samples as counts over the same distinct values, from the smallest to the largest.
///
/// Whatever depends on ranks only depends on this only: not on the values, not on the order of people.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tally {
    a: Vec<u64>,
    b: Vec<u64>,
}

/// Whole numbers of pairs, one of each sample, by which of the two is above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dominance {
    /// Observations of the first sample.
    pub n_a: i128,
    /// Observations of the second.
    pub n_b: i128,
    /// Pairs with the first above, less pairs with the second above.
    pub difference: i128,
    /// Pairs whose values differ.
    pub decided: i128,
    /// The difference of each member of the first sample, squared and added up.
    pub squares_of_a: i128,
    /// The difference of each member of the second sample, squared and added up.
    pub squares_of_b: i128,
}

impl Tally {
    /// Two samples given as counts of the same ascending values; values that nobody gave are dropped.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] if the lists differ in length or count more than [`MOST`] observations.
    pub fn of_counts(a: &[u64], b: &[u64]) -> Result<Self, Undefined> {
        let all = a.iter().chain(b).try_fold(0_u64, |sum, count| sum.checked_add(*count));
        if a.len() != b.len() || all.is_none_or(|all| all > MOST) {
            return Err(Undefined::OutOfRange);
        }
        let given = a.iter().zip(b).filter(|(a, b)| **a > 0 || **b > 0);
        let (a, b) = given.map(|(a, b)| (*a, *b)).unzip();
        Ok(Self { a, b })
    }

    /// Two samples of single values; equal are those that agree after rounding to 1e-9.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] if a value is not finite or there are more than [`MOST`].
    pub fn of_values(a: &[f64], b: &[f64]) -> Result<Self, Undefined> {
        let in_a = a.iter().map(|value| rounded(*value).map(|value| (value, 1, 0)));
        let in_b = b.iter().map(|value| rounded(*value).map(|value| (value, 0, 1)));
        let mut all = in_a.chain(in_b).collect::<Result<Vec<(f64, u64, u64)>, _>>()?;
        all.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        let equal = all.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq());
        let counts = equal.map(|equal| equal.iter().fold((0, 0), |(a, b), one| (a + one.1, b + one.2)));
        let (a, b): (Vec<_>, Vec<_>) = counts.unzip();
        Self::of_counts(&a, &b)
    }

    /// Counts of the first sample.
    #[must_use]
    pub fn a(&self) -> &[u64] {
        &self.a
    }

    /// Counts of the second sample.
    #[must_use]
    pub fn b(&self) -> &[u64] {
        &self.b
    }

    /// Counts of both samples together; none is zero.
    pub fn pooled(&self) -> impl Iterator<Item = u64> + Clone {
        self.a.iter().zip(&self.b).map(|(a, b)| a + b)
    }

    /// For each value the observations of both samples up to it, and with it.
    pub(super) fn running(&self) -> impl Iterator<Item = (u64, u64)> {
        self.pooled().scan(0, |up_to, count| {
            *up_to += count;
            Some((*up_to, count))
        })
    }

    /// Observations of the first sample and of the second.
    #[must_use]
    pub fn sizes(&self) -> (u64, u64) {
        (self.a.iter().sum(), self.b.iter().sum())
    }

    /// Distinct ways to share out the pooled counts among samples of these sizes; a little above `limit` if more.
    pub(super) fn arrangements(&self, limit: u64) -> u64 {
        let (n_a, n_b) = self.sizes();
        let (small, mut rest) = (n_a.min(n_b), n_a + n_b);
        // Ways in which so many of the values so far, from `first` on, are in the smaller sample and it can be filled.
        let (mut first, mut ways, mut all) = (0, vec![1], 1);
        for count in self.pooled() {
            rest -= count;
            let last = (first + size(ways.len())).saturating_sub(1);
            let (low, high) = (first.max(small.saturating_sub(rest)), small.min(last + count));
            let mut longer = Vec::new();
            all = 0;
            for taken in low..=high {
                let (from, to) = (taken.saturating_sub(count).max(first), taken.min(last));
                let here: u64 = ways.iter().skip(place(from - first)).take(place(to + 1 - from)).sum();
                longer.push(here);
                all += here;
                if all > limit {
                    return all;
                }
            }
            (first, ways) = (low, longer);
        }
        all
    }

    /// Share of the arrangements in which one sample lies wholly below the other, if there are any: one or two of all.
    pub(super) fn share_without_overlap(&self) -> f64 {
        let (n_a, n_b) = self.sizes();
        let ends: Vec<u64> = self.running().map(|(up_to, _)| up_to).collect();
        let ways = [n_a, n_b].iter().filter(|size| ends.contains(size)).count();
        let (small, large) = (n_a.min(n_b), n_a.max(n_b));
        let one = (1..=small).try_fold(1.0, |share, chosen| {
            let share = share * real(chosen) / real(large + chosen);
            (share > 0.0).then_some(share)
        });
        length(ways) * one.unwrap_or(0.0)
    }

    /// Sums over all pairs, in one walk over the distinct values.
    ///
    /// # Errors
    /// [`Undefined::Empty`] if a sample is empty.
    pub(super) fn dominance(&self) -> Result<Dominance, Undefined> {
        let (n_a, n_b) = self.sizes();
        if n_a == 0 || n_b == 0 {
            return Err(Undefined::Empty);
        }
        let (n_a, n_b) = (i128::from(n_a), i128::from(n_b));
        let mut sums = Dominance { n_a, n_b, difference: 0, decided: n_a * n_b, squares_of_a: 0, squares_of_b: 0 };
        let (mut below_a, mut below_b) = (0, 0);
        for (a, b) in self.a.iter().zip(&self.b) {
            let (a, b) = (i128::from(*a), i128::from(*b));
            let (of_a, of_b) = (2 * below_b + b - n_b, 2 * below_a + a - n_a);
            sums.difference += a * of_a;
            sums.decided -= a * b;
            sums.squares_of_a += a * of_a * of_a;
            sums.squares_of_b += b * of_b * of_b;
            below_a += a;
            below_b += b;
        }
        Ok(sums)
    }
}

impl Dominance {
    /// All pairs.
    pub const fn pairs(&self) -> i128 {
        self.n_a * self.n_b
    }

    /// Sum of squared deviations of the differences of the first sample's members, times its size. Never negative.
    pub const fn spread_of_a(&self) -> i128 {
        self.n_a * self.squares_of_a - self.difference * self.difference
    }

    /// The same for the second sample.
    pub const fn spread_of_b(&self) -> i128 {
        self.n_b * self.squares_of_b - self.difference * self.difference
    }
}

/// A whole number as a float, rounded once below 2⁶⁴ and to the last digit or the one before it above.
pub(super) fn wide(number: i128) -> f64 {
    const TWO_TO_64: f64 = 18_446_744_073_709_551_616.0;
    let size = number.unsigned_abs();
    let part = |bits: u128| real(u64::try_from(bits & u128::from(u64::MAX)).unwrap_or(u64::MAX));
    let float = part(size >> 64) * TWO_TO_64 + part(size);
    if number < 0 { -float } else { float }
}

/// A count as a place in a list.
pub(super) fn place(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// A length as a count.
pub(super) fn size(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_no_sums() {
        let nothing = Tally::of_values(&[], &[]).unwrap();
        assert_eq!(nothing.sizes(), (0, 0));
        assert_eq!(nothing.dominance(), Err(Undefined::Empty));
        assert_eq!(Tally::of_values(&[], &[1.0, 2.0]).unwrap().dominance(), Err(Undefined::Empty));
    }

    #[test]
    fn counts_and_values_say_the_same() {
        let values = Tally::of_values(&[50.0, 25.0, 50.0], &[75.0, 25.0]).unwrap();
        assert_eq!(values, Tally::of_counts(&[0, 1, 2, 0, 0], &[0, 1, 0, 0, 1]).unwrap());
        assert_eq!((values.a(), values.b(), values.sizes()), (&[1, 2, 0][..], &[1, 0, 1][..], (3, 2)));
        assert_eq!(values.pooled().collect::<Vec<_>>(), [2, 2, 1]);
    }

    #[test]
    fn values_that_are_meant_to_be_equal_are() {
        let tally = Tally::of_values(&[8.0 / 3.0 - 7.0 / 3.0, 0.0], &[3.0 - 8.0 / 3.0, -0.0]).unwrap();
        assert_eq!((tally.a(), tally.b()), (&[1, 1][..], &[1, 1][..]));
    }

    #[test]
    fn what_cannot_be_counted_is_refused() {
        assert_eq!(Tally::of_values(&[f64::NAN], &[1.0]), Err(Undefined::OutOfRange));
        assert_eq!(Tally::of_values(&[1.0], &[f64::INFINITY]), Err(Undefined::OutOfRange));
        assert_eq!(Tally::of_counts(&[1, 2], &[1]), Err(Undefined::OutOfRange));
        assert_eq!(Tally::of_counts(&[u64::MAX, 1], &[0, 0]), Err(Undefined::OutOfRange));
        assert_eq!(Tally::of_counts(&[MOST], &[1]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn one_walk_finds_what_all_pairs_say() {
        let (a, b) = ([1, 1, 2, 5, 5, 5, 3], [4, 1, 2, 2, 6]);
        let sign = |x: &i128, y: &i128| (x - y).signum();
        let of_a: Vec<i128> = a.iter().map(|x| b.iter().map(|y| sign(x, y)).sum()).collect();
        let of_b: Vec<i128> = b.iter().map(|y| a.iter().map(|x| sign(x, y)).sum()).collect();
        let floats = |values: &[i128]| values.iter().map(|value| wide(*value)).collect::<Vec<_>>();
        let found = Tally::of_values(&floats(&a), &floats(&b)).unwrap().dominance().unwrap();
        assert_eq!(found.difference, of_a.iter().sum());
        assert_eq!(found.squares_of_a, of_a.iter().map(|one| one * one).sum());
        assert_eq!(found.squares_of_b, of_b.iter().map(|one| one * one).sum());
        assert_eq!(found.decided, a.iter().flat_map(|x| b.iter().map(move |y| sign(x, y).abs())).sum());
        assert_eq!(found.pairs(), 35);
    }

    #[test]
    fn the_largest_samples_do_not_overflow() {
        let most = Tally::of_counts(&[0, MOST / 2], &[MOST / 2, 0]).unwrap().dominance().unwrap();
        assert_eq!((most.spread_of_a(), most.spread_of_b(), most.difference), (0, 0, most.pairs()));
        assert!((wide(most.squares_of_a) / 2.0_f64.powi(75) - 1.0).abs() < 1e-15);
        assert!((wide(-3) + 3.0).abs() < 1e-300 && wide(i128::MAX) > 1.7e38);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does one more statistic, beside all those that left already, point at few people?
//!
//! A ledger is about one variable. Its units fall into classes that no statistic tells apart, such as "of this group, in
//! this wave, not found again". A statistic is a weighted sum over classes. Before it leaves, two questions are asked:
//!
//! 1. *Differencing.* Does its set of units differ from that of an earlier one by fewer than `k_show` units, but by some?
//! 2. *Rank audit.* Do all statistics together fix the sum of a class, or of a few classes, of fewer than `k_show` units?
//!    Pairs of statistics can be harmless where three are not.

use crate::domain::score::{Given, Withheld};
use crate::stats::linear::determined;

/// Everything about one variable that left so far.
#[derive(Clone, Debug)]
pub struct Ledger {
    sizes: Vec<u64>,
    k_show: u64,
    released: Vec<Vec<f64>>,
}

impl Ledger {
    /// Nothing left yet. `sizes` are the units of each class; an empty class is harmless.
    #[must_use]
    pub const fn new(sizes: Vec<u64>, k_show: u64) -> Self {
        Self { sizes, k_show, released: Vec::new() }
    }

    /// Enters a statistic that leaves anyway; `coefficients` is the weight of a unit of each class.
    pub fn enter(&mut self, coefficients: Vec<f64>) {
        self.released.push(coefficients);
    }

    /// Whether a statistic may leave; if so it is entered.
    ///
    /// # Errors
    /// [`Withheld::FewerThanMinimum`] if it is made from few units itself, [`Withheld::Complementary`] if together with
    /// others it points at few.
    pub fn release(&mut self, coefficients: Vec<f64>) -> Given<()> {
        let own = self.units(|class| weight(&coefficients, class) != 0.0);
        if own > 0 && own < self.k_show {
            return Err(Withheld::FewerThanMinimum);
        }
        if self.released.iter().any(|earlier| self.differs_by_few(earlier, &coefficients)) {
            return Err(Withheld::Complementary);
        }
        let mut rows = self.released.clone();
        rows.push(coefficients);
        if self.points_at_few(&rows) {
            return Err(Withheld::Complementary);
        }
        self.released = rows;
        Ok(())
    }

    fn units(&self, member: impl Fn(usize) -> bool) -> u64 {
        self.sizes.iter().enumerate().filter(|(class, _)| member(*class)).map(|(_, size)| size).sum()
    }

    fn differs_by_few(&self, one: &[f64], other: &[f64]) -> bool {
        let apart = self.units(|class| (weight(one, class) != 0.0) != (weight(other, class) != 0.0));
        apart > 0 && apart < self.k_show
    }

    /// Whether the sum of a class of few units is fixed by all rows together.
    fn points_at_few(&self, rows: &[Vec<f64>]) -> bool {
        let full = |row: &Vec<f64>| -> Vec<f64> {
            let weights = self.sizes.iter().enumerate();
            weights.map(|(class, size)| if *size > 0 { weight(row, class) } else { 0.0 }).collect()
        };
        let rows: Vec<_> = rows.iter().map(full).collect();
        let fixed = determined(&rows, self.sizes.len());
        fixed.iter().zip(&self.sizes).any(|(fixed, size)| *fixed && *size > 0 && *size < self.k_show)
    }
}

fn weight(row: &[f64], class: usize) -> f64 {
    row.get(class).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_statistic_of_few_units_does_not_leave() {
        let mut ledger = Ledger::new(vec![4, 8], 5);
        assert_eq!(ledger.release(vec![0.25, 0.0]), Err(Withheld::FewerThanMinimum));
        assert_eq!(ledger.release(vec![0.0, 0.125]), Ok(()));
    }

    #[test]
    fn two_statistics_must_not_differ_by_few_units() {
        let mut ledger = Ledger::new(vec![9, 1, 6], 5);
        assert_eq!(ledger.release(vec![0.1, 0.1, 0.0]), Ok(()), "all ten of a group");
        assert_eq!(ledger.release(vec![1.0 / 9.0, 0.0, 0.0]), Err(Withheld::Complementary), "the nine who stayed");
        assert_eq!(ledger.release(vec![1.0 / 16.0; 3]), Ok(()));
    }

    #[test]
    fn three_statistics_can_point_where_two_do_not() {
        let mut ledger = Ledger::new(vec![6, 6, 1, 6], 5);
        assert_eq!(ledger.release(vec![1.0, 1.0, 1.0, 0.0]), Ok(()));
        assert_eq!(ledger.release(vec![1.0, 0.0, 0.0, 1.0]), Ok(()));
        assert_eq!(ledger.release(vec![0.0, 1.0, 0.0, -1.0]), Err(Withheld::Complementary));
    }

    #[test]
    fn an_empty_class_points_at_nobody() {
        let mut ledger = Ledger::new(vec![0, 7], 5);
        assert_eq!(ledger.release(vec![1.0, 1.0]), Ok(()));
        assert_eq!(ledger.release(vec![0.0, 1.0]), Ok(()));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        /// Solved unit by unit, in another way than the ledger's own: no single unit is fixed by what it let go.
        #[test]
        fn no_unit_can_be_solved_for(
            sizes in prop::collection::vec(0_u64..8, 2..7),
            wanted in prop::collection::vec(prop::collection::vec(-2_i32..3, 6), 1..12),
        ) {
            let mut ledger = Ledger::new(sizes.clone(), 5);
            let mut left = Vec::new();
            for row in wanted {
                let row: Vec<f64> = row.into_iter().take(sizes.len()).map(f64::from).collect();
                if ledger.release(row.clone()).is_ok() {
                    left.push(row);
                }
            }
            let classes: Vec<usize> = sizes.iter().enumerate()
                .flat_map(|(class, size)| std::iter::repeat_n(class, usize::try_from(*size).unwrap())).collect();
            let units: Vec<Vec<f64>> =
                left.iter().map(|row| classes.iter().map(|class| weight(row, *class)).collect()).collect();
            let basis = super::super::attack::basis(&units);
            for unit in 0..classes.len() {
                let mut alone = vec![0.0; classes.len()];
                alone[unit] = 1.0;
                let rest = super::super::attack::remainder(&alone, &basis);
                prop_assert!(super::super::attack::norm(&rest) > 1e-6, "unit {unit} of {sizes:?} by {left:?}");
            }
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is the mean and the spread of some values that occur so many times each?

use super::count::real;
use super::{Undefined, finite};

/// Number, mean and spread of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Observations.
    pub n: u64,
    /// Arithmetic mean.
    pub mean: f64,
    /// Sum of squared deviations from the mean; exactly zero if all values are equal.
    pub squares: f64,
}

impl Summary {
    /// Variance with divisor n − 1.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] for a single observation.
    pub fn variance(&self) -> Result<f64, Undefined> {
        if self.n < 2 { Err(Undefined::TooFew) } else { Ok(self.squares / real(self.n - 1)) }
    }

    /// Standard deviation with divisor n − 1.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] for a single observation.
    pub fn sd(&self) -> Result<f64, Undefined> {
        self.variance().map(f64::sqrt)
    }
}

/// Summary of values given with how often each occurs, in two sweeps: mean first, then deviations.
///
/// The result depends on the values and counts only, not on the order in which people answered.
///
/// # Errors
/// [`Undefined::Empty`] without observations, [`Undefined::OutOfRange`] if a value is not finite.
///
/// # Source
/// Corrected two-pass algorithm: Chan, Golub & `LeVeque` 1983. Checked against the NIST data sets `NumAcc1`–`3`.
///
/// # Example
/// ```
/// let summary = insieme::stats::describe::summary([(75.0, 2), (50.0, 1)].into_iter()).unwrap();
/// assert_eq!((summary.n, summary.mean), (3, 200.0 / 3.0));
/// ```
pub fn summary(values: impl Iterator<Item = (f64, u64)> + Clone) -> Result<Summary, Undefined> {
    let mut n = 0;
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut sum = Sum::default();
    for (value, count) in values.clone().filter(|(_, count)| *count > 0) {
        finite(value)?;
        n = u64::checked_add(n, count).ok_or(Undefined::OutOfRange)?;
        low = low.min(value);
        high = high.max(value);
        sum.add(value * real(count));
    }
    if n == 0 {
        return Err(Undefined::Empty);
    }
    if low >= high {
        return finite(low).map(|mean| Summary { n, mean, squares: 0.0 });
    }
    let mean = finite(sum.total() / real(n))?;
    let (mut squares, mut rest) = (Sum::default(), Sum::default());
    for (value, count) in values {
        let deviation = value - mean;
        squares.add(deviation * deviation * real(count));
        rest.add(deviation * real(count));
    }
    let squares = finite(squares.total() - rest.total() * rest.total() / real(n))?;
    Ok(Summary { n, mean: mean + rest.total() / real(n), squares: squares.max(0.0) })
}

/// Summary of single values.
///
/// # Errors
/// As [`summary`].
pub fn of_values(values: &[f64]) -> Result<Summary, Undefined> {
    summary(values.iter().map(|value| (*value, 1)))
}

/// A running sum that keeps what rounding would lose (Neumaier 1974).
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    /// Adds a term.
    pub fn add(&mut self, term: f64) {
        let total = self.sum + term;
        let kept = if self.sum.abs() >= term.abs() { (self.sum - total) + term } else { (term - total) + self.sum };
        self.lost += kept;
        self.sum = total;
    }

    /// The sum of all terms.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.sum + self.lost
    }
}

/// Sum of terms, with what rounding would lose.
#[must_use]
pub fn sum(terms: impl Iterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    terms.for_each(|term| sum.add(term));
    sum.total()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_no_mean() {
        assert_eq!(of_values(&[]), Err(Undefined::Empty));
    }

    #[test]
    fn one_value_has_a_mean_and_no_spread() {
        let one = of_values(&[62.5]).unwrap();
        assert!((one.mean - 62.5).abs() < 1e-15);
        assert_eq!(one.sd(), Err(Undefined::TooFew));
    }

    #[test]
    fn two_values_differ_by_their_distance() {
        let two = of_values(&[50.0, 75.0]).unwrap();
        assert!((two.sd().unwrap() - 25.0 / 2.0_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn equal_values_have_exactly_no_spread() {
        let equal = of_values(&[200.0 / 3.0; 7]).unwrap();
        assert_eq!(equal.squares.to_bits(), 0.0_f64.to_bits());
        assert_eq!(equal.mean.to_bits(), (200.0_f64 / 3.0).to_bits());
    }

    #[test]
    fn counts_are_repetitions() {
        let counted = summary([(25.0, 2), (100.0, 3), (50.0, 0)].into_iter()).unwrap();
        let listed = of_values(&[25.0, 100.0, 100.0, 25.0, 100.0]).unwrap();
        assert_eq!(counted.n, 5);
        assert!((counted.mean - listed.mean).abs() < 1e-12);
        assert!((counted.squares - listed.squares).abs() < 1e-9);
    }

    #[test]
    fn a_large_offset_does_not_eat_the_spread() {
        // Shape of NIST NumAcc3: 1000000.2, then 1000000.1 and 1000000.3 five hundred times; sd exactly 0.1.
        let values = [(1_000_000.2, 1), (1_000_000.1, 500), (1_000_000.3, 500)];
        let offset = summary(values.into_iter()).unwrap();
        assert!((offset.mean - 1_000_000.2).abs() < 1e-9);
        assert!((offset.sd().unwrap() - 0.1).abs() < 1e-9);
    }

    #[test]
    fn what_is_not_finite_is_refused() {
        assert_eq!(of_values(&[1.0, f64::INFINITY]), Err(Undefined::OutOfRange));
        assert_eq!(of_values(&[f64::NAN, 3.0, 3.0]), Err(Undefined::OutOfRange));
        assert_eq!(summary([(1.0, u64::MAX), (2.0, 2)].into_iter()), Err(Undefined::OutOfRange));
    }
}

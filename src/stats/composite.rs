// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do three pillars become one number?

use super::{Undefined, finite};

/// Weighted arithmetic mean. Weights need not sum to one.
///
/// # Errors
/// [`Undefined::Empty`] if no weight is above zero.
pub fn linear(parts: &[(f64, f64)]) -> Result<f64, Undefined> {
    let total: f64 = parts.iter().map(|(_, weight)| weight).sum();
    if total <= 0.0 {
        return Err(Undefined::Empty);
    }
    finite(parts.iter().map(|(value, weight)| value * weight).sum::<f64>() / total)
}

/// Weighted geometric mean of values from 0 to 100; a value below 1 counts as 1.
///
/// # Errors
/// [`Undefined::Empty`] if no weight is above zero.
///
/// # Example
/// ```
/// let value = insieme::stats::composite::geometric(&[(70.0, 1.0), (60.0, 1.0), (40.0, 1.0)]).unwrap();
/// assert!((value - 55.178).abs() < 5e-4);
/// ```
pub fn geometric(parts: &[(f64, f64)]) -> Result<f64, Undefined> {
    let logs: Vec<_> = parts.iter().map(|(value, weight)| (value.max(1.0).ln(), *weight)).collect();
    linear(&logs).and_then(|mean| finite(mean.exp()))
}

/// Weighted mean less a penalty for imbalance: mean − variance/mean on the scale `70 + 0.6 x`, carried back.
///
/// # Errors
/// [`Undefined::Empty`] if no weight is above zero.
///
/// # Source
/// Adjusted Mazziotta–Pareto index (Mazziotta & Pareto 2016), with 0 and 100 as goalposts.
pub fn mazziotta_pareto(parts: &[(f64, f64)]) -> Result<f64, Undefined> {
    let scaled: Vec<_> = parts.iter().map(|(value, weight)| (70.0 + 0.6 * value, *weight)).collect();
    let mean = linear(&scaled)?;
    let squares: Vec<_> = scaled.iter().map(|(value, weight)| ((value - mean).powi(2), *weight)).collect();
    let variance = linear(&squares)?;
    finite((mean - variance / mean - 70.0) / 0.6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn equal(values: [f64; 3]) -> Vec<(f64, f64)> {
        values.into_iter().map(|value| (value, 1.0)).collect()
    }

    #[test]
    fn the_worked_pillars() {
        let pillars = equal([70.0, 60.0, 40.0]);
        assert!((linear(&pillars).unwrap() - 56.667).abs() < 5e-4);
        assert!((geometric(&pillars).unwrap() - 55.178).abs() < 5e-4);
        assert!((mazziotta_pareto(&pillars).unwrap() - 55.769).abs() < 5e-4);
    }

    #[test]
    fn balanced_pillars_lose_nothing() {
        for form in [linear, geometric, mazziotta_pareto] {
            assert!((form(&equal([64.0; 3])).unwrap() - 64.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_pillar_at_zero_counts_as_one_in_the_product() {
        assert!((geometric(&equal([0.0, 100.0, 100.0])).unwrap() - 1e4_f64.cbrt()).abs() < 1e-9);
    }

    #[test]
    fn without_weight_there_is_no_composite() {
        assert_eq!(linear(&[]), Err(Undefined::Empty));
        assert_eq!(geometric(&[(50.0, 0.0)]), Err(Undefined::Empty));
        assert_eq!(mazziotta_pareto(&[(50.0, 0.0)]), Err(Undefined::Empty));
    }
}

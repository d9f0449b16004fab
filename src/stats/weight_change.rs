// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How much of the change of a weighted mean comes from the values, and how much from new weights?

use super::describe::sum;
use super::{Undefined, finite};

/// One value of a weighted mean, at two times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighted {
    /// Its weight before, 0 or more, in any unit.
    pub weight_before: f64,
    /// Its weight after.
    pub weight_after: f64,
    /// Its value before.
    pub before: f64,
    /// Its value after.
    pub after: f64,
}

/// A change of a weighted mean, split in two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// Weighted mean before, with the weights of then.
    pub before: f64,
    /// Weighted mean after, with the new weights.
    pub after: f64,
    /// What changed with the weights of before: the headline.
    pub pure: f64,
    /// What the new weights add to it.
    pub reweighing: f64,
}

/// Splits the change of a weighted mean: `Σ w₁ (S₂ − S₁)` and `Σ (w₂ − w₁) S₂`. Weights count as shares of their sum.
///
/// # Errors
/// [`Undefined::Empty`] if no weight is above zero at one of the times, [`Undefined::OutOfRange`] for a negative
/// weight and for what is not finite.
///
/// # Example
/// ```
/// use insieme::stats::weight_change::{Weighted, split};
/// let part = |weight_before, weight_after, before, after| Weighted { weight_before, weight_after, before, after };
/// let parts = [part(0.5, 0.4, 60.0, 66.0), part(0.3, 0.3, 50.0, 52.0), part(0.2, 0.3, 40.0, 50.0)];
/// let found = split(&parts).unwrap();
/// assert!((found.pure - 5.6).abs() < 1e-12 && (found.reweighing + 1.6).abs() < 1e-12);
/// ```
pub fn split(parts: &[Weighted]) -> Result<Split, Undefined> {
    let sound = |weight: f64| weight.is_finite() && weight >= 0.0;
    if !parts.iter().all(|part| sound(part.weight_before) && sound(part.weight_after)) {
        return Err(Undefined::OutOfRange);
    }
    let old = total(parts.iter().map(|part| part.weight_before))?;
    let new = total(parts.iter().map(|part| part.weight_after))?;
    let over = |term: fn(&Weighted, f64, f64) -> f64| {
        finite(sorted_sum(parts.iter().map(|part| term(part, part.weight_before / old, part.weight_after / new))))
    };
    Ok(Split {
        before: over(|part, before, _| before * part.before)?,
        after: over(|part, _, after| after * part.after)?,
        pure: over(|part, before, _| before * (part.after - part.before))?,
        reweighing: over(|part, before, after| (after - before) * part.after)?,
    })
}

fn total(weights: impl Iterator<Item = f64>) -> Result<f64, Undefined> {
    let total = finite(sorted_sum(weights))?;
    if total > 0.0 { Ok(total) } else { Err(Undefined::Empty) }
}

/// Sum in ascending order, so that rounding does not depend on the order of the parts.
fn sorted_sum(terms: impl Iterator<Item = f64>) -> f64 {
    let mut terms: Vec<f64> = terms.collect();
    terms.sort_by(f64::total_cmp);
    sum(terms.into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(weight_before: f64, weight_after: f64, before: f64, after: f64) -> Weighted {
        Weighted { weight_before, weight_after, before, after }
    }

    fn worked() -> [Weighted; 3] {
        [part(0.5, 0.4, 60.0, 66.0), part(0.3, 0.3, 50.0, 52.0), part(0.2, 0.3, 40.0, 50.0)]
    }

    #[test]
    fn the_worked_change() {
        let found = split(&worked()).unwrap();
        for (one, expected) in [(found.before, 53.0), (found.after, 57.0), (found.pure, 5.6), (found.reweighing, -1.6)]
        {
            assert!((one - expected).abs() < 1e-12, "{one}, expected {expected}");
        }
    }

    #[test]
    fn without_weight_there_is_no_mean_to_change() {
        assert_eq!(split(&[]), Err(Undefined::Empty));
        assert_eq!(split(&[part(0.0, 1.0, 50.0, 60.0)]), Err(Undefined::Empty));
        assert_eq!(split(&[part(1.0, 0.0, 50.0, 60.0)]), Err(Undefined::Empty));
    }

    #[test]
    fn one_value_changes_by_itself_whatever_its_weight() {
        let found = split(&[part(3.0, 7.0, 50.0, 60.0)]).unwrap();
        assert!((found.pure - 10.0).abs() < 1e-12 && found.reweighing.abs() < 1e-12);
    }

    #[test]
    fn equal_values_do_not_care_about_weights() {
        let found = split(&[part(1.0, 5.0, 50.0, 50.0), part(2.0, 1.0, 50.0, 50.0)]).unwrap();
        assert!(found.pure.abs() < 1e-12 && found.reweighing.abs() < 1e-12);
    }

    #[test]
    fn both_parts_together_are_the_whole_change() {
        let parts = [part(1.0, 4.0, 12.5, 77.0), part(2.0, 0.0, 91.0, 3.0), part(0.0, 5.0, 33.3, 41.7)];
        let found = split(&parts).unwrap();
        assert!((found.pure + found.reweighing - (found.after - found.before)).abs() < 1e-12);
    }

    #[test]
    fn what_is_no_weight_or_no_number_is_refused() {
        for wrong in [part(-1.0, 1.0, 5.0, 5.0), part(1.0, f64::NAN, 5.0, 5.0), part(1.0, 1.0, f64::INFINITY, 5.0)] {
            assert_eq!(split(&[wrong, part(1.0, 1.0, 5.0, 5.0)]), Err(Undefined::OutOfRange));
        }
        assert_eq!(split(&[part(1.0, 1.0, f64::MAX, -f64::MAX)]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn the_order_of_parts_changes_no_digit() {
        let mut turned = worked();
        turned.rotate_left(1);
        assert_eq!(split(&worked()), split(&turned));
    }
}

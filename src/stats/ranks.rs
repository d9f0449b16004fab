// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which place does each value take among the others, when equal values share theirs?

use super::count::real;
use super::{Undefined, finite};

/// Values closer than this are meant to be equal: a mean of three answers has no more digits than that.
const STEPS_PER_UNIT: f64 = 1e9;
/// From here on floats lie farther apart than the rounding.
const WITHOUT_STEPS: f64 = 4e6;

/// Mid-ranks from 1 to n, in the order of the values; equal values share the mean of their places.
///
/// Equal are values that agree after rounding to 1e-9, so that `8/3 − 7/3` and `3 − 8/3` are.
///
/// # Errors
/// [`Undefined::OutOfRange`] if a value is not finite.
///
/// # Source
/// Kendall 1945. Checked against `SciPy` 1.17.1 `rankdata`.
///
/// # Example
/// ```
/// let ranks = insieme::stats::ranks::mid_ranks(&[50.0, 25.0, 50.0, 75.0]).unwrap();
/// assert_eq!(ranks, [2.5, 1.0, 2.5, 4.0]);
/// ```
pub fn mid_ranks(values: &[f64]) -> Result<Vec<f64>, Undefined> {
    let rounded = values.iter().map(|value| rounded(*value)).collect::<Result<Vec<_>, _>>()?;
    let mut places: Vec<(usize, f64)> = rounded.into_iter().enumerate().collect();
    places.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for equal in places.chunk_by(|one, other| one.1.total_cmp(&other.1).is_eq()) {
        let count = u64::try_from(equal.len()).unwrap_or(u64::MAX);
        for (place, _) in equal {
            if let Some(rank) = ranks.get_mut(*place) {
                *rank = real(doubled(before, count)) / 2.0;
            }
        }
        before += count;
    }
    Ok(ranks)
}

/// Twice the mid-rank of `count` equal values that come after `before` others: a whole number.
pub(super) const fn doubled(before: u64, count: u64) -> u64 {
    2 * before + count + 1
}

/// A value rounded to 1e-9; minus zero becomes zero.
pub(super) fn rounded(value: f64) -> Result<f64, Undefined> {
    let value = finite(value)?;
    if value.abs() >= WITHOUT_STEPS { Ok(value) } else { Ok((value * STEPS_PER_UNIT).round() / STEPS_PER_UNIT + 0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_and_one_value() {
        assert_eq!(mid_ranks(&[]), Ok(vec![]));
        assert_eq!(mid_ranks(&[-3.5]), Ok(vec![1.0]));
    }

    #[test]
    fn equal_values_share_the_middle() {
        assert_eq!(mid_ranks(&[7.0; 4]), Ok(vec![2.5; 4]));
        assert_eq!(mid_ranks(&[0.0, -0.0]), Ok(vec![1.5, 1.5]));
        assert_eq!(mid_ranks(&[1e300, -1e300, 1e300]), Ok(vec![2.5, 1.0, 2.5]));
    }

    #[test]
    fn thirds_that_are_meant_to_be_equal_are() {
        let (one, other) = (8.0 / 3.0 - 7.0 / 3.0, 3.0 - 8.0 / 3.0);
        assert!(f64::to_bits(one) != f64::to_bits(other));
        assert_eq!(mid_ranks(&[one, other, 0.5]), Ok(vec![1.5, 1.5, 3.0]));
    }

    #[test]
    fn ranks_sum_to_the_sum_of_places_in_any_order() {
        let values = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0, 5.0];
        let ranks = mid_ranks(&values).unwrap();
        assert_eq!(ranks, [4.5, 1.5, 6.0, 1.5, 8.0, 11.0, 3.0, 10.0, 8.0, 4.5, 8.0]);
        let back: Vec<_> = values.iter().rev().copied().collect();
        let back = mid_ranks(&back).unwrap();
        assert!(ranks.iter().eq(back.iter().rev()));
    }

    #[test]
    fn what_is_not_finite_is_refused() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(mid_ranks(&[1.0, value]), Err(Undefined::OutOfRange));
        }
    }

    #[test]
    fn rounding_keeps_the_order_where_it_ends() {
        let around = [3_999_999.999_999, WITHOUT_STEPS, 4_000_000.000_001, 1e17];
        assert_eq!(mid_ranks(&around), Ok(vec![1.0, 2.0, 3.0, 4.0]));
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Below which value lies a given share of a sample?

use super::Undefined;
use super::count::{length, whole};

/// Quantile of type 7 (Hyndman & Fan 1996), the default of R, `NumPy` and spreadsheets.
///
/// `sorted` must be in ascending order, `share` between 0 and 1.
///
/// # Errors
/// [`Undefined::Empty`] without values, [`Undefined::OutOfRange`] for another share.
pub fn quantile(sorted: &[f64], share: f64) -> Result<f64, Undefined> {
    if !(0.0..=1.0).contains(&share) {
        return Err(Undefined::OutOfRange);
    }
    let last = sorted.len().checked_sub(1).ok_or(Undefined::Empty)?;
    let position = share * length(last);
    let below = whole(position).min(last);
    let low = sorted.get(below).ok_or(Undefined::Empty)?;
    let high = sorted.get((below + 1).min(last)).ok_or(Undefined::Empty)?;
    Ok(low + (position - length(below)) * (high - low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_one_and_two_values() {
        assert_eq!(quantile(&[], 0.5), Err(Undefined::Empty));
        assert_eq!(quantile(&[3.0], 0.9), Ok(3.0));
        assert_eq!(quantile(&[3.0, 5.0], 0.25), Ok(3.5));
        assert_eq!(quantile(&[3.0, 5.0], 1.1), Err(Undefined::OutOfRange));
    }

    #[test]
    fn the_ends_are_the_ends() {
        let values = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(quantile(&values, 0.0), Ok(1.0));
        assert_eq!(quantile(&values, 1.0), Ok(8.0));
        assert_eq!(quantile(&values, 0.5), Ok(3.0));
    }
}

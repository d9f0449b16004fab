// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does a count become a number to reckon with? The only place where integers turn into floats.

/// A count as a float; exact up to 2⁵³, which no survey reaches.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub const fn real(count: u64) -> f64 {
    count as f64
}

/// A length as a float.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "lengths stay far below 2^53")]
pub const fn length(count: usize) -> f64 {
    count as f64
}

/// The whole part of a float that is known to lie between 0 and 2⁵³; 0 for anything below.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates, and is meant to")]
pub const fn whole(number: f64) -> usize {
    number as usize
}

/// A signed count as a float; exact between −2⁵³ and 2⁵³.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub const fn signed_real(count: i64) -> f64 {
    count as f64
}

/// The whole part of a float, saturating at the ends of the integers.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and is meant to")]
pub const fn signed(number: f64) -> i64 {
    number as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_survive_the_way_there_and_back() {
        assert_eq!(whole(real(1_000_000)), 1_000_000);
        assert_eq!(whole(length(7) + 0.9), 7);
        assert_eq!(whole(-1.0), 0);
        assert_eq!(signed(signed_real(-7)), -7);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which random number of a given shape comes next, with the same digits on every machine?
//!
//! The logarithm and the exponential of a machine's own library may differ from another's in the last digit. Both are
//! made here from sums, products, quotients and roots, which are the same everywhere.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::Rng;

use super::count::{real, whole};

/// ln 2 in two parts, the first with so few digits that its multiples up to 2¹¹ are exact.
const LN_2_FRONT: f64 = 0.693_147_180_369_123_8;
const LN_2_REST: f64 = 1.908_214_929_270_587_7e-10;
/// Terms of the two series, more than a float can hold.
const LOGARITHM_TERMS: u32 = 13;
const EXPONENTIAL_TERMS: u32 = 17;
/// Below this the exponential is smaller than what adds to a sum of one or more.
const VANISHING: f64 = -700.0;

/// A uniform number strictly between 0 and 1: the middle of one of 2⁵² equal cells.
pub(super) fn uniform(random: &mut ChaCha20Rng) -> f64 {
    const CELLS: u64 = 1 << 52;
    (real(random.next_u64() >> 12) + 0.5) / real(CELLS)
}

/// A standard normal number, by the polar method (Marsaglia & Bray 1964). The second number it gives is not used.
pub(super) fn normal(random: &mut ChaCha20Rng) -> f64 {
    loop {
        let (across, up) = (2.0 * uniform(random) - 1.0, 2.0 * uniform(random) - 1.0);
        let square = across * across + up * up;
        // Never 0, since no cell's middle is ½.
        if square < 1.0 {
            return across * (-2.0 * logarithm(square) / square).sqrt();
        }
    }
}

/// Logarithm of a gamma number of this shape, a positive number of moderate size, and scale 1.
///
/// An exponential number for shape 1; else Marsaglia & Tsang 2000, who take a shape below 1 from the one above it.
/// The logarithm keeps what a small shape makes smaller than any float.
pub(super) fn log_gamma(shape: f64, random: &mut ChaCha20Rng) -> f64 {
    if shape < 1.0 {
        let below = logarithm(uniform(random)) / shape;
        return log_gamma(shape + 1.0, random) + below;
    }
    if shape <= 1.0 {
        return logarithm(-logarithm(uniform(random)));
    }
    let centre = shape - 1.0 / 3.0;
    let slope = 1.0 / (9.0 * centre).sqrt();
    loop {
        let z = normal(random);
        let root = 1.0 + slope * z;
        let cube = root * root * root;
        if cube > 0.0 && logarithm(uniform(random)) < 0.5 * z * z + centre * (1.0 - cube + logarithm(cube)) {
            return logarithm(centre * cube);
        }
    }
}

/// Exponential of a number that is 0 or less; 0 for what vanishes beside 1.
pub(super) fn exponential(number: f64) -> f64 {
    if number <= VANISHING {
        return 0.0;
    }
    let halvings = (-number / std::f64::consts::LN_2).round();
    let rest = (number + halvings * LN_2_FRONT) + halvings * LN_2_REST;
    let series = (1..=EXPONENTIAL_TERMS).rev().fold(1.0, |series, term| 1.0 + rest * series / f64::from(term));
    let exponent = u64::try_from(whole(1023.0 - halvings)).unwrap_or(0);
    series * f64::from_bits(exponent << 52)
}

/// Natural logarithm of a positive number that is not subnormal.
fn logarithm(number: f64) -> f64 {
    const MANTISSA: u64 = (1 << 52) - 1;
    const ONE: u64 = 1023 << 52;
    let bits = number.to_bits();
    let mut exponent = f64::from(u16::try_from(bits >> 52).unwrap_or(0)) - 1023.0;
    let mut mantissa = f64::from_bits((bits & MANTISSA) | ONE);
    if mantissa > std::f64::consts::SQRT_2 {
        mantissa *= 0.5;
        exponent += 1.0;
    }
    // ln m = 2 (s + s³/3 + s⁵/5 + …), s = (m − 1)/(m + 1)
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let series = (0..LOGARITHM_TERMS).rev().fold(0.0, |rest, term| rest * s * s + 1.0 / f64::from(2 * term + 1));
    exponent * LN_2_FRONT + (exponent * LN_2_REST + 2.0 * s * series)
}

#[cfg(test)]
mod tests {
    use super::super::bootstrap::stream;
    use super::super::count::length;
    use super::super::describe::{of_values, sum};
    use super::*;

    fn close(found: f64, expected: f64, relative: f64) -> bool {
        (found - expected).abs() <= relative * expected.abs()
    }

    #[test]
    fn the_logarithm_is_the_logarithm() {
        let mut number = 1e-290;
        while number < 1e290 {
            assert!(close(logarithm(number), number.ln(), 5e-16), "ln {number}");
            number *= 1.37;
        }
        for step in 1..2000 {
            let number = f64::from(step) / 1000.0;
            assert!((logarithm(number) - number.ln()).abs() <= 5e-16 * number.ln().abs().max(0.1), "ln {number}");
        }
        assert!(logarithm(1.0).abs() < 1e-300);
    }

    #[test]
    fn the_exponential_is_the_exponential() {
        for step in 0..7000 {
            let number = -f64::from(step) / 10.0;
            assert!(close(exponential(number), number.exp(), 1e-15), "exp {number}");
        }
        assert!(exponential(0.0) >= 1.0 && exponential(0.0) <= 1.0);
        for vanishing in [-701.0, -1e300, f64::NEG_INFINITY] {
            assert!(exponential(vanishing).abs() < 1e-300);
        }
    }

    /// Also found by another program, written for this in another language.
    const DIGITS: [u64; 5] = [
        0x3fd0_a6eb_a120_3d22,
        0xbff1_b04e_0d97_447d,
        0x3ff2_b2fb_3413_b08e,
        0x3fff_91b4_2b6b_dfab,
        0xbffb_3f8d_cfbb_a44e,
    ];

    #[test]
    fn the_digits_are_the_same_everywhere() {
        let mut random = stream(2026, 7);
        let found = [
            uniform(&mut random),
            normal(&mut random),
            log_gamma(1.0, &mut random),
            log_gamma(20.0 / 3.0, &mut random),
            log_gamma(0.3, &mut random),
        ];
        assert_eq!(found.map(f64::to_bits), DIGITS);
    }

    #[test]
    fn uniform_numbers_fill_the_unit() {
        let mut random = stream(1, 0);
        let numbers: Vec<f64> = (0..20_000).map(|_| uniform(&mut random)).collect();
        assert!(numbers.iter().all(|number| *number > 0.0 && *number < 1.0));
        let mean = of_values(&numbers).unwrap().mean;
        assert!((mean - 0.5).abs() < 4.0 * (1.0_f64 / 12.0 / 20_000.0).sqrt());
    }

    #[test]
    fn normal_numbers_have_the_moments_of_the_normal() {
        let mut random = stream(2, 0);
        let numbers: Vec<f64> = (0..40_000).map(|_| normal(&mut random)).collect();
        let moment = |power: i32| sum(numbers.iter().map(|number| number.powi(power))) / length(numbers.len());
        // Standard errors of the four moments: √1, √2, √15 and √96, each over √n.
        for (power, expected, variance) in [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0_f64)] {
            assert!((moment(power) - expected).abs() < 4.0 * (variance / 40_000.0).sqrt(), "moment {power}");
        }
    }

    #[test]
    fn gamma_numbers_have_their_shape_as_mean_and_as_variance() {
        for (number, shape) in (0..).zip([0.05, 0.3, 1.0, 1.5, 20.0 / 3.0, 400.0]) {
            let mut random = stream(3, number);
            let numbers: Vec<f64> = (0..40_000).map(|_| log_gamma(shape, &mut random).exp()).collect();
            let found = of_values(&numbers).unwrap();
            let n = 40_000.0;
            assert!((found.mean - shape).abs() < 4.0 * (shape / n).sqrt(), "mean of shape {shape}: {}", found.mean);
            // The fourth central moment is 3a² + 6a.
            let error = ((2.0 * shape * shape + 6.0 * shape) / n).sqrt();
            assert!((found.variance().unwrap() - shape).abs() < 4.0 * error, "variance of shape {shape}");
        }
    }

    #[test]
    fn shapes_at_the_ends_give_numbers() {
        for shape in [1e-6, 1e-3, 1e6, 1e9] {
            let mut random = stream(4, 0);
            assert!((0..1000).all(|_| log_gamma(shape, &mut random).is_finite()), "shape {shape}");
        }
    }
}

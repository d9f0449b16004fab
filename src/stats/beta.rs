// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which share of a beta or gamma distribution lies on each side of a value, however large its parameters?

use std::f64::consts::TAU;
use std::ops::RangeInclusive;

use super::{Undefined, finite};

/// Parameters outside this range are refused: there tails have fewer than nine digits, or leave the floats.
const SHAPES: RangeInclusive<f64> = 0.05..=5e9;
/// A fraction or a series of the largest parameters ends well before so many terms.
const MOST_TERMS: u32 = 2_000_000;
/// A search that halves its range each time ends well before so many steps.
const MOST_STEPS: u32 = 400;
/// Logarithms of the least and the largest value searched.
const ENDS: (f64, f64) = (-700.0, 700.0);

/// Shares of a distribution on each side of a value, each from 0 to 1.
/// The smaller one has as many digits as the larger: neither is 1 less the other where that would lose any.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tails {
    /// Share below the value.
    pub lower: f64,
    /// Share above the value.
    pub upper: f64,
}

impl Tails {
    /// Both tails from the lower one.
    #[must_use]
    pub fn of_lower(lower: f64) -> Self {
        Self { lower, upper: 1.0 - lower }
    }

    /// Both tails from the upper one.
    #[must_use]
    pub fn of_upper(upper: f64) -> Self {
        Self { lower: 1.0 - upper, upper }
    }
}

/// Tails of the beta distribution with parameters `a` and `b` at the value `x` given by its odds `x/(1 − x)`,
/// from 0 up.
///
/// # Errors
/// [`Undefined::OutOfRange`] for negative or endless odds, or parameters outside 0.05 to 5·10⁹.
///
/// # Source
/// Continued fraction of `DiDonato` & Morris 1992 times a density in saddle-point form (Loader 2000), neither of which
/// loses digits to large parameters. Checked against `SciPy` 1.17.1 and `mpmath` 1.4.1.
///
/// # Example
/// ```
/// let tails = insieme::stats::beta::beta(2.0, 1.0, 1.0).unwrap();
/// assert!((tails.lower - 0.25).abs() < 1e-15);
/// ```
pub fn beta(a: f64, b: f64, odds: f64) -> Result<Tails, Undefined> {
    Beta::of(a, b)?.at(odds).map(|point| point.tails)
}

/// Odds `x/(1 − x)` of the value `x` at which the beta distribution has these tails.
///
/// # Errors
/// As [`beta`], and [`Undefined::OutOfRange`] for tails not above 0 or odds that leave the floats.
pub fn beta_odds(a: f64, b: f64, tails: Tails) -> Result<f64, Undefined> {
    let beta = Beta::of(a, b)?;
    search((a / b).ln(), tails, |odds| beta.at(odds))
}

/// Tails of the gamma distribution with parameter `a` and scale 1 at `x`, from 0 up.
///
/// # Errors
/// [`Undefined::OutOfRange`] for a negative or endless `x`, or a parameter outside 0.05 to 5·10⁹.
///
/// # Source
/// Series and continued fraction (Abramowitz & Stegun 6.5.29, 6.5.31) times a density in saddle-point form
/// (Loader 2000). Checked against `SciPy` 1.17.1 and `mpmath` 1.4.1.
///
/// # Example
/// ```
/// let tails = insieme::stats::beta::gamma(1.0, 2.0).unwrap();
/// assert!((tails.upper - (-2.0_f64).exp()).abs() < 1e-15);
/// ```
pub fn gamma(a: f64, x: f64) -> Result<Tails, Undefined> {
    Gamma::of(a)?.at(x).map(|point| point.tails)
}

/// Value at which the gamma distribution with parameter `a` and scale 1 has these tails.
///
/// # Errors
/// As [`gamma`], and [`Undefined::OutOfRange`] for tails not above 0 or a value that leaves the floats.
pub fn gamma_value(a: f64, tails: Tails) -> Result<f64, Undefined> {
    let gamma = Gamma::of(a)?;
    search(a.ln(), tails, |x| gamma.at(x))
}

/// Tails at a value, and how fast the lower one grows with the value's logarithm.
struct Point {
    tails: Tails,
    slope: f64,
}

impl Point {
    /// Where nothing lies below.
    const START: Self = Self { tails: Tails { lower: 0.0, upper: 1.0 }, slope: 0.0 };
}

/// A beta distribution.
struct Beta {
    a: f64,
    b: f64,
    /// Logarithm of what Stirling's formula leaves of the factor that makes it a distribution.
    rest: f64,
}

impl Beta {
    fn of(a: f64, b: f64) -> Result<Self, Undefined> {
        let (a, b) = (shape(a)?, shape(b)?);
        Ok(Self { a, b, rest: stirling_rest(a + b) - stirling_rest(a) - stirling_rest(b) })
    }

    fn at(&self, odds: f64) -> Result<Point, Undefined> {
        let (&Self { a, b, rest }, odds) = (self, positive(odds)?);
        if odds <= 0.0 {
            return Ok(Point::START);
        }
        let (x, y, n) = (odds / (1.0 + odds), 1.0 / (1.0 + odds), a + b);
        let slope = (a / n * b / TAU).sqrt() * (rest - deviance(a, n * x) - deviance(b, n * y)).exp();
        // How far the value lies below the mean. Taken from the odds, it loses nothing where x is all but 1.
        let below_mean = a * y - b * x;
        let tails = if below_mean + 1.0 > 2.0 * x {
            Tails::of_lower((slope / beta_fraction(a, b, (x, y), below_mean)?).min(1.0))
        } else {
            Tails::of_upper((slope / beta_fraction(b, a, (y, x), -below_mean)?).min(1.0))
        };
        Ok(Point { tails, slope })
    }
}

/// A gamma distribution with scale 1.
struct Gamma {
    a: f64,
    /// As for beta.
    rest: f64,
}

impl Gamma {
    fn of(a: f64) -> Result<Self, Undefined> {
        shape(a).map(|a| Self { a, rest: -stirling_rest(a) })
    }

    fn at(&self, x: f64) -> Result<Point, Undefined> {
        let (&Self { a, rest }, x) = (self, positive(x)?);
        if x <= 0.0 {
            return Ok(Point::START);
        }
        let slope = (a / TAU).sqrt() * (rest - deviance(a, x)).exp();
        let tails = if x < a + 1.0 {
            Tails::of_lower((slope / a * gamma_series(a, x)?).min(1.0))
        } else {
            Tails::of_upper((slope / gamma_fraction(a, x)?).min(1.0))
        };
        Ok(Point { tails, slope })
    }
}

fn shape(a: f64) -> Result<f64, Undefined> {
    if SHAPES.contains(&a) { Ok(a) } else { Err(Undefined::OutOfRange) }
}

fn positive(x: f64) -> Result<f64, Undefined> {
    if x.is_finite() && x >= 0.0 { Ok(x) } else { Err(Undefined::OutOfRange) }
}

/// What Stirling's formula leaves of the logarithm of the gamma function: `ln Γ(a) − (a − ½) ln a + a − ½ ln 2π`.
fn stirling_rest(a: f64) -> f64 {
    let (mut a, mut below) = (a, 0.0);
    while a < 12.0 {
        below += (a + 0.5) * (1.0 / a).ln_1p() - 1.0;
        a += 1.0;
    }
    let square = 1.0 / (a * a);
    let tail = 1.0 / 1680.0 - square * (1.0 / 1188.0 - square * 691.0 / 360_360.0);
    below + (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square * tail))) / a
}

/// `a ln(a/m) + m − a` without loss where `m` is near `a`.
fn deviance(a: f64, m: f64) -> f64 {
    let ratio = (a - m) / (a + m);
    if ratio.abs() > 0.1 {
        let share = m / a;
        return a * (share - 1.0 - share.ln());
    }
    let square = ratio * ratio;
    let odd = [23.0, 21.0, 19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0];
    let series = odd.into_iter().fold(0.0, |sum: f64, odd| (sum + 1.0 / odd) * square);
    (a - m) * ratio + 2.0 * a * ratio * series
}

/// What the density is divided by for the lower tail: a fraction each part of which joins two of the classical one.
fn beta_fraction(a: f64, b: f64, (x, y): (f64, f64), below_mean: f64) -> Result<f64, Undefined> {
    let mut fraction = Fraction::of(a / (a + 1.0) * (below_mean + 1.0));
    for part in 1..=MOST_TERMS {
        let part = f64::from(part);
        let (odd, after) = (a + 2.0 * part - 1.0, a + 2.0 * part + 1.0);
        let numerator = (a + part - 1.0) / odd * x * (a + b + part - 1.0) / odd * x * (part * (b - part));
        let rest = (a + part) / after * (below_mean + 1.0 + part * (1.0 + y));
        if fraction.settles(numerator, part + part * (b - part) / odd * x + rest) {
            return finite(fraction.value);
        }
    }
    Err(Undefined::NotConverged)
}

/// What the density is divided by for the upper tail.
fn gamma_fraction(a: f64, x: f64) -> Result<f64, Undefined> {
    let start = x + 1.0 - a;
    let mut fraction = Fraction::of(start);
    for k in 1..=MOST_TERMS {
        let k = f64::from(k);
        if fraction.settles(k * (a - k), start + 2.0 * k) {
            return finite(fraction.value);
        }
    }
    Err(Undefined::NotConverged)
}

/// `1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …`, all terms positive.
fn gamma_series(a: f64, x: f64) -> Result<f64, Undefined> {
    let (mut sum, mut term) = (1.0, 1.0);
    for k in 1..=MOST_TERMS {
        let share = x / (a + f64::from(k));
        term *= share;
        sum += term;
        // What is left is at most a geometric series.
        if term * share <= (1.0 - share) * sum * f64::EPSILON / 4.0 {
            return Ok(sum);
        }
    }
    Err(Undefined::NotConverged)
}

/// A continued fraction under way, from the top (Lentz 1976).
struct Fraction {
    value: f64,
    above: f64,
    below: f64,
}

impl Fraction {
    fn of(start: f64) -> Self {
        Self { value: start, above: start, below: 0.0 }
    }

    /// Adds `numerator/(denominator + …)`; true once that no longer moves the value.
    fn settles(&mut self, numerator: f64, denominator: f64) -> bool {
        self.below = 1.0 / off_zero(denominator + numerator * self.below);
        self.above = off_zero(denominator + numerator / self.above);
        let factor = self.above * self.below;
        self.value *= factor;
        (factor - 1.0).abs() <= 4.0 * f64::EPSILON
    }
}

fn off_zero(number: f64) -> f64 {
    if number.abs() < 1e-290 { 1e-290 } else { number }
}

/// Value at which `point` has the wanted tails: Newton steps on the logarithm of the smaller tail, which is concave in
/// the logarithm of the value, and a halved range wherever such a step leaves it.
fn search(start: f64, wanted: Tails, point: impl Fn(f64) -> Result<Point, Undefined>) -> Result<f64, Undefined> {
    let by_lower = wanted.lower <= wanted.upper;
    let aim = if by_lower { wanted.lower } else { wanted.upper };
    if !(aim > 0.0 && aim <= 0.5) {
        return Err(Undefined::OutOfRange);
    }
    let (mut low, mut high) = ENDS;
    let mut place = start;
    for _ in 0..MOST_STEPS {
        let here = point(place.exp())?;
        let tail = if by_lower { here.tails.lower } else { here.tails.upper };
        if (tail > aim) == by_lower {
            high = place;
        } else {
            low = place;
        }
        let excess = (tail / aim).ln();
        let step = excess * (tail / here.slope) * if by_lower { -1.0 } else { 1.0 };
        // A Newton step this short is the last: the next would be as its square.
        let short = 1e-13 * place.abs().max(1.0);
        if step.abs() <= short || high - low <= short {
            let found = if step.abs() <= short { place + step } else { place };
            return if excess.abs() < 1e-6 { finite(found.exp()) } else { Err(Undefined::OutOfRange) };
        }
        place += step;
        if !(low..=high).contains(&place) {
            place = f64::midpoint(low, high);
        }
    }
    Err(Undefined::NotConverged)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [f64; 13] = [0.05, 0.3, 0.5, 1.0, 1.5, 3.0, 20.0, 400.5, 1e4, 3e5, 1e7, 7e8, 5e9];

    fn near(found: f64, expected: f64, relative: f64) {
        assert!((found - expected).abs() <= relative * expected.abs(), "found {found:e}, expected {expected:e}");
    }

    #[test]
    fn nothing_lies_below_the_least_value() {
        assert_eq!(beta(2.0, 3.0, 0.0), Ok(Tails { lower: 0.0, upper: 1.0 }));
        assert_eq!(gamma(2.0, 0.0), Ok(Tails { lower: 0.0, upper: 1.0 }));
    }

    #[test]
    fn senseless_arguments_are_refused() {
        for wrong in [f64::NAN, f64::INFINITY, -1.0] {
            assert_eq!(beta(wrong, 1.0, 1.0), Err(Undefined::OutOfRange));
            assert_eq!(beta(1.0, wrong, 1.0), Err(Undefined::OutOfRange));
            assert_eq!(beta(1.0, 1.0, wrong), Err(Undefined::OutOfRange));
            assert_eq!(gamma(wrong, 1.0), Err(Undefined::OutOfRange));
            assert_eq!(gamma(1.0, wrong), Err(Undefined::OutOfRange));
            assert_eq!(beta_odds(wrong, 1.0, Tails::of_lower(0.5)), Err(Undefined::OutOfRange));
            assert_eq!(gamma_value(wrong, Tails::of_lower(0.5)), Err(Undefined::OutOfRange));
        }
        for tail in [0.0, 1.0, -0.1, 1.1, f64::NAN] {
            assert_eq!(beta_odds(1.0, 1.0, Tails::of_lower(tail)), Err(Undefined::OutOfRange));
            assert_eq!(gamma_value(1.0, Tails::of_upper(tail)), Err(Undefined::OutOfRange));
        }
    }

    #[test]
    fn a_power_and_an_exponential_have_closed_forms() {
        for odds in [1e-9, 0.2, 1.0, 7.0, 1e9] {
            let (x, y): (f64, f64) = (odds / (1.0 + odds), 1.0 / (1.0 + odds));
            near(beta(3.0, 1.0, odds).unwrap().lower, x.powi(3), 1e-14);
            near(beta(1.0, 5.0, odds).unwrap().upper, y.powi(5), 1e-14);
            near(gamma(1.0, odds.min(600.0)).unwrap().upper, (-odds.min(600.0)).exp(), 1e-13);
            let root = odds.min(20.0);
            near(gamma(2.0, root).unwrap().upper, (1.0 + root) * (-root).exp(), 1e-13);
        }
    }

    #[test]
    fn the_beta_distribution_counts_successes() {
        // At least a of n = a + b − 1 successes: the sum of binomial terms.
        let (a, b, x) = (4.0, 7.0, 0.3_f64);
        let terms = [210.0, 252.0, 210.0, 120.0, 45.0, 10.0, 1.0].into_iter().zip(4..);
        let sum: f64 = terms.map(|(ways, k)| ways * x.powi(k) * (1.0 - x).powi(10 - k)).sum();
        near(beta(a, b, x / (1.0 - x)).unwrap().lower, sum, 1e-14);
    }

    #[test]
    fn a_step_of_the_parameter_costs_one_density() {
        for (a, b, odds) in [(0.5, 0.5, 0.3), (12.0, 3.5, 2.0), (3000.0, 50.0, 70.0), (4e6, 2e7, 0.2001)] {
            let point = Beta::of(a, b).unwrap().at(odds).unwrap();
            let next = beta(a + 1.0, b, odds).unwrap();
            assert!((point.tails.lower - next.lower - point.slope / a).abs() < 1e-12);
        }
    }

    #[test]
    fn large_parameters_lose_no_digits() {
        // Forty digits with mpmath 1.4.1, by the classical fraction from below.
        let cases = [
            (0.5, 5_000_000.0, 8.681_234_392_560_253e-8, 0.648_524_633_183_929_3, 0.351_475_366_816_070_7),
            (5.0, 5_000_000.0, 6.394_071_761_861_257e-7, 0.218_859_842_236_018_26, 0.781_140_157_763_981_7),
            (500.0, 5_000_000.0, 0.000_103_180_172_007_914_16, 0.763_786_967_371_825_9, 0.236_213_032_628_174_1),
            (100_000.0, 5000.5, 19.710_304_928_985_064, 0.157_075_036_834_329_13, 0.842_924_963_165_670_9),
            (500_000.0, 40.5, 13_781.194_799_722_55, 0.737_132_158_848_197_4, 0.262_867_841_151_802_7),
            (500_000.0, 500_000.0, 1.024_290_317_890_621_5, 1.0, 1.779_639_978_796_593_7e-33),
            (500_000.0, 5_000_000.0, 0.101_795_822_034_639_23, 1.0, 1.242_206_858_799_506_9e-33),
            (5_000_000.0, 0.5, 2_431_167.172_432_661, 0.042_548_533_353_331_724, 0.957_451_466_646_668_2),
            (5_000_000.0, 500_000.0, 10.074_437_665_951_44, 0.999_999_705_121_870_1, 2.948_781_298_899_599e-7),
            (5_000_000.0, 5_000_000.0, 1.003_167_282_934_800_4, 0.999_999_713_346_693_6, 2.866_533_063_895_251_6e-7),
        ];
        for (a, b, odds, lower, upper) in cases {
            let tails = beta(a, b, odds).unwrap();
            near(tails.lower, lower, 2e-12);
            near(tails.upper, upper, 2e-12);
        }
    }

    #[test]
    fn large_gamma_parameters_lose_no_digits() {
        let cases = [
            (500.5, 321.525_141_430_423_3, 1.700_756_082_985_390_3e-20, 1.0),
            (500.5, 522.871_857_321_197_1, 0.841_422_843_375_055_9, 0.158_577_156_624_944_12),
            (10_000.0, 9200.0, 1.013_092_884_401_971_6e-16, 0.999_999_999_999_999_9),
            (10_000.0, 10_100.0, 0.841_348_750_447_179_6, 0.158_651_249_552_820_37),
            (500_000.0, 494_343.145_750_507_6, 4.877_657_868_999_478e-16, 0.999_999_999_999_999_6),
            (500_000.0, 500_707.106_781_186_54, 0.841_344_826_644_418_6, 0.158_655_173_355_581_46),
            (5_000_000.0, 4_982_111.456_180_002, 5.762_936_860_424_581e-16, 0.999_999_999_999_999_4),
            (5_000_000.0, 5_002_236.067_977_5, 0.841_344_754_131_708_4, 0.158_655_245_868_291_66),
        ];
        for (a, x, lower, upper) in cases {
            let tails = gamma(a, x).unwrap();
            near(tails.lower, lower, 2e-12);
            near(tails.upper, upper, 2e-12);
        }
    }

    #[test]
    fn both_sides_mirror_each_other_and_make_one() {
        for a in SIZES {
            for b in SIZES {
                for shift in [1e-290, 1e-3, 0.9, 1.0, 1.0001, 30.0, 1e250] {
                    let odds = (a / b * shift).min(1e290);
                    let (tails, mirrored) = (beta(a, b, odds).unwrap(), beta(b, a, 1.0 / odds).unwrap());
                    assert!((0.0..=1.0).contains(&tails.lower) && (0.0..=1.0).contains(&tails.upper));
                    assert!((tails.lower + tails.upper - 1.0).abs() < 1e-15, "{a} {b} {odds}");
                    assert!((tails.lower - mirrored.upper).abs() <= 1e-9 * tails.lower, "{a} {b} {odds}");
                }
            }
        }
    }

    #[test]
    fn a_quantile_is_where_the_tail_begins() {
        let tails = [1e-200, 1e-12, 0.001, 0.3, 0.5].map(Tails::of_lower);
        for wanted in tails.into_iter().chain([1e-200, 1e-12, 0.02, 0.4999].map(Tails::of_upper)) {
            let smaller = wanted.lower.min(wanted.upper);
            for a in SIZES {
                let back = gamma_value(a, wanted).and_then(|x| gamma(a, x));
                if let Ok(found) = back {
                    near(found.lower.min(found.upper), smaller, 1e-8);
                }
                assert!(back.is_ok() || smaller < 1e-10, "{a} {wanted:?}");
                for b in SIZES {
                    let back = beta_odds(a, b, wanted).and_then(|odds| beta(a, b, odds));
                    if let Ok(found) = back {
                        near(found.lower.min(found.upper), smaller, 1e-8);
                    }
                    assert!(
                        back.is_ok() || smaller < 1e-10 && back == Err(Undefined::OutOfRange),
                        "{a} {b} {wanted:?}"
                    );
                }
            }
        }
    }
}

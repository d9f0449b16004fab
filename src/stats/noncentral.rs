// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How large is the true difference behind a t statistic, and how large must it be to be found?

use super::describe::Sum;
use super::distribution::{normal_quantile, normal_upper_tail, t_quantile};
use super::interval::{Limits, Part};
use super::{Undefined, finite};

/// Standard deviations to each side that count: beyond, less than 1e-33 is left of the spread, 1e-15 of a normal tail.
const WIDE: i32 = 16;
const NARROW: i32 = 8;
/// Steps after which a search is given up; one that only halves its range needs about 60.
const MOST_STEPS: u32 = 200;
/// Points and weights of the Gauss–Legendre rule of ten points; the other five are their mirror images.
const RULE: [(f64, f64); 5] = [
    (0.148_874_338_981_631_22, 0.295_524_224_714_752_87),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_35),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

/// Upper tail of the noncentral t distribution at `t`: from 0 to 1, to 1e-10.
///
/// # Errors
/// [`Undefined::OutOfRange`] unless `t` and the noncentrality are finite and `df` is a finite number from 1.
///
/// # Source
/// Johnson & Welch 1940; integrated over the estimated standard deviation by the Gauss–Legendre rule. Checked against
/// `mpmath` 1.4.1.
///
/// # Example
/// ```
/// let tail = insieme::stats::noncentral::noncentral_t_upper_tail(2.0, 5.0, 1.0).unwrap();
/// assert!((tail - 0.221_925_337_383_785).abs() < 1e-10);
/// ```
pub fn noncentral_t_upper_tail(t: f64, df: f64, noncentrality: f64) -> Result<f64, Undefined> {
    let (t, df, noncentrality) = (finite(t)?, finite(df)?, finite(noncentrality)?);
    if df < 1.0 {
        return Err(Undefined::OutOfRange);
    }
    let ends = panels(t, df, noncentrality);
    // The density is known up to a factor, which the same rule gives.
    let (mut tail, mut all) = (Sum::default(), Sum::default());
    for (low, high) in ends.iter().zip(ends.iter().skip(1)) {
        let (middle, half) = (f64::midpoint(*low, *high), (high - low) / 2.0);
        for (point, weight) in RULE.iter().flat_map(|(point, weight)| [(*point, *weight), (-point, *weight)]) {
            let off = middle + half * point;
            let share = half * weight * density(off, df);
            tail.add(share * normal_upper_tail((t - noncentrality) + t * off)?);
            all.add(share);
        }
    }
    finite(tail.total() / all.total()).map(|tail| tail.clamp(0.0, 1.0))
}

/// Lower tail of the noncentral t distribution at `t`: from 0 to 1, to 1e-10.
///
/// # Errors
/// As [`noncentral_t_upper_tail`].
pub fn noncentral_t_lower_tail(t: f64, df: f64, noncentrality: f64) -> Result<f64, Undefined> {
    noncentral_t_upper_tail(-t, df, -noncentrality)
}

/// The noncentralities between which the one behind a t statistic lies, at the two-sided `level`, e.g. 0.95.
/// Times the standard error in standard deviations they are the limits of a standardised difference.
///
/// # Errors
/// [`Undefined::OutOfRange`] unless `t` is finite, `df` a finite number from 1 and the level at least 0 and at most
/// 1 − 2·10⁻⁶; [`Undefined::NotConverged`] if floats end before a limit is found.
///
/// # Source
/// Steiger & Fouladi 1997. Checked against `mpmath` 1.4.1.
///
/// # Example
/// ```
/// let (low, high) = insieme::stats::noncentral::noncentrality_interval(2.857_059_799_457_201, 13.0, 0.95).unwrap();
/// assert!((low - 0.574_192_217).abs() < 1e-8 && (high - 5.056_665_008).abs() < 1e-8);
/// ```
pub fn noncentrality_interval(t: f64, df: f64, level: f64) -> Result<Limits, Undefined> {
    if !(0.0..1.0).contains(&level) {
        return Err(Undefined::OutOfRange);
    }
    let tail = (1.0 - level) / 2.0;
    Ok((-noncentrality_with(-t, df, tail)?, noncentrality_with(t, df, tail)?))
}

/// The smallest true difference that a two-sided test at `level` (0.95 for 5 %) finds with this `power`, e.g. 0.80.
/// `part` has the variance of the estimated difference and its degrees of freedom; the answer is in the same unit.
///
/// # Errors
/// [`Undefined::NoVariability`] for a variance of zero, else as [`noncentrality_interval`] and [`t_quantile`].
///
/// # Source
/// Cohen 1988.
///
/// # Example
/// ```
/// use insieme::stats::{interval::Part, noncentral::detectable_difference};
/// // Four groups of eight who answer twice; standard deviation 22, correlation 0.7.
/// let part = Part { variance: 2.0 * 22.0_f64.powi(2) * 0.3 / 8.0 / 4.0, df: 28.0 };
/// assert!((detectable_difference(part, 0.95, 0.80).unwrap() - 8.7).abs() < 0.05);
/// ```
pub fn detectable_difference(part: Part, level: f64, power: f64) -> Result<f64, Undefined> {
    if part.variance <= 0.0 {
        return Err(Undefined::NoVariability);
    }
    let threshold = t_quantile(f64::midpoint(1.0, level), part.df)?;
    finite(noncentrality_with(threshold, part.df, 1.0 - power)? * part.variance.sqrt())
}

/// The noncentrality with which just this share of the distribution lies below `t`.
fn noncentrality_with(t: f64, df: f64, share: f64) -> Result<f64, Undefined> {
    let excess = |noncentrality: f64| noncentral_t_lower_tail(t, df, noncentrality).map(|below| below - share);
    let step = finite((normal_quantile(share)?.abs() + 1.0) * (1.0 + t * t / (2.0 * df)).sqrt())?;
    let (low, high) = (end(t, -step, &excess)?, end(t, step, &excess)?);
    root(low, high, excess)
}

/// A point and what the searched function is there.
type Point = (f64, f64);

/// Goes from `start` in growing steps until the function, which falls, has the sign that lies in this direction.
fn end(start: f64, step: f64, function: &impl Fn(f64) -> Result<f64, Undefined>) -> Result<Point, Undefined> {
    let mut step = step;
    for _ in 0..MOST_STEPS {
        let at = finite(start + step)?;
        let value = function(at)?;
        if value * step <= 0.0 {
            return Ok((at, value));
        }
        step *= 2.0;
    }
    Err(Undefined::NotConverged)
}

/// Where a falling function is zero, between two points around it: the rule of Ridders 1979, whose range at least
/// halves in every step.
fn root(low: Point, high: Point, function: impl Fn(f64) -> Result<f64, Undefined>) -> Result<f64, Undefined> {
    let (mut low, mut high, mut last) = (low, high, f64::INFINITY);
    for _ in 0..MOST_STEPS {
        let middle = f64::midpoint(low.0, high.0);
        let value = function(middle)?;
        let bend = (value * value - low.1 * high.1).sqrt();
        let at = if bend > 0.0 { middle + (middle - low.0) * (value / bend) } else { middle };
        if (at - last).abs() <= 1e-11 * at.abs().max(1.0) {
            return finite(at);
        }
        for point in [(middle, value), (at, function(at)?)] {
            if point.1 >= 0.0 && point.0 > low.0 {
                low = point;
            } else if point.1 < 0.0 && point.0 < high.0 {
                high = point;
            }
        }
        last = at;
    }
    Err(Undefined::NotConverged)
}

/// Ends of the panels to integrate over: distances from 1 of a standard deviation that is estimated on `df`.
///
/// A panel is no wider than what changes in it: the density around 1, its root at 0, and the normal tail where
/// `t (1 + distance)` passes the noncentrality.
fn panels(t: f64, df: f64, noncentrality: f64) -> Vec<f64> {
    let sd = 1.0 / (2.0 * df).sqrt();
    let (low, high) = ((-sd * f64::from(WIDE)).max(-1.0), sd * f64::from(WIDE));
    let mut ends: Vec<f64> = (-WIDE..=WIDE).map(|step| sd * f64::from(step)).collect();
    ends.push(low);
    if low <= -1.0 {
        let near_zero = (1..60).map(|halving| 0.5_f64.powi(halving)).take_while(|near| near.powf(df) > 1e-17);
        ends.extend(near_zero.map(|near| near - 1.0));
    }
    let passes = noncentrality / t - 1.0;
    ends.extend((-NARROW..=NARROW).map(|step| passes + f64::from(step) / t.abs()));
    ends.retain(|end| (low..=high).contains(end));
    ends.sort_by(f64::total_cmp);
    ends
}

/// Density of the estimated standard deviation, in units of the true one, at a distance from 1; up to a factor.
fn density(off: f64, df: f64) -> f64 {
    let size = 1.0 + off;
    if size <= 0.0 {
        return 0.0;
    }
    if off.abs() > 0.1 {
        return ((df - 1.0) * size.ln() - df * off * (1.0 + off / 2.0)).exp();
    }
    // ln(1 + x) − x − x²/2 by its series, which keeps the digits that many degrees of freedom need.
    let third = (3..=20).rev().fold(0.0, |sum, power| 1.0 / f64::from(power) - off * sum);
    (df * off * off * (off * third - 1.0) - size.ln()).exp()
}

#[cfg(test)]
mod tests {
    use super::super::distribution::t_upper_tail;
    use super::*;

    /// t, df, noncentrality, lower and upper tail with mpmath 1.4.1.
    const TAILS: [(f64, f64, f64, f64, f64); 11] = [
        (2.0, 5.0, 1.0, 0.778_074_662_616_214_8, 0.221_925_337_383_785_14),
        (0.0, 7.0, 0.5, 0.308_537_538_725_986_9, 0.691_462_461_274_013_1),
        (-1.3, 12.0, 0.7, 0.028_058_160_754_268_19, 0.971_941_839_245_731_9),
        (3.5, 1.0, 2.0, 0.580_782_936_411_581_2, 0.419_217_063_588_418_8),
        (4.743_416_490_252_569, 9.0, 2.0, 0.963_748_540_639_972_2, 0.036_251_459_360_027_76),
        (1.05, 408.0, 1.0, 0.519_669_149_522_542_7, 0.480_330_850_477_457_3),
        (25.0, 60.0, 20.0, 0.977_518_474_054_533, 0.022_481_525_945_466_964),
        (100.0, 3.0, 90.0, 0.488_098_351_691_552_5, 0.511_901_648_308_447_4),
        (2.5, 1e6, 2.0, 0.691_461_966_182_886_1, 0.308_538_033_817_113_9),
        (1.2, 2.7, -0.4, 0.911_553_074_927_858_2, 0.088_446_925_072_141_8),
        (2.0, 1.5, 3.0, 0.182_495_902_629_595_8, 0.817_504_097_370_404_2),
    ];

    #[test]
    fn tails_agree_with_thirty_digits() {
        for (t, df, noncentrality, lower, upper) in TAILS {
            let found = noncentral_t_upper_tail(t, df, noncentrality).unwrap();
            assert!((found - upper).abs() < 1e-10, "{t} {df} {noncentrality}: {found}");
            let found = noncentral_t_lower_tail(t, df, noncentrality).unwrap();
            assert!((found - lower).abs() < 1e-10, "{t} {df} {noncentrality}: {found}");
        }
    }

    #[test]
    fn without_noncentrality_it_is_students_t() {
        for df in [1.0, 1.7, 2.0, 3.0, 10.0, 127.0, 129.0, 1000.0] {
            for t in [-30.0, -2.0, -1e-3, 0.0, 0.4, 1.0, 5.0, 1000.0] {
                let (found, plain) = (noncentral_t_upper_tail(t, df, 0.0).unwrap(), t_upper_tail(t, df).unwrap());
                assert!((found - plain).abs() < 1e-10, "{t} {df}: {found} {plain}");
            }
        }
    }

    #[test]
    fn with_endless_degrees_of_freedom_it_is_normal() {
        for df in [1e12, 1e100, 1e300] {
            let found = noncentral_t_upper_tail(2.3, df, 1.1).unwrap();
            assert!((found - normal_upper_tail(1.2).unwrap()).abs() < 1e-9, "{df}: {found}");
        }
    }

    #[test]
    fn limits_agree_with_thirty_digits() {
        let known = [
            (4.743_416_490_252_569, 9.0, 0.95, 1.772_501_375_509_23, 7.600_332_561_781_3),
            (2.857_059_799_457_201, 13.0, 0.95, 0.574_192_217_175_351, 5.056_665_008_312_07),
            (0.0, 5.0, 0.95, -1.959_963_984_540_05, 1.959_963_984_540_05),
            (-1.0, 5.0, 0.9, -2.675_100_211_095_25, 0.766_657_188_029_391),
            (1.046_550_191_525_219_6, 408.0, 0.95, -0.915_368_172_655_749, 3.007_188_042_151_12),
            (30.0, 2.0, 0.95, 4.672_852_729_150_72, 57.674_675_181_762_3),
        ];
        for (t, df, level, low, high) in known {
            let found = noncentrality_interval(t, df, level).unwrap();
            assert!((found.0 - low).abs() < 1e-9 && (found.1 - high).abs() < 1e-8, "{t} {df}: {found:?}");
        }
    }

    #[test]
    fn limits_have_their_tails_also_far_out() {
        for (t, df) in [(0.1, 1.0), (12.0, 1.0), (500.0, 4.0), (-3.0, 2.5), (40.0, 1e6), (1e5, 30.0), (0.0, 1e9)] {
            let (low, high) = noncentrality_interval(t, df, 0.95).unwrap();
            assert!((noncentral_t_upper_tail(t, df, low).unwrap() - 0.025).abs() < 1e-11, "{t} {df}");
            assert!((noncentral_t_lower_tail(t, df, high).unwrap() - 0.025).abs() < 1e-11, "{t} {df}");
        }
    }

    #[test]
    fn senseless_arguments_are_refused() {
        for (t, df, level) in [(f64::NAN, 5.0, 0.95), (1.0, 0.5, 0.95), (1.0, f64::INFINITY, 0.95), (1.0, 5.0, 1.0)] {
            assert_eq!(noncentrality_interval(t, df, level), Err(Undefined::OutOfRange));
        }
        assert_eq!(noncentrality_interval(1.0, 5.0, f64::NAN), Err(Undefined::OutOfRange));
        assert_eq!(noncentral_t_upper_tail(1.0, 5.0, f64::NEG_INFINITY), Err(Undefined::OutOfRange));
        assert!(noncentral_t_upper_tail(1e308, 1.0, -1e308).is_err());
    }

    #[test]
    fn huge_arguments_give_a_number_or_none_and_end() {
        for t in [1e-300, 1e10, 1e100, 1e200, f64::MAX] {
            for df in [1.0, 50.0, 1e15] {
                for found in [noncentrality_interval(t, df, 0.95), noncentrality_interval(-t, df, 0.0)] {
                    let sound = |(low, high): Limits| {
                        low.is_finite() && high.is_finite() && low <= high + 1e-9 * high.abs().max(1.0)
                    };
                    assert!(found.is_err() || found.is_ok_and(sound), "{t} {df}: {found:?}");
                }
            }
        }
    }

    /// Variance of an evenly weighted difference of four groups of `n` with standard deviation 22.
    fn four_groups(n: f64, correlation: f64) -> f64 {
        2.0 * 22.0_f64.powi(2) * (1.0 - correlation) / n / 4.0
    }

    #[test]
    fn the_detectable_changes_of_the_specification() {
        // docs/methods.md, "Change over time": 80 % power, correlation .7, four equal groups; matched and unmatched.
        // The specification has 22.8 and 18.3 for the smallest unmatched groups, where the degrees of freedom of the
        // estimated variances are fewer than the 8 (n − 1) taken here.
        let printed = [(4.0, 13.0, 22.7), (6.0, 10.2, 18.2), (8.0, 8.7, 15.7), (12.0, 7.0, 12.7), (20.0, 5.4, 9.8)];
        for (n, matched, unmatched) in printed {
            let same = Part { variance: four_groups(n, 0.7), df: 4.0 * (n - 1.0) };
            assert!((detectable_difference(same, 0.95, 0.8).unwrap() - matched).abs() < 0.05, "{n}");
            let others = Part { variance: four_groups(n, 0.0), df: 8.0 * (n - 1.0) };
            assert!((detectable_difference(others, 0.95, 0.8).unwrap() - unmatched).abs() < 0.05, "{n}");
        }
        assert_eq!(detectable_difference(Part { variance: 0.0, df: 5.0 }, 0.95, 0.8), Err(Undefined::NoVariability));
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How often is someone of one sample above someone of another, less how often below?

use super::Undefined;
use super::brunner_munzel::delta_variance;
use super::distribution::{normal_quantile, t_quantile};
use super::interval::Limits;
use super::tally::{Dominance, Tally, wide};

/// Which distribution's quantile an interval is built on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// Student's t, for samples of any size.
    Student,
    /// The standard normal, for large samples.
    Normal,
}

/// How large a delta is, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Size {
    /// Below .147 on either side of zero.
    Negligible,
    /// From .147.
    Small,
    /// From .33.
    Medium,
    /// From .474.
    Large,
}

impl Size {
    /// The size of a delta between −1 and 1.
    ///
    /// # Source
    /// Romano, Kromrey, Coraggio & Skowronek 2006; Hess & Kromrey 2004.
    #[must_use]
    pub const fn of(delta: f64) -> Self {
        match delta.abs() {
            0.474.. => Self::Large,
            0.33.. => Self::Medium,
            0.147.. => Self::Small,
            _ => Self::Negligible,
        }
    }
}

/// Cliff's delta, from −1 (all of the first sample below all of the second) to 1.
///
/// # Errors
/// [`Undefined::Empty`] if a sample is empty.
///
/// # Source
/// Cliff 1993. Checked against R 4.2.2 effsize and effectsize 0.8.3.
///
/// # Example
/// ```
/// use insieme::stats::{cliff::delta, tally::Tally};
/// let (a, b) = ([10., 10., 20., 20., 20., 30., 30., 30., 40., 50.], [10., 20., 30., 40., 40., 50.]);
/// assert_eq!(delta(&Tally::of_values(&a, &b).unwrap()), Ok(-0.25));
/// ```
pub fn delta(tally: &Tally) -> Result<f64, Undefined> {
    tally.dominance().map(|sums| wide(sums.difference) / wide(sums.pairs()))
}

/// Unbiased variance of delta.
///
/// Without any overlap it is taken about the delta one pair short of ±1, as in [`interval`], and is not zero.
///
/// # Errors
/// [`Undefined::Empty`] if a sample is empty, [`Undefined::TooFew`] below two observations on a side,
/// [`Undefined::NoVariability`] if all observations are equal, [`Undefined::Improper`] should it come out negative.
///
/// # Source
/// Cliff 1993; Feng & Cliff 2004. Checked against R `effsize`.
pub fn variance(tally: &Tally) -> Result<f64, Undefined> {
    unbiased(&tally.dominance()?)
}

/// Asymmetric interval of delta at the two-sided `level`, with t of n − 2 degrees of freedom. Not clamped to −1…1.
///
/// Without any overlap, delta is taken one pair short of ±1.
///
/// # Errors
/// As [`variance`] and [`t_quantile`].
///
/// # Source
/// Feng & Cliff 2004. Checked against R `effsize`.
///
/// # Example
/// ```
/// use insieme::stats::{cliff::interval, tally::Tally};
/// let (a, b) = ([10., 10., 20., 20., 20., 30., 30., 30., 40., 50.], [10., 20., 30., 40., 40., 50.]);
/// let (low, high) = interval(&Tally::of_values(&a, &b).unwrap(), 0.95).unwrap();
/// assert!((low + 0.726_584_6).abs() < 5e-8 && (high - 0.389_006_2).abs() < 5e-8);
/// ```
pub fn interval(tally: &Tally, level: f64) -> Result<Limits, Undefined> {
    asymmetric_interval(tally, level, Distribution::Student)
}

/// As [`interval`], on the quantile of the distribution of choice.
///
/// # Errors
/// As [`interval`].
pub fn asymmetric_interval(tally: &Tally, level: f64, distribution: Distribution) -> Result<Limits, Undefined> {
    let sums = tally.dominance()?;
    let variance = unbiased(&sums)?;
    let t = distribution.at(level, wide(sums.n_a + sums.n_b - 2))?;
    let (pairs, difference) = (sums.pairs(), short_of_all(&sums));
    let delta = wide(difference) / wide(pairs);
    let rest = wide((pairs - difference) * (pairs + difference)) / wide(pairs).powi(2);
    let half = t * variance.sqrt() * (rest * rest + t * t * variance).sqrt();
    let below = rest + t * t * variance;
    Ok(((delta * rest - half) / below, (delta * rest + half) / below))
}

/// Interval of delta from Fisher's transformation and the variance that delta would have without any difference.
///
/// # Errors
/// [`Undefined::Empty`] if a sample is empty, [`Undefined::Separated`] if nothing overlaps, else as
/// [`normal_quantile`].
///
/// # Source
/// Checked against R 4.2.2 effectsize 0.8.3.
///
/// # Example
/// ```
/// use insieme::stats::{cliff::fisher_interval, tally::Tally};
/// let same = Tally::of_counts(&[5, 5], &[5, 5]).unwrap();
/// let (low, high) = fisher_interval(&same, 0.95).unwrap();
/// assert!(low + high == 0.0 && (high - 0.4766).abs() < 5e-5);
/// ```
pub fn fisher_interval(tally: &Tally, level: f64) -> Result<Limits, Undefined> {
    let sums = tally.dominance()?;
    let (pairs, difference) = (sums.pairs(), sums.difference);
    if difference.abs() == pairs {
        return Err(Undefined::Separated);
    }
    let centre = (wide(pairs + difference) / wide(pairs - difference)).ln() / 2.0;
    let variance = wide(sums.n_a + sums.n_b + 1) / wide(3 * pairs);
    let half = Distribution::Normal.at(level, f64::NAN)? * variance.sqrt();
    Ok(((centre - half).tanh(), (centre + half).tanh()))
}

/// Interval of delta from the variances of the placements of each sample in the other. Not clamped to −1…1.
///
/// # Errors
/// As [`super::brunner_munzel::brunner_munzel`], or of the quantile.
///
/// # Source
/// Brunner & Munzel 2000. Checked against statsmodels 0.15.0 `rank_compare_2indep`.
pub fn placement_interval(tally: &Tally, level: f64, distribution: Distribution) -> Result<Limits, Undefined> {
    let part = delta_variance(&tally.dominance()?)?;
    let half = distribution.at(level, part.df)? * part.variance.sqrt();
    delta(tally).map(|delta| (delta - half, delta + half))
}

impl Distribution {
    fn at(self, level: f64, df: f64) -> Result<f64, Undefined> {
        let p = f64::midpoint(1.0, level);
        match self {
            Self::Student => t_quantile(p, df),
            Self::Normal => normal_quantile(p),
        }
    }
}

/// The sum of differences, one short where it would be all pairs.
fn short_of_all(sums: &Dominance) -> i128 {
    let most = sums.pairs() - 1;
    if sums.difference.abs() > most { most * sums.difference.signum() } else { sums.difference }
}

fn unbiased(sums: &Dominance) -> Result<f64, Undefined> {
    let (n_a, n_b, pairs) = (sums.n_a, sums.n_b, sums.pairs());
    if n_a < 2 || n_b < 2 {
        return Err(Undefined::TooFew);
    }
    let above = if sums.difference.abs() == pairs {
        // About a mean that lies one pair off, each of the three sums of squares is its count.
        n_a + n_b - 1
    } else {
        n_b * sums.spread_of_a() + n_a * sums.spread_of_b() - (pairs * sums.decided - sums.difference.pow(2))
    };
    if above <= 0 {
        return Err(if above == 0 { Undefined::NoVariability } else { Undefined::Improper });
    }
    Ok(wide(above) / wide(pairs) / wide(pairs) / wide((n_a - 1) * (n_b - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: [f64; 10] = [10.0, 10.0, 20.0, 20.0, 20.0, 30.0, 30.0, 30.0, 40.0, 50.0];
    const B: [f64; 6] = [10.0, 20.0, 30.0, 40.0, 40.0, 50.0];

    fn tally(a: &[u64], b: &[u64]) -> Tally {
        Tally::of_counts(a, b).unwrap()
    }

    fn intervals(tally: &Tally) -> [Result<Limits, Undefined>; 3] {
        [interval(tally, 0.95), fisher_interval(tally, 0.95), placement_interval(tally, 0.95, Distribution::Student)]
    }

    #[test]
    fn none_has_no_delta_and_one_has_no_interval() {
        assert_eq!(delta(&tally(&[], &[])), Err(Undefined::Empty));
        assert!(intervals(&tally(&[1], &[0])).iter().all(|found| *found == Err(Undefined::Empty)));
        let one = tally(&[1, 0, 0], &[1, 2, 1]);
        assert_eq!(delta(&one), Ok(-0.75));
        assert_eq!(variance(&one), Err(Undefined::TooFew));
        assert_eq!(interval(&one, 0.95), Err(Undefined::TooFew));
        assert_eq!(placement_interval(&one, 0.95, Distribution::Normal), Err(Undefined::TooFew));
    }

    #[test]
    fn equal_values_have_a_delta_of_zero_and_no_variability() {
        let equal = tally(&[3], &[2]);
        assert_eq!(delta(&equal), Ok(0.0));
        assert_eq!(interval(&equal, 0.95), Err(Undefined::NoVariability));
        assert_eq!(placement_interval(&equal, 0.95, Distribution::Student), Err(Undefined::NoVariability));
    }

    #[test]
    fn the_worked_example_of_effsize() {
        let worked = Tally::of_values(&A, &B).unwrap();
        assert_eq!(delta(&worked), Ok(-0.25));
        assert!((variance(&worked).unwrap() - 0.098_055_555_555_555_56).abs() < 1e-15);
        let (low, high) = interval(&worked, 0.95).unwrap();
        assert!((low + 0.726_584_588_889_944).abs() < 1e-10 && (high - 0.389_006_190_198_742_55).abs() < 1e-10);
    }

    #[test]
    fn the_published_example_of_twelve_and_eleven() {
        // Real-Statistics: the interval published there is the one with the normal quantile.
        let a = [11.0, 15.0, 9.0, 4.0, 34.0, 17.0, 18.0, 14.0, 12.0, 13.0, 26.0, 31.0];
        let b = [34.0, 31.0, 35.0, 29.0, 28.0, 12.0, 18.0, 30.0, 14.0, 22.0, 10.0];
        let published = Tally::of_values(&a, &b).unwrap();
        assert!((delta(&published).unwrap() + 0.40152).abs() < 5e-6);
        assert!((variance(&published).unwrap().sqrt() - 0.225).abs() < 5e-4);
        let (low, high) = asymmetric_interval(&published, 0.95, Distribution::Normal).unwrap();
        assert!((low + 0.730).abs() < 5e-4 && (high - 0.0778).abs() < 5e-5);
        let (low, high) = interval(&published, 0.95).unwrap();
        assert!((low + 0.742_960_011_3).abs() < 1e-9 && (high - 0.105_749_381_1).abs() < 1e-9);
    }

    #[test]
    fn the_six_pairs_of_the_worked_indicator() {
        // Dataset G1, F1, wave 1, over the distinct scores of both.
        let pairs: [(&[u64], &[u64], f64); 6] = [
            (&[1, 1, 0, 0, 2, 1, 1], &[1, 2, 1, 3, 1, 0, 0], 0.3958),
            (&[1, 1, 0, 0, 0, 2, 1, 1], &[0, 1, 1, 2, 1, 0, 0, 0], 0.3667),
            (&[0, 1, 1, 0, 0, 2, 1, 1], &[4, 0, 1, 1, 1, 1, 0, 0], 0.6458),
            (&[1, 2, 0, 1, 3, 1], &[0, 1, 1, 2, 1, 0], 0.125),
            (&[0, 1, 2, 1, 3, 1], &[4, 0, 1, 1, 1, 1], 0.4219),
            (&[0, 1, 1, 2, 1, 0], &[4, 1, 0, 1, 1, 1], 0.35),
        ];
        for (a, b, printed) in pairs {
            assert!((delta(&tally(a, b)).unwrap() - printed).abs() < 5.1e-5);
        }
        let (low, high) = interval(&tally(pairs[2].0, pairs[2].1), 0.95).unwrap();
        assert!((low - 0.0126).abs() < 5e-5 && (high - 0.9093).abs() < 5e-5);
    }

    #[test]
    fn without_overlap_delta_is_one_and_its_interval_is_below() {
        // By effsize's formula about 24/25; its own clamping of the upper end to 1 is left out.
        let separated = tally(&[0, 5], &[5, 0]);
        assert_eq!(delta(&separated), Ok(1.0));
        let (low, high) = interval(&separated, 0.95).unwrap();
        assert!((low - 0.817_814_660_612).abs() < 1e-9 && (high - 0.991_723_000_020).abs() < 1e-9);
        let (below, above) = interval(&tally(&[5, 0], &[0, 5]), 0.95).unwrap();
        assert!((below + high).abs() < 1e-15 && (above + low).abs() < 1e-15);
        let few = interval(&tally(&[0, 0, 1, 2], &[1, 2, 0, 0]), 0.95).unwrap();
        assert!((few.0 - 0.143_849_685_031).abs() < 1e-9 && (few.1 - 0.990_796_606_625).abs() < 1e-9);
        assert_eq!(fisher_interval(&separated, 0.95), Err(Undefined::Separated));
        assert_eq!(placement_interval(&separated, 0.95, Distribution::Normal), Err(Undefined::Separated));
    }

    #[test]
    fn exchanged_samples_turn_the_sign_only() {
        let (one, other) = (tally(&[1, 4, 2, 0], &[0, 2, 2, 5]), tally(&[0, 2, 2, 5], &[1, 4, 2, 0]));
        for (one, other) in intervals(&one).into_iter().zip(intervals(&other)) {
            let (one, other) = (one.unwrap(), other.unwrap());
            assert!((one.0 + other.1).abs() < 1e-14 && (one.1 + other.0).abs() < 1e-14);
        }
    }

    #[test]
    fn the_variance_is_that_of_all_pairs() {
        let (a, b) = ([1.0, 3.0, 3.0, 2.0, 5.0], [2.0, 2.0, 4.0, 1.0]);
        let all = |x: f64, y: f64| f64::from(i8::from(x > y) - i8::from(x < y));
        let d = a.iter().flat_map(|x| b.iter().map(move |y| all(*x, *y))).sum::<f64>() / 20.0;
        let of_a: f64 = a.iter().map(|x| (b.iter().map(|y| all(*x, *y)).sum::<f64>() / 4.0 - d).powi(2)).sum();
        let of_b: f64 = b.iter().map(|y| (a.iter().map(|x| all(*x, *y)).sum::<f64>() / 5.0 - d).powi(2)).sum();
        let of_both: f64 = a.iter().flat_map(|x| b.iter().map(move |y| (all(*x, *y) - d).powi(2))).sum();
        let formula = (16.0 * of_a + 25.0 * of_b - of_both) / (5.0 * 4.0 * 4.0 * 3.0);
        assert!((variance(&Tally::of_values(&a, &b).unwrap()).unwrap() - formula).abs() < 1e-15);
    }

    #[test]
    fn sizes_begin_where_they_say() {
        let sizes = [(0.0, Size::Negligible), (0.147, Size::Small), (-0.33, Size::Medium), (-1.0, Size::Large)];
        assert!(sizes.iter().all(|(delta, size)| Size::of(*delta) == *size));
        assert_eq!(Size::of(0.473_9), Size::Medium);
        assert_eq!(Size::of(f64::NAN), Size::Negligible);
    }

    #[test]
    fn an_impossible_level_is_refused() {
        let worked = Tally::of_values(&A, &B).unwrap();
        for level in [1.0, f64::NAN, 2.0] {
            assert_eq!(interval(&worked, level), Err(Undefined::OutOfRange));
            assert_eq!(fisher_interval(&worked, level), Err(Undefined::OutOfRange));
        }
    }
}

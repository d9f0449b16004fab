// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do several estimates differ by more than chance, by how much, and what is their common mean?

use super::count::{length, real};
use super::describe::{of_values, sum};
use super::distribution::{chi_square_upper_tail, normal_quantile};
use super::interval::{Limits, Part, t_interval, welch_df};
use super::{Undefined, finite};

/// Below this many estimates a spread between them cannot be told from chance: show their intervals side by side.
pub const LEAST_ESTIMATES: usize = 5;
/// From this many estimates on, the interval of their mean is the normal one.
const NORMAL_FROM: u64 = 10;
/// Halvings of an interval until it cannot be halved again, and then some.
const MOST_HALVINGS: u32 = 2200;

/// One estimate with its squared standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its squared standard error, above 0.
    pub variance: f64,
}

/// How much several estimates differ, beside what their standard errors explain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heterogeneity {
    /// Cochran's Q: squared distances from the common mean, in standard errors. 0 or more.
    pub q: f64,
    /// Degrees of freedom: estimates less one.
    pub df: f64,
    /// Upper tail of chi-square at Q, 0 to 1.
    pub p: f64,
    /// I²: share of the variability that chance does not explain, 0 to 1.
    pub beyond_chance: f64,
}

/// Cochran's Q of estimates of one quantity, and I².
///
/// # Errors
/// [`Undefined::Empty`] and [`Undefined::TooFew`] below two estimates, [`Undefined::NoVariability`] for a variance of
/// zero, [`Undefined::OutOfRange`] for a negative one and for what is not finite.
///
/// # Source
/// Cochran 1954; I² of Higgins & Thompson 2002. Checked against `statsmodels` and `mpmath` 1.3.
///
/// # Example
/// ```
/// use insieme::stats::heterogeneity::{Estimate, cochran};
/// let schools = [(28.0, 15.0), (8.0, 10.0), (-3.0, 16.0), (7.0, 11.0), (-1.0, 9.0), (1.0, 11.0), (18.0, 10.0), (12.0, 18.0)];
/// let found = cochran(&schools.map(|(value, error)| Estimate { value, variance: error * error })).unwrap();
/// assert!((found.q - 4.7071).abs() < 5e-5 && found.beyond_chance == 0.0);
/// ```
pub fn cochran(estimates: &[Estimate]) -> Result<Heterogeneity, Undefined> {
    let estimates = several(estimates)?;
    let q = weighed(&estimates, 0.0)?.q;
    let df = length(estimates.len() - 1);
    let beyond_chance = if q > df { (q - df) / q } else { 0.0 };
    Ok(Heterogeneity { q, df, p: chi_square_upper_tail(q, df)?, beyond_chance })
}

/// Variance between the true values behind estimates, from Q by one formula. 0 or more.
///
/// # Errors
/// As [`cochran`].
///
/// # Source
/// `DerSimonian` & Laird 1986. Checked against `statsmodels` and `mpmath` 1.3.
pub fn dersimonian_laird(estimates: &[Estimate]) -> Result<f64, Undefined> {
    let estimates = several(estimates)?;
    let fixed = weighed(&estimates, 0.0)?;
    let squares = sum(estimates.iter().map(|one| one.variance.recip().powi(2)));
    let excess = fixed.q - length(estimates.len() - 1);
    finite(excess / (fixed.weight - squares / fixed.weight)).map(|between| between.max(0.0))
}

/// Variance between the true values behind estimates: the one at which their squared standardised distances from
/// the mean sum to their number less one. 0 if they differ less than that. The one to prefer.
///
/// # Errors
/// As [`cochran`].
///
/// # Source
/// Paule & Mandel 1982, preferred by Veroniki and others 2016. Checked against `statsmodels` and `mpmath` 1.3.
///
/// # Example
/// ```
/// use insieme::stats::heterogeneity::{Estimate, paule_mandel};
/// let edition = [(71.2, 3.1), (58.4, 5.8), (66.0, 2.4), (49.5, 6.9), (62.3, 4.0), (77.8, 8.2), (55.1, 3.5), (64.7, 2.9)];
/// let between = paule_mandel(&edition.map(|(value, error)| Estimate { value, variance: error * error })).unwrap();
/// assert!((between - 42.235).abs() < 5e-4);
/// ```
pub fn paule_mandel(estimates: &[Estimate]) -> Result<f64, Undefined> {
    let estimates = several(estimates)?;
    let df = length(estimates.len() - 1);
    if weighed(&estimates, 0.0)?.q <= df {
        return Ok(0.0);
    }
    // With no variance within, the variance of the values themselves would do; more is never needed.
    let values: Vec<f64> = estimates.iter().map(|one| one.value).collect();
    let (mut low, mut high) = (0.0, of_values(&values)?.variance()?);
    for _ in 0..MOST_HALVINGS {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return finite(high);
        }
        if weighed(&estimates, middle)?.q > df {
            low = middle;
        } else {
            high = middle;
        }
    }
    Err(Undefined::NotConverged)
}

/// Mean of estimates that may differ beyond chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pooled {
    /// Number of estimates.
    pub n: u64,
    /// Their mean, each weighed by the inverse of its variance and the variance between.
    pub mean: f64,
    /// Standard error of the mean.
    pub standard_error: f64,
    /// Squared standardised distances from the mean; n − 1 at the variance of [`paule_mandel`] unless that is 0.
    pub q: f64,
}

/// Mean of estimates whose true values have the variance `between`, 0 or more.
///
/// # Errors
/// [`Undefined::Empty`] without estimates, [`Undefined::OutOfRange`] for a negative `between`, else as [`cochran`].
///
/// # Source
/// `DerSimonian` & Laird 1986. Checked against `statsmodels` and `mpmath` 1.3.
///
/// # Example
/// ```
/// use insieme::stats::heterogeneity::{Estimate, pooled};
/// let schools = [(28.0, 15.0), (8.0, 10.0), (-3.0, 16.0), (7.0, 11.0), (-1.0, 9.0), (1.0, 11.0), (18.0, 10.0), (12.0, 18.0)];
/// let found = pooled(&schools.map(|(value, error)| Estimate { value, variance: error * error }), 0.0).unwrap();
/// assert!((found.mean - 7.6856).abs() < 5e-5 && (found.standard_error - 4.0719).abs() < 5e-5);
/// ```
pub fn pooled(estimates: &[Estimate], between: f64) -> Result<Pooled, Undefined> {
    let estimates = checked(estimates)?;
    if !between.is_finite() || between < 0.0 {
        return Err(Undefined::OutOfRange);
    }
    let found = weighed(&estimates, between)?;
    let n = u64::try_from(estimates.len()).map_err(|_| Undefined::OutOfRange)?;
    Ok(Pooled { n, mean: found.mean, standard_error: finite(found.weight.sqrt().recip())?, q: found.q })
}

impl Pooled {
    /// Squared standard error and its degrees of freedom n − 1, widened where the estimates lie further apart than
    /// the variance between them says, and never made narrower.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] for a single estimate.
    ///
    /// # Source
    /// Knapp & Hartung 2003, modified as in Röver, Knapp & Friede 2015.
    pub fn part(&self) -> Result<Part, Undefined> {
        if self.n < 2 {
            return Err(Undefined::TooFew);
        }
        let df = real(self.n - 1);
        let variance = self.standard_error * self.standard_error * (self.q / df).max(1.0);
        Ok(Part { variance: finite(variance)?, df })
    }

    /// Interval of the mean at the two-sided `level`, e.g. 0.95: of t from [`Pooled::part`] below ten estimates,
    /// normal from ten on.
    ///
    /// # Errors
    /// As [`Pooled::part`]; [`Undefined::OutOfRange`] for a level outside 0 to 1.
    pub fn interval(&self, level: f64) -> Result<Limits, Undefined> {
        if self.n < NORMAL_FROM {
            return t_interval(self.mean, self.part()?, level);
        }
        let half = normal_quantile(f64::midpoint(1.0, level))? * self.standard_error;
        Ok((finite(self.mean - half)?, finite(self.mean + half)?))
    }
}

/// Difference `after − before` of two means of different estimates, and its variance with Satterthwaite's degrees of
/// freedom.
///
/// # Errors
/// [`Undefined::TooFew`] for a mean of a single estimate.
pub fn difference(before: &Pooled, after: &Pooled) -> Result<(f64, Part), Undefined> {
    let (one, other) = (before.part()?, after.part()?);
    let variance = finite(one.variance + other.variance)?;
    Ok((finite(after.mean - before.mean)?, Part { variance, df: welch_df(one, other)? }))
}

struct Weighed {
    mean: f64,
    weight: f64,
    q: f64,
}

fn weighed(estimates: &[Estimate], between: f64) -> Result<Weighed, Undefined> {
    let weight = |one: &Estimate| (one.variance + between).recip();
    let total = finite(sum(estimates.iter().map(weight)))?;
    let mean = finite(sum(estimates.iter().map(|one| weight(one) * one.value)) / total)?;
    let q = finite(sum(estimates.iter().map(|one| weight(one) * (one.value - mean).powi(2))))?;
    Ok(Weighed { mean, weight: total, q })
}

fn several(estimates: &[Estimate]) -> Result<Vec<Estimate>, Undefined> {
    let estimates = checked(estimates)?;
    if estimates.len() < 2 { Err(Undefined::TooFew) } else { Ok(estimates) }
}

/// The estimates in ascending order, so that rounding does not depend on the order in which they came.
fn checked(estimates: &[Estimate]) -> Result<Vec<Estimate>, Undefined> {
    if estimates.is_empty() {
        return Err(Undefined::Empty);
    }
    if estimates.iter().any(|one| !one.value.is_finite() || !one.variance.is_finite() || one.variance < 0.0) {
        return Err(Undefined::OutOfRange);
    }
    if estimates.iter().any(|one| one.variance <= 0.0) {
        return Err(Undefined::NoVariability);
    }
    let mut sorted = estimates.to_vec();
    sorted.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.variance.total_cmp(&b.variance)));
    Ok(sorted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHOOLS: [(f64, f64); 8] =
        [(28.0, 15.0), (8.0, 10.0), (-3.0, 16.0), (7.0, 11.0), (-1.0, 9.0), (1.0, 11.0), (18.0, 10.0), (12.0, 18.0)];
    const EDITION: [(f64, f64); 8] =
        [(71.2, 3.1), (58.4, 5.8), (66.0, 2.4), (49.5, 6.9), (62.3, 4.0), (77.8, 8.2), (55.1, 3.5), (64.7, 2.9)];
    /// Values and variances of the 19 studies of Raudenbush 1985.
    const TEACHERS: [(f64, f64); 19] = [
        (0.03, 0.0156),
        (0.12, 0.0216),
        (-0.14, 0.0279),
        (1.18, 0.1391),
        (0.26, 0.1362),
        (-0.06, 0.0106),
        (-0.02, 0.0106),
        (-0.32, 0.0484),
        (0.27, 0.0269),
        (0.80, 0.0630),
        (0.54, 0.0912),
        (0.18, 0.0497),
        (-0.02, 0.0835),
        (0.23, 0.0841),
        (-0.18, 0.0253),
        (-0.06, 0.0279),
        (0.30, 0.0193),
        (0.07, 0.0088),
        (-0.07, 0.0303),
    ];

    fn with_errors(estimates: &[(f64, f64)]) -> Vec<Estimate> {
        estimates.iter().map(|(value, error)| Estimate { value: *value, variance: error * error }).collect()
    }

    fn with_variances(estimates: &[(f64, f64)]) -> Vec<Estimate> {
        estimates.iter().map(|(value, variance)| Estimate { value: *value, variance: *variance }).collect()
    }

    #[track_caller]
    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() <= tolerance, "found {found}, expected {expected}");
    }

    #[test]
    fn none_and_one_estimate_do_not_differ() {
        assert_eq!(cochran(&[]), Err(Undefined::Empty));
        assert_eq!(pooled(&[], 0.0), Err(Undefined::Empty));
        let one = with_errors(&[(62.0, 3.0)]);
        assert_eq!(cochran(&one), Err(Undefined::TooFew));
        assert_eq!(dersimonian_laird(&one), Err(Undefined::TooFew));
        assert_eq!(paule_mandel(&one), Err(Undefined::TooFew));
    }

    #[test]
    fn one_estimate_is_its_own_mean_and_has_no_interval() {
        let one = pooled(&with_errors(&[(62.0, 3.0)]), 0.0).unwrap();
        near(one.mean, 62.0, 1e-12);
        near(one.standard_error, 3.0, 1e-12);
        assert_eq!(one.interval(0.95), Err(Undefined::TooFew));
    }

    #[test]
    fn two_estimates_differ_by_their_distance() {
        let two = with_errors(&[(50.0, 3.0), (60.0, 4.0)]);
        near(cochran(&two).unwrap().q, 4.0, 1e-12);
        // (50 − 60)² = 2 (9 + 16)/2 + 2 τ²
        near(paule_mandel(&two).unwrap(), 37.5, 1e-9);
    }

    #[test]
    fn equal_estimates_do_not_differ_at_all() {
        let equal = with_errors(&[(62.0, 3.0), (62.0, 5.0), (62.0, 2.0)]);
        let found = cochran(&equal).unwrap();
        near(found.q, 0.0, 1e-20);
        near(found.p, 1.0, 1e-12);
        near(found.beyond_chance, 0.0, 0.0);
        near(paule_mandel(&equal).unwrap(), 0.0, 0.0);
        near(pooled(&equal, 0.0).unwrap().mean, 62.0, 1e-12);
    }

    #[test]
    fn what_has_no_error_or_is_no_number_is_refused() {
        assert_eq!(paule_mandel(&with_errors(&[(1.0, 0.0), (2.0, 1.0)])), Err(Undefined::NoVariability));
        for wrong in [(f64::NAN, 1.0), (1.0, f64::INFINITY), (1.0, -1.0), (f64::NEG_INFINITY, 1.0), (1.0, f64::NAN)] {
            assert_eq!(cochran(&with_variances(&[wrong, (2.0, 1.0)])), Err(Undefined::OutOfRange));
        }
        for between in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(pooled(&with_errors(&EDITION), between), Err(Undefined::OutOfRange));
        }
    }

    #[test]
    fn numbers_at_the_ends_of_the_floats_end_too() {
        let ends = [1e-320, 1e-300, 1e-150, 1.0, 1e150, 1e300, f64::MAX];
        for (value, variance) in ends.into_iter().flat_map(|value| ends.map(|variance| (value, variance))) {
            let estimates = with_variances(&[(value, variance), (-value, 1.0), (0.0, variance)]);
            let found =
                [cochran(&estimates).map(|found| found.p), dersimonian_laird(&estimates), paule_mandel(&estimates)];
            assert!(found.into_iter().flatten().all(|one| one.is_finite() && one >= 0.0));
        }
    }

    #[test]
    fn the_eight_schools() {
        let schools = with_errors(&SCHOOLS);
        let found = cochran(&schools).unwrap();
        near(found.q, 4.707_078_864_400_158, 1e-12);
        near(found.p, 0.695_659_166_635_196, 1e-9);
        near(found.beyond_chance, 0.0, 0.0);
        near(dersimonian_laird(&schools).unwrap(), 0.0, 0.0);
        let between = paule_mandel(&schools).unwrap();
        near(between, 0.0, 0.0);
        let mean = pooled(&schools, between).unwrap();
        near(mean.mean, 7.685_616_724_956_035, 1e-12);
        near(mean.standard_error, 4.071_919_158_402_296, 1e-12);
    }

    #[test]
    fn the_nineteen_studies_of_raudenbush() {
        let studies = with_variances(&TEACHERS);
        near(cochran(&studies).unwrap().q, 35.829_536_299_592_79, 1e-10);
        near(cochran(&studies).unwrap().p, 0.007_419_313_254_879, 1e-11);
        let moments = dersimonian_laird(&studies).unwrap();
        near(moments, 0.025_903_672_299_806, 1e-12);
        near(pooled(&studies, moments).unwrap().mean, 0.089_322_084_431_503, 1e-12);
        near(pooled(&studies, moments).unwrap().standard_error, 0.055_793_924_718_129, 1e-12);
        let between = paule_mandel(&studies).unwrap();
        near(between, 0.051_773_310_103_022, 1e-12);
        let mean = pooled(&studies, between).unwrap();
        near(mean.mean, 0.103_956_970_240_951, 1e-12);
        near(mean.standard_error, 0.068_208_387_321_276, 1e-12);
        // Nineteen are enough for the normal interval.
        let (low, high) = mean.interval(0.95).unwrap();
        near(high - low, 2.0 * 1.959_963_985 * mean.standard_error, 1e-9);
    }

    #[test]
    fn the_worked_edition() {
        let edition = with_errors(&EDITION);
        let found = cochran(&edition).unwrap();
        near(found.q, 20.963_543_030_125_065, 1e-11);
        near(found.df, 7.0, 0.0);
        near(found.p, 0.003_824_484_381_227, 1e-11);
        near(found.beyond_chance, 0.666_086_978_239_277, 1e-12);
        near(dersimonian_laird(&edition).unwrap(), 28.184_280_057_421_944, 1e-10);
        let between = paule_mandel(&edition).unwrap();
        near(between, 42.234_907_815_805_315, 1e-9);
        let mean = pooled(&edition, between).unwrap();
        near(mean.mean, 63.167_099_242_132_86, 1e-10);
        near(mean.standard_error, 2.785_968_304_521_642, 1e-10);
    }

    #[test]
    fn where_the_variance_between_is_estimated_the_interval_is_t_with_one_less() {
        let edition = with_errors(&EDITION);
        let mean = pooled(&edition, paule_mandel(&edition).unwrap()).unwrap();
        near(mean.q, 7.0, 1e-9);
        let (low, high) = mean.interval(0.95).unwrap();
        near((high - low) / 2.0, 2.364_624_251_592_785 * mean.standard_error, 1e-7);
    }

    #[test]
    fn estimates_closer_than_chance_do_not_make_the_interval_narrower() {
        let schools = pooled(&with_errors(&SCHOOLS), 0.0).unwrap();
        assert!(schools.q < 7.0);
        near(schools.part().unwrap().variance, schools.standard_error.powi(2), 1e-12);
        let apart = pooled(&with_errors(&EDITION), 0.0).unwrap();
        near(apart.part().unwrap().variance / apart.standard_error.powi(2), apart.q / 7.0, 1e-12);
    }

    #[test]
    fn two_editions_of_different_ones_differ_with_the_error_of_both() {
        let (before, after) =
            (pooled(&with_errors(&SCHOOLS), 0.0).unwrap(), pooled(&with_errors(&EDITION), 42.0).unwrap());
        let (change, part) = difference(&before, &after).unwrap();
        near(change, after.mean - before.mean, 1e-12);
        near(part.variance, before.part().unwrap().variance + after.part().unwrap().variance, 1e-12);
        assert!(part.df > 7.0 && part.df <= 14.0);
        let one = pooled(&with_errors(&[(1.0, 1.0)]), 0.0).unwrap();
        assert_eq!(difference(&one, &after), Err(Undefined::TooFew));
    }

    #[test]
    fn the_order_of_estimates_changes_no_digit() {
        let edition = with_errors(&EDITION);
        let between = paule_mandel(&edition).unwrap();
        for turn in 1..edition.len() {
            let mut turned = edition.clone();
            turned.rotate_left(turn);
            assert_eq!(paule_mandel(&turned).unwrap().to_bits(), between.to_bits());
            assert_eq!(cochran(&turned), cochran(&edition));
            assert_eq!(pooled(&turned, between), pooled(&edition, between));
        }
    }
}

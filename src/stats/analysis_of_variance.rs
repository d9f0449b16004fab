// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How much of the differences between people is between their groups?

use super::count::{length, real};
use super::describe::{self, Summary, sum, summary};
use super::distribution::{f_quantile, f_upper_tail};
use super::interval::Limits;
use super::{Undefined, finite};

/// Differences between groups this small a share of all are what rounding leaves of equal means.
const ROUNDING: f64 = 1e-26;
/// Shares of variance looked at before the best is narrowed down.
const LOOKED_AT: u32 = 128;
/// Halvings of a range until floats end.
const HALVINGS: u32 = 60;

/// One-way analysis of variance.
#[derive(Clone, Debug, PartialEq)]
pub struct OneWay {
    /// Observations.
    pub n: u64,
    /// Sum of squares between the groups.
    pub between: f64,
    /// Sum of squares within the groups.
    pub within: f64,
    /// The groups with any observation, by mean.
    groups: Vec<Summary>,
}

/// Which group size stands for all when groups differ in size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupSize {
    /// `n₀ = (N − Σn²/N)/(G − 1)`, which makes the estimate unbiased.
    Adjusted,
    /// The plain mean `N/G`.
    Mean,
}

impl OneWay {
    /// Number of groups with any observation.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// Degrees of freedom between and within groups.
    #[must_use]
    pub fn df(&self) -> (f64, f64) {
        (length(self.groups()) - 1.0, real(self.n) - length(self.groups()))
    }

    /// Mean square between the groups.
    #[must_use]
    pub fn between_mean_square(&self) -> f64 {
        self.between / self.df().0
    }

    /// Mean square within the groups.
    #[must_use]
    pub fn within_mean_square(&self) -> f64 {
        self.within / self.df().1
    }

    /// Mean square between groups as a multiple of that within, from 0 up.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if nobody differs within a group.
    ///
    /// # Source
    /// Fisher 1925. Checked against the NIST data sets `SiRstv` and `SmLs01`–`SmLs09`.
    pub fn f(&self) -> Result<f64, Undefined> {
        if self.within <= 0.0 {
            return Err(Undefined::NoVariability);
        }
        finite(self.between_mean_square() / self.within_mean_square())
    }

    /// Probability of such an [`OneWay::f`] or a larger one if all groups had the same mean.
    ///
    /// # Errors
    /// As [`OneWay::f`] and [`f_upper_tail`].
    ///
    /// # Source
    /// Fisher 1925. Checked against R 4.2.2 `aov` and `SciPy` 1.17.1 `f_oneway`.
    pub fn p(&self) -> Result<f64, Undefined> {
        let (above, below) = self.df();
        f_upper_tail(self.f()?, above, below)
    }

    /// The group size that stands for all.
    #[must_use]
    pub fn size(&self, size: GroupSize) -> f64 {
        let n = real(self.n);
        match size {
            GroupSize::Adjusted => {
                let squares = self.groups.iter().map(|group| real(group.n) * (real(group.n) / n));
                (n - sum(squares)) / (length(self.groups()) - 1.0)
            }
            GroupSize::Mean => n / length(self.groups()),
        }
    }

    /// ICC(1): share of the variance that lies between groups, for one person's value. Up to 1; below 0 if groups differ
    /// less than people drawn by lot would.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if all observations are equal.
    ///
    /// # Source
    /// Donner 1986 for the adjusted size; Bliese 2000 for the mean size, as R 4.2.2 `multilevel` 2.7 `ICC1`.
    ///
    /// # Example
    /// ```
    /// use insieme::stats::analysis_of_variance::{GroupSize, of_values};
    /// let (one, two) = (vec![70.0, 65.0, 80.0], vec![50.0, 55.0, 45.0, 60.0]);
    /// let (three, four) = (vec![75.0, 72.0], vec![40.0, 52.0, 48.0, 44.0, 50.0]);
    /// let projects = of_values(&[one, two, three, four]).unwrap();
    /// assert!((projects.icc1(GroupSize::Adjusted).unwrap() - 0.8305).abs() < 5e-5);
    /// ```
    pub fn icc1(&self, size: GroupSize) -> Result<f64, Undefined> {
        let (between, within) = (self.between_mean_square(), self.within_mean_square());
        if between + within <= 0.0 {
            return Err(Undefined::NoVariability);
        }
        finite((between - within) / (between + (self.size(size) - 1.0) * within))
    }

    /// ICC(2): how far the groups' means can be told apart. Up to 1; far below 0 if they hardly differ.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if all groups have the same mean.
    ///
    /// # Source
    /// Bliese 2000. Checked against R 4.2.2 `multilevel` 2.7 `ICC2`.
    ///
    /// # Example
    /// ```
    /// let (one, two) = (vec![70.0, 65.0, 80.0], vec![50.0, 55.0, 45.0, 60.0]);
    /// let (three, four) = (vec![75.0, 72.0], vec![40.0, 52.0, 48.0, 44.0, 50.0]);
    /// let projects = insieme::stats::analysis_of_variance::of_values(&[one, two, three, four]).unwrap();
    /// assert!((projects.icc2().unwrap() - 0.9431).abs() < 5e-5);
    /// ```
    pub fn icc2(&self) -> Result<f64, Undefined> {
        if self.between <= 0.0 {
            return Err(Undefined::NoVariability);
        }
        finite(1.0 - self.within_mean_square() / self.between_mean_square())
    }

    /// Interval of [`OneWay::icc1`] at the two-sided `level`, e.g. 0.95. Exact if groups are of equal size.
    ///
    /// # Errors
    /// As [`OneWay::f`] and [`f_quantile`].
    ///
    /// # Source
    /// `McGraw` & Wong 1996. Checked against R 4.2.2 `psychometric` 2.3 `ICC1.CI`.
    pub fn icc1_interval(&self, size: GroupSize, level: f64) -> Result<Limits, Undefined> {
        let size = self.size(size);
        let share = |f: f64| finite((f - 1.0) / (f + (size - 1.0)));
        let (low, high) = f_limits(self.f()?, self.df(), level)?;
        Ok((share(low)?, share(high)?))
    }

    /// Interval of [`OneWay::icc2`] at the two-sided `level`, e.g. 0.95. Exact if groups are of equal size.
    ///
    /// # Errors
    /// As [`OneWay::icc1_interval`], and [`Undefined::NoVariability`] if all groups have the same mean.
    ///
    /// # Source
    /// `McGraw` & Wong 1996. Checked against R 4.2.2 `psychometric` 2.3 `ICC2.CI`.
    pub fn icc2_interval(&self, level: f64) -> Result<Limits, Undefined> {
        let (low, high) = f_limits(self.f()?, self.df(), level)?;
        if low <= 0.0 {
            return Err(Undefined::NoVariability);
        }
        Ok((finite(1.0 - 1.0 / low)?, finite(1.0 - 1.0 / high)?))
    }

    /// Share of the variance that lies between groups by restricted maximum likelihood, 0 to 1.
    ///
    /// Weighs groups of very different size better than [`OneWay::icc1`], and equals it where all are of one size and it
    /// is not below 0.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if all observations are equal.
    ///
    /// # Source
    /// Patterson & Thompson 1971. Checked against R 4.2.2 `psychometric` 2.3 `ICC1.lme`, which asks `nlme`.
    pub fn icc1_restricted(&self) -> Result<f64, Undefined> {
        if self.within <= 0.0 {
            return if self.between > 0.0 { Ok(1.0) } else { Err(Undefined::NoVariability) };
        }
        let step = 1.0 / f64::from(LOOKED_AT);
        let looked_at = (0..LOOKED_AT).map(|place| step * f64::from(place));
        let costs = looked_at.map(|share| (share, self.restricted(share).cost));
        let (best, _) = costs.min_by(|one, other| one.1.total_cmp(&other.1)).ok_or(Undefined::NotConverged)?;
        if best <= 0.0 && self.restricted(0.0).slope >= 0.0 {
            return Ok(0.0);
        }
        let (mut low, mut high) = ((best - step).max(0.0), (best + step).min(1.0));
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if self.restricted(middle).slope < 0.0 { low = middle } else { high = middle }
        }
        finite(f64::midpoint(low, high))
    }

    /// Minus twice the restricted log-likelihood where `share` of the variance lies between groups, without constants.
    fn restricted(&self, share: f64) -> Restricted {
        // The variance of a group's mean is `inflation/n`; without a share of the groups it is 1/n.
        let each = |group: &Summary| {
            let inflation = 1.0 + (real(group.n) - 1.0) * share;
            (group.mean, real(group.n) / inflation, inflation)
        };
        let weights = sum(self.groups.iter().map(|group| each(group).1));
        let mean = sum(self.groups.iter().map(|group| each(group).0 * each(group).1)) / weights;
        let square = |group: &Summary| (group.mean - mean) * (group.mean - mean);
        let between = sum(self.groups.iter().map(|group| each(group).1 * square(group)));
        let (above, below) = self.df();
        let residual = self.within + (1.0 - share) * between;
        let logarithms = sum(self.groups.iter().map(|group| each(group).2.ln()));
        let cost = (above + below) * residual.ln() + logarithms - above * (1.0 - share).ln() + weights.ln();
        // The slope against the ratio of both variances, times the positive `1 / (1 − share)`.
        let steep = sum(self.groups.iter().map(|group| each(group).1.powi(2) * square(group)));
        let squared = sum(self.groups.iter().map(|group| each(group).1.powi(2)));
        let slope = weights - squared / weights - (above + below) * (1.0 - share) * steep / residual;
        Restricted { cost, slope }
    }
}

struct Restricted {
    cost: f64,
    slope: f64,
}

/// Analysis of variance of groups given by their numbers, means and spreads. Groups without observations do not count.
///
/// Of values near each other and far from zero, [`of_values`] loses less.
///
/// # Errors
/// [`Undefined::Empty`] without observations, [`Undefined::TooFew`] below two groups or if no group has two observations,
/// [`Undefined::OutOfRange`] if a number is not finite.
pub fn one_way(groups: &[Summary]) -> Result<OneWay, Undefined> {
    let mut groups: Vec<_> = groups.iter().filter(|group| group.n > 0).copied().collect();
    let proper = |group: &Summary| group.mean.is_finite() && (0.0..f64::INFINITY).contains(&group.squares);
    let n = groups.iter().try_fold(0_u64, |n, group| n.checked_add(group.n)).ok_or(Undefined::OutOfRange)?;
    if !groups.iter().all(proper) {
        return Err(Undefined::OutOfRange);
    }
    // Sorted, so that the order of the groups does not show in the last digit.
    groups.sort_by(|one, other| {
        one.mean.total_cmp(&other.mean).then(one.squares.total_cmp(&other.squares)).then(one.n.cmp(&other.n))
    });
    let between = summary(groups.iter().map(|group| (group.mean, group.n)))?.squares;
    if groups.len() < 2 || real(n) <= length(groups.len()) {
        return Err(Undefined::TooFew);
    }
    let within = finite(sum(groups.iter().map(|group| group.squares)))?;
    let between = if between <= ROUNDING * (between + within) { 0.0 } else { between };
    Ok(OneWay { n, between, within, groups })
}

/// Analysis of variance of groups given by their values. Groups without values do not count.
///
/// # Errors
/// As [`one_way`].
///
/// # Source
/// Values are taken from the middle of their range first, which is exact where they lie close together, so that a large
/// offset eats no digit. Checked against the NIST data sets `SiRstv` and `SmLs01`–`SmLs09`.
///
/// # Example
/// ```
/// let groups = [vec![1.4, 1.3, 1.5], vec![1.3, 1.2, 1.4]];
/// let groups = insieme::stats::analysis_of_variance::of_values(&groups).unwrap();
/// assert!((groups.f().unwrap() - 1.5).abs() < 1e-12);
/// ```
pub fn of_values(groups: &[Vec<f64>]) -> Result<OneWay, Undefined> {
    let centre = middle(groups.iter().flatten().copied())?;
    let centred = |group: &Vec<f64>| {
        let mut values: Vec<f64> = group.iter().map(|value| value - centre).collect();
        values.sort_by(f64::total_cmp);
        describe::of_values(&values)
    };
    let groups = groups.iter().filter(|group| !group.is_empty()).map(centred).collect::<Result<Vec<_>, _>>()?;
    one_way(&groups)
}

/// Middle between the lowest and the highest value.
pub(super) fn middle(values: impl Iterator<Item = f64>) -> Result<f64, Undefined> {
    let mut ends = None;
    for value in values {
        let value = finite(value)?;
        let (low, high) = ends.unwrap_or((value, value));
        ends = Some((value.min(low), value.max(high)));
    }
    ends.map(|(low, high)| f64::midpoint(low, high)).ok_or(Undefined::Empty)
}

/// Sum of terms from the least to the largest, so that their order does not show in the last digit.
pub(super) fn sorted_sum(terms: impl Iterator<Item = f64>) -> f64 {
    let mut terms: Vec<f64> = terms.collect();
    terms.sort_by(f64::total_cmp);
    sum(terms.into_iter())
}

/// Limits of the true ratio of two variances whose estimates have the ratio `f`, at the two-sided `level`.
pub(super) fn f_limits(f: f64, (above, below): (f64, f64), level: f64) -> Result<Limits, Undefined> {
    let p = f64::midpoint(1.0, level);
    Ok((finite(f / f_quantile(p, above, below)?)?, finite(f * f_quantile(p, below, above)?)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Projects of docs/methods.md, "Agreement".
    fn projects() -> OneWay {
        let projects = [
            vec![70.0, 65.0, 80.0],
            vec![50.0, 55.0, 45.0, 60.0],
            vec![75.0, 72.0],
            vec![40.0, 52.0, 48.0, 44.0, 50.0],
        ];
        of_values(&projects).unwrap()
    }

    /// Shape of NIST `SmLs01` to `SmLs09`: nine groups, `half` times one tenth above and below their middle.
    fn nist(offset: f64, half: usize) -> Vec<Vec<f64>> {
        let middles = [0.4, 0.3, 0.5, 0.3, 0.5, 0.3, 0.5, 0.3, 0.5];
        let group = |middle: f64| {
            let pair = [offset + (middle - 0.1), offset + (middle + 0.1)];
            std::iter::once(offset + middle).chain(pair.into_iter().cycle().take(2 * half)).collect()
        };
        middles.map(group).to_vec()
    }

    #[test]
    fn without_observations_there_is_nothing_to_divide() {
        assert_eq!(of_values(&[]), Err(Undefined::Empty));
        assert_eq!(of_values(&[vec![], vec![]]), Err(Undefined::Empty));
        assert_eq!(one_way(&[]), Err(Undefined::Empty));
    }

    #[test]
    fn one_group_has_no_other_to_differ_from() {
        assert_eq!(of_values(&[vec![1.0, 2.0, 3.0]]), Err(Undefined::TooFew));
        assert_eq!(of_values(&[vec![1.0, 2.0, 3.0], vec![]]), Err(Undefined::TooFew));
    }

    #[test]
    fn groups_of_one_have_nothing_within() {
        assert_eq!(of_values(&[vec![1.0], vec![2.0], vec![3.0]]), Err(Undefined::TooFew));
        let one_pair = of_values(&[vec![1.0], vec![2.0, 3.0]]).unwrap();
        assert!((one_pair.f().unwrap() - 3.0).abs() < 1e-12);
    }

    #[test]
    fn equal_observations_have_no_share() {
        let equal = of_values(&[vec![3.0; 4], vec![3.0; 2]]).unwrap();
        assert_eq!(equal.f(), Err(Undefined::NoVariability));
        assert_eq!(equal.p(), Err(Undefined::NoVariability));
        assert_eq!(equal.icc1(GroupSize::Adjusted), Err(Undefined::NoVariability));
        assert_eq!(equal.icc2(), Err(Undefined::NoVariability));
        assert_eq!(equal.icc1_interval(GroupSize::Mean, 0.95), Err(Undefined::NoVariability));
        assert_eq!(equal.icc1_restricted(), Err(Undefined::NoVariability));
    }

    #[test]
    fn unanimous_groups_that_differ_hold_all_the_variance() {
        let apart = of_values(&[vec![0.1; 3], vec![0.7; 3]]).unwrap();
        assert_eq!(apart.f(), Err(Undefined::NoVariability));
        assert_eq!(apart.icc1(GroupSize::Mean), Ok(1.0));
        assert_eq!(apart.icc2(), Ok(1.0));
        assert_eq!(apart.icc1_restricted(), Ok(1.0));
    }

    #[test]
    fn groups_with_equal_means_cannot_be_told_apart() {
        let alike = of_values(&[vec![0.1, 0.2, 0.3], vec![0.0, 0.2, 0.4], vec![0.2, 0.2]]).unwrap();
        assert_eq!(alike.f(), Ok(0.0));
        assert_eq!(alike.icc2(), Err(Undefined::NoVariability));
        assert_eq!(alike.icc2_interval(0.95), Err(Undefined::NoVariability));
        assert!(alike.icc1(GroupSize::Adjusted).unwrap() < 0.0);
        assert!((alike.p().unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(alike.icc1_restricted(), Ok(0.0));
    }

    #[test]
    fn the_worked_projects() {
        let projects = projects();
        assert_eq!((projects.n, projects.groups()), (14, 4));
        assert!((projects.between_mean_square() - 595.487).abs() < 5e-4);
        assert!((projects.within_mean_square() - 33.897).abs() < 5e-4);
        assert!((projects.size(GroupSize::Adjusted) - 3.38095).abs() < 5e-6);
        assert!((projects.size(GroupSize::Mean) - 3.5).abs() < 1e-12);
        assert!((projects.icc1(GroupSize::Adjusted).unwrap() - 0.8305).abs() < 5e-5);
        assert!((projects.icc1(GroupSize::Mean).unwrap() - 0.8256).abs() < 5e-5);
        assert!((projects.icc2().unwrap() - 0.9431).abs() < 5e-5);
        let (low, high) = projects.icc1_interval(GroupSize::Adjusted, 0.95).unwrap();
        assert!(low < 0.8305 && 0.8305 < high && high < 1.0);
    }

    #[test]
    fn a_large_offset_eats_no_digit_of_what_the_floats_hold() {
        // NIST SmLs09 certifies 160.08, 180 and F = 2001 for tenths above a million million, which floats do not hold.
        // What they hold, less the offset, is exact and analysed without it.
        for (offset, half) in [(1.0, 10), (1e6, 100), (1e12, 1000)] {
            let far = nist(offset, half);
            let held: Vec<Vec<f64>> =
                far.iter().map(|group| group.iter().map(|value| value - offset).collect()).collect();
            let (far, near) = (of_values(&far).unwrap(), of_values(&held).unwrap());
            assert!((far.between - near.between).abs() < 1e-12 * near.between);
            assert!((far.within - near.within).abs() < 1e-12 * near.within);
        }
        let last = of_values(&nist(1e12, 1000)).unwrap();
        assert!((last.between - 160.08).abs() < 0.1 && (last.within - 180.0).abs() < 0.1);
        assert!((last.f().unwrap() - 2001.0).abs() < 1.0);
        let small = of_values(&nist(0.0, 1000)).unwrap();
        assert!((small.f().unwrap() - 2001.0).abs() < 1e-9);
        assert!(small.p().unwrap() >= 0.0);
    }

    #[test]
    fn summaries_and_values_say_the_same() {
        let values = [vec![3.0, 4.0, 4.0], vec![1.0, 2.0]];
        let summaries = values.clone().map(|group| describe::of_values(&group).unwrap());
        let (of_values, of_summaries) = (of_values(&values).unwrap(), one_way(&summaries).unwrap());
        assert!((of_values.between - of_summaries.between).abs() < 1e-12);
        assert!((of_values.within - of_summaries.within).abs() < 1e-12);
    }

    #[test]
    fn the_order_of_groups_and_people_makes_no_difference() {
        let groups = [vec![0.1, 0.7, 0.4], vec![0.3, 0.2], vec![0.9, 0.5, 0.6, 0.8]];
        let mut turned: Vec<Vec<f64>> =
            groups.iter().rev().map(|group| group.iter().rev().copied().collect()).collect();
        turned.insert(1, vec![]);
        assert_eq!(of_values(&groups), of_values(&turned));
    }

    #[test]
    fn equal_sizes_make_both_estimates_one() {
        let groups = of_values(&[vec![1.0, 2.0, 3.0], vec![4.0, 4.0, 5.0], vec![2.0, 6.0, 7.0]]).unwrap();
        let expected = groups.icc1(GroupSize::Adjusted).unwrap();
        assert!((groups.icc1(GroupSize::Mean).unwrap() - expected).abs() < 1e-12);
        assert!((groups.icc1_restricted().unwrap() - expected).abs() < 1e-9);
    }

    #[test]
    fn a_share_of_nearly_all_is_found_too() {
        let groups = of_values(&[vec![0.0, 1e-7], vec![1.0, 1.0], vec![2.0, 2.0 + 1e-7]]).unwrap();
        assert!((groups.icc1_restricted().unwrap() - groups.icc1(GroupSize::Mean).unwrap()).abs() < 1e-9);
    }

    #[test]
    fn what_leaves_the_floats_is_refused() {
        for wrong in [f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(of_values(&[vec![1.0, wrong], vec![2.0, 3.0]]), Err(Undefined::OutOfRange));
        }
        let group = Summary { n: 2, mean: 1.0, squares: 1.0 };
        for squares in [f64::NAN, -1.0, f64::INFINITY] {
            assert_eq!(one_way(&[group, Summary { squares, ..group }]), Err(Undefined::OutOfRange));
        }
        let crowd = Summary { n: u64::MAX, ..group };
        assert_eq!(one_way(&[group, crowd]), Err(Undefined::OutOfRange));
        let two = one_way(&[group, Summary { mean: 3.0, ..group }]).unwrap();
        for level in [f64::NAN, 1.0, -1.0, 7.0] {
            assert_eq!(two.icc1_interval(GroupSize::Mean, level), Err(Undefined::OutOfRange));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_between_and_what_is_within_make_the_whole(
            groups in prop::collection::vec(prop::collection::vec(-99.0..99.0, 0..6), 2..6)
        ) {
            let all: Vec<f64> = groups.iter().flatten().copied().collect();
            if let Ok(found) = of_values(&groups) {
                let whole = describe::of_values(&all).unwrap().squares;
                prop_assert!((found.between + found.within - whole).abs() < 1e-9 * whole.max(1.0));
                prop_assert!((0.0..=1.0).contains(&found.icc1_restricted().unwrap()));
                prop_assert!(found.icc1(GroupSize::Adjusted).unwrap() <= 1.0);
            }
        }

        #[test]
        fn nothing_that_is_no_number_comes_out(
            groups in prop::collection::vec(prop::collection::vec(prop::num::f64::ANY, 0..4), 0..4)
        ) {
            let Ok(found) = of_values(&groups) else { return Ok(()) };
            let numbers = [found.f(), found.icc1(GroupSize::Adjusted), found.icc2(), found.icc1_restricted()];
            prop_assert!(numbers.into_iter().flatten().all(f64::is_finite));
        }
    }
}

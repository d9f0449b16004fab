// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do the values of several groups lie at different heights, and which groups differ from which?

use super::count::real;
use super::describe::sum;
use super::distribution::{chi_square_upper_tail, normal_upper_tail};
use super::rank_sum::{Ranking, number, spread};
use super::{Undefined, finite};

/// The rank test of several groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KruskalWallis {
    /// Observations of all groups.
    pub n: u64,
    /// Groups.
    pub groups: u64,
    /// H, corrected for ties, from 0 to n − 1.
    pub h: f64,
    /// Degrees of freedom: groups − 1.
    pub df: u64,
    /// Upper tail of chi-square with those degrees of freedom.
    pub p: f64,
    /// Share of the spread of ranks that lies between groups: ε² = H/(n − 1), from 0 to 1 (Kelley 1935).
    pub epsilon_squared: f64,
}

/// Two of the groups, compared on the ranks of all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Position of the first group.
    pub first: usize,
    /// Position of the second group.
    pub second: usize,
    /// Mean rank of the second less that of the first, in standard errors.
    pub z: f64,
    /// Two-sided p-value from the normal curve, not adjusted for the number of comparisons.
    pub p: f64,
}

/// The Kruskal–Wallis test of two or more groups, in any unit.
///
/// Equal are values that agree after rounding to 1e-9; they share the mean of their ranks.
///
/// # Errors
/// [`Undefined::TooFew`] below two groups, [`Undefined::Empty`] if a group is empty, [`Undefined::NoVariability`] if
/// all observations are equal, [`Undefined::OutOfRange`] if a value is not finite.
///
/// # Source
/// Kruskal & Wallis 1952. Checked against R 4.2.2 `kruskal.test`, `effectsize` 0.8.3 and `SciPy` 1.17.1.
///
/// # Example
/// ```
/// // Ability to clear the lungs of dust (Hollander & Wolfe 1973): healthy, with obstruction, with asbestosis.
/// let healthy = [2.9, 3.0, 2.5, 2.6, 3.2];
/// let test = insieme::stats::kruskal::kruskal_wallis(&[&healthy, &[3.8, 2.7, 4.0, 2.4], &[2.8, 3.4, 3.7, 2.2, 2.0]]);
/// assert!((test.unwrap().h - 0.77143).abs() < 5e-6);
/// ```
pub fn kruskal_wallis(groups: &[&[f64]]) -> Result<KruskalWallis, Undefined> {
    let ranks = Ranks::of(groups)?;
    // Twice the rank sum less what it would be at the middle: a whole number, so no digits are lost.
    let mut parts: Vec<f64> =
        ranks.groups.iter().map(|group| group.off_middle(ranks.n).powi(2) / real(group.n)).collect();
    parts.sort_by(f64::total_cmp);
    let h = finite(3.0 * real(ranks.n - 1) * sum(parts.into_iter()) / ranks.spread)?;
    let df = number(groups.len()) - 1;
    let epsilon_squared = h / real(ranks.n - 1);
    Ok(KruskalWallis { n: ranks.n, groups: df + 1, h, df, p: chi_square_upper_tail(h, real(df))?, epsilon_squared })
}

impl KruskalWallis {
    /// Share of the spread that lies between groups, less what chance alone would give:
    /// η² = (H − groups + 1)/(n − groups), at most 1 and sometimes below 0.
    ///
    /// # Errors
    /// [`Undefined::TooFew`] if no group has two observations.
    ///
    /// # Source
    /// Cohen 2008. Checked against R `rstatix` 0.7.2.
    pub fn eta_squared(&self) -> Result<f64, Undefined> {
        if self.n <= self.groups {
            return Err(Undefined::TooFew);
        }
        finite((self.h - real(self.df)) / real(self.n - self.groups))
    }
}

/// Dunn's comparisons of each group with each later one, with the variance corrected for ties.
///
/// # Errors
/// As [`kruskal_wallis`].
///
/// # Source
/// Dunn 1964. Checked against R `rstatix` 0.7.2.
///
/// # Example
/// ```
/// let found = insieme::stats::kruskal::dunn(&[&[1.0, 2.0], &[3.0, 4.0], &[5.0, 6.0]]).unwrap();
/// // Mean ranks 1.5 and 5.5, standard error √(6·7/12): z = 4/√3.5.
/// assert_eq!((found.len(), found[1].first, found[1].second), (3, 0, 2));
/// assert!((found[1].z - 2.138_089_935).abs() < 1e-9);
/// ```
pub fn dunn(groups: &[&[f64]]) -> Result<Vec<Comparison>, Undefined> {
    let ranks = Ranks::of(groups)?;
    let variance = ranks.spread / (12.0 * real(ranks.n - 1));
    let mut comparisons = Vec::new();
    for (first, one) in ranks.groups.iter().enumerate() {
        for (second, other) in ranks.groups.iter().enumerate().skip(first + 1) {
            let difference = other.mean_rank() - one.mean_rank();
            let z = finite(difference / (variance * (1.0 / real(one.n) + 1.0 / real(other.n))).sqrt())?;
            let p = (2.0 * normal_upper_tail(z.abs())?).min(1.0);
            comparisons.push(Comparison { first, second, z, p });
        }
    }
    Ok(comparisons)
}

/// All observations ranked together.
struct Ranks {
    n: u64,
    groups: Vec<Group>,
    spread: f64,
}

/// Size of a group and twice the sum of its ranks.
struct Group {
    n: u64,
    doubled: u64,
}

impl Ranks {
    fn of(groups: &[&[f64]]) -> Result<Self, Undefined> {
        if groups.len() < 2 {
            return Err(Undefined::TooFew);
        }
        if groups.iter().any(|group| group.is_empty()) {
            return Err(Undefined::Empty);
        }
        let ranking = Ranking::of(groups.iter().flat_map(|group| group.iter().copied()))?;
        let spread = spread(&ranking.ties);
        if spread <= 0.0 {
            return Err(Undefined::NoVariability);
        }
        let mut ranks = ranking.doubled.iter();
        let group = |group: &&[f64]| Group { n: number(group.len()), doubled: ranks.by_ref().take(group.len()).sum() };
        Ok(Self { n: number(ranking.doubled.len()), groups: groups.iter().map(group).collect(), spread })
    }
}

impl Group {
    fn mean_rank(&self) -> f64 {
        real(self.doubled) / real(self.n) / 2.0
    }

    /// Distance of twice the rank sum from its middle among `all` ranks.
    fn off_middle(&self, all: u64) -> f64 {
        real(self.doubled.abs_diff(self.n * (all + 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::rank_sum::mann_whitney;
    use super::*;

    #[test]
    fn none_one_and_empty_groups_cannot_be_compared() {
        assert_eq!(kruskal_wallis(&[]), Err(Undefined::TooFew));
        assert_eq!(kruskal_wallis(&[&[1.0, 2.0]]), Err(Undefined::TooFew));
        assert_eq!(kruskal_wallis(&[&[1.0, 2.0], &[]]), Err(Undefined::Empty));
        assert_eq!(dunn(&[&[1.0, 2.0], &[]]), Err(Undefined::Empty));
    }

    #[test]
    fn equal_answers_have_no_test() {
        let equal: [&[f64]; 3] = [&[3.0, 3.0], &[3.0, 3.0], &[3.0, 3.0]];
        assert_eq!(kruskal_wallis(&equal), Err(Undefined::NoVariability));
        assert_eq!(dunn(&equal), Err(Undefined::NoVariability));
    }

    #[test]
    fn what_is_not_finite_is_refused() {
        assert_eq!(kruskal_wallis(&[&[1.0], &[f64::NAN]]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn groups_of_one_have_a_test_and_no_eta() {
        let test = kruskal_wallis(&[&[1.0], &[2.0], &[3.0]]).unwrap();
        assert!((test.h - 2.0).abs() < 1e-12 && (test.epsilon_squared - 1.0).abs() < 1e-12);
        assert_eq!(test.eta_squared(), Err(Undefined::TooFew));
    }

    #[test]
    fn two_groups_are_the_rank_sum_test() {
        let (a, b) = ([1.0, 4.0, 4.0, 2.0, 7.0], [4.0, 5.0, 9.0, 9.0]);
        let z = mann_whitney(&a, &b).unwrap().z().unwrap();
        let test = kruskal_wallis(&[&a, &b]).unwrap();
        assert!((test.h - z * z).abs() < 1e-12);
        let pair = dunn(&[&a, &b]).unwrap()[0];
        assert!((pair.z + z).abs() < 1e-12 && (pair.p - test.p).abs() < 1e-9);
    }

    #[test]
    fn complete_separation_of_all_is_the_largest_h() {
        let test = kruskal_wallis(&[&[1.0; 4], &[2.0; 4], &[3.0; 4]]).unwrap();
        assert!((test.h - 11.0).abs() < 1e-12 && test.p > 0.0);
    }

    #[test]
    fn the_order_of_people_and_groups_does_not_matter() {
        let (a, b, c) = ([1.0, 7.0 / 3.0, 2.5, 4.0], [2.5, 8.0 / 3.0, 5.0], [1.5, 1.5]);
        let one = kruskal_wallis(&[&a, &b, &c]).unwrap();
        let other = kruskal_wallis(&[&c, &[5.0, 2.5, 8.0 / 3.0], &[4.0, 2.5, 1.0, 7.0 / 3.0]]).unwrap();
        assert_eq!(one, other);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Did more change for the better than for the worse, each change weighed by its rank?

use super::count::real;
use super::describe::sum;
use super::distribution::normal_quantile;
use super::interval::Limits;
use super::rank_sum::{Alternative, Continuity, Method, RankP, Ranking, normal_p, number, place, rounded, share};
use super::{Undefined, finite};

/// Additions up to which the exact distribution is worked out: about 215 changes.
const MOST_STEPS: u64 = 10_000_000;

/// The signed-rank test of some changes.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedRank {
    /// Pairs, also those without a change.
    pub pairs: u64,
    /// Pairs without a change.
    pub zeros: u64,
    /// Sum of the ranks of changes upwards.
    pub v_plus: f64,
    /// Sum of the ranks of changes downwards.
    pub v_minus: f64,
    twice_plus: u64,
    doubled: Vec<u64>,
}

/// What becomes of pairs without a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zeros {
    /// Left out before ranking (Wilcoxon 1949).
    Dropped,
    /// Ranked with the others, then left out (Pratt 1959).
    Pratt,
}

/// The Wilcoxon signed-rank test of changes (after minus before), in any unit.
///
/// Changes are rounded to 1e-9, so that `8/3 − 7/3` and `3 − 8/3` are equal; equal ones share the mean of their ranks.
///
/// # Errors
/// [`Undefined::Empty`] without changes, [`Undefined::OutOfRange`] if one is not finite.
///
/// # Source
/// Wilcoxon 1945; Pratt 1959. Checked against R 4.2.2 `wilcox.test`, `exactRankTests`, `coin` and `SciPy` 1.17.1.
///
/// # Example
/// ```
/// use insieme::stats::signed_rank::{Zeros, wilcoxon};
/// let changes = [50.0 / 3.0, 0.0, 50.0 / 3.0, 25.0 / 3.0, 0.0, 25.0 / 3.0, -25.0 / 3.0, 25.0];
/// let test = wilcoxon(&changes, Zeros::Dropped).unwrap();
/// assert!((test.rank_biserial().unwrap() - 17.0 / 21.0).abs() < 1e-12);
/// ```
pub fn wilcoxon(changes: &[f64], zeros: Zeros) -> Result<SignedRank, Undefined> {
    if changes.is_empty() {
        return Err(Undefined::Empty);
    }
    let mut kept = changes.iter().map(|change| rounded(*change)).collect::<Result<Vec<_>, _>>()?;
    let moved = |change: &f64| change.abs() > 0.0;
    let still = kept.iter().filter(|change| !moved(change)).count();
    if zeros == Zeros::Dropped {
        kept.retain(moved);
    }
    let ranks = Ranking::of(kept.iter().map(|change| change.abs()))?.doubled;
    let mut ranked: Vec<(u64, bool)> = kept
        .iter()
        .zip(ranks)
        .filter(|(change, _)| moved(change))
        .map(|(change, rank)| (rank, *change > 0.0))
        .collect();
    ranked.sort_unstable();
    let twice_plus = ranked.iter().filter(|(_, up)| *up).map(|(rank, _)| rank).sum();
    let doubled: Vec<u64> = ranked.into_iter().map(|(rank, _)| rank).collect();
    let twice_minus = doubled.iter().sum::<u64>() - twice_plus;
    let (v_plus, v_minus) = (real(twice_plus) / 2.0, real(twice_minus) / 2.0);
    Ok(SignedRank { pairs: number(changes.len()), zeros: number(still), v_plus, v_minus, twice_plus, doubled })
}

impl SignedRank {
    /// Matched rank-biserial correlation `(V₊ − V₋)/(V₊ + V₋)`, from −1 to 1.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if nothing changed.
    ///
    /// # Source
    /// Kerby 2014. Checked against R `effectsize` 0.8.3 and `pingouin` 0.7.0.
    pub fn rank_biserial(&self) -> Result<f64, Undefined> {
        self.moved()?;
        finite((self.v_plus - self.v_minus) / (self.v_plus + self.v_minus))
    }

    /// Interval of the matched rank-biserial correlation at the two-sided `level`, within −1 and 1.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if nothing changed, [`Undefined::Separated`] if all changed in the same direction,
    /// [`Undefined::OutOfRange`] for a level outside 0 to 1.
    ///
    /// # Source
    /// Fisher's z with the standard error of the ranks without ties. Checked against R `effectsize` 0.8.3.
    pub fn rank_biserial_interval(&self, level: f64) -> Result<Limits, Undefined> {
        let r = self.rank_biserial()?;
        if self.v_plus.min(self.v_minus) <= 0.0 {
            return Err(Undefined::Separated);
        }
        let n = real(number(self.doubled.len()));
        let half = normal_quantile(f64::midpoint(1.0, level))? * (2.0 * (2.0 * n + 1.0) / (3.0 * n * (n + 1.0))).sqrt();
        Ok((finite((r.atanh() - half).tanh())?, finite((r.atanh() + half).tanh())?))
    }

    /// V₊ as a deviate of the normal curve, corrected for ties and not for continuity.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if nothing changed.
    pub fn z(&self) -> Result<f64, Undefined> {
        finite(self.deviation() / self.doubled_sd()?)
    }

    /// p-value: exact where that is quick, else from the normal curve with both corrections.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if nothing changed.
    pub fn p(&self, alternative: Alternative) -> Result<RankP, Undefined> {
        if self.is_quick() {
            return self.exact_p(alternative).map(|p| RankP { p, method: Method::Exact });
        }
        let p = self.asymptotic_p(alternative, Continuity::Corrected)?;
        Ok(RankP { p, method: Method::Asymptotic })
    }

    /// p-value from the normal curve, corrected for ties.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if nothing changed.
    pub fn asymptotic_p(&self, alternative: Alternative, continuity: Continuity) -> Result<f64, Undefined> {
        normal_p(self.deviation(), self.doubled_sd()?, alternative, continuity)
    }

    /// Share of all ways to turn round the signs of the observed changes, ties kept, that are as extreme as this one.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if nothing changed, [`Undefined::OutOfRange`] for so many changes that it would
    /// take long (above 215 without zeros).
    ///
    /// # Source
    /// Streitberg & Röhmel 1986.
    pub fn exact_p(&self, alternative: Alternative) -> Result<f64, Undefined> {
        self.moved()?;
        if !self.is_quick() {
            return Err(Undefined::OutOfRange);
        }
        let chances = self.doubled.iter().fold(vec![1.0], |chances, rank| either_sign(&chances, place(*rank)));
        Ok(share(&chances, place(self.twice_plus), alternative))
    }

    fn moved(&self) -> Result<(), Undefined> {
        if self.doubled.is_empty() { Err(Undefined::NoVariability) } else { Ok(()) }
    }

    fn is_quick(&self) -> bool {
        number(self.doubled.len()).saturating_mul(self.doubled.iter().sum()) <= MOST_STEPS
    }

    /// Twice the distance of V₊ from the middle of its range.
    fn deviation(&self) -> f64 {
        self.v_plus - self.v_minus
    }

    /// Standard deviation of twice V₊: each rank is there or not with equal chance.
    fn doubled_sd(&self) -> Result<f64, Undefined> {
        self.moved()?;
        finite(sum(self.doubled.iter().map(|rank| real(*rank) * real(*rank))).sqrt() / 2.0)
    }
}

/// Chances of each sum after one more rank, which is added or not.
fn either_sign(chances: &[f64], rank: usize) -> Vec<f64> {
    let mut next = vec![0.0; chances.len().saturating_add(rank)];
    next.iter_mut().zip(chances).for_each(|(next, chance)| *next += chance / 2.0);
    next.iter_mut().skip(rank).zip(chances).for_each(|(next, chance)| *next += chance / 2.0);
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Alternative; 3] = [Alternative::TwoSided, Alternative::Less, Alternative::Greater];

    /// Exact p by turning round every sign.
    fn by_enumeration(test: &SignedRank, alternative: Alternative) -> f64 {
        let all: u64 = test.doubled.iter().sum();
        let n = test.doubled.len();
        let far = |twice: u64| (2 * twice).abs_diff(all);
        let extreme = |signs: &u32| {
            let up = test.doubled.iter().enumerate().filter(|(place, _)| signs >> place & 1 == 1);
            let found: u64 = up.map(|(_, rank)| rank).sum();
            match alternative {
                Alternative::TwoSided => far(found) >= far(test.twice_plus),
                Alternative::Less => found <= test.twice_plus,
                Alternative::Greater => found >= test.twice_plus,
            }
        };
        real(u64::try_from((0..1_u32 << n).filter(extreme).count()).unwrap()) / 2.0_f64.powi(i32::try_from(n).unwrap())
    }

    #[test]
    fn without_pairs_there_is_no_test() {
        assert_eq!(wilcoxon(&[], Zeros::Dropped), Err(Undefined::Empty));
        assert_eq!(wilcoxon(&[1.0, f64::NAN], Zeros::Pratt), Err(Undefined::OutOfRange));
    }

    #[test]
    fn the_same_answers_twice_have_no_p() {
        for zeros in [Zeros::Dropped, Zeros::Pratt] {
            let test = wilcoxon(&[0.0, 1e-12, -0.0], zeros).unwrap();
            assert_eq!((test.pairs, test.zeros), (3, 3));
            assert!(test.v_plus.abs() < 1e-15 && test.v_minus.abs() < 1e-15);
            assert_eq!(test.rank_biserial(), Err(Undefined::NoVariability));
            assert_eq!(test.rank_biserial_interval(0.95), Err(Undefined::NoVariability));
            assert_eq!(test.z(), Err(Undefined::NoVariability));
            for alternative in ALL {
                assert_eq!(test.p(alternative), Err(Undefined::NoVariability));
                assert_eq!(test.exact_p(alternative), Err(Undefined::NoVariability));
            }
        }
    }

    #[test]
    fn one_change_says_nothing() {
        let test = wilcoxon(&[2.0], Zeros::Dropped).unwrap();
        assert_eq!(test.p(Alternative::TwoSided), Ok(RankP { p: 1.0, method: Method::Exact }));
        assert_eq!(test.rank_biserial(), Ok(1.0));
    }

    #[test]
    fn all_in_one_direction_has_a_correlation_and_no_interval() {
        let test = wilcoxon(&[1.0, 2.0, 4.0], Zeros::Dropped).unwrap();
        assert_eq!(test.rank_biserial(), Ok(1.0));
        assert_eq!(test.rank_biserial_interval(0.95), Err(Undefined::Separated));
    }

    #[test]
    fn six_pairs_can_tell_and_five_cannot() {
        // docs/methods.md, "Change over time": with five pairs the smallest p is .0625.
        let p = |n: i32| {
            let changes: Vec<f64> = (1..=n).map(f64::from).collect();
            wilcoxon(&changes, Zeros::Dropped).unwrap().exact_p(Alternative::TwoSided).unwrap()
        };
        assert!((p(5) - 0.0625).abs() < 1e-15);
        assert!((p(6) - 0.03125).abs() < 1e-15);
    }

    #[test]
    fn the_changes_of_the_worked_example_and_of_dataset_g1() {
        // docs/methods.md, "Change over time": changes in sixths of a point, pairs, and the correlation. The
        // specification has .7143, .4917, −.5083 and .6167, which come from ranking before rounding: there
        // 66⅔ − 58⅓ and 50 − 41⅔ are no ties.
        let known: [(&[i32], f64); 5] = [
            (&[100, 0, 100, 50, 0, 50, -50, 150], 17.0 / 21.0),
            (&[-100, -200, -50, -50, 0, 0, 0, 0, 100, 100, 100, 150, 150, 150, 50, 50, 50, 50, 50], 55.0 / 120.0),
            (&[-75, -75, -75, -75, -75, -75, -75, 0, 0, 0, 0, 0, 0, 0, 150, 150, 150, 225, 75, 75], 21.0 / 91.0),
            (
                &[-100, -100, -100, -100, -100, -125, -150, -50, -50, -50, -50, 0, 0, 0, 0, 0, 100, 150, 50, 50],
                -58.0 / 120.0,
            ),
            (&[-100, -200, -50, 0, 0, 0, 0, 0, 100, 100, 150, 150, 200, 200, 25, 250, 50, 50, 50, 50], 70.0 / 120.0),
        ];
        for (sixths, expected) in known {
            let changes: Vec<f64> = sixths.iter().map(|one| f64::from(*one) / 6.0).collect();
            let found = wilcoxon(&changes, Zeros::Dropped).unwrap().rank_biserial().unwrap();
            assert!((found - expected).abs() < 1e-12, "{expected}: {found}");
        }
        // The result of G1 by the normal curve: .0455 (SciPy 1.17.1), where the specification has .035.
        let changes: Vec<f64> = known[4].0.iter().map(|one| f64::from(*one) / 6.0).collect();
        let p =
            wilcoxon(&changes, Zeros::Dropped).unwrap().asymptotic_p(Alternative::TwoSided, Continuity::Uncorrected);
        assert!((p.unwrap() - 0.045_544_342_649).abs() < 1e-10);
    }

    #[test]
    fn equal_thirds_are_ties() {
        let test = wilcoxon(&[8.0 / 3.0 - 7.0 / 3.0, 8.0 / 3.0 - 3.0, 1.0], Zeros::Dropped).unwrap();
        assert_eq!(test.doubled, [3, 3, 6]);
        assert!((test.v_plus - 4.5).abs() < 1e-15 && (test.v_minus - 1.5).abs() < 1e-15);
    }

    #[test]
    fn the_exact_p_is_that_of_every_sign() {
        let samples: [&[f64]; 4] = [
            &[1.0, -2.0, 3.0, 4.0, -5.0, 6.0, 7.0],
            &[0.0, 1.0, 1.0, -1.0, 2.0, 0.0, -3.0, 3.0, 3.0],
            &[-1.0, -1.0, -1.0, 1.0],
            &[0.5, 0.0, -0.25, 0.25, 1.5, 0.75, -0.75, 0.75, 2.0, 2.0, -2.0, 0.25],
        ];
        for changes in samples {
            for zeros in [Zeros::Dropped, Zeros::Pratt] {
                let test = wilcoxon(changes, zeros).unwrap();
                for alternative in ALL {
                    let p = test.exact_p(alternative).unwrap();
                    assert!((p - by_enumeration(&test, alternative)).abs() < 1e-14, "{changes:?} {zeros:?}: {p}");
                }
            }
        }
    }

    #[test]
    fn the_order_of_people_does_not_matter_and_signs_mirror() {
        let changes = [0.5, 0.0, -0.25, 0.25, 1.5, 0.75, -0.75, 0.75];
        let test = wilcoxon(&changes, Zeros::Pratt).unwrap();
        let mut turned = changes;
        turned.reverse();
        assert_eq!(wilcoxon(&turned, Zeros::Pratt).unwrap(), test);
        let mirrored = wilcoxon(&changes.map(|change| -change), Zeros::Pratt).unwrap();
        assert_eq!(mirrored.exact_p(Alternative::Less), test.exact_p(Alternative::Greater));
        assert!((mirrored.v_plus - test.v_minus).abs() < 1e-15);
    }

    #[test]
    fn many_changes_are_left_to_the_normal_curve() {
        let changes: Vec<f64> = (1..=400).map(|one| f64::from(one) - 150.5).collect();
        let test = wilcoxon(&changes, Zeros::Dropped).unwrap();
        assert_eq!(test.exact_p(Alternative::Less), Err(Undefined::OutOfRange));
        let p = test.p(Alternative::TwoSided).unwrap();
        assert!(p.method == Method::Asymptotic && p.p > 0.0 && p.p < 1e-3);
    }

    #[test]
    fn a_few_changes_among_very_many_pairs_do_not_fill_the_memory() {
        let mut changes = vec![0.0; 200_000];
        changes.extend((1..=100).map(f64::from));
        let test = wilcoxon(&changes, Zeros::Pratt).unwrap();
        assert_eq!(test.p(Alternative::TwoSided).unwrap().method, Method::Asymptotic);
        assert_eq!(wilcoxon(&changes, Zeros::Dropped).unwrap().p(Alternative::TwoSided).unwrap().method, Method::Exact);
    }

    #[test]
    fn exact_and_normal_agree_where_one_takes_over_from_the_other() {
        let changes: Vec<f64> = (1..=200).map(|one| f64::from(one) - 85.5).collect();
        let test = wilcoxon(&changes, Zeros::Dropped).unwrap();
        let exact = test.exact_p(Alternative::TwoSided).unwrap();
        let normal = test.asymptotic_p(Alternative::TwoSided, Continuity::Corrected).unwrap();
        assert!((exact - normal).abs() < 1e-4, "{exact} {normal}");
    }
}

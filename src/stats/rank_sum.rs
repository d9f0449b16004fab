// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do the values of one sample tend to lie above those of another?

use super::count::real;
use super::describe::sum;
use super::distribution::normal_upper_tail;
use super::{Undefined, finite};

/// Additions up to which the exact distribution is worked out: two samples of 50, or 8 against 300.
const MOST_STEPS: u64 = 12_500_000;
/// Values closer than one part in so many are meant to be equal: a mean of three answers has no more digits.
const STEPS_PER_UNIT: f64 = 1e9;
/// From here on floats lie farther apart than the rounding.
const WITHOUT_STEPS: f64 = 4e6;

/// The rank-sum test of two samples.
#[derive(Clone, Debug, PartialEq)]
pub struct RankSum {
    /// Observations of the first sample.
    pub n_a: u64,
    /// Observations of the second sample.
    pub n_b: u64,
    /// U of the first sample, from 0 to `n_a n_b`: pairs with the first above, and half of those where both are equal.
    pub u: f64,
    twice_u: u64,
    ties: Vec<u64>,
}

/// Which departure from "no difference" counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alternative {
    /// Either direction.
    TwoSided,
    /// The first sample, or the change, tends to be smaller.
    Less,
    /// The first sample, or the change, tends to be larger.
    Greater,
}

/// Whether half a step is taken off a statistic that moves in steps before it is compared with the normal curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Continuity {
    /// Half a step nearer to no difference.
    Corrected,
    /// As it is.
    Uncorrected,
}

/// How the p-value of a rank test was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// From every arrangement there is, with the ties as observed.
    Exact,
    /// From the normal curve with correction for ties and for continuity.
    Asymptotic,
}

/// The p-value of a rank test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankP {
    /// Above 0, at most 1.
    pub p: f64,
    /// How it was found.
    pub method: Method,
}

/// The Mann–Whitney (Wilcoxon rank-sum) test of two samples, in any unit.
///
/// Equal are values that agree after rounding to 1e-9; they share the mean of their ranks.
///
/// # Errors
/// [`Undefined::Empty`] if a sample is empty, [`Undefined::OutOfRange`] if a value is not finite.
///
/// # Source
/// Wilcoxon 1945; Mann & Whitney 1947. Checked against R 4.2.2 `wilcox.test`, `exactRankTests`, `coin` and
/// `SciPy` 1.17.1.
///
/// # Example
/// ```
/// use insieme::stats::rank_sum::{Alternative, mann_whitney};
/// // Five wholly above five: no two-sided p can be smaller.
/// let test = mann_whitney(&[6.0, 7.0, 8.0, 9.0, 10.0], &[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
/// assert!((test.exact_p(Alternative::TwoSided).unwrap() - 2.0 / 252.0).abs() < 1e-15);
/// ```
pub fn mann_whitney(a: &[f64], b: &[f64]) -> Result<RankSum, Undefined> {
    if a.is_empty() || b.is_empty() {
        return Err(Undefined::Empty);
    }
    let ranking = Ranking::of(a.iter().chain(b).copied())?;
    let (n_a, n_b) = (number(a.len()), number(b.len()));
    let ranks: u64 = ranking.doubled.iter().take(a.len()).sum();
    let twice_u = ranks - n_a * (n_a + 1);
    Ok(RankSum { n_a, n_b, u: real(twice_u) / 2.0, twice_u, ties: ranking.ties })
}

impl RankSum {
    /// Probability that one of the first sample lies above one of the second, equal ones counting half: Vargha and
    /// Delaney's A, from 0 to 1.
    #[must_use]
    pub fn superiority(&self) -> f64 {
        self.u / (real(self.n_a) * real(self.n_b))
    }

    /// Rank-biserial correlation, from −1 to 1; the same number as Cliff's δ.
    #[must_use]
    pub fn rank_biserial(&self) -> f64 {
        self.deviation() / (real(self.n_a) * real(self.n_b))
    }

    /// U as a deviate of the normal curve, corrected for ties and not for continuity.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if all observations are equal.
    pub fn z(&self) -> Result<f64, Undefined> {
        finite(self.deviation() / self.doubled_sd()?)
    }

    /// p-value: exact where that is quick, else from the normal curve with both corrections.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if all observations are equal.
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
    /// [`Undefined::NoVariability`] if all observations are equal.
    pub fn asymptotic_p(&self, alternative: Alternative, continuity: Continuity) -> Result<f64, Undefined> {
        normal_p(self.deviation(), self.doubled_sd()?, alternative, continuity)
    }

    /// Share of all ways to divide the observed values, ties kept, that are as extreme as this one.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if all observations are equal, [`Undefined::OutOfRange`] for samples so large that
    /// it would take long (more than two of 50, say).
    ///
    /// # Source
    /// Streitberg & Röhmel 1986.
    pub fn exact_p(&self, alternative: Alternative) -> Result<f64, Undefined> {
        self.doubled_sd()?;
        if !self.is_quick() {
            return Err(Undefined::OutOfRange);
        }
        let (few, many) = (self.n_a.min(self.n_b), self.n_a.max(self.n_b));
        let mut ways = divisions(&self.ties, few, many);
        if self.n_b < self.n_a {
            ways.reverse();
        }
        Ok(share(&ways, place(self.twice_u), alternative))
    }

    fn is_quick(&self) -> bool {
        let (few, many) = (self.n_a.min(self.n_b), self.n_a.max(self.n_b));
        let states = few.saturating_mul(few).saturating_mul(many);
        states.saturating_mul(few.saturating_add(many)) <= MOST_STEPS
    }

    /// Twice the distance of U from the middle of its range.
    fn deviation(&self) -> f64 {
        2.0 * self.u - real(self.n_a) * real(self.n_b)
    }

    /// Standard deviation of twice U.
    fn doubled_sd(&self) -> Result<f64, Undefined> {
        let (n_a, n_b) = (real(self.n_a), real(self.n_b));
        let n = n_a + n_b;
        let spread = spread(&self.ties);
        if spread > 0.0 {
            finite((n_a * n_b * spread / (3.0 * n * (n - 1.0))).sqrt())
        } else {
            Err(Undefined::NoVariability)
        }
    }
}

/// Places from the smallest value to the largest.
pub(super) struct Ranking {
    /// Twice the mid-rank of each value, in the order of the input: a whole number.
    pub doubled: Vec<u64>,
    /// How many values share each place, in ascending order.
    pub ties: Vec<u64>,
}

impl Ranking {
    /// Mid-ranks of values, equal ones being those that agree after rounding to 1e-9.
    pub fn of(values: impl Iterator<Item = f64>) -> Result<Self, Undefined> {
        let rounded = values.map(rounded).collect::<Result<Vec<_>, _>>()?;
        let mut order: Vec<(usize, f64)> = rounded.into_iter().enumerate().collect();
        order.sort_unstable_by(|one, other| one.1.total_cmp(&other.1));
        let (mut doubled, mut ties) = (vec![0; order.len()], Vec::new());
        let mut before = 0;
        for equal in order.chunk_by(|one, other| one.1.total_cmp(&other.1).is_eq()) {
            let count = number(equal.len());
            for (position, _) in equal {
                if let Some(rank) = doubled.get_mut(*position) {
                    *rank = 2 * before + count + 1;
                }
            }
            ties.push(count);
            before += count;
        }
        Ok(Self { doubled, ties })
    }
}

/// Twelve times the sum of squared deviations of mid-ranks, all terms positive: `n³ − n − Σ(t³ − t)`.
pub(super) fn spread(ties: &[u64]) -> f64 {
    let n: u64 = ties.iter().sum();
    sum(ties.iter().map(|tied| real(*tied) * real(n - tied) * real(n + tied)))
}

/// A value rounded to 1e-9; minus zero becomes zero.
pub(super) fn rounded(value: f64) -> Result<f64, Undefined> {
    let value = finite(value)?;
    if value.abs() < WITHOUT_STEPS { Ok((value * STEPS_PER_UNIT).round() / STEPS_PER_UNIT + 0.0) } else { Ok(value) }
}

/// p-value of a statistic in half steps: its distance from the middle and its standard deviation.
pub(super) fn normal_p(
    deviation: f64,
    sd: f64,
    alternative: Alternative,
    continuity: Continuity,
) -> Result<f64, Undefined> {
    let step = match continuity {
        Continuity::Corrected => 1.0,
        Continuity::Uncorrected => 0.0,
    };
    let p = match alternative {
        Alternative::Greater => normal_upper_tail((deviation - step) / sd)?,
        Alternative::Less => normal_upper_tail((-deviation - step) / sd)?,
        Alternative::TwoSided => 2.0 * normal_upper_tail((deviation.abs() - step).max(0.0) / sd)?,
    };
    Ok(p.clamp(f64::MIN_POSITIVE, 1.0))
}

/// Share of the ways, listed by value of a statistic that lies around the middle of the list, as extreme as observed.
pub(super) fn share(ways: &[f64], observed: usize, alternative: Alternative) -> f64 {
    let last = ways.len().saturating_sub(1);
    let far = |place: usize| (2 * place).abs_diff(last);
    let extreme = |place: usize| match alternative {
        Alternative::Less => place <= observed,
        Alternative::Greater => place >= observed,
        Alternative::TwoSided => far(place) >= far(observed),
    };
    let kept = ways.iter().enumerate().filter(|(place, _)| extreme(*place));
    (sum(kept.map(|(_, ways)| *ways)) / sum(ways.iter().copied())).min(1.0)
}

/// In how many ways `few` of the values can be chosen so that their 2U is 0, 1, 2, …
///
/// Goes through the groups of equal values in ascending order. Of a group, those chosen lie above the unchosen below
/// the group and level with the unchosen in it, so that 2U grows by twice the former and once the latter for each.
fn divisions(ties: &[u64], few: u64, many: u64) -> Vec<f64> {
    let mut ways: Vec<Vec<f64>> = (0..=few).map(|taken| vec![0.0; place(2 * taken * many + 1)]).collect();
    if let Some(none) = ways.first_mut().and_then(|none| none.first_mut()) {
        *none = 1.0;
    }
    let mut before = 0;
    for tied in ties {
        let mut next: Vec<Vec<f64>> = ways.iter().map(|ways| vec![0.0; ways.len()]).collect();
        for (taken, from) in (0..=before.min(few)).zip(&ways) {
            let below = before - taken;
            let reached = place(2 * taken * below + 1);
            let mut choices = 1.0;
            for (chosen, to) in (0..=*tied).zip(next.iter_mut().skip(place(taken))) {
                let step = place(chosen * (2 * below + tied - chosen));
                to.iter_mut().skip(step).zip(from.iter().take(reached)).for_each(|(to, from)| *to += choices * from);
                choices = choices * real(tied - chosen) / real(chosen + 1);
            }
        }
        ways = next;
        before += tied;
    }
    ways.pop().unwrap_or_default()
}

/// A length as a count.
pub(super) fn number(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// A count as a place in a list.
pub(super) fn place(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Alternative; 3] = [Alternative::TwoSided, Alternative::Less, Alternative::Greater];

    /// Exact p by looking at every choice of the first sample's places.
    fn by_enumeration(a: &[f64], b: &[f64], alternative: Alternative) -> f64 {
        let all: Vec<f64> = a.iter().chain(b).copied().collect();
        let twice_u = |chosen: u32| {
            let (mut one, mut other) = (Vec::new(), Vec::new());
            for (place, value) in all.iter().enumerate() {
                if chosen >> place & 1 == 1 { one.push(*value) } else { other.push(*value) }
            }
            let sign = |x: &f64, y: &f64| 1 + i32::from(x > y) - i32::from(x < y);
            one.iter().map(|x| other.iter().map(|y| sign(x, y)).sum::<i32>()).sum::<i32>()
        };
        let observed = twice_u((1 << a.len()) - 1);
        let middle = i32::try_from(a.len() * b.len()).unwrap();
        let (mut extreme, mut every) = (0.0, 0.0);
        for chosen in (0..1_u32 << all.len()).filter(|chosen| chosen.count_ones() as usize == a.len()) {
            let found = twice_u(chosen);
            every += 1.0;
            let counts = match alternative {
                Alternative::TwoSided => (found - middle).abs() >= (observed - middle).abs(),
                Alternative::Less => found <= observed,
                Alternative::Greater => found >= observed,
            };
            extreme += f64::from(u8::from(counts));
        }
        extreme / every
    }

    #[test]
    fn an_empty_sample_has_no_test() {
        assert_eq!(mann_whitney(&[], &[1.0, 2.0]), Err(Undefined::Empty));
        assert_eq!(mann_whitney(&[1.0], &[]), Err(Undefined::Empty));
    }

    #[test]
    fn one_against_one_says_nothing() {
        let test = mann_whitney(&[2.0], &[1.0]).unwrap();
        assert_eq!(test.p(Alternative::TwoSided), Ok(RankP { p: 1.0, method: Method::Exact }));
        assert_eq!(test.exact_p(Alternative::Greater), Ok(0.5));
    }

    #[test]
    fn equal_answers_have_a_u_and_no_p() {
        let test = mann_whitney(&[3.0; 3], &[3.0; 2]).unwrap();
        assert!((test.u - 3.0).abs() < 1e-15);
        assert_eq!(test.rank_biserial().to_bits(), 0.0_f64.to_bits());
        assert_eq!(test.z(), Err(Undefined::NoVariability));
        for alternative in ALL {
            assert_eq!(test.p(alternative), Err(Undefined::NoVariability));
            assert_eq!(test.exact_p(alternative), Err(Undefined::NoVariability));
            assert_eq!(test.asymptotic_p(alternative, Continuity::Corrected), Err(Undefined::NoVariability));
        }
    }

    #[test]
    fn what_is_not_finite_is_refused() {
        assert_eq!(mann_whitney(&[1.0, f64::NAN], &[2.0]), Err(Undefined::OutOfRange));
        assert_eq!(mann_whitney(&[1.0], &[f64::NEG_INFINITY]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn the_smallest_p_of_small_samples() {
        // docs/methods.md, "Gaps between stakeholder groups".
        for (few, many, printed) in [(3, 3, 0.100), (3, 4, 0.057), (4, 4, 0.029), (4, 5, 0.016), (5, 5, 0.0079)] {
            let low: Vec<f64> = (0..few).map(f64::from).collect();
            let high: Vec<f64> = (0..many).map(|one| 10.0 + f64::from(one)).collect();
            let p = mann_whitney(&low, &high).unwrap().exact_p(Alternative::TwoSided).unwrap();
            assert!((p - printed).abs() < 5e-4, "{few} {many}: {p}");
        }
    }

    #[test]
    fn the_exact_p_is_that_of_every_division() {
        let samples: [(&[f64], &[f64]); 6] = [
            (&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0, 7.0]),
            (&[4.0, 5.0, 6.0, 7.0], &[1.0, 2.0, 3.0]),
            (&[1.0, 1.0, 2.0, 5.0, 5.0], &[1.0, 3.0, 5.0, 5.0, 5.0, 4.0, 2.0]),
            (&[2.0, 2.0, 2.0, 3.0], &[2.0, 2.0]),
            (&[0.0], &[0.0, 0.0, 0.0, 1.0, 0.0]),
            (&[3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0], &[6.0, 5.0, 3.0]),
        ];
        for (a, b) in samples {
            for alternative in ALL {
                let p = mann_whitney(a, b).unwrap().exact_p(alternative).unwrap();
                assert!((p - by_enumeration(a, b, alternative)).abs() < 1e-14, "{a:?} {b:?} {alternative:?}: {p}");
            }
        }
    }

    #[test]
    fn which_sample_is_first_and_the_order_of_people_do_not_matter() {
        let (a, b) = ([8.0 / 3.0, 1.0, 4.0, 4.0, 2.5], [3.0, 7.0 / 3.0, 4.0]);
        let one = mann_whitney(&a, &b).unwrap();
        let other = mann_whitney(&b, &a).unwrap();
        let turned = mann_whitney(&[2.5, 4.0, 1.0, 8.0 / 3.0, 4.0], &[4.0, 3.0, 7.0 / 3.0]).unwrap();
        assert_eq!(one, turned);
        assert!((one.u + other.u - 15.0).abs() < 1e-15);
        assert_eq!(one.exact_p(Alternative::Less), other.exact_p(Alternative::Greater));
        assert_eq!(one.exact_p(Alternative::TwoSided), other.exact_p(Alternative::TwoSided));
    }

    #[test]
    fn many_observations_are_left_to_the_normal_curve() {
        let a: Vec<f64> = (0..60).map(f64::from).collect();
        let b: Vec<f64> = (0..70).map(|one| f64::from(one) + 7.5).collect();
        let test = mann_whitney(&a, &b).unwrap();
        assert_eq!(test.exact_p(Alternative::TwoSided), Err(Undefined::OutOfRange));
        let p = test.p(Alternative::TwoSided).unwrap();
        assert_eq!(p.method, Method::Asymptotic);
        assert_eq!(Ok(p.p), test.asymptotic_p(Alternative::TwoSided, Continuity::Corrected));
    }

    #[test]
    fn exact_and_normal_agree_where_one_takes_over_from_the_other() {
        let a: Vec<f64> = (0..50).map(f64::from).collect();
        let b: Vec<f64> = (0..50).map(|one| f64::from(one) * 1.1 + 4.3).collect();
        let test = mann_whitney(&a, &b).unwrap();
        let exact = test.p(Alternative::TwoSided).unwrap();
        let normal = test.asymptotic_p(Alternative::TwoSided, Continuity::Corrected).unwrap();
        assert_eq!(exact.method, Method::Exact);
        assert!((exact.p - normal).abs() < 1e-3, "{} {normal}", exact.p);
    }

    #[test]
    fn a_p_far_out_is_small_and_not_zero() {
        let a: Vec<f64> = (0..400).map(f64::from).collect();
        let b: Vec<f64> = (0..400).map(|one| f64::from(one) + 1000.0).collect();
        let p = mann_whitney(&a, &b).unwrap().p(Alternative::TwoSided).unwrap().p;
        assert!(p > 0.0 && p < 1e-100, "{p}");
    }
}

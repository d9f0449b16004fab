// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far do the same judges, who rated the same targets, give the same ratings?

use super::analysis_of_variance::{f_limits, middle, sorted_sum};
use super::count::length;
use super::distribution::{f_quantile, f_upper_tail};
use super::interval::Limits;
use super::{Undefined, finite};

/// A sum of squares this small a share of all is what rounding leaves of none.
const ROUNDING: f64 = 1e-26;

/// Ratings of some targets by some judges, each target by each judge: what varies between which.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratings {
    /// Number of targets, two or more.
    pub targets: usize,
    /// Number of judges, two or more.
    pub judges: usize,
    /// Mean square between the targets.
    pub between_targets: f64,
    /// Mean square between the judges.
    pub between_judges: f64,
    /// Mean square within the targets.
    pub within_targets: f64,
    /// Mean square that neither targets nor judges explain.
    pub residual: f64,
}

/// Where the judges come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judges {
    /// Each target has other judges.
    Others,
    /// The same judges for every target, drawn from many; their leniency counts as disagreement.
    Drawn,
    /// The same judges for every target, and no others matter; their leniency does not count.
    These,
}

/// Whose rating is to be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// That of a single judge.
    OneJudge,
    /// The mean of all judges.
    MeanOfJudges,
}

impl Ratings {
    /// Intraclass correlation: share of the variance of a rating that is due to the target. Up to 1, can lie below 0.
    ///
    /// In the notation of Shrout & Fleiss: `Others` ICC(1,·), `Drawn` ICC(2,·), `These` ICC(3,·);
    /// `OneJudge` ICC(·,1), `MeanOfJudges` ICC(·,k).
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if nothing varies that could be shared out, [`Undefined::Improper`] if single ratings
    /// disagree so much that their mean has no correlation.
    ///
    /// # Source
    /// Shrout & Fleiss 1979. Checked against their table 4 and R 4.2.2 `psych` 2.2.9 `ICC`.
    ///
    /// # Example
    /// ```
    /// use insieme::stats::intraclass::{Basis, Judges, ratings};
    /// let above = [[9.0, 2.0, 5.0, 8.0], [6.0, 1.0, 3.0, 2.0], [8.0, 4.0, 6.0, 8.0]];
    /// let below = [[7.0, 1.0, 2.0, 6.0], [10.0, 5.0, 6.0, 9.0], [6.0, 2.0, 4.0, 7.0]];
    /// let found = ratings(&[above.map(Vec::from), below.map(Vec::from)].concat()).unwrap();
    /// assert!((found.correlation(Judges::Drawn, Basis::OneJudge).unwrap() - 0.2898).abs() < 5e-5);
    /// assert!((found.correlation(Judges::These, Basis::MeanOfJudges).unwrap() - 0.9093).abs() < 5e-5);
    /// ```
    pub fn correlation(&self, judges: Judges, basis: Basis) -> Result<f64, Undefined> {
        let (n, k) = (length(self.targets), length(self.judges));
        let noise = self.noise(judges);
        let leniency = match judges {
            Judges::Drawn => k * (self.between_judges - self.residual) / n,
            Judges::Others | Judges::These => 0.0,
        };
        let all = self.between_targets + (k - 1.0) * noise + leniency;
        if all <= 0.0 {
            return Err(Undefined::NoVariability);
        }
        self.read((self.between_targets - noise) / all, basis)
    }

    /// Interval of [`Ratings::correlation`] at the two-sided `level`, e.g. 0.95.
    ///
    /// # Errors
    /// As [`Ratings::f`], [`Ratings::correlation`] and [`f_quantile`].
    ///
    /// # Source
    /// Shrout & Fleiss 1979; for drawn judges Fleiss & Shrout 1978. Checked against R 4.2.2 `psych` 2.2.9 `ICC`.
    pub fn interval(&self, judges: Judges, basis: Basis, level: f64) -> Result<Limits, Undefined> {
        let (low, high) = match judges {
            Judges::Others | Judges::These => self.limits(judges, level)?,
            Judges::Drawn => self.limits_of_drawn(level)?,
        };
        Ok((self.read(low, basis)?, self.read(high, basis)?))
    }

    /// Mean square between targets as a multiple of what is left to chance, from 0 up.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if nothing is left to chance.
    ///
    /// # Source
    /// Shrout & Fleiss 1979. Checked against R 4.2.2 `psych` 2.2.9 `ICC`.
    pub fn f(&self, judges: Judges) -> Result<f64, Undefined> {
        let noise = self.noise(judges);
        if noise <= 0.0 { Err(Undefined::NoVariability) } else { finite(self.between_targets / noise) }
    }

    /// Degrees of freedom above and below in [`Ratings::f`].
    #[must_use]
    pub fn df(&self, judges: Judges) -> (f64, f64) {
        let (n, k) = (length(self.targets), length(self.judges));
        match judges {
            Judges::Others => (n - 1.0, n * (k - 1.0)),
            Judges::Drawn | Judges::These => (n - 1.0, (n - 1.0) * (k - 1.0)),
        }
    }

    /// Probability of such an [`Ratings::f`] or a larger one if all targets were the same.
    ///
    /// # Errors
    /// As [`Ratings::f`] and [`f_upper_tail`].
    ///
    /// # Source
    /// Shrout & Fleiss 1979. Checked against R 4.2.2 `psych` 2.2.9 `ICC` and `pingouin` 0.7.0.
    pub fn p(&self, judges: Judges) -> Result<f64, Undefined> {
        let (above, below) = self.df(judges);
        f_upper_tail(self.f(judges)?, above, below)
    }

    fn noise(&self, judges: Judges) -> f64 {
        match judges {
            Judges::Others => self.within_targets,
            Judges::Drawn | Judges::These => self.residual,
        }
    }

    /// From one judge to the mean of all (Spearman 1910, Brown 1910).
    fn read(&self, single: f64, basis: Basis) -> Result<f64, Undefined> {
        let k = length(self.judges);
        match basis {
            Basis::OneJudge => finite(single),
            Basis::MeanOfJudges if 1.0 + (k - 1.0) * single <= 0.0 => Err(Undefined::Improper),
            Basis::MeanOfJudges => finite(k * single / (1.0 + (k - 1.0) * single)),
        }
    }

    fn limits(&self, judges: Judges, level: f64) -> Result<Limits, Undefined> {
        let share = |f: f64| (f - 1.0) / (f + (length(self.judges) - 1.0));
        let (low, high) = f_limits(self.f(judges)?, self.df(judges), level)?;
        Ok((share(low), share(high)))
    }

    fn limits_of_drawn(&self, level: f64) -> Result<Limits, Undefined> {
        let (n, k) = (length(self.targets), length(self.judges));
        self.f(Judges::Drawn)?;
        let single = self.correlation(Judges::Drawn, Basis::OneJudge)?;
        // Degrees of freedom of the noise and the judges' leniency together (Satterthwaite 1946).
        let leniency = k * single * (self.between_judges / self.residual);
        let rest = n * (1.0 + (k - 1.0) * single) - k * single;
        let below = leniency * leniency / (k - 1.0) + rest * rest / ((n - 1.0) * (k - 1.0));
        let df = finite((leniency + rest) * (leniency + rest) / below)?;
        let p = f64::midpoint(1.0, level);
        let share = |targets: f64, others: f64| {
            let all = others * (k * self.between_judges + (k * n - k - n) * self.residual) + n * targets;
            finite((n * (targets - others * self.residual)) / all)
        };
        let low = share(self.between_targets, f_quantile(p, n - 1.0, df)?)?;
        let high = share(self.between_targets * f_quantile(p, df, n - 1.0)?, 1.0)?;
        Ok((low, high))
    }
}

/// Analysis of ratings: one row per target, with the rating of each judge in the same order.
///
/// # Errors
/// [`Undefined::Empty`] without ratings, [`Undefined::TooFew`] below two targets or judges, [`Undefined::OutOfRange`] if
/// rows differ in length or a rating is not finite.
///
/// # Source
/// Two-way analysis of variance with one observation per cell, Fisher 1925.
pub fn ratings(rows: &[Vec<f64>]) -> Result<Ratings, Undefined> {
    let (targets, judges) = (rows.len(), rows.first().map_or(0, Vec::len));
    if rows.iter().any(|row| row.len() != judges) {
        return Err(Undefined::OutOfRange);
    }
    let centre = middle(rows.iter().flatten().copied())?;
    if targets < 2 || judges < 2 {
        return Err(Undefined::TooFew);
    }
    let (n, k) = (length(targets), length(judges));
    let of_target = |row: &Vec<f64>| sorted_sum(row.iter().map(|rating| rating - centre)) / k;
    let of_targets: Vec<f64> = rows.iter().map(of_target).collect();
    let column = |judge: usize| rows.iter().filter_map(move |row| row.get(judge));
    let of_judge = |judge| sorted_sum(column(judge).map(|rating| rating - centre)) / n;
    let of_judges: Vec<f64> = (0..judges).map(of_judge).collect();
    let mean = sorted_sum(of_targets.iter().copied()) / n;
    let squares = |means: &[f64]| sorted_sum(means.iter().map(|one| (one - mean) * (one - mean)));
    let cells = rows.iter().zip(&of_targets).flat_map(|(row, target)| {
        row.iter().zip(&of_judges).map(move |(rating, judge)| ((rating - centre) - target) - (judge - mean))
    });
    let residual = sorted_sum(cells.map(|cell| cell * cell));
    let (between_targets, between_judges) = (k * squares(&of_targets), n * squares(&of_judges));
    let all = finite(between_targets + between_judges + residual)?;
    let tidy = |squares: f64| if squares <= ROUNDING * all { 0.0 } else { squares };
    let (between_judges, residual) = (tidy(between_judges), tidy(residual));
    Ok(Ratings {
        targets,
        judges,
        between_targets: tidy(between_targets) / (n - 1.0),
        between_judges: between_judges / (k - 1.0),
        within_targets: (between_judges + residual) / (n * (k - 1.0)),
        residual: residual / ((n - 1.0) * (k - 1.0)),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const JUDGES: [Judges; 3] = [Judges::Others, Judges::Drawn, Judges::These];
    const BASES: [Basis; 2] = [Basis::OneJudge, Basis::MeanOfJudges];

    /// Shrout & Fleiss 1979, table 2.
    fn published() -> Vec<Vec<f64>> {
        [
            [9.0, 2.0, 5.0, 8.0],
            [6.0, 1.0, 3.0, 2.0],
            [8.0, 4.0, 6.0, 8.0],
            [7.0, 1.0, 2.0, 6.0],
            [10.0, 5.0, 6.0, 9.0],
            [6.0, 2.0, 4.0, 7.0],
        ]
        .iter()
        .map(|row| row.to_vec())
        .collect()
    }

    #[test]
    fn the_published_table() {
        let found = ratings(&published()).unwrap();
        assert!((found.between_targets - 11.24).abs() < 5e-3 && (found.within_targets - 6.26).abs() < 5e-3);
        assert!((found.between_judges - 32.49).abs() < 5e-3 && (found.residual - 1.02).abs() < 5e-3);
        let expected = [(0.17, 0.44), (0.29, 0.62), (0.71, 0.91)];
        for (judges, (single, mean)) in JUDGES.into_iter().zip(expected) {
            assert!((found.correlation(judges, Basis::OneJudge).unwrap() - single).abs() < 5e-3);
            assert!((found.correlation(judges, Basis::MeanOfJudges).unwrap() - mean).abs() < 5e-3);
        }
    }

    #[test]
    fn an_interval_holds_its_correlation() {
        let found = ratings(&published()).unwrap();
        for judges in JUDGES {
            for basis in BASES {
                let (low, high) = found.interval(judges, basis, 0.95).unwrap();
                let (narrow, wide) = found.interval(judges, basis, 0.5).unwrap();
                let value = found.correlation(judges, basis).unwrap();
                assert!(low < narrow && narrow < value && value < wide && wide < high && high <= 1.0);
            }
        }
    }

    #[test]
    fn without_ratings_or_a_second_of_each_there_is_no_correlation() {
        assert_eq!(ratings(&[]), Err(Undefined::Empty));
        assert_eq!(ratings(&[vec![], vec![]]), Err(Undefined::Empty));
        assert_eq!(ratings(&[vec![1.0, 2.0]]), Err(Undefined::TooFew));
        assert_eq!(ratings(&[vec![1.0], vec![2.0]]), Err(Undefined::TooFew));
    }

    #[test]
    fn a_gap_is_refused() {
        assert_eq!(ratings(&[vec![1.0, 2.0], vec![3.0]]), Err(Undefined::OutOfRange));
        for wrong in [f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(ratings(&[vec![1.0, 2.0], vec![3.0, wrong]]), Err(Undefined::OutOfRange));
        }
    }

    #[test]
    fn equal_ratings_have_no_correlation() {
        let equal = ratings(&vec![vec![0.1; 3]; 4]).unwrap();
        for judges in JUDGES {
            for basis in BASES {
                assert_eq!(equal.correlation(judges, basis), Err(Undefined::NoVariability));
                assert_eq!(equal.interval(judges, basis, 0.95), Err(Undefined::NoVariability));
            }
            assert_eq!(equal.p(judges), Err(Undefined::NoVariability));
        }
    }

    #[test]
    fn judges_who_differ_by_leniency_only_agree_fully_for_one_model() {
        let lenient = ratings(&[vec![0.1, 0.3, 0.6], vec![0.4, 0.6, 0.9], vec![0.2, 0.4, 0.7]]).unwrap();
        assert_eq!(lenient.correlation(Judges::These, Basis::OneJudge), Ok(1.0));
        assert_eq!(lenient.f(Judges::These), Err(Undefined::NoVariability));
        assert_eq!(lenient.interval(Judges::Drawn, Basis::OneJudge, 0.95), Err(Undefined::NoVariability));
        let drawn = lenient.correlation(Judges::Drawn, Basis::OneJudge).unwrap();
        assert!(drawn > 0.0 && drawn < 0.9);
    }

    #[test]
    fn judges_who_contradict_each_other_have_no_common_mean() {
        let opposed = ratings(&[vec![1.0, 3.0], vec![3.0, 1.0], vec![2.0, 2.0]]).unwrap();
        assert_eq!(opposed.correlation(Judges::Others, Basis::OneJudge), Ok(-1.0));
        assert_eq!(opposed.correlation(Judges::Others, Basis::MeanOfJudges), Err(Undefined::Improper));
        assert_eq!(opposed.f(Judges::Others), Ok(0.0));
    }

    #[test]
    fn a_large_offset_eats_no_digit() {
        let far: Vec<Vec<f64>> =
            published().iter().map(|row| row.iter().map(|rating| rating + 1e12).collect()).collect();
        assert_eq!(ratings(&far), ratings(&published()));
    }

    #[test]
    fn the_order_of_targets_and_judges_makes_no_difference() {
        let rows: Vec<Vec<f64>> =
            published().iter().map(|row| row.iter().map(|rating| rating / 7.0).collect()).collect();
        let turned: Vec<Vec<f64>> = rows.iter().rev().map(|row| row.iter().rev().copied().collect()).collect();
        assert_eq!(ratings(&rows), ratings(&turned));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_that_is_no_number_comes_out(
            rows in prop::collection::vec(prop::collection::vec(prop::num::f64::ANY, 2..4), 2..4)
        ) {
            let Ok(found) = ratings(&rows) else { return Ok(()) };
            for (judges, basis) in JUDGES.into_iter().flat_map(|judges| BASES.map(|basis| (judges, basis))) {
                prop_assert!(found.correlation(judges, basis).unwrap_or(0.0) <= 1.0);
                prop_assert!(found.f(judges).unwrap_or(0.0).is_finite());
            }
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do the same people place several things at different heights?

use super::count::real;
use super::describe::sum;
use super::distribution::chi_square_upper_tail;
use super::rank_sum::{Ranking, number, spread};
use super::{Undefined, finite};

/// The rank test of several things, each placed by the same people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Friedman {
    /// People (blocks) who placed everything.
    pub n: u64,
    /// Things placed.
    pub things: u64,
    /// Q, corrected for ties, from 0 to `n (things − 1)`.
    pub q: f64,
    /// Degrees of freedom: things − 1.
    pub df: u64,
    /// Upper tail of chi-square with those degrees of freedom.
    pub p: f64,
    /// Kendall's W, how alike people place the things: `Q/(n (things − 1))`, from 0 to 1.
    pub w: f64,
}

/// The Friedman test: one row for each person, one value for each thing. A row with a gap is left out.
///
/// Equal are values of a row that agree after rounding to 1e-9; they share the mean of their ranks.
///
/// # Errors
/// [`Undefined::Empty`] without complete rows, [`Undefined::TooFew`] below two things, [`Undefined::NoVariability`] if
/// every person gives all things the same value, [`Undefined::OutOfRange`] if rows differ in length or a value is not
/// finite.
///
/// # Source
/// Friedman 1937. Checked against R 4.2.2 `friedman.test`, `effectsize` 0.8.3, `SciPy` 1.17.1 and `pingouin` 0.7.0.
///
/// # Example
/// ```
/// // Three people who agree wholly on three things.
/// let rows = [[1.0, 2.0, 3.0], [2.0, 4.0, 5.0], [1.0, 3.0, 5.0]].map(|row| row.map(Some));
/// let test = insieme::stats::friedman::friedman(&rows).unwrap();
/// assert!((test.q - 6.0).abs() < 1e-12 && (test.w - 1.0).abs() < 1e-12);
/// ```
pub fn friedman(rows: &[impl AsRef<[Option<f64>]>]) -> Result<Friedman, Undefined> {
    let things = rows.first().ok_or(Undefined::Empty)?.as_ref().len();
    if rows.iter().any(|row| row.as_ref().len() != things) {
        return Err(Undefined::OutOfRange);
    }
    if things < 2 {
        return Err(Undefined::TooFew);
    }
    let complete = rows.iter().filter_map(|row| row.as_ref().iter().copied().collect::<Option<Vec<f64>>>());
    let (mut n, mut doubled, mut within) = (0, vec![0; things], Vec::new());
    for row in complete {
        let ranking = Ranking::of(row.into_iter())?;
        doubled.iter_mut().zip(ranking.doubled).for_each(|(sum, rank)| *sum += rank);
        within.push(spread(&ranking.ties));
        n += 1;
    }
    if n == 0 {
        return Err(Undefined::Empty);
    }
    let within = sum(within.into_iter());
    if within <= 0.0 {
        return Err(Undefined::NoVariability);
    }
    let things = number(things);
    // Twice a rank sum less what it would be at the middle: a whole number, so no digits are lost.
    let between = sum(doubled.iter().map(|one: &u64| real(one.abs_diff(n * (things + 1))).powi(2)));
    let (df, q) = (things - 1, finite(3.0 * real(things - 1) * between / within)?);
    Ok(Friedman { n, things, q, df, p: chi_square_upper_tail(q, real(df))?, w: q / (real(n) * real(df)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(row: &[f64]) -> Vec<Option<f64>> {
        row.iter().copied().map(Some).collect()
    }

    #[test]
    fn without_complete_rows_there_is_no_test() {
        let nobody: [[Option<f64>; 2]; 0] = [];
        assert_eq!(friedman(&nobody), Err(Undefined::Empty));
        assert_eq!(friedman(&[[Some(1.0), None], [None, Some(2.0)]]), Err(Undefined::Empty));
    }

    #[test]
    fn one_thing_cannot_be_compared() {
        assert_eq!(friedman(&[[Some(1.0)]]), Err(Undefined::TooFew));
        assert_eq!(friedman(&[Vec::new()]), Err(Undefined::TooFew));
    }

    #[test]
    fn everyone_giving_all_things_the_same_value_has_no_test() {
        assert_eq!(friedman(&[whole(&[3.0; 3]), whole(&[2.0; 3])]), Err(Undefined::NoVariability));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(friedman(&[whole(&[1.0, 2.0]), whole(&[1.0])]), Err(Undefined::OutOfRange));
        assert_eq!(friedman(&[whole(&[1.0, f64::INFINITY])]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn a_row_with_a_gap_is_left_out() {
        let rows = [whole(&[1.0, 2.0, 3.0]), whole(&[2.0, 2.0, 5.0]), vec![Some(9.0), None, Some(1.0)]];
        let gap = friedman(&rows).unwrap();
        assert_eq!(gap.n, 2);
        assert_eq!(Ok(gap), friedman(&rows[..2]));
    }

    #[test]
    fn two_things_are_the_sign_test() {
        // Four prefer the second, one the first, one neither: Q = (4 − 1)²/5.
        let rows = [[1.0, 2.0], [1.0, 5.0], [2.0, 3.0], [4.0, 5.0], [3.0, 1.0], [2.0, 2.0]].map(|row| whole(&row));
        let test = friedman(&rows).unwrap();
        assert!((test.q - 1.8).abs() < 1e-12);
        assert_eq!((test.n, test.things, test.df), (6, 2, 1));
    }

    #[test]
    fn opposite_orders_cancel() {
        let test = friedman(&[whole(&[1.0, 2.0, 3.0]), whole(&[3.0, 2.0, 1.0])]).unwrap();
        assert!(test.q.abs() < 1e-12 && test.w.abs() < 1e-12);
        assert!((test.p - 1.0).abs() < 1e-12);
    }
}

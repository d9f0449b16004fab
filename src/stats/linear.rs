// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Can one unknown be worked out from some sums of several?

/// Whether the unknown at each position is fixed by the equations whose coefficients are `rows`:
/// whether its unit vector lies in their row space.
///
/// Rows may have any scale. Near enough counts as fixed, so that rounding errs on the side of silence.
///
/// # Source
/// Gauss–Jordan elimination with pivots by size.
///
/// # Example
/// ```
/// let fixed = insieme::stats::linear::determined(&[vec![1.0, 1.0, 0.0], vec![0.0, 1.0, 0.0]], 3);
/// assert_eq!(fixed, [true, true, false]);
/// ```
#[must_use]
pub fn determined(rows: &[Vec<f64>], unknowns: usize) -> Vec<bool> {
    let reduced = reduce(rows.iter().filter_map(|row| scaled(row)).collect(), unknowns);
    (0..unknowns).map(|unknown| reduced.iter().any(|row| stands_alone(row, unknown))).collect()
}

const NEARLY_ZERO: f64 = 1e-9;

fn scaled(row: &[f64]) -> Option<Vec<f64>> {
    let largest = row.iter().fold(0.0_f64, |largest, one| largest.max(one.abs()));
    (largest > 0.0 && largest.is_finite()).then(|| row.iter().map(|one| one / largest).collect())
}

fn reduce(mut rows: Vec<Vec<f64>>, unknowns: usize) -> Vec<Vec<f64>> {
    let mut done: Vec<Vec<f64>> = Vec::new();
    for column in 0..unknowns {
        let at = |row: &Vec<f64>| row.get(column).copied().unwrap_or(0.0);
        let best = rows.iter().enumerate().max_by(|a, b| at(a.1).abs().total_cmp(&at(b.1).abs()));
        let Some((index, _)) = best.filter(|(_, row)| at(row).abs() > NEARLY_ZERO) else { continue };
        let pivot = rows.swap_remove(index);
        let head = at(&pivot);
        let pivot: Vec<_> = pivot.iter().map(|one| one / head).collect();
        for row in rows.iter_mut().chain(&mut done) {
            let factor = row.get(column).copied().unwrap_or(0.0);
            row.iter_mut().zip(&pivot).for_each(|(one, of_pivot)| *one -= factor * of_pivot);
        }
        done.push(pivot);
    }
    done
}

fn stands_alone(row: &[f64], unknown: usize) -> bool {
    row.iter().enumerate().all(|(column, one)| (column == unknown) == (one.abs() > NEARLY_ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_equations_nothing_is_fixed() {
        assert_eq!(determined(&[], 2), [false, false]);
        assert_eq!(determined(&[vec![0.0, 0.0]], 2), [false, false]);
    }

    #[test]
    fn one_equation_fixes_a_single_unknown_only() {
        assert_eq!(determined(&[vec![0.25]], 1), [true]);
        assert_eq!(determined(&[vec![0.25, 0.25]], 2), [false, false]);
        assert_eq!(determined(&[vec![0.25, 0.0]], 2), [true, false]);
    }

    #[test]
    fn two_different_sums_of_two_fix_both() {
        assert_eq!(determined(&[vec![0.5, 0.5], vec![3.0, 4.0]], 2), [true, true]);
        assert_eq!(determined(&[vec![0.5, 0.5], vec![3.0, 3.0]], 2), [false, false]);
    }

    #[test]
    fn a_sum_and_its_part_fix_the_rest() {
        let rows = [vec![1.0, 1.0, 1.0], vec![0.0, 1.0, 1.0]];
        assert_eq!(determined(&rows, 3), [true, false, false]);
    }
}

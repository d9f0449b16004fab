// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Along which directions does a symmetric table stretch, and how far?

use super::{Undefined, finite};

/// Sweeps of rotations. Eight do for twenty rows; the error falls with the square of itself.
const MOST_SWEEPS: u32 = 60;

/// Eigenvalues of a symmetric matrix, largest first, and their eigenvectors.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigen {
    /// Eigenvalues in descending order.
    pub values: Vec<f64>,
    /// One vector of length 1 per value; its largest part is positive.
    pub vectors: Vec<Vec<f64>>,
}

/// Eigenvalues and eigenvectors of a symmetric matrix given as rows.
///
/// # Errors
/// [`Undefined::Empty`] without rows, [`Undefined::OutOfRange`] if it is not square, not symmetric or not finite,
/// [`Undefined::NotConverged`] if rotations do not end.
///
/// # Source
/// Jacobi 1846, in the cyclic order and with the rotations of Golub & Van Loan 2013. Checked against `mpmath` 1.4.1.
///
/// # Example
/// ```
/// let eigen = insieme::stats::eigen::symmetric(&[vec![2.0, 1.0], vec![1.0, 2.0]]).unwrap();
/// assert!((eigen.values[0] - 3.0).abs() < 1e-15 && (eigen.values[1] - 1.0).abs() < 1e-15);
/// ```
pub fn symmetric(rows: &[Vec<f64>]) -> Result<Eigen, Undefined> {
    let size = rows.len();
    let largest = rows.iter().flatten().fold(0.0_f64, |largest, cell| largest.max(cell.abs()));
    if rows.is_empty() {
        return Err(Undefined::Empty);
    }
    if rows.iter().flatten().any(|cell| !cell.is_finite()) || rows.iter().any(|row| row.len() != size) {
        return Err(Undefined::OutOfRange);
    }
    let scale = if largest > 0.0 { largest } else { 1.0 };
    let mut table = Table { size, cells: rows.iter().flatten().map(|cell| cell / scale).collect() };
    if pairs(size).any(|(one, other)| (table.at(one, other) - table.at(other, one)).abs() > 1e-12) {
        return Err(Undefined::OutOfRange);
    }
    let mut vectors = Table::identity(size);
    for _ in 0..MOST_SWEEPS {
        if pairs(size).all(|(one, other)| table.at(one, other).abs() <= f64::MIN_POSITIVE) {
            return in_order(&table, &vectors, scale);
        }
        pairs(size).for_each(|(one, other)| rotate(&mut table, &mut vectors, one, other));
    }
    Err(Undefined::NotConverged)
}

/// A square table, row after row.
struct Table {
    size: usize,
    cells: Vec<f64>,
}

impl Table {
    fn identity(size: usize) -> Self {
        let cell = |place| if place % (size + 1) == 0 { 1.0 } else { 0.0 };
        Self { size, cells: (0..size * size).map(cell).collect() }
    }

    fn at(&self, row: usize, column: usize) -> f64 {
        self.cells.get(row * self.size + column).copied().unwrap_or(0.0)
    }

    fn set(&mut self, row: usize, column: usize, value: f64) {
        if let Some(cell) = self.cells.get_mut(row * self.size + column) {
            *cell = value;
        }
    }
}

fn pairs(size: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..size).flat_map(move |one| (one + 1..size).map(move |other| (one, other)))
}

/// Turns two axes so that the cell between them becomes 0, and the vectors with them.
fn rotate(table: &mut Table, vectors: &mut Table, one: usize, other: usize) {
    let between = table.at(one, other);
    let (first, second) = (table.at(one, one), table.at(other, other));
    // Beside a diagonal this large it is rounding error already.
    if between.abs() <= f64::EPSILON / 16.0 * first.abs().min(second.abs()) || between.abs() <= f64::MIN_POSITIVE {
        table.set(one, other, 0.0);
        table.set(other, one, 0.0);
        return;
    }
    let slant = (second - first) / (2.0 * between);
    let tangent = 1.0_f64.copysign(slant) / (slant.abs() + slant.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    for place in 0..table.size {
        let (low, high) = (table.at(place, one), table.at(place, other));
        let (low, high) = (cosine * low - sine * high, sine * low + cosine * high);
        if place != one && place != other {
            for (axis, value) in [(one, low), (other, high)] {
                table.set(place, axis, value);
                table.set(axis, place, value);
            }
        }
        let (low, high) = (vectors.at(place, one), vectors.at(place, other));
        vectors.set(place, one, cosine * low - sine * high);
        vectors.set(place, other, sine * low + cosine * high);
    }
    table.set(one, one, first - tangent * between);
    table.set(other, other, second + tangent * between);
    table.set(one, other, 0.0);
    table.set(other, one, 0.0);
}

fn in_order(table: &Table, vectors: &Table, scale: f64) -> Result<Eigen, Undefined> {
    let mut axes: Vec<usize> = (0..table.size).collect();
    axes.sort_by(|one, other| table.at(*other, *other).total_cmp(&table.at(*one, *one)));
    let values: Result<Vec<f64>, Undefined> = axes.iter().map(|axis| finite(table.at(*axis, *axis) * scale)).collect();
    let vector = |axis: &usize| {
        let parts: Vec<f64> = (0..table.size).map(|place| vectors.at(place, *axis)).collect();
        let largest =
            parts.iter().fold(0.0_f64, |largest, part| if part.abs() > largest.abs() { *part } else { largest });
        parts.into_iter().map(|part| part * 1.0_f64.copysign(largest)).collect()
    };
    Ok(Eigen { values: values?, vectors: axes.iter().map(vector).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() <= tolerance, "found {found:e}, expected {expected:e}");
    }

    fn hilbert(size: u32) -> Vec<Vec<f64>> {
        (1..=size).map(|row| (0..size).map(|column| 1.0 / f64::from(row + column)).collect()).collect()
    }

    #[test]
    fn nothing_has_no_axes() {
        assert_eq!(symmetric(&[]), Err(Undefined::Empty));
    }

    #[test]
    fn one_number_is_its_own_eigenvalue() {
        let one = symmetric(&[vec![-3.0]]).unwrap();
        assert_eq!((one.values, one.vectors), (vec![-3.0], vec![vec![1.0]]));
    }

    #[test]
    fn a_table_that_is_not_square_symmetric_and_finite_is_refused() {
        for rows in [
            vec![vec![1.0, 2.0]],
            vec![vec![1.0, 2.0], vec![2.0]],
            vec![vec![1.0, 2.0], vec![3.0, 1.0]],
            vec![vec![f64::NAN]],
            vec![vec![f64::INFINITY]],
            vec![vec![]],
        ] {
            assert_eq!(symmetric(&rows), Err(Undefined::OutOfRange), "{rows:?}");
        }
    }

    #[test]
    fn equal_rows_stretch_one_way_only() {
        let found = symmetric(&[vec![2.0; 3], vec![2.0; 3], vec![2.0; 3]]).unwrap();
        found.values.iter().zip([6.0, 0.0, 0.0]).for_each(|(value, expected)| near(*value, expected, 1e-15));
        found.vectors[0].iter().for_each(|part| near(*part, 3.0_f64.sqrt().recip(), 1e-15));
    }

    #[test]
    fn nothing_at_all_stretches_nowhere() {
        assert_eq!(symmetric(&[vec![0.0; 2], vec![0.0; 2]]).unwrap().values, [0.0, 0.0]);
    }

    #[test]
    fn values_of_very_different_size_keep_their_digits() {
        // Hilbert matrix of five rows, by mpmath.
        let expected = [
            1.567_050_691_098_230_7,
            0.208_534_218_611_013_34,
            0.011_407_491_623_419_806,
            0.000_305_898_040_151_191_7,
            3.287_928_772_171_863e-6,
        ];
        let found = symmetric(&hilbert(5)).unwrap();
        found.values.iter().zip(expected).for_each(|(value, expected)| near(*value, expected, 1e-15));
    }

    #[test]
    fn the_axes_make_the_table_again() {
        for size in [2, 3, 7, 20] {
            let rows = hilbert(size);
            let found = symmetric(&rows).unwrap();
            assert!(found.values.is_sorted_by(|one, other| one >= other));
            let product = |weights: &[f64], row: usize, column: usize| -> f64 {
                weights.iter().zip(&found.vectors).map(|(weight, axis)| weight * axis[row] * axis[column]).sum()
            };
            for (row, cells) in rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    near(product(&found.values, row, column), *cell, 1e-14);
                    let unit = if row == column { 1.0 } else { 0.0 };
                    near(product(&vec![1.0; rows.len()], row, column), unit, 1e-14);
                }
            }
        }
    }

    #[test]
    fn the_unit_of_measurement_does_not_matter() {
        for unit in [1e-300, 1e300] {
            let rows: Vec<Vec<f64>> =
                hilbert(3).iter().map(|row| row.iter().map(|cell| cell * unit).collect()).collect();
            let (found, plain) = (symmetric(&rows).unwrap(), symmetric(&hilbert(3)).unwrap());
            found.values.iter().zip(&plain.values).for_each(|(one, other)| near(one / unit, *other, 1e-15));
        }
    }
}

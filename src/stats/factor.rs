// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How much of a sum of items comes from what they have in common?

use super::count::length;
use super::describe::sum;
use super::eigen::symmetric;
use super::matrix::Covariance;
use super::{Undefined, finite};

/// A descent that still moves after so many sweeps over the items has nowhere to settle.
const MOST_SWEEPS: u32 = 10_000;
/// Shares below this are rounding.
const NOTHING: f64 = 1e-9;

/// One factor common to some items, and what it says of their sum.
#[derive(Clone, Debug, PartialEq)]
pub struct Omega {
    /// Share of the variance of the sum that is common to the items, from 0 to 1.
    pub omega: f64,
    /// How far each item moves with the factor, in the item's own unit; they do not sum to less than 0.
    pub loadings: Vec<f64>,
    /// Variance of each item that it shares with no other, above 0.
    pub uniquenesses: Vec<f64>,
    /// First eigenvalue of the correlations over the second, from 1: how far one factor is from being two.
    pub eigenvalue_ratio: f64,
}

/// `McDonald`'s omega from one factor, fitted to the covariances by unweighted least squares (minimum residuals).
///
/// # Errors
/// [`Undefined::TooFew`] below three items, [`Undefined::NoVariability`] if an item does not vary,
/// [`Undefined::Improper`] if the factor would explain all of an item's variance or more (Heywood case),
/// [`Undefined::NotConverged`] if no single factor fits best.
///
/// # Source
/// `McDonald` 1999; Hayes & Coutts 2020; minimum residuals after Harman & Jones 1966. Checked against a minimisation by
/// `SciPy` 1.17.1 and roots by `mpmath` 1.4.1.
///
/// # Example
/// ```
/// use insieme::stats::{factor::omega, matrix::Covariance};
/// let items = Covariance::of_sums(27, &[77, 76, 75], &[245, 230, 231, 240, 225, 243]).unwrap();
/// assert!((omega(&items).unwrap().omega - 0.764_541_764_858).abs() < 1e-12);
/// ```
pub fn omega(items: &Covariance) -> Result<Omega, Undefined> {
    if items.size() < 3 {
        return Err(Undefined::TooFew);
    }
    let eigenvalues = symmetric(&items.correlations()?)?.values;
    let unit = items.trace() / length(items.size());
    let cells = cells(items, unit)?;
    let loadings = best_fit(&cells)?;
    let uniquenesses: Vec<f64> = diagonal(&cells).zip(&loadings).map(|(all, own)| all - own * own).collect();
    let common = total(&loadings).powi(2);
    Ok(Omega {
        omega: finite(common / (common + total(&uniquenesses)))?,
        eigenvalue_ratio: ratio_of_first_two(&eigenvalues)?,
        loadings: loadings.into_iter().map(|own| own * unit.sqrt()).collect(),
        uniquenesses: uniquenesses.into_iter().map(|own| own * unit).collect(),
    })
}

/// The covariances as rows, in this unit.
fn cells(items: &Covariance, unit: f64) -> Result<Vec<Vec<f64>>, Undefined> {
    let row = |one| (0..items.size()).map(|other| items.covariance(one, other).map(|cell| cell / unit)).collect();
    (0..items.size()).map(row).collect()
}

fn diagonal(cells: &[Vec<f64>]) -> impl Iterator<Item = f64> {
    cells.iter().enumerate().filter_map(|(item, row)| row.get(item).copied())
}

fn total(numbers: &[f64]) -> f64 {
    sum(numbers.iter().copied())
}

fn ratio_of_first_two(eigenvalues: &[f64]) -> Result<f64, Undefined> {
    match eigenvalues {
        [first, second, ..] if *second > 0.0 => finite(first / second),
        _ => Err(Undefined::Improper),
    }
}

/// Loadings with the least misfit of all descents, one from each axis of the covariances.
fn best_fit(cells: &[Vec<f64>]) -> Result<Vec<f64>, Undefined> {
    let axes = symmetric(cells)?;
    let starts = axes.values.iter().zip(axes.vectors).filter(|(value, _)| **value > 0.0);
    let mut fits: Vec<Fit> = starts.map(|(value, axis)| descend(cells, &axis, value.sqrt())).collect();
    fits.sort_by(|one, other| one.misfit.total_cmp(&other.misfit));
    let (best, others) = fits.split_first().ok_or(Undefined::NoVariability)?;
    if diagonal(cells).zip(&best.loadings).any(|(all, own)| own * own >= all * (1.0 - NOTHING)) {
        return Err(Undefined::Improper);
    }
    let apart = |(one, other): (&f64, &f64)| (one - other).abs() > 1e-6;
    let rival = |other: &Fit| {
        other.misfit - best.misfit <= NOTHING * NOTHING && other.loadings.iter().zip(&best.loadings).any(apart)
    };
    if !best.settled || others.iter().any(rival) || !is_lowest(cells, &best.loadings)? {
        return Err(Undefined::NotConverged);
    }
    Ok(best.loadings.clone())
}

/// Where a descent ended.
struct Fit {
    loadings: Vec<f64>,
    /// Sum of the squares of what the factor leaves of the covariances.
    misfit: f64,
    settled: bool,
}

/// Sets each loading in turn to the best one beside the others, until nothing moves.
fn descend(cells: &[Vec<f64>], axis: &[f64], reach: f64) -> Fit {
    let mut loadings: Vec<f64> = axis.iter().map(|part| part * reach).collect();
    let mut settled = false;
    for _ in 0..MOST_SWEEPS {
        let (mut moved, mut largest) = (0.0_f64, 0.0_f64);
        for (item, row) in cells.iter().enumerate() {
            let best = best_loading(item, row, &loadings);
            if let Some(loading) = loadings.get_mut(item) {
                moved = moved.max((best - *loading).abs());
                largest = largest.max(best.abs());
                *loading = best;
            }
        }
        if moved <= 2.0 * f64::EPSILON * largest {
            settled = true;
            break;
        }
    }
    if total(&loadings) < 0.0 {
        loadings = loadings.into_iter().map(|loading| -loading).collect();
    }
    Fit { misfit: misfit(cells, &loadings), loadings, settled }
}

fn best_loading(item: usize, row: &[f64], loadings: &[f64]) -> f64 {
    let others = || row.iter().zip(loadings).enumerate().filter(|(other, _)| *other != item).map(|(_, pair)| pair);
    let squares = sum(others().map(|(_, loading)| loading * loading));
    if squares > 0.0 { sum(others().map(|(cell, loading)| cell * loading)) / squares } else { 0.0 }
}

fn misfit(cells: &[Vec<f64>], loadings: &[f64]) -> f64 {
    let of_row = |(item, (row, own)): (usize, (&Vec<f64>, &f64))| {
        sum(row.iter().zip(loadings).skip(item + 1).map(|(cell, other)| (cell - own * other).powi(2)))
    };
    sum(cells.iter().zip(loadings).enumerate().map(of_row))
}

/// Whether the misfit rises in every direction: the second derivatives have positive eigenvalues only.
/// Fewer than three items that load leave a direction in which it does not.
fn is_lowest(cells: &[Vec<f64>], loadings: &[f64]) -> Result<bool, Undefined> {
    let squares = sum(loadings.iter().map(|loading| loading * loading));
    let curvature = |(one, (row, own)): (usize, (&Vec<f64>, &f64))| {
        let between = row.iter().zip(loadings).enumerate().map(|(other, (cell, loading))| {
            if one == other { squares - own * own } else { 2.0 * own * loading - cell }
        });
        between.collect()
    };
    let rows: Vec<Vec<f64>> = cells.iter().zip(loadings).enumerate().map(curvature).collect();
    let values = symmetric(&rows)?.values;
    Ok(values.first().zip(values.last()).is_some_and(|(most, least)| *least > NOTHING * most))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Items with these variances and covariances, upper triangle row after row.
    fn of_covariances(cells: &[i64]) -> Covariance {
        let size = (1..9).find(|size| size * (size + 1) / 2 >= cells.len()).unwrap();
        let products: Vec<u64> = cells.iter().map(|cell| u64::try_from(200 + cell).unwrap()).collect();
        Covariance::of_sums(2, &vec![20; size], &products).unwrap()
    }

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "found {found}, expected {expected}");
    }

    #[test]
    fn two_items_do_not_tell_what_they_have_in_common() {
        assert_eq!(omega(&of_covariances(&[4, 2, 4])), Err(Undefined::TooFew));
    }

    #[test]
    fn products_of_loadings_give_the_loadings_back() {
        let found = omega(&of_covariances(&[4, 2, 3, 6, 6, 12])).unwrap();
        near(found.omega, 36.0 / 44.0);
        found.loadings.iter().zip([1.0, 2.0, 3.0]).for_each(|(loading, expected)| near(*loading, expected));
        found.uniquenesses.iter().zip([3.0, 2.0, 3.0]).for_each(|(unique, expected)| near(*unique, expected));
    }

    #[test]
    fn an_item_turned_round_loads_the_other_way() {
        let found = omega(&of_covariances(&[4, -2, -3, 6, 6, 12])).unwrap();
        near(found.omega, 16.0 / 24.0);
        near(found.loadings[0], -1.0);
    }

    #[test]
    fn an_item_explained_in_full_is_improper() {
        assert_eq!(omega(&of_covariances(&[1, 2, 3, 6, 6, 12])), Err(Undefined::Improper));
        assert_eq!(omega(&of_covariances(&[5; 6])), Err(Undefined::Improper));
    }

    #[test]
    fn an_item_on_which_all_agree_has_no_place_in_a_factor() {
        assert_eq!(omega(&of_covariances(&[4, 2, 0, 6, 0, 0])), Err(Undefined::NoVariability));
    }

    #[test]
    fn without_three_items_that_load_there_is_no_single_factor() {
        assert_eq!(omega(&of_covariances(&[4, 0, 0, 4, 0, 4])), Err(Undefined::NotConverged));
        assert_eq!(omega(&of_covariances(&[4, 2, 0, 4, 0, 4])), Err(Undefined::NotConverged));
        assert!(omega(&of_covariances(&[4, 0, 2, 4, 2, 4])).is_err());
    }

    #[test]
    fn two_factors_alike_are_not_one() {
        let cells = [4, 2, 2, 0, 0, 0, 4, 2, 0, 0, 0, 4, 0, 0, 0, 4, 2, 2, 4, 2, 4];
        assert_eq!(omega(&of_covariances(&cells)), Err(Undefined::NotConverged));
    }

    #[test]
    fn the_worked_indicators() {
        // docs/methods.md, dataset G1, wave 1; digits by mpmath from the closed form for three items.
        let f1 = Covariance::of_sums(26, &[90, 94, 84], &[332, 334, 304, 378, 325, 298]).unwrap();
        assert_eq!(omega(&f1), Err(Undefined::Improper));
        let o1 = Covariance::of_sums(27, &[77, 76, 75], &[245, 230, 231, 240, 225, 243]).unwrap();
        let o1 = omega(&o1).unwrap();
        near(o1.omega, 0.764_541_764_858_025_8);
        near(o1.eigenvalue_ratio, 3.720_889_343_073_62);
        near(o1.loadings[2], 0.830_283_776_949_185);
        near(o1.uniquenesses[0], 0.348_923_076_923_077);
        let r1 = Covariance::of_sums(26, &[74, 77, 79], &[246, 243, 237, 259, 249, 257]).unwrap();
        let r1 = omega(&r1).unwrap();
        near(r1.omega, 0.855_085_049_481_301_5);
        near(r1.eigenvalue_ratio, 4.432_519_710_158_18);
        near(r1.uniquenesses[1], 0.058_227_848_101_265_8);
    }

    #[test]
    fn four_items_as_another_program_fits_them() {
        // tests/fixtures/reference/data/survey.csv, wave 1; roots of the derivatives by mpmath, least by `SciPy`.
        let trust = [1505, 1397, 1517, 1549, 1545, 1552, 1599, 1797, 1703, 1866];
        let trust = omega(&Covariance::of_sums(179, &[473, 487, 529, 538], &trust).unwrap()).unwrap();
        near(trust.omega, 0.800_316_008_558_270_4);
        near(trust.loadings[0], 0.810_072_924_886_808_7);
        near(trust.uniquenesses[3], 0.623_389_684_157_426);
        near(trust.eigenvalue_ratio, 4.436_398_830_402_05);
        let voice = [1559, 1485, 1525, 1545, 1613, 1551, 1571, 1741, 1621, 1760];
        let voice = omega(&Covariance::of_sums(167, &[481, 487, 509, 514], &voice).unwrap()).unwrap();
        near(voice.omega, 0.697_724_694_946_318_5);
        near(voice.loadings[2], 0.543_277_034_941_916_4);
        let benefit = [1487, 1426, 1495, 1428, 1555, 1553, 1489, 1712, 1567, 1632];
        let benefit = omega(&Covariance::of_sums(167, &[461, 475, 498, 486], &benefit).unwrap()).unwrap();
        near(benefit.omega, 0.820_300_841_675_888_7);
        near(benefit.uniquenesses[1], 0.447_464_007_573_794_5);
    }

    #[test]
    fn the_order_of_items_does_not_matter() {
        let one = omega(&of_covariances(&[9, 3, 2, 1, 8, 4, 2, 7, 3, 6])).unwrap();
        let other = omega(&of_covariances(&[6, 3, 2, 1, 7, 4, 2, 8, 3, 9])).unwrap();
        near(one.omega, other.omega);
        one.loadings.iter().zip(other.loadings.iter().rev()).for_each(|(one, other)| near(*one, *other));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 60, ..ProptestConfig::default() })]

        #[test]
        fn whatever_the_answers_omega_is_a_share_or_refused(
            rows in prop::collection::vec(prop::collection::vec(1_u8..6, 5), 2..30),
        ) {
            let rows: Vec<Vec<f64>> = rows.into_iter().map(|row| row.into_iter().map(f64::from).collect()).collect();
            if let Ok(found) = omega(&Covariance::of_rows(&rows).unwrap()) {
                prop_assert!((0.0..=1.0).contains(&found.omega));
                prop_assert!(found.uniquenesses.iter().all(|unique| *unique > 0.0));
                prop_assert!(found.eigenvalue_ratio >= 1.0);
            }
        }
    }
}

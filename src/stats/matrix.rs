// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do several items vary, each and together?

use super::count::{length, real};
use super::describe::sum;
use super::{Undefined, finite};

/// Variances and covariances of items, with divisor n − 1.
///
/// None depends on the order of the rows; from integer sums each is the exact result, rounded once.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariance {
    n: u64,
    df: u64,
    size: usize,
    /// Upper triangle with the diagonal, row after row.
    cells: Vec<f64>,
}

impl Covariance {
    /// From complete rows, one number per item, with divisor n − 1.
    ///
    /// # Errors
    /// [`Undefined::Empty`] without rows or items, [`Undefined::TooFew`] for a single row, [`Undefined::OutOfRange`]
    /// if rows differ in length or a number is not finite.
    ///
    /// # Example
    /// ```
    /// let rows = [vec![1.0, 2.0], vec![3.0, 6.0]];
    /// let covariance = insieme::stats::matrix::Covariance::of_rows(&rows).unwrap();
    /// assert_eq!(covariance.covariance(0, 1), Ok(4.0));
    /// ```
    pub fn of_rows(rows: &[Vec<f64>]) -> Result<Self, Undefined> {
        let rows: Vec<Vec<Option<f64>>> = rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
        Self::of_pairs(&rows)
    }

    /// From rows with gaps: each covariance from the rows that have both numbers, so that n is that of the scarcest
    /// pair and no one data set need have the result.
    ///
    /// # Errors
    /// As [`Covariance::of_rows`]; [`Undefined::TooFew`] if some pair of items has fewer than two rows.
    pub fn of_pairs(rows: &[Vec<Option<f64>>]) -> Result<Self, Undefined> {
        let size = rows.first().ok_or(Undefined::Empty)?.len();
        if rows.iter().any(|row| row.len() != size) {
            return Err(Undefined::OutOfRange);
        }
        let (mut scarcest, mut cells) = (rows.len(), Vec::new());
        for (one, other) in places(size) {
            let both = |row: &Vec<Option<f64>>| row.get(one).copied().flatten().zip(row.get(other).copied().flatten());
            let pairs: Vec<(f64, f64)> = rows.iter().filter_map(both).collect();
            scarcest = scarcest.min(pairs.len());
            cells.push(covariance_of(&pairs)?);
        }
        let n = u64::try_from(scarcest).map_err(|_| Undefined::OutOfRange)?;
        Self::new(n, n.saturating_sub(1), size, cells)
    }

    /// From integer sums over `n` complete rows of answers that are not negative: `sums` has one per item, `products`
    /// one per pair of items `j ≤ k`, row after row of the upper triangle with the diagonal.
    ///
    /// # Errors
    /// [`Undefined::Empty`] without rows or items, [`Undefined::TooFew`] for a single row, [`Undefined::OutOfRange`]
    /// for sums that contradict each other, or more rows than 2⁶².
    ///
    /// # Example
    /// ```
    /// // The rows (1, 2) and (3, 6).
    /// let covariance = insieme::stats::matrix::Covariance::of_sums(2, &[4, 8], &[10, 20, 40]).unwrap();
    /// assert_eq!(covariance.covariance(0, 1), Ok(4.0));
    /// ```
    pub fn of_sums(n: u64, sums: &[u64], products: &[u64]) -> Result<Self, Undefined> {
        if n < 2 {
            return Err(if n == 0 { Undefined::Empty } else { Undefined::TooFew });
        }
        if n > 1 << 62 || products.len() != places(sums.len()).count() {
            return Err(Undefined::OutOfRange);
        }
        let divisor = u128::from(n) * u128::from(n - 1);
        let cell = |((one, other), product): ((usize, usize), &u64)| {
            let (one, other) = (sums.get(one).copied()?, sums.get(other).copied()?);
            let (mean, product) = (u128::from(one) * u128::from(other), u128::from(n) * u128::from(*product));
            let size = ratio(product.abs_diff(mean), divisor);
            Some(if product < mean { -size } else { size })
        };
        let cells: Option<Vec<f64>> = places(sums.len()).zip(products).map(cell).collect();
        let matrix = Self::new(n, n - 1, sums.len(), cells.ok_or(Undefined::OutOfRange)?)?;
        if matrix.is_possible() { Ok(matrix) } else { Err(Undefined::OutOfRange) }
    }

    /// Of deviations from the means of several groups together: sums of squares and degrees of freedom added.
    ///
    /// # Errors
    /// [`Undefined::Empty`] without groups, [`Undefined::OutOfRange`] if they have not the same number of items.
    pub fn pooled(groups: &[Self]) -> Result<Self, Undefined> {
        let size = groups.first().ok_or(Undefined::Empty)?.size;
        if groups.iter().any(|group| group.size != size) {
            return Err(Undefined::OutOfRange);
        }
        let total = |part: fn(&Self) -> u64| groups.iter().try_fold(0_u64, |sum, group| sum.checked_add(part(group)));
        let n = total(|group| group.n).ok_or(Undefined::OutOfRange)?;
        let df = total(|group| group.df).ok_or(Undefined::OutOfRange)?;
        let cells = (0..places(size).count()).map(|place| {
            let squares = groups.iter().filter_map(|group| group.cells.get(place).map(|cell| cell * real(group.df)));
            in_order(squares.collect()) / real(df)
        });
        Self::new(n, df, size, cells.collect())
    }

    /// Rows it was computed from.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Degrees of freedom: rows less one for each group.
    #[must_use]
    pub const fn df(&self) -> u64 {
        self.df
    }

    /// Items.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.size
    }

    /// Variance of an item, counted from 0; exactly 0 if all its numbers are equal.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] if there is no such item.
    pub fn variance(&self, item: usize) -> Result<f64, Undefined> {
        self.covariance(item, item)
    }

    /// Covariance of two items, counted from 0.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] if there is no such item.
    pub fn covariance(&self, one: usize, other: usize) -> Result<f64, Undefined> {
        let (row, column) = (one.min(other), one.max(other));
        if column >= self.size {
            return Err(Undefined::OutOfRange);
        }
        // Before a row lie as many rows, each one cell shorter than the one above it.
        let before: usize = (0..row).map(|above| self.size - above).sum();
        self.cells.get(before + column - row).copied().ok_or(Undefined::OutOfRange)
    }

    /// Correlation of two items, from −1 to 1.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if one of them does not vary, [`Undefined::OutOfRange`] if there is no such item.
    pub fn correlation(&self, one: usize, other: usize) -> Result<f64, Undefined> {
        let (first, second) = (self.variance(one)?, self.variance(other)?);
        if first <= 0.0 || second <= 0.0 {
            return Err(Undefined::NoVariability);
        }
        finite(self.covariance(one, other)? / first.sqrt() / second.sqrt()).map(|r| r.clamp(-1.0, 1.0))
    }

    /// All correlations as rows, with 1 on the diagonal.
    ///
    /// # Errors
    /// [`Undefined::NoVariability`] if an item does not vary.
    pub fn correlations(&self) -> Result<Vec<Vec<f64>>, Undefined> {
        let cell = |one, other| self.correlation(one, other).map(|r| if one == other { 1.0 } else { r });
        (0..self.size).map(|one| (0..self.size).map(|other| cell(one, other)).collect()).collect()
    }

    /// Variance of the sum of all items.
    #[must_use]
    pub fn total(&self) -> f64 {
        let twice = |((one, other), cell): ((usize, usize), &f64)| if one == other { *cell } else { 2.0 * cell };
        sum(places(self.size).zip(&self.cells).map(twice)).max(0.0)
    }

    /// Sum of the variances of the items.
    #[must_use]
    pub fn trace(&self) -> f64 {
        sum(places(self.size).zip(&self.cells).filter(|((one, other), _)| one == other).map(|(_, cell)| *cell))
    }

    /// The same without one item.
    ///
    /// # Errors
    /// [`Undefined::OutOfRange`] if there is no such item, [`Undefined::TooFew`] if no other is left.
    pub fn without(&self, item: usize) -> Result<Self, Undefined> {
        if item >= self.size {
            return Err(Undefined::OutOfRange);
        }
        if self.size == 1 {
            return Err(Undefined::TooFew);
        }
        let others = places(self.size).zip(&self.cells).filter(|((one, other), _)| *one != item && *other != item);
        Ok(Self { size: self.size - 1, cells: others.map(|(_, cell)| *cell).collect(), ..*self })
    }

    fn new(n: u64, df: u64, size: usize, cells: Vec<f64>) -> Result<Self, Undefined> {
        if size == 0 {
            return Err(Undefined::Empty);
        }
        let improper = |((one, other), cell): ((usize, usize), &f64)| !cell.is_finite() || one == other && *cell < 0.0;
        if df == 0 || places(size).zip(&cells).any(improper) {
            return Err(Undefined::OutOfRange);
        }
        Ok(Self { n, df, size, cells })
    }

    /// Whether no covariance is larger than the variances allow.
    fn is_possible(&self) -> bool {
        places(self.size).zip(&self.cells).all(|((one, other), cell)| {
            let most = self.variance(one).unwrap_or(0.0).sqrt() * self.variance(other).unwrap_or(0.0).sqrt();
            cell.abs() <= most * (1.0 + 1e-9)
        })
    }
}

/// Pairs of items in the order of the cells.
fn places(size: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..size).flat_map(move |one| (one..size).map(move |other| (one, other)))
}

/// Covariance with divisor n − 1, from distances to the least value, so that equal values have none at all.
fn covariance_of(pairs: &[(f64, f64)]) -> Result<f64, Undefined> {
    if pairs.len() < 2 {
        return Err(Undefined::TooFew);
    }
    let n = length(pairs.len());
    let low = |side: fn(&(f64, f64)) -> f64| pairs.iter().map(side).fold(f64::INFINITY, f64::min);
    let (first, second) = (low(|pair| pair.0), low(|pair| pair.1));
    let mean = in_order(pairs.iter().map(|pair| pair.0 - first).collect()) / n;
    let other = in_order(pairs.iter().map(|pair| pair.1 - second).collect()) / n;
    let from_mean = |(x, y): &(f64, f64)| (x - first - mean, y - second - other);
    let deviations: Vec<(f64, f64)> = pairs.iter().map(from_mean).collect();
    let products = in_order(deviations.iter().map(|(x, y)| x * y).collect());
    let rest = in_order(deviations.iter().map(|pair| pair.0).collect());
    let other_rest = in_order(deviations.iter().map(|pair| pair.1).collect());
    finite((products - rest * other_rest / n) / (n - 1.0))
}

/// Sum that does not depend on the order of its terms.
fn in_order(mut terms: Vec<f64>) -> f64 {
    terms.sort_by(f64::total_cmp);
    sum(terms.into_iter())
}

/// A quotient of whole numbers, rounded once. The divisor stays below 2¹²⁵.
fn ratio(numerator: u128, divisor: u128) -> f64 {
    if numerator == 0 || divisor == 0 {
        return 0.0;
    }
    let (mut whole, mut rest, mut scale) = (numerator / divisor, numerator % divisor, 1.0);
    while whole < 1 << 62 {
        rest *= 2;
        whole = 2 * whole + u128::from(rest >= divisor);
        rest %= divisor;
        scale /= 2.0;
    }
    while whole >= 1 << 63 {
        rest |= whole & 1;
        whole /= 2;
        scale *= 2.0;
    }
    // The last binary place only tells whether anything is left, which is all that rounding has to know.
    let places = u64::try_from(whole | u128::from(rest > 0)).unwrap_or(u64::MAX);
    real(places) * scale
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(rows: &[&[f64]]) -> Result<Covariance, Undefined> {
        Covariance::of_rows(&rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>())
    }

    fn bits(matrix: &Covariance) -> Vec<u64> {
        matrix.cells.iter().map(|cell| cell.to_bits()).collect()
    }

    fn sums_of(rows: &[Vec<u8>]) -> Result<Covariance, Undefined> {
        let items = rows[0].len();
        let sum = |item: usize| rows.iter().map(|row| u64::from(row[item])).sum();
        let product = |(one, other): (usize, usize)| {
            rows.iter().map(|row| u64::from(row[one]) * u64::from(row[other])).sum::<u64>()
        };
        let (sums, products): (Vec<u64>, Vec<u64>) =
            ((0..items).map(sum).collect(), places(items).map(product).collect());
        Covariance::of_sums(u64::try_from(rows.len()).unwrap(), &sums, &products)
    }

    #[test]
    fn nothing_does_not_vary() {
        assert_eq!(of(&[]), Err(Undefined::Empty));
        assert_eq!(of(&[&[], &[]]), Err(Undefined::Empty));
        assert_eq!(Covariance::of_sums(0, &[], &[]), Err(Undefined::Empty));
        assert_eq!(Covariance::of_sums(2, &[], &[]), Err(Undefined::Empty));
        assert_eq!(Covariance::pooled(&[]), Err(Undefined::Empty));
    }

    #[test]
    fn one_row_has_no_spread() {
        assert_eq!(of(&[&[1.0, 2.0]]), Err(Undefined::TooFew));
        assert_eq!(Covariance::of_sums(1, &[3], &[9]), Err(Undefined::TooFew));
    }

    #[test]
    fn two_rows_vary_by_their_distance() {
        let two = of(&[&[1.0, 6.0, 2.0], &[3.0, 2.0, 2.0]]).unwrap();
        assert_eq!((two.n(), two.df(), two.size()), (2, 1, 3));
        assert_eq!((two.variance(0), two.variance(1), two.variance(2)), (Ok(2.0), Ok(8.0), Ok(0.0)));
        assert_eq!((two.covariance(0, 1), two.covariance(1, 0)), (Ok(-4.0), Ok(-4.0)));
        assert!((two.correlation(0, 1).unwrap() + 1.0).abs() < 1e-15);
        assert_eq!(two.correlation(0, 2), Err(Undefined::NoVariability));
        assert_eq!(two.correlations(), Err(Undefined::NoVariability));
        assert_eq!((two.total(), two.trace()), (2.0, 10.0));
        assert_eq!(two.covariance(0, 3), Err(Undefined::OutOfRange));
    }

    #[test]
    fn equal_values_have_exactly_no_spread() {
        let equal = of(&[[200.0 / 3.0, 0.1].as_slice(); 7]).unwrap();
        assert_eq!(bits(&equal), [0; 3]);
        assert_eq!(bits(&Covariance::of_sums(7, &[21, 14], &[63, 42, 28]).unwrap()), [0; 3]);
    }

    #[test]
    fn rows_of_other_length_and_endless_numbers_are_refused() {
        assert_eq!(of(&[&[1.0, 2.0], &[1.0]]), Err(Undefined::OutOfRange));
        for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX] {
            assert_eq!(of(&[&[wrong, 1.0], &[1.0, -f64::MAX], &[2.0, f64::MAX]]), Err(Undefined::OutOfRange));
        }
    }

    #[test]
    fn a_gap_leaves_the_other_answers_of_its_row() {
        let rows =
            [vec![Some(1.0), Some(2.0)], vec![Some(3.0), None], vec![Some(5.0), Some(3.0)], vec![None, Some(7.0)]];
        let gaps = Covariance::of_pairs(&rows).unwrap();
        assert_eq!((gaps.n(), gaps.variance(0), gaps.variance(1)), (2, Ok(4.0), Ok(7.0)));
        assert_eq!(gaps.covariance(0, 1), Ok(2.0));
        assert_eq!(Covariance::of_pairs(&rows[1..]), Err(Undefined::TooFew));
    }

    #[test]
    fn sums_that_contradict_each_other_are_refused() {
        for (sums, products) in [
            (vec![4, 4], vec![10, 10]),
            (vec![4, 4], vec![7, 8, 8]),
            (vec![4, 4], vec![10, 20, 10]),
            (vec![4, 4], vec![8, 9, 8]),
        ] {
            assert_eq!(Covariance::of_sums(2, &sums, &products), Err(Undefined::OutOfRange), "{sums:?} {products:?}");
        }
        assert_eq!(Covariance::of_sums(u64::MAX, &[1], &[1]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn large_sums_are_rounded_once() {
        // By Python's `fractions`.
        let (sums, products) = ([13_500_000_123, 7_200_000_456], [700_000_000_001, 330_000_000_007, 210_000_000_003]);
        let large = Covariance::of_sums(3_000_000_007, &sums, &products).unwrap();
        assert_eq!(large.variance(0), Ok(213.083_332_585_750_01));
        assert_eq!(large.covariance(0, 1), Ok(99.199_999_046_733_32));
        assert_eq!(large.variance(1), Ok(64.239_999_156_359_99));
        let largest = Covariance::of_sums(1 << 62, &[1], &[u64::MAX]).unwrap();
        assert!((largest.variance(0).unwrap() - 4.0).abs() < 1e-15);
        assert_eq!(Covariance::of_sums(1 << 62, &[u64::MAX], &[1]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn a_quotient_that_no_float_holds_is_rounded_to_the_nearest() {
        assert_eq!(ratio(1, 3).to_bits(), (1.0_f64 / 3.0).to_bits());
        assert_eq!(ratio(0, 3).to_bits(), 0);
        // 2⁵³ + 1 lies halfway and goes to the even side; anything above goes up.
        assert!((ratio((1 << 53) + 1, 1) - 9_007_199_254_740_992.0).abs() < 0.5);
        assert!((ratio(((1 << 53) + 1) * 1000 + 1, 1000) - 9_007_199_254_740_994.0).abs() < 0.5);
        assert!((ratio(u128::MAX, 1) / 2.0_f64.powi(128) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_large_offset_does_not_eat_the_spread() {
        let far = of(&[&[1e9 + 1.0, 1e9], &[1e9 + 2.0, 1e9 + 2.0], &[1e9 + 3.0, 1e9 + 1.0]]).unwrap();
        assert_eq!((far.variance(0), far.covariance(0, 1), far.variance(1)), (Ok(1.0), Ok(0.5), Ok(1.0)));
    }

    #[test]
    fn groups_are_pooled_as_if_each_were_centred_on_its_own_mean() {
        let (one, other) = ([[1.0, 2.0], [2.0, 2.0], [3.0, 5.0]], [[11.0, 0.0], [15.0, 4.0]]);
        let of = |rows: &[[f64; 2]]| Covariance::of_rows(&rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>());
        let pooled = Covariance::pooled(&[of(&one).unwrap(), of(&other).unwrap()]).unwrap();
        assert_eq!((pooled.n(), pooled.df(), pooled.size()), (5, 3, 2));
        // Sums of squares 2 + 8, products 3 + 8, squares 6 + 8.
        assert!((pooled.variance(0).unwrap() - 10.0 / 3.0).abs() < 1e-15);
        assert!((pooled.covariance(0, 1).unwrap() - 11.0 / 3.0).abs() < 1e-15);
        assert!((pooled.variance(1).unwrap() - 14.0 / 3.0).abs() < 1e-15);
        let narrower = Covariance::of_rows(&[vec![1.0], vec![2.0]]).unwrap();
        assert_eq!(Covariance::pooled(&[pooled, narrower]), Err(Undefined::OutOfRange));
    }

    #[test]
    fn without_an_item_the_others_stay_as_they_were() {
        let three = of(&[&[1.0, 6.0, 2.0], &[3.0, 2.0, 5.0], &[4.0, 4.0, 4.0]]).unwrap();
        let two = three.without(1).unwrap();
        assert_eq!((two.size(), two.n()), (2, 3));
        assert_eq!((two.variance(1), two.covariance(0, 1)), (three.variance(2), three.covariance(0, 2)));
        assert_eq!(three.without(3), Err(Undefined::OutOfRange));
        assert_eq!(two.without(0).unwrap().without(0), Err(Undefined::TooFew));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn rows_and_sums_and_any_order_give_the_same(
            rows in prop::collection::vec(prop::collection::vec(0_u8..11, 3), 2..40),
            turn in 0_usize..40,
        ) {
            let floats = |row: &Vec<u8>| row.iter().copied().map(f64::from).collect::<Vec<f64>>();
            let listed = |rows: &[Vec<u8>]| Covariance::of_rows(&rows.iter().map(floats).collect::<Vec<_>>()).unwrap();
            let (summed, found) = (sums_of(&rows).unwrap(), listed(&rows));
            for (one, other) in summed.cells.iter().zip(&found.cells) {
                prop_assert!((one - other).abs() <= 1e-13);
            }
            let mut turned = rows.clone();
            turned.rotate_left(turn % rows.len());
            prop_assert_eq!(bits(&listed(&turned)), bits(&found));
            let totals: Vec<Vec<f64>> = rows.iter().map(|row| vec![floats(row).iter().sum()]).collect();
            let total = Covariance::of_rows(&totals).unwrap().variance(0).unwrap();
            prop_assert!((summed.total() - total).abs() <= 1e-12);
        }
    }
}

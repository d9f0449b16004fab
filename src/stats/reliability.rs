// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do the items of an indicator tell the same story?

use super::count::{length, real};
use super::describe::sum;
use super::distribution::f_quantile;
use super::eigen::symmetric;
use super::interval::Limits;
use super::matrix::Covariance;
use super::{Undefined, finite};

/// A sum of items that varies less than this share of the items themselves does not vary: the rest is rounding.
const NOTHING: f64 = 1e-12;

/// Cronbach's alpha, at most 1. Negative if items contradict each other, as when one was not turned round.
/// An item to which all give the same answer counts as an item.
///
/// # Errors
/// [`Undefined::TooFew`] below two items, [`Undefined::NoVariability`] if the sum of the items does not vary.
///
/// # Source
/// Cronbach 1951. Checked against R 4.2.2 `psych`, `multilevel`, `psychometric` and `pingouin` 0.7.0.
///
/// # Example
/// ```
/// use insieme::stats::{matrix::Covariance, reliability::alpha};
/// let rows = [[1.0, 2.0, 3.0], [2.0, 3.0, 3.0], [4.0, 4.0, 3.0], [5.0, 5.0, 3.0]].map(Vec::from);
/// assert!((alpha(&Covariance::of_rows(&rows).unwrap()).unwrap() - 0.724_137_931).abs() < 5e-10);
/// ```
pub fn alpha(items: &Covariance) -> Result<f64, Undefined> {
    if items.size() < 2 {
        return Err(Undefined::TooFew);
    }
    let (size, total, apart) = (length(items.size()), items.total(), items.trace());
    if total <= NOTHING * apart {
        return Err(Undefined::NoVariability);
    }
    Ok((size / (size - 1.0) * (1.0 - apart / total)).min(1.0))
}

/// Interval of alpha at the two-sided `level`, e.g. 0.95, from `n` complete rows of so many items.
/// For a covariance pooled over groups, `n` is its degrees of freedom and one.
///
/// # Errors
/// [`Undefined::TooFew`] below two rows or two items, [`Undefined::OutOfRange`] for a level not between 0 and 1 or an
/// alpha above 1.
///
/// # Source
/// Feldt 1965; Feldt, Woodruff & Salih 1987. Checked against R 4.2.2 `psych::alpha.ci` and `psychometric::alpha.CI`.
///
/// # Example
/// ```
/// let (low, high) = insieme::stats::reliability::feldt(0.913, 873, 20, 0.95).unwrap();
/// assert!((low - 0.904_402_4).abs() < 5e-8 && (high - 0.921_158_8).abs() < 5e-8);
/// ```
pub fn feldt(alpha: f64, n: u64, items: usize, level: f64) -> Result<Limits, Undefined> {
    if n < 2 || items < 2 {
        return Err(Undefined::TooFew);
    }
    if !(0.0 < level && level < 1.0 && alpha.is_finite() && alpha <= 1.0) {
        return Err(Undefined::OutOfRange);
    }
    let (rows, cells) = (real(n - 1), real(n - 1) * (length(items) - 1.0));
    let limit = |p| f_quantile(p, rows, cells).and_then(|f| finite(1.0 - (1.0 - alpha) * f));
    Ok((limit(f64::midpoint(1.0, level))?, limit((1.0 - level) / 2.0)?))
}

/// Alpha of the items brought to the same variance.
///
/// # Errors
/// As [`alpha`], and [`Undefined::NoVariability`] if an item does not vary.
///
/// # Source
/// As [`alpha`]. Checked against R 4.2.2 `psych::alpha`.
pub fn standardised_alpha(items: &Covariance) -> Result<f64, Undefined> {
    let (size, r) = (length(items.size()), mean_correlation(items)?);
    let shared = 1.0 + (size - 1.0) * r;
    if shared <= NOTHING { Err(Undefined::NoVariability) } else { Ok(size * r / shared) }
}

/// Mean of the correlations of each item with each other, from −1 to 1.
///
/// # Errors
/// As [`standardised_alpha`].
///
/// # Source
/// Checked against R 4.2.2 `psych::alpha` and pandas 3.1.1.
pub fn mean_correlation(items: &Covariance) -> Result<f64, Undefined> {
    if items.size() < 2 {
        return Err(Undefined::TooFew);
    }
    let size = length(items.size());
    Ok((sum(items.correlations()?.into_iter().flatten()) - size) / (size * (size - 1.0)))
}

/// Correlation of an item, counted from 0, with the sum of the others, from −1 to 1.
///
/// # Errors
/// [`Undefined::TooFew`] below two items, [`Undefined::NoVariability`] if the item or the sum of the others does not
/// vary, [`Undefined::OutOfRange`] if there is no such item.
///
/// # Source
/// Checked against R 4.2.2 `psych::alpha` (`r.drop`) and pandas 3.1.1.
pub fn item_rest_correlation(items: &Covariance, item: usize) -> Result<f64, Undefined> {
    let rest = items.without(item)?;
    let (own, others) = (items.variance(item)?, rest.total());
    if own <= 0.0 || others <= NOTHING * rest.trace() {
        return Err(Undefined::NoVariability);
    }
    let others_each: Result<Vec<f64>, Undefined> =
        (0..items.size()).filter(|other| *other != item).map(|other| items.covariance(item, other)).collect();
    let r = sum(others_each?.into_iter()) / own.sqrt() / others.sqrt();
    Ok(r.clamp(-1.0, 1.0))
}

/// Alpha of the items without one of them, counted from 0.
///
/// # Errors
/// As [`alpha`] of what is left, and [`Undefined::OutOfRange`] if there is no such item.
///
/// # Source
/// Checked against R 4.2.2 `psych::alpha` (`alpha.drop`) and `pingouin` 0.7.0.
pub fn alpha_without(items: &Covariance, item: usize) -> Result<f64, Undefined> {
    items.without(item).and_then(|rest| alpha(&rest))
}

/// Guttman's sixth lower limit of reliability, from how much of each item the others explain, on correlations.
///
/// # Errors
/// As [`standardised_alpha`].
///
/// # Source
/// Guttman 1945. Checked against R 4.2.2 `psych::alpha` (`G6(smc)`).
pub fn lambda6(items: &Covariance) -> Result<f64, Undefined> {
    if items.size() < 2 {
        return Err(Undefined::TooFew);
    }
    let correlations = items.correlations()?;
    let eigen = symmetric(&correlations)?;
    let total = sum(correlations.into_iter().flatten());
    if total <= NOTHING * length(items.size()) {
        return Err(Undefined::NoVariability);
    }
    // What the others leave of an item is one over the diagonal of the inverse; an eigenvalue of 0 leaves nothing.
    let part = |(value, vector): (&f64, &Vec<f64>), item: usize| {
        vector.get(item).map_or(0.0, |weight| weight * weight / value.max(f64::EPSILON))
    };
    let left = |item| 1.0 / sum(eigen.values.iter().zip(&eigen.vectors).map(|axis| part(axis, item)));
    Ok(1.0 - sum((0..items.size()).map(left)) / total)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// docs/methods.md, dataset G1, wave 1: F1 (three items, the last reversed), F2 (two), O1 and R1 (three each).
    const WAVE: [&str; 28] = [
        "55154121543",
        "3342333423S",
        "53155322544",
        "45154212454",
        "43443232322",
        "45244342444",
        "44233223223",
        "44334243432",
        "33334424123",
        "4D244232344",
        "45355211454",
        "S2D33433122",
        "34444234323",
        "45254232244",
        "33432434323",
        "33344342123",
        "53245221444",
        "44334321333",
        "43334323334",
        "25233224232",
        "24332544213",
        "31432444222",
        "3523N332444",
        "45245223333",
        "34243NNN332",
        "31433433232",
        "224214541D1",
        "22431445112",
    ];

    fn indicator(first: usize, turned: Option<usize>) -> Covariance {
        let answer = |(item, code): (usize, char)| {
            let answer = f64::from(code.to_digit(10)?);
            Some(if turned == Some(item) { 6.0 - answer } else { answer })
        };
        let row = |line: &&str| line.chars().skip(first).take(3).enumerate().map(answer).collect::<Option<Vec<f64>>>();
        Covariance::of_rows(&WAVE.iter().filter_map(row).collect::<Vec<_>>()).unwrap()
    }

    fn of(rows: &[&[f64]]) -> Covariance {
        Covariance::of_rows(&rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>()).unwrap()
    }

    fn near(found: Result<f64, Undefined>, expected: f64, tolerance: f64) {
        assert!((found.unwrap() - expected).abs() <= tolerance, "found {found:?}, expected {expected}");
    }

    #[test]
    fn one_item_has_nothing_to_agree_with() {
        let one = of(&[&[1.0], &[2.0], &[4.0]]);
        for found in [alpha(&one), standardised_alpha(&one), mean_correlation(&one), lambda6(&one)] {
            assert_eq!(found, Err(Undefined::TooFew));
        }
        assert_eq!(item_rest_correlation(&one, 0), Err(Undefined::TooFew));
        assert_eq!(alpha_without(&one, 0), Err(Undefined::TooFew));
        assert_eq!(alpha_without(&of(&[&[1.0, 2.0], &[2.0, 1.0]]), 0), Err(Undefined::TooFew));
    }

    #[test]
    fn where_nobody_differs_there_is_no_alpha() {
        let equal = of(&[[3.0, 3.0].as_slice(); 3]);
        for found in [alpha(&equal), standardised_alpha(&equal), mean_correlation(&equal), lambda6(&equal)] {
            assert_eq!(found, Err(Undefined::NoVariability));
        }
        assert_eq!(item_rest_correlation(&equal, 0), Err(Undefined::NoVariability));
    }

    #[test]
    fn an_item_on_which_all_agree_still_counts() {
        let items = of(&[&[1.0, 2.0, 3.0], &[2.0, 3.0, 3.0], &[4.0, 4.0, 3.0], &[5.0, 5.0, 3.0]]);
        near(alpha(&items), 0.724_137_931_034_482_7, 1e-15);
        near(alpha_without(&items, 2), 0.965_517_241_379_310_4, 1e-15);
        assert_eq!(standardised_alpha(&items), Err(Undefined::NoVariability));
        assert_eq!(item_rest_correlation(&items, 2), Err(Undefined::NoVariability));
        assert_eq!(alpha_without(&items, 3), Err(Undefined::OutOfRange));
    }

    #[test]
    fn items_that_contradict_each_other_have_a_negative_alpha() {
        near(alpha(&of(&[&[1.0, 5.0], &[2.0, 4.0], &[4.0, 3.0], &[5.0, 1.0]])), -48.0, 1e-12);
    }

    #[test]
    fn items_that_cancel_out_leave_no_sum_to_speak_of() {
        let opposed = of(&[&[0.1, 0.9], &[0.3, 0.7], &[0.7, 0.3]]);
        assert_eq!(alpha(&opposed), Err(Undefined::NoVariability));
        assert_eq!(standardised_alpha(&opposed), Err(Undefined::NoVariability));
        assert_eq!(lambda6(&opposed), Err(Undefined::NoVariability));
    }

    #[test]
    fn the_same_item_thrice_is_wholly_reliable() {
        let same = of(&[&[1.0, 1.0, 1.0], &[4.0, 4.0, 4.0], &[5.0, 5.0, 5.0]]);
        for found in [alpha(&same), standardised_alpha(&same), mean_correlation(&same), lambda6(&same)] {
            near(found, 1.0, 1e-12);
        }
        near(item_rest_correlation(&same, 1), 1.0, 1e-12);
    }

    #[test]
    fn the_worked_indicators() {
        let cases = [
            (0, Some(2), 26, 0.754_708_520_179_372, (0.5294, 0.8820)),
            (5, None, 27, 0.760_178_117_048_346, (0.5455, 0.8828)),
            (8, None, 26, 0.825_933_609_958_506, (0.6660, 0.9163)),
        ];
        for (first, turned, n, expected, (low, high)) in cases {
            let items = indicator(first, turned);
            assert_eq!(items.n(), n);
            near(alpha(&items), expected, 1e-14);
            let limits = feldt(alpha(&items).unwrap(), items.n(), items.size(), 0.95).unwrap();
            assert!((limits.0 - low).abs() < 5e-5 && (limits.1 - high).abs() < 5e-5, "{limits:?}");
        }
    }

    #[test]
    fn the_worked_intervals() {
        let (low, high) = feldt(0.913, 873, 20, 0.95).unwrap();
        assert!((low - 0.904_402_4).abs() < 5e-8 && (high - 0.921_158_8).abs() < 5e-8);
        let (low, high) = feldt(0.85, 89, 7, 0.95).unwrap();
        assert!((low - 0.79706).abs() < 5e-6 && (high - 0.89317).abs() < 5e-6);
    }

    #[test]
    fn a_million_rows_have_the_interval_of_their_own_degrees_of_freedom() {
        // Quantiles of F by `SciPy` 1.17.1; R 4.2.2 replaces them by those of chi-square and is off by 5e-5 here.
        let (low, high) = feldt(0.85, 1_000_000, 5, 0.95).unwrap();
        assert!((low - (1.0 - 0.15 * 1.003_102_320_000_816_2)).abs() < 1e-12);
        assert!((high - (1.0 - 0.15 * 0.996_904_362_926_158_9)).abs() < 1e-12);
        let (low, high) = feldt(0.85, 1_000_000, 40, 0.95).unwrap();
        assert!((low - (1.0 - 0.15 * 1.002_809_162_577_813)).abs() < 1e-12);
        assert!((high - (1.0 - 0.15 * 0.997_194_922_889_591_7)).abs() < 1e-12);
    }

    #[test]
    fn senseless_intervals_are_refused() {
        assert_eq!(feldt(0.8, 1, 3, 0.95), Err(Undefined::TooFew));
        assert_eq!(feldt(0.8, 0, 3, 0.95), Err(Undefined::TooFew));
        assert_eq!(feldt(0.8, 20, 1, 0.95), Err(Undefined::TooFew));
        for level in [0.0, 1.0, -1.0, 2.0, f64::NAN] {
            assert_eq!(feldt(0.8, 20, 3, level), Err(Undefined::OutOfRange));
        }
        for alpha in [1.1, f64::NAN, f64::NEG_INFINITY] {
            assert_eq!(feldt(alpha, 20, 3, 0.95), Err(Undefined::OutOfRange));
        }
        assert_eq!(feldt(0.8, u64::MAX, 3, 0.95), Err(Undefined::OutOfRange));
        assert_eq!(feldt(f64::MIN, 2, 3, 0.95), Err(Undefined::OutOfRange));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_the_answers_nothing_leaves_its_range(
            rows in prop::collection::vec(prop::collection::vec(1_u8..6, 4), 2..20),
        ) {
            let rows: Vec<Vec<f64>> = rows.into_iter().map(|row| row.into_iter().map(f64::from).collect()).collect();
            let items = Covariance::of_rows(&rows).unwrap();
            if let Ok(alpha) = alpha(&items) {
                prop_assert!(alpha.is_finite() && alpha <= 1.0 + 1e-12);
            }
            for found in [standardised_alpha(&items), lambda6(&items)].into_iter().flatten() {
                prop_assert!(found.is_finite() && found <= 1.0 + 1e-9);
            }
            for item in 0..4 {
                if let Ok(r) = item_rest_correlation(&items, item) {
                    prop_assert!((-1.0..=1.0).contains(&r));
                }
            }
        }

        #[test]
        fn the_unit_of_the_answers_does_not_matter(
            rows in prop::collection::vec(prop::collection::vec(1_u8..6, 3), 2..20),
        ) {
            let times = |unit: f64| {
                let row = |row: &Vec<u8>| row.iter().map(|answer| unit * f64::from(*answer) - 7.0).collect();
                alpha(&Covariance::of_rows(&rows.iter().map(row).collect::<Vec<_>>()).unwrap())
            };
            match (times(1.0), times(25.0)) {
                (Ok(one), Ok(other)) => prop_assert!((one - other).abs() <= 1e-9 * one.abs().max(1.0)),
                (one, other) => prop_assert_eq!(one, other),
            }
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Tails and quantiles against `SciPy` and R.

use insieme::stats::distribution::{normal_quantile, normal_upper_tail, t_lower_tail, t_quantile, t_upper_tail};

use super::fixture;

#[test]
fn tails_and_quantiles_agree_with_other_programs() {
    let mut reader = csv::Reader::from_path(fixture("reference/distribution_points.csv")).unwrap();
    let (mut compared, mut refused) = (0, 0);
    for row in reader.records() {
        let row = row.unwrap();
        let number = |place: usize| row[place].parse::<f64>();
        let (argument, expected) = (number(2).unwrap(), number(4).unwrap());
        let df = number(3).unwrap_or(0.0);
        let found = match (&row[0], &row[1]) {
            ("Normal", "upper_tail") => normal_upper_tail(argument),
            ("Normal", "lower_tail") => normal_upper_tail(-argument),
            ("Normal", _) => normal_quantile(argument),
            (_, "upper_tail") => t_upper_tail(argument, df),
            (_, "lower_tail") => t_lower_tail(argument, df),
            _ => t_quantile(argument, df),
        };
        let Ok(found) = found else {
            assert!(argument < 1e-6 || 1.0 - argument < 1e-6, "refused: {row:?}");
            refused += 1;
            continue;
        };
        // Far out, the library's normal tail has ten digits; beyond four million degrees of freedom t has nine.
        let tolerance = 5e-9 * expected.abs().max(1e-12);
        assert!((found - expected).abs() <= tolerance, "{row:?}: found {found}");
        compared += 1;
    }
    assert!(compared > 300, "{compared}");
    assert!(refused < 60, "{refused}");
}

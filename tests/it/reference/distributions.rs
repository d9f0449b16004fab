// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Tails and quantiles against `SciPy` and R.

use insieme::stats::Undefined;
use insieme::stats::distribution::{
    chi_square_quantile, chi_square_upper_tail, f_lower_tail, f_quantile, f_upper_tail, normal_quantile,
    normal_upper_tail, t_lower_tail, t_quantile, t_upper_tail,
};

use super::cases::Table;

#[test]
fn tails_and_quantiles_agree_with_other_programs() {
    let table = Table::read("distribution_points.csv");
    assert_eq!(table.rows.len(), 802);
    for row in &table.rows {
        let number = |place: usize| row[place].parse::<f64>();
        let (argument, expected) = (number(2).unwrap(), number(5).unwrap());
        let df = (number(3).unwrap_or(0.0), number(4).unwrap_or(0.0));
        let found = value(&row[0], &row[1], argument, df).unwrap_or_else(|undefined| panic!("{row:?}: {undefined}"));
        // `SciPy` ends at 0 where floats do not end yet.
        let tolerance = 1e-9 * expected.abs().max(1e-290);
        assert!((found - expected).abs() <= tolerance, "{row:?}: found {found}");
    }
}

fn value(distribution: &str, function: &str, argument: f64, (df1, df2): (f64, f64)) -> Result<f64, Undefined> {
    match (distribution, function) {
        ("Normal", "upper_tail") => normal_upper_tail(argument),
        ("Normal", "lower_tail") => normal_upper_tail(-argument),
        ("Normal", "quantile") => normal_quantile(argument),
        ("StudentT", "upper_tail") => t_upper_tail(argument, df1),
        ("StudentT", "lower_tail") => t_lower_tail(argument, df1),
        ("StudentT", "quantile") => t_quantile(argument, df1),
        ("FisherF", "upper_tail") => f_upper_tail(argument, df1, df2),
        ("FisherF", "lower_tail") => f_lower_tail(argument, df1, df2),
        ("FisherF", "quantile") => f_quantile(argument, df1, df2),
        ("ChiSquared", "upper_tail") => chi_square_upper_tail(argument, df1),
        ("ChiSquared", "quantile") => chi_square_quantile(argument, df1),
        _ => panic!("no {function} of {distribution}"),
    }
}

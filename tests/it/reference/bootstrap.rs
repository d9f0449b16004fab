// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The rescaled bootstrap against the worked example and against R `boot` and `SciPy`.

use insieme::stats::bootstrap::{Stratum, expanded_percentile, rescaled, standard_error, weighted_mean};
use insieme::stats::count::length;

use super::{json, near, number};

/// The four groups of the worked example: scores in twelfths of a hundred, and how many are listed.
const GROUPS: [(&[u8], f64); 4] = [
    (&[9, 10, 8, 11, 9, 7], 8.0),
    (&[6, 8, 7, 9, 5, 8, 6, 10, 7], 14.0),
    (&[8, 9, 7, 6, 10], 7.0),
    (&[4, 6, 5, 8, 3, 7, 6, 5], 20.0),
];

#[test]
fn the_worked_project_score() {
    let scores: Vec<Vec<f64>> = GROUPS
        .iter()
        .map(|(twelfths, _)| twelfths.iter().map(|one| f64::from(*one) * 100.0 / 12.0).collect())
        .collect();
    let strata: Vec<_> = GROUPS
        .iter()
        .map(|(scores, listed)| Stratum { units: scores.len(), left_to_chance: 1.0 - length(scores.len()) / listed })
        .collect();
    let draws = 20_000;
    let replicates = rescaled(&strata, draws, 20_260_101, |weights| {
        let mut sum = 0.0;
        for (scores, weights) in scores.iter().zip(weights) {
            sum += weighted_mean(scores, weights)? / 4.0;
        }
        Ok(sum)
    })
    .unwrap();
    let se = standard_error(&replicates).unwrap();
    // Monte-Carlo error of a standard error of B replicates: se/√(2B); printed with 200,000 draws as 1.501.
    near(se, 1.501, 4.0 * 1.501 / (2.0 * f64::from(draws)).sqrt(), "standard error");
    let (low, high) = expanded_percentile(&replicates, 0.95, 20.606).unwrap();
    // Monte-Carlo error of a quantile: √(p(1−p)/B)/density, with the normal density at p = 0.01867.
    let error = (0.01867 * 0.98133 / f64::from(draws)).sqrt() / 0.0457 * 1.5;
    near(low, 59.05, 4.0 * error, "low");
    near(high, 65.27, 4.0 * error, "high");
}

#[test]
fn the_mean_of_twenty_answers_agrees_with_other_programs() {
    let reference = json("reference/expected.json");
    let scores: Vec<f64> = reference["likert20"].as_array().unwrap().iter().map(number).collect();
    let expected = &reference["cases"]["bootstrap.likert20"];
    let stratum = Stratum { units: scores.len(), left_to_chance: 1.0 };
    let replicates = rescaled(&[stratum], 20_000, 7, |weights| weighted_mean(&scores, &weights[0])).unwrap();
    // Drawing n − 1 of n makes the error that of the formula: wider than the plain bootstrap by √(n/(n − 1)).
    let plain = number(&expected["boot_se"]) * (20.0_f64 / 19.0).sqrt();
    near(standard_error(&replicates).unwrap(), plain, 4.0 * plain / 40_000.0_f64.sqrt(), "standard error");
}

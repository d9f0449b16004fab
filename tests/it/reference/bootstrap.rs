// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The rescaled bootstrap against the worked example, and the plain one against R `boot`, `SciPy` and its exact law.

use insieme::stats::Undefined;
use insieme::stats::bootstrap::{Stratum, expanded_percentile, rescaled, standard_error, weighted_mean};
use insieme::stats::count::{length, real, whole};
use insieme::stats::describe::of_values;
use insieme::stats::overlap::Pair;
use insieme::stats::paired::correlation;
use insieme::stats::quantile::quantile;

use super::cases::{Case, Table, Topic, survey};
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

#[test]
fn means_and_correlations_agree_with_other_programs() {
    let topic = Topic::open("bootstrap");
    for case in topic.cases() {
        if case.has("r") {
            check_correlation(&case);
        } else {
            check_mean(&case);
        }
        for key in
            case.keys().iter().filter(|key| ["bca_", "basic_", "acceleration_"].iter().any(|one| key.starts_with(one)))
        {
            case.leave_out(key, "only percentile limits are offered: BCa limits depend on how ties are counted");
        }
    }
    topic.finish();
}

#[test]
fn two_answers_have_the_limits_of_three_replicates() {
    let replicates = plain(2, 1000, |counts| Ok(mean(&[1.0, 5.0], counts)));
    let limits = percentile(&replicates);
    near(limits.0, 1.0, 1e-12, "low");
    near(limits.1, 5.0, 1e-12, "high");
}

/// Replicates of the plain bootstrap, at least so many: n draws from n units.
///
/// The rescaled bootstrap makes n draws from n + 1 units; those that never drew the last one are n draws from the others.
fn plain(units: usize, replicates: u32, statistic: impl Fn(&[u64]) -> Result<f64, Undefined>) -> Vec<f64> {
    let n = length(units);
    let without_last = (n / (n + 1.0)).powf(n);
    let draws = u32::try_from(whole(f64::from(replicates) / without_last * 1.1)).unwrap();
    let stratum = Stratum { units: units + 1, left_to_chance: 1.0 };
    let found = rescaled(&[stratum], draws, 20_260_101, |weights| {
        let times = |weight: &f64| u64::try_from(whole(weight * n / (n + 1.0) + 0.5)).unwrap();
        let counts: Vec<u64> = weights[0].iter().map(times).collect();
        if counts[units] > 0 { Err(Undefined::OutOfRange) } else { statistic(&counts[..units]) }
    })
    .unwrap();
    assert!(found.len() >= usize::try_from(replicates).unwrap(), "{} of {replicates}", found.len());
    found
}

fn mean(values: &[f64], counts: &[u64]) -> f64 {
    values.iter().zip(counts).map(|(value, count)| value * real(*count)).sum::<f64>() / length(values.len())
}

fn percentile(replicates: &[f64]) -> (f64, f64) {
    (quantile(replicates, 0.025).unwrap(), quantile(replicates, 0.975).unwrap())
}

/// The answers of a case: of a group of the survey to one item, or all of a file.
fn answers(case: &Case) -> Vec<f64> {
    if case.selects("item") {
        let (item, group) = (case.selected("item"), case.selected("group"));
        let rows = survey(&[item]).into_iter().filter(|row| row.wave == "1" && row.group == group);
        return rows.filter_map(|row| row.answers[0]).collect();
    }
    Table::read(case.input()["file"].as_str().unwrap()).numbers("score").into_iter().flatten().collect()
}

fn check_mean(case: &Case) {
    let values = answers(case);
    let found = |replicates| plain(values.len(), replicates, |counts| Ok(mean(&values, counts)));
    case.check("mean", of_values(&values).map(|summary| summary.mean));
    for replicates in [1_000, 2_000, 10_000] {
        check_band(case, replicates, percentile(&found(replicates)));
    }
    // So many that the limits are those of endless replicates: answers are whole numbers, their means move in steps.
    let many = found(100_000);
    case.check("boot_se", standard_error(&many));
    let (low, high) = percentile(&many);
    for name in ["percentile", "ideal_percentile"] {
        case.check(&format!("{name}_low95"), Ok(low));
        case.check(&format!("{name}_high95"), Ok(high));
    }
    let own = of_values(&values).unwrap().mean;
    let share = |kept: &dyn Fn(f64) -> bool| length(many.iter().filter(|one| kept(**one)).count()) / length(many.len());
    for (key, found) in [
        ("prob_mean_below", share(&|one| one < own - 1e-9)),
        ("prob_mean_equal", share(&|one| (one - own).abs() < 1e-9)),
    ] {
        near(found, case.expected(key), 5.0 * (0.25 / length(many.len())).sqrt(), key);
        case.leave_out(key, "needed for BCa limits only; compared above as far as drawing at random can tell");
    }
}

fn check_band(case: &Case, replicates: u32, (low, high): (f64, f64)) {
    for (name, limit) in [("low", low), ("high", high)] {
        let key = |end: &str| format!("percentile_{name}95_band_{end}_B{replicates}");
        assert!(
            (case.expected(&key("min")) - 1e-9..=case.expected(&key("max")) + 1e-9).contains(&limit),
            "{}",
            key("")
        );
        for end in ["min", "max"] {
            case.leave_out(&key(end), "no value of its own: a bound, and the limit was compared with it above");
        }
    }
}

fn check_correlation(case: &Case) {
    let table = Table::read(case.input()["file"].as_str().unwrap());
    let values = |column| table.numbers(column).into_iter().flatten();
    let pairs: Vec<Pair> = values("lsat").zip(values("gpa")).map(|(lsat, gpa)| (lsat, gpa, 1)).collect();
    case.check("r", correlation(&pairs));
    let drawn = |counts: &[u64]| {
        let pairs: Vec<Pair> = pairs.iter().zip(counts).map(|(pair, count)| (pair.0, pair.1, *count)).collect();
        correlation(&pairs)
    };
    let replicates = plain(pairs.len(), 20_000, drawn);
    case.check("boot_se", standard_error(&replicates));
    let (low, high) = percentile(&replicates);
    case.check("percentile_low95", Ok(low));
    case.check("percentile_high95", Ok(high));
}

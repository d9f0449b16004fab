// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Means of groups of a listed population, and their weighted sums, against R `survey` and `samplics`.

use insieme::stats::Undefined;
use insieme::stats::composite::linear;
use insieme::stats::count::real;
use insieme::stats::describe::{Summary, of_values};
use insieme::stats::distribution::normal_quantile;
use insieme::stats::interval::{Part, left_to_chance, satterthwaite, t_interval, wilson};

use super::cases::{Case, Table, Topic, survey_scores};

#[test]
fn means_of_a_listed_population_agree_with_other_programs() {
    let topic = Topic::open("fpc");
    for case in topic.cases() {
        let groups = groups(&case);
        for group in &groups {
            check_group(&case, group);
        }
        let weights: Vec<f64> = groups.iter().map(|group| group.weight).collect();
        let (composite, part) = weighted(&groups, &weights);
        case.check("composite", composite);
        case.check("composite_se_fpc", part.map(|part| part.variance.sqrt()));
        let half = part.and_then(|part| Ok(normal_quantile(0.975)? * part.variance.sqrt()));
        case.check("composite_ci95_low_fpc_z", composite.and_then(|mean| Ok(mean - half?)));
        case.check("composite_ci95_high_fpc_z", composite.and_then(|mean| Ok(mean + half?)));
        let listed: Vec<f64> = groups.iter().map(|group| group.listed).collect();
        let (mean, part) = weighted(&groups, &listed);
        case.check("population_mean", mean);
        case.check("population_mean_se_fpc", part.map(|part| part.variance.sqrt()));
        let answered: Vec<f64> = groups.iter().map(|group| real(group.scores.n)).collect();
        case.check("unweighted_pooled_mean", weighted(&groups, &answered).0);
    }
    topic.finish();
}

#[test]
fn everybody_or_more_than_everybody_leaves_no_negative_variance() {
    // R `survey` has an error of 0 for a census and refuses more answers than members.
    for listed in [5.0, 4.0, 0.0] {
        assert!(left_to_chance(5.0, Some(listed)).abs() < 1e-15);
    }
    let nothing = Part { variance: 0.0, df: 4.0 };
    assert_eq!(t_interval(3.0, nothing, 0.95), Err(Undefined::NoVariability));
    assert_eq!(wilson(3, 5, Some(5), 0.95), Err(Undefined::Census));
    assert_eq!(wilson(3, 6, Some(5), 0.95), Err(Undefined::OutOfRange));
}

struct Group {
    name: String,
    listed: f64,
    weight: f64,
    scores: Summary,
}

impl Group {
    fn part(&self, listed: Option<f64>) -> Part {
        let n = real(self.scores.n);
        Part { variance: left_to_chance(n, listed) * self.scores.variance().unwrap() / n, df: n - 1.0 }
    }
}

fn groups(case: &Case<'_>) -> Vec<Group> {
    let table = Table::read(case.input()["population"].as_str().unwrap());
    let wave = case.input()["select"]["wave"].to_string();
    let numbers = table.numbers("population").into_iter().zip(table.numbers("weight"));
    let of_row = |(name, (listed, weight)): (&str, (Option<f64>, Option<f64>))| Group {
        name: name.to_owned(),
        listed: listed.unwrap(),
        weight: weight.unwrap(),
        scores: of_values(&survey_scores(case.selected("scale"), &wave, name)).unwrap(),
    };
    table.texts("group").into_iter().zip(numbers).map(of_row).collect()
}

fn check_group(case: &Case<'_>, group: &Group) {
    let (mean, part) = (group.scores.mean, group.part(Some(group.listed)));
    let limits = t_interval(mean, part, 0.95);
    let values = [
        ("n", Ok(real(group.scores.n))),
        ("mean", Ok(mean)),
        ("se_fpc", Ok(part.variance.sqrt())),
        ("se_nofpc", Ok(group.part(None).variance.sqrt())),
        ("ci95_low_fpc_t", limits.map(|limits| limits.0)),
        ("ci95_high_fpc_t", limits.map(|limits| limits.1)),
    ];
    for (key, found) in values {
        case.check(&format!("{key}.{}", group.name), found);
    }
}

/// Weighted mean of the groups, and its variance with correction for the finite population.
fn weighted(groups: &[Group], weights: &[f64]) -> (Result<f64, Undefined>, Result<Part, Undefined>) {
    let total: f64 = weights.iter().sum();
    let means: Vec<(f64, f64)> = groups.iter().map(|group| group.scores.mean).zip(weights.iter().copied()).collect();
    let part = |(group, weight): (&Group, &f64)| {
        let part = group.part(Some(group.listed));
        Part { variance: part.variance * (weight / total).powi(2), df: part.df }
    };
    let parts: Vec<Part> = groups.iter().zip(weights).map(part).collect();
    (linear(&means), satterthwaite(&parts))
}

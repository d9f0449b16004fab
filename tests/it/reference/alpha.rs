// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Internal consistency of scales against R `psych`, `multilevel`, `psychometric` and `pingouin`.

use insieme::stats::count::{length, real, whole};
use insieme::stats::matrix::Covariance;
use insieme::stats::reliability::{
    alpha, alpha_without, feldt, item_rest_correlation, lambda6, mean_correlation, standardised_alpha,
};

use super::cases::{Case, Topic, survey};

#[test]
fn internal_consistency_agrees_with_other_programs() {
    let topic = Topic::open("alpha");
    for case in topic.cases() {
        let (items, rows) = answers(&case);
        let complete: Vec<Vec<f64>> = rows.iter().filter_map(|row| row.iter().copied().collect()).collect();
        let listed = Covariance::of_rows(&complete).unwrap();
        // The same from integer sums.
        let summed = of_sums(&complete);
        for covariance in [&listed, &summed] {
            case.check("n_complete", Ok(real(covariance.n())));
            case.check("k", Ok(length(covariance.size())));
            case.check("alpha_raw", alpha(covariance));
            case.check("alpha_std", standardised_alpha(covariance));
            case.check("mean_r", mean_correlation(covariance));
            case.check("lambda6", lambda6(covariance));
            let limits = alpha(covariance).and_then(|alpha| feldt(alpha, covariance.n(), covariance.size(), 0.95));
            case.check("feldt_low95", limits.map(|limits| limits.0));
            case.check("feldt_high95", limits.map(|limits| limits.1));
            for (place, item) in items.iter().enumerate() {
                case.check(&format!("item_rest_r.{item}"), item_rest_correlation(covariance, place));
                case.check(&format!("alpha_drop.{item}"), alpha_without(covariance, place));
            }
        }
        if case.has("alpha_pairwise") {
            case.check("alpha_pairwise", Covariance::of_pairs(&rows).and_then(|covariance| alpha(&covariance)));
        }
    }
    topic.finish();
}

/// Names of the items, and the answers of the chosen wave and group with their gaps.
fn answers(case: &Case<'_>) -> (Vec<String>, Vec<Vec<Option<f64>>>) {
    let select = &case.input()["select"];
    let items: Vec<String> = serde_json::from_value(select["items"].clone()).unwrap();
    let names: Vec<&str> = items.iter().map(String::as_str).collect();
    let wave = select["wave"].to_string();
    let chosen = survey(&names).into_iter().filter(|one| one.wave == wave);
    let group = case.selects("group").then(|| case.selected("group"));
    let chosen = chosen.filter(|one| group.is_none_or(|group| one.group == group));
    (items, chosen.map(|one| one.answers).collect())
}

fn of_sums(rows: &[Vec<f64>]) -> Covariance {
    let rows: Vec<Vec<u64>> = rows.iter().map(|row| row.iter().map(|answer| integer(*answer)).collect()).collect();
    let items = rows[0].len();
    let sums: Vec<u64> = (0..items).map(|item| rows.iter().map(|row| row[item]).sum()).collect();
    let pairs = (0..items).flat_map(|one| (one..items).map(move |other| (one, other)));
    let products: Vec<u64> = pairs.map(|(one, other)| rows.iter().map(|row| row[one] * row[other]).sum()).collect();
    Covariance::of_sums(u64::try_from(rows.len()).unwrap(), &sums, &products).unwrap()
}

fn integer(answer: f64) -> u64 {
    u64::try_from(whole(answer)).unwrap()
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The rank test of several groups and its comparisons against R (`kruskal.test`, `rstatix`, `effectsize`) and `SciPy`.

use insieme::stats::adjust::holm;
use insieme::stats::count::real;
use insieme::stats::kruskal::{dunn, kruskal_wallis};

use super::cases::{Case, Table, Topic, survey_scores};

/// The groups of a case with their names, in the order in which they appear.
fn groups(case: &Case) -> Vec<(String, Vec<f64>)> {
    let table = Table::read(case.input()["file"].as_str().unwrap());
    let mut names: Vec<String> = Vec::new();
    for name in table.texts("group") {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    let values = |name: &str| {
        if case.input()["select"].is_null() {
            table.numbers_where(&table.header[1], "group", name)
        } else {
            survey_scores(case.selected("scale"), "1", name)
        }
    };
    names.into_iter().map(|name| (name.clone(), values(&name))).collect()
}

#[test]
fn the_test_of_several_groups_agrees_with_other_programs() {
    let topic = Topic::open("kruskal_wallis");
    for case in topic.cases() {
        let groups = groups(&case);
        let values: Vec<&[f64]> = groups.iter().map(|(_, values)| values.as_slice()).collect();
        let test = kruskal_wallis(&values).unwrap();
        case.check("n", Ok(real(test.n)));
        case.check("H", Ok(test.h));
        case.check("df", Ok(real(test.df)));
        case.check("p", Ok(test.p));
        case.check("epsilon_squared", Ok(test.epsilon_squared));
        case.check("eta2_H", test.eta_squared());
        let comparisons = dunn(&values).unwrap();
        let adjusted = holm(&comparisons.iter().map(|one| Some(one.p)).collect::<Vec<_>>()).unwrap();
        for (comparison, adjusted) in comparisons.iter().zip(adjusted) {
            let pair = format!("{}_vs_{}", groups[comparison.first].0, groups[comparison.second].0);
            case.check(&format!("dunn_z.{pair}"), Ok(comparison.z));
            case.check(&format!("dunn_p.{pair}"), Ok(comparison.p));
            case.check(&format!("dunn_p_holm.{pair}"), Ok(adjusted.unwrap()));
        }
    }
    topic.finish();
}

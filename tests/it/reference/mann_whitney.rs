// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The rank-sum test against R (`wilcox.test`, `exactRankTests`, `coin`) and `SciPy`.

use insieme::stats::count::real;
use insieme::stats::rank_sum::{Alternative, Continuity, RankSum, mann_whitney};

use super::cases::{Case, Table, Topic, survey_scores};

/// The two samples of a case: groups of the survey, groups of a file, or two of its columns.
pub(super) fn two_samples(case: &Case) -> [Vec<f64>; 2] {
    [case.selected("x"), case.selected("y")].map(|name| {
        if case.selects("scale") {
            return survey_scores(case.selected("scale"), "1", name);
        }
        let table = Table::read(case.input()["file"].as_str().unwrap());
        if table.header.iter().any(|column| column == name) {
            return table.numbers(name).into_iter().flatten().collect();
        }
        table.numbers_where(&table.header[1], "group", name)
    })
}

/// The alternatives by the names that end a case's keys.
pub(super) const ALTERNATIVES: [(&str, Alternative); 3] =
    [("two_sided", Alternative::TwoSided), ("less", Alternative::Less), ("greater", Alternative::Greater)];

#[test]
fn the_rank_sum_test_agrees_with_other_programs() {
    let topic = Topic::open("mann_whitney");
    for case in topic.cases() {
        let [x, y] = two_samples(&case);
        let test = mann_whitney(&x, &y).unwrap();
        case.check("n1", Ok(real(test.n_a)));
        case.check("n2", Ok(real(test.n_b)));
        case.check("U1", Ok(test.u));
        case.check("z_nocc", test.z());
        case.check("A_vargha_delaney", Ok(test.superiority()));
        case.check("rank_biserial", Ok(test.rank_biserial()));
        check_p(&case, &test);
    }
    topic.finish();
}

fn check_p(case: &Case, test: &RankSum) {
    for (name, alternative) in ALTERNATIVES {
        let asymptotic = |continuity| test.asymptotic_p(alternative, continuity);
        case.check(&format!("p_asymptotic_cc_{name}"), asymptotic(Continuity::Corrected));
        case.check(&format!("p_asymptotic_nocc_{name}"), asymptotic(Continuity::Uncorrected));
        let exact = format!("p_exact_{name}");
        if case.has(&exact) {
            case.check(&exact, test.exact_p(alternative));
        }
    }
}

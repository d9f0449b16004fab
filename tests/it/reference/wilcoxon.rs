// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The signed-rank test against R (`wilcox.test`, `exactRankTests`, `coin`, `effectsize`) and `SciPy`.

use insieme::stats::count::real;
use insieme::stats::rank_sum::Continuity;
use insieme::stats::signed_rank::{Zeros, wilcoxon};

use super::cases::Topic;
use super::mann_whitney::ALTERNATIVES;
use super::paired::pairs;

#[test]
fn the_signed_rank_test_agrees_with_other_programs() {
    let topic = Topic::open("wilcoxon");
    for case in topic.cases() {
        let changes: Vec<f64> = pairs(&case).iter().map(|pair| pair.1 - pair.0).collect();
        let test = wilcoxon(&changes, Zeros::Dropped).unwrap();
        let pratt = wilcoxon(&changes, Zeros::Pratt).unwrap();
        case.check("n_pairs", Ok(real(test.pairs)));
        case.check("n_zero", Ok(real(test.zeros)));
        case.check("V_plus", Ok(test.v_plus));
        case.check("rank_biserial", test.rank_biserial());
        let interval = test.rank_biserial_interval(0.95);
        case.check("rank_biserial_low95", interval.map(|(low, _)| low));
        case.check("rank_biserial_high95", interval.map(|(_, high)| high));
        for (name, alternative) in ALTERNATIVES {
            let check = |key: &str, found| case.check(&format!("p_{key}_{name}"), found);
            check("asymptotic_cc", test.asymptotic_p(alternative, Continuity::Corrected));
            check("asymptotic_nocc", test.asymptotic_p(alternative, Continuity::Uncorrected));
            check("asymptotic_pratt_nocc", pratt.asymptotic_p(alternative, Continuity::Uncorrected));
            if case.has(&format!("p_exact_{name}")) {
                check("exact", test.exact_p(alternative));
                check("exact_pratt", pratt.exact_p(alternative));
            }
        }
    }
    topic.finish();
}

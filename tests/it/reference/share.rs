// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Shares of favourable answers and their intervals against R and `statsmodels`.

use insieme::stats::Undefined;
use insieme::stats::count::real;
use insieme::stats::interval::wilson;
use insieme::stats::share::clopper_pearson;

use super::cases::{Topic, survey};

#[test]
fn shares_and_their_limits_agree_with_other_programs() {
    let topic = Topic::open("share");
    for case in topic.cases() {
        let wave = case.input()["select"]["wave"].to_string();
        let chosen = survey(&[case.selected("item")]).into_iter().filter(|one| one.wave == wave);
        let chosen = chosen.filter(|one| one.group == case.selected("group"));
        let answers: Vec<f64> = chosen.filter_map(|one| one.answers[0]).collect();
        let count = |counted: fn(&f64) -> bool| answers.iter().filter(|answer| counted(answer)).map(|_| 1_u64).sum();
        let (favourable, n): (u64, u64) = (count(|answer| *answer >= 4.0), count(|_| true));
        case.check("k", Ok(real(favourable)));
        case.check("n", Ok(real(n)));
        case.check("share", if n == 0 { Err(Undefined::Empty) } else { Ok(real(favourable) / real(n)) });
        let score = wilson(favourable, n, None, 0.95);
        case.check("wilson_low95", score.map(|limits| limits.0));
        case.check("wilson_high95", score.map(|limits| limits.1));
        let exact = clopper_pearson(favourable, n, 0.95);
        case.check("clopper_low95", exact.map(|limits| limits.0));
        case.check("clopper_high95", exact.map(|limits| limits.1));
    }
    topic.finish();
}

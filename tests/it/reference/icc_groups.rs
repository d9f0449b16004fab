// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Analysis of variance by group and its intraclass correlations against R.

use std::collections::BTreeMap;

use insieme::stats::analysis_of_variance::{GroupSize, of_values};
use insieme::stats::count::{length, real};

use super::cases::{Topic, survey_scale};

#[test]
fn shares_of_variance_between_groups_agree_with_r() {
    let topic = Topic::open("icc_groups");
    for case in topic.cases() {
        let mut groups: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for one in survey_scale(case.selected("scale"), "1") {
            groups.entry(one.group.clone()).or_default().extend(one.score());
        }
        let found = of_values(&groups.into_values().collect::<Vec<_>>()).unwrap();
        // The other programs take the mean size.
        let one = found.icc1_interval(GroupSize::Mean, 0.95);
        let two = found.icc2_interval(0.95);
        case.check("n", Ok(real(found.n)));
        case.check("groups", Ok(length(found.groups())));
        case.check("ss_between", Ok(found.between));
        case.check("ss_within", Ok(found.within));
        case.check("ms_between", Ok(found.between_mean_square()));
        case.check("ms_within", Ok(found.within_mean_square()));
        case.check("F", found.f());
        case.check("p", found.p());
        case.check("icc1", found.icc1(GroupSize::Mean));
        case.check("icc2", found.icc2());
        case.check("icc1_low95", one.map(|(low, _)| low));
        case.check("icc1_high95", one.map(|(_, high)| high));
        case.check("icc2_low95", two.map(|(low, _)| low));
        case.check("icc2_high95", two.map(|(_, high)| high));
        case.check("icc1_reml", found.icc1_restricted());
    }
    topic.finish();
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Changes of the same people against R (`t.test`, `effectsize`), `SciPy`, `pingouin` and Lakens 2013.

use insieme::stats::count::real;
use insieme::stats::paired::{Paired, paired};

use super::cases::{Case, Table, Topic, survey_pairs};

/// Values before and after of a case: of a group of the survey in both waves, or two columns of a file.
pub(super) fn pairs(case: &Case) -> Vec<(f64, f64)> {
    if case.selects("scale") {
        let group = Some(case.selected("group")).filter(|group| *group != "all");
        return survey_pairs(case.selected("scale"), group);
    }
    let table = Table::read(case.input()["file"].as_str().unwrap());
    let column = |name| if case.selects(name) { case.selected(name) } else { name };
    let values = |name| table.numbers(column(name)).into_iter().flatten();
    values("before").zip(values("after")).collect()
}

#[test]
fn changes_of_the_same_people_agree_with_other_programs() {
    let topic = Topic::open("paired");
    for case in topic.cases() {
        let pairs: Vec<_> = pairs(&case).into_iter().map(|(before, after)| (before, after, 1)).collect();
        let found = paired(&pairs).unwrap();
        case.check("n", Ok(real(found.n)));
        case.check("mean_before", Ok(found.before.mean));
        case.check("mean_after", Ok(found.after.mean));
        case.check("mean_change", Ok(found.change.mean));
        case.check("sd_before", found.before.sd());
        case.check("sd_after", found.after.sd());
        case.check("sd_change", found.change.sd());
        case.check("r", found.correlation());
        check_test(&case, &found);
        check_sizes(&case, &found);
    }
    topic.finish();
}

fn check_test(case: &Case, found: &Paired) {
    let test = found.t_test();
    case.check("t", test.map(|test| test.t));
    case.check("df", test.map(|test| test.df));
    case.check("p", test.map(|test| test.p));
    let limits = test.and_then(|test| test.interval(0.95));
    case.check("change_low95", limits.map(|(low, _)| low));
    case.check("change_high95", limits.map(|(_, high)| high));
}

fn check_sizes(case: &Case, found: &Paired) {
    case.check("d_z", found.d_z());
    let limits = found.d_z_interval(0.95);
    case.check("d_z_low95", limits.map(|(low, _)| low));
    case.check("d_z_high95", limits.map(|(_, high)| high));
    case.check("g_z", found.g_z());
    case.check("d_av_rms", found.d_av_rms());
    case.check("d_av_lakens", found.d_av());
    case.check("d_rm_lakens", found.d_rm());
}

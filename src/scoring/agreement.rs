// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far do the members of a group, and everybody together, agree on an indicator?

use crate::domain::agreement::{Agreement, SharedView};
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::score::{Given, Withheld};
use crate::stats::Undefined;
use crate::stats::agreement::{a_wg_items, enough_raters, polarised, r_wg_items, uniform_variance};

use super::Rules;
use super::measure::{Measured, MeasuredIndicator};

/// From here on a view is shared.
const SHARED: f64 = 0.70;

/// Agreement of one group, where it may be shown.
pub fn of_group(measured: &Measured<'_>, one: &MeasuredIndicator<'_>, group: usize, rules: Rules<'_>) -> Agreement {
    let shown = if one.asked { one.release.shows(group) } else { Err(Withheld::NotAsked) };
    match shown {
        Ok(()) => shown_of(&computed(measured, one, &[group], rules.profile), rules),
        Err(reason) => withheld(reason),
    }
}

/// Agreement of everybody. In protected views of the groups in the total, and only if all of them are shown.
pub fn of_all(measured: &Measured<'_>, one: &MeasuredIndicator<'_>, rules: Rules<'_>) -> Agreement {
    if !one.asked {
        return withheld(Withheld::NotAsked);
    }
    let all: Vec<usize> = (0..one.cells.len()).collect();
    if !rules.view.protects() {
        return computed(measured, one, &all, rules.profile).agreement;
    }
    let inside: Vec<usize> = all.into_iter().filter(|group| one.release.counts(*group)).collect();
    if inside.iter().any(|group| one.release.shows(*group).is_err()) {
        return withheld(Withheld::HiddenGroupEnters);
    }
    shown_of(&computed(measured, one, &inside, rules.profile), rules)
}

/// Agreement as computed, with what decides whether it may be shown.
struct Computed {
    agreement: Agreement,
    raters: u64,
    enough_raters: bool,
}

fn computed(measured: &Measured<'_>, one: &MeasuredIndicator<'_>, groups: &[usize], profile: &Profile) -> Computed {
    let items = measured.plan.indicators.get(one.place).map_or(&[][..], |plan| &plan.items);
    let chosen = items.iter().enumerate().map(|(place, item)| item.chosen(&one.complete.letters(place, groups)));
    let chosen: Vec<Vec<u64>> = chosen.collect();
    let raters = chosen.first().map_or(0, |counts| counts.iter().sum());
    let options = chosen.iter().map(Vec::len).max().unwrap_or(0);
    let same_scale = chosen.iter().all(|counts| counts.len() == options);
    let null = uniform_variance(options).map_err(few);
    let r_wg_j = if same_scale {
        null.and_then(|null| r_wg_items(&chosen, null).map_err(few))
    } else {
        Err(Withheld::MixedScales)
    };
    let a_wg = a_wg_items(&chosen).map_err(few);
    let agreement = Agreement {
        a_wg,
        r_wg_j,
        raters: Ok(u32::try_from(raters).unwrap_or(u32::MAX)),
        view: a_wg.map(|a_wg| in_words(a_wg, profile)),
        polarised: if raters == 0 { Err(Withheld::NoValidAnswers) } else { split(&chosen) },
    };
    Computed { agreement, raters, enough_raters: enough_raters(raters, options) }
}

/// Whether the answers to all items together fall apart; items on different scales are not put together.
fn split(chosen: &[Vec<u64>]) -> Given<bool> {
    let options = chosen.first().map_or(0, Vec::len);
    if chosen.iter().any(|counts| counts.len() != options) {
        return Err(Withheld::MixedScales);
    }
    let mut all = vec![0; options];
    for counts in chosen {
        all.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    polarised(&all).map_err(few)
}

fn in_words(a_wg: f64, profile: &Profile) -> SharedView {
    if a_wg >= SHARED {
        SharedView::Shared
    } else if a_wg >= profile.agree_min {
        SharedView::FairlyShared
    } else {
        SharedView::Different
    }
}

/// What may leave: figures from `k_dist` people on, for the evaluator from `k_show` people who are enough for the scale.
fn shown_of(computed: &Computed, rules: Rules<'_>) -> Agreement {
    let least = match rules.view {
        ScoreView::Full => return computed.agreement,
        ScoreView::Evaluator => rules.profile.k_show,
        ScoreView::Participants | ScoreView::Public => rules.profile.k_dist.max(rules.profile.k_show),
    };
    let agreement = computed.agreement;
    let may = match (computed.raters >= u64::from(least), computed.enough_raters) {
        (false, _) => Err(Withheld::BelowDistributionMinimum),
        (true, false) => Err(Withheld::TooFewRaters),
        (true, true) => Ok(()),
    };
    Agreement {
        a_wg: may.and(agreement.a_wg),
        r_wg_j: may.and(agreement.r_wg_j),
        raters: may.and(agreement.raters),
        view: may.and(agreement.view),
        polarised: may.and(agreement.polarised),
    }
}

const fn withheld(reason: Withheld) -> Agreement {
    Agreement { a_wg: Err(reason), r_wg_j: Err(reason), raters: Err(reason), view: Err(reason), polarised: Err(reason) }
}

fn few(undefined: Undefined) -> Withheld {
    match undefined {
        Undefined::Empty => Withheld::NoValidAnswers,
        Undefined::TooFew => Withheld::TooFewUnits,
        Undefined::OutOfRange => Withheld::AtScaleEnd,
        other => super::error::reason(other),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{WaveAnswers, samples};
    use super::*;
    use crate::domain::response::Roster;

    fn of(rows: &[(usize, &str)], view: ScoreView) -> (Agreement, Agreement) {
        let items: &[(&str, bool)] = &[("Fa", false), ("Fb", false), ("Fc", false)];
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", items)]);
        let wave = samples::wave(&framework, "1", rows);
        let (roster, profile) = (Roster::unknown(), Profile::default());
        let rules = Rules::of(&framework, &profile, view);
        let measured = Measured::new(WaveAnswers { responses: &wave, roster: &roster }, rules, &[]);
        let one = &measured.indicators[0];
        (of_group(&measured, one, 0, rules), of_all(&measured, one, rules))
    }

    const WORKED: [(usize, &str); 5] = [(0, "445"), (0, "434"), (0, "544"), (0, "344"), (0, "444")];

    #[test]
    fn nobody_and_one_person_do_not_agree_or_disagree() {
        assert_eq!(of(&[], ScoreView::Full).1.a_wg, Err(Withheld::NoValidAnswers));
        assert_eq!(of(&WORKED[..1], ScoreView::Full).0.a_wg, Err(Withheld::TooFewUnits));
    }

    #[test]
    fn the_worked_raters() {
        let (group, all) = of(&WORKED, ScoreView::Full);
        assert!((group.r_wg_j.unwrap() - 0.9444).abs() < 5e-5);
        assert!((group.a_wg.unwrap() - 0.8377).abs() < 5e-5);
        assert_eq!((group.view, group.polarised), (Ok(SharedView::Shared), Ok(false)));
        assert_eq!(group, all);
    }

    #[test]
    fn who_left_an_item_out_is_not_counted() {
        let mut rows = WORKED.to_vec();
        rows.push((0, "1D1"));
        assert_eq!(of(&rows, ScoreView::Full).0, of(&WORKED, ScoreView::Full).0);
    }

    #[test]
    fn both_ends_of_the_scale_are_polarised() {
        let group = of(&[(0, "111"), (0, "111"), (0, "555"), (0, "555"), (0, "333")], ScoreView::Full).0;
        assert_eq!((group.view, group.polarised), (Ok(SharedView::Different), Ok(true)));
    }

    #[test]
    fn a_small_group_is_for_the_evaluator_only() {
        assert!(of(&WORKED, ScoreView::Evaluator).0.a_wg.is_ok());
        assert_eq!(of(&WORKED, ScoreView::Public).0.a_wg, Err(Withheld::BelowDistributionMinimum));
        assert_eq!(of(&WORKED[..4], ScoreView::Evaluator).0.a_wg, Err(Withheld::FewerThanMinimum));
    }
}

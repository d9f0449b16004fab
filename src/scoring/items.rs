// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How many answers to each item sit at the ends of its scale?

use crate::domain::answer::NoAnswer;
use crate::domain::profile::ScoreView;
use crate::domain::score::{Given, ItemShares, Withheld};

use super::Rules;
use super::measure::{Measured, MeasuredIndicator};
use super::plan::ItemPlan;

/// Every item of an indicator, everybody together. In protected views of the groups that are shown, and only if there
/// are enough answers for a distribution.
pub fn shares(measured: &Measured<'_>, one: &MeasuredIndicator<'_>, rules: Rules<'_>) -> Vec<ItemShares> {
    let plan = measured.plan.indicators.get(one.place).map_or(&[][..], |plan| &plan.items);
    let code = |item: &ItemPlan| {
        rules.framework.items().nth(item.column).map_or_else(String::new, |(_, one)| one.code.clone())
    };
    plan.iter()
        .map(|item| {
            let counted = counted(measured, one, item, rules);
            let part = |part: fn(&Counted) -> u64| counted.as_ref().map_err(|reason| *reason).map(part);
            ItemShares {
                item: code(item),
                answers: part(|counted| counted.answers),
                top: part(|counted| counted.top),
                bottom: part(|counted| counted.bottom),
                dont_know: part(|counted| counted.dont_know),
            }
        })
        .collect()
}

struct Counted {
    answers: u64,
    top: u64,
    bottom: u64,
    dont_know: u64,
}

fn counted(measured: &Measured<'_>, one: &MeasuredIndicator<'_>, item: &ItemPlan, rules: Rules<'_>) -> Given<Counted> {
    if !one.asked {
        return Err(Withheld::NotAsked);
    }
    if rules.view == ScoreView::Public {
        return Err(Withheld::NotForThisView);
    }
    let may = |group: &usize| !rules.view.protects() || one.release.shows(*group).is_ok();
    let groups: Vec<usize> = (0..one.cells.len()).filter(|group| item.asks(*group)).filter(may).collect();
    let mut letters = vec![0; super::complete::LETTERS];
    for group in &groups {
        letters.iter_mut().zip(measured.letters.of(item.column, *group)).for_each(|(sum, count)| *sum += count);
    }
    let chosen = item.chosen(&letters);
    let width = if chosen.len() < 4 { 1 } else { 2 };
    let dont_know = NoAnswer::ALL.iter().position(|reason| *reason == NoAnswer::DontKnow);
    let counted = Counted {
        answers: chosen.iter().sum(),
        top: chosen.iter().rev().take(width).sum(),
        bottom: chosen.iter().take(width).sum(),
        dont_know: dont_know.and_then(|place| letters.get(11 + place)).copied().unwrap_or(0),
    };
    let least = u64::from(rules.profile.k_dist.max(rules.profile.k_show));
    match counted.answers {
        0 => Err(Withheld::NoValidAnswers),
        answers if rules.view.protects() && answers < least => Err(Withheld::BelowDistributionMinimum),
        _ => Ok(counted),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{WaveAnswers, samples};
    use super::*;
    use crate::domain::profile::Profile;
    use crate::domain::response::Roster;

    fn of(rows: &[(usize, &str)], view: ScoreView) -> Vec<ItemShares> {
        let items: &[(&str, bool)] = &[("Fa", false), ("Fb", true)];
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", items)]);
        let wave = samples::wave(&framework, "1", rows);
        let (roster, profile) = (Roster::unknown(), Profile::default());
        let rules = Rules::of(&framework, &profile, view);
        let measured = Measured::new(WaveAnswers { responses: &wave, roster: &roster }, rules, &[]);
        shares(&measured, &measured.indicators[0], rules)
    }

    #[test]
    fn both_ends_are_counted_with_reversed_items_turned_round() {
        let shares = of(&[(0, "51"), (1, "42"), (1, "1D"), (2, "3-")], ScoreView::Full);
        assert_eq!((shares[0].answers, shares[0].top, shares[0].bottom), (Ok(4), Ok(2), Ok(1)));
        assert_eq!((shares[1].answers, shares[1].top, shares[1].dont_know), (Ok(2), Ok(2), Ok(1)));
        assert_eq!(shares[1].item, "Fb");
    }

    #[test]
    fn few_answers_have_no_distribution_in_protected_views() {
        let few = [(0, "51"); 6];
        assert!(of(&few, ScoreView::Full)[0].top.is_ok());
        assert_eq!(of(&few, ScoreView::Participants)[0].top, Err(Withheld::NoValidAnswers), "unanimous, so not shown");
        assert_eq!(of(&few, ScoreView::Public)[0].top, Err(Withheld::NotForThisView));
        let some: Vec<_> = ["51", "42", "13", "24", "33", "52"].map(|one| (0, one)).into();
        assert_eq!(of(&some, ScoreView::Participants)[0].top, Err(Withheld::BelowDistributionMinimum));
    }
}

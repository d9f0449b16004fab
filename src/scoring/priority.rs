// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What should be worked on first, of what was released?

use crate::domain::framework::Pillar;
use crate::domain::priority::Priority;
use crate::domain::profile::Profile;
use crate::domain::score::{IndicatorScore, WaveScores, Withheld};
use crate::stats::count::length;
use crate::stats::priority::{Direction, Matter, priorities as urgent};

/// The indicators of a wave, the most urgent first. Only released numbers count: an indicator that is not given has no
/// place, and whole points in make whole points decide.
///
/// Weight: where weights were agreed, of indicators or of pillars, the indicator's share of the composite; where none
/// were, the same for every indicator asked. The number is that of all groups together, in the profile's voice.
///
/// # Source
/// `stats/priority.rs`: weight times the way still to go; obstacles are as urgent as they are high.
#[must_use]
pub fn priorities(scores: &WaveScores, profile: &Profile) -> Vec<Priority> {
    let asked: Vec<&IndicatorScore> = scores.indicators.iter().filter(|one| is_asked(one)).collect();
    let weighed = asked.iter().zip(weights(&asked, profile));
    let mut all: Vec<Priority> = weighed
        .filter_map(|(one, weight)| {
            let (indicator, pillar) = (one.indicator.clone(), one.pillar);
            let score = one.overall.value().ok()?.clamp(0.0, 100.0);
            Some(Priority { indicator, pillar, weight, score, value: 0.0, place: 0 })
        })
        .collect();
    let matter = |one: &Priority| Matter { weight: one.weight, score: one.score, direction: direction(one.pillar) };
    let Ok(found) = urgent(&all.iter().map(matter).collect::<Vec<_>>()) else { return Vec::new() };
    for (one, found) in all.iter_mut().zip(found) {
        (one.value, one.place) = (found.value, found.place);
    }
    all.sort_by_key(|one| one.place);
    all
}

const fn direction(pillar: Pillar) -> Direction {
    match pillar {
        Pillar::Facilitators | Pillar::Results => Direction::MoreIsBetter,
        Pillar::Obstacles => Direction::LessIsBetter,
    }
}

fn is_asked(one: &IndicatorScore) -> bool {
    !matches!(one.overall.value(), Err(Withheld::NotAsked | Withheld::NotAddressed))
}

/// How much each indicator asked matters; they sum to one.
fn weights(asked: &[&IndicatorScore], profile: &Profile) -> Vec<f64> {
    let count = length(asked.len());
    if profile.indicator_weights.is_empty() && profile.pillar_weights.is_empty() {
        return asked.iter().map(|_| 1.0 / count).collect();
    }
    let weight = |one: &IndicatorScore| profile.indicator_weight(&one.indicator);
    let within = |pillar: Pillar| asked.iter().filter(|one| one.pillar == pillar).map(|one| weight(one)).sum::<f64>();
    let shares: Vec<(Pillar, f64, f64)> = Pillar::ALL
        .into_iter()
        .zip(profile.pillar_shares())
        .map(|(pillar, share)| (pillar, share, within(pillar)))
        .collect();
    let total: f64 = shares.iter().filter(|(.., within)| *within > 0.0).map(|(_, share, _)| share).sum();
    let of_one = |one: &&IndicatorScore| {
        let found = shares.iter().find(|(pillar, ..)| *pillar == one.pillar);
        let part = |(_, share, within): &(Pillar, f64, f64)| share * weight(one) / within / total;
        found.filter(|(.., within)| *within > 0.0 && total > 0.0).map_or(0.0, part)
    };
    asked.iter().map(of_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::profile::ScoreView;
    use crate::domain::released::Released;
    use crate::domain::response::Roster;
    use crate::scoring::{samples, score_wave};

    /// Two groups of ten who answer F1 with 2, F2 with 5, O1 with 4 and R1 as told; R2 is left out by all but two.
    fn scores(results: char) -> WaveScores {
        let items = [
            ("F1", [("a", false)]),
            ("F2", [("b", false)]),
            ("O1", [("c", false)]),
            ("R1", [("d", false)]),
            ("R2", [("e", false)]),
        ];
        let sketches: Vec<samples::Sketch<'_>> = items.iter().map(|(code, items)| (*code, items.as_slice())).collect();
        let framework = samples::framework(&[1, 2, 3, 4, 5], &sketches);
        let answers: Vec<(usize, String)> = (0..20)
            .map(|person| {
                let spread = |usual: char, other: char| if person % 10 == 0 { other } else { usual };
                let last = if person < 2 { '3' } else { '-' };
                (
                    person / 10,
                    format!(
                        "{}{}{}{}{last}",
                        spread('2', '3'),
                        spread('5', '4'),
                        spread('4', '5'),
                        spread(results, '4')
                    ),
                )
            })
            .collect();
        let rows: Vec<(usize, &str)> = answers.iter().map(|(group, letters)| (*group, letters.as_str())).collect();
        let responses = samples::wave(&framework, "T1", &rows);
        let roster = Roster::new(vec![Some(40), Some(40), None, None]);
        let mut scores = score_wave(&framework, &responses, &roster, &Profile::default(), ScoreView::Public);
        scores.coarsen();
        scores
    }

    fn order(found: &[Priority]) -> Vec<(&str, usize)> {
        found.iter().map(|one| (one.indicator.as_str(), one.place)).collect()
    }

    #[test]
    fn without_agreed_weights_the_way_to_go_decides_and_a_high_obstacle_is_urgent() {
        let found = priorities(&scores('3'), &Profile::default());
        assert_eq!(order(&found), [("O1", 1), ("F1", 2), ("R1", 3), ("F2", 4)], "R2 is not given: it has no place");
        assert!(found.iter().all(|one| one.weight > 0.19 && one.weight < 0.26));
        assert!((found[0].value - found[0].weight * found[0].score / 100.0).abs() < 1e-12);
        assert_eq!(found.iter().filter(|one| one.is_first()).count(), 3);
    }

    #[test]
    fn agreed_weights_are_shares_of_the_composite_and_change_the_order() {
        let mut profile = Profile::default();
        profile.indicator_weights.insert("F2".to_owned(), 9.0);
        profile.pillar_weights.insert(Pillar::Facilitators, 2.0);
        profile.pillar_weights.insert(Pillar::Obstacles, 0.0);
        let found = priorities(&scores('3'), &profile);
        let weight = |code: &str| found.iter().find(|one| one.indicator == code).unwrap().weight;
        assert!((weight("F2") - 2.0 / 3.0 * 0.9).abs() < 1e-12, "{}", weight("F2"));
        assert!((weight("F1") - 2.0 / 3.0 * 0.1).abs() < 1e-12 && weight("O1") == 0.0);
        assert_eq!(found.last().unwrap().indicator, "O1", "what weighs nothing is never urgent");
    }

    #[test]
    fn only_whole_points_decide_where_whole_points_are_released() {
        let (mut one, mut other) = (scores('3'), scores('3'));
        for (scores, value) in [(&mut one, 41.4), (&mut other, 40.6)] {
            scores.indicators[0].overall.equal = Ok(value);
            scores.coarsen();
        }
        let [one, other] = [one, other].map(|scores| priorities(&scores, &Profile::default()));
        assert_eq!(one, other);
    }

    #[test]
    fn nothing_given_has_no_priorities() {
        let mut scores = scores('3');
        scores.indicators.iter_mut().for_each(|one| one.overall.equal = Err(Withheld::TooFewGroups));
        assert_eq!(priorities(&scores, &Profile::default()), []);
        scores.indicators.clear();
        assert_eq!(priorities(&scores, &Profile::default()), []);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Did the way of asking, or what an item means to people, move between two waves?

use crate::domain::response::{Mode, Responses};
use crate::stats::count::{length, real};
use crate::stats::describe::{Summary, summary};

use super::measure::Measured;
use super::plan::ItemPlan;

/// A larger share of answers in another mode is worth knowing.
const OTHER_MODE: f64 = 0.30;
/// An item whose distance from its indicator moves by more pooled standard deviations means something else now.
const DRIFTED: f64 = 0.5;

/// Whether more than 30 % of the answers came in another way.
pub fn modes_differ(from: &Responses, to: &Responses) -> bool {
    let shares = |responses: &Responses| {
        let mut counts = [0; Mode::ALL.len()];
        for row in 0..responses.len() {
            let mode = responses.mode(row);
            Mode::ALL.iter().zip(&mut counts).filter(|(one, _)| **one == mode).for_each(|(_, count)| *count += 1);
        }
        counts.map(|count| length(count) / length(responses.len().max(1)))
    };
    let apart = shares(from).into_iter().zip(shares(to)).map(|(one, other)| (one - other).abs()).sum::<f64>() / 2.0;
    !from.is_empty() && !to.is_empty() && apart > OTHER_MODE
}

/// Whether an item moved against the others of its indicator, in some groups.
pub fn drifted((from, to): (&Measured<'_>, &Measured<'_>), indicator: usize, groups: &[usize]) -> bool {
    let items = |wave: &Measured<'_>| -> Vec<Option<Summary>> {
        let plan = wave.plan.indicators.get(indicator);
        plan.map_or_else(Vec::new, |plan| plan.items.iter().map(|item| of_item(wave, item, groups)).collect())
    };
    let both: Vec<(Summary, Summary)> =
        items(from).into_iter().zip(items(to)).filter_map(|(one, other)| one.zip(other)).collect();
    let centre = |side: fn(&(Summary, Summary)) -> Summary| {
        both.iter().map(|one| side(one).mean).sum::<f64>() / length(both.len().max(1))
    };
    let (before, after) = (centre(|one| one.0), centre(|one| one.1));
    both.iter().any(|(one, other)| {
        let df = (one.n + other.n).saturating_sub(2);
        let sd = if df > 0 { ((one.squares + other.squares) / real(df)).sqrt() } else { 0.0 };
        sd > 0.0 && ((other.mean - after) - (one.mean - before)).abs() > DRIFTED * sd
    })
}

/// Answers to one item in some groups, 0 to 100.
fn of_item(wave: &Measured<'_>, item: &ItemPlan, groups: &[usize]) -> Option<Summary> {
    let mut letters = vec![0; super::complete::LETTERS];
    for group in groups.iter().filter(|group| item.asks(**group)) {
        letters.iter_mut().zip(wave.letters.of(item.column, *group)).for_each(|(sum, count)| *sum += count);
    }
    let chosen = item.chosen(&letters);
    let step = 100.0 / length(chosen.len().saturating_sub(1).max(1));
    summary(chosen.iter().enumerate().map(|(place, count)| (step * length(place), *count))).ok()
}

#[cfg(test)]
mod tests {
    use super::super::{Rules, WaveAnswers, samples};
    use super::*;
    use crate::domain::profile::{Profile, ScoreView};
    use crate::domain::response::{Response, Roster};

    fn of(first: &[&str], second: &[&str], mode: Mode) -> (bool, bool) {
        let items: &[(&str, bool)] = &[("Fa", false), ("Fb", false), ("Fc", false)];
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", items)]);
        let wave = |rows: &[&str], mode| {
            let mut responses = Responses::new(&framework, "1");
            for row in rows {
                responses.push(Response { answers: row.as_bytes(), mode, ..Response::default() }).unwrap();
            }
            responses
        };
        let (first, second) = (wave(first, Mode::Online), wave(second, mode));
        let (roster, profile) = (Roster::unknown(), Profile::default());
        let rules = Rules::of(&framework, &profile, ScoreView::Full);
        let measured = |responses| Measured::new(WaveAnswers { responses, roster: &roster }, rules, &[]);
        (modes_differ(&first, &second), drifted((&measured(&first), &measured(&second)), 0, &[0]))
    }

    #[test]
    fn the_same_way_of_asking_and_items_that_move_together_are_not_flagged() {
        assert_eq!(of(&[], &[], Mode::Online), (false, false));
        assert_eq!(of(&["123", "234", "345"], &["234", "345", "345"], Mode::Online), (false, false));
    }

    #[test]
    fn paper_after_a_screen_is_another_mode() {
        assert_eq!(of(&["123", "345"], &["123", "345"], Mode::Paper), (true, false));
    }

    #[test]
    fn an_item_that_moves_alone_has_drifted() {
        let (before, after) = (["222", "333", "444", "333"], ["522", "533", "544", "533"]);
        assert_eq!(of(&before, &after, Mode::Online), (false, true));
    }
}

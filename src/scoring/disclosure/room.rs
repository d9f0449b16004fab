// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Could a hidden group's mean still be something else, given the one total it is part of?
//!
//! Scores move in steps: three answers of five points by eleven people can only have so many means. A total printed
//! with all its digits can therefore give a hidden mean away although there are more unknowns than equations. The
//! question asked here: moving one hidden group up and another one down by whole steps, with the total unchanged, how
//! far can each of them get?

use crate::stats::count::{length, whole};

/// Every hidden mean must be able to move over at least so many points.
pub const POINTS: f64 = 10.0;

/// A hidden group inside a total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hidden {
    /// Its weight in the total.
    pub weight: f64,
    /// Its mean.
    pub mean: f64,
    /// The smallest difference between two means it could have.
    pub step: f64,
}

/// Whether every hidden group has room to be elsewhere. Never the case for a single one.
#[must_use]
pub fn is_left(hidden: &[Hidden]) -> bool {
    let places = hidden.iter().enumerate();
    places.clone().all(|(place, group)| {
        let others = places.clone().filter(|(other, _)| *other != place);
        others.map(|(_, other)| room(group, other)).fold(0.0, f64::max) >= POINTS
    })
}

/// How far apart the lowest and the highest mean of `group` are that `other` can make up for.
fn room(group: &Hidden, other: &Hidden) -> f64 {
    if group.weight <= 0.0 || other.weight <= 0.0 || group.step <= 0.0 || other.step <= 0.0 {
        return 0.0;
    }
    reach(group, other, 1.0) + reach(group, other, -1.0)
}

/// How far `group` can go in one direction, in points.
fn reach(group: &Hidden, other: &Hidden, sign: f64) -> f64 {
    let space = |mean: f64, sign: f64| if sign > 0.0 { 100.0 - mean } else { mean };
    let made_up = space(other.mean, -sign) * other.weight / group.weight;
    let furthest = space(group.mean, sign).min(made_up) + 1e-9;
    let ratio = group.step * group.weight / (other.step * other.weight);
    let steps = whole(furthest / group.step).min(MOST_STEPS);
    let possible = (1..=steps).rev().find(|steps| is_whole(length(*steps) * ratio));
    possible.map_or(0.0, |steps| length(steps) * group.step)
}

/// Steps tried at most; a group with more possible means than that has room enough within them.
const MOST_STEPS: usize = 20_000;

fn is_whole(number: f64) -> bool {
    (number - number.round()).abs() < 1e-7
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(weight: f64, mean: f64, people: f64) -> Hidden {
        Hidden { weight, mean, step: 100.0 / (12.0 * people) }
    }

    #[test]
    fn one_hidden_group_has_no_room() {
        assert!(!is_left(&[hidden(0.5, 50.0, 3.0)]));
        assert!(is_left(&[]));
    }

    #[test]
    fn two_with_the_same_voice_can_make_up_for_each_other() {
        assert!(is_left(&[hidden(0.25, 50.0, 3.0), hidden(0.25, 50.0, 4.0)]));
    }

    #[test]
    fn at_the_end_of_the_scale_there_is_nowhere_to_go() {
        assert!(!is_left(&[hidden(0.25, 100.0, 3.0), hidden(0.25, 100.0, 4.0)]));
        assert!(!is_left(&[hidden(0.25, 98.0, 3.0), hidden(0.25, 97.0, 4.0)]));
    }

    #[test]
    fn weights_without_a_common_measure_give_the_steps_away() {
        assert!(!is_left(&[hidden(0.2137, 50.0, 3.0), hidden(0.3511, 50.0, 4.0)]));
    }

    #[test]
    fn a_group_without_weight_has_no_room_and_gives_none() {
        assert!(!is_left(&[hidden(0.25, 50.0, 3.0), hidden(0.0, 50.0, 4.0)]));
    }
}

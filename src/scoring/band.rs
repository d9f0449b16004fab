// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! In which band does a score surely lie?

use crate::domain::framework::Pillar;
use crate::domain::profile::Profile;
use crate::domain::score::{Band, Given, Interval, Withheld};

/// The band of a value with its interval; where everyone answered, the value stands for itself.
///
/// # Errors
/// The reason why value or interval are not given.
pub fn band(pillar: Pillar, value: Given<f64>, interval: Given<Interval>, profile: &Profile) -> Given<Band> {
    let value = value?;
    let interval = match interval {
        Err(Withheld::EveryoneAnswered) => Interval { low: value, high: value },
        other => other?,
    };
    let (low, high) = match pillar {
        Pillar::Facilitators | Pillar::Results => (interval.low, interval.high),
        Pillar::Obstacles => (100.0 - interval.high, 100.0 - interval.low),
    };
    let [concern, strength] = profile.bands;
    Ok(if low >= strength {
        Band::Strength
    } else if high < concern {
        Band::Concern
    } else {
        Band::ToDiscuss
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pillar: Pillar, low: f64, high: f64) -> Band {
        band(pillar, Ok(f64::midpoint(low, high)), Ok(Interval { low, high }), &Profile::default()).unwrap()
    }

    #[test]
    fn only_the_whole_interval_decides() {
        assert_eq!(of(Pillar::Results, 75.0, 90.0), Band::Strength);
        assert_eq!(of(Pillar::Results, 74.9, 90.0), Band::ToDiscuss);
        assert_eq!(of(Pillar::Results, 30.0, 49.9), Band::Concern);
        assert_eq!(of(Pillar::Results, 30.0, 50.0), Band::ToDiscuss);
    }

    #[test]
    fn few_obstacles_are_a_strength() {
        assert_eq!(of(Pillar::Obstacles, 10.0, 25.0), Band::Strength);
        assert_eq!(of(Pillar::Obstacles, 60.0, 90.0), Band::Concern);
    }

    #[test]
    fn without_an_interval_there_is_no_band_unless_everyone_answered() {
        let of = |reason| band(Pillar::Results, Ok(80.0), Err(reason), &Profile::default());
        assert_eq!(of(Withheld::EveryoneAnswered), Ok(Band::Strength));
        assert_eq!(of(Withheld::NoVariability), Err(Withheld::NoVariability));
    }
}

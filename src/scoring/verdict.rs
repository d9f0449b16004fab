// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which words does a change deserve?

use crate::domain::comparison::{ChangeFlag, Verdict};
use crate::domain::framework::Pillar;
use crate::domain::score::{Given, Interval};

/// A change with the two intervals that decide on its words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Later less earlier.
    pub difference: f64,
    /// 95 % interval.
    pub interval: Given<Interval>,
    /// 90 % interval.
    pub interval_90: Given<Interval>,
}

/// The change in words, given the smallest difference that matters (`mid`). For an obstacle, less is improved.
///
/// # Source
/// Two one-sided tests for `stable`: Schuirmann 1987.
///
/// # Example
/// ```
/// use insieme::domain::{comparison::Verdict, framework::Pillar, score::Interval};
/// use insieme::scoring::{Evidence, verdict};
/// let wide = Interval { low: -0.5, high: 16.6 };
/// let evidence = Evidence { difference: 8.0, interval: Ok(wide), interval_90: Ok(Interval { low: 1.0, high: 15.1 }) };
/// assert_eq!(verdict(Pillar::Results, &evidence, 10.0).0, Verdict::NotEnoughEvidence);
/// ```
#[must_use]
pub fn verdict(pillar: Pillar, evidence: &Evidence, mid: f64) -> (Verdict, Vec<ChangeFlag>) {
    let (Ok(interval), Ok(interval_90)) = (evidence.interval, evidence.interval_90) else {
        return (Verdict::NotEnoughEvidence, Vec::new());
    };
    let stable = interval_90.low > -mid && interval_90.high < mid;
    let large = evidence.difference.abs() >= mid;
    let better_is_more = match pillar {
        Pillar::Facilitators | Pillar::Results => true,
        Pillar::Obstacles => false,
    };
    let detected = interval.low > 0.0 || interval.high < 0.0;
    let better = (interval.low > 0.0) == better_is_more;
    let verdict = match (detected, large, better) {
        (true, true, true) => Verdict::Improved,
        (true, false, true) => Verdict::SlightlyImproved,
        (true, true, false) => Verdict::Worsened,
        (true, false, false) => Verdict::SlightlyWorsened,
        (false, ..) if stable => Verdict::Stable,
        (false, ..) => Verdict::NotEnoughEvidence,
    };
    let below = detected && !large && stable;
    (verdict, if below { vec![ChangeFlag::BelowAgreedThreshold] } else { Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::score::Withheld;

    fn words(pillar: Pillar, difference: f64, half: f64) -> (Verdict, Vec<ChangeFlag>) {
        let around = |half: f64| Ok(Interval { low: difference - half, high: difference + half });
        let evidence = Evidence { difference, interval: around(half), interval_90: around(half * 0.8) };
        verdict(pillar, &evidence, 10.0)
    }

    #[test]
    fn every_verdict_can_be_reached() {
        let of = |difference, half| words(Pillar::Results, difference, half).0;
        assert_eq!(of(12.0, 5.0), Verdict::Improved);
        assert_eq!(of(8.0, 5.0), Verdict::SlightlyImproved);
        assert_eq!(of(1.0, 5.0), Verdict::Stable);
        assert_eq!(of(-8.0, 5.0), Verdict::SlightlyWorsened);
        assert_eq!(of(-12.0, 5.0), Verdict::Worsened);
        assert_eq!(of(8.0, 9.0), Verdict::NotEnoughEvidence);
    }

    #[test]
    fn fewer_obstacles_are_better() {
        assert_eq!(words(Pillar::Obstacles, -12.0, 5.0).0, Verdict::Improved);
        assert_eq!(words(Pillar::Obstacles, 12.0, 5.0).0, Verdict::Worsened);
        assert_eq!(words(Pillar::Facilitators, -12.0, 5.0).0, Verdict::Worsened);
    }

    #[test]
    fn detectable_but_below_what_was_agreed_is_flagged() {
        let (verdict, flags) = words(Pillar::Results, 3.0, 2.0);
        assert_eq!(verdict, Verdict::SlightlyImproved);
        assert_eq!(flags, [ChangeFlag::BelowAgreedThreshold]);
        assert_eq!(words(Pillar::Results, 8.0, 5.0).1, []);
    }

    #[test]
    fn without_an_interval_there_is_no_evidence() {
        let missing = Err(Withheld::NoVariability);
        let evidence = Evidence { difference: 20.0, interval: missing, interval_90: missing };
        assert_eq!(verdict(Pillar::Results, &evidence, 10.0).0, Verdict::NotEnoughEvidence);
    }
}

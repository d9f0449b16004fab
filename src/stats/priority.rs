// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What should be worked on first, given how much it matters and how well it goes?

use super::Undefined;
use super::count::length;
use super::describe::sum;

/// Half of the scale, between what goes well and what does not.
const MIDDLE: f64 = 50.0;
/// Differences smaller than this are rounding: equal weights all count as average.
const ROUNDING: f64 = 1e-9;

/// What a high score says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better, as of a factor that helps or of a result.
    MoreIsBetter,
    /// Less is better, as of an obstacle.
    LessIsBetter,
}

/// One thing that can be worked on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matter {
    /// How much it matters: a weight, 0 or more.
    pub weight: f64,
    /// How it stands, 0 to 100, as measured.
    pub score: f64,
    /// What a high score says.
    pub direction: Direction,
}

/// How urgent one thing is among others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Priority {
    /// Weight times the share of the way still to go, 0 to the weight.
    pub value: f64,
    /// Place among all, from 1 for the most urgent; equal ones share the best of their places.
    pub place: usize,
    /// Where it stands by weight and score.
    pub quadrant: Quadrant,
}

/// Where a thing stands: above the mean weight or not, going well or not (halfway counts as well).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quadrant {
    /// It matters and does not go well.
    ActFirst,
    /// It matters and goes well.
    KeepUp,
    /// It matters less and does not go well.
    CanWait,
    /// It matters less and goes well.
    EnoughDone,
}

/// Priority of a thing: `w (100 − S)/100`, or `w S/100` where less is better.
///
/// # Errors
/// [`Undefined::OutOfRange`] for a weight that is negative or not finite, or a score outside 0 to 100.
///
/// # Example
/// ```
/// use insieme::stats::priority::{Direction, Matter, priority};
/// let factor = Matter { weight: 0.20, score: 40.0, direction: Direction::MoreIsBetter };
/// assert!((priority(&factor).unwrap() - 0.12).abs() < 1e-12);
/// let obstacle = Matter { weight: 0.10, score: 65.0, direction: Direction::LessIsBetter };
/// assert!((priority(&obstacle).unwrap() - 0.065).abs() < 1e-12);
/// ```
pub fn priority(matter: &Matter) -> Result<f64, Undefined> {
    if !matter.weight.is_finite() || matter.weight < 0.0 || !(0.0..=100.0).contains(&matter.score) {
        return Err(Undefined::OutOfRange);
    }
    Ok(matter.weight * ((100.0 - matter.going()) / 100.0))
}

/// Priorities of several things in the order given, with their places and quadrants.
///
/// # Errors
/// [`Undefined::Empty`] without things, else as [`priority`].
///
/// # Source
/// Importance–performance analysis, Martilla & James 1977, parted at the mean weight and at 50.
pub fn priorities(matters: &[Matter]) -> Result<Vec<Priority>, Undefined> {
    if matters.is_empty() {
        return Err(Undefined::Empty);
    }
    let values: Result<Vec<f64>, Undefined> = matters.iter().map(priority).collect();
    let values = values?;
    let mut shares: Vec<f64> = matters.iter().map(|matter| matter.weight / length(matters.len())).collect();
    shares.sort_by(f64::total_cmp);
    let mean = sum(shares.into_iter());
    let of_one = |(matter, value): (&Matter, &f64)| Priority {
        value: *value,
        place: 1 + values.iter().filter(|other| **other > *value + ROUNDING * value.abs()).count(),
        quadrant: matter.quadrant(mean),
    };
    Ok(matters.iter().zip(&values).map(of_one).collect())
}

impl Matter {
    /// How well it goes, 0 to 100.
    fn going(&self) -> f64 {
        match self.direction {
            Direction::MoreIsBetter => self.score,
            Direction::LessIsBetter => 100.0 - self.score,
        }
    }

    fn quadrant(&self, mean_weight: f64) -> Quadrant {
        let matters = self.weight >= mean_weight * (1.0 - ROUNDING);
        let goes_well = self.going() >= MIDDLE - ROUNDING;
        match (matters, goes_well) {
            (true, false) => Quadrant::ActFirst,
            (true, true) => Quadrant::KeepUp,
            (false, false) => Quadrant::CanWait,
            (false, true) => Quadrant::EnoughDone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(weight: f64, score: f64) -> Matter {
        Matter { weight, score, direction: Direction::MoreIsBetter }
    }

    fn obstacle(weight: f64, score: f64) -> Matter {
        Matter { weight, score, direction: Direction::LessIsBetter }
    }

    #[test]
    fn nothing_has_no_priority() {
        assert_eq!(priorities(&[]), Err(Undefined::Empty));
    }

    #[test]
    fn the_worked_factor_and_obstacle() {
        assert!((priority(&matter(0.20, 40.0)).unwrap() - 0.12).abs() < 1e-15);
        assert!((priority(&obstacle(0.10, 65.0)).unwrap() - 0.065).abs() < 1e-15);
    }

    #[test]
    fn the_only_thing_comes_first() {
        let found = priorities(&[matter(1.0, 20.0)]).unwrap();
        assert_eq!((found[0].place, found[0].quadrant), (1, Quadrant::ActFirst));
    }

    #[test]
    fn an_obstacle_is_as_urgent_as_it_is_high() {
        assert!(priority(&obstacle(0.1, 80.0)).unwrap() > priority(&obstacle(0.1, 20.0)).unwrap());
        let found = priorities(&[obstacle(0.5, 80.0), obstacle(0.5, 20.0)]).unwrap();
        assert_eq!(found.iter().map(|one| one.quadrant).collect::<Vec<_>>(), [Quadrant::ActFirst, Quadrant::KeepUp]);
    }

    #[test]
    fn each_quadrant_has_its_corner() {
        let matters = [matter(0.4, 30.0), matter(0.4, 80.0), matter(0.1, 30.0), obstacle(0.1, 30.0)];
        let found: Vec<Quadrant> = priorities(&matters).unwrap().iter().map(|one| one.quadrant).collect();
        assert_eq!(found, [Quadrant::ActFirst, Quadrant::KeepUp, Quadrant::CanWait, Quadrant::EnoughDone]);
    }

    #[test]
    fn equal_weights_all_count_as_average_and_halfway_goes_well() {
        let found = priorities(&[matter(1.0 / 7.0, 50.0); 7]).unwrap();
        assert!(found.iter().all(|one| one.quadrant == Quadrant::KeepUp && one.place == 1));
        let turned = priorities(&[obstacle(0.1, 50.0), matter(0.1, 49.0)]).unwrap();
        assert_eq!((turned[0].quadrant, turned[1].quadrant), (Quadrant::KeepUp, Quadrant::ActFirst));
    }

    #[test]
    fn equal_priorities_share_a_place_and_leave_a_gap() {
        let found = priorities(&[matter(0.2, 50.0), matter(0.1, 90.0), matter(0.25, 60.0), matter(0.3, 10.0)]).unwrap();
        assert_eq!(found.iter().map(|one| one.place).collect::<Vec<_>>(), [2, 4, 2, 1]);
    }

    #[test]
    fn what_is_no_weight_or_no_score_is_refused() {
        for wrong in
            [matter(-0.1, 50.0), matter(f64::NAN, 50.0), matter(0.1, 101.0), obstacle(0.1, -1.0), matter(0.1, f64::NAN)]
        {
            assert_eq!(priority(&wrong), Err(Undefined::OutOfRange));
            assert_eq!(priorities(&[matter(0.1, 50.0), wrong]), Err(Undefined::OutOfRange));
        }
    }

    #[test]
    fn weights_at_the_end_of_the_floats_have_places() {
        let found = priorities(&[matter(f64::MAX, 0.0), matter(f64::MAX, 100.0), matter(0.0, 0.0)]).unwrap();
        assert_eq!(found.iter().map(|one| one.place).collect::<Vec<_>>(), [1, 2, 2]);
    }
}

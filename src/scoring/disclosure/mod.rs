// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which numbers may leave, so that a number withheld cannot be worked out from what is shown?
//!
//! In every view but the full one:
//!
//! 1. A group is shown from `k_show` valid units on, unless a small group is unanimous or mostly answers "don't know".
//! 2. A hidden group enters a total only together with another, if the hidden have `k_show` units between them, the
//!    released totals do not fix the mean of any, and each could still be anywhere within [`room::POINTS`] points.
//!    Otherwise hidden groups are taken out and the total, made of shown means only, is partial.
//! 3. With hidden groups inside, one voice is released: each further voice would be one more equation over them.
//! 4. Spread is withheld below `k_dist` units. A total with two or more such groups keeps its interval but not its
//!    standard error, degrees of freedom and process figures; with exactly one it loses the interval too, because
//!    that would give the one spread back.
//!
//! Changes and comparisons use groups shown on every side, pillars and composite use released totals.

use crate::domain::profile::{Profile, ScoreView, Voice};
use crate::domain::score::{Given, Withheld};
use crate::stats::count::real;
use crate::stats::linear::determined;

use super::cell::{Cell, unanimous};
use super::voice::{Weighed, weights};

pub mod ledger;
pub mod room;

use room::Hidden;

/// Fewest valid units of a total that is shown.
const LEAST_IN_TOTAL: u64 = 8;

/// What may leave of one indicator in one wave.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// For each group: shown, or why not.
    pub groups: Vec<Given<()>>,
    /// For each group: whether it enters the total.
    pub enters: Vec<bool>,
    /// Which voices are given.
    pub voices: Voices,
    /// How much of the spread of the total is given.
    pub spread: Spread,
    /// Whether there may be a total at all.
    pub total: Given<()>,
}

/// Which voices of a total are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voices {
    /// All four.
    All,
    /// The profile's voice only.
    ProfileOnly,
}

/// How much of the spread behind a value is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// Everything.
    All,
    /// The interval only, and why.
    IntervalOnly(Withheld),
    /// Nothing, and why.
    Nothing(Withheld),
}

impl Spread {
    /// What is left of the spread of a number made from two numbers.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nothing(_), _) | (Self::IntervalOnly(_), Self::All | Self::IntervalOnly(_)) => self,
            (Self::All, _) | (Self::IntervalOnly(_), Self::Nothing(_)) => other,
        }
    }

    /// A figure that fixes the spread: standard error, degrees of freedom, p.
    ///
    /// # Errors
    /// The reason it is withheld.
    pub fn figure<T>(self, figure: Given<T>) -> Given<T> {
        match self {
            Self::All => figure,
            Self::IntervalOnly(reason) | Self::Nothing(reason) => Err(reason),
        }
    }

    /// The one interval of a value.
    ///
    /// # Errors
    /// The reason it is withheld.
    pub fn interval<T>(self, interval: Given<T>) -> Given<T> {
        match self {
            Self::All | Self::IntervalOnly(_) => interval,
            Self::Nothing(reason) => Err(reason),
        }
    }
}

impl Release {
    /// Decides what may leave.
    pub(super) fn decide(cells: &[Cell<'_>], profile: &Profile, view: ScoreView) -> Self {
        let counted = || cells.iter().map(|cell| cell.has(profile.k_calc)).collect::<Vec<_>>();
        if !view.protects() {
            let groups = cells.iter().map(in_full).collect();
            return Self { groups, enters: counted(), voices: Voices::All, spread: Spread::All, total: Ok(()) };
        }
        let groups: Vec<_> = cells.iter().map(|cell| shown(cell, profile)).collect();
        let mut enters = counted();
        let hidden = hidden_inside(&groups, &enters);
        let voices = if hidden.is_empty() {
            Voices::All
        } else if may_enter(cells, &enters, &hidden, profile) {
            Voices::ProfileOnly
        } else {
            enters = enters.iter().zip(&groups).map(|(enters, shown)| *enters && shown.is_ok()).collect();
            Voices::All
        };
        let inside = || cells.iter().zip(&enters).filter(|(_, enters)| **enters).map(|(cell, _)| cell);
        let enough = inside().map(Cell::n).sum::<u64>() >= LEAST_IN_TOTAL;
        let total = if enough { Ok(()) } else { Err(Withheld::TooFewAnswers) };
        let sizes: Vec<_> = inside().map(Cell::n).collect();
        let spread = match voices {
            Voices::All => spread(&sizes, profile),
            Voices::ProfileOnly => Spread::IntervalOnly(Withheld::HiddenGroupEnters),
        };
        Self { groups, enters, voices, spread, total }
    }

    /// Whether the group at this position is shown.
    pub(super) fn shows(&self, group: usize) -> Given<()> {
        self.groups.get(group).copied().unwrap_or(Err(Withheld::NoValidAnswers))
    }

    /// Whether the group at this position enters the total.
    pub(super) fn counts(&self, group: usize) -> bool {
        self.enters.get(group).copied().unwrap_or(false)
    }
}

/// How much of the spread of a number made from groups of these sizes may be given.
pub(super) fn spread(sizes: &[u64], profile: &Profile) -> Spread {
    match sizes.iter().filter(|size| **size < u64::from(profile.k_dist)).count() {
        0 => Spread::All,
        1 => Spread::Nothing(Withheld::Complementary),
        _ => Spread::IntervalOnly(Withheld::BelowDistributionMinimum),
    }
}

/// Whether the spread of one group may be given.
pub(super) fn spread_of_group(cell: &Cell<'_>, profile: &Profile, view: ScoreView) -> Given<()> {
    let may = !view.protects() || cell.has(profile.k_dist.max(profile.k_show));
    if may { Ok(()) } else { Err(Withheld::BelowDistributionMinimum) }
}

/// Whether a count of people may be given: none, or enough not to point at anybody.
pub(super) fn may_count(people: u64, profile: &Profile) -> bool {
    people == 0 || people >= u64::from(profile.k_show)
}

fn in_full(cell: &Cell<'_>) -> Given<()> {
    match (cell.addressed, cell.n()) {
        (false, _) => Err(Withheld::NotAddressed),
        (true, 0) => Err(Withheld::NoValidAnswers),
        (true, _) => Ok(()),
    }
}

fn shown(cell: &Cell<'_>, profile: &Profile) -> Given<()> {
    in_full(cell)?;
    if !cell.has(profile.k_show) {
        Err(Withheld::FewerThanMinimum)
    } else if cell.mostly_dont_know() {
        Err(Withheld::MostlyDontKnow)
    } else if unanimous(cell, profile) {
        Err(Withheld::Unanimous)
    } else {
        Ok(())
    }
}

fn hidden_inside(groups: &[Given<()>], enters: &[bool]) -> Vec<usize> {
    let hidden = groups.iter().zip(enters).enumerate().filter(|(_, (shown, enters))| **enters && shown.is_err());
    hidden.map(|(group, _)| group).collect()
}

/// Whether the hidden groups may enter the total of the profile's voice.
fn may_enter(cells: &[Cell<'_>], enters: &[bool], hidden: &[usize], profile: &Profile) -> bool {
    let inside: Vec<_> = cells.iter().zip(enters).filter(|(_, enters)| **enters).map(|(cell, _)| cell).collect();
    let weighed: Vec<_> = inside.iter().map(|cell| cell.weighed()).collect();
    let Ok(weights) = weights(profile.voice, &weighed, profile) else { return false };
    let hidden: Vec<_> = inside.into_iter().zip(weights).filter(|(cell, _)| hidden.contains(&cell.group)).collect();
    let units: u64 = hidden.iter().map(|(cell, _)| cell.n()).sum();
    let row: Vec<_> = hidden.iter().map(|(_, weight)| *weight).collect();
    let fixed = determined(&[row], hidden.len());
    let rooms: Vec<_> = hidden.iter().map(|(cell, weight)| as_hidden(cell, *weight)).collect();
    units >= u64::from(profile.k_show) && fixed.iter().all(|fixed| !fixed) && room::is_left(&rooms)
}

fn as_hidden(cell: &Cell<'_>, weight: f64) -> Hidden {
    let steps = (cell.n() * cell.cells.steps).max(1);
    Hidden { weight, mean: cell.summary.map_or(0.0, |summary| summary.mean), step: 100.0 / real(steps) }
}

impl Cell<'_> {
    /// What the group brings to a total.
    pub(super) fn weighed(&self) -> Weighed<'_> {
        Weighed { code: self.code, n: self.n(), listed: self.listed.map(u64::from) }
    }
}

/// The voices of a total in the order they are printed, with whether each is given.
pub(super) fn given(voices: Voices, voice: Voice, profile: &Profile) -> Given<()> {
    match voices {
        Voices::All => Ok(()),
        Voices::ProfileOnly if voice == profile.voice => Ok(()),
        Voices::ProfileOnly => Err(Withheld::Complementary),
    }
}

#[cfg(test)]
mod attack;
#[cfg(test)]
mod attack_units;

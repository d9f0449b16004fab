// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the people found in both waves say, who is missing from the second, and who changed beyond noise?

use crate::domain::framework::Pillar;
use crate::domain::panel::{Attrition, Panel, PanelCounts, ReliableChange};
use crate::domain::profile::{ScoreView, Unit};
use crate::domain::score::{Given, Withheld};
use crate::stats::Undefined;
use crate::stats::cliff::delta;
use crate::stats::count::real;
use crate::stats::describe::{Sum, Summary, summary};
use crate::stats::reliable_change::{LEAST_PAIRS as LEAST_FOR_RELIABLE, LEAST_RELIABILITY, precision};
use crate::stats::sign_flip::{rank_biserial, sign_flip};
use crate::stats::tally::Tally;

use super::Rules;
use super::change::{Sides, Waves};
use super::consistency::alpha_of;
use super::disclosure::ledger::Ledger;
use super::disclosure::may_count;
use super::error::reason;
use super::gap::method;
use super::measure::MeasuredIndicator;
use super::plan::{IndicatorPlan, common_divisor};

/// Fewer pairs have no panel statistics in protected views: with five the smallest p is 0.0625.
const LEAST_PAIRS: u64 = 6;

/// A step so small that rounding to it does not matter, where scores have no common one. In points.
const TINY: f64 = 1e-9;

/// One indicator in two waves, over the groups that enter the change.
pub struct Twice<'t> {
    /// The waves.
    pub waves: &'t Waves<'t, 't>,
    /// The indicator in the earlier wave.
    pub before: &'t MeasuredIndicator<'t>,
    /// The groups that enter.
    pub used: &'t [Sides<'t>],
}

/// What may leave of the people found in both waves, and of those who left.
#[derive(Clone, Copy, Debug)]
pub struct Audit {
    /// The mean of their differences.
    pub panel: Given<()>,
    /// The earlier means of who stayed and who left.
    pub attrition: Given<()>,
}

/// A difference in whole units with how often it occurs.
type Differences = Vec<(i64, u64)>;

impl Twice<'_> {
    /// Units with a valid score in both waves.
    pub fn pairs(&self) -> u64 {
        self.used.iter().map(|sides| sides.pairs.n).sum()
    }

    /// What the same units say, beside the change of the project.
    pub fn panel(&self, difference: f64) -> Panel {
        let (unit, differences) = self.differences();
        let mean = self.mean();
        let p = sign_flip(&differences).map_err(no_pairs);
        let rank = rank_biserial(&differences).map_err(no_pairs);
        Panel {
            mean,
            p: p.map(|p| p.p),
            p_method: p.ok().map(|p| method(p.method)),
            rank_biserial: rank,
            counts: mean.map(|_| self.moved(&differences, unit, 0.0)),
            different_people: mean.map(|mean| difference - mean),
        }
    }

    /// Who left, compared with who stayed.
    pub fn attrition(&self) -> Attrition {
        let [stayed, left] = self.stayed_and_left();
        let [of_stayed, of_left] = [&stayed, &left].map(|side| summary(side.iter().copied()).ok());
        let mean = |side: Option<Summary>, none| side.map(|side| side.mean).ok_or(none);
        let count = |side: Option<Summary>| Ok(side.map_or(0, |side| u32::try_from(side.n).unwrap_or(u32::MAX)));
        let delta = tally(&left, &stayed).and_then(|tally| delta(&tally));
        let stayed = mean(of_stayed, Withheld::TooFewPairs);
        let left = mean(of_left, Withheld::NobodyLeft);
        Attrition {
            stayed,
            stayed_n: count(of_stayed),
            left,
            left_n: count(of_left),
            difference: left.and_then(|left| stayed.map(|stayed| left - stayed)),
            cliffs_delta: left.and(stayed).and_then(|_| delta.map_err(reason)),
        }
    }

    /// Who changed by more than the noise of the instrument.
    pub fn reliable(&self) -> ReliableChange {
        let critical = self.critical();
        let enough = if self.pairs() >= LEAST_FOR_RELIABLE { Ok(()) } else { Err(Withheld::TooFewPairs) };
        let (unit, differences) = self.differences();
        let counts = enough.and(critical).map(|critical| self.moved(&differences, unit, critical));
        ReliableChange { critical, counts }
    }

    /// What of the same units and of those who left may leave beside the means of the groups and of the project.
    ///
    /// Classes, for each group: of the earlier wave those with a pair, those found again without one, those who left; of
    /// the later wave those with a pair and all others.
    pub fn audit(&self) -> Audit {
        let profile = self.waves.rules.profile;
        let mut sizes = Vec::new();
        for sides in self.used {
            let [stayed, left] = self.stayed_and_left_of(sides).map(|side| side.iter().map(|one| one.1).sum::<u64>());
            let pairs = sides.pairs.n;
            sizes.extend([
                pairs,
                stayed - pairs.min(stayed),
                left,
                pairs,
                sides.after.n() - pairs.min(sides.after.n()),
            ]);
        }
        let mut ledger = Ledger::new(sizes, u64::from(profile.k_show));
        let row = |of_group: &dyn Fn(usize) -> [f64; 5]| (0..self.used.len()).flat_map(of_group).collect::<Vec<_>>();
        for group in 0..self.used.len() {
            let only = |weights: [f64; 5]| move |one: usize| if one == group { weights } else { [0.0; 5] };
            ledger.enter(row(&only([1.0, 1.0, 1.0, 0.0, 0.0])));
            ledger.enter(row(&only([0.0, 0.0, 0.0, 1.0, 1.0])));
            ledger.enter(row(&only([-1.0, -1.0, -1.0, 1.0, 1.0])));
        }
        ledger.enter(row(&|_| [1.0, 1.0, 1.0, 0.0, 0.0]));
        ledger.enter(row(&|_| [0.0, 0.0, 0.0, 1.0, 1.0]));
        Audit {
            panel: ledger.release(row(&|_| [-1.0, 0.0, 0.0, 1.0, 0.0])),
            attrition: ledger.release(row(&|_| [1.0, 1.0, 0.0, 0.0, 0.0])).and(if self.nobody_left() {
                Ok(())
            } else {
                ledger.release(row(&|_| [0.0, 0.0, 1.0, 0.0, 0.0]))
            }),
        }
    }

    fn nobody_left(&self) -> bool {
        self.used.iter().all(|sides| self.stayed_and_left_of(sides)[1].is_empty())
    }

    /// Smallest difference beyond noise, from the earlier wave's spread and consistency.
    fn critical(&self) -> Given<f64> {
        let groups: Vec<_> = self.used.iter().map(|sides| sides.before.group).collect();
        let alpha = alpha_of(self.before, &groups)?;
        if alpha < LEAST_RELIABILITY {
            return Err(Withheld::ConsistencyTooLow);
        }
        let spread = self.before.scores.summary_of(&groups).ok_or(Withheld::NoValidAnswers)?;
        spread.sd().and_then(|sd| precision(sd, alpha)).and_then(|one| one.critical()).map_err(reason)
    }

    fn mean(&self) -> Given<f64> {
        let mut sum = Sum::default();
        let scores = self.used.iter().flat_map(|sides| &sides.pairs.scores);
        scores.for_each(|(before, after, count)| sum.add((after - before) * real(*count)));
        if self.pairs() == 0 { Err(Withheld::TooFewPairs) } else { Ok(sum.total() / real(self.pairs())) }
    }

    /// Differences as whole multiples of a unit, which is given in points.
    fn differences(&self) -> (f64, Differences) {
        let plan = self.waves.from.plan.indicators.get(self.before.place);
        let unit = match self.waves.rules.profile.unit {
            Unit::Respondent => plan.map_or(TINY, step),
            Unit::Organisation => TINY,
        };
        let scores = self.used.iter().flat_map(|sides| &sides.pairs.scores);
        let whole = |number: f64| number.round().clamp(-1e18, 1e18);
        let of_pair = |(before, after, count): &(f64, f64, u64)| (whole((after - before) / unit), *count);
        let mut differences: Vec<(f64, u64)> = scores.map(of_pair).collect();
        differences.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut merged: Differences = Vec::new();
        for (difference, count) in differences {
            let difference = crate::stats::count::signed(difference);
            match merged.last_mut().filter(|last| last.0 == difference) {
                Some(last) => last.1 += count,
                None => merged.push((difference, count)),
            }
        }
        (unit, merged)
    }

    /// How many moved by more than `beyond` points, following the indicator's meaning.
    fn moved(&self, differences: &[(i64, u64)], unit: f64, beyond: f64) -> PanelCounts {
        let points = |difference: i64| crate::stats::count::signed_real(difference) * unit;
        let count = |keep: &dyn Fn(f64) -> bool| {
            let kept = differences.iter().filter(|(difference, _)| keep(points(*difference)));
            u32::try_from(kept.map(|(_, count)| count).sum::<u64>()).unwrap_or(u32::MAX)
        };
        let beyond = beyond + 1e-9;
        let (up, down) = (count(&|points| points > beyond), count(&|points| points < -beyond));
        let (improved, worsened) = match self.before.indicator.pillar {
            Pillar::Facilitators | Pillar::Results => (up, down),
            Pillar::Obstacles => (down, up),
        };
        let all = u32::try_from(self.pairs()).unwrap_or(u32::MAX);
        PanelCounts { improved, same: all.saturating_sub(up).saturating_sub(down), worsened }
    }

    fn stayed_and_left(&self) -> [Vec<(f64, u64)>; 2] {
        let mut sides = [Vec::new(), Vec::new()];
        for used in self.used {
            let found = self.stayed_and_left_of(used);
            sides.iter_mut().zip(found).for_each(|(side, found)| side.extend(found));
        }
        sides
    }

    /// Earlier scores of a group's units that are found again, and of those that are not.
    fn stayed_and_left_of(&self, sides: &Sides<'_>) -> [Vec<(f64, u64)>; 2] {
        let Some(column) = self.waves.from.units.columns.get(self.before.place) else {
            return [Vec::new(), Vec::new()];
        };
        let group = u16::try_from(sides.before.group).unwrap_or(u16::MAX);
        self.waves.same.stayed_and_left(group, &self.waves.from.units.groups, column)
    }
}

/// The smallest step between two scores of respondents, in points: answers given and range decide on it.
fn step(plan: &IndicatorPlan) -> f64 {
    let items = u64::try_from(plan.items.len()).unwrap_or(u64::MAX);
    let multiple = |below: u64, answered: u64| below / common_divisor(below, answered) * answered;
    let below = (1..=items.min(12)).fold(1, multiple);
    if items > 12 { TINY } else { 100.0 / real(below * u64::from(plan.range)) }
}

/// Two samples of scores with counts, over the same ascending scores.
fn tally(one: &[(f64, u64)], other: &[(f64, u64)]) -> Result<Tally, Undefined> {
    let first = one.iter().map(|(value, count)| (*value, *count, 0));
    let mut all: Vec<(f64, u64, u64)> = first.chain(other.iter().map(|(value, count)| (*value, 0, *count))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for same in all.chunk_by(|one, next| one.0.to_bits() == next.0.to_bits()) {
        a.push(same.iter().map(|(_, count, _)| count).sum());
        b.push(same.iter().map(|(_, _, count)| count).sum());
    }
    Tally::of_counts(&a, &b)
}

fn no_pairs(undefined: Undefined) -> Withheld {
    match undefined {
        Undefined::Empty | Undefined::TooFew => Withheld::TooFewPairs,
        other => reason(other),
    }
}

/// What of a panel may leave, given whether its people may be counted.
pub fn protected(panel: &Panel, people: Given<()>, rules: Rules<'_>) -> Panel {
    let n = panel.counts.map_or(0, |one| u64::from(one.improved) + u64::from(one.same) + u64::from(one.worsened));
    let enough = if n >= LEAST_PAIRS { people } else { people.and(Err(Withheld::TooFewPairs)) };
    let tests = enough.and(evaluator(rules.view));
    Panel {
        mean: enough.and(panel.mean),
        p: tests.and(panel.p),
        p_method: panel.p_method.filter(|_| tests.is_ok()),
        rank_biserial: tests.and(panel.rank_biserial),
        counts: enough.and(panel.counts).and_then(|counts| countable(counts, rules)),
        different_people: enough.and(panel.different_people),
    }
}

/// What may leave about who left.
pub fn protected_attrition(attrition: &Attrition, people: Given<()>, rules: Rules<'_>) -> Attrition {
    let sizes = [attrition.stayed_n, attrition.left_n].map(|n| n.map_or(0, u64::from));
    let large = sizes.iter().all(|n| may_count(*n, rules.profile));
    let large = if large { Ok(()) } else { Err(Withheld::FewerThanMinimum) };
    let given = people.and(large).and(evaluator(rules.view));
    Attrition {
        stayed: given.and(attrition.stayed),
        stayed_n: given.and(attrition.stayed_n),
        left: given.and(attrition.left),
        left_n: given.and(attrition.left_n),
        difference: given.and(attrition.difference),
        cliffs_delta: given.and(attrition.cliffs_delta),
    }
}

/// What may leave about who changed beyond noise: the evaluator's counts, none of them small.
pub fn protected_reliable(reliable: &ReliableChange, people: Given<()>, rules: Rules<'_>) -> ReliableChange {
    let given = people.and(evaluator(rules.view));
    ReliableChange {
        critical: given.and(reliable.critical),
        counts: given.and(reliable.counts).and_then(|counts| countable(counts, rules)),
    }
}

fn countable(counts: PanelCounts, rules: Rules<'_>) -> Given<PanelCounts> {
    let all = [counts.improved, counts.same, counts.worsened];
    let may = all.iter().all(|count| may_count(u64::from(*count), rules.profile));
    if may { Ok(counts) } else { Err(Withheld::FewerThanMinimum) }
}

/// Whether tests may be shown in a view.
pub const fn evaluator(view: ScoreView) -> Given<()> {
    match view {
        ScoreView::Full | ScoreView::Evaluator => Ok(()),
        ScoreView::Participants | ScoreView::Public => Err(Withheld::NotForThisView),
    }
}

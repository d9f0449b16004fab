// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far apart is every pair of stakeholder groups on an indicator?

use crate::domain::gap::{Gap, GapReading, PMethod};
use crate::domain::score::{Given, Interval, Withheld};
use crate::stats::Undefined;
use crate::stats::adjust::holm;
use crate::stats::brunner_munzel::brunner_munzel;
use crate::stats::cliff::{delta, interval};
use crate::stats::permutation::{Method, Permutations};
use crate::stats::tally::Tally;

use super::Rules;
use super::cell::Cell;
use super::error::reason;
use super::measure::MeasuredIndicator;
use super::panel::evaluator;

/// Half a step of a five-point scale, in points: a smaller difference is no gap.
const LEAST_POINTS: f64 = 12.5;
/// A medium delta: below it the groups mostly overlap.
const LEAST_DELTA: f64 = 0.33;
/// In protected views both groups need so many units for a test.
const LEAST_UNITS: u32 = 5;

/// Every pair of the groups that are listed or answered, in framework order.
pub fn gaps(measured: &MeasuredIndicator<'_>, rules: Rules<'_>, permutations: &Permutations) -> Vec<Gap> {
    let cells: Vec<_> = measured.cells.iter().filter(|cell| cell.expected).collect();
    let mut gaps = Vec::new();
    for (place, a) in cells.iter().enumerate() {
        gaps.extend(cells.iter().skip(place + 1).map(|b| Pair { measured, a, b, rules }.gap(permutations)));
    }
    let adjusted = holm(&gaps.iter().map(|gap| gap.p.ok()).collect::<Vec<_>>()).unwrap_or_default();
    for (gap, adjusted) in gaps.iter_mut().zip(adjusted) {
        gap.p_holm = gap.p.and_then(|_| adjusted.ok_or(Withheld::NoVariability));
        gap.reading = gap
            .difference
            .and_then(|difference| gap.cliffs_delta.map(|delta| (difference, delta)))
            .map(|(difference, delta)| reading(difference, delta, gap.p_holm.ok(), rules.profile.alpha_level));
        protect(gap, rules);
    }
    gaps
}

/// How a p-value was found, in the words of results.
pub const fn method(method: Method) -> PMethod {
    match method {
        Method::Exact => PMethod::Exact,
        Method::MonteCarlo => PMethod::MonteCarlo,
        Method::Asymptotic => PMethod::Asymptotic,
    }
}

/// Two groups on one indicator.
struct Pair<'p> {
    measured: &'p MeasuredIndicator<'p>,
    a: &'p Cell<'p>,
    b: &'p Cell<'p>,
    rules: Rules<'p>,
}

impl Pair<'_> {
    fn gap(&self, permutations: &Permutations) -> Gap {
        let shown = self.shown();
        let tally = shown.and_then(|()| self.tally());
        let tally = tally.as_ref().map_err(|reason| *reason);
        let tested = tally.and_then(|tally| self.enough().map(|()| tally));
        let p = tested.and_then(|tally| permutations.p(tally).map_err(few));
        Gap {
            a: self.a.code.to_owned(),
            b: self.b.code.to_owned(),
            difference: shown.and_then(|()| self.difference()),
            cliffs_delta: tally.and_then(|tally| delta(tally).map_err(few)),
            delta_interval: tested
                .and_then(|tally| interval(tally, 0.95).map(|(low, high)| Interval { low, high }).map_err(few)),
            brunner_munzel: tested.and_then(|tally| brunner_munzel(tally).map(|one| one.statistic).map_err(few)),
            p: p.map(|p| p.p),
            p_method: p.ok().map(|p| method(p.method)),
            p_holm: Err(Withheld::NoVariability),
            reading: Err(Withheld::TooFewUnits),
        }
    }

    fn shown(&self) -> Given<()> {
        if !self.measured.asked {
            return Err(Withheld::NotAsked);
        }
        self.measured.release.shows(self.a.group).and(self.measured.release.shows(self.b.group))
    }

    /// Whether both groups are large enough for a test.
    fn enough(&self) -> Given<()> {
        let (least, reason) = if self.rules.view.protects() {
            (LEAST_UNITS, Withheld::FewerThanMinimum)
        } else {
            (2, Withheld::TooFewUnits)
        };
        if self.a.has(least) && self.b.has(least) { Ok(()) } else { Err(reason) }
    }

    fn difference(&self) -> Given<f64> {
        let mean = |cell: &Cell<'_>| cell.summary.map(|summary| summary.mean).ok_or(Withheld::NoValidAnswers);
        Ok(mean(self.a)? - mean(self.b)?)
    }

    fn tally(&self) -> Given<Tally> {
        let scores = &self.measured.scores;
        Tally::of_counts(scores.of(self.a.group), scores.of(self.b.group)).map_err(few)
    }
}

/// The gap in words. What is large but not beyond chance is for discussion.
fn reading(difference: f64, delta: f64, p_holm: Option<f64>, level: f64) -> GapReading {
    if difference.abs() < LEAST_POINTS || delta.abs() < LEAST_DELTA {
        return GapReading::NoGap;
    }
    if p_holm.is_some_and(|p| p < level) { GapReading::Confirmed } else { GapReading::Indicative }
}

/// Leaves tests to the evaluator: everybody else sees the difference and the words.
fn protect(gap: &mut Gap, rules: Rules<'_>) {
    let may = evaluator(rules.view);
    gap.cliffs_delta = gap.cliffs_delta.and_then(|delta| may.map(|()| delta));
    gap.delta_interval = gap.delta_interval.and_then(|interval| may.map(|()| interval));
    gap.brunner_munzel = gap.brunner_munzel.and_then(|statistic| may.map(|()| statistic));
    gap.p = gap.p.and_then(|p| may.map(|()| p));
    gap.p_holm = gap.p_holm.and_then(|p| may.map(|()| p));
    gap.p_method = gap.p_method.filter(|_| may.is_ok());
}

fn few(undefined: Undefined) -> Withheld {
    match undefined {
        Undefined::Empty => Withheld::NoValidAnswers,
        other => reason(other),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{WaveAnswers, measure::Measured, samples};
    use super::*;
    use crate::domain::profile::{Profile, ScoreView};
    use crate::domain::response::Roster;

    fn of(groups: &[(usize, &str)], view: ScoreView) -> Vec<Gap> {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", &[("Fa", false)])]);
        let letters: Vec<(usize, String)> =
            groups.iter().flat_map(|(group, all)| all.chars().map(|one| (*group, one.to_string()))).collect();
        let rows: Vec<_> = letters.iter().map(|(group, letter)| (*group, letter.as_str())).collect();
        let wave = samples::wave(&framework, "1", &rows);
        let (roster, profile) = (Roster::new(vec![Some(30), Some(30), Some(0), Some(0)]), Profile::default());
        let rules = Rules::of(&framework, &profile, view);
        let measured = Measured::new(WaveAnswers { responses: &wave, roster: &roster }, rules, &[]);
        gaps(&measured.indicators[0], rules, &Permutations::new(1, 20_000, 200_000))
    }

    #[test]
    fn nobody_and_one_answer_each_have_no_test() {
        let none = of(&[], ScoreView::Full);
        assert_eq!((none.len(), none[0].difference), (1, Err(Withheld::NoValidAnswers)));
        let one = of(&[(0, "5"), (1, "3")], ScoreView::Full);
        assert_eq!((one[0].difference, one[0].cliffs_delta), (Ok(50.0), Ok(1.0)));
        assert_eq!((one[0].p, one[0].reading), (Err(Withheld::TooFewUnits), Ok(GapReading::Indicative)));
    }

    #[test]
    fn groups_that_do_not_overlap_have_a_p_and_no_statistic() {
        let apart = &of(&[(0, "55555"), (1, "12121")], ScoreView::Full)[0];
        assert_eq!(apart.brunner_munzel, Err(Withheld::Separated));
        assert!((apart.p.unwrap() - 2.0 / 252.0).abs() < 1e-12);
        assert_eq!((apart.p_holm, apart.reading), (apart.p, Ok(GapReading::Confirmed)));
    }

    #[test]
    fn equal_answers_are_no_gap() {
        let same = &of(&[(0, "333"), (1, "3333")], ScoreView::Full)[0];
        assert_eq!((same.difference, same.cliffs_delta, same.reading), (Ok(0.0), Ok(0.0), Ok(GapReading::NoGap)));
    }

    #[test]
    fn the_public_sees_the_difference_and_the_words() {
        let groups = [(0, "554545"), (1, "121213")];
        let public = &of(&groups, ScoreView::Public)[0];
        assert_eq!((public.p, public.cliffs_delta), (Err(Withheld::NotForThisView), Err(Withheld::NotForThisView)));
        assert_eq!(public.reading, Ok(GapReading::Confirmed));
        assert!(public.difference.is_ok());
        assert!(of(&groups, ScoreView::Evaluator)[0].p.is_ok());
        assert_eq!(of(&[(0, "5545"), (1, "121213")], ScoreView::Public)[0].difference, Err(Withheld::FewerThanMinimum));
    }
}

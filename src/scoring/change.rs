// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What changed between two waves, counting people who answered both as the same people?

use std::collections::HashMap;

use crate::domain::comparison::{Change, ChangeEstimate, ChangeFlag, GroupChange, GroupLeftOut};
use crate::domain::framework::{Framework, Pillar};
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::score::{Given, Withheld};
use crate::stats::Undefined;
use crate::stats::distribution::t_two_sided;
use crate::stats::interval::{Part, satterthwaite};
use crate::stats::overlap::{difference_of_means, pooled_correlation};

use super::cell::Cell;
use super::disclosure::{may_count, spread};
use super::error::{Errors, interval, reason};
use super::measure::{Measured, MeasuredIndicator};
use super::overall::enough;
use super::units::UnitKey;
use super::verdict::{Evidence, verdict};
use super::voice::{Weighed, weights};
use super::{Rules, WaveAnswers};

/// The change of every indicator between two waves of one project, `from` the earlier.
///
/// Only groups present in both waves are counted; in views other than the full one, only groups shown in both.
#[must_use]
pub fn change(
    framework: &Framework,
    from: WaveAnswers<'_>,
    to: WaveAnswers<'_>,
    profile: &Profile,
    view: ScoreView,
) -> Vec<Change> {
    let rules = Rules { framework, profile, view };
    between(&Measured::new(from, rules, &[]), &Measured::new(to, rules, &[]), rules)
}

/// The change of every indicator between two measured waves.
pub fn between(from: &Measured<'_>, to: &Measured<'_>, rules: Rules<'_>) -> Vec<Change> {
    let pairs = pairs(from, to);
    let indicators = from.indicators.iter().zip(&to.indicators).enumerate();
    indicators
        .map(|(place, (before, after))| {
            let groups = compared(before, after, rules);
            let mut used = Vec::new();
            let mut left_out = Vec::new();
            for (group, comparable) in groups {
                match comparable {
                    Ok(sides) => used.push(sides.with_pairs(place, &pairs, from, to)),
                    Err(reason) => left_out.push(GroupLeftOut { group: group.to_owned(), reason }),
                }
            }
            let estimate = estimate(&used, before, !left_out.is_empty(), rules);
            let correlation = correlation(&used).unwrap_or(0.0);
            Change {
                indicator: before.indicator.code.clone(),
                pillar: before.indicator.pillar,
                from: from.answers.responses.wave().to_owned(),
                to: to.answers.responses.wave().to_owned(),
                groups_used: used.iter().map(|sides| sides.before.code.to_owned()).collect(),
                groups_left_out: left_out,
                groups: used.iter().map(|sides| sides.shown(correlation, rules)).collect(),
                estimate,
            }
        })
        .collect()
}

/// One group in both waves.
struct Sides<'a> {
    before: &'a Cell<'a>,
    after: &'a Cell<'a>,
    pairs: Vec<(f64, f64)>,
}

impl Sides<'_> {
    /// Adds the scores of the units that are valid in both waves.
    fn with_pairs(
        mut self,
        indicator: usize,
        pairs: &[Vec<(usize, usize)>],
        from: &Measured<'_>,
        to: &Measured<'_>,
    ) -> Self {
        let columns = from.units.columns.get(indicator).zip(to.units.columns.get(indicator));
        if let (Some((before, after)), Some(pairs)) = (columns, pairs.get(self.before.group)) {
            self.pairs = pairs
                .iter()
                .filter_map(|(first, second)| Some((before.score(*first)?, after.score(*second)?)))
                .collect();
        }
        self
    }

    fn difference(&self) -> f64 {
        let mean = |cell: &Cell<'_>| cell.summary.map_or(0.0, |summary| summary.mean);
        mean(self.after) - mean(self.before)
    }

    /// Variance of the difference; zero where nobody differs.
    fn part(&self, correlation: f64) -> Result<Part, Undefined> {
        let (before, after) = self.before.summary.zip(self.after.summary).ok_or(Undefined::Empty)?;
        let pairs = u64::try_from(self.pairs.len()).unwrap_or(u64::MAX);
        match difference_of_means(&before, &after, pairs, correlation) {
            Err(Undefined::NoVariability) => Ok(Part { variance: 0.0, df: 1.0 }),
            part => part,
        }
    }

    fn sizes(&self) -> [u64; 2] {
        [self.before.n(), self.after.n()]
    }

    fn weighed(&self) -> Weighed<'_> {
        let listed = self.before.listed.zip(self.after.listed);
        Weighed {
            code: self.before.code,
            n: self.before.n() + self.after.n(),
            listed: listed.map(|(before, after)| u64::from(before) + u64::from(after)),
        }
    }

    /// The group's own change, as shown.
    fn shown(&self, correlation: f64, rules: Rules<'_>) -> GroupChange {
        let difference = self.difference();
        let small = self.sizes().iter().any(|n| *n < u64::from(rules.profile.k_dist));
        let errors = if rules.view.protects() && small {
            Errors::withheld(Withheld::BelowDistributionMinimum)
        } else {
            self.part(correlation).map_or_else(
                |undefined| Errors::withheld(reason(undefined)),
                |part| {
                    if part.variance > 0.0 {
                        Errors::of_part(difference, part)
                    } else {
                        Errors::withheld(Withheld::NoVariability)
                    }
                },
            )
        };
        GroupChange {
            group: self.before.code.to_owned(),
            valid_from: self.before.valid(),
            valid_to: self.after.valid(),
            difference,
            se: errors.se,
            df: errors.df,
            interval: errors.interval,
        }
    }
}

/// Every group that has anything in either wave: both sides, or why it cannot be compared.
fn compared<'a>(
    before: &'a MeasuredIndicator<'a>,
    after: &'a MeasuredIndicator<'a>,
    rules: Rules<'_>,
) -> Vec<(&'a str, Given<Sides<'a>>)> {
    let cells = before.cells.iter().zip(&after.cells);
    let concerned = cells.filter(|(before, after)| before.expected || after.expected);
    concerned
        .map(|(one, other)| {
            let usable = usable(before, one, rules).and_then(|()| usable(after, other, rules));
            (one.code, usable.map(|()| Sides { before: one, after: other, pairs: Vec::new() }))
        })
        .collect()
}

/// Whether a group can stand on one side of a comparison.
///
/// # Errors
/// Why not.
pub fn usable(measured: &MeasuredIndicator<'_>, cell: &Cell<'_>, rules: Rules<'_>) -> Given<()> {
    if !measured.asked {
        return Err(Withheld::NotAsked);
    }
    measured.release.shows(cell.group)?;
    if cell.has(rules.profile.k_calc) { Ok(()) } else { Err(Withheld::FewerThanMinimum) }
}

/// Positions of the units found in both waves, by group.
fn pairs(from: &Measured<'_>, to: &Measured<'_>) -> Vec<Vec<(usize, usize)>> {
    let known = |(place, (group, key)): (usize, (&u16, _))| ((*group, key), place);
    let keys = |measured: &Measured<'_>| measured.units.groups.len();
    let mut earlier: HashMap<(u16, &UnitKey<'_>), usize> = HashMap::with_capacity(keys(from));
    earlier.extend(from.units.groups.iter().zip(&from.units.keys).enumerate().map(known));
    let groups = from.indicators.first().map_or(0, |one| one.cells.len());
    let mut pairs = vec![Vec::new(); groups];
    for (second, (group, key)) in to.units.groups.iter().zip(&to.units.keys).enumerate() {
        let first = earlier.get(&(*group, key)).filter(|_| *key != UnitKey::Anonymous);
        if let (Some(first), Some(pairs)) = (first, pairs.get_mut(usize::from(*group))) {
            pairs.push((*first, second));
        }
    }
    pairs
}

fn correlation(used: &[Sides<'_>]) -> Result<f64, Undefined> {
    let pairs: Vec<_> = used.iter().map(|sides| sides.pairs.clone()).collect();
    pooled_correlation(&pairs)
}

fn estimate(
    used: &[Sides<'_>],
    before: &MeasuredIndicator<'_>,
    partial: bool,
    rules: Rules<'_>,
) -> Given<ChangeEstimate> {
    if used.is_empty() {
        return Err(Withheld::NoCommonGroup);
    }
    let codes: Vec<_> = used.iter().map(|sides| sides.before.code).collect();
    let addressed = before.cells.iter().filter(|cell| cell.addressed).map(|cell| cell.code);
    enough(&codes, addressed, rules)?;
    let weighed: Vec<_> = used.iter().map(Sides::weighed).collect();
    let weights = weights(rules.profile.voice, &weighed, rules.profile)?;
    let correlation = correlation(used);
    let terms = used.iter().zip(&weights).map(|(sides, weight)| weight * sides.difference());
    let difference = crate::stats::describe::sum(terms);
    let part = total_part(used, &weights, correlation.unwrap_or(0.0));
    let mut estimate = in_full(difference, part, before.indicator.pillar, rules.profile.mid);
    estimate.pairs = Ok(u32::try_from(used.iter().map(|sides| sides.pairs.len()).sum::<usize>()).unwrap_or(u32::MAX));
    estimate.correlation = correlation.map_err(|undefined| match undefined {
        Undefined::TooFew => Withheld::TooFewPairs,
        other => reason(other),
    });
    if partial {
        estimate.flags.push(ChangeFlag::Partial);
    }
    Ok(protected(estimate, used, rules))
}

fn total_part(used: &[Sides<'_>], weights: &[f64], correlation: f64) -> Result<Part, Undefined> {
    let parts: Result<Vec<_>, _> = used
        .iter()
        .zip(weights)
        .map(|(sides, weight)| {
            sides.part(correlation).map(|part| Part { variance: weight * weight * part.variance, df: part.df })
        })
        .collect();
    satterthwaite(&parts?)
}

fn in_full(difference: f64, part: Result<Part, Undefined>, pillar: Pillar, mid: f64) -> ChangeEstimate {
    let part = part.map_err(reason);
    let interval_95 = part.and_then(|part| interval(difference, part, 0.95));
    let interval_90 = part.and_then(|part| interval(difference, part, 0.90));
    let evidence = Evidence { difference, interval: interval_95, interval_90 };
    let (verdict, flags) = verdict(pillar, &evidence, mid);
    ChangeEstimate {
        difference,
        se: part.map(|part| part.variance.sqrt()),
        df: part.map(|part| part.df),
        interval: interval_95,
        interval_90,
        p: part.and_then(|part| t_two_sided(difference / part.variance.sqrt(), part.df).map_err(reason)),
        pairs: Ok(0),
        correlation: Err(Withheld::TooFewPairs),
        verdict,
        flags,
    }
}

/// The estimate without what would give away the spread of small groups or point at few people.
fn protected(estimate: ChangeEstimate, used: &[Sides<'_>], rules: Rules<'_>) -> ChangeEstimate {
    if !rules.view.protects() {
        return estimate;
    }
    let sizes: Vec<_> = used.iter().flat_map(Sides::sizes).collect();
    let spread = spread(&sizes, rules.profile);
    let pairs = estimate.pairs.map_or(0, u64::from);
    let [before, after] =
        used.iter().map(Sides::sizes).fold([0, 0], |[before, after], [one, other]| [before + one, after + other]);
    let countable = [pairs, before - pairs.min(before), after - pairs.min(after)];
    let may_count = countable.iter().all(|people| may_count(*people, rules.profile));
    ChangeEstimate {
        se: spread.figure(estimate.se),
        df: spread.figure(estimate.df),
        interval: spread.interval(estimate.interval),
        interval_90: spread.figure(estimate.interval_90),
        p: spread.figure(estimate.p),
        pairs: if may_count { estimate.pairs } else { Err(Withheld::FewerThanMinimum) },
        correlation: spread.figure(estimate.correlation),
        ..estimate
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::domain::comparison::Verdict;
    use crate::domain::response::{Response, Responses, Roster};

    const ITEM: [samples::Sketch<'static>; 1] = [("R", &[("Ra", false)])];

    /// Rows `(group, answer)`; the respondent's name is the position in the group plus `from`.
    fn wave(framework: &Framework, name: &str, rows: &[(usize, &str)], from: usize) -> Responses {
        let mut responses = Responses::new(framework, name);
        for (group, answers) in rows {
            for (place, letter) in answers.bytes().enumerate() {
                let who = format!("{group}-{}", place + from);
                let row = Response { group: *group, answers: &[letter], respondent: Some(&who), ..Response::default() };
                responses.push(row).unwrap();
            }
        }
        responses
    }

    fn changed(first: &[(usize, &str)], second: &[(usize, &str)], from: usize, view: ScoreView) -> Change {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &ITEM);
        let (first, second) = (wave(&framework, "1", first, 0), wave(&framework, "2", second, from));
        let roster = Roster::unknown();
        let of = |responses| WaveAnswers { responses, roster: &roster };
        change(&framework, of(&first), of(&second), &Profile::default(), view).remove(0)
    }

    #[test]
    fn without_a_common_group_there_is_no_change() {
        let none = changed(&[], &[], 0, ScoreView::Full);
        assert_eq!(none.estimate, Err(Withheld::NoCommonGroup));
        let apart = changed(&[(0, "1234")], &[(1, "1234")], 0, ScoreView::Full);
        assert_eq!(apart.estimate, Err(Withheld::NoCommonGroup));
        assert_eq!(apart.groups_left_out.len(), 4);
    }

    #[test]
    fn one_common_group_has_its_own_change_and_no_project_change() {
        let one = changed(&[(0, "1234")], &[(0, "2345")], 0, ScoreView::Full);
        assert_eq!(one.estimate, Err(Withheld::TooFewGroups));
        assert!((one.groups[0].difference - 25.0).abs() < 1e-12);
    }

    #[test]
    fn people_found_again_make_the_error_smaller() {
        let (first, second) = ([(0, "12345"), (1, "12345")], [(0, "23455"), (1, "22355")]);
        let same = changed(&first, &second, 0, ScoreView::Full).estimate.unwrap();
        let others = changed(&first, &second, 100, ScoreView::Full).estimate.unwrap();
        assert_eq!((same.pairs, others.pairs), (Ok(10), Ok(0)));
        assert!(same.se.unwrap() < others.se.unwrap());
        assert_eq!(others.correlation, Err(Withheld::TooFewPairs));
        assert!((same.difference - others.difference).abs() < 1e-12);
    }

    #[test]
    fn nobody_differing_is_not_evidence() {
        let still = changed(&[(0, "333"), (1, "333")], &[(0, "444"), (1, "444")], 0, ScoreView::Full).estimate.unwrap();
        assert_eq!((still.se, still.verdict), (Err(Withheld::NoVariability), Verdict::NotEnoughEvidence));
    }

    #[test]
    fn a_group_too_small_in_one_wave_is_left_out() {
        let rows = [(0, "12345"), (1, "12345"), (2, "12")];
        let partial = changed(&rows, &rows, 0, ScoreView::Full);
        assert_eq!(partial.groups_used, ["PUB", "TS"]);
        assert_eq!(partial.groups_left_out[0].reason, Withheld::FewerThanMinimum);
        assert!(partial.estimate.unwrap().flags.contains(&ChangeFlag::Partial));
    }

    #[test]
    fn a_protected_view_uses_groups_shown_in_both_waves() {
        let (first, second) = ([(0, "12345"), (1, "12345"), (2, "1234")], [(0, "23455"), (1, "22355"), (2, "12345")]);
        let shown = changed(&first, &second, 0, ScoreView::Public);
        assert_eq!(shown.groups_used, ["PUB", "TS"]);
        let estimate = shown.estimate.unwrap();
        assert!(estimate.se.is_err() && estimate.p.is_err() && estimate.interval_90.is_err());
        assert!(estimate.interval.is_ok());
        assert_eq!(shown.groups[0].se, Err(Withheld::BelowDistributionMinimum));
    }

    #[test]
    fn few_people_found_again_are_not_counted_aloud() {
        let (first, second) = ([(0, "12345"), (1, "12345")], [(0, "23455"), (1, "22355")]);
        let shown = changed(&first, &second, 3, ScoreView::Public).estimate.unwrap();
        assert_eq!(shown.pairs, Err(Withheld::FewerThanMinimum));
    }
}

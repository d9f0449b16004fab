// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What changed between two waves, counting people who answered both as the same people?

use rayon::prelude::*;

use crate::domain::comparison::{Change, ChangeEstimate, ChangeFlag, GroupChange, GroupLeftOut};
use crate::domain::framework::{Framework, Pillar};
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::score::{Given, Withheld};
use crate::stats::Undefined;
use crate::stats::adjust::holm;
use crate::stats::distribution::t_two_sided;
use crate::stats::interval::{Part, satterthwaite};
use crate::stats::overlap::{difference_of_means, pooled_correlation};

use super::cell::Cell;
use super::disclosure::{may_count, spread};
use super::drift::{drifted, modes_differ};
use super::error::{Errors, interval, reason};
use super::measure::{Measured, MeasuredIndicator};
use super::overall::enough;
use super::pairs::{Pairs, SameUnits};
use super::panel::{self, Audit, Twice};
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
    let rules = Rules::of(framework, profile, view);
    between(&Measured::new(from, rules, &[]), &Measured::new(to, rules, &[]), rules)
}

/// The change of every indicator between two measured waves.
pub fn between(from: &Measured<'_>, to: &Measured<'_>, rules: Rules<'_>) -> Vec<Change> {
    let same = SameUnits::find(from, to, rules.profile.unit);
    let other_mode = modes_differ(from.answers.responses, to.answers.responses);
    let waves = Waves { from, to, same, other_mode, rules };
    let indicators: Vec<_> = from.indicators.iter().zip(&to.indicators).collect();
    let changes: Vec<_> = indicators.into_par_iter().map(|(before, after)| waves.change(before, after)).collect();
    let (mut changes, protections): (Vec<_>, Vec<_>) = changes.into_iter().unzip();
    for pillar in Pillar::ALL {
        adjust(&mut changes, pillar);
    }
    for (change, protection) in changes.iter_mut().zip(&protections) {
        change.estimate = change.estimate.clone().map(|estimate| protected(estimate, protection, rules));
    }
    changes
}

/// What decides how much of an estimate may leave.
struct Protection {
    /// Valid units of the groups used, in the earlier and in the later wave.
    sizes: Vec<[u64; 2]>,
    /// What of the same people, and of who left.
    audit: Audit,
}

/// Holm over the indicators of one pillar: one family of tests.
fn adjust(changes: &mut [Change], pillar: Pillar) {
    let of_pillar = changes.iter_mut().filter(|change| change.pillar == pillar);
    let mut estimates: Vec<_> = of_pillar.filter_map(|change| change.estimate.as_mut().ok()).collect();
    let adjusted = holm(&estimates.iter().map(|estimate| estimate.p.ok()).collect::<Vec<_>>()).unwrap_or_default();
    for (estimate, adjusted) in estimates.iter_mut().zip(adjusted) {
        estimate.p_holm = estimate.p.and_then(|_| adjusted.ok_or(Withheld::NoVariability));
    }
}

/// Two waves of one project, and who is in both.
pub(super) struct Waves<'w, 'a> {
    pub from: &'w Measured<'a>,
    pub to: &'w Measured<'a>,
    pub same: SameUnits,
    /// Whether many answers came in another way.
    pub other_mode: bool,
    pub rules: Rules<'w>,
}

impl Waves<'_, '_> {
    fn change(&self, before: &MeasuredIndicator<'_>, after: &MeasuredIndicator<'_>) -> (Change, Protection) {
        let mut used = Vec::new();
        let mut left_out = Vec::new();
        for (group, comparable) in compared(before, after, self.rules) {
            match comparable {
                Ok(sides) => used.push(self.with_pairs(sides, before.place)),
                Err(reason) => left_out.push(GroupLeftOut { group: group.to_owned(), reason }),
            }
        }
        let (estimate, audit) = self.estimate(&used, before, !left_out.is_empty());
        let correlation = correlation(&used).unwrap_or(0.0);
        let change = Change {
            indicator: before.indicator.code.clone(),
            pillar: before.indicator.pillar,
            from: self.from.answers.responses.wave().to_owned(),
            to: self.to.answers.responses.wave().to_owned(),
            groups_used: used.iter().map(|sides| sides.before.code.to_owned()).collect(),
            groups_left_out: left_out,
            groups: used.iter().map(|sides| sides.shown(correlation, self.rules)).collect(),
            estimate,
        };
        (change, Protection { sizes: used.iter().map(Sides::sizes).collect(), audit })
    }

    /// Adds the scores of the units that are valid in both waves.
    fn with_pairs<'c>(&self, mut sides: Sides<'c>, indicator: usize) -> Sides<'c> {
        let columns = self.from.units.columns.get(indicator).zip(self.to.units.columns.get(indicator));
        if let Some((before, after)) = columns {
            sides.pairs = self.same.pairs(sides.before.group, before, after);
        }
        sides
    }

    /// The estimate with what may leave of its panel.
    fn estimate(
        &self,
        used: &[Sides<'_>],
        before: &MeasuredIndicator<'_>,
        partial: bool,
    ) -> (Given<ChangeEstimate>, Audit) {
        let twice = Twice { waves: self, before, used };
        let audit = if self.rules.view.protects() { twice.audit() } else { Audit { panel: Ok(()), attrition: Ok(()) } };
        (self.in_full(&twice, partial), audit)
    }

    fn in_full(&self, twice: &Twice<'_>, partial: bool) -> Given<ChangeEstimate> {
        let (rules, used, before) = (self.rules, twice.used, twice.before);
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
        let mut estimate = estimate(difference, part, twice);
        estimate.pairs = Ok(u32::try_from(twice.pairs()).unwrap_or(u32::MAX));
        estimate.correlation = correlation.map_err(|undefined| match undefined {
            Undefined::TooFew => Withheld::TooFewPairs,
            other => reason(other),
        });
        if partial {
            estimate.flags.push(ChangeFlag::Partial);
        }
        let groups: Vec<_> = used.iter().map(|sides| sides.before.group).collect();
        let found = [
            (self.other_mode, ChangeFlag::OtherMode),
            (drifted((self.from, self.to), before.place, &groups), ChangeFlag::ItemDrift),
        ];
        estimate.flags.extend(found.into_iter().filter_map(|(holds, flag)| holds.then_some(flag)));
        Ok(estimate)
    }
}

/// One group in both waves.
pub(super) struct Sides<'a> {
    pub before: &'a Cell<'a>,
    pub after: &'a Cell<'a>,
    pub pairs: Pairs,
}

impl Sides<'_> {
    fn difference(&self) -> f64 {
        let mean = |cell: &Cell<'_>| cell.summary.map_or(0.0, |summary| summary.mean);
        mean(self.after) - mean(self.before)
    }

    /// Variance of the difference; zero where nobody differs.
    fn part(&self, correlation: f64) -> Result<Part, Undefined> {
        let (before, after) = self.before.summary.zip(self.after.summary).ok_or(Undefined::Empty)?;
        match difference_of_means(&before, &after, self.pairs.n, correlation) {
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
            (one.code, usable.map(|()| Sides { before: one, after: other, pairs: Pairs::default() }))
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

fn correlation(used: &[Sides<'_>]) -> Result<f64, Undefined> {
    pooled_correlation(used.iter().map(|sides| sides.pairs.scores.as_slice()))
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

fn estimate(difference: f64, part: Result<Part, Undefined>, twice: &Twice<'_>) -> ChangeEstimate {
    let part = part.map_err(reason);
    let interval_95 = part.and_then(|part| interval(difference, part, 0.95));
    let interval_90 = part.and_then(|part| interval(difference, part, 0.90));
    let evidence = Evidence { difference, interval: interval_95, interval_90 };
    let (verdict, flags) = verdict(twice.before.indicator.pillar, &evidence, twice.waves.rules.profile.mid);
    ChangeEstimate {
        difference,
        se: part.map(|part| part.variance.sqrt()),
        df: part.map(|part| part.df),
        interval: interval_95,
        interval_90,
        p: part.and_then(|part| t_two_sided(difference / part.variance.sqrt(), part.df).map_err(reason)),
        p_holm: Err(Withheld::NoVariability),
        pairs: Ok(0),
        correlation: Err(Withheld::TooFewPairs),
        panel: twice.panel(difference),
        attrition: twice.attrition(),
        reliable: twice.reliable(),
        verdict,
        flags,
    }
}

/// The estimate without what would give away the spread of small groups or point at few people.
fn protected(estimate: ChangeEstimate, protection: &Protection, rules: Rules<'_>) -> ChangeEstimate {
    let Protection { sizes, audit } = protection;
    if !rules.view.protects() {
        return estimate;
    }
    let spread = spread(&sizes.concat(), rules.profile);
    let pairs = estimate.pairs.map_or(0, u64::from);
    let [before, after] = sizes.iter().fold([0, 0], |[before, after], [one, other]| [before + one, after + other]);
    let countable = [pairs, before - pairs.min(before), after - pairs.min(after)];
    let may_count = countable.iter().all(|people| may_count(*people, rules.profile));
    let people = if may_count { Ok(()) } else { Err(Withheld::FewerThanMinimum) };
    ChangeEstimate {
        se: spread.figure(estimate.se),
        df: spread.figure(estimate.df),
        interval: spread.interval(estimate.interval),
        interval_90: spread.figure(estimate.interval_90),
        p: spread.figure(estimate.p),
        p_holm: spread.figure(estimate.p_holm),
        pairs: people.and(estimate.pairs),
        correlation: spread.figure(estimate.correlation),
        panel: panel::protected(&estimate.panel, people.and(audit.panel), rules),
        attrition: panel::protected_attrition(&estimate.attrition, people.and(audit.attrition), rules),
        reliable: panel::protected_reliable(&estimate.reliable, people.and(audit.panel), rules),
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

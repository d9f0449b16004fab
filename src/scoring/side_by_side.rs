// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do projects of an edition, or editions of a programme, look beside each other, like with like?

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::domain::comparison::{LeftOut, SideBySide, SideBySideEntry};
use crate::domain::framework::Framework;
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::response::Responses;
use crate::domain::score::{Given, Withheld};
use crate::stats::count::real;
use crate::stats::describe::{Sum, Summary};
use crate::stats::interval::Part;
use crate::stats::shrinkage::moderated;

use super::cell::Cell;
use super::change::usable;
use super::disclosure::{Spread, spread};
use super::error::{Errors, Stratum};
use super::group::stratum;
use super::measure::{Measured, MeasuredIndicator};
use super::overall::enough;
use super::voice::weights;
use super::{Rules, WaveAnswers};

/// A smaller group's variance is uncertain enough to lean on the others.
const MODERATED_BELOW: u64 = 5;
/// How much they lean, in degrees of freedom.
const WEIGHT_OF_OTHERS: f64 = 4.0;

/// One project or edition to be compared.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// Its name.
    pub label: &'a str,
    /// SHA-256 of the framework version it was answered on.
    pub framework_sha256: &'a str,
    /// The answers of one wave.
    pub answers: WaveAnswers<'a>,
}

/// Puts entries side by side, indicator by indicator.
///
/// Compared are the entries of the framework version and wave type that most of them share (the first of equals), on
/// the items asked in all of them and the groups that can be shown in all of them. What was left out is listed.
#[must_use]
pub fn side_by_side(
    framework: &Framework,
    entries: &[Compared<'_>],
    profile: &Profile,
    view: ScoreView,
) -> Vec<SideBySide> {
    let rules = Rules::of(framework, profile, view);
    beside(entries, rules).into_iter().map(|one| one.shown(rules)).collect()
}

/// One indicator side by side, with every figure, shown or not.
pub(super) struct Beside {
    /// Everything but the entries.
    pub frame: SideBySide,
    /// One for each entry that takes part.
    pub entries: Vec<BesideEntry>,
}

/// One entry with every figure.
pub(super) struct BesideEntry {
    /// Position among the entries given.
    pub place: usize,
    pub label: String,
    pub wave: String,
    pub value: Given<f64>,
    /// Process target; groups of fewer than five take part of their variance from the others.
    pub errors: Errors,
    /// All units of the groups compared.
    pub units: Option<Summary>,
    /// Units of each group compared.
    pub sizes: Vec<u64>,
    pub listed: Option<u32>,
}

impl Beside {
    fn shown(self, rules: Rules<'_>) -> SideBySide {
        let entry = |one: BesideEntry| {
            let spread = one.spread(rules);
            SideBySideEntry {
                process_se: spread.figure(one.errors.se),
                process_interval: spread.interval(one.errors.interval),
                valid: one.valid(),
                label: one.label,
                wave: one.wave,
                value: one.value,
                listed: one.listed,
            }
        };
        SideBySide { entries: self.entries.into_iter().map(entry).collect(), ..self.frame }
    }
}

impl BesideEntry {
    /// How much of the spread may be shown.
    pub fn spread(&self, rules: Rules<'_>) -> Spread {
        if rules.view.protects() { spread(&self.sizes, rules.profile) } else { Spread::All }
    }

    fn valid(&self) -> u32 {
        u32::try_from(self.sizes.iter().sum::<u64>()).unwrap_or(u32::MAX)
    }
}

/// Measures entries and puts them side by side.
pub(super) fn beside(entries: &[Compared<'_>], rules: Rules<'_>) -> Vec<Beside> {
    let framework = rules.framework;
    let version = most(entries.iter().map(|entry| entry.framework_sha256));
    let same_version = |entry: &&Compared<'_>| Some(entry.framework_sha256) == version;
    let wave_type = most(entries.iter().filter(same_version).map(|entry| entry.answers.responses.wave_type()));
    let mut left_out = Vec::new();
    let mut alike = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        let reason = if !same_version(&entry) {
            Withheld::VersionDiffers
        } else if Some(entry.answers.responses.wave_type()) == wave_type {
            alike.push((place, *entry));
            continue;
        } else {
            Withheld::WaveTypeDiffers
        };
        left_out.push(LeftOut::Entry { label: entry.label.to_owned(), reason });
    }
    let masks = not_asked(&alike, rules);
    let anywhere: Vec<_> =
        (0..framework.items().count()).map(|item| masks.iter().any(|mask| marked(mask, item))).collect();
    let measured: Vec<_> = alike.par_iter().map(|(_, entry)| Measured::new(entry.answers, rules, &anywhere)).collect();
    let frame = Frame { rules, entries: &alike, measured: &measured, masks: &masks, left_out: &left_out };
    (0..framework.indicators.len()).filter_map(|place| frame.indicator(place, version.unwrap_or(""))).collect()
}

/// What every indicator's comparison is made from.
struct Frame<'a> {
    rules: Rules<'a>,
    entries: &'a [(usize, Compared<'a>)],
    measured: &'a [Measured<'a>],
    masks: &'a [Vec<bool>],
    left_out: &'a [LeftOut],
}

impl Frame<'_> {
    fn indicator(&self, place: usize, version: &str) -> Option<Beside> {
        let indicator = self.rules.framework.indicators.get(place)?;
        let mut left_out = self.left_out.to_vec();
        let items = self.items(place, &mut left_out);
        let sides = self.without_too_small(self.sides(place, &mut left_out), &mut left_out);
        let groups = self.groups(&sides, &mut left_out);
        let pooled = pooled_variance(&sides, &groups);
        let any_item = !items.is_empty();
        let entries = sides.iter().map(|side| self.entry(side, &groups, any_item, pooled)).collect();
        let first = self.entries.first().map(|(_, one)| one.answers.responses);
        let codes = groups.iter().filter_map(|group| self.rules.framework.groups.get(*group));
        let frame = SideBySide {
            indicator: indicator.code.clone(),
            pillar: indicator.pillar,
            voice: self.rules.profile.voice,
            wave_type: first.and_then(Responses::wave_type).map(str::to_owned),
            framework_sha256: version.to_owned(),
            groups_used: codes.map(|group| group.code.clone()).collect(),
            items_used: items,
            entries: Vec::new(),
            left_out,
        };
        Some(Beside { frame, entries })
    }

    /// Codes of the indicator's items asked everywhere; the others are noted with who did not ask them.
    fn items(&self, place: usize, left_out: &mut Vec<LeftOut>) -> Vec<String> {
        let framework = self.rules.framework;
        let before: usize = framework.indicators.iter().take(place).map(|one| one.items.len()).sum();
        let mut used = Vec::new();
        for (offset, item) in framework.indicators.get(place).into_iter().flat_map(|one| &one.items).enumerate() {
            let entries = self.entries.iter().zip(self.masks);
            let without: Vec<_> = entries.filter(|(_, mask)| marked(mask, before + offset)).collect();
            if without.is_empty() {
                used.push(item.code.clone());
            }
            left_out.extend(
                without
                    .into_iter()
                    .map(|((_, entry), _)| LeftOut::Item { item: item.code.clone(), label: entry.label.to_owned() }),
            );
        }
        used
    }

    /// Entries with at least one group that can be compared; the others are noted.
    fn sides(&self, place: usize, left_out: &mut Vec<LeftOut>) -> Vec<Side<'_>> {
        let mut sides = Vec::new();
        for ((number, entry), measured) in self.entries.iter().zip(self.measured) {
            let Some(indicator) = measured.indicators.get(place) else { continue };
            let groups: Vec<_> = indicator.cells.iter().map(|cell| usable(indicator, cell, self.rules)).collect();
            if groups.iter().any(Result::is_ok) {
                sides.push(Side { number: *number, entry, indicator, groups });
            } else {
                let reason = if indicator.asked { Withheld::NoCommonGroup } else { Withheld::NotAsked };
                left_out.push(LeftOut::Entry { label: entry.label.to_owned(), reason });
            }
        }
        sides
    }

    /// Leaves out entries with the fewest groups to show, one by one, as long as the entries share too few groups to
    /// compare: a small project must not keep all others from being compared. If even two entries share too few, all
    /// stay.
    fn without_too_small<'a>(&self, sides: Vec<Side<'a>>, left_out: &mut Vec<LeftOut>) -> Vec<Side<'a>> {
        let mut kept = sides.clone();
        let mut dropped = Vec::new();
        while kept.len() > 2 && shared(&kept) < self.rules.groups_needed() {
            let shown = |side: &Side<'_>| side.groups.iter().filter(|group| group.is_ok()).count();
            let Some(fewest) = (0..kept.len()).min_by_key(|place| kept.get(*place).map(shown)) else { break };
            let side = kept.remove(fewest);
            dropped.push(LeftOut::Entry { label: side.entry.label.to_owned(), reason: Withheld::TooFewGroups });
        }
        if shared(&kept) < self.rules.groups_needed() {
            return sides;
        }
        left_out.extend(dropped);
        kept
    }

    /// Groups that can be shown in every entry; those that only some can show are noted.
    fn groups(&self, sides: &[Side<'_>], left_out: &mut Vec<LeftOut>) -> Vec<usize> {
        let mut used = Vec::new();
        for (group, stakeholder) in self.rules.framework.groups.iter().enumerate() {
            let shows = |side: &&Side<'_>| side.groups.get(group).is_some_and(Result::is_ok);
            if !sides.is_empty() && sides.iter().all(|side| shows(&side)) {
                used.push(group);
            } else if sides.iter().any(|side| shows(&side)) {
                left_out.extend(sides.iter().filter_map(|side| {
                    let reason = side.groups.get(group)?.err()?;
                    Some(LeftOut::Group { group: stakeholder.code.clone(), label: side.entry.label.to_owned(), reason })
                }));
            }
        }
        used
    }

    fn entry(&self, side: &Side<'_>, groups: &[usize], any_item: bool, pooled: Option<f64>) -> BesideEntry {
        let cells: Vec<_> = groups.iter().filter_map(|group| side.indicator.cells.get(*group)).collect();
        let value = if any_item { self.value(side, &cells) } else { Err(Withheld::NoCommonItem) };
        let errors = match &value {
            Ok((value, weights)) => Errors::of(*value, &strata(&cells, weights, pooled)),
            Err(reason) => Errors::withheld(*reason),
        };
        BesideEntry {
            place: side.number,
            label: side.entry.label.to_owned(),
            wave: side.entry.answers.responses.wave().to_owned(),
            value: value.map(|(value, _)| value),
            errors,
            units: side.indicator.scores.summary_of(groups),
            sizes: cells.iter().map(|cell| cell.n()).collect(),
            listed: cells.iter().map(|cell| cell.listed).sum(),
        }
    }

    fn value(&self, side: &Side<'_>, cells: &[&Cell<'_>]) -> Given<(f64, Vec<f64>)> {
        if cells.is_empty() {
            return Err(Withheld::NoCommonGroup);
        }
        let codes: Vec<_> = cells.iter().map(|cell| cell.code).collect();
        let addressed = side.indicator.cells.iter().filter(|cell| cell.addressed).map(|cell| cell.code);
        enough(&codes, addressed, self.rules)?;
        let weighed: Vec<_> = cells.iter().map(|cell| cell.weighed()).collect();
        let weights = weights(self.rules.profile.voice, &weighed, self.rules.profile)?;
        let terms = cells.iter().zip(&weights).filter_map(|(cell, weight)| Some(cell.summary?.mean * weight));
        Ok((crate::stats::describe::sum(terms), weights))
    }
}

/// The groups as parts of an error; of fewer than five units the variance is drawn towards that of all.
fn strata(cells: &[&Cell<'_>], weights: &[f64], pooled: Option<f64>) -> Vec<Stratum> {
    let part = |(cell, weight): (&&Cell<'_>, &f64)| {
        let stratum = stratum(cell, *weight).of_process();
        let variance = match (stratum.variance, pooled) {
            (Some(variance), Some(pooled)) if stratum.n < MODERATED_BELOW => {
                let own = Part { variance, df: real(stratum.n - 1) };
                moderated(own, Part { variance: pooled, df: WEIGHT_OF_OTHERS }).ok()
            }
            (variance, _) => variance,
        };
        Stratum { variance, ..stratum }
    };
    cells.iter().zip(weights).map(part).collect()
}

/// Variance within the groups of all entries together.
fn pooled_variance(sides: &[Side<'_>], groups: &[usize]) -> Option<f64> {
    let cells = sides.iter().flat_map(|side| groups.iter().filter_map(|group| side.indicator.cells.get(*group)));
    let (mut squares, mut df) = (Sum::default(), 0);
    for summary in cells.filter_map(|cell| cell.summary) {
        squares.add(summary.squares);
        df += summary.n - 1;
    }
    (df > 0).then(|| squares.total() / real(df))
}

/// How many groups can be shown in every entry.
fn shared(sides: &[Side<'_>]) -> usize {
    let groups = sides.first().map_or(0, |side| side.groups.len());
    (0..groups).filter(|group| sides.iter().all(|side| side.groups.get(*group).is_some_and(Result::is_ok))).count()
}

/// One entry in the comparison of one indicator.
#[derive(Clone)]
struct Side<'a> {
    number: usize,
    entry: &'a Compared<'a>,
    indicator: &'a MeasuredIndicator<'a>,
    groups: Vec<Given<()>>,
}

/// For each entry, the items that nobody was shown.
fn not_asked(entries: &[(usize, Compared<'_>)], rules: Rules<'_>) -> Vec<Vec<bool>> {
    let items = rules.framework.items().count();
    let mask = |(_, entry): &(usize, Compared<'_>)| {
        let responses = entry.answers.responses;
        let mut unseen = vec![!responses.is_empty(); items];
        for (_, answers) in responses.rows() {
            unseen.iter_mut().zip(answers).for_each(|(unseen, letter)| *unseen &= *letter == b'.');
        }
        unseen
    };
    entries.iter().map(mask).collect()
}

fn marked(mask: &[bool], item: usize) -> bool {
    mask.get(item).copied().unwrap_or(false)
}

/// The value that occurs most often; the first of equals.
fn most<T: Copy + Ord>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut seen: BTreeMap<T, (usize, usize)> = BTreeMap::new();
    for (place, value) in values.enumerate() {
        seen.entry(value).or_insert((0, place)).0 += 1;
    }
    seen.into_iter().max_by_key(|(_, (count, first))| (*count, usize::MAX - first)).map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::domain::response::Roster;

    fn framework() -> Framework {
        samples::framework(&[1, 2, 3, 4, 5], &[("F", &[("Fa", false), ("Fb", false)])])
    }

    type Rows<'a> = &'a [(usize, &'a str)];

    fn compare(entries: &[(&str, &str, Rows<'_>)], view: ScoreView) -> SideBySide {
        let framework = framework();
        let waves: Vec<Responses> = entries.iter().map(|(_, _, rows)| samples::wave(&framework, "1", rows)).collect();
        let roster = Roster::unknown();
        let compared: Vec<_> = entries
            .iter()
            .zip(&waves)
            .map(|((label, version, _), responses)| Compared {
                label,
                framework_sha256: version,
                answers: WaveAnswers { responses, roster: &roster },
            })
            .collect();
        side_by_side(&framework, &compared, &Profile::default(), view).remove(0)
    }

    const TWO: Rows<'static> = &[(0, "12"), (0, "34"), (0, "55"), (1, "11"), (1, "32"), (1, "54")];
    const THREE: Rows<'static> =
        &[(0, "12"), (0, "34"), (0, "45"), (1, "11"), (1, "32"), (1, "44"), (2, "55"), (2, "45"), (2, "54")];
    const CORE: Rows<'static> = &[(0, "1."), (0, "3."), (0, "4."), (1, "1."), (1, "3."), (1, "4.")];

    #[test]
    fn nothing_to_compare_is_an_empty_comparison() {
        let none = compare(&[], ScoreView::Full);
        assert!(none.entries.is_empty() && none.groups_used.is_empty());
    }

    #[test]
    fn only_groups_of_all_entries_are_used() {
        let both = compare(&[("P1", "a", TWO), ("P2", "a", THREE)], ScoreView::Full);
        assert_eq!(both.groups_used, ["PUB", "TS"]);
        assert_eq!(both.entries.iter().map(|entry| entry.valid).collect::<Vec<_>>(), [6, 6]);
        assert!(both.entries.iter().all(|entry| entry.value.is_ok() && entry.process_interval.is_ok()));
        let reason = Withheld::NoValidAnswers;
        let left_out = LeftOut::Group { group: "PRIV".to_owned(), label: "P1".to_owned(), reason };
        assert_eq!(both.left_out, [left_out]);
    }

    #[test]
    fn only_items_asked_everywhere_are_used() {
        let both = compare(&[("P1", "a", TWO), ("P2", "a", CORE)], ScoreView::Full);
        assert_eq!(both.items_used, ["Fa"]);
        assert_eq!(both.left_out, [LeftOut::Item { item: "Fb".to_owned(), label: "P2".to_owned() }]);
        let first_item_only = (0.0 + 50.0 + 100.0) / 3.0;
        assert!((both.entries[0].value.unwrap() - first_item_only).abs() < 1e-9);
    }

    #[test]
    fn another_version_is_left_out() {
        let three = compare(&[("P1", "b", TWO), ("P2", "a", TWO), ("P3", "a", TWO)], ScoreView::Full);
        assert_eq!(three.framework_sha256, "a");
        assert_eq!(three.entries.len(), 2);
        assert_eq!(three.left_out, [LeftOut::Entry { label: "P1".to_owned(), reason: Withheld::VersionDiffers }]);
    }

    #[test]
    fn an_entry_without_answers_does_not_spoil_the_others() {
        let some = compare(&[("P1", "a", TWO), ("P2", "a", &[])], ScoreView::Full);
        assert_eq!(some.entries.len(), 1);
        assert!(some.entries[0].value.is_ok());
    }

    #[test]
    fn a_small_entry_does_not_keep_the_others_from_being_compared() {
        const ONE: Rows<'static> = &[(0, "12"), (0, "34"), (0, "45")];
        let some = compare(&[("P1", "a", TWO), ("P2", "a", ONE), ("P3", "a", THREE)], ScoreView::Full);
        assert_eq!(some.groups_used, ["PUB", "TS"]);
        assert_eq!(some.entries.iter().map(|entry| entry.label.as_str()).collect::<Vec<_>>(), ["P1", "P3"]);
        assert!(some.entries.iter().all(|entry| entry.value.is_ok()));
        let reason = Withheld::TooFewGroups;
        assert!(some.left_out.contains(&LeftOut::Entry { label: "P2".to_owned(), reason }));
        let alone = compare(&[("P1", "a", ONE), ("P2", "a", ONE), ("P3", "a", ONE)], ScoreView::Full);
        assert_eq!(alone.entries.len(), 3, "where nothing is shared nobody is singled out");
    }

    #[test]
    fn a_protected_view_compares_shown_groups_only() {
        let hidden = compare(&[("P1", "a", TWO), ("P2", "a", THREE)], ScoreView::Public);
        assert!(hidden.entries.is_empty(), "groups of three are shown nowhere");
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which respondents of a group are colleagues, and how much wider is an interval that draws organisations?

use std::collections::BTreeMap;

use crate::domain::response::Responses;
use crate::domain::score::{Given, Interval, Withheld};
use crate::stats::bootstrap::expanded_percentile;
use crate::stats::count::{length, real};
use crate::stats::resample::{Block, replicate, sort_rows, sorted};

use super::cell::Cell;
use super::error::reason;
use super::units::Column;

/// A group needs so many organisations.
const LEAST: usize = 5;
/// From so many clusters on the draw of organisations is not worth its time: colleagues hardly matter.
const MOST: usize = 2000;
/// An organisation holding a larger share of its group's respondents makes the organisation the better unit.
const LARGE_SHARE: f64 = 0.40;
/// An interval so many times as wide is worth showing.
pub const WIDER: f64 = 1.25;

/// The respondents of each group, by organisation; who has none is alone.
#[derive(Debug, Default)]
pub struct Clusters {
    by_group: Vec<OfGroup>,
}

/// The organisations of one group.
#[derive(Debug, Default)]
struct OfGroup {
    organisations: BTreeMap<u32, Vec<u32>>,
    alone: Vec<u32>,
}

/// What the interval of a group is drawn with.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    /// Replicates.
    pub draws: u32,
    /// Seed.
    pub seed: u64,
}

impl Clusters {
    /// Groups the respondents of a wave; empty if nobody named an organisation.
    pub fn new(responses: &Responses, groups: usize) -> Self {
        let mut clusters = Self::default();
        if responses.organisation_names().is_empty() {
            return clusters;
        }
        clusters.by_group.resize_with(groups, OfGroup::default);
        for (row, (group, organisation)) in responses.groups().iter().zip(responses.organisations()).enumerate() {
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            let Some(of_group) = clusters.by_group.get_mut(usize::from(*group)) else { continue };
            match organisation {
                Some(organisation) => of_group.organisations.entry(organisation).or_default().push(row),
                None => of_group.alone.push(row),
            }
        }
        clusters
    }

    /// Whether the organisation would be the better unit: one of several holds much of the group.
    pub fn suggests_organisation(&self, group: usize) -> bool {
        self.of_enough(group).is_ok_and(|of_group| {
            let sizes = of_group.organisations.values().map(Vec::len);
            let all = sizes.clone().sum::<usize>() + of_group.alone.len();
            sizes.max().is_some_and(|largest| length(largest) > LARGE_SHARE * length(all))
        })
    }

    /// Expanded percentile interval of a group's mean from drawing organisations.
    ///
    /// # Errors
    /// [`Withheld::TooFewOrganisations`] below five, or why the interval does not exist.
    pub fn interval(&self, cell: &Cell<'_>, column: &Column, draw: impl Fn() -> Draw) -> Given<Interval> {
        let of_group = self.of_enough(cell.group)?;
        let draw = draw();
        let mut rows: Vec<_> = of_group.sums(column);
        sort_rows(&mut rows);
        let block = Block::new(&rows, cell.left()).map_err(reason)?;
        let ratio = |one: &crate::stats::resample::Replicate| {
            let [sum, count] = one.means.first()?.as_slice() else { return None };
            Some((*sum)? / (*count)?)
        };
        let means = replicate(&[block], draw.draws, draw.seed, ratio).and_then(sorted).map_err(reason)?;
        let (low, high) = expanded_percentile(&means, 0.95, length(rows.len()) - 1.0).map_err(reason)?;
        if high - low > 1e-9 { Ok(Interval { low, high }) } else { Err(Withheld::NoVariability) }
    }

    fn of_enough(&self, group: usize) -> Given<&OfGroup> {
        let of_group = self.by_group.get(group).ok_or(Withheld::TooFewOrganisations)?;
        let clusters = of_group.organisations.len() + of_group.alone.len();
        match of_group.organisations.len() {
            LEAST.. if clusters <= MOST => Ok(of_group),
            LEAST.. => Err(Withheld::NotNeeded),
            _ => Err(Withheld::TooFewOrganisations),
        }
    }
}

impl OfGroup {
    /// For each cluster the sum of valid scores and their number; clusters without any are left out.
    fn sums(&self, column: &Column) -> Vec<Vec<Option<f64>>> {
        let sums = |rows: &[u32]| {
            let mut codes: Vec<u32> = rows.iter().map(|row| column.code(*row)).filter(|code| *code > 0).collect();
            codes.sort_unstable();
            let value = |code: u32| column.values().get(usize::try_from(code).unwrap_or(0)).copied().unwrap_or(0.0);
            codes.into_iter().fold((0.0, 0_u64), |(sum, count), code| (sum + value(code), count + 1))
        };
        let clusters =
            self.organisations.values().map(Vec::as_slice).chain(self.alone.iter().map(std::slice::from_ref));
        let counted = clusters.map(sums).filter(|(_, count)| *count > 0);
        counted.map(|(sum, count)| vec![Some(sum), Some(real(count))]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Rules, WaveAnswers, measure::Measured, samples};
    use super::*;
    use crate::domain::profile::{Profile, ScoreView};
    use crate::domain::response::{Response, Roster};

    fn clustered(rows: &[(&str, Option<&str>)]) -> (Given<Interval>, bool, Interval) {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", &[("Fa", false)])]);
        let mut wave = Responses::new(&framework, "1");
        for (answers, organisation) in rows {
            let row = Response { answers: answers.as_bytes(), organisation: *organisation, ..Response::default() };
            wave.push(row).unwrap();
        }
        let (roster, profile) = (Roster::unknown(), Profile::default());
        let rules = Rules::of(&framework, &profile, ScoreView::Full);
        let measured = Measured::new(WaveAnswers { responses: &wave, roster: &roster }, rules, &[]);
        let clusters = Clusters::new(&wave, 4);
        let cell = &measured.indicators[0].cells[0];
        let found = clusters.interval(cell, &measured.units.columns[0], || Draw { draws: 2000, seed: 1 });
        let plain = super::super::error::Errors::of(
            cell.summary.map_or(0.0, |summary| summary.mean),
            &[super::super::group::stratum(cell, 1.0)],
        );
        (found, clusters.suggests_organisation(0), plain.interval.unwrap_or(Interval { low: 0.0, high: 0.0 }))
    }

    #[test]
    fn few_organisations_have_no_interval_of_their_own() {
        assert_eq!(clustered(&[("3", None), ("4", None)]).0, Err(Withheld::TooFewOrganisations));
        let few = [("3", Some("A")), ("4", Some("B")), ("5", Some("C")), ("1", Some("D"))];
        assert_eq!(clustered(&few).0, Err(Withheld::TooFewOrganisations));
    }

    #[test]
    fn colleagues_who_answer_alike_widen_the_interval() {
        let names = ["A", "B", "C", "D", "E", "F"];
        let answers = ["1", "5", "2", "5", "1", "4"];
        let rows: Vec<_> = (0..36).map(|row| (answers[row % 6], Some(names[row % 6]))).collect();
        let (found, suggested, plain) = clustered(&rows);
        let found = found.unwrap();
        assert!(found.high - found.low > WIDER * (plain.high - plain.low), "{found:?} {plain:?}");
        assert!(!suggested);
    }

    #[test]
    fn one_large_organisation_among_several_suggests_another_unit() {
        let mut rows: Vec<_> = ["B", "C", "D", "E"].iter().map(|name| ("3", Some(*name))).collect();
        rows.extend([("4", Some("A")); 4]);
        assert!(clustered(&rows).1);
    }
}

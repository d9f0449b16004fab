// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who is found in both of two waves, and what did they score in each?

use std::collections::{BTreeMap, HashMap};

use crate::domain::profile::Unit;

use super::measure::Measured;
use super::units::{Column, UnitKey};

/// A table of pairs of scores is kept whole up to so many cells.
const DENSE: usize = 1 << 20;

/// Positions of the units found in both waves.
#[derive(Debug, Default)]
pub struct SameUnits {
    /// For each group: position in the earlier and in the later wave, ascending by the later.
    by_group: Vec<Vec<(u32, u32)>>,
    /// For each unit of the earlier wave: whether it is in the later one.
    stayed: Vec<bool>,
}

/// Scores of the same units in two waves on one indicator: each pair once, with how often it occurs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs {
    /// Earlier score, later score, how many units.
    pub scores: Vec<(f64, f64, u64)>,
    /// Units in all.
    pub n: u64,
}

impl SameUnits {
    /// Finds the same people, or organisations, of the same group.
    pub fn find(from: &Measured<'_>, to: &Measured<'_>, unit: Unit) -> Self {
        let found = match unit {
            Unit::Respondent => from.answers.responses.same_people(to.answers.responses),
            Unit::Organisation => by_key(from, to),
        };
        let groups = from.indicators.first().map_or(0, |one| one.cells.len());
        let mut same = Self { by_group: vec![Vec::new(); groups], stayed: vec![false; from.units.groups.len()] };
        for (first, second) in found {
            let place = usize::try_from(first).unwrap_or(usize::MAX);
            let group = from.units.groups.get(place).copied().map(usize::from);
            if let Some(pairs) = group.and_then(|group| same.by_group.get_mut(group)) {
                pairs.push((first, second));
            }
            if let Some(stayed) = same.stayed.get_mut(place) {
                *stayed = true;
            }
        }
        same
    }

    /// The pairs of a group with a valid score in both waves.
    pub fn pairs(&self, group: usize, before: &Column, after: &Column) -> Pairs {
        let places = self.by_group.get(group).map_or(&[][..], Vec::as_slice);
        let codes = places.iter().filter_map(|(first, second)| {
            let (first, second) = (before.code(*first), after.code(*second));
            (first > 0 && second > 0).then_some((first, second))
        });
        let size = before.values().len() * after.values().len();
        let counted = if size <= DENSE && places.len() > 64 {
            counted_whole(codes, after.values().len(), size)
        } else {
            counted_sparse(codes)
        };
        let score = |column: &Column, code: u32| column.values().get(usize::try_from(code).unwrap_or(0)).copied();
        let mut pairs = Pairs::default();
        for ((first, second), count) in counted {
            if let (Some(first), Some(second)) = (score(before, first), score(after, second)) {
                pairs.scores.push((first, second, count));
                pairs.n += count;
            }
        }
        pairs
    }

    /// Earlier scores of those of a group who answered again and of those who did not: scores with counts.
    pub fn stayed_and_left(&self, group: u16, groups: &[u16], before: &Column) -> [Vec<(f64, u64)>; 2] {
        let mut counts = [vec![0; before.values().len()], vec![0; before.values().len()]];
        let [stayed, left] = &mut counts;
        for (place, (of, again)) in groups.iter().zip(&self.stayed).enumerate() {
            let code = if *of == group { before.code(u32::try_from(place).unwrap_or(u32::MAX)) } else { 0 };
            let side = if *again { &mut *stayed } else { &mut *left };
            if let Some(count) = side.get_mut(usize::try_from(code).unwrap_or(0)).filter(|_| code > 0) {
                *count += 1;
            }
        }
        let listed = |counts: &Vec<u64>| -> Vec<(f64, u64)> {
            before.values().iter().copied().zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect()
        };
        counts.each_ref().map(listed)
    }
}

fn counted_whole(codes: impl Iterator<Item = (u32, u32)>, width: usize, size: usize) -> Vec<((u32, u32), u64)> {
    let mut table = vec![0_u64; size];
    let place = |code: u32| usize::try_from(code).unwrap_or(usize::MAX);
    for (first, second) in codes {
        if let Some(count) = table.get_mut(place(first) * width + place(second)) {
            *count += 1;
        }
    }
    let code = |place: usize| u32::try_from(place).unwrap_or(0);
    let filled = table.into_iter().enumerate().filter(|(_, count)| *count > 0);
    filled.map(|(place, count)| ((code(place / width), code(place % width)), count)).collect()
}

fn counted_sparse(codes: impl Iterator<Item = (u32, u32)>) -> Vec<((u32, u32), u64)> {
    let mut counts: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    codes.for_each(|pair| *counts.entry(pair).or_default() += 1);
    counts.into_iter().collect()
}

/// Units with the same key in the same group.
fn by_key(from: &Measured<'_>, to: &Measured<'_>) -> Vec<(u32, u32)> {
    let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    let mut earlier: HashMap<(u16, &UnitKey<'_>), usize> = HashMap::with_capacity(from.units.groups.len());
    let known = from.units.groups.iter().zip(&from.units.keys).enumerate();
    earlier.extend(known.map(|(place, (group, key))| ((*group, key), place)));
    let later = to.units.groups.iter().zip(&to.units.keys).enumerate();
    later
        .filter(|(_, (_, key))| **key != UnitKey::Anonymous)
        .filter_map(|(second, (group, key))| Some((number(*earlier.get(&(*group, key))?), number(second))))
        .collect()
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which rows are of the same person?
//!
//! Rows are found by a hash of group and pseudonym, as numbers that hold the hash above and the row below and are
//! sorted. Where hashes are equal the texts are compared: a hash alone never makes two people one. Whoever crafts
//! pseudonyms with equal hashes wins nothing: those are sorted as texts.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::rows::Rows;

/// Pieces of the range of hashes that are compared side by side.
const RANGES: u64 = 64;

/// Rows whose group and pseudonym an earlier row has already, ascending.
pub fn repeated(rows: &Rows) -> Vec<usize> {
    let scale = Scale::of(rows.len());
    let mut found = Vec::new();
    for run in runs(&keys(rows, scale), scale).filter(|run| run.len() > 1) {
        let mut first = BTreeMap::new();
        for row in run.iter().map(|key| scale.row(*key)) {
            first.entry(person(rows, row)).and_modify(|_| found.push(row)).or_insert(row);
        }
    }
    found.sort_unstable();
    found
}

/// Rows with the same group and pseudonym in both: the earlier's last such row with each of the later's, ascending by
/// the later's.
pub fn same(earlier: &Rows, later: &Rows) -> Vec<(u32, u32)> {
    let scale = Scale::of(earlier.len().max(later.len()));
    let (first, second) = rayon::join(|| keys(earlier, scale), || keys(later, scale));
    let ranges = (0..RANGES).into_par_iter();
    let found: Vec<Vec<Pair>> = ranges
        .map(|range| {
            let [first, second] = [&first, &second].map(|keys| within(keys, range));
            candidates((first, earlier), (second, later), scale)
        })
        .collect();
    let pairs = by_later(found.iter().flatten(), later.len());
    pairs.par_chunks(1 << 12).flat_map_iter(|pairs| certain(pairs, earlier, later)).collect()
}

/// A row of the earlier and one of the later wave.
type Pair = (u32, u32);

/// The pairs in the order of the later row, of which each has one.
fn by_later<'a>(pairs: impl Iterator<Item = &'a Pair>, rows: usize) -> Vec<Pair> {
    let mut found = vec![NOBODY; rows];
    for (first, second) in pairs {
        if let Some(place) = usize::try_from(*second).ok().and_then(|row| found.get_mut(row)) {
            *place = *first;
        }
    }
    found.into_iter().zip(0..).filter(|(first, _)| *first != NOBODY).collect()
}

/// Stands for no row.
const NOBODY: u32 = u32::MAX;

/// The pairs whose texts are the same.
///
/// The texts of the earlier wave may lie anywhere in memory. So that the processor waits for many of them at a time, a
/// block of places is looked up first, then the beginning of every text, then they are compared.
fn certain<'a>(pairs: &'a [Pair], earlier: &'a Rows, later: &'a Rows) -> impl Iterator<Item = Pair> {
    const BLOCK: usize = 32;
    let same = move |block: &'a [Pair]| {
        let mut texts: [&[u8]; BLOCK] = [&[]; BLOCK];
        let mut starts = [None; BLOCK];
        for (text, (first, _)) in texts.iter_mut().zip(block) {
            *text = earlier.respondents.bytes(place(*first)).unwrap_or_default();
        }
        starts.iter_mut().zip(texts).for_each(|(start, text)| *start = text.first());
        let alike = move |(pair, (text, start)): &(&Pair, (&[u8], Option<&u8>))| {
            let (before, after) = (place(pair.0), place(pair.1));
            let again = later.respondents.bytes(after).unwrap_or_default();
            *start == again.first() && *text == again && earlier.groups.get(before) == later.groups.get(after)
        };
        block.iter().zip(texts.into_iter().zip(starts)).filter(alike).map(|(pair, _)| *pair)
    };
    pairs.chunks(BLOCK).flat_map(same)
}

fn place(row: u32) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX)
}

/// How many bits of a key hold the row.
#[derive(Clone, Copy)]
struct Scale {
    bits: u32,
}

impl Scale {
    fn of(rows: usize) -> Self {
        Self { bits: (usize::BITS - rows.leading_zeros()).min(32) }
    }

    fn key(self, hash: u64, row: usize) -> u64 {
        hash >> self.bits << self.bits | u64::try_from(row).unwrap_or(u64::MAX) & self.below()
    }

    fn number(self, key: u64) -> u32 {
        u32::try_from(key & self.below()).unwrap_or(NOBODY)
    }

    fn row(self, key: u64) -> usize {
        place(self.number(key))
    }

    fn hash(self, key: u64) -> u64 {
        key >> self.bits
    }

    fn below(self) -> u64 {
        (1 << self.bits) - 1
    }
}

/// The keys of all rows with a pseudonym, ascending. Rows beyond 2³² are left out.
fn keys(rows: &Rows, scale: Scale) -> Vec<u64> {
    let people = rows.groups.iter().zip(rows.respondents.iter()).enumerate().take(1 << scale.bits);
    let key = |(row, (group, text)): (usize, (&u16, Option<&[u8]>))| Some(scale.key(hash(*group, text?), row));
    sorted(people.filter_map(key).collect())
}

/// Sorts keys, which are spread evenly: by their two highest bytes, then the few that agree in both.
fn sorted(mut keys: Vec<u64>) -> Vec<u64> {
    if keys.len() <= MANY {
        keys.sort_unstable();
        return keys;
    }
    let mut other = vec![0; keys.len()];
    distribute(&keys, &mut other, 6);
    distribute(&other, &mut keys, 7);
    keys.chunk_by_mut(|one, other| one >> 48 == other >> 48).for_each(<[u64]>::sort_unstable);
    keys
}

/// From so many keys on they are distributed before they are sorted.
const MANY: usize = 1 << 12;

/// Puts keys in the order of one of their bytes, and keeps the order of those that agree in it.
fn distribute(keys: &[u64], sorted: &mut [u64], byte: usize) {
    let digit = |key: u64| key.to_le_bytes().get(byte).copied().map_or(0, usize::from);
    let mut places = [0_usize; 256];
    for key in keys {
        if let Some(count) = places.get_mut(digit(*key)) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for place in &mut places {
        sum += std::mem::replace(place, sum);
    }
    for key in keys {
        let Some(place) = places.get_mut(digit(*key)) else { continue };
        if let Some(free) = sorted.get_mut(*place) {
            *free = *key;
        }
        *place += 1;
    }
}

/// Runs of keys with the same hash.
fn runs(keys: &[u64], scale: Scale) -> impl Iterator<Item = &[u64]> {
    keys.chunk_by(move |one, other| scale.hash(*one) == scale.hash(*other))
}

/// The keys of one range of hashes.
fn within(keys: &[u64], range: u64) -> &[u64] {
    let shift = RANGES.trailing_zeros();
    let start = |range: u64| keys.partition_point(|key| key >> (64 - shift) < range);
    keys.get(start(range)..start(range + 1)).unwrap_or_default()
}

/// Pairs of rows that may be the same person.
fn candidates((first, earlier): (&[u64], &Rows), (second, later): (&[u64], &Rows), scale: Scale) -> Vec<Pair> {
    let mut found = Vec::with_capacity(first.len().min(second.len()));
    let (mut first, mut second) = (runs(first, scale).peekable(), runs(second, scale).peekable());
    while let (Some(before), Some(after)) = (first.peek(), second.peek()) {
        let hashes = [before, after].map(|run| run.first().map(|key| scale.hash(*key)));
        let [one, other] = hashes;
        if one == other {
            match (before, after) {
                ([before], [after]) => found.push((scale.number(*before), scale.number(*after))),
                _ => found.extend(compared((before, earlier), (after, later), scale)),
            }
        }
        if one <= other {
            first.next();
        }
        if other <= one {
            second.next();
        }
    }
    found
}

/// The pairs of two runs with the same hash, by their texts.
fn compared((first, earlier): (&[u64], &Rows), (second, later): (&[u64], &Rows), scale: Scale) -> Vec<Pair> {
    let person = |rows, key: &u64| person(rows, scale.row(*key));
    let known: BTreeMap<_, _> = first.iter().map(|key| (person(earlier, key), scale.number(*key))).collect();
    second.iter().filter_map(|key| Some((*known.get(&person(later, key))?, scale.number(*key)))).collect()
}

fn person(rows: &Rows, row: usize) -> (Option<u16>, Option<&[u8]>) {
    (rows.groups.get(row).copied(), rows.respondents.bytes(row))
}

/// A number that hardly any other person has, the same in every run.
fn hash(group: u16, text: &[u8]) -> u64 {
    let (words, rest) = text.as_chunks::<8>();
    let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
    let start = mixed(length << 16 ^ u64::from(group));
    let hash = words.iter().fold(start, |hash, word| mixed(hash ^ u64::from_le_bytes(*word)));
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
    mixed(hash ^ u64::from_le_bytes(last))
}

/// Spreads what differs in any bit over all bits; different numbers stay different.
///
/// # Source
/// Multiplication and shifts as in Stafford's variant 13 of the finaliser of `MurmurHash3`.
const fn mixed(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ number >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ number >> 31
}

#[cfg(test)]
mod tests {
    use super::super::Response;
    use super::*;

    fn rows(people: &[(u16, Option<&str>)]) -> Rows {
        let mut rows = Rows::default();
        for (group, respondent) in people {
            rows.push(&Response { respondent: *respondent, ..Response::default() }, *group);
        }
        rows
    }

    /// Texts of two words that all have the hash of the first.
    fn alike(many: usize) -> Vec<String> {
        let start = mixed(16 << 16);
        let [one, two] = [b"aaaaaaaa", b"bbbbbbbb"].map(|word| u64::from_le_bytes(*word));
        let other = |number: u64| {
            let word = format!("{number:08}");
            let first = u64::from_le_bytes(word.as_bytes().try_into().unwrap());
            let second = mixed(start ^ one) ^ two ^ mixed(start ^ first);
            String::from_utf8([first.to_le_bytes(), second.to_le_bytes()].concat()).ok()
        };
        std::iter::once("aaaaaaaabbbbbbbb".to_owned()).chain((0..).filter_map(other)).take(many).collect()
    }

    #[test]
    fn nobody_is_repeated_where_nobody_has_a_pseudonym() {
        assert!(repeated(&rows(&[])).is_empty());
        assert!(repeated(&rows(&[(0, None), (0, None)])).is_empty());
        assert_eq!(same(&rows(&[(0, None)]), &rows(&[(0, None)])), []);
    }

    #[test]
    fn a_person_is_a_pseudonym_in_a_group() {
        let wave = rows(&[(0, Some("x")), (1, Some("x")), (0, None), (0, Some("y")), (0, Some("x")), (0, Some("x"))]);
        assert_eq!(repeated(&wave), [4, 5]);
        let later = rows(&[(0, Some("")), (1, Some("x")), (0, Some("x")), (1, Some("y")), (0, Some("y"))]);
        assert_eq!(same(&wave, &later), [(1, 1), (5, 2), (3, 4)]);
        assert_eq!(same(&later, &wave), [(2, 0), (1, 1), (4, 3), (2, 4), (2, 5)]);
    }

    #[test]
    fn people_whose_pseudonyms_have_the_same_hash_stay_apart() {
        let texts = alike(200);
        assert!(texts.iter().all(|text| hash(0, text.as_bytes()) == hash(0, texts[0].as_bytes())));
        let all: Vec<_> = texts.iter().map(|text| (0, Some(text.as_str()))).collect();
        assert!(repeated(&rows(&all)).is_empty());
        let turned: Vec<_> = all.iter().rev().copied().collect();
        let expected: Vec<_> = (0..200).map(|later| (199 - later, later)).collect();
        assert_eq!(same(&rows(&all), &rows(&turned)), expected);
        assert_eq!(same(&rows(&all[..1]), &rows(&all[1..2])), []);
        assert_eq!(repeated(&rows(&[all[0], all[1], all[0]])), [2]);
    }

    #[test]
    fn many_people_are_found_again_wherever_they_stand() {
        let texts: Vec<_> = (0..5000_u32).map(|number| format!("p{}", number * 7919 % 5000)).collect();
        let wave: Vec<_> = texts.iter().map(|text| (0, Some(text.as_str()))).collect();
        let (first, second) = (rows(&wave[..4000]), rows(&wave[1000..]));
        let expected: Vec<_> = (1000..4000).map(|row| (row, row - 1000)).collect();
        assert_eq!(same(&first, &second), expected);
        assert_eq!(repeated(&rows(&[&wave[..], &wave[..2]].concat())), [5000, 5001]);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which known word was probably meant?

/// No more candidates than this are compared, and no longer words, so that a file full of faults is checked in a moment.
const MAX_CANDIDATES: usize = 200;
const MAX_LETTERS: usize = 40;

/// The candidate nearest to `word`, if one is near enough to be a slip of the keyboard or another form of the word.
///
/// Distance counts insertions, deletions, replacements and swaps of neighbours, ignoring case; up to a third of the
/// word's letters, and at least one, may differ.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = word.chars().count().div_ceil(3).max(1);
    candidates
        .into_iter()
        .take(MAX_CANDIDATES)
        .filter(|candidate| word.len().max(candidate.len()) <= MAX_LETTERS)
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_a_stranger_is_not() {
        let keys = ["code", "family", "definition"];
        assert_eq!(nearest("defintion", keys), Some("definition"));
        assert_eq!(nearest("Code", keys), Some("code"));
        assert_eq!(nearest("weight", keys), None);
        assert_eq!(nearest("x", []), None);
        assert_eq!(nearest(&"x".repeat(41), ["x"]), None);
    }
}

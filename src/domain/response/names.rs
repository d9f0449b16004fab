// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which number has a name that occurs again and again?

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::texts::Texts;

/// Different names, numbered from 0 in order of first appearance. A new name is not allocated by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    texts: Texts,
    /// Number of a name by the hash of its text, or by the next free one where two names have the same hash.
    numbers: HashMap<u64, u32>,
}

impl Names {
    /// How many names there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is no name.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.texts.len() == 0
    }

    /// The name with this number.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<&str> {
        self.texts.get(number)
    }

    /// Every name, by number.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|number| self.texts.get(number))
    }

    /// The number of a name, which is new or known.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        self.number_of(name, hasher.finish())
    }

    fn number_of(&mut self, name: &str, mut hash: u64) -> u32 {
        while let Some(number) = self.numbers.get(&hash) {
            if usize::try_from(*number).ok().and_then(|number| self.texts.get(number)) == Some(name) {
                return *number;
            }
            hash = hash.wrapping_add(1);
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.put(self.texts.len(), Some(name));
        self.numbers.insert(hash, number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_number() {
        let mut names = Names::default();
        assert!(names.is_empty());
        assert_eq!(["b", "", "b", "a"].map(|name| names.number(name)), [0, 1, 0, 2]);
        assert_eq!(names.iter().collect::<Vec<_>>(), ["b", "", "a"]);
        assert_eq!((names.len(), names.get(2), names.get(3)), (3, Some("a"), None));
    }

    #[test]
    fn names_with_the_same_hash_are_told_apart() {
        let mut names = Names::default();
        assert_eq!(["a", "b", "c", "b", "a"].map(|name| names.number_of(name, u64::MAX)), [0, 1, 2, 1, 0]);
    }
}

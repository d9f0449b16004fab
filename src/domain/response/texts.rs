// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which text belongs to each row, where millions of short texts lie one behind the other?

use std::ops::Range;

/// A text, or none, for each row: all texts in one string, and where each of them ends.
///
/// Rows after the last one with a text take no space, so that two stores that say the same are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    all: String,
    /// For each row twice the end of its text, plus one where there is a text.
    ends: Vec<usize>,
}

impl Texts {
    /// The text of a row.
    pub fn get(&self, row: usize) -> Option<&str> {
        self.all.get(self.range(row)?)
    }

    /// The bytes of the text of a row.
    pub fn bytes(&self, row: usize) -> Option<&[u8]> {
        self.all.as_bytes().get(self.range(row)?)
    }

    /// Number of rows up to the last one with a text.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of the text of every row up to the last one with a text, in order.
    pub fn iter(&self) -> impl Iterator<Item = Option<&[u8]>> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let text = self.all.as_bytes().get(start..end / 2).filter(|_| end % 2 == 1);
            start = end / 2;
            text
        })
    }

    /// Gives the row at this position its text; no later row may have one yet.
    pub fn put(&mut self, row: usize, text: Option<&str>) {
        let Some(text) = text else { return };
        self.ends.resize(row.max(self.ends.len()), 2 * self.all.len());
        self.all.push_str(text);
        self.ends.push(2 * self.all.len() + 1);
    }

    /// Gives the rows from this position on the texts of another store.
    pub fn append(&mut self, row: usize, other: &Self) {
        if other.ends.is_empty() {
            return;
        }
        let before = 2 * self.all.len();
        self.ends.resize(row.max(self.ends.len()), before);
        self.all.push_str(&other.all);
        self.ends.extend(other.ends.iter().map(|end| before + end));
    }

    fn range(&self, row: usize) -> Option<Range<usize>> {
        let end = self.ends.get(row).filter(|end| **end % 2 == 1)?;
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end / 2);
        Some(start..end / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[Option<&str>]) -> Texts {
        let mut texts = Texts::default();
        rows.iter().enumerate().for_each(|(row, text)| texts.put(row, *text));
        texts
    }

    #[test]
    fn no_text_takes_no_space() {
        assert_eq!(of(&[None, None]), Texts::default());
        assert_eq!(of(&[None]).get(0), None);
    }

    #[test]
    fn every_row_gets_its_own_text_back() {
        let rows = [None, Some("à"), Some(""), None, Some("xyz"), None];
        let texts = of(&rows);
        assert_eq!((0..rows.len()).map(|row| texts.get(row)).collect::<Vec<_>>(), rows);
        assert_eq!(
            texts.iter().collect::<Vec<_>>(),
            rows[..5].iter().map(|row| row.map(str::as_bytes)).collect::<Vec<_>>()
        );
        assert_eq!(texts.get(6), None);
    }

    #[test]
    fn appending_is_the_same_as_putting_one_after_the_other() {
        let (first, second) = ([Some("a"), None], [None, Some("bc"), None]);
        let mut texts = of(&first);
        texts.append(2, &of(&second));
        assert_eq!(texts, of(&[first.as_slice(), second.as_slice()].concat()));
        texts.append(5, &Texts::default());
        assert_eq!(texts.len(), 4);
    }
}

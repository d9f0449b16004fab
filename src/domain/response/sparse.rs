// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is said of each row that is hardly ever said?

/// A value for each row. Rows after the last one with an unusual value take no space, so that two columns that say the
/// same are equal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sparse<T>(Vec<T>);

impl<T: Copy + Default + PartialEq> Sparse<T> {
    /// The value of a row.
    pub fn get(&self, row: usize) -> T {
        self.0.get(row).copied().unwrap_or_default()
    }

    /// The values of the first so many rows.
    pub fn iter(&self, rows: usize) -> impl Iterator<Item = T> {
        self.0.iter().copied().chain(std::iter::repeat(T::default())).take(rows)
    }

    /// Gives the row at this position its value; no later row may have an unusual one yet.
    pub fn put(&mut self, row: usize, value: T) {
        if value != T::default() {
            self.0.resize(row, T::default());
            self.0.push(value);
        }
    }

    /// Gives the rows from this position on the values of another column, each turned into one's own.
    pub fn append(&mut self, row: usize, other: &Self, own: impl Fn(T) -> T) {
        if !other.0.is_empty() {
            self.0.resize(row, T::default());
            self.0.extend(other.0.iter().map(|value| own(*value)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_value_takes_no_space() {
        let mut column = Sparse::default();
        column.put(0, 0);
        assert_eq!(column, Sparse::default());
        assert_eq!(column.iter(2).collect::<Vec<_>>(), [0, 0]);
    }

    #[test]
    fn values_are_kept_by_row() {
        let mut column = Sparse::default();
        column.put(1, 7);
        column.put(2, 0);
        let mut other = Sparse::default();
        other.put(1, 2);
        column.append(4, &other, |value| 10 * value);
        assert_eq!(column.iter(7).collect::<Vec<_>>(), [0, 7, 0, 0, 0, 20, 0]);
        assert_eq!((column.get(5), column.get(6)), (20, 0));
    }
}

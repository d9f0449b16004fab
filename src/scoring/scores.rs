// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How often does each score of an indicator occur in each group, in ascending order of scores?

use crate::stats::describe::{Summary, summary};

use super::units::Column;

/// Scores in ascending order, each once, with how often each group has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// The scores, 0 to 100.
    pub values: Vec<f64>,
    /// `counts[group][place of the score]`.
    pub counts: Vec<Vec<u64>>,
}

impl Scores {
    /// Counts the scores of a column.
    pub fn new(column: &Column, groups: &[u16], group_count: usize) -> Self {
        let counts = column.counts(groups, group_count);
        let occurs = |code: usize| counts.iter().any(|group| group.get(code).is_some_and(|count| *count > 0));
        let mut codes: Vec<(f64, usize)> =
            column.values().iter().copied().zip(0..).filter(|one| occurs(one.1)).collect();
        codes.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut scores = Self { values: Vec::new(), counts: vec![Vec::new(); group_count] };
        for (value, code) in codes {
            let new = scores.values.last().is_none_or(|last| last.to_bits() != value.to_bits());
            if new {
                scores.values.push(value);
            }
            for (sums, group) in scores.counts.iter_mut().zip(&counts) {
                let count = group.get(code).copied().unwrap_or(0);
                match sums.last_mut().filter(|_| !new) {
                    Some(sum) => *sum += count,
                    None => sums.push(count),
                }
            }
        }
        scores
    }

    /// Number, mean and spread of a group; none if nobody has a score.
    pub fn summary(&self, group: usize) -> Option<Summary> {
        summary(self.values.iter().copied().zip(self.of(group).iter().copied())).ok()
    }

    /// Number, mean and spread of some groups together.
    pub fn summary_of(&self, groups: &[usize]) -> Option<Summary> {
        summary(self.values.iter().copied().zip(self.together(groups))).ok()
    }

    /// Counts of a group, in the order of the scores.
    pub fn of(&self, group: usize) -> &[u64] {
        self.counts.get(group).map_or(&[], Vec::as_slice)
    }

    /// Counts of some groups together.
    pub fn together(&self, groups: &[usize]) -> Vec<u64> {
        let mut sums = vec![0; self.values.len()];
        for group in groups {
            sums.iter_mut().zip(self.of(*group)).for_each(|(sum, count)| *sum += count);
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::Plan;
    use super::super::reading::read;
    use super::super::samples;
    use super::*;
    use crate::domain::profile::Profile;

    #[test]
    fn equal_scores_of_different_answers_are_one() {
        let items: &[(&str, bool)] = &[("Fa", false), ("Fb", false)];
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", items)]);
        let wave = samples::wave(&framework, "1", &[(0, "33"), (0, "3D"), (1, "24"), (1, "55"), (2, "DD")]);
        let plan = Plan::new(&framework, &Profile::default(), None, &[]);
        let people = read(&wave, &plan, 4).people;
        let scores = Scores::new(&people.columns[0], &people.groups, 4);
        assert_eq!(scores.values, [50.0, 100.0]);
        assert_eq!(scores.counts, [vec![2, 0], vec![1, 1], vec![0, 0], vec![0, 0]]);
        assert_eq!(scores.summary(2), None);
        assert_eq!(scores.together(&[0, 1]), [3, 1]);
    }
}

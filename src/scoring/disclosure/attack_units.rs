// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The same intruder, unit by unit: from everything an evaluator sees, can the score of one person be solved for?

use proptest::prelude::*;

use super::attack::{GROUPS, INDICATORS, Rows, basis, framework, norm, profile, remainder, scored, wave};
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::score::Given;
use crate::scoring::{ProjectScores, samples};

/// Scores of every unit of a wave on one indicator, with the group of each; `None` where a unit has none.
fn unit_scores(rows: &Rows, profile: &Profile, indicator: usize) -> Vec<(usize, Option<f64>)> {
    let framework = framework();
    let listed: Vec<(usize, &str)> = rows
        .iter()
        .enumerate()
        .flat_map(|(group, (_, all))| all.iter().map(move |one| (group, one.as_str())))
        .collect();
    let wave = samples::wave(&framework, "w", &listed);
    let plan = super::super::plan::Plan::new(&framework, profile, None, &[]);
    let people = super::super::reading::read(&wave, &plan, GROUPS).people;
    let score = |(row, (group, _)): (usize, &(usize, &str))| (*group, people.columns[indicator].score(row));
    listed.iter().enumerate().map(score).collect()
}

/// Two waves, unit by unit: what is unknown to somebody who sees the evaluator's pages only.
struct UnitAttack {
    units: [Vec<(usize, Option<f64>)>; 2],
    equations: Vec<(Vec<f64>, f64)>,
}

impl UnitAttack {
    fn place(&self, wave: usize, row: usize) -> usize {
        if wave == 0 { row } else { self.units[0].len() + row }
    }

    /// The mean of the units of a wave that `keep` keeps.
    fn mean(&mut self, given: Given<f64>, wave: usize, keep: impl Fn(usize, usize) -> bool) {
        let Ok(value) = given else { return };
        let valid = |(row, (group, score)): (usize, &(usize, Option<f64>))| {
            (score.is_some() && keep(row, *group)).then_some(row)
        };
        let rows: Vec<usize> = self.units[wave].iter().enumerate().filter_map(valid).collect();
        let mut equation = vec![0.0; self.units[0].len() + self.units[1].len()];
        let share = 1.0 / f64::from(u32::try_from(rows.len()).unwrap());
        for row in rows {
            equation[self.place(wave, row)] = share;
        }
        self.equations.push((equation, value));
    }

    /// The mean difference of those of some groups with a score in both waves; row and group are the same person.
    fn panel(&mut self, given: Given<f64>, groups: &[usize]) {
        let Ok(value) = given else { return };
        let both = self.units[0].iter().zip(&self.units[1]).enumerate();
        let same = both.filter(|(_, (one, other))| {
            one.0 == other.0 && groups.contains(&one.0) && one.1.is_some() && other.1.is_some()
        });
        let rows: Vec<usize> = same.map(|(row, _)| row).collect();
        let share = 1.0 / f64::from(u32::try_from(rows.len()).unwrap());
        let mut equation = vec![0.0; self.units[0].len() + self.units[1].len()];
        for row in rows {
            equation[self.place(0, row)] = -share;
            equation[self.place(1, row)] = share;
        }
        self.equations.push((equation, value));
    }

    fn gather(released: &ProjectScores, waves: &[Rows], profile: &Profile, indicator: usize) -> Self {
        let units = [0, 1].map(|wave| unit_scores(&waves[wave], profile, indicator));
        let mut attack = Self { units, equations: Vec::new() };
        for (place, wave) in released.waves.iter().enumerate() {
            let score = &wave.indicators[indicator];
            for (group, one) in score.groups.iter().enumerate() {
                attack.mean(one.mean, place, |_, of| of == group);
            }
            let codes = framework().groups.into_iter().map(|group| group.code).collect::<Vec<_>>();
            let inside = |of: usize| score.overall.groups_used.contains(&codes[of]);
            attack.mean(score.overall.head, place, |_, of| inside(of));
        }
        let change = &released.changes[indicator];
        let used = |code: &String| framework().groups.iter().position(|group| group.code == *code);
        let groups: Vec<usize> = change.groups_used.iter().filter_map(used).collect();
        if let Ok(estimate) = &change.estimate {
            let later: Vec<usize> = attack.units[1].iter().map(|one| one.0).collect();
            let again = |row: usize, group: usize| later.get(row) == Some(&group);
            attack.mean(estimate.attrition.stayed, 0, |row, of| groups.contains(&of) && again(row, of));
            attack.mean(estimate.attrition.left, 0, |row, of| groups.contains(&of) && !again(row, of));
            attack.panel(estimate.panel.mean, &groups);
        }
        attack
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_single_unit_can_be_solved_for(first in wave(), second in wave(), profile in profile()) {
        let waves = [first, second];
        let released = scored(&waves, &profile, ScoreView::Evaluator);
        for indicator in 0..INDICATORS.len() {
            let attack = UnitAttack::gather(&released, &waves, &profile, indicator);
            let truth: Vec<f64> = attack.units.iter().flatten().map(|(_, score)| score.unwrap_or(0.0)).collect();
            for (row, value) in &attack.equations {
                let sum: f64 = row.iter().zip(&truth).map(|(one, score)| one * score).sum();
                prop_assert!((sum - value).abs() < 1e-6, "the intruder's equations are those of the program");
            }
            let rows: Vec<_> = attack.equations.iter().map(|(row, _)| row.clone()).collect();
            let basis = basis(&rows);
            for unit in 0..truth.len() {
                let mut alone = vec![0.0; truth.len()];
                alone[unit] = 1.0;
                prop_assert!(norm(&remainder(&alone, &basis)) > 1e-6, "unit {unit} can be worked out");
            }
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is the score of each respondent, or of each organisation, on each indicator?

use std::collections::HashMap;

use crate::domain::profile::Unit;
use crate::domain::response::Responses;
use crate::stats::count::{length, real};

use super::plan::{IndicatorPlan, Plan, common_divisor};

/// Who a unit is, to be found again in another wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKey<'a> {
    /// Not to be found again.
    Anonymous,
    /// A respondent's pseudonym.
    Person(&'a str),
    /// An organisation's name.
    Organisation(&'a str),
}

/// Scores of all units of a wave.
#[derive(Debug)]
pub struct Units<'a> {
    /// Position of each unit's group.
    pub groups: Vec<u16>,
    /// Who each unit is; empty where units are people, who are found again in their responses.
    pub keys: Vec<UnitKey<'a>>,
    /// One per indicator.
    pub columns: Vec<Column>,
}

/// The scores of all units on one indicator, as positions in a short list of possible scores.
#[derive(Debug, Default)]
pub struct Column {
    /// Position in `values` for each unit; 0: no valid score.
    codes: Vec<u32>,
    /// The possible scores; the first stands for none.
    values: Vec<f64>,
}

impl Column {
    /// No unit yet; every possible score of a respondent, by answers given and sum of steps.
    pub fn of_plan(plan: &IndicatorPlan, respondents: usize) -> Self {
        let mut values = vec![0.0];
        for answered in 0..=u32::try_from(plan.items.len()).unwrap_or(0) {
            let below = u64::from(answered * plan.range).max(1);
            values.extend((0..plan.width()).map(|steps| real(100 * u64::from(steps)) / real(below)));
        }
        Self { codes: Vec::with_capacity(respondents), values }
    }

    /// Adds the positions of the next units' scores.
    pub fn extend(&mut self, codes: Vec<u32>) {
        self.codes.extend(codes);
    }

    /// The score of a unit.
    pub fn score(&self, unit: usize) -> Option<f64> {
        let code = self.codes.get(unit).filter(|code| **code > 0)?;
        self.values.get(index(*code)).copied()
    }

    /// The position of a unit's score in [`Column::values`]; 0: none.
    pub fn code(&self, unit: u32) -> u32 {
        self.codes.get(index(unit)).copied().unwrap_or(0)
    }

    /// How often each score occurs in each group: `counts[group][position of the score]`.
    pub fn counts(&self, groups: &[u16], group_count: usize) -> Vec<Vec<u64>> {
        let mut counts = vec![vec![0; self.values.len()]; group_count];
        for (code, group) in self.codes.iter().zip(groups).filter(|(code, _)| **code > 0) {
            if let Some(count) = counts.get_mut(usize::from(*group)).and_then(|row| row.get_mut(index(*code))) {
                *count += 1;
            }
        }
        counts
    }

    /// The possible scores, in the order of [`Column::counts`].
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}

/// The units that count as one each.
pub fn gathered<'a>(people: Units<'a>, responses: &'a Responses, plan: &Plan, unit: Unit) -> Units<'a> {
    match unit {
        Unit::Respondent => people,
        Unit::Organisation => organisations(&people, responses, plan),
    }
}

/// One unit per organisation and group: the mean of its valid respondents. Who has no organisation stays alone.
fn organisations<'a>(people: &Units<'a>, responses: &'a Responses, plan: &Plan) -> Units<'a> {
    let mut seen: HashMap<(u16, u32), usize> = HashMap::new();
    let mut members: Vec<Vec<usize>> = Vec::new();
    let mut units = Units { groups: Vec::new(), keys: Vec::new(), columns: Vec::new() };
    for (person, (group, organisation)) in people.groups.iter().zip(responses.organisations()).enumerate() {
        let known = organisation.and_then(|organisation| seen.get(&(*group, organisation)).copied());
        if let Some(members) = known.and_then(|unit| members.get_mut(unit)) {
            members.push(person);
            continue;
        }
        let name = organisation.and_then(|one| responses.organisation_names().get(index(one)));
        if let Some(organisation) = organisation {
            seen.insert((*group, organisation), members.len());
        }
        members.push(vec![person]);
        units.groups.push(*group);
        let alone = || responses.respondent(person).map_or(UnitKey::Anonymous, UnitKey::Person);
        units.keys.push(name.map_or_else(alone, UnitKey::Organisation));
    }
    units.columns =
        people.columns.iter().zip(&plan.indicators).map(|(column, plan)| mean_column(column, plan, &members)).collect();
    units
}

fn mean_column(column: &Column, plan: &IndicatorPlan, members: &[Vec<usize>]) -> Column {
    let mut means = Column { codes: Vec::new(), values: vec![0.0] };
    for people in members {
        let codes: Vec<_> = people.iter().filter_map(|person| column.codes.get(*person)).copied().collect();
        let valid: Vec<_> = codes.into_iter().filter(|code| *code > 0).collect();
        let mean = exact_mean(&valid, plan).or_else(|| plain_mean(&valid, column));
        means.codes.push(mean.map_or(0, |_| u32::try_from(means.values.len()).unwrap_or(0)));
        means.values.extend(mean);
    }
    means
}

/// The mean as one fraction, so that equal organisations come out exactly equal.
fn exact_mean(codes: &[u32], plan: &IndicatorPlan) -> Option<f64> {
    let width = plan.width();
    let parts: Vec<_> =
        codes.iter().map(|code| (u64::from((code - 1) / width), u64::from((code - 1) % width))).collect();
    let below = parts.iter().try_fold(1_u64, |below, (answered, _)| {
        below.checked_mul(answered / common_divisor(below, *answered).max(1))
    })?;
    let above = parts.iter().try_fold(0_u64, |above, (answered, steps)| {
        above.checked_add(steps.checked_mul(below.checked_div(*answered)?)?)
    })?;
    let below = below.checked_mul(u64::from(plan.range))?.checked_mul(u64::try_from(codes.len()).ok()?)?;
    let fits = !codes.is_empty() && below < 1 << 50 && above < 1 << 46;
    fits.then(|| real(100 * above) / real(below))
}

fn plain_mean(codes: &[u32], column: &Column) -> Option<f64> {
    let values: Vec<_> = codes.iter().filter_map(|code| column.values.get(index(*code))).copied().collect();
    (!values.is_empty()).then(|| crate::stats::describe::sum(values.iter().copied()) / length(values.len()))
}

impl IndicatorPlan {
    /// Number of different sums of steps.
    pub fn width(&self) -> u32 {
        u32::try_from(self.items.len()).unwrap_or(0) * self.range + 1
    }
}

fn index(code: u32) -> usize {
    usize::try_from(code).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::reading::read;
    use super::super::samples;
    use super::*;
    use crate::domain::framework::Framework;
    use crate::domain::profile::Profile;
    use crate::domain::response::Response;

    const THREE: &[(&str, bool)] = &[("F1a", false), ("F1b", false), ("F1c", true)];

    fn organisations_of(framework: &Framework, rows: &[(&str, Option<&str>)]) -> Vec<Option<f64>> {
        let mut wave = Responses::new(framework, "1");
        for (answers, organisation) in rows {
            let row = Response { answers: answers.as_bytes(), organisation: *organisation, ..Response::default() };
            wave.push(row).unwrap();
        }
        let plan = Plan::new(framework, &Profile::default(), None, &[]);
        let units = gathered(read(&wave, &plan, 4).people, &wave, &plan, Unit::Organisation);
        (0..units.groups.len()).map(|unit| units.columns[0].score(unit)).collect()
    }

    #[test]
    fn an_organisation_is_the_mean_of_its_valid_respondents() {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", THREE)]);
        let rows = [("442", Some("T1")), ("---", Some("T1")), ("244", None), ("333", Some("T1")), ("244", None)];
        let scores = organisations_of(&framework, &rows);
        assert_eq!(scores, [Some(62.5), Some(125.0 / 3.0), Some(125.0 / 3.0)]);
    }

    #[test]
    fn organisations_that_say_the_same_are_exactly_equal() {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F", THREE)]);
        let rows = [("444", Some("A")), ("333", Some("B")), ("443", Some("B")), ("---", Some("C"))];
        let scores = organisations_of(&framework, &rows);
        assert_eq!(scores[0].map(f64::to_bits), Some((700.0_f64 / 12.0).to_bits()));
        assert_eq!(scores[0], scores[1]);
        assert_eq!(scores[2], None);
    }
}

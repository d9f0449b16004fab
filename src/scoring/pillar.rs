// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the indicators of a pillar, and the three pillars, amount to?

use crate::domain::framework::Pillar;
use crate::domain::score::{Composite, Flag, Given, PillarScore, Withheld};
use crate::stats::composite::{geometric, linear, mazziotta_pareto};
use crate::stats::count::real;
use crate::stats::describe::Sum;
use crate::stats::interval::left_to_chance;

use super::Rules;
use super::disclosure::Spread;
use super::error::{Errors, Stratum, reason};
use super::measure::Measured;
use super::overall::Total;

/// Valid indicators must hold this share of a pillar's weight.
const LEAST_WEIGHT: f64 = 0.5;

/// One of the three ways to make one number of weighted values.
type Form = fn(&[(f64, f64)]) -> Result<f64, crate::stats::Undefined>;

/// A weighted sum of indicator totals: one coefficient per indicator, zero where it does not enter.
type Coefficients = Vec<f64>;

/// The three pillars and the composite.
pub fn pillars(measured: &Measured<'_>, totals: &[Total], rules: Rules<'_>) -> (Vec<PillarScore>, Composite) {
    let parts: Vec<_> = Pillar::ALL.into_iter().map(|pillar| coefficients(pillar, measured, totals, rules)).collect();
    let scores: Vec<_> =
        Pillar::ALL.into_iter().zip(&parts).map(|(pillar, part)| score(pillar, part, measured, totals)).collect();
    let composite = composite(&parts, &scores, measured, totals, rules);
    (scores, composite)
}

/// Coefficients of the pillar's valid indicators, summing to one.
fn coefficients(pillar: Pillar, measured: &Measured<'_>, totals: &[Total], rules: Rules<'_>) -> Given<Coefficients> {
    let weight = |code: &str| rules.profile.indicator_weight(code);
    let (mut asked, mut valid) = (0.0, 0.0);
    let mut coefficients = Vec::new();
    for (indicator, total) in measured.indicators.iter().zip(totals) {
        let of_pillar = indicator.indicator.pillar == pillar && indicator.asked;
        let weight = if of_pillar { weight(&indicator.indicator.code) } else { 0.0 };
        let used = if total.overall.value().is_ok() { weight } else { 0.0 };
        asked += weight;
        valid += used;
        coefficients.push(used);
    }
    if valid <= 0.0 || valid < LEAST_WEIGHT * asked - 1e-12 {
        return Err(Withheld::PillarIncomplete);
    }
    Ok(coefficients.into_iter().map(|one| one / valid).collect())
}

fn score(pillar: Pillar, part: &Given<Coefficients>, measured: &Measured<'_>, totals: &[Total]) -> PillarScore {
    let value = part.as_ref().map_err(|reason| *reason).map(|part| weighted(part, totals));
    let errors = match (part.as_deref().map_err(|reason| *reason), value) {
        (Ok(part), Ok(value)) => combined(value, part, measured, totals),
        (_, Err(reason)) | (Err(reason), _) => Errors::withheld(reason),
    };
    let used = |place: usize| part.as_ref().is_ok_and(|part| part.get(place).is_some_and(|one| *one > 0.0));
    let in_pillar =
        measured.indicators.iter().enumerate().filter(|(_, one)| one.indicator.pillar == pillar && one.asked);
    let partial = in_pillar.clone().any(|(place, _)| {
        !used(place) || totals.get(place).is_some_and(|total| total.overall.flags.contains(&Flag::Partial))
    });
    PillarScore {
        pillar,
        value,
        se: errors.se,
        df: errors.df,
        interval: errors.interval,
        indicators_used: in_pillar
            .filter(|(place, _)| used(*place))
            .map(|(_, one)| one.indicator.code.clone())
            .collect(),
        flags: if value.is_ok() && partial { vec![Flag::Partial] } else { Vec::new() },
    }
}

fn composite(
    parts: &[Given<Coefficients>],
    scores: &[PillarScore],
    measured: &Measured<'_>,
    totals: &[Total],
    rules: Rules<'_>,
) -> Composite {
    let shares = rules.profile.pillar_shares();
    let freed: Given<Vec<_>> = scores
        .iter()
        .zip(shares)
        .map(|(score, share)| score.value.map(|value| (towards_good(score.pillar, value), share)))
        .collect();
    let form = |form: Form| freed.as_ref().map_err(|reason| *reason).and_then(|pillars| form(pillars).map_err(reason));
    let errors = match form(linear) {
        Ok(value) => combined(value, &signed(parts, shares, totals.len()), measured, totals),
        Err(reason) => Errors::withheld(reason),
    };
    Composite {
        linear: form(linear),
        geometric: form(geometric),
        imbalance: form(mazziotta_pareto),
        se: errors.se,
        df: errors.df,
        interval: errors.interval,
    }
}

/// The only place where obstacles are turned into freedom from obstacles.
fn towards_good(pillar: Pillar, value: f64) -> f64 {
    match pillar {
        Pillar::Facilitators | Pillar::Results => value,
        Pillar::Obstacles => 100.0 - value,
    }
}

/// Coefficient of every indicator in the linear composite.
fn signed(parts: &[Given<Coefficients>], shares: [f64; 3], indicators: usize) -> Coefficients {
    let mut coefficients = vec![0.0; indicators];
    for ((part, share), pillar) in parts.iter().zip(shares).zip(Pillar::ALL) {
        let sign = towards_good(pillar, 1.0) - towards_good(pillar, 0.0);
        for (sum, one) in coefficients.iter_mut().zip(part.as_deref().unwrap_or_default()) {
            *sum += sign * share * one;
        }
    }
    coefficients
}

fn weighted(coefficients: &[f64], totals: &[Total]) -> f64 {
    let terms = coefficients.iter().zip(totals).filter(|(one, _)| **one != 0.0);
    crate::stats::describe::sum(terms.filter_map(|(one, total)| Some(one * total.overall.value().ok()?)))
}

/// Errors of a weighted sum of totals, with what may leave of them.
fn combined(value: f64, coefficients: &[f64], measured: &Measured<'_>, totals: &[Total]) -> Errors {
    let errors = Errors::of(value, &linearised(coefficients, measured, totals));
    let used = coefficients.iter().zip(totals).filter(|(one, _)| **one != 0.0);
    let spread = used.fold(Spread::All, |spread, (_, total)| spread.and(total.spread));
    Errors { se: spread.figure(errors.se), df: spread.figure(errors.df), interval: spread.interval(errors.interval) }
}

/// One stratum per group: the variance of what each unit contributes to the whole sum.
///
/// # Source
/// Linearisation, Woodruff 1971; checked against the rescaled bootstrap.
fn linearised(coefficients: &[f64], measured: &Measured<'_>, totals: &[Total]) -> Vec<Stratum> {
    let groups = measured.indicators.first().map_or(0, |one| one.cells.len());
    let part = |group: usize| -> Vec<f64> {
        let weight = |total: &Total| total.weights.get(group).copied().unwrap_or(0.0);
        coefficients
            .iter()
            .zip(totals)
            .map(|(one, total)| if *one == 0.0 { 0.0 } else { one * weight(total) })
            .collect()
    };
    let parts: Vec<_> = (0..groups).map(part).collect();
    let counts = counts(&parts, measured);
    let squares = squares(&parts, &counts, measured);
    let stratum = |(group, (n, squares)): (usize, (&u64, f64))| Stratum {
        weight: 1.0,
        n: *n,
        variance: (*n > 1).then(|| squares / real(n - 1)),
        left: left(group, parts.get(group).map_or(&[], Vec::as_slice), measured),
    };
    counts.iter().zip(squares).enumerate().map(stratum).filter(|stratum| stratum.n > 0).collect()
}

/// Units of each group with at least one valid indicator among those used.
fn counts(parts: &[Vec<f64>], measured: &Measured<'_>) -> Vec<u64> {
    let mut counts = vec![0; parts.len()];
    for (unit, group) in measured.units.groups.iter().enumerate() {
        let group = usize::from(*group);
        let Some((part, count)) = parts.get(group).zip(counts.get_mut(group)) else { continue };
        let mut used = part.iter().zip(&measured.units.columns).filter(|(one, _)| **one != 0.0);
        *count += u64::from(used.any(|(_, column)| column.score(unit).is_some()));
    }
    counts
}

fn squares(parts: &[Vec<f64>], counts: &[u64], measured: &Measured<'_>) -> Vec<f64> {
    let factor = |group: usize, n: u64| -> Vec<(f64, f64)> {
        let cells = measured.indicators.iter().map(|one| one.cells.get(group).and_then(|cell| cell.summary));
        let part = parts.get(group).map_or(&[][..], Vec::as_slice);
        let factor = |(one, summary): (&f64, Option<crate::stats::describe::Summary>)| {
            summary.map_or((0.0, 0.0), |summary| (one * real(n) / real(summary.n), summary.mean))
        };
        part.iter().zip(cells).map(factor).collect()
    };
    let factors: Vec<_> = counts.iter().enumerate().map(|(group, n)| factor(group, *n)).collect();
    let mut squares = vec![Sum::default(); parts.len()];
    for (unit, group) in measured.units.groups.iter().enumerate() {
        let group = usize::from(*group);
        let Some((factors, sum)) = factors.get(group).zip(squares.get_mut(group)) else { continue };
        let used = factors.iter().zip(&measured.units.columns).filter(|((factor, _), _)| *factor != 0.0);
        let share: f64 =
            used.filter_map(|((factor, mean), column)| column.score(unit).map(|score| factor * (score - mean))).sum();
        sum.add(share * share);
    }
    squares.iter().map(Sum::total).collect()
}

/// Share left to chance: that of the indicator with the fewest valid units.
fn left(group: usize, part: &[f64], measured: &Measured<'_>) -> f64 {
    let used = measured.indicators.iter().zip(part).filter(|(_, one)| **one != 0.0);
    let cells = used.filter_map(|(indicator, _)| indicator.cells.get(group));
    cells.map(|cell| left_to_chance(real(cell.n()), cell.listed.map(f64::from))).fold(0.0, f64::max)
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the indicators of a pillar, and the three pillars, amount to?

use rayon::prelude::*;

use crate::domain::framework::Pillar;
use crate::domain::robustness::Gate;
use crate::domain::score::{Composite, Flag, Given, PillarScore, Withheld};
use crate::stats::composite::{geometric, linear, mazziotta_pareto};
use crate::stats::count::real;
use crate::stats::describe::{Sum, sum};
use crate::stats::interval::left_to_chance;

use super::Rules;
use super::disclosure::Spread;
use super::error::{Errors, Stratum, reason};
use super::measure::Measured;
use super::overall::Total;
use super::robustness::{Composed, protected};
use super::units::Column;

/// Valid indicators must hold this share of a pillar's weight.
const LEAST_WEIGHT: f64 = 0.5;

/// One of the three ways to make one number of weighted values.
pub type Form = fn(&[(f64, f64)]) -> Result<f64, crate::stats::Undefined>;

/// A weighted sum of indicator totals: one coefficient per indicator, zero where it does not enter.
pub type Coefficients = Vec<f64>;

/// The three pillars and the composite.
pub fn pillars(measured: &Measured<'_>, totals: &[Total], rules: Rules<'_>) -> (Vec<PillarScore>, Composite) {
    let parts = parts(measured, totals, rules);
    let scores = scored(&parts, measured, totals);
    let composite = composite(&parts, &scores, measured, totals, rules);
    (scores, composite)
}

/// Coefficients of each pillar's valid indicators.
pub fn parts(measured: &Measured<'_>, totals: &[Total], rules: Rules<'_>) -> Vec<Given<Coefficients>> {
    Pillar::ALL.into_iter().map(|pillar| coefficients(pillar, measured, totals, rules)).collect()
}

/// The three pillars.
pub fn scored(parts: &[Given<Coefficients>], measured: &Measured<'_>, totals: &[Total]) -> Vec<PillarScore> {
    Pillar::ALL.into_iter().zip(parts).map(|(pillar, part)| score(pillar, part, measured, totals)).collect()
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
    let freed = match freed(scores) {
        Ok(freed) => freed,
        Err(reason) => return no_composite(reason),
    };
    let shares = rules.profile.pillar_shares();
    let weighed: Vec<_> = freed.iter().copied().zip(shares).collect();
    let form = |form: Form| form(&weighed).map_err(reason);
    let value = form(linear);
    let coefficients = signed(parts, shares, totals.len());
    let raw =
        value.map_or_else(Errors::withheld, |value| Errors::of(value, &linearised(&coefficients, measured, totals)));
    let composed = Composed { measured, totals, parts, rules };
    let draws = composed.draws();
    let robustness = composed.robustness(freed, &draws);
    let closed = rules.view.protects() && robustness.as_ref().is_ok_and(|one| one.gate != Gate::Publish);
    if closed {
        return Composite {
            robustness: protected(robustness, spread_of(&coefficients, totals), rules.view),
            ..no_composite(Withheld::NotRobust)
        };
    }
    let spread = spread_of(&coefficients, totals);
    Composite {
        linear: value,
        geometric: form(geometric),
        imbalance: form(mazziotta_pareto),
        se: spread.figure(raw.se),
        df: spread.figure(raw.df),
        interval: spread.interval(raw.interval),
        geometric_interval: spread.figure(composed.interval(geometric, freed, &draws, raw.df)),
        imbalance_interval: spread.figure(composed.interval(mazziotta_pareto, freed, &draws, raw.df)),
        robustness: protected(robustness, spread, rules.view),
    }
}

/// The three pillars, obstacles inverted.
///
/// # Errors
/// Why a pillar is missing.
pub fn freed(scores: &[PillarScore]) -> Given<[f64; 3]> {
    let mut freed = [0.0; 3];
    for (place, score) in freed.iter_mut().zip(scores) {
        *place = towards_good(score.pillar, score.value?);
    }
    Ok(freed)
}

const fn no_composite(reason: Withheld) -> Composite {
    Composite {
        linear: Err(reason),
        geometric: Err(reason),
        imbalance: Err(reason),
        se: Err(reason),
        df: Err(reason),
        interval: Err(reason),
        geometric_interval: Err(reason),
        imbalance_interval: Err(reason),
        robustness: Err(reason),
    }
}

/// The only place where obstacles are turned into freedom from obstacles.
pub fn towards_good(pillar: Pillar, value: f64) -> f64 {
    match pillar {
        Pillar::Facilitators | Pillar::Results => value,
        Pillar::Obstacles => 100.0 - value,
    }
}

/// Coefficient of every indicator in the linear composite.
pub fn signed(parts: &[Given<Coefficients>], shares: [f64; 3], indicators: usize) -> Coefficients {
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
    let spread = spread_of(coefficients, totals);
    Errors { se: spread.figure(errors.se), df: spread.figure(errors.df), interval: spread.interval(errors.interval) }
}

/// How much of the spread of a weighted sum of totals may leave.
pub fn spread_of(coefficients: &[f64], totals: &[Total]) -> Spread {
    let used = coefficients.iter().zip(totals).filter(|(one, _)| **one != 0.0);
    used.fold(Spread::All, |spread, (_, total)| spread.and(total.spread))
}

/// One stratum per group: the variance of what each unit contributes to the whole sum.
///
/// # Source
/// Linearisation, Woodruff 1971; checked against the rescaled bootstrap.
pub fn linearised(coefficients: &[f64], measured: &Measured<'_>, totals: &[Total]) -> Vec<Stratum> {
    let groups = measured.indicators.first().map_or(0, |one| one.cells.len());
    let part = |group: usize| -> Vec<f64> {
        let weight = |total: &Total| total.weights.get(group).copied().unwrap_or(0.0);
        let parts = coefficients.iter().zip(totals);
        parts.map(|(one, total)| if *one == 0.0 { 0.0 } else { one * weight(total) }).collect()
    };
    let parts: Vec<_> = (0..groups).map(part).collect();
    let shares = shares(&parts, measured);
    let stratum = |(group, (n, squares)): (usize, (u64, f64))| Stratum {
        weight: 1.0,
        n,
        variance: (n > 1).then(|| squares * real(n) * real(n) / real(n - 1)),
        left: left(group, parts.get(group).map_or(&[], Vec::as_slice), measured),
    };
    shares.into_iter().enumerate().map(stratum).filter(|stratum| stratum.n > 0).collect()
}

/// Units counted in one piece: fixed, so that sums come out the same on any number of threads.
const PIECE: usize = 1 << 14;

/// For each group: units with a valid score on any indicator used, and the sum of squares of what each contributes,
/// in n-ths. Of a wave that fits in one piece the squares are put in order first, so that who came first does not show
/// in the last digit.
fn shares(parts: &[Vec<f64>], measured: &Measured<'_>) -> Vec<(u64, f64)> {
    let tables: Vec<_> = parts.iter().enumerate().map(|(group, part)| tables(group, part, measured)).collect();
    let in_order = measured.units.groups.len() <= PIECE;
    let pieces = measured.units.groups.par_chunks(PIECE).enumerate().map(|(piece, groups)| {
        let mut squares = squares(&tables, piece * PIECE, groups);
        if in_order {
            for of_group in &mut squares {
                of_group.sort_by(f64::total_cmp);
            }
        }
        squares.into_iter().map(|squares| (squares.len(), sum(squares.into_iter()))).collect::<Vec<_>>()
    });
    let mut all = vec![(0, Sum::default()); parts.len()];
    for piece in pieces.collect::<Vec<_>>() {
        for ((n, sum), (of_piece, squares)) in all.iter_mut().zip(piece) {
            *n += u64::try_from(of_piece).unwrap_or(u64::MAX);
            sum.add(squares);
        }
    }
    all.into_iter().map(|(n, sum)| (n, sum.total())).collect()
}

/// For each group the square of what every valid unit of a piece contributes.
fn squares(tables: &[Vec<(&Column, Vec<f64>)>], start: usize, groups: &[u16]) -> Vec<Vec<f64>> {
    let mut found = vec![Vec::new(); tables.len()];
    for (unit, group) in (start..).zip(groups) {
        let group = usize::from(*group);
        let Some((tables, squares)) = tables.get(group).zip(found.get_mut(group)) else { continue };
        let unit = u32::try_from(unit).unwrap_or(u32::MAX);
        let (mut share, mut valid) = (0.0, false);
        for (column, table) in tables {
            let code = column.code(unit);
            valid |= code > 0;
            share += table.get(usize::try_from(code).unwrap_or(0)).copied().unwrap_or(0.0);
        }
        if valid {
            squares.push(share * share);
        }
    }
    found
}

/// For each indicator used, what a unit of the group contributes by its score, in n-ths.
fn tables<'m>(group: usize, part: &[f64], measured: &'m Measured<'_>) -> Vec<(&'m Column, Vec<f64>)> {
    let columns = part.iter().zip(&measured.units.columns).zip(&measured.indicators);
    columns
        .filter_map(|((one, column), indicator)| {
            let summary = indicator.cells.get(group)?.summary.filter(|_| *one != 0.0)?;
            let share = |value: &f64| one / real(summary.n) * (value - summary.mean);
            let values = column.values().iter().skip(1).map(share);
            Some((column, std::iter::once(0.0).chain(values).collect()))
        })
        .collect()
}

/// Share left to chance: that of the indicator with the fewest valid units.
fn left(group: usize, part: &[f64], measured: &Measured<'_>) -> f64 {
    let used = measured.indicators.iter().zip(part).filter(|(_, one)| **one != 0.0);
    let cells = used.filter_map(|(indicator, _)| indicator.cells.get(group));
    cells.map(|cell| left_to_chance(real(cell.n()), cell.listed.map(f64::from))).fold(0.0, f64::max)
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How far could the composite be off, and would it look the same under other sensible rules?

use crate::domain::framework::Pillar;
use crate::domain::profile::{ScoreView, Voice};
use crate::domain::robustness::{Gate, Robustness};
use crate::domain::score::{Given, Interval, Withheld};
use crate::stats::Undefined;
use crate::stats::bootstrap::expanded_percentile;
use crate::stats::composite::linear;
use crate::stats::resample::{Block, Replicate, replicate, sort_rows, sorted};
use crate::stats::sensitivity::{self, Form as IndexForm, Publication, Variation, publication};
use crate::stats::weight_draws::WeightSource;

use super::Rules;
use super::disclosure::Spread;
use super::error::{Errors, reason};
use super::measure::Measured;
use super::overall::Total;
use super::pillar::{Coefficients, Form, linearised, towards_good};

/// From so many units on the formula is as good as drawing, and much faster.
const DRAWN_UP_TO: usize = 5_000;
/// How close pillar weights stay to the agreed ones: the larger, the closer.
const NEAR: f64 = 20.0;

/// Everything the composite is made from.
pub struct Composed<'c> {
    /// The wave.
    pub measured: &'c Measured<'c>,
    /// Totals of the indicators.
    pub totals: &'c [Total],
    /// Coefficients of each pillar's indicators.
    pub parts: &'c [Given<Coefficients>],
    /// The rules.
    pub rules: Rules<'c>,
}

/// The pillars of one replicate, obstacles inverted, in the order of [`Pillar::ALL`].
pub type Freed = [f64; 3];

/// The pillars of these totals, obstacles inverted.
fn freed_by(parts: &[Coefficients], totals: &[f64]) -> Freed {
    let pillar = |part: &Coefficients| part.iter().zip(totals).map(|(one, total)| one * total).sum::<f64>();
    let mut freed = [0.0; 3];
    for ((place, part), pillar_of) in freed.iter_mut().zip(parts).zip(Pillar::ALL) {
        *place = towards_good(pillar_of, pillar(part));
    }
    freed
}

impl Composed<'_> {
    /// The pillars under other answers, if they can be drawn. In the order of the draws.
    pub fn draws(&self) -> Given<Vec<Freed>> {
        let parts = self.parts.iter().cloned().collect::<Result<Vec<_>, _>>()?;
        let used: Vec<usize> = (0..self.totals.len())
            .filter(|place| parts.iter().any(|part| part.get(*place).is_some_and(|one| *one != 0.0)))
            .collect();
        self.replicated(&used, |totals| freed_by(&parts, totals))
    }

    /// What follows from the totals of the indicators at these places under other answers, in the order of the draws;
    /// every other total is 0.
    pub fn replicated<T: Send>(&self, used: &[usize], follows: impl Fn(&[f64]) -> T + Sync) -> Given<Vec<T>> {
        if self.measured.units.groups.len() > DRAWN_UP_TO {
            return Err(Withheld::NotNeeded);
        }
        let groups: Vec<usize> = (0..self.measured.indicators.first().map_or(0, |one| one.cells.len()))
            .filter(|group| used.iter().any(|place| self.weight(*place, *group) > 0.0))
            .collect();
        let blocks = groups.iter().map(|group| self.block(*group, used)).collect::<Result<Vec<_>, _>>()?;
        let seed = self.rules.seed(self.measured.answers.responses.wave(), "composite");
        let chain = |one: &Replicate| Some(follows(&self.chain(one, used, &groups)?));
        replicate(&blocks, self.rules.profile.bootstrap_draws, seed, chain).map_err(reason)
    }

    fn weight(&self, place: usize, group: usize) -> f64 {
        self.totals.get(place).and_then(|total| total.weights.get(group)).copied().unwrap_or(0.0)
    }

    /// The units of a group with a score on any of the indicators used.
    fn block(&self, group: usize, used: &[usize]) -> Given<Block> {
        let columns: Vec<_> = used.iter().filter_map(|place| self.measured.units.columns.get(*place)).collect();
        let members = self.measured.units.groups.iter().enumerate().filter(|(_, of)| usize::from(**of) == group);
        let rows = members.map(|(unit, _)| columns.iter().map(|column| column.score(unit)).collect::<Vec<_>>());
        let mut rows: Vec<_> = rows.filter(|row| row.iter().any(Option::is_some)).collect();
        // Who came first must not decide who is drawn.
        sort_rows(&mut rows);
        let cells = used.iter().filter_map(|place| self.measured.indicators.get(*place)?.cells.get(group));
        let left = cells.map(super::cell::Cell::left).fold(0.0, f64::max);
        Block::new(&rows, left).map_err(reason)
    }

    /// The totals of one replicate.
    fn chain(&self, one: &Replicate, used: &[usize], groups: &[usize]) -> Option<Vec<f64>> {
        let mut totals = vec![0.0; self.totals.len()];
        for (column, place) in used.iter().enumerate() {
            let mut sum = 0.0;
            for (block, group) in groups.iter().enumerate() {
                let weight = self.weight(*place, *group);
                if weight > 0.0 {
                    sum += weight * one.means.get(block)?.get(column).copied().flatten()?;
                }
            }
            *totals.get_mut(*place)? = sum;
        }
        Some(totals)
    }

    /// 95 % interval of a form that is not linear: from draws, or by its slope where there are too many units to draw.
    pub fn interval(&self, form: Form, freed: Freed, draws: &Given<Vec<Freed>>, df: Given<f64>) -> Given<Interval> {
        let shares = self.rules.profile.pillar_shares();
        let value = |freed: &Freed| form(&weighed(freed, shares));
        match draws {
            Ok(draws) => {
                let values = draws.iter().filter_map(|one| value(one).ok()).collect();
                let limits = sorted(values).and_then(|values| expanded_percentile(&values, 0.95, df.unwrap_or(1.0)));
                df.and(limits.map(|(low, high)| Interval { low, high }).map_err(reason))
            }
            Err(Withheld::NotNeeded) => self.by_slope(&value, freed),
            Err(reason) => Err(*reason),
        }
    }

    fn by_slope(&self, value: &impl Fn(&Freed) -> Result<f64, Undefined>, freed: Freed) -> Given<Interval> {
        const STEP: f64 = 1e-4;
        let centre = value(&freed).map_err(reason)?;
        let mut coefficients = vec![0.0; self.totals.len()];
        for ((place, pillar), part) in Pillar::ALL.into_iter().enumerate().zip(self.parts) {
            let (mut above, mut below) = (freed, freed);
            above.iter_mut().skip(place).take(1).for_each(|one| *one += STEP);
            below.iter_mut().skip(place).take(1).for_each(|one| *one -= STEP);
            let slope = (value(&above).map_err(reason)? - value(&below).map_err(reason)?) / (2.0 * STEP);
            let sign = towards_good(pillar, 1.0) - towards_good(pillar, 0.0);
            let part = part.as_ref().map_err(|reason| *reason)?;
            coefficients.iter_mut().zip(part).for_each(|(sum, one)| *sum += slope * sign * one);
        }
        Errors::of(centre, &linearised(&coefficients, self.measured, self.totals)).interval
    }

    /// How the composite fares under other weights, answers, voices and indicators.
    pub fn robustness(&self, freed: Freed, draws: &Given<Vec<Freed>>) -> Given<Robustness> {
        let point = vec![freed];
        let answers = match draws {
            Ok(answers) => answers,
            Err(Withheld::NotNeeded) => &point,
            Err(reason) => return Err(*reason),
        };
        let (near_weights, lowest) = self.over_weights(answers, Weights::Near)?;
        Ok(Robustness {
            near_weights: Ok(near_weights),
            any_weights: self.over_weights(answers, Weights::Any).map(|found| found.0),
            lowest,
            voices: Voice::ALL.into_iter().map(|voice| (voice, self.in_voice(voice))).collect(),
            without_one: self.without_one(freed),
            gate: gate(near_weights, self.rules.profile.bands),
        })
    }

    /// 90 % interval of the linear composite over pillar weights and answers, and how often each pillar is the lowest.
    fn over_weights(&self, drawn: &[Freed], weights: Weights) -> Given<(Interval, Vec<(Pillar, f64)>)> {
        let profile = self.rules.profile;
        let source = match weights {
            Weights::Near => WeightSource::concentrated(&profile.pillar_shares(), NEAR),
            Weights::Any => WeightSource::flat(Pillar::ALL.len()),
        };
        let seed = self.rules.seed(self.measured.answers.responses.wave(), weights.statistic());
        let forms = [IndexForm::Linear];
        let variation =
            Variation { weights: &source.map_err(reason)?, forms: &forms, draws: profile.bootstrap_draws, seed };
        let parts = |draw: u32| {
            let place = usize::try_from(draw).unwrap_or(0).checked_rem(drawn.len());
            place.and_then(|place| drawn.get(place)).map(|freed| freed.to_vec()).ok_or(Undefined::Empty)
        };
        let found = sensitivity::robustness(parts, &variation).map_err(reason)?;
        let (low, high) = found.limits;
        Ok((Interval { low, high }, Pillar::ALL.into_iter().zip(found.lowest).collect()))
    }

    fn in_voice(&self, voice: Voice) -> Given<f64> {
        let value = |total: &Total| total.overall.voice_value(voice);
        let mut freed = [0.0; 3];
        for ((place, part), pillar) in freed.iter_mut().zip(self.parts).zip(Pillar::ALL) {
            let part = part.as_ref().map_err(|reason| *reason)?;
            let mut sum = 0.0;
            for (one, total) in part.iter().zip(self.totals).filter(|(one, _)| **one != 0.0) {
                sum += one * value(total)?;
            }
            *place = towards_good(pillar, sum);
        }
        linear(&weighed(&freed, self.rules.profile.pillar_shares())).map_err(reason)
    }

    /// Lowest and highest composite with one indicator left out of a pillar that keeps others.
    fn without_one(&self, freed: Freed) -> Option<[(String, f64); 2]> {
        let shares = self.rules.profile.pillar_shares();
        let mut found: Vec<(String, f64)> = Vec::new();
        for ((place, pillar), part) in Pillar::ALL.into_iter().enumerate().zip(self.parts) {
            let Ok(part) = part else { continue };
            for left_out in 0..part.len() {
                let Some(value) = self.pillar_without(part, left_out) else { continue };
                let mut freed = freed;
                freed.iter_mut().skip(place).take(1).for_each(|one| *one = towards_good(pillar, value));
                let code = self.measured.indicators.get(left_out).map(|one| one.indicator.code.clone());
                found.extend(code.zip(linear(&weighed(&freed, shares)).ok()));
            }
        }
        found.sort_by(|one, other| one.1.total_cmp(&other.1));
        Some([found.first()?.clone(), found.last()?.clone()])
    }

    fn pillar_without(&self, part: &Coefficients, left_out: usize) -> Option<f64> {
        let rest = 1.0 - part.get(left_out).copied().filter(|one| *one != 0.0)?;
        let others =
            part.iter().zip(self.totals).enumerate().filter(|(place, (one, _))| *place != left_out && **one != 0.0);
        let terms = others.map(|(_, (one, total))| total.overall.value().map(|value| one * value));
        let sum: f64 = terms.collect::<Result<Vec<_>, _>>().ok()?.into_iter().sum();
        (rest > 1e-9).then(|| sum / rest)
    }
}

/// Which pillar weights are tried.
#[derive(Clone, Copy)]
enum Weights {
    Near,
    Any,
}

impl Weights {
    const fn statistic(self) -> &'static str {
        match self {
            Self::Near => "near weights",
            Self::Any => "any weights",
        }
    }
}

/// The pillars with their weights.
pub fn weighed(freed: &Freed, shares: [f64; 3]) -> Vec<(f64, f64)> {
    freed.iter().copied().zip(shares).collect()
}

/// Whether a composite with this 90 % interval may be published.
pub fn gate(interval: Interval, [concern, strength]: [f64; 2]) -> Gate {
    match publication((interval.low, interval.high), (concern, strength)) {
        Publication::Published => Gate::Publish,
        Publication::TooWide => Gate::TooWide,
        Publication::AllBands => Gate::SpansBands,
    }
}

/// What may leave of the robustness: for the evaluator, where nothing of the spread is withheld.
pub fn protected(robustness: Given<Robustness>, spread: Spread, view: ScoreView) -> Given<Robustness> {
    match view {
        ScoreView::Full => robustness,
        ScoreView::Evaluator => spread.figure(robustness),
        ScoreView::Participants | ScoreView::Public => Err(Withheld::NotForThisView),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_interval_and_one_over_all_bands_are_not_published() {
        let of = |low, high| gate(Interval { low, high }, [60.0, 75.0]);
        assert_eq!(of(62.0, 74.0), Gate::Publish);
        assert_eq!(of(51.0, 72.0), Gate::TooWide);
        assert_eq!(of(58.0, 76.0), Gate::SpansBands);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How precise are the numbers that everybody may take away? Whole points, as pages show them.
//!
//! A mean with all its digits, together with its spread, can single out the answers of a small group: see
//! `docs/methods.md`, what may be shown.

use super::agreement::Agreement;
use super::gap::Gap;
use super::score::{Composite, Given, GroupScore, IndicatorScore, Interval, Overall, PillarScore, WaveScores};

/// Something with numbers that can be given in whole points, and coefficients in hundredths.
pub trait Released {
    /// Makes every number as coarse as it is released.
    fn coarsen(&mut self);
}

fn points(given: &mut Given<f64>) {
    round(given, 1.0);
}

fn hundredths(given: &mut Given<f64>) {
    round(given, 100.0);
}

fn round(given: &mut Given<f64>, steps: f64) {
    if let Ok(value) = given {
        *value = (*value * steps).round() / steps;
    }
}

fn ends(given: &mut Given<Interval>, steps: f64) {
    if let Ok(interval) = given {
        let coarse = |end: f64| (end * steps).round() / steps;
        *interval = Interval { low: coarse(interval.low), high: coarse(interval.high) };
    }
}

impl Released for Given<Interval> {
    fn coarsen(&mut self) {
        ends(self, 1.0);
    }
}

impl Released for WaveScores {
    fn coarsen(&mut self) {
        self.indicators.iter_mut().for_each(Released::coarsen);
        self.pillars.iter_mut().for_each(Released::coarsen);
        self.composite.coarsen();
    }
}

impl Released for IndicatorScore {
    fn coarsen(&mut self) {
        self.groups.iter_mut().for_each(Released::coarsen);
        self.overall.coarsen();
        self.agreement.coarsen();
        self.gaps.iter_mut().for_each(Released::coarsen);
        [&mut self.consistency.alpha, &mut self.consistency.omega].into_iter().for_each(hundredths);
        ends(&mut self.consistency.interval, 100.0);
    }
}

impl Released for GroupScore {
    fn coarsen(&mut self) {
        [&mut self.mean, &mut self.sd, &mut self.se, &mut self.mean_of_items].into_iter().for_each(points);
        [&mut self.interval, &mut self.clustered_interval, &mut self.measurement_interval]
            .into_iter()
            .for_each(Released::coarsen);
        self.agreement.coarsen();
        if let Ok(ends) = &mut self.tipping_points {
            *ends = ends.map(f64::round);
        }
    }
}

impl Released for Agreement {
    fn coarsen(&mut self) {
        [&mut self.a_wg, &mut self.r_wg_j].into_iter().for_each(hundredths);
    }
}

impl Released for Overall {
    fn coarsen(&mut self) {
        let values = [&mut self.equal, &mut self.head, &mut self.population, &mut self.participatory];
        values.into_iter().for_each(points);
        [&mut self.se, &mut self.df, &mut self.process_se, &mut self.process_df].into_iter().for_each(points);
        [&mut self.interval, &mut self.process_interval].into_iter().for_each(Released::coarsen);
    }
}

impl Released for PillarScore {
    fn coarsen(&mut self) {
        [&mut self.value, &mut self.se, &mut self.df].into_iter().for_each(points);
        self.interval.coarsen();
    }
}

impl Released for Composite {
    fn coarsen(&mut self) {
        let values = [&mut self.linear, &mut self.geometric, &mut self.imbalance, &mut self.se, &mut self.df];
        values.into_iter().for_each(points);
        [&mut self.interval, &mut self.geometric_interval, &mut self.imbalance_interval]
            .into_iter()
            .for_each(Released::coarsen);
    }
}

impl Released for Gap {
    fn coarsen(&mut self) {
        points(&mut self.difference);
        [&mut self.cliffs_delta, &mut self.brunner_munzel, &mut self.p, &mut self.p_holm]
            .into_iter()
            .for_each(hundredths);
        ends(&mut self.delta_interval, 100.0);
    }
}

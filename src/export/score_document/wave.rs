// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One wave: its indicators, pillars and composite.

use serde::Serialize;

use crate::domain::score::{Flag, Interval, PillarScore, WaveScores, Withheld};

use super::composite::CompositeEntry;
use super::indicator::IndicatorEntry;
use super::{first_reason, value};

#[derive(Serialize)]
pub struct WaveEntry<'a> {
    wave: &'a str,
    view: &'static str,
    respondents: u32,
    indicators: Vec<IndicatorEntry<'a>>,
    pillars: Vec<PillarEntry<'a>>,
    composite: CompositeEntry<'a>,
}

#[derive(Serialize)]
struct PillarEntry<'a> {
    pillar: &'static str,
    value: Option<f64>,
    reason: Option<Withheld>,
    se: Option<f64>,
    df: Option<f64>,
    interval: Option<Interval>,
    interval_reason: Option<Withheld>,
    indicators_used: &'a [String],
    flags: &'a [Flag],
}

impl<'a> WaveEntry<'a> {
    pub fn new(scores: &'a WaveScores) -> Self {
        Self {
            wave: &scores.wave,
            view: scores.view.code(),
            respondents: scores.respondents,
            indicators: scores.indicators.iter().map(IndicatorEntry::new).collect(),
            pillars: scores.pillars.iter().map(PillarEntry::new).collect(),
            composite: CompositeEntry::new(&scores.composite),
        }
    }
}

impl<'a> PillarEntry<'a> {
    fn new(score: &'a PillarScore) -> Self {
        Self {
            pillar: score.pillar.code(),
            value: value(score.value),
            reason: first_reason(&[score.value.err(), score.interval.err(), score.se.err()]),
            se: value(score.se),
            df: value(score.df),
            interval: value(score.interval),
            interval_reason: score.interval.err(),
            indicators_used: &score.indicators_used,
            flags: &score.flags,
        }
    }
}

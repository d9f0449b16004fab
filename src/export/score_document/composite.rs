// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The composite of one wave, its intervals and how it would look under other rules.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::profile::Voice;
use crate::domain::robustness::{Gate, Robustness};
use crate::domain::score::{Composite, Given, Interval, Withheld};

use super::{first_reason, value};

#[derive(Serialize)]
pub struct CompositeEntry<'a> {
    linear: Option<f64>,
    geometric: Option<f64>,
    imbalance: Option<f64>,
    se: Option<f64>,
    df: Option<f64>,
    interval: Option<Interval>,
    geometric_interval: Option<Interval>,
    geometric_interval_reason: Option<Withheld>,
    imbalance_interval: Option<Interval>,
    imbalance_interval_reason: Option<Withheld>,
    reason: Option<Withheld>,
    robustness: Option<RobustnessEntry<'a>>,
    robustness_reason: Option<Withheld>,
}

#[derive(Serialize)]
struct RobustnessEntry<'a> {
    near_weights: Option<Interval>,
    any_weights: Option<Interval>,
    reason: Option<Withheld>,
    lowest: BTreeMap<&'static str, f64>,
    voices: Vec<VoiceEntry>,
    without_one: Option<[WithoutOne<'a>; 2]>,
    gate: Gate,
}

#[derive(Serialize)]
struct VoiceEntry {
    voice: &'static str,
    linear: Option<f64>,
    reason: Option<Withheld>,
}

#[derive(Serialize)]
struct WithoutOne<'a> {
    indicator: &'a str,
    linear: f64,
}

impl<'a> CompositeEntry<'a> {
    pub fn new(composite: &'a Composite) -> Self {
        Self {
            linear: value(composite.linear),
            geometric: value(composite.geometric),
            imbalance: value(composite.imbalance),
            se: value(composite.se),
            df: value(composite.df),
            interval: value(composite.interval),
            geometric_interval: value(composite.geometric_interval),
            geometric_interval_reason: composite.geometric_interval.err(),
            imbalance_interval: value(composite.imbalance_interval),
            imbalance_interval_reason: composite.imbalance_interval.err(),
            reason: first_reason(&[composite.linear.err(), composite.interval.err(), composite.se.err()]),
            robustness: composite.robustness.as_ref().ok().map(RobustnessEntry::new),
            robustness_reason: composite.robustness.as_ref().err().copied(),
        }
    }
}

impl<'a> RobustnessEntry<'a> {
    fn new(robustness: &'a Robustness) -> Self {
        let in_voice = |(voice, linear): &(Voice, Given<f64>)| VoiceEntry {
            voice: voice.code(),
            linear: value(*linear),
            reason: linear.err(),
        };
        let without = |(indicator, linear): &'a (String, f64)| WithoutOne { indicator, linear: *linear };
        Self {
            near_weights: value(robustness.near_weights),
            any_weights: value(robustness.any_weights),
            reason: first_reason(&[robustness.near_weights.err(), robustness.any_weights.err()]),
            lowest: robustness.lowest.iter().map(|(pillar, share)| (pillar.code(), *share)).collect(),
            voices: robustness.voices.iter().map(in_voice).collect(),
            without_one: robustness.without_one.as_ref().map(|ends| ends.each_ref().map(without)),
            gate: robustness.gate,
        }
    }
}

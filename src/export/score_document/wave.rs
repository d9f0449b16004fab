// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One wave: indicators with groups and overall, pillars, composite.

use serde::Serialize;

use crate::domain::score::{
    CodeCounts, Composite, Flag, GroupScore, IndicatorScore, Interval, Overall, PillarScore, WaveScores, Withheld,
};

use super::{first_reason, value};

#[derive(Serialize)]
pub struct WaveEntry<'a> {
    wave: &'a str,
    view: &'static str,
    respondents: u32,
    indicators: Vec<IndicatorEntry<'a>>,
    pillars: Vec<PillarEntry<'a>>,
    composite: CompositeEntry,
}

#[derive(Serialize)]
struct IndicatorEntry<'a> {
    indicator: &'a str,
    pillar: &'static str,
    family: &'a str,
    codes: Option<CodeCounts>,
    codes_reason: Option<Withheld>,
    groups: Vec<GroupEntry<'a>>,
    overall: OverallEntry<'a>,
    consistency: Consistency,
    agreement: Agreement,
    gaps: [(); 0],
    gaps_reason: Withheld,
}

#[derive(Serialize)]
struct GroupEntry<'a> {
    group: &'a str,
    listed: Option<u32>,
    valid: u32,
    mean: Option<f64>,
    sd: Option<f64>,
    se: Option<f64>,
    interval: Option<Interval>,
    reason: Option<Withheld>,
    mean_of_items: Option<f64>,
    mean_of_items_reason: Option<Withheld>,
    codes: Option<CodeCounts>,
    codes_reason: Option<Withheld>,
    flags: &'a [Flag],
    agreement: Agreement,
}

#[derive(Serialize)]
struct OverallEntry<'a> {
    voice: &'static str,
    equal: Option<f64>,
    head: Option<f64>,
    population: Option<f64>,
    participatory: Option<f64>,
    se: Option<f64>,
    df: Option<f64>,
    interval: Option<Interval>,
    process_se: Option<f64>,
    process_df: Option<f64>,
    process_interval: Option<Interval>,
    reason: Option<Withheld>,
    equal_reason: Option<Withheld>,
    head_reason: Option<Withheld>,
    population_reason: Option<Withheld>,
    participatory_reason: Option<Withheld>,
    se_reason: Option<Withheld>,
    df_reason: Option<Withheld>,
    interval_reason: Option<Withheld>,
    process_reason: Option<Withheld>,
    valid: u32,
    listed: Option<u32>,
    groups_used: &'a [String],
    groups_missing: &'a [String],
    flags: &'a [Flag],
}

#[derive(Serialize)]
struct Consistency {
    alpha: Option<f64>,
    interval: Option<Interval>,
    n: Option<u32>,
    reason: Withheld,
    omega: Option<f64>,
    omega_reason: Withheld,
}

#[derive(Serialize)]
struct Agreement {
    a_wg: Option<f64>,
    r_wg_j: Option<f64>,
    reason: Withheld,
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

#[derive(Serialize)]
struct CompositeEntry {
    linear: Option<f64>,
    geometric: Option<f64>,
    imbalance: Option<f64>,
    se: Option<f64>,
    df: Option<f64>,
    interval: Option<Interval>,
    reason: Option<Withheld>,
}

const CONSISTENCY: Consistency = Consistency {
    alpha: None,
    interval: None,
    n: None,
    reason: Withheld::NotComputed,
    omega: None,
    omega_reason: Withheld::NotComputed,
};

const AGREEMENT: Agreement = Agreement { a_wg: None, r_wg_j: None, reason: Withheld::NotComputed };

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

impl<'a> IndicatorEntry<'a> {
    fn new(score: &'a IndicatorScore) -> Self {
        Self {
            indicator: &score.indicator,
            pillar: score.pillar.code(),
            family: &score.family,
            codes: value(score.codes),
            codes_reason: score.codes.err(),
            groups: score.groups.iter().map(GroupEntry::new).collect(),
            overall: OverallEntry::new(&score.overall),
            consistency: CONSISTENCY,
            agreement: AGREEMENT,
            gaps: [],
            gaps_reason: Withheld::NotComputed,
        }
    }
}

impl<'a> GroupEntry<'a> {
    fn new(score: &'a GroupScore) -> Self {
        Self {
            group: &score.group,
            listed: score.listed,
            valid: score.valid,
            mean: value(score.mean),
            sd: value(score.sd),
            se: value(score.se),
            interval: value(score.interval),
            reason: first_reason(&[score.mean.err(), score.sd.err(), score.se.err(), score.interval.err()]),
            mean_of_items: value(score.mean_of_items),
            mean_of_items_reason: score.mean_of_items.err(),
            codes: value(score.codes),
            codes_reason: score.codes.err(),
            flags: &score.flags,
            agreement: AGREEMENT,
        }
    }
}

impl<'a> OverallEntry<'a> {
    fn new(overall: &'a Overall) -> Self {
        let own = overall.value().err();
        Self {
            voice: overall.voice.code(),
            equal: value(overall.equal),
            head: value(overall.head),
            population: value(overall.population),
            participatory: value(overall.participatory),
            se: value(overall.se),
            df: value(overall.df),
            interval: value(overall.interval),
            process_se: value(overall.process_se),
            process_df: value(overall.process_df),
            process_interval: value(overall.process_interval),
            reason: first_reason(&[own, overall.interval.err(), overall.se.err(), overall.process_interval.err()]),
            equal_reason: overall.equal.err(),
            head_reason: overall.head.err(),
            population_reason: overall.population.err(),
            participatory_reason: overall.participatory.err(),
            se_reason: overall.se.err(),
            df_reason: overall.df.err(),
            interval_reason: overall.interval.err(),
            process_reason: overall.process_interval.err(),
            valid: overall.valid,
            listed: overall.listed,
            groups_used: &overall.groups_used,
            groups_missing: &overall.groups_missing,
            flags: &overall.flags,
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

impl CompositeEntry {
    fn new(composite: &Composite) -> Self {
        Self {
            linear: value(composite.linear),
            geometric: value(composite.geometric),
            imbalance: value(composite.imbalance),
            se: value(composite.se),
            df: value(composite.df),
            interval: value(composite.interval),
            reason: first_reason(&[composite.linear.err(), composite.interval.err(), composite.se.err()]),
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One indicator of one wave: its groups, its total, and what is known beside them.

use serde::Serialize;

use crate::domain::consistency::Consistency;
use crate::domain::gap::{Gap, GapReading, PMethod};
use crate::domain::score::{Band, CodeCounts, Flag, IndicatorScore, Interval, ItemShares, Overall, Withheld};

use super::group::{AgreementEntry, GroupEntry};
use super::{first_reason, value};

#[derive(Serialize)]
pub struct IndicatorEntry<'a> {
    indicator: &'a str,
    pillar: &'static str,
    family: &'a str,
    codes: Option<CodeCounts>,
    codes_reason: Option<Withheld>,
    groups: Vec<GroupEntry<'a>>,
    overall: OverallEntry<'a>,
    consistency: ConsistencyEntry<'a>,
    agreement: AgreementEntry,
    gaps: Vec<GapEntry<'a>>,
    items: Vec<ItemEntry<'a>>,
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
    band: Option<Band>,
    band_reason: Option<Withheld>,
    flags: &'a [Flag],
}

#[derive(Serialize)]
struct ConsistencyEntry<'a> {
    alpha: Option<f64>,
    interval: Option<Interval>,
    n: Option<u32>,
    reason: Option<Withheld>,
    omega: Option<f64>,
    omega_reason: Option<Withheld>,
    flags: &'a [Flag],
}

#[derive(Serialize)]
struct GapEntry<'a> {
    a: &'a str,
    b: &'a str,
    difference: Option<f64>,
    cliffs_delta: Option<f64>,
    delta_interval: Option<Interval>,
    brunner_munzel: Option<f64>,
    p: Option<f64>,
    p_method: Option<PMethod>,
    p_holm: Option<f64>,
    reading: Option<GapReading>,
    reason: Option<Withheld>,
}

#[derive(Serialize)]
struct ItemEntry<'a> {
    item: &'a str,
    answers: Option<u64>,
    top: Option<u64>,
    bottom: Option<u64>,
    dont_know: Option<u64>,
    reason: Option<Withheld>,
}

impl<'a> IndicatorEntry<'a> {
    pub fn new(score: &'a IndicatorScore) -> Self {
        Self {
            indicator: &score.indicator,
            pillar: score.pillar.code(),
            family: &score.family,
            codes: value(score.codes),
            codes_reason: score.codes.err(),
            groups: score.groups.iter().map(GroupEntry::new).collect(),
            overall: OverallEntry::new(&score.overall),
            consistency: ConsistencyEntry::new(&score.consistency),
            agreement: AgreementEntry::new(&score.agreement),
            gaps: score.gaps.iter().map(GapEntry::new).collect(),
            items: score.items.iter().map(ItemEntry::new).collect(),
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
            band: value(overall.band),
            band_reason: overall.band.err(),
            flags: &overall.flags,
        }
    }
}

impl<'a> ConsistencyEntry<'a> {
    fn new(consistency: &'a Consistency) -> Self {
        Self {
            alpha: value(consistency.alpha),
            interval: value(consistency.interval),
            n: value(consistency.n),
            reason: first_reason(&[consistency.alpha.err(), consistency.interval.err(), consistency.n.err()]),
            omega: value(consistency.omega),
            omega_reason: consistency.omega.err(),
            flags: &consistency.flags,
        }
    }
}

impl<'a> GapEntry<'a> {
    fn new(gap: &'a Gap) -> Self {
        let statistics = [gap.cliffs_delta.err(), gap.brunner_munzel.err(), gap.p.err(), gap.delta_interval.err()];
        Self {
            a: &gap.a,
            b: &gap.b,
            difference: value(gap.difference),
            cliffs_delta: value(gap.cliffs_delta),
            delta_interval: value(gap.delta_interval),
            brunner_munzel: value(gap.brunner_munzel),
            p: value(gap.p),
            p_method: gap.p_method,
            p_holm: value(gap.p_holm),
            reading: value(gap.reading),
            reason: gap.difference.err().or_else(|| first_reason(&statistics)),
        }
    }
}

impl<'a> ItemEntry<'a> {
    fn new(shares: &'a ItemShares) -> Self {
        Self {
            item: &shares.item,
            answers: value(shares.answers),
            top: value(shares.top),
            bottom: value(shares.bottom),
            dont_know: value(shares.dont_know),
            reason: shares.answers.err(),
        }
    }
}

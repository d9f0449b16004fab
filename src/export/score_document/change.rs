// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One change between two waves.

use serde::Serialize;

use crate::domain::comparison::{Change, ChangeFlag, GroupChange, GroupLeftOut, Verdict};
use crate::domain::gap::PMethod;
use crate::domain::panel::{Attrition, Panel, ReliableChange};
use crate::domain::score::{Given, Interval, Withheld};

use super::{first_reason, value};

#[derive(Serialize)]
pub struct ChangeEntry<'a> {
    indicator: &'a str,
    from: &'a str,
    to: &'a str,
    difference: Option<f64>,
    se: Option<f64>,
    df: Option<f64>,
    interval: Option<Interval>,
    interval_90: Option<Interval>,
    p: Option<f64>,
    pairs: Option<u32>,
    pairs_reason: Option<Withheld>,
    correlation: Option<f64>,
    correlation_reason: Option<Withheld>,
    reason: Option<Withheld>,
    p_holm: Option<f64>,
    panel: PanelEntry,
    attrition: AttritionEntry,
    reliable_change: ReliableEntry,
    verdict: Option<Verdict>,
    flags: &'a [ChangeFlag],
    groups: Vec<GroupEntry<'a>>,
    groups_left_out: &'a [GroupLeftOut],
}

#[derive(Serialize)]
struct PanelEntry {
    mean: Option<f64>,
    p: Option<f64>,
    p_method: Option<PMethod>,
    rank_biserial: Option<f64>,
    improved: Option<u32>,
    same: Option<u32>,
    worsened: Option<u32>,
    different_people: Option<f64>,
    reason: Option<Withheld>,
}

#[derive(Serialize)]
struct AttritionEntry {
    stayed: Option<f64>,
    stayed_n: Option<u32>,
    left: Option<f64>,
    left_n: Option<u32>,
    difference: Option<f64>,
    cliffs_delta: Option<f64>,
    reason: Option<Withheld>,
}

#[derive(Serialize)]
struct ReliableEntry {
    critical: Option<f64>,
    improved: Option<u32>,
    same: Option<u32>,
    worsened: Option<u32>,
    reason: Option<Withheld>,
}

#[derive(Serialize)]
struct GroupEntry<'a> {
    group: &'a str,
    valid_from: u32,
    valid_to: u32,
    difference: f64,
    se: Option<f64>,
    df: Option<f64>,
    interval: Option<Interval>,
    reason: Option<Withheld>,
}

impl<'a> ChangeEntry<'a> {
    pub fn new(change: &'a Change) -> Self {
        let estimate = change.estimate.as_ref().map_err(|reason| *reason);
        let pairs = estimate.and_then(|estimate| estimate.pairs);
        let correlation = estimate.and_then(|estimate| estimate.correlation);
        let interval = estimate.and_then(|estimate| estimate.interval);
        let number = |figure: fn(&crate::domain::comparison::ChangeEstimate) -> Given<f64>| estimate.and_then(figure);
        let (se, df, p) = (number(|one| one.se), number(|one| one.df), number(|one| one.p));
        Self {
            indicator: &change.indicator,
            from: &change.from,
            to: &change.to,
            difference: estimate.ok().map(|estimate| estimate.difference),
            se: value(se),
            df: value(df),
            interval: value(interval),
            interval_90: value(estimate.and_then(|estimate| estimate.interval_90)),
            p: value(p),
            pairs: value(pairs),
            pairs_reason: pairs.err(),
            correlation: value(correlation),
            correlation_reason: correlation.err(),
            reason: first_reason(&[estimate.err(), interval.err(), se.err(), p.err()]),
            p_holm: value(number(|one| one.p_holm)),
            panel: PanelEntry::new(estimate.map(|estimate| estimate.panel)),
            attrition: AttritionEntry::new(estimate.map(|estimate| estimate.attrition)),
            reliable_change: ReliableEntry::new(estimate.map(|estimate| estimate.reliable)),
            verdict: estimate.ok().map(|estimate| estimate.verdict),
            flags: estimate.map_or(&[], |estimate| &estimate.flags),
            groups: change.groups.iter().map(GroupEntry::new).collect(),
            groups_left_out: &change.groups_left_out,
        }
    }
}

impl<'a> GroupEntry<'a> {
    fn new(change: &'a GroupChange) -> Self {
        Self {
            group: &change.group,
            valid_from: change.valid_from,
            valid_to: change.valid_to,
            difference: change.difference,
            se: value(change.se),
            df: value(change.df),
            interval: value(change.interval),
            reason: first_reason(&[change.se.err(), change.interval.err()]),
        }
    }
}

impl PanelEntry {
    fn new(panel: Given<Panel>) -> Self {
        let counts = panel.and_then(|panel| panel.counts);
        let number = |number: fn(&Panel) -> Given<f64>| panel.as_ref().map_err(|reason| *reason).and_then(number);
        let (mean, p, rank) = (number(|one| one.mean), number(|one| one.p), number(|one| one.rank_biserial));
        Self {
            mean: value(mean),
            p: value(p),
            p_method: panel.ok().and_then(|panel| panel.p_method),
            rank_biserial: value(rank),
            improved: value(counts.map(|counts| counts.improved)),
            same: value(counts.map(|counts| counts.same)),
            worsened: value(counts.map(|counts| counts.worsened)),
            different_people: value(number(|one| one.different_people)),
            reason: first_reason(&[mean.err(), p.err(), rank.err(), counts.err()]),
        }
    }
}

impl AttritionEntry {
    fn new(attrition: Given<Attrition>) -> Self {
        let reasons = attrition.map_or_else(
            |reason| [Some(reason), None, None],
            |one| [one.stayed.err(), one.left.err(), one.cliffs_delta.err()],
        );
        let number = |number: fn(Attrition) -> Given<f64>| value(attrition.and_then(number));
        let count = |count: fn(Attrition) -> Given<u32>| value(attrition.and_then(count));
        Self {
            stayed: number(|one| one.stayed),
            stayed_n: count(|one| one.stayed_n),
            left: number(|one| one.left),
            left_n: count(|one| one.left_n),
            difference: number(|one| one.difference),
            cliffs_delta: number(|one| one.cliffs_delta),
            reason: first_reason(&reasons),
        }
    }
}

impl ReliableEntry {
    fn new(reliable: Given<ReliableChange>) -> Self {
        let (critical, counts) = (reliable.and_then(|one| one.critical), reliable.and_then(|one| one.counts));
        Self {
            critical: value(critical),
            improved: value(counts.map(|counts| counts.improved)),
            same: value(counts.map(|counts| counts.same)),
            worsened: value(counts.map(|counts| counts.worsened)),
            reason: first_reason(&[critical.err(), counts.err()]),
        }
    }
}

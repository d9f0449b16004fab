// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One change between two waves.

use serde::Serialize;

use crate::domain::comparison::{Change, ChangeFlag, GroupChange, GroupLeftOut, Verdict};
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
    panel: Panel,
    verdict: Option<Verdict>,
    flags: &'a [ChangeFlag],
    groups: Vec<GroupEntry<'a>>,
    groups_left_out: &'a [GroupLeftOut],
}

#[derive(Serialize)]
struct Panel {
    mean: Option<f64>,
    p: Option<f64>,
    rank_biserial: Option<f64>,
    improved: Option<u32>,
    same: Option<u32>,
    worsened: Option<u32>,
    reason: Withheld,
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

const PANEL: Panel = Panel {
    mean: None,
    p: None,
    rank_biserial: None,
    improved: None,
    same: None,
    worsened: None,
    reason: Withheld::NotComputed,
};

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
            panel: PANEL,
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

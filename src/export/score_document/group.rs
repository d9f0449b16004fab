// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One indicator in one group, and how far its members agree.

use serde::Serialize;

use crate::domain::agreement::{Agreement, SharedView};
use crate::domain::score::{Band, CodeCounts, Flag, GroupScore, Interval, Withheld};

use super::{first_reason, value};

#[derive(Serialize)]
pub struct GroupEntry<'a> {
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
    agreement: AgreementEntry,
    clustered_interval: Option<Interval>,
    clustered_interval_reason: Option<Withheld>,
    measurement_interval: Option<Interval>,
    measurement_interval_reason: Option<Withheld>,
    tipping_points: Option<[f64; 2]>,
    tipping_points_reason: Option<Withheld>,
    band: Option<Band>,
    band_reason: Option<Withheld>,
}

#[derive(Serialize)]
pub struct AgreementEntry {
    a_wg: Option<f64>,
    r_wg_j: Option<f64>,
    raters: Option<u32>,
    view: Option<SharedView>,
    polarised: Option<bool>,
    reason: Option<Withheld>,
}

impl<'a> GroupEntry<'a> {
    pub fn new(score: &'a GroupScore) -> Self {
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
            agreement: AgreementEntry::new(&score.agreement),
            clustered_interval: value(score.clustered_interval),
            clustered_interval_reason: score.clustered_interval.err(),
            measurement_interval: value(score.measurement_interval),
            measurement_interval_reason: score.measurement_interval.err(),
            tipping_points: value(score.tipping_points),
            tipping_points_reason: score.tipping_points.err(),
            band: value(score.band),
            band_reason: score.band.err(),
        }
    }
}

impl AgreementEntry {
    pub fn new(agreement: &Agreement) -> Self {
        Self {
            a_wg: value(agreement.a_wg),
            r_wg_j: value(agreement.r_wg_j),
            raters: value(agreement.raters),
            view: value(agreement.view),
            polarised: value(agreement.polarised),
            reason: first_reason(&[agreement.a_wg.err(), agreement.r_wg_j.err(), agreement.polarised.err()]),
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Every constant in force, with the hash of all of them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::framework::Pillar;
use crate::domain::profile::Profile;

#[derive(Serialize)]
pub struct ProfileEntry<'a> {
    sha256: String,
    #[serde(flatten)]
    constants: Constants<'a>,
}

#[derive(Serialize)]
struct Constants<'a> {
    min_answered_share: f64,
    min_answered_abs: u32,
    k_show: u32,
    k_calc: u32,
    k_dist: u32,
    voice: &'static str,
    unit: &'static str,
    mid: f64,
    bands: [f64; 2],
    alpha_level: f64,
    agree_min: f64,
    bootstrap_draws: u32,
    permutations: u32,
    essential_groups: Vec<&'a str>,
    group_weights: &'a BTreeMap<String, f64>,
    indicator_weights: &'a BTreeMap<String, f64>,
    pillar_weights: BTreeMap<&'static str, f64>,
}

impl<'a> ProfileEntry<'a> {
    pub fn new(profile: &'a Profile) -> Self {
        let shares = Pillar::ALL.into_iter().map(Pillar::code).zip(profile.pillar_shares());
        let constants = Constants {
            min_answered_share: profile.min_answered_share,
            min_answered_abs: profile.min_answered_abs,
            k_show: profile.k_show,
            k_calc: profile.k_calc,
            k_dist: profile.k_dist,
            voice: profile.voice.code(),
            unit: profile.unit.code(),
            mid: profile.mid,
            bands: profile.bands,
            alpha_level: profile.alpha_level,
            agree_min: profile.agree_min,
            bootstrap_draws: profile.bootstrap_draws,
            permutations: profile.permutations,
            essential_groups: profile.essential_groups.iter().map(String::as_str).collect(),
            group_weights: &profile.group_weights,
            indicator_weights: &profile.indicator_weights,
            pillar_weights: shares.collect(),
        };
        Self { sha256: profile.sha256(), constants }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does somebody find in the participants' space where weights are given?

use serde::Serialize;

use super::render::Page;
use super::weights::SetSection;

/// What one voice finds where weights are given.
#[derive(Clone, Debug, Serialize)]
pub struct SpaceWeightsPage {
    /// Project and wave.
    pub kicker: String,
    /// What this round is about.
    pub lead: String,
    /// What was just kept; empty: nothing.
    pub notice: String,
    /// What is weighed.
    pub sets: Vec<SpaceSet>,
    /// How the groups differed in the first round.
    pub spread: Vec<SetSection>,
}

/// Something to weigh.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpaceSet {
    /// What it is.
    pub title: String,
    /// Where it is weighed; empty: not now.
    pub href: String,
    /// What this voice said; empty: nothing yet.
    pub said: String,
    /// Whether it was said in this round.
    pub done: bool,
}

impl Page for SpaceWeightsPage {
    const TEMPLATE: &'static str = "space/weights";

    fn samples() -> Vec<Self> {
        let set = |href: &str, said: &str, done| SpaceSet {
            title: "I tre pilastri".to_owned(),
            href: href.to_owned(),
            said: said.to_owned(),
            done,
        };
        let page = |notice: &str, sets, spread| Self {
            kicker: "Orto · T1".to_owned(),
            lead: "Primo giro.".to_owned(),
            notice: notice.to_owned(),
            sets,
            spread,
        };
        let sets =
            vec![set("/it/space/weights/pillars", "", false), set("/x", "Risultati 40", true), set("", "", false)];
        vec![page("Salvato.", sets, SetSection::samples()), page("", Vec::new(), Vec::new())]
    }
}

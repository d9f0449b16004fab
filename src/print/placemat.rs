// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What lies on the table where results are discussed? One A3 sheet a pillar, with room for notes.

use serde::Serialize;

use super::Document;
use super::error::PrintError;
use super::head::Head;
use super::report::{Drawn, Table};

/// The placemats of a wave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Placemat {
    /// Title, language, day.
    pub head: Head,
    /// Project and wave, at the head of every sheet.
    pub running: String,
    /// Above the room for notes.
    pub notes: String,
    /// Where the numbers come from, at the foot.
    pub foot: String,
    /// One a pillar.
    pub sheets: Vec<Sheet>,
}

/// The sheet of one pillar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Name of the pillar.
    pub title: String,
    /// What it means and which way is better.
    pub what: String,
    /// Its score, or why there is none, in a sentence.
    pub score: String,
    /// What there is to see.
    pub sentence: String,
    /// The indicators with their intervals.
    pub figure: Option<Drawn>,
    /// The indicators by group, with how far people agree.
    pub table: Table,
    /// What to talk about.
    pub questions: Vec<String>,
}

impl Document for Placemat {
    const TEMPLATE: &'static str = "placemat";

    fn head(&self) -> &Head {
        &self.head
    }

    fn samples() -> Result<Vec<Self>, PrintError> {
        Ok(super::report_samples::placemats())
    }
}

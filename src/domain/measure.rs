// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A number reported by a project: with its definition, date and source, or openly not known.

use jiff::civil::Date;
use uuid::Uuid;

use super::text::Text;

/// One reported value of one measure. Never an opinion, never mixed with scores.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureValue {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity.
    pub id: Uuid,
    /// The project that reports it.
    pub project_id: Uuid,
    /// Code of the measure in the framework.
    pub measure: String,
    /// What exactly was counted, in the words of the source.
    pub label: Text,
    /// The number; `None` where it is not known.
    pub value: Option<f64>,
    /// What it is counted in, e.g. `persons`.
    pub unit: String,
    /// What the source counts and leaves out.
    pub definition: Text,
    /// The period it covers, in words.
    pub period: Text,
    /// When it was published, as far as known.
    pub as_of: Option<Date>,
    /// Where it was published.
    pub source: String,
}

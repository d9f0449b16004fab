// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Programme, edition, project: what a wave belongs to. Programme and edition are optional levels.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::profile::Profile;
use super::text::Text;

/// Whether something really happened or was made up to show how the service works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Really exists.
    #[default]
    Real,
    /// Invented, and every page says so.
    Fictional,
}

/// A body that uses the installation; whatever it owns carries its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Identity.
    pub id: Uuid,
    /// Name as printed on its pages.
    pub name: String,
    /// Whom respondents can call or write to.
    pub contact: String,
    /// Every answer it holds was invented for a demonstration.
    pub data: Origin,
}

/// A funder's or public body's programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// What it is for, in a few sentences.
    pub summary: Text,
    /// Where these facts come from.
    pub source: String,
}

/// One run of a programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Edition {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity.
    pub id: Uuid,
    /// Its programme.
    pub programme_id: Uuid,
    /// Name.
    pub name: Text,
    /// Years it covers, e.g. `2021-2025`.
    pub years: String,
    /// Really held, or invented.
    pub origin: Origin,
    /// Constants of the scoring rules for all its projects.
    pub profile: Profile,
}

/// The collaborative practice being evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity.
    pub id: Uuid,
    /// The edition it is part of, if any.
    pub edition_id: Option<Uuid>,
    /// Name.
    pub name: String,
    /// Place it works in.
    pub territory: String,
    /// Who leads it.
    pub lead: String,
    /// What it is, in a few sentences.
    pub summary: Text,
    /// Where these facts come from.
    pub source: String,
    /// Really exists, or invented.
    pub origin: Origin,
    /// Scoring rules where it has no edition.
    pub profile: Profile,
}

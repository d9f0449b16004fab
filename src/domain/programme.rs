// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Programme, edition, project: what a wave belongs to. Programme and edition are optional levels.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::framework::Level;
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
    /// Its particulars.
    pub details: BodyDetails,
    /// How often it was changed: two people who edit at once are told apart by it.
    pub revision: i32,
}

/// Particulars of a body. What is empty is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BodyDetails {
    /// What kind of body it is.
    pub kind: BodyKind,
    /// Eleven digits.
    pub tax_code: Option<String>,
    /// Code in the index of public administrations.
    pub ipa_code: Option<String>,
    /// Section of the register of the Third Sector.
    pub runts_section: Option<String>,
    /// ISTAT code of its municipality.
    pub municipality: Option<String>,
    /// Its site.
    pub website: String,
    /// What it is part of, e.g. its region: stands above its name.
    pub part_of: String,
    /// Where letters and visitors find it.
    pub address: String,
    /// Its telephone.
    pub telephone: String,
    /// Its registered e-mail (PEC).
    pub registered_email: String,
    /// Its own page about privacy.
    pub privacy_page: String,
    /// Its accessibility declaration, where the national agency shows it.
    pub accessibility_page: String,
}

/// What kind of body an organisation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// A public body.
    #[default]
    PublicBody,
    /// An organisation of the Third Sector.
    ThirdSector,
    /// A foundation.
    Foundation,
    /// Something else.
    Other,
}

impl BodyKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::PublicBody, Self::ThirdSector, Self::Foundation, Self::Other];

    /// The word of forms and texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PublicBody => "public_body",
            Self::ThirdSector => "third_sector",
            Self::Foundation => "foundation",
            Self::Other => "other",
        }
    }

    /// The kind with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Who may find a programme or project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Only those to whom a role was granted.
    #[default]
    Private,
    /// Everybody.
    Public,
}

impl Visibility {
    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Public => "public",
        }
    }

    /// The value stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Private, Self::Public].into_iter().find(|one| one.code() == code)
    }
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
    /// Who may find it.
    pub visibility: Visibility,
    /// How often it was changed.
    pub revision: i32,
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
    /// How often it was changed.
    pub revision: i32,
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
    /// What was decided about it before its waves.
    pub details: ProjectDetails,
    /// Who may find it.
    pub visibility: Visibility,
    /// How often it was changed.
    pub revision: i32,
}

/// What is decided about a project before its waves. What is empty is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProjectDetails {
    /// ISTAT code of the municipality it works in.
    pub municipality: Option<String>,
    /// First day.
    pub starts_on: Option<Date>,
    /// Last day.
    pub ends_on: Option<Date>,
    /// Answers to the framework's context variables of level project, by code.
    pub context: BTreeMap<String, String>,
    /// SHA-256 of the framework version its new waves ask.
    pub framework_sha256: Option<String>,
    /// Core items only, or the extended ones too.
    pub level: Level,
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! An indicator set: pillars, families, indicators, items, scales, and what goes with them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::goalposts::Goalposts;
use super::text::Text;

/// One version of an indicator set. Immutable once a wave uses it.
///
/// Codes are unique within their kind; item codes across the framework. Order is the order of the files
/// and is the order of every table that comes out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framework {
    /// Lower-case identifier, e.g. `pratiche-collaborative`.
    pub id: String,
    /// Version, e.g. `1.0.0`.
    pub version: String,
    /// Name of the set.
    pub title: Text,
    /// Languages the texts are meant to exist in.
    pub languages: Vec<String>,
    /// SPDX expression of the licence of the texts.
    pub license: String,
    /// How far it has been tried.
    pub status: Status,
    /// Stakeholder groups.
    pub groups: Vec<StakeholderGroup>,
    /// Kinds of wave.
    pub wave_types: Vec<WaveType>,
    /// Response scales.
    pub scales: Vec<Scale>,
    /// Families of indicators.
    pub families: Vec<Family>,
    /// Indicators with their items.
    pub indicators: Vec<Indicator>,
    /// Numbers reported by the project.
    pub measures: Vec<Measure>,
    /// Context variables.
    pub contexts: Vec<Context>,
    /// Questions answered in words, never scored.
    pub open_questions: Vec<OpenQuestion>,
}

/// How far a framework has been tried with people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Written, not yet tried.
    #[default]
    Draft,
    /// Tried in a pilot.
    Piloted,
    /// Checked on real answers.
    Validated,
}

/// A kind of stakeholder, e.g. `ETS`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StakeholderGroup {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Text,
}

/// A kind of wave, e.g. `T0` ex ante.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaveType {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Text,
}

/// Ordered answers to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// Code.
    pub code: String,
    /// 2 to 11 ascending integers from 0 to 10.
    pub points: Vec<u8>,
    /// Sentence shown above the items on this scale.
    pub prompt: Option<Text>,
    /// One label for each point, in the order of the points.
    pub labels: Vec<Text>,
}

impl Scale {
    /// Lowest and highest point. An empty scale, which no checked framework holds, gives (0, 1).
    #[must_use]
    pub fn ends(&self) -> (u8, u8) {
        (self.points.first().copied().unwrap_or(0), self.points.last().copied().unwrap_or(1))
    }
}

/// The three pillars. Their order is the order of every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pillar {
    /// What helps. High is good.
    Facilitators,
    /// What hinders. High is bad, and is shown so.
    Obstacles,
    /// What came of it. High is good.
    Results,
}

impl Pillar {
    /// All three, in order.
    pub const ALL: [Self; 3] = [Self::Facilitators, Self::Obstacles, Self::Results];

    /// The word of the files and addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Facilitators => "facilitators",
            Self::Obstacles => "obstacles",
            Self::Results => "results",
        }
    }
}

impl fmt::Display for Pillar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A group of indicators inside a pillar; one page of the questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Code.
    pub code: String,
    /// Pillar.
    pub pillar: Pillar,
    /// Name.
    pub name: Text,
}

/// What is judged, with the items that ask about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Code.
    pub code: String,
    /// Code of its family.
    pub family: String,
    /// Pillar of its family, carried here so that no table has to look it up.
    pub pillar: Pillar,
    /// Name.
    pub name: Text,
    /// What it means.
    pub definition: Text,
    /// How items and indicator hang together.
    pub model: Model,
    /// Codes of the wave types it is asked in; empty: all.
    pub waves: Vec<String>,
    /// Where it comes from.
    pub trace: Option<String>,
    /// Kind of evidence behind it.
    pub evidence: Option<String>,
    /// What it continues from earlier versions.
    pub replaces: Vec<Replaces>,
    /// Its items.
    pub items: Vec<Item>,
}

/// How the items of an indicator hang together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Model {
    /// The items reflect one underlying thing; consistency is meaningful.
    #[default]
    Reflective,
    /// The items make the indicator up; consistency is not asked for.
    Formative,
}

impl Model {
    /// The word of the files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reflective => "reflective",
            Self::Formative => "formative",
        }
    }
}

/// What an indicator continues from an earlier framework version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaces {
    /// Version of the same framework.
    pub framework: String,
    /// Code there.
    pub code: String,
    /// How far the two can be compared.
    pub relation: Relation,
}

/// How far an indicator can be compared with the one it continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// Same meaning, same items.
    Same,
    /// Comparable on the shared items.
    Comparable,
    /// Not comparable.
    Replaced,
}

/// One statement shown to a respondent, for one indicator, on one scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Code, unique in the framework.
    pub code: String,
    /// Code of its scale.
    pub scale: String,
    /// Codes of the groups it is shown to; empty: all.
    pub audience: Vec<String>,
    /// Always asked, or chosen by the project.
    pub level: Level,
    /// A high answer means less of the indicator.
    pub reverse: bool,
    /// The statement.
    pub text: Text,
}

impl Item {
    /// Whether the item is addressed to the group with this code.
    #[must_use]
    pub fn addresses(&self, group: &str) -> bool {
        self.audience.is_empty() || self.audience.iter().any(|code| code == group)
    }
}

/// Whether an item is always asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Always asked.
    #[default]
    Core,
    /// Asked where the project chooses to.
    Extended,
}

impl Level {
    /// The word of the files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Extended => "extended",
        }
    }
}

/// A number reported by the project, never an opinion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Code.
    pub code: String,
    /// Place in the chain from means to outcome.
    pub kind: MeasureKind,
    /// What is counted, e.g. `persons`, `euro`.
    pub unit: String,
    /// Name.
    pub name: Text,
    /// What counts and what does not.
    pub definition: Text,
    /// Code of the measure it is a part of.
    pub breakdown_of: Option<String>,
    /// Between which values its numbers get points, if they do. A part may have its own: points enter no sum, so nothing is
    /// counted twice.
    pub goalposts: Option<Goalposts>,
}

/// Place of a measure in the chain from means to outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MeasureKind {
    /// Means put in.
    Input,
    /// How the work went.
    Process,
    /// What was done.
    Output,
    /// What changed.
    Outcome,
    /// How good the data are.
    Quality,
}

/// A characteristic of a project, organisation or respondent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Code.
    pub code: String,
    /// What it describes.
    pub level: ContextLevel,
    /// Name.
    pub name: Text,
    /// Values to choose from.
    pub options: Vec<ContextOption>,
}

/// What a context variable describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ContextLevel {
    /// The project.
    Project,
    /// An organisation that takes part.
    Organisation,
    /// The person who answers.
    Respondent,
}

/// A value of a context variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContextOption {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Text,
}

/// A question answered in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenQuestion {
    /// Code.
    pub code: String,
    /// Codes of the groups it is shown to; empty: all.
    pub audience: Vec<String>,
    /// The question.
    pub text: Text,
}

impl Framework {
    /// Every item with its indicator, in framework order. This order is the order of stored answers.
    pub fn items(&self) -> impl Iterator<Item = (&Indicator, &Item)> {
        self.indicators.iter().flat_map(|indicator| indicator.items.iter().map(move |item| (indicator, item)))
    }

    /// The scale with this code.
    #[must_use]
    pub fn scale(&self, code: &str) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.code == code)
    }

    /// The stakeholder group with this code.
    #[must_use]
    pub fn group(&self, code: &str) -> Option<&StakeholderGroup> {
        self.groups.iter().find(|group| group.code == code)
    }

    /// The family with this code.
    #[must_use]
    pub fn family(&self, code: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.code == code)
    }

    /// The wave type with this code.
    #[must_use]
    pub fn wave_type(&self, code: &str) -> Option<&WaveType> {
        self.wave_types.iter().find(|kind| kind.code == code)
    }

    /// The indicator with this code.
    #[must_use]
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.code == code)
    }
}

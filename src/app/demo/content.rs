// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does the demonstration say about Equilibri? Read from its own file, `equilibri.toml`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::domain::measure::{Breakdown, Standing};
use crate::domain::phase::Phase;
use crate::domain::programme::Origin;
use crate::domain::text::Text;
use crate::domain::weights::Stage;

/// The content cannot be read; only a mistake in the program can cause it.
#[derive(Debug, thiserror::Error)]
#[error("the content of the demonstration cannot be read: {0}")]
pub struct ContentError(#[from] toml::de::Error);

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Content {
    pub organisation: OrganisationContent,
    pub programme: ProgrammeContent,
    #[serde(rename = "edition")]
    pub editions: Vec<EditionContent>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganisationContent {
    pub name: String,
    pub contact: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProgrammeContent {
    pub name: String,
    pub source: String,
    pub summary: Text,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EditionContent {
    pub name: Text,
    pub years: String,
    pub origin: Origin,
    #[serde(rename = "project")]
    pub projects: Vec<ProjectContent>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectContent {
    pub name: String,
    pub territory: String,
    pub lead: String,
    pub origin: Origin,
    pub source: String,
    pub summary: Text,
    /// How much better or worse than usual the invented answers are, as a share of the scale.
    pub mood: f64,
    #[serde(rename = "measure", default)]
    pub measures: Vec<MeasureContent>,
    #[serde(rename = "wave")]
    pub waves: Vec<WaveContent>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeasureContent {
    pub measure: String,
    pub label: Text,
    pub value: Option<f64>,
    pub unit: String,
    pub definition: Text,
    #[serde(default)]
    pub standing: Standing,
    pub parts: Option<Breakdown>,
    /// The period in the words of the source; empty where the days say it.
    #[serde(default)]
    pub period: Text,
    pub first_day: Option<Date>,
    pub last_day: Option<Date>,
    pub as_of: Option<Date>,
    pub source: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WaveContent {
    pub code: String,
    pub opens_on: Option<Date>,
    pub closes_on: Option<Date>,
    /// Open from a week before the demonstration is loaded until a month after.
    #[serde(default)]
    pub open_now: bool,
    /// Another phase that it is in when the demonstration is loaded; its days follow from that.
    pub phase: Option<Phase>,
    /// How far weighing it has come, where it is weighed.
    pub weighed: Option<Stage>,
    pub roster: BTreeMap<String, u32>,
    /// How far single indicators stray from the rest of the wave, as a share of the scale.
    #[serde(default)]
    pub turns: BTreeMap<String, f64>,
}

impl Content {
    pub(super) fn read() -> Result<Self, ContentError> {
        Ok(toml::from_str(include_str!("equilibri.toml"))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_reported_total_add_up() {
        let content = Content::read().unwrap();
        let measures = content.editions.iter().flat_map(|edition| &edition.projects).flat_map(|one| &one.measures);
        let split: Vec<&MeasureContent> = measures.filter(|one| one.parts.is_some()).collect();
        assert!(split.iter().any(|one| one.value == Some(26.0)), "the 26 women in work of TILDE are split");
        for one in split {
            assert_eq!(one.parts.as_ref().unwrap().check(one.value), Ok(()), "{:?}", one.label);
        }
    }

    #[test]
    fn only_the_later_edition_is_invented_and_its_projects_say_so() {
        let content = Content::read().unwrap();
        let origins: Vec<Origin> = content.editions.iter().map(|edition| edition.origin).collect();
        assert_eq!(origins, [Origin::Real, Origin::Fictional]);
        for edition in &content.editions {
            for project in &edition.projects {
                assert_eq!(project.origin, edition.origin);
                assert_eq!(project.name.contains("inventato"), edition.origin == Origin::Fictional);
            }
        }
    }
}

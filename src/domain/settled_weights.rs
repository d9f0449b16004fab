// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which weights came of a weighing, who took part, and what do they do to a scoring profile?

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::framework::Pillar;
use super::profile::Profile;
use super::robustness::Gate;
use super::score::{Interval, PillarScore};
use super::weights::{Asked, Method, WeightSet};
use super::withheld::Given;

/// Why a set has the weights it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// What people gave, since they agree enough.
    Elicited,
    /// Those of the profile, since people do not agree.
    LowAgreement,
    /// Those of the profile, since too few took part.
    TooFew,
}

impl Basis {
    /// The word of texts and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Elicited => "elicited",
            Self::LowAgreement => "low_agreement",
            Self::TooFew => "too_few",
        }
    }
}

/// What people gave one set of things, all together. Not for showing as it is: see [`SetSpread`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettledSet {
    /// Code of the set.
    pub set: String,
    /// Codes of the things, in framework order.
    pub things: Vec<String>,
    /// What people gave, groups equal; they sum to 1. Empty where too few took part.
    pub weights: Vec<f64>,
    /// Why these are used, or are not.
    pub basis: Basis,
    /// Agreement of everybody with the weights, 0 to 1; none where too few took part.
    pub agreement: Option<f64>,
    /// Kendall's W of those who ranked, 0 to 1; none where fewer than two did.
    pub concordance: Option<f64>,
    /// For each group that took part, the shares each of its voices gave, in no order that says whose they are.
    pub voices: BTreeMap<String, Vec<Vec<f64>>>,
    /// How many people took part in each group.
    pub people: BTreeMap<String, u32>,
}

impl SettledSet {
    /// Which set it is.
    #[must_use]
    pub fn kind(&self) -> Option<WeightSet> {
        WeightSet::from_code(&self.set)
    }

    /// Its weights with their codes, where they are used.
    fn used(&self) -> Option<impl Iterator<Item = (&String, f64)>> {
        (self.basis == Basis::Elicited).then(|| self.things.iter().zip(self.weights.iter().copied()))
    }
}

/// Who took part, of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPart {
    /// Code of the group.
    pub group: String,
    /// Its method.
    pub method: Method,
    /// How many weighed anything, in either round.
    pub people: u32,
    /// How many of them spoke in the second round.
    pub again: u32,
    /// How many are listed, where known.
    pub listed: Option<u32>,
}

/// Weights that were frozen. Never changed; a later version may take their place until the wave opens.
#[derive(Clone, Debug, PartialEq)]
pub struct FrozenWeights {
    /// The body that owns them.
    pub organisation_id: Uuid,
    /// The wave.
    pub wave_id: Uuid,
    /// 1 for the first that were frozen.
    pub version: i32,
    /// What was settled.
    pub content: FrozenContent,
    /// Who froze them, by name.
    pub actor: String,
    /// Why, in their words.
    pub note: String,
    /// When.
    pub frozen_at: Timestamp,
}

/// What was settled when weights were frozen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FrozenContent {
    /// In which round, 1 or 2.
    pub round: i32,
    /// Set by set.
    pub sets: Vec<SettledSet>,
    /// Who took part, group by group.
    pub took_part: Vec<GroupPart>,
}

impl FrozenContent {
    /// One of its sets.
    #[must_use]
    pub fn set(&self, set: WeightSet) -> Option<&SettledSet> {
        self.sets.iter().find(|one| one.set == set.code())
    }

    /// Whether any weights of people are used.
    #[must_use]
    pub fn changes_anything(&self) -> bool {
        self.sets.iter().any(|set| set.basis == Basis::Elicited)
    }

    /// A profile with these weights in it; where people did not settle on any, it keeps its own. Weights are written in
    /// units of the heaviest, so that equal ones are 1 to the last digit.
    #[must_use]
    pub fn laid_over(&self, profile: &Profile, asked: Asked<'_>) -> Profile {
        let mut weighted = profile.clone();
        for set in &self.sets {
            let (Some(kind), Some(used)) = (set.kind(), set.used()) else { continue };
            match kind {
                WeightSet::Pillars => weighted.pillar_weights = pillars(&used.collect::<Vec<_>>()),
                WeightSet::Families(_) => {
                    let used: Vec<(&str, f64)> = used.map(|(code, share)| (code.as_str(), share)).collect();
                    weighted.indicator_weights.extend(spread_over_indicators(&used, asked, profile));
                }
            }
        }
        weighted
    }
}

fn pillars(used: &[(&String, f64)]) -> BTreeMap<Pillar, f64> {
    let heaviest = used.iter().map(|(_, share)| *share).fold(0.0, f64::max);
    let weight = |pillar: Pillar| {
        let share = used.iter().find(|(code, _)| code.as_str() == pillar.code()).map_or(0.0, |(_, share)| *share);
        (pillar, if heaviest > 0.0 { share / heaviest } else { 1.0 })
    };
    Pillar::ALL.into_iter().map(weight).collect()
}

/// Weights of indicators from the shares of their families: a family's share is spread equally over the indicators that
/// the wave asks and that count in the profile, so that a family with many indicators weighs no more than people said. In units of the heaviest.
#[must_use]
pub fn spread_over_indicators(shares: &[(&str, f64)], asked: Asked<'_>, profile: &Profile) -> Vec<(String, f64)> {
    let mut weights = Vec::new();
    for (family, share) in shares {
        let indicators = asked.counted_of(family, profile);
        let count = u32::try_from(indicators.len()).unwrap_or(u32::MAX);
        weights.extend(indicators.into_iter().map(|code| (code, share / f64::from(count))));
    }
    let heaviest = weights.iter().map(|(_, weight)| *weight).fold(0.0, f64::max);
    if heaviest > 0.0 {
        for (_, weight) in &mut weights {
            *weight /= heaviest;
        }
    }
    weights
}

/// The shares that a profile gives the things of a set, when nobody chose others: every indicator counts the same unless
/// the profile says otherwise, so a family counts by how many it has. They sum to 1.
#[must_use]
pub fn shares_of_profile(set: WeightSet, things: &[String], profile: &Profile, asked: Asked<'_>) -> Vec<f64> {
    let weight = |thing: &String| match set {
        WeightSet::Pillars => {
            let pillars = Pillar::ALL.into_iter().zip(profile.pillar_shares());
            pillars.filter(|(pillar, _)| pillar.code() == thing).map(|(_, share)| share).sum::<f64>()
        }
        WeightSet::Families(_) => {
            let indicators = asked.indicators_of(thing).into_iter();
            indicators.map(|code| profile.indicator_weight(&code)).sum()
        }
    };
    let weights: Vec<f64> = things.iter().map(weight).collect();
    let total: f64 = weights.iter().sum();
    weights.into_iter().map(|one| if total > 0.0 { one / total } else { 0.0 }).collect()
}

/// What may be shown of the weights of one set.
#[derive(Clone, Debug, PartialEq)]
pub struct SetSpread {
    /// Code of the set.
    pub set: String,
    /// Codes of the things.
    pub things: Vec<String>,
    /// What everybody gave together, groups equal.
    pub together: Given<Vec<f64>>,
    /// Agreement of everybody with this.
    pub agreement: Given<f64>,
    /// Kendall's W of those who ranked; nothing where nobody did.
    pub concordance: Option<Given<f64>>,
    /// Why these weights are used, or are not.
    pub basis: Basis,
    /// Group by group, in framework order.
    pub groups: Vec<GroupSpread>,
}

/// What may be shown of the weights that one group gave.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupSpread {
    /// Code of the group.
    pub group: String,
    /// How many took part.
    pub people: u32,
    /// The mean of what they gave, thing by thing.
    pub weights: Given<Vec<f64>>,
    /// Between which shares the middle half of them lies, thing by thing.
    pub middle: Given<Vec<Interval>>,
}

/// The composite of a wave with weights that people gave.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedScores {
    /// The three pillars with these weights, obstacles as obstacles.
    pub pillars: Vec<PillarScore>,
    /// The composite; withheld where it does not hold.
    pub composite: Given<f64>,
    /// 90 % interval over the weights people gave and over who answered.
    pub interval: Given<Interval>,
    /// How often each pillar is the lowest, obstacles inverted.
    pub lowest: Given<Vec<(Pillar, f64)>>,
    /// Whether it may be published with these weights.
    pub gate: Given<Gate>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::framework::{Framework, Level};

    fn set(kind: WeightSet, things: &[&str], weights: &[f64], basis: Basis) -> SettledSet {
        SettledSet {
            set: kind.code().to_owned(),
            things: things.iter().map(|code| (*code).to_owned()).collect(),
            weights: weights.to_vec(),
            basis,
            agreement: Some(0.9),
            concordance: None,
            voices: BTreeMap::new(),
            people: BTreeMap::new(),
        }
    }

    fn nothing(framework: &Framework) -> Asked<'_> {
        Asked { framework, wave_type: "T1", level: Level::Core }
    }

    const THREE: [&str; 3] = ["facilitators", "obstacles", "results"];

    fn content(sets: Vec<SettledSet>) -> FrozenContent {
        FrozenContent { round: 2, sets, took_part: Vec::new() }
    }

    #[test]
    fn equal_weights_are_one_to_the_last_digit() {
        let third = 0.1 + 0.2;
        let pillars = set(WeightSet::Pillars, &THREE, &[third; 3], Basis::Elicited);
        let framework = Framework::default();
        let weighted = content(vec![pillars]).laid_over(&Profile::default(), nothing(&framework));
        assert_eq!(weighted.pillar_weights.values().copied().collect::<Vec<_>>(), [1.0; 3]);
        let bits = |profile: &Profile| profile.pillar_shares().map(f64::to_bits);
        assert_eq!(bits(&weighted), bits(&Profile::default()));
    }

    #[test]
    fn an_indicator_outside_the_composite_stays_outside_whatever_its_family_weighs() {
        use crate::scoring::samples;
        let sketches = [("F1", &[("F1a", false)][..]), ("F2", &[("F2a", false)])];
        let mut framework = samples::framework(&[1, 2, 3, 4, 5], &sketches);
        framework.indicators.iter_mut().for_each(|one| one.family = "FC".to_owned());
        let asked = Asked { framework: &framework, wave_type: "T1", level: Level::Core };
        let family = set(WeightSet::Families(Pillar::Facilitators), &["FC"], &[1.0], Basis::Elicited);
        let outside = BTreeMap::from([("F2".to_owned(), 0.0)]);
        let profile = Profile { indicator_weights: outside, ..Profile::default() };
        let weighted = content(vec![family]).laid_over(&profile, asked);
        assert_eq!((weighted.indicator_weight("F1"), weighted.indicator_weight("F2")), (1.0, 0.0));
    }

    #[test]
    fn without_agreement_the_profile_stays_as_it_is() {
        for basis in [Basis::LowAgreement, Basis::TooFew] {
            let pillars = set(WeightSet::Pillars, &THREE, &[0.8, 0.1, 0.1], basis);
            let content = content(vec![pillars]);
            let framework = Framework::default();
            assert_eq!(content.laid_over(&Profile::default(), nothing(&framework)), Profile::default());
            assert!(!content.changes_anything());
        }
    }
}

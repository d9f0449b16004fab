// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which constants and rules is a score made with, and are they sensible?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::framework::{Framework, Pillar};

/// Every constant of the scoring rules. Attached to an edition or project; a published result names its hash.
///
/// Field names are those of profile files; what a file leaves out has the default.
///
/// # Source
/// `docs/methods.md`, "The scoring profile".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Share of the applicable items a respondent must have answered, above 0 to 1. Default 0.5.
    pub min_answered_share: f64,
    /// Answers needed where an indicator has three items or more; with fewer items one is enough. Default 2.
    pub min_answered_abs: u32,
    /// Smallest group shown, 3 or more. Default 5.
    pub k_show: u32,
    /// Smallest group that enters a total, 1 or more. Default 3.
    pub k_calc: u32,
    /// Smallest group whose spread is shown, 3 or more. Default 10.
    pub k_dist: u32,
    /// How much each group's voice weighs. Default: equal.
    pub voice: Voice,
    /// What is counted as one. Default: the respondent.
    pub unit: Unit,
    /// Minimal important difference in points, above 0 to 100. Default 10.
    pub mid: f64,
    /// The two limits between the three bands, lower first. Default 50 and 75.
    pub bands: [f64; 2],
    /// Two-sided level of tests, above 0, below 0.5. Default 0.05.
    pub alpha_level: f64,
    /// Agreement from which a mean is a headline, 0 to 1. Default 0.60.
    pub agree_min: f64,
    /// Bootstrap replicates, 100 to 1,000,000. Default 2000.
    pub bootstrap_draws: u32,
    /// Random permutations where the exact law is too long, 1000 to 10,000,000. Default 20,000.
    pub permutations: u32,
    /// Codes of the groups without which there is no total. Default: none.
    pub essential_groups: BTreeSet<String>,
    /// Agreed group weights of the participatory voice, in any unit. Default: none agreed.
    pub group_weights: BTreeMap<String, f64>,
    /// Weight of an indicator in its pillar; absent: 1.
    pub indicator_weights: BTreeMap<String, f64>,
    /// Weight of a pillar in the composite; absent: 1.
    pub pillar_weights: BTreeMap<Pillar, f64>,
}

/// How the groups' means become one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// Each group one voice.
    #[default]
    Equal,
    /// Each answer one voice.
    Head,
    /// Each listed person one voice.
    Population,
    /// The weights the partners agreed on.
    Participatory,
}

impl Voice {
    /// Every voice, in the order they are printed.
    pub const ALL: [Self; 4] = [Self::Equal, Self::Head, Self::Population, Self::Participatory];

    /// The word of files and options.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Head => "head",
            Self::Population => "population",
            Self::Participatory => "participatory",
        }
    }

    /// The voice with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|voice| voice.code() == code)
    }
}

/// What is counted as one inside a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A person.
    #[default]
    Respondent,
    /// An organisation: the mean of its respondents.
    Organisation,
}

impl Unit {
    /// Both units.
    pub const ALL: [Self; 2] = [Self::Respondent, Self::Organisation];

    /// The word of files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Respondent => "respondent",
            Self::Organisation => "organisation",
        }
    }

    /// The unit with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }
}

/// For whose eyes numbers are. Every view but the full one applies the same disclosure control.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScoreView {
    /// For whoever holds the answers anyway: everything that can be computed.
    #[default]
    Full,
    /// The evaluator.
    Evaluator,
    /// Those who answered.
    Participants,
    /// Everybody.
    Public,
}

impl ScoreView {
    /// Every view.
    pub const ALL: [Self; 4] = [Self::Full, Self::Evaluator, Self::Participants, Self::Public];

    /// The word of options and documents.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Evaluator => "evaluator",
            Self::Participants => "participants",
            Self::Public => "public",
        }
    }

    /// The view with this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
    }

    /// Whether numbers about small groups are withheld.
    #[must_use]
    pub const fn protects(self) -> bool {
        match self {
            Self::Full => false,
            Self::Evaluator | Self::Participants | Self::Public => true,
        }
    }
}

/// What is wrong with a profile. Each names the key.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ProfileError {
    /// A number outside its range.
    #[error("`{key}` is {found}; it must be {allowed}")]
    OutOfRange {
        /// The key.
        key: String,
        /// The value found.
        found: String,
        /// What is allowed, in words.
        allowed: &'static str,
    },
    /// A code the framework does not have.
    #[error("`{key}` names “{code}”, which the framework does not have")]
    UnknownCode {
        /// The key.
        key: &'static str,
        /// The code.
        code: String,
    },
    /// Weights of which none is above zero.
    #[error("`{key}` has no weight above zero")]
    NoWeight {
        /// The key.
        key: &'static str,
    },
    /// The participatory voice without agreed weights.
    #[error("`voice` is participatory, but `group_weights` is empty")]
    VoiceWithoutWeights,
}

impl ProfileError {
    /// The key at fault.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::OutOfRange { key, .. } => key,
            Self::UnknownCode { key, .. } | Self::NoWeight { key } => key,
            Self::VoiceWithoutWeights => "group_weights",
        }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            min_answered_share: 0.5,
            min_answered_abs: 2,
            k_show: 5,
            k_calc: 3,
            k_dist: 10,
            voice: Voice::Equal,
            unit: Unit::Respondent,
            mid: 10.0,
            bands: [50.0, 75.0],
            alpha_level: 0.05,
            agree_min: 0.60,
            bootstrap_draws: 2000,
            permutations: 20_000,
            essential_groups: BTreeSet::new(),
            group_weights: BTreeMap::new(),
            indicator_weights: BTreeMap::new(),
            pillar_weights: BTreeMap::new(),
        }
    }
}

impl Profile {
    /// Checks every value against its range.
    ///
    /// # Errors
    /// One error per problem, each naming its key.
    pub fn check(&self) -> Result<(), Vec<ProfileError>> {
        let mut errors = Vec::new();
        self.check_numbers(&mut errors);
        self.check_weights(&mut errors);
        if self.voice == Voice::Participatory && self.group_weights.is_empty() {
            errors.push(ProfileError::VoiceWithoutWeights);
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Checks that every group and indicator named exists in `framework`.
    ///
    /// # Errors
    /// One error per code that does not exist.
    pub fn check_codes(&self, framework: &Framework) -> Result<(), Vec<ProfileError>> {
        let groups = |key, codes: Vec<&String>| {
            let unknown = codes.into_iter().filter(|code| framework.group(code).is_none());
            unknown.map(|code| ProfileError::UnknownCode { key, code: code.clone() }).collect::<Vec<_>>()
        };
        let mut errors = groups("essential_groups", self.essential_groups.iter().collect());
        errors.extend(groups("group_weights", self.group_weights.keys().collect()));
        let indicators = self.indicator_weights.keys().filter(|code| framework.indicator(code).is_none());
        errors
            .extend(indicators.map(|code| ProfileError::UnknownCode { key: "indicator_weights", code: code.clone() }));
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Answers needed of a respondent to whom `applicable` items of an indicator of `items` items apply.
    ///
    /// # Source
    /// `docs/methods.md`, "Score of a respondent".
    #[must_use]
    pub fn answers_required(&self, items: u32, applicable: u32) -> u32 {
        let share = (self.min_answered_share * f64::from(applicable) - 1e-9).ceil();
        let absolute = if items >= 3 { self.min_answered_abs.min(items) } else { 1 };
        (0..=applicable).find(|count| f64::from(*count) >= share).unwrap_or(applicable).max(absolute)
    }

    /// Agreed weight of a group; zero where none was agreed.
    #[must_use]
    pub fn group_weight(&self, group: &str) -> f64 {
        self.group_weights.get(group).copied().unwrap_or(0.0)
    }

    /// Weight of an indicator in its pillar.
    #[must_use]
    pub fn indicator_weight(&self, indicator: &str) -> f64 {
        self.indicator_weights.get(indicator).copied().unwrap_or(1.0)
    }

    /// Weights of the three pillars, summing to one.
    #[must_use]
    pub fn pillar_shares(&self) -> [f64; 3] {
        let weights = Pillar::ALL.map(|pillar| self.pillar_weights.get(&pillar).copied().unwrap_or(1.0));
        let total: f64 = weights.iter().sum();
        weights.map(|weight| if total > 0.0 { weight / total } else { 1.0 / 3.0 })
    }

    /// The profile as one text, always the same for the same constants: a line per key, tables in code order.
    #[must_use]
    pub fn canonical(&self) -> String {
        let mut text = String::new();
        let mut line = |key: &str, value: &dyn std::fmt::Debug| {
            let _ = writeln!(text, "{key}={value:?}");
        };
        line("min_answered_share", &self.min_answered_share);
        line("min_answered_abs", &self.min_answered_abs);
        line("k_show", &self.k_show);
        line("k_calc", &self.k_calc);
        line("k_dist", &self.k_dist);
        line("voice", &self.voice.code());
        line("unit", &self.unit.code());
        line("mid", &self.mid);
        line("bands", &self.bands);
        line("alpha_level", &self.alpha_level);
        line("agree_min", &self.agree_min);
        line("bootstrap_draws", &self.bootstrap_draws);
        line("permutations", &self.permutations);
        self.essential_groups.iter().for_each(|code| line("essential_group", code));
        self.group_weights.iter().for_each(|(code, weight)| line("group_weight", &(code, weight)));
        self.indicator_weights.iter().for_each(|(code, weight)| line("indicator_weight", &(code, weight)));
        self.pillar_weights.iter().for_each(|(pillar, weight)| line("pillar_weight", &(pillar.code(), weight)));
        text
    }

    /// SHA-256 of [`Profile::canonical`], in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        Sha256::digest(self.canonical()).iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    fn check_numbers(&self, errors: &mut Vec<ProfileError>) {
        let share = self.min_answered_share;
        range(errors, "min_answered_share", &share, share > 0.0 && share <= 1.0, "above 0 and at most 1");
        let answered = self.min_answered_abs;
        range(errors, "min_answered_abs", &answered, (1..=100).contains(&answered), "from 1 to 100");
        range(errors, "k_show", &self.k_show, (3..=1000).contains(&self.k_show), "from 3 to 1000");
        range(errors, "k_calc", &self.k_calc, (1..=1000).contains(&self.k_calc), "from 1 to 1000");
        range(errors, "k_dist", &self.k_dist, (3..=1000).contains(&self.k_dist), "from 3 to 1000");
        range(errors, "mid", &self.mid, self.mid > 0.0 && self.mid <= 100.0, "above 0 and at most 100");
        let [low, high] = self.bands;
        let ordered = 0.0 < low && low < high && high < 100.0;
        range(errors, "bands", &format!("{:?}", self.bands), ordered, "two different limits between 0 and 100");
        let level = self.alpha_level;
        range(errors, "alpha_level", &level, level > 0.0 && level < 0.5, "above 0 and below 0.5");
        range(errors, "agree_min", &self.agree_min, (0.0..=1.0).contains(&self.agree_min), "from 0 to 1");
        let draws = self.bootstrap_draws;
        range(errors, "bootstrap_draws", &draws, (100..=1_000_000).contains(&draws), "from 100 to 1000000");
        let permutations = self.permutations;
        range(
            errors,
            "permutations",
            &permutations,
            (1000..=10_000_000).contains(&permutations),
            "from 1000 to 10000000",
        );
    }

    fn check_weights(&self, errors: &mut Vec<ProfileError>) {
        let pillars = self.pillar_weights.iter().map(|(pillar, weight)| (pillar.code().to_owned(), *weight)).collect();
        for (key, table) in [
            ("group_weights", &self.group_weights),
            ("indicator_weights", &self.indicator_weights),
            ("pillar_weights", &pillars),
        ] {
            for (code, weight) in table {
                let sensible = weight.is_finite() && (0.0..=1e6).contains(weight);
                range(errors, &format!("{key}.{code}"), weight, sensible, "from 0 to 1000000");
            }
        }
        if !self.group_weights.is_empty() && self.group_weights.values().all(|weight| *weight == 0.0) {
            errors.push(ProfileError::NoWeight { key: "group_weights" });
        }
        let pillar = |pillar| self.pillar_weights.get(&pillar).copied().unwrap_or(1.0);
        if Pillar::ALL.into_iter().all(|one| pillar(one) == 0.0) {
            errors.push(ProfileError::NoWeight { key: "pillar_weights" });
        }
    }
}

fn range(errors: &mut Vec<ProfileError>, key: &str, found: &dyn std::fmt::Display, holds: bool, allowed: &'static str) {
    if !holds {
        errors.push(ProfileError::OutOfRange { key: key.to_owned(), found: found.to_string(), allowed });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_in_range() {
        assert_eq!(Profile::default().check(), Ok(()));
    }

    #[test]
    fn every_problem_is_found_and_names_its_key() {
        let mut profile = Profile { k_show: 2, mid: f64::NAN, voice: Voice::Participatory, ..Profile::default() };
        profile.indicator_weights.insert("F1".to_owned(), -1.0);
        let errors = profile.check().unwrap_err();
        let keys: Vec<_> = errors.iter().map(ProfileError::key).collect();
        assert_eq!(keys, ["k_show", "mid", "indicator_weights.F1", "group_weights"]);
        assert_eq!(errors[0].to_string(), "`k_show` is 2; it must be from 3 to 1000");
    }

    #[test]
    fn half_of_what_applies_and_two_of_three() {
        let profile = Profile::default();
        assert_eq!(profile.answers_required(3, 3), 2);
        assert_eq!(profile.answers_required(3, 1), 2);
        assert_eq!(profile.answers_required(2, 1), 1);
        assert_eq!(profile.answers_required(7, 7), 4);
        assert_eq!(Profile { min_answered_share: 0.6, ..profile }.answers_required(5, 5), 3);
    }

    #[test]
    fn the_hash_follows_every_constant() {
        let plain = Profile::default();
        assert_eq!(plain.sha256().len(), 64);
        assert_eq!(plain.sha256(), Profile::default().sha256());
        assert_ne!(plain.sha256(), Profile { k_dist: 12, ..Profile::default() }.sha256());
        let mut weighted = Profile::default();
        weighted.pillar_weights.insert(Pillar::Results, 2.0);
        assert_ne!(plain.sha256(), weighted.sha256());
        assert_eq!(weighted.pillar_shares().map(f64::to_bits), [0.25_f64, 0.25, 0.5].map(f64::to_bits));
    }

    #[test]
    fn a_code_the_framework_lacks_is_an_error() {
        let mut profile = Profile::default();
        profile.essential_groups.insert("XX".to_owned());
        let errors = profile.check_codes(&Framework::default()).unwrap_err();
        assert_eq!(errors[0].to_string(), "`essential_groups` names “XX”, which the framework does not have");
    }
}

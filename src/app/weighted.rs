// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What are the results of a wave with the weights that were frozen for it, beside those of its profile?

use std::sync::Arc;

use super::results::{ProjectResults, WaveResult, key};
use super::weights::group_codes;
use super::{App, Refusal};
use crate::domain::profile::Profile;
use crate::domain::settled_weights::{Basis, FrozenWeights, SetSpread, WeightedScores, shares_of_profile};
use crate::domain::weights::{Asked, WeightSet};
use crate::scoring::{Chance, Elicited, score_weighted, spread};
use crate::store::{self, Db};

/// A wave with the weights that were frozen for it.
#[derive(Clone, Debug)]
pub struct WeightedResult {
    /// The weights, with who took part.
    pub frozen: FrozenWeights,
    /// How groups differ, as far as that may be shown.
    pub spread: Vec<SetSpread>,
    /// Set by set the shares of the profile, and those used here.
    pub shares: Vec<SetShares>,
    /// Pillars and composite with these weights.
    pub scores: Arc<WeightedScores>,
    /// The profile with these weights in it.
    pub profile: Profile,
}

/// How much each thing of a set counts.
#[derive(Clone, Debug, PartialEq)]
pub struct SetShares {
    /// What is weighed.
    pub set: WeightSet,
    /// Why these weights are used, or are not.
    pub basis: Basis,
    /// Code of each thing, its share by the profile, and its share here; shares sum to 1.
    pub things: Vec<(String, f64, f64)>,
}

impl App {
    /// A wave with results, with the weights that were frozen for it; nothing where none were. Numbers are as protected as
    /// those of the results.
    ///
    /// # Errors
    /// If the database fails.
    pub fn weighted_result(
        &self,
        db: &mut Db,
        results: &ProjectResults,
        found: &WaveResult,
    ) -> Result<Option<WeightedResult>, Refusal> {
        let (wave, base) = (&found.wave, results.file.profile());
        let Some(frozen) = store::weights::frozen(db, wave)?.pop() else { return Ok(None) };
        let asked = Asked::of(&found.framework, wave);
        let profile = frozen.content.laid_over(base, asked);
        let view = found.scores.view;
        let key = format!("{} v{}", key(db, (view, &profile), [wave])?, frozen.version);
        let scores = self.results.weighted.of(key, || {
            let answers = self.answers(db, wave)?;
            let chance = Chance { project: &results.file.project.name, chosen: 0 };
            let elicited = Elicited { asked, content: &frozen.content, profile: &profile };
            Ok(score_weighted(answers.as_compared(), elicited, view, chance))
        })?;
        let order = group_codes(&found.framework);
        let shown = frozen.content.sets.iter().map(|set| spread(set, &order, base)).collect();
        Ok(Some(WeightedResult { spread: shown, shares: shares(&frozen, base, asked), scores, profile, frozen }))
    }
}

fn shares(frozen: &FrozenWeights, base: &Profile, asked: Asked<'_>) -> Vec<SetShares> {
    let of_set = |set: &crate::domain::settled_weights::SettledSet| {
        let kind = set.kind()?;
        let equal = shares_of_profile(kind, &set.things, base, asked);
        let used = if set.basis == Basis::Elicited { set.weights.clone() } else { equal.clone() };
        let things = set.things.iter().cloned().zip(equal).zip(used);
        let things = things.map(|((code, equal), used)| (code, equal, used)).collect();
        Some(SetShares { set: kind, basis: set.basis, things })
    };
    frozen.content.sets.iter().filter_map(of_set).collect()
}

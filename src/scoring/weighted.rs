// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is the composite with weights that people gave, and would it hold with those of others like them?

use rayon::prelude::*;

use crate::domain::framework::Pillar;
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::robustness::Gate;
use crate::domain::score::{Given, Interval, PillarScore, Withheld};
use crate::domain::settled_weights::{FrozenContent, WeightedScores};
use crate::domain::weights::{Asked, WeightSet};
use crate::stats::Undefined;
use crate::stats::composite::linear;
use crate::stats::sensitivity::{self, Form, Variation};
use crate::stats::weight_draws::WeightSource;

use super::error::reason;
use super::measure::Measured;
use super::overall::total;
use super::pillar::{freed, parts, scored, signed, spread_of, towards_good};
use super::robustness::{Composed, Freed, gate, weighed};
use super::{Chance, Rules, WaveAnswers};

/// Weights that people gave, and the profile with them in it.
#[derive(Clone, Copy, Debug)]
pub struct Elicited<'a> {
    /// What the wave asks.
    pub asked: Asked<'a>,
    /// The weights, with everybody's voice.
    pub content: &'a FrozenContent,
    /// The profile with these weights: [`FrozenContent::laid_over`].
    pub profile: &'a Profile,
}

/// Scores the pillars and the composite of a wave with weights that people gave.
///
/// The composite leaves a protected view only if it holds: its 90 % interval over the voices, drawn again group by group,
/// and over who answered is at most 20 points wide and does not reach over all three bands.
///
/// # Source
/// Variant (a) of `docs/methods.md`, "Would it look the same under other rules".
#[must_use]
pub fn score_weighted(
    answers: WaveAnswers<'_>,
    elicited: Elicited<'_>,
    view: ScoreView,
    chance: Chance<'_>,
) -> WeightedScores {
    let rules = Rules { chance, ..Rules::of(elicited.asked.framework, elicited.profile, view) };
    let measured = Measured::new(answers, rules, &[]);
    let totals: Vec<_> = measured.indicators.par_iter().map(|one| total(one, rules)).collect();
    let parts = parts(&measured, &totals, rules);
    let pillars = scored(&parts, &measured, &totals);
    let freed = match freed(&pillars) {
        Ok(freed) => freed,
        Err(reason) => return without(pillars, reason),
    };
    let shares = rules.profile.pillar_shares();
    let composed = Composed { measured: &measured, totals: &totals, parts: &parts, rules };
    let (interval, lowest) = match composed.over_voices(&elicited) {
        Ok(found) => found,
        Err(reason) => return without(pillars, reason),
    };
    let gate = gate(interval, rules.profile.bands);
    let holds = if view.protects() && gate != Gate::Publish { Err(Withheld::NotRobust) } else { Ok(()) };
    let spread = spread_of(&signed(&parts, shares, totals.len()), &totals);
    let for_evaluators = match view {
        ScoreView::Full => Ok(lowest),
        ScoreView::Evaluator => spread.figure(Ok(lowest)),
        ScoreView::Participants | ScoreView::Public => Err(Withheld::NotForThisView),
    };
    WeightedScores {
        pillars,
        composite: holds.and_then(|()| linear(&weighed(&freed, shares)).map_err(reason)),
        interval: holds.and_then(|()| spread.interval(Ok(interval))),
        lowest: for_evaluators,
        gate: Ok(gate),
    }
}

const fn without(pillars: Vec<PillarScore>, reason: Withheld) -> WeightedScores {
    WeightedScores { pillars, composite: Err(reason), interval: Err(reason), lowest: Err(reason), gate: Err(reason) }
}

/// Where the weights inside a pillar are drawn from.
struct Inside {
    source: WeightSource,
    seed: u64,
    /// For each indicator the place of its family among the things weighed, and how many indicators share its weight.
    families: Vec<Option<(usize, f64)>>,
}

impl Composed<'_> {
    /// 90 % interval of the linear composite over other voices and other answers, and how often each pillar is the
    /// lowest.
    fn over_voices(&self, elicited: &Elicited<'_>) -> Given<(Interval, Vec<(Pillar, f64)>)> {
        let valid = |place: &usize| {
            let asked = self.measured.indicators.get(*place).is_some_and(|one| one.asked);
            asked && self.totals.get(*place).is_some_and(|total| total.overall.value().is_ok())
        };
        let used: Vec<usize> = (0..self.totals.len()).filter(valid).collect();
        let drawn = match self.replicated(&used, <[f64]>::to_vec) {
            Ok(drawn) => drawn,
            Err(Withheld::NotNeeded) => vec![self.as_answered()],
            Err(reason) => return Err(reason),
        };
        let inside: Vec<Option<Inside>> = Pillar::ALL.into_iter().map(|pillar| self.inside(pillar, elicited)).collect();
        let freed = |draw: u32| {
            let place = usize::try_from(draw).unwrap_or(0).checked_rem(drawn.len());
            let totals = place.and_then(|place| drawn.get(place)).ok_or(Undefined::Empty)?;
            self.freed_under(totals, &used, &inside, draw).map(|freed| freed.to_vec())
        };
        let seed = self.seed_of("chosen weights");
        let source = self.pillar_weights(elicited).map_err(reason)?;
        let forms = [Form::Linear];
        let variation = Variation { weights: &source, forms: &forms, draws: self.rules.profile.bootstrap_draws, seed };
        let found = sensitivity::robustness(freed, &variation).map_err(reason)?;
        let (low, high) = found.limits;
        Ok((Interval { low, high }, Pillar::ALL.into_iter().zip(found.lowest).collect()))
    }

    fn seed_of(&self, statistic: &str) -> u64 {
        self.rules.seed(self.measured.answers.responses.wave(), statistic)
    }

    /// The totals as people answered; 0 where there is none.
    fn as_answered(&self) -> Vec<f64> {
        self.totals.iter().map(|total| total.overall.value().unwrap_or(0.0)).collect()
    }

    /// The weights of the pillars that people gave; where too few did, the profile's in every draw.
    fn pillar_weights(&self, elicited: &Elicited<'_>) -> Result<WeightSource, Undefined> {
        let whole = Pillar::ALL.map(Pillar::code);
        let given = elicited.content.set(WeightSet::Pillars).filter(|set| set.things == whole);
        match given {
            Some(set) if !set.voices.is_empty() => {
                WeightSource::elicited(&set.voices.values().cloned().collect::<Vec<_>>())
            }
            Some(_) | None => WeightSource::fixed(&self.rules.profile.pillar_shares()),
        }
    }

    /// The weights inside a pillar, where people gave any.
    fn inside(&self, pillar: Pillar, elicited: &Elicited<'_>) -> Option<Inside> {
        let set = elicited.content.set(WeightSet::Families(pillar)).filter(|set| !set.voices.is_empty())?;
        let source = WeightSource::elicited(&set.voices.values().cloned().collect::<Vec<_>>()).ok()?;
        let counted = |family: &String| elicited.asked.counted_of(family, elicited.profile);
        let counted: Vec<Vec<String>> = set.things.iter().map(counted).collect();
        let family_of = |one: &super::measure::MeasuredIndicator<'_>| {
            let place = set.things.iter().position(|family| *family == one.indicator.family)?;
            let alike = counted.get(place).filter(|alike| alike.contains(&one.indicator.code))?;
            Some((place, f64::from(u32::try_from(alike.len()).ok()?))).filter(|_| one.indicator.pillar == pillar)
        };
        let families = self.measured.indicators.iter().map(family_of).collect();
        let seed = self.seed_of(&format!("chosen weights {pillar}"));
        Some(Inside { source, seed, families })
    }

    /// The three pillars of one draw, obstacles inverted.
    fn freed_under(
        &self,
        totals: &[f64],
        used: &[usize],
        inside: &[Option<Inside>],
        draw: u32,
    ) -> Result<Freed, Undefined> {
        let mut freed = [0.0; 3];
        for (((place, pillar), inside), part) in freed.iter_mut().zip(Pillar::ALL).zip(inside).zip(self.parts) {
            let value = match (inside, part) {
                (Some(inside), _) => inside.value(totals, used, draw)?,
                (None, Ok(part)) => part.iter().zip(totals).map(|(one, total)| one * total).sum(),
                (None, Err(_)) => return Err(Undefined::Empty),
            };
            *place = towards_good(pillar, value);
        }
        Ok(freed)
    }
}

impl Inside {
    /// The pillar with the weights of one draw: each family's share spread over its indicators.
    fn value(&self, totals: &[f64], used: &[usize], draw: u32) -> Result<f64, Undefined> {
        let shares = self.source.draw(self.seed, draw);
        let weighed = used.iter().filter_map(|place| {
            let (family, size) = self.families.get(*place).copied().flatten()?;
            Some((totals.get(*place).copied()?, shares.get(family)? / size))
        });
        linear(&weighed.collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::{samples, score_wave};
    use super::*;
    use crate::domain::framework::{Family, Framework, Level};
    use crate::domain::response::Roster;
    use crate::domain::settled_weights::{Basis, SettledSet};
    use crate::domain::text::Text;
    use crate::stats::count::length;

    const SKETCHES: [samples::Sketch<'static>; 6] = [
        ("F1", &[("F1a", false)]),
        ("F2", &[("F2a", false)]),
        ("O1", &[("O1a", false)]),
        ("O2", &[("O2a", false)]),
        ("R1", &[("R1a", false)]),
        ("R2", &[("R2a", false)]),
    ];
    const ROWS: [(usize, &str); 8] = [
        (0, "422441"),
        (0, "531552"),
        (0, "342342"),
        (0, "332233"),
        (1, "254534"),
        (1, "335445"),
        (1, "443343"),
        (1, "324454"),
    ];

    /// Twelve people in each of two groups.
    fn rows() -> Vec<(usize, &'static str)> {
        ROWS.repeat(3)
    }

    /// Every indicator in a family of its own.
    fn framework() -> Framework {
        let mut framework = samples::framework(&[1, 2, 3, 4, 5], &SKETCHES);
        framework.families = framework
            .indicators
            .iter()
            .map(|one| Family { code: one.code.clone(), pillar: one.pillar, name: Text::default() })
            .collect();
        framework.indicators.iter_mut().for_each(|one| one.family.clone_from(&one.code));
        framework
    }

    fn set(kind: WeightSet, things: &[String], voices: &[Vec<f64>]) -> SettledSet {
        let mean = |place: usize| voices.iter().map(|one| one[place]).sum::<f64>() / length(voices.len());
        SettledSet {
            set: kind.code().to_owned(),
            things: things.to_vec(),
            weights: (0..things.len()).map(mean).collect(),
            basis: Basis::Elicited,
            agreement: Some(1.0),
            concordance: None,
            voices: BTreeMap::from([("G1".to_owned(), voices.to_vec())]),
            people: BTreeMap::from([("G1".to_owned(), 3)]),
        }
    }

    fn content(framework: &Framework, voice: impl Fn(WeightSet, usize) -> Vec<Vec<f64>>) -> FrozenContent {
        let asked = asked(framework);
        let sets = WeightSet::ALL.map(|kind| {
            let things = kind.things(asked);
            set(kind, &things, &voice(kind, things.len()))
        });
        FrozenContent { round: 2, sets: sets.into(), took_part: Vec::new() }
    }

    fn asked(framework: &Framework) -> Asked<'_> {
        Asked { framework, wave_type: "1", level: Level::Extended }
    }

    fn scores(framework: &Framework, content: &FrozenContent, view: ScoreView) -> (WeightedScores, Given<f64>) {
        let wave = samples::wave(framework, "1", &rows());
        let roster = Roster::unknown();
        let base = Profile::default();
        let profile = content.laid_over(&base, asked(framework));
        let elicited = Elicited { asked: asked(framework), content, profile: &profile };
        let answers = WaveAnswers { responses: &wave, roster: &roster };
        let weighted = score_weighted(answers, elicited, view, Chance::default());
        (weighted, score_wave(framework, &wave, &roster, &base, ScoreView::Full).composite.linear)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 16, ..ProptestConfig::default() })]

        #[test]
        fn equal_weights_give_the_equal_composite_to_the_digit(people in 1_usize..7, points in 1_u32..100) {
            let framework = framework();
            let share = f64::from(points);
            let content = content(&framework, |_, things| vec![vec![share / length(things) / share; things]; people]);
            let (weighted, equal) = scores(&framework, &content, ScoreView::Full);
            prop_assert_eq!(weighted.composite.unwrap().to_bits(), equal.unwrap().to_bits());
        }
    }

    #[test]
    fn weights_move_the_composite_and_a_profile_file_with_them_gives_the_same() {
        let framework = framework();
        let content = content(&framework, |_, things| {
            let rest = 0.4 / length(things - 1);
            vec![(0..things).map(|place| if place == 0 { 0.6 } else { rest }).collect(); 3]
        });
        let (weighted, equal) = scores(&framework, &content, ScoreView::Full);
        let profile = content.laid_over(&Profile::default(), asked(&framework));
        let wave = samples::wave(&framework, "1", &rows());
        let filed = score_wave(&framework, &wave, &Roster::unknown(), &profile, ScoreView::Full);
        assert_eq!(weighted.composite.unwrap().to_bits(), filed.composite.linear.unwrap().to_bits());
        assert!((weighted.composite.unwrap() - equal.unwrap()).abs() > 0.1);
        assert_eq!(weighted.pillars, filed.pillars);
    }

    #[test]
    fn people_who_differ_make_the_interval_wider() {
        let framework = framework();
        let alike = content(&framework, |_, things| vec![vec![1.0 / length(things); things]; 4]);
        let apart = content(&framework, |_, things| {
            let one = |heavy: usize| (0..things).map(|place| if place == heavy { 1.0 } else { 0.0 }).collect();
            (0..things).map(one).collect()
        });
        let width = |content: &FrozenContent| {
            let interval = scores(&framework, content, ScoreView::Full).0.interval.unwrap();
            interval.high - interval.low
        };
        assert!(width(&apart) > width(&alike));
    }

    #[test]
    fn a_composite_that_does_not_hold_leaves_no_protected_view_and_the_reason_does() {
        let framework = framework();
        let apart = content(&framework, |_, things| {
            let one = |heavy: usize| (0..things).map(|place| if place == heavy { 1.0 } else { 0.0 }).collect();
            (0..things).map(one).collect()
        });
        let full = scores(&framework, &apart, ScoreView::Full).0;
        assert_ne!(full.gate, Ok(Gate::Publish), "{full:?}");
        assert!(full.composite.is_ok());
        let public = scores(&framework, &apart, ScoreView::Public).0;
        assert_eq!((public.composite, public.interval), (Err(Withheld::NotRobust), Err(Withheld::NotRobust)));
        assert_eq!((public.lowest.unwrap_err(), public.gate), (Withheld::NotForThisView, full.gate));
    }

    #[test]
    fn the_same_input_gives_the_same_digits() {
        let framework = framework();
        let content = content(&framework, |_, things| vec![vec![1.0 / length(things); things]; 4]);
        assert_eq!(scores(&framework, &content, ScoreView::Full), scores(&framework, &content, ScoreView::Full));
    }
}

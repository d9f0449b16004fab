// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Invented answers: always the same from the same seed, plausible enough to show what the pages do.

use std::collections::BTreeMap;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::answer::{Answer, NoAnswer};
use crate::domain::framework::{Framework, Pillar};
use crate::domain::invitation::StoredResponse;
use crate::domain::questionnaire::{Question, Questionnaire};
use crate::domain::response::Mode;
use crate::domain::wave::{RosterEntry, Wave, WaveState};

/// Changing it changes every answer of the demonstration.
const SEED: &str = "insieme demonstration 1";

/// What makes the invented answers of one project's wave differ from another's.
#[derive(Clone, Copy)]
pub(super) struct Character<'a> {
    /// Name of the project: the same people answer in all its waves.
    pub project: &'a str,
    /// How much better or worse than usual, as a share of the scale.
    pub mood: f64,
    /// How far single indicators stray from the rest, as a share of the scale.
    pub turns: &'a BTreeMap<String, f64>,
    /// Place of the wave among the project's, from 0.
    pub place: u8,
}

/// The invented responses of one wave.
pub(super) fn responses(
    framework: &Framework,
    wave: &Wave,
    roster: &[RosterEntry],
    character: Character<'_>,
) -> Vec<StoredResponse> {
    roster
        .iter()
        .flat_map(|entry| {
            let questionnaire = Questionnaire::for_group(framework, &wave.wave_type, wave.level, &entry.group);
            (0..entry.listed.unwrap_or(0)).filter_map(move |person| {
                let answering = Answering { framework, wave, group: &entry.group, person, character };
                answering.answers().then(|| answering.response(&questionnaire))
            })
        })
        .collect()
}

struct Answering<'a> {
    framework: &'a Framework,
    wave: &'a Wave,
    group: &'a str,
    person: u32,
    character: Character<'a>,
}

impl Answering<'_> {
    fn answers(&self) -> bool {
        let share = match (self.wave.state, self.group) {
            (WaveState::Open, _) => 0.3,
            (_, "BEN") => 0.45,
            (_, "IMP" | "FON") => 0.7,
            (_, _) => 0.82,
        };
        Chance::new(&format!("answers {} {}", self.key(), self.wave.code)).uniform() < share
    }

    /// The same person in every wave of the project.
    fn key(&self) -> String {
        format!("{} {} {}", self.character.project, self.group, self.person)
    }

    fn response(&self, questionnaire: &Questionnaire) -> StoredResponse {
        let leaning = Chance::new(&format!("person {}", self.key())).normal() * 0.11;
        let mut chance = Chance::new(&format!("wave {} {}", self.key(), self.wave.code));
        let mut letters = questionnaire.blank().letters().to_vec();
        for question in questionnaire.questions() {
            if let Some(letter) = letters.get_mut(question.position) {
                *letter = self.answer(question, leaning, &mut chance).letter();
            }
        }
        StoredResponse {
            organisation_id: self.wave.organisation_id,
            id: Uuid::from_u128(chance.bits()),
            wave_id: self.wave.id,
            group: self.group.to_owned(),
            respondent: Some(format!("{:032x}", Chance::new(&format!("pseudonym {}", self.key())).bits())),
            organisation: None,
            mode: Mode::Online,
            answers: letters.into_iter().map(char::from).collect(),
            receipt_hash: format!("{:032x}", chance.bits()),
            submitted_on: self.wave.opens_on,
            revision: 1,
        }
    }

    fn answer(&self, question: &Question, leaning: f64, chance: &mut Chance) -> Answer {
        let dont_know = if self.group == "BEN" { 0.07 } else { 0.04 };
        match chance.uniform() {
            x if x < dont_know => return Answer::None(NoAnswer::DontKnow),
            x if x < dont_know + 0.02 => return Answer::None(NoAnswer::NotApplicable),
            x if x < dont_know + 0.03 => return Answer::None(NoAnswer::Refused),
            x if x < dont_know + 0.045 => return Answer::None(NoAnswer::Skipped),
            _ => {}
        }
        let opinion = self.opinion(question) + leaning + chance.normal() * 0.15;
        let (low, high) = question.scale.ends();
        let points = f64::from(high - low);
        let point = (opinion * points).round().clamp(0.0, points);
        question
            .scale
            .points
            .iter()
            .copied()
            .find(|p| f64::from(p - low) >= point)
            .map_or(Answer::Point(high), Answer::Point)
    }

    /// Where the group stands on the item, as a share of the scale.
    fn opinion(&self, question: &Question) -> f64 {
        let indicator = self.framework.items().nth(question.position).map(|(indicator, _)| indicator);
        let pillar = indicator.map_or(Pillar::Results, |indicator| indicator.pillar);
        let code = indicator.map_or("", |indicator| indicator.code.as_str());
        let (wave, mood) = (f64::from(self.character.place), self.character.mood);
        let own = Chance::new(&format!("indicator {code}")).normal() * 0.07;
        let between = Chance::new(&format!("gap {code} {}", self.group)).normal() * 0.05;
        let group = match self.group {
            "PA" | "CSA" => 0.07,
            "BEN" | "SOC" => -0.05,
            _ => 0.0,
        };
        let turn = self.character.turns.get(code).copied().unwrap_or(0.0);
        turn + match pillar {
            Pillar::Facilitators => 0.55 + own + between + group + mood + 0.045 * wave,
            Pillar::Obstacles => 0.52 + own + between - group - mood - 0.03 * wave,
            Pillar::Results => 0.50 + own + between + group + mood + 0.035 * wave,
        }
    }
}

/// A named stream of chance: the same name gives the same numbers on every machine.
struct Chance(ChaCha20Rng);

impl Chance {
    fn new(name: &str) -> Self {
        Self(ChaCha20Rng::from_seed(Sha256::digest(format!("{SEED} {name}")).into()))
    }

    fn bits(&mut self) -> u128 {
        (u128::from(self.0.next_u64()) << 64) | u128::from(self.0.next_u64())
    }

    /// From 0 (included) to 1 (excluded).
    fn uniform(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / (f64::from(u32::MAX) + 1.0)
    }

    /// Close to a standard normal: the sum of twelve uniforms less six.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

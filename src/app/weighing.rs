// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does whoever coordinates have a wave weighed: a first round, a second one, then weights that are frozen?

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::planning::saved;
use super::staff::{self, Staff};
use super::waves::WaveFile;
use super::weights::{MySet, group_codes, my_set, profile_of, seat, seat_key, settled_in};
use super::{App, Conflict, Refusal};
use crate::domain::field::{FieldProblem, Problems, Typed, line};
use crate::domain::participant::Participant;
use crate::domain::phase::Phase;
use crate::domain::role::Action;
use crate::domain::settled_weights::{FrozenContent, FrozenWeights, GroupPart, SetSpread};
use crate::domain::wave::Wave;
use crate::domain::weights::{Asked, Method, Stage, Weighing, WeightSet, WeightVote};
use crate::scoring::spread;
use crate::store::{self, Db};

/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// How a wave is weighed, as its staff see it: who took part, never who said what.
#[derive(Clone, Debug)]
pub struct WeightsFile {
    /// The wave.
    pub file: WaveFile,
    /// How it is weighed; nothing where weighing has not begun.
    pub weighing: Option<Weighing>,
    /// What can be weighed, with the codes of its things.
    pub sets: Vec<(WeightSet, Vec<String>)>,
    /// Who took part, in framework order.
    pub groups: Vec<GroupPart>,
    /// How groups differ in the last round that is over.
    pub spread: Vec<SetSpread>,
    /// Every version that was frozen, the first first.
    pub frozen: Vec<FrozenWeights>,
    /// What whoever asks can compare two by two for the group of their seat.
    pub seat: Vec<MySet>,
}

impl App {
    /// How a wave is weighed.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn weights_file(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<WeightsFile, Refusal> {
        let file = self.wave_file(db, staff, id, Action::SeeWork)?;
        let (wave, asked) = (&file.wave, Asked::of(&file.framework, &file.wave));
        let sets = WeightSet::ALL.map(|set| (set, set.things(asked)));
        let sets = sets.into_iter().filter(|(_, things)| things.len() > 1).collect();
        let frozen = store::weights::frozen(db, wave)?;
        let weighing = store::weights::weighing(db, wave)?;
        let (mut groups, mut shown, mut own) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(weighing) = &weighing {
            let votes = store::weights::votes(db, wave)?;
            groups = parts(&file, weighing, &votes);
            let profile = profile_of(db, &file.project)?;
            let settled = match weighing.stage {
                Stage::First => Vec::new(),
                Stage::Second => settled_in(&votes, weighing, asked, (1, &profile)),
                Stage::Frozen => frozen.last().map(|last| last.content.sets.clone()).unwrap_or_default(),
            };
            if let (Stage::Frozen, Some(last)) = (weighing.stage, frozen.last()) {
                groups.clone_from(&last.content.took_part);
            }
            shown = settled.iter().map(|set| spread(set, &group_codes(&file.framework), &profile)).collect();
            if let Some(group) = seat(db, staff, &file.project, weighing)? {
                own = judged_by(&votes, weighing, asked, &voice(wave, group, staff));
            }
        }
        Ok(WeightsFile { weighing, sets, groups, spread: shown, frozen, seat: own, file })
    }

    /// Begins the first round: what is weighed, and how each group says it.
    ///
    /// # Errors
    /// [`Conflict::OtherPhase`] outside the phase of weights or where weighing has begun, [`Refusal::Invalid`]; or as
    /// [`Staff::require`].
    pub fn begin_weighing(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let wave = weighed_wave(db, staff, id)?;
        if store::weights::weighing(db, &wave)?.is_some() {
            return Err(Conflict::OtherPhase { wave: wave.code }.into());
        }
        let framework = self.framework(db, &wave.framework_sha256)?;
        let asked = Asked::of(&framework, &wave);
        let chosen = typed.all("weights_sets").filter_map(WeightSet::from_code);
        let sets: Vec<WeightSet> = chosen.filter(|set| set.things(asked).len() > 1).collect();
        let mut problems = Problems::default();
        if sets.is_empty() {
            problems.add(FieldProblem::new("weights_sets", "choose"));
        }
        let mut methods = BTreeMap::new();
        for group in &framework.groups {
            let field = method_field(&group.code);
            if typed.has(&field) {
                let method = Method::from_code(typed.get(&field)).ok_or_else(|| FieldProblem::new(&field, "choose"));
                methods.extend(problems.take(method).map(|method| (group.code.clone(), method)));
            }
        }
        problems.none()?;
        let (organisation_id, wave_id) = (wave.organisation_id, wave.id);
        store::weights::begin(db, &Weighing { organisation_id, wave_id, stage: Stage::First, sets, methods })?;
        self.sign(db, staff, &wave, ("first_round", ""))
    }

    /// Ends the first round, shows how the groups differ, and begins the second.
    ///
    /// # Errors
    /// [`Conflict::OtherPhase`] where the first round is not on; or as [`Staff::require`].
    pub fn second_round(&self, db: &mut Db, staff: &Staff, id: Uuid, note: &str) -> Result<(), Refusal> {
        let wave = weighed_wave(db, staff, id)?;
        advance(db, &wave, Stage::First, Stage::Second)?;
        self.sign(db, staff, &wave, ("second_round", note))
    }

    /// Freezes the weights of the second round with who took part, group by group. A version that was frozen before is
    /// kept; this one takes its place.
    ///
    /// # Errors
    /// [`Conflict::OtherPhase`] where the second round is not on; or as [`Staff::require`].
    pub fn freeze_weights(&self, db: &mut Db, staff: &Staff, id: Uuid, note: &str) -> Result<(), Refusal> {
        let wave = weighed_wave(db, staff, id)?;
        advance(db, &wave, Stage::Second, Stage::Frozen)?;
        let file = self.wave_file(db, staff, id, Action::MoveWave)?;
        let weighing = store::weights::weighing(db, &wave)?.ok_or(Refusal::NotFound)?;
        let profile = profile_of(db, &file.project)?;
        let votes = store::weights::votes(db, &wave)?;
        let asked = Asked::of(&file.framework, &wave);
        let sets = settled_in(&votes, &weighing, asked, (2, &profile));
        let took_part = parts(&file, &weighing, &votes);
        let earlier = store::weights::frozen(db, &wave)?;
        let note: String = note.trim().chars().filter(|one| !one.is_control()).take(LONGEST_REASON).collect();
        let frozen = FrozenWeights {
            organisation_id: wave.organisation_id,
            wave_id: wave.id,
            version: earlier.last().map_or(1, |last| last.version + 1),
            content: FrozenContent { round: 2, sets, took_part },
            actor: staff.account.name.clone(),
            note: note.clone(),
            frozen_at: self.clock.now(),
        };
        store::weights::freeze(db, &frozen)?;
        self.sign(db, staff, &wave, ("weights_frozen", &note))
    }

    /// Takes up the second round again, with a reason. What was frozen is kept, and counts until it is frozen again.
    ///
    /// # Errors
    /// [`Conflict::OtherPhase`] where weights are not frozen or the phase is over, [`Refusal::Invalid`] without a reason;
    /// or as [`Staff::require`].
    pub fn reopen_weights(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let wave = weighed_wave(db, staff, id)?;
        let reason = line("weights_reason", typed.get("weights_reason"), LONGEST_REASON)?;
        advance(db, &wave, Stage::Frozen, Stage::Second)?;
        self.sign(db, staff, &wave, ("weights_reopened", &reason))
    }
}

/// Nothing, where weighing has not begun or its weights are frozen.
pub(super) fn check_weights(db: &mut Db, wave: &Wave) -> Result<(), Refusal> {
    match store::weights::weighing(db, wave)? {
        Some(weighing) if weighing.stage != Stage::Frozen => {
            Err(Conflict::WeightsOpen { wave: wave.code.clone() }.into())
        }
        Some(_) | None => Ok(()),
    }
}

/// The field in which the method of a group is chosen.
#[must_use]
pub fn method_field(group: &str) -> String {
    format!("method_{group}")
}

/// A wave that whoever asks may have weighed, in its phase.
fn weighed_wave(db: &mut Db, staff: &Staff, id: Uuid) -> Result<Wave, Refusal> {
    let (_, wave) = staff::wave(db, staff, id, Action::MoveWave)?;
    if wave.phase == Phase::Weights { Ok(wave) } else { Err(Conflict::OtherPhase { wave: wave.code }.into()) }
}

fn advance(db: &mut Db, wave: &Wave, from: Stage, to: Stage) -> Result<(), Refusal> {
    match saved(store::weights::advance(db, wave, from, to)?) {
        Err(Refusal::Outdated) => Err(Conflict::OtherPhase { wave: wave.code.clone() }.into()),
        done => done,
    }
}

fn voice(wave: &Wave, group: String, staff: &Staff) -> Participant {
    let key = seat_key(wave, staff);
    Participant { organisation_id: wave.organisation_id, wave_id: wave.id, group, key }
}

fn judged_by(votes: &[WeightVote], weighing: &Weighing, asked: Asked<'_>, seat: &Participant) -> Vec<MySet> {
    weighing.sets.iter().map(|set| my_set(votes, seat, *set, set.things(asked))).collect()
}

/// Who took part of each group that is listed or did, in framework order.
fn parts(file: &WaveFile, weighing: &Weighing, votes: &[WeightVote]) -> Vec<GroupPart> {
    let voices = |group: &str, least: i32| {
        let of_group = votes.iter().filter(|vote| vote.group == group && vote.round >= least);
        let keys: BTreeSet<&str> = of_group.map(|vote| vote.key.as_str()).collect();
        u32::try_from(keys.len()).unwrap_or(u32::MAX)
    };
    let part = |code: &str| {
        let listed = file.coverage.iter().find(|row| row.group == code);
        let (people, again) = (voices(code, 1), voices(code, 2));
        let method = weighing.method_of(code);
        let part =
            GroupPart { group: code.to_owned(), method, people, again, listed: listed.and_then(|row| row.listed) };
        (listed.is_some() || people > 0).then_some(part)
    };
    file.framework.groups.iter().filter_map(|group| part(&group.code)).collect()
}

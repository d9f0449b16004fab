// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do people say what counts how much: in the space, once a round, and in the committee two by two?

use std::collections::BTreeMap;

use uuid::Uuid;

use super::space::Space;
use super::staff::{self, Staff, of_project};
use super::{App, Conflict, Refusal, secrets};
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::framework::Framework;
use crate::domain::participant::{Activity, Participant};
use crate::domain::phase::Phase;
use crate::domain::profile::Profile;
use crate::domain::programme::Project;
use crate::domain::role::Action;
use crate::domain::settled_weights::{SetSpread, SettledSet};
use crate::domain::wave::Wave;
use crate::domain::weights::{
    Asked, Method, Stage, Weighing, WeightSet, WeightVote, field_of_pair, pairs, read, standing, written,
};
use crate::scoring::{judged, settle, spread};
use crate::store::{self, Db};

/// What one voice finds where weights are given.
#[derive(Clone, Debug)]
pub struct MyWeights {
    /// How the wave is weighed; nothing where weighing has not begun.
    pub weighing: Option<Weighing>,
    /// Whether weights are taken now.
    pub is_open: bool,
    /// What is weighed, with what this voice said.
    pub sets: Vec<MySet>,
    /// How the groups differed in the first round; nothing before the second.
    pub spread: Vec<SetSpread>,
}

/// Something weighed, with what one voice said.
#[derive(Clone, Debug)]
pub struct MySet {
    /// What is weighed.
    pub set: WeightSet,
    /// Codes of its things.
    pub things: Vec<String>,
    /// What this voice said last.
    pub said: Option<BTreeMap<String, f64>>,
    /// In which round that was.
    pub round: i32,
}

/// What became of weights that somebody gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighed {
    /// They are kept.
    Kept,
    /// They took the place of what the same voice said before in this round.
    Again,
    /// The phase was over: the words are kept for whoever facilitates, and do not count.
    Late,
}

impl Weighed {
    /// The end of the key of its words, and of the address that shows them.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Again => "again",
            Self::Late => "late",
        }
    }
}

impl App {
    /// What a voice finds where weights are given.
    ///
    /// # Errors
    /// If the database fails.
    pub fn my_weights(&self, db: &mut Db, space: &Space) -> Result<MyWeights, Refusal> {
        let (wave, framework) = (&space.place.wave, &space.place.framework);
        let Some(weighing) = store::weights::weighing(db, wave)? else {
            return Ok(MyWeights { weighing: None, is_open: false, sets: Vec::new(), spread: Vec::new() });
        };
        let votes = store::weights::votes(db, wave)?;
        let asked = Asked::of(framework, wave);
        let sets = weighing.sets.iter().map(|set| my_set(&votes, &space.participant, *set, set.things(asked)));
        let spread = match weighing.stage {
            Stage::First | Stage::Frozen => Vec::new(),
            Stage::Second => {
                let profile = profile_of(db, &space.place.project)?;
                let settled = settled_in(&votes, &weighing, asked, (1, &profile));
                settled.iter().map(|set| spread(set, &group_codes(framework), &profile)).collect()
            }
        };
        Ok(MyWeights {
            is_open: takes_weights(wave, &weighing),
            sets: sets.collect(),
            spread,
            weighing: Some(weighing),
        })
    }

    /// Takes the weights of a voice; in the same round they take the place of what it said before. After the phase they
    /// are kept as late words.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for what is not weighed, or not in this way by this group; [`Refusal::Invalid`].
    pub fn weigh(
        &self,
        db: &mut Db,
        participant: &Participant,
        set: WeightSet,
        typed: &Typed,
    ) -> Result<Weighed, Refusal> {
        let wave = store::waves::find(db, participant.organisation_id, participant.wave_id)?;
        let wave = wave.ok_or(Refusal::NotFound)?;
        let framework = self.framework(db, &wave.framework_sha256)?;
        let things = set.things(Asked::of(&framework, &wave));
        let weighing = store::weights::weighing(db, &wave)?;
        let weighing = weighing.filter(|weighing| weighing.sets.contains(&set)).ok_or(Refusal::NotFound)?;
        let method = weighing.method_of(&participant.group);
        if method == Method::Pairwise {
            return Err(Refusal::NotFound);
        }
        let Some(round) = weighing.stage.round().filter(|_| takes_weights(&wave, &weighing)) else {
            self.keep_late(db, participant, Activity::Weights, &late_words(set, typed))?;
            return Ok(Weighed::Late);
        };
        let values = read(method, &things, typed)?;
        let (key, group) = (participant.key.clone(), participant.group.clone());
        keep(db, &wave, participant, &WeightVote { set, round, key, group, method, values })
    }

    /// Takes the comparisons two by two of a seat in the committee, which speaks for its group.
    ///
    /// # Errors
    /// [`Conflict::NoSeat`] for whoever has no seat of a group that is asked so, [`Conflict::OtherPhase`] where weights
    /// are not taken now, [`Refusal::Invalid`] where comparisons are missing or contradict each other too much; or as
    /// [`Staff::require`].
    pub fn judge(
        &self,
        db: &mut Db,
        staff: &Staff,
        (id, set): (Uuid, WeightSet),
        typed: &Typed,
    ) -> Result<Weighed, Refusal> {
        let (project, wave) = staff::wave(db, staff, id, Action::CastVote)?;
        let weighing = store::weights::weighing(db, &wave)?.ok_or(Refusal::NotFound)?;
        let group = seat(db, staff, &project, &weighing)?.ok_or(Conflict::NoSeat { wave: wave.code.clone() })?;
        let round = weighing.stage.round().filter(|_| takes_weights(&wave, &weighing));
        let round = round.ok_or(Conflict::OtherPhase { wave: wave.code.clone() })?;
        let framework = self.framework(db, &wave.framework_sha256)?;
        let things = set.things(Asked::of(&framework, &wave));
        let values = read(Method::Pairwise, &things, typed)?;
        let key = seat_key(&wave, staff);
        let vote = WeightVote { set, round, key: key.clone(), group: group.clone(), method: Method::Pairwise, values };
        check_consistency(&vote, &things)?;
        let participant = Participant { organisation_id: wave.organisation_id, wave_id: wave.id, group, key };
        keep(db, &wave, &participant, &vote)
    }
}

/// Keeps a vote, and that its voice took part.
fn keep(db: &mut Db, wave: &Wave, participant: &Participant, vote: &WeightVote) -> Result<Weighed, Refusal> {
    let again = store::weights::keep(db, wave, vote)?;
    store::participants::took_part(db, participant, Activity::Weights)?;
    Ok(if again { Weighed::Again } else { Weighed::Kept })
}

/// Nothing, where comparisons contradict each other little; else which one to look at again, and the ratio.
fn check_consistency(vote: &WeightVote, things: &[String]) -> Result<(), Refusal> {
    let found = vote.in_order(things).and_then(|values| judged(things.len(), &values).ok());
    let pairs = pairs(things);
    let first = pairs.first().map(|(one, other)| field_of_pair(one, other)).unwrap_or_default();
    let Some(found) = found else { return Err(FieldProblem::new(&first, "weights-contradiction-all").into()) };
    let Some((one, other)) = found.look_again else { return Ok(()) };
    let field = things.get(one).zip(things.get(other)).map_or(first, |(one, other)| field_of_pair(one, other));
    let ratio = written(found.ratio.unwrap_or_default());
    Err(FieldProblem::new(&field, "weights-contradiction").with("ratio", ratio).into())
}

/// The group for which somebody of the staff compares two by two, if any.
pub(super) fn seat(
    db: &mut Db,
    staff: &Staff,
    project: &Project,
    weighing: &Weighing,
) -> Result<Option<String>, Refusal> {
    let thing = of_project(db, project)?;
    let seats = staff.grants.iter().filter(|grant| grant.allows(Action::CastVote, thing) && !grant.group.is_empty());
    let mut groups = seats.map(|grant| &grant.group);
    Ok(groups.find(|group| weighing.method_of(group) == Method::Pairwise).cloned())
}

/// The voice of a seat; like that of a participant it ties to nobody.
pub(super) fn seat_key(wave: &Wave, staff: &Staff) -> String {
    secrets::hash(&format!("seat:{}:{}", wave.id.simple(), staff.account.id.simple()))
}

/// Whether a wave takes weights now.
#[must_use]
pub fn takes_weights(wave: &Wave, weighing: &Weighing) -> bool {
    wave.phase == Phase::Weights && weighing.stage != Stage::Frozen
}

pub(super) fn my_set(votes: &[WeightVote], who: &Participant, set: WeightSet, things: Vec<String>) -> MySet {
    let own = votes.iter().filter(|vote| vote.key == who.key && vote.set == set);
    let last = own.max_by_key(|vote| vote.round);
    let said = last.filter(|vote| vote.in_order(&things).is_some()).map(|vote| vote.values.clone());
    MySet { set, things, said, round: last.map_or(0, |vote| vote.round) }
}

/// What came of every set up to a round.
pub(super) fn settled_in(
    votes: &[WeightVote],
    weighing: &Weighing,
    asked: Asked<'_>,
    (round, profile): (i32, &Profile),
) -> Vec<SettledSet> {
    let one = |set: &WeightSet| settle(set.code(), &set.things(asked), &standing(votes, *set, round), profile.k_show);
    weighing.sets.iter().map(one).collect()
}

/// The profile of a project: that of its edition, else its own.
pub(super) fn profile_of(db: &mut Db, project: &Project) -> Result<Profile, Refusal> {
    let edition = super::planning::edition_of(db, project)?;
    Ok(edition.map_or_else(|| project.profile.clone(), |(edition, _)| edition.profile))
}

/// Codes of the groups, in framework order.
pub(super) fn group_codes(framework: &Framework) -> Vec<String> {
    framework.groups.iter().map(|group| group.code.clone()).collect()
}

/// What came too late, in a line for whoever facilitates.
fn late_words(set: WeightSet, typed: &Typed) -> String {
    let said = typed.0.iter().filter_map(|(name, value)| Some((name.strip_prefix("weight_")?, value)));
    let said: Vec<String> = said.map(|(name, value)| format!("{name} {value}")).collect();
    let line = format!("{}: {}", set.code(), said.join(", "));
    line.chars().filter(|one| !one.is_control()).take(500).collect()
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do invented people weigh an invented wave in two rounds, and how participatory do they find it?

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use uuid::Uuid;

use crate::app::weights::settled_in;
use crate::app::{Refusal, secrets};
use crate::domain::framework::Framework;
use crate::domain::participant::{Activity, Participant};
use crate::domain::participation::Sheet;
use crate::domain::phase::Phase;
use crate::domain::profile::Profile;
use crate::domain::settled_weights::{FrozenContent, FrozenWeights, GroupPart};
use crate::domain::wave::{RosterEntry, Wave};
use crate::domain::weights::{Asked, Method, Stage, Weighing, WeightSet, WeightVote};
use crate::store::{self, Db};

const CONTENT: &str = include_str!("weights.toml");

#[derive(Debug, Default, Deserialize)]
struct Content {
    actor: String,
    note: String,
    group: BTreeMap<String, GroupContent>,
}

/// How a group leans.
#[derive(Debug, Deserialize)]
struct GroupContent {
    points: [f64; 3],
    people: u32,
    marks: [u8; 3],
}

/// Weighs a wave as far as it should be, and fills sheets where it was given back.
pub(super) fn load(
    db: &mut Db,
    wave: &Wave,
    framework: &Framework,
    (roster, stage): (&[RosterEntry], Option<Stage>),
) -> Result<(), Refusal> {
    let Some(stage) = stage else { return Ok(()) };
    let content: Content = toml::from_str(CONTENT).unwrap_or_default();
    let asked = Asked::of(framework, wave);
    let (organisation_id, wave_id) = (wave.organisation_id, wave.id);
    let sets = WeightSet::ALL.into_iter().filter(|set| set.things(asked).len() > 1).collect();
    let weighing = Weighing { organisation_id, wave_id, stage, sets, methods: BTreeMap::new() };
    store::weights::begin(db, &weighing)?;
    let mut votes = Vec::new();
    for (group, leaning) in &content.group {
        let listed = roster.iter().find(|entry| entry.group == *group).and_then(|entry| entry.listed);
        for person in 0..leaning.people.min(listed.unwrap_or(0)) {
            let voice = voice(wave, group, person);
            store::participants::took_part(db, &voice, Activity::Weights)?;
            votes.extend(votes_of(&weighing, asked, (&voice, person), leaning));
            if wave.phase >= Phase::Restitution {
                store::participation::keep(db, &voice, &sheet(group, person, leaning))?;
                store::participants::took_part(db, &voice, Activity::Restitution)?;
            }
        }
    }
    if stage != Stage::Frozen {
        return votes
            .iter()
            .try_for_each(|vote| store::weights::keep(db, wave, vote).map(|_| ()).map_err(Refusal::from));
    }
    let sets = settled_in(&votes, &weighing, asked, (2, &Profile::default()));
    let frozen = FrozenWeights {
        organisation_id,
        wave_id,
        version: 1,
        content: FrozenContent { round: 2, sets, took_part: parts(&weighing, roster, &votes) },
        actor: content.actor,
        note: content.note,
        frozen_at: jiff::tz::TimeZone::UTC.to_timestamp(wave.opens_on.at(9, 0, 0, 0)).unwrap_or_default(),
    };
    Ok(store::weights::freeze(db, &frozen)?)
}

fn voice(wave: &Wave, group: &str, person: u32) -> Participant {
    let key = secrets::hash(&format!("demonstration:{}:{group}:{person}", Uuid::simple(wave.id)));
    Participant { organisation_id: wave.organisation_id, wave_id: wave.id, group: group.to_owned(), key }
}

/// What one invented person says of everything that is weighed; every other one speaks again in the second round.
fn votes_of(
    weighing: &Weighing,
    asked: Asked<'_>,
    (voice, person): (&Participant, u32),
    leaning: &GroupContent,
) -> Vec<WeightVote> {
    let method = weighing.method_of(&voice.group);
    let rounds: &[i32] = if person % 2 == 0 { &[1, 2] } else { &[1] };
    let of_set = |set: &WeightSet| {
        let things = set.things(asked);
        let vote = move |round: &i32| {
            let points = points(leaning, things.len(), person, *round);
            let values = if method == Method::Ranking { ranks(&points) } else { points };
            WeightVote {
                set: *set,
                round: *round,
                key: voice.key.clone(),
                group: voice.group.clone(),
                method,
                values: things.iter().cloned().zip(values).collect(),
            }
        };
        rounds.iter().map(vote).collect::<Vec<_>>()
    };
    weighing.sets.iter().flat_map(of_set).collect()
}

/// A hundred points over as many things: as the group leans, a little different for each person, less so in the second
/// round.
fn points(leaning: &GroupContent, things: usize, person: u32, round: i32) -> Vec<f64> {
    let step = if round == 1 { 6.0 } else { 3.0 };
    let lean = |thing: usize| leaning.points.get(thing % 3).copied().unwrap_or(30.0);
    let turn = |thing: usize| match (thing + usize::try_from(person).unwrap_or(0)) % 3 {
        0 => step,
        1 => -step,
        _ => 0.0,
    };
    let raw: Vec<f64> = (0..things).map(|thing| lean(thing) + turn(thing)).collect();
    let total: f64 = raw.iter().sum();
    let mut whole: Vec<f64> = raw.iter().map(|one| (100.0 * one / total).round()).collect();
    let rest = 100.0 - whole.iter().sum::<f64>();
    whole.iter_mut().take(1).for_each(|first| *first += rest);
    whole
}

/// The places that follow from points; equal points share one.
fn ranks(points: &[f64]) -> Vec<f64> {
    let above = |own: &f64| points.iter().filter(|other| *other > own).count();
    points.iter().map(|own| f64::from(u32::try_from(above(own) + 1).unwrap_or(1))).collect()
}

fn sheet(group: &str, person: u32, leaning: &GroupContent) -> Sheet {
    let mark = |mark: u8| match person % 4 {
        0 => Some(mark.saturating_add(1).min(5)),
        1 => Some(mark.saturating_sub(1).max(1)),
        _ => Some(mark),
    };
    Sheet { group: group.to_owned(), marks: leaning.marks.map(mark) }
}

fn parts(weighing: &Weighing, roster: &[RosterEntry], votes: &[WeightVote]) -> Vec<GroupPart> {
    let voices = |group: &str, least: i32| {
        let of_group = votes.iter().filter(|vote| vote.group == group && vote.round >= least);
        let keys: BTreeSet<&str> = of_group.map(|vote| vote.key.as_str()).collect();
        u32::try_from(keys.len()).unwrap_or(u32::MAX)
    };
    let part = |entry: &RosterEntry| GroupPart {
        group: entry.group.clone(),
        method: weighing.method_of(&entry.group),
        people: voices(&entry.group, 1),
        again: voices(&entry.group, 2),
        listed: entry.listed,
    };
    roster.iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invented_points_are_a_hundred_and_invented_places_begin_at_one() {
        let content: Content = toml::from_str(CONTENT).unwrap();
        assert!(!content.actor.is_empty() && content.group.len() > 3);
        for leaning in content.group.values() {
            for (things, person, round) in [(3, 0, 1), (5, 4, 2), (2, 7, 1)] {
                let points = points(leaning, things, person, round);
                assert!((points.iter().sum::<f64>() - 100.0).abs() < 1e-9 && points.iter().all(|one| *one >= 0.0));
                assert!(ranks(&points).iter().any(|rank| (rank - 1.0).abs() < 1e-9));
            }
            assert!(leaning.marks.iter().all(|mark| (1..=5).contains(mark)));
        }
    }
}

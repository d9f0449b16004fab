// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which weights come of what people said, and what of it may be shown?

use std::collections::BTreeMap;

use crate::domain::profile::Profile;
use crate::domain::score::{Given, Interval, Withheld};
use crate::domain::settled_weights::{Basis, GroupSpread, SetSpread, SettledSet};
use crate::domain::weights::{Method, WeightVote};
use crate::stats::Undefined;
use crate::stats::concordance::kendall_w;
use crate::stats::pairwise::{Consistency, Judgements};
use crate::stats::quantile::quantile;
use crate::stats::weights::{Settled, of_ranks, settled, shares, together};

use super::error::reason;

/// How far comparisons two by two contradict each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The consistency ratio, 0 for no contradiction; none below three things.
    pub ratio: Option<f64>,
    /// The weights that follow.
    pub weights: Vec<f64>,
    /// Which two things, by their places, were compared most unlike all other comparisons; set where the ratio is too
    /// large.
    pub look_again: Option<(usize, usize)>,
}

/// What follows from comparisons of several things two by two, row after row above the diagonal.
///
/// # Errors
/// Why nothing follows.
pub fn judged(things: usize, values: &[f64]) -> Result<Judged, Undefined> {
    let judgements = Judgements::of_upper(things, values)?;
    let priorities = judgements.priorities()?;
    let contradicted = match priorities.consistency() {
        Consistency::Accepted => None,
        Consistency::Refused => judgements.most_contradicted(&priorities.weights),
    };
    Ok(Judged { ratio: priorities.consistency_ratio().ok(), weights: priorities.weights, look_again: contradicted })
}

/// The weights that one vote gives, in the order of the things; they sum to 1.
fn shares_of(vote: &WeightVote, things: &[String]) -> Option<Vec<f64>> {
    let values = vote.in_order(things)?;
    match vote.method {
        Method::Ranking => of_ranks(&values).ok(),
        Method::Points | Method::Swing => shares(&values).ok(),
        Method::Pairwise => judged(things.len(), &values).ok().map(|judged| judged.weights),
    }
}

/// The voices of a set, before anything is made of them.
#[derive(Default)]
struct Gathered {
    voices: BTreeMap<String, Vec<Vec<f64>>>,
    people: BTreeMap<String, u32>,
    rankings: Vec<Vec<f64>>,
}

fn gathered(things: &[String], votes: &[&WeightVote]) -> Gathered {
    let mut found = Gathered::default();
    let mut compared: BTreeMap<&str, Vec<Judgements>> = BTreeMap::new();
    for vote in votes {
        let (Some(shares), Some(values)) = (shares_of(vote, things), vote.in_order(things)) else { continue };
        *found.people.entry(vote.group.clone()).or_insert(0) += 1;
        if vote.method == Method::Pairwise {
            compared.entry(&vote.group).or_default().extend(Judgements::of_upper(things.len(), &values));
        } else {
            found.voices.entry(vote.group.clone()).or_default().push(shares);
        }
        if vote.method == Method::Ranking {
            found.rankings.push(values);
        }
    }
    for (group, judgements) in compared {
        let joint = Judgements::together(&judgements).and_then(|joint| joint.priorities());
        found.voices.entry(group.to_owned()).or_default().extend(joint.map(|joint| joint.weights));
    }
    // Nothing says who came first.
    found.voices.values_mut().for_each(|group| group.sort_by(|one, other| compare(one, other)));
    found
}

/// What people gave one set of things. Votes on other things are left out; those who compared two by two for a group
/// speak with one voice, the geometric mean of their judgements.
#[must_use]
pub fn settle(set: &str, things: &[String], votes: &[&WeightVote], k_show: u32) -> SettledSet {
    let Gathered { voices, people, rankings } = gathered(things, votes);
    let taken = people.values().sum::<u32>();
    let nobody = SettledSet {
        set: set.to_owned(),
        things: things.to_vec(),
        weights: Vec::new(),
        basis: Basis::TooFew,
        agreement: None,
        concordance: None,
        voices: BTreeMap::new(),
        people,
    };
    let groups: Vec<Vec<Vec<f64>>> = voices.values().cloned().collect();
    let (Ok(found), true) = (together(&groups), taken >= k_show) else { return nobody };
    let concordance = kendall_w(&rankings).ok();
    let least = concordance.map_or(found.agreement, |w| w.min(found.agreement));
    let basis = match settled(found.weights.clone(), least) {
        Ok(Settled::Elicited(_)) => Basis::Elicited,
        Ok(Settled::Equal(_)) | Err(_) => Basis::LowAgreement,
    };
    SettledSet { weights: found.weights, basis, agreement: Some(found.agreement), concordance, voices, ..nobody }
}

fn compare(one: &[f64], other: &[f64]) -> std::cmp::Ordering {
    let pairs = one.iter().zip(other).map(|(a, b)| a.total_cmp(b));
    pairs.fold(one.len().cmp(&other.len()), std::cmp::Ordering::then)
}

/// What may be shown of what people gave: a group from `k_show` people on, its spread from `k_dist`. What everybody gave
/// together is the mean of the groups: where the groups that are not shown would show through it, the smallest that is
/// shown is withheld too. Groups come in the order of `order`.
#[must_use]
pub fn spread(set: &SettledSet, order: &[String], profile: &Profile) -> SetSpread {
    let groups: Vec<&String> = order.iter().filter(|code| set.people.contains_key(*code)).collect();
    let mut shown: Vec<Given<()>> = groups.iter().map(|code| may_show(set, code, profile)).collect();
    while let Some(place) = to_hide(set, &groups, &shown, profile) {
        shown.iter_mut().skip(place).take(1).for_each(|one| *one = Err(Withheld::Complementary));
    }
    let of_group = |(code, shown): (&&String, &Given<()>)| {
        let voices = set.voices.get(*code).map_or(&[][..], Vec::as_slice);
        let people = people_of(set, code);
        let wide = if people < profile.k_dist { Err(Withheld::BelowDistributionMinimum) } else { Ok(()) };
        GroupSpread {
            group: (*code).clone(),
            people,
            weights: shown.and_then(|()| means(voices, set.things.len())),
            middle: shown.and(wide).and_then(|()| middles(voices, set.things.len())),
        }
    };
    let few = || Withheld::FewerThanMinimum;
    SetSpread {
        set: set.set.clone(),
        things: set.things.clone(),
        together: if set.weights.is_empty() { Err(few()) } else { Ok(set.weights.clone()) },
        agreement: set.agreement.ok_or_else(few),
        concordance: set.concordance.map(Ok),
        basis: set.basis,
        groups: groups.iter().zip(&shown).map(of_group).collect(),
    }
}

fn people_of(set: &SettledSet, group: &str) -> u32 {
    set.people.get(group).copied().unwrap_or(0)
}

/// Whether the mean of a group may be shown, as far as the group alone decides.
fn may_show(set: &SettledSet, group: &str, profile: &Profile) -> Given<()> {
    let people = people_of(set, group);
    let voices = set.voices.get(group).map_or(&[][..], Vec::as_slice);
    if people < profile.k_show || voices.is_empty() {
        return Err(Withheld::FewerThanMinimum);
    }
    let alike = voices.iter().zip(voices.iter().skip(1)).all(|(one, other)| compare(one, other).is_eq());
    if alike && people < profile.k_dist { Err(Withheld::Unanimous) } else { Ok(()) }
}

/// The smallest group that is shown, if those that are not would show through the mean of all.
fn to_hide(set: &SettledSet, groups: &[&String], shown: &[Given<()>], profile: &Profile) -> Option<usize> {
    let hidden = || groups.iter().zip(shown).filter(|(_, shown)| shown.is_err());
    let people: u32 = hidden().map(|(code, _)| people_of(set, code)).sum();
    let count = hidden().count();
    if count == 0 || (count > 1 && people >= profile.k_show) {
        return None;
    }
    let open = groups.iter().zip(shown).enumerate().filter(|(_, (_, shown))| shown.is_ok());
    open.min_by_key(|(_, (code, _))| people_of(set, code)).map(|(place, _)| place)
}

/// The mean of the voices of a group, thing by thing.
fn means(voices: &[Vec<f64>], things: usize) -> Given<Vec<f64>> {
    let found = together(&[voices.to_vec()]).map_err(reason)?;
    if found.weights.len() == things { Ok(found.weights) } else { Err(Withheld::NoValidAnswers) }
}

fn middles(voices: &[Vec<f64>], things: usize) -> Given<Vec<Interval>> {
    let of_thing = |place: usize| {
        let mut values: Vec<f64> = voices.iter().filter_map(|voice| voice.get(place).copied()).collect();
        values.sort_by(f64::total_cmp);
        let (low, high) = (quantile(&values, 0.25), quantile(&values, 0.75));
        Ok(Interval { low: low.map_err(reason)?, high: high.map_err(reason)? })
    };
    (0..things).map(of_thing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::weights::WeightSet;

    fn things(count: usize) -> Vec<String> {
        ["a", "b", "c", "d"].iter().take(count).map(|code| (*code).to_owned()).collect()
    }

    fn vote(group: &str, method: Method, values: &[f64]) -> WeightVote {
        let names: Vec<String> = match method {
            Method::Pairwise => ["a:b", "a:c", "b:c"].map(str::to_owned).to_vec(),
            Method::Ranking | Method::Points | Method::Swing => things(values.len()),
        };
        let values = names.into_iter().zip(values.iter().copied()).collect();
        WeightVote { set: WeightSet::Pillars, round: 1, key: String::new(), group: group.to_owned(), method, values }
    }

    fn settled_of(votes: &[WeightVote], count: usize) -> SettledSet {
        settle("pillars", &things(count), &votes.iter().collect::<Vec<_>>(), 3)
    }

    fn near(found: &[f64], expected: &[f64]) -> bool {
        found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 5e-5)
    }

    #[test]
    fn nobody_and_too_few_leave_the_profile_and_say_nothing() {
        let nobody = settled_of(&[], 3);
        assert_eq!((nobody.basis, nobody.weights.len(), nobody.agreement), (Basis::TooFew, 0, None));
        let two = settled_of(
            &[vote("PA", Method::Points, &[50.0, 30.0, 20.0]), vote("BEN", Method::Ranking, &[1.0, 2.0, 3.0])],
            3,
        );
        assert_eq!((two.basis, two.people.len()), (Basis::TooFew, 2));
        assert!(two.weights.is_empty() && two.voices.is_empty(), "what two people said is not kept with the wave");
    }

    #[test]
    fn the_worked_budget_and_ranking() {
        let budget: Vec<WeightVote> = [[40.0, 30.0, 20.0, 10.0], [25.0; 4], [10.0, 20.0, 30.0, 40.0]]
            .map(|points| vote("PA", Method::Points, &points))
            .into();
        let found = settled_of(&budget, 4);
        assert!(near(&found.weights, &[0.25; 4]) && (found.agreement.unwrap() - 0.867).abs() < 5e-4);
        assert_eq!((found.basis, found.concordance), (Basis::Elicited, None));
        let rankings = [[1.0, 2.0, 3.0, 4.0], [1.0, 3.0, 2.0, 4.0], [2.0, 1.0, 3.0, 4.0]];
        let found = settled_of(&rankings.map(|ranks| vote("BEN", Method::Ranking, &ranks)), 4);
        assert!((found.concordance.unwrap() - 0.7778).abs() < 5e-5);
        assert_eq!(found.basis, Basis::Elicited);
    }

    #[test]
    fn rankings_that_contradict_each_other_leave_the_profile() {
        let rankings = [[1.0, 2.0, 3.0], [3.0, 1.0, 2.0], [2.0, 3.0, 1.0]];
        let found = settled_of(&rankings.map(|ranks| vote("BEN", Method::Ranking, &ranks)), 3);
        assert!(found.concordance.unwrap().abs() < 1e-12);
        assert_eq!(found.basis, Basis::LowAgreement);
        assert!(!found.weights.is_empty(), "what they gave can still be told");
    }

    #[test]
    fn groups_have_one_voice_each_however_many_they_are() {
        let mut votes = vec![vote("PA", Method::Points, &[100.0, 0.0])];
        votes.extend((0..9).map(|_| vote("ETS", Method::Swing, &[50.0, 100.0])));
        let found = settled_of(&votes, 2);
        assert!(near(&found.weights, &[2.0 / 3.0, 1.0 / 3.0]), "{:?}", found.weights);
    }

    #[test]
    fn the_worked_judgements_and_the_one_to_look_at_again() {
        let sound = judged(3, &[3.0, 5.0, 3.0]).unwrap();
        assert!(near(&sound.weights, &[0.6370, 0.2583, 0.1047]) && (sound.ratio.unwrap() - 0.0332).abs() < 5e-5);
        assert_eq!(sound.look_again, None);
        let two = [[3.0, 5.0, 3.0], [1.0, 3.0, 2.0]].map(|values| vote("PA", Method::Pairwise, &values));
        let mut votes = two.to_vec();
        votes.push(vote("PA", Method::Pairwise, &[3.0, 5.0, 3.0]));
        assert_eq!(settled_of(&votes, 3).voices["PA"].len(), 1, "a group compares with one voice");
        let joint = settle("pillars", &things(3), &two.iter().collect::<Vec<_>>(), 2);
        assert!(near(&joint.weights, &[0.5418, 0.3225, 0.1357]), "{:?}", joint.weights);
        let circular = judged(3, &[3.0, 0.2, 3.0]).unwrap();
        assert!((circular.ratio.unwrap() - 1.58).abs() < 5e-3);
        assert!(circular.look_again.is_some());
    }

    #[test]
    fn votes_on_other_things_do_not_count() {
        let votes = [vote("PA", Method::Points, &[50.0, 50.0]), vote("PA", Method::Points, &[50.0, 30.0, 20.0])];
        assert_eq!(settled_of(&votes, 3).people["PA"], 1);
    }

    fn many(group: &str, count: usize) -> Vec<WeightVote> {
        let points = |place: usize| if place.is_multiple_of(2) { [60.0, 40.0] } else { [40.0, 60.0] };
        (0..count).map(|place| vote(group, Method::Points, &points(place))).collect()
    }

    fn shown(sizes: &[(&str, usize)]) -> Vec<(u32, Given<()>, Given<()>)> {
        let votes: Vec<WeightVote> = sizes.iter().flat_map(|(group, count)| many(group, *count)).collect();
        let set = settled_of(&votes, 2);
        let order: Vec<String> = sizes.iter().map(|(group, _)| (*group).to_owned()).collect();
        let spread = spread(&set, &order, &Profile::default());
        spread.groups.into_iter().map(|one| (one.people, one.weights.map(|_| ()), one.middle.map(|_| ()))).collect()
    }

    #[test]
    fn a_small_group_is_withheld_and_the_next_smallest_with_it() {
        let found = shown(&[("PA", 4), ("ETS", 6), ("BEN", 12)]);
        assert_eq!(found[0].1, Err(Withheld::FewerThanMinimum));
        assert_eq!(found[1].1, Err(Withheld::Complementary));
        assert_eq!((found[2].1, found[2].2), (Ok(()), Ok(())));
        let found = shown(&[("PA", 5), ("ETS", 6)]);
        assert_eq!((found[0].1, found[0].2), (Ok(()), Err(Withheld::BelowDistributionMinimum)));
        let found = shown(&[("PA", 2), ("CSA", 1), ("ETS", 6), ("BEN", 12)]);
        assert_eq!(
            found[2].1,
            Err(Withheld::Complementary),
            "two that are three together are not enough to hide behind"
        );
        let found = shown(&[("PA", 3), ("CSA", 4), ("ETS", 6)]);
        assert_eq!(found[2].1, Ok(()));
    }

    #[test]
    fn a_small_group_that_says_the_same_is_not_read_out() {
        let votes: Vec<WeightVote> = (0..6).map(|_| vote("PA", Method::Points, &[70.0, 30.0])).collect();
        let set = settled_of(&votes, 2);
        let found = spread(&set, &["PA".to_owned()], &Profile::default());
        assert_eq!(found.groups[0].weights, Err(Withheld::Unanimous));
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What did a round of ratings of a proposal come to, and what of it may be shown?

use crate::domain::delphi::{
    Criterion, CriterionOutcome, GROUP_COUNTS_FROM, GroupOutcome, HIGHEST, Lack, LackPlace, MOST_ROUNDS, Rating,
    RoundOutcome, SETTLED_WITHIN, SHARE_IN_GROUP_PERCENT, SHARE_OVERALL_PERCENT, Verdict, WIDEST_SPREAD,
};
use crate::domain::profile::Profile;
use crate::domain::withheld::{Given, Withheld};
use crate::stats::count::length;
use crate::stats::rating::{RatingSummary, of_ratings, reaches};

/// One round of ratings.
#[derive(Clone, Copy, Debug)]
pub struct Round<'a> {
    /// Which one, from 1.
    pub number: u32,
    /// What was said in it.
    pub ratings: &'a [Rating],
    /// What was said in the one before; nothing for the first.
    pub before: Option<&'a [Rating]>,
}

/// What a round came to: consensus overall and in every group, another round, or the committee. A median is shown of
/// whole groups of `k_show` at least, and share and spread of all only where no smaller group shows through them.
///
/// `groups` are the codes of all groups, in framework order.
///
/// # Source
/// `docs/participation-proposals.md`, "Rounds of ratings".
#[must_use]
pub fn delphi_round(round: Round<'_>, groups: &[&str], profile: &Profile) -> RoundOutcome {
    let ratings = round.ratings;
    let smallest = usize::try_from(profile.k_show).unwrap_or(usize::MAX);
    let rated = |group: &str| ratings.iter().filter(|rating| rating.group == group).count();
    let hidden: usize = groups.iter().map(|group| rated(group)).filter(|count| *count < smallest).sum();
    let shows_through = (1..smallest).contains(&hidden);
    let group = |group: &&str| GroupOutcome {
        group: (*group).to_owned(),
        rated: count(rated(group)),
        relevance: median(ratings, Some(group), Criterion::Relevance, smallest),
        clarity: median(ratings, Some(group), Criterion::Clarity, smallest),
    };
    let overall = |criterion| criterion_outcome(ratings, criterion, (smallest, shows_through));
    RoundOutcome {
        number: round.number,
        rated: count(ratings.len()),
        relevance: overall(Criterion::Relevance),
        clarity: overall(Criterion::Clarity),
        groups: groups.iter().filter(|one| rated(one) > 0).map(group).collect(),
        verdict: verdict(round, groups, smallest),
    }
}

fn criterion_outcome(ratings: &[Rating], criterion: Criterion, (smallest, through): (usize, bool)) -> CriterionOutcome {
    let points = points(ratings, None, criterion);
    let summary = shown(&points, smallest);
    let open = |value: fn(RatingSummary) -> f64| match summary {
        Ok(_) if through => Err(Withheld::HiddenGroupEnters),
        Ok(summary) => Ok(value(summary)),
        Err(reason) => Err(reason),
    };
    CriterionOutcome {
        given: count(points.len()),
        not_known: count(ratings.len() - points.len()),
        median: summary.map(|one| one.median),
        spread: open(|one| one.interquartile_range),
        top: open(|one| length(one.top) / length(one.n)),
    }
}

fn median(ratings: &[Rating], group: Option<&str>, criterion: Criterion, smallest: usize) -> Given<f64> {
    shown(&points(ratings, group, criterion), smallest).map(|one| one.median)
}

fn shown(points: &[u8], smallest: usize) -> Given<RatingSummary> {
    if !points.is_empty() && points.len() < smallest {
        return Err(Withheld::FewerThanMinimum);
    }
    of_ratings(points, HIGHEST).map_err(|_| Withheld::NoValidAnswers)
}

/// The points that all, or one group, gave; who does not know gave none.
fn points(ratings: &[Rating], group: Option<&str>, criterion: Criterion) -> Vec<u8> {
    let of_group = |rating: &&Rating| group.is_none_or(|group| rating.group == group);
    ratings.iter().filter(of_group).filter_map(|rating| criterion.of(rating)).collect()
}

fn verdict(round: Round<'_>, groups: &[&str], smallest: usize) -> Verdict {
    let enough = |criterion| points(round.ratings, None, criterion).len() >= GROUP_COUNTS_FROM;
    if !Criterion::ALL.into_iter().all(enough) {
        return Verdict::TooFew;
    }
    let lacks: Vec<Lack> = Criterion::ALL
        .into_iter()
        .flat_map(|criterion| {
            let places = lacking(round.ratings, groups, criterion, smallest);
            places.into_iter().map(move |place| Lack { criterion, place })
        })
        .collect();
    if lacks.is_empty() {
        Verdict::Consensus
    } else if round.number >= MOST_ROUNDS || round.before.is_some_and(|before| settled(before, round.ratings, groups)) {
        Verdict::Settled(lacks)
    } else {
        Verdict::Again(lacks)
    }
}

/// Where consensus on a criterion is lacking.
fn lacking(ratings: &[Rating], groups: &[&str], criterion: Criterion, smallest: usize) -> Vec<LackPlace> {
    let short = |group: Option<&str>, percent| {
        let summary = of_ratings(&points(ratings, group, criterion), HIGHEST);
        summary.is_ok_and(|one| !reaches(one.top, one.n, percent))
    };
    let mut places = Vec::new();
    if short(None, SHARE_OVERALL_PERCENT) {
        places.push(LackPlace::Overall);
    }
    let mut small = false;
    for group in groups {
        let n = points(ratings, Some(group), criterion).len();
        if n < GROUP_COUNTS_FROM || !short(Some(group), SHARE_IN_GROUP_PERCENT) {
            continue;
        }
        if n < smallest {
            small = true;
        } else {
            places.push(LackPlace::Group((*group).to_owned()));
        }
    }
    places.extend(small.then_some(LackPlace::SmallGroup));
    let spread = of_ratings(&points(ratings, None, criterion), HIGHEST).map(|one| one.interquartile_range);
    places.extend(spread.is_ok_and(|spread| spread > WIDEST_SPREAD).then_some(LackPlace::Spread));
    places
}

/// Whether no median moved by more than [`SETTLED_WITHIN`]: of all, and of every group that counts in both rounds.
fn settled(before: &[Rating], now: &[Rating], groups: &[&str]) -> bool {
    let all = std::iter::once(None).chain(groups.iter().map(|group| Some(*group)));
    let mut pairs = all.flat_map(|group| Criterion::ALL.map(|criterion| (group, criterion)));
    pairs.all(|(group, criterion)| {
        let (before, now) = (points(before, group, criterion), points(now, group, criterion));
        if group.is_some() && before.len().min(now.len()) < GROUP_COUNTS_FROM {
            return true;
        }
        let median = |points: &[u8]| of_ratings(points, HIGHEST).map(|one| one.median);
        match (median(&before), median(&now)) {
            (Ok(before), Ok(now)) => (now - before).abs() <= SETTLED_WITHIN,
            (Err(_), _) | (_, Err(_)) => false,
        }
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ratings of a group, the same for both criteria; 0 is "don't know".
    fn rated(group: &str, points: &[u8]) -> Vec<Rating> {
        let point = |point: u8| (point > 0).then_some(point);
        let one = |given: &u8| Rating { group: group.to_owned(), relevance: point(*given), clarity: point(*given) };
        points.iter().map(one).collect()
    }

    fn outcome(number: u32, ratings: &[Vec<Rating>], before: Option<&[Vec<Rating>]>) -> RoundOutcome {
        let (ratings, before) = (ratings.concat(), before.map(<[_]>::concat));
        let round = Round { number, ratings: &ratings, before: before.as_deref() };
        delphi_round(round, &["PA", "ETS", "BEN"], &Profile::default())
    }

    #[test]
    fn three_quarters_of_all_and_three_fifths_of_every_group_are_consensus() {
        // By hand: 9 of 12 are 75 %, 3 of 5 of PA are 60 %, 6 of 7 of ETS; quartiles 3.75 and 4.25.
        let all = [rated("PA", &[4, 4, 4, 3, 3]), rated("ETS", &[5, 5, 5, 4, 4, 4, 3])];
        let found = outcome(1, &all, None);
        assert_eq!(found.verdict, Verdict::Consensus);
        assert_eq!((found.rated, found.relevance.given, found.relevance.median), (12, 12, Ok(4.0)));
        assert_eq!((found.clarity.top, found.clarity.spread), (Ok(0.75), Ok(0.5)));
        assert_eq!(found.groups.len(), 2, "who did not rate is not listed");
        assert_eq!((found.groups[0].relevance, found.groups[1].relevance), (Ok(4.0), Ok(4.0)));
    }

    #[test]
    fn one_group_that_does_not_follow_is_no_consensus_and_is_named_only_where_it_is_large_enough() {
        let large = [rated("PA", &[5; 20]), rated("ETS", &[5, 5, 3, 3, 3])];
        let lack = |place| Criterion::ALL.map(|criterion| Lack { criterion, place: LackPlace::clone(&place) }).to_vec();
        assert_eq!(outcome(1, &large, None).verdict, Verdict::Again(lack(LackPlace::Group("ETS".to_owned()))));
        let small = [rated("PA", &[5; 20]), rated("ETS", &[3, 3, 3])];
        let found = outcome(1, &small, None);
        assert_eq!(found.verdict, Verdict::Again(lack(LackPlace::SmallGroup)));
        assert_eq!(found.groups[1].relevance, Err(Withheld::FewerThanMinimum));
        let two = [rated("PA", &[5; 20]), rated("ETS", &[1, 1])];
        assert_eq!(outcome(1, &two, None).verdict, Verdict::Consensus, "two do not count as a group");
    }

    #[test]
    fn a_small_group_does_not_show_through_share_and_spread_of_all() {
        let found = outcome(1, &[rated("PA", &[5, 4, 4, 4, 4]), rated("BEN", &[1])], None);
        assert_eq!(found.relevance.median, Ok(4.0));
        assert_eq!(found.relevance.top, Err(Withheld::HiddenGroupEnters));
        assert_eq!(found.relevance.spread, Err(Withheld::HiddenGroupEnters));
        let hidden = [rated("PA", &[5, 4, 4, 4, 4]), rated("BEN", &[1, 2, 3]), rated("ETS", &[4, 4])];
        assert_eq!(outcome(1, &hidden, None).relevance.top, Ok(0.7), "five together hide each other");
    }

    #[test]
    fn far_apart_is_no_consensus_and_who_does_not_know_does_not_count() {
        // Quartiles of 5 5 5 5 5 5 5 1 1: 5 and 5; of 5 5 5 5 4 4 2 2 (top 6 of 8): 3.5 and 5.
        let apart = outcome(1, &[rated("PA", &[5, 5, 5, 5, 4, 4, 2, 2])], None);
        assert!(apart.verdict.lacks().iter().all(|lack| lack.place == LackPlace::Spread));
        assert_eq!(apart.relevance.spread, Ok(1.5));
        let silent = outcome(1, &[rated("PA", &[5, 5, 5, 4, 4, 0, 0])], None);
        assert_eq!((silent.relevance.given, silent.relevance.not_known), (5, 2));
        assert_eq!(silent.verdict, Verdict::Consensus);
        assert_eq!(outcome(1, &[rated("PA", &[5, 5, 0])], None).verdict, Verdict::TooFew);
        assert_eq!(outcome(1, &[], None).verdict, Verdict::TooFew);
    }

    #[test]
    fn rounds_end_when_nothing_moves_or_after_three() {
        let first = [rated("PA", &[3, 3, 3, 4, 4]), rated("ETS", &[3, 3, 3])];
        let moved = [rated("PA", &[3, 4, 4, 4, 4]), rated("ETS", &[3, 3, 3])];
        let still = [rated("PA", &[3, 3, 3, 4, 4]), rated("ETS", &[3, 3, 4])];
        assert!(matches!(outcome(1, &first, None).verdict, Verdict::Again(_)));
        assert!(matches!(outcome(2, &moved, Some(&first)).verdict, Verdict::Again(_)), "PA moved from 3 to 4");
        assert!(matches!(outcome(2, &still, Some(&first)).verdict, Verdict::Settled(_)));
        assert!(matches!(outcome(3, &moved, Some(&first)).verdict, Verdict::Settled(_)));
    }
}

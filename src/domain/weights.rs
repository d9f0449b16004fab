// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do people weigh together, by which method, and is what they typed a weighing?

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::field::{FieldProblem, Problems, Typed, read_amount};
use super::framework::{Framework, Indicator, Level, Pillar};
use super::profile::Profile;
use super::wave::Wave;

/// Points that are given out.
pub const BUDGET: f64 = 100.0;
/// How far from the budget points may add up to: 33.3 three times is a way to say that all count the same.
const ROUNDING: f64 = 0.1;
/// The swing of what counts most.
const TOP_SWING: f64 = 100.0;
/// Groups that are organisations, which are used to budgets. Every other group ranks, which is the lightest.
const ORGANISATIONS: [&str; 6] = ["PA", "CSA", "ETS", "FON", "IMP", "FAC"];
/// How many times as important, as it is offered and stored.
pub const JUDGEMENTS: [&str; 17] =
    ["9", "8", "7", "6", "5", "4", "3", "2", "1", "1/2", "1/3", "1/4", "1/5", "1/6", "1/7", "1/8", "1/9"];

/// Things that are weighed against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WeightSet {
    /// The three pillars, for the composite.
    Pillars,
    /// The families of one pillar, for that pillar's score. A family's share is spread equally over its indicators.
    Families(Pillar),
}

impl WeightSet {
    /// Every set, in the order in which they are asked.
    pub const ALL: [Self; 4] = [
        Self::Pillars,
        Self::Families(Pillar::Facilitators),
        Self::Families(Pillar::Obstacles),
        Self::Families(Pillar::Results),
    ];

    /// The word stored and shown in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pillars => "pillars",
            Self::Families(pillar) => pillar.code(),
        }
    }

    /// The set stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.code() == code)
    }

    /// Codes of its things of which a wave asks anything, in framework order. Of the pillars all three or none: a composite
    /// has all three.
    #[must_use]
    pub fn things(self, asked: Asked<'_>) -> Vec<String> {
        match self {
            Self::Pillars => {
                let in_use = |pillar: &Pillar| asked.indicators().any(|one| one.pillar == *pillar);
                let whole = Pillar::ALL.iter().all(in_use);
                Pillar::ALL.into_iter().filter(|_| whole).map(|pillar| pillar.code().to_owned()).collect()
            }
            Self::Families(pillar) => {
                let of_pillar = asked.framework.families.iter().filter(|family| family.pillar == pillar);
                let codes = of_pillar.map(|family| family.code.clone());
                codes.filter(|code| !asked.indicators_of(code).is_empty()).collect()
            }
        }
    }
}

/// What a wave asks of its framework version.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The framework version.
    pub framework: &'a Framework,
    /// Code of the wave type.
    pub wave_type: &'a str,
    /// Core items only, or the extended ones too.
    pub level: Level,
}

impl<'a> Asked<'a> {
    /// What a wave asks.
    #[must_use]
    pub fn of(framework: &'a Framework, wave: &'a Wave) -> Self {
        Self { framework, wave_type: &wave.wave_type, level: wave.level }
    }

    /// Codes of the indicators of a family that are asked, in framework order.
    #[must_use]
    pub fn indicators_of(self, family: &str) -> Vec<String> {
        self.indicators().filter(|one| one.family == family).map(|one| one.code.clone()).collect()
    }

    /// Codes of those among them that count: what was left outside the composite for want of consensus stays outside,
    /// whatever weight its family is given.
    #[must_use]
    pub fn counted_of(self, family: &str, profile: &Profile) -> Vec<String> {
        let counts = |code: &String| profile.indicator_weight(code) > 0.0;
        self.indicators_of(family).into_iter().filter(counts).collect()
    }

    fn indicators(self) -> impl Iterator<Item = &'a Indicator> {
        let of_type =
            move |one: &&Indicator| one.waves.is_empty() || one.waves.iter().any(|code| code == self.wave_type);
        let of_level = move |one: &&Indicator| one.items.iter().any(|item| item.level <= self.level);
        self.framework.indicators.iter().filter(of_type).filter(of_level)
    }
}

/// How somebody says what counts how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Puts things in order; the lightest.
    Ranking,
    /// Gives out a hundred points.
    Points,
    /// Gives the most important change 100 and every other one less.
    Swing,
    /// Compares two by two; for the seats of the committee.
    Pairwise,
}

impl Method {
    /// Every method, the lightest first.
    pub const ALL: [Self; 4] = [Self::Ranking, Self::Points, Self::Swing, Self::Pairwise];

    /// The word stored and offered.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ranking => "ranking",
            Self::Points => "points",
            Self::Swing => "swing",
            Self::Pairwise => "pairwise",
        }
    }

    /// The method stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }

    /// What a group is asked unless somebody chooses otherwise: organisations give out points, citizens rank.
    #[must_use]
    pub fn usual_for(group: &str) -> Self {
        if ORGANISATIONS.contains(&group) { Self::Points } else { Self::Ranking }
    }
}

/// How far weighing has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Everybody for themselves, not knowing what others say.
    First,
    /// Once more, having seen how the groups differ.
    Second,
    /// Settled.
    Frozen,
}

impl Stage {
    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Frozen => "frozen",
        }
    }

    /// The stage stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::First, Self::Second, Self::Frozen].into_iter().find(|stage| stage.code() == code)
    }

    /// The round in which weights are taken now; none once they are frozen.
    #[must_use]
    pub const fn round(self) -> Option<i32> {
        match self {
            Self::First => Some(1),
            Self::Second => Some(2),
            Self::Frozen => None,
        }
    }
}

/// How a wave is weighed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighing {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// The wave.
    pub wave_id: Uuid,
    /// How far it has come.
    pub stage: Stage,
    /// What is weighed.
    pub sets: Vec<WeightSet>,
    /// The method of each group.
    pub methods: BTreeMap<String, Method>,
}

impl Weighing {
    /// The method of a group.
    #[must_use]
    pub fn method_of(&self, group: &str) -> Method {
        self.methods.get(group).copied().unwrap_or_else(|| Method::usual_for(group))
    }
}

/// What one person said about one set in one round.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightVote {
    /// What is weighed.
    pub set: WeightSet,
    /// In which round, 1 or 2.
    pub round: i32,
    /// One voice: a hash that ties to no person.
    pub key: String,
    /// Code of the group.
    pub group: String,
    /// How.
    pub method: Method,
    /// A number for each thing: rank, points or swing; for pairs, by both codes with `:` between them.
    pub values: BTreeMap<String, f64>,
}

impl WeightVote {
    /// The numbers in the order of the things; none if it is about other things.
    #[must_use]
    pub fn in_order(&self, things: &[String]) -> Option<Vec<f64>> {
        let names = match self.method {
            Method::Ranking | Method::Points | Method::Swing => things.to_vec(),
            Method::Pairwise => pairs(things).into_iter().map(|(one, other)| pair_name(&one, &other)).collect(),
        };
        let whole = names.len() == self.values.len();
        let found: Option<Vec<f64>> = names.iter().map(|name| self.values.get(name).copied()).collect();
        found.filter(|_| whole)
    }
}

/// The last that each voice said of a set up to a round: whoever stays silent in the second round stands by the first.
#[must_use]
pub fn standing(votes: &[WeightVote], set: WeightSet, round: i32) -> Vec<&WeightVote> {
    let mut latest: BTreeMap<&str, &WeightVote> = BTreeMap::new();
    for vote in votes.iter().filter(|vote| vote.set == set && vote.round <= round) {
        let known = latest.entry(&vote.key).or_insert(vote);
        if known.round < vote.round {
            *known = vote;
        }
    }
    latest.into_values().collect()
}

/// Every two of several things, in order.
#[must_use]
pub fn pairs(things: &[String]) -> Vec<(String, String)> {
    let after = |place: usize| things.iter().skip(place + 1);
    things.iter().enumerate().flat_map(|(place, one)| after(place).map(|other| (one.clone(), other.clone()))).collect()
}

fn pair_name(one: &str, other: &str) -> String {
    format!("{one}:{other}")
}

/// The field in which a thing is weighed.
#[must_use]
pub fn field_of(thing: &str) -> String {
    format!("weight_{thing}")
}

/// The field in which two things are compared.
#[must_use]
pub fn field_of_pair(one: &str, other: &str) -> String {
    format!("pair_{one}_{other}")
}

/// What was typed, as the numbers of a vote.
///
/// # Errors
/// Everything that is wrong with it, field by field; points that do not add up with their sum and what is missing.
pub fn read(method: Method, things: &[String], typed: &Typed) -> Result<BTreeMap<String, f64>, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let values: BTreeMap<String, f64> = match method {
        Method::Ranking => each(things, &mut problems, |field| rank(field, typed.get(field), things.len())),
        Method::Points | Method::Swing => each(things, &mut problems, |field| points(field, typed.get(field))),
        Method::Pairwise => {
            let pairs = pairs(things).into_iter().filter_map(|(one, other)| {
                let field = field_of_pair(&one, &other);
                let value = problems.take(judgement(&field, typed.get(&field)))?;
                Some((pair_name(&one, &other), value))
            });
            pairs.collect()
        }
    };
    problems.none()?;
    let total: f64 = values.values().sum();
    let first = things.first().map(|code| field_of(code)).unwrap_or_default();
    match method {
        Method::Points if (total - BUDGET).abs() > ROUNDING + 1e-9 => Err(vec![not_a_hundred(&first, total)]),
        Method::Swing if !values.values().any(|value| (value - TOP_SWING).abs() < 1e-9) => {
            Err(vec![FieldProblem::new(&first, "weights-top")])
        }
        Method::Ranking | Method::Points | Method::Swing | Method::Pairwise => Ok(values),
    }
}

fn each(
    things: &[String],
    problems: &mut Problems,
    read: impl Fn(&str) -> Result<f64, FieldProblem>,
) -> BTreeMap<String, f64> {
    let one = |code: &String| Some((code.clone(), problems.take(read(&field_of(code)))?));
    things.iter().filter_map(one).collect()
}

/// Points that do not add up to a hundred: too few or too many, and by how much.
fn not_a_hundred(field: &str, total: f64) -> FieldProblem {
    let (key, difference) =
        if total < BUDGET { ("weights-sum-less", BUDGET - total) } else { ("weights-sum-more", total - BUDGET) };
    FieldProblem::new(field, key).with("sum", written(total)).with("difference", written(difference))
}

/// A number with two decimals at most, and a comma where it has any.
#[must_use]
pub fn written(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}

fn rank(field: &str, typed: &str, most: usize) -> Result<f64, FieldProblem> {
    let most = u32::try_from(most).unwrap_or(u32::MAX);
    let rank = super::field::number(field, typed, (1, most))?;
    rank.map(f64::from).ok_or_else(|| FieldProblem::new(field, "weights-rank"))
}

fn points(field: &str, typed: &str) -> Result<f64, FieldProblem> {
    if typed.trim().is_empty() {
        return Err(FieldProblem::new(field, "weights-empty"));
    }
    let read = read_amount(typed.trim()).filter(|points| *points <= BUDGET);
    read.ok_or_else(|| FieldProblem::new(field, "weights-points"))
}

fn judgement(field: &str, typed: &str) -> Result<f64, FieldProblem> {
    let known = JUDGEMENTS.into_iter().find(|one| *one == typed.trim());
    let known = known.ok_or_else(|| FieldProblem::new(field, "choose"))?;
    let (over, under) = known.split_once('/').unwrap_or((known, "1"));
    let part = |text: &str| text.parse::<f64>().map_err(|_| FieldProblem::new(field, "choose"));
    Ok(part(over)? / part(under)?)
}

/// A judgement as it is offered.
#[must_use]
pub fn offered(value: f64) -> Option<&'static str> {
    JUDGEMENTS.into_iter().find(|one| judgement("", one).is_ok_and(|known| (known - value).abs() < 1e-9))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn things(codes: &[&str]) -> Vec<String> {
        codes.iter().map(|code| (*code).to_owned()).collect()
    }

    fn typed(fields: &[(&str, &str)]) -> Typed {
        fields.iter().fold(Typed::default(), |typed, (name, value)| typed.with(name, value))
    }

    fn vote(key: &str, round: i32, value: f64) -> WeightVote {
        WeightVote {
            set: WeightSet::Pillars,
            round,
            key: key.to_owned(),
            group: "PA".to_owned(),
            method: Method::Points,
            values: BTreeMap::from([("a".to_owned(), value), ("b".to_owned(), 100.0 - value)]),
        }
    }

    #[test]
    fn words_are_read_as_they_are_stored() {
        assert!(WeightSet::ALL.into_iter().all(|set| WeightSet::from_code(set.code()) == Some(set)));
        assert!(Method::ALL.into_iter().all(|method| Method::from_code(method.code()) == Some(method)));
        let stages = [Stage::First, Stage::Second, Stage::Frozen];
        assert!(stages.into_iter().all(|stage| Stage::from_code(stage.code()) == Some(stage)));
        assert_eq!((WeightSet::from_code("?"), Method::from_code("?"), Stage::from_code("?")), (None, None, None));
        assert_eq!(stages.map(Stage::round), [Some(1), Some(2), None]);
    }

    #[test]
    fn citizens_rank_and_organisations_give_out_points() {
        assert_eq!(["BEN", "SOC", "ALTRI"].map(Method::usual_for), [Method::Ranking; 3]);
        assert_eq!(["PA", "ETS"].map(Method::usual_for), [Method::Points; 2]);
    }

    #[test]
    fn points_add_up_to_a_hundred_or_say_by_how_much_they_do_not() {
        let two = things(&["a", "b"]);
        let read = |a: &str, b: &str| read(Method::Points, &two, &typed(&[("weight_a", a), ("weight_b", b)]));
        assert_eq!(read("60", "40,0").unwrap().into_values().collect::<Vec<_>>(), [60.0, 40.0]);
        let less = read("60", "30,5").unwrap_err().remove(0);
        assert_eq!((less.field.as_str(), less.key), ("weight_a", "weights-sum-less"));
        assert_eq!(less.values, [("sum", "90,5".to_owned()), ("difference", "9,5".to_owned())]);
        assert_eq!(read("60", "50").unwrap_err()[0].key, "weights-sum-more");
        assert_eq!(read("100", "").unwrap_err()[0].key, "weights-empty", "an empty field is no zero");
        assert_eq!(read("molti", "-4").unwrap_err().len(), 2);
        assert_eq!(read("101", "0").unwrap_err()[0].key, "weights-points");
        assert!(read("100", "0").is_ok());
    }

    #[test]
    fn a_third_each_is_a_hundred() {
        let three = things(&["a", "b", "c"]);
        let thirds = typed(&[("weight_a", "33,3"), ("weight_b", "33.3"), ("weight_c", "33,3")]);
        assert!(read(Method::Points, &three, &thirds).is_ok());
    }

    #[test]
    fn ranks_may_be_equal_and_none_may_be_missing() {
        let two = things(&["a", "b"]);
        let read = |a: &str, b: &str| read(Method::Ranking, &two, &typed(&[("weight_a", a), ("weight_b", b)]));
        assert_eq!(read("1", "1").unwrap().values().copied().collect::<Vec<_>>(), [1.0, 1.0]);
        assert_eq!(read("2", "").unwrap_err()[0].key, "weights-rank");
        assert_eq!(read("3", "1").unwrap_err()[0].key, "number");
    }

    #[test]
    fn a_swing_begins_at_a_hundred() {
        let two = things(&["a", "b"]);
        let read = |a: &str, b: &str| read(Method::Swing, &two, &typed(&[("weight_a", a), ("weight_b", b)]));
        assert!(read("100", "40").is_ok());
        assert_eq!(read("90", "40").unwrap_err()[0].key, "weights-top");
    }

    #[test]
    fn two_by_two_takes_what_is_offered() {
        let three = things(&["a", "b", "c"]);
        let all = typed(&[("pair_a_b", "3"), ("pair_a_c", "1/5"), ("pair_b_c", "1")]);
        let values = read(Method::Pairwise, &three, &all).unwrap();
        let vote = WeightVote { method: Method::Pairwise, values, ..vote("k", 1, 0.0) };
        assert_eq!(vote.in_order(&three), Some(vec![3.0, 0.2, 1.0]));
        assert_eq!(vote.in_order(&things(&["a", "b"])), None);
        let one = typed(&[("pair_a_b", "3"), ("pair_a_c", "10")]);
        assert_eq!(read(Method::Pairwise, &three, &one).unwrap_err().len(), 2);
        assert_eq!(offered(1.0 / 7.0), Some("1/7"));
        assert_eq!(offered(1.5), None);
    }

    #[test]
    fn whoever_is_silent_in_the_second_round_stands_by_the_first() {
        let votes = [vote("k", 1, 10.0), vote("k", 2, 20.0), vote("l", 1, 30.0)];
        let points = |round| {
            let standing = standing(&votes, WeightSet::Pillars, round);
            standing.iter().map(|vote| vote.values["a"]).collect::<Vec<_>>()
        };
        assert_eq!(points(1), [10.0, 30.0]);
        assert_eq!(points(2), [20.0, 30.0]);
        assert!(standing(&votes, WeightSet::Families(Pillar::Results), 2).is_empty());
    }
}

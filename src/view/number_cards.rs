// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Where does the number of a group, or of a pillar, come from? What a number on another page leads to.

use serde::Serialize;

use super::indicator_telling::{IndicatorTelling, takes_part};
use super::indicators::CardLine;
use super::numbers;
use super::telling::{ScoreCell, Telling, value};
use super::wave_telling::WaveTelling;
use crate::domain::framework::Pillar;
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::score::{Given, GroupScore, PillarScore, Withheld};

/// Where the number of everybody together stands on the page of its indicator.
pub const TOGETHER: &str = "card";

/// Where the number of a group stands on the page of its indicator.
#[must_use]
pub fn group_anchor(code: &str) -> String {
    format!("{TOGETHER}-{code}")
}

/// Where the numbers of the groups come from.
#[derive(Clone, Debug, Serialize)]
pub struct GroupCards {
    /// How the number of a group is made, in sentences.
    pub rule: String,
    /// One row a group.
    pub rows: Vec<GroupCard>,
}

/// Where the number of one group comes from.
#[derive(Clone, Debug, Serialize)]
pub struct GroupCard {
    /// Where it stands on the page.
    pub anchor: String,
    /// Name of the group.
    pub group: String,
    /// Its score with n of N and interval.
    pub score: ScoreCell,
    /// Spread, standard error and agreement, for evaluators; empty: not shown.
    pub numbers: String,
    /// What to know about it, the reason for a missing interval included.
    pub notes: Vec<String>,
}

impl GroupCards {
    /// A group with a number, and one without.
    #[must_use]
    pub fn sample() -> Self {
        let group = |shown: bool| GroupCard {
            anchor: group_anchor(if shown { "PA" } else { "BEN" }),
            group: "Ente pubblico".to_owned(),
            score: ScoreCell::sample(shown),
            numbers: if shown { "deviazione standard 14".to_owned() } else { String::new() },
            notes: if shown { vec!["parziale".to_owned()] } else { Vec::new() },
        };
        Self { rule: "Media delle persone.".to_owned(), rows: vec![group(true), group(false)] }
    }
}

impl IndicatorTelling<'_> {
    /// Each group that takes part, with what its number is made of.
    #[must_use]
    pub fn group_cards(&self, profile: &Profile) -> GroupCards {
        let share = numbers::quantity((100.0 * profile.min_answered_share).round(), self.telling.language);
        let told = [("share", value(share)), ("least", profile.min_answered_abs.into())];
        let rows = self.one.groups.iter().filter(|group| takes_part(group)).map(|group| self.group_card(group));
        GroupCards { rule: self.telling.words().say_with("cards-rule", told), rows: rows.collect() }
    }

    fn group_card(&self, group: &GroupScore) -> GroupCard {
        let n_of_n = self.telling.n_of_n(group.valid, group.listed);
        let score = self.telling.cell(group.mean, group.interval, n_of_n);
        let without = score
            .interval_reason
            .as_ref()
            .map(|reason| self.telling.words().say_with("cards-no-interval", [("reason", value(reason.clone()))]));
        GroupCard {
            anchor: group_anchor(&group.group),
            group: self.telling.group(self.framework, &group.group),
            numbers: if shows_numbers(self.view) { self.numbers(group) } else { String::new() },
            notes: without.into_iter().chain(self.telling.flags(&group.flags)).collect(),
            score,
        }
    }

    fn numbers(&self, group: &GroupScore) -> String {
        if let (Err(reason), Err(_), Err(_)) = (group.sd, group.se, group.agreement.a_wg) {
            return self.telling.reason(reason);
        }
        let told = [
            ("sd", value(coefficient(self.telling, group.sd))),
            ("se", value(coefficient(self.telling, group.se))),
            ("agreement", value(coefficient(self.telling, group.agreement.a_wg))),
        ];
        self.telling.words().say_with("cards-numbers", told)
    }
}

impl WaveTelling<'_> {
    /// What the number of a pillar is made of.
    #[must_use]
    pub fn pillar_card(&self, pillar: Pillar, asked: &[&str]) -> Vec<CardLine> {
        let Some(found) = self.scores.pillars.iter().find(|one| one.pillar == pillar) else { return Vec::new() };
        let words = self.telling.words();
        let names = |codes: Vec<&str>| {
            let named: Vec<_> = codes.iter().map(|code| self.telling.indicator(self.framework, code)).collect();
            if named.is_empty() { words.say("card-none") } else { named.join(", ") }
        };
        let is_used = |code: &&str| found.indicators_used.iter().any(|used| used == code);
        let (used, missing): (Vec<&str>, Vec<&str>) = asked.iter().copied().partition(is_used);
        let counts = [("used", used.len().into()), ("asked", asked.len().into())];
        let mut lines = vec![
            ("card-indicators", words.say_with("card-indicators-of", counts)),
            ("card-indicators-missing", names(missing)),
            ("card-rule", words.say("card-pillar-rule")),
            ("card-interval", self.interval(found)),
        ];
        if shows_numbers(self.scores.view) && found.se.is_ok() {
            let told = [
                ("se", value(coefficient(self.telling, found.se))),
                ("df", value(coefficient(self.telling, found.df))),
            ];
            lines.push(("card-error", words.say_with("card-error-of", told)));
        }
        lines.push(("card-framework", format!("{} {}", self.framework.id, self.framework.version)));
        lines.into_iter().map(|(key, value)| CardLine { name: words.say(key), value }).collect()
    }

    fn interval(&self, found: &PillarScore) -> String {
        let (precision, language) = (self.telling.precision, self.telling.language);
        let written = |interval| numbers::interval(interval, precision, language);
        found.value.and(found.interval).map_or_else(|reason| self.telling.reason(reason), written)
    }
}

/// A coefficient, or why it is not given.
#[must_use]
pub fn coefficient(telling: Telling, found: Given<f64>) -> String {
    found.map_or_else(|reason: Withheld| telling.reason(reason), |it| numbers::coefficient(it, telling.language))
}

/// Whether the numbers behind the words are shown.
#[must_use]
pub const fn shows_numbers(view: ScoreView) -> bool {
    matches!(view, ScoreView::Evaluator | ScoreView::Full)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::framework::Level;
    use crate::domain::response::Roster;
    use crate::domain::text::Language;
    use crate::scoring::{samples, score_wave};

    const ITEMS: &[(&str, bool)] = &[("F1a", false), ("F1b", false)];

    /// Twelve people in one group, and so many in another.
    fn cards(view: ScoreView, others: usize) -> (GroupCards, Vec<CardLine>) {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F1", ITEMS), ("F2", &[("F2a", false)])]);
        let profile = Profile { bootstrap_draws: 100, permutations: 100, ..Profile::default() };
        let many = ["554", "454", "335"].into_iter().cycle().take(12).map(|answers| (0, answers));
        let few = ["223", "112"].into_iter().cycle().take(others).map(|answers| (1, answers));
        let rows: Vec<(usize, &str)> = many.chain(few).collect();
        let wave = samples::wave(&framework, "1", &rows);
        let scores = score_wave(&framework, &wave, &Roster::unknown(), &profile, view);
        let telling = Telling::new(Language::It, view);
        let one = &scores.indicators[0];
        let told = IndicatorTelling { telling, framework: &framework, view, level: Level::Core, one };
        let wave = WaveTelling { telling, framework: &framework, scores: &scores, href: "" };
        (told.group_cards(&profile), wave.pillar_card(Pillar::Facilitators, &["F1", "F2"]))
    }

    #[test]
    fn a_group_says_how_many_and_why_not() {
        let (cards, _) = cards(ScoreView::Public, 2);
        assert!(cards.rule.contains("50"), "{}", cards.rule);
        let [many, few] = &cards.rows[..] else { panic!("{:?}", cards.rows) };
        assert!(many.score.score.is_some() && many.score.n_of_n.contains("12") && many.numbers.is_empty());
        assert_eq!((few.anchor.as_str(), &few.score.score), ("card-TS", &None));
        assert!(few.score.reason.as_deref().is_some_and(|reason| reason.contains("meno di 5")));
    }

    #[test]
    fn evaluators_read_the_numbers_behind() {
        let (group, pillar) = cards(ScoreView::Evaluator, 12);
        assert!(group.rows[0].numbers.contains("a_wg"), "{}", group.rows[0].numbers);
        let (_, public) = cards(ScoreView::Public, 12);
        assert_eq!(pillar.len(), public.len() + 1);
        assert!(pillar[0].value.contains("2 di 2"), "{}", pillar[0].value);
    }
}

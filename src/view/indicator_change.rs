// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How has one indicator changed between two waves: group by group, for the same people, and for whoever did not come back?

use serde::Serialize;

use super::change::verdict;
use super::indicators::{CardLine, NumberCard};
use super::number_cards::{coefficient, shows_numbers};
use super::numbers;
use super::projects::Link;
use super::render::Page;
use super::telling::{Telling, value};
use super::words::Value;
use crate::domain::comparison::{Change, ChangeEstimate, GroupChange};
use crate::domain::framework::Framework;
use crate::domain::panel::PanelCounts;
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::score::{Given, Interval};

/// The change of one indicator between two waves.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorChangePage {
    /// The change of all indicators.
    pub between: Link,
    /// Name of the indicator.
    pub name: String,
    /// `facilitators`, `obstacles`, `results`.
    pub pillar_code: &'static str,
    /// What the pillar means and which way is better.
    pub what: String,
    /// What can be said, in sentences.
    pub sentences: Vec<String>,
    /// Each group that can be compared, and each that cannot with the reason.
    pub groups: Vec<GroupChangeRow>,
    /// What the people found in both waves say, in sentences.
    pub panel: Vec<String>,
    /// How those who did not answer again had answered, in sentences.
    pub attrition: Vec<String>,
    /// Where the numbers come from.
    pub card: NumberCard,
}

/// The change of one group.
#[derive(Clone, Debug, Serialize)]
pub struct GroupChangeRow {
    /// Name of the group.
    pub group: String,
    /// How many answered in the first wave and in the second.
    pub answers: String,
    /// The difference as written, with its sign.
    pub difference: Option<String>,
    /// Its interval as written; nothing where it cannot be published.
    pub interval: Option<String>,
    /// Why there is no number.
    pub reason: Option<String>,
}

/// Tells the change of one indicator.
pub struct IndicatorChangeTelling<'a> {
    /// How numbers are written.
    pub telling: Telling,
    /// The framework version of the later wave.
    pub framework: &'a Framework,
    /// Who the numbers are for.
    pub view: ScoreView,
    /// The change.
    pub change: &'a Change,
}

impl IndicatorChangeTelling<'_> {
    /// What can be said of the project, or why nothing can.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let estimate = match &self.change.estimate {
            Ok(estimate) => estimate,
            Err(reason) => {
                return vec![self.say("change-no-number", [("reason", value(self.telling.reason(*reason)))])];
            }
        };
        let interval = match estimate.interval {
            Ok(interval) => self.say("change-interval", [("interval", value(self.interval(interval)))]),
            Err(reason) => self.say("change-no-interval", [("reason", value(self.telling.reason(reason)))]),
        };
        let told = [
            ("points", value(self.points(estimate.difference))),
            ("verdict", value(verdict(self.telling, estimate))),
            ("groups", value(self.telling.groups(self.framework, &self.change.groups_used))),
        ];
        vec![self.say("change-sentence", told), interval]
    }

    /// Each group that is compared, then each left out with the reason.
    #[must_use]
    pub fn groups(&self) -> Vec<GroupChangeRow> {
        let row = |group: &GroupChange| GroupChangeRow {
            group: self.telling.group(self.framework, &group.group),
            answers: self
                .say("change-answers", [("from", Value::from(group.valid_from)), ("to", Value::from(group.valid_to))]),
            difference: Some(self.points(group.difference)),
            interval: group.interval.ok().map(|interval| self.interval(interval)),
            reason: None,
        };
        let compared: Vec<GroupChangeRow> = self.change.groups.iter().map(row).collect();
        let left_out = self.change.groups_left_out.iter().map(|left_out| GroupChangeRow {
            group: self.telling.group(self.framework, &left_out.group),
            answers: String::new(),
            difference: None,
            interval: None,
            reason: Some(self.telling.reason(left_out.reason)),
        });
        compared.into_iter().chain(left_out).collect()
    }

    /// What the people found in both waves say; one sentence with the reason where too few were found.
    #[must_use]
    pub fn panel(&self) -> Vec<String> {
        let Ok(estimate) = &self.change.estimate else { return Vec::new() };
        let (pairs, counts) = match (estimate.pairs, estimate.panel.counts) {
            (Ok(pairs), Ok(counts)) => (pairs, counts),
            (Err(reason), _) | (_, Err(reason)) => {
                return vec![self.say("panel-none", [("reason", value(self.telling.reason(reason)))])];
            }
        };
        let mut sentences = vec![self.say("panel-counts", moved(counts, pairs))];
        sentences.extend(self.with_points("panel-mean", estimate.panel.mean));
        sentences.extend(self.with_points("panel-different-people", estimate.panel.different_people));
        sentences.extend(self.reliable(estimate));
        if shows_numbers(self.view) {
            let told = [
                ("p", value(coefficient(self.telling, estimate.panel.p))),
                ("rank", value(coefficient(self.telling, estimate.panel.rank_biserial))),
                ("correlation", value(coefficient(self.telling, estimate.correlation))),
            ];
            sentences.push(self.say("panel-numbers", told));
        }
        sentences
    }

    /// How many of them changed by more than the noise of the questions.
    fn reliable(&self, estimate: &ChangeEstimate) -> Option<String> {
        let (critical, counts) = (estimate.reliable.critical.ok()?, estimate.reliable.counts.ok()?);
        let [improved, same, worsened] = counted(counts);
        let critical = ("points", value(self.telling.score(critical)));
        Some(self.say("panel-reliable", [improved, same, worsened, critical]))
    }

    /// How those who did not answer again had answered the first time.
    #[must_use]
    pub fn attrition(&self) -> Vec<String> {
        let Ok(estimate) = &self.change.estimate else { return Vec::new() };
        let gone = &estimate.attrition;
        let known = gone.stayed.and_then(|stayed| Ok((stayed, gone.stayed_n?, gone.left?, gone.left_n?)));
        let (stayed, stayed_n, left, left_n) = match known {
            Ok(known) => known,
            Err(reason) => return vec![self.say("attrition-none", [("reason", value(self.telling.reason(reason)))])],
        };
        let told = [
            ("stayed", value(self.telling.score(stayed))),
            ("stayed_n", stayed_n.into()),
            ("left", value(self.telling.score(left))),
            ("left_n", left_n.into()),
        ];
        let delta = gone.cliffs_delta.ok().filter(|_| shows_numbers(self.view));
        let delta = delta.map(|delta| numbers::coefficient(delta, self.telling.language));
        let delta = delta.map(|delta| self.say("attrition-delta", [("delta", value(delta))]));
        std::iter::once(self.say("attrition-sentence", told)).chain(delta).collect()
    }

    /// Where the numbers come from.
    #[must_use]
    pub fn card(&self, profile: &Profile) -> Vec<CardLine> {
        let words = self.telling.words();
        let threshold = numbers::quantity(profile.mid, self.telling.language);
        let mut lines = vec![
            ("card-rule", words.say(&format!("voice-{}", profile.voice.code()))),
            ("card-difference", words.say("card-difference-rule")),
            ("card-threshold", words.say_with("card-threshold-points", [("points", value(threshold))])),
        ];
        if let Some(estimate) = self.change.estimate.as_ref().ok().filter(|_| shows_numbers(self.view)) {
            lines.push(("card-test", self.test(estimate)));
        }
        lines.push(("card-framework", format!("{} {}", self.framework.id, self.framework.version)));
        let sha256 = profile.sha256();
        lines.push(("card-profile", sha256.get(..12).unwrap_or(&sha256).to_owned()));
        lines.into_iter().map(|(key, value)| CardLine { name: words.say(key), value }).collect()
    }

    /// The test behind the verdict, or the one reason why none of it is given.
    fn test(&self, estimate: &ChangeEstimate) -> String {
        if let Err(reason) = estimate.se {
            return self.telling.reason(reason);
        }
        let told = [
            ("se", value(coefficient(self.telling, estimate.se))),
            ("df", value(coefficient(self.telling, estimate.df))),
            ("p", value(coefficient(self.telling, estimate.p))),
            ("holm", value(coefficient(self.telling, estimate.p_holm))),
        ];
        self.say("card-test-of", told)
    }

    fn with_points(&self, key: &str, points: Given<f64>) -> Option<String> {
        points.ok().map(|points| self.say(key, [("points", value(self.points(points)))]))
    }

    fn points(&self, difference: f64) -> String {
        numbers::difference(difference, self.telling.precision, self.telling.language)
    }

    fn interval(&self, interval: Interval) -> String {
        numbers::difference_interval(interval, self.telling.precision, self.telling.language)
    }

    fn say<const N: usize>(&self, key: &str, told: [(&'static str, Value<'static>); N]) -> String {
        self.telling.words().say_with(key, told)
    }
}

fn counted(counts: PanelCounts) -> [(&'static str, Value<'static>); 3] {
    [("improved", counts.improved.into()), ("same", counts.same.into()), ("worsened", counts.worsened.into())]
}

fn moved(counts: PanelCounts, pairs: u32) -> [(&'static str, Value<'static>); 4] {
    let [improved, same, worsened] = counted(counts);
    [improved, same, worsened, ("pairs", pairs.into())]
}

impl Page for IndicatorChangePage {
    const TEMPLATE: &'static str = "projects/indicator-change";

    fn samples() -> Vec<Self> {
        let text = |text: &str| text.to_owned();
        let group = |shown: bool| GroupChangeRow {
            group: text("Ente pubblico"),
            answers: if shown { text("12 e 14") } else { String::new() },
            difference: shown.then(|| text("+8")),
            interval: None,
            reason: (!shown).then(|| text("meno di 5 risposte")),
        };
        let page = |shown: bool| Self {
            between: Link { text: text("T0 e T1"), href: text("/it/projects/1/change?from=T0&to=T1") },
            name: text("Fiducia"),
            pillar_code: "facilitators",
            what: text("Ciò che aiuta."),
            sentences: vec![text("Il punteggio è cambiato di +8 punti.")],
            groups: vec![GroupChangeRow { interval: Some(text("+1 a +15")), ..group(true) }, group(true), group(false)],
            panel: if shown { vec![text("Hanno risposto due volte 12 persone.")] } else { Vec::new() },
            attrition: if shown { vec![text("Chi non ha risposto di nuovo dava 40.")] } else { Vec::new() },
            card: NumberCard {
                lines: vec![CardLine { name: text("Regola"), value: text("ogni gruppo una voce") }],
                method: text("/it/about/method"),
            },
        };
        vec![page(true), page(false)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::response::Roster;
    use crate::domain::text::Language;
    use crate::scoring::{Chance, WaveAnswers, samples, score_project};

    const ITEMS: &[(&str, bool)] = &[("F1a", false), ("F1b", false)];

    fn in_two_groups<'a>(answers: &[&'a str]) -> Vec<(usize, &'a str)> {
        answers.iter().enumerate().map(|(place, all)| (place % 2, *all)).collect()
    }

    fn told<T>(
        first: &[&str],
        second: &[&str],
        view: ScoreView,
        tell: impl FnOnce(&IndicatorChangeTelling<'_>) -> T,
    ) -> T {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("F1", ITEMS)]);
        let profile = Profile { bootstrap_draws: 100, permutations: 100, ..Profile::default() };
        let one = samples::wave(&framework, "T0", &in_two_groups(first));
        let two = samples::wave(&framework, "T1", &in_two_groups(second));
        let roster = Roster::unknown();
        let waves = [&one, &two].map(|responses| WaveAnswers { responses, roster: &roster });
        let scores = score_project(&framework, &waves, &profile, view, Chance { project: "p", chosen: 0 });
        let telling = Telling::new(Language::It, view);
        tell(&IndicatorChangeTelling { telling, framework: &framework, view, change: &scores.changes[0] })
    }

    fn risen() -> ([&'static str; 14], [&'static str; 12]) {
        (
            ["22", "23", "32", "21", "33", "22", "31", "22", "23", "32", "21", "22", "55", "54"],
            ["44", "44", "54", "43", "45", "44", "43", "44", "54", "44", "43", "22"],
        )
    }

    #[test]
    fn the_same_people_are_counted_by_where_they_went() {
        let (first, second) = risen();
        told(&first, &second, ScoreView::Full, |told| {
            let panel = told.panel();
            assert!(panel[0].contains("12 persone") && panel[0].contains("11"), "{panel:?}");
            assert!(panel.iter().any(|one| one.contains("rango")), "{panel:?}");
            assert_eq!((told.groups().len(), told.groups()[0].answers.as_str()), (4, "7 e 6"));
        });
        told(&first, &second, ScoreView::Public, |told| {
            let panel = told.panel();
            assert!(panel.len() == 1 && panel[0].contains("meno di"), "one person alone went the other way: {panel:?}");
        });
    }

    #[test]
    fn too_few_pairs_say_why_and_nothing_more() {
        let first = ["22"; 6];
        told(&first, &["44"; 3], ScoreView::Public, |told| {
            assert!(told.groups().iter().all(|group| group.difference.is_none() && group.reason.is_some()));
            assert_eq!((told.panel().len(), told.attrition().len()), (0, 0), "there is no change to speak of");
            assert_eq!(told.sentences().len(), 1);
        });
    }
}

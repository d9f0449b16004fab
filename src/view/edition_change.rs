// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is different from one edition of a programme to the next, in words first?

use serde::Serialize;

use super::change::verdict_words;
use super::indicators::CardLine;
use super::numbers;
use super::telling::{Telling, value};
use super::words::Value;
use crate::domain::comparison::Verdict;
use crate::domain::edition_comparison::EditionChange;
use crate::domain::framework::{Framework, Pillar};
use crate::domain::profile::Profile;

/// One edition against the one before.
#[derive(Clone, Debug, Serialize)]
pub struct EditionPair {
    /// Its name in addresses.
    pub anchor: String,
    /// Which two editions.
    pub between: String,
    /// How many indicators are better, worse, alike, or cannot be told.
    pub lead: String,
    /// Whether the same projects are in both, and what follows from that.
    pub projects: String,
    /// Whether the projects are not the same.
    pub different: bool,
    /// The three pillars.
    pub pillars: Vec<EditionPillar>,
    /// How it is computed.
    pub card: Vec<CardLine>,
}

/// One pillar of an edition against the one before.
#[derive(Clone, Debug, Serialize)]
pub struct EditionPillar {
    /// Its name.
    pub name: String,
    /// One row an indicator.
    pub rows: Vec<EditionRow>,
}

/// One indicator of an edition against the one before.
#[derive(Clone, Debug, Serialize)]
pub struct EditionRow {
    /// The indicator.
    pub name: String,
    /// In words.
    pub verdict: Option<String>,
    /// The difference as written, with its sign.
    pub difference: String,
    /// Its interval as written; nothing where there is none.
    pub interval: Option<String>,
    /// Why there is no number.
    pub reason: Option<String>,
}

/// Tells one edition against the one before.
pub struct EditionTelling<'a> {
    /// How numbers are written.
    pub telling: Telling,
    /// The framework version compared on.
    pub framework: &'a Framework,
    /// The rules they were scored by.
    pub profile: &'a Profile,
    /// Names of the earlier and of the later edition.
    pub names: [&'a str; 2],
    /// Each indicator that was asked.
    pub changes: Vec<&'a EditionChange>,
}

impl EditionTelling<'_> {
    /// The pair in words.
    #[must_use]
    pub fn pair(&self, anchor: String) -> EditionPair {
        let words = self.telling.words();
        let [from, to] = self.names;
        let between = [("from", value(from.to_owned())), ("to", value(to.to_owned()))];
        let different = !self.changes.iter().any(|one| one.same_projects);
        let [before, after] = self.changes.first().map_or([0, 0], |one| one.projects);
        let counts = [("before", Value::from(before)), ("after", after.into())];
        EditionPair {
            anchor,
            between: words.say_with("editions-between", between),
            lead: self.lead(),
            projects: words.say_with(if different { "editions-different" } else { "editions-same" }, counts),
            different,
            pillars: if self.is_told() {
                Pillar::ALL.into_iter().filter_map(|pillar| self.pillar(pillar)).collect()
            } else {
                Vec::new()
            },
            card: self.card([before, after], different),
        }
    }

    /// Whether anything can be told of any indicator: a table of nothing but reasons says less than a sentence.
    fn is_told(&self) -> bool {
        self.changes.iter().any(|one| one.verdict.is_ok())
    }

    fn lead(&self) -> String {
        let told = self.changes.iter().filter_map(|one| one.verdict.ok());
        let (mut better, mut worse, mut stable, mut unsure) = (0_usize, 0_usize, 0_usize, 0_usize);
        for verdict in told {
            match verdict {
                Verdict::Improved | Verdict::SlightlyImproved => better += 1,
                Verdict::Worsened | Verdict::SlightlyWorsened => worse += 1,
                Verdict::Stable => stable += 1,
                Verdict::NotEnoughEvidence => unsure += 1,
            }
        }
        if !self.is_told() {
            return self.telling.words().say("editions-nothing");
        }
        let counts = [("better", better), ("worse", worse), ("stable", stable), ("unsure", unsure)];
        self.telling.words().say_with("editions-lead", counts.map(|(name, count)| (name, Value::from(count))))
    }

    fn pillar(&self, pillar: Pillar) -> Option<EditionPillar> {
        let rows: Vec<EditionRow> =
            self.changes.iter().filter(|one| one.pillar == pillar).map(|one| self.row(one)).collect();
        (!rows.is_empty()).then(|| EditionPillar { name: self.telling.pillar(pillar), rows })
    }

    fn row(&self, change: &EditionChange) -> EditionRow {
        let Telling { precision, language, .. } = self.telling;
        let interval = change.difference.and(change.interval).ok();
        EditionRow {
            name: self.telling.indicator(self.framework, &change.indicator),
            verdict: change.verdict.ok().map(|verdict| verdict_words(self.telling, verdict, &[])),
            difference: change
                .difference
                .map_or_else(|_| "–".to_owned(), |difference| numbers::difference(difference, precision, language)),
            interval: interval.map(|found| numbers::difference_interval(found, precision, language)),
            reason: change.difference.err().map(|reason| self.telling.reason(reason)),
        }
    }

    /// Where the numbers come from.
    fn card(&self, [before, after]: [usize; 2], different: bool) -> Vec<CardLine> {
        let words = self.telling.words();
        let rule = words.say(if different { "editions-rule-different" } else { "editions-rule-same" });
        let voice = words.say(&format!("voice-{}", self.profile.voice.code()));
        let threshold = numbers::quantity(self.profile.mid, self.telling.language);
        let [from, to] = self.names;
        let lines = [
            ("editions-card-projects", format!("{from}: {before}; {to}: {after}")),
            ("editions-card-rule", rule),
            ("results-voice", voice),
            ("editions-card-words", words.say_with("change-threshold", [("points", value(threshold))])),
            ("editions-card-interval", words.say("editions-interval")),
            ("results-profile", self.profile.sha256()),
        ];
        lines.map(|(key, said)| CardLine { name: words.say(key), value: said }).into()
    }
}

impl EditionPair {
    /// Pairs that between them show every branch.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let row = |given: bool| EditionRow {
            name: "Fiducia reciproca".to_owned(),
            verdict: given.then(|| "migliorato".to_owned()),
            difference: if given { "+8".to_owned() } else { "–".to_owned() },
            interval: given.then(|| "+1 a +15".to_owned()),
            reason: (!given).then(|| "meno di cinque progetti".to_owned()),
        };
        let pair = |different| Self {
            anchor: "editions-1".to_owned(),
            between: "Dalla prima alla seconda edizione".to_owned(),
            lead: "Un indicatore è migliore.".to_owned(),
            projects: "Sono progetti diversi.".to_owned(),
            different,
            pillars: vec![EditionPillar { name: "Risultati".to_owned(), rows: vec![row(true), row(false)] }],
            card: vec![CardLine { name: "Progetti".to_owned(), value: "3; 6".to_owned() }],
        };
        vec![pair(true), pair(false)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::profile::ScoreView;
    use crate::domain::score::{Interval, Withheld};
    use crate::domain::text::Language;

    fn change(indicator: &str, pillar: Pillar, verdict: Result<Verdict, Withheld>) -> EditionChange {
        let same_projects = indicator.starts_with("same");
        EditionChange {
            programme: "p".to_owned(),
            from: "1".to_owned(),
            to: "2".to_owned(),
            indicator: indicator.to_owned(),
            pillar,
            wave: "T2".to_owned(),
            projects: if same_projects { [6, 6] } else { [5, 7] },
            same_projects,
            difference: verdict.map(|_| -8.0),
            se: verdict.map(|_| 3.0),
            interval: verdict.map(|_| Interval { low: -15.0, high: -1.0 }),
            verdict,
        }
    }

    fn told(changes: &[EditionChange], language: Language) -> EditionPair {
        let (framework, profile) = (Framework::default(), Profile::default());
        let telling = Telling::new(language, ScoreView::Public);
        let changes = changes.iter().collect();
        let told = EditionTelling { telling, framework: &framework, profile: &profile, names: ["A", "B"], changes };
        told.pair("editions".to_owned())
    }

    #[test]
    fn words_come_before_numbers_and_different_projects_are_called_so() {
        let changes = [
            change("F1", Pillar::Facilitators, Ok(Verdict::SlightlyWorsened)),
            change("O1", Pillar::Obstacles, Ok(Verdict::SlightlyImproved)),
            change("R1", Pillar::Results, Err(Withheld::TooFewProjects)),
        ];
        let pair = told(&changes, Language::It);
        assert!(pair.different && pair.projects.contains("progetti diversi (5 e 7)"), "{}", pair.projects);
        assert!(pair.lead.starts_with("Migliori: 1. Peggiori: 1."), "{}", pair.lead);
        let rows: Vec<&EditionRow> = pair.pillars.iter().flat_map(|pillar| &pillar.rows).collect();
        assert_eq!(rows.iter().map(|row| row.difference.as_str()).collect::<Vec<_>>(), ["−8", "−8", "–"]);
        assert_eq!(rows[0].interval.as_deref(), Some("−15 a −1"));
        assert!(rows[2].verdict.is_none() && rows[2].reason.is_some());
        assert!(pair.card.iter().any(|line| line.value.contains("Paule e Mandel")));
    }

    #[test]
    fn the_same_projects_are_compared_with_themselves_and_nothing_told_is_a_sentence() {
        for language in Language::ALL {
            let same = told(&[change("same", Pillar::Results, Ok(Verdict::Stable))], language);
            assert!(!same.different && same.projects.contains("(6)"), "{}", same.projects);
            let nothing = told(&[change("R1", Pillar::Results, Err(Withheld::TooFewProjects))], language);
            assert!(nothing.pillars.is_empty());
            assert!(!format!("{same:?}{nothing:?}").contains('⟦'), "{same:?}{nothing:?}");
        }
    }
}

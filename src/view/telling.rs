// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is a score told? The number with its interval and n of N, or the reason why it is not given.

use serde::Serialize;

use super::numbers::{self, Precision};
use super::words::{Value, Words, words};
use crate::chart::{self, Caption, Reading, Tone};
use crate::domain::framework::{Framework, Pillar};
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::score::{Flag, Given, Interval, Withheld};
use crate::domain::text::Language;

/// The smallest group shown where no profile says otherwise.
const USUAL_LEAST: u32 = 5;
/// The smallest group whose spread is shown where no profile says otherwise.
const USUAL_LEAST_SPREAD: u32 = 10;

/// A score in a cell of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScoreCell {
    /// The number as written; nothing where it is withheld.
    pub score: Option<String>,
    /// Its interval as written.
    pub interval: Option<String>,
    /// Why a number that is shown has no interval.
    pub interval_reason: Option<String>,
    /// How many of how many, e.g. `7 di 9`.
    pub n_of_n: String,
    /// Why there is no number.
    pub reason: Option<String>,
    /// Where it is told how the number comes about; nothing where that stands beside it.
    pub card: Option<String>,
}

impl ScoreCell {
    /// A score with its interval refused, or a withheld score.
    #[must_use]
    pub fn sample(shown: bool) -> Self {
        Self {
            score: shown.then(|| "55".to_owned()),
            interval: None,
            interval_reason: shown.then(|| "meno di 10 risposte".to_owned()),
            n_of_n: "7 di 9".to_owned(),
            reason: (!shown).then(|| "meno di 5 risposte".to_owned()),
            card: None,
        }
    }

    /// The same, leading to where its number comes from.
    #[must_use]
    pub fn with_card(self, address: String) -> Self {
        Self { card: Some(address), ..self }
    }
}

/// Tells scores in one language and precision.
#[derive(Clone, Copy)]
pub struct Telling {
    /// The page's language.
    pub language: Language,
    /// How precisely scores are written.
    pub precision: Precision,
    /// The smallest group that is shown, which reasons name.
    pub least: u32,
    /// The smallest group whose spread is shown, which reasons name.
    pub least_spread: u32,
}

impl Telling {
    /// For the eyes of a view: the public reads integers, evaluators one decimal. Reasons name the usual smallest group.
    #[must_use]
    pub const fn new(language: Language, view: ScoreView) -> Self {
        let precision = match view {
            ScoreView::Full | ScoreView::Evaluator => Precision::Tenths,
            ScoreView::Participants | ScoreView::Public => Precision::Whole,
        };
        Self { language, precision, least: USUAL_LEAST, least_spread: USUAL_LEAST_SPREAD }
    }

    /// The same under a profile: its smallest group is the one that reasons name.
    #[must_use]
    pub const fn under(self, profile: &Profile) -> Self {
        Self { least: profile.k_show, least_spread: profile.k_dist, ..self }
    }

    /// The sentences of the language.
    #[must_use]
    pub fn words(self) -> &'static Words {
        words(self.language)
    }

    /// A score as written.
    #[must_use]
    pub fn score(self, value: f64) -> String {
        numbers::score(value, self.precision, self.language)
    }

    /// A score, or why it is not given.
    #[must_use]
    pub fn score_or_reason(self, value: Given<f64>) -> String {
        value.map_or_else(|withheld| self.reason(withheld), |score| self.score(score))
    }

    /// Why a number is not given, in a few words.
    #[must_use]
    pub fn reason(self, withheld: Withheld) -> String {
        self.words().say_with(
            &format!("withheld-{}", withheld.code()),
            [("least", self.least.into()), ("spread", self.least_spread.into())],
        )
    }

    /// What to know beside a number.
    #[must_use]
    pub fn flags(self, flags: &[Flag]) -> Vec<String> {
        flags.iter().map(|flag| self.words().say(&format!("flag-{}", flag.code()))).collect()
    }

    /// How many of how many.
    #[must_use]
    pub fn n_of_n(self, valid: u32, listed: Option<u32>) -> String {
        match listed {
            Some(listed) => self.words().say_with("n-of-n", [("valid", valid.into()), ("listed", listed.into())]),
            None => self.words().say_with("n-alone", [("valid", valid.into())]),
        }
    }

    /// A score in a cell.
    #[must_use]
    pub fn cell(self, value: Given<f64>, interval: Given<Interval>, n_of_n: String) -> ScoreCell {
        ScoreCell {
            score: value.ok().map(|score| self.score(score)),
            interval: value.and(interval).ok().map(|found| numbers::interval(found, self.precision, self.language)),
            interval_reason: value.and(Ok(())).ok().and(interval.err()).map(|withheld| self.reason(withheld)),
            n_of_n,
            reason: value.err().map(|withheld| self.reason(withheld)),
            card: None,
        }
    }

    /// A number no more precise than it is written: a drawing can be measured.
    #[must_use]
    pub fn rounded(self, value: f64) -> f64 {
        (value * self.precision.steps()).round() / self.precision.steps()
    }

    /// A score as a chart draws it.
    #[must_use]
    pub fn reading(self, value: Given<f64>, interval: Given<Interval>) -> Reading {
        let score = match value {
            Ok(score) => score,
            Err(Withheld::NotAddressed | Withheld::NotAsked) => return Reading::Absent,
            Err(withheld) => return Reading::Withheld(self.reason(withheld)),
        };
        let interval = interval.ok().and_then(|found| {
            let shown = numbers::interval(found, self.precision, self.language);
            chart::Interval::new(self.rounded(found.low), self.rounded(found.high), shown).ok()
        });
        chart::Point::new(self.rounded(score.clamp(0.0, 100.0)), self.score(score)).map_or_else(
            |_| Reading::Withheld(self.reason(Withheld::NoValidAnswers)),
            |point| Reading::Shown(point, interval),
        )
    }

    /// The words around a chart.
    #[must_use]
    pub fn caption(self, title: String, sentence: String) -> Caption {
        let words = self.words();
        Caption {
            table_caption: title.clone(),
            title,
            sentence,
            description: words.say("chart-description"),
            table_summary: words.say("chart-table"),
        }
    }

    /// Name of a stakeholder group.
    #[must_use]
    pub fn group(self, framework: &Framework, code: &str) -> String {
        framework.group(code).map_or(code, |group| group.name.get(self.language)).to_owned()
    }

    /// Names of stakeholder groups, in one line.
    #[must_use]
    pub fn groups(self, framework: &Framework, codes: &[String]) -> String {
        codes.iter().map(|code| self.group(framework, code)).collect::<Vec<_>>().join(", ")
    }

    /// Name of an indicator.
    #[must_use]
    pub fn indicator(self, framework: &Framework, code: &str) -> String {
        framework.indicator(code).map_or(code, |indicator| indicator.name.get(self.language)).to_owned()
    }

    /// Code and name of a wave type, e.g. `T2 · In itinere`.
    #[must_use]
    pub fn wave(self, framework: &Framework, code: &str, wave_type: &str) -> String {
        let name = framework.wave_type(wave_type).map_or("", |kind| kind.name.get(self.language));
        if name.is_empty() { code.to_owned() } else { format!("{code} · {name}") }
    }

    /// Name of a pillar.
    #[must_use]
    pub fn pillar(self, pillar: Pillar) -> String {
        self.words().say(&format!("pillar-{pillar}"))
    }
}

/// The look of a pillar's marks.
#[must_use]
pub const fn tone(pillar: Pillar) -> Tone {
    match pillar {
        Pillar::Facilitators => Tone::Facilitators,
        Pillar::Obstacles => Tone::Obstacles,
        Pillar::Results => Tone::Results,
    }
}

/// The lowest and the highest of named scores, if there are two.
#[must_use]
pub fn extremes<T: Clone>(scores: &[(T, f64)]) -> Option<((T, f64), (T, f64))> {
    let lowest = scores.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let highest = scores.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    (scores.len() > 1).then(|| (lowest.clone(), highest.clone()))
}

/// A value for a sentence from an owned text.
#[must_use]
pub fn value(text: String) -> Value<'static> {
    Value::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withheld_score_has_its_reason_and_no_interval() {
        let telling = Telling::new(Language::It, ScoreView::Public);
        let interval = Ok(Interval { low: 1.0, high: 2.0 });
        let cell = telling.cell(Err(Withheld::FewerThanMinimum), interval, String::new());
        assert_eq!((cell.score, cell.interval), (None, None));
        assert!(cell.reason.is_some_and(|reason| !reason.contains('⟦')));
    }

    #[test]
    fn a_drawing_is_no_more_precise_than_the_page() {
        let interval = Ok(Interval { low: 41.4142, high: 58.5858 });
        let drawn = |view| Telling::new(Language::It, view).reading(Ok(61.803_398), interval);
        let measured = |reading: &Reading| {
            let interval = reading.interval().map(|found| (found.low(), found.high()));
            (reading.point().map(crate::chart::Point::value), interval)
        };
        assert_eq!(measured(&drawn(ScoreView::Public)), (Some(62.0), Some((41.0, 59.0))));
        assert_eq!(measured(&drawn(ScoreView::Evaluator)), (Some(61.8), Some((41.4, 58.6))));
    }

    #[test]
    fn every_reason_and_every_flag_has_its_words_in_both_languages() {
        for language in Language::ALL {
            let telling = Telling::new(language, ScoreView::Public);
            for reason in Withheld::ALL {
                assert!(!telling.reason(reason).contains('⟦'), "{reason:?}");
            }
        }
    }

    #[test]
    fn a_reason_names_the_smallest_group_of_the_profile() {
        let usual = Profile::default();
        assert_eq!((usual.k_show, usual.k_dist), (USUAL_LEAST, USUAL_LEAST_SPREAD));
        let strict = Profile { k_show: 8, ..Profile::default() };
        let usual = Telling::new(Language::It, ScoreView::Public);
        let said = |telling: Telling| telling.reason(Withheld::FewerThanMinimum);
        assert_eq!(
            (said(usual), said(usual.under(&strict))),
            ("meno di 5 risposte".to_owned(), "meno di 8 risposte".to_owned())
        );
        assert!(usual.under(&strict).reason(Withheld::Complementary).contains("meno di 8 risposte"));
    }

    #[test]
    fn extremes_need_two_scores() {
        assert_eq!(extremes::<&str>(&[]), None);
        assert_eq!(extremes(&[("a", 1.0)]), None);
        assert_eq!(extremes(&[("a", 2.0), ("b", 1.0)]), Some((("b", 1.0), ("a", 2.0))));
    }
}

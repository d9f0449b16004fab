// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One indicator in one wave: what it says in words, group by group, question by question, over time.

use serde::Serialize;

use super::discussion::{RepliesView, StoryView, ThreadView};
use super::number_cards::GroupCards;
use super::projects::Link;
use super::questionnaire::Worded;
use super::render::Page;
use super::telling::ScoreCell;
use crate::chart::{DivergingBars, DotInterval, Figure};

/// One indicator in one wave.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorPage {
    /// The wave, with its results.
    pub wave: Link,
    /// `facilitators`, `obstacles`, `results`.
    pub pillar_code: &'static str,
    /// What the pillar means and which way is better.
    pub what: String,
    /// Name of the indicator.
    pub name: String,
    /// What it means.
    pub definition: Worded,
    /// What the answers say, in sentences.
    pub sentences: Vec<String>,
    /// Whether its mean is nobody's answer, so that the words come first and the mean after.
    pub mean_second: bool,
    /// The total, in the voice of the profile.
    pub overall: ScoreCell,
    /// What to know beside it.
    pub flags: Vec<String>,
    /// Where the number comes from.
    pub card: NumberCard,
    /// Where the numbers of the groups come from.
    pub group_cards: GroupCards,
    /// The groups with their intervals.
    pub figure: Option<Figure>,
    /// How the answers lie; nothing where it may not be shown.
    pub answers: Option<Figure>,
    /// Why how the answers lie is not shown.
    pub answers_reason: Option<String>,
    /// Its questions.
    pub items: Vec<ItemLine>,
    /// Groups two by two.
    pub gaps: Vec<GapLine>,
    /// Whether the numbers behind the words are shown too.
    pub evaluator: bool,
    /// Every wave in which it was asked, by first day.
    pub history: Vec<HistoryLine>,
    /// What groups reply; nothing where none does.
    pub replies: Option<RepliesView>,
    /// What was said of it, prompt by prompt.
    pub threads: Vec<ThreadView>,
    /// Stories told beside it.
    pub stories: Vec<StoryView>,
    /// The indicator before and after it.
    pub beside: Vec<Link>,
}

/// Where a number comes from: everything needed to trace it.
#[derive(Clone, Debug, Serialize)]
pub struct NumberCard {
    /// Name and value, e.g. how many answered.
    pub lines: Vec<CardLine>,
    /// Where the rules are explained.
    pub method: String,
}

/// One line of a card.
#[derive(Clone, Debug, Serialize)]
pub struct CardLine {
    /// What.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A question of the indicator.
#[derive(Clone, Debug, Serialize)]
pub struct ItemLine {
    /// Code.
    pub code: String,
    /// As it was asked.
    pub text: Worded,
    /// Who was asked.
    pub audience: String,
    /// Whether agreeing counts against the indicator.
    pub reverse: bool,
}

/// Two groups on the indicator.
#[derive(Clone, Debug, Serialize)]
pub struct GapLine {
    /// The two groups, the higher one first where that may be told.
    pub groups: String,
    /// In words.
    pub reading: String,
    /// The difference in points; nothing where it is withheld.
    pub points: Option<String>,
    /// Cliff's delta with its interval, and p after Holm: for evaluators.
    pub numbers: Option<String>,
}

/// The indicator in one wave.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryLine {
    /// Code and name of the wave.
    pub wave: String,
    /// Where it is; nothing for the wave of the page.
    pub href: Option<String>,
    /// The score.
    pub score: ScoreCell,
    /// Change since the wave before, in words.
    pub change: Option<String>,
    /// Where it is told how the change comes about.
    pub change_href: Option<String>,
    /// Why it cannot be compared with the wave before.
    pub cut: Option<String>,
}

impl GapLine {
    fn sample(numbers: Option<&str>, points: Option<&str>) -> Self {
        Self {
            groups: "Ente pubblico e cittadini".to_owned(),
            reading: "scarto da discutere".to_owned(),
            points: points.map(str::to_owned),
            numbers: numbers.map(str::to_owned),
        }
    }
}

impl Page for IndicatorPage {
    const TEMPLATE: &'static str = "indicators/indicator";

    fn samples() -> Vec<Self> {
        let text = |text: &str| text.to_owned();
        let worded = |text: &str| Worded { text: text.to_owned(), lang: None };
        let link = |text: &str, href: &str| Link { text: text.to_owned(), href: href.to_owned() };
        let moment = |href: Option<&str>, change: Option<&str>, cut: Option<&str>| HistoryLine {
            wave: text("T0 · Ex ante"),
            href: href.map(str::to_owned),
            score: ScoreCell::sample(cut.is_none()),
            change: change.map(str::to_owned),
            change_href: change.map(|_| text("/it/projects/1/change/FC1?from=T0&to=T1")),
            cut: cut.map(str::to_owned),
        };
        let item =
            |reverse| ItemLine { code: text("FC1a"), text: worded("Ci fidiamo."), audience: text("Tutti"), reverse };
        let page = |shown: bool| Self {
            wave: link("T1 · In itinere", "/it/waves/1"),
            pillar_code: "facilitators",
            what: text("Ciò che aiuta."),
            name: text("Fiducia"),
            definition: worded("Quanto ci si fida."),
            sentences: vec![text("È un punto di forza.")],
            mean_second: !shown,
            overall: ScoreCell::sample(shown),
            flags: if shown { Vec::new() } else { vec![text("parziale")] },
            card: NumberCard {
                lines: vec![CardLine { name: text("Regola"), value: text("ogni gruppo una voce") }],
                method: text("/it/about/method"),
            },
            group_cards: GroupCards::sample(),
            figure: DotInterval::samples().into_iter().next().filter(|_| shown),
            answers: DivergingBars::samples().into_iter().next().filter(|_| shown),
            answers_reason: (!shown).then(|| text("meno di dieci risposte")),
            items: vec![item(false), item(true)],
            gaps: if shown {
                vec![GapLine::sample(Some("δ 0,4"), Some("12")), GapLine::sample(None, None)]
            } else {
                Vec::new()
            },
            evaluator: shown,
            history: vec![
                moment(Some("/it/waves/2"), None, None),
                moment(None, Some("migliorato"), None),
                moment(None, None, Some("altre domande")),
            ],
            replies: RepliesView::samples().into_iter().last().filter(|_| shown),
            threads: if shown { vec![ThreadView::sample()] } else { Vec::new() },
            stories: if shown { vec![StoryView::sample()] } else { Vec::new() },
            beside: vec![link("Storia", "/it/waves/1/indicators/FC2")],
        };
        vec![page(true), page(false)]
    }
}

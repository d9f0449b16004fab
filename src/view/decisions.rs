// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What became of the results of a wave, for everybody and for its staff; and “you said, we did” for those asked again.

use serde::Serialize;

use super::decision_telling::{ActionFact, ActionView, DecisionTelling, EntryView, PastView, UnansweredView};
use super::forms::FormLink;
use super::questionnaire::Worded;
use super::render::Page;
use crate::domain::decision::{ActionState, Seen};
use crate::domain::decision_log::{DecisionLog, LogEntry};
use crate::domain::text::Language;

/// How many findings stand where everything is not told.
pub const SHORT: usize = 5;

/// What was decided about a wave.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionsPage {
    /// The project.
    pub project: String,
    /// Where the project is; empty: nowhere.
    pub project_href: String,
    /// Code and name of the wave.
    pub wave: String,
    /// Where its results are.
    pub results_href: String,
    /// How much was found, decided and is still open.
    pub lead: String,
    /// What was decided.
    pub entries: Vec<EntryView>,
    /// What is still without an answer.
    pub unanswered: Vec<UnansweredView>,
    /// The minutes as a page and as PDF.
    pub minutes: Vec<FormLink>,
    /// What can be begun here; nothing for whoever may not.
    pub begin: Option<FormLink>,
    /// Whether nobody outside sees it yet.
    pub unpublished: bool,
}

/// What was found and what was done, in two lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SaidAndDone {
    /// What was found.
    pub said: Worded,
    /// What was done, or why nothing is.
    pub done: Worded,
    /// How that stands.
    pub state: Worded,
}

/// What was done, for those who are asked again, each with the question whether they saw it.
#[derive(Clone, Debug, Serialize)]
pub struct SeenPage {
    /// The project.
    pub project: String,
    /// What was just kept; empty: nothing.
    pub notice: String,
    /// What came of each earlier wave.
    pub waves: Vec<SeenWave>,
    /// Where the space is.
    pub back: String,
    /// Proves that the forms came from this page.
    pub form_token: String,
}

/// What came of an earlier wave.
#[derive(Clone, Debug, Serialize)]
pub struct SeenWave {
    /// Code and name of the wave.
    pub wave: String,
    /// What was decided.
    pub entries: Vec<SeenEntry>,
    /// What is still without an answer.
    pub unanswered: Vec<UnansweredView>,
    /// Where everything is; empty: nowhere.
    pub href: String,
}

/// A decision with its actions, each with a question.
#[derive(Clone, Debug, Serialize)]
pub struct SeenEntry {
    /// The decision.
    pub entry: EntryView,
    /// Its actions, each with the question.
    pub actions: Vec<SeenAction>,
}

/// An action with the question whether it was seen.
#[derive(Clone, Debug, Serialize)]
pub struct SeenAction {
    /// The action.
    pub action: ActionView,
    /// Where the answer is sent; empty where nothing is asked, because nothing was done yet.
    pub ask: String,
    /// What can be answered.
    pub options: Vec<SeenOption>,
}

/// A possible answer.
#[derive(Clone, Debug, Serialize)]
pub struct SeenOption {
    /// Id of its button.
    pub id: String,
    /// The value.
    pub value: &'static str,
    /// Key of its words.
    pub label_key: String,
    /// Whether it was given.
    pub chosen: bool,
}

impl SaidAndDone {
    /// The first findings of a log, in two lines each.
    #[must_use]
    pub fn short(telling: &DecisionTelling<'_>, log: &DecisionLog, most: usize) -> Vec<Self> {
        log.entries.iter().take(most).map(|entry| Self::new(telling, entry)).collect()
    }

    fn new(telling: &DecisionTelling<'_>, entry: &LogEntry) -> Self {
        let shown = telling.entry(entry);
        // What was done says more than what is planned; of several, the one that is furthest.
        let rank = |state: ActionState| match state {
            ActionState::Done => 0,
            ActionState::UnderWay => 1,
            ActionState::Planned => 2,
            ActionState::Abandoned => 3,
        };
        let told = entry.actions.iter().min_by_key(|action| rank(action.action.current.state));
        let (done, state) = match told {
            Some(action) => {
                let action = telling.action(action);
                (action.title, action.state)
            }
            None => (shown.reason, shown.outcome),
        };
        Self { said: shown.finding, done, state: worded(&state, None) }
    }

    /// The same on a page in another language than the one it is told in: marked with its own.
    #[must_use]
    pub fn marked(self, language: Language) -> Self {
        let mark = |words: Worded| Worded { lang: words.lang.or_else(|| Some(language.code().to_owned())), ..words };
        Self { said: mark(self.said), done: mark(self.done), state: mark(self.state) }
    }

    /// One to be shown.
    #[must_use]
    pub fn sample() -> Self {
        let [said, done, state] = ["Poca chiarezza", "Un calendario comune", "fatta"].map(|text| worded(text, None));
        Self { said, done, state }
    }
}

impl SeenAction {
    /// An action with the question, and what was answered before.
    #[must_use]
    pub fn new(action: ActionView, (state, ask): (ActionState, String), answered: Option<Seen>) -> Self {
        let asked = matches!(state, ActionState::Done | ActionState::UnderWay);
        let option = |(place, seen): (usize, Seen)| SeenOption {
            id: format!("{}-{}", action.anchor, place + 1),
            value: seen.code(),
            label_key: format!("seen-{}", seen.code()),
            chosen: answered == Some(seen),
        };
        let options = Seen::ALL.into_iter().enumerate().map(option).filter(|_| asked).collect();
        Self { ask: if asked { ask } else { String::new() }, options, action }
    }
}

fn worded(text: &str, lang: Option<&str>) -> Worded {
    Worded { text: text.to_owned(), lang: lang.map(str::to_owned) }
}

/// A decision with two actions: one that says everything, one that says nothing.
fn sample_entry(links: &[FormLink]) -> EntryView {
    let past = || vec![PastView { why: "Fino a ieri.".to_owned(), said: worded("Prima.", None) }];
    let full = ActionView {
        anchor: "action-1".to_owned(),
        title: worded("Un calendario comune", None),
        state: "fatta".to_owned(),
        good: false,
        overdue: true,
        returned: true,
        facts: vec![ActionFact { name: "Chi".to_owned(), said: worded("The office", Some("en")) }],
        link: "https://example.org/verbale".to_owned(),
        effects: vec!["Atteso: +8 punti.".to_owned()],
        seen: vec!["Terzo settore: 4.".to_owned()],
        history: past(),
        links: links.to_vec(),
    };
    let bare = ActionView {
        anchor: "action-2".to_owned(),
        good: true,
        overdue: false,
        returned: false,
        facts: Vec::new(),
        link: String::new(),
        effects: Vec::new(),
        seen: Vec::new(),
        history: Vec::new(),
        links: Vec::new(),
        ..full.clone()
    };
    EntryView {
        anchor: "decision-1".to_owned(),
        finding: worded("Poca chiarezza", None),
        about: Some("Chiarezza".to_owned()),
        number: Some("Punteggio 43.".to_owned()),
        taken: true,
        outcome: "Si fa".to_owned(),
        reason: worded("Perché sì.", None),
        signed: "31 marzo 2026".to_owned(),
        returned: true,
        actions: vec![full, bare],
        history: past(),
        links: links.to_vec(),
    }
}

fn sample_open(decide: Option<FormLink>) -> UnansweredView {
    UnansweredView {
        name: "Fiducia".to_owned(),
        pillar: "Fattori facilitanti".to_owned(),
        number: "Punteggio 40.".to_owned(),
        href: if decide.is_some() { String::new() } else { "/it/waves/1/indicators/FF1".to_owned() },
        decide,
    }
}

impl Page for DecisionsPage {
    const TEMPLATE: &'static str = "waves/decisions";

    fn samples() -> Vec<Self> {
        let link = FormLink { text: "Scrivi una decisione".to_owned(), href: "/it/staff/x".to_owned() };
        let full = Self {
            project: "Orto".to_owned(),
            project_href: "/it/projects/1".to_owned(),
            wave: "T1 · Avvio".to_owned(),
            results_href: "/it/waves/1".to_owned(),
            lead: "Su due punti, uno ha una decisione.".to_owned(),
            entries: vec![sample_entry(&[])],
            unanswered: vec![sample_open(None)],
            minutes: vec![link.clone()],
            begin: None,
            unpublished: false,
        };
        let mut silent = sample_entry(std::slice::from_ref(&link));
        (silent.about, silent.number, silent.taken, silent.returned) = (None, None, false, false);
        let staff = Self {
            project_href: String::new(),
            entries: vec![silent, EntryView { actions: Vec::new(), history: Vec::new(), ..sample_entry(&[]) }],
            unanswered: vec![sample_open(Some(link.clone()))],
            begin: Some(link),
            unpublished: true,
            ..full.clone()
        };
        let empty = Self { entries: Vec::new(), unanswered: Vec::new(), minutes: Vec::new(), ..full.clone() };
        vec![full, staff, empty]
    }
}

impl Page for SeenPage {
    const TEMPLATE: &'static str = "space/decisions";

    fn samples() -> Vec<Self> {
        let entry = sample_entry(&[]);
        let ask = |state| {
            let action = entry.actions.first().cloned();
            action.map(|one| SeenAction::new(one, (state, "/it/space/decisions/1".to_owned()), Some(Seen::Yes)))
        };
        let actions = [ask(ActionState::Done), ask(ActionState::Planned)].into_iter().flatten().collect();
        let wave = |href: &str, unanswered| SeenWave {
            wave: "T1 · Avvio".to_owned(),
            entries: vec![SeenEntry { entry: entry.clone(), actions: Vec::clone(&actions) }],
            unanswered,
            href: href.to_owned(),
        };
        let page = |waves, notice: &str| Self {
            project: "Orto".to_owned(),
            notice: notice.to_owned(),
            waves,
            back: "/it/space".to_owned(),
            form_token: "f".to_owned(),
        };
        vec![
            page(vec![wave("/it/waves/1/decisions", vec![sample_open(None)]), wave("", Vec::new())], "Grazie."),
            page(Vec::new(), ""),
        ]
    }
}

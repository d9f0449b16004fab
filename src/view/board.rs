// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A page of the workspace: sections of things that lead on, facts, and buttons.

use serde::Serialize;

use super::errors::Field;
use super::forms::FormLink;
use super::render::Page;

/// A page of the workspace.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BoardPage {
    /// Words above the heading; empty: none.
    pub kicker: String,
    /// Heading.
    pub title: String,
    /// What it is about; empty: nothing.
    pub lead: String,
    /// What was just done, or has to be known; empty: nothing.
    pub notice: String,
    /// Secrets shown this once.
    pub codes: Vec<String>,
    /// Facts, each with its name.
    pub facts: Vec<Fact>,
    /// Search and filter of a list.
    pub search: Option<Search>,
    /// What can be begun here.
    pub links: Vec<FormLink>,
    /// The sections.
    pub sections: Vec<BoardSection>,
    /// Other pages of the same list.
    pub pages: Vec<PageLink>,
    /// Proves that the forms came from this page.
    pub form_token: String,
}

/// A fact with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// The fact.
    pub value: String,
}

/// Search and filter of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Search {
    /// Where it is sent.
    pub action: String,
    /// Words on the field of what is looked for.
    pub label: String,
    /// What was looked for.
    pub words: String,
    /// Words on the list of states.
    pub state_label: String,
    /// States to choose from: value, words, chosen.
    pub states: Vec<SearchState>,
    /// How many were found, in words.
    pub found: String,
}

impl Search {
    /// What the samples of pages show.
    fn sample() -> Self {
        let text = |text: &str| text.to_owned();
        Self {
            action: text("/it/staff"),
            label: text("Cerca per nome"),
            words: text("orto"),
            state_label: text("Con una rilevazione"),
            states: vec![SearchState { value: text("open"), label: text("aperta"), chosen: true }],
            found: text("1 progetto"),
        }
    }
}

/// A state to filter by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SearchState {
    /// Value; empty: any.
    pub value: String,
    /// Words.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Another page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageLink {
    /// Its number.
    pub number: usize,
    /// Where it is.
    pub href: String,
    /// Whether it is this one.
    pub current: bool,
}

/// A section of a page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BoardSection {
    /// Heading.
    pub title: String,
    /// What stands below it; empty: nothing.
    pub text: String,
    /// Things in it.
    pub items: Vec<BoardItem>,
    /// What is said where there is none; empty: nothing.
    pub none: String,
    /// Where it goes on.
    pub links: Vec<FormLink>,
    /// What can be done here.
    pub acts: Vec<BoardAct>,
}

/// A thing in a section.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BoardItem {
    /// Its name.
    pub name: String,
    /// Where it is; empty: nowhere.
    pub href: String,
    /// More about it; empty: nothing.
    pub detail: String,
    /// How it stands; empty: nothing is said.
    pub flag: String,
    /// Whether how it stands is as it should be.
    pub good: bool,
    /// What can be done with it.
    pub act: Option<BoardAct>,
    /// What else can be done with it.
    pub more: Option<BoardAct>,
}

/// A button with what goes with it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BoardAct {
    /// Where it is sent.
    pub action: String,
    /// Words on the button.
    pub label: String,
    /// What it does; empty: the button says it.
    pub what: String,
    /// Whether a note can be added.
    pub note: bool,
    /// Whom it is about, for whoever hears the button alone; empty: nobody in particular.
    pub about: String,
    /// Fields that are not seen.
    pub hidden: Vec<Field>,
}

impl Page for BoardPage {
    const TEMPLATE: &'static str = "staff/board";

    fn samples() -> Vec<Self> {
        let text = |text: &str| text.to_owned();
        let hidden = vec![Field { name: text("id"), value: text("1") }];
        let act = |note, what: &str, about: &str| BoardAct {
            action: text("/it/staff/x"),
            label: text("Togli"),
            what: text(what),
            note,
            about: text(about),
            hidden: hidden.clone(),
        };
        let item = BoardItem {
            name: text("Ada"),
            href: text("/it/staff/y"),
            detail: text("Comune"),
            flag: text("aperta"),
            good: true,
            act: Some(act(false, "", "Ada")),
            more: Some(act(false, "", "Ada")),
        };
        let link = || FormLink { text: text("Aggiungi"), href: text("/it/staff/z") };
        let full = BoardSection {
            title: text("Persone"),
            text: text("Chi lavora qui."),
            items: vec![item, BoardItem { name: text("Bea"), flag: text("manca"), ..BoardItem::default() }],
            none: text("Nessuno."),
            links: vec![link()],
            acts: vec![act(true, "Che cosa fa.", "")],
        };
        let pages = [(1, true), (2, false)].map(|(number, current)| PageLink { number, href: text("?page"), current });
        vec![
            Self {
                kicker: text("Comune"),
                title: text("Area di lavoro"),
                lead: text("Che cosa c'è."),
                notice: text("Fatto."),
                codes: vec![text("ABCD-EFGH-JKMN")],
                facts: vec![Fact { name: text("Stato"), value: text("aperta") }],
                search: Some(Search::sample()),
                links: vec![link()],
                sections: vec![full, BoardSection { none: text("Niente."), ..BoardSection::default() }],
                pages: pages.into(),
                form_token: text("f"),
            },
            Self { title: text("Vuota"), ..Self::default() },
        ]
    }
}

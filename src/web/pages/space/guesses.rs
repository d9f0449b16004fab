// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Guess what another group said, then see.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};

use super::discussion::{HERE as TALK, notice, show, telling, too_late};
use super::{Opened, acting, opened, show_form};
use crate::app::Refusal;
use crate::app::guesses::{GuessedGroup, Guessing, field};
use crate::domain::field::Typed;
use crate::domain::framework::Pillar;
use crate::domain::guess::GUESSED;
use crate::view::BoardPage;
use crate::view::board::{BoardItem, BoardSection};
use crate::view::discussion::WordsTelling;
use crate::view::forms::{FieldSpec, FormHead, FormLink, Kind};
use crate::view::guesses::{near, nearness_items};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::pages::staff::{Draw, Form, crumb, link};
use crate::web::site::Visit;

/// Where is guessed.
pub const HERE: &str = "/space/guess";

async fn loaded(visit: &Visit) -> Result<(Opened, Guessing), Failed> {
    let opened = opened(visit).await?;
    let participant = opened.space.participant.clone();
    let guessing = visit.read(move |app, db| app.guessing(db, &participant)).await?;
    Ok((opened, guessing))
}

fn told<'a>(visit: &Visit, guessing: &'a Guessing) -> Result<WordsTelling<'a>, Failed> {
    let found = super::discussion::found(visit, &guessing.talk)?;
    Ok(telling(visit, &guessing.talk, found))
}

fn group_name(told: WordsTelling<'_>, code: &str) -> String {
    told.telling.group(told.framework, code)
}

/// The other groups: what was guessed of each and how near it was, or where it is guessed.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failed> {
    let (opened, guessing) = loaded(&visit).await?;
    let (words, told) = (words(visit.language), told(&visit, &guessing)?);
    let results = format!("/waves/{}", opened.space.place.wave.id.simple());
    let mut sections: Vec<BoardSection> =
        guessing.groups.iter().map(|group| group_section(&visit, told, group)).collect();
    if sections.is_empty() {
        sections.push(BoardSection { none: words.say("guess-nothing"), ..BoardSection::default() });
    }
    let items = nearness_items(told, &guessing.nearness);
    if !items.is_empty() {
        let (title, text) = (words.say("guess-nearness"), words.say("guess-nearness-what"));
        sections.push(BoardSection { title, text, items, ..BoardSection::default() });
    }
    let page = BoardPage {
        title: words.say("space-guess"),
        lead: words.say("guess-lead"),
        notice: notice(&visit, &opened),
        links: vec![link(&visit, "space-results", &results), link(&visit, "space-discuss", TALK)],
        sections,
        ..BoardPage::default()
    };
    show(&visit, &opened, page, vec![crumb(&visit, &words.say("space-discuss"), TALK)])
}

fn group_section(visit: &Visit, told: WordsTelling<'_>, group: &GuessedGroup) -> BoardSection {
    let (words, title) = (words(visit.language), group_name(told, &group.group));
    let Some((guess, right, extremes)) = &group.made else {
        let text = words.say_with("guess-group", [("group", title.as_str().into())]);
        let href = visit.path(&format!("{HERE}/{}", group.group));
        return BoardSection { title, links: vec![FormLink { text, href }], ..BoardSection::default() };
    };
    let side = |key: &str, guessed: &[String], found: &BTreeSet<String>| {
        let names =
            |codes: Vec<&String>| codes.into_iter().map(|code| told.about(code).text).collect::<Vec<_>>().join("; ");
        let said = group.indicators.iter().filter(|code| found.contains(*code)).collect();
        let values = [("guessed", names(guessed.iter().collect()).into()), ("said", names(said).into())];
        BoardItem { name: words.say(key), detail: words.say_with("guess-both", values), ..BoardItem::default() }
    };
    BoardSection {
        title,
        text: near(visit.language, *right),
        items: vec![side("guess-high", &guess.high, &extremes.high), side("guess-low", &guess.low, &extremes.low)],
        ..BoardSection::default()
    }
}

fn draw(visit: &Visit, guessing: &Guessing, code: &str) -> Result<Option<Draw>, Failed> {
    let told = told(visit, guessing)?;
    let group = guessing.groups.iter().find(|one| one.group == code).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    if group.made.is_some() {
        return Ok(None);
    }
    let (words, name) = (words(visit.language), group_name(told, code));
    let options = || group.indicators.iter().map(|code| (code.clone(), option_name(visit, told, code)));
    let empty = || std::iter::once((String::new(), words.say("guess-choose")));
    let spec = |side: &str, place: usize| {
        let label = words.say_with(&format!("guess-{side}-place"), [("place", place.into())]);
        FieldSpec::new(&field(side, place), Kind::Choice).labelled(label).choosing(empty().chain(options()).collect())
    };
    let specs = ["high", "low"].into_iter().flat_map(|side| (1..=GUESSED).map(move |place| (side, place)));
    let head = FormHead {
        kicker: words.say("space-guess"),
        title: words.say_with("guess-group", [("group", name.into())]),
        lead: words.say("guess-form-lead"),
        action: visit.path(&format!("{HERE}/{code}")),
        submit: "guess-send",
        cancel: visit.path(HERE),
    };
    let crumbs = vec![crumb(visit, &words.say("space-discuss"), TALK), crumb(visit, &words.say("space-guess"), HERE)];
    Ok(Some(Draw { head, specs: specs.map(|(side, place)| spec(side, place)).collect(), crumbs }))
}

/// An indicator with what a high score of it means, where that is not good.
fn option_name(visit: &Visit, told: WordsTelling<'_>, code: &str) -> String {
    let name = told.about(code).text;
    match told.framework.indicator(code).map(|one| one.pillar) {
        Some(Pillar::Obstacles) => words(visit.language).say_with("guess-obstacle", [("name", name.into())]),
        Some(Pillar::Facilitators | Pillar::Results) | None => name,
    }
}

/// Asks for a guess about a group; once it is made, goes back to how near it was.
pub async fn group_page(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let (opened, guessing) = loaded(&visit).await?;
    match draw(&visit, &guessing, &path.1)? {
        Some(draw) => show_form(&visit, &opened, draw, (&Typed::default(), &[])),
        None => Ok(see_other(&visit.path(HERE))),
    }
}

/// Takes a guess about a group. The first one stays.
pub async fn guess(visit: Visit, path: web::Path<(String, String)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (opened, typed) = acting(&visit, sent).await?;
    let (_, guessing) = loaded(&visit).await?;
    let made = guessing.groups.iter().any(|one| one.group == path.1 && one.made.is_some());
    let (participant, filled, code) = (opened.space.participant.clone(), typed.clone(), path.1.clone());
    match visit.write(move |app, db| app.guess(db, &participant, (&code, &filled))).await {
        Ok(()) => Ok(super::discussion::done(&visit, HERE, if made { "guess-stays" } else { "guess" })),
        Err(Refusal::Invalid(problems)) => match draw(&visit, &guessing, &path.1)? {
            Some(draw) => show_form(&visit, &opened, draw, (&typed, &problems)),
            None => Ok(see_other(&visit.path(HERE))),
        },
        Err(refusal) => too_late(&visit, &opened, refusal, typed).await,
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The workspace: the projects staff work on, found by words and state.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::{link, show_board};
use crate::app::App;
use crate::app::workspace::{Listed, PAGE, Wanted, Workspace};
use crate::domain::account::Operator;
use crate::domain::wave::{Wave, WaveState};
use crate::view::BoardPage;
use crate::view::board::{BoardAct, BoardItem, BoardSection, PageLink, Search, SearchState};
use crate::view::forms::FormLink;
use crate::view::words::words;
use crate::web::cookies::Cookie;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    words: Option<String>,
    state: Option<String>,
    page: Option<usize>,
}

/// The projects staff work on; whoever is not signed in is led to where they can.
pub async fn page(visit: Visit, query: web::Query<Query>) -> Result<HttpResponse, Failed> {
    if visit.session(Cookie::Staff).is_none() {
        return Ok(see_other(&visit.path("/staff/sign-in")));
    }
    let staff = visit.staff().await?;
    let query = query.into_inner();
    let wanted = Wanted {
        words: query.words.unwrap_or_default().chars().take(100).collect(),
        state: query.state.unwrap_or_default(),
        page: query.page.unwrap_or(1).max(1),
    };
    let (asking, looked_for) = (staff.clone(), wanted.clone());
    let found = visit.read(move |_, db| App::workspace(db, &asking, &looked_for)).await?;
    let words = words(visit.language);
    let mut links: Vec<FormLink> =
        found.may_add.iter().map(|body| add_link(&visit, &found, &body.name, body.id)).collect();
    links.push(link(&visit, "account-title", "/staff/account"));
    let page = BoardPage {
        kicker: staff.account.name.clone(),
        title: words.say("workspace-title"),
        links,
        search: Some(search(&visit, &wanted, found.found)),
        sections: sections(&visit, &found, staff.account.operator),
        pages: pages(&visit, &wanted, found.found),
        ..BoardPage::default()
    };
    show_board(&visit, page, Vec::new())
}

fn add_link(visit: &Visit, found: &Workspace, name: &str, id: uuid::Uuid) -> FormLink {
    let words = words(visit.language);
    let text = match found.may_add.len() {
        1 => words.say("project-add"),
        _ => words.say_with("project-add-to", [("body", name.into())]),
    };
    FormLink { text, href: visit.path(&format!("/staff/organisations/{}/projects/new", id.simple())) }
}

fn search(visit: &Visit, wanted: &Wanted, found: usize) -> Search {
    let words = words(visit.language);
    let any = SearchState { value: String::new(), label: words.say("search-any"), chosen: wanted.state.is_empty() };
    let states = [WaveState::Draft, WaveState::Open, WaveState::Closed].map(|state| SearchState {
        value: state.code().to_owned(),
        label: words.say(&format!("state-{}", state.code())),
        chosen: wanted.state == state.code(),
    });
    Search {
        action: visit.path("/staff"),
        label: words.say("search-label"),
        state_label: words.say("search-state"),
        words: wanted.words.clone(),
        states: std::iter::once(any).chain(states).collect(),
        found: words.say_with("projects-count", [("count", found.into())]),
    }
}

fn sections(visit: &Visit, found: &Workspace, operator: Operator) -> Vec<BoardSection> {
    let words = words(visit.language);
    let projects = BoardSection {
        title: words.say("workspace-projects"),
        items: found.projects.iter().map(|one| project_item(visit, one)).collect(),
        none: words.say("workspace-no-projects"),
        ..BoardSection::default()
    };
    let named = |name: &str, place: String| BoardItem {
        name: name.to_owned(),
        href: visit.path(&place),
        ..BoardItem::default()
    };
    let programmes = found.programmes.iter();
    let programmes = BoardSection {
        title: words.say("nav-programmes"),
        items: programmes.map(|one| named(&one.name, format!("/staff/programmes/{}", one.id.simple()))).collect(),
        none: words.say("workspace-no-programmes"),
        ..BoardSection::default()
    };
    let bodies = found.organisations.iter();
    let add = (operator == Operator::Yes).then(|| link(visit, "organisation-add", "/staff/organisations/new"));
    let bodies = BoardSection {
        title: words.say("workspace-bodies"),
        items: bodies.map(|one| named(&one.name, format!("/staff/organisations/{}", one.id.simple()))).collect(),
        links: add.into_iter().collect(),
        ..BoardSection::default()
    };
    let out = BoardAct { action: visit.path("/staff/sign-out"), label: words.say("sign-out"), ..BoardAct::default() };
    vec![projects, programmes, bodies, BoardSection { acts: vec![out], ..BoardSection::default() }]
}

fn project_item(visit: &Visit, one: &Listed) -> BoardItem {
    let words = words(visit.language);
    let id = one.project.id.simple();
    let latest = one.waves.iter().find(|wave| wave.state == WaveState::Open).or(one.waves.last());
    BoardItem {
        name: one.project.name.clone(),
        href: visit.path(&if one.work { format!("/staff/projects/{id}") } else { format!("/projects/{id}") }),
        detail: [one.project.territory.as_str(), &one.body]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        flag: latest.map_or_else(|| words.say("workspace-no-waves"), |wave| stands(visit, wave)),
        good: latest.is_some(),
        ..BoardItem::default()
    }
}

/// How a wave stands, in words.
pub fn stands(visit: &Visit, wave: &Wave) -> String {
    let state = words(visit.language).say(&format!("state-{}", wave.state.code()));
    format!("{}: {state}", wave.code)
}

fn pages(visit: &Visit, wanted: &Wanted, found: usize) -> Vec<PageLink> {
    let count = found.div_ceil(PAGE);
    if count < 2 {
        return Vec::new();
    }
    let words: String = url_encoded(&wanted.words);
    let state = WaveState::from_code(&wanted.state).map_or("", WaveState::code);
    let link = |number| PageLink {
        number,
        href: format!("{}?words={words}&state={state}&page={number}", visit.path("/staff")),
        current: number == wanted.page,
    };
    (1..=count).map(link).collect()
}

/// Text as it stands in an address.
fn url_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

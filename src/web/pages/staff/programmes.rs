// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Programmes and their editions, as they are set up.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::organisations::place as body_place;
use super::{Draw, Form, acting, crumb, link, show_again, show_board, show_form};
use crate::app::App;
use crate::domain::field::Typed;
use crate::domain::programme::Edition;
use crate::view::BoardPage;
use crate::view::board::{BoardItem, BoardSection};
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

fn place(id: Uuid) -> String {
    format!("/staff/programmes/{}", id.simple())
}

/// A programme with its editions.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (staff, id) = (visit.staff().await?, path.1);
    let (programme, editions) = visit.read(move |_, db| App::own_programme(db, &staff, id)).await?;
    let words = words(visit.language);
    let body = body_place(programme.organisation_id);
    let item = |one: &Edition| BoardItem {
        name: one.name.get(visit.language).to_owned(),
        href: visit.path(&format!("{body}/projects/new?edition={}", one.id.simple())),
        detail: format!("{} · {}", one.years, words.say("project-add")),
        ..BoardItem::default()
    };
    let section = BoardSection {
        title: words.say("programme-editions"),
        items: editions.iter().map(item).collect(),
        none: words.say("programme-no-editions"),
        ..BoardSection::default()
    };
    let page = BoardPage {
        title: programme.name.clone(),
        lead: programme.summary.get(visit.language).to_owned(),
        links: vec![
            link(&visit, "edition-add", &format!("{}/editions/new", place(id))),
            link(&visit, "programme-edit", &format!("{}/facts", place(id))),
        ],
        sections: vec![section],
        ..BoardPage::default()
    };
    show_board(&visit, page, Vec::new())
}

fn draw(visit: &Visit, key: &str, action: &str, cancel: &str) -> Draw {
    let words = words(visit.language);
    let head = FormHead {
        title: words.say(key),
        lead: words.say("programme-lead"),
        action: visit.path(action),
        submit: "save",
        cancel: visit.path(cancel),
        ..FormHead::default()
    };
    let specs = vec![FieldSpec::new("programme_name", Kind::Line), FieldSpec::new("summary", Kind::Lines).optional()];
    Draw { head, specs, crumbs: vec![] }
}

/// Asks for a new programme.
pub async fn new_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (staff, body) = (visit.staff().await?, path.1);
    let allowed = staff.require(crate::domain::role::Action::EditProgramme, crate::app::staff::of_body(body));
    allowed.map_err(|refusal| visit.refuse(refusal))?;
    let draw = draw(&visit, "programme-add", &format!("{}/programmes/new", body_place(body)), &body_place(body));
    show_form(&visit, draw, &Typed::default())
}

/// Adds a programme.
pub async fn add(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (body, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.add_programme(db, &staff, body, &filled)).await {
        Ok(id) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal) => {
            let draw =
                draw(&visit, "programme-add", &format!("{}/programmes/new", body_place(body)), &body_place(body));
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

async fn facts_draw(visit: &Visit, id: Uuid) -> Result<(Draw, Typed), Failed> {
    let staff = visit.staff().await?;
    let (programme, _) = visit.read(move |_, db| App::own_programme(db, &staff, id)).await?;
    let typed = Typed::default()
        .with("revision", programme.revision)
        .with("programme_name", &programme.name)
        .with("summary", programme.summary.get(visit.language));
    let mut draw = draw(visit, "programme-edit", &format!("{}/facts", place(id)), &place(id));
    draw.crumbs = vec![crumb(visit, &programme.name, &place(id))];
    Ok((draw, typed))
}

/// Asks for a programme's facts.
pub async fn facts_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (draw, typed) = facts_draw(&visit, path.1).await?;
    show_form(&visit, draw, &typed)
}

/// Changes a programme.
pub async fn facts(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.change_programme(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal) => {
            let (draw, saved) = facts_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

async fn edition_draw(visit: &Visit, id: Uuid) -> Result<Draw, Failed> {
    let staff = visit.staff().await?;
    let (programme, _) = visit.read(move |_, db| App::own_programme(db, &staff, id)).await?;
    let words = words(visit.language);
    let head = FormHead {
        kicker: programme.name.clone(),
        title: words.say("edition-add"),
        lead: words.say("edition-lead"),
        action: visit.path(&format!("{}/editions/new", place(id))),
        submit: "save",
        cancel: visit.path(&place(id)),
    };
    let specs = vec![FieldSpec::new("edition_name", Kind::Line), FieldSpec::new("years", Kind::Line)];
    Ok(Draw { head, specs, crumbs: vec![crumb(visit, &programme.name, &place(id))] })
}

/// Asks for a new edition.
pub async fn edition_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let draw = edition_draw(&visit, path.1).await?;
    show_form(&visit, draw, &Typed::default())
}

/// Adds an edition.
pub async fn add_edition(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.add_edition(db, &staff, id, &filled)).await {
        Ok(_) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal) => {
            let draw = edition_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who takes part in a project: groups and stakeholder map.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::{crumbs, place};
use super::{Draw, Form, acting, show_again, show_board, show_form, worded};
use crate::app::rosters::RosterFile;
use crate::domain::field::Typed;
use crate::domain::stakeholder::{Degree, Presence, Stakeholder};
use crate::view::BoardPage;
use crate::view::board::{BoardAct, BoardItem, BoardSection};
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// A project with its groups, map and roster.
pub async fn loaded(visit: &Visit, id: Uuid) -> Result<RosterFile, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.roster_file(db, &staff, id)).await
}

/// What is said around a step's form.
pub fn head(visit: &Visit, file: &RosterFile, step: &str) -> FormHead {
    let words = words(visit.language);
    FormHead {
        kicker: file.project.name.clone(),
        title: words.say(&format!("step-{step}")),
        lead: words.say(&format!("step-{step}-lead")),
        action: visit.path(&format!("{}/{step}", place(file.project.id))),
        submit: "save",
        cancel: visit.path(&place(file.project.id)),
    }
}

/// The framework's groups to choose from.
pub fn group_choices(visit: &Visit, file: &RosterFile) -> Vec<(String, String)> {
    let groups = file.framework.groups.iter();
    groups.map(|one| (one.code.clone(), one.name.get(visit.language).to_owned())).collect()
}

async fn groups_draw(visit: &Visit, id: Uuid) -> Result<(Draw, Typed), Failed> {
    let file = loaded(visit, id).await?;
    let choices = group_choices(visit, &file);
    let mut specs = vec![
        FieldSpec::new("group", Kind::AnyOf)
            .labelled(words(visit.language).say("field-groups"))
            .choosing(choices.clone()),
    ];
    let mut typed = Typed::default();
    for group in &file.groups {
        typed = typed.with("group", &group.group);
        if let Some(listed) = group.listed {
            typed = typed.with(&format!("listed-{}", group.group), listed);
        }
    }
    for (code, name) in choices {
        let label = words(visit.language).say_with("field-listed", [("group", name.into())]);
        specs.push(FieldSpec::new(&format!("listed-{code}"), Kind::Number).optional().labelled(label));
    }
    let crumbs = crumbs(visit, &file.project);
    Ok((Draw { head: head(visit, &file, "groups"), specs, crumbs }, typed))
}

/// Asks which groups take part.
pub async fn groups_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (draw, typed) = groups_draw(&visit, path.1).await?;
    show_form(&visit, draw, &typed)
}

/// Chooses the groups that take part.
pub async fn groups(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.choose_groups(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&format!("{}/calendar", place(id))))),
        Err(refusal) => {
            let (draw, _) = groups_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

/// The stakeholder map.
pub async fn map_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1).await?;
    let words = words(visit.language);
    let of = |presence| file.stakeholders.iter().filter(move |one| one.presence == presence);
    let items = |presence| of(presence).map(|one| stakeholder_item(&visit, &file, one)).collect();
    let sections = vec![
        BoardSection {
            title: words.say("presence-involved"),
            items: items(Presence::Involved),
            none: words.say("map-none"),
            ..BoardSection::default()
        },
        BoardSection {
            title: words.say("presence-missing"),
            text: words.say("map-missing-what"),
            items: items(Presence::Missing),
            none: words.say("map-none-missing"),
            ..BoardSection::default()
        },
    ];
    let add = format!("{}/map/new", place(file.project.id));
    let page = BoardPage {
        kicker: file.project.name.clone(),
        title: words.say("step-map"),
        lead: words.say("step-map-lead"),
        links: vec![super::link(&visit, "map-add", &add)],
        sections,
        ..BoardPage::default()
    };
    show_board(&visit, page, crumbs(&visit, &file.project))
}

fn stakeholder_item(visit: &Visit, file: &RosterFile, one: &Stakeholder) -> BoardItem {
    let words = words(visit.language);
    let degree = |key: &str, degree: Degree| words.say(&format!("{key}-{}", degree.code()));
    let group = file.framework.groups.iter().find(|group| group.code == one.group);
    let parts = [
        group.map(|group| group.name.get(visit.language).to_owned()).unwrap_or_default(),
        degree("interest", one.interest),
        degree("influence", one.influence),
        one.reached_by.clone(),
    ];
    BoardItem {
        name: one.name.clone(),
        detail: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        act: Some(BoardAct {
            action: visit.path(&format!("{}/map/{}/removal", place(file.project.id), one.id.simple())),
            label: words.say("list-remove"),
            about: one.name.clone(),
            ..BoardAct::default()
        }),
        ..BoardItem::default()
    }
}

async fn stakeholder_draw(visit: &Visit, id: Uuid) -> Result<Draw, Failed> {
    let file = loaded(visit, id).await?;
    let degrees = |key: &str| worded(visit, key, &Degree::ALL.map(Degree::code));
    let specs = vec![
        FieldSpec::new("stakeholder_name", Kind::Line),
        FieldSpec::new("group", Kind::Choice)
            .labelled(words(visit.language).say("field-one_group"))
            .choosing(group_choices(visit, &file)),
        FieldSpec::new("presence", Kind::OneOf).choosing(worded(visit, "presence", &Presence::ALL.map(Presence::code))),
        FieldSpec::new("interest", Kind::OneOf).choosing(degrees("interest")),
        FieldSpec::new("influence", Kind::OneOf).choosing(degrees("influence")),
        FieldSpec::new("reached_by", Kind::Line).optional(),
    ];
    let mut head = head(visit, &file, "map");
    head.title = words(visit.language).say("map-add");
    head.action = visit.path(&format!("{}/map/new", place(id)));
    head.cancel = visit.path(&format!("{}/map", place(id)));
    Ok(Draw { head, specs, crumbs: crumbs(visit, &file.project) })
}

/// Asks whom to put on the map.
pub async fn stakeholder_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let draw = stakeholder_draw(&visit, path.1).await?;
    let typed = Typed::default().with("presence", "involved").with("interest", "medium").with("influence", "medium");
    show_form(&visit, draw, &typed)
}

/// Puts somebody on the map.
pub async fn add_stakeholder(
    visit: Visit,
    path: web::Path<(String, Uuid)>,
    sent: Form,
) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.add_stakeholder(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&format!("{}/map", place(id))))),
        Err(refusal) => {
            let draw = stakeholder_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

/// Takes somebody off the map.
pub async fn remove_stakeholder(
    visit: Visit,
    path: web::Path<(String, Uuid, Uuid)>,
    sent: Form,
) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let (_, id, which) = path.into_inner();
    let done = visit.write(move |app, db| app.remove_stakeholder(db, &staff, id, which)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&format!("{}/map", place(id)))))
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The waves of a project as they are planned.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::{crumbs, loaded, place};
use super::{Draw, Form, acting, show_again, show_form, worded};
use crate::app::Refusal;
use crate::app::workspace::ProjectWork;
use crate::domain::field::Typed;
use crate::domain::framework::Framework;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::role::Action;
use crate::domain::wave::Collection;
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

async fn draw(visit: &Visit, id: Uuid) -> Result<(Draw, Typed), Failed> {
    let work = loaded(visit, id).await?;
    let version = work.framework.clone().ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let words = words(visit.language);
    let open: Vec<_> = version
        .framework
        .wave_types
        .iter()
        .filter(|one| !work.waves.iter().any(|wave| wave.code == one.code))
        .collect();
    let mut specs = Vec::new();
    for one in &open {
        let name = format!("{} · {}", one.code, one.name.get(visit.language));
        let said = |key: &str| words.say_with(key, [("wave", name.as_str().into())]);
        specs.push(FieldSpec::new(&format!("opens-{}", one.code), Kind::Day).optional().labelled(said("field-opens")));
        specs
            .push(FieldSpec::new(&format!("closes-{}", one.code), Kind::Day).optional().labelled(said("field-closes")));
    }
    specs.push(collection(visit));
    specs.push(FieldSpec::new("purpose", Kind::Lines).optional());
    // A wave is made from the one before it.
    let last = work.waves.last();
    let typed = Typed::default().with("collection", last.map_or("anonymous", |wave| wave.collection.code())).with(
        "purpose",
        last.map_or_else(|| words.say("purpose-default"), |wave| wave.purpose.get(visit.language).to_owned()),
    );
    let head = FormHead {
        kicker: work.project.name.clone(),
        title: words.say("calendar-title"),
        lead: format!("{} {}", words.say("calendar-lead"), minutes(visit, &work, &version.framework)),
        action: visit.path(&format!("{}/calendar", place(id))),
        submit: "calendar-button",
        cancel: visit.path(&place(id)),
    };
    Ok((Draw { head, specs, crumbs: crumbs(visit, &work.project) }, typed))
}

fn collection(visit: &Visit) -> FieldSpec {
    let modes = worded(visit, "collection-choice", &Collection::ALL.map(Collection::code));
    FieldSpec::new("collection", Kind::OneOf).choosing(modes)
}

/// How many questions and minutes the longest questionnaire of the first wave asks of anybody.
fn minutes(visit: &Visit, work: &ProjectWork, framework: &Framework) -> String {
    let kind = framework.wave_types.first().map_or("", |one| one.code.as_str());
    let level = work.project.details.level;
    let asked = |group: &str| Questionnaire::for_group(framework, kind, level, group);
    let longest = work.listed.iter().map(|entry| asked(&entry.group)).max_by_key(|one| one.questions().count());
    let Some(longest) = longest else { return String::new() };
    let said = [
        ("questions", longest.questions().count().into()),
        ("minutes", crate::view::questionnaire::minutes(longest.questions().count()).into()),
    ];
    words(visit.language).say_with("calendar-minutes", said)
}

/// Asks which waves are planned, and when.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (draw, typed) = draw(&visit, path.1).await?;
    show_form(&visit, draw, &typed)
}

/// Plans waves.
pub async fn plan(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.plan_waves(db, &staff, id, &filled)).await {
        Ok(_) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal) => {
            let (draw, _) = draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

async fn wave_draw(visit: &Visit, id: Uuid, noun: &str, specs: Vec<FieldSpec>) -> Result<(Draw, Typed), Failed> {
    let staff = visit.staff().await?;
    let file = visit.read(move |app, db| app.wave_file(db, &staff, id, Action::EditProject)).await?;
    let (wave, project) = (file.wave, file.project);
    let words = words(visit.language);
    let typed = Typed::default()
        .with("revision", wave.revision)
        .with("opens_on", wave.opens_on)
        .with("closes_on", wave.closes_on)
        .with("collection", wave.collection.code())
        .with("purpose", wave.purpose.get(visit.language));
    let here = format!("/staff/waves/{}", id.simple());
    let head = FormHead {
        kicker: format!("{} · {}", project.name, wave.code),
        title: words.say(&format!("wave-{noun}")),
        lead: words.say(&format!("wave-{noun}-lead")),
        action: visit.path(&format!("{here}/{noun}")),
        submit: if noun == "plan" { "save" } else { "remove-button" },
        cancel: visit.path(&here),
    };
    let mut crumbs = crumbs(visit, &project);
    crumbs.push(super::crumb(visit, &wave.code, &here));
    Ok((Draw { head, specs, crumbs }, typed))
}

fn plan_specs(visit: &Visit) -> Vec<FieldSpec> {
    vec![
        FieldSpec::new("opens_on", Kind::Day),
        FieldSpec::new("closes_on", Kind::Day),
        collection(visit),
        FieldSpec::new("purpose", Kind::Lines).optional(),
    ]
}

/// Asks for the plan of a wave.
pub async fn wave_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let specs = plan_specs(&visit);
    let (draw, typed) = wave_draw(&visit, path.1, "plan", specs).await?;
    show_form(&visit, draw, &typed)
}

/// Changes the plan of a wave.
pub async fn change_wave(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.change_wave(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&format!("/staff/waves/{}", id.simple())))),
        Err(refusal) => {
            let (draw, saved) = wave_draw(&visit, id, "plan", plan_specs(&visit)).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

/// Asks for the code of a wave before it is taken away.
pub async fn removal_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let specs = vec![FieldSpec::new("typed_name", Kind::Line)];
    let (draw, _) = wave_draw(&visit, path.1, "removal", specs).await?;
    show_form(&visit, draw, &Typed::default())
}

/// Takes a drafted wave away.
pub async fn removal(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.remove_wave(db, &staff, id, &filled)).await {
        Ok(project) => Ok(see_other(&visit.path(&place(project)))),
        Err(refusal) => {
            let specs = vec![FieldSpec::new("typed_name", Kind::Line)];
            let (draw, _) = wave_draw(&visit, id, "removal", specs).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

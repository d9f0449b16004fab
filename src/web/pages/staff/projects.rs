// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A project as it is set up: how far it is, its facts, its context, its scoring profile, its removal.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use uuid::Uuid;

use super::organisations::place as body_place;
use super::workspace::stands;
use super::{Draw, Form, acting, crumb, link, show_again, show_board, show_form, worded};
use crate::app::App;
use crate::app::frameworks::FrameworkVersion;
use crate::app::staff::of_body;
use crate::app::workspace::ProjectWork;
use crate::domain::field::Typed;
use crate::domain::framework::{ContextLevel, Level};
use crate::domain::profile::Voice;
use crate::domain::programme::{Edition, Programme, Project};
use crate::domain::role::Action;
use crate::domain::wave::Wave;
use crate::store::Db;
use crate::view::board::{BoardItem, BoardSection, Fact};
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::words::words;
use crate::view::{BoardPage, Crumb};
use crate::web::failure::Failed;
use crate::web::pages::projects::dates;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// The edition a new project belongs to.
#[derive(Debug, Deserialize)]
pub struct Within {
    edition: Option<Uuid>,
}

/// Where a project is in the workspace.
pub fn place(id: Uuid) -> String {
    format!("/staff/projects/{}", id.simple())
}

/// The way back up to a project.
pub fn crumbs(visit: &Visit, project: &Project) -> Vec<Crumb> {
    vec![crumb(visit, &project.name, &place(project.id))]
}

/// A project as its staff see it.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (staff, id) = (visit.staff().await?, path.1);
    let work = visit.read(move |app, db| app.project_work(db, &staff, id, Action::SeeWork)).await?;
    let words = words(visit.language);
    let fact = |key: &str, value: String| Fact { name: words.say(key), value };
    let mut facts = vec![fact("fact-body", work.organisation.name.clone())];
    if let Some((edition, programme)) = &work.edition {
        facts.push(fact("fact-edition", format!("{} · {}", programme.name, edition.name.get(visit.language))));
    }
    if let Some(version) = &work.framework {
        let framework = &version.framework;
        facts.push(fact("fact-framework", format!("{} {}", framework.title.get(visit.language), framework.version)));
    }
    let page = BoardPage {
        kicker: work.organisation.name.clone(),
        title: work.project.name.clone(),
        lead: work.project.summary.get(visit.language).to_owned(),
        facts,
        sections: sections(&visit, &work),
        ..BoardPage::default()
    };
    show_board(&visit, page, Vec::new())
}

fn sections(visit: &Visit, work: &ProjectWork) -> Vec<BoardSection> {
    let words = words(visit.language);
    let may = |action: Action| work.allowed.contains(&action);
    let mut sections = Vec::new();
    if may(Action::EditProject) || may(Action::EditRoster) {
        sections.push(BoardSection {
            title: words.say("project-steps"),
            text: words.say("project-steps-what"),
            items: steps(visit, work),
            ..BoardSection::default()
        });
    }
    let plan = may(Action::EditProject) && work.framework.is_some();
    sections.push(BoardSection {
        title: words.say("project-waves"),
        items: work.waves.iter().map(|wave| wave_item(visit, wave)).collect(),
        none: words.say("project-no-waves"),
        links: plan
            .then(|| link(visit, "calendar-add", &format!("{}/calendar", place(work.project.id))))
            .into_iter()
            .collect(),
        ..BoardSection::default()
    });
    if may(Action::Remove) {
        sections.push(BoardSection {
            title: words.say("project-more"),
            links: vec![
                link(visit, "project-public-page", &format!("/projects/{}", work.project.id.simple())),
                link(visit, "project-remove", &format!("{}/removal", place(work.project.id))),
            ],
            ..BoardSection::default()
        });
    }
    sections
}

fn steps(visit: &Visit, work: &ProjectWork) -> Vec<BoardItem> {
    let words = words(visit.language);
    let named: u32 = work.listed.iter().filter_map(|entry| entry.listed).sum();
    let groups = work.listed.len();
    let said = [("groups", groups.into()), ("listed", named.into())];
    let frozen = if work.frozen { "step-profile-frozen" } else { "step-profile-what" };
    let all = [
        (Action::EditProject, "facts", words.say("step-facts-what"), work.framework.is_some()),
        (Action::EditProject, "context", words.say("step-context-what"), work.context_described()),
        (Action::EditProject, "groups", words.say_with("step-groups-what", said), groups > 0),
        (Action::EditProject, "map", map_words(visit, work), work.on_map.0 > 0),
        (Action::EditRoster, "roster", words.say_with("step-roster-what", [("listed", named.into())]), named > 0),
        (Action::EditProject, "profile", words.say(frozen), true),
        (Action::EditProject, "measures", words.say("step-measures-what"), work.figures > 0),
    ];
    let allowed = all.into_iter().filter(|(action, ..)| work.allowed.contains(action));
    allowed
        .map(|(_, key, detail, done)| BoardItem {
            name: words.say(&format!("step-{key}")),
            href: visit.path(&format!("{}/{key}", place(work.project.id))),
            detail,
            flag: words.say(if done { "step-done" } else { "step-open" }),
            good: done,
            ..BoardItem::default()
        })
        .collect()
}

fn map_words(visit: &Visit, work: &ProjectWork) -> String {
    let (all, missing) = work.on_map;
    words(visit.language).say_with("step-map-what", [("all", all.into()), ("missing", missing.into())])
}

fn wave_item(visit: &Visit, wave: &Wave) -> BoardItem {
    BoardItem {
        name: wave.code.clone(),
        href: visit.path(&format!("/staff/waves/{}", wave.id.simple())),
        detail: dates(visit, wave),
        flag: stands(visit, wave),
        good: true,
        ..BoardItem::default()
    }
}

fn facts_specs(visit: &Visit, versions: &[FrameworkVersion]) -> Vec<FieldSpec> {
    let version = |one: &FrameworkVersion| {
        (one.sha256.clone(), format!("{} {}", one.framework.title.get(visit.language), one.framework.version))
    };
    vec![
        FieldSpec::new("project_name", Kind::Line),
        FieldSpec::new("summary", Kind::Lines).optional(),
        FieldSpec::new("territory", Kind::Line).optional(),
        FieldSpec::new("municipality", Kind::Line).optional(),
        FieldSpec::new("lead", Kind::Line).optional(),
        FieldSpec::new("starts_on", Kind::Day).optional(),
        FieldSpec::new("ends_on", Kind::Day).optional(),
        FieldSpec::new("framework", Kind::Choice).choosing(versions.iter().map(version).collect()),
        FieldSpec::new("level", Kind::OneOf).choosing(worded(visit, "level", &["core", "extended"])),
    ]
}

fn new_draw(visit: &Visit, body: Uuid, versions: &[FrameworkVersion]) -> Draw {
    let words = words(visit.language);
    let head = FormHead {
        title: words.say("project-add"),
        lead: words.say("project-add-lead"),
        action: visit.path(&format!("{}/projects/new", body_place(body))),
        submit: "project-add-button",
        cancel: visit.path("/staff"),
        ..FormHead::default()
    };
    Draw { head, specs: facts_specs(visit, versions), crumbs: vec![] }
}

/// The draw of a new project with the editions it may belong to.
async fn new_draw_with_editions(visit: &Visit, body: Uuid, chosen: &str) -> Result<Draw, Failed> {
    let staff = visit.staff().await?;
    staff.require(Action::SeeWork, of_body(body)).map_err(|refusal| visit.refuse(refusal))?;
    let read = move |app: &App, db: &mut Db| app.choices_of_body(db, &staff, body);
    let (editions, versions) = visit.read(read).await?;
    let mut choices = vec![(String::new(), words(visit.language).say("choose-no-edition"))];
    let named = |(programme, edition): &(Programme, Edition)| {
        (edition.id.simple().to_string(), format!("{} · {}", programme.name, edition.name.get(visit.language)))
    };
    choices.extend(editions.iter().map(named));
    let mut draw = new_draw(visit, body, &versions);
    let within = choices.iter().find(|(id, _)| !id.is_empty() && id == chosen);
    draw.head.kicker = within.map(|(_, name)| name.clone()).unwrap_or_default();
    if choices.len() > 1 {
        draw.specs.push(FieldSpec::new("edition", Kind::Choice).optional().choosing(choices));
    }
    Ok(draw)
}

/// Asks for a new project.
pub async fn new_page(
    visit: Visit,
    path: web::Path<(String, Uuid)>,
    within: web::Query<Within>,
) -> Result<HttpResponse, Failed> {
    let edition = within.edition.map(|id| id.simple().to_string()).unwrap_or_default();
    let draw = new_draw_with_editions(&visit, path.1, &edition).await?;
    show_form(&visit, draw, &Typed::default().with("level", "core").with("edition", edition))
}

/// Adds a project.
pub async fn add(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (body, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.add_project(db, &staff, body, &filled)).await {
        Ok(id) => Ok(see_other(&visit.path(&format!("{}/context", place(id))))),
        Err(refusal) => {
            let draw = new_draw_with_editions(&visit, body, typed.get("edition")).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

/// A project that is to be changed.
pub async fn loaded(visit: &Visit, id: Uuid) -> Result<ProjectWork, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.project_work(db, &staff, id, Action::EditProject)).await
}

fn draw(visit: &Visit, work: &ProjectWork, step: &str, specs: Vec<FieldSpec>) -> Draw {
    let words = words(visit.language);
    let id = work.project.id;
    let head = FormHead {
        kicker: work.project.name.clone(),
        title: words.say(&format!("step-{step}")),
        lead: words.say(&format!("step-{step}-lead")),
        action: visit.path(&format!("{}/{step}", place(id))),
        submit: "save",
        cancel: visit.path(&place(id)),
    };
    Draw { head, specs, crumbs: crumbs(visit, &work.project) }
}

async fn facts_draw(visit: &Visit, id: Uuid) -> Result<(Draw, Typed), Failed> {
    let work = loaded(visit, id).await?;
    let (project, details) = (&work.project, &work.project.details);
    let typed = Typed::default()
        .with("revision", project.revision)
        .with("project_name", &project.name)
        .with("summary", project.summary.get(visit.language))
        .with("territory", &project.territory)
        .with("municipality", written(details.municipality.as_ref()))
        .with("lead", &project.lead)
        .with("starts_on", written(details.starts_on))
        .with("ends_on", written(details.ends_on))
        .with("framework", details.framework_sha256.clone().unwrap_or_default())
        .with("level", if details.level == Level::Extended { "extended" } else { "core" });
    let body = project.organisation_id;
    let versions = visit.read(move |app, db| app.choosable_by(db, body)).await?;
    Ok((draw(visit, &work, "facts", facts_specs(visit, &versions)), typed))
}

/// What a field shows of a value that may be missing.
pub fn written(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Asks for a project's facts.
pub async fn facts_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (draw, typed) = facts_draw(&visit, path.1).await?;
    show_form(&visit, draw, &typed)
}

/// Changes a project's facts.
pub async fn facts(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.change_project(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal) => {
            let (draw, saved) = facts_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

async fn context_draw(visit: &Visit, id: Uuid) -> Result<(Draw, Typed), Failed> {
    let work = loaded(visit, id).await?;
    let contexts = work.framework.as_ref().map(|version| version.framework.contexts.clone()).unwrap_or_default();
    let mut typed = Typed::default().with("revision", work.project.revision);
    let mut specs = Vec::new();
    for context in contexts.iter().filter(|one| one.level == ContextLevel::Project) {
        let name = format!("context-{}", context.code);
        let mut options = vec![(String::new(), words(visit.language).say("choose"))];
        options.extend(context.options.iter().map(|one| (one.code.clone(), one.name.get(visit.language).to_owned())));
        let known = work.project.details.context.get(&context.code).cloned().unwrap_or_default();
        typed = typed.with(&name, known);
        let label = context.name.get(visit.language);
        let kind = if context.options.is_empty() { Kind::Line } else { Kind::Choice };
        specs.push(FieldSpec::new(&name, kind).labelled(label).choosing(options));
    }
    Ok((draw(visit, &work, "context", specs), typed))
}

/// Asks for a project's context.
pub async fn context_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (draw, typed) = context_draw(&visit, path.1).await?;
    show_form(&visit, draw, &typed)
}

/// Describes a project's context.
pub async fn context(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.describe_context(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&format!("{}/groups", place(id))))),
        Err(refusal) => {
            let (draw, saved) = context_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

async fn profile_draw(visit: &Visit, id: Uuid) -> Result<(Draw, Typed), Failed> {
    let work = loaded(visit, id).await?;
    let (profile, revision) = work.profile();
    let groups = work.framework.as_ref().map(|version| version.framework.groups.clone()).unwrap_or_default();
    let groups = groups.iter().map(|one| (one.code.clone(), one.name.get(visit.language).to_owned()));
    let mut typed = Typed::default()
        .with("revision", revision)
        .with("k_show", profile.k_show)
        .with("k_dist", profile.k_dist)
        .with("mid", profile.mid)
        .with("voice", profile.voice.code());
    for code in &profile.essential_groups {
        typed = typed.with("essential", code);
    }
    let specs = vec![
        FieldSpec::new("k_show", Kind::Number),
        FieldSpec::new("k_dist", Kind::Number),
        FieldSpec::new("mid", Kind::Number),
        FieldSpec::new("voice", Kind::OneOf).choosing(worded(visit, "voice", &Voice::ALL.map(Voice::code))),
        FieldSpec::new("essential", Kind::AnyOf).optional().choosing(groups.collect()),
    ];
    let mut draw = draw(visit, &work, "profile", specs);
    if work.edition.is_some() {
        draw.head.lead = words(visit.language).say("step-profile-edition");
    }
    Ok((draw, typed))
}

/// Asks for a project's scoring profile.
pub async fn profile_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (draw, typed) = profile_draw(&visit, path.1).await?;
    show_form(&visit, draw, &typed)
}

/// Changes a project's scoring profile.
pub async fn profile(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.change_profile(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal) => {
            let (draw, saved) = profile_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

async fn removal_draw(visit: &Visit, id: Uuid) -> Result<Draw, Failed> {
    let work = loaded(visit, id).await?;
    let mut draw = draw(visit, &work, "removal", vec![FieldSpec::new("typed_name", Kind::Line)]);
    draw.head.submit = "remove-button";
    Ok(draw)
}

/// Asks for the name of a project before it is taken away.
pub async fn removal_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let draw = removal_draw(&visit, path.1).await?;
    show_form(&visit, draw, &Typed::default())
}

/// Takes a project away.
pub async fn removal(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.remove_project(db, &staff, id, &filled)).await {
        Ok(body) => Ok(see_other(&visit.path(&format!("{}/bin", body_place(body))))),
        Err(refusal) => {
            let draw = removal_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

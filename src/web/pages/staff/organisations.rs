// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A body: its particulars, its audit, and what was taken away.

use actix_web::http::header::{CONTENT_DISPOSITION, ContentType};
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use uuid::Uuid;

use super::{Draw, Form, acting, crumb, link, show_again, show_board, show_form, worded};
use crate::app::staff::{Staff, of_body};
use crate::app::{App, Refusal, audit};
use crate::domain::audit::AuditEntry;
use crate::domain::body::RuntsSection;
use crate::domain::field::Typed;
use crate::domain::programme::{BodyKind, Organisation};
use crate::domain::role::Action;
use crate::view::board::{BoardAct, BoardItem, BoardSection, Fact, PageLink};
use crate::view::forms::{FieldSpec, FormHead, FormLink, Kind};
use crate::view::words::words;
use crate::view::{BoardPage, Crumb, numbers};
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// A page of a long list.
#[derive(Debug, Deserialize)]
pub struct At {
    page: Option<i64>,
}

/// Where a body is in the workspace.
pub fn place(id: Uuid) -> String {
    format!("/staff/organisations/{}", id.simple())
}

/// The way back up to a body.
pub fn crumbs(visit: &Visit, body: &Organisation) -> Vec<Crumb> {
    vec![crumb(visit, &body.name, &place(body.id))]
}

/// A body as its staff see it.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (staff, id) = (visit.staff().await?, path.1);
    let asking = staff.clone();
    let bodies = visit.read(move |_, db| App::own_organisations(db, &asking)).await?;
    let body = bodies.into_iter().find(|body| body.id == id).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let code = body.details.municipality.clone();
    let municipality = visit.read(move |_, db| App::place_name(db, code.as_deref())).await?;
    let words = words(visit.language);
    let page = BoardPage {
        title: body.name.clone(),
        facts: facts(&visit, &body, municipality),
        sections: vec![BoardSection {
            title: words.say("wave-acts"),
            links: links(&visit, &staff, id),
            none: words.say("organisation-no-acts"),
            ..BoardSection::default()
        }],
        ..BoardPage::default()
    };
    show_board(&visit, page, Vec::new())
}

fn facts(visit: &Visit, body: &Organisation, municipality: Option<String>) -> Vec<Fact> {
    let words = words(visit.language);
    let written = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let details = &body.details;
    let kind = Some(words.say(&format!("body-kind-{}", details.kind.code())));
    let section = details.runts_section.as_ref().map(|code| words.say(&format!("runts-{code}")));
    let all = [
        ("field-kind", kind),
        ("field-contact", Some(body.contact.clone())),
        ("field-tax_code", details.tax_code.clone()),
        ("field-ipa_code", details.ipa_code.clone()),
        ("field-runts_section", section),
        ("field-municipality", municipality),
        ("field-part_of", written(&details.part_of)),
        ("field-address", written(&details.address)),
        ("field-telephone", written(&details.telephone)),
        ("field-registered_email", written(&details.registered_email)),
        ("field-website", written(&details.website)),
    ];
    all.into_iter().filter_map(|(key, value)| Some(Fact { name: words.say(key), value: value? })).collect()
}

fn links(visit: &Visit, staff: &Staff, id: Uuid) -> Vec<FormLink> {
    let place = place(id);
    let all = [
        (Action::EditProject, "project-add", "/projects/new"),
        (Action::EditProgramme, "programme-add", "/programmes/new"),
        (Action::EditProject, "frameworks-own-title", "/frameworks"),
        (Action::ManagePeople, "people-title", "/people"),
        (Action::EditOrganisation, "organisation-edit", "/particulars"),
        (Action::ReadAudit, "audit-title", "/audit"),
        (Action::Remove, "bin-title", "/bin"),
    ];
    let allowed = all.into_iter().filter(|(action, ..)| staff.may(*action, of_body(id)));
    allowed.map(|(_, key, end)| link(visit, key, &format!("{place}{end}"))).collect()
}

fn draw(visit: &Visit, key: &str, action: &str, crumbs: Vec<Crumb>) -> Draw {
    let words = words(visit.language);
    let head = FormHead {
        title: words.say(key),
        lead: words.say("organisation-lead"),
        action: visit.path(action),
        submit: "save",
        cancel: visit.path("/staff"),
        ..FormHead::default()
    };
    let mut sections = vec![(String::new(), words.say("choose-none"))];
    sections.extend(worded(visit, "runts", &RuntsSection::ALL.map(RuntsSection::code)));
    let specs = vec![
        FieldSpec::new("body_name", Kind::Line),
        FieldSpec::new("kind", Kind::Choice).choosing(worded(visit, "body-kind", &BodyKind::ALL.map(BodyKind::code))),
        FieldSpec::new("contact", Kind::Line),
        FieldSpec::new("tax_code", Kind::Line).optional(),
        FieldSpec::new("ipa_code", Kind::Line).optional(),
        FieldSpec::new("runts_section", Kind::Choice).optional().choosing(sections),
        FieldSpec::new("municipality", Kind::Line).optional(),
        FieldSpec::new("part_of", Kind::Line).optional(),
        FieldSpec::new("address", Kind::Line).optional(),
        FieldSpec::new("telephone", Kind::Line).optional(),
        FieldSpec::new("registered_email", Kind::Line).optional(),
        FieldSpec::new("website", Kind::Line).optional(),
        FieldSpec::new("privacy_page", Kind::Line).optional(),
        FieldSpec::new("accessibility_page", Kind::Line).optional(),
    ];
    Draw { head, specs, crumbs }
}

/// Asks for a new body.
pub async fn new_page(visit: Visit) -> Result<HttpResponse, Failed> {
    let staff = visit.staff().await?;
    staff.require_operator().map_err(|refusal| visit.refuse(refusal))?;
    let draw = draw(&visit, "organisation-add", "/staff/organisations/new", vec![]);
    show_form(&visit, draw, &Typed::default())
}

/// Adds a body.
pub async fn add(visit: Visit, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let filled = typed.clone();
    match visit.write(move |app, db| app.add_organisation(db, &staff, &filled)).await {
        Ok(id) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal) => {
            let draw = draw(&visit, "organisation-add", "/staff/organisations/new", vec![]);
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

async fn particulars_draw(visit: &Visit, id: Uuid) -> Result<(Draw, Typed), Failed> {
    let staff = visit.staff().await?;
    let body = visit.read(move |_, db| App::organisation(db, &staff, id)).await?;
    let details = &body.details;
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    let typed = Typed::default()
        .with("revision", body.revision)
        .with("body_name", &body.name)
        .with("kind", details.kind.code())
        .with("contact", &body.contact)
        .with("tax_code", optional(&details.tax_code))
        .with("ipa_code", optional(&details.ipa_code))
        .with("runts_section", optional(&details.runts_section))
        .with("municipality", optional(&details.municipality))
        .with("part_of", &details.part_of)
        .with("address", &details.address)
        .with("telephone", &details.telephone)
        .with("registered_email", &details.registered_email)
        .with("website", &details.website)
        .with("privacy_page", &details.privacy_page)
        .with("accessibility_page", &details.accessibility_page);
    let draw = draw(visit, "organisation-edit", &format!("{}/particulars", place(id)), crumbs(visit, &body));
    Ok((draw, typed))
}

/// Asks for a body's particulars.
pub async fn particulars_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (draw, typed) = particulars_draw(&visit, path.1).await?;
    show_form(&visit, draw, &typed)
}

/// Changes a body's particulars.
pub async fn particulars(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.change_organisation(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal) => {
            let (draw, saved) = particulars_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

/// The audit of a body.
pub async fn audit(visit: Visit, path: web::Path<(String, Uuid)>, at: web::Query<At>) -> Result<HttpResponse, Failed> {
    let (staff, id) = (visit.staff().await?, path.1);
    let page = at.page.unwrap_or(1).max(1);
    let (body, entries, count) =
        visit.read(move |_, db| App::audit_of(db, &staff, id, (page - 1) * audit::PAGE)).await?;
    let words = words(visit.language);
    let item = |entry: &AuditEntry| BoardItem {
        name: words.find(&format!("audit-{}", entry.act.replace('.', "-"))).unwrap_or_else(|| entry.act.clone()),
        detail: format!("{} · {} · {}", numbers::moment(entry.recorded_at, visit.language), entry.actor, entry.subject),
        ..BoardItem::default()
    };
    let last = usize::try_from((count + audit::PAGE - 1) / audit::PAGE).unwrap_or(1);
    let pages = (1..=last).map(|number| PageLink {
        number,
        href: format!("{}/audit?page={number}", visit.path(&place(id))),
        current: i64::try_from(number) == Ok(page),
    });
    let board = BoardPage {
        kicker: body.name.clone(),
        title: words.say("audit-title"),
        lead: words.say("audit-lead"),
        links: vec![link(&visit, "audit-export", &format!("{}/audit.csv", place(id)))],
        sections: vec![BoardSection { items: entries.iter().map(item).collect(), ..BoardSection::default() }],
        pages: if last > 1 { pages.collect() } else { Vec::new() },
        ..BoardPage::default()
    };
    show_board(&visit, board, crumbs(&visit, &body))
}

/// The audit of a body as a file.
pub async fn audit_file(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (staff, id) = (visit.staff().await?, path.1);
    let (_, entries, _) = visit
        .read(move |_, db| {
            let (body, _, count) = App::audit_of(db, &staff, id, 0)?;
            let mut all = Vec::new();
            while i64::try_from(all.len()).unwrap_or(i64::MAX) < count {
                let skip = i64::try_from(all.len()).unwrap_or(0);
                let (_, some, _) = App::audit_of(db, &staff, id, skip)?;
                if some.is_empty() {
                    break;
                }
                all.extend(some);
            }
            Ok((body, all, count))
        })
        .await?;
    let file = crate::export::audit::csv(&entries).map_err(|error| Failed::internal(&visit, &error))?;
    Ok(HttpResponse::Ok()
        .content_type(ContentType("text/csv; charset=utf-8".parse().unwrap_or(actix_web::mime::TEXT_CSV)))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""))
        .body(file))
}

/// What was taken away and can be brought back.
pub async fn bin(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (staff, id) = (visit.staff().await?, path.1);
    let (body, removed) = visit
        .read(move |app, db| {
            let removed = app.removed(db, &staff, id)?;
            let body = App::own_organisations(db, &staff)?.into_iter().find(|body| body.id == id);
            Ok((body.ok_or(Refusal::NotFound)?, removed))
        })
        .await?;
    let words = words(visit.language);
    let item = |one: &crate::app::planning::Removed| BoardItem {
        name: one.name.clone(),
        detail: words.say_with(
            "bin-removed",
            [
                ("kind", words.say(&format!("bin-{}", one.kind)).into()),
                ("moment", numbers::moment(one.at, visit.language).into()),
            ],
        ),
        act: Some(BoardAct {
            action: visit.path(&format!("{}/bin/{}/restoring", place(id), one.id.simple())),
            label: words.say("bin-restore"),
            about: one.name.clone(),
            ..BoardAct::default()
        }),
        ..BoardItem::default()
    };
    let section = BoardSection {
        items: removed.iter().map(item).collect(),
        none: words.say("bin-empty"),
        ..BoardSection::default()
    };
    let page = BoardPage {
        kicker: body.name.clone(),
        title: words.say("bin-title"),
        lead: words.say("bin-lead"),
        sections: vec![section],
        ..BoardPage::default()
    };
    show_board(&visit, page, crumbs(&visit, &body))
}

/// Brings something back.
pub async fn restore(visit: Visit, path: web::Path<(String, Uuid, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let (_, body, id) = path.into_inner();
    let done = visit.write(move |app, db| app.restore(db, &staff, body, id)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&format!("{}/bin", place(body)))))
}

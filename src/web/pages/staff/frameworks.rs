// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Framework versions of a body's own: frozen here, or brought in from a file; each can be taken away as a file.

use actix_multipart::form::MultipartForm;
use actix_multipart::form::bytes::Bytes;
use actix_multipart::form::text::Text as Part;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::organisations::place as body_place;
use super::{Draw, acting, link, show_again, show_board, show_form, translations};
use crate::app::App;
use crate::app::frameworks::FrameworkVersion;
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::local_indicator::OwnFramework;
use crate::store::Db;
use crate::view::BoardPage;
use crate::view::board::{BoardItem, BoardSection};
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::numbers;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// A framework file as it arrives.
#[derive(Debug, MultipartForm)]
pub struct FrameworkForm {
    form_token: Part<String>,
    #[multipart(limit = "2MiB")]
    framework_file: Option<Bytes>,
}

fn board(body: Uuid) -> String {
    format!("{}/frameworks", body_place(body))
}

/// The versions that a body has beside those of the program.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (staff, body) = (visit.staff().await?, path.1);
    let read =
        move |app: &App, db: &mut Db| Ok((app.frameworks_of_body(db, &staff, body)?, app.choosable_by(db, body)?));
    let (own, all) = visit.read(read).await?;
    let words = words(visit.language);
    let item = |(own, version): &(OwnFramework, FrameworkVersion)| {
        let from = if own.wave_id.is_some() { "frameworks-own-frozen" } else { "frameworks-own-imported" };
        let day = numbers::day(own.added_on, visit.language);
        let told = words.say_with(from, [("who", own.added_by.as_str().into()), ("day", day.into())]);
        BoardItem {
            name: format!("{} {}", version.framework.title.get(visit.language), version.framework.version),
            href: visit.path(&format!("{}/{}", board(body), own.sha256)),
            detail: format!("{told} · SHA-256 {}", own.sha256),
            ..BoardItem::default()
        }
    };
    let section = BoardSection {
        items: own.iter().map(item).collect(),
        none: words.say("frameworks-own-none"),
        ..BoardSection::default()
    };
    let languages = BoardSection {
        title: words.say("translations-title"),
        text: words.say("translations-versions-what"),
        items: all.iter().map(|version| languages_item(&visit, body, version)).collect(),
        ..BoardSection::default()
    };
    let page = BoardPage {
        title: words.say("frameworks-own-title"),
        lead: words.say("frameworks-own-lead"),
        links: vec![link(&visit, "frameworks-own-add", &format!("{}/new", board(body)))],
        sections: vec![section, languages],
        ..BoardPage::default()
    };
    show_board(&visit, page, vec![])
}

fn languages_item(visit: &Visit, body: Uuid, version: &FrameworkVersion) -> BoardItem {
    let framework = &version.framework;
    BoardItem {
        name: format!("{} {}", framework.title.get(visit.language), framework.version),
        href: visit.path(&translations::place(body, &version.sha256)),
        ..BoardItem::default()
    }
}

/// A version as a file.
pub async fn file(visit: Visit, path: web::Path<(String, Uuid, String)>) -> Result<HttpResponse, Failed> {
    let staff = visit.staff().await?;
    let (_, body, sha256) = path.into_inner();
    let (name, text) = visit.read(move |app, db| app.framework_file(db, &staff, (body, &sha256))).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/toml; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(text))
}

fn draw(visit: &Visit, body: Uuid) -> Draw {
    let words = words(visit.language);
    let head = FormHead {
        kicker: String::new(),
        title: words.say("frameworks-own-add"),
        lead: words.say("frameworks-own-add-lead"),
        action: visit.path(&format!("{}/new", board(body))),
        submit: "frameworks-own-add",
        cancel: visit.path(&board(body)),
    };
    let crumbs = vec![super::crumb(visit, &words.say("frameworks-own-title"), &board(body))];
    Draw { head, specs: vec![FieldSpec::new("framework_file", Kind::File)], crumbs }
}

/// Asks for a file.
pub async fn new_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (staff, body) = (visit.staff().await?, path.1);
    visit.read(move |app, db| app.frameworks_of_body(db, &staff, body)).await?;
    show_form(&visit, draw(&visit, body), &Typed::default())
}

/// Brings a version in from a file.
pub async fn add(
    visit: Visit,
    path: web::Path<(String, Uuid)>,
    sent: MultipartForm<FrameworkForm>,
) -> Result<HttpResponse, Failed> {
    let sent = sent.into_inner();
    let token = vec![("form_token".to_owned(), sent.form_token.into_inner())];
    let (staff, typed) = acting(&visit, web::Form(token)).await?;
    let body = path.1;
    let bytes = sent.framework_file.map(|file| file.data.to_vec()).unwrap_or_default();
    let added = match String::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => Err(FieldProblem::new("framework_file", "missing").into()),
        Ok(text) => visit.write(move |app, db| app.import_framework(db, &staff, body, &text)).await,
        Err(_) => Err(FieldProblem::new("framework_file", "not-utf8").into()),
    };
    match added {
        Ok(_) => Ok(see_other(&visit.path(&board(body)))),
        Err(refusal) => show_again(&visit, refusal, draw(&visit, body), (typed, 0)),
    }
}

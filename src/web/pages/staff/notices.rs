// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What people are told about their data in a wave: written by staff, version by version.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::paper::way_up;
use super::{Draw, Form, acting, crumb, form_page, framed, show_again, show_board, worded};
use crate::app::notices::NoticeFile;
use crate::domain::field::Typed;
use crate::domain::notice::{Notice, NoticeTemplate};
use crate::domain::text::Language;
use crate::view::BoardPage;
use crate::view::board::{BoardItem, BoardSection};
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::notice::NoticeView;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

fn place(id: Uuid) -> String {
    format!("/staff/waves/{}/notice", id.simple())
}

async fn loaded(visit: &Visit, id: Uuid) -> Result<NoticeFile, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.notice_file(db, &staff, id)).await
}

fn newest(known: &NoticeFile) -> Notice {
    known.versions.first().cloned().unwrap_or_default()
}

fn draw(visit: &Visit, known: &NoticeFile) -> Draw {
    let (words, file) = (words(visit.language), &known.file);
    let head = FormHead {
        kicker: format!("{} · {}", file.project.name, file.wave.code),
        title: words.say("notice-title"),
        lead: words.say("notice-lead"),
        action: visit.path(&place(file.wave.id)),
        submit: "notice-save",
        cancel: visit.path(&format!("/staff/waves/{}", file.wave.id.simple())),
    };
    let templates = worded(visit, "notice-template", &NoticeTemplate::ALL.map(NoticeTemplate::code));
    let specs = vec![
        FieldSpec::new("notice_template", Kind::OneOf).choosing(templates),
        FieldSpec::new("officer", Kind::Lines).optional(),
        FieldSpec::new("recipients", Kind::Lines).optional(),
        FieldSpec::new("further", Kind::Lines).optional(),
    ];
    Draw { head, specs, crumbs: way_up(visit, file) }
}

/// Asks for what differs from wave to wave.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let known = loaded(&visit, path.1).await?;
    let notice = newest(&known);
    let typed = Typed::default()
        .with("notice_template", notice.template.code())
        .with("officer", &notice.officer)
        .with("recipients", &notice.recipients)
        .with("further", &notice.further)
        .with("revision", notice.version);
    let (mut page, crumbs) = form_page(&visit, draw(&visit, &known), &typed, &[]);
    if notice.lacks_officer() {
        page.notice = words(visit.language).say("notice-lacks-officer");
    }
    page.links = vec![super::link(&visit, "notice-read", &format!("{}/text", place(path.1)))];
    let title = format!("{} – {}", page.title, page.kicker);
    visit.show(&framed(&visit, title, page.title.clone(), crumbs), &page)
}

/// Writes a further version.
pub async fn write(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let ((staff, typed), id) = (acting(&visit, sent).await?, path.1);
    let filled = typed.clone();
    match visit.write(move |app, db| app.write_notice(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&format!("{}/text", place(id))))),
        Err(refusal) => {
            let known = loaded(&visit, id).await?;
            let saved = newest(&known).version;
            show_again(&visit, refusal, draw(&visit, &known), (typed, saved))
        }
    }
}

/// Every version as people read it, the newest first.
pub async fn text(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let known = loaded(&visit, path.1).await?;
    let (words, file) = (words(visit.language), &known.file);
    let sections = known.versions.iter().map(|version| section(visit.language, &known, version));
    let page = BoardPage {
        kicker: format!("{} · {}", file.project.name, file.wave.code),
        title: words.say("notice-versions"),
        lead: words.say("notice-versions-lead"),
        links: vec![super::link(&visit, "notice-change", &place(path.1))],
        sections: sections.collect(),
        ..BoardPage::default()
    };
    let mut crumbs = way_up(&visit, file);
    crumbs.push(crumb(&visit, &words.say("notice-title"), &place(path.1)));
    show_board(&visit, page, crumbs)
}

fn section(language: Language, known: &NoticeFile, version: &Notice) -> BoardSection {
    let view = NoticeView::new(language, &known.file.organisation, &known.file.wave, version);
    let unwritten = words(language).say("notice-unwritten");
    BoardSection {
        title: if view.version.is_empty() { unwritten } else { view.version.clone() },
        items: view
            .parts
            .into_iter()
            .map(|part| BoardItem { name: part.question, detail: part.paragraphs.join(" "), ..BoardItem::default() })
            .collect(),
        ..BoardSection::default()
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Indicators of a project's own: written on a sheet, looked at as respondents will see them, tried, frozen.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use uuid::Uuid;

use super::projects::crumbs as project_crumbs;
use super::{Draw, Form, acting, crumb, form_token, framed, link, show_again, show_board, show_form};
use crate::app::local_indicators::LocalFile;
use crate::domain::field::Typed;
use crate::domain::local_indicator::{Burden, LocalIndicator, PretestNote};
use crate::domain::phase::Phase;
use crate::domain::proposal::Proposal;
use crate::domain::role::Action;
use crate::view::board::{BoardAct, BoardItem, BoardSection};
use crate::view::forms::{FieldSpec, FormHead, FormLink, Kind};
use crate::view::sheets::SheetPage;
use crate::view::words::words;
use crate::view::{BoardPage, Crumb};
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

use super::sheet_form::{filled, prefilled, specs};

/// A local indicator: language, wave, indicator.
type LocalPath = web::Path<(String, Uuid, Uuid)>;

/// The proposal that a sheet is begun from.
#[derive(Debug, Default, Deserialize)]
pub struct From {
    #[serde(default)]
    proposal: String,
}

/// Where the local indicators of a wave are in the workspace.
pub fn board(wave: Uuid) -> String {
    format!("/staff/waves/{}/local", wave.simple())
}

fn place(wave: Uuid, id: Uuid) -> String {
    format!("{}/{}", board(wave), id.simple())
}

async fn loaded(visit: &Visit, wave: Uuid) -> Result<LocalFile, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.local_file(db, &staff, wave)).await
}

/// One local indicator with everything around it.
async fn sheet(visit: &Visit, which: (Uuid, Uuid)) -> Result<(LocalFile, LocalIndicator, Vec<PretestNote>), Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.local_sheet(db, &staff, which)).await
}

fn crumbs(visit: &Visit, file: &LocalFile) -> Vec<Crumb> {
    let mut all = project_crumbs(visit, &file.project);
    all.push(crumb(visit, &file.wave.code, &format!("/staff/waves/{}", file.wave.id.simple())));
    all
}

fn kicker(file: &LocalFile) -> String {
    format!("{} · {}", file.project.name, file.wave.code)
}

/// Whether whoever asks may write here now.
fn writes(file: &LocalFile) -> bool {
    file.wave.phase == Phase::Definition && file.allowed.contains(&Action::EditProject)
}

/// The local indicators of a wave.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1).await?;
    let words = words(visit.language);
    let new = writes(&file).then(|| link(&visit, "local-new", &format!("{}/new", board(file.wave.id))));
    let all = link(&visit, "proposals-title", &super::proposals::board(file.wave.id));
    let page = BoardPage {
        kicker: kicker(&file),
        title: words.say("local-indicators"),
        lead: words.say("local-lead"),
        links: new.into_iter().chain([all]).collect(),
        sections: sections(&visit, &file),
        ..BoardPage::default()
    };
    let crumbs = crumbs(&visit, &file);
    show_board(&visit, page, crumbs)
}

fn sections(visit: &Visit, file: &LocalFile) -> Vec<BoardSection> {
    let words = words(visit.language);
    let item = |local: &LocalIndicator| BoardItem {
        name: format!("{} {}", local.code, local.sheet.title.get(visit.language)),
        href: visit.path(&place(file.wave.id, local.id)),
        detail: local.sheet.question.get(visit.language).to_owned(),
        ..BoardItem::default()
    };
    let mut sections = vec![BoardSection {
        items: file.locals.iter().map(item).collect(),
        none: words.say("local-none"),
        ..BoardSection::default()
    }];
    if writes(file) && !file.unwritten.is_empty() {
        let begin = |one: &Proposal| FormLink {
            text: one.said.title.clone(),
            href: visit.path(&format!("{}/new?proposal={}", board(file.wave.id), one.id.simple())),
        };
        sections.push(BoardSection {
            title: words.say("local-unwritten"),
            text: words.say("local-unwritten-what"),
            links: file.unwritten.iter().map(begin).collect(),
            ..BoardSection::default()
        });
    }
    let burden = |one: &Burden| BoardItem {
        name: file.core.group(&one.group).map_or("", |group| group.name.get(visit.language)).to_owned(),
        detail: words.say_with(&format!("local-many-{}", one.many_for.code()), [("count", one.items.into())]),
        ..BoardItem::default()
    };
    if !file.burdens.is_empty() {
        sections.push(BoardSection {
            title: words.say("local-many"),
            text: words.say("local-many-what"),
            items: file.burdens.iter().map(burden).collect(),
            ..BoardSection::default()
        });
    }
    sections.push(freezing(visit, file));
    sections
}

/// What is frozen, and the button that freezes.
fn freezing(visit: &Visit, file: &LocalFile) -> BoardSection {
    let words = words(visit.language);
    let own = file.frozen.as_ref();
    let text = own.map(|own| words.say_with("local-frozen", [("sha256", own.sha256.as_str().into())]));
    let file_link = own.map(|own| {
        let body = own.organisation_id.simple();
        link(visit, "local-file", &format!("/staff/organisations/{body}/frameworks/{}", own.sha256))
    });
    let freeze = writes(file) && !file.locals.is_empty();
    let act = freeze.then(|| BoardAct {
        action: visit.path(&format!("{}/freezing", board(file.wave.id))),
        label: words.say("local-freeze"),
        what: words.say("local-freeze-what"),
        ..BoardAct::default()
    });
    BoardSection {
        title: words.say("local-version"),
        text: text.unwrap_or_else(|| words.say("local-not-frozen")),
        links: file_link.into_iter().collect(),
        acts: act.into_iter().collect(),
        ..BoardSection::default()
    }
}

/// Freezes what the wave asks.
pub async fn freeze(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, form).await?;
    let wave = path.1;
    let frozen = visit.write(move |app, db| app.freeze_framework(db, &staff, wave)).await;
    frozen.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&board(wave))))
}

/// The sheet of a local indicator, with its items as respondents will see them.
pub async fn one(visit: Visit, path: LocalPath) -> Result<HttpResponse, Failed> {
    let (file, local, notes) = sheet(&visit, (path.1, path.2)).await?;
    let words = words(visit.language);
    let at = place(file.wave.id, local.id);
    let may = writes(&file);
    let links = [
        may.then(|| link(&visit, "sheet-change", &format!("{at}/sheet"))),
        file.allowed.contains(&Action::EditProject).then(|| link(&visit, "sheet-note", &format!("{at}/note"))),
    ];
    let removal = may.then(|| BoardAct {
        action: visit.path(&format!("{at}/removal")),
        label: words.say("sheet-remove"),
        about: local.code.clone(),
        ..BoardAct::default()
    });
    let page = SheetPage {
        kicker: kicker(&file),
        links: links.into_iter().flatten().collect(),
        removal,
        form_token: form_token(&visit),
        ..SheetPage::new(&local, &file.with_only(&local), &notes, visit.language)
    };
    let mut crumbs = crumbs(&visit, &file);
    crumbs.push(crumb(&visit, &words.say("local-indicators"), &board(file.wave.id)));
    let title = format!("{} – {}", page.title, page.kicker);
    visit.show(&framed(&visit, title, page.title.clone(), crumbs), &page)
}

fn draw(visit: &Visit, file: &LocalFile, (title, at): (String, &str), specs: Vec<FieldSpec>) -> Draw {
    let words = words(visit.language);
    let head = FormHead {
        kicker: kicker(file),
        title: if title == words.say("local-new") { title } else { format!("{}: {title}", words.say("local-change")) },
        lead: words.say("sheet-lead"),
        action: visit.path(at),
        submit: "save",
        cancel: visit.path(&board(file.wave.id)),
    };
    let mut crumbs = crumbs(visit, file);
    crumbs.push(crumb(visit, &words.say("local-indicators"), &board(file.wave.id)));
    Draw { head, specs, crumbs }
}

async fn new_draw(visit: &Visit, wave: Uuid, proposal: &str) -> Result<(Draw, Typed), Failed> {
    let file = loaded(visit, wave).await?;
    let from = file.unwritten.iter().find(|one| one.id.simple().to_string() == proposal);
    let title = words(visit.language).say("local-new");
    let at =
        format!("{}/new?proposal={}", board(wave), from.map(|one| one.id.simple().to_string()).unwrap_or_default());
    Ok((draw(visit, &file, (title, &at), specs(visit, &file.core)), prefilled(from, &file.core)))
}

/// Asks for a local indicator.
pub async fn new_page(
    visit: Visit,
    path: web::Path<(String, Uuid)>,
    from: web::Query<From>,
) -> Result<HttpResponse, Failed> {
    let (draw, typed) = new_draw(&visit, path.1, &from.proposal).await?;
    show_form(&visit, draw, &typed)
}

/// Begins a local indicator.
pub async fn add(
    visit: Visit,
    path: web::Path<(String, Uuid)>,
    from: web::Query<From>,
    sent: Form,
) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let proposal = from.into_inner().proposal;
    let (wave, filled) = (path.1, typed.clone().with("proposal", &proposal));
    match visit.write(move |app, db| app.add_local(db, &staff, wave, &filled)).await {
        Ok(id) => Ok(see_other(&visit.path(&place(wave, id)))),
        Err(refusal) => {
            let (draw, _) = new_draw(&visit, wave, &proposal).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

async fn change_draw(visit: &Visit, which: (Uuid, Uuid)) -> Result<(Draw, Typed), Failed> {
    let (file, local, _) = sheet(visit, which).await?;
    let title = format!("{} {}", local.code, local.sheet.title.get(visit.language));
    let at = format!("{}/sheet", place(file.wave.id, local.id));
    Ok((draw(visit, &file, (title, &at), specs(visit, &file.core)), filled(&local)))
}

/// Asks for changes of a sheet.
pub async fn change_page(visit: Visit, path: LocalPath) -> Result<HttpResponse, Failed> {
    let (draw, typed) = change_draw(&visit, (path.1, path.2)).await?;
    show_form(&visit, draw, &typed)
}

/// Changes a sheet.
pub async fn change(visit: Visit, path: LocalPath, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (which, filled) = ((path.1, path.2), typed.clone());
    match visit.write(move |app, db| app.change_local(db, &staff, which, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(which.0, which.1)))),
        Err(refusal) => {
            let (draw, saved) = change_draw(&visit, which).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

/// Takes a local indicator away.
pub async fn remove(visit: Visit, path: LocalPath, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let which = (path.1, path.2);
    let removed = visit.write(move |app, db| app.remove_local(db, &staff, which)).await;
    removed.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&board(which.0))))
}

async fn note_draw(visit: &Visit, which: (Uuid, Uuid)) -> Result<Draw, Failed> {
    let (file, local, _) = sheet(visit, which).await?;
    let words = words(visit.language);
    let framework = file.with_only(&local);
    let items = framework.indicator(&local.code).into_iter().flat_map(|one| &one.items);
    let items = items.map(|item| (item.code.clone(), format!("{} {}", item.code, item.text.get(visit.language))));
    let groups = framework.groups.iter().map(|one| (one.code.clone(), one.name.get(visit.language).to_owned()));
    let specs = vec![
        FieldSpec::new("item", Kind::OneOf).labelled(words.say("sheet-note-item")).choosing(items.collect()),
        FieldSpec::new("group", Kind::Choice).choosing(groups.collect()),
        FieldSpec::new("pretest_note", Kind::Lines),
    ];
    let at = place(file.wave.id, local.id);
    let mut draw = draw(visit, &file, (words.say("sheet-note"), &format!("{at}/note")), specs);
    draw.head.lead = words.say("sheet-note-lead");
    draw.head.cancel = visit.path(&at);
    Ok(draw)
}

/// Asks what somebody said when an item was tried.
pub async fn note_page(visit: Visit, path: LocalPath) -> Result<HttpResponse, Failed> {
    let draw = note_draw(&visit, (path.1, path.2)).await?;
    show_form(&visit, draw, &Typed::default())
}

/// Notes what somebody said when an item was tried.
pub async fn note(visit: Visit, path: LocalPath, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (which, filled) = ((path.1, path.2), typed.clone());
    match visit.write(move |app, db| app.note_pretest(db, &staff, which, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(which.0, which.1)))),
        Err(refusal) => {
            let draw = note_draw(&visit, which).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A new password by a link that works once.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Draw, Form, acting, form_page, link, people, show_again, show_board};
use crate::app::App;
use crate::app::local_sign_in::LocalSignIn;
use crate::domain::field::Typed;
use crate::view::BoardPage;
use crate::view::board::{BoardAct, BoardSection};
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// Issues a link for the holder of a grant, and shows it this once.
pub async fn issue(visit: Visit, path: web::Path<(String, Uuid, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let (_, body, grant) = path.into_inner();
    let token = visit.write(move |app, db| app.issue_reset(db, &staff, body, grant)).await;
    let token = token.map_err(|refusal| visit.refuse(refusal))?;
    let address = visit.path(&format!("/staff/reset/{token}"));
    let shown = format!("{}{address}", visit.site.options.base_url);
    people::show(&visit, body, Some(("reset-link", shown))).await
}

fn draw(visit: &Visit, token: &str) -> Draw {
    let words = words(visit.language);
    let head = FormHead {
        title: words.say("reset-title"),
        lead: words.say("reset-lead"),
        action: visit.path(&format!("/staff/reset/{token}")),
        submit: "reset-button",
        ..FormHead::default()
    };
    Draw { head, specs: vec![FieldSpec::new("password", Kind::NewPassword)], crumbs: Vec::new() }
}

/// Asks for the new password. Opening the link uses nothing up.
pub async fn page(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let token = path.into_inner().1;
    let (page, _) = form_page(&visit, draw(&visit, &token), &Typed::default(), &[]);
    visit.read(move |app, db| app.check_reset(db, &token)).await?;
    visit.show(&visit.frame(page.title.clone()), &page)
}

/// Sets the new password.
pub async fn set(visit: Visit, path: web::Path<(String, String)>, sent: Form) -> Result<HttpResponse, Failed> {
    let token = path.into_inner().1;
    let draw = draw(&visit, &token);
    let typed = Typed(sent.into_inner());
    let filled = typed.clone();
    match visit.write(move |app, db| app.reset_password(db, &token, &filled)).await {
        Ok(()) => {
            let words = words(visit.language);
            let page = BoardPage {
                title: words.say("reset-done"),
                lead: words.say("reset-done-what"),
                links: vec![link(&visit, "reset-sign-in", "/staff/sign-in")],
                ..BoardPage::default()
            };
            show_board(&visit, page, Vec::new())
        }
        Err(refusal) => show_again(&visit, refusal, draw, (typed, 0)),
    }
}

/// How a body's people come in, and the button that changes it; nothing where there is no service to choose.
pub async fn local_section(visit: &Visit, body: Uuid) -> Result<Option<BoardSection>, Failed> {
    let staff = visit.staff().await?;
    let local = visit.read(move |_, db| App::local_sign_in(db, &staff, body)).await?;
    let has_service = !visit.site.app.provider_names(visit.language).is_empty();
    if local == LocalSignIn::On && !has_service {
        return Ok(None);
    }
    let words = words(visit.language);
    let (text, label, wanted) = match local {
        LocalSignIn::On => ("local-on", "local-switch-off", "off"),
        LocalSignIn::Off => ("local-off", "local-switch-on", "on"),
    };
    let act = BoardAct {
        action: visit.path(&format!("/staff/organisations/{}/local-sign-in/{wanted}", body.simple())),
        label: words.say(label),
        what: words.say(&format!("{label}-what")),
        ..BoardAct::default()
    };
    Ok(Some(BoardSection {
        title: words.say("local-title"),
        text: words.say(text),
        acts: vec![act],
        ..BoardSection::default()
    }))
}

/// Lets a body's people in by password again.
pub async fn local_on(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    local(visit, path.1, sent, LocalSignIn::On).await
}

/// Lets a body's people in through a sign-in service only.
pub async fn local_off(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    local(visit, path.1, sent, LocalSignIn::Off).await
}

async fn local(visit: Visit, body: Uuid, sent: Form, wanted: LocalSignIn) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let done = visit.write(move |app, db| app.set_local_sign_in(db, &staff, body, wanted)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&format!("/staff/organisations/{}/people", body.simple()))))
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Passkeys: making and removing them, and coming in with one.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::account::{draw, recovery_page, renewed};
use super::providers::begun;
use super::{Draw, Form, acting, form_token, show_again, show_form, sign_in, signed_in};
use crate::app::passkeys::{Asked, KeptPasskey};
use crate::app::{App, Refusal};
use crate::domain::field::Typed;
use crate::view::board::{BoardItem, BoardSection};
use crate::view::errors::Field;
use crate::view::forms::{FieldSpec, FormLink, Kind, told};
use crate::view::numbers;
use crate::view::passkeys::PasskeyPage;
use crate::view::words::words;
use crate::web::cookies::Cookie;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// A question as a page, with the cookie that ties it to the browser.
fn show(
    visit: &Visit,
    asked: Asked,
    status: StatusCode,
    fill: impl FnOnce(PasskeyPage) -> PasskeyPage,
) -> Result<HttpResponse, Failed> {
    let page = fill(PasskeyPage {
        title: String::new(),
        lead: String::new(),
        act: "get",
        options: asked.options,
        action: visit.address.in_language(visit.language),
        button: words(visit.language).say("passkey-use"),
        without: words(visit.language).say("passkey-without"),
        name: None,
        error: String::new(),
        form_token: form_token(visit),
        cancel: visit.path("/staff/sign-in"),
    });
    let mut response = visit.show_as(status, &visit.frame(page.title.clone()), &page)?;
    let _full = response.add_cookie(&begun(asked.token));
    Ok(response)
}

fn question(visit: &Visit) -> String {
    visit.session(Cookie::Begun).map(|session| session.token).unwrap_or_default()
}

/// Asks a device for a new passkey.
pub async fn new_page(visit: Visit) -> Result<HttpResponse, Failed> {
    let device = visit.device();
    making(&visit, StatusCode::OK, (device, String::new())).await
}

async fn making(visit: &Visit, status: StatusCode, (name, error): (String, String)) -> Result<HttpResponse, Failed> {
    let (staff, language) = (visit.staff().await?, visit.language);
    let asked = visit.write(move |app, db| app.ask_for_new_passkey(db, &staff, language)).await;
    let asked = asked.map_err(|refusal| visit.refuse(refusal))?;
    let words = words(visit.language);
    show(visit, asked, status, |page| PasskeyPage {
        title: words.say("passkey-add"),
        lead: words.say("passkey-add-lead"),
        act: "create",
        button: words.say("passkey-make"),
        name: Some(Field { name: "passkey_name".to_owned(), value: name }),
        error,
        without: words.say("passkey-without-making"),
        cancel: visit.path("/staff/account"),
        ..page
    })
}

/// Adds the passkey that a device has made.
pub async fn add(visit: Visit, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let name = typed.get("passkey_name").to_owned();
    match visit.site.app.add_passkey(staff, question(&visit), typed).await {
        Ok((codes, token)) if codes.is_empty() => Ok(renewed(see_other(&visit.path("/staff/account")), token)),
        Ok((codes, token)) => Ok(renewed(recovery_page(&visit, "passkey-made", codes)?, token)),
        Err(Refusal::Invalid(problems)) => {
            let error = problems.first().map(|one| told(words(visit.language), one)).unwrap_or_default();
            making(&visit, StatusCode::UNPROCESSABLE_ENTITY, (name, error)).await
        }
        Err(refusal) => Err(visit.refuse(refusal)),
    }
}

/// Asks a device for any passkey.
pub async fn sign_in_page(visit: Visit) -> Result<HttpResponse, Failed> {
    let language = visit.language;
    let asked = visit.write(move |app, db| app.ask_for_any_passkey(db, language)).await;
    let words = words(visit.language);
    show(&visit, asked.map_err(|refusal| visit.refuse(refusal))?, StatusCode::OK, |page| PasskeyPage {
        title: words.say("passkey-sign-in"),
        lead: words.say("passkey-sign-in-lead"),
        form_token: String::new(),
        ..page
    })
}

/// Signs in with a passkey alone.
pub async fn sign_in(visit: Visit, sent: Form) -> Result<HttpResponse, Failed> {
    let now = visit.site.app.clock.now();
    if !visit.site.attempts.allows(visit.peer(), now) {
        return Err(Failed::too_many(&visit));
    }
    let response = Typed(sent.into_inner()).get("response").to_owned();
    let opened = visit.site.app.sign_in_by_passkey(question(&visit), response, visit.device()).await;
    opened.map(|signed_in| sign_in::entered(&visit, signed_in)).map_err(|refusal| {
        visit.site.attempts.failed(visit.peer(), now);
        visit.refuse(refusal)
    })
}

/// Asks a device for a passkey of the account whose password was right.
pub async fn proof_page(visit: Visit) -> Result<HttpResponse, Failed> {
    let (token, language) = (staff_token(&visit), visit.language);
    let asked = visit.write(move |app, db| app.ask_for_own_passkey(db, &token, language)).await;
    let words = words(visit.language);
    show(&visit, asked.map_err(|refusal| visit.refuse(refusal))?, StatusCode::OK, |page| PasskeyPage {
        title: words.say("second-factor-title"),
        lead: words.say("passkey-proof-lead"),
        cancel: visit.path("/staff/sign-in/second-factor"),
        ..page
    })
}

/// Takes a passkey as the second factor.
pub async fn proof(visit: Visit, sent: Form) -> Result<HttpResponse, Failed> {
    let session = signed_in(&visit, &sent)?;
    let response = Typed(sent.into_inner()).get("response").to_owned();
    let proved = visit.site.app.prove_by_passkey(session.token, question(&visit), response).await;
    proved.map(|signed_in| sign_in::entered(&visit, signed_in)).map_err(|refusal| visit.refuse(refusal))
}

fn staff_token(visit: &Visit) -> String {
    visit.session(Cookie::Staff).map(|session| session.token).unwrap_or_default()
}

/// The passkeys of one's own account, where this address takes any.
pub async fn section(visit: &Visit) -> Result<Option<BoardSection>, Failed> {
    if !visit.site.app.takes_passkeys() {
        return Ok(None);
    }
    let staff = visit.staff().await?;
    let kept = visit.read(move |_, db| App::own_passkeys(db, &staff)).await?;
    let words = words(visit.language);
    let add = FormLink { text: words.say("passkey-add"), href: visit.path("/staff/account/passkeys/new") };
    Ok(Some(BoardSection {
        title: words.say("passkeys-title"),
        text: words.say("passkeys-what"),
        items: kept.iter().map(|one| item(visit, one)).collect(),
        none: words.say("passkeys-none"),
        links: std::iter::once(add).chain(kept.iter().map(|one| removal_link(visit, one))).collect(),
        ..BoardSection::default()
    }))
}

fn item(visit: &Visit, one: &KeptPasskey) -> BoardItem {
    let words = words(visit.language);
    let moment = |at| numbers::moment(at, visit.language);
    let used = one.used_at.map_or_else(|| words.say("never-used"), moment);
    let said = [("from", moment(one.made_at).into()), ("used", used.into())];
    BoardItem { name: one.name.clone(), detail: words.say_with("passkey-detail", said), ..BoardItem::default() }
}

fn removal_link(visit: &Visit, one: &KeptPasskey) -> FormLink {
    let text = words(visit.language).say_with("passkey-remove-named", [("name", one.name.as_str().into())]);
    FormLink { text, href: visit.path(&format!("/staff/account/passkeys/{}/removal", one.id.simple())) }
}

async fn removal_draw(visit: &Visit, id: Uuid) -> Result<Draw, Failed> {
    let staff = visit.staff().await?;
    let is_last = visit.read(move |_, db| App::is_last_factor(db, &staff, id)).await?;
    let specs = if is_last { vec![FieldSpec::new("old_password", Kind::Password)] } else { Vec::new() };
    let key = if is_last { "passkey-remove-last" } else { "passkey-remove" };
    let mut draw = draw(visit, key, &format!("/staff/account/passkeys/{}/removal", id.simple()), specs);
    draw.head.submit = "passkey-remove";
    Ok(draw)
}

/// Asks before a passkey is removed.
pub async fn removal_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let draw = removal_draw(&visit, path.1).await?;
    show_form(&visit, draw, &Typed::default())
}

/// Removes a passkey.
pub async fn remove(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.remove_passkey(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path("/staff/account"))),
        Err(refusal) => {
            let draw = removal_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

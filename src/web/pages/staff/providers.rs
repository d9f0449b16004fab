// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Coming in through the sign-in service of another body: away, and back.
//!
//! These addresses are links, not forms: a browser that follows the content security policy to the letter goes nowhere
//! else after a form. Beginning keeps a row that is gone in minutes; nothing else changes before the answer.

use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use uuid::Uuid;

use super::{Form, acting, link, show_board, sign_in};
use crate::app::identities::{Aim, Callback, CameIn, OidcError, TiedIdentity};
use crate::app::{App, Refusal};
use crate::view::board::{BoardAct, BoardItem, BoardSection};
use crate::view::forms::FormLink;
use crate::view::words::words;
use crate::view::{BoardPage, numbers};
use crate::web::cookies::{self, Cookie, Session};
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// What a sign-in is begun for, besides signing in.
#[derive(Debug, Deserialize)]
pub struct For {
    invitation: Option<String>,
}

/// The links that begin a sign-in elsewhere, one for each service.
pub fn ways(visit: &Visit, query: &str) -> Vec<FormLink> {
    let words = words(visit.language);
    let way = |(id, name): (String, String)| FormLink {
        text: words.say_with("sign-in-with", [("name", name.as_str().into())]),
        href: visit.path(&format!("/staff/sign-in/{id}{query}")),
    };
    visit.site.app.provider_names(visit.language).into_iter().map(way).collect()
}

/// Sends the browser to a service.
pub async fn start(
    visit: Visit,
    path: web::Path<(String, String)>,
    wanted: web::Query<For>,
) -> Result<HttpResponse, Failed> {
    let aim = wanted.into_inner().invitation.map_or(Aim::SignIn, Aim::Invitation);
    let (url, token) = begin(&visit, path.into_inner().1, aim).await?;
    let mut response = HttpResponse::SeeOther().insert_header((LOCATION, url)).finish();
    let _full = response.add_cookie(&begun(token));
    Ok(response)
}

/// Begins to tie an identity to one's own account. The way on is a link of the page that comes.
pub async fn begin_tie(visit: Visit, path: web::Path<(String, String)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let id = path.into_inner().1;
    let names = visit.site.app.provider_names(visit.language);
    let (_, name) = names.into_iter().find(|(known, _)| *known == id).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let (url, token) = begin(&visit, id, Aim::Tie(Box::new(staff))).await?;
    let words = words(visit.language);
    let said = || [("name", name.as_str().into())];
    let page = BoardPage {
        title: words.say_with("tie-title", said()),
        lead: words.say_with("tie-lead", said()),
        links: vec![
            FormLink { text: words.say_with("tie-go", said()), href: url },
            link(&visit, "tie-not", "/staff/account"),
        ],
        ..BoardPage::default()
    };
    let mut response = show_board(&visit, page, Vec::new())?;
    let _full = response.add_cookie(&begun(token));
    Ok(response)
}

async fn begin(visit: &Visit, provider: String, aim: Aim) -> Result<(String, String), Failed> {
    let asked = provider.clone();
    let start = visit.apart(move |app| app.start_elsewhere(&asked)).await;
    let start = start.map_err(|refusal| visit.refuse(refusal))?;
    let (url, language) = (start.url.clone(), visit.language);
    let kept = visit.write(move |app, db| app.begin_elsewhere(db, (&provider, language), &aim, &start)).await;
    Ok((url, kept.map_err(|refusal| visit.refuse(refusal))?))
}

/// The cookie that ties what was begun to this browser.
pub fn begun(token: String) -> actix_web::cookie::Cookie<'static> {
    cookies::write(Cookie::Begun, &Session { token, resume_code: None })
}

/// Takes the answer of a service.
pub async fn back(
    mut visit: Visit,
    path: web::Path<String>,
    callback: web::Query<Callback>,
) -> Result<HttpResponse, Failed> {
    let now = visit.site.app.clock.now();
    if !visit.site.attempts.allows(visit.peer(), now) {
        return Err(Failed::too_many(&visit));
    }
    let done = answer(&mut visit, path.into_inner(), callback.into_inner()).await;
    match done {
        Ok(CameIn::SignedIn(signed_in)) => Ok(sign_in::entered(&visit, signed_in)),
        Ok(CameIn::Tied) => Ok(see_other(&visit.path("/staff/account"))),
        Ok(CameIn::NotTied) => {
            visit.site.attempts.failed(visit.peer(), now);
            Err(visit.refuse(Refusal::NotTied))
        }
        Err(refusal) => {
            visit.site.attempts.failed(visit.peer(), now);
            Err(visit.refuse(refusal))
        }
    }
}

async fn answer(visit: &mut Visit, provider: String, callback: Callback) -> Result<CameIn, Refusal> {
    let begun = visit.session(Cookie::Begun).ok_or(Refusal::Elsewhere(OidcError::State))?;
    let sent = callback.clone();
    let begun = visit.write(move |app, db| app.answered_elsewhere(db, &provider, &begun.token, &sent)).await?;
    // From here on the pages are in the language in which it began.
    visit.language = begun.language;
    let asked = begun.clone();
    let identity = visit.apart(move |app| app.who_elsewhere(&asked, &callback)).await?;
    let session = visit.session(Cookie::Staff).map(|session| session.token);
    let device = visit.device();
    visit.write(move |app, db| app.come_in(db, &begun, &identity, (session.as_deref(), &device))).await
}

/// The identities of one's own account, and the services that can be added.
pub async fn section(visit: &Visit) -> Result<Option<BoardSection>, Failed> {
    let staff = visit.staff().await?;
    let tied = visit.read(move |_, db| App::own_identities(db, &staff)).await?;
    let names = visit.site.app.provider_names(visit.language);
    if names.is_empty() && tied.is_empty() {
        return Ok(None);
    }
    let words = words(visit.language);
    let act = |(id, name): (String, String)| BoardAct {
        action: visit.path(&format!("/staff/account/identities/{id}/tying")),
        label: words.say_with("tie-button", [("name", name.as_str().into())]),
        ..BoardAct::default()
    };
    Ok(Some(BoardSection {
        title: words.say("identities-title"),
        text: words.say("identities-what"),
        items: tied.iter().map(|one| item(visit, one)).collect(),
        none: words.say("identities-none"),
        acts: names.into_iter().map(act).collect(),
        ..BoardSection::default()
    }))
}

fn item(visit: &Visit, one: &TiedIdentity) -> BoardItem {
    let words = words(visit.language);
    let provider = visit.site.app.provider_named(&one.issuer, visit.language);
    let moment = |at| numbers::moment(at, visit.language);
    let used = one.used_at.map_or_else(|| words.say("never-used"), moment);
    let said = [("called", one.called.as_str().into()), ("from", moment(one.tied_at).into()), ("used", used.into())];
    let name = provider.unwrap_or_else(|| one.issuer.clone());
    BoardItem {
        detail: words.say_with("identity-detail", said),
        act: Some(BoardAct {
            action: visit.path(&format!("/staff/account/identities/{}/untying", one.id.simple())),
            label: words.say("untie-button"),
            about: name.clone(),
            ..BoardAct::default()
        }),
        name,
        ..BoardItem::default()
    }
}

/// Unties an identity from one's own account.
pub async fn untie(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let id = path.1;
    let done = visit.write(move |app, db| app.untie(db, &staff, id)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path("/staff/account")))
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One's own account: password, second factor, sessions.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Draw, Form, acting, crumb, link, show_again, show_board, show_form};
use crate::app::App;
use crate::app::sessions::OwnSession;
use crate::domain::field::Typed;
use crate::view::board::{BoardAct, BoardItem, BoardSection, Fact};
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::staff::EnrolmentPage;
use crate::view::words::words;
use crate::view::{BoardPage, numbers};
use crate::web::cookies::{self, Cookie, Session};
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// One's own account.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failed> {
    let staff = visit.staff().await?;
    let asking = staff.clone();
    let (sessions, (factors, left), has_password) = visit
        .read(move |app, db| {
            let sessions = app.own_sessions(db, &asking)?;
            Ok((sessions, App::second_factor_of(db, &asking)?, App::has_password(db, &asking)?))
        })
        .await?;
    let words = words(visit.language);
    let fact = |key: &str, value: String| Fact { name: words.say(key), value };
    let state = if factors.any() {
        words.say_with("second-factor-on", [("left", u32::try_from(left).unwrap_or(0).into())])
    } else {
        words.say("second-factor-off")
    };
    let facts = vec![
        fact("field-name", staff.account.name.clone()),
        fact("field-email", staff.account.email.clone()),
        fact("second-factor-title", state),
    ];
    let mut links = Vec::new();
    if has_password {
        links.push(link(&visit, "account-password", "/staff/account/password"));
    }
    links.push(if factors.codes {
        link(&visit, "account-second-factor-off", "/staff/account/second-factor-off")
    } else {
        link(&visit, "account-second-factor", "/staff/account/second-factor")
    });
    let section = BoardSection {
        title: words.say("sessions-title"),
        text: words.say("sessions-what"),
        items: sessions.iter().map(|one| session_item(&visit, one)).collect(),
        ..BoardSection::default()
    };
    let passkeys = super::passkeys::section(&visit).await?;
    let providers = super::providers::section(&visit).await?;
    let sections = passkeys.into_iter().chain(providers).chain([section]).collect();
    let page = BoardPage { title: words.say("account-title"), facts, links, sections, ..BoardPage::default() };
    show_board(&visit, page, here(&visit))
}

fn here(_: &Visit) -> Vec<crate::view::Crumb> {
    Vec::new()
}

fn session_item(visit: &Visit, one: &OwnSession) -> BoardItem {
    let words = words(visit.language);
    let moment = |at| numbers::moment(at, visit.language);
    let said = [("from", moment(one.session.started_at).into()), ("seen", moment(one.session.seen_at).into())];
    let name = if one.session.device.is_empty() { words.say("session-device") } else { one.session.device.clone() };
    BoardItem {
        detail: words.say_with("session-dates", said),
        flag: if one.current { words.say("session-current") } else { String::new() },
        good: true,
        act: (!one.current).then(|| BoardAct {
            action: visit.path(&format!("/staff/account/sessions/{}/ending", one.session.id.simple())),
            label: words.say("session-end"),
            about: name.clone(),
            ..BoardAct::default()
        }),
        name,
        ..BoardItem::default()
    }
}

/// Ends another session.
pub async fn end_session(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let id = path.1;
    let done = visit.write(move |app, db| app.end_session(db, &staff, id)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path("/staff/account")))
}

pub fn draw(visit: &Visit, key: &str, place: &str, specs: Vec<FieldSpec>) -> Draw {
    let words = words(visit.language);
    let head = FormHead {
        title: words.say(key),
        lead: words.say(&format!("{key}-lead")),
        action: visit.path(place),
        submit: "save",
        cancel: visit.path("/staff/account"),
        ..FormHead::default()
    };
    Draw { head, specs, crumbs: vec![crumb(visit, &words.say("account-title"), "/staff/account")] }
}

fn password_draw(visit: &Visit) -> Draw {
    let specs = vec![FieldSpec::new("old_password", Kind::Password), FieldSpec::new("password", Kind::NewPassword)];
    draw(visit, "account-password", "/staff/account/password", specs)
}

/// Asks for a new password.
pub async fn password_page(visit: Visit) -> Result<HttpResponse, Failed> {
    let _staff = visit.staff().await?;
    show_form(&visit, password_draw(&visit), &Typed::default())
}

/// Changes the password.
pub async fn password(visit: Visit, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let filled = typed.clone();
    match visit.write(move |app, db| app.change_password(db, &staff, &filled)).await {
        Ok(token) => Ok(renewed(see_other(&visit.path("/staff/account")), token)),
        Err(refusal) => show_again(&visit, refusal, password_draw(&visit), (typed, 0)),
    }
}

pub fn renewed(mut response: HttpResponse, token: String) -> HttpResponse {
    let _full = response.add_cookie(&cookies::write(Cookie::Staff, &Session { token, resume_code: None }));
    response
}

/// Shows the secret of one-time codes and asks for a first code.
pub async fn second_factor_page(visit: Visit) -> Result<HttpResponse, Failed> {
    enrolment(&visit, String::new()).await
}

async fn enrolment(visit: &Visit, error: String) -> Result<HttpResponse, Failed> {
    let staff = visit.staff().await?;
    let token = visit.session(Cookie::Staff).map(|session| session.token).unwrap_or_default();
    let begun = visit.write(move |app, db| app.begin_second_factor(db, &staff, &token)).await;
    let begun = begun.map_err(|refusal| visit.refuse(refusal))?;
    let page = EnrolmentPage {
        action: visit.path("/staff/account/second-factor"),
        size: begun.picture.size,
        path: begun.picture.path,
        secret: grouped(&begun.secret),
        error,
        form_token: super::form_token(visit),
        cancel: visit.path("/staff/account"),
    };
    visit.show(&visit.frame(words(visit.language).say("account-second-factor")), &page)
}

/// The secret in groups of four, to be typed.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|some| some.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Turns one-time codes on, and shows the recovery codes this once.
pub async fn second_factor(visit: Visit, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let token = visit.session(Cookie::Staff).map(|session| session.token).unwrap_or_default();
    let code = typed.get("code").to_owned();
    let words = words(visit.language);
    match visit.write(move |app, db| app.confirm_second_factor(db, &staff, &token, &code)).await {
        Ok((codes, token)) => Ok(renewed(recovery_page(&visit, "recovery-lead", codes)?, token)),
        Err(crate::app::Refusal::Invalid(_)) => enrolment(&visit, words.say("field-problem-wrong-code")).await,
        Err(refusal) => Err(visit.refuse(refusal)),
    }
}

/// The recovery codes, this once, after what `lead` says.
pub fn recovery_page(visit: &Visit, lead: &str, codes: Vec<String>) -> Result<HttpResponse, Failed> {
    let words = words(visit.language);
    let page = BoardPage {
        title: words.say("recovery-title"),
        notice: words.say("recovery-notice"),
        lead: words.say(lead),
        codes,
        links: vec![link(visit, "recovery-done", "/staff/account")],
        ..BoardPage::default()
    };
    show_board(visit, page, Vec::new())
}

fn off_draw(visit: &Visit) -> Draw {
    let specs = vec![FieldSpec::new("old_password", Kind::Password)];
    draw(visit, "account-second-factor-off", "/staff/account/second-factor-off", specs)
}

/// Asks for the password before one-time codes are turned off.
pub async fn second_factor_off_page(visit: Visit) -> Result<HttpResponse, Failed> {
    let _staff = visit.staff().await?;
    show_form(&visit, off_draw(&visit), &Typed::default())
}

/// Turns one-time codes off.
pub async fn second_factor_off(visit: Visit, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let filled = typed.clone();
    match visit.write(move |app, db| app.drop_second_factor(db, &staff, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path("/staff/account"))),
        Err(refusal) => show_again(&visit, refusal, off_draw(&visit), (typed, 0)),
    }
}

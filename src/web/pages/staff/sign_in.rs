// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Coming in: the first set-up, password, second factor, one-time links; and going out.

use actix_web::{HttpResponse, web};

use super::{Draw, Form, acting, form_page, show_form, signed_in};
use crate::app::local_sign_in::LocalSignIn;
use crate::app::sessions::{Attempt, SignedIn};
use crate::app::{App, Refusal};
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::programme::BodyKind;
use crate::store::sessions::Proof;
use crate::view::errors::Field;
use crate::view::forms::{FieldSpec, FormHead, FormPage, Kind};
use crate::view::staff::SignInPage;
use crate::view::words::words;
use crate::web::cookies::{self, Cookie, Session};
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// The form that asks for address and password.
pub fn form(visit: &Visit, typed: &Typed, problems: &[FieldProblem]) -> FormPage {
    let words = words(visit.language);
    let head = FormHead {
        title: words.say("sign-in-title"),
        lead: words.say("sign-in-lead"),
        action: visit.path("/staff/sign-in"),
        submit: "sign-in-button",
        ..FormHead::default()
    };
    let specs = [FieldSpec::new("email", Kind::Email), FieldSpec::new("password", Kind::Password)];
    let mut page = FormPage::new(visit.language, head, &specs, typed, problems);
    page.hidden.clear();
    page.ways = super::providers::ways(visit, "");
    if visit.site.app.takes_passkeys() {
        page.ways.push(super::link(visit, "passkey-sign-in", "/staff/sign-in/passkey"));
    }
    page
}

/// Asks for address and password.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failed> {
    let page = form(&visit, &Typed::default(), &[]);
    visit.show(&visit.frame(page.title.clone()), &page)
}

/// Signs in with address and password.
pub async fn password(visit: Visit, sent: Form) -> Result<HttpResponse, Failed> {
    let (typed, now) = (Typed(sent.into_inner()), visit.site.app.clock.now());
    if !visit.site.attempts.allows(visit.peer(), now) {
        return Err(Failed::too_many(&visit));
    }
    let attempt = Attempt {
        email: typed.get("email").to_owned(),
        password: typed.get("password").to_owned(),
        device: visit.device(),
    };
    match visit.site.app.sign_in(attempt).await {
        Ok(signed_in) => Ok(entered(&visit, signed_in)),
        Err(Refusal::SignInFailed) => {
            visit.site.attempts.failed(visit.peer(), now);
            let page = form(&visit, &typed, &[FieldProblem::new("email", "sign-in")]);
            let title = format!("{} {}", words(visit.language).say("error-prefix"), page.title);
            visit.show_as(actix_web::http::StatusCode::UNAUTHORIZED, &visit.frame(title), &page)
        }
        Err(refusal) => Err(visit.refuse(refusal)),
    }
}

/// Where a new session leads: to the second factor, to a form that waits, or to the workspace.
pub fn entered(visit: &Visit, signed_in: SignedIn) -> HttpResponse {
    let place = match signed_in.proof {
        Proof::Password => "/staff/sign-in/second-factor",
        Proof::Complete if visit.session(Cookie::Kept).is_some() => "/staff/kept",
        Proof::Complete => "/staff",
    };
    let mut response = see_other(&visit.path(place));
    let session = Session { token: signed_in.token, resume_code: None };
    let _full = response.add_cookie(&cookies::write(Cookie::Staff, &session));
    response
}

fn second_factor_form(visit: &Visit, problems: &[FieldProblem]) -> FormPage {
    let words = words(visit.language);
    let head = FormHead {
        title: words.say("second-factor-title"),
        lead: words.say("second-factor-lead"),
        action: visit.path("/staff/sign-in/second-factor"),
        submit: "sign-in-button",
        cancel: visit.path("/staff/sign-in"),
        ..FormHead::default()
    };
    let draw = Draw { head, specs: vec![FieldSpec::new("code", Kind::Code)], crumbs: Vec::new() };
    form_page(visit, draw, &Typed::default(), problems).0
}

/// Asks for the second factor.
pub async fn second_factor_page(visit: Visit) -> Result<HttpResponse, Failed> {
    let token = visit.session(Cookie::Staff).map(|session| session.token).unwrap_or_default();
    let factors = visit.read(move |app, db| app.factors(db, &token)).await?;
    let mut page = second_factor_form(&visit, &[]);
    if factors.passkeys && visit.site.app.takes_passkeys() {
        page.ways.push(super::link(&visit, "passkey-use", "/staff/sign-in/second-factor/passkey"));
    }
    if !factors.codes {
        page.lead = words(visit.language).say("second-factor-lead-passkey");
        page.fields.iter_mut().for_each(|field| field.label = words(visit.language).say("field-recovery_code"));
    }
    visit.show(&visit.frame(page.title.clone()), &page)
}

/// Takes the second factor.
pub async fn second_factor(visit: Visit, sent: Form) -> Result<HttpResponse, Failed> {
    let session = signed_in(&visit, &sent)?;
    let code = Typed(sent.into_inner()).get("code").to_owned();
    let taken = visit.write(move |app, db| app.second_factor(db, &session.token, &code)).await;
    if let Some(signed_in) = taken.map_err(|refusal| visit.refuse(refusal))? {
        return Ok(entered(&visit, signed_in));
    }
    let page = second_factor_form(&visit, &[FieldProblem::new("code", "wrong-code")]);
    visit.show_as(actix_web::http::StatusCode::UNAUTHORIZED, &visit.frame(page.title.clone()), &page)
}

/// A button that signs in: opening the link uses nothing up.
pub async fn link_page(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let token = path.into_inner().1;
    let action = visit.path(&format!("/staff/sign-in/{token}"));
    visit.read(move |app, db| app.check_sign_in(db, &token)).await?;
    visit.show(&visit.frame(words(visit.language).say("sign-in-title")), &SignInPage { action })
}

/// Signs in with a link, once.
pub async fn link(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let (token, device) = (path.into_inner().1, visit.device());
    let opened = visit.write(move |app, db| app.sign_in_by_link(db, &token, &device)).await;
    opened.map(|signed_in| entered(&visit, signed_in)).map_err(|refusal| visit.refuse(refusal))
}

/// Signs out.
pub async fn sign_out(visit: Visit, sent: Form) -> Result<HttpResponse, Failed> {
    let session = signed_in(&visit, &sent)?;
    let done = visit.write(move |_, db| App::sign_out(db, &session.token)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    let mut response = see_other(&visit.path(""));
    let _full = response.add_cookie(&cookies::forget(Cookie::Staff));
    Ok(response)
}

/// A form that was kept while its session had ended: one button sends it again.
pub async fn kept(visit: Visit) -> Result<HttpResponse, Failed> {
    let _staff = visit.staff().await?;
    let token = visit.session(Cookie::Kept).ok_or_else(|| visit.refuse(Refusal::NotFound))?.token;
    let form = visit.read(move |app, db| app.kept_form(db, &token)).await?;
    let words = words(visit.language);
    let head = FormHead {
        title: words.say("kept-title"),
        lead: words.say("kept-lead"),
        action: form.address,
        submit: "retry-send",
        cancel: visit.path("/staff"),
        ..FormHead::default()
    };
    let draw = Draw { head, specs: Vec::new(), crumbs: Vec::new() };
    let (mut page, _) = form_page(&visit, draw, &Typed::default(), &[]);
    page.hidden = form.fields.into_iter().map(|(name, value)| Field { name, value }).collect();
    let frame = visit.frame(page.title.clone());
    let mut response = visit.show(&frame, &page)?;
    let _full = response.add_cookie(&cookies::forget(Cookie::Kept));
    Ok(response)
}

fn set_up_draw(visit: &Visit, token: &str) -> Draw {
    let words = words(visit.language);
    let head = FormHead {
        title: words.say("set-up-title"),
        lead: words.say("set-up-lead"),
        action: visit.path(&format!("/set-up/{token}")),
        submit: "set-up-button",
        ..FormHead::default()
    };
    let specs = vec![
        FieldSpec::new("body_name", Kind::Line),
        FieldSpec::new("kind", Kind::Choice).choosing(super::worded(
            visit,
            "body-kind",
            &BodyKind::ALL.map(BodyKind::code),
        )),
        FieldSpec::new("contact", Kind::Line),
        FieldSpec::new("name", Kind::Line),
        FieldSpec::new("email", Kind::Email),
        FieldSpec::new("password", Kind::NewPassword),
    ];
    Draw { head, specs, crumbs: Vec::new() }
}

/// The first set-up.
pub async fn set_up_page(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let token = path.into_inner().1;
    let draw = set_up_draw(&visit, &token);
    visit.read(move |app, db| app.check_set_up(db, &token)).await?;
    show_form(&visit, draw, &Typed::default())
}

/// Makes the first administrator.
pub async fn set_up(visit: Visit, path: web::Path<(String, String)>, sent: Form) -> Result<HttpResponse, Failed> {
    let token = path.into_inner().1;
    let draw = set_up_draw(&visit, &token);
    let typed = Typed(sent.into_inner());
    let (language, filled) = (visit.language, typed.clone().with("device", visit.device()));
    match visit.write(move |app, db| app.set_up(db, &token, &filled, language)).await {
        Ok(signed_in) => Ok(entered(&visit, signed_in)),
        Err(refusal) => super::show_again(&visit, refusal, draw, (typed, 0)),
    }
}

fn offer_draw(visit: &Visit, token: &str, body: &str, role: &str) -> Draw {
    let words = words(visit.language);
    let said = [("body", body.into()), ("role", words.say(&format!("role-{role}")).into())];
    let head = FormHead {
        kicker: body.to_owned(),
        title: words.say("offer-title"),
        lead: words.say_with("offer-lead", said),
        action: visit.path(&format!("/staff/invitations/{token}")),
        submit: "offer-button",
        ..FormHead::default()
    };
    let specs = vec![FieldSpec::new("name", Kind::Line), FieldSpec::new("password", Kind::NewPassword)];
    Draw { head, specs, crumbs: Vec::new() }
}

/// An invitation: a new account is made here; whoever has one signs in first.
pub async fn offer_page(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let token = path.into_inner().1;
    let asked = token.clone();
    let offer = visit.read(move |app, db| app.offer(db, &asked)).await?;
    let mut draw = offer_draw(&visit, &token, &offer.organisation.name, offer.invitation.grant.role.code());
    if offer.known {
        draw.specs.clear();
        draw.head.action = visit.path(&format!("/staff/invitations/{token}/acceptance"));
        draw.head.lead = format!("{} {}", draw.head.lead, words(visit.language).say("offer-known"));
    }
    let typed = Typed::default().with("name", &offer.invitation.name);
    let (mut page, _) = form_page(&visit, draw, &typed, &[]);
    page.asks = offer.known || offer.local == LocalSignIn::On;
    page.ways = super::providers::ways(&visit, &format!("?invitation={token}"));
    visit.show(&visit.frame(page.title.clone()), &page)
}

/// Takes an invitation up with a new account.
pub async fn take_up(visit: Visit, path: web::Path<(String, String)>, sent: Form) -> Result<HttpResponse, Failed> {
    let token = path.into_inner().1;
    let asked = token.clone();
    let offer = visit.read(move |app, db| app.offer(db, &asked)).await?;
    let draw = offer_draw(&visit, &token, &offer.organisation.name, offer.invitation.grant.role.code());
    let typed = Typed(sent.into_inner());
    let (language, filled) = (visit.language, typed.clone().with("device", visit.device()));
    match visit.write(move |app, db| app.take_up(db, &token, &filled, language)).await {
        Ok(signed_in) => Ok(entered(&visit, signed_in)),
        Err(refusal) => super::show_again(&visit, refusal, draw, (typed, 0)),
    }
}

/// Takes an invitation up with the account that is signed in.
pub async fn take_up_as(visit: Visit, path: web::Path<(String, String)>, sent: Form) -> Result<HttpResponse, Failed> {
    let token = path.into_inner().1;
    let (staff, _) = acting(&visit, sent).await?;
    let done = visit.write(move |app, db| app.take_up_as(db, &staff, &token)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path("/staff")))
}

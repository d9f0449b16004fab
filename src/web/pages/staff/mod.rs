// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The workspace of staff: one file of handlers per noun, and what they share.

pub mod account;
pub mod answers;
pub mod batches;
pub mod calendar;
pub mod circle;
pub mod coverage;
pub mod decisions;
pub mod frameworks;
pub mod invitations;
pub mod lists;
pub mod local_indicators;
pub mod measures;
pub mod notices;
pub mod organisations;
pub mod paper;
pub mod passkeys;
pub mod people;
pub mod processing;
pub mod programmes;
pub mod projects;
pub mod proposal_acts;
pub mod proposals;
pub mod providers;
pub mod resets;
pub mod rosters;
mod sheet_form;
pub mod sign_in;
pub mod summaries;
pub mod translations;
pub mod waves;
pub mod weights;
pub mod words;
pub mod workspace;
pub mod written;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use crate::app::staff::Staff;
use crate::app::{Refusal, secrets};
use crate::domain::field::{FieldProblem, Typed};
use crate::view::errors::Field;
use crate::view::forms::{FieldSpec, FormHead, FormLink, FormPage};
use crate::view::words::words;
use crate::view::{BoardPage, Crumb};
use crate::web::cookies::{self, Cookie, Session};
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// The fields of a form as they arrive.
pub type Form = web::Form<Vec<(String, String)>>;

/// A form to be drawn: what is said around it, and its fields.
#[derive(Clone, Debug)]
pub struct Draw {
    /// What is said around it.
    pub head: FormHead,
    /// Its fields.
    pub specs: Vec<FieldSpec>,
    /// The way back up, without the page itself.
    pub crumbs: Vec<Crumb>,
}

/// The token of the session's forms.
pub fn form_token(visit: &Visit) -> String {
    visit.session(Cookie::Staff).map(|session| secrets::form_token(&session.token)).unwrap_or_default()
}

/// The session of a form that staff sent from one of its own pages.
pub fn signed_in(visit: &Visit, form: &[(String, String)]) -> Result<Session, Failed> {
    let session = visit.session(Cookie::Staff).ok_or_else(|| visit.refuse(Refusal::SignInFirst))?;
    let sent = form.iter().find(|(name, _)| name == "form_token").map(|(_, value)| value.as_str());
    visit.check_form(&session, sent)?;
    Ok(session)
}

/// Who sent a form, and what was typed. If the session has ended, what was typed is kept until they have signed in.
pub async fn acting(visit: &Visit, form: Form) -> Result<(Staff, Typed), Failed> {
    let fields = form.into_inner();
    let session = visit.session(Cookie::Staff);
    if let Some(session) = &session {
        let sent = fields.iter().find(|(name, _)| name == "form_token").map(|(_, value)| value.as_str());
        visit.check_form(session, sent)?;
    }
    let typed = Typed(fields.into_iter().filter(|(name, _)| name != "form_token").collect());
    match visit.signed_in().await {
        Ok(staff) => Ok((staff, typed)),
        Err(Refusal::SignInFirst) => Err(keep(visit, typed).await),
        Err(refusal) => Err(visit.refuse(refusal)),
    }
}

/// Keeps what was typed and asks to sign in again.
async fn keep(visit: &Visit, typed: Typed) -> Failed {
    let address = visit.address.in_language(visit.language);
    // A secret is typed again, never kept.
    let secret = |name: &str| name.contains("password") || name == "code" || name == "response";
    let typed = Typed(typed.0.into_iter().filter(|(name, _)| !secret(name)).collect());
    let kept = visit.write(move |app, db| app.keep_form(db, address, typed)).await;
    match kept {
        Err(refusal) => visit.refuse(refusal),
        Ok(token) => {
            let cookie = cookies::write(Cookie::Kept, &Session { token, resume_code: None });
            let mut page = sign_in::form(visit, &Typed::default(), &[]);
            page.notice = words(visit.language).say("session-ended");
            let frame = visit.frame(page.title.clone());
            Failed::showing(visit, (StatusCode::UNAUTHORIZED, &frame), &page, Some(cookie))
        }
    }
}

/// The page of a form.
pub fn form_page(visit: &Visit, draw: Draw, typed: &Typed, problems: &[FieldProblem]) -> (FormPage, Vec<Crumb>) {
    let Draw { head, specs, crumbs } = draw;
    let page = FormPage::new(visit.language, head, &specs, typed, problems);
    (FormPage { form_token: form_token(visit), ..page }, crumbs)
}

/// Shows a form for the first time.
pub fn show_form(visit: &Visit, draw: Draw, typed: &Typed) -> Result<HttpResponse, Failed> {
    let (page, crumbs) = form_page(visit, draw, typed, &[]);
    show_form_page(visit, StatusCode::OK, &page, crumbs)
}

/// Shows a form again: with what was typed, and what is wrong with it. `saved` is the revision that is stored now.
pub fn show_again(
    visit: &Visit,
    refusal: Refusal,
    draw: Draw,
    (typed, saved): (Typed, i32),
) -> Result<HttpResponse, Failed> {
    match refusal {
        Refusal::Invalid(problems) => {
            let (page, crumbs) = form_page(visit, draw, &typed, &problems);
            show_form_page(visit, StatusCode::UNPROCESSABLE_ENTITY, &page, crumbs)
        }
        Refusal::Outdated => {
            let (mut page, crumbs) = form_page(visit, draw, &typed, &[]);
            page.notice = words(visit.language).say("form-outdated");
            page.hidden = vec![Field { name: "revision".to_owned(), value: saved.to_string() }];
            let text = words(visit.language).say("form-outdated-link");
            page.links.push(FormLink { text, href: page.action.clone() });
            show_form_page(visit, StatusCode::CONFLICT, &page, crumbs)
        }
        other => Err(visit.refuse(other)),
    }
}

fn show_form_page(
    visit: &Visit,
    status: StatusCode,
    page: &FormPage,
    crumbs: Vec<Crumb>,
) -> Result<HttpResponse, Failed> {
    let prefix =
        if page.errors.is_empty() { String::new() } else { format!("{} ", words(visit.language).say("error-prefix")) };
    let of = if page.kicker.is_empty() { "Insieme" } else { &page.kicker };
    let title = format!("{prefix}{} – {of}", page.title);
    visit.show_as(status, &framed(visit, title, page.title.clone(), crumbs), page)
}

/// Shows a page of the workspace.
pub fn show_board(visit: &Visit, mut page: BoardPage, crumbs: Vec<Crumb>) -> Result<HttpResponse, Failed> {
    page.form_token = form_token(visit);
    let workspace = words(visit.language).say("workspace-title");
    let of = if page.kicker.is_empty() { &workspace } else { &page.kicker };
    let title = format!("{} – {of}", page.title);
    visit.show(&framed(visit, title, page.title.clone(), crumbs), &page)
}

pub fn framed(visit: &Visit, title: String, here: String, crumbs: Vec<Crumb>) -> crate::view::Frame {
    if crumbs.is_empty() {
        return visit.frame(title);
    }
    let mut all = vec![Crumb { text: words(visit.language).say("workspace-title"), href: Some(visit.path("/staff")) }];
    all.extend(crumbs);
    all.push(Crumb { text: here, href: None });
    visit.frame_with_crumbs(title, all)
}

/// A step of the way back up.
pub fn crumb(visit: &Visit, text: &str, place: &str) -> Crumb {
    Crumb { text: text.to_owned(), href: Some(visit.path(place)) }
}

/// Words that lead to a place.
pub fn link(visit: &Visit, key: &str, place: &str) -> FormLink {
    FormLink { text: words(visit.language).say(key), href: visit.path(place) }
}

/// Values to choose from, each with the words `PREFIX-VALUE`.
pub fn worded(visit: &Visit, prefix: &str, values: &[&str]) -> Vec<(String, String)> {
    let words = words(visit.language);
    values.iter().map(|value| ((*value).to_owned(), words.say(&format!("{prefix}-{value}")))).collect()
}

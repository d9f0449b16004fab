// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A person answers: landing page, pages of items, pause, review, submission, receipt.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::landing::{allow, checked_code, wrong_code};
use super::receipts::receipt_letter;
use super::see_other;
use super::tongues::{self, Choice, told};
use crate::app::responses::{KeptCode, Leaving, OpenQuestionnaire, Place};
use crate::app::{App, Refusal, secrets};
use crate::domain::access_code::AccessCode;
use crate::domain::field::Typed;
use crate::domain::invitation::{Entry, Setting};
use crate::domain::questionnaire::{AnswerProblem, Answers};
use crate::view::Frame;
use crate::view::numbers;
use crate::view::questionnaire::{QuestionPage, Worded};
use crate::view::sentences::say;
use crate::view::submission::{PausePage, ReviewPage};
use crate::view::words::{Value, words};
use crate::view::written::questions;
use crate::web::cookies::{self, Cookie, Session};
use crate::web::failure::Failed;
use crate::web::site::Visit;

type Form = web::Form<Vec<(String, String)>>;

/// *Inizia*: opens the questionnaire on this device; from here on no address holds the code.
pub async fn start(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let typed = path.into_inner().1;
    let code = checked_code(&visit, &typed)?;
    let starting = code.clone();
    let started = visit.write(move |app, db| app.start(db, &starting)).await;
    let started = started.map_err(|refusal| wrong_code(&visit, refusal, &typed))?;
    let session = Session { token: started.token, resume_code: Some(started.resume_code) };
    let mut response = see_other(&visit.path("/questionnaire/1"));
    let _full = response.add_cookie(&cookies::write(Cookie::Answers, &session));
    let entry = match started.kept {
        KeptCode::Yes => cookies::write(Cookie::Entry, &Session { token: code.compact(), resume_code: None }),
        KeptCode::No => cookies::forget(Cookie::Entry),
    };
    let _full = response.add_cookie(&entry);
    Ok(tongues::opened_with(&visit, started.begun, response))
}

/// One page of items.
pub async fn page(visit: Visit, path: web::Path<(String, usize)>) -> Result<HttpResponse, Failed> {
    let (session, open) = open(&visit).await?;
    if !open.draft.standing.is_fillable() {
        return Ok(see_other(&visit.path("/questionnaire/receipt")));
    }
    let shown = show_page(&visit, &session, &open, &Shown { step: path.1, answers: &open.answers, problems: &[] })?;
    Ok(Choice::of(&visit).kept_with(shown))
}

/// Saves one page of items and goes on, back, or to the pause.
pub async fn save(visit: Visit, path: web::Path<(String, usize)>, form: Form) -> Result<HttpResponse, Failed> {
    let step = path.1;
    let session = session(&visit)?;
    visit.check_form(&session, field(&form, "form_token"))?;
    let sent: Vec<(String, String)> =
        form.iter().filter(|(name, _)| name != "form_token" && name != "go").cloned().collect();
    let (token, answers) = (session.token.clone(), sent.clone());
    let leaving = if field(&form, "go") == Some("stay") { Leaving::Stays } else { Leaving::Leaves };
    match visit.write(move |app, db| app.save_page(db, &token, (step, leaving), &answers)).await {
        Ok(pages) => Ok(next(&visit, (step, pages), field(&form, "go"))),
        Err(Refusal::InvalidAnswers(problems)) => refused_page(&visit, step, &sent, &problems).await,
        Err(refusal) => Err(Failed::keeping(&visit, refusal, &form)),
    }
}

/// The code that resumes the answers.
pub async fn pause(visit: Visit) -> Result<HttpResponse, Failed> {
    let (session, open) = open(&visit).await?;
    let code = session.resume_code.ok_or_else(|| visit.refuse(Refusal::NoDraft))?;
    let page = PausePage {
        code: in_fours(&code),
        until: numbers::day_for(open.place.wave.closes_on, &open.place.tongue),
        link: format!("{}/q/{}{}", visit.site.options.base_url, code.compact(), tongues::in_tongue(&open.place)),
        back: visit.path("/questionnaire/1"),
    };
    visit.show(&plain_frame(&visit, &open.place, title(&open.place, "pause-title")), &page)
}

/// All answers at a glance.
pub async fn review(visit: Visit) -> Result<HttpResponse, Failed> {
    let (session, open, texts) = open_texts(&visit).await?;
    if !open.draft.standing.is_fillable() {
        return Ok(see_other(&visit.path("/questionnaire/receipt")));
    }
    let mut page = ReviewPage::new(&open.questionnaire, &open.answers, &open.place.tongue);
    page.kicker = kicker(&open.place);
    page.form_token = secrets::form_token(&session.token);
    page.action = visit.path("/questionnaire/submission");
    let written = (&*open.place.framework, open.draft.group.as_str());
    page.texts = questions(written, &open.place.tongue, &Typed(texts), (words(visit.language), &[]));
    page.code_needed = open.draft.entry == Entry::Slip && entry_code(&visit).is_none();
    visit.show(&plain_frame(&visit, &open.place, title(&open.place, "review-title")), &page)
}

/// Submits; again, the same receipt.
pub async fn submit(visit: Visit, form: Form) -> Result<HttpResponse, Failed> {
    let session = session(&visit)?;
    visit.check_form(&session, field(&form, "form_token"))?;
    let token = session.token;
    let slip = match field(&form, "code") {
        // Only a code that is typed can be guessed: whoever brings none is held up by nobody's wrong codes.
        Some(typed) => {
            allow(&visit)?;
            Some(AccessCode::parse(typed).map_err(|error| wrong_code(&visit, error.into(), typed))?)
        }
        None => entry_code(&visit),
    };
    let letter = receipt_letter(&visit).await?;
    let timed = tongues::timed(&visit).await;
    let submitted = visit.write(move |app, db| {
        let receipt = app.submit(db, &token, slip.as_ref())?;
        letter.map_or(Ok(()), |letter| app.mail_receipt(db, &token, (&receipt, &letter)))
    });
    match submitted.await {
        Ok(()) => Ok(tongues::counted(&visit, timed, see_other(&visit.path("/questionnaire/receipt"))).await),
        Err(Refusal::UnknownCode) => {
            Err(wrong_code(&visit, Refusal::UnknownCode, field(&form, "code").unwrap_or_default()))
        }
        Err(refusal) => Err(Failed::keeping(&visit, refusal, &form)),
    }
}

/// The code this device came with, where it was kept.
fn entry_code(visit: &Visit) -> Option<AccessCode> {
    AccessCode::parse(&visit.session(Cookie::Entry)?.token).ok()
}

/// Forgets whoever answered on this device, and waits for the next person.
pub async fn next_person(visit: Visit, form: Form) -> Result<HttpResponse, Failed> {
    let session = session(&visit)?;
    visit.check_form(&session, field(&form, "form_token"))?;
    let code = entry_code(&visit);
    let place = code.map_or_else(|| "/access".to_owned(), |code| format!("/q/{}", code.compact()));
    let mut response = see_other(&visit.path(&place));
    for cookie in [Cookie::Answers, Cookie::Entry, Cookie::Language, Cookie::Started] {
        let _full = response.add_cookie(&cookies::forget(cookie));
    }
    Ok(response)
}

pub(super) fn session(visit: &Visit) -> Result<Session, Failed> {
    visit.session(Cookie::Answers).ok_or_else(|| visit.refuse(Refusal::NoDraft))
}

pub(super) async fn open(visit: &Visit) -> Result<(Session, OpenQuestionnaire), Failed> {
    let session = session(visit)?;
    let token = session.token.clone();
    let (base, chosen) = (visit.language, Choice::of(visit).language);
    let open = visit.read(move |app, db| {
        let open = app.open_questionnaire(db, &token)?;
        App::questionnaire_in(db, open, (base, chosen.as_ref()))
    });
    Ok((session, open.await?))
}

/// A questionnaire open on this device with what is written in it.
pub(super) async fn open_texts(visit: &Visit) -> Result<(Session, OpenQuestionnaire, Vec<(String, String)>), Failed> {
    let session = session(visit)?;
    let token = session.token.clone();
    let (base, chosen) = (visit.language, Choice::of(visit).language);
    let read = visit.read(move |app, db| {
        let (open, texts) = app.open_texts(db, &token)?;
        Ok((App::questionnaire_in(db, open, (base, chosen.as_ref()))?, texts))
    });
    let (open, texts) = read.await?;
    Ok((session, open, texts))
}

/// Where a page that was saved leads to: `step` is its number, of so many `pages`.
fn next(visit: &Visit, (step, pages): (usize, usize), go: Option<&str>) -> HttpResponse {
    // Saved while the page stays open.
    if go == Some("stay") {
        return HttpResponse::NoContent().finish();
    }
    let place = match go {
        Some("back") if step > 1 => format!("/questionnaire/{}", step - 1),
        Some("back") => format!("/questionnaire/{step}"),
        Some("later") => "/questionnaire/pause".to_owned(),
        _ if step < pages => format!("/questionnaire/{}", step + 1),
        _ => "/questionnaire/written".to_owned(),
    };
    see_other(&visit.path(&place))
}

/// A page of items with what should be shown on it.
struct Shown<'a> {
    step: usize,
    answers: &'a Answers,
    problems: &'a [AnswerProblem],
}

fn show_page(
    visit: &Visit,
    session: &Session,
    open: &OpenQuestionnaire,
    shown: &Shown<'_>,
) -> Result<HttpResponse, Failed> {
    let page = QuestionPage::new(&open.questionnaire, shown.step, shown.answers, &open.place.tongue);
    let mut page = page.ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    page.kicker = kicker(&open.place);
    page.form_token = secrets::form_token(&session.token);
    page.action = visit.path(&format!("/questionnaire/{}", shown.step));
    page.pausable = open.draft.setting != Setting::Shared;
    page.tell_errors(shown.problems.iter().map(|problem| told(&open.place.tongue, problem)).collect());
    let key = if page.errors.is_empty() { "page-title" } else { "page-title-error" };
    let title = say(
        &open.place.tongue,
        key,
        [("step", page.step.into()), ("steps", page.steps.into()), ("family", Value::from(page.family.text.as_str()))],
    )
    .text;
    let status = if page.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    visit.show_as(status, &plain_frame(visit, &open.place, title), &page)
}

/// Shows a refused page again with every answer that can be kept; nothing was saved.
async fn refused_page(
    visit: &Visit,
    step: usize,
    sent: &[(String, String)],
    problems: &[AnswerProblem],
) -> Result<HttpResponse, Failed> {
    let (session, open) = open(visit).await?;
    let asked = step.checked_sub(1).and_then(|index| open.questionnaire.pages.get(index));
    let page = asked.ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let good: Vec<(String, String)> =
        sent.iter().filter(|one| page.fill(&open.answers, std::slice::from_ref(one)).is_ok()).cloned().collect();
    let answers = page.fill(&open.answers, &good).unwrap_or_else(|_| open.answers.clone());
    show_page(visit, &session, &open, &Shown { step, answers: &answers, problems })
}

pub(super) fn wave_name(place: &Place) -> Worded {
    let kind = place.framework.wave_type(&place.wave.wave_type);
    let name = kind.map_or_else(Worded::default, |kind| Worded::of(&kind.name, &place.tongue));
    Worded { text: format!("{} · {}", place.wave.code, name.text), lang: name.lang }
}

pub(super) fn kicker(place: &Place) -> String {
    format!("{} · {}", place.project.name, wave_name(place).text)
}

/// A title of a page that needs no values.
pub(super) fn title(place: &Place, key: &str) -> String {
    say(&place.tongue, key, []).text
}

/// A respondent's pages keep to the questionnaire: no navigation that leads away from it.
pub(super) fn plain_frame(visit: &Visit, place: &Place, title: String) -> Frame {
    let mut frame = visit.frame_of(&place.organisation, title, Vec::new());
    frame.navigation = false;
    frame.speaking(&place.tongue)
}

pub(super) fn in_fours(code: &AccessCode) -> Vec<String> {
    code.to_string().split('-').map(str::to_owned).collect()
}

pub(super) fn field<'a>(form: &'a [(String, String)], name: &str) -> Option<&'a str> {
    form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

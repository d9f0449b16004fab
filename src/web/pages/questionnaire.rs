// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A person answers: landing page, pages of items, pause, review, submission, receipt.

use actix_web::http::StatusCode;
use actix_web::http::header::{LOCATION, VARY};
use actix_web::{HttpRequest, HttpResponse, web};

use super::receipts::receipt_letter;
use super::see_other;
use super::tongues::{self, Choice, told};
use crate::app::responses::{Begun, KeptCode, Landing, Leaving, OpenQuestionnaire, Place};
use crate::app::{App, Refusal, secrets};
use crate::domain::access_code::AccessCode;
use crate::domain::field::Typed;
use crate::domain::invitation::{Entry, Setting};
use crate::domain::language_tag::LanguageTag;
use crate::domain::questionnaire::{AnswerProblem, Answers};
use crate::view::Frame;
use crate::view::home::AccessPage;
use crate::view::notice::NoticeView;
use crate::view::numbers;
use crate::view::questionnaire::{LandingPage, QuestionPage, Worded, collection_keys, minutes};
use crate::view::sentences::say;
use crate::view::submission::{PausePage, ReviewPage};
use crate::view::words::{Value, words};
use crate::view::written::questions;
use crate::web::cookies::{self, Cookie, Session};
use crate::web::failure::Failed;
use crate::web::site::{Visit, preferred};

type Form = web::Form<Vec<(String, String)>>;

/// The short address of an invitation leads to the landing page in the browser's language.
pub async fn by_language(request: HttpRequest, path: web::Path<String>) -> HttpResponse {
    let code: String = path.into_inner().chars().filter(char::is_ascii_alphanumeric).collect();
    let (field, language) = request.query_string().split_once('=').unwrap_or_default();
    // A language beyond those of the interface stands over Italian.
    let landing = match LanguageTag::parse(language) {
        Ok(language) if field == "language" => format!("/it/q/{code}?language={language}"),
        _ => format!("/{}/q/{code}", preferred(&request).code()),
    };
    HttpResponse::Found().insert_header((LOCATION, landing)).insert_header((VARY, "accept-language")).finish()
}

/// A code typed on the first page.
pub async fn typed_code(visit: Visit, form: Form) -> Result<HttpResponse, Failed> {
    let typed = field(&form, "code").unwrap_or_default().to_owned();
    let code = known_code(&visit, &typed).await?;
    Ok(see_other(&visit.path(&format!("/q/{}", code.compact()))))
}

/// A place to type a code.
pub async fn access(visit: Visit) -> Result<HttpResponse, Failed> {
    let page = AccessPage { access: visit.path("/access") };
    visit.show(&visit.frame(words(visit.language).say("home-answer-title")), &page)
}

/// Who asks, why, how long, until when. Changes nothing.
pub async fn landing(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let typed = path.into_inner().1;
    let code = checked_code(&visit, &typed)?;
    let action = visit.path(&format!("/q/{}", code.compact()));
    let found = match read_landing(&visit, code.clone(), &typed).await? {
        Ok(found) => found,
        Err(refusal) => return behind_the_door(&visit, refusal, &code).await,
    };
    let action = format!("{action}{}", tongues::in_tongue(&found.place));
    let mut page = tongues::complete(&visit, &found, landing_page(&found, action)).await?;
    page.space = found.invited.then(|| visit.path(&format!("/q/{}/space", code.compact())));
    let tongue = &found.place.tongue;
    let title = say(tongue, "landing-title", [("project", Value::from(page.project.as_str()))]).text;
    let mut frame = plain_frame(&visit, &found.place, title);
    frame.description = say(
        tongue,
        "landing-description",
        [
            ("organisation", Value::from(page.organisation.as_str())),
            ("project", Value::from(page.project.as_str())),
            ("minutes", Value::from(page.minutes)),
        ],
    )
    .text;
    Ok(Choice::of(&visit).forgotten_with(visit.show(&frame, &page)?))
}

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

/// Where the questionnaire cannot be answered now, or no more, the code may still open the space of those who take part.
async fn behind_the_door(visit: &Visit, refusal: Refusal, code: &AccessCode) -> Result<HttpResponse, Failed> {
    match super::space::door(visit, code).await? {
        Some(door) => Ok(door),
        None => Err(visit.refuse(refusal)),
    }
}

/// A code from an address, which was not tried too often.
pub(super) fn checked_code(visit: &Visit, typed: &str) -> Result<AccessCode, Failed> {
    let code = AccessCode::parse(typed).map_err(|error| wrong_code(visit, error.into(), typed))?;
    allow(visit)?;
    Ok(code)
}

async fn known_code(visit: &Visit, typed: &str) -> Result<AccessCode, Failed> {
    let code = checked_code(visit, typed)?;
    if let Err(refusal) = read_landing(visit, code.clone(), typed).await? {
        behind_the_door(visit, refusal, &code).await?;
    }
    Ok(code)
}

/// What a code opens, or why its questionnaire cannot be answered now.
async fn read_landing(visit: &Visit, code: AccessCode, typed: &str) -> Result<Result<Landing, Refusal>, Failed> {
    let app = visit.site.app.clone();
    let (base, chosen) = (visit.language, Choice::of(visit).language);
    let read = visit.site.app.store.read(move |db| {
        let landing = app.landing(db, &code)?;
        App::landing_in(db, landing, (base, chosen.as_ref()))
    });
    match read.await {
        Ok(found) => Ok(Ok(found)),
        Err(refusal @ (Refusal::NotAnswerable(_) | Refusal::UsedCode)) => Ok(Err(refusal)),
        Err(refusal) => Err(wrong_code(visit, refusal, typed)),
    }
}

fn allow(visit: &Visit) -> Result<(), Failed> {
    let allowed = visit.site.attempts.allows(visit.peer(), visit.site.app.clock.now());
    if allowed { Ok(()) } else { Err(Failed::too_many(visit)) }
}

/// A wrong code is counted, and shown again to be mended; other refusals are told as they are.
pub(super) fn wrong_code(visit: &Visit, refusal: Refusal, typed: &str) -> Failed {
    match refusal {
        Refusal::UnknownCode | Refusal::MistypedCode(_) => {
            visit.site.attempts.failed(visit.peer(), visit.site.app.clock.now());
            Failed::of_typed_code(visit, refusal, typed)
        }
        other => visit.refuse(other),
    }
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

fn landing_page(found: &Landing, action: String) -> LandingPage {
    let place = &found.place;
    let tongue = &place.tongue;
    let questions = found.questionnaire.questions().count();
    let (collection_title, collection_text) = collection_keys(place.wave.collection, found.entry);
    let (begun_key, start_key) = match found.begun {
        Begun::No => (None, "landing-start"),
        Begun::Saved => (Some("landing-saved"), "landing-resume"),
        Begun::Submitted => (Some("landing-submitted"), "landing-see-receipt"),
        Begun::Correcting => (Some("landing-correcting"), "landing-resume"),
    };
    LandingPage {
        organisation: place.organisation.name.clone(),
        contact: place.organisation.contact.clone(),
        programme: found.programme.as_ref().map(|programme| programme.name.clone()),
        project: place.project.name.clone(),
        wave: wave_name(place),
        purpose: Worded::of(&place.wave.purpose, tongue),
        group: place
            .framework
            .group(&place.group)
            .map_or_else(|| Worded { text: place.group.clone(), lang: None }, |group| Worded::of(&group.name, tongue)),
        questions,
        minutes: minutes(questions),
        minutes_key: "landing-minutes",
        until: numbers::day_for(place.wave.closes_on, tongue),
        collection_title,
        collection_text,
        begun_key,
        start_key,
        action,
        notice: NoticeView::on(tongue, &place.organisation, &place.wave, &found.notice),
        languages: Vec::new(),
        translation_key: None,
        space: None,
    }
}

fn wave_name(place: &Place) -> Worded {
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

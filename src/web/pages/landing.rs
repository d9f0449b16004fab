// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What an access code opens: the landing page of a questionnaire, or the door of the participants' space.

use actix_web::http::header::{LOCATION, VARY};
use actix_web::{HttpRequest, HttpResponse, web};

use super::questionnaire::{field, plain_frame, wave_name};
use super::see_other;
use super::tongues::{self, Choice};
use crate::app::responses::{Begun, Landing};
use crate::app::{App, Refusal};
use crate::domain::access_code::AccessCode;
use crate::domain::language_tag::LanguageTag;
use crate::view::home::AccessPage;
use crate::view::notice::NoticeView;
use crate::view::numbers;
use crate::view::questionnaire::{LandingPage, Worded, collection_keys, minutes};
use crate::view::sentences::say;
use crate::view::words::{Value, words};
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

/// Where the questionnaire cannot be answered now, or no more, the code may still open the space of those who take part.
async fn behind_the_door(visit: &Visit, refusal: Refusal, code: &AccessCode) -> Result<HttpResponse, Failed> {
    match super::space::door(visit, &refusal, code).await? {
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

pub(super) fn allow(visit: &Visit) -> Result<(), Failed> {
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

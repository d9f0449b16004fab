// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! In which language did a respondent ask for a questionnaire, and how long did it take? Only the device keeps either.

use actix_web::HttpResponse;
use actix_web::cookie;

use crate::app::App;
use crate::app::responses::{Begun, Landing, OpenQuestionnaire, Place};
use crate::domain::duration::whole_minutes;
use crate::domain::invitation::Setting;
use crate::domain::language_tag::LanguageTag;
use crate::domain::questionnaire::AnswerProblem;
use crate::domain::text::Language;
use crate::domain::translation::{Tongue, TranslationState};
use crate::view::questionnaire::{LandingPage, LanguageChoice, translation_note};
use crate::view::sentences::say;
use crate::web::cookies::{self, Cookie, Session};
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// The field of an address that names a language.
const FIELD: &str = "language";

/// The language asked for: in the address, or else kept by the device.
#[derive(Clone)]
pub(super) struct Choice {
    /// The language; nothing for that of the interface.
    pub language: Option<LanguageTag>,
    /// What the device should keep from now on, where the address says something else.
    kept: Option<cookie::Cookie<'static>>,
}

impl Choice {
    pub fn of(visit: &Visit) -> Self {
        let beyond = |code: &str| LanguageTag::parse(code).ok().filter(|tag| Language::from_code(tag.code()).is_none());
        let held = visit.session(Cookie::Language).and_then(|held| beyond(&held.token));
        let Some(asked) = visit.asked(FIELD) else { return Self { language: held, kept: None } };
        let language = beyond(&asked);
        let kept = (language != held).then(|| match &language {
            Some(language) => keep(Cookie::Language, language.code()),
            None => cookies::forget(Cookie::Language),
        });
        Self { language, kept }
    }

    /// A response after which the device keeps what was asked for.
    pub fn kept_with(self, mut response: HttpResponse) -> HttpResponse {
        if let Some(cookie) = self.kept {
            let _full = response.add_cookie(&cookie);
        }
        response
    }

    /// A landing page after which the device has forgotten what it kept; it keeps nothing new before *Inizia*.
    pub fn forgotten_with(self, response: HttpResponse) -> HttpResponse {
        if self.language.is_none() { self.kept_with(response) } else { response }
    }
}

fn keep(cookie: Cookie, value: &str) -> cookie::Cookie<'static> {
    cookies::write(cookie, &Session { token: value.to_owned(), resume_code: None })
}

/// The end of an address that goes on in the language of a place.
pub(super) fn in_tongue(place: &Place) -> String {
    place.tongue.other().map(|(language, _)| format!("?{FIELD}={language}")).unwrap_or_default()
}

/// Says on a landing page in which languages it can be had, and how long it usually takes.
pub(super) async fn complete(visit: &Visit, found: &Landing, mut page: LandingPage) -> Result<LandingPage, Failed> {
    let (place, questionnaire) = (found.place.clone(), found.questionnaire.clone());
    let read = visit.read(move |_, db| {
        let offered = App::offered_languages(db, &place, &questionnaire)?;
        Ok((offered, App::measured_minutes(db, &place)?))
    });
    let (offered, minutes) = read.await?;
    let current = found.place.tongue.other();
    let address = page.action.split('?').next().unwrap_or_default().to_owned();
    page.languages = offered
        .iter()
        .filter(|(language, _)| current.is_none_or(|(current, _)| current != language))
        .map(|(language, _)| choice(&address, language))
        .collect();
    page.translation_key =
        current.and_then(|(language, state): (_, TranslationState)| translation_note(language, state));
    if let Some(minutes) = minutes.and_then(|minutes| usize::try_from(minutes).ok()) {
        page.minutes = minutes;
        page.minutes_key = "landing-minutes-measured";
    }
    Ok(page)
}

/// Other languages stand over Italian: what they lack is said in it.
fn choice(address: &str, language: &LanguageTag) -> LanguageChoice {
    let below = address.get(3..).unwrap_or_default();
    LanguageChoice {
        code: language.code().to_owned(),
        name: language.own_name().to_owned(),
        href: format!("/{}{below}?{FIELD}={language}", Language::It.code()),
    }
}

/// What a device keeps once a questionnaire is opened on it: the language, and since when where nothing was there before.
pub(super) fn opened_with(visit: &Visit, begun: Begun, mut response: HttpResponse) -> HttpResponse {
    let now = visit.site.app.clock.now().as_second().to_string();
    let since = if begun == Begun::No { keep(Cookie::Started, &now) } else { cookies::forget(Cookie::Started) };
    let _full = response.add_cookie(&since);
    Choice::of(visit).kept_with(response)
}

/// A questionnaire that is about to be submitted, with the minutes it took; nothing where that tells nothing.
pub(super) struct Timed(OpenQuestionnaire, u32);

/// How long the questionnaire on this device took, if it was begun here and is submitted for the first time.
pub(super) async fn timed(visit: &Visit) -> Option<Timed> {
    let begun = visit.session(Cookie::Started)?.token.parse().ok()?;
    let minutes = whole_minutes(begun, visit.site.app.clock.now())?;
    let token = visit.session(Cookie::Answers)?.token;
    let open = visit.read(move |app, db| app.open_questionnaire(db, &token)).await.ok()?;
    let own = open.draft.receipt.is_none() && open.draft.setting == Setting::Own;
    own.then_some(Timed(open, minutes))
}

/// Counts the minutes in a transaction of their own, after the response is stored; a failure costs a count, nothing else.
/// The device then forgets when the questionnaire was begun.
pub(super) async fn counted(visit: &Visit, timed: Option<Timed>, mut response: HttpResponse) -> HttpResponse {
    if let Some(Timed(open, minutes)) = timed {
        let counted = visit.write(move |_, db| App::count_minutes(db, &open.place, minutes)).await;
        if let Err(error) = counted {
            tracing::warn!(%error, "the minutes of a questionnaire were not counted");
        }
    }
    let _full = response.add_cookie(&cookies::forget(Cookie::Started));
    response
}

/// The item a problem is about, and what is wrong in the language of the page.
pub(super) fn told(tongue: &Tongue, problem: &AnswerProblem) -> (String, String) {
    let (item, said) = match problem {
        AnswerProblem::UnknownItem(code) => (code, say(tongue, "page-error-item", [("value", code.as_str().into())])),
        AnswerProblem::UnknownAnswer { item, value } => {
            let values = [("item", item.as_str().into()), ("value", value.as_str().into())];
            (item, say(tongue, "page-error-answer", values))
        }
        AnswerProblem::Twice(code) => (code, say(tongue, "page-error-twice", [("item", code.as_str().into())])),
    };
    (item.clone(), said.text)
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which status and which page does a refusal become? One exhaustive match; the log knows what the user sees.

use std::fmt;

use actix_web::cookie::Cookie;
use actix_web::error::{PathError, UrlencodedError};
use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use actix_web::{HttpRequest, HttpResponse, ResponseError};

use super::site::Visit;
use crate::app::identities::OidcError;
use crate::app::passkeys::PasskeyError;
use crate::app::{Conflict, Refusal, secrets};
use crate::domain::access_code::AccessCodeError;
use crate::domain::field::Typed;
use crate::domain::wave::NotAnswerable;
use crate::print::PrintError;
use crate::store::StoreError;
use crate::view::errors::{ErrorPage, Field, RetryPage};
use crate::view::forms;
use crate::view::numbers;
use crate::view::words::{Value, Words, words};
use crate::view::{Frame, Page, render};

/// A request that ends with an error page.
pub struct Failed {
    status: StatusCode,
    html: String,
    cookie: Option<Box<Cookie<'static>>>,
}

impl fmt::Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Failed({})", self.status)
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl ResponseError for Failed {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        if let Some(cookie) = &self.cookie {
            response.cookie(cookie.as_ref().clone());
        }
        response.content_type(ContentType::html()).body(self.html.clone())
    }
}

/// What an error page says: a key of the texts, and a sentence of its own where the key has none.
struct Told {
    status: StatusCode,
    key: &'static str,
    what: Option<String>,
    reference: Option<String>,
    /// Whether signing in can begin again.
    again: bool,
}

impl Told {
    const fn new(status: StatusCode, key: &'static str) -> Self {
        Self { status, key, what: None, reference: None, again: false }
    }

    fn saying(self, what: String) -> Self {
        Self { what: Some(what), ..self }
    }

    /// A page from which signing in begins again.
    fn sign_in(status: StatusCode, key: &'static str) -> Self {
        Self { again: true, ..Self::new(status, key) }
    }
}

impl Failed {
    /// The page of a refusal.
    pub fn of_refusal(visit: &Visit, refusal: Refusal) -> Self {
        if matches!(refusal, Refusal::SignInFirst) {
            return Self::sign_in(visit);
        }
        Self::page(visit, told(visit, refusal), None)
    }

    /// The page of a refusal of a typed code, with what was typed.
    pub fn of_typed_code(visit: &Visit, refusal: Refusal, typed: &str) -> Self {
        Self::page(visit, told(visit, refusal), Some(typed.to_owned()))
    }

    /// Where the database failed, a page that holds everything that was sent, to be sent again.
    pub fn keeping(visit: &Visit, refusal: Refusal, sent: &[(String, String)]) -> Self {
        if !matches!(refusal, Refusal::Store(StoreError::Unavailable(_) | StoreError::Interrupted)) {
            return Self::of_refusal(visit, refusal);
        }
        tracing::warn!(error = %refusal, "answers could not be saved and were handed back");
        let field = |(name, value): &(String, String)| Field { name: name.clone(), value: value.clone() };
        let page =
            RetryPage { action: visit.address.in_language(visit.language), fields: sent.iter().map(field).collect() };
        let frame = visit.frame(words(visit.language).say("retry-title"));
        Self { status: StatusCode::SERVICE_UNAVAILABLE, html: render(&frame, &page).unwrap_or_default(), cookie: None }
    }

    /// The sign-in form in the place of a page for staff.
    fn sign_in(visit: &Visit) -> Self {
        let page = crate::web::pages::staff::sign_in::form(visit, &Typed::default(), &[]);
        let frame = visit.frame(page.title.clone());
        Self::showing(visit, (StatusCode::UNAUTHORIZED, &frame), &page, None)
    }

    /// A page of another kind, with a cookie.
    pub fn showing<P: Page>(
        visit: &Visit,
        (status, frame): (StatusCode, &Frame),
        page: &P,
        cookie: Option<Cookie<'static>>,
    ) -> Self {
        match render(frame, page) {
            Ok(html) => Self { status, html, cookie: cookie.map(Box::new) },
            Err(error) => Self::internal(visit, &error),
        }
    }

    /// A form that did not come from a page of this site.
    pub fn forged(visit: &Visit) -> Self {
        Self::page(visit, Told::new(StatusCode::FORBIDDEN, "forged"), None)
    }

    /// Too many wrong codes.
    pub fn too_many(visit: &Visit) -> Self {
        Self::page(visit, Told::new(StatusCode::TOO_MANY_REQUESTS, "too-many"), None)
    }

    /// A document that cannot be printed.
    pub fn of_print(visit: &Visit, error: &PrintError) -> Self {
        match error {
            PrintError::NotBuiltIn => Self::page(visit, Told::new(StatusCode::NOT_IMPLEMENTED, "no-print"), None),
            PrintError::LongAddress { .. } | PrintError::Empty | PrintError::TooMany { .. } => {
                Self::page(visit, Told::new(StatusCode::CONFLICT, "unprintable"), None)
            }
            PrintError::Template { .. } => Self::internal(visit, error),
        }
    }

    /// A mistake of ours.
    pub fn internal(visit: &Visit, error: &dyn fmt::Display) -> Self {
        Self::page(visit, internal(error), None)
    }

    fn page(visit: &Visit, told: Told, typed_code: Option<String>) -> Self {
        let words = words(visit.language);
        let say = |part: &str| words.say(&format!("error-{}-{part}", told.key));
        let page = ErrorPage {
            key: told.key.to_owned(),
            title: say("title"),
            what: told.what.unwrap_or_else(|| say("what")),
            remedy: say("do"),
            typed_code,
            reference: told.reference,
            home: visit.path(""),
            access: visit.path("/access"),
            again: told.again.then(|| visit.path("/staff/sign-in")),
        };
        let frame = visit.frame(format!("{} {}", words.say("error-prefix"), page.title));
        Self { status: told.status, html: render(&frame, &page).unwrap_or_else(|_| page.what.clone()), cookie: None }
    }
}

fn told(visit: &Visit, refusal: Refusal) -> Told {
    let words = words(visit.language);
    match refusal {
        Refusal::NotFound => Told::new(StatusCode::NOT_FOUND, "not-found"),
        Refusal::NothingPublished => Told::new(StatusCode::NOT_FOUND, "nothing-published"),
        Refusal::MistypedCode(error) => Told::new(StatusCode::NOT_FOUND, "mistyped").saying(mistyped(words, error)),
        Refusal::UnknownCode => Told::new(StatusCode::NOT_FOUND, "unknown-code"),
        Refusal::UsedCode => Told::new(StatusCode::CONFLICT, "used-code"),
        Refusal::CodeNeeded => Told::new(StatusCode::CONFLICT, "code-needed"),
        Refusal::NotAnswerable(NotAnswerable::NotYetOpen { opens_on: day }) => {
            let day = numbers::day(day, visit.language);
            Told::new(StatusCode::CONFLICT, "not-yet")
                .saying(words.say_with("error-not-yet-what", [("day", day.into())]))
        }
        Refusal::NotAnswerable(NotAnswerable::Over { closed_on: day }) => {
            let day = numbers::day(day, visit.language);
            Told::new(StatusCode::GONE, "over").saying(words.say_with("error-over-what", [("day", day.into())]))
        }
        Refusal::NoDraft => Told::new(StatusCode::NOT_FOUND, "no-draft"),
        Refusal::NoSpace => Told::new(StatusCode::NOT_FOUND, "no-space"),
        Refusal::AlreadySubmitted => Told::new(StatusCode::CONFLICT, "submitted"),
        Refusal::InvalidAnswers(_) => Told::new(StatusCode::UNPROCESSABLE_ENTITY, "bad-request"),
        Refusal::SignInFirst => Told::new(StatusCode::UNAUTHORIZED, "sign-in"),
        Refusal::UsedLink => Told::new(StatusCode::GONE, "used-link"),
        Refusal::Forbidden => Told::new(StatusCode::FORBIDDEN, "forbidden"),
        Refusal::SecondFactorFirst => Told::new(StatusCode::UNAUTHORIZED, "second-factor"),
        Refusal::SignInFailed => Told::new(StatusCode::UNAUTHORIZED, "sign-in-failed"),
        Refusal::TooManyFailures => Told::new(StatusCode::TOO_MANY_REQUESTS, "too-many-failures"),
        Refusal::Invalid(problems) => {
            let told: Vec<String> = problems.iter().map(|problem| forms::told(words, problem)).collect();
            Told::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid").saying(told.join(" "))
        }
        Refusal::Outdated => Told::new(StatusCode::CONFLICT, "outdated"),
        Refusal::Elsewhere(error) => elsewhere(&error),
        Refusal::Passkey(error) => passkey(words, error),
        Refusal::NotTied => Told::sign_in(StatusCode::FORBIDDEN, "not-tied"),
        Refusal::NotVerified => Told::sign_in(StatusCode::FORBIDDEN, "not-verified"),
        Refusal::LocalSignInOff => Told::sign_in(StatusCode::FORBIDDEN, "local-off"),
        Refusal::Identity(error) => internal(&error),
        Refusal::Conflict(conflict) => {
            Told::new(StatusCode::CONFLICT, "conflict").saying(in_conflict(words, &conflict))
        }
        Refusal::Store(StoreError::Unavailable(why)) => {
            tracing::warn!(%why, "the database is not available");
            Told::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable")
        }
        Refusal::Store(StoreError::Interrupted) => Told::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        Refusal::Store(error @ (StoreError::Corrupt { .. } | StoreError::Query(_) | StoreError::Migration(_))) => {
            internal(&error)
        }
    }
}

/// What went wrong at another body's service, or on the way back from it. The log knows more than the page.
fn elsewhere(error: &OidcError) -> Told {
    tracing::warn!(%error, "a sign-in through the service of another body failed");
    match error {
        OidcError::Unreachable { .. }
        | OidcError::Answer { .. }
        | OidcError::OtherIssuer
        | OidcError::Address { .. }
        | OidcError::Authorities => Told::sign_in(StatusCode::BAD_GATEWAY, "elsewhere-down"),
        OidcError::State => Told::sign_in(StatusCode::BAD_REQUEST, "elsewhere-state"),
        OidcError::Denied { .. } => Told::sign_in(StatusCode::FORBIDDEN, "elsewhere-denied"),
        OidcError::Sender | OidcError::Code { .. } | OidcError::Token(_) => {
            Told::sign_in(StatusCode::FORBIDDEN, "elsewhere-proof")
        }
    }
}

/// Why a passkey was not made, or not believed.
fn passkey(words: &Words, error: PasskeyError) -> Told {
    tracing::info!(%error, "a passkey was not taken");
    let what = match error {
        PasskeyError::State | PasskeyError::Expired | PasskeyError::Challenge | PasskeyError::Handle => "late",
        PasskeyError::Unknown => "unknown",
        PasskeyError::NotVerified => "unverified",
        PasskeyError::Cloned => "copied",
        PasskeyError::Algorithm => "kind",
        PasskeyError::Form | PasskeyError::Origin | PasskeyError::Signature | PasskeyError::Address => "wrong",
    };
    Told::sign_in(StatusCode::UNAUTHORIZED, "passkey").saying(words.say(&format!("error-passkey-{what}")))
}

fn internal(error: &dyn fmt::Display) -> Told {
    let reference: String = secrets::token().chars().take(8).collect();
    tracing::error!(%reference, %error, "a request failed");
    Told { reference: Some(reference), ..Told::new(StatusCode::INTERNAL_SERVER_ERROR, "internal") }
}

fn mistyped(words: &Words, error: AccessCodeError) -> String {
    match error {
        AccessCodeError::Length(count) => words.say_with("error-mistyped-length", [("count", count.into())]),
        AccessCodeError::Character(character) => {
            words.say_with("error-mistyped-character", [("character", character.to_string().into())])
        }
        AccessCodeError::Check => words.say("error-mistyped-check"),
    }
}

fn in_conflict(words: &Words, conflict: &Conflict) -> String {
    let about = |key: &str, wave: &str| words.say_with(key, [("wave", Value::from(wave))]);
    match conflict {
        Conflict::WaveState { wave, .. } => about("error-conflict-state", wave),
        Conflict::NoRoster { wave } => about("error-conflict-roster", wave),
        Conflict::NobodyListed { wave } => about("error-conflict-nobody", wave),
        Conflict::PaperWaiting { wave, count } => {
            words.say_with("error-conflict-paper", [("wave", Value::from(wave.as_str())), ("count", (*count).into())])
        }
        Conflict::FormStored { number } => about("error-conflict-form", number),
        Conflict::NotYours { wave } => about("error-conflict-not-yours", wave),
        Conflict::TooFewToGive { wave } => about("error-conflict-too-few", wave),
        Conflict::BatchLoaded { day } => about("error-conflict-batch", &day.strftime("%d/%m/%Y").to_string()),
        Conflict::Unheard { wave, groups } | Conflict::NoQuorum { wave, missing: groups } => {
            let key = if matches!(conflict, Conflict::Unheard { .. }) {
                "error-conflict-unheard"
            } else {
                "error-conflict-quorum"
            };
            words.say_with(key, [("wave", Value::from(wave.as_str())), ("groups", Value::from(groups.as_str()))])
        }
        Conflict::Embargo { wave } => about("error-conflict-embargo", wave),
        Conflict::NoSeat { wave } => about("error-conflict-seat", wave),
        Conflict::WeightsOpen { wave } => about("error-conflict-weights", wave),
        Conflict::OtherPhase { wave } => about("error-conflict-phase", wave),
        Conflict::ProposalStands { title } => about("error-conflict-proposal", title),
        Conflict::ProposalRefused { title } => about("error-conflict-proposal-refused", title),
        Conflict::ProposalQuorum { title, missing } => {
            let values = [("wave", Value::from(title.as_str())), ("groups", Value::from(missing.as_str()))];
            words.say_with("error-conflict-proposal-quorum", values)
        }
        Conflict::NotPublishable { wave } => about("error-conflict-publish", wave),
        Conflict::NoContext { wave } => about("error-conflict-context", wave),
        Conflict::LastAdministrator { body } => about("error-conflict-administrator", body),
        Conflict::RolesApart { name } => about("error-conflict-roles", name),
        Conflict::WorksElsewhere { name } => about("error-conflict-elsewhere", name),
        Conflict::IdentityTaken => words.say("error-conflict-identity"),
        Conflict::LastWayIn => words.say("error-conflict-way-in"),
        Conflict::NoProvider { body } => about("error-conflict-provider", body),
        Conflict::NobodyTied { body } => about("error-conflict-tied", body),
        Conflict::ProfileFrozen { project } => about("error-conflict-profile", project),
        Conflict::OlderList { .. } | Conflict::ChangedFramework { .. } => conflict.to_string(),
    }
}

/// The page for an address that leads nowhere.
pub async fn not_found(request: HttpRequest) -> HttpResponse {
    respond(&request, Told::new(StatusCode::NOT_FOUND, "not-found"))
}

/// The page for a file that is far too large.
pub fn too_large(request: &HttpRequest) -> HttpResponse {
    respond(request, Told::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large"))
}

/// The page for what cannot be read.
pub fn unreadable(request: &HttpRequest) -> HttpResponse {
    respond(request, Told::new(StatusCode::BAD_REQUEST, "bad-request"))
}

/// A form that is too large or cannot be read.
pub fn form_error(error: UrlencodedError, request: &HttpRequest) -> actix_web::Error {
    let response = match error {
        UrlencodedError::Overflow { .. } => too_large(request),
        _ => unreadable(request),
    };
    actix_web::error::InternalError::from_response(error, response).into()
}

/// A part of an address that cannot be read leads nowhere.
pub fn path_error(error: PathError, request: &HttpRequest) -> actix_web::Error {
    let told = Told::new(StatusCode::NOT_FOUND, "not-found");
    actix_web::error::InternalError::from_response(error, respond(request, told)).into()
}

fn respond(request: &HttpRequest, told: Told) -> HttpResponse {
    let status = told.status;
    Visit::new(request)
        .map_or_else(|| HttpResponse::new(status), |visit| Failed::page(&visit, told, None).error_response())
}

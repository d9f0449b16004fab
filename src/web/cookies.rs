// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which cookies exist? Eight, technical, bound to this host, out of reach of scripts.

use actix_web::HttpRequest;
use actix_web::cookie::{self, SameSite};

use crate::domain::access_code::AccessCode;

/// The cookies of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// A respondent's questionnaire on this device.
    Answers,
    /// The code a device came with, where the questionnaire itself does not hold it: a slip until it is used, the link
    /// of a device that goes round.
    Entry,
    /// The language of a questionnaire, where it is not one of the interface.
    Language,
    /// When a questionnaire was begun on this device, so that the minutes it took can be counted.
    Started,
    /// The participants' space on this device: its own secret, and the code it was opened with.
    Space,
    /// A signed-in member of staff.
    Staff,
    /// A form of staff that waits until they have signed in again.
    Kept,
    /// A sign-in that was begun and waits for its answer, for some minutes.
    Begun,
}

/// What a cookie holds.
#[derive(Clone)]
pub struct Session {
    /// Token known to the database as a hash.
    pub token: String,
    /// The code that resumes the answers elsewhere; the service itself keeps only its hash.
    pub resume_code: Option<AccessCode>,
}

impl Cookie {
    const fn name(self) -> &'static str {
        match self {
            Self::Answers => "__Host-insieme-answers",
            Self::Entry => "__Host-insieme-entry",
            Self::Language => "__Host-insieme-language",
            Self::Started => "__Host-insieme-started",
            Self::Space => "__Host-insieme-space",
            Self::Staff => "__Host-insieme-staff",
            Self::Kept => "__Host-insieme-kept",
            Self::Begun => "__Host-insieme-begun",
        }
    }
}

/// The session in a request's cookie.
pub fn read(request: &HttpRequest, cookie: Cookie) -> Option<Session> {
    let value = request.cookie(cookie.name())?.value().to_owned();
    let (token, code) = value.split_once('.').map_or((value.as_str(), None), |(token, code)| (token, Some(code)));
    Some(Session { token: token.to_owned(), resume_code: code.and_then(|code| AccessCode::parse(code).ok()) })
}

/// The cookie that holds a session until the browser is closed.
pub fn write(cookie: Cookie, session: &Session) -> cookie::Cookie<'static> {
    let value = session
        .resume_code
        .as_ref()
        .map_or_else(|| session.token.clone(), |code| format!("{}.{}", session.token, code.compact()));
    base(cookie, value).finish()
}

/// The cookie that makes a device forget a session.
pub fn forget(cookie: Cookie) -> cookie::Cookie<'static> {
    base(cookie, String::new()).max_age(cookie::time::Duration::ZERO).finish()
}

fn base(cookie: Cookie, value: String) -> cookie::CookieBuilder<'static> {
    cookie::Cookie::build(cookie.name(), value).path("/").secure(true).http_only(true).same_site(SameSite::Lax)
}

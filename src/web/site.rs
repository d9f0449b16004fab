// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What every request needs: the application, the language of the page, and a frame around it.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use tokio::sync::Semaphore;

use super::attempts::Attempts;
use super::cookies::{self, Cookie};
use super::failure::Failed;
use super::logos::Logos;
use super::{assets, cookies::Session};
use crate::app::projects::Audience;
use crate::app::space::{Entrance, Space};
use crate::app::staff::Staff;
use crate::app::{App, Purpose, Refusal, secrets};
use crate::domain::programme::Organisation;
use crate::domain::text::Language;
use crate::store::{Db, StoreError};
use crate::view::{Address, Crumb, Frame, Page, render};

/// What a site is besides its data.
#[derive(Clone, Debug)]
pub struct SiteOptions {
    /// Address under which people reach it, without a final slash.
    pub base_url: String,
    /// Where the source of the running version is.
    pub source_url: Option<String>,
    /// Whether messages are sent.
    pub mail: Mail,
    /// Logos of bodies.
    pub logos: Logos,
}

/// Whether messages are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mail {
    /// There is a mail server.
    On,
    /// There is none: links are handed on by people.
    #[default]
    Off,
}

/// A site being served.
pub struct Site {
    /// The application.
    pub app: App,
    pub(super) options: SiteOptions,
    pub(super) attempts: Attempts,
    /// Documents are made one after the other: each takes a core, and the others go on answering.
    printing: Semaphore,
}

impl Site {
    /// A site over an application.
    #[must_use]
    pub fn new(app: App, options: SiteOptions) -> Self {
        Self { app, options, attempts: Attempts::default(), printing: Semaphore::new(1) }
    }
}

/// One request for a page.
#[derive(Clone)]
pub struct Visit {
    pub site: web::Data<Site>,
    pub language: Language,
    pub address: Address,
    request: HttpRequest,
}

impl FromRequest for Visit {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::new(request).ok_or_else(|| actix_web::error::ErrorInternalServerError("no site")))
    }
}

impl Visit {
    /// A visit, in the language of the path or else of the browser.
    pub fn new(request: &HttpRequest) -> Option<Self> {
        let site = request.app_data::<web::Data<Site>>()?.clone();
        let path = request.path();
        let in_path =
            path.get(1..3).filter(|_| matches!(path.get(3..4), None | Some("/"))).and_then(Language::from_code);
        let language = in_path.unwrap_or_else(|| preferred(request));
        let address = in_path.map_or_else(Address::default, |_| Address::new(path.get(3..).unwrap_or_default()));
        Some(Self { site, language, address, request: request.clone() })
    }

    /// Runs a reading step of the application.
    pub async fn read<T: Send + 'static>(
        &self,
        step: impl FnOnce(&App, &mut Db) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Failed> {
        let app = self.site.app.clone();
        let done = self.site.app.store.read(move |db| step(&app, db)).await;
        done.map_err(|refusal| self.refuse(refusal))
    }

    /// Runs a writing step of the application, in one transaction.
    pub async fn write<T: Send + 'static>(
        &self,
        step: impl FnOnce(&App, &mut Db) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let app = self.site.app.clone();
        self.site.app.store.write(move |db| step(&app, db)).await
    }

    /// Runs a step of the application that waits for somebody else, on a thread that may block, without the database.
    pub async fn apart<T: Send + 'static>(
        &self,
        step: impl FnOnce(&App) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let app = self.site.app.clone();
        web::block(move || step(&app)).await.unwrap_or_else(|_| Err(Refusal::Store(StoreError::Interrupted)))
    }

    /// Runs a step that makes a document, once it is its turn.
    pub async fn in_turn<T: Send + 'static>(
        &self,
        step: impl FnOnce(&App) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let turn = self.site.printing.acquire();
        let _turn = turn.await.map_err(|_| Refusal::Store(StoreError::Interrupted))?;
        self.apart(step).await
    }

    /// The error page of a refusal.
    pub fn refuse(&self, refusal: Refusal) -> Failed {
        Failed::of_refusal(self, refusal)
    }

    /// A frame for this visit.
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        let mut frame = Frame::new(self.language, &self.address, shorten(title.into()));
        frame.demonstration = self.site.app.purpose == Purpose::Demonstration;
        frame.assets.clone_from(assets::folder());
        frame.source.clone_from(&self.site.options.source_url);
        frame
    }

    /// A frame of a body's page: its name, logo and contacts stand around it.
    pub fn frame_of(&self, body: &Organisation, title: impl Into<String>, crumbs: Vec<Crumb>) -> Frame {
        let logo = self.site.options.logos.address(body);
        self.frame_with_crumbs(title, crumbs).of(body, logo)
    }

    /// A frame with the way back up; the last crumb is the page itself.
    pub fn frame_with_crumbs(&self, title: impl Into<String>, crumbs: Vec<Crumb>) -> Frame {
        let mut frame = self.frame(title);
        frame.crumbs = crumbs;
        frame
    }

    /// The response that shows a page.
    pub fn show<P: Page>(&self, frame: &Frame, page: &P) -> Result<HttpResponse, Failed> {
        self.show_as(StatusCode::OK, frame, page)
    }

    /// The response that shows a page with a status.
    pub fn show_as<P: Page>(&self, status: StatusCode, frame: &Frame, page: &P) -> Result<HttpResponse, Failed> {
        match render(frame, page) {
            Ok(html) => Ok(HttpResponse::build(status).content_type(ContentType::html()).body(html)),
            Err(error) => Err(Failed::internal(self, &error)),
        }
    }

    /// The path of a place in this page's language.
    pub fn path(&self, place: &str) -> String {
        format!("/{}{place}", self.language.code())
    }

    /// The session that this device holds.
    pub fn session(&self, cookie: Cookie) -> Option<Session> {
        cookies::read(&self.request, cookie)
    }

    /// What the address says in a field of its query, as it stands there.
    pub fn asked(&self, name: &str) -> Option<String> {
        let mut fields = self.request.query_string().split('&').filter_map(|field| field.split_once('='));
        fields.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
    }

    /// The address of whoever asks, for counting wrong codes; kept in memory for a minute.
    pub fn peer(&self) -> Option<std::net::IpAddr> {
        self.request.peer_addr().map(|address| address.ip())
    }

    /// Refuses a form that does not come from a page of this session.
    pub fn check_form(&self, session: &Session, sent: Option<&str>) -> Result<(), Failed> {
        if sent == Some(secrets::form_token(&session.token).as_str()) { Ok(()) } else { Err(Failed::forged(self)) }
    }

    /// The signed-in member of staff.
    pub async fn staff(&self) -> Result<Staff, Failed> {
        self.signed_in().await.map_err(|refusal| self.refuse(refusal))
    }

    /// The signed-in member of staff, or why there is none. Notes from time to time that the session is in use.
    pub async fn signed_in(&self) -> Result<Staff, Refusal> {
        let app = &self.site.app;
        let (asking, token) = (app.clone(), self.session(Cookie::Staff).map(|session| session.token));
        let staff = app.store.read(move |db| asking.staff(db, token.as_deref())).await?;
        if app.is_to_be_noted(&staff) {
            let seen = staff.clone();
            self.write(move |app, db| app.touch(db, &seen)).await?;
        }
        Ok(staff)
    }

    /// The device that asks, in a few words.
    pub fn device(&self) -> String {
        let header = self.request.headers().get("user-agent").and_then(|value| value.to_str().ok());
        super::device::described(header.unwrap_or_default())
    }

    /// Who asks.
    pub async fn audience(&self) -> Audience {
        match self.session(Cookie::Staff) {
            None => self.taking_part().await,
            Some(_) => match self.staff().await {
                Ok(staff) => Audience::Staff(staff.grants.into()),
                Err(_) => self.taking_part().await,
            },
        }
    }

    /// Somebody whose device is in the participants' space of a wave, or anybody.
    async fn taking_part(&self) -> Audience {
        let session = self.session(Cookie::Space);
        let Some((code, device)) = session.and_then(|session| Some((session.resume_code?, session.token))) else {
            return Audience::Public;
        };
        let now = self.site.app.clock.now();
        if !self.site.attempts.allows(self.peer(), now) {
            return Audience::Public;
        }
        match self.space(Entrance { code, device }).await {
            Ok(space) => Audience::Participant {
                organisation: space.place.project.organisation_id,
                project: space.place.project.id,
            },
            Err(Refusal::UnknownCode) => {
                self.site.attempts.failed(self.peer(), now);
                Audience::Public
            }
            Err(_) => Audience::Public,
        }
    }

    /// The participants' space that the code of a device opens. Whoever asks counts wrong codes: one in a cookie is as good a
    /// guess as one in an address.
    pub async fn space(&self, entrance: Entrance) -> Result<Space, Refusal> {
        let app = self.site.app.clone();
        self.site.app.store.read(move |db| app.space(db, &entrance)).await
    }
}

/// Italian unless the browser asks for English first.
pub fn preferred(request: &HttpRequest) -> Language {
    let header = request.headers().get("accept-language").and_then(|value| value.to_str().ok()).unwrap_or_default();
    header
        .split(',')
        .filter_map(|tag| tag.trim().get(..2))
        .find_map(|code| Language::from_code(&code.to_ascii_lowercase()))
        .unwrap_or_default()
}

/// Titles of at most 70 characters, cut at a word.
fn shorten(title: String) -> String {
    if title.chars().count() <= 70 {
        return title;
    }
    let kept: String = title.chars().take(69).collect();
    let cut = kept.rfind(' ').and_then(|place| kept.get(..place)).unwrap_or(&kept);
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_titles_are_cut_at_a_word() {
        let short = "Passo 1 di 2".to_owned();
        assert_eq!(shorten(short.clone()), short);
        let long = shorten("parola ".repeat(20));
        assert!(long.chars().count() <= 70 && long.ends_with("parola…"), "{long}");
    }
}

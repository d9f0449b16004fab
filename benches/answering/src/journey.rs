// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One respondent: from the link of the group to the receipt.

use std::fmt::Write;
use std::net::SocketAddr;

use insieme::app::secrets;
use insieme::domain::questionnaire::{Answers, Page, Questionnaire};

use crate::connection::{Answer, Connection};
use crate::place::Place;
use crate::running::Running;

/// Which requests a respondent makes.
#[derive(Clone, Copy)]
pub enum Way {
    /// Start, every page, submission, receipt: whatever changes something, and the proof.
    Sending,
    /// Everything a browser fetches besides pictures and styles: landing, every page, review.
    Looking,
}

/// A respondent's connection, with all requests that do not depend on who answers.
pub struct Journey {
    connection: Connection,
    address: SocketAddr,
    code: String,
    /// For each page the part of the form after the token.
    forms: Vec<String>,
}

impl Way {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sending => "sending only",
            Self::Looking => "every page seen",
        }
    }
}

impl Journey {
    pub fn new(running: &Running, place: &Place) -> Self {
        Self {
            connection: Connection::open(running.address),
            address: running.address,
            code: place.code.compact(),
            forms: place.questionnaire.pages.iter().map(form).collect(),
        }
    }

    /// Answers everything. `done` is called after each request.
    pub fn answer(&mut self, way: Way, done: &mut dyn FnMut(&Answer<'_>)) {
        let landing = format!("/it/q/{}", self.code);
        self.look(way, &landing, "", done);
        let started = self.post(&landing, "", "");
        done(&started);
        assert_eq!(started.status, 303, "{}", told(&started));
        let cookie = started.cookie().expect("a session");
        let token = cookie.split_once('=').and_then(|(_, value)| value.split('.').next()).expect("a token");
        let form_token = format!("form_token={}", secrets::form_token(token));
        for page in 0..self.forms.len() {
            let address = format!("/it/questionnaire/{}", page + 1);
            self.look(way, &address, &cookie, done);
            let form = format!("{form_token}{}", self.forms.get(page).expect("a page"));
            let saved = self.post(&address, &cookie, &form);
            done(&saved);
            assert_eq!(saved.status, 303, "{}", told(&saved));
        }
        self.look(way, "/it/questionnaire/review", &cookie, done);
        let submitted = self.post("/it/questionnaire/submission", &cookie, &form_token);
        done(&submitted);
        assert_eq!(submitted.status, 303, "{}", told(&submitted));
        self.fetch("/it/questionnaire/receipt", &cookie, done);
    }

    fn look(&mut self, way: Way, path: &str, cookie: &str, done: &mut dyn FnMut(&Answer<'_>)) {
        match way {
            Way::Looking => self.fetch(path, cookie, done),
            Way::Sending => {}
        }
    }

    fn fetch(&mut self, path: &str, cookie: &str, done: &mut dyn FnMut(&Answer<'_>)) {
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\n\r\n", self.address);
        let shown = self.connection.ask(request.as_bytes());
        done(&shown);
        assert_eq!(shown.status, 200, "{}", told(&shown));
    }

    fn post(&mut self, path: &str, cookie: &str, form: &str) -> Answer<'_> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            self.address,
            form.len()
        );
        self.connection.ask(request.as_bytes())
    }
}

fn told(answer: &Answer<'_>) -> String {
    String::from_utf8_lossy(answer.body).into_owned()
}

fn form(page: &Page) -> String {
    let mut form = "&go=next".to_owned();
    for (code, point) in sent(page) {
        write!(form, "&{code}={point}").expect("text");
    }
    form
}

/// What is answered to the items of a page.
fn sent(page: &Page) -> Vec<(String, String)> {
    let point = |position: usize| (position % 3 + 1).to_string();
    page.questions.iter().map(|question| (question.item.code.clone(), point(question.position))).collect()
}

/// The answers as they are stored.
pub fn whole(questionnaire: &Questionnaire) -> String {
    let fill = |answers: Answers, page: &Page| page.fill(&answers, &sent(page)).expect("answers of the scale");
    questionnaire.pages.iter().fold(questionnaire.blank(), fill).stored()
}

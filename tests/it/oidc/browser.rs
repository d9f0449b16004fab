// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does a person get through the pages of the other body? A browser that follows, fills in every form, and stops
//! before it comes back.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html, Selector};
use ureq::Agent;
use url::Url;

/// Pages before somebody who follows every link must have arrived.
const STEPS: usize = 12;

#[derive(Default)]
struct Browser {
    cookies: BTreeMap<String, String>,
}

/// What came: a page, or where to go next.
enum Came {
    Page(String),
    Sent(Url),
}

/// Signs in under this name and consents to everything; the fields with which the browser is sent back.
pub fn sign_in(url: &str, login: &str, back: &str) -> Vec<(String, String)> {
    let mut browser = Browser::default();
    let mut here = Url::parse(url).unwrap();
    let mut came = browser.ask(&here, None);
    for _ in 0..STEPS {
        came = match came {
            Came::Sent(to) if to.as_str().starts_with(back) => return to.query_pairs().into_owned().collect(),
            Came::Sent(to) => {
                here = to;
                browser.ask(&here, None)
            }
            Came::Page(page) => {
                let (to, fields) = filled(&page, &here, login);
                browser.ask(&to, Some(&fields))
            }
        };
    }
    panic!("still at {here} after {STEPS} pages");
}

/// The page at this address.
pub fn page(url: &str) -> String {
    match Browser::default().ask(&Url::parse(url).unwrap(), None) {
        Came::Page(page) => page,
        Came::Sent(to) => panic!("sent to {to}"),
    }
}

/// The form of a page, filled in: where it goes and what it says.
fn filled(page: &str, here: &Url, login: &str) -> (Url, Vec<(String, String)>) {
    let document = Html::parse_document(page);
    let attribute = |element: ElementRef<'_>, name| element.value().attr(name).unwrap_or_default().to_owned();
    let form = document.select(&Selector::parse("form").unwrap()).next().unwrap_or_else(|| panic!("no form: {page}"));
    let inputs = Selector::parse("input[name]").unwrap();
    let fields = form.select(&inputs).map(|input| match attribute(input, "name").as_str() {
        "login" | "password" => (attribute(input, "name"), login.to_owned()),
        name => (name.to_owned(), attribute(input, "value")),
    });
    (here.join(&attribute(form, "action")).unwrap(), fields.collect())
}

impl Browser {
    /// Asks for a page, or sends a form, and keeps the cookies that come with the answer.
    fn ask(&mut self, url: &Url, form: Option<&[(String, String)]>) -> Came {
        let config = Agent::config_builder().max_redirects(0).max_redirects_will_error(false);
        let agent = Agent::new_with_config(config.proxy(None).http_status_as_error(false).build());
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = match form {
            None => agent.get(url.as_str()).header("cookie", cookies.join("; ")).call(),
            Some(form) => agent.post(url.as_str()).header("cookie", cookies.join("; ")).send_form(form.to_vec()),
        };
        let mut answer = answer.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        match answer.headers().get("location") {
            Some(to) => Came::Sent(url.join(to.to_str().unwrap()).unwrap()),
            None => Came::Page(answer.body_mut().read_to_string().unwrap()),
        }
    }
}

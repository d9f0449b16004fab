// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does signing in with another body's service work, and is every forged answer refused? Against a certified service of
//! somebody else's making, run from `tests/oidc`.
//!
//! Left out, and said so, where its packages are not installed: `cd tests/oidc && npm ci`.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use insieme::domain::text::Text;
use insieme::identity::oidc::{
    Callback, ClaimNames, ClientAuth, Hidden, HttpError, Identity, Kept, OidcError, Provider, ProviderSettings,
    SecondFactor, TokenProblem,
};
use jiff::{Timestamp, ToSpan};

pub mod browser;
pub mod other_body;

/// Where browsers come back to. Nobody listens there: the walk ends before.
const CALLBACK: &str = "http://127.0.0.1:9/callback";
/// The address of a service whose pages send people to the other body, and where they come back to.
pub const BASE: &str = "http://127.0.0.1:9";
/// Where browsers come back to in tests of the pages, which take the answer from there.
pub const RETURN: &str = "http://127.0.0.1:9/sign-in/ente/return";

pub fn settings(issuer: &str, client_auth: ClientAuth) -> ProviderSettings {
    let client_id = match client_auth {
        ClientAuth::Basic => "basic",
        ClientAuth::Post => "post",
    };
    ProviderSettings {
        id: "ente".to_owned(),
        name: Text::both("l’ente", "the body"),
        issuer: issuer.to_owned(),
        client_id: client_id.to_owned(),
        client_secret: Some(Hidden::new("only for local tests: /+&%".to_owned())),
        client_auth,
        scopes: vec!["profile".to_owned(), "email".to_owned()],
        claims: ClaimNames::default(),
        client_secret_file: None,
        requires_verified_email: false,
        ties_by_email: false,
        second_factor: SecondFactor::Provider,
        ca_file: None,
        authorities: None,
    }
}

/// The other body's service as this program sees it; nothing where it cannot be run.
fn provider() -> Option<Provider> {
    Some(Provider::discover(settings(other_body::issuer()?, ClientAuth::Basic), CALLBACK).unwrap())
}

/// Ada has signed in at the service and comes back.
fn ada_comes_back(provider: &Provider) -> (Callback, Kept) {
    let start = provider.start();
    let came_back = browser::sign_in(&start.url, "ada", CALLBACK);
    let value = |name: &str| came_back.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let hidden = |name: &str| value(name).map(Hidden::new);
    let callback = Callback { code: hidden("code"), state: hidden("state"), iss: value("iss"), error: value("error") };
    (callback, start.kept)
}

/// Tokens bear the time of the service that issues them, which has a clock of its own: the only test that asks for it.
fn finish(provider: &Provider, callback: &Callback, kept: &Kept) -> Result<Identity, OidcError> {
    provider.finish(callback, kept, Timestamp::now())
}

fn hidden(text: &str) -> Hidden {
    Hidden::new(text.to_owned())
}

#[test]
fn who_signs_in_at_another_body_is_known_here_however_the_secret_is_shown() {
    let Some(issuer) = other_body::issuer() else { return };
    for how in [ClientAuth::Basic, ClientAuth::Post] {
        let provider = Provider::discover(settings(issuer, how), CALLBACK).unwrap();
        let (callback, kept) = ada_comes_back(&provider);
        let ada = finish(&provider, &callback, &kept).unwrap();
        assert_eq!((ada.issuer.as_str(), ada.subject.as_str()), (issuer, "ada"));
        assert_eq!((ada.email.as_deref(), ada.email_verified), (Some("ada@comune.esempio.it"), true));
        assert_eq!(ada.name.as_deref(), Some("Ada Esempio"));
    }
}

#[test]
fn an_address_may_have_the_name_that_spid_gives_it() {
    let Some(issuer) = other_body::issuer() else { return };
    let claims = ClaimNames { email: "https://attributes.eid.gov.it/e_mail".to_owned(), ..ClaimNames::default() };
    let provider = Provider::discover(ProviderSettings { claims, ..settings(issuer, ClientAuth::Basic) }, CALLBACK);
    let provider = provider.unwrap();
    let (callback, kept) = ada_comes_back(&provider);
    let ada = finish(&provider, &callback, &kept).unwrap();
    assert_eq!((ada.email.as_deref(), ada.email_verified), (Some("ada@spid.esempio.it"), false));
}

#[test]
fn what_is_kept_survives_being_kept_as_text_and_does_not_print_itself() {
    let Some(provider) = provider() else { return };
    let (callback, kept) = ada_comes_back(&provider);
    let text = serde_json::to_string(&kept).unwrap();
    let kept: Kept = serde_json::from_str(&text).unwrap();
    assert!(!format!("{kept:?} {callback:?}").contains(kept.state.reveal()));
    assert!(!format!("{provider:?}").contains("only for local tests"));
    assert!(finish(&provider, &callback, &kept).is_ok());
}

#[test]
fn nobody_but_who_began_can_use_a_code() {
    let Some(provider) = provider() else { return };
    let (callback, kept) = ada_comes_back(&provider);
    let other = Kept { pkce_verifier: provider.start().kept.pkce_verifier, ..kept };
    let refused = OidcError::Code { code: "invalid_grant".to_owned() };
    assert_eq!(finish(&provider, &callback, &other), Err(refused));
}

#[test]
fn a_code_is_used_once() {
    let Some(provider) = provider() else { return };
    let (callback, kept) = ada_comes_back(&provider);
    assert!(finish(&provider, &callback, &kept).is_ok());
    let refused = OidcError::Code { code: "invalid_grant".to_owned() };
    assert_eq!(finish(&provider, &callback, &kept), Err(refused));
}

#[test]
fn a_token_of_another_sign_in_is_refused() {
    let Some(provider) = provider() else { return };
    let (callback, kept) = ada_comes_back(&provider);
    let other = Kept { nonce: hidden("of another sign-in"), ..kept };
    assert_eq!(finish(&provider, &callback, &other), Err(OidcError::Token(TokenProblem::Nonce)));
}

#[test]
fn a_token_expires() {
    let Some(provider) = provider() else { return };
    let (callback, kept) = ada_comes_back(&provider);
    let later = Timestamp::now() + 24.hours();
    assert_eq!(provider.finish(&callback, &kept, later), Err(OidcError::Token(TokenProblem::Expired)));
}

#[test]
fn an_answer_that_was_not_asked_for_is_refused_and_the_right_one_still_works() {
    let Some(provider) = provider() else { return };
    let (callback, kept) = ada_comes_back(&provider);
    for state in [None, Some(hidden("")), Some(provider.start().kept.state)] {
        let forged = Callback { state, ..callback.clone() };
        assert_eq!(finish(&provider, &forged, &kept), Err(OidcError::State));
    }
    let elsewhere = Kept { issuer: "https://another.example".to_owned(), ..kept.clone() };
    assert_eq!(finish(&provider, &callback, &elsewhere), Err(OidcError::State));
    assert!(finish(&provider, &callback, &kept).is_ok());
}

#[test]
fn an_answer_of_another_service_is_refused() {
    let Some(provider) = provider() else { return };
    let (callback, kept) = ada_comes_back(&provider);
    let slash = callback.iss.as_ref().map(|iss| format!("{iss}/"));
    for iss in [None, Some("https://another.example".to_owned()), slash] {
        let forged = Callback { iss, ..callback.clone() };
        assert_eq!(finish(&provider, &forged, &kept), Err(OidcError::Sender));
    }
}

#[test]
fn who_is_not_let_in_there_is_not_let_in_here() {
    let Some(provider) = provider() else { return };
    let (callback, kept) = ada_comes_back(&provider);
    let denied = Callback { code: None, error: Some("access_denied".to_owned()), ..callback.clone() };
    let expected = OidcError::Denied { code: "access_denied".to_owned() };
    assert_eq!(finish(&provider, &denied, &kept), Err(expected));
    let nothing = Callback { code: None, ..callback };
    assert!(matches!(finish(&provider, &nothing, &kept), Err(OidcError::Denied { .. })));
}

#[test]
fn a_wrong_secret_is_refused() {
    let Some(issuer) = other_body::issuer() else { return };
    for how in [ClientAuth::Basic, ClientAuth::Post] {
        let wrong = ProviderSettings { client_secret: Some(hidden("wrong")), ..settings(issuer, how) };
        let provider = Provider::discover(wrong, CALLBACK).unwrap();
        let (callback, kept) = ada_comes_back(&provider);
        let refused = OidcError::Code { code: "invalid_client".to_owned() };
        assert_eq!(finish(&provider, &callback, &kept), Err(refused));
    }
}

#[test]
fn a_service_that_calls_itself_something_else_is_refused() {
    let Some(issuer) = other_body::issuer() else { return };
    for name in [format!("{issuer}/"), issuer.replace("127.0.0.1", "localhost")] {
        let refused = Provider::discover(settings(&name, ClientAuth::Basic), CALLBACK).err();
        assert_eq!(refused, Some(OidcError::OtherIssuer), "{name}");
    }
}

#[test]
fn the_session_is_ended_at_the_service_too() {
    let Some(provider) = provider() else { return };
    let (callback, kept) = ada_comes_back(&provider);
    let ada = finish(&provider, &callback, &kept).unwrap();
    let end = provider.end_session_url(Some(&ada.id_token), Some("http://127.0.0.1:9/")).unwrap();
    let page = browser::page(&end);
    assert!(page.contains("/session/end/confirm"), "{page}");
    assert!(provider.end_session_url(None, None).unwrap().ends_with("/session/end?client_id=basic"));
}

/// A service on this machine that gives everybody this answer, until the test process ends.
fn service_that_answers(head: &str, length: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answer =
        format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{}", "a".repeat(length));
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _read = stream.read(&mut [0; 4096]);
            let _whole_or_not = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{address}")
}

#[test]
fn a_service_cannot_send_elsewhere_nor_tell_endless_stories() {
    let discover = |issuer: &str| Provider::discover(settings(issuer, ClientAuth::Basic), CALLBACK).err();
    let what = "its description";
    let elsewhere = service_that_answers("302 Found\r\nlocation: http://127.0.0.1:1/", 0);
    assert_eq!(discover(&elsewhere), Some(OidcError::Answer { what }));
    let endless = service_that_answers("200 OK\r\ncontent-type: application/json", 300 * 1024);
    assert_eq!(discover(&endless), Some(OidcError::Unreachable { what, why: HttpError::TooLong }));
    let nonsense = service_that_answers("200 OK\r\ncontent-type: application/json", 10);
    assert_eq!(discover(&nonsense), Some(OidcError::Answer { what }));
    assert_eq!(discover("http://127.0.0.1:1"), Some(OidcError::Unreachable { what, why: HttpError::Connection }));
}

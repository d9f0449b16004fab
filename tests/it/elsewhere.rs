// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do people of the staff come in through the sign-in service of another body, whole, over HTTP, and nobody else?
//!
//! Left out, and said so, where the service's packages are not installed: `cd tests/oidc && npm ci`.

use insieme::app::{App, secrets};
use insieme::domain::account::{Operator, Scope};
use insieme::domain::field::Typed;
use insieme::domain::role::Role;
use insieme::identity::oidc::{ClientAuth, Hidden, Kept, ProviderSettings, SecondFactor};
use insieme::store::{self, begun_sign_ins};

use crate::oidc::{BASE, RETURN, browser, other_body, settings};
use crate::service::{Answer, Client, Fresh};
use crate::staff::{PASSWORD, code_of, link, send, set_up};

/// Services with the sign-in service of another body, whose settings may be changed; none where it cannot be run.
fn services(change: impl Fn(&mut ProviderSettings)) -> Vec<Fresh> {
    let Some(issuer) = other_body::issuer() else { return Vec::new() };
    Fresh::on_both_as(|app| {
        let mut settings = settings(issuer, ClientAuth::Basic);
        change(&mut settings);
        app.reached_at(BASE, vec![settings])
    })
}

/// Signs in at the other body under this name; where the browser comes back to.
fn walk(url: &str, login: &str) -> String {
    let fields = browser::sign_in(url, login, RETURN);
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    format!("/sign-in/ente/return?{query}")
}

/// Comes in through the other body.
fn come_in(client: &mut Client, login: &str) -> Answer {
    let start = client.get("/it/staff/sign-in/ente");
    assert_eq!(start.status, 303, "{}", start.body);
    client.get(&walk(&start.location.unwrap(), login))
}

/// Where the page that begins to tie leads.
fn way_out(answer: &Answer) -> String {
    let document = scraper::Html::parse_document(&answer.body);
    let links = scraper::Selector::parse("main a").unwrap();
    let mut hrefs = document.select(&links).filter_map(|one| one.value().attr("href"));
    hrefs.find(|href| href.starts_with("http")).unwrap_or_else(|| panic!("{}", answer.body)).to_owned()
}

/// Ties an identity of the other body to the account that is signed in.
fn tie(client: &mut Client, login: &str) -> Answer {
    let token = client.get("/it/staff/account").form_token();
    let begun = client.post("/it/staff/account/identities/ente/tying", &[("form_token", &token)]);
    client.get(&walk(&way_out(&begun), login))
}

fn body(client: &mut Client) -> String {
    let body = link(&client.get("/it/staff"), "/it/staff/organisations/");
    body.trim_end_matches("/projects/new").to_owned()
}

/// Adds Ada, whose address is the one that the other body tells too.
fn ada_esempio(service: &Fresh) {
    let app = service.app.clone();
    let typed = Typed::default().with("name", "Ada").with("email", "ada@comune.esempio.it").with("password", PASSWORD);
    service.app.store.write_now(move |db| app.add_account(db, &typed, Operator::No, Some("Comune"))).unwrap();
}

#[test]
fn an_identity_is_tied_by_the_accounts_owner_and_comes_in_from_then_on() {
    for service in services(|_| {}) {
        let mut owner = set_up(&service);
        assert!(service.visitor().get("/it/staff/sign-in").body.contains("Accedi con l’ente"));
        assert_eq!(come_in(&mut service.visitor(), "ada").status, 403, "nobody is tied yet");
        assert_eq!(tie(&mut owner, "ada").location.as_deref(), Some("/it/staff/account"));
        assert_eq!(tie(&mut owner, "ada").status, 303, "again changes nothing");
        let account = owner.get("/it/staff/account");
        assert_eq!(account.body.matches("ada@comune.esempio.it").count(), 1, "{}", account.body);
        let mut device = service.visitor();
        let entered = come_in(&mut device, "ada");
        assert_eq!((entered.status, entered.location.as_deref()), (303, Some("/it/staff")), "{}", entered.body);
        assert_eq!(device.get("/it/staff/account").status, 200);
        assert_eq!(come_in(&mut service.visitor(), "bea").status, 403, "somebody else is not let in");
        let untying = format!(
            "/it/staff/account/identities/{}",
            owner.get("/it/staff/account").body.split("/untying").next().unwrap().rsplit('/').next().unwrap()
        );
        let token = owner.get("/it/staff/account").form_token();
        assert_eq!(owner.post(&format!("{untying}/untying"), &[("form_token", &token)]).status, 303);
        assert_eq!(come_in(&mut service.visitor(), "ada").status, 403, "what is untied lets nobody in");
    }
}

#[test]
fn an_identity_belongs_to_one_account_and_is_tied_only_in_the_session_that_began_it() {
    for service in services(|_| {}) {
        let mut owner = set_up(&service);
        ada_esempio(&service);
        assert_eq!(tie(&mut owner, "ada").status, 303);
        let mut other = service.visitor();
        other.post("/it/staff/sign-in", &[("email", "ada@comune.esempio.it"), ("password", PASSWORD)]);
        assert_eq!(tie(&mut other, "ada").status, 409);
        let token = other.get("/it/staff/account").form_token();
        let begun = other.post("/it/staff/account/identities/ente/tying", &[("form_token", &token)]);
        let back = walk(&way_out(&begun), "bea");
        let out = other.get("/it/staff").form_token();
        other.post("/it/staff/sign-out", &[("form_token", &out)]);
        assert_eq!(other.get(&back).status, 401, "nobody is signed in any more");
    }
}

#[test]
fn an_address_that_is_the_same_lets_nobody_in_unless_the_settings_say_so() {
    for service in services(|_| {}) {
        set_up(&service);
        ada_esempio(&service);
        let refused = come_in(&mut service.visitor(), "ada");
        assert!(refused.status == 403 && refused.body.contains("Un indirizzo e-mail uguale non basta"));
    }
    for service in services(|settings| settings.ties_by_email = true) {
        set_up(&service);
        ada_esempio(&service);
        assert_eq!(come_in(&mut service.visitor(), "ada").location.as_deref(), Some("/it/staff"));
        assert_eq!(come_in(&mut service.visitor(), "bea").status, 403, "no account has that address");
    }
    let unverified = |settings: &mut ProviderSettings| {
        settings.ties_by_email = true;
        settings.claims.email_verified = Some("nobody_says_this".to_owned());
    };
    for service in services(unverified) {
        ada_esempio(&service);
        assert_eq!(come_in(&mut service.visitor(), "ada").status, 403, "the address is not verified");
    }
}

#[test]
fn a_verified_address_can_be_asked_for() {
    for service in services(|settings| settings.requires_verified_email = true) {
        assert_eq!(tie(&mut set_up(&service), "ada").status, 303);
    }
    let unverified = |settings: &mut ProviderSettings| {
        settings.requires_verified_email = true;
        settings.claims.email = "https://attributes.eid.gov.it/e_mail".to_owned();
    };
    for service in services(unverified) {
        let refused = tie(&mut set_up(&service), "ada");
        assert!(refused.status == 403 && refused.body.contains("Indirizzo e-mail non verificato"), "{}", refused.body);
    }
}

fn invite(client: &mut Client, email: &str) -> String {
    let place = format!("{}/people/new", body(client));
    let fields = [("name", "Bea Bianchi"), ("email", email), ("role", "coordinator"), ("scope", "organisation")];
    let invited = send(client, &place, &fields);
    let token = invited.attribute("/staff/invitations/");
    token.chars().take(32).collect()
}

#[test]
fn an_invitation_is_taken_up_through_the_other_body() {
    for service in services(|_| {}) {
        let mut owner = set_up(&service);
        let token = invite(&mut owner, "bea@altrove.example.org");
        let mut bea = service.visitor();
        let offer = bea.get(&format!("/it/staff/invitations/{token}"));
        assert!(offer.body.contains("Accedi con l’ente") && offer.body.contains("name=\"password\""));
        let start = bea.get(&format!("/it/staff/sign-in/ente?invitation={token}"));
        let entered = bea.get(&walk(&start.location.unwrap(), "bea"));
        assert_eq!(entered.location.as_deref(), Some("/it/staff"), "{}", entered.body);
        let account = bea.get("/it/staff/account");
        assert!(account.body.contains("bea@altrove.example.org") && account.body.contains("Ada Esempio"));
        let grants = service.app.store.read_now::<_, store::StoreError>(|db| {
            let account = store::accounts::find_by_email(db, "bea@altrove.example.org")?.unwrap();
            Ok((store::grants::of_account(db, account.id)?, store::accounts::proofs(db, account.id)?.password_hash))
        });
        let (grants, password) = grants.unwrap();
        let grant = grants.first().unwrap();
        assert_eq!((grants.len(), grant.role, grant.scope), (1, Role::Coordinator, Scope::Organisation));
        assert_eq!(password, None, "there is no password that could be guessed");
        assert_eq!(come_in(&mut service.visitor(), "bea").location.as_deref(), Some("/it/staff"));
        assert_eq!(bea.get(&format!("/it/staff/sign-in/ente?invitation={token}")).status, 410, "it is used up");
        let other = invite(&mut owner, "carlo@altrove.example.org");
        let start = bea.get(&format!("/it/staff/sign-in/ente?invitation={other}"));
        assert_eq!(bea.get(&walk(&start.location.unwrap(), "bea")).status, 403, "it was for somebody else");
        ada_esempio(&service);
        let known = invite(&mut owner, "ada@comune.esempio.it");
        let start = bea.get(&format!("/it/staff/sign-in/ente?invitation={known}"));
        assert_eq!(bea.get(&walk(&start.location.unwrap(), "ada")).status, 403, "that account is not tied");
    }
}

/// Replaces what is kept of the sign-in that a browser has begun.
fn tamper(service: &Fresh, start: &Answer, change: impl Fn(&mut Kept) + Send + 'static) {
    let token = start.cookie.as_deref().unwrap().split_once('=').unwrap().1;
    let (hash, now) = (secrets::hash(token), service.app.clock.now());
    let changed = service.app.store.write_now::<_, store::StoreError>(move |db| {
        let mut begun = begun_sign_ins::take(db, &hash, now)?.unwrap();
        let mut kept = Kept::from_text(&begun.kept).unwrap();
        change(&mut kept);
        begun.kept = kept.to_text();
        begun_sign_ins::insert(db, &hash, &begun, now)
    });
    changed.unwrap();
}

fn hidden(text: &str) -> Hidden {
    Hidden::new(text.to_owned())
}

#[test]
fn a_forged_answer_is_refused_and_opens_no_session() {
    for service in services(|_| {}) {
        tie(&mut set_up(&service), "ada");
        let begin = || {
            let mut client = service.visitor();
            let start = client.get("/it/staff/sign-in/ente");
            (client, start)
        };
        let come = |client: &mut Client, path: &str, status: u16, why: &str| {
            let answer = client.get(path);
            assert_eq!(answer.status, status, "{why}: {}", answer.body);
            assert!(answer.cookie.is_none(), "{why}: no session is opened");
            assert_eq!(client.get("/it/staff/account").status, 401, "{why}");
        };
        let (mut client, start) = begin();
        let back = walk(start.location.as_deref().unwrap(), "ada");
        tamper(&service, &start, |kept| kept.pkce_verifier = hidden("not the one that was hashed, but long enough so"));
        come(&mut client, &back, 403, "wrong verifier");
        come(&mut client, &back, 400, "an answer is taken once, also one that was refused");

        let (mut client, start) = begin();
        let back = walk(start.location.as_deref().unwrap(), "ada");
        tamper(&service, &start, |kept| kept.nonce = hidden("of another sign-in"));
        come(&mut client, &back, 403, "wrong nonce");

        let (mut client, start) = begin();
        let back = walk(start.location.as_deref().unwrap(), "ada");
        come(&mut client, &back.replace("iss=http", "iss=https"), 403, "wrong issuer");

        let (mut client, start) = begin();
        let back = walk(start.location.as_deref().unwrap(), "ada");
        come(&mut service.visitor(), &back, 400, "cookie missing");
        let (mut stranger, _) = begin();
        come(&mut stranger, &back, 400, "an answer to somebody else's sign-in");
        come(&mut client, &back.replace("state=", "stat="), 400, "state missing");
        come(&mut client, "/sign-in/ente/return?error=access_denied&state=x", 400, "foreign state");
        come(&mut client.at(service.later(1)), &back, 400, "expired");
        assert_eq!(client.get(&back.replace("/ente/", "/other/")).status, 404, "unknown service");
        assert_eq!(client.get(&back).location.as_deref(), Some("/it/staff"), "the right answer still works");
    }
}

#[test]
fn a_code_that_was_used_is_refused() {
    for service in services(|_| {}) {
        tie(&mut set_up(&service), "ada");
        let mut client = service.visitor();
        let start = client.get("/it/staff/sign-in/ente");
        let back = walk(start.location.as_deref().unwrap(), "ada");
        let token = start.cookie.as_deref().unwrap().split_once('=').unwrap().1.to_owned();
        let (hash, now) = (secrets::hash(&token), service.app.clock.now());
        let find = hash.clone();
        let kept = service.app.store.read_now::<_, store::StoreError>(|db| begun_sign_ins::find(db, &find, now));
        assert_eq!(client.get(&back).status, 303);
        let begun = kept.unwrap().unwrap();
        let again = service.app.store.write_now(move |db| begun_sign_ins::insert(db, &hash, &begun, now));
        again.unwrap();
        assert_eq!(client.get(&back).status, 403, "the other body does not take its code twice");
    }
}

#[test]
fn who_is_not_let_in_there_gets_a_page_that_says_what_to_do() {
    for service in services(|_| {}) {
        let mut client = service.visitor();
        let start = client.get("/en/staff/sign-in/ente");
        let state = start.location.unwrap().split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        let issuer = url::form_urlencoded::byte_serialize(other_body::issuer().unwrap().as_bytes()).collect::<String>();
        let denied = client.get(&format!("/sign-in/ente/return?error=access_denied&state={state}&iss={issuer}"));
        assert_eq!(denied.status, 403);
        assert!(denied.body.contains("did not let you in"), "in the language in which it began");
        assert!(denied.body.contains("href=\"/en/staff/sign-in\""));
    }
}

#[test]
fn a_service_that_is_down_has_a_page_and_passwords_still_work() {
    let nobody = || vec![settings("http://127.0.0.1:1", ClientAuth::Basic)];
    for service in Fresh::on_both_as(|app: App| app.reached_at(BASE, nobody())) {
        set_up(&service);
        let mut client = service.visitor();
        let down = client.get("/it/staff/sign-in/ente");
        assert!(down.status == 502 && down.body.contains("non risponde") && down.cookie.is_none(), "{}", down.body);
        let page = client.get("/it/staff/sign-in");
        assert!(page.status == 200 && page.body.contains("Accedi con l’ente"));
        let fields = [("email", "ada@comune.example.org"), ("password", PASSWORD)];
        assert_eq!(client.post("/it/staff/sign-in", &fields).location.as_deref(), Some("/it/staff"));
        assert_eq!(client.get("/it/staff/sign-in/nessuno").status, 404);
    }
}

#[test]
fn the_accounts_own_second_factor_is_asked_for_where_the_settings_say_so() {
    for (here, place) in
        [(SecondFactor::Provider, "/it/staff"), (SecondFactor::Here, "/it/staff/sign-in/second-factor")]
    {
        for service in services(|settings| settings.second_factor = here) {
            let mut owner = set_up(&service);
            tie(&mut owner, "ada");
            let page = owner.get("/it/staff/account/second-factor");
            let secret = page.body.split("<span class=\"code\">").nth(1).unwrap().split('<').next().unwrap();
            let code = code_of(&secret.replace(' ', ""), service.app.clock.now().as_second());
            send(&mut owner, "/it/staff/account/second-factor", &[("code", &code)]);
            assert_eq!(come_in(&mut service.visitor(), "ada").location.as_deref(), Some(place));
        }
    }
}

#[test]
fn beginning_keeps_one_row_and_the_audit_tells_who_tied_what() {
    for service in services(|_| {}) {
        let mut owner = set_up(&service);
        let entries = || {
            let all =
                service.app.store.read_now::<_, store::StoreError>(|db| store::audit::after(db, 0, 1000)).unwrap();
            all.into_iter().map(|entry| entry.act).collect::<Vec<_>>()
        };
        let before = entries();
        for _ in 0..3 {
            service.visitor().get("/it/staff/sign-in/ente");
        }
        assert_eq!(entries(), before, "beginning changes nothing");
        tie(&mut owner, "ada");
        come_in(&mut service.visitor(), "ada");
        let after = entries();
        assert!(after.ends_with(&["account.identity".to_owned(), "session.opening".to_owned()]), "{after:?}");
    }
}

#[test]
fn a_body_may_do_without_passwords_once_an_administrator_comes_in_otherwise() {
    for service in services(|_| {}) {
        let mut owner = set_up(&service);
        let people = format!("{}/people", body(&mut owner));
        let off = people.replace("/people", "/local-sign-in/off");
        let token = owner.get(&people).form_token();
        assert!(owner.get(&people).body.contains(&off));
        let refused = owner.post(&off, &[("form_token", &token)]);
        assert!(refused.status == 409 && refused.body.contains("Comune di Esempio"), "{}", refused.body);
        assert_eq!(tie(&mut owner, "ada").status, 303);
        assert_eq!(owner.post(&off, &[("form_token", &token)]).status, 303);
        let fields = [("email", "ada@comune.example.org"), ("password", PASSWORD)];
        let closed = service.visitor().post("/it/staff/sign-in", &fields);
        assert!(closed.status == 403 && closed.body.contains("Qui non si entra con la password"), "{}", closed.body);
        let wrong = [("email", "ada@comune.example.org"), ("password", "lumaca viola")];
        assert_eq!(service.visitor().post("/it/staff/sign-in", &wrong).status, 401, "nobody else learns it");
        assert_eq!(come_in(&mut service.visitor(), "ada").location.as_deref(), Some("/it/staff"));
        let account = owner.get("/it/staff/account");
        let untying = account.body.split("/untying").next().unwrap().rsplit('/').next().unwrap().to_owned();
        let untying = format!("/it/staff/account/identities/{untying}/untying");
        assert_eq!(owner.post(&untying, &[("form_token", &token)]).status, 409, "it is the last way in");
        let invited = invite(&mut owner, "bea@altrove.example.org");
        let offer = service.visitor().get(&format!("/it/staff/invitations/{invited}"));
        assert!(
            !offer.body.contains("type=\"password\"") && offer.body.contains("Accedi con l’ente"),
            "{}",
            offer.body
        );
        let made = [("name", "Bea"), ("password", "ortica gialla conta i gradini")];
        assert_eq!(service.visitor().post(&format!("/it/staff/invitations/{invited}"), &made).status, 403);
        let app = service.app.clone();
        let link = service.app.store.write_now(move |db| app.issue_sign_in_for(db, "ada@comune.example.org")).unwrap();
        assert_eq!(service.visitor().post(&format!("/it/staff/sign-in/{link}"), &[]).status, 303, "the shell lets in");
        assert_eq!(owner.post(&people.replace("/people", "/local-sign-in/on"), &[("form_token", &token)]).status, 303);
        assert_eq!(service.visitor().post("/it/staff/sign-in", &fields).status, 303);
    }
}

#[test]
fn whoever_works_for_a_body_with_passwords_keeps_theirs() {
    for service in services(|_| {}) {
        let mut owner = set_up(&service);
        tie(&mut owner, "ada");
        let token = owner.get("/it/staff").form_token();
        let off = format!("{}/local-sign-in/off", body(&mut owner));
        assert_eq!(owner.post(&off, &[("form_token", &token)]).status, 303);
        let other = [("body_name", "Altro ente"), ("kind", "other"), ("contact", "Ada")];
        let added = send(&mut owner, "/it/staff/organisations/new", &other);
        assert_eq!(added.status, 303, "{}", added.body);
        let fields = [("email", "ada@comune.example.org"), ("password", PASSWORD)];
        assert_eq!(service.visitor().post("/it/staff/sign-in", &fields).status, 303);
    }
}

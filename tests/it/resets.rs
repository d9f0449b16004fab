// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does a link for a new password do what it says, once, and only in the right hands?

use insieme::app::SecondFactorThen;
use insieme::domain::account::Operator;
use insieme::domain::field::Typed;
use insieme::store;

use crate::service::{Answer, Client, Fresh};
use crate::staff::{PASSWORD, code_of, link, send, set_up};

const EMAIL: &str = "bea@comune.example.org";
const OTHER: &str = "ortica gialla conta i gradini";

fn body(client: &mut Client) -> String {
    let body = link(&client.get("/it/staff"), "/it/staff/organisations/");
    body.trim_end_matches("/projects/new").to_owned()
}

/// Invites Bea, who takes the invitation up with a password.
fn bea(service: &Fresh, owner: &mut Client) -> Client {
    let fields = [("name", "Bea"), ("email", EMAIL), ("role", "collector"), ("scope", "organisation")];
    let place = format!("{}/people/new", body(owner));
    let token: String = send(owner, &place, &fields).attribute("/staff/invitations/").chars().take(32).collect();
    let mut bea = service.visitor();
    let answer = bea.post(&format!("/it/staff/invitations/{token}"), &[("name", "Bea"), ("password", PASSWORD)]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    bea
}

/// The place from which a link for Bea is issued.
fn issuing(service: &Fresh, owner: &mut Client) -> String {
    let grant = service.app.store.read_now::<_, store::StoreError>(|db| {
        let account = store::accounts::find_by_email(db, EMAIL)?.unwrap();
        Ok(store::grants::of_account(db, account.id)?.remove(0).id)
    });
    format!("{}/people/{}/reset", body(owner), grant.unwrap().simple())
}

fn issue(service: &Fresh, owner: &mut Client) -> Answer {
    let place = issuing(service, owner);
    let token = owner.get("/it/staff").form_token();
    owner.post(&place, &[("form_token", &token)])
}

fn place(shown: &Answer) -> String {
    let token: String = shown.attribute("/staff/reset/").chars().take(32).collect();
    format!("/it/staff/reset/{token}")
}

fn sign_in(service: &Fresh, password: &str) -> Answer {
    service.visitor().post("/it/staff/sign-in", &[("email", EMAIL), ("password", password)])
}

#[test]
fn a_link_sets_a_new_password_once_and_ends_every_session() {
    for service in Fresh::on_both() {
        let mut owner = set_up(&service);
        let mut bea = bea(&service, &mut owner);
        let first = place(&issue(&service, &mut owner));
        let shown = issue(&service, &mut owner);
        let second = place(&shown);
        let people = format!("{}/people", body(&mut owner));
        assert!(!owner.get(&people).body.contains("/staff/reset/"), "shown once");
        let mut visitor = service.visitor();
        assert_eq!(visitor.get(&first).status, 410, "a second link takes the place of the first");
        assert_eq!(visitor.at(service.later(25)).get(&second).status, 410, "it works for a day");
        assert_eq!(visitor.get(&second).status, 200);
        assert_eq!(visitor.post(&second, &[("password", "password1234")]).status, 422);
        assert_eq!(bea.get("/it/staff/account").status, 200, "nothing has happened yet");
        let done = visitor.post(&second, &[("password", OTHER)]);
        assert!(done.status == 200 && done.cookie.is_none(), "nobody is signed in by it: {}", done.body);
        assert_eq!(visitor.post(&second, &[("password", PASSWORD)]).status, 410, "and it works once");
        assert_eq!(bea.get("/it/staff/account").status, 401, "every session has ended");
        assert_eq!(sign_in(&service, PASSWORD).status, 401);
        assert_eq!(sign_in(&service, OTHER).location.as_deref(), Some("/it/staff"));
        let acts = service.app.store.read_now::<_, store::StoreError>(|db| store::audit::after(db, 0, 100)).unwrap();
        let count = |act: &str| acts.iter().filter(|entry| entry.act == act).count();
        assert_eq!((count("people.reset"), count("account.reset")), (2, 1));
    }
}

#[test]
fn the_second_factor_stays_unless_the_shell_takes_it_away() {
    for service in Fresh::on_both() {
        let mut owner = set_up(&service);
        let mut bea = bea(&service, &mut owner);
        let page = bea.get("/it/staff/account/second-factor");
        let secret = page.body.split("<span class=\"code\">").nth(1).unwrap().split('<').next().unwrap();
        let code = code_of(&secret.replace(' ', ""), service.app.clock.now().as_second());
        send(&mut bea, "/it/staff/account/second-factor", &[("code", &code)]);
        let link = place(&issue(&service, &mut owner));
        service.visitor().post(&link, &[("password", OTHER)]);
        assert_eq!(sign_in(&service, OTHER).location.as_deref(), Some("/it/staff/sign-in/second-factor"));
        for (then, leads) in
            [(SecondFactorThen::Kept, "/it/staff/sign-in/second-factor"), (SecondFactorThen::Removed, "/it/staff")]
        {
            let app = service.app.clone();
            let token = service.app.store.write_now(move |db| app.issue_reset_for(db, " BEA@comune.example.org", then));
            let set = service.visitor().post(&format!("/it/staff/reset/{}", token.unwrap()), &[("password", PASSWORD)]);
            assert_eq!(set.status, 200, "{}", set.body);
            assert_eq!(sign_in(&service, PASSWORD).location.as_deref(), Some(leads));
        }
    }
}

#[test]
fn nobody_resets_the_password_of_whoever_works_elsewhere_too() {
    for service in Fresh::on_both() {
        let mut owner = set_up(&service);
        let _bea = bea(&service, &mut owner);
        let place = issuing(&service, &mut owner);
        let app = service.app.clone();
        let typed =
            Typed::default().with("name", "Carlo").with("email", "carlo@altro.example.org").with("password", OTHER);
        let added = service.app.store.write_now::<_, insieme::app::Refusal>(move |db| {
            app.add_account(db, &typed, Operator::No, Some("Altro ente"))
        });
        let carlo_id = added.unwrap().id;
        let mut carlo = service.visitor();
        carlo.post("/it/staff/sign-in", &[("email", "carlo@altro.example.org"), ("password", OTHER)]);
        let token = carlo.get("/it/staff").form_token();
        assert_eq!(carlo.post(&place, &[("form_token", &token)]).status, 404, "another body's people are not there");
        let granted = service.app.store.write_now::<_, store::StoreError>(move |db| {
            let mut grant = store::grants::of_account(db, carlo_id)?.remove(0);
            let account = store::accounts::find_by_email(db, EMAIL)?.unwrap();
            (grant.id, grant.account_id) = (uuid::Uuid::from_u128(7), account.id);
            store::grants::insert(db, &grant, "2026-11-25T10:00:00Z".parse().unwrap())
        });
        granted.unwrap();
        let token = owner.get("/it/staff").form_token();
        assert_eq!(owner.post(&place, &[("form_token", &token)]).status, 409, "she would be taken over there too");
    }
}

#[test]
fn a_link_from_the_shell_signs_in() {
    for service in Fresh::on_both() {
        set_up(&service);
        let issue = |email: &'static str| {
            let app = service.app.clone();
            service.app.store.write_now(move |db| app.issue_sign_in_for(db, email))
        };
        let token = issue("ada@comune.example.org").unwrap();
        let entered = service.visitor().post(&format!("/it/staff/sign-in/{token}"), &[]);
        assert_eq!(entered.location.as_deref(), Some("/it/staff"));
        assert!(issue("nessuno@comune.example.org").is_err());
    }
}

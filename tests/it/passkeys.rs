// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do passkeys let in whom they should, alone and after the password, and nobody else? A device in software, over HTTP.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::service::{Answer, Client, Fresh};
use crate::staff::{PASSWORD, send, set_up};
use software::{Device, altered, spoiled};

#[expect(clippy::indexing_slicing, reason = "a device that is asked nonsense has failed its test")]
#[path = "../../src/identity/passkey/software.rs"]
mod software;

const BASE: &str = "http://localhost:9";
const NEW: &str = "/it/staff/account/passkeys/new";
const ALONE: &str = "/it/staff/sign-in/passkey";
const AFTER: &str = "/it/staff/sign-in/second-factor/passkey";

/// As the module of passkeys writes bytes.
fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn bytes(text: &str) -> Result<Vec<u8>, base64::DecodeError> {
    URL_SAFE_NO_PAD.decode(text)
}

fn services() -> Vec<Fresh> {
    Fresh::on_both_as(|app| app.reached_at(BASE, Vec::new()))
}

fn device() -> Device {
    here(Device::with_p256())
}

/// A device whose browser is on a page of these services.
fn here(mut device: Device) -> Device {
    BASE.clone_into(&mut device.origin);
    device
}

/// The question that a page puts to the device.
fn options(page: &Answer) -> String {
    let document = scraper::Html::parse_document(&page.body);
    let form = scraper::Selector::parse("form[data-passkey]").unwrap();
    let form = document.select(&form).next().unwrap_or_else(|| panic!("{}", page.body));
    form.value().attr("data-options").unwrap().to_owned()
}

fn register(client: &mut Client, device: &mut Device, name: &str) -> Answer {
    let page = client.get(NEW);
    let made = device.make(&options(&page));
    client.post(NEW, &[("form_token", &page.form_token()), ("passkey_name", name), ("response", &made)])
}

/// Signs in with the passkey alone, with the answer altered.
fn sign_in(client: &mut Client, device: &mut Device, alter: impl FnOnce(String) -> String) -> Answer {
    let page = client.get(ALONE);
    let signed = alter(device.sign(&options(&page)));
    client.post(ALONE, &[("response", &signed)])
}

fn password(client: &mut Client) -> Answer {
    client.post("/it/staff/sign-in", &[("email", "ada@comune.example.org"), ("password", PASSWORD)])
}

#[test]
fn a_passkey_signs_in_alone_and_is_listed_with_its_last_use() {
    for service in services() {
        let mut ada = set_up(&service);
        let mut phone = device();
        let made = register(&mut ada, &mut phone, "Telefono");
        assert_eq!(made.status, 200, "{}", made.body);
        assert_eq!(made.body.matches("<span class=\"code\">").count(), 10, "recovery codes come with the first");
        let mut key = here(Device::with_ed25519());
        assert_eq!(register(&mut ada, &mut key, "Chiavetta").status, 303, "and not with the second");
        let account = ada.get("/it/staff/account");
        assert!(account.body.contains("Telefono") && account.body.contains("Chiavetta"), "{}", account.body);
        assert_eq!(account.body.matches("ultimo uso: mai").count(), 2);
        let mut visitor = service.visitor();
        let entered = sign_in(&mut visitor, &mut phone, |signed| signed);
        assert_eq!(entered.location.as_deref(), Some("/it/staff"), "{}", entered.body);
        assert_eq!(visitor.get("/it/staff/account").body.matches("ultimo uso: mai").count(), 1);
        assert_eq!(sign_in(&mut service.visitor(), &mut key, |signed| signed).status, 303);
        assert_eq!(ada.get("/it/staff/account").body.matches("ultimo uso: mai").count(), 0);
    }
}

#[test]
fn a_passkey_is_asked_for_after_the_password_and_recovery_codes_still_work() {
    for service in services() {
        let mut ada = set_up(&service);
        let mut phone = device();
        let made = register(&mut ada, &mut phone, "Telefono");
        let recovery = made.body.split("<span class=\"code\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let mut visitor = service.visitor();
        assert_eq!(password(&mut visitor).location.as_deref(), Some("/it/staff/sign-in/second-factor"));
        assert_eq!(visitor.get("/it/staff/account").status, 401, "the password alone opens nothing");
        let page = visitor.get("/it/staff/sign-in/second-factor");
        assert!(page.body.contains(AFTER) && page.body.contains("codici di riserva"), "{}", page.body);
        let page = visitor.get(AFTER);
        let signed = phone.sign(&options(&page));
        let proved = visitor.post(AFTER, &[("form_token", &page.form_token()), ("response", &signed)]);
        assert_eq!(proved.location.as_deref(), Some("/it/staff"), "{}", proved.body);
        assert_eq!(visitor.get("/it/staff/account").status, 200);
        let mut without = service.visitor();
        password(&mut without);
        let taken = send(&mut without, "/it/staff/sign-in/second-factor", &[("code", &recovery)]);
        assert_eq!(taken.location.as_deref(), Some("/it/staff"));
        let mut again = service.visitor();
        password(&mut again);
        assert_eq!(send(&mut again, "/it/staff/sign-in/second-factor", &[("code", &recovery)]).status, 401);
    }
}

#[test]
fn what_was_not_asked_here_and_now_of_this_device_is_refused() {
    for service in services() {
        let mut ada = set_up(&service);
        let mut phone = device();
        phone.counter = Some(5);
        assert_eq!(register(&mut ada, &mut phone, "Telefono").status, 200);
        let mut client = service.visitor();
        let page = client.get(ALONE);
        let signed = phone.sign(&options(&page));
        assert_eq!(service.visitor().post(ALONE, &[("response", &signed)]).status, 401, "another browser was asked");
        assert_eq!(client.at(service.later(1)).post(ALONE, &[("response", &signed)]).status, 401, "too late");
        assert_eq!(client.post(ALONE, &[("response", &signed)]).status, 303);
        assert_eq!(client.post(ALONE, &[("response", &signed)]).status, 401, "a question takes one answer");
        let mut old = client.get(ALONE);
        old.body = page.body;
        let replayed = phone.sign(&options(&old));
        assert_eq!(client.post(ALONE, &[("response", &replayed)]).status, 401, "the answer to an earlier question");

        let wrong = |phone: &mut Device, alter: fn(String) -> String| {
            let mut visitor = service.visitor();
            let refused = sign_in(&mut visitor, phone, alter);
            assert!(refused.status == 401 && refused.cookie.is_none(), "{}", refused.body);
            refused.body
        };
        let count = phone.counter;
        phone.counter = Some(2);
        assert!(wrong(&mut phone, |signed| signed).contains("copiata"), "the counter went back");
        phone.counter = count;
        phone.origin = "https://insieme.example.com".to_owned();
        wrong(&mut phone, |signed| signed);
        phone.origin = BASE.to_owned();
        phone.flags = 1;
        assert!(wrong(&mut phone, |signed| signed).contains("il dito"), "the person was not verified");
        phone.flags = 5;
        let spoil: fn(String) -> String =
            |signed| altered(&signed, |sent| sent["response"]["signature"] = spoiled(&sent["response"]["signature"]));
        wrong(&mut phone, spoil);
        wrong(&mut phone, |_| "{}".to_owned());
        let mut stranger = device();
        stranger.make(&options(&ada.get(NEW)));
        assert!(wrong(&mut stranger, |signed| signed).contains("non è registrata"));
        assert_eq!(
            sign_in(&mut service.visitor(), &mut phone, |signed| signed).status,
            303,
            "the right one still works"
        );
        for _ in 0..10 {
            wrong(&mut phone, spoil);
        }
        assert_eq!(sign_in(&mut service.visitor(), &mut phone, |signed| signed).status, 429, "and then it waits");
    }
}

#[test]
fn the_last_second_factor_goes_only_with_the_password() {
    for service in services() {
        let mut ada = set_up(&service);
        register(&mut ada, &mut device(), "Telefono");
        register(&mut ada, &mut device(), "Chiavetta");
        let removal = |ada: &mut Client| {
            let page = ada.get("/it/staff/account");
            let id = page.attribute("/it/staff/account/passkeys/");
            let first = page.body.split("/it/staff/account/passkeys/").find(|part| part.contains("/removal\""));
            let id = first.map_or(id.as_str(), |part| part).split('"').next().unwrap();
            format!("/it/staff/account/passkeys/{id}")
        };
        let first = removal(&mut ada);
        assert!(!ada.get(&first).body.contains("old_password"));
        assert_eq!(send(&mut ada, &first, &[]).status, 303);
        let last = removal(&mut ada);
        assert!(ada.get(&last).body.contains("old_password"));
        assert_eq!(send(&mut ada, &last, &[("old_password", "sbagliata")]).status, 422);
        assert_eq!(send(&mut ada, &last, &[("old_password", PASSWORD)]).status, 303);
        assert_eq!(ada.get(&last).status, 404);
        assert_eq!(
            password(&mut service.visitor()).location.as_deref(),
            Some("/it/staff"),
            "the password is enough again"
        );
    }
}

#[test]
fn a_passkey_without_a_name_is_asked_for_again_and_without_a_script_the_page_says_so() {
    for service in services() {
        let mut ada = set_up(&service);
        let refused = register(&mut ada, &mut device(), " ");
        assert!(refused.status == 422 && refused.body.contains("passkey_name-error"), "{}", refused.body);
        assert!(refused.body.contains("funzionano solo se"));
        let page = service.visitor().get("/it/staff/sign-in");
        assert!(page.body.contains(ALONE) && !page.body.contains("<script"));
    }
    for service in Fresh::on_both() {
        assert_eq!(service.visitor().get(ALONE).status, 404, "an address that is a number takes no passkeys");
        assert!(!service.visitor().get("/it/staff/sign-in").body.contains(ALONE));
        assert!(!set_up(&service).get("/it/staff/account").body.contains("passkey"));
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Is every passkey believed that should be, and none that should not?

use jiff::ToSpan;

use super::software::{Device, altered, spoiled};
use super::*;

const ADA: Holder<'_> = Holder { handle: b"account 1", name: "ada@comune.esempio.it", display_name: "Ada" };

fn service() -> RelyingParty {
    RelyingParty::new("https://insieme.example/it/", "Insieme").unwrap()
}

fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

/// A device and the passkey it has registered.
fn registered(mut device: Device) -> (Device, Passkey) {
    let begun = service().start_registration(ADA, &[], now()).unwrap();
    let made = device.make(&begun.options);
    (device, service().finish_registration(&begun.state, &made, now()).unwrap())
}

fn sign_in(device: &mut Device, passkey: &Passkey) -> Result<Passkey, PasskeyError> {
    let known = [passkey.clone()];
    let begun = service().start_authentication(&known, now()).unwrap();
    let response = device.sign(&begun.options);
    service().finish_authentication(&begun.state, &response, &known, now())
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_passkey_that_was_made_signs_in_again_and_again() {
    for device in [Device::with_p256(), Device::with_ed25519()] {
        let (mut device, passkey) = registered(device);
        assert_eq!(passkey.handle, text(ADA.handle));
        for _ in 0..3 {
            assert_eq!(sign_in(&mut device, &passkey).as_ref(), Ok(&passkey));
        }
    }
}

/// What Chromium 156 sent for keys of all three kinds, with a virtual device, on a page of this machine.
const OF_A_BROWSER: [(&str, &str); 3] = [
    (
        include_str!("../../../tests/fixtures/passkey/eddsa-made.json"),
        include_str!("../../../tests/fixtures/passkey/eddsa-signed.json"),
    ),
    (
        include_str!("../../../tests/fixtures/passkey/es256-made.json"),
        include_str!("../../../tests/fixtures/passkey/es256-signed.json"),
    ),
    (
        include_str!("../../../tests/fixtures/passkey/rs256-made.json"),
        include_str!("../../../tests/fixtures/passkey/rs256-signed.json"),
    ),
];

#[test]
fn what_a_real_browser_sends_is_believed() {
    let service = RelyingParty::new("http://localhost:18080", "Insieme").unwrap();
    let asked = |act, challenge: &[u8]| {
        let state = State::new(act, Some(text(ADA.handle)), Vec::new(), now());
        serde_json::to_string(&State { challenge: text(challenge), ..state }).unwrap()
    };
    for (made, signed) in OF_A_BROWSER {
        let making = asked(Act::Registration, b"made on 2026-11-24, for a test.");
        let passkey = service.finish_registration(&making, made, now()).unwrap();
        assert_eq!(passkey.counter, 1);
        let signing = asked(Act::Authentication, b"signed on 2026-11-24, for a test");
        let after = service.finish_authentication(&signing, signed, std::slice::from_ref(&passkey), now()).unwrap();
        assert_eq!(after, Passkey { counter: 2, ..passkey });
        assert_eq!(service.finish_authentication(&signing, signed, &[after], now()), Err(PasskeyError::Cloned));
    }
}

#[test]
fn nobody_has_to_say_who_they_are() {
    let (mut device, passkey) = registered(Device::with_p256());
    let begun = service().start_authentication(&[], now()).unwrap();
    let response = device.sign(&begun.options);
    assert_eq!(claimed_credential_id(&response).as_ref(), Some(&passkey.credential_id));
    let known = [passkey.clone()];
    assert!(service().finish_authentication(&begun.state, &response, &known, now()).is_ok());
    let nameless = altered(&response, |sent| sent["response"]["userHandle"] = serde_json::Value::Null);
    let refused = service().finish_authentication(&begun.state, &nameless, &known, now());
    assert_eq!(refused, Err(PasskeyError::Unknown));
}

#[test]
fn the_options_ask_for_what_is_checked() {
    let (_, passkey) = registered(Device::with_p256());
    let making = json(&service().start_registration(ADA, std::slice::from_ref(&passkey), now()).unwrap().options);
    assert_eq!(making["rp"]["id"], "insieme.example");
    assert_eq!(making["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(making["excludeCredentials"][0]["id"], passkey.credential_id);
    assert_eq!(making["pubKeyCredParams"].as_array().unwrap().len(), 3);
    let signing = json(&service().start_authentication(std::slice::from_ref(&passkey), now()).unwrap().options);
    assert_eq!((&signing["rpId"], &signing["userVerification"]), (&json!("insieme.example"), &json!("required")));
    assert_eq!(signing["allowCredentials"][0]["id"], passkey.credential_id);
    let again = json(&service().start_authentication(&[passkey], now()).unwrap().options);
    assert_ne!(signing["challenge"], again["challenge"]);
}

#[test]
fn a_key_made_for_another_question_is_refused() {
    let mut device = Device::with_p256();
    let begun = service().start_registration(ADA, &[], now()).unwrap();
    let other = service().start_registration(ADA, &[], now()).unwrap();
    let made = device.make(&other.options);
    let refused = service().finish_registration(&begun.state, &made, now());
    assert_eq!(refused, Err(PasskeyError::Challenge));
}

#[test]
fn a_signature_for_another_question_is_refused() {
    let (mut device, passkey) = registered(Device::with_ed25519());
    let known = [passkey];
    let begun = service().start_authentication(&known, now()).unwrap();
    let other = service().start_authentication(&known, now()).unwrap();
    let response = device.sign(&other.options);
    let refused = service().finish_authentication(&begun.state, &response, &known, now());
    assert_eq!(refused, Err(PasskeyError::Challenge));
}

#[test]
fn a_passkey_used_on_another_site_is_refused() {
    let (mut device, passkey) = registered(Device::with_p256());
    for origin in ["https://insieme.example.org", "http://insieme.example", "https://insieme.example:8443", ""] {
        origin.clone_into(&mut device.origin);
        assert_eq!(sign_in(&mut device, &passkey), Err(PasskeyError::Origin), "{origin}");
    }
    "https://insieme.example".clone_into(&mut device.origin);
    device.cross_origin = true;
    assert_eq!(sign_in(&mut device, &passkey), Err(PasskeyError::Origin), "inside a page of another site");
    let begun = service().start_authentication(&[], now()).unwrap();
    device.cross_origin = false;
    let elsewhere = begun.options.replace("\"insieme.example\"", "\"example\"");
    let response = device.sign(&elsewhere);
    let refused = service().finish_authentication(&begun.state, &response, &[passkey], now());
    assert_eq!(refused, Err(PasskeyError::Origin), "for another relying party");
}

#[test]
fn a_copied_key_is_found_by_its_count() {
    let mut counting = Device::with_p256();
    counting.counter = Some(7);
    let (mut device, mut passkey) = registered(counting);
    for expected in [8, 9] {
        passkey = sign_in(&mut device, &passkey).unwrap();
        assert_eq!(passkey.counter, expected);
    }
    for copied in [Some(7), Some(8), None] {
        device.counter = copied;
        assert_eq!(sign_in(&mut device, &passkey), Err(PasskeyError::Cloned), "{copied:?}");
    }
}

#[test]
fn the_person_must_be_verified() {
    for flags in [0, 1, 4] {
        let mut device = Device::with_p256();
        device.flags = flags;
        let begun = service().start_registration(ADA, &[], now()).unwrap();
        let made = device.make(&begun.options);
        assert_eq!(service().finish_registration(&begun.state, &made, now()), Err(PasskeyError::NotVerified));
        let (mut device, passkey) = registered(Device::with_p256());
        device.flags = flags;
        assert_eq!(sign_in(&mut device, &passkey), Err(PasskeyError::NotVerified), "{flags}");
    }
}

#[test]
fn what_was_begun_ends_within_five_minutes() {
    let (mut device, passkey) = registered(Device::with_p256());
    let known = [passkey];
    let begun = service().start_authentication(&known, now()).unwrap();
    let response = device.sign(&begun.options);
    let at = |seconds: i64| service().finish_authentication(&begun.state, &response, &known, now() + seconds.seconds());
    assert!(at(300).is_ok());
    assert_eq!(at(301), Err(PasskeyError::Expired));
}

#[test]
fn only_a_passkey_that_was_asked_for_may_answer() {
    let (_, passkey) = registered(Device::with_p256());
    let (mut other, other_passkey) = registered(Device::with_p256());
    assert_eq!(sign_in(&mut other, &passkey), Err(PasskeyError::Unknown));
    let begun = service().start_authentication(std::slice::from_ref(&passkey), now()).unwrap();
    let response = other.sign(&begun.options);
    let refused = service().finish_authentication(&begun.state, &response, &[passkey, other_passkey], now());
    assert_eq!(refused, Err(PasskeyError::Unknown), "known, but not asked for");
}

#[test]
fn one_key_does_not_sign_for_another() {
    let (device, passkey) = registered(Device::with_p256());
    let (mut thief, _) = registered(Device::with_p256());
    thief.id.clone_from(&device.id);
    assert_eq!(sign_in(&mut thief, &passkey), Err(PasskeyError::Signature));
    let other_account = Passkey { handle: text(b"account 2"), ..passkey };
    let mut device = device;
    assert_eq!(sign_in(&mut device, &other_account), Err(PasskeyError::Unknown));
}

#[test]
fn what_was_changed_on_the_way_is_refused() {
    let (mut device, passkey) = registered(Device::with_p256());
    let known = [passkey];
    let begun = service().start_authentication(&known, now()).unwrap();
    let response = device.sign(&begun.options);
    for field in ["signature", "authenticatorData", "clientDataJSON"] {
        let changed = altered(&response, |sent| sent["response"][field] = spoiled(&sent["response"][field]));
        assert!(service().finish_authentication(&begun.state, &changed, &known, now()).is_err(), "{field}");
    }
    for (field, value) in [("rawId", "AAAA"), ("type", "password"), ("id", "a b")] {
        let changed = altered(&response, |sent| sent[field] = json!(value));
        let refused = service().finish_authentication(&begun.state, &changed, &known, now());
        assert_eq!(refused, Err(PasskeyError::Form), "{field}");
    }
}

#[test]
fn a_making_is_no_signing_and_what_was_kept_for_one_does_not_serve_the_other() {
    let (mut device, passkey) = registered(Device::with_p256());
    let known = [passkey];
    let making = service().start_registration(ADA, &[], now()).unwrap();
    let signing = service().start_authentication(&known, now()).unwrap();
    let (made, signed) = (device.make(&making.options), device.sign(&signing.options));
    let wrong = service().finish_authentication(&making.state, &signed, &known, now());
    assert_eq!(wrong, Err(PasskeyError::State));
    assert_eq!(service().finish_registration(&signing.state, &made, now()), Err(PasskeyError::State));
    assert_eq!(service().finish_registration(&making.state, &signed, now()), Err(PasskeyError::Form));
    for nothing in ["", "{}", "null", "[]"] {
        assert_eq!(service().finish_registration(&making.state, nothing, now()), Err(PasskeyError::Form));
        assert_eq!(service().finish_registration(nothing, &made, now()), Err(PasskeyError::State));
    }
}

#[test]
fn passkeys_belong_to_names_and_encrypted_pages() {
    for right in ["https://insieme.example", "http://localhost:8080/", "https://a.b.example:8443/c"] {
        assert!(RelyingParty::new(right, "Insieme").is_ok(), "{right}");
    }
    for wrong in ["", "insieme.example", "http://insieme.example", "http://127.0.0.1:8080", "https://[::1]"] {
        assert_eq!(RelyingParty::new(wrong, "Insieme"), Err(PasskeyError::Address), "{wrong}");
    }
}

#[test]
fn a_handle_has_1_to_64_bytes() {
    for (length, fits) in [(0, false), (1, true), (64, true), (65, false)] {
        let handle = vec![7; length];
        let begun = service().start_registration(Holder { handle: &handle, ..ADA }, &[], now());
        assert_eq!(begun.is_ok(), fits, "{length}");
    }
}

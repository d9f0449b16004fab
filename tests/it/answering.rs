// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A person answers, from a link to a receipt, on both databases.

use std::collections::BTreeSet;

use insieme::domain::framework::Level;
use insieme::domain::questionnaire::Questionnaire;

use crate::collecting::publish;
use crate::service::{Client, Service};

/// Answers every page of an open questionnaire with `value`, and returns how many pages there were.
pub fn answer_all(client: &mut Client, value: &str) -> usize {
    for step in 1.. {
        let page = client.get(&format!("/it/questionnaire/{step}"));
        if page.status == 404 {
            return step - 1;
        }
        let token = page.form_token();
        let names: BTreeSet<String> = page.radios().into_iter().map(|(name, ..)| name).collect();
        let mut fields = vec![("form_token", token.as_str()), ("go", "next")];
        fields.extend(names.iter().map(|name| (name.as_str(), value)));
        assert_eq!(client.post(&format!("/it/questionnaire/{step}"), &fields).status, 303);
    }
    0
}

pub fn submit(client: &mut Client) -> String {
    let token = client.get("/it/questionnaire/review").form_token();
    let submitted = client.post("/it/questionnaire/submission", &[("form_token", &token)]);
    assert_eq!((submitted.status, submitted.location.as_deref()), (303, Some("/it/questionnaire/receipt")));
    client.get("/it/questionnaire/receipt").shown_code()
}

#[test]
fn from_a_group_link_to_a_receipt_and_the_response_is_stored_once() {
    for service in Service::on_both() {
        let wave = service.open_wave();
        let before = service.counts(&wave);
        let mut client = service.respondent();
        assert_eq!(answer_all(&mut client, "4"), 13, "one page a family");
        let review = client.get("/it/questionnaire/review");
        assert!(review.body.contains("In gran parte vera"));
        let token = review.form_token();
        let receipt = submit(&mut client);
        let again = client.post("/it/questionnaire/submission", &[("form_token", &token)]);
        assert_eq!(again.status, 303);
        assert_eq!(client.get("/it/questionnaire/receipt").shown_code(), receipt, "the same receipt");
        assert_eq!(service.counts(&wave), (before.0 + 1, before.1), "one response, no draft left open");
        let page = client.post("/it/questionnaire/1", &[("form_token", &token), ("FC2a", "1")]);
        assert_eq!(page.status, 409, "what was submitted cannot be changed");
    }
}

#[test]
fn a_questionnaire_holds_exactly_the_items_of_the_group_and_is_blank_at_first() {
    let service = Service::start();
    let wave = service.open_wave();
    let framework = insieme::app::frameworks::find_shipped("pratiche-collaborative", "1.0.0").unwrap().framework;
    let expected = Questionnaire::for_group(&framework, &wave.wave_type, Level::Core, "ETS");
    let mut client = service.respondent();
    let mut shown = BTreeSet::new();
    for step in 1..=expected.pages.len() {
        let radios = client.get(&format!("/it/questionnaire/{step}")).radios();
        assert!(radios.iter().all(|(.., checked)| !checked), "nothing is chosen beforehand");
        shown.extend(radios.into_iter().map(|(name, ..)| name));
    }
    let codes: BTreeSet<String> = expected.questions().map(|question| question.item.code.clone()).collect();
    assert_eq!(shown, codes);
    assert!(!codes.iter().any(|code| code.ends_with('c')), "items for recipients are not for organisations");
}

#[test]
fn answers_are_resumed_with_the_code_on_another_device() {
    for service in Service::on_both() {
        let mut phone = service.respondent();
        let token = phone.get("/it/questionnaire/1").form_token();
        let paused = phone
            .post("/it/questionnaire/1", &[("form_token", &token), ("go", "later"), ("FC2a", "5"), ("FC3a", "DK")]);
        assert_eq!(paused.location.as_deref(), Some("/it/questionnaire/pause"));
        let code = phone.get("/it/questionnaire/pause").shown_code();
        let mut computer = service.visitor();
        let found = computer.post("/it/access", &[("code", &code.to_lowercase())]);
        assert_eq!(found.status, 303, "{}", found.body);
        let landing = found.location.unwrap();
        assert!(computer.get(&landing).body.contains("Riprendi"));
        assert_eq!(computer.post(&landing, &[]).status, 303);
        let chosen: Vec<(String, String)> = computer
            .get("/it/questionnaire/1")
            .radios()
            .into_iter()
            .filter(|(.., checked)| *checked)
            .map(|(name, value, _)| (name, value))
            .collect();
        assert_eq!(chosen, [("FC2a".to_owned(), "5".to_owned()), ("FC3a".to_owned(), "DK".to_owned())]);
    }
}

#[test]
fn looking_changes_nothing() {
    let service = Service::start();
    let wave = service.open_wave();
    let before = service.counts(&wave);
    let landing = format!("/it/q/{}", service.code.compact());
    for _ in 0..5 {
        let mut preview = service.visitor();
        let page = preview.get(&landing);
        assert_eq!((page.status, page.cookie), (200, None));
        let link = format!("/it/staff/sign-in/{}", service.sign_in);
        assert_eq!(preview.get(&link).status, 200, "opening a sign-in link does not use it up");
    }
    assert_eq!(service.counts(&wave), before);
    assert_eq!(service.staff().get("/it/staff").status, 200);
}

#[test]
fn a_sign_in_link_works_once() {
    let service = Service::start();
    let link = format!("/it/staff/sign-in/{}", service.sign_in);
    assert_eq!(service.visitor().post(&link, &[]).status, 303);
    assert_eq!(service.visitor().post(&link, &[]).status, 410);
}

#[test]
fn what_is_wrong_gets_its_status_and_one_clear_sentence() {
    let service = Service::start();
    let mut visitor = service.visitor();
    let mistyped = visitor.post("/it/access", &[("code", "ABCD-EFGH-JKM2")]);
    assert_eq!(mistyped.status, 404);
    assert!(mistyped.body.contains("value=\"ABCD-EFGH-JKM2\""), "what was typed is still there");
    let unknown = insieme::app::secrets::code();
    assert_eq!(visitor.post("/it/access", &[("code", &unknown.to_string())]).status, 404);
    assert_eq!(visitor.get("/it/questionnaire/1").status, 404, "no questionnaire is open on this device");
    assert_eq!(visitor.post_from("cross-site", "/it/access", "code=x").status, 403);
    assert_eq!(visitor.get("/en/no-such-page").status, 404);
    assert_eq!(visitor.get("/it/waves/not-an-id").status, 404);
    let huge = "a".repeat(10_000_000);
    assert_eq!(visitor.post_from("same-origin", "/it/access", &huge).status, 413);
}

#[test]
fn a_tampered_form_is_refused_whole_and_its_good_answers_are_kept_on_the_page() {
    let service = Service::start();
    let mut client = service.respondent();
    let token = client.get("/it/questionnaire/1").form_token();
    let fields = [("form_token", token.as_str()), ("FC2a", "9"), ("FC3a", "4"), ("RP2c", "1")];
    let refused = client.post("/it/questionnaire/1", &fields);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("role=\"alert\""));
    let kept: Vec<_> = refused.radios().into_iter().filter(|(.., checked)| *checked).collect();
    assert_eq!(kept, [("FC3a".to_owned(), "4".to_owned(), true)]);
    let stored = client.get("/it/questionnaire/1").radios();
    assert!(stored.iter().all(|(.., checked)| !checked), "nothing was saved");
    assert_eq!(client.post("/it/questionnaire/1", &[("FC3a", "4")]).status, 403, "no form token");
}

#[test]
fn a_closed_wave_takes_no_answers_and_cuts_the_tie_to_codes() {
    for service in Service::on_both() {
        let wave = service.open_wave();
        let mut client = service.respondent();
        let token = client.get("/it/questionnaire/1").form_token();
        let mut staff = service.staff();
        let page = format!("/it/staff/waves/{}", wave.id.simple());
        let staff_token = staff.get(&page).form_token();
        assert_eq!(staff.post(&format!("{page}/closing"), &[("form_token", &staff_token)]).status, 303);
        assert_eq!(staff.post(&format!("{page}/closing"), &[("form_token", &staff_token)]).status, 409);
        assert_eq!(service.counts(&wave).1, 0, "drafts are gone");
        let late = client.post("/it/questionnaire/1", &[("form_token", &token), ("FC2a", "4")]);
        assert_eq!(late.status, 404, "the draft of this device is gone");
        assert_eq!(service.visitor().get(&format!("/it/q/{}", service.code.compact())).status, 410);
        let results = format!("/it/waves/{}", wave.id.simple());
        assert_eq!(service.visitor().get(&results).status, 404, "not published yet");
        assert_eq!(staff.get(&results).status, 200, "staff may look");
        publish(&mut staff, &page);
        assert_eq!(service.visitor().get(&results).status, 200);
    }
}

#[test]
fn staff_acts_need_a_session_and_its_form_token() {
    let service = Service::start();
    let page = format!("/it/staff/waves/{}/closing", service.open_wave().id.simple());
    assert_eq!(service.visitor().post(&page, &[]).status, 401);
    assert_eq!(service.staff().post(&page, &[("form_token", "wrong")]).status, 403);
}

#[test]
fn a_wave_without_a_roster_does_not_open() {
    use insieme::app::{Conflict, Refusal, staff::Staff};
    use insieme::domain::phase::Phase;
    use insieme::domain::wave::{Wave, WaveState};
    let service = Service::start();
    let wave = Wave {
        id: uuid::Uuid::now_v7(),
        code: "T9".to_owned(),
        state: WaveState::Draft,
        phase: Phase::Draft,
        ..service.open_wave()
    };
    let (id, app) = (wave.id, service.app.clone());
    let refused = service.app.store.write_now::<(), Refusal>(move |db| {
        insieme::store::waves::insert(db, &wave, &[])?;
        let account = insieme::store::accounts::all(db)?.remove(0);
        let grants = insieme::store::grants::of_account(db, account.id)?;
        app.open_wave(db, &Staff { account, session: uuid::Uuid::nil(), seen_at: app.clock.now(), grants }, id, "")
    });
    assert!(matches!(refused, Err(Refusal::Conflict(Conflict::NoRoster { .. }))));
}

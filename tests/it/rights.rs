// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Answers stay their respondent's after they were submitted: read, corrected, erased; on both databases.

use insieme::domain::invitation::StoredResponse;
use insieme::store;

use crate::answering::{answer_all, submit};
use crate::collecting::{Pigeons, codes, open_wave, send_from, stored};
use crate::service::{Client, Fresh};
use crate::staff::{send, set_up};

fn responses(service: &Fresh, wave: &str) -> Vec<StoredResponse> {
    let wave = stored(service, wave);
    service.app.store.read_now(move |db| store::responses::of_wave(db, &wave)).unwrap()
}

/// Somebody who has answered with the first code, with the code, the receipt and the token of the device's forms.
fn answered(service: &Fresh, ada: &mut Client, wave: &str) -> (Client, String, String, String) {
    let code = codes(ada, wave, "everybody").remove(0).1;
    let mut anna = service.visitor();
    assert_eq!(anna.post(&format!("/it/q/{code}"), &[]).status, 303);
    answer_all(&mut anna, "4");
    let token = anna.get("/it/questionnaire/review").form_token();
    let receipt = submit(&mut anna);
    (anna, code, receipt, token)
}

/// Presses a button; says where it led.
fn press(client: &mut Client, token: &str, place: &str) -> (u16, Option<String>) {
    let done = client.post(place, &[("form_token", token)]);
    (done.status, done.location)
}

#[test]
fn a_correction_is_a_revision_and_the_earlier_answers_are_kept() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "confidential");
        let (_, _, receipt, _) = answered(&service, &mut ada, &wave);
        // On another device, with the code of the receipt.
        let mut elsewhere = service.visitor();
        let landing = format!("/it/q/{}", receipt.replace('-', ""));
        assert!(elsewhere.get(&landing).body.contains("ha già inviato il questionario"));
        assert_eq!(elsewhere.post(&landing, &[]).status, 303);
        let page = elsewhere.get("/it/questionnaire/1");
        assert_eq!(page.location.as_deref(), Some("/it/questionnaire/receipt"), "nothing is changed by looking");
        assert!(elsewhere.get("/it/questionnaire/answers").body.contains("In gran parte vera"));
        let token = elsewhere.get("/it/questionnaire/receipt").form_token();
        let begun = press(&mut elsewhere, &token, "/it/questionnaire/correction");
        assert_eq!(begun, (303, Some("/it/questionnaire/1".to_owned())));
        answer_all(&mut elsewhere, "2");
        assert!(responses(&service, &wave)[0].answers.contains('4'), "what was submitted counts until the end");
        assert_eq!(submit(&mut elsewhere), receipt, "the receipt stays the same");
        let now = responses(&service, &wave);
        assert_eq!((now.len(), now[0].revision), (1, 2));
        assert!(now[0].answers.contains('2') && !now[0].answers.contains('4'));
        let (earlier, _) = service.tables(&["superseded_responses"], &[]);
        assert_eq!(earlier.len(), 1);
        assert!(earlier[0].iter().any(|value| value.contains(".4.4")), "{earlier:?}");
        // Corrected again with nothing changed: no further revision.
        press(&mut elsewhere, &token, "/it/questionnaire/correction");
        submit(&mut elsewhere);
        assert_eq!(responses(&service, &wave)[0].revision, 2);
    }
}

#[test]
fn what_is_erased_is_gone_with_everything_it_said_before() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "confidential");
        let (mut anna, code, receipt, token) = answered(&service, &mut ada, &wave);
        press(&mut anna, &token, "/it/questionnaire/correction");
        answer_all(&mut anna, "1");
        submit(&mut anna);
        assert!(anna.get("/it/questionnaire/erasure").body.contains("per sempre"));
        let erased = press(&mut anna, &token, "/it/questionnaire/erasure");
        assert_eq!(erased, (303, Some("/it/questionnaire/receipt".to_owned())));
        assert!(anna.get("/it/questionnaire/receipt").body.contains("sono cancellate"));
        assert!(responses(&service, &wave).is_empty());
        let (left, _) = service.tables(&["responses", "superseded_responses", "drafts"], &[]);
        assert!(!left.iter().flatten().any(|value| value.contains(".4.4") || value.contains(".1.1")), "{left:?}");
        for place in ["correction", "erasure"] {
            assert_eq!(press(&mut anna, &token, &format!("/it/questionnaire/{place}")).0, 409);
        }
        let mut again = service.visitor();
        assert_eq!(again.post(&format!("/it/q/{code}"), &[]).status, 303);
        let led = again.get("/it/questionnaire/1").location;
        assert_eq!(led.as_deref(), Some("/it/questionnaire/receipt"), "the code stays used");
        assert_eq!(service.visitor().get(&format!("/it/q/{}", receipt.replace('-', ""))).status, 200);
        assert!(audit(&mut ada).contains("Risposte cancellate da chi le ha date"));
    }
}

fn audit(ada: &mut Client) -> String {
    let body = crate::staff::link(&ada.get("/it/staff"), "/it/staff/organisations/");
    ada.get(&format!("{}/audit", body.trim_end_matches("/projects/new"))).body
}

#[test]
fn in_an_anonymous_wave_the_page_says_why_nothing_can_be_shown_or_erased() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "anonymous");
        let (mut anna, _, _, token) = answered(&service, &mut ada, &wave);
        let receipt = anna.get("/it/questionnaire/receipt");
        assert!(receipt.body.contains("non è possibile ritrovarlo né cancellarlo"));
        assert!(!receipt.body.contains("/it/questionnaire/erasure"));
        assert_eq!(anna.get("/it/questionnaire/answers").status, 409);
        for place in ["correction", "erasure"] {
            assert_eq!(press(&mut anna, &token, &format!("/it/questionnaire/{place}")).0, 409);
        }
        assert_eq!(responses(&service, &wave).len(), 1);
    }
}

#[test]
fn a_receipt_goes_by_mail_to_whoever_was_invited_by_name_and_leaves_no_name_behind() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        for (mode, receipts) in [("confidential", 1), ("anonymous", 0)] {
            let wave = open_wave(&mut ada, mode);
            assert_eq!(send(&mut ada, &format!("{wave}/mail"), &[]).status, 303);
            let invited = Pigeons::deliver(&service);
            let anna = invited.iter().find(|one| one.recipient.as_str().starts_with("anna")).unwrap();
            let link = anna.body.lines().find(|line| line.starts_with("http")).unwrap();
            let mut phone = service.visitor();
            phone.post(&format!("/it/q/{}", link.rsplit('/').next().unwrap()), &[]);
            answer_all(&mut phone, "4");
            let receipt = submit(&mut phone);
            let sent = Pigeons::deliver(&service);
            assert_eq!(sent.len(), receipts, "{mode}");
            assert!(sent.iter().all(|one| one.body.contains(&receipt) && one.recipient == anna.recipient));
            let wave = stored(&service, &wave);
            let kept = service
                .app
                .store
                .read_now(move |db| store::outbox::newest(db, wave.organisation_id, wave.id, (0, 99)))
                .unwrap();
            assert_eq!(kept.iter().filter(|one| one.recipient.is_empty()).count(), receipts, "no name on a receipt");
        }
    }
}

#[test]
fn a_correction_that_is_not_finished_changes_nothing_when_the_wave_closes() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "named");
        let (mut anna, _, receipt, token) = answered(&service, &mut ada, &wave);
        press(&mut anna, &token, "/it/questionnaire/correction");
        answer_all(&mut anna, "1");
        assert_eq!(send_from(&mut ada, &wave, &format!("{wave}/closing"), &[("note", "")]), 303);
        let kept = responses(&service, &wave);
        assert!(kept[0].revision == 1 && kept[0].answers.contains('4'));
        assert_eq!(anna.get("/it/questionnaire/answers").status, 404, "the tie is cut");
        assert_eq!(service.visitor().get(&format!("/it/q/{}", receipt.replace('-', ""))).status, 404);
    }
}

#[test]
fn whoever_answered_on_a_device_that_goes_round_has_the_same_rights_on_a_phone() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "confidential");
        let landing = send(&mut ada, &format!("{wave}/shared"), &[("asked_group", "ETS"), ("setting", "shared")]);
        let mut tablet = service.visitor();
        assert_eq!(tablet.post(&landing.location.unwrap(), &[]).status, 303);
        answer_all(&mut tablet, "4");
        let receipt = submit(&mut tablet);
        let shown = tablet.get("/it/questionnaire/receipt").body;
        assert!(!shown.contains("/it/questionnaire/correction"), "the next person would read it");
        let mut phone = service.visitor();
        assert_eq!(phone.post(&format!("/it/q/{}", receipt.replace('-', "")), &[]).status, 303);
        let own = phone.get("/it/questionnaire/receipt").body;
        assert!(own.contains("/it/questionnaire/correction") && own.contains("/it/questionnaire/erasure"));
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How a collection goes while it is under way, on both databases.

use insieme::store;

use crate::collecting::{codes, open_wave, stored};
use crate::service::Fresh;
use crate::staff::{send, set_up};

#[test]
fn a_page_saved_while_it_stays_open_is_not_one_that_was_left_behind() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = open_wave(&mut ada, "confidential");
        let mut anna = service.visitor();
        let code = codes(&mut ada, &place, "everybody").remove(0).1;
        assert_eq!(anna.post(&format!("/it/q/{code}"), &[]).status, 303);
        let reached = || {
            let wave = stored(&service, &place);
            let stops = service.app.store.read_now(move |db| store::drafts::stops(db, &wave)).unwrap();
            stops.into_iter().map(|(_, reached, _)| reached).collect::<Vec<_>>()
        };
        let token = anna.get("/it/questionnaire/2").form_token();
        let mut save = |go, status| {
            let saved = anna.post("/it/questionnaire/2", &[("form_token", &token), ("go", go)]);
            assert_eq!(saved.status, status);
        };
        save("stay", 204);
        assert_eq!(reached(), [0], "kept, and still open");
        save("next", 303);
        assert_eq!(reached(), [2]);
        save("stay", 204);
        assert_eq!(reached(), [2], "coming back takes nothing away");
    }
}

#[test]
fn small_groups_stay_out_of_what_is_finer_than_the_group() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = open_wave(&mut ada, "anonymous");
        let rows = "T1;ETS;4\n".repeat(3);
        let text = format!("wave;group;FC2a\n{rows}");
        let sent = send(&mut ada, &format!("{place}/batch"), &[("answers", &text), ("given", "paper")]);
        assert_eq!(sent.status, 303, "{}", sent.body);
        let shown = ada.get(&format!("{place}/coverage")).body;
        assert!(shown.contains("sotto 10 persone"), "{shown}");
        assert!(!shown.contains("Su carta"), "three answers are told by group, and not by the way they came");
    }
}

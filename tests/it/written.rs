// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What people write in their own words waits for somebody to look at it, on both databases.

use insieme::app::Trial;
use insieme::clock::Clock;

use crate::answering::{answer_all, submit};
use crate::collecting::{codes, open_wave, publish, send_from};
use crate::service::{Client, Fresh, Service};
use crate::staff::set_up;

const SAID: &str = "Le riunioni erano sempre di mattina, quando lavoro.";

/// Writes an answer to the first open question, and says what it led to.
fn write(client: &mut Client, said: &str) -> (u16, String) {
    let page = client.get("/it/questionnaire/written");
    let code = page.attribute("<textarea id=\"");
    let token = page.form_token();
    let sent = client.post("/it/questionnaire/written", &[("form_token", &token), ("go", "next"), (&code, said)]);
    (sent.status, sent.location.unwrap_or(sent.body))
}

fn texts(service: &Fresh) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    service.tables(&["written_answers"], &["draft_texts"])
}

#[test]
fn the_open_questions_come_last_and_what_is_written_is_looked_at_before_anybody_sees_it() {
    for service in Service::on_both() {
        let wave = format!("/it/staff/waves/{}", service.open_wave().id.simple());
        let mut client = service.respondent();
        let pages = answer_all(&mut client, "4");
        let token = client.get(&format!("/it/questionnaire/{pages}")).form_token();
        let last = client.post(&format!("/it/questionnaire/{pages}"), &[("form_token", &token), ("go", "next")]);
        assert_eq!(last.location.as_deref(), Some("/it/questionnaire/written"));
        assert!(client.get("/it/questionnaire/written").body.contains("Non scriva nomi"));
        let long = write(&mut client, &"a".repeat(2001));
        assert!(long.0 == 422 && long.1.contains("2000") && long.1.contains("aaaa"), "what was typed is kept");
        assert_eq!(write(&mut client, SAID), (303, "/it/questionnaire/review".to_owned()));
        assert!(client.get("/it/questionnaire/review").body.contains("Le riunioni erano"));
        submit(&mut client);
        let (mut ada, mut evaluator) = (service.staff(), service.evaluator());
        let place = format!("{wave}/written");
        assert_eq!(evaluator.get(&place).status, 409, "nothing is read while people answer");
        assert_eq!(send_from(&mut ada, &wave, &format!("{wave}/closing"), &[("note", "")]), 303);
        assert_eq!(ada.get(&place).status, 403, "whoever invites does not read");
        let page = evaluator.get(&place);
        assert!(page.body.contains("Le riunioni erano") && page.body.contains("In attesa"), "{}", page.body);
        let keep = format!("{place}/{}", page.attribute(&format!("action=\"{place}/")));
        assert_eq!(send_from(&mut evaluator, &place, &keep, &[]), 303);
        assert!(!evaluator.get(&place).body.contains("In attesa"));
        assert_eq!(send_from(&mut evaluator, &place, &keep.replace("/kept", "/praised"), &[]), 404);
    }
}

#[test]
fn in_an_anonymous_wave_nothing_ties_words_to_answers() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "anonymous");
        let code = codes(&mut ada, &wave, "everybody").remove(0).1;
        let mut anna = service.visitor();
        anna.post(&format!("/it/q/{code}"), &[]);
        answer_all(&mut anna, "4");
        write(&mut anna, SAID);
        assert_eq!(texts(&service).1.len(), 1, "saved before it is submitted");
        submit(&mut anna);
        let (written, drafted) = texts(&service);
        assert!(drafted.is_empty(), "the draft forgets the words");
        let (others, _) = service.tables(&["responses", "drafts", "invitations"], &[]);
        let group = |value: &String| value == "ETS" || value.is_empty();
        let of_wave: Vec<&String> = written[0].iter().filter(|value| !group(value)).collect();
        let body_and_wave = &written[0][..3];
        for value in of_wave.into_iter().filter(|value| *value != &body_and_wave[0] && *value != &body_and_wave[2]) {
            assert!(!others.iter().flatten().any(|other| other == value), "{value} ties words to answers");
        }
    }
}

#[test]
fn words_are_corrected_and_erased_with_the_answers_until_the_wave_closes() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "confidential");
        let codes = codes(&mut ada, &wave, "everybody");
        let mut people = [service.visitor(), service.visitor()];
        for (person, (_, code)) in people.iter_mut().zip(&codes) {
            person.post(&format!("/it/q/{code}"), &[]);
            answer_all(person, "4");
            write(person, SAID);
            submit(person);
        }
        let [anna, bruno] = &mut people;
        let token = anna.get("/it/questionnaire/receipt").form_token();
        anna.post("/it/questionnaire/correction", &[("form_token", &token)]);
        write(anna, "Cambio idea.");
        submit(anna);
        let said = || texts(&service).0.into_iter().map(|row| row[5].clone()).collect::<Vec<_>>();
        assert!(said().len() == 2 && said().iter().any(|one| one == "Cambio idea."), "{:?}", said());
        let token = bruno.get("/it/questionnaire/receipt").form_token();
        bruno.post("/it/questionnaire/erasure", &[("form_token", &token)]);
        assert_eq!(said(), ["Cambio idea."]);
        assert_eq!(send_from(&mut ada, &wave, &format!("{wave}/closing"), &[("note", "")]), 303);
        let whose = texts(&service).0[0].get(7).cloned().unwrap_or_default();
        assert_eq!(whose, "", "after closing nobody knows whose words they are");
        publish(&mut ada, &wave);
        let after = |days: i64| {
            let mut app = service.app.clone();
            app.clock = Clock::Fixed(app.clock.now() + jiff::SignedDuration::from_hours(days * 24));
            app.retain(Trial::Yes).unwrap().into_iter().filter(|one| one.what.starts_with("answers in")).count()
        };
        assert_eq!((after(360), after(370)), (0, 1), "twelve months after publication they go");
    }
}

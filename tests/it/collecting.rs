// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Everybody listed gets a code, and the three modes of collection keep what they promise, on both databases.

use std::sync::Arc;

use insieme::domain::message::{Letter, Message, MessagePurpose, MessageState, Subject, Undelivered};
use insieme::domain::wave::Wave;
use insieme::store;
use uuid::Uuid;

use crate::answering::{answer_all, submit};
use crate::service::{Client, Fresh};
use crate::staff::{groups, link, plan_as, project, send, set_up};

const PEOPLE: &str = "Nome;Gruppo;E-mail;Ente\nAnna Bianchi;ETS;anna@example.org;Orto APS\nBruno Verdi;ETS;bruno@example.org;\n\
                      Carla Neri;ETS;;\nDario Rossi;PA;dario@example.org;Comune";

/// A wave of a mode that is open, with four people listed; the address of its page.
pub fn open_wave(ada: &mut Client, collection: &str) -> String {
    let place = project(ada, &format!("Orto di tutti, {collection}"));
    groups(ada, &place);
    let listed = send(ada, &format!("{place}/roster/new"), &[("people", PEOPLE), ("group", "")]);
    assert_eq!(listed.status, 303, "{}", listed.body);
    let planned = plan_as(ada, &place, "T1", ("2026-11-20", "2026-12-20", collection));
    assert_eq!(planned.status, 303, "{}", planned.body);
    let wave = link(&ada.get(&place), "/it/staff/waves/");
    let opened = send_from(ada, &wave, &format!("{wave}/opening"), &[("note", "")]);
    assert_eq!(opened, 303);
    wave
}

/// Sends a form of another page, and returns the status.
pub fn send_from(client: &mut Client, page: &str, address: &str, fields: &[(&str, &str)]) -> u16 {
    let token = client.get(page).form_token();
    let mut all = vec![("form_token", token.as_str())];
    all.extend(fields);
    client.post(address, &all).status
}

/// Gives the results of a closed wave back to those who took part, and then to everybody, with the committee's minutes.
pub fn publish(client: &mut Client, wave: &str) {
    assert_eq!(send(client, &format!("{wave}/restitution"), &[("days", "14")]).status, 303);
    let minutes = [("note", "Verbale della cabina di regia n. 3")];
    assert_eq!(send(client, &format!("{wave}/publication"), &minutes).status, 303);
}

/// The codes of the list that is printed, as (name, code).
pub fn codes(ada: &mut Client, wave: &str, printed: &str) -> Vec<(String, String)> {
    let made = send(ada, &format!("{wave}/codes"), &[("printed", printed), ("sheets", "list")]);
    assert_eq!(made.status, 200, "{}", made.body);
    let cells = |line: &str| line.split(';').map(|cell| cell.trim_matches('"').to_owned()).collect::<Vec<_>>();
    made.body
        .lines()
        .skip(1)
        .map(cells)
        .map(|mut row| {
            let code = row.pop().unwrap().rsplit('/').next().unwrap().to_owned();
            (row.remove(1), code)
        })
        .collect()
}

pub fn stored(service: &Fresh, wave: &str) -> Wave {
    let id: Uuid = wave.rsplit('/').next().unwrap().parse().unwrap();
    let found = service.app.store.read_now(move |db| {
        for body in store::organisations::all(db)? {
            if let Some(wave) = store::waves::find(db, body.id, id)? {
                return Ok::<_, store::StoreError>(Some(wave));
            }
        }
        Ok(None)
    });
    found.unwrap().unwrap()
}

#[test]
fn a_slip_is_used_once_and_ties_nobody_to_an_answer() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "anonymous");
        let codes = codes(&mut ada, &wave, "everybody");
        assert_eq!(codes.len(), 4);
        let (mut anna, code) = (service.visitor(), codes[0].1.clone());
        let landing = format!("/it/q/{code}");
        assert!(anna.get(&landing).body.contains("Non lo conserviamo con le risposte"));
        assert_eq!(anna.post(&landing, &[]).status, 303);
        answer_all(&mut anna, "4");

        // On another device the code is asked for again, because nothing on the server knows it.
        let pause = anna.get("/it/questionnaire/pause").shown_code();
        let mut elsewhere = service.visitor();
        assert_eq!(elsewhere.post(&format!("/it/q/{}", pause.replace('-', "")), &[]).status, 303);
        let review = elsewhere.get("/it/questionnaire/review");
        assert!(review.body.contains("name=\"code\""), "{}", review.body);
        let token = review.form_token();
        let without = elsewhere.post("/it/questionnaire/submission", &[("form_token", &token)]);
        assert_eq!(without.status, 409, "{}", without.body);
        let of_nobody = elsewhere.post("/it/questionnaire/submission", &[("form_token", &token), ("code", &pause)]);
        assert_eq!(of_nobody.status, 404, "a resume code is no slip");

        submit(&mut anna);
        let again = elsewhere.post("/it/questionnaire/submission", &[("form_token", &token), ("code", &code)]);
        assert_eq!(again.status, 303, "the same draft gives the same receipt");
        let mut other = service.visitor();
        let used = other.get(&landing);
        assert!(used.body.contains("è già stato compilato"), "a used slip says so: {}", used.body);
        assert_eq!(other.post(&landing, &[]).status, 409, "and opens no questionnaire, only the space");

        let wave = stored(&service, &wave);
        let responses = service.app.store.read_now(move |db| store::responses::of_wave(db, &wave)).unwrap();
        assert_eq!(responses.len(), 1);
        assert_eq!((&responses[0].respondent, &responses[0].organisation), (&None, &None));
        ties(&service);
    }
}

/// Looks for a value that stands both where people are and where answers are.
fn ties(service: &Fresh) {
    let (people, answers) = service
        .tables(&["invitations", "invitation_codes", "listed_people"], &["responses", "drafts", "draft_sessions"]);
    // The body, the wave, the group: what everybody in a group shares.
    let shared = |value: &String| people.iter().filter(|row| row.contains(value)).count() >= 2;
    for row in &people {
        for value in row.iter().filter(|value| value.len() > 6 && !shared(value)) {
            assert!(!answers.iter().flatten().any(|other| other == value), "{value} ties a person to an answer");
        }
    }
}

#[test]
fn two_devices_with_the_same_slip_submit_once() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "anonymous");
        let code = codes(&mut ada, &wave, "without-mail").remove(0);
        assert_eq!(code.0, "Carla Neri");
        let mut devices = [service.visitor(), service.visitor()];
        for device in &mut devices {
            assert_eq!(device.post(&format!("/it/q/{}", code.1), &[]).status, 303);
            answer_all(device, "2");
        }
        submit(&mut devices[0]);
        let token = devices[1].get("/it/questionnaire/review").form_token();
        let second = devices[1].post("/it/questionnaire/submission", &[("form_token", &token)]);
        assert_eq!(second.status, 409, "{}", second.body);
        let wave = stored(&service, &wave);
        assert_eq!(service.app.store.read_now(move |db| store::responses::of_wave(db, &wave)).unwrap().len(), 1);
    }
}

/// Takes every message and remembers it.
pub struct Pigeons(std::cell::RefCell<Vec<Message>>);

impl insieme::app::outbox::Post for Pigeons {
    fn send(&self, message: &Message, _: jiff::Timestamp) -> Result<(), Undelivered> {
        self.0.borrow_mut().push(message.clone());
        Ok(())
    }
}

impl Pigeons {
    pub fn deliver(service: &Fresh) -> Vec<Message> {
        let post = Self(std::cell::RefCell::default());
        service.app.deliver_due(&post).unwrap();
        post.0.into_inner()
    }
}

#[test]
fn reminders_go_to_who_has_not_answered_when_they_leave() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = open_wave(&mut ada, "confidential");
        let wave = stored(&service, &place);
        let wording: insieme::app::outbox::Wording =
            Arc::new(|code: &str| Letter { subject: Subject::of("Ciao"), text: code.to_owned() });
        let staff = service.staff("ada@comune.example.org");
        let (app, asking, words) = (service.app.clone(), staff.clone(), Arc::clone(&wording));
        let invited = service.app.store.write_now(move |db| app.mail_invitations(db, &asking, wave.id, &words));
        assert_eq!(invited.unwrap(), 3, "everybody with an address");
        let sent = Pigeons::deliver(&service);
        let code_of = |sent: &[Message], whom: &str| {
            sent.iter().find(|one| one.recipient.as_str().starts_with(whom)).map(|one| one.body.clone())
        };
        let answer = |code: &str| {
            let mut client = service.visitor();
            assert_eq!(client.post(&format!("/it/q/{code}"), &[]).status, 303);
            answer_all(&mut client, "3");
            submit(&mut client);
        };
        answer(&code_of(&sent, "anna").unwrap());
        let wave = stored(&service, &place);
        let (app, words) = (service.app.clone(), wording);
        service.app.store.write_now(move |db| app.mail_reminders(db, &staff, wave.id, &words)).unwrap();
        // Bruno answers with his first code between the writing and the leaving of the reminder.
        answer(&code_of(&sent, "bruno").unwrap());
        let mut reminded = Pigeons::deliver(&service);
        reminded.retain(|one| one.purpose == MessagePurpose::Reminder);
        let to: Vec<&str> = reminded.iter().map(|one| one.recipient.as_str()).collect();
        assert_eq!(to, ["dario@example.org"]);
        answer(&reminded[0].body);
        left_no_names(&service, &place);
        let closed = send_from(&mut ada, &place, &format!("{place}/closing"), &[("note", "")]);
        assert_eq!(closed, 303);
        let (invitations, _) = service.tables(&["invitations", "invitation_codes"], &[]);
        let people = service.people();
        assert!(
            !invitations.iter().flatten().any(|value| people.contains(value)),
            "after closing nobody is known by a code"
        );
    }
}

/// What the outbox of the wave keeps once messages have left, and what the responses hold.
fn left_no_names(service: &Fresh, place: &str) {
    let wave = stored(service, place);
    let (counted, listed) = (wave.clone(), wave.clone());
    let counts =
        service.app.store.read_now(move |db| store::outbox::count_by_state(db, counted.organisation_id, counted.id));
    let counts = counts.unwrap();
    assert!(counts.contains(&(MessageState::Withdrawn, 1)) && counts.contains(&(MessageState::Sent, 6)), "{counts:?}");
    let entries =
        service.app.store.read_now(move |db| store::outbox::newest(db, listed.organisation_id, listed.id, (0, 99)));
    assert_eq!(
        entries.unwrap().iter().filter(|one| one.recipient.is_empty()).count(),
        4,
        "no name on a reminder or a receipt"
    );
    let responses = service.app.store.read_now(move |db| store::responses::of_wave(db, &wave)).unwrap();
    assert_eq!(responses.iter().filter(|one| one.respondent.is_some() && one.organisation.is_none()).count(), 3);
}

#[test]
fn an_invitation_that_is_mailed_from_the_page_of_the_wave_opens_the_questionnaire() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = open_wave(&mut ada, "anonymous");
        assert!(ada.get(&format!("{place}/invitations")).body.contains(&format!("href=\"{place}/mail\"")));
        let mailed = send(&mut ada, &format!("{place}/mail"), &[]);
        assert_eq!(mailed.status, 303, "{}", mailed.body);
        let sent = Pigeons::deliver(&service);
        assert_eq!(sent.len(), 3);
        for message in sent {
            let link = message.body.lines().find(|line| line.starts_with("http")).unwrap();
            let path = format!("/it/q/{}", link.rsplit('/').next().unwrap());
            assert_eq!(service.visitor().get(&path).status, 200, "{}", message.body);
        }
        let again = send(&mut ada, &format!("{place}/mail"), &[]);
        assert_eq!(again.status, 409, "everybody was invited");
        assert_eq!(send(&mut ada, &format!("{place}/reminders"), &[]).status, 303);
        assert_eq!(Pigeons::deliver(&service).len(), 3);
        assert!(ada.get(&place).body.contains("Promemoria mandato"), "the act is signed");
    }
}

#[test]
fn an_organisation_that_answers_as_such_is_named() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = open_wave(&mut ada, "named");
        let codes = codes(&mut ada, &place, "everybody");
        let mut anna = service.visitor();
        let landing = format!("/it/q/{}", codes.iter().find(|(name, _)| name == "Anna Bianchi").unwrap().1);
        assert!(anna.get(&landing).body.contains("Il questionario è nominativo"));
        anna.post(&landing, &[]);
        answer_all(&mut anna, "4");
        submit(&mut anna);
        let wave = stored(&service, &place);
        let responses = service.app.store.read_now(move |db| store::responses::of_wave(db, &wave)).unwrap();
        assert_eq!(responses[0].organisation.as_deref(), Some("Orto APS"));
    }
}

#[test]
fn a_device_that_goes_round_forgets_each_person() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = open_wave(&mut ada, "anonymous");
        let shared = send(&mut ada, &format!("{place}/shared"), &[("asked_group", "ETS"), ("setting", "assisted")]);
        let landing = shared.location.unwrap();
        let mut tablet = service.visitor();
        for _ in 0..2 {
            assert_eq!(tablet.post(&landing, &[]).status, 303);
            answer_all(&mut tablet, "5");
            submit(&mut tablet);
            let token = tablet.get("/it/questionnaire/receipt").form_token();
            let next = tablet.post("/it/questionnaire/next-person", &[("form_token", &token)]);
            assert_eq!((next.status, next.location.as_deref()), (303, Some(landing.as_str())));
            assert_eq!(tablet.get("/it/questionnaire/receipt").status, 404, "it is forgotten");
        }
        let wave = stored(&service, &place);
        let responses = service.app.store.read_now(move |db| store::responses::of_wave(db, &wave)).unwrap();
        let modes: Vec<&str> = responses.iter().map(|one| one.mode.code()).collect();
        assert_eq!(modes, ["assisted", "assisted"]);
    }
}

#[test]
fn cards_posters_and_paper_are_documents() {
    let service = Fresh::on_both().remove(0);
    let mut ada = set_up(&service);
    let place = open_wave(&mut ada, "confidential");
    let all: [(&str, &[(&str, &str)]); 3] = [
        ("codes", &[("printed", "everybody"), ("sheets", "cards")]),
        ("poster", &[("asked_group", "ETS")]),
        ("paper", &[("asked_group", "PA"), ("form_number", "7")]),
    ];
    for (way, fields) in all {
        let made = send(&mut ada, &format!("{place}/{way}"), fields);
        assert!(made.status == 200 && made.body.starts_with("%PDF-1.7"), "{way}: {}", made.status);
    }
    let wrong = send(&mut ada, &format!("{place}/poster"), &[("asked_group", "XXX")]);
    assert_eq!(wrong.status, 422);
}

#[test]
fn after_closing_nothing_says_in_which_order_answers_came() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = open_wave(&mut ada, "anonymous");
        for count in 1..=9 {
            let text = format!("wave;group;FC2a\n{}", "T1;ETS;4\n".repeat(count));
            assert_eq!(
                send(&mut ada, &format!("{place}/batch"), &[("answers", &text), ("given", "paper")]).status,
                303
            );
        }
        let order = || -> Vec<String> {
            let (rows, _) = service.tables(&["responses"], &[]);
            rows.into_iter().map(|row| row[1].clone()).collect()
        };
        let before = order();
        assert_eq!(send_from(&mut ada, &place, &format!("{place}/closing"), &[("note", "")]), 303);
        let after = order();
        let sorted = |mut ids: Vec<String>| {
            ids.sort();
            ids
        };
        assert_eq!(sorted(before.clone()), sorted(after.clone()), "nothing is lost");
        assert_ne!(before, after);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Questionnaires on paper are keyed in twice, and files of answers are taken whole or not at all, on both databases.

use insieme::app::Refusal;
use insieme::app::batches::{Batch, BatchFault};
use insieme::app::projects::Audience;
use insieme::domain::framework::Level;
use insieme::domain::invitation::StoredResponse;
use insieme::domain::questionnaire::Questionnaire;
use insieme::domain::response::Mode;
use insieme::store;

use crate::answering::answer_all;
use crate::collecting::{codes, open_wave, send_from, stored};
use crate::service::{Client, Fresh};
use crate::staff::{send, set_up};

/// The codes of the items of a group.
fn items(group: &str) -> Vec<String> {
    let framework = insieme::app::frameworks::find_shipped("pratiche-collaborative", "1.0.0").unwrap().framework;
    let questionnaire = Questionnaire::for_group(&framework, "T1", Level::Core, group);
    questionnaire.questions().map(|question| question.item.code.clone()).collect()
}

fn responses(service: &Fresh, wave: &str) -> Vec<StoredResponse> {
    let wave = stored(service, wave);
    service.app.store.read_now(move |db| store::responses::of_wave(db, &wave)).unwrap()
}

/// Keys a form in with one value everywhere but in the items named apart; says where it led.
fn key_in(ada: &mut Client, form: &str, value: &str, apart: &[(&str, &str)]) -> (u16, String) {
    let group = form.rsplit('/').nth(1).unwrap();
    let items = items(group);
    let mut fields: Vec<(&str, &str)> = items.iter().map(|code| (code.as_str(), value)).collect();
    for (code, other) in apart {
        fields.retain(|(name, _)| name != code);
        fields.push((code, other));
    }
    let sent = send(ada, form, &fields);
    (sent.status, sent.location.unwrap_or(sent.body))
}

#[test]
fn a_form_counts_once_it_was_keyed_in_twice_the_same() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "anonymous");
        let chosen = [("asked_group", "ETS"), ("entry_number", "a-7")];
        let form = send(&mut ada, &format!("{wave}/paper-entry/new"), &chosen).location.unwrap();
        assert_eq!(form, format!("{wave}/paper-entry/ETS/A-7"));
        let (status, next) = key_in(&mut ada, &form, "4", &[]);
        assert_eq!((status, next), (303, format!("{wave}/paper-entry/new?done=once&group=ETS")));
        assert!(responses(&service, &wave).is_empty(), "one entry is none");
        assert!(!ada.get(&form).body.contains("value=\"4\""), "the second entry does not see the first");
        let closing = send_from(&mut ada, &wave, &format!("{wave}/closing"), &[("note", "")]);
        assert_eq!(closing, 409, "a form that is half entered is not lost by closing");
        let (_, next) = key_in(&mut ada, &form, "4", &[]);
        assert_eq!(next, format!("{form}/words"));
        let long = send(&mut ada, &next, &[("Q1", &"a".repeat(2001))]);
        assert_eq!(long.status, 422);
        let written = send(&mut ada, &next, &[("Q1", "Le riunioni."), ("Q2", " ")]);
        assert_eq!(written.location.unwrap(), format!("{wave}/paper-entry/new?done=stored&group=ETS"));
        assert_eq!(ada.get(&next).status, 404, "what is written is keyed in once");
        let (texts, _) = service.tables(&["written_answers"], &[]);
        assert!(texts.len() == 1 && texts[0].iter().any(|value| value == "Le riunioni."), "{texts:?}");
        let kept = responses(&service, &wave);
        assert_eq!((kept.len(), kept[0].mode, kept[0].group.as_str()), (1, Mode::Paper, "ETS"));
        assert!(kept[0].answers.bytes().all(|letter| matches!(letter, b'4' | b'.')));
        assert_eq!(ada.get(&form).status, 409, "a number is used once");
        let (forms, _) = service.tables(&["paper_forms"], &[]);
        assert!(!forms.iter().flatten().any(|value| value.contains(".4.4")), "answers leave the form");
        assert_eq!(send_from(&mut ada, &wave, &format!("{wave}/closing"), &[("note", "")]), 303);
    }
}

#[test]
fn where_two_entries_differ_whoever_holds_the_paper_decides() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "anonymous");
        let form = format!("{wave}/paper-entry/ETS/12");
        let (code, last) = (items("ETS")[3].clone(), items("ETS").pop().unwrap());
        key_in(&mut ada, &form, "4", &[]);
        let (status, next) = key_in(&mut ada, &form, "4", &[(&code, "2"), (&last, "")]);
        assert_eq!((status, next.as_str()), (303, form.as_str()));
        let page = ada.get(&form);
        assert!(page.body.contains("Prima battitura: 4. Seconda: 2."), "{}", page.body);
        assert_eq!(page.body.matches("class=\"entry\"").count(), 2, "only what differs is asked");
        assert!(ada.get(&format!("{wave}/paper-entry")).body.contains("Le due battiture sono diverse"));
        let undecided = send(&mut ada, &form, &[(&code, "2")]);
        assert_eq!(undecided.status, 422);
        assert!(undecided.body.contains("un trattino se è in bianco"));
        assert_eq!(send(&mut ada, &form, &[(&code, "9"), (&last, "-")]).status, 422);
        assert_eq!(send(&mut ada, &form, &[(&code, "2"), (&last, "-")]).status, 303);
        let kept = responses(&service, &wave);
        let count = |wanted: u8| kept[0].answers.bytes().filter(|letter| *letter == wanted).count();
        assert_eq!((kept.len(), count(b'2'), count(b'-')), (1, 1, 1));
    }
}

#[test]
fn what_is_no_answer_is_told_at_its_field_and_a_mistaken_form_is_thrown_away() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "anonymous");
        let form = format!("{wave}/paper-entry/PA/1");
        let code = items("PA")[0].clone();
        let (status, page) = key_in(&mut ada, &form, "4", &[(&code, "8")]);
        assert_eq!(status, 422);
        assert!(page.contains(&format!("href=\"#{code}\"")) && page.contains("value=\"8\""), "what was typed is kept");
        key_in(&mut ada, &form, "4", &[]);
        assert_eq!(send_from(&mut ada, &form, &format!("{form}/removal"), &[]), 303);
        let page = ada.get(&form);
        assert!(page.body.contains("prima battitura"), "{}", page.body);
        for (group, number) in [("XXX", "1"), ("ETS", "1%2F2"), ("ETS", "uno due")] {
            let chosen = [("asked_group", group), ("entry_number", number)];
            assert_eq!(send(&mut ada, &format!("{wave}/paper-entry/new"), &chosen).status, 422, "{group} {number}");
        }
    }
}

#[test]
fn a_code_on_the_paper_counts_nobody_twice() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        for mode in ["confidential", "anonymous"] {
            let wave = open_wave(&mut ada, mode);
            let codes = codes(&mut ada, &wave, "everybody");
            let code = |name: &str| codes.iter().find(|(one, _)| one == name).unwrap().1.clone();
            let (anna, bruno) = (code("Anna Bianchi"), code("Bruno Verdi"));
            let form = format!("{wave}/paper-entry/ETS/1");
            let of_another_group = code("Dario Rossi");
            assert_eq!(key_in(&mut ada, &form, "3", &[("paper_code", &of_another_group)]).0, 422);
            assert_eq!(key_in(&mut ada, &form, "3", &[("paper_code", &anna)]).0, 303);
            assert_eq!(key_in(&mut ada, &form, "3", &[]).0, 303);
            let kept = responses(&service, &wave);
            assert_eq!((kept.len(), kept[0].respondent.is_some()), (1, mode == "confidential"));
            let again = key_in(&mut ada, &format!("{wave}/paper-entry/ETS/2"), "3", &[("paper_code", &anna)]);
            assert!(again.0 == 422 && again.1.contains("contato due volte"), "{}", again.1);
            let online = service.visitor().post(&format!("/it/q/{anna}"), &[]);
            assert_eq!(online.status, if mode == "confidential" { 303 } else { 409 });
            // Begun on a screen, finished on paper.
            if mode == "confidential" {
                let mut phone = service.visitor();
                phone.post(&format!("/it/q/{bruno}"), &[]);
                answer_all(&mut phone, "1");
                let form = format!("{wave}/paper-entry/ETS/3");
                key_in(&mut ada, &form, "5", &[("paper_code", &bruno)]);
                assert_eq!(key_in(&mut ada, &form, "5", &[]).0, 303);
                let late = phone.get("/it/questionnaire/review");
                assert_eq!(late.location.as_deref(), Some("/it/questionnaire/receipt"));
                let kept = responses(&service, &wave);
                assert!(
                    kept.len() == 2 && kept.iter().all(|one| !one.answers.contains('1')),
                    "what stands on paper counts"
                );
            }
        }
    }
}

/// A file of so many responses of a group, with one value everywhere.
fn file(wave: &str, group: &str, count: usize, about: &str) -> String {
    let items = items(group);
    let row = format!("{wave};{group};{about}{}\n", vec!["4"; items.len()].join(";"));
    let more = if about.is_empty() { "" } else { "respondent;" };
    format!("wave;group;{more}{}\n{}", items.join(";"), row.repeat(count))
}

fn tried(service: &Fresh, wave: &str, text: &str) -> Result<Batch, Refusal> {
    let staff = service.staff("ada@comune.example.org");
    let (id, text, app) = (stored(service, wave).id, text.to_owned(), service.app.clone());
    service.app.store.read_now(move |db| app.try_batch(db, &staff, id, (&text, Mode::Paper)))
}

#[test]
fn a_file_of_answers_is_tried_and_then_taken_whole_and_once() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "anonymous");
        let text = file("T1", "ETS", 6, "");
        let batch = tried(&service, &wave, &text).unwrap();
        assert_eq!((batch.groups, batch.faults), (vec![("ETS".to_owned(), 6)], Vec::new()));
        assert_eq!(batch.modes, [(Mode::Paper, 6)]);
        assert!(responses(&service, &wave).is_empty(), "a trial keeps nothing");
        let place = format!("{wave}/batch");
        let loaded = send(&mut ada, &place, &[("answers", &text), ("given", "assisted")]);
        assert_eq!(loaded.status, 303, "{}", loaded.body);
        let kept = responses(&service, &wave);
        assert!(kept.len() == 6 && kept.iter().all(|one| one.mode == Mode::Assisted));
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let again = send(&mut ada, &place, &[("answers", &windows), ("given", "paper")]);
        assert!(again.status == 409 && again.body.contains("già stato caricato"), "{}", again.body);
        let broken = text.replacen(";4;", ";9;", 1);
        let refused = send(&mut ada, &place, &[("answers", &broken), ("given", "paper")]);
        assert_eq!(refused.status, 422);
        assert_eq!(responses(&service, &wave).len(), 6, "all of it or nothing");
        let model = ada.get(&format!("{place}/model.csv"));
        assert!(model.body.starts_with("\u{feff}\"wave\";\"group\";\"mode\";\""), "{}", model.body);
    }
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_row() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "anonymous");
        let faults = |text: &str| tried(&service, &wave, text).unwrap().faults;
        assert_eq!(faults(&file("T0", "ETS", 1, "")), [BatchFault::OtherWave("T0".to_owned())]);
        assert_eq!(faults(&file("T1", "ETS", 1, "anna;")), [BatchFault::Respondents]);
        let found = faults(&file("T1", "ETS", 3, "").replacen("4;4", "4;X", 1));
        let BatchFault::Read(problem) = &found[0] else { panic!("{found:?}") };
        assert_eq!((problem.line, problem.code.code()), (Some(2), "A203"));
        assert!(!faults("").is_empty() && !faults("wave;group\n").is_empty());
        let closed = send_from(&mut ada, &wave, &format!("{wave}/closing"), &[("note", "")]);
        assert_eq!(closed, 303);
        let few = faults(&file("T1", "ETS", 4, ""));
        assert_eq!(few, [BatchFault::TooFew { group: "ETS".to_owned(), count: 4, least: 5 }]);
        assert!(faults(&file("T1", "ETS", 5, "")).is_empty(), "late answers come in batches");
    }
}

#[test]
fn results_seen_before_a_late_file_are_not_those_seen_after_it() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "anonymous");
        let load = |ada: &mut Client, count: usize| {
            let text = file("T1", "ETS", count, "");
            send(ada, &format!("{wave}/batch"), &[("answers", &text), ("given", "paper")]).status
        };
        assert_eq!(load(&mut ada, 9), 303);
        assert_eq!(send_from(&mut ada, &wave, &format!("{wave}/closing"), &[("note", "")]), 303);
        let counted = || {
            let (staff, id) = (service.staff("ada@comune.example.org"), stored(&service, &wave).id);
            let (app, audience) = (service.app.clone(), Audience::Staff(staff.grants.into()));
            let (results, place) = service.app.store.read_now(move |db| app.wave_results(db, id, &audience)).unwrap();
            let found = &results.waves[place];
            (found.scores.respondents, found.coverage.iter().map(|row| row.submitted).sum::<u32>())
        };
        assert_eq!(counted(), (9, 9));
        assert_eq!(load(&mut ada, 5), 303);
        assert_eq!(counted(), (14, 14));
    }
}

#[test]
fn whoever_has_answered_is_not_taken_from_a_file_too() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "confidential");
        let text = file("T1", "ETS", 1, "anna;");
        assert_eq!(send(&mut ada, &format!("{wave}/batch"), &[("answers", &text), ("given", "paper")]).status, 303);
        let more = format!("{text}{}", text.lines().nth(1).unwrap().replace("anna", "bruno"));
        assert_eq!(tried(&service, &wave, &more).unwrap().faults, [BatchFault::Answered("anna".to_owned())]);
    }
}

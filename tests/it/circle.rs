// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does a wave go round the circle by signed acts only, participants before the public, with nothing kept back?

use insieme::clock::Clock;
use insieme::domain::account::{Account, AccountState, Grant, Operator, Scope};
use insieme::domain::phase::Phase;
use insieme::domain::role::Role;
use insieme::domain::text::Language;
use insieme::store;
use uuid::Uuid;

use crate::collecting::{codes, open_wave, send_from, stored};
use crate::service::{Client, Fresh};
use crate::staff::{groups, link, plan, project, send, set_up};

/// A planned wave of a project with three groups; places of project and wave.
pub fn planned(ada: &mut Client) -> (String, String) {
    let place = project(ada, "Orto di tutti");
    groups(ada, &place);
    assert_eq!(plan(ada, &place, "T1", ("2026-11-20", "2026-12-20")).status, 303);
    let wave = link(&ada.get(&place), "/it/staff/waves/");
    (place, wave)
}

pub fn essential(ada: &mut Client, place: &str, group: &str) {
    let fields = [("k_show", "5"), ("k_dist", "10"), ("mid", "10"), ("voice", "equal"), ("essential", group)];
    let page = ada.get(&format!("{place}/profile"));
    let revision = page.attribute("name=\"revision\" value=\"");
    let mut all = fields.to_vec();
    all.push(("revision", &revision));
    assert_eq!(send(ada, &format!("{place}/profile"), &all).status, 303);
}

pub fn move_to(ada: &mut Client, wave: &str, phase: &str, note: &str) -> u16 {
    send(ada, &format!("{wave}/phase"), &[("phase", phase), ("note", note)]).status
}

/// A wave that is closed, with the code of one of the people listed.
fn closed(ada: &mut Client, collection: &str) -> (String, String) {
    let wave = open_wave(ada, collection);
    let code = codes(ada, &wave, "everybody").remove(0).1;
    assert_eq!(send_from(ada, &wave, &format!("{wave}/closing"), &[("note", "")]), 303);
    (wave, code)
}

/// A device in the space that a code opens.
pub fn in_space(service: &Fresh, code: &str) -> Client {
    let mut device = service.visitor();
    let entered = device.post(&format!("/it/q/{code}/space"), &[]);
    assert_eq!((entered.status, entered.location.as_deref()), (303, Some("/it/space")), "{}", entered.body);
    device
}

/// Nothing of a frozen wave is deleted, added or weighed anew; a note can be added.
fn nothing_frozen_changes(ada: &mut Client, (place, wave): (&str, &str), token: &str) {
    let acts = [
        (format!("{wave}/removal"), "typed_name", "T1"),
        (format!("{wave}/proposals/new"), "proposal_title", "Orari"),
        (format!("{wave}/local/freezing"), "note", ""),
        (format!("{wave}/weights/setup"), "method_PA", "points"),
        (format!("{wave}/weights/reopening"), "weights_reason", "Ci abbiamo ripensato."),
        (format!("{wave}/renunciation"), "group", "ETS"),
        (format!("{place}/profile"), "k_show", "9"),
    ];
    for (act, name, value) in acts {
        let refused = ada.post(&act, &[("form_token", token), (name, value), ("reason", "Ci abbiamo ripensato.")]);
        assert_eq!(refused.status, 409, "{act}: {}", refused.body);
    }
    assert_eq!(send(ada, &format!("{wave}/note"), &[("reason", "breve")]).status, 422);
    let note = [("reason", "Due gruppi chiedevano un'altra domanda.")];
    assert_eq!(send(ada, &format!("{wave}/note"), &note).status, 303);
    assert!(ada.get(&format!("{wave}/circle")).body.contains("chiedevano un"));
}

#[test]
fn phases_go_forward_and_what_is_passed_over_says_why() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (place, wave) = planned(&mut ada);
        assert_eq!(move_to(&mut ada, &wave, "weights", ""), 422, "the map and the definition are passed over");
        assert_eq!(move_to(&mut ada, &wave, "map", ""), 303);
        assert_eq!(move_to(&mut ada, &wave, "map", ""), 409, "only forward");
        assert_eq!(move_to(&mut ada, &wave, "restitution", "perché vorrei"), 409, "not by this act");
        assert_eq!(move_to(&mut ada, &wave, "frozen", "Progetto di due mesi, gruppi già d'accordo"), 303);
        let circle = ada.get(&format!("{wave}/circle"));
        assert!(circle.body.contains("gruppi già d") && circle.body.contains("saltata"), "{}", circle.body);
        let plan = ada.get(&format!("{wave}/plan"));
        let token = if plan.status == 200 { plan.form_token() } else { ada.get(&wave).form_token() };
        let change = [("form_token", token.as_str()), ("opens_on", "2026-11-21"), ("closes_on", "2026-12-01")];
        assert_eq!(ada.post(&format!("{wave}/plan"), &change).status, 409, "what is frozen is not edited");
        nothing_frozen_changes(&mut ada, (&place, &wave), &token);
        assert_eq!(send_from(&mut ada, &wave, &format!("{wave}/opening"), &[("note", "")]), 303);
        assert_eq!(stored(&service, &wave).phase, Phase::Open);
    }
}

#[test]
fn nothing_is_frozen_or_opened_while_an_essential_group_was_not_heard() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (place, wave) = planned(&mut ada);
        essential(&mut ada, &place, "ETS");
        let refused = send(&mut ada, &format!("{wave}/phase"), &[("phase", "frozen"), ("note", "Abbiamo poco tempo.")]);
        assert!(refused.status == 409 && refused.body.contains("ETS"), "{}", refused.body);
        assert_eq!(send_from(&mut ada, &wave, &format!("{wave}/opening"), &[("note", "")]), 409, "nor by opening it");
        let short = [("group", "ETS"), ("reason", "no")];
        assert_eq!(send(&mut ada, &format!("{wave}/renunciation"), &short).status, 422);
        let reasoned = [("group", "ETS"), ("reason", "Ci riconosciamo negli indicatori comuni.")];
        assert_eq!(send(&mut ada, &format!("{wave}/renunciation"), &reasoned).status, 303);
        assert_eq!(move_to(&mut ada, &wave, "frozen", "Abbiamo poco tempo."), 303);
        assert!(ada.get(&format!("{wave}/circle")).body.contains("Ci riconosciamo"));
    }
}

#[test]
fn those_who_took_part_see_the_results_first_and_nobody_else() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (wave, code) = closed(&mut ada, "anonymous");
        let results = wave.replace("/staff", "");
        let minutes = [("note", "Verbale della cabina di regia n. 3")];
        let early = send(&mut ada, &format!("{wave}/publication"), &minutes);
        assert_eq!(early.status, 409, "not before those who took part");
        assert_eq!(service.visitor().get(&format!("/it/q/{code}")).status, 410, "nothing is there for them yet");
        assert_eq!(send(&mut ada, &format!("{wave}/restitution"), &[("days", "0")]).status, 422);
        assert_eq!(send(&mut ada, &format!("{wave}/restitution"), &[("days", "10")]).status, 303);
        let door = service.visitor().get(&format!("/it/q/{code}"));
        assert!(door.status == 200 && door.body.contains(&format!("/it/q/{code}/space")), "{}", door.body);
        let mut anna = in_space(&service, &code);
        let space = anna.get("/it/space");
        assert!(space.status == 200 && space.body.contains(&format!("href=\"{results}\"")), "{}", space.body);
        assert_eq!((anna.get(&results).status, service.visitor().get(&results).status), (200, 404));
        assert_eq!(anna.get(&format!("{wave}/circle")).status, 401, "the space opens nothing of the staff");
        let token = anna.get("/it/space").form_token();
        assert_eq!(anna.post("/it/space/leaving", &[("form_token", &token)]).status, 303);
        assert_eq!((anna.get(&results).status, anna.get("/it/space").status), (404, 404));
        let bare = send(&mut ada, &format!("{wave}/publication"), &[("note", "")]);
        assert_eq!(bare.status, 422, "before the embargo is over it takes the committee");
        assert_eq!(send(&mut ada, &format!("{wave}/publication"), &minutes).status, 303);
        assert_eq!(service.visitor().get(&results).status, 200);
    }
}

#[test]
fn nobody_keeps_results_back_by_doing_nothing() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (wave, _) = closed(&mut ada, "confidential");
        assert_eq!(send(&mut ada, &format!("{wave}/restitution"), &[("days", "3")]).status, 303);
        let after = |days: i64| {
            let mut app = service.app.clone();
            app.clock = Clock::Fixed(app.clock.now() + jiff::SignedDuration::from_hours(days * 24));
            app.end_embargoes().unwrap()
        };
        assert_eq!((after(3), after(4), after(5)), (0, 1, 0), "the day after the last day of the embargo, once");
        let known = stored(&service, &wave);
        assert!(known.phase == Phase::Decisions && known.published_on.is_some());
        assert_eq!(service.visitor().get(&wave.replace("/staff", "")).status, 200);
        let read = |db: &mut store::Db| store::audit::of_organisation(db, &known.organisation_id.to_string(), 0, 1);
        let entry = service.app.store.read_now(read).unwrap().remove(0);
        assert_eq!((entry.act.as_str(), entry.actor.as_str()), ("wave.publication", "Insieme"));
    }
}

#[test]
fn a_wave_is_done_only_when_its_restitution_is_public_or_refused_with_a_reason_all_can_read() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (wave, code) = closed(&mut ada, "anonymous");
        let conclude = |ada: &mut Client| send(ada, &format!("{wave}/conclusion"), &[("note", "")]).status;
        assert_eq!(conclude(&mut ada), 409);
        assert_eq!(send(&mut ada, &format!("{wave}/restitution"), &[("days", "3")]).status, 303);
        assert_eq!(conclude(&mut ada), 409, "given back to some is not done");
        assert_eq!(send(&mut ada, &format!("{wave}/refusal"), &[("reason", "no")]).status, 422);
        let why = [("reason", "Hanno risposto in tre: si riconoscerebbero.")];
        assert_eq!(send(&mut ada, &format!("{wave}/refusal"), &why).status, 303);
        let results = wave.replace("/staff", "");
        let mut anna = in_space(&service, &code);
        assert_eq!((anna.get(&results).status, service.visitor().get(&results).status), (200, 404));
        assert!(anna.get("/it/space").body.contains("Hanno risposto in tre"));
        assert_eq!(conclude(&mut ada), 303);
        assert_eq!(stored(&service, &wave).phase, Phase::Concluded);
    }
}

/// A seat in the committee for a group, and a device signed in there.
pub fn seat(service: &Fresh, wave: &str, group: &str) -> Client {
    let body = stored(service, wave).organisation_id;
    let (name, email) = (format!("Seggio {group}"), format!("{}@example.org", group.to_lowercase()));
    let account = Account {
        id: Uuid::now_v7(),
        email: email.clone(),
        name,
        language: Language::It,
        state: AccountState::Active,
        operator: Operator::No,
    };
    let grant = Grant {
        organisation_id: body,
        id: Uuid::now_v7(),
        account_id: account.id,
        role: Role::Committee,
        scope: Scope::Organisation,
        group: group.to_owned(),
        body: String::new(),
    };
    let (app, id) = (service.app.clone(), account.id);
    let link = service.app.store.write_now::<String, insieme::app::Refusal>(move |db| {
        store::accounts::insert(db, &account, &email, app.clock.now())?;
        store::grants::insert(db, &grant, app.clock.now())?;
        app.issue_sign_in(db, id)
    });
    let mut seated = service.visitor();
    let entered = seated.post(&format!("/it/staff/sign-in/{}", link.unwrap()), &[]);
    assert_eq!(entered.status, 303, "{}", entered.body);
    seated
}

#[test]
fn the_committee_decides_with_more_than_half_of_its_groups_and_dissent_stays_written() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (wave, _) = closed(&mut ada, "anonymous");
        let mut seats: Vec<Client> = ["BEN", "ETS", "PA"].iter().map(|group| seat(&service, &wave, group)).collect();
        assert_eq!(send(&mut ada, &format!("{wave}/restitution"), &[("days", "30")]).status, 303);
        let minutes = [("note", "Verbale della cabina di regia n. 3")];
        let publish = |ada: &mut Client| send(ada, &format!("{wave}/publication"), &minutes);
        let vote = |seat: &mut Client, choice: &str, words: &str| {
            send(seat, &format!("{wave}/vote"), &[("choice", choice), ("words", words)]).status
        };
        assert_eq!(vote(&mut ada, "agree", ""), 403, "only a seat votes");
        assert_eq!(vote(&mut seats[0], "dissent", ""), 422, "a dissent says why");
        assert_eq!(vote(&mut seats[0], "dissent", "Vogliamo prima discuterne."), 303);
        let early = publish(&mut ada);
        assert!(early.status == 409 && early.body.contains("ETS, PA"), "told who is missing: {}", early.body);
        assert_eq!(vote(&mut seats[1], "agree", ""), 303);
        assert_eq!(publish(&mut ada).status, 409, "a tie is no agreement");
        assert_eq!(vote(&mut seats[2], "agree", ""), 303);
        assert_eq!(vote(&mut seats[2], "agree", "D'accordo."), 303, "again: in the place of the first");
        assert_eq!(publish(&mut ada).status, 303);
        let circle = ada.get(&format!("{wave}/circle"));
        assert!(circle.body.contains("Vogliamo prima discuterne."), "{}", circle.body);
    }
}

#[test]
fn codes_guessed_in_a_cookie_are_counted_like_any_others() {
    for service in Fresh::on_both() {
        let mut guesser = service.visitor();
        let mut guess = || {
            guesser.forge("__Host-insieme-space", &format!("0.{}", insieme::app::secrets::code().compact()));
            guesser.get("/it/space").status
        };
        let answers: Vec<u16> = (0..70).map(|_| guess()).collect();
        let tried = answers.iter().filter(|status| **status == 404).count();
        assert!((1..=60).contains(&tried) && answers.last() == Some(&429), "{answers:?}");
    }
}

#[test]
fn a_code_for_one_person_is_one_voice_and_a_link_for_a_group_one_for_each_device() {
    use insieme::app::space::Entrance;
    use insieme::domain::access_code::AccessCode;
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "anonymous");
        let slip = codes(&mut ada, &wave, "everybody").remove(0).1;
        let token = ada.get(&wave).form_token();
        let links = ada.post(&format!("{wave}/links"), &[("form_token", &token)]);
        let shared: String = links.attribute("/q/").chars().take(12).collect();
        let key = |code: &str, device: &str| {
            let entrance = Entrance { code: AccessCode::parse(code).unwrap(), device: device.to_owned() };
            let app = service.app.clone();
            service.app.store.read_now(|db| app.space(db, &entrance)).unwrap().participant.key
        };
        assert_eq!(key(&slip, "a"), key(&slip, "b"));
        assert_ne!(key(&shared, "a"), key(&shared, "b"));
        assert_eq!(key(&shared, "a"), key(&shared, "a"));
        assert!(!key(&slip, "a").contains(&slip));
        let landing = service.visitor().get(&format!("/it/q/{slip}"));
        assert!(landing.body.contains("/space\""), "the landing page leads to the space too");
    }
}

#[test]
fn every_public_page_with_a_number_shows_coverage() {
    let service = crate::service::Service::start();
    let mut visitor = service.visitor();
    let programme = service.programme.simple().to_string();
    let page = visitor.get(&format!("/it/programmes/{programme}"));
    let edition = link(&page, "/it/editions/");
    let project = link(&visitor.get(&edition), "/it/projects/");
    let wave = link(&visitor.get(&project), "/it/waves/");
    let spread = link(&visitor.get(&edition), &format!("{edition}/indicators/"));
    let indicator = link(&visitor.get(&wave), &format!("{wave}/indicators/"));
    let pages = [
        format!("/it/programmes/{programme}"),
        format!("/it/programmes/{programme}/report"),
        edition,
        spread.replace("&amp;", "&"),
        format!("{project}/change"),
        project,
        indicator,
        format!("{wave}/gaps"),
        format!("{wave}/report"),
        format!("{wave}/embed"),
        wave,
    ];
    for place in pages {
        let shown = visitor.get(&place);
        assert_eq!(shown.status, 200, "{place}");
        let is_told = ["Chi ha risposto", "Copertura", "in elenco"].iter().any(|words| shown.body.contains(words));
        let of_groups = shown.body.matches("Ente pubblico").count();
        assert!(is_told && of_groups > 0, "{place} shows a number without saying who answered");
    }
}

#[test]
fn the_conduct_of_the_public_body_is_asked_by_default() {
    use insieme::domain::framework::Level;
    let version = insieme::app::frameworks::find_shipped("pratiche-collaborative", "1.0.0").unwrap();
    // Rules and documents, an equal voice, procedures and their times, decisions taken elsewhere.
    for code in ["FC3", "FP3", "OA1", "OP2"] {
        let indicator = version.framework.indicator(code).unwrap();
        let core = indicator.items.iter().filter(|item| item.level == Level::Core);
        let asked = core.filter(|item| item.addresses("ETS") || item.addresses("BEN")).count();
        assert!(asked > 0, "{code} is not asked of those who meet the public body");
    }
}

#[test]
fn everything_can_be_taken_home_and_printed() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "anonymous");
        let token = ada.get(&format!("{wave}/paper")).form_token();
        let form = ada.post(&format!("{wave}/paper"), &[("form_token", &token), ("asked_group", "ETS")]);
        assert!(form.status == 200 && form.bytes.starts_with(b"%PDF"), "{}", form.status);
        assert_eq!(send_from(&mut ada, &wave, &format!("{wave}/closing"), &[("note", "")]), 303);
        let results = wave.replace("/staff", "");
        for file in ["files/risultati.csv", "files/risultati.json", "report.pdf", "protocol.zip"] {
            assert_eq!(ada.get(&format!("{results}/{file}")).status, 200, "{file}");
        }
    }
}

#[test]
fn the_sheet_for_the_register_follows_what_is_set_for_the_wave() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (_, wave) = planned(&mut ada);
        let sheet = ada.get(&format!("{wave}/processing"));
        assert_eq!(sheet.status, 200, "{}", sheet.body);
        for told in ["Ente pubblico (6)", "compito di interesse pubblico", "Per capire.", "di regola la valutazione"] {
            assert!(sheet.body.contains(told), "{told}: {}", sheet.body);
        }
        assert_eq!(service.visitor().get(&format!("{wave}/processing")).status, 401);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do those who answered talk about their results before the public does, and does nobody take a reply away from them? On
//! both databases.

use std::collections::{BTreeMap, BTreeSet};

use insieme::domain::account::{Account, AccountState, Grant, Operator, Scope};
use insieme::domain::discussion::Position;
use insieme::domain::role::Role;
use insieme::domain::text::Language;
use insieme::store;
use insieme::view::report::ReportKind;
use uuid::Uuid;

use crate::answering::submit;
use crate::collecting::{send_from, stored};
use crate::service::{Answer, Client, Fresh, Service};
use crate::staff::{groups, link, plan, project, send, set_up};

/// A wave that was answered by six of the public body, seven of the Third Sector and two citizens' organisations, given
/// back to them.
struct GivenBack {
    service: Fresh,
    ada: Client,
    /// Its place in the workspace.
    wave: String,
    /// Its place for everybody.
    results: String,
    /// The code of the link of each group.
    links: BTreeMap<&'static str, String>,
}

fn given_back() -> Vec<GivenBack> {
    Fresh::on_both().into_iter().map(GivenBack::new).collect()
}

impl GivenBack {
    fn new(service: Fresh) -> Self {
        let mut ada = set_up(&service);
        let place = project(&mut ada, "Orto di tutti");
        groups(&mut ada, &place);
        assert_eq!(plan(&mut ada, &place, "T1", ("2026-11-20", "2026-12-20")).status, 303);
        let wave = link(&ada.get(&place), "/it/staff/waves/");
        assert_eq!(send_from(&mut ada, &wave, &format!("{wave}/opening"), &[("note", "")]), 303);
        let token = ada.get(&wave).form_token();
        let page = ada.post(&format!("{wave}/links"), &[("form_token", &token)]);
        let codes = page.body.split("/q/").skip(1).map(|rest| rest.chars().take(12).collect::<String>());
        let names = [("PA", "pubblico"), ("CSA", "ittadin"), ("ETS", "Terzo")];
        let before = page.body.split("/q/").map(str::to_owned);
        let group = |text: String| {
            let name = text.rsplit("<strong>").next().unwrap().to_owned();
            names.iter().find(|(_, part)| name.contains(part)).map_or("CSA", |(code, _)| *code)
        };
        let links: BTreeMap<&'static str, String> = before.map(group).zip(codes).collect();
        assert_eq!(links.len(), 3, "{}", page.body);
        for (group, people) in [("PA", 6), ("ETS", 7), ("CSA", 2)] {
            for person in 0..people {
                answer(&service, links.get(group).unwrap(), person + group.len());
            }
        }
        assert_eq!(send_from(&mut ada, &wave, &format!("{wave}/closing"), &[("note", "")]), 303);
        assert_eq!(send(&mut ada, &format!("{wave}/restitution"), &[("days", "10")]).status, 303);
        let results = wave.replace("/staff", "");
        Self { service, ada, wave, results, links }
    }

    /// Another device in the space of a group.
    fn device(&self, group: &str) -> Client {
        let mut device = self.service.visitor();
        assert_eq!(device.post(&format!("/it/q/{}/space", self.links.get(group).unwrap()), &[]).status, 303);
        device
    }

    /// Publishes the results, once every seat there is agrees.
    fn publish(&mut self, seats: &mut [&mut Client]) {
        for seat in seats {
            let vote = [("choice", "agree"), ("words", "")];
            assert_eq!(send(seat, &format!("{}/vote", self.wave), &vote).status, 303);
        }
        let minutes = [("note", "Verbale della cabina di regia n. 3")];
        assert_eq!(send(&mut self.ada, &format!("{}/publication", self.wave), &minutes).status, 303);
    }

    /// A device of somebody with a role, for a group where it is a seat.
    fn member(&self, role: Role, group: &str) -> Client {
        let email = format!("{}{}@example.org", role.code(), group.to_lowercase());
        let account = Account {
            id: Uuid::now_v7(),
            email: email.clone(),
            name: format!("Membro {}", role.code()),
            language: Language::It,
            state: AccountState::Active,
            operator: Operator::No,
        };
        let grant = Grant {
            organisation_id: stored(&self.service, &self.wave).organisation_id,
            id: Uuid::now_v7(),
            account_id: account.id,
            role,
            scope: Scope::Organisation,
            group: group.to_owned(),
            body: String::new(),
        };
        let (app, id) = (self.service.app.clone(), account.id);
        let token = self.service.app.store.write_now::<String, insieme::app::Refusal>(move |db| {
            store::accounts::insert(db, &account, &email, app.clock.now())?;
            store::grants::insert(db, &grant, app.clock.now())?;
            app.issue_sign_in(db, id)
        });
        let mut device = self.service.visitor();
        assert_eq!(device.post(&format!("/it/staff/sign-in/{}", token.unwrap()), &[]).status, 303);
        device
    }

    /// The place in the workspace of the first text that somebody can do something with.
    fn text(&self, staff: &mut Client) -> String {
        let page = staff.get(&format!("{}/words", self.wave));
        let start = format!("{}/words/", self.wave);
        let (_, rest) = page.body.split_once(&start).unwrap_or_else(|| panic!("no text: {}", page.body));
        format!("{start}{}", rest.split('/').next().unwrap())
    }
}

/// Answers every question, each person somewhat differently.
fn answer(service: &Fresh, code: &str, person: usize) {
    let mut client = service.visitor();
    assert_eq!(client.post(&format!("/it/q/{code}"), &[]).status, 303);
    let values = ["1", "2", "3", "4", "5"];
    let mut asked = 0;
    for step in 1.. {
        let page = client.get(&format!("/it/questionnaire/{step}"));
        if page.status == 404 {
            break;
        }
        let token = page.form_token();
        let names: BTreeSet<String> = page.radios().into_iter().map(|(name, ..)| name).collect();
        let mut fields = vec![("form_token", token.as_str()), ("go", "next")];
        for name in &names {
            asked += 1;
            // Each indicator has its own height, and each person shades it.
            let height = (name.bytes().take(3).map(usize::from).sum::<usize>() + person % 2) % values.len();
            fields.push((name, values.get(height).copied().unwrap()));
        }
        assert_eq!(client.post(&format!("/it/questionnaire/{step}"), &fields).status, 303);
    }
    assert!(asked > 20);
    submit(&mut client);
}

/// An indicator that was asked, by the first link to one.
fn indicator(results: &Answer, place: &str) -> String {
    results.attribute(&format!("href=\"{place}/indicators/"))
}

fn discuss(device: &mut Client, code: &str, fields: &[(&str, &str)]) -> Answer {
    send(device, &format!("/it/space/discussion/{code}/words"), fields)
}

/// Where a form led, and what the page there says.
fn told(device: &mut Client, sent: &Answer) -> String {
    let place = sent.location.clone().unwrap_or_else(|| panic!("{}: {}", sent.status, sent.body));
    device.get(&place).body
}

#[test]
fn what_is_said_is_read_by_those_who_took_part_and_by_everybody_only_afterwards() {
    for mut given in given_back() {
        let mut device = given.device("ETS");
        let code = indicator(&device.get(&given.results), &given.results);
        let page = format!("{}/indicators/{code}", given.results);
        let empty = discuss(&mut device, &code, &[("why", " ")]);
        assert!(empty.status == 422 && empty.body.contains("Scriva almeno una risposta"), "{}", empty.body);
        let long = "x".repeat(1001);
        let long = discuss(&mut device, &code, &[("why", long.as_str()), ("agree", "Sì, in parte")]);
        assert!(long.status == 422 && long.body.contains("Sì, in parte"), "what was typed is kept");
        let said = discuss(&mut device, &code, &[("why", "Ci vediamo ogni mese"), ("agree", "Sì, in parte")]);
        assert!(told(&mut device, &said).contains("il suo testo si vede"));
        let again = discuss(&mut device, &code, &[("why", "Ci vediamo ogni settimana"), ("agree", "Sì, in parte")]);
        assert!(told(&mut device, &again).contains("ha preso il posto di quello di prima"));
        for who in [&mut device, &mut given.device("PA"), &mut given.ada.clone()] {
            let shown = who.get(&page).body;
            assert!(shown.contains("ogni settimana") && !shown.contains("ogni mese"), "{shown}");
            assert!(shown.contains("Un gruppo"), "of which group is not said below eight texts");
            assert_eq!(shown.matches("Sì, in parte").count(), 1, "what is unchanged stands once");
        }
        let mut public = given.service.visitor();
        for place in [&page, &given.results, &format!("{}/report", given.results)] {
            assert_eq!(public.get(place).status, 404, "{place}");
        }
        assert_eq!(public.get("/it/space/discussion").status, 404);
        assert_eq!(device.get("/it/space/discussion/ZZ9/words").status, 404);
        given.publish(&mut []);
        assert!(public.get(&page).body.contains("ogni settimana"));
        let wave = stored(&given.service, &given.wave);
        let kept = given.service.app.store.read_now(|db| store::discussion::of_wave(db, &wave)).unwrap();
        assert_eq!(kept.len(), 3, "the earlier text is kept, superseded");
    }
}

#[test]
fn a_text_with_a_name_waits_and_its_author_reads_why_it_is_not_shown() {
    for mut given in given_back() {
        let mut device = given.device("ETS");
        let code = indicator(&device.get(&given.results), &given.results);
        let page = format!("{}/indicators/{code}", given.results);
        let said = discuss(&mut device, &code, &[("why", "Ada Rossi decide tutto da sola")]);
        assert!(told(&mut device, &said).contains("chi conduce lo legge prima"));
        assert!(!given.device("PA").get(&page).body.contains("decide tutto"));
        assert!(device.get("/it/space/discussion").body.contains("in attesa"));
        let text = given.text(&mut given.ada.clone());
        assert_eq!(send(&mut given.ada, &format!("{text}/hiding"), &[("hide_reason", "")]).status, 422);
        let why = [("hide_reason", "Nomina una persona")];
        assert_eq!(send(&mut given.ada, &format!("{text}/hiding"), &why).status, 303);
        let own = device.get("/it/space/discussion").body;
        assert!(own.contains("non si vede") && own.contains("Nomina una persona"), "{own}");
        let mut seat = given.member(Role::Committee, "ETS");
        let token = seat.get("/it/staff").form_token();
        let fields = [("form_token", token.as_str())];
        assert_eq!(seat.post(&format!("{text}/showing"), &fields).status, 403, "a seat does not moderate");
        assert_eq!(send_from(&mut given.ada, &format!("{}/words", given.wave), &format!("{text}/showing"), &[]), 303);
        assert!(given.device("PA").get(&page).body.contains("decide tutto"));
        let again = discuss(&mut device, &code, &[("why", "Decide una persona sola")]);
        assert!(told(&mut device, &again).contains("ha preso il posto"));
        assert!(!given.device("PA").get(&page).body.contains("decide tutto"));
    }
}

#[test]
fn a_reply_travels_with_page_report_and_files_and_is_not_taken_away() {
    for mut given in given_back() {
        let mut device = given.device("ETS");
        let code = indicator(&device.get(&given.results), &given.results);
        let new = "/it/space/replies/new";
        let long = "x".repeat(601);
        assert_eq!(send(&mut device, new, &[("reply_about", &code), ("reply_text", &long)]).status, 422);
        let first = send(&mut device, new, &[("reply_about", &code), ("reply_text", "Era estate")]);
        assert!(told(&mut device, &first).contains("sostenuta da 1 di 5"));
        let fields = [("reply_about", code.as_str()), ("reply_text", "Controreplica: i tempi li fissa il bando")];
        let second = send(&mut device, new, &fields);
        assert!(told(&mut device, &second).contains("ha preso il posto"));
        assert!(!device.get(&given.results).body.contains("Controreplica"), "not the group's yet");
        let text = given.text(&mut given.ada.clone());
        let confirm = format!("{text}/confirmation");
        assert_eq!(send(&mut given.ada, &confirm, &[("note", "")]).status, 422, "staff say how they know");
        let mut other = given.member(Role::Committee, "PA");
        let token = other.get("/it/staff").form_token();
        assert_eq!(other.post(&confirm, &[("form_token", &token)]).status, 403, "another group's seat does not");
        let mut seat = given.member(Role::Committee, "ETS");
        let words = format!("{}/words", given.wave);
        assert_eq!(send_from(&mut seat, &words, &confirm, &[("note", "")]), 303);
        assert_eq!(send_from(&mut given.ada, "/it/staff", &confirm, &[("note", "x")]), 404, "once");
        given.publish(&mut [&mut other, &mut seat]);
        reply_is_everywhere(&given, &code, "Controreplica");
        // It is not hidden for being unpleasant.
        let hiding = format!("{text}/hiding");
        let refused = send(&mut given.ada, &hiding, &[("hide_reason", "Non ci piace")]);
        assert_eq!(refused.status, 422);
        let elsewhere = [("reword_ground", "insult"), ("reword_quote", "scemi")];
        assert!(send(&mut given.ada, &hiding, &elsewhere).body.contains("nella replica non ci sono"));
        let quoted = [("reword_ground", "person"), ("reword_quote", "il bando")];
        assert_eq!(send(&mut given.ada, &hiding, &quoted).status, 303);
        let page = given.service.visitor().get(&given.results).body;
        assert!(!page.contains("Controreplica") && page.contains("È stato chiesto di riscriverla"), "{page}");
        assert!(device.get("/it/space/discussion").body.contains("il bando"), "its author reads which words");
    }
}

fn reply_is_everywhere(given: &GivenBack, code: &str, words: &str) {
    let mut public = given.service.visitor();
    let id = given.results.rsplit('/').next().unwrap();
    let mut places = vec![given.results.clone(), format!("{}/indicators/{code}", given.results)];
    places.extend(ReportKind::ALL.map(|kind| format!("{}/report?profile={}", given.results, kind.code())));
    places.extend(["repliche.csv", "risultati.json"].map(|file| format!("/opendata/{id}/1/{file}")));
    for place in places {
        let page = public.get(&place);
        assert!(page.status == 200 && page.body.contains(words), "{place}: {}", page.status);
    }
    let table = public.get(&format!("/opendata/{id}/1/repliche.csv")).body;
    assert!(table.contains("\"replica\";\"ETS\"") && table.contains(code), "{table}");
    let json: serde_json::Value =
        serde_json::from_slice(&public.get(&format!("/opendata/{id}/1/risultati.json")).bytes).unwrap();
    let said = |what: &str| json.pointer(&format!("/replies/0/{what}")).and_then(serde_json::Value::as_str);
    assert_eq!((said("group"), said("indicator")), (Some("ETS"), Some(code)));
    let described = public.get(&format!("/opendata/{id}/1/repliche.csv-metadata.json"));
    assert!(described.status == 200 && described.body.contains("\"testo\""));
    for file in ["risultati.xlsx", "risultati.ods"] {
        assert_eq!(public.get(&format!("/opendata/{id}/1/{file}")).status, 200);
    }
    let mut book: calamine::Xlsx<_> =
        calamine::Reader::new(std::io::Cursor::new(public.get(&format!("/opendata/{id}/1/risultati.xlsx")).bytes))
            .unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut book, "Repliche").unwrap();
    assert!(sheet.rows().flatten().any(|cell| cell.to_string().contains(words)));
    let pdf = public.get(&format!("{}/report.pdf", given.results));
    assert!(pdf.status == 200 && pdf.bytes.starts_with(b"%PDF"));
}

#[test]
fn enough_people_of_a_group_make_a_text_its_reply_and_nobody_else_can() {
    for given in given_back() {
        let mut devices: Vec<Client> = (0..5).map(|_| given.device("ETS")).collect();
        let fields = [("reply_about", "whole"), ("reply_text", "Ci hanno chiesto poco delle famiglie")];
        assert_eq!(send(&mut devices[0], "/it/space/replies/new", &fields).status, 303);
        let place = "/it/space/replies/";
        let support = format!("{place}{}", devices[1].get("/it/space/replies").attribute(&format!("action=\"{place}")));
        let mut other = given.device("PA");
        let token = other.get("/it/space").form_token();
        assert_eq!(other.post(&support, &[("form_token", &token)]).status, 404, "not of another group");
        for device in &mut devices[1..4] {
            assert_eq!(send_from(device, "/it/space", &support, &[]), 303);
            assert_eq!(send_from(device, "/it/space", &support, &[]), 303, "twice counts once");
        }
        assert!(!other.get(&given.results).body.contains("poco delle famiglie"), "four are not enough");
        assert_eq!(send_from(&mut devices[4], "/it/space", &support, &[]), 303);
        let shown = other.get(&given.results).body;
        assert!(shown.contains("poco delle famiglie") && shown.contains("Tutti i risultati"), "{shown}");
    }
}

#[test]
fn a_story_waits_for_an_evaluator_and_is_not_published_without_consent() {
    for mut given in given_back() {
        let mut device = given.device("ETS");
        let code = indicator(&device.get(&given.results), &given.results);
        let page = format!("{}/indicators/{code}", given.results);
        let story = |text: &'static str| {
            vec![
                ("story_domain", "Tempo per sé"),
                ("story_text", text),
                ("story_why", "Mostra il tempo"),
                ("story_panel", "Sei persone"),
                ("story_indicators", code.as_str()),
            ]
        };
        let mut with = story("Ha ripreso la patente");
        with.push(("story_consent", "given"));
        assert_eq!(send(&mut device, "/it/space/stories/new", &[("story_domain", "x")]).status, 422);
        let sent = send(&mut device, "/it/space/stories/new", &with);
        assert!(told(&mut device, &sent).contains("Un valutatore la legge"));
        assert!(!device.get(&page).body.contains("la patente"), "stories always wait");
        let mut evaluator = given.member(Role::Evaluator, "");
        let (text, words) = (given.text(&mut evaluator), format!("{}/words", given.wave));
        assert_eq!(send_from(&mut given.ada, "/it/staff", &format!("{text}/showing"), &[]), 403, "no coordinator");
        assert_eq!(send_from(&mut evaluator, &words, &format!("{text}/showing"), &[]), 303);
        assert!(device.get(&page).body.contains("la patente"));
        assert_eq!(
            send(&mut evaluator, &format!("{}/stories/new", given.wave), &story("Ha cambiato casa")).status,
            303
        );
        let waiting = evaluator.get(&words).body;
        assert!(waiting.contains("Ha cambiato casa") && waiting.contains("Senza consenso"), "{waiting}");
        let places: BTreeSet<String> = waiting
            .split(&format!("{words}/"))
            .skip(1)
            .filter_map(|rest| rest.split_once("/showing").map(|(id, _)| id.to_owned()))
            .filter(|id| id.len() == 32)
            .collect();
        for id in places {
            assert_eq!(send_from(&mut evaluator, &words, &format!("{words}/{id}/showing"), &[]), 303);
        }
        let shown = device.get(&page).body;
        assert!(shown.contains("la patente") && !shown.contains("Ha cambiato casa"), "not without consent");
    }
}

#[test]
fn the_summary_shows_who_approves_and_a_dissent_travels_with_it() {
    for mut given in given_back() {
        let place = format!("{}/summary", given.wave);
        let mut seat = given.member(Role::Committee, "ETS");
        let early = format!("{place}/position");
        assert_eq!(seat.get(&early).status, 404, "there is nothing to agree with yet");
        assert_eq!(send(&mut given.ada, &place, &[("summary_text", ""), ("revision", "0")]).status, 422);
        let long = "x".repeat(2001);
        assert_eq!(send(&mut given.ada, &place, &[("summary_text", &long), ("revision", "0")]).status, 422);
        let first = [("summary_text", "La fiducia cresce."), ("revision", "0")];
        assert_eq!(send(&mut given.ada, &place, &first).status, 303);
        assert_eq!(send(&mut given.ada, &place, &[("summary_text", "Altro"), ("revision", "0")]).status, 409);
        let vote = |seat: &mut Client, choice, words, revision| {
            send(seat, &early, &[("choice", choice), ("words", words), ("revision", revision)]).status
        };
        assert_eq!(vote(&mut seat, "agree", "", "1"), 303);
        let second = [("summary_text", "La fiducia cresce. I tempi restano lunghi."), ("revision", "1")];
        assert_eq!(send(&mut given.ada, &place, &second).status, 303);
        assert!(given.device("PA").get(&given.results).body.contains("non si è ancora espresso"), "on the new words");
        assert_eq!(vote(&mut seat, "agree", "", "1"), 409, "not on what was not read");
        assert_eq!(vote(&mut seat, "dissent", "", "2"), 422, "a dissent has words");
        assert_eq!(vote(&mut seat, "dissent", "Per noi i tempi sono un'altra cosa", "2"), 303);
        given.publish(&mut [&mut seat]);
        assert_eq!(vote(&mut seat, "agree", "", "2"), 409, "after publication nothing of it changes");
        let mut public = given.service.visitor();
        for place in [given.results.clone(), format!("{}/report", given.results)] {
            let page = public.get(&place).body;
            for words in ["I tempi restano lunghi", "altra cosa", "non è d", "non è stato chiesto", "Versione 2"] {
                assert!(page.contains(words), "{place} {words}: {page}");
            }
        }
        let wave = stored(&given.service, &given.wave);
        let app = given.service.app.clone();
        let state = given.service.app.store.read_now(move |db| app.restitution_state(db, &wave)).unwrap();
        let positions = state.summary.unwrap().positions;
        let of = |group: &str| positions.iter().find(|one| one.group == group).map(|one| one.position);
        assert_eq!((of("ETS"), of("PA")), (Some(Position::Dissents), Some(Position::NotAsked)));
        assert_eq!((state.threads, state.replies, state.guesses), (0, 0, 0));
    }
}

/// The indicators to choose from on a form, without the empty first.
fn options(page: &Answer) -> Vec<String> {
    let document = scraper::Html::parse_document(&page.body);
    let option = scraper::Selector::parse("select[name=high1] option").unwrap();
    let values = document.select(&option).filter_map(|one| one.value().attr("value")).map(str::to_owned);
    values.filter(|value| !value.is_empty()).collect()
}

#[test]
fn a_guess_is_made_once_before_looking_and_only_of_what_may_be_shown() {
    for given in given_back() {
        let mut device = given.device("PA");
        let page = device.get("/it/space/guess");
        assert!(
            page.body.contains("/it/space/guess/ETS") && !page.body.contains("/it/space/guess/PA"),
            "{}",
            page.body
        );
        assert!(!page.body.contains("/it/space/guess/CSA"), "of two who answered nothing is shown");
        assert_eq!(device.get("/it/space/guess/CSA").status, 404);
        let known = options(&device.get("/it/space/guess/ETS"));
        assert!(known.len() >= 6, "{known:?}");
        let guess = |device: &mut Client, codes: [&str; 6]| {
            let names = ["high1", "high2", "high3", "low1", "low2", "low3"];
            let fields: Vec<(&str, &str)> = names.into_iter().zip(codes).collect();
            let token = device.get("/it/space").form_token();
            let mut all = vec![("form_token", token.as_str())];
            all.extend(fields);
            device.post("/it/space/guess/ETS", &all)
        };
        let six = [&known[0], &known[1], &known[2], &known[3], &known[4], &known[5]].map(String::as_str);
        let twice = guess(&mut device, [six[0], six[0], six[2], six[3], six[4], ""]);
        assert!(twice.status == 422 && twice.body.contains("ne scelga un altro"), "{}", twice.body);
        assert_eq!(guess(&mut device, [six[0], six[1], six[2], six[3], six[4], "ZZ9"]).status, 422);
        let made = guess(&mut device, six);
        let near = told(&mut device, &made);
        assert!(near.contains("Dei tre più alti ne ha indovinati") && near.contains("Secondo loro"), "{near}");
        let turned = [six[5], six[4], six[3], six[2], six[1], six[0]];
        let again = guess(&mut device, turned);
        assert!(told(&mut device, &again).contains("resta la prima risposta"));
        let average = "Quanto ci conosciamo";
        for _ in 0..3 {
            assert_eq!(guess(&mut given.device("PA"), six).status, 303);
        }
        assert!(!device.get("/it/space/guess").body.contains(average), "of four no average is shown");
        assert_eq!(guess(&mut given.device("PA"), turned).status, 303);
        let shown = device.get("/it/space/guess").body;
        assert!(shown.contains(average) && shown.contains("su 5 persone"), "{shown}");
        assert!(given.ada.clone().get(&format!("{}/words", given.wave)).body.contains(average));
    }
}

#[test]
fn words_that_come_when_the_discussion_is_over_are_kept_and_it_is_said() {
    for mut given in given_back() {
        let mut device = given.device("ETS");
        let code = indicator(&device.get(&given.results), &given.results);
        let form = device.get(&format!("/it/space/discussion/{code}/words")).form_token();
        given.publish(&mut []);
        let late = [("form_token", form.as_str()), ("why", "Arrivo tardi ma lo dico")];
        let sent = device.post(&format!("/it/space/discussion/{code}/words"), &late);
        assert!(told(&mut device, &sent).contains("era già finita"));
        assert!(!device.get(&format!("{}/indicators/{code}", given.results)).body.contains("Arrivo tardi"));
        assert!(given.ada.get(&format!("{}/circle", given.wave)).body.contains("Arrivo tardi ma lo dico"));
        let reply = [("form_token", form.as_str()), ("reply_about", "whole"), ("reply_text", "Anche la replica")];
        let sent = device.post("/it/space/replies/new", &reply);
        assert!(told(&mut device, &sent).contains("era già finita"));
    }
}

#[test]
fn forms_of_the_space_are_taken_only_from_its_own_pages() {
    for given in given_back() {
        let mut device = given.device("ETS");
        for place in ["discussion/FP1/words", "replies/new", "stories/new", "guess/PA"] {
            assert_eq!(device.post(&format!("/it/space/{place}"), &[("why", "x")]).status, 403, "{place}");
        }
        for page in ["words", "summary", "stories/new", "summary/position"] {
            assert_eq!(device.get(&format!("{}/{page}", given.wave)).status, 401, "{page}");
        }
    }
}

#[test]
fn the_demonstration_has_threads_a_reply_stories_and_a_summary_with_a_dissent() {
    let service = Service::start();
    let (_, waves) = service.waves().into_iter().find(|(one, _)| one.name.starts_with("Ponti di valle")).unwrap();
    let results = format!("/it/waves/{}", waves.iter().rfind(|wave| wave.published_on.is_some()).unwrap().id.simple());
    let mut visitor = service.visitor();
    let page = visitor.get(&results).body;
    for words in ["Le famiglie trovano risposta", "orario di lavoro", "I moduli di rendicontazione", "Versione 1"] {
        assert!(page.contains(words), "{words}");
    }
    let trust = visitor.get(&format!("{results}/indicators/FP1")).body;
    assert!(trust.contains("a forza di incontrarsi") && trust.contains("Un gruppo"), "{trust}");
    assert!(trust.contains("tre comuni hanno firmato"));
    let english = visitor.get(&format!("{}/indicators/OA1", results.replace("/it/", "/en/"))).body;
    assert!(english.contains("Replies of the groups") && english.contains("What is missing?"), "{english}");
}

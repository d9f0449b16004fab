// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Is what was decided written down, corrected, followed, and told the same everywhere, on both databases?

use std::io::Cursor;
use std::process::Command;

use calamine::{Data, Ods, Range, Reader, Xlsx};
use insieme::domain::decision_log::DecisionsState;
use insieme::domain::wave::Wave;
use insieme::store;

use crate::service::{Answer, Client, Service};
use crate::staff::send;

/// A wave of a project of the demonstration.
fn wave(service: &Service, project: &str, code: &str) -> Wave {
    let (_, waves) = service.waves().into_iter().find(|(one, _)| one.name.starts_with(project)).unwrap();
    waves.into_iter().find(|one| one.code == code).unwrap()
}

fn board(wave: &Wave) -> String {
    format!("/it/staff/waves/{}/decisions", wave.id.simple())
}

fn public(wave: &Wave) -> String {
    format!("/it/waves/{}/decisions", wave.id.simple())
}

/// A decision as it is typed, with changes.
fn decided<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let fields = [
        ("finding_indicator", "FP1"),
        ("finding_words", "Ci si fida poco."),
        ("decision_outcome", "taken"),
        ("decision_reason", "Senza fiducia non si va avanti."),
    ];
    changed(&fields, changes)
}

/// An action as it is typed, with changes.
fn planned<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let fields = [
        ("action_title", "Una giornata insieme"),
        ("action_owner", "Segreteria"),
        ("action_group", "PA"),
        ("action_due", "2027-03-31"),
        ("action_resources", "Una sala."),
        ("effect_indicator_1", "FP1"),
        ("effect_points_1", "5,5"),
        ("effect_wave_1", "T2"),
    ];
    changed(&fields, changes)
}

fn changed<'a>(fields: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<(&str, &str)> = fields.to_vec();
    all.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    all.extend(changes);
    all
}

/// Writes a decision down; returns its place.
fn decide(client: &mut Client, wave: &Wave, changes: &[(&str, &str)]) -> String {
    let done = send(client, &format!("{}/new", board(wave)), &decided(changes));
    assert_eq!(done.status, 303, "{}", done.body);
    last(&client.get(&board(wave)), &format!("{}/", board(wave)), "/revision")
}

/// Plans an action of the decision at a place; returns the action's place.
fn follow(client: &mut Client, wave: &Wave, decision: &str, changes: &[(&str, &str)]) -> String {
    let done = send(client, &format!("{decision}/actions/new"), &planned(changes));
    assert_eq!(done.status, 303, "{}", done.body);
    last(&client.get(&board(wave)), &format!("{}/actions/", board(wave)), "/state")
}

/// The last link of a page that starts and ends so, without its end.
fn last(answer: &Answer, start: &str, end: &str) -> String {
    let links = answer.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = links.filter(|link| link.starts_with(start) && link.ends_with(end));
    let own = own.filter(|link| link.trim_start_matches(start).matches('/').count() == 1);
    own.last().unwrap_or_else(|| panic!("no {start}…{end} in {}", answer.body)).trim_end_matches(end).to_owned()
}

/// What a page says, without its markup.
fn text(body: &str) -> String {
    let document = scraper::Html::parse_document(body);
    let main = scraper::Selector::parse("main").unwrap();
    let said: Vec<&str> = document.select(&main).flat_map(|one| one.text()).collect();
    said.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between two pieces of writing, with both.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    let rest = &text[from..];
    &rest[..rest.find(end).unwrap_or_else(|| panic!("no {end} after {start} in {rest}")) + end.len()]
}

/// The words of a PDF, by a program of others; nothing where it is not installed.
fn of_pdf(bytes: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let read = Command::new("pdftotext").arg(file.path()).arg("-").output().ok()?;
    let said = String::from_utf8(read.stdout).unwrap();
    Some(said.split_whitespace().collect::<Vec<_>>().join(" "))
}

type Rows = Vec<Vec<(String, String)>>;

fn of_csv(bytes: &[u8]) -> Rows {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    let names = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| {
        names.iter().zip(row.iter()).map(|(name, cell)| (name.to_owned(), cell.replace(',', "."))).collect()
    };
    reader.records().map(|one| row(one.unwrap())).collect()
}

fn of_sheet(range: &Range<Data>) -> Rows {
    let mut rows = range.rows();
    let names: Vec<String> = rows.next().unwrap().iter().map(ToString::to_string).collect();
    let row =
        |row: &[Data]| names.iter().cloned().zip(row.iter().map(|cell| cell.to_string().replace(',', "."))).collect();
    rows.map(row).collect()
}

fn cell<'a>(row: &'a [(String, String)], name: &str) -> &'a str {
    row.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
}

/// What matters of a row, in every format.
fn told(rows: &Rows) -> Vec<Vec<String>> {
    let names = [
        "riga",
        "indicatore",
        "constatazione",
        "punteggio",
        "esito",
        "azione",
        "responsabile",
        "stato",
        "evidenza",
        "torna_al_comitato",
        "atteso_punti",
        "osservato_punti",
        "osservato_giudizio",
        "osservato_inferiore",
    ];
    rows.iter().map(|row| names.map(|name| cell(row, name).to_owned()).into()).collect()
}

/// Every kind of report says the same, on paper too.
fn check_reports(client: &mut Client, here: &str, effect: &str) {
    for profile in ["full", "bilancio-sociale", "vis", "valutazione-partecipativa", "verbale"] {
        let report = client.get(&format!("{here}/report?profile={profile}"));
        assert_eq!(report.status, 200);
        let said = text(&report.body);
        assert!(
            said.contains(effect) && said.contains("Ancora senza risposta: Fiducia reciproca."),
            "{profile}: {said}"
        );
    }
    let minutes = client.get(&format!("{here}/report.pdf?profile=verbale"));
    assert!(minutes.status == 200 && minutes.body.starts_with("%PDF"));
    match of_pdf(&minutes.bytes) {
        Some(said) => {
            for words in [effect, "Ancora senza risposta: Fiducia reciproca.", "I comuni usano strumenti diversi"] {
                assert!(said.contains(words), "{words}: {said}");
            }
        }
        None => eprintln!("left out: the words of the PDF, because there is no pdftotext"),
    }
}

/// Every file says the same.
#[expect(clippy::indexing_slicing, reason = "a test that cannot go on has failed")]
fn check_files(client: &mut Client, here: &str, effect: &str) {
    let mut file = |name: &str| client.get(&format!("{here}/files/{name}")).bytes;
    let rows = of_csv(&file("decisioni.csv"));
    assert_eq!(rows.len(), 6, "four actions, one decision not to act, one without an answer");
    let returned: Vec<&Vec<(String, String)>> =
        rows.iter().filter(|row| cell(row, "torna_al_comitato") == "si").collect();
    assert_eq!((returned.len(), cell(returned[0], "osservato_giudizio")), (1, "worsened"));
    let points = cell(returned[0], "osservato_punti");
    assert!(effect.contains(&format!("+{points} punti")), "{points}: {effect}");
    let mut xlsx: Xlsx<_> = Xlsx::new(Cursor::new(file("risultati.xlsx"))).unwrap();
    assert_eq!(told(&of_sheet(&xlsx.worksheet_range("Decisioni").unwrap())), told(&rows));
    let mut ods: Ods<_> = Ods::new(Cursor::new(file("risultati.ods"))).unwrap();
    assert_eq!(told(&of_sheet(&ods.worksheet_range("Decisioni").unwrap())), told(&rows));
    let json: serde_json::Value = serde_json::from_slice(&file("risultati.json")).unwrap();
    let effects = json.pointer("/decisions/decided/0/actions/0/effects/0").unwrap();
    assert_eq!(effects["difference"].as_f64().unwrap().to_string(), points);
    assert_eq!((effects["verdict"].as_str(), effects["expected"].as_f64()), (Some("worsened"), Some(-8.0)));
    assert_eq!(json.pointer("/decisions/unanswered/0/indicator").unwrap(), "FP1");
}

#[test]
fn page_reports_tables_and_document_tell_the_same_and_done_but_worsened_comes_first() {
    for service in Service::on_both() {
        let wave = wave(&service, "Filo comune", "T1");
        let mut client = service.visitor();
        let page = text(&client.get(&public(&wave)).body);
        let effect = between(&page, "Atteso: Decisioni prese altrove −8 punti entro T2", "peggiorato.").to_owned();
        assert!(effect.contains("Osservato in T2: +"), "{effect}");
        let first = page.find("Le decisioni che contano").unwrap();
        assert!(first < page.find("Confusione sulla pratica").unwrap(), "what comes back is listed first");
        assert!(page.contains("torna al comitato") && page.contains("Perché si è abbandonata"), "{page}");
        let open = between(&page, "Ancora senza risposta", "Fiducia reciproca");
        assert!(!open.contains("Confusione"), "{open}");
        assert!(page.contains("Ente pubblico, rilevazione T2: vista 7, non vista 2, non so 1."), "{page}");
        assert!(page.contains("rilevazione T2: meno di") && !page.contains("vista 2, non vista 1"), "{page}");
        assert!(!page.contains("causa") && !page.contains("example.org>"), "{page}");
        let here = format!("/it/waves/{}", wave.id.simple());
        check_reports(&mut client, &here, &effect);
        check_files(&mut client, &here, &effect);
        let english = text(&client.get(&public(&wave).replace("/it/", "/en/")).body);
        assert!(english.contains("back to the committee") && english.contains("One calendar of meetings"), "{english}");
        let (app, known) = (service.app.clone(), wave.clone());
        let state = service.app.store.read_now(move |db| app.decisions_state(db, &known)).unwrap();
        let expected = DecisionsState { findings: 6, decided: 5, unanswered: 1, actions: 4, returned: 1 };
        assert_eq!(state, expected);
    }
}

/// One decision and one action, each with what it said before, and an entry in the audit for every act.
#[expect(clippy::indexing_slicing, reason = "a test that cannot go on has failed")]
fn check_kept(service: &Service, wave: &Wave) {
    let read = |db: &mut store::Db| {
        Ok::<_, store::StoreError>((store::decisions::of_wave(db, wave)?, store::decisions::actions_of_wave(db, wave)?))
    };
    let (decisions, actions) = service.app.store.read_now(read).unwrap();
    assert_eq!((decisions.len(), decisions[0].current.revision, decisions[0].earlier.len()), (1, 2, 1));
    assert_eq!((actions.len(), actions[0].current.revision, actions[0].earlier.len()), (1, 2, 1));
    let acts = service.app.store.read_now::<_, store::StoreError>(|db| store::audit::after(db, 0, 100)).unwrap();
    let acts: Vec<String> = acts.into_iter().map(|one| one.act).filter(|act| !act.starts_with("session")).collect();
    for act in ["decision.taking", "action.planning", "action.state", "decision.revision"] {
        assert!(acts.iter().any(|one| one == act), "{act}: {acts:?}");
    }
}

#[test]
fn a_decision_is_written_followed_and_corrected_and_what_it_said_before_stays() {
    for service in Service::on_both() {
        let wave = wave(&service, "Ponti di valle", "T1");
        let mut staff = service.staff();
        let before = text(&service.visitor().get(&public(&wave)).body);
        assert!(before.contains("Non c'è ancora nessuna decisione") || before.contains("senza risposta"), "{before}");
        let decision = decide(&mut staff, &wave, &[("finding_indicator", "OC3")]);
        let page = text(&service.visitor().get(&public(&wave)).body);
        assert!(
            page.contains("Ci si fida poco.") && page.contains("Punteggio 54 su 100"),
            "the number is put in: {page}"
        );
        let open = page.split("Ancora senza risposta").nth(1).unwrap();
        assert!(!open.contains("Confusione sulla pratica"), "it has an answer now: {open}");
        let action = follow(&mut staff, &wave, &decision, &[("action_due", "1/2/2020")]);
        let page = text(&service.visitor().get(&public(&wave)).body);
        assert!(page.contains("in ritardo") && page.contains("1 febbraio 2020"), "{page}");
        assert!(page.contains("Atteso: Fiducia reciproca +5,5 punti entro T2"), "{page}");
        let stand = |staff: &mut Client, state, note, evidence, link, revision| {
            let fields = [
                ("action_state", state),
                ("state_note", note),
                ("action_evidence", evidence),
                ("action_link", link),
                ("revision", revision),
            ];
            send(staff, &format!("{action}/state"), &fields)
        };
        let bare = stand(&mut staff, "abandoned", " ", "", "", "1");
        assert!(bare.status == 422 && bare.body.contains("si abbandona con un motivo"), "{}", bare.body);
        let bare = stand(&mut staff, "done", "", "", "http://a.example.org", "1");
        assert_eq!(bare.status, 422);
        for told in ["che cosa mostra", "https://", "value=\"http://a.example.org\""] {
            assert!(bare.body.contains(told), "{told}, and what was typed is kept: {}", bare.body);
        }
        assert_eq!(stand(&mut staff, "abandoned", "Nessuno aveva tempo.", "", "", "1").status, 303);
        assert_eq!(stand(&mut staff, "done", "", "Fatta.", "", "1").status, 409, "somebody else was first");
        let correct = |staff: &mut Client, reason, revision| {
            let changes = [("finding_indicator", "OE2"), ("correction_reason", reason), ("revision", revision)];
            send(staff, &format!("{decision}/revision"), &decided(&changes)).status
        };
        assert_eq!((correct(&mut staff, "", "1"), correct(&mut staff, "Era un altro", "1")), (422, 303));
        assert_eq!(correct(&mut staff, "Altro", "1"), 409);
        let page = text(&service.visitor().get(&public(&wave)).body);
        assert!(page.contains("Perché si è abbandonata Nessuno aveva tempo."), "{page}");
        assert!(page.contains("Corretto perché: Era un altro") && page.contains("Costi di partecipazione"), "{page}");
        assert!(!page.contains("coordinatrice@"), "names of staff stay inside");
        assert!(text(&staff.get(&board(&wave)).body).contains("coordinatrice@"), "acts are signed");
        check_kept(&service, &wave);
    }
}

#[test]
fn what_cannot_be_a_decision_or_an_action_is_refused_with_a_sentence_and_nothing_is_stored() {
    let long = "x".repeat(2001);
    for service in Service::on_both() {
        let wave = wave(&service, "Ponti di valle", "T1");
        let mut staff = service.staff();
        let wrong: [(&[(&str, &str)], &str); 6] = [
            (&[("finding_indicator", ""), ("finding_words", " ")], "Scelga un indicatore o scriva"),
            (&[("finding_indicator", "XX9")], "Scelga una delle risposte"),
            (&[("decision_outcome", "")], "Scelga una delle risposte"),
            (&[("decision_reason", "")], "Questo campo va compilato"),
            (&[("decision_reason", &long)], "Al massimo 2000 caratteri"),
            (&[("finding_words", "a\u{7}b")], "caratteri che non si vedono"),
        ];
        for (changes, sentence) in wrong {
            let refused = send(&mut staff, &format!("{}/new", board(&wave)), &decided(changes));
            assert_eq!(refused.status, 422, "{changes:?}");
            assert!(refused.body.contains(sentence), "{sentence}: {}", refused.body);
        }
        let decision = decide(&mut staff, &wave, &[]);
        let wrong: [(&[(&str, &str)], &str); 6] = [
            (&[("action_title", "")], "Questo campo va compilato"),
            (&[("action_due", "")], "Questo campo va compilato"),
            (&[("action_due", "31/2/2026")], "Scriva un giorno come"),
            (&[("effect_points_1", "0")], "un numero sopra zero"),
            (&[("effect_points_1", "101")], "un numero sopra zero"),
            (&[("effect_wave_1", "T0")], "Scelga una delle risposte"),
        ];
        for (changes, sentence) in wrong {
            let refused = send(&mut staff, &format!("{decision}/actions/new"), &planned(changes));
            assert_eq!(refused.status, 422, "{changes:?}");
            assert!(refused.body.contains(sentence), "{sentence}: {}", refused.body);
        }
        let _action = follow(&mut staff, &wave, &decision, &[]);
        let given_up = [("decision_outcome", "not_taken"), ("correction_reason", "x"), ("revision", "1")];
        let refused = send(&mut staff, &format!("{decision}/revision"), &decided(&given_up));
        assert!(refused.status == 422 && refused.body.contains("prima dica come stanno"), "{}", refused.body);
        let silent = decide(&mut staff, &wave, &[("decision_outcome", "not_taken")]);
        assert_eq!(staff.get(&format!("{silent}/actions/new")).status, 404, "nothing follows from not acting");
    }
}

#[test]
fn formulas_markup_and_letters_from_right_to_left_are_words_like_any_others() {
    let formula = format!("=HYPERLINK(\"http://a.example\") <b>x</b> שלום {}", "y".repeat(250));
    for service in Service::on_both() {
        let wave = wave(&service, "Ponti di valle", "T1");
        let mut staff = service.staff();
        let hostile = formula.as_str();
        let decision = decide(&mut staff, &wave, &[("finding_words", hostile), ("decision_reason", hostile)]);
        let action = follow(&mut staff, &wave, &decision, &[("action_title", hostile), ("action_owner", hostile)]);
        let fields = [("action_state", "done"), ("action_evidence", hostile), ("revision", "1")];
        assert_eq!(send(&mut staff, &format!("{action}/state"), &fields).status, 303);
        let mut visitor = service.visitor();
        let page = visitor.get(&public(&wave));
        assert!(page.body.contains("&lt;b&gt;x&lt;/b&gt; שלום") && !page.body.contains("<b>x</b>"), "{}", page.body);
        assert!(page.body.contains("<bdi>"), "letters from right to left turn nothing around them");
        let here = format!("/it/waves/{}", wave.id.simple());
        let table = visitor.get(&format!("{here}/files/decisioni.csv"));
        assert!(!table.body.contains("\"=HYPER") && table.body.contains("'=HYPER"), "{}", table.body);
        let book = visitor.get(&format!("{here}/files/risultati.xlsx")).bytes;
        let mut xlsx: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
        let rows = of_sheet(&xlsx.worksheet_range("Decisioni").unwrap());
        assert!(xlsx.worksheet_formula("Decisioni").unwrap().is_empty(), "no formula");
        assert!(rows.iter().any(|row| cell(row, "azione") == hostile), "{rows:?}");
        for kind in ["verbale", "bilancio-sociale", "full"] {
            let pdf = visitor.get(&format!("{here}/report.pdf?profile={kind}"));
            assert!(pdf.status == 200 && pdf.body.starts_with("%PDF"), "{kind}");
        }
    }
}

#[test]
fn whoever_only_evaluates_reads_and_nobody_sees_decisions_before_the_results() {
    for service in Service::on_both() {
        let wave = wave(&service, "Filo comune", "T1");
        let mut evaluator = service.evaluator();
        let page = evaluator.get(&board(&wave));
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("/decisions/new"), "nothing to write for them");
        let token = evaluator.get("/it/staff").form_token();
        let new = format!("{}/new", board(&wave));
        let mut fields = decided(&[]);
        fields.push(("form_token", token.as_str()));
        assert_eq!((evaluator.get(&new).status, evaluator.post(&new, &fields).status), (403, 403));
        assert_eq!((service.visitor().get(&board(&wave)).status, service.visitor().get(&new).status), (401, 401));
        let mut staff = service.staff();
        assert_eq!(staff.post(&new, &decided(&[])).status, 403, "no form token");
        let open = service.open_wave();
        assert_eq!((service.visitor().get(&public(&open)).status, staff.get(&board(&open)).status), (404, 409));
    }
}

/// A device that entered the space with the code of the demonstration.
fn in_the_space(service: &Service) -> Client {
    let mut client = service.visitor();
    let entered = client.post(&format!("/it/q/{}/space", service.code.compact()), &[]);
    assert_eq!((entered.status, entered.location.as_deref()), (303, Some("/it/space")));
    client
}

fn say(client: &mut Client, place: &str, seen: &str) -> Answer {
    let token = client.get("/it/space/decisions").form_token();
    client.post(place, &[("form_token", token.as_str()), ("seen", seen)])
}

#[test]
fn those_asked_again_read_what_was_done_and_say_once_whether_they_saw_it() {
    for service in Service::on_both() {
        let (earlier, mut staff) = (wave(&service, "TILDE", "T1"), service.staff());
        let landing = format!("/it/q/{}", service.code.compact());
        assert!(!service.visitor().get(&landing).body.contains("Avete detto, abbiamo fatto"));
        let decision = decide(&mut staff, &earlier, &[]);
        let planned = follow(&mut staff, &earlier, &decision, &[("action_title", "Ancora da fare")]);
        let action = follow(&mut staff, &earlier, &decision, &[]);
        let fields = [("action_state", "done"), ("action_evidence", "Un verbale."), ("revision", "1")];
        assert_eq!(send(&mut staff, &format!("{action}/state"), &fields).status, 303);
        let page = text(&service.visitor().get(&landing).body);
        let told = between(&page, "Avete detto, abbiamo fatto", "Leggi tutte le decisioni");
        assert!(told.contains("Ci si fida poco.") && told.contains("Una giornata insieme fatta"), "{told}");
        let mut one = in_the_space(&service);
        assert!(one.get("/it/space").body.contains("/it/space/decisions"));
        let id = |place: &str| place.rsplit('/').next().unwrap().to_owned();
        let place = format!("/it/space/decisions/{}", id(&action));
        assert!(say(&mut one, &place, "").body.contains("Scelga una risposta"));
        assert!(say(&mut one, &place, "yes").body.contains("la sua risposta è registrata"));
        let again = say(&mut one, &place, "no");
        assert!(again.body.contains("è stata sostituita"), "{}", again.body);
        assert_eq!(say(&mut one, &format!("/it/space/decisions/{}", id(&planned)), "yes").status, 404);
        assert_eq!(one.post(&place, &[("seen", "yes")]).status, 403, "no form token");
        let few = text(&service.visitor().get(&public(&earlier)).body);
        assert!(few.contains("rilevazione T3: meno di") && !few.contains("non vista 1"), "{few}");
        for _ in 0..4 {
            assert!(say(&mut in_the_space(&service), &place, "yes").body.contains("registrata"));
        }
        let enough = text(&service.visitor().get(&public(&earlier)).body);
        assert!(enough.contains("rilevazione T3: vista 4, non vista 1, non so 0."), "{enough}");
    }
}

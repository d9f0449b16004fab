// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do all files of a closed wave hold the same numbers, only what may be shown, and are they handed only to those who
//! may have them? On both databases; read back by programs of others.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::process::Command;

use calamine::{Data, Ods, Range, Reader, Xlsx};
use insieme::domain::audit::AuditEntry;
use insieme::domain::profile::ScoreView;
use insieme::domain::programme::Project;
use insieme::domain::score::WaveScores;
use insieme::domain::wave::{Wave, WaveState};
use insieme::intake::{Unknown, read_answers};
use insieme::store;

use crate::answering::{answer_all, submit};
use crate::collecting::{codes, open_wave, publish, send_from};
use crate::service::{Client, Fresh, Service};
use crate::staff::{send, set_up};

/// A name that tries everything.
pub fn hostile() -> String {
    format!("=HYPERLINK(\"x\");'\"<&>\r\nשלום עולם\u{7}{}", "x".repeat(300))
}

/// A cell as every format can say it.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Nothing,
    Number(f64),
    Text(String),
}

type Rows = Vec<BTreeMap<String, Value>>;

/// A published wave of the demonstration, its project now called by a hostile name.
pub fn published(service: &Service) -> (Project, Wave) {
    let seen = |wave: &&Wave| wave.published_on.is_some();
    let all = service.waves().into_iter();
    let found = all.filter_map(|(project, waves)| waves.iter().rfind(seen).cloned().map(|wave| (project, wave)));
    let (project, wave) = found.max_by_key(|(_, wave)| wave.id).unwrap();
    let renamed = Project { name: hostile(), ..project };
    let kept = renamed.clone();
    let saved = service.app.store.write_now(move |db| store::projects::update(db, &kept)).unwrap();
    assert_eq!(saved, store::Saved::Yes);
    (renamed, wave)
}

fn of_csv(bytes: &[u8]) -> Rows {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').unwrap();
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    let names = reader.headers().unwrap().clone();
    let value = |name: &str, cell: &str| match cell {
        "" => Value::Nothing,
        number if is_number(name) => Value::Number(number.replace(',', ".").parse().unwrap()),
        text => Value::Text(text.strip_prefix('\'').unwrap_or(text).to_owned()),
    };
    let row = |row: csv::StringRecord| {
        names.iter().zip(row.iter()).map(|(name, cell)| (name.to_owned(), value(name, cell))).collect()
    };
    reader.records().map(|one| row(one.unwrap())).collect()
}

fn is_number(name: &str) -> bool {
    ["risposte_valide", "in_elenco", "media", "intervallo_inferiore", "intervallo_superiore"].contains(&name)
}

fn of_sheet(range: &Range<Data>) -> Rows {
    let mut rows = range.rows();
    let names: Vec<String> = rows.next().unwrap().iter().map(ToString::to_string).collect();
    let value = |cell: &Data| match cell {
        Data::Empty => Value::Nothing,
        Data::Float(number) => Value::Number(*number),
        Data::Int(number) => Value::Number(f64::from(i32::try_from(*number).unwrap())),
        Data::DateTime(_) => Value::Text(String::new()),
        other => Value::Text(other.to_string()),
    };
    rows.map(|row| names.iter().cloned().zip(row.iter().map(value)).collect()).collect()
}

fn of_sav(bytes: &[u8]) -> Option<serde_json::Value> {
    let python = std::env::var("TEST_PYTHON").ok()?;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let read = Command::new(python).args(["tests/opendata/check.py", "sav"]).arg(file.path()).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    Some(serde_json::from_slice(&read.stdout).unwrap())
}

fn rows_of_sav(read: &serde_json::Value) -> Rows {
    let names: Vec<String> = serde_json::from_value(read["columns"].clone()).unwrap();
    let value = |cell: &serde_json::Value| match cell {
        serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap()),
        serde_json::Value::String(text) if !text.is_empty() => Value::Text(text.clone()),
        _ => Value::Nothing,
    };
    let row = |row: &serde_json::Value| names.iter().cloned().zip(row.as_array().unwrap().iter().map(value)).collect();
    read["rows"].as_array().unwrap().iter().map(row).collect()
}

/// Text without what a format cannot hold: control characters, and ends of lines as it writes them.
fn plain(value: &Value, bytes: usize) -> Value {
    match value {
        Value::Text(text) => {
            let text: String = text.replace("_x000D_", "").replace("_x0007_", "");
            let text: String = text.chars().filter(|letter| !matches!(letter, '\u{7}' | '\r' | '\n')).collect();
            Value::Text(text[..text.floor_char_boundary(bytes)].to_owned())
        }
        other => other.clone(),
    }
}

fn assert_same(name: &str, rows: &Rows, other: &Rows, bytes: usize) {
    assert_eq!(rows.len(), other.len(), "{name} has as many rows");
    for (row, (one, two)) in rows.iter().zip(other).enumerate() {
        assert_eq!(one.len(), two.len(), "{name} has as many columns");
        for (column, value) in one.iter().filter(|(column, _)| !column.ends_with("a_il")) {
            let found = two.get(column).unwrap_or_else(|| panic!("{name} has no {column}"));
            assert_eq!(plain(value, bytes), plain(found, bytes), "{name} {row} {column}");
        }
    }
}

#[test]
fn every_format_holds_the_same_numbers_whatever_names_say() {
    for service in Service::on_both() {
        let (project, wave) = published(&service);
        let mut evaluator = service.evaluator();
        let place = format!("/it/waves/{}/files", wave.id.simple());
        let page = evaluator.get(&place);
        assert_eq!(page.status, 200);
        let mut file = |name: &str| {
            let file = evaluator.get(&format!("{place}/{name}"));
            assert_eq!(file.status, 200, "{name}");
            file.bytes
        };
        let rows = of_csv(&file("risultati.csv"));
        assert!(rows.len() > 100, "{}", rows.len());
        assert_eq!(rows[0]["progetto"], Value::Text(project.name.clone()), "whole, and no formula");
        let mut xlsx: Xlsx<_> = Xlsx::new(Cursor::new(file("risultati.xlsx"))).unwrap();
        assert_eq!(xlsx.sheet_names(), ["Leggimi", "Risultati", "Domande", "Decisioni", "Repliche", "Codici"]);
        assert_same("xlsx", &rows, &of_sheet(&xlsx.worksheet_range("Risultati").unwrap()), 1000);
        let mut ods: Ods<_> = Ods::new(Cursor::new(file("risultati.ods"))).unwrap();
        assert_eq!(ods.sheet_names(), ["Leggimi", "Risultati", "Domande", "Decisioni", "Repliche", "Codici"]);
        assert_same("ods", &rows, &of_sheet(&ods.worksheet_range("Risultati").unwrap()), 1000);
        match of_sav(&file("risultati.sav")) {
            Some(read) => assert_same("sav", &rows, &rows_of_sav(&read), 240),
            None => eprintln!("left out: SPSS files, because TEST_PYTHON is not set"),
        }
        let json: serde_json::Value = serde_json::from_slice(&file("risultati.json")).unwrap();
        assert_json(&json, &rows);
        for name in ["domande.csv", "codici.csv", "risultati.csv-metadata.json", "codici.csv-metadata.json"] {
            assert!(file(name).len() > 500, "{name}");
        }
    }
}

/// Every mean of the document is in the table, and no other.
fn assert_json(json: &serde_json::Value, rows: &Rows) {
    let wave = json.pointer("/projects/0/waves/0").unwrap();
    let number = |value: Option<&serde_json::Value>| {
        value.and_then(serde_json::Value::as_f64).map_or(Value::Nothing, Value::Number)
    };
    let mut found = rows.iter();
    for indicator in wave["indicators"].as_array().unwrap() {
        for group in indicator["groups"].as_array().unwrap() {
            let row = found.next().unwrap();
            assert_eq!(row["gruppo"], Value::Text(group["group"].as_str().unwrap().to_owned()));
            assert_eq!(row["media"], number(group.get("mean")));
            assert_eq!(row["intervallo_inferiore"], number(group.pointer("/interval/0")));
        }
        let row = found.next().unwrap();
        let Value::Text(voice) = &row["voce"] else { panic!("a total has its voice") };
        assert_eq!(row["media"], number(indicator.pointer(&format!("/overall/{voice}"))));
    }
    for pillar in wave["pillars"].as_array().unwrap() {
        let row = found.next().unwrap();
        assert_eq!(row["media"], number(pillar.get("value")));
    }
    assert_eq!(found.len(), 1, "the composite is the last row");
}

#[test]
fn what_is_withheld_is_empty_and_says_why_and_nothing_missing_is_a_zero() {
    let service = Service::start();
    for (_, waves) in service.waves() {
        for wave in waves.iter().filter(|wave| wave.published_on.is_some()) {
            let page = service.visitor().get(&format!("/opendata/{}/1/risultati.csv", wave.id.simple()));
            assert_eq!(page.status, 200);
            let rows = of_csv(&page.bytes);
            let given = rows.iter().filter(|row| row["media"] != Value::Nothing);
            assert_eq!(given.clone().count(), means(&scores(&service, wave)));
            for row in &rows {
                let (mean, reason) = (&row["media"], &row["motivo_assenza"]);
                assert_ne!(*mean == Value::Nothing, *reason == Value::Nothing, "{row:?}");
                assert!(*mean != Value::Nothing || row["risposte_valide"] == Value::Nothing, "{row:?}");
                if let Value::Number(valid) = row["risposte_valide"] {
                    assert!(valid >= 5.0, "{row:?}");
                }
                assert_eq!(row["vista"], Value::Text("public".to_owned()));
            }
        }
    }
}

fn scores(service: &Service, wave: &Wave) -> WaveScores {
    let (app, id) = (service.app.clone(), wave.id);
    let audience = insieme::app::projects::Audience::Public;
    let known = service.app.store.read_now(move |db| app.wave_files(db, id, &audience)).unwrap();
    assert_eq!(known.result.scores.view, ScoreView::Public);
    known.result.scores
}

fn means(scores: &WaveScores) -> usize {
    let groups = scores.indicators.iter().flat_map(|one| &one.groups).filter(|group| group.mean.is_ok()).count();
    let totals = scores.indicators.iter().filter(|one| one.overall.value().is_ok()).count();
    let pillars = scores.pillars.iter().filter(|one| one.value.is_ok()).count();
    groups + totals + pillars + usize::from(scores.composite.linear.is_ok())
}

/// A wave in which some answered, closed and not published.
fn closed(service: &Fresh, ada: &mut Client, collection: &str) -> String {
    let wave = open_wave(ada, collection);
    for (_, code) in codes(ada, &wave, "everybody") {
        let mut somebody = service.visitor();
        assert_eq!(somebody.post(&format!("/it/q/{code}"), &[]).status, 303);
        answer_all(&mut somebody, "4");
        submit(&mut somebody);
    }
    assert_eq!(send_from(ada, &wave, &format!("{wave}/closing"), &[("note", "")]), 303);
    wave
}

#[test]
fn nobody_outside_has_a_file_before_publication() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = closed(&service, &mut ada, "anonymous");
        let id = wave.rsplit('/').next().unwrap();
        let places = [
            format!("/it/waves/{id}/files"),
            format!("/it/waves/{id}/files/risultati.csv"),
            format!("/opendata/{id}/1/risultati.csv"),
        ];
        for place in &places {
            assert_eq!(service.visitor().get(place).status, 404, "{place}");
        }
        for name in ["catalog.ttl", "catalog.jsonld"] {
            let empty = service.visitor().get(&format!("/opendata/{name}"));
            assert_eq!(empty.status, 404, "a catalogue holds at least one dataset");
            assert!(empty.body.contains("nulla di pubblicato") && !empty.body.contains(id), "{}", empty.body);
        }
        assert_eq!(ada.get(&places[1]).status, 200, "a coordinator sees what participants will");
        assert_eq!(ada.get(&places[2]).status, 404, "the open address is for what is published");
        publish(&mut ada, &wave);
        for place in &places {
            assert_eq!(service.visitor().get(place).status, 200, "{place}");
        }
        let results = service.visitor().get(&format!("/it/waves/{id}"));
        assert!(results.body.contains(&format!("href=\"{}\"", places[0])), "the results lead to the files");
        let files = service.visitor().get(&places[0]);
        assert!(files.body.contains(&format!("href=\"{}\"", places[2])), "everybody has the address that stays");
        let catalogue = service.visitor().get("/opendata/catalog.ttl");
        assert!(catalogue.body.contains(id) && catalogue.body.contains("licenses/by/4.0"));
        for wrong in [format!("/opendata/{id}/2/risultati.csv"), format!("/opendata/{id}/1/domande.csv")] {
            assert_eq!(service.visitor().get(&wrong).status, 404, "{wrong}");
        }
    }
}

#[test]
fn whoever_sets_up_does_not_take_single_answers_and_few_answers_are_taken_by_nobody() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = closed(&service, &mut ada, "confidential");
        assert_eq!(ada.get(&format!("{wave}/answers")).status, 403);
        let sent = [("file_format", "csv"), ("taking_reason", "per prova")];
        publish(&mut ada, &wave);
        let page = ada.get("/it/staff/account/password");
        let token = page.form_token();
        let fields = [("form_token", token.as_str()), sent[0], sent[1]];
        assert_eq!(ada.post(&format!("{wave}/answers"), &fields).status, 403);
        assert_eq!(service.visitor().get(&format!("{wave}/answers")).status, 401);
        let files = ada.get(&format!("/it/waves/{}/files", wave.rsplit('/').next().unwrap()));
        assert!(files.body.contains("risultati.csv") && !files.body.contains("/answers"));
    }
}

/// The last closed wave of the demonstration, and the page where its answers are asked for.
fn of_demonstration(service: &Service) -> (Wave, String) {
    let closed = |wave: &Wave| wave.state == WaveState::Closed;
    let wave = service.waves().into_iter().flat_map(|(_, waves)| waves).find(closed).unwrap();
    let place = format!("/it/staff/waves/{}/answers", wave.id.simple());
    (wave, place)
}

#[test]
fn single_answers_are_read_back_and_the_audit_says_who_took_them_and_why() {
    for service in Service::on_both() {
        let (wave, place) = of_demonstration(&service);
        let mut evaluator = service.evaluator();
        let without = send(&mut evaluator, &place, &[("file_format", "csv"), ("taking_reason", " ")]);
        assert_eq!(without.status, 422, "a reason is asked for");
        assert_eq!(send(&mut evaluator, &place, &[("file_format", "doc"), ("taking_reason", "x")]).status, 422);
        let sent = [("file_format", "csv"), ("taking_reason", "Coerenza delle domande")];
        let taken = send(&mut evaluator, &place, &sent);
        assert_eq!(taken.status, 200);
        let framework = service.app.store.read_now(|db| service.app.framework_of(db, &wave)).unwrap();
        let read = read_answers(taken.bytes.as_slice(), "risposte.csv", &framework, Unknown::Refuse).unwrap();
        let found = &read.projects[0].waves[0];
        let (stored, counts) = service
            .app
            .store
            .read_now(|db| {
                let stored = store::responses::of_wave(db, &wave)?;
                Ok::<_, store::StoreError>((stored, store::responses::count_by_group(db, &wave)?))
            })
            .unwrap();
        let small: i64 = counts.iter().map(|(_, count)| *count).filter(|count| *count < 5).sum();
        assert!(found.len() < stored.len() || small == 0, "small groups are left out");
        let kept = found.len();
        let mut lines = taken.body.lines().skip(1);
        for (group, count) in &counts {
            let rows = lines.clone().filter(|line| line.contains(&format!(";\"{group}\";"))).count();
            assert!(rows == 0 || i64::try_from(rows).unwrap() == *count && *count >= 5, "{group}");
        }
        assert!(lines.all(|line| !stored.iter().any(|one| line.contains(&one.receipt_hash))));
        let last = last_entry(&service);
        assert_eq!(last.act, "wave.answers");
        assert_eq!(last.note, format!("risposte.csv, {kept}: Coerenza delle domande"));
    }
}

fn last_entry(service: &Service) -> AuditEntry {
    service
        .app
        .store
        .read_now(|db| {
            let (number, _) = store::audit::head(db)?;
            Ok::<_, store::StoreError>(store::audit::after(db, number - 1, 1)?.remove(0))
        })
        .unwrap()
}

#[test]
fn single_answers_are_the_same_in_every_format() {
    for service in Service::on_both() {
        let (_, place) = of_demonstration(&service);
        let mut evaluator = service.evaluator();
        let mut take = |format: &str| {
            let taken = send(&mut evaluator, &place, &[("file_format", format), ("taking_reason", "prova")]);
            assert_eq!(taken.status, 200, "{format}");
            taken.bytes
        };
        let (csv, xlsx, ods, sav) = (take("csv"), take("xlsx"), take("ods"), take("sav"));
        let rows = of_csv(&csv);
        let numbers = |rows: Rows| -> Rows {
            let cell = |value: Value| match value {
                Value::Number(number) => Value::Text(number.to_string()),
                other => other,
            };
            rows.into_iter().map(|row| row.into_iter().map(|(name, one)| (name, cell(one))).collect()).collect()
        };
        let mut xlsx: Xlsx<_> = Xlsx::new(Cursor::new(xlsx)).unwrap();
        assert_same("xlsx", &rows, &numbers(of_sheet(&xlsx.worksheet_range("Risposte").unwrap())), 1000);
        let mut ods: Ods<_> = Ods::new(Cursor::new(ods)).unwrap();
        assert_same("ods", &rows, &numbers(of_sheet(&ods.worksheet_range("Risposte").unwrap())), 1000);
        let Some(read) = of_sav(&sav) else { continue };
        assert_eq!(read["encoding"], "UTF-8");
        let item = read["columns"].as_array().unwrap().last().unwrap().as_str().unwrap().to_owned();
        assert_eq!(read["missing"][&item], serde_json::json!([[-5.0, -1.0]]));
        assert!(read["values"][&item]["-1"].as_str().unwrap().starts_with("DK"), "{}", read["values"][&item]);
        let reasons = ["DK", "NA", "RF", "", "NS"];
        let mut found = rows_of_sav(&read);
        for (name, value) in found.iter_mut().flatten() {
            match value {
                Value::Number(number) if *number < 0.0 => {
                    let code =
                        (0..reasons.len()).find(|place| number.to_string() == format!("-{}", place + 1)).unwrap();
                    let said = reasons[code].to_owned();
                    *value = if said.is_empty() { Value::Nothing } else { Value::Text(said) };
                }
                Value::Number(number) => *value = Value::Text(number.to_string()),
                Value::Nothing => {
                    assert!(["mode", "respondent", "organisation"].contains(&name.as_str()), "{name} is a gap");
                }
                Value::Text(_) => {}
            }
        }
        assert_same("sav", &rows, &found, 240);
    }
}

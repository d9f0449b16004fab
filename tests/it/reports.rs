// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Reports of a closed wave: who gets them, and do all of them show what the results page shows?

use insieme::domain::wave::Wave;
use insieme::view::report::ReportKind;

use crate::collecting::publish;
use crate::service::{Client, Service};

fn published(service: &Service) -> Wave {
    let mut waves = service.waves().into_iter().flat_map(|(_, waves)| waves);
    waves.rfind(|wave| wave.published_on.is_some()).unwrap()
}

/// Every address of the reports of a wave, with how what is there begins.
fn addresses(wave: &Wave) -> Vec<(String, &'static str)> {
    let here = format!("/it/waves/{}", wave.id.simple());
    let mut all = vec![(format!("{here}/placemat.pdf"), "%PDF"), (format!("{here}/protocol.zip"), "PK")];
    for kind in ReportKind::ALL {
        all.push((format!("{here}/report?profile={}", kind.code()), "<!doctype html>"));
    }
    all.push((format!("{here}/report.pdf?profile=summary"), "%PDF"));
    all
}

fn statuses(client: &mut Client, wave: &Wave) -> Vec<u16> {
    addresses(wave).iter().map(|(address, _)| client.get(address).status).collect()
}

#[test]
fn a_report_is_there_for_everybody_once_the_wave_is_published_and_for_staff_once_it_is_closed() {
    for service in Service::on_both() {
        let wave = service.open_wave();
        let count = addresses(&wave).len();
        let mut staff = service.staff();
        assert_eq!(statuses(&mut staff, &wave), vec![404; count], "an open wave has no results");
        let page = format!("/it/staff/waves/{}", wave.id.simple());
        let token = staff.get(&page).form_token();
        assert_eq!(staff.post(&format!("{page}/closing"), &[("form_token", &token)]).status, 303);
        assert_eq!(statuses(&mut service.visitor(), &wave), vec![404; count], "not published yet");
        let mut evaluator = service.evaluator();
        assert_eq!(statuses(&mut evaluator, &wave), vec![200; count]);
        let report = evaluator.get(&addresses(&wave)[2].0);
        assert!(report.body.contains("non è ancora pubblica"));
        publish(&mut staff, &page);
        let (address, start) = &addresses(&wave)[2];
        let report = service.visitor().get(address);
        assert!(report.status == 200 && report.body.trim_start().starts_with(start));
        assert!(!report.body.contains("non è ancora pubblica"));
    }
}

#[test]
fn every_report_is_what_it_says_and_the_same_each_time() {
    let service = Service::start();
    let (wave, mut client) = (published(&service), service.visitor());
    for (address, start) in addresses(&wave) {
        let first = client.get(&address);
        assert_eq!(first.status, 200, "{address}");
        assert!(first.body.trim_start().starts_with(start), "{address}");
        if start != "<!doctype html>" {
            assert!(first.body == client.get(&address).body, "{address} is never the same");
        }
    }
    let unknown = format!("/it/waves/{}/report?profile=all", wave.id.simple());
    assert_eq!(client.get(&unknown).status, 404);
}

/// How many cells of a page hold a score.
fn scores(body: &str, selector: &str) -> Vec<String> {
    let document = scraper::Html::parse_document(body);
    let cells = scraper::Selector::parse(selector).unwrap();
    document.select(&cells).map(|cell| cell.text().collect()).collect()
}

#[test]
fn a_report_shows_exactly_the_scores_of_the_results_page() {
    let service = Service::start();
    let (wave, mut client) = (published(&service), service.visitor());
    let here = format!("/it/waves/{}", wave.id.simple());
    let results = client.get(&here);
    assert!(results.body.contains(&format!("href=\"{here}/report\"")), "the results lead to the report");
    let report = client.get(&format!("{here}/report"));
    let sections: Vec<String> = ["facilitators", "obstacles", "results"]
        .iter()
        .flat_map(|pillar| scores(&report.body, &format!("#{pillar} .report-table .score")))
        .collect();
    assert_eq!(sections, scores(&results.body, ".score-table--wide td .score"));
    let document = scraper::Html::parse_document(&report.body);
    let count = |selector: &str| document.select(&scraper::Selector::parse(selector).unwrap()).count();
    assert_eq!(count("h1"), 1);
    assert_eq!(count("main table"), count("main table caption"));
    assert_eq!(count("main th"), count("main th[scope]"));
    assert!(count(".withheld") > 0, "the demonstration has groups to protect");
    assert_eq!(count(".withheld:empty"), 0);
}

#[test]
fn the_editions_of_a_programme_are_compared_on_what_is_public() {
    let service = Service::start();
    let here = format!("/it/programmes/{}", service.programme.simple());
    let mut client = service.visitor();
    let report = client.get(&format!("{here}/report?wave_type=T1"));
    assert_eq!(report.status, 200);
    let document = scraper::Html::parse_document(&report.body);
    let count = |selector: &str| document.select(&scraper::Selector::parse(selector).unwrap()).count();
    assert_eq!(count("h1"), 1);
    assert!(count("#facilitators .report-table td .score") > 0);
    assert!(report.body.contains("Non è una classifica"));
    assert_eq!(
        service.evaluator().get(&format!("{here}/report?wave_type=T1")).body.matches("class=\"score\"").count(),
        report.body.matches("class=\"score\"").count()
    );
    assert!(client.get(&format!("{here}/report.pdf?wave_type=T1")).body.starts_with("%PDF"));
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Every number opens where it comes from, and what opens says what was computed.

use std::collections::{BTreeMap, BTreeSet};

use insieme::domain::comparison::Change;
use insieme::domain::profile::{Profile, ScoreView};
use insieme::domain::wave::Wave;
use insieme::scoring::{Chance, WaveAnswers, score_project};
use scraper::{Html, Selector};

use crate::results::read;
use crate::service::{Client, Service};

fn selected(document: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    document.select(&selector).map(|found| found.text().collect::<String>().trim().to_owned()).collect()
}

/// What matters of a page: numbers that lead nowhere, where the others lead, and the places on it.
#[derive(Clone)]
struct Numbers {
    bare: Vec<String>,
    leads: Vec<(String, String)>,
    places: BTreeSet<String>,
}

impl Numbers {
    fn of(body: &str, here: &str) -> Self {
        let document = Html::parse_document(body);
        let attributes = |selector: &str, name: &str| {
            let selector = Selector::parse(selector).unwrap();
            document.select(&selector).filter_map(|found| found.attr(name)).map(str::to_owned).collect::<Vec<_>>()
        };
        let split = |address: String| {
            let (page, place) = address.split_once('#').unwrap_or((&address, ""));
            (if page.is_empty() { here.to_owned() } else { page.to_owned() }, place.to_owned())
        };
        Self {
            bare: selected(&document, ".score-table--wide span.score, .heat-table span.heat"),
            leads: attributes("a.score, a.heat", "href").into_iter().map(split).collect(),
            places: attributes("[id]", "id").into_iter().collect(),
        }
    }
}

/// Asserts that every number in a table of results leads to a place that exists; returns how many do.
fn every_number_opens(client: &mut Client, known: &mut BTreeMap<String, Numbers>, here: &str) -> usize {
    let mut page = |address: &str| {
        let fetch = || {
            let answer = client.get(address);
            assert_eq!(answer.status, 200, "{address}");
            Numbers::of(&answer.body, address)
        };
        known.entry(address.to_owned()).or_insert_with(fetch).clone()
    };
    let found = page(here);
    assert!(found.bare.is_empty(), "{here}: {:?} lead nowhere", found.bare);
    for (address, place) in &found.leads {
        assert!(place.is_empty() || page(address).places.contains(place), "{here}: no {place} at {address}");
    }
    found.leads.len()
}

#[test]
fn every_number_opens_where_it_comes_from() {
    let service = Service::start();
    let (project, waves) = service.waves().remove(0);
    let wave = waves.iter().rfind(|wave| wave.published_on.is_some()).unwrap();
    let (project, wave) = (format!("/it/projects/{}", project.id.simple()), format!("/it/waves/{}", wave.id.simple()));
    let mut client = service.visitor();
    let programme = format!("/it/programmes/{}", service.programme.simple());
    let body = client.get(&programme).body;
    let edition = body.split("href=\"").find(|part| part.starts_with("/it/editions/")).unwrap();
    let edition = edition.split('"').next().unwrap().to_owned();
    let mut known = BTreeMap::new();
    for (here, least) in [
        (wave.clone(), 50),
        (format!("{wave}/gaps"), 50),
        (format!("{wave}/indicators/FC2"), 1),
        (format!("{project}/change"), 5),
        (edition, 10),
        (programme, 10),
    ] {
        let found = every_number_opens(&mut client, &mut known, &here);
        assert!(found >= least, "{here}: {found} numbers");
    }
}

fn changes(service: &Service, waves: &[Wave], view: ScoreView) -> Vec<Change> {
    let read: Vec<_> = waves.iter().map(|wave| read(service, wave)).collect();
    let answers: Vec<WaveAnswers<'_>> =
        read.iter().map(|(responses, roster, _)| WaveAnswers { responses, roster }).collect();
    let project = service.waves().remove(0).0.name;
    let framework = &read.first().unwrap().2;
    score_project(framework, &answers, &Profile::default(), view, Chance { project: &project, chosen: 0 }).changes
}

#[test]
fn the_change_of_an_indicator_says_what_was_computed() {
    for service in Service::on_both() {
        let (project, waves) = service.waves().remove(0);
        let waves: Vec<Wave> = waves.into_iter().filter(|wave| wave.published_on.is_some()).collect();
        let mut client = service.visitor();
        let (mut compared, mut panels) = (0, 0);
        for change in changes(&service, &waves, ScoreView::Public) {
            let place = format!("/it/projects/{}/change/{}", project.id.simple(), change.indicator);
            let page = client.get(&format!("{place}?from={}&to={}", change.from, change.to));
            let Ok(estimate) = &change.estimate else { continue };
            assert_eq!(page.status, 200, "{place}");
            let document = Html::parse_document(&page.body);
            let shown = selected(&document, "#groups td .score");
            assert_eq!(shown.len(), change.groups.len(), "{place}");
            for (shown, group) in shown.iter().zip(&change.groups) {
                let points = shown.replace('−', "-").replace('+', "").parse::<f64>().unwrap();
                assert!((points - group.difference).abs() <= 0.5 + 1e-9, "{place}: {shown} for {}", group.difference);
            }
            compared += 1;
            if let (Ok(pairs), Ok(counts)) = (estimate.pairs, estimate.panel.counts) {
                let said = selected(&document, "#panel li").join(" ");
                for number in [pairs, counts.improved, counts.same, counts.worsened] {
                    assert!(said.contains(&number.to_string()), "{place}: {number} in {said}");
                }
                panels += 1;
            }
            assert!(!page.body.contains("gradi di libertà"), "what is for evaluators");
        }
        assert!(compared > 10 && panels > 5, "{compared} compared, {panels} panels");
        let nothing = format!("/it/projects/{}/change/NOTHING", project.id.simple());
        assert_eq!(client.get(&nothing).status, 404);
    }
}

#[test]
fn evaluators_read_the_tests_behind_a_change() {
    let service = Service::start();
    let (project, _) = service.waves().remove(0);
    let mut evaluator = service.evaluator();
    let here = format!("/it/projects/{}/change", project.id.simple());
    let all = Numbers::of(&evaluator.get(&format!("{here}?from=T2&to=T3")).body, &here);
    let read: String = all.leads.iter().map(|(place, _)| evaluator.get(place).body).collect();
    for words in ["scambio dei segni", "Delta di Cliff"] {
        assert!(read.contains(words), "{words}");
    }
}

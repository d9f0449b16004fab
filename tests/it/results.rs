// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What came of closed waves, as pages show it.

use std::collections::BTreeSet;

use insieme::domain::profile::ScoreView;
use insieme::domain::response::{Response, Responses, Roster};
use insieme::store;

use crate::service::Service;

/// Every page of this site that can be reached from the home page without signing in.
fn reachable(service: &Service, start: &str) -> Vec<(String, String)> {
    let mut waiting = vec![start.to_owned()];
    let (mut seen, mut pages) = (BTreeSet::new(), Vec::new());
    let mut client = service.visitor();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let page = client.get(&path);
        assert_eq!(page.status, 200, "{path}");
        for part in page.body.split("href=\"").skip(1) {
            let link = part.split(['"', '#']).next().unwrap_or_default();
            let link = link.replace("&amp;", "&").replace("&#x3D;", "=");
            // The workspace asks to sign in; files are not pages.
            let is_file =
                [".pdf", ".zip"].iter().any(|ending| link.split('?').next().is_some_and(|it| it.ends_with(ending)));
            if link.starts_with("/it") && link != "/it/staff" && !is_file {
                waiting.push(link);
            }
        }
        pages.push((path, page.body));
    }
    pages
}

#[test]
fn every_page_of_the_demonstration_says_that_its_answers_are_invented() {
    let service = Service::start();
    let pages = reachable(&service, "/it");
    assert!(pages.len() > 40, "only {} pages", pages.len());
    for (path, body) in pages {
        assert!(body.contains("Tutte le risposte e tutti i punteggi che vede sono inventati"), "{path}");
        assert!(!body.contains('⟦'), "{path} lacks a text");
        for wrong in ["NaN", ">inf<", ">-inf<"] {
            let around = body.split_once(wrong).map(|(before, _)| before.chars().rev().take(60).collect::<String>());
            assert_eq!(around, None, "{path} shows {wrong}");
        }
    }
}

#[test]
fn pages_say_the_same_in_english() {
    let service = Service::start();
    let mut client = service.visitor();
    let programme = client.get(&format!("/en/programmes/{}", service.programme.simple()));
    assert!(programme.body.contains("This is not a league table"));
    let (project, waves) = service.waves().remove(0);
    let change = client.get(&format!("/en/projects/{}/change?from=T1&to=T2", project.id.simple()));
    assert!(change.body.contains("What has changed: T1 and T2"));
    let wave = client.get(&format!("/en/waves/{}", waves[2].id.simple()));
    assert!(wave.body.contains("Facilitating factors") && !wave.body.contains('⟦'));
}

/// Text of the group cells of the results page: (indicator row, group), shown or not.
fn shown_cells(body: &str) -> usize {
    let document = scraper::Html::parse_document(body);
    let cells = scraper::Selector::parse(".score-table--wide td.num .score").unwrap();
    document.select(&cells).count()
}

#[test]
fn a_page_shows_exactly_the_scores_that_may_be_shown() {
    let service = Service::start();
    let profile = insieme::domain::profile::Profile::default();
    for (_, waves) in service.waves() {
        for wave in waves.iter().filter(|wave| wave.published_on.is_some()) {
            let (responses, roster, framework) = read(&service, wave);
            let public = insieme::scoring::score_wave(&framework, &responses, &roster, &profile, ScoreView::Public);
            let full = insieme::scoring::score_wave(&framework, &responses, &roster, &profile, ScoreView::Full);
            let count = |scores: &insieme::domain::score::WaveScores| {
                let groups = scores.indicators.iter().flat_map(|one| &one.groups).filter(|group| group.mean.is_ok());
                groups.count() + scores.indicators.iter().filter(|one| one.overall.value().is_ok()).count()
            };
            assert!(count(&full) > count(&public), "the demonstration has groups to protect");
            let page = service.visitor().get(&format!("/it/waves/{}", wave.id.simple()));
            assert_eq!(shown_cells(&page.body), count(&public), "{}", wave.code);
        }
    }
}

fn read(
    service: &Service,
    wave: &insieme::domain::wave::Wave,
) -> (Responses, Roster, std::sync::Arc<insieme::domain::framework::Framework>) {
    let app = service.app.clone();
    let kept = |db: &mut store::Db| {
        let stored = store::responses::of_wave(db, wave)?;
        Ok::<_, insieme::app::Refusal>((stored, store::waves::roster(db, wave)?, app.framework_of(db, wave)?))
    };
    let (stored, entries, framework) = service.app.store.read_now(kept).unwrap();
    let mut responses = Responses::new(&framework, &wave.code).of_type(Some(&wave.wave_type));
    for one in &stored {
        let group = framework.groups.iter().position(|group| group.code == one.group).unwrap();
        let respondent = one.respondent.as_deref();
        responses.push(Response { group, answers: one.answers.as_bytes(), respondent, ..Response::default() }).unwrap();
    }
    let listed = |code: &str| entries.iter().find(|entry| entry.group == code).and_then(|entry| entry.listed);
    let roster = Roster::new(framework.groups.iter().map(|group| listed(&group.code)).collect());
    (responses, roster, framework)
}

#[test]
fn both_databases_show_the_same_numbers() {
    let services = Service::on_both();
    let pages: Vec<Vec<String>> = services
        .iter()
        .map(|service| {
            let (_, waves) = service.waves().remove(0);
            let mut client = service.visitor();
            let body = client.get(&format!("/it/waves/{}", waves[2].id.simple())).body;
            let document = scraper::Html::parse_document(&body);
            let cells = scraper::Selector::parse("td.num").unwrap();
            document.select(&cells).map(|cell| cell.text().collect::<String>()).collect()
        })
        .collect();
    assert!(pages.windows(2).all(|pair| pair[0] == pair[1]));
    assert!(pages[0].len() > 100);
}

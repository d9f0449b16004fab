// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What came of closed waves, as pages show it.

use std::collections::BTreeSet;

use insieme::domain::profile::ScoreView;
use insieme::domain::response::{Response, Responses, Roster};
use insieme::store;

use crate::service::Service;

/// How many pages of single indicators are looked at: there are hundreds alike.
const INDICATOR_PAGES: usize = 60;

/// Every page of this site that can be reached from the home page without signing in, but for most indicators.
fn reachable(service: &Service, start: &str) -> Vec<(String, String)> {
    let mut waiting = vec![start.to_owned()];
    let (mut seen, mut pages) = (BTreeSet::new(), Vec::new());
    let mut indicators = 0;
    let mut client = service.visitor();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let of_an_indicator = path.contains("/indicators/") || path.contains("/change/");
        indicators += usize::from(of_an_indicator);
        if of_an_indicator && indicators > INDICATOR_PAGES {
            continue;
        }
        let page = client.get(&path);
        assert_eq!(page.status, 200, "{path}");
        for part in page.body.split("href=\"").skip(1) {
            let link = part.split(['"', '#']).next().unwrap_or_default();
            let link = link.replace("&amp;", "&").replace("&#x3D;", "=");
            // The workspace asks to sign in; files are not pages.
            let is_file = [".pdf", ".zip", ".toml"]
                .iter()
                .any(|ending| link.split('?').next().is_some_and(|it| it.ends_with(ending)));
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

#[test]
fn the_page_of_an_indicator_holds_what_the_wave_holds_and_nothing_else() {
    let service = Service::start();
    let profile = insieme::domain::profile::Profile::default();
    let (_, waves) = service.waves().remove(0);
    let wave = waves.iter().rfind(|wave| wave.published_on.is_some()).unwrap();
    let (responses, roster, framework) = read(&service, wave);
    let scores = insieme::scoring::score_wave(&framework, &responses, &roster, &profile, ScoreView::Public);
    let mut client = service.visitor();
    let place = format!("/it/waves/{}", wave.id.simple());
    let (mut shown, mut withheld) = (0, 0);
    for one in &scores.indicators {
        let page = client.get(&format!("{place}/indicators/{}", one.indicator));
        if one.overall.value() == Err(insieme::domain::score::Withheld::NotAsked) {
            assert_eq!(page.status, 404, "{}", one.indicator);
            continue;
        }
        let document = scraper::Html::parse_document(&page.body);
        let number = scraper::Selector::parse(".pillar-score .score").unwrap();
        let found = document.select(&number).next().map(|cell| cell.text().collect::<String>());
        assert_eq!(found, one.overall.value().ok().map(|value| format!("{value:.0}")), "{}", one.indicator);
        assert!(!page.body.contains("a_wg") && !page.body.contains("alfa"), "what is for evaluators");
        match one.overall.value() {
            Ok(_) => shown += 1,
            Err(_) => withheld += 1,
        }
    }
    assert!(shown > 10, "{shown} shown, {withheld} withheld");
    let map = client.get(&format!("{place}/gaps")).body;
    let cells = scraper::Selector::parse(".heat-table .heat").unwrap();
    let means = scores.indicators.iter().flat_map(|one| &one.groups).filter(|group| group.mean.is_ok()).count();
    assert_eq!(scraper::Html::parse_document(&map).select(&cells).count(), means);
    assert_eq!(client.get(&format!("{place}/indicators/NOTHING")).status, 404);
}

#[test]
fn a_glance_may_stand_inside_another_site_and_nothing_else_may() {
    let service = Service::start();
    let (_, waves) = service.waves().remove(0);
    let wave = waves.iter().rfind(|wave| wave.published_on.is_some()).unwrap();
    let place = format!("/it/waves/{}", wave.id.simple());
    let mut client = service.visitor();
    let glance = client.get(&format!("{place}/embed"));
    assert_eq!(glance.status, 200);
    assert!(glance.policy.contains("frame-ancestors *"));
    assert!(!glance.body.contains("<form") && !glance.body.contains("<script"));
    assert!(glance.body.contains("Tutte le risposte e tutti i punteggi che vede sono inventati"));
    assert!(client.get(&place).policy.contains("frame-ancestors 'none'"));
    let open = service.open_wave();
    assert_eq!(service.evaluator().get(&format!("/it/waves/{}/embed", open.id.simple())).status, 404);
}

#[test]
fn an_edition_with_enough_projects_has_a_mean_and_a_smaller_one_a_reason() {
    for service in Service::on_both() {
        let mut client = service.visitor();
        let programme = client.get(&format!("/it/programmes/{}", service.programme.simple())).body;
        let editions: BTreeSet<&str> = programme
            .split("href=\"")
            .filter(|part| part.starts_with("/it/editions/"))
            .filter_map(|part| part.split('"').next())
            .collect();
        let mut told = BTreeSet::new();
        for edition in editions {
            let page = client.get(&format!("{edition}/indicators/RP1?wave_type=T2"));
            assert_eq!(page.status, 200, "{edition}");
            let has_mean = page.body.contains("La media dei progetti è");
            assert_eq!(page.body.contains("chart-limit"), has_mean, "a funnel where there is a mean");
            assert!(has_mean || page.body.contains("qui non si può dire"), "{edition}");
            told.insert(has_mean);
        }
        assert!(told.contains(&false), "three projects are too few");
    }
}

pub fn read(
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

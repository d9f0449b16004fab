// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A project: what it is, what it reported, its waves, and what has changed.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use uuid::Uuid;

use crate::app::Refusal;
use crate::app::projects::{Audience, ProjectFile};
use crate::app::results::{ProjectResults, WaveResult};
use crate::domain::account::Thing;
use crate::domain::framework::Framework;
use crate::domain::profile::ScoreView;
use crate::domain::wave::Wave;
use crate::view::Crumb;
use crate::view::change::{ChangePage, ChangeTelling, PairLink};
use crate::view::measures::MeasuresSection;
use crate::view::numbers;
use crate::view::projects::{Link, ProjectCard, ProjectPage, WaveCard};
use crate::view::questionnaire::Worded;
use crate::view::telling::{Telling, value};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// Which two waves to compare, by code.
#[derive(Debug, Deserialize)]
pub struct Pair {
    from: Option<String>,
    to: Option<String>,
}

/// One project.
pub async fn project(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (id, audience) = (path.1, visit.audience().await);
    let asking = audience.clone();
    let (results, framework) = visit
        .read(move |app, db| {
            let results = app.project_results(db, id, &asking)?;
            let framework = match results.file.waves.last() {
                Some(wave) => Some(app.framework_of(db, wave)?),
                // Before its first wave the framework that it has chosen says what the measures are called.
                None => app.framework_of_project(db, &results.file.project).ok().map(|version| version.framework),
            };
            Ok((results, framework))
        })
        .await?;
    let (language, file) = (visit.language, &results.file);
    let page = ProjectPage {
        card: ProjectCard::new(&file.project, language),
        summary: Worded::new(file.project.summary.shown(language), language),
        edition: edition_link(&visit, file),
        source: file.project.source.clone(),
        glance: results.waves.last().map(|last| super::waves::glance(&visit, &results, last)),
        waves: file
            .waves
            .iter()
            .map(|wave| wave_card(&visit, framework.as_deref(), wave, &audience, file.thing()))
            .collect(),
        change_href: (results.waves.len() > 1).then(|| visit.path(&format!("/projects/{}/change", id.simple()))),
        measures: MeasuresSection::new(&file.measures, framework.as_deref(), language),
    };
    let mut crumbs = project_crumbs(&visit, file);
    crumbs.push(Crumb { text: file.project.name.clone(), href: None });
    let title = format!("{} – Insieme", file.project.name);
    let mut frame = visit.frame_of(&file.organisation, title, crumbs);
    frame.coverage = results.waves.last().map(|last| super::waves::answered_in(&visit, last)).into_iter().collect();
    visit.show(&frame, &page)
}

/// Change between two waves of a project.
pub async fn change(
    visit: Visit,
    path: web::Path<(String, Uuid)>,
    pair: web::Query<Pair>,
) -> Result<HttpResponse, Failed> {
    let (id, audience) = (path.1, visit.audience().await);
    let results = visit.read(move |app, db| app.project_results(db, id, &audience)).await?;
    let (from, to) = chosen(&results, &pair).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let page = change_page(&visit, &results, from, to);
    let mut crumbs = project_crumbs(&visit, &results.file);
    crumbs.push(Crumb { text: page.project.clone(), href: Some(page.project_href.clone()) });
    crumbs.push(Crumb { text: page.between.clone(), href: None });
    let title = words(visit.language).say_with("change-title", [("between", value(page.between.clone()))]);
    let title = format!("{title} – {}", page.project);
    let mut frame = visit.frame_of(&results.file.organisation, title, crumbs);
    frame.coverage = [from, to].map(|one| super::waves::answered_in(&visit, one)).into();
    visit.show(&frame, &page)
}

/// The pair asked for; else the last wave with the one before it on the same framework version.
fn chosen<'a>(results: &'a ProjectResults, pair: &Pair) -> Option<(&'a WaveResult, &'a WaveResult)> {
    let by_code = |code: &Option<String>| results.waves.iter().find(|one| Some(&one.wave.code) == code.as_ref());
    let asked = by_code(&pair.from).zip(by_code(&pair.to));
    asked.filter(|(from, to)| comparable(from, to)).or_else(|| pairs(results).pop())
}

fn pairs(results: &ProjectResults) -> Vec<(&WaveResult, &WaveResult)> {
    let waves = &results.waves;
    let later = |place: usize| waves.iter().skip(place + 1);
    let all = waves.iter().enumerate().flat_map(|(place, from)| later(place).map(move |to| (from, to)));
    all.filter(|(from, to)| comparable(from, to)).collect()
}

fn comparable(from: &WaveResult, to: &WaveResult) -> bool {
    from.wave.framework_sha256 == to.wave.framework_sha256 && from.wave.id != to.wave.id
}

fn change_page(visit: &Visit, results: &ProjectResults, from: &WaveResult, to: &WaveResult) -> ChangePage {
    let telling = Telling::new(visit.language, to.scores.view).under(results.file.profile());
    let project_href = visit.path(&format!("/projects/{}", results.file.project.id.simple()));
    let same_version = |one: &&WaveResult| one.wave.framework_sha256 == to.wave.framework_sha256;
    let told = ChangeTelling {
        telling,
        framework: &to.framework,
        waves: results.waves.iter().filter(same_version).map(|one| &one.scores).collect(),
        changes: results.changes.iter().filter(|one| one.from == from.wave.code && one.to == to.wave.code).collect(),
    };
    let between = |a: &WaveResult, b: &WaveResult| {
        telling
            .words()
            .say_with("change-between", [("from", value(a.wave.code.clone())), ("to", value(b.wave.code.clone()))])
    };
    let links = pairs(results).into_iter().map(|(a, b)| PairLink {
        text: between(a, b),
        href: format!("{project_href}/change?from={}&to={}", a.wave.code, b.wave.code),
        current: a.wave.id == from.wave.id && b.wave.id == to.wave.id,
    });
    ChangePage {
        project: results.file.project.name.clone(),
        between: between(from, to),
        lead: told.lead(),
        pairs: links.collect(),
        pillars: told.pillars(),
        threshold: numbers::quantity(results.file.profile().mid, visit.language),
        project_href,
    }
}

fn wave_card(visit: &Visit, framework: Option<&Framework>, wave: &Wave, audience: &Audience, thing: Thing) -> WaveCard {
    let telling = Telling::new(visit.language, ScoreView::Public);
    let refused = words(visit.language).say_with("space-refused", [("reason", wave.refusal.as_str().into())]);
    WaveCard {
        refusal: if wave.refusal.is_empty() { String::new() } else { refused },
        wave: framework.map_or_else(|| wave.code.clone(), |known| telling.wave(known, &wave.code, &wave.wave_type)),
        state_key: format!("state-{}", wave.state.code()),
        dates: dates(visit, wave),
        href: audience.sees_results_of(wave, thing).then(|| visit.path(&format!("/waves/{}", wave.id.simple()))),
    }
}

fn edition_link(visit: &Visit, file: &ProjectFile) -> Option<Link> {
    let (edition, programme) = file.edition.as_ref()?;
    Some(Link {
        text: format!("{} · {}", programme.name, edition.name.get(visit.language)),
        href: visit.path(&format!("/editions/{}", edition.id.simple())),
    })
}

/// The way up from a project's pages.
pub fn project_crumbs(visit: &Visit, file: &ProjectFile) -> Vec<Crumb> {
    let Some((edition, programme)) = &file.edition else { return Vec::new() };
    vec![
        Crumb {
            text: programme.name.clone(),
            href: Some(visit.path(&format!("/programmes/{}", programme.id.simple()))),
        },
        Crumb {
            text: edition.name.get(visit.language).to_owned(),
            href: Some(visit.path(&format!("/editions/{}", edition.id.simple()))),
        },
    ]
}

/// When answers to a wave are taken, written out.
pub fn dates(visit: &Visit, wave: &Wave) -> String {
    let day = |date| value(numbers::day(date, visit.language));
    words(visit.language).say_with("dates-from-to", [("from", day(wave.opens_on)), ("to", day(wave.closes_on))])
}

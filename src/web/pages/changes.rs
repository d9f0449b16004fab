// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What has changed between two waves of a project: all indicators, or one of them with where its numbers come from.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use uuid::Uuid;

use super::projects::project_crumbs;
use super::waves::answered_in;
use crate::app::Refusal;
use crate::app::results::{ProjectResults, WaveResult};
use crate::domain::comparison::Change;
use crate::view::Crumb;
use crate::view::change::{ChangePage, ChangeTelling, PairLink, is_asked};
use crate::view::indicator_change::{IndicatorChangePage, IndicatorChangeTelling};
use crate::view::indicators::NumberCard;
use crate::view::numbers;
use crate::view::projects::Link;
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

/// Change between two waves of a project.
pub async fn changes(
    visit: Visit,
    path: web::Path<(String, Uuid)>,
    pair: web::Query<Pair>,
) -> Result<HttpResponse, Failed> {
    let (id, audience) = (path.1, visit.audience().await);
    let results = visit.read(move |app, db| app.project_results(db, id, &audience)).await?;
    let (from, to) = chosen(&results, &pair).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let page = changes_page(&visit, &results, from, to);
    let mut crumbs = crumbs(&visit, &results);
    crumbs.push(Crumb { text: page.between.clone(), href: None });
    let title = words(visit.language).say_with("change-title", [("between", value(page.between.clone()))]);
    let title = format!("{title} – {}", page.project);
    let mut frame = visit.frame_of(&results.file.organisation, title, crumbs);
    frame.coverage = [from, to].map(|one| answered_in(&visit, one)).into();
    visit.show(&frame, &page)
}

/// Change of one indicator between two waves: where its numbers come from, and what the same people say.
pub async fn change(
    visit: Visit,
    path: web::Path<(String, Uuid, String)>,
    pair: web::Query<Pair>,
) -> Result<HttpResponse, Failed> {
    let (_, id, code) = path.into_inner();
    let audience = visit.audience().await;
    let results = visit.read(move |app, db| app.project_results(db, id, &audience)).await?;
    let (from, to) = chosen(&results, &pair).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let found = results.between(from, to).find(|change| change.indicator == code && is_asked(change));
    let found = found.ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let page = change_page(&visit, &results, (from, to), found);
    let mut crumbs = crumbs(&visit, &results);
    crumbs.push(Crumb { text: page.between.text.clone(), href: Some(page.between.href.clone()) });
    crumbs.push(Crumb { text: page.name.clone(), href: None });
    let title = format!("{}: {} – {}", page.name, page.between.text, results.file.project.name);
    let mut frame = visit.frame_of(&results.file.organisation, title, crumbs);
    frame.coverage = [from, to].map(|one| answered_in(&visit, one)).into();
    visit.show(&frame, &page)
}

fn crumbs(visit: &Visit, results: &ProjectResults) -> Vec<Crumb> {
    let mut crumbs = project_crumbs(visit, &results.file);
    crumbs.push(Crumb { text: results.file.project.name.clone(), href: Some(project_href(visit, results)) });
    crumbs
}

fn project_href(visit: &Visit, results: &ProjectResults) -> String {
    visit.path(&format!("/projects/{}", results.file.project.id.simple()))
}

/// The pair asked for, if it can be compared; else the last one.
fn chosen<'a>(results: &'a ProjectResults, pair: &Pair) -> Option<(&'a WaveResult, &'a WaveResult)> {
    let by_code = |code: &Option<String>| results.waves.iter().find(|one| Some(&one.wave.code) == code.as_ref());
    let asked = by_code(&pair.from).zip(by_code(&pair.to));
    asked.filter(|(from, to)| results.between(from, to).next().is_some()).or_else(|| results.last_pair())
}

fn pair_link(visit: &Visit, results: &ProjectResults, from: &WaveResult, to: &WaveResult) -> Link {
    let codes = [("from", value(from.wave.code.clone())), ("to", value(to.wave.code.clone()))];
    let key = if from.is_alike(to) { "change-between" } else { "change-between-versions" };
    Link {
        text: words(visit.language).say_with(key, codes),
        href: format!("{}/change?from={}&to={}", project_href(visit, results), from.wave.code, to.wave.code),
    }
}

fn change_page(
    visit: &Visit,
    results: &ProjectResults,
    (from, to): (&WaveResult, &WaveResult),
    change: &Change,
) -> IndicatorChangePage {
    let (view, profile) = (to.scores.view, results.file.profile());
    let telling = Telling::new(visit.language, view).under(profile);
    let told = IndicatorChangeTelling { telling, framework: &to.framework, view, change };
    IndicatorChangePage {
        between: pair_link(visit, results, from, to),
        name: telling.indicator(&to.framework, &change.indicator),
        pillar_code: change.pillar.code(),
        what: telling.words().say(&format!("pillar-{}-what", change.pillar)),
        sentences: told.sentences(),
        groups: told.groups(),
        panel: told.panel(),
        attrition: told.attrition(),
        card: NumberCard { lines: told.card(profile), method: visit.path("/about/method") },
    }
}

fn changes_page(visit: &Visit, results: &ProjectResults, from: &WaveResult, to: &WaveResult) -> ChangePage {
    let telling = Telling::new(visit.language, to.scores.view).under(results.file.profile());
    let project_href = project_href(visit, results);
    let same_version = |one: &&WaveResult| from.is_alike(to) && one.is_alike(to);
    let told = ChangeTelling {
        telling,
        framework: &to.framework,
        waves: results.waves.iter().filter(same_version).map(|one| &one.scores).collect(),
        changes: results.between(from, to).collect(),
        href: &project_href,
    };
    let links = results.pairs().into_iter().map(|(a, b)| {
        let Link { text, href } = pair_link(visit, results, a, b);
        PairLink { text, href, current: a.wave.id == from.wave.id && b.wave.id == to.wave.id }
    });
    ChangePage {
        project: results.file.project.name.clone(),
        between: pair_link(visit, results, from, to).text,
        lead: told.lead(),
        pairs: links.collect(),
        pillars: told.pillars(),
        threshold: numbers::quantity(results.file.profile().mid, visit.language),
        project_href,
    }
}

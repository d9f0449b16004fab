// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One indicator of a closed wave, and the gaps between its groups.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::project_crumbs;
use crate::app::Refusal;
use crate::app::restitution::ToldResults;
use crate::app::results::{ProjectResults, WaveResult};
use crate::domain::profile::ScoreView;
use crate::domain::score::{IndicatorScore, Withheld};
use crate::view::Crumb;
use crate::view::change::change_href;
use crate::view::discussion::WordsTelling;
use crate::view::gaps::{GapsPage, GapsTelling};
use crate::view::indicator_telling::{IndicatorTelling, Moment};
use crate::view::indicators::{IndicatorPage, NumberCard};
use crate::view::projects::Link;
use crate::view::questionnaire::Worded;
use crate::view::telling::Telling;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// How many gaps are shown at first.
const WIDEST: usize = 10;

/// One indicator: words, numbers, groups, questions, history.
pub async fn indicator(visit: Visit, path: web::Path<(String, Uuid, String)>) -> Result<HttpResponse, Failed> {
    let (_, id, code) = path.into_inner();
    let audience = visit.audience().await;
    let told = visit.read(move |app, db| app.told_results(db, id, &audience)).await?;
    let found = told.found().and_then(|found| Some((found, asked(found).find(|one| one.indicator == code)?)));
    let (found, one) = found.ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let page = indicator_page(&visit, &told, found, one);
    show(&visit, (&told.results, found), &page.name, &page.wave, &page)
}

/// Gaps between groups, and every score at a glance.
pub async fn gaps(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (results, place) = read(&visit, path.1).await?;
    let found = results.waves.get(place).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let telling = Telling::new(visit.language, found.scores.view).under(results.file.profile());
    let wave = wave_link(&visit, telling, found);
    let told = GapsTelling { telling, framework: &found.framework, scores: &found.scores, wave_href: &wave.href };
    let mut widest = told.widest();
    let more = widest.split_off(widest.len().min(WIDEST));
    let page = GapsPage { lead: told.lead(), widest, more, maps: told.maps(), wave };
    show(&visit, (&results, found), &words(visit.language).say("gaps-title"), &page.wave, &page)
}

async fn read(visit: &Visit, id: Uuid) -> Result<(ProjectResults, usize), Failed> {
    let audience = visit.audience().await;
    visit.read(move |app, db| app.wave_results(db, id, &audience)).await
}

fn show(
    visit: &Visit,
    (results, found): (&ProjectResults, &WaveResult),
    here: &str,
    wave: &Link,
    page: &impl crate::view::Page,
) -> Result<HttpResponse, Failed> {
    let project = &results.file.project;
    let mut crumbs = project_crumbs(visit, &results.file);
    let href = visit.path(&format!("/projects/{}", project.id.simple()));
    crumbs.push(Crumb { text: project.name.clone(), href: Some(href) });
    crumbs.push(Crumb { text: wave.text.clone(), href: Some(wave.href.clone()) });
    crumbs.push(Crumb { text: here.to_owned(), href: None });
    let code = wave.text.split(' ').next().unwrap_or_default();
    let title = format!("{here} – {code} – {}", project.name);
    let mut frame = visit.frame_of(&results.file.organisation, title, crumbs);
    frame.coverage = vec![super::waves::answered_in(visit, found)];
    visit.show(&frame, page)
}

fn asked(found: &WaveResult) -> impl Iterator<Item = &IndicatorScore> {
    found.scores.indicators.iter().filter(|one| one.overall.value() != Err(Withheld::NotAsked))
}

fn wave_link(visit: &Visit, telling: Telling, found: &WaveResult) -> Link {
    let wave = &found.wave;
    Link {
        text: telling.wave(&found.framework, &wave.code, &wave.wave_type),
        href: visit.path(&format!("/waves/{}", wave.id.simple())),
    }
}

fn indicator_page(
    visit: &Visit,
    told_results: &ToldResults,
    found: &WaveResult,
    one: &IndicatorScore,
) -> IndicatorPage {
    let (results, restitution) = (&told_results.results, &told_results.restitution);
    let (language, view) = (visit.language, found.scores.view);
    let telling = Telling::new(language, view).under(results.file.profile());
    let told = IndicatorTelling { telling, framework: &found.framework, view, level: found.wave.level, one };
    let wave = wave_link(visit, telling, found);
    let moments = moments(visit, results, found, one);
    let current = moments.iter().find(|moment| moment.href.is_none()).and_then(|moment| moment.change);
    let answers = told.answers();
    let definition = found.framework.indicator(&one.indicator).map(|known| known.definition.shown(language));
    let overall = &one.overall;
    let said = WordsTelling { telling, framework: &found.framework, restitution, href: &wave.href };
    let code = one.indicator.as_str();
    let (replies, threads, stories) = (said.replies(Some(code)), said.threads(code), said.stories(Some(code)));
    IndicatorPage {
        pillar_code: one.pillar.code(),
        what: telling.words().say(&format!("pillar-{}-what", one.pillar)),
        name: telling.indicator(&found.framework, &one.indicator),
        definition: definition.map_or_else(Worded::default, |shown| Worded::new(shown, language)),
        sentences: told.sentences(current),
        mean_second: told.is_divided(),
        overall: telling.cell(overall.value(), overall.interval, telling.n_of_n(overall.valid, overall.listed)),
        flags: telling.flags(&overall.flags),
        card: NumberCard { lines: told.card(&results.file.profile().sha256()), method: visit.path("/about/method") },
        group_cards: told.group_cards(results.file.profile()),
        figure: told.figure(),
        answers_reason: answers.as_ref().err().cloned(),
        answers: answers.ok(),
        items: told.items(),
        gaps: told.gaps(),
        evaluator: view == ScoreView::Evaluator,
        history: told.history(&moments),
        replies: replies.filled(),
        threads,
        stories,
        beside: neighbours(telling, found, one, &wave.href),
        wave,
    }
}

/// The waves of the project, each with the indicator's change since the wave before it.
fn moments<'a>(
    visit: &Visit,
    results: &'a ProjectResults,
    found: &WaveResult,
    one: &IndicatorScore,
) -> Vec<Moment<'a>> {
    let telling = Telling::new(visit.language, found.scores.view).under(results.file.profile());
    let asking = |wave: &&WaveResult| asked(wave).any(|known| known.indicator == one.indicator);
    let project_href = visit.path(&format!("/projects/{}", results.file.project.id.simple()));
    let mut before: Option<&WaveResult> = None;
    let mut moments = Vec::new();
    for wave in results.waves.iter().filter(asking) {
        let link = wave_link(visit, telling, wave);
        let href = format!("{}/indicators/{}", link.href, one.indicator);
        let change =
            before.and_then(|before| results.between(before, wave).find(|change| change.indicator == one.indicator));
        let href = (wave.wave.id != found.wave.id).then_some(href);
        let change_href = change.map(|change| change_href(&project_href, change));
        let (scores, framework) = (&wave.scores, &wave.framework);
        moments.push(Moment { scores, framework, name: link.text, href, change, change_href });
        before = Some(wave);
    }
    moments
}

/// The indicators asked before and after this one.
fn neighbours(telling: Telling, found: &WaveResult, one: &IndicatorScore, wave_href: &str) -> Vec<Link> {
    let codes: Vec<&str> = asked(found).map(|known| known.indicator.as_str()).collect();
    let Some(place) = codes.iter().position(|code| *code == one.indicator) else { return Vec::new() };
    let beside = [place.checked_sub(1), place.checked_add(1)].into_iter().flatten();
    beside
        .filter_map(|place| codes.get(place))
        .map(|code| Link {
            text: telling.indicator(&found.framework, code),
            href: format!("{wave_href}/indicators/{code}"),
        })
        .collect()
}

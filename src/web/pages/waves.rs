// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The results of one closed wave.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::{dates, project_crumbs};
use crate::app::projects::Audience;
use crate::app::restitution::ToldResults;
use crate::app::results::{ProjectResults, WaveResult};
use crate::app::waves::Coverage;
use crate::app::{App, Refusal};
use crate::domain::framework::Framework;
use crate::domain::profile::ScoreView;
use crate::store::Db;
use crate::view::discussion::WordsTelling;
use crate::view::glance::{EmbedPage, Glance};
use crate::view::telling::{Telling, value};
use crate::view::wave_telling::WaveTelling;
use crate::view::waves::{CoverageRow, WavePage};
use crate::view::weights::ComparedWeights;
use crate::view::words::words;
use crate::view::{CoverageLine, Crumb};
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// Three pillars, indicators by group, with n of N, interval or reason.
pub async fn results(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (id, audience) = (path.1, visit.audience().await);
    let read = move |app: &App, db: &mut Db| {
        let told = app.told_results(db, id, &audience)?;
        let found = told.found().ok_or(Refusal::NotFound)?;
        let weighted = app.weighted_result(db, &told.results, found)?;
        Ok((told, weighted))
    };
    let (told, weighted) = visit.read(read).await?;
    let results = &told.results;
    let found = told.found().ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let mut page = wave_page(&visit, &told, found);
    let telling = Telling::new(visit.language, found.scores.view).under(results.file.profile());
    page.weights = weighted.map(|weighted| ComparedWeights::new(telling, &found.scores, &weighted.scores));
    let mut crumbs = project_crumbs(&visit, &results.file);
    crumbs.push(Crumb { text: results.file.project.name.clone(), href: Some(page.project_href.clone()) });
    crumbs.push(Crumb { text: page.wave.clone(), href: None });
    let title = format!("{} – {}", page.wave, page.project);
    let mut frame = visit.frame_of(&results.file.organisation, title, crumbs);
    frame.description = format!("{}. {}", page.project, page.lead);
    visit.show(&frame, &page)
}

/// What a wave says at a glance, to be shown inside another site; only what is public.
pub async fn embed(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let id = path.1;
    let (results, place) = visit.read(move |app, db| app.wave_results(db, id, &Audience::Public)).await?;
    let found = results.waves.get(place).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let page = EmbedPage { project: results.file.project.name.clone(), glance: glance(&visit, &results, found) };
    let title = format!("{} – {}", page.project, page.glance.wave.text);
    let mut frame = visit.frame_of(&results.file.organisation, title, Vec::new());
    frame.coverage = vec![answered_in(&visit, found)];
    visit.show(&frame, &page)
}

/// A wave with results, at a glance.
pub fn glance(visit: &Visit, results: &ProjectResults, found: &WaveResult) -> Glance {
    let telling = Telling::new(visit.language, found.scores.view).under(results.file.profile());
    let href = visit.path(&format!("/waves/{}", found.wave.id.simple()));
    let listed: Option<u32> = found.coverage.iter().map(|row| row.listed).sum();
    let told = WaveTelling { telling, framework: &found.framework, scores: &found.scores, href: &href };
    let name = telling.wave(&found.framework, &found.wave.code, &found.wave.wave_type);
    Glance::new(&told, name, WavePage::lead(telling, found.scores.respondents, listed))
}

/// How many answered, group by group, as it stands below every page with a number.
pub fn who_answered(visit: &Visit, framework: &Framework, name: String, coverage: &[Coverage]) -> CoverageLine {
    let telling = Telling::new(visit.language, ScoreView::Public);
    let told = |row: &Coverage| {
        let about = |key: &str| {
            let group = ("group", value(telling.group(framework, &row.group)));
            let listed = ("listed", row.listed.unwrap_or_default().into());
            telling.words().say_with(key, [group, ("count", row.submitted.into()), listed])
        };
        about(if row.listed.is_some() { "who-answered-known" } else { "who-answered-unknown" })
    };
    CoverageLine { name, groups: coverage.iter().map(told).collect::<Vec<_>>().join(" · ") }
}

/// How many answered in a wave, group by group.
pub fn answered_in(visit: &Visit, found: &WaveResult) -> CoverageLine {
    let telling = Telling::new(visit.language, ScoreView::Public);
    let name = telling.wave(&found.framework, &found.wave.code, &found.wave.wave_type);
    who_answered(visit, &found.framework, name, &found.coverage)
}

fn wave_page(visit: &Visit, told: &ToldResults, found: &WaveResult) -> WavePage {
    let (language, results) = (visit.language, &told.results);
    let telling = Telling::new(language, found.scores.view).under(results.file.profile());
    let project_href = visit.path(&format!("/projects/{}", results.file.project.id.simple()));
    let listed: Option<u32> = found.coverage.iter().map(|row| row.listed).sum();
    let coverage = found
        .coverage
        .iter()
        .map(|row| CoverageRow::new(telling, telling.group(&found.framework, &row.group), row.submitted, row.listed));
    let (framework, wave) = (&found.framework, &found.wave);
    let href = visit.path(&format!("/waves/{}", wave.id.simple()));
    let said = WordsTelling { telling, framework, restitution: &told.restitution, href: &href };
    WavePage {
        project: results.file.project.name.clone(),
        change_href: (results.waves.len() > 1).then(|| format!("{project_href}/change")),
        project_href,
        report_href: format!("{href}/report"),
        wave: telling.wave(framework, &wave.code, &wave.wave_type),
        lead: WavePage::lead(telling, found.scores.respondents, listed),
        dates: dates(visit, wave),
        voice: words(language).say(&format!("voice-{}", results.file.profile().voice.code())),
        framework: format!("{} {}", framework.title.get(language), framework.version),
        framework_href: visit.path(&format!("/frameworks/{}/{}", framework.id, framework.version)),
        framework_sha256: wave.framework_sha256.clone(),
        profile_sha256: results.file.profile().sha256(),
        evaluator: found.scores.view == ScoreView::Evaluator,
        least: telling.least,
        coverage: coverage.collect(),
        pillars: WaveTelling { telling, framework, scores: &found.scores, href: &href }.pillars(),
        gaps_href: format!("{href}/gaps"),
        decisions_href: format!("{href}/decisions"),
        summary: said.summary(),
        replies: said.replies(None).filled(),
        weights: None,
        weights_href: format!("{href}/weights"),
        participation_href: format!("{href}/participation"),
    }
}

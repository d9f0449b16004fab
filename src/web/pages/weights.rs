// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The weights that people chose for a wave, its numbers with them beside those with equal weights, and the profile.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::project_crumbs;
use super::waves::answered_in;
use crate::app::Refusal;
use crate::app::results::{ProjectResults, WaveResult};
use crate::app::weighted::WeightedResult;
use crate::domain::profile_file::profile_file;
use crate::domain::settled_weights::SetSpread;
use crate::view::Crumb;
use crate::view::numbers;
use crate::view::report::ToldWeights;
use crate::view::telling::{Telling, value};
use crate::view::weights::{ComparedWeights, SetSection, WeightsPage, WeightsTelling};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::staff::invitations::safe;
use crate::web::site::Visit;

/// The results of a wave with the weights that were frozen for it.
async fn loaded(visit: &Visit, id: Uuid) -> Result<(ProjectResults, usize, WeightedResult), Failed> {
    let audience = visit.audience().await;
    let read = move |app: &crate::app::App, db: &mut crate::store::Db| {
        let (results, place) = app.wave_results(db, id, &audience)?;
        let found = results.waves.get(place).ok_or(Refusal::NotFound)?;
        let weighted = app.weighted_result(db, &results, found)?.ok_or(Refusal::NotFound)?;
        Ok((results, place, weighted))
    };
    visit.read(read).await
}

/// The numbers with both weights, set by set and group by group, and who took part.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (results, place, weighted) = loaded(&visit, path.1).await?;
    let found = results.waves.get(place).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let page = weights_page(&visit, &results, found, &weighted);
    let mut crumbs = project_crumbs(&visit, &results.file);
    crumbs.push(Crumb { text: page.project.clone(), href: Some(page.project_href.clone()) });
    crumbs.push(Crumb { text: page.wave.clone(), href: Some(page.results_href.clone()) });
    let title = words(visit.language).say("weights-title");
    crumbs.push(Crumb { text: title.clone(), href: None });
    let title = format!("{title} – {} – {}", page.wave, page.project);
    let mut frame = visit.frame_of(&results.file.organisation, title, crumbs);
    frame.coverage = vec![answered_in(&visit, found)];
    visit.show(&frame, &page)
}

fn weights_page(visit: &Visit, results: &ProjectResults, found: &WaveResult, weighted: &WeightedResult) -> WeightsPage {
    let telling = Telling::new(visit.language, found.scores.view);
    let told = WeightsTelling { telling, framework: &found.framework };
    let here = visit.path(&format!("/waves/{}", found.wave.id.simple()));
    let frozen = &weighted.frozen;
    let by =
        [("actor", value(frozen.actor.clone())), ("moment", value(numbers::moment(frozen.frozen_at, visit.language)))];
    WeightsPage {
        project: results.file.project.name.clone(),
        project_href: visit.path(&format!("/projects/{}", results.file.project.id.simple())),
        wave: telling.wave(&found.framework, &found.wave.code, &found.wave.wave_type),
        profile_href: format!("{here}/weights/profile.toml"),
        results_href: here,
        frozen: telling.words().say_with("weights-frozen-by", by),
        note: frozen.note.clone(),
        compared: ComparedWeights::new(telling, &found.scores, &weighted.scores),
        sets: sections(told, weighted),
        parts: told.parts(&frozen.content.took_part),
    }
}

/// The weights as a report tells them.
pub fn told(visit: &Visit, found: &WaveResult, weighted: &WeightedResult) -> ToldWeights {
    let telling = Telling::new(visit.language, found.scores.view);
    let compared = Some(ComparedWeights::new(telling, &found.scores, &weighted.scores));
    ToldWeights { compared, sets: sections(WeightsTelling { telling, framework: &found.framework }, weighted) }
}

/// Set by set what people gave, with the weights of the profile beside.
fn sections(told: WeightsTelling<'_>, weighted: &WeightedResult) -> Vec<SetSection> {
    let section = |spread: &SetSpread| {
        let shares = weighted.shares.iter().find(|one| one.set.code() == spread.set);
        told.section(spread, shares.map(|one| one.things.as_slice()))
    };
    weighted.spread.iter().filter_map(section).collect()
}

/// The profile with the chosen weights in it, as `insieme score` reads it.
pub async fn profile(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (results, place, weighted) = loaded(&visit, path.1).await?;
    let code = results.waves.get(place).map_or("", |found| found.wave.code.as_str());
    let name = safe(&format!("profile-{code}.toml"));
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/toml; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(profile_file(&weighted.profile)))
}

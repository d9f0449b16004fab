// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How participatory was a wave?

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::project_crumbs;
use super::waves::answered_in;
use crate::app::Refusal;
use crate::app::participation::Participation;
use crate::app::results::WaveResult;
use crate::domain::profile::Profile;
use crate::view::Crumb;
use crate::view::participation::{ParticipationPage, ParticipationSection, Sheets};
use crate::view::telling::Telling;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// Who took part in what, and what the groups say of it.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (id, audience) = (path.1, visit.audience().await);
    let (results, place, known) = visit.read(move |app, db| app.participation(db, id, &audience)).await?;
    let found = results.waves.get(place).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let telling = Telling::new(visit.language, found.scores.view);
    let page = ParticipationPage {
        project: results.file.project.name.clone(),
        project_href: visit.path(&format!("/projects/{}", results.file.project.id.simple())),
        wave: telling.wave(&found.framework, &found.wave.code, &found.wave.wave_type),
        results_href: visit.path(&format!("/waves/{}", id.simple())),
        section: section(&visit, found, results.file.profile(), &known),
    };
    let mut crumbs = project_crumbs(&visit, &results.file);
    crumbs.push(Crumb { text: page.project.clone(), href: Some(page.project_href.clone()) });
    crumbs.push(Crumb { text: page.wave.clone(), href: Some(page.results_href.clone()) });
    let title = words(visit.language).say("participation-title");
    crumbs.push(Crumb { text: title.clone(), href: None });
    let title = format!("{title} – {} – {}", page.wave, page.project);
    let mut frame = visit.frame_of(&results.file.organisation, title, crumbs);
    frame.coverage = vec![answered_in(&visit, found)];
    visit.show(&frame, &page)
}

/// How participatory a wave was, as its page and its report tell it.
pub fn section(visit: &Visit, found: &WaveResult, profile: &Profile, known: &Participation) -> ParticipationSection {
    let telling = Telling::new(visit.language, found.scores.view);
    let Participation { sheets, filled, is_over, rates } = known;
    let sheets = Sheets { means: sheets, filled: *filled, is_over: *is_over, least: profile.k_show };
    ParticipationSection::new(telling, &found.framework, rates, sheets)
}

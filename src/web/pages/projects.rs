// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A project: what it is, what it reported, and its waves.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use crate::app::measures::reported;
use crate::app::projects::{Audience, ProjectFile};
use crate::domain::account::Thing;
use crate::domain::framework::Framework;
use crate::domain::profile::ScoreView;
use crate::domain::wave::Wave;
use crate::view::Crumb;
use crate::view::measures::MeasuresSection;
use crate::view::numbers;
use crate::view::projects::{Link, ProjectCard, ProjectPage, WaveCard};
use crate::view::questionnaire::Worded;
use crate::view::telling::{Telling, value};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// One project.
pub async fn project(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (id, audience) = (path.1, visit.audience().await);
    let asking = audience.clone();
    let (results, framework) = visit
        .read(move |app, db| {
            let results = app.project_results(db, id, &asking)?;
            let framework = app.version_of_measures(db, &results.file)?;
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
        measures: MeasuresSection::new(&reported(file, framework.as_deref()), framework.as_deref(), language),
    };
    let mut crumbs = project_crumbs(&visit, file);
    crumbs.push(Crumb { text: file.project.name.clone(), href: None });
    let title = format!("{} – Insieme", file.project.name);
    let mut frame = visit.frame_of(&file.organisation, title, crumbs);
    frame.coverage = results.waves.last().map(|last| super::waves::answered_in(&visit, last)).into_iter().collect();
    visit.show(&frame, &page)
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

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How the collection of a wave goes.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::framed;
use super::paper::way_up;
use crate::app::coverage::{Progress, SMALL_GROUP};
use crate::domain::profile::ScoreView;
use crate::view::coverage::{CountRow, CoveragePage};
use crate::view::numbers;
use crate::view::questionnaire::Worded;
use crate::view::telling::Telling;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// Counts by group, way, day and page.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (staff, id) = (visit.staff().await?, path.1);
    let progress = visit.read(move |app, db| app.progress(db, &staff, id)).await?;
    let page = coverage_page(&visit, &progress);
    let here = words(visit.language).say("coverage-title");
    let title = format!("{here} – {}", page.kicker);
    visit.show(&framed(&visit, title, here, way_up(&visit, &progress.file)), &page)
}

fn coverage_page(visit: &Visit, progress: &Progress) -> CoveragePage {
    let (file, language) = (&progress.file, visit.language);
    let (words, telling) = (words(language), Telling::new(language, ScoreView::Evaluator));
    let plain = |text: String| Worded { text, lang: None };
    let modes = progress.modes.iter().map(|(mode, n)| (plain(words.say(&format!("mode-{}", mode.code()))), *n));
    let days = progress.days.iter().map(|(day, n)| (plain(numbers::day(*day, language)), *n));
    let stops = progress.stops.iter().map(|stop| {
        let before = || plain(words.say("coverage-before-first"));
        (stop.family.as_ref().map_or_else(before, |name| Worded::new(name.shown(language), language)), stop.count)
    });
    let group = |code: &str| telling.group(&file.framework, code);
    let rows = file.coverage.iter();
    CoveragePage {
        kicker: format!("{} · {}", file.project.name, file.wave.code),
        groups: rows.map(|row| super::waves::coverage_row(telling, &group(&row.group), row)).collect(),
        begun: file.coverage.iter().map(|row| row.begun).sum(),
        left_out: progress.left_out.iter().map(|code| group(code)).collect::<Vec<_>>().join(", "),
        least: SMALL_GROUP,
        modes: CountRow::beside(modes.collect()),
        days: CountRow::beside(days.collect()),
        stops: CountRow::beside(stops.collect()),
    }
}

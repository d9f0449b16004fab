// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The report that puts the projects of a programme's editions side by side, on what everybody may see.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::reports::printed;
use crate::app::projects::{self, Audience, ProgrammeTree};
use crate::app::results::{Comparison, Wanted};
use crate::domain::profile::ScoreView;
use crate::print;
use crate::view::Crumb;
use crate::view::beside::BesideTelling;
use crate::view::report::{Compared, EditionsSource, KindLink, Report, ReportPage, on_paper};
use crate::view::telling::Telling;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// The editions of a programme with what can be compared in them.
async fn loaded(visit: &Visit, id: Uuid) -> Result<(ProgrammeTree, Comparison), Failed> {
    let wave_type = visit.asked("wave_type");
    visit
        .read(move |app, db| {
            let tree = projects::programme(db, id, &Audience::Public)?;
            let wanted = Wanted { edition: None, wave_type: wave_type.as_deref() };
            let comparison = app.compare(db, &tree, wanted, &Audience::Public)?;
            Ok((tree, comparison))
        })
        .await
}

fn report(visit: &Visit, tree: &ProgrammeTree, comparison: &Comparison) -> Report {
    let telling = Telling::new(visit.language, ScoreView::Public);
    let found = comparison.beside.as_ref();
    let pillars = found.map(|found| {
        let labels: Vec<&str> = found.entries.iter().map(|(_, _, label)| label.as_str()).collect();
        let (framework, indicators) = (&found.framework, found.indicators.as_slice());
        let wave_type = found.wave_type.as_str();
        BesideTelling { telling, framework, indicators, labels: &labels, edition: None, wave_type }.pillars()
    });
    let entries = found.map_or(&[][..], |found| found.entries.as_slice()).iter();
    let compared = entries.map(|(edition, _, label)| Compared {
        project: label.clone(),
        edition: edition.name.get(visit.language).to_owned(),
    });
    let here = visit.path(&format!("/programmes/{}", tree.programme.id.simple()));
    let source = EditionsSource {
        telling,
        organisation: &tree.organisation,
        programme: &tree.programme,
        framework: found.map(|found| &*found.framework),
        framework_sha256: found.and_then(|found| found.indicators.first()).map_or("", |one| &one.framework_sha256),
        wave_type: found.map(|found| telling.wave(&found.framework, &found.wave_type, &found.wave_type)),
        compared: compared.collect(),
        pillars: pillars.unwrap_or_default(),
        day: visit.site.app.clock.today(),
        address: format!("{}{here}", visit.site.options.base_url),
    };
    source.report()
}

/// The report as a page.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (tree, comparison) = loaded(&visit, path.1).await?;
    let report = report(&visit, &tree, &comparison);
    let here = visit.path(&format!("/programmes/{}", path.1.simple()));
    let asked = visit.asked("wave_type").map_or_else(String::new, |code| format!("?wave_type={code}"));
    let link = KindLink {
        name: report.kind.clone(),
        what: words(visit.language).say("report-kind-confronto-edizioni-what"),
        href: format!("{here}/report{asked}"),
        pdf: format!("{here}/report.pdf{asked}"),
        current: true,
    };
    let crumbs = vec![
        Crumb { text: tree.programme.name.clone(), href: Some(here.clone()) },
        Crumb { text: report.kind.clone(), href: None },
    ];
    // Titles are cut at their end: what tells pages apart comes first.
    let title = format!("{} · {}: {}", report.subtitle, report.kind, report.title);
    let page = ReportPage { report, kinds: vec![link], placemat: None, package: None, results: here };
    let mut frame = visit.frame_of(&tree.organisation, title, crumbs);
    frame.coverage = super::programmes::answered(&visit, &comparison);
    visit.show(&frame, &page)
}

/// The report as PDF.
pub async fn pdf(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (tree, comparison) = loaded(&visit, path.1).await?;
    let report = on_paper(report(&visit, &tree, &comparison));
    printed(&visit, move || print::pdf(&report), "relazione-confronto-edizioni.pdf").await
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What became of the results of a wave: decided, done, still without an answer.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::project_crumbs;
use super::waves::who_answered;
use crate::app::decisions::DecisionsFile;
use crate::app::responses::Place;
use crate::domain::framework::Framework;
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::programme::Visibility;
use crate::view::Crumb;
use crate::view::decision_telling::{DecisionTelling, Signatures, UnansweredView};
use crate::view::decisions::{DecisionsPage, SHORT, SaidAndDone};
use crate::view::forms::FormLink;
use crate::view::telling::Telling;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// For everybody who may see the results.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (id, audience) = (path.1, visit.audience().await);
    let known = visit.read(move |app, db| app.decisions(db, id, &audience)).await?;
    let project = visit.path(&format!("/projects/{}", known.file.project.id.simple()));
    let page = DecisionsPage { project_href: project.clone(), ..decisions_page(&visit, &known, Signatures::Untold) };
    let short = words(visit.language).say("decisions-short");
    let mut crumbs = project_crumbs(&visit, &known.file);
    crumbs.push(Crumb { text: page.project.clone(), href: Some(project) });
    crumbs.push(Crumb { text: page.wave.clone(), href: Some(page.results_href.clone()) });
    crumbs.push(Crumb { text: short.clone(), href: None });
    let mut frame =
        visit.frame_of(&known.file.organisation, format!("{short}: {} – {}", known.wave.code, page.project), crumbs);
    frame.description = format!("{}. {}", page.project, page.lead);
    frame.coverage = vec![who_answered(&visit, &known.framework, page.wave.clone(), &known.coverage)];
    visit.show(&frame, &page)
}

/// What was decided, in words; nothing on it can be done.
pub fn decisions_page(visit: &Visit, known: &DecisionsFile, signatures: Signatures) -> DecisionsPage {
    let telling = telling(visit, known, signatures);
    let here = visit.path(&format!("/waves/{}", known.wave.id.simple()));
    let link = |key: &str, end: &str| FormLink {
        text: words(visit.language).say(key),
        href: format!("{here}/{end}?profile=verbale"),
    };
    DecisionsPage {
        project: known.file.project.name.clone(),
        project_href: String::new(),
        wave: telling.telling.wave(&known.framework, &known.wave.code, &known.wave.wave_type),
        lead: telling.lead(&known.log),
        entries: telling.entries(&known.log),
        unanswered: unanswered(&telling, known, &here),
        minutes: vec![link("decisions-minutes", "report"), link("decisions-minutes-pdf", "report.pdf")],
        begin: None,
        unpublished: known.wave.published_on.is_none(),
        results_href: here,
    }
}

/// Tells the decisions of a wave.
pub fn telling<'a>(visit: &Visit, known: &'a DecisionsFile, signatures: Signatures) -> DecisionTelling<'a> {
    DecisionTelling { signatures, ..telling_of(visit, (&known.framework, known.file.profile())) }
}

/// Tells decisions about waves of a framework version; their numbers are in whole points for everybody.
pub fn telling_of<'a>(visit: &Visit, (framework, profile): (&'a Framework, &Profile)) -> DecisionTelling<'a> {
    let telling = Telling::new(visit.language, ScoreView::Public).under(profile);
    DecisionTelling { telling, framework, signatures: Signatures::Untold }
}

/// What came of the last earlier wave of a project about which something was decided, in short, and where all of it is.
pub async fn in_short(visit: &Visit, place: &Place) -> Result<(Vec<SaidAndDone>, String), Failed> {
    let wave = place.wave.clone();
    let answered = visit.read(move |app, db| app.answered_last(db, &wave)).await?;
    let Some(last) = answered else { return Ok((Vec::new(), String::new())) };
    let short = SaidAndDone::short(&telling_of(visit, (&last.framework, &last.profile)), &last.log, SHORT);
    let short = match place.tongue.other() {
        Some(_) => short.into_iter().map(|one| one.marked(visit.language)).collect(),
        None => short,
    };
    let public = place.project.visibility == Visibility::Public;
    let all = public.then(|| visit.path(&format!("/waves/{}/decisions", last.wave.id.simple())));
    Ok((short, all.unwrap_or_default()))
}

fn unanswered(telling: &DecisionTelling<'_>, known: &DecisionsFile, here: &str) -> Vec<UnansweredView> {
    let told = telling.unanswered(&known.log).into_iter().zip(&known.log.unanswered);
    let placed = |(view, one): (UnansweredView, &crate::domain::decision_log::Unanswered)| UnansweredView {
        href: format!("{here}/indicators/{}", one.priority.indicator),
        ..view
    };
    told.map(placed).collect()
}

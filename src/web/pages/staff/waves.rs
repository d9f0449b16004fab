// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One wave as staff see it: who answered, what was done, and what can be done now.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::crumbs;
use super::{Form, acting, form_token, framed};
use crate::app::staff::Staff;
use crate::app::waves::{Asked, Coverage, GroupLink, WaveFile};
use crate::app::{App, Refusal};
use crate::domain::invitation::{Entry, Setting};
use crate::domain::profile::ScoreView;
use crate::domain::role::Action;
use crate::domain::wave::{WaveAct, WaveState};
use crate::store::Db;
use crate::view::forms::FormLink;
use crate::view::numbers;
use crate::view::questionnaire::collection_keys;
use crate::view::staff::{Act, ActLine, FreshLink, StaffWavePage};
use crate::view::telling::Telling;
use crate::view::waves::CoverageRow;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::projects::dates;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// One wave.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    show(&visit, path.1, Vec::new()).await
}

/// Opens a wave.
pub async fn open(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    Ok(act(&visit, path.1, form, App::open_wave).await?.1)
}

/// Closes a wave.
pub async fn close(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    let (staff, done) = act(&visit, path.1, form, App::close_wave).await?;
    prepare(&visit, staff, path.1);
    Ok(done)
}

/// Has the results computed before anybody asks for them; nobody waits for it, and what fails here fails when it is asked.
pub(super) fn prepare(visit: &Visit, staff: Staff, id: Uuid) {
    let app = visit.site.app.clone();
    actix_web::rt::spawn(async move {
        let preparing = app.clone();
        if let Err(refusal) = app.store.read(move |db| preparing.prepare_results(db, &staff, id)).await {
            tracing::warn!(%refusal, "results were not computed beforehand");
        }
    });
}

/// Makes a fresh link for every group and shows them once.
pub async fn links(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    let ((staff, typed), id) = (acting(&visit, form).await?, path.1);
    let setting = Setting::from_code(typed.get("setting")).unwrap_or_default();
    let links = visit.write(move |app, db| app.issue_group_links(db, &staff, id, setting)).await;
    show(&visit, id, links.map_err(|refusal| visit.refuse(refusal))?).await
}

/// Does one of the acts of a wave; says who did it.
async fn act(
    visit: &Visit,
    id: Uuid,
    form: Form,
    act: impl FnOnce(&App, &mut Db, &Staff, Uuid, &str) -> Result<(), Refusal> + Send + 'static,
) -> Result<(Staff, HttpResponse), Failed> {
    let (staff, typed) = acting(visit, form).await?;
    let acted = staff.clone();
    let done = visit.write(move |app, db| act(app, db, &acted, id, typed.get("note"))).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok((staff, see_other(&visit.path(&format!("/staff/waves/{}", id.simple())))))
}

async fn show(visit: &Visit, id: Uuid, links: Vec<GroupLink>) -> Result<HttpResponse, Failed> {
    let staff = visit.staff().await?;
    let file = visit.read(move |app, db| app.wave_file(db, &staff, id, Action::SeeWork)).await?;
    let what = words(visit.language).say(if links.is_empty() { "nav-staff" } else { "links-title" });
    let page = wave_page(visit, &file, links);
    let title = format!("{what}: {} – {}", file.wave.code, page.project);
    visit.show(&framed(visit, title, file.wave.code.clone(), crumbs(visit, &file.project)), &page)
}

fn wave_page(visit: &Visit, file: &WaveFile, links: Vec<GroupLink>) -> StaffWavePage {
    let telling = Telling::new(visit.language, ScoreView::Evaluator);
    let wave = &file.wave;
    let group = |code: &str| telling.group(&file.framework, code);
    let coverage = file.coverage.iter().map(|row| coverage_row(telling, &group(&row.group), row));
    let links = links.into_iter().map(|link| FreshLink {
        group: group(&link.group),
        url: format!("{}/q/{}", visit.site.options.base_url, link.code.compact()),
        code: link.code.to_string(),
    });
    let sees = file.allowed.contains(&Action::SeeResults) || wave.published_on.is_some();
    StaffWavePage {
        project: file.project.name.clone(),
        wave: telling.wave(&file.framework, &wave.code, &wave.wave_type),
        state_key: format!("phase-{}", wave.phase.code()),
        dates: dates(visit, wave),
        collection_key: collection_keys(wave.collection, Entry::Open).0,
        coverage: coverage.collect(),
        links: links.collect(),
        acts: acts(visit, file),
        done: file.acts.iter().map(|act| act_line(visit, act)).collect(),
        plan: plan(visit, file),
        results: (wave.state == WaveState::Closed && sees).then(|| visit.path(&format!("/waves/{}", wave.id.simple()))),
        form_token: form_token(visit),
    }
}

/// How many of a group answered.
pub fn coverage_row(telling: Telling, group: &str, row: &Coverage) -> CoverageRow {
    let told = CoverageRow::new(telling, group.to_owned(), row.submitted, row.listed);
    match row.asked {
        Asked::Something => told,
        Asked::Nothing => CoverageRow { flag: Some(telling.words().say("coverage-not-asked")), ..told },
    }
}

fn act_line(visit: &Visit, act: &WaveAct) -> ActLine {
    ActLine {
        what: words(visit.language).say(&format!("done-{}", act.act)),
        who: act.actor.clone(),
        when: numbers::moment(act.done_at, visit.language),
        note: act.note.clone(),
    }
}

/// Where people are asked to the wave, and where its plan is changed, while that can be done.
fn plan(visit: &Visit, file: &WaveFile) -> Vec<FormLink> {
    let here = format!("/staff/waves/{}", file.wave.id.simple());
    let (draft, open) = (file.wave.state == WaveState::Draft, file.wave.state != WaveState::Closed);
    let all = [
        (true, Action::SeeWork, "circle-title", "circle"),
        (true, Action::SeeWork, "weights-staff-title", "weights"),
        (open, Action::Invite, "invitations-title", "invitations"),
        (!draft, Action::SeeWork, "coverage-title", "coverage"),
        (file.wave.state == WaveState::Open, Action::EnterPaper, "entry-title", "paper-entry"),
        (open, Action::EditProject, "notice-title", "notice"),
        (!open, Action::SeeResults, "decisions-short", "decisions"),
        (true, Action::EditProject, "processing-title", "processing"),
        (!open, Action::SeeResults, "words-title", "words"),
        (!open, Action::ReadAnswers, "moderation-title", "written"),
        (!open, Action::ReadAnswers, "taking-title", "answers"),
        (draft, Action::EditProject, "wave-plan", "plan"),
        (draft, Action::EditProject, "wave-removal", "removal"),
    ];
    let allowed = all.into_iter().filter(|(now, action, ..)| *now && file.allowed.contains(action));
    allowed.map(|(_, _, key, end)| super::link(visit, key, &format!("{here}/{end}"))).collect()
}

fn acts(visit: &Visit, file: &WaveFile) -> Vec<Act> {
    let act = |action: Action, noun: &str, label_key, what_key| {
        file.allowed.contains(&action).then(|| Act {
            action: visit.path(&format!("/staff/waves/{}/{noun}", file.wave.id.simple())),
            label_key,
            what_key,
            note: noun != "links",
        })
    };
    let links = || act(Action::Invite, "links", "act-links", "act-links-what");
    let all = match file.wave.state {
        WaveState::Draft => vec![act(Action::MoveWave, "opening", "act-open", "act-open-what"), links()],
        WaveState::Open => vec![links(), act(Action::MoveWave, "closing", "act-close", "act-close-what")],
        WaveState::Closed => Vec::new(),
    };
    all.into_iter().flatten().collect()
}

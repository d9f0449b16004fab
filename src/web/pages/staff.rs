// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The workspace of staff.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::dates;
use super::see_other;
use crate::app::staff::Staff;
use crate::app::waves::{GroupLink, WaveFile};
use crate::app::{App, Refusal, secrets};
use crate::domain::profile::ScoreView;
use crate::domain::wave::WaveState;
use crate::store::Db;
use crate::view::information::InformationPage;
use crate::view::questionnaire::collection_keys;
use crate::view::staff::{Act, FreshLink, SignInPage, StaffWavePage, WorkspacePage, WorkspaceProject, WorkspaceWave};
use crate::view::telling::Telling;
use crate::view::waves::CoverageRow;
use crate::view::words::words;
use crate::web::cookies::{self, Cookie, Session};
use crate::web::failure::Failed;
use crate::web::site::Visit;

type Form = web::Form<Vec<(String, String)>>;

/// A button that signs in: opening the link uses nothing up.
pub async fn sign_in_page(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let token = path.into_inner().1;
    let action = visit.path(&format!("/staff/sign-in/{token}"));
    visit.read(move |app, db| app.check_sign_in(db, &token)).await?;
    visit.show(&visit.frame(words(visit.language).say("sign-in-title")), &SignInPage { action })
}

/// Signs in, once.
pub async fn sign_in(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let token = path.into_inner().1;
    let session = visit.write(move |app, db| app.sign_in(db, &token)).await.map_err(|refusal| visit.refuse(refusal))?;
    let mut response = see_other(&visit.path("/staff"));
    let session = Session { token: session, resume_code: None };
    let _full = response.add_cookie(&cookies::write(Cookie::Staff, &session));
    Ok(response)
}

/// Signs out.
pub async fn sign_out(visit: Visit, form: Form) -> Result<HttpResponse, Failed> {
    let session = signed_in(&visit, &form)?;
    let done = visit.write(move |_, db| App::sign_out(db, &session.token)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    let mut response = see_other(&visit.path(""));
    let _full = response.add_cookie(&cookies::forget(Cookie::Staff));
    Ok(response)
}

/// The projects staff work on; whoever is not signed in is told how to.
pub async fn workspace(visit: Visit) -> Result<HttpResponse, Failed> {
    if visit.session(Cookie::Staff).is_none() {
        let page = InformationPage::sign_in(visit.language);
        return visit.show(&visit.frame(page.title.clone()), &page);
    }
    let staff = visit.staff().await?;
    let acting = staff.clone();
    let projects = visit.read(move |_, db| App::workspace(db, &acting)).await?;
    let projects = projects.into_iter().map(|(project, waves)| WorkspaceProject {
        name: project.name,
        href: visit.path(&format!("/projects/{}", project.id.simple())),
        waves: waves
            .iter()
            .map(|wave| WorkspaceWave {
                wave: wave.code.clone(),
                state_key: format!("state-{}", wave.state.code()),
                href: visit.path(&format!("/staff/waves/{}", wave.id.simple())),
            })
            .collect(),
    });
    let page = WorkspacePage {
        organisation: staff.organisation.name,
        projects: projects.collect(),
        sign_out: visit.path("/staff/sign-out"),
        form_token: form_token(&visit),
    };
    visit.show(&visit.frame(words(visit.language).say("workspace-title")), &page)
}

/// One wave: who answered, and what can be done now.
pub async fn wave(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    show_wave(&visit, path.1, Vec::new()).await
}

/// Opens a wave.
pub async fn open(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    act(&visit, path.1, &form, |_, db, staff, id| App::open_wave(db, staff, id)).await
}

/// Closes a wave.
pub async fn close(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    act(&visit, path.1, &form, |_, db, staff, id| App::close_wave(db, staff, id)).await
}

/// Publishes the results of a wave.
pub async fn publish(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    act(&visit, path.1, &form, App::publish_wave).await
}

/// Makes a fresh link for every group and shows them once.
pub async fn links(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    signed_in(&visit, &form)?;
    let (staff, id) = (visit.staff().await?, path.1);
    let links = visit.write(move |app, db| app.issue_group_links(db, &staff, id)).await;
    show_wave(&visit, id, links.map_err(|refusal| visit.refuse(refusal))?).await
}

async fn act(
    visit: &Visit,
    id: Uuid,
    form: &[(String, String)],
    act: impl FnOnce(&App, &mut Db, &Staff, Uuid) -> Result<(), Refusal> + Send + 'static,
) -> Result<HttpResponse, Failed> {
    signed_in(visit, form)?;
    let staff = visit.staff().await?;
    let done = visit.write(move |app, db| act(app, db, &staff, id)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&format!("/staff/waves/{}", id.simple()))))
}

/// The session of a form that staff sent from one of its own pages.
fn signed_in(visit: &Visit, form: &[(String, String)]) -> Result<Session, Failed> {
    let session = visit.session(Cookie::Staff).ok_or_else(|| visit.refuse(Refusal::SignInFirst))?;
    let sent = form.iter().find(|(name, _)| name == "form_token").map(|(_, value)| value.as_str());
    visit.check_form(&session, sent)?;
    Ok(session)
}

async fn show_wave(visit: &Visit, id: Uuid, links: Vec<GroupLink>) -> Result<HttpResponse, Failed> {
    let staff = visit.staff().await?;
    let file = visit.read(move |app, db| app.wave_file(db, &staff, id)).await?;
    let what = words(visit.language).say(if links.is_empty() { "nav-staff" } else { "links-title" });
    let page = wave_page(visit, &file, links);
    visit.show(&visit.frame(format!("{what}: {} – {}", file.wave.code, page.project)), &page)
}

fn wave_page(visit: &Visit, file: &WaveFile, links: Vec<GroupLink>) -> StaffWavePage {
    let telling = Telling::new(visit.language, ScoreView::Evaluator);
    let wave = &file.wave;
    let group = |code: &str| telling.group(&file.framework, code);
    let coverage =
        file.coverage.iter().map(|row| CoverageRow::new(telling, group(&row.group), row.submitted, row.listed));
    let links = links.into_iter().map(|link| FreshLink {
        group: group(&link.group),
        url: format!("{}/q/{}", visit.site.options.base_url, link.code.compact()),
        code: link.code.to_string(),
    });
    StaffWavePage {
        project: file.project.name.clone(),
        wave: telling.wave(&file.framework, &wave.code, &wave.wave_type),
        state_key: format!("state-{}", wave.state.code()),
        dates: dates(visit, wave),
        collection_key: collection_keys(wave.collection).0,
        coverage: coverage.collect(),
        links: links.collect(),
        acts: acts(visit, file),
        results: (wave.state == WaveState::Closed).then(|| visit.path(&format!("/waves/{}", wave.id.simple()))),
        form_token: form_token(visit),
    }
}

fn acts(visit: &Visit, file: &WaveFile) -> Vec<Act> {
    let act = |noun: &str, label_key, what_key| Act {
        action: visit.path(&format!("/staff/waves/{}/{noun}", file.wave.id.simple())),
        label_key,
        what_key,
    };
    let links = || act("links", "act-links", "act-links-what");
    match file.wave.state {
        WaveState::Draft => vec![act("opening", "act-open", "act-open-what"), links()],
        WaveState::Open => vec![links(), act("closing", "act-close", "act-close-what")],
        WaveState::Closed if file.wave.published_on.is_none() => {
            vec![act("publication", "act-publish", "act-publish-what")]
        }
        WaveState::Closed => Vec::new(),
    }
}

fn form_token(visit: &Visit) -> String {
    visit.session(Cookie::Staff).map(|session| secrets::form_token(&session.token)).unwrap_or_default()
}

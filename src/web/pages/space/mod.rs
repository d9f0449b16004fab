// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The participants' space: entered with an access code, without an account.

pub mod decisions;
pub mod discussion;
pub mod guesses;
pub mod participation;
pub mod proposals;
pub mod replies;
pub mod weights;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::landing::{allow, checked_code, wrong_code};
use super::see_other;
use crate::app::space::{Entrance, Space, is_inhabited};
use crate::app::{Refusal, secrets};
use crate::domain::access_code::AccessCode;
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::participant::Activity;
use crate::domain::phase::Phase;
use crate::domain::wave::WaveState;
use crate::view::forms::FormPage;
use crate::view::numbers;
use crate::view::space::{DoorPage, SpacePage, Task};
use crate::view::words::words;
use crate::view::{Crumb, Frame};
use crate::web::cookies::{self, Cookie, Session};
use crate::web::failure::Failed;
use crate::web::pages::staff::{Draw, Form};
use crate::web::site::Visit;

/// The space that is open on a device.
pub struct Opened {
    /// The space.
    pub space: Space,
    /// The code it was opened with.
    pub code: AccessCode,
    session: Session,
}

impl Opened {
    /// The token of the forms of this space.
    pub fn form_token(&self) -> String {
        secrets::form_token(&self.session.token)
    }
}

/// The space open on the visitor's device.
pub async fn opened(visit: &Visit) -> Result<Opened, Failed> {
    let session = visit.session(Cookie::Space).ok_or_else(|| visit.refuse(Refusal::NoSpace))?;
    let code = session.resume_code.clone().ok_or_else(|| visit.refuse(Refusal::NoSpace))?;
    let entrance = Entrance { code: code.clone(), device: session.token.clone() };
    allow(visit)?;
    let space = visit.space(entrance).await.map_err(|refusal| wrong_code(visit, refusal, &code.compact()))?;
    Ok(Opened { space, code, session })
}

/// The space open on the visitor's device, with a form that was sent from one of its pages.
pub async fn acting(visit: &Visit, form: Form) -> Result<(Opened, Typed), Failed> {
    let opened = opened(visit).await?;
    let fields = form.into_inner();
    let sent = fields.iter().find(|(name, _)| name == "form_token").map(|(_, value)| value.as_str());
    visit.check_form(&opened.session, sent)?;
    Ok((opened, Typed(fields.into_iter().filter(|(name, _)| name != "form_token").collect())))
}

/// The door of a wave's space, where an access code opens one and the questionnaire cannot be answered now.
pub async fn door(visit: &Visit, refusal: &Refusal, code: &AccessCode) -> Result<Option<HttpResponse>, Failed> {
    let entrance = Entrance { code: code.clone(), device: String::new() };
    let space = match visit.space(entrance).await {
        Ok(space) if is_inhabited(&space.place.wave) => space,
        Ok(_) | Err(Refusal::UnknownCode) => return Ok(None),
        Err(refusal) => return Err(visit.refuse(refusal)),
    };
    let place = &space.place;
    let phase = place.wave.phase.code();
    let kind = place.framework.wave_type(&place.wave.wave_type);
    let page = DoorPage {
        organisation: place.organisation.name.clone(),
        project: place.project.name.clone(),
        wave: kind.map_or_else(String::new, |kind| format!("{} · {}", place.wave.code, kind.name.get(visit.language))),
        group: group_name(visit, &space),
        phase_key: format!("phase-{phase}"),
        phase_what_key: format!("phase-{phase}-what"),
        why_key: if matches!(refusal, Refusal::UsedCode) { "space-door-used" } else { "space-door-not-now" },
        action: visit.path(&format!("/q/{}/space", code.compact())),
    };
    let title = format!("{} – {}", words(visit.language).say("space-door-kicker"), page.project);
    visit.show(&plain(visit, &space, title, Vec::new()), &page).map(Some)
}

/// Enters the space: from here on no address holds the code.
pub async fn enter(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let code = checked_code(&visit, &path.into_inner().1)?;
    // Whoever comes back with the same code on the same device is the same voice.
    let known = visit.session(Cookie::Space).map_or_else(secrets::token, |session| session.token);
    let entrance = Entrance { code: code.clone(), device: known.clone() };
    visit.space(entrance).await.map_err(|refusal| wrong_code(&visit, refusal, &code.compact()))?;
    let mut response = see_other(&visit.path("/space"));
    let session = Session { token: known, resume_code: Some(code) };
    let _full = response.add_cookie(&cookies::write(Cookie::Space, &session));
    Ok(response)
}

/// What is mine now.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failed> {
    let opened = opened(&visit).await?;
    let space = &opened.space;
    let phase = space.place.wave.phase.code();
    let mut tasks = tasks(&visit, &opened);
    tasks.extend(decisions::task_of(&visit, space).await?);
    let page = SpacePage {
        kicker: kicker(space),
        group: group_name(&visit, space),
        phase_key: format!("phase-{phase}"),
        phase_what_key: format!("phase-{phase}-what"),
        notice: notice(&visit, space),
        tasks,
        leave: visit.path("/space/leaving"),
        form_token: opened.form_token(),
    };
    let title = format!("{} – {}", words(visit.language).say("space-title"), space.place.project.name);
    visit.show(&plain(&visit, space, title, Vec::new()), &page)
}

/// Makes the device forget the code.
pub async fn leave(visit: Visit, form: Form) -> Result<HttpResponse, Failed> {
    let (_, _) = acting(&visit, form).await?;
    let mut response = see_other(&visit.path("/access"));
    let _full = response.add_cookie(&cookies::forget(Cookie::Space));
    Ok(response)
}

/// What can be done in the present phase, in the order in which it is best done.
fn tasks(visit: &Visit, opened: &Opened) -> Vec<Task> {
    let wave = &opened.space.place.wave;
    let results = format!("/waves/{}", wave.id.simple());
    let mut tasks = Vec::new();
    match wave.phase {
        Phase::Draft | Phase::Map | Phase::Frozen | Phase::Closed => {}
        Phase::Definition => tasks.extend(proposals::tasks(visit, opened)),
        Phase::Weights => tasks.push(weights::task(visit, opened.space.done.contains(&Activity::Weights))),
        Phase::Open => tasks.push(task(visit, "space-answer", &format!("/q/{}", opened.code.compact()), false)),
        Phase::Restitution => {
            tasks.extend(restitution_tasks(visit, opened, &results));
            tasks.push(participation::task(visit, opened.space.has_sheet));
        }
        Phase::Decisions | Phase::Concluded => {
            tasks.push(task(visit, "space-results", &results, false));
            tasks.push(task(visit, "space-decisions", &format!("{results}/decisions"), false));
            tasks.push(task(visit, "space-discuss", discussion::HERE, false));
            if wave.phase == Phase::Decisions {
                tasks.push(participation::task(visit, opened.space.has_sheet));
            }
        }
    }
    tasks
}

/// Guess, then see; then talk, reply, tell.
fn restitution_tasks(visit: &Visit, opened: &Opened, results: &str) -> [Task; 6] {
    let took_part = opened.space.done.contains(&Activity::Restitution);
    [
        task(visit, "space-guess", guesses::HERE, false),
        task(visit, "space-results", results, false),
        task(visit, "space-discuss", discussion::HERE, took_part),
        task(visit, "space-replies", replies::HERE, false),
        task(visit, "space-story", "/space/stories/new", false),
        task(visit, "space-placemat", &format!("{results}/placemat.pdf"), false),
    ]
}

/// A task whose title is the text `KEY` and whose lead is `KEY-lead`.
pub fn task(visit: &Visit, key: &str, place: &str, done: bool) -> Task {
    let words = words(visit.language);
    Task { title: words.say(key), lead: words.say(&format!("{key}-lead")), href: visit.path(place), done }
}

fn notice(visit: &Visit, space: &Space) -> String {
    let (words, wave) = (words(visit.language), &space.place.wave);
    match wave.embargo_until {
        Some(day) if wave.phase == Phase::Restitution => {
            words.say_with("space-embargo", [("day", numbers::day(day, visit.language).into())])
        }
        _ if wave.state == WaveState::Closed && !wave.refusal.is_empty() => {
            words.say_with("space-refused", [("reason", wave.refusal.as_str().into())])
        }
        _ => String::new(),
    }
}

/// Project and wave, as they stand above a page of the space.
pub fn kicker(space: &Space) -> String {
    format!("{} · {}", space.place.project.name, space.place.wave.code)
}

/// The name of the voice's group.
pub fn group_name(visit: &Visit, space: &Space) -> String {
    let group = space.place.framework.group(&space.place.group);
    group.map_or_else(|| space.place.group.clone(), |group| group.name.get(visit.language).to_owned())
}

/// The frame of a page of the space; `crumbs` are the steps between the space and the page, then the page itself.
pub fn framed(visit: &Visit, space: &Space, title: String, mut crumbs: Vec<Crumb>) -> Frame {
    let home = Crumb { text: words(visit.language).say("space-title"), href: Some(visit.path("/space")) };
    crumbs.insert(0, home);
    plain(visit, space, title + " – " + &space.place.project.name, crumbs)
}

fn plain(visit: &Visit, space: &Space, title: String, crumbs: Vec<Crumb>) -> Frame {
    let mut frame = visit.frame_of(&space.place.organisation, title, crumbs);
    frame.navigation = false;
    frame
}

/// Shows a form of the space, with what was typed and what is wrong with it.
pub fn show_form(
    visit: &Visit,
    opened: &Opened,
    draw: Draw,
    (typed, problems): (&Typed, &[FieldProblem]),
) -> Result<HttpResponse, Failed> {
    let page = FormPage::new(visit.language, draw.head, &draw.specs, typed, problems);
    let page = FormPage { form_token: opened.form_token(), ..page };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let prefix =
        if problems.is_empty() { String::new() } else { format!("{} ", words(visit.language).say("error-prefix")) };
    let mut crumbs = draw.crumbs;
    crumbs.push(Crumb { text: page.title.clone(), href: None });
    visit.show_as(status, &framed(visit, &opened.space, format!("{prefix}{}", page.title), crumbs), &page)
}

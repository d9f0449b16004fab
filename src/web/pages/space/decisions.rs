// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! “You said, we did” in the participants' space: what was done since the last time, and who saw it.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{Form, Opened, acting, framed, opened, task};
use crate::app::decisions::Answered;
use crate::app::space::Space;
use crate::domain::decision::Seen;
use crate::domain::programme::Visibility;
use crate::view::Crumb;
use crate::view::decision_telling::DecisionTelling;
use crate::view::decisions::{SeenAction, SeenEntry, SeenPage, SeenWave};
use crate::view::space::Task;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::decisions::telling_of;
use crate::web::pages::waves::who_answered;
use crate::web::site::Visit;

/// What was found in earlier waves and done since, each action with the question whether it was seen.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failed> {
    let opened = opened(&visit).await?;
    show(&visit, &opened, String::new()).await
}

/// The task that leads there, where anything came of earlier waves.
pub async fn task_of(visit: &Visit, space: &Space) -> Result<Option<Task>, Failed> {
    let (participant, wave) = (space.participant.clone(), space.place.wave.clone());
    let read = visit.read(move |app, db| {
        Ok((app.is_answered_before(db, &wave)?, !app.seen_by(db, &participant, &wave)?.is_empty()))
    });
    let (answered, said) = read.await?;
    Ok(answered.then(|| task(visit, "said-done-task", "/space/decisions", said)))
}

/// Keeps whether this voice saw an action, and says so.
pub async fn say(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    let (opened, typed) = acting(&visit, form).await?;
    let words = words(visit.language);
    let Some(seen) = Seen::from_code(typed.get("seen")) else {
        return show(&visit, &opened, words.say("seen-choose")).await;
    };
    let (action, participant, wave) = (path.1, opened.space.participant.clone(), opened.space.place.wave.clone());
    let kept = visit.write(move |app, db| app.say_seen(db, (&participant, &wave), action, seen)).await;
    let notice = match kept.map_err(|refusal| visit.refuse(refusal))? {
        None => "seen-kept",
        Some(_) => "seen-replaced",
    };
    show(&visit, &opened, words.say(notice)).await
}

async fn show(visit: &Visit, opened: &Opened, notice: String) -> Result<HttpResponse, Failed> {
    let (participant, wave) = (opened.space.participant.clone(), opened.space.place.wave.clone());
    let read = visit.read(move |app, db| Ok((app.answered_before(db, &wave)?, app.seen_by(db, &participant, &wave)?)));
    let (answered, said) = read.await?;
    let place = &opened.space.place;
    let page = SeenPage {
        project: place.project.name.clone(),
        notice,
        waves: answered.iter().map(|one| seen_wave(visit, (one, place.project.visibility), &said)).collect(),
        back: visit.path("/space"),
        form_token: opened.form_token(),
    };
    let title = words(visit.language).say("said-done-title");
    let crumbs = vec![Crumb { text: title.clone(), href: None }];
    let mut frame = framed(visit, &opened.space, title, crumbs);
    let line =
        |(one, shown): (&Answered, &SeenWave)| who_answered(visit, &one.framework, shown.wave.clone(), &one.coverage);
    frame.coverage = answered.iter().zip(&page.waves).map(line).collect();
    visit.show(&frame, &page)
}

fn seen_wave(visit: &Visit, (answered, found): (&Answered, Visibility), said: &[(Uuid, Seen)]) -> SeenWave {
    let telling = telling_of(visit, (&answered.framework, &answered.profile));
    let all = visit.path(&format!("/waves/{}/decisions", answered.wave.id.simple()));
    SeenWave {
        wave: telling.telling.wave(&answered.framework, &answered.wave.code, &answered.wave.wave_type),
        entries: answered.log.entries.iter().map(|entry| seen_entry(visit, &telling, entry, said)).collect(),
        unanswered: telling.unanswered(&answered.log),
        href: if found == Visibility::Public { all } else { String::new() },
    }
}

fn seen_entry(
    visit: &Visit,
    telling: &DecisionTelling<'_>,
    entry: &crate::domain::decision_log::LogEntry,
    said: &[(Uuid, Seen)],
) -> SeenEntry {
    let mut view = telling.entry(entry);
    let actions = std::mem::take(&mut view.actions).into_iter().zip(&entry.actions).map(|(shown, action)| {
        let current = &action.action.current;
        let ask = visit.path(&format!("/space/decisions/{}", current.id.simple()));
        let answered = said.iter().find(|(id, _)| *id == current.id).map(|(_, seen)| *seen);
        SeenAction::new(shown, (current.state, ask), answered)
    });
    SeenEntry { actions: actions.collect(), entry: view }
}

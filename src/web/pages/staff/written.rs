// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was written in people's own words in a closed wave: looked at before anybody else sees it.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::paper::way_up;
use super::{Form, acting, show_board};
use crate::app::Refusal;
use crate::app::written::WrittenFile;
use crate::domain::framework::OpenQuestion;
use crate::domain::moderation::Moderation;
use crate::domain::written::{GROUP_TOLD, WrittenAnswer};
use crate::view::BoardPage;
use crate::view::board::{BoardAct, BoardItem, BoardSection};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

fn place(id: Uuid) -> String {
    format!("/staff/waves/{}/written", id.simple())
}

/// Every text, question by question.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (staff, id) = (visit.staff().await?, path.1);
    let known = visit.read(move |app, db| app.written_file(db, &staff, id)).await?;
    let words = words(visit.language);
    let sections = known.file.framework.open_questions.iter().map(|question| section(&visit, &known, question));
    let page = BoardPage {
        kicker: format!("{} · {}", known.file.project.name, known.file.wave.code),
        title: words.say("moderation-title"),
        lead: words.say("moderation-lead"),
        sections: sections.collect(),
        ..BoardPage::default()
    };
    show_board(&visit, page, way_up(&visit, &known.file))
}

fn section(visit: &Visit, known: &WrittenFile, question: &OpenQuestion) -> BoardSection {
    let of_question = |one: &&WrittenAnswer| one.question == question.code;
    let mut texts: Vec<&WrittenAnswer> = known.texts.iter().filter(of_question).collect();
    texts.sort_by_key(|one| Moderation::ALL.iter().position(|state| *state == one.state));
    let told = |group: &str| texts.iter().filter(|one| one.group == group).count() >= GROUP_TOLD;
    BoardSection {
        title: question.text.get(visit.language).to_owned(),
        items: texts.iter().map(|one| item(visit, known, one, told(&one.group))).collect(),
        none: words(visit.language).say("moderation-none"),
        ..BoardSection::default()
    }
}

/// A text with what can be decided about it; its group only where enough of the group wrote.
fn item(visit: &Visit, known: &WrittenFile, one: &WrittenAnswer, with_group: bool) -> BoardItem {
    let words = words(visit.language);
    let group = known.file.framework.group(&one.group).filter(|_| with_group);
    let decide = |state: Moderation| {
        (state != one.state).then(|| BoardAct {
            action: visit.path(&format!("{}/{}/{}", place(one.wave_id), one.id.simple(), state.code())),
            label: words.say(&format!("moderation-{}", state.code())),
            about: one.said.chars().take(40).collect(),
            ..BoardAct::default()
        })
    };
    BoardItem {
        name: one.said.clone(),
        detail: group.map(|group| group.name.get(visit.language).to_owned()).unwrap_or_default(),
        flag: words.say(&format!("moderated-{}", one.state.code())),
        good: one.state == Moderation::Kept,
        act: decide(Moderation::Kept),
        more: decide(Moderation::Hidden),
        ..BoardItem::default()
    }
}

/// Decides about a text.
pub async fn decide(
    visit: Visit,
    path: web::Path<(String, Uuid, Uuid, String)>,
    sent: Form,
) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let (_, id, text, state) = path.into_inner();
    let state = Moderation::from_code(&state).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let done = visit.write(move |app, db| app.moderate(db, &staff, id, (text, state))).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&place(id))))
}

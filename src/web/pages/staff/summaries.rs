// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The summary of a wave: written by staff, and what each seat of the committee says of it.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::words::{found, kicker, loaded, place, up};
use super::{Draw, Form, acting, crumb, show_again, show_form, worded};
use crate::app::Refusal;
use crate::app::words::WordsFile;
use crate::domain::committee::Choice;
use crate::domain::discussion::SummaryFile;
use crate::domain::field::Typed;
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

fn draw(visit: &Visit, file: &WordsFile, (title, lead): (&str, String), at: &str) -> Result<Draw, Failed> {
    let found = found(visit, file)?;
    let (words, id) = (words(visit.language), found.wave.id);
    let mut crumbs = up(visit, file, found);
    crumbs.push(crumb(visit, &words.say("words-title"), &place(id)));
    let head = FormHead {
        kicker: kicker(file, found),
        title: words.say(title),
        lead,
        action: visit.path(&format!("/staff/waves/{}/{at}", id.simple())),
        submit: "save",
        cancel: visit.path(&place(id)),
    };
    Ok(Draw { head, specs: Vec::new(), crumbs })
}

async fn summary_draw(visit: &Visit, id: Uuid) -> Result<(Draw, Typed), Failed> {
    let file = loaded(visit, id).await?;
    let lead = words(visit.language).say("summary-write-lead");
    let mut draw = draw(visit, &file, ("summary-write", lead), "summary")?;
    draw.specs = vec![FieldSpec::new("summary_text", Kind::Lines)];
    let last = file.summary.as_ref().map(|file| &file.summary);
    let typed = Typed::default()
        .with("summary_text", last.map_or("", |one| one.text.as_str()))
        .with("revision", last.map_or(0, |one| one.revision));
    Ok((draw, typed))
}

/// Asks for a further revision of the summary.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (draw, typed) = summary_draw(&visit, path.1).await?;
    show_form(&visit, draw, &typed)
}

/// Takes a further revision of the summary.
pub async fn write(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.write_summary(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal) => {
            let (draw, saved) = summary_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

async fn position_draw(visit: &Visit, id: Uuid) -> Result<(Draw, SummaryFile), Failed> {
    let file = loaded(visit, id).await?;
    let known = file.summary.clone().ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let lead = format!("“{}” {}", known.summary.text, words(visit.language).say("summary-position-lead"));
    let mut draw = draw(visit, &file, ("summary-position", lead), "summary/position")?;
    draw.specs = vec![
        FieldSpec::new("choice", Kind::OneOf).choosing(worded(visit, "choice", &Choice::ALL.map(Choice::code))),
        FieldSpec::new("words", Kind::Lines).optional(),
    ];
    Ok((draw, known))
}

/// Asks what the caller's group says of the summary.
pub async fn position_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (draw, known) = position_draw(&visit, path.1).await?;
    show_form(&visit, draw, &Typed::default().with("revision", known.summary.revision))
}

/// Takes what the caller's group says of the summary, of the revision that was read.
pub async fn take_position(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.take_position(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal) => {
            let (draw, known) = position_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, known.summary.revision))
        }
    }
}

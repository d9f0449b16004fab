// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How participatory was it? The sheet that each voice fills in the participants' space.

use actix_web::HttpResponse;

use super::{Opened, acting, framed, kicker, opened, show_form};
use crate::app::Refusal;
use crate::app::participation::{Filled, takes_sheets};
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::participation::{DONT_KNOW, Dimension, MARKS, field_of};
use crate::view::Crumb;
use crate::view::forms::{FieldSpec, FormHead, FormPage, Kind};
use crate::view::space::Task;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::pages::staff::{Draw, Form};
use crate::web::site::Visit;

/// Where the sheet is filled.
const PLACE: &str = "/space/participation";

/// The task of the phases in which a wave is given back and followed up.
pub fn task(visit: &Visit, done: bool) -> Task {
    super::task(visit, "sheet-task", PLACE, done)
}

fn draw(visit: &Visit, opened: &Opened) -> Draw {
    let words = words(visit.language);
    let field = |dimension: Dimension| {
        let mark = |mark: &str| {
            let label = match mark {
                "1" | "5" => words.say(&format!("sheet-{}-{mark}", dimension.code())),
                _ => words.say(&format!("sheet-mark-{mark}")),
            };
            (mark.to_owned(), label)
        };
        let options = MARKS.into_iter().map(mark).chain([(DONT_KNOW.to_owned(), words.say("sheet-dont-know"))]);
        let field = FieldSpec::new(&field_of(dimension), Kind::OneOf);
        field.labelled(words.say(&format!("sheet-{}", dimension.code()))).choosing(options.collect())
    };
    let head = FormHead {
        kicker: kicker(&opened.space),
        title: words.say("sheet-title"),
        lead: words.say("participation-sheet-lead"),
        action: visit.path(PLACE),
        submit: "sheet-send",
        cancel: visit.path("/space"),
    };
    Draw { head, specs: Dimension::ALL.map(field).into(), crumbs: Vec::new() }
}

/// Asks how participatory the wave was.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failed> {
    let opened = opened(&visit).await?;
    if !takes_sheets(&opened.space.place.wave) {
        return late(&visit, &opened);
    }
    let participant = opened.space.participant.clone();
    let known = visit.read(move |app, db| app.my_sheet(db, &participant)).await?;
    let mut typed = Typed::default();
    if let Some(sheet) = &known {
        for dimension in Dimension::ALL {
            let mark = sheet.mark(dimension).map_or_else(|| DONT_KNOW.to_owned(), |mark| mark.to_string());
            typed = typed.with(&field_of(dimension), mark);
        }
    }
    show(&visit, &opened, &typed, &[])
}

/// What whoever came too late is told.
fn late(visit: &Visit, opened: &Opened) -> Result<HttpResponse, Failed> {
    if visit.asked("done").as_deref() != Some(Filled::Late.code()) {
        return Err(visit.refuse(Refusal::NotFound));
    }
    let Draw { mut head, .. } = draw(visit, opened);
    head.lead = words(visit.language).say("sheet-done-late");
    let title = head.title.clone();
    let page = FormPage { asks: false, ..FormPage::new(visit.language, head, &[], &Typed::default(), &[]) };
    let here = Crumb { text: title.clone(), href: None };
    visit.show(&framed(visit, &opened.space, title, vec![here]), &page)
}

fn show(visit: &Visit, opened: &Opened, typed: &Typed, problems: &[FieldProblem]) -> Result<HttpResponse, Failed> {
    let mut draw = draw(visit, opened);
    let words = words(visit.language);
    let codes = [Filled::Kept, Filled::Again, Filled::Late].map(Filled::code);
    if let Some(done) = visit.asked("done").filter(|done| codes.contains(&done.as_str())) {
        draw.head.lead = words.say(&format!("sheet-done-{done}"));
    }
    show_form(visit, opened, draw, (typed, problems))
}

/// Takes a sheet.
pub async fn fill(visit: Visit, sent: Form) -> Result<HttpResponse, Failed> {
    let (opened, typed) = acting(&visit, sent).await?;
    let (participant, filled) = (opened.space.participant.clone(), typed.clone());
    match visit.write(move |app, db| app.fill_sheet(db, &participant, &filled)).await {
        Ok(done) => Ok(see_other(&visit.path(&format!("{PLACE}?done={}", done.code())))),
        Err(Refusal::Invalid(problems)) => show(&visit, &opened, &typed, &problems),
        Err(refusal @ Refusal::Store(_)) => Err(Failed::keeping(&visit, refusal, &typed.0)),
        Err(refusal) => Err(visit.refuse(refusal)),
    }
}

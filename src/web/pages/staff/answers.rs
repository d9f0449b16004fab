// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The single answers of a closed wave as a file, for an evaluator who says what for.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::paper::way_up;
use super::{Draw, Form, acting, show_again, show_form, worded};
use crate::app::App;
use crate::app::files::TakenAnswers;
use crate::app::waves::WaveFile;
use crate::domain::data_file::{FileFormat, FileNotes};
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::role::Action;
use crate::export::answers::{self, AnswerRow};
use crate::export::book::book;
use crate::view::files::{Noted, answer_notes};
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::words::words;
use crate::web::download::{Named, Place, send};
use crate::web::failure::Failed;
use crate::web::site::Visit;

async fn loaded(visit: &Visit, id: Uuid) -> Result<WaveFile, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.wave_file(db, &staff, id, Action::ReadAnswers)).await
}

fn draw(visit: &Visit, file: &WaveFile) -> Draw {
    let words = words(visit.language);
    let here = format!("/staff/waves/{}", file.wave.id.simple());
    let head = FormHead {
        kicker: format!("{} · {}", file.project.name, file.wave.code),
        title: words.say("taking-title"),
        lead: words.say("taking-lead"),
        action: visit.path(&format!("{here}/answers")),
        submit: "taking-button",
        cancel: visit.path(&here),
    };
    let formats = worded(visit, "file-format", &FileFormat::OF_ANSWERS.map(FileFormat::code));
    let specs =
        vec![FieldSpec::new("file_format", Kind::OneOf).choosing(formats), FieldSpec::new("taking_reason", Kind::Line)];
    Draw { head, specs, crumbs: way_up(visit, file) }
}

/// Asks for format and purpose.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1).await?;
    show_form(&visit, draw(&visit, &file), &Typed::default().with("file_format", FileFormat::Csv.code()))
}

/// Writes down who takes them and why, and hands out the file.
pub async fn take(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let ((staff, typed), id) = (acting(&visit, sent).await?, path.1);
    let file = loaded(&visit, id).await?;
    let Some(format) = FileFormat::of_answers(typed.get("file_format")) else {
        let problem = FieldProblem::new("file_format", "choose");
        return show_again(&visit, problem.into(), draw(&visit, &file), (typed, 0));
    };
    let filled = typed.clone();
    let taken = visit.write(move |app, db| app.take_answers(db, &staff, id, (format, filled.get("taking_reason"))));
    let taken = match taken.await {
        Ok(taken) => taken,
        Err(refusal) => return show_again(&visit, refusal, draw(&visit, &file), (typed, 0)),
    };
    let about = Noted {
        project: &file.project.name,
        body: &file.organisation.name,
        wave: taken.wave(),
        framework: taken.framework(),
    };
    let notes = answer_notes(visit.language, about, taken.left_out());
    let name = format!("risposte-{}.{}", taken.wave().code, format.code());
    let named = Named { name, media_type: format.media_type() };
    let app = visit.site.app.clone();
    send(&visit, named, move |out| write(&app, &taken, (format, &notes), out)).await
}

fn write(
    app: &App,
    taken: &TakenAnswers,
    (format, notes): (FileFormat, &FileNotes),
    out: &mut dyn Place,
) -> std::io::Result<()> {
    let collection = taken.wave().collection;
    let mut book = book(format, notes, out)?;
    book.table(&answers::table(taken.framework(), collection))?;
    app.store.read_now(|db| {
        App::each_answer(db, taken, |response, mode| {
            let row = AnswerRow {
                wave: &taken.wave().code,
                group: &response.group,
                mode: mode.map(crate::domain::response::Mode::code),
                respondent: response.respondent.as_deref(),
                organisation: response.organisation.as_deref(),
                answers: &response.answers,
            };
            answers::write(book.as_mut(), collection, row)
        })
    })?;
    book.finish()
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Files of answers for a wave: a model to fill in, a trial that keeps nothing, and the taking.

use actix_multipart::form::MultipartForm;
use actix_multipart::form::bytes::Bytes;
use actix_multipart::form::text::Text as Part;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::paper::way_up;
use super::{Draw, Form, acting, crumb, form_page, framed, show_again, show_board, worded};
use crate::app::batches::{Batch, BatchFault};
use crate::app::waves::{Asked, WaveFile};
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::response::Mode;
use crate::domain::role::Action;
use crate::domain::wave::Collection;
use crate::export::model;
use crate::intake::Problem;
use crate::view::BoardPage;
use crate::view::board::{BoardAct, BoardItem, BoardSection};
use crate::view::errors::Field;
use crate::view::forms::{FieldSpec, FormError, FormHead, FormLink, Kind};
use crate::view::words::{Value, words};
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// Faults of a file that are told one by one.
const TOLD: usize = 30;

/// A file of answers as it arrives.
#[derive(Debug, MultipartForm)]
pub struct BatchForm {
    form_token: Part<String>,
    given: Option<Part<String>>,
    #[multipart(limit = "2MiB")]
    answers: Option<Bytes>,
}

fn place(id: Uuid) -> String {
    format!("/staff/waves/{}", id.simple())
}

async fn loaded(visit: &Visit, id: Uuid) -> Result<WaveFile, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.wave_file(db, &staff, id, Action::EnterPaper)).await
}

fn draw(visit: &Visit, file: &WaveFile) -> Draw {
    let words = words(visit.language);
    let here = place(file.wave.id);
    let head = FormHead {
        kicker: format!("{} · {}", file.project.name, file.wave.code),
        title: words.say("batch-title"),
        lead: words.say("batch-lead"),
        action: visit.path(&format!("{here}/batch/trial")),
        submit: "batch-try",
        cancel: visit.path(&format!("{here}/paper-entry")),
    };
    let given = worded(visit, "mode", &["paper", "assisted", "online"]);
    let mut crumbs = way_up(visit, file);
    crumbs.push(crumb(visit, &words.say("entry-title"), &format!("{here}/paper-entry")));
    Draw {
        head,
        specs: vec![FieldSpec::new("answers", Kind::File), FieldSpec::new("given", Kind::OneOf).choosing(given)],
        crumbs,
    }
}

/// Asks for a file of answers.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1).await?;
    let (mut page, crumbs) = form_page(&visit, draw(&visit, &file), &Typed::default().with("given", "paper"), &[]);
    page.links = vec![super::link(&visit, "batch-model", &format!("{}/batch/model.csv", place(path.1)))];
    let title = format!("{} – {}", page.title, page.kicker);
    visit.show(&framed(&visit, title, page.title.clone(), crumbs), &page)
}

/// An empty file with the columns that this wave takes.
pub async fn model_file(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1).await?;
    let (wave, framework) = (&file.wave, &file.framework);
    let asked = file.coverage.iter().filter(|row| row.asked == Asked::Something);
    let shown: Vec<Questionnaire> =
        asked.map(|row| Questionnaire::for_group(framework, &wave.wave_type, wave.level, &row.group)).collect();
    let mut items: Vec<(usize, &str)> = shown
        .iter()
        .flat_map(Questionnaire::questions)
        .map(|question| (question.position, question.item.code.as_str()))
        .collect();
    items.sort_unstable();
    items.dedup();
    let about: &[&str] = match wave.collection {
        Collection::Anonymous => &["wave", "group", "mode"],
        Collection::Confidential => &["wave", "group", "mode", "respondent"],
        Collection::Named => &["wave", "group", "mode", "respondent", "organisation"],
    };
    let head: Vec<&str> = about.iter().copied().chain(items.into_iter().map(|(_, code)| code)).collect();
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"risposte.csv\""))
        .body(model::csv(&head)))
}

/// Reads a file and shows what it has, and what is wrong with it; nothing is kept.
pub async fn trial(
    visit: Visit,
    path: web::Path<(String, Uuid)>,
    sent: MultipartForm<BatchForm>,
) -> Result<HttpResponse, Failed> {
    let sent = sent.into_inner();
    let token = vec![("form_token".to_owned(), sent.form_token.into_inner())];
    let (staff, _) = acting(&visit, web::Form(token)).await?;
    let id = path.1;
    let given = sent.given.map(Part::into_inner).unwrap_or_default();
    let bytes = sent.answers.map(|file| file.data.to_vec()).unwrap_or_default();
    let typed = Typed::default().with("given", &given);
    let Some(text) = String::from_utf8(bytes).ok().filter(|text| !text.trim().is_empty()) else {
        let problem = FieldProblem::new("answers", "batch-text");
        return show_again(&visit, problem.into(), draw(&visit, &loaded(&visit, id).await?), (typed, 0));
    };
    let mode = Mode::from_code(&given).unwrap_or(Mode::Paper);
    let sent = text.clone();
    let batch = visit.read(move |app, db| app.try_batch(db, &staff, id, (&sent, mode))).await?;
    if batch.faults.is_empty() { show_good(&visit, &batch, text, mode) } else { show_faults(&visit, &batch, &typed) }
}

fn show_faults(visit: &Visit, batch: &Batch, typed: &Typed) -> Result<HttpResponse, Failed> {
    let problem = FieldProblem::new("answers", "batch-problems").with("count", batch.faults.len());
    let (mut page, crumbs) = form_page(visit, draw(visit, &batch.file), typed, &[problem]);
    let told = batch.faults.iter().take(TOLD).map(|fault| fault_words(visit, &batch.file, fault));
    page.errors.extend(told.map(|text| FormError { id: "answers".to_owned(), text }));
    let title = format!("{} {} – {}", words(visit.language).say("error-prefix"), page.title, page.kicker);
    let frame = framed(visit, title, page.title.clone(), crumbs);
    visit.show_as(StatusCode::UNPROCESSABLE_ENTITY, &frame, &page)
}

fn show_good(visit: &Visit, batch: &Batch, text: String, mode: Mode) -> Result<HttpResponse, Failed> {
    let (words, file) = (words(visit.language), &batch.file);
    let total: usize = batch.groups.iter().map(|(_, count)| count).sum();
    let item = |name: String, count: usize| BoardItem { name, detail: count.to_string(), ..BoardItem::default() };
    let groups = batch.groups.iter().map(|(code, count)| item(group_name(visit, file, code), *count));
    let modes = batch.modes.iter().map(|(mode, count)| item(words.say(&format!("mode-{}", mode.code())), *count));
    let warned = batch
        .warnings
        .iter()
        .take(TOLD)
        .map(|problem| BoardItem { name: problem_words(visit, problem, None), ..BoardItem::default() });
    let field = |name: &str, value: String| Field { name: name.to_owned(), value };
    let confirm = BoardAct {
        action: visit.path(&format!("{}/batch", place(file.wave.id))),
        label: words.say_with("batch-confirm", [("count", total.into())]),
        hidden: vec![field("answers", text), field("given", mode.code().to_owned())],
        ..BoardAct::default()
    };
    let again = FormLink { text: words.say("batch-back"), href: visit.path(&format!("{}/batch", place(file.wave.id))) };
    let section = |key: &str, items: Vec<BoardItem>| BoardSection {
        title: words.say(key),
        items,
        none: words.say("batch-nothing-left-out"),
        ..BoardSection::default()
    };
    let page = BoardPage {
        kicker: format!("{} · {}", file.project.name, file.wave.code),
        title: words.say("batch-trial-title"),
        lead: words.say_with("batch-trial-lead", [("count", total.into())]),
        sections: vec![
            BoardSection { acts: vec![confirm], links: vec![again], ..BoardSection::default() },
            section("batch-groups", groups.collect()),
            section("batch-modes", modes.collect()),
            section("batch-left-out", warned.collect()),
        ],
        ..BoardPage::default()
    };
    show_board(visit, page, draw(visit, file).crumbs)
}

fn group_name(visit: &Visit, file: &WaveFile, code: &str) -> String {
    file.framework.group(code).map_or_else(|| code.to_owned(), |group| group.name.get(visit.language).to_owned())
}

fn fault_words(visit: &Visit, file: &WaveFile, fault: &BatchFault) -> String {
    let words = words(visit.language);
    let about = |key: &str, what: &str| words.say_with(key, [("what", Value::from(what))]);
    match fault {
        BatchFault::Read(problem) => problem_words(visit, problem, None),
        BatchFault::OtherWave(wave) => words.say_with(
            "batch-other-wave",
            [("what", Value::from(wave.as_str())), ("wave", Value::from(file.wave.code.as_str()))],
        ),
        BatchFault::SeveralProjects => words.say("batch-several-projects"),
        BatchFault::NotAsked(group) => about("batch-not-asked", &group_name(visit, file, group)),
        BatchFault::Respondents => words.say("batch-respondents"),
        BatchFault::Organisations => words.say("batch-organisations"),
        BatchFault::Answered(respondent) => about("batch-answered", respondent),
        BatchFault::LongNames => words.say("batch-long-names"),
        BatchFault::TooFew { group, count, least } => words.say_with(
            "batch-too-few",
            [
                ("what", Value::from(group_name(visit, file, group))),
                ("count", (*count).into()),
                ("least", (*least).into()),
            ],
        ),
    }
}

/// What is wrong in a file: where, what, and what to do. `row`: what the row is called, where rows have names.
pub fn problem_words(visit: &Visit, problem: &Problem, row: Option<&str>) -> String {
    let words = words(visit.language);
    let key = format!("file-problem-{}", problem.code.code());
    let told = words.find(&key).unwrap_or_else(|| format!("{}: {}", problem.what, problem.remedy));
    let line = problem.line.map(|line| words.say_with("file-line", [("line", Value::from(line.to_string()))]));
    let column = problem.column.as_deref().map(|name| words.say_with("file-column", [("column", Value::from(name))]));
    let row = row.map(|name| words.say_with("file-row", [("row", Value::from(name))]));
    let place: Vec<String> = line.into_iter().chain(row).chain(column).collect();
    if place.is_empty() { told } else { format!("{}: {told}", place.join(", ")) }
}

/// Takes a file of answers, all of it or nothing.
pub async fn load(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let ((staff, typed), id) = (acting(&visit, sent).await?, path.1);
    let mode = Mode::from_code(typed.get("given")).unwrap_or(Mode::Paper);
    let filled = typed.clone();
    let done = visit.write(move |app, db| app.load_batch(db, &staff, id, (filled.get("answers"), mode))).await;
    match done {
        Ok(_) => Ok(see_other(&visit.path(&format!("{}/paper-entry", place(id))))),
        Err(refusal) => show_again(&visit, refusal, draw(&visit, &loaded(&visit, id).await?), (typed, 0)),
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Questionnaires on paper: which were keyed in, and the page on which one is.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use uuid::Uuid;

use super::projects::crumbs;
use super::{Draw, Form, acting, crumb, form_page, form_token, framed, show_again, show_board, show_form};
use crate::app::Refusal;
use crate::app::paper::{Entered, PaperEntry, PaperFile};
use crate::app::waves::{Asked, WaveFile};
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::framework::{OpenQuestion, StakeholderGroup};
use crate::domain::paper::{PaperForm, PaperStage};
use crate::domain::wave::Collection;
use crate::domain::written::asked;
use crate::view::board::{BoardItem, BoardSection};
use crate::view::entry::{EntryHead, EntryPage};
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::words::{Value, words};
use crate::view::{BoardPage, Crumb};
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

fn place(id: Uuid) -> String {
    format!("/staff/waves/{}", id.simple())
}

/// Above the pages of a wave's paper.
pub fn way_up(visit: &Visit, file: &WaveFile) -> Vec<Crumb> {
    let mut all = crumbs(visit, &file.project);
    all.push(crumb(visit, &file.wave.code, &place(file.wave.id)));
    all
}

fn kicker(file: &WaveFile) -> String {
    format!("{} · {}", file.project.name, file.wave.code)
}

/// The groups that the wave asks, to choose from.
pub fn groups(visit: &Visit, file: &WaveFile) -> FieldSpec {
    let asked = file.coverage.iter().filter(|row| row.asked == Asked::Something);
    let named = |group: &StakeholderGroup| (group.code.clone(), group.name.get(visit.language).to_owned());
    let choices = asked.filter_map(|row| file.framework.group(&row.group).map(named));
    FieldSpec::new("asked_group", Kind::Choice).choosing(choices.collect())
}

async fn loaded(visit: &Visit, id: Uuid) -> Result<PaperFile, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.paper_file(db, &staff, id)).await
}

/// Every form that was keyed in, and how far it is.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (paper, words) = (loaded(&visit, path.1).await?, words(visit.language));
    let file = &paper.file;
    let here = format!("{}/paper-entry", place(path.1));
    let sections = file.coverage.iter().filter_map(|row| {
        let forms: Vec<&PaperForm> = paper.forms.iter().filter(|form| form.group == row.group).collect();
        let is_stored = |form: &&&PaperForm| matches!(form.stage, PaperStage::Stored { .. } | PaperStage::Complete);
        let stored = forms.iter().filter(is_stored).count();
        let waiting = forms.iter().filter(|form| form.stage != PaperStage::Complete);
        let name = file.framework.group(&row.group).map_or("", |group| group.name.get(visit.language));
        (!forms.is_empty()).then(|| BoardSection {
            title: name.to_owned(),
            text: words.say_with("entry-stored", [("count", stored.into())]),
            items: waiting.map(|form| form_item(&visit, &here, form)).collect(),
            none: words.say("entry-none-waiting"),
            ..BoardSection::default()
        })
    });
    let mut sections: Vec<BoardSection> = sections.collect();
    if sections.is_empty() {
        sections.push(BoardSection { none: words.say("entry-none"), ..BoardSection::default() });
    }
    let page = BoardPage {
        kicker: kicker(file),
        title: words.say("entry-title"),
        lead: words.say("entry-lead"),
        links: vec![
            super::link(&visit, "entry-new", &format!("{here}/new")),
            super::link(&visit, "batch-title", &format!("{}/batch", place(path.1))),
        ],
        sections,
        ..BoardPage::default()
    };
    show_board(&visit, page, way_up(&visit, file))
}

fn form_item(visit: &Visit, here: &str, form: &PaperForm) -> BoardItem {
    let words = words(visit.language);
    let end = if matches!(form.stage, PaperStage::Stored { .. }) { "/words" } else { "" };
    BoardItem {
        name: words.say_with("entry-form", [("number", Value::from(form.number.as_str()))]),
        href: visit.path(&format!("{here}/{}/{}{end}", form.group, form.number)),
        detail: words.say_with("entry-by", [("name", Value::from(form.entered_by.as_str()))]),
        flag: words.say(&format!("entry-stage-{}", form.stage.code())),
        ..BoardItem::default()
    }
}

/// What was done before a form is chosen.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    done: Option<String>,
    group: Option<String>,
}

fn choosing(visit: &Visit, file: &WaveFile) -> Draw {
    let words = words(visit.language);
    let here = format!("{}/paper-entry", place(file.wave.id));
    let head = FormHead {
        kicker: kicker(file),
        title: words.say("entry-new"),
        lead: words.say("entry-new-lead"),
        action: visit.path(&format!("{here}/new")),
        submit: "entry-begin",
        cancel: visit.path(&here),
    };
    let mut crumbs = way_up(visit, file);
    crumbs.push(crumb(visit, &words.say("entry-title"), &here));
    Draw { head, specs: vec![groups(visit, file), FieldSpec::new("entry_number", Kind::Line)], crumbs }
}

/// Asks which form is keyed in.
pub async fn choose_page(
    visit: Visit,
    path: web::Path<(String, Uuid)>,
    done: web::Query<Done>,
) -> Result<HttpResponse, Failed> {
    let paper = loaded(&visit, path.1).await?;
    let typed = Typed::default().with("asked_group", done.group.as_deref().unwrap_or_default());
    let Some(done) = done.done.as_deref().filter(|done| ["once", "stored"].contains(done)) else {
        return show_form(&visit, choosing(&visit, &paper.file), &typed);
    };
    let (mut page, crumbs) = form_page(&visit, choosing(&visit, &paper.file), &typed, &[]);
    page.notice = words(visit.language).say(&format!("entry-done-{done}"));
    let title = format!("{} – {}", page.title, page.kicker);
    visit.show(&framed(&visit, title, page.title.clone(), crumbs), &page)
}

/// Goes to the form that was chosen.
pub async fn choose(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let ((staff, typed), id) = (acting(&visit, sent).await?, path.1);
    let (group, number) = (typed.get("asked_group").to_owned(), typed.get("entry_number").to_owned());
    let app = visit.site.app.clone();
    let found = visit.site.app.store.read(move |db| app.paper_entry(db, &staff, id, (&group, &number))).await;
    match found {
        Ok(entry) => {
            let form = format!("{}/paper-entry/{}/{}", place(id), entry.group, entry.number);
            Ok(see_other(&visit.path(&form)))
        }
        Err(refusal) => {
            let paper = loaded(&visit, id).await?;
            show_again(&visit, of_number(refusal), choosing(&visit, &paper.file), (typed, 0))
        }
    }
}

/// The number is typed in a field of its own name here.
fn of_number(refusal: Refusal) -> Refusal {
    let renamed = |one: FieldProblem| {
        if one.field == "form_number" { FieldProblem { field: "entry_number".to_owned(), ..one } } else { one }
    };
    match refusal {
        Refusal::Invalid(problems) => Refusal::Invalid(problems.into_iter().map(renamed).collect()),
        other => other,
    }
}

type Address = web::Path<(String, Uuid, String, String)>;

async fn entry(visit: &Visit, id: Uuid, group: String, number: String) -> Result<PaperEntry, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.paper_entry(db, &staff, id, (&group, &number))).await
}

fn draw(visit: &Visit, entry: &PaperEntry) -> EntryHead {
    let words = words(visit.language);
    let group = entry.file.framework.group(&entry.group).map_or("", |group| group.name.get(visit.language));
    let stage = match (&entry.form, &entry.differing) {
        (None, _) => "first",
        (Some(_), None) => "second",
        (Some(_), Some(_)) => "differing",
    };
    let here = format!("{}/paper-entry", place(entry.file.wave.id));
    let action = visit.path(&format!("{here}/{}/{}", entry.group, entry.number));
    let mut specs = Vec::new();
    if entry.form.is_none() {
        specs.push(FieldSpec::new("paper_code", Kind::Line).optional());
        if entry.file.wave.collection == Collection::Named {
            specs.push(FieldSpec::new("answering_body", Kind::Line).optional());
        }
    }
    let title = [("group", Value::from(group)), ("number", Value::from(entry.number.as_str()))];
    EntryHead {
        form: FormHead {
            kicker: kicker(&entry.file),
            title: words.say_with(&format!("entry-{stage}"), title),
            lead: words.say(&format!("entry-{stage}-lead")),
            submit: "entry-save",
            cancel: visit.path(&here),
            action: action.clone(),
        },
        discard: entry.form.as_ref().map(|_| format!("{action}/removal")).unwrap_or_default(),
        specs,
    }
}

fn show(visit: &Visit, entry: &PaperEntry, typed: &Typed, problems: &[FieldProblem]) -> Result<HttpResponse, Failed> {
    let asked = (&entry.questionnaire, entry.differing.as_ref());
    let mut page = EntryPage::new(visit.language, draw(visit, entry), asked, typed, problems);
    page.form_token = form_token(visit);
    let words = words(visit.language);
    let prefix = if problems.is_empty() { String::new() } else { format!("{} ", words.say("error-prefix")) };
    let mut crumbs = way_up(visit, &entry.file);
    crumbs.push(crumb(visit, &words.say("entry-title"), &format!("{}/paper-entry", place(entry.file.wave.id))));
    let status = if problems.is_empty() {
        actix_web::http::StatusCode::OK
    } else {
        actix_web::http::StatusCode::UNPROCESSABLE_ENTITY
    };
    let frame = framed(visit, format!("{prefix}{} – {}", page.title, page.kicker), page.title.clone(), crumbs);
    visit.show_as(status, &frame, &page)
}

/// Shows a form to be keyed in, or what differs.
pub async fn entry_page(visit: Visit, path: Address) -> Result<HttpResponse, Failed> {
    let (_, id, group, number) = path.into_inner();
    let entry = entry(&visit, id, group, number).await?;
    show(&visit, &entry, &Typed::default(), &[])
}

/// Takes what was keyed in.
pub async fn enter(visit: Visit, path: Address, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (_, id, group, number) = path.into_inner();
    let (key, filled) = ((group.clone(), number.clone()), typed.clone());
    let entered = visit.write(move |app, db| app.enter_paper(db, &staff, id, (&key.0, &key.1, &filled))).await;
    let here = format!("{}/paper-entry", place(id));
    match entered {
        Ok(Entered::Once) => Ok(see_other(&visit.path(&format!("{here}/new?done=once&group={group}")))),
        Ok(Entered::Stored) => Ok(see_other(&visit.path(&format!("{here}/new?done=stored&group={group}")))),
        Ok(Entered::WordsNext) => Ok(see_other(&visit.path(&format!("{here}/{group}/{number}/words")))),
        Ok(Entered::Differing(_)) => Ok(see_other(&visit.path(&format!("{here}/{group}/{number}")))),
        Err(Refusal::Invalid(problems)) => show(&visit, &entry(&visit, id, group, number).await?, &typed, &problems),
        Err(refusal) => Err(visit.refuse(refusal)),
    }
}

async fn words_draw(visit: &Visit, id: Uuid, (group, number): (&str, &str)) -> Result<Draw, Failed> {
    let (staff, key) = (visit.staff().await?, (group.to_owned(), number.to_owned()));
    let found = visit.read(move |app, db| app.paper_words(db, &staff, id, (&key.0, &key.1))).await?;
    let (words, (file, form)) = (words(visit.language), found);
    let name = file.framework.group(&form.group).map_or("", |group| group.name.get(visit.language));
    let title = [("group", Value::from(name)), ("number", Value::from(form.number.as_str()))];
    let here = format!("{}/paper-entry", place(id));
    let head = FormHead {
        kicker: kicker(&file),
        title: words.say_with("entry-words", title),
        lead: words.say("entry-words-lead"),
        action: visit.path(&format!("{here}/{}/{}/words", form.group, form.number)),
        submit: "entry-save",
        cancel: visit.path(&here),
    };
    let spec = |question: &OpenQuestion| {
        FieldSpec::new(&question.code, Kind::Lines).labelled(question.text.get(visit.language)).optional()
    };
    let mut crumbs = way_up(visit, &file);
    crumbs.push(crumb(visit, &words.say("entry-title"), &here));
    Ok(Draw { head, specs: asked(&file.framework, &form.group).map(spec).collect(), crumbs })
}

/// Asks for what is written on a form that is stored.
pub async fn words_page(visit: Visit, path: Address) -> Result<HttpResponse, Failed> {
    let (_, id, group, number) = path.into_inner();
    show_form(&visit, words_draw(&visit, id, (&group, &number)).await?, &Typed::default())
}

/// Takes what is written on a form.
pub async fn enter_words(visit: Visit, path: Address, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (_, id, group, number) = path.into_inner();
    let (key, filled) = ((group.clone(), number.clone()), typed.clone());
    match visit.write(move |app, db| app.enter_words(db, &staff, id, (&key.0, &key.1, &filled))).await {
        Ok(()) => Ok(see_other(&visit.path(&format!("{}/paper-entry/new?done=stored&group={group}", place(id))))),
        Err(refusal) => show_again(&visit, refusal, words_draw(&visit, id, (&group, &number)).await?, (typed, 0)),
    }
}

/// Throws away what was keyed in.
pub async fn discard(visit: Visit, path: Address, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let (_, id, group, number) = path.into_inner();
    let done = visit.write(move |app, db| app.discard_paper(db, &staff, id, (&group, &number))).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&format!("{}/paper-entry", place(id)))))
}

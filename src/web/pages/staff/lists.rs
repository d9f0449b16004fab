// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The roster of a project: who is listed, and lists of people that are tried before they are taken.

use actix_multipart::form::MultipartForm;
use actix_multipart::form::bytes::Bytes;
use actix_multipart::form::text::Text as Part;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::{crumbs, place};
use super::rosters::{group_choices, head, loaded};
use super::{Draw, Form, acting, form_page, show_again, show_board, show_form};
use crate::app::rosters::RosterFile;
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::stakeholder::ListedPerson;
use crate::intake::{PeopleRead, PersonFault, PersonProblem};
use crate::view::board::{BoardAct, BoardItem, BoardSection};
use crate::view::errors::Field;
use crate::view::forms::{FieldSpec, FormLink, Kind};
use crate::view::words::words;
use crate::view::{BoardPage, Crumb};
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// Problems of a list that are told one by one.
const TOLD: usize = 30;

/// A list of people as it arrives: typed, pasted, or a file.
#[derive(Debug, MultipartForm)]
pub struct PeopleForm {
    form_token: Part<String>,
    group: Option<Part<String>>,
    people: Option<Part<String>>,
    #[multipart(limit = "2MiB")]
    file: Option<Bytes>,
}

/// The roster: who is listed, group by group.
pub async fn roster_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1).await?;
    let words = words(visit.language);
    let sections = file.framework.groups.iter().filter_map(|group| {
        let people: Vec<_> = file.people.iter().filter(|one| one.group == group.code).collect();
        (!people.is_empty()).then(|| BoardSection {
            title: format!("{} ({})", group.name.get(visit.language), people.len()),
            items: people.into_iter().map(|one| person_item(&visit, &file, one)).collect(),
            ..BoardSection::default()
        })
    });
    let mut sections: Vec<BoardSection> = sections.collect();
    if sections.is_empty() {
        sections.push(BoardSection { none: words.say("roster-none"), ..BoardSection::default() });
    }
    let add = format!("{}/roster/new", place(file.project.id));
    let page = BoardPage {
        kicker: file.project.name.clone(),
        title: words.say("step-roster"),
        lead: words.say("step-roster-lead"),
        links: vec![super::link(&visit, "roster-add", &add)],
        sections,
        ..BoardPage::default()
    };
    show_board(&visit, page, crumbs(&visit, &file.project))
}

fn person_item(visit: &Visit, file: &RosterFile, one: &ListedPerson) -> BoardItem {
    let parts = [one.body.as_deref(), one.email.as_deref()];
    BoardItem {
        name: one.name.clone(),
        detail: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        act: Some(BoardAct {
            action: visit.path(&format!("{}/roster/{}/removal", place(file.project.id), one.id.simple())),
            label: words(visit.language).say("list-remove"),
            about: one.name.clone(),
            ..BoardAct::default()
        }),
        ..BoardItem::default()
    }
}

fn people_draw(visit: &Visit, file: &RosterFile) -> Draw {
    let words = words(visit.language);
    let mut groups = vec![(String::new(), words.say("people-group-in-list"))];
    groups.extend(group_choices(visit, file));
    let mut head = head(visit, file, "roster");
    head.title = words.say("roster-add");
    head.lead = words.say("roster-add-lead");
    head.action = visit.path(&format!("{}/roster/trial", place(file.project.id)));
    head.submit = "roster-try";
    head.cancel = visit.path(&format!("{}/roster", place(file.project.id)));
    let specs = vec![
        FieldSpec::new("group", Kind::Choice).labelled(words.say("field-list_group")).choosing(groups),
        FieldSpec::new("people", Kind::Lines).optional(),
        FieldSpec::new("file", Kind::File).optional(),
    ];
    Draw { head, specs, crumbs: roster_crumbs(visit, file) }
}

fn roster_crumbs(visit: &Visit, file: &RosterFile) -> Vec<Crumb> {
    let mut all = crumbs(visit, &file.project);
    let title = words(visit.language).say("step-roster");
    all.push(super::crumb(visit, &title, &format!("{}/roster", place(file.project.id))));
    all
}

/// Asks for a list of people.
pub async fn people_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1).await?;
    show_form(&visit, people_draw(&visit, &file), &Typed::default())
}

/// Reads a list and shows what would be listed, and what is wrong with it; nothing is kept.
pub async fn trial(
    visit: Visit,
    path: web::Path<(String, Uuid)>,
    sent: MultipartForm<PeopleForm>,
) -> Result<HttpResponse, Failed> {
    let sent = sent.into_inner();
    let token = vec![("form_token".to_owned(), sent.form_token.into_inner())];
    let (staff, _) = acting(&visit, web::Form(token)).await?;
    let id = path.1;
    let group = sent.group.map(Part::into_inner).unwrap_or_default();
    let pasted = sent.people.map(Part::into_inner).unwrap_or_default();
    let bytes =
        sent.file.filter(|file| !file.data.is_empty()).map_or_else(|| pasted.into_bytes(), |file| file.data.to_vec());
    let chosen = group.clone();
    let (file, read) = visit.read(move |app, db| app.try_people(db, &staff, id, (&bytes, &chosen))).await?;
    show_trial(&visit, &file, &read, &group)
}

fn show_trial(visit: &Visit, file: &RosterFile, read: &PeopleRead, group: &str) -> Result<HttpResponse, Failed> {
    let words = words(visit.language);
    if read.problems.is_empty() && !read.people.is_empty() {
        return show_good_list(visit, file, read);
    }
    let mut draw = people_draw(visit, file);
    draw.head.lead = words.say("roster-wrong-lead");
    let typed = Typed::default().with("group", group).with("people", as_typed(read));
    let problems = [FieldProblem::new("people", "people-problems").with("count", read.problems.len().max(1))];
    let (mut page, crumbs) = form_page(visit, draw, &typed, &problems);
    let told = read.problems.iter().take(TOLD).map(|problem| problem_words(visit, problem));
    page.errors.extend(told.map(|text| crate::view::forms::FormError { id: "people".to_owned(), text }));
    let title = format!("{} {}", words.say("error-prefix"), page.title);
    let mut all = vec![super::crumb(visit, &words.say("workspace-title"), "/staff")];
    all.extend(crumbs);
    visit.show_as(StatusCode::UNPROCESSABLE_ENTITY, &visit.frame_with_crumbs(title, all), &page)
}

fn show_good_list(visit: &Visit, file: &RosterFile, read: &PeopleRead) -> Result<HttpResponse, Failed> {
    let words = words(visit.language);
    let name = |code: &str| {
        let group = file.framework.groups.iter().find(|group| group.code == code);
        group.map_or_else(|| code.to_owned(), |group| group.name.get(visit.language).to_owned())
    };
    let item = |one: &crate::intake::Listed| BoardItem {
        name: one.name.clone(),
        detail: [
            Some(name(&one.group)),
            one.organisation.clone(),
            one.email.as_ref().map(|email| email.as_str().to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · "),
        ..BoardItem::default()
    };
    let place = place(file.project.id);
    let confirm = BoardAct {
        action: visit.path(&format!("{place}/roster/new")),
        label: words.say_with("roster-confirm", [("count", read.people.len().into())]),
        hidden: vec![Field { name: "people".to_owned(), value: as_typed(read) }],
        ..BoardAct::default()
    };
    let section = BoardSection {
        items: read.people.iter().map(item).collect(),
        links: vec![FormLink { text: words.say("roster-back"), href: visit.path(&format!("{place}/roster/new")) }],
        ..BoardSection::default()
    };
    let page = BoardPage {
        kicker: file.project.name.clone(),
        title: words.say("roster-trial-title"),
        lead: words.say_with("roster-trial-lead", [("count", read.people.len().into())]),
        sections: vec![BoardSection { acts: vec![confirm], ..BoardSection::default() }, section],
        ..BoardPage::default()
    };
    show_board(visit, page, roster_crumbs(visit, file))
}

/// The people that were read, one a line, as they can be sent again.
fn as_typed(read: &PeopleRead) -> String {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut text = String::from("nome;gruppo;e-mail;ente\n");
    for one in &read.people {
        let email = one.email.as_ref().map_or("", |email| email.as_str());
        let cells = [one.name.as_str(), &one.group, email, one.organisation.as_deref().unwrap_or_default()];
        text.push_str(&cells.map(cell).join(";"));
        text.push('\n');
    }
    text
}

/// What is wrong with a line, in words.
fn problem_words(visit: &Visit, problem: &PersonProblem) -> String {
    let words = words(visit.language);
    let line = problem.line.to_string();
    let detail = match &problem.what {
        PersonFault::UnknownGroup { given, nearest } => match nearest {
            Some(nearest) => format!("“{given}” → “{nearest}”?"),
            None => format!("“{given}”"),
        },
        PersonFault::TwiceInList { first } => words.say_with("person-first", [("line", first.to_string().into())]),
        _ => String::new(),
    };
    let said = words.say(&format!("person-{}", problem.what.code()));
    words.say_with("person-line", [("line", line.into()), ("what", said.into()), ("detail", detail.into())])
}

/// Lists people, all or none.
pub async fn list_people(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    let listing = visit
        .write(move |app, db| app.list_people(db, &staff, id, (filled.get("people").as_bytes(), filled.get("group"))));
    match listing.await {
        Ok(_) => Ok(see_other(&visit.path(&format!("{}/roster", place(id))))),
        Err(refusal) => {
            let file = loaded(&visit, id).await?;
            show_again(&visit, refusal, people_draw(&visit, &file), (typed, 0))
        }
    }
}

/// Takes somebody off the roster.
pub async fn unlist(visit: Visit, path: web::Path<(String, Uuid, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let (_, id, person) = path.into_inner();
    let done = visit.write(move |app, db| app.unlist_person(db, &staff, id, person)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&format!("{}/roster", place(id)))))
}

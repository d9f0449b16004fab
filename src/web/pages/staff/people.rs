// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who works for a body: roles, invitations, withdrawals.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::organisations::{crumbs, place};
use super::{Draw, Form, acting, link, show_again, show_board, show_form, worded};
use crate::app::App;
use crate::app::people::People;
use crate::domain::account::{Grant, Scope};
use crate::domain::field::Typed;
use crate::domain::role::Role;
use crate::view::BoardPage;
use crate::view::board::{BoardAct, BoardItem, BoardSection};
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::letters::{self, stands};
use crate::view::words::words;
use crate::web::Mail;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// Who works for a body.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    show(&visit, path.1, None).await
}

/// Who works for a body; with a link that was just made, under the words of a key.
pub async fn show(visit: &Visit, id: Uuid, fresh: Option<(&str, String)>) -> Result<HttpResponse, Failed> {
    let staff = visit.staff().await?;
    let people = visit.read(move |_, db| App::people(db, &staff, id)).await?;
    let words = words(visit.language);
    let granted = people.granted.iter().map(|(account, grant)| {
        let detail = format!("{} · {}", account.email, reach(visit, &people, grant));
        let place = visit.path(&format!("{}/people/{}/reset", place(id), grant.id.simple()));
        BoardItem { more: Some(reset(visit, &account.name, place)), ..item(visit, id, (&account.name, detail, grant)) }
    });
    let invited = people.invited.iter().map(|(one, message)| {
        let mailed = message
            .as_ref()
            .map(|message| format!(" · {}", stands(words, message.state, message.last_problem.as_deref())));
        let detail = format!("{} · {}{}", one.email, reach(visit, &people, &one.grant), mailed.unwrap_or_default());
        item(visit, id, (&one.name, detail, &one.grant))
    });
    let mut sections = vec![
        BoardSection { title: words.say("people-granted"), items: granted.collect(), ..BoardSection::default() },
        BoardSection {
            title: words.say("people-invited"),
            items: invited.collect(),
            none: words.say("people-none-invited"),
            ..BoardSection::default()
        },
        BoardSection {
            title: words.say("people-roles"),
            items: Role::ALL.map(|role| role_item(visit, role)).into(),
            ..BoardSection::default()
        },
    ];
    sections.extend(super::resets::local_section(visit, id).await?);
    let page = BoardPage {
        kicker: people.organisation.name.clone(),
        title: words.say("people-title"),
        lead: words.say("people-lead"),
        notice: fresh.as_ref().map(|(key, _)| words.say(key)).unwrap_or_default(),
        codes: fresh.into_iter().map(|(_, link)| link).collect(),
        links: vec![link(visit, "people-invite", &format!("{}/people/new", place(id)))],
        sections,
        ..BoardPage::default()
    };
    show_board(visit, page, crumbs(visit, &people.organisation))
}

fn reset(visit: &Visit, name: &str, action: String) -> BoardAct {
    BoardAct { action, label: words(visit.language).say("people-reset"), about: name.to_owned(), ..BoardAct::default() }
}

fn role_item(visit: &Visit, role: Role) -> BoardItem {
    let words = words(visit.language);
    BoardItem {
        name: words.say(&format!("role-{}", role.code())),
        detail: words.say(&format!("role-{}-what", role.code())),
        ..BoardItem::default()
    }
}

fn item(visit: &Visit, body: Uuid, (name, detail, grant): (&str, String, &Grant)) -> BoardItem {
    let words = words(visit.language);
    BoardItem {
        name: name.to_owned(),
        detail,
        flag: words.say(&format!("role-{}", grant.role.code())),
        good: true,
        act: Some(BoardAct {
            action: visit.path(&format!("{}/people/{}/withdrawal", place(body), grant.id.simple())),
            label: words.say("people-withdraw"),
            about: name.to_owned(),
            ..BoardAct::default()
        }),
        ..BoardItem::default()
    }
}

/// What a grant reaches, in words.
fn reach(visit: &Visit, people: &People, grant: &Grant) -> String {
    let words = words(visit.language);
    let reach = match grant.scope {
        Scope::Organisation => words.say("reach-organisation"),
        Scope::Programme(id) => {
            people.programmes.iter().find(|one| one.id == id).map_or_else(String::new, |one| one.name.clone())
        }
        Scope::Project(id) => {
            people.projects.iter().find(|one| one.id == id).map_or_else(String::new, |one| one.name.clone())
        }
    };
    [reach.as_str(), &grant.group, &grant.body]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

async fn invite_draw(visit: &Visit, id: Uuid) -> Result<Draw, Failed> {
    let staff = visit.staff().await?;
    let people = visit.read(move |_, db| App::people(db, &staff, id)).await?;
    let words = words(visit.language);
    let mut scopes = vec![("organisation".to_owned(), words.say("reach-organisation"))];
    scopes.extend(people.programmes.iter().map(|one| (format!("programme:{}", one.id.simple()), one.name.clone())));
    scopes.extend(people.projects.iter().map(|one| (format!("project:{}", one.id.simple()), one.name.clone())));
    let head = FormHead {
        kicker: people.organisation.name.clone(),
        title: words.say("people-invite"),
        lead: words.say("people-invite-lead"),
        action: visit.path(&format!("{}/people/new", place(id))),
        submit: "people-invite-button",
        cancel: visit.path(&format!("{}/people", place(id))),
    };
    let specs = vec![
        FieldSpec::new("name", Kind::Line),
        FieldSpec::new("email", Kind::Email),
        FieldSpec::new("role", Kind::OneOf).choosing(worded(visit, "role", &Role::ALL.map(Role::code))),
        FieldSpec::new("scope", Kind::Choice).choosing(scopes),
        FieldSpec::new("group", Kind::Line).optional().labelled(words.say("field-committee_group")),
        FieldSpec::new("works_for", Kind::Line).optional(),
    ];
    Ok(Draw { head, specs, crumbs: crumbs(visit, &people.organisation) })
}

/// Asks whom to invite.
pub async fn invite_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let draw = invite_draw(&visit, path.1).await?;
    show_form(&visit, draw, &Typed::default())
}

/// Invites somebody and shows the link this once.
pub async fn invite(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    let start = format!("{}{}", visit.site.options.base_url, visit.path("/staff/invitations/"));
    let (mailed, language, before) = (visit.site.options.mail == Mail::On, visit.language, start.clone());
    let invited = visit.write(move |app, db| {
        let wording = |body: &str, role: Role, token: &str| {
            letters::staff_invitation(language, body, role, &format!("{before}{token}"))
        };
        app.invite_staff(db, &staff, (id, &filled), mailed.then_some(&wording))
    });
    match invited.await {
        Ok(token) => show(&visit, id, Some(("people-link", format!("{start}{token}")))).await,
        Err(refusal) => {
            let draw = invite_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

/// Withdraws a role or an invitation.
pub async fn withdraw(visit: Visit, path: web::Path<(String, Uuid, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, _) = acting(&visit, sent).await?;
    let (_, body, id) = path.into_inner();
    let done = visit.write(move |app, db| app.withdraw_grant(db, &staff, body, id)).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&format!("{}/people", place(body)))))
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What staff do with a proposal: one form for each deed.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::proposals::{board, crumbs, filled, kicker, loaded_one, place, said_specs};
use super::{Draw, Form, acting, crumb, show_again, show_form, worded};
use crate::app::proposals::{ProposalFile, ProposalsFile, question};
use crate::app::staff::Staff;
use crate::app::{App, Refusal};
use crate::domain::committee::Choice;
use crate::domain::field::Typed;
use crate::domain::moderation::Moderation;
use crate::domain::proposal::{Deed, MOST_PARTS, Proposal};
use crate::store::Db;
use crate::view::forms::{FieldSpec, FormHead, Kind};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// Something done with a proposal: language, wave, proposal, what.
type ActPath = web::Path<(String, Uuid, Uuid, String)>;

/// What a form is about: a proposal of a wave, and what is done with it.
type Which<'a> = ((Uuid, Uuid), &'a str);

fn draw(visit: &Visit, file: &ProposalsFile, proposal: &Proposal, (act, specs): (&str, Vec<FieldSpec>)) -> Draw {
    let words = words(visit.language);
    let at = place(file.wave.id, proposal.id);
    let what = act.split('/').next().unwrap_or_default();
    let thing =
        act.split('/').nth(1).filter(|thing| *thing != "proposal").map_or("", |thing| thing.get(28..).unwrap_or(thing));
    let about = if thing.is_empty() { String::new() } else { format!(" ({thing})") };
    let head = FormHead {
        kicker: kicker(file),
        title: format!("{}: {}{about}", words.say(&format!("proposal-do-{what}")), proposal.said.title),
        lead: words.say(&format!("proposal-do-{what}-lead")),
        action: visit.path(&format!("{at}/{act}")),
        submit: submit(what),
        cancel: visit.path(&at),
    };
    let mut crumbs = crumbs(visit, file);
    crumbs.push(crumb(visit, &words.say("proposals-title"), &board(file.wave.id)));
    crumbs.push(crumb(visit, &proposal.said.title, &at));
    Draw { head, specs, crumbs }
}

fn submit(what: &str) -> &'static str {
    match what {
        "discussion" => "proposal-do-discussion",
        "round" => "proposal-do-round",
        "round-end" => "proposal-do-round-end",
        "adoption" => "proposal-do-adoption",
        "rejection" => "proposal-do-rejection",
        "merge" => "proposal-do-merge",
        "split" => "proposal-do-split",
        "vote" => "proposal-do-vote",
        _ => "proposals-send",
    }
}

/// The fields of a deed, and what stands in them at first.
fn fields(visit: &Visit, file: &ProposalsFile, one: &ProposalFile, act: &str) -> (Vec<FieldSpec>, Typed) {
    let proposal = &one.proposal;
    let note = || FieldSpec::new("proposal_note", Kind::Lines);
    let typed = Typed::default().with("revision", proposal.revision);
    match act.split('/').next().unwrap_or_default() {
        "rejection" => (vec![note()], typed),
        "merge" => {
            let others =
                file.proposals.iter().filter(|other| other.id != proposal.id && other.after(Deed::Merge).is_some());
            let others = others.map(|other| (other.id.simple().to_string(), other.said.title.clone())).collect();
            let mut specs = vec![FieldSpec::new("with", Kind::AnyOf).choosing(others)];
            specs.extend(said_specs(visit));
            specs.push(note().optional());
            (specs, filled(proposal))
        }
        "split" => (split_specs(visit).into_iter().chain([note().optional()]).collect(), typed),
        "contribution" => (vec![FieldSpec::new("contribution", Kind::Lines)], Typed::default()),
        "vote" => {
            let choices = worded(visit, "choice", &Choice::ALL.map(Choice::code));
            let choice = FieldSpec::new("choice", Kind::OneOf).choosing(choices);
            (vec![choice, FieldSpec::new("words", Kind::Lines).optional()], Typed::default())
        }
        "moderation" => {
            let states = [Moderation::Kept, Moderation::Hidden].map(Moderation::code);
            let state =
                FieldSpec::new("proposal_shown", Kind::OneOf).choosing(worded(visit, "proposal-shown", &states));
            (vec![state, note().optional()], Typed::default())
        }
        _ => (vec![note().optional()], typed),
    }
}

fn split_specs(visit: &Visit) -> Vec<FieldSpec> {
    let words = words(visit.language);
    let mut specs = Vec::new();
    for number in 1..=MOST_PARTS {
        for what in ["title", "question"] {
            let label = words.say_with(&format!("proposal-part-{what}"), [("number", number.into())]);
            let spec = FieldSpec::new(&format!("part_{what}_{number}"), Kind::Line).labelled(label);
            specs.push(if number > 2 { spec.optional() } else { spec });
        }
    }
    specs
}

async fn ask(visit: &Visit, (which, act): Which<'_>) -> Result<(Draw, Typed), Failed> {
    let (file, one) = loaded_one(visit, which).await?;
    let (specs, typed) = fields(visit, &file, &one, act);
    Ok((draw(visit, &file, &one.proposal, (act, specs)), typed))
}

/// Does something with a proposal and shows where it then is, or its form again.
async fn done(
    visit: Visit,
    (which, act): Which<'_>,
    form: Form,
    acted: impl FnOnce(&App, &mut Db, &Staff, &Typed) -> Result<(Uuid, Uuid), Refusal> + Send + 'static,
) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, form).await?;
    let filled = typed.clone();
    match visit.write(move |app, db| acted(app, db, &staff, &filled)).await {
        Ok((wave, proposal)) => Ok(see_other(&visit.path(&place(wave, proposal)))),
        Err(refusal) => {
            let (draw, saved) = ask(&visit, (which, act)).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

/// What a page of a deed is called in its address, if it is one that stands alone.
fn deed_of(visit: &Visit, code: &str) -> Result<Deed, Failed> {
    let alone = [Deed::Discussion, Deed::Round, Deed::RoundEnd, Deed::Adoption, Deed::Rejection];
    alone.into_iter().find(|deed| deed.code() == code).ok_or_else(|| visit.refuse(Refusal::NotFound))
}

/// Asks before a deed.
pub async fn page(visit: Visit, path: ActPath) -> Result<HttpResponse, Failed> {
    let (_, wave, proposal, act) = path.into_inner();
    if !["merge", "split", "contribution", "vote"].contains(&act.as_str()) {
        deed_of(&visit, &act)?;
    }
    let (draw, typed) = ask(&visit, ((wave, proposal), &act)).await?;
    show_form(&visit, draw, &typed)
}

/// Does a deed.
pub async fn act(visit: Visit, path: ActPath, form: Form) -> Result<HttpResponse, Failed> {
    let (_, wave, proposal, act) = path.into_inner();
    let which = (wave, proposal);
    match act.as_str() {
        "merge" => {
            let merge = move |app: &App, db: &mut Db, staff: &Staff, typed: &Typed| {
                Ok((wave, app.merge_proposals(db, staff, which, typed)?))
            };
            done(visit, (which, "merge"), form, merge).await
        }
        "split" => {
            let split = move |app: &App, db: &mut Db, staff: &Staff, typed: &Typed| {
                app.split_proposal(db, staff, which, typed).map(|_| which)
            };
            done(visit, (which, "split"), form, split).await
        }
        "contribution" => {
            let say = move |app: &App, db: &mut Db, staff: &Staff, typed: &Typed| {
                app.contribute_as_staff(db, staff, which, typed).map(|()| which)
            };
            done(visit, (which, "contribution"), form, say).await
        }
        "vote" => {
            let vote = move |app: &App, db: &mut Db, staff: &Staff, typed: &Typed| {
                let (_, one) = app.proposal_file(db, staff, which)?;
                app.cast_vote(db, staff, wave, (&question(&one.proposal), typed)).map(|()| which)
            };
            done(visit, (which, "vote"), form, vote).await
        }
        other => {
            let deed = deed_of(&visit, other)?;
            let act = move |app: &App, db: &mut Db, staff: &Staff, typed: &Typed| {
                app.act_on_proposal(db, staff, which, (deed, typed)).map(|()| which)
            };
            done(visit, (which, deed.code()), form, act).await
        }
    }
}

/// Asks whether something may be shown: the proposal, or something said about it.
pub async fn moderation_page(visit: Visit, path: ActPath) -> Result<HttpResponse, Failed> {
    let (_, wave, proposal, thing) = path.into_inner();
    let (draw, typed) = ask(&visit, ((wave, proposal), &format!("moderation/{thing}"))).await?;
    show_form(&visit, draw, &typed)
}

/// Decides whether something may be shown.
pub async fn moderate(visit: Visit, path: ActPath, form: Form) -> Result<HttpResponse, Failed> {
    let (_, wave, proposal, thing) = path.into_inner();
    let contribution = Uuid::parse_str(&thing).ok();
    let decide = move |app: &App, db: &mut Db, staff: &Staff, typed: &Typed| {
        let chosen = [Moderation::Kept, Moderation::Hidden];
        let state = chosen.into_iter().find(|state| state.code() == typed.get("proposal_shown"));
        let state = state.ok_or_else(|| crate::domain::field::FieldProblem::new("proposal_shown", "choose"))?;
        app.moderate_proposal(db, staff, (wave, proposal, contribution), (state, typed)).map(|()| (wave, proposal))
    };
    done(visit, ((wave, proposal), &format!("moderation/{thing}")), form, decide).await
}

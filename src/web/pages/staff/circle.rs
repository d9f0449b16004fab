// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The circle of a wave: how far it is, and the signed acts that move it on.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::paper::way_up;
use super::waves::prepare;
use super::{Draw, Form, acting, crumb, link, show_again, show_board, show_form};
use crate::app::committee::PUBLICATION;
use crate::app::phases::{Circle, EMBARGO_DAYS};
use crate::app::staff::Staff;
use crate::app::{App, Refusal};
use crate::domain::committee::{Choice, Outcome, Vote};
use crate::domain::field::Typed;
use crate::domain::phase::Phase;
use crate::domain::role::Action;
use crate::domain::wave::WaveAct;
use crate::store::Db;
use crate::view::BoardPage;
use crate::view::board::{BoardItem, BoardSection};
use crate::view::forms::{FieldSpec, FormHead, FormLink, Kind};
use crate::view::numbers;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

fn place(id: Uuid) -> String {
    format!("/staff/waves/{}/circle", id.simple())
}

async fn loaded(visit: &Visit, id: Uuid) -> Result<Circle, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.circle(db, &staff, id)).await
}

/// How far a wave is, what was done, and what can be done next.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let circle = loaded(&visit, path.1).await?;
    let (words, wave) = (words(visit.language), &circle.file.wave);
    let page = BoardPage {
        kicker: format!("{} · {}", circle.file.project.name, wave.code),
        title: words.say("circle-title"),
        lead: words.say(&format!("phase-{}-what", wave.phase.code())),
        notice: notice(&visit, &circle),
        links: steps(&visit, &circle),
        sections: sections(&visit, &circle),
        ..BoardPage::default()
    };
    show_board(&visit, page, way_up(&visit, &circle.file))
}

/// What has to be known before the next step.
fn notice(visit: &Visit, circle: &Circle) -> String {
    let (words, wave) = (words(visit.language), &circle.file.wave);
    if !wave.refusal.is_empty() {
        return words.say_with("space-refused", [("reason", wave.refusal.as_str().into())]);
    }
    match wave.embargo_until {
        Some(day) if wave.phase == Phase::Restitution => {
            words.say_with("circle-embargo", [("day", numbers::day(day, visit.language).into())])
        }
        _ if wave.phase.is_preparing() && !circle.unheard.is_empty() => {
            words.say_with("circle-unheard", [("groups", groups(visit, circle, &circle.unheard).into())])
        }
        _ => String::new(),
    }
}

/// The steps that can be taken now.
fn steps(visit: &Visit, circle: &Circle) -> Vec<FormLink> {
    let (phase, allowed) = (circle.file.wave.phase, &circle.file.allowed);
    let all = [
        (phase.is_preparing(), Action::MoveWave, "circle-phase", "phase"),
        (phase.is_preparing(), Action::MoveWave, "circle-renunciation", "renunciation"),
        (phase == Phase::Closed, Action::Publish, "circle-restitution", "restitution"),
        (phase == Phase::Restitution, Action::CastVote, "circle-vote", "vote"),
        (phase == Phase::Restitution, Action::Publish, "circle-publication", "publication"),
        (phase == Phase::Restitution, Action::Publish, "circle-refusal", "refusal"),
        (phase == Phase::Decisions, Action::MoveWave, "circle-conclusion", "conclusion"),
        (!phase.is_preparing(), Action::MoveWave, "circle-note", "note"),
        (phase >= Phase::Definition, Action::SeeWork, "proposals-title", "proposals"),
        (phase >= Phase::Definition, Action::SeeWork, "local-indicators", "local"),
        (phase >= Phase::Weights, Action::SeeWork, "weights-staff-title", "weights"),
        (phase.is_given_back(), Action::SeeResults, "words-title", "words"),
        (phase.is_given_back(), Action::SeeResults, "decisions-short", "decisions"),
    ];
    let here = format!("/staff/waves/{}", circle.file.wave.id.simple());
    let now = all.into_iter().filter(|(now, action, ..)| *now && allowed.contains(action));
    now.map(|(_, _, key, end)| link(visit, key, &format!("{here}/{end}"))).collect()
}

fn sections(visit: &Visit, circle: &Circle) -> Vec<BoardSection> {
    let words = words(visit.language);
    let phases = Phase::ALL.into_iter().map(|phase| phase_item(visit, circle, phase));
    let renounced = circle.renounced.iter().map(|one| BoardItem {
        name: groups(visit, circle, std::slice::from_ref(&one.group)),
        detail: format!("{} – {}, {}", one.reason, one.actor, numbers::moment(one.done_at, visit.language)),
        ..BoardItem::default()
    });
    let late = circle.late.iter().map(|one| BoardItem {
        name: one.said.clone(),
        detail: format!(
            "{} · {} · {}",
            words.say(&format!("activity-{}", one.activity.code())),
            groups(visit, circle, std::slice::from_ref(&one.group)),
            numbers::day(one.came_on, visit.language)
        ),
        ..BoardItem::default()
    });
    let section = |title: &str, text: String, items: Vec<BoardItem>| BoardSection {
        title: words.say(title),
        text,
        items,
        ..BoardSection::default()
    };
    let mut sections = vec![section("circle-phases", String::new(), phases.collect())];
    let notes: Vec<BoardItem> =
        circle.file.acts.iter().filter(|act| act.act == "note").map(|act| note_item(visit, act)).collect();
    if !notes.is_empty() {
        sections.push(section("circle-notes", String::new(), notes));
    }
    if !circle.seats.is_empty() {
        let votes = circle.seats.iter().map(|group| seat_item(visit, circle, group)).collect();
        sections.push(section("circle-committee", outcome(visit, circle), votes));
    }
    let (renounced, late): (Vec<BoardItem>, Vec<BoardItem>) = (renounced.collect(), late.collect());
    if !renounced.is_empty() {
        sections.push(section("circle-renounced", String::new(), renounced));
    }
    if !late.is_empty() {
        sections.push(section("circle-late", words.say("circle-late-what"), late));
    }
    sections
}

/// A phase with the act that brought the wave there.
fn phase_item(visit: &Visit, circle: &Circle, phase: Phase) -> BoardItem {
    let (words, now) = (words(visit.language), circle.file.wave.phase);
    let act = circle.file.acts.iter().rev().find(|act| act.act == phase.act());
    let note = |note: &str| if note.is_empty() { String::new() } else { format!(" – {note}") };
    let told =
        |act: &WaveAct| format!("{}, {}{}", act.actor, numbers::moment(act.done_at, visit.language), note(&act.note));
    let flag = match phase {
        _ if phase == now => "circle-now",
        _ if phase > now => "",
        Phase::Map | Phase::Definition | Phase::Weights if act.is_none() => "circle-passed-over",
        _ => "circle-done",
    };
    BoardItem {
        name: words.say(&format!("phase-{}", phase.code())),
        detail: act.map(told).unwrap_or_default(),
        flag: if flag.is_empty() { String::new() } else { words.say(flag) },
        good: flag == "circle-done" || flag == "circle-now",
        ..BoardItem::default()
    }
}

fn note_item(visit: &Visit, act: &WaveAct) -> BoardItem {
    let detail = format!("{}, {}", act.actor, numbers::moment(act.done_at, visit.language));
    BoardItem { name: act.note.clone(), detail, ..BoardItem::default() }
}

fn seat_item(visit: &Visit, circle: &Circle, group: &String) -> BoardItem {
    let words = words(visit.language);
    let vote = circle.votes.iter().find(|vote| vote.group == *group);
    let flag = vote.map_or("choice-silent".to_owned(), |vote| format!("choice-{}", vote.choice.code()));
    let told = |vote: &Vote| {
        let when = numbers::moment(vote.cast_at, visit.language);
        [vote.words.as_str(), vote.actor.as_str(), &when]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" – ")
    };
    BoardItem {
        name: groups(visit, circle, std::slice::from_ref(group)),
        detail: vote.map(told).unwrap_or_default(),
        flag: words.say(&flag),
        good: vote.is_some_and(|vote| vote.choice == Choice::Agree),
        ..BoardItem::default()
    }
}

fn outcome(visit: &Visit, circle: &Circle) -> String {
    let words = words(visit.language);
    match &circle.outcome {
        Outcome::NotSeated => String::new(),
        Outcome::NoQuorum { missing } => {
            words.say_with("outcome-no-quorum", [("groups", groups(visit, circle, missing).into())])
        }
        Outcome::Agreed { .. } => words.say("outcome-agreed"),
        Outcome::Refused { .. } => words.say("outcome-refused"),
    }
}

/// Names of groups, one after the other.
fn groups(visit: &Visit, circle: &Circle, codes: &[String]) -> String {
    let framework = &circle.file.framework;
    let name =
        |code: &String| framework.group(code).map_or(code.as_str(), |group| group.name.get(visit.language)).to_owned();
    codes.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// A form of one of the acts.
fn draw(visit: &Visit, circle: &Circle, act: &str, specs: Vec<FieldSpec>) -> Draw {
    let words = words(visit.language);
    let wave = &circle.file.wave;
    let submit = match act {
        "phase" => "circle-phase-submit",
        "renunciation" => "circle-renunciation-submit",
        "restitution" => "circle-restitution-submit",
        "publication" => "circle-publication-submit",
        "refusal" => "circle-refusal-submit",
        "conclusion" => "circle-conclusion-submit",
        "note" => "circle-note-submit",
        _ => "circle-vote-submit",
    };
    let head = FormHead {
        kicker: format!("{} · {}", circle.file.project.name, wave.code),
        title: words.say(&format!("circle-{act}")),
        lead: words.say(&format!("circle-{act}-lead")),
        action: visit.path(&format!("/staff/waves/{}/{act}", wave.id.simple())),
        submit,
        cancel: visit.path(&place(wave.id)),
    };
    let mut crumbs = way_up(visit, &circle.file);
    crumbs.push(crumb(visit, &words.say("circle-title"), &place(wave.id)));
    Draw { head, specs, crumbs }
}

fn specs(visit: &Visit, circle: &Circle, act: &str) -> Vec<FieldSpec> {
    let words = words(visit.language);
    let note = || FieldSpec::new("note", Kind::Lines).optional();
    let reason = || FieldSpec::new("reason", Kind::Lines);
    match act {
        "phase" => {
            let ahead = |phase: &Phase| *phase > circle.file.wave.phase && *phase <= Phase::Frozen;
            let phases = Phase::ALL.into_iter().filter(ahead);
            let options = phases.map(|phase| (phase.code().to_owned(), words.say(&format!("phase-{}", phase.code()))));
            vec![FieldSpec::new("phase", Kind::OneOf).choosing(options.collect()), note()]
        }
        "renunciation" => {
            let of =
                circle.unheard.iter().map(|code| (code.clone(), groups(visit, circle, std::slice::from_ref(code))));
            vec![FieldSpec::new("group", Kind::OneOf).choosing(of.collect()), reason()]
        }
        "restitution" => vec![FieldSpec::new("days", Kind::Number), note()],
        "publication" if circle.outcome == Outcome::NotSeated && circle.file.wave.published_on.is_none() => {
            vec![FieldSpec::new("note", Kind::Lines).labelled(words.say("circle-minutes"))]
        }
        "refusal" => vec![reason()],
        "note" => vec![reason().labelled(words.say("circle-note-field"))],
        "vote" => {
            let choices = super::worded(visit, "choice", &Choice::ALL.map(Choice::code));
            vec![
                FieldSpec::new("choice", Kind::OneOf).choosing(choices),
                FieldSpec::new("words", Kind::Lines).optional(),
            ]
        }
        _ => vec![note()],
    }
}

async fn ask(visit: Visit, id: Uuid, act: &str) -> Result<HttpResponse, Failed> {
    let circle = loaded(&visit, id).await?;
    let typed = Typed::default().with("days", EMBARGO_DAYS);
    let specs = specs(&visit, &circle, act);
    show_form(&visit, draw(&visit, &circle, act, specs), &typed)
}

/// Does one of the acts, or shows its form again.
async fn done(
    visit: Visit,
    (id, act): (Uuid, &str),
    form: Form,
    acted: impl FnOnce(&App, &mut Db, &Staff, Uuid, &Typed) -> Result<(), Refusal> + Send + 'static,
) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, form).await?;
    let (filled, signing) = (typed.clone(), staff.clone());
    match visit.write(move |app, db| acted(app, db, &signing, id, &filled)).await {
        Ok(()) => {
            if matches!(act, "restitution" | "publication") {
                prepare(&visit, staff, id);
            }
            Ok(see_other(&visit.path(&place(id))))
        }
        Err(refusal) => {
            let circle = loaded(&visit, id).await?;
            let specs = specs(&visit, &circle, act);
            show_again(&visit, refusal, draw(&visit, &circle, act, specs), (typed, 0))
        }
    }
}

/// Asks to which phase the wave moves on.
pub async fn phase_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    ask(visit, path.1, "phase").await
}

/// Moves a wave on in its preparation.
pub async fn move_phase(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    done(visit, (path.1, "phase"), form, App::move_phase).await
}

/// Asks which group gives up proposing, and why.
pub async fn renunciation_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    ask(visit, path.1, "renunciation").await
}

/// Writes down that a group gives up proposing.
pub async fn renounce(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    done(visit, (path.1, "renunciation"), form, App::renounce).await
}

/// Asks how long only those who took part see the results.
pub async fn restitution_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    ask(visit, path.1, "restitution").await
}

/// Gives the results back to those who took part.
pub async fn give_back(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    done(visit, (path.1, "restitution"), form, App::give_back).await
}

/// Asks before results are published.
pub async fn publication_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    ask(visit, path.1, "publication").await
}

/// Publishes the results of a wave.
pub async fn publish(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    done(visit, (path.1, "publication"), form, App::publish_wave).await
}

/// Asks why results are not given back in public.
pub async fn refusal_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    ask(visit, path.1, "refusal").await
}

/// Writes down why results are not given back in public.
pub async fn refuse(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    done(visit, (path.1, "refusal"), form, App::refuse_publication).await
}

/// Asks before a wave is concluded.
pub async fn conclusion_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    ask(visit, path.1, "conclusion").await
}

/// Concludes a wave.
pub async fn conclude(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    done(visit, (path.1, "conclusion"), form, App::conclude_wave).await
}

/// Asks for a note.
pub async fn note_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    ask(visit, path.1, "note").await
}

/// Adds a note.
pub async fn add_note(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    done(visit, (path.1, "note"), form, App::add_note).await
}

/// Asks what a seat says on publication.
pub async fn vote_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    ask(visit, path.1, "vote").await
}

/// Speaks for a group on publication.
pub async fn vote(visit: Visit, path: web::Path<(String, Uuid)>, form: Form) -> Result<HttpResponse, Failed> {
    let cast = |app: &App, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed| {
        app.cast_vote(db, staff, id, (PUBLICATION, typed))
    };
    done(visit, (path.1, "vote"), form, cast).await
}

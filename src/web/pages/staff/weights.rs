// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Weights in the workspace: what is weighed, who took part, the second round, freezing; and the seats of the committee.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::paper::way_up;
use super::{Draw, Form, acting, crumb, link, show_again, show_board, show_form, worded};
use crate::app::staff::Staff;
use crate::app::weighing::{WeightsFile, method_field};
use crate::app::weights::{MySet, takes_weights};
use crate::app::{App, Refusal};
use crate::domain::field::Typed;
use crate::domain::phase::Phase;
use crate::domain::profile::ScoreView;
use crate::domain::role::Action;
use crate::domain::settled_weights::FrozenWeights;
use crate::domain::weights::{JUDGEMENTS, Method, Stage, WeightSet, field_of_pair, offered, pairs};
use crate::store::Db;
use crate::view::BoardPage;
use crate::view::board::{BoardAct, BoardItem, BoardSection};
use crate::view::forms::{FieldSpec, FormHead, FormLink, Kind};
use crate::view::numbers;
use crate::view::telling::Telling;
use crate::view::weights::{SetSection, WeightsTelling};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// A set of a wave: language, wave, set.
type SetPath = web::Path<(String, Uuid, String)>;

fn place(id: Uuid) -> String {
    format!("/staff/waves/{}/weights", id.simple())
}

async fn loaded(visit: &Visit, id: Uuid) -> Result<WeightsFile, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.weights_file(db, &staff, id)).await
}

fn telling<'a>(visit: &Visit, file: &'a WeightsFile) -> WeightsTelling<'a> {
    WeightsTelling { telling: Telling::new(visit.language, ScoreView::Evaluator), framework: &file.file.framework }
}

fn kicker(file: &WeightsFile) -> String {
    format!("{} · {}", file.file.project.name, file.file.wave.code)
}

/// How a wave is weighed, and what can be done next.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1).await?;
    let words = words(visit.language);
    let lead = match file.weighing.as_ref().map(|weighing| weighing.stage) {
        None if file.file.wave.phase < Phase::Weights => "weights-staff-before",
        None => "weights-staff-none",
        Some(Stage::First) => "weights-staff-first",
        Some(Stage::Second) => "weights-staff-second",
        Some(Stage::Frozen) => "weights-staff-frozen",
    };
    let page = BoardPage {
        kicker: kicker(&file),
        title: words.say("weights-staff-title"),
        lead: words.say(lead),
        links: links(&visit, &file),
        sections: sections(&visit, &file),
        ..BoardPage::default()
    };
    show_board(&visit, page, way_up(&visit, &file.file))
}

/// What can be done now.
fn links(visit: &Visit, file: &WeightsFile) -> Vec<FormLink> {
    let here = place(file.file.wave.id);
    let stage = file.weighing.as_ref().map(|weighing| weighing.stage);
    let (now, may) = (file.file.wave.phase == Phase::Weights, file.file.allowed.contains(&Action::MoveWave));
    let mut links = Vec::new();
    if now && may && stage.is_none() {
        links.push(link(visit, "weights-begin", &format!("{here}/setup")));
    }
    if now && may && stage == Some(Stage::Frozen) {
        links.push(link(visit, "weights-reopen", &format!("{here}/reopening")));
    }
    if file.weighing.as_ref().is_some_and(|weighing| takes_weights(&file.file.wave, weighing)) {
        let judgement = |set: &MySet| FormLink {
            text: words(visit.language).say_with("weights-judge", [("set", telling(visit, file).set(set.set).into())]),
            href: visit.path(&format!("{here}/judgement/{}", set.set.code())),
        };
        links.extend(file.seat.iter().map(judgement));
    }
    links
}

fn sections(visit: &Visit, file: &WeightsFile) -> Vec<BoardSection> {
    let (words, told) = (words(visit.language), telling(visit, file));
    let mut sections = Vec::new();
    if file.weighing.is_some() {
        let item = |row: crate::view::weights::PartRow| BoardItem {
            name: row.group,
            detail: words.say_with(
                "weights-part",
                [("method", row.method.into()), ("people", row.people.into()), ("again", row.again.into())],
            ),
            ..BoardItem::default()
        };
        sections.push(BoardSection {
            title: words.say("weights-who"),
            text: words.say("weights-staff-counts"),
            items: told.parts(&file.groups).into_iter().map(item).collect(),
            none: words.say("weights-nobody-listed"),
            acts: acts(visit, file),
            ..BoardSection::default()
        });
    }
    sections.extend(
        file.spread.iter().filter_map(|spread| told.section(spread, None)).map(|set| spread_section(visit, set)),
    );
    if !file.frozen.is_empty() {
        sections.push(BoardSection {
            title: words.say("weights-versions"),
            items: file.frozen.iter().rev().map(|one| version(visit, one)).collect(),
            ..BoardSection::default()
        });
    }
    sections
}

/// The act that leads to the next stage.
fn acts(visit: &Visit, file: &WeightsFile) -> Vec<BoardAct> {
    let now = file.file.wave.phase == Phase::Weights && file.file.allowed.contains(&Action::MoveWave);
    let (end, key) = match file.weighing.as_ref().map(|weighing| weighing.stage).filter(|_| now) {
        Some(Stage::First) => ("second-round", "weights-second"),
        Some(Stage::Second) => ("freezing", "weights-freeze"),
        Some(Stage::Frozen) | None => return Vec::new(),
    };
    let words = words(visit.language);
    vec![BoardAct {
        action: visit.path(&format!("{}/{end}", place(file.file.wave.id))),
        label: words.say(key),
        what: words.say(&format!("{key}-what")),
        note: true,
        ..BoardAct::default()
    }]
}

/// How groups differ on one set, thing by thing.
fn spread_section(visit: &Visit, set: SetSection) -> BoardSection {
    let words = words(visit.language);
    let item = |row: crate::view::weights::ThingRow| {
        let groups = row.groups.iter().map(|cell| format!("{} {}", cell.group, cell.share));
        let all = [format!("{} {}", words.say("weights-column-together"), row.together)];
        BoardItem {
            name: row.name,
            detail: all.into_iter().chain(groups).collect::<Vec<_>>().join(" · "),
            ..BoardItem::default()
        }
    };
    let mut text = vec![set.basis, set.agreement];
    if !set.withheld.is_empty() {
        text.push(format!("{} {}.", words.say("weights-withheld"), set.withheld.join("; ")));
    }
    text.retain(|one| !one.is_empty());
    BoardSection {
        title: set.title,
        text: text.join(" "),
        items: set.rows.into_iter().map(item).collect(),
        ..BoardSection::default()
    }
}

fn version(visit: &Visit, frozen: &FrozenWeights) -> BoardItem {
    let words = words(visit.language);
    let people: u32 = frozen.content.took_part.iter().map(|part| part.people).sum();
    let by =
        [("actor", frozen.actor.as_str().into()), ("moment", numbers::moment(frozen.frozen_at, visit.language).into())];
    let detail = format!(
        "{} {} {}",
        words.say_with("weights-frozen-by", by),
        words.say_with("weights-people", [("count", people.into())]),
        frozen.note
    );
    let name = words.say_with("weights-version", [("version", u32::try_from(frozen.version).unwrap_or(0).into())]);
    BoardItem { name, detail: detail.trim().to_owned(), ..BoardItem::default() }
}

fn head(visit: &Visit, file: &WeightsFile, (key, lead, submit): (&str, &str, &'static str), end: &str) -> FormHead {
    let (words, here) = (words(visit.language), place(file.file.wave.id));
    FormHead {
        kicker: kicker(file),
        title: words.say(key),
        lead: words.say(lead),
        action: visit.path(&format!("{here}/{end}")),
        submit,
        cancel: visit.path(&here),
    }
}

fn crumbs(visit: &Visit, file: &WeightsFile) -> Vec<crate::view::Crumb> {
    let mut all = way_up(visit, &file.file);
    all.push(crumb(visit, &words(visit.language).say("weights-staff-title"), &place(file.file.wave.id)));
    all
}

async fn setup_draw(visit: &Visit, id: Uuid) -> Result<(Draw, Typed), Failed> {
    let file = loaded(visit, id).await?;
    let told = telling(visit, &file);
    let sets = file.sets.iter().map(|(set, _)| (set.code().to_owned(), told.set(*set))).collect();
    let mut specs = vec![FieldSpec::new("weights_sets", Kind::AnyOf).choosing(sets)];
    let methods = worded(visit, "weights-method", &Method::ALL.map(Method::code));
    let mut typed = file.sets.iter().fold(Typed::default(), |typed, (set, _)| typed.with("weights_sets", set.code()));
    for row in &file.file.coverage {
        let field = method_field(&row.group);
        let name = told.telling.group(&file.file.framework, &row.group);
        specs.push(FieldSpec::new(&field, Kind::Choice).labelled(name).choosing(methods.clone()));
        typed = typed.with(&field, Method::usual_for(&row.group).code());
    }
    let head = head(visit, &file, ("weights-begin", "weights-begin-lead", "weights-begin"), "setup");
    Ok((Draw { head, specs, crumbs: crumbs(visit, &file) }, typed))
}

/// Asks what is weighed, and how each group says it.
pub async fn setup_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (draw, typed) = setup_draw(&visit, path.1).await?;
    show_form(&visit, draw, &typed)
}

/// Begins the first round.
pub async fn begin(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.begin_weighing(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal) => {
            let (draw, _) = setup_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

/// An act on a wave, with its note.
type Step = fn(&App, &mut Db, &Staff, (Uuid, &str)) -> Result<(), Refusal>;

async fn step(visit: Visit, (id, sent): (Uuid, Form), act: Step) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let done = visit.write(move |app, db| act(app, db, &staff, (id, typed.get("note")))).await;
    done.map_err(|refusal| visit.refuse(refusal))?;
    Ok(see_other(&visit.path(&place(id))))
}

/// Ends the first round and begins the second.
pub async fn second_round(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    step(visit, (path.1, sent), |app, db, staff, (id, note)| app.second_round(db, staff, id, note)).await
}

/// Freezes the weights.
pub async fn freeze(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    step(visit, (path.1, sent), |app, db, staff, (id, note)| app.freeze_weights(db, staff, id, note)).await
}

async fn reopening_draw(visit: &Visit, id: Uuid) -> Result<Draw, Failed> {
    let file = loaded(visit, id).await?;
    let head = head(visit, &file, ("weights-reopen", "weights-reopen-lead", "weights-reopen"), "reopening");
    Ok(Draw { head, specs: vec![FieldSpec::new("weights_reason", Kind::Line)], crumbs: crumbs(visit, &file) })
}

/// Asks why the second round is taken up again.
pub async fn reopening_page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    show_form(&visit, reopening_draw(&visit, path.1).await?, &Typed::default())
}

/// Takes up the second round again.
pub async fn reopen(visit: Visit, path: web::Path<(String, Uuid)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (id, filled) = (path.1, typed.clone());
    match visit.write(move |app, db| app.reopen_weights(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal) => show_again(&visit, refusal, reopening_draw(&visit, id).await?, (typed, 0)),
    }
}

async fn judgement_draw(visit: &Visit, id: Uuid, code: &str) -> Result<(Draw, Typed), Failed> {
    let file = loaded(visit, id).await?;
    let told = telling(visit, &file);
    let set = file.seat.iter().find(|set| set.set.code() == code);
    let set = set.ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let mut typed = Typed::default();
    let mut specs = Vec::new();
    for (one, other) in pairs(&set.things) {
        let field = field_of_pair(&one, &other);
        let known =
            set.said.as_ref().and_then(|said| said.get(&format!("{one}:{other}"))).and_then(|one| offered(*one));
        typed = typed.with(&field, known.unwrap_or("1"));
        let (one, other) = (told.thing(set.set, &one), told.thing(set.set, &other));
        specs.push(
            FieldSpec::new(&field, Kind::Choice)
                .labelled(format!("{one} – {other}"))
                .choosing(judgements(visit, &one, &other)),
        );
    }
    let mut head = head(
        visit,
        &file,
        ("weights-judge-title", "weights-how-pairwise", "weights-send"),
        &format!("judgement/{code}"),
    );
    head.title = told.set(set.set);
    Ok((Draw { head, specs, crumbs: crumbs(visit, &file) }, typed))
}

/// How many times as important one thing is as another, in words.
fn judgements(visit: &Visit, one: &str, other: &str) -> Vec<(String, String)> {
    let words = words(visit.language);
    let told = |code: &str| {
        let (key, times, more, less) = match code.split_once('/') {
            Some((_, times)) => ("weights-times", times, other, one),
            None if code == "1" => ("weights-times-same", code, one, other),
            None => ("weights-times", code, one, other),
        };
        words.say_with(key, [("times", times.into()), ("more", more.into()), ("less", less.into())])
    };
    JUDGEMENTS.into_iter().map(|code| (code.to_owned(), told(code))).collect()
}

/// Asks a seat to compare two by two.
pub async fn judgement_page(visit: Visit, path: SetPath) -> Result<HttpResponse, Failed> {
    let (draw, typed) = judgement_draw(&visit, path.1, &path.2).await?;
    show_form(&visit, draw, &typed)
}

/// Takes the comparisons of a seat.
pub async fn judge(visit: Visit, path: SetPath, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (_, id, code) = path.into_inner();
    let kind = WeightSet::from_code(&code).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let filled = typed.clone();
    match visit.write(move |app, db| app.judge(db, &staff, (id, kind), &filled)).await {
        Ok(_) => Ok(see_other(&visit.path(&place(id)))),
        Err(refusal @ Refusal::Invalid(_)) => {
            let (draw, _) = judgement_draw(&visit, id, &code).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
        Err(refusal) => Err(visit.refuse(refusal)),
    }
}

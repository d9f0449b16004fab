// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was decided about a wave, as its staff write it down: decisions, actions, how they stand.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::{crumbs, written};
use super::{Draw, Form, acting, crumb, framed, show_again, show_form, worded};
use crate::app::Refusal;
use crate::app::decisions::{DecisionsFile, MOST_EFFECTS, MayWrite, waves_ahead};
use crate::app::measures::written_amount;
use crate::domain::decision::{ActionState, DecidedAction, Decision, Outcome};
use crate::domain::decision_log::LogAction;
use crate::domain::field::Typed;
use crate::domain::text::Language;
use crate::view::Crumb;
use crate::view::decision_telling::{EntryView, Signatures};
use crate::view::decisions::DecisionsPage;
use crate::view::forms::{FieldSpec, FormHead, FormLink, Kind};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::decisions::{decisions_page, telling};
use crate::web::pages::see_other;
use crate::web::pages::waves::who_answered;
use crate::web::site::Visit;

/// A wave: language, wave.
type WavePath = web::Path<(String, Uuid)>;
/// A decision or an action of a wave: language, wave, thing.
type ThingPath = web::Path<(String, Uuid, Uuid)>;

async fn loaded(visit: &Visit, id: Uuid) -> Result<DecisionsFile, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.decisions_file(db, &staff, id)).await
}

/// Where the decisions of a wave are in the workspace.
fn board(id: Uuid) -> String {
    format!("/staff/waves/{}/decisions", id.simple())
}

/// The way back up to a wave.
fn up(visit: &Visit, known: &DecisionsFile) -> Vec<Crumb> {
    let mut up = crumbs(visit, &known.file.project);
    up.push(crumb(visit, &known.wave.code, &format!("/staff/waves/{}", known.wave.id.simple())));
    up
}

/// Words with what they are about.
fn titled(visit: &Visit, key: &str, what: &str) -> String {
    words(visit.language).say_with(key, [("what", what.into())])
}

/// Words that lead to a place, with what they are about.
fn about(visit: &Visit, key: &str, what: &str, place: &str) -> FormLink {
    FormLink { text: titled(visit, key, what), href: visit.path(place) }
}

/// Everything that was decided, with what can be done.
pub async fn page(visit: Visit, path: WavePath) -> Result<HttpResponse, Failed> {
    let known = loaded(&visit, path.1).await?;
    let mut page = decisions_page(&visit, &known, Signatures::Told);
    if known.writing == MayWrite::Yes {
        offer(&visit, &known, &mut page);
    }
    let short = words(visit.language).say("decisions-short");
    let title = format!("{}: {short}, {} – {}", words(visit.language).say("nav-staff"), known.wave.code, page.project);
    let mut frame = framed(&visit, title, short, up(&visit, &known));
    frame.coverage = vec![who_answered(&visit, &known.framework, page.wave.clone(), &known.coverage)];
    visit.show(&frame, &page)
}

/// Puts beside everything what can be done with it.
fn offer(visit: &Visit, known: &DecisionsFile, page: &mut DecisionsPage) {
    let all = board(known.wave.id);
    let text = words(visit.language).say("decisions-new");
    page.begin = Some(FormLink { text, href: visit.path(&format!("{all}/new")) });
    for (view, entry) in page.entries.iter_mut().zip(&known.log.entries) {
        offer_entry(visit, &all, view, entry.decision.current.id);
        for (shown, action) in view.actions.iter_mut().zip(&entry.actions) {
            let at = format!("{all}/actions/{}", action.action.current.id.simple());
            let link = |key, end: &str| about(visit, key, &shown.title.text, &format!("{at}/{end}"));
            let links = vec![link("action-state-link", "state"), link("action-correct-link", "revision")];
            shown.links = links;
        }
    }
    for (view, one) in page.unanswered.iter_mut().zip(&known.log.unanswered) {
        let text = format!("{}: {}", words(visit.language).say("decisions-answer"), view.name);
        let href = visit.path(&format!("{all}/new?indicator={}", one.priority.indicator));
        view.decide = Some(FormLink { text, href });
    }
}

fn offer_entry(visit: &Visit, all: &str, view: &mut EntryView, id: Uuid) {
    let at = format!("{all}/{}", id.simple());
    let link = |key, end: &str| about(visit, key, &view.finding.text, &format!("{at}/{end}"));
    let act = view.taken.then(|| link("action-new-link", "actions/new"));
    let correct = link("decision-correct-link", "revision");
    view.links = act.into_iter().chain([correct]).collect();
}

/// A form about a decision or an action, at this address below the decisions of the wave.
fn draw(visit: &Visit, known: &DecisionsFile, (title, lead): (String, String), at: &str) -> Draw {
    let (words, all) = (words(visit.language), board(known.wave.id));
    let mut crumbs = up(visit, known);
    crumbs.push(crumb(visit, &words.say("decisions-short"), &all));
    let head = FormHead {
        kicker: format!("{} · {}", known.file.project.name, known.wave.code),
        title,
        lead,
        action: visit.path(&format!("{all}/{at}")),
        submit: "decision-save",
        cancel: visit.path(&all),
    };
    Draw { head, specs: Vec::new(), crumbs }
}

/// The indicators of the wave to choose from, after words for none.
fn indicators(visit: &Visit, known: &DecisionsFile, none: &str) -> Vec<(String, String)> {
    let asked = known.framework.indicators.iter();
    let named = asked.map(|one| (one.code.clone(), format!("{} {}", one.code, one.name.get(visit.language))));
    [(String::new(), words(visit.language).say(none))].into_iter().chain(named).collect()
}

/// The page of a form with what was typed, whoever may write.
async fn writing(visit: &Visit, id: Uuid) -> Result<DecisionsFile, Failed> {
    let known = loaded(visit, id).await?;
    match known.writing {
        MayWrite::Yes => Ok(known),
        MayWrite::No => Err(visit.refuse(Refusal::Forbidden)),
    }
}

fn decision_specs(visit: &Visit, known: &DecisionsFile) -> Vec<FieldSpec> {
    let outcomes = worded(visit, "decision-outcome", &Outcome::ALL.map(Outcome::code));
    vec![
        FieldSpec::new("finding_indicator", Kind::Choice)
            .choosing(indicators(visit, known, "finding-no-indicator"))
            .optional(),
        FieldSpec::new("finding_words", Kind::Lines).optional(),
        FieldSpec::new("decision_outcome", Kind::OneOf).choosing(outcomes),
        FieldSpec::new("decision_reason", Kind::Lines),
    ]
}

async fn new_draw(visit: &Visit, id: Uuid) -> Result<(Draw, Typed), Failed> {
    let known = writing(visit, id).await?;
    let [title, lead] = ["decisions-new", "decisions-new-lead"].map(|key| words(visit.language).say(key));
    let named = visit.asked("indicator").map_or(title.clone(), |code| format!("{title} ({code})"));
    let mut draw = draw(visit, &known, (named, lead), "new");
    draw.specs = decision_specs(visit, &known);
    Ok((draw, Typed::default().with("finding_indicator", visit.asked("indicator").unwrap_or_default())))
}

/// Asks for a decision.
pub async fn new_page(visit: Visit, path: WavePath) -> Result<HttpResponse, Failed> {
    let (draw, typed) = new_draw(&visit, path.1).await?;
    show_form(&visit, draw, &typed)
}

/// Writes a decision down.
pub async fn take(visit: Visit, path: WavePath, sent: Form) -> Result<HttpResponse, Failed> {
    let ((staff, typed), id) = (acting(&visit, sent).await?, path.1);
    let filled = typed.clone();
    match visit.write(move |app, db| app.take_decision(db, &staff, id, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&board(id)))),
        Err(refusal) => {
            let (draw, _) = new_draw(&visit, id).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

async fn revision_draw(visit: &Visit, (id, decision): (Uuid, Uuid)) -> Result<(Draw, Typed), Failed> {
    let known = writing(visit, id).await?;
    let entry = known.decision(decision).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let lead = words(visit.language).say("decision-correct-lead");
    let finding = telling(visit, &known, Signatures::Told).finding(&entry.decision.current.finding).text;
    let mut draw = draw(
        visit,
        &known,
        (titled(visit, "decision-correct-link", &finding), lead),
        &format!("{}/revision", decision.simple()),
    );
    draw.specs = decision_specs(visit, &known);
    draw.specs.push(FieldSpec::new("correction_reason", Kind::Line));
    Ok((draw, filled(&entry.decision.current, visit.language)))
}

/// A decision as its form shows it.
fn filled(decision: &Decision, language: Language) -> Typed {
    Typed::default()
        .with("revision", decision.revision)
        .with("finding_indicator", &decision.finding.indicator)
        .with("finding_words", decision.finding.words.get(language))
        .with("decision_outcome", decision.outcome.code())
        .with("decision_reason", decision.reason.get(language))
}

/// Asks for a correction of a decision.
pub async fn revision_page(visit: Visit, path: ThingPath) -> Result<HttpResponse, Failed> {
    let (draw, typed) = revision_draw(&visit, (path.1, path.2)).await?;
    show_form(&visit, draw, &typed)
}

/// Corrects a decision.
pub async fn revise(visit: Visit, path: ThingPath, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (which, filled) = ((path.1, path.2), typed.clone());
    match visit.write(move |app, db| app.revise_decision(db, &staff, which, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&board(which.0)))),
        Err(refusal) => {
            let (draw, saved) = revision_draw(&visit, which).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

fn action_specs(visit: &Visit, known: &DecisionsFile) -> Vec<FieldSpec> {
    let words = words(visit.language);
    let groups = known.framework.groups.iter().map(|one| (one.code.clone(), one.name.get(visit.language).to_owned()));
    let groups = [(String::new(), words.say("action-no-group"))].into_iter().chain(groups).collect();
    let mut specs = vec![
        FieldSpec::new("action_title", Kind::Line),
        FieldSpec::new("action_owner", Kind::Line),
        FieldSpec::new("action_group", Kind::Choice).choosing(groups).optional(),
        FieldSpec::new("action_due", Kind::Day),
        FieldSpec::new("action_resources", Kind::Lines).optional(),
    ];
    let ahead = waves_ahead(&known.framework, &known.wave).iter();
    let ahead: Vec<(String, String)> =
        ahead.map(|one| (one.code.clone(), format!("{} {}", one.code, one.name.get(visit.language)))).collect();
    let ahead: Vec<(String, String)> = [(String::new(), words.say("choose"))].into_iter().chain(ahead).collect();
    for place in 1..=MOST_EFFECTS {
        let label = |part: &str| words.say_with(&format!("effect-{part}-n"), [("n", place.into())]);
        let spec =
            |part: &str, kind| FieldSpec::new(&format!("effect_{part}_{place}"), kind).labelled(label(part)).optional();
        specs.push(spec("indicator", Kind::Choice).choosing(indicators(visit, known, "effect-none")));
        specs.push(spec("points", Kind::Amount));
        specs.push(spec("wave", Kind::Choice).choosing(ahead.clone()));
    }
    specs
}

async fn plan_draw(visit: &Visit, (id, decision): (Uuid, Uuid)) -> Result<(Draw, Typed), Failed> {
    let known = writing(visit, id).await?;
    let entry = known.decision(decision).filter(|entry| entry.decision.current.outcome == Outcome::Taken);
    let entry = entry.ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let finding = telling(visit, &known, Signatures::Told).finding(&entry.decision.current.finding).text;
    let lead = words(visit.language).say("action-new-lead");
    let mut draw = draw(
        visit,
        &known,
        (titled(visit, "action-new-link", &finding), lead),
        &format!("{}/actions/new", decision.simple()),
    );
    draw.head.submit = "action-save";
    draw.specs = action_specs(visit, &known);
    Ok((draw, Typed::default()))
}

/// Asks for an action.
pub async fn plan_page(visit: Visit, path: ThingPath) -> Result<HttpResponse, Failed> {
    let (draw, typed) = plan_draw(&visit, (path.1, path.2)).await?;
    show_form(&visit, draw, &typed)
}

/// Plans an action.
pub async fn plan(visit: Visit, path: ThingPath, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (which, filled) = ((path.1, path.2), typed.clone());
    match visit.write(move |app, db| app.add_action(db, &staff, which, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&board(which.0)))),
        Err(refusal) => {
            let (draw, _) = plan_draw(&visit, which).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

/// An action of a wave with everything about its decisions, for whoever may write.
async fn action(visit: &Visit, (id, action): (Uuid, Uuid)) -> Result<(DecisionsFile, LogAction), Failed> {
    let known = writing(visit, id).await?;
    let found = known.action(action).cloned().ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    Ok((known, found))
}

async fn replan_draw(visit: &Visit, which: (Uuid, Uuid)) -> Result<(Draw, Typed), Failed> {
    let (known, found) = action(visit, which).await?;
    let lead = words(visit.language).say("decision-correct-lead");
    let at = format!("actions/{}/revision", which.1.simple());
    let mut draw = draw(
        visit,
        &known,
        (titled(visit, "action-correct-link", found.action.current.title.get(visit.language)), lead),
        &at,
    );
    draw.head.submit = "action-save";
    draw.specs = action_specs(visit, &known);
    draw.specs.push(FieldSpec::new("correction_reason", Kind::Line));
    Ok((draw, planned(&found.action.current, visit.language)))
}

/// An action as its form shows it.
fn planned(action: &DecidedAction, language: Language) -> Typed {
    let typed = Typed::default()
        .with("revision", action.revision)
        .with("action_title", action.title.get(language))
        .with("action_owner", &action.owner)
        .with("action_group", &action.group)
        .with("action_due", written(Some(action.due_on)))
        .with("action_resources", action.resources.get(language));
    action.expected.iter().enumerate().fold(typed, |typed, (place, one)| {
        let field = |part: &str| format!("effect_{part}_{}", place + 1);
        typed
            .with(&field("indicator"), &one.indicator)
            .with(&field("points"), written_amount(one.points))
            .with(&field("wave"), &one.wave_type)
    })
}

/// Asks for a correction of an action.
pub async fn replan_page(visit: Visit, path: ThingPath) -> Result<HttpResponse, Failed> {
    let (draw, typed) = replan_draw(&visit, (path.1, path.2)).await?;
    show_form(&visit, draw, &typed)
}

/// Corrects an action.
pub async fn replan(visit: Visit, path: ThingPath, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (which, filled) = ((path.1, path.2), typed.clone());
    match visit.write(move |app, db| app.revise_action(db, &staff, which, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&board(which.0)))),
        Err(refusal) => {
            let (draw, saved) = replan_draw(&visit, which).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

async fn state_draw(visit: &Visit, which: (Uuid, Uuid)) -> Result<(Draw, Typed), Failed> {
    let (known, found) = action(visit, which).await?;
    let (current, language) = (&found.action.current, visit.language);
    let lead = words(language).say("action-state-lead");
    let at = format!("actions/{}/state", which.1.simple());
    let mut draw = draw(visit, &known, (titled(visit, "action-state-link", current.title.get(language)), lead), &at);
    draw.head.submit = "action-state-save";
    draw.specs = vec![
        FieldSpec::new("action_state", Kind::OneOf).choosing(worded(
            visit,
            "action-state",
            &ActionState::ALL.map(ActionState::code),
        )),
        FieldSpec::new("state_note", Kind::Lines).optional(),
        FieldSpec::new("action_evidence", Kind::Lines).optional(),
        FieldSpec::new("action_link", Kind::Line).optional(),
    ];
    let typed = Typed::default()
        .with("revision", current.revision)
        .with("action_state", current.state.code())
        .with("state_note", current.state_note.get(language))
        .with("action_evidence", current.evidence.get(language))
        .with("action_link", &current.link);
    Ok((draw, typed))
}

/// Asks how an action stands.
pub async fn state_page(visit: Visit, path: ThingPath) -> Result<HttpResponse, Failed> {
    let (draw, typed) = state_draw(&visit, (path.1, path.2)).await?;
    show_form(&visit, draw, &typed)
}

/// Says how an action stands.
pub async fn state(visit: Visit, path: ThingPath, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (which, filled) = ((path.1, path.2), typed.clone());
    match visit.write(move |app, db| app.move_action(db, &staff, which, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&board(which.0)))),
        Err(refusal) => {
            let (draw, saved) = state_draw(&visit, which).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

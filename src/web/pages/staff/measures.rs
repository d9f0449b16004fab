// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The numbers of a project: reported, corrected with a reason, taken back.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::{crumbs, place, written};
use super::{Draw, Form, acting, crumb, link, show_again, show_board, show_form, worded};
use crate::app::Refusal;
use crate::app::measures::{MeasuresFile, OWN, written_amount};
use crate::domain::field::Typed;
use crate::domain::framework::Measure;
use crate::domain::measure::{Breakdown, Figure, FigureState, MeasureValue, Part, Standing};
use crate::domain::text::{Language, Text};
use crate::view::BoardPage;
use crate::view::board::BoardSection;
use crate::view::forms::{FieldSpec, FormHead, FormLink, Kind};
use crate::view::measures::{summary, unit_words};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::see_other;
use crate::web::site::Visit;

/// A figure of a project: language, project, figure.
type FigurePath = web::Path<(String, Uuid, Uuid)>;

async fn loaded(visit: &Visit, id: Uuid) -> Result<MeasuresFile, Failed> {
    let staff = visit.staff().await?;
    visit.read(move |app, db| app.measures_file(db, &staff, id)).await
}

/// Where the numbers of a project are in the workspace.
fn board(id: Uuid) -> String {
    format!("{}/measures", place(id))
}

/// The numbers of a project.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let file = loaded(&visit, path.1).await?;
    let words = words(visit.language);
    let id = file.project.id;
    let mut sections: Vec<BoardSection> = file.figures.iter().map(|one| figure_section(&visit, id, one)).collect();
    if sections.is_empty() {
        sections.push(BoardSection { none: words.say("measures-none"), ..BoardSection::default() });
    }
    sections.push(BoardSection {
        title: words.say("measures-new"),
        text: words.say("measures-new-what"),
        links: measure_links(&visit, &file),
        ..BoardSection::default()
    });
    let page = BoardPage {
        kicker: file.project.name.clone(),
        title: words.say("step-measures"),
        lead: words.say("step-measures-lead"),
        links: vec![link(&visit, "project-public-page", &format!("/projects/{}", id.simple()))],
        sections,
        ..BoardPage::default()
    };
    show_board(&visit, page, crumbs(&visit, &file.project))
}

fn figure_section(visit: &Visit, id: Uuid, figure: &Figure) -> BoardSection {
    let current = &figure.current;
    let at = format!("{}/{}", board(id), current.id.simple());
    let to = |key: &str, end: &str| FormLink {
        text: labelled(visit, key, current),
        href: visit.path(&format!("{at}/{end}")),
    };
    let (correct, withdraw) = (to("figure-correct-title", "revision"), to("figure-withdraw-title", "withdrawal"));
    let (text, links) = match current.state {
        FigureState::Reported => (summary(current, visit.language), vec![correct, withdraw]),
        FigureState::Withdrawn => {
            let reason = [("reason", current.reason.as_str().into())];
            (words(visit.language).say_with("figure-taken-back", reason), vec![correct])
        }
    };
    let title = current.label.get(visit.language).to_owned();
    BoardSection { title, text, links, ..BoardSection::default() }
}

/// Words about a figure, with what it counts.
fn labelled(visit: &Visit, key: &str, figure: &MeasureValue) -> String {
    words(visit.language).say_with(key, [("label", figure.label.get(visit.language).into())])
}

/// What can be reported: each measure of the framework, and one of the project's own.
fn measure_links(visit: &Visit, file: &MeasuresFile) -> Vec<FormLink> {
    let new = format!("{}/new", board(file.project.id));
    let known = file.framework.iter().flat_map(|framework| &framework.measures);
    let one = |measure: &Measure| FormLink {
        text: format!("{} {}", measure.code, measure.name.get(visit.language)),
        href: visit.path(&format!("{new}/{}", measure.code)),
    };
    let own = link(visit, "measures-own", &format!("{new}/{OWN}"));
    known.map(one).chain([own]).collect()
}

/// The fields of a figure; a measure of the project's own is asked for its unit.
fn specs(visit: &Visit, measure: Option<&Measure>) -> Vec<FieldSpec> {
    let words = words(visit.language);
    let standings = worded(visit, "figure-standing", &Standing::ALL.map(Standing::code));
    let value = FieldSpec::new("figure_value", Kind::Amount).optional();
    let mut specs = vec![
        FieldSpec::new("figure_label", Kind::Line),
        FieldSpec::new("figure_definition", Kind::Lines),
        FieldSpec::new("figure_standing", Kind::OneOf).choosing(standings),
        FieldSpec::new("figure_known", Kind::OneOf).choosing(worded(visit, "figure-known", &["known", "not_known"])),
    ];
    match measure {
        Some(measure) => {
            let unit = unit_words(&measure.unit, visit.language);
            specs.push(value.labelled(words.say_with("figure-value-in", [("unit", unit.into())])));
        }
        None => specs.extend([value, FieldSpec::new("figure_unit", Kind::Line)]),
    }
    specs.extend([
        FieldSpec::new("first_day", Kind::Day),
        FieldSpec::new("last_day", Kind::Day),
        FieldSpec::new("figure_parts", Kind::Lines).optional(),
        FieldSpec::new("part_other", Kind::Amount).optional(),
        FieldSpec::new("part_not_known", Kind::Amount).optional(),
        FieldSpec::new("figure_source", Kind::Line),
        FieldSpec::new("figure_as_of", Kind::Day).optional(),
    ]);
    specs
}

/// A form about a figure, at this address below the numbers of the project.
fn draw(visit: &Visit, file: &MeasuresFile, (title, lead): (String, String), at: &str) -> Draw {
    let all = board(file.project.id);
    let mut crumbs = crumbs(visit, &file.project);
    crumbs.push(crumb(visit, &words(visit.language).say("step-measures"), &all));
    let head = FormHead {
        kicker: file.project.name.clone(),
        title,
        lead,
        action: visit.path(&format!("{all}/{at}")),
        submit: "figure-report",
        cancel: visit.path(&all),
    };
    Draw { head, specs: Vec::new(), crumbs }
}

async fn new_draw(visit: &Visit, id: Uuid, code: &str) -> Result<(Draw, Typed), Failed> {
    let file = loaded(visit, id).await?;
    let measure = file.measure(code);
    if measure.is_none() && code != OWN {
        return Err(visit.refuse(Refusal::NotFound));
    }
    let words = words(visit.language);
    let said = |text: fn(&Measure) -> &Text| measure.map(|one| text(one).get(visit.language)).unwrap_or_default();
    let title = measure.map_or_else(|| words.say("measures-own"), |one| one.name.get(visit.language).to_owned());
    let typed = Typed::default()
        .with("figure_label", said(|one| &one.name))
        .with("figure_definition", said(|one| &one.definition))
        .with("figure_known", "known");
    let mut draw = draw(visit, &file, (title, words.say("measures-new-lead")), &format!("new/{code}"));
    draw.specs = specs(visit, measure);
    Ok((draw, typed))
}

/// Asks for a figure of a measure.
pub async fn new_page(visit: Visit, path: web::Path<(String, Uuid, String)>) -> Result<HttpResponse, Failed> {
    let (draw, typed) = new_draw(&visit, path.1, &path.2).await?;
    show_form(&visit, draw, &typed)
}

/// Reports a figure.
pub async fn report(visit: Visit, path: web::Path<(String, Uuid, String)>, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (_, id, code) = path.into_inner();
    let (measure, filled) = (code.clone(), typed.clone());
    match visit.write(move |app, db| app.report_figure(db, &staff, (id, &measure), &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&board(id)))),
        Err(refusal) => {
            let (draw, _) = new_draw(&visit, id, &code).await?;
            show_again(&visit, refusal, draw, (typed, 0))
        }
    }
}

/// A figure of a project, with everything about the project's numbers.
async fn figure(visit: &Visit, (id, figure): (Uuid, Uuid)) -> Result<(MeasuresFile, MeasureValue), Failed> {
    let file = loaded(visit, id).await?;
    let found = file.figure(figure).map(|one| one.current.clone());
    let current = found.ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    Ok((file, current))
}

async fn revision_draw(visit: &Visit, which: (Uuid, Uuid)) -> Result<(Draw, Typed), Failed> {
    let (file, current) = figure(visit, which).await?;
    let words = words(visit.language);
    let mut lead = words.say("figure-correct-lead");
    if current.period.days.is_none() {
        let period = current.period.words.get(visit.language);
        lead = format!("{lead} {}", words.say_with("figure-correct-words", [("period", period.into())]));
    }
    let at = format!("{}/revision", which.1.simple());
    let mut draw = draw(visit, &file, (labelled(visit, "figure-correct-title", &current), lead), &at);
    draw.head.submit = "figure-correct";
    draw.specs = specs(visit, file.measure(&current.measure));
    draw.specs.push(FieldSpec::new("figure_reason", Kind::Line));
    Ok((draw, filled(&current, visit.language)))
}

/// A figure as its form shows it.
fn filled(current: &MeasureValue, language: Language) -> Typed {
    let (first, last) = current.period.days.unzip();
    let amount = |value: Option<f64>| value.map(written_amount).unwrap_or_default();
    let parts = current.parts.as_ref();
    let line = |parts: &Breakdown| {
        let one = |part: &Part| format!("{} {}", part.label.get(language), written_amount(part.value));
        parts.named.iter().map(one).collect::<Vec<_>>().join("\n")
    };
    Typed::default()
        .with("revision", current.revision)
        .with("figure_label", current.label.get(language))
        .with("figure_definition", current.definition.get(language))
        .with("figure_standing", current.standing.code())
        .with("figure_known", if current.value.is_some() { "known" } else { "not_known" })
        .with("figure_value", amount(current.value))
        .with("figure_unit", &current.unit)
        .with("first_day", written(first))
        .with("last_day", written(last))
        .with("figure_parts", parts.map(line).unwrap_or_default())
        .with("part_other", amount(parts.map(|parts| parts.other)))
        .with("part_not_known", amount(parts.map(|parts| parts.not_known)))
        .with("figure_source", &current.source)
        .with("figure_as_of", written(current.as_of))
}

/// Asks for a correction.
pub async fn revision_page(visit: Visit, path: FigurePath) -> Result<HttpResponse, Failed> {
    let (draw, typed) = revision_draw(&visit, (path.1, path.2)).await?;
    show_form(&visit, draw, &typed)
}

/// Corrects a figure.
pub async fn revise(visit: Visit, path: FigurePath, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (which, filled) = ((path.1, path.2), typed.clone());
    match visit.write(move |app, db| app.revise_figure(db, &staff, which, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&board(which.0)))),
        Err(refusal) => {
            let (draw, saved) = revision_draw(&visit, which).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

async fn withdrawal_draw(visit: &Visit, which: (Uuid, Uuid)) -> Result<(Draw, Typed), Failed> {
    let (file, current) = figure(visit, which).await?;
    let words = words(visit.language);
    let lead = format!("{}. {}", summary(&current, visit.language), words.say("figure-withdraw-lead"));
    let at = format!("{}/withdrawal", which.1.simple());
    let mut draw = draw(visit, &file, (labelled(visit, "figure-withdraw-title", &current), lead), &at);
    draw.head.submit = "figure-withdraw";
    draw.specs = vec![FieldSpec::new("figure_reason", Kind::Line)];
    Ok((draw, Typed::default().with("revision", current.revision)))
}

/// Asks why a figure is taken back.
pub async fn withdrawal_page(visit: Visit, path: FigurePath) -> Result<HttpResponse, Failed> {
    let (draw, typed) = withdrawal_draw(&visit, (path.1, path.2)).await?;
    show_form(&visit, draw, &typed)
}

/// Takes a figure back.
pub async fn withdraw(visit: Visit, path: FigurePath, sent: Form) -> Result<HttpResponse, Failed> {
    let (staff, typed) = acting(&visit, sent).await?;
    let (which, filled) = ((path.1, path.2), typed.clone());
    match visit.write(move |app, db| app.withdraw_figure(db, &staff, which, &filled)).await {
        Ok(()) => Ok(see_other(&visit.path(&board(which.0)))),
        Err(refusal) => {
            let (draw, saved) = withdrawal_draw(&visit, which).await?;
            show_again(&visit, refusal, draw, (typed, saved.revision()))
        }
    }
}

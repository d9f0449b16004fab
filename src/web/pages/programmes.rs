// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Programmes and editions, with their projects side by side.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use uuid::Uuid;

use crate::app::Refusal;
use crate::app::editions::{EditionChanges, Spread};
use crate::app::measures::MeasureTotal;
use crate::app::projects::{self, ProgrammeTree};
use crate::app::results::{Comparison, Wanted};
use crate::app::waves::Coverage;
use crate::domain::framework::Framework;
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::programme::{Edition, Origin, Project};
use crate::view::beside::{BesideSection, BesideTelling, EntryHead, TypeLink, spread_href};
use crate::view::edition_change::{EditionPair, EditionTelling};
use crate::view::home::ProgrammeCard;
use crate::view::measures::{TotalRow, measure_name};
use crate::view::programmes::{EditionCard, EditionPage, ProgrammePage, ProgrammesPage};
use crate::view::projects::{Link, ProjectCard};
use crate::view::questionnaire::Worded;
use crate::view::spread::{SpreadPage, SpreadTelling};
use crate::view::telling::Telling;
use crate::view::words::words;
use crate::view::{CoverageLine, Crumb};
use crate::web::failure::Failed;
use crate::web::pages::waves::who_answered;
use crate::web::site::Visit;

/// Which type of wave to compare.
#[derive(Debug, Deserialize)]
pub struct Choice {
    wave_type: Option<String>,
}

/// Every programme.
pub async fn index(visit: Visit) -> Result<HttpResponse, Failed> {
    let audience = visit.audience().await;
    let trees = visit.read(move |_, db| projects::programmes(db, &audience)).await?;
    let programmes = trees.iter().map(|tree| programme_card(&visit, tree)).collect();
    let title = words(visit.language).say("programmes-title");
    visit.show(&visit.frame(format!("{title} – Insieme")), &ProgrammesPage { programmes })
}

/// A programme at a glance.
pub fn programme_card(visit: &Visit, tree: &ProgrammeTree) -> ProgrammeCard {
    ProgrammeCard {
        name: tree.programme.name.clone(),
        href: visit.path(&format!("/programmes/{}", tree.programme.id.simple())),
        editions: tree.editions.len(),
        projects: tree.editions.iter().map(|(_, projects)| projects.len()).sum(),
    }
}

/// One programme: its editions side by side.
pub async fn programme(
    visit: Visit,
    path: web::Path<(String, Uuid)>,
    choice: web::Query<Choice>,
) -> Result<HttpResponse, Failed> {
    let (id, audience, wave_type) = (path.1, visit.audience().await, choice.into_inner().wave_type);
    let chosen = wave_type.clone();
    let (tree, comparison, changes) = visit
        .read(move |app, db| {
            let tree = projects::programme(db, id, &audience)?;
            let comparison =
                app.compare(db, &tree, Wanted { edition: None, wave_type: wave_type.as_deref() }, &audience)?;
            let changes = app.edition_changes(db, &tree, &comparison, &audience)?;
            Ok((tree, comparison, changes))
        })
        .await?;
    let place = visit.path(&format!("/programmes/{}", id.simple()));
    let page = ProgrammePage {
        name: tree.programme.name.clone(),
        summary: Worded::new(tree.programme.summary.shown(visit.language), visit.language),
        source: tree.programme.source.clone(),
        editions: tree.editions.iter().map(|(edition, projects)| edition_card(&visit, edition, projects)).collect(),
        beside: beside(&visit, &comparison, (&place, None)),
        apart: changes.map(|changes| edition_pairs(&visit, &changes)).unwrap_or_default(),
    };
    let crumbs = vec![all_programmes(&visit), Crumb { text: page.name.clone(), href: None }];
    let title = chosen_first(chosen.as_deref(), &comparison, format!("{} – Insieme", page.name));
    let mut frame = visit.frame_of(&tree.organisation, title, crumbs);
    frame.coverage = answered(&visit, &comparison);
    visit.show(&frame, &page)
}

/// Each edition against the one before, in words.
pub fn edition_pairs(visit: &Visit, found: &EditionChanges) -> Vec<EditionPair> {
    let telling = Telling::new(visit.language, ScoreView::Public).under(&found.profile);
    let called = |edition: &Edition| format!("{} ({})", edition.name.get(visit.language), edition.years);
    let pairs = found.editions.iter().zip(found.editions.iter().skip(1));
    let told = pairs.filter_map(|(from, to)| {
        let (earlier, later) = (from.id.simple().to_string(), to.id.simple().to_string());
        let own = found.changes.iter().filter(|one| one.from == earlier && one.to == later && !one.is_not_asked());
        let (names, changes) = ([called(from), called(to)], own.collect::<Vec<_>>());
        let [before, after] = &names;
        let (framework, profile) = (&*found.framework, &found.profile);
        let told = EditionTelling { telling, framework, profile, names: [before, after], changes };
        (!told.changes.is_empty()).then(|| told.pair(format!("editions-{later}")))
    });
    told.collect()
}

/// One edition: its projects side by side.
pub async fn edition(
    visit: Visit,
    path: web::Path<(String, Uuid)>,
    choice: web::Query<Choice>,
) -> Result<HttpResponse, Failed> {
    let (id, audience, wave_type) = (path.1, visit.audience().await, choice.into_inner().wave_type);
    let chosen = wave_type.clone();
    let (tree, edition, comparison, totals) = visit
        .read(move |app, db| {
            let (tree, edition) = projects::edition(db, id, &audience)?;
            let comparison =
                app.compare(db, &tree, Wanted { edition: Some(id), wave_type: wave_type.as_deref() }, &audience)?;
            let totals = app.measures_of_edition(db, &tree, id)?;
            Ok((tree, edition, comparison, totals))
        })
        .await?;
    let own = tree.editions.iter().find(|(known, _)| known.id == id).map(|(_, projects)| projects.as_slice());
    let programme = Link {
        text: tree.programme.name.clone(),
        href: visit.path(&format!("/programmes/{}", tree.programme.id.simple())),
    };
    let crumbs = vec![
        all_programmes(&visit),
        Crumb { text: programme.text.clone(), href: Some(programme.href.clone()) },
        Crumb { text: edition.name.get(visit.language).to_owned(), href: None },
    ];
    let place = visit.path(&format!("/editions/{}", id.simple()));
    let page = EditionPage {
        card: edition_card(&visit, &edition, own.unwrap_or_default()),
        totals: total_rows(&visit, &totals),
        programme,
        beside: beside(&visit, &comparison, (&place, Some(&place))),
    };
    let title = format!("{} – {}", page.card.name.text, tree.programme.name);
    let title = chosen_first(chosen.as_deref(), &comparison, title);
    let mut frame = visit.frame_of(&tree.organisation, title, crumbs);
    frame.coverage = answered(&visit, &comparison);
    visit.show(&frame, &page)
}

/// How far the projects of an edition differ on one indicator, beyond chance.
pub async fn spread(
    visit: Visit,
    path: web::Path<(String, Uuid, String)>,
    choice: web::Query<Choice>,
) -> Result<HttpResponse, Failed> {
    let (_, id, code) = path.into_inner();
    let (audience, wave_type) = (visit.audience().await, choice.into_inner().wave_type);
    let (tree, edition, spread) = visit
        .read(move |app, db| {
            let (tree, edition) = projects::edition(db, id, &audience)?;
            let spread = app.edition_spread(db, (&tree, id), wave_type.as_deref(), &audience)?;
            Ok((tree, edition, spread.ok_or(Refusal::NotFound)?))
        })
        .await?;
    let place = visit.path(&format!("/editions/{}", id.simple()));
    let parent = Link { text: edition.name.get(visit.language).to_owned(), href: place };
    let page = spread_page(&visit, (parent, &edition.profile), &spread, &code)
        .ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let programme = visit.path(&format!("/programmes/{}", tree.programme.id.simple()));
    let crumbs = vec![
        all_programmes(&visit),
        Crumb { text: tree.programme.name.clone(), href: Some(programme) },
        Crumb { text: page.edition.text.clone(), href: Some(page.edition.href.clone()) },
        Crumb { text: page.name.clone(), href: None },
    ];
    let title = format!("{} – {} – {}", page.name, spread.wave_type, page.edition.text);
    let mut frame = visit.frame_of(&tree.organisation, title, crumbs);
    let line =
        |(name, counted): &(String, Vec<Coverage>)| who_answered(&visit, &spread.framework, name.clone(), counted);
    frame.coverage = spread.coverage.iter().map(line).collect();
    visit.show(&frame, &page)
}

fn spread_page(visit: &Visit, (edition, profile): (Link, &Profile), spread: &Spread, code: &str) -> Option<SpreadPage> {
    let asked: Vec<_> = spread.comparisons.iter().filter(|one| !one.is_not_asked()).collect();
    let one = asked.iter().find(|one| one.indicator == code)?;
    let telling = Telling::new(visit.language, ScoreView::Public).under(profile);
    let told = SpreadTelling { telling, framework: &spread.framework, one };
    let others = asked.iter().filter(|other| other.indicator != code).map(|other| Link {
        text: telling.indicator(&spread.framework, &other.indicator),
        href: spread_href(&edition.href, &other.indicator, &spread.wave_type),
    });
    Some(SpreadPage {
        pillar_code: one.pillar.code(),
        what: telling.words().say(&format!("pillar-{}-what", one.pillar)),
        name: telling.indicator(&spread.framework, code),
        wave_type: telling.wave(&spread.framework, &spread.wave_type, &spread.wave_type),
        sentences: told.sentences(),
        observed: told.observed(),
        drawn: told.drawn(),
        funnel: told.funnel(),
        groups: told.groups(),
        others: others.collect(),
        edition,
    })
}

/// How many answered in what is put side by side.
pub fn answered(visit: &Visit, comparison: &Comparison) -> Vec<CoverageLine> {
    let Some(found) = &comparison.beside else { return Vec::new() };
    let entries = found.entries.iter().zip(&found.coverage);
    entries.map(|((_, _, label), counted)| who_answered(visit, &found.framework, label.clone(), counted)).collect()
}

/// The title of a page on which a type of wave was chosen begins with it, so that no two pages share a title.
fn chosen_first(chosen: Option<&str>, comparison: &Comparison, title: String) -> String {
    match chosen.filter(|code| comparison.wave_types.iter().any(|known| known == code)) {
        Some(code) => format!("{code} · {title}"),
        None => title,
    }
}

fn all_programmes(visit: &Visit) -> Crumb {
    Crumb { text: words(visit.language).say("programmes-title"), href: Some(visit.path("/programmes")) }
}

/// The numbers of an edition, named as the framework of its projects names them.
fn total_rows(visit: &Visit, (totals, framework): &(Vec<MeasureTotal>, Option<Arc<Framework>>)) -> Vec<TotalRow> {
    let row = |one: &MeasureTotal| {
        let name = measure_name(framework.as_deref(), &one.measure, visit.language);
        TotalRow::new(name, &one.reported, &one.total, visit.language)
    };
    totals.iter().map(row).collect()
}

fn edition_card(visit: &Visit, edition: &Edition, projects: &[Project]) -> EditionCard {
    EditionCard {
        name: Worded::new(edition.name.shown(visit.language), visit.language),
        href: visit.path(&format!("/editions/{}", edition.id.simple())),
        years: edition.years.clone(),
        fictional: edition.origin == Origin::Fictional,
        projects: projects.iter().map(|project| ProjectCard::new(project, visit.language)).collect(),
    }
}

fn beside(visit: &Visit, comparison: &Comparison, (place, edition): (&str, Option<&str>)) -> Option<BesideSection> {
    let found = comparison.beside.as_ref()?;
    let (first, ..) = found.entries.first()?;
    let telling = Telling::new(visit.language, ScoreView::Public).under(&first.profile);
    let wave_types = comparison.wave_types.iter().map(|code| TypeLink {
        text: telling.wave(&found.framework, code, code),
        href: format!("{place}?wave_type={code}#beside"),
        current: *code == found.wave_type,
    });
    let entries = found.entries.iter().map(|(edition, _, label)| EntryHead {
        project: label.clone(),
        edition: edition.name.get(visit.language).to_owned(),
    });
    let labels: Vec<&str> = found.entries.iter().map(|(_, _, label)| label.as_str()).collect();
    let told = BesideTelling {
        telling,
        framework: &found.framework,
        indicators: &found.indicators,
        labels: &labels,
        edition,
        wave_type: &found.wave_type,
    };
    Some(BesideSection {
        wave_types: wave_types.collect(),
        wave_type: telling.wave(&found.framework, &found.wave_type, &found.wave_type),
        entries: entries.collect(),
        pillars: told.pillars(),
    })
}

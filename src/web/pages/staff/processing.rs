// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The sheet of a wave for the body's register of processing, and what helps to decide on an impact assessment.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::paper::way_up;
use super::show_board;
use crate::app::notices::NoticeFile;
use crate::domain::processing::{Criterion, Sign, criteria, needs_assessment};
use crate::domain::wave::RosterEntry;
use crate::view::BoardPage;
use crate::view::board::{BoardItem, BoardSection};
use crate::view::notice::NoticeView;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// Both, on one page to be printed.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (staff, id) = (visit.staff().await?, path.1);
    let known = visit.read(move |app, db| app.notice_file(db, &staff, id)).await?;
    let words = words(visit.language);
    let page = BoardPage {
        kicker: format!("{} · {}", known.file.project.name, known.file.wave.code),
        title: words.say("processing-title"),
        lead: words.say("processing-lead"),
        sections: vec![register(&visit, &known), assessment(&visit, &known)],
        ..BoardPage::default()
    };
    show_board(&visit, page, way_up(&visit, &known.file))
}

/// What art. 30 asks for, with what people are told as its source.
fn register(visit: &Visit, known: &NoticeFile) -> BoardSection {
    let (words, file) = (words(visit.language), &known.file);
    let newest = known.versions.first().cloned().unwrap_or_default();
    let told = NoticeView::new(visit.language, &file.organisation, &file.wave, &newest);
    let said = |question: &str| {
        let question = words.say(&format!("notice-{question}"));
        let part = told.parts.iter().find(|part| part.question == question);
        part.map(|part| part.paragraphs.join(" ")).unwrap_or_default()
    };
    let group = |row: &crate::app::waves::Coverage| {
        let name = file.framework.group(&row.group).map_or(row.group.as_str(), |group| group.name.get(visit.language));
        row.listed.map_or_else(|| name.to_owned(), |listed| format!("{name} ({listed})"))
    };
    let groups: Vec<String> = file.coverage.iter().map(group).collect();
    let parts = [
        ("controller", said("who")),
        ("purposes", said("why")),
        ("subjects", groups.join(", ")),
        ("data", said("what")),
        ("recipients", said("others")),
        ("transfers", words.say("processing-transfers-none")),
        ("erasure", said("how-long")),
        ("measures", words.say("processing-measures-taken")),
    ];
    let item = |(key, detail): (&str, String)| BoardItem {
        name: words.say(&format!("processing-{key}")),
        detail,
        ..BoardItem::default()
    };
    BoardSection {
        title: words.say("processing-register"),
        text: words.say("processing-register-what"),
        items: parts.into_iter().map(item).collect(),
        ..BoardSection::default()
    }
}

/// The nine criteria, with what the wave's settings say.
fn assessment(visit: &Visit, known: &NoticeFile) -> BoardSection {
    let (words, file) = (words(visit.language), &known.file);
    let entry = |row: &crate::app::waves::Coverage| RosterEntry { group: row.group.clone(), listed: row.listed };
    let roster: Vec<RosterEntry> = file.coverage.iter().map(entry).collect();
    let found = criteria(&file.wave, &file.framework, &roster);
    let item = |(criterion, sign): &(Criterion, Sign)| {
        let (met, end) = (*sign == Sign::Met, if *sign == Sign::Met { "met" } else { "absent" });
        BoardItem {
            name: words.say(&format!("criterion-{}", criterion.code())),
            detail: words.say(&format!("criterion-{}-{end}", criterion.code())),
            flag: words.say(&format!("criterion-is-{end}")),
            good: !met,
            ..BoardItem::default()
        }
    };
    let text = if needs_assessment(&found) { "processing-needed" } else { "processing-not-needed" };
    BoardSection {
        title: words.say("processing-assessment"),
        text: words.say(text),
        items: found.iter().map(item).collect(),
        ..BoardSection::default()
    }
}

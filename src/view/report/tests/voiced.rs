// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do all kinds of report carry what groups said and what was decided, on the page and on paper?

use super::*;
use crate::domain::discussion::tests::thread;
use crate::domain::discussion::{
    Confirmation, Consent, Contribution, ContributionKind, GroupPosition, Position, Story, Summary, SummaryFile,
};

/// A summary with a dissent, a reply and a story, all in these words.
pub(super) fn said(words: &str) -> Restitution {
    let summary = Summary {
        organisation_id: Uuid::nil(),
        id: Uuid::nil(),
        wave_id: Uuid::nil(),
        revision: 2,
        text: words.to_owned(),
        author: words.to_owned(),
        written_on: date(2026, 4, 20),
    };
    let position = |(group, position): (&str, Position)| GroupPosition {
        group: group.to_owned(),
        position,
        words: if position == Position::Dissents { words.to_owned() } else { String::new() },
    };
    let positions = [("PA", Position::Dissents), ("ETS", Position::Approved)].map(position).into();
    let own = thread("ETS", "k", words);
    let confirmation = Some(Confirmation::Seat);
    let kind = ContributionKind::Reply;
    let reply = Contribution { kind, confirmation, indicator: String::new(), ..own.clone() };
    let line = || words.to_owned();
    let story = Story {
        domain: line(),
        why: line(),
        panel: line(),
        verification: line(),
        indicators: vec!["F0".to_owned()],
        consent: Consent::Given,
    };
    let story = Contribution { kind: ContributionKind::Story, story: Some(story), ..own };
    Restitution::new(Some(SummaryFile { summary, positions }), vec![reply, story], 5)
}

#[test]
fn no_kind_of_report_leaves_out_a_reply_or_a_dissent() {
    let shape = Shape { restitution: said("Controreplica"), ..common() };
    for kind in ReportKind::ALL {
        let report = shape.source(Language::It).report(kind);
        let anchors: Vec<&str> = report.sections.iter().map(|one| one.anchor.as_str()).collect();
        assert_eq!(anchors.first(), Some(&"agreed"), "{kind:?}");
        assert!(anchors.contains(&"replies"), "{kind:?}");
        let found = format!("{:?}", report.sections);
        assert!(found.matches("Controreplica").count() >= 3, "{kind:?}: summary, dissent and reply");
    }
    let words = words_of(&on_paper(shape.source(Language::It).report(ReportKind::Summary)));
    assert!(words.matches("Controreplica").count() >= 3, "on paper too: {words}");
}

#[test]
fn decisions_are_told_alike_in_every_kind_that_has_them_on_the_page_and_on_paper() {
    let shape = common();
    let squeezed = |text: &str| text.replace(|one: char| one.is_whitespace() || "\u{ad}-".contains(one), "");
    for kind in ReportKind::ALL.into_iter().filter(|kind| *kind != ReportKind::Summary) {
        let report = shape.source(Language::It).report(kind);
        let frame = Frame::new(Language::It, &Address::default(), "a");
        let html = render(&frame, &ReportFile { report: report.clone() }).unwrap();
        let page: String = Html::parse_document(&html).root_element().text().collect();
        let paper = words_of(&on_paper(report));
        for words in [
            "Osservato in T2: −12 punti (da −19 a −5): peggiorato.",
            "Quella rilevazione non ha ancora risultati.",
            "Fatta, ma l'indicatore è peggiorato: torna al comitato",
            "Ancora senza risposta: Indicatore numero 1.",
        ] {
            assert!(page.contains(words), "{} {words}", kind.code());
            assert!(squeezed(&paper).contains(&squeezed(words)), "{} {words}: {paper}", kind.code());
        }
    }
}

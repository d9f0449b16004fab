// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which reports and placemats show between them every branch of their templates?

use jiff::civil::date;

use super::head::{Head, Line, Said};
use super::placemat::{Placemat, Sheet};
use super::report::{Block, Cell, Column, Drawn, Report, Row, Section, Table};
use crate::domain::text::Language;

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 9\" width=\"90\" height=\"9\">\
                   <path d=\"M0 4h90v1H0z\"/></svg>";

/// The parts of a report for which paper needs no figure of its own.
#[must_use]
pub fn sections<F>(figure: Option<F>) -> Vec<Section<F>> {
    let english = Said { text: "To do better.".to_owned(), lang: Some("en".to_owned()) };
    let mut blocks = vec![
        Block::text("Hanno risposto in 42."),
        Block::Text(english.clone()),
        Block::Heading("I tre pilastri".to_owned()),
        Block::points(["Ciò che aiuta di più è la fiducia.".to_owned()]),
        Block::Facts(vec![Line::new("Metodo", "pratiche-collaborative 1.0.0")]),
        Block::Table(table(english)),
        Block::ToAdd("Il numero dei dipendenti.".to_owned()),
    ];
    blocks.extend(figure.map(Block::Figure));
    vec![Section { anchor: "in-breve".to_owned(), title: "In breve".to_owned(), blocks }]
}

fn table(english: Said) -> Table {
    let columns = vec![Column::words("Indicatore"), Column::numbers("Tutti"), Column::words("Ente pubblico")];
    let shown = Cell::new("55").with(vec!["48–62".to_owned(), "7 di 9".to_owned(), "da discutere".to_owned()]);
    let row = |head: Said, cell| Row { head, cells: vec![cell, Cell::withheld("meno di 5 risposte")] };
    let rows = vec![row("Fiducia".into(), shown), row(english.clone(), Cell::new(english))];
    let mut table = Table::new("Punteggi".to_owned(), columns, rows);
    table.notes = vec!["1: nascosto perché svelerebbe un gruppo.".to_owned()];
    table
}

fn head(title: &str) -> Head {
    Head { title: title.to_owned(), language: Language::It, day: date(2026, 3, 1) }
}

/// A report with sections.
#[must_use]
pub fn report<F>(sections: Vec<Section<F>>) -> Report<F> {
    Report {
        head: head("Relazione: Orto di quartiere"),
        kicker: "Comune di Esempio · Equilibri".to_owned(),
        title: "Orto di quartiere".to_owned(),
        subtitle: "T0 · Ex ante".to_owned(),
        kind: "Relazione completa".to_owned(),
        running: "Orto di quartiere · T0".to_owned(),
        page: "Pagina {page} di {pages}".to_owned(),
        one_sheet: false,
        notices: vec!["Non ancora pubblicata.".to_owned()],
        facts: vec![Line::new("Ente", "Comune di Esempio")],
        sections,
    }
}

pub(super) fn reports() -> Vec<Report> {
    let drawn =
        Drawn { svg: SVG.to_owned(), alt: "Una riga".to_owned(), caption: "I punteggi. La riga è piatta.".to_owned() };
    let bare = Report { one_sheet: true, notices: Vec::new(), facts: Vec::new(), ..report(Vec::new()) };
    vec![report(sections(Some(drawn))), bare]
}

pub(super) fn placemats() -> Vec<Placemat> {
    let sheet = |figure| Sheet {
        title: "Fattori facilitanti".to_owned(),
        what: "Ciò che aiuta.".to_owned(),
        score: "Punteggio del pilastro: 62 (55–70)".to_owned(),
        sentence: "Ciò che aiuta di più è la fiducia.".to_owned(),
        figure,
        table: table("Trust".into()),
        questions: vec!["Perché?".to_owned(), "Che cosa facciamo?".to_owned()],
    };
    let drawn = Drawn { svg: SVG.to_owned(), alt: "Una riga".to_owned(), caption: "I punteggi".to_owned() };
    vec![Placemat {
        head: head("Tovagliette"),
        running: "Orto di quartiere · T0".to_owned(),
        notes: "Appunti".to_owned(),
        foot: "Numeri: pratiche-collaborative 1.0.0".to_owned(),
        sheets: vec![sheet(Some(drawn)), sheet(None)],
    }]
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does every code of a file of answers mean? One row per item and value that its cells can have.

use super::book::{Cell, Column, Filled, Kind, Table};
use crate::domain::answer::NoAnswer;
use crate::domain::framework::{Framework, Indicator, Item, Level, Scale};
use crate::domain::text::{Language, Text};

/// Codes that are lists, joined once.
#[derive(Clone, Debug)]
pub struct Lists {
    /// Groups and types of wave of every item, in framework order.
    items: Vec<[String; 2]>,
}

impl Lists {
    /// The lists of a framework.
    #[must_use]
    pub fn of(framework: &Framework) -> Self {
        let of_item = |(indicator, item): (&Indicator, &Item)| [item.audience.join(" "), indicator.waves.join(" ")];
        Self { items: framework.items().map(of_item).collect() }
    }
}

/// The codebook of a framework version; `reasons` says what every reason for no answer means.
#[must_use]
pub fn codebook<'a>(framework: &'a Framework, lists: &'a Lists, reasons: &'a [Text; 5]) -> Filled<'a> {
    let mut rows = Vec::new();
    for ((indicator, item), lists) in framework.items().zip(&lists.items) {
        let of_item = item_cells(framework, (indicator, item), lists);
        let add = |value: Cell<'a>, label: &'a Text, missing: &'static str| {
            let mut row = of_item.clone();
            row.extend([value, Cell::of(label.get(Language::It)), Cell::of(label.get(Language::En))]);
            row.push(Cell::Text(missing));
            row
        };
        let points = framework.scale(&item.scale).into_iter().flat_map(labelled);
        rows.extend(points.map(|(point, label)| add(Cell::Whole(point.into()), label, "no")));
        let reasons = NoAnswer::ALL.into_iter().zip(reasons);
        rows.extend(reasons.map(|(reason, label)| add(written(reason), label, "si")));
    }
    Filled::new(Table { name: "Codici", columns: columns() }, rows)
}

fn columns() -> Vec<Column> {
    let columns = [
        ("domanda", "Codice della domanda · Code of the item"),
        ("testo", "Testo · Text, Italian"),
        ("testo_en", "Testo in inglese · Text, English"),
        ("indicatore", "Codice dell'indicatore · Code of the indicator"),
        ("nome_indicatore", "Nome dell'indicatore · Name of the indicator, Italian"),
        ("nome_indicatore_en", "Nome dell'indicatore in inglese · Name of the indicator, English"),
        ("famiglia", "Codice della famiglia · Code of the family"),
        ("pilastro", "Pilastro · Pillar"),
        ("livello", "Sempre o a scelta: core, extended · Always or by choice"),
        ("invertita", "Una risposta alta vale poco: si, no · A high answer means little"),
        ("gruppi", "Gruppi a cui si chiede; vuoto: tutti · Groups asked; empty: all"),
        ("tipi_rilevazione", "Tipi di rilevazione; vuoto: tutti · Types of wave; empty: all"),
        ("scala", "Codice della scala · Code of the scale"),
    ];
    let mut all: Vec<Column> = columns.iter().map(|(name, label)| Column::text(name, label)).collect();
    all.extend([
        Column::new("valore", "Valore nella cella · Value in the cell", Kind::Text { longest: 2 }),
        Column::text("etichetta", "Che cosa vuol dire · What it means, Italian"),
        Column::text("etichetta_en", "Che cosa vuol dire, in inglese · What it means, English"),
        Column::text("mancante", "Non è una risposta sulla scala: si, no · Not an answer on the scale"),
    ]);
    all
}

fn item_cells<'a>(
    framework: &'a Framework,
    (indicator, item): (&'a Indicator, &'a Item),
    [audience, waves]: &'a [String; 2],
) -> Vec<Cell<'a>> {
    let family = framework.family(&indicator.family).map(|family| family.code.as_str());
    vec![
        Cell::of(&item.code),
        Cell::of(item.text.get(Language::It)),
        Cell::of(item.text.get(Language::En)),
        Cell::of(&indicator.code),
        Cell::of(indicator.name.get(Language::It)),
        Cell::of(indicator.name.get(Language::En)),
        Cell::maybe(family),
        Cell::Text(indicator.pillar.code()),
        Cell::Text(if item.level == Level::Core { "core" } else { "extended" }),
        Cell::Text(if item.reverse { "si" } else { "no" }),
        Cell::of(audience),
        Cell::of(waves),
        Cell::of(&item.scale),
    ]
}

fn labelled(scale: &Scale) -> impl Iterator<Item = (u8, &Text)> {
    scale.points.iter().copied().zip(&scale.labels)
}

/// The reason as a cell of a file of answers has it: nothing where the item was seen and left empty.
const fn written(reason: NoAnswer) -> Cell<'static> {
    match reason {
        NoAnswer::Skipped => Cell::Nothing,
        other => Cell::Text(other.code()),
    }
}

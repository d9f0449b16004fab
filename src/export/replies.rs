// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do groups say of the results of a wave, as a table: the summary with each position on it, and the replies?

use super::book::{Cell, Column, Filled, Table};
use super::results::{WaveOf, english, italian};
use crate::domain::discussion::ContributionKind;

/// A row: what it is, whose and about what, and the words.
struct Said<'a> {
    kind: &'static str,
    group: &'a str,
    indicator: &'a str,
    position: &'static str,
    text: &'a str,
}

impl<'a> WaveOf<'a> {
    /// What groups say: a row for the summary, one for each position on it, one for each reply. A reply that its group was
    /// asked to word anew has its row, without words.
    #[must_use]
    pub fn replies_table(&self) -> Filled<'a> {
        let columns = [
            ("progetto", "Progetto · Project"),
            ("rilevazione", "Codice della rilevazione · Code of the wave"),
            ("tipo", "Che cosa è la riga: sintesi, posizione, replica, replica_da_riscrivere · What the row is"),
            ("gruppo", "Codice del gruppo; vuoto: tutti · Code of the group; empty: all"),
            ("nome_gruppo", "Nome del gruppo · Name of the group, Italian"),
            ("nome_gruppo_en", "Nome del gruppo in inglese · Name of the group, English"),
            (
                "indicatore",
                "Codice dell'indicatore; vuoto: tutti i risultati · Code of the indicator; empty: all results",
            ),
            ("nome_indicatore", "Nome dell'indicatore · Name of the indicator, Italian"),
            ("nome_indicatore_en", "Nome dell'indicatore in inglese · Name of the indicator, English"),
            ("posizione", "Sulla sintesi: approved, dissents, abstains, silent, not_asked · On the summary"),
            ("testo", "Le parole · The words"),
        ];
        let columns = columns.iter().map(|(name, label)| Column::text(name, label)).collect();
        let rows = self.said().into_iter().map(|said| self.cells(&said)).collect();
        Filled::new(Table { name: "Repliche", columns }, rows)
    }

    fn said(&self) -> Vec<Said<'a>> {
        let said = |kind| Said { kind, group: "", indicator: "", position: "", text: "" };
        let mut rows = Vec::new();
        if let Some(file) = &self.restitution.summary {
            rows.push(Said { text: &file.summary.text, ..said("sintesi") });
            rows.extend(file.positions.iter().map(|one| Said {
                group: &one.group,
                position: one.position.code(),
                text: &one.words,
                ..said("posizione")
            }));
        }
        rows.extend(self.restitution.of_kind(ContributionKind::Reply).map(|one| Said {
            group: &one.group,
            indicator: &one.indicator,
            text: &one.text,
            ..said("replica")
        }));
        let reworded = self.restitution.reworded.iter();
        rows.extend(reworded.map(|(group, indicator)| Said { group, indicator, ..said("replica_da_riscrivere") }));
        rows
    }

    fn cells(&self, said: &Said<'a>) -> Vec<Cell<'a>> {
        let group = self.framework.group(said.group).map(|known| &known.name);
        let indicator = self.framework.indicator(said.indicator).map(|known| &known.name);
        vec![
            Cell::of(&self.project.name),
            Cell::of(&self.wave.code),
            Cell::Text(said.kind),
            Cell::of(said.group),
            italian(group),
            english(group),
            Cell::of(said.indicator),
            italian(indicator),
            english(indicator),
            Cell::of(said.position),
            Cell::of(said.text),
        ]
    }
}

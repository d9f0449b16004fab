// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a report say of the weights that people chose, and of how participatory a wave was?

use super::super::participation::{ParticipationSection, RateCell, RateRow, SheetRow};
use super::super::weights::{ComparedRow, ComparedWeights, SetSection, ThingRow};
use super::Block;
use super::tables::BESIDE;
use super::told::Told;
use crate::print::{Cell, Column, Row, Table};

/// The weights that people chose, in words.
#[derive(Clone, Debug, Default)]
pub struct ToldWeights {
    /// The numbers with both weights.
    pub compared: Option<ComparedWeights>,
    /// Set by set, with the weights of the profile beside.
    pub sets: Vec<SetSection>,
}

impl Told<'_> {
    /// The numbers with equal weights and with the chosen ones, then the weights; nothing where none were chosen.
    pub(super) fn weights(&self) -> Option<Vec<Block>> {
        let weights = self.source.weights?;
        let compared = weights.compared.as_ref()?;
        let mut blocks = vec![Block::text(self.say("weights-compared-what")), Block::Table(self.compared(compared))];
        blocks.push(Block::text(compared.verdict.clone()));
        for set in &weights.sets {
            blocks.push(Block::Heading(set.title.clone()));
            blocks.push(Block::text(format!("{} {}", set.basis, set.agreement).trim().to_owned()));
            blocks.push(Block::Table(self.shares(set)));
            if !set.withheld.is_empty() {
                let withheld = set.withheld.join("; ");
                blocks.push(Block::text(format!("{} {withheld}.", self.say("weights-withheld"))));
            }
        }
        Some(blocks)
    }

    fn compared(&self, compared: &ComparedWeights) -> Table {
        let row = |row: &ComparedRow| Row {
            head: row.name.as_str().into(),
            cells: vec![Cell::new(row.equal.as_str()), Cell::new(row.chosen.as_str())],
        };
        let columns = vec![
            Column::words(self.say("weights-column-number")),
            Column::numbers(self.say("weights-column-equal")),
            Column::numbers(self.say("weights-column-chosen")),
        ];
        Table::new(self.say("weights-compared-caption"), columns, compared.rows.iter().map(row).collect())
    }

    fn shares(&self, set: &SetSection) -> Table {
        let keys = ["weights-column-equal", "weights-column-chosen", "weights-column-together"];
        let mut columns = vec![Column::words(self.say("weights-column-thing"))];
        columns.extend(keys.map(|key| Column::numbers(self.say(key))));
        columns.extend(set.groups.iter().take(BESIDE).map(Column::numbers));
        let row = |row: &ThingRow| {
            let shown = [&row.equal, &row.chosen, &row.together].into_iter();
            let shown = shown.chain(row.groups.iter().take(BESIDE).map(|cell| &cell.share));
            Row { head: row.name.as_str().into(), cells: shown.map(|share| Cell::new(share.as_str())).collect() }
        };
        let caption = self.words().say_with("weights-caption", [("set", set.title.as_str().into())]);
        Table::new(caption, columns, set.rows.iter().map(row).collect())
    }

    /// Who took part in what, and what the groups say of it; nothing where that is not at hand.
    pub(super) fn participation(&self) -> Option<Vec<Block>> {
        let section = self.source.participation?;
        let mut blocks = vec![Block::text(self.say("participation-rates-what")), Block::Table(self.rates(section))];
        blocks.push(Block::text(self.say("parity-what")));
        blocks.push(Block::points(section.parities.clone()));
        blocks.push(Block::text(section.sheets_lead.clone()));
        if !section.sheets.is_empty() {
            blocks.push(Block::points(section.dimensions.clone()));
            blocks.push(Block::Table(self.sheets(section)));
        }
        Some(blocks)
    }

    fn rates(&self, section: &ParticipationSection) -> Table {
        let mut columns = vec![Column::words(self.say("weights-column-group"))];
        columns.extend(section.activities.iter().map(Column::numbers));
        let row = |row: &RateRow| Row { head: row.group.as_str().into(), cells: cells(&row.cells) };
        Table::new(self.say("participation-caption"), columns, section.groups.iter().map(row).collect())
    }

    fn sheets(&self, section: &ParticipationSection) -> Table {
        let mut columns = vec![Column::words(self.say("weights-column-group"))];
        columns.push(Column::numbers(self.say("sheets-column-people")));
        let first = section.sheets.first().into_iter().flat_map(|row| &row.marks);
        columns.extend(first.map(|cell| Column::numbers(&cell.activity)));
        let row = |row: &SheetRow| {
            let mut all = vec![Cell::new(row.people.as_str())];
            all.extend(cells(&row.marks));
            Row { head: row.group.as_str().into(), cells: all }
        };
        Table::new(self.say("sheets-caption"), columns, section.sheets.iter().map(row).collect())
    }
}

fn cells(cells: &[RateCell]) -> Vec<Cell> {
    cells.iter().map(|cell| Cell::new(cell.told.as_str())).collect()
}

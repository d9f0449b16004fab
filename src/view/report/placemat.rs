// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What lies on the table where the results of a wave are discussed?

use super::super::waves::PillarSection;
use super::told::Told;
use super::{ReportSource, drawn};
use crate::domain::agreement::SharedView;
use crate::print::{Cell, Column, Head, Placemat, PrintError, Row, Sheet, Table};

/// The placemats of a wave: a sheet for each pillar in which something was asked.
///
/// # Errors
/// If nothing was asked.
pub fn placemat(source: &ReportSource<'_>) -> Result<Placemat, PrintError> {
    let told = Told::new(source);
    let sheets: Vec<Sheet> =
        told.pillars.iter().filter(|pillar| pillar.asked).map(|pillar| told.sheet(pillar)).collect();
    if sheets.is_empty() {
        return Err(PrintError::Empty);
    }
    let (project, wave) = (&source.project.name, source.wave_name());
    let title =
        told.say_with("report-placemat-title", [("project", project.clone()), ("wave", source.wave.code.clone())]);
    let version = format!("{} {}", source.framework.title.get(source.telling.language), source.framework.version);
    Ok(Placemat {
        head: Head { title, language: source.telling.language, day: source.day() },
        running: format!("{project} · {wave}, {}", told.dates()),
        notes: told.say("report-placemat-notes"),
        foot: format!("{version} · {} {}", told.say("report-limit-1"), told.rule()),
        sheets,
    })
}

impl Told<'_> {
    fn sheet(&self, pillar: &PillarSection) -> Sheet {
        let score = match (&pillar.score.score, &pillar.score.interval) {
            (Some(score), Some(interval)) => format!("{score} ({interval})"),
            (Some(score), None) => score.clone(),
            (None, _) => pillar.score.reason.clone().unwrap_or_default(),
        };
        let questions = ["report-placemat-why", "report-placemat-what"];
        Sheet {
            title: pillar.name.clone(),
            what: pillar.what.clone(),
            score: format!("{} {score}", self.say("pillar-score")),
            sentence: pillar.figure.as_ref().map_or_else(String::new, |figure| figure.sentence.clone()),
            figure: pillar.figure.as_ref().and_then(|figure| drawn::drawn(figure, self.source.telling.language)),
            table: self.discussed(pillar),
            questions: questions.map(|key| self.say(&format!("{key}-{}", pillar.code))).to_vec(),
        }
    }

    /// The numbers to talk about: the score with its interval, each group's score, how far people agree.
    fn discussed(&self, pillar: &PillarSection) -> Table {
        let full = self.score_tables(pillar);
        let mut columns = full.first().map(|table| table.columns.clone()).unwrap_or_default();
        columns.push(Column::words(self.say("report-column-agreement")));
        let rows = full.first().map(|table| table.rows.clone()).unwrap_or_default();
        let rows = rows.into_iter().zip(&pillar.rows).map(|(row, indicator)| Row {
            cells: short(row.cells).chain([self.agreement(&indicator.code)]).collect(),
            head: row.head,
        });
        let caption = full.first().map(|table| table.caption.clone()).unwrap_or_default();
        let notes = full.first().map(|table| table.notes.clone()).unwrap_or_default();
        Table { notes, ..Table::new(caption, columns, rows.collect()) }
    }

    /// How far people agree, or why that is not said.
    fn agreement(&self, indicator: &str) -> Cell {
        let found = self.source.scores.indicators.iter().find(|one| one.indicator == indicator);
        let Some(agreement) = found.map(|one| one.agreement) else { return Cell::new("–") };
        match (agreement.view, agreement.polarised) {
            (_, Ok(true)) => Cell::new(self.say("flag-polarised")),
            (Ok(view), _) => Cell::new(self.say(match view {
                SharedView::Shared => "report-agreement-shared",
                SharedView::FairlyShared => "report-agreement-fairly",
                SharedView::Different => "report-agreement-different",
            })),
            (Err(reason), _) => Cell::withheld(self.source.telling.reason(reason)),
        }
    }
}

/// Of all groups together the interval stays, of each group the score alone.
fn short(cells: Vec<Cell>) -> impl Iterator<Item = Cell> {
    cells.into_iter().enumerate().map(|(place, cell)| {
        let kept = usize::from(place == 0 && !cell.withheld);
        Cell { more: cell.more.into_iter().take(kept).collect(), ..cell }
    })
}

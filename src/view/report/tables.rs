// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do scores, coverage, change and measures stand in the tables of a report?

use super::super::change::{ChangeRow, ChangeSection};
use super::super::measures::MeasureRow;
use super::super::questionnaire::Worded;
use super::super::telling::{ScoreCell, Telling, value};
use super::super::waves::{GroupCell, IndicatorRow, PillarSection};
use super::told::Told;
use crate::domain::framework::Pillar;
use crate::domain::score::{Band, Given, IndicatorScore};
use crate::domain::text::Shown;
use crate::print::{Cell, Column, Row, Said, Table};

/// Columns of groups or projects that stand side by side in one table.
pub(super) const BESIDE: usize = 8;
/// A reason up to this many letters stands in its cell; a longer one below the table.
const SHORT_REASON: usize = 40;

/// What stands below a table because its cells are narrow.
#[derive(Default)]
pub(super) struct Notes(Vec<String>);

impl Notes {
    /// The reason, or where it is said.
    fn refer(&mut self, telling: Telling, reason: &str) -> String {
        if reason.chars().count() <= SHORT_REASON {
            return reason.to_owned();
        }
        let known = self.0.iter().position(|one| one == reason);
        let place = known.unwrap_or_else(|| {
            self.0.push(reason.to_owned());
            self.0.len() - 1
        });
        telling.words().say_with("report-see-note", [("number", (place + 1).into())])
    }

    pub(super) fn written(self, telling: Telling) -> Vec<String> {
        let written = |(place, text): (usize, String)| {
            telling.words().say_with("report-note", [("number", (place + 1).into()), ("text", value(text))])
        };
        self.0.into_iter().enumerate().map(written).collect()
    }
}

/// A score with its interval, n of N and band, or the reason why it is not given.
pub(super) fn score_cell(telling: Telling, cell: &ScoreCell, band: Option<String>, notes: &mut Notes) -> Cell {
    let n_of_n = Some(cell.n_of_n.clone()).filter(|words| !words.is_empty());
    let Some(score) = &cell.score else {
        let reason = notes.refer(telling, cell.reason.as_deref().unwrap_or_default());
        return Cell::withheld(reason).with(n_of_n.into_iter().collect());
    };
    let without = || cell.interval_reason.as_ref().map(|_| telling.words().say("no-interval"));
    let interval = cell.interval.clone().or_else(without);
    Cell::new(score.as_str()).with([interval, n_of_n, band].into_iter().flatten().collect())
}

impl Told<'_> {
    /// The three pillars: score, and which way is better.
    pub(super) fn pillars_table(&self) -> Table {
        let mut notes = Notes::default();
        let row = |pillar: &PillarSection| Row {
            head: pillar.name.as_str().into(),
            cells: vec![self.score(&pillar.score, None, &mut notes), Cell::new(pillar.what.as_str())],
        };
        let rows = self.pillars.iter().map(row).collect();
        let columns = vec![
            Column::words(self.say("report-column-pillar")),
            Column::numbers(self.say("column-score")),
            Column::words(self.say("report-column-meaning")),
        ];
        let table = Table::new(self.say("report-pillars-caption"), columns, rows);
        Table { notes: notes.written(self.source.telling), ..table }
    }

    /// Who answered, group by group.
    pub(super) fn coverage_table(&self) -> Table {
        let rows = self.coverage.iter().map(|row| {
            let share = row.share.clone().unwrap_or_else(|| self.say("share-unknown"));
            let share = Cell::new(share).with(row.flag.iter().cloned().collect());
            Row { head: row.group.as_str().into(), cells: vec![Cell::new(row.n_of_n.as_str()), share] }
        });
        let columns = vec![
            Column::words(self.say("column-group")),
            Column::numbers(self.say("column-answers")),
            Column::numbers(self.say("column-share")),
        ];
        Table::new(self.say("coverage-caption"), columns, rows.collect())
    }

    /// Each indicator of a pillar: all groups, and each; several tables where there are many groups.
    pub(super) fn score_tables(&self, pillar: &PillarSection) -> Vec<Table> {
        let groups: Vec<usize> = (0..pillar.groups.len()).collect();
        if groups.is_empty() {
            return vec![self.score_table(pillar, &[])];
        }
        groups.chunks(BESIDE).map(|some| self.score_table(pillar, some)).collect()
    }

    fn score_table(&self, pillar: &PillarSection, groups: &[usize]) -> Table {
        let mut notes = Notes::default();
        let mut columns =
            vec![Column::words(self.say("column-indicator")), Column::numbers(self.say("column-together"))];
        columns.extend(groups.iter().filter_map(|place| pillar.groups.get(*place)).map(Column::numbers));
        let row = |row: &IndicatorRow| {
            let scored = self.source.scores.indicators.iter().find(|one| one.indicator == row.code);
            let mut cells = vec![self.score(&row.overall, self.overall_band(scored), &mut notes)];
            let of_groups = groups.iter().filter_map(|place| row.groups.get(*place));
            cells.extend(of_groups.map(|cell| self.group_score(cell, scored, &mut notes)));
            Row { head: row.name.as_str().into(), cells }
        };
        let rows = pillar.rows.iter().map(row).collect();
        let caption = self.say_with("results-caption", [("pillar", pillar.name.clone())]);
        let mut notes = notes.written(self.source.telling);
        notes.extend(self.without_interval(pillar));
        Table { notes, ..Table::new(caption, columns, rows) }
    }

    /// Why some numbers have no interval.
    fn without_interval(&self, pillar: &PillarSection) -> Option<String> {
        let reasons = pillar.interval_reasons.join("; ");
        (!reasons.is_empty()).then(|| format!("{} {reasons}.", self.say("no-interval-why")))
    }

    fn group_score(&self, cell: &GroupCell, scored: Option<&IndicatorScore>, notes: &mut Notes) -> Cell {
        if cell.absent {
            return Cell::withheld(self.say("not-asked-cell"));
        }
        let source = self.source;
        let named = |code: &str| source.telling.group(source.framework, code) == cell.group;
        let found = scored.and_then(|one| one.groups.iter().find(|group| named(&group.group)).map(|it| (one, it)));
        let band = found.and_then(|(one, group)| self.band(one.pillar, group.band));
        self.score(&cell.cell, band, notes)
    }

    fn overall_band(&self, scored: Option<&IndicatorScore>) -> Option<String> {
        scored.and_then(|one| self.band(one.pillar, one.overall.band))
    }

    fn band(&self, pillar: Pillar, band: Given<Band>) -> Option<String> {
        let kind = if pillar == Pillar::Obstacles { "report-band-obstacle" } else { "report-band" };
        band.ok().map(|band| self.say(&format!("{kind}-{}", band.code())))
    }

    fn score(&self, cell: &ScoreCell, band: Option<String>, notes: &mut Notes) -> Cell {
        score_cell(self.source.telling, cell, band, notes)
    }

    /// Change of each indicator of a pillar.
    pub(super) fn change_table(&self, section: &ChangeSection) -> Table {
        let mut notes = Notes::default();
        let rows = section.rows.iter().map(|row| self.change_row(row, &mut notes)).collect();
        let columns = vec![
            Column::words(self.say("column-indicator")),
            Column::words(self.say("column-verdict")),
            Column::numbers(self.say("column-difference")),
            Column::words(self.say("column-groups")),
        ];
        let table = Table::new(self.say_with("change-caption", [("pillar", section.name.clone())]), columns, rows);
        Table { notes: notes.written(self.source.telling), ..table }
    }

    fn change_row(&self, row: &ChangeRow, notes: &mut Notes) -> Row {
        let head = Said::from(row.name.as_str());
        let Some(verdict) = &row.verdict else {
            let reason = notes.refer(self.source.telling, row.reason.as_deref().unwrap_or_default());
            return Row { head, cells: vec![Cell::withheld(reason), Cell::new("–"), Cell::new("–")] };
        };
        let difference = Cell::new(row.difference.as_deref().unwrap_or_default());
        let groups = Cell::new(row.groups.as_str()).with(row.pairs.iter().cloned().collect());
        let cells = vec![Cell::new(verdict.as_str()), difference.with(row.interval.iter().cloned().collect()), groups];
        Row { head, cells }
    }

    /// The numbers that the project reported.
    pub(super) fn measures_table(&self) -> Table {
        let row = |row: &MeasureRow| {
            let value = match &row.value {
                Some(value) => Cell::new(value.as_str()),
                None => Cell::withheld(self.say("not-known")),
            };
            let parts = row.parts.iter().map(|part| format!("{}: {}", part.label.text, part.value));
            let under = [self.say(&row.standing_key)].into_iter().chain(row.points.clone());
            let under = under.chain(row.targets.iter().cloned()).chain(parts);
            let value = value.with(under.collect());
            let from = [Some(row.source.clone()), row.as_of.clone()];
            let from = from.into_iter().flatten().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ");
            let said = |worded| self.worded(worded);
            let cells = vec![value, Cell::new(said(&row.period)), Cell::new(said(&row.definition)), Cell::new(from)];
            Row { head: said(&row.label), cells }
        };
        let columns = vec![
            Column::words(self.say("report-column-measure")),
            Column::numbers(self.say("column-value")),
            Column::words(self.say("column-period")),
            Column::words(self.say("report-column-definition")),
            Column::words(self.say("column-source")),
        ];
        Table::new(self.say("project-measures"), columns, self.measures.rows.iter().map(row).collect())
    }

    /// A text in the language it is in.
    pub(super) fn worded(&self, worded: &Worded) -> Said {
        let language = self.source.telling.language;
        let lang = worded.lang.as_deref().unwrap_or(language.code());
        Said::new(Shown { text: &worded.text, language: lang }, language)
    }
}

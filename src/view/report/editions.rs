// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does the report say that puts the projects of a programme's editions side by side?

use jiff::civil::Date;

use super::super::beside::{BesidePillar, BesideRow};
use super::super::edition_change::{EditionPair, EditionPillar, EditionRow};
use super::super::telling::{Telling, value};
use super::tables::{BESIDE, Notes, score_cell};
use super::{Block, Report, Section};
use crate::domain::framework::Framework;
use crate::domain::programme::{Organisation, Origin, Programme};
use crate::print::{Cell, Column, Head, Line, Row, Table};

/// What the report of a comparison is made from.
pub struct EditionsSource<'a> {
    /// How numbers are written.
    pub telling: Telling,
    /// The body whose programme it is.
    pub organisation: &'a Organisation,
    /// The programme.
    pub programme: &'a Programme,
    /// The framework version compared on; nothing where nothing can be compared.
    pub framework: Option<&'a Framework>,
    /// SHA-256 of it.
    pub framework_sha256: &'a str,
    /// Code and name of the wave type compared, if any.
    pub wave_type: Option<String>,
    /// The projects, in the order in which they were entered.
    pub compared: Vec<Compared>,
    /// The three pillars.
    pub pillars: Vec<BesidePillar>,
    /// Each edition against the one before.
    pub apart: Vec<EditionPair>,
    /// Day on which it is made.
    pub day: Date,
    /// Where the comparison is.
    pub address: String,
}

/// A project that is compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Its name, or that with edition and wave.
    pub project: String,
    /// Name of its edition.
    pub edition: String,
}

impl EditionsSource<'_> {
    fn say(&self, key: &str) -> String {
        self.telling.words().say(key)
    }

    fn say_with<const N: usize>(&self, key: &str, values: [(&'static str, String); N]) -> String {
        self.telling.words().say_all(key, values.map(|(name, text)| (name, value(text))))
    }

    /// The report.
    #[must_use]
    pub fn report(&self) -> Report {
        let kind = self.say("report-kind-confronto-edizioni");
        let (programme, wave_type) = (&self.programme.name, self.wave_type.clone().unwrap_or_default());
        let about = [("kind", kind.clone()), ("project", programme.clone()), ("wave", wave_type.clone())];
        let invented = self.organisation.data == Origin::Fictional;
        let page = ["page", "pages"].map(|name| (name, format!("{{{name}}}")));
        Report {
            head: Head { title: self.say_with("report-title", about), language: self.telling.language, day: self.day },
            kicker: self.organisation.name.clone(),
            title: programme.clone(),
            subtitle: wave_type,
            running: format!("{programme} · {kind}"),
            kind,
            page: self.say_with("print-paper-page", page),
            one_sheet: false,
            notices: invented.then(|| self.say("report-invented")).into_iter().collect(),
            facts: vec![Line::new(self.say("report-body"), self.organisation.name.as_str())],
            sections: self.sections(),
        }
    }

    fn sections(&self) -> Vec<Section> {
        let section = |key: &str, blocks| Section {
            anchor: key.trim_start_matches("report-").to_owned(),
            title: self.say(key),
            blocks,
        };
        let mut all = vec![section("report-brief", self.in_brief())];
        if self.compared.is_empty() {
            return all;
        }
        let asked = self.pillars.iter().filter(|pillar| !pillar.rows.is_empty());
        all.extend(asked.clone().map(|pillar| Section {
            anchor: pillar.code.to_owned(),
            title: pillar.name.clone(),
            blocks: self.pillar(pillar),
        }));
        all.extend(self.apart.iter().map(|pair| self.pair(pair)));
        let mut alike = vec![Block::text(self.say_with("report-left-out-at", [("address", self.address.clone())]))];
        alike.extend(asked.map(|pillar| Block::Table(self.alike(pillar))));
        all.push(section("beside-alike", alike));
        let limits = (1..=3).map(|n| self.say(&format!("report-limit-{n}")));
        all.push(section("report-limits", vec![Block::points(limits.chain([self.say("info-method-6-1")]))]));
        all.push(section("report-provenance", vec![Block::Facts(self.provenance())]));
        all
    }

    fn in_brief(&self) -> Vec<Block> {
        if self.compared.is_empty() {
            return vec![Block::text(self.say("beside-none"))];
        }
        let figures = self.pillars.iter().filter_map(|pillar| pillar.figure.as_ref());
        let rows = self
            .compared
            .iter()
            .map(|one| Row { head: one.project.as_str().into(), cells: vec![Cell::new(one.edition.as_str())] });
        let columns = vec![Column::words(self.say("project-kicker")), Column::words(self.say("report-column-edition"))];
        vec![
            Block::text(self.say("beside-lead")),
            Block::text(format!("{}. {}", self.say("beside-no-ranking"), self.say("beside-order"))),
            Block::points(figures.map(|figure| figure.sentence.clone())),
            Block::Table(Table::new(self.say("edition-projects"), columns, rows.collect())),
        ]
    }

    fn pillar(&self, pillar: &BesidePillar) -> Vec<Block> {
        let mut blocks = vec![Block::text(pillar.what.clone())];
        blocks.extend(pillar.figure.clone().map(Block::Figure));
        let places: Vec<usize> = (0..self.compared.len()).collect();
        let parts = places.chunks(BESIDE).len();
        for (part, some) in places.chunks(BESIDE).enumerate() {
            let mut table = self.scores(pillar, some);
            if parts > 1 {
                table.caption = format!("{} ({}/{parts})", table.caption, part + 1);
            }
            blocks.push(Block::Table(table));
        }
        blocks
    }

    /// One edition against the one before: words, then a table for each pillar, then where the numbers come from.
    fn pair(&self, pair: &EditionPair) -> Section {
        let mut blocks = vec![Block::text(pair.lead.clone()), Block::text(pair.projects.clone())];
        blocks.extend(pair.pillars.iter().map(|pillar| Block::Table(self.apart(pair, pillar))));
        blocks.push(Block::Heading(self.say("how-computed")));
        let card = pair.card.iter().map(|line| Line::new(line.name.as_str(), line.value.as_str()));
        blocks.push(Block::Facts(card.collect()));
        Section { anchor: pair.anchor.clone(), title: pair.between.clone(), blocks }
    }

    fn apart(&self, pair: &EditionPair, pillar: &EditionPillar) -> Table {
        let keys = ["column-indicator", "column-verdict"].map(|key| Column::words(self.say(key)));
        let columns = keys.into_iter().chain([Column::numbers(self.say("column-difference"))]).collect();
        let row = |row: &EditionRow| {
            let verdict = match (&row.verdict, &row.reason) {
                (Some(verdict), _) => Cell::new(verdict.as_str()),
                (None, reason) => Cell::withheld(reason.clone().unwrap_or_default()),
            };
            let difference = Cell::new(row.difference.as_str()).with(row.interval.iter().cloned().collect());
            Row { head: row.name.as_str().into(), cells: vec![verdict, difference] }
        };
        let caption = format!("{}: {}", pillar.name, pair.between);
        Table::new(caption, columns, pillar.rows.iter().map(row).collect())
    }

    fn scores(&self, pillar: &BesidePillar, places: &[usize]) -> Table {
        let mut notes = Notes::default();
        let mut columns = vec![Column::words(self.say("column-indicator"))];
        let chosen = places.iter().filter_map(|place| self.compared.get(*place));
        columns.extend(chosen.map(|one| Column::numbers(one.project.as_str())));
        let mut row = |row: &BesideRow| {
            let cells = places.iter().filter_map(|place| row.cells.get(*place));
            let cells = cells.map(|cell| score_cell(self.telling, &cell.cell, None, &mut notes)).collect();
            Row { head: row.name.as_str().into(), cells }
        };
        let rows = pillar.rows.iter().map(&mut row).collect();
        let caption = self.say_with("report-beside-caption", [("pillar", pillar.name.clone())]);
        Table { notes: notes.written(self.telling), ..Table::new(caption, columns, rows) }
    }

    /// On which groups each indicator was compared, and how many things had to be left out for it.
    fn alike(&self, pillar: &BesidePillar) -> Table {
        let columns = vec![
            Column::words(self.say("column-indicator")),
            Column::words(self.say("column-groups")),
            Column::numbers(self.say("report-column-left-out")),
        ];
        let none = || self.say("beside-no-groups");
        let row = |row: &BesideRow| Row {
            head: row.name.as_str().into(),
            cells: vec![
                Cell::new(Some(row.groups.clone()).filter(|groups| !groups.is_empty()).unwrap_or_else(none)),
                Cell::new(row.left_out.len().to_string()),
            ],
        };
        Table::new(
            format!("{}: {}", pillar.name, self.say("beside-alike")),
            columns,
            pillar.rows.iter().map(row).collect(),
        )
    }

    fn provenance(&self) -> Vec<Line> {
        let language = self.telling.language;
        let version = self.framework.map(|known| format!("{} {}", known.title.get(language), known.version));
        let lines = [
            ("report-framework", version.unwrap_or_default()),
            ("report-framework-hash", self.framework_sha256.to_owned()),
            ("report-program", format!("Insieme {}", env!("CARGO_PKG_VERSION"))),
            ("report-address", self.address.clone()),
            ("report-contact", self.organisation.contact.clone()),
        ];
        lines.map(|(key, text)| Line::new(self.say(key), text)).into()
    }
}

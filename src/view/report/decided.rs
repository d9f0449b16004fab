// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does a report tell what was decided and done: as one table, and decision by decision?

use super::super::decision_telling::{ActionView, DecisionTelling, EntryView, Signatures};
use super::super::questionnaire::Worded;
use super::super::telling::Telling;
use super::told::Told;
use super::{Block, Section};
use crate::domain::profile::ScoreView;
use crate::print::{Cell, Column, Line, Row, Table};

impl Told<'_> {
    /// Tells decisions; their numbers are in whole points for everybody.
    fn deciding(&self) -> DecisionTelling<'_> {
        let telling = Telling::new(self.source.telling.language, ScoreView::Public).under(self.source.profile);
        DecisionTelling { telling, framework: self.source.framework, signatures: Signatures::Untold }
    }

    /// How much was found, decided and is still open; or that there is nothing.
    pub(super) fn decisions_lead(&self) -> Vec<Block> {
        if self.source.decisions.is_empty() {
            return vec![Block::text(self.say("report-decisions-none"))];
        }
        vec![Block::text(self.deciding().lead(self.source.decisions)), Block::text(self.say("decisions-how"))]
    }

    /// Everything in one table, then what is still without an answer.
    pub(super) fn decided(&self) -> Vec<Block> {
        let mut blocks = self.decisions_lead();
        if !self.source.decisions.entries.is_empty() {
            blocks.push(Block::Table(self.decisions_table()));
        }
        blocks.extend(self.still_open().into_iter().flatten());
        blocks
    }

    /// What is still without an answer.
    pub(super) fn still_open(&self) -> Option<Vec<Block>> {
        let open = self.deciding().unanswered(self.source.decisions);
        let told = open
            .into_iter()
            .map(|one| self.say_with("report-decisions-open", [("indicator", one.name), ("number", one.number)]));
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| vec![Block::text(self.say("decisions-unanswered-what")), Block::points(told)])
    }

    fn decisions_table(&self) -> Table {
        let rows = self.deciding().entries(self.source.decisions).iter().flat_map(|entry| self.rows(entry)).collect();
        let keys = ["finding", "decision", "action", "stands", "effect"];
        let columns = keys.map(|key| Column::words(self.say(&format!("report-decisions-{key}"))));
        Table::new(self.say("report-decisions-caption"), columns.into(), rows)
    }

    /// A row for each action; one where there is none.
    fn rows(&self, entry: &EntryView) -> Vec<Row> {
        let about = [entry.about.clone(), entry.number.clone()].into_iter().flatten().collect();
        let decision = || Cell::new(entry.outcome.as_str()).with(vec![entry.reason.text.clone(), entry.signed.clone()]);
        let head = || self.worded(&entry.finding);
        if entry.actions.is_empty() {
            let none = Cell::new(self.say("report-decisions-no-action")).with(about);
            return vec![Row { head: head(), cells: vec![decision(), none, Cell::new("–"), Cell::new("–")] }];
        }
        let first = std::iter::once(about).chain(std::iter::repeat(Vec::new()));
        let row = |(action, about): (&ActionView, Vec<String>)| {
            let mut decided = decision();
            decided.more.extend(about);
            let [done, stands, effect] = self.action_cells(action);
            Row { head: head(), cells: vec![decided, done, stands, effect] }
        };
        entry.actions.iter().zip(first).map(row).collect()
    }

    fn action_cells(&self, action: &ActionView) -> [Cell; 3] {
        let facts = action.facts.iter().map(|fact| format!("{}: {}", fact.name, fact.said.text));
        let done = Cell::new(self.worded(&action.title)).with(facts.collect());
        let stands = Cell::new(action.state.as_str()).with(self.notes(action));
        let mut effects = action.effects.clone().into_iter();
        let first = effects.next().unwrap_or_else(|| self.say("report-decisions-no-effect"));
        let effect = Cell::new(first).with(effects.chain(action.seen.clone()).collect());
        [done, stands, effect]
    }

    /// What has to be known of how an action stands.
    fn notes(&self, action: &ActionView) -> Vec<String> {
        let late = action.overdue.then(|| self.say("action-overdue"));
        let returned = action.returned.then(|| self.say("action-returned"));
        let link = Some(action.link.clone()).filter(|link| !link.is_empty());
        [late, returned, link].into_iter().flatten().collect()
    }

    /// A section for each decision.
    pub(super) fn decisions_one_by_one(&self) -> Vec<Section> {
        self.deciding().entries(self.source.decisions).iter().map(|entry| self.one(entry)).collect()
    }

    fn one(&self, entry: &EntryView) -> Section {
        let line = |key: &str, text: String| Line::new(self.say(key), text);
        let mut facts: Vec<Line> = entry.about.iter().map(|name| line("column-indicator", name.clone())).collect();
        facts.extend(entry.number.iter().map(|number| line("column-score", number.clone())));
        facts.push(line("report-decisions-decision", entry.outcome.clone()));
        facts.push(line("report-decisions-signed", entry.signed.clone()));
        let mut blocks = vec![Block::Facts(facts), Block::Text(self.worded(&entry.reason))];
        for action in &entry.actions {
            blocks.push(Block::Heading(action.title.text.clone()));
            blocks.push(Block::Facts(self.action_lines(action)));
            let told: Vec<String> = action.effects.iter().chain(&action.seen).cloned().collect();
            blocks.extend((!told.is_empty()).then(|| Block::points(told)));
            blocks.extend(action.returned.then(|| Block::text(self.say("action-returned-what"))));
        }
        Section { anchor: entry.anchor.clone(), title: entry.finding.text.clone(), blocks }
    }

    fn action_lines(&self, action: &ActionView) -> Vec<Line> {
        let mut stands = vec![action.state.clone()];
        stands.extend(self.notes(action));
        let mut lines = vec![Line::new(self.say("report-decisions-stands"), stands.join("; "))];
        let said = |worded: &Worded| worded.text.clone();
        lines.extend(action.facts.iter().map(|fact| Line::new(fact.name.clone(), said(&fact.said))));
        lines
    }
}

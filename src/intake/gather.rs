// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do the rows of an answer file become the waves of its projects?

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{BufReader, Read};

use csv::ByteRecord;

use crate::domain::framework::Framework;
use crate::domain::response::{Mode, Response, Responses};

use super::answers::{AnswerFile, ProjectAnswers, Unknown};
use super::cells::{BadCell, ItemCells};
use super::header::Columns;
use super::problem::{Problem, ProblemCode, Problems, Severity};
use super::table::{Table, sha256};

/// Respondents of a wave, by position of their group.
type Seen = HashSet<(usize, Box<str>)>;

/// The rows read so far.
pub struct Gathering<'a> {
    framework: &'a Framework,
    file: &'a str,
    unknown: Unknown,
    columns: Columns,
    header: Vec<String>,
    items: Vec<ItemCells>,
    groups: HashMap<Vec<u8>, usize>,
    projects: Vec<ProjectAnswers>,
    waves: HashMap<Vec<u8>, (usize, usize)>,
    seen: Vec<Vec<Seen>>,
    stray: BTreeMap<(usize, usize), (u64, u64)>,
    weighted: Option<u64>,
    problems: Problems,
    answers: Vec<u8>,
}

impl<'a> Gathering<'a> {
    /// Nothing gathered yet.
    pub fn new(
        framework: &'a Framework,
        file: &'a str,
        unknown: Unknown,
        columns: Columns,
        problems: Problems,
    ) -> Self {
        let groups = framework.groups.iter().enumerate().map(|(place, group)| (group.code.clone().into_bytes(), place));
        Self {
            framework,
            file,
            unknown,
            columns,
            header: Vec::new(),
            items: ItemCells::of(framework),
            groups: groups.collect(),
            projects: Vec::new(),
            waves: HashMap::new(),
            seen: Vec::new(),
            stray: BTreeMap::new(),
            weighted: None,
            problems,
            answers: Vec::new(),
        }
    }

    /// Reads every row; gives the hash of the file.
    pub fn read<R: Read>(&mut self, mut table: Table<BufReader<R>>) -> String {
        self.header = std::mem::take(&mut table.header);
        let mut record = ByteRecord::new();
        loop {
            match table.rows.read_byte_record(&mut record) {
                Ok(true) => self.row(&record),
                Ok(false) => break,
                Err(error) => {
                    let line = error.position().map(csv::Position::line);
                    let remedy = "check the file from here on";
                    self.say(
                        Severity::Error,
                        Place { line, column: None },
                        (ProblemCode::Unreadable, error.to_string(), remedy),
                    );
                    break;
                }
            }
        }
        sha256(table)
    }

    fn row(&mut self, record: &ByteRecord) {
        let line = record.position().map(csv::Position::line);
        if record.len() != self.columns.width {
            let what = format!("{} cells, but the header has {}", record.len(), self.columns.width);
            let remedy = "give every row a cell for every column";
            return self.say(Severity::Error, Place { line, column: None }, (ProblemCode::BrokenLine, what, remedy));
        }
        let group = self.group(record, line);
        let wave = self.wave(record, line);
        let mut answers = std::mem::take(&mut self.answers);
        answers.clear();
        let wave_type = wave
            .and_then(|(project, wave)| self.projects.get(project)?.waves.get(wave)?.wave_type().map(str::to_owned));
        for item in 0..self.items.len() {
            answers.push(self.answer(record, item, (group, wave_type.as_deref()), line));
        }
        if let (Some(group), Some(wave)) = (group, wave) {
            self.keep(record, (group, wave), &answers, line);
        }
        self.answers = answers;
    }

    /// The letter of one item's cell; what is not addressed to the group counts as not shown.
    fn answer(
        &mut self,
        record: &ByteRecord,
        item: usize,
        asked: (Option<usize>, Option<&str>),
        line: Option<u64>,
    ) -> u8 {
        const NOT_SHOWN: u8 = b'.';
        const SKIPPED: u8 = b'-';
        let Some(column) = self.columns.items.get(item).copied().flatten() else { return NOT_SHOWN };
        let (Some(cell), Some(cells)) = (record.get(column), self.items.get(item)) else { return NOT_SHOWN };
        let (group, wave_type) = asked;
        match cells.letter(cell) {
            Ok(letter) if group.is_none_or(|group| cells.asks(group, wave_type)) => letter,
            Ok(letter) => {
                if letter.is_ascii_digit() || letter == b'a' {
                    let first = line.unwrap_or_default();
                    self.stray.entry((item, group.unwrap_or_default())).or_insert((first, 0)).1 += 1;
                }
                NOT_SHOWN
            }
            Err(bad) => {
                self.bad_cell(bad, cell, column, line);
                SKIPPED
            }
        }
    }

    fn bad_cell(&mut self, bad: BadCell, cell: &[u8], column: usize, line: Option<u64>) {
        let said = String::from_utf8_lossy(cell).trim().to_owned();
        let place = Place { line, column: self.header.get(column).cloned() };
        let (code, what, remedy) = match bad {
            BadCell::Unknown => (
                ProblemCode::UnknownCode,
                "is neither a point nor a code",
                "use a point of the scale, DK, NA, RF, NS, or leave it empty",
            ),
            BadCell::NotOnScale => (
                ProblemCode::NotOnScale,
                "is not a point of the item's scale",
                "use a point of the scale, DK, NA, RF, NS, or leave it empty",
            ),
        };
        self.say(self.unknown.severity(), place, (code, format!("“{said}” {what}"), remedy));
    }

    fn group(&mut self, record: &ByteRecord, line: Option<u64>) -> Option<usize> {
        let cell = record.get(self.columns.group).unwrap_or_default().trim_ascii();
        let known = self.groups.get(cell).copied();
        if known.is_none() {
            let place = Place { line, column: Some("group".to_owned()) };
            if cell.is_empty() {
                self.say(
                    Severity::Error,
                    place,
                    (ProblemCode::EmptyCell, "is empty".to_owned(), "name the stakeholder group"),
                );
            } else {
                let what = format!("the framework has no group “{}”", String::from_utf8_lossy(cell));
                self.say(
                    self.unknown.severity(),
                    place,
                    (ProblemCode::UnknownGroup, what, "use a group of the framework"),
                );
            }
        }
        known
    }

    /// Positions of the project and of the wave in it, made where they are new.
    fn wave(&mut self, record: &ByteRecord, line: Option<u64>) -> Option<(usize, usize)> {
        let columns = &self.columns;
        let places = [columns.programme, columns.edition, columns.project, Some(columns.wave)];
        let cells = places.map(|place| place.and_then(|place| record.get(place)).unwrap_or_default().trim_ascii());
        let key = cells.join(&b'\x1f');
        if let Some(known) = self.waves.get(&key) {
            return Some(*known);
        }
        let place = |column: &str| Place { line, column: Some(column.to_owned()) };
        let texts: Result<Vec<_>, _> = cells.iter().map(|cell| std::str::from_utf8(cell)).collect();
        let Ok(texts) = texts else {
            self.say(
                Severity::Error,
                place("wave"),
                (ProblemCode::NotUtf8, "is not UTF-8 text".to_owned(), "save the file as CSV UTF-8"),
            );
            return None;
        };
        let [programme, edition, project, wave] = texts.try_into().unwrap_or([""; 4]);
        if wave.is_empty() {
            self.say(Severity::Error, place("wave"), (ProblemCode::EmptyCell, "is empty".to_owned(), "name the wave"));
            return None;
        }
        let found = self.add_wave([programme, edition, project], wave);
        self.waves.insert(key, found);
        Some(found)
    }

    fn add_wave(&mut self, [programme, edition, project]: [&str; 3], wave: &str) -> (usize, usize) {
        let same =
            |one: &ProjectAnswers| one.programme == programme && one.edition == edition && one.project == project;
        let place = self.projects.iter().position(same).unwrap_or_else(|| {
            self.projects.push(ProjectAnswers {
                programme: programme.to_owned(),
                edition: edition.to_owned(),
                project: project.to_owned(),
                waves: Vec::new(),
            });
            self.seen.push(Vec::new());
            self.projects.len() - 1
        });
        let waves = self.projects.get_mut(place).map_or(0, |project| {
            project.waves.push(Responses::new(self.framework, wave));
            project.waves.len()
        });
        if let Some(seen) = self.seen.get_mut(place) {
            seen.push(HashSet::new());
        }
        (place, waves.saturating_sub(1))
    }

    fn keep(
        &mut self,
        record: &ByteRecord,
        (group, (project, wave)): (usize, (usize, usize)),
        answers: &[u8],
        line: Option<u64>,
    ) {
        let columns = &self.columns;
        let text = |place: Option<usize>| {
            place.and_then(|place| record.get(place)).map(<[u8]>::trim_ascii).filter(|cell| !cell.is_empty())
        };
        let (respondent, organisation) = (text(columns.respondent), text(columns.organisation));
        let (mode, weight) = (text(columns.mode), text(columns.weight));
        let names = [respondent, organisation].map(|cell| cell.map(std::str::from_utf8).transpose());
        let [Ok(respondent), Ok(organisation)] = names else {
            let place = Place { line, column: Some("respondent".to_owned()) };
            return self.say(
                Severity::Error,
                place,
                (ProblemCode::NotUtf8, "is not UTF-8 text".to_owned(), "save the file as CSV UTF-8"),
            );
        };
        let mode = self.mode(mode, line);
        let weight = self.weight(weight, line);
        self.check_new(respondent, (group, (project, wave)), line);
        let response = Response { group, answers, respondent, organisation, weight, mode };
        let wave = self.projects.get_mut(project).and_then(|project| project.waves.get_mut(wave));
        if let Some(Err(error)) = wave.map(|wave| wave.push(response)) {
            let place = Place { line, column: None };
            self.say(Severity::Error, place, (ProblemCode::BrokenLine, error.to_string(), "check the row"));
        }
    }

    fn check_new(
        &mut self,
        respondent: Option<&str>,
        (group, (project, wave)): (usize, (usize, usize)),
        line: Option<u64>,
    ) {
        let Some(respondent) = respondent else { return };
        let seen = self.seen.get_mut(project).and_then(|project| project.get_mut(wave));
        if seen.is_some_and(|seen| !seen.insert((group, respondent.into()))) {
            let place = Place { line, column: Some("respondent".to_owned()) };
            let what = format!("“{respondent}” answered twice in this group and wave");
            self.say(Severity::Error, place, (ProblemCode::DuplicateRespondent, what, "keep one of the rows"));
        }
    }

    fn mode(&mut self, cell: Option<&[u8]>, line: Option<u64>) -> Mode {
        let Some(cell) = cell else { return Mode::default() };
        let said = String::from_utf8_lossy(cell);
        Mode::from_code(&said).unwrap_or_else(|| {
            let place = Place { line, column: Some("mode".to_owned()) };
            let what = format!("“{said}” is no mode");
            self.say(self.unknown.severity(), place, (ProblemCode::UnknownMode, what, "use online, paper or assisted"));
            Mode::default()
        })
    }

    fn weight(&mut self, cell: Option<&[u8]>, line: Option<u64>) -> Option<f64> {
        let said = String::from_utf8_lossy(cell?);
        let weight = said.parse::<f64>().ok().filter(|weight| weight.is_finite() && *weight >= 0.0);
        match weight {
            Some(weight) if (weight - 1.0).abs() > 1e-12 => self.weighted = self.weighted.or(line),
            Some(_) => {}
            None => {
                let place = Place { line, column: Some("weight".to_owned()) };
                let what = format!("“{said}” is no weight");
                self.say(
                    Severity::Error,
                    place,
                    (ProblemCode::NotANumber, what, "use a number from 0, with a decimal point"),
                );
            }
        }
        weight
    }

    /// What was gathered, unless something was wrong.
    pub fn finish(mut self, sha256: String) -> Result<AnswerFile, Problems> {
        if self.projects.is_empty() && !self.problems.stops() {
            let place = Place { line: Some(1), column: None };
            self.say(
                Severity::Error,
                place,
                (ProblemCode::NoRows, "there is no row of answers".to_owned(), "give a row for each respondent"),
            );
        }
        for ((item, group), (line, times)) in std::mem::take(&mut self.stray) {
            let column = self.items.get(item).map(|item| item.code.clone());
            let group = self.framework.groups.get(group).map_or("", |group| group.code.as_str());
            let what = format!("{times} answers of group {group}, which is not asked this item (the first one here)");
            self.say(
                Severity::Warning,
                Place { line: Some(line), column },
                (ProblemCode::NotAddressed, what, "they are not counted"),
            );
        }
        if let Some(line) = self.weighted {
            let place = Place { line: Some(line), column: Some("weight".to_owned()) };
            let what = "weights other than 1 are given, which no statistic uses".to_owned();
            self.say(Severity::Warning, place, (ProblemCode::WeightsNotUsed, what, "every response counts once"));
        }
        if self.problems.stops() {
            return Err(self.problems);
        }
        Ok(AnswerFile { sha256, projects: self.projects, warnings: self.problems })
    }

    fn say(&mut self, severity: Severity, Place { line, column }: Place, (code, what, remedy): Said) {
        self.problems.add(severity, Problem { code, file: self.file.to_owned(), line, column, what, remedy });
    }
}

/// Kind of problem, what is wrong, what to do.
type Said = (ProblemCode, String, &'static str);

/// Where in the file.
struct Place {
    line: Option<u64>,
    column: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::super::answers::read_answers;
    use super::*;

    fn framework() -> Framework {
        let mut framework = crate::scoring::samples::framework(
            &[1, 2, 3, 4, 5],
            &[("F", &[("Fa", false), ("Fb", true)]), ("R", &[("Ra", false)])],
        );
        framework.indicators[1].items[0].audience = vec!["CIV".to_owned()];
        framework
    }

    fn read(text: &str, unknown: Unknown) -> Result<AnswerFile, Problems> {
        read_answers(text.as_bytes(), "a.csv", &framework(), unknown)
    }

    fn errors(text: &str) -> Vec<String> {
        read(text, Unknown::Refuse).unwrap_err().errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn no_row_is_refused_and_one_is_enough() {
        assert_eq!(errors("wave,group,Fa,Fb,Ra\n").len(), 1);
        let file = read("wave,group,Fa,Fb,Ra\n1,CIV,5,DK,\n", Unknown::Refuse).unwrap();
        assert_eq!(file.projects.len(), 1);
        assert_eq!(file.projects[0].waves[0].rows().collect::<Vec<_>>(), [(3, &b"5D-"[..])]);
    }

    #[test]
    fn projects_and_waves_keep_the_order_of_the_file() {
        let text = "project;wave;group;respondent;mode;weight;Fa;Fb;Ra\n\
                    P2;b;PUB;x;paper;1;1;2;NS\nP1;a;PUB;x;;;1;2;NS\nP2;a;PUB;x;online;1;3;4;NS\n";
        let file = read(text, Unknown::Refuse).unwrap();
        let names: Vec<_> = file.projects.iter().map(|project| project.project.as_str()).collect();
        assert_eq!(names, ["P2", "P1"]);
        let waves: Vec<_> = file.projects[0].waves.iter().map(Responses::wave).collect();
        assert_eq!(waves, ["b", "a"]);
        assert_eq!(file.projects[0].waves[0].modes(), [Mode::Paper]);
        assert_eq!(file.warnings, Problems::default());
    }

    #[test]
    fn every_fault_of_a_row_is_named_with_its_place() {
        let said = errors("wave,group,mode,weight,Fa,Fb,Ra\n1,XX,fax,heavy,7,maybe,\n,PUB,,,1,1,\n1,PUB,1\n");
        let starts: Vec<_> = said.iter().map(|one| one.split(':').nth(1).unwrap_or_default().to_owned()).collect();
        assert_eq!(starts, ["2", "2", "2", "3", "4"], "{said:?}");
        assert!(said[0].contains("A202 column “group”"));
        assert!(said[1].contains("A204 column “Fa”: “7”"));
        assert!(said[2].contains("A203 column “Fb”: “maybe”"));
    }

    #[test]
    fn mode_and_weight_are_checked_where_the_row_is_kept() {
        let said = errors("wave,group,mode,weight,Fa,Fb,Ra\n1,PUB,fax,heavy,1,1,\n");
        assert!(said[0].contains("A205") && said[1].contains("A206"), "{said:?}");
    }

    #[test]
    fn the_same_respondent_may_come_back_in_another_wave_only() {
        let twice = "wave,group,respondent,Fa,Fb,Ra\n1,PUB,x,1,1,\n2,PUB,x,1,1,\n1,PUB,x,2,2,\n";
        let said = errors(twice);
        assert_eq!(said.len(), 1);
        assert!(said[0].starts_with("a.csv:4: A207 column “respondent”: “x” answered twice"));
    }

    #[test]
    fn headers_must_be_known_single_and_complete() {
        assert!(errors("wave,group,Fa,Fa,Fb,Ra\n1,PUB,1,1,1,\n")[0].contains("A102"));
        assert!(errors("wave,group,Fa,Fb,Ra,Fx\n1,PUB,1,1,,1\n")[0].contains("A103 column “Fx”"));
        assert!(errors("group,Fa,Fb,Ra\nPUB,1,1,\n")[0].contains("A101 column “wave”"));
        assert!(errors("wave,group\n1,PUB\n")[0].contains("A104"));
    }

    #[test]
    fn unknown_things_can_be_ignored_with_a_warning() {
        let text = "wave,group,Fa,Fb,Ra,Fx\n1,PUB,9,x,,1\n1,XX,1,1,,1\n";
        let file = read(text, Unknown::Ignore).unwrap();
        let codes: Vec<_> = file.warnings.warnings.iter().map(|one| one.code.code()).collect();
        assert_eq!(codes, ["A103", "A204", "A203", "A202"]);
        assert_eq!(file.projects[0].waves[0].rows().collect::<Vec<_>>(), [(0, &b"--."[..])]);
    }

    #[test]
    fn an_answer_of_a_group_that_is_not_asked_is_not_counted() {
        let file = read("wave,group,Fa,Fb,Ra\n1,PUB,1,1,4\n1,PUB,1,1,\n1,PUB,1,1,5\n", Unknown::Refuse).unwrap();
        assert_eq!(file.warnings.warnings.len(), 1);
        let said = file.warnings.warnings[0].to_string();
        assert!(said.starts_with("a.csv:2: A208 column “Ra”: 2 answers of group PUB"), "{said}");
        assert!(file.projects[0].waves[0].rows().all(|(_, answers)| answers == b"11."));
    }

    #[test]
    fn an_item_without_column_counts_as_not_shown() {
        let file = read("wave,group,Fa\n1,CIV,1\n", Unknown::Refuse).unwrap();
        assert_eq!(file.warnings.warnings[0].code, ProblemCode::ItemsAbsent);
        assert_eq!(file.projects[0].waves[0].rows().collect::<Vec<_>>(), [(3, &b"1.."[..])]);
    }

    #[test]
    fn weights_are_kept_and_said_to_be_unused() {
        let file = read("wave,group,weight,Fa,Fb,Ra\n1,PUB,2.5,1,1,\n", Unknown::Refuse).unwrap();
        assert_eq!(file.warnings.warnings[0].code, ProblemCode::WeightsNotUsed);
        assert_eq!(file.projects[0].waves[0].weights(), [Some(2.5)]);
    }
}

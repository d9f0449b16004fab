// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do the pieces of an answer file become the waves of its projects?

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::domain::response::Responses;

use super::answers::{AnswerFile, ProjectAnswers};
use super::part::{Part, WavePart};
use super::problem::{CAP, Problem, ProblemCode, Problems, Severity};
use super::sheet::Sheet;

/// Where a row stands: number of its piece, and its number in it.
type Place = (usize, u32);

/// The pieces put together so far.
pub struct Gathering<'a> {
    sheet: &'a Sheet<'a>,
    projects: Vec<ProjectAnswers>,
    waves: Vec<Wave>,
    numbers: HashMap<[String; 4], usize>,
    project_numbers: HashMap<[String; 3], usize>,
    pieces: Vec<Piece>,
    /// Line on which the next piece starts.
    line: u64,
    stray: BTreeMap<(usize, u16), (u64, u64)>,
    weighted: Option<u64>,
    problems: Problems,
    /// The row of each error in `problems`.
    error_places: Vec<Place>,
}

/// One wave of one project, and where its rows stand in the file.
struct Wave {
    project: usize,
    /// Its place among the waves of its project.
    place: usize,
    /// First row that came from a piece, and the piece.
    pieces: Vec<(usize, usize)>,
    rows: Vec<u32>,
}

impl Wave {
    fn place(&self, row: usize) -> Option<Place> {
        let piece = self.pieces.partition_point(|(first, _)| *first <= row).checked_sub(1)?;
        Some((self.pieces.get(piece)?.1, *self.rows.get(row)?))
    }
}

/// Lines of one piece.
struct Piece {
    line: u64,
    /// Line of each row; empty where every line is a row.
    lines: Vec<u32>,
}

impl<'a> Gathering<'a> {
    /// Nothing gathered yet: what the header has said, and the line on which the rows start.
    pub fn new(sheet: &'a Sheet<'a>, problems: Problems, line: u64) -> Self {
        Self {
            sheet,
            projects: Vec::new(),
            waves: Vec::new(),
            numbers: HashMap::new(),
            project_numbers: HashMap::new(),
            pieces: Vec::new(),
            line,
            stray: BTreeMap::new(),
            weighted: None,
            problems,
            error_places: Vec::new(),
        }
    }

    /// Adds what the next piece of the file says.
    pub fn append(&mut self, part: Part<'_>) {
        let (piece, line) = (self.pieces.len(), self.line);
        part.waves.into_iter().for_each(|wave| self.append_wave(wave, piece));
        let moved = |problem: Problem| Problem { line: problem.line.map(|below| line + below), ..problem };
        for (problem, row) in part.problems.errors.into_iter().zip(part.error_rows) {
            if self.problems.add_with(Severity::Error, || moved(problem)) {
                self.error_places.push((piece, row));
            }
        }
        let warnings = part.problems.warnings.into_iter().map(moved);
        warnings.for_each(|warning| self.problems.add(Severity::Warning, warning));
        self.problems.more_errors += part.problems.more_errors;
        self.problems.more_warnings += part.problems.more_warnings;
        for (place, (first, times)) in part.stray {
            self.stray.entry(place).or_insert((line + first, 0)).1 += times;
        }
        self.weighted = self.weighted.or(part.weighted.map(|below| line + below));
        self.line += part.length;
        self.pieces.push(Piece { line, lines: part.lines });
    }

    /// Says that the rest of the file could not be read.
    pub fn unreadable(&mut self, what: String) {
        self.say(Severity::Error, (None, None), (ProblemCode::Unreadable, what, "check the file from here on"));
        self.error_places.push((self.pieces.len(), 0));
    }

    /// What was gathered, unless something was wrong.
    pub fn finish(mut self, sha256: String) -> Result<AnswerFile, Problems> {
        self.add_repeated();
        if self.projects.is_empty() && !self.problems.stops() {
            let what = "there is no row of answers".to_owned();
            self.say(Severity::Error, (Some(1), None), (ProblemCode::NoRows, what, "give a row for each respondent"));
        }
        for ((item, group), (line, times)) in std::mem::take(&mut self.stray) {
            let sheet = self.sheet;
            let column = sheet.items.get(item).map(|item| item.code.as_str());
            let group = sheet.framework.groups.get(usize::from(group)).map_or("", |group| group.code.as_str());
            let what = format!("{times} answers of group {group}, which is not asked this item (the first one here)");
            let said = (ProblemCode::NotAddressed, what, "they are not counted");
            self.say(Severity::Warning, (Some(line), column), said);
        }
        if let Some(line) = self.weighted {
            let what = "weights other than 1 are given, which no statistic uses".to_owned();
            let said = (ProblemCode::WeightsNotUsed, what, "every response counts once");
            self.say(Severity::Warning, (Some(line), Some("weight")), said);
        }
        if self.problems.stops() {
            return Err(self.problems);
        }
        Ok(AnswerFile { sha256, projects: self.projects, warnings: self.problems })
    }

    fn append_wave(&mut self, part: WavePart<'_>, piece: usize) {
        let number = self.numbers.get(&part.names).copied().unwrap_or_else(|| self.add_wave(part.names));
        let Some(wave) = self.waves.get_mut(number) else { return };
        let project = self.projects.get_mut(wave.project);
        let Some(responses) = project.and_then(|project| project.waves.get_mut(wave.place)) else { return };
        wave.pieces.push((responses.len(), piece));
        wave.rows.extend(part.places);
        responses.append(&part.rows);
    }

    fn add_wave(&mut self, names: [String; 4]) -> usize {
        let [programme, edition, project, wave] = &names;
        let of_project = [programme, edition, project].map(String::clone);
        let projects = &mut self.projects;
        let place = *self.project_numbers.entry(of_project).or_insert_with_key(|[programme, edition, project]| {
            let [programme, edition, project] = [programme, edition, project].map(String::clone);
            projects.push(ProjectAnswers { programme, edition, project, waves: Vec::new() });
            projects.len() - 1
        });
        let waves = self.projects.get_mut(place).map(|project| &mut project.waves);
        let before = waves.map_or(0, |waves| {
            waves.push(Responses::new(self.sheet.framework, wave));
            waves.len() - 1
        });
        self.waves.push(Wave { project: place, place: before, pieces: Vec::new(), rows: Vec::new() });
        self.numbers.insert(names, self.waves.len() - 1);
        self.waves.len() - 1
    }

    fn responses(&self, wave: &Wave) -> Option<&Responses> {
        self.projects.get(wave.project)?.waves.get(wave.place)
    }

    /// Adds the respondents who answered twice to the errors, each where it stands in the file.
    fn add_repeated(&mut self) {
        let of_wave = |(number, wave): (usize, &Wave)| {
            let repeated = self.responses(wave).map(Responses::repeated).unwrap_or_default();
            repeated.into_iter().filter_map(|row| Some((wave.place(row)?, (number, row)))).collect::<Vec<_>>()
        };
        let mut repeated: Vec<_> = self.waves.par_iter().enumerate().flat_map_iter(of_wave).collect();
        repeated.sort_unstable();
        let kept: Vec<_> = repeated.iter().take(CAP).filter_map(|(place, row)| self.twice(*place, *row)).collect();
        let errors = std::mem::take(&mut self.problems.errors);
        let mut errors: Vec<_> = std::mem::take(&mut self.error_places).into_iter().zip(errors).chain(kept).collect();
        errors.sort_by_key(|(place, _)| *place);
        for (_, problem) in errors {
            self.problems.error(problem);
        }
        self.problems.more_errors += u64::try_from(repeated.len().saturating_sub(CAP)).unwrap_or(u64::MAX);
    }

    fn twice(&self, (piece, row): Place, (wave, of_wave): (usize, usize)) -> Option<(Place, Problem)> {
        let respondent = self.responses(self.waves.get(wave)?)?.respondent(of_wave)?;
        let Piece { line, lines } = self.pieces.get(piece)?;
        let below = usize::try_from(row).ok().and_then(|row| lines.get(row)).copied().unwrap_or(row);
        let problem = Problem {
            code: ProblemCode::DuplicateRespondent,
            file: self.sheet.file.to_owned(),
            line: Some(line + u64::from(below)),
            column: Some("respondent".to_owned()),
            what: format!("“{respondent}” answered twice in this group and wave"),
            remedy: "keep one of the rows",
        };
        Some(((piece, row), problem))
    }

    fn say(
        &mut self,
        severity: Severity,
        (line, column): (Option<u64>, Option<&str>),
        (code, what, remedy): (ProblemCode, String, &'static str),
    ) {
        let (file, column) = (self.sheet.file.to_owned(), column.map(str::to_owned));
        self.problems.add(severity, Problem { code, file, line, column, what, remedy });
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How many are listed in each group, at each wave of each project?

use std::collections::{BTreeSet, HashMap};
use std::io::Read;

use csv::StringRecord;

use crate::domain::framework::Framework;
use crate::domain::profile::Unit;
use crate::domain::response::{Responses, Roster};

use super::answers::ProjectAnswers;
use super::problem::{Problem, ProblemCode, Problems, Severity};
use super::table::open;

/// A roster file, read.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterFile {
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    file: String,
    groups: usize,
    by_project: bool,
    listed: HashMap<Key, (u32, u64)>,
}

/// Project (empty where the file has no such column), wave and position of the group.
type Key = (String, String, usize);

/// Reads a roster file: columns `wave`, `group`, `listed`, and `project` where there are several.
///
/// # Errors
/// Every problem found, up to a cap.
pub fn read_roster(source: impl Read, file: &str, framework: &Framework) -> Result<RosterFile, Problems> {
    let mut problems = Problems::default();
    let at = |code, line, column: &str, what: String, remedy| Problem {
        code,
        file: file.to_owned(),
        line: Some(line),
        column: Some(column.to_owned()),
        what,
        remedy,
    };
    let mut table = open(source, file).map_err(|problem| Problems { errors: vec![problem], ..Problems::default() })?;
    let columns = columns(&table.header, file, &mut problems);
    let mut roster = RosterFile {
        sha256: table.sha256.clone(),
        file: file.to_owned(),
        groups: framework.groups.len(),
        by_project: columns.project.is_some(),
        listed: HashMap::new(),
    };
    let mut record = StringRecord::new();
    while !problems.stops() {
        match table.rows.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                let line = table.line(error.position());
                problems.error(at(ProblemCode::BrokenLine, line, "wave", error.to_string(), "correct the line"));
                break;
            }
        }
        let line = table.line(record.position());
        match row(&record, &columns, framework) {
            Ok((key, listed)) => {
                if let Some((_, before)) = roster.listed.insert(key, (listed, line)) {
                    let what = format!("this group of this wave was listed in line {before} already");
                    problems.error(at(ProblemCode::ListedTwice, line, "group", what, "keep one of the lines"));
                }
            }
            Err((code, column, what, remedy)) => problems.error(at(code, line, column, what, remedy)),
        }
    }
    if problems.stops() { Err(problems) } else { Ok(roster) }
}

impl RosterFile {
    /// N of each group at one wave of one project.
    #[must_use]
    pub fn of(&self, project: &str, wave: &str) -> Roster {
        let project = if self.by_project { project } else { "" };
        let listed = |group| self.listed.get(&(project.to_owned(), wave.to_owned(), group)).map(|(listed, _)| *listed);
        Roster::new((0..self.groups).map(listed).collect())
    }

    /// Holds the roster against the answers: more answers than listed is an error, who is missing is a warning.
    #[must_use]
    pub fn check(&self, projects: &[ProjectAnswers], framework: &Framework, unit: Unit) -> Problems {
        let mut problems = Problems::default();
        if projects.len() > 1 && !self.by_project {
            let what = "the answers are of several projects".to_owned();
            problems.error(self.problem(
                ProblemCode::MissingColumn,
                (1, Some("project")),
                what,
                "add a column project",
            ));
            return problems;
        }
        for project in projects {
            for wave in &project.waves {
                self.check_wave(&project.project, wave, (framework, unit), &mut problems);
            }
        }
        self.check_unused(projects, &mut problems);
        problems
    }

    fn check_wave(
        &self,
        project: &str,
        wave: &Responses,
        (framework, unit): (&Framework, Unit),
        problems: &mut Problems,
    ) {
        let answered = answered(wave, self.groups, unit);
        let name = if self.by_project { project } else { "" };
        for ((group, stakeholder), answered) in framework.groups.iter().enumerate().zip(answered) {
            let place = self.listed.get(&(name.to_owned(), wave.wave().to_owned(), group));
            let of = format!("of group {} in wave {}", stakeholder.code, wave.wave());
            match place {
                Some((listed, line)) if answered > usize::try_from(*listed).unwrap_or(usize::MAX) => {
                    let what = format!("{answered} answers {of}, but only {listed} are listed");
                    let remedy = "correct the number listed or the answers";
                    problems.error(self.problem(ProblemCode::MoreThanListed, (*line, Some("listed")), what, remedy));
                }
                None if answered > 0 => {
                    let what = format!("{answered} answers {of}, which is not in the roster");
                    let remedy = "its N is taken as not known";
                    problems.add(Severity::Warning, self.problem(ProblemCode::NotListed, (1, None), what, remedy));
                }
                Some(_) | None => {}
            }
        }
    }

    fn check_unused(&self, projects: &[ProjectAnswers], problems: &mut Problems) {
        let mut unused: Vec<_> = self
            .listed
            .iter()
            .filter(|((project, wave, _), _)| {
                !projects.iter().any(|one| {
                    (!self.by_project || one.project == *project)
                        && one.waves.iter().any(|responses| responses.wave() == wave)
                })
            })
            .map(|((_, wave, _), (_, line))| (*line, wave))
            .collect();
        unused.sort_unstable();
        for (line, wave) in unused {
            let what = format!("nobody answered in wave {wave}");
            let problem = self.problem(ProblemCode::NobodyAnswered, (line, Some("wave")), what, "the line is not used");
            problems.add(Severity::Warning, problem);
        }
    }

    fn problem(
        &self,
        code: ProblemCode,
        (line, column): (u64, Option<&str>),
        what: String,
        remedy: &'static str,
    ) -> Problem {
        Problem { code, file: self.file.clone(), line: Some(line), column: column.map(str::to_owned), what, remedy }
    }
}

/// People, or organisations and people without one, in each group.
fn answered(wave: &Responses, groups: usize, unit: Unit) -> Vec<usize> {
    let mut people = vec![0; groups];
    let mut organisations = vec![BTreeSet::new(); groups];
    for (group, organisation) in wave.groups().iter().map(|group| usize::from(*group)).zip(wave.organisations()) {
        let alone = unit == Unit::Respondent || organisation.is_none();
        if let Some(count) = people.get_mut(group).filter(|_| alone) {
            *count += 1;
        } else if let Some(names) = organisations.get_mut(group) {
            names.insert(organisation);
        }
    }
    people.iter().zip(&organisations).map(|(people, organisations)| people + organisations.len()).collect()
}

/// Where everything is in a row.
#[derive(Default)]
struct Columns {
    wave: usize,
    group: usize,
    listed: usize,
    project: Option<usize>,
}

fn columns(header: &[String], file: &str, problems: &mut Problems) -> Columns {
    let problem = |code, column: &str, what: &str, remedy| Problem {
        code,
        file: file.to_owned(),
        line: Some(1),
        column: Some(column.to_owned()),
        what: what.to_owned(),
        remedy,
    };
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, name) in header.iter().enumerate() {
        if places.insert(name, place).is_some() {
            let what = "the header has this column twice";
            problems.error(problem(ProblemCode::DuplicateColumn, name, what, "keep one of them"));
        }
        if !["wave", "group", "listed", "project"].contains(&name.as_str()) {
            let what = "is no column of roster files";
            problems.error(problem(ProblemCode::UnknownColumn, name, what, "use wave, group, listed and project"));
        }
    }
    for name in ["wave", "group", "listed"].into_iter().filter(|name| !places.contains_key(name)) {
        problems.error(problem(ProblemCode::MissingColumn, name, "the header does not have this column", "add it"));
    }
    let of = |name: &str| places.get(name).copied();
    let needed = |name: &str| of(name).unwrap_or_default();
    Columns { wave: needed("wave"), group: needed("group"), listed: needed("listed"), project: of("project") }
}

/// What is wrong with a row: kind, column, what, remedy.
type Fault = (ProblemCode, &'static str, String, &'static str);

fn row(record: &StringRecord, columns: &Columns, framework: &Framework) -> Result<(Key, u32), Fault> {
    let cell = |place: usize| record.get(place).unwrap_or_default().trim();
    let (wave, group, listed) = (cell(columns.wave), cell(columns.group), cell(columns.listed));
    if wave.is_empty() {
        return Err((ProblemCode::EmptyCell, "wave", "is empty".to_owned(), "name the wave"));
    }
    let place = framework.groups.iter().position(|one| one.code == group).ok_or_else(|| {
        let what = format!("the framework has no group “{group}”");
        (ProblemCode::UnknownGroup, "group", what, "use a group of the framework")
    })?;
    let number = listed.parse().map_err(|_| {
        let what = format!("“{listed}” is no number of people");
        (ProblemCode::NotANumber, "listed", what, "use a whole number from 0")
    })?;
    let project = columns.project.map_or("", cell);
    Ok(((project.to_owned(), wave.to_owned(), place), number))
}

#[cfg(test)]
mod tests {
    use super::super::answers::{Unknown, read_answers};
    use super::*;

    fn framework() -> Framework {
        crate::scoring::samples::framework(&[1, 2, 3, 4, 5], &[("F", &[("Fa", false)])])
    }

    fn codes(text: &str) -> Vec<&'static str> {
        let problems = read_roster(text.as_bytes(), "roster.csv", &framework()).unwrap_err();
        problems.errors.iter().map(|problem| problem.code.code()).collect()
    }

    fn check(roster: &str, answers: &str, unit: Unit) -> Problems {
        let framework = framework();
        let roster = read_roster(roster.as_bytes(), "roster.csv", &framework).unwrap();
        let answers = read_answers(answers.as_bytes(), "answers.csv", &framework, Unknown::Refuse).unwrap();
        roster.check(&answers.projects, &framework, unit)
    }

    #[test]
    fn n_is_known_by_wave_and_group() {
        let roster = read_roster(&b"wave,group,listed\n1,PUB,8\n2,PUB,9\n"[..], "roster.csv", &framework()).unwrap();
        assert_eq!(roster.of("", "1").listed(0), Some(8));
        assert_eq!(roster.of("any", "2").listed(0), Some(9));
        assert_eq!(roster.of("", "1").listed(1), None);
    }

    #[test]
    fn each_fault_of_a_roster_has_its_code() {
        assert_eq!(codes("wave,group\n1,PUB\n"), ["A101"]);
        assert_eq!(codes("wave,group,listed,extra\n1,PUB,8,x\n"), ["A103"]);
        assert_eq!(codes("wave,group,listed\n1,XX,8\n"), ["A202"]);
        assert_eq!(codes("wave,group,listed\n1,PUB,eight\n"), ["A206"]);
        assert_eq!(codes("wave,group,listed\n1,PUB,8\n1,PUB,9\n"), ["A301"]);
    }

    #[test]
    fn more_answers_than_listed_is_an_error() {
        let answers = "wave,group,organisation,Fa\n1,PUB,COM,3\n1,PUB,COM,4\n1,TS,,4\n";
        let problems = check("wave,group,listed\n1,PUB,1\n2,TS,3\n", answers, Unit::Respondent);
        assert_eq!(problems.errors[0].code, ProblemCode::MoreThanListed);
        let warnings: Vec<_> = problems.warnings.iter().map(|problem| problem.code).collect();
        assert_eq!(warnings, [ProblemCode::NotListed, ProblemCode::NobodyAnswered]);
        assert!(!check("wave,group,listed\n1,PUB,1\n", answers, Unit::Organisation).stops());
    }

    #[test]
    fn several_projects_need_a_column() {
        let answers = "wave,project,group,Fa\n1,P1,PUB,3\n1,P2,PUB,4\n";
        let problems = check("wave,group,listed\n1,PUB,3\n", answers, Unit::Respondent);
        assert_eq!(problems.errors[0].code, ProblemCode::MissingColumn);
        assert!(!check("wave,project,group,listed\n1,P1,PUB,3\n1,P2,PUB,3\n", answers, Unit::Respondent).stops());
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which municipalities and regions does the list published by ISTAT have?
//!
//! *Elenco dei codici e delle denominazioni delle unità territoriali*, as CSV. Columns are found by their names, which may
//! go over several lines and end in the number of a note. One problem refuses the whole list.

use std::collections::HashMap;
use std::io::Read;

use csv::StringRecord;
use jiff::civil::Date;

use crate::domain::folding::folded;
use crate::domain::place::{Municipality, MunicipalityCode, PlaceCodeError, PlaceList, Region, RegionCode};

use super::encoding::{Encoding, decode};
use super::problem::{Problem, ProblemCode, Problems};
use super::table::{BATCH, Source, Table, open};

/// A list of places, read.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceImport {
    /// The places.
    pub list: PlaceList,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// How its letters were read.
    pub encoding: Encoding,
}

/// The columns that are read, by their names folded: code, name, other name, province, code and name of the region.
const COLUMNS: [&str; 6] = [
    "codice comune formato alfanumerico",
    "denominazione in italiano",
    "denominazione altra lingua",
    "sigla automobilistica",
    "codice regione",
    "denominazione regione",
];

/// Reads the list that ISTAT publishes. `file` is its name for messages; the list says neither the day on which it was
/// valid nor where it comes from, so both are given.
///
/// # Errors
/// Every problem found, up to a cap.
pub fn read_places(
    source: impl Read,
    file: &str,
    (as_of, named_source): (Date, &str),
) -> Result<PlaceImport, Problems> {
    let (bytes, sha256) = all(source, file).map_err(alone)?;
    let (text, encoding) = decode(&bytes);
    let mut table = open(text.as_bytes(), file).map_err(alone)?;
    let mut reading = Reading::new(file, table.header.clone());
    let columns = reading.columns();
    if !reading.problems.stops() {
        reading.rows(&mut table, columns);
    }
    if reading.municipalities.is_empty() && !reading.problems.stops() {
        let said = (ProblemCode::NoRows, "there is no municipality".to_owned(), "give a row for each");
        reading.say((1, None), said);
    }
    if reading.problems.stops() {
        return Err(reading.problems);
    }
    let regions = reading.regions.into_values().map(|(region, _)| region).collect();
    let list = PlaceList::new(as_of, named_source.to_owned(), regions, reading.municipalities);
    Ok(PlaceImport { list, sha256, encoding })
}

fn alone(problem: Problem) -> Problems {
    Problems { errors: vec![problem], ..Problems::default() }
}

/// All bytes of a file, and their SHA-256.
fn all(source: impl Read, file: &str) -> Result<(Vec<u8>, String), Problem> {
    let mut source = Source::new(source);
    let mut bytes = Vec::new();
    while !source.ended() {
        source.fill(&mut bytes, BATCH);
    }
    match source.failure() {
        Some(error) => Err(Problem {
            code: ProblemCode::Unreadable,
            file: file.to_owned(),
            line: None,
            column: None,
            what: error.to_string(),
            remedy: "check the file and its permissions",
        }),
        None => Ok((bytes, source.sha256())),
    }
}

/// What is wrong: kind, what, remedy.
type Said = (ProblemCode, String, &'static str);

/// A list being read.
struct Reading<'a> {
    file: &'a str,
    header: Vec<String>,
    municipalities: Vec<Municipality>,
    /// Each region, and the line on which it was named first.
    regions: HashMap<RegionCode, (Region, u64)>,
    /// The line of each municipality.
    lines: HashMap<MunicipalityCode, u64>,
    problems: Problems,
}

impl<'a> Reading<'a> {
    fn new(file: &'a str, header: Vec<String>) -> Self {
        Self {
            file,
            header,
            municipalities: Vec::new(),
            regions: HashMap::new(),
            lines: HashMap::new(),
            problems: Problems::default(),
        }
    }

    fn say(&mut self, (line, column): (u64, Option<&str>), (code, what, remedy): Said) {
        let (file, column) = (self.file.to_owned(), column.map(str::to_owned));
        self.problems.error(Problem { code, file, line: Some(line), column, what, remedy });
    }

    /// Where each of [`COLUMNS`] is.
    fn columns(&mut self) -> [usize; 6] {
        let names: Vec<String> = self.header.iter().map(|name| without_notes(&folded(name))).collect();
        COLUMNS.map(|wanted| {
            let mut places = names.iter().enumerate().filter(|(_, name)| *name == wanted).map(|(place, _)| place);
            match (places.next(), places.next()) {
                (Some(place), None) => return place,
                (None, _) => {
                    let what = "the header does not have this column".to_owned();
                    self.say(
                        (1, Some(wanted)),
                        (ProblemCode::MissingColumn, what, "take the list as ISTAT publishes it"),
                    );
                }
                (Some(_), Some(_)) => {
                    let what = "the header has this column twice".to_owned();
                    self.say((1, Some(wanted)), (ProblemCode::DuplicateColumn, what, "keep one of them"));
                }
            }
            0
        })
    }

    fn rows(&mut self, table: &mut Table, columns: [usize; 6]) {
        let mut record = StringRecord::new();
        // Memory is always readable, and the text is UTF-8.
        while table.rows.read_record(&mut record).unwrap_or(false) {
            let line = table.line(record.position());
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if record.len() != self.header.len() || record.iter().any(|cell| cell.contains('\n')) {
                let what =
                    format!("{} cells, or a line break in one; the header has {}", record.len(), self.header.len());
                self.say(
                    (line, None),
                    (ProblemCode::BrokenLine, what, "correct the line, or remove it if it is a note"),
                );
                continue;
            }
            self.row(line, columns.map(|place| record.get(place).unwrap_or_default().trim()));
        }
    }

    fn row(&mut self, line: u64, [code, name, other_name, province, region, region_name]: [&str; 6]) {
        let before = self.problems.errors.len();
        let [code_column, name_column, _, province_column, region_column, region_name_column] = COLUMNS;
        let code = self.code(line, code_column, code, MunicipalityCode::parse(code));
        let region_code = self.code(line, region_column, region, RegionCode::parse(region));
        for (column, cell) in [(name_column, name), (region_name_column, region_name)] {
            if cell.is_empty() {
                let said = (ProblemCode::EmptyCell, "there is no name".to_owned(), "give one, or remove the line");
                self.say((line, Some(column)), said);
            }
        }
        if !province.is_empty() && !is_province(province) {
            let what = format!("“{province}” is not the two letters of a province");
            self.say((line, Some(province_column)), (ProblemCode::NotAPlace, what, "correct them, or leave them out"));
        }
        let (Some(code), Some(region_code)) = (code, region_code) else { return };
        self.region(line, &Region { code: region_code.clone(), name: region_name.to_owned() });
        if let Some(first) = self.lines.insert(code.clone(), line) {
            let what = format!("{code} was listed in line {first} already");
            self.say((line, Some(code_column)), (ProblemCode::PlaceTwice, what, "keep one of the lines"));
        }
        if self.problems.errors.len() == before {
            let other_name = Some(other_name).filter(|other| !other.is_empty()).map(str::to_owned);
            let (name, province) = (name.to_owned(), province.to_owned());
            self.municipalities.push(Municipality { code, name, other_name, province, region_code });
        }
    }

    fn code<T>(&mut self, line: u64, column: &str, cell: &str, code: Result<T, PlaceCodeError>) -> Option<T> {
        let error = match code {
            Ok(code) => return Some(code),
            Err(error) => error,
        };
        let remedy = match error {
            PlaceCodeError::TooShort { .. } => "take the list as ISTAT publishes it, or read the column as text",
            PlaceCodeError::Character(_) | PlaceCodeError::TooLong { .. } | PlaceCodeError::Zero => "correct the code",
        };
        self.say((line, Some(column)), (ProblemCode::NotAPlace, format!("“{cell}”: {error}"), remedy));
        None
    }

    fn region(&mut self, line: u64, region: &Region) {
        let (known, first) = self.regions.entry(region.code.clone()).or_insert_with(|| (region.clone(), line));
        if known.name != region.name {
            let what = format!("“{}” is called “{}” in line {first}", region.name, known.name);
            let [.., column] = COLUMNS;
            self.say((line, Some(column)), (ProblemCode::RegionNamedTwice, what, "correct one of them"));
        }
    }
}

/// The folded name of a column without the numbers of notes behind it.
fn without_notes(name: &str) -> String {
    name.trim_end_matches(|letter: char| letter == ' ' || letter.is_ascii_digit()).to_owned()
}

fn is_province(letters: &str) -> bool {
    letters.len() == 2 && letters.bytes().all(|letter| letter.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::compare;

    const FIXTURE: &[u8] = include_bytes!("../../tests/fixtures/places/municipalities.csv");
    const DAY: Date = Date::constant(2025, 6, 30);

    fn read(bytes: &[u8]) -> Result<PlaceImport, Problems> {
        read_places(bytes, "places.csv", (DAY, "ISTAT"))
    }

    /// The list in the tests, as text, with one thing in it replaced.
    fn with(what: &str, by: &str) -> Result<PlaceImport, Problems> {
        let (text, _) = decode(FIXTURE);
        assert!(text.contains(what), "{what}");
        read(text.replacen(what, by, 1).as_bytes())
    }

    /// Code, line and column of each problem.
    fn problems(read: Result<PlaceImport, Problems>) -> Vec<(&'static str, u64, String)> {
        let errors = read.unwrap_err().errors.into_iter();
        errors.map(|e| (e.code.code(), e.line.unwrap(), e.column.unwrap_or_default())).collect()
    }

    #[test]
    fn the_list_is_read_as_it_is_published() {
        let import = read(FIXTURE).unwrap();
        let (list, names) = (&import.list, |words| {
            import.list.search(words, 3).into_iter().map(Municipality::full_name).collect::<Vec<_>>()
        });
        assert_eq!((list.municipalities().len(), list.regions().len()), (25, 17));
        assert_eq!((import.encoding, list.as_of, list.source.as_str()), (Encoding::Windows1252, DAY, "ISTAT"));
        assert_eq!((names("forli"), names("bolzano")), (vec!["Forlì".to_owned()], vec!["Bolzano/Bozen".to_owned()]));
        let rome = list.municipality(&MunicipalityCode::parse("058091").unwrap()).unwrap();
        assert_eq!((rome.name.as_str(), rome.province.as_str(), &rome.other_name), ("Roma", "RM", &None));
        assert_eq!(list.region(&rome.region_code).unwrap().name, "Lazio");
        let bozen = list.search("bozen", 1)[0];
        assert_eq!(list.region(&bozen.region_code).unwrap().name, "Trentino-Alto Adige/Südtirol");
    }

    #[test]
    fn the_same_list_in_utf_8_and_with_other_columns_first_is_the_same() {
        let (text, _) = decode(FIXTURE);
        let import = read(text.as_bytes()).unwrap();
        assert_eq!(import.encoding, Encoding::Utf8);
        assert_eq!(import.list, read(FIXTURE).unwrap().list);
        let mut table = open(text.as_bytes(), "a.csv").unwrap();
        let mut turned = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        turned.write_record(table.header.iter().rev()).unwrap();
        for row in table.rows.records() {
            turned.write_record(row.unwrap().iter().rev()).unwrap();
        }
        assert_eq!(read(&turned.into_inner().unwrap()).unwrap().list, import.list);
    }

    #[test]
    fn every_problem_names_its_line_and_column() {
        let code = "codice comune formato alfanumerico".to_owned();
        assert_eq!(problems(with(";058091;Roma", ";58091;Roma")), [("A501", 19, code.clone())]);
        assert_eq!(problems(with(";058091;Roma", ";040012;Roma")), [("A502", 19, code.clone())]);
        assert_eq!(problems(with(";Roma;Roma;", ";Roma;;")), [("A201", 19, "denominazione in italiano".to_owned())]);
        assert_eq!(problems(with(";RM;", ";Roma;")), [("A501", 19, "sigla automobilistica".to_owned())]);
        assert_eq!(problems(with(";Lazio;", ";Latium;")), [("A503", 20, "denominazione regione".to_owned())]);
        assert_eq!(problems(with("\n12;", "\n1x;")), [("A501", 19, "codice regione".to_owned())]);
        assert_eq!(problems(with("formato alfanumerico", "alfanumerico")), [("A101", 1, code)]);
    }

    #[test]
    fn notes_short_lines_and_open_quotation_marks_are_refused_and_empty_lines_are_not() {
        let (text, _) = decode(FIXTURE);
        let behind = |what: &str| read([text.as_str(), what].concat().as_bytes());
        assert!(behind("\n;;;;\n").is_ok());
        assert_eq!(problems(behind("(1) Nota\n")), [("A003", 29, String::new())]);
        assert_eq!(problems(with("\n12;058", "\n12;\"058"))[0].0, "A003");
        assert_eq!(
            problems(with("Z016;ITI;ITI1;ITI11;ITI;ITI1;ITI11", "Z016;ITI;ITI1;ITI11;ITI;ITI1;\"ITI11"))[0].0,
            "A003"
        );
    }

    #[test]
    fn a_list_without_places_is_refused() {
        assert_eq!(problems(read(b"")), [("A004", 1, String::new())]);
        let (text, _) = decode(FIXTURE);
        let header: String = text.split_inclusive('\n').take(3).collect();
        assert_eq!(problems(read(header.as_bytes())), [("A004", 1, String::new())]);
    }

    #[test]
    fn a_dry_run_says_what_a_newer_list_changes() {
        let old = read(FIXTURE).unwrap().list;
        let new = with(";Merano/Meran;Merano;", ";Meran;Meran;").unwrap().list;
        let changes = compare(&old, &new);
        assert_eq!(changes.renamed.len(), 1);
        assert_eq!((changes.added.len(), changes.removed.len(), changes.moved.len()), (0, 0, 0));
    }
}

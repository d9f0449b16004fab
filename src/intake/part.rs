// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the rows of one piece of an answer file say?

use std::collections::{BTreeMap, HashMap};

use csv::ByteRecord;

use crate::domain::answer::NoAnswer;
use crate::domain::response::{Mode, Response, Rows};

use super::cells::BadCell;
use super::problem::{Problem, ProblemCode, Problems, Severity};
use super::sheet::Sheet;

/// Up to so many waves are looked through one by one.
const FEW: usize = 16;

/// Everything said in one piece of a file. Lines are counted from 0, its first.
pub struct Part<'a> {
    sheet: &'a Sheet<'a>,
    /// Waves in order of first appearance.
    pub waves: Vec<WavePart<'a>>,
    places: HashMap<Vec<u8>, usize>,
    key: Vec<u8>,
    latest: usize,
    /// One letter per item of the row being read; items without a column stay as not shown.
    pub letters: Vec<u8>,
    /// Items of the row being read whose cell cannot be read: they count as skipped.
    unreadable: Vec<usize>,
    /// What is wrong.
    pub problems: Problems,
    /// The row of each error in `problems`.
    pub error_rows: Vec<u32>,
    /// By item and group that is not asked it: first line and number of answers.
    pub stray: BTreeMap<(usize, u16), (u64, u64)>,
    /// First line with a weight other than 1.
    pub weighted: Option<u64>,
    /// Line of each row; empty where every line is a row.
    pub lines: Vec<u32>,
    /// Number of lines.
    pub length: u64,
    /// Where the row starts that is not over at the end of the piece, because it ends inside a quoted cell.
    pub open: Option<usize>,
}

/// The rows of one wave.
pub struct WavePart<'a> {
    /// Programme, edition, project, wave.
    pub names: [String; 4],
    /// The rows that are kept.
    pub rows: Rows,
    /// Which row of the piece each of them is, where respondents have pseudonyms.
    pub places: Vec<u32>,
    unasked: &'a [Vec<usize>],
}

/// Where a row stands in its piece.
#[derive(Clone, Copy, Debug, Default)]
pub struct At {
    /// Line.
    pub line: u64,
    /// Number of the row.
    pub row: u32,
}

/// The cells of a row.
pub trait Cells {
    /// How many there are.
    fn count(&self) -> usize;
    /// The cell of a column.
    fn cell(&self, column: usize) -> Option<&[u8]>;
}

impl Cells for ByteRecord {
    fn count(&self) -> usize {
        self.len()
    }

    fn cell(&self, column: usize) -> Option<&[u8]> {
        self.get(column)
    }
}

impl Cells for [&[u8]] {
    fn count(&self) -> usize {
        self.len()
    }

    fn cell(&self, column: usize) -> Option<&[u8]> {
        self.get(column).copied()
    }
}

/// What is said of who answers in a row, and how.
#[derive(Clone, Copy)]
struct Known<'t> {
    /// Respondent and organisation; `None`: not UTF-8.
    names: Option<[&'t str; 2]>,
    mode: &'t [u8],
    weight: &'t [u8],
}

impl<'t> Known<'t> {
    fn of([_, _, respondent, organisation, _, _, _, mode, weight]: [&'t [u8]; 9]) -> Self {
        let text = |cell| std::str::from_utf8(cell).ok();
        let names = text(respondent).zip(text(organisation)).map(<[&str; 2]>::from);
        Self { names, mode, weight }
    }
}

/// Kind of problem, what is wrong, what to do.
type Said = (ProblemCode, String, &'static str);

impl<'a> Part<'a> {
    /// Nothing read yet.
    pub fn new(sheet: &'a Sheet<'a>) -> Self {
        Self {
            sheet,
            waves: Vec::new(),
            places: HashMap::new(),
            key: Vec::new(),
            latest: 0,
            letters: vec![NoAnswer::NotShown.letter(); sheet.items.len()],
            unreadable: Vec::new(),
            problems: Problems::default(),
            error_rows: Vec::new(),
            stray: BTreeMap::new(),
            weighted: None,
            lines: Vec::new(),
            length: 0,
            open: None,
        }
    }

    /// What the rows are read with.
    pub const fn sheet(&self) -> &'a Sheet<'a> {
        self.sheet
    }

    /// Reads a row cell by cell and says everything that is wrong with it.
    pub fn row<C: Cells + ?Sized>(&mut self, cells: &C, at: At) {
        let width = self.sheet.columns.width;
        if cells.count() != width {
            let what = || format!("{} cells, but the header has {width}", cells.count());
            let said = || (ProblemCode::BrokenLine, what(), "give every row a cell for every column");
            return self.say(Severity::Error, (at, None), said);
        }
        let cell = |column: Option<usize>| column.and_then(|column| cells.cell(column)).unwrap_or_default();
        let known = self.sheet.columns.known.map(|column| cell(column).trim_ascii());
        let place = self.place(known, at);
        let sheet = self.sheet;
        for (item, (column, one)) in sheet.columns.items.iter().zip(&sheet.items).enumerate() {
            let Some(column) = *column else { continue };
            let letter = one.letter(cell(Some(column))).unwrap_or_else(|bad| {
                self.unreadable.push(item);
                self.bad_cell((bad, cell(Some(column))), column, at)
            });
            if let Some(place) = self.letters.get_mut(item) {
                *place = letter;
            }
        }
        self.keep(Known::of(known), place, at);
        self.unreadable.clear();
    }

    /// Takes a row whose letters are in [`Part::letters`] already and are sound.
    pub fn sound_row(&mut self, known: [&str; 9], at: At) {
        let place = self.place(known.map(str::as_bytes), at);
        let [_, _, respondent, organisation, _, _, _, mode, weight] = known;
        self.keep(
            Known { names: Some([respondent, organisation]), mode: mode.as_bytes(), weight: weight.as_bytes() },
            place,
            at,
        );
    }

    /// Positions of the group and the wave.
    fn place(&mut self, known: [&[u8]; 9], at: At) -> (Option<u16>, Option<usize>) {
        let [wave, group, _, _, programme, edition, project, ..] = known;
        (self.group(group, at), self.wave([programme, edition, project, wave], at))
    }

    /// Says what is wrong with an item's cell, which counts as skipped then.
    fn bad_cell(&mut self, (bad, cell): (BadCell, &[u8]), column: usize, at: At) -> u8 {
        let (code, what) = match bad {
            BadCell::Unknown => (ProblemCode::UnknownCode, "is neither a point nor a code"),
            BadCell::NotOnScale => (ProblemCode::NotOnScale, "is not a point of the item's scale"),
        };
        let what = || format!("“{}” {what}", String::from_utf8_lossy(cell).trim());
        let remedy = "use a point of the scale, DK, NA, RF, NS, or leave it empty";
        let name = self.sheet.header.get(column).map(String::as_str);
        self.say(self.sheet.unknown.severity(), (at, name), || (code, what(), remedy));
        NoAnswer::Skipped.letter()
    }

    fn group(&mut self, cell: &[u8], at: At) -> Option<u16> {
        let known = self.sheet.group(cell);
        let place = (at, Some("group"));
        if known.is_none() && cell.is_empty() {
            let said = || (ProblemCode::EmptyCell, "is empty".to_owned(), "name the stakeholder group");
            self.say(Severity::Error, place, said);
        } else if known.is_none() {
            let what = || format!("the framework has no group “{}”", String::from_utf8_lossy(cell));
            let said = || (ProblemCode::UnknownGroup, what(), "use a group of the framework");
            self.say(self.sheet.unknown.severity(), place, said);
        }
        known
    }

    /// Position of the wave in this piece, made where it is new.
    fn wave(&mut self, cells: [&[u8]; 4], at: At) -> Option<usize> {
        if let Some(known) = self.known_wave(cells) {
            self.latest = known;
            return Some(known);
        }
        let mut names = [const { String::new() }; 4];
        for (name, cell) in names.iter_mut().zip(cells) {
            let Ok(text) = std::str::from_utf8(cell) else {
                self.say(Severity::Error, (at, Some("wave")), not_utf8);
                return None;
            };
            text.clone_into(name);
        }
        let [.., wave] = &names;
        if wave.is_empty() {
            let said = || (ProblemCode::EmptyCell, "is empty".to_owned(), "name the wave");
            self.say(Severity::Error, (at, Some("wave")), said);
            return None;
        }
        let unasked = self.sheet.unasked(Some(wave));
        self.latest = self.waves.len();
        set_key(&mut self.key, cells);
        self.places.insert(self.key.clone(), self.latest);
        self.waves.push(WavePart { names, rows: Rows::default(), places: Vec::new(), unasked });
        Some(self.latest)
    }

    fn known_wave(&mut self, cells: [&[u8]; 4]) -> Option<usize> {
        let is = |wave: &WavePart<'_>| wave.names.each_ref().map(String::as_bytes) == cells;
        if self.waves.get(self.latest).is_some_and(is) {
            return Some(self.latest);
        }
        if self.waves.len() > FEW {
            set_key(&mut self.key, cells);
            return self.places.get(&self.key).copied();
        }
        self.waves.iter().position(is)
    }

    /// Keeps a row that has a place. What is not asked of the group counts as not shown.
    fn keep(&mut self, known: Known<'_>, (group, wave): (Option<u16>, Option<usize>), at: At) {
        let Some(group) = group else { return };
        let of_wave = wave.and_then(|wave| self.waves.get(wave)).map(|wave| wave.unasked);
        let unasked = of_wave.unwrap_or_else(|| self.sheet.unasked(None)).get(usize::from(group));
        for item in unasked.into_iter().flatten().filter(|item| !self.unreadable.contains(item)) {
            let Some(letter) = self.letters.get_mut(*item) else { continue };
            if letter.is_ascii_digit() || *letter == b'a' {
                self.stray.entry((*item, group)).or_insert((at.line, 0)).1 += 1;
            }
            *letter = NoAnswer::NotShown.letter();
        }
        if let Some(wave) = wave {
            self.add(known, (group, wave), at);
        }
    }

    fn add(&mut self, Known { names, mode, weight }: Known<'_>, (group, wave): (u16, usize), at: At) {
        let Some([respondent, organisation]) = names else {
            return self.say(Severity::Error, (at, Some("respondent")), not_utf8);
        };
        let mode = self.mode(mode, at);
        let weight = self.weight(weight, at);
        let response = Response {
            group: usize::from(group),
            answers: &self.letters,
            respondent: Some(respondent).filter(|text| !text.is_empty()),
            organisation: Some(organisation).filter(|text| !text.is_empty()),
            weight,
            mode,
        };
        let Some(wave) = self.waves.get_mut(wave) else { return };
        wave.rows.push(&response, group);
        if self.sheet.has_respondents() {
            wave.places.push(at.row);
        }
    }

    fn mode(&mut self, cell: &[u8], at: At) -> Mode {
        if cell.is_empty() {
            return Mode::default();
        }
        let said = String::from_utf8_lossy(cell);
        Mode::from_code(&said).unwrap_or_else(|| {
            let said = || (ProblemCode::UnknownMode, format!("“{said}” is no mode"), "use online, paper or assisted");
            self.say(self.sheet.unknown.severity(), (at, Some("mode")), said);
            Mode::default()
        })
    }

    fn weight(&mut self, cell: &[u8], at: At) -> Option<f64> {
        if cell.is_empty() {
            return None;
        }
        let said = String::from_utf8_lossy(cell);
        let weight = said.parse::<f64>().ok().filter(|weight| weight.is_finite() && *weight >= 0.0);
        match weight {
            Some(weight) if (weight - 1.0).abs() > 1e-12 => self.weighted = self.weighted.or(Some(at.line)),
            Some(_) => {}
            None => {
                let what = || format!("“{said}” is no weight");
                let said = || (ProblemCode::NotANumber, what(), "use a number from 0, with a decimal point");
                self.say(Severity::Error, (at, Some("weight")), said);
            }
        }
        weight
    }

    fn say(&mut self, severity: Severity, (at, column): (At, Option<&str>), said: impl FnOnce() -> Said) {
        let problem = || {
            let (code, what, remedy) = said();
            let (file, column) = (self.sheet.file.to_owned(), column.map(str::to_owned));
            Problem { code, file, line: Some(at.line), column, what, remedy }
        };
        if self.problems.add_with(severity, problem) && severity == Severity::Error {
            self.error_rows.push(at.row);
        }
    }
}

fn not_utf8() -> Said {
    (ProblemCode::NotUtf8, "is not UTF-8 text".to_owned(), "save the file as CSV UTF-8")
}

/// Makes the cells one text that no other cells have.
fn set_key(key: &mut Vec<u8>, cells: [&[u8]; 4]) {
    key.clear();
    for cell in cells {
        key.extend(u64::try_from(cell.len()).unwrap_or(u64::MAX).to_le_bytes());
        key.extend_from_slice(cell);
    }
}

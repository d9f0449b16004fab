// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which words does a translation sheet have, and do they belong to the texts it was made for?
//!
//! CSV with the columns `key` and `translation`; `it` is held against the text as it is now, other columns are for
//! whoever translates. An empty translation is one that is still missing. One problem refuses the whole sheet.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;

use csv::StringRecord;

use super::encoding::decode;
use super::problem::{CAP, Problem, ProblemCode, Problems};
use super::table::{Table, open};
use crate::domain::translation::Translatable;

/// The longest translation of one text.
const MOST_LETTERS: usize = 2_000;
/// Braces inside braces: plurals need two. Whoever reads a sentence goes down into each, so that there has to be an end.
const MOST_NESTED: usize = 8;
/// The largest sheet: many times one with every text filled in.
const MOST_BYTES: u64 = 2 * 1024 * 1024;

/// What the reader has to know of the texts.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// Every text that can be translated.
    pub texts: &'a [Translatable],
    /// Whether a sentence of a page can be said; it may hold values and plurals.
    pub is_sentence: fn(&str) -> bool,
}

/// Reads a translation sheet. `file` is its name for messages.
///
/// # Errors
/// Every problem found, up to a cap.
pub fn read_translation(source: impl Read, file: &str, sheet: Sheet<'_>) -> Result<BTreeMap<String, String>, Problems> {
    let alone = |problem| Problems { errors: vec![problem], ..Problems::default() };
    let unreadable = |what: String, remedy| {
        let file = file.to_owned();
        alone(Problem { code: ProblemCode::Unreadable, file, line: None, column: None, what, remedy })
    };
    let mut bytes = Vec::new();
    let read = source.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(error.to_string(), "check the file and its permissions"))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_BYTES {
        let what = format!("larger than {} MiB", MOST_BYTES / 1024 / 1024);
        return Err(unreadable(what, "take the sheet out again and fill that in"));
    }
    // Spreadsheets write line breaks of a cell in their own way.
    let (text, _) = decode(&bytes);
    let mut table = open(text.as_bytes(), file).map_err(alone)?;
    let mut reading = Reading::new(file, sheet);
    if let Some(columns) = reading.columns(&table.header) {
        reading.rows(&mut table, &columns);
    }
    if reading.problems.stops() { Err(reading.problems) } else { Ok(reading.words) }
}

/// Where the columns are.
struct Columns {
    key: usize,
    translation: usize,
    italian: Option<usize>,
}

/// What is wrong: kind, column, what, remedy.
type Fault = (ProblemCode, &'static str, String, &'static str);

struct Reading<'a> {
    file: &'a str,
    sheet: Sheet<'a>,
    known: HashMap<&'a str, &'a Translatable>,
    /// The line of each key.
    lines: HashMap<String, u64>,
    words: BTreeMap<String, String>,
    problems: Problems,
}

impl<'a> Reading<'a> {
    fn new(file: &'a str, sheet: Sheet<'a>) -> Self {
        let known = sheet.texts.iter().map(|one| (one.key.as_str(), one)).collect();
        let (lines, words, problems) = (HashMap::new(), BTreeMap::new(), Problems::default());
        Self { file, sheet, known, lines, words, problems }
    }

    fn say(&mut self, (line, key): (u64, &str), (code, column, what, remedy): Fault) {
        let (file, column) = (self.file.to_owned(), Some(column.to_owned()).filter(|column| !column.is_empty()));
        if !key.is_empty() && self.problems.rows.len() < CAP {
            self.problems.rows.insert(line, key.to_owned());
        }
        self.problems.error(Problem { code, file, line: Some(line), column, what, remedy });
    }

    fn columns(&mut self, header: &[String]) -> Option<Columns> {
        let mut place = |name: &'static str, needed: bool| {
            let mut places = header.iter().enumerate().filter(|(_, known)| *known == name).map(|(place, _)| place);
            let (first, second) = (places.next(), places.next());
            if second.is_some() {
                let what = "the header has this column twice".to_owned();
                self.say((1, ""), (ProblemCode::DuplicateColumn, name, what, "keep one of them"));
            } else if first.is_none() && needed {
                let what = "the header does not have this column".to_owned();
                self.say(
                    (1, ""),
                    (ProblemCode::MissingColumn, name, what, "take the sheet out again and fill that in"),
                );
            }
            first
        };
        let (key, translation, italian) = (place("key", true), place("translation", true), place("it", false));
        Some(Columns { key: key?, translation: translation?, italian }).filter(|_| !self.problems.stops())
    }

    fn rows(&mut self, table: &mut Table, columns: &Columns) {
        let (mut record, cells) = (StringRecord::new(), table.header.len());
        // Memory is always readable, and the text is UTF-8.
        while table.rows.read_record(&mut record).unwrap_or(false) {
            let line = table.line(record.position());
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if record.len() != cells {
                let what = format!("{} cells; the header has {cells}", record.len());
                let fault = (ProblemCode::BrokenLine, "", what, "correct the line; quote cells with separators");
                self.say((line, ""), fault);
                continue;
            }
            let cell = |place: usize| unguarded(record.get(place).unwrap_or_default().trim()).to_owned();
            self.row(line, &cell(columns.key), (&cell(columns.translation), columns.italian.map(cell)));
        }
    }

    fn row(&mut self, line: u64, key: &str, (words, italian): (&str, Option<String>)) {
        if let Some(first) = self.lines.insert(key.to_owned(), line) {
            let what = format!("“{key}” was in line {first} already");
            return self.say((line, key), (ProblemCode::KeyTwice, "key", what, "keep one of the lines"));
        }
        let Some(text) = self.known.get(key).copied() else {
            let what = format!("there is no text with the key “{key}”");
            let fault = (ProblemCode::UnknownText, "key", what, "take the sheet of this version out again");
            return self.say((line, key), fault);
        };
        if words.is_empty() {
            return;
        }
        let faults = faults(text, words, italian.as_deref(), self.sheet.is_sentence);
        if faults.is_empty() {
            self.words.insert(key.to_owned(), words.to_owned());
        }
        for fault in faults {
            self.say((line, key), fault);
        }
    }
}

fn faults(text: &Translatable, words: &str, italian: Option<&str>, is_sentence: fn(&str) -> bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let Some(italian) = italian.filter(|italian| same_words(italian) != same_words(text.source())) {
        let what = format!("“{italian}” is not the text any more: it is “{}”", text.source());
        faults.push((ProblemCode::SourceChanged, "it", what, "translate the new text, and copy it here"));
    }
    if words.chars().count() > MOST_LETTERS {
        let what = format!("longer than {MOST_LETTERS} letters");
        faults.push((ProblemCode::BadValue, "translation", what, "shorten it"));
        return faults;
    }
    if !text.is_of_page() {
        return faults;
    }
    if nested(words) > MOST_NESTED || !is_sentence(words) {
        let what = "the sentence cannot be read: a brace is open, or choices have no [other]".to_owned();
        faults.push((ProblemCode::BrokenSentence, "translation", what, "keep what stands in braces as it is"));
    }
    let (known, used) = (values(text.source()), values(words));
    let extra =
        used.iter().find(|value| !known.contains(*value)).map(|extra| format!("there is no value ${extra} here"));
    let lost = said(text.source()).into_iter().find(|value| !used.contains(value));
    if let Some(what) = extra.or_else(|| lost.map(|lost| format!("the value ${lost} was lost"))) {
        faults.push((ProblemCode::BrokenSentence, "translation", what, "use the values of the Italian text"));
    }
    faults
}

/// How deep braces stand inside braces.
fn nested(sentence: &str) -> usize {
    let mut open = 0_usize;
    let deep = sentence.chars().map(|letter| {
        open = match letter {
            '{' => open + 1,
            '}' => open.saturating_sub(1),
            _ => open,
        };
        open
    });
    deep.max().unwrap_or_default()
}

/// The names behind `$` in a sentence.
fn values(sentence: &str) -> BTreeSet<&str> {
    let name = |rest: &'_ str| rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    sentence.split('$').skip(1).map(|rest| name(rest).and_then(|end| rest.get(..end)).unwrap_or(rest)).collect()
}

/// The values that a sentence says. One that it only chooses by may be missing where a language has no plurals.
fn said(sentence: &str) -> BTreeSet<&str> {
    let is_name = |name: &&str| name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let insides = sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    insides.filter_map(|(inside, _)| inside.trim().strip_prefix('$')).filter(is_name).collect()
}

/// Words whatever white space stands between them.
fn same_words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Without the quote that keeps spreadsheets from taking a cell for a formula.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Text;

    fn texts() -> Vec<Translatable> {
        let text = |key: &str, it: &str| Translatable {
            key: key.to_owned(),
            context: String::new(),
            text: Text::both(it, it),
        };
        vec![
            text("item.Fa", "Mi fido."),
            text("scale.S.1", "- poco"),
            Translatable::of_page("page-step", "", Text::both("Passo { $step }", "Step { $step }")),
        ]
    }

    fn read(sheet: &str) -> Result<BTreeMap<String, String>, Problems> {
        let is_sentence = |words: &str| words.matches('{').count() == words.matches('}').count();
        read_translation(sheet.as_bytes(), "ro.csv", Sheet { texts: &texts(), is_sentence })
    }

    /// Code and line of each problem.
    fn problems(sheet: &str) -> Vec<(&'static str, u64)> {
        read(sheet).unwrap_err().errors.iter().map(|e| (e.code.code(), e.line.unwrap())).collect()
    }

    #[test]
    fn words_are_read_by_key_and_an_empty_cell_is_still_missing() {
        let sheet = "\u{feff}\"key\";\"it\";\"translation\"\r\n\"item.Fa\";\"Mi  fido.\";\" Am încredere; da. \"\r\n\
                     \"scale.S.1\";\"'- poco\";\"'- puțin\"\r\n\"page.page-step\";\"Passo { $step }\";\"\"\r\n;;\r\n";
        let words = read(sheet).unwrap();
        assert_eq!(words.get("item.Fa").map(String::as_str), Some("Am încredere; da."));
        assert_eq!(words.get("scale.S.1").map(String::as_str), Some("- puțin"), "the guard is taken away");
        assert_eq!(words.len(), 2);
    }

    #[test]
    fn commas_other_orders_and_other_encodings_are_the_same_sheet() {
        let (letters, _, _) = encoding_rs::WINDOWS_1252.encode("translation,key\nJ’ai confiance é,item.Fa\n");
        let words = read_translation(&*letters, "fr.csv", Sheet { texts: &texts(), is_sentence: |_| true }).unwrap();
        assert_eq!(words.get("item.Fa").map(String::as_str), Some("J’ai confiance é"));
    }

    #[test]
    fn every_problem_is_found_with_its_line() {
        let sheet = "key;it;translation\nitem.Fa;Altro.;x\nitem.Zz;;x\nitem.Fa;Mi fido.;y\n\
                     page.page-step;Passo { $step };{ $stop\nscale.S.1;too;many;cells\n";
        let expected = [("A604", 2), ("A601", 3), ("A602", 4), ("A603", 5), ("A603", 5), ("A003", 6)];
        assert_eq!(problems(sheet), expected);
        assert_eq!(problems("key;it\nitem.Fa;x\n"), [("A101", 1)]);
        assert_eq!(problems("key;translation;key\n;;\n"), [("A102", 1)]);
        assert_eq!(problems(""), [("A004", 1)]);
        assert_eq!(problems(&format!("key,translation\nitem.Fa,{}\n", "a".repeat(2_001))), [("A404", 2)]);
    }

    #[test]
    fn a_problem_names_the_row_and_what_a_sentence_lost() {
        let found = read("key;it;translation\npage.page-step;Passo { $step };Pasul\n").unwrap_err();
        assert_eq!(found.row(&found.errors[0]), Some("page.page-step"));
        let said = "A603 column “translation”: the value $step was lost: use the values of the Italian text";
        assert_eq!(found.to_string(), format!("ro.csv:2: {said} (row “page.page-step”)"));
        assert!(
            read("key;translation\npage.page-step;\"{ $step ->\n[one] un\n*[other] multe\n}\"\n").is_ok(),
            "it is chosen by"
        );
    }

    #[test]
    fn braces_without_end_are_refused_before_anybody_reads_them() {
        for (times, code) in [(50, "A603"), (5_000, "A404")] {
            let sheet = format!("key;translation\npage.page-step;{}$step{}\n", "{".repeat(times), "}".repeat(times));
            let texts = texts();
            let read = read_translation(sheet.as_bytes(), "ro.csv", Sheet { texts: &texts, is_sentence: |_| true });
            assert_eq!(read.unwrap_err().errors[0].code.code(), code, "{times}");
        }
        assert_eq!((nested("a"), nested("{ $n -> [one] { $n } *[other] {$n} }"), nested("}}{")), (0, 2, 1));
    }

    #[test]
    fn a_sheet_that_is_too_large_is_not_read_in_part() {
        let sheet = format!("key;translation\n{}", "item.Fa;x\n".repeat(220_000));
        let found = read(&sheet).unwrap_err().errors;
        assert_eq!((found.len(), found[0].code), (1, ProblemCode::Unreadable));
    }

    #[test]
    fn a_missing_text_whose_source_changed_is_no_problem() {
        assert_eq!(read("key;it;translation\nitem.Fa;Altro.;\n").unwrap().len(), 0);
    }

    #[test]
    fn values_are_the_names_behind_dollars() {
        let sentence = "{ $count ->\n[one] una\n*[other] { $count } di {$of_all}\n}";
        assert_eq!(values(sentence).into_iter().collect::<Vec<_>>(), ["count", "of_all"]);
        let sentence = "{ $count ->\n[one] una\n*[other] { $of_all } di {$name}\n}";
        assert_eq!(said(sentence).into_iter().collect::<Vec<_>>(), ["name", "of_all"]);
    }
}

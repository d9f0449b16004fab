// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is wrong with a field of a form? A key of the texts, and the values in its sentence.

use jiff::civil::Date;

/// A field that cannot be taken as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// Name of the field.
    pub field: String,
    /// Key of the sentence, without its prefix `field-problem-`.
    pub key: &'static str,
    /// Values in the sentence.
    pub values: Vec<(&'static str, String)>,
}

impl FieldProblem {
    /// A problem that needs no value.
    #[must_use]
    pub fn new(field: &str, key: &'static str) -> Self {
        Self { field: field.to_owned(), key, values: Vec::new() }
    }

    /// The same problem with a value in its sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.values.push((name, value.to_string()));
        self
    }
}

/// The fields of a form as they were typed, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// What was typed into a field; nothing if it was not sent.
    #[must_use]
    pub fn get(&self, field: &str) -> &str {
        self.0.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.as_str())
    }

    /// Everything that was chosen in a field.
    pub fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// Whether a field was sent and says something.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        !self.get(field).trim().is_empty()
    }

    /// The revision of the thing that the form was drawn from.
    #[must_use]
    pub fn revision(&self) -> i32 {
        self.get("revision").parse().unwrap_or(0)
    }

    /// Sets a field, as a form that is drawn for the first time.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl std::fmt::Display) -> Self {
        self.0.push((field.to_owned(), value.to_string()));
        self
    }
}

/// A text of one line: trimmed, not empty, no control characters, at most `longest` characters.
///
/// # Errors
/// What is wrong with it.
pub fn line(field: &str, typed: &str, longest: usize) -> Result<String, FieldProblem> {
    let text = optional_line(field, typed, longest)?;
    if text.is_empty() { Err(FieldProblem::new(field, "missing")) } else { Ok(text) }
}

/// A text of one line that may be empty.
///
/// # Errors
/// What is wrong with it.
pub fn optional_line(field: &str, typed: &str, longest: usize) -> Result<String, FieldProblem> {
    let text = typed.trim();
    let count = text.chars().count();
    if count > longest {
        return Err(FieldProblem::new(field, "too-long").with("longest", longest).with("count", count));
    }
    if text.chars().any(char::is_control) {
        return Err(FieldProblem::new(field, "control"));
    }
    Ok(text.to_owned())
}

/// A text of several lines that may be empty. Line ends become `\n`.
///
/// # Errors
/// What is wrong with it.
pub fn lines(field: &str, typed: &str, longest: usize) -> Result<String, FieldProblem> {
    let text = typed.replace("\r\n", "\n").trim().to_owned();
    let count = text.chars().count();
    if count > longest {
        return Err(FieldProblem::new(field, "too-long").with("longest", longest).with("count", count));
    }
    if text.chars().any(|one| one.is_control() && one != '\n' && one != '\t') {
        return Err(FieldProblem::new(field, "control"));
    }
    Ok(text)
}

/// A whole number from `least` to `most`; nothing where the field is empty.
///
/// # Errors
/// What is wrong with it.
pub fn number(field: &str, typed: &str, (least, most): (u32, u32)) -> Result<Option<u32>, FieldProblem> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.parse().ok().filter(|number| (least..=most).contains(number));
    let problem = || FieldProblem::new(field, "number").with("least", least).with("most", most);
    number.map(Some).ok_or_else(problem)
}

/// A quantity from zero up with two decimals at most, as people write it: `95`, `12,5`, `12.5`, `1.300.000`; nothing
/// where the field is empty.
///
/// # Errors
/// What is wrong with it.
pub fn amount(field: &str, typed: &str) -> Result<Option<f64>, FieldProblem> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    read_amount(text).map(Some).ok_or_else(|| FieldProblem::new(field, "amount"))
}

/// The quantity that a word is, if it is one.
#[must_use]
pub fn read_amount(text: &str) -> Option<f64> {
    let with_decimals = text.split_once(',').map(|(whole, decimals)| Some((ungrouped(whole)?, decimals)));
    let (whole, decimals) = match (with_decimals, ungrouped(text)) {
        (Some(parts), _) => parts?,
        (None, Some(whole)) => (whole, "0"),
        (None, None) => text.split_once('.').map(|(whole, decimals)| (whole.to_owned(), decimals))?,
    };
    let digits = |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|one| one.is_ascii_digit());
    let read = digits(&whole, 12) && digits(decimals, 2);
    read.then(|| format!("{whole}.{decimals}").parse().ok()).flatten()
}

/// A whole number without the points between its thousands; nothing where points stand elsewhere.
fn ungrouped(text: &str) -> Option<String> {
    let mut groups = text.split('.');
    let first = groups.next()?;
    let mut rest = groups.clone().peekable();
    let plain = rest.peek().is_none();
    let grouped = (1..=3).contains(&first.len()) && !first.starts_with('0') && rest.all(|group| group.len() == 3);
    (plain || grouped).then(|| first.chars().chain(groups.flat_map(str::chars)).collect())
}

/// A day, written `2026-03-31` as browsers send it, or `31/03/2026` as people do.
///
/// # Errors
/// What is wrong with it.
pub fn day(field: &str, typed: &str) -> Result<Option<Date>, FieldProblem> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = text.split(['/', '.']).collect();
    let written = match parts.as_slice() {
        [day, month, year] => format!("{year:0>4}-{month:0>2}-{day:0>2}"),
        _ => text.to_owned(),
    };
    written.parse().map(Some).map_err(|_| FieldProblem::new(field, "day"))
}

/// Gathers the values that could be read and the problems of those that could not.
#[derive(Debug, Default)]
pub struct Problems(Vec<FieldProblem>);

impl Problems {
    /// The value, or its default after noting the problem.
    pub fn note<T: Default>(&mut self, read: Result<T, FieldProblem>) -> T {
        read.unwrap_or_else(|problem| {
            self.0.push(problem);
            T::default()
        })
    }

    /// The value, if there is one; else the problem is noted.
    pub fn take<T>(&mut self, read: Result<T, FieldProblem>) -> Option<T> {
        read.map_err(|problem| self.0.push(problem)).ok()
    }

    /// The value, if there is one; else every problem is noted.
    pub fn take_all<T>(&mut self, read: Result<T, Vec<FieldProblem>>) -> Option<T> {
        read.map_err(|problems| self.0.extend(problems)).ok()
    }

    /// Adds a problem.
    pub fn add(&mut self, problem: FieldProblem) {
        self.0.push(problem);
    }

    /// Nothing, if no problem was noted.
    ///
    /// # Errors
    /// Every problem noted.
    pub fn none(self) -> Result<(), Vec<FieldProblem>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_must_say_something() {
        assert_eq!(line("name", "  Orto ", 10), Ok("Orto".to_owned()));
        assert_eq!(line("name", "  ", 10), Err(FieldProblem::new("name", "missing")));
        assert_eq!(line("name", "a\nb", 10), Err(FieldProblem::new("name", "control")));
        let long = line("name", "àààà", 3).unwrap_err();
        assert_eq!((long.key, long.values.len()), ("too-long", 2));
        assert_eq!(optional_line("name", "", 3), Ok(String::new()));
    }

    #[test]
    fn lines_keep_their_breaks_and_lose_what_cannot_be_stored() {
        assert_eq!(lines("summary", "a\r\nb\n", 10), Ok("a\nb".to_owned()));
        assert_eq!(lines("summary", "a\0b", 10), Err(FieldProblem::new("summary", "control")));
    }

    #[test]
    fn numbers_and_days_are_read_as_people_write_them() {
        assert_eq!(number("n", " 12 ", (0, 20)), Ok(Some(12)));
        assert_eq!(number("n", "", (0, 20)), Ok(None));
        assert_eq!(number("n", "-1", (0, 20)).unwrap_err().key, "number");
        assert_eq!(day("d", "31/3/2026"), Ok(Some(jiff::civil::date(2026, 3, 31))));
        assert_eq!(day("d", "2026-03-31"), Ok(Some(jiff::civil::date(2026, 3, 31))));
        assert_eq!(day("d", "31/2/2026").unwrap_err().key, "day");
        assert_eq!(day("d", ""), Ok(None));
    }

    #[test]
    fn quantities_are_read_with_a_comma_or_a_point_and_with_dotted_thousands() {
        let read = [
            ("95", 95.0),
            ("1.300.000", 1_300_000.0),
            ("1.300,5", 1300.5),
            ("12,50", 12.5),
            ("12.5", 12.5),
            ("0", 0.0),
        ];
        for (typed, value) in read {
            assert_eq!(amount("n", typed), Ok(Some(value)), "{typed}");
        }
        assert_eq!(amount("n", "  "), Ok(None));
        for typed in ["-1", "+1", "abc", "1,234", "0.300", "1.30.000", ".5", "5,", "1e3", "NaN", "1 000", "=1+1", "²"]
        {
            assert_eq!(amount("n", typed), Err(FieldProblem::new("n", "amount")), "{typed}");
        }
        assert!(amount("n", &"9".repeat(13)).is_err());
    }

    #[test]
    fn every_problem_is_gathered() {
        let mut problems = Problems::default();
        assert_eq!(problems.note(line("a", "", 1)), "");
        assert_eq!(problems.take(line("b", "x", 1)), Some("x".to_owned()));
        assert_eq!(problems.none().unwrap_err().len(), 1);
        assert_eq!(Problems::default().none(), Ok(()));
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Codes of a wave as a list for a mail merge: one person a row.

use super::cell;

/// The list as CSV: UTF-8 with a mark at its start, semicolons as Italian spreadsheets want them, one person a row.
#[must_use]
pub fn csv(head: &[String; 5], rows: impl Iterator<Item = [String; 5]>) -> String {
    let row = |cells: &[String; 5]| format!("{}\r\n", cells.each_ref().map(|text| cell(text)).join(";"));
    let mut file = format!("\u{feff}{}", row(head));
    rows.for_each(|cells| file.push_str(&row(&cells)));
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_begins_a_formula_begins_none() {
        let head = ["a", "b", "c", "d", "e"].map(str::to_owned);
        let row = ["Cittadini", "=HYPERLINK(\"x\")", "", "ABCD-EFGH-JKMN", "https://example.org"].map(str::to_owned);
        let file = csv(&head, [row].into_iter());
        let line = file.lines().nth(1).unwrap();
        assert_eq!(line, "\"Cittadini\";\"'=HYPERLINK(\"\"x\"\")\";\"\";\"ABCD-EFGH-JKMN\";\"https://example.org\"");
    }
}

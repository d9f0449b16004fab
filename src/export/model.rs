// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! An empty file of answers: which columns does a wave take?

use super::cell;

/// The header row as CSV: UTF-8 with a mark at its start, semicolons as Italian spreadsheets want them.
#[must_use]
pub fn csv(columns: &[&str]) -> String {
    let cells: Vec<String> = columns.iter().map(|name| cell(name)).collect();
    format!("\u{feff}{}\r\n", cells.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_a_header_that_spreadsheets_read() {
        assert_eq!(csv(&["wave", "group", "FC1a"]), "\u{feff}\"wave\";\"group\";\"FC1a\"\r\n");
    }
}

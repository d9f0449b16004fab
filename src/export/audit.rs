// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The audit as a file: one entry a row, with the hashes that tie it to the rest.

use super::cell;
use crate::domain::audit::AuditEntry;

/// The columns of the file.
const COLUMNS: &str = "number,recorded_at,organisation,actor,act,subject,note,previous_hash,hash\r\n";

/// Entries as CSV: UTF-8 with a mark at its start, comma, one row an entry.
///
/// # Errors
/// None today; the caller treats it as any other file.
pub fn csv(entries: &[AuditEntry]) -> Result<String, std::fmt::Error> {
    let mut file = head();
    entries.iter().try_for_each(|entry| row(entry, &mut file))?;
    Ok(file)
}

/// The mark at the start of the file, and its columns.
#[must_use]
pub fn head() -> String {
    format!("\u{feff}{COLUMNS}")
}

/// One entry as a row.
///
/// # Errors
/// If it cannot be written.
pub fn row(entry: &AuditEntry, mut out: impl std::fmt::Write) -> std::fmt::Result {
    let cells = [&entry.organisation, &entry.actor, &entry.act, &entry.subject, &entry.note].map(|text| cell(text));
    write!(out, "{},{},", entry.number, entry.recorded_at)?;
    writeln!(out, "{},{},{}\r", cells.join(","), entry.previous_hash, entry.hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::audit::AuditNote;

    #[test]
    fn a_row_is_quoted_and_starts_no_formula() {
        let at = jiff::Timestamp::from_second(1).unwrap();
        let note =
            AuditNote { act: "x", subject: "=1+1".to_owned(), note: "a \"b\"".to_owned(), ..AuditNote::default() };
        let file = csv(&[AuditEntry::following(1, String::new(), at, note)]).unwrap();
        assert!(file.contains(",\"\",\"\",\"x\",\"'=1+1\",\"a \"\"b\"\"\",,"), "{file}");
        assert_eq!(file.lines().count(), 2);
    }
}

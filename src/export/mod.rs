// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do numbers leave the program? Everything is written to any `io::Write`.

pub mod answers;
pub mod audit;
pub mod book;
pub mod codebook;
pub mod codes;
pub mod csvw;
pub mod decisions;
pub mod files;
pub mod model;
pub mod open_data;
mod replies;
pub mod results;
pub mod score_document;
pub mod score_table;
pub mod translation;

/// A cell of a CSV file in quotes; what a spreadsheet would take for a formula gets a quote before it.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What are the columns of a CSV file? Said beside it, so that a program can check them; the least count that may be
//! shown is part of it.
//!
//! # Source
//! W3C, Metadata Vocabulary for Tabular Data, 17 December 2015.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::book::{Column, Kind, Table};

/// The licence under which results are published.
pub const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

/// Writes the description of a table that lies in the file `name`.
///
/// # Errors
/// If it cannot be written.
pub fn write(table: &Table, (name, title): (&str, &str), mut out: impl Write) -> io::Result<()> {
    let columns: Vec<Value> = table.columns.iter().map(described).collect();
    let described = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "it" }],
        "url": name,
        "dc:title": title,
        "dc:license": { "@id": LICENCE },
        "dialect": { "delimiter": ";", "encoding": "utf-8", "header": true, "lineTerminators": ["\r\n"] },
        "tableSchema": { "columns": columns },
    });
    serde_json::to_writer_pretty(&mut out, &described)?;
    writeln!(out)?;
    out.flush()
}

fn described(column: &Column) -> Value {
    let datatype = match &column.kind {
        Kind::Text { .. } => json!("string"),
        Kind::Whole { least } => json!({ "base": "integer", "minimum": least }),
        Kind::Decimal => json!({ "base": "decimal", "format": { "decimalChar": ",", "groupChar": "." } }),
        Kind::Day => json!({ "base": "date", "format": "yyyy-MM-dd" }),
        Kind::Answer { .. } => json!({ "base": "string", "format": "(10|[0-9]|DK|NA|RF|NS)?" }),
    };
    json!({ "name": column.name, "titles": column.name, "dc:description": column.label, "datatype": datatype })
}

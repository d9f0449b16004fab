// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Tables as sheets of an `OpenDocument` spreadsheet: typed cells, a sheet to be read first, heads that stay in sight.
//!
//! # Source
//! OASIS, Open Document Format for Office Applications 1.3, parts 2 (packages) and 3 (schema).

use std::fmt::Write as _;
use std::io::{self, Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Book, Cell, Table};
use crate::domain::answer::{Answer, NoAnswer};
use crate::domain::data_file::FileNotes;

const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/></manifest:manifest>
"#;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:automatic-styles><number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><number:number-style style:name="N2"><number:number number:decimal-places="1" number:min-integer-digits="1"/></number:number-style><style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/><style:style style:name="score" style:family="table-cell" style:data-style-name="N2"/></office:automatic-styles><office:body><office:spreadsheet>"#;

const FOOT: &str = "</office:spreadsheet></office:body></office:document-content>\n";

/// A spreadsheet. Its place must be one that can be gone back in, because the first part of the package may not be
/// described after itself.
pub struct Ods<W: Write + Seek> {
    zip: ZipWriter<W>,
    sheets: Vec<&'static str>,
    line: String,
}

impl<W: Write + Seek> Ods<W> {
    /// A spreadsheet with its first sheet: what to know before using it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn new(notes: &FileNotes, out: W) -> io::Result<Self> {
        let mut zip = ZipWriter::new(out);
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file("mimetype", stored)?;
        zip.write_all(MIMETYPE.as_bytes())?;
        let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file("META-INF/manifest.xml", deflated)?;
        zip.write_all(MANIFEST.as_bytes())?;
        zip.start_file("content.xml", deflated.large_file(true))?;
        zip.write_all(HEAD.as_bytes())?;
        let mut book = Self { zip, sheets: Vec::new(), line: String::new() };
        book.begin("Leggimi")?;
        book.texts(&[&notes.title], true)?;
        for line in &notes.lines {
            book.texts(&line.each_ref().map(String::as_str), false)?;
        }
        Ok(book)
    }

    fn begin(&mut self, name: &'static str) -> io::Result<()> {
        let end = if self.sheets.is_empty() { "" } else { "</table:table>" };
        self.sheets.push(name);
        write!(self.zip, "{end}<table:table table:name=\"{name}\">")
    }

    fn texts(&mut self, texts: &[&str], head: bool) -> io::Result<()> {
        self.line.push_str("<table:table-row>");
        for text in texts {
            push_text(&mut self.line, text, if head { " table:style-name=\"head\"" } else { "" });
        }
        self.end_row()
    }

    fn end_row(&mut self) -> io::Result<()> {
        self.line.push_str("</table:table-row>\n");
        self.zip.write_all(self.line.as_bytes())?;
        self.line.clear();
        Ok(())
    }

    /// Keeps the head of every table in sight.
    fn settings(&self) -> String {
        let mut sheets = String::new();
        for name in self.sheets.iter().skip(1) {
            let item = |key: &str, kind: &str, value: u8| {
                format!("<config:config-item config:name=\"{key}\" config:type=\"{kind}\">{value}</config:config-item>")
            };
            let items = [
                item("VerticalSplitMode", "short", 2),
                item("VerticalSplitPosition", "int", 1),
                item("PositionBottom", "int", 1),
            ];
            let _ = write!(
                sheets,
                "<config:config-item-map-entry config:name=\"{name}\">{}</config:config-item-map-entry>",
                items.concat()
            );
        }
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-settings xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:config=\"urn:oasis:names:tc:opendocument:xmlns:config:1.0\" xmlns:ooo=\"http://openoffice.org/2004/office\" office:version=\"1.3\"><office:settings><config:config-item-set config:name=\"ooo:view-settings\"><config:config-item-map-indexed config:name=\"Views\"><config:config-item-map-entry><config:config-item config:name=\"ViewId\" config:type=\"string\">view1</config:config-item><config:config-item-map-named config:name=\"Tables\">{sheets}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>\n"
        )
    }
}

impl<W: Write + Seek> Book for Ods<W> {
    fn table(&mut self, table: &Table) -> io::Result<()> {
        self.begin(table.name)?;
        let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        self.texts(&names, true)
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        self.line.push_str("<table:table-row>");
        for cell in cells {
            push(&mut self.line, *cell);
        }
        self.end_row()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        write!(self.zip, "</table:table>{FOOT}")?;
        let settings = self.settings();
        self.zip.start_file("settings.xml", SimpleFileOptions::default())?;
        self.zip.write_all(settings.as_bytes())?;
        self.zip.finish()?.flush()
    }
}

fn push(line: &mut String, cell: Cell<'_>) {
    let number = |line: &mut String, value: &dyn std::fmt::Display, style: &str| {
        let _ = write!(line, "<table:table-cell{style} office:value-type=\"float\" office:value=\"{value}\"/>");
    };
    match cell {
        Cell::Nothing | Cell::Answer(Answer::None(NoAnswer::Skipped)) => line.push_str("<table:table-cell/>"),
        Cell::Text(text) => push_text(line, text, ""),
        Cell::Whole(value) => number(line, &value, ""),
        Cell::Decimal(value) => number(line, &value, " table:style-name=\"score\""),
        Cell::Answer(Answer::Point(point)) => number(line, &point, ""),
        Cell::Answer(Answer::None(reason)) => push_text(line, reason.code(), ""),
        Cell::Day(day) => {
            let style = " table:style-name=\"day\"";
            let _ = write!(line, "<table:table-cell{style} office:value-type=\"date\" office:date-value=\"{day}\"/>");
        }
    }
}

/// A text, each of its lines a paragraph.
fn push_text(line: &mut String, text: &str, style: &str) {
    let _ = write!(line, "<table:table-cell{style} office:value-type=\"string\">");
    for paragraph in text.split('\n') {
        line.push_str("<text:p>");
        push_words(line, paragraph);
        line.push_str("</text:p>");
    }
    line.push_str("</table:table-cell>");
}

/// Words with their marks escaped and every space kept; what XML cannot hold is left out.
fn push_words(line: &mut String, words: &str) {
    let mut before = ' ';
    for letter in words.chars() {
        match letter {
            '&' => line.push_str("&amp;"),
            '<' => line.push_str("&lt;"),
            '>' => line.push_str("&gt;"),
            '\t' => line.push_str("<text:tab/>"),
            ' ' if before == ' ' => line.push_str("<text:s/>"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => line.push(other),
        }
        before = letter;
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is handed to the registry of a body, or sent by certified mail? One ZIP, the same bytes each time.
//!
//! Beside the documents it holds `segnatura.xml`, what a registry asks for in fields of its own, and `SHA256SUMS`, which
//! `sha256sum --check` reads. Nothing in it depends on when or where it is made.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// What a registry wants to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// What the documents are about.
    pub subject: String,
    /// Name of the body.
    pub body: String,
    /// Its tax code, if known.
    pub tax_code: String,
    /// Its code in the index of public bodies, if known.
    pub ipa_code: String,
    /// Its certified mailbox, if known.
    pub registered_email: String,
    /// Whom to ask.
    pub contact: String,
    /// Day of the documents.
    pub day: Date,
}

/// A file of the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// Its name, in plain letters.
    pub name: String,
    /// What it is, in words.
    pub what: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
#[error("the package could not be put together: {0}")]
pub struct FilingError(#[from] ZipError);

impl From<std::io::Error> for FilingError {
    fn from(error: std::io::Error) -> Self {
        Self(ZipError::Io(error))
    }
}

/// The documents with their cover and fingerprints.
///
/// # Errors
/// If two files have the same name.
pub fn package(cover: &Cover, documents: Vec<Filed>) -> Result<Vec<u8>, FilingError> {
    let mut files = documents;
    let signed = signature(cover, &files);
    files.push(Filed { name: "segnatura.xml".to_owned(), what: String::new(), bytes: signed.into_bytes() });
    let sums = sums(&files);
    files.push(Filed { name: "SHA256SUMS".to_owned(), what: String::new(), bytes: sums.into_bytes() });
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(moment(cover.day))
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for file in &files {
        zip.start_file(file.name.as_str(), options)?;
        zip.write_all(&file.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The day of the documents, at its beginning.
fn moment(day: Date) -> DateTime {
    let year = u16::try_from(day.year()).unwrap_or_default();
    DateTime::from_date_and_time(year, day.month().unsigned_abs(), day.day().unsigned_abs(), 0, 0, 0)
        .unwrap_or_default()
}

fn sums(files: &[Filed]) -> String {
    files.iter().fold(String::new(), |mut lines, file| {
        let _infallible = writeln!(lines, "{}  {}", fingerprint(&file.bytes), file.name);
        lines
    })
}

fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut digits, byte| {
        let _infallible = write!(digits, "{byte:02x}");
        digits
    })
}

/// What a registry copies into its fields.
fn signature(cover: &Cover, files: &[Filed]) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DatiPerLaSegnatura>\n".to_owned();
    let day = cover.day.to_string();
    for (name, text) in [("Oggetto", &cover.subject), ("DataDocumento", &day)] {
        element(&mut xml, "  ", name, text);
    }
    xml.push_str("  <Mittente>\n");
    let body = [
        ("Denominazione", &cover.body),
        ("CodiceIPA", &cover.ipa_code),
        ("CodiceFiscale", &cover.tax_code),
        ("PEC", &cover.registered_email),
        ("Contatto", &cover.contact),
    ];
    body.iter().filter(|(_, text)| !text.is_empty()).for_each(|(name, text)| element(&mut xml, "    ", name, text));
    xml.push_str("  </Mittente>\n");
    for file in files {
        xml.push_str("  <Documento>\n");
        for (name, text) in [("Nome", &file.name), ("Titolo", &file.what)] {
            element(&mut xml, "    ", name, text);
        }
        element(&mut xml, "    ", "ImprontaSHA256", &fingerprint(&file.bytes));
        xml.push_str("  </Documento>\n");
    }
    xml.push_str("</DatiPerLaSegnatura>\n");
    xml
}

fn element(xml: &mut String, indent: &str, name: &str, text: &str) {
    let _infallible = writeln!(xml, "{indent}<{name}>{}</{name}>", escaped(text));
}

/// A text as it stands in XML, without characters that XML does not know.
fn escaped(text: &str) -> String {
    let known = |c: &char| matches!(c, '\t' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(known).fold(String::new(), |mut escaped, c| {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            other => escaped.push(other),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use jiff::civil::date;

    use super::*;

    fn cover() -> Cover {
        Cover {
            subject: "Relazione <di> \u{1}prova & altro".to_owned(),
            body: "Comune di Esempio".to_owned(),
            contact: "Ufficio, 011 000000".to_owned(),
            day: date(2026, 3, 31),
            ..Cover::default()
        }
    }

    fn documents() -> Vec<Filed> {
        vec![Filed { name: "relazione.pdf".to_owned(), what: "Relazione".to_owned(), bytes: b"abc".to_vec() }]
    }

    fn read(bytes: &[u8], name: &str) -> String {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn the_same_documents_give_the_same_bytes_and_every_file_has_its_fingerprint() {
        let packed = package(&cover(), documents()).unwrap();
        assert_eq!(packed, package(&cover(), documents()).unwrap());
        let sums = read(&packed, "SHA256SUMS");
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert!(sums.starts_with(&format!("{abc}  relazione.pdf\n")), "{sums}");
        let signature = read(&packed, "segnatura.xml");
        assert!(sums.contains(&format!("{}  segnatura.xml", fingerprint(signature.as_bytes()))));
        assert!(signature.contains(&format!("<ImprontaSHA256>{abc}</ImprontaSHA256>")));
    }

    #[test]
    fn what_people_write_stays_words_in_the_cover_and_what_is_not_known_is_left_out() {
        let signature = signature(&cover(), &documents());
        assert!(signature.contains("<Oggetto>Relazione &lt;di&gt; prova &amp; altro</Oggetto>"));
        assert!(signature.contains("<DataDocumento>2026-03-31</DataDocumento>"));
        assert!(!signature.contains("CodiceIPA"));
    }

    #[test]
    fn two_files_of_the_same_name_are_refused() {
        assert!(package(&cover(), [documents(), documents()].concat()).is_err());
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How are words and addresses written in Turtle, whatever is in them?
//!
//! # Source
//! W3C, RDF 1.1 Turtle, sections 2.5.1 and 6.4.

use std::fmt::Write;

/// The vocabularies, as the head of a document names them.
pub const PREFIXES: &str = "@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatapit: <http://dati.gov.it/onto/dcatapit#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

";

/// The vocabularies by their prefix.
pub const NAMESPACES: [(&str, &str); 6] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcatapit", "http://dati.gov.it/onto/dcatapit#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// A text in quotation marks.
pub fn literal(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// An address in angle brackets.
pub fn address(address: &str) -> String {
    let mut bracketed = String::from("<");
    for letter in address.chars() {
        match letter {
            '\u{0}'..=' ' | '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\' => {
                let _ = write!(bracketed, "%{:02X}", u32::from(letter));
            }
            other => bracketed.push(other),
        }
    }
    bracketed.push('>');
    bracketed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_they_end_whatever_is_in_them() {
        assert_eq!(literal("a\"b\\\n\u{7}"), "\"a\\\"b\\\\\\n\\u0007\"");
        assert_eq!(literal("مشروع"), "\"مشروع\"");
        assert_eq!(address("http://a/b> <c"), "<http://a/b%3E%20%3Cc>");
    }

    #[test]
    fn the_head_names_every_vocabulary() {
        for (prefix, name) in NAMESPACES {
            assert!(PREFIXES.contains(&format!("@prefix {prefix}: <{name}> .")));
        }
    }
}

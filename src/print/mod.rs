// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does a document become a PDF? A struct per document with samples; the only module that names typst.
//!
//! Documents hold finished words. A template (`templates/print/NAME.typ`) lays them out; what people wrote reaches it
//! as data and is never read as markup. Every PDF conforms to PDF/UA-1: with a title, a language, tags, and a text in the
//! place of every picture, or it is not made. The same document gives the same bytes.

mod cards;
mod error;
mod head;
#[cfg(feature = "pdf")]
mod letters;
mod paper;
mod placemat;
mod poster;
mod qr;
mod report;
pub mod report_samples;
#[cfg(feature = "pdf")]
mod typeset;
#[cfg(feature = "pdf")]
mod world;

use serde::Serialize;

pub use cards::{Card, Cards, OnEveryCard};
pub use error::PrintError;
pub use head::{Head, Line, Said};
pub use paper::{Header, Paper, PaperItem, PaperSection, Paragraphs, Written, WrittenQuestion};
pub use placemat::{Placemat, Sheet};
pub use poster::Poster;
pub use qr::QrCode;
pub use report::{Block, Cell, Column, Drawn, Report, Row, Section, Table};

/// What is printed, and which template lays it out.
pub trait Document: Serialize + Sized {
    /// Name of the template, e.g. `poster`.
    const TEMPLATE: &'static str;

    /// Title, language and day.
    fn head(&self) -> &Head;

    /// Documents that between them show every branch of the template.
    ///
    /// # Errors
    /// As [`QrCode::new`].
    fn samples() -> Result<Vec<Self>, PrintError>;
}

/// A finished PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no built-in font has, each once; `▯` stands in their place.
    pub missing: Vec<char>,
}

/// Whether this program was built with what makes a PDF.
#[must_use]
pub const fn is_built_in() -> bool {
    cfg!(feature = "pdf")
}

/// A document as a PDF. Takes a core for some milliseconds a page: not for the thread of a request.
///
/// # Errors
/// [`PrintError::NotBuiltIn`] without the feature `pdf`; else only if template and document do not fit, which the tests
/// of this module find first.
pub fn pdf<D: Document>(document: &D) -> Result<Pdf, PrintError> {
    #[cfg(feature = "pdf")]
    return typeset::pdf(document);
    #[cfg(not(feature = "pdf"))]
    {
        let _ = document;
        Err(PrintError::NotBuiltIn)
    }
}

#[cfg(feature = "pdf")]
#[cfg(test)]
pub(crate) mod tests;

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does a template with its document become pages, and pages a PDF that everybody can read?

use std::collections::BTreeSet;

use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::error::PrintError;
use super::head::Head;
use super::letters;
use super::world::{self, DocumentWorld};
use super::{Document, Pdf};

/// Each document conforms to the first of these that its letters allow: accessible and for archives (which not every
/// script can be, as each sign has to lead back to its letters), or accessible.
const STANDARDS: [&[PdfStandard]; 2] = [&[PdfStandard::Ua_1, PdfStandard::A_2a], &[PdfStandard::Ua_1]];

/// A document as a PDF.
pub(super) fn pdf<D: Document>(document: &D) -> Result<Pdf, PrintError> {
    let (world, missing) = world_of(document)?;
    let printed = lay_out(&world).and_then(|pages| {
        let bytes = export(&world, &pages, document.head())?;
        Ok(Pdf { bytes, pages: pages.pages().len(), missing })
    });
    // Codes are secrets: what was remembered of this document is forgotten at once.
    typst::comemo::evict(0);
    printed.map_err(|problems| PrintError::Template { template: D::TEMPLATE, problems })
}

/// The template of a document with its data, made printable.
pub(super) fn world_of<D: Document>(document: &D) -> Result<(DocumentWorld, Vec<char>), PrintError> {
    let fault = |problem: String| PrintError::Template { template: D::TEMPLATE, problems: vec![problem] };
    let mut data = serde_json::to_value(document).map_err(|error| fault(error.to_string()))?;
    let mut missing = BTreeSet::new();
    letters::clean(&mut data, &world::has_letter, &mut missing);
    let world = DocumentWorld::new(D::TEMPLATE, data.to_string().into_bytes());
    Ok((world.map_err(|error| fault(error.to_string()))?, missing.into_iter().collect()))
}

/// The pages of a template.
pub(super) fn lay_out(world: &DocumentWorld) -> Result<PagedDocument, Vec<String>> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    let pages = output.map_err(|problems| told(world, &problems))?;
    // A font that is not there, a layout that does not settle: no reader sees them, so the tests have to.
    if warnings.is_empty() { Ok(pages) } else { Err(told(world, &warnings)) }
}

/// The PDF of pages.
pub(super) fn export(world: &DocumentWorld, pages: &PagedDocument, head: &Head) -> Result<Vec<u8>, Vec<String>> {
    let day = head.day;
    let day = Datetime::from_ymd(day.year().into(), day.month().unsigned_abs(), day.day().unsigned_abs());
    let mut problems = Vec::new();
    for standards in STANDARDS {
        let options = PdfOptions {
            creator: Smart::Custom(Some("Insieme".to_owned())),
            timestamp: day.map(Timestamp::new_utc),
            standards: PdfStandards::new(standards).map_err(|error| vec![error.message().to_string()])?,
            ..PdfOptions::default()
        };
        match typst_pdf::pdf(pages, &options) {
            Ok(bytes) => return Ok(bytes),
            Err(errors) => problems = told(world, &errors),
        }
    }
    Err(problems)
}

fn told(world: &DocumentWorld, problems: &[SourceDiagnostic]) -> Vec<String> {
    problems.iter().map(|problem| told_one(world, problem)).collect()
}

/// What is wrong, with file and line and what might help, where known.
fn told_one(world: &DocumentWorld, problem: &SourceDiagnostic) -> String {
    let place = problem.span.id().and_then(|file| {
        let start = world.range(problem.span)?.start;
        let line = world.source(file).ok()?.lines().byte_to_line(start)? + 1;
        Some(format!(" ({}:{line})", file.get().vpath().get_without_slash()))
    });
    let what = format!("{}{}", problem.message, place.unwrap_or_default());
    let hints = problem.hints.iter().map(|hint| hint.v.to_string());
    std::iter::once(what).chain(hints).collect::<Vec<_>>().join(", ")
}

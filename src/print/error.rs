// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Why is there no PDF?

/// Why a document was not printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// The program was built with `--no-default-features`.
    #[error("this program was built without the feature “pdf” and prints nothing; build it with “--features pdf”")]
    NotBuiltIn,
    /// An address that no telephone reads from a small square.
    #[error("an address of {length} characters is too long for a QR code that is printed: {most} at most")]
    LongAddress {
        /// Its length in bytes.
        length: usize,
        /// The most that is taken.
        most: usize,
    },
    /// A document of which nothing would be printed, e.g. cards for nobody.
    #[error("there is nothing to print")]
    Empty,
    /// More than is printed at once.
    #[error("{count} cards are too many for one document: {most} at most, print them in parts")]
    TooMany {
        /// How many were asked for.
        count: usize,
        /// The most that is taken.
        most: usize,
    },
    /// A template and a document that do not fit: a mistake in the program.
    #[error("the template “{template}” could not be set: {}", problems.join("; "))]
    Template {
        /// Name of the template.
        template: &'static str,
        /// What is wrong, each with file and line where known.
        problems: Vec<String>,
    },
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is an address drawn so that a telephone reads it?

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode as Matrix};
use serde::Serialize;

use super::error::PrintError;

/// White edge around the picture, in its own squares: the standard asks for four.
const QUIET: usize = 4;
/// Bytes of an address that still give squares of half a millimetre on a card.
const MOST: usize = 180;

/// An address as a picture of squares, with the text that stands in its place for whoever does not see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QrCode {
    /// The picture as SVG.
    svg: String,
    /// What it is and where it leads.
    alt: String,
}

impl QrCode {
    /// The picture of an address; a quarter of it may be soiled or torn (level Q).
    ///
    /// # Errors
    /// If the address is too long to be read from a card.
    pub fn new(address: &str, alt: impl Into<String>) -> Result<Self, PrintError> {
        let too_long = || PrintError::LongAddress { length: address.len(), most: MOST };
        if address.len() > MOST {
            return Err(too_long());
        }
        let matrix = Matrix::with_error_correction_level(address, EcLevel::Q).map_err(|_| too_long())?;
        Ok(Self { svg: svg(&matrix), alt: alt.into() })
    }
}

fn svg(matrix: &Matrix) -> String {
    let size = matrix.width() + 2 * QUIET;
    let path = path(matrix);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\">{}{}</svg>",
        format_args!("<path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/>"),
        format_args!("<path d=\"{path}\"/>"),
    )
}

/// The dark squares, those side by side as one.
fn path(matrix: &Matrix) -> String {
    let colors = matrix.to_colors();
    let mut path = String::new();
    for (row, colors) in colors.chunks(matrix.width()).enumerate() {
        let mut column = 0;
        for run in colors.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (column + QUIET, row + QUIET, run.len());
                let _infallible = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            column += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_address_is_refused_with_its_length() {
        let address = "a".repeat(MOST + 1);
        assert_eq!(QrCode::new(&address, ""), Err(PrintError::LongAddress { length: MOST + 1, most: MOST }));
        assert!(QrCode::new(&address[1..], "").is_ok());
    }

    #[test]
    fn every_dark_square_is_drawn_once() {
        let matrix = Matrix::with_error_correction_level("https://esempio.it/q/ABC", EcLevel::Q).unwrap();
        let dark = matrix.to_colors().into_iter().filter(|color| *color == Color::Dark).count();
        let drawn = path(&matrix);
        let lengths = drawn.split('h').skip(1).filter_map(|run| run.split('v').next()?.parse::<usize>().ok());
        assert_eq!(lengths.filter(|length| *length > 0).sum::<usize>(), dark);
    }
}

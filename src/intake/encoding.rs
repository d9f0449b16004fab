// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which letters do the bytes of a file stand for?

use std::fmt;

use encoding_rs::{UTF_8, WINDOWS_1252};

/// How the letters of a file were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16 with byte order mark: what spreadsheets call Unicode text.
    Utf16,
    /// Windows-1252, which holds Latin-1: assumed where the bytes are no UTF-8.
    Windows1252,
}

impl Encoding {
    /// The stable code, by which pages find their words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Windows1252 => "windows-1252",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        })
    }
}

/// The text of a file without its byte order mark, every end of line as `\n`, and how it was written.
#[must_use]
pub fn decode(bytes: &[u8]) -> (String, Encoding) {
    let (encoding, mark) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let letters = bytes.get(mark..).unwrap_or_default();
    let (text, encoding) = match std::str::from_utf8(letters) {
        _ if encoding != UTF_8 => (encoding.decode_without_bom_handling(letters).0, Encoding::Utf16),
        Ok(text) => (text.into(), Encoding::Utf8),
        Err(_) => (WINDOWS_1252.decode_without_bom_handling(letters).0, Encoding::Windows1252),
    };
    (text.replace("\r\n", "\n").replace('\r', "\n"), encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_read_from_every_encoding() {
        let utf16: Vec<u8> = "\u{FEFF}Forlì\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let files: [(&[u8], Encoding); 4] = [
            ("Forlì\n".as_bytes(), Encoding::Utf8),
            ("\u{FEFF}Forlì\r\n".as_bytes(), Encoding::Utf8),
            (b"Forl\xEC\r", Encoding::Windows1252),
            (&utf16, Encoding::Utf16),
        ];
        for (bytes, encoding) in files {
            assert_eq!(decode(bytes), ("Forlì\n".to_owned(), encoding));
        }
        assert_eq!(decode(b""), (String::new(), Encoding::Utf8));
    }
}

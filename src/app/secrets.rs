// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How are secrets made, and in which form are they kept? Drawn from the system, kept as hashes only.

use sha2::{Digest, Sha256};

use crate::domain::access_code::AccessCode;

/// A fresh access or resume code.
#[must_use]
pub fn code() -> AccessCode {
    loop {
        if let Some(code) = AccessCode::from_random(&rand::random::<[u8; 24]>()) {
            return code;
        }
    }
}

/// A fresh token of 128 bits for a session or a link, as 32 hexadecimal digits.
#[must_use]
pub fn token() -> String {
    hex(&rand::random::<[u8; 16]>())
}

/// Fresh bytes for a secret of one-time codes.
#[must_use]
pub fn totp_bytes() -> [u8; 20] {
    rand::random()
}

/// The form in which a secret is kept: SHA-256, 64 hexadecimal digits.
#[must_use]
pub fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// The form token that proves that a form came from a page of the session's holder.
#[must_use]
pub fn form_token(session_token: &str) -> String {
    hash(&format!("form:{session_token}"))
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_kept_as_its_sha_256() {
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(token().len(), 32);
        assert_ne!(token(), token());
        assert_ne!(form_token("a"), form_token("b"));
    }
}

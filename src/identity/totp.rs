// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One-time codes of an app on a telephone: is this the code of now, and how does the app learn the secret?
//!
//! # Source
//! RFC 6238, with SHA-1, six digits and steps of thirty seconds: what every such app understands.

use qrcode::{Color, EcLevel, QrCode};
use totp_rs::{Builder, Secret, Totp};

use super::IdentityError;

/// Name under which apps list the service.
const ISSUER: &str = "Insieme";
/// Steps before and after now that are taken: clocks differ, and people type slowly.
const SKEW: u16 = 1;
/// White edge around the picture, in its own squares.
const QUIET: usize = 4;

/// A secret drawn as a picture of squares: a path on a square of `size` units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Side of the picture with its white edge.
    pub size: usize,
    /// Path that draws the dark squares.
    pub path: String,
}

/// A secret in the form in which it is kept and typed, from 20 random bytes.
#[must_use]
pub fn secret(random: [u8; 20]) -> String {
    Secret::from(random).to_base32()
}

/// What the picture holds: an address that an app understands.
///
/// # Errors
/// If the secret cannot be read.
pub fn address(secret: &str, account: &str) -> Result<String, IdentityError> {
    let named = builder(secret)?.with_issuer(Some(ISSUER)).with_account_name(account.replace(':', " "));
    named.build().map_err(|_| IdentityError::Secret)?.to_url().map_err(|_| IdentityError::Secret)
}

/// The picture of an address.
///
/// # Errors
/// If the address is too long for one.
pub fn picture(address: &str) -> Result<Picture, IdentityError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(|_| IdentityError::Picture)?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let square = |place: usize| format!("M{} {}h1v1h-1z", place % width + QUIET, place / width + QUIET);
    Ok(Picture { size: width + 2 * QUIET, path: dark.map(|(place, _)| square(place)).collect() })
}

/// The time step of a code, if it is right at `second` (since 1970) and its step comes after `last`: no code is taken
/// twice.
///
/// # Errors
/// If the secret cannot be read.
pub fn step(secret: &str, code: &str, second: u64, last: Option<u64>) -> Result<Option<u64>, IdentityError> {
    let code: String = code.chars().filter(|one| !one.is_whitespace()).collect();
    let found = totp(secret)?.check(&code, second);
    Ok(found.filter(|step| last.is_none_or(|last| *step > last)))
}

fn totp(secret: &str) -> Result<Totp, IdentityError> {
    builder(secret)?.with_account_name(ISSUER).build().map_err(|_| IdentityError::Secret)
}

fn builder(secret: &str) -> Result<Builder, IdentityError> {
    let secret = Secret::try_from_base32(secret).map_err(|_| IdentityError::Secret)?;
    Ok(Builder::new().with_secret(secret).with_skew(SKEW))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    fn published() -> String {
        secret(*b"12345678901234567890")
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for (second, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(step(&published(), code, second, None), Ok(Some(second / 30)), "{code}");
        }
    }

    #[test]
    fn a_code_is_taken_a_step_early_or_late_and_never_twice() {
        let code = "081804";
        let second = 1_111_111_109;
        assert_eq!(step(&published(), "081 804", second + 30, None), Ok(Some(second / 30)));
        assert_eq!(step(&published(), code, second + 90, None), Ok(None));
        assert_eq!(step(&published(), code, second, Some(second / 30)), Ok(None));
        assert_eq!(step(&published(), "000000", second, None), Ok(None));
        assert_eq!(step(&published(), "", second, None), Ok(None));
        assert_eq!(step("not base 32!", code, second, None), Err(IdentityError::Secret));
    }

    #[test]
    fn the_picture_holds_the_address() {
        let address = address(&published(), "ada@comune.esempio.it").unwrap();
        assert!(address.starts_with("otpauth://totp/Insieme:ada"), "{address}");
        let drawn = picture(&address).unwrap();
        assert!(drawn.size > 40 && drawn.path.starts_with("M4 4h1v1h-1z"), "{drawn:?}");
    }
}

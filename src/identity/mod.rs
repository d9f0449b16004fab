// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Proofs of identity: is this the password, the one-time code, the passkey; who does another body say it is?
//!
//! The only module that names argon2, zxcvbn, totp-rs, qrcode, openidconnect, ureq, ring and ciborium. It knows no account
//! and keeps nothing: what has to be remembered between two requests is handed out as text and handed in again.

pub mod oidc;
pub mod passkey;
pub mod password;
pub mod totp;

/// A proof that could not be made or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// A password could not be hashed.
    #[error("a password could not be hashed: {0}")]
    Hash(String),
    /// What is kept of a one-time secret cannot be read.
    #[error("a secret of one-time codes cannot be read")]
    Secret,
    /// The picture of a one-time secret could not be drawn.
    #[error("the picture of a one-time secret could not be drawn")]
    Picture,
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Why was a passkey not made, or not believed?

/// Why a passkey was not made, or not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// The address of this service cannot have passkeys.
    #[error(
        "passkeys need an https address with a name, such as https://insieme.example; on this machine http://localhost"
    )]
    Address,
    /// The handle of an account has not 1 to 64 bytes.
    #[error("the handle of an account has 1 to 64 bytes")]
    Handle,
    /// What was kept is not what was given to be kept.
    #[error("this was not begun here: begin again")]
    State,
    /// It took too long.
    #[error("this took longer than five minutes: begin again")]
    Expired,
    /// The browser's answer is not written as it should be.
    #[error("the browser's answer cannot be read")]
    Form,
    /// The answer is to another question.
    #[error("the browser answered another question: begin again")]
    Challenge,
    /// The answer was given to another site, or to another site around this one.
    #[error("the passkey was used on another site")]
    Origin,
    /// The device did not make sure that the person is there and is who unlocks it.
    #[error("the device did not verify the person: a PIN, a finger or a face is needed")]
    NotVerified,
    /// The device made a key of a kind that was not offered.
    #[error("the device makes keys that this service cannot use")]
    Algorithm,
    /// No passkey of these.
    #[error("this passkey is not registered here")]
    Unknown,
    /// The signature is wrong.
    #[error("the passkey did not sign what it was asked to sign")]
    Signature,
    /// The device has counted less than before: somebody has a copy of the key.
    #[error("this passkey was used before with a higher count: it may have been copied; remove it and register again")]
    Cloned,
}

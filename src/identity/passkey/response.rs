// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a browser answer, and is it the answer to our question, on our page?

use ciborium::Value;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{PasskeyError, bytes};

/// What a passkey is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Act {
    /// To be made.
    Registration,
    /// To sign.
    Authentication,
}

impl Act {
    const fn kind(self) -> &'static str {
        match self {
            Self::Registration => "webauthn.create",
            Self::Authentication => "webauthn.get",
        }
    }
}

/// A credential as `toJSON` writes it; what is not needed is passed over.
#[derive(Deserialize)]
pub(super) struct Response<T> {
    /// Name of the key, in base64url.
    pub id: String,
    #[serde(rename = "rawId")]
    raw_id: String,
    #[serde(rename = "type")]
    kind: String,
    /// What is particular to the act.
    #[serde(rename = "response")]
    pub answer: T,
}

/// What comes when a key was made.
#[derive(Deserialize)]
pub(super) struct Registration {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    #[serde(rename = "attestationObject")]
    attestation_object: String,
}

/// What comes when a key has signed.
#[derive(Deserialize)]
pub(super) struct Assertion {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    /// What the device says, in base64url.
    #[serde(rename = "authenticatorData")]
    pub authenticator_data: String,
    /// Signature of both, in base64url.
    pub signature: String,
    /// Handle of the account, in base64url, if the device keeps it.
    #[serde(rename = "userHandle")]
    pub user_handle: Option<String>,
}

/// Where the browser's own words are.
pub(super) trait HasClientData {
    /// In base64url.
    fn client_data(&self) -> &str;
}

impl HasClientData for Registration {
    fn client_data(&self) -> &str {
        &self.client_data
    }
}

impl HasClientData for Assertion {
    fn client_data(&self) -> &str {
        &self.client_data
    }
}

/// What the browser itself says about where it was asked what.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    top_origin: Option<String>,
}

impl<T: DeserializeOwned + HasClientData> Response<T> {
    /// Reads what a browser sent.
    ///
    /// # Errors
    /// If it is no credential.
    pub(super) fn read(response: &str) -> Result<Self, PasskeyError> {
        let response: Self = serde_json::from_str(response).map_err(|_| PasskeyError::Form)?;
        let is_right = response.kind == "public-key" && response.id == response.raw_id && bytes(&response.id).is_ok();
        if is_right { Ok(response) } else { Err(PasskeyError::Form) }
    }

    /// Whether it answers this question, asked on a page of this origin that stood alone.
    ///
    /// # Errors
    /// What does not fit.
    pub(super) fn check(&self, act: Act, challenge: &str, origin: &str) -> Result<(), PasskeyError> {
        let said = bytes(self.answer.client_data())?;
        let said: ClientData = serde_json::from_slice(&said).map_err(|_| PasskeyError::Form)?;
        if said.r#type != act.kind() || said.challenge != challenge {
            return Err(PasskeyError::Challenge);
        }
        let is_alone = !said.cross_origin && said.top_origin.is_none();
        if said.origin == origin && is_alone { Ok(()) } else { Err(PasskeyError::Origin) }
    }

    /// What a device signs: its own words, then the hash of the browser's.
    ///
    /// # Errors
    /// If the browser's words cannot be read.
    pub(super) fn signed(&self, authenticator_data: &[u8]) -> Result<Vec<u8>, PasskeyError> {
        let client_data = Sha256::digest(bytes(self.answer.client_data())?);
        Ok([authenticator_data, &client_data].concat())
    }
}

impl Registration {
    /// What the device says. A statement about its make may stand beside it and is not read: none was asked for.
    ///
    /// # Errors
    /// If it is not there.
    pub(super) fn authenticator_data(&self) -> Result<Vec<u8>, PasskeyError> {
        let object = bytes(&self.attestation_object)?;
        let object: Value = ciborium::from_reader(object.as_slice()).map_err(|_| PasskeyError::Form)?;
        let fields = object.into_map().map_err(|_| PasskeyError::Form)?;
        let data = fields.into_iter().find(|(name, _)| name.as_text() == Some("authData"));
        data.and_then(|(_, data)| data.into_bytes().ok()).ok_or(PasskeyError::Form)
    }
}

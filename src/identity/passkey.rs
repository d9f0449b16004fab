// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does somebody hold the device that was registered, and can they unlock it? Web Authentication, relying party's side.
//!
//! What is checked is what sections 7.1 and 7.2 of Web Authentication Level 3 ask for, with three choices of our own: the
//! device always verifies the person (PIN, finger, face); which make of device it is does not matter (no attestation); a
//! page of another site may not be in between. Options and responses are those of
//! `PublicKeyCredential.parseCreationOptionsFromJSON`, `parseRequestOptionsFromJSON` and `toJSON`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::{Host, Url};

pub use error::PasskeyError;

use authenticator::AuthenticatorData;
use key::{ALGORITHMS, PublicKey};
use response::{Act, Assertion, Registration, Response};

mod authenticator;
mod error;
mod key;
mod response;
#[cfg(test)]
mod software;

/// Seconds between begin and end.
const PATIENCE_SECONDS: i64 = 5 * 60;
/// Most bytes of a name of an account (Web Authentication Level 3, 5.4.3).
const LONGEST_HANDLE: usize = 64;

/// This service, as a device sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    id: String,
    origin: String,
    name: String,
}

/// For whom a passkey is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder<'a> {
    /// Name of the account for devices: up to 64 bytes that say nothing about the person.
    pub handle: &'a [u8],
    /// By which the person tells accounts apart: an e-mail address.
    pub name: &'a str,
    /// What the person is called.
    pub display_name: &'a str,
}

/// What a browser is asked, and what is kept until it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Options for the browser, as JSON.
    pub options: String,
    /// To be kept on this side, tied to the session, and used once.
    pub state: String,
}

/// A registered key. Everything in it may be known; only the counter ever changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passkey {
    /// Its name, in base64url; whoever keeps it makes sure that no two accounts have the same.
    pub credential_id: String,
    /// The public key as it came (COSE), in base64url.
    pub public_key: String,
    /// How often the device says it has signed; always 0 where it does not count.
    pub counter: u32,
    /// Handle of the account, in base64url.
    pub handle: String,
}

/// What is kept between a question and its answer.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    act: Act,
    challenge: String,
    /// Second of the Unix era after which it is too late.
    expires: i64,
    /// Whose passkey is made; nobody's where one is used.
    handle: Option<String>,
    /// Names of the keys that may answer; any where there are none.
    allowed: Vec<String>,
}

impl RelyingParty {
    /// This service at its address, under a name for people.
    ///
    /// # Errors
    /// If the address has no name but a number: passkeys belong to names.
    pub fn new(base_url: &str, name: &str) -> Result<Self, PasskeyError> {
        let url = Url::parse(base_url).map_err(|_| PasskeyError::Address)?;
        match url.host() {
            Some(Host::Domain(id)) if url.scheme() == "https" || id == "localhost" => {
                Ok(Self { id: id.to_owned(), origin: url.origin().ascii_serialization(), name: name.to_owned() })
            }
            Some(Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_)) | None => Err(PasskeyError::Address),
        }
    }

    /// Asks a browser to make a passkey, on a device that holds none of the existing ones.
    ///
    /// # Errors
    /// If the handle is empty or longer than 64 bytes.
    pub fn start_registration(
        &self,
        holder: Holder<'_>,
        existing: &[Passkey],
        at: Timestamp,
    ) -> Result<Begun, PasskeyError> {
        if !(1..=LONGEST_HANDLE).contains(&holder.handle.len()) {
            return Err(PasskeyError::Handle);
        }
        let handle = text(holder.handle);
        let state = State::new(Act::Registration, Some(handle.clone()), Vec::new(), at);
        let options = json!({
            "rp": { "id": self.id, "name": self.name },
            "user": { "id": handle, "name": holder.name, "displayName": holder.display_name },
            "challenge": state.challenge,
            "pubKeyCredParams": ALGORITHMS.map(|code| json!({ "type": "public-key", "alg": code })),
            "timeout": PATIENCE_SECONDS * 1000,
            "excludeCredentials": descriptors(existing),
            "authenticatorSelection": {
                "residentKey": "preferred", "requireResidentKey": false, "userVerification": "required",
            },
            "attestation": "none",
        });
        state.begun(&options)
    }

    /// The passkey that a browser has made.
    ///
    /// # Errors
    /// If it is not the answer to what was asked, not in time, or the person was not verified.
    pub fn finish_registration(&self, state: &str, response: &str, at: Timestamp) -> Result<Passkey, PasskeyError> {
        let state = State::read(state, Act::Registration, at)?;
        let response: Response<Registration> = Response::read(response)?;
        response.check(Act::Registration, &state.challenge, &self.origin)?;
        let data = response.answer.authenticator_data()?;
        let data = AuthenticatorData::read(&data)?;
        data.check(&self.id)?;
        let made = data.credential.ok_or(PasskeyError::Form)?;
        if text(made.id) != response.id {
            return Err(PasskeyError::Form);
        }
        PublicKey::read(made.public_key)?;
        Ok(Passkey {
            credential_id: response.id,
            public_key: text(made.public_key),
            counter: data.counter,
            handle: state.handle.ok_or(PasskeyError::State)?,
        })
    }

    /// Asks a browser to sign with one of these passkeys; with any of this service where none are given, so that nobody
    /// has to type who they are.
    ///
    /// # Errors
    /// None in practice: options can always be written.
    pub fn start_authentication(&self, passkeys: &[Passkey], at: Timestamp) -> Result<Begun, PasskeyError> {
        let allowed = passkeys.iter().map(|passkey| passkey.credential_id.clone()).collect();
        let state = State::new(Act::Authentication, None, allowed, at);
        let options = json!({
            "challenge": state.challenge,
            "timeout": PATIENCE_SECONDS * 1000,
            "rpId": self.id,
            "allowCredentials": descriptors(passkeys),
            "userVerification": "required",
        });
        state.begun(&options)
    }

    /// The passkey that has signed, out of these, with its new counter, which the caller keeps.
    ///
    /// # Errors
    /// If it is not the answer to what was asked, not in time, not signed with any of these, the person was not verified,
    /// or the counter did not grow, which means that the key exists twice.
    pub fn finish_authentication(
        &self,
        state: &str,
        response: &str,
        passkeys: &[Passkey],
        at: Timestamp,
    ) -> Result<Passkey, PasskeyError> {
        let state = State::read(state, Act::Authentication, at)?;
        let response: Response<Assertion> = Response::read(response)?;
        let passkey = passkeys.iter().find(|passkey| passkey.credential_id == response.id);
        let passkey = passkey.filter(|_| state.allowed.is_empty() || state.allowed.contains(&response.id));
        let passkey = passkey.ok_or(PasskeyError::Unknown)?;
        let answer = &response.answer;
        if answer.user_handle.as_ref().map_or(state.allowed.is_empty(), |handle| *handle != passkey.handle) {
            return Err(PasskeyError::Unknown);
        }
        response.check(Act::Authentication, &state.challenge, &self.origin)?;
        let said = bytes(&answer.authenticator_data)?;
        let data = AuthenticatorData::read(&said)?;
        data.check(&self.id)?;
        let key = bytes(&passkey.public_key)?;
        PublicKey::read(&key)?.verify(&response.signed(&said)?, &bytes(&answer.signature)?)?;
        if (data.counter, passkey.counter) != (0, 0) && data.counter <= passkey.counter {
            return Err(PasskeyError::Cloned);
        }
        Ok(Passkey { counter: data.counter, ..passkey.clone() })
    }
}

/// The name of the passkey that a browser says it has signed with: to find the account, before anything is proven.
#[must_use]
pub fn claimed_credential_id(response: &str) -> Option<String> {
    Response::<Assertion>::read(response).ok().map(|response| response.id)
}

impl State {
    fn new(act: Act, handle: Option<String>, allowed: Vec<String>, at: Timestamp) -> Self {
        let challenge = text(&rand::random::<[u8; 32]>());
        Self { act, challenge, expires: at.as_second() + PATIENCE_SECONDS, handle, allowed }
    }

    fn begun(&self, options: &serde_json::Value) -> Result<Begun, PasskeyError> {
        let state = serde_json::to_string(self).map_err(|_| PasskeyError::State)?;
        Ok(Begun { options: options.to_string(), state })
    }

    fn read(state: &str, act: Act, at: Timestamp) -> Result<Self, PasskeyError> {
        let state: Self = serde_json::from_str(state).map_err(|_| PasskeyError::State)?;
        if state.act != act {
            return Err(PasskeyError::State);
        }
        if at.as_second() > state.expires { Err(PasskeyError::Expired) } else { Ok(state) }
    }
}

fn descriptors(passkeys: &[Passkey]) -> Vec<serde_json::Value> {
    passkeys.iter().map(|passkey| json!({ "type": "public-key", "id": passkey.credential_id })).collect()
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn bytes(text: &str) -> Result<Vec<u8>, PasskeyError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| PasskeyError::Form)
}

#[cfg(test)]
mod tests;

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do a browser and a device answer? Both in software, honest unless told otherwise. For tests only.

use ciborium::Value;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::{bytes, text};

/// The key of a device.
enum Key {
    Ed25519(Ed25519KeyPair),
    P256(EcdsaKeyPair),
}

/// A device with one key, in a browser.
pub(super) struct Device {
    key: Key,
    /// Name of the key.
    pub id: Vec<u8>,
    /// How often it has signed; one that does not count says 0.
    pub counter: Option<u32>,
    /// What it says about the person: 1 there, 4 verified.
    pub flags: u8,
    /// The page the browser says it is on.
    pub origin: String,
    /// Whether the browser says that the page is inside one of another site.
    pub cross_origin: bool,
    handle: Option<String>,
}

impl Device {
    pub(super) fn with_p256() -> Self {
        let random = SystemRandom::new();
        let kind = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let key = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
        Self::with(Key::P256(EcdsaKeyPair::from_pkcs8(kind, key.as_ref(), &random).unwrap()))
    }

    pub(super) fn with_ed25519() -> Self {
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::with(Key::Ed25519(Ed25519KeyPair::from_pkcs8(key.as_ref()).unwrap()))
    }

    fn with(key: Key) -> Self {
        let origin = "https://insieme.example".to_owned();
        Self {
            key,
            id: rand::random::<[u8; 16]>().to_vec(),
            counter: None,
            flags: 5,
            origin,
            cross_origin: false,
            handle: None,
        }
    }

    /// What the browser sends when a key was to be made.
    pub(super) fn make(&mut self, options: &str) -> String {
        let options: Json = serde_json::from_str(options).unwrap();
        self.handle = options["user"]["id"].as_str().map(str::to_owned);
        let length = u16::try_from(self.id.len()).unwrap();
        let data = [
            self.says(options["rp"]["id"].as_str().unwrap(), 64),
            vec![0; 16],
            length.to_be_bytes().to_vec(),
            self.id.clone(),
            self.cose(),
        ];
        let object = Value::Map(vec![
            (Value::from("fmt"), Value::from("none")),
            (Value::from("attStmt"), Value::Map(Vec::new())),
            (Value::from("authData"), Value::Bytes(data.concat())),
        ]);
        let client_data = self.client_data("webauthn.create", &options);
        self.sent(&json!({ "clientDataJSON": text(client_data.as_bytes()), "attestationObject": text(&cbor(&object)) }))
    }

    /// What the browser sends when the key was to sign.
    pub(super) fn sign(&mut self, options: &str) -> String {
        let options: Json = serde_json::from_str(options).unwrap();
        self.counter = self.counter.map(|counter| counter + 1);
        let data = self.says(options["rpId"].as_str().unwrap(), 0);
        let client_data = self.client_data("webauthn.get", &options);
        let message = [data.as_slice(), &Sha256::digest(&client_data)].concat();
        let signature = match &self.key {
            Key::Ed25519(key) => key.sign(&message).as_ref().to_vec(),
            Key::P256(key) => key.sign(&SystemRandom::new(), &message).unwrap().as_ref().to_vec(),
        };
        self.sent(&json!({
            "clientDataJSON": text(client_data.as_bytes()),
            "authenticatorData": text(&data),
            "signature": text(&signature),
            "userHandle": self.handle,
        }))
    }

    fn sent(&self, response: &Json) -> String {
        let id = text(&self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {},
            "authenticatorAttachment": "platform",
        })
        .to_string()
    }

    fn client_data(&self, kind: &str, options: &Json) -> String {
        let challenge = &options["challenge"];
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": self.cross_origin })
            .to_string()
    }

    fn says(&self, relying_party: &str, more_flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(relying_party).to_vec();
        data.push(self.flags | more_flags);
        data.extend_from_slice(&self.counter.unwrap_or(0).to_be_bytes());
        data
    }

    fn cose(&self) -> Vec<u8> {
        let point = |bytes: &[u8]| Value::Bytes(bytes.to_vec());
        let fields = match &self.key {
            Key::Ed25519(key) => {
                let x = point(key.public_key().as_ref());
                vec![(1, Value::from(1)), (3, Value::from(-8)), (-1, Value::from(6)), (-2, x)]
            }
            Key::P256(key) => {
                let (x, y) = key.public_key().as_ref()[1..].split_at(32);
                vec![(1, Value::from(2)), (3, Value::from(-7)), (-1, Value::from(1)), (-2, point(x)), (-3, point(y))]
            }
        };
        cbor(&Value::Map(fields.into_iter().map(|(label, value)| (Value::from(label), value)).collect()))
    }
}

/// A response in which one thing stands otherwise.
pub(super) fn altered(response: &str, alter: impl FnOnce(&mut Json)) -> String {
    let mut response: Json = serde_json::from_str(response).unwrap();
    alter(&mut response);
    response.to_string()
}

/// Text in base64url with its last byte changed.
pub(super) fn spoiled(text_of: &Json) -> Json {
    let mut spoiled = bytes(text_of.as_str().unwrap()).unwrap();
    *spoiled.last_mut().unwrap() ^= 1;
    Json::from(text(&spoiled))
}

fn cbor(value: &Value) -> Vec<u8> {
    let mut written = Vec::new();
    ciborium::into_writer(value, &mut written).unwrap();
    written
}

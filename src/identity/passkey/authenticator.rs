// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does the device say: for which service, of whom, how often, and with which key?
//!
//! Web Authentication Level 3, 6.1: hash of the service (32 bytes), flags (1), counter (4), then, when a key was made, the
//! make of the device (16), length of the key's name (2), the name and the key; then extensions.

use ciborium::Value;
use sha2::{Digest, Sha256};

use super::PasskeyError;

/// Somebody is there.
const PRESENT: u8 = 1;
/// It is who unlocks the device.
const VERIFIED: u8 = 1 << 2;
/// The key may be copied to other devices of the person.
const MAY_BE_BACKED_UP: u8 = 1 << 3;
/// It has been.
const BACKED_UP: u8 = 1 << 4;
/// A key follows.
const CREDENTIAL: u8 = 1 << 6;
/// Extensions follow.
const EXTENSIONS: u8 = 1 << 7;
/// Longest name of a key in bytes.
const LONGEST_ID: usize = 1023;

/// What a device says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct AuthenticatorData<'a> {
    relying_party: &'a [u8; 32],
    flags: u8,
    /// How often it has signed.
    pub counter: u32,
    /// The key it has made.
    pub credential: Option<Credential<'a>>,
}

/// A key that a device has made.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Credential<'a> {
    /// Its name.
    pub id: &'a [u8],
    /// The public key, as COSE.
    pub public_key: &'a [u8],
}

impl<'a> AuthenticatorData<'a> {
    /// Reads what a device says, to the last byte.
    ///
    /// # Errors
    /// If something is missing or left over.
    pub(super) fn read(data: &'a [u8]) -> Result<Self, PasskeyError> {
        Self::read_all(data).ok_or(PasskeyError::Form)
    }

    fn read_all(data: &'a [u8]) -> Option<Self> {
        let (relying_party, rest) = data.split_first_chunk()?;
        let (flags, rest) = rest.split_first()?;
        let (counter, rest) = rest.split_first_chunk()?;
        let (credential, rest) = if flags & CREDENTIAL == 0 { (None, rest) } else { Credential::read(rest)? };
        let rest = if flags & EXTENSIONS == 0 { rest } else { after_value(rest)? };
        let is_whole = rest.is_empty() && (flags & BACKED_UP == 0 || flags & MAY_BE_BACKED_UP != 0);
        let counter = u32::from_be_bytes(*counter);
        is_whole.then_some(Self { relying_party, flags: *flags, counter, credential })
    }

    /// Whether it is for this service, and the person was verified.
    ///
    /// # Errors
    /// If it is for another, or nobody was.
    pub(super) fn check(&self, id: &str) -> Result<(), PasskeyError> {
        if self.relying_party.as_slice() != Sha256::digest(id).as_slice() {
            return Err(PasskeyError::Origin);
        }
        let needed = PRESENT | VERIFIED;
        if self.flags & needed == needed { Ok(()) } else { Err(PasskeyError::NotVerified) }
    }
}

impl<'a> Credential<'a> {
    /// The key at the beginning of these bytes, and what follows it.
    fn read(data: &'a [u8]) -> Option<(Option<Self>, &'a [u8])> {
        let (_make, rest) = data.split_first_chunk::<16>()?;
        let (length, rest) = rest.split_first_chunk()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (id, rest) = rest.split_at_checked(length).filter(|_| (1..=LONGEST_ID).contains(&length))?;
        let after = after_value(rest)?;
        let public_key = rest.get(..rest.len() - after.len())?;
        Some((Some(Self { id, public_key }), after))
    }
}

/// What follows the first CBOR value of these bytes.
fn after_value(data: &[u8]) -> Option<&[u8]> {
    let mut rest = data;
    ciborium::from_reader::<Value, _>(&mut rest).ok()?;
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(flags: u8, more: &[u8]) -> Vec<u8> {
        let mut data = Sha256::digest("a.example").to_vec();
        data.push(flags);
        data.extend_from_slice(&[0, 0, 1, 2]);
        data.extend_from_slice(more);
        data
    }

    /// A key named `x`, whose COSE is an empty map.
    fn credential() -> Vec<u8> {
        let mut made = vec![0; 16];
        made.extend_from_slice(&[0, 1, b'x', 0xA0]);
        made
    }

    #[test]
    fn what_a_device_says_is_read_to_the_last_byte() {
        let plain = data(PRESENT | VERIFIED, &[]);
        assert_eq!(AuthenticatorData::read(&plain).unwrap().counter, 258);
        let made = data(CREDENTIAL, &credential());
        let made = AuthenticatorData::read(&made).unwrap().credential.unwrap();
        assert_eq!((made.id, made.public_key), (b"x".as_slice(), [0xA0].as_slice()));
        let both = data(CREDENTIAL | EXTENSIONS, &[credential(), vec![0xA0]].concat());
        assert!(AuthenticatorData::read(&both).is_ok());
    }

    #[test]
    fn nothing_may_be_missing_or_left_over() {
        let whole = data(CREDENTIAL | EXTENSIONS, &[credential(), vec![0xA0]].concat());
        for length in 0..whole.len() {
            assert_eq!(AuthenticatorData::read(&whole[..length]), Err(PasskeyError::Form), "{length}");
        }
        for (flags, more) in [(0, vec![0]), (0, credential()), (EXTENSIONS, vec![]), (BACKED_UP, vec![])] {
            assert_eq!(AuthenticatorData::read(&data(flags, &more)), Err(PasskeyError::Form), "{flags}");
        }
        let unnamed = [vec![0; 18], vec![0xA0]].concat();
        assert_eq!(AuthenticatorData::read(&data(CREDENTIAL, &unnamed)), Err(PasskeyError::Form));
    }

    #[test]
    fn it_must_be_for_this_service_and_of_somebody_verified() {
        let check = |flags, id| AuthenticatorData::read(&data(flags, &[])).unwrap().check(id);
        assert_eq!(check(PRESENT | VERIFIED, "a.example"), Ok(()));
        assert_eq!(check(PRESENT | VERIFIED, "b.example"), Err(PasskeyError::Origin));
        for flags in [0, PRESENT, VERIFIED] {
            assert_eq!(check(flags, "a.example"), Err(PasskeyError::NotVerified), "{flags}");
        }
    }
}

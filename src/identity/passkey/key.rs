// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Is a signature by this key? Keys as devices write them (COSE, RFC 9052 and 9053; RSA: RFC 8230).

use ciborium::Value;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

use super::PasskeyError;

/// Ed25519.
const EDDSA: i64 = -8;
/// ECDSA on P-256 with SHA-256, which nearly all devices make.
const ES256: i64 = -7;
/// RSA with SHA-256, which some computers make.
const RS256: i64 = -257;
/// Kinds of keys that are offered, the most welcome first.
pub(super) const ALGORITHMS: [i64; 3] = [EDDSA, ES256, RS256];

const KIND: i64 = 1;
const ALGORITHM: i64 = 3;
/// Curve of a key on a curve; modulus of an RSA key.
const FIRST: i64 = -1;
/// First coordinate; exponent.
const SECOND: i64 = -2;
/// Second coordinate.
const THIRD: i64 = -3;

/// A public key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PublicKey {
    /// Ed25519: the point.
    Ed25519([u8; 32]),
    /// P-256: both coordinates after a 4.
    P256([u8; 65]),
    /// RSA.
    Rsa {
        /// Modulus, the highest byte first.
        modulus: Vec<u8>,
        /// Exponent.
        exponent: Vec<u8>,
    },
}

impl PublicKey {
    /// Reads a key as a device wrote it.
    ///
    /// # Errors
    /// If it is no key, or of a kind that was not offered.
    pub(super) fn read(cose: &[u8]) -> Result<Self, PasskeyError> {
        let value: Value = ciborium::from_reader(cose).map_err(|_| PasskeyError::Form)?;
        let fields = value.into_map().map_err(|_| PasskeyError::Form)?;
        let number = |label| find(&fields, label)?.as_integer().and_then(|number| i64::try_from(number).ok());
        let bytes = |label| find(&fields, label)?.as_bytes().map(Vec::as_slice);
        let key = match (number(KIND), number(ALGORITHM), number(FIRST)) {
            (Some(1), Some(EDDSA), Some(6)) => bytes(SECOND).and_then(|x| x.try_into().ok()).map(Self::Ed25519),
            (Some(2), Some(ES256), Some(1)) => point(bytes(SECOND), bytes(THIRD)).map(Self::P256),
            (Some(3), Some(RS256), None) => rsa(bytes(FIRST), bytes(SECOND)),
            _ => return Err(PasskeyError::Algorithm),
        };
        key.ok_or(PasskeyError::Form)
    }

    /// Whether this is the signature of a message by this key.
    ///
    /// # Errors
    /// If it is not.
    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), PasskeyError> {
        let verified = match self {
            Self::Ed25519(point) => UnparsedPublicKey::new(&ED25519, point).verify(message, signature),
            Self::P256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature),
            Self::Rsa { modulus, exponent } => RsaPublicKeyComponents { n: modulus, e: exponent }.verify(
                &RSA_PKCS1_2048_8192_SHA256,
                message,
                signature,
            ),
        };
        verified.map_err(|_| PasskeyError::Signature)
    }
}

/// The value under a label that is there once.
fn find(fields: &[(Value, Value)], label: i64) -> Option<&Value> {
    let mut found = fields.iter().filter(|(name, _)| *name == Value::from(label));
    found.next().filter(|_| found.next().is_none()).map(|(_, value)| value)
}

fn point(x: Option<&[u8]>, y: Option<&[u8]>) -> Option<[u8; 65]> {
    let (x, y): ([u8; 32], [u8; 32]) = (x?.try_into().ok()?, y?.try_into().ok()?);
    [[4].as_slice(), &x, &y].concat().try_into().ok()
}

/// RSA numbers without leading zeros, which `ring` refuses; shorter than 2048 bits is no key.
fn rsa(modulus: Option<&[u8]>, exponent: Option<&[u8]>) -> Option<PublicKey> {
    let number = |bytes: &[u8]| bytes.iter().copied().skip_while(|byte| *byte == 0).collect::<Vec<u8>>();
    let (modulus, exponent) = (number(modulus?), number(exponent?));
    (modulus.len() >= 256 && !exponent.is_empty()).then_some(PublicKey::Rsa { modulus, exponent })
}

#[cfg(test)]
mod tests {
    use super::super::bytes;
    use super::*;

    /// Modulus of a key made with OpenSSL 3.0, whose other half was thrown away, and its signature of [`MESSAGE`].
    const MODULUS: &str = "4Zz4jSFPFZJLHIpxckg29vC3lnASKOoLKy3u6IdViZUbl-5heNuB41YMmLLNXTxnIpQzUOZs5VaZZABg8QrWO-psHWXww_cX9oWw\
        qMN13puo3Se7oUETnqGjiqWxAkUl7ANx7yjgRECeSMX_ZmtmHCjWhDW0iZ47Qj4uc5xV0mofqoY_WJdL4XONvzOExnEs_oGbywvZ\
        j8f8tDSrAxun7-ojzWuJgM7EY0Qec7v3UnBaY13ntqwEohUVh7goYnExKXV2Gs3Fk5Vw9PmcJNR7gRn10hUWnvavEowrBsWO7Qwl\
        WLGxUedaVhiUnoeycsaJITkDcBk6zxUMRfrdbySkdw";
    const SIGNATURE: &str = "C996UzCIcPY9bFi67Dwq5-nJwI3xOM66yih86ihFXacktEbMNMeuH-ykoEufmQMu-PyXLJdiy59c1kD_TQG1fMptd5shtKCPpiqD\
        jMFcNQTc9LI6p6agnuCkIe-WOMgP14jWxasnvckO8KU-8uHkF7fto0Yp6ur-bXAeijgHiekt-3eBRazty05ODbE6Yz8JXzMoX-Di\
        cWWnm_KsfCo0APmgVckeAgow4ZV-3O4N2ID9l1Zg_p1kTCKne7PGdgp6mY6uv1pEZHAAKgRDfsk1--v5d4I127lRZlu8OaLK9GgU\
        2eCf9BF4tSqRJgzcUND6aZCDW-nkqCYvM30nt6LmOg";
    const MESSAGE: &[u8] = b"signed by a computer";

    fn cose(fields: &[(i64, Value)]) -> Vec<u8> {
        let fields = fields.iter().map(|(label, value)| (Value::from(*label), value.clone())).collect();
        let mut written = Vec::new();
        ciborium::into_writer(&Value::Map(fields), &mut written).unwrap();
        written
    }

    fn rsa_fields() -> Vec<(i64, Value)> {
        let modulus = Value::Bytes(bytes(MODULUS).unwrap());
        vec![(1, Value::from(3)), (3, Value::from(RS256)), (-1, modulus), (-2, Value::Bytes(vec![1, 0, 1]))]
    }

    #[test]
    fn an_rsa_key_verifies_what_another_program_signed() {
        let key = PublicKey::read(&cose(&rsa_fields())).unwrap();
        let signature = bytes(SIGNATURE).unwrap();
        assert_eq!(key.verify(MESSAGE, &signature), Ok(()));
        assert_eq!(key.verify(b"signed by somebody", &signature), Err(PasskeyError::Signature));
        assert_eq!(key.verify(MESSAGE, &signature[1..]), Err(PasskeyError::Signature));
    }

    #[test]
    fn kinds_that_were_not_offered_are_refused() {
        for (label, wrong) in [(1, 4), (3, -37), (3, -65_535), (3, -7)] {
            let mut fields = rsa_fields();
            fields.iter_mut().filter(|(field, _)| *field == label).for_each(|(_, value)| *value = Value::from(wrong));
            assert_eq!(PublicKey::read(&cose(&fields)), Err(PasskeyError::Algorithm), "{label} {wrong}");
        }
    }

    #[test]
    fn keys_that_are_too_short_or_say_something_twice_are_refused() {
        let point = |length| Value::Bytes(vec![1; length]);
        let p256 = |x, y| {
            vec![(1, Value::from(2)), (3, Value::from(-7)), (-1, Value::from(1)), (-2, point(x)), (-3, point(y))]
        };
        let short = vec![(1, Value::from(3)), (3, Value::from(-257)), (-1, point(128)), (-2, point(3))];
        for fields in [p256(31, 32), p256(32, 33), p256(0, 0), short] {
            assert_eq!(PublicKey::read(&cose(&fields)), Err(PasskeyError::Form));
        }
        let twice = [p256(32, 32), vec![(3, Value::from(-7))]].concat();
        assert_eq!(PublicKey::read(&cose(&twice)), Err(PasskeyError::Algorithm));
        for nothing in [[].as_slice(), &[0xFF], &[0xA0], &[0x80]] {
            assert!(PublicKey::read(nothing).is_err());
        }
    }

    #[test]
    fn a_point_off_the_curve_signs_nothing() {
        let off = PublicKey::P256([4; 65]);
        assert_eq!(off.verify(MESSAGE, &[]), Err(PasskeyError::Signature));
    }
}

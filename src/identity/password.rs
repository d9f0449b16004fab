// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Passwords: is one good enough, and is it the right one?

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use zxcvbn::zxcvbn;

use super::IdentityError;

/// Shortest password, in characters.
pub const SHORTEST: usize = 12;
/// Longest password, in characters: hashing takes longer with longer ones.
pub const LONGEST: usize = 128;
/// Memory of the hash in KiB, passes, lanes.
///
/// # Source
/// OWASP Password Storage Cheat Sheet, Argon2id.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Decimal logarithm of the guesses a password has to stand: two known words and a digit are some 8.
const GUESSES_LOG10: f64 = 9.0;
/// Words that Italian passwords are made of and that lists of leaked English ones lack.
const ITALIAN: [&str; 34] = [
    "amore",
    "andrea",
    "antonio",
    "bambina",
    "benvenuto",
    "calcio",
    "cambiami",
    "carlotta",
    "chiara",
    "ciao",
    "coprogettazione",
    "coprogrammazione",
    "comune",
    "domani",
    "estate",
    "famiglia",
    "federica",
    "forza",
    "francesca",
    "giovanni",
    "giuseppe",
    "insieme",
    "inverno",
    "italia",
    "juventus",
    "milan",
    "napoli",
    "parola",
    "primavera",
    "progetto",
    "provincia",
    "segreta",
    "segreto",
    "valutazione",
];

/// Why a password is not good enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordProblem {
    /// Too short.
    #[error("a password has at least {SHORTEST} characters: this one has {0}")]
    TooShort(usize),
    /// Too long.
    #[error("a password has at most {LONGEST} characters: this one has {0}")]
    TooLong(usize),
    /// On a list of leaked ones, or made of parts that are.
    #[error("this password is among the first that anybody would try")]
    Guessable,
}

/// Whether a password is good enough for somebody, of whom `about` says name, address and body. No rule asks for signs
/// of one kind or another.
///
/// # Errors
/// Why it is not.
pub fn check(password: &str, about: &[&str]) -> Result<(), PasswordProblem> {
    let count = password.chars().count();
    if count < SHORTEST {
        return Err(PasswordProblem::TooShort(count));
    }
    if count > LONGEST {
        return Err(PasswordProblem::TooLong(count));
    }
    let parts = about.iter().flat_map(|text| text.split(|one: char| !one.is_alphanumeric()));
    let known: Vec<&str> = parts.filter(|part| part.len() > 2).chain(ITALIAN).collect();
    if zxcvbn(password, &known).guesses_log10() < GUESSES_LOG10 { Err(PasswordProblem::Guessable) } else { Ok(()) }
}

/// The hash under which a password is kept, with its parameters and a fresh salt.
///
/// # Errors
/// If the system gives no random salt.
pub fn hash(password: &str) -> Result<String, IdentityError> {
    let made = hasher()?.hash_password(password.as_bytes());
    made.map(|hash| hash.to_string()).map_err(|error| IdentityError::Hash(error.to_string()))
}

/// Whether a password is the one kept. Where nothing is kept it takes as long and is not.
#[must_use]
pub fn verify(password: &str, kept: Option<&str>) -> bool {
    let parsed = kept.and_then(|kept| PasswordHash::new(kept).ok());
    match (hasher(), parsed) {
        (Ok(hasher), Some(kept)) => hasher.verify_password(password.as_bytes(), &kept).is_ok(),
        (Ok(hasher), None) => {
            let _as_long = hasher.hash_password(password.as_bytes());
            false
        }
        (Err(_), _) => false,
    }
}

fn hasher() -> Result<Argon2<'static>, IdentityError> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|error| IdentityError::Hash(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_decides_before_anything_else() {
        assert_eq!(check("corta", &[]), Err(PasswordProblem::TooShort(5)));
        assert_eq!(check(&"à".repeat(129), &[]), Err(PasswordProblem::TooLong(129)));
    }

    #[test]
    fn what_anybody_would_try_is_refused() {
        for trivial in [
            "password1234",
            "123456789012",
            "aaaaaaaaaaaa",
            "qwertyuiop12",
            "ciaociaociao",
            "forzajuventus1",
            "insiemeinsieme",
            "ada.rossi2026",
        ] {
            let about = ["Ada Rossi", "ada.rossi@comune.esempio.it"];
            assert_eq!(check(trivial, &about), Err(PasswordProblem::Guessable), "{trivial}");
        }
        for good in ["lumaca viola scavalca il tram", "tq7-mezzaluna-orzo", "kUp9!zorplanfet"] {
            assert_eq!(check(good, &["Ada Rossi"]), Ok(()), "{good}");
        }
    }

    #[test]
    fn only_the_password_itself_fits_its_hash() {
        let kept = hash("lumaca viola scavalca").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("lumaca viola scavalca", Some(&kept)));
        assert!(!verify("lumaca viola scavalco", Some(&kept)));
        assert!(!verify("lumaca viola scavalca", None));
        assert!(!verify("lumaca viola scavalca", Some("nonsense")));
        assert_ne!(kept, hash("lumaca viola scavalca").unwrap());
    }
}

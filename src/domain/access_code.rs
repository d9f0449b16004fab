// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The secret that opens a questionnaire: twelve characters that can be read aloud and typed again.

use std::fmt;

/// Characters of a code: no `0`, `1`, `I`, `L`, `O`, which are mistaken for one another. 31 is prime, so
/// the check character finds every single wrong character and every swap of two.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// Characters drawn at random: 54 bits.
const DRAWN: usize = 11;

/// An access or resume code: eleven random characters and a check character, shown as `ABCD-EFGH-JKMN`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct AccessCode([u8; DRAWN + 1]);

/// Why typed characters are not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessCodeError {
    /// Not twelve characters.
    #[error("a code has 12 characters; {0} were typed")]
    Length(usize),
    /// A character that no code contains.
    #[error("no code contains the character {0:?}")]
    Character(char),
    /// The check character does not fit the others.
    #[error("at least one character is wrong, or two are swapped")]
    Check,
}

impl AccessCode {
    /// A code from random bytes; bytes of 248 and above are passed over so that every character is
    /// equally likely. `None` if fewer than eleven usable bytes were given; sixteen usually suffice.
    #[must_use]
    pub fn from_random(random: &[u8]) -> Option<Self> {
        let mut drawn = random.iter().filter(|byte| **byte < 248).map(|byte| byte % 31);
        let mut values = [0; DRAWN];
        for value in &mut values {
            *value = drawn.next()?;
        }
        Some(Self::from_values(values))
    }

    fn from_values(values: [u8; DRAWN]) -> Self {
        let mut characters = [letter(check_value(&values)); DRAWN + 1];
        for (character, value) in characters.iter_mut().zip(values) {
            *character = letter(value);
        }
        Self(characters)
    }

    /// Reads a code as people type it: upper or lower case, with or without hyphens and spaces.
    ///
    /// # Errors
    /// Says what is wrong with what was typed; never whether such a code exists.
    pub fn parse(typed: &str) -> Result<Self, AccessCodeError> {
        let cleaned: Vec<char> =
            typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.')).collect();
        if cleaned.len() != DRAWN + 1 {
            return Err(AccessCodeError::Length(cleaned.len()));
        }
        let mut values = [0; DRAWN];
        let mut check = 0;
        for (position, character) in cleaned.into_iter().enumerate() {
            let value = value_of(character).ok_or(AccessCodeError::Character(character))?;
            *values.get_mut(position).unwrap_or(&mut check) = value;
        }
        if check == check_value(&values) { Ok(Self::from_values(values)) } else { Err(AccessCodeError::Check) }
    }

    /// The twelve characters without hyphens: what is hashed and what stands in an address.
    #[must_use]
    pub fn compact(&self) -> String {
        self.0.iter().map(|byte| char::from(*byte)).collect()
    }
}

impl fmt::Display for AccessCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups: Vec<String> =
            self.0.chunks(4).map(|four| four.iter().map(|byte| char::from(*byte)).collect()).collect();
        f.write_str(&groups.join("-"))
    }
}

/// A code is a secret: it is never printed by accident.
impl fmt::Debug for AccessCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessCode(…)")
    }
}

fn letter(value: u8) -> u8 {
    ALPHABET.get(usize::from(value)).copied().unwrap_or(b'2')
}

fn value_of(character: char) -> Option<u8> {
    let upper = character.to_ascii_uppercase();
    ALPHABET.iter().position(|known| char::from(*known) == upper).and_then(|position| u8::try_from(position).ok())
}

/// Weighted sum modulo 31 with distinct non-zero weights 1 to 11.
fn check_value(values: &[u8; DRAWN]) -> u8 {
    let sum: u32 = (1_u32..).zip(values).map(|(weight, value)| weight * u32::from(*value)).sum();
    u8::try_from(sum % 31).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> AccessCode {
        AccessCode::from_random(&[7, 255, 30, 2, 99, 140, 201, 18, 55, 61, 77, 244]).unwrap()
    }

    #[test]
    fn a_code_is_read_as_it_is_shown_or_sloppily_typed() {
        let code = sample();
        assert_eq!(AccessCode::parse(&code.to_string()), Ok(code.clone()));
        assert_eq!(AccessCode::parse(&format!(" {} ", code.compact().to_lowercase())), Ok(code.clone()));
        assert_eq!(code.to_string().len(), 14);
    }

    #[test]
    fn every_wrong_character_and_every_swap_is_noticed() {
        let code = sample().compact().into_bytes();
        for place in 0..code.len() {
            for wrong in ALPHABET.iter().filter(|c| **c != code[place]) {
                let mut typed = code.clone();
                typed[place] = *wrong;
                assert_eq!(AccessCode::parse(std::str::from_utf8(&typed).unwrap()), Err(AccessCodeError::Check));
            }
            let mut swapped = code.clone();
            swapped.swap(place, (place + 1) % code.len());
            if swapped != code && place + 1 < DRAWN {
                assert_eq!(AccessCode::parse(std::str::from_utf8(&swapped).unwrap()), Err(AccessCodeError::Check));
            }
        }
    }

    #[test]
    fn what_no_code_can_be_is_said() {
        assert_eq!(AccessCode::parse("ABC"), Err(AccessCodeError::Length(3)));
        assert_eq!(AccessCode::parse("ABCD-EFGH-JKM0"), Err(AccessCodeError::Character('0')));
        assert_eq!(AccessCode::from_random(&[255; 32]), None);
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! By which codes is a body known: tax code, code in the index of public administrations, section of the register?
//!
//! The tax code of a person is none of them. It is recognised so that it can be refused, and never repeated.

use std::fmt;

/// The tax code of a body, or its VAT number, which has the same form: eleven digits, of which the last checks the
/// others. That the digit fits does not prove that the body exists.
///
/// # Source
/// Decree of the Ministry of Finance of 23 December 1976; the check is Luhn's.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaxCode(String);

/// Why typed characters are not the tax code of a body.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaxCodeError {
    /// Nothing was typed.
    #[error("the tax code is empty")]
    Empty,
    /// The code of a person. It is not repeated.
    #[error("this is the tax code of a person; give that of the body, which has 11 digits")]
    PersonalTaxCode,
    /// A character that no code of a body contains.
    #[error("the tax code of a body has digits only, not {0:?}")]
    Character(char),
    /// Not eleven digits.
    #[error("the tax code of a body has 11 digits; {0} were typed")]
    Length(usize),
    /// The last digit does not fit the others.
    #[error("“{0}” is not a tax code: a digit is wrong, or two are swapped")]
    Check(String),
}

impl TaxCodeError {
    /// The stable code, by which pages find their words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::PersonalTaxCode => "personal-tax-code",
            Self::Character(_) => "character",
            Self::Length(_) => "length",
            Self::Check(_) => "check",
        }
    }
}

impl TaxCode {
    /// Reads a code as it is typed: with spaces or without, with `IT` before it or not.
    ///
    /// # Errors
    /// If it is not the code of a body.
    pub fn parse(typed: &str) -> Result<Self, TaxCodeError> {
        let mut digits: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
        if contains_personal_tax_code(typed) {
            return Err(TaxCodeError::PersonalTaxCode);
        }
        if digits.get(..2).is_some_and(|country| country.eq_ignore_ascii_case("it")) {
            digits.drain(..2);
        }
        match digits.chars().find(|digit| !digit.is_ascii_digit()) {
            Some(letter) => Err(TaxCodeError::Character(letter)),
            None if digits.is_empty() => Err(TaxCodeError::Empty),
            None if digits.len() != 11 => Err(TaxCodeError::Length(digits.len())),
            None if !is_checked(&digits) => Err(TaxCodeError::Check(digits)),
            None => Ok(Self(digits)),
        }
    }

    /// The eleven digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TaxCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether the sum of the digits, every second one doubled and its digits added, is a multiple of ten; zeros are no code.
fn is_checked(digits: &str) -> bool {
    let values = digits.bytes().map(|digit| u32::from(digit.saturating_sub(b'0')));
    let sum: u32 = values.zip([1_u32, 2].into_iter().cycle()).map(|(value, times)| value * times).map(digit_sum).sum();
    sum > 0 && sum.is_multiple_of(10)
}

/// The sum of the digits of a number below twenty.
const fn digit_sum(number: u32) -> u32 {
    if number > 9 { number - 9 } else { number }
}

/// The code of a body in the index of public administrations (IPA), in lower case: `c_h501`, `r_emiro`, `istat`.
///
/// The index has codes from one character (`C`) to sixteen (`istsc_` and the code of a school), and mixes cases without
/// telling codes apart by them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IpaCode(String);

/// Characters of an IPA code: sixteen are in use.
const MAX_IPA_CHARACTERS: usize = 20;

/// Why typed characters are not an IPA code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IpaCodeError {
    /// Nothing was typed.
    #[error("the IPA code is empty")]
    Empty,
    /// The tax code of a person. It is not repeated.
    #[error("this is the tax code of a person; give the IPA code of the body, such as c_h501")]
    PersonalTaxCode,
    /// A character that no code contains.
    #[error("an IPA code has letters, digits, _ and -, not {0:?}")]
    Character(char),
    /// Too many characters.
    #[error("an IPA code has up to 20 characters; {0} were typed")]
    Length(usize),
    /// Neither a letter nor a digit at the beginning.
    #[error("an IPA code begins with a letter or a digit")]
    Beginning,
}

impl IpaCodeError {
    /// The stable code, by which pages find their words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::PersonalTaxCode => "personal-tax-code",
            Self::Character(_) => "character",
            Self::Length(_) => "length",
            Self::Beginning => "beginning",
        }
    }
}

impl IpaCode {
    /// Reads a code, in upper or lower case.
    ///
    /// # Errors
    /// If the index can have no such code.
    pub fn parse(typed: &str) -> Result<Self, IpaCodeError> {
        let code = typed.trim().to_ascii_lowercase();
        if contains_personal_tax_code(&code) {
            return Err(IpaCodeError::PersonalTaxCode);
        }
        let known = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
        match code.chars().find(|letter| !known(*letter)) {
            Some(letter) => Err(IpaCodeError::Character(letter)),
            None if code.is_empty() => Err(IpaCodeError::Empty),
            None if code.len() > MAX_IPA_CHARACTERS => Err(IpaCodeError::Length(code.len())),
            None if code.starts_with(['_', '-']) => Err(IpaCodeError::Beginning),
            None => Ok(Self(code)),
        }
    }

    /// The code in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IpaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A section of the national register of the third sector (RUNTS).
///
/// # Source
/// Legislative decree 117/2017, article 46; ministerial decree 106/2020, article 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RuntsSection {
    /// a) Organizzazioni di volontariato.
    Odv,
    /// b) Associazioni di promozione sociale.
    Aps,
    /// c) Enti filantropici.
    Philanthropic,
    /// d) Imprese sociali, incluse le cooperative sociali.
    SocialEnterprise,
    /// e) Reti associative.
    Network,
    /// f) Società di mutuo soccorso.
    MutualAid,
    /// g) Altri enti del Terzo settore.
    Other,
}

impl RuntsSection {
    /// Every section, in the order of the register.
    pub const ALL: [Self; 7] = [
        Self::Odv,
        Self::Aps,
        Self::Philanthropic,
        Self::SocialEnterprise,
        Self::Network,
        Self::MutualAid,
        Self::Other,
    ];

    /// The word stored, by which pages find their words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Odv => "odv",
            Self::Aps => "aps",
            Self::Philanthropic => "philanthropic",
            Self::SocialEnterprise => "social-enterprise",
            Self::Network => "network",
            Self::MutualAid => "mutual-aid",
            Self::Other => "other",
        }
    }

    /// The section with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.code() == code)
    }
}

/// Characters of the tax code of a person.
const PERSONAL: usize = 16;
/// What each of them is: a letter, a digit or the letter that stands for it, the letter of a month, any of them to check.
const PERSONAL_SHAPE: &[u8; PERSONAL] = b"LLLLLLDDMDDLDDDL";
/// Letters that stand for the digits 0 to 9 where two persons would have the same code.
const DIGIT_LETTERS: &[u8; 10] = b"LMNPQRSTUV";
/// Letters of the months.
const MONTH_LETTERS: &[u8; 12] = b"ABCDEHLMPRST";
/// Values of 0 to 9, and of A to J, at odd places; of the other letters in their order.
const ODD_VALUES: [u32; 26] =
    [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/// Whether this is the tax code of a person: sixteen characters of that shape, in upper or lower case, with digits or
/// the letters that stand for them. The check letter need not fit: a code with a slip is still about a person. Only
/// where all digits are letters does it have to, so that a word of sixteen letters is no code.
#[must_use]
pub fn is_personal_tax_code(text: &str) -> bool {
    let code = text.trim().to_ascii_uppercase();
    let has_shape =
        code.len() == PERSONAL && code.bytes().zip(PERSONAL_SHAPE).all(|(letter, kind)| fits(letter, *kind));
    has_shape && (code.bytes().any(|letter| letter.is_ascii_digit()) || has_check_letter(code.as_bytes()))
}

/// Whether the tax code of a person stands anywhere in a text, in one piece or with single spaces, dots, hyphens or
/// strokes in it.
#[must_use]
pub fn contains_personal_tax_code(text: &str) -> bool {
    let words: Vec<(usize, &str)> = words(text).collect();
    (0..words.len()).any(|first| starts_personal_tax_code(text, words.get(first..).unwrap_or_default()))
}

/// The runs of ASCII letters and digits that no other letter touches, and where they start.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let pieces = text.split(|letter: char| !letter.is_alphanumeric());
    let places = pieces.scan(0, |place, piece| {
        let start = *place;
        let behind = text.get(start + piece.len()..).and_then(|rest| rest.chars().next());
        *place = start + piece.len() + behind.map_or(0, char::len_utf8);
        Some((start, piece))
    });
    places.filter(|(_, piece)| !piece.is_empty())
}

fn starts_personal_tax_code(text: &str, words: &[(usize, &str)]) -> bool {
    let mut code = String::new();
    let mut end = None;
    for (start, word) in words {
        let gap = end.and_then(|end| text.get(end..*start));
        if gap.is_some_and(|gap| !matches!(gap, " " | "." | "-" | "/")) {
            return false;
        }
        code.push_str(word);
        end = Some(start + word.len());
        if code.len() >= PERSONAL {
            break;
        }
    }
    is_personal_tax_code(&code)
}

fn fits(letter: u8, kind: u8) -> bool {
    match kind {
        b'D' => letter.is_ascii_digit() || DIGIT_LETTERS.contains(&letter),
        b'M' => MONTH_LETTERS.contains(&letter),
        _ => letter.is_ascii_uppercase(),
    }
}

/// Whether the last letter follows from the fifteen before it.
fn has_check_letter(code: &[u8]) -> bool {
    let value =
        |letter: u8| u32::from(if letter.is_ascii_digit() { letter - b'0' } else { letter.saturating_sub(b'A') });
    let odd = |value: u32| usize::try_from(value).ok().and_then(|value| ODD_VALUES.get(value)).copied().unwrap_or(0);
    let Some((last, others)) = code.split_last() else { return false };
    let weighed = others.iter().enumerate().map(|(place, letter)| match place % 2 {
        0 => odd(value(*letter)),
        _ => value(*letter),
    });
    weighed.sum::<u32>() % 26 == value(*last)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten digits and the digit that checks them, computed apart from the code under test.
    fn with_check(ten: &str) -> String {
        const DOUBLED: [u32; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
        let digit = |(place, letter): (usize, char)| {
            let value = letter.to_digit(10).unwrap();
            if place % 2 == 0 { value } else { DOUBLED[value as usize] }
        };
        let sum: u32 = ten.chars().enumerate().map(digit).sum();
        format!("{ten}{}", (10 - sum % 10) % 10)
    }

    #[test]
    fn codes_of_bodies_are_read_as_they_are_typed() {
        // ISTAT, Roma Capitale, Comune di Bologna, Comune di Torino: published on their pages.
        for code in ["80111810588", "02438750586", "01232710374", "00514490010"] {
            assert_eq!(TaxCode::parse(code).unwrap().as_str(), code);
            assert_eq!(with_check(&code[..10]), code);
        }
        for typed in ["IT80111810588", " it 801 1181 0588 "] {
            assert_eq!(TaxCode::parse(typed).unwrap().to_string(), "80111810588");
        }
    }

    #[test]
    fn every_wrong_digit_is_noticed() {
        let code = with_check("8001234567");
        for place in 0..11 {
            for digit in (b'0'..=b'9').filter(|digit| *digit != code.as_bytes()[place]) {
                let mut wrong = code.clone().into_bytes();
                wrong[place] = digit;
                let wrong = String::from_utf8(wrong).unwrap();
                assert_eq!(TaxCode::parse(&wrong), Err(TaxCodeError::Check(wrong)));
            }
        }
    }

    #[test]
    fn what_is_no_code_of_a_body_is_said() {
        assert_eq!(TaxCode::parse("  "), Err(TaxCodeError::Empty));
        assert_eq!(TaxCode::parse("IT"), Err(TaxCodeError::Empty));
        assert_eq!(TaxCode::parse("8011181058"), Err(TaxCodeError::Length(10)));
        assert_eq!(TaxCode::parse("8011181058O"), Err(TaxCodeError::Character('O')));
        assert_eq!(TaxCode::parse("00000000000"), Err(TaxCodeError::Check("00000000000".to_owned())));
        assert_eq!(TaxCode::parse("ìì"), Err(TaxCodeError::Character('ì')));
    }

    #[test]
    fn the_code_of_a_person_is_refused_and_not_repeated() {
        // Invented: born on 1 January 1980 in H501; the second and third with letters for digits.
        for code in ["RSSMRA80A01H501U", "rssmra80a01h50mm", "RSSMRAULALMHRLMD", " RSS MRA 80A01 H501U "] {
            let error = TaxCode::parse(code).unwrap_err();
            assert_eq!(error, TaxCodeError::PersonalTaxCode, "{code}");
            assert!(!format!("{error} {error:?}").to_uppercase().contains("RSS"));
            assert_eq!(IpaCode::parse(code), Err(IpaCodeError::PersonalTaxCode));
        }
    }

    #[test]
    fn the_code_of_a_person_is_recognised_by_its_shape() {
        assert!(is_personal_tax_code("RSSMRA80A01H501U"));
        assert!(is_personal_tax_code("rssmra80a01h501x"), "a wrong check letter");
        assert!(is_personal_tax_code("RSSMRAULALMHRLMD"));
        assert!(!is_personal_tax_code("RSSMRAULALMHRLME"), "letters only, and no check letter");
        assert!(!is_personal_tax_code("RSSMRA80F01H501U"), "no month");
        assert!(!is_personal_tax_code("RSSMRA80A01H501"), "fifteen");
        assert!(!is_personal_tax_code("istsc_boic875004"));
        assert!(!is_personal_tax_code(""));
    }

    #[test]
    fn the_code_of_a_person_is_found_in_a_text() {
        for text in [
            "C.F. RSSMRA80A01H501U, Roma",
            "rssmra80a01h501u@example.it",
            "(RSS MRA 80A01 H501U)",
            "RSS.MRA-80A01/H501U",
            "è RSSMRA80A01H501U",
        ] {
            assert!(contains_personal_tax_code(text), "{text}");
        }
        for text in ["Mario Rossi", "xRSSMRA80A01H501U", "èRSSMRA80A01H501U", "RSSMRA  80A01H501U", "80111810588", ""]
        {
            assert!(!contains_personal_tax_code(text), "{text}");
        }
    }

    #[test]
    fn codes_of_the_index_are_read_in_any_case() {
        for (typed, code) in [
            ("c_h501", "c_h501"),
            (" C_A944 ", "c_a944"),
            ("ISTAT", "istat"),
            ("C", "c"),
            ("r_", "r_"),
            ("istsc_boic875004", "istsc_boic875004"),
            ("00YW4X9B", "00yw4x9b"),
        ] {
            assert_eq!(IpaCode::parse(typed).unwrap().as_str(), code);
        }
        assert_eq!(IpaCode::parse(" "), Err(IpaCodeError::Empty));
        assert_eq!(IpaCode::parse("c h501"), Err(IpaCodeError::Character(' ')));
        assert_eq!(IpaCode::parse("_h501"), Err(IpaCodeError::Beginning));
        assert_eq!(IpaCode::parse(&"a".repeat(21)), Err(IpaCodeError::Length(21)));
    }

    #[test]
    fn every_section_survives_its_code() {
        for section in RuntsSection::ALL {
            assert_eq!(RuntsSection::from_code(section.code()), Some(section));
        }
        assert_eq!(RuntsSection::from_code("ODV"), None);
    }
}

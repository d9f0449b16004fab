// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! In which language can a questionnaire be, beyond those of the interface, and how is it written?

use std::fmt;

/// Longest tag that is taken: long enough for every tag in use.
const MOST_LETTERS: usize = 35;

/// The private part that marks an easy-to-read variant, as in `it-x-facile`.
const EASY: &str = "facile";

/// What languages are called in themselves.
const NAMES: [(&str, &str); 22] = [
    ("ar", "العربية"),
    ("bn", "বাংলা"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fr", "Français"),
    ("hi", "हिन्दी"),
    ("it-x-facile", "Italiano facile"),
    ("lld", "Ladin"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sl", "Slovenščina"),
    ("sq", "Shqip"),
    ("ti", "ትግርኛ"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("zh", "中文"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
];

/// Languages written from right to left.
const RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
/// Scripts written from right to left, whatever the language.
const RIGHT_TO_LEFT_SCRIPTS: [&str; 5] = ["Arab", "Hebr", "Nkoo", "Syrc", "Thaa"];

/// A language tag (BCP 47) in its usual spelling, e.g. `ro`, `zh-Hans`, `pt-BR`, `it-x-facile`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageTag(String);

/// Why a text is no language tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a language tag: write ro, ar, zh-Hans or it-x-facile")]
pub struct LanguageTagError(pub String);

/// To which side a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

impl LanguageTag {
    /// Reads a tag, whatever the case of its letters.
    ///
    /// # Errors
    /// If it is not language, then script, region and variants, then a private part after `x`.
    pub fn parse(text: &str) -> Result<Self, LanguageTagError> {
        let error = || LanguageTagError(text.to_owned());
        if text.len() > MOST_LETTERS {
            return Err(error());
        }
        let mut parts = text.split('-');
        let main = parts.next().filter(|main| matches!(main.len(), 2 | 3) && is_letters(main)).ok_or_else(error)?;
        let mut tag = main.to_ascii_lowercase();
        let mut last = Part::Language;
        for part in parts {
            let (kind, spelled) = last.followed_by(part).ok_or_else(error)?;
            last = kind;
            tag.push('-');
            tag.push_str(&spelled);
        }
        if last == Part::PrivateMark { Err(error()) } else { Ok(Self(tag)) }
    }

    /// The tag as written in `lang`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0
    }

    /// What the language is called in itself; its tag where that is not known.
    #[must_use]
    pub fn own_name(&self) -> &str {
        let named = |code: &str| NAMES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name);
        named(&self.0).or_else(|| named(self.main()).filter(|_| !self.is_easy())).unwrap_or(&self.0)
    }

    /// To which side it is written.
    #[must_use]
    pub fn direction(&self) -> Direction {
        let script = self.0.split('-').nth(1).filter(|part| part.len() == 4);
        let turned = script
            .map_or_else(|| RIGHT_TO_LEFT.contains(&self.main()), |script| RIGHT_TO_LEFT_SCRIPTS.contains(&script));
        if turned { Direction::RightToLeft } else { Direction::LeftToRight }
    }

    /// Whether it is an easy-to-read variant of a language.
    #[must_use]
    pub fn is_easy(&self) -> bool {
        self.0.split_once("-x-").is_some_and(|(_, private)| private == EASY)
    }

    /// The language without script, region and private part.
    #[must_use]
    pub fn main(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The parts of a tag, in the order in which they come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Language,
    Script,
    Region,
    Variant,
    PrivateMark,
    Private,
}

impl Part {
    /// What the next part of a tag is, with its usual spelling; nothing if it cannot stand there.
    fn followed_by(self, part: &str) -> Option<(Self, String)> {
        let known = part.bytes().all(|byte| byte.is_ascii_alphanumeric()) && matches!(part.len(), 1..=8);
        let lower = part.to_ascii_lowercase();
        let starts_with_digit = part.starts_with(|first: char| first.is_ascii_digit());
        let (kind, spelled) = match part.len() {
            _ if !known => return None,
            _ if self >= Self::PrivateMark => return Some((Self::Private, lower)),
            1 if lower == "x" => return Some((Self::PrivateMark, lower)),
            2 if is_letters(part) => (Self::Region, part.to_ascii_uppercase()),
            3 if part.bytes().all(|byte| byte.is_ascii_digit()) => (Self::Region, lower),
            4 if is_letters(part) => (Self::Script, titled(&lower)),
            4 if starts_with_digit => (Self::Variant, lower),
            5..=8 => (Self::Variant, lower),
            _ => return None,
        };
        let fits = self < kind || (self, kind) == (Self::Variant, Self::Variant);
        fits.then_some((kind, spelled))
    }
}

fn is_letters(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn titled(lower: &str) -> String {
    let (first, rest) = lower.split_at(1);
    format!("{}{rest}", first.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> LanguageTag {
        LanguageTag::parse(text).unwrap()
    }

    #[test]
    fn a_tag_is_read_in_any_case_and_kept_in_the_usual_one() {
        let spelled = [
            ("RO", "ro"),
            ("zh-hans", "zh-Hans"),
            ("pt-br", "pt-BR"),
            ("es-419", "es-419"),
            ("de-CH-1996", "de-CH-1996"),
            ("it-X-Facile", "it-x-facile"),
            ("sl-rozaj-biske", "sl-rozaj-biske"),
        ];
        for (typed, kept) in spelled {
            assert_eq!(tag(typed).code(), kept);
        }
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        let long = format!("it-x-{}", ["a"; 20].join("-"));
        for wrong in ["", "r", "romanian", "ro_RO", "ro-", "it-x", "it-x-", "it-BR-Latn", "ro/../..", "it--x", &long] {
            assert!(LanguageTag::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn direction_follows_the_script_and_else_the_language() {
        for (code, direction) in [
            ("ar", Direction::RightToLeft),
            ("ur-PK", Direction::RightToLeft),
            ("ar-Latn", Direction::LeftToRight),
            ("pa-Arab", Direction::RightToLeft),
            ("ro", Direction::LeftToRight),
        ] {
            assert_eq!(tag(code).direction(), direction, "{code}");
        }
    }

    #[test]
    fn a_language_is_named_in_itself_and_an_easy_variant_says_so() {
        assert_eq!(tag("ro-MD").own_name(), "Română");
        assert_eq!(tag("it-x-facile").own_name(), "Italiano facile");
        assert_eq!(tag("xx").own_name(), "xx");
        assert!(tag("it-x-facile").is_easy() && tag("de-x-facile").is_easy());
        assert_eq!(tag("de-x-facile").own_name(), "de-x-facile");
        assert!(!tag("it-IT").is_easy());
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Is an id, a version, a code or a language spelled as it may be?

use crate::domain::language_tag::LanguageTag;

/// Columns of answer files that are not items; no item may have their name.
pub(super) const ANSWER_COLUMNS: [&str; 9] =
    ["wave", "group", "respondent", "organisation", "programme", "edition", "project", "mode", "weight"];

const MAX_LETTERS: usize = 40;

/// Lower-case letters, digits and single hyphens between them, a letter first.
pub(super) fn is_id(id: &str) -> bool {
    id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.split('-').all(|part| !part.is_empty() && part.bytes().all(is_lower_or_digit))
}

/// `major.minor.patch`, each a number without leading zeros, with an optional `-suffix` of letters, digits, dots, hyphens.
pub(super) fn is_version(version: &str) -> bool {
    let (numbers, suffix) =
        version.split_once('-').map_or((version, None), |(numbers, suffix)| (numbers, Some(suffix)));
    let is_suffix =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    numbers.split('.').count() == 3
        && numbers.split('.').all(is_number)
        && suffix.is_none_or(|suffix| suffix.split('.').all(is_suffix))
}

/// Up to 40 letters without accents, digits, hyphens and underscores, a letter or digit first.
pub(super) fn is_code(code: &str) -> bool {
    code.len() <= MAX_LETTERS
        && code.starts_with(|first: char| first.is_ascii_alphanumeric())
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// A language code such as `it`, `en`, `sl`, `pt-BR` or `it-x-facile`.
pub(super) fn is_language(language: &str) -> bool {
    if LanguageTag::parse(language).is_ok_and(|tag| tag.code() == language) {
        return true;
    }
    let mut parts = language.split('-');
    let main = parts.next().unwrap_or_default();
    matches!(main.len(), 2 | 3)
        && main.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| matches!(part.len(), 2..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

const fn is_lower_or_digit(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn is_number(part: &str) -> bool {
    matches!(part.len(), 1..=9)
        && part.bytes().all(|byte| byte.is_ascii_digit())
        && (part == "0" || !part.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_with_hyphens_between() {
        assert!(["a", "pratiche-collaborative", "set-2"].into_iter().all(is_id));
        assert!(!["", "A", "a_b", "-a", "a-", "a--b", "2a", "è"].into_iter().any(is_id));
    }

    #[test]
    fn versions_have_three_numbers() {
        assert!(["1.0.0", "0.10.3", "1.0.0-draft", "2.0.0-rc.1"].into_iter().all(is_version));
        assert!(
            !["", "1", "1.0", "v1.0.0", "1.0.0.0", "01.0.0", "1.0.0-", "1..0", "1.0.x"].into_iter().any(is_version)
        );
    }

    #[test]
    fn codes_are_short_and_plain() {
        assert!(["PA", "FC1a", "1-9", "X_1"].into_iter().all(is_code));
        assert!(!["", "FC 1", "à", "-x", "_x", "a;b", &"x".repeat(41)].into_iter().any(is_code));
    }

    #[test]
    fn languages_are_codes_not_names() {
        assert!(["it", "en", "fur", "pt-BR"].into_iter().all(is_language));
        assert!(!["", "IT", "italiano", "e", "it-", "it_IT"].into_iter().any(is_language));
    }
}

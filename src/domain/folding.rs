// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Are two names the same for whoever typed them: accents, case and punctuation apart?

use icu_normalizer::DecomposingNormalizerBorrowed;

/// The form in which names are compared: lower case, without accents, words with one space between them.
///
/// “Forlì”, “FORLI'” and “forli” have the same. A name of signs only is compared as it is.
#[must_use]
pub fn folded(name: &str) -> String {
    let lower = name.chars().flat_map(char::to_lowercase);
    let letters = DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(lower).filter(|letter| !is_accent(*letter));
    let mut plain = String::with_capacity(name.len());
    letters.for_each(|letter| match spelled(letter) {
        Some(letters) => plain.push_str(letters),
        None => plain.push(letter),
    });
    let words: Vec<&str> = plain.split(|letter: char| !letter.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    if words.is_empty() { name.trim().to_lowercase() } else { words.join(" ") }
}

/// Whether a character stands on another one: the blocks of combining marks.
const fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
}

/// Letters that are no accent on another one, as they are typed where a keyboard lacks them.
const fn spelled(letter: char) -> Option<&'static str> {
    match letter {
        'ß' => Some("ss"),
        'æ' => Some("ae"),
        'œ' => Some("oe"),
        'ø' => Some("o"),
        'đ' => Some("d"),
        'ł' => Some("l"),
        'ı' => Some("i"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_punctuation_do_not_tell_names_apart() {
        for name in ["Forlì", "FORLI'", " forli ", "Forli\u{300}", "forlı"] {
            assert_eq!(folded(name), "forli", "{name}");
        }
        assert_eq!(folded("Sant’Agata  sul\nSanterno"), "sant agata sul santerno");
        assert_eq!(folded("Bolzano/Bozen"), "bolzano bozen");
        assert_eq!(folded("Großstraße, Đuro Łódź"), "grossstrasse duro lodz");
        assert_eq!(folded("E-mail"), "e mail");
    }

    #[test]
    fn other_scripts_and_signs_keep_what_they_are() {
        assert_eq!(folded("Ольга"), "ольга");
        assert_eq!(folded("王芳"), "王芳");
        assert_eq!(folded(" ??? "), "???");
        assert_eq!(folded(""), "");
    }
}

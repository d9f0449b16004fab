// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a cell of a list of people say, and may it be kept?

use crate::domain::body::contains_personal_tax_code;

use super::MAX_LETTERS;
use super::problem::PersonFault;

/// A cell without spaces around it, with one space for every gap and every line break in it.
///
/// # Errors
/// If it holds the tax code of a person or what cannot be printed, or is too long.
pub fn clean(cell: &str) -> Result<String, PersonFault> {
    let visible: String = cell.chars().filter(|letter| !is_invisible(*letter)).collect();
    let text = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = text.chars().count();
    if contains_personal_tax_code(&text) {
        Err(PersonFault::PersonalTaxCode)
    } else if text.chars().any(is_control) {
        Err(PersonFault::ControlCharacter)
    } else if letters > MAX_LETTERS {
        Err(PersonFault::TooLong { letters })
    } else {
        Ok(text)
    }
}

/// A name and an e-mail address out of `Name <address>`, `Name address` or either alone. Empty: there is none.
pub fn name_and_email(text: &str) -> (String, String) {
    if let Some((name, address)) = text.strip_suffix('>').and_then(|text| text.rsplit_once('<'))
        && address.contains('@')
    {
        return (name.trim_matches([' ', '"', '\'']).to_owned(), address.trim().to_owned());
    }
    let words: Vec<&str> = text.split(' ').collect();
    let mut addresses = words.iter().filter(|word| words.len() == 1 || is_like_address(word));
    match (addresses.next(), addresses.next()) {
        (Some(address), None) if address.contains('@') => {
            let others: Vec<&str> = words.iter().filter(|word| *word != address).copied().collect();
            (others.join(" "), address.trim_matches(['(', ')', '<', '>', ',', ';']).to_owned())
        }
        (Some(_), Some(_)) => (String::new(), text.to_owned()),
        (Some(_) | None, None) | (None, Some(_)) => (text.to_owned(), String::new()),
    }
}

/// Whether a word among others is an address, and not the sign in a name.
fn is_like_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
}

/// Characters that come along when text is copied, and mean nothing in a name.
const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Control characters, signs that turn the direction of text, and the sign for bytes that are no text.
fn is_control(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_line_breaks_and_what_cannot_be_seen_are_put_in_order() {
        assert_eq!(clean("  Comune di\n Forl\u{AD}ì\t\u{200B}").unwrap(), "Comune di Forlì");
        assert_eq!(clean("=SUM(A1)").unwrap(), "=SUM(A1)");
        assert_eq!(clean(" "), Ok(String::new()));
    }

    #[test]
    fn what_may_not_be_kept_is_refused() {
        assert_eq!(clean("RSSMRA80A01\u{200B}H501U"), Err(PersonFault::PersonalTaxCode));
        assert_eq!(clean("RSSMRA80A01\nH501U"), Err(PersonFault::PersonalTaxCode));
        assert_eq!(clean("a\u{0}b"), Err(PersonFault::ControlCharacter));
        assert_eq!(clean("a\u{202E}b"), Err(PersonFault::ControlCharacter));
        assert!(clean(&"è".repeat(200)).is_ok());
        assert_eq!(clean(&"è".repeat(201)), Err(PersonFault::TooLong { letters: 201 }));
    }

    #[test]
    fn names_and_addresses_are_told_apart() {
        for (text, name, email) in [
            ("Anna Rossi", "Anna Rossi", ""),
            ("a@b.it", "", "a@b.it"),
            ("Anna Rossi <a@b.it>", "Anna Rossi", "a@b.it"),
            ("\"Rossi, Anna\" <a@b.it>", "Rossi, Anna", "a@b.it"),
            ("<a@b.it>", "", "a@b.it"),
            ("Anna Rossi a@b.it", "Anna Rossi", "a@b.it"),
            ("Anna Rossi (a@b.it)", "Anna Rossi", "a@b.it"),
            ("Associazione @ttiva", "Associazione @ttiva", ""),
            ("Rossi <presidente>", "Rossi <presidente>", ""),
            ("a@b.it, c@d.it", "", "a@b.it, c@d.it"),
            ("", "", ""),
        ] {
            assert_eq!(name_and_email(text), (name.to_owned(), email.to_owned()), "{text}");
        }
    }
}

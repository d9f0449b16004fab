// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Is this an e-mail address that a message can be sent to, and are two of them the same?

use std::fmt;
use std::hash::{Hash, Hasher};

/// Bytes of a whole address.
const MAX_BYTES: usize = 254;
/// Bytes before the @.
const MAX_LOCAL_BYTES: usize = 64;
/// Bytes between two dots of a domain.
const MAX_LABEL_BYTES: usize = 63;
/// What may stand before the @ besides letters and digits.
const LOCAL_MARKS: &str = ".!#$%&'*+/=?^_`{|}~-";

/// An e-mail address as it was typed, without spaces around it. Upper and lower case count as equal.
///
/// # Source
/// RFC 5321, without what nobody uses: quoted names, comments, domains in brackets, letters beyond ASCII.
#[derive(Clone)]
pub struct EmailAddress(String);

/// Why typed characters are not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// Nothing was typed.
    #[error("the e-mail address is empty")]
    Empty,
    /// No @.
    #[error("an e-mail address has an @")]
    NoAt,
    /// More than one @.
    #[error("an e-mail address has one @ only; write one address")]
    SeveralAts,
    /// Longer than any address can be.
    #[error("the e-mail address is longer than any can be")]
    TooLong,
    /// A character that stands in no address.
    #[error("no e-mail address contains the character {0:?}")]
    Character(char),
    /// Nothing before the @, or a dot at a place where none can be.
    #[error("what stands before the @ is empty, or has a dot too many")]
    Local,
    /// A domain without a dot, or with an empty part, or an address of the own machine.
    #[error("what stands behind the @ is not a domain such as comune.example.it")]
    Domain,
}

impl EmailError {
    /// The stable code, by which pages find their words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoAt => "no-at",
            Self::SeveralAts => "several-ats",
            Self::TooLong => "too-long",
            Self::Character(_) => "character",
            Self::Local => "local",
            Self::Domain => "domain",
        }
    }
}

impl EmailAddress {
    /// Reads an address as people type it, with spaces around it or not.
    ///
    /// # Errors
    /// If it cannot be an address.
    pub fn parse(typed: &str) -> Result<Self, EmailError> {
        let typed = typed.trim();
        let (local, domain) = match typed.split_once('@') {
            _ if typed.is_empty() => return Err(EmailError::Empty),
            None => return Err(EmailError::NoAt),
            Some((_, domain)) if domain.contains('@') => return Err(EmailError::SeveralAts),
            Some(parts) => parts,
        };
        if typed.len() > MAX_BYTES {
            return Err(EmailError::TooLong);
        }
        check_local(local)?;
        check_domain(domain)?;
        Ok(Self(typed.to_owned()))
    }

    /// The address as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands right of the @.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// The form in which addresses are compared: lower case. Two spellings of one address have the same.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for EmailAddress {}

impl Hash for EmailAddress {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded().hash(state);
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Addresses are about persons: none is printed by accident.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

fn check_local(local: &str) -> Result<(), EmailError> {
    let known = |letter: char| letter.is_ascii_alphanumeric() || LOCAL_MARKS.contains(letter);
    match local.chars().find(|letter| !known(*letter)) {
        Some(letter) => Err(EmailError::Character(letter)),
        None if local.len() > MAX_LOCAL_BYTES => Err(EmailError::TooLong),
        None if local.split('.').any(str::is_empty) => Err(EmailError::Local),
        None => Ok(()),
    }
}

/// A name of at least two parts, of which the last is no number: neither `localhost` nor an address of digits.
fn check_domain(domain: &str) -> Result<(), EmailError> {
    let known = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
    if let Some(letter) = domain.chars().find(|letter| !known(*letter)) {
        return Err(EmailError::Character(letter));
    }
    let is_sound = |label: &str| {
        !label.is_empty() && label.len() <= MAX_LABEL_BYTES && !label.starts_with('-') && !label.ends_with('-')
    };
    let (_, last) = domain.rsplit_once('.').ok_or(EmailError::Domain)?;
    let named = last.len() >= 2 && last.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let local = last.eq_ignore_ascii_case("localhost") || last.eq_ignore_ascii_case("localdomain");
    if named && !local && domain.split('.').all(is_sound) { Ok(()) } else { Err(EmailError::Domain) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(typed: &str) -> EmailError {
        EmailAddress::parse(typed).unwrap_err()
    }

    #[test]
    fn what_people_type_is_read() {
        for typed in ["a@b.it", " Anna.Rossi+rete@comune.forli.fc.it ", "o'neil@example.org", "x@xn--a.com"] {
            assert_eq!(EmailAddress::parse(typed).unwrap().as_str(), typed.trim());
        }
    }

    #[test]
    fn case_does_not_tell_addresses_apart() {
        let (one, other) = (EmailAddress::parse("Anna@Example.it").unwrap(), EmailAddress::parse("anna@example.IT"));
        assert_eq!(Ok(&one), other.as_ref());
        assert_eq!((one.folded().as_str(), one.to_string().as_str()), ("anna@example.it", "Anna@Example.it"));
    }

    #[test]
    fn what_cannot_be_an_address_is_said() {
        assert_eq!(error(" "), EmailError::Empty);
        assert_eq!(error("anna"), EmailError::NoAt);
        assert_eq!(error("a@b.it, c@d.it"), EmailError::SeveralAts);
        assert_eq!(error(&format!("{}@example.it", "a".repeat(65))), EmailError::TooLong);
        assert_eq!(error(&format!("a@{}it", "example.".repeat(32))), EmailError::TooLong);
        assert_eq!(error("anna rossi@example.it"), EmailError::Character(' '));
        assert_eq!(error("anna@forlì.it"), EmailError::Character('ì'));
    }

    #[test]
    fn an_address_holds_nothing_that_could_begin_a_header() {
        for typed in
            ["anna@example.org\r\nBcc: a.b", "an\rna@example.org", "\"anna\r\n\"@example.org", "A <a@example.org>"]
        {
            assert!(matches!(error(typed), EmailError::Character(_)), "{typed:?}");
        }
        assert_eq!(EmailAddress::parse("anna@example.org").unwrap().domain(), "example.org");
    }

    #[test]
    fn dots_and_domains_stand_where_they_can() {
        for typed in ["@b.it", ".a@b.it", "a.@b.it", "a..b@c.it"] {
            assert_eq!(error(typed), EmailError::Local, "{typed}");
        }
        let domains =
            ["a@localhost", "a@b.localhost", "a@", "a@.it", "a@b.", "a@b..it", "a@-b.it", "a@10.0.0.1", "a@b.i"];
        for typed in domains {
            assert_eq!(error(typed), EmailError::Domain, "{typed}");
        }
    }

    #[test]
    fn an_address_is_not_printed_by_accident() {
        assert_eq!(format!("{:?}", EmailAddress::parse("a@b.it").unwrap()), "EmailAddress(…)");
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was done, by whom and when, in a chain that shows whether anything was changed afterwards?

use std::fmt::Write;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// One entry of the audit. It holds no answer and no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Place in the chain, from 1.
    pub number: i64,
    /// When, to the microsecond.
    pub recorded_at: Timestamp,
    /// Id of the body concerned; empty for the installation itself.
    pub organisation: String,
    /// Who: name and e-mail, or `shell`.
    pub actor: String,
    /// What was done, a word such as `wave.opening`.
    pub act: String,
    /// To what: a name and an id.
    pub subject: String,
    /// Why or how, where it was said.
    pub note: String,
    /// Hash of the entry before; empty for the first.
    pub previous_hash: String,
    /// Hash of this entry.
    pub hash: String,
}

/// What is to be recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditNote {
    /// Id of the body concerned; empty for the installation itself.
    pub organisation: String,
    /// Who.
    pub actor: String,
    /// What was done.
    pub act: &'static str,
    /// To what.
    pub subject: String,
    /// Why or how.
    pub note: String,
}

/// A chain that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrokenChain {
    /// A number is missing or stands twice.
    #[error("entry {found} follows where {expected} was expected: an entry is missing or was added")]
    Number {
        /// The number that should have come.
        expected: i64,
        /// The number that came.
        found: i64,
    },
    /// An entry does not continue the one before.
    #[error("entry {0} does not continue the entry before it")]
    Link(i64),
    /// An entry was changed after it was written.
    #[error("entry {0} was changed after it was written")]
    Content(i64),
}

impl AuditEntry {
    /// The entry that continues a chain.
    #[must_use]
    pub fn following(number: i64, previous_hash: String, recorded_at: Timestamp, note: AuditNote) -> Self {
        let recorded_at = Timestamp::from_microsecond(recorded_at.as_microsecond()).unwrap_or(recorded_at);
        let AuditNote { organisation, actor, act, subject, note } = note;
        let act = act.to_owned();
        let hash = String::new();
        let entry = Self { number, recorded_at, organisation, actor, act, subject, note, previous_hash, hash };
        Self { hash: entry.computed_hash(), ..entry }
    }

    /// SHA-256 of the entry's content and of the hash before it, in hexadecimal.
    ///
    /// Every part is preceded by its length in bytes, so that no text can pass for two others.
    #[must_use]
    pub fn computed_hash(&self) -> String {
        let (number, at) = (self.number.to_string(), self.recorded_at.as_microsecond().to_string());
        let parts = [
            number.as_str(),
            at.as_str(),
            &self.organisation,
            &self.actor,
            &self.act,
            &self.subject,
            &self.note,
            &self.previous_hash,
        ];
        let mut digest = Sha256::new();
        for part in parts {
            digest.update(format!("{}:", part.len()));
            digest.update(part);
        }
        digest.finalize().iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// Whether this entry continues `before`, or begins the chain.
    ///
    /// # Errors
    /// How the chain is broken here.
    pub fn check_after(&self, before: Option<&Self>) -> Result<(), BrokenChain> {
        let expected = before.map_or(1, |entry| entry.number + 1);
        if self.number != expected {
            return Err(BrokenChain::Number { expected, found: self.number });
        }
        if self.previous_hash != before.map_or("", |entry| entry.hash.as_str()) {
            return Err(BrokenChain::Link(self.number));
        }
        if self.computed_hash() != self.hash {
            return Err(BrokenChain::Content(self.number));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(length: i64) -> Vec<AuditEntry> {
        let mut entries: Vec<AuditEntry> = Vec::new();
        for number in 1..=length {
            let previous = entries.last().map_or_else(String::new, |entry| entry.hash.clone());
            let note = AuditNote { act: "wave.opening", subject: format!("wave {number}"), ..AuditNote::default() };
            let at = Timestamp::from_second(number).unwrap();
            entries.push(AuditEntry::following(number, previous, at, note));
        }
        entries
    }

    fn check(entries: &[AuditEntry]) -> Result<(), BrokenChain> {
        let mut before = None;
        for entry in entries {
            entry.check_after(before)?;
            before = Some(entry);
        }
        Ok(())
    }

    #[test]
    fn an_untouched_chain_holds() {
        assert_eq!(check(&[]), Ok(()));
        assert_eq!(check(&chain(3)), Ok(()));
    }

    #[test]
    fn whatever_is_changed_taken_out_or_put_in_shows() {
        let mut changed = chain(3);
        changed[1].note = "later".to_owned();
        assert_eq!(check(&changed), Err(BrokenChain::Content(2)));
        changed[1].hash = changed[1].computed_hash();
        assert_eq!(check(&changed), Err(BrokenChain::Link(3)));
        let mut short = chain(3);
        short.remove(1);
        assert_eq!(check(&short), Err(BrokenChain::Number { expected: 2, found: 3 }));
        let mut headless = chain(3);
        headless.remove(0);
        assert_eq!(check(&headless), Err(BrokenChain::Number { expected: 1, found: 2 }));
    }

    #[test]
    fn text_cannot_move_from_one_part_to_the_next() {
        let at = Timestamp::from_second(1).unwrap();
        let entry = |subject: &str, note: &str| {
            let said = AuditNote { subject: subject.to_owned(), note: note.to_owned(), ..AuditNote::default() };
            AuditEntry::following(1, String::new(), at, said).hash
        };
        assert_ne!(entry("ab", "c"), entry("a", "bc"));
    }
}

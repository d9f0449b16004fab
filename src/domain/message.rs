// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A message to somebody: what may stand in it, where is it on its way, and when is it tried again?

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::domain::email::EmailAddress;

/// How often a message is tried at most.
pub const MOST_ATTEMPTS: u32 = 8;
/// Minutes to wait after the first attempt, the second, …; together some forty hours.
const PAUSES_MINUTES: [i64; MOST_ATTEMPTS as usize - 1] = [1, 5, 15, 60, 240, 720, 1440];
const LONGEST_SUBJECT: usize = 200;
const LONGEST_MESSAGE_ID: usize = 100;
/// Characters of a server's answer that are kept.
const LONGEST_PROBLEM: usize = 300;

/// A message of plain text to one recipient.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The body in whose name it is sent, or [`INSTALLATION`].
    pub organisation_id: Uuid,
    /// Identity.
    pub id: Uuid,
    /// What it is for.
    pub purpose: MessagePurpose,
    /// Id of the thing it is about, such as a wave; nil for nothing in particular.
    pub about: Uuid,
    /// To whom.
    pub recipient: EmailAddress,
    /// Its subject.
    pub subject: Subject,
    /// Its text, with the secrets in it; never printed in debug output.
    pub body: String,
    /// Says which message it is, also to mail programs: the same again is the same message.
    pub message_id: MessageId,
}

/// What a message says, in words.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its subject.
    pub subject: Subject,
    /// Its text, with the secrets in it; never printed in debug output.
    pub text: String,
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Letter(…)")
    }
}

/// Whose messages of the installation itself are.
pub const INSTALLATION: Uuid = Uuid::nil();

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessagePurpose {
    /// Asks somebody to answer a questionnaire.
    Invitation,
    /// Asks again.
    Reminder,
    /// Tells somebody that their answers are there.
    Receipt,
    /// Lets a member of staff in.
    SignIn,
    /// Tells that something happened.
    Notice,
}

/// Where a message is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageState {
    /// To be sent, now or later.
    Waiting,
    /// Being handed to the mail server.
    Sending,
    /// The mail server has taken it.
    Sent,
    /// Refused, or nobody knows whether it was taken; a person may try again.
    Failed,
    /// Tried [`MOST_ATTEMPTS`] times in vain.
    GivenUp,
    /// Not sent, because it was not needed any more.
    Withdrawn,
}

/// Why a message was not sent. The text is the mail server's or the connection's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// It was surely not taken, and may be taken later.
    #[error("{0}")]
    Temporary(String),
    /// It will never be taken as it is.
    #[error("{0}")]
    Permanent(String),
    /// Its text was handed over and no answer came: it may have been taken.
    #[error("outcome unknown: {0}")]
    Unknown(String),
}

/// What becomes of a message after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is done.
    Sent,
    /// It is tried again then.
    Again(Timestamp),
    /// It is not tried again by itself.
    Failed,
    /// It was tried often enough.
    GivenUp,
}

/// What becomes of a message whose attempt number `attempts` ended like this.
///
/// One that may have been taken is not sent again by itself: at most once is better than twice.
#[must_use]
pub fn fate(attempts: u32, outcome: &Result<(), Undelivered>, now: Timestamp) -> Fate {
    match outcome {
        Ok(()) => Fate::Sent,
        Err(Undelivered::Permanent(_) | Undelivered::Unknown(_)) => Fate::Failed,
        Err(Undelivered::Temporary(_)) => match pause(attempts).and_then(|pause| now.checked_add(pause).ok()) {
            Some(then) => Fate::Again(then),
            None => Fate::GivenUp,
        },
    }
}

/// How long to wait after attempt number `attempts`; `None` after the last.
fn pause(attempts: u32) -> Option<SignedDuration> {
    let place = usize::try_from(attempts.max(1) - 1).ok()?;
    PAUSES_MINUTES.get(place).map(|minutes| SignedDuration::from_mins(*minutes))
}

impl Undelivered {
    /// What staff is told: one line, shortened.
    #[must_use]
    pub fn in_short(&self) -> String {
        let line: String = self.to_string().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_PROBLEM).collect()
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("id", &self.id).field("purpose", &self.purpose).finish_non_exhaustive()
    }
}

impl MessagePurpose {
    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reminder => "reminder",
            Self::Receipt => "receipt",
            Self::SignIn => "sign_in",
            Self::Notice => "notice",
        }
    }

    /// The purpose stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Invitation, Self::Reminder, Self::Receipt, Self::SignIn, Self::Notice]
            .into_iter()
            .find(|purpose| purpose.code() == code)
    }
}

impl MessageState {
    /// Every state, in the order of the way.
    pub const ALL: [Self; 6] = [Self::Waiting, Self::Sending, Self::Sent, Self::Failed, Self::GivenUp, Self::Withdrawn];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::GivenUp => "given_up",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// The subject of a message: one line that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject(String);

/// The left side of a Message-ID: letters, digits, points and hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageId(String);

/// Why something cannot stand in the head of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// Not one line.
    #[error("a subject is one line of at most {LONGEST_SUBJECT} characters")]
    Subject,
    /// Not the left side of a Message-ID.
    #[error("a message id has at most {LONGEST_MESSAGE_ID} letters, digits, points and hyphens")]
    MessageId,
}

impl Subject {
    /// A subject; spaces around it are taken away.
    ///
    /// # Errors
    /// [`MessageError::Subject`] if it is empty, too long, or not one line.
    pub fn parse(text: &str) -> Result<Self, MessageError> {
        let text = text.trim_matches(' ');
        // Line and paragraph separators are no control characters, but some programs break lines there.
        let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        let sound = !text.is_empty() && text.chars().count() <= LONGEST_SUBJECT && !text.contains(breaks);
        if sound { Ok(Self(text.to_owned())) } else { Err(MessageError::Subject) }
    }

    /// A subject of whatever words there are: what cannot stand in one becomes a space, and what is too long is cut.
    #[must_use]
    pub fn of(words: &str) -> Self {
        let plain = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
        let line: String = words.chars().map(plain).collect();
        let line: String =
            line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_SUBJECT).collect();
        let line = line.trim_end();
        Self(if line.is_empty() { "Insieme" } else { line }.to_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl MessageId {
    /// The left side of a Message-ID, e.g. `invitation.0198c5d2.1`.
    ///
    /// # Errors
    /// [`MessageError::MessageId`] if it holds anything else than letters, digits, points and hyphens.
    pub fn parse(text: &str) -> Result<Self, MessageError> {
        let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let sound = text.len() <= LONGEST_MESSAGE_ID && text.split('.').all(is_part);
        if sound { Ok(Self(text.to_owned())) } else { Err(MessageError::MessageId) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_message_is_tried_again_after_longer_and_longer_pauses_and_then_given_up() {
        let now = at("2026-11-25T10:00:00Z");
        let later = Err(Undelivered::Temporary("450 busy".to_owned()));
        let fates: Vec<Fate> = (1..=MOST_ATTEMPTS).map(|attempts| fate(attempts, &later, now)).collect();
        let again = |text: &str| Fate::Again(at(text));
        assert_eq!(
            fates,
            [
                again("2026-11-25T10:01:00Z"),
                again("2026-11-25T10:05:00Z"),
                again("2026-11-25T10:15:00Z"),
                again("2026-11-25T11:00:00Z"),
                again("2026-11-25T14:00:00Z"),
                again("2026-11-25T22:00:00Z"),
                again("2026-11-26T10:00:00Z"),
                Fate::GivenUp,
            ]
        );
        assert_eq!(fate(MOST_ATTEMPTS + 1, &later, now), Fate::GivenUp);
    }

    #[test]
    fn what_is_refused_or_may_have_been_taken_is_not_tried_again() {
        let now = at("2026-11-25T10:00:00Z");
        assert_eq!(fate(1, &Ok(()), now), Fate::Sent);
        assert_eq!(fate(1, &Err(Undelivered::Permanent("550 nobody".to_owned())), now), Fate::Failed);
        assert_eq!(fate(1, &Err(Undelivered::Unknown("closed".to_owned())), now), Fate::Failed);
    }

    #[test]
    fn a_subject_is_one_line() {
        assert_eq!(Subject::parse(" La tua opinione è attesa ").unwrap().as_str(), "La tua opinione è attesa");
        for wrong in ["", "  ", "a\r\nBcc: all@example.org", "a\nb", "a\rb", "a\u{2028}b", "a\0", "a\u{85}b"] {
            assert_eq!(Subject::parse(wrong), Err(MessageError::Subject), "{wrong:?}");
        }
        assert!(Subject::parse(&"a".repeat(LONGEST_SUBJECT + 1)).is_err());
        for any in ["", " a\r\nBcc: b ", "\u{2028}", &"è ".repeat(300)] {
            assert_eq!(Subject::parse(Subject::of(any).as_str()).map(|one| one.0), Ok(Subject::of(any).0), "{any:?}");
        }
    }

    #[test]
    fn a_message_id_is_letters_digits_points_and_hyphens() {
        assert_eq!(MessageId::parse("invitation.0198-c5d2.1").unwrap().as_str(), "invitation.0198-c5d2.1");
        for wrong in ["", "a b", "a>\r\nBcc: b", "a..b", ".a", "a@b", &"a".repeat(LONGEST_MESSAGE_ID + 1)] {
            assert_eq!(MessageId::parse(wrong), Err(MessageError::MessageId), "{wrong:?}");
        }
    }

    #[test]
    fn states_and_purposes_survive_their_words() {
        for state in MessageState::ALL {
            assert_eq!(MessageState::from_code(state.code()), Some(state));
        }
        assert_eq!(MessageState::from_code("lost"), None);
        assert_eq!(MessagePurpose::from_code("sign_in"), Some(MessagePurpose::SignIn));
        assert_eq!(MessagePurpose::from_code("spam"), None);
    }

    #[test]
    fn a_problem_is_told_in_one_short_line_and_a_body_is_not_printed() {
        let problem = Undelivered::Unknown(format!("closed\r\n{}", "x".repeat(900)));
        assert!(problem.in_short().starts_with("outcome unknown: closed xxx"));
        assert_eq!(problem.in_short().chars().count(), LONGEST_PROBLEM);
        let message = Message {
            organisation_id: INSTALLATION,
            id: Uuid::nil(),
            purpose: MessagePurpose::Notice,
            about: Uuid::nil(),
            recipient: EmailAddress::parse("anna@example.org").unwrap(),
            subject: Subject::parse("Ciao").unwrap(),
            body: "secret".to_owned(),
            message_id: MessageId::parse("a").unwrap(),
        };
        let printed = format!("{message:?}");
        assert!(!printed.contains("secret") && !printed.contains("anna"), "{printed}");
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does a message look on its way: which headers, in which form the text?

use std::time::SystemTime;

use jiff::Timestamp;
use lettre::Address;
use lettre::message::header::{
    ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue, MIME_VERSION_1_0,
};
use lettre::message::{Body, Mailbox, MessageBuilder};

use crate::domain::email::EmailAddress;
use crate::domain::message::{Message, Undelivered};

/// A machine wrote this: nobody's absence note should answer (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The message as it goes over the line: ASCII, one part of plain text in UTF-8. The same message has the same
/// Message-ID at every attempt.
///
/// # Errors
/// [`Undelivered::Permanent`] if it cannot be written.
pub(super) fn write(message: &Message, from: &Mailbox, now: Timestamp) -> Result<Vec<u8>, Undelivered> {
    let id = format!("<{}@{}>", message.message_id.as_str(), from.email.domain());
    let written = MessageBuilder::new()
        .from(from.clone())
        .to(Mailbox::new(None, address(&message.recipient)?))
        .subject(message.subject.as_str())
        .date(date(now)?)
        .message_id(Some(id))
        .header(AutoSubmitted)
        .header(MIME_VERSION_1_0)
        .header(ContentType::TEXT_PLAIN)
        .body(text(&message.body)?);
    written.map(|letter| letter.formatted()).map_err(|error| Undelivered::Permanent(error.to_string()))
}

/// Quoted-printable whatever it holds: any line may be long, any letter accented, and filters mistrust a text in base64.
fn text(body: &str) -> Result<Body, Undelivered> {
    Body::new_with_encoding(body.to_owned(), ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| Undelivered::Permanent("this text cannot be written".to_owned()))
}

fn date(now: Timestamp) -> Result<SystemTime, Undelivered> {
    now.try_into().map_err(|_| Undelivered::Temporary("the clock shows no date that a message can bear".to_owned()))
}

/// An address as the line wants it.
///
/// # Errors
/// [`Undelivered::Permanent`] if it is none there.
pub(super) fn address(address: &EmailAddress) -> Result<Address, Undelivered> {
    address.as_str().parse().map_err(|_| Undelivered::Permanent("this address cannot be written".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::{INSTALLATION, MessageId, MessagePurpose, Subject};
    use proptest::prelude::*;

    fn message(subject: Subject, body: &str) -> Message {
        Message {
            organisation_id: INSTALLATION,
            id: uuid::Uuid::nil(),
            purpose: MessagePurpose::Notice,
            about: uuid::Uuid::nil(),
            recipient: EmailAddress::parse("anna@example.org").unwrap(),
            subject,
            body: body.to_owned(),
            message_id: MessageId::parse("notice.1").unwrap(),
        }
    }

    fn written(subject: &str, body: &str) -> (String, String) {
        let from = Mailbox::new(Some("Città, \"di\" Esempio".to_owned()), "insieme@example.org".parse().unwrap());
        let message = message(Subject::parse(subject).unwrap(), body);
        let letter = write(&message, &from, "2026-11-25T10:00:00Z".parse().unwrap()).unwrap();
        let text = String::from_utf8(letter).unwrap();
        assert!(text.is_ascii());
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    /// Names of the headers, continued lines left out.
    fn names(head: &str) -> Vec<&str> {
        let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        let mut names: Vec<&str> = lines.map(|line| line.split(':').next().unwrap()).collect();
        names.sort_unstable();
        names
    }

    const HEADERS: [&str; 9] = [
        "Auto-Submitted",
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
    ];

    #[test]
    fn a_letter_has_these_headers_and_no_other() {
        let (head, body) =
            written("La tua opinione è attesa", "Gentile Anna,\nper rispondere: https://example.org/q/X\n");
        assert_eq!(names(&head), HEADERS);
        for line in [
            "Message-ID: <notice.1@example.org>",
            "Date: Wed, 25 Nov 2026 10:00:00 +0000",
            "Auto-Submitted: auto-generated",
            "Content-Type: text/plain; charset=utf-8",
            "To: anna@example.org",
        ] {
            assert!(head.split("\r\n").any(|found| found == line), "no {line} in {head}");
        }
        assert_eq!(body, "Gentile Anna,\r\nper rispondere: https://example.org/q/X\r\n");
    }

    proptest! {
        #[test]
        fn whatever_is_written_no_header_is_added(subject in any::<String>(), body in any::<String>()) {
            if let Ok(subject) = Subject::parse(&subject) {
                let (head, _) = written(subject.as_str(), &body);
                prop_assert_eq!(names(&head), HEADERS);
            }
        }

        #[test]
        fn what_is_read_as_an_address_is_one_line_and_can_be_written(
            typed in "[a-z.@ <>,:;\"\r\n\t\u{0}è-]{0,30}|[a-z.+]{1,10}@[a-z.-]{1,15}(\r\n)?[a-z:]{0,5}",
        ) {
            if let Ok(parsed) = EmailAddress::parse(&typed) {
                prop_assert!(!parsed.as_str().contains(|c: char| c.is_control() || c.is_whitespace()));
                prop_assert!(address(&parsed).is_ok());
            }
        }
    }
}

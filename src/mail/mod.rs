// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Electronic mail: how does a message reach a mail server, and what does the server say?
//!
//! The only module that names lettre. Plain text only: no picture, no link of ours that tells who opened what.

mod letter;
mod settings;

use std::time::Duration;

use jiff::Timestamp;
use lettre::Address;
use lettre::message::Mailbox;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;

pub use settings::{MailSettings, MailSettingsError, Password, Tls};

use crate::domain::message::{Message, Undelivered};

/// How long a mail server may take for a connection or a command.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long it may take to accept a text (RFC 5321, 4.5.3.2.6): giving up earlier leaves more outcomes unknown.
const PATIENCE_FOR_TEXT: Duration = Duration::from_mins(10);

/// Hands messages to one mail server, one connection each.
pub struct Mailer {
    server: (String, u16),
    encryption: Encryption,
    credentials: Option<Credentials>,
    from: Mailbox,
    name: ClientId,
}

/// How the connection is kept from being read.
enum Encryption {
    /// It stays on this machine.
    None,
    /// It begins in clear and is encrypted before anything is said.
    StartTls(TlsParameters),
    /// It is encrypted from the first byte.
    Implicit(TlsParameters),
}

impl Mailer {
    /// A mailer with these settings. Connects to nothing yet.
    ///
    /// # Errors
    /// If the settings cannot be used.
    pub fn new(settings: &MailSettings) -> Result<Self, MailSettingsError> {
        settings.check()?;
        let tls = || TlsParameters::new(settings.host.clone()).map_err(|_| MailSettingsError::Host);
        Ok(Self {
            server: (settings.host.clone(), settings.port),
            encryption: match settings.tls {
                Tls::None => Encryption::None,
                Tls::Starttls => Encryption::StartTls(tls()?),
                Tls::Implicit => Encryption::Implicit(tls()?),
            },
            credentials: settings.credentials().map(|(name, word)| Credentials::new(name, word)),
            from: settings.from()?,
            name: ClientId::default(),
        })
    }

    /// Hands a message to the mail server, once; `now` is the date it bears.
    ///
    /// # Errors
    /// [`Undelivered::Temporary`] for everything that happens before the server knows the recipient, and for what it
    /// puts off; [`Undelivered::Permanent`] if it refuses the recipient or the text for good;
    /// [`Undelivered::Unknown`] if the text began to leave and no answer to it came.
    pub fn send(&self, message: &Message, now: Timestamp) -> Result<(), Undelivered> {
        let letter = letter::write(message, &self.from, now)?;
        let recipient = letter::address(&message.recipient)?;
        let mut connection = self.connect().map_err(|error| temporary(&error))?;
        let done = hand_over(&mut connection, &self.from.email, recipient, &letter);
        match &done {
            Ok(()) => drop(connection.quit()),
            Err(_) => connection.abort(),
        }
        done
    }

    fn connect(&self) -> Result<SmtpConnection, Error> {
        let server = (self.server.0.as_str(), self.server.1);
        let implicit = match &self.encryption {
            Encryption::Implicit(tls) => Some(tls),
            Encryption::None | Encryption::StartTls(_) => None,
        };
        let mut connection = SmtpConnection::connect(server, Some(PATIENCE), &self.name, implicit, None)?;
        // A server that does not offer encryption gets nothing: this fails then.
        if let Encryption::StartTls(tls) = &self.encryption {
            connection.starttls(tls, &self.name)?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials)?;
        }
        Ok(connection)
    }
}

/// The envelope, then the text. Whatever is wrong with the sender is wrong with our settings, not with the message.
fn hand_over(
    connection: &mut SmtpConnection,
    from: &Address,
    recipient: Address,
    letter: &[u8],
) -> Result<(), Undelivered> {
    connection.command(Mail::new(Some(from.clone()), vec![])).map_err(|error| temporary(&error))?;
    connection.command(Rcpt::new(recipient, vec![])).map_err(|error| before_text(&error))?;
    connection.command(Data).map_err(|error| before_text(&error))?;
    // If it cannot be set, the shorter patience stays.
    let _kept = connection.set_timeout(Some(PATIENCE_FOR_TEXT));
    connection.message(letter).map(|_| ()).map_err(|error| after_text(&error))
}

fn temporary(error: &Error) -> Undelivered {
    Undelivered::Temporary(error.to_string())
}

fn before_text(error: &Error) -> Undelivered {
    if error.is_permanent() { Undelivered::Permanent(error.to_string()) } else { temporary(error) }
}

/// An answer says what became of the text; anything else leaves it open.
fn after_text(error: &Error) -> Undelivered {
    if error.is_permanent() {
        Undelivered::Permanent(error.to_string())
    } else if error.is_transient() {
        temporary(error)
    } else {
        Undelivered::Unknown(error.to_string())
    }
}

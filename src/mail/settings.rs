// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Through which mail server are messages sent, and in whose name?

use std::fmt;
use std::net::IpAddr;

use lettre::message::Mailbox;
use serde::Deserialize;

use super::letter;
use crate::domain::email::EmailAddress;

/// The table `[mail]` of the settings file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// Name of the mail server.
    pub host: String,
    /// Its port: usually 587 with `starttls`, 465 with `implicit`.
    pub port: u16,
    /// How the connection is encrypted.
    pub tls: Tls,
    /// Who signs in to the server, if anybody.
    pub username: Option<String>,
    /// With which password. Better in the environment.
    pub password: Option<Password>,
    /// Address messages come from, and answers go to.
    pub from_address: String,
    /// Name messages come from.
    pub from_name: Option<String>,
}

/// How a connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// Not at all; only for a server on the same machine.
    None,
    /// After a greeting in clear, before anything else. A server that does not offer it gets nothing.
    Starttls,
    /// From the first byte.
    Implicit,
}

/// A password; not printed in debug output.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

/// Why settings cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailSettingsError {
    /// The name of the server means nothing.
    #[error("[mail] host is not the name of a server")]
    Host,
    /// Messages would cross a network in clear.
    #[error("[mail] tls = \"none\" is only for a server on this machine: use starttls or implicit")]
    InClear,
    /// The sender is none.
    #[error("[mail] from_address is not an e-mail address: use name@example.org")]
    FromAddress,
    /// The name of the sender is not one line.
    #[error("[mail] from_name is not one line")]
    FromName,
    /// One of name and password without the other.
    #[error("[mail] username and password belong together (password also as INSIEME_MAIL_PASSWORD)")]
    HalfCredentials,
}

impl From<String> for Password {
    fn from(password: String) -> Self {
        Self(password)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

impl MailSettings {
    pub(super) fn check(&self) -> Result<(), MailSettingsError> {
        if self.host.is_empty() || self.host.contains(|c: char| c.is_control() || c.is_whitespace()) {
            return Err(MailSettingsError::Host);
        }
        if self.tls == Tls::None && !is_this_machine(&self.host) {
            return Err(MailSettingsError::InClear);
        }
        if self.username.is_some() != self.password.is_some() {
            return Err(MailSettingsError::HalfCredentials);
        }
        Ok(())
    }

    pub(super) fn credentials(&self) -> Option<(String, String)> {
        self.username.clone().zip(self.password.clone().map(|password| password.0))
    }

    pub(super) fn from(&self) -> Result<Mailbox, MailSettingsError> {
        let address = EmailAddress::parse(&self.from_address).map_err(|_| MailSettingsError::FromAddress)?;
        let address = letter::address(&address).map_err(|_| MailSettingsError::FromAddress)?;
        if self.from_name.as_ref().is_some_and(|name| name.contains(char::is_control)) {
            return Err(MailSettingsError::FromName);
        }
        Ok(Mailbox::new(self.from_name.clone(), address))
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Mailer;

    fn settings() -> MailSettings {
        MailSettings {
            host: "mail.example.org".to_owned(),
            port: 587,
            tls: Tls::Starttls,
            username: Some("insieme".to_owned()),
            password: Some("a password".to_owned().into()),
            from_address: "insieme@example.org".to_owned(),
            from_name: Some("Città di Esempio".to_owned()),
        }
    }

    fn refused(change: impl FnOnce(&mut MailSettings)) -> Option<MailSettingsError> {
        let mut changed = settings();
        change(&mut changed);
        Mailer::new(&changed).err()
    }

    #[test]
    fn settings_that_would_leak_or_never_work_are_refused_at_the_start() {
        assert_eq!(refused(|_| {}), None);
        assert_eq!(refused(|s| s.tls = Tls::None), Some(MailSettingsError::InClear));
        assert_eq!(refused(|s| s.host = "10.0.0.1".to_owned()).or(refused(|s| s.host = "::1".to_owned())), None);
        for local in ["localhost", "127.0.0.1", "::1"] {
            let local = |s: &mut MailSettings| (s.tls, s.host) = (Tls::None, local.to_owned());
            assert_eq!(refused(local), None);
        }
        assert_eq!(refused(|s| s.host = "a b".to_owned()), Some(MailSettingsError::Host));
        assert_eq!(refused(|s| s.password = None), Some(MailSettingsError::HalfCredentials));
        assert_eq!(refused(|s| s.from_address = "insieme".to_owned()), Some(MailSettingsError::FromAddress));
        assert_eq!(refused(|s| s.from_name = Some("A\r\nBcc: b".to_owned())), Some(MailSettingsError::FromName));
    }

    #[test]
    fn a_password_is_not_printed() {
        assert!(!format!("{:?}", settings()).contains("a password"));
    }

    #[test]
    fn the_table_holds_these_keys_and_no_other() {
        let table = "host = \"localhost\"\nport = 25\ntls = \"none\"\nfrom_address = \"a@example.org\"";
        assert_eq!(toml::from_str::<MailSettings>(table).unwrap().tls, Tls::None);
        assert!(toml::from_str::<MailSettings>(&format!("{table}\ntracking = true")).is_err());
        assert!(toml::from_str::<MailSettings>(&table.replace("none", "maybe")).is_err());
    }
}

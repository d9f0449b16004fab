// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! With which settings does the program run? Command line over environment over a TOML file over defaults.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::mail::MailSettings;

/// Address served where nothing else is said.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:8080";
/// Database used where nothing else is said.
pub const DEFAULT_DATABASE: &str = "sqlite:insieme.db";
/// Variable that holds the password for the mail server.
const MAIL_PASSWORD: &str = "INSIEME_MAIL_PASSWORD";

/// Settings; what is absent is decided elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address and port to serve on.
    pub listen: Option<String>,
    /// Address of the database.
    pub database: Option<String>,
    /// Address under which people reach the service, where a proxy stands in front of it.
    pub base_url: Option<String>,
    /// Where the source of the running version is.
    pub source_url: Option<String>,
    /// Folder with the logos of bodies.
    pub logos: Option<PathBuf>,
    /// Through which mail server messages are sent; without it they wait.
    pub mail: Option<MailSettings>,
}

/// Why a settings file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("the settings file {} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It says something that is not a setting.
    #[error("the settings file {} is wrong: {message}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What and where.
        message: String,
    },
}

impl Settings {
    /// Settings from a TOML file; none without a file.
    ///
    /// # Errors
    /// If the file cannot be read or holds anything but settings.
    pub fn read(path: Option<&Path>) -> Result<Self, ConfigError> {
        let Some(path) = path else { return Ok(Self::default()) };
        let unreadable = |source| ConfigError::Unreadable { path: path.to_owned(), source };
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
        toml::from_str(&text).map_err(|error| ConfigError::Wrong {
            path: path.to_owned(),
            message: error.to_string().lines().collect::<Vec<_>>().join(" "),
        })
    }

    /// These settings, completed by `others` where they say nothing.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            listen: self.listen.or(others.listen),
            database: self.database.or(others.database),
            base_url: self.base_url.or(others.base_url),
            source_url: self.source_url.or(others.source_url),
            logos: self.logos.or(others.logos),
            mail: self.mail.or(others.mail),
        }
    }

    /// These settings with the password for the mail server from the environment, where it is there.
    #[must_use]
    pub fn with_environment(self) -> Self {
        self.with_mail_password(std::env::var(MAIL_PASSWORD).ok())
    }

    fn with_mail_password(mut self, password: Option<String>) -> Self {
        if let (Some(mail), Some(password)) = (&mut self.mail, password) {
            mail.password = Some(password.into());
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearer_wins_and_what_is_unknown_is_refused() {
        let near = Settings { listen: Some("a".to_owned()), ..Settings::default() };
        let far = Settings { listen: Some("b".to_owned()), database: Some("c".to_owned()), ..Settings::default() };
        let both = near.or(far);
        assert_eq!((both.listen.as_deref(), both.database.as_deref()), (Some("a"), Some("c")));

        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "listn = \"x\"").unwrap();
        assert!(matches!(Settings::read(Some(file.path())), Err(ConfigError::Wrong { .. })));
        assert!(matches!(Settings::read(Some(Path::new("/no/such/file"))), Err(ConfigError::Unreadable { .. })));
        assert_eq!(Settings::read(None).unwrap(), Settings::default());
    }

    #[test]
    fn a_password_of_the_environment_wins_over_the_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let table = "[mail]\nhost = \"mail.example.org\"\nport = 587\ntls = \"starttls\"\nusername = \"a\"\n\
                     password = \"in the file\"\nfrom_address = \"a@example.org\"\n";
        std::fs::write(file.path(), table).unwrap();
        let read = Settings::read(Some(file.path())).unwrap();
        let password = |settings: Settings| settings.mail.unwrap().password.unwrap();
        assert_eq!(password(read.clone().with_mail_password(None)), "in the file".to_owned().into());
        assert_eq!(password(read.with_mail_password(Some("nearer".to_owned()))), "nearer".to_owned().into());
        assert_eq!(Settings::default().with_mail_password(Some("a".to_owned())), Settings::default());
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! With which settings does the program run? Command line over environment over a TOML file over defaults.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::domain::text::Language;
use crate::identity::oidc::{Hidden, ProviderSettings};
use crate::mail::MailSettings;

/// Address served where nothing else is said.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:8080";
/// Database used where nothing else is said.
pub const DEFAULT_DATABASE: &str = "sqlite:insieme.db";
/// Variable that holds the password for the mail server.
const MAIL_PASSWORD: &str = "INSIEME_MAIL_PASSWORD";
/// Longest id of a sign-in service: shorter than the token of a sign-in link, which stands at the same place in an address.
const LONGEST_PROVIDER_ID: usize = 30;
/// Words that stand at that place already.
const RESERVED: [&str; 2] = ["second-factor", "passkey"];

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
    /// Sign-in services of other bodies.
    #[serde(default)]
    pub oidc: Vec<ProviderSettings>,
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
    /// A sign-in service that cannot be used as it is described.
    #[error("the sign-in service “{id}” in the settings file cannot be used: {message}")]
    Provider {
        /// Its id.
        id: String,
        /// What is wrong, and what to do.
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
        let mut settings: Self = toml::from_str(&text).map_err(|error| ConfigError::Wrong {
            path: path.to_owned(),
            message: error.to_string().lines().collect::<Vec<_>>().join(" "),
        })?;
        settings.oidc = settings.oidc.into_iter().map(complete).collect::<Result<_, _>>()?;
        for (place, provider) in settings.oidc.iter().enumerate() {
            if settings.oidc.iter().skip(place + 1).any(|other| other.id == provider.id) {
                return Err(unusable(provider, "two services have this id"));
            }
        }
        Ok(settings)
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
            oidc: if self.oidc.is_empty() { others.oidc } else { self.oidc },
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

/// A sign-in service with what stands in the files that its settings name.
fn complete(mut provider: ProviderSettings) -> Result<ProviderSettings, ConfigError> {
    let letters = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let id = &provider.id;
    let is_right = id.len() <= LONGEST_PROVIDER_ID && id.starts_with(|c: char| c.is_ascii_lowercase()) && letters(id);
    if !is_right || RESERVED.contains(&id.as_str()) {
        let rule = "an id begins with a letter, has up to 30 small letters, digits and hyphens, and is no word in use";
        return Err(unusable(&provider, rule));
    }
    if provider.name.get(Language::default()).is_empty() {
        return Err(unusable(&provider, "it needs a name, such as name = { it = \"…\", en = \"…\" }"));
    }
    if let Some(path) = &provider.client_secret_file {
        if provider.client_secret.is_some() {
            return Err(unusable(&provider, "it has both client_secret and client_secret_file: keep one"));
        }
        let secret = read(&provider, path)?.trim_end_matches(['\r', '\n']).to_owned();
        provider.client_secret = Some(Hidden::new(secret));
    }
    if let Some(path) = &provider.ca_file {
        provider.authorities = Some(read(&provider, path)?);
    }
    Ok(provider)
}

fn read(provider: &ProviderSettings, path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path)
        .map_err(|error| unusable(provider, &format!("the file {} cannot be read: {error}", path.display())))
}

fn unusable(provider: &ProviderSettings, message: &str) -> ConfigError {
    ConfigError::Provider { id: provider.id.clone(), message: message.to_owned() }
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

    fn service(more: &str) -> Result<ProviderSettings, ConfigError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        let text = format!("[[oidc]]\nissuer = 'https://a.example'\nclient_id = 'b'\n{more}");
        std::fs::write(file.path(), text).unwrap();
        Settings::read(Some(file.path())).map(|mut settings| settings.oidc.remove(0))
    }

    #[test]
    fn a_sign_in_service_has_an_id_that_is_nothing_else_and_a_name() {
        assert!(service("id = 'spid-cie'\nname = { it = 'SPID o CIE' }").is_ok());
        for wrong in ["", "Spid", "1a", "a/b", "second-factor", "passkey", &"a".repeat(31)] {
            let refused = service(&format!("id = '{wrong}'\nname = {{ it = 'SPID' }}"));
            assert!(matches!(refused, Err(ConfigError::Provider { .. })), "{wrong}");
        }
        assert!(matches!(service("id = 'a'\nname = {}"), Err(ConfigError::Provider { .. })));
        let twice = "id = 'a'\nname = { it = 'A' }\n[[oidc]]\nid = 'a'\nissuer = 'https://b.example'\nclient_id = 'b'\nname = { it = 'B' }";
        assert!(matches!(service(twice), Err(ConfigError::Provider { .. })));
    }

    #[test]
    fn a_secret_may_stand_in_a_file_of_its_own() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "open sesame\n").unwrap();
        let named = format!("id = 'a'\nname = {{ it = 'A' }}\nclient_secret_file = '{}'", file.path().display());
        assert_eq!(service(&named).unwrap().client_secret.unwrap().reveal(), "open sesame");
        assert!(service(&format!("{named}\nclient_secret = 'x'")).is_err());
        assert!(service("id = 'a'\nname = { it = 'A' }\nca_file = '/no/such/file'").is_err());
    }
}

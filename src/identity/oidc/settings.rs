// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which sign-in service of another body is asked, and how does it call things? As in `[[oidc]]` of the settings file.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::domain::text::Text;

/// A sign-in service of another body.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// Short name in addresses and in the database; unique among the services.
    pub id: String,
    /// What it is called, by language, after “sign in with”: `{ it = "SPID o CIE", en = "SPID or CIE" }`.
    pub name: Text,
    /// Exact name of the service, which is the address below which it describes itself.
    pub issuer: String,
    /// Name of this program at the service.
    pub client_id: String,
    /// Secret of this program at the service; none where it was registered without.
    pub client_secret: Option<Hidden>,
    /// A file with that secret, in its place.
    pub client_secret_file: Option<PathBuf>,
    /// How the secret is shown.
    #[serde(default)]
    pub client_auth: ClientAuth,
    /// What is asked for, beside `openid`.
    #[serde(default = "usual_scopes")]
    pub scopes: Vec<String>,
    /// How the service calls what it says of a person.
    #[serde(default)]
    pub claims: ClaimNames,
    /// Whether only people are let in of whom the service says that it has verified their e-mail address.
    #[serde(default)]
    pub requires_verified_email: bool,
    /// Whether a verified e-mail address is enough to find an account that was never tied to the service.
    #[serde(default)]
    pub ties_by_email: bool,
    /// Who asks for the second factor.
    #[serde(default)]
    pub second_factor: SecondFactor,
    /// A file with the certificates (PEM) of the authorities that are believed, in the place of the usual ones.
    pub ca_file: Option<PathBuf>,
    /// What stands in that file; whoever reads the settings reads it too.
    #[serde(skip)]
    pub authorities: Option<String>,
}

/// Who asks for the second factor of an account that has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecondFactor {
    /// The service has asked for whatever it asks for.
    #[default]
    Provider,
    /// The account's own is asked for here too.
    Here,
}

/// How the secret of this program is shown to the service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClientAuth {
    /// In the header `Authorization`.
    #[default]
    Basic,
    /// Among the fields of the request.
    Post,
}

/// Names of what a service says of a person. Proxies of SPID and CIE use addresses such as
/// `https://attributes.eid.gov.it/e_mail`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClaimNames {
    /// The service's lasting name for the person; `sub` unless another one is needed.
    pub subject: String,
    /// The e-mail address.
    pub email: String,
    /// Whether the service has verified that address. Without a name it is `email_verified` where the address is
    /// `email`, and never said of an address under another name: the service speaks of `email` only.
    pub email_verified: Option<String>,
    /// The whole name.
    pub name: String,
    /// First name, used with the family name where there is no whole name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
}

impl ClaimNames {
    /// The name under which the service says that it has verified the address.
    #[must_use]
    pub fn verified(&self) -> Option<&str> {
        self.email_verified.as_deref().or((self.email == "email").then_some("email_verified"))
    }
}

impl Default for ClaimNames {
    fn default() -> Self {
        Self {
            subject: "sub".to_owned(),
            email: "email".to_owned(),
            email_verified: None,
            name: "name".to_owned(),
            given_name: "given_name".to_owned(),
            family_name: "family_name".to_owned(),
        }
    }
}

fn usual_scopes() -> Vec<String> {
    vec!["profile".to_owned(), "email".to_owned()]
}

/// Text that is kept and sent but does not print itself.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hidden(String);

impl Hidden {
    /// Hides a text.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for where it has to be.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORTEST: &str = "id = 'a'\nname = { it = 'Ente' }\nissuer = 'https://a.example'\nclient_id = 'b'\n";

    fn read(more: &str) -> Result<ProviderSettings, toml::de::Error> {
        toml::from_str(&format!("{SHORTEST}{more}"))
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        let settings = read("").unwrap();
        assert_eq!(settings.client_auth, ClientAuth::Basic);
        assert_eq!(settings.scopes, ["profile", "email"]);
        assert_eq!((settings.claims.email.as_str(), settings.claims.verified()), ("email", Some("email_verified")));
        assert_eq!(settings.client_secret, None);
        assert_eq!((settings.second_factor, settings.ties_by_email), (SecondFactor::Provider, false));
    }

    #[test]
    fn claims_have_the_names_that_are_given_and_another_address_is_not_verified() {
        let settings = read("[claims]\nemail = 'https://attributes.eid.gov.it/e_mail'").unwrap();
        assert_eq!(settings.claims.email, "https://attributes.eid.gov.it/e_mail");
        assert_eq!(settings.claims.name, "name");
        assert_eq!(settings.claims.verified(), None);
    }

    #[test]
    fn what_is_unknown_is_refused() {
        for wrong in ["secret = 'x'", "client_auth = 'jwt'", "[claims]\nmail = 'x'"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_secret_does_not_print_itself() {
        let settings = read("client_secret = 'open sesame'\nclient_auth = 'post'").unwrap();
        assert_eq!(settings.client_secret.as_ref().map(Hidden::reveal), Some("open sesame"));
        assert!(!format!("{settings:?}").contains("sesame"));
    }
}

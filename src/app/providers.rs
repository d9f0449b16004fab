// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which ways in are there besides the password? Sign-in services of other bodies, and passkeys at this address.
//!
//! A service is asked to describe itself when somebody first wants to come in through it, never at the start: this one
//! starts and lets people in by password whether or not the other is up.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::{App, Refusal};
use crate::domain::text::Language;
use crate::identity::oidc::{OidcError, Provider, ProviderSettings};
use crate::identity::passkey::RelyingParty;

/// How long a description is believed.
const DESCRIBED_SECONDS: i64 = 60 * 60;
/// How long a service that did not answer is left in peace.
const FAILED_SECONDS: i64 = 10;

/// The ways in besides the password.
#[derive(Default)]
pub(super) struct Ways {
    providers: Vec<Known>,
    relying_party: Option<RelyingParty>,
}

/// A service and what is known of it.
struct Known {
    settings: ProviderSettings,
    back: String,
    answer: Mutex<Option<(Timestamp, Result<Provider, OidcError>)>>,
}

impl App {
    /// The same installation, reached by people at this address, with these sign-in services of other bodies.
    #[must_use]
    pub fn reached_at(self, base_url: &str, providers: Vec<ProviderSettings>) -> Self {
        let known = |settings: ProviderSettings| Known {
            back: format!("{base_url}/sign-in/{}/return", settings.id),
            settings,
            answer: Mutex::default(),
        };
        let relying_party = RelyingParty::new(base_url, "Insieme").ok();
        let ways = Ways { providers: providers.into_iter().map(known).collect(), relying_party };
        Self { ways: ways.into(), ..self }
    }

    /// Id and name of every sign-in service, in the order of the settings.
    #[must_use]
    pub fn provider_names(&self, language: Language) -> Vec<(String, String)> {
        let name = |known: &Known| (known.settings.id.clone(), known.settings.name.get(language).to_owned());
        self.ways.providers.iter().map(name).collect()
    }

    /// The name of the service with this issuer, if it is still in the settings.
    #[must_use]
    pub fn provider_named(&self, issuer: &str, language: Language) -> Option<String> {
        let known = self.ways.providers.iter().find(|known| known.settings.issuer == issuer);
        known.map(|known| known.settings.name.get(language).to_owned())
    }

    /// Whether passkeys can be used at this address.
    #[must_use]
    pub fn takes_passkeys(&self) -> bool {
        self.ways.relying_party.is_some()
    }

    pub(super) fn relying_party(&self) -> Result<&RelyingParty, Refusal> {
        self.ways.relying_party.as_ref().ok_or(Refusal::NotFound)
    }

    pub(super) fn is_provider(&self, issuer: &str) -> bool {
        self.ways.providers.iter().any(|known| known.settings.issuer == issuer)
    }

    pub(super) fn has_providers(&self) -> bool {
        !self.ways.providers.is_empty()
    }

    /// The settings of a service.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if there is none of this id.
    pub(super) fn provider_settings(&self, id: &str) -> Result<&ProviderSettings, Refusal> {
        self.known(id).map(|known| &known.settings)
    }

    /// A service that has described itself: asked for at most ten seconds, and remembered. Blocks.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or [`Refusal::Elsewhere`] if it does not answer.
    pub(super) fn provider(&self, id: &str) -> Result<Provider, Refusal> {
        let known = self.known(id)?;
        let now = self.clock.now();
        // Whoever comes meanwhile waits for the same answer instead of asking again.
        let mut answer = known.answer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, remembered)) = &*answer {
            let lasts = if remembered.is_ok() { DESCRIBED_SECONDS } else { FAILED_SECONDS };
            if now.as_second() - at.as_second() < lasts {
                return remembered.clone().map_err(Refusal::Elsewhere);
            }
        }
        let asked = Provider::discover(known.settings.clone(), &known.back);
        *answer = Some((now, asked.clone()));
        asked.map_err(Refusal::Elsewhere)
    }

    fn known(&self, id: &str) -> Result<&Known, Refusal> {
        self.ways.providers.iter().find(|known| known.settings.id == id).ok_or(Refusal::NotFound)
    }
}

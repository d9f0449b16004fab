// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who does another body's sign-in service say it is? OpenID Connect: authorization code with PKCE, seen by a client.
//!
//! 1. [`Provider::discover`] asks the service how it wants to be talked to;
//! 2. [`Provider::start`] gives the address a browser is sent to, and what has to be [`Kept`] meanwhile;
//! 3. [`Provider::finish`] takes what the browser comes back with, checks it against what was kept, and asks the service.
//!
//! Requests block for up to five seconds each. Tokens do not leave this module but for the identity token, which the
//! service may want to see again at the end of the session.

use std::time::{Duration, UNIX_EPOCH};

use jiff::Timestamp;
use openidconnect::core::{CoreAuthenticationFlow, CoreErrorResponseType, CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, IdTokenVerifier,
    IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    StandardErrorResponse, SubjectIdentifier, TokenResponse,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;

pub use error::{OidcError, TokenProblem};
pub use exchange::HttpError;
pub use settings::{ClaimNames, ClientAuth, Hidden, ProviderSettings, SecondFactor};

use claims::Claims;
use exchange::Exchange;
use shapes::{AllClaims, Client, Description, IdToken, IdTokenClaims, Tokens, UserInfo};

mod claims;
mod error;
mod exchange;
mod settings;
mod shapes;

/// Signatures that are believed: with a public key of the service. Never none, never a shared secret.
const SIGNATURES: [CoreJwsSigningAlgorithm; 10] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EcdsaP521Sha512,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// A sign-in service of another body that has described itself.
#[derive(Clone, Debug)]
pub struct Provider {
    settings: ProviderSettings,
    description: Description,
    client: Client,
    exchange: Exchange,
}

/// Where a browser is sent to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The address at the service.
    pub url: String,
    /// What is needed when the browser comes back: to be tied to that browser, and used once.
    pub kept: Kept,
}

/// What is kept on this side while somebody signs in elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The service that was asked.
    pub issuer: String,
    /// Comes back through the browser.
    pub state: Hidden,
    /// Comes back in the identity token.
    pub nonce: Hidden,
    /// Proves that whoever brings the code is who began.
    pub pkce_verifier: Hidden,
}

/// What a browser comes back with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Callback {
    /// The code to be exchanged.
    pub code: Option<Hidden>,
    /// The state that was sent.
    pub state: Option<Hidden>,
    /// Which service answers (RFC 9207).
    pub iss: Option<String>,
    /// Why nobody was let in.
    pub error: Option<String>,
}

/// Somebody of whom a service says who they are. Issuer and subject together are the key; the rest may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The service.
    pub issuer: String,
    /// Its name for the person, which never goes to anybody else.
    pub subject: String,
    /// The e-mail address, if the service tells it.
    pub email: Option<String>,
    /// Whether the service says that it has verified that address.
    pub email_verified: bool,
    /// The name, if the service tells it.
    pub name: Option<String>,
    /// The identity token, for [`Provider::end_session_url`] only.
    pub id_token: Hidden,
}

impl Kept {
    /// As text, to be kept.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What was kept as text.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Whether what a browser came back with answers this sign-in.
    #[must_use]
    pub fn is_answered_by(&self, callback: &Callback) -> bool {
        callback.state.as_ref().is_some_and(|state| same(state, &self.state))
    }
}

impl Provider {
    /// Asks a service to describe itself. Browsers come back to `redirect_uri`, which belongs to this service alone.
    ///
    /// # Errors
    /// If an address is not encrypted, the service does not answer, or it is another one.
    pub fn discover(settings: ProviderSettings, redirect_uri: &str) -> Result<Self, OidcError> {
        let exchange = Exchange::with(&settings.issuer, settings.authorities.as_deref())?;
        let what = "its description";
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|_| OidcError::Answer { what })?;
        let description = Description::discover(&issuer, &|request: HttpRequest| exchange.send(request))
            .map_err(|error| OidcError::of_discovery(&error, what))?;
        check_addresses(&description, &exchange)?;
        let redirect = RedirectUrl::new(redirect_uri.to_owned());
        let redirect = redirect.map_err(|_| OidcError::Address { what: "the address to come back to" })?;
        let secret = settings.client_secret.as_ref().map(|secret| ClientSecret::new(secret.reveal().to_owned()));
        let client_id = ClientId::new(settings.client_id.clone());
        let client = Client::from_provider_metadata(description.clone(), client_id, secret)
            .set_redirect_uri(redirect)
            .set_auth_type(match settings.client_auth {
                ClientAuth::Basic => AuthType::BasicAuth,
                ClientAuth::Post => AuthType::RequestBody,
            });
        Ok(Self { settings, description, client, exchange })
    }

    /// The settings of the service.
    #[must_use]
    pub const fn settings(&self) -> &ProviderSettings {
        &self.settings
    }

    /// Begins a sign-in.
    #[must_use]
    pub fn start(&self) -> Start {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let request = self.client.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        );
        let scopes = self.settings.scopes.iter().filter(|scope| *scope != "openid").cloned().map(Scope::new);
        let (url, state, nonce) = request.add_scopes(scopes).set_pkce_challenge(challenge).url();
        let kept = Kept {
            issuer: self.settings.issuer.clone(),
            state: Hidden::new(state.into_secret()),
            nonce: Hidden::new(nonce.secret().clone()),
            pkce_verifier: Hidden::new(verifier.into_secret()),
        };
        Start { url: url.into(), kept }
    }

    /// Ends a sign-in: who the person is, from identity token and user information.
    ///
    /// # Errors
    /// If what came back is not the answer to what was kept, the service refuses, or its token proves nothing.
    pub fn finish(&self, callback: &Callback, kept: &Kept, at: Timestamp) -> Result<Identity, OidcError> {
        let code = self.code(callback, kept)?;
        let tokens = self.exchange_code(code, kept)?;
        let token = tokens.id_token().ok_or(TokenProblem::Missing)?;
        let said = self.verified(token, &tokens, kept, at)?;
        let more = self.user_info(&tokens, said.subject())?;
        let claims = Claims::new(&self.settings.claims, said, more.as_ref());
        let (email, email_verified) = claims.email();
        Ok(Identity {
            issuer: self.settings.issuer.clone(),
            subject: claims.subject().ok_or(TokenProblem::Subject)?,
            email,
            email_verified,
            name: claims.name(),
            id_token: Hidden::new(token.to_string()),
        })
    }

    /// Where a browser is sent to end its session at the service too, if the service offers it; from there it comes back
    /// to `post_logout`, if that address is registered.
    #[must_use]
    pub fn end_session_url(&self, id_token: Option<&Hidden>, post_logout: Option<&str>) -> Option<String> {
        let mut url = Url::parse(self.description.additional_metadata().end_session_endpoint.as_deref()?).ok()?;
        let mut query = url.query_pairs_mut();
        query.append_pair("client_id", &self.settings.client_id);
        if let Some(id_token) = id_token {
            query.append_pair("id_token_hint", id_token.reveal());
        }
        if let Some(post_logout) = post_logout {
            query.append_pair("post_logout_redirect_uri", post_logout);
        }
        drop(query);
        Some(url.into())
    }

    /// The code, once it is certain that it comes from this service and answers what was kept. The state goes first: an
    /// answer to another sign-in says nothing about this one, not even that it failed.
    fn code(&self, callback: &Callback, kept: &Kept) -> Result<AuthorizationCode, OidcError> {
        if !kept.is_answered_by(callback) || kept.issuer != self.settings.issuer {
            return Err(OidcError::State);
        }
        let is_promised = self.description.additional_metadata().authorization_response_iss_parameter_supported;
        let is_sender = callback.iss.as_ref().map_or(!is_promised, |iss| *iss == self.settings.issuer);
        if !is_sender {
            return Err(OidcError::Sender);
        }
        if let Some(code) = &callback.error {
            return Err(OidcError::Denied { code: error::letters(code) });
        }
        let code = callback.code.as_ref().ok_or_else(|| OidcError::Denied { code: "no_code".to_owned() })?;
        Ok(AuthorizationCode::new(code.reveal().to_owned()))
    }

    fn exchange_code(&self, code: AuthorizationCode, kept: &Kept) -> Result<Tokens, OidcError> {
        let request = self.client.exchange_code(code).map_err(|_| OidcError::Answer { what: "its description" })?;
        let verifier = PkceCodeVerifier::new(kept.pkce_verifier.reveal().to_owned());
        let code_of = |answer: &StandardErrorResponse<CoreErrorResponseType>| answer.error().to_string();
        request
            .set_pkce_verifier(verifier)
            .request(&|request: HttpRequest| self.exchange.send(request))
            .map_err(|error| OidcError::of_exchange(error, code_of))
    }

    /// What the identity token says, if it is signed by this service, for this program, for this sign-in, and not expired.
    /// The keys are those that came with the description; a signature that they do not explain makes them asked for anew,
    /// since services change them.
    fn verified<'a>(
        &self,
        token: &'a IdToken,
        tokens: &Tokens,
        kept: &Kept,
        at: Timestamp,
    ) -> Result<&'a IdTokenClaims, OidcError> {
        let known = self.verified_with(self.description.jwks().clone(), (token, tokens), kept, at);
        if known.as_ref().err() != Some(&OidcError::Token(TokenProblem::Signature)) {
            return known;
        }
        let fresh =
            CoreJsonWebKeySet::fetch(self.description.jwks_uri(), &|request: HttpRequest| self.exchange.send(request))
                .map_err(|error| OidcError::of_discovery(&error, "its keys"))?;
        self.verified_with(fresh, (token, tokens), kept, at)
    }

    fn verified_with<'a>(
        &self,
        keys: CoreJsonWebKeySet,
        (token, tokens): (&'a IdToken, &Tokens),
        kept: &Kept,
        at: Timestamp,
    ) -> Result<&'a IdTokenClaims, OidcError> {
        let client_id = ClientId::new(self.settings.client_id.clone());
        let since_epoch = Duration::from_secs(u64::try_from(at.as_second()).unwrap_or(0));
        let verifier = IdTokenVerifier::new_public_client(client_id, self.description.issuer().clone(), keys)
            .set_allowed_algs(SIGNATURES)
            .set_time_fn(move || (UNIX_EPOCH + since_epoch).into());
        let nonce = Nonce::new(kept.nonce.reveal().to_owned());
        let said = token.claims(&verifier, &nonce).map_err(TokenProblem::from)?;
        if let Some(expected) = said.access_token_hash() {
            let key = token.signing_key(&verifier).map_err(|_| TokenProblem::Signature)?;
            let algorithm = token.signing_alg().map_err(|_| TokenProblem::Signature)?;
            let hash = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
            if hash.map_err(|_| TokenProblem::AccessToken)? != *expected {
                return Err(TokenProblem::AccessToken.into());
            }
        }
        Ok(said)
    }

    /// What the service says of the person beside the token, if it says anything; of the same person only.
    fn user_info(&self, tokens: &Tokens, subject: &SubjectIdentifier) -> Result<Option<UserInfo>, OidcError> {
        let access = tokens.access_token().clone();
        let Ok(request) = self.client.user_info(access, Some(subject.clone())) else { return Ok(None) };
        let answer = request.request::<AllClaims, _, _>(&|request: HttpRequest| self.exchange.send(request));
        answer.map(Some).map_err(|error| OidcError::of_user_info(&error))
    }
}

/// Whether every address that the service gives is as encrypted as its own.
fn check_addresses(description: &Description, exchange: &Exchange) -> Result<(), OidcError> {
    let end_session = description.additional_metadata().end_session_endpoint.as_deref().map(Url::parse);
    let what = "the address to end a session at";
    let end_session = end_session.transpose().map_err(|_| OidcError::Address { what })?;
    exchange.accepts(description.authorization_endpoint().url(), "the address to sign in at")?;
    exchange.accepts(description.jwks_uri().url(), "the address of the keys")?;
    description.token_endpoint().map_or(Ok(()), |token| exchange.accepts(token.url(), "the address of the tokens"))?;
    description.userinfo_endpoint().map_or(Ok(()), |info| exchange.accepts(info.url(), "the address of the people"))?;
    end_session.map_or(Ok(()), |url| exchange.accepts(&url, what))
}

/// Compares hashes, so that the time it takes says nothing about how much was right.
fn same(one: &Hidden, other: &Hidden) -> bool {
    Sha256::digest(one.reveal()) == Sha256::digest(other.reveal())
}

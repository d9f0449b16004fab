// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How are requests made to another body's service? Few bytes, few seconds, encrypted, and without going elsewhere.

use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse};
use ureq::Agent;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig};
use url::{Host, Url};

use super::OidcError;

/// Longest time for one request and its answer.
const TIMEOUT_SECONDS: u64 = 5;
/// Longest answer in bytes. Descriptions and keys are some thousands.
const LONGEST_ANSWER: u64 = 256 * 1024;

/// Why a request got no answer. Says nothing of what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// Nobody answers at that address.
    #[error("it cannot be reached")]
    Connection,
    /// The answer took too long.
    #[error("it took longer than {TIMEOUT_SECONDS} seconds")]
    TimeOut,
    /// The answer is longer than anything expected.
    #[error("its answer is too long")]
    TooLong,
    /// No encrypted connection to who it should be.
    #[error("the connection is not encrypted, or not with the service that was asked")]
    Encryption,
}

/// Makes requests for one service.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    agent: Agent,
    is_local: bool,
}

impl Exchange {
    /// Requests to a service of this address: encrypted, unless it is on this machine. `authorities` are the certificates
    /// (PEM) of whom to believe, in the place of the usual ones.
    ///
    /// # Errors
    /// If the address is none, or is not encrypted; if the certificates cannot be read.
    pub(super) fn with(issuer: &str, authorities: Option<&str>) -> Result<Self, OidcError> {
        let what = "the issuer in the settings";
        let url = Url::parse(issuer).map_err(|_| OidcError::Address { what })?;
        let is_local = url.scheme() == "http" && is_loopback(&url);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .https_only(!is_local)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(TIMEOUT_SECONDS)))
            .user_agent("insieme");
        let config = if is_local { config.proxy(None) } else { config };
        let config = match authorities {
            Some(pem) => config.tls_config(TlsConfig::builder().root_certs(certificates(pem)?).build()),
            None => config,
        };
        let exchange = Self { agent: Agent::new_with_config(config.build()), is_local };
        exchange.accepts(&url, what)?;
        Ok(exchange)
    }

    /// Whether browsers may be sent, or requests made, to this address of the service.
    ///
    /// # Errors
    /// If it is not encrypted.
    pub(super) fn accepts(&self, url: &Url, what: &'static str) -> Result<(), OidcError> {
        let is_right = url.scheme() == "https" || (self.is_local && url.scheme() == "http" && is_loopback(url));
        if is_right { Ok(()) } else { Err(OidcError::Address { what }) }
    }

    /// Sends a request and waits for the whole answer.
    ///
    /// # Errors
    /// If there is none, or it is too long.
    pub(super) fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (head, body) = request.into_parts();
        let answer = if body.is_empty() {
            self.agent.run(ureq::http::Request::from_parts(head, ()))
        } else {
            self.agent.run(ureq::http::Request::from_parts(head, body))
        };
        let (head, mut body) = answer.map_err(|error| HttpError::from(&error))?.into_parts();
        let body = body.with_config().limit(LONGEST_ANSWER).read_to_vec().map_err(|error| HttpError::from(&error))?;
        Ok(ureq::http::Response::from_parts(head, body))
    }
}

impl From<&ureq::Error> for HttpError {
    fn from(error: &ureq::Error) -> Self {
        match error {
            ureq::Error::Timeout(_) => Self::TimeOut,
            ureq::Error::BodyExceedsLimit(_) => Self::TooLong,
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::RequireHttpsOnly(_) => Self::Encryption,
            _ => Self::Connection,
        }
    }
}

fn certificates(pem: &str) -> Result<RootCerts, OidcError> {
    let read: Result<Vec<PemItem<'static>>, _> = ureq::tls::parse_pem(pem.as_bytes()).collect();
    let certificate = |item| if let PemItem::Certificate(one) = item { Some(one) } else { None };
    let found: Vec<Certificate<'static>> =
        read.map_err(|_| OidcError::Authorities)?.into_iter().filter_map(certificate).collect();
    if found.is_empty() { Err(OidcError::Authorities) } else { Ok(RootCerts::new_with_certs(&found)) }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_services_of_this_machine_may_do_without_encryption() {
        for right in
            ["https://a.example", "http://127.0.0.1:9", "http://localhost/a", "http://[::1]:9", "https://127.0.0.1"]
        {
            assert!(Exchange::with(right, None).is_ok(), "{right}");
        }
        for wrong in
            ["", "a.example", "http://a.example", "http://127.0.0.1.a.example", "ftp://127.0.0.1", "http://localhost.a"]
        {
            assert!(matches!(Exchange::with(wrong, None), Err(OidcError::Address { .. })), "{wrong}");
        }
    }

    #[test]
    fn certificates_that_are_none_are_refused() {
        for wrong in ["", "no certificate", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
            assert_eq!(Exchange::with("https://a.example", Some(wrong)).err(), Some(OidcError::Authorities), "{wrong}");
        }
    }

    #[test]
    fn an_encrypted_service_sends_nobody_to_an_open_address() {
        let exchange = Exchange::with("https://a.example", None).unwrap();
        for wrong in ["http://a.example/sign-in", "http://127.0.0.1/", "javascript:alert(1)", "data:text/html,a"] {
            assert!(exchange.accepts(&Url::parse(wrong).unwrap(), "x").is_err(), "{wrong}");
        }
        let local = Exchange::with("http://127.0.0.1:9", None).unwrap();
        assert!(local.accepts(&Url::parse("http://127.0.0.1:9/sign-in").unwrap(), "x").is_ok());
        assert!(local.accepts(&Url::parse("http://a.example/").unwrap(), "x").is_err());
    }
}

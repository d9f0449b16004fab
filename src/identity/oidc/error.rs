// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Why did signing in with another body's service not work? In sentences that hold no secret.

use openidconnect::{ClaimsVerificationError, DiscoveryError, RequestTokenError, UserInfoError};

use super::exchange::HttpError;

/// Why signing in with another body's service did not work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OidcError {
    /// An address in the settings or in the description that is none, or that is not encrypted.
    #[error("{what} is not an https address; http is for services on this machine only")]
    Address {
        /// Which address.
        what: &'static str,
    },
    /// The certificates of authorities that were given cannot be read.
    #[error("the file of certificates in the settings holds none that can be read")]
    Authorities,
    /// The service could not be asked.
    #[error("the sign-in service could not be asked for {what}: {why}")]
    Unreachable {
        /// For what.
        what: &'static str,
        /// Why not.
        why: HttpError,
    },
    /// The service answered something that cannot be used.
    #[error("the sign-in service gave no usable answer when asked for {what}")]
    Answer {
        /// For what it was asked.
        what: &'static str,
    },
    /// The description is that of another service.
    #[error("the sign-in service describes itself with another name than the one in the settings")]
    OtherIssuer,
    /// The browser came back with something else than it was sent away with.
    #[error("this sign-in was not begun here, or was begun again in the meantime: begin again")]
    State,
    /// The browser came back from another service, or does not say from which.
    #[error("the answer does not come from the sign-in service that was asked")]
    Sender,
    /// The service let nobody in.
    #[error("the sign-in service let nobody in: {code}")]
    Denied {
        /// Its error code, letters only.
        code: String,
    },
    /// The service does not exchange the code: it was used, has expired, or was not issued to this sign-in.
    #[error("the sign-in service did not accept the code: {code}")]
    Code {
        /// Its error code, letters only.
        code: String,
    },
    /// The identity token does not prove anything.
    #[error("the identity token is not valid: {0}")]
    Token(TokenProblem),
}

/// What is wrong with an identity token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenProblem {
    /// There is none.
    #[error("it is missing")]
    Missing,
    /// It was issued for another sign-in.
    #[error("it belongs to another sign-in")]
    Nonce,
    /// It is too old.
    #[error("it has expired")]
    Expired,
    /// It is meant for somebody else.
    #[error("it is meant for another program")]
    Audience,
    /// It comes from somebody else.
    #[error("it comes from another service")]
    Issuer,
    /// The signature is missing, wrong, or by an unknown key.
    #[error("its signature cannot be verified")]
    Signature,
    /// It does not say who it is about, under the name that was set.
    #[error("it does not say who it is about")]
    Subject,
    /// The access token that came with it is another.
    #[error("it does not belong to the access token")]
    AccessToken,
    /// Anything else.
    #[error("it is not written as it should be")]
    Form,
}

impl OidcError {
    pub(super) fn of_discovery(error: &DiscoveryError<HttpError>, what: &'static str) -> Self {
        match error {
            DiscoveryError::Validation(_) => Self::OtherIssuer,
            DiscoveryError::Request(why) => Self::Unreachable { what, why: *why },
            _ => Self::Answer { what },
        }
    }

    pub(super) fn of_user_info(error: &UserInfoError<HttpError>) -> Self {
        match error {
            UserInfoError::Request(why) => Self::Unreachable { what: "the person", why: *why },
            _ => Self::Answer { what: "the person" },
        }
    }

    pub(super) fn of_exchange<T: openidconnect::ErrorResponse>(
        error: RequestTokenError<HttpError, T>,
        code_of: impl FnOnce(&T) -> String,
    ) -> Self {
        match error {
            RequestTokenError::ServerResponse(answer) => Self::Code { code: letters(&code_of(&answer)) },
            RequestTokenError::Request(why) => Self::Unreachable { what: "a token", why },
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Self::Answer { what: "a token" },
        }
    }
}

impl From<ClaimsVerificationError> for TokenProblem {
    fn from(error: ClaimsVerificationError) -> Self {
        match error {
            ClaimsVerificationError::Expired(_) => Self::Expired,
            ClaimsVerificationError::InvalidAudience(_) => Self::Audience,
            ClaimsVerificationError::InvalidIssuer(_) => Self::Issuer,
            ClaimsVerificationError::InvalidNonce(_) => Self::Nonce,
            ClaimsVerificationError::SignatureVerification(_) => Self::Signature,
            _ => Self::Form,
        }
    }
}

impl From<TokenProblem> for OidcError {
    fn from(problem: TokenProblem) -> Self {
        Self::Token(problem)
    }
}

/// An error code as the standards write them; whatever else a service or a stranger wrote is not repeated.
pub(super) fn letters(code: &str) -> String {
    code.chars().filter(|c| c.is_ascii_lowercase() || *c == '_').take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_writes_is_not_repeated() {
        assert_eq!(letters("access_denied"), "access_denied");
        assert_eq!(letters("<b>call 06 123</b>\n"), "bcallb");
        assert_eq!(letters(&"a".repeat(500)).len(), 40);
    }
}

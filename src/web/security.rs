// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does every response promise the browser, and which requests are refused before they reach a page?

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError};

use super::failure::Failed;
use super::site::Visit;

const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("strict-transport-security", "max-age=63072000"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
];

/// What is different where a page may stand inside another site: a glance at public results, without forms or scripts.
const EMBEDDED: [(&str, &str); 2] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; \
         frame-ancestors *",
    ),
    ("cross-origin-resource-policy", "cross-origin"),
];

/// Whether a page may stand inside another site.
fn is_embeddable(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').skip(2).collect();
    matches!(parts.as_slice(), ["waves", _, "embed"])
}

/// Refuses state-changing requests from other sites; puts the security headers on every response.
///
/// # Errors
/// Whatever the page itself fails with.
pub async fn guard<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let forged = !is_safe(request.method()) && !is_same_origin(request.headers());
    let mut response = match forged.then(|| Visit::new(request.request()).map(|visit| Failed::forged(&visit))).flatten()
    {
        Some(refused) => request.into_response(refused.error_response()).map_into_right_body(),
        None => next.call(request).await?.map_into_left_body(),
    };
    let is_embedded = is_embeddable(response.request().path());
    let headers = response.headers_mut();
    for (name, value) in HEADERS.iter().chain(EMBEDDED.iter().filter(|_| is_embedded)) {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// The browser says that the form came from this site. A missing or `null` origin alone is not a pass.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), _, _) => site == "same-origin",
        (None, Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        (None, _, _) => false,
    }
}

/// Methods that change nothing.
fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn only_the_glance_may_stand_inside_another_site() {
        assert!(is_embeddable("/it/waves/01a2/embed"));
        for other in ["/it/waves/01a2", "/it/staff/waves/embed", "/it/embed", "/it/waves/01a2/embed/", "/waves/1/embed"]
        {
            assert!(!is_embeddable(other), "{other}");
        }
    }

    #[test]
    fn only_what_the_browser_vouches_for_comes_from_this_site() {
        assert!(is_same_origin(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!is_same_origin(&headers(&[("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")])));
        assert!(is_same_origin(&headers(&[("origin", "http://a:1"), ("host", "a:1")])));
        assert!(!is_same_origin(&headers(&[("origin", "http://b"), ("host", "a")])));
        assert!(!is_same_origin(&headers(&[("origin", "null"), ("host", "a")])));
        assert!(!is_same_origin(&headers(&[("host", "a")])));
    }
}

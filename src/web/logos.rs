// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The logos of bodies, by their tax codes.

use std::collections::BTreeMap;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};

use super::failure;
use super::site::Site;
use crate::domain::body::TaxCode;
use crate::domain::programme::Organisation;

/// Logos, each with its type, by the tax code of its body.
#[derive(Clone, Debug, Default)]
pub struct Logos(BTreeMap<String, (&'static str, Vec<u8>)>);

/// What kind of drawing a logo is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoKind {
    /// Lines.
    Svg,
    /// Dots.
    Png,
}

impl Logos {
    /// Adds the logo of a body.
    pub fn add(&mut self, code: &TaxCode, kind: LogoKind, bytes: Vec<u8>) {
        let kind = match kind {
            LogoKind::Svg => "image/svg+xml",
            LogoKind::Png => "image/png",
        };
        self.0.insert(code.as_str().to_owned(), (kind, bytes));
    }

    /// Where the logo of a body is, if it has one.
    pub(super) fn address(&self, body: &Organisation) -> Option<String> {
        let code = body.details.tax_code.as_ref()?;
        self.0.contains_key(code).then(|| format!("/logos/{code}"))
    }
}

/// One logo.
pub async fn file(request: HttpRequest, site: web::Data<Site>, code: web::Path<String>) -> HttpResponse {
    match site.options.logos.0.get(code.as_str()) {
        Some((kind, bytes)) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, *kind))
            .insert_header((CACHE_CONTROL, "public, max-age=3600"))
            .body(bytes.clone()),
        None => failure::not_found(request).await,
    }
}

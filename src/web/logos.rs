// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The logo of a body: which file of the folder in the settings is it?

use std::path::{Path, PathBuf};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use uuid::Uuid;

use super::failure;
use super::site::Site;
use crate::domain::body::TaxCode;
use crate::domain::programme::Organisation;
use crate::store;

/// A logo is a drawing, not a photograph.
const MOST_BYTES: u64 = 200 * 1024;
/// Kinds of files taken, with their types, the better first.
const KINDS: [(&str, &str); 2] = [("svg", "image/svg+xml"), ("png", "image/png")];

/// The logo of a body with its type, if the folder has one: a file named by its tax code.
pub fn of(folder: Option<&Path>, body: &Organisation) -> Option<(PathBuf, &'static str)> {
    // Read again, so that nothing but digits makes a path.
    let code = TaxCode::parse(body.details.tax_code.as_deref()?).ok()?;
    KINDS.into_iter().find_map(|(ending, kind)| {
        let path = folder?.join(format!("{}.{ending}", code.as_str()));
        let found = path.metadata().is_ok_and(|file| file.is_file() && file.len() <= MOST_BYTES);
        found.then_some((path, kind))
    })
}

/// One logo.
pub async fn file(request: HttpRequest, site: web::Data<Site>, path: web::Path<Uuid>) -> HttpResponse {
    let id = path.into_inner();
    let folder = site.options.logos.clone();
    let read = site.app.store.read(move |db| {
        let body = store::organisations::find(db, id)?;
        let found = body.and_then(|body| of(folder.as_deref(), &body));
        Ok::<_, store::StoreError>(found.and_then(|(path, kind)| Some((std::fs::read(path).ok()?, kind))))
    });
    match read.await {
        Ok(Some((bytes, kind))) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, kind))
            .insert_header((CACHE_CONTROL, "public, max-age=3600"))
            .body(bytes),
        _ => failure::not_found(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::programme::{BodyDetails, Origin};

    #[test]
    fn a_logo_is_the_file_named_by_the_tax_code_and_is_no_photograph() {
        let folder = tempfile::tempdir().unwrap();
        let details = BodyDetails { tax_code: Some("01199250158".to_owned()), ..BodyDetails::default() };
        let (name, contact) = ("Comune".to_owned(), String::new());
        let body = Organisation { id: Uuid::nil(), name, contact, data: Origin::Real, details, revision: 1 };
        assert_eq!(of(Some(folder.path()), &body), None);
        let png = folder.path().join("01199250158.png");
        std::fs::write(&png, vec![0; 300 * 1024]).unwrap();
        assert_eq!(of(Some(folder.path()), &body), None);
        std::fs::write(&png, [0]).unwrap();
        assert_eq!(of(Some(folder.path()), &body), Some((png, "image/png")));
        assert_eq!(of(None, &body), None);
    }
}

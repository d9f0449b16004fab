// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Style sheet, fonts, icons and scripts: embedded, and addressed by the hash of their content so that browsers keep them.

use std::fmt::Write;
use std::sync::LazyLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::failure;

#[derive(RustEmbed)]
#[folder = "templates/assets/"]
#[include = "*.css"]
#[include = "*.js"]
#[include = "*.svg"]
#[include = "*.woff2"]
struct Files;

static FOLDER: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for path in Files::iter() {
        hash.update(path.as_bytes());
        hash.update(Files::get(&path).map(|file| file.data.into_owned()).unwrap_or_default());
    }
    let mut folder = "/assets/".to_owned();
    for byte in hash.finalize().iter().take(6) {
        let _infallible = write!(folder, "{byte:02x}");
    }
    folder
});

/// The folder of this version's files.
pub fn folder() -> &'static String {
    &FOLDER
}

/// One file.
pub async fn file(request: HttpRequest, path: web::Path<(String, String)>) -> HttpResponse {
    let (_, name) = path.into_inner();
    let Some(file) = Files::get(&name) else { return failure::not_found(request).await };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, content_type(&name)))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(file.data.into_owned())
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

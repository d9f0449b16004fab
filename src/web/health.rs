// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Is the service alive, and can it work?

use actix_web::{HttpResponse, web};

use super::Site;

/// 200 while the process runs.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("alive\n")
}

/// 200 while the database answers and its schema is current, else 503.
pub async fn ready(site: web::Data<Site>) -> HttpResponse {
    match site.app.ready().await {
        Ok(true) => HttpResponse::Ok().content_type("text/plain").body("ready\n"),
        Ok(false) => HttpResponse::ServiceUnavailable().content_type("text/plain").body("the schema is not current\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            HttpResponse::ServiceUnavailable().content_type("text/plain").body("the database does not answer\n")
        }
    }
}

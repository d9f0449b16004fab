// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The first page.

use actix_web::http::header::{LOCATION, VARY};
use actix_web::{HttpRequest, HttpResponse};

use super::programmes::programme_card;
use crate::app::projects;
use crate::view::home::HomePage;
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::site::{Visit, preferred};

/// To the first page in the browser's language.
pub async fn by_language(request: HttpRequest) -> HttpResponse {
    let home = format!("/{}", preferred(&request).code());
    HttpResponse::Found().insert_header((LOCATION, home)).insert_header((VARY, "accept-language")).finish()
}

/// What this is, a place to type a code, and what has been evaluated.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failed> {
    let audience = visit.audience().await;
    let trees = visit.read(move |_, db| projects::programmes(db, &audience)).await?;
    let programmes = trees.iter().map(|tree| programme_card(&visit, tree)).collect();
    let page = HomePage { access: visit.path("/access"), frameworks: visit.path("/frameworks"), programmes };
    let words = words(visit.language);
    let mut frame = visit.frame(format!("{} – Insieme", words.say("home-title")));
    frame.description = words.say("home-lead");
    visit.show(&frame, &page)
}

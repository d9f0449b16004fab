// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! One file of handlers per noun; each handler translates a request into one call and its result into a page.

pub mod changes;
pub mod comparisons;
pub mod decisions;
pub mod files;
pub mod frameworks;
pub mod home;
pub mod indicators;
pub mod information;
pub mod landing;
pub mod open_data;
pub mod participation;
pub mod programmes;
pub mod projects;
pub mod questionnaire;
pub mod receipts;
pub mod reports;
pub mod space;
pub mod staff;
mod tongues;
pub mod waves;
pub mod weights;
pub mod written;

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;

/// Go and see another page.
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, path)).finish()
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Standing information.

use actix_web::{HttpResponse, web};

use crate::app::Refusal;
use crate::view::information::InformationPage;
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// The page about a topic.
pub async fn page(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failed> {
    let (_, topic) = path.into_inner();
    let page = InformationPage::new(&topic, visit.language).ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    visit.show(&visit.frame(format!("{} – Insieme", page.title)), &page)
}

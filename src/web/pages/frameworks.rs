// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The catalogue of indicators.

use actix_web::{HttpResponse, web};

use crate::app::frameworks;
use crate::view::Crumb;
use crate::view::frameworks::{FrameworkPage, FrameworksPage, VersionCard};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// Every framework version.
pub async fn index(visit: Visit) -> Result<HttpResponse, Failed> {
    let shipped = frameworks::shipped().unwrap_or_default();
    let versions = shipped.iter().map(|version| VersionCard::new(&version.framework, visit.language)).collect();
    let title = words(visit.language).say("frameworks-title");
    visit.show(&visit.frame(format!("{title} – Insieme")), &FrameworksPage { versions })
}

/// One framework version, whole.
pub async fn version(visit: Visit, path: web::Path<(String, String, String)>) -> Result<HttpResponse, Failed> {
    let (_, id, version) = path.into_inner();
    let found = frameworks::find_shipped(&id, &version).map_err(|refusal| visit.refuse(refusal))?;
    let page = FrameworkPage::new(&found.framework, &found.sha256, visit.language);
    let index = Crumb { text: words(visit.language).say("frameworks-title"), href: Some(visit.path("/frameworks")) };
    let here = Crumb { text: format!("{} {}", page.card.title.text, page.card.version), href: None };
    let title = here.text.clone();
    visit.show(&visit.frame_with_crumbs(title, vec![index, here]), &page)
}

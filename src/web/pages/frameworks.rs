// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The catalogue of indicators.

use actix_web::http::header::{CONTENT_DISPOSITION, ContentType};
use actix_web::{HttpResponse, web};

use crate::app::staff::Staff;
use crate::app::{App, Refusal, frameworks};
use crate::domain::language_tag::LanguageTag;
use crate::domain::programme::Organisation;
use crate::domain::text::Language;
use crate::domain::translation::{Whose, translatables};
use crate::export::translation::csv;
use crate::view::Crumb;
use crate::view::forms::FormLink;
use crate::view::frameworks::{FrameworkPage, FrameworksPage, VersionCard};
use crate::view::sentences;
use crate::view::translations::{TranslationRow, WordingView};
use crate::view::words::words;
use crate::web::failure::Failed;
use crate::web::pages::staff::translations;
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
    let audience = visit.audience().await;
    let found = visit.read(move |app, db| app.framework_seen(db, (&id, &version), &audience)).await?;
    let mut page = FrameworkPage::new(&found.framework, &found.sha256, visit.language);
    let version = found.clone();
    let translations = visit.read(move |_, db| App::translations(db, &version, Whose::Installation)).await?;
    let texts = translatables(&found.framework);
    page.translations = translations.iter().map(|(_, one)| TranslationRow::new(one, &texts)).collect();
    if let Ok(staff) = visit.signed_in().await {
        let italian = translations.iter().filter(|(_, one)| one.language.main() == Language::It.code());
        let whole = italian.fold(found.framework.as_ref().clone(), |so_far, (_, one)| one.laid_over(&so_far));
        let own = own_places(&visit, staff, found.sha256.clone()).await?;
        page.wording = Some(WordingView { own, ..WordingView::new(&whole, visit.language) });
    }
    let index = Crumb { text: words(visit.language).say("frameworks-title"), href: Some(visit.path("/frameworks")) };
    let here = Crumb { text: format!("{} {}", page.card.title.text, page.card.version), href: None };
    let title = here.text.clone();
    visit.show(&visit.frame_with_crumbs(title, vec![index, here]), &page)
}

/// Where staff hand in sheets of a version: one place for each of their bodies.
async fn own_places(visit: &Visit, staff: Staff, sha256: String) -> Result<Vec<FormLink>, Failed> {
    let at = sha256.clone();
    let bodies = visit.read(move |app, db| app.bodies_translating(db, &staff, &at)).await?;
    let place = |body: &Organisation| FormLink {
        text: words(visit.language).say_with("translations-place", [("body", body.name.as_str().into())]),
        href: visit.path(&translations::place(body.id, &sha256)),
    };
    Ok(bodies.iter().map(place).collect())
}

/// The translation sheet of a version in a language, as the installation has it, for staff.
pub async fn sheet(visit: Visit, path: web::Path<(String, String, String)>) -> Result<HttpResponse, Failed> {
    visit.staff().await?;
    let audience = visit.audience().await;
    let (_, id, version) = path.into_inner();
    let language = visit.asked("language").and_then(|tag| LanguageTag::parse(&tag).ok());
    let beyond = language.filter(|tag| Language::from_code(tag.code()).is_none());
    let language = beyond.ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let name = format!("attachment; filename=\"{id}-{version}-{language}.csv\"");
    let read = visit.read(move |app, db| {
        let version = app.framework_seen(db, (&id, &version), &audience)?;
        Ok((App::translation(db, &version, Whose::Installation, &language)?, version))
    });
    let (translation, version) = read.await?;
    let mut texts = translatables(&version.framework);
    texts.extend(sentences::translatables());
    Ok(HttpResponse::Ok()
        .content_type(ContentType("text/csv; charset=utf-8".parse().unwrap_or(actix_web::mime::TEXT_CSV)))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(csv(&texts, &translation)))
}

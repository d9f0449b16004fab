// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Open data: the catalogue of what has been published, and its files at addresses that stay.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::files::send_file;
use crate::app::projects::{Audience, ProjectFile};
use crate::app::{App, Refusal};
use crate::domain::programme::Organisation;
use crate::domain::text::Language;
use crate::domain::wave::Wave;
use crate::export::open_data::{Agent, Catalogue, Dataset, VERSION, write_json, write_turtle};
use crate::view::files::published;
use crate::view::words::words;
use crate::web::download::{Named, send};
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// The catalogue as Turtle.
pub async fn turtle(visit: Visit) -> Result<HttpResponse, Failed> {
    let catalogue = catalogue(&visit).await?;
    let named = Named { name: "catalog.ttl".to_owned(), media_type: "text/turtle; charset=utf-8" };
    send(&visit, named, move |out| write_turtle(&catalogue, out)).await
}

/// The catalogue as JSON-LD.
pub async fn json(visit: Visit) -> Result<HttpResponse, Failed> {
    let catalogue = catalogue(&visit).await?;
    let named = Named { name: "catalog.jsonld".to_owned(), media_type: "application/ld+json" };
    send(&visit, named, move |out| write_json(&catalogue, out)).await
}

/// One file of a published wave, in the view of everybody, whoever asks.
pub async fn file(visit: Visit, path: web::Path<(Uuid, String, String)>) -> Result<HttpResponse, Failed> {
    let (id, version, name) = path.into_inner();
    if version != VERSION {
        return Err(visit.refuse(Refusal::NotFound));
    }
    let known = visit.read(move |app, db| app.wave_files(db, id, &Audience::Public)).await?;
    send_file(&visit, known, &name, Language::It).await
}

async fn catalogue(visit: &Visit) -> Result<Catalogue, Failed> {
    let waves = visit.read(App::published).await?;
    let words = words(Language::It);
    let datasets: Vec<Dataset> = waves.iter().map(|(file, wave)| dataset(file, wave)).collect();
    let newest = datasets.iter().map(|dataset| dataset.modified).max();
    let modified = newest.ok_or_else(|| visit.refuse(Refusal::NothingPublished))?;
    Ok(Catalogue {
        base: visit.site.options.base_url.clone(),
        title: words.say("open-data-catalogue"),
        description: words.say("open-data-catalogue-what"),
        modified,
        publisher: Agent::publishing(&datasets, &visit.site.options.base_url),
        datasets,
    })
}

fn dataset(file: &ProjectFile, wave: &Wave) -> Dataset {
    let [title, description] = published(&file.project.name, &file.organisation, wave);
    Dataset {
        key: wave.id.simple().to_string(),
        title,
        description,
        modified: wave.published_on.unwrap_or(wave.closes_on),
        days: (wave.opens_on, wave.closes_on),
        holder: agent(&file.organisation),
    }
}

fn agent(body: &Organisation) -> Agent {
    let key = body.id.simple().to_string();
    let known_by = body.details.ipa_code.clone().or_else(|| body.details.tax_code.clone());
    Agent { identifier: known_by.unwrap_or_else(|| key.clone()), name: body.name.clone(), key }
}

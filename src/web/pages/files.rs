// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The results of a closed wave as files, in the view of whoever asks.

use std::io::{Seek, Write};

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::projects::project_crumbs;
use crate::app::Refusal;
use crate::app::files::{MayTake, WaveFiles};
use crate::domain::data_file::ResultFile;
use crate::domain::profile::ScoreView;
use crate::domain::text::Language;
use crate::export::files;
use crate::export::open_data::VERSION;
use crate::export::results::WaveOf;
use crate::view::Crumb;
use crate::view::files::{FileLine, FilesPage, Noted, notes};
use crate::view::telling::Telling;
use crate::view::words::words;
use crate::web::download::{Named, send};
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// Which files there are, and what each is for.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (id, audience) = (path.1, visit.audience().await);
    let known = visit.read(move |app, db| app.wave_files(db, id, &audience)).await?;
    let page = files_page(&visit, &known);
    let mut crumbs = project_crumbs(&visit, &known.file);
    let project = visit.path(&format!("/projects/{}", known.file.project.id.simple()));
    crumbs.push(Crumb { text: known.file.project.name.clone(), href: Some(project) });
    crumbs.push(Crumb { text: page.wave.clone(), href: Some(page.results_href.clone()) });
    crumbs.push(Crumb { text: words(visit.language).say("files-list"), href: None });
    let title = format!("{} – {}", words(visit.language).say("files-list"), page.wave);
    visit.show(&visit.frame_of(&known.file.organisation, title, crumbs), &page)
}

fn files_page(visit: &Visit, known: &WaveFiles) -> FilesPage {
    let (wave, view) = (&known.result.wave, known.result.scores.view);
    let telling = Telling::new(visit.language, view);
    let here = visit.path(&format!("/waves/{}", wave.id.simple()));
    // What everybody may have lies at an address that stays.
    let place = match view {
        ScoreView::Public => format!("/opendata/{}/{VERSION}", wave.id.simple()),
        ScoreView::Full | ScoreView::Evaluator | ScoreView::Participants => format!("{here}/files"),
    };
    let answers = (known.answers == MayTake::Yes).then(|| format!("/staff/waves/{}/answers", wave.id.simple()));
    let named = telling.wave(&known.result.framework, &wave.code, &wave.wave_type);
    FilesPage {
        project: known.file.project.name.clone(),
        wave: named.clone(),
        who: words(visit.language).say(&format!("files-who-{}", view.code())),
        files: FileLine::all(visit.language, view, &place),
        answers_href: answers.map(|place| visit.path(&place)),
        embedding: wave.published_on.map(|_| embedding(visit, &named, &here)),
        results_href: here,
        catalogue_href: wave.published_on.map(|_| "/opendata/catalog.ttl".to_owned()),
    }
}

/// The lines that show a wave at a glance inside another site.
fn embedding(visit: &Visit, wave: &str, here: &str) -> String {
    let title = wave.replace(['"', '<', '>', '&'], " ");
    let base = &visit.site.options.base_url;
    format!("<iframe src=\"{base}{here}/embed\" title=\"{title}\" width=\"100%\" height=\"900\"></iframe>")
}

/// One file.
pub async fn file(visit: Visit, path: web::Path<(String, Uuid, String)>) -> Result<HttpResponse, Failed> {
    let (_, id, name) = path.into_inner();
    let audience = visit.audience().await;
    let known = visit.read(move |app, db| app.wave_files(db, id, &audience)).await?;
    let language = visit.language;
    send_file(&visit, known, &name, language).await
}

/// Sends a file of a wave, if there is one of this name in this view.
pub async fn send_file(
    visit: &Visit,
    known: WaveFiles,
    name: &str,
    language: Language,
) -> Result<HttpResponse, Failed> {
    let view = known.result.scores.view;
    let file = ResultFile::from_name(name).filter(|file| file.is_for(view));
    let file = file.ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let named = Named { name: file.name().to_owned(), media_type: file.media_type() };
    send(visit, named, move |out| write(&known, file, language, out)).await
}

/// Writes a file of a wave.
pub fn write(
    known: &WaveFiles,
    file: ResultFile,
    language: Language,
    out: impl Write + Seek + Send,
) -> std::io::Result<()> {
    let about = Noted {
        project: &known.file.project.name,
        body: &known.file.organisation.name,
        wave: &known.result.wave,
        framework: &known.result.framework,
    };
    let notes = notes(language, about, (known.file.profile(), known.result.scores.view));
    files::write(file, &wave_of(known), &notes, out)
}

fn wave_of(known: &WaveFiles) -> WaveOf<'_> {
    WaveOf {
        organisation: &known.file.organisation,
        edition: known.file.edition.as_ref(),
        project: &known.file.project,
        place: known.place.as_ref(),
        wave: &known.result.wave,
        framework: &known.result.framework,
        profile: known.file.profile(),
        scores: &known.result.scores,
        decisions: &known.decisions,
        restitution: &known.restitution,
    }
}

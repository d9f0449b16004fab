// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The report of one closed wave: as a page, as PDF, as placemats, and as a package for the registry.

use std::io::Cursor;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::files::write;
use super::projects::project_crumbs;
use super::staff::invitations::{pdf_file, safe};
use crate::app::files::WaveFiles;
use crate::app::measures::reported;
use crate::app::restitution::ToldResults;
use crate::app::results::WaveResult;
use crate::app::{App, Refusal};
use crate::domain::data_file::{FileFormat, ResultFile};
use crate::domain::decision_log::DecisionLog;
use crate::domain::goalposts::ReportedFigure;
use crate::domain::programme::{Organisation, Visibility};
use crate::domain::text::Language;
use crate::filing::{self, Cover, Filed, FilingError};
use crate::print::{self, Pdf, PrintError};
use crate::store::Db;
use crate::view::participation::ParticipationSection;
use crate::view::report::{Answered, KindLink, ReportFile, ReportKind, ReportPage, ReportSource, Since, ToldWeights};
use crate::view::report::{on_paper, placemat};
use crate::view::telling::{Telling, value};
use crate::view::words::words;
use crate::view::{Address, Crumb, Frame, RenderError, render};
use crate::web::failure::Failed;
use crate::web::site::Visit;

/// The tables of a package.
const TABLES: [ResultFile; 9] = [
    ResultFile::Scores(FileFormat::Csv),
    ResultFile::ScoresMetadata,
    ResultFile::Decisions,
    ResultFile::DecisionsMetadata,
    ResultFile::Replies,
    ResultFile::RepliesMetadata,
    ResultFile::Codebook,
    ResultFile::CodebookMetadata,
    ResultFile::Scores(FileFormat::Json),
];

/// The results of a project, and which wave of it is reported on.
struct Reported {
    told: ToldResults,
    figures: Vec<ReportedFigure>,
    decisions: DecisionLog,
    weights: Option<ToldWeights>,
    participation: ParticipationSection,
    language: Language,
    address: String,
    source: Option<String>,
}

/// Why a package was not made.
enum Unmade {
    Print(PrintError),
    Draw(RenderError),
    Filing(FilingError),
}

impl Reported {
    fn wave(&self) -> Option<&WaveResult> {
        self.told.found()
    }

    fn source(&self) -> Option<ReportSource<'_>> {
        let (file, found) = (&self.told.results.file, self.wave()?);
        let answered = found.coverage.iter().map(|row| Answered {
            group: &row.group,
            submitted: row.submitted,
            listed: row.listed,
        });
        Some(ReportSource {
            telling: Telling::new(self.language, found.scores.view).under(file.profile()),
            organisation: &file.organisation,
            project: &file.project,
            edition: file.edition.as_ref().map(|(edition, programme)| (edition, programme)),
            wave: &found.wave,
            framework: &found.framework,
            scores: &found.scores,
            profile: file.profile(),
            answered: answered.collect(),
            since: self.since(found),
            measures: &self.figures,
            decisions: &self.decisions,
            restitution: &self.told.restitution,
            weights: self.weights.as_ref(),
            participation: Some(&self.participation),
            address: self.address.clone(),
            source: self.source.clone(),
        })
    }

    /// Change since the wave before this one.
    fn since<'a>(&'a self, found: &WaveResult) -> Option<Since<'a>> {
        let before = self.told.results.waves.get(self.told.place.checked_sub(1)?)?;
        let changes: Vec<_> = self.told.results.between(before, found).collect();
        (!changes.is_empty()).then_some(Since { wave: &before.wave.code, changes })
    }

    fn pdf(&self, kind: ReportKind) -> Result<Pdf, PrintError> {
        let source = self.source().ok_or(PrintError::Empty)?;
        print::pdf(&on_paper(source.report(kind)))
    }

    fn placemat(&self) -> Result<Pdf, PrintError> {
        print::pdf(&placemat(&self.source().ok_or(PrintError::Empty)?)?)
    }

    /// The full report as PDF and as a page that needs no site, the tables, and what a registry asks for.
    fn package(&self, known: &WaveFiles) -> Result<Vec<u8>, Unmade> {
        let source = self.source().ok_or(Unmade::Print(PrintError::Empty))?;
        let report = source.report(ReportKind::Full);
        let name = report.kind.clone();
        let frame = Frame::new(self.language, &Address::default(), report.head.title.clone());
        let html = render(&frame, &ReportFile { report: report.clone() }).map_err(Unmade::Draw)?;
        let pdf = print::pdf(&on_paper(report)).map_err(Unmade::Print)?;
        let document = |ending: &str, bytes| Filed {
            name: format!("relazione.{ending}"),
            what: format!("{name} ({})", ending.to_uppercase()),
            bytes,
        };
        let mut files = vec![document("pdf", pdf.bytes), document("html", html.into_bytes())];
        for table in TABLES {
            let mut bytes = Cursor::new(Vec::new());
            write(known, table, self.language, &mut bytes).map_err(|error| Unmade::Filing(error.into()))?;
            files.push(Filed {
                name: table.name().to_owned(),
                what: table.name().to_owned(),
                bytes: bytes.into_inner(),
            });
        }
        filing::package(&self.cover(&source), files).map_err(Unmade::Filing)
    }

    fn cover(&self, source: &ReportSource<'_>) -> Cover {
        let Organisation { name, contact, details, .. } = source.organisation;
        let about = [("project", value(source.project.name.clone())), ("wave", value(source.wave.code.clone()))];
        Cover {
            subject: words(self.language).say_with("report-package-subject", about),
            body: name.clone(),
            tax_code: details.tax_code.clone().unwrap_or_default(),
            ipa_code: details.ipa_code.clone().unwrap_or_default(),
            registered_email: details.registered_email.clone(),
            contact: contact.clone(),
            day: source.day(),
        }
    }

    /// A name for a file, with the project's wave in it.
    fn file_name(&self, what: &str, ending: &str) -> String {
        let code = self.wave().map_or("", |found| found.wave.code.as_str());
        safe(&format!("{what}-{code}.{ending}"))
    }
}

async fn loaded(visit: &Visit, id: Uuid) -> Result<Reported, Failed> {
    let audience = visit.audience().await;
    let read = move |app: &App, db: &mut Db| {
        let told = app.told_results(db, id, &audience)?;
        let found = told.found().ok_or(Refusal::NotFound)?;
        let decisions = app.decision_log(db, &told.results.file, &found.wave, &audience)?;
        let (_, _, known) = app.participation(db, id, &audience)?;
        let weighted = app.weighted_result(db, &told.results, found)?;
        Ok((told, decisions, known, weighted))
    };
    let (told, decisions, known, weighted) = visit.read(read).await?;
    let found = told.found().ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let figures = reported(&told.results.file, Some(&found.framework));
    let weights = weighted.map(|weighted| super::weights::told(visit, found, &weighted));
    let participation = super::participation::section(visit, found, told.results.file.profile(), &known);
    let options = &visit.site.options;
    let address = format!("{}{}", options.base_url, visit.path(&format!("/waves/{}", id.simple())));
    let (language, source) = (visit.language, options.source_url.clone());
    Ok(Reported { told, figures, decisions, weights, participation, language, address, source })
}

/// The kind of report that the address asks for.
fn kind(visit: &Visit) -> Result<ReportKind, Failed> {
    let asked = visit.asked("profile");
    let kind = asked.map_or(Some(ReportKind::default()), |code| ReportKind::from_code(&code));
    kind.ok_or_else(|| visit.refuse(Refusal::NotFound))
}

/// The report as a page.
pub async fn page(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (chosen, reported) = (kind(&visit)?, loaded(&visit, path.1).await?);
    let source = reported.source().ok_or_else(|| visit.refuse(Refusal::NotFound))?;
    let here = visit.path(&format!("/waves/{}", path.1.simple()));
    let report = source.report(chosen);
    let mut crumbs = project_crumbs(&visit, &reported.told.results.file);
    let project = visit.path(&format!("/projects/{}", source.project.id.simple()));
    crumbs.push(Crumb { text: source.project.name.clone(), href: Some(project) });
    crumbs.push(Crumb { text: source.wave.code.clone(), href: Some(here.clone()) });
    crumbs.push(Crumb { text: report.kind.clone(), href: None });
    // Titles are cut at their end: what tells pages apart comes first.
    let title = format!("{} · {}: {}", source.wave.code, report.kind, report.title);
    let page = ReportPage {
        kinds: kinds(&visit, &here, chosen, &source),
        placemat: Some(format!("{here}/placemat.pdf")),
        package: Some(format!("{here}/protocol.zip")),
        results: here,
        report,
    };
    visit.show(&visit.frame_of(source.organisation, title, crumbs), &page)
}

/// Every kind of report of a wave, then that of its programme.
fn kinds(visit: &Visit, here: &str, chosen: ReportKind, source: &ReportSource<'_>) -> Vec<KindLink> {
    let of_wave = ReportKind::ALL.into_iter().map(|kind| link(visit, here, kind, chosen));
    let of_programme = source.edition.filter(|(_, programme)| programme.visibility == Visibility::Public);
    let of_programme = of_programme.map(|(_, programme)| {
        let (words, place) = (words(visit.language), visit.path(&format!("/programmes/{}", programme.id.simple())));
        let asked = format!("?wave_type={}", source.wave.wave_type);
        KindLink {
            name: words.say("report-kind-confronto-edizioni"),
            what: words.say("report-kind-confronto-edizioni-what"),
            href: format!("{place}/report{asked}"),
            pdf: format!("{place}/report.pdf{asked}"),
            current: false,
        }
    });
    of_wave.chain(of_programme).collect()
}

fn link(visit: &Visit, here: &str, kind: ReportKind, chosen: ReportKind) -> KindLink {
    let (words, code) = (words(visit.language), kind.code());
    let asked = if kind == ReportKind::default() { String::new() } else { format!("?profile={code}") };
    KindLink {
        name: words.say(&format!("report-kind-{code}")),
        what: words.say(&format!("report-kind-{code}-what")),
        href: format!("{here}/report{asked}"),
        pdf: format!("{here}/report.pdf{asked}"),
        current: kind == chosen,
    }
}

/// The report as PDF.
pub async fn pdf(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let (kind, reported) = (kind(&visit)?, loaded(&visit, path.1).await?);
    let name = reported.file_name(&format!("relazione-{}", kind.code()), "pdf");
    printed(&visit, move || reported.pdf(kind), &name).await
}

/// The placemats as PDF.
pub async fn placemats(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let reported = loaded(&visit, path.1).await?;
    let name = reported.file_name("tovagliette", "pdf");
    printed(&visit, move || reported.placemat(), &name).await
}

/// Makes a PDF on a thread that may block.
pub async fn printed(
    visit: &Visit,
    make: impl FnOnce() -> Result<Pdf, PrintError> + Send + 'static,
    name: &str,
) -> Result<HttpResponse, Failed> {
    let pdf = visit.in_turn(move |_| Ok(make())).await.map_err(|refusal| visit.refuse(refusal))?;
    Ok(pdf_file(&pdf.map_err(|error| Failed::of_print(visit, &error))?, name))
}

/// The package for the registry.
pub async fn package(visit: Visit, path: web::Path<(String, Uuid)>) -> Result<HttpResponse, Failed> {
    let reported = loaded(&visit, path.1).await?;
    let (id, audience) = (path.1, visit.audience().await);
    let known = visit.read(move |app, db| app.wave_files(db, id, &audience)).await?;
    let name = reported.file_name("protocollo", "zip");
    let made = visit.in_turn(move |_| Ok(reported.package(&known))).await.map_err(|refusal| visit.refuse(refusal))?;
    let bytes = made.map_err(|unmade| match unmade {
        Unmade::Print(error) => Failed::of_print(&visit, &error),
        Unmade::Draw(error) => Failed::internal(&visit, &error),
        Unmade::Filing(error) => Failed::internal(&visit, &error),
    })?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/zip"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(bytes))
}

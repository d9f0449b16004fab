// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Is every template drawn, in every language, with pages that between them show every branch?

use std::collections::BTreeSet;
use std::path::Path;

use insieme::domain::programme::{BodyDetails, Organisation, Origin};
use insieme::domain::text::Language;
use insieme::view::{
    Address, BoardPage, Frame, Page, change, coverage, decisions, entry, errors, files, forms, frameworks, gaps,
    glance, home, indicator_change, indicators, information, notice, participation, passkeys, programmes, projects,
    report,
};
use insieme::view::{
    questionnaire, receipts, render, sheets, space, space_weights, spread, staff, submission, waves, weights, written,
};

/// Draws every sample of a page in both languages and notes its template.
fn draw<P: Page>(drawn: &mut BTreeSet<&'static str>) {
    assert!(!P::samples().is_empty(), "{} has samples", P::TEMPLATE);
    for language in Language::ALL {
        for (place, sample) in P::samples().iter().enumerate() {
            let mut frame = Frame::new(language, &Address::new("/place"), "Titolo");
            frame.demonstration = place % 2 == 0;
            frame.navigation = place % 2 == 1;
            if place % 2 == 1 {
                frame = frame.of(&body(), Some("/logos/1".to_owned()));
            }
            let html = render(&frame, sample).unwrap_or_else(|error| panic!("{} {place}: {error}", P::TEMPLATE));
            assert!(!html.contains('⟦'), "{} {place} lacks a text in {language:?}", P::TEMPLATE);
            assert!(html.contains("</html>"));
        }
    }
    drawn.insert(P::TEMPLATE);
}

/// A body that says everything of itself.
fn body() -> Organisation {
    let details = BodyDetails {
        part_of: "Regione".to_owned(),
        address: "Piazza 1".to_owned(),
        telephone: "055 123".to_owned(),
        registered_email: "ente@pec.example.org".to_owned(),
        website: "https://example.org".to_owned(),
        privacy_page: "https://example.org/privacy".to_owned(),
        accessibility_page: "https://form.example.org".to_owned(),
        ..BodyDetails::default()
    };
    let (name, contact) = ("Comune di Esempio".to_owned(), "Ada".to_owned());
    Organisation { id: uuid::Uuid::nil(), name, contact, data: Origin::Real, details, revision: 1 }
}

/// Pages, not the parts that they share.
fn templates(folder: &Path, inside: &str, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !["parts", "charts", "assets", "texts"].contains(&name.as_str()) {
            templates(&path, &format!("{inside}{name}/"), found);
        } else if path.extension().is_some_and(|extension| extension == "hbs") && name != "layout" {
            found.insert(format!("{inside}{name}"));
        }
    }
}

#[test]
fn every_template_is_drawn_with_every_sample_in_both_languages() {
    let mut drawn = BTreeSet::new();
    draw::<home::HomePage>(&mut drawn);
    draw::<home::AccessPage>(&mut drawn);
    draw::<weights::WeightsPage>(&mut drawn);
    draw::<space_weights::SpaceWeightsPage>(&mut drawn);
    draw::<participation::ParticipationPage>(&mut drawn);
    draw::<information::InformationPage>(&mut drawn);
    draw::<errors::ErrorPage>(&mut drawn);
    draw::<errors::RetryPage>(&mut drawn);
    draw::<files::FilesPage>(&mut drawn);
    draw::<frameworks::FrameworksPage>(&mut drawn);
    draw::<frameworks::FrameworkPage>(&mut drawn);
    draw::<questionnaire::LandingPage>(&mut drawn);
    draw::<questionnaire::QuestionPage>(&mut drawn);
    draw::<submission::PausePage>(&mut drawn);
    draw::<submission::ReviewPage>(&mut drawn);
    draw::<receipts::ReceiptPage>(&mut drawn);
    draw::<programmes::ProgrammesPage>(&mut drawn);
    draw::<programmes::ProgrammePage>(&mut drawn);
    draw::<programmes::EditionPage>(&mut drawn);
    draw::<projects::ProjectPage>(&mut drawn);
    draw::<change::ChangePage>(&mut drawn);
    draw::<indicator_change::IndicatorChangePage>(&mut drawn);
    draw::<decisions::DecisionsPage>(&mut drawn);
    draw::<decisions::SeenPage>(&mut drawn);
    draw::<waves::WavePage>(&mut drawn);
    draw::<report::ReportPage>(&mut drawn);
    draw::<report::ReportFile>(&mut drawn);
    draw::<staff::SignInPage>(&mut drawn);
    draw::<staff::EnrolmentPage>(&mut drawn);
    draw::<coverage::CoveragePage>(&mut drawn);
    draw::<gaps::GapsPage>(&mut drawn);
    draw::<glance::EmbedPage>(&mut drawn);
    draw::<indicators::IndicatorPage>(&mut drawn);
    draw::<space::DoorPage>(&mut drawn);
    draw::<space::SpacePage>(&mut drawn);
    draw::<sheets::SheetPage>(&mut drawn);
    draw::<spread::SpreadPage>(&mut drawn);
    draw::<entry::EntryPage>(&mut drawn);
    draw::<notice::NoticePage>(&mut drawn);
    draw::<written::WrittenPage>(&mut drawn);
    draw::<receipts::AnswersPage>(&mut drawn);
    draw::<receipts::ErasurePage>(&mut drawn);
    draw::<passkeys::PasskeyPage>(&mut drawn);
    draw::<forms::FormPage>(&mut drawn);
    draw::<BoardPage>(&mut drawn);
    draw::<staff::StaffWavePage>(&mut drawn);
    let mut found = BTreeSet::new();
    templates(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")), "", &mut found);
    assert_eq!(drawn.into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), found);
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do the page and the file of a report show?

use serde::Serialize;

use super::Report;
use crate::chart::DotInterval;
use crate::print::report_samples;
use crate::view::Page;

/// The page of a report, with the other kinds and what can be printed.
#[derive(Clone, Debug, Serialize)]
pub struct ReportPage {
    /// The report.
    pub report: Report,
    /// Every kind of report.
    pub kinds: Vec<KindLink>,
    /// Where the placemats are; only a wave has some.
    pub placemat: Option<String>,
    /// Where the package for the registry is; only a wave has one.
    pub package: Option<String>,
    /// Where the results are.
    pub results: String,
}

/// A kind of report: what it is, and where.
#[derive(Clone, Debug, Serialize)]
pub struct KindLink {
    /// Its name.
    pub name: String,
    /// For whom it is.
    pub what: String,
    /// Where its page is.
    pub href: String,
    /// Where its PDF is.
    pub pdf: String,
    /// Whether it is this page.
    pub current: bool,
}

/// A report as a file of its own: it needs no site around it.
#[derive(Clone, Debug, Serialize)]
pub struct ReportFile {
    /// The report.
    pub report: Report,
}

impl Page for ReportPage {
    const TEMPLATE: &'static str = "reports/report";

    fn samples() -> Vec<Self> {
        let link = |current| KindLink {
            name: "Relazione completa".to_owned(),
            what: "Per chi decide.".to_owned(),
            href: "/it/waves/1/report".to_owned(),
            pdf: "/it/waves/1/report.pdf".to_owned(),
            current,
        };
        let page = |(report, of_wave): (Report, bool)| Self {
            report,
            kinds: vec![link(true), link(false)],
            placemat: of_wave.then(|| "/it/waves/1/placemat.pdf".to_owned()),
            package: of_wave.then(|| "/it/waves/1/protocol.zip".to_owned()),
            results: "/it/waves/1".to_owned(),
        };
        samples().into_iter().zip([true, false]).map(page).collect()
    }
}

impl Page for ReportFile {
    const TEMPLATE: &'static str = "reports/file";

    fn samples() -> Vec<Self> {
        samples().into_iter().map(|report| Self { report }).collect()
    }
}

fn samples() -> Vec<Report> {
    let figure = DotInterval::samples().into_iter().next();
    let bare = Report { notices: Vec::new(), facts: Vec::new(), ..report_samples::report(Vec::new()) };
    vec![report_samples::report(report_samples::sections(figure)), bare]
}

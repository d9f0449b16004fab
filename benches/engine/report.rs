// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How long does a report take as PDF, beside its page and beside scoring its wave in the same run?

use std::time::Instant;

use insieme::domain::decision_log::DecisionLog;
use insieme::domain::discussion::Restitution;
use insieme::domain::framework::{Framework, Level};
use insieme::domain::phase::Phase;
use insieme::domain::profile::{Profile, ScoreView};
use insieme::domain::programme::{BodyDetails, Organisation, Origin, Project, ProjectDetails, Visibility};
use insieme::domain::response::{Responses, Roster};
use insieme::domain::score::WaveScores;
use insieme::domain::text::Text;
use insieme::domain::wave::{Collection, Wave, WaveState};
use insieme::print;
use insieme::scoring::{WaveAnswers, change, score_wave};
use insieme::view::report::{Answered, ReportFile, ReportKind, ReportSource, Since, on_paper};
use insieme::view::telling::Telling;
use insieme::view::{Address, Frame, render};

use super::least;

/// Scores a wave and its change, then writes the report of both as a page and as PDF; every part with its seconds.
pub fn run(framework: &Framework, before: &Responses, after: &Responses) {
    let roster = Roster::new(vec![Some(40); framework.groups.len()]);
    let profile = Profile::default();
    let answers = |responses| WaveAnswers { responses, roster: &roster };
    let start = Instant::now();
    let scores = score_wave(framework, after, &roster, &profile, ScoreView::Public);
    let changes = change(framework, answers(before), answers(after), &profile, ScoreView::Public);
    let scoring = start.elapsed().as_secs_f64();
    let (organisation, project, wave) = (organisation(), project(), wave());
    let restitution = Restitution::default();
    let source = ReportSource {
        telling: Telling::new(insieme::domain::text::Language::It, ScoreView::Public),
        organisation: &organisation,
        project: &project,
        edition: None,
        wave: &wave,
        framework,
        scores: &scores,
        profile: &profile,
        answered: answered(framework, &scores),
        since: Some(Since { wave: "T1", changes: changes.iter().collect() }),
        weights: None,
        participation: None,
        measures: &[],
        decisions: &DecisionLog::default(),
        restitution: &restitution,
        address: "https://valutazione.example.org/it/waves/1".to_owned(),
        source: None,
    };
    let page = least(|| {
        let frame = Frame::new(source.telling.language, &Address::default(), "Relazione");
        let html = render(&frame, &ReportFile { report: source.report(ReportKind::Full) }).expect("a page");
        assert!(html.len() > 10_000);
    });
    let mut pages = 0;
    let pdf = least(|| {
        pages = print::pdf(&on_paper(source.report(ReportKind::Full))).expect("a PDF").pages;
    });
    println!("report_page {page:.4}");
    println!("report_pdf {pdf:.4} of {pages} pages, {:.2} of scoring the wave and its change", pdf / scoring);
}

fn answered<'a>(framework: &'a Framework, scores: &WaveScores) -> Vec<Answered<'a>> {
    let each = scores.respondents / u32::try_from(framework.groups.len().max(1)).unwrap_or(1);
    let row = |group: &'a insieme::domain::framework::StakeholderGroup| Answered {
        group: &group.code,
        submitted: each,
        listed: Some(40),
    };
    framework.groups.iter().map(row).collect()
}

fn organisation() -> Organisation {
    Organisation {
        id: uuid::Uuid::nil(),
        name: "Comune di Esempio".to_owned(),
        contact: "Ufficio partecipazione".to_owned(),
        data: Origin::Real,
        details: BodyDetails::default(),
        revision: 1,
    }
}

fn project() -> Project {
    Project {
        organisation_id: uuid::Uuid::nil(),
        id: uuid::Uuid::nil(),
        edition_id: None,
        name: "Orto di quartiere".to_owned(),
        territory: "Settimo".to_owned(),
        lead: "Comune".to_owned(),
        summary: Text::both("Un orto per tutti.", "A garden for all."),
        source: String::new(),
        origin: Origin::Real,
        profile: Profile::default(),
        details: ProjectDetails::default(),
        visibility: Visibility::Public,
        revision: 1,
    }
}

fn wave() -> Wave {
    let day = |month| jiff::civil::date(2026, month, 1);
    Wave {
        organisation_id: uuid::Uuid::nil(),
        id: uuid::Uuid::nil(),
        project_id: uuid::Uuid::nil(),
        code: "T2".to_owned(),
        wave_type: "T2".to_owned(),
        state: WaveState::Closed,
        phase: Phase::Decisions,
        framework_sha256: String::new(),
        level: Level::Extended,
        collection: Collection::Anonymous,
        purpose: Text::both("Per capire.", "To understand."),
        opens_on: day(3),
        closes_on: day(4),
        published_on: Some(day(5)),
        embargo_until: None,
        refusal: String::new(),
        revision: 1,
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What came of one closed wave: three pillars, indicators by group, with n of N, interval or reason.

use serde::Serialize;

use super::discussion::{RepliesView, SummaryView};
use super::indicators::CardLine;
use super::numbers;
use super::render::Page;
use super::telling::{ScoreCell, Telling};
use super::weights::ComparedWeights;
use super::words::Value;
use crate::chart::{DotInterval, Figure, GroupGaps};

/// The results of one wave.
#[derive(Clone, Debug, Serialize)]
pub struct WavePage {
    /// Name of the project.
    pub project: String,
    /// Where the project is.
    pub project_href: String,
    /// Code and name of the wave.
    pub wave: String,
    /// In a sentence.
    pub lead: String,
    /// When answers were taken.
    pub dates: String,
    /// Which rule joins the groups.
    pub voice: String,
    /// Framework version, with its address.
    pub framework: String,
    /// Where the framework is.
    pub framework_href: String,
    /// SHA-256 of the framework version.
    pub framework_sha256: String,
    /// SHA-256 of the scoring profile.
    pub profile_sha256: String,
    /// Whether these are the evaluator's numbers.
    pub evaluator: bool,
    /// The smallest group that is shown.
    pub least: u32,
    /// Who answered, group by group.
    pub coverage: Vec<CoverageRow>,
    /// The three pillars.
    pub pillars: Vec<PillarSection>,
    /// Where change over time is; nothing with a single wave.
    pub change_href: Option<String>,
    /// Where the gaps between groups are.
    pub gaps_href: String,
    /// Where what was decided about it is.
    pub decisions_href: String,
    /// Where its reports are.
    pub report_href: String,
    /// The summary with what each group says of it, once there is one.
    pub summary: Option<SummaryView>,
    /// What groups reply to the results; nothing where none does.
    pub replies: Option<RepliesView>,
    /// The numbers with the weights that people chose; nothing where none were.
    pub weights: Option<ComparedWeights>,
    /// Where it is told how the weights were chosen.
    pub weights_href: String,
    /// Where it is told how participatory it was.
    pub participation_href: String,
}

/// Who answered in one group.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageRow {
    /// Name of the group.
    pub group: String,
    /// How many of how many.
    pub n_of_n: String,
    /// Share in percent, as written.
    pub share: Option<String>,
    /// What to know about it.
    pub flag: Option<String>,
}

/// One pillar.
#[derive(Clone, Debug, Serialize)]
pub struct PillarSection {
    /// `facilitators`, `obstacles`, `results`.
    pub code: &'static str,
    /// Its name.
    pub name: String,
    /// What it means and which way is better.
    pub what: String,
    /// Its score.
    pub score: ScoreCell,
    /// Where its score comes from; empty where nothing was asked.
    pub card: Vec<CardLine>,
    /// Whether anything was asked.
    pub asked: bool,
    /// The indicators with their intervals.
    pub figure: Option<Figure>,
    /// The indicators by group.
    pub gaps: Option<Figure>,
    /// Names of the groups: heads of the columns.
    pub groups: Vec<String>,
    /// Scores by indicator and group.
    pub rows: Vec<IndicatorRow>,
    /// Why some of these numbers have no interval, each reason once.
    pub interval_reasons: Vec<String>,
}

/// One indicator: its total, its groups, and what other voices would say.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorRow {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Where its own page is.
    pub href: String,
    /// The total, in the voice of the profile.
    pub overall: ScoreCell,
    /// What to know about the total.
    pub flags: Vec<String>,
    /// One cell a group.
    pub groups: Vec<GroupCell>,
    /// The four voices: name and value, or reason.
    pub voices: Vec<VoiceCell>,
    /// Reasons for no answer, where they may be shown.
    pub codes: Option<CodesCell>,
}

/// A group's cell with the group's name, which phones show beside it.
#[derive(Clone, Debug, Serialize)]
pub struct GroupCell {
    /// Name of the group.
    pub group: String,
    /// Whether the group is not asked about this at all.
    pub absent: bool,
    /// Its score.
    #[serde(flatten)]
    pub cell: ScoreCell,
}

/// One voice's total.
#[derive(Clone, Debug, Serialize)]
pub struct VoiceCell {
    /// Name of the voice.
    pub voice: String,
    /// The value, or the reason there is none.
    pub text: String,
}

/// How many cells hold no answer, and why.
#[derive(Clone, Debug, Serialize)]
pub struct CodesCell {
    /// Don't know.
    pub dont_know: u64,
    /// Does not apply.
    pub not_applicable: u64,
    /// Prefers not to answer.
    pub refused: u64,
    /// Left blank.
    pub skipped: u64,
}

impl CoverageRow {
    /// Coverage of a group: how many submitted of how many are listed.
    #[must_use]
    pub fn new(telling: Telling, group: String, submitted: u32, listed: Option<u32>) -> Self {
        let share = listed.filter(|listed| *listed > 0).map(|listed| f64::from(submitted) / f64::from(listed));
        let flag = share.and_then(|share| match share {
            low if low < 0.3 => Some("coverage-red"),
            low if low < 0.5 => Some("coverage-amber"),
            _ => None,
        });
        let percent =
            |share: f64| format!("{}%", numbers::score(share * 100.0, numbers::Precision::Whole, telling.language));
        Self {
            group,
            n_of_n: telling.n_of_n(submitted, listed),
            share: share.map(percent),
            flag: flag.map(|key| telling.words().say(key)),
        }
    }
}

impl WavePage {
    /// The sentence under the title.
    #[must_use]
    pub fn lead(telling: Telling, respondents: u32, listed: Option<u32>) -> String {
        let count = Value::from(respondents);
        match listed {
            Some(listed) => telling.words().say_with("wave-lead", [("count", count), ("listed", listed.into())]),
            None => telling.words().say_with("wave-lead-unknown", [("count", count)]),
        }
    }
}

impl Page for WavePage {
    const TEMPLATE: &'static str = "waves/results";

    fn samples() -> Vec<Self> {
        let page = |evaluator, change: Option<&str>| Self {
            project: "Orto".to_owned(),
            project_href: "/it/projects/1".to_owned(),
            wave: "T0 · Ex ante".to_owned(),
            lead: "Hanno risposto in 42.".to_owned(),
            dates: "dal 1 al 31 marzo 2026".to_owned(),
            voice: "ogni gruppo una voce".to_owned(),
            framework: "pratiche-collaborative 1.0.0".to_owned(),
            framework_href: "/it/frameworks/pratiche-collaborative/1.0.0".to_owned(),
            framework_sha256: "3ebc".to_owned(),
            profile_sha256: "aaaa".to_owned(),
            evaluator,
            least: 5,
            coverage: CoverageRow::samples(),
            pillars: PillarSection::samples(),
            change_href: change.map(str::to_owned),
            gaps_href: "/it/waves/1/gaps".to_owned(),
            decisions_href: "/it/waves/1/decisions".to_owned(),
            report_href: "/it/waves/1/report".to_owned(),
            summary: evaluator.then(SummaryView::sample),
            replies: RepliesView::samples().into_iter().last().filter(|_| evaluator),
            weights: ComparedWeights::samples().into_iter().next().filter(|_| evaluator),
            weights_href: "/it/waves/1/weights".to_owned(),
            participation_href: "/it/waves/1/participation".to_owned(),
        };
        vec![page(false, None), page(true, Some("/it/projects/1/change"))]
    }
}

impl CoverageRow {
    /// Rows with and without share and flag.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let row = |flag: Option<&str>, share: Option<&str>| Self {
            group: "Ente pubblico".to_owned(),
            n_of_n: "7 di 9".to_owned(),
            share: share.map(str::to_owned),
            flag: flag.map(str::to_owned),
        };
        vec![row(None, None), row(Some("meno della metà"), Some("40%"))]
    }
}

impl PillarSection {
    fn samples() -> Vec<Self> {
        let pillar = |asked, rows| Self {
            code: "facilitators",
            name: "Fattori facilitanti".to_owned(),
            what: "Ciò che aiuta.".to_owned(),
            score: ScoreCell::sample(asked),
            card: if asked {
                vec![CardLine { name: "Indicatori".to_owned(), value: "2 di 3".to_owned() }]
            } else {
                Vec::new()
            },
            asked,
            figure: DotInterval::samples().into_iter().next().filter(|_| asked),
            gaps: GroupGaps::samples().into_iter().next().filter(|_| asked),
            groups: vec!["Ente pubblico".to_owned()],
            interval_reasons: if asked { vec!["meno di dieci risposte".to_owned()] } else { Vec::new() },
            rows,
        };
        let codes = CodesCell { dont_know: 1, not_applicable: 0, refused: 0, skipped: 2 };
        let row = |codes: Option<CodesCell>| IndicatorRow {
            code: "FC1".to_owned(),
            name: "Storia di collaborazione".to_owned(),
            href: "/it/waves/1/indicators/FC1".to_owned(),
            overall: ScoreCell::sample(true),
            flags: vec!["parziale".to_owned()],
            groups: [false, true].map(GroupCell::sample).to_vec(),
            voices: vec![VoiceCell { voice: "ogni gruppo una voce".to_owned(), text: "55".to_owned() }],
            codes,
        };
        vec![pillar(true, vec![row(None), row(Some(codes))]), pillar(false, Vec::new())]
    }
}

impl GroupCell {
    fn sample(absent: bool) -> Self {
        Self { group: "Ente pubblico".to_owned(), absent, cell: ScoreCell::sample(false) }
    }
}

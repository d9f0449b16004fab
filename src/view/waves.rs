// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What came of one closed wave: three pillars, indicators by group, with n of N, interval or reason.

use serde::Serialize;

use super::numbers::{self};
use super::render::Page;
use super::telling::{ScoreCell, Telling, extremes, tone, value};
use super::words::Value;
use crate::chart::{Anchor, DotHeadings, DotInterval, DotRow, Figure, GapGroup, GapHeadings, GapRow, GroupGaps, Series, Tone};
use crate::domain::framework::{Framework, Pillar};
use crate::domain::profile::Voice;
use crate::domain::score::{GroupScore, IndicatorScore, WaveScores, Withheld};

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
    /// Who answered, group by group.
    pub coverage: Vec<CoverageRow>,
    /// The three pillars.
    pub pillars: Vec<PillarSection>,
    /// Where change over time is; nothing with a single wave.
    pub change_href: Option<String>,
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
}

/// One indicator: its total, its groups, and what other voices would say.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorRow {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
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

/// Tells the scores of one wave.
pub struct WaveTelling<'a> {
    /// How numbers are written.
    pub telling: Telling,
    /// The framework version of the wave.
    pub framework: &'a Framework,
    /// Its scores.
    pub scores: &'a WaveScores,
}

impl WaveTelling<'_> {
    /// The three pillars, those in which nothing was asked included.
    #[must_use]
    pub fn pillars(&self) -> Vec<PillarSection> {
        Pillar::ALL.into_iter().map(|pillar| self.pillar(pillar)).collect()
    }

    fn pillar(&self, pillar: Pillar) -> PillarSection {
        let words = self.telling.words();
        let indicators: Vec<&IndicatorScore> = self.scores.indicators.iter().filter(|one| asked(one, pillar)).collect();
        let groups = self.groups_of(&indicators);
        let found = self.scores.pillars.iter().find(|one| one.pillar == pillar);
        let score = found.map_or_else(
            || self.telling.cell(Err(Withheld::NotAsked), Err(Withheld::NotAsked), String::new()),
            |one| self.telling.cell(one.value, one.interval, String::new()),
        );
        PillarSection {
            code: pillar.code(),
            name: self.telling.pillar(pillar),
            what: words.say(&format!("pillar-{pillar}-what")),
            score,
            asked: !indicators.is_empty(),
            figure: (!indicators.is_empty()).then(|| self.figure(pillar, &indicators)),
            gaps: self.gaps(pillar, &indicators, &groups),
            groups: groups.iter().map(|code| self.telling.group(self.framework, code)).collect(),
            rows: indicators.iter().map(|one| self.row(one, &groups)).collect(),
        }
    }

    /// Codes of the groups that are listed or answered, and asked about any of these indicators, in framework order.
    fn groups_of(&self, indicators: &[&IndicatorScore]) -> Vec<String> {
        let takes_part = |group: &GroupScore| is_addressed(group) && (group.listed.is_some() || group.valid > 0);
        let present = |code: &str| {
            indicators.iter().flat_map(|one| &one.groups).any(|group| group.group == code && takes_part(group))
        };
        self.framework.groups.iter().map(|group| group.code.clone()).filter(|code| present(code)).collect()
    }

    fn figure(&self, pillar: Pillar, indicators: &[&IndicatorScore]) -> Figure {
        let words = self.telling.words();
        let rows = indicators.iter().map(|one| DotRow {
            label: self.telling.indicator(self.framework, &one.indicator),
            sublabel: Some(self.telling.n_of_n(one.overall.valid, one.overall.listed)),
            tone: tone(pillar),
            reading: self.telling.reading(one.overall.value(), one.overall.interval),
        });
        let chart = DotInterval {
            rows: rows.collect(),
            axis: Some(words.say("chart-axis")),
            band: None,
            keys: Vec::new(),
            headings: DotHeadings {
                row: words.say("column-indicator"),
                sublabel: words.say("column-answers"),
                value: words.say("column-score"),
                interval: words.say("column-interval"),
            },
        };
        let title = words.say_with("figure-indicators", [("pillar", value(self.telling.pillar(pillar)))]);
        let caption = self.telling.caption(title, self.indicators_sentence(pillar, indicators));
        chart.figure(&Anchor::new(&format!("{pillar}-indicators")), &caption)
    }

    fn indicators_sentence(&self, pillar: Pillar, indicators: &[&IndicatorScore]) -> String {
        let scores: Vec<(&str, f64)> =
            indicators.iter().filter_map(|one| one.overall.value().ok().map(|v| (one.indicator.as_str(), v))).collect();
        let words = self.telling.words();
        let Some((lowest, highest)) = extremes(&scores) else { return words.say("sentence-too-few") };
        words.say_with(
            &format!("sentence-{pillar}"),
            [
                ("highest", value(self.telling.indicator(self.framework, highest.0))),
                ("high", value(self.telling.score(highest.1))),
                ("lowest", value(self.telling.indicator(self.framework, lowest.0))),
                ("low", value(self.telling.score(lowest.1))),
            ],
        )
    }

    fn gaps(&self, pillar: Pillar, indicators: &[&IndicatorScore], groups: &[String]) -> Option<Figure> {
        let words = self.telling.words();
        let columns = groups.iter().enumerate().map(|(place, code)| GapGroup {
            label: self.telling.group(self.framework, code),
            tone: Tone::Series(Series::at(place)),
        });
        let rows = indicators.iter().map(|one| GapRow {
            label: self.telling.indicator(self.framework, &one.indicator),
            sublabel: None,
            readings: groups.iter().map(|code| self.group_reading(one, code)).collect(),
            gap: gap(one).map(|((_, low), (_, high))| self.telling.score(high - low)),
        });
        let headings = GapHeadings {
            row: words.say("column-indicator"),
            gap: words.say("column-gap"),
            axis: Some(words.say("chart-axis")),
        };
        let chart = GroupGaps::new(columns.collect(), rows.collect(), headings).ok()?;
        let title = words.say_with("figure-gaps", [("pillar", value(self.telling.pillar(pillar)))]);
        let caption = self.telling.caption(title, self.gaps_sentence(indicators)?);
        Some(chart.figure(&Anchor::new(&format!("{pillar}-gaps")), &caption))
    }

    /// The widest gap in words; nothing where no indicator has two groups to compare.
    fn gaps_sentence(&self, indicators: &[&IndicatorScore]) -> Option<String> {
        let gaps = indicators.iter().filter_map(|one| gap(one).map(|gap| (one.indicator.as_str(), gap)));
        let width = |gap: &((&str, f64), (&str, f64))| gap.1.1 - gap.0.1;
        let (indicator, widest) = gaps.max_by(|a, b| width(&a.1).total_cmp(&width(&b.1)))?;
        Some(self.telling.words().say_with(
            "sentence-gap",
            [
                ("indicator", value(self.telling.indicator(self.framework, indicator))),
                ("points", value(self.telling.score(width(&widest)))),
                ("high", value(self.telling.group(self.framework, widest.1.0))),
                ("low", value(self.telling.group(self.framework, widest.0.0))),
            ],
        ))
    }

    fn group_reading(&self, indicator: &IndicatorScore, code: &str) -> crate::chart::Reading {
        indicator.groups.iter().find(|group| group.group == code).map_or_else(
            || self.telling.reading(Err(Withheld::NotAddressed), Err(Withheld::NotAddressed)),
            |group| self.telling.reading(group.mean, Err(Withheld::NotComputed)),
        )
    }

    fn row(&self, one: &IndicatorScore, groups: &[String]) -> IndicatorRow {
        let overall = &one.overall;
        let n_of_n = self.telling.n_of_n(overall.valid, overall.listed);
        IndicatorRow {
            code: one.indicator.clone(),
            name: self.telling.indicator(self.framework, &one.indicator),
            overall: self.telling.cell(overall.value(), overall.interval, n_of_n),
            flags: self.telling.flags(&overall.flags),
            groups: groups.iter().map(|code| self.group_cell(one, code)).collect(),
            voices: Voice::ALL.into_iter().map(|voice| self.voice(one, voice)).collect(),
            codes: one.codes.ok().map(|codes| CodesCell {
                dont_know: codes.dont_know,
                not_applicable: codes.not_applicable,
                refused: codes.refused,
                skipped: codes.skipped,
            }),
        }
    }

    fn group_cell(&self, one: &IndicatorScore, code: &str) -> GroupCell {
        let cell = one.groups.iter().find(|group| group.group == code).map_or_else(
            || self.telling.cell(Err(Withheld::NotAddressed), Err(Withheld::NotAddressed), String::new()),
            |group| {
                let n_of_n =
                    if is_addressed(group) { self.telling.n_of_n(group.valid, group.listed) } else { String::new() };
                self.telling.cell(group.mean, group.interval, n_of_n)
            },
        );
        GroupCell { group: self.telling.group(self.framework, code), cell }
    }

    fn voice(&self, one: &IndicatorScore, voice: Voice) -> VoiceCell {
        VoiceCell {
            voice: self.telling.words().say(&format!("voice-{}", voice.code())),
            text: self.telling.score_or_reason(one.overall.voice_value(voice)),
        }
    }
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
        let percent = |share: f64| format!("{}%", numbers::score(share * 100.0, numbers::Precision::Whole, telling.language));
        Self {
            group,
            n_of_n: telling.n_of_n(submitted, listed),
            share: share.map(percent),
            flag: flag.map(|key| telling.words().say(key)),
        }
    }
}

fn asked(indicator: &IndicatorScore, pillar: Pillar) -> bool {
    indicator.pillar == pillar && indicator.overall.value() != Err(Withheld::NotAsked)
}

fn is_addressed(group: &GroupScore) -> bool {
    !matches!(group.mean, Err(Withheld::NotAddressed | Withheld::NotAsked))
}

/// A group's code with its score.
type Named<'a> = (&'a str, f64);

fn gap(indicator: &IndicatorScore) -> Option<(Named<'_>, Named<'_>)> {
    let shown: Vec<Named<'_>> =
        indicator.groups.iter().filter_map(|group| group.mean.ok().map(|mean| (group.group.as_str(), mean))).collect();
    extremes(&shown)
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
        let cell = |score: Option<&str>| ScoreCell {
            score: score.map(str::to_owned),
            interval: score.map(|_| "50–60".to_owned()),
            n_of_n: "7 di 9".to_owned(),
            reason: score.is_none().then(|| "meno di cinque risposte".to_owned()),
        };
        let row = |codes: Option<CodesCell>| IndicatorRow {
            code: "FC1".to_owned(),
            name: "Storia di collaborazione".to_owned(),
            overall: cell(Some("55")),
            flags: vec!["parziale".to_owned()],
            groups: vec![GroupCell { group: "Ente pubblico".to_owned(), cell: cell(None) }],
            voices: vec![VoiceCell { voice: "ogni gruppo una voce".to_owned(), text: "55".to_owned() }],
            codes,
        };
        let pillar = |asked, rows| PillarSection {
            code: "facilitators",
            name: "Fattori facilitanti".to_owned(),
            what: "Ciò che aiuta.".to_owned(),
            score: cell(if asked { Some("60") } else { None }),
            asked,
            figure: asked.then(|| DotInterval::samples().into_iter().next()).flatten(),
            gaps: asked.then(|| GroupGaps::samples().into_iter().next()).flatten(),
            groups: vec!["Ente pubblico".to_owned()],
            rows,
        };
        let codes = CodesCell { dont_know: 1, not_applicable: 0, refused: 0, skipped: 2 };
        let coverage = |flag: Option<&str>, share: Option<&str>| CoverageRow {
            group: "Ente pubblico".to_owned(),
            n_of_n: "7 di 9".to_owned(),
            share: share.map(str::to_owned),
            flag: flag.map(str::to_owned),
        };
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
            coverage: vec![coverage(None, None), coverage(Some("meno di metà"), Some("40%"))],
            pillars: vec![pillar(true, vec![row(None), row(Some(codes.clone()))]), pillar(false, Vec::new())],
            change_href: change.map(str::to_owned),
        };
        vec![page(false, None), page(true, Some("/it/projects/1/change"))]
    }
}

// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How are the scores of one wave turned into pillars, charts and rows?

use super::indicator_telling::takes_part;
use super::number_cards::{TOGETHER, group_anchor};
use super::telling::{ScoreCell, Telling, extremes, tone, value};
use super::waves::{CodesCell, GroupCell, IndicatorRow, PillarSection, VoiceCell};
use crate::chart::{
    Anchor, DotHeadings, DotInterval, DotRow, Figure, GapGroup, GapHeadings, GapRow, GroupGaps, Series, Tone,
};
use crate::domain::framework::{Framework, Pillar};
use crate::domain::profile::Voice;
use crate::domain::score::{GroupScore, IndicatorScore, WaveScores, Withheld};

/// Tells the scores of one wave.
pub struct WaveTelling<'a> {
    /// How numbers are written.
    pub telling: Telling,
    /// The framework version of the wave.
    pub framework: &'a Framework,
    /// Its scores.
    pub scores: &'a WaveScores,
    /// Where its results are.
    pub href: &'a str,
}

impl WaveTelling<'_> {
    /// The three pillars, those in which nothing was asked included.
    #[must_use]
    pub fn pillars(&self) -> Vec<PillarSection> {
        Pillar::ALL.into_iter().map(|pillar| self.pillar(pillar)).collect()
    }

    /// What stands out, in sentences: the highest and lowest indicators of each pillar, and the widest gap of all.
    #[must_use]
    pub fn outstanding(&self) -> Vec<String> {
        let of = |pillar| self.scores.indicators.iter().filter(move |one| asked(one, pillar)).collect::<Vec<_>>();
        let told = Pillar::ALL
            .into_iter()
            .map(of)
            .filter(|indicators| indicators.iter().filter(|one| one.overall.value().is_ok()).count() > 1);
        let mut sentences: Vec<String> = told
            .filter_map(|indicators| Some(self.indicators_sentence(indicators.first()?.pillar, &indicators)))
            .collect();
        let all: Vec<&IndicatorScore> = Pillar::ALL.into_iter().flat_map(of).collect();
        sentences.extend(self.gaps_sentence(&all));
        sentences
    }

    fn pillar(&self, pillar: Pillar) -> PillarSection {
        let words = self.telling.words();
        let indicators: Vec<&IndicatorScore> = self.scores.indicators.iter().filter(|one| asked(one, pillar)).collect();
        let codes: Vec<&str> = indicators.iter().map(|one| one.indicator.as_str()).collect();
        let groups = self.groups_of(&indicators);
        let found = self.scores.pillars.iter().find(|one| one.pillar == pillar);
        let score = found.map_or_else(
            || self.telling.cell(Err(Withheld::NotAsked), Err(Withheld::NotAsked), String::new()),
            |one| self.telling.cell(one.value, one.interval, String::new()),
        );
        let rows: Vec<IndicatorRow> = indicators.iter().map(|one| self.row(one, &groups)).collect();
        PillarSection {
            code: pillar.code(),
            name: self.telling.pillar(pillar),
            what: words.say(&format!("pillar-{pillar}-what")),
            asked: !indicators.is_empty(),
            figure: (!indicators.is_empty()).then(|| self.figure(pillar, &indicators)),
            gaps: self.gaps(pillar, &indicators, &groups),
            groups: groups.iter().map(|code| self.telling.group(self.framework, code)).collect(),
            interval_reasons: interval_reasons(&score, &rows),
            card: self.pillar_card(pillar, &codes),
            rows,
            score,
        }
    }

    /// Codes of the groups that are listed or answered, and asked about any of these indicators, in framework order.
    fn groups_of(&self, indicators: &[&IndicatorScore]) -> Vec<String> {
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
            |group| self.telling.reading(group.mean, Err(Withheld::NotNeeded)),
        )
    }

    fn row(&self, one: &IndicatorScore, groups: &[String]) -> IndicatorRow {
        let overall = &one.overall;
        let n_of_n = self.telling.n_of_n(overall.valid, overall.listed);
        let href = format!("{}/indicators/{}", self.href, one.indicator);
        let overall_cell = self.telling.cell(overall.value(), overall.interval, n_of_n);
        IndicatorRow {
            code: one.indicator.clone(),
            name: self.telling.indicator(self.framework, &one.indicator),
            overall: overall_cell.with_card(format!("{href}#{TOGETHER}")),
            flags: self.telling.flags(&overall.flags),
            groups: groups.iter().map(|code| self.group_cell(one, (code, &href))).collect(),
            href,
            voices: Voice::ALL.into_iter().map(|voice| self.voice(one, voice)).collect(),
            codes: one.codes.ok().map(|codes| CodesCell {
                dont_know: codes.dont_know,
                not_applicable: codes.not_applicable,
                refused: codes.refused,
                skipped: codes.skipped,
            }),
        }
    }

    fn group_cell(&self, one: &IndicatorScore, (code, href): (&str, &str)) -> GroupCell {
        let found = one.groups.iter().find(|group| group.group == code);
        let cell = found.map_or_else(
            || self.telling.cell(Err(Withheld::NotAddressed), Err(Withheld::NotAddressed), String::new()),
            |group| {
                let n_of_n =
                    if is_addressed(group) { self.telling.n_of_n(group.valid, group.listed) } else { String::new() };
                self.telling.cell(group.mean, group.interval, n_of_n)
            },
        );
        let absent = !found.is_some_and(is_addressed);
        let cell = cell.with_card(format!("{href}#{}", group_anchor(code)));
        GroupCell { group: self.telling.group(self.framework, code), absent, cell }
    }

    fn voice(&self, one: &IndicatorScore, voice: Voice) -> VoiceCell {
        VoiceCell {
            voice: self.telling.words().say(&format!("voice-{}", voice.code())),
            text: self.telling.score_or_reason(one.overall.voice_value(voice)),
        }
    }
}

/// Every reason why a shown number has no interval, once.
fn interval_reasons(pillar: &ScoreCell, rows: &[IndicatorRow]) -> Vec<String> {
    let cells = rows.iter().flat_map(|row| row.groups.iter().map(|group| &group.cell).chain([&row.overall]));
    let mut reasons: Vec<String> = cells.chain([pillar]).filter_map(|cell| cell.interval_reason.clone()).collect();
    reasons.sort();
    reasons.dedup();
    reasons
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

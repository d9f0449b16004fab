// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Where do the groups of a wave see things differently? The widest gaps in words, and every score at a glance.

use serde::Serialize;

use super::indicator_telling::{takes_part, widest};
use super::number_cards::group_anchor;
use super::projects::Link;
use super::render::Page;
use super::telling::Telling;
use crate::domain::framework::{Framework, Pillar};
use crate::domain::gap::GapReading;
use crate::domain::score::{Given, IndicatorScore, WaveScores, Withheld};

/// Gaps between the groups of a wave.
#[derive(Clone, Debug, Serialize)]
pub struct GapsPage {
    /// The wave, with its results.
    pub wave: Link,
    /// In a sentence.
    pub lead: String,
    /// Indicators on which groups differ, the widest first.
    pub widest: Vec<WidestRow>,
    /// Those that follow.
    pub more: Vec<WidestRow>,
    /// Every score by indicator and group, pillar by pillar.
    pub maps: Vec<HeatTable>,
}

/// An indicator on which two groups differ.
#[derive(Clone, Debug, Serialize)]
pub struct WidestRow {
    /// The indicator, with its page.
    pub indicator: Link,
    /// Name of its pillar.
    pub pillar: String,
    /// The group with the highest score.
    pub high: String,
    /// The group with the lowest score.
    pub low: String,
    /// How many points lie between them.
    pub points: String,
    /// In words.
    pub reading: String,
}

/// Scores of one pillar, a shade each.
#[derive(Clone, Debug, Serialize)]
pub struct HeatTable {
    /// `facilitators`, `obstacles`, `results`.
    pub code: &'static str,
    /// Name of the pillar.
    pub name: String,
    /// What it means and which way is better.
    pub what: String,
    /// Names of the groups: heads of the columns.
    pub groups: Vec<String>,
    /// One row an indicator.
    pub rows: Vec<HeatRow>,
}

/// One indicator of a [`HeatTable`].
#[derive(Clone, Debug, Serialize)]
pub struct HeatRow {
    /// The indicator, with its page.
    pub indicator: Link,
    /// One cell a group.
    pub cells: Vec<HeatCell>,
}

/// One score of a [`HeatTable`].
#[derive(Clone, Debug, Serialize)]
pub struct HeatCell {
    /// Name of the group.
    pub group: String,
    /// The score as written; nothing where there is none.
    pub score: Option<String>,
    /// How dark: 1 lowest fifth of the scale to 5 highest.
    pub shade: usize,
    /// Whether the group is not asked about this at all.
    pub absent: bool,
    /// Why there is none.
    pub reason: Option<String>,
    /// Where it is told how the score comes about.
    pub href: String,
}

/// Tells the gaps of a wave.
pub struct GapsTelling<'a> {
    /// How numbers are written.
    pub telling: Telling,
    /// The framework version of the wave.
    pub framework: &'a Framework,
    /// Its scores.
    pub scores: &'a WaveScores,
    /// Where the wave's results are.
    pub wave_href: &'a str,
}

impl GapsTelling<'_> {
    /// How many indicators have a gap, of those on which groups can be compared.
    #[must_use]
    pub fn lead(&self) -> String {
        let compared = self.scores.indicators.iter().filter_map(widest).count();
        let apart = self.scores.indicators.iter().filter(|one| is_apart(one)).count();
        if compared == 0 {
            return self.telling.words().say("gaps-none");
        }
        self.telling.words().say_with("gaps-lead", [("apart", apart.into()), ("compared", compared.into())])
    }

    /// Indicators on which two groups differ enough to speak of it, the widest first.
    #[must_use]
    pub fn widest(&self) -> Vec<WidestRow> {
        let apart = self.scores.indicators.iter().filter(|one| is_apart(one));
        let mut found: Vec<_> = apart.filter_map(|one| widest(one).map(|(gap, points)| (one, gap, points))).collect();
        found.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
        let row = |(one, gap, points): (&IndicatorScore, &crate::domain::gap::Gap, f64)| {
            let (high, low) = if points >= 0.0 { (&gap.a, &gap.b) } else { (&gap.b, &gap.a) };
            WidestRow {
                indicator: self.link(&one.indicator),
                pillar: self.telling.pillar(one.pillar),
                high: self.telling.group(self.framework, high),
                low: self.telling.group(self.framework, low),
                points: self.telling.score(points.abs()),
                reading: gap.reading.map_or_else(
                    |reason| self.telling.reason(reason),
                    |reading| self.telling.words().say(&format!("gap-{}", reading.code())),
                ),
            }
        };
        found.into_iter().map(row).collect()
    }

    /// Every score, pillar by pillar; pillars about which nothing was asked are left out.
    #[must_use]
    pub fn maps(&self) -> Vec<HeatTable> {
        Pillar::ALL.into_iter().map(|pillar| self.map(pillar)).filter(|map| !map.rows.is_empty()).collect()
    }

    fn map(&self, pillar: Pillar) -> HeatTable {
        let asked = |one: &&IndicatorScore| one.pillar == pillar && one.overall.value() != Err(Withheld::NotAsked);
        let indicators: Vec<&IndicatorScore> = self.scores.indicators.iter().filter(asked).collect();
        let present = |code: &str| {
            indicators.iter().flat_map(|one| &one.groups).any(|group| group.group == code && takes_part(group))
        };
        let groups: Vec<&str> =
            self.framework.groups.iter().map(|group| group.code.as_str()).filter(|code| present(code)).collect();
        let row = |one: &&IndicatorScore| HeatRow {
            indicator: self.link(&one.indicator),
            cells: groups.iter().map(|code| self.cell(one, code)).collect(),
        };
        HeatTable {
            code: pillar.code(),
            name: self.telling.pillar(pillar),
            what: self.telling.words().say(&format!("pillar-{pillar}-what")),
            rows: indicators.iter().map(row).collect(),
            groups: groups.iter().map(|code| self.telling.group(self.framework, code)).collect(),
        }
    }

    fn cell(&self, one: &IndicatorScore, code: &str) -> HeatCell {
        let found = one.groups.iter().find(|group| group.group == code);
        let mean: Given<f64> = found.map_or(Err(Withheld::NotAddressed), |group| group.mean);
        HeatCell {
            group: self.telling.group(self.framework, code),
            score: mean.ok().map(|score| self.telling.score(score)),
            shade: mean.map_or(0, shade),
            absent: matches!(mean, Err(Withheld::NotAddressed | Withheld::NotAsked)),
            reason: mean.err().map(|reason| self.telling.reason(reason)),
            href: format!("{}#{}", self.link(&one.indicator).href, group_anchor(code)),
        }
    }

    fn link(&self, code: &str) -> Link {
        Link {
            text: self.telling.indicator(self.framework, code),
            href: format!("{}/indicators/{code}", self.wave_href),
        }
    }
}

/// The fifth of the scale in which a score lies, from 1.
fn shade(score: f64) -> usize {
    [20.0, 40.0, 60.0, 80.0].into_iter().filter(|step| score >= *step).count() + 1
}

fn is_apart(one: &IndicatorScore) -> bool {
    widest(one).is_some_and(|(gap, _)| matches!(gap.reading, Ok(GapReading::Confirmed | GapReading::Indicative)))
}

impl Page for GapsPage {
    const TEMPLATE: &'static str = "waves/gaps";

    fn samples() -> Vec<Self> {
        let link = |text: &str| Link { text: text.to_owned(), href: "/it/waves/1".to_owned() };
        let cell = |score: Option<&str>, shade, absent| HeatCell {
            group: "Ente pubblico".to_owned(),
            score: score.map(str::to_owned),
            shade,
            absent,
            reason: score.is_none().then(|| "meno di 5 risposte".to_owned()),
            href: "/it/waves/1/indicators/FC1#card-PA".to_owned(),
        };
        let row = || WidestRow {
            indicator: link("Fiducia"),
            pillar: "Fattori facilitanti".to_owned(),
            high: "Ente pubblico".to_owned(),
            low: "Cittadini".to_owned(),
            points: "28".to_owned(),
            reading: "scarto confermato".to_owned(),
        };
        let map = HeatTable {
            code: "facilitators",
            name: "Fattori facilitanti".to_owned(),
            what: "Ciò che aiuta.".to_owned(),
            groups: vec!["Ente pubblico".to_owned(); 3],
            rows: vec![HeatRow {
                indicator: link("Fiducia"),
                cells: vec![cell(Some("75"), 4, false), cell(None, 0, false), cell(None, 0, true)],
            }],
        };
        let page =
            |widest, more, maps| Self { wave: link("T1"), lead: "Su 3 indicatori.".to_owned(), widest, more, maps };
        vec![page(vec![row()], vec![row()], vec![map]), page(Vec::new(), Vec::new(), Vec::new())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_shaded_in_fifths() {
        assert_eq!([0.0, 19.9, 20.0, 50.0, 79.9, 80.0, 100.0].map(shade), [1, 1, 2, 3, 4, 5, 5]);
    }
}
